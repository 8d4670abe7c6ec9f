//! Calls with a path.

use super::{PathArg, Takes, about, make, path_arg, path_text, shown_path};
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::files::{FileResult, Stat};
use crate::vm::modules::io::int;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static FUNCTIONS: &[Method] = &[
    Method::new("stat", Arity::Keywords, stat)
        .doc("stat($module, /, path, *, dir_fd=None, follow_symlinks=True)\n--\n\nWhat is known of a file."),
    Method::new("lstat", Arity::Keywords, lstat).doc("lstat($module, /, path, *, dir_fd=None)\n--\n\n"),
    Method::new("access", Arity::Keywords, access)
        .doc("access($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)\n--\n\n"),
    Method::new("listdir", Arity::Keywords, listdir).doc("listdir($module, /, path=None)\n--\n\nThe names in a folder."),
    Method::new("scandir", Arity::Keywords, scandir).doc("scandir($module, /, path=None)\n--\n\n"),
    Method::new("mkdir", Arity::Keywords, mkdir).doc("mkdir($module, /, path, mode=511, *, dir_fd=None)\n--\n\n"),
    Method::new("rmdir", Arity::Keywords, rmdir).doc("rmdir($module, /, path, *, dir_fd=None)\n--\n\n"),
    Method::new("unlink", Arity::Keywords, unlink).doc("unlink($module, /, path, *, dir_fd=None)\n--\n\n"),
    Method::new("remove", Arity::Keywords, remove).doc("remove($module, /, path, *, dir_fd=None)\n--\n\n"),
    Method::new("rename", Arity::Keywords, rename).doc("rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\n"),
    Method::new("replace", Arity::Keywords, replace).doc("replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\n"),
    Method::new("link", Arity::Keywords, link)
        .doc("link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True)\n--\n\n"),
    Method::new("symlink", Arity::Keywords, symlink)
        .doc("symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)\n--\n\n"),
    Method::new("readlink", Arity::Keywords, readlink).doc("readlink($module, /, path, *, dir_fd=None)\n--\n\n"),
    Method::new("chmod", Arity::Keywords, chmod)
        .doc("chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)\n--\n\n"),
    Method::new("utime", Arity::Keywords, utime).doc("utime($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)\n--\n\n"),
    Method::new("truncate", Arity::Keywords, truncate).doc("truncate($module, /, path, length)\n--\n\n"),
    Method::new("chdir", Arity::Keywords, chdir).doc("chdir($module, /, path)\n--\n\n"),
    Method::new("fchdir", Arity::Keywords, |vm, _, args| {
        let [fd] = vm.unpack("fchdir", args, &[req("fd")])?;
        let fd = int(vm, fd, 0)?;
        let done = vm.fs().folder_of(fd).and_then(|folder| vm.fs().change_dir(&folder));
        vm.file_result(done, NULL, NULL)?;
        Ok(vm.new_none())
    })
    .doc("fchdir($module, /, fd)\n--\n\n"),
    Method::new("fchmod", Arity::Keywords, |vm, _, args| {
        let [fd, mode] = vm.unpack("fchmod", args, &[req("fd"), req("mode")])?;
        let (fd, mode) = (int(vm, fd, 0)?, mode_arg(vm, mode, 0)?);
        let done = vm.fs().set_mode_fd(fd, mode);
        vm.file_result(done, NULL, NULL)?;
        Ok(vm.new_none())
    })
    .doc("fchmod($module, /, fd, mode)\n--\n\n"),
    Method::new("getcwd", Arity::NoArgs, |vm, _, _| {
        let cwd = vm.fs().cwd.clone();
        Ok(vm.new_string(cwd))
    })
    .doc("getcwd($module, /)\n--\n\nThe current folder."),
    Method::new("getcwdb", Arity::NoArgs, |vm, _, _| {
        let cwd = vm.fs().cwd.clone();
        Ok(vm.new_bytes(cwd.into_bytes()))
    })
    .doc("getcwdb($module, /)\n--\n\n"),
    Method::new("fspath", Arity::Keywords, |vm, _, args| {
        let [path] = vm.unpack("fspath", args, &[req("path")])?;
        vm.fs_path(path)
    })
    .doc("fspath($module, /, path)\n--\n\nThe path as a str or bytes."),
];

