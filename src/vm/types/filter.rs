//! `filter` (`Python/bltinmodule.c`).

use super::list_iter::self_iter;
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.",
    base_type: true,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("filter")
};

static METHODS: &[Method] =
    &[Method::new("__reduce__", Arity::NoArgs, reduce)
        .doc("Return state information for pickling.")];

#[derive(Clone)]
struct Filter {
    func: Obj,
    iter: Obj,
}

impl Native for Filter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("it"), self.iter);
        f(Edge::Field("func"), self.func);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.func, NULL),
            std::mem::replace(&mut self.iter, NULL),
        ]
    }

    native_boilerplate!();
}

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && class == vm.types.filter {
        return vm.type_error("filter() takes no keyword arguments".to_string());
    }
    super::slice::check_count(vm, "filter", args, 2, 2)?;
    let (func, iterable) = (args.get(vm, 0), args.get(vm, 1));
    let iter = vm.get_iter(iterable)?;
    vm.incref(func);
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Filter { func, iter }))),
    ))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(Filter { func, iter }) = vm.heap.native::<Filter>(this).cloned() else {
        return Ok(NULL);
    };
    let plain = func == vm.none || func == vm.types.bool;
    loop {
        let item = vm.iter_next(iter)?;
        if item.is_null() {
            return Ok(NULL);
        }
        let mark = vm.mark();
        vm.hold(item);
        let keeps = if plain {
            vm.is_true(item)
        } else {
            match vm.call(func, &[item]) {
                Ok(answer) => vm.take_truth(answer),
                Err(thrown) => Err(thrown),
            }
        };
        match keeps {
            Ok(true) => return Ok(vm.unhold()),
            Ok(false) => vm.release(mark),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        }
    }
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Some(Filter { func, iter }) = vm.heap.native::<Filter>(this).cloned() else {
        return Ok(vm.new_none());
    };
    let args = vm.new_tuple_of(&[func, iter]);
    let class = vm.heap.ty(this);
    vm.incref(class);
    Ok(vm.new_tuple(vec![class, args]))
}
