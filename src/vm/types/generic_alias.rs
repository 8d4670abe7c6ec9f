//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("generic_alias");
pub static UNION_SPEC: TypeSpec = TypeSpec::new("generic_alias");
