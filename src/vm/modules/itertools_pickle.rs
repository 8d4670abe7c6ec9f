//! `__reduce__` and `__setstate__` of the iterators of `itertools`: what each is made of, and how far it has come.

use super::itertools::make;
use super::itertools_shared::{DATA, GROUP, LINK_CELLS, TEE, hidden};
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

const fn reduce_by(call: crate::vm::native::NativeFn) -> Method {
    Method::new("__reduce__", Arity::NoArgs, call).doc("Return state information for pickling.")
}

const fn set_by(call: crate::vm::native::NativeFn) -> Method {
    Method::new("__setstate__", Arity::One, call).doc("Set state information for unpickling.")
}

pub static COUNT: &[Method] = &[reduce_by(count_reduce)];
pub static CYCLE: &[Method] = &[reduce_by(cycle_reduce), set_by(cycle_set)];
pub const REPEAT_REDUCE: Method = reduce_by(repeat_reduce);
pub const CHAIN_REDUCE: Method = reduce_by(chain_reduce);
pub const CHAIN_SET: Method = set_by(chain_set);
/// Those whose parts are their arguments.
pub static PARTS: &[Method] = &[reduce_by(parts_reduce)];
/// The same with a flag as state.
pub static FLAGGED: &[Method] = &[reduce_by(flagged_reduce), set_by(flagged_set)];
pub static ISLICE: &[Method] = &[reduce_by(islice_reduce), set_by(islice_set)];
pub static ACCUMULATE: &[Method] = &[reduce_by(accumulate_reduce), set_by(accumulate_set)];
pub static NONE: &[Method] = &[];
pub static ZIP_LONGEST: &[Method] = &[reduce_by(zip_longest_reduce), set_by(zip_longest_set)];
pub static PRODUCT: &[Method] = &[reduce_by(product_reduce), set_by(product_set)];
pub static PERMUTATIONS: &[Method] = &[reduce_by(permutations_reduce), set_by(permutations_set)];
pub static COMBINATIONS: &[Method] = &[
    reduce_by(combinations_reduce),
    set_by(|vm, this, args| combinations_set(vm, this, args, false)),
];
pub static REPLACEMENT: &[Method] = &[
    reduce_by(combinations_reduce),
    set_by(|vm, this, args| combinations_set(vm, this, args, true)),
];
pub static GROUPBY: &[Method] = &[reduce_by(groupby_reduce), set_by(groupby_set)];
pub static GROUPER: &[Method] = &[reduce_by(group_reduce)];
pub const TEE_REDUCE: Method = reduce_by(tee_reduce);
pub const TEE_SET: Method = set_by(tee_set);
pub static TEE_DATA: &[Method] = &[reduce_by(data_reduce)];

/// `(class, args)` or `(class, args, state)`; borrows args and class, takes the state over (NULL: none).
fn recipe(vm: &mut Machine, class: Obj, args: &[Obj], state: Obj) -> Obj {
    let args = vm.new_tuple_of(args);
    let class = vm.new_ref(class);
    let mut parts = vec![class, args];
    parts.extend(state.some());
    vm.new_tuple(parts)
}

/// The object's own class with some arguments.
fn own(vm: &mut Machine, this: Obj, args: &[Obj], state: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    Ok(recipe(vm, class, args, state))
}

fn done(vm: &mut Machine) -> PyResult<Obj> {
    Ok(vm.new_none())
}

/// Members of a state that must be a tuple of so many.
fn members(vm: &mut Machine, state: Obj, least: usize, most: usize) -> PyResult<Vec<Obj>> {
    let Some(items) = vm.heap.tuple(state).map(<[Obj]>::to_vec) else {
        return vm.type_error("state is not a tuple".to_string());
    };
    let given = items.len();
    if (least..=most).contains(&given) {
        return Ok(items);
    }
    let (bound, n) = match (least == most, given < least) {
        (true, _) => ("exactly", least),
        (false, true) => ("at least", least),
        (false, false) => ("at most", most),
    };
    let s = if n == 1 { "" } else { "s" };
    vm.type_error(format!(
        "function takes {bound} {n} argument{s} ({given} given)"
    ))
}

