//! `str`: construction, comparison, hash, indexing, iteration. Its methods are in `str_case.rs`, `str_find.rs`, `str_split.rs`,
//! `str_pad.rs`, `str_translate.rs`; the table of them all is `str_methods.rs`.
//!
//! Everything counts in code points; bytes of the WTF-8 underneath only serve to search and compare, which give the same
//! answers there. Nothing here runs Python code but what `str(o)` calls.

use std::rc::Rc;

use super::slice::plain_bounds;
use super::str_methods::METHODS;
use super::str_repr::repr_of;
use crate::heap::payload::StrObj;
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::opt;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// A longer text than this raises MemoryError instead of being tried.
pub const MOST_BYTES: usize = 1 << 31;

pub static SPEC: TypeSpec = TypeSpec {
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n\
          Create a new string object from the given object. If encoding or\n\
          errors is specified, then the object must expose a data buffer\n\
          that will be decoded using the given encoding and error handler.\n\
          Otherwise, returns the result of object.__str__() (if defined)\n\
          or repr(object).\n\
          encoding defaults to sys.getdefaultencoding().\n\
          errors defaults to 'strict'.",
    layout: Layout::Str,
    gc: false,
    base_type: true,
    methods: METHODS,
    slots: |s| {
        s.tp_new = Some(str_new);
        s.tp_repr = Some(str_repr);
        s.tp_str = Some(str_str);
        s.tp_hash = Some(str_hash);
        s.tp_richcompare = Some(str_compare);
        s.tp_iter = Some(str_iter);
        s.nb_remainder = Some(str_remainder);
        s.sq_length = Some(str_length);
        s.mp_length = Some(str_length);
        s.sq_concat = Some(str_concat);
        s.sq_repeat = Some(str_repeat);
        s.sq_item = Some(str_item);
        s.sq_contains = Some(str_contains);
        s.mp_subscript = Some(str_subscript);
    },
    ..TypeSpec::new("str")
};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    methods: ITER_METHODS,
    slots: |s| {
        s.tp_iter = Some(iter_self);
        s.tp_iternext = Some(str_iter_next);
    },
    ..TypeSpec::new("str_iterator")
};

/// Shared by the iterators of str, bytes and bytearray, all of which are `Payload::SeqIter`.
pub static ITER_METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, iter_length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, iter_reduce)
        .doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, iter_setstate)
        .doc("Set state information for unpickling."),
];

impl Machine {
    /// The text of an object known to be a str.
    pub fn text_rc(&self, o: Obj) -> Rc<StrObj> {
        self.heap
            .str(o)
            .expect("the caller made sure of a str")
            .clone()
    }

    /// The same text again as an exact str: the object itself if it is one (`unicode_result_unchanged`).
    pub(super) fn text_unchanged(&mut self, o: Obj) -> Obj {
        if self.heap.ty(o) == self.types.str {
            return self.new_ref(o);
        }
        let text = self.text_rc(o);
        self.new_str_obj((*text).clone())
    }

    /// Part of a text between two bytes; the object itself if that is all of it.
    pub(super) fn text_part(&mut self, o: Obj, text: &StrObj, start: usize, end: usize) -> Obj {
        if start == 0 && end == text.bytes().len() {
            return self.text_unchanged(o);
        }
        self.new_str_obj(text.byte_slice(start, end))
    }

    /// A str object of its own, even if it is empty or one letter: what CPython's ASCII fast paths make.
    pub(in crate::vm) fn new_fresh_str(&mut self, text: StrObj) -> Obj {
        if text.is_empty() {
            return self.new_str_obj(text);
        }
        self.alloc_raw(self.types.str, Payload::Str(Rc::new(text)))
    }

    /// One character.
    pub fn new_char(&mut self, point: u32) -> Obj {
        if point < 256 && !self.latin1[point as usize].is_null() {
            let o = self.latin1[point as usize];
            return self.new_ref(o);
        }
        self.new_str_obj(StrObj::from_points([point]))
    }

    /// `PyUnicode_Check` with the message of `ensure_unicode`.
    pub(super) fn need_str(&mut self, o: Obj) -> PyResult<Rc<StrObj>> {
        match self.heap.str(o) {
            Some(text) => Ok(text.clone()),
            None => {
                let name = self.type_name(o);
                self.type_error(format!("must be str, not {name}"))
            }
        }
    }

