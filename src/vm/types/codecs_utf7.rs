//! UTF-7 (RFC 2152): text in seven bits, other characters in runs of base64 between `+` and `-`.

use super::codecs::Decoded;
use super::codecs_handlers::Trouble;
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::{Machine, PyResult};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(byte: u8) -> Option<u32> {
    DIGITS.iter().position(|d| *d == byte).map(|n| n as u32)
}

/// Characters that are written as they are.
fn is_direct(point: u32) -> bool {
    match point {
        0x09 | 0x0a | 0x0d => true,
        0x20..=0x7d => !matches!(point as u8, b'+' | b'\\'),
        _ => false,
    }
}

pub fn encode(text: &StrObj) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let (mut shifted, mut bits, mut buffer) = (false, 0, 0u64);
    let put = |out: &mut Vec<u8>, value: u64| out.push(DIGITS[(value & 0x3f) as usize]);
    for point in text.points() {
        if shifted && is_direct(point) {
            if bits > 0 {
                put(&mut out, buffer << (6 - bits));
            }
            (shifted, bits, buffer) = (false, 0, 0);
            // The run's end must be seen if a digit follows.
            if digit(point as u8).is_some() || point == u32::from(b'-') {
                out.push(b'-');
            }
        }
        if !shifted {
            if point == u32::from(b'+') {
                out.extend_from_slice(b"+-");
                continue;
            }
            if is_direct(point) {
                out.push(point as u8);
                continue;
            }
            out.push(b'+');
            shifted = true;
        }
        let units = match point {
            0x10000.. => vec![
                0xd800 + ((point - 0x10000) >> 10),
                0xdc00 + ((point - 0x10000) & 0x3ff),
            ],
            _ => vec![point],
        };
        for unit in units {
            buffer = (buffer << 16) | u64::from(unit);
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                put(&mut out, buffer >> bits);
            }
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        put(&mut out, buffer << (6 - bits));
    }
    if shifted {
        out.push(b'-');
    }
    out
}

/// A run of base64 that is being read.
#[derive(Default)]
struct Run {
    bits: u32,
    buffer: u32,
    /// The first half of a pair, or 0.
    surrogate: u32,
}

impl Run {
    /// Takes six bits; pushes the characters that are complete.
    fn feed(&mut self, six: u32, points: &mut Vec<u32>) {
        self.buffer = (self.buffer << 6) | six;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        let unit = self.buffer >> (self.bits - 16);
        self.bits -= 16;
        self.buffer &= (1 << self.bits) - 1;
        let first = std::mem::take(&mut self.surrogate);
        if first != 0 {
            if (0xdc00..0xe000).contains(&unit) {
                points.push(0x10000 + ((first - 0xd800) << 10) + (unit - 0xdc00));
                return;
            }
            points.push(first);
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = unit;
        } else {
            points.push(unit);
        }
    }

    /// What is wrong with a run that ends here.
    fn ends_badly(&self) -> Option<&'static str> {
        if self.bits >= 6 {
            Some("partial character in base64 sequence")
        } else if self.bits > 0 && self.buffer != 0 {
            Some("non-zero padding bits in shift sequence")
        } else {
            None
        }
    }
}

/// `PyUnicode_DecodeUTF7Stateful`: if not `last`, an open run is left for the next time, as a whole.
pub fn decode(vm: &mut Machine, data: &[u8], errors: Obj, last: bool) -> PyResult<Decoded> {
    let mut data = data.to_vec();
    let mut points = Vec::with_capacity(data.len());
    let mut run: Option<Run> = None;
    // Where the run began, in bytes and in the text.
    let (mut start, mut start_of_text) = (0, 0);
    let mut at = 0;
    loop {
        while let Some(byte) = data.get(at).copied() {
            let mut why = None;
            if let Some(open) = &mut run {
                if let Some(six) = digit(byte) {
                    open.feed(six, &mut points);
                    at += 1;
                    continue;
                }
                why = open.ends_badly();
                if why.is_none() && open.surrogate != 0 && byte < 0x80 && byte != b'+' {
                    points.push(open.surrogate);
                }
                run = None;
                if why.is_some() || byte == b'-' {
                    at += 1;
                }
            } else if byte == b'+' {
                start = at;
                at += 1;
                match data.get(at).copied() {
                    Some(b'-') => {
                        at += 1;
                        points.push(u32::from(b'+'));
                    }
                    Some(next) if digit(next).is_none() => {
                        at += 1;
                        why = Some("ill-formed sequence");
                    }
                    _ => {
                        run = Some(Run::default());
                        start_of_text = points.len();
                    }
                }
            } else if byte < 0x80 {
                points.push(u32::from(byte));
                at += 1;
            } else {
                start = at;
                at += 1;
                why = Some("unexpected special character");
            }
            if let Some(why) = why {
                let trouble = Trouble {
                    codec: "utf7",
                    start,
                    end: at,
                    why,
                };
                at = vm.decode_trouble(trouble, &mut data, errors, &mut points)?;
            }
        }
        let Some(open) = &run else { break };
        if !last {
            points.truncate(start_of_text);
            return Ok(Decoded {
                points,
                consumed: start,
            });
        }
        let unfinished =
            open.surrogate != 0 || open.bits >= 6 || (open.bits > 0 && open.buffer != 0);
        run = None;
        if !unfinished {
            break;
        }
        let trouble = Trouble {
            codec: "utf7",
            start,
            end: data.len(),
            why: "unterminated shift sequence",
        };
        at = vm.decode_trouble(trouble, &mut data, errors, &mut points)?;
        if at >= data.len() {
            break;
        }
    }
    Ok(Decoded {
        points,
        consumed: at,
    })
}
