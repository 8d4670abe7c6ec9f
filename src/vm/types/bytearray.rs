//! `bytearray`: bytes that change. What it shares with bytes is in `bytes_methods.rs`; methods that change it are in
//! `bytearray_methods.rs`.
//!
//! While a memoryview looks at it, its length must not change (`can_resize`).

use super::bytearray_methods as methods;
use super::bytes_methods::byte_methods;
use super::bytes_percent::bytes_percent;
use super::str::{ITER_METHODS, MOST_BYTES, advance, iter_exhausted, iter_self};
use super::str_repr::bytearray_quoted;
use crate::heap::payload::Native;
use crate::heap::payload::class::Layout;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// The contents of a bytearray.
#[derive(Clone, Default)]
pub struct ByteArray {
    pub data: Vec<u8>,
    /// A memoryview was made of it once; only then is it worth asking whether one is left.
    pub viewed: bool,
}

impl Native for ByteArray {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}

    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }

    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "bytearray(iterable_of_ints) -> bytearray\n\
          bytearray(string, encoding[, errors]) -> bytearray\n\
          bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n\
          bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\n\
          bytearray() -> empty bytes array",
    layout: Layout::ByteArray,
    gc: false,
    base_type: true,
    methods: byte_methods![
        Method::new("append", Arity::One, methods::append)
            .doc("append($self, item, /)\n--\n\nAppend a single item to the end of the bytearray."),
        Method::new("extend", Arity::One, methods::extend)
            .doc("extend($self, iterable_of_ints, /)\n--\n\n"),
        Method::new("insert", Arity::Positional(2, 2), methods::insert)
            .doc("insert($self, index, item, /)\n--\n\n"),
        Method::new("pop", Arity::Positional(0, 1), methods::pop)
            .doc("pop($self, index=-1, /)\n--\n\n"),
        Method::new("remove", Arity::One, methods::remove).doc("remove($self, value, /)\n--\n\n"),
        Method::new("reverse", Arity::NoArgs, methods::reverse).doc("reverse($self, /)\n--\n\n"),
        Method::new("clear", Arity::NoArgs, methods::clear).doc("clear($self, /)\n--\n\n"),
        Method::new("copy", Arity::NoArgs, methods::copy).doc("copy($self, /)\n--\n\n"),
        Method::new("__reduce__", Arity::NoArgs, methods::reduce).doc("__reduce__($self, /)\n--\n\nReturn state information for pickling."),
        Method::new("__reduce_ex__", Arity::Positional(0, 1), methods::reduce)
            .doc("__reduce_ex__($self, proto=0, /)\n--\n\nReturn state information for pickling."),
        Method::new("__sizeof__", Arity::NoArgs, methods::sizeof),
        Method::new("__alloc__", Arity::NoArgs, methods::alloc),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_str = Some(repr);
        s.tp_richcompare = Some(compare);
        s.tp_iter = Some(iter);
        s.nb_remainder = Some(remainder);
        s.sq_length = Some(length);
        s.mp_length = Some(length);
        s.sq_concat = Some(concat);
        s.sq_repeat = Some(repeat);
        s.sq_inplace_concat = Some(inplace_concat);
        s.sq_inplace_repeat = Some(inplace_repeat);
        s.sq_item = Some(item);
        s.sq_ass_item = Some(methods::set_item);
        s.sq_contains = Some(super::bytes_find::contains);
        s.mp_subscript = Some(subscript);
        s.mp_ass_subscript = Some(methods::set_subscript);
    },
    ..TypeSpec::new("bytearray")
};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    methods: ITER_METHODS,
    slots: |s| {
        s.tp_iter = Some(iter_self);
        s.tp_iternext = Some(iter_next);
    },
    ..TypeSpec::new("bytearray_iterator")
};

fn payload(data: Vec<u8>) -> Payload {
    Payload::Native(Box::new(Box::new(ByteArray {
        data,
        viewed: false,
    })))
}

impl Machine {
    pub fn is_bytearray(&self, o: Obj) -> bool {
        self.heap.native::<ByteArray>(o).is_some()
    }

    pub fn new_bytearray(&mut self, data: Vec<u8>) -> Obj {
        self.alloc_instance(self.types.bytearray, payload(data))
    }

    /// The contents, to be changed; only bytes, never the length unless `can_resize` said so.
    pub(super) fn bytearray_data(&mut self, o: Obj) -> &mut Vec<u8> {
        &mut self
            .heap
            .native_mut::<ByteArray>(o)
            .expect("a bytearray method gets a bytearray")
            .data
    }

    pub(super) fn bytearray_len(&self, o: Obj) -> usize {
        self.heap
            .native::<ByteArray>(o)
            .map_or(0, |array| array.data.len())
    }

    /// Refuses while a memoryview is open (`_canresize`).
    pub fn can_resize(&mut self, o: Obj) -> PyResult<()> {
        if !self
            .heap
            .native::<ByteArray>(o)
            .is_some_and(|array| array.viewed)
        {
            return Ok(());
        }
        if self.is_exported(o) {
            return self.raise(
                self.types.buffer_error,
                "Existing exports of data: object cannot be re-sized".to_string(),
            );
        }
        Ok(())
    }
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, payload(Vec::new())))
}

