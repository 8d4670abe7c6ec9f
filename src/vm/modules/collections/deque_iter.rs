//! Iterators over deques (`dequeiter_*`, `dequereviter_*`).

use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

use super::deque::{deque, is_deque};

#[derive(Clone)]
struct DequeIter {
    deque: Obj,
    /// How many items are left.
    left: usize,
    /// The deque's state at the start.
    state: u64,
}

impl Native for DequeIter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("deque"), self.deque);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.deque, NULL)]
    }
    fn has_clear(&self) -> bool {
        false
    }
    native_boilerplate!();
}

const METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
];

pub static SPEC: TypeSpec = TypeSpec {
    methods: METHODS,
    slots,
    ..TypeSpec::new("_collections._deque_iterator")
};
pub static REVERSE_SPEC: TypeSpec = TypeSpec {
    methods: METHODS,
    slots: reverse_slots,
    ..TypeSpec::new("_collections._deque_reverse_iterator")
};

fn slots(s: &mut Slots) {
    s.tp_new = Some(new);
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(|vm, this| next(vm, this, false));
}

fn reverse_slots(s: &mut Slots) {
    s.tp_new = Some(new);
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(|vm, this| next(vm, this, true));
}

fn make(vm: &mut Machine, class: Obj, of: Obj, skipped: usize) -> Obj {
    let (len, state) = (deque(vm, of).items.len(), deque(vm, of).state);
    vm.incref(of);
    let native = DequeIter {
        deque: of,
        left: len.saturating_sub(skipped),
        state,
    };
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native))))
}

pub fn iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    Ok(make(vm, class, this, 0))
}

pub fn reversed(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let class = vm.module_type(&REVERSE_SPEC);
    Ok(make(vm, class, this, 0))
}

/// `(deque[, how many are through])`: what `__reduce__` says.
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let of = args.get(vm, 0);
    if of.is_null() || !is_deque(vm, of) {
        return vm.type_error("argument 1 must be collections.deque".to_string());
    }
    let skipped = match args.get(vm, 1).some() {
        Some(n) => vm.index_clamped(n, vm.types.overflow_error)?,
        None => 0,
    };
    Ok(make(vm, class, of, usize::try_from(skipped).unwrap_or(0)))
}

fn state(vm: &mut Machine, this: Obj) -> &mut DequeIter {
    vm.heap.native_mut(this).expect("a deque iterator")
}

fn next(vm: &mut Machine, this: Obj, reverse: bool) -> PyResult<Obj> {
    let DequeIter {
        deque: of,
        left,
        state: known,
    } = *state(vm, this);
    if of.is_null() {
        return Ok(NULL);
    }
    // Forwards a change is noticed even behind the last item, backwards it is not.
    if reverse && left == 0 {
        return Ok(NULL);
    }
    if deque(vm, of).state != known {
        state(vm, this).left = 0;
        return vm.raise(
            vm.types.runtime_error,
            "deque mutated during iteration".to_string(),
        );
    }
    if left == 0 {
        return Ok(NULL);
    }
    let items = &deque(vm, of).items;
    let item = items[if reverse {
        left - 1
    } else {
        items.len() - left
    }];
    state(vm, this).left -= 1;
    Ok(vm.new_ref(item))
}

fn length_hint(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let left = state(vm, this).left;
    Ok(vm.new_int(left as i64))
}

fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let DequeIter {
        deque: of, left, ..
    } = *state(vm, this);
    let through = deque(vm, of).items.len().saturating_sub(left);
    let through = vm.new_int(through as i64);
    let of = vm.new_ref(of);
    let args = vm.new_tuple(vec![of, through]);
    let ty = vm.heap.ty(this);
    let ty = vm.new_ref(ty);
    Ok(vm.new_tuple(vec![ty, args]))
}
