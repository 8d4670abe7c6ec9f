//! What changes a bytearray: storing, appending, deleting.

use crate::heap::{Obj, Payload};
use crate::vm::{Args, Machine, PyResult};

pub fn append(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let byte = vm.byte_value(args.get(vm, 0), "byte")?;
    vm.can_resize(this)?;
    vm.bytearray_data(this).push(byte);
    Ok(vm.new_none())
}

pub fn extend(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let more = args.get(vm, 0);
    let data = match vm.buffer(more) {
        Some(data) => data.to_vec(),
        None if vm.slots_of(more).tp_iter.is_some() && vm.length_hint(more, 32).is_err() => {
            return Err(crate::vm::Thrown::Exception);
        }
        None => match vm.bytes_of_iterable(more, "byte") {
            Err(_)
                if vm.pending_matches(vm.types.type_error)
                    && vm.slots_of(more).tp_iter.is_none() =>
            {
                vm.clear_exception();
                let name = vm.type_name(more);
                return vm.type_error(format!("can't extend bytearray with {name}"));
            }
            result => result?,
        },
    };
    vm.can_resize(this)?;
    vm.bytearray_data(this).extend_from_slice(&data);
    Ok(vm.new_none())
}

pub fn insert(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let index = vm.ssize(args.get(vm, 0))?;
    let byte = vm.byte_value(args.get(vm, 1), "byte")?;
    vm.can_resize(this)?;
    let len = vm.bytearray_len(this) as isize;
    let index = if index < 0 {
        (index + len).max(0)
    } else {
        index.min(len)
    };
    vm.bytearray_data(this).insert(index as usize, byte);
    Ok(vm.new_none())
}

pub fn pop(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let index = match args.get(vm, 0).some() {
        Some(index) => vm.ssize(index)?,
        None => -1,
    };
    let len = vm.bytearray_len(this) as isize;
    if len == 0 {
        return vm.raise(vm.types.index_error, "pop from empty bytearray".to_string());
    }
    let index = if index < 0 { index + len } else { index };
    if index < 0 || index >= len {
        return vm.raise(vm.types.index_error, "pop index out of range".to_string());
    }
    vm.can_resize(this)?;
    let byte = vm.bytearray_data(this).remove(index as usize);
    Ok(vm.new_int(i64::from(byte)))
}

pub fn remove(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let byte = vm.byte_value(args.get(vm, 0), "byte")?;
    let Some(at) = vm.bytearray_data(this).iter().position(|b| *b == byte) else {
        return vm.value_error("value not found in bytearray");
    };
    vm.can_resize(this)?;
    vm.bytearray_data(this).remove(at);
    Ok(vm.new_none())
}

pub fn reverse(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    vm.bytearray_data(this).reverse();
    Ok(vm.new_none())
}

pub fn clear(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    vm.can_resize(this)?;
    vm.bytearray_data(this).clear();
    Ok(vm.new_none())
}

pub fn copy(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = vm.bytearray_data(this).clone();
    Ok(vm.new_bytearray(data))
}

/// Class, text and encoding, `__dict__` (`_common_reduce` of protocol 2).
/// Before protocol 3 the contents are a text in latin-1 (`_common_reduce`).
pub fn reduce(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let protocol = match args.get(vm, 0).some() {
        Some(protocol) => vm.index_clamped(protocol, vm.types.overflow_error)?,
        None => 2,
    };
    let dict = match vm.lookup_attr(this, vm.names.__dict__)? {
        Some(dict) => dict,
        None => vm.new_none(),
    };
    let data = vm.bytearray_data(this).clone();
    let arguments = if protocol < 3 {
        let text: String = data.iter().map(|b| char::from(*b)).collect();
        vec![vm.new_string(text), vm.new_str("latin-1")]
    } else if data.is_empty() {
        Vec::new()
    } else {
        vec![vm.new_bytes(data)]
    };
    let arguments = vm.new_tuple(arguments);
    let class = vm.new_ref(vm.heap.ty(this));
    Ok(vm.new_tuple(vec![class, arguments, dict]))
}

pub fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let len = vm.bytearray_len(this) as i64;
    Ok(vm.new_int(if len == 0 { 56 } else { 57 + len }))
}

pub fn alloc(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let len = vm.bytearray_len(this) as i64;
    Ok(vm.new_int(if len == 0 { 0 } else { len + 1 }))
}

/// Stores or, with NULL, deletes at an index that is counted from the start already (`bytearray_setitem`).
pub fn set_item(vm: &mut Machine, this: Obj, index: isize, value: Obj) -> PyResult<()> {
    let out_of_range = |vm: &mut Machine| {
        vm.raise(
            vm.types.index_error,
            "bytearray index out of range".to_string(),
        )
    };
    let at = usize::try_from(index).unwrap_or(usize::MAX);
    if value.is_null() && at >= vm.bytearray_len(this) {
        return out_of_range(vm);
    }
    if value.is_null() {
        vm.can_resize(this)?;
        vm.bytearray_data(this).remove(at);
        return Ok(());
    }
    let byte = vm.byte_value(value, "byte")?;
    // The value is looked at before the index; its `__index__` may have made the bytearray shorter.
    match vm.bytearray_data(this).get_mut(at) {
        Some(place) => *place = byte,
        None => return out_of_range(vm),
    }
    Ok(())
}

/// `bytearray_ass_subscript`
pub fn set_subscript(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    if vm.slots_of(key).nb_index.is_some() {
        let mut index = vm.index_clamped(key, vm.types.index_error)?;
        if index < 0 {
            index += vm.bytearray_len(this) as isize;
        }
        return set_item(vm, this, index, value);
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        let name = vm.type_name(key);
        return vm.type_error(format!(
            "bytearray indices must be integers or slices, not {name}"
        ));
    }
    let new = new_contents(vm, value)?;
    let (start, _, step, count) = vm.slice_indices(key, vm.bytearray_len(this))?;
    if step == 1 {
        let (start, end) = (start as usize, start as usize + count);
        if new.len() != count {
            vm.can_resize(this)?;
        }
        vm.bytearray_data(this).splice(start..end, new);
        return Ok(());
    }
    if new.is_empty() {
        if count > 0 {
            vm.can_resize(this)?;
        }
        let gone: Vec<usize> = (0..count as isize)
            .map(|n| (start + n * step) as usize)
            .collect();
        let mut at = 0;
        vm.bytearray_data(this).retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        return Ok(());
    }
    if new.len() != count {
        let len = new.len();
        return vm.value_error(&format!(
            "attempt to assign bytes of size {len} to extended slice of size {count}"
        ));
    }
    let data = vm.bytearray_data(this);
    for (n, byte) in new.into_iter().enumerate() {
        data[(start + n as isize * step) as usize] = byte;
    }
    Ok(())
}

/// What a slice is set to; NULL means nothing.
fn new_contents(vm: &mut Machine, value: Obj) -> PyResult<Vec<u8>> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    if let Some(data) = vm.buffer(value) {
        return Ok(data.to_vec());
    }
    let number = vm.is_int(value) || vm.slots_of(value).nb_index.is_some();
    if number || vm.heap.str(value).is_some() {
        return vm.type_error(
            "can assign only bytes, buffers, or iterables of ints in range(0, 256)".to_string(),
        );
    }
    vm.bytes_from_object(value, "byte", "bytearray")
}
