//! Arithmetic, comparison, rounding to an exponent.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::number::*;

/// An operand as a whole number of units of `10**exponent`.
fn scaled(x: &Dec, exponent: i64, status: &mut u32) -> BigInt {
    let n = shift_left(&x.coefficient, x.exponent - exponent, status);
    BigInt::from_biguint(if x.negative { Sign::Minus } else { Sign::Plus }, n)
}

fn sum_of_specials(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return Some(nan);
    }
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) if a.negative != b.negative => Some(invalid(status, INVALID_OPERATION)),
        (true, _) => Some(Dec::infinity(a.negative)),
        (_, true) => Some(Dec::infinity(b.negative)),
        _ => None,
    }
}

/// The sum before rounding; an operand far below the other's last digit is replaced by one just below it.
fn raw_sum(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let (big, small) = if a.exponent >= b.exponent {
        (a, b)
    } else {
        (b, a)
    };
    let mut low = small.clone();
    if !big.coefficient.is_zero() {
        let count = big.digits();
        let mut exponent = big.exponent - 1;
        if count <= ctx.prec {
            exponent += count - ctx.prec - 1;
        }
        if small.adjusted() < exponent {
            let tiny = u32::from(!small.coefficient.is_zero());
            low = Dec::small(small.negative, tiny, exponent);
        }
    }
    let exponent = low.exponent.min(big.exponent);
    let sum = scaled(big, exponent, status) + scaled(&low, exponent, status);
    let negative = match sum.sign() {
        Sign::Minus => true,
        Sign::Plus => false,
        Sign::NoSign if a.negative == b.negative => a.negative,
        Sign::NoSign => ctx.rounding == Rounding::Floor,
    };
    Dec::finite(negative, sum.magnitude().clone(), exponent)
}

pub fn add(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = sum_of_specials(a, b, ctx, status) {
        return special;
    }
    finalize(raw_sum(a, b, ctx, status), ctx, status)
}

pub fn subtract(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    add(a, &b.clone().with_sign(!b.negative), ctx, status)
}

/// The product before rounding, or what it is with a NaN or an infinity.
fn raw_product(a: &Dec, b: &Dec, status: &mut u32) -> Dec {
    let negative = a.negative != b.negative;
    if a.is_infinite() || b.is_infinite() {
        if a.is_zero() || b.is_zero() {
            return invalid(status, INVALID_OPERATION);
        }
        return Dec::infinity(negative);
    }
    if a.digits() + b.digits() > MAX_DIGITS {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    Dec::finite(
        negative,
        &a.coefficient * &b.coefficient,
        a.exponent + b.exponent,
    )
}

pub fn multiply(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    finalize(raw_product(a, b, status), ctx, status)
}

pub fn fma(a: &Dec, b: &Dec, c: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let mut own = 0;
    let product = match nan_of(&[a, b], ctx, &mut own) {
        Some(nan) => nan,
        None => raw_product(a, b, &mut own),
    };
    *status |= own;
    if own != 0 {
        return product;
    }
    add(&product, c, ctx, status)
}

/// A quotient by zero, or with an infinity.
fn special_quotient(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    let negative = a.negative != b.negative;
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return Some(nan);
    }
    if a.is_infinite() {
        return Some(if b.is_infinite() {
            invalid(status, INVALID_OPERATION)
        } else {
            Dec::infinity(negative)
        });
    }
    if b.is_zero() {
        return Some(if a.is_zero() {
            invalid(status, DIVISION_UNDEFINED)
        } else {
            *status |= DIVISION_BY_ZERO;
            Dec::infinity(negative)
        });
    }
    None
}

pub fn divide(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_quotient(a, b, ctx, status) {
        return special;
    }
    let negative = a.negative != b.negative;
    if b.is_infinite() {
        *status |= CLAMPED;
        return Dec::small(negative, 0, ctx.etiny());
    }
    let ideal = a.exponent - b.exponent;
    if a.is_zero() {
        return finalize(Dec::small(negative, 0, ideal), ctx, status);
    }
    let shift = b.digits() - a.digits() + ctx.prec + 1;
    if shift > MAX_DIGITS {
        // An exact quotient has at most so many digits: 1/b ends only if b divides a power of ten.
        let enough = a.digits() + 4 * b.digits();
        return only_if_exact(enough, ctx, status, |work, own| divide(a, b, work, own));
    }
    let (mut quotient, rest) = if shift >= 0 {
        (&a.coefficient * pow10(shift)).div_rem(&b.coefficient)
    } else {
        a.coefficient.div_rem(&(&b.coefficient * pow10(-shift)))
    };
    let mut exponent = ideal - shift;
    if rest.is_zero() {
        (quotient, exponent) = without_zeros(quotient, exponent, ideal);
    } else if (&quotient % 5_u32).is_zero() {
        // What is cut off must show: neither a half nor nothing.
        quotient += 1_u32;
    }
    finalize(Dec::finite(negative, quotient, exponent), ctx, status)
}

