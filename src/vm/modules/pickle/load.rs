//! Running a pickle: one opcode after the other. The opcodes that make and fill objects are in `load_build.rs`, those whose
//! argument is text in `load_text.rs`.

use super::input::{read, read_array, read_frame, read_into, read_opcode};
use super::load_build as build;
use super::load_text as text;
use super::opcodes::*;
use super::unpickler::{parts, pop, pop_from, pop_mark, push, top};
use super::{call_method_of, unpickling_error};
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// Reads one pickle; the object, owned.
pub fn load(vm: &mut Machine, u: Obj) -> PyResult<Obj> {
    let unpickler = parts(vm, u);
    unpickler.marks.clear();
    unpickler.proto = 0;
    let old = pop_from(vm, u, 0);
    vm.drop_all(old);
    loop {
        let opcode = read_opcode(vm, u)?;
        if opcode == STOP {
            return pop(vm, u);
        }
        step(vm, u, opcode)?;
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
    }
}

/// What every opcode does.
fn step(vm: &mut Machine, u: Obj, opcode: u8) -> PyResult<()> {
    match opcode {
        NONE => push_none(vm, u),
        BININT => read_array(vm, u).map(|b| push_int(vm, u, i32::from_le_bytes(b).into())),
        BININT1 => read_array::<1>(vm, u).map(|b| push_int(vm, u, b[0].into())),
        BININT2 => read_array(vm, u).map(|b| push_int(vm, u, u16::from_le_bytes(b).into())),
        INT => text::int(vm, u),
        LONG => text::long(vm, u),
        LONG1 => read_array::<1>(vm, u).and_then(|b| long(vm, u, i64::from(b[0]))),
        LONG4 => read_array(vm, u).and_then(|b| long(vm, u, i32::from_le_bytes(b).into())),
        FLOAT => text::float(vm, u),
        BINFLOAT => binfloat(vm, u),
        SHORT_BINBYTES => sized_bytes::<1>(vm, u, "BINBYTES").and_then(|d| push_bytes(vm, u, d)),
        BINBYTES => sized_bytes::<4>(vm, u, "BINBYTES").and_then(|d| push_bytes(vm, u, d)),
        BINBYTES8 => sized_bytes::<8>(vm, u, "BINBYTES").and_then(|d| push_bytes(vm, u, d)),
        BYTEARRAY8 => bytearray(vm, u),
        NEXT_BUFFER => next_buffer(vm, u),
        READONLY_BUFFER => readonly_buffer(vm, u),
        STRING => text::string(vm, u),
        BINSTRING => binstring(vm, u),
        SHORT_BINSTRING => sized::<1>(vm, u, "BINSTRING").and_then(|d| text::push_string(vm, u, d)),
        UNICODE => text::unicode(vm, u),
        SHORT_BINUNICODE => {
            sized::<1>(vm, u, "BINUNICODE").and_then(|d| text::push_unicode(vm, u, d))
        }
        BINUNICODE => sized::<4>(vm, u, "BINUNICODE").and_then(|d| text::push_unicode(vm, u, d)),
        BINUNICODE8 => sized::<8>(vm, u, "BINUNICODE").and_then(|d| text::push_unicode(vm, u, d)),
        EMPTY_TUPLE => build::tuple(vm, u, 0),
        TUPLE1 => build::tuple(vm, u, 1),
        TUPLE2 => build::tuple(vm, u, 2),
        TUPLE3 => build::tuple(vm, u, 3),
        TUPLE => build::marked_tuple(vm, u),
        EMPTY_LIST => push_new(vm, u, |vm| vm.new_list(Vec::new())),
        LIST => build::marked_list(vm, u),
        EMPTY_DICT => push_new(vm, u, Machine::new_dict),
        DICT => build::marked_dict(vm, u),
        EMPTY_SET => push_new(vm, u, |vm| vm.new_set(vm.types.set)),
        ADDITEMS => build::additems(vm, u),
        FROZENSET => build::frozenset(vm, u),
        OBJ => build::obj(vm, u),
        INST => text::inst(vm, u),
        NEWOBJ => build::newobj(vm, u, false),
        NEWOBJ_EX => build::newobj(vm, u, true),
        GLOBAL => text::global(vm, u),
        STACK_GLOBAL => build::stack_global(vm, u),
        APPEND => build::append(vm, u),
        APPENDS => build::appends(vm, u),
        BUILD => build::build(vm, u),
        DUP => dup(vm, u),
        BINGET => read_array::<1>(vm, u).and_then(|b| memo_get(vm, u, b[0].into())),
        LONG_BINGET => {
            read_array(vm, u).and_then(|b| memo_get(vm, u, u32::from_le_bytes(b).into()))
        }
        GET => text::get(vm, u),
        MARK => mark(vm, u),
        BINPUT => read_array::<1>(vm, u).and_then(|b| memo_put(vm, u, b[0].into())),
        LONG_BINPUT => {
            read_array(vm, u).and_then(|b| memo_put(vm, u, u32::from_le_bytes(b).into()))
        }
        PUT => text::put(vm, u),
        MEMOIZE => memoize(vm, u),
        POP => pop_one(vm, u),
        POP_MARK => pop_to_mark(vm, u),
        SETITEM => build::setitem(vm, u),
        SETITEMS => build::setitems(vm, u),
        PERSID => text::persid(vm, u),
        BINPERSID => binpersid(vm, u),
        REDUCE => build::reduce(vm, u),
        PROTO => proto(vm, u),
        FRAME => frame(vm, u),
        EXT1 => read_array::<1>(vm, u).and_then(|b| build::extension(vm, u, b[0].into())),
        EXT2 => {
            read_array(vm, u).and_then(|b| build::extension(vm, u, u16::from_le_bytes(b).into()))
        }
        EXT4 => {
            read_array(vm, u).and_then(|b| build::extension(vm, u, i32::from_le_bytes(b).into()))
        }
        NEWTRUE => push_bool(vm, u, true),
        NEWFALSE => push_bool(vm, u, false),
        _ => unknown(vm, opcode),
    }
}

