//! `io.BufferedReader`, `BufferedWriter`, `BufferedRandom` (`Modules/_io/bufferedio.c`): a buffer over a raw stream.
//!
//! One kind of object stands for the three. What has been read ahead is in `ahead`, what waits to be written in `waiting`; at most one
//! of them has something in it. Methods that read are in `buffered_read.rs`, those that write in `buffered_write.rs`.

use super::buffered_read as r;
use super::buffered_write as w;
use super::{BUFFER_SIZE, call_quietly, int, stream_spec, unsupported};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::InitFn;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Default)]
pub struct Buffered {
    /// NULL before `__init__` and after `detach`.
    pub raw: Obj,
    dict: Obj,
    pub ready: bool,
    detached: bool,
    pub readable: bool,
    pub writable: bool,
    finalizing: bool,
    /// A method runs that may come back to this object.
    pub busy: bool,
    pub size: usize,
    pub ahead: Vec<u8>,
    /// How much of `ahead` has been handed out.
    pub used: usize,
    pub waiting: Vec<u8>,
}

impl Native for Buffered {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("raw"), self.raw);
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        self.ready = false;
        [&mut self.raw, &mut self.dict]
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

macro_rules! common_methods {
    ($($own:expr),* $(,)?) => {
        &[
            Method::new("close", Arity::NoArgs, close),
            Method::new("detach", Arity::NoArgs, detach),
            Method::new("seekable", Arity::NoArgs, |vm, this, _| of_raw(vm, this, "seekable")),
            Method::new("fileno", Arity::NoArgs, |vm, this, _| of_raw(vm, this, "fileno")),
            Method::new("isatty", Arity::NoArgs, |vm, this, _| of_raw(vm, this, "isatty")),
            Method::new("_dealloc_warn", Arity::One, dealloc_warn),
            Method::new("flush", Arity::NoArgs, w::flush),
            Method::new("seek", Arity::Positional(1, 2), seek).doc("seek($self, target, whence=0, /)\n--\n\n"),
            Method::new("tell", Arity::NoArgs, tell),
            Method::new("truncate", Arity::Positional(0, 1), w::truncate).doc("truncate($self, pos=None, /)\n--\n\n"),
            Method::new("__sizeof__", Arity::NoArgs, |vm, this, _| {
                let size = buffered(vm, this).size;
                Ok(vm.new_int(152 + size as i64))
            }),
            $($own),*
        ]
    };
}

macro_rules! reading_methods {
    () => {
        [
            Method::new("read", Arity::Positional(0, 1), r::read)
                .doc("read($self, size=-1, /)\n--\n\n"),
            Method::new("peek", Arity::Positional(0, 1), r::peek)
                .doc("peek($self, size=0, /)\n--\n\n"),
            Method::new("read1", Arity::Positional(0, 1), r::read1)
                .doc("read1($self, size=-1, /)\n--\n\n"),
            Method::new("readinto", Arity::One, r::readinto)
                .doc("readinto($self, buffer, /)\n--\n\n"),
            Method::new("readinto1", Arity::One, r::readinto1)
                .doc("readinto1($self, buffer, /)\n--\n\n"),
            Method::new("readline", Arity::Positional(0, 1), r::readline)
                .doc("readline($self, size=-1, /)\n--\n\n"),
            Method::new("readable", Arity::NoArgs, |vm, this, _| {
                of_raw(vm, this, "readable")
            }),
        ]
    };
}

const WRITABLE: Method = Method::new("writable", Arity::NoArgs, |vm, this, _| {
    of_raw(vm, this, "writable")
});
const WRITE: Method =
    Method::new("write", Arity::One, w::write).doc("write($self, buffer, /)\n--\n\n");
const R: [Method; 7] = reading_methods!();

const fn pick(n: usize) -> Method {
    R[n]
}

static GETSET: &[GetSet] = &[
    GetSet::new("raw", |vm, this| {
        let raw = buffered(vm, this).raw;
        Ok(if raw.is_null() {
            vm.new_none()
        } else {
            vm.new_ref(raw)
        })
    }),
    GetSet::rw(
        "_finalizing",
        |vm, this| {
            let flag = buffered(vm, this).finalizing;
            Ok(vm.new_bool(flag))
        },
        |vm, this, value| {
            let flag = !value.is_null() && vm.is_true(value)?;
            buffered(vm, this).finalizing = flag;
            Ok(())
        },
    ),
    GetSet::new("closed", |vm, this| {
        let raw = ready(vm, this)?;
        vm.get_attr_str(raw, "closed")
    }),
    GetSet::new("name", |vm, this| {
        let raw = ready(vm, this)?;
        vm.get_attr_str(raw, "name")
    }),
    GetSet::new("mode", |vm, this| {
        let raw = ready(vm, this)?;
        vm.get_attr_str(raw, "mode")
    }),
];

