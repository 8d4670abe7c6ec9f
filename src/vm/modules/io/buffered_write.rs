//! Writing through a buffer.

use super::buffered::{buffered, locked, open, raw_seek, ready};
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// One write of the raw stream; None: it would have to wait.
fn raw_write(vm: &mut Machine, raw: Obj, data: &[u8]) -> PyResult<Option<usize>> {
    if let Some(file) = vm.heap.native::<super::file_io::FileIO>(raw)
        && file.writable
        && !vm.heap.class(vm.heap.ty(raw)).flags.heap_type
    {
        let fd = file.fd;
        return vm.fd_write(fd, data).map(Some);
    }
    let bytes = vm.new_bytes(data.to_vec());
    let got = vm.with_held(bytes, |vm, bytes| {
        let view = vm.memoryview_of(bytes)?;
        vm.with_held(view, |vm, view| vm.call_method(raw, "write", &[view]))
    })?;
    if got == vm.none {
        vm.decref(got);
        return Ok(None);
    }
    let n = super::size(vm, got);
    vm.drop_keeping_exception(got);
    // What is no integer counts as one out of range.
    let n = match n {
        Ok(n) => n,
        Err(thrown) => {
            vm.forgive(thrown)?;
            -1
        }
    };
    if n < 0 || n as usize > data.len() {
        let len = data.len();
        return vm.raise(
            vm.types.os_error,
            format!(
                "raw write() returned invalid length {n} (should have been between 0 and {len})"
            ),
        );
    }
    Ok(Some(n as usize))
}

/// Writes out what waits. A raw stream that cannot take more at the moment is an error here.
pub fn flush_waiting(vm: &mut Machine, this: Obj) -> PyResult<()> {
    while !buffered(vm, this).waiting.is_empty() {
        let data = buffered(vm, this).waiting.clone();
        let raw = buffered(vm, this).raw;
        match raw_write(vm, raw, &data)? {
            Some(n) => {
                buffered(vm, this).waiting.drain(..n);
            }
            None => return would_block(vm, 0),
        }
    }
    Ok(())
}

fn would_block<T>(vm: &mut Machine, written: usize) -> PyResult<T> {
    // Only a script's raw stream says so, and then no system call has set an error number.
    let items = [
        vm.new_int(0),
        vm.new_str("write could not complete without blocking"),
        vm.new_int(written as i64),
    ];
    let args = vm.new_tuple(items.to_vec());
    let class = vm.types.blocking_io_error;
    let result = vm.raise_args(class, args);
    vm.drop_keeping_exception(args);
    result
}

/// What has been read ahead is given back to the raw stream before anything is written.
fn unread(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let b = buffered(vm, this);
    let ahead = b.ahead.len() - b.used;
    b.ahead.clear();
    b.used = 0;
    if ahead > 0 {
        let raw = b.raw;
        raw_seek(vm, raw, -(ahead as i64), 1)?;
    }
    Ok(())
}

pub fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    ready(vm, this)?;
    let data = vm.need_buffer(args.get(vm, 0))?.to_vec();
    let raw = open(vm, this, "write to")?;
    locked(vm, this, |vm| {
        unread(vm, this)?;
        let b = buffered(vm, this);
        if b.waiting.len() + data.len() <= b.size {
            b.waiting.extend_from_slice(&data);
            return Ok(vm.new_int(data.len() as i64));
        }
        write_much(vm, this, raw, &data)?;
        Ok(vm.new_int(data.len() as i64))
    })
}

/// More than fits: what waits goes first, then whole buffers of the new data, and the rest waits.
fn write_much(vm: &mut Machine, this: Obj, raw: Obj, data: &[u8]) -> PyResult<()> {
    let size = buffered(vm, this).size;
    while !buffered(vm, this).waiting.is_empty() {
        let waiting = buffered(vm, this).waiting.clone();
        match raw_write(vm, raw, &waiting)? {
            Some(n) => {
                buffered(vm, this).waiting.drain(..n);
            }
            None => {
                let b = buffered(vm, this);
                let room = size.saturating_sub(b.waiting.len()).min(data.len());
                b.waiting.extend_from_slice(&data[..room]);
                return match room == data.len() {
                    true => Ok(()),
                    false => would_block(vm, room),
                };
            }
        }
    }
    let mut written = 0;
    while data.len() - written > size {
        match raw_write(vm, raw, &data[written..])? {
            Some(n) => written += n,
            None => {
                let room = size.min(data.len() - written);
                buffered(vm, this)
                    .waiting
                    .extend_from_slice(&data[written..written + room]);
                return would_block(vm, written + room);
            }
        }
    }
    buffered(vm, this)
        .waiting
        .extend_from_slice(&data[written..]);
    Ok(())
}

/// Of a reader: the raw stream's own flush; of a random one, what was read ahead is given back too.
pub fn flush(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let raw = ready(vm, this)?;
    if !buffered(vm, this).writable {
        return vm.call_method(raw, "flush", &[]);
    }
    open(vm, this, "flush of")?;
    locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        if buffered(vm, this).readable {
            unread(vm, this)?;
        }
        Ok(vm.new_none())
    })
}

pub fn truncate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let raw = open(vm, this, "truncate of")?;
    if !buffered(vm, this).writable {
        return super::unsupported(vm, "truncate");
    }
    locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        unread(vm, this)
    })?;
    let at = match args.get(vm, 0) {
        NULL => vm.none,
        at => at,
    };
    vm.call_method(raw, "truncate", &[at])
}
