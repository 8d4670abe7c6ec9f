//! `_thread`: locks and thread-local data of a machine that has one thread (`Modules/_threadmodule.c`). The rest of `threading` is
//! `python/threading.py`.
//!
//! Starting a thread ends the run loudly, and so does waiting without a time limit for a lock that is held: nobody else could let go
//! of it. Waiting with a limit moves the machine's clock to the limit and fails, as it would if nobody came.

pub mod local;
pub mod lock;
pub mod rlock;

use super::ModuleSpec;
use super::struct_sequence::{item, make_type, spec};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_thread",
    doc: "Threads as the operating system has them: locks, identities, data of each thread's own.",
    functions: FUNCTIONS,
    init,
};

/// `get_ident()` of the only thread: looks like an address, as on Linux.
pub const MAIN_IDENT: i64 = 0x7f3a_5c1e_b740;
const NATIVE_ID: i64 = 4242;
/// The longest time that `acquire` takes, in seconds (`PY_TIMEOUT_MAX`).
const TIMEOUT_MAX: f64 = 9_223_372_036.0;
/// What `stack_size()` does not take less than (`THREAD_STACK_MIN`).
const STACK_MIN: isize = 32_768;
const STACK_SIZE: &str = "_thread.stack_size";

static FUNCTIONS: &[Method] = &[
    Method::new("start_new_thread", Arity::Positional(2, 3), start).doc(START_DOC),
    Method::new("start_new", Arity::Positional(2, 3), start).doc(START_DOC),
    Method::new("allocate_lock", Arity::NoArgs, allocate).doc(ALLOCATE_DOC),
    Method::new("allocate", Arity::NoArgs, allocate).doc(ALLOCATE_DOC),
    Method::new("exit_thread", Arity::NoArgs, exit).doc(EXIT_DOC),
    Method::new("exit", Arity::NoArgs, exit).doc(EXIT_DOC),
    Method::new("interrupt_main", Arity::Positional(0, 1), interrupt_main)
        .doc("interrupt_main(signum=signal.SIGINT, /)\n\nRaise KeyboardInterrupt in the main thread."),
    Method::new("get_ident", Arity::NoArgs, |vm, _, _| Ok(vm.new_int(MAIN_IDENT)))
        .doc("get_ident() -> integer\n\nThe identity of the current thread, never zero."),
    Method::new("get_native_id", Arity::NoArgs, |vm, _, _| Ok(vm.new_int(NATIVE_ID)))
        .doc("get_native_id() -> integer\n\nThe current thread's number as the system has it."),
    Method::new("_count", Arity::NoArgs, |vm, _, _| Ok(vm.new_int(0)))
        .doc("_count() -> integer\n\nHow many threads there are besides the main one."),
    Method::new("stack_size", Arity::Positional(0, 1), stack_size)
        .doc("stack_size([size]) -> size\n\nThe stack size of new threads; with an argument it is changed."),
    Method::new("_set_sentinel", Arity::NoArgs, allocate)
        .doc("_set_sentinel() -> lock\n\nA lock that is released when the current thread ends."),
    Method::new("_excepthook", Arity::One, excepthook)
        .doc("excepthook(exc_type, exc_value, exc_traceback, thread)\n\nReport an exception that nothing in a thread caught."),
];

const START_DOC: &str = "start_new_thread(function, args[, kwargs])\n(start_new() is an obsolete synonym)\n\nStart a thread that calls the function.";
const ALLOCATE_DOC: &str = "allocate_lock() -> lock object\n(allocate() is an obsolete synonym)\n\nCreate a lock, unlocked.";
const EXIT_DOC: &str =
    "exit()\n(exit_thread() is an obsolete synonym)\n\nThe same as raising SystemExit.";

static HOOK_ARGS: TypeSpec = TypeSpec {
    doc: "ExceptHookArgs\n\nWhat threading.excepthook is given.",
    ..spec(
        "_thread._ExceptHookArgs",
        &[
            item::<0>("exc_type"),
            item::<1>("exc_value"),
            item::<2>("exc_traceback"),
            item::<3>("thread"),
        ],
    )
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    let lock = vm.make_module_type(&lock::SPEC, object);
    vm.dict_set_name(dict, "LockType", lock);
    vm.add_module_type(dict, &rlock::SPEC, object);
    vm.add_module_type(dict, &local::SPEC, object);
    vm.make_module_type(&local::DUMMY_SPEC, object);
    let hook_args = make_type(vm, &HOOK_ARGS);
    vm.dict_set_name(dict, "_ExceptHookArgs", hook_args);
    let error = vm.types.runtime_error;
    vm.dict_set_name(dict, "error", error);
    let most = vm.new_float(TIMEOUT_MAX);
    vm.dict_set_name(dict, "TIMEOUT_MAX", most);
    vm.decref(most);
    Ok(())
}

