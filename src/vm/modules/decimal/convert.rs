//! Between objects and numbers; arguments of methods.

use std::rc::Rc;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;

use super::context::{self, values};
use super::number::*;
use super::object::{make, number};
use super::signals::signal;
use super::text::parse;
use super::{RATIONAL, known};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::types::{float_arith, int_arith, int_parse};
use crate::vm::{Args, Machine, PyResult};

/// Arguments by place or name, as `PyArg_ParseTupleAndKeywords` sorts them without a function's name; missing ones are NULL.
pub fn keywords<const N: usize>(
    vm: &mut Machine,
    args: Args,
    names: &[&str; N],
    required: usize,
) -> PyResult<[Obj; N]> {
    let mut out = [NULL; N];
    let (given, named) = (args.len(), args.kw_len(vm));
    if given + named > N {
        let s = if N == 1 { "" } else { "s" };
        let keyword = if given == 0 { "keyword " } else { "" };
        let bound = if required == N { "exactly" } else { "at most" };
        let total = given + named;
        return vm.type_error(format!(
            "function takes {bound} {N} {keyword}argument{s} ({total} given)"
        ));
    }
    for (i, slot) in out.iter_mut().enumerate().take(given) {
        *slot = args.get(vm, i);
    }
    let keywords: Vec<(String, Obj)> = args
        .keywords(vm)
        .into_iter()
        .map(|(name, value)| (vm.text(name), value))
        .collect();
    for (i, name) in names.iter().enumerate() {
        let value = keywords.iter().find(|k| k.0 == *name).map(|k| k.1);
        match value {
            Some(_) if i < given => {
                let at = i + 1;
                return vm.type_error(format!(
                    "argument for function given by name ('{name}') and position ({at})"
                ));
            }
            Some(value) => out[i] = value,
            None if i < required && i >= given => {
                let at = i + 1;
                return vm.type_error(format!(
                    "function missing required argument '{name}' (pos {at})"
                ));
            }
            None => {}
        }
    }
    for (name, _) in keywords {
        if !names.contains(&name.as_str()) {
            return vm.type_error(format!(
                "'{name}' is an invalid keyword argument for this function"
            ));
        }
    }
    Ok(out)
}

/// So many positional arguments, as `PyArg_ParseTuple` wants them.
pub fn exactly<const N: usize>(vm: &mut Machine, args: Args) -> PyResult<[Obj; N]> {
    let given = args.len();
    if given != N {
        let s = if N == 1 { "" } else { "s" };
        return vm.type_error(format!(
            "function takes exactly {N} argument{s} ({given} given)"
        ));
    }
    let mut out = [NULL; N];
    for (i, slot) in out.iter_mut().enumerate() {
        *slot = args.get(vm, i);
    }
    Ok(out)
}

/// A Decimal or an int as a number; `None` for anything else.
pub fn operand(vm: &Machine, o: Obj) -> Option<Rc<Dec>> {
    if let Some(x) = number(vm, o) {
        return Some(x.clone());
    }
    int_arith::big(vm, o).map(|n| Rc::new(of_int(&n)))
}

/// The same, where anything else is a TypeError.
pub fn required(vm: &mut Machine, o: Obj) -> PyResult<Rc<Dec>> {
    match operand(vm, o) {
        Some(x) => Ok(x),
        None => unsupported(vm, o),
    }
}

fn unsupported<T>(vm: &mut Machine, o: Obj) -> PyResult<T> {
    let name = vm.type_name(o);
    vm.type_error(format!(
        "conversion from {name} to Decimal is not supported"
    ))
}

pub fn of_int(n: &BigInt) -> Dec {
    Dec::finite(n.sign() == Sign::Minus, n.magnitude().clone(), 0)
}

/// A double, exactly.
pub fn of_float(x: f64) -> Dec {
    if x.is_nan() {
        return Dec::nan().with_sign(x.is_sign_negative());
    }
    if x.is_infinite() {
        return Dec::infinity(x < 0.0);
    }
    let negative = x.is_sign_negative();
    let (mantissa, exponent) = float_arith::parts(x);
    if mantissa == 0 {
        return Dec::zero(negative);
    }
    let (n, twos) = if exponent >= 0 {
        (BigUint::from(mantissa) << exponent as u64, 0)
    } else {
        let zeros = i64::from(mantissa.trailing_zeros()).min(-exponent);
        (BigUint::from(mantissa >> zeros), -exponent - zeros)
    };
    Dec::finite(negative, n * BigUint::from(5_u32).pow(twos as u32), -twos)
}

