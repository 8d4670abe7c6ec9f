//! Functions of one or two doubles, and logarithms of ints of any size.

use num_bigint::BigInt;
use num_traits::Signed;

use super::{both, domain_error, only, range_error};
use crate::heap::Obj;
use crate::vm::args::{kw, req};
use crate::vm::types::int_arith::scale_rounded;
use crate::vm::types::{float_arith, int_arith};
use crate::vm::{Args, Machine, PyResult};

/// Calls a function of one double. A NaN out of a number is a domain error; an infinity out of a finite number is one too, or a range
/// error if the function can overflow (`math_1`).
pub fn apply(vm: &mut Machine, args: Args, f: fn(f64) -> f64, overflows: bool) -> PyResult<Obj> {
    let x = only(vm, args)?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return domain_error(vm);
    }
    if r.is_infinite() && x.is_finite() {
        return if overflows {
            range_error(vm)
        } else {
            domain_error(vm)
        };
    }
    Ok(vm.new_float(r))
}

/// The same with two doubles, where an infinity is always an overflow (`math_2`).
pub fn apply2(vm: &mut Machine, args: Args, f: fn(f64, f64) -> f64) -> PyResult<Obj> {
    let (x, y) = both(vm, args)?;
    let r = f(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return domain_error(vm);
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        return range_error(vm);
    }
    Ok(vm.new_float(r))
}

pub fn test(vm: &mut Machine, args: Args, f: fn(f64) -> bool) -> PyResult<Obj> {
    let x = only(vm, args)?;
    Ok(vm.new_bool(f(x)))
}

/// From here on 1 does not count any more beside the square, and x*x need not be computed.
const HUGE: f64 = 268_435_456.0;
/// Below this the function is its argument.
const TINY: f64 = 1.0 / HUGE;

/// The C library's formula, in which `std` differs in the last bit.
pub fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x == 1.0 {
        0.0
    } else if x >= HUGE {
        x.ln() + std::f64::consts::LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let over = x - 1.0;
        (over + (2.0 * over + over * over).sqrt()).ln_1p()
    }
}

/// The C library's formula.
pub fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < TINY {
        return x;
    }
    let r = if size > HUGE {
        size.ln() + std::f64::consts::LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    r.copysign(x)
}

/// The C library's formula.
pub fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size >= 1.0 {
        return if size == 1.0 {
            f64::INFINITY.copysign(x)
        } else {
            f64::NAN
        };
    }
    if size < TINY || x.is_nan() {
        return x;
    }
    let r = if size < 0.5 {
        let twice = size + size;
        0.5 * (twice + twice * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * ((size + size) / (1.0 - size)).ln_1p()
    };
    r.copysign(x)
}

/// Keeps the sign of zero.
pub fn log1p(x: f64) -> f64 {
    if x == 0.0 { x } else { x.ln_1p() }
}

pub fn degrees(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    Ok(vm.new_float(x * (180.0 / std::f64::consts::PI)))
}

pub fn radians(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    Ok(vm.new_float(x * (std::f64::consts::PI / 180.0)))
}

pub fn fmod(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (x, y) = both(vm, args)?;
    let r = if y.is_infinite() && x.is_finite() {
        x
    } else {
        x % y
    };
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return domain_error(vm);
    }
    Ok(vm.new_float(r))
}

/// IEEE 754's remainder (`m_remainder`): the even multiple of y in the middle.
pub fn remainder(x: f64, y: f64) -> f64 {
    if !x.is_finite() || !y.is_finite() {
        return match (x.is_nan(), y.is_nan(), x.is_infinite()) {
            (true, _, _) => x,
            (_, true, _) => y,
            (_, _, true) => f64::NAN,
            _ => x,
        };
    }
    if y == 0.0 {
        return f64::NAN;
    }
    let (size, step) = (x.abs(), y.abs());
    let below = size % step;
    let above = step - below;
    let r = if below < above {
        below
    } else if below > above {
        -above
    } else {
        below - 2.0 * ((0.5 * (size - below)) % step)
    };
    1.0_f64.copysign(x) * r
}

/// Which error a power is, besides its value.
enum Power {
    Value(f64),
    Domain,
    Range,
}

/// C99's cases of infinities and NaNs are spelled out (`math_pow_impl`).
fn power(x: f64, y: f64) -> Power {
    let odd = || y.is_finite() && y.abs() % 2.0 == 1.0;
    let value = if x.is_finite() && y.is_finite() {
        let r = x.powf(y);
        return match r {
            r if r.is_nan() => Power::Domain,
            r if r.is_infinite() && x == 0.0 => Power::Domain,
            r if r.is_infinite() => Power::Range,
            r => Power::Value(r),
        };
    } else if x.is_nan() {
        if y == 0.0 { 1.0 } else { x }
    } else if y.is_nan() {
        if x == 1.0 { 1.0 } else { y }
    } else if x.is_infinite() {
        match (y > 0.0, y == 0.0) {
            (true, _) => {
                if odd() {
                    x
                } else {
                    x.abs()
                }
            }
            (_, true) => 1.0,
            _ => {
                if odd() {
                    0.0_f64.copysign(x)
                } else {
                    0.0
                }
            }
        }
    } else if x.abs() == 1.0 {
        1.0
    } else if y > 0.0 && x.abs() > 1.0 {
        y
    } else if y < 0.0 && x.abs() < 1.0 {
        if x == 0.0 {
            return Power::Domain;
        }
        -y
    } else {
        0.0
    };
    Power::Value(value)
}

