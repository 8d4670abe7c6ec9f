//! `mappingproxy`: a read-only view of any mapping (`mappingproxy_*` of `Objects/descrobject.c`).

use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::req;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};
use crate::bytecode::opcode::Op;

pub static SPEC: TypeSpec = TypeSpec {
    mapping: true,
    methods: &[
        Method::new("get", Arity::Positional(1, 2), get)
            .doc("D.get(k[,d]) -> D[k] if k in D, else d.  d defaults to None."),
        Method::new("keys", Arity::NoArgs, |vm, this, _| forward(vm, this, "keys"))
            .doc("D.keys() -> a set-like object providing a view on D's keys"),
        Method::new("values", Arity::NoArgs, |vm, this, _| forward(vm, this, "values"))
            .doc("D.values() -> an object providing a view on D's values"),
        Method::new("items", Arity::NoArgs, |vm, this, _| forward(vm, this, "items"))
            .doc("D.items() -> a set-like object providing a view on D's items"),
        Method::new("copy", Arity::NoArgs, |vm, this, _| forward(vm, this, "copy")).doc("D.copy() -> a shallow copy of D"),
        Method::class("__class_getitem__", Arity::One, super::generic_alias::class_getitem).doc("See PEP 585"),
        Method::new("__reversed__", Arity::NoArgs, |vm, this, _| forward(vm, this, "__reversed__"))
            .doc("D.__reversed__() -> reverse iterator"),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_str = Some(|vm, this| {
            let mapping = mapping_of(vm, this);
            vm.str_of(mapping)
        });
        s.tp_richcompare = Some(rich_compare);
        s.tp_iter = Some(|vm, this| {
            let mapping = mapping_of(vm, this);
            vm.get_iter(mapping)
        });
        s.mp_length = Some(|vm, this| {
            let mapping = mapping_of(vm, this);
            vm.len(mapping)
        });
        s.mp_subscript = Some(|vm, this, key| {
            let mapping = mapping_of(vm, this);
            vm.get_item(mapping, key)
        });
        s.sq_contains = Some(contains);
        s.nb_or = Some(or);
        s.nb_inplace_or = Some(inplace_or);
    },
    ..TypeSpec::new("mappingproxy")
};

fn mapping_of(vm: &Machine, this: Obj) -> Obj {
    match vm.heap.payload(this) {
        Payload::MappingProxy(mapping) => *mapping,
        _ => NULL,
    }
}

impl Machine {
    /// `PyDictProxy_New`
    pub fn new_mapping_proxy(&mut self, mapping: Obj) -> PyResult<Obj> {
        self.incref(mapping);
        Ok(self.alloc_gc(self.types.mapping_proxy, Payload::MappingProxy(mapping)))
    }
}

/// Lists and tuples have subscripts too, but are no mappings (`mappingproxy_check_mapping`).
fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    let [mapping] = vm.unpack("mappingproxy", args, &[req("mapping")])?;
    let is_mapping = vm.slots_of(mapping).mp_subscript.is_some();
    if !is_mapping || vm.heap.list(mapping).is_some() || vm.heap.tuple(mapping).is_some() {
        let name = vm.type_name(mapping);
        return vm.type_error(format!("mappingproxy() argument must be a mapping, not {name}"));
    }
    vm.new_mapping_proxy(mapping)
}

fn forward(vm: &mut Machine, this: Obj, method: &str) -> PyResult<Obj> {
    let mapping = mapping_of(vm, this);
    vm.call_method(mapping, method, &[])
}

fn get(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (key, default) = (args.get(vm, 0), args.get(vm, 1));
    let default = if default.is_null() { vm.none } else { default };
    let mapping = mapping_of(vm, this);
    vm.call_method(mapping, "get", &[key, default])
}

fn contains(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<bool> {
    let mapping = mapping_of(vm, this);
    vm.contains(mapping, key)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mapping = mapping_of(vm, this);
    let mut out = rustpython_wtf8::Wtf8Buf::new();
    out.push_str("mappingproxy(");
    vm.push_repr(&mut out, mapping)?;
    out.push_str(")");
    Ok(vm.new_wtf8(out))
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let mapping = mapping_of(vm, this);
    vm.rich_compare(mapping, other, op)
}

/// Both proxies are looked through (`mappingproxy_or`).
fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let through = |vm: &Machine, o: Obj| mapping_of(vm, o).some().unwrap_or(o);
    let (a, b) = (through(vm, a), through(vm, b));
    vm.binary_op(Op::BinaryOr, a, b)
}

fn inplace_or(vm: &mut Machine, this: Obj, _other: Obj) -> PyResult<Obj> {
    let name = vm.type_name(this);
    vm.type_error(format!("'|=' is not supported by {name}; use '|' instead"))
}
