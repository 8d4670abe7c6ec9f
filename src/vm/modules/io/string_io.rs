//! `io.StringIO` (`Modules/_io/stringio.c`): a text stream in memory.

use super::newlines::Translator;
use super::{dict_state, int, restore_dict, size, size_or, stream_spec};
use crate::heap::payload::{Native, Payload, StrObj};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const LF: u32 = 10;

#[derive(Clone, Default)]
pub struct StringIO {
    text: Vec<u32>,
    at: usize,
    /// A list of what was written at the end, piece by piece, until something else is done than writing there or asking for the
    /// whole text (`STATE_ACCUMULATING`); NULL then.
    pieces: Obj,
    /// `__init__` has run.
    ready: bool,
    closed: bool,
    /// The argument `newline`: what a line ends with; None stands for any.
    newline: Option<String>,
    /// Any newline ends a line (`newline` None or "").
    universal: bool,
    /// `\n` is written as this.
    write_as: Option<String>,
    translator: Option<Translator>,
    dict: Obj,
}

impl Native for StringIO {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("pieces"), self.pieces);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.pieces, &mut self.dict]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "A text stream in memory: initial_value is its text, newline works as for open().",
    methods: &[
        Method::new("close", Arity::NoArgs, close)
            .doc("close($self, /)\n--\n\nClose the stream and forget its text."),
        Method::new("getvalue", Arity::NoArgs, getvalue)
            .doc("getvalue($self, /)\n--\n\nThe whole text."),
        Method::new("read", Arity::Positional(0, 1), read).doc("read($self, size=-1, /)\n--\n\n"),
        Method::new("readline", Arity::Positional(0, 1), readline)
            .doc("readline($self, size=-1, /)\n--\n\n"),
        Method::new("tell", Arity::NoArgs, tell).doc("tell($self, /)\n--\n\n"),
        Method::new("truncate", Arity::Positional(0, 1), truncate)
            .doc("truncate($self, pos=None, /)\n--\n\n"),
        Method::new("seek", Arity::Positional(1, 2), seek)
            .doc("seek($self, pos, whence=0, /)\n--\n\n"),
        Method::new("write", Arity::One, write).doc("write($self, s, /)\n--\n\n"),
        Method::new("seekable", Arity::NoArgs, yes).doc("seekable($self, /)\n--\n\n"),
        Method::new("readable", Arity::NoArgs, yes).doc("readable($self, /)\n--\n\n"),
        Method::new("writable", Arity::NoArgs, yes).doc("writable($self, /)\n--\n\n"),
        Method::new("__getstate__", Arity::NoArgs, getstate),
        Method::new("__setstate__", Arity::One, setstate),
    ],
    getset: &[
        GetSet::new("closed", |vm, this| {
            ready(vm, this)?;
            let closed = stream(vm, this).closed;
            Ok(vm.new_bool(closed))
        }),
        GetSet::new("newlines", |vm, this| {
            open(vm, this)?;
            match stream(vm, this).translator.clone() {
                Some(translator) => Ok(translator.newlines(vm)),
                None => Ok(vm.new_none()),
            }
        }),
        GetSet::new("line_buffering", |vm, this| {
            open(vm, this)?;
            Ok(vm.new_bool(false))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let native = StringIO::default();
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
        });
        s.tp_init = Some(init);
        s.tp_iternext = Some(next);
    },
    ..stream_spec("_io.StringIO")
};

fn stream(vm: &mut Machine, this: Obj) -> &mut StringIO {
    vm.heap.native_mut(this).expect("a StringIO")
}

fn ready(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if stream(vm, this).ready {
        return Ok(());
    }
    vm.value_error("I/O operation on uninitialized object")
}

fn open(vm: &mut Machine, this: Obj) -> PyResult<&mut StringIO> {
    ready(vm, this)?;
    if stream(vm, this).closed {
        return vm.value_error("I/O operation on closed file");
    }
    Ok(stream(vm, this))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let [value, newline] = vm.unpack("StringIO", args, &[opt("initial_value"), opt("newline")])?;
    stream(vm, this).ready = false;
    configure(vm, this, newline)?;
    begin(vm, this, value)?;
    let s = stream(vm, this);
    s.at = 0;
    s.closed = false;
    s.ready = true;
    Ok(())
}

/// The text at first; without one pieces are collected.
fn begin(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let given = !value.is_null() && value != vm.none;
    if given && vm.heap.str(value).is_none() {
        let name = vm.type_name(value);
        return vm.type_error(format!("initial_value must be str or None, not {name}"));
    }
    if given && vm.heap.str(value).is_some_and(|text| !text.is_empty()) {
        write_text(vm, this, value);
    } else {
        let pieces = vm.new_list(Vec::new());
        stream(vm, this).pieces = pieces;
    }
    Ok(())
}

/// `realize`: no pieces are collected any more.
fn realize(vm: &mut Machine, this: Obj) {
    let pieces = std::mem::replace(&mut stream(vm, this).pieces, NULL);
    vm.xdecref(pieces);
}

