//! `int` (`Objects/longobject.c`): construction, comparison, conversions. Arithmetic is in `int_arith.rs`, text in `int_parse.rs`.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::{int_arith as arith, int_parse as parse};
use crate::heap::payload::StrObj;
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::args::{kw, opt, pos_opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments are given.",
    layout: Layout::Int,
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: GETSET,
    slots: fill,
    ..TypeSpec::new("int")
};

static METHODS: &[Method] = &[
    Method::new("conjugate", Arity::NoArgs, to_int).doc("Returns self, the complex conjugate of any int."),
    Method::new("bit_length", Arity::NoArgs, bit_length).doc("bit_length($self, /)\n--\n\nNumber of bits necessary to represent self in binary."),
    Method::new("bit_count", Arity::NoArgs, bit_count)
        .doc("bit_count($self, /)\n--\n\nNumber of ones in the binary representation of the absolute value of self."),
    Method::new("to_bytes", Arity::Keywords, to_bytes)
        .doc("to_bytes($self, /, length, byteorder, *, signed=False)\n--\n\nReturn an array of bytes representing an integer."),
    Method::class("from_bytes", Arity::Keywords, from_bytes)
        .doc("from_bytes($type, /, bytes, byteorder, *, signed=False)\n--\n\nReturn the integer represented by the given array of bytes."),
    Method::new("as_integer_ratio", Arity::NoArgs, as_integer_ratio)
        .doc("as_integer_ratio($self, /)\n--\n\nReturn integer ratio."),
    Method::new("__trunc__", Arity::NoArgs, to_int).doc("Truncating an Integral returns itself."),
    Method::new("__floor__", Arity::NoArgs, to_int).doc("Flooring an Integral returns itself."),
    Method::new("__ceil__", Arity::NoArgs, to_int).doc("Ceiling of an Integral returns itself."),
    Method::new("__round__", Arity::Positional(0, 1), round).doc("Rounding an Integral returns itself."),
    Method::new("__getnewargs__", Arity::NoArgs, getnewargs).doc("__getnewargs__($self, /)\n--\n\n"),
    Method::new("__format__", Arity::One, super::format::int_format).doc("__format__($self, format_spec, /)\n--\n\n"),
    Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("__sizeof__($self, /)\n--\n\nReturns size in memory, in bytes."),
];

static GETSET: &[GetSet] = &[
    GetSet::new("real", arith::positive),
    GetSet::new("imag", |vm, _| Ok(vm.new_int(0))),
    GetSet::new("numerator", arith::positive),
    GetSet::new("denominator", |vm, _| Ok(vm.new_int(1))),
];

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.tp_hash = Some(|vm, o| Ok(vm.int_hash(o)));
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
    slots.nb_bool = Some(|vm, o| Ok(vm.as_i64(o) != Some(0)));
    slots.nb_invert = Some(arith::invert);
    slots.nb_lshift = Some(arith::lshift);
    slots.nb_rshift = Some(arith::rshift);
    slots.nb_and = Some(arith::and);
    slots.nb_xor = Some(arith::xor);
    slots.nb_or = Some(arith::or);
    slots.nb_int = Some(arith::positive);
    slots.nb_float = Some(|vm, o| {
        let x = arith::to_f64(vm, o)?;
        Ok(vm.new_float(x))
    });
    slots.nb_floor_divide = Some(arith::floor_divide);
    slots.nb_true_divide = Some(arith::true_divide);
    slots.nb_index = Some(arith::positive);
}

/// `int(x=0, base=10)` (`long_new`); a subclass gets the value in an object of its own.
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [x, base] = vm.unpack("int", args, &[pos_opt("x"), opt("base")])?;
    let value = convert(vm, x, base)?;
    if class == vm.types.int {
        return Ok(value);
    }
    let payload = vm.heap.payload(value).clone();
    vm.decref(value);
    Ok(vm.alloc_instance(class, payload))
}

