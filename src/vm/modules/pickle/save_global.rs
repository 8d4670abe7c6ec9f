//! Writing what is found by its name: classes, functions, singletons.

use super::opcodes::*;
use super::output::{op, write};
use super::pickler::parts;
use super::save::{memo_put, save};
use super::{kept, pickling_error, save_reduce};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, PyResult};

/// A class; those of the singletons have no name in any module.
pub fn save_type(vm: &mut Machine, p: Obj, o: Obj) -> PyResult<()> {
    let singletons = [vm.none, vm.ellipsis, vm.not_implemented];
    let Some(single) = singletons.into_iter().find(|s| vm.heap.ty(*s) == o) else {
        return save_global(vm, p, o, NULL);
    };
    let args = vm.new_tuple_of(&[single]);
    let class = vm.new_ref(vm.types.type_);
    let recipe = vm.new_tuple(vec![class, args]);
    vm.with_held(recipe, |vm, recipe| {
        save_reduce::save_reduce(vm, p, recipe, o)
    })
}

/// The dotted path of a name; a local one cannot be found again.
fn dotted_path(vm: &mut Machine, name: &str) -> PyResult<Vec<String>> {
    let path: Vec<String> = name.split('.').map(str::to_string).collect();
    if path.iter().any(|part| part == "<locals>") {
        let shown = vm.new_str(name);
        let shown = vm.with_held(shown, |vm, o| vm.repr_text(o))?;
        return vm.raise(
            vm.types.attribute_error,
            format!("Can't pickle local object {shown}"),
        );
    }
    Ok(path)
}

/// Follows a path of attributes: the last object and the one before it, both owned; `None` if one is missing.
pub fn deep_attribute(
    vm: &mut Machine,
    from: Obj,
    path: &[String],
) -> PyResult<Option<(Obj, Obj)>> {
    let mut parent = NULL;
    let mut o = vm.new_ref(from);
    for name in path {
        vm.xdecref(parent);
        parent = o;
        vm.hold(parent);
        let found = vm.lookup_attr_str(parent, name);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        vm.unhold();
        match found {
            Ok(Some(next)) => o = next,
            Ok(None) => {
                vm.decref(parent);
                return Ok(None);
            }
            Err(thrown) => {
                vm.drop_keeping_exception(parent);
                return Err(thrown);
            }
        }
    }
    Ok(Some((o, parent)))
}

