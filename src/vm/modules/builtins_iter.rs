//! `iter`, `next`, `sum`, `min`, `max`, `any`, `all`, `sorted` and their asynchronous kin of the module `builtins`.

use crate::bytecode::opcode::Op;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{kw, opt, pos};
use crate::vm::drain::Sink;
use crate::vm::slots::CmpOp;
use crate::vm::types::anext_awaitable;
use crate::vm::{Args, Machine, PyResult};

pub fn iter(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, sentinel) = (args.get(vm, 0), args.get(vm, 1));
    if sentinel.is_null() {
        return vm.get_iter(o);
    }
    if !vm.is_callable(o) {
        return vm.type_error("iter(v, w): v must be callable".to_string());
    }
    Ok(vm.new_callable_iter(o, sentinel))
}

pub fn next(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (iterator, default) = (args.get(vm, 0), args.get(vm, 1));
    let Some(step) = vm.slots_of(iterator).tp_iternext else {
        let name = vm.type_name(iterator);
        return vm.type_error(format!("'{name}' object is not an iterator"));
    };
    if default.is_null() {
        // The StopIteration of a Python `__next__` goes on as it is, with its value.
        return vm.iter_next_raising(iterator, step);
    }
    let item = vm.iter_next(iterator)?;
    Ok(if item.is_null() {
        vm.new_ref(default)
    } else {
        item
    })
}

impl Machine {
    /// `next(iterator)`: the end is a StopIteration.
    fn iter_next_raising(
        &mut self,
        iterator: Obj,
        step: crate::vm::slots::UnaryFn,
    ) -> PyResult<Obj> {
        let is_python = std::ptr::fn_addr_eq(
            step,
            crate::vm::generic_slots::slot_tp_iternext as crate::vm::slots::UnaryFn,
        );
        if is_python {
            return crate::vm::generic_slots::slot_tp_iternext_raw(self, iterator);
        }
        let item = step(self, iterator)?;
        if item.is_null() {
            return self.raise_bare(self.types.stop_iteration);
        }
        Ok(item)
    }
}

pub fn aiter(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let Some(f) = vm.slots_of(o).am_aiter else {
        let name = vm.type_name(o);
        return vm.type_error(format!("'{name}' object is not an async iterable"));
    };
    let result = f(vm, o)?;
    if vm.slots_of(result).am_anext.is_none() {
        let name = vm.type_name(result);
        vm.decref(result);
        return vm.type_error(format!(
            "aiter() returned not an async iterator of type '{name}'"
        ));
    }
    Ok(result)
}

pub fn anext(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, default) = (args.get(vm, 0), args.get(vm, 1));
    let Some(f) = vm.slots_of(o).am_anext else {
        let name = vm.type_name(o);
        return vm.type_error(format!("'{name}' object is not an async iterator"));
    };
    let awaitable = f(vm, o)?;
    if default.is_null() {
        return Ok(awaitable);
    }
    vm.with_held(awaitable, |vm, awaitable| {
        Ok(anext_awaitable::new(vm, awaitable, default))
    })
}

/// Runs through an iterable; `work` says whether to go on. Items are let go of after each step. `work` need not see what the sink
/// takes.
fn each(
    vm: &mut Machine,
    iterable: Obj,
    sink: Sink,
    mut work: impl FnMut(&mut Machine, Obj) -> PyResult<bool>,
) -> PyResult<()> {
    let iterator = vm.get_iter(iterable)?;
    vm.with_held(iterator, |vm, iterator| {
        loop {
            let item = vm.next_into(iterator, sink).0?;
            if item.is_null() {
                return Ok(());
            }
            if !vm.with_held(item, &mut work)? {
                return Ok(());
            }
        }
    })
}

pub fn any(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut found = false;
    each(vm, args.get(vm, 0), Sink::Truth(false), |vm, item| {
        found = vm.is_true(item)?;
        Ok(!found)
    })?;
    Ok(vm.new_bool(found))
}

pub fn all(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut so_far = true;
    each(vm, args.get(vm, 0), Sink::Truth(true), |vm, item| {
        so_far = vm.is_true(item)?;
        Ok(so_far)
    })?;
    Ok(vm.new_bool(so_far))
}

/// Adds from the left (`builtin_sum`); a sum of small ints makes no objects on the way.
pub fn sum(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return vm.type_error("sum() takes at least 1 positional argument (0 given)".to_string());
    }
    let [iterable, start] = vm.unpack("sum", args, &[pos("iterable"), opt("start")])?;
    let iterator = vm.get_iter(iterable)?;
    vm.hold(iterator);
    let result = sum_from(vm, iterator, start);
    vm.let_go(result)
}

/// The total that the sink has come to, in the place of the one held last; borrowed.
fn retotal(vm: &mut Machine, total: Obj, sink: Sink) -> Obj {
    let new = match (sink, vm.heap.payload(total)) {
        (Sink::Int(new), Payload::Int(old)) if new != *old => vm.new_int(new),
        (Sink::Float(new), Payload::Float(old)) if new.to_bits() != old.to_bits() => {
            vm.new_float(new)
        }
        _ => return total,
    };
    let old = vm.unhold();
    vm.decref(old);
    vm.hold(new)
}

