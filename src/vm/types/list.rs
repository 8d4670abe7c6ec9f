//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("list");
pub static ITER_SPEC: TypeSpec = TypeSpec::new("list");
pub static REVERSE_ITER_SPEC: TypeSpec = TypeSpec::new("list");
