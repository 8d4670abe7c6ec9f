//! What drives asynchronous generators: the awaitables that `__anext__`, `asend`, `athrow` and `aclose` return
//! (`async_generator_asend`, `async_generator_athrow` of `Objects/genobject.c`).
//!
//! Each step sends or throws into the generator. What that awaits on is handed out; what it yields ends the awaitable with
//! StopIteration, the value in it.
//!
//! Invariant: `running_async` of a generator is set from an awaitable's first step to its last, so two awaitables never
//! drive it at once.

use super::async_generator::wrapped_value;
use super::generator::{gen_send, generator, generator_mut};
use super::generator_throw::{throw, throw_into};
use super::list_iter::self_iter;
use crate::heap::payload::Native;
use crate::heap::{Edge, Kept, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static ASEND_SPEC: TypeSpec = TypeSpec {
    methods: ASEND_METHODS,
    slots: |slots| fill(slots, asend_next),
    ..TypeSpec::new("async_generator_asend")
};

pub static ATHROW_SPEC: TypeSpec = TypeSpec {
    methods: ATHROW_METHODS,
    slots: |slots| fill(slots, athrow_next),
    ..TypeSpec::new("async_generator_athrow")
};

fn fill(slots: &mut Slots, next: fn(&mut Machine, Obj) -> PyResult<Obj>) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
    slots.am_await = Some(self_iter);
}

const SEND_DOC: &str =
    "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.";
const THROW_DOC: &str = "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.";
const CLOSE_DOC: &str = "close() -> raise GeneratorExit inside generator.";

static ASEND_METHODS: &[Method] = &[
    Method::new("send", Arity::One, asend_send).doc(SEND_DOC),
    Method::new("throw", Arity::Positional(1, 3), asend_throw).varargs().doc(THROW_DOC),
    Method::new("close", Arity::NoArgs, close).doc(CLOSE_DOC),
];

static ATHROW_METHODS: &[Method] = &[
    Method::new("send", Arity::One, athrow_send).doc(SEND_DOC),
    Method::new("throw", Arity::Positional(1, 3), athrow_throw).varargs().doc(THROW_DOC),
    Method::new("close", Arity::NoArgs, close).doc(CLOSE_DOC),
];

const ASEND_REUSED: &str = "cannot reuse already awaited __anext__()/asend()";
const ATHROW_REUSED: &str = "cannot reuse already awaited aclose()/athrow()";
const IGNORED_EXIT: &str = "async generator ignored GeneratorExit";

/// `AwaitableState`
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Init,
    Iter,
    Closed,
}

/// `PyAsyncGenASend` and `PyAsyncGenAThrow`: the latter's `argument` is the tuple for `throw`, or NULL for `aclose()`.
#[derive(Clone)]
struct Awaitable {
    generator: Obj,
    /// The value to send, or the tuple to throw; NULL.
    argument: Obj,
    state: State,
    fields: [&'static str; 2],
    kept: Option<Kept>,
}

impl Native for Awaitable {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field(self.fields[0]), self.generator);
        f(Edge::Field(self.fields[1]), self.argument);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.generator, NULL),
            std::mem::replace(&mut self.argument, NULL),
        ]
    }

    fn has_clear(&self) -> bool {
        false
    }

    fn free_list(&self) -> Option<Kept> {
        self.kept
    }

    native_boilerplate!();
}

/// `async_gen_asend_new`; the value is borrowed, NULL for `__anext__()`.
pub(super) fn new_asend(vm: &mut Machine, generator: Obj, value: Obj) -> Obj {
    vm.incref(generator);
    vm.xincref(value);
    let ty = vm.types.async_gen_asend;
    let fields = ["ags_gen", "ags_sendval"];
    let kept = Some(Kept::AsyncSend);
    vm.new_native(ty, Awaitable { generator, argument: value, state: State::Init, fields, kept })
}

/// `async_gen_athrow_new`; takes the tuple over, NULL for `aclose()`.
pub(super) fn new_athrow(vm: &mut Machine, generator: Obj, args: Obj) -> Obj {
    vm.incref(generator);
    let ty = vm.types.async_gen_athrow;
    let fields = ["agt_gen", "agt_args"];
    let kept = None;
    vm.new_native(ty, Awaitable { generator, argument: args, state: State::Init, fields, kept })
}

fn awaitable(vm: &Machine, this: Obj) -> (Obj, Obj, State) {
    let a = vm.heap.native::<Awaitable>(this).expect("an awaitable's method on something else");
    (a.generator, a.argument, a.state)
}

fn set_state(vm: &mut Machine, this: Obj, state: State) {
    if let Some(a) = vm.heap.native_mut::<Awaitable>(this) {
        a.state = state;
    }
}

fn runtime_error(vm: &mut Machine, message: &str) -> PyResult<Obj> {
    vm.raise(vm.types.runtime_error, message.to_string())
}

fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    set_state(vm, this, State::Closed);
    Ok(vm.new_none())
}

/// StopAsyncIteration or GeneratorExit is in flight.
fn is_end(vm: &Machine) -> bool {
    vm.pending_matches(vm.types.stop_async_iteration) || vm.pending_matches(vm.types.generator_exit)
}

/// What a step of the generator means to who awaits: a yielded value becomes StopIteration's (`async_gen_unwrap_value`).
fn unwrap_value(vm: &mut Machine, generator: Obj, result: PyResult<Obj>) -> PyResult<Obj> {
    let value = match result {
        Ok(value) => value,
        Err(Thrown::Interrupt) => return Err(Thrown::Interrupt),
        Err(Thrown::Exception) => {
            let over = is_end(vm);
            let g = generator_mut(vm, generator);
            g.closed |= over;
            g.running_async = false;
            return Err(Thrown::Exception);
        }
    };
    let Some(yielded) = wrapped_value(vm, value) else {
        return Ok(value);
    };
    vm.hold(value);
    vm.incref(yielded);
    let stop = vm.raise_stop_iteration(yielded);
    let stop = vm.let_go(stop);
    generator_mut(vm, generator).running_async = false;
    stop
}

