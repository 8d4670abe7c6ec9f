//! `_weakref`: the native part of `weakref`, whose rest is `python/weakref.py` (`Modules/_weakref.c`).

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::types::weak_proxy;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_weakref",
    doc: "Weak-reference support module.",
    functions: &[
        Method::new("getweakrefcount", Arity::One, getweakrefcount)
            .doc("getweakrefcount($module, object, /)\n--\n\nReturn the number of weak references to 'object'."),
        Method::new("getweakrefs", Arity::One, getweakrefs)
            .doc("getweakrefs($module, object, /)\n--\n\nReturn a list of all weak reference objects pointing to 'object'."),
        Method::new("proxy", Arity::Any, weak_proxy::proxy).varargs()
            .doc("proxy(object[, callback]) -- create a proxy object that weakly references 'object'."),
        Method::new("_remove_dead_weakref", Arity::Positional(2, 2), remove_dead_weakref)
            .doc("_remove_dead_weakref($module, dct, key, /)\n--\n\nAtomically remove key from dict if it points to a dead weakref."),
    ],
    init: |vm, dict| {
        for (name, ty) in [
            ("ref", vm.types.weakref),
            ("ReferenceType", vm.types.weakref),
            ("ProxyType", vm.types.weak_proxy),
            ("CallableProxyType", vm.types.weak_callable_proxy),
        ] {
            vm.dict_set_name(dict, name, ty);
        }
        Ok(())
    },
};

fn getweakrefcount(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    vm.know_by_base(args.get(vm, 0));
    let n = vm.weakrefs_of(args.get(vm, 0)).len();
    Ok(vm.new_int(n as i64))
}

fn getweakrefs(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    vm.know_by_base(args.get(vm, 0));
    let list = vm.weakrefs_of(args.get(vm, 0)).to_vec();
    for reference in &list {
        vm.incref(*reference);
    }
    Ok(vm.new_list(list))
}

/// Takes a key out of a dict if its value is a weak reference to what is gone; a missing key is fine.
fn remove_dead_weakref(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (dict, key) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.heap.is_dict(dict) {
        let name = vm.type_name(dict);
        return vm.type_error(format!(
            "_remove_dead_weakref() argument 1 must be dict, not {name}"
        ));
    }
    let hash = vm.hash(key)?;
    if let Some(value) = vm.dict_get_hashed(dict, key, hash)? {
        if vm.heap.weakref(value).is_none() {
            return vm.type_error("not a weakref".to_string());
        }
        if vm.weakref_referent(value).is_null() {
            vm.dict_delete(dict, key)?;
        }
    }
    Ok(vm.new_none())
}
