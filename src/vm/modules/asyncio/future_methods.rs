//! The methods and attributes that futures and tasks share.

use super::future::{
    Fut, State, add_done_callback, cancel, fut, fut_mut, loop_of, raise_cancelled, result, set,
    set_exception, set_result,
};
use super::{imported, raise_invalid_state};
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::modules::contextvars::context;
use crate::vm::native::{Arity, GetSet, Method};
use crate::vm::slots::CmpOp;
use crate::vm::types::generic_alias::class_getitem;
use crate::vm::{Args, Machine, PyResult};

pub static METHODS: &[Method] = &[
    Method::new("result", Arity::NoArgs, |vm, this, _| result(vm, this))
        .doc("result($self, /)\n--\n\nThe result; the exception is raised instead if there is one."),
    Method::new("exception", Arity::NoArgs, exception)
        .doc("exception($self, /)\n--\n\nThe exception that was set, or None."),
    Method::new("set_result", Arity::One, |vm, this, args| {
        set_result(vm, this, args.get(vm, 0))?;
        Ok(vm.new_none())
    })
    .doc("set_result($self, result, /)\n--\n\nSettle the future with a result."),
    Method::new("set_exception", Arity::One, |vm, this, args| {
        set_exception(vm, this, args.get(vm, 0))?;
        Ok(vm.new_none())
    })
    .doc("set_exception($self, exception, /)\n--\n\nSettle the future with an exception."),
    Method::new("add_done_callback", Arity::Keywords, add_callback)
        .doc("add_done_callback($self, fn, /, *, context=<unrepresentable>)\n--\n\nHave a function called, with the future, when it is settled."),
    Method::new("remove_done_callback", Arity::One, remove_callback)
        .doc("remove_done_callback($self, fn, /)\n--\n\nTake a callback out; how often it was there."),
    Method::new("cancel", Arity::Keywords, |vm, this, args| {
        let [message] = vm.unpack("cancel", args, &[opt("msg")])?;
        loop_of(vm, this)?;
        let done = cancel(vm, this, message)?;
        Ok(vm.new_bool(done))
    })
    .doc("cancel($self, /, msg=None)\n--\n\nCancel the future unless it is settled; whether that was done."),
    Method::new("cancelled", Arity::NoArgs, |vm, this, _| {
        let cancelled = fut(vm, this).state == State::Cancelled;
        Ok(vm.new_bool(cancelled))
    })
    .doc("cancelled($self, /)\n--\n\nWhether it was cancelled."),
    Method::new("done", Arity::NoArgs, |vm, this, _| {
        let f = fut(vm, this);
        Ok(vm.new_bool(!f.event_loop.is_null() && f.state != State::Pending))
    })
    .doc("done($self, /)\n--\n\nWhether it is settled, by a result, an exception or cancelling."),
    Method::new("get_loop", Arity::NoArgs, |vm, this, _| {
        let event_loop = loop_of(vm, this)?;
        Ok(vm.new_ref(event_loop))
    })
    .doc("get_loop($self, /)\n--\n\nThe event loop it belongs to."),
    Method::new("_make_cancelled_error", Arity::NoArgs, |vm, this, _| {
        let message = fut(vm, this).cancel_msg;
        let error = super::future::cancelled_error(vm, message)?;
        // What ended the coroutine goes along with it.
        let cause = std::mem::replace(&mut fut_mut(vm, this).cancelled_exc, NULL);
        if !cause.is_null() {
            vm.set_exc_context(error, cause);
        }
        Ok(error)
    })
    .doc("_make_cancelled_error($self, /)\n--\n\nThe CancelledError to raise if it was cancelled."),
    Method::new("_repr_info", Arity::NoArgs, |vm, this, _| {
        let info = imported(vm, "_asyncio.future_repr_info")?;
        vm.call_and_drop(info, &[this])
    })
    .doc("_repr_info($self, /)\n--\n\n"),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

pub static GETSET: &[GetSet] = &[
    GetSet::new("_state", |vm, this| {
        loop_of(vm, this)?;
        let name = match fut(vm, this).state {
            State::Pending => "PENDING",
            State::Cancelled => "CANCELLED",
            State::Finished => "FINISHED",
        };
        Ok(vm.intern(name))
    }),
    GetSet::rw(
        "_asyncio_future_blocking",
        |vm, this| {
            let f = fut(vm, this);
            Ok(vm.new_bool(!f.event_loop.is_null() && f.blocking))
        },
        |vm, this, value| {
            loop_of(vm, this)?;
            fut_mut(vm, this).blocking = flag(vm, value)?;
            Ok(())
        },
    ),
    GetSet::new("_loop", |vm, this| {
        Ok(or_none(vm, fut(vm, this).event_loop))
    }),
    GetSet::new("_callbacks", callbacks),
    GetSet::new("_result", |vm, this| {
        loop_of(vm, this)?;
        Ok(or_none(vm, fut(vm, this).result))
    }),
    GetSet::new("_exception", |vm, this| {
        loop_of(vm, this)?;
        Ok(or_none(vm, fut(vm, this).exception))
    }),
    GetSet::rw(
        "_log_traceback",
        |vm, this| {
            loop_of(vm, this)?;
            let log = fut(vm, this).log_tb;
            Ok(vm.new_bool(log))
        },
        |vm, this, value| {
            if flag(vm, value)? {
                return vm.value_error("_log_traceback can only be set to False");
            }
            fut_mut(vm, this).log_tb = false;
            Ok(())
        },
    ),
    GetSet::new("_source_traceback", |vm, this| {
        Ok(or_none(vm, fut(vm, this).source_tb))
    }),
    GetSet::rw(
        "_cancel_message",
        |vm, this| Ok(or_none(vm, fut(vm, this).cancel_msg)),
        |vm, this, value| {
            if value.is_null() {
                return vm.raise(
                    vm.types.attribute_error,
                    "cannot delete attribute".to_string(),
                );
            }
            vm.incref(value);
            set(vm, this, |f| &mut f.cancel_msg, value);
            Ok(())
        },
    ),
];

/// The truth of a value that is set; deleting is refused.
pub fn flag(vm: &mut Machine, value: Obj) -> PyResult<bool> {
    if value.is_null() {
        return vm.raise(
            vm.types.attribute_error,
            "cannot delete attribute".to_string(),
        );
    }
    vm.is_true(value)
}

pub fn or_none(vm: &mut Machine, o: Obj) -> Obj {
    let o = o.some().unwrap_or(vm.none);
    vm.new_ref(o)
}

fn exception(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Fut {
        event_loop,
        state,
        exception,
        ..
    } = fut(vm, this);
    if event_loop.is_null() {
        return raise_invalid_state(vm, "Future object is not initialized.");
    }
    match state {
        State::Cancelled => raise_cancelled(vm, this),
        State::Pending => raise_invalid_state(vm, "Exception is not set."),
        State::Finished if exception.is_null() => Ok(vm.new_none()),
        State::Finished => {
            fut_mut(vm, this).log_tb = false;
            Ok(vm.new_ref(exception))
        }
    }
}

fn add_callback(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len();
    if given != 1 {
        return vm.type_error(format!(
            "add_done_callback() takes exactly 1 positional argument ({given} given)"
        ));
    }
    let [callback, given] = vm.unpack("add_done_callback", args, &[req(""), kw("context")])?;
    loop_of(vm, this)?;
    let held = if given.is_null() {
        let current = context::current(vm);
        context::copy_of(vm, current)?
    } else {
        vm.new_ref(given)
    };
    vm.with_held(held, |vm, held| add_done_callback(vm, this, callback, held))?;
    Ok(vm.new_none())
}

/// The waiting callbacks as a list of pairs, or None.
fn callbacks(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop_of(vm, this)?;
    let Fut {
        callback0,
        context0,
        callbacks,
        ..
    } = fut(vm, this);
    let mut pairs = Vec::new();
    if !callback0.is_null() {
        pairs.push(vm.new_tuple_of(&[callback0, context0]));
    }
    if !callbacks.is_null() {
        for pair in vm.heap.list(callbacks).cloned().unwrap_or_default() {
            pairs.push(vm.new_ref(pair));
        }
    }
    Ok(if pairs.is_empty() {
        vm.new_none()
    } else {
        vm.new_list(pairs)
    })
}

fn remove_callback(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    loop_of(vm, this)?;
    let wanted = args.get(vm, 0);
    let mut removed = 0;
    let callback0 = fut(vm, this).callback0;
    if !callback0.is_null() {
        vm.hold_ref(callback0);
        let same = vm.rich_compare_bool(wanted, callback0, CmpOp::Eq);
        if vm.let_go(same)? && fut(vm, this).callback0 == callback0 {
            removed += 1;
            set(vm, this, |f| &mut f.callback0, NULL);
            set(vm, this, |f| &mut f.context0, NULL);
        }
    }
    // The comparison may have changed the list.
    let callbacks = fut(vm, this).callbacks;
    if !callbacks.is_null() {
        vm.hold_ref(callbacks);
        let from_list = remove_from_list(vm, this, callbacks, wanted);
        removed += vm.let_go(from_list)?;
    }
    Ok(vm.new_int(removed))
}

/// The list is made anew of the pairs that stay; comparing may have changed it meanwhile.
fn remove_from_list(vm: &mut Machine, this: Obj, list: Obj, wanted: Obj) -> PyResult<i64> {
    let (mut kept, mut removed, mut i) = (Vec::new(), 0, 0);
    let mark = vm.mark();
    while let Some(&pair) = vm.heap.list(list).and_then(|l| l.get(i)) {
        i += 1;
        vm.hold_ref(pair);
        let callback = vm.heap.tuple(pair).map_or(NULL, |p| p[0]);
        match vm.rich_compare_bool(callback, wanted, CmpOp::Eq) {
            Ok(true) => removed += 1,
            Ok(false) => kept.push(pair),
            Err(thrown) => return vm.releasing(mark, Err(thrown)).map(|_: Obj| 0),
        }
    }
    for pair in &kept {
        vm.incref(*pair);
    }
    let new = if kept.is_empty() {
        NULL
    } else {
        vm.new_list(kept)
    };
    if fut(vm, this).callbacks == list {
        set(vm, this, |f| &mut f.callbacks, new);
    } else {
        vm.xdecref(new);
    }
    vm.release(mark);
    Ok(removed)
}
