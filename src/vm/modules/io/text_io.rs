//! `io.TextIOWrapper` (`Modules/_io/textio.c`): text over a buffered stream.
//!
//! Here are the type and its settings; reading is `text_read.rs`, writing `text_write.rs`, places in the text `text_seek.rs`,
//! decoding `text_decode.rs`.

use super::newlines::Translator;
use super::text_decode::Decoder;
use super::{BUFFER_SIZE, call_quietly, stream_spec, unsupported};
use super::{text_read as r, text_seek, text_write as w};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{kw, opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::codecs::Codec;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct TextIO {
    /// NULL before `__init__` and after `detach`.
    pub buffer: Obj,
    pub encoding: Obj,
    pub errors: Obj,
    pub dict: Obj,
    pub ready: bool,
    detached: bool,
    finalizing: bool,
    pub codec: Codec,
    /// Incremental encoder and decoder of a codec that is not the machine's own; else NULL.
    pub foreign: [Obj; 2],
    /// The argument `newline`.
    pub newline: Option<String>,
    /// `\n` is written as this.
    pub write_as: Option<String>,
    pub line_buffering: bool,
    pub write_through: bool,
    pub seekable: bool,
    /// `tell` works: nothing is being iterated over.
    pub telling: bool,
    pub has_read1: bool,
    pub chunk: usize,
    pub can_write: bool,
    /// Something has been written: no byte order mark any more.
    pub begun: bool,
    /// Encoded text that has not been given to the buffer.
    pub pending: Vec<u8>,
    /// In how many texts it came: CPython keeps two and more in a list, which counts as an allocation.
    pub pending_texts: usize,
    pub decoder: Option<Decoder>,
    /// Text read ahead, and how much of it has been handed out.
    pub ahead: Vec<u32>,
    pub used: usize,
    /// Flags of the decoder before the last chunk, and the chunk: what `tell` goes by.
    pub snapshot: Option<(u32, Vec<u8>)>,
    /// One of the program's own three: what is written goes out at once, unless the run is a plain one into a pipe.
    pub standard: bool,
}

impl Native for TextIO {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("buffer"), self.buffer);
        f(Edge::Field("encoding"), self.encoding);
        f(Edge::Field("errors"), self.errors);
        f(Edge::Field("encoder"), self.foreign[0]);
        f(Edge::Field("decoder"), self.foreign[1]);
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        self.ready = false;
        let [encoder, decoder] = &mut self.foreign;
        [
            encoder,
            decoder,
            &mut self.buffer,
            &mut self.encoding,
            &mut self.errors,
            &mut self.dict,
        ]
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
    doc: "Characters and lines over a buffer of bytes: encoding, errors and newline say how they are translated.",
    methods: &[
        Method::new("detach", Arity::NoArgs, detach).doc("detach($self, /)\n--\n\n"),
        Method::new("reconfigure", Arity::Keywords, reconfigure).doc(
            "reconfigure($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)\n--\n\nSet the stream up anew.",
        ),
        Method::new("write", Arity::One, w::write).doc("write($self, text, /)\n--\n\n"),
        Method::new("read", Arity::Positional(0, 1), r::read).doc("read($self, size=-1, /)\n--\n\n"),
        Method::new("readline", Arity::Positional(0, 1), r::readline).doc("readline($self, size=-1, /)\n--\n\n"),
        Method::new("flush", Arity::NoArgs, w::flush).doc("flush($self, /)\n--\n\n"),
        Method::new("close", Arity::NoArgs, close).doc("close($self, /)\n--\n\n"),
        Method::new("fileno", Arity::NoArgs, |vm, this, _| of_buffer(vm, this, "fileno")).doc("fileno($self, /)\n--\n\n"),
        Method::new("seekable", Arity::NoArgs, |vm, this, _| of_buffer(vm, this, "seekable")).doc("seekable($self, /)\n--\n\n"),
        Method::new("readable", Arity::NoArgs, |vm, this, _| of_buffer(vm, this, "readable")).doc("readable($self, /)\n--\n\n"),
        Method::new("writable", Arity::NoArgs, |vm, this, _| of_buffer(vm, this, "writable")).doc("writable($self, /)\n--\n\n"),
        Method::new("isatty", Arity::NoArgs, |vm, this, _| of_buffer(vm, this, "isatty")).doc("isatty($self, /)\n--\n\n"),
        Method::new("seek", Arity::Positional(1, 2), text_seek::seek).doc("seek($self, cookie, whence=0, /)\n--\n\n"),
        Method::new("tell", Arity::NoArgs, text_seek::tell).doc("tell($self, /)\n--\n\n"),
        Method::new("truncate", Arity::Positional(0, 1), truncate).doc("truncate($self, pos=None, /)\n--\n\n"),
    ],
    getset: &[
        GetSet::new("encoding", |vm, this| {
            let encoding = text(vm, this).encoding;
            Ok(if encoding.is_null() { vm.new_none() } else { vm.new_ref(encoding) })
        }),
        GetSet::new("buffer", |vm, this| {
            let buffer = text(vm, this).buffer;
            Ok(if buffer.is_null() { vm.new_none() } else { vm.new_ref(buffer) })
        }),
        GetSet::new("line_buffering", |vm, this| {
            let flag = text(vm, this).line_buffering;
            Ok(vm.new_bool(flag))
        }),
        GetSet::new("write_through", |vm, this| {
            let flag = text(vm, this).write_through;
            Ok(vm.new_bool(flag))
        }),
        GetSet::rw("_finalizing", |vm, this| {
            let flag = text(vm, this).finalizing;
            Ok(vm.new_bool(flag))
        }, |vm, this, value| {
            let flag = !value.is_null() && vm.is_true(value)?;
            text(vm, this).finalizing = flag;
            Ok(())
        }),
        GetSet::new("name", |vm, this| {
            let buffer = ready(vm, this)?;
            vm.get_attr_str(buffer, "name")
        }),
        GetSet::new("closed", |vm, this| {
            let buffer = ready(vm, this)?;
            vm.get_attr_str(buffer, "closed")
        }),
        GetSet::new("newlines", |vm, this| {
            ready(vm, this)?;
            match text(vm, this).decoder.as_ref().and_then(|d| d.translator.clone()) {
                Some(translator) => Ok(translator.newlines(vm)),
                None => Ok(vm.new_none()),
            }
        }),
        GetSet::new("errors", |vm, this| {
            ready(vm, this)?;
            let errors = text(vm, this).errors;
            Ok(vm.new_ref(errors))
        }),
        GetSet::rw("_CHUNK_SIZE", |vm, this| {
            ready(vm, this)?;
            let n = text(vm, this).chunk;
            Ok(vm.new_int(n as i64))
        }, |vm, this, value| {
            ready(vm, this)?;
            if value.is_null() {
                return vm.raise(vm.types.attribute_error, "cannot delete attribute".to_string());
            }
            let n = super::size(vm, value)?;
            if n <= 0 {
                return vm.value_error("a strictly positive integer is required");
            }
            text(vm, this).chunk = n as usize;
            Ok(())
        }),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_iternext = Some(r::next);
    },
    ..stream_spec("_io.TextIOWrapper")
};

