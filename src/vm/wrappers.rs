//! What a `wrapper_descriptor` does with its arguments before it calls the slot (`wrap_*` of `Objects/typeobject.c`).

use super::slots::*;
use super::{Args, Machine, PyResult};
use crate::heap::{NULL, Obj};

/// Exactly `n` positional arguments (`check_num_args`).
fn exactly<const N: usize>(vm: &mut Machine, args: Args) -> PyResult<[Obj; N]> {
    if args.kw_len(vm) > 0 {
        return vm.raise(
            vm.types.type_error,
            "wrapper() takes no keyword arguments".to_string(),
        );
    }
    if args.len() != N {
        let (s, got) = (if N == 1 { "" } else { "s" }, args.len());
        return vm.raise(
            vm.types.type_error,
            format!("expected {N} argument{s}, got {got}"),
        );
    }
    Ok(std::array::from_fn(|i| args.get(vm, i)))
}

/// The same by `PyArg_UnpackTuple`, whose messages begin with the name that it was not given.
fn unpacked<const N: usize>(vm: &mut Machine, args: Args) -> PyResult<[Obj; N]> {
    if args.kw_len(vm) == 0 && args.len() != N {
        let (s, got) = (if N == 1 { "" } else { "s" }, args.len());
        return vm.type_error(format!(" expected {N} argument{s}, got {got}"));
    }
    exactly(vm, args)
}

fn done(vm: &mut Machine, result: PyResult<()>) -> PyResult<Obj> {
    result?;
    Ok(vm.new_none())
}

pub fn wrap_unary(vm: &mut Machine, f: UnaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    f(vm, this)
}

pub fn wrap_hash(vm: &mut Machine, f: HashFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    let hash = f(vm, this)?;
    Ok(vm.new_int(hash))
}

pub fn wrap_call(vm: &mut Machine, f: CallFn, this: Obj, args: Args) -> PyResult<Obj> {
    f(vm, this, args)
}

pub fn wrap_binary(vm: &mut Machine, f: BinaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [other] = exactly(vm, args)?;
    f(vm, this, other)
}

pub fn wrap_binary_r(vm: &mut Machine, f: BinaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [other] = exactly(vm, args)?;
    f(vm, other, this)
}

/// For dunders that no native slot stands for (`__getattr__`).
pub fn wrap_none(vm: &mut Machine, _: BinaryFn, _: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.new_none())
}

pub fn wrap_concat(vm: &mut Machine, f: BinaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [other] = exactly(vm, args)?;
    f(vm, this, other)
}

/// Between one argument and two, by `PyArg_UnpackTuple`.
fn one_or_two(vm: &mut Machine, args: Args) -> PyResult<(Obj, Obj)> {
    let (word, n) = match args.len() {
        0 => ("least", 1),
        1 | 2 => return Ok((args.get(vm, 0), args.get(vm, 1))),
        _ => ("most", 2),
    };
    let (s, got) = (if n == 1 { "" } else { "s" }, args.len());
    vm.type_error(format!(" expected at {word} {n} argument{s}, got {got}"))
}

pub fn wrap_ternary(vm: &mut Machine, f: TernaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let (other, third) = one_or_two(vm, args)?;
    f(vm, this, other, third.some().unwrap_or(vm.none))
}

pub fn wrap_ternary_r(vm: &mut Machine, f: TernaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let (other, third) = one_or_two(vm, args)?;
    f(vm, other, this, third.some().unwrap_or(vm.none))
}

pub fn wrap_inquiry(vm: &mut Machine, f: InquiryFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    let answer = f(vm, this)?;
    Ok(vm.new_bool(answer))
}

pub fn wrap_len(vm: &mut Machine, f: LenFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    let len = f(vm, this)?;
    Ok(vm.new_int(len as i64))
}

pub fn wrap_repeat(vm: &mut Machine, f: IndexFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [n] = unpacked(vm, args)?;
    let n = vm.index_clamped(n, vm.types.overflow_error)?;
    f(vm, this, n)
}

