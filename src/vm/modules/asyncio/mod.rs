//! `_asyncio`: futures, tasks, and which loop and task run (`Modules/_asynciomodule.c`). The rest of `asyncio` is the package
//! `python/asyncio/`.
//!
//! Start with `future.rs`; `step.rs` is what drives a coroutine.

pub mod future;
pub mod future_iter;
pub mod future_methods;
pub mod step;
pub mod task;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_asyncio",
    doc: "Accelerator module for asyncio",
    functions: FUNCTIONS,
    init,
};

/// Keys of `module_state`.
const RUNNING_LOOP: &str = "_asyncio.running_loop";
const ALL_TASKS: &str = "_asyncio.all_tasks";
const CURRENT_TASKS: &str = "_asyncio.current_tasks";

static FUNCTIONS: &[Method] = &[
    Method::new("_unsupported", Arity::One, |vm, _, args| {
        let what = vm.text(args.get(vm, 0));
        vm.unsupported(what)
    })
    .doc("_unsupported($module, what, /)\n--\n\nEnd the run: the script wants what is not here."),
    Method::new("get_event_loop", Arity::NoArgs, |vm, _, _| event_loop(vm))
        .doc("get_event_loop($module, /)\n--\n\nThe running event loop, else the one that the policy has."),
    Method::new("_get_event_loop", Arity::Keywords, |vm, _, args| {
        vm.unpack("_get_event_loop", args, &[opt("stacklevel")])?;
        event_loop(vm)
    })
    .doc("_get_event_loop($module, /, stacklevel=3)\n--\n\n"),
    Method::new("get_running_loop", Arity::NoArgs, |vm, _, _| match running_loop(vm) {
        NULL => vm.raise(vm.types.runtime_error, "no running event loop".to_string()),
        running => Ok(vm.new_ref(running)),
    })
    .doc("get_running_loop($module, /)\n--\n\nThe running event loop; RuntimeError if there is none."),
    Method::new("_get_running_loop", Arity::NoArgs, |vm, _, _| {
        let running = running_loop(vm).some().unwrap_or(vm.none);
        Ok(vm.new_ref(running))
    })
    .doc("_get_running_loop($module, /)\n--\n\nThe running event loop, or None."),
    Method::new("_set_running_loop", Arity::One, set_running_loop)
        .doc("_set_running_loop($module, loop, /)\n--\n\nSay which event loop runs."),
    Method::new("_register_task", Arity::Keywords, |vm, _, args| {
        let [task] = vm.unpack("_register_task", args, &[req("task")])?;
        call_all_tasks(vm, "add", task)
    })
    .doc("_register_task($module, /, task)\n--\n\nAdd a task to those that all_tasks() knows."),
    Method::new("_unregister_task", Arity::Keywords, |vm, _, args| {
        let [task] = vm.unpack("_unregister_task", args, &[req("task")])?;
        call_all_tasks(vm, "discard", task)
    })
    .doc("_unregister_task($module, /, task)\n--\n\nTake a task out of those that all_tasks() knows."),
    Method::new("_enter_task", Arity::Keywords, |vm, _, args| {
        let [event_loop, task] = vm.unpack("_enter_task", args, &[req("loop"), req("task")])?;
        enter_task(vm, event_loop, task)?;
        Ok(vm.new_none())
    })
    .doc("_enter_task($module, /, loop, task)\n--\n\nSay that the loop now runs the task."),
    Method::new("_leave_task", Arity::Keywords, |vm, _, args| {
        let [event_loop, task] = vm.unpack("_leave_task", args, &[req("loop"), req("task")])?;
        leave_task(vm, event_loop, task)?;
        Ok(vm.new_none())
    })
    .doc("_leave_task($module, /, loop, task)\n--\n\nSay that the loop no longer runs the task."),
    Method::new("_wait_until", Arity::One, wait_until)
        .doc("_wait_until($module, timeout, /)\n--\n\nMove the clock on by so many seconds; None: nothing can happen any more."),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    let future = vm.add_module_type(dict, &future::SPEC, object);
    vm.add_module_type(dict, &task::SPEC, future);
    vm.make_module_type(&future_iter::SPEC, object);
    vm.make_module_type(&step::WRAPPER_SPEC, object);
    let weakref = vm.import_module("weakref")?;
    let class = vm.with_held(weakref, |vm, weakref| vm.get_attr_str(weakref, "WeakSet"))?;
    let all = vm.call_and_drop(class, &[])?;
    vm.dict_set_name(dict, "_all_tasks", all);
    vm.module_state.insert(ALL_TASKS, all);
    let current = vm.new_dict();
    vm.dict_set_name(dict, "_current_tasks", current);
    vm.module_state.insert(CURRENT_TASKS, current);
    Ok(())
}

