//! Pickling: an array travels as its bytes with a code for the machine that wrote them, or, in old protocols, as a list.

use super::*;
use crate::heap::payload::str::StrObj;
use crate::vm::types::codecs::{Codec, decode_as};

/// What the bytes of a machine format mean.
#[derive(Clone, Copy)]
enum Format {
    Int {
        size: usize,
        signed: bool,
        big: bool,
    },
    Float {
        size: usize,
        big: bool,
    },
    Text(Codec),
}

/// The formats of other machines, by their numbers (`mformatdescriptors`).
fn format(code: i64) -> Option<Format> {
    let big = code % 2 == 1;
    Some(match code {
        0 | 1 => Format::Int {
            size: 1,
            signed: code == 1,
            big: false,
        },
        2..=13 => Format::Int {
            size: 2 << ((code - 2) / 4),
            signed: (code - 2) % 4 >= 2,
            big,
        },
        14 | 15 => Format::Float { size: 4, big },
        16 | 17 => Format::Float { size: 8, big },
        18 => Format::Text(Codec::Utf16Le),
        19 => Format::Text(Codec::Utf16Be),
        20 => Format::Text(Codec::Utf32Le),
        21 => Format::Text(Codec::Utf32Be),
        _ => return None,
    })
}

/// The machine format of a type code here (`typecode_to_mformat_code`).
fn format_code(code: u8) -> i64 {
    match code {
        b'B' => 0,
        b'b' => 1,
        b'H' => 2,
        b'h' => 4,
        b'I' => 6,
        b'i' => 8,
        b'L' | b'Q' => 10,
        b'l' | b'q' => 12,
        b'f' => 14,
        b'd' => 16,
        _ => 20,
    }
}

pub fn reduce_ex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let protocol = args.get(vm, 0);
    if !vm.is_int(protocol) {
        return vm.type_error("__reduce_ex__ argument should be an integer".to_string());
    }
    let Some(protocol) = vm.as_i64(protocol) else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        );
    };
    let dict = match vm.lookup_attr(this, vm.names.__dict__)? {
        Some(dict) => dict,
        None => vm.new_none(),
    };
    vm.hold(dict);
    let class = vm.heap.ty(this);
    let code = array(vm, this).code;
    let letter = vm.new_string(char::from(code).to_string());
    let parts = if protocol < 3 {
        let list = match transfer::tolist(vm, this, Args::none()) {
            Ok(list) => list,
            Err(thrown) => {
                vm.decref(letter);
                return vm.let_go(Err(thrown));
            }
        };
        let arguments = vm.new_tuple(vec![letter, list]);
        vec![vm.new_ref(class), arguments]
    } else {
        let format = vm.new_int(format_code(code));
        let data = array(vm, this).data.clone();
        let data = vm.new_bytes(data);
        let class = vm.new_ref(class);
        let arguments = vm.new_tuple(vec![class, letter, format, data]);
        let function = vm.module_state[RECONSTRUCTOR];
        vec![vm.new_ref(function), arguments]
    };
    let dict = vm.unhold();
    let parts = [parts, vec![dict]].concat();
    Ok(vm.new_tuple(parts))
}

/// `_array_reconstructor(class, type code, machine format, bytes)`
pub fn reconstruct(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [class, letter, format_number, items] = [0, 1, 2, 3].map(|i| args.get(vm, i));
    let code = code_argument(vm, "_array_reconstructor", 2, letter)?;
    let index = vm.number_index(format_number)?;
    let number = vm.as_i64(index);
    vm.decref(index);
    let Some(number) = number else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        );
    };
    if !vm.heap.is_class(class) {
        let name = vm.type_name(class);
        return vm.type_error(format!("first argument must be a type object, not {name}"));
    }
    let own = vm.module_type(&SPEC);
    if !vm.is_subtype(class, own) {
        let name = vm.class_name(class);
        return vm.type_error(format!("{name} is not a subtype of array.array"));
    }
    if !is_type_code(code) {
        return vm.value_error("second argument must be a valid type code");
    }
    let Some(format) = format(number) else {
        return vm.value_error("third argument must be a valid machine format code.");
    };
    let Some(data) = vm.heap.bytes_of(items).map(|b| b.data.to_vec()) else {
        let name = vm.type_name(items);
        return vm.type_error(format!("fourth argument should be bytes, not {name}"));
    };
    if number == format_code(code as u8) {
        return make(vm, class, code as u8, items);
    }
    convert(vm, class, code as u8, format, &data)
}

/// What another machine wrote, as an array of this one.
fn convert(vm: &mut Machine, class: Obj, code: u8, format: Format, data: &[u8]) -> PyResult<Obj> {
    let size = match format {
        Format::Int { size, .. } | Format::Float { size, .. } => size,
        // As CPython's table has it: twice what a unit takes.
        Format::Text(codec) => 2 * codec.unit(),
    };
    if !data.len().is_multiple_of(size) {
        return vm.value_error("string length not a multiple of item size");
    }
    let chunk = |item: &[u8], big: bool, fill: u8| {
        let mut wide = [fill; 8];
        wide[..size].copy_from_slice(item);
        if big {
            wide[..size].reverse();
        }
        u64::from_le_bytes(wide)
    };
    let (code, values): (u8, Vec<Obj>) = match format {
        Format::Text(codec) => {
            let decoded = decode_as(vm, codec, data, NULL, true)?;
            let text = vm.new_str_obj(StrObj::from_points(decoded.points));
            return vm.with_held(text, |vm, text| make_checked(vm, class, code, text));
        }
        Format::Float { big, .. } => {
            let values = data.chunks(size).map(|item| chunk(item, big, 0));
            let values = values
                .map(|bits| match size {
                    4 => f64::from(f32::from_bits(bits as u32)),
                    _ => f64::from_bits(bits),
                })
                .map(|value| vm.new_float(value));
            (code, values.collect())
        }
        Format::Int { signed, big, .. } => {
            let unused = 64 - 8 * size as u32;
            let values = data.chunks(size).map(|item| chunk(item, big, 0));
            let values = values.map(|bits| match signed {
                true => vm.new_int((bits << unused) as i64 >> unused),
                false => vm.new_big_int(bits.into()),
            });
            let values = values.collect();
            // The kind of this machine that is as wide; of two the later in the table.
            let fitting = TYPE_CODES.bytes().rfind(|c| {
                !matches!(c, b'u' | b'f' | b'd')
                    && item_size(*c) == size
                    && c.is_ascii_lowercase() == signed
            });
            (fitting.unwrap_or(code), values)
        }
    };
    let list = vm.new_list(values);
    vm.with_held(list, |vm, list| make_checked(vm, class, code, list))
}

/// `make_array`: with the checks that the constructor makes.
fn make_checked(vm: &mut Machine, class: Obj, code: u8, items: Obj) -> PyResult<Obj> {
    check_initial(vm, u32::from(code), items)?;
    make(vm, class, code, items)
}
