//! Reading through a buffer.

use super::buffered::{Buffered, buffered, locked, open};
use super::buffered_write::flush_waiting;
use super::size_or;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// One read of the raw stream; None: nothing there at the moment.
fn raw_read(vm: &mut Machine, raw: Obj, len: usize) -> PyResult<Option<Vec<u8>>> {
    if let Some(file) = vm.heap.native::<super::file_io::FileIO>(raw)
        && file.readable
        && !vm.heap.class(vm.heap.ty(raw)).flags.heap_type
    {
        let fd = file.fd;
        return vm.fd_read(fd, len).map(Some);
    }
    let array = vm.new_bytearray(vec![0; len]);
    vm.with_held(array, |vm, array| {
        let view = vm.memoryview_of(array)?;
        let got = vm.with_held(view, |vm, view| vm.call_method(raw, "readinto", &[view]))?;
        if got == vm.none {
            vm.decref(got);
            return Ok(None);
        }
        if !vm.is_int(got) && !vm.has_index(got) {
            let name = vm.type_name(got);
            vm.decref(got);
            return vm.type_error(format!("'{name}' object cannot be interpreted as an integer"));
        }
        let n = super::size(vm, got);
        vm.drop_keeping_exception(got);
        let n = match n {
            Ok(n) => n,
            Err(thrown) => {
                vm.forgive(thrown)?;
                -1
            }
        };
        if n < 0 || n as usize > len {
            return vm.raise(
                vm.types.os_error,
                format!("raw readinto() returned invalid length {n} (should have been between 0 and {len})"),
            );
        }
        let data = vm.bytes_like(array)?;
        Ok(Some(data[..n as usize].to_vec()))
    })
}

fn rest(b: &Buffered) -> &[u8] {
    &b.ahead[b.used..]
}

fn take(b: &mut Buffered, len: usize) -> Vec<u8> {
    let end = b.used.saturating_add(len).min(b.ahead.len());
    let out = b.ahead[b.used..end].to_vec();
    b.used = end;
    out
}

/// Reads ahead if nothing is left of that; what can be had. None: nothing there at the moment.
fn fill(vm: &mut Machine, this: Obj, raw: Obj) -> PyResult<Option<usize>> {
    let b = buffered(vm, this);
    if b.used < b.ahead.len() {
        return Ok(Some(b.ahead.len() - b.used));
    }
    let size = b.size;
    let Some(data) = raw_read(vm, raw, size)? else {
        return Ok(None);
    };
    let b = buffered(vm, this);
    b.used = 0;
    b.ahead = data;
    Ok(Some(b.ahead.len()))
}

pub fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    super::buffered::ready(vm, this)?;
    if n < -1 {
        return vm.value_error("read length must be non-negative or -1");
    }
    let raw = open(vm, this, "read of")?;
    locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        if n < 0 {
            read_all(vm, this, raw)
        } else {
            read_some(vm, this, raw, n as usize)
        }
    })
}

/// As many as asked for, by as many reads as that takes; fewer at the end or when there are none at the moment.
fn read_some(vm: &mut Machine, this: Obj, raw: Obj, n: usize) -> PyResult<Obj> {
    let mut out = take(buffered(vm, this), n);
    while out.len() < n {
        let size = buffered(vm, this).size;
        let wanted = n - out.len();
        let got = if wanted >= size {
            let whole = wanted / size * size;
            vm.check_size(whole)?;
            match raw_read(vm, raw, whole)? {
                Some(data) => {
                    out.extend_from_slice(&data);
                    Some(data.len())
                }
                None => None,
            }
        } else {
            let got = fill(vm, this, raw)?;
            out.extend(take(buffered(vm, this), wanted));
            got
        };
        match got {
            Some(0) => break,
            None if out.is_empty() => return Ok(vm.new_none()),
            None => break,
            Some(_) => {}
        }
    }
    Ok(vm.new_bytes(out))
}

fn read_all(vm: &mut Machine, this: Obj, raw: Obj) -> PyResult<Obj> {
    let mut out = take(buffered(vm, this), usize::MAX);
    let b = buffered(vm, this);
    b.ahead.clear();
    b.used = 0;
    let readall = vm.lookup_attr_str(raw, "readall")?;
    if let Some(readall) = readall {
        let got = vm.call_and_drop(readall, &[])?;
        if got == vm.none {
            if out.is_empty() {
                return Ok(got);
            }
            vm.decref(got);
            return Ok(vm.new_bytes(out));
        }
        let Some(bytes) = vm.heap.bytes_of(got).cloned() else {
            vm.decref(got);
            return vm.type_error("readall() should return bytes".to_string());
        };
        if out.is_empty() {
            return Ok(got);
        }
        vm.decref(got);
        out.extend_from_slice(&bytes.data);
        return Ok(vm.new_bytes(out));
    }
    loop {
        let got = vm.call_method(raw, "read", &[])?;
        if got == vm.none && out.is_empty() {
            return Ok(got);
        }
        let bytes = vm.heap.bytes_of(got).cloned();
        let none = got == vm.none;
        vm.decref(got);
        match bytes {
            _ if none => break,
            Some(bytes) if bytes.data.is_empty() => break,
            Some(bytes) => out.extend_from_slice(&bytes.data),
            None => return vm.type_error("read() should return bytes".to_string()),
        }
    }
    Ok(vm.new_bytes(out))
}

