//! The methods of `Decimal`.

use super::arith::{self, Pick};
use super::context::{current, optional, rounding_of, values};
use super::convert::{exactly, finish, keywords, of_float, of_int, required, to_int};
use super::number::*;
use super::object::{self, Binary, Unary, as_integer_ratio, as_tuple, make, own, to_f64};
use super::signals::signal;
use super::text::{class_name, to_text};
use super::{bits, format, functions};
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, Method};
use crate::vm::types::int_arith;
use crate::vm::{Args, Machine, PyResult};

macro_rules! unary {
    ($name:literal, $f:expr, $doc:literal) => {
        Method::new($name, Arity::Keywords, |vm, this, args| {
            unary(vm, this, args, $f)
        })
        .varargs()
        .doc(concat!($name, "($self, /, context=None)\n--\n\n", $doc))
    };
}

macro_rules! binary {
    ($name:literal, $f:expr, $doc:literal) => {
        Method::new($name, Arity::Keywords, |vm, this, args| {
            binary(vm, this, args, $f)
        })
        .varargs()
        .doc(concat!(
            $name,
            "($self, /, other, context=None)\n--\n\n",
            $doc
        ))
    };
}

macro_rules! plain {
    ($name:literal, $f:expr, $doc:literal) => {
        Method::new($name, Arity::NoArgs, $f).doc(concat!($name, "($self, /)\n--\n\n", $doc))
    };
}

macro_rules! test {
    ($name:literal, $f:expr, $doc:literal) => {
        plain!(
            $name,
            |vm, this, _| {
                let yes = $f(&*own(vm, this));
                Ok(vm.new_bool(yes))
            },
            $doc
        )
    };
}

