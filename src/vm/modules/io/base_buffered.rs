//! `_io._BufferedIOBase` (`Modules/_io/bufferedio.c`): `readinto` in terms of `read`.

use super::{stream_spec, unsupported};
use crate::heap::Obj;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "The abstract base of buffered streams: as many bytes as were asked for, if there are so many.",
    methods: &[
        Method::new("detach", Arity::NoArgs, |vm, _, _| {
            unsupported(vm, "detach")
        })
        .doc(
            "detach($self, /)\n--\n\nTake the raw stream out; the buffer is of no use afterwards.",
        ),
        Method::new("read", Arity::Any, |vm, _, _| unsupported(vm, "read"))
            .varargs()
            .doc("Read so many bytes, or all; fewer only at the end."),
        Method::new("read1", Arity::Any, |vm, _, _| unsupported(vm, "read1"))
            .varargs()
            .doc("Read what one read of the raw stream gives."),
        Method::new("readinto", Arity::One, readinto).doc("readinto($self, buffer, /)\n--\n\n"),
        Method::new("readinto1", Arity::One, readinto1).doc("readinto1($self, buffer, /)\n--\n\n"),
        Method::new("write", Arity::Any, |vm, _, _| unsupported(vm, "write"))
            .varargs()
            .doc("Write bytes; how many there were."),
    ],
    ..stream_spec("_io._BufferedIOBase")
};

fn readinto(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    generic(vm, this, args.get(vm, 0), "readinto", "read")
}

fn readinto1(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    generic(vm, this, args.get(vm, 0), "readinto1", "read1")
}

fn generic(vm: &mut Machine, this: Obj, buffer: Obj, name: &str, read: &str) -> PyResult<Obj> {
    let room = vm.writable_len(buffer, name)?;
    let got = super::call_with_int(vm, this, read, room as i64)?;
    let Some(bytes) = vm.heap.bytes_of(got).cloned() else {
        vm.decref(got);
        return vm.type_error("read() should return bytes".to_string());
    };
    vm.decref(got);
    let len = bytes.data.len();
    if len > room {
        return vm.value_error(&format!(
            "read() returned too much data: {room} bytes requested, {len} returned"
        ));
    }
    vm.write_into(buffer, &bytes.data);
    Ok(vm.new_int(len as i64))
}
