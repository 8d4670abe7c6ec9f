//! `_io`: streams (`Modules/_io/`). The module `io` itself is `python/io.py`: it gives the abstract classes their metaclass.
//!
//! Reading order: `base.rs` (what every stream inherits), `string_io.rs` and `bytes_io.rs` (streams in memory), `newlines.rs`.

pub mod base;
pub mod base_buffered;
pub mod base_raw;
pub mod bytes_io;
pub mod lines;
pub mod newlines;
pub mod string_io;

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// `_io.DEFAULT_BUFFER_SIZE`
pub const BUFFER_SIZE: usize = 8192;

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_io",
    doc: "Streams: the classes behind open().",
    functions: &[Method::new("text_encoding", Arity::Positional(1, 2), text_encoding).doc(
        "text_encoding($module, encoding, stacklevel=2, /)\n--\n\nThe encoding, or \"locale\" if it is None.",
    )],
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let size = vm.new_int(BUFFER_SIZE as i64);
    vm.dict_set_name(dict, "DEFAULT_BUFFER_SIZE", size);
    vm.decref(size);
    let unsupported = unsupported_operation(vm)?;
    vm.dict_set_name(dict, "UnsupportedOperation", unsupported);
    let blocking = vm.types.blocking_io_error;
    vm.dict_set_name(dict, "BlockingIOError", blocking);
    let object = vm.types.object;
    let base = vm.add_module_type(dict, &base::SPEC, object);
    vm.add_module_type(dict, &newlines::SPEC, object);
    vm.add_module_type(dict, &base_raw::SPEC, base);
    let buffered = vm.add_module_type(dict, &base_buffered::SPEC, base);
    let text = vm.add_module_type(dict, &base::TEXT_SPEC, base);
    vm.add_module_type(dict, &bytes_io::SPEC, buffered);
    vm.add_module_type(dict, &string_io::SPEC, text);
    Ok(())
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
    match value {
        Some(value) if i32::try_from(value).is_ok() => Ok(value as i32),
        Some(_) => vm.raise(
            vm.types.overflow_error,
            "signed integer is greater than maximum".to_string(),
        ),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
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
