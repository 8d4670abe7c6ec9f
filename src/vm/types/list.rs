//! `list` (`Objects/listobject.c`): construction, comparison, and what all list operations share. Methods are in `list_methods.rs`, items
//! and slices in `list_slice.rs`, iterators in `list_iter.rs`, sorting in `list_sort.rs`.
//!
//! Invariant: no borrowed view of the items outlives a call that may run Python code; lengths are read again after each.

use rustpython_wtf8::Wtf8Buf;

use super::{list_iter, list_methods, list_slice};
use crate::heap::payload::ListItems;
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::drain::Sink;
use crate::vm::native::TypeSpec;
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub use super::list_iter::{ITER_SPEC, REVERSE_ITER_SPEC};

/// Bytes of a reference, for size checks as CPython makes them.
pub const ITEM_BYTES: usize = 8;

pub static SPEC: TypeSpec = TypeSpec {
    doc: "list(iterable=(), /)\n--\n\nBuilt-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
    layout: Layout::List,
    base_type: true,
    sequence: true,
    methods: list_methods::METHODS,
    slots: fill,
    ..TypeSpec::new("list")
};

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(|vm, class, _| Ok(vm.alloc_instance(class, Payload::List(Box::default()))));
    slots.tp_init = Some(init);
    slots.tp_repr = Some(repr);
    slots.tp_richcompare = Some(richcompare);
    slots.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
    slots.tp_iter = Some(list_iter::iter);
    slots.sq_length = Some(length);
    slots.mp_length = Some(length);
    slots.sq_concat = Some(concat);
    slots.sq_repeat = Some(repeat);
    slots.sq_item = Some(list_slice::item);
    slots.sq_ass_item = Some(list_slice::ass_item);
    slots.sq_contains = Some(contains);
    slots.sq_inplace_concat = Some(inplace_concat);
    slots.sq_inplace_repeat = Some(inplace_repeat);
    slots.mp_subscript = Some(list_slice::subscript);
    slots.mp_ass_subscript = Some(list_slice::ass_subscript);
}

/// How many items the list has now.
#[inline]
pub fn len(vm: &Machine, list: Obj) -> usize {
    vm.heap.list(list).map_or(0, Vec::len)
}

/// The item at a place now, borrowed.
#[inline]
pub fn get(vm: &Machine, list: Obj, i: usize) -> Option<Obj> {
    vm.heap.list(list).and_then(|items| items.get(i).copied())
}

fn length(vm: &mut Machine, list: Obj) -> PyResult<usize> {
    Ok(len(vm, list))
}

/// `list___init__`: empties a list that is initialised again.
fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 && vm.heap.ty(this) == vm.types.list {
        return vm.type_error("list() takes no keyword arguments".to_string());
    }
    super::slice::check_count(vm, "list", args, 0, 1)?;
    clear(vm, this);
    match args.get(vm, 0).some() {
        Some(iterable) => extend_list(vm, this, iterable),
        None => Ok(()),
    }
}

/// Empties the list, then lets go of the items, last first (`_list_clear`).
pub fn clear(vm: &mut Machine, list: Obj) {
    let items = vm
        .heap
        .list_mut(list)
        .map(ListItems::take)
        .unwrap_or_default();
    drop_last_first(vm, items);
}

/// Lets go of owned items from the last to the first; those that wait lie on the machine's stack.
pub fn drop_last_first(vm: &mut Machine, items: Vec<Obj>) {
    match items[..] {
        [] => {}
        [one] => vm.decref(one),
        _ => {
            let mark = vm.mark();
            for item in items {
                vm.hold(item);
            }
            vm.release(mark);
        }
    }
}

/// Appends an owned item.
#[inline]
pub fn push(vm: &mut Machine, list: Obj, item: Obj) {
    match vm.heap.list_mut(list) {
        Some(items) => items.push(item),
        None => vm.decref(item),
    }
}

/// `list_extend`: items of exact lists and tuples at once, of others one by one, so that an iterator sees the list grow.
pub fn extend_list(vm: &mut Machine, list: Obj, iterable: Obj) -> PyResult<()> {
    let known = if iterable == list {
        vm.heap.list(list).cloned()
    } else {
        vm.exact_items(iterable)
    };
    if let Some(items) = known {
        for item in &items {
            vm.incref(*item);
        }
        if let Some(own) = vm.heap.list_mut(list) {
            own.extend_from_slice(&items);
        }
        return Ok(());
    }
    let mark = vm.mark();
    let iterator = vm.get_iter(iterable)?;
    vm.hold(iterator);
    let result = extend_from_iterator(vm, list, iterable, iterator);
    vm.releasing(mark, result)
}

fn extend_from_iterator(vm: &mut Machine, list: Obj, iterable: Obj, iterator: Obj) -> PyResult<()> {
    let hint = vm.length_hint(iterable, 8)?;
    // CPython reserves the room; a hint that cannot be met is ignored, as it is there when it would overflow.
    if len(vm, list)
        .checked_add(hint)
        .is_none_or(|n| n <= isize::MAX as usize)
    {
        vm.check_allocation(hint, ITEM_BYTES)?;
        if let Some(own) = vm.heap.list_mut(list).filter(|_| hint > 0) {
            own.preallocate(hint);
        }
    }
    loop {
        let item = vm.next_into(iterator, Sink::List(list)).0?;
        if item.is_null() {
            if let Some(own) = vm.heap.list_mut(list) {
                own.trim();
            }
            return Ok(());
        }
        push(vm, list, item);
    }
}

