//! `_pickle`: objects to bytes and back (`Modules/_pickle.c`).
//!
//! `pickler.rs` is the type that writes, `output.rs` its bytes and frames; `save.rs` decides how an object is written,
//! `save_plain.rs`, `save_containers.rs`, `save_reduce.rs` and `save_global.rs` write it. `unpickler.rs` is the type that
//! reads, `input.rs` where its bytes come from, `load.rs` runs the opcodes of the other `load_*` files.
//!
//! Both types own everything they have met (memo, stack), so a callback that runs in the middle finds all objects alive; what
//! is taken off the unpickler's stack lies on the machine's while it is worked with.

pub mod buffer;
pub mod input;
pub mod load;
pub mod load_build;
pub mod load_text;
pub mod opcodes;
pub mod output;
pub mod pickler;
pub mod pickler_memo;
pub mod save;
pub mod save_containers;
pub mod save_global;
pub mod save_plain;
pub mod save_reduce;
pub mod unpickler;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, pos, req};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_pickle",
    doc: "Native parts of the module pickle.",
    functions: &[
        Method::new("dump", Arity::Keywords, dump).doc(
            "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)\n--\n\n\
             Write a pickled representation of obj to the open file object file.",
        ),
        Method::new("dumps", Arity::Keywords, dumps).doc(
            "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)\n--\n\n\
             Return the pickled representation of the object as a bytes object.",
        ),
        Method::new("load", Arity::Keywords, load).doc(
            "load($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())\n--\n\n\
             Read and return an object from the pickle data stored in a file.",
        ),
        Method::new("loads", Arity::Keywords, loads).doc(
            "loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())\n--\n\n\
             Read and return an object from the given pickle data.",
        ),
    ],
    init,
};

/// What the module keeps of others, by the name under which `module_state` has it: module, attribute.
const KEPT: &[(&str, &str, &str)] = &[
    ("_pickle.dispatch_table", "copyreg", "dispatch_table"),
    (
        "_pickle.extension_registry",
        "copyreg",
        "_extension_registry",
    ),
    ("_pickle.inverted_registry", "copyreg", "_inverted_registry"),
    ("_pickle.extension_cache", "copyreg", "_extension_cache"),
    ("_pickle.name_2to3", "_compat_pickle", "NAME_MAPPING"),
    ("_pickle.import_2to3", "_compat_pickle", "IMPORT_MAPPING"),
    (
        "_pickle.name_3to2",
        "_compat_pickle",
        "REVERSE_NAME_MAPPING",
    ),
    (
        "_pickle.import_3to2",
        "_compat_pickle",
        "REVERSE_IMPORT_MAPPING",
    ),
    ("_pickle.encode", "_codecs", "encode"),
    ("_pickle.getattr", "builtins", "getattr"),
    ("_pickle.partial", "functools", "partial"),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    for (key, module, name) in KEPT {
        let module = vm.import_module(module)?;
        let value = vm.with_held(module, |vm, module| vm.get_attr_str(module, name))?;
        keep(vm, key, value);
    }
    let object = vm.types.object;
    vm.add_module_type(dict, &pickler::SPEC, object);
    vm.add_module_type(dict, &unpickler::SPEC, object);
    vm.add_module_type(dict, &buffer::SPEC, object);
    vm.make_module_type(&pickler_memo::PICKLER_SPEC, object);
    vm.make_module_type(&pickler_memo::UNPICKLER_SPEC, object);
    let base = vm.types.exception;
    let error = exception(vm, dict, "PickleError", base)?;
    exception(vm, dict, "PicklingError", error)?;
    exception(vm, dict, "UnpicklingError", error)?;
    Ok(())
}

/// Takes the value over.
fn keep(vm: &mut Machine, key: &'static str, value: Obj) {
    if let Some(old) = vm.module_state.insert(key, value) {
        vm.decref(old);
    }
}

/// Makes an exception class of the module; borrowed from `module_state`.
fn exception(vm: &mut Machine, dict: Obj, name: &'static str, base: Obj) -> PyResult<Obj> {
    let class = vm.new_exception_class("_pickle", name, base, "")?;
    vm.dict_set_name(dict, name, class);
    keep(vm, name, class);
    Ok(class)
}

/// Something kept by `init`, borrowed.
pub(super) fn kept(vm: &Machine, key: &'static str) -> Obj {
    vm.module_state.get(key).copied().unwrap_or(vm.none)
}

