//! `_asyncio.Task`: a future that runs a coroutine.

use super::future::{self, Fut, State, fut, fut_mut, loop_of, set};
use super::future_methods::{flag, or_none};
use super::{call_all_tasks, imported, step};
use crate::heap::Obj;
use crate::vm::args::{kw, opt, req};
use crate::vm::modules::contextvars::context;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::generic_alias::class_getitem;
use crate::vm::{Args, Machine, PyResult};

/// The number in the next task's name.
const NAMES: &str = "_asyncio.task_names";

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Task(coro, *, loop=None, name=None)\n--\n\nA coroutine wrapped in a Future.",
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    methods: METHODS,
    getset: &[
        GetSet::rw(
            "_log_destroy_pending",
            |vm, this| {
                let log = fut(vm, this).log_destroy_pending;
                Ok(vm.new_bool(log))
            },
            |vm, this, value| {
                fut_mut(vm, this).log_destroy_pending = flag(vm, value)?;
                Ok(())
            },
        ),
        GetSet::new("_must_cancel", |vm, this| {
            let must = fut(vm, this).must_cancel;
            Ok(vm.new_bool(must))
        }),
        GetSet::new("_coro", |vm, this| Ok(or_none(vm, fut(vm, this).coro))),
        GetSet::new("_fut_waiter", |vm, this| {
            Ok(or_none(vm, fut(vm, this).waiter))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(future::new);
        s.tp_init = Some(init);
        s.tp_repr = Some(future::repr);
        s.tp_finalize = Some(finalize);
    },
    ..TypeSpec::new("_asyncio.Task")
};

static METHODS: &[Method] = &[
    Method::new("set_result", Arity::One, |vm, _, _| {
        unsettable(vm, "set_result")
    })
    .doc("set_result($self, result, /)\n--\n\n"),
    Method::new("set_exception", Arity::One, |vm, _, _| {
        unsettable(vm, "set_exception")
    })
    .doc("set_exception($self, exception, /)\n--\n\n"),
    Method::new("cancel", Arity::Keywords, |vm, this, args| {
        let [message] = vm.unpack("cancel", args, &[opt("msg")])?;
        let asked = cancel(vm, this, message)?;
        Ok(vm.new_bool(asked))
    })
    .doc("cancel($self, /, msg=None)\n--\n\nHave CancelledError thrown into the coroutine; whether the task was still running."),
    Method::new("get_stack", Arity::Keywords, |vm, this, args| {
        let [limit] = vm.unpack("get_stack", args, &[kw("limit")])?;
        let limit = limit.some().unwrap_or(vm.none);
        let work = imported(vm, "_asyncio.task_get_stack")?;
        vm.call_and_drop(work, &[this, limit])
    })
    .doc("get_stack($self, /, *, limit=None)\n--\n\nThe frames of the coroutine, of a traceback if it failed."),
    Method::new("print_stack", Arity::Keywords, |vm, this, args| {
        let [limit, file] = vm.unpack("print_stack", args, &[kw("limit"), kw("file")])?;
        let none = vm.none;
        let (limit, file) = (limit.some().unwrap_or(none), file.some().unwrap_or(none));
        let work = imported(vm, "_asyncio.task_print_stack")?;
        vm.call_and_drop(work, &[this, limit, file])
    })
    .doc("print_stack($self, /, *, limit=None, file=None)\n--\n\nPrint the frames of the coroutine as a traceback does."),
    Method::new("_repr_info", Arity::NoArgs, |vm, this, _| {
        let info = imported(vm, "_asyncio.task_repr_info")?;
        vm.call_and_drop(info, &[this])
    })
    .doc("_repr_info($self, /)\n--\n\n"),
    Method::new("get_name", Arity::NoArgs, |vm, this, _| Ok(or_none(vm, fut(vm, this).name)))
        .doc("get_name($self, /)\n--\n\n"),
    Method::new("set_name", Arity::One, |vm, this, args| {
        set_name(vm, this, args.get(vm, 0))?;
        Ok(vm.new_none())
    })
    .doc("set_name($self, value, /)\n--\n\n"),
    Method::new("get_coro", Arity::NoArgs, |vm, this, _| Ok(or_none(vm, fut(vm, this).coro)))
        .doc("get_coro($self, /)\n--\n\n"),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

fn unsettable(vm: &mut Machine, what: &str) -> PyResult<Obj> {
    vm.raise(
        vm.types.runtime_error,
        format!("Task does not support {what} operation"),
    )
}

/// Whether `asyncio.coroutines.iscoroutine` takes it for a coroutine.
fn is_coroutine(vm: &mut Machine, o: Obj) -> PyResult<bool> {
    if vm.heap.ty(o) == vm.types.coroutine {
        return Ok(true);
    }
    let ask = imported(vm, "_asyncio.iscoroutine")?;
    let answer = vm.call_and_drop(ask, &[o])?;
    vm.take_truth(answer)
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [req("coro"), kw("loop"), kw("name")];
    let [coro, event_loop, name] = vm.unpack("Task", args, &params)?;
    future::init(vm, this, event_loop)?;
    if !is_coroutine(vm, coro)? {
        fut_mut(vm, this).log_destroy_pending = false;
        let shown = vm.repr_text(coro)?;
        return vm.type_error(format!("a coroutine was expected, got {shown}"));
    }
    let current = context::current(vm);
    let context = context::copy_of(vm, current)?;
    set(vm, this, |f| &mut f.context, context);
    let fields = fut_mut(vm, this);
    fields.must_cancel = false;
    fields.log_destroy_pending = true;
    vm.incref(coro);
    set(vm, this, |f| &mut f.coro, coro);
    if name.is_null() || name == vm.none {
        let name = next_name(vm);
        set(vm, this, |f| &mut f.name, name);
    } else {
        set_name(vm, this, name)?;
    }
    step::call_soon(vm, this, crate::heap::NULL)?;
    let added = call_all_tasks(vm, "add", this)?;
    vm.decref(added);
    Ok(())
}

fn next_name(vm: &mut Machine) -> Obj {
    let last = vm.module_state.get(NAMES).and_then(|o| vm.as_i64(*o));
    let number = last.unwrap_or(0) + 1;
    let kept = vm.new_int(number);
    if let Some(old) = vm.module_state.insert(NAMES, kept) {
        vm.decref(old);
    }
    vm.new_string(format!("Task-{number}"))
}

fn set_name(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<()> {
    let name = if vm.heap.ty(name) == vm.types.str {
        vm.new_ref(name)
    } else {
        vm.str_of(name)?
    };
    set(vm, this, |f| &mut f.name, name);
    Ok(())
}

/// Passes the request on to what the task waits for; if that takes none, the next step throws the exception.
fn cancel(vm: &mut Machine, this: Obj, message: Obj) -> PyResult<bool> {
    loop_of(vm, this)?;
    fut_mut(vm, this).log_tb = false;
    let Fut { state, waiter, .. } = fut(vm, this);
    if state != State::Pending {
        return Ok(false);
    }
    let message = message.some().unwrap_or(vm.none);
    if !waiter.is_null() {
        vm.hold_ref(waiter);
        let asked = step::cancel_waiter(vm, waiter, message);
        if vm.let_go(asked)? {
            return Ok(true);
        }
    }
    fut_mut(vm, this).must_cancel = true;
    vm.incref(message);
    set(vm, this, |f| &mut f.cancel_msg, message);
    Ok(true)
}

/// `TaskObj_finalize`: a task that never came to its end is reported.
fn finalize(vm: &mut Machine, this: Obj) {
    let Fut {
        state,
        log_destroy_pending,
        ..
    } = fut(vm, this);
    if state == State::Pending && log_destroy_pending {
        let saved = vm.take_exception();
        let message = "Task was destroyed but it is pending!";
        future::report(vm, this, message, &[("task", this)]);
        vm.restore_exception(saved);
    }
    future::finalize(vm, this);
}
