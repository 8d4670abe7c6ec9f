//! The gamma function and its logarithm.
//!
//! Gamma is Lanczos' approximation with CPython's numbers (13 terms, g = 6.0246800407767296), evaluated in CPython's order: another
//! order would differ in the last bit.
// Coefficients stand as they are published.
#![allow(clippy::excessive_precision)]

use super::{domain_error, only, range_error};
use crate::heap::Obj;
use crate::vm::{Args, Machine, PyResult};
use std::f64::consts::PI;

const G: f64 = 6.024_680_040_776_729_583_740_234_375;
const G_MINUS_HALF: f64 = 5.524_680_040_776_729_583_740_234_375;
const LOG_PI: f64 = 1.144_729_885_849_400_174_143_427_351_353_058_711_647;

/// Coefficients of the numerator and the denominator of Lanczos' sum, constant term first.
#[allow(clippy::excessive_precision)]
const LANCZOS: [(f64, f64); 13] = [
    (23531376880.410759688572007674451636754734846804940, 0.0),
    (
        42919803642.649098768957899047001988850926355848959,
        39916800.0,
    ),
    (
        35711959237.355668049440185451547166705960488635843,
        120543840.0,
    ),
    (
        17921034426.037209699919755754458931112671403265390,
        150917976.0,
    ),
    (
        6039542586.3520280050642916443072979210699388420708,
        105258076.0,
    ),
    (
        1439720407.3117216736632230727949123939715485786372,
        45995730.0,
    ),
    (
        248874557.86205415651146038641322942321632125127801,
        13339535.0,
    ),
    (
        31426415.585400194380614231628318205362874684987640,
        2637558.0,
    ),
    (
        2876370.6289353724412254090516208496135991145378768,
        357423.0,
    ),
    (186056.26539522349504029498971604569928220784236328, 32670.0),
    (8071.6720023658162106380029022722506138218516325024, 1925.0),
    (210.82427775157934587250973392071336271166969580291, 66.0),
    (2.5066282746310002701649081771338373386264310793408, 1.0),
];

/// The quotient of the two polynomials; for larger x in powers of 1/x.
fn lanczos(x: f64) -> f64 {
    let start = (0.0, 0.0);
    let (above, below) = if x < 5.0 {
        LANCZOS
            .iter()
            .rev()
            .fold(start, |sum, (a, b)| (sum.0 * x + a, sum.1 * x + b))
    } else {
        LANCZOS
            .iter()
            .fold(start, |sum, (a, b)| (sum.0 / x + a, sum.1 / x + b))
    };
    above / below
}

/// sin(pi * x), exact at multiples of one half.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1.0_f64.copysign(x) * r
}

/// What a function makes of its argument.
enum Outcome {
    Value(f64),
    Pole,
    Overflow,
}

/// Up to here the gamma function of a whole number is a double exactly.
const EXACT_FACTORIALS: f64 = 23.0;
/// Above it `y ** (x - 0.5)` may overflow where the product does not: two factors.
const SPLIT_POWER: f64 = 140.0;
const SURELY_OVERFLOWS: f64 = 200.0;
/// Below it 1/x is as good.
const TINY: f64 = 1e-20;

fn gamma_of(x: f64) -> Outcome {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 {
            Outcome::Value(x)
        } else {
            Outcome::Pole
        };
    }
    if x == 0.0 || (x == x.floor() && x < 0.0) {
        return Outcome::Pole;
    }
    if x == x.floor() && x <= EXACT_FACTORIALS {
        return Outcome::Value((1..x as u64).map(|n| n as f64).product());
    }
    let size = x.abs();
    if size < TINY {
        return finite(1.0 / x);
    }
    if size > SURELY_OVERFLOWS {
        return if x < 0.0 {
            Outcome::Value(0.0 / sin_pi(x))
        } else {
            Outcome::Overflow
        };
    }
    let y = size + G_MINUS_HALF;
    // What rounding lost in that sum.
    let lost = if size > G_MINUS_HALF {
        (y - size) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - size
    };
    let correction = lost * G / y;
    let whole = size < SPLIT_POWER;
    let power = if whole {
        y.powf(size - 0.5)
    } else {
        y.powf(size / 2.0 - 0.25)
    };
    finite(if x < 0.0 {
        let r = -PI / sin_pi(size) / size * y.exp() / lanczos(size);
        let r = r - correction * r;
        if whole { r / power } else { r / power / power }
    } else {
        let r = lanczos(size) / y.exp();
        let r = r + correction * r;
        if whole { r * power } else { r * power * power }
    })
}

fn finite(r: f64) -> Outcome {
    if r.is_infinite() {
        Outcome::Overflow
    } else {
        Outcome::Value(r)
    }
}

fn log_gamma_of(x: f64) -> Outcome {
    if !x.is_finite() {
        return Outcome::Value(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 {
            Outcome::Pole
        } else {
            Outcome::Value(0.0)
        };
    }
    let size = x.abs();
    if size < TINY {
        return Outcome::Value(-size.ln());
    }
    let r = lanczos(size).ln() - G;
    let r = r + (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    finite(if x < 0.0 {
        LOG_PI - sin_pi(size).abs().ln() - size.ln() - r
    } else {
        r
    })
}

fn result(vm: &mut Machine, outcome: Outcome) -> PyResult<Obj> {
    match outcome {
        Outcome::Value(r) => Ok(vm.new_float(r)),
        Outcome::Pole => domain_error(vm),
        Outcome::Overflow => range_error(vm),
    }
}

pub fn gamma(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    result(vm, gamma_of(x))
}

pub fn lgamma(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    result(vm, log_gamma_of(x))
}