    /// An argument that Argument Clinic wants to be str; `place` is "argument 1", "argument 'encoding'" or "argument".
    pub(in crate::vm) fn str_argument(
        &mut self,
        function: &str,
        place: &str,
        o: Obj,
    ) -> PyResult<Rc<StrObj>> {
        match self.heap.str(o) {
            Some(text) => Ok(text.clone()),
            None => {
                let name = if o == self.none {
                    "None".to_string()
                } else {
                    self.type_name(o)
                };
                self.type_error(format!("{function}() {place} must be str, not {name}"))
            }
        }
    }
}

/// `unicode_new`
fn str_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [object, encoding, errors] = vm.unpack(
        "str",
        args,
        &[opt("object"), opt("encoding"), opt("errors")],
    )?;
    for (name, value) in [
        ("argument 'encoding'", encoding),
        ("argument 'errors'", errors),
    ] {
        if !value.is_null() {
            vm.str_argument("str", name, value)?;
        }
    }
    let text = if object.is_null() {
        vm.new_str("")
    } else if encoding.is_null() && errors.is_null() {
        vm.str_of(object)?
    } else {
        decode_object(vm, object, encoding, errors)?
    };
    if class == vm.types.str {
        return Ok(text);
    }
    let payload = Payload::Str(vm.text_rc(text));
    vm.decref(text);
    Ok(vm.alloc_instance(class, payload))
}

/// `PyUnicode_FromEncodedObject`
fn decode_object(vm: &mut Machine, object: Obj, encoding: Obj, errors: Obj) -> PyResult<Obj> {
    if vm.heap.str(object).is_some() {
        return vm.type_error("decoding str is not supported".to_string());
    }
    let Some(data) = vm.buffer(object) else {
        let name = vm.type_name(object);
        return vm.type_error(format!(
            "decoding to str: need a bytes-like object, {name} found"
        ));
    };
    vm.decode_object(&data, encoding, errors)
}

/// `unicode_repr`
fn str_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let repr = repr_of(&vm.text_rc(this));
    Ok(vm.new_wtf8(repr))
}

fn str_str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    Ok(vm.text_unchanged(this))
}

fn str_hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    Ok(vm.text_rc(this).hash())
}

/// `PyUnicode_RichCompare`
fn str_compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Some(left), Some(right)) = (vm.heap.str(a), vm.heap.str(b)) else {
        return Ok(vm.new_not_implemented());
    };
    // The order of WTF-8 is that of code points.
    let answer = match op {
        CmpOp::Eq => a == b || left == right,
        CmpOp::Ne => a != b && left != right,
        _ => op.test(left.bytes().cmp(right.bytes())),
    };
    Ok(vm.new_bool(answer))
}

fn str_length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    Ok(vm.text_rc(this).len())
}

/// `PyUnicode_Concat`
fn str_concat(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let left = vm.text_rc(a);
    let Some(right) = vm.heap.str(b).cloned() else {
        let name = vm.type_name(b);
        return vm.type_error(format!("can only concatenate str (not \"{name}\") to str"));
    };
    if left.is_empty() {
        return Ok(vm.text_unchanged(b));
    }
    if right.is_empty() {
        return Ok(vm.text_unchanged(a));
    }
    Ok(vm.new_str_obj(StrObj::concat(&left, &right)))
}

/// `unicode_repeat`
fn str_repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if times < 1 || text.is_empty() {
        return Ok(vm.new_str(""));
    }
    if times == 1 {
        return Ok(vm.text_unchanged(this));
    }
    let times = times as usize;
    // Characters are what may be too many; too many bytes of them are more than there is memory for.
    let characters = text.len().checked_mul(times);
    if characters.is_none_or(|n| isize::try_from(n).is_err()) {
        return vm.raise(
            vm.types.overflow_error,
            "repeated string is too long".to_string(),
        );
    }
    match text.bytes().len().checked_mul(times) {
        Some(bytes) if bytes <= MOST_BYTES => Ok(vm.new_fresh_str(text.repeat(times))),
        _ => vm.raise_bare(vm.types.memory_error),
    }
}

/// `unicode_getitem`
fn str_item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    let text = vm.heap.str(this).expect("the caller made sure of a str");
    if index < 0 || index as usize >= text.len() {
        return vm.raise(
            vm.types.index_error,
            "string index out of range".to_string(),
        );
    }
    let point = text.point(index as usize);
    Ok(vm.new_char(point))
}