fn asend_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    asend_step(vm, this, NULL)
}

fn asend_send(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    asend_step(vm, this, value)
}

/// `async_gen_asend_send`; the value is borrowed, NULL from `__next__`.
fn asend_step(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<Obj> {
    let (driven, argument, state) = awaitable(vm, this);
    let mut value = value;
    if state == State::Closed {
        return runtime_error(vm, ASEND_REUSED);
    }
    if state == State::Init {
        if generator(vm, driven).running_async {
            return runtime_error(vm, "anext(): asynchronous generator is already running");
        }
        if value.is_null() || value == vm.none {
            value = argument;
        }
        set_state(vm, this, State::Iter);
    }
    generator_mut(vm, driven).running_async = true;
    let value = if value.is_null() { vm.none } else { value };
    let result = gen_send(vm, driven, value);
    let result = unwrap_value(vm, driven, result);
    if result.is_err() {
        set_state(vm, this, State::Closed);
    }
    result
}

/// `async_gen_asend_throw`
fn asend_throw(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (driven, _, state) = awaitable(vm, this);
    if state == State::Closed {
        return runtime_error(vm, ASEND_REUSED);
    }
    let result = throw(vm, driven, args);
    let result = unwrap_value(vm, driven, result);
    if result.is_err() {
        set_state(vm, this, State::Closed);
    }
    result
}

fn athrow_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    athrow_step(vm, this, vm.none)
}

fn athrow_send(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    athrow_step(vm, this, value)
}

/// `async_gen_athrow_send`
fn athrow_step(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<Obj> {
    let (driven, args, state) = awaitable(vm, this);
    if state == State::Closed {
        return runtime_error(vm, ATHROW_REUSED);
    }
    if generator(vm, driven).frame.is_null() {
        set_state(vm, this, State::Closed);
        return vm.raise_bare(vm.types.stop_iteration);
    }
    if state == State::Init {
        return athrow_begin(vm, this, value);
    }
    let result = gen_send(vm, driven, value);
    if args.is_null() { closing(vm, this, driven, result) } else { unwrap_value(vm, driven, result) }
}

/// The first step: throws.
fn athrow_begin(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<Obj> {
    let (driven, args, _) = awaitable(vm, this);
    if generator(vm, driven).running_async {
        set_state(vm, this, State::Closed);
        let what = if args.is_null() { "aclose" } else { "athrow" };
        return runtime_error(vm, &format!("{what}(): asynchronous generator is already running"));
    }
    if generator(vm, driven).closed {
        set_state(vm, this, State::Closed);
        return vm.raise_bare(vm.types.stop_async_iteration);
    }
    if value != vm.none {
        return runtime_error(vm, "can't send non-None value to a just-started coroutine");
    }
    set_state(vm, this, State::Iter);
    generator_mut(vm, driven).running_async = true;
    // GeneratorExit must not close what the generator awaits on: that may have to await as well.
    if args.is_null() {
        generator_mut(vm, driven).closed = true;
        let exit = vm.types.generator_exit;
        let result = throw_into(vm, driven, exit, NULL, NULL, false);
        return closing(vm, this, driven, result);
    }
    let items = vm.heap.tuple(args).map(<[Obj]>::to_vec).unwrap_or_default();
    if items.is_empty() || items.len() > 3 {
        let (bound, s) = if items.is_empty() { ("least 1", "") } else { ("most 3", "s") };
        let n = items.len();
        return vm.type_error(format!("athrow expected at {bound} argument{s}, got {n}"));
    }
    let at = |i: usize| items.get(i).copied().unwrap_or(NULL);
    let result = throw_into(vm, driven, at(0), at(1), at(2), false);
    match unwrap_value(vm, driven, result) {
        Ok(value) => Ok(value),
        Err(thrown) => {
            set_state(vm, this, State::Closed);
            Err(thrown)
        }
    }
}

/// A step of `aclose()`: a value yielded is an error, the generator's end is StopIteration.
fn closing(vm: &mut Machine, this: Obj, driven: Obj, result: PyResult<Obj>) -> PyResult<Obj> {
    match result {
        Ok(value) if wrapped_value(vm, value).is_some() => {
            vm.decref(value);
            generator_mut(vm, driven).running_async = false;
            set_state(vm, this, State::Closed);
            runtime_error(vm, IGNORED_EXIT)
        }
        Ok(value) => Ok(value),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(Thrown::Exception) => {
            generator_mut(vm, driven).running_async = false;
            set_state(vm, this, State::Closed);
            end_of_close(vm)
        }
    }
}

/// `aclose()` does not let StopAsyncIteration and GeneratorExit out: it is done.
fn end_of_close(vm: &mut Machine) -> PyResult<Obj> {
    if is_end(vm) {
        vm.clear_exception();
        return vm.raise_bare(vm.types.stop_iteration);
    }
    Err(Thrown::Exception)
}

/// `async_gen_athrow_throw`
fn athrow_throw(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (driven, thrown_args, state) = awaitable(vm, this);
    if state == State::Closed {
        return runtime_error(vm, ATHROW_REUSED);
    }
    let result = throw(vm, driven, args);
    if !thrown_args.is_null() {
        return unwrap_value(vm, driven, result);
    }
    match result {
        // Here an exception leaves the awaitable as it is, and the generator running: CPython 3.10 does so.
        Err(Thrown::Exception) => end_of_close(vm),
        result => closing(vm, this, driven, result),
    }
}
