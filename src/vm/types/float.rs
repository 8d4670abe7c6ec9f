//! `float` (`Objects/floatobject.c`): construction, comparison, conversions. Arithmetic is in `float_arith.rs`, text in `float_parse.rs`
//! and `float_format.rs`.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::{float_arith as arith, float_format, float_parse as parse, int_arith};
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::args::pos_opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "float(x=0, /)\n--\n\nConvert a string or number to a floating point number, if possible.",
    layout: Layout::Float,
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("float")
};

static METHODS: &[Method] = &[
    Method::class("fromhex", Arity::One, parse::fromhex)
        .doc("fromhex($type, string, /)\n--\n\nCreate a floating-point number from a hexadecimal string."),
    Method::new("hex", Arity::NoArgs, parse::hex).doc("hex($self, /)\n--\n\nReturn a hexadecimal representation of a floating-point number."),
    Method::new("conjugate", Arity::NoArgs, |vm, this, _| arith::positive(vm, this))
        .doc("conjugate($self, /)\n--\n\nReturn self, the complex conjugate of any float."),
    Method::new("__trunc__", Arity::NoArgs, |vm, this, _| whole(vm, this, f64::trunc))
        .doc("__trunc__($self, /)\n--\n\nReturn the Integral closest to x between 0 and x."),
    Method::new("__floor__", Arity::NoArgs, |vm, this, _| whole(vm, this, f64::floor))
        .doc("__floor__($self, /)\n--\n\nReturn the floor as an Integral."),
    Method::new("__ceil__", Arity::NoArgs, |vm, this, _| whole(vm, this, f64::ceil))
        .doc("__ceil__($self, /)\n--\n\nReturn the ceiling as an Integral."),
    Method::new("__round__", Arity::Positional(0, 1), round).doc(
        "__round__($self, ndigits=None, /)\n--\n\nReturn the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits).",
    ),
    Method::new("as_integer_ratio", Arity::NoArgs, as_integer_ratio).doc("as_integer_ratio($self, /)\n--\n\nReturn integer ratio."),
    Method::new("is_integer", Arity::NoArgs, is_integer).doc("is_integer($self, /)\n--\n\nReturn True if the float is an integer."),
    Method::new("__getnewargs__", Arity::NoArgs, getnewargs).doc("__getnewargs__($self, /)\n--\n\n"),
    Method::class("__setformat__", Arity::Positional(2, 2), setformat)
        .doc("__setformat__($type, typestr, fmt, /)\n--\n\nYou probably don't want to use this function."),
    Method::class("__getformat__", Arity::One, getformat).doc("__getformat__($type, typestr, /)\n--\n\nYou probably don't want to use this function."),
    Method::new("__format__", Arity::One, super::format::float_format)
        .doc("__format__($self, format_spec, /)\n--\n\nFormats the float according to format_spec."),
];

static GETSET: &[GetSet] = &[
    GetSet::new("real", arith::positive),
    GetSet::new("imag", |vm, _| Ok(vm.new_float(0.0))),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_hash = Some(|vm, o| {
        let x = arith::value(vm, o);
        Ok(hash(vm, o, x))
    });
    slots.tp_richcompare = Some(richcompare);
    slots.nb_add = Some(arith::add);
    slots.nb_subtract = Some(arith::subtract);
    slots.nb_multiply = Some(arith::multiply);
    slots.nb_remainder = Some(arith::remainder);
    slots.nb_divmod = Some(arith::divmod);
    slots.nb_power = Some(arith::power);
    slots.nb_negative = Some(arith::negative);
    slots.nb_positive = Some(arith::positive);
    slots.nb_absolute = Some(arith::absolute);
    slots.nb_bool = Some(|vm, o| Ok(arith::value(vm, o) != 0.0));
    slots.nb_int = Some(|vm, o| whole(vm, o, f64::trunc));
    slots.nb_float = Some(arith::positive);
    slots.nb_floor_divide = Some(arith::floor_divide);
    slots.nb_true_divide = Some(arith::true_divide);
}

/// `float(x=0)` (`float_new`); a subclass gets the value in an object of its own.
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && class == vm.types.float {
        return vm.type_error("float() takes no keyword arguments".to_string());
    }
    let [x] = vm.unpack("float", args.positional(), &[pos_opt("x")])?;
    let value = if x.is_null() {
        vm.new_float(0.0)
    } else if vm.is_exact(x, vm.types.str) {
        parse::from_text(vm, x)?
    } else {
        vm.number_float(x)?
    };
    if class == vm.types.float {
        return Ok(value);
    }
    let payload = vm.heap.payload(value).clone();
    vm.decref(value);
    Ok(vm.alloc_instance(class, payload))
}

fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let text = float_format::float_repr(arith::value(vm, o));
    Ok(vm.new_string(text))
}

/// Hash of a double in an object: NaN hashes by the object (`_Py_HashDouble`).
pub fn hash(vm: &Machine, o: Obj, x: f64) -> i64 {
    if x.is_nan() {
        vm.identity_hash(o)
    } else {
        arith::hash_f64(x)
    }
}