/// What the natives use of the package's Python part: module and name. Looked up once, as at exit the modules are gone.
static IMPORTS: &[(&str, &str, &str)] = &[
    ("_asyncio.cancelled", "asyncio.exceptions", "CancelledError"),
    (
        "_asyncio.invalid_state",
        "asyncio.exceptions",
        "InvalidStateError",
    ),
    ("_asyncio.policy", "asyncio.events", "get_event_loop_policy"),
    (
        "_asyncio.extract_stack",
        "asyncio.format_helpers",
        "extract_stack",
    ),
    (
        "_asyncio.future_repr_info",
        "asyncio.base_futures",
        "_future_repr_info",
    ),
    (
        "_asyncio.task_repr_info",
        "asyncio.base_tasks",
        "_task_repr_info",
    ),
    (
        "_asyncio.task_get_stack",
        "asyncio.base_tasks",
        "_task_get_stack",
    ),
    (
        "_asyncio.task_print_stack",
        "asyncio.base_tasks",
        "_task_print_stack",
    ),
    ("_asyncio.iscoroutine", "asyncio.coroutines", "iscoroutine"),
    ("_asyncio.get_loop", "asyncio.futures", "_get_loop"),
];

/// One of `IMPORTS` by its first column; owned.
pub fn imported(vm: &mut Machine, key: &'static str) -> PyResult<Obj> {
    if let Some(known) = vm.module_state.get(key) {
        let known = *known;
        return Ok(vm.new_ref(known));
    }
    for (key, module, name) in IMPORTS {
        let module = vm.import_module(module)?;
        let found = vm.with_held(module, |vm, module| vm.get_attr_str(module, name))?;
        if let Some(old) = vm.module_state.insert(*key, found) {
            vm.decref(old);
        }
    }
    let known = vm.module_state[key];
    Ok(vm.new_ref(known))
}

/// Raises `asyncio.InvalidStateError`.
pub fn raise_invalid_state<T: 'static>(vm: &mut Machine, message: &str) -> PyResult<T> {
    let class = imported(vm, "_asyncio.invalid_state")?;
    vm.with_held(class, |vm, class| vm.raise(class, message.to_string()))
}

/// Calls with keyword arguments: the last `names.len()` of the arguments are theirs.
pub fn call_keywords(
    vm: &mut Machine,
    callable: Obj,
    args: &[Obj],
    names: &[&str],
) -> PyResult<Obj> {
    let names: Vec<Obj> = names.iter().map(|name| vm.intern(name)).collect();
    let names = vm.new_tuple(names);
    vm.with_held(names, |vm, names| vm.call_kw(callable, args, names))
}

/// `loop.call_soon(func, [arg], context=context)`
pub fn call_soon(
    vm: &mut Machine,
    event_loop: Obj,
    func: Obj,
    arg: Obj,
    context: Obj,
) -> PyResult<()> {
    let method = vm.get_attr_str(event_loop, "call_soon")?;
    let args = [func, arg, context];
    let args: Vec<Obj> = args.into_iter().filter(|o| !o.is_null()).collect();
    let handle = vm.with_held(method, |vm, method| {
        call_keywords(vm, method, &args, &["context"])
    })?;
    vm.decref(handle);
    Ok(())
}

