//! Functions that look at the parts of a number: rounding to an int, mantissa and exponent, neighbours.

use super::{both, only, range_error, real};
use crate::heap::Obj;
use crate::vm::types::float::int_of;
use crate::vm::{Args, Machine, PyResult};

/// A number that is not exactly a float may have a method for it; else it is rounded as a double.
fn by_method(vm: &mut Machine, args: Args, name: Obj, f: fn(f64) -> f64) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if !vm.is_exact(o, vm.types.float)
        && let Some(method) = vm.lookup_special(o, name)?
    {
        return vm.call_and_drop(method, &[]);
    }
    let x = vm.as_f64(o)?;
    int_of(vm, f(x))
}

pub fn floor(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    by_method(vm, args, vm.names.__floor__, f64::floor)
}

pub fn ceil(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    by_method(vm, args, vm.names.__ceil__, f64::ceil)
}

pub fn trunc(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    match vm.lookup_special(o, vm.names.__trunc__)? {
        Some(method) => vm.call_and_drop(method, &[]),
        None => {
            let name = vm.type_name(o);
            vm.type_error(format!("type {name} doesn't define __trunc__ method"))
        }
    }
}

/// Mantissa between 0.5 and 1, and exponent; of zero, infinity and NaN themselves and 0.
pub fn split(x: f64) -> (f64, i64) {
    const EXPONENT_OF_HALF: u64 = 1022;
    const FRACTION_AND_SIGN: u64 = !(0x7ff << 52);
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let subnormal = x.abs() < f64::MIN_POSITIVE;
    let (normal, shifted) = if subnormal {
        (x * 18_014_398_509_481_984.0, 54)
    } else {
        (x, 0)
    };
    let bits = normal.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - EXPONENT_OF_HALF as i64 - shifted;
    let mantissa = f64::from_bits(bits & FRACTION_AND_SIGN | EXPONENT_OF_HALF << 52);
    (mantissa, exponent)
}

pub fn frexp(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (mantissa, exponent) = split(only(vm, args)?);
    let (mantissa, exponent) = (vm.new_float(mantissa), vm.new_int(exponent));
    Ok(vm.new_tuple(vec![mantissa, exponent]))
}

pub fn modf(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    let (fraction, whole) = if x.is_nan() {
        (x, x)
    } else if x.is_infinite() {
        (0.0_f64.copysign(x), x)
    } else {
        (x.fract().copysign(x), x.trunc())
    };
    let (fraction, whole) = (vm.new_float(fraction), vm.new_float(whole));
    Ok(vm.new_tuple(vec![fraction, whole]))
}

/// Exponents beyond this leave nothing of any double.
const EXPONENT_LIMIT: i64 = i32::MAX as i64;

pub fn ldexp(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?;
    let by = args.get(vm, 1);
    if !vm.is_int(by) {
        return vm.type_error("Expected an int as second argument to ldexp.".to_string());
    }
    let beyond = if vm.int_is_negative(by) {
        i64::MIN
    } else {
        i64::MAX
    };
    let exponent = vm.as_i64(by).unwrap_or(beyond);
    let r = if x == 0.0 || !x.is_finite() {
        x
    } else {
        real::scaled(x, exponent.clamp(-EXPONENT_LIMIT, EXPONENT_LIMIT))
    };
    if r.is_infinite() && x.is_finite() {
        return range_error(vm);
    }
    Ok(vm.new_float(r))
}

fn next(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if y > x {
        x.next_up()
    } else {
        x.next_down()
    }
}

pub fn nextafter(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (x, y) = both(vm, args)?;
    Ok(vm.new_float(next(x, y)))
}

pub fn ulp(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let x = only(vm, args)?.abs();
    let above = x.next_up();
    let r = if !x.is_finite() {
        x
    } else if above.is_infinite() {
        x - x.next_down()
    } else {
        above - x
    };
    Ok(vm.new_float(r))
}
