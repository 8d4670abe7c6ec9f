//! Iterators by `__getitem__` and index, and by calling until a sentinel comes (`Objects/iterobject.c`).

use super::list_iter::{reduced, reduced_over, self_iter};
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static SPEC: TypeSpec = TypeSpec {
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("iterator")
};

pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    methods: CALLABLE_METHODS,
    slots: fill_callable,
    ..TypeSpec::new("callable_iterator")
};

static METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, setstate).doc("Set state information for unpickling."),
];

static CALLABLE_METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, callable_reduce)
    .doc("Return state information for pickling.")];

fn fill(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn fill_callable(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(callable_next);
}

/// `iter_iternext`
fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        return Ok(NULL);
    };
    if seq.is_null() {
        return Ok(NULL);
    }
    if at == i64::MAX as u64 {
        return vm.raise(vm.types.overflow_error, "iter index too large".to_string());
    }
    match vm.sequence_item(seq, at as isize) {
        Ok(item) => {
            *vm.heap.payload_mut(this) = Payload::SeqIter { seq, at: at + 1 };
            Ok(item)
        }
        Err(Thrown::Exception)
            if vm.pending_matches(vm.types.index_error)
                || vm.pending_matches(vm.types.stop_iteration) =>
        {
            vm.clear_exception();
            *vm.heap.payload_mut(this) = Payload::SeqIter { seq: NULL, at };
            vm.decref(seq);
            Ok(NULL)
        }
        Err(thrown) => Err(thrown),
    }
}

fn length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Payload::SeqIter { seq, at } = *vm.heap.payload(this) else {
        return Ok(vm.new_int(0));
    };
    if seq.is_null() {
        return Ok(vm.new_int(0));
    }
    let slots = vm.slots_of(seq);
    if slots.sq_length.is_none() && slots.mp_length.is_none() {
        return Ok(vm.new_not_implemented());
    }
    let len = vm.len(seq)?;
    Ok(vm.new_int(len.saturating_sub(at as usize) as i64))
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let (seq, at) = match *vm.heap.payload(this) {
        Payload::SeqIter { seq, at } => (seq, at as i64),
        _ => (NULL, 0),
    };
    Ok(match seq.some() {
        Some(seq) => reduced(vm, function, seq, at),
        None => {
            let empty = vm.new_ref(vm.empty_tuple);
            reduced_over(vm, function, empty)
        }
    })
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if !vm.is_int(args.get(vm, 0)) {
        return vm.type_error("an integer is required".to_string());
    }
    let state = vm.ssize(args.get(vm, 0))?;
    if let Payload::SeqIter { seq, .. } = *vm.heap.payload(this) {
        let at = state.max(0) as u64;
        *vm.heap.payload_mut(this) = Payload::SeqIter { seq, at };
    }
    Ok(vm.new_none())
}

/// `iter(callable, sentinel)`; both NULL once exhausted.
#[derive(Clone)]
pub struct CallableIter {
    pub callable: Obj,
    pub sentinel: Obj,
}

impl Native for CallableIter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("it_callable"), self.callable);
        f(Edge::Field("it_sentinel"), self.sentinel);
    }

    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.callable, NULL),
            std::mem::replace(&mut self.sentinel, NULL),
        ]
    }

    native_boilerplate!();
}

impl Machine {
    /// `iter(callable, sentinel)`; both are borrowed (`PyCallIter_New`).
    pub fn new_callable_iter(&mut self, callable: Obj, sentinel: Obj) -> Obj {
        self.incref(callable);
        self.incref(sentinel);
        self.new_native(
            self.types.callable_iter,
            CallableIter { callable, sentinel },
        )
    }
}

/// `calliter_iternext`
fn callable_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(CallableIter { callable, .. }) = vm.heap.native::<CallableIter>(this).cloned() else {
        return Ok(NULL);
    };
    if callable.is_null() {
        return Ok(NULL);
    }
    let item = match vm.call(callable, &[]) {
        Err(Thrown::Exception) if vm.pending_matches(vm.types.stop_iteration) => {
            vm.clear_exception();
            callable_exhaust(vm, this);
            return Ok(NULL);
        }
        other => other?,
    };
    let sentinel = vm
        .heap
        .native::<CallableIter>(this)
        .map_or(NULL, |it| it.sentinel);
    if sentinel.is_null() {
        // The call has exhausted the iterator itself.
        vm.decref(item);
        return Ok(NULL);
    }
    vm.hold(item);
    match vm.rich_compare_bool(sentinel, item, CmpOp::Eq) {
        Ok(false) => Ok(vm.unhold()),
        result => {
            if result.is_ok() {
                callable_exhaust(vm, this);
            }
            let mark = vm.top.saturating_sub(1);
            vm.releasing(mark, result.map(|_| NULL))
        }
    }
}

fn callable_exhaust(vm: &mut Machine, this: Obj) {
    if let Some(it) = vm.heap.native_mut::<CallableIter>(this) {
        let taken = it.take();
        vm.drop_all(taken);
    }
}

fn callable_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let Some(it) = vm.heap.native::<CallableIter>(this).cloned() else {
        panic!("checked by the type")
    };
    if it.callable.is_null() {
        let empty = vm.new_ref(vm.empty_tuple);
        return Ok(reduced_over(vm, function, empty));
    }
    let args = vm.new_tuple_of(&[it.callable, it.sentinel]);
    Ok(vm.new_tuple(vec![function, args]))
}
