//! `set` and `frozenset`: methods and operators (`Objects/setobject.c`). The table is in `set_table.rs`, iteration in
//! `set_iter.rs`.
//!
//! Which operand is walked and which is asked decides in what order elements are compared and in what order the result has
//! them; both are CPython's. Operators of subclasses answer with plain sets.

use crate::heap::payload::class::Layout;
use crate::heap::payload::set::Place;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult, Thrown};


macro_rules! shared_methods {
    ($($more:expr),* $(,)?) => {
        &[
            Method::class("__class_getitem__", Arity::One, super::generic_alias::class_getitem).doc("See PEP 585"),
            Method::new("__contains__", Arity::One, contains_method).doc("x.__contains__(y) <==> y in x."),
            Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
            Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("S.__sizeof__() -> size of S in memory, in bytes"),
            Method::new("difference", Arity::Any, difference_method).varargs().doc("Return the difference of two or more sets as a new set."),
            Method::new("intersection", Arity::Any, intersection_method).varargs().doc("Return the intersection of two sets as a new set."),
            Method::new("isdisjoint", Arity::One, isdisjoint).doc("Return True if two sets have a null intersection."),
            Method::new("issubset", Arity::One, issubset_method).doc("Report whether another set contains this set."),
            Method::new("issuperset", Arity::One, issuperset_method).doc("Report whether this set contains another set."),
            Method::new("symmetric_difference", Arity::One, symmetric_difference_method)
                .doc("Return the symmetric difference of two sets as a new set."),
            Method::new("union", Arity::Any, union).varargs().doc("Return the union of sets as a new set."),
            $($more),*
        ]
    };
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.",
    layout: Layout::Set,
    base_type: true,
    has_weakrefs: true,
    methods: shared_methods![
        Method::new("add", Arity::One, add).doc("Add an element to a set.\n\nThis has no effect if the element is already present."),
        Method::new("clear", Arity::NoArgs, clear).doc("Remove all elements from this set."),
        Method::new("copy", Arity::NoArgs, copy).doc("Return a shallow copy of a set."),
        Method::new("difference_update", Arity::Any, difference_update).varargs().doc("Remove all elements of another set from this set."),
        Method::new("discard", Arity::One, discard).doc("Remove an element from a set if it is a member."),
        Method::new("intersection_update", Arity::Any, intersection_update).varargs()
            .doc("Update a set with the intersection of itself and another."),
        Method::new("pop", Arity::NoArgs, pop).doc("Remove and return an arbitrary set element.\nRaises KeyError if the set is empty."),
        Method::new("remove", Arity::One, remove).doc("Remove an element from a set; it must be a member."),
        Method::new("symmetric_difference_update", Arity::One, symmetric_difference_update_method)
            .doc("Update a set with the symmetric difference of itself and another."),
        Method::new("update", Arity::Any, update).varargs().doc("Update a set with the union of itself and others."),
    ],
    slots: |s| {
        shared_slots(s);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
        s.tp_new = Some(set_new);
        s.tp_init = Some(set_init);
        s.nb_inplace_subtract = Some(isub);
        s.nb_inplace_and = Some(iand);
        s.nb_inplace_xor = Some(ixor);
        s.nb_inplace_or = Some(ior);
    },
    ..TypeSpec::new("set")
};

pub static FROZEN_SPEC: TypeSpec = TypeSpec {
    doc: "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.",
    layout: Layout::Set,
    base_type: true,
    has_weakrefs: true,
    methods: shared_methods![Method::new("copy", Arity::NoArgs, frozen_copy).doc("Return a shallow copy of a set.")],
    slots: |s| {
        shared_slots(s);
        s.tp_hash = Some(frozenset_hash);
        s.tp_new = Some(frozenset_new);
    },
    ..TypeSpec::new("frozenset")
};

pub use super::set_iter::SPEC as ITER_SPEC;

fn shared_slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_richcompare = Some(rich_compare);
    s.tp_iter = Some(super::set_iter::iter);
    s.sq_length = Some(|vm, this| Ok(vm.heap.set_len(this)));
    s.sq_contains = Some(contains);
    s.nb_subtract = Some(sub);
    s.nb_and = Some(and);
    s.nb_xor = Some(xor);
    s.nb_or = Some(or);
}

// Making

