//! The bytes of a pickle as they are written: frames, and the file they go to.

use super::opcodes::{FRAME, FRAME_HEADER, FRAME_MIN, FRAME_TARGET};
use super::pickler::parts;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

/// Appends bytes; opens a frame if none is open and there are to be frames.
pub fn write(vm: &mut Machine, p: Obj, data: &[u8]) {
    let pickler = parts(vm, p);
    if pickler.framing && pickler.frame_start.is_none() {
        pickler.frame_start = Some(pickler.out.len());
        pickler.out.extend_from_slice(&[0xfe; FRAME_HEADER]);
    }
    pickler.out.extend_from_slice(data);
}

pub fn op(vm: &mut Machine, p: Obj, opcode: u8) {
    write(vm, p, &[opcode]);
}

/// Closes the open frame: fills in its header, or takes the header out if there is too little in it.
pub fn commit_frame(vm: &mut Machine, p: Obj) {
    let pickler = parts(vm, p);
    let Some(start) = pickler.frame_start.take_if(|_| pickler.framing) else {
        return;
    };
    let len = pickler.out.len() - start - FRAME_HEADER;
    if len < FRAME_MIN {
        pickler.out.drain(start..start + FRAME_HEADER);
        return;
    }
    pickler.out[start] = FRAME;
    pickler.out[start + 1..start + FRAME_HEADER].copy_from_slice(&(len as u64).to_le_bytes());
}

/// Between two objects: a frame that is long enough ends here and goes to the file.
pub fn boundary(vm: &mut Machine, p: Obj) -> PyResult<()> {
    let pickler = parts(vm, p);
    let Some(start) = pickler.frame_start.filter(|_| pickler.framing) else {
        return Ok(());
    };
    if pickler.out.len() - start - FRAME_HEADER < FRAME_TARGET {
        return Ok(());
    }
    let to_file = !pickler.write.is_null();
    commit_frame(vm, p);
    if to_file { flush(vm, p) } else { Ok(()) }
}

/// Hands what there is to the file's `write`.
pub fn flush(vm: &mut Machine, p: Obj) -> PyResult<()> {
    let data = std::mem::take(&mut parts(vm, p).out);
    let data = vm.new_bytes(data);
    vm.with_held(data, |vm, data| write_object(vm, p, data))
}

fn write_object(vm: &mut Machine, p: Obj, data: Obj) -> PyResult<()> {
    let write = parts(vm, p).write;
    vm.hold_ref(write);
    let result = vm.call(write, &[data]);
    let result = vm.let_go(result)?;
    vm.decref(result);
    Ok(())
}

/// A header and a payload of some size: a large one gets no frame, and goes to the file as it is. `object` is the bytes object
/// it comes from, or NULL.
pub fn write_payload(
    vm: &mut Machine,
    p: Obj,
    header: &[u8],
    data: &[u8],
    object: Obj,
) -> PyResult<()> {
    let large = data.len() >= FRAME_TARGET;
    let framing = parts(vm, p).framing;
    if large {
        commit_frame(vm, p);
        parts(vm, p).framing = false;
    }
    write(vm, p, header);
    let mut result = Ok(());
    if large && !parts(vm, p).write.is_null() {
        result = flush(vm, p).and_then(|()| send(vm, p, data, object));
    } else {
        write(vm, p, data);
    }
    parts(vm, p).framing = framing;
    result
}

fn send(vm: &mut Machine, p: Obj, data: &[u8], object: Obj) -> PyResult<()> {
    if !object.is_null() {
        return write_object(vm, p, object);
    }
    let data = vm.new_bytes(data.to_vec());
    vm.with_held(data, |vm, data| write_object(vm, p, data))
}
