//! `_asyncio.Future`: its contents, how it is settled, and its end.
//!
//! A task is a future with more fields; both are one struct, the task's fields are NULL in a plain future. Invariant: callbacks
//! wait only while the future is pending; the first one has a place of its own, as nearly always there is only one.

use super::{call_soon, future_iter, future_methods, imported, raise_invalid_state};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::kw;
use crate::vm::native::TypeSpec;
use crate::vm::{Args, Machine, PyResult, Thrown};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum State {
    #[default]
    Pending,
    Cancelled,
    Finished,
}

#[derive(Clone, Copy, Default)]
pub struct Fut {
    pub event_loop: Obj,
    pub callback0: Obj,
    pub context0: Obj,
    /// List of pairs of callback and context.
    pub callbacks: Obj,
    pub exception: Obj,
    pub exception_tb: Obj,
    pub result: Obj,
    pub source_tb: Obj,
    pub cancel_msg: Obj,
    pub dict: Obj,
    /// The CancelledError with which a task ended.
    pub cancelled_exc: Obj,
    pub state: State,
    pub log_tb: bool,
    pub blocking: bool,
    /// The fields of a task.
    pub context: Obj,
    pub coro: Obj,
    pub name: Obj,
    pub waiter: Obj,
    pub must_cancel: bool,
    pub log_destroy_pending: bool,
}

impl Fut {
    /// Traversed in this order; let go of in that of `take`.
    fn fields(&self) -> [(&'static str, Obj); 15] {
        [
            ("task_context", self.context),
            ("task_coro", self.coro),
            ("task_name", self.name),
            ("task_fut_waiter", self.waiter),
            ("loop", self.event_loop),
            ("callback0", self.callback0),
            ("context0", self.context0),
            ("callbacks", self.callbacks),
            ("exception", self.exception),
            ("exception_tb", self.exception_tb),
            ("result", self.result),
            ("source_tb", self.source_tb),
            ("cancel_msg", self.cancel_msg),
            ("__dict__", self.dict),
            ("cancelled_exc", self.cancelled_exc),
        ]
    }
}

impl Native for Fut {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for (name, o) in self.fields() {
            let edge = if name == "__dict__" {
                Edge::Dict
            } else {
                Edge::Field(name)
            };
            f(edge, o);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        let fields = [
            &mut self.event_loop,
            &mut self.callback0,
            &mut self.context0,
            &mut self.callbacks,
            &mut self.result,
            &mut self.exception,
            &mut self.exception_tb,
            &mut self.source_tb,
            &mut self.cancel_msg,
            &mut self.cancelled_exc,
            &mut self.dict,
            &mut self.context,
            &mut self.coro,
            &mut self.name,
            &mut self.waiter,
        ];
        fields
            .into_iter()
            .map(|o| std::mem::replace(o, NULL))
            .collect()
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Future(*, loop=None)\n--\n\nA result that is not there yet.",
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    methods: future_methods::METHODS,
    getset: future_methods::GETSET,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(|vm, this, args| {
            let given = args.len();
            if given > 0 {
                return vm.type_error("Future() takes no positional arguments".to_string());
            }
            let [event_loop] = vm.unpack("Future", args, &[kw("loop")])?;
            init(vm, this, event_loop)
        });
        s.tp_repr = Some(repr);
        s.tp_iter = Some(future_iter::make);
        s.am_await = Some(future_iter::make);
        s.tp_finalize = Some(finalize);
    },
    ..TypeSpec::new("_asyncio.Future")
};

pub fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Fut::default())))))
}

/// A copy of the fields, borrowed references.
pub fn fut(vm: &Machine, this: Obj) -> Fut {
    *vm.heap.native(this).expect("checked by the type")
}

pub fn fut_mut(vm: &mut Machine, this: Obj) -> &mut Fut {
    vm.heap.native_mut(this).expect("checked by the type")
}

pub fn is_future(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Fut>(o).is_some()
}

/// Puts an owned reference (or NULL) into a field and lets go of what was there.
pub fn set(vm: &mut Machine, this: Obj, field: fn(&mut Fut) -> &mut Obj, value: Obj) {
    let old = std::mem::replace(field(fut_mut(vm, this)), value);
    if !old.is_null() {
        vm.drop_keeping_exception(old);
    }
}

/// `future_init`: begins anew; without a loop it is the current one.
pub fn init(vm: &mut Machine, this: Obj, event_loop: Obj) -> PyResult<()> {
    let kept = fut(vm, this).dict;
    let fields = fut_mut(vm, this);
    fields.dict = NULL;
    let old = fields.take();
    *fields = Fut {
        dict: kept,
        ..Fut::default()
    };
    vm.drop_all(old);
    let event_loop = if event_loop.is_null() || event_loop == vm.none {
        super::event_loop(vm)?
    } else {
        vm.new_ref(event_loop)
    };
    fut_mut(vm, this).event_loop = event_loop;
    // While modules can still be imported.
    let cancelled = imported(vm, "_asyncio.cancelled")?;
    vm.decref(cancelled);
    let debug = vm.call_method(event_loop, "get_debug", &[])?;
    if vm.take_truth(debug)? {
        let extract = imported(vm, "_asyncio.extract_stack")?;
        let stack = vm.call_and_drop(extract, &[])?;
        set(vm, this, |f| &mut f.source_tb, stack);
    }
    Ok(())
}

