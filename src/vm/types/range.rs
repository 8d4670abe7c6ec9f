//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("range");
pub static ITER_SPEC: TypeSpec = TypeSpec::new("range");
pub static LONG_ITER_SPEC: TypeSpec = TypeSpec::new("range");
