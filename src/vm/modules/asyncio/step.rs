//! One step of a task: its coroutine runs until it yields, returns or raises (`task_step_impl`, `task_wakeup`).

use super::future::{
    self, Fut, Outcome, State, add_done_callback, fut, fut_mut, is_future, loop_of, outcome, set,
};
use super::{call_keywords, enter_task, imported, leave_task, raise_invalid_state};
use crate::heap::payload::Native;
use crate::heap::payload::generator::GenKind;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult, Thrown};

/// What the loop calls for a step: the task, and an exception to throw in or NULL.
#[derive(Clone, Copy)]
struct Wrapper {
    task: Obj,
    exception: Obj,
}

impl Native for Wrapper {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("task"), self.task);
        f(Edge::Field("arg"), self.exception);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.task, NULL),
            std::mem::replace(&mut self.exception, NULL),
        ]
    }
    native_boilerplate!();
}

pub static WRAPPER_SPEC: TypeSpec = TypeSpec {
    getset: &[GetSet::new("__self__", |vm, this| {
        let task = wrapper(vm, this).task;
        Ok(super::future_methods::or_none(vm, task))
    })],
    slots: |s| s.tp_call = Some(call),
    ..TypeSpec::new("TaskStepMethWrapper")
};

fn wrapper(vm: &Machine, this: Obj) -> Wrapper {
    *vm.heap.native(this).expect("checked by the type")
}

fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("function takes no keyword arguments".to_string());
    }
    if !args.is_empty() {
        return vm.type_error("function takes no positional arguments".to_string());
    }
    let Wrapper { task, exception } = wrapper(vm, this);
    if task.is_null() {
        return Ok(vm.new_none());
    }
    step(vm, task, exception)
}

/// What a future that a task waits for calls when it is settled.
static WAKEUP: Method = Method::new("task_wakeup", Arity::One, |vm, task, args| {
    wakeup(vm, task, args.get(vm, 0))
});

/// Has the loop make a step soon, throwing an exception in unless it is NULL; borrowed.
pub fn call_soon(vm: &mut Machine, task: Obj, exception: Obj) -> PyResult<()> {
    let class = vm.module_type(&WRAPPER_SPEC);
    vm.incref(task);
    vm.xincref(exception);
    let wrapper = vm.new_native(class, Wrapper { task, exception });
    let Fut {
        event_loop,
        context,
        ..
    } = fut(vm, task);
    vm.with_held(wrapper, |vm, wrapper| {
        super::call_soon(vm, event_loop, wrapper, NULL, context)
    })
}

fn wakeup(vm: &mut Machine, task: Obj, future: Obj) -> PyResult<Obj> {
    let settled = if is_future(vm, future) {
        outcome(vm, future)
    } else {
        vm.call_method(future, "result", &[]).map(Outcome::Value)
    };
    let exception = match settled {
        Ok(Outcome::Value(value)) => {
            vm.decref(value);
            return step(vm, task, NULL);
        }
        Ok(Outcome::Exception(exception)) => exception,
        Err(Thrown::Exception) => vm.take_exception_object()?,
        Err(thrown) => return Err(thrown),
    };
    vm.with_held(exception, |vm, exception| step(vm, task, exception))
}

/// `task_step`: the exception is borrowed, NULL for none.
fn step(vm: &mut Machine, task: Obj, exception: Obj) -> PyResult<Obj> {
    let event_loop = loop_of(vm, task)?;
    enter_task(vm, event_loop, task)?;
    match advance(vm, task, exception) {
        Ok(()) => {
            leave_task(vm, event_loop, task)?;
            Ok(vm.new_none())
        }
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(thrown) => {
            let saved = vm.take_exception();
            if leave_task(vm, event_loop, task).is_err() {
                vm.clear_exception();
            }
            vm.restore_exception(saved);
            Err(thrown)
        }
    }
}

fn is_cancelled_error(vm: &mut Machine, exception: Obj) -> PyResult<bool> {
    let class = imported(vm, "_asyncio.cancelled")?;
    let is = !exception.is_null() && vm.is_subtype(vm.heap.ty(exception), class);
    vm.decref(class);
    Ok(is)
}

