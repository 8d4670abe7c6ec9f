//! `split`, `splitlines`, `partition`, `strip`, `join`: taking text apart and putting it together.

use std::rc::Rc;

use memchr::memmem;
use rustpython_wtf8::Wtf8Buf;

use super::str::MOST_BYTES;
use super::unicode_data::{is_line_break, is_space};
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::args::opt;
use crate::vm::{Args, Machine, PyResult};

/// A stretch of a text, in bytes.
type Part = (usize, usize);

/// The code points with the byte each begins at.
fn indexed(text: &StrObj) -> impl DoubleEndedIterator<Item = (usize, u32)> + '_ {
    text.wtf8()
        .code_point_indices()
        .map(|(at, point)| (at, point.to_u32()))
}

/// Places that a list of parts starts with, so many splits being allowed (`PREALLOC_SIZE`).
pub(super) fn first_room(most: usize) -> usize {
    most.min(11) + 1
}

/// Makes a list of parts.
fn list_of(vm: &mut Machine, this: Obj, text: &StrObj, parts: Vec<Part>, room: usize) -> PyResult<Obj> {
    let items = parts
        .into_iter()
        .map(|(start, end)| vm.text_part(this, text, start, end))
        .collect();
    Ok(vm.new_list_appended(items, room))
}

/// `sep=None, maxsplit=-1`: the separator, and the most splits.
fn split_arguments(
    vm: &mut Machine,
    name: &str,
    args: Args,
) -> PyResult<(Option<Rc<StrObj>>, usize)> {
    let [sep, most] = vm.unpack(name, args, &[opt("sep"), opt("maxsplit")])?;
    let most = if most.is_null() {
        -1
    } else {
        vm.ssize(most)?
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if sep.is_null() || sep == vm.none {
        return Ok((None, most));
    }
    let Some(sep) = vm.heap.str(sep).cloned() else {
        let ty = vm.type_name(sep);
        return vm.type_error(format!("must be str or None, not {ty}"));
    };
    if sep.is_empty() {
        return vm.value_error("empty separator");
    }
    Ok((Some(sep), most))
}

pub fn split(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (sep, most) = split_arguments(vm, "split", args)?;
    let text = vm.text_rc(this);
    let parts = match sep {
        None => split_space(&text, most),
        Some(sep) => {
            let mut parts = Vec::new();
            let mut from = 0;
            for at in memmem::find_iter(text.bytes(), sep.bytes()).take(most) {
                parts.push((from, at));
                from = at + sep.bytes().len();
            }
            parts.push((from, text.bytes().len()));
            parts
        }
    };
    list_of(vm, this, &text, parts, first_room(most))
}

pub fn rsplit(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (sep, most) = split_arguments(vm, "rsplit", args)?;
    let text = vm.text_rc(this);
    let mut parts = match sep {
        None => rsplit_space(&text, most),
        Some(sep) => {
            let mut parts = Vec::new();
            let mut to = text.bytes().len();
            for at in memmem::rfind_iter(text.bytes(), sep.bytes()).take(most) {
                parts.push((at + sep.bytes().len(), to));
                to = at;
            }
            parts.push((0, to));
            parts
        }
    };
    parts.reverse();
    list_of(vm, this, &text, parts, first_room(most))
}

/// Words between whitespace; after so many splits the rest is one, whitespace at its end included.
fn split_space(text: &StrObj, most: usize) -> Vec<Part> {
    let end = text.bytes().len();
    if text.is_ascii() && most >= end {
        return split_ascii_space(text.bytes());
    }
    let mut parts = Vec::new();
    let mut start = None;
    for (at, point) in indexed(text) {
        match (is_space(point), start) {
            (true, Some(from)) => {
                parts.push((from, at));
                start = None;
            }
            (false, None) if parts.len() >= most => {
                parts.push((at, end));
                return parts;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        parts.push((from, end));
    }
    parts
}

fn split_ascii_space(bytes: &[u8]) -> Vec<Part> {
    let is_space = |byte: &u8| is_space(u32::from(*byte));
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|byte| !is_space(byte)) {
        let start = at + skipped;
        at = bytes[start..]
            .iter()
            .position(is_space)
            .map_or(bytes.len(), |len| start + len);
        parts.push((start, at));
    }
    parts
}

/// The same from the right; parts come last first.
fn rsplit_space(text: &StrObj, most: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut end = None;
    let mut next = text.bytes().len();
    for (at, point) in indexed(text).rev() {
        match (is_space(point), end) {
            (true, Some(to)) => {
                parts.push((next, to));
                end = None;
            }
            (false, None) if parts.len() >= most => {
                parts.push((0, next));
                return parts;
            }
            (false, None) => end = Some(next),
            _ => {}
        }
        next = at;
    }
    if let Some(to) = end {
        parts.push((0, to));
    }
    parts
}

pub fn splitlines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [keep] = vm.unpack("splitlines", args, &[opt("keepends")])?;
    let keep = if keep.is_null() {
        false
    } else {
        vm.int_flag(keep)?
    };
    let text = vm.text_rc(this);
    let mut parts = Vec::new();
    let mut start = 0;
    let mut points = indexed(&text).peekable();
    while let Some((at, point)) = points.next() {
        if !is_line_break(point) {
            continue;
        }
        if point == 0x0d && points.peek().is_some_and(|p| p.1 == 0x0a) {
            points.next();
        }
        let next = points.peek().map_or(text.bytes().len(), |p| p.0);
        parts.push((start, if keep { next } else { at }));
        start = next;
    }
    if start < text.bytes().len() {
        parts.push((start, text.bytes().len()));
    }
    list_of(vm, this, &text, parts, 0)
}

impl Machine {
    /// An argument that is a flag given as an int (Argument Clinic's `bool(accept={int})`).
    pub(super) fn int_flag(&mut self, o: Obj) -> PyResult<bool> {
        let index = self.number_index(o)?;
        let value = self.as_i64(index);
        self.decref(index);
        match value.and_then(|v| i32::try_from(v).ok()) {
            Some(value) => Ok(value != 0),
            None => {
                let kind = if value.is_some() {
                    "int too large to convert to C int"
                } else {
                    "int too large to convert to C long"
                };
                self.raise(self.types.overflow_error, format!("Python {kind}"))
            }
        }
    }
}

fn separator(vm: &mut Machine, args: Args) -> PyResult<Rc<StrObj>> {
    let sep = vm.need_str(args.get(vm, 0))?;
    if sep.is_empty() {
        return vm.value_error("empty separator");
    }
    Ok(sep)
}

pub fn partition(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let sep = separator(vm, args)?;
    let text = vm.text_rc(this);
    let items = match memmem::find(text.bytes(), sep.bytes()) {
        Some(at) => cut_at(vm, this, &text, args.get(vm, 0), at, sep.bytes().len()),
        None => vec![vm.new_ref(this), vm.new_str(""), vm.new_str("")],
    };
    Ok(vm.new_tuple(items))
}

pub fn rpartition(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let sep = separator(vm, args)?;
    let text = vm.text_rc(this);
    let items = match memmem::rfind(text.bytes(), sep.bytes()) {
        Some(at) => cut_at(vm, this, &text, args.get(vm, 0), at, sep.bytes().len()),
        None => vec![vm.new_str(""), vm.new_str(""), vm.new_ref(this)],
    };
    Ok(vm.new_tuple(items))
}

fn cut_at(vm: &mut Machine, this: Obj, text: &StrObj, sep: Obj, at: usize, len: usize) -> Vec<Obj> {
    let before = vm.text_part(this, text, 0, at);
    let after = vm.text_part(this, text, at + len, text.bytes().len());
    vec![before, vm.new_ref(sep), after]
}

/// Which ends `strip` and its like work on.
#[derive(Clone, Copy)]
struct Ends {
    left: bool,
    right: bool,
}

fn strip_ends(vm: &mut Machine, this: Obj, args: Args, name: &str, ends: Ends) -> PyResult<Obj> {
    let chars = args.get(vm, 0);
    let text = vm.text_rc(this);
    let (start, end) = if chars.is_null() || chars == vm.none {
        stripped(&text, ends, is_space)
    } else {
        let Some(chars) = vm.heap.str(chars).cloned() else {
            return vm.type_error(format!("{name} arg must be None or str"));
        };
        stripped(&text, ends, |point| {
            chars.wtf8().code_points().any(|c| c.to_u32() == point)
        })
    };
    Ok(vm.text_part(this, &text, start, end))
}

fn stripped(text: &StrObj, ends: Ends, drop: impl Fn(u32) -> bool) -> Part {
    let len = text.bytes().len();
    let start = if ends.left {
        indexed(text)
            .find(|(_, p)| !drop(*p))
            .map_or(len, |(at, _)| at)
    } else {
        0
    };
    if !ends.right {
        return (start, len);
    }
    let mut end = len;
    for (at, point) in indexed(text).rev() {
        if at < start || !drop(point) {
            break;
        }
        end = at;
    }
    (start, end)
}

pub fn strip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(
        vm,
        this,
        args,
        "strip",
        Ends {
            left: true,
            right: true,
        },
    )
}