fn start(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (func, values, keywords) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if !vm.is_callable(func) {
        return vm.type_error("first arg must be callable".to_string());
    }
    if vm.heap.tuple(values).is_none() {
        return vm.type_error("2nd arg must be a tuple".to_string());
    }
    if !keywords.is_null() && !vm.heap.is_dict(keywords) {
        return vm.type_error("optional 3rd arg must be a dictionary".to_string());
    }
    vm.unsupported("starting a thread is not supported (the machine has one thread)".into())
}

fn allocate(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    Ok(lock::make(vm))
}

fn exit(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.raise_bare(vm.types.system_exit)
}

/// Only the signal of Ctrl-C is known here; its handler raises at once.
fn interrupt_main(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    const SIGINT: isize = 2;
    let given = args.get(vm, 0);
    if !given.is_null() && vm.index_clamped(given, vm.types.overflow_error)? != SIGINT {
        return vm.unsupported("_thread.interrupt_main() with another signal than SIGINT".into());
    }
    vm.raise_bare(vm.types.keyboard_interrupt)
}

/// The size is remembered and does nothing else.
fn stack_size(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.get(vm, 0);
    let new = if given.is_null() {
        0
    } else {
        vm.index_clamped(given, vm.types.overflow_error)?
    };
    if new < 0 {
        return vm.value_error("size must be 0 or a positive value");
    }
    if new != 0 && new < STACK_MIN {
        return vm.value_error(&format!("size not valid: {new} bytes"));
    }
    let old = match vm.module_state.get(STACK_SIZE) {
        Some(old) => vm.as_i64(*old).unwrap_or(0),
        None => 0,
    };
    if !given.is_null() {
        let kept = vm.new_int(new as i64);
        if let Some(before) = vm.module_state.insert(STACK_SIZE, kept) {
            vm.decref(before);
        }
    }
    Ok(vm.new_int(old))
}

/// `thread_excepthook`: what a thread that ends by an exception prints; SystemExit is silent.
fn excepthook(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.get(vm, 0);
    let class = vm.module_type(&HOOK_ARGS);
    let Some(&[ty, value, traceback, thread]) =
        vm.heap.tuple(given).filter(|_| vm.heap.ty(given) == class)
    else {
        return vm
            .type_error("_thread.excepthook argument type must be ExceptHookArgs".to_string());
    };
    if ty == vm.types.system_exit {
        return Ok(vm.new_none());
    }
    let mut file = vm.dict_get_name(vm.sys_dict, "stderr");
    if !file.is_null() && file != vm.none {
        vm.hold_ref(file);
    } else {
        if thread == vm.none {
            return Ok(vm.new_none());
        }
        file = vm.get_attr_str(thread, "_stderr")?;
        vm.hold(file);
    }
    if file == vm.none {
        vm.drop_held();
        return Ok(vm.new_none());
    }
    let written = report(vm, file, value, traceback, thread);
    vm.let_go(written)?;
    Ok(vm.new_none())
}

fn report(vm: &mut Machine, file: Obj, value: Obj, traceback: Obj, thread: Obj) -> PyResult<()> {
    let name = match thread {
        t if t == vm.none => None,
        t => vm.lookup_attr_str(t, "name")?,
    };
    let name = match name {
        Some(name) => vm.with_held(name, |vm, name| {
            let text = vm.str_of(name)?;
            let shown = vm.text(text);
            vm.decref(text);
            Ok(shown)
        })?,
        None => MAIN_IDENT.to_string(),
    };
    vm.write_text(file, &format!("Exception in thread {name}:\n"))?;
    let traceback = if traceback == vm.none {
        NULL
    } else {
        traceback
    };
    if matches!(vm.heap.base(value), Payload::Exc(_)) {
        vm.display_exception(value, traceback)?;
    }
    let flushed = vm.call_method(file, "flush", &[])?;
    vm.decref(flushed);
    Ok(())
}
