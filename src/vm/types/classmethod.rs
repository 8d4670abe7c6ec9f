//! `classmethod` and `staticmethod` (`Objects/funcobject.c`).

use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static STATIC_SPEC: TypeSpec = TypeSpec {
    base_type: true,
    has_dict: true,
    doc: "staticmethod(function) -> method\n\nA function that is found through a class but not bound.",
    getset: ATTRIBUTES,
    slots: |s| {
        s.tp_new = Some(new_static);
        s.tp_init = Some(init);
        s.tp_repr = Some(|vm, this| shown(vm, this, "staticmethod"));
        s.tp_descr_get = Some(static_get);
        s.tp_call = Some(|vm, this, args| {
            let func = wrapped(vm, this);
            vm.hold_ref(func);
            let result = vm.call_args(func, args);
            vm.let_go(result)
        });
    },
    ..TypeSpec::new("staticmethod")
};

pub static SPEC: TypeSpec = TypeSpec {
    base_type: true,
    has_dict: true,
    doc: "classmethod(function) -> method\n\nA function that is bound to the class it is found through.",
    getset: ATTRIBUTES,
    slots: |s| {
        s.tp_new = Some(new_class);
        s.tp_init = Some(init);
        s.tp_repr = Some(|vm, this| shown(vm, this, "classmethod"));
        s.tp_descr_get = Some(class_get);
    },
    ..TypeSpec::new("classmethod")
};

static ATTRIBUTES: &[GetSet] = &[
    GetSet::new("__func__", get_wrapped),
    GetSet::new("__wrapped__", get_wrapped),
    GetSet::new("__isabstractmethod__", |vm, this| {
        let func = wrapped(vm, this);
        let answer = !func.is_null() && vm.is_abstract(func)?;
        Ok(vm.new_bool(answer))
    }),
    GetSet::rw("__dict__", super::object::get_dict, super::object::replace_dict),
];

fn wrapped(vm: &Machine, this: Obj) -> Obj {
    match vm.heap.base(this) {
        Payload::StaticMethod(parts) | Payload::ClassMethod(parts) => parts[0],
        _ => NULL,
    }
}

fn get_wrapped(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let func = wrapped(vm, this);
    Ok(if func.is_null() { vm.new_none() } else { vm.new_ref(func) })
}

fn new_static(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let none = vm.new_none();
    Ok(vm.alloc_instance(class, Payload::StaticMethod([none, NULL])))
}

fn new_class(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let none = vm.new_none();
    Ok(vm.alloc_instance(class, Payload::ClassMethod([none, NULL])))
}

/// Takes the function, and its name and documentation with it.
fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let kind = if matches!(vm.heap.base(this), Payload::StaticMethod(_)) { "staticmethod" } else { "classmethod" };
    if args.kw_len(vm) > 0 {
        return vm.type_error(format!("{kind}() takes no keyword arguments"));
    }
    if args.len() != 1 {
        let given = args.len();
        return vm.type_error(format!("{kind} expected 1 argument, got {given}"));
    }
    let func = args.get(vm, 0);
    vm.incref(func);
    let old = match vm.heap.base_mut(this) {
        Payload::StaticMethod(parts) | Payload::ClassMethod(parts) => std::mem::replace(&mut parts[0], func),
        _ => NULL,
    };
    vm.xdecref(old);
    vm.copy_function_attributes(func, this);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    Ok(())
}

fn shown(vm: &mut Machine, this: Obj, what: &str) -> PyResult<Obj> {
    let func = wrapped(vm, this);
    let func = vm.repr_text(func)?;
    Ok(vm.new_string(format!("<{what}({func})>")))
}

fn static_get(vm: &mut Machine, this: Obj, _: Obj, _: Obj) -> PyResult<Obj> {
    let func = wrapped(vm, this);
    Ok(vm.new_ref(func))
}

/// A descriptor inside is asked for the class; anything else is bound to it (`cm_descr_get`).
fn class_get(vm: &mut Machine, this: Obj, obj: Obj, owner: Obj) -> PyResult<Obj> {
    let owner = if owner.is_null() { vm.heap.ty(obj) } else { owner };
    let func = wrapped(vm, this);
    match vm.slots_of(func).tp_descr_get {
        Some(get) => get(vm, func, owner, owner),
        None => Ok(vm.new_method(func, owner)),
    }
}
