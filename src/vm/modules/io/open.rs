//! `open()` and `open_code()` (`Modules/_io/_iomodule.c`): the stack of streams that a mode asks for.

use super::{buffered, file_io, int, text_io};
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// A mode, taken apart.
#[derive(Default)]
struct Mode {
    creating: bool,
    reading: bool,
    writing: bool,
    appending: bool,
    updating: bool,
    text: bool,
    binary: bool,
    universal: bool,
}

fn parse_mode(vm: &mut Machine, mode: &str) -> PyResult<Mode> {
    let mut m = Mode::default();
    for (n, c) in mode.char_indices() {
        let twice = mode[..n].contains(c);
        match c {
            'x' => m.creating = true,
            'r' => m.reading = true,
            'w' => m.writing = true,
            'a' => m.appending = true,
            '+' => m.updating = true,
            't' => m.text = true,
            'b' => m.binary = true,
            'U' => (m.universal, m.reading) = (true, true),
            _ => return vm.value_error(&format!("invalid mode: '{mode}'")),
        }
        if twice {
            return vm.value_error(&format!("invalid mode: '{mode}'"));
        }
    }
    if m.universal {
        if m.creating || m.writing || m.appending || m.updating {
            return vm.value_error("mode U cannot be combined with 'x', 'w', 'a', or '+'");
        }
        vm.warn(vm.types.deprecation_warning, "'U' mode is deprecated", 1)?;
    }
    if m.text && m.binary {
        return vm.value_error("can't have text and binary mode at once");
    }
    let kinds = [m.creating, m.reading, m.writing, m.appending];
    if kinds.into_iter().filter(|k| *k).count() > 1 {
        return vm.value_error("must have exactly one of create/read/write/append mode");
    }
    Ok(m)
}

fn optional_str(vm: &mut Machine, o: Obj, name: &str) -> PyResult<Obj> {
    if o.is_null() || o == vm.none {
        return Ok(NULL);
    }
    if vm.heap.str(o).is_none() {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "open() argument '{name}' must be str or None, not {got}"
        ));
    }
    Ok(o)
}

pub fn open(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("file"),
        opt("mode"),
        opt("buffering"),
        opt("encoding"),
        opt("errors"),
        opt("newline"),
        opt("closefd"),
        opt("opener"),
    ];
    let [
        file,
        mode,
        buffering,
        encoding,
        errors,
        newline,
        closefd,
        opener,
    ] = vm.unpack("open", args, &params)?;
    let mode_text = if mode.is_null() {
        "r".to_string()
    } else if vm.heap.str(mode).is_none() {
        let got = vm.type_name(mode);
        return vm.type_error(format!("open() argument 'mode' must be str, not {got}"));
    } else {
        vm.text(mode)
    };
    let buffering = int(vm, buffering, -1)?;
    let encoding = optional_str(vm, encoding, "encoding")?;
    let errors = optional_str(vm, errors, "errors")?;
    let newline = optional_str(vm, newline, "newline")?;
    let closefd = closefd.is_null() || int(vm, closefd, 1)? != 0;
    let opener = if opener == vm.none { NULL } else { opener };
    let path = match vm.is_number(file) {
        true => vm.new_ref(file),
        false => vm.fs_path(file)?,
    };
    vm.with_held(path, |vm, path| {
        let m = parse_mode(vm, &mode_text)?;
        check_binary(vm, &m, [encoding, errors, newline])?;
        let raw = open_raw(vm, path, &m, closefd, opener)?;
        let mark = vm.mark();
        vm.hold(raw);
        let made = wrap(
            vm,
            raw,
            &m,
            &mode_text,
            buffering,
            [encoding, errors, newline],
        );
        if made.is_err() && vm.interrupt.is_none() {
            let outermost = vm.stack[vm.top - 1];
            file_io::close_quietly(vm, outermost);
        }
        match made {
            Ok(stream) => {
                vm.incref(stream);
                vm.release(mark);
                Ok(stream)
            }
            Err(thrown) => vm.releasing(mark, Err(thrown)),
        }
    })
}

fn check_binary(vm: &mut Machine, m: &Mode, [encoding, errors, newline]: [Obj; 3]) -> PyResult<()> {
    if !m.binary {
        return Ok(());
    }
    for (o, name) in [
        (encoding, "an encoding"),
        (errors, "an errors"),
        (newline, "a newline"),
    ] {
        if !o.is_null() {
            return vm.value_error(&format!("binary mode doesn't take {name} argument"));
        }
    }
    Ok(())
}

