//! Descriptors of built-in types: methods, class methods, computed attributes, slot wrappers, `__slots__` members, and slot
//! wrappers bound to an object (`Objects/descrobject.c`).

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static METHOD_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: WITH_SIGNATURE,
    slots: |s| {
        s.tp_repr = Some(|vm, this| shown(vm, this, "method"));
        s.tp_call = Some(method_call);
        s.tp_descr_get = Some(method_get);
    },
    ..TypeSpec::new("method_descriptor")
};

pub static CLASSMETHOD_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: WITH_SIGNATURE,
    slots: |s| {
        s.tp_repr = Some(|vm, this| shown(vm, this, "method"));
        s.tp_call = Some(classmethod_call);
        s.tp_descr_get = Some(classmethod_get);
    },
    ..TypeSpec::new("classmethod_descriptor")
};

pub static GETSET_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: NAMES,
    slots: |s| {
        s.tp_repr = Some(|vm, this| shown(vm, this, "attribute"));
        s.tp_descr_get = Some(getset_get);
        s.tp_descr_set = Some(getset_set);
    },
    ..TypeSpec::new("getset_descriptor")
};

pub static MEMBER_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: NAMES,
    slots: |s| {
        s.tp_repr = Some(|vm, this| shown(vm, this, "member"));
        s.tp_descr_get = Some(member_get);
        s.tp_descr_set = Some(member_set);
    },
    ..TypeSpec::new("member_descriptor")
};

pub static WRAPPER_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: WITH_SIGNATURE,
    slots: |s| {
        s.tp_repr = Some(|vm, this| shown(vm, this, "slot wrapper"));
        s.tp_call = Some(wrapper_call);
        s.tp_descr_get = Some(wrapper_get);
    },
    ..TypeSpec::new("wrapper_descriptor")
};

pub static METHOD_WRAPPER_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, bound_reduce)],
    getset: &[
        GetSet::new("__objclass__", |vm, this| {
            let descr = bound(vm, this).0;
            objclass(vm, descr)
        }),
        GetSet::new("__name__", |vm, this| {
            let descr = bound(vm, this).0;
            name(vm, descr)
        }),
        GetSet::new("__qualname__", |vm, this| {
            let descr = bound(vm, this).0;
            qualname(vm, descr)
        }),
        GetSet::new("__doc__", |vm, this| {
            let descr = bound(vm, this).0;
            doc(vm, descr)
        }),
        GetSet::new("__text_signature__", |vm, this| {
            let descr = bound(vm, this).0;
            text_signature(vm, descr)
        }),
        GetSet::new("__self__", |vm, this| {
            let object = bound(vm, this).1;
            Ok(vm.new_ref(object))
        }),
    ],
    slots: |s| {
        s.tp_repr = Some(bound_repr);
        s.tp_call = Some(bound_call);
        s.tp_richcompare = Some(bound_compare);
        s.tp_hash = Some(bound_hash);
    },
    ..TypeSpec::new("method-wrapper")
};

static NAMES: &[GetSet] = &[
    GetSet::new("__objclass__", objclass),
    GetSet::new("__name__", name),
    GetSet::new("__qualname__", qualname),
    GetSet::new("__doc__", doc),
];

static WITH_SIGNATURE: &[GetSet] = &[
    GetSet::new("__objclass__", objclass),
    GetSet::new("__name__", name),
    GetSet::new("__qualname__", qualname),
    GetSet::new("__doc__", doc),
    GetSet::new("__text_signature__", text_signature),
];

/// What CPython's attributes that are no methods say of themselves: type, attribute, text with `\n` spelt out, in order.
static ATTRIBUTE_DOCS: &str = include_str!("attribute_docs.txt");

/// The documentation of an attribute of a built-in type; empty if it has none.
fn attribute_doc(class: &str, name: &str) -> String {
    if class.is_empty() || name.is_empty() {
        return String::new();
    }
    let row = ATTRIBUTE_DOCS.lines().find_map(|line| {
        let rest = line.strip_prefix(class)?.strip_prefix('\t')?;
        rest.strip_prefix(name)?.strip_prefix('\t')
    });
    row.unwrap_or_default().replace("\\n", "\n")
}

