//! Case and kind: `upper`, `title`, `casefold`, `isalpha`, `isidentifier` and their like.

use rustpython_wtf8::Wtf8Buf;

use super::format_spec::push_point;
use super::unicode_data as unicode;
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::{Args, Machine, PyResult};

/// Capital sigma, the only letter whose lower case depends on its place.
const SIGMA: u32 = 0x3a3;
const FINAL_SIGMA: u32 = 0x3c2;
const SMALL_SIGMA: u32 = 0x3c3;

/// An ASCII text changed byte by byte: always an object of its own, as CPython's fast path makes it.
fn ascii_changed(
    vm: &mut Machine,
    text: &StrObj,
    change: impl Fn(usize, u8) -> u8,
) -> PyResult<Obj> {
    let changed: String = text
        .bytes()
        .iter()
        .enumerate()
        .map(|(n, b)| char::from(change(n, *b)))
        .collect();
    Ok(vm.new_fresh_str(StrObj::from_string(changed)))
}

/// Builds a text by a function that is called with all code points, an index, and where to push.
fn mapped(
    vm: &mut Machine,
    text: &StrObj,
    mut map: impl FnMut(&[u32], usize, &mut dyn FnMut(u32)),
) -> PyResult<Obj> {
    let points: Vec<u32> = text.points().collect();
    let mut out = Wtf8Buf::with_capacity(text.bytes().len());
    for n in 0..points.len() {
        map(&points, n, &mut |point| push_point(&mut out, point));
    }
    Ok(vm.new_wtf8(out))
}

/// Lower case of the n-th code point (`lower_ucs4`, `handle_capital_sigma`).
fn push_lower(points: &[u32], n: usize, mut push: &mut dyn FnMut(u32)) {
    if points[n] != SIGMA {
        return unicode::to_lower(points[n], &mut push);
    }
    let before = points[..n]
        .iter()
        .rev()
        .find(|p| !unicode::is_case_ignorable(**p));
    let after = points[n + 1..]
        .iter()
        .find(|p| !unicode::is_case_ignorable(**p));
    let last = before.is_some_and(|p| unicode::is_cased(*p))
        && !after.is_some_and(|p| unicode::is_cased(*p));
    push(if last { FINAL_SIGMA } else { SMALL_SIGMA });
}

pub fn lower(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_ascii() {
        return ascii_changed(vm, &text, |_, b| b.to_ascii_lowercase());
    }
    mapped(vm, &text, push_lower)
}

pub fn upper(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_ascii() {
        return ascii_changed(vm, &text, |_, b| b.to_ascii_uppercase());
    }
    mapped(vm, &text, |points, n, mut push| {
        unicode::to_upper(points[n], &mut push)
    })
}

pub fn casefold(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_ascii() {
        return ascii_changed(vm, &text, |_, b| b.to_ascii_lowercase());
    }
    mapped(vm, &text, |points, n, mut push| {
        unicode::to_folded(points[n], &mut push)
    })
}

pub fn capitalize(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_empty() {
        return Ok(vm.text_unchanged(this));
    }
    if text.is_ascii() {
        return ascii_changed(vm, &text, |n, b| {
            if n == 0 {
                b.to_ascii_uppercase()
            } else {
                b.to_ascii_lowercase()
            }
        });
    }
    mapped(vm, &text, |points, n, mut push| match n {
        0 => unicode::to_title(points[0], &mut push),
        _ => push_lower(points, n, push),
    })
}

pub fn title(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_ascii() {
        let bytes: Vec<u8> = text.bytes().to_vec();
        return ascii_changed(vm, &text, |n, b| {
            match n > 0 && bytes[n - 1].is_ascii_alphabetic() {
                true => b.to_ascii_lowercase(),
                false => b.to_ascii_uppercase(),
            }
        });
    }
    mapped(vm, &text, |points, n, mut push| {
        match n > 0 && unicode::is_cased(points[n - 1]) {
            true => push_lower(points, n, push),
            false => unicode::to_title(points[n], &mut push),
        }
    })
}

pub fn swapcase(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    if text.is_ascii() {
        let swap = |b: u8| {
            if b.is_ascii_uppercase() {
                b.to_ascii_lowercase()
            } else {
                b.to_ascii_uppercase()
            }
        };
        return ascii_changed(vm, &text, |_, b| swap(b));
    }
    mapped(vm, &text, |points, n, mut push| {
        if unicode::is_upper(points[n]) {
            push_lower(points, n, push);
        } else if unicode::is_lower(points[n]) {
            unicode::to_upper(points[n], &mut push);
        } else {
            push(points[n]);
        }
    })
}

/// Whether there is a code point, and all answer yes.
fn all(vm: &mut Machine, this: Obj, test: impl Fn(u32) -> bool) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    let answer = !text.is_empty() && text.wtf8().code_points().all(|p| test(p.to_u32()));
    Ok(vm.new_bool(answer))
}

pub fn isalpha(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_alpha)
}

pub fn isalnum(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_alnum)
}

pub fn isdecimal(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_decimal)
}

pub fn isdigit(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_digit)
}

pub fn isnumeric(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_numeric)
}

pub fn isspace(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    all(vm, this, unicode::is_space)
}

pub fn isprintable(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    let answer = text
        .wtf8()
        .code_points()
        .all(|p| unicode::is_printable(p.to_u32()));
    Ok(vm.new_bool(answer))
}

pub fn isascii(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let answer = vm.text_rc(this).is_ascii();
    Ok(vm.new_bool(answer))
}

/// Whether something is cased, and nothing is of the wrong case.
fn cased(
    vm: &mut Machine,
    this: Obj,
    right: fn(u32) -> bool,
    wrong: fn(u32) -> bool,
) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    let mut found = false;
    for point in text.wtf8().code_points().map(|p| p.to_u32()) {
        if wrong(point) || unicode::is_title(point) {
            return Ok(vm.new_bool(false));
        }
        found |= right(point);
    }
    Ok(vm.new_bool(found))
}

pub fn islower(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    cased(vm, this, unicode::is_lower, unicode::is_upper)
}

pub fn isupper(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    cased(vm, this, unicode::is_upper, unicode::is_lower)
}

pub fn istitle(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.text_rc(this);
    let (mut found, mut inside) = (false, false);
    for point in text.wtf8().code_points().map(|p| p.to_u32()) {
        let begins = unicode::is_upper(point) || unicode::is_title(point);
        let goes_on = unicode::is_lower(point);
        if (begins && inside) || (!begins && goes_on && !inside) {
            return Ok(vm.new_bool(false));
        }
        inside = begins || goes_on;
        found |= inside;
    }
    Ok(vm.new_bool(found))
}

/// Whether a text could be a name (keywords too).
pub fn is_identifier(text: &StrObj) -> bool {
    let mut points = text.wtf8().code_points().map(|p| p.to_u32());
    points.next().is_some_and(unicode::is_identifier_start)
        && points.all(unicode::is_identifier_continue)
}

pub fn isidentifier(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let answer = is_identifier(&vm.text_rc(this));
    Ok(vm.new_bool(answer))
}
