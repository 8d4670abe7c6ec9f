//! The module `_heapq`: heaps in lists, smallest or largest first (`Modules/_heapqmodule.c`).
//!
//! A comparison may run Python code, which may change the list: after each one its length is looked at, and a change is an error.

use super::ModuleSpec;
use crate::heap::Obj;
use crate::heap::payload::ListItems;
use crate::vm::native::{Arity, Method};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_heapq",
    doc: "Heap queue algorithm (a.k.a. priority queue).",
    functions: &[
        Method::new("heappush", Arity::Positional(2, 2), heappush)
            .doc("heappush($module, heap, item, /)\n--\n\nPush item onto heap, maintaining the heap invariant."),
        Method::new("heappushpop", Arity::Positional(2, 2), heappushpop)
            .doc("heappushpop($module, heap, item, /)\n--\n\nPush item on the heap, then pop and return the smallest item."),
        Method::new("heappop", Arity::One, |vm, _, args| pop(vm, args.get(vm, 0), "heappop", Order::Least))
            .doc("heappop($module, heap, /)\n--\n\nPop the smallest item off the heap, maintaining the heap invariant."),
        Method::new("heapreplace", Arity::Positional(2, 2), |vm, _, args| {
            replace(vm, args, "heapreplace", Order::Least)
        })
        .doc("heapreplace($module, heap, item, /)\n--\n\nPop and return the current smallest value, and add the new item."),
        Method::new("heapify", Arity::One, |vm, _, args| heapify(vm, args.get(vm, 0), "heapify", Order::Least))
            .doc("heapify($module, heap, /)\n--\n\nTransform list into a heap, in-place, in O(len(heap)) time."),
        Method::new("_heappop_max", Arity::One, |vm, _, args| {
            pop(vm, args.get(vm, 0), "_heappop_max", Order::Greatest)
        })
        .doc("_heappop_max($module, heap, /)\n--\n\nMaxheap variant of heappop."),
        Method::new("_heapreplace_max", Arity::Positional(2, 2), |vm, _, args| {
            replace(vm, args, "_heapreplace_max", Order::Greatest)
        })
        .doc("_heapreplace_max($module, heap, item, /)\n--\n\nMaxheap variant of heapreplace."),
        Method::new("_heapify_max", Arity::One, |vm, _, args| {
            heapify(vm, args.get(vm, 0), "_heapify_max", Order::Greatest)
        })
        .doc("_heapify_max($module, heap, /)\n--\n\nMaxheap variant of heapify."),
    ],
    init: |vm, dict| {
        let about = vm.new_str("A heap is a list in which no item is greater than the two at twice its place plus one and two.");
        vm.dict_set_name(dict, "__about__", about);
        vm.decref(about);
        Ok(())
    },
};

/// What stands at the front of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Least,
    Greatest,
}

/// The list argument; `what` is the function, with an argument number if it has two.
fn need_list(vm: &mut Machine, o: Obj, function: &str, which: &str) -> PyResult<Obj> {
    if vm.heap.list(o).is_some() {
        return Ok(o);
    }
    let got = match o == vm.none {
        true => "None".to_string(),
        false => vm.type_name(o),
    };
    vm.type_error(format!(
        "{function}() argument{which} must be list, not {got}"
    ))
}

fn len(vm: &Machine, heap: Obj) -> usize {
    vm.heap.list(heap).map_or(0, Vec::len)
}

fn item(vm: &Machine, heap: Obj, i: usize) -> Obj {
    vm.heap
        .list(heap)
        .map_or(crate::heap::NULL, |items| items[i])
}

fn swap(vm: &mut Machine, heap: Obj, i: usize, j: usize) {
    if let Some(items) = vm.heap.list_mut(heap) {
        items.swap(i, j);
    }
}

/// Whether the item at `i` belongs in front of the one at `j`.
fn before(vm: &mut Machine, heap: Obj, i: usize, j: usize, order: Order) -> PyResult<bool> {
    let size = len(vm, heap);
    let (a, b) = (item(vm, heap, i), item(vm, heap, j));
    let answer = before_objects(vm, a, b, order)?;
    if len(vm, heap) != size {
        return vm.raise(
            vm.types.runtime_error,
            "list changed size during iteration".to_string(),
        );
    }
    Ok(answer)
}

fn before_objects(vm: &mut Machine, a: Obj, b: Obj, order: Order) -> PyResult<bool> {
    let (left, right) = if order == Order::Least {
        (a, b)
    } else {
        (b, a)
    };
    let mark = vm.mark();
    vm.hold_ref(left);
    vm.hold_ref(right);
    let answer = vm.rich_compare_bool(left, right, CmpOp::Lt);
    vm.releasing(mark, answer)
}

