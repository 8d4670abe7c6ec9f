//! The module `cmath` (`Modules/cmathmodule.c`): its table; the functions themselves are in `functions.rs`, their values at
//! infinities and NaNs in `tables.rs`.

pub mod functions;
pub mod tables;

use self::functions::{Outcome, Wrong};
use super::ModuleSpec;
use super::math::{domain_error, range_error, real::tolerances};
use crate::heap::Obj;
use crate::vm::args::{kw, req};
use crate::vm::native::{Arity, Method};
use crate::vm::types::complex::to_complex;
use crate::vm::types::complex_arith::{Complex, quotient};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "cmath",
    doc: "This module provides access to mathematical functions for complex\nnumbers.",
    functions: FUNCTIONS,
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let constants = [
        ("pi", vm.new_float(std::f64::consts::PI)),
        ("e", vm.new_float(std::f64::consts::E)),
        ("tau", vm.new_float(std::f64::consts::TAU)),
        ("inf", vm.new_float(f64::INFINITY)),
        ("infj", vm.new_complex(0.0, f64::INFINITY)),
        ("nan", vm.new_float(f64::NAN)),
        ("nanj", vm.new_complex(0.0, f64::NAN)),
    ];
    for (name, value) in constants {
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    Ok(())
}

macro_rules! unary {
    ($name:literal, $f:expr, $doc:literal) => {
        Method::new($name, Arity::One, |vm, _, args| {
            let z = to_complex(vm, args.get(vm, 0))?;
            finish(vm, $f(z))
        })
        .doc(concat!($name, "($module, z, /)\n--\n\n", $doc))
    };
}

macro_rules! test {
    ($name:literal, $f:expr, $doc:literal) => {
        Method::new($name, Arity::One, |vm, _, args| {
            let (re, im) = to_complex(vm, args.get(vm, 0))?;
            Ok(vm.new_bool($f(re, im)))
        })
        .doc(concat!($name, "($module, z, /)\n--\n\n", $doc))
    };
}

static FUNCTIONS: &[Method] = &[
    unary!("acos", functions::acos, "Return the arc cosine of z."),
    unary!("acosh", functions::acosh, "Return the inverse hyperbolic cosine of z."),
    unary!("asin", functions::asin, "Return the arc sine of z."),
    unary!("asinh", functions::asinh, "Return the inverse hyperbolic sine of z."),
    unary!("atan", functions::atan, "Return the arc tangent of z."),
    unary!("atanh", functions::atanh, "Return the inverse hyperbolic tangent of z."),
    unary!("cos", functions::cos, "Return the cosine of z."),
    unary!("cosh", functions::cosh, "Return the hyperbolic cosine of z."),
    unary!("exp", functions::exp, "Return e raised to the power of z."),
    Method::new("isclose", Arity::Keywords, isclose).doc(
        "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers are close to each other, relatively or absolutely.",
    ),
    test!("isfinite", |re: f64, im: f64| re.is_finite() && im.is_finite(), "Whether both parts are finite."),
    test!("isinf", |re: f64, im: f64| re.is_infinite() || im.is_infinite(), "Whether a part is infinite."),
    test!("isnan", |re: f64, im: f64| re.is_nan() || im.is_nan(), "Whether a part is a NaN."),
    Method::new("log", Arity::Positional(1, 2), log)
        .doc("log($module, z, base=<unrepresentable>, /)\n--\n\nlog(z[, base]) -> the logarithm of z to the given base, the natural one without a base."),
    unary!("log10", functions::log10, "Return the base 10 logarithm of z."),
    Method::new("phase", Arity::One, phase).doc("phase($module, z, /)\n--\n\nReturn the angle of z in polar coordinates."),
    Method::new("polar", Arity::One, polar).doc("polar($module, z, /)\n--\n\nReturn z in polar coordinates: distance from zero, and angle."),
    Method::new("rect", Arity::Positional(2, 2), rect)
        .doc("rect($module, r, phi, /)\n--\n\nReturn the number with these polar coordinates."),
    unary!("sin", functions::sin, "Return the sine of z."),
    unary!("sinh", functions::sinh, "Return the hyperbolic sine of z."),
    unary!("sqrt", functions::sqrt, "Return the square root of z."),
    unary!("tan", functions::tan, "Return the tangent of z."),
    unary!("tanh", functions::tanh, "Return the hyperbolic tangent of z."),
];

fn finish(vm: &mut Machine, outcome: Outcome) -> PyResult<Obj> {
    match outcome {
        Ok((re, im)) => Ok(vm.new_complex(re, im)),
        Err(Wrong::Domain) => domain_error(vm),
        Err(Wrong::Range) => range_error(vm),
    }
}

/// The error of the last logarithm alone counts, as in C.
fn log(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let z = to_complex(vm, args.get(vm, 0))?;
    let base = args.get(vm, 1);
    if base.is_null() {
        return finish(vm, functions::log(z));
    }
    let base = to_complex(vm, base)?;
    let (above, below) = (functions::log_value(z), functions::log(base));
    let result = below.and_then(|below| quotient(above, below).ok_or(Wrong::Domain));
    finish(vm, result)
}

fn phase(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (re, im) = to_complex(vm, args.get(vm, 0))?;
    let angle = im.atan2(re);
    // The C library's atan2() says when nothing is left of its result.
    if im != 0.0 && re.is_finite() && angle == 0.0 {
        return vm.raise(vm.types.overflow_error, "math range error".to_string());
    }
    Ok(vm.new_float(angle))
}

fn size((re, im): Complex) -> f64 {
    if re.is_infinite() || im.is_infinite() {
        f64::INFINITY
    } else if re.is_nan() || im.is_nan() {
        f64::NAN
    } else {
        re.hypot(im)
    }
}

fn polar(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let z = to_complex(vm, args.get(vm, 0))?;
    let r = size(z);
    if r.is_infinite() && z.0.is_finite() && z.1.is_finite() {
        return range_error(vm);
    }
    let items = vec![vm.new_float(r), vm.new_float(z.1.atan2(z.0))];
    Ok(vm.new_tuple(items))
}

fn rect(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let r = vm.as_f64(args.get(vm, 0))?;
    let phi = vm.as_f64(args.get(vm, 1))?;
    finish(vm, functions::rect(r, phi))
}

fn isclose(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [a, b, relative, absolute] = vm.unpack(
        "isclose",
        args,
        &[req("a"), req("b"), kw("rel_tol"), kw("abs_tol")],
    )?;
    let (a, b) = (to_complex(vm, a)?, to_complex(vm, b)?);
    let (relative, absolute) = tolerances(vm, relative, absolute)?;
    if relative < 0.0 || absolute < 0.0 {
        return vm.value_error("tolerances must be non-negative");
    }
    let infinite = |z: Complex| z.0.is_infinite() || z.1.is_infinite();
    let close = if a == b {
        true
    } else if infinite(a) || infinite(b) {
        false
    } else {
        let apart = size((a.0 - b.0, a.1 - b.1));
        apart <= relative * size(b) || apart <= relative * size(a) || apart <= absolute
    };
    Ok(vm.new_bool(close))
}
