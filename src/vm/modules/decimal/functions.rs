//! Square root, exponential function, logarithms, powers.
//!
//! `exp`, `ln` and `log10` are rounded correctly: computed in binary fixed point with some digits more than wanted, and again with yet
//! more as long as the digits do not tell on which side of a half the result lies. Powers are computed from those, as in libmpdec.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_integer::{Integer, Roots};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::arith::{compare_sizes, divide, multiply, only_if_exact, without_zeros};
use super::number::*;

/// More digits than this are not computed for transcendental functions.
const MAX_WORK_DIGITS: i64 = 1_000_000;
/// Digits more than wanted at the first try.
const FIRST_EXTRA: i64 = 6;
/// How far off the last digit of an approximation may be.
const TOLERANCE: u32 = 16;

pub fn sqrt(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    let ctx = ctx.half_even();
    let ideal = a.exponent.div_euclid(2);
    if a.is_zero() {
        return finalize(Dec::small(a.negative, 0, ideal), &ctx, status);
    }
    if a.negative {
        return invalid(status, INVALID_OPERATION);
    }
    if a.is_infinite() {
        return a.clone();
    }
    if ctx.prec > MAX_DIGITS / 4 {
        return only_if_exact(a.digits(), &ctx, status, |work, own| sqrt(a, work, own));
    }
    // An even exponent, and a coefficient whose root has one digit more than wanted.
    let (mut n, length) = if a.exponent.is_odd() {
        (&a.coefficient * 10_u32, a.digits() / 2 + 1)
    } else {
        (a.coefficient.clone(), (a.digits() + 1) / 2)
    };
    let shift = ctx.prec + 1 - length;
    let mut exact = true;
    if shift >= 0 {
        n *= pow10(2 * shift);
    } else {
        let (quotient, rest) = n.div_rem(&pow10(-2 * shift));
        exact = rest.is_zero();
        n = quotient;
    }
    let mut root = n.sqrt();
    exact = exact && &root * &root == n;
    let mut exponent = ideal - shift;
    if exact {
        (root, exponent) = without_zeros(root, exponent, ideal);
        if exponent > ideal {
            root *= pow10(exponent - ideal);
            exponent = ideal;
        }
    } else if (&root % 5_u32).is_zero() {
        root += 1_u32;
    }
    finalize(Dec::finite(false, root, exponent), &ctx, status)
}

/// Bits that hold so many decimal digits, and some to spare.
fn bits_for(digits: i64) -> u64 {
    (digits as f64 * std::f64::consts::LOG2_10) as u64 + 64
}

/// atanh(1/n) in fixed point.
fn atanh_of_inverse(n: u32, bits: u64) -> BigInt {
    let square = n * n;
    let mut power = (BigInt::one() << bits) / n;
    let mut sum = power.clone();
    let mut odd = 1_u32;
    while !power.is_zero() {
        power /= square;
        odd += 2;
        sum += &power / odd;
    }
    sum
}

/// ln(10) in fixed point, off by at most one unit.
fn ln10(bits: u64) -> BigInt {
    let work = bits + 32;
    let sum = atanh_of_inverse(31, work) * 46
        + atanh_of_inverse(49, work) * 34
        + atanh_of_inverse(161, work) * 20;
    sum >> 32
}

/// e**r in fixed point for r from 0 to below 2.4.
fn exp_fixed(r: &BigInt, bits: u64) -> BigInt {
    let halvings = bits.sqrt();
    let work = bits + 2 * halvings + 32;
    let small = (r << (work - bits)) >> halvings;
    let one = BigInt::one() << work;
    let (mut term, mut sum, mut n) = (one.clone(), one, 1_u32);
    while !term.is_zero() {
        term = ((term * &small) >> work) / n;
        sum += &term;
        n += 1;
    }
    for _ in 0..halvings {
        sum = (&sum * &sum) >> work;
    }
    sum >> (work - bits)
}

/// ln(n / 10**places) in fixed point, for a quotient between 0.3 and 3.2.
fn ln_fixed(n: &BigUint, places: i64, bits: u64) -> BigInt {
    let roots = bits.sqrt() / 2 + 1;
    let work = bits + 2 * roots + 32;
    let one = BigInt::one() << work;
    let mut m = (BigInt::from(n.clone()) << work) / BigInt::from(pow10(places));
    for _ in 0..roots {
        m = (m << work).sqrt();
    }
    // 2 * atanh((m - 1) / (m + 1))
    let z = ((&m - &one) << work) / (&m + &one);
    let square = (&z * &z) >> work;
    let (mut power, mut sum, mut odd) = (z.clone(), z, 1_u32);
    while !power.is_zero() && odd < u32::MAX - 2 {
        power = (power * &square) >> work;
        if power == -BigInt::one() {
            break;
        }
        odd += 2;
        sum += &power / odd;
    }
    (sum << (roots + 1)) >> (work - bits)
}