pub fn pow(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (x, y) = both(vm, args)?;
    match power(x, y) {
        Power::Value(r) => Ok(vm.new_float(r)),
        Power::Domain => domain_error(vm),
        Power::Range => range_error(vm),
    }
}

/// A logarithm of a positive int that need not fit a double: of its fraction, and of its power of two (`loghelper`).
fn log_of_big(value: &BigInt, log: fn(f64) -> f64) -> f64 {
    let x = int_arith::big_to_f64(value);
    if x.is_finite() {
        return log(x);
    }
    let (fraction, exponent) = fraction(value);
    log(fraction) + log(2.0) * exponent as f64
}

/// A large int as a double between 0.5 and 1 and an exponent of two, rounded half to even (`_PyLong_Frexp`).
fn fraction(value: &BigInt) -> (f64, u64) {
    let bits = value.bits();
    let shift = bits - 64;
    let top: BigInt = value >> shift;
    let sticky = value
        .magnitude()
        .trailing_zeros()
        .is_some_and(|zeros| zeros < shift);
    let top = u64::try_from(top).unwrap_or(u64::MAX) | u64::from(sticky);
    let fraction = scale_rounded(top, -64);
    if fraction == 1.0 {
        (0.5, bits + 1)
    } else {
        (fraction, bits)
    }
}

fn log_of(vm: &mut Machine, o: Obj, log: fn(f64) -> f64) -> PyResult<f64> {
    if let Some(value) = int_arith::big(vm, o) {
        if value.is_positive() {
            return Ok(log_of_big(&value, log));
        }
        return domain_error(vm);
    }
    let x = vm.as_f64(o)?;
    let r = log(x);
    if (r.is_nan() && !x.is_nan()) || (r.is_infinite() && x.is_finite()) {
        return domain_error(vm);
    }
    Ok(r)
}

pub fn log(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("log() takes no keyword arguments".to_string());
    }
    if !(1..=2).contains(&args.len()) {
        return vm.type_error("math.log requires 1 to 2 arguments".to_string());
    }
    let (x, base) = (args.get(vm, 0), args.get(vm, 1));
    let x = log_of(vm, x, f64::ln)?;
    if base.is_null() {
        return Ok(vm.new_float(x));
    }
    let base = log_of(vm, base, f64::ln)?;
    if base == 0.0 {
        return vm.raise(
            vm.types.zero_division_error,
            "float division by zero".to_string(),
        );
    }
    Ok(vm.new_float(x / base))
}

pub fn log2(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = args.get(vm, 0);
    let r = log_of(vm, x, f64::log2)?;
    Ok(vm.new_float(r))
}

pub fn log10(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = args.get(vm, 0);
    let r = log_of(vm, x, f64::log10)?;
    Ok(vm.new_float(r))
}

/// How close is close: two tolerances out of arguments (`rel_tol`, `abs_tol`).
pub fn tolerances(vm: &mut Machine, relative: Obj, absolute: Obj) -> PyResult<(f64, f64)> {
    let relative = if relative.is_null() {
        1e-9
    } else {
        vm.as_f64(relative)?
    };
    let absolute = if absolute.is_null() {
        0.0
    } else {
        vm.as_f64(absolute)?
    };
    Ok((relative, absolute))
}

pub fn isclose(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [a, b, relative, absolute] = vm.unpack(
        "isclose",
        args,
        &[req("a"), req("b"), kw("rel_tol"), kw("abs_tol")],
    )?;
    let (a, b) = (vm.as_f64(a)?, vm.as_f64(b)?);
    let (relative, absolute) = tolerances(vm, relative, absolute)?;
    if relative < 0.0 || absolute < 0.0 {
        return vm.value_error("tolerances must be non-negative");
    }
    let close = if a == b {
        true
    } else if a.is_infinite() || b.is_infinite() {
        false
    } else {
        let apart = (b - a).abs();
        apart <= (relative * b).abs() || apart <= (relative * a).abs() || apart <= absolute
    };
    Ok(vm.new_bool(close))
}

/// `|x|` as mantissa and exponent; for callers that scale.
pub fn scaled(x: f64, exponent: i64) -> f64 {
    let (mantissa, own) = float_arith::parts(x);
    scale_rounded(mantissa, own + exponent).copysign(x)
}
