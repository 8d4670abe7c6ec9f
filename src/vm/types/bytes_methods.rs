//! The methods that bytes and bytearray share: taking apart, padding, case, hex, translation. A bytearray's methods make
//! bytearrays, and always new ones.

use super::buffer::Buffer;
use super::str::MOST_BYTES;
use crate::heap::Obj;
use crate::vm::args::{opt, pos};
use crate::vm::{Args, Machine, PyResult};

/// The rows both types have, and the ones given.
macro_rules! byte_methods {
    ($($own:expr),* $(,)?) => {{
        use $crate::vm::native::{Arity::*, Method};
        use $crate::vm::types::{bytes_find as find, bytes_methods as b, bytes_split as split, bytes_hex as hex};
        &[
            Method::new("find", Any, find::find).varargs().doc("B.find(sub[, start[, end]]) -> int"),
            Method::new("rfind", Any, find::rfind).varargs().doc("B.rfind(sub[, start[, end]]) -> int"),
            Method::new("index", Any, find::index).varargs().doc("B.index(sub[, start[, end]]) -> int"),
            Method::new("rindex", Any, find::rindex).varargs().doc("B.rindex(sub[, start[, end]]) -> int"),
            Method::new("count", Any, find::count).varargs().doc("B.count(sub[, start[, end]]) -> int"),
            Method::new("startswith", Any, find::startswith).varargs().doc("B.startswith(prefix[, start[, end]]) -> bool"),
            Method::new("endswith", Any, find::endswith).varargs().doc("B.endswith(suffix[, start[, end]]) -> bool"),
            Method::new("removeprefix", One, find::removeprefix).doc("removeprefix($self, prefix, /)\n--\n\n"),
            Method::new("removesuffix", One, find::removesuffix).doc("removesuffix($self, suffix, /)\n--\n\n"),
            Method::new("replace", Positional(2, 3), find::replace).doc("replace($self, old, new, count=-1, /)\n--\n\n"),
            Method::new("split", Keywords, split::split).doc("split($self, /, sep=None, maxsplit=-1)\n--\n\n"),
            Method::new("rsplit", Keywords, split::rsplit).doc("rsplit($self, /, sep=None, maxsplit=-1)\n--\n\n"),
            Method::new("splitlines", Keywords, split::splitlines).doc("splitlines($self, /, keepends=False)\n--\n\n"),
            Method::new("partition", One, split::partition).doc("partition($self, sep, /)\n--\n\n"),
            Method::new("rpartition", One, split::rpartition).doc("rpartition($self, sep, /)\n--\n\n"),
            Method::new("strip", Positional(0, 1), split::strip).doc("strip($self, bytes=None, /)\n--\n\n"),
            Method::new("lstrip", Positional(0, 1), split::lstrip).doc("lstrip($self, bytes=None, /)\n--\n\n"),
            Method::new("rstrip", Positional(0, 1), split::rstrip).doc("rstrip($self, bytes=None, /)\n--\n\n"),
            Method::new("join", One, split::join).doc("join($self, iterable_of_bytes, /)\n--\n\n"),
            Method::new("center", Positional(1, 2), b::center).doc("center($self, width, fillchar=b' ', /)\n--\n\n"),
            Method::new("ljust", Positional(1, 2), b::ljust).doc("ljust($self, width, fillchar=b' ', /)\n--\n\n"),
            Method::new("rjust", Positional(1, 2), b::rjust).doc("rjust($self, width, fillchar=b' ', /)\n--\n\n"),
            Method::new("zfill", One, b::zfill).doc("zfill($self, width, /)\n--\n\n"),
            Method::new("expandtabs", Keywords, b::expandtabs).doc("expandtabs($self, /, tabsize=8)\n--\n\n"),
            Method::new("lower", NoArgs, b::lower).doc("B.lower() -> copy of B"),
            Method::new("upper", NoArgs, b::upper).doc("B.upper() -> copy of B"),
            Method::new("title", NoArgs, b::title).doc("B.title() -> copy of B"),
            Method::new("capitalize", NoArgs, b::capitalize).doc("B.capitalize() -> copy of B"),
            Method::new("swapcase", NoArgs, b::swapcase).doc("B.swapcase() -> copy of B"),
            Method::new("isalnum", NoArgs, b::isalnum).doc("B.isalnum() -> bool"),
            Method::new("isalpha", NoArgs, b::isalpha).doc("B.isalpha() -> bool"),
            Method::new("isascii", NoArgs, b::isascii).doc("B.isascii() -> bool"),
            Method::new("isdigit", NoArgs, b::isdigit).doc("B.isdigit() -> bool"),
            Method::new("islower", NoArgs, b::islower).doc("B.islower() -> bool"),
            Method::new("isspace", NoArgs, b::isspace).doc("B.isspace() -> bool"),
            Method::new("istitle", NoArgs, b::istitle).doc("B.istitle() -> bool"),
            Method::new("isupper", NoArgs, b::isupper).doc("B.isupper() -> bool"),
            Method::new("translate", Keywords, b::translate).doc("translate($self, table, /, delete=b'')\n--\n\n"),
            Method::fixed("maketrans", Positional(2, 2), b::maketrans).doc("maketrans(frm, to, /)\n--\n\n"),
            Method::new("decode", Keywords, b::decode).doc("decode($self, /, encoding='utf-8', errors='strict')\n--\n\n"),
            Method::new("hex", Keywords, hex::hex).doc("B.hex() -> str"),
            Method::class("fromhex", One, hex::fromhex).doc("fromhex($type, string, /)\n--\n\n"),
            $($own),*
        ]
    }};
}
pub(super) use byte_methods;