fn wrong_member<T>(vm: &mut Machine, n: usize, want: &str, got: Obj) -> PyResult<T> {
    let got = vm.type_name(got);
    vm.type_error(format!("argument {n} must be {want}, not {got}"))
}

/// `PyLong_AsSsize_t`
fn integer(vm: &mut Machine, o: Obj) -> PyResult<i64> {
    if !vm.is_int(o) {
        return vm.type_error("an integer is required".to_string());
    }
    match vm.as_i64(o) {
        Some(value) => Ok(value),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

fn count_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let step = vm.part(this, 1);
    let now = super::itertools::count_now(vm, this);
    let by_one = vm.is_exact(step, vm.types.int) && vm.as_i64(step) == Some(1);
    let small = vm.is_int(now) && vm.as_i64(now).is_some_and(|n| n != i64::MAX);
    vm.with_held(now, |vm, now| match by_one && small {
        true => own(vm, this, &[now], NULL),
        false => own(vm, this, &[now, step], NULL),
    })
}

/// Numbers of a cycle: the place in what is kept, and whether that is complete.
fn cycle_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (source, saved) = (vm.part(this, 0), vm.part(this, 1));
    let (at, complete) = (vm.number(this, 0), vm.number(this, 1) != 0);
    let mark = vm.mark();
    let source = if source.is_null() {
        let iterator = vm.get_iter(saved)?;
        vm.hold(iterator);
        if at != 0 {
            let place = vm.new_int(at);
            let set = vm.with_held(place, |vm, place| {
                vm.call_method_obj(iterator, vm.names.__setstate__, &[place])
            });
            match set {
                Ok(none) => vm.decref(none),
                Err(thrown) => return vm.releasing(mark, Err(thrown)),
            }
        }
        iterator
    } else {
        vm.hold_ref(source)
    };
    let over = vm.part(this, 0).is_null();
    let complete = vm.new_bool(over || complete);
    let saved = vm.new_ref(saved);
    let state = vm.new_tuple(vec![saved, complete]);
    let made = own(vm, this, &[source], state);
    vm.releasing(mark, made)
}

fn cycle_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let items = members(vm, args.get(vm, 0), 2, 2)?;
    if vm.heap.list(items[0]).is_none() {
        return wrong_member(vm, 1, "list", items[0]);
    }
    let complete = vm.index_clamped(items[1], vm.types.overflow_error)?;
    vm.numbers(this)[0] = 0;
    vm.numbers(this)[1] = i64::from(complete != 0);
    vm.incref(items[0]);
    vm.set_part(this, 1, items[0]);
    done(vm)
}

fn repeat_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (object, left) = (vm.part(this, 0), vm.number(this, 0));
    if left < 0 {
        return own(vm, this, &[object], NULL);
    }
    let left = vm.new_int(left);
    vm.with_held(left, |vm, left| own(vm, this, &[object, left], NULL))
}

fn chain_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (active, source) = (vm.part(this, 0), vm.part(this, 1));
    if source.is_null() {
        return own(vm, this, &[], NULL);
    }
    let mut state = vec![source];
    state.extend(active.some());
    let state = vm.new_tuple_of(&state);
    own(vm, this, &[], state)
}

fn chain_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let items = members(vm, args.get(vm, 0), 1, 2)?;
    if items.iter().any(|o| vm.slots_of(*o).tp_iternext.is_none()) {
        return vm.type_error("Arguments must be iterators.".to_string());
    }
    for (i, o) in [1, 0].into_iter().zip(&items) {
        vm.incref(*o);
        vm.set_part(this, i, *o);
    }
    done(vm)
}

fn parts_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    own(vm, this, &parts, NULL)
}

fn flagged_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    let flag = vm.new_int(vm.number(this, 0));
    own(vm, this, &parts, flag)
}

fn flagged_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let flag = vm.is_true(args.get(vm, 0))?;
    vm.numbers(this)[0] = i64::from(flag);
    done(vm)
}