/// The loop, borrowed; RuntimeError if `__init__` was never called.
pub fn loop_of(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match fut(vm, this).event_loop {
        NULL => vm.raise(
            vm.types.runtime_error,
            "Future object is not initialized.".to_string(),
        ),
        event_loop => Ok(event_loop),
    }
}

/// Hands all callbacks to the loop (`future_schedule_callbacks`).
pub fn schedule_callbacks(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let fields = fut_mut(vm, this);
    let callbacks = std::mem::replace(&mut fields.callbacks, NULL);
    let callback0 = std::mem::replace(&mut fields.callback0, NULL);
    let context0 = std::mem::replace(&mut fields.context0, NULL);
    let mark = vm.mark();
    for o in [callbacks, callback0, context0] {
        vm.hold(o);
    }
    let result = schedule_each(vm, this, callbacks, callback0, context0);
    vm.releasing(mark, result)
}

fn schedule_each(
    vm: &mut Machine,
    this: Obj,
    callbacks: Obj,
    callback0: Obj,
    context0: Obj,
) -> PyResult<()> {
    let event_loop = fut(vm, this).event_loop;
    if !callback0.is_null() {
        call_soon(vm, event_loop, callback0, this, context0)?;
    }
    if callbacks.is_null() {
        return Ok(());
    }
    for pair in vm.heap.list(callbacks).cloned().unwrap_or_default() {
        if let Some(&[callback, context]) = vm.heap.tuple(pair) {
            call_soon(vm, event_loop, callback, this, context)?;
        }
    }
    Ok(())
}

/// `future_set_result`; the result is borrowed.
pub fn set_result(vm: &mut Machine, this: Obj, result: Obj) -> PyResult<()> {
    loop_of(vm, this)?;
    if fut(vm, this).state != State::Pending {
        return raise_invalid_state(vm, "invalid state");
    }
    vm.incref(result);
    set(vm, this, |f| &mut f.result, result);
    fut_mut(vm, this).state = State::Finished;
    schedule_callbacks(vm, this)
}

/// `future_set_exception`; a class or an instance, borrowed.
pub fn set_exception(vm: &mut Machine, this: Obj, given: Obj) -> PyResult<()> {
    loop_of(vm, this)?;
    if fut(vm, this).state != State::Pending {
        return raise_invalid_state(vm, "invalid state");
    }
    let exception = if vm.is_exception_class(given) {
        vm.call(given, &[])?
    } else {
        vm.new_ref(given)
    };
    vm.hold(exception);
    let result = set_instance(vm, this, exception);
    vm.let_go(result)
}

fn set_instance(vm: &mut Machine, this: Obj, exception: Obj) -> PyResult<()> {
    if !vm.is_exception(exception) {
        return vm.type_error("invalid exception object".to_string());
    }
    if vm.heap.ty(exception) == vm.types.stop_iteration {
        return vm.type_error(
            "StopIteration interacts badly with generators and cannot be raised into a Future"
                .to_string(),
        );
    }
    let traceback = match vm.heap.base(exception) {
        Payload::Exc(e) => e.traceback,
        _ => NULL,
    };
    vm.incref(exception);
    vm.xincref(traceback);
    set(vm, this, |f| &mut f.exception, exception);
    set(vm, this, |f| &mut f.exception_tb, traceback);
    fut_mut(vm, this).state = State::Finished;
    schedule_callbacks(vm, this)?;
    fut_mut(vm, this).log_tb = true;
    Ok(())
}

/// `future_cancel`: whether it was pending. The message is borrowed.
pub fn cancel(vm: &mut Machine, this: Obj, message: Obj) -> PyResult<bool> {
    fut_mut(vm, this).log_tb = false;
    if fut(vm, this).state != State::Pending {
        return Ok(false);
    }
    fut_mut(vm, this).state = State::Cancelled;
    let message = if message == vm.none { NULL } else { message };
    vm.xincref(message);
    set(vm, this, |f| &mut f.cancel_msg, message);
    schedule_callbacks(vm, this)?;
    Ok(true)
}

/// `CancelledError(msg)`; owned.
pub fn cancelled_error(vm: &mut Machine, message: Obj) -> PyResult<Obj> {
    let class = imported(vm, "_asyncio.cancelled")?;
    if message.is_null() || message == vm.none {
        vm.call_and_drop(class, &[])
    } else {
        vm.call_and_drop(class, &[message])
    }
}