pub static READER_SPEC: TypeSpec = TypeSpec {
    doc: "A buffer for reading over a raw stream.",
    methods: common_methods![
        pick(0),
        pick(1),
        pick(2),
        pick(3),
        pick(4),
        pick(5),
        pick(6)
    ],
    getset: GETSET,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init_reader as InitFn);
        s.tp_repr = Some(repr);
        s.tp_iternext = Some(r::next);
    },
    ..stream_spec("_io.BufferedReader")
};

pub static WRITER_SPEC: TypeSpec = TypeSpec {
    doc: "A buffer for writing over a raw stream.",
    methods: common_methods![WRITABLE, WRITE],
    getset: GETSET,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init_writer as InitFn);
        s.tp_repr = Some(repr);
    },
    ..stream_spec("_io.BufferedWriter")
};

pub static RANDOM_SPEC: TypeSpec = TypeSpec {
    doc: "A buffer for reading and writing over a raw stream that can seek.",
    methods: common_methods![
        pick(0),
        pick(1),
        pick(2),
        pick(3),
        pick(4),
        pick(5),
        pick(6),
        WRITABLE,
        WRITE
    ],
    getset: GETSET,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init_random as InitFn);
        s.tp_repr = Some(repr);
        s.tp_iternext = Some(r::next);
    },
    ..stream_spec("_io.BufferedRandom")
};

pub fn buffered(vm: &mut Machine, this: Obj) -> &mut Buffered {
    vm.heap.native_mut(this).expect("a buffered stream")
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let native = Buffered::default();
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
}

fn init_reader(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    init(vm, this, args, "BufferedReader", (true, false))
}

fn init_writer(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    init(vm, this, args, "BufferedWriter", (false, true))
}

fn init_random(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    init(vm, this, args, "BufferedRandom", (true, true))
}

fn init(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    name: &str,
    (readable, writable): (bool, bool),
) -> PyResult<()> {
    let [raw, size] = vm.unpack(name, args, &[req("raw"), opt("buffer_size")])?;
    let size = if size.is_null() {
        BUFFER_SIZE as isize
    } else {
        super::size(vm, size)?
    };
    let b = buffered(vm, this);
    (b.ready, b.detached) = (false, false);
    let wanted = [
        (readable && writable, "seekable"),
        (readable, "readable"),
        (writable, "writable"),
    ];
    for (_, name) in wanted.into_iter().filter(|w| w.0) {
        want(vm, raw, name)?;
    }
    if size <= 0 {
        return vm.value_error("buffer size must be strictly positive");
    }
    vm.check_size(size as usize)?;
    vm.incref(raw);
    let b = buffered(vm, this);
    (b.readable, b.writable, b.size) = (readable, writable, size as usize);
    b.ahead.clear();
    b.used = 0;
    b.waiting.clear();
    b.ready = true;
    let old = std::mem::replace(&mut b.raw, raw);
    vm.xdecref(old);
    Ok(())
}

/// The raw stream must say yes.
pub fn want(vm: &mut Machine, raw: Obj, name: &str) -> PyResult<()> {
    let answer = vm.call_method(raw, name, &[])?;
    let yes = answer == vm.true_;
    vm.decref(answer);
    if yes {
        return Ok(());
    }
    unsupported(vm, &format!("File or stream is not {name}."))
}

/// The raw stream, borrowed.
pub fn ready(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let b = buffered(vm, this);
    if b.ready {
        return Ok(b.raw);
    }
    let message = if b.detached {
        "raw stream has been detached"
    } else {
        "I/O operation on uninitialized object"
    };
    vm.value_error(message)
}

/// The raw stream, if it is not closed; `what` is how the message begins.
pub fn open(vm: &mut Machine, this: Obj, what: &str) -> PyResult<Obj> {
    let raw = ready(vm, this)?;
    if is_closed(vm, raw)? {
        return vm.value_error(&format!("{what} closed file"));
    }
    Ok(raw)
}

pub fn is_closed(vm: &mut Machine, raw: Obj) -> PyResult<bool> {
    if let Some(file) = vm.heap.native::<super::file_io::FileIO>(raw) {
        return Ok(file.fd < 0);
    }
    super::flag(vm, raw, "closed")
}

/// Runs `work` with the object marked busy, as CPython holds its lock: coming back to it from inside is an error.
pub fn locked<T>(
    vm: &mut Machine,
    this: Obj,
    work: impl FnOnce(&mut Machine) -> PyResult<T>,
) -> PyResult<T> {
    if std::mem::replace(&mut buffered(vm, this).busy, true) {
        let shown = vm.repr_text(this)?;
        return vm.raise(
            vm.types.runtime_error,
            format!("reentrant call inside {shown}"),
        );
    }
    let result = work(vm);
    if vm.interrupt.is_none() {
        buffered(vm, this).busy = false;
    }
    result
}

fn of_raw(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    let raw = ready(vm, this)?;
    vm.call_method(raw, name, &[])
}

fn dealloc_warn(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let raw = buffered(vm, this).raw;
    if buffered(vm, this).ready && !raw.is_null() {
        let warned = vm.call_method(raw, "_dealloc_warn", &[args.get(vm, 0)]);
        match warned {
            Ok(o) => vm.decref(o),
            Err(thrown) => vm.forgive(thrown)?,
        }
    }
    Ok(vm.new_none())
}