fn unknown(vm: &mut Machine, opcode: u8) -> PyResult<()> {
    let shown = match opcode {
        b'\'' | b'\\' => format!("\\x{opcode:02x}"),
        0x20..=0x7e => char::from(opcode).to_string(),
        _ => format!("\\x{opcode:02x}"),
    };
    unpickling_error(vm, &format!("invalid load key, '{shown}'."))
}

fn push_none(vm: &mut Machine, u: Obj) -> PyResult<()> {
    push_new(vm, u, Machine::new_none)
}

fn push_bool(vm: &mut Machine, u: Obj, value: bool) -> PyResult<()> {
    push_new(vm, u, |vm| vm.new_bool(value))
}

fn push_int(vm: &mut Machine, u: Obj, value: i64) {
    let o = vm.new_int(value);
    push(vm, u, o);
}

fn push_new(vm: &mut Machine, u: Obj, make: impl FnOnce(&mut Machine) -> Obj) -> PyResult<()> {
    let o = make(vm);
    push(vm, u, o);
    Ok(())
}

fn push_bytes(vm: &mut Machine, u: Obj, data: Vec<u8>) -> PyResult<()> {
    push_new(vm, u, |vm| vm.new_bytes(data))
}

/// A count of bytes, then an int of so many.
fn long(vm: &mut Machine, u: Obj, len: i64) -> PyResult<()> {
    let Ok(len) = usize::try_from(len) else {
        return unpickling_error(vm, "LONG pickle has negative byte count");
    };
    let data = read(vm, u, len)?;
    push_new(vm, u, |vm| {
        vm.new_big_int(num_bigint::BigInt::from_signed_bytes_le(&data))
    })
}

fn binfloat(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let value = f64::from_be_bytes(read_array(vm, u)?);
    push_new(vm, u, |vm| vm.new_float(value))
}

/// A length of N bytes, then so many bytes.
fn sized<const N: usize>(vm: &mut Machine, u: Obj, what: &str) -> PyResult<Vec<u8>> {
    let len = length::<N>(vm, u, what, "size")?;
    read(vm, u, len)
}

/// The same for a bytes object or a bytearray (`load_counted_binbytes`).
fn sized_bytes<const N: usize>(vm: &mut Machine, u: Obj, what: &str) -> PyResult<Vec<u8>> {
    let len = length::<N>(vm, u, what, "size")?;
    read_into(vm, u, len)
}

fn length<const N: usize>(vm: &mut Machine, u: Obj, what: &str, noun: &str) -> PyResult<usize> {
    let mut bytes = [0; 8];
    bytes[..N].copy_from_slice(&read_array::<N>(vm, u)?);
    let len = u64::from_le_bytes(bytes);
    match isize::try_from(len) {
        Ok(len) => Ok(len as usize),
        Err(_) => {
            let most = isize::MAX;
            let noun = if noun.is_empty() {
                String::new()
            } else {
                format!(" {noun}")
            };
            vm.raise(
                vm.types.overflow_error,
                format!("{what} exceeds system's maximum{noun} of {most} bytes"),
            )
        }
    }
}

