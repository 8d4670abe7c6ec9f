//! Iterators over a list, forwards and backwards.
//!
//! Invariant: an exhausted iterator has let go of its list, and stays exhausted though the list grows.

use super::reversed;
use crate::heap::payload::iterators::ReverseIter;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    methods: ITER_METHODS,
    slots: fill_iter,
    ..TypeSpec::new("list_iterator")
};

pub static REVERSE_ITER_SPEC: TypeSpec = TypeSpec {
    methods: reversed::ITER_METHODS,
    slots: fill_reverse_iter,
    ..TypeSpec::new("list_reverseiterator")
};

static ITER_METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, setstate).doc("Set state information for unpickling."),
];

fn fill_iter(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn fill_reverse_iter(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(reverse_next);
}

/// `PyObject_SelfIter`
pub fn self_iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    Ok(vm.new_ref(this))
}

pub fn iter(vm: &mut Machine, list: Obj) -> PyResult<Obj> {
    vm.incref(list);
    Ok(vm.alloc_gc(vm.types.list_iter, Payload::ListIter { list, at: 0 }))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::ListIter { list, at } = *vm.heap.payload(this) else {
        return Ok(NULL);
    };
    match vm
        .heap
        .list(list)
        .and_then(|items| items.get(at as usize).copied())
    {
        Some(item) => {
            *vm.heap.payload_mut(this) = Payload::ListIter { list, at: at + 1 };
            Ok(vm.new_ref(item))
        }
        None => {
            *vm.heap.payload_mut(this) = Payload::ListIter { list: NULL, at };
            vm.xdecref(list);
            Ok(NULL)
        }
    }
}

fn length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Payload::ListIter { list, at } = *vm.heap.payload(this) else {
        return Ok(vm.new_int(0));
    };
    let left = super::list::len(vm, list).saturating_sub(at as usize);
    Ok(vm.new_int(left as i64))
}

/// `(iter, (list,), position)`, or an empty list's iterator once exhausted.
fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let (list, at) = match *vm.heap.payload(this) {
        Payload::ListIter { list, at } => (list, i64::from(at)),
        _ => (NULL, 0),
    };
    Ok(match list.some() {
        Some(list) => reduced(vm, function, list, at),
        None => {
            let empty = vm.new_list(Vec::new());
            reduced_over(vm, function, empty)
        }
    })
}

impl Machine {
    /// The builtin that an iterator's `__reduce__` names, owned. Looking it up may run a key's `__eq__`: the iterator is
    /// looked at afterwards (`_PyEval_GetBuiltinId`).
    pub fn reducing_builtin(&mut self, name: &str) -> PyResult<Obj> {
        let key = self.intern(name);
        let found = self.with_held(key, |vm, key| {
            let found = vm.dict_get(vm.builtins, key)?;
            Ok(found.map(|function| vm.new_ref(function)))
        })?;
        match found {
            Some(function) => Ok(function),
            None => self.raise(self.types.attribute_error, name.to_string()),
        }
    }
}

/// What iterators by index answer to `__reduce__`: what makes them, which is taken over, its argument, the position.
pub fn reduced(vm: &mut Machine, function: Obj, seq: Obj, at: i64) -> Obj {
    let args = vm.new_tuple_of(&[seq]);
    let at = vm.new_int(at);
    vm.new_tuple(vec![function, args, at])
}

/// The same of an iterator that is over: what makes one over something empty. Takes both over.
pub fn reduced_over(vm: &mut Machine, function: Obj, empty: Obj) -> Obj {
    let args = vm.new_tuple(vec![empty]);
    vm.new_tuple(vec![function, args])
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if !vm.is_int(args.get(vm, 0)) {
        return vm.type_error("an integer is required".to_string());
    }
    let state = vm.ssize(args.get(vm, 0))?;
    if let Payload::ListIter { list, .. } = *vm.heap.payload(this) {
        let at = state.clamp(0, super::list::len(vm, list) as isize) as u32;
        *vm.heap.payload_mut(this) = Payload::ListIter { list, at };
    }
    Ok(vm.new_none())
}

/// `list.__reversed__`
pub fn reversed(vm: &mut Machine, list: Obj, _: Args) -> PyResult<Obj> {
    vm.incref(list);
    let index = super::list::len(vm, list) as isize - 1;
    Ok(vm.new_native(vm.types.list_reverse_iter, ReverseIter { seq: list, index }))
}

fn reverse_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(ReverseIter { seq, index }) = vm.heap.native::<ReverseIter>(this).cloned() else {
        return Ok(NULL);
    };
    if seq.is_null() {
        return Ok(NULL);
    }
    let item = usize::try_from(index)
        .ok()
        .and_then(|i| super::list::get(vm, seq, i));
    let exhausted = item.is_none();
    if let Some(it) = vm.heap.native_mut::<ReverseIter>(this) {
        it.index = if exhausted { -1 } else { index - 1 };
        if exhausted {
            it.seq = NULL;
        }
    }
    match item {
        Some(item) => Ok(vm.new_ref(item)),
        None => {
            vm.decref(seq);
            Ok(NULL)
        }
    }
}
