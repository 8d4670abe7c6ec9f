//! `zip` (`Python/bltinmodule.c`). The tuple it hands out is used again if nobody else kept it.

use super::list_iter::self_iter;
use crate::heap::payload::Native;
use crate::heap::payload::iterators::Zip;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nThe zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.",
    base_type: true,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("zip")
};

static METHODS: &[Method] = &[
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, setstate).doc("Set state information for unpickling."),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(next);
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let mut strict = false;
    for (name, value) in args.keywords(vm) {
        let name = vm.text(name);
        if name != "strict" {
            return vm.type_error(format!("'{name}' is an invalid keyword argument for zip()"));
        }
        strict = vm.is_true(value)?;
    }
    let iters = vm.iterators_of(args, 0)?;
    let nones = vec![vm.none; args.len()];
    let parked = vm.park(&[iters]);
    let result = vm.new_tuple_of(&nones);
    vm.unpark(parked);
    Ok(vm.alloc_instance(
        class,
        Zip {
            iters,
            result,
            strict,
        }
        .into_payload(),
    ))
}

impl Machine {
    /// A tuple of iterators over the positional arguments from the given one on.
    pub(in crate::vm) fn iterators_of(&mut self, args: Args, from: usize) -> PyResult<Obj> {
        let iters = self.new_unfilled_tuple(args.len().saturating_sub(from));
        let mark = self.mark();
        self.hold(iters);
        for i in from..args.len() {
            match self.get_iter(args.get(self, i)) {
                Ok(iter) => self.set_result_item(iters, i - from, iter),
                Err(thrown) => return self.releasing(mark, Err(thrown)),
            };
        }
        Ok(self.unhold())
    }
}

fn iterator(vm: &Machine, zip: &Zip, i: usize) -> Obj {
    vm.heap
        .tuple(zip.iters)
        .and_then(|iters| iters.get(i).copied())
        .unwrap_or(NULL)
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(zip) = vm.heap.native::<Zip>(this).cloned() else {
        return Ok(NULL);
    };
    let n = vm.heap.tuple(zip.iters).map_or(0, <[Obj]>::len);
    if n == 0 {
        return Ok(NULL);
    }
    let again = vm.heap.rc(zip.result) == 1;
    let mark = vm.mark();
    match again {
        true => {
            vm.hold_ref(zip.result);
        }
        false => vm.reserve_tuple(n),
    }
    for i in 0..n {
        let iter = iterator(vm, &zip, i);
        let next = match vm.next_of_sequence(iter) {
            Some(item) => Ok(item),
            None => vm.iter_next(iter),
        };
        let item = match next {
            Ok(NULL) => {
                vm.release(mark);
                if !again {
                    vm.give_back_tuple(n);
                }
                return if zip.strict {
                    check_lengths(vm, &zip, i, n)
                } else {
                    Ok(NULL)
                };
            }
            Ok(item) => item,
            Err(thrown) => {
                let raised = vm.releasing(mark, Err(thrown));
                if !again {
                    vm.give_back_tuple(n);
                }
                return raised;
            }
        };
        if again {
            let old = vm.set_result_item(zip.result, i, item);
            vm.decref(old);
        } else {
            vm.hold(item);
        }
    }
    if again {
        vm.track_result(zip.result);
        return Ok(vm.unhold());
    }
    let items = vm.take_held(mark);
    Ok(vm.new_reserved_tuple(items))
}

/// The `i`-th iterator has ended first: with strict=True all must.
fn check_lengths(vm: &mut Machine, zip: &Zip, i: usize, n: usize) -> PyResult<Obj> {
    let before = |i: usize| {
        if i == 1 {
            "argument 1".to_string()
        } else {
            format!("arguments 1-{i}")
        }
    };
    if i > 0 {
        return vm.value_error(&format!(
            "zip() argument {} is shorter than {}",
            i + 1,
            before(i)
        ));
    }
    for i in 1..n {
        let iter = iterator(vm, zip, i);
        let item = vm.iter_next(iter)?;
        if !item.is_null() {
            vm.decref(item);
            return vm.value_error(&format!(
                "zip() argument {} is longer than {}",
                i + 1,
                before(i)
            ));
        }
    }
    Ok(NULL)
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Some(zip) = vm.heap.native::<Zip>(this).cloned() else {
        return Ok(vm.new_none());
    };
    let class = vm.heap.ty(this);
    if zip.strict {
        let truth = vm.true_;
        return Ok(vm.new_tuple_of(&[class, zip.iters, truth]));
    }
    Ok(vm.new_tuple_of(&[class, zip.iters]))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let strict = vm.is_true(args.get(vm, 0))?;
    if let Some(zip) = vm.heap.native_mut::<Zip>(this) {
        zip.strict = strict;
    }
    Ok(vm.new_none())
}
