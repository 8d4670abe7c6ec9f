//! Opcodes with a line of text as argument.

use super::input::{read_any_line, read_line};
use super::load::{memo_get, memo_put, no_persistent_load, push_persistent};
use super::load_build::{find, instantiate};
use super::unpickler::{parts, pop_mark, push};
use super::unpickling_error;
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::types::{float_parse, int_parse};
use crate::vm::{Machine, PyResult};

/// Latin-1 text of a line.
fn latin(line: &[u8]) -> String {
    line.iter().map(|b| char::from(*b)).collect()
}

/// `int(text, base)` with the machine's own message; pushes the result.
fn parsed(vm: &mut Machine, text: &str, base: u32) -> PyResult<Obj> {
    let o = vm.new_str(text);
    vm.with_held(o, |vm, o| int_parse::from_str(vm, o, text, base))
}

/// INT: C's `strtol` with its octal numbers; `00` and `01` are bools.
pub fn int(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let line = latin(&read_line(vm, u)?);
    let body = &line[..line.len() - 1];
    if body == "00" || body == "01" {
        let value = vm.new_bool(body == "01");
        push(vm, u, value);
        return Ok(());
    }
    let value = match strtol(body) {
        Some(value) => vm.new_int(value),
        None => {
            let base = if body.trim_start().starts_with('0') {
                0
            } else {
                10
            };
            match parsed(vm, &line, base) {
                Ok(value) => value,
                Err(_) if vm.interrupt.is_none() => {
                    vm.clear_exception();
                    return vm.value_error("could not convert string to int");
                }
                Err(thrown) => return Err(thrown),
            }
        }
    };
    push(vm, u, value);
    Ok(())
}

fn strtol(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        Some(hex) => (16, hex),
        None if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        None => (10, digits),
    };
    if !digits.starts_with(|c: char| c.is_digit(radix)) {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
}

pub fn long(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let mut line = latin(&read_line(vm, u)?);
    if line.ends_with("L\n") {
        line.truncate(line.len() - 2);
    }
    let base = if line.starts_with('0') { 0 } else { 10 };
    let value = parsed(vm, &line, base)?;
    push(vm, u, value);
    Ok(())
}

pub fn float(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let line = latin(&read_line(vm, u)?);
    let body = &line[..line.len() - 1];
    let plain = |text: &str| !text.starts_with(char::is_whitespace) && !text.contains('_');
    let parse = |text: &str| {
        plain(text)
            .then(|| float_parse::parse_decimal(text))
            .flatten()
    };
    if !body.ends_with(char::is_whitespace)
        && let Some(value) = parse(body)
    {
        let value = vm.new_float(value);
        push(vm, u, value);
        return Ok(());
    }
    let begins = (1..body.len()).any(|n| body.get(..n).and_then(parse).is_some());
    if begins {
        return vm.value_error("could not convert string to float");
    }
    vm.value_error(&format!("could not convert string to float: '{line}'"))
}

/// STRING: the repr of a Python 2 str.
pub fn string(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let line = read_line(vm, u)?;
    let body = line.trim_ascii_end();
    let inner = match body {
        [b'\'', inner @ .., b'\''] | [b'"', inner @ .., b'"'] => inner,
        _ => return unpickling_error(vm, "the STRING opcode argument must be quoted"),
    };
    let data = unescape(vm, inner)?;
    push_string(vm, u, data)
}

/// What the escapes of a bytes literal mean.
fn unescape(vm: &mut Machine, text: &[u8]) -> PyResult<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        at += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(kind) = text.get(at).copied() else {
            return vm.value_error("Trailing \\ in string");
        };
        at += 1;
        match kind {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(kind),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'0'..=b'7' => {
                let digits = text[at - 1..]
                    .iter()
                    .take(3)
                    .take_while(|b| matches!(b, b'0'..=b'7'))
                    .count();
                let value = text[at - 1..at - 1 + digits]
                    .iter()
                    .fold(0u32, |v, b| v * 8 + u32::from(b - b'0'));
                out.push(value as u8);
                at += digits - 1;
            }
            b'x' => {
                let digits = text
                    .get(at..at + 2)
                    .and_then(|d| std::str::from_utf8(d).ok());
                match digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                    Some(value) => out.push(value),
                    None => {
                        return vm
                            .value_error(&format!("invalid \\x escape at position {}", at - 2));
                    }
                }
                at += 2;
            }
            _ => out.extend([b'\\', kind]),
        }
    }
    Ok(out)
}

/// A Python 2 str becomes what the unpickler's encoding says.
pub fn push_string(vm: &mut Machine, u: Obj, data: Vec<u8>) -> PyResult<()> {
    let settings = parts(vm, u).settings.clone();
    let value = if settings.encoding == "bytes" {
        vm.new_bytes(data)
    } else {
        let encoding = vm.new_str(&settings.encoding);
        vm.hold(encoding);
        let errors = vm.new_str(&settings.errors);
        let text = vm.with_held(errors, |vm, errors| vm.decode(&data, encoding, errors));
        vm.let_go(text)?
    };
    push(vm, u, value);
    Ok(())
}