/// Name, class and documentation of a descriptor.
fn facts(vm: &Machine, this: Obj) -> (String, Obj, &'static str) {
    match vm.heap.payload(this) {
        Payload::MethodDescr { def, class } => (def.name.to_string(), *class, def.doc),
        Payload::GetSetDescr { def, class } => (def.name.to_string(), *class, def.doc),
        Payload::WrapperDescr { def, class } => (def.name.to_string(), *class, def.doc),
        Payload::Member(member) => (vm.text(member.name), member.class, ""),
        _ => panic!("a descriptor's method was called on something else"),
    }
}

/// The documentation without its signature line; the signature, if there is one (`_PyType_GetDocFromInternalDoc`).
pub fn split_doc(doc: &str) -> (&str, Option<&str>) {
    match doc.find(")\n--\n\n") {
        Some(at) => {
            let head = &doc[..at + 1];
            let from = head.find('(').unwrap_or(0);
            (&doc[at + 6..], Some(&head[from..]))
        }
        None => (doc, None),
    }
}

/// The attribute `__doc__` of what is so named: CPython's own where that is known, else the documentation of a table.
pub fn doc_object(vm: &mut Machine, doc: &'static str, name: &str) -> Obj {
    if let Some(text) = super::docstrings::find(name) {
        return vm.new_string(text);
    }
    let text = split_doc(doc).0;
    if text.is_empty() { vm.new_none() } else { vm.new_str(text) }
}

/// The attribute `__text_signature__`: from the documentation, else from the table of names.
pub fn signature_object(vm: &mut Machine, doc: &'static str, name: &str) -> Obj {
    if let Some(signature) = split_doc(doc).1 {
        return vm.new_str(signature);
    }
    match super::signatures::find(name) {
        Some(signature) => vm.new_string(signature),
        None => vm.new_none(),
    }
}

fn objclass(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = facts(vm, this).1;
    Ok(vm.new_ref(class))
}

fn name(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = facts(vm, this).0;
    Ok(vm.intern(&name))
}

fn qualname(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, class, _) = facts(vm, this);
    let owner = vm.class_qualname(class);
    Ok(vm.new_string(format!("{owner}.{name}")))
}

fn doc(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, class, doc) = facts(vm, this);
    let attribute = matches!(vm.heap.payload(this), Payload::GetSetDescr { .. } | Payload::Member(_));
    if doc.is_empty() && attribute {
        let known = attribute_doc(&vm.class_name(class), &name);
        return Ok(if known.is_empty() { vm.new_none() } else { vm.new_string(known) });
    }
    let owner = vm.class_name(class);
    let owner = owner.rsplit('.').next().unwrap_or(&owner);
    Ok(doc_object(vm, doc, &format!("{owner}.{name}")))
}

fn text_signature(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, class, doc) = facts(vm, this);
    let owner = vm.class_name(class);
    let owner = owner.rsplit('.').next().unwrap_or(&owner);
    Ok(signature_object(vm, doc, &format!("{owner}.{name}")))
}

/// `(getattr, (class, name))`
fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (name, class, _) = facts(vm, this);
    getattr_call(vm, class, &name)
}

fn getattr_call(vm: &mut Machine, o: Obj, name: &str) -> PyResult<Obj> {
    let getattr = vm.dict_get_name(vm.builtins, "getattr");
    let name = vm.new_str(name);
    vm.incref(o);
    let inner = vm.new_tuple(vec![o, name]);
    let getattr = if getattr.is_null() { vm.none } else { getattr };
    let result = vm.new_tuple_of(&[getattr, inner]);
    vm.decref(inner);
    Ok(result)
}

fn shown(vm: &mut Machine, this: Obj, what: &str) -> PyResult<Obj> {
    let (name, class, _) = facts(vm, this);
    let owner = vm.class_name(class);
    Ok(vm.new_string(format!("<{what} '{name}' of '{owner}' objects>")))
}

/// `descr_check`: the object is of the descriptor's class.
fn check(vm: &mut Machine, this: Obj, obj: Obj) -> PyResult<()> {
    let (name, class, _) = facts(vm, this);
    if vm.is_subtype(vm.heap.ty(obj), class) {
        return Ok(());
    }
    let (owner, got) = (vm.class_name(class), vm.type_name(obj));
    vm.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object"))
}

fn method_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    if obj.is_null() {
        return Ok(vm.new_ref(this));
    }
    check(vm, this, obj)?;
    let Payload::MethodDescr { def, class } = vm.heap.payload(this) else { panic!("checked by the type") };
    let (def, class) = (*def, *class);
    Ok(vm.new_bound_builtin(def, obj, class))
}