/// A path as seen from an open folder, if one is given and the path is relative (`dir_fd_converter`); errors tell the path.
pub fn seen_from(vm: &mut Machine, path: Obj, text: String, dir_fd: Obj) -> PyResult<String> {
    if dir_fd.is_null() || dir_fd == vm.none {
        return Ok(text);
    }
    if !vm.has_index(dir_fd) {
        let got = vm.type_name(dir_fd);
        return vm.type_error(format!("argument should be integer or None, not {got}"));
    }
    let fd = int(vm, dir_fd, 0)?;
    if text.starts_with('/') {
        return Ok(text);
    }
    let folder = vm.fs().folder_of(fd);
    let folder = about(vm, path, folder)?;
    Ok(format!("{}/{text}", folder.trim_end_matches('/')))
}

/// A path argument, or the folder that a descriptor stands for.
fn folder_arg(vm: &mut Machine, path: Obj, fname: &str, takes: Takes) -> PyResult<String> {
    match path_arg(vm, path, fname, takes)? {
        PathArg::Text(text) => Ok(text),
        PathArg::Fd(fd) => {
            if takes == Takes::PathFdOrNone {
                // What lists copies the descriptor first, and that fails without telling it.
                let known = vm.fs().description(fd).map(drop);
                vm.file_result(known, NULL, NULL)?;
            }
            let folder = vm.fs().folder_of(fd);
            about(vm, path, folder)
        }
    }
}

fn follows(vm: &mut Machine, o: Obj) -> PyResult<bool> {
    if o.is_null() { Ok(true) } else { vm.is_true(o) }
}

pub fn stat_object(vm: &mut Machine, stat: &Stat) -> PyResult<Obj> {
    let mut items: Vec<Obj> = [
        i64::from(stat.mode),
        stat.inode as i64,
        stat.device as i64,
        stat.links as i64,
        i64::from(stat.uid),
        i64::from(stat.gid),
        stat.size as i64,
    ]
    .into_iter()
    .map(|n| vm.new_int(n))
    .collect();
    items.extend(
        stat.times
            .map(|t| vm.new_int(i64::try_from(t).unwrap_or(i64::MAX))),
    );
    make(vm, "make_stat", items)
}

fn stat_path(vm: &mut Machine, path: Obj, dir_fd: Obj, fname: &str, follow: bool) -> PyResult<Obj> {
    let takes = if fname == "lstat" {
        Takes::Path
    } else {
        Takes::PathOrFd
    };
    let result: FileResult<Stat> = match path_arg(vm, path, fname, takes)? {
        PathArg::Fd(fd) => vm.fs().stat_fd(fd),
        PathArg::Text(text) => {
            let text = seen_from(vm, path, text, dir_fd)?;
            vm.fs().stat(&text, follow)
        }
    };
    let stat = about(vm, path, result)?;
    stat_object(vm, &stat)
}

fn stat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, dir_fd, follow] = vm.unpack(
        "stat",
        args,
        &[req("path"), kw("dir_fd"), kw("follow_symlinks")],
    )?;
    let follow = follows(vm, follow)?;
    let given = !dir_fd.is_null() && dir_fd != vm.none;
    if given && vm.is_int(path) {
        return vm.value_error("stat: can't specify dir_fd without matching path");
    }
    if !follow && vm.is_int(path) {
        return vm.value_error("stat: cannot use fd and follow_symlinks together");
    }
    stat_path(vm, path, dir_fd, "stat", follow)
}

