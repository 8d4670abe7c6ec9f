//! `sys.stdin`, `sys.stdout`, `sys.stderr`: text streams over the machine's own output and input.
//!
//! They look like `_io.TextIOWrapper` and its buffers, but know only the three standard streams.

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{kw, pos_opt};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::output::Stream;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standard {
    Stdin,
    Stdout,
    Stderr,
}

impl Standard {
    /// Where writing goes; nothing is ever written to stdin.
    pub fn output(self) -> Stream {
        if self == Standard::Stdout {
            Stream::Stdout
        } else {
            Stream::Stderr
        }
    }

    fn name(self) -> &'static str {
        ["<stdin>", "<stdout>", "<stderr>"][self as usize]
    }

    fn mode(self) -> &'static str {
        if self == Standard::Stdin { "r" } else { "w" }
    }
}

#[derive(Clone)]
pub struct TextStream {
    standard: Standard,
    closed: bool,
    dict: Obj,
    buffer: Obj,
}

impl Native for TextStream {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("buffer"), self.buffer);
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.buffer, NULL),
            std::mem::replace(&mut self.dict, NULL),
        ]
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

/// `_io.BufferedWriter` of a standard stream.
#[derive(Clone)]
struct Buffer {
    standard: Standard,
}

impl Native for Buffer {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    has_dict: true,
    has_weakrefs: true,
    methods: &[
        Method::new("write", Arity::One, write),
        Method::new("writelines", Arity::One, writelines),
        Method::new("flush", Arity::NoArgs, none),
        Method::new("close", Arity::NoArgs, none),
        Method::new("isatty", Arity::NoArgs, |vm, _, _| Ok(vm.new_bool(false))),
        Method::new("fileno", Arity::NoArgs, fileno),
        Method::new("readable", Arity::NoArgs, |vm, this, _| {
            let answer = standard(vm, this) == Standard::Stdin;
            Ok(vm.new_bool(answer))
        }),
        Method::new("writable", Arity::NoArgs, |vm, this, _| {
            let answer = standard(vm, this) != Standard::Stdin;
            Ok(vm.new_bool(answer))
        }),
        Method::new("seekable", Arity::NoArgs, |vm, _, _| Ok(vm.new_bool(false))),
        Method::new("reconfigure", Arity::Keywords, reconfigure),
        Method::new("read", Arity::Positional(0, 1), read),
        Method::new("readline", Arity::Positional(0, 1), readline),
        Method::new("readlines", Arity::Positional(0, 1), readlines),
        Method::new("__enter__", Arity::NoArgs, |vm, this, _| {
            Ok(vm.new_ref(this))
        }),
        Method::new("__exit__", Arity::Any, none),
    ],
    getset: &[
        GetSet::new("encoding", |vm, _| Ok(vm.new_str("utf-8"))),
        GetSet::new("errors", |vm, this| {
            let errors = if standard(vm, this) == Standard::Stderr {
                "backslashreplace"
            } else {
                "strict"
            };
            Ok(vm.new_str(errors))
        }),
        GetSet::new("name", |vm, this| {
            let name = standard(vm, this).name();
            Ok(vm.new_str(name))
        }),
        GetSet::new("mode", |vm, this| {
            let mode = standard(vm, this).mode();
            Ok(vm.new_str(mode))
        }),
        GetSet::new("closed", |vm, this| {
            let closed = vm.heap.native::<TextStream>(this).is_some_and(|s| s.closed);
            Ok(vm.new_bool(closed))
        }),
        GetSet::new("newlines", |vm, _| Ok(vm.new_none())),
        GetSet::new("line_buffering", |vm, this| {
            let answer = standard(vm, this) == Standard::Stderr;
            Ok(vm.new_bool(answer))
        }),
        GetSet::new("write_through", |vm, _| Ok(vm.new_bool(false))),
        GetSet::new("buffer", |vm, this| {
            let buffer = vm
                .heap
                .native::<TextStream>(this)
                .map_or(NULL, |s| s.buffer);
            Ok(vm.new_ref(buffer))
        }),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next_line);
    },
    ..TypeSpec::new("_io.TextIOWrapper")
};

static BUFFER_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("write", Arity::One, buffer_write),
        Method::new("flush", Arity::NoArgs, none),
        Method::new("fileno", Arity::NoArgs, fileno),
    ],
    getset: &[GetSet::new("name", |vm, this| {
        let name = standard(vm, this).name();
        Ok(vm.new_str(name))
    })],
    ..TypeSpec::new("_io.BufferedWriter")
};

/// Makes one of the three streams. Owned.
pub fn make(vm: &mut Machine, standard: Standard) -> Obj {
    let object = vm.types.object;
    let buffer_type = vm.make_module_type(&BUFFER_SPEC, object);
    let stream_type = vm.make_module_type(&SPEC, object);
    let buffer = vm.new_native(buffer_type, Buffer { standard });
    vm.new_native(
        stream_type,
        TextStream {
            standard,
            closed: false,
            dict: NULL,
            buffer,
        },
    )
}