/// Borrowed; NULL if none runs.
fn running_loop(vm: &Machine) -> Obj {
    vm.module_state.get(RUNNING_LOOP).copied().unwrap_or(NULL)
}

fn set_running_loop(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let event_loop = args.get(vm, 0);
    let old = if event_loop == vm.none {
        vm.module_state.remove(RUNNING_LOOP)
    } else {
        vm.incref(event_loop);
        vm.module_state.insert(RUNNING_LOOP, event_loop)
    };
    if let Some(old) = old {
        vm.decref(old);
    }
    Ok(vm.new_none())
}

/// The running loop, else the policy's; owned.
pub fn event_loop(vm: &mut Machine) -> PyResult<Obj> {
    let running = running_loop(vm);
    if !running.is_null() {
        return Ok(vm.new_ref(running));
    }
    let get_policy = imported(vm, "_asyncio.policy")?;
    let policy = vm.call_and_drop(get_policy, &[])?;
    vm.with_held(policy, |vm, policy| {
        vm.call_method(policy, "get_event_loop", &[])
    })
}

/// `_all_tasks.add(task)`, `_all_tasks.discard(task)`
pub fn call_all_tasks(vm: &mut Machine, method: &str, task: Obj) -> PyResult<Obj> {
    match vm.module_state.get(ALL_TASKS) {
        Some(all) => vm.call_method(*all, method, &[task]),
        None => Ok(vm.new_none()),
    }
}

/// The task that a loop runs, borrowed; NULL if none.
fn current_task(vm: &mut Machine, event_loop: Obj) -> PyResult<Obj> {
    let tasks = vm.module_state[CURRENT_TASKS];
    Ok(vm.dict_get(tasks, event_loop)?.unwrap_or(NULL))
}

pub fn enter_task(vm: &mut Machine, event_loop: Obj, task: Obj) -> PyResult<()> {
    let current = current_task(vm, event_loop)?;
    if current.is_null() {
        let tasks = vm.module_state[CURRENT_TASKS];
        return vm.dict_set(tasks, event_loop, task);
    }
    vm.hold_ref(current);
    let shown = shown_pair(vm, task, current);
    let (task, current) = vm.let_go(shown)?;
    vm.raise(
        vm.types.runtime_error,
        format!("Cannot enter into task {task} while another task {current} is being executed."),
    )
}

pub fn leave_task(vm: &mut Machine, event_loop: Obj, task: Obj) -> PyResult<()> {
    let current = current_task(vm, event_loop)?;
    if current == task {
        let tasks = vm.module_state[CURRENT_TASKS];
        vm.dict_delete(tasks, event_loop)?;
        return Ok(());
    }
    let current = current.some().unwrap_or(vm.none);
    vm.hold_ref(current);
    let shown = shown_pair(vm, task, current);
    let (task, current) = vm.let_go(shown)?;
    vm.raise(
        vm.types.runtime_error,
        format!("Leaving task {task} does not match the current task {current}."),
    )
}

fn shown_pair(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<(String, String)> {
    Ok((vm.repr_text(a)?, vm.repr_text(b)?))
}

/// What a selector's `select` is elsewhere: with no files to watch, time passes; without a limit it would pass for ever.
fn wait_until(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let timeout = args.get(vm, 0);
    if timeout == vm.none {
        return vm.unsupported(
            "deadlock: the event loop waits for ever, as no callback is ready or scheduled and nothing comes from outside"
                .into(),
        );
    }
    let seconds = vm.as_f64(timeout)?;
    if seconds > 0.0 {
        super::time::skip(vm, (seconds * 1e9) as u64);
    }
    Ok(vm.new_none())
}