pub fn text(vm: &mut Machine, this: Obj) -> &mut TextIO {
    vm.heap.native_mut(this).expect("a TextIOWrapper")
}

/// The buffer, borrowed.
pub fn ready(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let t = text(vm, this);
    if t.ready {
        return Ok(t.buffer);
    }
    let message = if t.detached {
        "underlying buffer has been detached"
    } else {
        "I/O operation on uninitialized object"
    };
    vm.value_error(message)
}

/// The buffer, if the stream is not closed.
pub fn open(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let buffer = ready(vm, this)?;
    if let Some(b) = vm.heap.native::<super::buffered::Buffered>(buffer)
        && b.ready
        && vm
            .heap
            .native::<super::file_io::FileIO>(b.raw)
            .is_some_and(|f| f.fd >= 0)
        && !vm.heap.class(vm.heap.ty(this)).flags.heap_type
    {
        return Ok(buffer);
    }
    let closed = match vm.heap.class(vm.heap.ty(this)).flags.heap_type {
        true => super::flag(vm, this, "closed")?,
        false => super::flag(vm, buffer, "closed")?,
    };
    if closed {
        return vm.value_error("I/O operation on closed file.");
    }
    Ok(buffer)
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let native = TextIO {
        buffer: NULL,
        encoding: NULL,
        errors: NULL,
        dict: NULL,
        ready: false,
        detached: false,
        finalizing: false,
        codec: Codec::Utf8,
        foreign: [NULL; 2],
        newline: None,
        write_as: None,
        line_buffering: false,
        write_through: false,
        seekable: false,
        telling: false,
        has_read1: false,
        chunk: BUFFER_SIZE,
        can_write: false,
        begun: false,
        pending: Vec::new(),
        pending_texts: 0,
        decoder: None,
        ahead: Vec::new(),
        used: 0,
        snapshot: None,
        standard: false,
    };
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
}