/// One that is over is an `islice` of nothing.
fn islice_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let [count, next, stop, step] = [0, 1, 2, 3].map(|i| vm.number(this, i));
    let source = vm.part(this, 0);
    let mark = vm.mark();
    if source.is_null() {
        let empty = vm.new_list(Vec::new());
        vm.hold(empty);
        let iterator = vm.get_iter(empty);
        let iterator = vm.let_go(iterator)?;
        vm.hold(iterator);
        let zero = vm.small_ints[5];
        let state = vm.new_ref(zero);
        let made = own(vm, this, &[iterator, zero], state);
        return vm.releasing(mark, made);
    }
    let stop = if stop < 0 {
        vm.new_none()
    } else {
        vm.new_int(stop)
    };
    vm.hold(stop);
    let next = vm.new_int(next);
    vm.hold(next);
    let step = vm.new_int(step);
    vm.hold(step);
    let count = vm.new_int(count);
    let made = own(vm, this, &[source, next, stop, step], count);
    vm.releasing(mark, made)
}

fn islice_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let count = integer(vm, args.get(vm, 0))?;
    vm.numbers(this)[0] = count;
    done(vm)
}

fn type_named(vm: &Machine, name: &str) -> Obj {
    vm.module_types.get(name).copied().unwrap_or(vm.none)
}

/// `chain((first,), rest)`, held.
fn hold_chain(vm: &mut Machine, first: Obj, rest: Obj) -> PyResult<Obj> {
    let single = vm.new_tuple_of(&[first]);
    let chain = type_named(vm, "itertools.chain");
    let chained = vm.with_held(single, |vm, single| vm.call(chain, &[single, rest]))?;
    Ok(vm.hold(chained))
}

/// An initial value that has not been handed out goes in front; a total of None cannot be a state, so it does too.
fn accumulate_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    let (source, total, initial) = (parts[2], parts[1], parts[3]);
    let func = parts[0].some().unwrap_or(vm.none);
    let mark = vm.mark();
    if initial != vm.none {
        let chained = hold_chain(vm, initial, source)?;
        let none = vm.new_none();
        let made = own(vm, this, &[chained, func], none);
        return vm.releasing(mark, made);
    }
    if total == vm.none {
        let chained = hold_chain(vm, total, source)?;
        let class = vm.heap.ty(this);
        let inner = vm.call(class, &[chained, func]);
        let inner = vm.releasing(mark, inner)?;
        vm.hold(inner);
        let (one, none) = (vm.small_ints[6], vm.none);
        let islice = type_named(vm, "itertools.islice");
        let made = recipe(vm, islice, &[inner, one, none], NULL);
        return vm.releasing(mark, Ok(made));
    }
    let total = vm.new_ref(total.some().unwrap_or(vm.none));
    own(vm, this, &[source, func], total)
}

fn accumulate_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let total = args.get(vm, 0);
    vm.incref(total);
    vm.set_part(this, 1, total);
    done(vm)
}

/// Iterators that are over are empty tuples.
fn zip_longest_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let empty = vm.empty_tuple;
    let sources: Vec<Obj> = super::itertools_combine::pools_of(vm, this)
        .iter()
        .map(|o| o.some().unwrap_or(empty))
        .collect();
    let fill = vm.new_ref(vm.last_part(this));
    own(vm, this, &sources, fill)
}

fn zip_longest_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let fill = args.get(vm, 0);
    vm.incref(fill);
    vm.set_last_part(this, fill);
    done(vm)
}

fn int_tuple(vm: &mut Machine, numbers: &[i64]) -> Obj {
    let items = numbers.iter().map(|n| vm.new_int(*n)).collect();
    vm.new_tuple(items)
}

fn product_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (pools, numbers) = (
        super::itertools_combine::pools_of(vm, this),
        vm.numbers(this).clone(),
    );
    match numbers[0] {
        0 => own(vm, this, &pools, NULL),
        1 => {
            let state = int_tuple(vm, &numbers[1..]);
            own(vm, this, &pools, state)
        }
        _ => {
            let empty = vm.empty_tuple;
            own(vm, this, &[empty], NULL)
        }
    }
}

