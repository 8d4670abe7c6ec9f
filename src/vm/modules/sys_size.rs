//! `sys.getsizeof`: how many bytes an object would take in CPython 3.10 on a 64-bit machine.
//!
//! Structures have CPython's sizes; what a container has in reserve is worked out as if it had been made in one go, because
//! this heap does not keep reserves as CPython does.

use crate::heap::{Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// `sizeof(PyGC_Head)`
const GC_HEAD: usize = 16;

pub fn getsizeof(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [o, default] = vm.unpack("getsizeof", args, &[req("object"), opt("default")])?;
    let ty = vm.heap.ty(o);
    if vm.heap.class(ty).flags.heap_type {
        return own_size(vm, o, default);
    }
    let size = size_of(vm, o);
    Ok(vm.new_int(size as i64))
}

/// Of an instance of a class made by `class`: `__sizeof__` may be overridden.
fn own_size(vm: &mut Machine, o: Obj, default: Obj) -> PyResult<Obj> {
    let ty = vm.heap.ty(o);
    let found = vm.type_lookup(ty, vm.names.__sizeof__);
    if found.is_null() || matches!(vm.heap.payload(found), Payload::MethodDescr { .. }) {
        let size = size_of(vm, o);
        return Ok(vm.new_int(size as i64));
    }
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
    let gc = if vm.heap.is_gc(o) { GC_HEAD as i64 } else { 0 };
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

fn size_of(vm: &Machine, o: Obj) -> usize {
    match vm.heap.payload(o) {
        Payload::Inst { .. } => 48,
        Payload::Ext(ext) => {
            let links = 8
                * (usize::from(vm.heap.class(vm.heap.ty(o)).flags.has_weakrefs)
                    + usize::from(ext.has_dict));
            let base = match &ext.base {
                Payload::Object => 16,
                base => basic_size(vm, o, base),
            };
            let gc = if vm.heap.is_gc(o) { GC_HEAD } else { 0 };
            base + links + 8 * ext.slots.len() + gc
        }
        payload => {
            basic_size(vm, o, payload)
                + if vm.heap.is_gc(o) && !is_static_type(payload) {
                    GC_HEAD
                } else {
                    0
                }
        }
    }
}

fn is_static_type(payload: &Payload) -> bool {
    matches!(payload, Payload::Class(class) if !class.flags.heap_type)
}

/// Sizes of kinds that live with their modules, by type.
fn native_size(vm: &Machine, o: Obj) -> usize {
    match &vm.type_name(o)[..] {
        "bytearray" => {
            56 + vm
                .buffer(o)
                .map_or(0, |b| if b.is_empty() { 0 } else { b.len() + 1 })
        }
        "memoryview" => 168,
        "map" | "filter" | "method-wrapper" => 32,
        "dict_keyiterator" | "dict_valueiterator" | "dict_itemiterator" => 56,
        _ => 48,
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
        Payload::List(items) => 40 + 8 * list_room(items.len()),
        Payload::Dict(_) => 48 + dict_keys_size(vm.heap.dict_len(o)),
        Payload::Split { n, .. } => 48 + 8 * usable(table_for(*n as usize)),
        Payload::Set(set) => {
            200 + if set.table.len() > 8 {
                16 * set.table.len()
            } else {
                0
            }
        }
        Payload::Func(_) => 128,
        Payload::Class(class) if class.flags.heap_type => 1056,
        Payload::Class(_) => 408,
        Payload::Method { .. } => 48,
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
        Payload::Gen(_) => 88,
        Payload::Frame(frame) => {
            360 + 8 * (frame.code.locals_plus as usize + frame.code.stacksize as usize)
        }
        Payload::Code(_) => 176,
        // OSError's structure has two numbers besides its five fields.
        Payload::Exc(_) if vm.is_subtype(vm.heap.ty(o), vm.types.os_error) => 104,
        Payload::Exc(exc) => 64 + 8 * exc.extra.len(),
        Payload::Traceback(_) => 48,
        Payload::Property(_) => 64,
        Payload::StaticMethod(_) | Payload::ClassMethod(_) => 32,
        Payload::Cell(_) | Payload::MappingProxy(_) => 24,
        Payload::Iter(_) | Payload::Native(_) => native_size(vm, o),
        _ => 16,
    }
}

/// Places of a list made of a display of constants: rounded up to four; of one or two items exactly.
fn list_room(n: usize) -> usize {
    if n <= 2 { n } else { (n + 3) & !3 }
}

fn usable(table: usize) -> usize {
    table * 2 / 3
}

fn table_for(n: usize) -> usize {
    let mut table = 8;
    while usable(table) < n {
        table *= 2;
    }
    table
}

fn dict_keys_size(n: usize) -> usize {
    if n == 0 {
        return 0;
    }
    let table = table_for(n);
    let index = match table {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    };
    40 + index * table + 24 * usable(table)
}
