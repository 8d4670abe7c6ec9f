//! `OSError`: chosen by number among its subclasses, with a file name or two (`Objects/exceptions.c`, "OSError").
//!
//! Its arguments are looked at in `__new__`, unless a subclass overrides `__init__` but not `__new__`: then `__init__` does.

use super::exception;
use super::exception_kinds::field;
use crate::heap::payload::Exc;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method};
use crate::vm::slots::{CallFn, InitFn};
use crate::vm::types::Types;
use crate::vm::{Args, Machine, PyResult};

const ERRNO: usize = 0;
const STRERROR: usize = 1;
const FILENAME: usize = 2;
const FILENAME2: usize = 3;
const WRITTEN: usize = 4;
/// What the machine adds to the text: which flag would have allowed it.
const HINT: usize = 5;

pub static ATTRIBUTES: &[GetSet] = &[
    field::<ERRNO>("errno"),
    field::<STRERROR>("strerror"),
    field::<FILENAME>("filename"),
    field::<FILENAME2>("filename2"),
    GetSet::rw("characters_written", get_written, set_written),
];

pub static METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, reduce)];

/// The subclass for an error number of Linux.
fn class_for(types: &Types, errno: i64) -> Option<Obj> {
    Some(match errno {
        11 | 114 | 115 => types.blocking_io_error,
        32 | 108 => types.broken_pipe_error,
        10 => types.child_process_error,
        103 => types.connection_aborted_error,
        111 => types.connection_refused_error,
        104 => types.connection_reset_error,
        17 => types.file_exists_error,
        2 => types.file_not_found_error,
        21 => types.is_a_directory_error,
        20 => types.not_a_directory_error,
        4 => types.interrupted_error,
        13 | 1 => types.permission_error,
        3 => types.process_lookup_error,
        110 => types.timeout_error,
        _ => return None,
    })
}

/// Whether `__init__` looks at the arguments rather than `__new__` (`oserror_use_init`).
fn uses_init(vm: &Machine, class: Obj) -> bool {
    let slots = &vm.heap.class(class).slots;
    let own_init = !slots.tp_init.is_some_and(|f| std::ptr::fn_addr_eq(f, init as InitFn));
    own_init && slots.tp_new.is_some_and(|f| std::ptr::fn_addr_eq(f, new as CallFn))
}

fn no_keywords(vm: &mut Machine, class: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        let name = vm.class_name(class);
        return vm.type_error(format!("{name}() takes no keyword arguments"));
    }
    Ok(())
}

pub fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let late = uses_init(vm, class);
    let mut class = class;
    if !late {
        no_keywords(vm, class, args)?;
        if class == vm.types.os_error
            && (2..=5).contains(&args.len())
            && let Some(errno) = vm.as_i64(args.get(vm, 0))
            && let Some(better) = class_for(&vm.types, errno)
        {
            class = better;
        }
    }
    let empty = vm.new_tuple(Vec::new());
    let this = vm.alloc_instance(class, Payload::Exc(Box::new(Exc { args: empty, ..Exc::default() })));
    if !late {
        fill(vm, this, args)?;
    }
    Ok(this)
}

pub fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let class = vm.heap.ty(this);
    if !uses_init(vm, class) {
        return Ok(());
    }
    no_keywords(vm, class, args)?;
    fill(vm, this, args)
}

/// `oserror_init`: number, text, file names; `args` keeps the first two only if there is a file name.
fn fill(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::keep_args(vm, this, args);
    let n = args.len();
    if !(2..=5).contains(&n) {
        return Ok(());
    }
    let (filename, filename2) = (args.get(vm, 2), args.get(vm, 4));
    let given = |o: Obj, vm: &Machine| !o.is_null() && o != vm.none;
    if given(filename, vm) {
        if vm.heap.ty(this) == vm.types.blocking_io_error && vm.slots_of(filename).nb_index.is_some() {
            vm.set_exc_field(this, WRITTEN, filename);
        } else {
            vm.set_exc_field(this, FILENAME, filename);
            if given(filename2, vm) {
                vm.set_exc_field(this, FILENAME2, filename2);
            }
            let two = [args.get(vm, 0), args.get(vm, 1)];
            let two = vm.new_tuple_of(&two);
            vm.set_exc_args(this, two);
        }
    }
    vm.set_exc_field(this, ERRNO, args.get(vm, 0));
    vm.set_exc_field(this, STRERROR, args.get(vm, 1));
    Ok(())
}

pub fn str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let [errno, strerror, filename, filename2] = [ERRNO, STRERROR, FILENAME, FILENAME2].map(|i| vm.exc_field(this, i));
    let none = vm.none;
    let shown = |o: Obj| if o.is_null() { none } else { o };
    if filename.is_null() && (errno.is_null() || strerror.is_null()) {
        return exception::str(vm, this);
    }
    let mut text = String::new();
    for (prefix, o, suffix) in [("[Errno ", shown(errno), "] "), ("", shown(strerror), "")] {
        let part = vm.str_of(o)?;
        text = text + prefix + &vm.text(part) + suffix;
        vm.decref(part);
    }
    for (prefix, o) in [(": ", filename), (" -> ", filename2)] {
        if !o.is_null() {
            text = text + prefix + &vm.repr_text(o)?;
        }
    }
    let hint = vm.exc_field(this, HINT);
    if !hint.is_null() {
        text = format!("{text} ({})", vm.text(hint));
    }
    Ok(vm.new_string(text))
}

/// Adds a remark to the text of an OSError; borrowed.
pub fn set_hint(vm: &mut Machine, this: Obj, hint: Obj) {
    vm.set_exc_field(this, HINT, hint);
}

fn reduce(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (filename, filename2) = (vm.exc_field(this, FILENAME), vm.exc_field(this, FILENAME2));
    let own = vm.exc_args(this);
    if own.len() != 2 || filename.is_null() {
        return exception::reduce(vm, this, args);
    }
    let mut all = vec![own[0], own[1], filename];
    if !filename2.is_null() {
        all.extend([vm.none, filename2]);
    }
    let all = vm.new_tuple_of(&all);
    let (ty, dict) = (vm.heap.ty(this), vm.heap.dict_of(this));
    let result = if dict.is_null() { vm.new_tuple_of(&[ty, all]) } else { vm.new_tuple_of(&[ty, all, dict]) };
    vm.decref(all);
    Ok(result)
}

fn get_written(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let written = vm.exc_field(this, WRITTEN);
    if written.is_null() {
        return vm.raise(vm.types.attribute_error, "characters_written".to_string());
    }
    Ok(vm.new_ref(written))
}

fn set_written(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        if vm.exc_field(this, WRITTEN).is_null() {
            return vm.raise(vm.types.attribute_error, "characters_written".to_string());
        }
        vm.set_exc_field(this, WRITTEN, NULL);
        return Ok(());
    }
    let index = vm.number_index(value)?;
    vm.set_exc_field(this, WRITTEN, index);
    vm.decref(index);
    Ok(())
}

impl Machine {
    /// Raises the OSError of a number, with the file it is about (`PyErr_SetFromErrnoWithFilename`).
    pub fn raise_os_error<T>(&mut self, errno: i64, message: &str, filename: &str) -> PyResult<T> {
        let (number, text, file) = (self.new_int(errno), self.new_str(message), self.new_str(filename));
        let args = self.new_tuple(vec![number, text, file]);
        let class = class_for(&self.types, errno).unwrap_or(self.types.os_error);
        let result = self.raise_args(class, args);
        self.decref(args);
        result
    }
}
