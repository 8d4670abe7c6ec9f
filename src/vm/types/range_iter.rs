//! Iterators over a range: of machine integers, and of larger ones.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::list_iter::self_iter;
use super::range::{reduce_iter, values};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("range_iterator")
};

pub static LONG_ITER_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("longrange_iterator")
};

static METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, setstate).doc("Set state information for unpickling."),
];

/// The next number, the step, how many are left and how many there were; of any size.
#[derive(Clone)]
struct LongIter {
    next: BigInt,
    step: BigInt,
    left: BigInt,
    /// How many there were.
    length: BigInt,
}

impl Native for LongIter {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}

    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }

    native_boilerplate!();
}

fn fill(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

/// The next number of a `range_iterator`, owned; NULL at the end.
#[inline]
pub fn range_iter_step(vm: &mut Machine, this: Obj) -> Obj {
    let Payload::RangeIter(state) = vm.heap.payload_mut(this) else {
        return NULL;
    };
    let [value, step, left, _] = **state;
    if left <= 0 {
        return NULL;
    }
    state[0] = value.wrapping_add(step);
    state[2] = left - 1;
    vm.new_int(value)
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(it) = vm.heap.native_mut::<LongIter>(this) else {
        return Ok(range_iter_step(vm, this));
    };
    if !it.left.is_positive() {
        return Ok(NULL);
    }
    let value = it.next.clone();
    it.next += &it.step;
    it.left -= 1;
    Ok(vm.new_big_int(value))
}

/// An iterator over so many numbers; of machine integers if all it will reckon with fits.
fn make(vm: &mut Machine, start: BigInt, step: BigInt, left: BigInt) -> Obj {
    let end = &start + &step * &left;
    match (start.to_i64(), step.to_i64(), left.to_i64(), end.to_i64()) {
        (Some(start), Some(step), Some(left), Some(_)) => make_machine(vm, start, step, left),
        _ => {
            let it = LongIter {
                next: start,
                step,
                length: left.clone(),
                left,
            };
            vm.alloc_named(
                vm.types.long_range_iter,
                Payload::Native(Box::new(Box::new(it))),
            )
        }
    }
}

/// Start, step and length of a range whose numbers are all machine integers, its stop and one step beyond the last among them.
fn machine_parts(vm: &Machine, range: Obj) -> Option<[i64; 3]> {
    let [start, stop, step, length] = super::range::parts(vm, range);
    let [start, step, length] = [vm.as_i64(start)?, vm.as_i64(step)?, vm.as_i64(length)?];
    vm.as_i64(stop)?;
    start.checked_add(length.checked_mul(step)?)?;
    Some([start, step, length])
}

fn make_machine(vm: &mut Machine, start: i64, step: i64, left: i64) -> Obj {
    vm.alloc_named(
        vm.types.range_iter,
        Payload::RangeIter(Box::new([start, step, left, left])),
    )
}

pub fn iter(vm: &mut Machine, range: Obj) -> PyResult<Obj> {
    if let Some([start, step, length]) = machine_parts(vm, range) {
        return Ok(make_machine(vm, start, step, length));
    }
    let [start, _, step, length] = values(vm, range);
    Ok(make(vm, start, step, length))
}

/// `range.__reversed__`
pub fn reversed(vm: &mut Machine, range: Obj, _: Args) -> PyResult<Obj> {
    // (One step before the first has to be a machine integer as well.)
    if let Some([start, step, length]) = machine_parts(vm, range)
        && let (Some(back), Some(_)) = (step.checked_neg(), start.checked_sub(step))
    {
        // Within the range, which ends further out.
        let last = start + length.saturating_sub(1) * step;
        return Ok(make_machine(vm, last, back, length));
    }
    let [start, _, step, length] = values(vm, range);
    let last = if length.is_zero() {
        start
    } else {
        start + (&length - BigInt::one()) * &step
    };
    Ok(make(vm, last, -step, length))
}

/// Where it began, the step, how many are left, how many there were.
fn state(vm: &Machine, this: Obj) -> [BigInt; 4] {
    let [next, step, left, length] = match (vm.heap.base(this), vm.heap.native::<LongIter>(this)) {
        (Payload::RangeIter(state), _) => state.map(BigInt::from),
        (_, Some(it)) => [
            it.next.clone(),
            it.step.clone(),
            it.left.clone(),
            it.length.clone(),
        ],
        _ => [BigInt::zero(), BigInt::one(), BigInt::zero(), BigInt::zero()],
    };
    let start = next - &step * (&length - &left);
    [start, step, left, length]
}

fn length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let [_, _, left, _] = state(vm, this);
    Ok(vm.new_big_int(left))
}

/// `iter(range(start, stop, step))`, set to the index of the next number.
fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let [start, step, left, length] = state(vm, this);
    let stop = &start + &step * &length;
    let index = length - left;
    reduce_iter(vm, [start, stop, step], index.to_i64().unwrap_or(i64::MAX))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let index = vm.number_index(args.get(vm, 0))?;
    let index_value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    let [start, step, _, length] = state(vm, this);
    let index = if index_value.is_negative() {
        BigInt::zero()
    } else {
        index_value.min(length.clone())
    };
    let (next, left) = (start + &step * &index, length - index);
    if let Some(it) = vm.heap.native_mut::<LongIter>(this) {
        (it.next, it.left) = (next, left);
    } else if let (Some(next), Some(left)) = (next.to_i64(), left.to_i64())
        && let Payload::RangeIter(state) = vm.heap.payload_mut(this)
    {
        (state[0], state[2]) = (next, left);
    }
    Ok(vm.new_none())
}
