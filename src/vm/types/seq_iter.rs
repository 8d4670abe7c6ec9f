//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("seq_iter");
pub static CALLABLE_SPEC: TypeSpec = TypeSpec::new("seq_iter");
