//! JSON strings: reading and writing.

use std::rc::Rc;

use rustpython_wtf8::{CodePoint, Wtf8Buf};

use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// Raises `json.decoder.JSONDecodeError(message, document, place)`.
pub fn wrong<T: 'static>(
    vm: &mut Machine,
    message: &str,
    document: Obj,
    place: usize,
) -> PyResult<T> {
    let module = vm.import_module("json.decoder")?;
    let class = vm.with_held(module, |vm, module| {
        vm.get_attr_str(module, "JSONDecodeError")
    })?;
    let parts = [vm.new_str(message), vm.new_int(place as i64)];
    let mark = vm.mark();
    vm.hold(class);
    vm.hold(parts[0]);
    vm.hold(parts[1]);
    let made = vm.call(class, &[parts[0], document, parts[1]]);
    let raised = match made {
        Ok(error) => {
            let raised = vm.raise_object(error);
            vm.drop_keeping_exception(error);
            raised
        }
        Err(thrown) => Err(thrown),
    };
    vm.releasing(mark, raised)
}

fn hex(points: &StrObj, at: usize) -> Option<u32> {
    let mut value = 0;
    for i in at..at + 4 {
        value = value * 16 + char::from_u32(points.point(i))?.to_digit(16)?;
    }
    Some(value)
}

/// Reads a string whose opening quote is before `begin`; answers it and the place behind its closing quote.
pub fn scan(
    vm: &mut Machine,
    document: Obj,
    text: &Rc<StrObj>,
    begin: usize,
    strict: bool,
) -> PyResult<(Obj, usize)> {
    let len = text.len();
    let quote = begin.saturating_sub(1);
    let mut out = Wtf8Buf::new();
    let mut at = begin;
    loop {
        let Some(c) = (at < len).then(|| text.point(at)) else {
            return wrong(vm, "Unterminated string starting at", document, quote);
        };
        if c == u32::from(b'"') {
            return Ok((vm.new_wtf8(out), at + 1));
        }
        if c != u32::from(b'\\') {
            if c <= 0x1f && strict {
                return wrong(vm, "Invalid control character at", document, at);
            }
            push(&mut out, c);
            at += 1;
            continue;
        }
        if at + 1 == len {
            return wrong(vm, "Unterminated string starting at", document, quote);
        }
        let (c, next) = escape(vm, document, text, at)?;
        push(&mut out, c);
        at = next;
    }
}

fn push(out: &mut Wtf8Buf, c: u32) {
    // (A pair of lone surrogates must stay two: each is pushed by itself, and WTF-8 would join them.)
    if let Some(c) = CodePoint::from_u32(c) {
        out.push(c);
    }
}

/// An escape at its backslash: what it stands for, and where it ends.
fn escape(vm: &mut Machine, document: Obj, text: &Rc<StrObj>, at: usize) -> PyResult<(u32, usize)> {
    let len = text.len();
    let letter = char::from_u32(text.point(at + 1)).unwrap_or(' ');
    let plain = match letter {
        '"' | '\\' | '/' => letter as u32,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'u' => 0,
        _ => return wrong(vm, "Invalid \\escape", document, at),
    };
    if letter != 'u' {
        return Ok((plain, at + 2));
    }
    let end = at + 6;
    if end >= len {
        return wrong(vm, "Invalid \\uXXXX escape", document, at + 1);
    }
    let Some(c) = hex(text, at + 2) else {
        return wrong(vm, "Invalid \\uXXXX escape", document, at + 1);
    };
    let is_pair = (0xd800..0xdc00).contains(&c)
        && end + 6 < len
        && text.point(end) == u32::from(b'\\')
        && text.point(end + 1) == u32::from(b'u');
    if is_pair {
        let Some(low) = hex(text, end + 2) else {
            return wrong(vm, "Invalid \\uXXXX escape", document, end + 1);
        };
        if (0xdc00..0xe000).contains(&low) {
            return Ok((0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), end + 6));
        }
    }
    Ok((c, end))
}

pub fn scanstring(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (document, end, strict) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let end = vm.index_clamped(end, vm.types.overflow_error)?;
    let strict = strict.is_null() || vm.is_true(strict)?;
    let Some(text) = vm.heap.str(document).cloned() else {
        let name = vm.type_name(document);
        return vm.type_error(format!("first argument must be a string, not {name}"));
    };
    let begin = match usize::try_from(end) {
        Ok(end) if end <= text.len() => end,
        _ => return vm.value_error("end is out of bounds"),
    };
    let (string, end) = scan(vm, document, &text, begin, strict)?;
    let end = vm.new_int(end as i64);
    Ok(vm.new_tuple(vec![string, end]))
}

/// Appends a str as a JSON string.
pub fn push_quoted(out: &mut Wtf8Buf, text: &StrObj, ascii: bool) {
    out.push_str("\"");
    for c in text.points() {
        match char::from_u32(c) {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\x08') => out.push_str("\\b"),
            Some('\x0c') => out.push_str("\\f"),
            _ if c < 0x20 || ascii && (0x7f..0x10000).contains(&c) => {
                out.push_str(&format!("\\u{c:04x}"));
            }
            _ if ascii && c >= 0x10000 => {
                let c = c - 0x10000;
                let (high, low) = (0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
                out.push_str(&format!("\\u{high:04x}\\u{low:04x}"));
            }
            _ => push(out, c),
        }
    }
    out.push_str("\"");
}

pub fn quote(vm: &mut Machine, args: Args, ascii: bool) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    debug_assert!(o != NULL, "the arity is checked");
    let Some(text) = vm.heap.str(o).cloned() else {
        let name = vm.type_name(o);
        return vm.type_error(format!("first argument must be a string, not {name}"));
    };
    let mut out = Wtf8Buf::new();
    push_quoted(&mut out, &text, ascii);
    Ok(vm.new_wtf8(out))
}
