//! Iterators over dicts: keys, values, items, forwards and backwards (`dictiter_*` of `Objects/dictobject.c`).
//!
//! An iterator notices when the number of keys changes. The items iterators keep a pair of their own and hand it out again
//! when nobody else has kept it, as CPython does: its identity and its count can be seen.

use crate::heap::payload::Payload;
use crate::heap::payload::iterators::{DictIter, DictPart};
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint).doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
];

const fn spec(name: &'static str) -> TypeSpec {
    TypeSpec { methods: METHODS, ..TypeSpec::new(name) }
}

pub static KEY_SPEC: TypeSpec = TypeSpec { slots: forward_slots, ..spec("dict_keyiterator") };
pub static VALUE_SPEC: TypeSpec = TypeSpec { slots: forward_slots, ..spec("dict_valueiterator") };
pub static ITEM_SPEC: TypeSpec = TypeSpec { slots: forward_slots, ..spec("dict_itemiterator") };
pub static REVERSE_KEY_SPEC: TypeSpec = TypeSpec { slots: reverse_slots, ..spec("dict_reversekeyiterator") };
pub static REVERSE_VALUE_SPEC: TypeSpec = TypeSpec { slots: reverse_slots, ..spec("dict_reversevalueiterator") };
pub static REVERSE_ITEM_SPEC: TypeSpec = TypeSpec { slots: reverse_slots, ..spec("dict_reverseitemiterator") };

fn forward_slots(s: &mut crate::vm::slots::Slots) {
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(next);
}

fn reverse_slots(s: &mut crate::vm::slots::Slots) {
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(previous);
}

fn new_iter(vm: &mut Machine, ty: Obj, dict: Obj, part: DictPart, reverse: bool) -> Obj {
    let used = vm.heap.dict_len(dict);
    let at = if reverse { vm.heap.dict_end(dict) } else { 0 };
    vm.incref(dict);
    let result = if part == DictPart::Items {
        let none = vm.none;
        vm.new_tuple_of(&[none, none])
    } else {
        NULL
    };
    vm.new_native(ty, DictIter { dict, result, used: Some(used), at, left: used, part })
}

/// `tp_iter` of dicts and of their views of keys.
pub fn iter_keys(vm: &mut Machine, dict: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_key_iter, dict, DictPart::Keys, false))
}

pub fn iter_values(vm: &mut Machine, dict: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_value_iter, dict, DictPart::Values, false))
}

pub fn iter_items(vm: &mut Machine, dict: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_item_iter, dict, DictPart::Items, false))
}

/// `dict.__reversed__`
pub fn reversed_keys(vm: &mut Machine, dict: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_reverse_key_iter, dict, DictPart::Keys, true))
}

pub fn reversed_values(vm: &mut Machine, dict: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_reverse_value_iter, dict, DictPart::Values, true))
}

pub fn reversed_items(vm: &mut Machine, dict: Obj) -> PyResult<Obj> {
    Ok(new_iter(vm, vm.types.dict_reverse_item_iter, dict, DictPart::Items, true))
}

fn state(vm: &mut Machine, this: Obj) -> &mut DictIter {
    vm.heap.native_mut(this).expect("a dict iterator")
}

/// Raises if the dict has more or fewer keys than at the start; from then on always.
fn check_size(vm: &mut Machine, this: Obj, dict: Obj, used: Option<usize>) -> PyResult<()> {
    if used == Some(vm.heap.dict_len(dict)) {
        return Ok(());
    }
    state(vm, this).used = None;
    vm.raise(vm.types.runtime_error, "dictionary changed size during iteration".to_string())
}

/// Lets go of the dict: the iterator is exhausted.
fn finish(vm: &mut Machine, this: Obj, dict: Obj) {
    state(vm, this).dict = NULL;
    vm.drop_keeping_exception(dict);
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let DictIter { dict, result, used, at, left, part } = *state(vm, this);
    if dict.is_null() {
        return Ok(NULL);
    }
    check_size(vm, this, dict, used)?;
    let Some((next, key, value)) = vm.heap.dict_next(dict, at) else {
        finish(vm, this, dict);
        return Ok(NULL);
    };
    if left == 0 {
        // There is a key that was not expected.
        let raised = vm.raise(vm.types.runtime_error, "dictionary keys changed during iteration".to_string());
        finish(vm, this, dict);
        return raised;
    }
    let it = state(vm, this);
    it.at = next;
    it.left -= 1;
    Ok(give(vm, part, result, key, value))
}

fn previous(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let DictIter { dict, result, used, at, left, part } = *state(vm, this);
    if dict.is_null() {
        return Ok(NULL);
    }
    check_size(vm, this, dict, used)?;
    let Some((place, key, value)) = vm.heap.dict_previous(dict, at) else {
        finish(vm, this, dict);
        return Ok(NULL);
    };
    let it = state(vm, this);
    it.at = place;
    it.left = left.saturating_sub(1);
    Ok(give(vm, part, result, key, value))
}

fn give(vm: &mut Machine, part: DictPart, result: Obj, key: Obj, value: Obj) -> Obj {
    match part {
        DictPart::Keys => vm.new_ref(key),
        DictPart::Values => vm.new_ref(value),
        DictPart::Items => vm.fill_pair(result, key, value),
    }
}

impl Machine {
    /// A pair of two borrowed objects: `result` once more if nobody else holds it, else a new tuple. Owned.
    pub(crate) fn fill_pair(&mut self, result: Obj, key: Obj, value: Obj) -> Obj {
        if self.heap.rc(result) != 1 {
            return self.new_tuple_of(&[key, value]);
        }
        self.heap.incref(key);
        self.heap.incref(value);
        self.heap.incref(result);
        let Payload::Tuple { v, .. } = self.heap.payload_mut(result) else { panic!("a pair is a tuple") };
        let (old_key, old_value) = (std::mem::replace(&mut v[0], key), std::mem::replace(&mut v[1], value));
        // The collector may have stopped watching the pair while it held atoms (bpo-42536).
        if !self.heap.gc.tracked(result) {
            self.heap.gc.track(result);
        }
        if self.drop_pair_unseen([old_key, old_value]) {
            return result;
        }
        self.hold(result);
        self.hold(old_value);
        self.decref(old_key);
        self.drop_held();
        match self.interrupt {
            // The run is over; the stack keeps what it has.
            Some(_) => self.new_ref(result),
            None => self.unhold(),
        }
    }
}

fn length_hint(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let DictIter { dict, used, left, .. } = *state(vm, this);
    let n = if !dict.is_null() && used == Some(vm.heap.dict_len(dict)) { left } else { 0 };
    Ok(vm.new_int(n as i64))
}

/// `(iter, ([what is left],))`; the iterator itself does not move.
fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let copy = state(vm, this).clone();
    let reverse = {
        let ty = vm.heap.ty(this);
        [vm.types.dict_reverse_key_iter, vm.types.dict_reverse_value_iter, vm.types.dict_reverse_item_iter].contains(&ty)
    };
    let mut rest = Vec::new();
    let mut at = copy.at;
    while !copy.dict.is_null() {
        let found = if reverse { vm.heap.dict_previous(copy.dict, at) } else { vm.heap.dict_next(copy.dict, at) };
        let Some((next, key, value)) = found else { break };
        at = next;
        rest.push(match copy.part {
            DictPart::Keys => vm.new_ref(key),
            DictPart::Values => vm.new_ref(value),
            DictPart::Items => vm.new_tuple_of(&[key, value]),
        });
    }
    vm.reduce_as_iter_of(rest)
}
