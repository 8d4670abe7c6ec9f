//! How an object is written: by itself if it is of a plain type, else by what reduces it. Start at `dump`.

use super::opcodes::*;
use super::output::{boundary, commit_frame, op, write};
use super::pickler::{parts, remember};
use super::{
    buffer, call_method_of, kept, pickling_error, save_containers, save_global, save_plain,
    save_reduce,
};
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// Writes a whole pickle into the pickler's output.
pub fn dump(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let over = vm.lookup_attr_str(p, "reducer_override")?.unwrap_or(NULL);
    let old = std::mem::replace(&mut parts(vm, p).reducer_override, over);
    vm.xdecref(old);
    let proto = parts(vm, p).proto;
    parts(vm, p).frame_start = None;
    if proto >= 2 {
        write(vm, p, &[PROTO, proto as u8]);
        parts(vm, p).framing = proto >= 4;
    }
    let result = save(vm, p, o, false);
    if result.is_ok() {
        op(vm, p, STOP);
        commit_frame(vm, p);
    }
    parts(vm, p).framing = false;
    // The override is looked up anew for each pickle, and not kept: it may be a method of the pickler.
    let over = std::mem::replace(&mut parts(vm, p).reducer_override, NULL);
    vm.drop_keeping_exception(over);
    result
}

/// Writes one object; `persistent` tells that it is a persistent id itself.
pub fn save(vm: &mut Machine, p: Obj, o: Obj, persistent: bool) -> PyResult<()> {
    vm.enter_recursive(" while pickling an object")?;
    let result = save_counted(vm, p, o, persistent);
    vm.leave_recursive();
    result
}

fn save_counted(vm: &mut Machine, p: Obj, o: Obj, persistent: bool) -> PyResult<()> {
    boundary(vm, p)?;
    if !persistent && !parts(vm, p).pers_func.is_null() && save_persistent(vm, p, o)? {
        return Ok(());
    }
    if save_plain::save_atom(vm, p, o)? {
        return Ok(());
    }
    if memo_get(vm, p, o) {
        return Ok(());
    }
    let ty = vm.heap.ty(o);
    let t = &vm.types;
    if ty == t.bytes {
        return save_plain::save_bytes(vm, p, o);
    } else if ty == t.str {
        return save_plain::save_str(vm, p, o);
    }
    if ty == t.dict {
        return save_containers::save_dict(vm, p, o);
    } else if ty == t.set {
        return save_containers::save_set(vm, p, o);
    } else if ty == t.frozenset {
        return save_containers::save_frozenset(vm, p, o);
    } else if ty == t.list {
        return save_containers::save_list(vm, p, o);
    } else if ty == t.tuple {
        return save_containers::save_tuple(vm, p, o);
    } else if ty == t.bytearray {
        return save_plain::save_bytearray(vm, p, o);
    } else if ty == vm.module_type(&buffer::SPEC) {
        return save_plain::save_buffer(vm, p, o);
    }
    let (ty_type, ty_function) = (t.type_, t.function);
    let over = parts(vm, p).reducer_override;
    if !over.is_null() {
        vm.hold_ref(over);
        let reduced = vm.call(over, &[o]);
        let reduced = vm.let_go(reduced)?;
        if reduced != vm.not_implemented {
            return vm.with_held(reduced, |vm, reduced| save_reduced(vm, p, o, reduced));
        }
        vm.decref(reduced);
    }
    if ty == ty_type {
        return save_global::save_type(vm, p, o);
    } else if ty == ty_function {
        return save_global::save_global(vm, p, o, NULL);
    }
    match reduce(vm, p, o, ty)? {
        None => save_global::save_global(vm, p, o, NULL),
        Some(reduced) => vm.with_held(reduced, |vm, reduced| save_reduced(vm, p, o, reduced)),
    }
}

/// What reduces the object answers, owned; `None` for a class, which is written by its name.
fn reduce(vm: &mut Machine, p: Obj, o: Obj, ty: Obj) -> PyResult<Option<Obj>> {
    let own = parts(vm, p).dispatch_table;
    let registered = if own.is_null() {
        let table = kept(vm, "_pickle.dispatch_table");
        vm.dict_get(table, ty)?.map(|f| vm.new_ref(f))
    } else {
        match vm.get_item(own, ty) {
            Ok(found) => Some(found),
            Err(_) if vm.pending_matches(vm.types.key_error) => {
                vm.clear_exception();
                None
            }
            Err(thrown) => return Err(thrown),
        }
    };
    if let Some(function) = registered {
        // `_Pickle_FastCall` is given a reference to the object of its own.
        let mark = vm.mark();
        vm.hold_ref(o);
        vm.hold(function);
        let reduced = vm.call(function, &[o]);
        return vm.releasing(mark, reduced).map(Some);
    }
    if vm.is_subtype(ty, vm.types.type_) {
        return Ok(None);
    }
    if let Some(function) = vm.lookup_attr(o, vm.names.__reduce_ex__)? {
        let proto = parts(vm, p).proto;
        // Small ints are shared and never die.
        let proto = vm.small_ints[proto as usize + 5];
        return vm
            .with_held(function, |vm, function| vm.call(function, &[proto]))
            .map(Some);
    }
    if let Some(function) = vm.lookup_attr(o, vm.names.__reduce__)? {
        return vm
            .with_held(function, |vm, function| vm.call(function, &[]))
            .map(Some);
    }
    let (name, shown) = (vm.type_name(o), vm.repr_text(o)?);
    pickling_error(vm, format!("can't pickle '{name}' object: {shown}"))
}