pub fn lstrip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(
        vm,
        this,
        args,
        "lstrip",
        Ends {
            left: true,
            right: false,
        },
    )
}

pub fn rstrip(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    strip_ends(
        vm,
        this,
        args,
        "rstrip",
        Ends {
            left: false,
            right: true,
        },
    )
}

impl Machine {
    /// `PySequence_Fast`: a list or tuple as it is, anything else as a new list; owned.
    pub(super) fn sequence_fast(&mut self, o: Obj, message: &str) -> PyResult<Obj> {
        if self.has_exact_items(o) {
            return Ok(self.new_ref(o));
        }
        let iter = match self.get_iter(o) {
            Ok(iter) => iter,
            Err(_) if self.pending_matches(self.types.type_error) => {
                self.clear_exception();
                return self.type_error(message.to_string());
            }
            Err(thrown) => return Err(thrown),
        };
        self.hold(iter);
        let list = self.list_from_iterable(iter);
        let iter = self.unhold();
        self.decref_raising(iter, list)
    }

    /// The items of what `sequence_fast` gave, borrowed.
    pub(super) fn fast_items(&self, seq: Obj) -> Vec<Obj> {
        match self.heap.list(seq) {
            Some(items) => items.clone(),
            None => self.heap.tuple(seq).map_or_else(Vec::new, <[Obj]>::to_vec),
        }
    }
}