/// Raises CancelledError; with what a task was cancelled by is its context.
pub fn raise_cancelled<T: 'static>(vm: &mut Machine, this: Obj) -> PyResult<T> {
    let Fut {
        cancel_msg,
        cancelled_exc,
        ..
    } = fut(vm, this);
    let exc = cancelled_error(vm, cancel_msg)?;
    vm.hold(exc);
    let result = vm.raise_object(exc);
    if !cancelled_exc.is_null() && cancelled_exc != exc {
        vm.incref(cancelled_exc);
        vm.set_exc_context(exc, cancelled_exc);
    }
    vm.let_go(result)
}

/// What a settled future has; owned.
pub enum Outcome {
    Value(Obj),
    Exception(Obj),
}

/// `future_get_result`
pub fn outcome(vm: &mut Machine, this: Obj) -> PyResult<Outcome> {
    match fut(vm, this).state {
        State::Cancelled => return raise_cancelled(vm, this),
        State::Pending => return raise_invalid_state(vm, "Result is not set."),
        State::Finished => {}
    }
    fut_mut(vm, this).log_tb = false;
    let Fut {
        exception,
        exception_tb,
        result,
        ..
    } = fut(vm, this);
    if exception.is_null() {
        return Ok(Outcome::Value(vm.new_ref(result)));
    }
    vm.incref(exception);
    fut_mut(vm, this).exception_tb = NULL;
    let mut old = exception_tb;
    if let Payload::Exc(e) = vm.heap.base_mut(exception) {
        old = std::mem::replace(&mut e.traceback, exception_tb);
    }
    vm.xdecref(old);
    Ok(Outcome::Exception(exception))
}

/// `result()`: the value, owned, or the exception raised.
pub fn result(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if fut(vm, this).event_loop.is_null() {
        return raise_invalid_state(vm, "Future object is not initialized.");
    }
    match outcome(vm, this)? {
        Outcome::Value(value) => Ok(value),
        Outcome::Exception(exception) => {
            vm.with_held(exception, |vm, exception| vm.reraise_object(exception))
        }
    }
}

/// A pair for the list of callbacks, or the loop's turn if the future is settled (`future_add_done_callback`).
pub fn add_done_callback(vm: &mut Machine, this: Obj, callback: Obj, context: Obj) -> PyResult<()> {
    let Fut {
        event_loop,
        callback0,
        callbacks,
        state,
        ..
    } = fut(vm, this);
    if state != State::Pending {
        return call_soon(vm, event_loop, callback, this, context);
    }
    if callbacks.is_null() && callback0.is_null() {
        vm.incref(callback);
        vm.incref(context);
        let fields = fut_mut(vm, this);
        fields.callback0 = callback;
        fields.context0 = context;
        return Ok(());
    }
    let pair = vm.new_tuple_of(&[callback, context]);
    match vm.heap.list_mut(callbacks) {
        Some(list) => list.push(pair),
        None => {
            let list = vm.new_list(vec![pair]);
            fut_mut(vm, this).callbacks = list;
        }
    }
    Ok(())
}

/// `<Future …>`, what it says is worked out in Python.
pub fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop_of(vm, this)?;
    let info = vm.call_method(this, "_repr_info", &[])?;
    let text = vm.with_held(info, |vm, info| {
        let space = vm.new_str(" ");
        vm.with_held(space, |vm, space| vm.call_method(space, "join", &[info]))
    })?;
    let shown = vm.text(text);
    vm.decref(text);
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    Ok(vm.new_string(format!("<{name} {shown}>")))
}

/// `FutureObj_finalize`: an exception that nobody asked for is reported.
pub fn finalize(vm: &mut Machine, this: Obj) {
    if !std::mem::replace(&mut fut_mut(vm, this).log_tb, false) {
        return;
    }
    let saved = vm.take_exception();
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    let exception = fut(vm, this).exception;
    let message = format!("{name} exception was never retrieved");
    report(
        vm,
        this,
        &message,
        &[("exception", exception), ("future", this)],
    );
    vm.restore_exception(saved);
}

/// Calls the loop's exception handler with what happened; nothing may be raised any more.
pub fn report(vm: &mut Machine, this: Obj, message: &str, parts: &[(&str, Obj)]) {
    let Fut {
        event_loop,
        source_tb,
        ..
    } = fut(vm, this);
    let mark = vm.mark();
    let context = vm.new_dict();
    vm.hold(context);
    let message = vm.new_str(message);
    vm.dict_set_name(context, "message", message);
    vm.decref(message);
    for (name, o) in parts {
        if !o.is_null() {
            vm.dict_set_name(context, name, *o);
        }
    }
    if !source_tb.is_null() {
        vm.dict_set_name(context, "source_traceback", source_tb);
    }
    let handler = vm.get_attr_str(event_loop, "call_exception_handler");
    let result = handler.and_then(|handler| {
        vm.hold(handler);
        match vm.call(handler, &[context]) {
            Ok(result) => {
                vm.decref(result);
                Ok(())
            }
            Err(Thrown::Exception) => {
                vm.write_unraisable(handler, None);
                Ok(())
            }
            Err(thrown) => Err(thrown),
        }
    });
    if vm.interrupt.is_some() {
        return;
    }
    if result.is_err() {
        vm.clear_exception();
    }
    vm.release(mark);
}
