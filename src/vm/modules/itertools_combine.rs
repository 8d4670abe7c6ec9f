//! Iterators of `itertools` that combine: `zip_longest`, `product`, `permutations`, `combinations`,
//! `combinations_with_replacement`.

use super::itertools::{fill, iterator, make};
use super::itertools_pickle as pickle;
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::native::TypeSpec;
use crate::vm::{Args, Machine, PyResult};

pub static TYPES: &[TypeSpec] = &[
    iterator(
        "itertools.zip_longest",
        "zip_longest(*iterables, fillvalue=None) --> tuples of one item each; short iterables are filled up",
        pickle::ZIP_LONGEST,
        |s| fill(s, zip_longest_new, zip_longest_next),
    ),
    iterator(
        "itertools.product",
        "product(*iterables, repeat=1) --> each item of the first with each of the second, and so on",
        pickle::PRODUCT,
        |s| fill(s, product_new, product_next),
    ),
    iterator(
        "itertools.permutations",
        "permutations(iterable, r=None)\n--\n\nSo many items in each order.",
        pickle::PERMUTATIONS,
        |s| fill(s, permutations_new, permutations_next),
    ),
    iterator(
        "itertools.combinations",
        "combinations(iterable, r)\n--\n\nSo many items in their order, each once.",
        pickle::COMBINATIONS,
        |s| {
            fill(
                s,
                |vm, c, a| combinations_new(vm, c, a, "combinations"),
                |vm, this| combinations_next(vm, this, false),
            )
        },
    ),
    iterator(
        "itertools.combinations_with_replacement",
        "combinations_with_replacement(iterable, r)\n--\n\nSo many items in their order, repetitions included.",
        pickle::REPLACEMENT,
        |s| {
            fill(
                s,
                |vm, c, a| combinations_new(vm, c, a, "combinations_with_replacement"),
                |vm, this| combinations_next(vm, this, true),
            );
        },
    ),
];

/// Parts: the fill value, then the iterators; number: how many still go on.
fn zip_longest_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [fillvalue] = match vm.unpack("zip_longest", args.skip(args.len()), &[kw("fillvalue")]) {
        Ok(given) => given,
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            return vm.type_error("zip_longest() got an unexpected keyword argument".to_string());
        }
        Err(thrown) => return Err(thrown),
    };
    let iterators = vm.iterators_of(args, 0)?;
    let nones = vec![vm.none; args.len()];
    let parked = vm.park(&[iterators]);
    let result = vm.new_tuple_of(&nones);
    vm.unpark(parked);
    let parked = vm.park(&[iterators, result]);
    let made = make(vm, class, vec![iterators], vec![args.len() as i64]);
    vm.unpark(parked);
    vm.replace_result(made, result);
    let fillvalue = fillvalue.some().unwrap_or(vm.none);
    vm.incref(fillvalue);
    vm.set_last_part(made, fillvalue);
    Ok(made)
}

/// Part: the tuple of iterators, in which those at their end leave a gap; number: how many are left.
fn zip_longest_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let iterators = vm.part(this, 0);
    let count = vm.heap.tuple(iterators).map_or(0, <[Obj]>::len);
    if count == 0 || vm.number(this, 0) == 0 {
        return Ok(NULL);
    }
    let again = vm.result_if_free(this);
    let mark = vm.mark();
    match again.is_null() {
        false => {
            vm.hold_ref(again);
        }
        true => vm.reserve_tuple(count),
    }
    for i in 0..count {
        let item = match filled_item(vm, this, i) {
            Ok(item) if !item.is_null() => item,
            ended => {
                if again.is_null() {
                    vm.give_back_tuple(count);
                }
                return vm.releasing(mark, ended);
            }
        };
        match again.is_null() {
            false => {
                let old = vm.set_result_item(again, i, item);
                vm.decref(old);
            }
            true => {
                vm.hold(item);
            }
        }
    }
    if !again.is_null() {
        vm.track_result(again);
        return Ok(vm.unhold());
    }
    let items = vm.take_held(mark);
    Ok(vm.new_reserved_tuple(items))
}

