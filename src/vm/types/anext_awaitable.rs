//! `anext(iterator, default)`: an awaitable that ends with the default instead of StopAsyncIteration
//! (`anext_awaitable` of `Objects/iterobject.c`).

use super::list_iter::self_iter;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static SPEC: TypeSpec =
    TypeSpec { methods: METHODS, slots: fill, ..TypeSpec::new("anext_awaitable") };

static METHODS: &[Method] = &[
    Method::new("send", Arity::One, |vm, this, args| proxy(vm, this, "send", args)).doc("send(arg) -> send 'arg' into the wrapped iterator,\nreturn next yielded value or raise StopIteration."),
    Method::new("throw", Arity::Any, |vm, this, args| proxy(vm, this, "throw", args)).doc("throw(typ[,val[,tb]]) -> raise exception in the wrapped iterator,\nreturn next yielded value or raise StopIteration."),
    Method::new("close", Arity::NoArgs, |vm, this, args| proxy(vm, this, "close", args)).doc("close() -> raise GeneratorExit inside generator."),
];

fn fill(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
    slots.am_await = Some(self_iter);
}

#[derive(Clone)]
struct AnextAwaitable {
    wrapped: Obj,
    default: Obj,
}

impl Native for AnextAwaitable {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("wrapped"), self.wrapped);
        f(Edge::Field("default_value"), self.default);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.wrapped, NULL),
            std::mem::replace(&mut self.default, NULL),
        ]
    }

    fn has_clear(&self) -> bool {
        false
    }

    native_boilerplate!();
}

/// `PyAnextAwaitable_New`; both borrowed.
pub fn new(vm: &mut Machine, wrapped: Obj, default: Obj) -> Obj {
    let ty = vm.module_type(&SPEC);
    vm.incref(wrapped);
    vm.incref(default);
    vm.new_native(ty, AnextAwaitable { wrapped, default })
}

fn parts(vm: &Machine, this: Obj) -> (Obj, Obj) {
    vm.heap.native::<AnextAwaitable>(this).map_or((NULL, NULL), |a| (a.wrapped, a.default))
}

/// What to iterate over, anew at each step; owned (`anextawaitable_getiter`).
fn get_iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (wrapped, _) = parts(vm, this);
    let iterator = vm.coro_get_awaitable_iter(wrapped)?;
    if vm.slots_of(iterator).tp_iternext.is_some() {
        return Ok(iterator);
    }
    // Only a coroutine has no `__next__`; its wrapper has.
    let wrapper = match vm.slots_of(iterator).am_await {
        Some(get) => vm.with_held(iterator, get)?,
        None => iterator,
    };
    if vm.slots_of(wrapper).tp_iternext.is_none() {
        vm.decref(wrapper);
        return vm.type_error("__await__ returned a non-iterable".to_string());
    }
    Ok(wrapper)
}

/// StopAsyncIteration becomes the end of the awaitable, with the default as its value.
fn settle(vm: &mut Machine, this: Obj, result: PyResult<Obj>) -> PyResult<Obj> {
    if result == Err(Thrown::Exception) && vm.pending_matches(vm.types.stop_async_iteration) {
        vm.clear_exception();
        let (_, default) = parts(vm, this);
        vm.incref(default);
        return vm.raise_stop_iteration(default);
    }
    result
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let iterator = get_iter(vm, this)?;
    let step = vm.slots_of(iterator).tp_iternext.expect("get_iter has seen it");
    let result = vm.with_held(iterator, step);
    settle(vm, this, result)
}

/// Hands a method on to the iterator (`anextawaitable_proxy`). A tuple as the argument of `send` is taken for the arguments,
/// as CPython's call format "O" does.
fn proxy(vm: &mut Machine, this: Obj, name: &str, args: Args) -> PyResult<Obj> {
    let iterator = get_iter(vm, this)?;
    let mut items = args.to_vec(vm);
    if name == "send"
        && let Some(unpacked) = vm.heap.tuple(items[0])
    {
        items = unpacked.to_vec();
    }
    let result = vm.with_held(iterator, |vm, iterator| vm.call_method(iterator, name, &items));
    settle(vm, this, result)
}
