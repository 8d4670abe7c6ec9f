//! Arithmetic of int, of any size (`Objects/longobject.c`).
//!
//! Machine integers first, `BigInt` when operands or result do not fit. Knows nothing of other types: an operand that is no int gets
//! NotImplemented. Invariant: a `BigInt` on the heap never holds what fits an `i64` (`new_big_int` sees to it).

use std::borrow::Cow;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::bytecode::opcode::Op;
use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};

/// Results of more bits than this raise MemoryError: half a gigabyte for one number.
const MAX_BITS: u64 = 1 << 32;

/// Bits of a digit of CPython's ints (`PyLong_SHIFT`).
const DIGIT_BITS: i64 = 30;
/// `MAX_LONG_DIGITS` of `Objects/longobject.c`.
const MAX_LONG_DIGITS: u128 = 2_305_843_009_213_693_945;

/// Digits of a double's fraction (`DBL_MANT_DIG`).
const MANTISSA_BITS: u64 = 53;

/// An int's value without copying a large one. `None` if the object is no int.
pub fn big(vm: &Machine, o: Obj) -> Option<Cow<'_, BigInt>> {
    match vm.heap.base(o) {
        Payload::Int(i) => Some(Cow::Owned(BigInt::from(*i))),
        Payload::Bool(b) => Some(Cow::Owned(BigInt::from(u8::from(*b)))),
        Payload::BigInt(b) => Some(Cow::Borrowed(&**b)),
        _ => None,
    }
}

/// A machine integer as a double, if that loses nothing.
#[inline(always)]
pub fn exact_f64(i: i64) -> Option<f64> {
    (i.unsigned_abs() <= 1 << MANTISSA_BITS).then_some(i as f64)
}

/// What operators give on machine integers, if operands and result are ordinary; `None` leaves it to the slots.
#[inline]
pub fn fast(op: Op, x: i64, y: i64) -> Option<i64> {
    match op {
        Op::BinaryAdd | Op::InplaceAdd => x.checked_add(y),
        Op::BinarySubtract | Op::InplaceSubtract => x.checked_sub(y),
        Op::BinaryMultiply | Op::InplaceMultiply => x.checked_mul(y),
        Op::BinaryModulo | Op::InplaceModulo => small_mod(x, y),
        Op::BinaryFloorDivide | Op::InplaceFloorDivide => small_floor_div(x, y),
        Op::BinaryAnd | Op::InplaceAnd => Some(x & y),
        Op::BinaryOr | Op::InplaceOr => Some(x | y),
        Op::BinaryXor | Op::InplaceXor => Some(x ^ y),
        Op::BinaryRshift | Op::InplaceRshift => (0..64).contains(&y).then(|| x >> y),
        Op::BinaryLshift | Op::InplaceLshift => small_lshift(x, y),
        Op::BinaryPower | Op::InplacePower => small_pow(x, y),
        _ => None,
    }
}

#[inline]
fn small_floor_div(x: i64, y: i64) -> Option<i64> {
    let quotient = x.checked_div(y)?;
    Some(if x % y != 0 && (x < 0) != (y < 0) {
        quotient - 1
    } else {
        quotient
    })
}

#[inline]
fn small_mod(x: i64, y: i64) -> Option<i64> {
    let rest = x.checked_rem(y)?;
    Some(if rest != 0 && (rest < 0) != (y < 0) {
        rest + y
    } else {
        rest
    })
}

fn small_lshift(x: i64, y: i64) -> Option<i64> {
    let shift = u32::try_from(y).ok().filter(|y| *y < 63)?;
    x.checked_mul(1_i64.checked_shl(shift)?)
}

fn small_pow(x: i64, y: i64) -> Option<i64> {
    x.checked_pow(u32::try_from(y).ok()?)
}

