//! Taking bytes and bytearrays apart and putting them together: `split`, `splitlines`, `partition`, `strip`, `join`.

use memchr::memmem;

use super::buffer::Buffer;
use super::bytes_methods::{is_space, like, this_data, unchanged};
use super::str::MOST_BYTES;
use super::str_split::first_room;
use crate::heap::Obj;
use crate::vm::args::opt;
use crate::vm::{Args, Machine, PyResult};

type Part = (usize, usize);

/// A part as an object; the object itself if that is all of it.
fn part(vm: &mut Machine, this: Obj, data: &[u8], (start, end): Part) -> PyResult<Obj> {
    if start == 0 && end == data.len() {
        unchanged(vm, this)
    } else {
        like(vm, this, data[start..end].to_vec())
    }
}

fn list_of(vm: &mut Machine, this: Obj, data: &[u8], parts: Vec<Part>, room: usize) -> PyResult<Obj> {
    let mut items = Vec::with_capacity(parts.len());
    for place in parts {
        items.push(part(vm, this, data, place)?);
    }
    Ok(vm.new_list_appended(items, room))
}

fn split_arguments(vm: &mut Machine, name: &str, args: Args) -> PyResult<(Option<Buffer>, usize)> {
    let [sep, most] = vm.unpack(name, args, &[opt("sep"), opt("maxsplit")])?;
    let most = if most.is_null() {
        -1
    } else {
        vm.ssize(most)?
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if sep.is_null() || sep == vm.none {
        return Ok((None, most));
    }
    let sep = vm.need_buffer(sep)?;
    if sep.is_empty() {
        return vm.value_error("empty separator");
    }
    Ok((Some(sep), most))
}

pub fn split(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (sep, most) = split_arguments(vm, "split", args)?;
    let data = this_data(vm, this);
    let mut parts = Vec::new();
    match sep {
        Some(sep) => {
            let mut from = 0;
            for at in memmem::find_iter(&data, &*sep).take(most) {
                parts.push((from, at));
                from = at + sep.len();
            }
            parts.push((from, data.len()));
        }
        None => {
            let mut at = 0;
            loop {
                at += data[at..].iter().take_while(|b| is_space(**b)).count();
                if at == data.len() {
                    break;
                }
                if parts.len() == most {
                    parts.push((at, data.len()));
                    break;
                }
                let len = data[at..].iter().take_while(|b| !is_space(**b)).count();
                parts.push((at, at + len));
                at += len;
            }
        }
    }
    list_of(vm, this, &data, parts, first_room(most))
}

pub fn rsplit(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (sep, most) = split_arguments(vm, "rsplit", args)?;
    let data = this_data(vm, this);
    let mut parts = Vec::new();
    match sep {
        Some(sep) => {
            let mut to = data.len();
            for at in memmem::rfind_iter(&data, &*sep).take(most) {
                parts.push((at + sep.len(), to));
                to = at;
            }
            parts.push((0, to));
        }
        None => {
            let mut to = data.len();
            loop {
                to -= data[..to]
                    .iter()
                    .rev()
                    .take_while(|b| is_space(**b))
                    .count();
                if to == 0 {
                    break;
                }
                if parts.len() == most {
                    parts.push((0, to));
                    break;
                }
                let len = data[..to]
                    .iter()
                    .rev()
                    .take_while(|b| !is_space(**b))
                    .count();
                parts.push((to - len, to));
                to -= len;
            }
        }
    }
    parts.reverse();
    list_of(vm, this, &data, parts, first_room(most))
}

pub fn splitlines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [keep] = vm.unpack("splitlines", args, &[opt("keepends")])?;
    let keep = if keep.is_null() {
        false
    } else {
        vm.int_flag(keep)?
    };
    let data = this_data(vm, this);
    let mut parts = Vec::new();
    let mut start = 0;
    while start < data.len() {
        let end = start
            + data[start..]
                .iter()
                .take_while(|b| !matches!(b, b'\n' | b'\r'))
                .count();
        let line_break = if data[end..].starts_with(b"\r\n") {
            2
        } else {
            1
        };
        let next = (end + line_break).min(data.len());
        parts.push((start, if keep { next } else { end }));
        start = next;
    }
    list_of(vm, this, &data, parts, 0)
}