/// Makes a number of an approximation in fixed point if its digits say how to round it to `prec` of them.
fn decided(value: &BigInt, bits: u64, places: i64, exponent: i64, prec: i64) -> Option<Dec> {
    let n = (value.magnitude() * pow10(places)) >> bits;
    let count = digits(&n);
    if count <= prec + 1 {
        return None;
    }
    let unit = pow10(count - prec);
    let tail = &n % &unit;
    let half = unit / 2_u32;
    let apart = if tail > half {
        tail - half
    } else {
        half - tail
    };
    if apart <= BigUint::from(TOLERANCE) {
        return None;
    }
    // A last digit that shows that there is more.
    Some(Dec::finite(
        value.is_negative(),
        n * 10_u32 + 1_u32,
        exponent - places - 1,
    ))
}

/// Tries with more and more digits.
fn until_decided(ctx: &Ctx, status: &mut u32, attempt: impl Fn(i64) -> Option<Dec>) -> Dec {
    let mut extra = FIRST_EXTRA;
    while ctx.prec + extra <= MAX_WORK_DIGITS {
        if let Some(result) = attempt(ctx.prec + extra) {
            return finalize(result, ctx, status);
        }
        extra *= 2;
    }
    *status |= NO_MEMORY;
    Dec::nan()
}

/// Digits of a machine integer.
fn length(n: i128) -> i64 {
    n.unsigned_abs()
        .checked_ilog10()
        .map_or(1, |log| i64::from(log) + 1)
}

pub fn exp(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return nan;
    }
    if a.is_infinite() {
        return if a.negative {
            Dec::zero(false)
        } else {
            a.clone()
        };
    }
    if a.is_zero() {
        return Dec::small(false, 1, 0);
    }
    let ctx = ctx.half_even();
    let (prec, adjusted) = (ctx.prec, a.adjusted());
    if prec > MAX_WORK_DIGITS {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    if !a.negative && adjusted > length((i128::from(ctx.emax) + 1) * 3) {
        return finalize(Dec::small(false, 1, ctx.emax + 1), &ctx, status);
    }
    if a.negative && adjusted > length((1 - i128::from(ctx.etiny())) * 3) {
        return finalize(Dec::small(false, 1, ctx.etiny() - 1), &ctx, status);
    }
    if !a.negative && adjusted < -prec {
        return finalize(
            Dec::finite(false, pow10(prec + 1) + 1_u32, -prec - 1),
            &ctx,
            status,
        );
    }
    if a.negative && adjusted < -prec - 1 {
        return finalize(
            Dec::finite(false, pow10(prec + 2) - 1_u32, -prec - 2),
            &ctx,
            status,
        );
    }
    until_decided(&ctx, status, |places| exp_attempt(a, places, &ctx))
}

fn exp_attempt(a: &Dec, places: i64, ctx: &Ctx) -> Option<Dec> {
    /// Powers of ten are counted in numbers of up to so many bits.
    const COUNT_BITS: u64 = 96;
    let bits = bits_for(places);
    let wide = bits + COUNT_BITS;
    let n = BigInt::from(a.coefficient.clone());
    let x = if a.exponent >= 0 {
        (n * BigInt::from(pow10(a.exponent))) << wide
    } else {
        (n << wide) / BigInt::from(pow10(-a.exponent))
    };
    let x = if a.negative { -x } else { x };
    let (tens, rest) = x.div_mod_floor(&ln10(wide));
    let y = exp_fixed(&(rest >> COUNT_BITS), bits);
    // Beyond these the result is too large or too small in any case.
    let tens = tens
        .to_i64()
        .unwrap_or(if a.negative { i64::MIN } else { i64::MAX });
    let tens = tens.clamp(ctx.etiny() - 10, ctx.emax + 10);
    decided(&y, bits, places, tens, ctx.prec)
}

/// A positive number as `n / 10**places * 10**tens`, the quotient between 0.3 and 3.2.
fn near_one(a: &Dec) -> (BigUint, i64, i64) {
    let count = a.digits();
    let lead = if count <= 3 {
        &a.coefficient * pow10(3 - count)
    } else {
        &a.coefficient / pow10(count - 3)
    };
    if lead < BigUint::from(316_u32) {
        (a.coefficient.clone(), count - 1, a.exponent + count - 1)
    } else {
        (a.coefficient.clone(), count, a.exponent + count)
    }
}