fn optional_str(vm: &mut Machine, o: Obj, name: &str) -> PyResult<Obj> {
    if o.is_null() || o == vm.none {
        return Ok(NULL);
    }
    if vm.heap.str(o).is_none() {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "TextIOWrapper() argument '{name}' must be str or None, not {got}"
        ));
    }
    Ok(o)
}

fn newline_argument(vm: &mut Machine, o: Obj) -> PyResult<Option<String>> {
    if o.is_null() {
        return Ok(None);
    }
    let text = vm.text(o);
    if !matches!(text.as_str(), "" | "\n" | "\r" | "\r\n") {
        return vm.value_error(&format!("illegal newline value: {text}"));
    }
    Ok(Some(text))
}

fn set_newline(t: &mut TextIO, newline: Option<String>) {
    t.write_as = newline.clone().filter(|n| n.starts_with('\r'));
    t.newline = newline;
}

impl TextIO {
    /// Any newline ends a line.
    pub fn universal(&self) -> bool {
        self.newline.as_deref().is_none_or(str::is_empty)
    }

    fn new_decoder(&self) -> Decoder {
        let translator = self
            .universal()
            .then(|| Translator::new(self.newline.is_none()));
        Decoder::new(self.codec, self.foreign[1], translator)
    }

    /// Text read ahead is forgotten.
    pub fn forget_ahead(&mut self) {
        self.ahead.clear();
        self.used = 0;
    }
}

/// Codec and name for an argument `encoding`; owned name.
fn find_encoding(vm: &mut Machine, encoding: Obj) -> PyResult<(Codec, Obj)> {
    if encoding.is_null() || vm.text(encoding) == "locale" {
        return Ok((Codec::Utf8, vm.new_str("UTF-8")));
    }
    if vm.text(encoding).contains('\0') {
        return vm.value_error("embedded null character");
    }
    let codec = vm.codec(encoding);
    if codec == Codec::Foreign {
        // It must exist, and be one of texts.
        let name = vm.text(encoding);
        let info = vm.find_text_codec(&name, "codecs.open()")?;
        vm.decref(info);
    }
    Ok((codec, vm.new_ref(encoding)))
}

