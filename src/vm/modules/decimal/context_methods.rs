//! The methods of `Context`: each operation with this context instead of the current one.

use super::arith::{self, Pick};
use super::context::{self, values};
use super::convert::{exactly, finish, in_context, keywords, required};
use super::methods::{float_or_int, have_same_quantum, is_in_range};
use super::number::*;
use super::object::{Binary, Unary, divmod_in, make, number};
use super::signals::signal;
use super::text::{class_name, to_text};
use super::{bits, functions};
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

macro_rules! unary {
    ($name:literal, $f:expr) => {
        Method::new($name, Arity::One, |vm, this, args| {
            unary(vm, this, args, $f)
        })
        .doc(concat!(
            $name,
            "($self, x, /)\n--\n\nDecimal.",
            $name,
            " in this context."
        ))
    };
}

macro_rules! binary {
    ($name:literal, $f:expr) => {
        Method::new($name, Arity::Any, |vm, this, args| {
            binary(vm, this, args, $f)
        })
        .varargs()
        .doc(concat!(
            $name,
            "($self, x, y, /)\n--\n\nDecimal.",
            $name,
            " in this context."
        ))
    };
}

macro_rules! test {
    ($name:literal, $f:expr) => {
        Method::new($name, Arity::One, |vm, this, args| test(vm, this, args, $f)).doc(concat!(
            $name,
            "($self, x, /)\n--\n\nDecimal.",
            $name,
            " of a number."
        ))
    };
}