/// How many places a logarithm needs more because it is small: the number is near 1.
fn places_lost(n: &BigUint, places: i64, tens: i64) -> i64 {
    if tens != 0 {
        return 0;
    }
    let one = pow10(places);
    let apart = if *n > one { n - one } else { one - n };
    (places - digits(&apart) + 1).max(0)
}

/// What all logarithms have in common: `None` if it is to be computed.
fn special_log(a: &Dec, ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    if let Some(nan) = nan_of(&[a], ctx, status) {
        return Some(nan);
    }
    if a.is_zero() {
        return Some(Dec::infinity(true));
    }
    if a.negative {
        return Some(invalid(status, INVALID_OPERATION));
    }
    if a.is_infinite() {
        return Some(a.clone());
    }
    if ctx.prec > MAX_WORK_DIGITS && a.coefficient != pow10(a.digits() - 1) {
        *status |= NO_MEMORY;
        return Some(Dec::nan());
    }
    None
}

pub fn ln(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_log(a, ctx, status) {
        return special;
    }
    if compare_sizes(a, &Dec::small(false, 1, 0)) == Ordering::Equal {
        return Dec::zero(false);
    }
    let ctx = ctx.half_even();
    let (n, below, tens) = near_one(a);
    until_decided(&ctx, status, |places| {
        let places = places + places_lost(&n, below, tens);
        let bits = bits_for(places);
        // Room for the number of tens.
        let wide = bits + 64;
        let y = ln_fixed(&n, below, wide) + ln10(wide) * tens;
        decided(&(y >> 64), bits, places, 0, ctx.prec)
    })
}

pub fn log10(a: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    if let Some(special) = special_log(a, ctx, status) {
        return special;
    }
    let ctx = ctx.half_even();
    if a.coefficient == pow10(a.digits() - 1) {
        return finalize(Dec::from_i64(a.adjusted()), &ctx, status);
    }
    let (n, below, tens) = near_one(a);
    until_decided(&ctx, status, |places| {
        let places = places + places_lost(&n, below, tens);
        let bits = bits_for(places);
        let wide = bits + 64;
        let y = (ln_fixed(&n, below, wide) << wide) / ln10(wide) + (BigInt::from(tens) << wide);
        decided(&(y >> 64), bits, places, 0, ctx.prec)
    })
}

/// `1` with as many zeros as the precision has room for.
fn long_one(negative: bool, shift: i64, status: &mut u32) -> Dec {
    let n = shift_left(&BigUint::one(), shift, status);
    Dec::finite(negative, n, -shift)
}

fn special_power(a: &Dec, b: &Dec, negative: bool, ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    if let Some(nan) = nan_of(&[a, b], ctx, status) {
        return Some(nan);
    }
    if a.is_zero() {
        return Some(if b.is_zero() {
            invalid(status, INVALID_OPERATION)
        } else if b.negative {
            Dec::infinity(negative)
        } else {
            Dec::zero(negative)
        });
    }
    if a.negative && !b.is_integer() {
        return Some(invalid(status, INVALID_OPERATION));
    }
    if b.is_infinite() {
        let order = compare_sizes(a, &Dec::small(false, 1, 0));
        return Some(match if b.negative { order.reverse() } else { order } {
            Ordering::Equal => {
                *status |= INEXACT | ROUNDED;
                long_one(negative, ctx.prec - 1, status)
            }
            Ordering::Less => Dec::zero(negative),
            Ordering::Greater => Dec::infinity(negative),
        });
    }
    if b.is_zero() {
        return Some(Dec::small(negative, 1, 0));
    }
    if a.is_infinite() {
        return Some(if b.negative {
            Dec::zero(negative)
        } else {
            Dec::infinity(negative)
        });
    }
    None
}

/// A power of one, of whatever sign and however many zeros.
fn power_of_one(a: &Dec, b: &Dec, negative: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    if !b.is_integer() {
        *status |= INEXACT | ROUNDED;
        return long_one(negative, ctx.prec - 1, status);
    }
    if b.negative {
        return Dec::small(negative, 1, 0);
    }
    let zeros = super::arith::as_i64(b).and_then(|n| n.checked_mul(-a.exponent));
    let zeros = match zeros {
        Some(zeros) if zeros < ctx.prec => zeros,
        None if a.exponent == 0 => 0,
        _ => {
            *status |= ROUNDED;
            ctx.prec - 1
        }
    };
    long_one(negative, zeros, status)
}

