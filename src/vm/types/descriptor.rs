//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static METHOD_SPEC: TypeSpec = TypeSpec::new("descriptor");
pub static CLASSMETHOD_SPEC: TypeSpec = TypeSpec::new("descriptor");
pub static GETSET_SPEC: TypeSpec = TypeSpec::new("descriptor");
pub static MEMBER_SPEC: TypeSpec = TypeSpec::new("descriptor");
pub static WRAPPER_SPEC: TypeSpec = TypeSpec::new("descriptor");
pub static METHOD_WRAPPER_SPEC: TypeSpec = TypeSpec::new("descriptor");
