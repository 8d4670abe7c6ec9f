//! `collections.OrderedDict`: the type (`Objects/odictobject.c`). Updating is in `ordered_dict_update.rs`, iterators and
//! views in `ordered_dict_iter.rs`.
//!
//! CPython keeps a linked list beside the dict; here the dict's own order is the order, and moving a key rebuilds it.

use crate::heap::payload::Dict;
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::types::object;
use crate::vm::{Args, Machine, PyResult};

use super::{ordered_dict_iter as iter, ordered_dict_update as update};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Dictionary that remembers insertion order",
    layout: Layout::Dict,
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    methods: &[
        Method::class("fromkeys", Arity::Keywords, fromkeys).doc(
            "Create a new ordered dictionary with keys from iterable and values set to value.",
        ),
        Method::new("__sizeof__", Arity::NoArgs, sizeof),
        Method::new("__reduce__", Arity::NoArgs, reduce)
            .doc("Return state information for pickling"),
        Method::new("setdefault", Arity::Keywords, setdefault)
            .doc("Insert key with a value of default if key is not in the dictionary."),
        Method::new("pop", Arity::Keywords, pop).doc(
            "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.",
        ),
        Method::new("popitem", Arity::Keywords, popitem)
            .doc("Remove and return a (key, value) pair from the dictionary."),
        Method::new("keys", Arity::NoArgs, iter::keys),
        Method::new("values", Arity::NoArgs, iter::values),
        Method::new("items", Arity::NoArgs, iter::items),
        Method::new("update", Arity::Keywords, update::update).varargs(),
        Method::new("clear", Arity::NoArgs, clear)
            .doc("od.clear() -> None.  Remove all items from od."),
        Method::new("copy", Arity::NoArgs, copy).doc("od.copy() -> a shallow copy of od"),
        Method::new("__reversed__", Arity::NoArgs, iter::reversed)
            .doc("od.__reversed__() <==> reversed(od)"),
        Method::new("move_to_end", Arity::Keywords, move_to_end)
            .doc("Move an existing element to the end (or beginning if last is false)."),
    ],
    getset: &[GetSet::rw(
        "__dict__",
        object::get_dict,
        object::replace_dict,
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(update::init);
        s.tp_repr = Some(repr);
        s.tp_richcompare = Some(rich_compare);
        s.tp_iter = Some(iter::iter);
        s.nb_or = Some(or);
        s.nb_inplace_or = Some(inplace_or);
    },
    ..TypeSpec::new("collections.OrderedDict")
};

/// The class, its views and their iterator: CPython has them from the start.
pub fn make_types(vm: &mut Machine) {
    let base = vm.types.dict;
    let ty = vm.make_module_type(&SPEC, base);
    vm.heap.class_mut(ty).flags.mapping = true;
    iter::make_types(vm);
}

pub fn is_ordered(vm: &Machine, o: Obj) -> bool {
    let class = vm.module_type(&SPEC);
    vm.is_subtype(vm.heap.ty(o), class)
}

fn new(vm: &mut Machine, class: Obj, _args: Args) -> PyResult<Obj> {
    let mut contents = Dict::default();
    contents.keys_twice = true;
    Ok(vm.alloc_instance(class, Payload::Dict(Box::new(contents))))
}

fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    // The dict's own, the linked list's head, a node of four words a key.
    let n = vm.heap.dict_len(this);
    let table = match vm.heap.base(this) {
        Payload::Dict(d) if d.index_len() > 0 => {
            40 + d.index_len() * 9 + d.index_len() * 2 / 3 * 24
        }
        _ => 0,
    };
    Ok(vm.new_int((112 + table + n * 32) as i64))
}