/// With floats and ints, exactly (`float_richcompare`).
fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let x = arith::value(vm, a);
    let answer = match vm.heap.base(b) {
        Payload::Float(y) => crate::vm::compare::compare_floats(x, *y, op),
        _ => match int_arith::big(vm, b) {
            Some(value) => match int_arith::compare_with_f64(&value, x) {
                Some(order) => op.test(order.reverse()),
                None => op == CmpOp::Ne,
            },
            None => return Ok(vm.new_not_implemented()),
        },
    };
    Ok(vm.new_bool(answer))
}

/// A float as an int after rounding it somehow (`PyLong_FromDouble`).
fn whole(vm: &mut Machine, this: Obj, f: fn(f64) -> f64) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    int_of(vm, f(x))
}

/// A double without fraction as an int object.
pub fn int_of(vm: &mut Machine, x: f64) -> PyResult<Obj> {
    if x.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "cannot convert float infinity to integer".to_string(),
        );
    }
    if x.is_nan() {
        return vm.value_error("cannot convert float NaN to integer");
    }
    Ok(vm.new_big_int(arith::to_big_int(x)))
}

/// Beyond so many digits nothing changes, below nothing is left (`NDIGITS_MAX`, `NDIGITS_MIN`).
const MAX_DIGITS: isize = 323;
const MIN_DIGITS: isize = -308;

fn round(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    let digits = args.get(vm, 0);
    if digits.is_null() || digits == vm.none {
        return int_of(vm, x.round_ties_even());
    }
    let digits = vm.index_clamped(digits, crate::heap::NULL)?;
    let rounded = if !x.is_finite() || digits > MAX_DIGITS {
        x
    } else if digits < MIN_DIGITS {
        0.0_f64.copysign(x)
    } else if digits >= 0 {
        // Rust prints the exact value rounded half to even, and reads back the nearest double, as dtoa and strtod do.
        format!("{x:.*}", digits as usize).parse().unwrap_or(x)
    } else {
        round_to_power(x, -digits as u32)
    };
    if rounded.is_infinite() && x.is_finite() {
        return vm.raise(
            vm.types.overflow_error,
            "rounded value too large to represent".to_string(),
        );
    }
    Ok(vm.new_float(rounded))
}

/// To the nearest multiple of a power of ten, halves to even.
fn round_to_power(x: f64, exponent: u32) -> f64 {
    let unit = BigInt::from(10).pow(exponent);
    let magnitude = x.abs();
    let (quotient, rest) = arith::to_big_int(magnitude.trunc()).div_mod_floor(&unit);
    let twice = rest * 2;
    let up = twice > unit || (twice == unit && (magnitude.fract() != 0.0 || quotient.is_odd()));
    int_arith::big_to_f64(&((quotient + i32::from(up)) * unit)).copysign(x)
}

fn as_integer_ratio(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    if x.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "cannot convert Infinity to integer ratio".to_string(),
        );
    }
    if x.is_nan() {
        return vm.value_error("cannot convert NaN to integer ratio");
    }
    let (mantissa, exponent) = arith::parts(x);
    let shared = if mantissa == 0 {
        0
    } else {
        i64::from(mantissa.trailing_zeros()).min((-exponent).max(0))
    };
    let (mut numerator, exponent) = (BigInt::from(mantissa >> shared), exponent + shared);
    let mut denominator = BigInt::one();
    if numerator.is_zero() {
        denominator = BigInt::one();
    } else if exponent > 0 {
        numerator <<= exponent as u64;
    } else {
        denominator <<= (-exponent) as u64;
    }
    let numerator = vm.new_big_int(if x < 0.0 { -numerator } else { numerator });
    let denominator = vm.new_big_int(denominator);
    Ok(vm.new_tuple(vec![numerator, denominator]))
}

fn is_integer(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    Ok(vm.new_bool(x.is_finite() && x.fract() == 0.0))
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = arith::value(vm, this);
    let x = vm.new_float(x);
    Ok(vm.new_tuple(vec![x]))
}

fn getformat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let kind = args.get(vm, 0);
    if vm.heap.str(kind).is_none() {
        let name = vm.argument_type(kind);
        return vm.type_error(format!("__getformat__() argument must be str, not {name}"));
    }
    match FORMATS.iter().position(|name| *name == vm.text(kind)) {
        Some(n) if vm.unknown_float_formats[n] => Ok(vm.new_str("unknown")),
        Some(_) => Ok(vm.new_str("IEEE, little-endian")),
        None => vm.value_error("__getformat__() argument 1 must be 'double' or 'float'"),
    }
}

/// C's types whose format is known or not.
const FORMATS: [&str; 2] = ["double", "float"];

/// Only the format that is in use can be set, or that it is not known: `struct` then works without it.
fn setformat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (kind, format) = (vm.text(args.get(vm, 0)), vm.text(args.get(vm, 1)));
    let Some(n) = FORMATS.iter().position(|name| *name == kind) else {
        return vm.value_error("__setformat__() argument 1 must be 'double' or 'float'");
    };
    match format.as_str() {
        "unknown" | "IEEE, little-endian" => {
            vm.unknown_float_formats[n] = format == "unknown";
            Ok(vm.new_none())
        }
        "IEEE, big-endian" => {
            vm.value_error(&format!("can only set {kind} format to 'unknown' or the detected platform value"))
        }
        _ => vm.value_error("__setformat__() argument 2 must be 'unknown', 'IEEE, little-endian' or 'IEEE, big-endian'"),
    }
}
