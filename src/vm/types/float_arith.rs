//! Arithmetic of float (`Objects/floatobject.c`).
//!
//! Operands are floats and ints; anything else gets NotImplemented. Invariant: where CPython calls the C library (`fmod`, `pow`) the same
//! function is called here, so that the last bit agrees.

use num_bigint::BigInt;

use super::int_arith;
use crate::bytecode::opcode::Op;
use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};

/// What operators give on two doubles, if nothing can go wrong; `None` leaves it to the slots.
#[inline]
pub fn fast(op: Op, x: f64, y: f64) -> Option<f64> {
    match op {
        Op::BinaryAdd | Op::InplaceAdd => Some(x + y),
        Op::BinarySubtract | Op::InplaceSubtract => Some(x - y),
        Op::BinaryMultiply | Op::InplaceMultiply => Some(x * y),
        Op::BinaryTrueDivide | Op::InplaceTrueDivide if y != 0.0 => Some(x / y),
        _ => None,
    }
}

/// The operand as a double: `None` if it is neither float nor int (`CONVERT_TO_DOUBLE`).
pub fn operand(vm: &mut Machine, o: Obj) -> PyResult<Option<f64>> {
    match vm.heap.base(o) {
        Payload::Float(x) => Ok(Some(*x)),
        Payload::Int(_) | Payload::Bool(_) | Payload::BigInt(_) => {
            int_arith::to_f64(vm, o).map(Some)
        }
        _ => Ok(None),
    }
}

fn operands(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Option<(f64, f64)>> {
    let Some(x) = operand(vm, a)? else {
        return Ok(None);
    };
    Ok(operand(vm, b)?.map(|y| (x, y)))
}

/// Applies a function that cannot fail.
fn arith(vm: &mut Machine, a: Obj, b: Obj, f: fn(f64, f64) -> f64) -> PyResult<Obj> {
    match operands(vm, a, b)? {
        Some((x, y)) => Ok(vm.new_float(f(x, y))),
        None => Ok(vm.new_not_implemented()),
    }
}

/// Applies a function whose second operand must not be zero.
fn divide(
    vm: &mut Machine,
    a: Obj,
    b: Obj,
    message: &str,
    f: fn(f64, f64) -> f64,
) -> PyResult<Obj> {
    match operands(vm, a, b)? {
        Some((_, 0.0)) => vm.raise(vm.types.zero_division_error, message.to_string()),
        Some((x, y)) => Ok(vm.new_float(f(x, y))),
        None => Ok(vm.new_not_implemented()),
    }
}

pub fn add(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| x + y)
}

pub fn subtract(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| x - y)
}

pub fn multiply(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| x * y)
}

pub fn true_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    divide(vm, a, b, "float division by zero", |x, y| x / y)
}

pub fn remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    divide(vm, a, b, "float modulo", |x, y| floor_div_mod(x, y).1)
}

pub fn floor_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    divide(vm, a, b, "float floor division by zero", |x, y| {
        floor_div_mod(x, y).0
    })
}

pub fn divmod(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    match operands(vm, a, b)? {
        Some((_, 0.0)) => vm.raise(vm.types.zero_division_error, "float divmod()".to_string()),
        Some((x, y)) => {
            let (quotient, rest) = floor_div_mod(x, y);
            let (quotient, rest) = (vm.new_float(quotient), vm.new_float(rest));
            Ok(vm.new_tuple(vec![quotient, rest]))
        }
        None => Ok(vm.new_not_implemented()),
    }
}

/// Floored quotient and remainder with the divisor's sign (`_float_div_mod`).
pub fn floor_div_mod(x: f64, y: f64) -> (f64, f64) {
    // Rust's `%` is C's fmod.
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest != 0.0 {
        if (y < 0.0) != (rest < 0.0) {
            rest += y;
            quotient -= 1.0;
        }
    } else {
        rest = 0.0_f64.copysign(y);
    }
    if quotient == 0.0 {
        return (0.0_f64.copysign(x / y), rest);
    }
    let floor = quotient.floor();
    (
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        },
        rest,
    )
}

pub fn power(vm: &mut Machine, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
    if modulus != vm.none {
        return vm.type_error(
            "pow() 3rd argument not allowed unless all arguments are integers".to_string(),
        );
    }
    match operands(vm, a, b)? {
        Some((x, y)) => power_of(vm, x, y),
        None => Ok(vm.new_not_implemented()),
    }
}

/// `x ** y` (`float_pow`): a negative base with a fractional exponent gives a complex number.
pub fn power_of(vm: &mut Machine, x: f64, y: f64) -> PyResult<Obj> {
    if y == 0.0 || x == 1.0 {
        return Ok(vm.new_float(1.0));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(vm.new_float(if x.is_nan() { x } else { y }));
    }
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return vm.raise(
            vm.types.zero_division_error,
            "0.0 cannot be raised to a negative power".to_string(),
        );
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y != y.floor() {
        return super::complex_arith::power_of(vm, (x, 0.0), (y, 0.0));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        let args = overflow_args(vm);
        let raised = vm.raise_args(vm.types.overflow_error, args);
        vm.decref(args);
        return raised;
    }
    Ok(vm.new_float(result))
}

/// `(34, 'Numerical result out of range')`: errno ERANGE.
fn overflow_args(vm: &mut Machine) -> Obj {
    let number = vm.new_int(34);
    let text = vm.new_str("Numerical result out of range");
    vm.new_tuple(vec![number, text])
}

pub fn negative(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    let x = value(vm, a);
    Ok(vm.new_float(-x))
}

pub fn absolute(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    let x = value(vm, a);
    Ok(vm.new_float(x.abs()))
}

/// The float itself, or a plain float of a subclass's value.
pub fn positive(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    if let Payload::Float(_) = vm.heap.payload(a) {
        return Ok(vm.new_ref(a));
    }
    let x = value(vm, a);
    Ok(vm.new_float(x))
}

/// The value of a float (subclasses too).
pub fn value(vm: &Machine, o: Obj) -> f64 {
    match vm.heap.base(o) {
        Payload::Float(x) => *x,
        _ => f64::NAN,
    }
}

/// A finite double without fraction as an int of any size.
pub fn to_big_int(x: f64) -> BigInt {
    if x.abs() < 9.0e18 {
        return BigInt::from(x as i64);
    }
    let (mantissa, exponent) = parts(x);
    let value = if exponent >= 0 {
        BigInt::from(mantissa) << exponent as u64
    } else {
        BigInt::from(mantissa) >> (-exponent) as u64
    };
    if x < 0.0 { -value } else { value }
}

/// `|x| = mantissa * 2**exponent`, exactly; x is finite.
pub fn parts(x: f64) -> (u64, i64) {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    if exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, exponent - 1075)
    }
}

/// Hash of a finite or infinite double, equal to that of an equal int (`_Py_HashDouble`).
pub fn hash_f64(x: f64) -> i64 {
    const BITS: i64 = 61;
    const MODULUS: u64 = (1 << BITS) - 1;
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { -314_159 };
    }
    let (mantissa, exponent) = parts(x);
    let rotate = exponent.rem_euclid(BITS) as u32;
    let reduced = mantissa % MODULUS;
    let hash = if rotate == 0 {
        reduced
    } else {
        ((reduced << rotate) & MODULUS) | (reduced >> (BITS as u32 - rotate))
    };
    let hash = (hash % MODULUS) as i64;
    let hash = if x < 0.0 { -hash } else { hash };
    if hash == -1 { -2 } else { hash }
}
