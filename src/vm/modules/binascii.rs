//! The module `binascii`: bytes as text and back (`Modules/binascii.c`): hexadecimal, base64, uu, checksums.

use super::{ModuleSpec, binascii_mime as mime};
use crate::heap::Obj;
use crate::vm::args::{kw, opt, pos, req};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "binascii",
    doc: "Conversion between binary data and ASCII",
    functions: &[
        Method::new("a2b_base64", Arity::One, a2b_base64).doc("a2b_base64($module, data, /)\n--\n\nDecode a line of base64 data."),
        Method::new("b2a_base64", Arity::Keywords, b2a_base64)
            .doc("b2a_base64($module, data, /, *, newline=True)\n--\n\nBase64-code line of data."),
        Method::new("hexlify", Arity::Keywords, hexlify)
            .doc("hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nHexadecimal representation of binary data."),
        Method::new("b2a_hex", Arity::Keywords, hexlify)
            .doc("b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nHexadecimal representation of binary data."),
        Method::new("unhexlify", Arity::One, unhexlify)
            .doc("unhexlify($module, hexstr, /)\n--\n\nBinary data of hexadecimal representation."),
        Method::new("a2b_hex", Arity::One, unhexlify).doc("a2b_hex($module, hexstr, /)\n--\n\nBinary data of hexadecimal representation."),
        Method::new("crc32", Arity::Positional(1, 2), crc32).doc("crc32($module, data, crc=0, /)\n--\n\nCompute CRC-32 incrementally."),
        Method::new("crc_hqx", Arity::Positional(2, 2), crc_hqx).doc("crc_hqx($module, data, crc, /)\n--\n\nCompute CRC-CCITT incrementally."),
        Method::new("b2a_uu", Arity::Keywords, b2a_uu)
            .doc("b2a_uu($module, data, /, *, backtick=False)\n--\n\nUuencode line of data."),
        Method::new("a2b_uu", Arity::One, a2b_uu).doc("a2b_uu($module, data, /)\n--\n\nDecode a line of uuencoded data."),
        Method::new("a2b_qp", Arity::Keywords, mime::a2b_qp)
            .doc("a2b_qp($module, /, data, header=False)\n--\n\nDecode a string of qp-encoded data."),
        Method::new("b2a_qp", Arity::Keywords, mime::b2a_qp)
            .doc("b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)\n--\n\nEncode a string using quoted-printable encoding."),
        Method::new("a2b_hqx", Arity::One, mime::a2b_hqx)
            .doc("a2b_hqx($module, data, /)\n--\n\nDecode .hqx coding."),
        Method::new("b2a_hqx", Arity::One, mime::b2a_hqx)
            .doc("b2a_hqx($module, data, /)\n--\n\nEncode .hqx data."),
        Method::new("rlecode_hqx", Arity::One, mime::rlecode_hqx)
            .doc("rlecode_hqx($module, data, /)\n--\n\nBinhex RLE-code binary data."),
        Method::new("rledecode_hqx", Arity::One, mime::rledecode_hqx)
            .doc("rledecode_hqx($module, data, /)\n--\n\nDecode hexbin RLE-coded string."),
    ],
    init: |vm, dict| {
        for (name, key, base) in [
            ("Error", ERROR, vm.types.value_error),
            ("Incomplete", INCOMPLETE, vm.types.exception),
        ] {
            let class = vm.new_exception_class("binascii", name, base, "")?;
            vm.dict_set_name(dict, name, class);
            if let Some(old) = vm.module_state.insert(key, class) {
                vm.decref(old);
            }
        }
        Ok(())
    },
};

const ERROR: &str = "binascii.Error";
pub(super) const INCOMPLETE: &str = "binascii.Incomplete";

pub(super) fn error<T>(vm: &mut Machine, message: String) -> PyResult<T> {
    raise(vm, ERROR, message)
}

/// Raises one of the module's exceptions.
pub(super) fn raise<T>(vm: &mut Machine, kind: &str, message: String) -> PyResult<T> {
    let class = vm
        .module_state
        .get(kind)
        .copied()
        .unwrap_or(vm.types.value_error);
    vm.raise(class, message)
}

