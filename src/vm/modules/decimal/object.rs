//! `Decimal`: construction, operators, conversions.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::context::{current, optional, values};
use super::convert::{comparable, exact, finish, keywords, operand, to_int};
use super::number::*;
use super::signals::signal;
use super::text::to_text;
use super::{TUPLE, arith, functions, known, methods};
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Construct a new Decimal object. 'value' can be an integer, string, tuple,\nor another Decimal object. If no value is given, return \
          Decimal('0'). The\ncontext only says whether an invalid value raises.\n",
    gc: false,
    base_type: true,
    methods: methods::METHODS,
    getset: &[
        GetSet::new("real", |vm, this| Ok(vm.new_ref(this))),
        GetSet::new("imag", |vm, _| Ok(make(vm, Dec::zero(false)))),
    ],
    slots: fill,
    ..TypeSpec::new("decimal.Decimal")
};

#[derive(Clone)]
struct Decimal(Rc<Dec>);

impl Native for Decimal {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

/// The number of a Decimal; `None` for anything else.
pub fn number(vm: &Machine, o: Obj) -> Option<&Rc<Dec>> {
    vm.heap.native::<Decimal>(o).map(|d| &d.0)
}

/// The number of what the type has checked.
pub fn own(vm: &Machine, this: Obj) -> Rc<Dec> {
    number(vm, this).expect("checked by the type").clone()
}

/// A new Decimal, owned.
pub fn make(vm: &mut Machine, x: Dec) -> Obj {
    let class = vm.module_type(&SPEC);
    vm.alloc_raw(
        class,
        Payload::Native(Box::new(Box::new(Decimal(Rc::new(x))))),
    )
}

/// A new instance of a class.
pub fn make_of(vm: &mut Machine, class: Obj, x: Dec) -> Obj {
    if class == vm.module_type(&SPEC) {
        return make(vm, x);
    }
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Decimal(Rc::new(x))))),
    )
}

fn fill(s: &mut Slots) {
    s.tp_new = Some(new);
    s.tp_repr = Some(|vm, this| {
        let text = shown(vm, this);
        Ok(vm.new_string(format!("Decimal('{text}')")))
    });
    s.tp_str = Some(|vm, this| {
        let text = shown(vm, this);
        Ok(vm.new_string(text))
    });
    s.tp_hash = Some(hash);
    s.tp_richcompare = Some(richcompare);
    s.nb_add = Some(|vm, a, b| binary(vm, a, b, arith::add));
    s.nb_subtract = Some(|vm, a, b| binary(vm, a, b, arith::subtract));
    s.nb_multiply = Some(|vm, a, b| binary(vm, a, b, arith::multiply));
    s.nb_true_divide = Some(|vm, a, b| binary(vm, a, b, arith::divide));
    s.nb_floor_divide = Some(|vm, a, b| binary(vm, a, b, arith::divide_int));
    s.nb_remainder = Some(|vm, a, b| binary(vm, a, b, arith::remainder));
    s.nb_divmod = Some(divmod);
    s.nb_power = Some(power);
    s.nb_negative = Some(|vm, a| unary(vm, a, arith::minus));
    s.nb_positive = Some(|vm, a| unary(vm, a, arith::plus));
    s.nb_absolute = Some(|vm, a| unary(vm, a, arith::absolute));
    s.nb_bool = Some(|vm, a| Ok(!own(vm, a).is_zero()));
    s.nb_int = Some(|vm, a| {
        let x = own(vm, a);
        to_int(vm, &x, Rounding::Down)
    });
    s.nb_float = Some(|vm, a| {
        let x = to_f64(vm, a)?;
        Ok(vm.new_float(x))
    });
}

/// With the current context's letter for the exponent.
fn shown(vm: &mut Machine, this: Obj) -> String {
    let context = current(vm);
    let capitals = values(vm, context).capitals;
    to_text(&own(vm, this), false, capitals)
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [value, context] = keywords(vm, args, &["value", "context"], 0)?;
    let context = optional(vm, context)?;
    if value.is_null() {
        return Ok(make_of(vm, class, Dec::zero(false)));
    }
    let plain = vm.module_type(&SPEC);
    if class == plain && vm.heap.ty(value) == plain {
        return Ok(vm.new_ref(value));
    }
    let x = exact(vm, value, context)?;
    Ok(make_of(vm, class, x))
}

pub type Unary = fn(&Dec, &Ctx, &mut u32) -> Dec;
pub type Binary = fn(&Dec, &Dec, &Ctx, &mut u32) -> Dec;

fn unary(vm: &mut Machine, a: Obj, f: Unary) -> PyResult<Obj> {
    let (x, context, mut status) = (own(vm, a), current(vm), 0);
    let result = f(&x, &values(vm, context), &mut status);
    finish(vm, context, result, status)
}

fn binary(vm: &mut Machine, a: Obj, b: Obj, f: Binary) -> PyResult<Obj> {
    let (Some(x), Some(y)) = (operand(vm, a), operand(vm, b)) else {
        return Ok(vm.new_not_implemented());
    };
    let (context, mut status) = (current(vm), 0);
    let result = f(&x, &y, &values(vm, context), &mut status);
    finish(vm, context, result, status)
}