/// Reprs of items between brackets; an item is asked for by its place, until there is none.
pub fn repr_items(
    vm: &mut Machine,
    o: Obj,
    open: &str,
    close: &str,
    get: fn(&Machine, Obj, usize) -> Option<Obj>,
) -> PyResult<Obj> {
    let mut text = Wtf8Buf::from(open.to_string());
    let mut i = 0;
    while let Some(item) = get(vm, o, i) {
        if i > 0 {
            text.push_str(", ");
        }
        let shown = vm.repr(item)?;
        if let Some(shown) = vm.heap.str(shown) {
            text.push_wtf8(shown.wtf8());
        }
        vm.decref(shown);
        i += 1;
    }
    text.push_str(close);
    Ok(vm.new_wtf8(text))
}

fn repr(vm: &mut Machine, list: Obj) -> PyResult<Obj> {
    if len(vm, list) == 0 {
        return Ok(vm.new_str("[]"));
    }
    if vm.repr_enter(list) {
        return Ok(vm.new_str("[...]"));
    }
    let result = repr_items(vm, list, "[", "]", get);
    vm.repr_leave(list);
    result
}

/// Compares two items that may be let go of meanwhile.
pub fn compare_held(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<bool> {
    if a == b && matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(op == CmpOp::Eq);
    }
    let mark = vm.mark();
    vm.hold_ref(a);
    vm.hold_ref(b);
    let result = vm.rich_compare_bool(a, b, op);
    vm.releasing(mark, result)
}

fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if vm.heap.list(a).is_none() || vm.heap.list(b).is_none() {
        return Ok(vm.new_not_implemented());
    }
    if matches!(op, CmpOp::Eq | CmpOp::Ne) && len(vm, a) != len(vm, b) {
        return Ok(vm.new_bool(op == CmpOp::Ne));
    }
    let mut i = 0;
    while let (Some(x), Some(y)) = (get(vm, a, i), get(vm, b, i)) {
        if !compare_held(vm, x, y, CmpOp::Eq)? {
            break;
        }
        i += 1;
    }
    match (get(vm, a, i), get(vm, b, i)) {
        (Some(_), Some(_)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            Ok(vm.new_bool(op == CmpOp::Ne))
        }
        (Some(x), Some(y)) => vm.rich_compare(x, y, op),
        _ => {
            let order = len(vm, a).cmp(&len(vm, b));
            Ok(vm.new_bool(op.test(order)))
        }
    }
}

fn contains(vm: &mut Machine, list: Obj, wanted: Obj) -> PyResult<bool> {
    let mut i = 0;
    while let Some(item) = get(vm, list, i) {
        i += 1;
        match vm.heap.same_plain(item, wanted) {
            Some(true) => return Ok(true),
            Some(false) if !vm.at_limit() => continue,
            _ => {}
        }
        let mark = vm.mark();
        vm.hold_ref(item);
        let equal = vm.rich_compare_bool(item, wanted, CmpOp::Eq);
        if vm.releasing(mark, equal)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn concat(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if vm.heap.list(b).is_none() {
        let name = vm.type_name(b);
        return vm.type_error(format!(
            "can only concatenate list (not \"{name}\") to list"
        ));
    }
    Ok(vm.new_list_copied(|heap, items| {
        let parts = [a, b].map(|o| heap.list(o).map_or(&[][..], |part| &part[..]));
        items.reserve(parts[0].len() + parts[1].len());
        items.extend_from_slice(parts[0]);
        items.extend_from_slice(parts[1]);
    }))
}

/// Items so many times over, borrowed; MemoryError if that is too many.
pub fn repeated(vm: &mut Machine, items: &[Obj], n: isize) -> PyResult<Vec<Obj>> {
    let n = usize::try_from(n).unwrap_or(0);
    match items.len().checked_mul(n) {
        Some(total) => vm.check_allocation(total, ITEM_BYTES)?,
        None => return vm.raise_bare(vm.types.memory_error),
    }
    Ok(items.repeat(n))
}

fn repeat(vm: &mut Machine, list: Obj, n: isize) -> PyResult<Obj> {
    let items = vm.heap.list(list).cloned().unwrap_or_default();
    let items = repeated(vm, &items, n)?;
    vm.heap.incref_each(&items);
    Ok(vm.new_list(items))
}

fn inplace_concat(vm: &mut Machine, list: Obj, other: Obj) -> PyResult<Obj> {
    extend_list(vm, list, other)?;
    Ok(vm.new_ref(list))
}

fn inplace_repeat(vm: &mut Machine, list: Obj, n: isize) -> PyResult<Obj> {
    if n < 1 {
        clear(vm, list);
        return Ok(vm.new_ref(list));
    }
    let items = vm.heap.list(list).cloned().unwrap_or_default();
    let more = repeated(vm, &items, n - 1)?;
    for item in &more {
        vm.incref(*item);
    }
    if let Some(own) = vm.heap.list_mut(list) {
        own.extend(more);
    }
    Ok(vm.new_ref(list))
}
