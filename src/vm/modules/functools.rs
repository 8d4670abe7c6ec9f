//! The module `_functools`: `reduce`, `cmp_to_key`, and the types of `partial.rs` and `lru_cache.rs` (`Modules/_functoolsmodule.c`).

use super::{ModuleSpec, lru_cache, partial};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_functools",
    doc: "Tools that operate on functions.",
    functions: &[
        Method::new("reduce", Arity::Positional(2, 3), reduce).varargs(),
        Method::new("cmp_to_key", Arity::Keywords, cmp_to_key).varargs(),
    ],
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    vm.add_module_type(dict, &partial::SPEC, object);
    vm.add_module_type(dict, &lru_cache::SPEC, object);
    vm.make_module_type(&lru_cache::LINK_SPEC, object);
    vm.make_module_type(&KEY_SPEC, object);
    Ok(())
}

/// The result so far and the next item lie in a tuple in CPython, where the old ones stay until they are replaced; here in two
/// places of the machine's stack.
fn reduce(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (func, sequence, initial) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let iterator = match vm.get_iter(sequence) {
        Ok(iterator) => iterator,
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            return vm.type_error("reduce() arg 2 must support iteration".to_string());
        }
        Err(thrown) => return Err(thrown),
    };
    let mark = vm.mark();
    vm.hold(iterator);
    vm.xincref(initial);
    let pair = vm.new_unfilled_tuple(2);
    vm.hold(pair);
    let result = fold(vm, func, iterator, initial, mark + 1);
    vm.releasing(mark, result)
}

/// One tuple of two, at `place` of the stack, serves all calls, unless somebody has kept it.
fn fold(vm: &mut Machine, func: Obj, iterator: Obj, initial: Obj, place: usize) -> PyResult<Obj> {
    let mut result = initial;
    loop {
        if vm.heap.rc(vm.stack[place]) > 1 {
            let parked = vm.park(&[result]);
            let kept = std::mem::replace(&mut vm.stack[place], NULL);
            vm.decref(kept);
            vm.stack[place] = vm.new_unfilled_tuple(2);
            vm.unpark(parked);
        }
        vm.hold(result);
        let item = vm.iter_next(iterator);
        if vm.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        let result_now = vm.unhold();
        let item = match item {
            Ok(item) => item,
            Err(thrown) => {
                if !result_now.is_null() {
                    vm.drop_keeping_exception(result_now);
                }
                return Err(thrown);
            }
        };
        if item.is_null() {
            if result_now.is_null() {
                return vm
                    .type_error("reduce() of empty iterable with no initial value".to_string());
            }
            return Ok(result_now);
        }
        if result_now.is_null() {
            result = item;
            continue;
        }
        let pair = vm.stack[place];
        let parked = vm.park(&[item]);
        let old = vm.set_result_item(pair, 0, result_now);
        vm.xdecref(old);
        vm.unpark(parked);
        let old = vm.set_result_item(pair, 1, item);
        vm.xdecref(old);
        result = vm.call_held_objects(func, place, false)?;
        let pair = vm.stack[place];
        if !vm.heap.gc.tracked(pair) {
            vm.heap.gc.track(pair);
        }
    }
}

/// What `cmp_to_key` makes: the function, or the function with an object.
#[derive(Clone)]
struct Key {
    cmp: Obj,
    object: Obj,
}

impl Native for Key {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("cmp"), self.cmp);
        f(Edge::Field("obj"), self.object);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.cmp, NULL),
            std::mem::replace(&mut self.object, NULL),
        ]
    }
    native_boilerplate!();
}

static KEY_SPEC: TypeSpec = TypeSpec {
    getset: &[GetSet::new("obj", |vm, this| {
        let object = vm.heap.native::<Key>(this).map_or(NULL, |k| k.object);
        Ok(if object.is_null() {
            vm.new_none()
        } else {
            vm.new_ref(object)
        })
    })],
    slots: |s| {
        s.tp_call = Some(key_call);
        s.tp_richcompare = Some(key_compare);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
    },
    ..TypeSpec::new("functools.KeyWrapper")
};

fn cmp_to_key(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [cmp] = vm.unpack("cmp_to_key", args, &[crate::vm::args::req("mycmp")])?;
    vm.incref(cmp);
    let class = vm.module_type(&KEY_SPEC);
    Ok(vm.new_native(class, Key { cmp, object: NULL }))
}

fn key_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [object] = vm.unpack("K", args, &[crate::vm::args::req("obj")])?;
    let cmp = vm.heap.native::<Key>(this).map_or(NULL, |k| k.cmp);
    vm.incref(cmp);
    vm.incref(object);
    let class = vm.heap.ty(this);
    Ok(vm.new_native(class, Key { cmp, object }))
}

fn key_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let (Some(a), Some(b)) = (vm.heap.native::<Key>(this), vm.heap.native::<Key>(other)) else {
        return vm.type_error("other argument must be K instance".to_string());
    };
    let (cmp, x, y) = (a.cmp, a.object, b.object);
    if x.is_null() || y.is_null() {
        return vm.raise(vm.types.attribute_error, "object".to_string());
    }
    let order = vm.call(cmp, &[x, y])?;
    let zero = vm.new_int(0);
    vm.with_held(zero, |vm, zero| {
        vm.with_held(order, |vm, order| vm.rich_compare(order, zero, op))
    })
}