/// A result that would fill a huge precision, tried with so many digits: what these cannot hold is too long.
pub fn only_if_exact(
    digits: i64,
    ctx: &Ctx,
    status: &mut u32,
    attempt: impl FnOnce(&Ctx, &mut u32) -> Dec,
) -> Dec {
    let work = Ctx {
        prec: digits,
        ..*ctx
    };
    let mut own = 0;
    if digits < ctx.prec && digits <= MAX_DIGITS / 4 {
        let result = attempt(&work, &mut own);
        if own & (INEXACT | NO_MEMORY) == 0 {
            *status |= own;
            return result;
        }
    }
    *status |= NO_MEMORY;
    Dec::nan()
}

/// Takes zeros from the end as long as the exponent is below a bound.
pub fn without_zeros(mut n: BigUint, mut exponent: i64, bound: i64) -> (BigUint, i64) {
    if n.is_zero() {
        return (n, exponent);
    }
    // Big steps first.
    let mut step = 1_i64;
    let mut steps = Vec::new();
    while exponent + step <= bound && step < digits(&n) {
        steps.push(step);
        step *= 2;
    }
    for step in steps.into_iter().rev().chain(std::iter::once(1)) {
        while exponent + step <= bound {
            let (quotient, rest) = n.div_rem(&pow10(step));
            if !rest.is_zero() || quotient.is_zero() {
                break;
            }
            n = quotient;
            exponent += step;
        }
    }
    (n, exponent)
}

/// Quotient and remainder of finite numbers, the quotient a whole number of at most `prec` digits; `None` if it has more.
fn whole_quotient(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Option<(BigUint, Dec)> {
    let ideal = a.exponent.min(b.exponent);
    if a.is_zero() {
        return Some((BigUint::zero(), Dec::small(a.negative, 0, ideal)));
    }
    let apart = a.adjusted() - b.adjusted();
    if apart <= -2 {
        return Some((BigUint::zero(), a.clone()));
    }
    if apart > ctx.prec {
        return None;
    }
    let (x, y) = (
        shift_left(&a.coefficient, a.exponent - ideal, status),
        shift_left(&b.coefficient, b.exponent - ideal, status),
    );
    let (quotient, rest) = x.div_rem(&y);
    if digits(&quotient) > ctx.prec {
        return None;
    }
    Some((quotient, Dec::finite(a.negative, rest, ideal)))
}

/// The remainder rescaled to the ideal exponent where digits allow it, and rounded.
fn finish_remainder(a: &Dec, b: &Dec, rest: Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let ideal = a.exponent.min(b.exponent);
    let mut rest = rest;
    if rest.exponent > ideal {
        // The dividend itself came back: more digits than its place allows are not worth having.
        let room = (ctx.prec + 1 - rest.digits()).max(0);
        let shift = (rest.exponent - ideal).min(if rest.is_zero() { i64::MAX } else { room });
        rest.coefficient = shift_left(&rest.coefficient, shift, status);
        rest.exponent -= shift;
    }
    finalize(rest, ctx, status)
}

pub fn divide_int(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_quotient(a, b, ctx, status) {
        return special;
    }
    let negative = a.negative != b.negative;
    if b.is_infinite() {
        return Dec::zero(negative);
    }
    match whole_quotient(a, b, ctx, status) {
        Some((quotient, _)) => finalize(Dec::finite(negative, quotient, 0), ctx, status),
        None => invalid(status, DIVISION_IMPOSSIBLE),
    }
}

fn special_remainder(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return Some(nan);
    }
    if a.is_infinite() {
        return Some(invalid(status, INVALID_OPERATION));
    }
    if b.is_infinite() {
        return Some(finalize(a.clone(), ctx, status));
    }
    if b.is_zero() {
        let condition = if a.is_zero() {
            DIVISION_UNDEFINED
        } else {
            INVALID_OPERATION
        };
        return Some(invalid(status, condition));
    }
    None
}

pub fn remainder(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_remainder(a, b, ctx, status) {
        return special;
    }
    match whole_quotient(a, b, ctx, status) {
        Some((_, rest)) => finish_remainder(a, b, rest, ctx, status),
        None => invalid(status, DIVISION_IMPOSSIBLE),
    }
}

