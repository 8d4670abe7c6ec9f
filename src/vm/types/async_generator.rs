//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("async_generator");
pub static ASEND_SPEC: TypeSpec = TypeSpec::new("async_generator");
pub static ATHROW_SPEC: TypeSpec = TypeSpec::new("async_generator");
pub static WRAPPED_SPEC: TypeSpec = TypeSpec::new("async_generator");
