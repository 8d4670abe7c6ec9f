//! `_io._IOBase` and `_io._TextIOBase` (`Modules/_io/iobase.c`, `textio.c`): what every stream inherits.
//!
//! A stream written in Python is an instance with a dict; whether it is closed stands in that dict. The methods here reach
//! everything through the stream's other methods, as CPython's do.

use super::{DICT, call_quietly, flag, lines, stream_spec, unsupported};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// Where the dict says that the stream is closed.
const CLOSED: &str = "__IOBase_closed";

/// An instance of an abstract class itself, which has nothing but a dict.
#[derive(Clone)]
struct Bare {
    dict: Obj,
}

impl Native for Bare {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.dict, NULL)]
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
    doc: "The abstract base of all streams: nothing in it can really be read, written or sought.",
    methods: &[
        Method::new("seek", Arity::Any, |vm, _, _| unsupported(vm, "seek")).varargs()
            .doc("Move to a byte of the stream: from its start (whence 0), from here (1), from its end (2)."),
        Method::new("tell", Arity::NoArgs, tell)
            .doc("tell($self, /)\n--\n\nWhere the stream is."),
        Method::new("truncate", Arity::Any, |vm, _, _| unsupported(vm, "truncate")).varargs()
            .doc("Cut the stream at a size, by default where it is."),
        Method::new("flush", Arity::NoArgs, flush)
            .doc("flush($self, /)\n--\n\nWrite out what is waiting to be written."),
        Method::new("close", Arity::NoArgs, close)
            .doc("close($self, /)\n--\n\nFlush and close; closing again does nothing."),
        Method::new("seekable", Arity::NoArgs, no)
            .doc("seekable($self, /)\n--\n\nWhether seek() works."),
        Method::new("readable", Arity::NoArgs, no)
            .doc("readable($self, /)\n--\n\nWhether read() works."),
        Method::new("writable", Arity::NoArgs, no)
            .doc("writable($self, /)\n--\n\nWhether write() works."),
        Method::new("_checkClosed", Arity::Any, |vm, this, _| {
            check_closed(vm, this)?;
            Ok(vm.new_none())
        }),
        Method::new("_checkSeekable", Arity::Any, |vm, this, _| check(vm, this, "seekable")),
        Method::new("_checkReadable", Arity::Any, |vm, this, _| check(vm, this, "readable")),
        Method::new("_checkWritable", Arity::Any, |vm, this, _| check(vm, this, "writable")),
        Method::new("fileno", Arity::NoArgs, |vm, _, _| unsupported(vm, "fileno"))
            .doc("fileno($self, /)\n--\n\nThe file descriptor, if there is one."),
        Method::new("isatty", Arity::NoArgs, isatty)
            .doc("isatty($self, /)\n--\n\nWhether this is a terminal."),
        Method::new("__enter__", Arity::NoArgs, enter),
        Method::new("__exit__", Arity::Any, exit).varargs(),
        Method::new("readline", Arity::Positional(0, 1), lines::readline)
            .doc("readline($self, size=-1, /)\n--\n\nThe next line, or its first bytes if size is given."),
        Method::new("readlines", Arity::Positional(0, 1), lines::readlines)
            .doc("readlines($self, hint=-1, /)\n--\n\nA list of lines; no more are read once hint bytes are there."),
        Method::new("writelines", Arity::One, lines::writelines)
            .doc("writelines($self, lines, /)\n--\n\nWrite each of the lines; nothing is put between them."),
    ],
    getset: &[DICT, GetSet::new("closed", |vm, this| {
        let closed = marked_closed(vm, this)?;
        Ok(vm.new_bool(closed))
    })],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_iter = Some(iter);
        s.tp_iternext = Some(next);
        s.tp_finalize = Some(finalize);
    },
    ..stream_spec("_io._IOBase")
};

pub static TEXT_SPEC: TypeSpec = TypeSpec {
    doc: "The abstract base of text streams: characters and lines.",
    methods: &[
        Method::new("detach", Arity::NoArgs, |vm, _, _| {
            unsupported(vm, "detach")
        })
        .doc("Take the buffer underneath out; the text stream is of no use afterwards."),
        Method::new("read", Arity::Any, |vm, _, _| unsupported(vm, "read"))
            .varargs()
            .doc("Read so many characters, or all."),
        Method::new("readline", Arity::Any, |vm, _, _| {
            unsupported(vm, "readline")
        })
        .doc("Read up to a newline; an empty string at the end."),
        Method::new("write", Arity::Any, |vm, _, _| unsupported(vm, "write"))
            .varargs()
            .doc("Write a string; the number of its characters."),
    ],
    getset: &[
        GetSet::new("encoding", |vm, _| Ok(vm.new_none())),
        GetSet::new("newlines", |vm, _| Ok(vm.new_none())),
        GetSet::new("errors", |vm, _| Ok(vm.new_none())),
    ],
    ..stream_spec("_io._TextIOBase")
};

