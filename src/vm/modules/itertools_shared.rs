//! Iterators of `itertools` that share state with others: `groupby` and its groups, `tee`.

use super::itertools::{fill, iterator, make, no_keywords, positional};
use super::itertools_pickle as pickle;
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// Values in one link of a tee's chain (`LINKCELLS`).
pub const LINK_CELLS: usize = 57;

pub static TYPES: &[TypeSpec] = &[iterator(
    "itertools.groupby",
    "groupby(iterable, key=None)\n--\n\nA key and the items that have it in a row, for each change of key.",
    pickle::GROUPBY,
    |s| fill(s, groupby_new, groupby_next),
)];

/// Types without a name in the module.
pub static HIDDEN: &[TypeSpec] = &[
    TypeSpec {
        methods: pickle::GROUPER,
        slots: |s| {
            s.tp_new = Some(pickle::group_new);
            s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
            s.tp_iternext = Some(group_next);
        },
        ..TypeSpec::new("itertools._grouper")
    },
    TypeSpec {
        has_weakrefs: true,
        methods: &[
            Method::new("__copy__", Arity::NoArgs, tee_copy),
            pickle::TEE_REDUCE,
            pickle::TEE_SET,
        ],
        slots: |s| fill(s, tee_new, tee_next),
        doc: "_tee(iterable, /)\n--\n\nAn iterator that shares with its copies what it takes.",
        ..TypeSpec::new("itertools._tee")
    },
    TypeSpec {
        methods: pickle::TEE_DATA,
        slots: |s| s.tp_new = Some(pickle::data_new),
        doc: "What the iterators made by tee share.",
        ..TypeSpec::new("itertools._tee_dataobject")
    },
];

pub const GROUP: usize = 0;
pub const TEE: usize = 1;
pub const DATA: usize = 2;

pub fn hidden(vm: &Machine, i: usize) -> Obj {
    vm.module_type(&HIDDEN[i])
}

// Parts of a groupby object.
const ITERATOR: usize = 0;
const KEY_FUNC: usize = 1;
const TARGET: usize = 2;
const KEY: usize = 3;
const VALUE: usize = 4;

/// Number: the group now being handed out; an older one is over.
fn groupby_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [iterable, key] = vm.unpack("groupby", args, &[req("iterable"), opt("key")])?;
    let key = if key.is_null() {
        vm.new_none()
    } else {
        vm.new_ref(key)
    };
    let made = make(vm, class, vec![NULL, key, NULL, NULL, NULL], vec![0]);
    vm.hold(made);
    match vm.get_iter(iterable) {
        Ok(iterator) => {
            vm.set_part(made, ITERATOR, iterator);
            Ok(vm.unhold())
        }
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

/// Fetches the next value and its key; false at the end (`groupby_step`).
fn step(vm: &mut Machine, this: Obj) -> PyResult<bool> {
    let value = vm.part_next(this, ITERATOR)?;
    if value.is_null() {
        return Ok(false);
    }
    let func = vm.part(this, KEY_FUNC);
    let key = if func == vm.none {
        vm.new_ref(value)
    } else {
        vm.hold(value);
        let key = vm.call(func, &[value]);
        match key {
            Ok(key) => {
                vm.unhold();
                key
            }
            Err(thrown) => return vm.let_go(Err(thrown)),
        }
    };
    let old = [
        vm.swap_part(this, KEY, key),
        vm.swap_part(this, VALUE, value),
    ];
    let mark = vm.mark();
    for o in old.into_iter().rev() {
        vm.hold(o);
    }
    vm.release(mark);
    Ok(true)
}

fn same_key(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
    vm.rich_compare_bool(a, b, CmpOp::Eq)
}

fn groupby_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.numbers(this)[0] += 1;
    loop {
        let (key, target) = (vm.part(this, KEY), vm.part(this, TARGET));
        if !key.is_null() && (target.is_null() || !same_key(vm, target, key)?) {
            break;
        }
        if !step(vm, this)? {
            return Ok(NULL);
        }
    }
    let key = vm.part(this, KEY);
    vm.incref(key);
    vm.set_part(this, TARGET, key);
    vm.incref(this);
    vm.incref(key);
    let number = vm.number(this, 0);
    let class = hidden(vm, GROUP);
    let group = make(vm, class, vec![this, key], vec![number]);
    let result = vm.new_tuple_of(&[key, group]);
    vm.decref(group);
    Ok(result)
}

fn group_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (parent, target) = (vm.part(this, 0), vm.part(this, 1));
    if vm.number(parent, 0) != vm.number(this, 0) {
        return Ok(NULL);
    }
    if vm.part(parent, VALUE).is_null() && !step(vm, parent)? {
        return Ok(NULL);
    }
    let key = vm.part(parent, KEY);
    if !same_key(vm, target, key)? {
        return Ok(NULL);
    }
    let value = vm.part(parent, VALUE);
    vm.incref(value);
    vm.set_part(parent, VALUE, NULL);
    Ok(value)
}

