//! `types.SimpleNamespace` (`Objects/namespaceobject.c`).

use crate::heap::payload::Native;
use crate::heap::payload::class::Layout;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Namespace {
    dict: Obj,
}

impl Native for Namespace {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.dict, NULL)]
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Other,
    base_type: true,
    has_dict: true,
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)
        .doc("Return state information for pickling")],
    getset: &[GetSet::new("__dict__", |vm, this| {
        let dict = vm.instance_dict(this);
        Ok(vm.new_ref(dict))
    })],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_richcompare = Some(compare);
    },
    doc: "SimpleNamespace(**kwargs) - an object with these attributes",
    ..TypeSpec::new("types.SimpleNamespace")
};

/// The type, borrowed.
pub fn class(vm: &mut Machine) -> Obj {
    let object = vm.types.object;
    vm.make_module_type(&SPEC, object)
}

/// A namespace with these attributes; takes the dict over.
pub fn make(vm: &mut Machine, dict: Obj) -> Obj {
    let class = class(vm);
    vm.new_native(class, Namespace { dict })
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let dict = vm.new_dict();
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Namespace { dict }))),
    ))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if !args.is_empty() {
        return vm.type_error("no positional arguments expected".to_string());
    }
    let dict = vm.heap.dict_of(this);
    for (name, value) in args.keywords(vm) {
        vm.dict_set_str(dict, name, value);
    }
    Ok(())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let name = if class == self::class(vm) {
        "namespace".to_string()
    } else {
        vm.class_name(class)
    };
    if vm.repr_enter(this) {
        return Ok(vm.new_string(format!("{name}(...)")));
    }
    let mut parts = Vec::new();
    let mut failed = None;
    // A list of the pairs, one of the keys, and its iterator.
    vm.reserve_list();
    vm.reserve_list();
    vm.count_allocation();
    for (key, value) in vm.heap.dict_items(vm.heap.dict_of(this)) {
        let key = vm.text(key);
        match vm.repr_text(value) {
            Ok(value) => parts.push(format!("{key}={value}")),
            Err(thrown) => {
                failed = Some(thrown);
                break;
            }
        }
    }
    vm.repr_leave(this);
    vm.count_deallocation();
    vm.give_back_list();
    vm.give_back_list();
    match failed {
        Some(thrown) => Err(thrown),
        None => Ok(vm.new_string(format!("{name}({})", parts.join(", ")))),
    }
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let class = self::class(vm);
    if !vm.is_subtype(vm.heap.ty(this), class) || !vm.is_subtype(vm.heap.ty(other), class) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (vm.heap.dict_of(this), vm.heap.dict_of(other));
    vm.rich_compare(a, b, op)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (ty, dict, empty) = (vm.heap.ty(this), vm.heap.dict_of(this), vm.empty_tuple);
    Ok(vm.new_tuple_of(&[ty, empty, dict]))
}
