//! The buffer protocol as far as it is needed: the bytes of bytes, bytearray, array and memoryview, looked at without copying where that is
//! possible.

use std::ops::Deref;
use std::rc::Rc;

use super::bytearray::ByteArray;
use super::memoryview::{MemoryView, view_bytes};
use crate::heap::payload::BytesObj;
use crate::vm::modules::pickle::buffer::PickleBuffer;
use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};

/// The bytes of a bytes-like object, as they were when asked for.
pub enum Buffer {
    Shared(Rc<BytesObj>),
    Copied(Vec<u8>),
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Shared(bytes) => &bytes.data,
            Buffer::Copied(bytes) => bytes,
        }
    }
}

impl Machine {
    /// Notes that somebody keeps the bytes of this object in their place: from now on it is worth asking who does.
    pub fn mark_exported(&mut self, o: Obj) {
        if let Some(array) = self.heap.array_mut(o) {
            array.viewed = true;
        }
        if let Some(array) = self.heap.native_mut::<ByteArray>(o) {
            array.viewed = true;
        }
    }

    /// Whether another object, or a native that calls back, keeps the bytes of this one in their place.
    pub fn is_exported(&self, o: Obj) -> bool {
        let exported = |other: Obj| match self.heap.base(other) {
            Payload::Native(native) => native.exported() == o,
            _ => false,
        };
        self.exporting.contains(&o) || self.heap.objects().any(exported)
    }

    /// The bytes of a bytes-like object (`PyObject_GetBuffer` with `PyBUF_SIMPLE`); `None` if it is none.
    pub fn buffer(&self, o: Obj) -> Option<Buffer> {
        match self.heap.base(o) {
            Payload::Bytes(bytes) => Some(Buffer::Shared(bytes.clone())),
            Payload::Array(array) => Some(Buffer::Copied(array.data.clone())),
            Payload::Native(native) => {
                let any = native.as_any();
                if let Some(array) = any.downcast_ref::<ByteArray>() {
                    return Some(Buffer::Copied(array.data.clone()));
                }
                if let Some(pickled) = any.downcast_ref::<PickleBuffer>() {
                    return self.buffer(pickled.view.some()?);
                }
                let view = any.downcast_ref::<MemoryView>()?;
                view_bytes(self, view).map(Buffer::Copied)
            }
            _ => None,
        }
    }

    /// The same, with the usual TypeError.
    pub fn need_buffer(&mut self, o: Obj) -> PyResult<Buffer> {
        match self.buffer(o) {
            Some(buffer) => Ok(buffer),
            None => {
                let name = self.type_name(o);
                self.type_error(format!("a bytes-like object is required, not '{name}'"))
            }
        }
    }

    /// How many bytes can be written into a buffer; `None` if it is none or can only be read.
    pub fn writable_room(&self, o: Obj) -> Option<usize> {
        if let Some(array) = self.heap.array(o) {
            return Some(array.data.len());
        }
        let Payload::Native(native) = self.heap.base(o) else {
            return None;
        };
        let any = native.as_any();
        if let Some(array) = any.downcast_ref::<ByteArray>() {
            return Some(array.data.len());
        }
        let view = any.downcast_ref::<MemoryView>()?;
        (!view.buffer.is_null() && !view.readonly).then_some(view.byte_len())
    }

    /// Writes bytes at a place of a buffer that has room for them.
    pub fn write_buffer(&mut self, o: Obj, at: usize, data: &[u8]) {
        if let Some(array) = self.heap.native_mut::<ByteArray>(o) {
            if let Some(place) = array.data.get_mut(at..at + data.len()) {
                place.copy_from_slice(data);
            }
            return;
        }
        if let Some(array) = self.heap.array_mut(o) {
            if let Some(place) = array.data.get_mut(at..at + data.len()) {
                place.copy_from_slice(data);
            }
            return;
        }
        let Some(view) = self.heap.native::<MemoryView>(o).cloned() else {
            return;
        };
        let size = view.row_size();
        for (n, byte) in data.iter().enumerate() {
            let (item, within) = ((at + n) / size, (at + n) % size);
            let place = view.start + item as isize * view.step + within as isize;
            self.write_buffer(view.obj, place as usize, &[*byte]);
        }
    }

    /// A copy of the bytes of a bytes-like object.
    pub fn bytes_like(&mut self, o: Obj) -> PyResult<Vec<u8>> {
        Ok(self.need_buffer(o)?.to_vec())
    }

    /// How many bytes fit into an object that is written to through the buffer protocol (`PyBUF_WRITABLE`); `fname` is the
    /// method's name as in messages.
    pub fn writable_len(&mut self, o: Obj, fname: &str) -> PyResult<usize> {
        let writable = match self.heap.native::<MemoryView>(o) {
            Some(view) => !view.readonly,
            None => self.is_bytearray(o) || self.heap.array(o).is_some(),
        };
        match self.buffer(o) {
            Some(buffer) if writable => Ok(buffer.len()),
            _ => {
                let name = self.argument_type(o);
                self.type_error(format!(
                    "{fname}() argument must be read-write bytes-like object, not {name}"
                ))
            }
        }
    }

    /// Writes over the first bytes of such an object, as many as fit.
    pub fn write_into(&mut self, o: Obj, data: &[u8]) {
        if let Some(room) = self.writable_room(o) {
            self.write_buffer(o, 0, &data[..data.len().min(room)]);
        }
    }

    /// Refuses sizes that no memory would be given for.
    pub fn check_size(&mut self, bytes: usize) -> PyResult<()> {
        self.check_allocation(bytes, 1)
    }

    /// An item of something made of bytes (`_getbytevalue`): an int, checked; `what` is "byte" or "bytes".
    pub fn byte_value(&mut self, o: Obj, what: &str) -> PyResult<u8> {
        let value = self.index_clamped(o, crate::heap::NULL)?;
        match u8::try_from(value) {
            Ok(byte) => Ok(byte),
            Err(_) => self.value_error(&format!("{what} must be in range(0, 256)")),
        }
    }

    /// All items of an iterable as bytes; lists and tuples are read item by item, because `__index__` may change them.
    pub fn bytes_of_iterable(&mut self, o: Obj, what: &str) -> PyResult<Vec<u8>> {
        let mut out = Vec::new();
        if self.heap.ty(o) == self.types.list || self.heap.ty(o) == self.types.tuple {
            let item = |vm: &Machine, n: usize| {
                let items = vm.heap.list(o).map(Vec::as_slice).or(vm.heap.tuple(o));
                items.and_then(|items| items.get(n)).copied()
            };
            while let Some(item) = item(self, out.len()) {
                let mark = self.mark();
                self.hold_ref(item);
                let byte = self.byte_value(item, what);
                self.release_raising(mark);
                out.push(byte?);
            }
            return Ok(out);
        }
        let iter = self.get_iter(o)?;
        let mark = self.mark();
        self.hold(iter);
        let result = self.bytes_of_iterator(iter, what, &mut out);
        self.release_raising(mark);
        result.map(|()| out)
    }

    fn bytes_of_iterator(&mut self, iter: Obj, what: &str, out: &mut Vec<u8>) -> PyResult<()> {
        loop {
            let item = self.iter_next(iter)?;
            if item.is_null() {
                return Ok(());
            }
            let byte = self.byte_value(item, what);
            out.push(self.decref_raising(item, byte)?);
        }
    }
}