fn open_raw(vm: &mut Machine, path: Obj, m: &Mode, closefd: bool, opener: Obj) -> PyResult<Obj> {
    let mut raw_mode = String::new();
    for (flag, c) in [
        (m.creating, 'x'),
        (m.reading, 'r'),
        (m.writing, 'w'),
        (m.appending, 'a'),
        (m.updating, '+'),
    ] {
        if flag {
            raw_mode.push(c);
        }
    }
    let class = vm.module_type(&file_io::SPEC);
    let closefd = if closefd { vm.true_ } else { vm.false_ };
    let opener = if opener.is_null() { vm.none } else { opener };
    let raw_mode = vm.new_string(raw_mode);
    vm.with_held(raw_mode, |vm, raw_mode| {
        vm.call(class, &[path, raw_mode, closefd, opener])
    })
}

/// Puts buffer and text on top; whatever is made is held on the machine's stack. Borrowed result.
fn wrap(
    vm: &mut Machine,
    raw: Obj,
    m: &Mode,
    mode: &str,
    buffering: i32,
    [encoding, errors, newline]: [Obj; 3],
) -> PyResult<Obj> {
    let tty = super::ask(vm, raw, "isatty")?;
    if buffering == 1 && m.binary {
        vm.warn(
            vm.types.runtime_warning,
            "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
            1,
        )?;
    }
    let line_buffering = buffering == 1 && !m.binary || buffering < 0 && tty;
    let size = if buffering < 0 || buffering == 1 {
        super::BUFFER_SIZE as i64
    } else {
        i64::from(buffering)
    };
    if size == 0 {
        if !m.binary {
            return vm.value_error("can't have unbuffered text I/O");
        }
        return Ok(raw);
    }
    let spec = if m.updating {
        &buffered::RANDOM_SPEC
    } else if m.creating || m.writing || m.appending {
        &buffered::WRITER_SPEC
    } else if m.reading {
        &buffered::READER_SPEC
    } else {
        return vm.value_error(&format!("unknown mode: '{mode}'"));
    };
    let class = vm.module_type(spec);
    let size = vm.new_int(size);
    let buffer = vm.with_held(size, |vm, size| vm.call(class, &[raw, size]))?;
    vm.hold(buffer);
    if m.binary {
        return Ok(buffer);
    }
    let class = vm.module_type(&text_io::SPEC);
    let or_none = |vm: &Machine, o: Obj| if o.is_null() { vm.none } else { o };
    let (encoding, errors, newline) = (
        or_none(vm, encoding),
        or_none(vm, errors),
        or_none(vm, newline),
    );
    let line = if line_buffering { vm.true_ } else { vm.false_ };
    let text = vm.call(class, &[buffer, encoding, errors, newline, line])?;
    vm.hold(text);
    let shown = vm.new_str(mode);
    vm.with_held(shown, |vm, shown| vm.set_attr_str(text, "mode", shown))?;
    Ok(text)
}

pub fn open_code(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path] = vm.unpack("open_code", args, &[req("path")])?;
    if vm.heap.str(path).is_none() {
        let got = vm.type_name(path);
        return vm.type_error(format!(
            "open_code() argument 'path' must be str, not {got}"
        ));
    }
    let mode = vm.new_str("rb");
    vm.with_held(mode, |vm, mode| {
        let io = vm.import_module("_io")?;
        vm.with_held(io, |vm, io| vm.call_method(io, "open", &[path, mode]))
    })
}

impl Machine {
    /// Whether `open()` takes it for a descriptor (`PyNumber_Check`).
    fn is_number(&self, o: Obj) -> bool {
        self.is_int(o) || self.slots_of(o).nb_index.is_some()
    }

    /// `os.fspath()`: a str or bytes; owned (`PyOS_FSPath`).
    pub fn fs_path(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.str(o).is_some() || self.heap.bytes_of(o).is_some() {
            return Ok(self.new_ref(o));
        }
        let name = self.intern("__fspath__");
        let method = self.with_held(name, |vm, name| vm.lookup_special(o, name))?;
        let Some(method) = method else {
            let got = self.type_name(o);
            return self.type_error(format!(
                "expected str, bytes or os.PathLike object, not {got}"
            ));
        };
        let path = self.call_and_drop(method, &[])?;
        if self.heap.str(path).is_none() && self.heap.bytes_of(path).is_none() {
            let (class, got) = (self.type_name(o), self.type_name(path));
            self.decref(path);
            return self.type_error(format!(
                "expected {class}.__fspath__() to return str or bytes, not {got}"
            ));
        }
        Ok(path)
    }

    /// A path as text for the file system; bytes are taken as UTF-8. A NUL inside is refused.
    pub fn fs_path_text(&mut self, o: Obj) -> PyResult<String> {
        let path = self.fs_path(o)?;
        let text = match self.heap.bytes_of(path) {
            Some(bytes) => String::from_utf8_lossy(&bytes.data).into_owned(),
            None => self.text(path),
        };
        self.decref(path);
        if text.contains('\0') {
            return self.value_error("embedded null byte");
        }
        Ok(text)
    }
}
