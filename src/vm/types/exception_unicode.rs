//! `UnicodeDecodeError`, `UnicodeEncodeError`, `UnicodeTranslateError` (`Objects/exceptions.c`).

use super::exception;
use super::exception_kinds::field;
use crate::heap::{NULL, Obj};
use crate::vm::native::GetSet;
use crate::vm::{Args, Machine, PyResult};

pub const ENCODING: usize = 0;
pub const OBJECT: usize = 1;
pub const START: usize = 2;
pub const END: usize = 3;
pub const REASON: usize = 4;

pub static ATTRIBUTES: &[GetSet] =
    &[field::<ENCODING>("encoding"), field::<OBJECT>("object"), field::<START>("start"), field::<END>("end"), field::<REASON>("reason")];

fn want_str(vm: &mut Machine, args: Args, i: usize) -> PyResult<()> {
    let o = args.get(vm, i);
    if vm.heap.str(o).is_some() {
        return Ok(());
    }
    let (at, name) = (i + 1, vm.argument_type(o));
    vm.type_error(format!("argument {at} must be str, not {name}"))
}

fn want_count(vm: &mut Machine, args: Args, n: usize) -> PyResult<()> {
    let given = args.len();
    if given == n {
        return Ok(());
    }
    vm.type_error(format!("function takes exactly {n} arguments ({given} given)"))
}

/// Sets start and end from two arguments, as ints.
fn set_range(vm: &mut Machine, this: Obj, args: Args, first: usize) -> PyResult<()> {
    for (i, place) in [(first, START), (first + 1, END)] {
        let o = args.get(vm, i);
        let at = vm.index_clamped(o, vm.types.overflow_error)?;
        let at = vm.new_int(at as i64);
        vm.set_exc_field(this, place, at);
        vm.decref(at);
    }
    Ok(())
}

pub fn init_decode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    want_count(vm, args, 5)?;
    want_str(vm, args, 0)?;
    set_range(vm, this, args, 2)?;
    want_str(vm, args, 4)?;
    let object = args.get(vm, 1);
    if vm.heap.bytes_of(object).is_some() {
        vm.set_exc_field(this, OBJECT, object);
    } else {
        let bytes = vm.bytes_like(object)?;
        let copy = vm.new_bytes(bytes);
        vm.set_exc_field(this, OBJECT, copy);
        vm.decref(copy);
    }
    vm.set_exc_field(this, ENCODING, args.get(vm, 0));
    vm.set_exc_field(this, REASON, args.get(vm, 4));
    Ok(())
}

pub fn init_encode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    want_count(vm, args, 5)?;
    want_str(vm, args, 0)?;
    want_str(vm, args, 1)?;
    set_range(vm, this, args, 2)?;
    want_str(vm, args, 4)?;
    for (i, place) in [(0, ENCODING), (1, OBJECT), (4, REASON)] {
        vm.set_exc_field(this, place, args.get(vm, i));
    }
    Ok(())
}

pub fn init_translate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    want_count(vm, args, 4)?;
    want_str(vm, args, 0)?;
    set_range(vm, this, args, 1)?;
    want_str(vm, args, 3)?;
    vm.set_exc_field(this, OBJECT, args.get(vm, 0));
    vm.set_exc_field(this, REASON, args.get(vm, 3));
    Ok(())
}

/// Encoding and reason as text, start and end; `None` if the object is not there.
fn fields(vm: &mut Machine, this: Obj) -> PyResult<Option<(String, String, i64, i64)>> {
    if vm.exc_field(this, OBJECT) == NULL {
        return Ok(None);
    }
    let mut texts = Vec::new();
    for place in [ENCODING, REASON] {
        let o = vm.exc_field(this, place);
        let text = if o.is_null() { vm.new_str("") } else { vm.str_of(o)? };
        texts.push(vm.text(text));
        vm.decref(text);
    }
    let number = |vm: &Machine, place| vm.as_i64(vm.exc_field(this, place)).unwrap_or(0);
    let (start, end) = (number(vm, START), number(vm, END));
    let reason = texts.pop().unwrap_or_default();
    Ok(Some((texts.pop().unwrap_or_default(), reason, start, end)))
}

pub fn str_decode(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some((encoding, reason, start, end)) = fields(vm, this)? else { return Ok(vm.new_str("")) };
    let object = vm.exc_field(this, OBJECT);
    let byte = vm.heap.bytes_of(object).and_then(|b| b.data.get(usize::try_from(start).ok()?).copied());
    Ok(match byte {
        Some(byte) if end == start + 1 => {
            vm.new_string(format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"))
        }
        _ => {
            let last = end - 1;
            vm.new_string(format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}"))
        }
    })
}

/// The one character a range is about, as messages show it.
fn bad_character(vm: &Machine, this: Obj, start: i64, end: i64) -> Option<String> {
    let text = vm.heap.str(vm.exc_field(this, OBJECT))?;
    let at = usize::try_from(start).ok()?;
    if end != start + 1 || at >= text.len() {
        return None;
    }
    let point = text.point(at);
    Some(match point {
        0..=0xff => format!("\\x{point:02x}"),
        0x100..=0xffff => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    })
}

pub fn str_encode(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some((encoding, reason, start, end)) = fields(vm, this)? else { return Ok(vm.new_str("")) };
    Ok(match bad_character(vm, this, start, end) {
        Some(c) => vm.new_string(format!("'{encoding}' codec can't encode character '{c}' in position {start}: {reason}")),
        None => {
            let last = end - 1;
            vm.new_string(format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}"))
        }
    })
}

pub fn str_translate(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some((_, reason, start, end)) = fields(vm, this)? else { return Ok(vm.new_str("")) };
    Ok(match bad_character(vm, this, start, end) {
        Some(c) => vm.new_string(format!("can't translate character '{c}' in position {start}: {reason}")),
        None => {
            let last = end - 1;
            vm.new_string(format!("can't translate characters in position {start}-{last}: {reason}"))
        }
    })
}
