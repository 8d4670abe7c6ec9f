//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("generator");
pub static COROUTINE_SPEC: TypeSpec = TypeSpec::new("generator");
pub static WRAPPER_SPEC: TypeSpec = TypeSpec::new("generator");