pub fn divmod(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> (Dec, Dec) {
    let negative = a.negative != b.negative;
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return (nan.clone(), nan);
    }
    if a.is_infinite() {
        let quotient = if b.is_infinite() {
            Dec::nan()
        } else {
            Dec::infinity(negative)
        };
        return (quotient, invalid(status, INVALID_OPERATION));
    }
    if b.is_infinite() {
        return (Dec::zero(negative), finalize(a.clone(), ctx, status));
    }
    if b.is_zero() {
        if a.is_zero() {
            return (Dec::nan(), invalid(status, DIVISION_UNDEFINED));
        }
        *status |= DIVISION_BY_ZERO;
        return (Dec::infinity(negative), invalid(status, INVALID_OPERATION));
    }
    match whole_quotient(a, b, ctx, status) {
        Some((quotient, rest)) => (
            finalize(Dec::finite(negative, quotient, 0), ctx, status),
            finish_remainder(a, b, rest, ctx, status),
        ),
        None => (Dec::nan(), invalid(status, DIVISION_IMPOSSIBLE)),
    }
}

pub fn remainder_near(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_remainder(a, b, ctx, status) {
        return special;
    }
    let Some((quotient, rest)) = whole_quotient(a, b, ctx, status) else {
        return invalid(status, DIVISION_IMPOSSIBLE);
    };
    let twice = Dec::finite(false, &rest.coefficient * 2_u32, rest.exponent);
    let size = b.clone().with_sign(false);
    let order = compare_finite(&twice, &size);
    if order == Ordering::Greater || (order == Ordering::Equal && quotient.is_odd()) {
        if digits(&(&quotient + 1_u32)) > ctx.prec {
            return invalid(status, DIVISION_IMPOSSIBLE);
        }
        let exponent = rest.exponent.min(b.exponent);
        let (r, step) = (
            shift_left(&rest.coefficient, rest.exponent - exponent, status),
            shift_left(&b.coefficient, b.exponent - exponent, status),
        );
        return finish_remainder(
            a,
            b,
            Dec::finite(!a.negative, step - r, exponent),
            ctx,
            status,
        );
    }
    finish_remainder(a, b, rest, ctx, status)
}

/// Order of two numbers that are no NaNs.
pub fn compare_finite(a: &Dec, b: &Dec) -> Ordering {
    let sign = |x: &Dec| match (x.is_zero(), x.negative) {
        (true, _) => 0,
        (_, true) => -1,
        _ => 1,
    };
    let (s, t) = (sign(a), sign(b));
    if s != t || s == 0 {
        return s.cmp(&t);
    }
    let order = compare_sizes(a, b);
    if s < 0 { order.reverse() } else { order }
}

/// Order without signs; neither is a NaN.
pub fn compare_sizes(a: &Dec, b: &Dec) -> Ordering {
    match (a.is_infinite(), b.is_infinite()) {
        (false, false) => {}
        (x, y) => return x.cmp(&y),
    }
    match (a.coefficient.is_zero(), b.coefficient.is_zero()) {
        (false, false) => {}
        (x, y) => return y.cmp(&x),
    }
    let (x, y) = (a.adjusted(), b.adjusted());
    if x != y {
        return x.cmp(&y);
    }
    // The exponents differ by at most the difference of the digits.
    let mut status = 0;
    let exponent = a.exponent.min(b.exponent);
    shift_left(&a.coefficient, a.exponent - exponent, &mut status).cmp(&shift_left(
        &b.coefficient,
        b.exponent - exponent,
        &mut status,
    ))
}

fn order_as_dec(order: Ordering) -> Dec {
    match order {
        Ordering::Less => Dec::small(true, 1, 0),
        Ordering::Equal => Dec::zero(false),
        Ordering::Greater => Dec::small(false, 1, 0),
    }
}

pub fn compare(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    match nan_of(&[a, b], ctx, status) {
        Some(nan) => nan,
        None => order_as_dec(compare_finite(a, b)),
    }
}

/// The same, where quiet NaNs signal too.
pub fn compare_signal(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    match nan_of(&[a, b], ctx, status) {
        Some(nan) => {
            *status |= INVALID_OPERATION;
            nan
        }
        None => order_as_dec(compare_finite(a, b)),
    }
}

