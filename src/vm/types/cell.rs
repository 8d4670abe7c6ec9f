//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("cell");