pub static METHODS: &[Method] = &[
    unary!("exp", functions::exp, "e raised to the number, rounded correctly."),
    unary!("ln", functions::ln, "The natural logarithm, rounded correctly."),
    unary!("log10", functions::log10, "The logarithm to the base of ten, rounded correctly."),
    unary!("next_minus", |x, c, s| arith::next(x, false, c, s), "The largest number of the context that is smaller."),
    unary!("next_plus", |x, c, s| arith::next(x, true, c, s), "The smallest number of the context that is larger."),
    unary!("normalize", arith::normalize, "The number without zeros at its end; zero as 0."),
    Method::new("to_integral", Arity::Keywords, |vm, this, args| to_integral(vm, this, args, false)).varargs()
        .doc("to_integral($self, /, rounding=None, context=None)\n--\n\nThe same as to_integral_value()."),
    Method::new("to_integral_exact", Arity::Keywords, |vm, this, args| to_integral(vm, this, args, true)).varargs()
        .doc("to_integral_exact($self, /, rounding=None, context=None)\n--\n\nRound to a whole number; signals what is lost."),
    Method::new("to_integral_value", Arity::Keywords, |vm, this, args| to_integral(vm, this, args, false)).varargs()
        .doc("to_integral_value($self, /, rounding=None, context=None)\n--\n\nRound to a whole number without signals."),
    unary!("sqrt", functions::sqrt, "The square root, rounded correctly."),
    binary!("compare", arith::compare, "-1, 0 or 1; a NaN if one of the numbers is one."),
    binary!("compare_signal", arith::compare_signal, "Like compare(), but every NaN signals."),
    binary!("max", |x, y, c, s| arith::pick(x, y, Pick::Max, c, s), "The larger number; a quiet NaN loses."),
    binary!("max_mag", |x, y, c, s| arith::pick(x, y, Pick::MaxMag, c, s), "The number of the larger size."),
    binary!("min", |x, y, c, s| arith::pick(x, y, Pick::Min, c, s), "The smaller number; a quiet NaN loses."),
    binary!("min_mag", |x, y, c, s| arith::pick(x, y, Pick::MinMag, c, s), "The number of the smaller size."),
    binary!("next_toward", arith::next_toward, "The next number of the context towards the other one."),
    Method::new("quantize", Arity::Keywords, quantize).varargs()
        .doc("quantize($self, /, exp, rounding=None, context=None)\n--\n\nRound to the exponent of another number."),
    binary!("remainder_near", arith::remainder_near, "The remainder of the nearest whole quotient."),
    Method::new("fma", Arity::Keywords, fma).varargs()
        .doc("fma($self, /, other, third, context=None)\n--\n\nself * other + third with one rounding."),
    plain!("is_canonical", |vm, _, _| Ok(vm.new_bool(true)), "Always true."),
    test!("is_finite", Dec::is_finite, "Whether it is neither infinite nor a NaN."),
    test!("is_infinite", Dec::is_infinite, "Whether it is infinite."),
    test!("is_nan", Dec::is_nan, "Whether it is a NaN of either kind."),
    test!("is_qnan", |x: &Dec| x.kind == Kind::Quiet, "Whether it is a quiet NaN."),
    test!("is_snan", Dec::is_signaling, "Whether it is a signaling NaN."),
    test!("is_signed", |x: &Dec| x.negative, "Whether its sign is minus."),
    test!("is_zero", Dec::is_zero, "Whether it is zero."),
    Method::new("is_normal", Arity::Keywords, |vm, this, args| in_range(vm, this, args, true)).varargs()
        .doc("is_normal($self, /, context=None)\n--\n\nWhether it is finite, not zero and not subnormal."),
    Method::new("is_subnormal", Arity::Keywords, |vm, this, args| in_range(vm, this, args, false)).varargs()
        .doc("is_subnormal($self, /, context=None)\n--\n\nWhether it is subnormal."),
    plain!("adjusted", adjusted, "The exponent in scientific notation."),
    plain!("canonical", |vm, this, _| Ok(vm.new_ref(this)), "The number itself."),
    plain!("conjugate", |vm, this, _| Ok(vm.new_ref(this)), "The number itself."),
    plain!("radix", |vm, _, _| Ok(make(vm, Dec::small(false, 10, 0))), "Decimal(10)."),
    plain!("copy_abs", |vm, this, _| { let x = (*own(vm, this)).clone(); Ok(make(vm, x.with_sign(false))) }, "The absolute value, unrounded."),
    plain!(
        "copy_negate",
        |vm, this, _| {
            let x = (*own(vm, this)).clone();
            let negative = !x.negative;
            Ok(make(vm, x.with_sign(negative)))
        },
        "The number with the other sign, unrounded."
    ),
    unary!("logb", arith::logb, "The exponent in scientific notation, as a number."),
    unary!("logical_invert", bits::logical_invert, "Invert all digits of the precision, which are 0 or 1."),
    Method::new("number_class", Arity::Keywords, number_class).varargs()
        .doc("number_class($self, /, context=None)\n--\n\nThe name of the kind of number."),
    Method::new("to_eng_string", Arity::Keywords, to_eng_string).varargs()
        .doc("to_eng_string($self, /, context=None)\n--\n\nAs text with exponents that are multiples of three."),
    binary!("compare_total", |x, y, _, _| arith::compare_total(x, y), "Compare representations, in a total order."),
    binary!(
        "compare_total_mag",
        |x, y, _, _| arith::compare_total(&x.clone().with_sign(false), &y.clone().with_sign(false)),
        "Compare representations without their signs."
    ),
    binary!("copy_sign", |x, y, _, _| x.clone().with_sign(y.negative), "The number with the sign of another, unrounded."),
    Method::new("same_quantum", Arity::Keywords, same_quantum).varargs()
        .doc("same_quantum($self, /, other, context=None)\n--\n\nWhether both have the same exponent."),
    binary!("logical_and", |x, y, c, s| bits::logical(x, y, |a, b| a & b, c, s), "Digit-wise and."),
    binary!("logical_or", |x, y, c, s| bits::logical(x, y, |a, b| a | b, c, s), "Digit-wise or."),
    binary!("logical_xor", |x, y, c, s| bits::logical(x, y, |a, b| a ^ b, c, s), "Digit-wise exclusive or."),
    binary!("rotate", bits::rotate, "Rotate the digits of the precision to the left."),
    binary!("scaleb", arith::scaleb, "Add to the exponent."),
    binary!("shift", bits::shift, "Shift the digits of the precision to the left."),
    Method::class("from_float", Arity::One, from_float).doc("from_float($type, f, /)\n--\n\nA float or an int, exactly."),
    plain!("as_tuple", as_tuple, "Sign, digits and exponent as a named tuple."),
    plain!("as_integer_ratio", as_integer_ratio, "Numerator and denominator in lowest terms."),
    Method::new("__copy__", Arity::NoArgs, |vm, this, _| Ok(vm.new_ref(this))),
    Method::new("__deepcopy__", Arity::One, |vm, this, _| Ok(vm.new_ref(this))),
    Method::new("__format__", Arity::Any, format_method).varargs(),
    Method::new("__reduce__", Arity::NoArgs, reduce),
    Method::new("__round__", Arity::Any, round).varargs(),
    Method::new("__ceil__", Arity::NoArgs, |vm, this, _| whole(vm, this, Rounding::Ceiling)),
    Method::new("__floor__", Arity::NoArgs, |vm, this, _| whole(vm, this, Rounding::Floor)),
    Method::new("__trunc__", Arity::NoArgs, |vm, this, _| whole(vm, this, Rounding::Down)),
    Method::new("__complex__", Arity::NoArgs, |vm, this, _| {
        let x = to_f64(vm, this)?;
        Ok(vm.new_complex(x, 0.0))
    }),
    Method::new("__sizeof__", Arity::NoArgs, sizeof),
];

