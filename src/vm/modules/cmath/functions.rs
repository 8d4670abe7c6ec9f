//! Complex functions, by the formulas of CPython and in its order of operations: another order would differ in the last bit.

use std::f64::consts::{E, LN_2, LN_10};

use super::tables::{self, Table};
use crate::vm::modules::math::real;
use crate::vm::types::complex_arith::Complex;
use crate::vm::types::int_arith::ldexp;

/// Why there is no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    Domain,
    Range,
}

pub type Outcome = Result<Complex, Wrong>;

/// Above it squares, doubles or exponentials might overflow.
const LARGE: f64 = f64::MAX / 4.0;

fn sqrt_of_large() -> f64 {
    LARGE.sqrt()
}

fn log_of_large() -> f64 {
    LARGE.ln()
}

/// Subnormal numbers are scaled up by so many powers of two, their roots down by half of them.
const SCALE_UP: i64 = 53;
const SCALE_DOWN: i64 = -27;

/// Row or column of a table.
fn kind(x: f64) -> usize {
    match (x.is_nan(), x.is_finite(), x == 0.0, x.is_sign_negative()) {
        (true, ..) => 6,
        (_, false, _, true) => 0,
        (_, false, _, false) => 5,
        (_, _, true, true) => 2,
        (_, _, true, false) => 3,
        (_, _, _, true) => 1,
        _ => 4,
    }
}

/// The table's value if a part is infinite or a NaN.
fn special(z: Complex, table: &Table) -> Option<Complex> {
    let finite = z.0.is_finite() && z.1.is_finite();
    (!finite).then(|| table[kind(z.0)][kind(z.1)])
}

fn is_large(z: Complex) -> bool {
    z.0.abs() > LARGE || z.1.abs() > LARGE
}

/// The logarithm of the absolute value of a large number.
fn log_of_size(z: Complex) -> f64 {
    (z.0 / 2.0).hypot(z.1 / 2.0).ln() + LN_2 * 2.0
}

fn in_range(z: Complex) -> Outcome {
    if z.0.is_infinite() || z.1.is_infinite() {
        Err(Wrong::Range)
    } else {
        Ok(z)
    }
}

