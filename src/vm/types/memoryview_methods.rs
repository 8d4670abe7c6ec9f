//! A memoryview's methods and attributes.

use super::bytearray::ByteArray;
use super::memoryview::{ManagedBuffer, MemoryView, view_bytes};
use super::memoryview_dims::{self as dims, Inner};
use super::memoryview_items::{format_size, is_byte_format, is_native_format};
use crate::heap::payload::native::Native;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

pub fn release(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Some(view) = vm.heap.native_mut::<MemoryView>(this) else {
        return Ok(vm.new_none());
    };
    let Some(buffer) = std::mem::replace(&mut view.buffer, NULL).some() else {
        return Ok(vm.new_none());
    };
    view.obj = NULL;
    if vm.heap.rc(buffer) > 1 {
        // The object is let go of with the last view.
        vm.decref(buffer);
        return Ok(vm.new_none());
    }
    if let Some(view) = vm.heap.native_mut::<MemoryView>(this) {
        view.spent = buffer;
    }
    if let Some(managed) = vm.heap.native_mut::<ManagedBuffer>(buffer) {
        for o in managed.take() {
            vm.xdecref(o);
        }
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
    let view = vm.open_view(this)?;
    let mut data = view_bytes(vm, &view).unwrap_or_default();
    if !order.is_null() && order != vm.none {
        if vm.heap.str(order).is_none() {
            let got = vm.type_name(order);
            return vm.type_error(format!("tobytes() argument 'order' must be str or None, not {got}"));
        }
        if !matches!(vm.text(order).as_str(), "C" | "F" | "A") {
            return vm.value_error("order must be 'C', 'F' or 'A'");
        }
        let order = vm.text(order);
        if order == "F" || order == "A" && view.is_f_contiguous() {
            data = dims::in_fortran_order(&view, &data);
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
    super::memoryview_dims::nested_list(vm, &view, &view.dims(), &data)
}

pub fn toreadonly(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_view(MemoryView {
        readonly: true,
        ..view
    }))
}

/// From bytes to items or back (`cast_to_1D`), then to a shape (`cast_to_ND`).
pub fn cast(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [format, shape] = vm.unpack("cast", args, &[req("format"), opt("shape")])?;
    let view = vm.open_view(this)?;
    vm.str_argument("cast", "argument 'format'", format)?;
    if !view.is_c_contiguous() {
        return vm.type_error("memoryview: casts are restricted to C-contiguous views".to_string());
    }
    let dims = view.dims();
    if (!shape.is_null() || dims.len() != 1) && dims.contains(&0) {
        return vm.type_error("memoryview: cannot cast view with zeros in shape or strides".to_string());
    }
    let shape = super::memoryview_dims::shape_argument(vm, &view, shape)?;
    let text = vm.text(format);
    let letter = text.strip_prefix('@').unwrap_or(&text);
    if !is_native_format(letter) {
        return vm.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'");
    }
    let format = letter.as_bytes()[0];
    if !is_byte_format(format) && !is_byte_format(view.format) {
        return vm.type_error("memoryview: cannot cast between two non-byte formats".to_string());
    }
    let bytes = view.byte_len();
    let size = format_size(format);
    if bytes % size != 0 {
        return vm.type_error("memoryview: length is not a multiple of itemsize".to_string());
    }
    let flat = MemoryView {
        format,
        marked: text.starts_with('@'),
        step: size as isize,
        len: bytes / size,
        inner: Inner::Item,
        ..view
    };
    let shaped = match shape {
        Some(shape) => super::memoryview_dims::cast_to_shape(vm, flat, &shape)?,
        None => flat,
    };
    Ok(vm.new_view(shaped))
}

pub fn obj(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    let buffer = vm.heap.native::<ManagedBuffer>(view.buffer);
    let lender = buffer.and_then(|buffer| buffer.lender.some());
    Ok(vm.new_ref(lender.unwrap_or(view.obj)))
}

pub fn nbytes(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_int(view.byte_len() as i64))
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
    let n = vm.open_view(this)?.dims().len();
    Ok(vm.new_int(n as i64))
}

pub fn shape(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dims = vm.open_view(this)?.dims();
    let dims = dims.iter().map(|n| vm.new_int(*n as i64)).collect();
    Ok(vm.new_tuple(dims))
}

pub fn strides(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let strides = vm.open_view(this)?.strides();
    let strides = strides.iter().map(|n| vm.new_int(*n as i64)).collect();
    Ok(vm.new_tuple(strides))
}

pub fn suboffsets(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.open_view(this)?;
    Ok(vm.new_tuple(Vec::new()))
}

pub fn contiguous(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    Ok(vm.new_bool(view.is_c_contiguous() || view.is_f_contiguous()))
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
    if matches!(view.inner, Inner::Nothing) {
        if key != vm.ellipsis {
            dims::check_scalar_key(vm, key)?;
        }
        return set_item(vm, this, &view, value);
    }
    if vm.slots_of(key).nb_index.is_some() {
        let index = vm.index_clamped(key, vm.types.index_error)?;
        dims::refuse_parts(vm, &view, 1)?;
        let place = dims::place(vm, &view, &[index])?;
        return set_item(vm, this, &view.item_at(place), value);
    }
    let slice = matches!(vm.heap.payload(key), Payload::Slice(_));
    if !slice && let Some(place) = dims::multi_index(vm, &view, key)? {
        return set_item(vm, this, &view.item_at(place), value);
    }
    if !slice && !dims::is_multi_slice(vm, key) {
        return vm.type_error("memoryview: invalid slice key".to_string());
    }
    if !slice || !matches!(view.inner, Inner::Item) {
        let text = "memoryview slice assignments are currently restricted to ndim = 1";
        return vm.raise(vm.types.not_implemented_error, text.to_string());
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

/// Writes the one item that a view is of; making it of the value may have released the view.
fn set_item(vm: &mut Machine, this: Obj, one: &MemoryView, value: Obj) -> PyResult<()> {
    let item = vm.pack_view_item(one, value)?;
    vm.open_view(this)?;
    store(vm, one, 0, 1, &item);
    Ok(())
}
