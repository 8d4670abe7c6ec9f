//! `find`, `index`, `count`, `startswith` and their like; `replace`, `removeprefix`; and the reading of start and end arguments.

use std::rc::Rc;

use memchr::memmem;
use rustpython_wtf8::{Wtf8, Wtf8Buf};

use super::str::MOST_BYTES;
use crate::heap::payload::StrObj;
use crate::heap::payload::str::count_points;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

impl Machine {
    /// A start or end argument: absent and None stand for the default (`_PyEval_SliceIndex`).
    pub(super) fn slice_bound(&mut self, o: Obj, default: isize) -> PyResult<isize> {
        if o.is_null() || o == self.none {
            return Ok(default);
        }
        if self.slots_of(o).nb_index.is_none() {
            return self.type_error(
                "slice indices must be integers or None or have an __index__ method".to_string(),
            );
        }
        self.index_clamped(o, NULL)
    }

    /// Arguments like `find(sub[, start[, end]])` (`_PyArg_ParseTuple` of "O|OO:name"); start and end are not yet adjusted to
    /// a length.
    pub(super) fn find_arguments(
        &mut self,
        name: &str,
        args: Args,
    ) -> PyResult<(Obj, isize, isize)> {
        let given = args.len();
        if given == 0 || given > 3 {
            let (bound, n) = if given == 0 {
                ("at least", "1 argument")
            } else {
                ("at most", "3 arguments")
            };
            return self.type_error(format!("{name}() takes {bound} {n} ({given} given)"));
        }
        let start = self.slice_bound(args.get(self, 1), 0)?;
        let end = self.slice_bound(args.get(self, 2), isize::MAX)?;
        Ok((args.get(self, 0), start, end))
    }
}

/// Start and end within a length; start may lie behind the end (`ADJUST_INDICES`).
pub fn adjust(start: isize, end: isize, len: usize) -> (usize, usize) {
    let len = len as isize;
    let from_end = |i: isize| if i < 0 { (i + len).max(0) } else { i };
    (from_end(start) as usize, from_end(end.min(len)) as usize)
}

/// Where `wanted` is in the part of a text from code point `start` to `end`, in code points; the first place, or the last.
fn position(text: &StrObj, wanted: &StrObj, start: isize, end: isize, last: bool) -> Option<usize> {
    let (start, end) = adjust(start, end, text.len());
    if start > end || end - start < wanted.len() {
        return None;
    }
    let (from, to) = (text.byte_of(start), text.byte_of(end));
    let part = &text.bytes()[from..to];
    let at = if last {
        memmem::rfind(part, wanted.bytes())?
    } else {
        memmem::find(part, wanted.bytes())?
    };
    Some(
        start
            + if text.is_ascii() {
                at
            } else {
                count_points(&part[..at])
            },
    )
}

fn find_with(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    name: &str,
    last: bool,
) -> PyResult<Option<usize>> {
    let (wanted, start, end) = vm.find_arguments(name, args)?;
    let wanted = vm.need_str(wanted)?;
    let text = vm.text_rc(this);
    Ok(position(&text, &wanted, start, end, last))
}

fn found_or_minus_one(vm: &mut Machine, found: Option<usize>) -> PyResult<Obj> {
    Ok(vm.new_int(found.map_or(-1, |at| at as i64)))
}

fn found_or_error(vm: &mut Machine, found: Option<usize>) -> PyResult<Obj> {
    match found {
        Some(at) => Ok(vm.new_int(at as i64)),
        None => vm.value_error("substring not found"),
    }
}

pub fn find(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = find_with(vm, this, args, "find", false)?;
    found_or_minus_one(vm, found)
}

pub fn rfind(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = find_with(vm, this, args, "rfind", true)?;
    found_or_minus_one(vm, found)
}

pub fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = find_with(vm, this, args, "index", false)?;
    found_or_error(vm, found)
}

pub fn rindex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = find_with(vm, this, args, "rindex", true)?;
    found_or_error(vm, found)
}

pub fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (wanted, start, end) = vm.find_arguments("count", args)?;
    let wanted = vm.need_str(wanted)?;
    let text = vm.text_rc(this);
    let (start, end) = adjust(start, end, text.len());
    let times = if start > end || end - start < wanted.len() {
        0
    } else if wanted.is_empty() {
        end - start + 1
    } else {
        let part = &text.bytes()[text.byte_of(start)..text.byte_of(end)];
        memmem::find_iter(part, wanted.bytes()).count()
    };
    Ok(vm.new_int(times as i64))
}

