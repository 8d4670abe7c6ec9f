//! `_queue`: `queue.SimpleQueue` and the exception `queue.Empty` (`Modules/_queuemodule.c`). The other queues are `python/queue.py`.

use super::ModuleSpec;
use super::thread::lock::{self, Patience};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::types::generic_alias::class_getitem;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_queue",
    doc: "What queue has natively.",
    functions: &[],
    init: |vm, dict| {
        let object = vm.types.object;
        vm.add_module_type(dict, &SPEC, object);
        let empty = empty_error(vm)?;
        vm.dict_set_name(dict, "Empty", empty);
        Ok(())
    },
};

const EMPTY: &str = "_queue.Empty";

/// As in CPython a list that the collector sees; what has been taken from its front leaves None until half of it is taken.
#[derive(Clone, Copy)]
struct SimpleQueue {
    list: Obj,
    taken: usize,
}

impl Native for SimpleQueue {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("lst"), self.list);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn traverse_typed(&self, class: Obj, f: &mut dyn FnMut(Edge, Obj)) {
        self.traverse(f);
        f(Edge::Type, class);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.list, NULL)]
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "SimpleQueue()\n--\n\nSimple, unbounded, reentrant FIFO queue.",
    base_type: true,
    has_weakrefs: true,
    methods: &[
        Method::new("empty", Arity::NoArgs, |vm, this, _| {
            let empty = count(vm, this) == 0;
            Ok(vm.new_bool(empty))
        })
        .doc("empty($self, /)\n--\n\nWhether the queue has no items now."),
        Method::new("get", Arity::Keywords, get)
            .with_class().doc("get($self, /, block=True, timeout=None)\n--\n\nTake the oldest item; wait for one as long as the timeout says."),
        Method::new("get_nowait", Arity::NoArgs, get_nowait)
            .with_class().doc("get_nowait($self, /)\n--\n\nTake the oldest item without waiting for one."),
        Method::new("put", Arity::Keywords, put)
            .doc("put($self, /, item, block=True, timeout=None)\n--\n\nAdd an item; this never waits."),
        Method::new("put_nowait", Arity::Keywords, put_nowait)
            .doc("put_nowait($self, /, item)\n--\n\nAdd an item."),
        Method::new("qsize", Arity::NoArgs, |vm, this, _| {
            let count = count(vm, this);
            Ok(vm.new_int(count as i64))
        })
        .doc("qsize($self, /)\n--\n\nHow many items there are now."),
        Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
    ],
    slots: |s| s.tp_new = Some(new),
    ..TypeSpec::new("_queue.SimpleQueue")
};

/// The exception class, borrowed; made on first use, as CPython makes it with `PyErr_NewExceptionWithDoc`.
fn empty_error(vm: &mut Machine) -> PyResult<Obj> {
    if let Some(known) = vm.module_state.get(EMPTY) {
        return Ok(*known);
    }
    let doc = "Exception raised by Queue.get(block=0)/get_nowait().";
    let base = vm.types.exception;
    let made = vm.new_exception_class("_queue", "Empty", base, doc)?;
    vm.module_state.insert(EMPTY, made);
    Ok(made)
}

fn queue(vm: &Machine, this: Obj) -> SimpleQueue {
    *vm.heap.native(this).expect("checked by the type")
}

/// How many items wait.
fn count(vm: &Machine, this: Obj) -> usize {
    let SimpleQueue { list, taken } = queue(vm, this);
    let all = vm.heap.list(list).map_or(0, Vec::len);
    all.saturating_sub(taken)
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let exact = class == vm.module_type(&SPEC);
    if exact && !args.is_empty() {
        return vm.type_error("SimpleQueue() takes no positional arguments".to_string());
    }
    if exact && args.kw_len(vm) > 0 {
        return vm.type_error("SimpleQueue() takes no keyword arguments".to_string());
    }
    let list = vm.new_list(Vec::new());
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(SimpleQueue { list, taken: 0 }))),
    ))
}

fn add(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<Obj> {
    vm.incref(item);
    let SimpleQueue { list, .. } = queue(vm, this);
    match vm.heap.list_mut(list) {
        Some(items) => items.push(item),
        None => vm.decref(item),
    }
    Ok(vm.new_none())
}

fn put(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let params = [req("item"), opt("block"), opt("timeout")];
    let [item, block, _] = vm.unpack("put", args, &params)?;
    if !block.is_null() {
        vm.is_true(block)?;
    }
    add(vm, this, item)
}

fn put_nowait(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [item] = vm.unpack("put_nowait", args, &[req("item")])?;
    add(vm, this, item)
}

fn get(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [block, timeout] = vm.unpack("get", args, &[opt("block"), opt("timeout")])?;
    let block = block.is_null() || vm.is_true(block)?;
    let patience = if !block {
        Patience::None
    } else if timeout.is_null() || timeout == vm.none {
        Patience::Endless
    } else {
        let nanos = lock::nanos_of(vm, timeout)?;
        if nanos < 0 {
            return vm.value_error("'timeout' must be a non-negative number");
        }
        Patience::Nanos(nanos)
    };
    take(vm, this, patience)
}

fn get_nowait(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    take(vm, this, Patience::None)
}

fn take(vm: &mut Machine, this: Obj, patience: Patience) -> PyResult<Obj> {
    if count(vm, this) == 0 {
        lock::wait_in_vain(vm, patience)?;
    }
    match pop(vm, this) {
        Some(item) => Ok(item),
        None => {
            let empty = empty_error(vm)?;
            vm.raise_bare(empty)
        }
    }
}

/// The oldest item, owned (`simplequeue_pop_item`).
fn pop(vm: &mut Machine, this: Obj) -> Option<Obj> {
    let SimpleQueue { list, taken } = queue(vm, this);
    let none = vm.none;
    let items = vm.heap.list_mut(list)?;
    let place = items.get_mut(taken)?;
    let item = std::mem::replace(place, none);
    let taken = taken + 1;
    let cut = if taken > items.len() / 2 { taken } else { 0 };
    let dropped: Vec<Obj> = items.drain(..cut).collect();
    vm.incref(none);
    vm.drop_all(dropped);
    if let Some(queue) = vm.heap.native_mut::<SimpleQueue>(this) {
        queue.taken = taken - cut;
    }
    Some(item)
}
