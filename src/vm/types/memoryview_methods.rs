//! A memoryview's methods and attributes.

use super::bytearray::ByteArray;
use super::memoryview::{MemoryView, view_bytes};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

fn bytes(vm: &mut Machine, this: Obj) -> PyResult<Vec<u8>> {
    let view = vm.open_view(this)?;
    Ok(view_bytes(vm, &view).unwrap_or_default())
}

pub fn release(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if let Some(view) = vm.heap.native_mut::<MemoryView>(this) {
        let buffer = std::mem::replace(&mut view.buffer, NULL);
        view.obj = NULL;
        vm.xdecref(buffer);
    }
    Ok(vm.new_none())
}

pub fn enter(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    vm.open_view(this)?;
    Ok(vm.new_ref(this))
}

pub fn exit(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    release(vm, this, args)
}

pub fn tobytes(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [order] = vm.unpack("tobytes", args, &[opt("order")])?;
    let data = bytes(vm, this)?;
    if !order.is_null() && order != vm.none {
        vm.str_argument("tobytes", "argument 'order'", order)?;
        if !matches!(vm.text(order).as_str(), "C" | "F" | "A") {
            return vm.value_error("order must be 'C', 'F' or 'A'");
        }
    }
    Ok(vm.new_bytes(data))
}

pub fn hex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    vm.open_view(this)?;
    super::bytes_hex::hex(vm, this, args)
}

pub fn tolist(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    let data = view_bytes(vm, &view).unwrap_or_default();
    let items = data
        .into_iter()
        .map(|b| vm.view_item(view.format, b))
        .collect();
    Ok(vm.new_list(items))
}

pub fn toreadonly(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_view(MemoryView {
        readonly: true,
        ..view
    }))
}

/// Only between formats of one byte.
pub fn cast(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [format, shape] = vm.unpack("cast", args, &[req("format"), opt("shape")])?;
    let view = vm.open_view(this)?;
    vm.str_argument("cast", "argument 'format'", format)?;
    if !shape.is_null() {
        return vm.unsupported("memoryview.cast with a shape".to_string());
    }
    let text = vm.text(format);
    match text.strip_prefix('@').unwrap_or(&text) {
        kind @ ("B" | "b" | "c" | "?") => {
            let format = kind.as_bytes()[0];
            Ok(vm.new_view(MemoryView { format, ..view }))
        }
        "h" | "H" | "i" | "I" | "l" | "L" | "q" | "Q" | "n" | "N" | "f" | "d" | "P" => {
            vm.unsupported(format!("memoryview.cast to '{text}'"))
        }
        _ => vm.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'"),
    }
}

pub fn obj(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let obj = vm.open_view(this)?.obj;
    Ok(vm.new_ref(obj))
}

pub fn nbytes(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let len = vm.open_view(this)?.len;
    Ok(vm.new_int(len as i64))
}

pub fn readonly(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let readonly = vm.open_view(this)?.readonly;
    Ok(vm.new_bool(readonly))
}

pub fn itemsize(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.open_view(this)?;
    Ok(vm.new_int(1))
}

pub fn format(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let format = vm.open_view(this)?.format;
    Ok(vm.new_string(char::from(format).to_string()))
}

pub fn ndim(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.open_view(this)?;
    Ok(vm.new_int(1))
}

pub fn shape(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let len = vm.open_view(this)?.len;
    let len = vm.new_int(len as i64);
    Ok(vm.new_tuple(vec![len]))
}

pub fn strides(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let step = vm.open_view(this)?.step;
    let step = vm.new_int(step as i64);
    Ok(vm.new_tuple(vec![step]))
}

pub fn suboffsets(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.open_view(this)?;
    Ok(vm.new_tuple(Vec::new()))
}

pub fn contiguous(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_bool(view.step == 1 || view.len < 2))
}

/// Writes bytes at places of a view of a bytearray.
pub fn store(vm: &mut Machine, view: &MemoryView, from: isize, step: isize, data: &[u8]) {
    if let Some(array) = vm.heap.native_mut::<ByteArray>(view.obj) {
        for (n, byte) in data.iter().enumerate() {
            let place = view.start + (from + n as isize * step) * view.step;
            array.data[place as usize] = *byte;
        }
    }
}

/// `memory_ass_sub`
pub fn set_subscript(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    let view = vm.open_view(this)?;
    if view.readonly {
        return vm.type_error("cannot modify read-only memory".to_string());
    }
    if value.is_null() {
        return vm.type_error("cannot delete memory".to_string());
    }
    if vm.slots_of(key).nb_index.is_some() {
        let index = vm.index_clamped(key, vm.types.index_error)?;
        let index = if index < 0 {
            index + view.len as isize
        } else {
            index
        };
        if index < 0 || index >= view.len as isize {
            return vm.raise(
                vm.types.index_error,
                "index out of bounds on dimension 1".to_string(),
            );
        }
        let byte = item_byte(vm, view.format, value)?;
        vm.open_view(this)?;
        store(vm, &view, index, 1, &[byte]);
        return Ok(());
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        return vm.type_error("memoryview: invalid slice key".to_string());
    }
    let Some(data) = vm.buffer(value) else {
        let name = vm.type_name(value);
        return vm.type_error(format!("a bytes-like object is required, not '{name}'"));
    };
    let (start, _, step, count) = vm.slice_indices(key, view.len)?;
    if data.len() != count {
        return vm
            .value_error("memoryview assignment: lvalue and rvalue have different structures");
    }
    store(vm, &view, start, step, &data);
    Ok(())
}

/// A value as the byte that stands for it (`pack_single`).
fn item_byte(vm: &mut Machine, format: u8, value: Obj) -> PyResult<u8> {
    let format_name = char::from(format);
    let wrong_type = |vm: &mut Machine| {
        vm.type_error(format!(
            "memoryview: invalid type for format '{format_name}'"
        ))
    };
    let wrong_value = |vm: &mut Machine| {
        vm.value_error(&format!(
            "memoryview: invalid value for format '{format_name}'"
        ))
    };
    match format {
        b'c' => match vm.heap.bytes_of(value).map(|b| b.data.to_vec()) {
            Some(data) if data.len() == 1 => Ok(data[0]),
            Some(_) => wrong_value(vm),
            None => wrong_type(vm),
        },
        b'?' => Ok(u8::from(vm.is_true(value)?)),
        _ => {
            if vm.slots_of(value).nb_index.is_none() {
                return wrong_type(vm);
            }
            let number = vm.index_clamped(value, NULL)?;
            let byte = if format == b'b' {
                i8::try_from(number).ok().map(|b| b as u8)
            } else {
                u8::try_from(number).ok()
            };
            match byte {
                Some(byte) => Ok(byte),
                None => wrong_value(vm),
            }
        }
    }
}
