//! The module `sys`: its functions. What it says about the interpreter is in `sys_facts.rs`, sizes are in `sys_size.rs`.

use super::{ModuleSpec, sys_facts, sys_size};
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::tracing::Hook;
use crate::vm::types::async_hooks;
use crate::vm::types::int_parse;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "sys",
    doc: "The interpreter itself: its state, its settings, its streams.",
    functions: FUNCTIONS,
    init,
};

static FUNCTIONS: &[Method] = &[
    Method::new("displayhook", Arity::One, displayhook).doc("displayhook($module, object, /)\n--\n\nPrints an object and keeps it in builtins._"),
    Method::new("breakpointhook", Arity::Keywords, super::sys_breakpoint::breakpointhook)
        .doc("breakpointhook(*args, **kws)\n\nWhat breakpoint() calls; $PYTHONBREAKPOINT says what that does."),
    Method::new("exc_info", Arity::NoArgs, exc_info),
    Method::new("excepthook", Arity::Positional(3, 3), excepthook),
    Method::new("unraisablehook", Arity::One, unraisablehook),
    Method::new("exit", Arity::Positional(0, 1), exit),
    Method::new("getdefaultencoding", Arity::NoArgs, |vm, _, _| Ok(vm.new_str("utf-8"))),
    Method::new("getfilesystemencoding", Arity::NoArgs, |vm, _, _| Ok(vm.new_str("utf-8"))),
    Method::new("getfilesystemencodeerrors", Arity::NoArgs, |vm, _, _| Ok(vm.new_str("surrogateescape"))),
    Method::new("getallocatedblocks", Arity::NoArgs, getallocatedblocks),
    Method::new("getrefcount", Arity::One, getrefcount).doc("getrefcount($module, object, /)\n--\n\nHow many references to the object there are, that of the argument included."),
    Method::new("getrecursionlimit", Arity::NoArgs, getrecursionlimit),
    Method::new("setrecursionlimit", Arity::One, setrecursionlimit),
    Method::new("getsizeof", Arity::Keywords, sys_size::getsizeof).varargs(),
    Method::new("_getframe", Arity::Positional(0, 1), getframe),
    Method::new("_current_frames", Arity::NoArgs, current_frames),
    Method::new("intern", Arity::One, intern).doc("intern($module, string, /)\n--\n\nThe one string object that stands for equal ones."),
    Method::new("is_finalizing", Arity::NoArgs, |vm, _, _| {
        let answer = vm.finalizing;
        Ok(vm.new_bool(answer))
    }),
    Method::new("getswitchinterval", Arity::NoArgs, getswitchinterval),
    Method::new("setswitchinterval", Arity::One, setswitchinterval),
    Method::new("gettrace", Arity::NoArgs, |vm, _, _| get_hook(vm, Hook::Trace)).doc("gettrace($module, /)\n--\n\nThe trace function that sys.settrace set."),
    Method::new("getprofile", Arity::NoArgs, |vm, _, _| get_hook(vm, Hook::Profile)).doc("getprofile($module, /)\n--\n\nThe profile function that sys.setprofile set."),
    Method::new("settrace", Arity::One, |vm, _, args| set_hook(vm, args, Hook::Trace)),
    Method::new("setprofile", Arity::One, |vm, _, args| set_hook(vm, args, Hook::Profile)),
    Method::new("call_tracing", Arity::Positional(2, 2), call_tracing).doc("call_tracing($module, func, args, /)\n--\n\nCalls a function with tracing on, also inside a trace function."),
    Method::new("audit", Arity::Any, |vm, _, _| Ok(vm.new_none())),
    Method::new("addaudithook", Arity::Any, |vm, _, _| vm.unsupported("sys.addaudithook()".into())),
    Method::new("get_asyncgen_hooks", Arity::NoArgs, async_hooks::get_asyncgen_hooks),
    Method::new("set_asyncgen_hooks", Arity::Keywords, async_hooks::set_asyncgen_hooks),
    Method::new("get_coroutine_origin_tracking_depth", Arity::NoArgs, |vm, _, _| Ok(vm.new_int(i64::from(vm.origin_depth)))),
    Method::new("set_coroutine_origin_tracking_depth", Arity::Keywords, |vm, _, args| {
        let [depth] = vm.unpack("set_coroutine_origin_tracking_depth", args, &[req("depth")])?;
        let depth = vm.c_int(depth)?;
        match u32::try_from(depth) {
            Ok(depth) => vm.origin_depth = depth,
            Err(_) => return vm.value_error("depth must be >= 0"),
        }
        Ok(vm.new_none())
    }),
    Method::new("get_int_max_str_digits", Arity::NoArgs, |vm, _, _| {
        let limit = int_parse::max_str_digits(vm);
        Ok(vm.new_int(limit as i64))
    }),
    Method::new("set_int_max_str_digits", Arity::Keywords, set_int_max_str_digits).doc("set_int_max_str_digits($module, /, maxdigits)\n--\n\nHow many digits the decimal text of an int may have; 0 for any number."),
    Method::new("_clear_type_cache", Arity::NoArgs, |vm, _, _| Ok(vm.new_none())),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let modules = vm.sys_modules;
    if !modules.is_null() {
        vm.dict_set_name(dict, "modules", modules);
    }
    for (fd, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = super::io::standard::make(vm, fd)?;
        vm.dict_set_name(dict, name, stream);
        vm.dict_set_name(dict, &format!("__{name}__"), stream);
        vm.decref(stream);
    }
    for name in [
        "breakpointhook",
        "displayhook",
        "excepthook",
        "unraisablehook",
    ] {
        let hook = vm.dict_get_name(dict, name);
        if !hook.is_null() {
            vm.dict_set_name(dict, &format!("__{name}__"), hook);
        }
    }
    sys_facts::add(vm, dict)?;
    sys_facts::order(vm, dict);
    Ok(())
}

