//! `_io`: streams (`Modules/_io/`). The module `io` itself is `python/io.py`: it gives the abstract classes their metaclass.
//!
//! Reading order: `base.rs` (what every stream inherits), `string_io.rs` and `bytes_io.rs` (streams in memory), `newlines.rs`.

pub mod base;
pub mod base_buffered;
pub mod base_raw;
pub mod buffered;
pub mod buffered_read;
pub mod buffered_write;
pub mod bytes_io;
pub mod fd;
pub mod file_io;
pub mod lines;
pub mod newlines;
pub mod open;
pub mod rw_pair;
pub mod standard;
pub mod string_io;
pub mod text_decode;
pub mod text_io;
pub mod text_read;
pub mod text_seek;
pub mod text_write;

use super::ModuleSpec;
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// `_io.DEFAULT_BUFFER_SIZE`
pub const BUFFER_SIZE: usize = 8192;

pub const OPEN_DOC: &str = "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)\n--\n\nOpen a file and return a stream for it.";

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_io",
    doc: "Streams: the classes behind open().",
    functions: &[
        Method::new("open", Arity::Keywords, open::open).doc(OPEN_DOC),
        Method::new("text_encoding", Arity::Positional(1, 2), text_encoding).doc(
            "text_encoding($module, encoding, stacklevel=2, /)\n--\n\nThe encoding, or \"locale\" if it is None.",
        ),
        Method::new("open_code", Arity::Keywords, open::open_code)
            .doc("open_code($module, /, path)\n--\n\nOpen a file for reading in order to import what is in it."),
    ],
    init,
};

/// `_io.open` and `builtins.open` are one object, unless a script has put another one there.
fn share_open(vm: &mut Machine, dict: Obj) {
    let open = vm.dict_get_name(vm.builtins, "open");
    if !open.is_null()
        && matches!(vm.heap.payload(open), Payload::Builtin(f) if f.def.name == "open")
    {
        vm.dict_set_name(dict, "open", open);
    }
}

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    share_open(vm, dict);
    let size = vm.new_int(BUFFER_SIZE as i64);
    vm.dict_set_name(dict, "DEFAULT_BUFFER_SIZE", size);
    vm.decref(size);
    let unsupported = unsupported_operation(vm)?;
    vm.dict_set_name(dict, "UnsupportedOperation", unsupported);
    let blocking = vm.types.blocking_io_error;
    vm.dict_set_name(dict, "BlockingIOError", blocking);
    make_types(vm);
    for spec in SPECS {
        let short = spec.name.rsplit('.').next().unwrap_or(spec.name);
        let ty = vm.module_type(spec);
        vm.dict_set_name(dict, short, ty);
    }
    Ok(())
}

/// In the order of the module's dict.
static SPECS: &[&TypeSpec] = &[
    &base::SPEC,
    &newlines::SPEC,
    &base_raw::SPEC,
    &base_buffered::SPEC,
    &base::TEXT_SPEC,
    &file_io::SPEC,
    &bytes_io::SPEC,
    &string_io::SPEC,
    &buffered::READER_SPEC,
    &buffered::WRITER_SPEC,
    &rw_pair::SPEC,
    &buffered::RANDOM_SPEC,
    &text_io::SPEC,
];

/// All the types; at start, for the standard streams.
pub fn make_types(vm: &mut Machine) {
    let object = vm.types.object;
    let base = vm.make_module_type(&base::SPEC, object);
    vm.make_module_type(&newlines::SPEC, object);
    let raw = vm.make_module_type(&base_raw::SPEC, base);
    let buffered = vm.make_module_type(&base_buffered::SPEC, base);
    let text = vm.make_module_type(&base::TEXT_SPEC, base);
    vm.make_module_type(&file_io::SPEC, raw);
    for spec in [
        &bytes_io::SPEC,
        &buffered::READER_SPEC,
        &buffered::WRITER_SPEC,
        &rw_pair::SPEC,
        &buffered::RANDOM_SPEC,
    ] {
        vm.make_module_type(spec, buffered);
    }
    vm.make_module_type(&string_io::SPEC, text);
    vm.make_module_type(&text_io::SPEC, text);
}

/// The class `UnsupportedOperation`, made when it is first needed; borrowed.
fn unsupported_operation(vm: &mut Machine) -> PyResult<Obj> {
    const NAME: &str = "io.UnsupportedOperation";
    if let Some(known) = vm.module_state.get(NAME) {
        return Ok(*known);
    }
    let name = vm.new_str("UnsupportedOperation");
    let bases = vm.new_tuple_of(&[vm.types.os_error, vm.types.value_error]);
    let module = vm.new_str("io");
    let space = vm.new_dict_of(&[("__module__", module)]);
    vm.decref(module);
    let made = vm.call(vm.types.type_, &[name, bases, space]);
    for o in [name, bases, space] {
        vm.drop_keeping_exception(o);
    }
    let made = made?;
    vm.module_state.insert(NAME, made);
    Ok(made)
}

