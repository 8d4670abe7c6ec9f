//! `dict_keys`, `dict_values`, `dict_items`: views of a dict, and their set operations (`dictview_*` of `Objects/dictobject.c`).

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult, Thrown};

use super::dict_iter;

pub use dict_iter::{
    ITEM_SPEC as ITEM_ITER_SPEC, KEY_SPEC as KEY_ITER_SPEC, REVERSE_ITEM_SPEC as REVERSE_ITEM_ITER_SPEC,
    REVERSE_KEY_SPEC as REVERSE_KEY_ITER_SPEC, REVERSE_VALUE_SPEC as REVERSE_VALUE_ITER_SPEC, VALUE_SPEC as VALUE_ITER_SPEC,
};

#[derive(Clone)]
struct DictView {
    dict: Obj,
}

impl Native for DictView {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("mapping"), self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.dict, NULL)]
    }
    fn has_clear(&self) -> bool {
        false
    }
    native_boilerplate!();
}

const MAPPING: &[GetSet] = &[GetSet {
    doc: "dictionary that this view refers to",
    ..GetSet::new("mapping", |vm, this| {
        let dict = dict_of(vm, this);
        vm.new_mapping_proxy(dict)
    })
}];

const ISDISJOINT: Method = Method::new("isdisjoint", Arity::One, isdisjoint)
    .doc("Return True if the view and the given iterable have a null intersection.");

pub static KEYS_SPEC: TypeSpec = TypeSpec {
    methods: &[
        ISDISJOINT,
        Method::new("__reversed__", Arity::NoArgs, |vm, this, args| {
            let dict = dict_of(vm, this);
            dict_iter::reversed_keys(vm, dict, args)
        })
        .doc("Return a reverse iterator over the dict keys."),
    ],
    getset: MAPPING,
    slots: |s| {
        shared_slots(s);
        set_slots(s);
        s.tp_iter = Some(|vm, this| {
            let dict = dict_of(vm, this);
            dict_iter::iter_keys(vm, dict)
        });
        s.sq_contains = Some(keys_contains);
    },
    ..TypeSpec::new("dict_keys")
};

pub static VALUES_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reversed__", Arity::NoArgs, |vm, this, _| {
        let dict = dict_of(vm, this);
        dict_iter::reversed_values(vm, dict)
    })
    .doc("Return a reverse iterator over the dict values.")],
    getset: MAPPING,
    slots: |s| {
        shared_slots(s);
        s.tp_iter = Some(|vm, this| {
            let dict = dict_of(vm, this);
            dict_iter::iter_values(vm, dict)
        });
    },
    ..TypeSpec::new("dict_values")
};

pub static ITEMS_SPEC: TypeSpec = TypeSpec {
    methods: &[
        ISDISJOINT,
        Method::new("__reversed__", Arity::NoArgs, |vm, this, _| {
            let dict = dict_of(vm, this);
            dict_iter::reversed_items(vm, dict)
        })
        .doc("Return a reverse iterator over the dict items."),
    ],
    getset: MAPPING,
    slots: |s| {
        shared_slots(s);
        set_slots(s);
        s.tp_iter = Some(|vm, this| {
            let dict = dict_of(vm, this);
            dict_iter::iter_items(vm, dict)
        });
        s.sq_contains = Some(items_contains);
    },
    ..TypeSpec::new("dict_items")
};

fn shared_slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.sq_length = Some(|vm, this| {
        let dict = dict_of(vm, this);
        Ok(vm.heap.dict_len(dict))
    });
}

fn set_slots(s: &mut Slots) {
    s.tp_richcompare = Some(rich_compare);
    s.nb_subtract = Some(sub);
    s.nb_and = Some(and);
    s.nb_xor = Some(xor);
    s.nb_or = Some(or);
}

pub fn keys(vm: &mut Machine, dict: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_view(vm, vm.types.dict_keys, dict))
}

pub fn values(vm: &mut Machine, dict: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_view(vm, vm.types.dict_values, dict))
}

