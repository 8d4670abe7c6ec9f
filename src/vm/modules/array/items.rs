//! Machine values to objects and back, by type code.

use num_traits::ToPrimitive;

use super::{array, array_mut};
use crate::heap::Obj;
use crate::heap::payload::str::StrObj;
use crate::vm::{Machine, PyResult};

/// The first bytes of an item as an array; the item is as long as its type code says.
#[inline(always)]
fn bytes<const N: usize>(item: &[u8]) -> [u8; N] {
    item.try_into()
        .expect("an item is as long as its type code says")
}

/// An item as an object; there is one at that place.
#[inline]
pub fn load(vm: &mut Machine, this: Obj, index: usize) -> PyResult<Obj> {
    let array = array(vm, this);
    let Some(item) = array.item(index) else {
        panic!("an item behind the end of an array")
    };
    Ok(match array.code {
        b'd' => {
            let value = f64::from_le_bytes(bytes(item));
            vm.new_float(value)
        }
        b'b' => {
            let value = item[0] as i8;
            vm.new_int(i64::from(value))
        }
        b'B' => {
            let value = item[0];
            vm.new_int(i64::from(value))
        }
        b'h' => {
            let value = i16::from_le_bytes(bytes(item));
            vm.new_int(i64::from(value))
        }
        b'H' => {
            let value = u16::from_le_bytes(bytes(item));
            vm.new_int(i64::from(value))
        }
        b'i' => {
            let value = i32::from_le_bytes(bytes(item));
            vm.new_int(i64::from(value))
        }
        b'I' => {
            let value = u32::from_le_bytes(bytes(item));
            vm.new_int(i64::from(value))
        }
        b'l' | b'q' => {
            let value = i64::from_le_bytes(bytes(item));
            vm.new_int(value)
        }
        b'L' | b'Q' => {
            let value = u64::from_le_bytes(bytes(item));
            match i64::try_from(value) {
                Ok(value) => vm.new_int(value),
                Err(_) => vm.new_big_int(value.into()),
            }
        }
        b'f' => {
            let value = f32::from_le_bytes(bytes(item));
            vm.new_float(f64::from(value))
        }
        _ => {
            let point = u32::from_le_bytes(bytes(item));
            return character(vm, &[point]);
        }
    })
}

/// Characters as a str; numbers that are none raise ValueError.
pub fn character(vm: &mut Machine, points: &[u32]) -> PyResult<Obj> {
    if let Some(wrong) = points.iter().find(|p| **p > 0x10ffff) {
        return vm.value_error(&format!(
            "character U+{wrong:x} is not in range [U+0000; U+10ffff]"
        ));
    }
    Ok(vm.new_str_obj(StrObj::from_points(points.iter().copied())))
}

/// A value as the bytes of an item: the first `item_size` of the eight count.
pub fn pack(vm: &mut Machine, code: u8, value: Obj) -> PyResult<[u8; 8]> {
    let bits = match code {
        b'd' => vm.as_f64(value)?.to_bits(),
        b'f' => u64::from((vm.as_f64(value)? as f32).to_bits()),
        b'b' => {
            let x = ranged(vm, value, &SHORT)?;
            within(vm, x, &SIGNED_CHAR)? as u64
        }
        b'B' => ranged(vm, value, &BYTE)? as u64,
        b'h' => ranged(vm, value, &SHORT)? as u64,
        b'H' => {
            let x = ranged(vm, value, &INT)?;
            within(vm, x, &UNSIGNED_SHORT)? as u64
        }
        b'i' => ranged(vm, value, &INT)? as u64,
        b'l' => long(vm, value)? as u64,
        b'I' => {
            let x = unsigned(vm, value)?;
            if x > u64::from(u32::MAX) {
                return overflow(vm, "unsigned int is greater than maximum");
            }
            x
        }
        b'L' => unsigned(vm, value)?,
        b'q' | b'Q' => quad(vm, value, code == b'q')?,
        _ => match vm.heap.str(value) {
            Some(text) if text.len() == 1 => u64::from(text.point(0)),
            _ => return vm.type_error("array item must be unicode character".to_string()),
        },
    };
    Ok(bits.to_le_bytes())
}

/// Puts a value at a place, if there still is one when it has been converted.
pub fn store(vm: &mut Machine, this: Obj, index: usize, value: Obj) -> PyResult<()> {
    let code = array(vm, this).code;
    let packed = pack(vm, code, value)?;
    let array = array_mut(vm, this);
    let size = array.item_size();
    if let Some(place) = array.data.get_mut(index * size..(index + 1) * size) {
        place.copy_from_slice(&packed[..size]);
    }
    Ok(())
}

struct Range {
    low: i64,
    high: i64,
    name: &'static str,
}

const SHORT: Range = range(i16::MIN as i64, i16::MAX as i64, "signed short integer");
const BYTE: Range = range(0, u8::MAX as i64, "unsigned byte integer");
const INT: Range = range(i32::MIN as i64, i32::MAX as i64, "signed integer");
const SIGNED_CHAR: Range = range(i8::MIN as i64, i8::MAX as i64, "signed char");
const UNSIGNED_SHORT: Range = range(0, u16::MAX as i64, "unsigned short");

const fn range(low: i64, high: i64, name: &'static str) -> Range {
    Range { low, high, name }
}

fn overflow<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    vm.raise(vm.types.overflow_error, message.to_string())
}

fn within(vm: &mut Machine, x: i64, range: &Range) -> PyResult<i64> {
    if x < range.low {
        return overflow(vm, &format!("{} is less than minimum", range.name));
    }
    if x > range.high {
        return overflow(vm, &format!("{} is greater than maximum", range.name));
    }
    Ok(x)
}

fn ranged(vm: &mut Machine, value: Obj, range: &Range) -> PyResult<i64> {
    let x = long(vm, value)?;
    within(vm, x, range)
}

/// `PyLong_AsLong`
fn long(vm: &mut Machine, value: Obj) -> PyResult<i64> {
    let index = vm.number_index(value)?;
    let x = vm.as_i64(index);
    vm.decref(index);
    match x {
        Some(x) => Ok(x),
        None => overflow(vm, "Python int too large to convert to C long"),
    }
}

/// `PyLong_AsUnsignedLong`
fn unsigned(vm: &mut Machine, value: Obj) -> PyResult<u64> {
    let index = vm.number_index(value)?;
    let (negative, x) = (
        vm.int_is_negative(index),
        vm.as_int(index).and_then(|x| x.to_u64()),
    );
    vm.decref(index);
    match x {
        Some(x) => Ok(x),
        None if negative => overflow(vm, "can't convert negative value to unsigned int"),
        None => overflow(vm, "Python int too large to convert to C unsigned long"),
    }
}

/// `PyLong_AsLongLong` and its unsigned twin.
fn quad(vm: &mut Machine, value: Obj, signed: bool) -> PyResult<u64> {
    let index = vm.number_index(value)?;
    let negative = vm.int_is_negative(index);
    let x = vm.as_int(index);
    vm.decref(index);
    let bits = x.and_then(|x| match signed {
        true => x.to_i64().map(|x| x as u64),
        false => x.to_u64(),
    });
    match bits {
        Some(bits) => Ok(bits),
        None if negative && !signed => overflow(vm, "can't convert negative int to unsigned"),
        None => overflow(vm, "int too big to convert"),
    }
}
