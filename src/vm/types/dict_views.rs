//! STUB, to be written.

use crate::vm::native::TypeSpec;

pub static KEYS_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static VALUES_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static ITEMS_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static KEY_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static VALUE_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static ITEM_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static REVERSE_KEY_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static REVERSE_VALUE_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
pub static REVERSE_ITEM_ITER_SPEC: TypeSpec = TypeSpec::new("dict_views");