pub fn join(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let seq = vm.sequence_fast(args.get(vm, 0), "can only join an iterable")?;
    let result = join_items(vm, this, seq);
    vm.decref_raising(seq, result)
}

/// `_PyUnicode_JoinArray`
fn join_items(vm: &mut Machine, this: Obj, seq: Obj) -> PyResult<Obj> {
    let items = vm.fast_items(seq);
    if items.is_empty() {
        return Ok(vm.new_str(""));
    }
    if items.len() == 1 && vm.heap.ty(items[0]) == vm.types.str {
        return Ok(vm.new_ref(items[0]));
    }
    let separator = vm.text_rc(this);
    let mut joined = Wtf8Buf::new();
    for (n, item) in items.iter().enumerate() {
        let Some(piece) = vm.heap.str(*item) else {
            let ty = vm.type_name(*item);
            return vm.type_error(format!(
                "sequence item {n}: expected str instance, {ty} found"
            ));
        };
        if n > 0 {
            joined.push_wtf8(separator.wtf8());
        }
        joined.push_wtf8(piece.wtf8());
        if joined.len() > MOST_BYTES {
            return vm.raise(
                vm.types.overflow_error,
                "join() result is too long for a Python string".to_string(),
            );
        }
    }
    Ok(vm.new_wtf8(joined))
}