/// A new set of a type with what an iterable gives, if one is given (`make_new_set`).
pub fn make_new_set(vm: &mut Machine, ty: Obj, iterable: Obj) -> PyResult<Obj> {
    let empty = vm.heap.empty_set();
    let set = match ty == vm.types.set || ty == vm.types.frozenset {
        true => vm.alloc_gc(ty, empty),
        false => vm.alloc_instance(ty, empty),
    };
    if iterable.is_null() {
        return Ok(set);
    }
    finish(vm, set, |vm, set| vm.set_update(set, iterable))
}

/// Fills a new set while it is held; drops it if that fails.
fn finish(vm: &mut Machine, set: Obj, fill: impl FnOnce(&mut Machine, Obj) -> PyResult<()>) -> PyResult<Obj> {
    vm.hold(set);
    let result = fill(vm, set);
    if vm.interrupt.is_some() {
        return Err(Thrown::Interrupt);
    }
    let set = vm.unhold();
    match result {
        Ok(()) => Ok(set),
        Err(thrown) => {
            vm.drop_keeping_exception(set);
            Err(thrown)
        }
    }
}

/// `set` or `frozenset`, whichever the set's type extends.
fn base_type(vm: &Machine, set: Obj) -> Obj {
    let ty = vm.heap.ty(set);
    if vm.is_subtype(ty, vm.types.set) { vm.types.set } else { vm.types.frozenset }
}

/// `make_new_set_basetype`
fn new_like(vm: &mut Machine, like: Obj, iterable: Obj) -> PyResult<Obj> {
    let ty = base_type(vm, like);
    make_new_set(vm, ty, iterable)
}

fn set_copy(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    new_like(vm, this, this)
}

fn set_new(vm: &mut Machine, class: Obj, _args: Args) -> PyResult<Obj> {
    make_new_set(vm, class, NULL)
}

fn set_init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    no_keywords(vm, "set", args)?;
    let iterable = at_most_one(vm, vm.heap.ty(this), args)?;
    vm.set_clear(this);
    if iterable.is_null() {
        return Ok(());
    }
    vm.set_update(this, iterable)
}

fn frozenset_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let exact = class == vm.types.frozenset;
    if exact {
        no_keywords(vm, "frozenset", args)?;
    }
    let iterable = at_most_one(vm, class, args)?;
    if exact && !iterable.is_null() && vm.heap.ty(iterable) == vm.types.frozenset {
        return Ok(vm.new_ref(iterable));
    }
    make_new_set(vm, class, iterable)
}

fn no_keywords(vm: &mut Machine, name: &str, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        return vm.type_error(format!("{name}() takes no keyword arguments"));
    }
    Ok(())
}

fn at_most_one(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.len() > 1 {
        let (name, given) = (vm.class_name(class), args.len());
        return vm.type_error(format!("{name} expected at most 1 argument, got {given}"));
    }
    Ok(args.get(vm, 0))
}

// Looking

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = vm.type_name(this);
    if vm.repr_enter(this) {
        return Ok(vm.new_string(format!("{name}(...)")));
    }
    let result = repr_unguarded(vm, this, &name);
    vm.repr_leave(this);
    result
}

fn repr_unguarded(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    if vm.heap.set_len(this) == 0 {
        return Ok(vm.new_string(format!("{name}()")));
    }
    let items = vm.heap.set_items(this);
    for item in &items {
        vm.incref(*item);
    }
    let list = vm.new_list(items);
    // The iterator that fills it.
    vm.count_allocation();
    vm.count_deallocation();
    vm.hold(list);
    let text = vm.repr(list);
    let text = vm.let_go(text)?;
    let inner = vm.heap.str(text).map(|s| s.slice(1, s.len().saturating_sub(1))).expect("the repr of a list is a str");
    vm.decref(text);
    let plain = vm.heap.ty(this) == vm.types.set;
    let mut out = rustpython_wtf8::Wtf8Buf::new();
    out.push_str(&if plain { "{".to_string() } else { format!("{name}({{") });
    out.push_wtf8(inner.wtf8());
    out.push_str(if plain { "}" } else { "})" });
    Ok(vm.new_wtf8(out))
}

fn contains_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    let found = contains(vm, this, item)?;
    Ok(vm.new_bool(found))
}

fn contains(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    with_set_as_key(vm, item, |vm, item| vm.set_contains(this, item))
}