/// The next item of the iterator at `i`, or the fill value once it has ended; NULL if no iterator is left.
fn filled_item(vm: &mut Machine, this: Obj, i: usize) -> PyResult<Obj> {
    let iterators = vm.part(this, 0);
    let iterator = vm.heap.tuple(iterators).map_or(NULL, |all| all[i]);
    if !iterator.is_null() {
        match vm.iter_next(iterator) {
            Ok(NULL) => {}
            Ok(item) => return Ok(item),
            Err(thrown) => {
                if vm.interrupt.is_none() {
                    vm.numbers(this)[0] = 0;
                }
                return Err(thrown);
            }
        }
        vm.numbers(this)[0] -= 1;
        if vm.number(this, 0) == 0 {
            return Ok(NULL);
        }
        let fillvalue = vm.last_part(this);
        vm.hold_ref(fillvalue);
        let ended = vm.set_result_item(iterators, i, NULL);
        vm.xdecref(ended);
        return Ok(vm.unhold());
    }
    let fillvalue = vm.last_part(this);
    Ok(vm.new_ref(fillvalue))
}

/// The pools of a product: they lie in a tuple.
pub fn pools_of(vm: &Machine, this: Obj) -> Vec<Obj> {
    vm.heap
        .tuple(vm.part(this, 0))
        .map(<[Obj]>::to_vec)
        .unwrap_or_default()
}

/// The items of iterables as tuples, owned.
fn pools(vm: &mut Machine, iterables: &[Obj]) -> PyResult<Vec<Obj>> {
    let mark = vm.mark();
    for iterable in iterables {
        match vm.sequence_tuple(*iterable) {
            Ok(pool) => {
                vm.hold(pool);
            }
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        }
    }
    let mut pools: Vec<Obj> = iterables.iter().map(|_| vm.unhold()).collect();
    pools.reverse();
    Ok(pools)
}

fn pool_len(vm: &Machine, this: Obj, i: usize) -> usize {
    vm.heap.tuple(vm.part(this, i)).map_or(0, <[Obj]>::len)
}

/// Part: the tuple of pools; numbers: state (0 before the first, 1 going, 2 over), then an index for each pool.
fn product_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [repeat] = vm.unpack("product", args.skip(args.len()), &[kw("repeat")])?;
    let repeat = if repeat.is_null() {
        1
    } else {
        vm.index_clamped(repeat, vm.types.overflow_error)?
    };
    if repeat < 0 {
        return vm.value_error("repeat argument cannot be negative");
    }
    let iterables = args.to_vec(vm);
    let once = if repeat == 0 {
        Vec::new()
    } else {
        pools(vm, &iterables)?
    };
    let mut all = once.clone();
    for _ in 1..repeat {
        for pool in &once {
            vm.incref(*pool);
            all.push(*pool);
        }
    }
    let mut numbers = vec![0; all.len() + 1];
    if all
        .iter()
        .any(|p| vm.heap.tuple(*p).is_some_and(<[Obj]>::is_empty))
    {
        numbers[0] = 2;
    }
    let all = vm.new_tuple(all);
    Ok(make(vm, class, vec![all], numbers))
}

fn product_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let pools = pools_of(vm, this);
    if vm.number(this, 0) == 1 {
        vm.renew_result(this);
    }
    match vm.number(this, 0) {
        0 => vm.numbers(this)[0] = 1,
        1 => {
            let mut i = pools.len();
            loop {
                if i == 0 {
                    vm.numbers(this)[0] = 2;
                    // The tuple that it keeps has gone round: it holds each pool's first item.
                    let first = |pool: &Obj| vm.heap.tuple(*pool).map_or(NULL, |p| p[0]);
                    let items: Vec<Obj> = pools.iter().map(first).collect();
                    let kept = vm.hand_out_result(this, &items);
                    vm.decref(kept);
                    return Ok(NULL);
                }
                let len = vm.heap.tuple(pools[i - 1]).map_or(0, <[Obj]>::len) as i64;
                let numbers = vm.numbers(this);
                numbers[i] += 1;
                if numbers[i] < len {
                    break;
                }
                numbers[i] = 0;
                i -= 1;
            }
        }
        _ => return Ok(NULL),
    }
    let items: Vec<Obj> = pools
        .iter()
        .enumerate()
        .map(|(i, pool)| {
            let n = vm.number(this, i + 1) as usize;
            vm.heap.tuple(*pool).map_or(NULL, |p| p[n])
        })
        .collect();
    Ok(vm.hand_out_result(this, &items))
}