/// A whole number as an int object, without its fraction.
pub fn to_int(vm: &mut Machine, x: &Dec, rounding: Rounding) -> PyResult<Obj> {
    if x.is_nan() {
        return vm.value_error("cannot convert NaN to integer");
    }
    if x.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "cannot convert Infinity to integer".to_string(),
        );
    }
    let mut status = 0;
    let (whole, _) = super::arith::rescale(x, 0, rounding, &mut status);
    if status & NO_MEMORY != 0 {
        return vm.raise_bare(vm.types.memory_error);
    }
    let n = BigInt::from(whole.coefficient);
    Ok(vm.new_big_int(if x.negative { -n } else { n }))
}

/// A text's digits as ASCII; with `loose`, spaces at the ends and underscores are dropped (`numeric_as_ascii`).
fn numeric_text(text: &str, loose: bool) -> String {
    let trimmed = if loose {
        text.trim_matches(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c))
    } else {
        text
    };
    let ascii = if trimmed.is_ascii() {
        trimmed.to_string()
    } else {
        let inner = |c: char| c.is_whitespace() && !c.is_ascii();
        int_parse::to_ascii(&trimmed.replace(inner, "?"))
    };
    if loose { ascii.replace('_', "") } else { ascii }
}

/// A text as a number; what is wrong with it goes into the status.
pub fn of_text(text: &str, loose: bool, ctx: &Ctx, status: &mut u32) -> Dec {
    let text = numeric_text(text, loose);
    match parse(&text, ctx.prec - i64::from(ctx.clamp)) {
        Some(x) => finalize(x, ctx, status),
        None => invalid(status, CONVERSION_SYNTAX),
    }
}

/// The same without rounding: what does not fit is invalid.
fn exact_text(text: &str, loose: bool, status: &mut u32) -> Dec {
    let mut own = 0;
    let x = of_text(text, loose, &MAX_CTX, &mut own);
    if own & (INEXACT | ROUNDED | CLAMPED) != 0 {
        *status |= INVALID_OPERATION;
        return Dec::nan();
    }
    *status |= own & (ANY_INVALID | DIVISION_BY_ZERO | NO_MEMORY);
    x
}

/// `(sign, digits, exponent)` as a text.
fn text_of_tuple(vm: &mut Machine, o: Obj) -> PyResult<String> {
    let parts = vm.exact_or_sub_items(o);
    let [sign, digits, exponent] = parts[..] else {
        return vm.value_error("argument must be a sequence of length 3");
    };
    let sign = match vm.as_i64(sign) {
        Some(0) => "",
        Some(1) => "-",
        _ => return vm.value_error("sign must be an integer with the value 0 or 1"),
    };
    let (prefix, exponent) = exponent_text(vm, exponent)?;
    let is_sequence = vm.heap.tuple(digits).is_some() || vm.heap.list(digits).is_some();
    if !is_sequence {
        return vm.value_error("coefficient must be a tuple of digits");
    }
    let mut text = format!("{sign}{prefix}");
    let items = vm.exact_or_sub_items(digits);
    if items.is_empty() && prefix.is_empty() {
        text.push('0');
    }
    for item in items {
        match vm.as_i64(item) {
            Some(digit @ 0..=9) if prefix != "Inf" => text.push((b'0' + digit as u8) as char),
            Some(0..=9) => {}
            _ => return vm.value_error("coefficient must be a tuple of digits"),
        }
    }
    Ok(text + &exponent)
}

