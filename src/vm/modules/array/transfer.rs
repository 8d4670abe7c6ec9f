//! Whole contents in and out: bytes, lists, texts, files.

use super::*;

/// Bytes written to a file at a time.
const BLOCK_BYTES: usize = 64 * 1024;

pub fn tobytes(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = array(vm, this).data.clone();
    Ok(vm.new_bytes(data))
}

pub fn tolist(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let len = array(vm, this).len();
    let mark = vm.mark();
    for i in 0..len {
        match items::load(vm, this, i) {
            Ok(item) => vm.hold(item),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
    }
    let items = vm.take_held(mark);
    Ok(vm.new_list(items))
}

pub fn tounicode(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of = array(vm, this);
    if of.code != b'u' {
        return vm.value_error("tounicode() may only be called on unicode type arrays");
    }
    let points: Vec<u32> = of
        .data
        .chunks_exact(4)
        .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
        .collect();
    items::character(vm, &points)
}

pub fn fromunicode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let text = vm.str_argument("fromunicode", "argument", args.get(vm, 0))?;
    if array(vm, this).code != b'u' {
        return vm.value_error("fromunicode() may only be called on unicode type arrays");
    }
    let data: Vec<u8> = text.points().flat_map(u32::to_le_bytes).collect();
    append_bytes(vm, this, &data)?;
    Ok(vm.new_none())
}

pub fn frombytes(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    append_buffer(vm, this, args.get(vm, 0))?;
    Ok(vm.new_none())
}

/// The bytes of an object whose items are bytes.
pub fn append_buffer(vm: &mut Machine, this: Obj, from: Obj) -> PyResult<()> {
    let data = vm.need_buffer(from)?;
    if vm.buffer_item_size(from) != 1 {
        return vm.type_error("a bytes-like object is required".to_string());
    }
    if data.len() % array(vm, this).item_size() != 0 {
        return vm.value_error("bytes length not a multiple of item size");
    }
    append_bytes(vm, this, &data)
}

/// `read` and then the bytes; what has come is kept even if it is not enough.
pub fn fromfile(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let count = vm.ssize(args.get(vm, 1))?;
    if count < 0 {
        return vm.value_error("negative count");
    }
    let size = array(vm, this).item_size();
    let Some(wanted) = (count as usize).checked_mul(size) else {
        return vm.raise_bare(vm.types.memory_error);
    };
    let bytes = vm.new_int(wanted as i64);
    let read = vm.with_held(bytes, |vm, bytes| {
        vm.call_method(args.get(vm, 0), "read", &[bytes])
    })?;
    vm.with_held(read, |vm, read| {
        let Some(got) = vm.heap.bytes_of(read).map(|b| b.data.len()) else {
            return vm.type_error("read() didn't return bytes".to_string());
        };
        append_buffer(vm, this, read)?;
        if got != wanted {
            return vm.raise(
                vm.types.eof_error,
                "read() didn't return enough bytes".to_string(),
            );
        }
        Ok(vm.new_none())
    })
}

pub fn tofile(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let blocks = array(vm, this).data.len().div_ceil(BLOCK_BYTES);
    for n in 0..blocks {
        let data = &array(vm, this).data;
        let end = data.len().min((n + 1) * BLOCK_BYTES);
        let Some(block) = data.get(n * BLOCK_BYTES..end).map(<[u8]>::to_vec) else {
            break;
        };
        let block = vm.new_bytes(block);
        let result = vm.with_held(block, |vm, block| {
            vm.call_method(args.get(vm, 0), "write", &[block])
        })?;
        vm.decref(result);
    }
    Ok(vm.new_none())
}

/// All or nothing: an item that does not fit leaves the array as it was.
pub fn fromlist(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let list = args.get(vm, 0);
    let Some(count) = vm.heap.list(list).map(Vec::len) else {
        return vm.type_error("arg must be list".to_string());
    };
    if count == 0 {
        return Ok(vm.new_none());
    }
    let old = array(vm, this).len();
    let size = array(vm, this).item_size();
    append_bytes(vm, this, &vec![0; count * size])?;
    let stored = (0..count).try_for_each(|i| {
        let item = vm.heap.list(list).and_then(|items| items.get(i).copied());
        if let Some(item) = item {
            vm.hold_ref(item);
            let stored = items::store(vm, this, old + i, item);
            vm.let_go(stored)?;
        }
        if vm.heap.list(list).map(Vec::len) != Some(count) {
            return vm.raise(
                vm.types.runtime_error,
                "list changed size during iteration".to_string(),
            );
        }
        Ok(())
    });
    if stored.is_err() && vm.interrupt.is_none() {
        let array = array_mut(vm, this);
        if array.len() > old {
            array.resized(old);
            array.data.truncate(old * size);
        }
    }
    stored?;
    Ok(vm.new_none())
}

pub fn byteswap(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let array = array_mut(vm, this);
    let size = array.item_size();
    array.data.chunks_mut(size).for_each(<[u8]>::reverse);
    Ok(vm.new_none())
}

/// The address is one of our own making, as `id()` is: it stays the same as long as the array lives.
pub fn buffer_info(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let len = array(vm, this).len();
    let address = if array(vm, this).room == 0 {
        0
    } else {
        vm.id_of(this) as i64 + 64
    };
    let address = vm.new_int(address);
    let len = vm.new_int(len as i64);
    Ok(vm.new_tuple(vec![address, len]))
}
