//! Places in a text: a cookie holds the byte to go to, the decoder's state there, and what to decode and skip from there on.

use num_bigint::{BigInt, Sign};

use super::text_io::{open, text};
use super::text_read::decode;
use super::text_write::write_pending;
use super::{call_quietly, int, unsupported};
use crate::heap::Obj;
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// CPython's packed layout: 8 bytes, 4, 4, 4, 1.
#[derive(Default)]
struct Cookie {
    start: u64,
    flags: u32,
    bytes_to_feed: u32,
    chars_to_skip: u32,
    need_eof: bool,
}

impl Cookie {
    fn pack(&self) -> BigInt {
        let mut bytes = self.start.to_le_bytes().to_vec();
        bytes.extend(self.flags.to_le_bytes());
        bytes.extend(self.bytes_to_feed.to_le_bytes());
        bytes.extend(self.chars_to_skip.to_le_bytes());
        bytes.push(u8::from(self.need_eof));
        BigInt::from_bytes_le(Sign::Plus, &bytes)
    }

    fn unpack(number: &BigInt) -> Option<Cookie> {
        let (_, mut bytes) = number.to_bytes_le();
        if bytes.len() > 21 {
            return None;
        }
        bytes.resize(21, 0);
        let four = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Some(Cookie {
            start: u64::from(four(0)) | u64::from(four(4)) << 32,
            flags: four(8),
            bytes_to_feed: four(12),
            chars_to_skip: four(16),
            need_eof: bytes[20] != 0,
        })
    }
}

pub fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let buffer = open(vm, this)?;
    if !text(vm, this).seekable {
        return unsupported(vm, "underlying stream is not seekable");
    }
    if !text(vm, this).telling {
        return vm.raise(
            vm.types.os_error,
            "telling position disabled by next() call".to_string(),
        );
    }
    write_pending(vm, this)?;
    call_quietly(vm, this, "flush", &[])?;
    let at = super::buffered::raw_tell(vm, buffer)?;
    let t = text(vm, this);
    let (Some(decoder), Some((flags, input))) = (t.decoder.clone(), t.snapshot.clone()) else {
        return Ok(vm.new_int(at));
    };
    if !decoder.can_tell() {
        return vm.unsupported("tell() while reading with this encoding".to_string());
    }
    let (used, errors) = (t.used, t.errors);
    let mut cookie = Cookie {
        start: (at as u64).saturating_sub(input.len() as u64),
        flags,
        ..Cookie::default()
    };
    if used == 0 {
        return Ok(vm.new_big_int(cookie.pack()));
    }
    // Byte by byte from the last chunk's start; where the decoder holds nothing back, a cookie may begin.
    let mut trial = decoder;
    trial.set_flags(flags);
    let (mut safe_bytes, mut safe_chars, mut chars, mut fed) = (0, 0, 0, 0);
    for (n, byte) in input.iter().enumerate() {
        chars += trial.decode(vm, &[*byte], errors, false)?.len();
        fed = n + 1;
        if trial.is_clean() && chars <= used {
            (safe_bytes, safe_chars) = (fed, chars);
            cookie.flags = trial.flags();
        }
        if chars >= used {
            break;
        }
    }
    cookie.start += safe_bytes as u64;
    cookie.chars_to_skip = (used - safe_chars) as u32;
    cookie.bytes_to_feed = (fed - safe_bytes) as u32;
    if chars < used {
        chars += trial.decode(vm, &[], errors, true)?.len();
        cookie.need_eof = true;
        if chars < used {
            return vm.raise(
                vm.types.os_error,
                "can't reconstruct logical file position".to_string(),
            );
        }
    }
    if cookie.chars_to_skip == 0 {
        cookie.bytes_to_feed = 0;
    }
    Ok(vm.new_big_int(cookie.pack()))
}

pub fn seek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (target, whence) = (args.get(vm, 0), args.get(vm, 1));
    let whence = int(vm, whence, 0)?;
    let buffer = open(vm, this)?;
    if !text(vm, this).seekable {
        return unsupported(vm, "underlying stream is not seekable");
    }
    let null = vm.new_int(0);
    let op = if whence == 0 { CmpOp::Lt } else { CmpOp::Eq };
    let zero = vm.with_held(null, |vm, null| match whence {
        0..=2 => vm.rich_compare_bool(target, null, op),
        _ => Ok(true),
    })?;
    match whence {
        0 if zero => {
            let shown = vm.repr_text(target)?;
            vm.value_error(&format!("negative seek position {shown}"))
        }
        // Any number does, and comes back as it is (`textiowrapper_parse_cookie`).
        0 => {
            let long = vm.number_long(target)?;
            let number = vm.as_int(long).unwrap_or_default();
            vm.decref(long);
            let reached = to_cookie(vm, this, buffer, number)?;
            vm.decref(reached);
            Ok(vm.new_ref(target))
        }
        1 if !zero => unsupported(vm, "can't do nonzero cur-relative seeks"),
        2 if !zero => unsupported(vm, "can't do nonzero end-relative seeks"),
        1 => {
            let here = vm.call_method(this, "tell", &[])?;
            let number = vm.as_int(here).unwrap_or_default();
            vm.decref(here);
            to_cookie(vm, this, buffer, number)
        }
        2 => to_end(vm, this, buffer),
        _ => vm.value_error(&format!("invalid whence ({whence}, should be 0, 1 or 2)")),
    }
}

fn to_end(vm: &mut Machine, this: Obj, buffer: Obj) -> PyResult<Obj> {
    call_quietly(vm, this, "flush", &[])?;
    forget(vm, this, 0);
    let at = super::buffered::raw_seek(vm, buffer, 0, 2)?;
    text(vm, this).begun = at != 0;
    Ok(vm.new_int(at))
}

fn forget(vm: &mut Machine, this: Obj, flags: u32) {
    let t = text(vm, this);
    t.forget_ahead();
    t.snapshot = None;
    if let Some(decoder) = &mut t.decoder {
        if flags == 0 {
            decoder.reset();
        } else {
            decoder.set_flags(flags);
        }
    }
}

fn to_cookie(vm: &mut Machine, this: Obj, buffer: Obj, number: BigInt) -> PyResult<Obj> {
    call_quietly(vm, this, "flush", &[])?;
    let Some(cookie) = Cookie::unpack(&number) else {
        return vm.raise(
            vm.types.overflow_error,
            "int too big to convert".to_string(),
        );
    };
    super::buffered::raw_seek(vm, buffer, cookie.start as i64, 0)?;
    let at_start = cookie.start == 0 && cookie.flags == 0;
    forget(vm, this, cookie.flags);
    if !at_start
        && cookie.flags == 0
        && let Some(decoder) = &mut text(vm, this).decoder
    {
        decoder.set_flags(0);
    }
    if cookie.chars_to_skip > 0 {
        let got = super::call_with_int(vm, buffer, "read", i64::from(cookie.bytes_to_feed))?;
        let data = vm.buffer(got).map(|b| b.to_vec()).unwrap_or_default();
        vm.decref(got);
        let points = decode(vm, this, &data, cookie.need_eof)?;
        if points.len() < cookie.chars_to_skip as usize {
            return vm.raise(
                vm.types.os_error,
                "can't restore logical file position".to_string(),
            );
        }
        let t = text(vm, this);
        t.ahead = points;
        t.used = cookie.chars_to_skip as usize;
        t.snapshot = Some((cookie.flags, data));
    } else {
        text(vm, this).snapshot = Some((cookie.flags, Vec::new()));
    }
    text(vm, this).begun = !at_start;
    Ok(vm.new_big_int(number))
}