/// The whole text; while pieces are collected it becomes the only one (`make_intermediate`).
fn whole(vm: &mut Machine, this: Obj) -> Obj {
    let pieces = std::mem::replace(&mut stream(vm, this).pieces, NULL);
    let single = match vm.heap.list(pieces).map(Vec::as_slice) {
        Some([single]) => *single,
        _ => NULL,
    };
    let text = if single.is_null() {
        let text = StrObj::from_points(stream(vm, this).text.iter().copied());
        vm.new_str_obj(text)
    } else {
        vm.new_ref(single)
    };
    if !pieces.is_null() {
        vm.decref(pieces);
        let piece = vm.new_ref(text);
        let pieces = vm.new_list(vec![piece]);
        stream(vm, this).pieces = pieces;
    }
    text
}

/// Sets the stream up for a `newline`; it is empty afterwards.
fn configure(vm: &mut Machine, this: Obj, newline: Obj) -> PyResult<()> {
    let newline = if newline.is_null() {
        Some("\n".to_string())
    } else if newline == vm.none {
        None
    } else if vm.heap.str(newline).is_none() {
        let name = vm.type_name(newline);
        return vm.type_error(format!("newline must be str or None, not {name}"));
    } else {
        let text = vm.text(newline);
        if !matches!(text.as_str(), "" | "\n" | "\r" | "\r\n") {
            let shown = vm.repr_text(newline)?;
            return vm.value_error(&format!("illegal newline value: {shown}"));
        }
        Some(text)
    };
    realize(vm, this);
    let s = stream(vm, this);
    s.text.clear();
    s.at = 0;
    s.universal = newline.as_deref().is_none_or(str::is_empty);
    s.translator = s.universal.then(|| Translator::new(newline.is_none()));
    s.write_as = newline.clone().filter(|n| n.starts_with('\r'));
    s.newline = newline;
    Ok(())
}

/// Puts text where the stream is, over what is there; a gap before it is filled with NULs.
fn write_text(vm: &mut Machine, this: Obj, text: Obj) {
    let Some(contents) = vm.heap.str(text).cloned() else {
        return;
    };
    let s = stream(vm, this);
    let mut points: Vec<u32> = contents.points().collect();
    if let Some(translator) = &mut s.translator {
        points = translator.feed(points, true);
    }
    if let Some(newline) = &s.write_as {
        let newline: Vec<u32> = newline.chars().map(u32::from).collect();
        points = points
            .into_iter()
            .flat_map(|p| if p == LF { newline.clone() } else { vec![p] })
            .collect();
    }
    if points.is_empty() {
        return;
    }
    let changed = s.translator.is_some() || s.write_as.is_some();
    let pieces = s.pieces;
    if !pieces.is_null() && s.at == s.text.len() {
        let piece = if changed {
            vm.new_str_obj(StrObj::from_points(points.iter().copied()))
        } else {
            vm.new_ref(text)
        };
        if let Some(list) = vm.heap.list_mut(pieces) {
            list.push(piece);
        }
    } else {
        realize(vm, this);
    }
    let s = stream(vm, this);
    if s.at > s.text.len() {
        s.text.resize(s.at, 0);
    }
    let end = (s.at + points.len()).min(s.text.len());
    let count = points.len();
    s.text.splice(s.at..end, points);
    s.at += count;
}

fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let text = args.get(vm, 0);
    ready(vm, this)?;
    let Some(len) = vm.heap.str(text).map(|s| s.len()) else {
        let name = vm.type_name(text);
        return vm.type_error(format!("string argument expected, got '{name}'"));
    };
    let at = open(vm, this)?.at;
    if len > 0 {
        vm.check_size(at.saturating_add(len).saturating_mul(4))?;
        write_text(vm, this, text);
    }
    Ok(vm.new_int(len as i64))
}

fn taken(vm: &mut Machine, this: Obj, count: usize) -> Obj {
    let s = stream(vm, this);
    let from = s.at.min(s.text.len());
    let to = from.saturating_add(count).min(s.text.len());
    let text = StrObj::from_points(s.text[from..to].iter().copied());
    s.at = s.at.max(to);
    vm.new_str_obj(text)
}

fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    let s = open(vm, this)?;
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    if !s.pieces.is_null() && s.at == 0 && n >= s.text.len() {
        s.at = s.text.len();
        return Ok(whole(vm, this));
    }
    realize(vm, this);
    Ok(taken(vm, this, n))
}

/// Length of the line that begins where the stream is, its newline included.
fn line_length(s: &StringIO) -> usize {
    let rest = &s.text[s.at.min(s.text.len())..];
    let one_of = |ends: &[u32]| rest.iter().position(|p| ends.contains(p));
    let end = match s.newline.as_deref() {
        // Translated text has no other newline.
        None | Some("\n") => one_of(&[LF]).map(|n| n + 1),
        Some("") => one_of(&[LF, 13])
            .map(|n| n + 1 + usize::from(rest[n] == 13 && rest.get(n + 1) == Some(&LF))),
        Some("\r") => one_of(&[13]).map(|n| n + 1),
        Some(_) => rest.windows(2).position(|w| w == [13, LF]).map(|n| n + 2),
    };
    end.unwrap_or(rest.len())
}