/// Prints the repr of what is not None, and keeps it in `builtins._`.
fn displayhook(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if o == vm.none {
        return Ok(vm.new_none());
    }
    let (builtins, none) = (vm.builtins, vm.none);
    vm.dict_set_name(builtins, "_", none);
    let stdout = vm.dict_get_name(vm.sys_dict, "stdout");
    if stdout.is_null() || stdout == vm.none {
        return vm.raise(vm.types.runtime_error, "lost sys.stdout".to_string());
    }
    vm.hold_ref(stdout);
    let written = vm
        .repr(o)
        .and_then(|text| vm.with_held(text, |vm, text| vm.write_object(stdout, text)))
        .and_then(|()| vm.write_text(stdout, "\n"));
    vm.let_go(written)?;
    vm.dict_set_name(builtins, "_", o);
    Ok(vm.new_none())
}

fn exc_info(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let none = vm.none;
    let info = vm
        .handled_info()
        .map(|o| if o.is_null() { none } else { o });
    Ok(vm.new_tuple_of(&info))
}

fn excepthook(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (value, traceback) = (args.get(vm, 1), args.get(vm, 2));
    if let Err(thrown) = vm.display_exception(value, traceback) {
        // What cannot be written is left out.
        vm.forgive(thrown)?;
    }
    Ok(vm.new_none())
}

fn unraisablehook(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let unraisable = args.get(vm, 0);
    vm.default_unraisable_hook(unraisable)?;
    Ok(vm.new_none())
}

fn exit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let status = args.get(vm, 0);
    if status.is_null() {
        return vm.raise_bare(vm.types.system_exit);
    }
    vm.raise_args(vm.types.system_exit, status)
}

fn getallocatedblocks(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let live = vm.heap.live();
    Ok(vm.new_int(live as i64))
}

fn getrefcount(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let count = vm.heap.rc(args.get(vm, 0));
    Ok(vm.new_int(i64::from(count)))
}

/// Where the interval is kept that threads would take turns in; there is one thread, so it is only remembered.
const SWITCH_INTERVAL: &str = "sys.switchinterval";

fn getswitchinterval(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    match vm.module_state.get(SWITCH_INTERVAL) {
        Some(set) => Ok(vm.new_ref(*set)),
        None => Ok(vm.new_float(0.005)),
    }
}