/// The tuple of a pool's items at indices.
fn pick(vm: &mut Machine, this: Obj, indices: &[i64]) -> Obj {
    let pool = vm
        .heap
        .tuple(vm.part(this, 0))
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    let items: Vec<Obj> = indices.iter().map(|i| pool[*i as usize]).collect();
    vm.hand_out_result(this, &items)
}

/// A state: there is nothing to hand out from the start.
const NEVER: i64 = 3;

/// Numbers: state, r, then all indices, then r cycles.
fn permutations_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [iterable, r] = vm.unpack("permutations", args, &[req("iterable"), opt("r")])?;
    let pool = vm.sequence_tuple(iterable)?;
    let n = vm.heap.tuple(pool).map_or(0, <[Obj]>::len) as i64;
    let r = if r.is_null() || r == vm.none {
        n
    } else if !vm.is_int(r) {
        vm.decref(pool);
        return vm.type_error("Expected int as r".to_string());
    } else {
        vm.index_clamped(r, vm.types.overflow_error)? as i64
    };
    if r < 0 {
        vm.decref(pool);
        return vm.value_error("r must be non-negative");
    }
    let mut numbers = vec![if r > n { NEVER } else { 0 }, r];
    numbers.extend(0..n);
    numbers.extend((0..r.min(n)).map(|i| n - i));
    Ok(make(vm, class, vec![pool], numbers))
}

fn permutations_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let n = pool_len(vm, this, 0);
    if vm.number(this, 0) == 1 {
        vm.renew_result(this);
    }
    let numbers = vm.numbers(this);
    let r = numbers[1] as usize;
    match numbers[0] {
        0 => numbers[0] = 1,
        1 => {
            let mut i = r;
            loop {
                if i == 0 {
                    numbers[0] = 2;
                    return Ok(NULL);
                }
                i -= 1;
                let (indices, cycles) = numbers[2..].split_at_mut(n);
                cycles[i] -= 1;
                if cycles[i] == 0 {
                    indices[i..].rotate_left(1);
                    cycles[i] = (n - i) as i64;
                } else {
                    indices.swap(i, n - cycles[i] as usize);
                    break;
                }
            }
        }
        _ => return Ok(NULL),
    }
    let indices = vm.numbers(this)[2..2 + r].to_vec();
    Ok(pick(vm, this, &indices))
}

/// Numbers: state, r, then r indices.
fn combinations_new(vm: &mut Machine, class: Obj, args: Args, name: &str) -> PyResult<Obj> {
    let [iterable, r] = vm.unpack(name, args, &[req("iterable"), req("r")])?;
    let with_replacement = name.len() > "combinations".len();
    let r = vm.index_clamped(r, vm.types.overflow_error)? as i64;
    let pool = vm.sequence_tuple(iterable)?;
    if r < 0 {
        vm.decref(pool);
        return vm.value_error("r must be non-negative");
    }
    let n = vm.heap.tuple(pool).map_or(0, <[Obj]>::len) as i64;
    let over = if with_replacement {
        n == 0 && r > 0
    } else {
        r > n
    };
    let mut numbers = vec![if over { NEVER } else { 0 }, r];
    numbers.extend((0..r).map(|i| if with_replacement { 0 } else { i }));
    Ok(make(vm, class, vec![pool], numbers))
}

fn combinations_next(vm: &mut Machine, this: Obj, with_replacement: bool) -> PyResult<Obj> {
    let n = pool_len(vm, this, 0) as i64;
    if vm.number(this, 0) == 1 {
        vm.renew_result(this);
    }
    let numbers = vm.numbers(this);
    let r = numbers[1] as usize;
    match numbers[0] {
        0 => numbers[0] = 1,
        1 => {
            let indices = &mut numbers[2..];
            let last = |i: usize| {
                if with_replacement {
                    n - 1
                } else {
                    i as i64 + n - r as i64
                }
            };
            let Some(i) = (0..r).rev().find(|i| indices[*i] != last(*i)) else {
                numbers[0] = 2;
                return Ok(NULL);
            };
            let start = indices[i] + 1;
            for (k, index) in indices[i..].iter_mut().enumerate() {
                *index = if with_replacement {
                    start
                } else {
                    start + k as i64
                };
            }
        }
        _ => return Ok(NULL),
    }
    let indices = vm.numbers(this)[2..].to_vec();
    Ok(pick(vm, this, &indices))
}
