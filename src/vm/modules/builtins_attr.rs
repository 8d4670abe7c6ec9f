//! `getattr`, `setattr`, `hasattr`, `delattr`, `dir`, `vars` of the module `builtins`.

use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

fn want_name(vm: &mut Machine, name: Obj, fname: &str) -> PyResult<()> {
    if vm.heap.str(name).is_none() {
        return vm.type_error(format!("{fname}(): attribute name must be string"));
    }
    Ok(())
}

pub fn getattr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, name, default) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    want_name(vm, name, "getattr")?;
    if default.is_null() {
        return vm.get_attr(o, name);
    }
    match vm.lookup_attr(o, name)? {
        Some(value) => Ok(value),
        None => Ok(vm.new_ref(default)),
    }
}

pub fn hasattr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, name) = (args.get(vm, 0), args.get(vm, 1));
    want_name(vm, name, "hasattr")?;
    match vm.lookup_attr(o, name)? {
        Some(value) => {
            vm.decref(value);
            Ok(vm.new_bool(true))
        }
        None => Ok(vm.new_bool(false)),
    }
}

/// `PyObject_SetAttr`: the name is interned on the way; NULL deletes.
fn store(vm: &mut Machine, o: Obj, name: Obj, value: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        let ty = vm.type_name(name);
        return vm.type_error(format!("attribute name must be string, not '{ty}'"));
    }
    vm.incref(name);
    let name = vm.intern_object(name);
    vm.with_held(name, |vm, name| vm.set_attr(o, name, value))?;
    Ok(vm.new_none())
}

pub fn setattr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, name, value) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    store(vm, o, name, value)
}

pub fn delattr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, name) = (args.get(vm, 0), args.get(vm, 1));
    store(vm, o, name, NULL)
}

/// Without an argument the names of the innermost frame, else what `__dir__` lists; sorted.
pub fn dir(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if !o.is_null() {
        return vm.dir_of(o);
    }
    let locals = vm.current_locals()?;
    let names = vm.call_method(locals, "keys", &[])?;
    sorted_list(vm, names)
}

/// Takes the iterable over.
fn sorted_list(vm: &mut Machine, names: Obj) -> PyResult<Obj> {
    let list = vm.with_held(names, |vm, names| vm.list_from_iterable(names))?;
    let sorted = {
        vm.hold(list);
        let sorted = vm.call_method(list, "sort", &[]);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        vm.unhold();
        sorted
    };
    match sorted {
        Ok(none) => {
            vm.decref(none);
            Ok(list)
        }
        Err(thrown) => {
            vm.drop_keeping_exception(list);
            Err(thrown)
        }
    }
}

impl Machine {
    /// `dir(o)`
    pub fn dir_of(&mut self, o: Obj) -> PyResult<Obj> {
        match self.call_special(o, self.names.__dir__, &[])? {
            Some(names) => sorted_list(self, names),
            None => self.type_error("object does not provide __dir__".to_string()),
        }
    }
}

pub fn vars(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if o.is_null() {
        let locals = vm.current_locals()?;
        return Ok(vm.new_ref(locals));
    }
    match vm.lookup_attr(o, vm.names.__dict__)? {
        Some(dict) => Ok(dict),
        None => vm.type_error("vars() argument must have __dict__ attribute".to_string()),
    }
}
