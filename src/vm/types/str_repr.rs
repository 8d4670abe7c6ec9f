//! How `repr` writes text and bytes: quotes and escapes (`unicode_repr`, `PyBytes_Repr`).
//!
//! Pure functions.

use rustpython_wtf8::Wtf8Buf;

use super::format_spec::push_point;
use super::unicode_data::is_printable;
use crate::heap::payload::StrObj;

/// The quote CPython takes: double ones only if there are single and no double ones inside.
fn quote_for(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    }
}

/// `repr` of a str. Its own result may hold lone surrogates no more: they are escaped.
pub fn repr_of(text: &StrObj) -> Wtf8Buf {
    let quote = quote_for(text.bytes());
    let mut out = Wtf8Buf::with_capacity(text.bytes().len() + 2);
    push_point(&mut out, u32::from(quote));
    for point in text.wtf8().code_points().map(|p| p.to_u32()) {
        match point {
            0x5c => out.push_str("\\\\"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0d => out.push_str("\\r"),
            _ if point == u32::from(quote) => {
                out.push_str("\\");
                push_point(&mut out, point);
            }
            _ if is_printable(point) => push_point(&mut out, point),
            _ => out.push_str(&escape(point)),
        }
    }
    push_point(&mut out, u32::from(quote));
    out
}

/// A code point as `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
pub fn escape(point: u32) -> String {
    match point {
        0..=0xff => format!("\\x{point:02x}"),
        0x100..=0xffff => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}

/// The text with everything outside ASCII escaped: what `ascii()` makes of a `repr`.
pub fn ascii_of(text: &StrObj) -> String {
    let mut out = String::new();
    for point in text.points() {
        match u8::try_from(point) {
            Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
            _ => out.push_str(&escape(point)),
        }
    }
    out
}

pub fn is_ascii_text(text: &StrObj) -> bool {
    text.is_ascii()
}

/// `repr` of bytes, with the `b`.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    push_quoted_bytes(&mut out, bytes, quote_for(bytes));
    out
}

/// Quoted bytes without the `b`, in the quote that `repr` would choose.
pub fn quoted_bytes(bytes: &[u8]) -> String {
    let mut out = String::new();
    push_quoted_bytes(&mut out, bytes, quote_for(bytes));
    out
}

fn push_quoted_bytes(out: &mut String, bytes: &[u8], quote: u8) {
    out.push(char::from(quote));
    for byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            _ if *byte == quote => {
                out.push('\\');
                out.push(char::from(quote));
            }
            0x20..=0x7e => out.push(char::from(*byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(char::from(quote));
}

/// Quoted bytes as `repr` of a bytearray has them: a single quote is escaped even between double ones.
pub fn bytearray_quoted(bytes: &[u8]) -> String {
    let quote = quote_for(bytes);
    let mut out = String::new();
    push_quoted_bytes(&mut out, bytes, quote);
    if quote == b'"' {
        out.replace('\'', "\\'")
    } else {
        out
    }
}