fn fromkeys(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [iterable, value] = vm.unpack("fromkeys", args, &[req("iterable"), opt("value")])?;
    let value = if value.is_null() { vm.none } else { value };
    let made = vm.call(class, &[])?;
    vm.hold(made);
    if let Err(thrown) = vm.each_item(iterable, |vm, key| {
        vm.set_item(made, key, value).map(|()| true)
    }) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

fn setdefault(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [key, default] = vm.unpack("setdefault", args, &[req("key"), opt("default")])?;
    let default = if default.is_null() { vm.none } else { default };
    if vm.heap.ty(this) == vm.module_type(&SPEC) {
        if let Some(value) = vm.dict_get(this, key)? {
            return Ok(vm.new_ref(value));
        }
        let hash = vm.hash(key)?;
        vm.dict_set_hashed(this, key, hash, default)?;
        return Ok(vm.new_ref(default));
    }
    if vm.contains(this, key)? {
        return vm.get_item(this, key);
    }
    vm.set_item(this, key, default)?;
    Ok(vm.new_ref(default))
}

/// Takes a key out: its node is found, then its node's place, then its value, then the key to take it out (`_odict_popkey_hash`).
fn pop_key(vm: &mut Machine, this: Obj, key: Obj, hash: i64) -> PyResult<Option<(Obj, Obj)>> {
    if vm.find_node(this, key, hash)?.is_none() {
        return Ok(None);
    }
    vm.find_node(this, key, hash)?;
    vm.dict_find(this, key, hash)?;
    vm.dict_pop_hashed(this, key, hash)
}

/// Subclasses may have a `__missing__`, and methods of their own for getting and deleting.
fn pop(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [key, default] = vm.unpack("pop", args, &[req("key"), opt("default")])?;
    if uses_own_methods(vm, this) {
        return match pop_by_methods(vm, this, key)? {
            Some(value) => Ok(value),
            None if default.is_null() => raise_missing(vm, key),
            None => Ok(vm.new_ref(default)),
        };
    }
    let hash = vm.hash(key)?;
    match pop_key(vm, this, key, hash)? {
        Some((old, value)) => {
            vm.hold(value);
            vm.decref(old);
            Ok(vm.unhold())
        }
        None if default.is_null() => raise_missing(vm, key),
        None => Ok(vm.new_ref(default)),
    }
}

/// A KeyError made of the key itself: None and tuples give it other arguments (`PyErr_SetObject`).
fn raise_missing<T>(vm: &mut Machine, key: Obj) -> PyResult<T> {
    if key == vm.none {
        return vm.raise_bare(vm.types.key_error);
    }
    if vm.heap.tuple(key).is_some() {
        return vm.raise_args(vm.types.key_error, key);
    }
    vm.raise_key_error(key)
}

/// Whether a subclass has methods of its own for what `pop` does with a key.
fn uses_own_methods(vm: &mut Machine, this: Obj) -> bool {
    let own = vm.module_type(&SPEC);
    let class = vm.heap.ty(this);
    class != own && {
        let names = [
            vm.names.__contains__,
            vm.names.__getitem__,
            vm.names.__delitem__,
        ];
        names
            .into_iter()
            .any(|name| vm.type_lookup(class, name) != vm.type_lookup(own, name))
    }
}

/// Takes a key out through a subclass's methods; owned. The key has left the order by then.
fn pop_by_methods(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Option<Obj>> {
    let before = std::mem::replace(&mut vm.leaving_order, (this, key));
    let result = take_by_methods(vm, this, key);
    vm.leaving_order = before;
    result
}

fn take_by_methods(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Option<Obj>> {
    if !vm.contains(this, key)? {
        return Ok(None);
    }
    let value = vm.get_item(this, key)?;
    vm.hold(value);
    match vm.del_item(this, key) {
        Ok(()) => Ok(Some(vm.unhold())),
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

fn popitem(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [last] = vm.unpack("popitem", args, &[opt("last")])?;
    let last = last.is_null() || vm.is_true(last)?;
    let end = vm.heap.dict_end(this);
    let found = if last {
        vm.heap.dict_previous(this, end)
    } else {
        vm.heap.dict_next(this, 0).map(|(n, k, v)| (n - 1, k, v))
    };
    let Some((n, key, _)) = found else {
        return vm.raise(vm.types.key_error, "dictionary is empty".to_string());
    };
    if uses_own_methods(vm, this) {
        vm.hold_ref(key);
        let popped = pop_by_methods(vm, this, key);
        let key = vm.unhold();
        return match popped {
            Ok(Some(value)) => Ok(vm.new_tuple(vec![key, value])),
            Ok(None) => vm.with_held(key, raise_missing),
            Err(thrown) => vm.with_held(key, |_, _| Err(thrown)),
        };
    }
    let Some((_, key, hash)) = vm.heap.dict_next_key(this, n) else {
        return Ok(vm.new_none());
    };
    vm.hold_ref(key);
    let taken = match pop_key(vm, this, key, hash) {
        Ok(Some((key, value))) => Ok(vm.new_tuple(vec![key, value])),
        Ok(None) => vm.raise_key_error(key),
        Err(thrown) => Err(thrown),
    };
    vm.let_go(taken)
}

fn clear(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    vm.dict_clear(this);
    Ok(vm.new_none())
}

/// Subclasses are made by calling them and filled through their `__setitem__` (`odict_copy`).
fn copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let exact = class == vm.module_type(&SPEC);
    let made = vm.call(class, &[])?;
    vm.hold(made);
    let mut at = 0;
    while let Some((next, key, _)) = vm.heap.dict_next(this, at) {
        at = next;
        let set = match exact {
            true => copy_entry(vm, this, made, key),
            // (`PyObject_GetItem` holds the value, nobody the key.)
            false => vm
                .get_item(this, key)
                .and_then(|value| vm.with_held(value, |vm, value| vm.set_item(made, key, value))),
        };
        if let Err(thrown) = set {
            return vm.let_go(Err(thrown));
        }
    }
    Ok(vm.unhold())
}

/// One entry more of a copy. The key is hashed to find its value, and goes into the copy by the hash that is known.
fn copy_entry(vm: &mut Machine, from: Obj, to: Obj, key: Obj) -> PyResult<()> {
    let hash = vm.hash(key)?;
    let Some(value) = vm.dict_get_hashed(from, key, hash)? else {
        return vm.raise_key_error(key);
    };
    vm.dict_set_hashed(to, key, hash, value)
}

/// `(type, (), state, None, iter(items))`
fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let state = vm.heap.dict_of(this);
    let state = if state.is_null() || vm.heap.dict_len(state) == 0 {
        vm.none
    } else {
        state
    };
    let items = vm.call_method(this, "items", &[])?;
    let items = vm.with_held(items, |vm, items| vm.get_iter(items))?;
    let ty = vm.heap.ty(this);
    let parts = vec![
        vm.new_ref(ty),
        vm.new_tuple(vec![]),
        vm.new_ref(state),
        vm.new_none(),
        items,
    ];
    Ok(vm.new_tuple(parts))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    if vm.heap.dict_len(this) == 0 {
        return Ok(vm.new_string(format!("{name}()")));
    }
    if vm.repr_enter(this) {
        return Ok(vm.new_str("..."));
    }
    let result = repr_unguarded(vm, this, &name);
    vm.repr_leave(this);
    result
}

fn repr_unguarded(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    let list = if vm.heap.ty(this) == vm.module_type(&SPEC) {
        let list = vm.new_list(Vec::new());
        vm.hold(list);
        let added = push_pairs(vm, this, list);
        if let Err(thrown) = added {
            return vm.let_go(Err(thrown));
        }
        vm.unhold()
    } else {
        let items = vm.call_method(this, "items", &[])?;
        let pairs = vm.with_held(items, |vm, items| vm.collect_iterable(items))?;
        vm.new_list(pairs)
    };
    let text = vm.with_held(list, |vm, list| vm.repr(list))?;
    let mut out = rustpython_wtf8::Wtf8Buf::new();
    out.push_str(&format!("{name}("));
    if let Some(s) = vm.heap.str(text) {
        out.push_wtf8(s.wtf8());
    }
    out.push_str(")");
    vm.decref(text);
    Ok(vm.new_wtf8(out))
}

/// Pairs of key and value go to a list. The values are looked up, which may run the keys' `__hash__` (`_odictnode_VALUE`).
fn push_pairs(vm: &mut Machine, this: Obj, list: Obj) -> PyResult<()> {
    let mut at = 0;
    while let Some((next, key, _)) = vm.heap.dict_next(this, at) {
        at = next;
        let Some(value) = vm.dict_get(this, key)? else {
            return vm.raise_key_error(key);
        };
        let pair = vm.new_tuple_of(&[key, value]);
        if let Some(items) = vm.heap.list_mut(list) {
            items.push(pair);
        }
    }
    Ok(())
}

/// As dicts; two OrderedDicts must have the same order too.
fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) || !vm.heap.is_dict(other) {
        return Ok(vm.new_not_implemented());
    }
    let as_dicts = vm
        .heap
        .class(vm.types.dict)
        .slots
        .tp_richcompare
        .expect("dicts can be compared");
    let answer = as_dicts(vm, this, other, CmpOp::Eq)?;
    let mut equal = answer == vm.true_;
    vm.decref(answer);
    if equal && is_ordered(vm, other) {
        equal = same_order(vm, this, other)?;
    }
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

/// `_odict_keys_equal`
fn same_order(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
    let (mut i, mut j) = (0, 0);
    loop {
        match (vm.heap.dict_next(a, i), vm.heap.dict_next(b, j)) {
            (None, None) => return Ok(true),
            (Some((next_i, x, _)), Some((next_j, y, _))) => {
                (i, j) = (next_i, next_j);
                let mark = vm.mark();
                vm.hold_ref(x);
                vm.hold_ref(y);
                let equal = vm.rich_compare_bool(x, y, CmpOp::Eq);
                if vm.interrupt.is_none() {
                    vm.release_raising(mark);
                }
                if !equal? {
                    return Ok(false);
                }
            }
            _ => return Ok(false),
        }
    }
}

fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let like = if is_ordered(vm, a) { a } else { b };
    if !vm.heap.is_dict(if like == a { b } else { a }) {
        return Ok(vm.new_not_implemented());
    }
    let made = vm.call(vm.heap.ty(like), &[a])?;
    vm.hold(made);
    if let Err(thrown) = update::update_from(vm, made, b) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

fn inplace_or(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    update::update_from(vm, this, other)?;
    Ok(vm.new_ref(this))
}

fn move_to_end(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [key, last] = vm.unpack("move_to_end", args, &[req("key"), opt("last")])?;
    let last = last.is_null() || vm.is_true(last)?;
    if vm.leaving_order == (this, key) {
        return vm.raise_key_error(key);
    }
    let end = vm.heap.dict_end(this);
    let first = vm.heap.dict_next(this, 0);
    let final_ = vm.heap.dict_previous(this, end);
    // The key that is there already is not looked for.
    if (if last { final_ } else { first }).is_some_and(|e| e.1 == key) {
        return Ok(vm.new_none());
    }
    let hash = vm.hash(key)?;
    let Some(n) = vm.dict_find(this, key, hash)? else {
        return vm.raise_key_error(key);
    };
    let (first, final_) = (first.map_or(0, |e| e.0 - 1), final_.map_or(0, |e| e.0));
    if n != if last { final_ } else { first } {
        vm.dict_move_entry(this, n, last);
    }
    Ok(vm.new_none())
}

impl Machine {
    /// Moves an entry to the end or the beginning of an ordinary dict's order. No count changes.
    fn dict_move_entry(&mut self, dict: Obj, n: usize, last: bool) {
        let version = self.heap.new_version();
        let Payload::Dict(d) = self.heap.base_mut(dict) else {
            return;
        };
        if !last {
            d.move_to_front(n, version);
            return;
        }
        let hash = d.entries[n].hash;
        let (key, value) = d.remove(n, version);
        d.insert_new(hash, key, value, version);
    }
}
