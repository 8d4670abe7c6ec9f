//! Functions of many numbers: exact sums, lengths of vectors, products.

use super::round::split;
use crate::bytecode::opcode::Op;
use crate::heap::Obj;
use crate::vm::types::int_arith::ldexp;
use crate::vm::{Args, Machine, PyResult, Thrown};

/// What a running sum is when something infinite came in.
#[derive(Default)]
struct Specials {
    /// Sum of the infinities alone: NaN if they cancel.
    infinities: f64,
    all: f64,
}

/// Adds a double to a sum kept as doubles that do not overlap, smallest first (Shewchuk). `false` if the sum overflowed on the way.
fn add_exactly(partials: &mut Vec<f64>, specials: &mut Specials, given: f64) -> bool {
    let mut x = given;
    let mut kept = 0;
    for i in 0..partials.len() {
        let mut y = partials[i];
        if x.abs() < y.abs() {
            std::mem::swap(&mut x, &mut y);
        }
        let high = x + y;
        let low = y - (high - x);
        if low != 0.0 {
            partials[kept] = low;
            kept += 1;
        }
        x = high;
    }
    partials.truncate(kept);
    if x == 0.0 {
        return true;
    }
    if x.is_finite() {
        partials.push(x);
        return true;
    }
    if given.is_finite() {
        return false;
    }
    if given.is_infinite() {
        specials.infinities += given;
    }
    specials.all += given;
    partials.clear();
    true
}

/// The sum of partials that do not overlap, rounded once, half to even.
fn rounded_sum(partials: &[f64]) -> f64 {
    let Some((mut high, rest)) = partials.split_last().map(|(last, rest)| (*last, rest)) else {
        return 0.0;
    };
    let mut rest = rest.to_vec();
    let mut low = 0.0;
    while let Some(y) = rest.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // A half that was rounded to even is no half if there is more below it in the same direction.
    if rest
        .last()
        .is_some_and(|next| (low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
    {
        let twice = low * 2.0;
        let x = high + twice;
        if twice == x - high {
            high = x;
        }
    }
    high
}

pub fn fsum(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (mut partials, mut specials) = (Vec::new(), Specials::default());
    let seq = args.get(vm, 0);
    vm.each_item(seq, |vm, item| {
        let x = vm.as_f64(item)?;
        if !add_exactly(&mut partials, &mut specials, x) {
            return vm.raise(
                vm.types.overflow_error,
                "intermediate overflow in fsum".to_string(),
            );
        }
        Ok(true)
    })?;
    if specials.all != 0.0 {
        if specials.infinities.is_nan() {
            return vm.value_error("-inf + inf in fsum");
        }
        return Ok(vm.new_float(specials.all));
    }
    Ok(vm.new_float(rounded_sum(&partials)))
}

/// A sum of squares near 1 with what rounding lost, in three parts (`vector_norm`).
struct Squares {
    sum: f64,
    lost: [f64; 2],
    tiny: f64,
}

impl Squares {
    fn add(&mut self, x: f64, part: usize) {
        let old = self.sum;
        self.sum += x;
        self.lost[part] += (old - self.sum) + x;
    }

    /// What there is besides the 1 it began with.
    fn total(&self) -> f64 {
        self.sum - 1.0 + (self.lost[0] + self.lost[1] + self.tiny)
    }
}

/// A double as two of half as many bits (Veltkamp).
fn halves(x: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0;
    let scaled = x * SPLITTER;
    let high = scaled - (scaled - x);
    (high, x - high)
}

/// The length of a vector of absolute values, in CPython 3.10's way: scaled by a power of two, with exact squares, and one step of
/// Newton's method on the square root.
fn length(values: &[f64]) -> f64 {
    let max = values.iter().copied().fold(0.0, f64::max);
    if max.is_infinite() {
        return max;
    }
    if values.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, exponent) = split(max);
    let mut squares = Squares {
        sum: 1.0,
        lost: [0.0; 2],
        tiny: 0.0,
    };
    if exponent < -1023 {
        for x in values {
            let x = x / max;
            squares.add(x * x, 0);
        }
        return max * (squares.sum - 1.0 + squares.lost[0]).sqrt();
    }
    let scale = ldexp(1.0, -exponent);
    for x in values {
        let (high, low) = halves(x * scale);
        squares.add(high * high, 0);
        squares.add(2.0 * high * low, 1);
        squares.tiny += low * low;
    }
    let root = squares.total().sqrt();
    let (high, low) = halves(root);
    squares.add(-high * high, 0);
    squares.add(-2.0 * high * low, 1);
    let old = squares.sum;
    squares.sum += -low * low;
    squares.tiny += (old - squares.sum) + -low * low;
    (root + squares.total() / (2.0 * root)) / scale
}

pub fn hypot(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut values = Vec::with_capacity(args.len());
    for i in 0..args.len() {
        let o = args.get(vm, i);
        values.push(vm.as_f64(o)?.abs());
    }
    Ok(vm.new_float(length(&values)))
}

/// A tuple of the coordinates, held on the machine's stack.
fn hold_point(vm: &mut Machine, point: Obj) -> PyResult<Vec<Obj>> {
    if let Some(items) = vm.heap.tuple(point).map(<[Obj]>::to_vec) {
        vm.hold_ref(point);
        return Ok(items);
    }
    let items = vm.collect_iterable(point)?;
    let made = vm.new_tuple(items.clone());
    vm.hold(made);
    Ok(items)
}

fn distance(vm: &mut Machine, args: Args) -> PyResult<f64> {
    let (p, q) = (args.get(vm, 0), args.get(vm, 1));
    let p = hold_point(vm, p)?;
    let q = hold_point(vm, q)?;
    if p.len() != q.len() {
        return vm.value_error("both points must have the same number of dimensions");
    }
    let mut values = Vec::with_capacity(p.len());
    for (p, q) in p.into_iter().zip(q) {
        let (p, q) = (vm.as_f64(p)?, vm.as_f64(q)?);
        values.push((p - q).abs());
    }
    Ok(length(&values))
}

pub fn dist(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mark = vm.mark();
    let r = distance(vm, args);
    let r = vm.releasing(mark, r)?;
    Ok(vm.new_float(r))
}

pub fn prod(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len();
    if given != 1 {
        return vm.type_error(format!(
            "prod() takes exactly 1 positional argument ({given} given)"
        ));
    }
    let mut start = crate::heap::NULL;
    for (name, value) in args.keywords(vm) {
        let name = vm.text(name);
        if name != "start" {
            return vm.type_error(format!(
                "'{name}' is an invalid keyword argument for prod()"
            ));
        }
        start = value;
    }
    let product = if start.is_null() {
        vm.new_int(1)
    } else {
        vm.new_ref(start)
    };
    let mark = vm.mark();
    vm.hold(product);
    let iterable = args.get(vm, 0);
    let multiplied = vm.each_item(iterable, |vm, item| {
        let product = vm.stack[mark];
        let next = vm.binary_op(Op::BinaryMultiply, product, item)?;
        vm.stack[mark] = next;
        vm.decref(product);
        Ok(true)
    });
    match multiplied {
        Ok(()) => Ok(vm.unhold()),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Err(thrown) => vm.releasing(mark, Err(thrown)),
    }
}
