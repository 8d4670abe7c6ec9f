//! `_asyncio.FutureIter`: what `await future` walks over. It yields the future once; then it must be settled.

use super::future::{State, fut, fut_mut, is_future, result};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct FutureIter {
    future: Obj,
}

impl Native for FutureIter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("future"), self.future);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.future, NULL)]
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("send", Arity::One, |vm, this, _| {
            let next = next(vm, this)?;
            if next.is_null() {
                return vm.raise_bare(vm.types.stop_iteration);
            }
            Ok(next)
        }),
        Method::new("throw", Arity::Any, throw),
        Method::new("close", Arity::NoArgs, |vm, this, _| {
            let_go(vm, this);
            Ok(vm.new_none())
        }),
    ],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("_asyncio.FutureIter")
};

pub fn make(vm: &mut Machine, future: Obj) -> PyResult<Obj> {
    if is_future(vm, future) && fut(vm, future).event_loop.is_null() {
        return vm.raise(
            vm.types.runtime_error,
            "uninitialized Future object".to_string(),
        );
    }
    let class = vm.module_type(&SPEC);
    let future = vm.new_ref(future);
    Ok(vm.new_native(class, FutureIter { future }))
}

/// Takes the future out and drops it.
fn let_go(vm: &mut Machine, this: Obj) {
    if let Some(iter) = vm.heap.native_mut::<FutureIter>(this) {
        let future = std::mem::replace(&mut iter.future, NULL);
        if !future.is_null() {
            vm.drop_keeping_exception(future);
        }
    }
}

/// `FutureIter_iternext`
fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let future = vm
        .heap
        .native::<FutureIter>(this)
        .map_or(NULL, |iter| iter.future);
    if future.is_null() {
        return Ok(NULL);
    }
    if fut(vm, future).state == State::Pending {
        if fut(vm, future).blocking {
            return vm.raise(
                vm.types.runtime_error,
                "await wasn't used with future".to_string(),
            );
        }
        fut_mut(vm, future).blocking = true;
        return Ok(vm.new_ref(future));
    }
    vm.hold_ref(future);
    let_go(vm, this);
    let value = result(vm, future);
    let value = vm.let_go(value)?;
    if value == vm.none {
        vm.decref(value);
        return Ok(NULL);
    }
    vm.raise_stop_iteration(value)
}

/// Raises what it is given, through a generator's checks of the same arguments.
fn throw(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if !(1..=3).contains(&args.len()) {
        let (bound, s, given) = if args.is_empty() {
            ("at least 1", "", 0)
        } else {
            ("at most 3", "s", args.len())
        };
        return vm.type_error(format!(
            "function takes {bound} argument{s} ({given} given)"
        ));
    }
    let (ty, value, tb) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let traceback = tb.is_null()
        || tb == vm.none
        || matches!(vm.heap.payload(tb), crate::heap::Payload::Traceback(_));
    if !traceback {
        return vm.type_error("throw() third argument must be a traceback".to_string());
    }
    if !vm.is_exception_class(ty) && !vm.is_exception(ty) {
        return vm.type_error(
            "exceptions must be classes deriving BaseException or instances of such a class"
                .to_string(),
        );
    }
    let raised = crate::vm::types::generator_throw::set_thrown(vm, ty, value, tb);
    let_go(vm, this);
    raised?;
    Err(crate::vm::Thrown::Exception)
}
