//! How `list.sort` compares: what is found out about all keys before it starts (`listsort`, `unsafe_object_compare`,
//! `unsafe_tuple_compare`).

use crate::heap::{NULL, Obj, Payload};
use crate::vm::slots::{CmpOp, CompareFn};
use crate::vm::{Machine, PyResult};

/// What the keys of a sort have in common, found out before it: the comparison of their class is then called without the detours
/// of `<`, and once more with them where it does not know.
#[derive(Clone, Copy, Default)]
pub struct Alike {
    /// The comparison that all keys have, or, of tuples, all their first items.
    compare: Option<CompareFn>,
    /// All keys are tuples, none of them empty.
    tuples: bool,
}

impl Alike {
    /// Of keys, one at least.
    pub fn of(vm: &Machine, mut keys: impl Iterator<Item = Obj> + Clone) -> Alike {
        let tuples = keys.clone().all(|key| !first_of(vm, key).is_null());
        let one = |key: Obj| match tuples {
            true => first_of(vm, key),
            false => key,
        };
        let Some(first) = keys.next() else {
            return Alike::default();
        };
        let class = vm.heap.ty(one(first));
        let same = keys.all(|key| vm.heap.ty(one(key)) == class);
        let nested = tuples && class == vm.types.tuple;
        let compare = match same && !nested {
            true => vm.heap.class(class).slots.tp_richcompare,
            false => None,
        };
        Alike { compare, tuples }
    }

    /// Whether a key belongs before another one; without an object for the answer where the types are plain.
    #[inline]
    pub fn less(self, vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
        match plain_less(vm, a, b) {
            Some(answer) => Ok(answer),
            None if self.tuples => self.tuple_less(vm, a, b),
            None => self.one_less(vm, a, b),
        }
    }

    /// `unsafe_object_compare`
    fn one_less(self, vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
        let own = vm.slots_of(a).tp_richcompare;
        let compare = self.compare.filter(|compare| {
            own.is_some_and(|own| std::ptr::fn_addr_eq(own, *compare))
        });
        let Some(compare) = compare else {
            return less(vm, a, b);
        };
        let answer = compare(vm, a, b, CmpOp::Lt)?;
        if answer != vm.not_implemented {
            return vm.take_truth(answer);
        }
        vm.decref(answer);
        less(vm, a, b)
    }

    /// `unsafe_tuple_compare`
    fn tuple_less(self, vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
        let mut i = 0;
        loop {
            let (x, y) = (tuple_item(vm, a, i), tuple_item(vm, b, i));
            if x.is_null() || y.is_null() {
                return Ok(x.is_null() && !y.is_null());
            }
            if vm.rich_compare_bool(x, y, CmpOp::Eq)? {
                i += 1;
                continue;
            }
            return match i {
                0 => self.one_less(vm, x, y),
                _ => less(vm, x, y),
            };
        }
    }
}

fn tuple_item(vm: &Machine, tuple: Obj, i: usize) -> Obj {
    let items = vm.heap.tuple(tuple).unwrap_or_default();
    items.get(i).copied().unwrap_or(NULL)
}

/// The first item of a tuple; NULL of all else.
fn first_of(vm: &Machine, key: Obj) -> Obj {
    match vm.heap.ty(key) == vm.types.tuple {
        true => tuple_item(vm, key, 0),
        false => NULL,
    }
}

#[inline]
fn plain_less(vm: &Machine, a: Obj, b: Obj) -> Option<bool> {
    match (vm.heap.payload(a), vm.heap.payload(b)) {
        (Payload::Int(x), Payload::Int(y)) => Some(x < y),
        (Payload::Float(x), Payload::Float(y)) => Some(x < y),
        (Payload::Str(x), Payload::Str(y)) => Some(x.bytes() < y.bytes()),
        _ => None,
    }
}

/// `a < b`
fn less(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
    if let Some(answer) = plain_less(vm, a, b) {
        return Ok(answer);
    }
    let answer = vm.rich_compare(a, b, CmpOp::Lt)?;
    vm.take_truth(answer)
}
