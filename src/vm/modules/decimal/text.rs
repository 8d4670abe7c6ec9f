//! Numbers as text and back.

use num_bigint::BigUint;
use num_traits::Zero;

use super::number::*;

/// Exponents in texts are cut off here, far beyond any that a context allows.
const EXPONENT_LIMIT: i64 = 4_000_000_000_000_000_000;

/// Reads a number; `None` if the text is none. Digits are ASCII, spaces are gone already. A payload of more than `payload` digits is
/// refused.
pub fn parse(text: &str, payload: i64) -> Option<Dec> {
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = body.to_ascii_lowercase();
    if lower == "inf" || lower == "infinity" {
        return Some(Dec::infinity(negative));
    }
    if let Some((kind, rest)) = lower
        .strip_prefix("nan")
        .map(|rest| (Kind::Quiet, rest))
        .or_else(|| {
            lower
                .strip_prefix("snan")
                .map(|rest| (Kind::Signaling, rest))
        })
    {
        let rest = rest.trim_start_matches('0');
        let valid = rest.bytes().all(|b| b.is_ascii_digit()) && rest.len() as i64 <= payload;
        return valid.then(|| Dec {
            negative,
            kind,
            coefficient: BigUint::parse_bytes(rest.as_bytes(), 10).unwrap_or_default(),
            exponent: 0,
        });
    }
    let (mantissa, exponent) = match lower.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (&lower[..], 0),
    };
    let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: String = [whole, places].concat();
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) || all.len() as i64 > MAX_DIGITS {
        return None;
    }
    let coefficient = BigUint::parse_bytes(all.as_bytes(), 10)?;
    Some(Dec::finite(
        negative,
        coefficient,
        exponent - places.len() as i64,
    ))
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let size = digits
        .parse::<i64>()
        .unwrap_or(EXPONENT_LIMIT)
        .min(EXPONENT_LIMIT);
    Some(if negative { -size } else { size })
}

/// The text of a NaN or an infinity.
pub fn special_text(x: &Dec) -> String {
    let sign = if x.negative { "-" } else { "" };
    let name = match x.kind {
        Kind::Infinite => return format!("{sign}Infinity"),
        Kind::Signaling => "sNaN",
        _ => "NaN",
    };
    if x.coefficient.is_zero() {
        format!("{sign}{name}")
    } else {
        format!("{sign}{name}{}", x.coefficient)
    }
}

/// Scientific notation where the exponent is positive or the number very small; with `engineering`, exponents are multiples of three.
pub fn to_text(x: &Dec, engineering: bool, capitals: bool) -> String {
    if !x.is_finite() {
        return special_text(x);
    }
    let digits = x.coefficient.to_string();
    let left = x.exponent.saturating_add(digits.len() as i64);
    let point = if x.exponent <= 0 && left > -6 {
        left
    } else if !engineering {
        1
    } else if x.coefficient.is_zero() {
        (left + 1).rem_euclid(3) - 1
    } else {
        (left - 1).rem_euclid(3) + 1
    };
    let sign = if x.negative { "-" } else { "" };
    let (whole, places) = split_at_point(&digits, point);
    let dot = if places.is_empty() { "" } else { "." };
    let letter = if capitals { 'E' } else { 'e' };
    if left == point {
        format!("{sign}{whole}{dot}{places}")
    } else {
        format!("{sign}{whole}{dot}{places}{letter}{:+}", left - point)
    }
}

/// Digits before and after a point that may lie outside of them.
pub fn split_at_point(digits: &str, point: i64) -> (String, String) {
    let count = digits.len() as i64;
    if point <= 0 {
        ("0".to_string(), "0".repeat(-point as usize) + digits)
    } else if point >= count {
        (
            digits.to_string() + &"0".repeat((point - count) as usize),
            String::new(),
        )
    } else {
        let (whole, places) = digits.split_at(point as usize);
        (whole.to_string(), places.to_string())
    }
}

/// What `number_class` calls it.
pub fn class_name(x: &Dec, ctx: &Ctx) -> &'static str {
    match (x.kind, x.negative) {
        (Kind::Quiet, _) => "NaN",
        (Kind::Signaling, _) => "sNaN",
        (Kind::Infinite, true) => "-Infinity",
        (Kind::Infinite, false) => "+Infinity",
        (Kind::Finite, negative) => {
            let subnormal = x.adjusted() < ctx.emin;
            match (x.is_zero(), subnormal, negative) {
                (true, _, true) => "-Zero",
                (true, _, false) => "+Zero",
                (_, true, true) => "-Subnormal",
                (_, true, false) => "+Subnormal",
                (_, _, true) => "-Normal",
                (_, _, false) => "+Normal",
            }
        }
    }
}
