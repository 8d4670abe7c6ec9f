//! How OrderedDict takes up mappings and pairs: key by key through `__setitem__` (`mutablemapping_update` of
//! `Objects/odictobject.c`).

use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

pub fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.len() > 1 {
        let given = args.len();
        return vm.type_error(format!("expected at most 1 arguments, got {given}"));
    }
    update_with(vm, this, args)
}

pub fn update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.len() > 1 {
        let given = args.len();
        return vm.type_error(format!(
            "update() takes at most 1 positional argument ({given} given)"
        ));
    }
    update_with(vm, this, args)?;
    Ok(vm.new_none())
}

fn update_with(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if let Some(other) = args.get(vm, 0).some() {
        update_from(vm, this, other)?;
    }
    match args.keywords(vm) {
        given if given.is_empty() => Ok(()),
        given => add_listed(vm, this, given),
    }
}

/// The pairs go by way of a list, as `PyDict_Items` makes it.
fn add_listed(vm: &mut Machine, this: Obj, items: Vec<(Obj, Obj)>) -> PyResult<()> {
    let list = vm.new_list(Vec::with_capacity(items.len()));
    vm.with_held(list, |vm, list| {
        for (key, value) in items {
            let pair = vm.new_tuple_of(&[key, value]);
            if let Some(pairs) = vm.heap.list_mut(list) {
                pairs.push(pair);
            }
        }
        add_pairs(vm, this, list)
    })
}

/// A plain dict's items; else by `keys`; else by `items`; else it must give pairs itself (`mutablemapping_update_arg`).
pub fn update_from(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<()> {
    if vm.heap.ty(other) == vm.types.dict {
        let items = vm.heap.dict_items(other);
        return add_listed(vm, this, items);
    }
    if let Some(keys) = vm.lookup_attr(other, vm.names.keys)? {
        let keys = vm.call_and_drop(keys, &[])?;
        return vm.with_held(keys, |vm, keys| {
            vm.each_item(keys, |vm, key| {
                let value = vm.get_item(other, key)?;
                vm.with_held(value, |vm, value| vm.set_item(this, key, value))
                    .map(|()| true)
            })
        });
    }
    if let Some(items) = vm.lookup_attr(other, vm.names.items)? {
        let items = vm.call_and_drop(items, &[])?;
        return vm.with_held(items, |vm, items| add_pairs(vm, this, items));
    }
    add_pairs(vm, this, other)
}

/// `mutablemapping_add_pairs`
fn add_pairs(vm: &mut Machine, this: Obj, pairs: Obj) -> PyResult<()> {
    vm.each_item(pairs, |vm, pair| {
        let iterator = vm.get_iter(pair)?;
        vm.with_held(iterator, |vm, iterator| {
            let key = part(vm, iterator, "need more than 0 values to unpack")?;
            vm.with_held(key, |vm, key| {
                let value = part(vm, iterator, "need more than 1 value to unpack")?;
                vm.with_held(value, |vm, value| {
                    let end = vm.iter_next(iterator)?;
                    if end != NULL {
                        vm.decref(end);
                        return vm.value_error("too many values to unpack (expected 2)");
                    }
                    vm.set_item(this, key, value)
                })
            })
        })?;
        Ok(true)
    })
}

fn part(vm: &mut Machine, iterator: Obj, missing: &str) -> PyResult<Obj> {
    let item = vm.iter_next(iterator)?;
    if item.is_null() {
        vm.value_error(missing)
    } else {
        Ok(item)
    }
}
