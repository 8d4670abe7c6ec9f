//! `complex` (`Objects/complexobject.c`): construction, text, comparison. Arithmetic is in `complex_arith.rs`.

use super::complex_arith::{self as arith, Complex};
use super::{float, float_format, int_arith};
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "complex(real=0, imag=0)\n--\n\nCreate a complex number from a real part and an optional imaginary part.\n\nThis is equivalent to (real + imag*1j) where imag defaults to 0.",
    layout: Layout::Complex,
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("complex")
};

static METHODS: &[Method] = &[
    Method::new("conjugate", Arity::NoArgs, conjugate)
        .doc("conjugate($self, /)\n--\n\nReturn the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."),
    Method::new("__getnewargs__", Arity::NoArgs, getnewargs).doc("__getnewargs__($self, /)\n--\n\n"),
    Method::new("__format__", Arity::One, super::format::complex_format)
        .doc("__format__($self, format_spec, /)\n--\n\nConvert to a string according to format_spec."),
];

static GETSET: &[GetSet] = &[
    GetSet::new("real", |vm, o| {
        let (re, _) = arith::value(vm, o);
        Ok(vm.new_float(re))
    }),
    GetSet::new("imag", |vm, o| {
        let (_, im) = arith::value(vm, o);
        Ok(vm.new_float(im))
    }),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_hash = Some(hash);
    slots.tp_richcompare = Some(richcompare);
    slots.nb_add = Some(arith::add);
    slots.nb_subtract = Some(arith::subtract);
    slots.nb_multiply = Some(arith::multiply);
    slots.nb_power = Some(arith::power);
    slots.nb_negative = Some(arith::negative);
    slots.nb_positive = Some(arith::positive);
    slots.nb_absolute = Some(arith::absolute);
    slots.nb_bool = Some(|vm, o| Ok(arith::value(vm, o) != (0.0, 0.0)));
    slots.nb_true_divide = Some(arith::true_divide);
}

/// `complex(real=0, imag=0)` (`complex_new`)
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [real, imag] = vm.unpack("complex", args, &[opt("real"), opt("imag")])?;
    if !real.is_null() && imag.is_null() && class == vm.types.complex && vm.is_exact(real, class) {
        return Ok(vm.new_ref(real));
    }
    if !real.is_null() && vm.heap.str(real).is_some() {
        if !imag.is_null() {
            return vm
                .type_error("complex() can't take second arg if first is a string".to_string());
        }
        return from_text(vm, class, real);
    }
    if !imag.is_null() && vm.heap.str(imag).is_some() {
        return vm.type_error("complex() second arg can't be a string".to_string());
    }
    let (mut re, real_s_imag) = if real.is_null() {
        (0.0, None)
    } else {
        real_argument(vm, real)?
    };
    let mut im = real_s_imag.unwrap_or(0.0);
    if !imag.is_null() {
        // Parts that are not there are not added: a negative zero stays one.
        let (number, imag_s_imag) = imaginary_argument(vm, imag)?;
        re = imag_s_imag.map_or(re, |x| re - x);
        im = real_s_imag.map_or(number, |x| number + x);
    }
    Ok(make(vm, class, (re, im)))
}

fn make(vm: &mut Machine, class: Obj, z: Complex) -> Obj {
    if class == vm.types.complex {
        vm.new_complex(z.0, z.1)
    } else {
        vm.alloc_instance(class, Payload::Complex(Box::new(z)))
    }
}

/// The first argument: `__complex__`, or a complex or real number; the latter has no imaginary part.
fn real_argument(vm: &mut Machine, o: Obj) -> PyResult<(f64, Option<f64>)> {
    if let Some((re, im)) = special_method(vm, o)? {
        return Ok((re, Some(im)));
    }
    if let Payload::Complex(z) = vm.heap.base(o) {
        return Ok((z.0, Some(z.1)));
    }
    if vm.slots_of(o).nb_float.is_none() && !vm.has_index(o) {
        let name = vm.type_name(o);
        return vm.type_error(format!(
            "complex() first argument must be a string or a number, not '{name}'"
        ));
    }
    Ok((vm.as_f64(o)?, None))
}

fn imaginary_argument(vm: &mut Machine, o: Obj) -> PyResult<(f64, Option<f64>)> {
    if let Payload::Complex(z) = vm.heap.base(o) {
        return Ok((z.0, Some(z.1)));
    }
    if vm.slots_of(o).nb_float.is_none() && !vm.has_index(o) {
        let name = vm.type_name(o);
        return vm.type_error(format!(
            "complex() second argument must be a number, not '{name}'"
        ));
    }
    Ok((vm.as_f64(o)?, None))
}