fn method_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let Payload::MethodDescr { def, class } = vm.heap.payload(this) else { panic!("checked by the type") };
    let (def, class) = (*def, *class);
    let obj = args.get(vm, 0);
    if obj.is_null() {
        let name = vm.class_name(class);
        let owner = name.rsplit('.').next().unwrap_or(&name);
        return vm.type_error(format!("unbound method {owner}.{}() needs an argument", def.name));
    }
    check(vm, this, obj)?;
    vm.call_native_named::<false>(def, obj, args.skip(1))
}

fn classmethod_get(vm: &mut Machine, this: Obj, obj: Obj, owner: Obj) -> PyResult<Obj> {
    let (name, class, _) = facts(vm, this);
    let own = vm.class_name(class);
    let owner = match (owner.is_null(), obj.is_null()) {
        (false, _) => owner,
        (true, false) => vm.heap.ty(obj),
        (true, true) => return vm.type_error(format!("descriptor '{name}' for type '{own}' needs either an object or a type")),
    };
    if !vm.heap.is_class(owner) {
        let got = vm.type_name(owner);
        return vm.type_error(format!("descriptor '{name}' for type '{own}' needs a type, not a '{got}' as arg 2"));
    }
    if !vm.is_subtype(owner, class) {
        let got = vm.class_name(owner);
        return vm.type_error(format!("descriptor '{name}' requires a subtype of '{own}' but received '{got}'"));
    }
    let Payload::MethodDescr { def, .. } = vm.heap.payload(this) else { panic!("checked by the type") };
    let def = *def;
    Ok(vm.new_builtin(def, owner, NULL))
}

fn classmethod_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let owner = args.get(vm, 0);
    if owner.is_null() {
        return needs_argument(vm, this);
    }
    let method = classmethod_get(vm, this, NULL, owner)?;
    vm.with_held(method, |vm, method| vm.call_args(method, args.skip(1)))
}

fn needs_argument(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, class, _) = facts(vm, this);
    let own = vm.class_name(class);
    vm.type_error(format!("descriptor '{name}' of '{own}' object needs an argument"))
}

fn getset_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    if obj.is_null() {
        return Ok(vm.new_ref(this));
    }
    let Payload::GetSetDescr { def, class } = vm.heap.payload(this) else { panic!("checked by the type") };
    let (def, class) = (*def, *class);
    if !vm.is_subtype(vm.heap.ty(obj), class) {
        check(vm, this, obj)?;
    }
    (def.get)(vm, obj)
}

fn getset_set(vm: &mut Machine, this: Obj, obj: Obj, value: Obj) -> PyResult<()> {
    check(vm, this, obj)?;
    let Payload::GetSetDescr { def, class } = vm.heap.payload(this) else { panic!("checked by the type") };
    let (def, class) = (*def, *class);
    match def.set {
        Some(set) => set(vm, obj, value),
        None => {
            let owner = vm.class_name(class);
            vm.raise(vm.types.attribute_error, format!("attribute '{}' of '{owner}' objects is not writable", def.name))
        }
    }
}

fn member_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    if obj.is_null() {
        return Ok(vm.new_ref(this));
    }
    if let Payload::GetSetDescr { .. } = vm.heap.payload(this) {
        return getset_get(vm, this, obj, NULL);
    }
    check(vm, this, obj)?;
    let index = member_index(vm, this);
    let value = match vm.heap.payload(obj) {
        Payload::Ext(ext) => ext.slots.get(index).copied().unwrap_or(NULL),
        _ => NULL,
    };
    if value.is_null() {
        let (owner, name) = (vm.type_name(obj), facts(vm, this).0);
        return vm.raise(vm.types.attribute_error, format!("'{owner}' object has no attribute '{name}'"));
    }
    Ok(vm.new_ref(value))
}

fn member_index(vm: &Machine, this: Obj) -> usize {
    match vm.heap.payload(this) {
        Payload::Member(member) => usize::from(member.index),
        _ => panic!("checked by the type"),
    }
}

