//! `io.FileIO` (`Modules/_io/fileio.c`): a raw stream over a descriptor.

use super::{call_quietly, int, size_or, stream_spec, unsupported};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::files::calls::flags;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct FileIO {
    /// -1: closed, or not opened yet.
    pub fd: i32,
    created: bool,
    pub readable: bool,
    pub writable: bool,
    appending: bool,
    pub closefd: bool,
    finalizing: bool,
    /// Whether the first seek went well.
    seekable: Option<bool>,
    pub block_size: i64,
    dict: Obj,
}

impl Native for FileIO {
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
    doc: "A file as the system has it: each read and write is one of the system's.",
    methods: &[
        Method::new("read", Arity::Positional(0, 1), read).doc("read($self, size=-1, /)\n--\n\n"),
        Method::new("readall", Arity::NoArgs, readall).doc("readall($self, /)\n--\n\n"),
        Method::new("readinto", Arity::One, readinto).doc("readinto($self, buffer, /)\n--\n\n"),
        Method::new("write", Arity::One, write).doc("write($self, b, /)\n--\n\n"),
        Method::new("seek", Arity::Positional(1, 2), seek)
            .doc("seek($self, pos, whence=0, /)\n--\n\n"),
        Method::new("tell", Arity::NoArgs, tell).doc("tell($self, /)\n--\n\n"),
        Method::new("truncate", Arity::Positional(0, 1), truncate)
            .doc("truncate($self, size=None, /)\n--\n\n"),
        Method::new("close", Arity::NoArgs, close).doc("close($self, /)\n--\n\n"),
        Method::new("seekable", Arity::NoArgs, seekable).doc("seekable($self, /)\n--\n\n"),
        Method::new("readable", Arity::NoArgs, |vm, this, _| {
            let answer = open(vm, this)?.readable;
            Ok(vm.new_bool(answer))
        })
        .doc("readable($self, /)\n--\n\n"),
        Method::new("writable", Arity::NoArgs, |vm, this, _| {
            let answer = open(vm, this)?.writable;
            Ok(vm.new_bool(answer))
        })
        .doc("writable($self, /)\n--\n\n"),
        Method::new("fileno", Arity::NoArgs, |vm, this, _| {
            let fd = open(vm, this)?.fd;
            Ok(vm.new_int(i64::from(fd)))
        })
        .doc("fileno($self, /)\n--\n\n"),
        Method::new("isatty", Arity::NoArgs, |vm, this, _| {
            open(vm, this)?;
            Ok(vm.new_bool(false))
        })
        .doc("isatty($self, /)\n--\n\n"),
        Method::new("_dealloc_warn", Arity::One, dealloc_warn),
    ],
    getset: &[
        GetSet::rw(
            "_blksize",
            |vm, this| {
                let n = file(vm, this).block_size;
                Ok(vm.new_int(n))
            },
            |vm, this, value| {
                if value.is_null() {
                    return vm.type_error("can't delete numeric/char attribute".to_string());
                }
                let n = super::size(vm, value)?;
                file(vm, this).block_size = n as i64;
                Ok(())
            },
        ),
        GetSet::rw(
            "_finalizing",
            |vm, this| {
                let flag = file(vm, this).finalizing;
                Ok(vm.new_bool(flag))
            },
            |vm, this, value| {
                let flag = !value.is_null() && vm.is_true(value)?;
                file(vm, this).finalizing = flag;
                Ok(())
            },
        ),
        GetSet::new("closed", |vm, this| {
            let closed = file(vm, this).fd < 0;
            Ok(vm.new_bool(closed))
        }),
        GetSet::new("closefd", |vm, this| {
            let flag = file(vm, this).closefd;
            Ok(vm.new_bool(flag))
        }),
        GetSet::new("mode", |vm, this| {
            let mode = mode_text(file(vm, this));
            Ok(vm.new_str(mode))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_getattro = Some(crate::vm::attribute::generic_getattr);
        s.tp_setattro = Some(crate::vm::attribute_set::generic_setattr);
    },
    ..stream_spec("_io.FileIO")
};

pub fn file(vm: &mut Machine, this: Obj) -> &mut FileIO {
    vm.heap.native_mut(this).expect("a FileIO")
}

fn open(vm: &mut Machine, this: Obj) -> PyResult<&mut FileIO> {
    if file(vm, this).fd < 0 {
        return vm.value_error("I/O operation on closed file");
    }
    Ok(file(vm, this))
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let native = FileIO {
        fd: -1,
        created: false,
        readable: false,
        writable: false,
        appending: false,
        closefd: true,
        finalizing: false,
        seekable: None,
        block_size: 0,
        dict: NULL,
    };
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
}

/// Opens a mode's flags; the bits for `open(2)`.
fn read_mode(vm: &mut Machine, this: Obj, mode: &str) -> PyResult<i32> {
    let f = file(vm, this);
    (f.created, f.readable, f.writable, f.appending) = (false, false, false, false);
    let (mut bits, mut kinds, mut pluses) = (0, 0, 0);
    for c in mode.chars() {
        let f = file(vm, this);
        match c {
            'r' => f.readable = true,
            'w' => {
                f.writable = true;
                bits |= flags::CREAT | flags::TRUNC;
            }
            'x' => {
                (f.created, f.writable) = (true, true);
                bits |= flags::EXCL | flags::CREAT;
            }
            'a' => {
                (f.appending, f.writable) = (true, true);
                bits |= flags::APPEND | flags::CREAT;
            }
            'b' => continue,
            '+' => {
                pluses += 1;
                continue;
            }
            _ => return vm.value_error(&format!("invalid mode: {mode}")),
        }
        kinds += 1;
    }
    if kinds != 1 || pluses > 1 {
        return vm.value_error(
            "Must have exactly one of create/read/write/append mode and at most one plus",
        );
    }
    let f = file(vm, this);
    if pluses > 0 {
        (f.readable, f.writable) = (true, true);
    }
    bits |= match (f.readable, f.writable) {
        (true, true) => flags::RDWR,
        (false, true) => flags::WRONLY,
        _ => 0,
    };
    Ok(bits)
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [req("file"), opt("mode"), opt("closefd"), opt("opener")];
    let [name, mode, closefd, opener] = vm.unpack("FileIO", args, &params)?;
    if !mode.is_null() && vm.heap.str(mode).is_none() {
        let got = vm.type_name(mode);
        return vm.type_error(format!("FileIO() argument 'mode' must be str, not {got}"));
    }
    let mode = if mode.is_null() {
        "r".to_string()
    } else {
        vm.text(mode)
    };
    let closefd = closefd.is_null() || vm.is_true(closefd)?;
    let opener = if opener == vm.none { NULL } else { opener };
    if file(vm, this).fd >= 0 {
        if file(vm, this).closefd {
            internal_close(vm, this)?;
        } else {
            file(vm, this).fd = -1;
        }
    }
    let mut fd = -1;
    if vm.is_int(name) {
        // One that is too large is taken for a path, and refused as such.
        fd = match int(vm, name, 0) {
            Ok(fd) if fd < 0 => return vm.value_error("negative file descriptor"),
            Ok(fd) => fd,
            Err(thrown) => {
                vm.forgive(thrown)?;
                -1
            }
        };
    }
    let bits = read_mode(vm, this, &mode)?;
    file(vm, this).finalizing = false;
    file(vm, this).seekable = None;
    if fd >= 0 {
        let f = file(vm, this);
        (f.fd, f.closefd) = (fd, closefd);
    } else {
        let path = vm.fs_path_text(name)?;
        file(vm, this).closefd = true;
        if !closefd {
            return vm.value_error("Cannot use closefd=False with file name");
        }
        let fd = match opener.is_null() {
            true => {
                let now = vm.file_time();
                let opened = vm.fs().open(&path, bits, 0o666, now);
                vm.file_result(opened, name, NULL)?
            }
            false => ask_opener(vm, opener, name, bits)?,
        };
        file(vm, this).fd = fd;
    }
    if let Err(thrown) = finish_opening(vm, this, name) {
        if fd < 0 {
            let saved = vm.take_exception();
            if internal_close(vm, this).is_err() {
                vm.clear_exception();
            }
            vm.restore_exception(saved);
        }
        file(vm, this).fd = -1;
        return Err(thrown);
    }
    Ok(())
}

fn finish_opening(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<()> {
    let (fd, appending) = (file(vm, this).fd, file(vm, this).appending);
    let stat = vm.fs().stat_fd(fd);
    match stat {
        Ok(stat) if stat.mode & 0o170000 == 0o040000 => return vm.raise_os(21, "", name, NULL),
        Ok(_) => file(vm, this).block_size = 4096,
        Err(refusal) => return vm.raise_refusal(refusal, NULL, NULL),
    }
    vm.set_attr_str(this, "name", name)?;
    if appending {
        // A pipe cannot seek; that is no error here.
        let _at = vm.fs().seek(fd, 0, 2);
    }
    Ok(())
}

fn ask_opener(vm: &mut Machine, opener: Obj, name: Obj, bits: i32) -> PyResult<i32> {
    let bits = vm.new_int(i64::from(bits | 0o2000000));
    let got = vm.with_held(bits, |vm, bits| vm.call(opener, &[name, bits]))?;
    if !vm.is_int(got) {
        vm.decref(got);
        return vm.type_error("expected integer from opener".to_string());
    }
    let fd = int(vm, got, 0);
    vm.drop_keeping_exception(got);
    let fd = fd?;
    if fd < 0 {
        return vm.value_error(&format!("opener returned {fd}"));
    }
    Ok(fd)
}

fn internal_close(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let fd = std::mem::replace(&mut file(vm, this).fd, -1);
    if fd < 0 {
        return Ok(());
    }
    let closed = vm.fs().close(fd);
    vm.file_result(closed, NULL, NULL)
}

/// The base class's `close` first: it flushes, and knows that the stream is closed.
fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let base = vm.module_type(&super::base_raw::SPEC);
    let closed = vm
        .get_attr_str(base, "close")
        .and_then(|f| vm.with_held(f, |vm, f| vm.call(f, &[this])));
    if !file(vm, this).closefd {
        file(vm, this).fd = -1;
        return closed;
    }
    if vm.interrupt.is_some() {
        return closed;
    }
    let shut = vm.keeping_exception(|vm| {
        if file(vm, this).finalizing {
            warn_unclosed(vm, this, this)?;
        }
        internal_close(vm, this)
    });
    let none = closed?;
    if let Err(thrown) = shut {
        vm.drop_keeping_exception(none);
        return Err(thrown);
    }
    Ok(none)
}

/// ResourceWarning, which is ignored unless a filter says otherwise.
fn warn_unclosed(vm: &mut Machine, this: Obj, source: Obj) -> PyResult<()> {
    let f = file(vm, this);
    if f.fd < 0 || !f.closefd {
        return Ok(());
    }
    let saved = vm.take_exception();
    let shown = vm.repr_text(source);
    let warned = shown.and_then(|shown| {
        vm.warn(
            vm.types.resource_warning,
            &format!("unclosed file {shown}"),
            1,
        )
    });
    if warned.is_err() && vm.interrupt.is_none() {
        if vm.pending_matches(vm.types.warning) {
            vm.write_unraisable(this, None);
        } else {
            vm.clear_exception();
        }
    }
    if vm.interrupt.is_none() {
        vm.restore_exception(saved);
    }
    Ok(())
}

fn dealloc_warn(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    warn_unclosed(vm, this, args.get(vm, 0))?;
    Ok(vm.new_none())
}

fn want_readable(vm: &mut Machine, this: Obj) -> PyResult<i32> {
    if !open(vm, this)?.readable {
        return unsupported(vm, "File not open for reading");
    }
    Ok(file(vm, this).fd)
}

fn want_writable(vm: &mut Machine, this: Obj) -> PyResult<i32> {
    if !open(vm, this)?.writable {
        return unsupported(vm, "File not open for writing");
    }
    Ok(file(vm, this).fd)
}

fn read(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = size_or(vm, args.get(vm, 0), -1)?;
    let fd = want_readable(vm, this)?;
    if n < 0 {
        return vm.call_method(this, "readall", &[]);
    }
    let data = vm.fd_read(fd, n as usize)?;
    Ok(vm.new_bytes(data))
}

fn readall(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    open(vm, this)?;
    let fd = file(vm, this).fd;
    let mut all = Vec::new();
    loop {
        let data = vm.fd_read(fd, 1 << 20)?;
        if data.is_empty() {
            return Ok(vm.new_bytes(all));
        }
        all.extend(data);
        vm.check_size(all.len())?;
    }
}

fn readinto(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let buffer = args.get(vm, 0);
    let room = vm.writable_len(buffer, "readinto")?;
    let fd = want_readable(vm, this)?;
    let data = vm.fd_read(fd, room)?;
    vm.write_into(buffer, &data);
    Ok(vm.new_int(data.len() as i64))
}

fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.need_buffer(args.get(vm, 0))?;
    let fd = want_writable(vm, this)?;
    let n = vm.fd_write(fd, &data)?;
    Ok(vm.new_int(n as i64))
}

fn sought(vm: &mut Machine, this: Obj, offset: i64, whence: i32) -> PyResult<Obj> {
    let fd = open(vm, this)?.fd;
    let at = vm.fs().seek(fd, offset, whence);
    file(vm, this).seekable.get_or_insert(at.is_ok());
    let at = vm.file_result(at, NULL, NULL)?;
    Ok(vm.new_int(at as i64))
}

fn seek(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    open(vm, this)?;
    let whence = int(vm, args.get(vm, 1), 0)?;
    let offset = super::size(vm, args.get(vm, 0))?;
    sought(vm, this, offset as i64, whence)
}

fn tell(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    sought(vm, this, 0, 1)
}

fn seekable(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let fd = open(vm, this)?.fd;
    let answer = match file(vm, this).seekable {
        Some(answer) => answer,
        None => vm.fs().seek(fd, 0, 1).is_ok(),
    };
    file(vm, this).seekable = Some(answer);
    Ok(vm.new_bool(answer))
}

fn truncate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let fd = want_writable(vm, this)?;
    let given = args.get(vm, 0);
    let wanted = if given.is_null() || given == vm.none {
        sought(vm, this, 0, 1)?
    } else {
        vm.new_ref(given)
    };
    vm.with_held(wanted, |vm, wanted| {
        let len = super::size(vm, wanted)?;
        let Ok(len) = u64::try_from(len) else {
            return vm.raise_os(22, "", NULL, NULL);
        };
        vm.check_size(len as usize)?;
        let now = vm.file_time();
        let done = vm.fs().truncate_fd(fd, len, now);
        vm.file_result(done, NULL, NULL)
    })?;
    if given.is_null() || given == vm.none {
        return sought(vm, this, 0, 1);
    }
    Ok(vm.new_ref(given))
}