/// The members of a state of indices, if it is a tuple of so many.
fn index_state(vm: &mut Machine, state: Obj, count: usize) -> PyResult<Vec<i64>> {
    let items = vm
        .heap
        .tuple(state)
        .map(<[Obj]>::to_vec)
        .filter(|items| items.len() == count);
    let Some(items) = items else {
        return vm.value_error("invalid arguments");
    };
    items.into_iter().map(|o| integer(vm, o)).collect()
}

fn product_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let pools = super::itertools_combine::pools_of(vm, this);
    let indices = index_state(vm, args.get(vm, 0), pools.len())?;
    for (i, index) in indices.into_iter().enumerate() {
        let size = vm.heap.tuple(pools[i]).map_or(0, <[Obj]>::len) as i64;
        if size == 0 {
            vm.numbers(this)[0] = 2;
            return done(vm);
        }
        vm.numbers(this)[i + 1] = index.clamp(0, size - 1);
    }
    vm.numbers(this)[0] = 1;
    done(vm)
}

/// `(pool, r)` with the state if it goes, `((), r)` if it is over. Takes the state over.
fn pool_recipe(vm: &mut Machine, this: Obj, state: Obj) -> PyResult<Obj> {
    let numbers = vm.numbers(this).clone();
    let pool = if numbers[0] == 2 {
        vm.empty_tuple
    } else {
        vm.part(this, 0)
    };
    let r = vm.new_int(numbers[1]);
    vm.with_held(r, |vm, r| own(vm, this, &[pool, r], state))
}

fn pool_size(vm: &Machine, this: Obj) -> usize {
    vm.heap.tuple(vm.part(this, 0)).map_or(0, <[Obj]>::len)
}

fn combinations_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let numbers = vm.numbers(this).clone();
    let state = if numbers[0] == 1 {
        int_tuple(vm, &numbers[2..])
    } else {
        NULL
    };
    pool_recipe(vm, this, state)
}

fn combinations_set(vm: &mut Machine, this: Obj, args: Args, replacement: bool) -> PyResult<Obj> {
    let n = pool_size(vm, this) as i64;
    let r = vm.number(this, 1);
    let indices = index_state(vm, args.get(vm, 0), r as usize)?;
    if vm.number(this, 0) > 2 {
        return done(vm);
    }
    for (i, index) in indices.into_iter().enumerate() {
        let most = if replacement { n - 1 } else { i as i64 + n - r };
        vm.numbers(this)[i + 2] = index.clamp(0, most);
    }
    vm.numbers(this)[0] = 1;
    done(vm)
}

fn permutations_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (numbers, n) = (vm.numbers(this).clone(), pool_size(vm, this));
    if numbers[0] != 1 {
        return pool_recipe(vm, this, NULL);
    }
    let indices = int_tuple(vm, &numbers[2..2 + n]);
    let cycles = int_tuple(vm, &numbers[2 + n..]);
    let state = vm.new_tuple(vec![indices, cycles]);
    pool_recipe(vm, this, state)
}

fn permutations_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let items = members(vm, args.get(vm, 0), 2, 2)?;
    for (i, o) in items.iter().enumerate() {
        if vm.heap.tuple(*o).is_none() {
            return wrong_member(vm, i + 1, "tuple", *o);
        }
    }
    let n = pool_size(vm, this);
    let r = vm.number(this, 1) as usize;
    if vm.heap.tuple(items[1]).map_or(0, <[Obj]>::len) != r {
        return vm.value_error("invalid arguments");
    }
    let indices = index_state(vm, items[0], n)?;
    let cycles = index_state(vm, items[1], r)?;
    if r > n {
        return done(vm);
    }
    for (i, index) in indices.into_iter().enumerate() {
        vm.numbers(this)[i + 2] = index.clamp(0, n as i64 - 1);
    }
    for (i, cycle) in cycles.into_iter().enumerate() {
        vm.numbers(this)[i + 2 + n] = cycle.clamp(1, (n - i) as i64);
    }
    vm.numbers(this)[0] = 1;
    done(vm)
}

fn groupby_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    let (target, key, value) = (parts[2], parts[3], parts[4]);
    let state = if [target, key, value].iter().any(|o| o.is_null()) {
        NULL
    } else {
        vm.new_tuple_of(&[value, target, key])
    };
    own(vm, this, &parts[..2], state)
}

