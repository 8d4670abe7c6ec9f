//! `set_iterator`: walks the table, and notices when the number of elements changes (`setiter_*` of `Objects/setobject.c`).

use crate::heap::payload::iterators::SetIter;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("__length_hint__", Arity::NoArgs, length_hint).doc("Private method returning an estimate of len(list(it))."),
        Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    ],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("set_iterator")
};

/// `tp_iter` of sets.
pub fn iter(vm: &mut Machine, set: Obj) -> PyResult<Obj> {
    let used = vm.heap.set_len(set);
    vm.incref(set);
    Ok(vm.new_native(vm.types.set_iter, SetIter { set, used: Some(used), at: 0, left: used }))
}

fn state(vm: &mut Machine, this: Obj) -> &mut SetIter {
    vm.heap.native_mut(this).expect("a set iterator")
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let SetIter { set, used, mut at, .. } = *state(vm, this);
    if set.is_null() {
        return Ok(NULL);
    }
    if used != Some(vm.heap.set_len(set)) {
        state(vm, this).used = None;
        return vm.raise(vm.types.runtime_error, "Set changed size during iteration".to_string());
    }
    let found = vm.heap.set_next(set, &mut at);
    let it = state(vm, this);
    it.at = at;
    match found {
        Some((key, _)) => {
            it.left = it.left.saturating_sub(1);
            Ok(vm.new_ref(key))
        }
        None => {
            it.set = NULL;
            vm.decref(set);
            Ok(NULL)
        }
    }
}

fn length_hint(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let SetIter { set, used, left, .. } = *state(vm, this);
    let n = if !set.is_null() && used == Some(vm.heap.set_len(set)) { left } else { 0 };
    Ok(vm.new_int(n as i64))
}

/// `(iter, ([what is left],))`, from a copy of the iterator.
fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let SetIter { set, mut at, .. } = *state(vm, this);
    let mut rest = Vec::new();
    while let Some((key, _)) = if set.is_null() { None } else { vm.heap.set_next(set, &mut at) } {
        rest.push(vm.new_ref(key));
    }
    vm.reduce_as_iter_of(rest)
}

impl Machine {
    /// What `__reduce__` of iterators over unordered containers answers: `(iter, ([items],))`. Takes the items over.
    pub fn reduce_as_iter_of(&mut self, items: Vec<Obj>) -> PyResult<Obj> {
        let list = self.new_list(items);
        let args = self.new_tuple(vec![list]);
        self.with_held(args, |vm, args| {
            let iter = vm.reducing_builtin("iter")?;
            vm.incref(args);
            Ok(vm.new_tuple(vec![iter, args]))
        })
    }
}