pub fn items(vm: &mut Machine, dict: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_view(vm, vm.types.dict_items, dict))
}

pub fn new_view(vm: &mut Machine, ty: Obj, dict: Obj) -> Obj {
    vm.incref(dict);
    vm.new_native(ty, DictView { dict })
}

pub fn dict_of(vm: &Machine, view: Obj) -> Obj {
    vm.heap.native::<DictView>(view).map_or(NULL, |v| v.dict)
}

/// `PyDictViewSet_Check`
fn is_set_view(vm: &Machine, o: Obj) -> bool {
    let ty = vm.heap.ty(o);
    vm.is_subtype(ty, vm.types.dict_keys) || vm.is_subtype(ty, vm.types.dict_items)
}

fn is_keys(vm: &Machine, o: Obj) -> bool {
    vm.is_subtype(vm.heap.ty(o), vm.types.dict_keys)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.repr_enter(this) {
        return Ok(vm.new_str("..."));
    }
    let result = repr_unguarded(vm, this);
    vm.repr_leave(this);
    result
}

fn repr_unguarded(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let items = vm.collect_iterable(this)?;
    let list = vm.new_list(items);
    vm.hold(list);
    let mut out = rustpython_wtf8::Wtf8Buf::new();
    out.push_str(&format!("{}(", vm.type_name(this)));
    let result = vm.push_repr(&mut out, list);
    vm.let_go(result)?;
    out.push_str(")");
    Ok(vm.new_wtf8(out))
}

