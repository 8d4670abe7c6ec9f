//! `_json`: what makes the package `json` fast (`Modules/_json.c`): the scanner, the encoder, and strings both ways.

pub mod encode;
pub mod scan;
pub mod text;

use super::ModuleSpec;
use crate::vm::native::{Arity, Method};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_json",
    doc: "json speedups\n",
    functions: &[
        Method::new("encode_basestring_ascii", Arity::One, |vm, _, args| text::quote(vm, args, true))
            .doc("encode_basestring_ascii(string) -> string\n\nA JSON string in ASCII"),
        Method::new("encode_basestring", Arity::One, |vm, _, args| text::quote(vm, args, false))
            .doc("encode_basestring(string) -> string\n\nA JSON string"),
        Method::new("scanstring", Arity::Positional(2, 3), text::scanstring)
            .doc("scanstring(string, end, strict=True) -> (string, end)\n\nThe JSON string that begins before index end, and where it is over"),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        let scanner = vm.make_module_type(&scan::SPEC, object);
        vm.dict_set_name(dict, "make_scanner", scanner);
        let encoder = vm.make_module_type(&encode::SPEC, object);
        vm.dict_set_name(dict, "make_encoder", encoder);
        Ok(())
    },
};