/// Both operands as ints: by the first function if it has an answer, else by the second. NotImplemented if one is no int.
fn arith(
    vm: &mut Machine,
    a: Obj,
    b: Obj,
    small: fn(i64, i64) -> Option<i64>,
    large: fn(&BigInt, &BigInt) -> BigInt,
) -> PyResult<Obj> {
    if let (Some(x), Some(y)) = (vm.as_i64(a), vm.as_i64(b))
        && let Some(result) = small(x, y)
    {
        return Ok(vm.new_int(result));
    }
    let result = match (big(vm, a), big(vm, b)) {
        (Some(x), Some(y)) => large(&x, &y),
        _ => return Ok(vm.new_not_implemented()),
    };
    Ok(vm.new_big_int(result))
}

/// A large int and a small one, in this order, if exactly one is large; true if they were the other way round.
fn large_and_small(vm: &Machine, a: Obj, b: Obj) -> Option<(&BigInt, i64, bool)> {
    match (vm.heap.base(a), vm.heap.base(b)) {
        (Payload::BigInt(x), Payload::Int(y)) => Some((x, *y, false)),
        (Payload::Int(x), Payload::BigInt(y)) => Some((y, *x, true)),
        _ => None,
    }
}

pub fn add(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if let Some((x, y, _)) = large_and_small(vm, a, b) {
        let sum = x + y;
        return Ok(vm.new_big_int(sum));
    }
    if let (Payload::BigInt(x), Payload::BigInt(y)) = (vm.heap.base(a), vm.heap.base(b)) {
        let sum = &**x + &**y;
        return Ok(vm.new_big_int(sum));
    }
    arith(vm, a, b, i64::checked_add, |x, y| x + y)
}

pub fn subtract(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if let Some((x, y, false)) = large_and_small(vm, a, b) {
        let difference = x - y;
        return Ok(vm.new_big_int(difference));
    }
    arith(vm, a, b, i64::checked_sub, |x, y| x - y)
}

pub fn multiply(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if let Some((x, y, _)) = large_and_small(vm, a, b)
        && x.bits() < MAX_BITS / 2
    {
        let product = if y == 0 { BigInt::zero() } else { x * y };
        return Ok(vm.new_big_int(product));
    }
    if let (Some(x), Some(y)) = (big(vm, a), big(vm, b))
        && x.bits() + y.bits() > MAX_BITS
    {
        return vm.raise_bare(vm.types.memory_error);
    }
    arith(vm, a, b, i64::checked_mul, |x, y| x * y)
}

fn is_zero(vm: &Machine, o: Obj) -> bool {
    vm.as_i64(o) == Some(0)
}

fn are_ints(vm: &Machine, a: Obj, b: Obj) -> bool {
    vm.is_int(a) && vm.is_int(b)
}

/// Raises ZeroDivisionError if the divisor is zero; both are ints.
fn check_divisor(vm: &mut Machine, b: Obj) -> PyResult<()> {
    if is_zero(vm, b) {
        return vm.raise(
            vm.types.zero_division_error,
            "integer division or modulo by zero".to_string(),
        );
    }
    Ok(())
}

pub fn floor_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if are_ints(vm, a, b) {
        check_divisor(vm, b)?;
    }
    if let (Payload::BigInt(x), Payload::BigInt(y)) = (vm.heap.base(a), vm.heap.base(b))
        && let Some(quotient) = short_quotient(x, y)
    {
        return Ok(vm.new_int(quotient));
    }
    arith(vm, a, b, small_floor_div, |x, y| x.div_floor(y))
}

/// The quotient of two large ints of the same sign if it is short, and their leading bits decide it alone; the general
/// algorithm takes time in the square of the length, or worse, whatever the quotient.
fn short_quotient(x: &BigInt, y: &BigInt) -> Option<i64> {
    const MOST: u64 = 60;
    let (bits, divisor_bits) = (x.bits(), y.bits());
    if x.sign() != y.sign() || divisor_bits <= 64 || bits > divisor_bits + MOST {
        return None;
    }
    if bits < divisor_bits {
        return Some(0);
    }
    let shift = divisor_bits - 64;
    let (x, y) = (leading(x, shift), leading(y, shift));
    // The true divisor lies from y up to y + 1, in units of the shift; the dividend is less than x + 1.
    let (least, most) = (x / (y + 1), x / y);
    if least != most {
        return None;
    }
    i64::try_from(least).ok()
}