/// What has been read ahead, after reading ahead if that is nothing; it stays there.
pub fn peek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    size_or(vm, args.get(vm, 0), 0)?;
    let raw = open(vm, this, "peek of")?;
    locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        fill(vm, this, raw)?;
        let out = rest(buffered(vm, this)).to_vec();
        Ok(vm.new_bytes(out))
    })
}

pub fn read1(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = match args.get(vm, 0) {
        NULL => -1,
        n => super::size(vm, n)?,
    };
    let raw = open(vm, this, "read of")?;
    let n = if n < 0 {
        buffered(vm, this).size
    } else {
        n as usize
    };
    if n == 0 {
        return Ok(vm.new_bytes(Vec::new()));
    }
    locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        let b = buffered(vm, this);
        if b.used < b.ahead.len() {
            let out = take(b, n);
            return Ok(vm.new_bytes(out));
        }
        vm.check_size(n)?;
        let out = raw_read(vm, raw, n)?.unwrap_or_default();
        Ok(vm.new_bytes(out))
    })
}

pub fn readinto(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    into(vm, this, args.get(vm, 0), "readinto")
}

pub fn readinto1(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    into(vm, this, args.get(vm, 0), "readinto1")
}

fn into(vm: &mut Machine, this: Obj, buffer: Obj, name: &str) -> PyResult<Obj> {
    let room = vm.writable_len(buffer, name)?;
    let raw = open(vm, this, "readinto of")?;
    let out = locked(vm, this, |vm| {
        flush_waiting(vm, this)?;
        let mut out = take(buffered(vm, this), room);
        let mut nothing = false;
        while out.len() < room {
            if name == "readinto1" && !out.is_empty() {
                break;
            }
            let wanted = room - out.len();
            let got = if wanted > buffered(vm, this).size {
                let got = raw_read(vm, raw, wanted)?;
                got.map(|data| {
                    out.extend_from_slice(&data);
                    data.len()
                })
            } else {
                let got = fill(vm, this, raw)?;
                out.extend(take(buffered(vm, this), wanted));
                got
            };
            nothing = got.is_none();
            if got.is_none_or(|n| n == 0) || name == "readinto1" {
                break;
            }
        }
        Ok((!nothing || !out.is_empty()).then_some(out))
    })?;
    match out {
        None => Ok(vm.new_none()),
        Some(out) => {
            vm.write_into(buffer, &out);
            Ok(vm.new_int(out.len() as i64))
        }
    }
}

fn line(vm: &mut Machine, this: Obj, raw: Obj, limit: isize) -> PyResult<Vec<u8>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    flush_waiting(vm, this)?;
    let mut out = Vec::new();
    while out.len() < limit {
        let b = buffered(vm, this);
        let end = memchr::memchr(b'\n', rest(b)).map(|n| n + 1);
        let wanted = limit - out.len();
        let part = take(b, end.unwrap_or(usize::MAX).min(wanted));
        let done = end.is_some_and(|end| end <= wanted);
        out.extend(part);
        if done || out.len() >= limit || fill(vm, this, raw)?.is_none_or(|n| n == 0) {
            break;
        }
    }
    Ok(out)
}

pub fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let limit = size_or(vm, args.get(vm, 0), -1)?;
    let raw = open(vm, this, "readline of")?;
    let out = locked(vm, this, |vm| line(vm, this, raw, limit))?;
    Ok(vm.new_bytes(out))
}

/// A subclass's own `readline` is asked.
pub fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.heap.class(vm.heap.ty(this)).flags.heap_type {
        super::base::check_closed(vm, this)?;
        let line = vm.call_method(this, "readline", &[])?;
        let Some(bytes) = vm.heap.bytes_of(line) else {
            let name = vm.type_name(line);
            vm.decref(line);
            return vm.raise(
                vm.types.os_error,
                format!("readline() should have returned a bytes object, not '{name}'"),
            );
        };
        if bytes.data.is_empty() {
            vm.decref(line);
            return Ok(NULL);
        }
        return Ok(line);
    }
    let raw = open(vm, this, "readline of")?;
    let out = locked(vm, this, |vm| line(vm, this, raw, -1))?;
    Ok(if out.is_empty() {
        NULL
    } else {
        vm.new_bytes(out)
    })
}
