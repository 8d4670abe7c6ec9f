//! `sys.getsizeof`: how many bytes an object would take in CPython 3.10 on a 64-bit machine.
//!
//! Structures have CPython's sizes; what a container has in reserve is worked out as if it had been made in one go, because
//! this heap does not keep reserves as CPython does.

use crate::heap::{Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// `sizeof(PyGC_Head)`
const GC_HEAD: usize = 16;

/// `sys.getsizeof`: what `__sizeof__` answers, and the collector's head (`_PySys_GetSizeOf`).
pub fn getsizeof(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [o, default] = vm.unpack("getsizeof", args, &[req("object"), opt("default")])?;
    let ty = vm.heap.ty(o);
    let found = vm.type_lookup(ty, vm.names.__sizeof__);
    let inherited = match vm.heap.payload(found) {
        Payload::MethodDescr { class, .. } => *class == vm.types.object,
        _ => false,
    };
    if found.is_null() || inherited {
        let size = bare_size(vm, o) + head_size(vm, o);
        return Ok(vm.new_int(size as i64));
    }
    own_size(vm, o, default)
}

/// Of a type that has a `__sizeof__` of its own.
fn own_size(vm: &mut Machine, o: Obj, default: Obj) -> PyResult<Obj> {
    let result = vm.call_special(o, vm.names.__sizeof__, &[]);
    let result = match result {
        Ok(result) => result.unwrap_or(vm.none),
        Err(_) if !default.is_null() && vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            return Ok(vm.new_ref(default));
        }
        Err(thrown) => return Err(thrown),
    };
    let (size, is_int) = (vm.as_i64(result), vm.as_int(result).is_some());
    vm.decref(result);
    let gc = head_size(vm, o) as i64;
    match size {
        Some(n) if n < 0 => vm.value_error("__sizeof__() should return >= 0"),
        Some(n) => Ok(vm.new_big_int((i128::from(n) + i128::from(gc)).into())),
        None if is_int => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
        None if !default.is_null() => Ok(vm.new_ref(default)),
        None => vm.type_error("an integer is required".to_string()),
    }
}

/// The collector's head, for what it tracks or might.
fn head_size(vm: &Machine, o: Obj) -> usize {
    let payload = vm.heap.payload(o);
    let bare =
        !vm.heap.is_gc(o) || is_static_type(payload) || NO_HEAD.contains(&&vm.type_name(o)[..]);
    if bare { 0 } else { GC_HEAD }
}

/// What `object.__sizeof__` answers: the structure, its items, and a place for `__dict__`, weak references and each slot.
pub fn bare_size(vm: &Machine, o: Obj) -> usize {
    match vm.heap.payload(o) {
        Payload::Inst { .. } => 32,
        Payload::Ext(ext) => match &ext.base {
            // These two count their digits and characters only.
            base @ (Payload::Int(_) | Payload::BigInt(_)) => basic_size(vm, o, base),
            Payload::Str(s) => 80 + (s.len() + 1) * width_of(s),
            base => {
                let links = 8
                    * (usize::from(vm.heap.class(vm.heap.ty(o)).flags.has_weakrefs)
                        + usize::from(ext.has_dict));
                let base = match base {
                    Payload::Object => 16,
                    base => basic_size(vm, o, base),
                };
                base + links + 8 * ext.slots.len()
            }
        },
        Payload::Str(s) if vm.heap.class(vm.heap.ty(o)).flags.heap_type => {
            80 + (s.len() + 1) * width_of(s)
        }
        payload => basic_size(vm, o, payload),
    }
}

fn is_static_type(payload: &Payload) -> bool {
    matches!(payload, Payload::Class(class) if !class.flags.heap_type)
}

/// Types whose instances the collector never sees in CPython.
const NO_HEAD: &[&str] = &[
    "_hashlib.HASH",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "datetime.timezone",
    "decimal.Decimal",
];

/// `tp_basicsize` of types that live with their modules.
const NATIVE_SIZES: &[(&str, usize)] = &[
    ("ContextVar", 64),
    ("_contextvars.ContextVar", 64),
    ("_hashlib.HASH", 32),
    ("_io.StringIO", 120),
    ("_random.Random", 2520),
    ("_thread.lock", 40),
    ("async_generator", 112),
    ("coroutine", 96),
    ("datetime.date", 32),
    ("datetime.datetime", 48),
    ("datetime.time", 40),
    ("datetime.timedelta", 40),
    ("datetime.timezone", 32),
    ("dict_items", 24),
    ("dict_itemiterator", 56),
    ("dict_keyiterator", 56),
    ("dict_keys", 24),
    ("dict_valueiterator", 56),
    ("dict_values", 24),
    ("filter", 32),
    ("functools.KeyWrapper", 32),
    ("functools._lru_cache_wrapper", 152),
    ("functools.partial", 64),
    ("itertools._tee", 40),
    ("itertools.chain", 32),
    ("itertools.count", 40),
    ("itertools.groupby", 64),
    ("itertools.islice", 56),
    ("itertools.repeat", 32),
    ("list_reverseiterator", 32),
    ("map", 32),
    ("memoryview", 168),
    ("method-wrapper", 32),
    ("operator.attrgetter", 32),
    ("operator.itemgetter", 40),
    ("types.SimpleNamespace", 24),
    ("types.UnionType", 32),
    ("wrapper_descriptor", 56),
];

