//! Operations on the digits of a number: logical ones, shifts, rotations.

use num_bigint::BigUint;
use num_traits::Zero;

use super::arith::as_i64;
use super::number::*;

/// The digits of a logical operand, lowest first: a finite positive number of zeros and ones with exponent 0.
fn logical_digits(x: &Dec, prec: i64) -> Option<Vec<bool>> {
    if !x.is_finite() || x.negative || x.exponent != 0 {
        return None;
    }
    let text = x.coefficient.to_string();
    let mut bits = Vec::with_capacity(text.len());
    for digit in text.bytes().rev() {
        match digit {
            b'0' => bits.push(false),
            b'1' => bits.push(true),
            _ => return None,
        }
    }
    bits.truncate(usize::try_from(prec).unwrap_or(usize::MAX));
    Some(bits)
}

fn from_bits(bits: &[bool]) -> Dec {
    let text: Vec<u8> = bits.iter().rev().map(|b| b'0' + u8::from(*b)).collect();
    let n = BigUint::parse_bytes(&text, 10).unwrap_or_default();
    Dec::finite(false, n, 0)
}

pub fn logical(a: &Dec, b: &Dec, f: fn(bool, bool) -> bool, ctx: &Ctx, status: &mut u32) -> Dec {
    let (Some(x), Some(y)) = (logical_digits(a, ctx.prec), logical_digits(b, ctx.prec)) else {
        return invalid(status, INVALID_OPERATION);
    };
    let at = |bits: &[bool], i: usize| bits.get(i).copied().unwrap_or(false);
    let bits: Vec<bool> = (0..x.len().max(y.len()))
        .map(|i| f(at(&x, i), at(&y, i)))
        .collect();
    from_bits(&bits)
}

pub fn logical_invert(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let Some(bits) = logical_digits(a, ctx.prec) else {
        return invalid(status, INVALID_OPERATION);
    };
    if ctx.prec > MAX_DIGITS {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    let at = |i: usize| bits.get(i).copied().unwrap_or(false);
    let inverted: Vec<bool> = (0..ctx.prec as usize).map(|i| !at(i)).collect();
    from_bits(&inverted)
}

/// By how many digits: a whole number with exponent 0, not beyond the precision.
fn distance(b: &Dec, ctx: &Ctx) -> Option<i64> {
    if !b.is_finite() || b.exponent != 0 {
        return None;
    }
    as_i64(b).filter(|by| (-ctx.prec..=ctx.prec).contains(by))
}

fn moved(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Result<(BigUint, i64), Dec> {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return Err(nan);
    }
    let Some(by) = distance(b, ctx) else {
        return Err(invalid(status, INVALID_OPERATION));
    };
    if a.is_infinite() {
        return Err(a.clone());
    }
    let n = if a.digits() > ctx.prec {
        &a.coefficient % pow10(ctx.prec)
    } else {
        a.coefficient.clone()
    };
    Ok((n, by))
}

pub fn shift(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let (n, by) = match moved(a, b, ctx, status) {
        Ok(parts) => parts,
        Err(result) => return result,
    };
    let n = if by >= 0 {
        let n = if by >= ctx.prec {
            BigUint::zero()
        } else if digits(&n) + by > ctx.prec {
            n % pow10(ctx.prec - by)
        } else {
            n
        };
        shift_left(&n, by, status)
    } else if -by >= digits(&n) {
        BigUint::zero()
    } else {
        n / pow10(-by)
    };
    Dec::finite(a.negative, n, a.exponent)
}

pub fn rotate(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let (n, by) = match moved(a, b, ctx, status) {
        Ok(parts) => parts,
        Err(result) => return result,
    };
    if ctx.prec > MAX_DIGITS {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    let left = if by >= 0 { by } else { by + ctx.prec };
    let unit = pow10(ctx.prec - left);
    let (high, low) = (&n / &unit, &n % &unit);
    Dec::finite(a.negative, low * pow10(left) + high, a.exponent)
}
