//! Single values to and from bytes. A value is packed as little endian; the caller turns it round.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::format::{Layout, Run};
use super::half::{from_half, to_half};
use super::struct_error;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

/// An int, or what `__index__` makes of something else.
fn integer(vm: &mut Machine, o: Obj) -> PyResult<BigInt> {
    if !vm.is_int(o) && vm.slots_of(o).nb_index.is_none() {
        return struct_error(vm, "required argument is not an integer".to_string());
    }
    let index = vm.number_index(o)?;
    let value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    Ok(value)
}

fn out_of_range<T>(vm: &mut Machine) -> PyResult<T> {
    struct_error(vm, "argument out of range".to_string())
}

/// An integer format: letter, size in bytes, whether it has a sign.
fn pack_integer(
    vm: &mut Machine,
    o: Obj,
    letter: u8,
    size: usize,
    big_endian: bool,
) -> PyResult<Vec<u8>> {
    let value = integer(vm, o)?;
    let signed = letter.is_ascii_lowercase();
    if matches!(letter, b'b' | b'B') || (matches!(letter, b'h' | b'H') && !big_endian) {
        return pack_small(vm, &value, letter);
    }
    if letter == b'P' {
        let bits = value.to_i64().map(|v| v as u64).or_else(|| value.to_u64());
        return match bits {
            Some(bits) => Ok(bits.to_le_bytes().to_vec()),
            None => too_large(vm),
        };
    }
    let bits = if signed {
        value.to_i64().map(|v| v as u64)
    } else {
        value.to_u64()
    };
    let Some(bits) = bits else {
        return match big_endian && size == 8 {
            true => too_large(vm),
            false => out_of_range(vm),
        };
    };
    if size < 8 {
        let values = 1 << (8 * size);
        let (least, most) = if signed {
            (-values / 2, values / 2 - 1)
        } else {
            (0, values - 1)
        };
        if !value.to_i64().is_some_and(|v| (least..=most).contains(&v)) {
            let letter = char::from(letter);
            return struct_error(
                vm,
                format!("'{letter}' format requires {least} <= number <= {most}"),
            );
        }
    }
    Ok(bits.to_le_bytes()[..size].to_vec())
}

fn pack_small(vm: &mut Machine, value: &BigInt, letter: u8) -> PyResult<Vec<u8>> {
    let Some(value) = value.to_i64() else {
        return out_of_range(vm);
    };
    let (range, message) = match letter {
        b'b' => (-128..=127, "byte format requires -128 <= number <= 127"),
        b'B' => (0..=255, "ubyte format requires 0 <= number <= 255"),
        b'h' => (
            -0x8000..=0x7fff,
            "short format requires (-0x7fff - 1) <= number <= 0x7fff",
        ),
        _ => (
            0..=0xffff,
            "ushort format requires 0 <= number <= (0x7fff * 2 + 1)",
        ),
    };
    if !range.contains(&value) {
        return struct_error(vm, message.to_string());
    }
    let size = if letter.eq_ignore_ascii_case(&b'b') {
        1
    } else {
        2
    };
    Ok(value.to_le_bytes()[..size].to_vec())
}

fn too_large<T>(vm: &mut Machine) -> PyResult<T> {
    struct_error(vm, "int too large to convert".to_string())
}

fn pack_float(vm: &mut Machine, o: Obj, letter: u8, native: bool) -> PyResult<Vec<u8>> {
    let value = match vm.as_f64(o) {
        Ok(value) => value,
        Err(_) if vm.interrupt.is_none() => {
            vm.clear_exception();
            return struct_error(vm, "required argument is not a float".to_string());
        }
        Err(thrown) => return Err(thrown),
    };
    let narrow = value as f32;
    let value = if native {
        value
    } else {
        pack_unknown(vm, value, letter)?
    };
    let narrow = if value == 0.0 { value as f32 } else { narrow };
    match letter {
        b'd' => Ok(value.to_le_bytes().to_vec()),
        b'f' if native || narrow.is_finite() || !value.is_finite() => {
            Ok(narrow.to_le_bytes().to_vec())
        }
        b'e' if let Some(half) = to_half(value) => Ok(half.to_le_bytes().to_vec()),
        _ if vm.is_int(o) => too_large(vm),
        _ => {
            let letter = char::from(letter);
            vm.raise(
                vm.types.overflow_error,
                format!("float too large to pack with {letter} format"),
            )
        }
    }
}