/// Moves the item at `at` towards the front, at most to `start`.
fn sift_down(
    vm: &mut Machine,
    heap: Obj,
    start: usize,
    mut at: usize,
    order: Order,
) -> PyResult<()> {
    if at >= len(vm, heap) {
        return vm.raise(vm.types.index_error, "index out of range".to_string());
    }
    while at > start {
        let parent = (at - 1) >> 1;
        if !before(vm, heap, at, parent, order)? {
            break;
        }
        swap(vm, heap, at, parent);
        at = parent;
    }
    Ok(())
}

/// Moves the item at `start` down to a leaf along the children that belong in front, then up to where it belongs.
fn sift_up(vm: &mut Machine, heap: Obj, start: usize, order: Order) -> PyResult<()> {
    let end = len(vm, heap);
    if start >= end {
        return vm.raise(vm.types.index_error, "index out of range".to_string());
    }
    let limit = end >> 1;
    let mut at = start;
    while at < limit {
        let mut child = 2 * at + 1;
        if child + 1 < end && !before(vm, heap, child, child + 1, order)? {
            child += 1;
        }
        swap(vm, heap, at, child);
        at = child;
    }
    sift_down(vm, heap, start, at, order)
}

fn heappush(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let heap = need_list(vm, args.get(vm, 0), "heappush", " 1")?;
    let new = args.get(vm, 1);
    vm.incref(new);
    if let Some(items) = vm.heap.list_mut(heap) {
        items.push(new);
    }
    let last = len(vm, heap) - 1;
    sift_down(vm, heap, 0, last, Order::Least)?;
    Ok(vm.new_none())
}

fn pop(vm: &mut Machine, heap: Obj, function: &str, order: Order) -> PyResult<Obj> {
    let heap = need_list(vm, heap, function, "")?;
    let Some(last) = vm.heap.list_mut(heap).and_then(ListItems::pop) else {
        return vm.raise(vm.types.index_error, "index out of range".to_string());
    };
    if len(vm, heap) == 0 {
        return Ok(last);
    }
    let first = put_first(vm, heap, last);
    sifted(vm, heap, first, order)
}

/// Replaces the item at the front; the old one, owned. Takes the new one over.
fn put_first(vm: &mut Machine, heap: Obj, new: Obj) -> Obj {
    match vm.heap.list_mut(heap) {
        Some(items) => std::mem::replace(&mut items[0], new),
        None => new,
    }
}

/// Restores order from the front on; hands out the item that was there.
fn sifted(vm: &mut Machine, heap: Obj, first: Obj, order: Order) -> PyResult<Obj> {
    vm.hold(first);
    let done = sift_up(vm, heap, 0, order);
    if done.is_err() {
        return vm.let_go(done.map(|()| first));
    }
    Ok(vm.unhold())
}

fn replace(vm: &mut Machine, args: Args, function: &str, order: Order) -> PyResult<Obj> {
    let heap = need_list(vm, args.get(vm, 0), function, " 1")?;
    if len(vm, heap) == 0 {
        return vm.raise(vm.types.index_error, "index out of range".to_string());
    }
    let new = args.get(vm, 1);
    vm.incref(new);
    let first = put_first(vm, heap, new);
    sifted(vm, heap, first, order)
}

fn heappushpop(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let heap = need_list(vm, args.get(vm, 0), "heappushpop", " 1")?;
    let new = args.get(vm, 1);
    if len(vm, heap) == 0 {
        return Ok(vm.new_ref(new));
    }
    let first = item(vm, heap, 0);
    // The caller holds the new item.
    vm.hold_ref(first);
    let smaller = vm.rich_compare_bool(first, new, CmpOp::Lt);
    if !vm.let_go(smaller)? {
        return Ok(vm.new_ref(new));
    }
    if len(vm, heap) == 0 {
        return vm.raise(vm.types.index_error, "index out of range".to_string());
    }
    vm.incref(new);
    let first = put_first(vm, heap, new);
    sifted(vm, heap, first, Order::Least)
}

/// Longer lists are visited in an order that keeps what was touched last in the processor's cache.
const LONG: usize = 2500;

fn heapify(vm: &mut Machine, heap: Obj, function: &str, order: Order) -> PyResult<Obj> {
    let heap = need_list(vm, heap, function, "")?;
    let n = len(vm, heap);
    if n > LONG {
        heapify_long(vm, heap, n, order)?;
    } else {
        for start in (0..n >> 1).rev() {
            sift_up(vm, heap, start, order)?;
        }
    }
    Ok(vm.new_none())
}

/// `cache_friendly_heapify`: each parent directly after both of its children.
fn heapify_long(vm: &mut Machine, heap: Obj, n: usize, order: Order) -> PyResult<()> {
    let childless = n >> 1;
    let leftmost = (1 << (childless + 1).ilog2()) - 1;
    for row in [childless >> 1..leftmost, leftmost..childless] {
        for start in row.rev() {
            let mut at = start;
            sift_up(vm, heap, at, order)?;
            while at & 1 == 1 {
                at >>= 1;
                sift_up(vm, heap, at, order)?;
            }
        }
    }
    Ok(())
}
