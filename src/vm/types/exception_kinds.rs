//! Built-in exceptions with a few fields of their own: SystemExit, StopIteration, AttributeError, NameError, KeyError,
//! ImportError, SyntaxError (`Objects/exceptions.c`).
//!
//! A field's number in `Exc::extra` is its place in the kind's table here.

use super::exception;
use crate::heap::{NULL, Obj};
use crate::vm::args::kw;
use crate::vm::native::{Arity, GetSet, Method};
use crate::vm::{Args, Machine, PyResult};

pub static SYSTEM_EXIT: &[GetSet] = &[field::<0>("code")];
pub static STOP_ITERATION: &[GetSet] = &[field::<0>("value")];
pub static ATTRIBUTE_ERROR: &[GetSet] = &[field::<1>("name"), field::<0>("obj")];
pub static NAME_ERROR: &[GetSet] = &[field::<0>("name")];
pub static IMPORT_ERROR: &[GetSet] = &[field::<0>("msg"), field::<1>("name"), field::<2>("path")];
pub static IMPORT_ERROR_METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, reduce_import_error)];
pub static SYNTAX_ERROR: &[GetSet] = &[
    field::<0>("msg"),
    field::<1>("filename"),
    field::<2>("lineno"),
    field::<3>("offset"),
    field::<4>("text"),
    field::<5>("end_lineno"),
    field::<6>("end_offset"),
    field::<7>("print_file_and_line"),
];

/// An attribute that reads and writes a field; unset reads as None (`T_OBJECT`).
pub const fn field<const I: usize>(name: &'static str) -> GetSet {
    GetSet::rw(name, get_field::<I>, set_field::<I>)
}

fn get_field<const I: usize>(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let value = vm.exc_field(this, I);
    Ok(if value.is_null() { vm.new_none() } else { vm.new_ref(value) })
}

fn set_field<const I: usize>(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    vm.set_exc_field(this, I, value);
    Ok(())
}

/// `SystemExit_init`: the code is the argument, or all of them.
pub fn init_system_exit(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    match args.len() {
        0 => {}
        1 => vm.set_exc_field(this, 0, args.get(vm, 0)),
        _ => {
            let all = vm.exc(this).args;
            vm.set_exc_field(this, 0, all);
        }
    }
    Ok(())
}

pub fn init_stop_iteration(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    let value = if args.is_empty() { vm.none } else { args.get(vm, 0) };
    vm.set_exc_field(this, 0, value);
    Ok(())
}

/// Keyword arguments of an exception that takes only these.
fn keywords<const N: usize>(vm: &mut Machine, args: Args, fname: &str, names: [&'static str; N]) -> PyResult<[Obj; N]> {
    let only_keywords = args.skip(args.len());
    vm.unpack(fname, only_keywords, &names.map(kw))
}

pub fn init_attribute_error(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::keep_args(vm, this, args);
    let [name, obj] = keywords(vm, args, "AttributeError", ["name", "obj"])?;
    vm.set_exc_field(this, 0, obj);
    vm.set_exc_field(this, 1, name);
    Ok(())
}

pub fn init_name_error(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::keep_args(vm, this, args);
    let [name] = keywords(vm, args, "NameError", ["name"])?;
    vm.set_exc_field(this, 0, name);
    Ok(())
}

/// The repr of a single key: a missing `''` would be invisible otherwise.
pub fn str_key_error(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm.exc_args(this)[..] {
        [one] => vm.repr(one),
        _ => exception::str(vm, this),
    }
}

pub fn init_import_error(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::keep_args(vm, this, args);
    let [name, path] = keywords(vm, args, "ImportError", ["name", "path"])?;
    let msg = if args.len() == 1 { args.get(vm, 0) } else { NULL };
    vm.set_exc_field(this, 0, msg);
    vm.set_exc_field(this, 1, name);
    vm.set_exc_field(this, 2, path);
    Ok(())
}

pub fn str_import_error(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let msg = vm.exc_field(this, 0);
    if !msg.is_null() && vm.heap.ty(msg) == vm.types.str {
        return Ok(vm.new_ref(msg));
    }
    exception::str(vm, this)
}

/// The state has the name and path besides the dict.
fn reduce_import_error(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (name, path) = (vm.exc_field(this, 1), vm.exc_field(this, 2));
    if name.is_null() && path.is_null() {
        return exception::reduce(vm, this, args);
    }
    let dict = vm.heap.dict_of(this);
    let state = if dict.is_null() { vm.new_dict() } else { vm.dict_copy(dict) };
    for (key, value) in [("name", name), ("path", path)] {
        if !value.is_null() {
            vm.dict_set_name(state, key, value);
        }
    }
    let (ty, exc_args) = (vm.heap.ty(this), vm.exc(this).args);
    let result = vm.new_tuple_of(&[ty, exc_args, state]);
    vm.decref(state);
    Ok(result)
}

/// `SyntaxError(msg, (filename, lineno, offset, text[, end_lineno, end_offset]))`.
pub fn init_syntax_error(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    exception::init(vm, this, args)?;
    if !args.is_empty() {
        vm.set_exc_field(this, 0, args.get(vm, 0));
    }
    if args.len() != 2 {
        return Ok(());
    }
    let info = vm.sequence_tuple(args.get(vm, 1))?;
    let items = vm.heap.tuple(info).map(<[Obj]>::to_vec).unwrap_or_default();
    let n = items.len();
    let complaint = match n {
        0..=3 => Some(format!("function takes at least 4 arguments ({n} given)")),
        7.. => Some(format!("function takes at most 6 arguments ({n} given)")),
        5 => Some("end_offset must be provided when end_lineno is provided".to_string()),
        _ => None,
    };
    if let Some(complaint) = complaint {
        vm.decref(info);
        return vm.type_error(complaint);
    }
    for i in 0..6 {
        vm.set_exc_field(this, i + 1, items.get(i).copied().unwrap_or(NULL));
    }
    vm.decref(info);
    Ok(())
}

pub fn str_syntax_error(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (msg, filename, line) = (vm.exc_field(this, 0), vm.exc_field(this, 1), vm.exc_field(this, 2));
    let msg = if msg.is_null() { vm.none } else { msg };
    let file = if filename.is_null() || vm.heap.str(filename).is_none() { None } else { Some(vm.text(filename)) };
    let file = file.map(|f| f.rsplit('/').next().unwrap_or_default().to_string());
    let line = if line.is_null() || vm.heap.ty(line) != vm.types.int { None } else { vm.as_i64(line) };
    if file.is_none() && line.is_none() {
        return vm.str_of(msg);
    }
    let text = vm.str_of(msg)?;
    let msg = vm.text(text);
    vm.decref(text);
    Ok(vm.new_string(match (file, line) {
        (Some(file), Some(line)) => format!("{msg} ({file}, line {line})"),
        (Some(file), None) => format!("{msg} ({file})"),
        (None, Some(line)) => format!("{msg} (line {line})"),
        (None, None) => msg,
    }))
}
