//! A decimal number, its context, and rounding one into the other (the General Decimal Arithmetic Specification, as libmpdec does it).
//!
//! Knows nothing of objects. Invariant: what `finalize` lets out has at most `prec` digits and an exponent in the context's range.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// Conditions, as bits of a status (libmpdec's numbers: lists of signals come in their order).
pub const CLAMPED: u32 = 0x1;
pub const CONVERSION_SYNTAX: u32 = 0x2;
pub const DIVISION_BY_ZERO: u32 = 0x4;
pub const DIVISION_IMPOSSIBLE: u32 = 0x8;
pub const DIVISION_UNDEFINED: u32 = 0x10;
pub const INEXACT: u32 = 0x40;
pub const INVALID_CONTEXT: u32 = 0x80;
pub const INVALID_OPERATION: u32 = 0x100;
pub const NO_MEMORY: u32 = 0x200;
pub const FLOAT_OPERATION: u32 = 0x400;
pub const OVERFLOW: u32 = 0x800;
pub const ROUNDED: u32 = 0x1000;
pub const SUBNORMAL: u32 = 0x2000;
pub const UNDERFLOW: u32 = 0x4000;
/// All that the signal InvalidOperation stands for.
pub const ANY_INVALID: u32 = CONVERSION_SYNTAX
    | DIVISION_IMPOSSIBLE
    | DIVISION_UNDEFINED
    | INVALID_CONTEXT
    | INVALID_OPERATION
    | NO_MEMORY
    | 0x20;

pub const MAX_PREC: i64 = 999_999_999_999_999_999;
pub const MAX_EMAX: i64 = 999_999_999_999_999_999;
pub const MIN_EMIN: i64 = -999_999_999_999_999_999;
pub const MIN_ETINY: i64 = MIN_EMIN - (MAX_PREC - 1);

/// Coefficients of more digits than this are refused with MemoryError, whatever the precision is.
pub const MAX_DIGITS: i64 = 20_000_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    Up05,
}

/// All of them by name, in the order of their numbers.
pub const ROUNDINGS: [(&str, Rounding); 8] = [
    ("ROUND_UP", Rounding::Up),
    ("ROUND_DOWN", Rounding::Down),
    ("ROUND_CEILING", Rounding::Ceiling),
    ("ROUND_FLOOR", Rounding::Floor),
    ("ROUND_HALF_UP", Rounding::HalfUp),
    ("ROUND_HALF_DOWN", Rounding::HalfDown),
    ("ROUND_HALF_EVEN", Rounding::HalfEven),
    ("ROUND_05UP", Rounding::Up05),
];

impl Rounding {
    pub fn name(self) -> &'static str {
        ROUNDINGS
            .iter()
            .find(|row| row.1 == self)
            .map_or("", |row| row.0)
    }
}

/// What a context says about numbers.
#[derive(Clone, Copy, Debug)]
pub struct Ctx {
    pub prec: i64,
    pub emax: i64,
    pub emin: i64,
    pub rounding: Rounding,
    pub capitals: bool,
    pub clamp: bool,
}

/// Holds every number there can be.
pub const MAX_CTX: Ctx = Ctx {
    prec: MAX_PREC,
    emax: MAX_EMAX,
    emin: MIN_EMIN,
    rounding: Rounding::HalfEven,
    capitals: true,
    clamp: false,
};

impl Ctx {
    pub fn etiny(&self) -> i64 {
        self.emin - (self.prec - 1)
    }

    pub fn etop(&self) -> i64 {
        self.emax - (self.prec - 1)
    }

    pub fn half_even(self) -> Ctx {
        Ctx {
            rounding: Rounding::HalfEven,
            ..self
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Finite,
    Infinite,
    Quiet,
    Signaling,
}

/// `(-1)**negative * coefficient * 10**exponent`; the coefficient of a NaN is its payload.
#[derive(Clone, Debug)]
pub struct Dec {
    pub negative: bool,
    pub kind: Kind,
    pub coefficient: BigUint,
    pub exponent: i64,
}

/// What was cut off, compared with half a unit of the last digit that stayed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    Nothing,
    Less,
    Half,
    More,
}

/// How many decimal digits; 1 for zero.
pub fn digits(n: &BigUint) -> i64 {
    if let Some(small) = n.to_u128() {
        return small.checked_ilog10().map_or(1, |log| i64::from(log) + 1);
    }
    let low = ((n.bits() - 1) as f64 * std::f64::consts::LOG10_2) as i64;
    // The estimate is the number of digits less one, or one below that.
    let low = (low - 1).max(0);
    let mut bound = pow10(low + 1);
    let mut count = low + 1;
    while *n >= bound {
        bound *= 10_u32;
        count += 1;
    }
    count
}

/// `10**n`; n is not negative, and bounded by the caller.
pub fn pow10(n: i64) -> BigUint {
    if n <= 38 {
        return BigUint::from(10_u128.pow(n.max(0) as u32));
    }
    BigUint::from(10_u32).pow(n.min(2 * MAX_DIGITS) as u32)
}

impl Dec {
    pub fn finite(negative: bool, coefficient: BigUint, exponent: i64) -> Dec {
        Dec {
            negative,
            kind: Kind::Finite,
            coefficient,
            exponent,
        }
    }

