//! `builtin_function_or_method` (`Objects/methodobject.c`).

use super::descriptor::{doc_object, signature_object};
use crate::heap::payload::BuiltinFn;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: &[
        GetSet::new("__doc__", |vm, this| {
            let BuiltinFn { def, this, .. } = *parts(vm, this);
            let name = vm.native_qualname(def, this);
            Ok(doc_object(vm, def.doc, &name))
        }),
        GetSet::new("__name__", |vm, this| {
            let name = parts(vm, this).def.name;
            Ok(vm.intern(name))
        }),
        GetSet::new("__qualname__", qualname),
        GetSet::new("__self__", |vm, this| {
            let object = parts(vm, this).this;
            Ok(if object.is_null() { vm.new_none() } else { vm.new_ref(object) })
        }),
        GetSet::new("__text_signature__", |vm, this| {
            let BuiltinFn { def, this, .. } = *parts(vm, this);
            let name = vm.native_qualname(def, this);
            Ok(signature_object(vm, def.doc, &name))
        }),
        GetSet::rw("__module__", get_module, set_module),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_call = Some(|vm, this, args| vm.call_args(this, args));
        s.tp_richcompare = Some(compare);
        s.tp_hash = Some(hash);
    },
    ..TypeSpec::new("builtin_function_or_method")
};

/// A bound method that is told the class that defines it (`PyCMethod_Type`).
pub static METHOD_SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    ..TypeSpec::new("builtin_method")
};

fn parts(vm: &Machine, this: Obj) -> &BuiltinFn {
    match vm.heap.payload(this) {
        Payload::Builtin(builtin) => builtin,
        _ => panic!("checked by the type"),
    }
}

fn get_module(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let module = parts(vm, this).module;
    Ok(if module.is_null() { vm.new_none() } else { vm.new_ref(module) })
}

fn set_module(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    vm.xincref(value);
    let old = match vm.heap.payload_mut(this) {
        Payload::Builtin(builtin) => std::mem::replace(&mut builtin.module, value),
        _ => panic!("checked by the type"),
    };
    vm.xdecref(old);
    Ok(())
}

/// Whether it is bound to something that is no module.
fn is_method(vm: &Machine, this: Obj) -> bool {
    let object = parts(vm, this).this;
    !object.is_null() && !matches!(vm.heap.base(object), Payload::Module { .. })
}

fn qualname(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (def, object) = (parts(vm, this).def, parts(vm, this).this);
    if !is_method(vm, this) {
        return Ok(vm.intern(def.name));
    }
    let class = if vm.heap.is_class(object) { object } else { vm.heap.ty(object) };
    let owner = vm.class_qualname(class);
    Ok(vm.new_string(format!("{owner}.{}", def.name)))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, object) = (parts(vm, this).def.name, parts(vm, this).this);
    if !is_method(vm, this) {
        return Ok(vm.new_string(format!("<built-in function {name}>")));
    }
    let (owner, address) = (vm.type_name(object), vm.id_of(object));
    Ok(vm.new_string(format!("<built-in method {name} of {owner} object at {address:#x}>")))
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Payload::Builtin(a), Payload::Builtin(b)) = (vm.heap.payload(this), vm.heap.payload(other)) else {
        return Ok(vm.new_not_implemented());
    };
    let equal = a.this == b.this && std::ptr::eq(a.def, b.def);
    match op {
        CmpOp::Eq => Ok(vm.new_bool(equal)),
        CmpOp::Ne => Ok(vm.new_bool(!equal)),
        _ => Ok(vm.new_not_implemented()),
    }
}

/// By the object it is bound to and the name: the address of a Rust function would differ between runs.
fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let (name, object) = (parts(vm, this).def.name, parts(vm, this).this);
    let own = crate::heap::payload::str::hash_bytes(name.as_bytes());
    let hash = if object == NULL { own } else { own ^ vm.identity_hash(object) };
    Ok(if hash == -1 { -2 } else { hash })
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (name, object) = (parts(vm, this).def.name, parts(vm, this).this);
    if !is_method(vm, this) {
        return Ok(vm.intern(name));
    }
    let getattr = vm.dict_get_name(vm.builtins, "getattr");
    let name = vm.intern(name);
    vm.incref(object);
    let inner = vm.new_tuple(vec![object, name]);
    let getattr = if getattr.is_null() { vm.none } else { getattr };
    let result = vm.new_tuple_of(&[getattr, inner]);
    vm.decref(inner);
    Ok(result)
}