fn unary(vm: &mut Machine, this: Obj, args: Args, f: Unary) -> PyResult<Obj> {
    let [context] = keywords(vm, args, &["context"], 0)?;
    let context = optional(vm, context)?;
    let (x, mut status) = (own(vm, this), 0);
    let result = f(&x, &values(vm, context), &mut status);
    finish(vm, context, result, status)
}

fn binary(vm: &mut Machine, this: Obj, args: Args, f: Binary) -> PyResult<Obj> {
    let [other, context] = keywords(vm, args, &["other", "context"], 1)?;
    let context = optional(vm, context)?;
    let y = required(vm, other)?;
    let (x, mut status) = (own(vm, this), 0);
    let result = f(&x, &y, &values(vm, context), &mut status);
    finish(vm, context, result, status)
}

fn to_integral(vm: &mut Machine, this: Obj, args: Args, exact: bool) -> PyResult<Obj> {
    let [rounding, context] = keywords(vm, args, &["rounding", "context"], 0)?;
    let context = optional(vm, context)?;
    let mut ctx = values(vm, context);
    if !rounding.is_null() && rounding != vm.none {
        ctx.rounding = rounding_of(vm, rounding)?;
    }
    let (x, mut status) = (own(vm, this), 0);
    let result = arith::to_integral(&x, exact, &ctx, &mut status);
    finish(vm, context, result, status)
}

fn quantize(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [exp, rounding, context] = keywords(vm, args, &["exp", "rounding", "context"], 1)?;
    let context = optional(vm, context)?;
    let mut ctx = values(vm, context);
    if !rounding.is_null() && rounding != vm.none {
        ctx.rounding = rounding_of(vm, rounding)?;
    }
    let y = required(vm, exp)?;
    let (x, mut status) = (own(vm, this), 0);
    let result = arith::quantize(&x, &y, &ctx, &mut status);
    finish(vm, context, result, status)
}

fn fma(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [other, third, context] = keywords(vm, args, &["other", "third", "context"], 2)?;
    let context = optional(vm, context)?;
    let (y, z) = (required(vm, other)?, required(vm, third)?);
    let (x, mut status) = (own(vm, this), 0);
    let result = arith::fma(&x, &y, &z, &values(vm, context), &mut status);
    finish(vm, context, result, status)
}

/// Normal, or subnormal.
pub fn is_in_range(x: &Dec, ctx: &Ctx, normal: bool) -> bool {
    x.is_finite() && !x.is_zero() && (x.adjusted() >= ctx.emin) == normal
}

fn in_range(vm: &mut Machine, this: Obj, args: Args, normal: bool) -> PyResult<Obj> {
    let [context] = keywords(vm, args, &["context"], 0)?;
    let context = optional(vm, context)?;
    let answer = is_in_range(&own(vm, this), &values(vm, context), normal);
    Ok(vm.new_bool(answer))
}

fn adjusted(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = own(vm, this);
    Ok(vm.new_int(if x.is_finite() { x.adjusted() } else { 0 }))
}

fn number_class(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [context] = keywords(vm, args, &["context"], 0)?;
    let context = optional(vm, context)?;
    let name = class_name(&own(vm, this), &values(vm, context));
    Ok(vm.new_str(name))
}

fn to_eng_string(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [context] = keywords(vm, args, &["context"], 0)?;
    let context = optional(vm, context)?;
    let text = to_text(&own(vm, this), true, values(vm, context).capitals);
    Ok(vm.new_string(text))
}

