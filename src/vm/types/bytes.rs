//! `bytes`: construction, comparison, indexing. Its methods, shared with bytearray, are in `bytes_methods.rs`.

use super::bytes_methods::byte_methods;
use super::bytes_percent::bytes_percent;
use super::str::{ITER_METHODS, MOST_BYTES, advance, iter_exhausted, iter_self};
use super::str_repr::bytes_repr;
use crate::heap::payload::BytesObj;
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::opt;
use crate::vm::native::{Arity, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "bytes(iterable_of_ints) -> bytes\n\
          bytes(string, encoding[, errors]) -> bytes\n\
          bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n\
          bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n\
          bytes() -> empty bytes object",
    layout: Layout::Bytes,
    gc: false,
    base_type: true,
    methods: byte_methods![Method::new("__getnewargs__", Arity::NoArgs, getnewargs)],
    slots: |s| {
        s.tp_new = Some(bytes_new);
        s.tp_repr = Some(repr);
        s.tp_str = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(compare);
        s.tp_iter = Some(iter);
        s.nb_remainder = Some(remainder);
        s.sq_length = Some(length);
        s.mp_length = Some(length);
        s.sq_concat = Some(concat);
        s.sq_repeat = Some(repeat);
        s.sq_item = Some(item);
        s.sq_contains = Some(super::bytes_find::contains);
        s.mp_subscript = Some(subscript);
    },
    ..TypeSpec::new("bytes")
};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    methods: ITER_METHODS,
    slots: |s| {
        s.tp_iter = Some(iter_self);
        s.tp_iternext = Some(iter_next);
    },
    ..TypeSpec::new("bytes_iterator")
};

impl Machine {
    /// A bytes object made again as an exact one: itself if it is (`return_self`).
    pub(super) fn bytes_unchanged(&mut self, o: Obj) -> Obj {
        if self.heap.ty(o) == self.types.bytes {
            return self.new_ref(o);
        }
        let data = self.buffer(o).map_or_else(Vec::new, |d| d.to_vec());
        self.new_bytes(data)
    }

    /// So many zero bytes, for `bytes(n)` and `bytearray(n)`; `None` if the object is no number of bytes.
    pub(super) fn zero_bytes(&mut self, o: Obj) -> PyResult<Option<Vec<u8>>> {
        if self.slots_of(o).nb_index.is_none() {
            return Ok(None);
        }
        let count = match self.index_clamped(o, self.types.overflow_error) {
            Ok(count) => count,
            Err(_) if self.pending_matches(self.types.type_error) => {
                self.clear_exception();
                return Ok(None);
            }
            Err(thrown) => return Err(thrown),
        };
        if count < 0 {
            return self.value_error("negative count");
        }
        if count as usize > MOST_BYTES {
            return self.raise_bare(self.types.memory_error);
        }
        Ok(Some(vec![0; count as usize]))
    }

    /// The text of `bytes(text, encoding, errors)` encoded; `None` if there is no encoding.
    pub(super) fn encoded_argument(
        &mut self,
        object: Obj,
        encoding: Obj,
        errors: Obj,
    ) -> PyResult<Option<Vec<u8>>> {
        let is_text = !object.is_null() && self.heap.str(object).is_some();
        if !encoding.is_null() || !errors.is_null() {
            if !is_text {
                let what = if encoding.is_null() {
                    "errors"
                } else {
                    "encoding"
                };
                return self.type_error(format!("{what} without a string argument"));
            }
            if !encoding.is_null() {
                let encoded = self.encode(object, encoding, errors)?;
                let data = self.buffer(encoded).map_or_else(Vec::new, |d| d.to_vec());
                self.decref(encoded);
                return Ok(Some(data));
            }
        }
        if is_text {
            return self.type_error("string argument without an encoding".to_string());
        }
        Ok(None)
    }

    /// Argument Clinic's check of `encoding` and `errors`.
    pub(super) fn check_codec_names(
        &mut self,
        function: &str,
        encoding: Obj,
        errors: Obj,
    ) -> PyResult<()> {
        for (place, value) in [
            ("argument 'encoding'", encoding),
            ("argument 'errors'", errors),
        ] {
            if !value.is_null() {
                self.str_argument(function, place, value)?;
            }
        }
        Ok(())
    }

    /// `PyBytes_FromObject` for what is no exact bytes: buffers and iterables of ints.
    pub fn bytes_from_object(&mut self, o: Obj, what: &str, type_name: &str) -> PyResult<Vec<u8>> {
        if let Some(data) = self.buffer(o) {
            return Ok(data.to_vec());
        }
        if self.heap.str(o).is_none() {
            match self.bytes_of_iterable(o, what) {
                Err(_)
                    if self.pending_matches(self.types.type_error)
                        && self.slots_of(o).tp_iter.is_none()
                        && self.slots_of(o).sq_item.is_none() =>
                {
                    self.clear_exception();
                }
                result => return result,
            }
        }
        let name = self.type_name(o);
        self.type_error(format!("cannot convert '{name}' object to {type_name}"))
    }
}

/// `bytes_new_impl`
fn bytes_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [source, encoding, errors] = vm.unpack(
        "bytes",
        args,
        &[opt("source"), opt("encoding"), opt("errors")],
    )?;
    vm.check_codec_names("bytes", encoding, errors)?;
    let made = new_exact(vm, source, encoding, errors)?;
    if class == vm.types.bytes {
        return Ok(made);
    }
    let data = vm.buffer(made).map_or_else(Vec::new, |d| d.to_vec());
    vm.decref(made);
    Ok(vm.alloc_instance(class, Payload::Bytes(std::rc::Rc::new(BytesObj::new(data)))))
}

