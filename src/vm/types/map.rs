//! `map` (`Python/bltinmodule.c`).

use super::list_iter::self_iter;
use crate::heap::payload::Native;
use crate::heap::payload::iterators::Map;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.",
    base_type: true,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("map")
};

static METHODS: &[Method] =
    &[Method::new("__reduce__", Arity::NoArgs, reduce)
        .doc("Return state information for pickling.")];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && class == vm.types.map {
        return vm.type_error("map() takes no keyword arguments".to_string());
    }
    if args.len() < 2 {
        return vm.type_error("map() must have at least two arguments.".to_string());
    }
    let iters = vm.iterators_of(args, 1)?;
    let func = args.get(vm, 0);
    vm.incref(func);
    Ok(vm.alloc_instance(
        class,
        Map { iters, func }.into_payload(),
    ))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(Map { iters, func }) = vm.heap.native::<Map>(this).cloned() else {
        return Ok(NULL);
    };
    let n = vm.heap.tuple(iters).map_or(0, <[Obj]>::len);
    let mark = vm.mark();
    for i in 0..n {
        let iter = vm.heap.tuple(iters).map_or(NULL, |iters| iters[i]);
        match vm.iter_next(iter) {
            Ok(NULL) => {
                vm.release(mark);
                return Ok(NULL);
            }
            Ok(item) => vm.hold(item),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
    }
    let items = vm.stack[mark..vm.top].to_vec();
    let result = vm.call(func, &items);
    // Arguments go first to last.
    if vm.interrupt.is_none() {
        vm.stack[mark..vm.top].reverse();
    }
    vm.releasing(mark, result)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Some(Map { iters, func }) = vm.heap.native::<Map>(this).cloned() else {
        return Ok(vm.new_none());
    };
    let mut args = vec![func];
    args.extend_from_slice(vm.heap.tuple(iters).unwrap_or(&[]));
    let args = vm.new_tuple_of(&args);
    let class = vm.heap.ty(this);
    vm.incref(class);
    Ok(vm.new_tuple(vec![class, args]))
}