/// Text to be decoded: a str in ASCII, or a buffer.
pub(super) fn ascii(vm: &mut Machine, o: Obj) -> PyResult<Vec<u8>> {
    if let Some(text) = vm.heap.str(o) {
        if text.is_ascii() {
            return Ok(text.bytes().to_vec());
        }
        return vm.value_error("string argument should contain only ASCII characters");
    }
    match vm.buffer(o) {
        Some(data) => Ok(data.to_vec()),
        None => {
            let got = vm.type_name(o);
            vm.type_error(format!(
                "argument should be bytes, buffer or ASCII string, not '{got}'"
            ))
        }
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Characters that are no digits are skipped; padding ends the data only where it completes a group.
fn a2b_base64(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = ascii(vm, args.get(vm, 0))?;
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut place, mut rest, mut pads) = (0, 0u8, 0);
    for byte in text {
        if byte == b'=' {
            pads += 1;
            if place >= 2 && place + pads >= 4 {
                return Ok(vm.new_bytes(out));
            }
            continue;
        }
        let Some(digit) = BASE64.iter().position(|b| *b == byte) else {
            continue;
        };
        let digit = digit as u8;
        pads = 0;
        match place {
            0 => rest = digit,
            1 => {
                out.push(rest << 2 | digit >> 4);
                rest = digit & 0x0f;
            }
            2 => {
                out.push(rest << 4 | digit >> 2);
                rest = digit & 0x03;
            }
            _ => out.push(rest << 6 | digit),
        }
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(vm.new_bytes(out)),
        1 => {
            let digits = out.len() / 3 * 4 + 1;
            error(
                vm,
                format!(
                    "Invalid base64-encoded string: number of data characters ({digits}) cannot be 1 more than a multiple of 4"
                ),
            )
        }
        _ => error(vm, "Incorrect padding".to_string()),
    }
}

fn b2a_base64(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [data, newline] = vm.unpack("b2a_base64", args, &[pos("data"), kw("newline")])?;
    let data = vm.bytes_like(data)?;
    let newline = newline.is_null() || vm.is_true(newline)?;
    let mut out = Vec::with_capacity(data.len() / 3 * 4 + 5);
    for group in data.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for n in 0..4 {
            let digit = BASE64[(bits >> (18 - 6 * n) & 0x3f) as usize];
            out.push(if n <= group.len() { digit } else { b'=' });
        }
    }
    if newline {
        out.push(b'\n');
    }
    Ok(vm.new_bytes(out))
}

/// What `bytes.hex` does, as bytes.
fn hexlify(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [data, sep, per] = vm.unpack(
        "hexlify",
        args,
        &[req("data"), opt("sep"), opt("bytes_per_sep")],
    )?;
    let data = vm.bytes_like(data)?;
    let data = vm.new_bytes(data);
    let mut given = vec![sep, per];
    while given.last().is_some_and(|o| o.is_null()) {
        given.pop();
    }
    let text = vm.with_held(data, |vm, data| vm.call_method(data, "hex", &given))?;
    let bytes = vm
        .heap
        .str(text)
        .map(|t| t.bytes().to_vec())
        .unwrap_or_default();
    vm.decref(text);
    Ok(vm.new_bytes(bytes))
}

fn unhexlify(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = ascii(vm, args.get(vm, 0))?;
    if text.len() % 2 != 0 {
        return error(vm, "Odd-length string".to_string());
    }
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    let bytes: Option<Vec<u8>> = text
        .chunks(2)
        .map(|p| Some(digit(p[0])? << 4 | digit(p[1])?))
        .collect();
    match bytes {
        Some(bytes) => Ok(vm.new_bytes(bytes)),
        None => error(vm, "Non-hexadecimal digit found".to_string()),
    }
}

/// The low bits of an int argument, whatever its size.
fn low_bits(vm: &mut Machine, o: Obj) -> PyResult<u32> {
    if o.is_null() {
        return Ok(0);
    }
    let index = vm.number_index(o)?;
    let value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    let bytes = value.to_signed_bytes_le();
    let fill = if bytes.last().is_some_and(|b| b & 0x80 != 0) {
        0xff
    } else {
        0
    };
    let low = [0, 1, 2, 3].map(|i| bytes.get(i).copied().unwrap_or(fill));
    Ok(u32::from_le_bytes(low))
}

fn crc32(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let mut crc = !low_bits(vm, args.get(vm, 1))?;
    for byte in data {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 != 0 { 0xedb8_8320 } else { 0 };
        }
    }
    Ok(vm.new_int((!crc).into()))
}

fn crc_hqx(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let mut crc = low_bits(vm, args.get(vm, 1))? & 0xffff;
    for byte in data {
        crc ^= u32::from(byte) << 8;
        for _ in 0..8 {
            crc = (crc << 1 ^ if crc & 0x8000 != 0 { 0x1021 } else { 0 }) & 0xffff;
        }
    }
    Ok(vm.new_int(crc.into()))
}

fn b2a_uu(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [data, backtick] = vm.unpack("b2a_uu", args, &[pos("data"), kw("backtick")])?;
    let data = vm.bytes_like(data)?;
    let backtick = !backtick.is_null() && vm.is_true(backtick)?;
    if data.len() > 45 {
        return error(vm, "At most 45 bytes at once".to_string());
    }
    let sign = |value: u32| match value {
        0 if backtick => b'`',
        value => b' ' + value as u8,
    };
    let mut out = vec![sign(data.len() as u32)];
    for group in data.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        out.extend((0..4).map(|n| sign(bits >> (18 - 6 * n) & 0x3f)));
    }
    out.push(b'\n');
    Ok(vm.new_bytes(out))
}

fn a2b_uu(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = ascii(vm, args.get(vm, 0))?;
    let mut signs = text.iter().copied();
    let len = usize::from(signs.next().unwrap_or(b' ').wrapping_sub(b' ') & 0x3f);
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    while out.len() < len {
        let value = match signs.next() {
            None | Some(b'\n' | b'\r') => 0,
            Some(sign @ b' '..=b'`') => u32::from(sign - b' ') & 0x3f,
            Some(_) => return error(vm, "Illegal char".to_string()),
        };
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    let trailing = signs.any(|sign| !matches!(sign, b' ' | b'`' | b'\n' | b'\r'));
    if trailing {
        return error(vm, "Trailing garbage".to_string());
    }
    Ok(vm.new_bytes(out))
}
