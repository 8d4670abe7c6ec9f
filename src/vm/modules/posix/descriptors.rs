//! Calls with a descriptor.

use super::{about, path_text};
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, pos, req};
use crate::vm::files::FileResult;
use crate::vm::modules::io::{int, size};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static FUNCTIONS: &[Method] = &[
    Method::new("open", Arity::Keywords, open)
        .doc("open($module, /, path, flags, mode=511, *, dir_fd=None)\n--\n\n"),
    Method::new("close", Arity::Keywords, |vm, _, args| {
        let [fd] = vm.unpack("close", args, &[req("fd")])?;
        let fd = int(vm, fd, 0)?;
        let done = vm.fs().close(fd);
        plain(vm, done)?;
        Ok(vm.new_none())
    })
    .doc("close($module, /, fd)\n--\n\n"),
    Method::new("closerange", Arity::Positional(2, 2), closerange)
        .doc("closerange($module, fd_low, fd_high, /)\n--\n\n"),
    Method::new("read", Arity::Positional(2, 2), read).doc("read($module, fd, length, /)\n--\n\n"),
    Method::new("write", Arity::Positional(2, 2), write).doc("write($module, fd, data, /)\n--\n\n"),
    Method::new("pread", Arity::Positional(3, 3), pread)
        .doc("pread($module, fd, length, offset, /)\n--\n\n"),
    Method::new("pwrite", Arity::Positional(3, 3), pwrite)
        .doc("pwrite($module, fd, buffer, offset, /)\n--\n\n"),
    Method::new("lseek", Arity::Positional(3, 3), lseek)
        .doc("lseek($module, fd, position, how, /)\n--\n\n"),
    Method::new("dup", Arity::Positional(1, 1), |vm, _, args| {
        let fd = int(vm, args.get(vm, 0), 0)?;
        let copy = vm.fs().duplicate(fd, None);
        number(vm, copy.map(i64::from))
    })
    .doc("dup($module, fd, /)\n--\n\n"),
    Method::new("dup2", Arity::Keywords, |vm, _, args| {
        let [fd, fd2, inheritable] =
            vm.unpack("dup2", args, &[req("fd"), req("fd2"), opt("inheritable")])?;
        let (fd, fd2) = (int(vm, fd, 0)?, int(vm, fd2, 0)?);
        if fd < 0 || fd2 < 0 {
            return vm.raise_os(9, "", NULL, NULL);
        }
        let inheritable = inheritable.is_null() || vm.is_true(inheritable)?;
        let copy = vm.fs().duplicate(fd, Some(fd2));
        if copy.is_ok() && inheritable {
            vm.fs().inheritable.insert(fd2);
        } else if copy.is_ok() {
            vm.fs().inheritable.remove(&fd2);
        }
        number(vm, copy.map(i64::from))
    })
    .doc("dup2($module, /, fd, fd2, inheritable=True)\n--\n\n"),
    Method::new("fstat", Arity::Keywords, |vm, _, args| {
        let [fd] = vm.unpack("fstat", args, &[req("fd")])?;
        let fd = int(vm, fd, 0)?;
        let stat = vm.fs().stat_fd(fd);
        let stat = plain(vm, stat)?;
        super::paths::stat_object(vm, &stat)
    })
    .doc("fstat($module, /, fd)\n--\n\n"),
    Method::new("ftruncate", Arity::Positional(2, 2), |vm, _, args| {
        let (fd, length) = (int(vm, args.get(vm, 0), 0)?, size(vm, args.get(vm, 1))?);
        let Ok(length) = u64::try_from(length) else {
            return vm.raise_os(22, "", NULL, NULL);
        };
        vm.check_size(length as usize)?;
        let now = vm.file_time();
        let done = vm.fs().truncate_fd(fd, length, now);
        plain(vm, done)?;
        Ok(vm.new_none())
    })
    .doc("ftruncate($module, fd, length, /)\n--\n\n"),
    Method::new("pipe", Arity::NoArgs, |vm, _, _| {
        let now = vm.file_time();
        let ends = vm.fs().pipe(now);
        let (read, write) = plain(vm, ends)?;
        let items = vec![vm.new_int(i64::from(read)), vm.new_int(i64::from(write))];
        Ok(vm.new_tuple(items))
    })
    .doc("pipe($module, /)\n--\n\n"),
    Method::new("isatty", Arity::Positional(1, 1), |vm, _, args| {
        int(vm, args.get(vm, 0), 0)?;
        Ok(vm.new_bool(false))
    })
    .doc("isatty($module, fd, /)\n--\n\n"),
    Method::new("fsync", Arity::Keywords, |vm, _, args| {
        sync(vm, args, "fsync")
    })
    .doc("fsync($module, /, fd)\n--\n\n"),
    Method::new("fdatasync", Arity::Keywords, |vm, _, args| {
        sync(vm, args, "fdatasync")
    })
    .doc("fdatasync($module, /, fd)\n--\n\n"),
    Method::new("sync", Arity::NoArgs, |vm, _, _| Ok(vm.new_none()))
        .doc("sync($module, /)\n--\n\n"),
    Method::new("get_inheritable", Arity::Positional(1, 1), |vm, _, args| {
        let fd = int(vm, args.get(vm, 0), 0)?;
        let known = vm.fs().description(fd).map(drop);
        plain(vm, known)?;
        let inheritable = vm.fs().inheritable.contains(&fd);
        Ok(vm.new_bool(inheritable))
    })
    .doc("get_inheritable($module, fd, /)\n--\n\n"),
    Method::new("set_inheritable", Arity::Positional(2, 2), |vm, _, args| {
        let (fd, wanted) = (int(vm, args.get(vm, 0), 0)?, int(vm, args.get(vm, 1), 0)?);
        let known = vm.fs().description(fd).map(drop);
        plain(vm, known)?;
        if wanted == 0 {
            vm.fs().inheritable.remove(&fd);
        } else {
            vm.fs().inheritable.insert(fd);
        }
        Ok(vm.new_none())
    })
    .doc("set_inheritable($module, fd, inheritable, /)\n--\n\n"),
    Method::new("get_blocking", Arity::Positional(1, 1), |vm, _, args| {
        let fd = int(vm, args.get(vm, 0), 0)?;
        let known = vm.fs().description(fd).map(drop);
        plain(vm, known)?;
        Ok(vm.new_bool(true))
    })
    .doc("get_blocking($module, fd, /)\n--\n\n"),
    Method::new("device_encoding", Arity::Keywords, |vm, _, _| {
        Ok(vm.new_none())
    })
    .doc("device_encoding($module, /, fd)\n--\n\n"),
    Method::new("get_terminal_size", Arity::Positional(0, 1), |vm, _, _| {
        vm.raise_os(25, "", NULL, NULL)
    })
    .doc("Columns and lines of the terminal; there is none."),
];

