//! Arithmetic of timedeltas. Division of microseconds rounds ties to even.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::delta::{is_delta, of, plain};
use crate::heap::{Obj, Payload};
use crate::vm::slots::Slots;
use crate::vm::{Machine, PyResult};

pub fn fill(s: &mut Slots) {
    s.nb_add = Some(|vm, a, b| both(vm, a, b, |x, y| x + y));
    s.nb_subtract = Some(|vm, a, b| both(vm, a, b, |x, y| x - y));
    s.nb_multiply = Some(multiply);
    s.nb_remainder = Some(remainder);
    s.nb_divmod = Some(divmod);
    s.nb_negative = Some(|vm, this| {
        let total = -micros(vm, this);
        plain(vm, &total)
    });
    s.nb_positive = Some(|vm, this| {
        let total = micros(vm, this);
        plain(vm, &total)
    });
    s.nb_absolute = Some(|vm, this| {
        let total = micros(vm, this).abs();
        plain(vm, &total)
    });
    s.nb_bool = Some(|vm, this| Ok(of(vm, this).total() != 0));
    s.nb_floor_divide = Some(floor_divide);
    s.nb_true_divide = Some(true_divide);
}

fn micros(vm: &Machine, o: Obj) -> BigInt {
    BigInt::from(of(vm, o).total())
}

fn both(vm: &mut Machine, a: Obj, b: Obj, f: fn(BigInt, BigInt) -> BigInt) -> PyResult<Obj> {
    if !is_delta(vm, a) || !is_delta(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    let total = f(micros(vm, a), micros(vm, b));
    plain(vm, &total)
}

/// Rounds to the nearest, ties to even.
fn divide_nearest(a: &BigInt, b: &BigInt) -> BigInt {
    let (quotient, rest) = a.div_mod_floor(b);
    let twice: BigInt = rest * 2;
    let order = twice.abs().cmp(&b.abs());
    if order.is_gt() || (order.is_eq() && quotient.is_odd()) {
        quotient + 1
    } else {
        quotient
    }
}

/// A float as a fraction; held to `as_integer_ratio`, so that infinities and NaN raise what it raises.
fn ratio(vm: &mut Machine, o: Obj) -> PyResult<(BigInt, BigInt)> {
    let pair = vm.call_method(o, "as_integer_ratio", &[])?;
    let parts = match vm.heap.tuple(pair) {
        Some(&[a, b]) => vm.as_int(a).zip(vm.as_int(b)),
        _ => None,
    };
    vm.decref(pair);
    Ok(parts.unwrap_or_default())
}

fn is_float(vm: &Machine, o: Obj) -> bool {
    matches!(vm.heap.base(o), Payload::Float(_))
}

fn multiply(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (delta, factor) = if is_delta(vm, a) { (a, b) } else { (b, a) };
    let total = micros(vm, delta);
    if let Some(n) = vm.as_int(factor) {
        return plain(vm, &(total * n));
    }
    if is_float(vm, factor) {
        let (a, b) = ratio(vm, factor)?;
        return plain(vm, &divide_nearest(&(total * a), &b));
    }
    Ok(vm.new_not_implemented())
}

fn zero_division<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    vm.raise(vm.types.zero_division_error, message.to_string())
}

const BY_ZERO: &str = "integer division or modulo by zero";

fn true_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !is_delta(vm, a) {
        return Ok(vm.new_not_implemented());
    }
    let total = micros(vm, a);
    if is_delta(vm, b) {
        let other = micros(vm, b);
        if other.is_zero() {
            return zero_division(vm, "division by zero");
        }
        return Ok(vm.new_float(crate::vm::types::int_arith::divide_rounded(&total, &other)));
    }
    let (top, bottom) = if let Some(n) = vm.as_int(b) {
        (total, n)
    } else if is_float(vm, b) {
        let (top, bottom) = ratio(vm, b)?;
        (total * bottom, top)
    } else {
        return Ok(vm.new_not_implemented());
    };
    if bottom.is_zero() {
        return zero_division(vm, BY_ZERO);
    }
    plain(vm, &divide_nearest(&top, &bottom))
}

fn floor_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !is_delta(vm, a) {
        return Ok(vm.new_not_implemented());
    }
    let total = micros(vm, a);
    let by_delta = is_delta(vm, b);
    let divisor = if by_delta {
        Some(micros(vm, b))
    } else {
        vm.as_int(b)
    };
    let Some(divisor) = divisor else {
        return Ok(vm.new_not_implemented());
    };
    if divisor.is_zero() {
        return zero_division(vm, BY_ZERO);
    }
    let quotient = total.div_floor(&divisor);
    if by_delta {
        Ok(vm.new_big_int(quotient))
    } else {
        plain(vm, &quotient)
    }
}

/// Quotient and remainder of two timedeltas; `None` if one is none.
fn divided(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Option<(BigInt, BigInt)>> {
    if !is_delta(vm, a) || !is_delta(vm, b) {
        return Ok(None);
    }
    let (total, other) = (micros(vm, a), micros(vm, b));
    if other.is_zero() {
        return zero_division(vm, BY_ZERO);
    }
    Ok(Some(total.div_mod_floor(&other)))
}

fn remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    match divided(vm, a, b)? {
        Some((_, rest)) => plain(vm, &rest),
        None => Ok(vm.new_not_implemented()),
    }
}

fn divmod(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let Some((quotient, rest)) = divided(vm, a, b)? else {
        return Ok(vm.new_not_implemented());
    };
    let rest = plain(vm, &rest)?;
    let quotient = vm.new_big_int(quotient);
    Ok(vm.new_tuple(vec![quotient, rest]))
}