fn sqrt_value(z: Complex) -> Complex {
    if let Some(value) = special(z, &tables::SQRT) {
        return value;
    }
    if z.0 == 0.0 && z.1 == 0.0 {
        return (0.0, z.1);
    }
    let (mut x, y) = (z.0.abs(), z.1.abs());
    let s = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE && (x > 0.0 || y > 0.0) {
        x = ldexp(x, SCALE_UP);
        ldexp((x + x.hypot(ldexp(y, SCALE_UP))).sqrt(), SCALE_DOWN)
    } else {
        x /= 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let d = y / (2.0 * s);
    if z.0 >= 0.0 {
        (s, d.copysign(z.1))
    } else {
        (d, s.copysign(z.1))
    }
}

pub fn sqrt(z: Complex) -> Outcome {
    Ok(sqrt_value(z))
}

pub fn acos(z: Complex) -> Outcome {
    if let Some(value) = special(z, &tables::ACOS) {
        return Ok(value);
    }
    if is_large(z) {
        let log = log_of_size(z);
        let im = if z.0 < 0.0 {
            -log.copysign(z.1)
        } else {
            log.copysign(-z.1)
        };
        return Ok((z.1.abs().atan2(z.0), im));
    }
    let (s, t) = (sqrt_value((1.0 - z.0, -z.1)), sqrt_value((1.0 + z.0, z.1)));
    Ok((2.0 * s.0.atan2(t.0), real::asinh(t.0 * s.1 - t.1 * s.0)))
}

pub fn acosh(z: Complex) -> Outcome {
    if let Some(value) = special(z, &tables::ACOSH) {
        return Ok(value);
    }
    if is_large(z) {
        return Ok((log_of_size(z), z.1.atan2(z.0)));
    }
    let (s, t) = (sqrt_value((z.0 - 1.0, z.1)), sqrt_value((z.0 + 1.0, z.1)));
    Ok((real::asinh(s.0 * t.0 + s.1 * t.1), 2.0 * s.1.atan2(t.0)))
}

/// A function of z as one of iz, turned back.
fn turned(z: Complex, f: fn(Complex) -> Outcome) -> Outcome {
    let s = f((-z.1, z.0))?;
    Ok((s.1, -s.0))
}

pub fn asin(z: Complex) -> Outcome {
    turned(z, asinh)
}

pub fn asinh(z: Complex) -> Outcome {
    if let Some(value) = special(z, &tables::ASINH) {
        return Ok(value);
    }
    if is_large(z) {
        let log = log_of_size(z);
        let re = if z.1 >= 0.0 {
            log.copysign(z.0)
        } else {
            -log.copysign(-z.0)
        };
        return Ok((re, z.1.atan2(z.0.abs())));
    }
    let (s, t) = (sqrt_value((1.0 + z.1, -z.0)), sqrt_value((1.0 - z.1, z.0)));
    let re = real::asinh(s.0 * t.1 - t.0 * s.1);
    Ok((re, z.1.atan2(s.0 * t.0 - s.1 * t.1)))
}

pub fn atan(z: Complex) -> Outcome {
    turned(z, atanh)
}

pub fn atanh(z: Complex) -> Outcome {
    if let Some(value) = special(z, &tables::ATANH) {
        return Ok(value);
    }
    if z.0 < 0.0 || (z.0 == 0.0 && z.0.is_sign_negative()) {
        let (re, im) = atanh((-z.0, -z.1))?;
        return Ok((-re, -im));
    }
    let y = z.1.abs();
    if z.0 > sqrt_of_large() || y > sqrt_of_large() {
        let h = (z.0 / 2.0).hypot(z.1 / 2.0);
        let im = -std::f64::consts::FRAC_PI_2.copysign(-z.1);
        return Ok((z.0 / 4.0 / h / h, im));
    }
    if z.0 == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
        if y == 0.0 {
            return Err(Wrong::Domain);
        }
        let re = -(y.sqrt() / y.hypot(2.0).sqrt()).ln();
        return Ok((re, (2.0_f64.atan2(-y) / 2.0).copysign(z.1)));
    }
    let below = 1.0 - z.0;
    let re = real::log1p(4.0 * z.0 / (below * below + y * y)) / 4.0;
    let im = -(-2.0 * z.1).atan2((1.0 - z.0) * (1.0 + z.0) - y * y) / 2.0;
    Ok((re, im))
}

pub fn cos(z: Complex) -> Outcome {
    cosh((-z.1, z.0))
}

/// Infinite real part, finite imaginary one that is not zero: signs come from the circle.
fn on_circle(z: Complex) -> bool {
    z.0.is_infinite() && z.1.is_finite() && z.1 != 0.0
}

pub fn cosh(z: Complex) -> Outcome {
    if z.1.is_infinite() && !z.0.is_nan() {
        return Err(Wrong::Domain);
    }
    if on_circle(z) {
        let im = f64::INFINITY.copysign(z.1.sin());
        let im = if z.0 > 0.0 { im } else { -im };
        return Ok((f64::INFINITY.copysign(z.1.cos()), im));
    }
    if let Some(value) = special(z, &tables::COSH) {
        return Ok(value);
    }
    in_range(if z.0.abs() > log_of_large() {
        let x = z.0 - 1.0_f64.copysign(z.0);
        (z.1.cos() * x.cosh() * E, z.1.sin() * x.sinh() * E)
    } else {
        (z.1.cos() * z.0.cosh(), z.1.sin() * z.0.sinh())
    })
}

pub fn exp(z: Complex) -> Outcome {
    if z.1.is_infinite() && (z.0.is_finite() || z.0 == f64::INFINITY) {
        return Err(Wrong::Domain);
    }
    if on_circle(z) {
        let size: f64 = if z.0 > 0.0 { f64::INFINITY } else { 0.0 };
        return Ok((size.copysign(z.1.cos()), size.copysign(z.1.sin())));
    }
    if let Some(value) = special(z, &tables::EXP) {
        return Ok(value);
    }
    in_range(if z.0 > log_of_large() {
        let l = (z.0 - 1.0).exp();
        (l * z.1.cos() * E, l * z.1.sin() * E)
    } else {
        let l = z.0.exp();
        (l * z.1.cos(), l * z.1.sin())
    })
}

