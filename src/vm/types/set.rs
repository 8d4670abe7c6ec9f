//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("set");
pub static FROZEN_SPEC: TypeSpec = TypeSpec::new("set");
pub static ITER_SPEC: TypeSpec = TypeSpec::new("set");