fn plain<T>(vm: &mut Machine, result: FileResult<T>) -> PyResult<T> {
    vm.file_result(result, NULL, NULL)
}

fn number(vm: &mut Machine, result: FileResult<i64>) -> PyResult<Obj> {
    let n = plain(vm, result)?;
    Ok(vm.new_int(n))
}

fn open(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, flags, mode, dir_fd] = vm.unpack(
        "open",
        args,
        &[req("path"), req("flags"), opt("mode"), kw("dir_fd")],
    )?;
    let text = path_text(vm, path, "open")?;
    let text = super::paths::seen_from(vm, path, text, dir_fd)?;
    let (flags, mode) = (int(vm, flags, 0)?, int(vm, mode, 0o777)?);
    let now = vm.file_time();
    let fd = vm.fs().open(&text, flags, mode as u32, now);
    let fd = about(vm, path, fd)?;
    Ok(vm.new_int(i64::from(fd)))
}

fn closerange(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (low, high) = (int(vm, args.get(vm, 0), 0)?, int(vm, args.get(vm, 1), 0)?);
    let open: Vec<i32> = vm
        .fs()
        .descriptors
        .keys()
        .copied()
        .filter(|fd| (low..high).contains(fd))
        .collect();
    for fd in open {
        let _closed = vm.fs().close(fd);
    }
    Ok(vm.new_none())
}

fn length(vm: &mut Machine, o: Obj) -> PyResult<usize> {
    let n = size(vm, o)?;
    match usize::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) => vm.raise_os(22, "", NULL, NULL),
    }
}

fn read(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [fd, n] = vm.unpack("read", args, &[pos("fd"), pos("length")])?;
    let (fd, n) = (int(vm, fd, 0)?, length(vm, n)?);
    let data = vm.fd_read(fd, n)?;
    Ok(vm.new_bytes(data))
}

fn write(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let fd = int(vm, args.get(vm, 0), 0)?;
    let data = vm.need_buffer(args.get(vm, 1))?;
    let n = vm.fd_write(fd, &data)?;
    Ok(vm.new_int(n as i64))
}

fn offset(vm: &mut Machine, o: Obj) -> PyResult<u64> {
    Ok(length(vm, o)? as u64)
}

fn pread(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (fd, n) = (int(vm, args.get(vm, 0), 0)?, length(vm, args.get(vm, 1))?);
    let at = offset(vm, args.get(vm, 2))?;
    let data = vm.fs().read(fd, n, Some(at));
    let data = plain(vm, data)?;
    Ok(vm.new_bytes(data))
}

fn pwrite(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let fd = int(vm, args.get(vm, 0), 0)?;
    let data = vm.need_buffer(args.get(vm, 1))?;
    let at = offset(vm, args.get(vm, 2))?;
    vm.check_size(at as usize)?;
    let now = vm.file_time();
    let n = vm.fs().write(fd, &data, Some(at), now);
    number(vm, n.map(|n| n as i64))
}

fn lseek(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (fd, how) = (int(vm, args.get(vm, 0), 0)?, int(vm, args.get(vm, 2), 0)?);
    let to = size(vm, args.get(vm, 1))?;
    let at = vm.fs().seek(fd, to as i64, how);
    number(vm, at.map(|at| at as i64))
}

fn sync(vm: &mut Machine, args: Args, name: &str) -> PyResult<Obj> {
    let [file] = vm.unpack(name, args, &[req("fd")])?;
    let number = if vm.is_int(file) {
        vm.new_ref(file)
    } else {
        vm.call_method(file, "fileno", &[])?
    };
    let fd = int(vm, number, 0);
    vm.drop_keeping_exception(number);
    let known = vm.fs().description(fd?).map(drop);
    plain(vm, known)?;
    Ok(vm.new_none())
}
