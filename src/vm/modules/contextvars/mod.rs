//! `_contextvars`: variables whose values depend on the context that runs (`Python/context.c`). `python/contextvars.py` only hands
//! them on.
//!
//! A context holds an immutable mapping (`hamt.rs`); setting a variable gives it a new one. The current context of the thread is in
//! `module_state`.

pub mod context;
pub mod hamt;
pub mod var;

use super::ModuleSpec;
use crate::vm::Machine;
use crate::vm::native::{Arity, Method};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_contextvars",
    doc: "Context Variables",
    functions: &[Method::new("copy_context", Arity::NoArgs, |vm, _, _| {
        let context = context::current(vm);
        context::copy_of(vm, context)
    })
    .doc("copy_context($module, /)\n--\n\n")],
    init: |vm, dict| {
        let object = vm.types.object;
        vm.add_module_type(dict, &context::SPEC, object);
        vm.add_module_type(dict, &var::SPEC, object);
        let token = vm.add_module_type(dict, &var::TOKEN_SPEC, object);
        let missing = var::missing(vm);
        let attributes = vm.heap.class(token).dict;
        vm.dict_set_name(attributes, "MISSING", missing);
        Ok(())
    },
};

/// The types of contexts; CPython has them from the start, whether the module is imported or not (`_PyContext_Init`).
pub fn make_types(vm: &mut Machine) {
    let object = vm.types.object;
    let own = [
        &context::SPEC,
        &var::SPEC,
        &var::TOKEN_SPEC,
        &var::MISSING_SPEC,
    ];
    for spec in hamt::SPECS.into_iter().chain(own) {
        vm.make_module_type(spec, object);
    }
}
