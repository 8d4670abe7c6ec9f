//! Escapes as encodings: `unicode_escape`, `raw_unicode_escape`, and the escapes of bytes (`escape_encode`, `escape_decode`).

use super::codecs::Decoded;
use super::codecs_handlers::Trouble;
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::{Machine, PyResult};

pub fn unicode_escape_encode(text: &StrObj) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for point in text.points() {
        match point {
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x5c => out.extend_from_slice(b"\\\\"),
            0x20..=0x7e => out.push(point as u8),
            0..=0xff => out.extend_from_slice(format!("\\x{point:02x}").as_bytes()),
            _ => out.extend_from_slice(wide_escape(point).as_bytes()),
        }
    }
    out
}

pub fn raw_unicode_escape_encode(text: &StrObj) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for point in text.points() {
        match u8::try_from(point) {
            Ok(byte) => out.push(byte),
            Err(_) => out.extend_from_slice(wide_escape(point).as_bytes()),
        }
    }
    out
}

fn wide_escape(point: u32) -> String {
    if point < 0x10000 {
        format!("\\u{point:04x}")
    } else {
        format!("\\U{point:08x}")
    }
}

/// What an escape turned out to be.
enum Escape {
    Points(Vec<u32>),
    /// No such escape: it stands for itself, and CPython warns about the character.
    Unknown(u8),
    Bad(&'static str),
    /// The data end within it.
    Short(&'static str),
}

/// Hexadecimal digits, exactly so many; moves on over those that are there.
fn hex(data: &[u8], at: &mut usize, count: usize, why: &'static str) -> Result<u32, Escape> {
    let mut value = 0u32;
    for _ in 0..count {
        let Some(byte) = data.get(*at) else {
            return Err(Escape::Short(why));
        };
        let Some(digit) = char::from(*byte).to_digit(16) else {
            return Err(Escape::Bad(why));
        };
        value = value.wrapping_mul(16).wrapping_add(digit);
        *at += 1;
    }
    Ok(value)
}

/// A character by name; `at` is behind the `N`.
fn by_name(data: &[u8], at: &mut usize) -> Escape {
    let malformed = "malformed \\N character escape";
    match data.get(*at) {
        None => return Escape::Short(malformed),
        Some(b'{') => *at += 1,
        Some(_) => return Escape::Bad(malformed),
    }
    let start = *at;
    while data.get(*at).is_some_and(|b| *b != b'}') {
        *at += 1;
    }
    if *at >= data.len() {
        return Escape::Short(malformed);
    }
    if *at == start {
        return Escape::Bad(malformed);
    }
    let name = String::from_utf8_lossy(&data[start..*at]).into_owned();
    *at += 1;
    match unicode_names2::character(&name) {
        Some(c) => Escape::Points(vec![u32::from(c)]),
        None => Escape::Bad("unknown Unicode character name"),
    }
}

fn octal(data: &[u8], at: &mut usize, first: u8) -> u32 {
    let mut value = u32::from(first - b'0');
    for _ in 0..2 {
        match data.get(*at) {
            Some(byte @ b'0'..=b'7') => {
                value = value * 8 + u32::from(byte - b'0');
                *at += 1;
            }
            _ => break,
        }
    }
    value
}

/// An escape of `unicode_escape`; `at` is behind the backslash, and moves behind the escape.
fn read_escape(data: &[u8], at: &mut usize) -> Escape {
    let Some(c) = data.get(*at).copied() else {
        return Escape::Short("\\ at end of string");
    };
    *at += 1;
    let (count, why) = match c {
        b'\n' => return Escape::Points(vec![]),
        b'\\' | b'\'' | b'"' => return Escape::Points(vec![u32::from(c)]),
        b'b' => return Escape::Points(vec![8]),
        b'f' => return Escape::Points(vec![12]),
        b't' => return Escape::Points(vec![9]),
        b'n' => return Escape::Points(vec![10]),
        b'r' => return Escape::Points(vec![13]),
        b'v' => return Escape::Points(vec![11]),
        b'a' => return Escape::Points(vec![7]),
        b'0'..=b'7' => return Escape::Points(vec![octal(data, at, c)]),
        b'x' => (2, "truncated \\xXX escape"),
        b'u' => (4, "truncated \\uXXXX escape"),
        b'U' => (8, "truncated \\UXXXXXXXX escape"),
        b'N' => return by_name(data, at),
        _ => return Escape::Unknown(c),
    };
    match hex(data, at, count, why) {
        Ok(point) if point <= 0x10ffff => Escape::Points(vec![point]),
        Ok(_) => Escape::Bad("illegal Unicode character"),
        Err(escape) => escape,
    }
}

/// An escape of `raw_unicode_escape`.
fn read_raw_escape(data: &[u8], at: &mut usize) -> Escape {
    let Some(c) = data.get(*at).copied() else {
        return Escape::Short("\\ at end of string");
    };
    *at += 1;
    let (count, why) = match c {
        b'u' => (4, "truncated \\uXXXX escape"),
        b'U' => (8, "truncated \\UXXXXXXXX escape"),
        _ => return Escape::Points(vec![0x5c, u32::from(c)]),
    };
    match hex(data, at, count, why) {
        Ok(point) if point <= 0x10ffff => Escape::Points(vec![point]),
        Ok(_) => Escape::Bad("\\Uxxxxxxxx out of range"),
        Err(escape) => escape,
    }
}

/// Both decoders; if not `last`, an escape that the data end in is left for the next time.
pub fn decode_escapes(
    vm: &mut Machine,
    data: &[u8],
    errors: Obj,
    last: bool,
    raw: bool,
) -> PyResult<Decoded> {
    let mut data = data.to_vec();
    let mut points = Vec::with_capacity(data.len());
    let mut at = 0;
    let mut first_unknown = None;
    while let Some(byte) = data.get(at).copied() {
        let start = at;
        at += 1;
        if byte != b'\\' || (raw && last && at >= data.len()) {
            points.push(u32::from(byte));
            continue;
        }
        let escape = if raw {
            read_raw_escape(&data, &mut at)
        } else {
            read_escape(&data, &mut at)
        };
        let why = match escape {
            Escape::Points(found) => {
                points.extend(found);
                continue;
            }
            Escape::Unknown(c) => {
                points.extend([0x5c, u32::from(c)]);
                first_unknown.get_or_insert(c);
                continue;
            }
            Escape::Short(_) if !last => {
                at = start;
                break;
            }
            Escape::Short(why) | Escape::Bad(why) => why,
        };
        let trouble = Trouble {
            codec: if raw { "rawunicodeescape" } else { "unicodeescape" },
            start,
            end: at,
            why,
        };
        at = vm.decode_trouble(trouble, &mut data, errors, &mut points)?;
    }
    if let Some(c) = first_unknown {
        warn_of(vm, c)?;
    }
    Ok(Decoded {
        points,
        consumed: at,
    })
}

fn warn_of(vm: &mut Machine, c: u8) -> PyResult<()> {
    let shown = char::from(c);
    vm.warn(
        vm.types.deprecation_warning,
        &format!("invalid escape sequence '\\{shown}'"),
        1,
    )
}

/// `codecs.escape_encode`: as `repr` of the bytes, without quotes around.
pub fn escape_encode(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    for byte in data {
        match byte {
            b'\'' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0x20..=0x7e => out.push(*byte),
            _ => out.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
        }
    }
    out
}

/// `codecs.escape_decode`: the escapes of a bytes literal.
pub fn escape_decode(vm: &mut Machine, data: &[u8], errors: &str) -> PyResult<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    let mut first_unknown = None;
    while let Some(byte) = data.get(at).copied() {
        at += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(c) = data.get(at).copied() else {
            return vm.value_error("Trailing \\ in string");
        };
        at += 1;
        match c {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(c),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b't' => out.push(9),
            b'n' => out.push(10),
            b'r' => out.push(13),
            b'v' => out.push(11),
            b'a' => out.push(7),
            b'0'..=b'7' => out.push(octal(data, &mut at, c) as u8),
            b'x' => {
                let start = at;
                match hex(data, &mut at, 2, "") {
                    Ok(value) => out.push(value as u8),
                    Err(_) => {
                        match errors {
                            "strict" => {
                                let place = start - 2;
                                return vm.value_error(&format!(
                                    "invalid \\x escape at position {place}"
                                ));
                            }
                            "replace" => out.push(b'?'),
                            "ignore" => {}
                            other => {
                                return vm.value_error(&format!(
                                    "decoding error; unknown error handling code: {other}"
                                ));
                            }
                        }
                        // A single digit belongs to what is dropped.
                        at = start + usize::from(data.get(start).is_some_and(u8::is_ascii_hexdigit));
                    }
                }
            }
            _ => {
                out.extend_from_slice(&[b'\\', c]);
                first_unknown.get_or_insert(c);
            }
        }
    }
    if let Some(c) = first_unknown {
        warn_of(vm, c)?;
    }
    Ok(out)
}