fn advance(vm: &mut Machine, task: Obj, exception: Obj) -> PyResult<()> {
    if fut(vm, task).state != State::Pending {
        let shown = vm.repr_text(task)?;
        let what = if exception.is_null() {
            String::new()
        } else {
            vm.repr_text(exception)?
        };
        let message = format!("__step(): already done: {shown} {what}");
        return raise_invalid_state(vm, message.trim_end());
    }
    let mut exception = exception;
    let mark = vm.mark();
    if fut(vm, task).must_cancel {
        if !is_cancelled_error(vm, exception)? {
            let message = fut(vm, task).cancel_msg;
            exception = future::cancelled_error(vm, message)?;
            vm.hold(exception);
        }
        fut_mut(vm, task).must_cancel = false;
    }
    set(vm, task, |f| &mut f.waiter, NULL);
    let coro = fut(vm, task).coro;
    if coro.is_null() {
        vm.release(mark);
        return vm.raise(
            vm.types.runtime_error,
            "uninitialized Task object".to_string(),
        );
    }
    vm.hold_ref(coro);
    let sent = resume(vm, coro, exception);
    let sent = vm.releasing(mark, sent);
    match sent {
        Ok((value, true)) => vm.with_held(value, |vm, value| returned(vm, task, value)),
        Ok((yielded, false)) => vm.with_held(yielded, |vm, yielded| wait_for(vm, task, yielded)),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(_) => raised(vm, task),
    }
}

/// Sends None, or throws; the value and whether the coroutine returned it.
fn resume(vm: &mut Machine, coro: Obj, exception: Obj) -> PyResult<(Obj, bool)> {
    if exception.is_null() {
        return vm.iter_send(coro, vm.none);
    }
    match vm.call_method(coro, "throw", &[exception]) {
        Ok(yielded) => Ok((yielded, false)),
        Err(Thrown::Exception) if vm.pending_matches(vm.types.stop_iteration) => {
            Ok((vm.stop_iteration_value()?, true))
        }
        Err(thrown) => Err(thrown),
    }
}

fn returned(vm: &mut Machine, task: Obj, value: Obj) -> PyResult<()> {
    if fut(vm, task).must_cancel {
        // Somebody cancelled it while its last step ran.
        fut_mut(vm, task).must_cancel = false;
        let message = fut(vm, task).cancel_msg.some().unwrap_or(vm.none);
        vm.hold_ref(message);
        let cancelled = future::cancel(vm, task, message);
        return vm.let_go(cancelled).map(|_| ());
    }
    future::set_result(vm, task, value)
}

/// The coroutine raised what is in flight: that is the task's end.
fn raised(vm: &mut Machine, task: Obj) -> PyResult<()> {
    let exception = vm.take_exception_object()?;
    vm.hold(exception);
    let result = ended_by(vm, task, exception);
    vm.let_go(result)
}

fn ended_by(vm: &mut Machine, task: Obj, exception: Obj) -> PyResult<()> {
    if is_cancelled_error(vm, exception)? {
        vm.incref(exception);
        set(vm, task, |f| &mut f.cancelled_exc, exception);
        return future::cancel(vm, task, NULL).map(|_| ());
    }
    future::set_exception(vm, task, exception)?;
    let ty = vm.heap.ty(exception);
    let (exit, interrupt) = (vm.types.system_exit, vm.types.keyboard_interrupt);
    if vm.is_subtype(ty, exit) || vm.is_subtype(ty, interrupt) {
        return vm.reraise_object(exception);
    }
    Ok(())
}

/// The coroutine yielded: normally a future, for which the task now waits.
fn wait_for(vm: &mut Machine, task: Obj, yielded: Obj) -> PyResult<()> {
    if yielded == task {
        let shown = vm.repr_text(task)?;
        return fail_soon(vm, task, format!("Task cannot await on itself: {shown}"));
    }
    if is_future(vm, yielded) {
        return wait_for_future(vm, task, yielded);
    }
    if yielded == vm.none {
        return call_soon(vm, task, NULL);
    }
    let blocking = vm.lookup_attr_str(yielded, "_asyncio_future_blocking")?;
    if let Some(blocking) = blocking {
        if blocking != vm.none {
            let blocking = vm.take_truth(blocking)?;
            return wait_for_foreign(vm, task, yielded, blocking);
        }
        vm.decref(blocking);
    }
    let generator =
        matches!(vm.heap.payload(yielded), Payload::Gen(g) if g.kind == GenKind::Generator);
    let shown = vm.repr_text(yielded)?;
    if generator {
        let task_shown = vm.repr_text(task)?;
        return fail_soon(
            vm,
            task,
            format!(
                "yield was used instead of yield from for generator in task {task_shown} with {shown}"
            ),
        );
    }
    fail_soon(vm, task, format!("Task got bad yield: {shown}"))
}

