//! `io.BytesIO` (`Modules/_io/bytesio.c`): a stream of bytes in memory.
//!
//! Once `getbuffer` has been called the bytes live in a bytearray, which knows whether a memoryview looks at it.

use super::{call_quietly, dict_state, int, restore_dict, size, size_or, stream_spec};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::bytearray::ByteArray;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Default)]
pub struct BytesIO {
    data: Vec<u8>,
    /// The bytes object that has the same bytes, as long as nothing is written; or NULL.
    same: Obj,
    /// The bytearray that has the bytes instead, or NULL.
    shared: Obj,
    at: usize,
    closed: bool,
    dict: Obj,
}

impl Native for BytesIO {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("buf"), self.same);
        f(Edge::Field("buf"), self.shared);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.same, &mut self.shared, &mut self.dict]
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

/// CPython's `bytesiobuf`: what a view by `getbuffer` looks at. It keeps the stream alive.
#[derive(Clone)]
struct Lent {
    source: Obj,
}

impl Native for Lent {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("source"), self.source);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.source, NULL)]
    }
    native_boilerplate!();
}

static LENT_SPEC: TypeSpec = TypeSpec {
    gc: true,
    ..TypeSpec::new("_io._BytesIOBuffer")
};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "A stream of bytes in memory.",
    methods: &[
        Method::new("readable", Arity::NoArgs, yes).doc("readable($self, /)\n--\n\n"),
        Method::new("seekable", Arity::NoArgs, yes).doc("seekable($self, /)\n--\n\n"),
        Method::new("writable", Arity::NoArgs, yes).doc("writable($self, /)\n--\n\n"),
        Method::new("close", Arity::NoArgs, close).doc("close($self, /)\n--\n\n"),
        Method::new("flush", Arity::NoArgs, |vm, this, _| {
            open(vm, this)?;
            Ok(vm.new_none())
        })
        .doc("flush($self, /)\n--\n\n"),
        Method::new("isatty", Arity::NoArgs, |vm, this, _| {
            open(vm, this)?;
            Ok(vm.new_bool(false))
        })
        .doc("isatty($self, /)\n--\n\n"),
        Method::new("tell", Arity::NoArgs, tell).doc("tell($self, /)\n--\n\n"),
        Method::new("write", Arity::One, write).doc("write($self, b, /)\n--\n\n"),
        Method::new("writelines", Arity::One, writelines)
            .doc("writelines($self, lines, /)\n--\n\n"),
        Method::new("read1", Arity::Positional(0, 1), read).doc("read1($self, size=-1, /)\n--\n\n"),
        Method::new("readinto", Arity::One, readinto).doc("readinto($self, buffer, /)\n--\n\n"),
        Method::new("readline", Arity::Positional(0, 1), readline)
            .doc("readline($self, size=-1, /)\n--\n\n"),
        Method::new("readlines", Arity::Positional(0, 1), readlines)
            .doc("readlines($self, size=None, /)\n--\n\n"),
        Method::new("read", Arity::Positional(0, 1), read).doc("read($self, size=-1, /)\n--\n\n"),
        Method::new("getbuffer", Arity::NoArgs, getbuffer).doc("getbuffer($self, /)\n--\n\n"),
        Method::new("getvalue", Arity::NoArgs, getvalue).doc("getvalue($self, /)\n--\n\n"),
        Method::new("seek", Arity::Positional(1, 2), seek)
            .doc("seek($self, pos, whence=0, /)\n--\n\n"),
        Method::new("truncate", Arity::Positional(0, 1), truncate)
            .doc("truncate($self, size=None, /)\n--\n\n"),
        Method::new("__getstate__", Arity::NoArgs, getstate),
        Method::new("__setstate__", Arity::One, setstate),
        Method::new("__sizeof__", Arity::NoArgs, |vm, this, _| {
            let len = stream(vm, this).data.len();
            Ok(vm.new_int(104 + len as i64))
        }),
    ],
    getset: &[GetSet::new("closed", |vm, this| {
        let closed = stream(vm, this).closed;
        Ok(vm.new_bool(closed))
    })],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let native = BytesIO::default();
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
        });
        s.tp_init = Some(init);
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..stream_spec("_io.BytesIO")
};

fn stream(vm: &mut Machine, this: Obj) -> &mut BytesIO {
    vm.heap.native_mut(this).expect("a BytesIO")
}

