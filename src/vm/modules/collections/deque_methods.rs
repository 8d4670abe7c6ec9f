//! Methods of deque that search, compare, copy or rearrange.
//!
//! Items are compared while held; if the deque has changed after that, the search gives up.

use crate::heap::{NULL, Obj};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

use super::deque::*;
use crate::vm::types::list_methods::not_in;

/// Bytes of a deque and of one of its blocks of 64 items, for `__sizeof__`.
const BASE_BYTES: usize = 80;
const BLOCK_BYTES: usize = 528;
const BLOCK_ITEMS: usize = 64;

const MUTATED: &str = "deque mutated during iteration";

/// Calls `f` with whether each item from `start` to `stop` equals the value, until it answers false.
fn search(
    vm: &mut Machine,
    this: Obj,
    value: Obj,
    range: std::ops::Range<usize>,
    error: Obj,
    f: impl FnMut(usize, bool) -> bool,
) -> PyResult<()> {
    search_holding::<true>(vm, this, value, range, error, f)
}

fn search_holding<const HOLD: bool>(
    vm: &mut Machine,
    this: Obj,
    value: Obj,
    range: std::ops::Range<usize>,
    error: Obj,
    mut f: impl FnMut(usize, bool) -> bool,
) -> PyResult<()> {
    let state = deque(vm, this).state;
    for i in range {
        let Some(item) = deque(vm, this).items.get(i).copied() else {
            break;
        };
        let mark = vm.mark();
        if HOLD {
            vm.hold_ref(item);
        }
        let equal = vm.rich_compare_bool(item, value, CmpOp::Eq);
        let equal = vm.releasing(mark, equal)?;
        let go_on = f(i, equal);
        if !go_on && error.is_null() {
            return Ok(());
        }
        if deque(vm, this).state != state {
            let error = if error.is_null() {
                vm.types.runtime_error
            } else {
                error
            };
            return vm.raise(error, MUTATED.to_string());
        }
        if !go_on {
            return Ok(());
        }
    }
    Ok(())
}

pub fn contains(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<bool> {
    let n = deque(vm, this).items.len();
    let mut found = false;
    search(vm, this, value, 0..n, NULL, |_, equal| {
        found |= equal;
        !equal
    })?;
    Ok(found)
}

pub fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let n = deque(vm, this).items.len();
    let mut found = 0;
    search(
        vm,
        this,
        args.get(vm, 0),
        0..n,
        vm.types.runtime_error,
        |_, equal| {
            found += i64::from(equal);
            true
        },
    )?;
    Ok(vm.new_int(found))
}

fn bound(vm: &mut Machine, given: Obj, default: usize, len: usize) -> PyResult<usize> {
    if given.is_null() {
        return Ok(default);
    }
    let i = vm.slice_index_not_none(given)?;
    let i = if i < 0 {
        i.saturating_add(len as isize)
    } else {
        i
    };
    Ok(usize::try_from(i).unwrap_or(0).min(len))
}

pub fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    let n = deque(vm, this).items.len();
    let start = bound(vm, args.get(vm, 1), 0, n)?;
    let stop = bound(vm, args.get(vm, 2), n, n)?;
    let mut found = None;
    // `deque_index` is the one that does not hold the item.
    let range = start..stop.max(start);
    search_holding::<false>(vm, this, value, range, NULL, |i, equal| {
        found = equal.then_some(i);
        !equal
    })?;
    match found {
        Some(i) => Ok(vm.new_int(i as i64)),
        None => not_in(vm, value, "deque"),
    }
}

pub fn remove(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    let n = deque(vm, this).items.len();
    let mut found = None;
    search(vm, this, value, 0..n, vm.types.index_error, |i, equal| {
        found = equal.then_some(i);
        !equal
    })?;
    match found {
        Some(i) => {
            let old = remove_at(vm, this, i);
            vm.decref(old);
            Ok(vm.new_none())
        }
        None => not_in(vm, value, "deque"),
    }
}