fn native_size(vm: &Machine, o: Obj) -> usize {
    let name = vm.class_name(vm.heap.ty(o));
    if name == "bytearray" {
        let room = |b: &[u8]| if b.is_empty() { 0 } else { b.len() + 1 };
        return 56 + vm.buffer(o).map_or(0, |b| room(&b));
    }
    row_of(&name).unwrap_or(48)
}

fn row_of(name: &str) -> Option<usize> {
    let row = NATIVE_SIZES.iter().find(|row| row.0 == name);
    row.map(|row| row.1)
}

/// Bytes a character takes.
fn width_of(s: &crate::heap::payload::StrObj) -> usize {
    match s.points().max().unwrap_or(0) {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

fn digits(bits: u64) -> usize {
    bits.div_ceil(30) as usize
}

/// Without the collector's head.
fn basic_size(vm: &Machine, o: Obj, payload: &Payload) -> usize {
    match payload {
        Payload::Bool(b) => 24 + 4 * usize::from(*b),
        Payload::Int(i) => 24 + 4 * digits(u64::from(64 - i.unsigned_abs().leading_zeros())),
        Payload::BigInt(b) => 24 + 4 * digits(b.bits()),
        Payload::Float(_) => 24,
        Payload::Complex(_) => 32,
        Payload::Str(s) => {
            let widest = s.points().max().unwrap_or(0);
            match widest {
                0..=0x7f => 49 + s.len(),
                0x80..=0xff => 73 + s.len(),
                0x100..=0xffff => 74 + 2 * s.len(),
                _ => 76 + 4 * s.len(),
            }
        }
        Payload::Bytes(b) => 33 + b.data.len(),
        Payload::Tuple { n, .. } => 24 + 8 * *n as usize,
        Payload::TupleBig(items) => 24 + 8 * items.len(),
        Payload::List(items) => (40 + 8 * items.allocated()) as usize,
        Payload::Dict(_) | Payload::Split { .. } => 48 + crate::vm::types::dict::keys_size(payload),
        Payload::Set(set) => {
            200 + if set.table.len() > 8 {
                16 * set.table.len()
            } else {
                0
            }
        }
        Payload::Func(_) => 128,
        // With the keys that instances share, if these have a dict.
        Payload::Class(class) if class.flags.heap_type => {
            888 + if class.flags.has_dict { 168 } else { 0 }
        }
        Payload::Class(_) => 408,
        Payload::Method { .. } => 48,
        Payload::Builtin(b) if !b.class.is_null() => 64,
        Payload::Builtin(_)
        | Payload::Module { .. }
        | Payload::Weakref(_)
        | Payload::MethodDescr { .. } => 56,
        Payload::Range(_) | Payload::Super(_) | Payload::Slice(_)
            if !matches!(payload, Payload::Range(_)) =>
        {
            40
        }
        Payload::Range(_) | Payload::RangeIter(_) => 48,
        Payload::ListIter { .. } | Payload::TupleIter { .. } | Payload::SeqIter { .. } => 32,
        Payload::Gen(_) => row_of(&vm.type_name(o)).unwrap_or(88),
        Payload::Frame(frame) => {
            352 + 8 * (frame.code.locals_plus as usize + frame.code.stacksize as usize)
        }
        Payload::Code(_) => 176,
        // OSError's structure has two numbers besides its five fields.
        Payload::Exc(_) if vm.is_subtype(vm.heap.ty(o), vm.types.os_error) => 104,
        Payload::Exc(_) if vm.is_subtype(vm.heap.ty(o), vm.types.syntax_error) => 128,
        Payload::Exc(exc) => {
            let flags = vm.heap.class(vm.heap.ty(o)).flags;
            let links = usize::from(flags.heap_type && flags.has_weakrefs);
            64 + 8 * (exc.extra.len() + links)
        }
        Payload::Traceback(_) => 48,
        Payload::Property(_) => 64,
        Payload::StaticMethod(_) | Payload::ClassMethod(_) => 32,
        Payload::Cell(_) | Payload::MappingProxy(_) => 24,
        Payload::Iter(_) | Payload::Native(_) => native_size(vm, o),
        _ => row_of(&vm.class_name(vm.heap.ty(o))).unwrap_or(16),
    }
}