pub(super) fn pickling_error<T>(vm: &mut Machine, message: String) -> PyResult<T> {
    vm.raise(kept(vm, "PicklingError"), message)
}

pub(super) fn unpickling_error<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    vm.raise(kept(vm, "UnpicklingError"), message.to_string())
}

/// `fix_imports`: true unless given.
pub(super) fn flag(vm: &mut Machine, o: Obj) -> PyResult<bool> {
    if o.is_null() { Ok(true) } else { vm.is_true(o) }
}

fn dumps(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("obj"),
        opt("protocol"),
        kw("fix_imports"),
        kw("buffer_callback"),
    ];
    let [obj, protocol, fix, callback] = vm.unpack("dumps", args, &params)?;
    let fix = flag(vm, fix)?;
    let pickler = pickler::new_plain(vm, protocol, fix, callback)?;
    vm.with_held(pickler, |vm, pickler| {
        save::dump(vm, pickler, obj)?;
        let data = std::mem::take(&mut pickler::parts(vm, pickler).out);
        Ok(vm.new_bytes(data))
    })
}

fn dump(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("obj"),
        req("file"),
        opt("protocol"),
        kw("fix_imports"),
        kw("buffer_callback"),
    ];
    let [obj, file, protocol, fix, callback] = vm.unpack("dump", args, &params)?;
    let fix = flag(vm, fix)?;
    let pickler = pickler::new_plain(vm, protocol, fix, callback)?;
    vm.with_held(pickler, |vm, pickler| {
        pickler::set_file(vm, pickler, file)?;
        save::dump(vm, pickler, obj)?;
        output::flush(vm, pickler)?;
        Ok(vm.new_none())
    })
}

/// Only the first argument may come by position: CPython's message for another number of them.
pub(super) fn one_positional(vm: &mut Machine, name: &str, args: Args) -> PyResult<()> {
    let given = args.len();
    if given == 1 {
        return Ok(());
    }
    vm.type_error(format!(
        "{name}() takes exactly 1 positional argument ({given} given)"
    ))
}

fn loads(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    one_positional(vm, "loads", args)?;
    let params = [
        pos("data"),
        kw("fix_imports"),
        kw("encoding"),
        kw("errors"),
        kw("buffers"),
    ];
    let [data, fix, encoding, errors, buffers] = vm.unpack("loads", args, &params)?;
    let settings = unpickler::settings(vm, "loads", fix, encoding, errors)?;
    let unpickler = unpickler::new_plain(vm, settings, buffers)?;
    vm.with_held(unpickler, |vm, unpickler| {
        let data = vm.need_buffer(data)?;
        unpickler::parts(vm, unpickler).input.set(data);
        load::load(vm, unpickler)
    })
}

fn load(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.len() > 1 {
        one_positional(vm, "load", args)?;
    }
    let params = [
        req("file"),
        kw("fix_imports"),
        kw("encoding"),
        kw("errors"),
        kw("buffers"),
    ];
    let [file, fix, encoding, errors, buffers] = vm.unpack("load", args, &params)?;
    let settings = unpickler::settings(vm, "load", fix, encoding, errors)?;
    let unpickler = unpickler::new_plain(vm, settings, buffers)?;
    vm.with_held(unpickler, |vm, unpickler| {
        unpickler::set_file(vm, unpickler, file)?;
        load::load(vm, unpickler)
    })
}

/// `persistent_id` and the like: a method of the object itself is kept without the object, so that no cycle arises
/// (`init_method_ref`). The second result says so. Owned; NULL if there is no such attribute.
pub(super) fn method_of(vm: &mut Machine, this: Obj, name: &str) -> PyResult<(Obj, bool)> {
    let Some(found) = vm.lookup_attr_str(this, name)? else {
        return Ok((NULL, false));
    };
    if let crate::heap::Payload::Method { func, this: bound } = vm.heap.payload(found)
        && *bound == this
    {
        let func = vm.new_ref(*func);
        vm.decref(found);
        return Ok((func, true));
    }
    Ok((found, false))
}

/// Calls what `method_of` found with one argument.
pub(super) fn call_method_of(
    vm: &mut Machine,
    this: Obj,
    (func, bound): (Obj, bool),
    arg: Obj,
) -> PyResult<Obj> {
    if bound {
        vm.call(func, &[this, arg])
    } else {
        vm.call(func, &[arg])
    }
}