fn mode_text(f: &FileIO) -> &'static str {
    match (f.created, f.appending, f.readable, f.writable) {
        (true, _, true, _) => "xb+",
        (true, ..) => "xb",
        (_, true, true, _) => "ab+",
        (_, true, ..) => "ab",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    }
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let f = file(vm, this).clone();
    let class = vm.class_name(vm.heap.ty(this));
    let class = if class.contains('.') {
        class
    } else {
        format!("_io.{class}")
    };
    if f.fd < 0 {
        return Ok(vm.new_string(format!("<{class} [closed]>")));
    }
    let (mode, closefd) = (mode_text(&f), if f.closefd { "True" } else { "False" });
    let name = vm.lookup_attr_str(this, "name")?;
    let which = match name {
        None => format!("fd={}", f.fd),
        Some(name) => {
            let shown = vm.with_held(name, |vm, name| super::repr_guarded(vm, this, name))?;
            format!("name={shown}")
        }
    };
    Ok(vm.new_string(format!("<{class} {which} mode='{mode}' closefd={closefd}>")))
}

/// A raw stream over one of the program's own three; owned.
pub fn standard(vm: &mut Machine, fd: i32) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    let mode = if fd == 0 { "rb" } else { "wb" };
    let items = [
        vm.new_int(i64::from(fd)),
        vm.new_str(mode),
        vm.new_bool(false),
    ];
    let raw = vm.call(class, &items);
    for o in items {
        vm.drop_keeping_exception(o);
    }
    let raw = raw?;
    let name = vm.new_str(["<stdin>", "<stdout>", "<stderr>"][fd as usize]);
    vm.set_attr_str(raw, "name", name)?;
    vm.decref(name);
    Ok(raw)
}

/// Lets go of a stream that could not be finished.
pub fn close_quietly(vm: &mut Machine, this: Obj) {
    let saved = vm.take_exception();
    if call_quietly(vm, this, "close", &[]).is_err() {
        vm.clear_exception();
    }
    if vm.interrupt.is_none() {
        vm.restore_exception(saved);
    }
}
