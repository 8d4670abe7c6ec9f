//! Bound methods.

use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};
use crate::vm::args::Args;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    doc: "Create a bound instance method object.",
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: GETSET,
    slots,
    ..TypeSpec::new("method")
};

fn slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_hash = Some(hash);
    s.tp_call = Some(call);
    s.tp_getattro = Some(getattro);
    s.tp_richcompare = Some(compare);
    s.tp_descr_get = Some(descr_get);
    s.tp_new = Some(new);
}

static GETSET: &[GetSet] = &[GetSet::new("__func__", get_func), GetSet::new("__self__", get_self), GetSet::new("__doc__", get_doc)];

/// Function and object; borrowed.
fn parts(vm: &Machine, this: Obj) -> (Obj, Obj) {
    match vm.heap.payload(this) {
        Payload::Method { func, this } => (*func, *this),
        _ => panic!("a method's attribute on something else"),
    }
}

/// The attribute of the object that has the function's name.
fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (func, object) = parts(vm, this);
    let name = vm.get_attr(func, vm.names.__name__)?;
    let object = vm.new_ref(object);
    let found = vm.new_tuple(vec![object, name]);
    let getattr = vm.dict_get_name(vm.builtins, "getattr").some().unwrap_or(vm.none);
    let getattr = vm.new_ref(getattr);
    Ok(vm.new_tuple(vec![getattr, found]))
}

/// `method_repr`
fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (func, object) = parts(vm, this);
    let mut name = "?".to_string();
    for attribute in [vm.names.__qualname__, vm.names.__name__] {
        if let Some(found) = vm.lookup_attr(func, attribute)? {
            if vm.heap.str(found).is_some() {
                name = vm.text(found);
                vm.decref(found);
                break;
            }
            vm.decref(found);
        }
    }
    let shown = vm.repr_text(object)?;
    Ok(vm.new_string(format!("<bound method {name} of {shown}>")))
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let (func, object) = parts(vm, this);
    let hash = vm.identity_hash(object) ^ vm.hash(func)?;
    Ok(if hash == -1 { -2 } else { hash })
}

fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (func, object) = parts(vm, this);
    vm.call_with_this(func, object, args)
}

/// The method's own attributes, then the function's (`method_getattro`).
fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let descr = vm.type_lookup(vm.types.method, name);
    if !descr.is_null() {
        return match vm.slots_of(descr).tp_descr_get {
            Some(get) => get(vm, descr, this, vm.types.method),
            None => Ok(vm.new_ref(descr)),
        };
    }
    let (func, _) = parts(vm, this);
    vm.get_attr(func, name)
}

/// Equal if functions are equal and the object is the same one.
fn compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let both = vm.is_exact(b, vm.types.method) && matches!(op, CmpOp::Eq | CmpOp::Ne);
    if !both {
        return Ok(vm.new_not_implemented());
    }
    let ((fa, oa), (fb, ob)) = (parts(vm, a), parts(vm, b));
    let equal = vm.rich_compare_bool(fa, fb, CmpOp::Eq)? && oa == ob;
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

fn descr_get(vm: &mut Machine, this: Obj, _obj: Obj, _owner: Obj) -> PyResult<Obj> {
    Ok(vm.new_ref(this))
}

/// `MethodType(function, object)`
fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("method() takes no keyword arguments".to_string());
    }
    if args.len() != 2 {
        let n = args.len();
        return vm.type_error(format!("method expected 2 arguments, got {n}"));
    }
    let (func, object) = (args.get(vm, 0), args.get(vm, 1));
    if vm.slots_of(func).tp_call.is_none() {
        return vm.type_error("first argument must be callable".to_string());
    }
    if object == vm.none {
        return vm.type_error("self must not be None".to_string());
    }
    Ok(vm.new_method(func, object))
}

fn get_func(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (func, _) = parts(vm, this);
    Ok(vm.new_ref(func))
}

fn get_self(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (_, object) = parts(vm, this);
    Ok(vm.new_ref(object))
}

fn get_doc(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (func, _) = parts(vm, this);
    match vm.lookup_attr(func, vm.names.__doc__)? {
        Some(doc) => Ok(doc),
        None => Ok(vm.new_none()),
    }
}

/// What a bound method is bound to, or NULL; borrowed.
pub fn bound_to(vm: &Machine, o: Obj) -> Obj {
    match vm.heap.payload(o) {
        Payload::Method { this, .. } => *this,
        _ => NULL,
    }
}
