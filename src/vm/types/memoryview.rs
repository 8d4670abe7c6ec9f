//! `memoryview`: a look at the bytes of a bytes or bytearray, one-dimensional, of formats `B`, `b`, `c` and `?`.
//!
//! A view owns a managed buffer, which owns the object looked at; slices of a view share the managed buffer. A released view owns
//! nothing. Formats of more than a byte and more dimensions are not supported, and say so.

use super::bytearray::ByteArray;
use super::memoryview_methods as methods;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::req;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// CPython's `_PyManagedBuffer`: counts as one export of the object as long as it lives.
#[derive(Clone)]
pub struct ManagedBuffer {
    pub obj: Obj,
}

impl Native for ManagedBuffer {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("obj"), self.obj);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.obj, NULL)]
    }

    native_boilerplate!();
}

static BUFFER_SPEC: TypeSpec = TypeSpec {
    gc: true,
    ..TypeSpec::new("managedbuffer")
};

/// The contents of a memoryview.
#[derive(Clone)]
pub struct MemoryView {
    /// NULL once released.
    pub buffer: Obj,
    /// The object looked at, borrowed from the buffer.
    pub obj: Obj,
    pub start: isize,
    pub step: isize,
    pub len: usize,
    pub format: u8,
    pub readonly: bool,
}

impl Native for MemoryView {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("buffer"), self.buffer);
    }

    fn take(&mut self) -> Vec<Obj> {
        self.obj = NULL;
        vec![std::mem::replace(&mut self.buffer, NULL)]
    }

    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a new memoryview object which references the given object.",
    has_weakrefs: true,
    methods: &[
        Method::new("release", Arity::NoArgs, methods::release).doc("release($self, /)\n--\n\nRelease the underlying buffer exposed by the memoryview object."),
        Method::new("tobytes", Arity::Keywords, methods::tobytes).doc("tobytes($self, /, order='C')\n--\n\n"),
        Method::new("hex", Arity::Keywords, methods::hex).doc("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"),
        Method::new("tolist", Arity::NoArgs, methods::tolist).doc("tolist($self, /)\n--\n\nReturn the data in the buffer as a list of elements."),
        Method::new("cast", Arity::Keywords, methods::cast).doc("cast($self, /, format, shape=<unrepresentable>)\n--\n\n"),
        Method::new("toreadonly", Arity::NoArgs, methods::toreadonly).doc("toreadonly($self, /)\n--\n\n"),
        Method::new("__enter__", Arity::NoArgs, methods::enter),
        Method::new("__exit__", Arity::Any, methods::exit),
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
        GetSet::new("c_contiguous", methods::contiguous),
        GetSet::new("f_contiguous", methods::contiguous),
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
    let place = |n: isize| (view.start + n * view.step) as usize;
    let all = match vm.heap.native::<ByteArray>(view.obj) {
        Some(array) => &array.data[..],
        None => &vm.heap.bytes_of(view.obj)?.data[..],
    };
    Some((0..view.len as isize).map(|n| all[place(n)]).collect())
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
        self.new_native(self.types.memoryview, view)
    }

    /// `PyMemoryView_FromObject`
    pub fn memoryview_of(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.native::<MemoryView>(o).is_some() {
            let view = self.open_view(o)?;
            return Ok(self.new_view(view));
        }
        let readonly = self.heap.bytes_of(o).is_some();
        if !readonly && !self.is_bytearray(o) {
            let name = self.type_name(o);
            return self.type_error(format!(
                "memoryview: a bytes-like object is required, not '{name}'"
            ));
        }
        let len = self.buffer(o).map_or(0, |data| data.len());
        if let Some(array) = self.heap.native_mut::<ByteArray>(o) {
            array.viewed = true;
        }
        let ty = self.view_type(&BUFFER_SPEC);
        self.heap.incref(o);
        let buffer = self.new_native(ty, ManagedBuffer { obj: o });
        Ok(self.new_native(
            self.types.memoryview,
            MemoryView {
                buffer,
                obj: o,
                start: 0,
                step: 1,
                len,
                format: b'B',
                readonly,
            },
        ))
    }

    /// A type that is made when it is first needed.
    fn view_type(&mut self, spec: &'static TypeSpec) -> Obj {
        if let Some(ty) = self.module_types.get(spec.name) {
            return *ty;
        }
        let ty = self.make_static_type(spec, self.types.object);
        self.module_types.insert(spec.name, ty);
        ty
    }

    /// One item of a view as an object.
    pub(super) fn view_item(&mut self, format: u8, byte: u8) -> Obj {
        match format {
            b'c' => self.new_bytes(vec![byte]),
            b'b' => self.new_int(i64::from(byte as i8)),
            b'?' => self.new_bool(byte != 0),
            _ => self.new_int(i64::from(byte)),
        }
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
    let view = vm.open_view(this)?;
    if !view.readonly {
        return vm.value_error("cannot hash writable memoryview object");
    }
    let data = view_bytes(vm, &view).unwrap_or_default();
    Ok(crate::heap::payload::str::hash_bytes(&data))
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
        let (Some(left), Some(right)) = (vm.buffer(a), vm.buffer(b)) else {
            return Ok(vm.new_not_implemented());
        };
        *left == *right
    };
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

fn length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    Ok(vm.open_view(this)?.len)
}

fn item(vm: &mut Machine, this: Obj, index: isize) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    let data = view_bytes(vm, &view).unwrap_or_default();
    let index = if index < 0 {
        index + data.len() as isize
    } else {
        index
    };
    match usize::try_from(index)
        .ok()
        .and_then(|i| data.get(i).copied())
    {
        Some(byte) => Ok(vm.view_item(view.format, byte)),
        None => vm.raise(
            vm.types.index_error,
            "index out of bounds on dimension 1".to_string(),
        ),
    }
}

fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let view = vm.open_view(this)?;
    if vm.slots_of(key).nb_index.is_some() {
        let index = vm.index_clamped(key, vm.types.index_error)?;
        return item(vm, this, index);
    }
    if let Some(keys) = vm.heap.tuple(key).map(<[Obj]>::len) {
        return match keys {
            0 => vm.raise(
                vm.types.not_implemented_error,
                "sub-views are not implemented".to_string(),
            ),
            1 => vm.unsupported("a memoryview indexed by a tuple".to_string()),
            n => vm.type_error(format!(
                "cannot index 1-dimension view with {n}-element tuple"
            )),
        };
    }
    if !matches!(vm.heap.payload(key), Payload::Slice(_)) {
        return vm.type_error("memoryview: invalid slice key".to_string());
    }
    let (start, _, step, count) = vm.slice_indices(key, view.len)?;
    let part = MemoryView {
        start: view.start + start * view.step,
        step: view.step * step,
        len: count,
        ..view
    };
    Ok(vm.new_view(part))
}

static ITER_SPEC: TypeSpec = TypeSpec {
    slots: |s| {
        s.tp_iter = Some(super::str::iter_self);
        s.tp_iternext = Some(iter_next);
    },
    ..TypeSpec::new("memory_iterator")
};

fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.open_view(this)?;
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