fn lstat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, dir_fd] = vm.unpack("lstat", args, &[req("path"), kw("dir_fd")])?;
    stat_path(vm, path, dir_fd, "lstat", false)
}

/// Whether a file may be used so; what the flags do not grant may not.
fn access(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("path"),
        req("mode"),
        kw("dir_fd"),
        kw("effective_ids"),
        kw("follow_symlinks"),
    ];
    let [path, mode, dir_fd, _, follow] = vm.unpack("access", args, &params)?;
    let follow = follows(vm, follow)?;
    let text = path_text(vm, path, "access")?;
    let text = seen_from(vm, path, text, dir_fd)?;
    let mode = int(vm, mode, 0)?;
    let answer = match vm.fs().stat(&text, follow) {
        Ok(stat) => {
            use crate::vm::files::Access;
            let wanted = (mode as u32 & 7) << 6;
            let granted = stat.mode & wanted == wanted;
            let reads = mode & 4 == 0 || vm.fs().place(&text, Access::Read, follow).is_ok();
            let writes = mode & 2 == 0 || vm.fs().place(&text, Access::Write, follow).is_ok();
            granted && reads && writes
        }
        Err(_) => false,
    };
    Ok(vm.new_bool(answer))
}

/// Names as the path was given: str for str, bytes for bytes.
fn name_object(vm: &mut Machine, path: Obj, name: &str) -> Obj {
    if !path.is_null() && vm.heap.bytes_of(path).is_some() {
        return vm.new_bytes(name.as_bytes().to_vec());
    }
    vm.new_str(name)
}

fn listdir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path] = vm.unpack("listdir", args, &[opt("path")])?;
    let text = folder_arg(vm, path, "listdir", Takes::PathFdOrNone)?;
    let names = vm.fs().list(&text);
    let names = about(vm, path, names)?;
    let items = names
        .iter()
        .map(|e| name_object(vm, path, &e.name))
        .collect();
    Ok(vm.new_list(items))
}

fn scandir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path] = vm.unpack("scandir", args, &[opt("path")])?;
    let text = folder_arg(vm, path, "scandir", Takes::PathFdOrNone)?;
    let names = vm.fs().list(&text);
    let names = about(vm, path, names)?;
    let mut rows = Vec::new();
    for entry in &names {
        let name = name_object(vm, path, &entry.name);
        let (mode, inode) = (
            vm.new_int(i64::from(entry.mode)),
            vm.new_int(entry.inode as i64),
        );
        rows.push(vm.new_tuple(vec![name, mode, inode]));
    }
    let rows = vm.new_list(rows);
    vm.hold(rows);
    let folder = if path.is_null() || path == vm.none {
        Ok(vm.new_str("."))
    } else if vm.is_int(path) {
        Ok(vm.new_ref(path))
    } else {
        vm.fs_path(path)
    };
    let folder = match folder {
        Ok(folder) => folder,
        Err(thrown) => return vm.let_go(Err(thrown)),
    };
    let rows = vm.unhold();
    make(vm, "ScandirIterator", vec![folder, rows])
}

fn mode_arg(vm: &mut Machine, o: Obj, default: u32) -> PyResult<u32> {
    Ok(int(vm, o, default as i32)? as u32)
}

fn mkdir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, mode, dir_fd] =
        vm.unpack("mkdir", args, &[req("path"), opt("mode"), kw("dir_fd")])?;
    let text = path_text(vm, path, "mkdir")?;
    let text = seen_from(vm, path, text, dir_fd)?;
    let mode = mode_arg(vm, mode, 0o777)?;
    let now = vm.file_time();
    let done = vm.fs().make_dir(&text, mode, now);
    about(vm, path, done)?;
    Ok(vm.new_none())
}