/// What stands before the digits and what behind.
fn exponent_text(vm: &mut Machine, o: Obj) -> PyResult<(&'static str, String)> {
    if vm.heap.str(o).is_some() {
        return match vm.text(o).as_str() {
            "F" => Ok(("Inf", String::new())),
            "n" => Ok(("NaN", String::new())),
            "N" => Ok(("sNaN", String::new())),
            _ => vm.value_error("string argument in the third position must be 'F', 'n' or 'N'"),
        };
    }
    if !vm.is_int(o) {
        return vm.value_error("exponent must be an integer");
    }
    match vm.as_i64(o) {
        Some(exponent) => Ok(("", format!("E{exponent}"))),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

impl Machine {
    /// The items of a list or a tuple, borrowed.
    fn exact_or_sub_items(&self, o: Obj) -> Vec<Obj> {
        match self.heap.tuple(o) {
            Some(items) => items.to_vec(),
            None => self.heap.list(o).cloned().unwrap_or_default(),
        }
    }
}

/// What a constructor is given.
enum Given {
    Number(Dec),
    Text(String, bool),
    Float(f64),
}

fn given(vm: &mut Machine, o: Obj, loose: bool) -> PyResult<Given> {
    if let Some(x) = operand(vm, o) {
        return Ok(Given::Number((*x).clone()));
    }
    if vm.heap.str(o).is_some() {
        return Ok(Given::Text(vm.text(o), loose));
    }
    if vm.heap.tuple(o).is_some() || vm.heap.list(o).is_some() {
        return Ok(Given::Text(text_of_tuple(vm, o)?, false));
    }
    if let Payload::Float(x) = vm.heap.base(o) {
        return Ok(Given::Float(*x));
    }
    unsupported(vm, o)
}

/// Any value as a number, exactly (`PyDecType_FromObjectExact`).
pub fn exact(vm: &mut Machine, o: Obj, context: Obj) -> PyResult<Dec> {
    let mut status = 0;
    let x = match given(vm, o, true)? {
        Given::Number(x) => x,
        Given::Float(x) => {
            signal(vm, context, FLOAT_OPERATION)?;
            of_float(x)
        }
        Given::Text(text, loose) => exact_text(&text, loose, &mut status),
    };
    signal(vm, context, status)?;
    Ok(x)
}

/// Any value as a number, rounded to a context (`PyDec_FromObject`).
pub fn in_context(vm: &mut Machine, o: Obj, context: Obj) -> PyResult<Dec> {
    let ctx = values(vm, context);
    let mut status = 0;
    let x = match given(vm, o, false)? {
        Given::Number(x)
            if x.is_nan()
                && !x.coefficient.is_zero()
                && x.digits() > ctx.prec - i64::from(ctx.clamp) =>
        {
            invalid(&mut status, CONVERSION_SYNTAX)
        }
        Given::Number(x) => finalize(x, &ctx, &mut status),
        Given::Float(x) => {
            signal(vm, context, FLOAT_OPERATION)?;
            finalize(of_float(x), &ctx, &mut status)
        }
        Given::Text(text, loose) => of_text(&text, loose, &ctx, &mut status),
    };
    signal(vm, context, status)?;
    Ok(x)
}

/// An operand of a comparison: what to compare the Decimal's number with, and what that number becomes; `None` if they cannot be
/// compared (`convert_op_cmp`).
pub fn comparable(
    vm: &mut Machine,
    x: &Rc<Dec>,
    o: Obj,
    equality: bool,
) -> PyResult<Option<(Rc<Dec>, Rc<Dec>)>> {
    if let Some(y) = operand(vm, o) {
        return Ok(Some((x.clone(), y)));
    }
    let float = match vm.heap.base(o) {
        Payload::Float(y) => Some(*y),
        Payload::Complex(z) if equality && z.1 == 0.0 => Some(z.0),
        Payload::Complex(_) => return Ok(None),
        _ => None,
    };
    if let Some(y) = float {
        let context = context::current(vm);
        if equality {
            let (flags, _) = context::signal_dicts(vm, context);
            *super::signals::bits_mut(vm, flags) |= FLOAT_OPERATION;
        } else {
            signal(vm, context, FLOAT_OPERATION)?;
        }
        return Ok(Some((x.clone(), Rc::new(of_float(y)))));
    }
    let rational = known(vm, RATIONAL);
    if !vm.is_instance(o, rational)? {
        return Ok(None);
    }
    let numerator = attribute_number(vm, o, "numerator", "numerator is not an integer")?;
    if !x.is_finite() {
        return Ok(Some((x.clone(), numerator)));
    }
    let denominator = attribute_number(vm, o, "denominator", "denominator is not an integer")?;
    let mut status = 0;
    let scaled = super::arith::multiply(x, &denominator, &MAX_CTX, &mut status);
    Ok(Some((Rc::new(scaled), numerator)))
}

fn attribute_number(vm: &mut Machine, o: Obj, name: &str, wrong: &str) -> PyResult<Rc<Dec>> {
    let value = vm.get_attr_str(o, name)?;
    let number = int_arith::big(vm, value).map(|n| Rc::new(of_int(&n)));
    vm.decref(value);
    match number {
        Some(n) => Ok(n),
        None => vm.type_error(wrong.to_string()),
    }
}

/// A result: its signals, then the object.
pub fn finish(vm: &mut Machine, context: Obj, x: Dec, status: u32) -> PyResult<Obj> {
    signal(vm, context, status)?;
    Ok(make(vm, x))
}
