//! `slice` (`Objects/sliceobject.c`), and what a slice means for a length.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::heap::{Obj, Payload};
use crate::vm::args::{pos, pos_opt};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("slice")
};

static METHODS: &[Method] = &[
    Method::new("indices", Arity::One, indices)
        .doc("S.indices(len) -> (start, stop, stride)\n\nThe start, stop and stride of the slice for a sequence of this length."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
];

static GETSET: &[GetSet] = &[
    GetSet::new("start", |vm, o| Ok(part(vm, o, 0))),
    GetSet::new("stop", |vm, o| Ok(part(vm, o, 1))),
    GetSet::new("step", |vm, o| Ok(part(vm, o, 2))),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_richcompare = Some(richcompare);
    slots.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
}

fn parts(vm: &Machine, o: Obj) -> [Obj; 3] {
    match vm.heap.base(o) {
        Payload::Slice(parts) => *parts,
        _ => [vm.none; 3],
    }
}

fn part(vm: &mut Machine, o: Obj, n: usize) -> Obj {
    let part = parts(vm, o)[n];
    vm.new_ref(part)
}

fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("slice() takes no keyword arguments".to_string());
    }
    check_count(vm, "slice", args, 1, 3)?;
    let [a, b, c] = vm.unpack(
        "slice",
        args,
        &[pos("start"), pos_opt("stop"), pos_opt("step")],
    )?;
    let none = vm.none;
    let (start, stop) = if b.is_null() { (none, a) } else { (a, b) };
    let step = if c.is_null() { none } else { c };
    for o in [start, stop, step] {
        vm.incref(o);
    }
    Ok(vm.new_slice(start, stop, step))
}

/// `_PyArg_CheckPositional`
pub fn check_count(
    vm: &mut Machine,
    name: &str,
    args: Args,
    min: usize,
    max: usize,
) -> PyResult<()> {
    let given = args.len();
    if (min..=max).contains(&given) {
        return Ok(());
    }
    let (bound, limit) = match (min == max, given < min) {
        (true, _) => ("", min),
        (_, true) => ("at least ", min),
        (_, false) => ("at most ", max),
    };
    let s = if limit == 1 { "" } else { "s" };
    vm.type_error(format!(
        "{name} expected {bound}{limit} argument{s}, got {given}"
    ))
}

fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let mut texts = Vec::new();
    for part in parts(vm, o) {
        texts.push(vm.repr_text(part)?);
    }
    let text = format!("slice({})", texts.join(", "));
    Ok(vm.new_string(text))
}

/// As tuples of the three parts (`slice_richcompare`).
fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(vm.heap.base(b), Payload::Slice(_)) {
        return Ok(vm.new_not_implemented());
    }
    if a == b {
        let answer = matches!(op, CmpOp::Eq | CmpOp::Le | CmpOp::Ge);
        return Ok(vm.new_bool(answer));
    }
    let (x, y) = (parts(vm, a), parts(vm, b));
    let mark = vm.mark();
    let x = vm.new_tuple_of(&x);
    vm.hold(x);
    let y = vm.new_tuple_of(&y);
    vm.hold(y);
    let result = vm.rich_compare(x, y, op);
    vm.releasing(mark, result)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = parts(vm, this);
    let parts = vm.new_tuple_of(&parts);
    let class = vm.heap.ty(this);
    vm.incref(class);
    Ok(vm.new_tuple(vec![class, parts]))
}

/// Bounds of a slice of a length: where it starts and stops, how far apart, how many items.
pub struct Bounds {
    pub start: isize,
    pub stop: isize,
    pub step: isize,
    pub count: usize,
}

impl Bounds {
    /// The places a slice touches, in order.
    pub fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let (start, step) = (self.start, self.step);
        (0..self.count).map(move |i| (start + i as isize * step) as usize)
    }
}

impl Machine {
    /// `PySlice_Unpack`: start, stop and step as machine integers, clamped. May run Python code (`__index__`).
    pub fn slice_unpack(&mut self, slice: Obj) -> PyResult<[isize; 3]> {
        let [start, stop, step] = parts(self, slice);
        let step = if step == self.none {
            1
        } else {
            self.slice_index(step)?
        };
        if step == 0 {
            return self.value_error("slice step cannot be zero");
        }
        let step = step.max(-isize::MAX);
        let start = if start != self.none {
            self.slice_index(start)?
        } else if step < 0 {
            isize::MAX
        } else {
            0
        };
        let stop = if stop != self.none {
            self.slice_index(stop)?
        } else if step < 0 {
            isize::MIN
        } else {
            isize::MAX
        };
        Ok([start, stop, step])
    }

    /// `_PyEval_SliceIndex`
    fn slice_index(&mut self, o: Obj) -> PyResult<isize> {
        if !self.has_index(o) {
            return self.type_error(
                "slice indices must be integers or None or have an __index__ method".to_string(),
            );
        }
        self.index_clamped(o, crate::heap::NULL)
    }