/// The bytes of the object a method was called on.
pub fn this_data(vm: &Machine, this: Obj) -> Buffer {
    vm.buffer(this)
        .expect("a bytes method gets a bytes-like object")
}

/// A new object of the kind of `this`, bytes or bytearray.
pub fn like(vm: &mut Machine, this: Obj, data: Vec<u8>) -> PyResult<Obj> {
    if vm.heap.bytes_of(this).is_some() {
        Ok(vm.new_bytes(data))
    } else {
        Ok(vm.new_bytearray(data))
    }
}

/// The same bytes again: an exact bytes itself, a bytearray copied.
pub fn unchanged(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.heap.bytes_of(this).is_some() {
        return Ok(vm.bytes_unchanged(this));
    }
    let data = this_data(vm, this).to_vec();
    Ok(vm.new_bytearray(data))
}

/// CPython's `Py_ISSPACE`.
pub fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

fn pad_arguments(vm: &mut Machine, args: Args, name: &str) -> PyResult<(usize, u8)> {
    let width = vm.ssize(args.get(vm, 0))?;
    let fill = args.get(vm, 1);
    let width = width.max(0) as usize;
    if fill.is_null() {
        return Ok((width, b' '));
    }
    // Only bytes and bytearray will do, other buffers not.
    let is_bytes = vm.heap.bytes_of(fill).is_some() || vm.is_bytearray(fill);
    match vm.buffer(fill).filter(|data| is_bytes && data.len() == 1) {
        Some(data) => Ok((width, data[0])),
        None => {
            let ty = vm.type_name(fill);
            vm.type_error(format!(
                "{name}() argument 2 must be a byte string of length 1, not {ty}"
            ))
        }
    }
}

fn pad(vm: &mut Machine, this: Obj, left: usize, right: usize, fill: u8) -> PyResult<Obj> {
    if left == 0 && right == 0 {
        return unchanged(vm, this);
    }
    if left.saturating_add(right) > MOST_BYTES {
        return vm.raise_bare(vm.types.memory_error);
    }
    let mut out = vec![fill; left];
    out.extend_from_slice(&this_data(vm, this));
    out.resize(out.len() + right, fill);
    like(vm, this, out)
}

pub fn center(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args, "center")?;
    let missing = width.saturating_sub(this_data(vm, this).len());
    let left = missing / 2 + (missing & width & 1);
    pad(vm, this, left, missing - left, fill)
}

pub fn ljust(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args, "ljust")?;
    let missing = width.saturating_sub(this_data(vm, this).len());
    pad(vm, this, 0, missing, fill)
}

pub fn rjust(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args, "rjust")?;
    let missing = width.saturating_sub(this_data(vm, this).len());
    pad(vm, this, missing, 0, fill)
}

pub fn zfill(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let width = vm.ssize(args.get(vm, 0))?;
    let data = this_data(vm, this);
    let missing = (width.max(0) as usize).saturating_sub(data.len());
    if missing == 0 || !matches!(data.first(), Some(b'+' | b'-')) {
        return pad(vm, this, missing, 0, b'0');
    }
    if missing > MOST_BYTES {
        return vm.raise_bare(vm.types.memory_error);
    }
    let mut out = vec![data[0]];
    out.resize(missing + 1, b'0');
    out.extend_from_slice(&data[1..]);
    like(vm, this, out)
}

