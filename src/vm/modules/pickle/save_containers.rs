//! Writing tuples, lists, dicts and sets, in batches.
//!
//! A mutable container is numbered before its contents are written, so that they may refer to it; a tuple or frozenset
//! afterwards, and if it has been written meanwhile by way of its contents, what lies on the stack for it is popped again.

use super::opcodes::*;
use super::output::{op, write};
use super::pickler::parts;
use super::save::{memo_get, memo_put, nested, save};
use super::save_reduce;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

/// Writes an item that something else may let go of meanwhile.
fn save_item(vm: &mut Machine, p: Obj, item: Obj) -> PyResult<()> {
    vm.hold_ref(item);
    let result = save(vm, p, item, false);
    vm.let_go(result)
}

pub fn save_tuple(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let items = vm.heap.tuple(o).map(<[Obj]>::to_vec).unwrap_or_default();
    let (proto, binary) = (parts(vm, p).proto, parts(vm, p).bin != 0);
    if items.is_empty() {
        write(
            vm,
            p,
            if binary {
                &[EMPTY_TUPLE]
            } else {
                &[MARK, TUPLE]
            },
        );
        return Ok(());
    }
    let short = items.len() <= 3 && proto >= 2;
    if !short {
        op(vm, p, MARK);
    }
    for item in &items {
        save(vm, p, *item, false)?;
    }
    if parts(vm, p).memo.index.contains_key(&o) {
        let pops = match (short, binary) {
            (true, _) => vec![POP; items.len()],
            (false, true) => vec![POP_MARK],
            (false, false) => vec![POP; items.len() + 1],
        };
        write(vm, p, &pops);
        memo_get(vm, p, o);
        return Ok(());
    }
    op(
        vm,
        p,
        if short {
            [TUPLE1, TUPLE2, TUPLE3][items.len() - 1]
        } else {
            TUPLE
        },
    );
    memo_put(vm, p, o);
    Ok(())
}

pub fn save_list(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    nested(vm, p, o, |vm| {
        write_empty(vm, p, EMPTY_LIST, LIST);
        memo_put(vm, p, o);
        let len = vm.heap.list(o).map_or(0, Vec::len);
        if len == 0 {
            return Ok(());
        }
        vm.enter_recursive(" while pickling an object")?;
        let result = if parts(vm, p).proto == 0 {
            let iterator = vm.get_iter(o)?;
            vm.with_held(iterator, |vm, iterator| save_items(vm, p, iterator))
        } else {
            save_list_items(vm, p, o, len)
        };
        vm.leave_recursive();
        result
    })
}

fn write_empty(vm: &mut Machine, p: Obj, binary: u8, text: u8) {
    if parts(vm, p).bin != 0 {
        op(vm, p, binary);
    } else {
        write(vm, p, &[MARK, text]);
    }
}

fn list_item(vm: &Machine, o: Obj, n: usize) -> Option<Obj> {
    vm.heap.list(o).and_then(|items| items.get(n).copied())
}

fn save_list_items(vm: &mut Machine, p: Obj, o: Obj, len: usize) -> PyResult<()> {
    if let (1, Some(item)) = (len, list_item(vm, o, 0)) {
        save_item(vm, p, item)?;
        op(vm, p, APPEND);
        return Ok(());
    }
    let mut n = 0;
    while n < vm.heap.list(o).map_or(0, Vec::len) {
        op(vm, p, MARK);
        let end = n + BATCH;
        while let Some(item) = list_item(vm, o, n).filter(|_| n < end) {
            save_item(vm, p, item)?;
            n += 1;
        }
        op(vm, p, APPENDS);
    }
    Ok(())
}

/// Items of an iterator, appended to the object on top of the stack.
pub fn save_items(vm: &mut Machine, p: Obj, iterator: Obj) -> PyResult<()> {
    batches(vm, p, iterator, [APPEND, APPENDS], |vm, item| {
        save(vm, p, item, false)
    })
}

/// Pairs of an iterator, set in the object on top of the stack.
pub fn save_pairs(vm: &mut Machine, p: Obj, iterator: Obj) -> PyResult<()> {
    batches(vm, p, iterator, [SETITEM, SETITEMS], |vm, item| {
        let Some(&[key, value]) = vm.heap.tuple(item) else {
            return vm.type_error("dict items iterator must return 2-tuples".to_string());
        };
        save(vm, p, key, false)?;
        save(vm, p, value, false)
    })
}