/// The magnitude without its lowest bits; what is left fits.
fn leading(n: &BigInt, shift: u64) -> u128 {
    let mut digits = n.magnitude().iter_u64_digits();
    let first = (shift / 64) as usize;
    let mut parts = [0_u128; 3];
    for place in (first..digits.len()).rev() {
        if let (Some(part), Some(digit)) = (parts.get_mut(place - first), digits.next_back()) {
            *part = u128::from(digit);
        }
    }
    let [low, middle, high] = parts;
    match shift % 64 {
        0 => low | middle << 64,
        rest => (low | middle << 64) >> rest | high << (128 - rest),
    }
}

pub fn remainder(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if are_ints(vm, a, b) {
        check_divisor(vm, b)?;
    }
    arith(vm, a, b, small_mod, |x, y| x.mod_floor(y))
}

pub fn divmod(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !are_ints(vm, a, b) {
        return Ok(vm.new_not_implemented());
    }
    check_divisor(vm, b)?;
    let (x, y) = int_values(vm, a, b);
    let (quotient, rest) = x.div_mod_floor(&y);
    let (quotient, rest) = (vm.new_big_int(quotient), vm.new_big_int(rest));
    Ok(vm.new_tuple(vec![quotient, rest]))
}

/// Copies of two ints' values; anything else counts as zero.
fn int_values(vm: &Machine, a: Obj, b: Obj) -> (BigInt, BigInt) {
    (
        vm.as_int(a).unwrap_or_default(),
        vm.as_int(b).unwrap_or_default(),
    )
}

pub fn true_divide(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !are_ints(vm, a, b) {
        return Ok(vm.new_not_implemented());
    }
    if is_zero(vm, b) {
        return vm.raise(vm.types.zero_division_error, "division by zero".to_string());
    }
    let exact = |o| vm.as_i64(o).and_then(exact_f64);
    if let (Some(x), Some(y)) = (exact(a), exact(b)) {
        return Ok(vm.new_float(x / y));
    }
    let (x, y) = int_values(vm, a, b);
    let quotient = divide_rounded(&x, &y);
    if quotient.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "integer division result too large for a float".to_string(),
        );
    }
    Ok(vm.new_float(quotient))
}

/// The double nearest to x / y, halves to even; infinite if it is too large (`long_true_divide`).
pub fn divide_rounded(x: &BigInt, y: &BigInt) -> f64 {
    if x.is_zero() {
        return if y.is_negative() { -0.0 } else { 0.0 };
    }
    let negative = x.is_negative() != y.is_negative();
    let (x, y) = (x.magnitude(), y.magnitude());
    // Enough quotient bits for the mantissa, one to round by, and a sticky one.
    let shift = MANTISSA_BITS as i64 + 2 - (x.bits() as i64 - y.bits() as i64);
    let (quotient, rest) = if shift >= 0 {
        (x << shift as u64).div_rem(y)
    } else {
        x.div_rem(&(y << (-shift) as u64))
    };
    let sticky = u64::from(!rest.is_zero());
    let quotient = quotient.to_u64().map_or(u64::MAX, |q| q | sticky);
    let value = scale_rounded(quotient, -shift);
    if negative { -value } else { value }
}