pub static METHODS: &[Method] = &[
    unary!("abs", arith::absolute),
    unary!("exp", functions::exp),
    unary!("ln", functions::ln),
    unary!("log10", functions::log10),
    unary!("minus", arith::minus),
    unary!("next_minus", |x, c, s| arith::next(x, false, c, s)),
    unary!("next_plus", |x, c, s| arith::next(x, true, c, s)),
    unary!("normalize", arith::normalize),
    unary!("plus", arith::plus),
    unary!("to_integral", |x, c, s| arith::to_integral(x, false, c, s)),
    unary!("to_integral_exact", |x, c, s| arith::to_integral(x, true, c, s)),
    unary!("to_integral_value", |x, c, s| arith::to_integral(x, false, c, s)),
    unary!("sqrt", functions::sqrt),
    binary!("add", arith::add),
    binary!("compare", arith::compare),
    binary!("compare_signal", arith::compare_signal),
    binary!("divide", arith::divide),
    binary!("divide_int", arith::divide_int),
    Method::new("divmod", Arity::Any, divmod).varargs().doc("divmod($self, x, y, /)\n--\n\nQuotient and remainder in this context."),
    binary!("max", |x, y, c, s| arith::pick(x, y, Pick::Max, c, s)),
    binary!("max_mag", |x, y, c, s| arith::pick(x, y, Pick::MaxMag, c, s)),
    binary!("min", |x, y, c, s| arith::pick(x, y, Pick::Min, c, s)),
    binary!("min_mag", |x, y, c, s| arith::pick(x, y, Pick::MinMag, c, s)),
    binary!("multiply", arith::multiply),
    binary!("next_toward", arith::next_toward),
    binary!("quantize", arith::quantize),
    binary!("remainder", arith::remainder),
    binary!("remainder_near", arith::remainder_near),
    binary!("subtract", arith::subtract),
    Method::new("power", Arity::Keywords, power).varargs()
        .doc("power($self, /, a, b, modulo=None)\n--\n\na ** b in this context, or a ** b % modulo."),
    Method::new("fma", Arity::Any, fma).varargs().doc("fma($self, x, y, z, /)\n--\n\nx * y + z in this context, with one rounding."),
    Method::new("Etiny", Arity::NoArgs, |vm, this, _| { let e = values(vm, this).etiny(); Ok(vm.new_int(e)) })
        .doc("Etiny($self, /)\n--\n\nThe smallest exponent of subnormal numbers."),
    Method::new("Etop", Arity::NoArgs, |vm, this, _| { let e = values(vm, this).etop(); Ok(vm.new_int(e)) })
        .doc("Etop($self, /)\n--\n\nThe largest exponent of numbers with all digits."),
    Method::new("radix", Arity::NoArgs, |vm, _, _| Ok(make(vm, Dec::small(false, 10, 0)))).doc("radix($self, /)\n--\n\nDecimal(10)."),
    Method::new("is_canonical", Arity::One, |vm, _, args| { only_decimal(vm, args)?; Ok(vm.new_bool(true)) })
        .doc("is_canonical($self, x, /)\n--\n\nAlways true."),
    test!("is_finite", |x, _| x.is_finite()),
    test!("is_infinite", |x, _| x.is_infinite()),
    test!("is_nan", |x, _| x.is_nan()),
    test!("is_normal", |x, c| is_in_range(x, c, true)),
    test!("is_qnan", |x, _| x.kind == Kind::Quiet),
    test!("is_signed", |x, _| x.negative),
    test!("is_snan", |x, _| x.is_signaling()),
    test!("is_subnormal", |x, c| is_in_range(x, c, false)),
    test!("is_zero", |x, _| x.is_zero()),
    Method::new("_apply", Arity::One, apply),
    Method::new("canonical", Arity::One, |vm, _, args| { let x = only_decimal(vm, args)?; Ok(vm.new_ref(x)) })
        .doc("canonical($self, x, /)\n--\n\nThe number itself."),
    unary!("copy_abs", |x, _, _| x.clone().with_sign(false)),
    Method::new("copy_decimal", Arity::One, copy_decimal).doc("copy_decimal($self, x, /)\n--\n\nThe number itself."),
    unary!("copy_negate", |x, _, _| x.clone().with_sign(!x.negative)),
    unary!("logb", arith::logb),
    unary!("logical_invert", bits::logical_invert),
    Method::new("number_class", Arity::One, number_class)
        .doc("number_class($self, x, /)\n--\n\nThe name of the kind of number."),
    Method::new("to_sci_string", Arity::One, |vm, this, args| to_string(vm, this, args, false))
        .doc("to_sci_string($self, x, /)\n--\n\nA number as text in scientific notation."),
    Method::new("to_eng_string", Arity::One, |vm, this, args| to_string(vm, this, args, true))
        .doc("to_eng_string($self, x, /)\n--\n\nA number as text with exponents that are multiples of three."),
    binary!("compare_total", |x, y, _, _| arith::compare_total(x, y)),
    binary!("compare_total_mag", |x, y, _, _| arith::compare_total(
        &x.clone().with_sign(false),
        &y.clone().with_sign(false)
    )),
    binary!("copy_sign", |x, y, _, _| x.clone().with_sign(y.negative)),
    binary!("logical_and", |x, y, c, s| bits::logical(x, y, |a, b| a & b, c, s)),
    binary!("logical_or", |x, y, c, s| bits::logical(x, y, |a, b| a | b, c, s)),
    binary!("logical_xor", |x, y, c, s| bits::logical(x, y, |a, b| a ^ b, c, s)),
    binary!("rotate", bits::rotate),
    Method::new("same_quantum", Arity::Any, same_quantum).varargs()
        .doc("same_quantum($self, x, y, /)\n--\n\nWhether both have the same exponent."),
    binary!("scaleb", arith::scaleb),
    binary!("shift", bits::shift),
    Method::new("clear_flags", Arity::NoArgs, context::clear_flags).doc("clear_flags($self, /)\n--\n\nSet all flags to False."),
    Method::new("clear_traps", Arity::NoArgs, context::clear_traps).doc("clear_traps($self, /)\n--\n\nSet all traps to False."),
    Method::new("__copy__", Arity::NoArgs, |vm, this, _| Ok(context::copy_of(vm, this, false))),
    Method::new("__reduce__", Arity::NoArgs, context::reduce),
    Method::new("copy", Arity::NoArgs, |vm, this, _| Ok(context::copy_of(vm, this, false)))
        .doc("copy($self, /)\n--\n\nA copy of the context."),
    Method::new("create_decimal", Arity::Any, create_decimal).varargs()
        .doc("create_decimal($self, num=\"0\", /)\n--\n\nA Decimal of a value, rounded to this context."),
    Method::new("create_decimal_from_float", Arity::One, create_from_float)
        .doc("create_decimal_from_float($self, f, /)\n--\n\nA Decimal of a float, rounded to this context."),
];

