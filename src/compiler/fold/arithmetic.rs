//! Python's arithmetic on floats, where it is not the hardware's.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::complex;
use crate::syntax::tree::{Constant, Operator};

/// `float(n)`, rounded to even; `None` where Python raises OverflowError.
pub(super) fn int_to_float(n: &BigInt) -> Option<f64> {
    divide_integers(n, &BigInt::from(1))
}

/// `a / b` for integers, correctly rounded; `None` where Python raises.
pub(super) fn divide_integers(a: &BigInt, b: &BigInt) -> Option<f64> {
    if b.is_zero() {
        return None;
    }
    if a.is_zero() {
        return Some(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = a.is_negative() != b.is_negative();
    let (top, bottom) = (a.abs(), b.abs());
    // Scale the quotient to 64 or 65 bits: enough for the 53 that count and a sticky bit.
    let shift = 65 - (top.bits() as i64 - bottom.bits() as i64);
    let (scaled_top, scaled_bottom) = if shift >= 0 {
        (top << shift, bottom)
    } else {
        (top, bottom << -shift)
    };
    let quotient = &scaled_top / &scaled_bottom;
    let exact = &quotient * &scaled_bottom == scaled_top;
    let bits = quotient.bits() as i64;
    // The lowest bit a float of this size keeps: 53 bits, fewer when it is subnormal.
    let exponent = bits - shift;
    let keep = if exponent >= -1021 {
        53
    } else {
        53 - (-1021 - exponent)
    };
    let drop = (bits - keep).max(0);
    let mut mantissa = &quotient >> drop;
    let rest = &quotient - (&mantissa << drop);
    let half = BigInt::from(1) << (drop - 1).max(0);
    let odd = (&mantissa % 2u8) == BigInt::from(1);
    if drop > 0 && (rest > half || (rest == half && (!exact || odd))) {
        mantissa += 1;
    }
    let value = scale(mantissa.to_f64()?, drop - shift);
    if value.is_infinite() {
        return None;
    }
    Some(if negative { -value } else { value })
}

/// `value * 2**by` without rounding twice; `value` has at most 53 bits.
fn scale(value: f64, by: i64) -> f64 {
    let mut result = value;
    let mut left = by;
    while left > 0 {
        let step = left.min(1000);
        result *= 2f64.powi(step as i32);
        left -= step;
    }
    while left < 0 {
        let step = (-left).min(1000);
        result /= 2f64.powi(step as i32);
        left += step;
    }
    result
}

/// `a op b` for floats, unless that raises.
pub(super) fn floats(op: Operator, a: f64, b: f64) -> Option<Constant> {
    Some(Constant::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::FloorDiv if b != 0.0 => divmod(a, b).0,
        Operator::Mod if b != 0.0 => divmod(a, b).1,
        Operator::Pow => return power(a, b),
        _ => return None,
    }))
}

/// `float_divmod`.
fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder != 0.0 {
        if (b < 0.0) != (remainder < 0.0) {
            remainder += b;
            quotient -= 1.0;
        }
    } else {
        remainder = 0f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    } else {
        0f64.copysign(a / b)
    };
    (floor, remainder)
}

/// `float_pow`.
fn power(a: f64, b: f64) -> Option<Constant> {
    if b == 0.0 || a == 1.0 {
        return Some(Constant::Float(1.0));
    }
    if a.is_nan() || b.is_nan() {
        return Some(Constant::Float(f64::NAN));
    }
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return None;
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return complex::binary(Operator::Pow, (a, 0.0), (b, 0.0));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        None
    } else {
        Some(Constant::Float(result))
    }
}
