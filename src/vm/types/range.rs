//! `range` (`Objects/rangeobject.c`). Its iterators are in `range_iter.rs`.
//!
//! start, stop, step and length are int objects of any size; arithmetic is done on `BigInt` unless everything fits.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::list_iter::reduced;
use super::range_iter;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub use super::range_iter::{ITER_SPEC, LONG_ITER_SPEC, range_iter_step};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.",
    gc: false,
    sequence: true,
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("range")
};

static METHODS: &[Method] = &[
    Method::new("__reversed__", Arity::NoArgs, range_iter::reversed).doc("Return a reverse iterator."),
    Method::new("__reduce__", Arity::NoArgs, reduce).varargs(),
    Method::new("count", Arity::One, count).doc("rangeobject.count(value) -> integer -- return number of occurrences of value"),
    Method::new("index", Arity::One, index)
        .doc("rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present."),
];

static GETSET: &[GetSet] = &[
    GetSet::new("start", |vm, o| Ok(part(vm, o, 0))),
    GetSet::new("stop", |vm, o| Ok(part(vm, o, 1))),
    GetSet::new("step", |vm, o| Ok(part(vm, o, 2))),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_hash = Some(hash);
    slots.tp_richcompare = Some(richcompare);
    slots.tp_iter = Some(range_iter::iter);
    slots.nb_bool = Some(|vm, o| Ok(!is_empty(vm, o)));
    slots.sq_length = Some(length);
    slots.mp_length = Some(length);
    slots.sq_item = Some(|vm, o, i| item(vm, o, BigInt::from(i)));
    slots.sq_contains = Some(contains);
    slots.mp_subscript = Some(subscript);
}

/// start, stop, step and length; borrowed.
pub fn parts(vm: &Machine, o: Obj) -> [Obj; 4] {
    match vm.heap.base(o) {
        Payload::Range(parts) => **parts,
        _ => [NULL; 4],
    }
}

fn part(vm: &mut Machine, o: Obj, n: usize) -> Obj {
    let part = parts(vm, o)[n];
    vm.new_ref(part)
}

/// start, stop, step and length as numbers.
pub fn values(vm: &Machine, o: Obj) -> [BigInt; 4] {
    parts(vm, o).map(|part| vm.as_int(part).unwrap_or_default())
}

fn is_empty(vm: &Machine, o: Obj) -> bool {
    vm.as_i64(parts(vm, o)[3]) == Some(0)
}

/// How many numbers (`compute_range_length`).
pub fn length_of(start: &BigInt, stop: &BigInt, step: &BigInt) -> BigInt {
    let (low, high) = if step.is_positive() {
        (start, stop)
    } else {
        (stop, start)
    };
    if low >= high {
        return BigInt::zero();
    }
    (high - low - 1) / step.abs() + 1
}

pub fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("range() takes no keyword arguments".to_string());
    }
    super::slice::check_count(vm, "range", args, 1, 3)?;
    if args.len() == 1
        && let stop = args.get(vm, 0)
        && let Payload::Int(length) = *vm.heap.payload(stop)
    {
        // What most ranges are.
        let (start, step, length) = (vm.new_int(0), vm.new_int(1), vm.new_int(length.max(0)));
        vm.incref(stop);
        return Ok(alloc(vm, [start, stop, step, length]));
    }
    let mark = vm.mark();
    let bounds = read_bounds(vm, args);
    let [start, stop, step] = match bounds {
        Ok(bounds) => bounds,
        Err(thrown) => return vm.releasing(mark, Err(thrown)),
    };
    let made = make(vm, start, stop, step);
    vm.release(mark);
    Ok(made)
}