pub fn insert(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.len() != 2 {
        let given = args.len();
        return vm.type_error(format!(
            "insert() takes exactly 2 arguments ({given} given)"
        ));
    }
    let at = vm.ssize(args.get(vm, 0))?;
    let value = args.get(vm, 1);
    let (len, maxlen) = (deque(vm, this).items.len(), deque(vm, this).maxlen);
    if maxlen == Some(len) {
        return vm.raise(
            vm.types.index_error,
            "deque already at its maximum size".to_string(),
        );
    }
    let at = if at < 0 {
        at.saturating_add(len as isize)
    } else {
        at
    };
    let at = usize::try_from(at).unwrap_or(0).min(len);
    vm.incref(value);
    let d = deque_mut(vm, this);
    d.items.insert(at, value);
    d.state += 1;
    Ok(vm.new_none())
}

pub fn reverse(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    // CPython exchanges items in place and does not count it as a change.
    deque_mut(vm, this).items.make_contiguous().reverse();
    Ok(vm.new_none())
}

pub fn rotate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.len() > 1 {
        let given = args.len();
        return vm.type_error(format!(
            "deque.rotate expected at most 1 argument, got {given}"
        ));
    }
    let n = match args.get(vm, 0).some() {
        Some(n) => vm.ssize(n)?,
        None => 1,
    };
    let d = deque_mut(vm, this);
    let len = d.items.len() as isize;
    if len > 1 {
        d.items.rotate_right(n.rem_euclid(len) as usize);
        d.state += 1;
    }
    Ok(vm.new_none())
}

/// A deque of the same class and length limit; of subclasses by calling them (`deque_copy`).
pub fn copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let maxlen = deque(vm, this).maxlen;
    if class == vm.module_type(&SPEC) {
        let made = new_deque(vm, class, maxlen);
        for item in deque(vm, this).items.clone() {
            vm.incref(item);
            push_right(vm, made, item);
        }
        return Ok(made);
    }
    let made = match maxlen {
        None => vm.call(class, &[this])?,
        Some(n) => {
            let n = vm.new_int(n as i64);
            vm.with_held(n, |vm, n| vm.call(class, &[this, n]))?
        }
    };
    if !is_deque(vm, made) {
        let (name, got) = (vm.class_name(class), vm.type_name(made));
        vm.decref(made);
        return vm.type_error(format!("{name}() must return a deque, not {got}"));
    }
    Ok(made)
}

pub fn concat(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    if !is_deque(vm, other) {
        let name = vm.type_name(other);
        return vm.type_error(format!(
            "can only concatenate deque (not \"{name}\") to deque"
        ));
    }
    let made = copy(vm, this, Args::none())?;
    vm.hold(made);
    if let Err(thrown) = extend_right(vm, made, other) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

pub fn inplace_repeat(vm: &mut Machine, this: Obj, n: isize) -> PyResult<Obj> {
    let len = deque(vm, this).items.len();
    if n <= 0 {
        clear_items(vm, this);
    } else if len > 0 && n > 1 {
        let room = vm.options.max_memory / 8;
        let Some(total) = len
            .checked_mul(n as usize)
            .filter(|t| *t < room || deque(vm, this).maxlen.is_some())
        else {
            return vm.raise_bare(vm.types.memory_error);
        };
        // With a limit only the last items stay, so no more repetitions than fill it are made.
        let wanted = deque(vm, this)
            .maxlen
            .map_or(total, |max| total.min(max.saturating_add(len)));
        let items: Vec<Obj> = deque(vm, this).items.iter().copied().collect();
        let (rounds, all) = (wanted.div_ceil(len), items.len());
        for item in items.iter().cycle().take(all * (rounds.max(1) - 1)) {
            vm.incref(*item);
            push_right(vm, this, *item);
        }
    }
    Ok(vm.new_ref(this))
}

pub fn repeat(vm: &mut Machine, this: Obj, n: isize) -> PyResult<Obj> {
    let made = copy(vm, this, Args::none())?;
    vm.hold(made);
    let result = inplace_repeat(vm, made, n);
    vm.let_go(result)
}

pub fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let state = vm.lookup_attr(this, vm.names.__dict__)?;
    let state = state.unwrap_or_else(|| vm.new_none());
    let args = match deque(vm, this).maxlen {
        None => vm.new_tuple(vec![]),
        Some(n) => {
            let empty = vm.new_tuple(vec![]);
            let n = vm.new_int(n as i64);
            vm.new_tuple(vec![empty, n])
        }
    };
    let ty = vm.heap.ty(this);
    let mark = vm.mark();
    vm.hold(args);
    vm.hold(state);
    // A subclass may have an `__iter__` of its own.
    let items = vm.get_iter(this);
    if items.is_err() {
        return vm.releasing(mark, items);
    }
    vm.unhold();
    vm.unhold();
    let parts = vec![vm.new_ref(ty), args, state, items?];
    Ok(vm.new_tuple(parts))
}