/// `unicode_subscript`
fn str_subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    if vm.slots_of(key).nb_index.is_some() {
        let mut index = vm.index_clamped(key, vm.types.index_error)?;
        if index < 0 {
            index += vm.heap.str(this).map_or(0, |text| text.len()) as isize;
        }
        return str_item(vm, this, index);
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        return vm.type_error("string indices must be integers".to_string());
    }
    let text = vm.text_rc(this);
    let (start, step, count) = match plain_bounds(vm, key, text.len()) {
        Some(b) => (b.start, b.step, b.count),
        None => {
            let (start, _, step, count) = vm.slice_indices(key, text.len())?;
            (start, step, count)
        }
    };
    if count == 0 {
        return Ok(vm.new_str(""));
    }
    if step == 1 {
        if count == text.len() {
            return Ok(vm.text_unchanged(this));
        }
        let start = start as usize;
        return Ok(vm.new_str_obj(text.slice(start, start + count)));
    }
    let points = (0..count).map(|n| text.point((start as i64 + n as i64 * step as i64) as usize));
    let part = StrObj::from_points(points);
    Ok(vm.new_str_obj(part))
}

/// `PyUnicode_Contains`
fn str_contains(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    let Some(wanted) = vm.heap.str(item) else {
        let name = vm.type_name(item);
        return vm.type_error(format!(
            "'in <string>' requires string as left operand, not {name}"
        ));
    };
    let text = vm.heap.str(this).expect("the caller made sure of a str");
    Ok(memchr::memmem::find(text.bytes(), wanted.bytes()).is_some())
}

/// `unicode_mod`
fn str_remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if vm.heap.str(a).is_none() {
        return Ok(vm.new_not_implemented());
    }
    vm.str_percent(a, b)
}

fn str_iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.incref(this);
    Ok(vm.alloc_gc(vm.types.str_iter, Payload::SeqIter { seq: this, at: 0 }))
}

pub fn iter_self(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    Ok(vm.new_ref(this))
}

/// `unicodeiter_next`
fn str_iter_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        panic!("a str_iterator is a SeqIter")
    };
    let Some(seq) = seq.some() else {
        return Ok(NULL);
    };
    let text = vm
        .heap
        .str(seq)
        .expect("a str_iterator's sequence is a str");
    if at as usize >= text.len() {
        iter_exhausted(vm, this);
        return Ok(NULL);
    }
    let point = text.point(at as usize);
    advance(vm, this);
    Ok(vm.new_char(point))
}

/// Moves an iterator on.
pub fn advance(vm: &mut Machine, this: Obj) {
    if let Payload::SeqIter { at, .. } = vm.heap.payload_mut(this) {
        *at += 1;
    }
}

/// An iterator at its end lets go of what it ran over.
pub fn iter_exhausted(vm: &mut Machine, this: Obj) {
    if let Payload::SeqIter { seq, .. } = vm.heap.payload_mut(this) {
        let done = std::mem::replace(seq, NULL);
        vm.xdecref(done);
    }
}

/// Length of what a str, bytes or bytearray iterator runs over.
fn iter_seq_len(vm: &Machine, seq: Obj) -> usize {
    match vm.heap.str(seq) {
        Some(text) => text.len(),
        None => vm.buffer(seq).map_or(0, |data| data.len()),
    }
}

fn iter_length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        return Ok(vm.new_int(0));
    };
    let len = if seq.is_null() {
        0
    } else {
        iter_seq_len(vm, seq).saturating_sub(at as usize)
    };
    Ok(vm.new_int(len as i64))
}

fn iter_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        panic!("a str_iterator is a SeqIter")
    };
    Ok(match seq.some() {
        Some(seq) => super::list_iter::reduced(vm, function, seq, at as i64),
        None => {
            let is_text = vm.heap.ty(this) == vm.types.str_iter;
            let empty = if is_text { vm.empty_str } else { vm.empty_tuple };
            vm.incref(empty);
            super::list_iter::reduced_over(vm, function, empty)
        }
    })
}

fn iter_setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    if !vm.is_int(state) {
        return vm.type_error("an integer is required".to_string());
    }
    let wanted = vm.ssize(state)?;
    let Payload::SeqIter { seq, .. } = *vm.heap.payload(this) else {
        return Ok(vm.new_none());
    };
    if !seq.is_null() {
        let len = iter_seq_len(vm, seq);
        if let Payload::SeqIter { at, .. } = vm.heap.payload_mut(this) {
            *at = (wanted.max(0) as usize).min(len) as u64;
        }
    }
    Ok(vm.new_none())
}
