//! The module `_codecs`: encoding and decoding by name, with the machine's own codecs.

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_codecs",
    doc: "",
    functions: &[
        Method::new("encode", Arity::Keywords, encode)
            .doc("encode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nEncodes obj using the codec registered for encoding."),
        Method::new("decode", Arity::Keywords, decode)
            .doc("decode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nDecodes obj using the codec registered for encoding."),
    ],
    init: |_, _| Ok(()),
};

fn encode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [obj, encoding, errors] = vm.unpack(
        "encode",
        args,
        &[req("obj"), opt("encoding"), opt("errors")],
    )?;
    if vm.heap.str(obj).is_none() {
        return vm.unsupported("_codecs.encode() of something that is no str".into());
    }
    vm.encode(obj, encoding, errors)
}

fn decode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [obj, encoding, errors] = vm.unpack(
        "decode",
        args,
        &[req("obj"), opt("encoding"), opt("errors")],
    )?;
    let data = vm.bytes_like(obj)?;
    vm.decode(&data, encoding, errors)
}
