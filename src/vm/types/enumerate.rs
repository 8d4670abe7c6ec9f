//! `enumerate` (`Objects/enumobject.c`). The pair it hands out is used again if nobody else kept it, as CPython does.

use num_bigint::BigInt;

use super::list_iter::self_iter;
use super::list_methods::class_getitem;
use crate::heap::payload::iterators::Enumerate;
use crate::heap::payload::{Native, Payload};
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "enumerate(iterable, start=0)\n--\n\nReturn an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    base_type: true,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("enumerate")
};

static METHODS: &[Method] = &[
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [iterable, start] = vm.unpack("enumerate", args, &[req("iterable"), opt("start")])?;
    let made = vm.alloc_instance(
        class,
        Enumerate {
            index: 0,
            long: None,
            iter: NULL,
            result: NULL,
        }
        .into_payload(),
    );
    vm.hold(made);
    match begin(vm, made, iterable, start) {
        Ok(()) => Ok(vm.unhold()),
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

/// Fills the parts of a new enumeration, in CPython's order.
fn begin(vm: &mut Machine, made: Obj, iterable: Obj, start: Obj) -> PyResult<()> {
    let (mut index, mut long) = (0, None);
    if !start.is_null() {
        let number = vm.number_index(start)?;
        match vm.as_i64(number) {
            Some(i) => index = i,
            None => long = vm.as_int(number),
        }
        vm.decref(number);
    }
    let iter = vm.get_iter(iterable)?;
    if let Some(e) = vm.heap.native_mut::<Enumerate>(made) {
        (e.index, e.long, e.iter) = (index, long, iter);
    }
    let none = vm.none;
    let result = vm.new_tuple_of(&[none, none]);
    if let Some(e) = vm.heap.native_mut::<Enumerate>(made) {
        e.result = result;
    }
    Ok(())
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let iter = vm.heap.native::<Enumerate>(this).map_or(NULL, |e| e.iter);
    if iter.is_null() {
        return Ok(NULL);
    }
    let item = match vm.next_of_sequence(iter) {
        Some(item) => item,
        None => vm.iter_next(iter)?,
    };
    if item.is_null() {
        return Ok(NULL);
    }
    let count = next_count(vm, this);
    let result = vm.heap.native::<Enumerate>(this).map_or(NULL, |e| e.result);
    if result.is_null() || vm.heap.rc(result) != 1 {
        return Ok(vm.new_tuple(vec![count, item]));
    }
    vm.incref(result);
    let old = [
        vm.set_result_item(result, 0, count),
        vm.set_result_item(result, 1, item),
    ];
    if vm.drop_pair_unseen(old) {
        vm.track_result(result);
        return Ok(result);
    }
    let mark = vm.mark();
    vm.hold(result);
    vm.drop_each(&old);
    vm.track_result(result);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    debug_assert_eq!(mark + 1, vm.top, "only the result is held");
    Ok(vm.unhold())
}

/// The count as an int object; one more next time.
fn next_count(vm: &mut Machine, this: Obj) -> Obj {
    let Some(e) = vm.heap.native_mut::<Enumerate>(this) else {
        return vm.new_int(0);
    };
    if let Some(long) = &mut e.long {
        let value = long.clone();
        *long += 1;
        return vm.new_big_int(value);
    }
    let value = e.index;
    match value.checked_add(1) {
        Some(next) => e.index = next,
        None => e.long = Some(BigInt::from(value) + 1),
    }
    vm.new_int(value)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Some(e) = vm.heap.native::<Enumerate>(this).cloned() else {
        return Ok(vm.new_none());
    };
    let class = vm.heap.ty(this);
    vm.incref(class);
    vm.incref(e.iter);
    let start = vm.new_big_int(e.long.unwrap_or_else(|| BigInt::from(e.index)));
    let args = vm.new_tuple(vec![e.iter, start]);
    Ok(vm.new_tuple(vec![class, args]))
}

impl Machine {
    /// Puts an owned item into a result tuple that is used again; the old one, owned, comes back.
    pub(in crate::vm) fn set_result_item(&mut self, tuple: Obj, i: usize, item: Obj) -> Obj {
        match self.heap.payload_mut(tuple) {
            Payload::Tuple { n, v } if i < *n as usize => std::mem::replace(&mut v[i], item),
            Payload::TupleBig(items) if i < items.len() => std::mem::replace(&mut items[i], item),
            _ => panic!("a result tuple has as many items as iterators"),
        }
    }

    /// Lets go of two objects if nobody can see it.
    #[inline(always)]
    pub(in crate::vm) fn drop_pair_unseen(&mut self, [a, b]: [Obj; 2]) -> bool {
        let unseen = !self.watch.on
            && self.dies_unseen(a)
            && self.dies_unseen(b)
            && (a != b || self.heap.rc(a) > 2);
        if unseen {
            self.decref_number::<false>(a);
            self.decref_number::<false>(b);
        }
        unseen
    }

    /// A tuple that a collection has left out because of what was in it is watched again.
    pub(in crate::vm) fn track_result(&mut self, tuple: Obj) {
        if !self.heap.gc.tracked(tuple) {
            self.heap.gc.track(tuple);
        }
    }
}