/// The arguments as ints, held.
fn read_bounds(vm: &mut Machine, args: Args) -> PyResult<[Obj; 3]> {
    let read = |vm: &mut Machine, i: usize| -> PyResult<Obj> {
        let index = vm.number_index(args.get(vm, i))?;
        let exact = super::int_arith::positive(vm, index)?;
        vm.decref(index);
        Ok(vm.hold(exact))
    };
    if args.len() == 1 {
        let stop = read(vm, 0)?;
        let zero = vm.new_int(0);
        let one = vm.new_int(1);
        return Ok([vm.hold(zero), stop, vm.hold(one)]);
    }
    let (start, stop) = (read(vm, 0)?, read(vm, 1)?);
    if args.len() == 2 {
        let one = vm.new_int(1);
        return Ok([start, stop, vm.hold(one)]);
    }
    let step = read(vm, 2)?;
    if vm.as_i64(step) == Some(0) {
        return vm.value_error("range() arg 3 must not be zero");
    }
    Ok([start, stop, step])
}

/// A range of these three ints, of which it takes references of its own.
fn make(vm: &mut Machine, start: Obj, stop: Obj, step: Obj) -> Obj {
    let length = match (vm.as_i64(start), vm.as_i64(stop), vm.as_i64(step)) {
        (Some(start), Some(stop), Some(1)) if stop.checked_sub(start).is_some() => {
            vm.new_int((stop - start).max(0))
        }
        _ => {
            let number = |o| vm.as_int(o).unwrap_or_default();
            let length = length_of(&number(start), &number(stop), &number(step));
            vm.new_big_int(length)
        }
    };
    for o in [start, stop, step] {
        vm.incref(o);
    }
    alloc(vm, [start, stop, step, length])
}

/// A range that takes over its parts.
fn alloc(vm: &mut Machine, parts: [Obj; 4]) -> Obj {
    vm.alloc_named(vm.types.range, Payload::Range(Box::new(parts)))
}

/// A range of numbers.
fn make_of(vm: &mut Machine, start: BigInt, stop: BigInt, step: BigInt) -> Obj {
    let [start, stop, step] = [start, stop, step].map(|n| vm.new_big_int(n));
    let made = make(vm, start, stop, step);
    for o in [start, stop, step] {
        vm.decref(o);
    }
    made
}