fn new_exact(vm: &mut Machine, source: Obj, encoding: Obj, errors: Obj) -> PyResult<Obj> {
    if !encoding.is_null() || !errors.is_null() {
        let data = vm
            .encoded_argument(source, encoding, errors)?
            .unwrap_or_default();
        return Ok(vm.new_bytes(data));
    }
    if source.is_null() {
        return Ok(vm.new_bytes(Vec::new()));
    }
    if let Some(made) = vm.bytes_by_method(source)? {
        return Ok(made);
    }
    vm.encoded_argument(source, encoding, errors)?;
    if let Some(zeros) = vm.zero_bytes(source)? {
        return Ok(vm.new_bytes(zeros));
    }
    if vm.heap.ty(source) == vm.types.bytes {
        return Ok(vm.new_ref(source));
    }
    let data = vm.bytes_from_object(source, "bytes", "bytes")?;
    Ok(vm.new_bytes(data))
}

impl Machine {
    /// What `__bytes__` answers, checked; `None` if there is no such method.
    pub(super) fn bytes_by_method(&mut self, o: Obj) -> PyResult<Option<Obj>> {
        if self
            .type_lookup(self.heap.ty(o), self.names.__bytes__)
            .is_null()
        {
            return Ok(None);
        }
        let Some(made) = self.call_special(o, self.names.__bytes__, &[])? else {
            return Ok(None);
        };
        if self.heap.bytes_of(made).is_none() {
            let name = self.type_name(made);
            let error = self.type_error(format!("__bytes__ returned non-bytes (type {name})"));
            return self.decref_raising(made, error);
        }
        Ok(Some(made))
    }
}

fn data(vm: &Machine, o: Obj) -> std::rc::Rc<BytesObj> {
    vm.heap
        .bytes_of(o)
        .expect("a bytes slot gets a bytes object")
        .clone()
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let text = bytes_repr(&data(vm, this).data);
    Ok(vm.new_string(text))
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    Ok(data(vm, this).hash())
}

fn compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Some(left), Some(right)) = (vm.heap.bytes_of(a), vm.heap.bytes_of(b)) else {
        return Ok(vm.new_not_implemented());
    };
    let answer = op.test(left.data.cmp(&right.data));
    Ok(vm.new_bool(answer))
}

fn length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    Ok(data(vm, this).data.len())
}

/// `bytes_concat`
fn concat(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (Some(left), Some(right)) = (vm.buffer(a), vm.buffer(b)) else {
        let (left, right) = (vm.type_name(a), vm.type_name(b));
        return vm.type_error(format!("can't concat {right} to {left}"));
    };
    if left.is_empty() && vm.heap.ty(b) == vm.types.bytes {
        return Ok(vm.new_ref(b));
    }
    if right.is_empty() && vm.heap.ty(a) == vm.types.bytes {
        return Ok(vm.new_ref(a));
    }
    let joined = [&*left, &*right].concat();
    Ok(vm.new_bytes(joined))
}

fn repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    let bytes = data(vm, this);
    let times = times.max(0) as usize;
    if times == 1 && vm.heap.ty(this) == vm.types.bytes {
        return Ok(vm.new_ref(this));
    }
    match bytes.data.len().checked_mul(times) {
        Some(len) if len <= MOST_BYTES => Ok(vm.new_bytes(bytes.data.repeat(times))),
        Some(len) if isize::try_from(len).is_ok() => vm.raise_bare(vm.types.memory_error),
        _ => vm.raise(
            vm.types.overflow_error,
            "repeated bytes are too long".to_string(),
        ),
    }
}

fn item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    let bytes = data(vm, this);
    match usize::try_from(index).ok().and_then(|i| bytes.data.get(i)) {
        Some(byte) => Ok(vm.new_int(i64::from(*byte))),
        None => vm.raise(vm.types.index_error, "index out of range".to_string()),
    }
}

fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let bytes = data(vm, this);
    if vm.slots_of(key).nb_index.is_some() {
        let mut index = vm.index_clamped(key, vm.types.index_error)?;
        if index < 0 {
            index += bytes.data.len() as isize;
        }
        return item(vm, this, index);
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        let name = vm.type_name(key);
        return vm.type_error(format!(
            "byte indices must be integers or slices, not {name}"
        ));
    }
    let (start, _, step, count) = vm.slice_indices(key, bytes.data.len())?;
    if start == 0 && step == 1 && count == bytes.data.len() && vm.heap.ty(this) == vm.types.bytes {
        return Ok(vm.new_ref(this));
    }
    let part = (0..count as isize)
        .map(|n| bytes.data[(start + n * step) as usize])
        .collect();
    Ok(vm.new_bytes(part))
}

fn remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if vm.heap.bytes_of(a).is_none() {
        return Ok(vm.new_not_implemented());
    }
    let made = bytes_percent(vm, a, b)?;
    Ok(vm.new_bytes(made))
}

fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.incref(this);
    Ok(vm.alloc_gc(vm.types.bytes_iter, Payload::SeqIter { seq: this, at: 0 }))
}

fn iter_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        panic!("a bytes_iterator is a SeqIter")
    };
    let Some(seq) = seq.some() else {
        return Ok(NULL);
    };
    match data(vm, seq).data.get(at as usize) {
        Some(byte) => {
            advance(vm, this);
            Ok(vm.new_int(i64::from(*byte)))
        }
        None => {
            iter_exhausted(vm, this);
            Ok(NULL)
        }
    }
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let copy = data(vm, this).data.to_vec();
    let copy = vm.new_bytes(copy);
    Ok(vm.new_tuple(vec![copy]))
}
