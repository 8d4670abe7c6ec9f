//! Operators on constants, with CPython's limits on what folding may make.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use rustpython_wtf8::Wtf8Buf;

use super::{arithmetic, complex};
use crate::compiler::constant::truth;
use crate::syntax::tree::{Constant, Operator, UnaryOp};

/// Integers of more bits are not computed.
const MAX_INT_BITS: u64 = 128;
/// Tuples of more items are not made.
const MAX_COLLECTION_SIZE: usize = 256;
/// Strings and bytes of more characters are not made.
const MAX_STR_SIZE: usize = 4096;
/// Nested tuples of more items altogether are not made.
const MAX_TOTAL_ITEMS: usize = 1024;

/// A number as Python's arithmetic sees it.
enum Number {
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
}

fn integer(value: &Constant) -> Option<BigInt> {
    match value {
        Constant::Int(n) => Some(n.clone()),
        Constant::True => Some(BigInt::from(1)),
        Constant::False => Some(BigInt::zero()),
        _ => None,
    }
}

fn number(value: &Constant) -> Option<Number> {
    match value {
        Constant::Float(f) => Some(Number::Float(*f)),
        Constant::Complex(re, im) => Some(Number::Complex(*re, *im)),
        _ => integer(value).map(Number::Int),
    }
}

/// `op value`, unless that raises.
pub(super) fn unary(op: UnaryOp, value: &Constant) -> Option<Constant> {
    if op == UnaryOp::Not {
        return Some(boolean(!truth(value)));
    }
    Some(match (op, number(value)?) {
        (UnaryOp::Invert, Number::Int(n)) => Constant::Int(!n),
        (UnaryOp::UAdd, Number::Int(n)) => Constant::Int(n),
        (UnaryOp::USub, Number::Int(n)) => Constant::Int(-n),
        (UnaryOp::UAdd, Number::Float(f)) => Constant::Float(f),
        (UnaryOp::USub, Number::Float(f)) => Constant::Float(-f),
        (UnaryOp::UAdd, Number::Complex(re, im)) => Constant::Complex(re, im),
        (UnaryOp::USub, Number::Complex(re, im)) => Constant::Complex(-re, -im),
        _ => return None,
    })
}

fn boolean(value: bool) -> Constant {
    if value {
        Constant::True
    } else {
        Constant::False
    }
}

/// `left op right`, unless that raises or grows too large.
pub(super) fn binary(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    match op {
        Operator::Add => concatenate(left, right),
        Operator::Mult => repeat(left, right).or_else(|| repeat(right, left)),
        _ => None,
    }
    .or_else(|| bitwise(op, left, right))
    .or_else(|| match (number(left)?, number(right)?) {
        (Number::Int(a), Number::Int(b)) => integers(op, &a, &b),
        (Number::Complex(re, im), other) => complex::binary(op, (re, im), as_complex(&other)?),
        (other, Number::Complex(re, im)) => complex::binary(op, as_complex(&other)?, (re, im)),
        (a, b) => arithmetic::floats(op, as_float(&a)?, as_float(&b)?),
    })
}

fn as_float(value: &Number) -> Option<f64> {
    match value {
        Number::Int(n) => arithmetic::int_to_float(n),
        Number::Float(f) => Some(*f),
        Number::Complex(..) => None,
    }
}

fn as_complex(value: &Number) -> Option<(f64, f64)> {
    match value {
        Number::Complex(re, im) => Some((*re, *im)),
        other => Some((as_float(other)?, 0.0)),
    }
}

fn concatenate(left: &Constant, right: &Constant) -> Option<Constant> {
    Some(match (left, right) {
        (Constant::Str(a), Constant::Str(b)) => Constant::Str(joined(a, b)),
        (Constant::Bytes(a), Constant::Bytes(b)) => Constant::Bytes([a.as_slice(), b].concat()),
        (Constant::Tuple(a), Constant::Tuple(b)) => Constant::Tuple([a.as_slice(), b].concat()),
        _ => return None,
    })
}

/// Two strings in a row; a surrogate pair that meets at the seam stays two code points in Python, which `Wtf8Buf` cannot
/// hold, so such a pair is the one thing left unfolded by the caller's view.
fn joined(a: &Wtf8Buf, b: &Wtf8Buf) -> Wtf8Buf {
    let mut out = a.clone();
    out.push_wtf8(b);
    out
}