fn separator(vm: &mut Machine, args: Args) -> PyResult<Buffer> {
    let sep = vm.need_buffer(args.get(vm, 0))?;
    if sep.is_empty() {
        return vm.value_error("empty separator");
    }
    Ok(sep)
}

/// The separator as an item of the result: a bytes itself, for a bytearray a copy.
fn separator_item(vm: &mut Machine, this: Obj, sep: Obj, data: &[u8]) -> PyResult<Obj> {
    if vm.heap.bytes_of(this).is_some() {
        Ok(vm.new_ref(sep))
    } else {
        like(vm, this, data.to_vec())
    }
}

fn partition_at(vm: &mut Machine, this: Obj, args: Args, last: bool) -> PyResult<Obj> {
    let sep = separator(vm, args)?;
    let data = this_data(vm, this);
    let found = if last {
        memmem::rfind(&data, &sep)
    } else {
        memmem::find(&data, &sep)
    };
    let items = match found {
        Some(at) => vec![
            part(vm, this, &data, (0, at))?,
            separator_item(vm, this, args.get(vm, 0), &sep)?,
            part(vm, this, &data, (at + sep.len(), data.len()))?,
        ],
        None => {
            let whole = if vm.heap.bytes_of(this).is_some() {
                vm.new_ref(this)
            } else {
                unchanged(vm, this)?
            };
            let (a, b) = (like(vm, this, Vec::new())?, like(vm, this, Vec::new())?);
            if last {
                vec![a, b, whole]
            } else {
                vec![whole, a, b]
            }
        }
    };
    Ok(vm.new_tuple(items))
}

pub fn partition(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    partition_at(vm, this, args, false)
}

pub fn rpartition(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    partition_at(vm, this, args, true)
}

fn strip_ends(vm: &mut Machine, this: Obj, args: Args, left: bool, right: bool) -> PyResult<Obj> {
    let chars = args.get(vm, 0);
    let chars = if chars.is_null() || chars == vm.none {
        None
    } else {
        Some(vm.need_buffer(chars)?)
    };
    let drop = |byte: &u8| {
        chars
            .as_ref()
            .map_or_else(|| is_space(*byte), |c| c.contains(byte))
    };
    let data = this_data(vm, this);
    let start = if left {
        data.iter().take_while(|b| drop(b)).count()
    } else {
        0
    };
    let end = if right {
        data.len() - data[start..].iter().rev().take_while(|b| drop(b)).count()
    } else {
        data.len()
    };
    part(vm, this, &data, (start, end))
}

pub fn strip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(vm, this, args, true, true)
}

pub fn lstrip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(vm, this, args, true, false)
}

pub fn rstrip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(vm, this, args, false, true)
}

pub fn join(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let seq = vm.sequence_fast(args.get(vm, 0), "can only join an iterable")?;
    let result = join_items(vm, this, seq);
    vm.decref_raising(seq, result)
}

fn join_items(vm: &mut Machine, this: Obj, seq: Obj) -> PyResult<Obj> {
    let items = vm.fast_items(seq);
    if let [only] = items[..]
        && vm.heap.ty(only) == vm.types.bytes
        && vm.heap.bytes_of(this).is_some()
    {
        return Ok(vm.new_ref(only));
    }
    let separator = this_data(vm, this);
    let mut joined = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let Some(piece) = vm.buffer(*item) else {
            let ty = vm.type_name(*item);
            return vm.type_error(format!(
                "sequence item {n}: expected a bytes-like object, {ty} found"
            ));
        };
        if n > 0 {
            joined.extend_from_slice(&separator);
        }
        joined.extend_from_slice(&piece);
        if joined.len() > MOST_BYTES {
            return vm.raise(
                vm.types.overflow_error,
                "join() result is too long".to_string(),
            );
        }
    }
    like(vm, this, joined)
}