/// The total order: of equal numbers by exponent, NaNs at the ends.
pub fn total_order(a: &Dec, b: &Dec) -> Ordering {
    if a.negative != b.negative {
        return b.negative.cmp(&a.negative);
    }
    let rank = |x: &Dec| match x.kind {
        Kind::Finite | Kind::Infinite => 0,
        Kind::Signaling => 1,
        Kind::Quiet => 2,
    };
    let order = rank(a).cmp(&rank(b)).then_with(|| {
        if a.is_nan() {
            a.coefficient.cmp(&b.coefficient)
        } else {
            compare_sizes(a, b).then_with(|| a.exponent.cmp(&b.exponent))
        }
    });
    if a.negative { order.reverse() } else { order }
}

pub fn compare_total(a: &Dec, b: &Dec) -> Dec {
    order_as_dec(total_order(a, b))
}

/// Which of two numbers `max` and the like give.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    Max,
    Min,
    MaxMag,
    MinMag,
}

pub fn pick(a: &Dec, b: &Dec, which: Pick, ctx: &Ctx, status: &mut u32) -> Dec {
    // A quiet NaN loses against a number.
    match (a.kind, b.kind) {
        (Kind::Quiet, Kind::Finite | Kind::Infinite) => return finalize(b.clone(), ctx, status),
        (Kind::Finite | Kind::Infinite, Kind::Quiet) => return finalize(a.clone(), ctx, status),
        _ => {}
    }
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    let order = match which {
        Pick::Max | Pick::Min => compare_finite(a, b),
        Pick::MaxMag | Pick::MinMag => compare_sizes(a, b).then_with(|| compare_finite(a, b)),
    };
    let order = order.then_with(|| total_order(a, b));
    let larger = matches!(which, Pick::Max | Pick::MaxMag);
    let first = (order == Ordering::Less) != larger;
    finalize(if first { a } else { b }.clone(), ctx, status)
}

pub fn plus(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    // Minus zero stays only where sums are rounded to the floor.
    let negative = a.negative && (!a.is_zero() || ctx.rounding == Rounding::Floor);
    finalize(a.clone().with_sign(negative), ctx, status)
}

pub fn minus(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    let negative = !a.negative && (!a.is_zero() || ctx.rounding == Rounding::Floor);
    finalize(a.clone().with_sign(negative), ctx, status)
}

pub fn absolute(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if a.negative {
        minus(a, ctx, status)
    } else {
        plus(a, ctx, status)
    }
}

/// To a given exponent, whatever digits that takes (`mpd_qrescale` without the checks).
pub fn rescale(a: &Dec, exponent: i64, rounding: Rounding, status: &mut u32) -> (Dec, bool) {
    if a.exponent >= exponent {
        let n = shift_left(&a.coefficient, a.exponent - exponent, status);
        return (Dec::finite(a.negative, n, exponent), false);
    }
    let (n, lost) = rounded(&a.coefficient, exponent - a.exponent, a.negative, rounding);
    (Dec::finite(a.negative, n, exponent), lost)
}

pub fn quantize(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    if a.is_infinite() || b.is_infinite() {
        return if a.is_infinite() && b.is_infinite() {
            a.clone()
        } else {
            invalid(status, INVALID_OPERATION)
        };
    }
    let exponent = b.exponent;
    if exponent > ctx.emax || exponent < ctx.etiny() {
        return invalid(status, INVALID_OPERATION);
    }
    if a.is_zero() {
        return finalize(Dec::small(a.negative, 0, exponent), ctx, status);
    }
    if a.exponent - exponent + a.digits() > ctx.prec {
        return invalid(status, INVALID_OPERATION);
    }
    let drops = a.exponent < exponent;
    let (result, lost) = rescale(a, exponent, ctx.rounding, status);
    if (!result.is_zero() && result.adjusted() > ctx.emax) || result.digits() > ctx.prec {
        return invalid(status, INVALID_OPERATION);
    }
    if drops {
        *status |= ROUNDED;
        if lost {
            *status |= INEXACT;
        }
    }
    let mut own = 0;
    let result = finalize(result, ctx, &mut own);
    *status |= own & !UNDERFLOW;
    result
}

/// Whether a whole number is to be told that something was lost.
pub fn to_integral(a: &Dec, exact: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    if a.is_infinite() || a.exponent >= 0 {
        return a.clone();
    }
    let (result, lost) = rescale(a, 0, ctx.rounding, status);
    if exact && !a.is_zero() {
        *status |= ROUNDED;
        if lost {
            *status |= INEXACT;
        }
    }
    result
}

pub fn normalize(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    if a.is_infinite() {
        return a.clone();
    }
    let x = finalize(a.clone(), ctx, status);
    if !x.is_finite() {
        return x;
    }
    if x.is_zero() {
        return Dec::zero(x.negative);
    }
    let top = if ctx.clamp { ctx.etop() } else { ctx.emax };
    let (n, exponent) = without_zeros(x.coefficient, x.exponent, top.max(x.exponent));
    Dec::finite(x.negative, n, exponent)
}

