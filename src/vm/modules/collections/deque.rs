//! `collections.deque`: the type, its slots, and what changes it (`deque_*` of `Modules/_collectionsmodule.c`). Methods that
//! search or copy are in `deque_methods.rs`.
//!
//! `state` counts changes: whoever walks the deque while Python code may run compares it.

use std::collections::VecDeque;

use crate::heap::payload::class::Layout;
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

use super::{deque_iter, deque_methods as m};

#[derive(Clone, Default)]
pub struct Deque {
    pub items: VecDeque<Obj>,
    pub maxlen: Option<usize>,
    pub state: u64,
}

impl Native for Deque {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for (i, item) in self.items.iter().enumerate() {
            f(Edge::Item(i as u32), *item);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        self.state += 1;
        std::mem::take(&mut self.items).into()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence optimized for data accesses near its endpoints.",
    layout: Layout::Other,
    base_type: true,
    has_weakrefs: true,
    methods: &[
        Method::new("append", Arity::One, append)
            .doc("Add an element to the right side of the deque."),
        Method::new("appendleft", Arity::One, appendleft)
            .doc("Add an element to the left side of the deque."),
        Method::new("clear", Arity::NoArgs, clear).doc("Remove all elements from the deque."),
        Method::new("__copy__", Arity::NoArgs, m::copy).doc("Return a shallow copy of a deque."),
        Method::new("copy", Arity::NoArgs, m::copy).doc("Return a shallow copy of a deque."),
        Method::new("count", Arity::One, m::count)
            .doc("D.count(value) -> integer -- return number of occurrences of value"),
        Method::new("extend", Arity::One, extend)
            .doc("Extend the right side of the deque with elements from the iterable"),
        Method::new("extendleft", Arity::One, extendleft)
            .doc("Extend the left side of the deque with elements from the iterable"),
        Method::new("index", Arity::Positional(1, 3), m::index)
            .doc("D.index(value, [start, [stop]]) -> integer -- return first index of value."),
        Method::new("insert", Arity::Any, m::insert)
            .doc("D.insert(index, object) -- insert object before index"),
        Method::new("pop", Arity::NoArgs, pop).doc("Remove and return the rightmost element."),
        Method::new("popleft", Arity::NoArgs, popleft)
            .doc("Remove and return the leftmost element."),
        Method::new("__reduce__", Arity::NoArgs, m::reduce)
            .doc("Return state information for pickling."),
        Method::new("remove", Arity::One, m::remove)
            .doc("D.remove(value) -- remove first occurrence of value."),
        Method::new("__reversed__", Arity::NoArgs, deque_iter::reversed)
            .doc("D.__reversed__() -- return a reverse iterator over the deque"),
        Method::new("reverse", Arity::NoArgs, m::reverse).doc("D.reverse() -- reverse *IN PLACE*"),
        Method::new("rotate", Arity::Any, m::rotate).doc(
            "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.",
        ),
        Method::new("__sizeof__", Arity::NoArgs, m::sizeof)
            .doc("D.__sizeof__() -- size of D in memory, in bytes"),
        Method::class(
            "__class_getitem__",
            Arity::One,
            crate::vm::types::generic_alias::class_getitem,
        )
        .doc("See PEP 585"),
    ],
    getset: &[GetSet {
        doc: "maximum size of a deque or None if unbounded",
        ..GetSet::new("maxlen", |vm, this| match deque(vm, this).maxlen {
            Some(n) => Ok(vm.new_int(n as i64)),
            None => Ok(vm.new_none()),
        })
    }],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(m::repr);
        s.tp_richcompare = Some(m::rich_compare);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
        s.tp_iter = Some(deque_iter::iter);
        s.nb_bool = Some(|vm, this| Ok(!deque(vm, this).items.is_empty()));
        s.sq_length = Some(|vm, this| Ok(deque(vm, this).items.len()));
        s.sq_concat = Some(m::concat);
        s.sq_repeat = Some(m::repeat);
        s.sq_item = Some(item);
        s.sq_ass_item = Some(ass_item);
        s.sq_contains = Some(m::contains);
        s.sq_inplace_concat = Some(inplace_concat);
        s.sq_inplace_repeat = Some(m::inplace_repeat);
    },
    ..TypeSpec::new("collections.deque")
};

pub fn deque(vm: &Machine, this: Obj) -> &Deque {
    vm.heap.native(this).expect("a deque")
}

pub fn deque_mut(vm: &mut Machine, this: Obj) -> &mut Deque {
    vm.heap.native_mut(this).expect("a deque")
}

pub fn is_deque(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Deque>(o).is_some()
}

/// An empty deque of a class.
pub fn new_deque(vm: &mut Machine, class: Obj, maxlen: Option<usize>) -> Obj {
    let native = Deque {
        maxlen,
        ..Deque::default()
    };
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native))))
}