fn open(vm: &mut Machine, this: Obj) -> PyResult<&mut BytesIO> {
    if stream(vm, this).closed {
        return vm.value_error("I/O operation on closed file.");
    }
    Ok(stream(vm, this))
}

/// The bytes, wherever they live.
fn data(vm: &mut Machine, this: Obj) -> &mut Vec<u8> {
    let shared = stream(vm, this).shared;
    if shared.is_null() {
        return &mut stream(vm, this).data;
    }
    &mut vm
        .heap
        .native_mut::<ByteArray>(shared)
        .expect("getbuffer puts a bytearray there")
        .data
}

/// The bytes are about to change: refuses while a memoryview looks at them.
fn unexported(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let same = std::mem::replace(&mut stream(vm, this).same, NULL);
    vm.xdecref(same);
    let shared = stream(vm, this).shared;
    if shared.is_null() {
        return Ok(());
    }
    vm.can_resize(shared)
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let [initial] = vm.unpack("BytesIO", args, &[opt("initial_bytes")])?;
    unexported(vm, this)?;
    data(vm, this).clear();
    stream(vm, this).at = 0;
    if !initial.is_null() && initial != vm.none {
        let bytes = vm.bytes_like(initial)?;
        *data(vm, this) = bytes;
        if vm.heap.ty(initial) == vm.types.bytes && stream(vm, this).shared.is_null() {
            let same = vm.new_ref(initial);
            stream(vm, this).same = same;
        }
    }
    Ok(())
}

fn write_bytes(vm: &mut Machine, this: Obj, o: Obj) -> PyResult<usize> {
    open(vm, this)?;
    unexported(vm, this)?;
    let bytes = vm.bytes_like(o)?;
    if bytes.is_empty() {
        return Ok(0);
    }
    let at = stream(vm, this).at;
    vm.check_size(at.saturating_add(bytes.len()))?;
    let to = data(vm, this);
    if at > to.len() {
        to.resize(at, 0);
    }
    let end = (at + bytes.len()).min(to.len());
    let count = bytes.len();
    to.splice(at..end, bytes);
    stream(vm, this).at += count;
    Ok(count)
}

fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = write_bytes(vm, this, args.get(vm, 0))?;
    Ok(vm.new_int(n as i64))
}

fn writelines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    open(vm, this)?;
    vm.each_item(args.get(vm, 0), |vm, line| {
        write_bytes(vm, this, line)?;
        Ok(true)
    })?;
    Ok(vm.new_none())
}

fn taken(vm: &mut Machine, this: Obj, count: usize) -> Vec<u8> {
    let at = stream(vm, this).at;
    let data = data(vm, this);
    let from = at.min(data.len());
    let to = from.saturating_add(count).min(data.len());
    let out = data[from..to].to_vec();
    stream(vm, this).at = at + out.len();
    out
}

fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    open(vm, this)?;
    let out = taken(vm, this, usize::try_from(n).unwrap_or(usize::MAX));
    let same = stream(vm, this).same;
    if !same.is_null() && out.len() > 1 && out.len() == stream(vm, this).data.len() {
        return Ok(vm.new_ref(same));
    }
    Ok(vm.new_bytes(out))
}

fn line(vm: &mut Machine, this: Obj, limit: isize) -> Vec<u8> {
    let at = stream(vm, this).at;
    let data = data(vm, this);
    let rest = &data[at.min(data.len())..];
    let len = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
    let len = usize::try_from(limit).map_or(len, |limit| len.min(limit));
    taken(vm, this, len)
}

fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let limit = size_or(vm, args.get(vm, 0), -1)?;
    open(vm, this)?;
    let out = line(vm, this, limit);
    Ok(vm.new_bytes(out))
}

fn readlines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let hint = args.get(vm, 0);
    let most = if hint.is_null() || hint == vm.none {
        0
    } else if vm.is_int(hint) {
        size(vm, hint)?
    } else {
        let name = vm.type_name(hint);
        return vm.type_error(format!("integer argument expected, got '{name}'"));
    };
    open(vm, this)?;
    let mut items = Vec::new();
    let mut total = 0;
    loop {
        let line = line(vm, this, -1);
        if line.is_empty() {
            break;
        }
        total += line.len();
        items.push(vm.new_bytes(line));
        if most > 0 && total >= most as usize {
            break;
        }
    }
    Ok(vm.new_list(items))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    open(vm, this)?;
    let line = line(vm, this, -1);
    if line.is_empty() {
        return Ok(NULL);
    }
    Ok(vm.new_bytes(line))
}