/// The order of magnitude, as a number.
pub fn logb(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    if a.is_infinite() {
        return Dec::infinity(false);
    }
    if a.is_zero() {
        *status |= DIVISION_BY_ZERO;
        return Dec::infinity(true);
    }
    finalize(Dec::from_i64(a.adjusted()), ctx, status)
}

/// A finite whole number as a machine integer; `None` if it is none, or does not fit.
pub fn as_i64(a: &Dec) -> Option<i64> {
    if !a.is_integer() {
        return None;
    }
    if a.coefficient.is_zero() {
        return Some(0);
    }
    let size = if a.exponent >= 0 {
        if a.adjusted() > 18 {
            return None;
        }
        &a.coefficient * pow10(a.exponent)
    } else {
        &a.coefficient / pow10(-a.exponent)
    };
    let size = size.to_i64()?;
    Some(if a.negative { -size } else { size })
}

pub fn scaleb(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    let limit = 2 * (ctx.emax + ctx.prec);
    let by = if b.exponent == 0 && !b.is_infinite() {
        as_i64(b)
    } else {
        None
    };
    let Some(by) = by.filter(|by| (-limit..=limit).contains(by)) else {
        return invalid(status, INVALID_OPERATION);
    };
    if a.is_infinite() {
        return a.clone();
    }
    let mut x = a.clone();
    x.exponent += by;
    finalize(x, ctx, status)
}

/// The next number below or above.
pub fn next(a: &Dec, up: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    if a.is_infinite() {
        return if a.negative != up {
            a.clone()
        } else {
            largest(a.negative, ctx, status)
        };
    }
    let rounding = if up {
        Rounding::Ceiling
    } else {
        Rounding::Floor
    };
    let work = Ctx { rounding, ..*ctx };
    let mut own = 0;
    let rounded = finalize(a.clone(), &work, &mut own);
    if own & (INEXACT | NO_MEMORY) != 0 {
        *status |= own & NO_MEMORY;
        return rounded;
    }
    let tiny = Dec::small(!up, 1, ctx.etiny() - 1);
    let mut own = 0;
    let result = add(a, &tiny, &work, &mut own);
    *status |= own & NO_MEMORY;
    result
}

pub fn next_toward(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return nan;
    }
    let order = compare_finite(a, b);
    if order == Ordering::Equal {
        return a.clone().with_sign(b.negative);
    }
    let result = next(a, order == Ordering::Less, ctx, status);
    if result.is_infinite() {
        *status |= OVERFLOW | ROUNDED | INEXACT;
    } else if result.is_finite() && result.adjusted() < ctx.emin {
        *status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
        if result.is_zero() {
            *status |= CLAMPED;
        }
    }
    result
}

/// Exponents of powers modulo a number end in at most so many zeros.
const MAX_TENS: i64 = 100_000;

/// `a ** b % c` of whole numbers, exactly.
pub fn power_modulo(a: &Dec, b: &Dec, c: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a, b, c], ctx, status) {
        return nan;
    }
    let all_whole = a.is_integer() && b.is_integer() && c.is_integer();
    if !all_whole || (b.negative && !b.is_zero()) || c.is_zero() || (a.is_zero() && b.is_zero()) {
        return invalid(status, INVALID_OPERATION);
    }
    if c.adjusted() >= ctx.prec || b.exponent > MAX_TENS {
        return invalid(status, INVALID_OPERATION);
    }
    let whole = |x: &Dec| {
        if x.exponent >= 0 {
            &x.coefficient * pow10(x.exponent)
        } else {
            &x.coefficient / pow10(-x.exponent)
        }
    };
    let negative = a.negative && b.is_odd();
    let modulus = whole(c);
    let ten = BigUint::from(10_u32);
    let base = if a.exponent > 0 {
        &a.coefficient * ten.modpow(&BigUint::from(a.exponent.unsigned_abs()), &modulus)
    } else {
        whole(a)
    };
    // a ** (n * 10 ** k): a tenth power k times.
    let mut result = if b.exponent > 0 {
        base.modpow(&b.coefficient, &modulus)
    } else {
        base.modpow(&whole(b), &modulus)
    };
    for _ in 0..b.exponent {
        result = result.modpow(&ten, &modulus);
    }
    if modulus.is_one() {
        result = BigUint::zero();
    }
    // Not rounded: it has fewer digits than the modulus.
    Dec::finite(negative, result, 0)
}