/// A link of the chain. Parts: the iterator, the next link, then the values fetched so far.
fn new_data(vm: &mut Machine, iterator: Obj) -> Obj {
    vm.incref(iterator);
    let class = hidden(vm, DATA);
    make(vm, class, vec![iterator, NULL], Vec::new())
}

/// `tee(iterable, n=2)`: an iterator that can be copied is copied, any other is wrapped.
pub fn tee(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let n = args.get(vm, 1);
    let n = if n.is_null() {
        2
    } else {
        vm.index_clamped(n, vm.types.overflow_error)?
    };
    if n < 0 {
        return vm.value_error("n must be >= 0");
    }
    if n == 0 {
        return Ok(vm.new_tuple(Vec::new()));
    }
    let result = vm.new_unfilled_tuple(n as usize);
    let mark = vm.mark();
    vm.hold(result);
    let filled = match vm.get_iter(args.get(vm, 0)) {
        Ok(iterator) => {
            vm.set_result_item(result, 0, iterator);
            tee_of(vm, iterator, result)
        }
        Err(thrown) => Err(thrown),
    };
    match filled {
        Ok(()) => Ok(vm.unhold()),
        Err(thrown) => vm.releasing(mark, Err(thrown)),
    }
}

/// Fills the tuple, whose first item is the given iterator, with iterators that share what they take from it.
fn tee_of(vm: &mut Machine, iterator: Obj, result: Obj) -> PyResult<()> {
    let copy = match vm.lookup_attr_str(iterator, "__copy__")? {
        Some(copy) => copy,
        None => {
            // `tee_fromiterable` asks for an iterator once more.
            let again = vm.get_iter(iterator)?;
            let wrapped = vm.with_held(again, |vm, again| Ok(wrap(vm, again)))?;
            let inner = vm.set_result_item(result, 0, wrapped);
            vm.decref(inner);
            vm.get_attr_str(wrapped, "__copy__")?
        }
    };
    vm.with_held(copy, |vm, copy| {
        let n = vm.heap.tuple(result).map_or(0, <[Obj]>::len);
        for i in 1..n {
            let made = vm.call(copy, &[])?;
            vm.set_result_item(result, i, made);
        }
        Ok(())
    })
}

/// A tee over an iterator. Part: its link; number: its place in the link.
fn wrap(vm: &mut Machine, iterator: Obj) -> Obj {
    let data = new_data(vm, iterator);
    let class = hidden(vm, TEE);
    make(vm, class, vec![data], vec![0])
}

fn tee_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    no_keywords(vm, class, args, "_tee")?;
    positional(vm, args, "_tee", 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    vm.with_held(iterator, |vm, iterator| {
        if vm.heap.ty(iterator) == hidden(vm, TEE) {
            return tee_copy(vm, iterator, Args::none());
        }
        Ok(wrap(vm, iterator))
    })
}

fn tee_copy(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (data, at) = (vm.part(this, 0), vm.number(this, 0));
    vm.incref(data);
    let class = vm.heap.ty(this);
    Ok(make(vm, class, vec![data], vec![at]))
}

fn tee_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mut data = vm.part(this, 0);
    let mut at = vm.number(this, 0) as usize;
    if at >= LINK_CELLS {
        let mut next = vm.part(data, 1);
        if next.is_null() {
            let iterator = vm.part(data, 0);
            next = new_data(vm, iterator);
            vm.set_part(data, 1, next);
        }
        vm.incref(next);
        vm.set_part(this, 0, next);
        data = next;
        at = 0;
        vm.numbers(this)[0] = 0;
    }
    let known = vm.parts(data).get(at + 2).copied();
    let value = match known {
        Some(value) => vm.new_ref(value),
        None => {
            if vm.number_or(data, 0) == 1 {
                return vm.raise(
                    vm.types.runtime_error,
                    "cannot re-enter the tee iterator".to_string(),
                );
            }
            vm.numbers(data).resize(1, 0);
            vm.numbers(data)[0] = 1;
            vm.hold_ref(data);
            let value = vm.part_next(data, 0);
            if vm.interrupt.is_none() {
                vm.numbers(data)[0] = 0;
            }
            let value = vm.let_go(value)?;
            if value.is_null() {
                return Ok(NULL);
            }
            vm.incref(value);
            vm.push_part(data, value);
            value
        }
    };
    vm.numbers(this)[0] = at as i64 + 1;
    Ok(value)
}

impl Machine {
    fn number_or(&self, this: Obj, default: i64) -> i64 {
        self.heap
            .native::<super::itertools::State>(this)
            .and_then(|s| s.numbers.first().copied())
            .unwrap_or(default)
    }

    fn push_part(&mut self, this: Obj, value: Obj) {
        if let Some(state) = self.heap.native_mut::<super::itertools::State>(this) {
            state.parts.push(value);
        }
    }
}
