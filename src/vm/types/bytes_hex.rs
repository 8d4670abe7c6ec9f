//! `hex` and `fromhex` of bytes, bytearray and memoryview.

use super::bytes_methods::this_data;
use crate::heap::Obj;
use crate::vm::args::opt;
use crate::vm::{Args, Machine, PyResult};

pub fn hex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [sep, group] = vm.unpack("hex", args, &[opt("sep"), opt("bytes_per_sep")])?;
    let group = if group.is_null() { 1 } else { vm.c_int(group)? };
    let sep = if sep.is_null() {
        None
    } else {
        Some(separator(vm, sep)?)
    };
    let text = hex_text(&this_data(vm, this), sep, group);
    Ok(vm.new_string(text))
}

/// One ASCII character, given as str or bytes.
fn separator(vm: &mut Machine, sep: Obj) -> PyResult<char> {
    if vm.len(sep)? != 1 {
        return vm.value_error("sep must be length 1.");
    }
    let point = match vm.heap.str(sep) {
        Some(text) => text.point(0),
        None => match vm.heap.bytes_of(sep) {
            Some(bytes) => u32::from(bytes.data[0]),
            None => return vm.type_error("sep must be str or bytes.".to_string()),
        },
    };
    match char::from_u32(point) {
        Some(c) if c.is_ascii() => Ok(c),
        _ => vm.value_error("sep must be ASCII."),
    }
}

/// Two digits a byte, and a separator between groups that are counted from the right, or from the left if negative
/// (`_Py_strhex_impl`).
pub fn hex_text(data: &[u8], sep: Option<char>, group: i32) -> String {
    let size = group.unsigned_abs() as usize;
    let mut out = String::with_capacity(data.len() * 2);
    for (n, byte) in data.iter().enumerate() {
        let place = if group < 0 { n } else { data.len() - n };
        if let Some(sep) = sep
            && n > 0
            && size > 0
            && place % size == 0
        {
            out.push(sep);
        }
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

pub fn fromhex(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let text = vm.str_argument("fromhex", "argument", args.get(vm, 0))?;
    let digits: Vec<u32> = text.points().collect();
    let value = |n: usize| {
        digits
            .get(n)
            .and_then(|p| char::from_u32(*p))
            .and_then(|c| c.to_digit(16))
    };
    let mut data = Vec::new();
    let mut at = 0;
    while at < digits.len() {
        if digits[at] < 128 && super::bytes_methods::is_space(digits[at] as u8) {
            at += 1;
            continue;
        }
        match (value(at), value(at + 1)) {
            (Some(high), Some(low)) => data.push((high * 16 + low) as u8),
            (high, _) => {
                let place = if high.is_none() { at } else { at + 1 };
                return vm.value_error(&format!(
                    "non-hexadecimal number found in fromhex() arg at position {place}"
                ));
            }
        }
        at += 2;
    }
    let is_bytearray = vm.is_subtype(class, vm.types.bytearray);
    let made = if is_bytearray {
        vm.new_bytearray(data)
    } else {
        vm.new_bytes(data)
    };
    if class == vm.types.bytes || class == vm.types.bytearray {
        return Ok(made);
    }
    vm.call_one(class, made)
}