/// A set is not hashable; where an element is looked for it stands for the frozenset of its elements.
fn with_set_as_key(vm: &mut Machine, item: Obj, f: impl Fn(&mut Machine, Obj) -> PyResult<bool>) -> PyResult<bool> {
    match f(vm, item) {
        Err(thrown) => {
            let is_set = vm.heap.is_any_set(item) && vm.is_subtype(vm.heap.ty(item), vm.types.set);
            if !is_set || !vm.pending_matches(vm.types.type_error) {
                return Err(thrown);
            }
            vm.clear_exception();
            let frozen = make_new_set(vm, vm.types.frozenset, item)?;
            vm.hold(frozen);
            let result = f(vm, frozen);
            vm.let_go(result)
        }
        found => found,
    }
}

fn shuffle_bits(h: u64) -> u64 {
    ((h ^ 89_869_747) ^ (h << 16)).wrapping_mul(3_644_798_167)
}

/// Independent of the order, and of empty and dummy places (`frozenset_hash`).
fn frozenset_hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let set = vm.heap.set_mut(this).expect("a frozenset");
    if let Some(hash) = set.hash {
        return Ok(hash);
    }
    let mut hash: u64 = 0;
    for place in &set.table {
        if let Place::Full { hash: h, .. } = place {
            hash ^= shuffle_bits(*h as u64);
        }
    }
    hash ^= (set.used as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907_133_923);
    let hash = if hash == u64::MAX { 590_923_713 } else { hash as i64 };
    set.hash = Some(hash);
    Ok(hash)
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !vm.heap.is_any_set(other) {
        return Ok(vm.new_not_implemented());
    }
    let answer = compare(vm, this, other, op)?;
    Ok(vm.new_bool(answer))
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<bool> {
    let (n, m) = (vm.heap.set_len(this), vm.heap.set_len(other));
    match op {
        CmpOp::Eq => {
            let hashes = (vm.heap.set(this).and_then(|s| s.hash), vm.heap.set(other).and_then(|s| s.hash));
            if n != m || matches!(hashes, (Some(a), Some(b)) if a != b) {
                return Ok(false);
            }
            issubset(vm, this, other)
        }
        CmpOp::Ne => Ok(!compare(vm, this, other, CmpOp::Eq)?),
        CmpOp::Le => issubset(vm, this, other),
        CmpOp::Ge => issubset(vm, other, this),
        CmpOp::Lt => Ok(n < m && issubset(vm, this, other)?),
        CmpOp::Gt => Ok(n > m && issubset(vm, other, this)?),
    }
}

/// Walks the first set's elements, each held, until one is not to the function's liking.
fn all_elements(vm: &mut Machine, set: Obj, mut f: impl FnMut(&mut Machine, Obj, i64) -> PyResult<bool>) -> PyResult<bool> {
    let mut at = 0;
    while let Some((key, hash)) = vm.heap.set_next(set, &mut at) {
        vm.hold_ref(key);
        let go_on = f(vm, key, hash);
        let go_on = vm.let_go(go_on);
        if !go_on? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn issubset(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<bool> {
    if vm.heap.set_len(this) > vm.heap.set_len(other) {
        return Ok(false);
    }
    all_elements(vm, this, |vm, key, hash| vm.set_contains_entry(other, key, hash))
}

/// Calls `f` with the argument itself, or with a set of what it gives.
fn with_other_as_set(vm: &mut Machine, other: Obj, f: impl FnOnce(&mut Machine, Obj) -> PyResult<bool>) -> PyResult<Obj> {
    let answer = if vm.heap.is_any_set(other) {
        f(vm, other)?
    } else {
        let made = make_new_set(vm, vm.types.set, other)?;
        vm.hold(made);
        let answer = f(vm, made);
        vm.drop_held();
        answer?
    };
    Ok(vm.new_bool(answer))
}

fn issubset_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    with_other_as_set(vm, other, |vm, other| issubset(vm, this, other))
}

fn issuperset_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    with_other_as_set(vm, other, |vm, other| issubset(vm, other, this))
}

fn isdisjoint(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    let answer = if this == other {
        vm.heap.set_len(this) == 0
    } else if vm.heap.is_any_set(other) {
        let (small, large) = if vm.heap.set_len(other) > vm.heap.set_len(this) { (this, other) } else { (other, this) };
        all_elements(vm, small, |vm, key, hash| Ok(!vm.set_contains_entry(large, key, hash)?))?
    } else {
        let mut disjoint = true;
        vm.each_item(other, |vm, item| {
            disjoint = !vm.set_contains(this, item)?;
            Ok(disjoint)
        })?;
        disjoint
    };
    Ok(vm.new_bool(answer))
}

// Combining

fn union(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let result = set_copy(vm, this)?;
    finish(vm, result, |vm, result| {
        for i in 0..args.len() {
            let other = args.get(vm, i);
            if other != this {
                vm.set_update(result, other)?;
            }
        }
        Ok(())
    })
}

/// A new set with the elements of both; the smaller set is walked (`set_intersection`).
fn intersection(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    if this == other {
        return set_copy(vm, this);
    }
    let result = new_like(vm, this, NULL)?;
    finish(vm, result, |vm, result| {
        if vm.heap.is_any_set(other) {
            let (small, large) = if vm.heap.set_len(other) > vm.heap.set_len(this) { (this, other) } else { (other, this) };
            return all_elements(vm, small, |vm, key, hash| {
                if vm.set_contains_entry(large, key, hash)? {
                    vm.set_add_entry(result, key, hash)?;
                }
                Ok(true)
            })
            .map(|_| ());
        }
        vm.each_item(other, |vm, item| {
            let hash = vm.hash(item)?;
            if vm.set_contains_entry(this, item, hash)? {
                vm.set_add_entry(result, item, hash)?;
            }
            Ok(true)
        })
    })
}

/// `set_intersection_multi`
fn intersection_of_all(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return set_copy(vm, this);
    }
    let mut result = vm.new_ref(this);
    for i in 0..args.len() {
        let other = args.get(vm, i);
        vm.hold(result);
        let next = intersection(vm, result, other);
        if vm.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        vm.unhold();
        vm.drop_keeping_exception(result);
        result = next?;
    }
    Ok(result)
}