/// `__complex__`, unless the object is exactly a number (`try_complex_special_method`).
fn special_method(vm: &mut Machine, o: Obj) -> PyResult<Option<Complex>> {
    if matches!(
        vm.heap.payload(o),
        Payload::Complex(_) | Payload::Float(_) | Payload::Int(_)
    ) {
        return Ok(None);
    }
    let Some(result) = vm.call_special(o, vm.names.__complex__, &[])? else {
        return Ok(None);
    };
    let value = match vm.heap.base(result) {
        Payload::Complex(z) => Some(**z),
        _ => None,
    };
    let (name, exact) = (vm.type_name(result), vm.is_exact(result, vm.types.complex));
    vm.decref(result);
    let Some(value) = value else {
        return vm.type_error(format!("__complex__ returned non-complex (type {name})"));
    };
    if !exact {
        let message = format!(
            "__complex__ returned non-complex (type {name}).  The ability to return an instance of a strict subclass of complex is \
             deprecated, and may be removed in a future version of Python."
        );
        vm.warn(vm.types.deprecation_warning, &message, 1)?;
    }
    Ok(Some(value))
}

fn from_text(vm: &mut Machine, class: Obj, o: Obj) -> PyResult<Obj> {
    let text = super::int_parse::to_ascii(&vm.text(o));
    // What is neither a digit nor a space ends the text (`_PyUnicode_TransformDecimalAndSpaceToASCII`).
    let odd = vm.text(o).chars().zip(text.chars()).position(|(c, made)| !c.is_ascii() && made == '?');
    let text: String = text.chars().take(odd.map_or(usize::MAX, |at| at + 1)).collect();
    if !underscores_divide(&text) {
        let shown = vm.repr_text(o)?;
        return vm.value_error(&format!("could not convert string to complex: {shown}"));
    }
    match parse(&text) {
        Some(z) => Ok(make(vm, class, z)),
        None => vm.value_error("complex() arg is a malformed string"),
    }
}

/// Whether each underscore stands between two digits.
fn underscores_divide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let at_underscores = bytes.iter().enumerate().filter(|(_, b)| **b == b'_');
    at_underscores
        .map(|(i, _)| i)
        .all(|i| i > 0 && digit(i - 1) && digit(i + 1))
}

/// `x`, `yj`, `x+yj`, in brackets or not; `j` alone is `1j` (`complex_from_string_inner`).
fn parse(text: &str) -> Option<Complex> {
    let trimmed = text.trim();
    let inner = match trimmed.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')')?.trim(),
        None => trimmed,
    };
    let Some(body) = inner.strip_suffix(['j', 'J']) else {
        return Some((number(inner)?, 0.0));
    };
    // The sign of the imaginary part: the last one that is not an exponent's.
    let bytes = body.as_bytes();
    let split = (1..bytes.len())
        .rev()
        .find(|i| matches!(bytes[*i], b'+' | b'-') && !matches!(bytes[*i - 1], b'e' | b'E'));
    match split {
        Some(at) => Some((number(&body[..at])?, imaginary(&body[at..])?)),
        None => Some((0.0, imaginary(body)?)),
    }
}

fn imaginary(text: &str) -> Option<f64> {
    match text {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        _ => number(text),
    }
}

/// A number with nothing around it.
fn number(text: &str) -> Option<f64> {
    if text.contains(char::is_whitespace) {
        None
    } else {
        super::float_parse::parse_decimal(text)
    }
}

/// A part as complex shows it: without ".0".
fn part(x: f64) -> String {
    let text = float_format::float_repr(x);
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let (re, im) = arith::value(vm, o);
    let text = if re == 0.0 && re.is_sign_positive() {
        format!("{}j", part(im))
    } else {
        let sign = if im.is_nan() || im.is_sign_positive() {
            "+"
        } else {
            ""
        };
        format!("({}{sign}{}j)", part(re), part(im))
    };
    Ok(vm.new_string(text))
}

fn hash(vm: &mut Machine, o: Obj) -> PyResult<i64> {
    let (re, im) = arith::value(vm, o);
    let hash = float::hash(vm, o, re).wrapping_add(float::hash(vm, o, im).wrapping_mul(1_000_003));
    Ok(if hash == -1 { -2 } else { hash })
}

/// Equal or not; complex numbers are in no order.
fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (re, im) = arith::value(vm, a);
    let equal = match vm.heap.base(b) {
        Payload::Complex(z) => re == z.0 && im == z.1,
        Payload::Float(x) => re == *x && im == 0.0,
        _ => match int_arith::big(vm, b) {
            Some(value) => {
                im == 0.0
                    && int_arith::compare_with_f64(&value, re)
                        .is_some_and(std::cmp::Ordering::is_eq)
            }
            None => return Ok(vm.new_not_implemented()),
        },
    };
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

fn conjugate(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (re, im) = arith::value(vm, this);
    Ok(vm.new_complex(re, -im))
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (re, im) = arith::value(vm, this);
    let (re, im) = (vm.new_float(re), vm.new_float(im));
    Ok(vm.new_tuple(vec![re, im]))
}

/// Any number as a complex one (`PyComplex_AsCComplex`).
pub fn to_complex(vm: &mut Machine, o: Obj) -> PyResult<Complex> {
    if let Payload::Complex(z) = vm.heap.base(o) {
        return Ok(**z);
    }
    if let Some(z) = special_method(vm, o)? {
        return Ok(z);
    }
    Ok((vm.as_f64(o)?, 0.0))
}
