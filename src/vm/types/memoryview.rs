//! `memoryview`: a look at the bytes of a bytes, bytearray or array; `memoryview_items.rs` knows the formats,
//! `memoryview_dims.rs` what a cast to a shape makes.
//!
//! A view owns a managed buffer, which owns the object looked at; slices of a view share the managed buffer. A released view owns
//! nothing.

use super::bytearray::ByteArray;
use super::memoryview_dims::{self as dims, Inner};
use super::memoryview_items::is_byte_format;
use super::memoryview_methods as methods;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::req;
use crate::vm::modules::pickle::buffer::PickleBuffer;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// CPython's `_PyManagedBuffer`: counts as one export of the object as long as it lives.
#[derive(Clone)]
pub struct ManagedBuffer {
    /// What has the bytes.
    pub obj: Obj,
    /// The object that lends the bytes of `obj` and shows as the view's `obj` (`_io._BytesIOBuffer`), or NULL.
    pub lender: Obj,
}

impl Native for ManagedBuffer {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        match self.lender.some() {
            Some(lender) => f(Edge::Field("obj"), lender),
            // A released one has let go of it.
            None if self.obj.is_null() => {}
            None => f(Edge::Field("obj"), self.obj),
        }
    }

    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        if self.lender.some().is_some() {
            f(Edge::Field("buf"), self.obj);
        }
    }

    fn take(&mut self) -> Vec<Obj> {
        [&mut self.lender, &mut self.obj]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }

    fn exported(&self) -> Obj {
        self.obj
    }

    native_boilerplate!();
}

pub static BUFFER_SPEC: TypeSpec = TypeSpec {
    gc: true,
    ..TypeSpec::new("managedbuffer")
};

/// The contents of a memoryview.
#[derive(Clone)]
pub struct MemoryView {
    /// NULL once released.
    pub buffer: Obj,
    /// What that was, if no other view had it: it stays with the view, empty.
    pub spent: Obj,
    /// The object looked at, borrowed from the buffer.
    pub obj: Obj,
    /// Where the first item begins and how far apart items are, in bytes; how many items.
    pub start: isize,
    pub step: isize,
    pub len: usize,
    /// What such an item of the first dimension is.
    pub inner: Inner,
    /// The letter of a native format, and whether it is shown with `@` in front.
    pub format: u8,
    pub marked: bool,
    pub readonly: bool,
    /// Of what the bytes were when it was asked for; it outlasts a release.
    pub hash: Option<i64>,
}

impl Native for MemoryView {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        if let Some(buffer) = self.buffer.some().or(self.spent.some()) {
            f(Edge::Field("buffer"), buffer);
        }
    }

    fn take(&mut self) -> Vec<Obj> {
        self.obj = NULL;
        [&mut self.buffer, &mut self.spent]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }

    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a new memoryview object which references the given object.",
    has_weakrefs: true,
    sequence: true,
    methods: &[
        Method::new("release", Arity::NoArgs, methods::release).doc("release($self, /)\n--\n\nRelease the underlying buffer exposed by the memoryview object."),
        Method::new("tobytes", Arity::Keywords, methods::tobytes).doc("tobytes($self, /, order='C')\n--\n\n"),
        Method::new("hex", Arity::Keywords, methods::hex).doc("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"),
        Method::new("tolist", Arity::NoArgs, methods::tolist).doc("tolist($self, /)\n--\n\nReturn the data in the buffer as a list of elements."),
        Method::new("cast", Arity::Keywords, methods::cast).doc("cast($self, /, format, shape=<unrepresentable>)\n--\n\n"),
        Method::new("toreadonly", Arity::NoArgs, methods::toreadonly).doc("toreadonly($self, /)\n--\n\n"),
        Method::new("__enter__", Arity::NoArgs, methods::enter),
        Method::new("__exit__", Arity::Any, methods::exit).varargs(),
    ],
    getset: &[
        GetSet::new("obj", methods::obj),
        GetSet::new("nbytes", methods::nbytes),
        GetSet::new("readonly", methods::readonly),
        GetSet::new("itemsize", methods::itemsize),
        GetSet::new("format", methods::format),
        GetSet::new("ndim", methods::ndim),
        GetSet::new("shape", methods::shape),
        GetSet::new("strides", methods::strides),
        GetSet::new("suboffsets", methods::suboffsets),
        GetSet::new("c_contiguous", dims::c_contiguous),
        GetSet::new("f_contiguous", dims::f_contiguous),
        GetSet::new("contiguous", methods::contiguous),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(compare);
        s.tp_iter = Some(iter);
        s.sq_length = Some(length);
        s.mp_length = Some(length);
        s.sq_item = Some(item);
        s.mp_subscript = Some(subscript);
        s.mp_ass_subscript = Some(methods::set_subscript);
    },
    ..TypeSpec::new("memoryview")
};

