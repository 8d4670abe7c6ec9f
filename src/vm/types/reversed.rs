//! `reversed` (`Objects/enumobject.c`), and the state it shares with a list's reverse iterator.

use crate::heap::payload::Native;
use crate::heap::payload::iterators::ReverseIter;
use crate::heap::{NULL, Obj};
use super::list_iter::{reduced, reduced_over};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "reversed(sequence, /)\n--\n\nReturn a reverse iterator over the values of the given sequence.",
    base_type: true,
    methods: ITER_METHODS,
    slots: fill,
    ..TypeSpec::new("reversed")
};

/// Also those of a list's reverse iterator.
pub static ITER_METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, setstate).doc("Set state information for unpickling."),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_iter = Some(super::list_iter::self_iter);
    slots.tp_iternext = Some(next);
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && class == vm.types.reversed {
        return vm.type_error("reversed() takes no keyword arguments".to_string());
    }
    super::slice::check_count(vm, "reversed", args, 1, 1)?;
    let seq = args.get(vm, 0);
    reverse(vm, class, seq)
}

/// `reversed(seq)`
pub fn reverse(vm: &mut Machine, class: Obj, seq: Obj) -> PyResult<Obj> {
    if let Some(method) = vm.lookup_special(seq, vm.names.__reversed__)? {
        let mark = vm.mark();
        vm.hold(method);
        let result = if method == vm.none {
            not_reversible(vm, seq)
        } else {
            vm.call(method, &[])
        };
        return vm.releasing(mark, result);
    }
    if !vm.is_sequence(seq) {
        return not_reversible(vm, seq);
    }
    let len = vm.len(seq)?;
    vm.incref(seq);
    let iter = ReverseIter {
        seq,
        index: len as isize - 1,
    };
    Ok(vm.alloc_instance(class, iter.into_payload()))
}

fn not_reversible(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let name = vm.type_name(o);
    vm.type_error(format!("'{name}' object is not reversible"))
}

fn state(vm: &Machine, this: Obj) -> ReverseIter {
    vm.heap
        .native::<ReverseIter>(this)
        .cloned()
        .unwrap_or(ReverseIter {
            seq: NULL,
            index: -1,
        })
}

fn set_state(vm: &mut Machine, this: Obj, state: ReverseIter) {
    if let Some(own) = vm.heap.native_mut::<ReverseIter>(this) {
        *own = state;
    }
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let ReverseIter { seq, index } = state(vm, this);
    if index >= 0 {
        match vm.sequence_item(seq, index) {
            Ok(item) => {
                set_state(
                    vm,
                    this,
                    ReverseIter {
                        seq,
                        index: index - 1,
                    },
                );
                return Ok(item);
            }
            Err(Thrown::Exception)
                if vm.pending_matches(vm.types.index_error)
                    || vm.pending_matches(vm.types.stop_iteration) =>
            {
                vm.clear_exception();
            }
            Err(thrown) => {
                exhaust(vm, this);
                return Err(thrown);
            }
        }
    }
    exhaust(vm, this);
    Ok(NULL)
}

fn exhaust(vm: &mut Machine, this: Obj) {
    let seq = state(vm, this).seq;
    set_state(
        vm,
        this,
        ReverseIter {
            seq: NULL,
            index: -1,
        },
    );
    if !seq.is_null() && vm.interrupt.is_none() {
        let saved = vm.take_exception();
        vm.decref(seq);
        vm.restore_exception(saved);
    }
}

fn length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let ReverseIter { seq, index } = state(vm, this);
    if seq.is_null() {
        return Ok(vm.new_int(0));
    }
    let len = vm.len(seq)? as isize;
    let left = if len < index + 1 { 0 } else { index + 1 };
    Ok(vm.new_int(left as i64))
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of_list = vm.heap.ty(this) == vm.types.list_reverse_iter;
    let function = match of_list {
        true => vm.reducing_builtin("reversed")?,
        false => vm.new_ref(vm.heap.ty(this)),
    };
    let ReverseIter { seq, index } = state(vm, this);
    if !seq.is_null() {
        return Ok(reduced(vm, function, seq, index as i64));
    }
    if !of_list {
        let empty = vm.new_ref(vm.empty_tuple);
        return Ok(reduced_over(vm, function, empty));
    }
    vm.decref(function);
    let function = vm.reducing_builtin("iter")?;
    let empty = vm.new_list(Vec::new());
    Ok(reduced_over(vm, function, empty))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let index = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)?;
    let ReverseIter { seq, .. } = state(vm, this);
    if !seq.is_null() {
        let len = vm.len(seq)? as isize;
        set_state(
            vm,
            this,
            ReverseIter {
                seq,
                index: index.clamp(-1, len - 1),
            },
        );
    }
    Ok(vm.new_none())
}
