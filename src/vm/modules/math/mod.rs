//! The module `math` (`Modules/mathmodule.c`): its table and constants.
//!
//! `real.rs` has what maps doubles to doubles, `round.rs` what looks at a number's parts, `special.rs` the gamma function, `erf.rs` the error function,
//! `sum.rs` what takes many numbers, `integer.rs` what works on ints of any size. Invariant: where CPython calls the C library, the
//! same function is called here (through `std`, or by the formula that the C library uses), so that the last bit agrees.

pub mod erf;
pub mod integer;
pub mod real;
pub mod round;
pub mod special;
pub mod sum;

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "math",
    doc: "This module provides access to the mathematical functions\ndefined by the C standard.",
    functions: FUNCTIONS,
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        let value = vm.new_float(value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    Ok(())
}

/// A row for a function of one double.
macro_rules! unary {
    ($name:literal, $f:expr, $overflows:expr, $doc:literal) => {
        Method::new($name, Arity::One, |vm, _, args| {
            real::apply(vm, args, $f, $overflows)
        })
        .doc(concat!($name, "($module, x, /)\n--\n\n", $doc))
    };
}

static FUNCTIONS: &[Method] = &[
    unary!("acos", f64::acos, false, "Return the arc cosine (measured in radians) of x."),
    unary!("acosh", real::acosh, false, "Return the inverse hyperbolic cosine of x."),
    unary!("asin", f64::asin, false, "Return the arc sine (measured in radians) of x."),
    unary!("asinh", real::asinh, false, "Return the inverse hyperbolic sine of x."),
    unary!("atan", f64::atan, false, "Return the arc tangent (measured in radians) of x."),
    Method::new("atan2", Arity::Positional(2, 2), |vm, _, args| real::apply2(vm, args, f64::atan2))
        .doc("atan2($module, y, x, /)\n--\n\nReturn the arc tangent of y/x in radians, in the right quadrant."),
    unary!("atanh", real::atanh, false, "Return the inverse hyperbolic tangent of x."),
    Method::new("ceil", Arity::One, round::ceil).doc("ceil($module, x, /)\n--\n\nReturn the smallest integer not below x."),
    Method::new("comb", Arity::Positional(2, 2), integer::comb)
        .doc("comb($module, n, k, /)\n--\n\nNumber of ways to choose k items out of n, without order or repetition."),
    Method::new("copysign", Arity::Positional(2, 2), |vm, _, args| real::apply2(vm, args, f64::copysign))
        .doc("copysign($module, x, y, /)\n--\n\nReturn the absolute value of x with the sign of y."),
    unary!("cos", f64::cos, false, "Return the cosine of x (measured in radians)."),
    unary!("cosh", f64::cosh, true, "Return the hyperbolic cosine of x."),
    Method::new("degrees", Arity::One, real::degrees)
        .doc("degrees($module, x, /)\n--\n\nConvert an angle from radians to degrees."),
    Method::new("dist", Arity::Positional(2, 2), sum::dist)
        .doc("dist($module, p, q, /)\n--\n\nReturn the Euclidean distance of two points, given as sequences of coordinates."),
    unary!("erf", erf::erf, false, "Error function at x."),
    unary!("erfc", erf::erfc, false, "Complementary error function at x."),
    unary!("exp", f64::exp, true, "Return e raised to the power of x."),
    unary!("expm1", f64::exp_m1, true, "Return exp(x)-1, exact for small x too."),
    unary!("fabs", f64::abs, false, "Return the absolute value of x as a float."),
    Method::new("factorial", Arity::One, integer::factorial)
        .doc("factorial($module, x, /)\n--\n\nReturn the product of the integers from 1 to x."),
    Method::new("floor", Arity::One, round::floor).doc("floor($module, x, /)\n--\n\nReturn the largest integer not above x."),
    Method::new("fmod", Arity::Positional(2, 2), real::fmod)
        .doc("fmod($module, x, y, /)\n--\n\nReturn the remainder of x / y with the sign of x."),
    Method::new("frexp", Arity::One, round::frexp)
        .doc("frexp($module, x, /)\n--\n\nReturn the pair (m, e) with x = m * 2.**e, m being 0 or between 0.5 and 1."),
    Method::new("fsum", Arity::One, sum::fsum)
        .doc("fsum($module, seq, /)\n--\n\nReturn the exactly rounded sum of the numbers."),
    Method::new("gamma", Arity::One, special::gamma).doc("gamma($module, x, /)\n--\n\nGamma function at x."),
    Method::new("gcd", Arity::Any, integer::gcd).doc("gcd($module, *integers)\n--\n\nGreatest common divisor."),
    Method::new("hypot", Arity::Any, sum::hypot)
        .doc("hypot(*coordinates) -> value\n\nThe Euclidean length of a vector with these coordinates."),
    Method::new("isclose", Arity::Keywords, real::isclose).doc(
        "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers are close to each other, relatively or absolutely.",
    ),
    Method::new("isfinite", Arity::One, |vm, _, args| real::test(vm, args, f64::is_finite))
        .doc("isfinite($module, x, /)\n--\n\nWhether x is neither infinite nor a NaN."),
    Method::new("isinf", Arity::One, |vm, _, args| real::test(vm, args, f64::is_infinite))
        .doc("isinf($module, x, /)\n--\n\nWhether x is infinite, with either sign."),
    Method::new("isnan", Arity::One, |vm, _, args| real::test(vm, args, f64::is_nan))
        .doc("isnan($module, x, /)\n--\n\nWhether x is a NaN."),
    Method::new("isqrt", Arity::One, integer::isqrt)
        .doc("isqrt($module, n, /)\n--\n\nReturn the square root of a nonnegative integer, rounded down."),
    Method::new("lcm", Arity::Any, integer::lcm).doc("lcm($module, *integers)\n--\n\nLeast common multiple."),
    Method::new("ldexp", Arity::Positional(2, 2), round::ldexp).doc("ldexp($module, x, i, /)\n--\n\nReturn x * (2**i)."),
    Method::new("lgamma", Arity::One, special::lgamma)
        .doc("lgamma($module, x, /)\n--\n\nNatural logarithm of the absolute value of the gamma function at x."),
    Method::new("log", Arity::Keywords, real::log)
        .varargs()
        .doc("log(x, [base=math.e])\nReturn the logarithm of x to the given base, the natural one without a base."),
    Method::new("log10", Arity::One, real::log10).doc("log10($module, x, /)\n--\n\nReturn the base 10 logarithm of x."),
    unary!("log1p", real::log1p, false, "Return the natural logarithm of 1+x, exact for small x too."),
    Method::new("log2", Arity::One, real::log2).doc("log2($module, x, /)\n--\n\nReturn the base 2 logarithm of x."),
    Method::new("modf", Arity::One, round::modf)
        .doc("modf($module, x, /)\n--\n\nReturn the fractional and the integral part of x, both with its sign."),
    Method::new("nextafter", Arity::Positional(2, 2), round::nextafter)
        .doc("nextafter($module, x, y, /)\n--\n\nReturn the next float after x towards y."),
    Method::new("perm", Arity::Positional(1, 2), integer::perm)
        .doc("perm($module, n, k=None, /)\n--\n\nNumber of ways to choose k items out of n in order, without repetition."),
    Method::new("pow", Arity::Positional(2, 2), real::pow).doc("pow($module, x, y, /)\n--\n\nReturn x raised to the power of y, as a float."),
    Method::new("prod", Arity::Keywords, sum::prod)
        .doc("prod($module, iterable, /, *, start=1)\n--\n\nReturn the product of all items, times start."),
    Method::new("radians", Arity::One, real::radians)
        .doc("radians($module, x, /)\n--\n\nConvert an angle from degrees to radians."),
    Method::new("remainder", Arity::Positional(2, 2), |vm, _, args| real::apply2(vm, args, real::remainder))
        .doc("remainder($module, x, y, /)\n--\n\nReturn the difference of x and the nearest multiple of y, the even one in the middle."),
    unary!("sin", f64::sin, false, "Return the sine of x (measured in radians)."),
    unary!("sinh", f64::sinh, true, "Return the hyperbolic sine of x."),
    unary!("sqrt", f64::sqrt, false, "Return the square root of x."),
    unary!("tan", f64::tan, false, "Return the tangent of x (measured in radians)."),
    unary!("tanh", f64::tanh, false, "Return the hyperbolic tangent of x."),
    Method::new("trunc", Arity::One, round::trunc).doc("trunc($module, x, /)\n--\n\nReturn the integer that is left of x without its fraction."),
    Method::new("ulp", Arity::One, round::ulp).doc("ulp($module, x, /)\n--\n\nReturn the value of the lowest bit of a float."),
];

/// No such real number: ValueError.
#[cold]
pub fn domain_error<T>(vm: &mut Machine) -> PyResult<T> {
    vm.value_error("math domain error")
}

/// Too large for a double: OverflowError.
#[cold]
pub fn range_error<T>(vm: &mut Machine) -> PyResult<T> {
    vm.raise(vm.types.overflow_error, "math range error".to_string())
}

/// The only argument as a double.
fn only(vm: &mut Machine, args: Args) -> PyResult<f64> {
    let o = args.get(vm, 0);
    vm.as_f64(o)
}

/// Both arguments as doubles.
fn both(vm: &mut Machine, args: Args) -> PyResult<(f64, f64)> {
    let x = only(vm, args)?;
    let o = args.get(vm, 1);
    Ok((x, vm.as_f64(o)?))
}
