//! `posix`: the system calls that `os` is made of (`Modules/posixmodule.c`), on the machine's own file system.
//!
//! Files: `paths.rs` (calls with a path), `descriptors.rs`, `process.rs` (what a process is; starting another one is refused),
//! `statuses.rs` (what numbers say), `constants.rs`. The result types (`stat_result`, `DirEntry`, …) are written in Python: `python/_posixtypes.py`.

pub mod constants;
pub mod descriptors;
pub mod paths;
pub mod process;
pub mod statuses;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "posix",
    doc: "The system's calls, as the standard for them has them.",
    functions: &[],
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let name = vm.dict_get_name(dict, "__name__");
    // The functions belong to the module, which is registered before its names are made.
    let module = vm.dict_get_name(vm.sys_modules, MODULE.name);
    let tables = [
        paths::FUNCTIONS,
        descriptors::FUNCTIONS,
        process::FUNCTIONS,
        statuses::FUNCTIONS,
    ];
    for def in tables.into_iter().flatten() {
        let f = vm.new_builtin(def, module, name);
        vm.dict_set_name(dict, def.name, f);
        vm.decref(f);
    }
    constants::add(vm, dict);
    process::add_environment(vm, dict);
    let error = vm.types.os_error;
    vm.dict_set_name(dict, "error", error);
    let types = vm.import_module("_posixtypes")?;
    vm.with_held(types, |vm, types| {
        for name in [
            "DirEntry",
            "sched_param",
            "stat_result",
            "statvfs_result",
            "terminal_size",
            "times_result",
            "uname_result",
            "waitid_result",
        ] {
            if let Some(ty) = vm.lookup_attr_str(types, name)? {
                vm.dict_set_name(dict, name, ty);
                vm.decref(ty);
            }
        }
        Ok(())
    })
}

/// Which paths a function takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Path,
    PathOrFd,
    PathFdOrNone,
}

/// A path argument.
pub enum PathArg {
    Text(String),
    Fd(i32),
}

/// Converts a path argument (`path_converter`).
pub fn path_arg(vm: &mut Machine, o: Obj, fname: &str, takes: Takes) -> PyResult<PathArg> {
    if takes == Takes::PathFdOrNone && (o.is_null() || o == vm.none) {
        return Ok(PathArg::Text(".".to_string()));
    }
    let is_path = vm.heap.str(o).is_some() || vm.heap.bytes_of(o).is_some();
    if takes != Takes::Path && !is_path && vm.has_index(o) {
        return Ok(PathArg::Fd(super::io::int(vm, o, 0)?));
    }
    if !is_path {
        let name = vm.intern("__fspath__");
        let method = vm.with_held(name, |vm, name| vm.lookup_special(o, name))?;
        match method {
            Some(method) => vm.decref(method),
            None => {
                let allowed = match takes {
                    Takes::Path => "string, bytes or os.PathLike",
                    Takes::PathOrFd => "string, bytes, os.PathLike or integer",
                    Takes::PathFdOrNone => "string, bytes, os.PathLike, integer or None",
                };
                let got = vm.type_name(o);
                return vm.type_error(format!("{fname}: path should be {allowed}, not {got}"));
            }
        }
    }
    Ok(PathArg::Text(vm.fs_path_text(o)?))
}

/// A path that is no descriptor.
pub fn path_text(vm: &mut Machine, o: Obj, fname: &str) -> PyResult<String> {
    match path_arg(vm, o, fname, Takes::Path)? {
        PathArg::Text(text) => Ok(text),
        PathArg::Fd(_) => vm.type_error(format!(
            "{fname}: path should be string, bytes or os.PathLike, not int"
        )),
    }
}

/// What error messages show for a path: a str or bytes, owned.
pub fn shown_path(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if o.is_null() || o == vm.none {
        return Ok(vm.new_none());
    }
    if vm.is_int(o) {
        return Ok(vm.new_ref(o));
    }
    vm.fs_path(o)
}

/// Raises what a call on a path answered, or hands on its value.
pub fn about<T: 'static>(
    vm: &mut Machine,
    path: Obj,
    result: crate::vm::files::FileResult<T>,
) -> PyResult<T> {
    match result {
        Ok(value) => Ok(value),
        Err(refusal) => {
            let shown = shown_path(vm, path)?;
            vm.with_held(shown, |vm, shown| vm.raise_refusal(refusal, shown, NULL))
        }
    }
}

/// A class or function of `_posixtypes`, called with arguments that are taken over.
pub fn make(vm: &mut Machine, name: &str, items: Vec<Obj>) -> PyResult<Obj> {
    let args = vm.new_tuple(items);
    vm.with_held(args, |vm, args| {
        let types = vm.import_module("_posixtypes")?;
        let class = vm.with_held(types, |vm, types| vm.get_attr_str(types, name))?;
        let items = vm.heap.tuple(args).map(<[Obj]>::to_vec).unwrap_or_default();
        vm.call_and_drop(class, &items)
    })
}