/// The index of `__getitem__` on a sequence, counted from the end if negative (`getindex`).
fn sq_index(vm: &mut Machine, this: Obj, index: Obj) -> PyResult<isize> {
    let i = vm.index_clamped(index, vm.types.overflow_error)?;
    if i < 0
        && let Some(len) = vm.slots_of(this).sq_length
    {
        return Ok(i + len(vm, this)? as isize);
    }
    Ok(i)
}

pub fn wrap_sq_item(vm: &mut Machine, f: IndexFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [index] = exactly(vm, args)?;
    let i = sq_index(vm, this, index)?;
    f(vm, this, i)
}

pub fn wrap_sq_setitem(vm: &mut Machine, f: StoreIndexFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [index, value] = unpacked(vm, args)?;
    let i = sq_index(vm, this, index)?;
    let result = f(vm, this, i, value);
    done(vm, result)
}

pub fn wrap_sq_delitem(vm: &mut Machine, f: StoreIndexFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [index] = exactly(vm, args)?;
    let i = sq_index(vm, this, index)?;
    let result = f(vm, this, i, NULL);
    done(vm, result)
}

pub fn wrap_contains(vm: &mut Machine, f: ContainsFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [item] = exactly(vm, args)?;
    let answer = f(vm, this, item)?;
    Ok(vm.new_bool(answer))
}

pub fn wrap_setitem(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [key, value] = unpacked(vm, args)?;
    let result = f(vm, this, key, value);
    done(vm, result)
}

pub fn wrap_delitem(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [key] = exactly(vm, args)?;
    let result = f(vm, this, key, NULL);
    done(vm, result)
}

pub fn wrap_setattr(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [name, value] = unpacked(vm, args)?;
    vm.guard_carlo(this, f, "__setattr__")?;
    let result = f(vm, this, name, value);
    done(vm, result)
}

pub fn wrap_delattr(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [name] = exactly(vm, args)?;
    vm.guard_carlo(this, f, "__delattr__")?;
    let result = f(vm, this, name, NULL);
    done(vm, result)
}

macro_rules! compare_wrappers {
    ($($name:ident $op:ident),*) => {
        $(pub fn $name(vm: &mut Machine, f: CompareFn, this: Obj, args: Args) -> PyResult<Obj> {
            let [other] = exactly(vm, args)?;
            f(vm, this, other, CmpOp::$op)
        })*
    };
}
compare_wrappers!(wrap_lt Lt, wrap_le Le, wrap_eq Eq, wrap_ne Ne, wrap_gt Gt, wrap_ge Ge);

pub fn wrap_next(vm: &mut Machine, f: UnaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    let item = f(vm, this)?;
    if item.is_null() {
        return vm.raise_bare(vm.types.stop_iteration);
    }
    Ok(item)
}

pub fn wrap_descr_get(vm: &mut Machine, f: TernaryFn, this: Obj, args: Args) -> PyResult<Obj> {
    let nothing = |o: Obj, vm: &Machine| if o == vm.none { NULL } else { o };
    let (obj, ty) = one_or_two(vm, args)?;
    let (obj, ty) = (nothing(obj, vm), nothing(ty, vm));
    if obj.is_null() && ty.is_null() {
        return vm.raise(
            vm.types.type_error,
            "__get__(None, None) is invalid".to_string(),
        );
    }
    f(vm, this, obj, ty)
}

pub fn wrap_descr_set(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [obj, value] = unpacked(vm, args)?;
    let result = f(vm, this, obj, value);
    done(vm, result)
}

pub fn wrap_descr_delete(vm: &mut Machine, f: StoreFn, this: Obj, args: Args) -> PyResult<Obj> {
    let [obj] = exactly(vm, args)?;
    let result = f(vm, this, obj, NULL);
    done(vm, result)
}

pub fn wrap_init(vm: &mut Machine, f: InitFn, this: Obj, args: Args) -> PyResult<Obj> {
    let result = f(vm, this, args);
    done(vm, result)
}

pub fn wrap_del(vm: &mut Machine, f: FinalizeFn, this: Obj, args: Args) -> PyResult<Obj> {
    exactly::<0>(vm, args)?;
    f(vm, this);
    Ok(vm.new_none())
}
