//! Encoding: each codec's way to write a code point, and the handlers for those it cannot.

use super::codecs::Codec;
use super::codecs_handlers::{Handler, Replacement, Trouble};
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
pub(super) fn push(out: &mut Vec<u8>, codec: Codec, point: u32) {
    match codec {
        Codec::Ascii | Codec::Latin1 => out.push(point as u8),
        Codec::Utf8 | Codec::Utf8Sig => out.extend_from_slice(StrObj::from_points([point]).bytes()),
        Codec::Utf16 | Codec::Utf16Le => push_utf16(out, point, false),
        Codec::Utf16Be => push_utf16(out, point, true),
        Codec::Utf32 | Codec::Utf32Le => out.extend_from_slice(&point.to_le_bytes()),
        Codec::Utf32Be => out.extend_from_slice(&point.to_be_bytes()),
        // These have ways of their own.
        Codec::Charmap(_) | Codec::Foreign => {}
    }
}

/// The whole text; `errors` may be NULL.
pub fn encode_as(vm: &mut Machine, codec: Codec, text: Obj, errors: Obj) -> PyResult<Vec<u8>> {
    if let Codec::Charmap(map) = codec {
        return super::codecs_charmap::encode_table(vm, map, text, errors);
    }
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
        let mut end = at + 1;
        while codec.unit() == 1
            && end < contents.len()
            && !can_encode(codec, contents.point(end))
        {
            end += 1;
        }
        let trouble = Trouble {
            codec: codec.name(),
            start: at,
            end,
            why: reason(codec),
        };
        at = replace(vm, codec, text, (&contents, trouble), errors, &mut out)?;
    }
    Ok(out)
}

/// Writes what the error handler puts in the place; answers where to go on.
fn replace(
    vm: &mut Machine,
    codec: Codec,
    text: Obj,
    (contents, mut trouble): (&StrObj, Trouble),
    errors: Obj,
    out: &mut Vec<u8>,
) -> PyResult<usize> {
    // Smuggled bytes go out one by one, up to something else.
    if codec.unit() == 1 && vm.error_handler(errors)? == Handler::SurrogateEscape {
        while trouble.start < trouble.end
            && (0xdc80..=0xdcff).contains(&contents.point(trouble.start))
        {
            out.push((contents.point(trouble.start) - 0xdc00) as u8);
            trouble.start += 1;
        }
        if trouble.start == trouble.end {
            return Ok(trouble.end);
        }
    }
    let (replacement, at) = vm.encode_trouble(trouble, text, contents, errors)?;
    match replacement {
        Replacement::Bytes(bytes) if bytes.len() % codec.unit() == 0 => out.extend(bytes),
        Replacement::Points(points) if points.iter().all(|p| can_replace(codec, *p)) => {
            points.iter().for_each(|p| push(out, codec, *p));
        }
        _ => return vm.raise_encode_trouble(trouble, text),
    }
    Ok(at)
}

/// What a replacement may consist of: of the encodings of all characters only ASCII is taken.
fn can_replace(codec: Codec, point: u32) -> bool {
    match codec {
        Codec::Latin1 => point < 0x100,
        _ => point < 0x80,
    }
}
