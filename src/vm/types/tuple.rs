//! `tuple` (`Objects/tupleobject.c`).

use super::list::{ITEM_BYTES, repeated, repr_items};
use super::list_iter::self_iter;
use super::list_methods::{class_getitem, search_bounds};
use super::list_slice::{Subscript, picked, read_subscript};
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::pos_opt;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
    layout: Layout::Tuple,
    base_type: true,
    sequence: true,
    methods: METHODS,
    slots: fill,
    ..TypeSpec::new("tuple")
};

pub static ITER_SPEC: TypeSpec = TypeSpec {
    methods: ITER_METHODS,
    slots: fill_iter,
    ..TypeSpec::new("tuple_iterator")
};

static METHODS: &[Method] = &[
    Method::new("__getnewargs__", Arity::NoArgs, getnewargs).doc("__getnewargs__($self, /)\n--\n\n"),
    Method::new("index", Arity::Positional(1, 3), index).doc(
        "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nReturn first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    Method::new("count", Arity::One, count).doc("count($self, value, /)\n--\n\nReturn number of occurrences of value."),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

static ITER_METHODS: &[Method] = &[
    Method::new("__length_hint__", Arity::NoArgs, iter_length_hint)
        .doc("Private method returning an estimate of len(list(it))."),
    Method::new("__reduce__", Arity::NoArgs, iter_reduce)
        .doc("Return state information for pickling."),
    Method::new("__setstate__", Arity::One, iter_setstate)
        .doc("Set state information for unpickling."),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_hash = Some(hash);
    slots.tp_richcompare = Some(richcompare);
    slots.tp_iter = Some(iter);
    slots.sq_length = Some(length);
    slots.mp_length = Some(length);
    slots.sq_concat = Some(concat);
    slots.sq_repeat = Some(repeat);
    slots.sq_item = Some(item);
    slots.sq_contains = Some(contains);
    slots.mp_subscript = Some(subscript);
}

fn fill_iter(slots: &mut Slots) {
    slots.tp_iter = Some(self_iter);
    slots.tp_iternext = Some(iter_next);
}

fn len(vm: &Machine, tuple: Obj) -> usize {
    vm.heap.tuple(tuple).map_or(0, <[Obj]>::len)
}

fn get(vm: &Machine, tuple: Obj, i: usize) -> Option<Obj> {
    vm.heap.tuple(tuple).and_then(|items| items.get(i).copied())
}

fn length(vm: &mut Machine, tuple: Obj) -> PyResult<usize> {
    Ok(len(vm, tuple))
}

fn is_exact(vm: &Machine, o: Obj) -> bool {
    vm.heap.ty(o) == vm.types.tuple
}

/// `tuple(iterable)`; a subclass gets the items in a tuple of its own (`tuple_new`).
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && class == vm.types.tuple {
        return vm.type_error("tuple() takes no keyword arguments".to_string());
    }
    let [iterable] = vm.unpack("tuple", args.positional(), &[pos_opt("iterable")])?;
    let items = if iterable.is_null() {
        vm.new_tuple(Vec::new())
    } else {
        vm.sequence_tuple(iterable)?
    };
    if class == vm.types.tuple {
        return Ok(items);
    }
    let mark = vm.mark();
    vm.hold(items);
    let copy = vm
        .heap
        .tuple(items)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    for item in &copy {
        vm.incref(*item);
    }
    let made = vm.alloc_instance(class, Payload::tuple(copy));
    vm.release(mark);
    Ok(made)
}

impl Machine {
    /// `PySequence_Tuple`: an exact tuple is its own answer.
    pub fn sequence_tuple(&mut self, o: Obj) -> PyResult<Obj> {
        if is_exact(self, o) {
            return Ok(self.new_ref(o));
        }
        if self.has_exact_items(o) {
            let items = self.collect_iterable(o)?;
            return Ok(self.new_tuple(items));
        }
        let iterator = self.get_iter(o)?;
        self.hold(iterator);
        // The tuple is there before its items are, of the length that the iterable (not the iterator) hints at.
        // (A generator has none to give.)
        let hint = match self.heap.ty(o) == self.types.generator {
            true => Ok(10),
            false => self.length_hint(o, 10),
        };
        let hint = hint.and_then(|hint| self.check_allocation(hint, ITEM_BYTES).map(|()| hint));
        match hint {
            Ok(hint) => self.tuple_of_held_iterator(hint),
            Err(thrown) => self.let_go(Err(thrown)),
        }
    }

    /// Takes over the iterator that is held last.
    fn tuple_of_held_iterator(&mut self, hint: usize) -> PyResult<Obj> {
        self.reserve_tuple(hint);
        let iterator = self.unhold();
        if hint == 0 {
            let items = self.collect_held_iterator(iterator)?;
            return Ok(self.new_tuple(items));
        }
        let made = self.reserved_tuple_of_held_iterator(iterator);
        if made.is_err() {
            self.give_back_tuple(hint);
        }
        made
    }
}

fn repr(vm: &mut Machine, tuple: Obj) -> PyResult<Obj> {
    let n = len(vm, tuple);
    if n == 0 {
        return Ok(vm.new_str("()"));
    }
    if vm.repr_enter(tuple) {
        return Ok(vm.new_str("(...)"));
    }
    let result = repr_items(vm, tuple, "(", if n == 1 { ",)" } else { ")" }, get);
    vm.repr_leave(tuple);
    result
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// xxHash over the items' hashes (`tuplehash`).
fn hash(vm: &mut Machine, tuple: Obj) -> PyResult<i64> {
    let n = len(vm, tuple);
    let mut acc = PRIME_5;
    for i in 0..n {
        let Some(item) = get(vm, tuple, i) else { break };
        let lane = vm.hash(item)? as u64;
        acc = mix(acc, lane);
    }
    Ok(finish(acc, n))
}

fn mix(acc: u64, lane: u64) -> u64 {
    acc.wrapping_add(lane.wrapping_mul(PRIME_2))
        .rotate_left(31)
        .wrapping_mul(PRIME_1)
}

fn finish(acc: u64, n: usize) -> i64 {
    match acc.wrapping_add(n as u64 ^ (PRIME_5 ^ 3_527_539)) {
        u64::MAX => 1_546_275_796,
        acc => acc as i64,
    }
}

/// The hash of a tuple of objects with these hashes.
pub fn hash_of_hashes(hashes: &[i64]) -> i64 {
    finish(
        hashes
            .iter()
            .fold(PRIME_5, |acc, hash| mix(acc, *hash as u64)),
        hashes.len(),
    )
}

fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if vm.heap.tuple(a).is_none() || vm.heap.tuple(b).is_none() {
        return Ok(vm.new_not_implemented());
    }
    let mut i = 0;
    while let (Some(x), Some(y)) = (get(vm, a, i), get(vm, b, i)) {
        if x != y && !vm.rich_compare_bool(x, y, CmpOp::Eq)? {
            break;
        }
        i += 1;
    }
    match (get(vm, a, i), get(vm, b, i)) {
        (Some(_), Some(_)) if matches!(op, CmpOp::Eq | CmpOp::Ne) => {
            Ok(vm.new_bool(op == CmpOp::Ne))
        }
        (Some(x), Some(y)) => vm.rich_compare(x, y, op),
        _ => {
            let order = len(vm, a).cmp(&len(vm, b));
            Ok(vm.new_bool(op.test(order)))
        }
    }
}

fn contains(vm: &mut Machine, tuple: Obj, wanted: Obj) -> PyResult<bool> {
    let mut i = 0;
    while let Some(item) = get(vm, tuple, i) {
        i += 1;
        match vm.heap.same_plain(item, wanted) {
            Some(true) => return Ok(true),
            Some(false) if !vm.at_limit() => continue,
            _ => {}
        }
        if vm.rich_compare_bool(item, wanted, CmpOp::Eq)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn concat(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if len(vm, a) == 0 && is_exact(vm, b) {
        return Ok(vm.new_ref(b));
    }
    let Some(other) = vm.heap.tuple(b) else {
        let name = vm.type_name(b);
        return vm.type_error(format!(
            "can only concatenate tuple (not \"{name}\") to tuple"
        ));
    };
    if other.is_empty() && is_exact(vm, a) {
        return Ok(vm.new_ref(a));
    }
    let mut items = vm.heap.tuple(a).map(<[Obj]>::to_vec).unwrap_or_default();
    items.extend_from_slice(other);
    Ok(vm.new_tuple_of(&items))
}

fn repeat(vm: &mut Machine, tuple: Obj, n: isize) -> PyResult<Obj> {
    if (len(vm, tuple) == 0 || n == 1) && is_exact(vm, tuple) {
        return Ok(vm.new_ref(tuple));
    }
    let items = vm
        .heap
        .tuple(tuple)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    let items = repeated(vm, &items, n)?;
    Ok(vm.new_tuple_of(&items))
}

fn item(vm: &mut Machine, tuple: Obj, i: isize) -> PyResult<Obj> {
    match usize::try_from(i).ok().and_then(|i| get(vm, tuple, i)) {
        Some(item) => Ok(vm.new_ref(item)),
        None => vm.raise(vm.types.index_error, "tuple index out of range".to_string()),
    }
}

fn subscript(vm: &mut Machine, tuple: Obj, key: Obj) -> PyResult<Obj> {
    match read_subscript(vm, "tuple", key, |vm| len(vm, tuple))? {
        Subscript::Index(i) => item(vm, tuple, i),
        Subscript::Slice(b)
            if b.start == 0 && b.step == 1 && b.count == len(vm, tuple) && is_exact(vm, tuple) =>
        {
            Ok(vm.new_ref(tuple))
        }
        Subscript::Slice(bounds) => {
            let items = picked(vm.heap.tuple(tuple).unwrap_or(&[]), &bounds);
            Ok(vm.new_tuple_of(&items))
        }
    }
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if vm.heap.ty(this) == vm.types.tuple {
        // All of a tuple is that tuple (`tupleslice`).
        return Ok(vm.new_tuple_of(&[this]));
    }
    let items = vm.heap.tuple(this).map(<[Obj]>::to_vec).unwrap_or_default();
    let items = vm.new_tuple_of(&items);
    Ok(vm.new_tuple(vec![items]))
}

fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let n = len(vm, this);
    let (start, stop) = search_bounds(vm, args, n)?;
    for i in start..stop.min(n) {
        let Some(item) = get(vm, this, i) else { break };
        if vm.rich_compare_bool(item, wanted, CmpOp::Eq)? {
            return Ok(vm.new_int(i as i64));
        }
    }
    vm.value_error("tuple.index(x): x not in tuple")
}

fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let (mut i, mut n) = (0, 0);
    while let Some(item) = get(vm, this, i) {
        n += i64::from(vm.rich_compare_bool(item, wanted, CmpOp::Eq)?);
        i += 1;
    }
    Ok(vm.new_int(n))
}

fn iter(vm: &mut Machine, tuple: Obj) -> PyResult<Obj> {
    vm.incref(tuple);
    Ok(vm.alloc_gc(vm.types.tuple_iter, Payload::TupleIter { tuple, at: 0 }))
}

fn iter_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Payload::TupleIter { tuple, at } = *vm.heap.payload(this) else {
        return Ok(NULL);
    };
    match get(vm, tuple, at as usize) {
        Some(item) => {
            *vm.heap.payload_mut(this) = Payload::TupleIter { tuple, at: at + 1 };
            Ok(vm.new_ref(item))
        }
        None => {
            *vm.heap.payload_mut(this) = Payload::TupleIter { tuple: NULL, at };
            vm.xdecref(tuple);
            Ok(NULL)
        }
    }
}

fn iter_length_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Payload::TupleIter { tuple, at } = *vm.heap.payload(this) else {
        return Ok(vm.new_int(0));
    };
    let left = len(vm, tuple).saturating_sub(at as usize);
    Ok(vm.new_int(left as i64))
}

fn iter_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let function = vm.reducing_builtin("iter")?;
    let (tuple, at) = match *vm.heap.payload(this) {
        Payload::TupleIter { tuple, at } => (tuple, i64::from(at)),
        _ => (NULL, 0),
    };
    Ok(match tuple.some() {
        Some(tuple) => super::list_iter::reduced(vm, function, tuple, at),
        None => {
            let empty = vm.new_ref(vm.empty_tuple);
            super::list_iter::reduced_over(vm, function, empty)
        }
    })
}

fn iter_setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)?;
    if let Payload::TupleIter { tuple, .. } = *vm.heap.payload(this) {
        let at = state.clamp(0, len(vm, tuple) as isize) as u32;
        *vm.heap.payload_mut(this) = Payload::TupleIter { tuple, at };
    }
    Ok(vm.new_none())
}
