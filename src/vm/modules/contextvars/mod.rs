//! `_contextvars`: variables whose values depend on the context that runs (`Python/context.c`). `python/contextvars.py` only hands
//! them on.
//!
//! A context holds an immutable mapping (`hamt.rs`); setting a variable gives it a new one. The current context of the thread is in
//! `module_state`.

pub mod context;
pub mod hamt;
pub mod var;

use super::ModuleSpec;
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
        hamt::make_types(vm);
        vm.add_module_type(dict, &context::SPEC, object);
        vm.add_module_type(dict, &var::SPEC, object);
        let token = vm.add_module_type(dict, &var::TOKEN_SPEC, object);
        vm.make_module_type(&var::MISSING_SPEC, object);
        let missing = var::missing(vm);
        let attributes = vm.heap.class(token).dict;
        vm.dict_set_name(attributes, "MISSING", missing);
        Ok(())
    },
};
