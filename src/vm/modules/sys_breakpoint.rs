//! `breakpoint()` and the hook behind it, which `$PYTHONBREAKPOINT` directs (`sys_breakpointhook` of `Python/sysmodule.c`).
//!
//! Without a direction CPython enters pdb. Here a debugger stands outside already, and the script is told so.

use crate::heap::Obj;
use crate::vm::{Args, Machine, PyResult};

/// `breakpoint(*args, **kws)`: whatever `sys.breakpointhook` makes of it.
pub fn breakpoint(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let hook = vm.dict_get_name(vm.sys_dict, "breakpointhook");
    if hook.is_null() {
        return vm.raise(
            vm.types.runtime_error,
            "lost sys.breakpointhook".to_string(),
        );
    }
    let hook = vm.new_ref(hook);
    vm.with_held(hook, |vm, hook| vm.call_args(hook, args))
}

/// `sys.breakpointhook`
pub fn breakpointhook(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let wanted = vm.environment("PYTHONBREAKPOINT").unwrap_or_default();
    if wanted == "0" {
        return Ok(vm.new_none());
    }
    if wanted.is_empty() {
        if vm.dict_get_name(vm.sys_modules, "pdb").is_null() {
            return vm.unsupported("breakpoint(): set one with the debugger".into());
        }
        return call_named(vm, "pdb", "set_trace", "pdb.set_trace", args);
    }
    match wanted.rsplit_once('.') {
        None => call_named(vm, "builtins", &wanted, &wanted, args),
        Some(("", _)) => ignore(vm, &wanted),
        Some((module, name)) => call_named(vm, module, name, &wanted, args),
    }
}

fn call_named(
    vm: &mut Machine,
    module: &str,
    name: &str,
    wanted: &str,
    args: Args,
) -> PyResult<Obj> {
    let module = match vm.import_module(module) {
        Ok(module) => module,
        Err(_) if vm.pending_matches(vm.types.import_error) => return ignore(vm, wanted),
        Err(thrown) => return Err(thrown),
    };
    let hook = vm.with_held(module, |vm, module| vm.get_attr_str(module, name));
    match hook {
        Ok(hook) => vm.with_held(hook, |vm, hook| vm.call_args(hook, args)),
        Err(_) if vm.pending_matches(vm.types.attribute_error) => ignore(vm, wanted),
        Err(thrown) => Err(thrown),
    }
}

/// What cannot be found is warned of.
fn ignore(vm: &mut Machine, wanted: &str) -> PyResult<Obj> {
    vm.clear_exception();
    let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{wanted}\"");
    vm.warn(vm.types.runtime_warning, &message, 0)?;
    Ok(vm.new_none())
}
