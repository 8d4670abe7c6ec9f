//! Asynchronous generators.

use crate::heap::Obj;
use crate::vm::Machine;
use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec { has_weakrefs: true, ..TypeSpec::new("async_generator") };
pub static ASEND_SPEC: TypeSpec = TypeSpec::new("async_generator_asend");
pub static ATHROW_SPEC: TypeSpec = TypeSpec::new("async_generator_athrow");
pub static WRAPPED_SPEC: TypeSpec = TypeSpec::new("async_generator_wrapped_value");

/// Calls the finaliser hook; true if it took over.
pub fn finalize_by_hook(_vm: &mut Machine, _this: Obj) -> bool {
    false
}

impl Machine {
    /// YIELD_VALUE in an asynchronous generator marks the value as yielded.
    pub(in crate::vm) fn wrap_async_value(&mut self, value: Obj) -> Obj {
        value
    }
}