/// Any arguments are taken: what to do with them is a subclass's business.
pub fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let payload = if vm.heap.class(class).flags.heap_type {
        Payload::Object
    } else {
        Payload::Native(Box::new(Box::new(Bare { dict: NULL })))
    };
    Ok(vm.alloc_instance(class, payload))
}

fn no(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.new_bool(false))
}

fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (zero, one) = (vm.small_ints[5], vm.small_ints[6]);
    vm.call_method(this, "seek", &[zero, one])
}

fn marked_closed(vm: &mut Machine, this: Obj) -> PyResult<bool> {
    match vm.lookup_attr_str(this, CLOSED)? {
        Some(value) => {
            vm.decref(value);
            Ok(true)
        }
        None => Ok(false),
    }
}

fn closed_error<T>(vm: &mut Machine) -> PyResult<T> {
    vm.value_error("I/O operation on closed file.")
}

/// Refuses if the attribute `closed` is true.
pub fn check_closed(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if let Some(closed) = vm.lookup_attr_str(this, "closed")?
        && vm.with_held(closed, |vm, closed| vm.is_true(closed))?
    {
        return closed_error(vm);
    }
    Ok(())
}

fn flush(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if marked_closed(vm, this)? {
        return closed_error(vm);
    }
    Ok(vm.new_none())
}

fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if marked_closed(vm, this)? {
        return Ok(vm.new_none());
    }
    let flushed = vm.call_method(this, "flush", &[]);
    let marked = vm.keeping_exception(|vm| {
        let yes = vm.true_;
        vm.set_attr_str(this, CLOSED, yes)
    });
    let result = flushed?;
    vm.decref(result);
    marked?;
    Ok(vm.new_none())
}

/// `_checkReadable` and its like: the method's answer must be True itself.
fn check(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    let answer = vm.call_method(this, name, &[])?;
    if answer == vm.true_ {
        return Ok(answer);
    }
    vm.decref(answer);
    unsupported(vm, &format!("File or stream is not {name}."))
}

fn isatty(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    check_closed(vm, this)?;
    Ok(vm.new_bool(false))
}

fn enter(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    check_closed(vm, this)?;
    Ok(vm.new_ref(this))
}

fn exit(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    vm.call_method(this, "close", &[])
}

pub fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    check_closed(vm, this)?;
    Ok(vm.new_ref(this))
}

pub fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let line = vm.call_method(this, "readline", &[])?;
    let empty = vm.with_held(line, |vm, line| {
        vm.incref(line);
        Ok(vm.len(line)? == 0)
    });
    match empty {
        Ok(false) => Ok(line),
        Ok(true) => {
            vm.decref(line);
            Ok(NULL)
        }
        Err(thrown) => Err(thrown),
    }
}

/// `iobase_finalize`: an open stream is closed; what goes wrong with that is nobody's business.
pub fn finalize(vm: &mut Machine, this: Obj) {
    let ty = vm.heap.ty(this);
    let plain = !vm.heap.class(ty).flags.heap_type;
    if plain && matches!(&*vm.heap.class(ty).name, "_io.StringIO" | "_io.BytesIO") {
        return;
    }
    let saved = vm.take_exception();
    let result = finish(vm, this);
    if vm.interrupt.is_some() {
        return;
    }
    if result.is_err() {
        vm.clear_exception();
    }
    vm.restore_exception(saved);
}

fn finish(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if flag(vm, this, "closed")? {
        return Ok(());
    }
    let yes = vm.true_;
    if vm.set_attr_str(this, "_finalizing", yes).is_err() {
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        vm.clear_exception();
    }
    call_quietly(vm, this, "close", &[])
}

impl Machine {
    /// Runs `work` with no exception in flight. What was in flight stays, and becomes the context of one that `work` raises.
    pub fn keeping_exception<T>(
        &mut self,
        work: impl FnOnce(&mut Machine) -> PyResult<T>,
    ) -> PyResult<T> {
        let saved = self.take_exception();
        let result = work(self);
        if self.interrupt.is_some() {
            return result;
        }
        if result.is_ok() {
            self.restore_exception(saved);
        } else {
            self.chain_saved(saved);
        }
        result
    }
}

impl Machine {
    /// The exception that was set aside becomes the context of the one in flight (`_PyErr_ChainExceptions`).
    pub fn chain_saved(&mut self, _saved: crate::vm::exception::Saved) {
        let Some(old) = self.pending_aside.pop().flatten() else {
            return;
        };
        let new = self.pending.replace(old);
        self.pending_aside.push(new);
        let old = self.take_exception_object();
        self.pending = self.pending_aside.pop().flatten();
        let Ok(old) = old else { return };
        match self.normalize() {
            Ok(value) if value != old => self.set_exc_context(value, old),
            _ => self.decref(old),
        }
    }
}
