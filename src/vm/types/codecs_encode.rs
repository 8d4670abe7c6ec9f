//! Encoding: each codec's way to write a code point, and the handlers for those it cannot.

use super::codecs::{Codec, Handler};
use super::str_repr::escape;
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::{Machine, PyResult};

fn is_surrogate(point: u32) -> bool {
    (0xd800..0xe000).contains(&point)
}

/// Whether the codec can write it.
fn can_encode(codec: Codec, point: u32) -> bool {
    match codec {
        Codec::Ascii => point < 0x80,
        Codec::Latin1 => point < 0x100,
        _ => !is_surrogate(point),
    }
}

fn reason(codec: Codec) -> &'static str {
    match codec {
        Codec::Ascii => "ordinal not in range(128)",
        Codec::Latin1 => "ordinal not in range(256)",
        _ => "surrogates not allowed",
    }
}

fn push_utf16(out: &mut Vec<u8>, point: u32, big: bool) {
    let mut unit = |unit: u32| {
        let bytes = if big {
            (unit as u16).to_be_bytes()
        } else {
            (unit as u16).to_le_bytes()
        };
        out.extend_from_slice(&bytes);
    };
    if point < 0x10000 {
        unit(point);
    } else {
        unit(0xd800 + ((point - 0x10000) >> 10));
        unit(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
}

/// Writes a code point; lone surrogates too, where the format has room for them.
fn push(out: &mut Vec<u8>, codec: Codec, point: u32) {
    match codec {
        Codec::Ascii | Codec::Latin1 => out.push(point as u8),
        Codec::Utf8 | Codec::Utf8Sig => out.extend_from_slice(StrObj::from_points([point]).bytes()),
        Codec::Utf16 | Codec::Utf16Le => push_utf16(out, point, false),
        Codec::Utf16Be => push_utf16(out, point, true),
        Codec::Utf32 | Codec::Utf32Le => out.extend_from_slice(&point.to_le_bytes()),
        Codec::Utf32Be => out.extend_from_slice(&point.to_be_bytes()),
    }
}

/// The whole text; `errors` may be NULL.
pub fn encode_as(vm: &mut Machine, codec: Codec, text: Obj, errors: Obj) -> PyResult<Vec<u8>> {
    let contents = vm.text_rc(text);
    let mut out = Vec::with_capacity(contents.len());
    match codec {
        Codec::Utf8Sig => out.extend_from_slice(&[0xef, 0xbb, 0xbf]),
        Codec::Utf16 => out.extend_from_slice(&[0xff, 0xfe]),
        Codec::Utf32 => out.extend_from_slice(&[0xff, 0xfe, 0, 0]),
        _ => {}
    }
    let mut at = 0;
    while at < contents.len() {
        let point = contents.point(at);
        if can_encode(codec, point) {
            push(&mut out, codec, point);
            at += 1;
            continue;
        }
        // Neighbours that cannot be encoded either are one error, but for the wide codecs.
        let wide = !matches!(
            codec,
            Codec::Ascii | Codec::Latin1 | Codec::Utf8 | Codec::Utf8Sig
        );
        let mut end = at + 1;
        while !wide && end < contents.len() && !can_encode(codec, contents.point(end)) {
            end += 1;
        }
        at = handle(vm, codec, text, (&contents, at, end), errors, &mut out)?;
    }
    Ok(out)
}

/// Deals with the code points from `start` to `end`; answers where to go on.
fn handle(
    vm: &mut Machine,
    codec: Codec,
    text: Obj,
    (contents, start, end): (&StrObj, usize, usize),
    errors: Obj,
    out: &mut Vec<u8>,
) -> PyResult<usize> {
    let handler = vm.error_handler(errors)?;
    let text_out = |out: &mut Vec<u8>, replacement: &str| {
        replacement.chars().for_each(|c| push(out, codec, c as u32))
    };
    match handler {
        Handler::Strict => return vm.encode_error(codec.name(), text, start, end, reason(codec)),
        Handler::Ignore => {}
        Handler::Replace => (start..end).for_each(|_| text_out(out, "?")),
        Handler::BackslashReplace => {
            (start..end).for_each(|n| text_out(out, &escape(contents.point(n))))
        }
        Handler::XmlCharRefReplace => {
            (start..end).for_each(|n| text_out(out, &format!("&#{};", contents.point(n))))
        }
        Handler::SurrogateEscape => {
            for n in start..end {
                let point = contents.point(n);
                if !(0xdc80..=0xdcff).contains(&point)
                    || !matches!(
                        codec,
                        Codec::Utf8 | Codec::Utf8Sig | Codec::Ascii | Codec::Latin1
                    )
                {
                    return vm.encode_error(codec.name(), text, n, end, reason(codec));
                }
                out.push((point - 0xdc00) as u8);
            }
        }
        Handler::SurrogatePass => {
            for n in start..end {
                if !is_surrogate(contents.point(n)) || matches!(codec, Codec::Ascii | Codec::Latin1)
                {
                    return vm.encode_error(codec.name(), text, n, end, reason(codec));
                }
                push(out, codec, contents.point(n));
            }
        }
        Handler::NameReplace => {
            return vm.unsupported("the error handler 'namereplace'".to_string());
        }
    }
    Ok(end)
}
