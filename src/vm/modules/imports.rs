//! `_imports`: what `importlib` and `pkgutil` ask the machine's own importing, and how a carried module says that something is
//! not supported.

use super::{ModuleSpec, module_spec};
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_imports",
    doc: "Finding modules without importing them.",
    functions: &[
        Method::new("find_spec", Arity::Positional(1, 2), find_spec),
        Method::new("modules", Arity::One, modules),
        Method::new("is_interned", Arity::One, |vm, _, args| {
            let o = args.get(vm, 0);
            let known = match vm.heap.str(o) {
                Some(text) => vm.heap.interned.get(text) == Some(o),
                None => false,
            };
            Ok(vm.new_bool(known))
        }),
        Method::new("unsupported", Arity::One, |vm, _, args| {
            let what = vm.text(args.get(vm, 0));
            vm.unsupported(what)
        }),
    ],
    init: |vm, dict| {
        module_spec::make_types(vm);
        for spec in [
            &module_spec::SPEC,
            &module_spec::LOADER_SPEC,
            &module_spec::BUILTIN_SPEC,
        ] {
            let short = spec.name.rsplit('.').next().unwrap_or(spec.name);
            let ty = vm.module_type(spec);
            vm.dict_set_name(dict, short, ty);
        }
        Ok(())
    },
};

/// The spec of a name, or None; with a second argument it is looked for in those folders.
fn find_spec(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.text(args.get(vm, 0));
    let spec = vm.find_spec(&name, args.get(vm, 1))?;
    Ok(if spec.is_null() { vm.new_none() } else { spec })
}

/// The modules in a folder that imports may read: names, and whether they are packages.
fn modules(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let folder = vm.text(args.get(vm, 0));
    let mut rows = Vec::new();
    for (name, is_package) in vm.options.clone().files.modules_in(&folder) {
        let items = vec![vm.new_str(&name), vm.new_bool(is_package)];
        rows.push(vm.new_tuple(items));
    }
    Ok(vm.new_list(rows))
}
