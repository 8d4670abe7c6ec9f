//! Text to float, decimal and hexadecimal, and float to hexadecimal text.

use super::float_arith as arith;
use super::int_arith::scale_rounded;
use super::int_parse::{text_of, to_ascii};
use crate::heap::Obj;
use crate::vm::{Args, Machine, PyResult};

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\x0b'
}

/// A decimal literal with sign, "inf", "nan", underscores between digits; `None` if it is none.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_space);
    let mut clean = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        if (c == '_' && !last.is_ascii_digit()) || (last == '_' && !c.is_ascii_digit()) {
            return None;
        }
        if c != '_' {
            clean.push(c);
        }
        last = c;
    }
    if last == '_' {
        return None;
    }
    clean.parse().ok()
}

/// `float(o)` of a str, bytes or bytearray; anything else is a TypeError (`PyFloat_FromString`).
pub fn from_text(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let Some(text) = text_of(vm, o) else {
        let name = vm.type_name(o);
        return vm.type_error(format!(
            "float() argument must be a string or a real number, not '{name}'"
        ));
    };
    let ascii = if text.is_ascii() {
        text
    } else {
        to_ascii(&text)
    };
    match parse_decimal(&ascii) {
        Some(x) => Ok(vm.new_float(x)),
        None => {
            let shown = vm.repr_text(o)?;
            vm.value_error(&format!("could not convert string to float: {shown}"))
        }
    }
}

/// `float.hex()`
pub fn hex(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    if !x.is_finite() {
        let text = super::float_format::float_repr(x);
        return Ok(vm.new_string(text));
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return Ok(vm.new_string(format!("{sign}0x0.0p+0")));
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = ((bits >> 52) & 0x7ff) as i64;
    let (lead, exponent) = if biased == 0 {
        (0, -1022)
    } else {
        (1, biased - 1023)
    };
    Ok(vm.new_string(format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")))
}

/// What is wrong with a hexadecimal text.
enum Wrong {
    Malformed,
    TooLarge,
}

/// `float.fromhex(text)`; a subclass is called with the float.
pub fn fromhex(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let text = args.get(vm, 0);
    if vm.heap.str(text).is_none() {
        return vm.type_error("bad argument type for built-in operation".to_string());
    }
    let x = match parse_hex(vm.text(text).trim_matches(is_space)) {
        Ok(x) => vm.new_float(x),
        Err(Wrong::Malformed) => {
            return vm.value_error("invalid hexadecimal floating-point string");
        }
        Err(Wrong::TooLarge) => {
            return vm.raise(
                vm.types.overflow_error,
                "hexadecimal value too large to represent as a float".to_string(),
            );
        }
    };
    if class == vm.types.float {
        Ok(x)
    } else {
        vm.call_one(class, x)
    }
}

fn parse_hex(text: &str) -> Result<f64, Wrong> {
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = rest.to_ascii_lowercase();
    let value = match lower.as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        other => parse_hex_digits(other.strip_prefix("0x").unwrap_or(other))?,
    };
    Ok(if negative { -value } else { value })
}

fn parse_hex_digits(text: &str) -> Result<f64, Wrong> {
    let (digits, exponent) = match text.split_once('p') {
        Some((digits, exponent)) => (digits, parse_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(Wrong::Malformed);
    }
    let (mut mantissa, mut scale) = (0_u64, exponent);
    for (part, is_fraction) in [(whole, false), (fraction, true)] {
        for c in part.chars() {
            let digit = u64::from(c.to_digit(16).ok_or(Wrong::Malformed)?);
            if mantissa >> 60 == 0 {
                mantissa = mantissa << 4 | digit;
                scale -= if is_fraction { 4 } else { 0 };
            } else {
                // Enough bits to round by; what follows only matters as not being zero.
                mantissa |= u64::from(digit != 0);
                scale += if is_fraction { 0 } else { 4 };
            }
        }
    }
    let value = scale_rounded(mantissa, scale);
    if value.is_infinite() {
        Err(Wrong::TooLarge)
    } else {
        Ok(value)
    }
}

/// A signed decimal exponent; absurd ones are cut to what is as good as infinite.
fn parse_exponent(text: &str) -> Result<i64, Wrong> {
    const ABSURD: i64 = 1 << 40;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Wrong::Malformed);
    }
    let value = digits.parse().unwrap_or(ABSURD).min(ABSURD);
    Ok(if text.starts_with('-') { -value } else { value })
}
