//! Where an unpickler's bytes come from: memory, or a file asked for as many as are needed.

use std::rc::Rc;

use super::unpickler::parts;
use super::unpickling_error;
use crate::heap::Obj;
use crate::heap::payload::BytesObj;
use crate::vm::types::buffer::Buffer;
use crate::vm::{Machine, PyResult};

/// Bytes at hand, and how far they are read. With a file they are what was read last.
#[derive(Clone, Default)]
pub struct Input {
    data: Option<Rc<BytesObj>>,
    at: usize,
}

impl Input {
    pub fn set(&mut self, data: Buffer) {
        let data = match data {
            Buffer::Shared(shared) => shared,
            Buffer::Copied(bytes) => Rc::new(BytesObj::new(bytes)),
        };
        *self = Input {
            data: Some(data),
            at: 0,
        };
    }

    fn rest(&self) -> &[u8] {
        match &self.data {
            Some(data) => &data.data[self.at..],
            None => &[],
        }
    }

    fn take(&mut self, n: usize) -> Option<Vec<u8>> {
        let taken = self.rest().get(..n)?.to_vec();
        self.at += n;
        Some(taken)
    }

    fn take_line(&mut self) -> Option<Vec<u8>> {
        let end = memchr::memchr(b'\n', self.rest())? + 1;
        self.take(end)
    }
}

pub fn truncated<T>(vm: &mut Machine) -> PyResult<T> {
    unpickling_error(vm, "pickle data was truncated")
}

/// Asks the file, and takes its answer as the input.
fn fill(vm: &mut Machine, u: Obj, method: Obj, size: Option<usize>) -> PyResult<()> {
    if method.is_null() {
        return truncated(vm);
    }
    vm.hold_ref(method);
    let result = match size {
        Some(n) => {
            let n = vm.new_int(n as i64);
            vm.call_one(method, n)
        }
        None => vm.call(method, &[]),
    };
    let data = vm.let_go(result)?;
    vm.with_held(data, |vm, data| {
        let data = vm.need_buffer(data)?;
        parts(vm, u).input.set(data);
        Ok(())
    })
}

/// Exactly so many bytes.
pub fn read(vm: &mut Machine, u: Obj, n: usize) -> PyResult<Vec<u8>> {
    if let Some(data) = parts(vm, u).input.take(n) {
        return Ok(data);
    }
    let method = parts(vm, u).read;
    fill(vm, u, method, Some(n))?;
    match parts(vm, u).input.take(n) {
        Some(data) => Ok(data),
        None => truncated(vm),
    }
}

/// Exactly so many bytes of a bytes object or a bytearray (`_Unpickler_ReadInto`): what is not at hand the file's `readinto`
/// writes into a view, if it has one.
pub fn read_into(vm: &mut Machine, u: Obj, n: usize) -> PyResult<Vec<u8>> {
    let (method, at_hand) = (parts(vm, u).readinto, parts(vm, u).input.rest().len());
    if method.is_null() || at_hand >= n {
        return read(vm, u, n);
    }
    let mut data = parts(vm, u).input.take(at_hand).unwrap_or_default();
    vm.check_size(n)?;
    let room = vm.new_bytearray(vec![0; n - at_hand]);
    let count = vm.with_held(room, |vm, room| {
        let view = vm.memoryview_of(room)?;
        vm.hold_ref(method);
        let count = vm.call_one(method, view);
        let count = vm.let_go(count)?;
        let count = vm.with_held(count, |vm, count| vm.ssize(count))?;
        data.extend(vm.bytes_like(room)?);
        Ok(count)
    })?;
    if (count as usize) < n - at_hand || count < 0 {
        return truncated(vm);
    }
    Ok(data)
}

pub fn read_array<const N: usize>(vm: &mut Machine, u: Obj) -> PyResult<[u8; N]> {
    let data = read(vm, u, N)?;
    Ok(data.try_into().expect("as many bytes as were asked for"))
}

/// The next opcode.
pub fn read_opcode(vm: &mut Machine, u: Obj) -> PyResult<u8> {
    let input = &mut parts(vm, u).input;
    if let Some(byte) = input.rest().first().copied() {
        input.at += 1;
        return Ok(byte);
    }
    match read_array::<1>(vm, u) {
        Ok([byte]) => Ok(byte),
        Err(_) if vm.pending_matches(super::kept(vm, "UnpicklingError")) => {
            vm.clear_exception();
            vm.raise(vm.types.eof_error, "Ran out of input".to_string())
        }
        Err(thrown) => Err(thrown),
    }
}

/// A line with its newline; it must have something before that.
pub fn read_line(vm: &mut Machine, u: Obj) -> PyResult<Vec<u8>> {
    let line = read_any_line(vm, u)?;
    if line.len() < 2 {
        truncated(vm)
    } else {
        Ok(line)
    }
}

/// A line with its newline.
pub fn read_any_line(vm: &mut Machine, u: Obj) -> PyResult<Vec<u8>> {
    let mut line = parts(vm, u).input.take_line();
    if line.is_none() {
        let method = parts(vm, u).readline;
        fill(vm, u, method, None)?;
        line = parts(vm, u).input.take_line();
    }
    match line {
        Some(line) => Ok(line),
        None => truncated(vm),
    }
}

/// Sees to it that a whole frame is at hand.
pub fn read_frame(vm: &mut Machine, u: Obj, n: usize) -> PyResult<()> {
    read(vm, u, n)?;
    parts(vm, u).input.at -= n;
    Ok(())
}
