//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("tuple");
pub static ITER_SPEC: TypeSpec = TypeSpec::new("tuple");