/// The bytes of a view in order; `None` if it is released.
pub fn view_bytes(vm: &Machine, view: &MemoryView) -> Option<Vec<u8>> {
    if view.buffer.is_null() {
        return None;
    }
    let all = if let Some(array) = vm.heap.native::<ByteArray>(view.obj) {
        &array.data[..]
    } else if let Some(array) = vm.heap.array(view.obj) {
        &array.data[..]
    } else {
        &vm.heap.bytes_of(view.obj)?.data[..]
    };
    let size = view.row_size();
    if view.step == size as isize {
        let start = view.start as usize;
        return Some(all[start..start + view.len * size].to_vec());
    }
    let mut out = Vec::with_capacity(view.len * size);
    for n in 0..view.len as isize {
        let place = (view.start + n * view.step) as usize;
        out.extend_from_slice(&all[place..place + size]);
    }
    Some(out)
}

/// One item's bytes; there is one at that place.
pub(super) fn item_bytes(vm: &Machine, view: &MemoryView, index: usize) -> Vec<u8> {
    let part = MemoryView {
        start: view.start + index as isize * view.step,
        len: 1,
        ..view.clone()
    };
    view_bytes(vm, &part).unwrap_or_default()
}

impl Machine {
    /// The view if it is not released, a copy of its few fields.
    pub(super) fn open_view(&mut self, o: Obj) -> PyResult<MemoryView> {
        match self.heap.native::<MemoryView>(o) {
            Some(view) if !view.buffer.is_null() => Ok(view.clone()),
            _ => self.value_error("operation forbidden on released memoryview object"),
        }
    }

    /// A view of the same buffer; takes a reference of its own.
    pub(super) fn new_view(&mut self, view: MemoryView) -> Obj {
        self.heap.incref(view.buffer);
        self.new_native(self.types.memoryview, MemoryView { hash: None, ..view })
    }

    /// `PyMemoryView_FromObject`
    pub fn memoryview_of(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.native::<MemoryView>(o).is_some() {
            let view = self.open_view(o)?;
            return Ok(self.new_view(view));
        }
        if let Some(wrapped) = self.heap.native::<PickleBuffer>(o).map(|b| b.view) {
            if wrapped.is_null() {
                return self.value_error("operation forbidden on released PickleBuffer object");
            }
            return self.memoryview_of(wrapped);
        }
        let readonly = self.heap.bytes_of(o).is_some();
        if !readonly && !self.is_bytearray(o) && self.heap.array(o).is_none() {
            let name = self.type_name(o);
            return self.type_error(format!(
                "memoryview: a bytes-like object is required, not '{name}'"
            ));
        }
        let format = self.buffer_format(o);
        let size = self.buffer_item_size(o);
        let len = match self.heap.array(o) {
            Some(array) => array.len(),
            None => self.buffer(o).map_or(0, |data| data.len()),
        };
        self.mark_exported(o);
        let ty = self.module_type(&BUFFER_SPEC);
        self.heap.incref(o);
        let buffer = self.new_native(ty, ManagedBuffer {
            obj: o,
            lender: NULL,
        });
        Ok(self.new_native(
            self.types.memoryview,
            MemoryView {
                buffer,
                spent: NULL,
                obj: o,
                start: 0,
                step: size as isize,
                len,
                inner: Inner::Item,
                format,
                marked: false,
                readonly,
                hash: None,
            },
        ))
    }

    /// A view of what has the bytes, for another object that lends them and is owned by the view from now on.
    pub fn memoryview_lent(&mut self, o: Obj, lender: Obj) -> PyResult<Obj> {
        self.with_held(lender, |vm, lender| {
            let view = vm.memoryview_of(o)?;
            vm.heap.incref(lender);
            let buffer = vm.heap.native::<MemoryView>(view).map(|v| v.buffer);
            let buffer = buffer.and_then(|b| vm.heap.native_mut::<ManagedBuffer>(b));
            buffer.expect("a new view has its buffer").lender = lender;
            Ok(view)
        })
    }

    /// A type that is made when it is first needed.
    pub(in crate::vm) fn view_type(&mut self, spec: &'static TypeSpec) -> Obj {
        if let Some(ty) = self.module_types.get(spec.name) {
            return *ty;
        }
        let object = self.types.object;
        self.as_if_started(|vm| vm.make_module_type(spec, object))
    }
}

fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    let [object] = vm.unpack("memoryview", args, &[req("object")])?;
    vm.memoryview_of(object)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let released = vm
        .heap
        .native::<MemoryView>(this)
        .is_some_and(|view| view.buffer.is_null());
    let kind = if released {
        "released memory"
    } else {
        "memory"
    };
    let address = super::weakref::address(vm, this);
    Ok(vm.new_string(format!("<{kind} at {address}>")))
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    if let Some(known) = vm.heap.native::<MemoryView>(this).and_then(|view| view.hash) {
        return Ok(known);
    }
    let view = vm.open_view(this)?;
    if !view.readonly {
        return vm.value_error("cannot hash writable memoryview object");
    }
    if !is_byte_format(view.format) {
        return vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    }
    let data = view_bytes(vm, &view).unwrap_or_default();
    let hash = crate::heap::payload::str::hash_bytes(&data);
    if let Some(view) = vm.heap.native_mut::<MemoryView>(this) {
        view.hash = Some(hash);
    }
    Ok(hash)
}