/// The name of the module in which the object is found; owned.
fn which_module(vm: &mut Machine, o: Obj, path: &[String]) -> PyResult<Obj> {
    if let Some(name) = vm.lookup_attr(o, vm.names.__module__)? {
        if name != vm.none {
            return Ok(name);
        }
        vm.decref(name);
    }
    let modules = vm.heap.dict_items(vm.sys_modules);
    for (name, module) in modules {
        if module == vm.none || vm.text(name) == "__main__" {
            continue;
        }
        let mark = vm.mark();
        vm.hold_ref(name);
        vm.hold_ref(module);
        let found = deep_attribute(vm, module, path);
        let found = match found {
            Ok(Some((found, parent))) => {
                vm.decref(found);
                vm.xdecref(parent);
                found == o
            }
            Ok(None) => false,
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
        vm.release(mark);
        if found {
            return Ok(vm.new_ref(name));
        }
    }
    Ok(vm.intern("__main__"))
}

/// A global by the name given, or by its own.
pub fn save_global(vm: &mut Machine, p: Obj, o: Obj, name: Obj) -> PyResult<()> {
    let name = if name.is_null() {
        match vm.lookup_attr(o, vm.names.__qualname__)? {
            Some(name) => name,
            None => vm.get_attr(o, vm.names.__name__)?,
        }
    } else {
        vm.new_ref(name)
    };
    vm.with_held(name, |vm, name| {
        let text = vm.text(name);
        // The path is a list there.
        vm.reserve_list();
        let saved = save_by_path(vm, p, o, name, &text);
        vm.give_back_list();
        saved
    })
}

fn save_by_path(vm: &mut Machine, p: Obj, o: Obj, name: Obj, text: &str) -> PyResult<()> {
    let path = dotted_path(vm, text)?;
    let module = which_module(vm, o, &path)?;
    vm.with_held(module, |vm, module| {
        save_found(vm, p, o, module, name, &path)
    })
}

fn save_found(
    vm: &mut Machine,
    p: Obj,
    o: Obj,
    module_name: Obj,
    name: Obj,
    path: &[String],
) -> PyResult<()> {
    let (module_text, text) = (vm.text(module_name), vm.text(name));
    let module = match vm.import_by_hook(module_name) {
        Ok(module) => module,
        Err(_) if vm.interrupt.is_none() => {
            vm.clear_exception();
            let (shown, quoted) = (vm.repr_text(o)?, vm.repr_text(module_name)?);
            return pickling_error(
                vm,
                format!("Can't pickle {shown}: import of module {quoted} failed"),
            );
        }
        Err(thrown) => return Err(thrown),
    };
    vm.with_held(module, |vm, module| {
        let found = match deep_attribute(vm, module, path) {
            Ok(found) => found,
            Err(_) if vm.interrupt.is_none() => {
                vm.clear_exception();
                None
            }
            Err(thrown) => return Err(thrown),
        };
        let Some((found, parent)) = found else {
            let shown = vm.repr_text(o)?;
            let what =
                format!("Can't pickle {shown}: attribute lookup {text} on {module_text} failed");
            return pickling_error(vm, what);
        };
        vm.decref(found);
        vm.with_held(parent, |vm, parent| {
            if found != o {
                let shown = vm.repr_text(o)?;
                let what = format!(
                    "Can't pickle {shown}: it's not the same object as {module_text}.{text}"
                );
                return pickling_error(vm, what);
            }
            write_name(vm, p, o, [module_name, name], [module, parent], path)
        })
    })
}

fn write_name(
    vm: &mut Machine,
    p: Obj,
    o: Obj,
    [module_name, name]: [Obj; 2],
    [module, parent]: [Obj; 2],
    path: &[String],
) -> PyResult<()> {
    let proto = parts(vm, p).proto;
    if proto >= 2 && save_extension(vm, p, o, module_name, name)? {
        return Ok(());
    }
    if proto >= 4 {
        save(vm, p, module_name, false)?;
        save(vm, p, name, false)?;
        op(vm, p, STACK_GLOBAL);
    } else if parent != module {
        let last = path.last().map_or("", |s| s);
        let last = vm.new_str(last);
        let parent = vm.new_ref(parent);
        let args = vm.new_tuple(vec![parent, last]);
        let getattr = kept(vm, "_pickle.getattr");
        let getattr = vm.new_ref(getattr);
        let recipe = vm.new_tuple(vec![getattr, args]);
        vm.with_held(recipe, |vm, recipe| {
            save_reduce::save_reduce(vm, p, recipe, NULL)
        })?;
    } else {
        write_global(vm, p, module_name, name)?;
    }
    memo_put(vm, p, o);
    Ok(())
}

/// The short code that somebody registered for the name; false if nobody did.
fn save_extension(vm: &mut Machine, p: Obj, o: Obj, module_name: Obj, name: Obj) -> PyResult<bool> {
    let key = vm.new_tuple_of(&[module_name, name]);
    let registry = kept(vm, "_pickle.extension_registry");
    let code = vm.with_held(key, |vm, key| vm.dict_get(registry, key))?;
    let Some(code) = code else {
        return Ok(false);
    };
    if !vm.is_int(code) {
        let (shown, code) = (vm.repr_text(o)?, vm.repr_text(code)?);
        return pickling_error(
            vm,
            format!("Can't pickle {shown}: extension code {code} isn't an integer"),
        );
    }
    let value = vm.as_i64(code).unwrap_or(0);
    let bytes = (value as u32).to_le_bytes();
    match value {
        1..=0xff => write(vm, p, &[EXT1, bytes[0]]),
        0x100..=0xffff => write(vm, p, &[EXT2, bytes[0], bytes[1]]),
        0x1_0000..=0x7fff_ffff => write(vm, p, &[EXT4, bytes[0], bytes[1], bytes[2], bytes[3]]),
        _ => {
            let shown = vm.repr_text(o)?;
            return pickling_error(
                vm,
                format!("Can't pickle {shown}: extension code {value} is out of range"),
            );
        }
    }
    Ok(true)
}

/// GLOBAL with two lines; for readers of Python 2 with the names that things had there.
fn write_global(vm: &mut Machine, p: Obj, module_name: Obj, name: Obj) -> PyResult<()> {
    let proto = parts(vm, p).proto;
    let (mut module, mut text) = (vm.text(module_name), vm.text(name));
    if parts(vm, p).fix_imports {
        (module, text) = old_names(vm, module_name, name)?;
    }
    let plain = proto >= 3 || (module.is_ascii() && text.is_ascii());
    let whole = [module_name, name]
        .iter()
        .all(|o| vm.heap.str(*o).is_some_and(|s| s.as_str().is_some()));
    if !plain || !whole {
        let what = format!(
            "can't pickle global identifier '{module}.{text}' using pickle protocol {proto}"
        );
        return pickling_error(vm, what);
    }
    op(vm, p, GLOBAL);
    write(vm, p, module.as_bytes());
    write(vm, p, b"\n");
    write(vm, p, text.as_bytes());
    write(vm, p, b"\n");
    Ok(())
}

fn old_names(vm: &mut Machine, module_name: Obj, name: Obj) -> PyResult<(String, String)> {
    let key = vm.new_tuple_of(&[module_name, name]);
    let names = kept(vm, "_pickle.name_3to2");
    let found = vm.with_held(key, |vm, key| vm.dict_get(names, key))?;
    if let Some(pair) = found {
        let Some(&[module, name]) = vm.heap.tuple(pair) else {
            let got = vm.type_name(pair);
            let what =
                format!("_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not {got}");
            return vm.raise(vm.types.runtime_error, what);
        };
        return Ok((vm.text(module), vm.text(name)));
    }
    let imports = kept(vm, "_pickle.import_3to2");
    let found = vm.dict_get(imports, module_name)?;
    let module = found.unwrap_or(module_name);
    debug_assert!(
        matches!(vm.heap.base(name), Payload::Str(_)),
        "a global's name is a str"
    );
    Ok((vm.text(module), vm.text(name)))
}