fn keys_contains(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<bool> {
    let dict = dict_of(vm, this);
    let hash = vm.hash(key)?;
    Ok(vm.dict_find(dict, key, hash)?.is_some())
}

/// A pair is in if its key has an equal value (`dictitems_contains`).
fn items_contains(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    let dict = dict_of(vm, this);
    let Some(&[key, value]) = vm.heap.tuple(item) else { return Ok(false) };
    let Some(found) = vm.dict_get(dict, key)? else { return Ok(false) };
    vm.hold_ref(found);
    let equal = vm.rich_compare_bool(found, value, CmpOp::Eq);
    vm.let_go(equal)
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !vm.heap.is_any_set(other) && !is_set_view(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let (n, m) = (vm.len(this)?, vm.len(other)?);
    let answer = match op {
        CmpOp::Eq => n == m && all_contained_in(vm, this, other)?,
        CmpOp::Ne => !(n == m && all_contained_in(vm, this, other)?),
        CmpOp::Lt => n < m && all_contained_in(vm, this, other)?,
        CmpOp::Le => n <= m && all_contained_in(vm, this, other)?,
        CmpOp::Gt => n > m && all_contained_in(vm, other, this)?,
        CmpOp::Ge => n >= m && all_contained_in(vm, other, this)?,
    };
    Ok(vm.new_bool(answer))
}

fn all_contained_in(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<bool> {
    let mut all = true;
    vm.each_item(this, |vm, item| {
        all = vm.contains(other, item)?;
        Ok(all)
    })?;
    Ok(all)
}

fn isdisjoint(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    let disjoint = disjoint(vm, this, other)?;
    Ok(vm.new_bool(disjoint))
}

/// Walks the shorter one, if asking the other is cheap (`dictviews_isdisjoint`).
fn disjoint(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<bool> {
    if this == other {
        return Ok(vm.len(this)? == 0);
    }
    let exact_set = [vm.types.set, vm.types.frozenset].contains(&vm.heap.ty(other));
    let (mut asked, mut walked) = (this, other);
    if (exact_set || is_set_view(vm, other)) && vm.len(other)? > vm.len(this)? {
        (asked, walked) = (other, this);
    }
    let mut disjoint = true;
    vm.each_item(walked, |vm, item| {
        disjoint = !vm.contains(asked, item)?;
        Ok(disjoint)
    })?;
    Ok(disjoint)
}

/// A set of what the left operand gives; of the dict itself if it is a plain one's keys (`dictviews_to_set`). Owned.
fn to_set(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mut source = this;
    if is_keys(vm, this) {
        let dict = dict_of(vm, this);
        if vm.heap.ty(dict) == vm.types.dict {
            source = dict;
        }
    }
    super::set::make_new_set(vm, vm.types.set, source)
}

fn by_method(vm: &mut Machine, this: Obj, other: Obj, method: &str) -> PyResult<Obj> {
    let result = to_set(vm, this)?;
    vm.hold(result);
    let done = match vm.call_method(result, method, &[other]) {
        Ok(none) => {
            vm.decref(none);
            Ok(())
        }
        Err(thrown) => Err(thrown),
    };
    keep_if_ok(vm, done)
}

/// Takes the held result back, or drops it if something failed.
fn keep_if_ok(vm: &mut Machine, done: PyResult<()>) -> PyResult<Obj> {
    match done {
        Ok(()) => Ok(vm.unhold()),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(thrown) => {
            vm.drop_held();
            Err(thrown)
        }
    }
}

fn sub(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    by_method(vm, a, b, "difference_update")
}

fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    by_method(vm, a, b, "update")
}

fn xor(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let is_items = |o: Obj| vm.is_subtype(vm.heap.ty(o), vm.types.dict_items);
    if is_items(a) && is_items(b) {
        return items_xor(vm, a, b);
    }
    by_method(vm, a, b, "symmetric_difference_update")
}

/// `_PyDictView_Intersect`: asks the view about each item of the other, or of the smaller view.
fn and(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (mut view, mut other) = if is_set_view(vm, a) { (a, b) } else { (b, a) };
    let n = vm.len(view)?;
    if vm.heap.ty(other) == vm.types.set && n <= vm.heap.set_len(other) {
        return vm.call_method(other, "intersection", &[view]);
    }
    if is_set_view(vm, other) && vm.len(other)? > n {
        (view, other) = (other, view);
    }
    let contains = if is_keys(vm, view) { keys_contains } else { items_contains };
    let result = super::set::make_new_set(vm, vm.types.set, NULL)?;
    vm.hold(result);
    let done = vm.each_item(other, |vm, item| {
        if contains(vm, view, item)? {
            vm.set_add(result, item)?;
        }
        Ok(true)
    });
    keep_if_ok(vm, done)
}

/// Items in one of two views but not in both (`dictitems_xor`): the second is taken out of a copy of the first.
fn items_xor(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (first, second) = (dict_of(vm, a), dict_of(vm, b));
    let rest = vm.dict_copy(first);
    let mark = vm.mark();
    vm.hold(rest);
    let result = vm.new_set(vm.types.set);
    vm.hold(result);
    let mut done = Ok(());
    let mut at = 0;
    while let Some((next, key, value)) = vm.heap.dict_next(second, at) {
        let hash = vm.heap.dict_next_key(second, at).map_or(0, |n| n.2);
        at = next;
        let inner = vm.mark();
        vm.hold_ref(key);
        vm.hold_ref(value);
        done = xor_entry(vm, rest, result, key, hash, value);
        if vm.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        vm.release_raising(inner);
        if done.is_err() {
            break;
        }
    }
    if done.is_ok() {
        let remaining = new_view(vm, vm.types.dict_items, rest);
        vm.hold(remaining);
        done = vm.set_update(result, remaining);
        vm.drop_held();
    }
    if done.is_ok() {
        vm.incref(result);
    }
    if vm.interrupt.is_none() {
        vm.release_raising(mark);
    }
    done.map(|()| result)
}

fn xor_entry(vm: &mut Machine, rest: Obj, result: Obj, key: Obj, hash: i64, value: Obj) -> PyResult<()> {
    if let Some(found) = vm.dict_get_hashed(rest, key, hash)? {
        vm.hold_ref(found);
        let equal = vm.rich_compare_bool(found, value, CmpOp::Eq);
        let equal = vm.let_go(equal);
        if equal? {
            vm.dict_delete(rest, key)?;
            return Ok(());
        }
    }
    let pair = vm.new_tuple_of(&[key, value]);
    vm.hold(pair);
    let added = vm.set_add(result, pair);
    vm.let_go(added)
}
