//! `localcontext`: a context for the time of a `with` statement.

use super::context::{copy_of, current, optional, set_current};
use super::convert::keywords;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: &[
        Method::new("__enter__", Arity::NoArgs, enter),
        Method::new("__exit__", Arity::Any, exit).varargs(),
    ],
    ..TypeSpec::new("decimal.ContextManager")
};

#[derive(Clone)]
struct Manager {
    local: Obj,
    global: Obj,
}

impl Native for Manager {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("local"), self.local);
        f(Edge::Field("global"), self.global);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.local, NULL),
            std::mem::replace(&mut self.global, NULL),
        ]
    }
    native_boilerplate!();
}

fn parts(vm: &Machine, this: Obj) -> (Obj, Obj) {
    let manager = vm
        .heap
        .native::<Manager>(this)
        .expect("checked by the type");
    (manager.local, manager.global)
}

pub fn localcontext(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = keywords(vm, args, &["ctx"], 0)?;
    let context = optional(vm, given[0])?;
    let global = current(vm);
    let global = vm.new_ref(global);
    let local = copy_of(vm, context, false);
    let class = vm.module_type(&SPEC);
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Manager { local, global }))),
    ))
}

fn enter(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (local, _) = parts(vm, this);
    set_current(vm, local);
    Ok(vm.new_ref(local))
}

fn exit(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (_, global) = parts(vm, this);
    set_current(vm, global);
    Ok(vm.new_bool(false))
}
