//! `_testcapi`: what CPython's own tests reach C code with, as far as it means something here.
//!
//! Calling conventions are in `conventions.rs`, calls from native code and the odd rest in `calls.rs`. A name that is not here is missing
//! as in a CPython built without it.

mod calls;
mod conventions;
mod docstrings;
pub mod internal;

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_testcapi",
    doc: "",
    functions: FUNCTIONS,
    init,
};

const COUNT: usize =
    conventions::METHODS.len() + calls::FUNCTIONS.len() + docstrings::FUNCTIONS.len();

static FUNCTIONS: &[crate::vm::native::Method] = &joined();

const fn joined() -> [crate::vm::native::Method; COUNT] {
    let mut all = [conventions::METHODS[0]; COUNT];
    let mut at = 0;
    let parts = [
        conventions::METHODS,
        calls::FUNCTIONS,
        docstrings::FUNCTIONS,
    ];
    let mut part = 0;
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[at] = parts[part][i];
            at += 1;
            i += 1;
        }
        part += 1;
    }
    all
}

/// Limits of C's number types on a 64-bit Linux; floats apart.
static INTS: &[(&str, i64)] = &[
    ("CHAR_MAX", i8::MAX as i64),
    ("CHAR_MIN", i8::MIN as i64),
    ("INT_MAX", i32::MAX as i64),
    ("INT_MIN", i32::MIN as i64),
    ("LLONG_MAX", i64::MAX),
    ("LLONG_MIN", i64::MIN),
    ("LONG_MAX", i64::MAX),
    ("LONG_MIN", i64::MIN),
    ("PY_SSIZE_T_MAX", i64::MAX),
    ("PY_SSIZE_T_MIN", i64::MIN),
    ("SHRT_MAX", i16::MAX as i64),
    ("SHRT_MIN", i16::MIN as i64),
    ("SIZEOF_TIME_T", 8),
    ("UCHAR_MAX", u8::MAX as i64),
    ("UINT_MAX", u32::MAX as i64),
    ("USHRT_MAX", u16::MAX as i64),
    ("the_number_three", 3),
];

static FLOATS: &[(&str, f64)] = &[
    ("DBL_MAX", f64::MAX),
    ("DBL_MIN", f64::MIN_POSITIVE),
    ("FLT_MAX", f32::MAX as f64),
    ("FLT_MIN", f32::MIN_POSITIVE as f64),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    for (name, value) in INTS {
        let o = vm.new_int(*value);
        vm.dict_set_name(dict, name, o);
        vm.decref(o);
    }
    for (name, value) in FLOATS {
        let o = vm.new_float(*value);
        vm.dict_set_name(dict, name, o);
        vm.decref(o);
    }
    for name in ["ULONG_MAX", "ULLONG_MAX"] {
        let o = vm.new_big_int(u64::MAX.into());
        vm.dict_set_name(dict, name, o);
        vm.decref(o);
    }
    conventions::add_types(vm, dict);
    let error = calls::new_exception(vm, "_testcapi", "error", None)?;
    vm.dict_set_name(dict, "error", error);
    vm.decref(error);
    Ok(())
}