fn member_set(vm: &mut Machine, this: Obj, obj: Obj, value: Obj) -> PyResult<()> {
    check(vm, this, obj)?;
    if let Payload::GetSetDescr { def, .. } = vm.heap.payload(this) {
        return match def.set {
            Some(set) => set(vm, obj, value),
            None => vm.raise(vm.types.attribute_error, "readonly attribute".to_string()),
        };
    }
    let index = member_index(vm, this);
    vm.xincref(value);
    let old = match vm.heap.payload_mut(obj) {
        Payload::Ext(ext) if index < ext.slots.len() => std::mem::replace(&mut ext.slots[index], value),
        _ => panic!("a class with slots has instances with room for them"),
    };
    if value.is_null() && old.is_null() {
        let name = facts(vm, this).0;
        return vm.raise(vm.types.attribute_error, name);
    }
    vm.xdecref(old);
    Ok(())
}

fn wrapper_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    if obj.is_null() {
        return Ok(vm.new_ref(this));
    }
    check(vm, this, obj)?;
    vm.incref(this);
    vm.incref(obj);
    Ok(vm.new_native(vm.types.method_wrapper, MethodWrapper { descr: this, this: obj }))
}

fn wrapper_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let obj = args.get(vm, 0);
    if obj.is_null() {
        return needs_argument(vm, this);
    }
    let (name, class, _) = facts(vm, this);
    if !vm.is_subtype(vm.heap.ty(obj), class) {
        let (owner, got) = (vm.class_name(class), vm.type_name(obj));
        return vm.type_error(format!("descriptor '{name}' requires a '{owner}' object but received a '{got}'"));
    }
    // The arguments without the object are a tuple of their own.
    let mark = vm.mark();
    let args = vm.hold_argument_slice(args.skip(1));
    let result = call_wrapper(vm, this, obj, args);
    vm.releasing(mark, result)
}

fn call_wrapper(vm: &mut Machine, descr: Obj, obj: Obj, args: Args) -> PyResult<Obj> {
    let Payload::WrapperDescr { def, class } = vm.heap.payload(descr) else { panic!("checked by the type") };
    let (def, class) = (*def, *class);
    if args.kw_len(vm) > 0 && !matches!(def.name, "__init__" | "__call__") {
        return vm.type_error(format!("wrapper {}() takes no keyword arguments", def.name));
    }
    let slots = vm.heap.class(class).slots.clone();
    (def.wrapper)(vm, &slots, obj, args)
}

/// A slot wrapper bound to an object.
#[derive(Clone)]
struct MethodWrapper {
    descr: Obj,
    this: Obj,
}

impl Native for MethodWrapper {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("descriptor"), self.descr);
        f(Edge::Field("__self__"), self.this);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.descr, NULL), std::mem::replace(&mut self.this, NULL)]
    }
    native_boilerplate!();
}

/// Descriptor and object.
fn bound(vm: &Machine, this: Obj) -> (Obj, Obj) {
    let wrapper = vm.heap.native::<MethodWrapper>(this).expect("checked by the type");
    (wrapper.descr, wrapper.this)
}

fn bound_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (descr, object) = bound(vm, this);
    let (name, owner, address) = (facts(vm, descr).0, vm.type_name(object), vm.id_of(object));
    Ok(vm.new_string(format!("<method-wrapper '{name}' of {owner} object at {address:#x}>")))
}

fn bound_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (descr, object) = bound(vm, this);
    call_wrapper(vm, descr, object, args)
}

fn bound_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Some(a), Some(b)) = (vm.heap.native::<MethodWrapper>(this), vm.heap.native::<MethodWrapper>(other)) else {
        return Ok(vm.new_not_implemented());
    };
    let equal = a.descr == b.descr && a.this == b.this;
    match op {
        CmpOp::Eq => Ok(vm.new_bool(equal)),
        CmpOp::Ne => Ok(vm.new_bool(!equal)),
        _ => Ok(vm.new_not_implemented()),
    }
}

fn bound_hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let (descr, object) = bound(vm, this);
    Ok(vm.identity_hash(object) ^ vm.identity_hash(descr))
}

fn bound_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (descr, object) = bound(vm, this);
    let name = facts(vm, descr).0;
    getattr_call(vm, object, &name)
}

impl Machine {
    /// `__qualname__` of a class.
    pub fn class_qualname(&self, class: Obj) -> String {
        let c = self.heap.class(class);
        if c.qualname.is_null() { c.name.rsplit('.').next().unwrap_or_default().to_string() } else { self.text(c.qualname) }
    }
}