/// Flushes, then closes the raw stream whatever came of that.
fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let raw = ready(vm, this)?;
    if is_closed(vm, raw)? {
        return Ok(vm.new_none());
    }
    if buffered(vm, this).finalizing {
        dealloc_warn_self(vm, this, raw)?;
    }
    let flushed = call_quietly(vm, this, "flush", &[]);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    let closed = vm.keeping_exception(|vm| vm.call_method(raw, "close", &[]));
    if vm.interrupt.is_none() {
        let b = buffered(vm, this);
        b.ahead = Vec::new();
        b.used = 0;
        b.waiting.clear();
    }
    match (flushed, closed) {
        (Ok(()), closed) => closed,
        (Err(thrown), Ok(none)) => {
            vm.drop_keeping_exception(none);
            Err(thrown)
        }
        (Err(_), Err(thrown)) => Err(thrown),
    }
}

fn dealloc_warn_self(vm: &mut Machine, this: Obj, raw: Obj) -> PyResult<()> {
    match vm.call_method(raw, "_dealloc_warn", &[this]) {
        Ok(o) => {
            vm.decref(o);
            Ok(())
        }
        Err(thrown) => vm.forgive(thrown),
    }
}

fn detach(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    ready(vm, this)?;
    call_quietly(vm, this, "flush", &[])?;
    let b = buffered(vm, this);
    (b.ready, b.detached) = (false, true);
    Ok(std::mem::replace(&mut b.raw, NULL))
}

/// Where the raw stream is.
pub fn raw_tell(vm: &mut Machine, raw: Obj) -> PyResult<i64> {
    let at = vm.call_method(raw, "tell", &[])?;
    let n = position(vm, at)?;
    Ok(n)
}

fn position(vm: &mut Machine, at: Obj) -> PyResult<i64> {
    let n = super::size(vm, at);
    vm.drop_keeping_exception(at);
    let n = n?;
    if n < 0 {
        return vm.raise(
            vm.types.os_error,
            format!("Raw stream returned invalid position {n}"),
        );
    }
    Ok(n as i64)
}

pub fn raw_seek(vm: &mut Machine, raw: Obj, offset: i64, whence: i32) -> PyResult<i64> {
    let offset = vm.new_int(offset);
    let at = vm.with_held(offset, |vm, offset| {
        let whence = vm.small_ints[5 + whence.clamp(0, 9) as usize];
        vm.call_method(raw, "seek", &[offset, whence])
    })?;
    position(vm, at)
}

/// The raw stream is further on by what has been read ahead, further back by what waits.
fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let raw = ready(vm, this)?;
    let at = raw_tell(vm, raw)?;
    let b = buffered(vm, this);
    let at = at - (b.ahead.len() - b.used) as i64 + b.waiting.len() as i64;
    Ok(vm.new_int(at))
}

fn seek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let whence = int(vm, args.get(vm, 1), 0)?;
    let raw = ready(vm, this)?;
    if !(0..=2).contains(&whence) {
        return vm.value_error(&format!("whence value {whence} unsupported"));
    }
    let raw = match is_closed(vm, raw)? {
        true => return vm.value_error("seek of closed file"),
        false => raw,
    };
    want(vm, raw, "seekable")?;
    let target = super::size(vm, args.get(vm, 0))? as i64;
    locked(vm, this, |vm| {
        let target = match seek_ahead(vm, this, raw, target, whence)? {
            Some(at) => return Ok(vm.new_int(at)),
            None => target,
        };
        w::flush_waiting(vm, this)?;
        let b = buffered(vm, this);
        let ahead = (b.ahead.len() - b.used) as i64;
        let target = if whence == 1 { target - ahead } else { target };
        let at = raw_seek(vm, raw, target, whence)?;
        let b = buffered(vm, this);
        b.ahead.clear();
        b.used = 0;
        Ok(vm.new_int(at))
    })
}

/// A place that has been read already is gone to without the raw stream.
fn seek_ahead(
    vm: &mut Machine,
    this: Obj,
    raw: Obj,
    target: i64,
    whence: i32,
) -> PyResult<Option<i64>> {
    let b = buffered(vm, this);
    if whence == 2 || !b.readable || b.ahead.is_empty() || !b.waiting.is_empty() {
        return Ok(None);
    }
    let end = raw_tell(vm, raw)?;
    let b = buffered(vm, this);
    let here = end - (b.ahead.len() - b.used) as i64;
    let wanted = if whence == 1 { here + target } else { target };
    let start = end - b.ahead.len() as i64;
    if wanted < start || wanted > end {
        return Ok(None);
    }
    b.used = (wanted - start) as usize;
    Ok(Some(wanted))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = super::shown_class(vm, this);
    match super::name_or_none(vm, this)? {
        None => Ok(vm.new_string(format!("<{class}>"))),
        Some(name) => {
            let shown = vm.with_held(name, |vm, name| super::repr_guarded(vm, this, name))?;
            Ok(vm.new_string(format!("<{class} name={shown}>")))
        }
    }
}
