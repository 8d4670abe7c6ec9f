//! Writing None, numbers, text and bytes.

use super::opcodes::*;
use super::output::{op, write, write_payload};
use super::pickler::parts;
use super::save::memo_put;
use super::{buffer, kept, pickling_error, save_reduce};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::types::float_format::float_repr;
use crate::vm::types::int_parse;
use crate::vm::types::memoryview::MemoryView;
use crate::vm::{Machine, PyResult};

/// None, bool, int and float are written again each time; false if it is none of them.
pub fn save_atom(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<bool> {
    match vm.heap.payload(o) {
        Payload::None => op(vm, p, NONE),
        Payload::Bool(value) => {
            let value = *value;
            match (parts(vm, p).proto >= 2, value) {
                (true, true) => op(vm, p, NEWTRUE),
                (true, false) => op(vm, p, NEWFALSE),
                (false, true) => write(vm, p, b"I01\n"),
                (false, false) => write(vm, p, b"I00\n"),
            }
        }
        Payload::Int(_) | Payload::BigInt(_) if vm.heap.ty(o) == vm.types.int => {
            save_int(vm, p, o)?
        }
        Payload::Float(value) if vm.heap.ty(o) == vm.types.float => {
            let value = *value;
            save_float(vm, p, value);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn save_int(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let (proto, binary) = (parts(vm, p).proto, parts(vm, p).bin != 0);
    if let Some(value) = vm.as_i64(o).and_then(|v| i32::try_from(v).ok()) {
        let bytes = value.to_le_bytes();
        match value {
            _ if !binary => write(vm, p, format!("I{value}\n").as_bytes()),
            0..=0xff => write(vm, p, &[BININT1, bytes[0]]),
            0x100..=0xffff => write(vm, p, &[BININT2, bytes[0], bytes[1]]),
            _ => write(vm, p, &[BININT, bytes[0], bytes[1], bytes[2], bytes[3]]),
        }
        return Ok(());
    }
    if proto < 2 {
        let text = int_parse::decimal(vm, o)?;
        write(vm, p, format!("L{text}L\n").as_bytes());
        return Ok(());
    }
    let digits = vm.as_int(o).unwrap_or_default().to_signed_bytes_le();
    match u8::try_from(digits.len()) {
        Ok(len) => write(vm, p, &[LONG1, len]),
        Err(_) if digits.len() > 0x7fff_ffff => {
            return vm.raise(
                vm.types.overflow_error,
                "int too large to pickle".to_string(),
            );
        }
        Err(_) => {
            op(vm, p, LONG4);
            write(vm, p, &(digits.len() as u32).to_le_bytes());
        }
    }
    write(vm, p, &digits);
    Ok(())
}

fn save_float(vm: &mut Machine, p: Obj, value: f64) {
    if parts(vm, p).bin != 0 {
        op(vm, p, BINFLOAT);
        write(vm, p, &value.to_be_bytes());
    } else {
        write(vm, p, format!("F{}\n", float_repr(value)).as_bytes());
    }
}

/// Opcode and length in as few bytes as there is an opcode for.
fn header(len: usize, short: Option<u8>, middle: Option<u8>, long: u8) -> Vec<u8> {
    let mut header = Vec::new();
    match (short, middle) {
        (Some(short), _) if len <= 0xff => header.extend([short, len as u8]),
        (_, Some(middle)) if len <= 0xffff_ffff => {
            header.push(middle);
            header.extend_from_slice(&(len as u32).to_le_bytes());
        }
        _ => {
            header.push(long);
            header.extend_from_slice(&(len as u64).to_le_bytes());
        }
    }
    header
}

/// Bytes before protocol 3 are what `codecs.encode` makes of a text.
pub fn save_bytes(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let data = vm.buffer(o).map(|b| b.to_vec()).unwrap_or_default();
    if parts(vm, p).proto >= 3 {
        return save_bytes_data(vm, p, o, &data, o);
    }
    let recipe = if data.is_empty() {
        let args = vm.new_tuple(Vec::new());
        let class = vm.new_ref(vm.types.bytes);
        vm.new_tuple(vec![class, args])
    } else {
        let text = vm.new_str_obj(crate::heap::payload::StrObj::from_points(
            data.iter().map(|b| u32::from(*b)),
        ));
        let codec = vm.intern("latin1");
        let args = vm.new_tuple(vec![text, codec]);
        let encode = kept(vm, "_pickle.encode");
        let encode = vm.new_ref(encode);
        vm.new_tuple(vec![encode, args])
    };
    vm.with_held(recipe, |vm, recipe| {
        save_reduce::save_reduce(vm, p, recipe, o)
    })
}

/// `payload` is the bytes object that may go to the file as it is, or NULL.
fn save_bytes_data(vm: &mut Machine, p: Obj, o: Obj, data: &[u8], payload: Obj) -> PyResult<()> {
    let header = header(data.len(), Some(SHORT_BINBYTES), Some(BINBYTES), BINBYTES8);
    write_payload(vm, p, &header, data, payload)?;
    memo_put(vm, p, o);
    Ok(())
}

pub fn save_bytearray(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let data = vm.buffer(o).map(|b| b.to_vec()).unwrap_or_default();
    if parts(vm, p).proto >= 5 {
        return save_bytearray_data(vm, p, o, &data);
    }
    let args = if data.is_empty() {
        Vec::new()
    } else {
        vec![vm.new_bytes(data)]
    };
    let args = vm.new_tuple(args);
    let class = vm.new_ref(vm.types.bytearray);
    let recipe = vm.new_tuple(vec![class, args]);
    vm.with_held(recipe, |vm, recipe| {
        save_reduce::save_reduce(vm, p, recipe, o)
    })
}

fn save_bytearray_data(vm: &mut Machine, p: Obj, o: Obj, data: &[u8]) -> PyResult<()> {
    let header = header(data.len(), None, None, BYTEARRAY8);
    write_payload(vm, p, &header, data, NULL)?;
    memo_put(vm, p, o);
    Ok(())
}

/// A buffer travels beside the pickle if the callback says so, else inside as bytes or bytearray.
pub fn save_buffer(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    if parts(vm, p).proto < 5 {
        return pickling_error(
            vm,
            "PickleBuffer can only pickled with protocol >= 5".to_string(),
        );
    }
    let view = buffer::view(vm, o)?;
    let readonly = vm
        .heap
        .native::<MemoryView>(view)
        .is_none_or(|v| v.readonly);
    let data = vm.bytes_like(view)?;
    let contiguous = vm.get_attr_str(view, "contiguous")?;
    let contiguous = vm.take_truth(contiguous)?;
    if !contiguous {
        return pickling_error(
            vm,
            "PickleBuffer can not be pickled when pointing to a non-contiguous buffer".to_string(),
        );
    }
    let callback = parts(vm, p).buffer_callback;
    let mut inside = true;
    if !callback.is_null() {
        vm.hold_ref(callback);
        let answer = vm.call(callback, &[o]);
        let answer = vm.let_go(answer)?;
        inside = vm.take_truth(answer)?;
    }
    match (inside, readonly) {
        (true, true) => save_bytes_data(vm, p, o, &data, NULL),
        (true, false) => save_bytearray_data(vm, p, o, &data),
        (false, true) => {
            write(vm, p, &[NEXT_BUFFER, READONLY_BUFFER]);
            Ok(())
        }
        (false, false) => {
            op(vm, p, NEXT_BUFFER);
            Ok(())
        }
    }
}

/// Text is UTF-8 with lone surrogates as they are, or in protocol 0 a line of latin-1 with escapes.
pub fn save_str(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let text = vm.heap.str(o).cloned().expect("its type is str");
    if parts(vm, p).bin == 0 {
        let mut line = vec![UNICODE];
        for point in text.points() {
            match point {
                0 | 0x0a | 0x0d | 0x1a | 0x5c | 0x100..=0xffff => {
                    line.extend(format!("\\u{point:04x}").bytes())
                }
                0..=0xff => line.push(point as u8),
                _ => line.extend(format!("\\U{point:08x}").bytes()),
            }
        }
        line.push(b'\n');
        write(vm, p, &line);
    } else {
        let short = (parts(vm, p).proto >= 4).then_some(SHORT_BINUNICODE);
        let header = header(text.bytes().len(), short, Some(BINUNICODE), BINUNICODE8);
        write_payload(vm, p, &header, text.bytes(), NULL)?;
    }
    memo_put(vm, p, o);
    Ok(())
}