/// The logarithm, minus infinity at zero.
pub fn log_value(z: Complex) -> Complex {
    if let Some(value) = special(z, &tables::LOG) {
        return value;
    }
    let (x, y) = (z.0.abs(), z.1.abs());
    let re = if x > LARGE || y > LARGE {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        if x > 0.0 || y > 0.0 {
            ldexp(x, SCALE_UP).hypot(ldexp(y, SCALE_UP)).ln() - SCALE_UP as f64 * LN_2
        } else {
            f64::NEG_INFINITY
        }
    } else {
        let h = x.hypot(y);
        if (0.71..=1.73).contains(&h) {
            let (more, less) = if x > y { (x, y) } else { (y, x) };
            real::log1p((more - 1.0) * (more + 1.0) + less * less) / 2.0
        } else {
            h.ln()
        }
    };
    (re, z.1.atan2(z.0))
}

pub fn log(z: Complex) -> Outcome {
    if z.0 == 0.0 && z.1 == 0.0 {
        return Err(Wrong::Domain);
    }
    Ok(log_value(z))
}

pub fn log10(z: Complex) -> Outcome {
    let (re, im) = log(z)?;
    Ok((re / LN_10, im / LN_10))
}

pub fn sin(z: Complex) -> Outcome {
    turned(z, sinh)
}

pub fn sinh(z: Complex) -> Outcome {
    if z.1.is_infinite() && !z.0.is_nan() {
        return Err(Wrong::Domain);
    }
    if on_circle(z) {
        let re = f64::INFINITY.copysign(z.1.cos());
        let re = if z.0 > 0.0 { re } else { -re };
        return Ok((re, f64::INFINITY.copysign(z.1.sin())));
    }
    if let Some(value) = special(z, &tables::SINH) {
        return Ok(value);
    }
    in_range(if z.0.abs() > log_of_large() {
        let x = z.0 - 1.0_f64.copysign(z.0);
        (z.1.cos() * x.sinh() * E, z.1.sin() * x.cosh() * E)
    } else {
        (z.1.cos() * z.0.sinh(), z.1.sin() * z.0.cosh())
    })
}

pub fn tan(z: Complex) -> Outcome {
    turned(z, tanh)
}

pub fn tanh(z: Complex) -> Outcome {
    if z.1.is_infinite() && z.0.is_finite() {
        return Err(Wrong::Domain);
    }
    if on_circle(z) {
        let im = 0.0_f64.copysign(2.0 * z.1.sin() * z.1.cos());
        return Ok((1.0_f64.copysign(z.0), im));
    }
    if let Some(value) = special(z, &tables::TANH) {
        return Ok(value);
    }
    if z.0.abs() > log_of_large() {
        let im = 4.0 * z.1.sin() * z.1.cos() * (-2.0 * z.0.abs()).exp();
        return Ok((1.0_f64.copysign(z.0), im));
    }
    let (tx, ty, cx) = (z.0.tanh(), z.1.tan(), 1.0 / z.0.cosh());
    let product = tx * ty;
    let below = 1.0 + product * product;
    Ok((tx * (1.0 + ty * ty) / below, ((ty / below) * cx) * cx))
}

pub fn rect(r: f64, phi: f64) -> Outcome {
    if phi.is_infinite() && r != 0.0 && !r.is_nan() {
        return Err(Wrong::Domain);
    }
    if on_circle((r, phi)) {
        let size = f64::INFINITY;
        let (re, im) = (size.copysign(phi.cos()), size.copysign(phi.sin()));
        return Ok(if r > 0.0 { (re, im) } else { (-re, -im) });
    }
    if let Some(value) = special((r, phi), &tables::RECT) {
        return Ok(value);
    }
    if phi == 0.0 {
        return Ok((r, r * phi));
    }
    Ok((r * phi.cos(), r * phi.sin()))
}