fn intersection_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    intersection_of_all(vm, this, args)
}

fn intersection_update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let result = intersection_of_all(vm, this, args)?;
    vm.set_swap_bodies(this, result);
    vm.decref(result);
    Ok(vm.new_none())
}

/// `set_difference_update_internal`
fn difference_in_place(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<()> {
    if this == other {
        vm.set_clear(this);
        return Ok(());
    }
    if vm.heap.is_any_set(other) {
        // A set more than eight times larger is cut down to the common elements first.
        let walked = if vm.heap.set_len(other) >> 3 > vm.heap.set_len(this) {
            intersection(vm, this, other)?
        } else {
            vm.new_ref(other)
        };
        vm.hold(walked);
        let result = all_elements(vm, walked, |vm, key, hash| vm.set_discard_entry(this, key, hash).map(|_| true));
        vm.let_go(result)?;
    } else {
        vm.each_item(other, |vm, item| vm.set_discard(this, item).map(|_| true))?;
    }
    vm.set_drop_dummies(this);
    Ok(())
}

fn copy_and_difference(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    let result = set_copy(vm, this)?;
    finish(vm, result, |vm, result| difference_in_place(vm, result, other))
}

/// `set_difference`
fn difference(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    let is_dict = vm.heap.ty(other) == vm.types.dict;
    let size = match (vm.heap.is_any_set(other), is_dict) {
        (true, _) => vm.heap.set_len(other),
        (_, true) => vm.heap.dict_len(other),
        _ => return copy_and_difference(vm, this, other),
    };
    // If there is much less to take away than there is, it is quicker to copy and take away.
    if vm.heap.set_len(this) >> 2 > size {
        return copy_and_difference(vm, this, other);
    }
    let result = new_like(vm, this, NULL)?;
    finish(vm, result, |vm, result| {
        all_elements(vm, this, |vm, key, hash| {
            let there = if is_dict { vm.dict_find(other, key, hash)?.is_some() } else { vm.set_contains_entry(other, key, hash)? };
            if !there {
                vm.set_add_entry(result, key, hash)?;
            }
            Ok(true)
        })
        .map(|_| ())
    })
}

fn difference_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return set_copy(vm, this);
    }
    let first = args.get(vm, 0);
    let result = difference(vm, this, first)?;
    finish(vm, result, |vm, result| {
        for i in 1..args.len() {
            let other = args.get(vm, i);
            difference_in_place(vm, result, other)?;
        }
        Ok(())
    })
}

fn difference_update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    for i in 0..args.len() {
        let other = args.get(vm, i);
        difference_in_place(vm, this, other)?;
    }
    Ok(vm.new_none())
}

/// An element that is there goes, one that is not comes.
fn toggle(vm: &mut Machine, this: Obj, key: Obj, hash: i64) -> PyResult<()> {
    if !vm.set_discard_entry(this, key, hash)? {
        vm.set_add_entry(this, key, hash)?;
    }
    Ok(())
}