/// `mantissa * 2**exponent` with one rounding, halves to even; the mantissa's lowest bit is sticky.
pub fn scale_rounded(mantissa: u64, exponent: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let bits = 64 - i64::from(mantissa.leading_zeros());
    let top = bits + exponent;
    if top > 1024 {
        return f64::INFINITY;
    }
    // Subnormal results have fewer bits: round here, once, before scaling.
    let keep = (top + 1074).min(MANTISSA_BITS as i64);
    let drop = bits - keep;
    if drop <= 0 {
        return ldexp(mantissa as f64, exponent);
    }
    if drop > 64 {
        return 0.0;
    }
    let (kept, rest) = if drop == 64 {
        (0, mantissa)
    } else {
        (mantissa >> drop, mantissa & ((1_u64 << drop) - 1))
    };
    let half = 1_u64 << (drop - 1);
    let up = rest > half || (rest == half && kept & 1 == 1);
    ldexp((kept + u64::from(up)) as f64, exponent + drop)
}

/// `x * 2**exponent`; exact unless it overflows, or x has more bits than a subnormal result can keep.
pub fn ldexp(mut x: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 {
        x *= f64::from_bits((1000 + 1023) << 52);
        exponent -= 1000;
        if x.is_infinite() || x == 0.0 {
            return x;
        }
    }
    while exponent < -1000 {
        // Scaling up by a power of two first keeps a normal number normal until the last step.
        if exponent < -3000 {
            return 0.0_f64.copysign(x);
        }
        x *= f64::from_bits((1023 - 1000) << 52);
        exponent += 1000;
    }
    x * f64::from_bits(((1023 + exponent) as u64) << 52)
}

/// An int as the nearest double (`PyLong_AsDouble`).
pub fn to_f64(vm: &mut Machine, o: Obj) -> PyResult<f64> {
    if let Some(i) = vm.as_i64(o) {
        return Ok(i as f64);
    }
    let value = big(vm, o).map_or(0.0, |b| big_to_f64(&b));
    if value.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "int too large to convert to float".to_string(),
        );
    }
    Ok(value)
}

/// The nearest double; infinite if there is none.
pub fn big_to_f64(b: &BigInt) -> f64 {
    let bits = b.bits();
    let value = if bits <= 64 {
        b.magnitude().to_u64().map_or(f64::INFINITY, |m| m as f64)
    } else {
        let shift = bits - 64;
        let top = b.magnitude() >> shift;
        let sticky = b
            .magnitude()
            .trailing_zeros()
            .is_some_and(|zeros| zeros < shift);
        scale_rounded(
            top.to_u64().map_or(u64::MAX, |t| t | u64::from(sticky)),
            shift as i64,
        )
    };
    if b.is_negative() { -value } else { value }
}

pub fn power(vm: &mut Machine, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
    if !are_ints(vm, a, b) || (modulus != vm.none && !vm.is_int(modulus)) {
        return Ok(vm.new_not_implemented());
    }
    if modulus != vm.none {
        return power_modulo(vm, a, b, modulus);
    }
    if vm.int_is_negative(b) {
        // As floats: 2 ** -1 is 0.5.
        let (x, y) = (to_f64(vm, a)?, to_f64(vm, b)?);
        return super::float_arith::power_of(vm, x, y);
    }
    if let (Some(x), Some(y)) = (vm.as_i64(a), vm.as_i64(b))
        && let Some(result) = small_pow(x, y)
    {
        return Ok(vm.new_int(result));
    }
    let (base, exponent) = int_values(vm, a, b);
    if base.magnitude().is_one() || base.is_zero() {
        let result = if base.is_negative() && exponent.is_even() {
            -base
        } else {
            base
        };
        return Ok(vm.new_big_int(result));
    }
    match exponent
        .to_u64()
        .filter(|e| (base.bits() - 1).saturating_mul(*e) <= MAX_BITS)
    {
        Some(exponent) => {
            let result = num_traits::Pow::pow(&base, exponent);
            Ok(vm.new_big_int(result))
        }
        None => vm.raise_bare(vm.types.memory_error),
    }
}

