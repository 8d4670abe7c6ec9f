//! The `memo` attribute of picklers and unpicklers: a stand-in that can be cleared, copied, and given to another one.

use super::{pickler, unpickler};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Proxy {
    of: Obj,
}

impl Native for Proxy {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("pickler"), self.of);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.of, NULL)]
    }
    native_boilerplate!();
}

pub static PICKLER_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("clear", Arity::NoArgs, |vm, this, _| {
            let of = owner(vm, this);
            pickler::forget_all(vm, of);
            Ok(vm.new_none())
        })
        .doc("clear($self, /)\n--\n\nRemove all items from memo."),
        Method::new("copy", Arity::NoArgs, copy_pickler)
            .doc("copy($self, /)\n--\n\nCopy the memo to a new object."),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, args| {
            let copy = copy_pickler(vm, this, args)?;
            Ok(as_dict_call(vm, copy))
        })
        .doc("__reduce__($self, /)\n--\n\nImplement pickle support."),
    ],
    slots: |s| s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented),
    ..TypeSpec::new("_pickle.PicklerMemoProxy")
};

pub static UNPICKLER_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("clear", Arity::NoArgs, |vm, this, _| {
            let of = owner(vm, this);
            unpickler::forget_all(vm, of);
            Ok(vm.new_none())
        })
        .doc("clear($self, /)\n--\n\nRemove all items from memo."),
        Method::new("copy", Arity::NoArgs, copy_unpickler)
            .doc("copy($self, /)\n--\n\nCopy the memo to a new object."),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, args| {
            let copy = copy_unpickler(vm, this, args)?;
            Ok(as_dict_call(vm, copy))
        })
        .doc("__reduce__($self, /)\n--\n\nImplement pickling support."),
    ],
    slots: |s| s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented),
    ..TypeSpec::new("_pickle.UnpicklerMemoProxy")
};

fn owner(vm: &Machine, this: Obj) -> Obj {
    vm.heap
        .native::<Proxy>(this)
        .expect("checked by the type")
        .of
}

fn as_dict_call(vm: &mut Machine, copy: Obj) -> Obj {
    let args = vm.new_tuple(vec![copy]);
    let dict = vm.new_ref(vm.types.dict);
    vm.new_tuple(vec![dict, args])
}

pub fn get_pickler(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&PICKLER_SPEC);
    vm.incref(this);
    Ok(vm.new_native(class, Proxy { of: this }))
}

pub fn get_unpickler(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&UNPICKLER_SPEC);
    vm.incref(this);
    Ok(vm.new_native(class, Proxy { of: this }))
}

/// `{id: (number, object)}`
fn copy_pickler(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of = owner(vm, this);
    let memo = pickler::parts(vm, of).memo.clone();
    let dict = vm.new_dict();
    vm.hold(dict);
    for o in memo.order {
        let id = vm.new_big_int(vm.id_of(o).into());
        vm.hold(id);
        let number = vm.new_int(memo.index[&o] as i64);
        vm.incref(o);
        let pair = vm.new_tuple(vec![number, o]);
        vm.hold(pair);
        let set = vm.dict_set(dict, id, pair);
        let set = vm.let_go(set);
        vm.let_go(set)?;
    }
    Ok(vm.unhold())
}

/// `{number: object}`
fn copy_unpickler(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of = owner(vm, this);
    let memo: Vec<(u64, Obj)> = unpickler::parts(vm, of)
        .memo
        .iter()
        .map(|(n, o)| (*n, *o))
        .collect();
    let dict = vm.new_dict();
    vm.hold(dict);
    for (number, o) in memo {
        let number = vm.new_int(number as i64);
        vm.with_held(number, |vm, number| vm.dict_set(dict, number, o))?;
    }
    Ok(vm.unhold())
}

pub fn set_pickler(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let mut items = Vec::new();
    if value.is_null() {
        return vm.type_error("attribute deletion is not supported".to_string());
    }
    if vm.heap.ty(value) == vm.module_type(&PICKLER_SPEC) {
        let of = owner(vm, value);
        let memo = &pickler::parts(vm, of).memo;
        items.extend(memo.order.iter().map(|o| (*o, memo.index[o])));
    } else if vm.heap.is_dict(value) {
        for (_, pair) in vm.heap.dict_items(value) {
            let Some(&[number, o]) = vm.heap.tuple(pair) else {
                return vm.type_error("'memo' values must be 2-item tuples".to_string());
            };
            let number = vm.index_clamped(number, vm.types.overflow_error)?;
            items.push((o, number.max(0) as usize));
        }
    } else {
        let name = vm.type_name(value);
        return vm.type_error(format!(
            "'memo' attribute must be a PicklerMemoProxy object or dict, not {name}"
        ));
    }
    let mark = vm.mark();
    for (o, _) in &items {
        vm.hold_ref(*o);
    }
    pickler::forget_all(vm, this);
    for (o, number) in items {
        pickler::remember(vm, this, o, number);
    }
    vm.release(mark);
    Ok(())
}

pub fn set_unpickler(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let mut items = Vec::new();
    if value.is_null() {
        return vm.type_error("attribute deletion is not supported".to_string());
    }
    if vm.heap.ty(value) == vm.module_type(&UNPICKLER_SPEC) {
        let of = owner(vm, value);
        items.extend(unpickler::parts(vm, of).memo.iter().map(|(n, o)| (*n, *o)));
    } else if vm.heap.is_dict(value) {
        for (number, o) in vm.heap.dict_items(value) {
            if !vm.is_int(number) {
                return vm.type_error("memo key must be integers".to_string());
            }
            match vm.as_i64(number).and_then(|n| u64::try_from(n).ok()) {
                Some(number) => items.push((number, o)),
                None => return vm.value_error("memo key must be positive integers."),
            }
        }
    } else {
        let name = vm.type_name(value);
        return vm.type_error(format!(
            "'memo' attribute must be an UnpicklerMemoProxy object or dict, not {name}"
        ));
    }
    for (_, o) in &items {
        vm.incref(*o);
    }
    let old = std::mem::replace(
        &mut unpickler::parts(vm, this).memo,
        items.into_iter().collect(),
    );
    vm.drop_all(old.into_values().collect());
    Ok(())
}