/// `memory_richcompare`: only equality; a released view equals only itself.
fn compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let released = |vm: &Machine, o: Obj| {
        vm.heap
            .native::<MemoryView>(o)
            .is_some_and(|view| view.buffer.is_null())
    };
    let equal = if released(vm, a) || released(vm, b) {
        a == b
    } else {
        if vm.buffer(a).is_none() || vm.buffer(b).is_none() {
            return Ok(vm.new_not_implemented());
        }
        let mark = vm.mark();
        let left = vm.view_for_comparing(a)?;
        vm.hold(left);
        let right = vm.view_for_comparing(b)?;
        vm.hold(right);
        let equal = equal_items(vm, left, right);
        vm.releasing(mark, equal)?
    };
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

/// As bytes if both have the same format and equal items have equal bytes; else item by item, as objects. A format that
/// cannot be read makes the views differ.
fn equal_items(vm: &mut Machine, left: Obj, right: Obj) -> PyResult<bool> {
    let (a, b) = (vm.open_view(left)?, vm.open_view(right)?);
    if a.dims() != b.dims() || a.format == b'w' || b.format == b'w' {
        return Ok(false);
    }
    if a.format == b.format && !matches!(a.format, b'f' | b'd' | b'?') {
        return Ok(view_bytes(vm, &a) == view_bytes(vm, &b));
    }
    let [left, right] = [&a, &b].map(|view| view_bytes(vm, view).unwrap_or_default());
    let items = left.chunks(a.item_size()).zip(right.chunks(b.item_size()));
    for (left, right) in items {
        let mark = vm.mark();
        for (view, item) in [(&a, left), (&b, right)] {
            let item = vm.view_item(view, item)?;
            vm.hold(item);
        }
        let (x, y) = (vm.stack[mark], vm.stack[mark + 1]);
        let equal = vm.rich_compare_bool(x, y, CmpOp::Eq);
        if !vm.releasing(mark, equal)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    Ok(vm.open_view(this)?.len)
}

fn item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    dims::refuse_rows(vm, &view)?;
    let index = if index < 0 {
        index + view.len as isize
    } else {
        index
    };
    match usize::try_from(index).ok().filter(|i| *i < view.len) {
        Some(i) => {
            let item = item_bytes(vm, &view, i);
            vm.view_item(&view, &item)
        }
        None => vm.raise(
            vm.types.index_error,
            "index out of bounds on dimension 1".to_string(),
        ),
    }
}

fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    if matches!(view.inner, Inner::Nothing) {
        if key == vm.ellipsis {
            return Ok(vm.new_ref(this));
        }
        dims::check_scalar_key(vm, key)?;
        let item = item_bytes(vm, &view, 0);
        return vm.view_item(&view, &item);
    }
    if vm.slots_of(key).nb_index.is_some() {
        let index = vm.index_clamped(key, vm.types.index_error)?;
        return item(vm, this, index);
    }
    if matches!(vm.heap.payload(key), Payload::Slice(_)) {
        let (start, _, step, count) = vm.slice_indices(key, view.len)?;
        let part = MemoryView {
            start: view.start + start * view.step,
            step: view.step * step,
            len: count,
            ..view
        };
        return Ok(vm.new_view(part));
    }
    if let Some(place) = dims::multi_index(vm, &view, key)? {
        let one = view.item_at(place);
        let item = item_bytes(vm, &one, 0);
        vm.open_view(this)?;
        return vm.view_item(&one, &item);
    }
    if dims::is_multi_slice(vm, key) {
        return vm.raise(
            vm.types.not_implemented_error,
            "multi-dimensional slicing is not implemented".to_string(),
        );
    }
    vm.type_error("memoryview: invalid slice key".to_string())
}

static ITER_SPEC: TypeSpec = TypeSpec {
    slots: |s| {
        s.tp_iter = Some(super::str::iter_self);
        s.tp_iternext = Some(iter_next);
    },
    ..TypeSpec::new("memory_iterator")
};

fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    dims::refuse_rows(vm, &view)?;
    let ty = vm.view_type(&ITER_SPEC);
    vm.incref(this);
    Ok(vm.alloc_gc(ty, Payload::SeqIter { seq: this, at: 0 }))
}

fn iter_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        panic!("a memory_iterator is a SeqIter")
    };
    let Some(seq) = seq.some() else {
        return Ok(NULL);
    };
    let view = vm.open_view(seq)?;
    if at as usize >= view.len {
        super::str::iter_exhausted(vm, this);
        return Ok(NULL);
    }
    super::str::advance(vm, this);
    item(vm, seq, at as isize)
}