/// The next step throws a RuntimeError in (`task_set_error_soon`).
fn fail_soon(vm: &mut Machine, task: Obj, message: String) -> PyResult<()> {
    let message = vm.new_string(message);
    let error = vm.call_one(vm.types.runtime_error, message)?;
    vm.with_held(error, |vm, error| call_soon(vm, task, error))
}

fn misuse(vm: &mut Machine, task: Obj, yielded: Obj, other_loop: bool) -> PyResult<()> {
    let (task_shown, shown) = (vm.repr_text(task)?, vm.repr_text(yielded)?);
    let message = if other_loop {
        format!("Task {task_shown} got Future {shown} attached to a different loop")
    } else {
        format!("yield was used instead of yield from in task {task_shown} with {shown}")
    };
    fail_soon(vm, task, message)
}

fn wait_for_future(vm: &mut Machine, task: Obj, future: Obj) -> PyResult<()> {
    let Fut {
        event_loop,
        blocking,
        ..
    } = fut(vm, future);
    if event_loop != fut(vm, task).event_loop {
        return misuse(vm, task, future, true);
    }
    if !blocking {
        return misuse(vm, task, future, false);
    }
    fut_mut(vm, future).blocking = false;
    let context = fut(vm, task).context;
    let wakeup = vm.new_builtin(&WAKEUP, task, NULL);
    vm.with_held(wakeup, |vm, wakeup| {
        add_done_callback(vm, future, wakeup, context)
    })?;
    now_waits_for(vm, task, future)
}

/// A future of another kind: everything by its attributes.
fn wait_for_foreign(vm: &mut Machine, task: Obj, future: Obj, blocking: bool) -> PyResult<()> {
    let get_loop = imported(vm, "_asyncio.get_loop")?;
    let other = vm.call_and_drop(get_loop, &[future])?;
    let same = other == fut(vm, task).event_loop;
    vm.decref(other);
    if !same {
        return misuse(vm, task, future, true);
    }
    if !blocking {
        return misuse(vm, task, future, false);
    }
    vm.set_attr_str(future, "_asyncio_future_blocking", vm.false_)?;
    let add = vm.get_attr_str(future, "add_done_callback")?;
    let context = fut(vm, task).context;
    let added = vm.with_held(add, |vm, add| {
        let wakeup = vm.new_builtin(&WAKEUP, task, NULL);
        vm.with_held(wakeup, |vm, wakeup| {
            call_keywords(vm, add, &[wakeup, context], &["context"])
        })
    })?;
    vm.decref(added);
    now_waits_for(vm, task, future)
}

/// Notes what is waited for; a request to cancel that is open already is passed on.
fn now_waits_for(vm: &mut Machine, task: Obj, future: Obj) -> PyResult<()> {
    vm.incref(future);
    set(vm, task, |f| &mut f.waiter, future);
    if fut(vm, task).must_cancel {
        let message = fut(vm, task).cancel_msg.some().unwrap_or(vm.none);
        vm.hold_ref(message);
        let asked = cancel_waiter(vm, future, message);
        if vm.let_go(asked)? {
            fut_mut(vm, task).must_cancel = false;
        }
    }
    Ok(())
}

/// `waiter.cancel(msg=message)`
pub fn cancel_waiter(vm: &mut Machine, waiter: Obj, message: Obj) -> PyResult<bool> {
    let method = vm.get_attr_str(waiter, "cancel")?;
    let answer = vm.with_held(method, |vm, method| {
        call_keywords(vm, method, &[message], &["msg"])
    })?;
    vm.take_truth(answer)
}
