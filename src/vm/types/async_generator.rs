//! Asynchronous generators: the object and its methods, which only make awaitables (`Objects/genobject.c`).
//!
//! The object is the same `Gen` as a generator's; how its frame is resumed stands in `generator.rs`. What drives it, the
//! awaitables of `asend` and `athrow`, stands in `async_awaitable.rs`; the hooks of event loops in `async_hooks.rs`.
//!
//! Two kinds of values come out of its frame: what it awaits on passes through as it is, what it yields comes wrapped. That
//! is how the awaitables tell them apart.

use super::async_awaitable::{new_asend, new_athrow};
use super::async_hooks::init_hooks;
use super::generator::{
    generator, get_code, get_frame, get_name, get_qualname, get_yield_from, repr, set_name, set_qualname,
};
use super::generator_throw::finalize;
use super::list_iter::self_iter;
use super::list_methods::class_getitem;
use crate::heap::payload::Native;
use crate::heap::{Edge, Kept, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub use super::async_awaitable::{ASEND_SPEC, ATHROW_SPEC};
pub use super::async_hooks::finalize_by_hook;

pub static SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("async_generator")
};

pub static WRAPPED_SPEC: TypeSpec = TypeSpec::new("async_generator_wrapped_value");

fn fill(slots: &mut Slots) {
    slots.tp_repr = Some(repr);
    slots.am_aiter = Some(self_iter);
    slots.am_anext = Some(anext);
    slots.tp_finalize = Some(finalize);
}

static METHODS: &[Method] = &[
    Method::new("asend", Arity::One, asend).doc("asend(v) -> send 'v' in generator."),
    Method::new("athrow", Arity::Any, athrow)
        .doc("athrow(typ[,val[,tb]]) -> raise exception in generator."),
    Method::new("aclose", Arity::NoArgs, aclose)
        .doc("aclose() -> raise GeneratorExit inside generator."),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

static GETSET: &[GetSet] = &[
    GetSet::rw("__name__", get_name, set_name),
    GetSet::rw("__qualname__", get_qualname, set_qualname),
    GetSet::new("ag_await", get_yield_from),
    GetSet::rw("ag_frame", get_frame, readonly),
    GetSet::rw("ag_running", get_running, readonly),
    GetSet::rw("ag_code", get_code, readonly),
];

fn anext(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    init_hooks(vm, this)?;
    Ok(new_asend(vm, this, NULL))
}

fn asend(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    init_hooks(vm, this)?;
    let value = args.get(vm, 0);
    Ok(new_asend(vm, this, value))
}

/// How many arguments there are is checked only when the awaitable is awaited.
fn athrow(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    init_hooks(vm, this)?;
    let items = args.to_vec(vm);
    let args = vm.new_tuple_of(&items);
    Ok(new_athrow(vm, this, args))
}

fn aclose(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    init_hooks(vm, this)?;
    Ok(new_athrow(vm, this, NULL))
}

/// These are members in CPython, which complain otherwise than computed attributes.
fn readonly(vm: &mut Machine, _: Obj, _: Obj) -> PyResult<()> {
    vm.raise(vm.types.attribute_error, "readonly attribute".to_string())
}

/// `ag_running_async`: between the first step of an awaitable and its last, also while nothing runs.
fn get_running(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let running = generator(vm, this).running_async;
    Ok(vm.new_bool(running))
}

/// `_PyAsyncGenWrappedValue`
#[derive(Clone)]
struct Wrapped {
    value: Obj,
}

impl Native for Wrapped {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("agw_val"), self.value);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.value, NULL)]
    }

    fn has_clear(&self) -> bool {
        false
    }

    fn free_list(&self) -> Option<Kept> {
        Some(Kept::AsyncValue)
    }

    native_boilerplate!();
}

/// What an asynchronous generator yielded, borrowed; `None` if this is no such wrapper.
pub(super) fn wrapped_value(vm: &Machine, o: Obj) -> Option<Obj> {
    if vm.heap.ty(o) != vm.types.async_gen_wrapped {
        return None;
    }
    vm.heap.native::<Wrapped>(o).map(|w| w.value)
}

impl Machine {
    /// YIELD_VALUE in an asynchronous generator wraps the value, so that it is not taken for something awaited on
    /// (`_PyAsyncGenValueWrapperNew`). Takes the value over.
    pub(in crate::vm) fn wrap_async_value(&mut self, value: Obj) -> Obj {
        self.new_native(self.types.async_gen_wrapped, Wrapped { value })
    }
}