/// `set_symmetric_difference_update`
fn symmetric_difference_in_place(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<()> {
    if this == other {
        vm.set_clear(this);
        return Ok(());
    }
    if vm.heap.ty(other) == vm.types.dict {
        let mut at = 0;
        while let Some((next, key, hash)) = vm.heap.dict_next_key(other, at) {
            at = next;
            vm.hold_ref(key);
            let result = toggle(vm, this, key, hash);
            vm.let_go(result)?;
        }
        return Ok(());
    }
    let walked = if vm.heap.is_any_set(other) { vm.new_ref(other) } else { new_like(vm, this, other)? };
    vm.hold(walked);
    let result = all_elements(vm, walked, |vm, key, hash| toggle(vm, this, key, hash).map(|()| true));
    vm.drop_held();
    result.map(|_| ())
}

fn symmetric_difference(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    let result = new_like(vm, this, other)?;
    finish(vm, result, |vm, result| symmetric_difference_in_place(vm, result, this))
}

fn symmetric_difference_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    symmetric_difference(vm, this, other)
}

fn symmetric_difference_update_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let other = args.get(vm, 0);
    symmetric_difference_in_place(vm, this, other)?;
    Ok(vm.new_none())
}

// Operators

fn both_sets(vm: &Machine, a: Obj, b: Obj) -> bool {
    vm.heap.is_any_set(a) && vm.heap.is_any_set(b)
}

fn sub(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if both_sets(vm, a, b) { difference(vm, a, b) } else { Ok(vm.new_not_implemented()) }
}

fn and(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if both_sets(vm, a, b) { intersection(vm, a, b) } else { Ok(vm.new_not_implemented()) }
}

fn xor(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if both_sets(vm, a, b) { symmetric_difference(vm, a, b) } else { Ok(vm.new_not_implemented()) }
}

fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !both_sets(vm, a, b) {
        return Ok(vm.new_not_implemented());
    }
    let result = set_copy(vm, a)?;
    if a == b {
        return Ok(result);
    }
    finish(vm, result, |vm, result| vm.set_update(result, b))
}

fn in_place(vm: &mut Machine, this: Obj, other: Obj, f: fn(&mut Machine, Obj, Obj) -> PyResult<()>) -> PyResult<Obj> {
    if !vm.heap.is_any_set(other) {
        return Ok(vm.new_not_implemented());
    }
    f(vm, this, other)?;
    Ok(vm.new_ref(this))
}

fn isub(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    in_place(vm, this, other, difference_in_place)
}

fn ixor(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    in_place(vm, this, other, symmetric_difference_in_place)
}

fn ior(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    in_place(vm, this, other, |vm, this, other| vm.set_update(this, other))
}

fn iand(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    in_place(vm, this, other, |vm, this, other| {
        let result = intersection(vm, this, other)?;
        vm.set_swap_bodies(this, result);
        vm.decref(result);
        Ok(())
    })
}

// Changing

fn add(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    vm.set_add(this, item)?;
    Ok(vm.new_none())
}

fn clear(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    vm.set_clear(this);
    Ok(vm.new_none())
}

fn copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    set_copy(vm, this)
}

fn frozen_copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    if vm.heap.ty(this) == vm.types.frozenset {
        return Ok(vm.new_ref(this));
    }
    set_copy(vm, this)
}

fn update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    for i in 0..args.len() {
        let other = args.get(vm, i);
        vm.set_update(this, other)?;
    }
    Ok(vm.new_none())
}

fn discard(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    with_set_as_key(vm, item, |vm, item| vm.set_discard(this, item))?;
    Ok(vm.new_none())
}

fn remove(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    if !with_set_as_key(vm, item, |vm, item| vm.set_discard(this, item))? {
        return vm.raise_key_error(item);
    }
    Ok(vm.new_none())
}

fn pop(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    match vm.set_take_any(this) {
        Some(item) => Ok(item),
        None => vm.raise(vm.types.key_error, "pop from an empty set".to_string()),
    }
}

fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let items = vm.heap.set_items(this);
    for item in &items {
        vm.incref(*item);
    }
    let list = vm.new_list(items);
    let args = vm.new_tuple(vec![list]);
    vm.hold(args);
    let state = vm.lookup_attr(this, vm.names.__dict__);
    let args = vm.unhold();
    let state = match state {
        Ok(state) => state.unwrap_or_else(|| vm.new_none()),
        Err(thrown) => {
            vm.drop_keeping_exception(args);
            return Err(thrown);
        }
    };
    let ty = vm.heap.ty(this);
    let ty = vm.new_ref(ty);
    Ok(vm.new_tuple(vec![ty, args, state]))
}

fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}