fn setswitchinterval(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let seconds = vm.as_f64(args.get(vm, 0))?;
    if seconds.is_nan() || seconds <= 0.0 {
        return vm.value_error("switch interval must be strictly positive");
    }
    // Whole microseconds, as many as CPython's field holds.
    let micros = (seconds * 1e6).min(u64::MAX as f64) as u64;
    let kept = vm.new_float(micros as f64 * 1e-6);
    let old = vm.module_state.insert(SWITCH_INTERVAL, kept);
    vm.xdecref(old.unwrap_or(NULL));
    Ok(vm.new_none())
}

fn getrecursionlimit(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let limit = vm.recursion_limit;
    Ok(vm.new_int(i64::from(limit)))
}

fn setrecursionlimit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let limit = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)?;
    if limit < 1 {
        return vm.value_error("recursion limit must be greater or equal than 1");
    }
    let depth = vm.frames.len() as isize + vm.native_recursion as isize;
    if depth >= limit {
        let message = format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        );
        return vm.raise(vm.types.recursion_error, message);
    }
    vm.recursion_limit = u32::try_from(limit).unwrap_or(u32::MAX);
    Ok(vm.new_none())
}

fn getframe(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let depth = args.get(vm, 0);
    let depth = if depth.is_null() {
        0
    } else {
        vm.index_clamped(depth, vm.types.overflow_error)?.max(0) as usize
    };
    if depth >= vm.frames.len() {
        return vm.value_error("call stack is not deep enough");
    }
    let frame = vm.frame_object(vm.frames.len() - 1 - depth);
    Ok(vm.new_ref(frame))
}

/// The innermost frame of each thread that has one; there is one thread.
fn current_frames(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let frames = vm.new_dict();
    vm.hold(frames);
    let mut stored = Ok(());
    if let Some(innermost) = vm.frames.len().checked_sub(1) {
        let frame = vm.frame_object(innermost);
        let ident = vm.new_int(super::thread::MAIN_IDENT);
        stored = vm.dict_set(frames, ident, frame);
        vm.decref(ident);
    }
    let frames = vm.unhold();
    stored.map(|()| frames)
}

fn intern(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = args.get(vm, 0);
    if vm.heap.str(text).is_none() {
        let name = vm.argument_type(text);
        return vm.type_error(format!("intern() argument must be str, not {name}"));
    }
    if !vm.is_exact(text, vm.types.str) {
        let name = vm.type_name(text);
        return vm.type_error(format!("can't intern {name}"));
    }
    vm.incref(text);
    Ok(vm.intern_object(text))
}

fn get_hook(vm: &mut Machine, hook: Hook) -> PyResult<Obj> {
    let function = match hook {
        Hook::Trace => vm.tracing.trace,
        Hook::Profile => vm.tracing.profile,
    };
    Ok(if function.is_null() {
        vm.new_none()
    } else {
        vm.new_ref(function)
    })
}

fn set_hook(vm: &mut Machine, args: Args, hook: Hook) -> PyResult<Obj> {
    vm.install_hook(hook, args.get(vm, 0))?;
    Ok(vm.new_none())
}

fn call_tracing(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (function, values) = (args.get(vm, 0), args.get(vm, 1));
    let Some(values) = vm.heap.tuple(values).map(<[Obj]>::to_vec) else {
        let name = vm.argument_type(values);
        return vm.type_error(format!(
            "call_tracing() argument 2 must be tuple, not {name}"
        ));
    };
    vm.call_while_tracing(function, &values)
}

fn set_int_max_str_digits(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [limit] = vm.unpack("set_int_max_str_digits", args, &[req("maxdigits")])?;
    let index = vm.number_index(limit)?;
    let limit = vm.as_i64(index).and_then(|i| i32::try_from(i).ok());
    vm.decref(index);
    let Some(limit) = limit else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        );
    };
    if limit != 0 && limit < int_parse::STR_DIGITS_CHECK_THRESHOLD as i32 {
        return vm.value_error("maxdigits must be 0 or larger than 640");
    }
    let kept = vm.new_int(i64::from(limit));
    if let Some(old) = vm.module_state.insert(int_parse::MAX_STR_DIGITS, kept) {
        vm.decref(old);
    }
    Ok(vm.new_none())
}

/// Kept for natives with one optional argument.
pub fn optional(vm: &mut Machine, fname: &str, args: Args, name: &'static str) -> PyResult<Obj> {
    let [value] = vm.unpack(fname, args, &[opt(name)])?;
    Ok(if value == vm.none { NULL } else { value })
}