/// An r such that the logarithm of a number to the base of ten is, without its sign, at least `10**r`.
fn log10_bound(a: &Dec) -> i64 {
    let adjusted = a.adjusted();
    if adjusted >= 1 {
        return length(i128::from(adjusted)) - 1;
    }
    if adjusted <= -2 {
        return length(i128::from(adjusted + 1)) - 1;
    }
    // Between 0.1 and 10: by the distance from one.
    let one = pow10(-a.exponent);
    let apart = if a.coefficient > one {
        &a.coefficient - one
    } else {
        one - &a.coefficient
    };
    a.exponent + digits(&apart) - 2
}

/// A power that is certainly too large or too small for the context.
fn out_of_bounds(a: &Dec, b: &Dec, negative: bool, ctx: &Ctx) -> Option<Dec> {
    let bound = log10_bound(a) + b.adjusted();
    let grows = (compare_sizes(a, &Dec::small(false, 1, 0)) != Ordering::Less) != b.negative;
    let (limit, beyond) = if grows {
        (ctx.emax, ctx.emax + 1)
    } else {
        (ctx.etiny(), ctx.etiny() - 1)
    };
    (bound > length(i128::from(limit))).then(|| Dec::small(negative, 1, beyond))
}

/// By squaring, from the highest bit of the exponent on, each product rounded to some digits more.
fn whole_power(a: &Dec, b: &Dec, negative: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    let mut work = Ctx {
        prec: ctx.prec + b.digits() + b.exponent + 2,
        clamp: false,
        ..ctx.half_even()
    };
    let mut base = a.clone();
    if b.negative {
        work.prec += 1;
        base = divide(&Dec::small(false, 1, 0), a, &work, status);
    }
    let n = if b.exponent >= 0 {
        &b.coefficient * pow10(b.exponent)
    } else {
        &b.coefficient / pow10(-b.exponent)
    };
    let mut result = base.clone();
    let mut own = 0;
    for bit in (0..n.bits() - 1).rev() {
        result = multiply(&result, &result, &work, &mut own);
        if n.bit(bit) {
            result = multiply(&result, &base, &work, &mut own);
        }
        if !result.is_finite() || (result.is_zero() && own & CLAMPED != 0) {
            break;
        }
    }
    *status |= own;
    if result.is_infinite() {
        result = Dec::small(negative, 1, ctx.emax + 1);
    }
    finalize(result.with_sign(negative), ctx, status)
}

fn real_power(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    /// Room for the digits of an exponent of ten, and four more.
    const MORE: i64 = 23;
    let work = Ctx {
        prec: a.digits().max(ctx.prec) + MORE,
        clamp: false,
        ..ctx.half_even()
    };
    let mut own = 0;
    let log = ln(a, &work, &mut own);
    let product = multiply(&log, b, &work, &mut own);
    // What the last step says shows; that the product was too small does not.
    let mut shown = 0;
    let mut result = exp(&product, &work, &mut shown);
    let vanished = result.is_finite() && result.is_zero();
    if vanished {
        shown &= !CLAMPED;
    }
    *status |= own & (ANY_INVALID | DIVISION_BY_ZERO | NO_MEMORY) | shown | INEXACT | ROUNDED;
    if result.is_infinite() {
        result = Dec::small(false, 1, ctx.emax + 1);
    } else if vanished {
        // Rounding away from zero leaves something of it.
        result = Dec::small(false, 1, ctx.etiny() - 1);
    } else if result.is_finite()
        && compare_sizes(&result, &Dec::small(false, 1, 0)) == Ordering::Equal
    {
        result = long_one(false, ctx.prec - 1, status);
    }
    finalize(result, ctx, status)
}

pub fn power(a: &Dec, b: &Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let negative = a.negative && b.is_odd();
    if let Some(special) = special_power(a, b, negative, ctx, status) {
        return special;
    }
    if ctx.prec > MAX_WORK_DIGITS && !b.is_integer() {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    if compare_sizes(a, &Dec::small(false, 1, 0)) == Ordering::Equal {
        return power_of_one(a, b, negative, ctx, status);
    }
    if let Some(beyond) = out_of_bounds(a, b, negative, ctx) {
        return finalize(beyond, ctx, status);
    }
    if b.is_integer() {
        whole_power(a, b, negative, ctx, status)
    } else {
        real_power(a, b, ctx, status)
    }
}