/// Both infinite, both NaNs, or the same exponent.
pub fn have_same_quantum(x: &Dec, y: &Dec) -> bool {
    if x.is_finite() && y.is_finite() {
        return x.exponent == y.exponent;
    }
    (x.is_infinite() && y.is_infinite()) || (x.is_nan() && y.is_nan())
}

fn same_quantum(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [other, context] = keywords(vm, args, &["other", "context"], 1)?;
    optional(vm, context)?;
    let y = required(vm, other)?;
    let same = have_same_quantum(&own(vm, this), &y);
    Ok(vm.new_bool(same))
}

/// A float or an int as a number.
pub fn float_or_int(vm: &mut Machine, o: Obj) -> PyResult<Dec> {
    if let Payload::Float(x) = vm.heap.base(o) {
        return Ok(of_float(*x));
    }
    if let Some(n) = int_arith::big(vm, o) {
        return Ok(of_int(&n));
    }
    vm.type_error("argument must be int or float".to_string())
}

fn from_float(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let x = float_or_int(vm, args.get(vm, 0))?;
    let made = make(vm, x);
    if class == vm.module_type(&object::SPEC) {
        return Ok(made);
    }
    vm.call_one(class, made)
}

/// Parts of a locale out of a dict; each value is text.
fn override_of(vm: &mut Machine, dict: Obj) -> PyResult<format::Override> {
    if !matches!(vm.heap.payload(dict), Payload::Dict(_)) {
        return vm.type_error("optional argument must be a dict".to_string());
    }
    let mut part = |name: &str| {
        let value = vm.dict_get_name(dict, name);
        if value.is_null() {
            return Ok(None);
        }
        match vm.heap.str(value) {
            Some(_) => Ok(Some(vm.text(value))),
            None => vm.type_error("bad argument type for built-in operation".to_string()),
        }
    };
    Ok(format::Override {
        point: part("decimal_point")?,
        separator: part("thousands_sep")?,
        groups: part("grouping")?,
    })
}

fn format_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len();
    if !(1..=2).contains(&given) {
        let (bound, s) = if given == 0 {
            ("least 1", "")
        } else {
            ("most 2", "s")
        };
        return vm.type_error(format!(
            "function takes at {bound} argument{s} ({given} given)"
        ));
    }
    let (spec, dict) = (args.get(vm, 0), args.get(vm, 1));
    if vm.heap.str(spec).is_none() {
        return vm.type_error("format arg must be str".to_string());
    }
    let (context, spec) = (current(vm), vm.text(spec));
    let given = match dict.some() {
        Some(dict) => Some(override_of(vm, dict)?),
        None => None,
    };
    let result = format::format(&own(vm, this), &spec, given.as_ref(), &values(vm, context));
    match result {
        Ok(text) => Ok(vm.new_string(text)),
        Err(format::Wrong::Spec) => vm.value_error("invalid format string"),
        Err(format::Wrong::Override) => vm.value_error("invalid override dict"),
        Err(format::Wrong::Limits) => {
            vm.value_error("format specification exceeds internal limits of _decimal")
        }
        Err(format::Wrong::TooLong) => vm.raise_bare(vm.types.memory_error),
    }
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let text = vm.str_of(this)?;
    let args = vm.new_tuple(vec![text]);
    let class = vm.heap.ty(this);
    let class = vm.new_ref(class);
    Ok(vm.new_tuple(vec![class, args]))
}

fn whole(vm: &mut Machine, this: Obj, rounding: Rounding) -> PyResult<Obj> {
    let x = own(vm, this);
    to_int(vm, &x, rounding)
}

fn round(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return whole(vm, this, Rounding::HalfEven);
    }
    let [places] = exactly(vm, args)?;
    if !vm.is_int(places) {
        return vm.type_error("optional arg must be an integer".to_string());
    }
    let Some(places) = vm.as_i64(places) else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        );
    };
    let unit = Dec::small(false, 1, places.checked_neg().unwrap_or(i64::MAX));
    let (context, mut status) = (current(vm), 0);
    let result = arith::quantize(&own(vm, this), &unit, &values(vm, context), &mut status);
    signal(vm, context, status)?;
    Ok(make(vm, result))
}

/// 104 bytes with four words of 19 digits in place; more words lie apart.
fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let words = (own(vm, this).digits() + 18) / 19;
    Ok(vm.new_int(104 + if words > 4 { words * 8 } else { 0 }))
}