/// The calls with one path that answer nothing.
fn simple(
    vm: &mut Machine,
    args: Args,
    name: &str,
    work: impl FnOnce(&mut Machine, &str, i128) -> FileResult<()>,
) -> PyResult<Obj> {
    let [path, dir_fd] = vm.unpack(name, args, &[req("path"), kw("dir_fd")])?;
    let text = path_text(vm, path, name)?;
    let text = seen_from(vm, path, text, dir_fd)?;
    let now = vm.file_time();
    let done = work(vm, &text, now);
    about(vm, path, done)?;
    Ok(vm.new_none())
}

fn rmdir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    simple(vm, args, "rmdir", |vm, path, now| {
        vm.fs().remove_dir(path, now)
    })
}

fn unlink(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    simple(vm, args, "unlink", |vm, path, now| {
        vm.fs().remove_file(path, now)
    })
}

fn remove(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    simple(vm, args, "remove", |vm, path, now| {
        vm.fs().remove_file(path, now)
    })
}

fn chdir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path] = vm.unpack("chdir", args, &[req("path")])?;
    let text = folder_arg(vm, path, "chdir", Takes::PathOrFd)?;
    let done = vm.fs().change_dir(&text);
    about(vm, path, done)?;
    Ok(vm.new_none())
}

/// The calls with two paths.
fn two(
    vm: &mut Machine,
    (src, dst): (Obj, Obj),
    (src_dir, dst_dir): (Obj, Obj),
    name: &str,
    work: impl FnOnce(&mut Machine, &str, &str, i128) -> FileResult<()>,
) -> PyResult<Obj> {
    let from = path_text(vm, src, name)?;
    let to = path_text(vm, dst, name)?;
    let from = seen_from(vm, src, from, src_dir)?;
    let to = seen_from(vm, dst, to, dst_dir)?;
    let now = vm.file_time();
    if let Err(refusal) = work(vm, &from, &to, now) {
        let shown = shown_path(vm, src)?;
        return vm.with_held(shown, |vm, shown| {
            let second = shown_path(vm, dst)?;
            vm.with_held(second, |vm, second| {
                vm.raise_refusal(refusal, shown, second)
            })
        });
    }
    Ok(vm.new_none())
}

fn rename_as(vm: &mut Machine, args: Args, name: &str) -> PyResult<Obj> {
    let params = [req("src"), req("dst"), kw("src_dir_fd"), kw("dst_dir_fd")];
    let [src, dst, a, b] = vm.unpack(name, args, &params)?;
    two(vm, (src, dst), (a, b), name, |vm, from, to, now| {
        vm.fs().rename(from, to, now)
    })
}

fn rename(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    rename_as(vm, args, "rename")
}

fn replace(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    rename_as(vm, args, "replace")
}

fn link(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("src"),
        req("dst"),
        kw("src_dir_fd"),
        kw("dst_dir_fd"),
        kw("follow_symlinks"),
    ];
    let [src, dst, a, b, _] = vm.unpack("link", args, &params)?;
    two(vm, (src, dst), (a, b), "link", |vm, from, to, _| {
        vm.fs().link(from, to)
    })
}

fn symlink(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("src"),
        req("dst"),
        opt("target_is_directory"),
        kw("dir_fd"),
    ];
    let [src, dst, _, dir_fd] = vm.unpack("symlink", args, &params)?;
    two(
        vm,
        (src, dst),
        (NULL, dir_fd),
        "symlink",
        |vm, target, path, now| vm.fs().symlink(target, path, now),
    )
}

fn readlink(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, dir_fd] = vm.unpack("readlink", args, &[req("path"), kw("dir_fd")])?;
    let text = path_text(vm, path, "readlink")?;
    let text = seen_from(vm, path, text, dir_fd)?;
    let target = vm.fs().read_link(&text);
    let target = about(vm, path, target)?;
    let shown = vm.fs_path(path)?;
    let result = name_object(vm, shown, &target);
    vm.decref(shown);
    Ok(result)
}