/// `bytearray___init___impl`
fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let [source, encoding, errors] = vm.unpack(
        "bytearray",
        args,
        &[opt("source"), opt("encoding"), opt("errors")],
    )?;
    vm.check_codec_names("bytearray", encoding, errors)?;
    if vm.bytearray_len(this) > 0 {
        vm.can_resize(this)?;
        vm.bytearray_data(this).clear();
    }
    if source.is_null() && encoding.is_null() && errors.is_null() {
        return Ok(());
    }
    let data = match vm.encoded_argument(source, encoding, errors)? {
        Some(data) => data,
        None => match vm.zero_bytes(source)? {
            Some(zeros) => zeros,
            None if vm.buffer(source).is_none() && vm.slots_of(source).tp_iternext.is_some() => {
                return fill_from(vm, this, source);
            }
            None => vm.bytes_from_object(source, "byte", "bytearray")?,
        },
    };
    vm.can_resize(this)?;
    *vm.bytearray_data(this) = data;
    Ok(())
}

/// Appends what an iterator gives: it may look at the bytearray meanwhile.
fn fill_from(vm: &mut Machine, this: Obj, source: Obj) -> PyResult<()> {
    let iterator = vm.get_iter(source)?;
    vm.with_held(iterator, |vm, iterator| {
        loop {
            let item = vm.iter_next(iterator)?;
            if item.is_null() {
                return Ok(());
            }
            let byte = vm.with_held(item, |vm, item| vm.byte_value(item, "byte"))?;
            vm.can_resize(this)?;
            vm.bytearray_data(this).push(byte);
        }
    })
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let quoted = bytearray_quoted(vm.bytearray_data(this));
    let class = vm.type_name(this);
    let name = class.rsplit('.').next().unwrap_or(&class).to_string();
    Ok(vm.new_string(format!("{name}(b{quoted})")))
}

/// `bytearray_richcompare`: with any bytes-like object.
fn compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Some(left), Some(right)) = (vm.buffer(a), vm.buffer(b)) else {
        return Ok(vm.new_not_implemented());
    };
    Ok(vm.new_bool(op.test(left.cmp(&right))))
}

fn length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    Ok(vm.bytearray_len(this))
}

fn concat(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (Some(left), Some(right)) = (vm.buffer(a), vm.buffer(b)) else {
        let (left, right) = (vm.type_name(a), vm.type_name(b));
        return vm.type_error(format!("can't concat {right} to {left}"));
    };
    let joined = [&*left, &*right].concat();
    Ok(vm.new_bytearray(joined))
}

fn inplace_concat(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    let Some(more) = vm.buffer(other) else {
        let (left, right) = (vm.type_name(this), vm.type_name(other));
        return vm.type_error(format!("can't concat {right} to {left}"));
    };
    if !more.is_empty() {
        vm.can_resize(this)?;
        vm.bytearray_data(this).extend_from_slice(&more);
    }
    Ok(vm.new_ref(this))
}

fn repeated(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Vec<u8>> {
    let times = times.max(0) as usize;
    match vm.bytearray_len(this).checked_mul(times) {
        Some(len) if len <= MOST_BYTES => Ok(vm.bytearray_data(this).repeat(times)),
        _ => vm.raise_bare(vm.types.memory_error),
    }
}

fn repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    let data = repeated(vm, this, times)?;
    Ok(vm.new_bytearray(data))
}

fn inplace_repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    let data = repeated(vm, this, times)?;
    if data.len() != vm.bytearray_len(this) {
        vm.can_resize(this)?;
        *vm.bytearray_data(this) = data;
    }
    Ok(vm.new_ref(this))
}

fn item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    let byte = usize::try_from(index)
        .ok()
        .and_then(|i| vm.bytearray_data(this).get(i).copied());
    match byte {
        Some(byte) => Ok(vm.new_int(i64::from(byte))),
        None => vm.raise(
            vm.types.index_error,
            "bytearray index out of range".to_string(),
        ),
    }
}

fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    if vm.slots_of(key).nb_index.is_some() {
        let mut index = vm.index_clamped(key, vm.types.index_error)?;
        if index < 0 {
            index += vm.bytearray_len(this) as isize;
        }
        return item(vm, this, index);
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        let name = vm.type_name(key);
        return vm.type_error(format!(
            "bytearray indices must be integers or slices, not {name}"
        ));
    }
    let (start, _, step, count) = vm.slice_indices(key, vm.bytearray_len(this))?;
    let data = vm.bytearray_data(this);
    let part = (0..count as isize)
        .filter_map(|n| data.get((start + n * step) as usize).copied())
        .collect();
    Ok(vm.new_bytearray(part))
}

fn remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !vm.is_bytearray(a) {
        return Ok(vm.new_not_implemented());
    }
    let made = bytes_percent(vm, a, b)?;
    Ok(vm.new_bytearray(made))
}

fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.incref(this);
    Ok(vm.alloc_gc(
        vm.types.bytearray_iter,
        Payload::SeqIter { seq: this, at: 0 },
    ))
}

fn iter_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        panic!("a bytearray_iterator is a SeqIter")
    };
    let Some(seq) = seq.some() else {
        return Ok(NULL);
    };
    match vm.bytearray_data(seq).get(at as usize).copied() {
        Some(byte) => {
            advance(vm, this);
            Ok(vm.new_int(i64::from(byte)))
        }
        None => {
            iter_exhausted(vm, this);
            Ok(NULL)
        }
    }
}