/// A str is the name of a global, a tuple tells how to make the object.
fn save_reduced(vm: &mut Machine, p: Obj, o: Obj, reduced: Obj) -> PyResult<()> {
    if vm.heap.str(reduced).is_some() {
        return save_global::save_global(vm, p, o, reduced);
    }
    if vm.heap.tuple(reduced).is_none() {
        return pickling_error(vm, "__reduce__ must return a string or tuple".to_string());
    }
    save_reduce::save_reduce(vm, p, reduced, o)
}

/// Whether the object has a persistent id, which is written then.
fn save_persistent(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<bool> {
    let (func, bound) = (parts(vm, p).pers_func, parts(vm, p).pers_bound);
    vm.hold_ref(func);
    let id = call_method_of(vm, p, (func, bound), o);
    let id = vm.let_go(id)?;
    if id == vm.none {
        vm.decref(id);
        return Ok(false);
    }
    vm.with_held(id, |vm, id| {
        if parts(vm, p).bin != 0 {
            save(vm, p, id, true)?;
            op(vm, p, BINPERSID);
            return Ok(());
        }
        let text = vm.str_of(id)?;
        vm.with_held(text, |vm, text| {
            let line = match vm.heap.str(text) {
                Some(line) if line.is_ascii() => line.lossy(),
                _ => {
                    return pickling_error(
                        vm,
                        "persistent IDs in protocol 0 must be ASCII strings".to_string(),
                    );
                }
            };
            op(vm, p, PERSID);
            write(vm, p, line.as_bytes());
            write(vm, p, b"\n");
            Ok(())
        })
    })?;
    Ok(true)
}

/// Writes a reference to an object that has been written before; false if it has not.
pub fn memo_get(vm: &mut Machine, p: Obj, o: Obj) -> bool {
    let pickler = parts(vm, p);
    let Some(number) = pickler.memo.index.get(&o).copied() else {
        return false;
    };
    let binary = pickler.bin != 0;
    numbered(vm, p, binary, number, [GET, BINGET, LONG_BINGET]);
    true
}

/// An opcode with a number, as text or in one or four bytes.
fn numbered(vm: &mut Machine, p: Obj, binary: bool, number: usize, ops: [u8; 3]) {
    if !binary {
        op(vm, p, ops[0]);
        write(vm, p, format!("{number}\n").as_bytes());
    } else if number < 256 {
        write(vm, p, &[ops[1], number as u8]);
    } else {
        let mut data = vec![ops[2]];
        data.extend_from_slice(&(number as u32).to_le_bytes());
        write(vm, p, &data);
    }
}

/// Gives the object just written a number.
pub fn memo_put(vm: &mut Machine, p: Obj, o: Obj) {
    let pickler = parts(vm, p);
    if pickler.fast != 0 {
        return;
    }
    let (number, proto, binary) = (pickler.memo.order.len(), pickler.proto, pickler.bin != 0);
    remember(vm, p, o, number);
    if proto >= 4 {
        op(vm, p, MEMOIZE);
    } else {
        numbered(vm, p, binary, number, [PUT, BINPUT, LONG_BINPUT]);
    }
}

/// How deep containers may be nested in fast mode before cycles are looked for.
const FAST_NESTING: usize = 50;

/// Runs the writing of a container's contents; in fast mode, which has no memo, a cycle is an error.
pub fn nested(
    vm: &mut Machine,
    p: Obj,
    o: Obj,
    work: impl FnOnce(&mut Machine) -> PyResult<()>,
) -> PyResult<()> {
    if parts(vm, p).fast == 0 {
        return work(vm);
    }
    parts(vm, p).fast_nesting += 1;
    let watched = parts(vm, p).fast_nesting >= FAST_NESTING;
    if watched {
        if parts(vm, p).fast_open.contains(&o) {
            let (name, id) = (vm.type_name(o), vm.id_of(o));
            return vm.value_error(&format!(
                "fast mode: can't pickle cyclic objects including object type {name} at {id:#x}"
            ));
        }
        parts(vm, p).fast_open.push(o);
    }
    let result = work(vm);
    let pickler = parts(vm, p);
    pickler.fast_nesting = pickler.fast_nesting.saturating_sub(1);
    if watched {
        pickler.fast_open.retain(|open| *open != o);
    }
    result
}