/// UTF-8 with lone surrogates.
pub fn push_unicode(vm: &mut Machine, u: Obj, data: Vec<u8>) -> PyResult<()> {
    let text = match std::str::from_utf8(&data) {
        Ok(text) => vm.new_str(text),
        Err(_) => {
            let errors = vm.new_str("surrogatepass");
            vm.with_held(errors, |vm, errors| vm.decode(&data, NULL, errors))?
        }
    };
    push(vm, u, text);
    Ok(())
}

/// UNICODE: latin-1 with `\u` and `\U` escapes.
pub fn unicode(vm: &mut Machine, u: Obj) -> PyResult<()> {
    // An empty text is a line of nothing.
    let line = read_any_line(vm, u)?;
    let text = &line[..line.len() - 1];
    let mut points = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at += 1;
        let width = match (text[start], text.get(at)) {
            (b'\\', Some(b'u')) => 4,
            (b'\\', Some(b'U')) => 8,
            (b'\\', Some(other)) => {
                points.extend([0x5c, u32::from(*other)]);
                at += 1;
                continue;
            }
            (byte, _) => {
                points.push(u32::from(byte));
                continue;
            }
        };
        at += 1;
        let digits = text[at..]
            .iter()
            .take(width)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        if digits < width {
            let reason = if width == 4 {
                "truncated \\uXXXX escape"
            } else {
                "truncated \\UXXXXXXXX escape"
            };
            return vm.decode_error("rawunicodeescape", text, start, at + digits, reason);
        }
        let point = std::str::from_utf8(&text[at..at + width])
            .ok()
            .and_then(|d| u32::from_str_radix(d, 16).ok());
        at += width;
        match point {
            Some(point) if point <= 0x10_ffff => points.push(point),
            _ => {
                return vm.decode_error(
                    "rawunicodeescape",
                    text,
                    start,
                    at,
                    "\\Uxxxxxxxx out of range",
                );
            }
        }
    }
    let text = vm.new_str_obj(StrObj::from_points(points));
    push(vm, u, text);
    Ok(())
}

pub fn get(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let number = number(vm, u)?;
    memo_get(vm, u, number)
}

pub fn put(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let line = latin(&read_line(vm, u)?);
    super::unpickler::need(vm, u, 1)?;
    let number = parsed(vm, &line, 10)?;
    let value = vm.as_i64(number);
    vm.decref(number);
    match value.map(u64::try_from) {
        Some(Ok(number)) => memo_put(vm, u, number),
        Some(Err(_)) => vm.value_error("negative PUT argument"),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

/// The number of a line.
fn number(vm: &mut Machine, u: Obj) -> PyResult<u64> {
    let line = latin(&read_line(vm, u)?);
    let number = parsed(vm, &line, 10)?;
    let value = vm.as_i64(number);
    vm.decref(number);
    match value.map(u64::try_from) {
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => {
            let shown = line.trim_end().to_string();
            unpickling_error(vm, &format!("Memo value not found at index {shown}"))
        }
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

pub fn persid(vm: &mut Machine, u: Obj) -> PyResult<()> {
    if parts(vm, u).pers_func.is_null() {
        return no_persistent_load(vm);
    }
    let line = read_any_line(vm, u)?;
    let body = &line[..line.len() - 1];
    if !body.is_ascii() {
        return unpickling_error(vm, "persistent IDs in protocol 0 must be ASCII strings");
    }
    let id = vm.new_string(latin(body));
    vm.with_held(id, |vm, id| push_persistent(vm, u, id))
}

/// A line as a str.
fn name(vm: &mut Machine, u: Obj, encoding: &str) -> PyResult<Obj> {
    let line = read_line(vm, u)?;
    let body = &line[..line.len() - 1];
    let encoding = vm.new_str(encoding);
    vm.with_held(encoding, |vm, encoding| vm.decode(body, encoding, NULL))
}

/// Two lines: module and name; what they mean, owned.
fn named(vm: &mut Machine, u: Obj, encoding: &str) -> PyResult<Obj> {
    let module = name(vm, u, encoding)?;
    vm.with_held(module, |vm, module| {
        let name = name(vm, u, encoding)?;
        vm.with_held(name, |vm, name| find(vm, u, module, name))
    })
}

pub fn global(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let found = named(vm, u, "utf-8")?;
    push(vm, u, found);
    Ok(())
}

pub fn inst(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    let class = named(vm, u, "ascii")?;
    vm.with_held(class, |vm, class| instantiate(vm, u, class, height))
}