fn new(vm: &mut Machine, class: Obj, _args: Args) -> PyResult<Obj> {
    Ok(new_deque(vm, class, None))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let given = args.len() + args.kw_len(vm);
    if given > 2 {
        return vm.type_error(format!("deque() takes at most 2 arguments ({given} given)"));
    }
    let [iterable, maxlen] = vm.unpack("deque", args, &[opt("iterable"), opt("maxlen")])?;
    let maxlen = if maxlen.is_null() || maxlen == vm.none {
        None
    } else if !vm.is_int(maxlen) {
        return vm.type_error("an integer is required".to_string());
    } else {
        match vm.as_i64(maxlen).map(usize::try_from) {
            Some(Ok(n)) => Some(n),
            Some(Err(_)) => return vm.value_error("maxlen must be non-negative"),
            None => {
                let message = "Python int too large to convert to C ssize_t".to_string();
                return vm.raise(vm.types.overflow_error, message);
            }
        }
    };
    deque_mut(vm, this).maxlen = maxlen;
    if !deque(vm, this).items.is_empty() {
        clear_items(vm, this);
    }
    if iterable.is_null() {
        return Ok(());
    }
    extend_right(vm, this, iterable)
}

/// The deque is empty before the first item goes; they go first to last (`deque_clear`).
pub fn clear_items(vm: &mut Machine, this: Obj) {
    let d = deque_mut(vm, this);
    let items = std::mem::take(&mut d.items);
    d.state += 1;
    let mark = vm.mark();
    for item in items.into_iter().rev() {
        vm.hold(item);
    }
    vm.release(mark);
}

/// Takes the item over; what does not fit falls off at the other end, after the new one is in.
pub fn push_right(vm: &mut Machine, this: Obj, item: Obj) {
    let d = deque_mut(vm, this);
    d.items.push_back(item);
    d.state += 1;
    if d.maxlen.is_some_and(|n| d.items.len() > n) {
        let old = d.items.pop_front().unwrap_or(NULL);
        d.state += 1;
        vm.xdecref(old);
    }
}

pub fn push_left(vm: &mut Machine, this: Obj, item: Obj) {
    let d = deque_mut(vm, this);
    d.items.push_front(item);
    d.state += 1;
    if d.maxlen.is_some_and(|n| d.items.len() > n) {
        let old = d.items.pop_back().unwrap_or(NULL);
        d.state += 1;
        vm.xdecref(old);
    }
}

fn append(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    vm.incref(item);
    push_right(vm, this, item);
    Ok(vm.new_none())
}

fn appendleft(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    vm.incref(item);
    push_left(vm, this, item);
    Ok(vm.new_none())
}

/// Extending a deque by itself goes over a list.
fn extend_with(
    vm: &mut Machine,
    this: Obj,
    iterable: Obj,
    push: fn(&mut Machine, Obj, Obj),
) -> PyResult<()> {
    if this == iterable {
        let items: Vec<Obj> = deque(vm, this).items.iter().copied().collect();
        for item in &items {
            vm.incref(*item);
        }
        let list = vm.new_list(items);
        return vm.with_held(list, |vm, list| extend_with(vm, this, list, push));
    }
    vm.each_item(iterable, |vm, item| {
        vm.incref(item);
        push(vm, this, item);
        Ok(true)
    })
}

pub fn extend_right(vm: &mut Machine, this: Obj, iterable: Obj) -> PyResult<()> {
    extend_with(vm, this, iterable, push_right)
}

fn extend(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let iterable = args.get(vm, 0);
    extend_right(vm, this, iterable)?;
    Ok(vm.new_none())
}

fn extendleft(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let iterable = args.get(vm, 0);
    extend_with(vm, this, iterable, push_left)?;
    Ok(vm.new_none())
}

fn inplace_concat(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    extend_right(vm, this, other)?;
    Ok(vm.new_ref(this))
}

fn clear(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    clear_items(vm, this);
    Ok(vm.new_none())
}

fn popped(vm: &mut Machine, item: Option<Obj>) -> PyResult<Obj> {
    match item {
        Some(item) => Ok(item),
        None => vm.raise(vm.types.index_error, "pop from an empty deque".to_string()),
    }
}

fn pop(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let d = deque_mut(vm, this);
    let item = d.items.pop_back();
    d.state += u64::from(item.is_some());
    popped(vm, item)
}

fn popleft(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let d = deque_mut(vm, this);
    let item = d.items.pop_front();
    d.state += u64::from(item.is_some());
    popped(vm, item)
}

fn place(vm: &mut Machine, this: Obj, i: isize) -> PyResult<usize> {
    match usize::try_from(i)
        .ok()
        .filter(|i| *i < deque(vm, this).items.len())
    {
        Some(i) => Ok(i),
        None => vm.raise(vm.types.index_error, "deque index out of range".to_string()),
    }
}

fn item(vm: &mut Machine, this: Obj, i: isize) -> PyResult<Obj> {
    let i = place(vm, this, i)?;
    let item = deque(vm, this).items[i];
    Ok(vm.new_ref(item))
}

/// Replacing an item is no change that iterators mind; deleting one is.
fn ass_item(vm: &mut Machine, this: Obj, i: isize, value: Obj) -> PyResult<()> {
    let i = place(vm, this, i)?;
    let old = if value.is_null() {
        remove_at(vm, this, i)
    } else {
        vm.incref(value);
        std::mem::replace(&mut deque_mut(vm, this).items[i], value)
    };
    vm.decref(old);
    Ok(())
}

/// Takes the item at a valid index out; owned.
pub fn remove_at(vm: &mut Machine, this: Obj, i: usize) -> Obj {
    let d = deque_mut(vm, this);
    d.state += 1;
    d.items.remove(i).expect("the index has been checked")
}