fn convert(vm: &mut Machine, x: Obj, base: Obj) -> PyResult<Obj> {
    if base.is_null() {
        return if x.is_null() {
            Ok(vm.new_int(0))
        } else {
            vm.number_long(x)
        };
    }
    if x.is_null() {
        return vm.type_error("int() missing string argument".to_string());
    }
    let base = vm.index_clamped(base, crate::heap::NULL)?;
    if (base != 0 && base < 2) || base > 36 {
        return vm.value_error("int() base must be >= 2 and <= 36, or 0");
    }
    match parse::text_of(vm, x) {
        Some(text) if vm.heap.str(x).is_some() || vm.heap.bytes_of(x).is_some() || vm.is_bytearray(x) => {
            parse::from_str(vm, x, &text, base as u32)
        }
        _ => vm.type_error("int() can't convert non-string with explicit base".to_string()),
    }
}

pub fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if let Payload::Int(i) = vm.heap.base(o) {
        let text = StrObj::from_int(*i);
        // Not the shared one-letter strings: CPython makes a new one here.
        return Ok(vm.new_fresh_str(text));
    }
    let text = parse::decimal(vm, o)?;
    Ok(vm.new_string(text))
}

fn richcompare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let order = match (vm.as_i64(a), vm.as_i64(b)) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => match (arith::big(vm, a), arith::big(vm, b)) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => return Ok(vm.new_not_implemented()),
        },
    };
    Ok(vm.new_bool(op.test(order)))
}

fn to_int(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    arith::positive(vm, this)
}

fn bit_length(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let bits = arith::big(vm, this).map_or(0, |b| b.bits());
    Ok(vm.new_int(bits as i64))
}

fn bit_count(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let ones: u32 = arith::big(vm, this).map_or(0, |b| {
        b.magnitude().iter_u64_digits().map(u64::count_ones).sum()
    });
    Ok(vm.new_int(i64::from(ones)))
}

/// Whether "little" was meant; the byte order must be one of the two words.
fn is_little(vm: &mut Machine, order: Obj) -> PyResult<bool> {
    match vm.heap.str(order).map(|s| s.lossy()) {
        Some(text) if text == "little" => Ok(true),
        Some(text) if text == "big" => Ok(false),
        _ => vm.value_error("byteorder must be either 'little' or 'big'"),
    }
}

/// A str argument (`PyUnicode_Check` of Argument Clinic).
fn require_str(vm: &mut Machine, o: Obj, fname: &str, param: &str) -> PyResult<()> {
    if vm.heap.str(o).is_some() {
        return Ok(());
    }
    let got = vm.argument_type(o);
    vm.type_error(format!(
        "{fname}() argument '{param}' must be str, not {got}"
    ))
}

fn to_bytes(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [length, order, signed] = vm.unpack(
        "to_bytes",
        args,
        &[req("length"), req("byteorder"), kw("signed")],
    )?;
    let length = vm.index_clamped(length, vm.types.overflow_error)?;
    require_str(vm, order, "to_bytes", "byteorder")?;
    let signed = !signed.is_null() && vm.is_true(signed)?;
    let little = is_little(vm, order)?;
    if length < 0 {
        return vm.value_error("length argument must be non-negative");
    }
    let value = vm.as_int(this).unwrap_or_default();
    if value.is_negative() && !signed {
        return vm.raise(
            vm.types.overflow_error,
            "can't convert negative int to unsigned".to_string(),
        );
    }
    vm.check_allocation(length as usize, 1)?;
    let fits = if signed {
        signed_bytes(&value)
    } else {
        value.bits().div_ceil(8)
    };
    if fits > length as u64 {
        return vm.raise(
            vm.types.overflow_error,
            "int too big to convert".to_string(),
        );
    }
    let mut data = if signed {
        value.to_signed_bytes_le()
    } else {
        value.to_bytes_le().1
    };
    data.resize(length as usize, if value.is_negative() { 0xff } else { 0 });
    if !little {
        data.reverse();
    }
    Ok(vm.new_bytes(data))
}

