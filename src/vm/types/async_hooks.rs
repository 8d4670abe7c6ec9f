//! The hooks by which an event loop learns of asynchronous generators: `sys.set_asyncgen_hooks`.
//!
//! `firstiter` is called when one is iterated for the first time, which also notes the `finalizer` of that moment in the
//! generator; that is called instead of closing it, because closing may have to await.

use super::generator::{generator, generator_mut};
use crate::heap::{NULL, Obj};
use crate::vm::modules::struct_sequence::{item, make, spec};
use crate::vm::native::TypeSpec;
use crate::vm::{Args, Machine, PyResult};

/// Where the hooks are kept in `module_state` (`tstate->async_gen_firstiter`, `async_gen_finalizer`).
const FIRSTITER: &str = "sys.asyncgen_firstiter";
const FINALIZER: &str = "sys.asyncgen_finalizer";

static HOOKS: TypeSpec = spec("asyncgen_hooks", &[item::<0>("firstiter"), item::<1>("finalizer")]);

fn hook(vm: &Machine, key: &str) -> Obj {
    vm.module_state.get(key).copied().unwrap_or(NULL)
}

/// The first iteration of an asynchronous generator (`async_gen_init_hooks`).
pub(super) fn init_hooks(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if std::mem::replace(&mut generator_mut(vm, this).hooks_inited, true) {
        return Ok(());
    }
    let finalizer = hook(vm, FINALIZER);
    if !finalizer.is_null() {
        vm.incref(finalizer);
        generator_mut(vm, this).extra = finalizer;
    }
    let firstiter = hook(vm, FIRSTITER);
    if firstiter.is_null() {
        return Ok(());
    }
    vm.hold_ref(firstiter);
    let result = vm.call(firstiter, &[this]);
    let result = vm.let_go(result)?;
    vm.decref(result);
    Ok(())
}

/// `_PyGen_Finalize` of an asynchronous generator that waits: the finaliser hook gets it, if there is one. True if so.
pub fn finalize_by_hook(vm: &mut Machine, this: Obj) -> bool {
    let (finalizer, closed) = (generator(vm, this).extra, generator(vm, this).closed);
    if finalizer.is_null() || closed {
        return false;
    }
    let saved = vm.take_exception();
    match vm.call(finalizer, &[this]) {
        Ok(result) => vm.decref(result),
        Err(_) => vm.write_unraisable(this, None),
    }
    vm.restore_exception(saved);
    true
}

/// `sys.get_asyncgen_hooks`
pub fn get_asyncgen_hooks(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let items = [FIRSTITER, FINALIZER].map(|key| {
        let hook = hook(vm, key);
        let hook = if hook.is_null() { vm.none } else { hook };
        vm.new_ref(hook)
    });
    Ok(make(vm, &HOOKS, items.to_vec()))
}

/// `sys.set_asyncgen_hooks`: None takes a hook away, what is not given stays. The finalizer is checked and set first.
pub fn set_asyncgen_hooks(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [firstiter, finalizer] = hook_arguments(vm, args)?;
    set_hook(vm, FINALIZER, "finalizer", finalizer)?;
    set_hook(vm, FIRSTITER, "firstiter", firstiter)?;
    Ok(vm.new_none())
}

/// `PyArg_ParseTupleAndKeywords` without a function's name in the format.
fn hook_arguments(vm: &mut Machine, args: Args) -> PyResult<[Obj; 2]> {
    let given = args.len() + args.kw_len(vm);
    if given > 2 {
        return vm.type_error(format!("function takes at most 2 arguments ({given} given)"));
    }
    let mut found = [args.get(vm, 0), args.get(vm, 1)];
    for (name, value) in args.keywords(vm) {
        let name = vm.text(name);
        let Some(i) = ["firstiter", "finalizer"].iter().position(|known| *known == name) else {
            return vm.type_error(format!(
                "'{name}' is an invalid keyword argument for this function"
            ));
        };
        if i < args.len() {
            let at = i + 1;
            return vm.type_error(format!(
                "argument for function given by name ('{name}') and position ({at})"
            ));
        }
        found[i] = value;
    }
    Ok(found)
}

fn set_hook(vm: &mut Machine, key: &'static str, name: &str, new: Obj) -> PyResult<()> {
    if new.is_null() {
        return Ok(());
    }
    let old = if new == vm.none {
        vm.module_state.remove(key)
    } else if vm.is_callable(new) {
        vm.incref(new);
        vm.module_state.insert(key, new)
    } else {
        let got = vm.type_name(new);
        return vm.type_error(format!("callable {name} expected, got {got}"));
    };
    if let Some(old) = old {
        vm.decref(old);
    }
    Ok(())
}