fn length(vm: &mut Machine, o: Obj) -> PyResult<usize> {
    match vm.as_i64(parts(vm, o)[3]) {
        Some(n) => Ok(n as usize),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let [start, stop, step, _] = parts(vm, o);
    let mut text = format!("range({}, {}", vm.repr_text(start)?, vm.repr_text(stop)?);
    if vm.as_i64(step) != Some(1) {
        text.push_str(", ");
        text.push_str(&vm.repr_text(step)?);
    }
    text.push(')');
    Ok(vm.new_string(text))
}

/// As of a tuple of length, start and step; what does not matter for equality is None (`range_hash`).
fn hash(vm: &mut Machine, o: Obj) -> PyResult<i64> {
    let [start, _, step, length] = parts(vm, o);
    let none = vm.hash(vm.none)?;
    let (mut start_hash, mut step_hash) = (none, none);
    if !is_empty(vm, o) {
        start_hash = vm.int_hash(start);
        if vm.as_i64(length) != Some(1) {
            step_hash = vm.int_hash(step);
        }
    }
    Ok(super::tuple::hash_of_hashes(&[
        vm.int_hash(length),
        start_hash,
        step_hash,
    ]))
}

fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(vm.heap.base(b), Payload::Range(_)) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (x, y) = (values(vm, a), values(vm, b));
    let equal =
        x[3] == y[3] && (x[3].is_zero() || (x[0] == y[0] && (x[3].is_one() || x[2] == y[2])));
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

/// The i-th number; i may count from the end (`compute_range_item`).
fn item(vm: &mut Machine, o: Obj, i: BigInt) -> PyResult<Obj> {
    let [start, _, step, length] = values(vm, o);
    let i = if i.is_negative() { i + &length } else { i };
    if i.is_negative() || i >= length {
        return vm.raise(
            vm.types.index_error,
            "range object index out of range".to_string(),
        );
    }
    Ok(vm.new_big_int(start + i * step))
}

fn subscript(vm: &mut Machine, o: Obj, key: Obj) -> PyResult<Obj> {
    if vm.has_index(key) {
        let index = vm.number_index(key)?;
        let i = vm.as_int(index).unwrap_or_default();
        vm.decref(index);
        return item(vm, o, i);
    }
    if matches!(vm.heap.base(key), Payload::Slice(_)) {
        let [start, _, step, length] = values(vm, o);
        let [from, to, by] = super::slice::long_indices(vm, key, &length)?;
        return Ok(make_of(
            vm,
            &start + from * &step,
            start + to * &step,
            by * step,
        ));
    }
    let name = vm.type_name(key);
    vm.type_error(format!(
        "range indices must be integers or slices, not {name}"
    ))
}

/// Whether exactly an int or bool; others are compared one by one.
fn is_plain_int(vm: &Machine, o: Obj) -> bool {
    matches!(
        vm.heap.payload(o),
        Payload::Int(_) | Payload::BigInt(_) | Payload::Bool(_)
    )
}

/// The place of an int (`range_contains_long`).
fn place_of(vm: &Machine, o: Obj, wanted: Obj) -> Option<BigInt> {
    let [start, stop, step, _] = values(vm, o);
    let wanted = vm.as_int(wanted)?;
    let inside = if step.is_positive() {
        start <= wanted && wanted < stop
    } else {
        stop < wanted && wanted <= start
    };
    let (place, rest) = (wanted - start).div_mod_floor(&step);
    (inside && rest.is_zero()).then_some(place)
}

fn contains(vm: &mut Machine, o: Obj, wanted: Obj) -> PyResult<bool> {
    if is_plain_int(vm, wanted) {
        return Ok(place_of(vm, o, wanted).is_some());
    }
    vm.iter_contains(o, wanted)
}

/// How many items equal this one, and the place of the first, by iterating (`_PySequence_IterSearch`).
fn search(vm: &mut Machine, o: Obj, wanted: Obj, first_only: bool) -> PyResult<(i64, Option<i64>)> {
    let mark = vm.mark();
    let iterator = vm.get_iter(o)?;
    vm.hold(iterator);
    let (mut count, mut first, mut at) = (0, None, 0);
    let result = loop {
        match vm.iter_next(iterator) {
            Ok(NULL) => break Ok(()),
            Ok(item) => {
                let equal = vm.with_held(item, |vm, item| {
                    super::list::compare_held(vm, item, wanted, CmpOp::Eq)
                });
                match equal {
                    Ok(true) => {
                        count += 1;
                        first = first.or(Some(at));
                        if first_only {
                            break Ok(());
                        }
                    }
                    Ok(false) => {}
                    Err(thrown) => break Err(thrown),
                }
            }
            Err(thrown) => break Err(thrown),
        }
        at += 1;
    };
    vm.releasing(mark, result)?;
    Ok((count, first))
}

fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let n = if is_plain_int(vm, wanted) {
        i64::from(place_of(vm, this, wanted).is_some())
    } else {
        search(vm, this, wanted, false)?.0
    };
    Ok(vm.new_int(n))
}

fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    if is_plain_int(vm, wanted) {
        if let Some(place) = place_of(vm, this, wanted) {
            return Ok(vm.new_big_int(place));
        }
        let shown = vm.repr_text(wanted)?;
        return vm.value_error(&format!("{shown} is not in range"));
    }
    match search(vm, this, wanted, true)?.1 {
        Some(place) => Ok(vm.new_int(place)),
        None => vm.value_error("sequence.index(x): x not in sequence"),
    }
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let [start, stop, step, _] = parts(vm, this);
    let args = vm.new_tuple_of(&[start, stop, step]);
    let class = vm.types.range;
    vm.incref(class);
    Ok(vm.new_tuple(vec![class, args]))
}

/// `(iter, (range(start, stop, step),), position)`, for the iterators.
pub fn reduce_iter(vm: &mut Machine, bounds: [BigInt; 3], at: i64) -> PyResult<Obj> {
    let [start, stop, step] = bounds;
    let range = make_of(vm, start, stop, step);
    vm.with_held(range, |vm, range| {
        let function = vm.reducing_builtin("iter")?;
        Ok(reduced(vm, function, range, at))
    })
}