fn sum_from(vm: &mut Machine, iterator: Obj, start: Obj) -> PyResult<Obj> {
    let start = if start.is_null() {
        vm.new_int(0)
    } else {
        vm.new_ref(start)
    };
    let complaint = match vm.heap.base(start) {
        Payload::Str(_) => Some("sum() can't sum strings [use ''.join(seq) instead]"),
        Payload::Bytes(_) => Some("sum() can't sum bytes [use b''.join(seq) instead]"),
        _ if vm.is_subtype(vm.heap.ty(start), vm.types.bytearray) => {
            Some("sum() can't sum bytearray [use b''.join(seq) instead]")
        }
        _ => None,
    };
    if let Some(complaint) = complaint {
        vm.decref(start);
        return vm.type_error(complaint.to_string());
    }
    let mut total = start;
    loop {
        let sink = match vm.heap.payload(total) {
            Payload::Int(i) => Sink::Int(*i),
            Payload::Float(x) => Sink::Float(*x),
            _ => Sink::Nothing,
        };
        vm.hold(total);
        let (item, sink) = vm.next_into(iterator, sink);
        let current = retotal(vm, total, sink);
        let item = match item {
            Ok(item) => item,
            Err(thrown) => return vm.let_go(Err(thrown)),
        };
        if item.is_null() {
            return Ok(vm.unhold());
        }
        vm.hold(item);
        let added = vm.binary_op(Op::BinaryAdd, current, item);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        // The old total goes first; what waits meanwhile keeps its place.
        let below = vm.mark() - 2;
        vm.stack[below] = NULL;
        vm.keeping(&added, |vm| vm.drop_keeping_exception(current));
        let item = vm.unhold();
        vm.unhold();
        vm.keeping(&added, |vm| vm.drop_keeping_exception(item));
        total = added?;
    }
}

pub fn max(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    extreme(vm, args, "max", CmpOp::Gt)
}

pub fn min(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    extreme(vm, args, "min", CmpOp::Lt)
}

/// `min_max`
fn extreme(vm: &mut Machine, args: Args, fname: &str, op: CmpOp) -> PyResult<Obj> {
    if args.is_empty() {
        return vm.type_error(format!("{fname} expected at least 1 argument, got 0"));
    }
    let only_keywords = args.skip(args.len());
    let [key, default] = vm.unpack(fname, only_keywords, &[kw("key"), kw("default")])?;
    let several = args.len() > 1;
    if several && !default.is_null() {
        return vm.type_error(format!(
            "Cannot specify a default for {fname}() with multiple positional arguments"
        ));
    }
    let key = if key == vm.none { NULL } else { key };
    let best = match several {
        true => {
            let tuple = args.to_tuple(vm);
            vm.with_held(tuple, |vm, tuple| best_of(vm, tuple, key, op))?
        }
        false => best_of(vm, args.get(vm, 0), key, op)?,
    };
    if best.is_null() {
        if default.is_null() {
            return vm.value_error(&format!("{fname}() arg is an empty sequence"));
        }
        return Ok(vm.new_ref(default));
    }
    Ok(best)
}

/// NULL for no items; else owned.
fn best_of(vm: &mut Machine, source: Obj, key: Obj, op: CmpOp) -> PyResult<Obj> {
    let iterator = vm.get_iter(source)?;
    let mark = vm.mark();
    vm.hold(iterator);
    // Two places on the machine's stack: the best item and its value.
    vm.hold(NULL);
    vm.hold(NULL);
    let result = search(vm, iterator, key, op, mark + 1);
    let found = match result {
        Ok(()) => {
            let best = vm.stack[mark + 1];
            vm.xincref(best);
            Ok(best)
        }
        Err(thrown) => Err(thrown),
    };
    vm.releasing(mark, found)
}

fn search(vm: &mut Machine, iterator: Obj, key: Obj, op: CmpOp, place: usize) -> PyResult<()> {
    loop {
        let item = vm.iter_next(iterator)?;
        if item.is_null() {
            return Ok(());
        }
        let mark = vm.mark();
        vm.hold(item);
        let result = consider(vm, item, key, op, place);
        vm.releasing(mark, result)?;
    }
}

/// Compares one item with the best so far.
fn consider(vm: &mut Machine, item: Obj, key: Obj, op: CmpOp, place: usize) -> PyResult<()> {
    let value = if key.is_null() {
        vm.new_ref(item)
    } else {
        vm.call(key, &[item])?
    };
    vm.hold(value);
    let best = vm.stack[place + 1];
    if best.is_null() || vm.rich_compare_bool(value, best, op)? {
        vm.incref(item);
        vm.incref(value);
        let old_item = std::mem::replace(&mut vm.stack[place], item);
        let old_value = std::mem::replace(&mut vm.stack[place + 1], value);
        vm.hold(old_item);
        vm.xdecref(old_value);
        let old_item = vm.unhold();
        vm.xdecref(old_item);
    }
    Ok(())
}

/// A list of the items, then its own `sort`.
pub fn sorted(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.len() != 1 {
        let given = args.len();
        return vm.type_error(format!("sorted expected 1 argument, got {given}"));
    }
    let list = vm.list_from_iterable(args.get(vm, 0))?;
    let values: Vec<Obj> = args.keywords(vm).iter().map(|k| k.1).collect();
    vm.hold(list);
    let sort = vm.get_attr_str(list, "sort");
    let done = sort
        .and_then(|sort| vm.with_held(sort, |vm, sort| vm.call_kw(sort, &values, args.kwnames())));
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    let list = vm.unhold();
    match done {
        Ok(none) => {
            vm.decref(none);
            Ok(list)
        }
        Err(thrown) => {
            vm.drop_keeping_exception(list);
            Err(thrown)
        }
    }
}
