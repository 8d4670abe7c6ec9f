//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static SPEC: TypeSpec = TypeSpec::new("weakref");
pub static PROXY_SPEC: TypeSpec = TypeSpec::new("weakref");
pub static CALLABLE_PROXY_SPEC: TypeSpec = TypeSpec::new("weakref");
