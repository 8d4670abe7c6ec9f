//! Decoding: each codec's way to read a code point, where and why it cannot, and the handlers for that.

use super::codecs::Codec;
use super::codecs_handlers::Trouble;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

/// The code points read, and how many bytes that took (fewer than all only if more may come).
pub struct Decoded {
    pub points: Vec<u32>,
    pub consumed: usize,
}

/// What a codec finds at a place.
enum Step {
    Point(u32, usize),
    /// Bytes that mean nothing, how many, and why.
    Bad(usize, &'static str),
    /// The data end in the middle of something.
    Incomplete(&'static str),
}

fn utf8_step(data: &[u8]) -> Step {
    let first = data[0];
    let (len, low, high) = match first {
        0..=0x7f => return Step::Point(u32::from(first), 1),
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xe1..=0xef => (3, 0x80, 0xbf),
        0xf0 => (4, 0x90, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        _ => return Step::Bad(1, "invalid start byte"),
    };
    let mut point = u32::from(first) & (0x7f >> len);
    for n in 1..len {
        let Some(byte) = data.get(n).copied() else {
            return Step::Incomplete("unexpected end of data");
        };
        let (low, high) = if n == 1 { (low, high) } else { (0x80, 0xbf) };
        if byte < low || byte > high {
            return Step::Bad(n, "invalid continuation byte");
        }
        point = (point << 6) | u32::from(byte & 0x3f);
    }
    Step::Point(point, len)
}

fn utf16_unit(data: &[u8], big: bool) -> u32 {
    let pair = [data[0], data[1]];
    u32::from(if big {
        u16::from_be_bytes(pair)
    } else {
        u16::from_le_bytes(pair)
    })
}

fn utf16_step(data: &[u8], big: bool) -> Step {
    if data.len() < 2 {
        return Step::Incomplete("truncated data");
    }
    let unit = utf16_unit(data, big);
    match unit {
        0xd800..=0xdbff if data.len() < 4 => Step::Incomplete("unexpected end of data"),
        0xd800..=0xdbff => {
            let second = utf16_unit(&data[2..], big);
            if (0xdc00..=0xdfff).contains(&second) {
                Step::Point(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00), 4)
            } else {
                Step::Bad(2, "illegal UTF-16 surrogate")
            }
        }
        0xdc00..=0xdfff => Step::Bad(2, "illegal encoding"),
        _ => Step::Point(unit, 2),
    }
}

fn utf32_step(data: &[u8], big: bool) -> Step {
    if data.len() < 4 {
        return Step::Incomplete("truncated data");
    }
    let quad = [data[0], data[1], data[2], data[3]];
    let point = if big {
        u32::from_be_bytes(quad)
    } else {
        u32::from_le_bytes(quad)
    };
    match point {
        0xd800..=0xdfff => Step::Bad(
            4,
            "code point in surrogate code point range(0xd800, 0xe000)",
        ),
        0..0x110000 => Step::Point(point, 4),
        _ => Step::Bad(4, "code point not in range(0x110000)"),
    }
}

fn step(codec: Codec, data: &[u8]) -> Step {
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => utf8_step(data),
        Codec::Ascii if data[0] < 0x80 => Step::Point(u32::from(data[0]), 1),
        Codec::Ascii => Step::Bad(1, "ordinal not in range(128)"),
        Codec::Latin1 => Step::Point(u32::from(data[0]), 1),
        Codec::Utf16 | Codec::Utf16Le => utf16_step(data, false),
        Codec::Utf16Be => utf16_step(data, true),
        Codec::Utf32 | Codec::Utf32Le => utf32_step(data, false),
        Codec::Utf32Be => utf32_step(data, true),
        Codec::Charmap(_) | Codec::Foreign => Step::Bad(1, "not decoded here"),
    }
}

/// A byte order mark in front decides, and is dropped.
fn by_mark(codec: Codec, data: &[u8]) -> (Codec, usize) {
    match codec {
        Codec::Utf8Sig if data.starts_with(&[0xef, 0xbb, 0xbf]) => (codec, 3),
        Codec::Utf16 if data.starts_with(&[0xff, 0xfe]) => (Codec::Utf16Le, 2),
        Codec::Utf16 if data.starts_with(&[0xfe, 0xff]) => (Codec::Utf16Be, 2),
        Codec::Utf16 => (Codec::Utf16Le, 0),
        Codec::Utf32 if data.starts_with(&[0xff, 0xfe, 0, 0]) => (Codec::Utf32Le, 4),
        Codec::Utf32 if data.starts_with(&[0, 0, 0xfe, 0xff]) => (Codec::Utf32Be, 4),
        Codec::Utf32 => (Codec::Utf32Le, 0),
        _ => (codec, 0),
    }
}

/// Everything; if not `last`, an incomplete end is left for the next time. `errors` may be NULL.
pub fn decode_as(
    vm: &mut Machine,
    codec: Codec,
    data: &[u8],
    errors: Obj,
    last: bool,
) -> PyResult<Decoded> {
    if let Codec::Charmap(map) = codec {
        return super::codecs_charmap::decode_table(vm, map, data, errors);
    }
    // Messages name the byte order that was found.
    let (codec, mut at) = by_mark(codec, data);
    let mut points = Vec::with_capacity(data.len());
    let mut data = std::borrow::Cow::Borrowed(data);
    while at < data.len() {
        // The beginning of a surrogate, which a handler may want to see whole.
        if !last
            && matches!(codec, Codec::Utf8 | Codec::Utf8Sig)
            && matches!(data[at..], [0xed, 0xa0..=0xbf])
        {
            break;
        }
        let (len, why) = match step(codec, &data[at..]) {
            Step::Point(point, len) => {
                points.push(point);
                at += len;
                continue;
            }
            Step::Incomplete(_) if !last => break,
            Step::Incomplete(why) => (data.len() - at, why),
            Step::Bad(len, why) => (len, why),
        };
        let trouble = Trouble {
            codec: codec.name(),
            start: at,
            end: at + len,
            why,
        };
        at = vm.decode_trouble(trouble, data.to_mut(), errors, &mut points)?;
    }
    Ok(Decoded {
        points,
        consumed: at,
    })
}

/// A surrogate written as if it were a character.
pub(super) fn passed(codec: Codec, data: &[u8]) -> Option<(u32, usize)> {
    let (point, len) = match codec {
        Codec::Utf8 | Codec::Utf8Sig => match data {
            [0xed, b @ 0xa0..=0xbf, c @ 0x80..=0xbf, ..] => {
                (0xd000 | (u32::from(b & 0x3f) << 6) | u32::from(c & 0x3f), 3)
            }
            _ => return None,
        },
        Codec::Utf16 | Codec::Utf16Le if data.len() >= 2 => (utf16_unit(data, false), 2),
        Codec::Utf16Be if data.len() >= 2 => (utf16_unit(data, true), 2),
        Codec::Utf32 | Codec::Utf32Le if data.len() >= 4 => {
            (u32::from_le_bytes([data[0], data[1], data[2], data[3]]), 4)
        }
        Codec::Utf32Be if data.len() >= 4 => {
            (u32::from_be_bytes([data[0], data[1], data[2], data[3]]), 4)
        }
        _ => return None,
    };
    (0xd800..0xe000).contains(&point).then_some((point, len))
}