fn chmod(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("path"),
        req("mode"),
        kw("dir_fd"),
        kw("follow_symlinks"),
    ];
    let [path, mode, dir_fd, _] = vm.unpack("chmod", args, &params)?;
    let mode = mode_arg(vm, mode, 0)?;
    let done = match path_arg(vm, path, "chmod", Takes::PathOrFd)? {
        PathArg::Text(text) => {
            let text = seen_from(vm, path, text, dir_fd)?;
            vm.fs().set_mode(&text, mode)
        }
        PathArg::Fd(fd) => vm.fs().set_mode_fd(fd, mode),
    };
    about(vm, path, done)?;
    Ok(vm.new_none())
}

/// Seconds, an int or a float, as nanoseconds.
fn nanos(vm: &mut Machine, o: Obj) -> PyResult<i128> {
    if let Some(seconds) = vm.as_i64(o) {
        return Ok(i128::from(seconds) * 1_000_000_000);
    }
    let seconds = vm.as_f64(o)?;
    Ok((seconds * 1e9).floor() as i128)
}

fn utime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("path"),
        opt("times"),
        kw("ns"),
        kw("dir_fd"),
        kw("follow_symlinks"),
    ];
    let [path, times, ns, dir_fd, follow] = vm.unpack("utime", args, &params)?;
    let follow = follows(vm, follow)?;
    let given = |o: Obj, vm: &Machine| !o.is_null() && o != vm.none;
    if given(times, vm) && given(ns, vm) {
        return vm.value_error("utime: you may specify either 'times' or 'ns' but not both");
    }
    let now = vm.file_time();
    let mut stamps = [now; 2];
    for (o, name, whole) in [(times, "times", false), (ns, "ns", true)] {
        if !given(o, vm) {
            continue;
        }
        let items = match vm.heap.tuple(o).map(<[Obj]>::to_vec) {
            Some(items) if items.len() == 2 => items,
            _ => {
                let or_none = if whole { "" } else { " or None" };
                let either = if whole { "" } else { "either " };
                return vm.type_error(format!(
                    "utime: '{name}' must be {either}a tuple of two ints{or_none}"
                ));
            }
        };
        for (stamp, item) in stamps.iter_mut().zip(items) {
            *stamp = if whole {
                i128::from(crate::vm::modules::io::size(vm, item)? as i64)
            } else {
                nanos(vm, item)?
            };
        }
    }
    let done = match path_arg(vm, path, "utime", Takes::PathOrFd)? {
        PathArg::Fd(_) if !dir_fd.is_null() && dir_fd != vm.none => {
            return vm.value_error("utime: can't specify dir_fd without matching path");
        }
        PathArg::Fd(_) if !follow => {
            return vm.value_error("utime: cannot use fd and follow_symlinks together");
        }
        PathArg::Fd(fd) => vm.fs().set_times_fd(fd, stamps),
        PathArg::Text(text) => {
            let text = seen_from(vm, path, text, dir_fd)?;
            vm.fs().set_times(&text, stamps, follow)
        }
    };
    // The system's call for this one is told no name.
    vm.file_result(done, NULL, NULL)?;
    Ok(vm.new_none())
}

fn truncate(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [path, length] = vm.unpack("truncate", args, &[req("path"), req("length")])?;
    let length = crate::vm::modules::io::size(vm, length)?;
    let Ok(length) = u64::try_from(length) else {
        return vm.raise_os(22, "", path, NULL);
    };
    vm.check_size(length as usize)?;
    let now = vm.file_time();
    match path_arg(vm, path, "truncate", Takes::PathOrFd)? {
        PathArg::Fd(fd) => {
            let done = vm.fs().truncate_fd(fd, length, now);
            about(vm, path, done)?;
        }
        PathArg::Text(text) => {
            let fd = vm.fs().open(&text, 1, 0o666, now);
            let fd = about(vm, path, fd)?;
            let done = vm.fs().truncate_fd(fd, length, now);
            let _closed = vm.fs().close(fd);
            about(vm, path, done)?;
        }
    }
    Ok(vm.new_none())
}
