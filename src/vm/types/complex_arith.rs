//! Arithmetic of complex (`Objects/complexobject.c`).
//!
//! The formulas are CPython's, in its order of operations: another order would differ in the last bit.

use super::float_arith;
pub use crate::compiler::fold::complex::{Complex, quotient};
use crate::compiler::fold::complex::{product, whole_power};
use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};



/// Exponents up to this are powers by repeated multiplication.
const MAX_INT_EXPONENT: f64 = 100.0;

/// The value of a complex (subclasses too).
pub fn value(vm: &Machine, o: Obj) -> Complex {
    match vm.heap.base(o) {
        Payload::Complex(z) => **z,
        _ => (f64::NAN, f64::NAN),
    }
}

/// The operand as a complex number: `None` if it is no number of these kinds (`TO_COMPLEX`).
fn operand(vm: &mut Machine, o: Obj) -> PyResult<Option<Complex>> {
    if let Payload::Complex(z) = vm.heap.base(o) {
        return Ok(Some(**z));
    }
    Ok(float_arith::operand(vm, o)?.map(|x| (x, 0.0)))
}

fn operands(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Option<(Complex, Complex)>> {
    let Some(x) = operand(vm, a)? else {
        return Ok(None);
    };
    Ok(operand(vm, b)?.map(|y| (x, y)))
}

fn arith(vm: &mut Machine, a: Obj, b: Obj, f: fn(Complex, Complex) -> Complex) -> PyResult<Obj> {
    match operands(vm, a, b)? {
        Some((x, y)) => Ok(new(vm, f(x, y))),
        None => Ok(vm.new_not_implemented()),
    }
}

fn new(vm: &mut Machine, z: Complex) -> Obj {
    vm.new_complex(z.0, z.1)
}

pub fn add(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| (x.0 + y.0, x.1 + y.1))
}

pub fn subtract(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| (x.0 - y.0, x.1 - y.1))
}

pub fn multiply(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, product)
}

pub fn true_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    match operands(vm, a, b)? {
        Some((x, y)) => match quotient(x, y) {
            Some(z) => Ok(new(vm, z)),
            None => vm.raise(
                vm.types.zero_division_error,
                "complex division by zero".to_string(),
            ),
        },
        None => Ok(vm.new_not_implemented()),
    }
}

pub fn power(vm: &mut Machine, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
    let Some((x, y)) = operands(vm, a, b)? else {
        return Ok(vm.new_not_implemented());
    };
    if modulus != vm.none {
        return vm.value_error("complex modulo");
    }
    power_of(vm, x, y)
}

/// `x ** y`
pub fn power_of(vm: &mut Machine, x: Complex, y: Complex) -> PyResult<Obj> {
    let result = if y.1 == 0.0 && y.0 == y.0.floor() && y.0.abs() <= MAX_INT_EXPONENT {
        whole_power(x, y.0 as i64)
    } else {
        general_power(x, y)
    };
    match result {
        None => vm.raise(
            vm.types.zero_division_error,
            "0.0 to a negative or complex power".to_string(),
        ),
        Some(z) if z.0.is_infinite() || z.1.is_infinite() => vm.raise(
            vm.types.overflow_error,
            "complex exponentiation".to_string(),
        ),
        Some(z) => Ok(new(vm, z)),
    }
}

/// `_Py_c_pow`; `None` for a domain error.
fn general_power(a: Complex, b: Complex) -> Option<Complex> {
    if b == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 {
            None
        } else {
            Some((0.0, 0.0))
        };
    }
    let size = a.0.hypot(a.1);
    let mut len = size.powf(b.0);
    let angle = a.1.atan2(a.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        len /= (angle * b.1).exp();
        phase += b.1 * size.ln();
    }
    // The C library's cos and sin report a domain error for infinity, and CPython takes it for this one.
    if phase.is_infinite() {
        None
    } else {
        Some((len * phase.cos(), len * phase.sin()))
    }
}

pub fn negative(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    let (re, im) = value(vm, a);
    Ok(vm.new_complex(-re, -im))
}

/// The complex itself, or a plain one of a subclass's value.
pub fn positive(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    if let Payload::Complex(_) = vm.heap.payload(a) {
        return Ok(vm.new_ref(a));
    }
    let (re, im) = value(vm, a);
    Ok(vm.new_complex(re, im))
}

/// `_Py_c_abs`
pub fn absolute(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    let (re, im) = value(vm, a);
    if !re.is_finite() || !im.is_finite() {
        let size = if re.is_infinite() || im.is_infinite() {
            f64::INFINITY
        } else {
            f64::NAN
        };
        return Ok(vm.new_float(size));
    }
    let size = re.hypot(im);
    if size.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "absolute value too large".to_string(),
        );
    }
    Ok(vm.new_float(size))
}