fn line(vm: &mut Machine, this: Obj, limit: isize) -> Obj {
    realize(vm, this);
    let len = line_length(stream(vm, this));
    let len = usize::try_from(limit).map_or(len, |limit| len.min(limit));
    taken(vm, this, len)
}

fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let limit = size_or(vm, args.get(vm, 0), -1)?;
    open(vm, this)?;
    Ok(line(vm, this, limit))
}

/// A subclass's own `readline` is asked.
fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    open(vm, this)?;
    if vm.heap.class(vm.heap.ty(this)).flags.heap_type {
        let line = vm.call_method(this, "readline", &[])?;
        if vm.heap.str(line).is_none() {
            let name = vm.type_name(line);
            vm.decref(line);
            return vm.raise(
                vm.types.os_error,
                format!("readline() should have returned an str object, not '{name}'"),
            );
        }
        return Ok(null_if_empty(vm, line));
    }
    let line = line(vm, this, -1);
    Ok(null_if_empty(vm, line))
}

fn null_if_empty(vm: &mut Machine, line: Obj) -> Obj {
    if vm.heap.str(line).is_some_and(|s| s.is_empty()) {
        vm.decref(line);
        return NULL;
    }
    line
}

fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let at = open(vm, this)?.at;
    Ok(vm.new_int(at as i64))
}

fn truncate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let at = open(vm, this)?.at as isize;
    let n = size_or(vm, args.get(vm, 0), at)?;
    let Ok(n) = usize::try_from(n) else {
        return vm.value_error(&format!("Negative size value {n}"));
    };
    if n < open(vm, this)?.text.len() {
        realize(vm, this);
        stream(vm, this).text.truncate(n);
    }
    Ok(vm.new_int(n as i64))
}

fn seek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let at = size(vm, args.get(vm, 0))?;
    let whence = int(vm, args.get(vm, 1), 0)?;
    open(vm, this)?;
    if !(0..=2).contains(&whence) {
        return vm.value_error(&format!("Invalid whence ({whence}, should be 0, 1 or 2)"));
    }
    if at < 0 && whence == 0 {
        return vm.value_error(&format!("Negative seek position {at}"));
    }
    if whence != 0 && at != 0 {
        return vm.raise(
            vm.types.os_error,
            "Can't do nonzero cur-relative seeks".to_string(),
        );
    }
    let s = stream(vm, this);
    s.at = match whence {
        0 => at as usize,
        1 => s.at,
        _ => s.text.len(),
    };
    let at = s.at;
    Ok(vm.new_int(at as i64))
}

fn yes(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    Ok(vm.new_bool(true))
}

fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let s = stream(vm, this);
    s.closed = true;
    s.text = Vec::new();
    realize(vm, this);
    Ok(vm.new_none())
}

fn getvalue(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    Ok(whole(vm, this))
}

/// Text, newline, position, dict.
fn getstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let text = getvalue(vm, this, args)?;
    let (newline, at) = {
        let s = stream(vm, this);
        (s.newline.clone(), s.at)
    };
    let newline = match newline {
        Some(newline) => vm.new_str(&newline),
        None => vm.new_none(),
    };
    let at = vm.new_int(at as i64);
    let dict = dict_state(vm, this)?;
    Ok(vm.new_tuple(vec![text, newline, at, dict]))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    if !stream(vm, this).ready {
        stream(vm, this).ready = true;
    } else {
        open(vm, this)?;
    }
    let parts = match vm.heap.tuple(state).map(<[Obj]>::to_vec) {
        Some(parts) if parts.len() >= 4 => parts,
        _ => {
            let (class, got) = (vm.class_name(vm.heap.ty(this)), vm.type_name(state));
            return vm.type_error(format!(
                "{class}.__setstate__ argument should be 4-tuple, got {got}"
            ));
        }
    };
    configure(vm, this, parts[1])?;
    if vm.heap.str(parts[0]).is_none() {
        let name = vm.type_name(parts[0]);
        return vm.type_error(format!("initial_value must be str or None, not {name}"));
    }
    if vm.heap.str(parts[0]).is_some_and(|text| text.is_empty()) {
        begin(vm, this, NULL)?;
    }
    // The text has been through the translation already.
    let points: Vec<u32> = vm
        .heap
        .str(parts[0])
        .map(|s| s.points().collect())
        .unwrap_or_default();
    stream(vm, this).text = points;
    if !vm.is_int(parts[2]) {
        let name = vm.type_name(parts[2]);
        return vm.type_error(format!(
            "third item of state must be an integer, got {name}"
        ));
    }
    let at = size(vm, parts[2])?;
    let Ok(at) = usize::try_from(at) else {
        return vm.value_error("position value cannot be negative");
    };
    stream(vm, this).at = at;
    restore_dict(vm, this, parts[3], "fourth")?;
    Ok(vm.new_none())
}
