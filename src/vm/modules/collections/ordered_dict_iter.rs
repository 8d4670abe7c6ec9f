//! Iterators and views of OrderedDict (`odictiter_*`, `odictkeys_*` of `Objects/odictobject.c`).
//!
//! The iterator holds the key it gives next. Any change of the keys stops it; the dict's key version tells.

use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::types::dict_views;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Keys,
    Values,
    Items,
}

#[derive(Clone)]
struct OrderedIter {
    /// NULL once exhausted.
    dict: Obj,
    /// The key that comes next, and its place; NULL at the end.
    current: Obj,
    place: usize,
    /// The pair to hand out again; NULL but for items.
    result: Obj,
    version: u32,
    size: usize,
    kind: Kind,
    reverse: bool,
}

impl Native for OrderedIter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("di_odict"), self.dict);
        f(Edge::Field("di_current"), self.current);
        f(Edge::Field("di_result"), self.result);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.dict, &mut self.current, &mut self.result]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    fn has_clear(&self) -> bool {
        false
    }
    native_boilerplate!();
}

static ITER_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)
        .doc("Return state information for pickling")],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("odict_iterator")
};

macro_rules! view {
    ($spec:ident $name:literal $kind:ident) => {
        static $spec: TypeSpec = TypeSpec {
            methods: &[Method::new("__reversed__", Arity::NoArgs, |vm, this, _| {
                let dict = dict_views::dict_of(vm, this);
                Ok(new_iter(vm, dict, Kind::$kind, true))
            })],
            slots: |s: &mut Slots| {
                s.tp_iter = Some(|vm, this| {
                    let dict = dict_views::dict_of(vm, this);
                    Ok(new_iter(vm, dict, Kind::$kind, false))
                })
            },
            ..TypeSpec::new($name)
        };
    };
}

view!(KEYS_SPEC "odict_keys" Keys);
view!(VALUES_SPEC "odict_values" Values);
view!(ITEMS_SPEC "odict_items" Items);

pub fn make_types(vm: &mut Machine) {
    let types = vm.types;
    vm.make_module_type(&ITER_SPEC, types.object);
    vm.make_module_type(&KEYS_SPEC, types.dict_keys);
    vm.make_module_type(&VALUES_SPEC, types.dict_values);
    vm.make_module_type(&ITEMS_SPEC, types.dict_items);
}

pub fn keys(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let ty = vm.module_type(&KEYS_SPEC);
    Ok(dict_views::new_view(vm, ty, this))
}

pub fn values(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let ty = vm.module_type(&VALUES_SPEC);
    Ok(dict_views::new_view(vm, ty, this))
}

pub fn items(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let ty = vm.module_type(&ITEMS_SPEC);
    Ok(dict_views::new_view(vm, ty, this))
}

pub fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, this, Kind::Keys, false))
}

pub fn reversed(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_iter(vm, this, Kind::Keys, true))
}

fn version(vm: &Machine, dict: Obj) -> u32 {
    match vm.heap.base(dict) {
        Payload::Dict(d) => d.keys_version,
        _ => 0,
    }
}

/// The key at a place or, if it is gone, behind it in the iterator's direction.
fn seek(vm: &Machine, dict: Obj, from: usize, reverse: bool) -> Option<(usize, Obj)> {
    if reverse {
        vm.heap
            .dict_previous(dict, from)
            .map(|(n, key, _)| (n, key))
    } else {
        vm.heap
            .dict_next(dict, from)
            .map(|(n, key, _)| (n - 1, key))
    }
}

fn new_iter(vm: &mut Machine, dict: Obj, kind: Kind, reverse: bool) -> Obj {
    let result = if kind == Kind::Items {
        let none = vm.none;
        vm.new_tuple_of(&[none, none])
    } else {
        NULL
    };
    let from = if reverse { vm.heap.dict_end(dict) } else { 0 };
    let (place, current) = seek(vm, dict, from, reverse).unwrap_or((0, NULL));
    vm.xincref(current);
    vm.incref(dict);
    let (version, size) = (version(vm, dict), vm.heap.dict_len(dict));
    let ty = vm.module_type(&ITER_SPEC);
    vm.new_native(
        ty,
        OrderedIter {
            dict,
            current,
            place,
            result,
            version,
            size,
            kind,
            reverse,
        },
    )
}

fn state(vm: &mut Machine, this: Obj) -> &mut OrderedIter {
    vm.heap.native_mut(this).expect("an OrderedDict iterator")
}

/// The next key, owned; NULL at the end (`odictiter_nextkey`).
fn next_key(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let it = state(vm, this).clone();
    if it.dict.is_null() {
        return Ok(NULL);
    }
    if it.current.is_null() {
        return end(vm, this, it.dict);
    }
    let size = vm.heap.dict_len(it.dict);
    if version(vm, it.dict) != it.version {
        // Clearing is the one change that CPython's list does not count.
        let what = if size == 0 && it.size > 1 {
            "changed size"
        } else {
            "mutated"
        };
        let raised = vm.raise(
            vm.types.runtime_error,
            format!("OrderedDict {what} during iteration"),
        );
        end(vm, this, it.dict)?;
        return raised;
    }
    // Its node is looked up (`_odict_find_node`), which runs the key's `__hash__`.
    if let Err(thrown) = vm.hash(it.current) {
        if vm.interrupt.is_none() {
            state(vm, this).current = NULL;
            vm.drop_keeping_exception(it.current);
        }
        return Err(thrown);
    }
    let from = if it.reverse { it.place } else { it.place + 1 };
    let (place, following) = seek(vm, it.dict, from, it.reverse).unwrap_or((0, NULL));
    vm.xincref(following);
    let state = state(vm, this);
    state.place = place;
    state.current = following;
    Ok(it.current)
}

fn end(vm: &mut Machine, this: Obj, dict: Obj) -> PyResult<Obj> {
    state(vm, this).dict = NULL;
    vm.drop_keeping_exception(dict);
    Ok(NULL)
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (dict, kind, result) = (
        state(vm, this).dict,
        state(vm, this).kind,
        state(vm, this).result,
    );
    let key = next_key(vm, this)?;
    if key.is_null() || kind == Kind::Keys {
        return Ok(key);
    }
    let value = vm.with_held(key, |vm, key| {
        let Some(value) = vm.dict_get(dict, key)? else {
            return vm.raise_key_error(key);
        };
        if kind == Kind::Values {
            return Ok(vm.new_ref(value));
        }
        Ok(vm.fill_pair(result, key, value))
    });
    if value.is_err() && vm.interrupt.is_none() {
        end(vm, this, dict)?;
    }
    value
}

/// `(iter, ([what is left],))`
fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let it = state(vm, this).clone();
    let mut rest = Vec::new();
    let mut at = if it.reverse { it.place + 1 } else { it.place };
    while !it.dict.is_null() && !it.current.is_null() {
        let Some((place, key)) = seek(vm, it.dict, at, it.reverse) else {
            break;
        };
        at = if it.reverse { place } else { place + 1 };
        let value = vm.heap.dict_next(it.dict, place).map_or(NULL, |e| e.2);
        rest.push(match it.kind {
            Kind::Keys => vm.new_ref(key),
            Kind::Values => vm.new_ref(value),
            Kind::Items => vm.new_tuple_of(&[key, value]),
        });
    }
    vm.reduce_as_iter_of(rest)
}