fn unary(vm: &mut Machine, this: Obj, args: Args, f: Unary) -> PyResult<Obj> {
    let x = required(vm, args.get(vm, 0))?;
    let mut status = 0;
    let result = f(&x, &values(vm, this), &mut status);
    finish(vm, this, result, status)
}

fn binary(vm: &mut Machine, this: Obj, args: Args, f: Binary) -> PyResult<Obj> {
    let [x, y] = exactly(vm, args)?;
    let (x, y) = (required(vm, x)?, required(vm, y)?);
    let mut status = 0;
    let result = f(&x, &y, &values(vm, this), &mut status);
    finish(vm, this, result, status)
}

fn test(vm: &mut Machine, this: Obj, args: Args, f: fn(&Dec, &Ctx) -> bool) -> PyResult<Obj> {
    let x = required(vm, args.get(vm, 0))?;
    let answer = f(&x, &values(vm, this));
    Ok(vm.new_bool(answer))
}

/// The only argument, which must be a Decimal; borrowed.
fn only_decimal(vm: &mut Machine, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    if number(vm, o).is_none() {
        return vm.type_error("argument must be a Decimal".to_string());
    }
    Ok(o)
}

fn divmod(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [x, y] = exactly(vm, args)?;
    let (x, y) = (required(vm, x)?, required(vm, y)?);
    divmod_in(vm, &x, &y, this)
}

fn power(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [a, b, modulo] = keywords(vm, args, &["a", "b", "modulo"], 2)?;
    let (x, y) = (required(vm, a)?, required(vm, b)?);
    let (ctx, mut status) = (values(vm, this), 0);
    let result = if modulo.is_null() || modulo == vm.none {
        functions::power(&x, &y, &ctx, &mut status)
    } else {
        let z = required(vm, modulo)?;
        arith::power_modulo(&x, &y, &z, &ctx, &mut status)
    };
    finish(vm, this, result, status)
}

fn fma(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [x, y, z] = exactly(vm, args)?;
    let (x, y, z) = (required(vm, x)?, required(vm, y)?, required(vm, z)?);
    let mut status = 0;
    let result = arith::fma(&x, &y, &z, &values(vm, this), &mut status);
    finish(vm, this, result, status)
}

fn apply(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    unary(vm, this, args, |x, c, s| finalize(x.clone(), c, s))
}

fn copy_decimal(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let x = required(vm, o)?;
    if number(vm, o).is_some() {
        return Ok(vm.new_ref(o));
    }
    Ok(make(vm, (*x).clone()))
}

fn number_class(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let x = required(vm, args.get(vm, 0))?;
    let name = class_name(&x, &values(vm, this));
    Ok(vm.new_str(name))
}

fn to_string(vm: &mut Machine, this: Obj, args: Args, engineering: bool) -> PyResult<Obj> {
    let x = required(vm, args.get(vm, 0))?;
    let text = to_text(&x, engineering, values(vm, this).capitals);
    Ok(vm.new_string(text))
}

fn same_quantum(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [x, y] = exactly(vm, args)?;
    let (x, y) = (required(vm, x)?, required(vm, y)?);
    let same = have_same_quantum(&x, &y);
    Ok(vm.new_bool(same))
}

fn create_decimal(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.len() > 1 {
        let given = args.len();
        return vm.type_error(format!("function takes at most 1 argument ({given} given)"));
    }
    if args.is_empty() {
        return Ok(make(vm, Dec::zero(false)));
    }
    let x = in_context(vm, args.get(vm, 0), this)?;
    Ok(make(vm, x))
}

fn create_from_float(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let x = float_or_int(vm, args.get(vm, 0))?;
    let mut status = 0;
    let result = finalize(x, &values(vm, this), &mut status);
    signal(vm, this, status)?;
    Ok(make(vm, result))
}
