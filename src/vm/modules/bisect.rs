//! The module `_bisect`: places in sorted sequences (`Modules/_bisectmodule.c`).

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_bisect",
    doc: "Bisection algorithms.",
    functions: &[
        Method::new("bisect_right", Arity::Keywords, |vm, _, args| bisect(vm, args, "bisect_right", Side::Right)).doc(
            "bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n\
             Return the index where to insert item x in list a, assuming a is sorted: behind the items equal to x.",
        ),
        Method::new("insort_right", Arity::Keywords, |vm, _, args| insort(vm, args, "insort_right", Side::Right)).doc(
            "insort_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n\
             Insert item x in list a, and keep it sorted assuming a is sorted: behind the items equal to x.",
        ),
        Method::new("bisect_left", Arity::Keywords, |vm, _, args| bisect(vm, args, "bisect_left", Side::Left)).doc(
            "bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n\
             Return the index where to insert item x in list a, assuming a is sorted: before the items equal to x.",
        ),
        Method::new("insort_left", Arity::Keywords, |vm, _, args| insort(vm, args, "insort_left", Side::Left)).doc(
            "insort_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n\
             Insert item x in list a, and keep it sorted assuming a is sorted: before the items equal to x.",
        ),
    ],
    init: |_, _| Ok(()),
};

/// Where a new item goes among equal ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

struct Search {
    sequence: Obj,
    item: Obj,
    low: isize,
    /// -1: to the end.
    high: isize,
    /// NULL: the items themselves.
    key: Obj,
}

fn arguments(vm: &mut Machine, args: Args, name: &str) -> PyResult<Search> {
    let params = [req("a"), req("x"), opt("lo"), opt("hi"), kw("key")];
    let [sequence, item, low, high, key] = vm.unpack(name, args, &params)?;
    let low = if low.is_null() {
        0
    } else {
        vm.index_clamped(low, vm.types.overflow_error)?
    };
    let high = if high.is_null() || high == vm.none {
        -1
    } else if vm.slots_of(high).nb_index.is_none() {
        let got = vm.type_name(high);
        return vm.type_error(format!("argument should be integer or None, not '{got}'"));
    } else {
        vm.index_clamped(high, vm.types.overflow_error)?
    };
    let key = if key == vm.none { NULL } else { key };
    Ok(Search {
        sequence,
        item,
        low,
        high,
        key,
    })
}

/// The place for an item whose key is given.
fn find(vm: &mut Machine, s: &Search, item: Obj, side: Side) -> PyResult<isize> {
    let mut low = s.low;
    if low < 0 {
        return vm.value_error("lo must be non-negative");
    }
    let mut high = if s.high == -1 {
        vm.len(s.sequence)? as isize
    } else {
        s.high
    };
    while low < high {
        let middle = ((low as usize + high as usize) / 2) as isize;
        let other = vm.sequence_item(s.sequence, middle)?;
        let other = if s.key.is_null() {
            other
        } else {
            vm.call_one(s.key, other)?
        };
        let smaller = vm.with_held(other, |vm, other| match side {
            Side::Right => vm
                .rich_compare_bool(item, other, CmpOp::Lt)
                .map(|less| !less),
            Side::Left => vm.rich_compare_bool(other, item, CmpOp::Lt),
        })?;
        if smaller {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn bisect(vm: &mut Machine, args: Args, name: &str, side: Side) -> PyResult<Obj> {
    let search = arguments(vm, args, name)?;
    let place = find(vm, &search, search.item, side)?;
    Ok(vm.new_int(place as i64))
}

fn insort(vm: &mut Machine, args: Args, name: &str, side: Side) -> PyResult<Obj> {
    let search = arguments(vm, args, name)?;
    let place = if search.key.is_null() {
        find(vm, &search, search.item, side)?
    } else {
        let key = vm.call(search.key, &[search.item])?;
        vm.with_held(key, |vm, key| find(vm, &search, key, side))?
    };
    if vm.heap.ty(search.sequence) == vm.types.list {
        vm.incref(search.item);
        if let Some(items) = vm.heap.list_mut(search.sequence) {
            let place = (place as usize).min(items.len());
            items.insert(place, search.item);
        }
        return Ok(vm.new_none());
    }
    let place = vm.new_int(place as i64);
    let result = vm.with_held(place, |vm, place| {
        vm.call_bound_method(search.sequence, "insert", &[place, search.item])
    })?;
    vm.decref(result);
    Ok(vm.new_none())
}
