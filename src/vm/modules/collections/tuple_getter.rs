//! `_tuplegetter`: the descriptor behind a namedtuple's field (`tuplegetter_*`).

use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct TupleGetter {
    index: i64,
    doc: Obj,
}

impl Native for TupleGetter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("__doc__"), self.doc);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.doc, NULL)]
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__reduce__", Arity::NoArgs, reduce)],
    getset: &[GetSet::rw(
        "__doc__",
        |vm, this| {
            let doc = getter(vm, this).doc;
            Ok(vm.new_ref(doc))
        },
        |vm, this, value| {
            let value = if value.is_null() { vm.none } else { value };
            vm.incref(value);
            let place: &mut TupleGetter = vm.heap.native_mut(this).expect("a tuple getter");
            let old = std::mem::replace(&mut place.doc, value);
            vm.decref(old);
            Ok(())
        },
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_descr_get = Some(descr_get);
        s.tp_descr_set = Some(descr_set);
        s.tp_repr = Some(repr);
    },
    ..TypeSpec::new("_collections._tuplegetter")
};

fn getter(vm: &Machine, this: Obj) -> &TupleGetter {
    vm.heap.native(this).expect("a tuple getter")
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.len() != 2 {
        let given = args.len();
        return vm.type_error(format!("_tuplegetter expected 2 arguments, got {given}"));
    }
    let index = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)? as i64;
    let doc = args.get(vm, 1);
    vm.incref(doc);
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(TupleGetter { index, doc }))),
    ))
}

fn descr_get(vm: &mut Machine, this: Obj, obj: Obj, _owner: Obj) -> PyResult<Obj> {
    if obj.is_null() || obj == vm.none {
        return Ok(vm.new_ref(this));
    }
    let index = getter(vm, this).index;
    let Some(items) = vm.heap.tuple(obj) else {
        let name = vm.type_name(obj);
        return vm.type_error(format!(
            "descriptor for index '{index}' for tuple subclasses doesn't apply to '{name}' object"
        ));
    };
    match usize::try_from(index)
        .ok()
        .and_then(|i| items.get(i).copied())
    {
        Some(item) => Ok(vm.new_ref(item)),
        None => vm.raise(vm.types.index_error, "tuple index out of range".to_string()),
    }
}

fn descr_set(vm: &mut Machine, _this: Obj, _obj: Obj, value: Obj) -> PyResult<()> {
    let what = if value.is_null() { "delete" } else { "set" };
    vm.raise(vm.types.attribute_error, format!("can't {what} attribute"))
}

fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let TupleGetter { index, doc } = *getter(vm, this);
    let index = vm.new_int(index);
    let doc = vm.new_ref(doc);
    let args = vm.new_tuple(vec![index, doc]);
    let ty = vm.heap.ty(this);
    let ty = vm.new_ref(ty);
    Ok(vm.new_tuple(vec![ty, args]))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let TupleGetter { index, doc } = *getter(vm, this);
    let doc = vm.repr_text(doc)?;
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    Ok(vm.new_string(format!("{name}({index}, {doc})")))
}