    /// An argument like `list.index`'s start (`_PyEval_SliceIndexNotNone`).
    pub fn slice_index_not_none(&mut self, o: Obj) -> PyResult<isize> {
        if !self.has_index(o) {
            return self.type_error(
                "slice indices must be integers or have an __index__ method".to_string(),
            );
        }
        self.index_clamped(o, crate::heap::NULL)
    }

    /// What a slice means for a length: start, stop, step and how many items.
    pub fn slice_indices(
        &mut self,
        slice: Obj,
        len: usize,
    ) -> PyResult<(isize, isize, isize, usize)> {
        let unpacked = self.slice_unpack(slice)?;
        let b = adjust(unpacked, len);
        Ok((b.start, b.stop, b.step, b.count))
    }
}

/// What a slice means for a length if its parts are exact ints and None, so that nobody need be asked.
#[inline]
pub fn plain_bounds(vm: &Machine, slice: Obj, len: usize) -> Option<Bounds> {
    match vm.heap.payload(slice) {
        Payload::Slice(parts) => bounds_of_parts(vm, *parts, len),
        _ => None,
    }
}

/// The same of start, stop and step.
#[inline]
pub fn bounds_of_parts(vm: &Machine, [start, stop, step]: [Obj; 3], len: usize) -> Option<Bounds> {
    let part = |o: Obj, default: isize| match vm.heap.payload(o) {
        Payload::Int(i) => Some(*i as isize),
        Payload::None => Some(default),
        _ => None,
    };
    let step = part(step, 1).filter(|step| *step != 0 && *step != isize::MIN)?;
    let (first, end) = match step < 0 {
        true => (isize::MAX, isize::MIN),
        false => (0, isize::MAX),
    };
    let (start, stop) = (part(start, first)?, part(stop, end)?);
    if step == 1 && start >= 0 && stop >= 0 {
        // What most slices are.
        let (start, stop) = (start.min(len as isize), stop.min(len as isize));
        let count = (stop - start).max(0) as usize;
        return Some(Bounds {
            start,
            stop,
            step,
            count,
        });
    }
    Some(adjust([start, stop, step], len))
}

/// `PySlice_AdjustIndices`: cuts start and stop to the length.
pub fn adjust([start, stop, step]: [isize; 3], len: usize) -> Bounds {
    let len = len as isize;
    let clamp = |i: isize| {
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let i = if i < 0 { i.saturating_add(len) } else { i };
        i.clamp(low, high.max(low))
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let count = if step == 1 {
        (stop - start).max(0)
    } else if step < 0 {
        if stop < start {
            (start - stop - 1) / -step + 1
        } else {
            0
        }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    Bounds {
        start,
        stop,
        step,
        count: count as usize,
    }
}

/// `S.indices(len)`: with ints of any size (`_PySlice_GetLongIndices`).
fn indices(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let length = vm.number_index(args.get(vm, 0))?;
    let len = vm.as_int(length).unwrap_or_default();
    vm.decref(length);
    if len.is_negative() {
        return vm.value_error("length should not be negative");
    }
    let bounds = long_indices(vm, this, &len)?;
    let bounds = bounds.map(|b| vm.new_big_int(b));
    Ok(vm.new_tuple(bounds.to_vec()))
}

/// `_PySlice_GetLongIndices`
pub fn long_indices(vm: &mut Machine, slice: Obj, len: &BigInt) -> PyResult<[BigInt; 3]> {
    let [start, stop, step] = parts(vm, slice);
    let step = if step == vm.none {
        BigInt::one()
    } else {
        long_index(vm, step)?
    };
    if step.is_zero() {
        return vm.value_error("slice step cannot be zero");
    }
    let backwards = step.is_negative();
    let (low, high) = if backwards {
        (BigInt::from(-1), len - 1)
    } else {
        (BigInt::zero(), len.clone())
    };
    let bound = |i: BigInt| {
        let i = if i.is_negative() { i + len } else { i };
        if i < low {
            low.clone()
        } else {
            i.min(high.clone())
        }
    };
    let start = if start == vm.none {
        if backwards { high.clone() } else { low.clone() }
    } else {
        bound(long_index(vm, start)?)
    };
    let stop = if stop == vm.none {
        if backwards { low.clone() } else { high.clone() }
    } else {
        bound(long_index(vm, stop)?)
    };
    Ok([start, stop, step])
}

fn long_index(vm: &mut Machine, o: Obj) -> PyResult<BigInt> {
    if !vm.has_index(o) {
        return vm.type_error(
            "slice indices must be integers or None or have an __index__ method".to_string(),
        );
    }
    let index = vm.number_index(o)?;
    let value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    Ok(value)
}