/// `tailmatch`
fn matches(text: &StrObj, wanted: &StrObj, start: isize, end: isize, at_end: bool) -> bool {
    let (start, end) = adjust(start, end, text.len());
    if start > end || end - start < wanted.len() {
        return false;
    }
    let part = &text.bytes()[text.byte_of(start)..text.byte_of(end)];
    if at_end {
        part.ends_with(wanted.bytes())
    } else {
        part.starts_with(wanted.bytes())
    }
}

fn starts_or_ends(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    name: &str,
    at_end: bool,
) -> PyResult<Obj> {
    let (wanted, start, end) = vm.find_arguments(name, args)?;
    let text = vm.text_rc(this);
    if let Some(options) = vm.heap.tuple(wanted).map(<[Obj]>::to_vec) {
        for option in options {
            let Some(option_text) = vm.heap.str(option).cloned() else {
                let ty = vm.type_name(option);
                return vm.type_error(format!("tuple for {name} must only contain str, not {ty}"));
            };
            if matches(&text, &option_text, start, end, at_end) {
                return Ok(vm.new_bool(true));
            }
        }
        return Ok(vm.new_bool(false));
    }
    let Some(wanted_text) = vm.heap.str(wanted).cloned() else {
        let ty = vm.type_name(wanted);
        return vm.type_error(format!(
            "{name} first arg must be str or a tuple of str, not {ty}"
        ));
    };
    Ok(vm.new_bool(matches(&text, &wanted_text, start, end, at_end)))
}

pub fn startswith(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    starts_or_ends(vm, this, args, "startswith", false)
}

pub fn endswith(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    starts_or_ends(vm, this, args, "endswith", true)
}

pub fn removeprefix(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let prefix = vm.str_argument("removeprefix", "argument", args.get(vm, 0))?;
    let text = vm.text_rc(this);
    let start = if text.bytes().starts_with(prefix.bytes()) {
        prefix.bytes().len()
    } else {
        0
    };
    Ok(vm.text_part(this, &text, start, text.bytes().len()))
}

pub fn removesuffix(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let suffix = vm.str_argument("removesuffix", "argument", args.get(vm, 0))?;
    let text = vm.text_rc(this);
    let cut = if text.bytes().ends_with(suffix.bytes()) {
        suffix.bytes().len()
    } else {
        0
    };
    Ok(vm.text_part(this, &text, 0, text.bytes().len() - cut))
}

pub fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let old = vm.str_argument("replace", "argument 1", args.get(vm, 0))?;
    let new = vm.str_argument("replace", "argument 2", args.get(vm, 1))?;
    let most = match args.get(vm, 2).some() {
        Some(count) => vm.ssize(count)?,
        None => -1,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let text = vm.text_rc(this);
    if most == 0 || old == new {
        return Ok(vm.text_unchanged(this));
    }
    match replaced(&text, &old, &new, most) {
        Some(Ok(result)) => Ok(vm.new_wtf8(result)),
        Some(Err(())) => vm.raise(
            vm.types.overflow_error,
            "replace string is too long".to_string(),
        ),
        None => Ok(vm.text_unchanged(this)),
    }
}

/// `None` if there is nothing to replace; an error if the result would be too long.
fn replaced(
    text: &Rc<StrObj>,
    old: &StrObj,
    new: &StrObj,
    most: usize,
) -> Option<Result<Wtf8Buf, ()>> {
    let wtf8 = text.wtf8();
    if old.is_empty() {
        // Before each character and at the end.
        let times = most.min(text.len() + 1);
        if times.saturating_mul(new.bytes().len()) > MOST_BYTES {
            return Some(Err(()));
        }
        let mut out = Wtf8Buf::with_capacity(text.bytes().len() + times * new.bytes().len());
        for (n, point) in wtf8.code_points().enumerate() {
            if n < times {
                out.push_wtf8(new.wtf8());
            }
            out.push(point);
        }
        if times > text.len() {
            out.push_wtf8(new.wtf8());
        }
        return Some(Ok(out));
    }
    let places: Vec<usize> = memmem::find_iter(text.bytes(), old.bytes())
        .take(most)
        .collect();
    if places.is_empty() {
        return None;
    }
    if places.len().saturating_mul(new.bytes().len()) > MOST_BYTES {
        return Some(Err(()));
    }
    let part = |from: usize, to: usize| -> &Wtf8 { &wtf8[from..to] };
    let mut out = Wtf8Buf::with_capacity(text.bytes().len());
    let mut from = 0;
    for at in places {
        out.push_wtf8(part(from, at));
        out.push_wtf8(new.wtf8());
        from = at + old.bytes().len();
    }
    out.push_wtf8(part(from, text.bytes().len()));
    Some(Ok(out))
}
