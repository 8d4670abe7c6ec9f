//! `repr()` and `ascii()` of constants, as CPython 3.10 writes them.
//!
//! Works on constants as plain data, not on heap objects. Invariant: the text of a float is the shortest one that reads
//! back to the same value. Start at `constant`.

use rustpython_wtf8::Wtf8;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::bytecode::code::Constant;

/// Which characters a string's text may show as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// `ascii()`: only ASCII.
    Ascii,
    /// `repr()`: whatever is printable.
    Printable,
}

/// The text of a constant. A code object is `code NAME`; a frozenset's items are sorted by their text.
pub fn constant(value: &Constant, charset: Charset) -> String {
    match value {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "Ellipsis".into(),
        Constant::Int(n) => n.to_string(),
        Constant::Float(f) => float(*f),
        Constant::Complex(re, im) => complex(*re, *im),
        Constant::Str(s) => string(s, charset),
        Constant::Bytes(b) => bytes(b),
        Constant::Tuple(items) => tuple(items, charset),
        Constant::FrozenSet(items) if items.is_empty() => "frozenset()".into(),
        Constant::FrozenSet(items) => {
            let mut texts: Vec<String> = items.iter().map(|item| constant(item, charset)).collect();
            texts.sort();
            format!("frozenset({{{}}})", texts.join(", "))
        }
        Constant::Code(code) => format!("code {}", code.name),
    }
}

fn tuple(items: &[Constant], charset: Charset) -> String {
    let texts: Vec<String> = items.iter().map(|item| constant(item, charset)).collect();
    let comma = if items.len() == 1 { "," } else { "" };
    format!("({}{comma})", texts.join(", "))
}

/// `repr(float)`: the shortest digits, with an exponent below 1e-4 and from 1e16 on.
pub fn float(value: f64) -> String {
    let text = float_digits(value);
    if value.is_finite() && !text.contains(['.', 'e']) {
        text + ".0"
    } else {
        text
    }
}

/// The same without a closing `.0`, as complex numbers show their parts.
fn float_digits(value: f64) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    let scientific = shortest(value.abs());
    let (digits, exponent) = scientific
        .split_once('e')
        .expect("{:e} always writes an exponent");
    let exponent: i32 = exponent.parse().expect("{:e} writes a decimal exponent");
    let plain: String = digits.chars().filter(|c| *c != '.').collect();
    if !(-4..16).contains(&exponent) {
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{digits}e{mark}{:02}", exponent.abs());
    }
    let body = if exponent < 0 {
        format!(
            "0.{}{plain}",
            "0".repeat(exponent.unsigned_abs() as usize - 1)
        )
    } else {
        let whole = exponent as usize + 1;
        if plain.len() <= whole {
            format!("{plain}{}", "0".repeat(whole - plain.len()))
        } else {
            format!("{}.{}", &plain[..whole], &plain[whole..])
        }
    };
    format!("{sign}{body}")
}

/// The shortest digits in scientific form. Where two shortest texts are equally near, Python takes the even one, as
/// rounding to that many digits does, and Rust's own shortest form may not.
fn shortest(value: f64) -> String {
    let any = format!("{value:e}");
    let digits = any
        .bytes()
        .take_while(|byte| *byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    let rounded = format!("{value:.*e}", digits - 1);
    if rounded.parse() == Ok(value) {
        rounded
    } else {
        any
    }
}

/// `repr(complex)`: the real part is left out when it is a positive zero.
pub fn complex(re: f64, im: f64) -> String {
    if re == 0.0 && !re.is_sign_negative() {
        return format!("{}j", float_digits(im));
    }
    let imaginary = float_digits(im);
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imaginary}j)", float_digits(re))
}

/// `repr(bytes)`.
pub fn bytes(value: &[u8]) -> String {
    let quote = if value.contains(&b'\'') && !value.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    let mut out = format!("b{quote}");
    for &byte in value {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b if b as char == quote => out.extend(['\\', quote]),
            0x20..=0x7e => out.push(byte as char),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

/// `repr(str)` or `ascii(str)`.
pub fn string(value: &Wtf8, charset: Charset) -> String {
    let has = |wanted: char| value.code_points().any(|c| c.to_u32() == wanted as u32);
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for point in value.code_points() {
        let code = point.to_u32();
        match char::from_u32(code) {
            Some('\\') => out.push_str("\\\\"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some(c) if c == quote => out.extend(['\\', quote]),
            Some(c @ ' '..='~') => out.push(c),
            Some(c) if charset == Charset::Printable && is_printable(c) => out.push(c),
            _ if code < 0x100 => out.push_str(&format!("\\x{code:02x}")),
            _ if code < 0x1_0000 => out.push_str(&format!("\\u{code:04x}")),
            _ => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out.push(quote);
    out
}

/// Whether `str.isprintable()` holds for a character beyond ASCII.
fn is_printable(c: char) -> bool {
    c as u32 >= 0xa0
        && !matches!(
            c.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::Surrogate
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::SpaceSeparator
        )
}
