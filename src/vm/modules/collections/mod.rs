//! `_collections`: deque, defaultdict, OrderedDict and two helpers of Counter and namedtuple (`Modules/_collectionsmodule.c`,
//! `Objects/odictobject.c`). The rest of `collections` is `python/collections.py`.

pub mod defaultdict;
pub mod deque;
pub mod deque_iter;
pub mod deque_methods;
pub mod ordered_dict;
pub mod ordered_dict_iter;
pub mod ordered_dict_update;
pub mod tuple_getter;

use super::ModuleSpec;
use crate::bytecode::opcode::Op;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_collections",
    doc: "High performance data structures.",
    functions: &[
        Method::new("_count_elements", Arity::Positional(2, 2), count_elements)
            .doc("_count_elements($module, mapping, iterable, /)\n--\n\nCount elements in the iterable, updating the mapping"),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        let deque = vm.add_module_type(dict, &deque::SPEC, object);
        vm.heap.class_mut(deque).flags.sequence = true;
        vm.add_module_type(dict, &deque_iter::SPEC, object);
        vm.add_module_type(dict, &deque_iter::REVERSE_SPEC, object);
        defaultdict::make_type(vm, dict);
        vm.add_module_type(dict, &ordered_dict::SPEC, vm.types.dict);
        vm.add_module_type(dict, &tuple_getter::SPEC, object);
        Ok(())
    },
};

/// A dict whose class overrides neither `get` nor `__setitem__` is counted in directly, anything else by its methods.
fn count_elements(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (mapping, iterable) = (args.get(vm, 0), args.get(vm, 1));
    // Small ints are shared and never die: borrowed from the machine's own.
    let (zero, one) = (vm.small_ints[5], vm.small_ints[6]);
    if vm.heap.is_dict(mapping) && has_dict_methods(vm, mapping) {
        vm.each_item(iterable, |vm, key| {
            let hash = vm.hash(key)?;
            let Some(old) = vm.dict_get_hashed(mapping, key, hash)? else {
                return vm.dict_set_hashed(mapping, key, hash, one).map(|()| true);
            };
            let sum = vm.binary_op(Op::BinaryAdd, old, one)?;
            vm.with_held(sum, |vm, sum| vm.dict_set_hashed(mapping, key, hash, sum))
                .map(|()| true)
        })?;
    } else {
        let get = vm.get_attr_str(mapping, "get")?;
        vm.with_held(get, |vm, get| {
            vm.each_item(iterable, |vm, key| {
                let old = vm.call(get, &[key, zero])?;
                let sum = vm.with_held(old, |vm, old| vm.binary_op(Op::BinaryAdd, old, one))?;
                vm.with_held(sum, |vm, sum| vm.set_item(mapping, key, sum))
                    .map(|()| true)
            })
        })?;
    }
    Ok(vm.new_none())
}

fn has_dict_methods(vm: &mut Machine, mapping: Obj) -> bool {
    let (ty, dict) = (vm.heap.ty(mapping), vm.types.dict);
    let same = |vm: &mut Machine, name: Obj| vm.type_lookup(ty, name) == vm.type_lookup(dict, name);
    same(vm, vm.names.get) && same(vm, vm.names.__setitem__)
}