fn readinto(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let buffer = args.get(vm, 0);
    let room = vm.writable_len(buffer, "readinto")?;
    open(vm, this)?;
    let out = taken(vm, this, room);
    vm.write_into(buffer, &out);
    Ok(vm.new_int(out.len() as i64))
}

fn yes(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    Ok(vm.new_bool(true))
}

fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let at = open(vm, this)?.at;
    Ok(vm.new_int(at as i64))
}

fn seek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let to = size(vm, args.get(vm, 0))?;
    let whence = int(vm, args.get(vm, 1), 0)?;
    open(vm, this)?;
    if to < 0 && whence == 0 {
        return vm.value_error(&format!("negative seek value {to}"));
    }
    let from = match whence {
        0 => 0,
        1 => stream(vm, this).at,
        2 => data(vm, this).len(),
        _ => return vm.value_error(&format!("invalid whence ({whence}, should be 0, 1 or 2)")),
    };
    let Some(at) = (from as isize).checked_add(to) else {
        return vm.raise(
            vm.types.overflow_error,
            "new position too large".to_string(),
        );
    };
    let at = at.max(0);
    stream(vm, this).at = at as usize;
    Ok(vm.new_int(at as i64))
}

fn truncate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let at = open(vm, this)?.at as isize;
    unexported(vm, this)?;
    let n = size_or(vm, args.get(vm, 0), at)?;
    let Ok(n) = usize::try_from(n) else {
        return vm.value_error(&format!("negative size value {n}"));
    };
    data(vm, this).truncate(n);
    Ok(vm.new_int(n as i64))
}

fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    unexported(vm, this)?;
    let s = stream(vm, this);
    s.closed = true;
    s.data = Vec::new();
    let shared = std::mem::replace(&mut s.shared, NULL);
    vm.xdecref(shared);
    Ok(vm.new_none())
}

fn getvalue(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    if !stream(vm, this).shared.is_null() {
        let bytes = data(vm, this).clone();
        return Ok(vm.new_bytes(bytes));
    }
    if stream(vm, this).same.is_null() {
        let bytes = stream(vm, this).data.clone();
        let same = vm.new_bytes(bytes);
        stream(vm, this).same = same;
    }
    let same = stream(vm, this).same;
    Ok(vm.new_ref(same))
}

fn getbuffer(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    if stream(vm, this).shared.is_null() {
        unexported(vm, this)?;
        let bytes = std::mem::take(&mut stream(vm, this).data);
        let shared = vm.new_bytearray(bytes);
        stream(vm, this).shared = shared;
    }
    let shared = stream(vm, this).shared;
    let class = vm.view_type(&LENT_SPEC);
    let source = vm.new_ref(this);
    let lent = vm.new_native(class, Lent { source });
    vm.memoryview_lent(shared, lent)
}

/// Bytes, position, dict.
fn getstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let bytes = getvalue(vm, this, args)?;
    let at = stream(vm, this).at;
    let at = vm.new_int(at as i64);
    let dict = dict_state(vm, this)?;
    Ok(vm.new_tuple(vec![bytes, at, dict]))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    let parts = match vm.heap.tuple(state).map(<[Obj]>::to_vec) {
        Some(parts) if parts.len() >= 3 => parts,
        _ => {
            let (class, got) = (vm.class_name(vm.heap.ty(this)), vm.type_name(state));
            return vm.type_error(format!(
                "{class}.__setstate__ argument should be 3-tuple, got {got}"
            ));
        }
    };
    unexported(vm, this)?;
    data(vm, this).clear();
    stream(vm, this).at = 0;
    call_quietly(vm, this, "write", &[parts[0]])?;
    if !vm.is_int(parts[1]) {
        let name = vm.type_name(parts[1]);
        return vm.type_error(format!(
            "second item of state must be an integer, got {name}"
        ));
    }
    let at = size(vm, parts[1])?;
    let Ok(at) = usize::try_from(at) else {
        return vm.value_error("position value cannot be negative");
    };
    stream(vm, this).at = at;
    restore_dict(vm, this, parts[2], "third")?;
    Ok(vm.new_none())
}
