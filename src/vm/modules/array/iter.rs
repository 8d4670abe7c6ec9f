//! The iterator of an array.

use super::*;
use crate::heap::Edge;
use crate::heap::payload::Native;
use crate::native_boilerplate;
use crate::vm::types::list_iter::{reduced, reduced_over};

#[derive(Clone)]
struct ArrayIter {
    /// NULL once exhausted.
    array: Obj,
    at: usize,
}

impl Native for ArrayIter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("ao"), self.array);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn has_clear(&self) -> bool {
        false
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.array, NULL)]
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("__reduce__", Arity::NoArgs, reduce)
            .doc("__reduce__($self, /)\n--\n\nReturn state information for pickling."),
        Method::new("__setstate__", Arity::One, setstate)
            .doc("__setstate__($self, state, /)\n--\n\nSet state information for unpickling."),
    ],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("array.arrayiterator")
};

pub fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    vm.incref(this);
    Ok(vm.new_native(class, ArrayIter { array: this, at: 0 }))
}

fn state(vm: &mut Machine, this: Obj) -> &mut ArrayIter {
    vm.heap.native_mut(this).expect("an array iterator")
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let ArrayIter { array: of, at } = *state(vm, this);
    if of.is_null() {
        return Ok(NULL);
    }
    if at < array(vm, of).len() {
        state(vm, this).at += 1;
        return items::load(vm, of, at);
    }
    state(vm, this).array = NULL;
    vm.decref(of);
    Ok(NULL)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let ArrayIter { array: of, at } = *state(vm, this);
    Ok(match of.some() {
        Some(of) => reduced(vm, function, of, at as i64),
        None => {
            let empty = vm.new_ref(vm.empty_tuple);
            reduced_over(vm, function, empty)
        }
    })
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let to = args.get(vm, 0);
    if !vm.is_int(to) {
        return vm.type_error("an integer is required".to_string());
    }
    let to = vm.ssize(to)?;
    let of = state(vm, this).array;
    if !of.is_null() {
        let len = array(vm, of).len();
        state(vm, this).at = usize::try_from(to).unwrap_or(0).min(len);
    }
    Ok(vm.new_none())
}