/// The bytes of a text argument.
fn text(vm: &mut Machine, o: Obj, letter: u8) -> PyResult<Vec<u8>> {
    if vm.heap.bytes_of(o).is_none() && !vm.is_bytearray(o) {
        let letter = char::from(letter);
        return struct_error(
            vm,
            format!("argument for '{letter}' must be a bytes object"),
        );
    }
    vm.bytes_like(o)
}

/// One value into its place, which is as long as the run's items are.
pub fn pack(
    vm: &mut Machine,
    layout: &Layout,
    run: &Run,
    o: Obj,
    place: &mut [u8],
) -> PyResult<()> {
    let mut data = match run.letter {
        b'c' => match vm.heap.bytes_of(o).map(|b| b.data.to_vec()) {
            Some(data) if data.len() == 1 => data,
            _ => {
                return struct_error(
                    vm,
                    "char format requires a bytes object of length 1".to_string(),
                );
            }
        },
        b'?' => vec![u8::from(vm.is_true(o)?)],
        b's' => {
            let mut data = text(vm, o, b's')?;
            data.resize(run.size, 0);
            place.copy_from_slice(&data);
            return Ok(());
        }
        b'p' => {
            let data = text(vm, o, b'p')?;
            if let Some((first, rest)) = place.split_first_mut() {
                let n = data.len().min(rest.len());
                rest[..n].copy_from_slice(&data[..n]);
                *first = n.min(255) as u8;
            }
            return Ok(());
        }
        b'e' | b'f' | b'd' => pack_float(vm, o, run.letter, layout.native)?,
        letter => pack_integer(vm, o, letter, run.size, layout.big_endian)?,
    };
    if layout.big_endian {
        data.reverse();
    }
    place.copy_from_slice(&data);
    Ok(())
}

/// Whether C's type behind a letter has a format that nothing is known of.
fn is_unknown(vm: &Machine, letter: u8) -> bool {
    let [double, float] = vm.unknown_float_formats;
    letter == b'd' && double || letter == b'f' && float
}

/// A number taken to pieces because the format is not known: only finite ones can be, and zero loses its sign.
fn pack_unknown(vm: &mut Machine, value: f64, letter: u8) -> PyResult<f64> {
    if !is_unknown(vm, letter) {
        return Ok(value);
    }
    if !value.is_finite() {
        return vm.raise(
            vm.types.system_error,
            "frexp() result out of range".to_string(),
        );
    }
    Ok(if value == 0.0 { 0.0 } else { value })
}

/// One value of its bytes; owned.
pub fn unpack(vm: &mut Machine, layout: &Layout, run: &Run, place: &[u8]) -> PyResult<Obj> {
    match run.letter {
        b's' | b'c' => return Ok(vm.new_bytes(place.to_vec())),
        b'p' => {
            let Some((first, rest)) = place.split_first() else {
                return vm.raise(
                    vm.types.system_error,
                    "Negative size passed to PyBytes_FromStringAndSize".to_string(),
                );
            };
            let n = usize::from(*first).min(rest.len());
            return Ok(vm.new_bytes(rest[..n].to_vec()));
        }
        b'?' => return Ok(vm.new_bool(place[0] != 0)),
        _ => {}
    }
    let mut wide = [0; 8];
    wide[..place.len()].copy_from_slice(place);
    if layout.big_endian {
        wide[..place.len()].reverse();
    }
    let bits = u64::from_le_bytes(wide);
    let special = match run.letter {
        b'd' => !f64::from_bits(bits).is_finite(),
        b'f' => !f32::from_bits(bits as u32).is_finite(),
        _ => false,
    };
    if special && !layout.native && is_unknown(vm, run.letter) {
        return vm.value_error("can't unpack IEEE 754 special value on non-IEEE platform");
    }
    Ok(match run.letter {
        b'e' => vm.new_float(from_half(bits as u16)),
        b'f' => vm.new_float(f64::from(f32::from_bits(bits as u32))),
        b'd' => vm.new_float(f64::from_bits(bits)),
        letter if letter.is_ascii_lowercase() => {
            let unused = 64 - 8 * place.len() as u32;
            vm.new_int((bits << unused) as i64 >> unused)
        }
        _ => vm.new_big_int(bits.into()),
    })
}