fn standard(vm: &Machine, this: Obj) -> Standard {
    if let Some(buffer) = vm.heap.native::<Buffer>(this) {
        return buffer.standard;
    }
    vm.heap
        .native::<TextStream>(this)
        .map_or(Standard::Stdout, |s| s.standard)
}

/// The stream, if writing to it cannot reach Python code: it is one of ours, and nobody gave it a `write` of its own.
pub fn plain_stream(vm: &Machine, file: Obj) -> Option<Standard> {
    let stream = vm.heap.native::<TextStream>(file)?;
    (stream.dict.is_null() && !stream.closed && !vm.heap.class(vm.heap.ty(file)).flags.heap_type)
        .then_some(stream.standard)
}

/// Writes a str as UTF-8; lone surrogates are an error, or escaped on stderr.
pub fn write_str(vm: &mut Machine, standard: Standard, text: Obj) -> PyResult<()> {
    if standard == Standard::Stdin {
        return vm.unsupported("writing to sys.stdin".into());
    }
    let Some(s) = vm.heap.str(text).cloned() else {
        return Ok(());
    };
    if let Some(plain) = s.as_str() {
        vm.output.write(standard.output(), plain.as_bytes());
        return Ok(());
    }
    if standard == Standard::Stderr {
        let escaped: String = s
            .points()
            .map(|p| char::from_u32(p).map_or_else(|| format!("\\u{p:04x}"), String::from))
            .collect();
        vm.output.write(standard.output(), escaped.as_bytes());
        return Ok(());
    }
    let is_bad = |p: u32| char::from_u32(p).is_none();
    let start = s.points().position(is_bad).unwrap_or(0);
    let end = start + s.points().skip(start).take_while(|p| is_bad(*p)).count();
    let (encoding, from, to, reason) = (
        vm.new_str("utf-8"),
        vm.new_int(start as i64),
        vm.new_int(end as i64),
        vm.new_str("surrogates not allowed"),
    );
    vm.incref(text);
    let args = vm.new_tuple(vec![encoding, text, from, to, reason]);
    let result = vm.raise_args(vm.types.unicode_encode_error, args);
    vm.drop_keeping_exception(args);
    result
}

fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let text = args.get(vm, 0);
    let Some(len) = vm.heap.str(text).map(|s| s.len()) else {
        let name = vm.type_name(text);
        return vm.type_error(format!("write() argument must be str, not {name}"));
    };
    let stream = standard(vm, this);
    write_str(vm, stream, text)?;
    Ok(vm.new_int(len as i64))
}

fn writelines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let iterator = vm.get_iter(args.get(vm, 0))?;
    vm.with_held(iterator, |vm, iterator| {
        loop {
            let line = vm.iter_next(iterator)?;
            if line.is_null() {
                return Ok(());
            }
            let written = vm.with_held(line, |vm, line| vm.call_method(this, "write", &[line]))?;
            vm.decref(written);
        }
    })?;
    Ok(vm.new_none())
}

fn buffer_write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let stream = standard(vm, this).output();
    vm.output.write(stream, &data);
    Ok(vm.new_int(data.len() as i64))
}

fn none(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.new_none())
}

fn fileno(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let number = standard(vm, this) as i64;
    Ok(vm.new_int(number))
}

fn reconfigure(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.unpack(
        "reconfigure",
        args,
        &[
            kw("encoding"),
            kw("errors"),
            kw("newline"),
            kw("line_buffering"),
            kw("write_through"),
        ],
    )?;
    Ok(vm.new_none())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let stream = standard(vm, this);
    let (name, mode) = (stream.name(), stream.mode());
    Ok(vm.new_string(format!(
        "<_io.TextIOWrapper name='{name}' mode='{mode}' encoding='utf-8'>"
    )))
}

fn want_stdin(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if standard(vm, this) == Standard::Stdin {
        return Ok(());
    }
    vm.raise(vm.types.os_error, "not readable".to_string())
}

fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [_size] = vm.unpack("readline", args, &[pos_opt("size")])?;
    want_stdin(vm, this)?;
    let line = vm.read_stdin_line()?;
    Ok(vm.new_string(String::from_utf8_lossy(&line).into_owned()))
}

fn read(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    want_stdin(vm, this)?;
    let mut all = Vec::new();
    loop {
        let line = vm.read_stdin_line()?;
        if line.is_empty() {
            return Ok(vm.new_string(String::from_utf8_lossy(&all).into_owned()));
        }
        all.extend(line);
    }
}

fn readlines(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    vm.list_from_iterable(this)
}

fn next_line(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    want_stdin(vm, this)?;
    let line = vm.read_stdin_line()?;
    if line.is_empty() {
        return Ok(NULL);
    }
    Ok(vm.new_string(String::from_utf8_lossy(&line).into_owned()))
}