    pub fn small(negative: bool, coefficient: u32, exponent: i64) -> Dec {
        Dec::finite(negative, BigUint::from(coefficient), exponent)
    }

    pub fn zero(negative: bool) -> Dec {
        Dec::small(negative, 0, 0)
    }

    pub fn infinity(negative: bool) -> Dec {
        Dec {
            negative,
            kind: Kind::Infinite,
            coefficient: BigUint::zero(),
            exponent: 0,
        }
    }

    pub fn nan() -> Dec {
        Dec {
            negative: false,
            kind: Kind::Quiet,
            coefficient: BigUint::zero(),
            exponent: 0,
        }
    }

    pub fn from_i64(n: i64) -> Dec {
        Dec::finite(n < 0, BigUint::from(n.unsigned_abs()), 0)
    }

    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }

    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }

    pub fn is_signaling(&self) -> bool {
        self.kind == Kind::Signaling
    }

    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.coefficient.is_zero()
    }

    pub fn digits(&self) -> i64 {
        digits(&self.coefficient)
    }

    /// The exponent in scientific notation.
    pub fn adjusted(&self) -> i64 {
        self.exponent + self.digits() - 1
    }

    /// Without a fraction.
    pub fn is_integer(&self) -> bool {
        if !self.is_finite() {
            return false;
        }
        if self.exponent >= 0 || self.coefficient.is_zero() {
            return true;
        }
        -self.exponent < self.digits() && (&self.coefficient % pow10(-self.exponent)).is_zero()
    }

    /// A whole number that is odd.
    pub fn is_odd(&self) -> bool {
        if !self.is_integer() || self.exponent > 0 {
            return false;
        }
        if -self.exponent >= self.digits() {
            return false;
        }
        (&self.coefficient / pow10(-self.exponent)).is_odd()
    }

    pub fn with_sign(mut self, negative: bool) -> Dec {
        self.negative = negative;
        self
    }
}

/// Cuts the last digits off.
pub fn shift_right(n: &BigUint, count: i64) -> (BigUint, Rest) {
    if count <= 0 || n.is_zero() {
        return (n.clone(), Rest::Nothing);
    }
    if count > digits(n) {
        return (BigUint::zero(), Rest::Less);
    }
    let unit = pow10(count);
    let (kept, rest) = n.div_rem(&unit);
    let rest = if rest.is_zero() {
        Rest::Nothing
    } else {
        match (rest * 2_u32).cmp(&unit) {
            std::cmp::Ordering::Less => Rest::Less,
            std::cmp::Ordering::Equal => Rest::Half,
            std::cmp::Ordering::Greater => Rest::More,
        }
    };
    (kept, rest)
}

/// Appends zeros. Too many are refused.
pub fn shift_left(n: &BigUint, count: i64, status: &mut u32) -> BigUint {
    if n.is_zero() || count <= 0 {
        return n.clone();
    }
    if count > MAX_DIGITS {
        *status |= NO_MEMORY;
        return n.clone();
    }
    n * pow10(count)
}

/// Whether the digits that stay grow by one.
pub fn rounds_up(kept: &BigUint, rest: Rest, negative: bool, rounding: Rounding) -> bool {
    let last = || (kept % 10_u32).to_u32().unwrap_or(0);
    match rounding {
        Rounding::Down => false,
        Rounding::Up => rest != Rest::Nothing,
        Rounding::Ceiling => rest != Rest::Nothing && !negative,
        Rounding::Floor => rest != Rest::Nothing && negative,
        Rounding::HalfUp => matches!(rest, Rest::Half | Rest::More),
        Rounding::HalfDown => rest == Rest::More,
        Rounding::HalfEven => rest == Rest::More || (rest == Rest::Half && kept.is_odd()),
        Rounding::Up05 => rest != Rest::Nothing && matches!(last(), 0 | 5),
    }
}