/// `value * times` for sequences.
fn repeat(value: &Constant, times: &Constant) -> Option<Constant> {
    let times = integer(times)?;
    let (size, limit) = match value {
        Constant::Str(text) => (text.code_points().count(), MAX_STR_SIZE),
        Constant::Bytes(bytes) => (bytes.len(), MAX_STR_SIZE),
        Constant::Tuple(items) => (items.len(), MAX_COLLECTION_SIZE),
        _ => return None,
    };
    if size == 0 {
        return Some(value.clone());
    }
    let count = times.to_usize().filter(|count| *count <= limit / size)?;
    if let Constant::Tuple(items) = value
        && count > 0
    {
        complexity(items, MAX_TOTAL_ITEMS / count)?;
    }
    Some(match value {
        Constant::Str(text) => {
            let mut out = Wtf8Buf::new();
            (0..count).for_each(|_| out.push_wtf8(text));
            Constant::Str(out)
        }
        Constant::Bytes(bytes) => Constant::Bytes(bytes.repeat(count)),
        Constant::Tuple(items) => Constant::Tuple(
            std::iter::repeat_n(items.iter().cloned(), count)
                .flatten()
                .collect(),
        ),
        _ => return None,
    })
}

/// What is left of `limit` items after counting these and all inside; `check_complexity`.
fn complexity(items: &[Constant], limit: usize) -> Option<usize> {
    let mut left = limit.checked_sub(items.len())?;
    for item in items {
        if let Constant::Tuple(items) | Constant::FrozenSet(items) = item {
            left = complexity(items, left)?;
        }
    }
    Some(left)
}

/// `&`, `|` and `^` keep `bool`.
fn bitwise(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    let bit = |value: &Constant| match value {
        Constant::True => Some(true),
        Constant::False => Some(false),
        _ => None,
    };
    let (a, b) = (bit(left)?, bit(right)?);
    match op {
        Operator::BitAnd => Some(boolean(a & b)),
        Operator::BitOr => Some(boolean(a | b)),
        Operator::BitXor => Some(boolean(a ^ b)),
        _ => None,
    }
}

fn integers(op: Operator, a: &BigInt, b: &BigInt) -> Option<Constant> {
    Some(Constant::Int(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => {
            if !a.is_zero() && !b.is_zero() && a.bits() + b.bits() > MAX_INT_BITS {
                return None;
            }
            a * b
        }
        Operator::FloorDiv if !b.is_zero() => a.div_floor(b),
        Operator::Mod if !b.is_zero() => a.mod_floor(b),
        Operator::Div => return arithmetic::divide_integers(a, b).map(Constant::Float),
        Operator::Pow => return power(a, b),
        Operator::LShift => shift_left(a, b)?,
        Operator::RShift if !b.is_negative() => match b.to_u64() {
            Some(by) if by < a.bits() + 1 => a >> by,
            _ => BigInt::from(if a.is_negative() { -1 } else { 0 }),
        },
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::BitAnd => a & b,
        _ => return None,
    }))
}

fn power(a: &BigInt, b: &BigInt) -> Option<Constant> {
    if b.is_negative() {
        return arithmetic::floats(
            Operator::Pow,
            arithmetic::int_to_float(a)?,
            arithmetic::int_to_float(b)?,
        );
    }
    if !a.is_zero() && b.sign() == Sign::Plus {
        let exponent = b.to_u64()?;
        if a.bits() > MAX_INT_BITS / exponent {
            return None;
        }
    }
    let exponent = b.to_u32().or(if a.is_zero() { Some(1) } else { None })?;
    Some(Constant::Int(a.pow(exponent)))
}

fn shift_left(a: &BigInt, b: &BigInt) -> Option<BigInt> {
    if b.is_negative() {
        return None;
    }
    if a.is_zero() || b.is_zero() {
        return Some(a.clone());
    }
    let by = b
        .to_u64()
        .filter(|by| *by <= MAX_INT_BITS && a.bits() <= MAX_INT_BITS - by)?;
    Some(a << by)
}

/// `container[key]` for strings, bytes and tuples.
pub(super) fn subscript(container: &Constant, key: &Constant) -> Option<Constant> {
    let key = integer(key)?.to_i64()?;
    let at = |len: usize| {
        let index = if key < 0 { key + len as i64 } else { key };
        usize::try_from(index).ok().filter(|index| *index < len)
    };
    match container {
        Constant::Str(text) => {
            let index = at(text.code_points().count())?;
            text.code_points()
                .nth(index)
                .map(|point| Constant::Str(point.into()))
        }
        Constant::Bytes(bytes) => Some(Constant::Int(BigInt::from(bytes[at(bytes.len())?]))),
        Constant::Tuple(items) => Some(items[at(items.len())?].clone()),
        _ => None,
    }
}