/// One by one in protocol 0, else in batches; a batch of one needs no mark.
fn batches(
    vm: &mut Machine,
    p: Obj,
    iterator: Obj,
    [single, many]: [u8; 2],
    mut each: impl FnMut(&mut Machine, Obj) -> PyResult<()>,
) -> PyResult<()> {
    let mut each = |vm: &mut Machine, item| vm.with_held(item, &mut each);
    if parts(vm, p).proto == 0 {
        loop {
            let item = vm.iter_next(iterator)?;
            if item.is_null() {
                return Ok(());
            }
            each(vm, item)?;
            op(vm, p, single);
        }
    }
    loop {
        let first = vm.iter_next(iterator)?;
        if first.is_null() {
            return Ok(());
        }
        vm.hold(first);
        let next = vm.iter_next(iterator);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        let first = vm.unhold();
        let mut item = match next {
            Ok(item) => item,
            Err(thrown) => {
                vm.drop_keeping_exception(first);
                return Err(thrown);
            }
        };
        if item.is_null() {
            each(vm, first)?;
            op(vm, p, single);
            return Ok(());
        }
        op(vm, p, MARK);
        vm.hold(item);
        let saved = each(vm, first);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        item = vm.unhold();
        if let Err(thrown) = saved {
            vm.drop_keeping_exception(item);
            return Err(thrown);
        }
        let mut count = 1;
        while !item.is_null() {
            each(vm, item)?;
            count += 1;
            if count == BATCH {
                break;
            }
            item = vm.iter_next(iterator)?;
        }
        op(vm, p, many);
        if count < BATCH {
            return Ok(());
        }
    }
}

pub fn save_dict(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    nested(vm, p, o, |vm| {
        write_empty(vm, p, EMPTY_DICT, DICT);
        memo_put(vm, p, o);
        if vm.heap.dict_len(o) == 0 {
            return Ok(());
        }
        vm.enter_recursive(" while pickling an object")?;
        let result = if parts(vm, p).proto == 0 {
            let items = vm.call_method(o, "items", &[])?;
            let iterator = vm.with_held(items, |vm, items| vm.get_iter(items))?;
            vm.with_held(iterator, |vm, iterator| save_pairs(vm, p, iterator))
        } else {
            save_dict_items(vm, p, o)
        };
        vm.leave_recursive();
        result
    })
}

fn save_pair(vm: &mut Machine, p: Obj, key: Obj, value: Obj) -> PyResult<()> {
    vm.hold_ref(key);
    vm.hold_ref(value);
    let result = save(vm, p, key, false).and_then(|()| save(vm, p, value, false));
    let result = vm.let_go(result);
    vm.let_go(result)
}

fn save_dict_items(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let len = vm.heap.dict_len(o);
    let mut at = 0;
    if len == 1
        && let Some((_, key, value)) = vm.heap.dict_next(o, 0)
    {
        save_pair(vm, p, key, value)?;
        op(vm, p, SETITEM);
        return Ok(());
    }
    loop {
        let mut count = 0;
        op(vm, p, MARK);
        while let Some((next, key, value)) = vm.heap.dict_next(o, at) {
            at = next;
            save_pair(vm, p, key, value)?;
            count += 1;
            if count == BATCH {
                break;
            }
        }
        op(vm, p, SETITEMS);
        if vm.heap.dict_len(o) != len {
            return vm.raise(
                vm.types.runtime_error,
                "dictionary changed size during iteration".to_string(),
            );
        }
        if count < BATCH {
            return Ok(());
        }
    }
}

/// Before protocol 4: the class called with a list of the items.
fn save_as_call(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let items = vm.list_from_iterable(o)?;
    let args = vm.new_tuple(vec![items]);
    let class = vm.heap.ty(o);
    let class = vm.new_ref(class);
    let recipe = vm.new_tuple(vec![class, args]);
    vm.with_held(recipe, |vm, recipe| {
        save_reduce::save_reduce(vm, p, recipe, o)
    })
}

pub fn save_set(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    if parts(vm, p).proto < 4 {
        return save_as_call(vm, p, o);
    }
    op(vm, p, EMPTY_SET);
    memo_put(vm, p, o);
    let len = vm.heap.set_len(o);
    if len == 0 {
        return Ok(());
    }
    let mut at = 0;
    loop {
        let mut count = 0;
        op(vm, p, MARK);
        while let Some((item, _)) = vm.heap.set_next(o, &mut at) {
            save_item(vm, p, item)?;
            count += 1;
            if count == BATCH {
                break;
            }
        }
        op(vm, p, ADDITEMS);
        if vm.heap.set_len(o) != len {
            return vm.raise(
                vm.types.runtime_error,
                "set changed size during iteration".to_string(),
            );
        }
        if count < BATCH {
            return Ok(());
        }
    }
}

pub fn save_frozenset(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    nested(vm, p, o, |vm| {
        if parts(vm, p).proto < 4 {
            return save_as_call(vm, p, o);
        }
        op(vm, p, MARK);
        let mut at = 0;
        while let Some((item, _)) = vm.heap.set_next(o, &mut at) {
            save(vm, p, item, false)?;
        }
        if parts(vm, p).memo.index.contains_key(&o) {
            op(vm, p, POP_MARK);
            memo_get(vm, p, o);
            return Ok(());
        }
        op(vm, p, FROZENSET);
        memo_put(vm, p, o);
        Ok(())
    })
}
