//! Functions of ints of any size.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::heap::Obj;
use crate::vm::{Args, Machine, PyResult};

/// Results that would need more bits than this are refused with MemoryError, as those of int arithmetic are.
const MAX_BITS: f64 = 4_294_967_296.0;

/// An argument as an int, by `__index__`.
fn index(vm: &mut Machine, args: Args, i: usize) -> PyResult<BigInt> {
    let o = args.get(vm, i);
    let index = vm.number_index(o)?;
    let value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    Ok(value)
}

/// Folds all arguments, each checked even when the result cannot change any more.
fn fold(
    vm: &mut Machine,
    args: Args,
    empty: i64,
    f: impl Fn(&BigInt, &BigInt) -> BigInt,
) -> PyResult<Obj> {
    if args.is_empty() {
        return Ok(vm.new_int(empty));
    }
    let mut result = index(vm, args, 0)?.abs();
    for i in 1..args.len() {
        let value = index(vm, args, i)?;
        result = f(&result, &value);
    }
    Ok(vm.new_big_int(result))
}

pub fn gcd(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    fold(vm, args, 0, |a, b| a.gcd(b))
}

pub fn lcm(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    fold(vm, args, 1, |a, b| a.lcm(b).abs())
}

pub fn isqrt(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let n = index(vm, args, 0)?;
    if n.is_negative() {
        return vm.value_error("isqrt() argument must be nonnegative");
    }
    let root = BigInt::from(n.magnitude().sqrt());
    Ok(vm.new_big_int(root))
}

/// The product of the numbers from `low` to below `high`, halved until both sides are of like size.
fn range_product(low: u64, high: u64) -> BigUint {
    /// So few are multiplied one after the other.
    const FEW: u64 = 16;
    if high - low <= FEW {
        return (low..high).fold(BigUint::one(), |product, n| product * n);
    }
    let middle = low + (high - low) / 2;
    range_product(low, middle) * range_product(middle, high)
}

fn check_bits(vm: &mut Machine, factors: f64, largest_bits: f64) -> PyResult<()> {
    if factors * largest_bits > MAX_BITS {
        return vm.raise_bare(vm.types.memory_error);
    }
    Ok(())
}

pub fn factorial(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let n = index(vm, args, 0)?;
    if n.is_negative() {
        return vm.value_error("factorial() not defined for negative values");
    }
    let Some(n) = n.to_i64() else {
        return vm.raise(
            vm.types.overflow_error,
            format!("factorial() argument should not exceed {}", i64::MAX),
        );
    };
    check_bits(vm, n as f64, (n as f64 + 1.0).log2() - 1.0)?;
    let product = range_product(1, n as u64 + 1);
    Ok(vm.new_big_int(BigInt::from(product)))
}

/// `n * (n - 1) * …`, k factors.
fn falling(vm: &mut Machine, n: &BigInt, k: u64) -> PyResult<BigInt> {
    check_bits(vm, k as f64, (n.bits() as f64 - 1.0).max(0.0))?;
    if let Some(n) = n.to_u64().filter(|n| *n < u64::MAX) {
        return Ok(BigInt::from(range_product(n - k + 1, n + 1)));
    }
    let mut product = BigInt::one();
    for i in 0..k {
        product *= n - i;
    }
    Ok(product)
}

/// Both arguments, which must not be negative.
fn n_and_k(vm: &mut Machine, args: Args) -> PyResult<(BigInt, BigInt)> {
    let n = index(vm, args, 0)?;
    let k = index(vm, args, 1)?;
    for (name, value) in [("n", &n), ("k", &k)] {
        if value.is_negative() {
            return vm.value_error(&format!("{name} must be a non-negative integer"));
        }
    }
    Ok((n, k))
}

fn count_of(vm: &mut Machine, k: &BigInt, what: &str) -> PyResult<u64> {
    match k.to_i64() {
        Some(k) => Ok(k as u64),
        None => vm.raise(
            vm.types.overflow_error,
            format!("{what} must not exceed {}", i64::MAX),
        ),
    }
}

pub fn perm(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let k = args.get(vm, 1);
    if k.is_null() || k == vm.none {
        return factorial(vm, this, args);
    }
    let (n, k) = n_and_k(vm, args)?;
    if n < k {
        return Ok(vm.new_int(0));
    }
    let k = count_of(vm, &k, "k")?;
    let product = falling(vm, &n, k)?;
    Ok(vm.new_big_int(product))
}

pub fn comb(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (n, k) = n_and_k(vm, args)?;
    if n < k {
        return Ok(vm.new_int(0));
    }
    let rest = &n - &k;
    let k = count_of(vm, &k.min(rest), "min(n - k, k)")?;
    if k.is_zero() {
        return Ok(vm.new_int(1));
    }
    let product = falling(vm, &n, k)? / BigInt::from(range_product(1, k + 1));
    Ok(vm.new_big_int(product))
}
