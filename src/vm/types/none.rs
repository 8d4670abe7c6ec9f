//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("none");
pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec::new("none");