/// Makes what a codec that is not the machine's own works with.
fn set_foreign(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let (codec, encoding, errors) = {
        let t = text(vm, this);
        (t.codec, t.encoding, t.errors)
    };
    let mut made = [NULL; 2];
    if codec == Codec::Foreign {
        let name = vm.text(encoding);
        let info = vm.find_text_codec(&name, "codecs.open()")?;
        made = vm.with_held(info, |vm, info| {
            let mark = vm.mark();
            for name in ["incrementalencoder", "incrementaldecoder"] {
                let made = vm.call_method(info, name, &[errors]);
                match made {
                    Ok(made) => vm.hold(made),
                    Err(thrown) => return vm.releasing(mark, Err(thrown)),
                };
            }
            let decoder = vm.unhold();
            Ok([vm.unhold(), decoder])
        })?;
    }
    for old in std::mem::replace(&mut text(vm, this).foreign, made) {
        vm.xdecref(old);
    }
    Ok(())
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [
        req("buffer"),
        opt("encoding"),
        opt("errors"),
        opt("newline"),
        opt("line_buffering"),
        opt("write_through"),
    ];
    let [buffer, encoding, errors, newline, line, through] =
        vm.unpack("TextIOWrapper", args, &params)?;
    let encoding = optional_str(vm, encoding, "encoding")?;
    if !errors.is_null() && errors != vm.none && vm.heap.str(errors).is_none() {
        let got = vm.type_name(errors);
        return vm.type_error(format!(
            "TextIOWrapper() argument 'errors' must be str or None, not {got}"
        ));
    }
    let newline = optional_str(vm, newline, "newline")?;
    let newline = newline_argument(vm, newline)?;
    let line = super::int(vm, line, 0)? != 0;
    let through = super::int(vm, through, 0)? != 0;
    text(vm, this).ready = false;
    text(vm, this).detached = false;
    let (codec, name) = find_encoding(vm, encoding)?;
    let errors = if errors.is_null() || errors == vm.none {
        vm.new_str("strict")
    } else {
        vm.new_ref(errors)
    };
    vm.incref(buffer);
    let t = text(vm, this);
    let old = [
        std::mem::replace(&mut t.buffer, buffer),
        std::mem::replace(&mut t.encoding, name),
        std::mem::replace(&mut t.errors, errors),
    ];
    (t.codec, t.line_buffering, t.write_through) = (codec, line, through);
    (t.decoder, t.snapshot, t.begun) = (None, None, false);
    t.pending.clear();
    t.forget_ahead();
    set_newline(t, newline);
    for o in old {
        vm.xdecref(o);
    }
    set_foreign(vm, this)?;
    ask_buffer(vm, this, buffer)?;
    text(vm, this).ready = true;
    Ok(())
}

/// What the buffer can do decides what the text can.
fn ask_buffer(vm: &mut Machine, this: Obj, buffer: Obj) -> PyResult<()> {
    let readable = super::ask(vm, buffer, "readable")?;
    let t = text(vm, this);
    t.decoder = readable.then(|| t.new_decoder());
    let writable = super::ask(vm, buffer, "writable")?;
    text(vm, this).can_write = writable;
    let seekable = super::ask(vm, buffer, "seekable")?;
    let read1 = vm.lookup_attr_str(buffer, "read1")?;
    let t = text(vm, this);
    (t.seekable, t.telling, t.has_read1) = (seekable, seekable, read1.is_some());
    if let Some(read1) = read1 {
        vm.decref(read1);
    }
    if seekable && writable {
        let at = super::buffered::raw_tell(vm, buffer)?;
        text(vm, this).begun = at != 0;
    }
    Ok(())
}

fn reconfigure(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        kw("encoding"),
        kw("errors"),
        kw("newline"),
        kw("line_buffering"),
        kw("write_through"),
    ];
    let [encoding, errors, newline, line, through] = vm.unpack("reconfigure", args, &params)?;
    let given = |o: Obj, vm: &Machine| !o.is_null() && o != vm.none;
    let changes_text = given(encoding, vm) || given(errors, vm) || !newline.is_null();
    let has_read = text(vm, this).decoder.is_some()
        && (text(vm, this)
            .snapshot
            .as_ref()
            .is_some_and(|(_, read)| !read.is_empty())
            || !text(vm, this).ahead.is_empty());
    if has_read && changes_text {
        return unsupported(
            vm,
            "It is not possible to set the encoding or newline of stream after the first read",
        );
    }
    if !newline.is_null() && newline != vm.none && vm.heap.str(newline).is_none() {
        return vm.type_error("bad argument type for built-in operation".to_string());
    }
    let line = if given(line, vm) {
        Some(vm.is_true(line)?)
    } else {
        None
    };
    let through = if given(through, vm) {
        Some(vm.is_true(through)?)
    } else {
        None
    };
    call_quietly(vm, this, "flush", &[])?;
    if changes_text {
        let encoding = if given(encoding, vm) {
            optional_str(vm, encoding, "encoding")?
        } else {
            NULL
        };
        let newline = if newline.is_null() {
            text(vm, this).newline.clone()
        } else {
            newline_argument(vm, if newline == vm.none { NULL } else { newline })?
        };
        change_encoding(
            vm,
            this,
            encoding,
            if given(errors, vm) { errors } else { NULL },
        )?;
        let t = text(vm, this);
        set_newline(t, newline);
        if t.decoder.is_some() {
            t.decoder = Some(t.new_decoder());
        }
    }
    let t = text(vm, this);
    t.line_buffering = line.unwrap_or(t.line_buffering);
    t.write_through = through.unwrap_or(t.write_through);
    Ok(vm.new_none())
}