/// Quotient and remainder as a tuple.
pub fn divmod_in(vm: &mut Machine, x: &Dec, y: &Dec, context: Obj) -> PyResult<Obj> {
    let mut status = 0;
    let (quotient, rest) = arith::divmod(x, y, &values(vm, context), &mut status);
    signal(vm, context, status)?;
    let items = vec![make(vm, quotient), make(vm, rest)];
    Ok(vm.new_tuple(items))
}

fn divmod(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (Some(x), Some(y)) = (operand(vm, a), operand(vm, b)) else {
        return Ok(vm.new_not_implemented());
    };
    let context = current(vm);
    divmod_in(vm, &x, &y, context)
}

fn power(vm: &mut Machine, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
    let (Some(x), Some(y)) = (operand(vm, a), operand(vm, b)) else {
        return Ok(vm.new_not_implemented());
    };
    let (context, mut status) = (current(vm), 0);
    let ctx = values(vm, context);
    let result = if modulus == vm.none {
        functions::power(&x, &y, &ctx, &mut status)
    } else {
        let Some(z) = operand(vm, modulus) else {
            return Ok(vm.new_not_implemented());
        };
        arith::power_modulo(&x, &y, &z, &ctx, &mut status)
    };
    finish(vm, context, result, status)
}

fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let x = own(vm, a);
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    let Some((x, y)) = comparable(vm, &x, b, equality)? else {
        return Ok(vm.new_not_implemented());
    };
    if x.is_nan() || y.is_nan() {
        if x.is_signaling() || y.is_signaling() || !equality {
            let context = current(vm);
            signal(vm, context, INVALID_OPERATION)?;
        }
        return Ok(vm.new_bool(op == CmpOp::Ne));
    }
    let order: Ordering = arith::compare_finite(&x, &y);
    Ok(vm.new_bool(op.test(order)))
}

/// Equal to the hash of an equal int, float or Fraction (`dec_hash`).
fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    const MODULUS: u64 = (1 << 61) - 1;
    /// 1/10 modulo that.
    const INVERSE_OF_TEN: u64 = 2_075_258_708_292_324_556;
    const INFINITE: i64 = 314_159;
    let x = own(vm, this);
    match x.kind {
        Kind::Signaling => {
            return vm.type_error("Cannot hash a signaling NaN value".to_string());
        }
        Kind::Quiet => return Ok(vm.identity_hash(this)),
        Kind::Infinite => return Ok(if x.negative { -INFINITE } else { INFINITE }),
        Kind::Finite => {}
    }
    let modulus = BigUint::from(MODULUS);
    let ten = BigUint::from(if x.exponent >= 0 { 10 } else { INVERSE_OF_TEN });
    let scale = ten.modpow(&BigUint::from(x.exponent.unsigned_abs()), &modulus);
    let hash = (scale * (&x.coefficient % &modulus) % modulus)
        .to_i64()
        .unwrap_or(0);
    let hash = if x.negative { -hash } else { hash };
    Ok(if hash == -1 { -2 } else { hash })
}

/// `float(decimal)`, by way of its text.
pub fn to_f64(vm: &mut Machine, this: Obj) -> PyResult<f64> {
    let x = own(vm, this);
    match x.kind {
        Kind::Signaling => vm.value_error("cannot convert signaling NaN to float"),
        Kind::Quiet => Ok(if x.negative { -f64::NAN } else { f64::NAN }),
        Kind::Infinite => Ok(if x.negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }),
        Kind::Finite => Ok(to_text(&x, false, true).parse().unwrap_or(f64::NAN)),
    }
}

/// `DecimalTuple(sign, digits, exponent)`
pub fn as_tuple(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = own(vm, this);
    let digits: Vec<Obj> = if x.is_nan() && x.coefficient.is_zero() {
        Vec::new()
    } else {
        let text = x.coefficient.to_string();
        text.bytes()
            .map(|b| vm.new_int(i64::from(b - b'0')))
            .collect()
    };
    let digits = vm.new_tuple(digits);
    let mark = vm.mark();
    vm.hold(digits);
    let sign = vm.new_int(i64::from(x.negative));
    vm.hold(sign);
    let exponent = match x.kind {
        Kind::Finite => vm.new_int(x.exponent),
        Kind::Infinite => vm.new_str("F"),
        Kind::Quiet => vm.new_str("n"),
        Kind::Signaling => vm.new_str("N"),
    };
    vm.hold(exponent);
    let class = known(vm, TUPLE);
    let made = vm.call(class, &[sign, digits, exponent]);
    vm.releasing(mark, made)
}

pub fn as_integer_ratio(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = own(vm, this);
    if x.is_nan() {
        return vm.value_error("cannot convert NaN to integer ratio");
    }
    if x.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "cannot convert Infinity to integer ratio".to_string(),
        );
    }
    if x.exponent.abs() > MAX_DIGITS && !x.is_zero() {
        return vm.raise_bare(vm.types.memory_error);
    }
    let (n, d) = if x.coefficient.is_zero() {
        (BigUint::zero(), BigUint::one())
    } else if x.exponent >= 0 {
        (&x.coefficient * pow10(x.exponent), BigUint::one())
    } else {
        let d = pow10(-x.exponent);
        let shared = x.coefficient.gcd(&d);
        (&x.coefficient / &shared, d / shared)
    };
    let n = BigInt::from(n);
    let n = vm.new_big_int(if x.negative { -n } else { n });
    let d = vm.new_big_int(BigInt::from(d));
    Ok(vm.new_tuple(vec![n, d]))
}
