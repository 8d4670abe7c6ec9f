//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static STATIC_SPEC: TypeSpec = TypeSpec::new("classmethod");
pub static SPEC: TypeSpec = TypeSpec::new("classmethod");
