//! Python's arithmetic on complex numbers: `Objects/complexobject.c`. The machine's `complex` uses it too.

use crate::syntax::tree::{Constant, Operator};

pub type Complex = (f64, f64);

/// `a op b`, unless that raises.
pub(super) fn binary(op: Operator, a: Complex, b: Complex) -> Option<Constant> {
    let (re, im) = match op {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Sub => (a.0 - b.0, a.1 - b.1),
        Operator::Mult => product(a, b),
        Operator::Div => quotient(a, b)?,
        Operator::Pow => power(a, b)?,
        _ => return None,
    };
    Some(Constant::Complex(re, im))
}

/// `_Py_c_prod`
pub fn product(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `_Py_c_quot`: divides by the larger part first, against overflow.
pub fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    let (re, im) = (b.0.abs(), b.1.abs());
    if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        Some((
            (a.0 + a.1 * ratio) / denominator,
            (a.1 - a.0 * ratio) / denominator,
        ))
    } else if im >= re {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        Some((
            (a.0 * ratio + a.1) / denominator,
            (a.1 * ratio - a.0) / denominator,
        ))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

/// `complex_pow`: small whole exponents by multiplication, the rest by logarithms.
fn power(a: Complex, b: Complex) -> Option<Complex> {
    let result = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        whole_power(a, b.0 as i64)?
    } else {
        general_power(a, b)?
    };
    let overflow =
        (result.0.is_infinite() || result.1.is_infinite()) && a.0.is_finite() && a.1.is_finite();
    if overflow { None } else { Some(result) }
}

/// `c_powi`
pub fn whole_power(a: Complex, exponent: i64) -> Option<Complex> {
    if exponent > 0 {
        Some(positive_power(a, exponent))
    } else {
        quotient((1.0, 0.0), positive_power(a, -exponent))
    }
}

/// `c_powu`
pub fn positive_power(a: Complex, exponent: i64) -> Complex {
    let (mut result, mut base, mut mask) = ((1.0, 0.0), a, 1);
    while mask > 0 && exponent >= mask {
        if exponent & mask != 0 {
            result = product(result, base);
        }
        mask <<= 1;
        base = product(base, base);
    }
    result
}

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
    let angle = a.1.atan2(a.0);
    let mut length = size.powf(b.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        length /= (angle * b.1).exp();
        phase += b.1 * size.ln();
    }
    Some((length * phase.cos(), length * phase.sin()))
}
