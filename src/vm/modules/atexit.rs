//! The module `atexit`: functions to be called at exit (`Modules/atexitmodule.c`). Calling them is `vm/exit.rs`.

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "atexit",
    doc: "Functions called when the program ends.",
    functions: FUNCTIONS,
    init: |_, _| Ok(()),
};

static FUNCTIONS: &[Method] = &[
    Method::new("register", Arity::Keywords, register).varargs(),
    Method::new("_clear", Arity::NoArgs, clear),
    Method::new("unregister", Arity::One, unregister),
    Method::new("_run_exitfuncs", Arity::NoArgs, run),
    Method::new("_ncallbacks", Arity::NoArgs, |vm, _, _| {
        let count = vm.atexit.len();
        Ok(vm.new_int(count as i64))
    }),
];

fn register(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let func = args.get(vm, 0);
    if func.is_null() {
        return vm.type_error("register() takes at least 1 argument (0 given)".to_string());
    }
    if !vm.is_callable(func) {
        return vm.type_error("the first argument must be callable".to_string());
    }
    let rest = args.to_vec(vm)[1..].to_vec();
    let positional = vm.new_tuple_of(&rest);
    let kwargs = match args.kw_len(vm) {
        0 => NULL,
        _ => args.to_dict(vm),
    };
    vm.incref(func);
    vm.atexit.push([func, positional, kwargs]);
    Ok(vm.new_ref(func))
}

fn clear(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.forget_exit_handlers();
    Ok(vm.new_none())
}

/// Removes every entry whose function is equal to this one.
fn unregister(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let func = args.get(vm, 0);
    let mut i = 0;
    while i < vm.atexit.len() {
        let candidate = vm.atexit[i][0];
        if !candidate.is_null() {
            vm.hold_ref(candidate);
            let same = vm.rich_compare_bool(candidate, func, CmpOp::Eq);
            if vm.let_go(same)? && vm.atexit.get(i).is_some_and(|e| e[0] == candidate) {
                // The place stays, so that others keep theirs while they are called.
                let entry = std::mem::replace(&mut vm.atexit[i], [NULL; 3]);
                vm.drop_all(entry.to_vec());
            }
        }
        i += 1;
    }
    Ok(vm.new_none())
}

fn run(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.run_exit_handlers();
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    Ok(vm.new_none())
}