pub fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.repr_enter(this) {
        return Ok(vm.new_str("[...]"));
    }
    let result = repr_unguarded(vm, this);
    vm.repr_leave(this);
    result
}

fn repr_unguarded(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let items = vm.collect_iterable(this)?;
    let list = vm.new_list(items);
    let text = vm.with_held(list, |vm, list| vm.repr_text(list))?;
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    let limit = deque(vm, this)
        .maxlen
        .map_or(String::new(), |n| format!(", maxlen={n}"));
    Ok(vm.new_string(format!("{name}({text}{limit})")))
}

/// Item by item until two differ (`deque_richcompare`).
pub fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_deque(vm, this) || !is_deque(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let (n, m) = (deque(vm, this).items.len(), deque(vm, other).items.len());
    if this == other || (n != m && matches!(op, CmpOp::Eq | CmpOp::Ne)) {
        let answer = if this == other {
            matches!(op, CmpOp::Eq | CmpOp::Le | CmpOp::Ge)
        } else {
            op == CmpOp::Ne
        };
        return Ok(vm.new_bool(answer));
    }
    let first = vm.get_iter(this)?;
    let mark = vm.mark();
    vm.hold(first);
    let second = vm.get_iter(other)?;
    vm.hold(second);
    let result = compare_items(vm, first, second, op);
    if vm.interrupt.is_none() {
        vm.release_raising(mark);
    }
    let answer = result?;
    Ok(vm.new_bool(answer))
}

fn compare_items(vm: &mut Machine, first: Obj, second: Obj, op: CmpOp) -> PyResult<bool> {
    loop {
        let mark = vm.mark();
        let x = vm.iter_next(first)?;
        vm.hold(x);
        let y = match vm.iter_next(second) {
            Ok(y) => vm.hold(y),
            Err(thrown) => {
                vm.release_raising(mark);
                return Err(thrown);
            }
        };
        if x.is_null() || y.is_null() {
            vm.release(mark);
            // Whoever ends first is the smaller.
            return Ok(op.test((!x.is_null()).cmp(&!y.is_null())));
        }
        let differ = vm
            .rich_compare_bool(x, y, CmpOp::Eq)
            .and_then(|equal| match (equal, op) {
                (true, _) => Ok(None),
                (false, CmpOp::Eq) => Ok(Some(false)),
                (false, CmpOp::Ne) => Ok(Some(true)),
                (false, _) => vm.rich_compare_bool(x, y, op).map(Some),
            });
        if vm.interrupt.is_none() {
            vm.release_raising(mark);
        }
        if let Some(answer) = differ? {
            return Ok(answer);
        }
    }
}

pub fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let blocks = (deque(vm, this).items.len() + 1).div_ceil(BLOCK_ITEMS);
    Ok(vm.new_int((BASE_BYTES + blocks * BLOCK_BYTES) as i64))
}
