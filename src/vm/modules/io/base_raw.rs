//! `_io._RawIOBase` (`Modules/_io/iobase.c`): `read` and `readall` in terms of `readinto` and each other.

use super::{size_or, stream_spec};
use crate::heap::Obj;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "The abstract base of raw streams: bytes straight from where they come from.",
    methods: &[
        Method::new("read", Arity::Positional(0, 1), read).doc("read($self, size=-1, /)\n--\n\n"),
        Method::new("readall", Arity::NoArgs, readall)
            .doc("readall($self, /)\n--\n\nEverything up to the end, by as many calls of read() as it takes."),
        Method::new("readinto", Arity::Any, not_implemented),
        Method::new("write", Arity::Any, not_implemented),
    ],
    ..stream_spec("_io._RawIOBase")
};

fn not_implemented(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.raise_bare(vm.types.not_implemented_error)
}

fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    if n < 0 {
        return vm.call_method(this, "readall", &[]);
    }
    vm.check_size(n as usize)?;
    let buffer = vm.new_bytearray(vec![0; n as usize]);
    vm.with_held(buffer, |vm, buffer| {
        let got = vm.call_method(this, "readinto", &[buffer])?;
        if got == vm.none {
            return Ok(got);
        }
        let count = vm.with_held(got, |vm, got| vm.index_clamped(got, vm.types.value_error))?;
        let data = vm.bytes_like(buffer)?;
        let count = usize::try_from(count).unwrap_or(0).min(data.len());
        Ok(vm.new_bytes(data[..count].to_vec()))
    })
}

/// Reads until there is nothing more; None only if nothing came at all.
fn readall(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let mut all: Vec<u8> = Vec::new();
    loop {
        let got = super::call_with_int(vm, this, "read", super::BUFFER_SIZE as i64)?;
        if got == vm.none {
            if all.is_empty() {
                return Ok(got);
            }
            vm.decref(got);
            break;
        }
        let Some(bytes) = vm.heap.bytes_of(got).cloned() else {
            vm.decref(got);
            return vm.type_error("read() should return bytes".to_string());
        };
        vm.decref(got);
        if bytes.data.is_empty() {
            break;
        }
        all.extend_from_slice(&bytes.data);
        vm.check_size(all.len())?;
    }
    Ok(vm.new_bytes(all))
}
