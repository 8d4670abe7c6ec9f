//! Searching in bytes and bytearray: `find`, `count`, `startswith`, `in`, `replace`, `removeprefix`.

use memchr::memmem;

use super::buffer::Buffer;
use super::bytes_methods::{like, unchanged};
use super::str::MOST_BYTES;
use super::str_find::adjust;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// What is searched for: bytes, or one byte given as an int (`parse_args_finds_byte`).
fn wanted(vm: &mut Machine, o: Obj) -> PyResult<Buffer> {
    if let Some(buffer) = vm.buffer(o) {
        return Ok(buffer);
    }
    if vm.slots_of(o).nb_index.is_none() {
        let name = vm.type_name(o);
        return vm.type_error(format!(
            "argument should be integer or bytes-like object, not '{name}'"
        ));
    }
    let byte = vm.byte_value(o, "byte")?;
    Ok(Buffer::Copied(vec![byte]))
}

fn this_data(vm: &Machine, this: Obj) -> Buffer {
    vm.buffer(this)
        .expect("a bytes method gets a bytes-like object")
}

fn position(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    name: &str,
    last: bool,
) -> PyResult<Option<usize>> {
    let (sub, start, end) = vm.find_arguments(name, args)?;
    let wanted = wanted(vm, sub)?;
    let data = this_data(vm, this);
    let (start, end) = adjust(start, end, data.len());
    if start > end || end - start < wanted.len() {
        return Ok(None);
    }
    let part = &data[start..end];
    let at = if last {
        memmem::rfind(part, &wanted)
    } else {
        memmem::find(part, &wanted)
    };
    Ok(at.map(|at| start + at))
}

fn or_minus_one(vm: &mut Machine, found: Option<usize>) -> PyResult<Obj> {
    Ok(vm.new_int(found.map_or(-1, |at| at as i64)))
}

fn or_error(vm: &mut Machine, found: Option<usize>) -> PyResult<Obj> {
    match found {
        Some(at) => Ok(vm.new_int(at as i64)),
        None => vm.value_error("subsection not found"),
    }
}

pub fn find(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = position(vm, this, args, "find", false)?;
    or_minus_one(vm, found)
}

pub fn rfind(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = position(vm, this, args, "rfind", true)?;
    or_minus_one(vm, found)
}

pub fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = position(vm, this, args, "index", false)?;
    or_error(vm, found)
}

pub fn rindex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = position(vm, this, args, "rindex", true)?;
    or_error(vm, found)
}

pub fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (sub, start, end) = vm.find_arguments("count", args)?;
    let wanted = wanted(vm, sub)?;
    let data = this_data(vm, this);
    let (start, end) = adjust(start, end, data.len());
    let times = if start > end || end - start < wanted.len() {
        0
    } else if wanted.is_empty() {
        end - start + 1
    } else {
        memmem::find_iter(&data[start..end], &*wanted).count()
    };
    Ok(vm.new_int(times as i64))
}

/// `_Py_bytes_contains`
pub fn contains(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    let wanted = match vm.index_clamped(item, NULL) {
        Ok(value) => match u8::try_from(value) {
            Ok(byte) => Buffer::Copied(vec![byte]),
            Err(_) => return vm.value_error("byte must be in range(0, 256)"),
        },
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            vm.need_buffer(item)?
        }
        Err(thrown) => return Err(thrown),
    };
    Ok(memmem::find(&this_data(vm, this), &wanted).is_some())
}

fn starts_or_ends(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    name: &str,
    at_end: bool,
) -> PyResult<Obj> {
    let (sub, start, end) = vm.find_arguments(name, args)?;
    let matches = |vm: &Machine, wanted: &[u8]| {
        let data = this_data(vm, this);
        let (start, end) = adjust(start, end, data.len());
        start <= end
            && if at_end {
                data[start..end].ends_with(wanted)
            } else {
                data[start..end].starts_with(wanted)
            }
    };
    if let Some(options) = vm.heap.tuple(sub).map(<[Obj]>::to_vec) {
        for option in options {
            let wanted = vm.need_buffer(option)?;
            if matches(vm, &wanted) {
                return Ok(vm.new_bool(true));
            }
        }
        return Ok(vm.new_bool(false));
    }
    let Some(wanted) = vm.buffer(sub) else {
        let ty = vm.type_name(sub);
        return vm.type_error(format!(
            "{name} first arg must be bytes or a tuple of bytes, not {ty}"
        ));
    };
    let answer = matches(vm, &wanted);
    Ok(vm.new_bool(answer))
}

pub fn startswith(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    starts_or_ends(vm, this, args, "startswith", false)
}

pub fn endswith(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    starts_or_ends(vm, this, args, "endswith", true)
}

pub fn removeprefix(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let prefix = vm.need_buffer(args.get(vm, 0))?;
    let data = this_data(vm, this);
    match data.strip_prefix(&*prefix) {
        Some(rest) if !prefix.is_empty() => like(vm, this, rest.to_vec()),
        _ => unchanged(vm, this),
    }
}

pub fn removesuffix(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let suffix = vm.need_buffer(args.get(vm, 0))?;
    let data = this_data(vm, this);
    match data.strip_suffix(&*suffix) {
        Some(rest) if !suffix.is_empty() => like(vm, this, rest.to_vec()),
        _ => unchanged(vm, this),
    }
}

pub fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let old = vm.need_buffer(args.get(vm, 0))?;
    let new = vm.need_buffer(args.get(vm, 1))?;
    let most = match args.get(vm, 2).some() {
        Some(count) => vm.ssize(count)?,
        None => -1,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let data = this_data(vm, this);
    let places: Vec<usize> = match old.is_empty() {
        true => (0..=data.len()).take(most).collect(),
        false => memmem::find_iter(&data, &*old).take(most).collect(),
    };
    if places.is_empty() {
        return unchanged(vm, this);
    }
    if places.len().saturating_mul(new.len()) > MOST_BYTES {
        return vm.raise(
            vm.types.overflow_error,
            "replace bytes is too long".to_string(),
        );
    }
    let mut out = Vec::with_capacity(data.len());
    let mut from = 0;
    for at in places {
        out.extend_from_slice(&data[from..at]);
        out.extend_from_slice(&new);
        from = at + old.len();
    }
    out.extend_from_slice(&data[from..]);
    like(vm, this, out)
}