/// The coefficient without its last digits, rounded; and whether something was lost.
pub fn rounded(n: &BigUint, count: i64, negative: bool, rounding: Rounding) -> (BigUint, bool) {
    let (mut kept, rest) = shift_right(n, count);
    if rounds_up(&kept, rest, negative, rounding) {
        kept += 1_u32;
    }
    (kept, rest != Rest::Nothing)
}

/// The largest number of a context, or infinity: what an overflow becomes.
fn overflowed(negative: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    *status |= OVERFLOW | INEXACT | ROUNDED;
    let infinite = match ctx.rounding {
        Rounding::Down | Rounding::Up05 => false,
        Rounding::Ceiling => !negative,
        Rounding::Floor => negative,
        _ => true,
    };
    if infinite {
        return Dec::infinity(negative);
    }
    largest(negative, ctx, status)
}

/// All nines.
pub fn largest(negative: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    if ctx.prec > MAX_DIGITS {
        *status |= NO_MEMORY;
        return Dec::nan();
    }
    Dec::finite(negative, pow10(ctx.prec) - BigUint::one(), ctx.etop())
}

fn finalize_zero(mut x: Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    let top = if ctx.clamp { ctx.etop() } else { ctx.emax };
    let exponent = x.exponent.min(top).max(ctx.etiny());
    if exponent != x.exponent {
        *status |= CLAMPED;
        x.exponent = exponent;
    }
    x
}

/// A payload of a NaN keeps its last digits.
fn finalize_nan(mut x: Dec, ctx: &Ctx) -> Dec {
    let room = ctx.prec - i64::from(ctx.clamp);
    if !x.coefficient.is_zero() && x.digits() > room {
        x.coefficient = if room <= 0 {
            BigUint::zero()
        } else {
            &x.coefficient % pow10(room)
        };
    }
    x
}

fn finalize_subnormal(mut x: Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    *status |= SUBNORMAL;
    let etiny = ctx.etiny();
    if x.exponent < etiny {
        let (kept, lost) = rounded(&x.coefficient, etiny - x.exponent, x.negative, ctx.rounding);
        x.coefficient = kept;
        x.exponent = etiny;
        *status |= ROUNDED;
        if lost {
            *status |= INEXACT | UNDERFLOW;
        }
        if x.coefficient.is_zero() {
            *status |= CLAMPED;
        }
    }
    x
}

/// Rounds a number to its context (`mpd_qfinalize`).
pub fn finalize(mut x: Dec, ctx: &Ctx, status: &mut u32) -> Dec {
    match x.kind {
        Kind::Infinite => return x,
        Kind::Quiet | Kind::Signaling => return finalize_nan(x, ctx),
        Kind::Finite if x.coefficient.is_zero() => return finalize_zero(x, ctx, status),
        Kind::Finite => {}
    }
    let count = x.digits();
    let adjusted = x.exponent + count - 1;
    if adjusted > ctx.emax {
        return overflowed(x.negative, ctx, status);
    }
    if ctx.clamp && x.exponent > ctx.etop() {
        x.coefficient = shift_left(&x.coefficient, x.exponent - ctx.etop(), status);
        x.exponent = ctx.etop();
        *status |= CLAMPED;
        if adjusted < ctx.emin {
            *status |= SUBNORMAL;
        }
        return x;
    }
    if adjusted < ctx.emin {
        return finalize_subnormal(x, ctx, status);
    }
    if count > ctx.prec {
        let drop = count - ctx.prec;
        let (mut kept, lost) = rounded(&x.coefficient, drop, x.negative, ctx.rounding);
        let mut exponent = x.exponent + drop;
        if digits(&kept) > ctx.prec {
            kept /= 10_u32;
            exponent += 1;
        }
        *status |= ROUNDED;
        if lost {
            *status |= INEXACT;
        }
        x.coefficient = kept;
        x.exponent = exponent;
        if x.adjusted() > ctx.emax {
            return overflowed(x.negative, ctx, status);
        }
    }
    x
}

/// An invalid operation: a NaN.
pub fn invalid(status: &mut u32, condition: u32) -> Dec {
    *status |= condition;
    Dec::nan()
}

/// The NaN that comes out if one of the operands is one: the first signaling one, else the first.
pub fn nan_of(operands: &[&Dec], ctx: &Ctx, status: &mut u32) -> Option<Dec> {
    let first = operands
        .iter()
        .find(|x| x.is_signaling())
        .or_else(|| operands.iter().find(|x| x.is_nan()))?;
    if first.is_signaling() {
        *status |= INVALID_OPERATION;
    }
    let mut result = (*first).clone();
    result.kind = Kind::Quiet;
    Some(finalize_nan(result, ctx))
}