/// How many bytes two's complement needs; zero needs none.
fn signed_bytes(value: &BigInt) -> u64 {
    if value.is_zero() {
        return 0;
    }
    let magnitude = if value.is_negative() {
        -value - BigInt::one()
    } else {
        value.clone()
    };
    magnitude.bits() / 8 + 1
}

fn from_bytes(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [bytes, order, signed] = vm.unpack(
        "from_bytes",
        args,
        &[req("bytes"), req("byteorder"), kw("signed")],
    )?;
    require_str(vm, order, "from_bytes", "byteorder")?;
    let signed = !signed.is_null() && vm.is_true(signed)?;
    let little = is_little(vm, order)?;
    let bytes_class = vm.types.bytes;
    let data = match vm.heap.bytes_of(bytes) {
        Some(data) => data.data.to_vec(),
        None if vm.is_int(bytes) || vm.heap.str(bytes).is_some() => {
            let got = vm.type_name(bytes);
            return vm.type_error(format!("cannot convert '{got}' object to bytes"));
        }
        None => {
            let made = vm.call(bytes_class, &[bytes])?;
            let data = vm
                .heap
                .bytes_of(made)
                .map_or_else(Vec::new, |b| b.data.to_vec());
            vm.decref(made);
            data
        }
    };
    let value = match (signed, little) {
        (true, true) => BigInt::from_signed_bytes_le(&data),
        (true, false) => BigInt::from_signed_bytes_be(&data),
        (false, true) => BigInt::from_bytes_le(Sign::Plus, &data),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, &data),
    };
    let value = vm.new_big_int(value);
    if class == vm.types.int {
        return Ok(value);
    }
    let mark = vm.mark();
    vm.hold(value);
    let made = vm.call(class, &[value]);
    vm.releasing(mark, made)
}

fn as_integer_ratio(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let numerator = arith::positive(vm, this)?;
    let one = vm.new_int(1);
    Ok(vm.new_tuple(vec![numerator, one]))
}

/// `round(i, ndigits)`: to a power of ten, halves to even (`int___round___impl`).
fn round(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return arith::positive(vm, this);
    }
    let index = vm.number_index(args.get(vm, 0))?;
    let digits = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    if !digits.is_negative() {
        return arith::positive(vm, this);
    }
    let value = vm.as_int(this).unwrap_or_default();
    // A power of ten with more digits than twice the value rounds it to zero.
    let Some(exponent) = u32::try_from(-digits)
        .ok()
        .filter(|d| u64::from(*d) <= value.bits() + 1)
    else {
        return Ok(vm.new_int(0));
    };
    let unit = BigInt::from(10).pow(exponent);
    let (quotient, rest) = value.div_mod_floor(&unit);
    let twice = rest * 2;
    let up = twice > unit || (twice == unit && quotient.is_odd());
    let result = (quotient + i32::from(up)) * unit;
    Ok(vm.new_big_int(result))
}

fn getnewargs(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let value = vm.as_int(this).unwrap_or_default();
    let value = vm.new_big_int(value);
    Ok(vm.new_tuple(vec![value]))
}

/// 24 bytes and 4 for each 30-bit digit.
fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}

impl Machine {
    /// Raises MemoryError where CPython's allocation would fail: so many items of so many bytes.
    pub fn check_allocation(&mut self, items: usize, item_bytes: usize) -> PyResult<()> {
        let limit = self.options.max_memory.min(MAX_ALLOCATION_BYTES);
        match items.checked_mul(item_bytes) {
            Some(bytes) if bytes <= limit => Ok(()),
            _ => self.raise_bare(self.types.memory_error),
        }
    }
}

/// One object of four gigabytes and more is refused whatever the limits are.
const MAX_ALLOCATION_BYTES: usize = 1 << 32;