/// A new encoding comes with strict errors, unless they are given.
fn change_encoding(vm: &mut Machine, this: Obj, encoding: Obj, errors: Obj) -> PyResult<()> {
    if encoding.is_null() && errors.is_null() {
        return Ok(());
    }
    if !encoding.is_null() {
        let (codec, name) = find_encoding(vm, encoding)?;
        let t = text(vm, this);
        t.codec = codec;
        let old = std::mem::replace(&mut t.encoding, name);
        vm.xdecref(old);
    }
    let errors = if errors.is_null() {
        vm.new_str("strict")
    } else {
        vm.new_ref(errors)
    };
    let old = std::mem::replace(&mut text(vm, this).errors, errors);
    vm.xdecref(old);
    set_foreign(vm, this)
}

fn of_buffer(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    let buffer = ready(vm, this)?;
    vm.call_method(buffer, name, &[])
}

fn detach(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    ready(vm, this)?;
    call_quietly(vm, this, "flush", &[])?;
    let t = text(vm, this);
    (t.ready, t.detached) = (false, true);
    Ok(std::mem::replace(&mut t.buffer, NULL))
}

fn truncate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let buffer = ready(vm, this)?;
    call_quietly(vm, this, "flush", &[])?;
    let at = match args.get(vm, 0) {
        NULL => vm.none,
        at => at,
    };
    vm.call_method(buffer, "truncate", &[at])
}

/// Flushes, then closes the buffer whatever came of that.
fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let buffer = ready(vm, this)?;
    if super::flag(vm, this, "closed")? {
        return Ok(vm.new_none());
    }
    if text(vm, this).finalizing {
        match vm.call_method(buffer, "_dealloc_warn", &[this]) {
            Ok(o) => vm.decref(o),
            Err(thrown) => vm.forgive(thrown)?,
        }
    }
    let flushed = call_quietly(vm, this, "flush", &[]);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    let closed = vm.keeping_exception(|vm| vm.call_method(buffer, "close", &[]));
    match (flushed, closed) {
        (Ok(()), closed) => closed,
        (Err(thrown), Ok(none)) => {
            vm.drop_keeping_exception(none);
            Err(thrown)
        }
        (Err(_), Err(thrown)) => Err(thrown),
    }
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if !text(vm, this).detached {
        ready(vm, this)?;
    }
    let mut out = "<_io.TextIOWrapper".to_string();
    if let Some(name) = super::name_or_none(vm, this)? {
        let shown = vm.with_held(name, |vm, name| super::repr_guarded(vm, this, name))?;
        out += &format!(" name={shown}");
    }
    if let Some(mode) = vm.lookup_attr_str(this, "mode")? {
        let shown = vm.with_held(mode, |vm, mode| vm.repr_text(mode))?;
        out += &format!(" mode={shown}");
    }
    let encoding = text(vm, this).encoding;
    let shown = vm.repr_text(encoding)?;
    Ok(vm.new_string(format!("{out} encoding={shown}>")))
}