fn groupby_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let items = members(vm, args.get(vm, 0), 3, 3)?;
    for (place, o) in [(4, items[0]), (2, items[1]), (3, items[2])] {
        vm.incref(o);
        vm.set_part(this, place, o);
    }
    done(vm)
}

/// A group that is no longer the current one is over.
fn group_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    if vm.number(parts[0], 0) == vm.number(this, 0) {
        return own(vm, this, &parts, NULL);
    }
    let iter = vm
        .dict_get_name(vm.builtins, "iter")
        .some()
        .unwrap_or(vm.none);
    let empty = vm.empty_tuple;
    Ok(recipe(vm, iter, &[empty], NULL))
}

/// `_grouper(groupby, key)`
pub fn group_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    super::itertools::positional(vm, args, "_grouper", 2, 2)?;
    let (parent, key) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.is_subtype(vm.heap.ty(parent), type_named(vm, "itertools.groupby")) {
        let got = vm.type_name(parent);
        return vm.type_error(format!(
            "_grouper() argument 1 must be itertools.groupby, not {got}"
        ));
    }
    vm.numbers(parent)[0] += 1;
    let number = vm.number(parent, 0);
    vm.incref(parent);
    vm.incref(key);
    Ok(make(vm, class, vec![parent, key], vec![number]))
}

fn tee_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let data = vm.part(this, 0);
    let at = vm.new_int(vm.number(this, 0));
    let data = vm.new_ref(data);
    let state = vm.new_tuple(vec![data, at]);
    let empty = vm.empty_tuple;
    own(vm, this, &[empty], state)
}

fn tee_set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    debug_assert!(vm.heap.ty(this) == hidden(vm, TEE), "checked by the type");
    let items = members(vm, args.get(vm, 0), 2, 2)?;
    if vm.heap.ty(items[0]) != hidden(vm, DATA) {
        return wrong_member(vm, 1, "itertools._tee_dataobject", items[0]);
    }
    let at = vm.index_clamped(items[1], vm.types.overflow_error)?;
    if at < 0 || at as usize > LINK_CELLS {
        return vm.value_error("Index out of range");
    }
    vm.incref(items[0]);
    vm.set_part(this, 0, items[0]);
    vm.numbers(this)[0] = at as i64;
    done(vm)
}

fn data_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let parts = vm.parts(this);
    for o in &parts[2..] {
        vm.incref(*o);
    }
    let values = vm.new_list(parts[2..].to_vec());
    let next = parts[1].some().unwrap_or(vm.none);
    vm.with_held(values, |vm, values| {
        own(vm, this, &[parts[0], values, next], NULL)
    })
}

/// `_tee_dataobject(iterator, values, next)`
pub fn data_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    super::itertools::positional(vm, args, "teedataobject", 3, 3)?;
    let [source, values, next] = [0, 1, 2].map(|i| args.get(vm, i));
    if vm.heap.list(values).is_none() {
        let got = vm.type_name(values);
        return vm.type_error(format!(
            "teedataobject() argument 2 must be list, not {got}"
        ));
    }
    let values = vm.heap.list(values).cloned().unwrap_or_default();
    let full = values.len() == LINK_CELLS;
    let linked = next != vm.none;
    if values.len() > LINK_CELLS || (linked && (!full || vm.heap.ty(next) != hidden(vm, DATA))) {
        return vm.value_error("Invalid arguments");
    }
    let next = if linked { next } else { NULL };
    let mut parts = vec![source, next];
    parts.extend(values);
    for o in &parts {
        vm.xincref(*o);
    }
    Ok(make(vm, class, parts, Vec::new()))
}

/// The hidden types by their names in the module.
pub fn add_hidden(vm: &mut Machine, dict: Obj) {
    for (name, which) in [
        ("_grouper", GROUP),
        ("_tee", TEE),
        ("_tee_dataobject", DATA),
    ] {
        let class = hidden(vm, which);
        vm.dict_set_name(dict, name, class);
    }
}
