//! Items and slices of an array: reading, setting, deleting.

use super::{array, array_mut, bad_argument, check_resize, items, new_array, resize};
use crate::heap::payload::Array;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::types::slice::{Bounds, adjust};
use crate::vm::{Machine, PyResult};

/// Where a subscript of an exact int leads, counted from the start.
#[inline(always)]
fn place(vm: &Machine, this: Obj, key: Obj) -> Option<usize> {
    let Payload::Int(i) = *vm.heap.payload(key) else {
        return None;
    };
    let len = array(vm, this).len();
    let i = if i < 0 { i + len as i64 } else { i };
    (i >= 0 && (i as usize) < len).then_some(i as usize)
}

pub fn item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    match usize::try_from(index) {
        Ok(i) if i < array(vm, this).len() => items::load(vm, this, i),
        _ => vm.raise(vm.types.index_error, "array index out of range".to_string()),
    }
}

fn out_of_range<T>(vm: &mut Machine) -> PyResult<T> {
    vm.raise(
        vm.types.index_error,
        "array assignment index out of range".to_string(),
    )
}

/// Sets or, with NULL, deletes an item, its place counted from the start.
pub fn ass_item(vm: &mut Machine, this: Obj, index: isize, value: Obj) -> PyResult<()> {
    let Some(i) = usize::try_from(index)
        .ok()
        .filter(|i| *i < array(vm, this).len())
    else {
        return out_of_range(vm);
    };
    if !value.is_null() {
        return items::store(vm, this, i, value);
    }
    replace(vm, this, i, i + 1, &[])
}

/// A key as an index or as the bounds of a slice.
enum Key {
    Index(isize),
    Slice(Bounds),
}

fn read_key(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Key> {
    if vm.has_index(key) {
        let i = vm.index_clamped(key, vm.types.index_error)?;
        let len = array(vm, this).len() as isize;
        return Ok(Key::Index(if i < 0 { i + len } else { i }));
    }
    if matches!(vm.heap.base(key), Payload::Slice(_)) {
        let unpacked = vm.slice_unpack(key)?;
        return Ok(Key::Slice(adjust(unpacked, array(vm, this).len())));
    }
    vm.type_error("array indices must be integers".to_string())
}

pub fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    if let Some(i) = place(vm, this, key) {
        return items::load(vm, this, i);
    }
    let bounds = match read_key(vm, this, key)? {
        Key::Index(i) => return item(vm, this, i),
        Key::Slice(bounds) => bounds,
    };
    let from = array(vm, this);
    let (code, size) = (from.code, from.item_size());
    let data = if bounds.step == 1 {
        let start = bounds.start as usize * size;
        from.data[start..start + bounds.count * size].to_vec()
    } else {
        let mut data = Vec::with_capacity(bounds.count * size);
        for item in bounds.places().filter_map(|i| from.item(i)) {
            data.extend_from_slice(item);
        }
        data
    };
    Ok(new_array(vm, Array::of(code, data)))
}

pub fn ass_subscript(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    if !value.is_null()
        && let Some(i) = place(vm, this, key)
    {
        return items::store(vm, this, i, value);
    }
    match read_key(vm, this, key)? {
        Key::Index(i) => ass_item(vm, this, i, value),
        Key::Slice(bounds) => ass_slice(vm, this, &bounds, value),
    }
}

fn ass_slice(vm: &mut Machine, this: Obj, bounds: &Bounds, value: Obj) -> PyResult<()> {
    let new = if value.is_null() {
        Vec::new()
    } else {
        let Some(other) = vm.heap.array(value) else {
            let name = vm.type_name(value);
            return vm.type_error(format!(
                "can only assign array (not \"{name}\") to array slice"
            ));
        };
        if other.code != array(vm, this).code {
            return bad_argument(vm);
        }
        other.data.clone()
    };
    let size = array(vm, this).item_size();
    let needed = new.len() / size;
    // Refused before anything changes, though nothing may be about to change.
    if needed == 0 || needed != bounds.count {
        check_resize(vm, this)?;
    }
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return replace(vm, this, start, start + bounds.count, &new);
    }
    if needed == 0 {
        return delete_extended(vm, this, bounds);
    }
    if needed != bounds.count {
        let count = bounds.count;
        return vm.value_error(&format!(
            "attempt to assign array of size {needed} to extended slice of size {count}"
        ));
    }
    let data = &mut array_mut(vm, this).data;
    for (item, place) in new.chunks(size).zip(bounds.places()) {
        data[place * size..(place + 1) * size].copy_from_slice(item);
    }
    Ok(())
}

/// Puts whole items in the place of those from `low` to `high`.
pub fn replace(vm: &mut Machine, this: Obj, low: usize, high: usize, new: &[u8]) -> PyResult<()> {
    let (size, len) = (array(vm, this).item_size(), array(vm, this).len());
    resize(vm, this, len - (high - low) + new.len() / size)?;
    let data = &mut array_mut(vm, this).data;
    if new.len() == (high - low) * size {
        data[low * size..high * size].copy_from_slice(new);
    } else {
        data.splice(low * size..high * size, new.iter().copied());
    }
    Ok(())
}

fn delete_extended(vm: &mut Machine, this: Obj, bounds: &Bounds) -> PyResult<()> {
    let (size, len) = (array(vm, this).item_size(), array(vm, this).len());
    resize(vm, this, len - bounds.count)?;
    let mut gone: Vec<usize> = bounds.places().collect();
    gone.sort_unstable();
    let mut gone = gone.into_iter().peekable();
    let data = std::mem::take(&mut array_mut(vm, this).data);
    let kept = data
        .chunks(size)
        .enumerate()
        .filter(|(i, _)| gone.next_if_eq(i).is_none())
        .flat_map(|(_, item)| item.iter().copied())
        .collect();
    array_mut(vm, this).data = kept;
    Ok(())
}

/// Takes an item out; the place is within the array. Owned.
pub fn take(vm: &mut Machine, this: Obj, index: usize) -> PyResult<Obj> {
    let item = items::load(vm, this, index)?;
    match replace(vm, this, index, index + 1, &[]) {
        Ok(()) => Ok(item),
        Err(thrown) => vm.decref_raising(item, Err(thrown)).map(|()| NULL),
    }
}
