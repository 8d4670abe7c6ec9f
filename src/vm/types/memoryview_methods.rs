//! A memoryview's methods and attributes.

use super::bytearray::ByteArray;
use super::memoryview::{MemoryView, view_bytes};
use super::memoryview_items::{format_size, is_byte_format, is_native_format};
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
    let mark = vm.mark();
    for item in data.chunks(view.item_size()) {
        match vm.view_item(&view, item) {
            Ok(item) => vm.hold(item),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
    }
    let items = vm.stack[mark..vm.top].to_vec();
    vm.stack[mark..vm.top].fill(NULL);
    vm.top = mark;
    Ok(vm.new_list(items))
}

pub fn toreadonly(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_view(MemoryView {
        readonly: true,
        ..view
    }))
}

/// From bytes to items or back (`cast_to_1D`).
pub fn cast(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [format, shape] = vm.unpack("cast", args, &[req("format"), opt("shape")])?;
    let view = vm.open_view(this)?;
    vm.str_argument("cast", "argument 'format'", format)?;
    if !shape.is_null() {
        return vm.unsupported("memoryview.cast with a shape".to_string());
    }
    if view.step != view.item_size() as isize && view.len > 1 {
        return vm.type_error("memoryview: casts are restricted to C-contiguous views".to_string());
    }
    let text = vm.text(format);
    let letter = text.strip_prefix('@').unwrap_or(&text);
    if !is_native_format(letter) {
        return vm.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'");
    }
    let format = letter.as_bytes()[0];
    if !is_byte_format(format) && !is_byte_format(view.format) {
        return vm.type_error("memoryview: cannot cast between two non-byte formats".to_string());
    }
    let bytes = view.len * view.item_size();
    let size = format_size(format);
    if bytes % size != 0 {
        return vm.type_error("memoryview: length is not a multiple of itemsize".to_string());
    }
    Ok(vm.new_view(MemoryView {
        format,
        marked: text.starts_with('@'),
        step: size as isize,
        len: bytes / size,
        ..view
    }))
}

pub fn obj(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let obj = vm.open_view(this)?.obj;
    Ok(vm.new_ref(obj))
}

pub fn nbytes(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_int((view.len * view.item_size()) as i64))
}

pub fn readonly(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let readonly = vm.open_view(this)?.readonly;
    Ok(vm.new_bool(readonly))
}

pub fn itemsize(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let size = vm.open_view(this)?.item_size();
    Ok(vm.new_int(size as i64))
}

pub fn format(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let format = vm.open_view(this)?.format_text();
    Ok(vm.new_string(format))
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
    Ok(vm.new_bool(view.step == view.item_size() as isize || view.len < 2))
}

/// Writes whole items at places of a view of something that can be written to; counts are in items.
pub fn store(vm: &mut Machine, view: &MemoryView, from: isize, step: isize, data: &[u8]) {
    let size = view.item_size();
    let all = if let Some(array) = vm.heap.array_mut(view.obj) {
        &mut array.data
    } else if let Some(array) = vm.heap.native_mut::<ByteArray>(view.obj) {
        &mut array.data
    } else {
        return;
    };
    for (n, item) in data.chunks_exact(size).enumerate() {
        let place = (view.start + (from + n as isize * step) * view.step) as usize;
        all[place..place + size].copy_from_slice(item);
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
        let item = vm.pack_view_item(&view, value)?;
        vm.open_view(this)?;
        store(vm, &view, index, 1, &item);
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
    // A buffer that knows no formats of its own is of unsigned bytes.
    let format = vm.buffer_format(value);
    if data.len() != count * view.item_size() || format != view.format {
        return vm
            .value_error("memoryview assignment: lvalue and rvalue have different structures");
    }
    store(vm, &view, start, step, &data);
    Ok(())
}
