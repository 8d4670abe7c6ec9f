//! `None` and `NotImplemented` (`Objects/object.c`).

use crate::heap::Obj;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    gc: false,
    slots: fill,
    ..TypeSpec::new("NoneType")
};

pub static NOT_IMPLEMENTED_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: NOT_IMPLEMENTED_METHODS,
    slots: fill_not_implemented,
    ..TypeSpec::new("NotImplementedType")
};

static NOT_IMPLEMENTED_METHODS: &[Method] =
    &[Method::new("__reduce__", Arity::NoArgs, |vm, _, _| {
        Ok(vm.new_str("NotImplemented"))
    })];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(|vm, _, args| {
        no_arguments(vm, args, "NoneType")?;
        Ok(vm.new_none())
    });
    slots.tp_repr = Some(|vm, _| Ok(vm.intern("None")));
    slots.nb_bool = Some(|_, _| Ok(false));
}

fn fill_not_implemented(slots: &mut Slots) {
    slots.tp_new = Some(|vm, _, args| {
        no_arguments(vm, args, "NotImplementedType")?;
        Ok(vm.new_not_implemented())
    });
    slots.tp_repr = Some(|vm, _| Ok(vm.new_str("NotImplemented")));
    slots.nb_bool = Some(not_implemented_bool);
}

/// The singletons' types take no arguments.
pub(super) fn no_arguments(vm: &mut Machine, args: Args, name: &str) -> PyResult<()> {
    if args.is_empty() && args.kw_len(vm) == 0 {
        return Ok(());
    }
    vm.type_error(format!("{name} takes no arguments"))
}

fn not_implemented_bool(vm: &mut Machine, _: Obj) -> PyResult<bool> {
    vm.warn(
        vm.types.deprecation_warning,
        "NotImplemented should not be used in a boolean context",
        1,
    )?;
    Ok(true)
}
