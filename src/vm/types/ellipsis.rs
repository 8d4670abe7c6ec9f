//! `Ellipsis` (`Objects/sliceobject.c`).

use super::none::no_arguments;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;

pub static SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("ellipsis")
};

static METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, |vm, _, _| {
    Ok(vm.new_str("Ellipsis"))
})];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(|vm, _, args| {
        no_arguments(vm, args, "EllipsisType")?;
        let o = vm.ellipsis;
        Ok(vm.new_ref(o))
    });
    slots.tp_repr = Some(|vm, _| Ok(vm.new_str("Ellipsis")));
}