/// `pow(a, b, c)`; a negative exponent wants the inverse modulo c.
fn power_modulo(vm: &mut Machine, a: Obj, b: Obj, c: Obj) -> PyResult<Obj> {
    let (mut base, mut exponent) = int_values(vm, a, b);
    let modulus = vm.as_int(c).unwrap_or_default();
    if modulus.is_zero() {
        return vm.value_error("pow() 3rd argument cannot be 0");
    }
    let positive = modulus.abs();
    if exponent.is_negative() {
        let gcd = base.mod_floor(&positive).extended_gcd(&positive);
        if !gcd.gcd.is_one() {
            return vm.value_error("base is not invertible for the given modulus");
        }
        base = gcd.x;
        exponent = -exponent;
    }
    let mut result = base.mod_floor(&positive).modpow(&exponent, &positive);
    if modulus.is_negative() && !result.is_zero() {
        result += modulus;
    }
    Ok(vm.new_big_int(result))
}

pub fn lshift(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !are_ints(vm, a, b) {
        return Ok(vm.new_not_implemented());
    }
    if vm.int_is_negative(b) {
        return vm.value_error("negative shift count");
    }
    if is_zero(vm, a) {
        return Ok(vm.new_int(0));
    }
    let (x, y) = int_values(vm, a, b);
    // `_PyLong_New` refuses more digits than fit an address space before it asks for memory.
    if y.to_u128()
        .is_none_or(|y| y / DIGIT_BITS as u128 > MAX_LONG_DIGITS)
    {
        return vm.raise(
            vm.types.overflow_error,
            "too many digits in integer".to_string(),
        );
    }
    match y
        .to_u64()
        .filter(|y| y.saturating_add(x.bits()) <= MAX_BITS)
    {
        Some(y) => Ok(vm.new_big_int(x << y)),
        None => vm.raise_bare(vm.types.memory_error),
    }
}

pub fn rshift(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !are_ints(vm, a, b) {
        return Ok(vm.new_not_implemented());
    }
    if vm.int_is_negative(b) {
        return vm.value_error("negative shift count");
    }
    let (x, y) = int_values(vm, a, b);
    let result = match y.to_u64().filter(|y| *y < x.bits()) {
        Some(y) => x >> y,
        None => BigInt::from(if x.sign() == Sign::Minus { -1 } else { 0 }),
    };
    Ok(vm.new_big_int(result))
}

pub fn and(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| Some(x & y), |x, y| x & y)
}

pub fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| Some(x | y), |x, y| x | y)
}

pub fn xor(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    arith(vm, a, b, |x, y| Some(x ^ y), |x, y| x ^ y)
}

/// A one-operand operation on machine integers, or on large ones.
fn unary(
    vm: &mut Machine,
    a: Obj,
    small: fn(i64) -> Option<i64>,
    large: fn(BigInt) -> BigInt,
) -> PyResult<Obj> {
    if let Some(result) = vm.as_i64(a).and_then(small) {
        return Ok(vm.new_int(result));
    }
    let value = vm.as_int(a).unwrap_or_default();
    Ok(vm.new_big_int(large(value)))
}

pub fn negative(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    unary(vm, a, i64::checked_neg, |x| -x)
}

pub fn absolute(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    if !vm.int_is_negative(a) {
        return positive(vm, a);
    }
    negative(vm, a)
}

pub fn invert(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    unary(vm, a, |x| Some(!x), |x| -x - 1)
}

/// The int itself, or a plain int of a subclass's value (`long_long`).
pub fn positive(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
    if let Payload::Int(_) | Payload::BigInt(_) = vm.heap.payload(a) {
        return Ok(vm.new_ref(a));
    }
    let value = vm.as_int(a).unwrap_or_default();
    Ok(vm.new_big_int(value))
}

/// Order of an int and a double, exactly (`float_richcompare`); `None` for NaN.
pub fn compare_with_f64(value: &BigInt, x: f64) -> Option<std::cmp::Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 {
            std::cmp::Ordering::Less
        } else {
            std::cmp::Ordering::Greater
        });
    }
    let whole = super::float_arith::to_big_int(x.trunc());
    Some(value.cmp(&whole).then_with(|| {
        0.0.partial_cmp(&x.fract())
            .unwrap_or(std::cmp::Ordering::Equal)
    }))
}
