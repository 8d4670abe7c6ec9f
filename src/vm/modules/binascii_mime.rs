//! The parts of `binascii` that mail and the Macintosh use: quoted-printable, BinHex and its run lengths.

use super::binascii::{INCOMPLETE, ascii, error, raise};
use crate::heap::Obj;
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// No encoded line is longer than this.
const LINE: usize = 76;

fn flag(vm: &mut Machine, o: Obj, default: bool) -> PyResult<bool> {
    if o.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(o)?;
    let set = vm.is_true(index);
    vm.decref(index);
    set
}

/// `=` and two digits are a byte, `=` at the end of a line joins it with the next one; anything else stands for itself.
pub fn a2b_qp(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [data, header] = vm.unpack("a2b_qp", args, &[req("data"), opt("header")])?;
    let text = ascii(vm, data)?;
    let header = flag(vm, header, false)?;
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        at += 1;
        if byte != b'=' {
            out.push(if header && byte == b'_' { b' ' } else { byte });
            continue;
        }
        match text.get(at).copied() {
            None => break,
            Some(b'\n' | b'\r') => {
                // The rest of the line goes with its end.
                let end = text[at..].iter().position(|b| *b == b'\n');
                at = end.map_or(text.len(), |end| at + end + 1);
            }
            Some(b'=') => {
                out.push(b'=');
                at += 1;
            }
            Some(first) => match (hex(first), text.get(at + 1).copied().and_then(hex)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    at += 2;
                }
                _ => out.push(b'='),
            },
        }
    }
    Ok(vm.new_bytes(out))
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

/// What is being encoded, and how.
struct Quoting {
    quote_tabs: bool,
    is_text: bool,
    header: bool,
    /// Lines end in "\r\n", as the first one does.
    crlf: bool,
    out: Vec<u8>,
    /// Length of the line so far.
    line: usize,
}

impl Quoting {
    fn escape(&mut self, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.out.extend([
            b'=',
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ]);
    }

    fn end_line(&mut self) {
        if self.crlf {
            self.out.push(b'\r');
        }
        self.out.push(b'\n');
        self.line = 0;
    }

    fn soft_break(&mut self) {
        self.out.push(b'=');
        self.end_line();
    }

    /// Whether the byte cannot stand for itself here.
    fn must_escape(&self, data: &[u8], at: usize) -> bool {
        let next = data.get(at + 1).copied();
        match data[at] {
            127.. | b'=' => true,
            b'_' => self.header,
            // Alone in its line it would end a mail.
            b'.' => self.line == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)),
            b'\r' | b'\n' => !self.is_text,
            b' ' | b'\t' => self.quote_tabs || next.is_none(),
            byte => byte < b' ',
        }
    }

    fn put(&mut self, data: &[u8], at: usize) -> usize {
        let byte = data[at];
        if self.must_escape(data, at) {
            if self.line + 3 >= LINE {
                self.soft_break();
            }
            self.escape(byte);
            self.line += 3;
            return 1;
        }
        let next = data.get(at + 1).copied();
        let ends = match (byte, next) {
            (b'\n', _) => 1,
            (b'\r', Some(b'\n')) => 2,
            _ => 0,
        };
        if self.is_text && ends > 0 {
            if let Some(blank @ (b' ' | b'\t')) = self.out.last().copied() {
                self.out.pop();
                self.escape(blank);
            }
            self.end_line();
            return ends;
        }
        if next.is_some_and(|next| next != b'\n') && self.line + 1 >= LINE {
            self.soft_break();
        }
        self.line += 1;
        self.out.push(if self.header && byte == b' ' {
            b'_'
        } else {
            byte
        });
        1
    }
}

pub fn b2a_qp(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let names = [req("data"), opt("quotetabs"), opt("istext"), opt("header")];
    let [data, quote_tabs, is_text, header] = vm.unpack("b2a_qp", args, &names)?;
    let data = vm.bytes_like(data)?;
    let first = data.iter().position(|b| *b == b'\n');
    let mut quoting = Quoting {
        quote_tabs: flag(vm, quote_tabs, false)?,
        is_text: flag(vm, is_text, true)?,
        header: flag(vm, header, false)?,
        crlf: first.is_some_and(|at| at > 0 && data[at - 1] == b'\r'),
        out: Vec::with_capacity(data.len()),
        line: 0,
    };
    let mut at = 0;
    while at < data.len() {
        at += quoting.put(&data, at);
    }
    Ok(vm.new_bytes(quoting.out))
}

// ---- BinHex: six bits a character, and a byte 0x90 between another one and how often it occurs

const HQX: &[u8; 64] = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
const RUN: u8 = 0x90;

fn deprecated(vm: &mut Machine, name: &str) -> PyResult<()> {
    let category = vm.types.deprecation_warning;
    vm.warn(category, &format!("binascii.{name}() is deprecated"), 1)
}

pub fn b2a_hqx(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    deprecated(vm, "b2a_hqx")?;
    let mut out = Vec::with_capacity(data.len() / 3 * 4 + 4);
    for group in data.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        out.extend((0..=group.len()).map(|n| HQX[(bits >> (18 - 6 * n) & 0x3f) as usize]));
    }
    Ok(vm.new_bytes(out))
}

/// The bytes, and whether the colon that ends them was there.
pub fn a2b_hqx(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = ascii(vm, args.get(vm, 0))?;
    deprecated(vm, "a2b_hqx")?;
    let (mut out, mut bits, mut held, mut done) = (Vec::new(), 0u32, 0, false);
    for byte in text {
        match byte {
            b'\r' | b'\n' => continue,
            b':' => {
                done = true;
                break;
            }
            _ => {}
        }
        let Some(digit) = HQX.iter().position(|b| *b == byte) else {
            return error(vm, "Illegal char".to_string());
        };
        bits = (bits << 6 | digit as u32) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    if held > 0 && !done {
        let message = "String has incomplete number of bytes".to_string();
        return raise(vm, INCOMPLETE, message);
    }
    let (data, done) = (vm.new_bytes(out), vm.new_int(done.into()));
    Ok(vm.new_tuple(vec![data, done]))
}

pub fn rlecode_hqx(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    deprecated(vm, "rlecode_hqx")?;
    let (mut out, mut at) = (Vec::with_capacity(data.len()), 0);
    while at < data.len() {
        let byte = data[at];
        if byte == RUN {
            out.extend([RUN, 0]);
            at += 1;
            continue;
        }
        let run = data[at..]
            .iter()
            .take(255)
            .take_while(|b| **b == byte)
            .count();
        match run {
            4.. => out.extend([byte, RUN, run as u8]),
            _ => out.extend(std::iter::repeat_n(byte, run)),
        }
        at += run;
    }
    Ok(vm.new_bytes(out))
}

pub fn rledecode_hqx(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    deprecated(vm, "rledecode_hqx")?;
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut bytes = data.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != RUN {
            out.push(byte);
            continue;
        }
        let Some(count) = bytes.next() else {
            return raise(vm, INCOMPLETE, String::new());
        };
        match (count, out.last().copied()) {
            (0, _) => out.push(RUN),
            (_, None) => return error(vm, "Orphaned RLE code at start".to_string()),
            (_, Some(last)) => out.extend(std::iter::repeat_n(last, usize::from(count) - 1)),
        }
    }
    Ok(vm.new_bytes(out))
}