fn bytearray(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let data = sized_bytes::<8>(vm, u, "BYTEARRAY8")?;
    push_new(vm, u, |vm| vm.new_bytearray(data))
}

fn binstring(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let len = i32::from_le_bytes(read_array(vm, u)?);
    let Ok(len) = usize::try_from(len) else {
        // As an unsigned size this is more than there can be.
        return super::input::truncated(vm);
    };
    let data = read(vm, u, len)?;
    text::push_string(vm, u, data)
}

fn next_buffer(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let buffers = parts(vm, u).buffers;
    if buffers.is_null() {
        return unpickling_error(
            vm,
            "pickle stream refers to out-of-band data but no *buffers* argument was given",
        );
    }
    vm.hold_ref(buffers);
    let next = vm.iter_next(buffers);
    let next = vm.let_go(next)?;
    if next.is_null() {
        return unpickling_error(vm, "not enough out-of-band buffers");
    }
    push(vm, u, next);
    Ok(())
}

/// A buffer that can be written to is replaced by a view that cannot.
fn readonly_buffer(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let o = top(vm, u)?;
    if vm.heap.bytes_of(o).is_some() {
        return Ok(());
    }
    let view = vm.memoryview_of(o)?;
    let fixed = vm.with_held(view, |vm, view| {
        let readonly = vm.get_attr_str(view, "readonly")?;
        match vm.with_held(readonly, |vm, readonly| vm.is_true(readonly))? {
            true => Ok(crate::heap::NULL),
            false => vm.call_method(view, "toreadonly", &[]),
        }
    })?;
    if fixed.is_null() {
        return Ok(());
    }
    let old = pop(vm, u)?;
    push(vm, u, fixed);
    vm.decref(old);
    Ok(())
}

fn dup(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let o = top(vm, u)?;
    push_new(vm, u, |vm| vm.new_ref(o))
}

fn mark(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let unpickler = parts(vm, u);
    unpickler.marks.push(unpickler.stack.len());
    Ok(())
}

/// POP also closes a mark, if that is what is on top.
fn pop_one(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let unpickler = parts(vm, u);
    if unpickler.marks.last() == Some(&unpickler.stack.len()) {
        unpickler.marks.pop();
        return Ok(());
    }
    let o = pop(vm, u)?;
    vm.decref(o);
    Ok(())
}

fn pop_to_mark(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    let items = pop_from(vm, u, height);
    vm.drop_all(items);
    Ok(())
}

pub(super) fn memo_get(vm: &mut Machine, u: Obj, number: u64) -> PyResult<()> {
    match parts(vm, u).memo.get(&number).copied() {
        Some(o) => push_new(vm, u, |vm| vm.new_ref(o)),
        None => unpickling_error(vm, &format!("Memo value not found at index {number}")),
    }
}

pub(super) fn memo_put(vm: &mut Machine, u: Obj, number: u64) -> PyResult<()> {
    let o = top(vm, u)?;
    vm.incref(o);
    let old = parts(vm, u).memo.insert(number, o).unwrap_or(NULL);
    vm.xdecref(old);
    Ok(())
}

fn memoize(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let number = parts(vm, u).memo.len() as u64;
    memo_put(vm, u, number)
}

fn binpersid(vm: &mut Machine, u: Obj) -> PyResult<()> {
    if parts(vm, u).pers_func.is_null() {
        return no_persistent_load(vm);
    }
    let id = pop(vm, u)?;
    vm.with_held(id, |vm, id| push_persistent(vm, u, id))
}

pub(super) fn no_persistent_load<T>(vm: &mut Machine) -> PyResult<T> {
    unpickling_error(
        vm,
        "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.",
    )
}

/// Pushes what the persistent id stands for.
pub(super) fn push_persistent(vm: &mut Machine, u: Obj, id: Obj) -> PyResult<()> {
    let (func, bound) = (parts(vm, u).pers_func, parts(vm, u).pers_bound);
    vm.hold_ref(func);
    let found = call_method_of(vm, u, (func, bound), id);
    let found = vm.let_go(found)?;
    push(vm, u, found);
    Ok(())
}

fn proto(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let [version] = read_array(vm, u)?;
    if i64::from(version) > HIGHEST {
        return vm.value_error(&format!("unsupported pickle protocol: {version}"));
    }
    parts(vm, u).proto = version;
    Ok(())
}

fn frame(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let len = length::<8>(vm, u, "FRAME length", "")?;
    read_frame(vm, u, len)
}
