//! Reading text, chunk by chunk.

use super::text_io::{TextIO, open, text};
use super::text_write::write_pending;
use super::{size_or, unsupported};
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

fn want_decoder(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if text(vm, this).decoder.is_none() {
        return unsupported(vm, "not readable");
    }
    Ok(())
}

/// Decodes with the stream's decoder.
pub fn decode(vm: &mut Machine, this: Obj, data: &[u8], last: bool) -> PyResult<Vec<u32>> {
    let t = text(vm, this);
    let errors = t.errors;
    let Some(mut decoder) = t.decoder.take() else {
        return unsupported(vm, "not readable");
    };
    let result = decoder.decode(vm, data, errors, last);
    text(vm, this).decoder = Some(decoder);
    result
}

fn bytes_of(vm: &mut Machine, got: Obj, name: &str) -> PyResult<Vec<u8>> {
    let data = vm.buffer(got).map(|b| b.to_vec());
    let class = vm.type_name(got);
    vm.decref(got);
    match data {
        Some(data) => Ok(data),
        None => vm.type_error(format!(
            "underlying {name}() should have returned a bytes-like object, not '{class}'"
        )),
    }
}

/// Reads a chunk and decodes it behind what is there; false at the end.
fn read_chunk(vm: &mut Machine, this: Obj, hint: usize) -> PyResult<bool> {
    want_decoder(vm, this)?;
    let t = text(vm, this);
    let before = t.decoder.as_ref().map(|d| (d.flags(), d.pending.clone()));
    let (buffer, chunk) = (t.buffer, t.chunk.max(hint));
    let name = if t.has_read1 { "read1" } else { "read" };
    let got = super::call_with_int(vm, buffer, name, chunk as i64)?;
    let data = bytes_of(vm, got, name)?;
    let end = data.is_empty();
    let points = decode(vm, this, &data, end)?;
    let t = text(vm, this);
    let nothing = points.is_empty();
    if t.used == t.ahead.len() {
        t.ahead = points;
        t.used = 0;
    } else {
        t.ahead.extend(points);
    }
    if t.telling
        && let Some((flags, mut input)) = before
    {
        input.extend_from_slice(&data);
        t.snapshot = Some((flags, input));
    }
    Ok(!end || !nothing)
}

fn take(t: &mut TextIO, count: usize) -> Vec<u32> {
    let end = t.used.saturating_add(count).min(t.ahead.len());
    let out = t.ahead[t.used..end].to_vec();
    t.used = end;
    out
}

pub fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    let buffer = open(vm, this)?;
    want_decoder(vm, this)?;
    write_pending(vm, this)?;
    if n < 0 {
        let got = vm.call_method(buffer, "read", &[])?;
        let data = if got == vm.none {
            vm.decref(got);
            Vec::new()
        } else {
            bytes_of(vm, got, "read")?
        };
        let points = decode(vm, this, &data, true)?;
        let t = text(vm, this);
        let mut out = take(t, usize::MAX);
        t.forget_ahead();
        t.snapshot = None;
        out.extend(points);
        return Ok(vm.new_str_obj(StrObj::from_points(out)));
    }
    let n = n as usize;
    let mut out = take(text(vm, this), n);
    while out.len() < n {
        if !read_chunk(vm, this, 0)? {
            break;
        }
        out.extend(take(text(vm, this), n - out.len()));
    }
    Ok(vm.new_str_obj(StrObj::from_points(out)))
}

/// Where the line in the text ends, if it does: after its newline.
fn line_end(t: &TextIO, text: &[u32], from: usize) -> Option<usize> {
    let rest = &text[from..];
    let end = match t.newline.as_deref() {
        None | Some("\n") => rest.iter().position(|p| *p == 10).map(|n| n + 1),
        Some("") => rest
            .iter()
            .position(|p| *p == 10 || *p == 13)
            .map(|n| n + 1 + usize::from(rest[n] == 13 && rest.get(n + 1) == Some(&10))),
        Some("\r") => rest.iter().position(|p| *p == 13).map(|n| n + 1),
        Some(_) => rest.windows(2).position(|w| w == [13, 10]).map(|n| n + 2),
    };
    end.map(|end| from + end)
}

/// The next line; empty at the end.
pub fn line(vm: &mut Machine, this: Obj, limit: isize) -> PyResult<Vec<u32>> {
    want_decoder(vm, this)?;
    write_pending(vm, this)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut out: Vec<u32> = Vec::new();
    loop {
        let t = text(vm, this);
        let have = out.len();
        // A newline of two characters may lie across two chunks.
        let from = have.saturating_sub(1);
        let fresh = &t.ahead[t.used..];
        out.extend_from_slice(fresh);
        let two = t.newline.as_deref() == Some("\r\n");
        let end = line_end(t, &out, if two { from } else { have });
        let end = end.map_or(limit, |end| end.min(limit));
        if end <= out.len() {
            t.used += end - have;
            out.truncate(end);
            return Ok(out);
        }
        t.used = t.ahead.len();
        if !read_chunk(vm, this, 0)? {
            let t = text(vm, this);
            t.forget_ahead();
            t.snapshot = None;
            return Ok(out);
        }
    }
}

pub fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let limit = match args.get(vm, 0) {
        NULL => -1,
        n => super::size(vm, n)?,
    };
    open(vm, this)?;
    let out = line(vm, this, limit)?;
    Ok(vm.new_str_obj(StrObj::from_points(out)))
}

/// While lines are iterated over, `tell` would cost too much and is switched off.
pub fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    open(vm, this)?;
    text(vm, this).telling = false;
    let line = if vm.heap.class(vm.heap.ty(this)).flags.heap_type {
        let line = vm.call_method(this, "readline", &[])?;
        if vm.heap.str(line).is_none() {
            let name = vm.type_name(line);
            vm.decref(line);
            return vm.raise(
                vm.types.os_error,
                format!("readline() should have returned an str object, not '{name}'"),
            );
        }
        line
    } else {
        let out = line(vm, this, -1)?;
        vm.new_str_obj(StrObj::from_points(out))
    };
    if vm.heap.str(line).is_some_and(|s| s.is_empty()) {
        vm.decref(line);
        let t = text(vm, this);
        t.snapshot = None;
        t.telling = t.seekable;
        return Ok(NULL);
    }
    Ok(line)
}