/// Raises `io.UnsupportedOperation`.
#[cold]
pub fn unsupported<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    let class = unsupported_operation(vm)?;
    vm.raise(class, message.to_string())
}

/// An optional size (`_Py_convert_optional_to_ssize_t`): NULL and None mean the default.
pub fn size_or(vm: &mut Machine, o: Obj, default: isize) -> PyResult<isize> {
    if o.is_null() || o == vm.none {
        return Ok(default);
    }
    if !vm.has_index(o) {
        let name = vm.type_name(o);
        return vm.type_error(format!("argument should be integer or None, not '{name}'"));
    }
    size(vm, o)
}

/// A size or position as a C function takes it (`PyLong_AsSsize_t` of the index).
pub fn size(vm: &mut Machine, o: Obj) -> PyResult<isize> {
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(value) => Ok(value as isize),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

/// A `whence` and such (`_PyLong_AsInt`).
pub fn int(vm: &mut Machine, o: Obj, default: i32) -> PyResult<i32> {
    if o.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value.and_then(|value| i32::try_from(value).ok()) {
        Some(value) => Ok(value),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        ),
    }
}

/// Calls a method and lets go of what it answers.
pub fn call_quietly(vm: &mut Machine, this: Obj, name: &str, args: &[Obj]) -> PyResult<()> {
    let result = vm.call_method(this, name, args)?;
    vm.decref(result);
    Ok(())
}

/// Calls a method with a number.
pub fn call_with_int(vm: &mut Machine, this: Obj, name: &str, n: i64) -> PyResult<Obj> {
    let n = vm.new_int(n);
    vm.with_held(n, |vm, n| vm.call_method(this, name, &[n]))
}

/// A method's answer as a truth value.
pub fn ask(vm: &mut Machine, this: Obj, name: &str) -> PyResult<bool> {
    let answer = vm.call_method(this, name, &[])?;
    vm.with_held(answer, |vm, answer| vm.is_true(answer))
}

/// The name of a stream's class as its `repr` shows it.
pub fn shown_class(vm: &mut Machine, this: Obj) -> String {
    vm.class_name(vm.heap.ty(this))
}

/// The attribute `name`, owned; none if it cannot be had.
pub fn name_or_none(vm: &mut Machine, this: Obj) -> PyResult<Option<Obj>> {
    match vm.lookup_attr_str(this, "name") {
        Err(_) if vm.pending_matches(vm.types.value_error) => {
            vm.clear_exception();
            Ok(None)
        }
        other => other,
    }
}

/// `repr` of a stream's name; a stream that is its own name is an error.
pub fn repr_guarded(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<String> {
    if vm.repr_enter(this) {
        let class = vm.class_name(vm.heap.ty(this));
        return vm.raise(
            vm.types.runtime_error,
            format!("reentrant call inside {class}.__repr__"),
        );
    }
    let shown = vm.repr_text(name);
    vm.repr_leave(this);
    shown
}

/// An attribute as a truth value.
pub fn flag(vm: &mut Machine, this: Obj, name: &str) -> PyResult<bool> {
    let value = vm.get_attr_str(this, name)?;
    vm.with_held(value, |vm, value| vm.is_true(value))
}

/// What `__dict__` of a stream is: made when asked for.
pub const DICT: crate::vm::native::GetSet = crate::vm::native::GetSet::rw(
    "__dict__",
    crate::vm::types::object::get_dict,
    crate::vm::types::object::set_dict,
);

/// A stream type: it can be subclassed, has attributes of its own and weak references.
pub const fn stream_spec(name: &'static str) -> TypeSpec {
    TypeSpec {
        base_type: true,
        has_dict: true,
        has_weakrefs: true,
        ..TypeSpec::new(name)
    }
}

fn text_encoding(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let encoding = args.get(vm, 0);
    if encoding.is_null() || encoding == vm.none {
        return Ok(vm.new_str("locale"));
    }
    Ok(vm.new_ref(encoding))
}

/// `__getstate__` and `__setstate__` share this: the instance's dict or None, owned.
pub fn dict_state(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = vm.heap.dict_of(this);
    if dict.is_null() {
        return Ok(vm.new_none());
    }
    Ok(vm.dict_copy(dict))
}

/// Merges the last item of a state into the instance's dict.
pub fn restore_dict(vm: &mut Machine, this: Obj, state: Obj, at: &str) -> PyResult<()> {
    if state == vm.none {
        return Ok(());
    }
    if !vm.heap.is_dict(state) {
        let name = vm.type_name(state);
        return vm.type_error(format!("{at} item of state should be a dict, got a {name}"));
    }
    let dict = vm.get_attr_str(this, "__dict__")?;
    vm.with_held(dict, |vm, dict| {
        for (name, value) in vm.heap.dict_items(state) {
            vm.dict_set(dict, name, value)?;
        }
        Ok(())
    })
}