pub fn expandtabs(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let size = vm.tab_size(args)?;
    let mut out = Vec::new();
    let mut column = 0usize;
    for byte in this_data(vm, this).iter() {
        if *byte == b'\t' {
            let missing = if size == 0 { 0 } else { size - column % size };
            if out.len().saturating_add(missing) > MOST_BYTES {
                return vm.raise(vm.types.overflow_error, "result too long".to_string());
            }
            out.resize(out.len() + missing, b' ');
            column += missing;
        } else {
            out.push(*byte);
            column = if matches!(byte, b'\n' | b'\r') {
                0
            } else {
                column + 1
            };
        }
    }
    like(vm, this, out)
}

fn changed(vm: &mut Machine, this: Obj, change: impl Fn(&[u8], usize) -> u8) -> PyResult<Obj> {
    let data = this_data(vm, this);
    let out = (0..data.len()).map(|n| change(&data, n)).collect();
    like(vm, this, out)
}

pub fn lower(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    changed(vm, this, |data, n| data[n].to_ascii_lowercase())
}

pub fn upper(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    changed(vm, this, |data, n| data[n].to_ascii_uppercase())
}

pub fn title(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    changed(vm, this, |data, n| {
        match n > 0 && data[n - 1].is_ascii_alphabetic() {
            true => data[n].to_ascii_lowercase(),
            false => data[n].to_ascii_uppercase(),
        }
    })
}

pub fn capitalize(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    changed(vm, this, |data, n| {
        if n == 0 {
            data[n].to_ascii_uppercase()
        } else {
            data[n].to_ascii_lowercase()
        }
    })
}

pub fn swapcase(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    changed(vm, this, |data, n| match data[n].is_ascii_uppercase() {
        true => data[n].to_ascii_lowercase(),
        false => data[n].to_ascii_uppercase(),
    })
}

fn all(vm: &mut Machine, this: Obj, test: impl Fn(u8) -> bool) -> PyResult<Obj> {
    let data = this_data(vm, this);
    let answer = !data.is_empty() && data.iter().all(|b| test(*b));
    Ok(vm.new_bool(answer))
}

pub fn isalnum(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, |b| b.is_ascii_alphanumeric())
}

pub fn isalpha(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, |b| b.is_ascii_alphabetic())
}

pub fn isascii(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let answer = this_data(vm, this).is_ascii();
    Ok(vm.new_bool(answer))
}

pub fn isdigit(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, |b| b.is_ascii_digit())
}

pub fn isspace(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, is_space)
}

pub fn islower(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = this_data(vm, this);
    let answer =
        data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase);
    Ok(vm.new_bool(answer))
}

pub fn isupper(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = this_data(vm, this);
    let answer =
        data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase);
    Ok(vm.new_bool(answer))
}

pub fn istitle(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = this_data(vm, this);
    let wrong = (0..data.len()).any(|n| {
        let inside = n > 0 && data[n - 1].is_ascii_alphabetic();
        (data[n].is_ascii_uppercase() && inside) || (data[n].is_ascii_lowercase() && !inside)
    });
    let answer = !wrong && data.iter().any(u8::is_ascii_alphabetic);
    Ok(vm.new_bool(answer))
}

pub fn translate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [table, delete] = vm.unpack("translate", args, &[pos("table"), opt("delete")])?;
    let table = if table == vm.none {
        None
    } else {
        Some(vm.need_buffer(table)?)
    };
    if table.as_ref().is_some_and(|t| t.len() != 256) {
        return vm.value_error("translation table must be 256 characters long");
    }
    let delete = if delete.is_null() {
        None
    } else {
        Some(vm.need_buffer(delete)?)
    };
    let data = this_data(vm, this);
    let kept = data
        .iter()
        .filter(|b| !delete.as_ref().is_some_and(|d| d.contains(b)));
    let out: Vec<u8> = kept
        .map(|b| table.as_ref().map_or(*b, |t| t[*b as usize]))
        .collect();
    if out == *data {
        return unchanged(vm, this);
    }
    like(vm, this, out)
}

pub fn maketrans(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let from = vm.need_buffer(args.get(vm, 0))?;
    let to = vm.need_buffer(args.get(vm, 1))?;
    if from.len() != to.len() {
        return vm.value_error("maketrans arguments must have same length");
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(to.iter()) {
        table[*from as usize] = *to;
    }
    Ok(vm.new_bytes(table))
}

pub fn decode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [encoding, errors] = vm.unpack("decode", args, &[opt("encoding"), opt("errors")])?;
    vm.check_codec_names("decode", encoding, errors)?;
    let data = this_data(vm, this);
    vm.decode_object(&data, encoding, errors)
}
