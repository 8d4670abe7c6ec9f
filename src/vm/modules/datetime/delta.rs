//! `timedelta`: days, seconds and microseconds, the last two never negative.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::delta_arith as arith;
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::types::tuple::hash_of_hashes;
use crate::vm::{Args, Machine, PyResult};

pub const MAX_DAYS: i32 = 999_999_999;

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Delta {
    pub days: i32,
    pub seconds: i32,
    pub micros: i32,
}

impl Native for Delta {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

impl Delta {
    pub fn total(self) -> i128 {
        (i128::from(self.days) * 86_400 + i128::from(self.seconds)) * 1_000_000
            + i128::from(self.micros)
    }

    /// Without a check of the days.
    pub fn from_total(total: i128) -> Delta {
        let (days, rest) = (
            total.div_euclid(86_400_000_000),
            total.rem_euclid(86_400_000_000),
        );
        Delta {
            days: days as i32,
            seconds: (rest / 1_000_000) as i32,
            micros: (rest % 1_000_000) as i32,
        }
    }
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Difference between two datetime values.\n\n\
          timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n\
          All arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative.",
    gc: false,
    base_type: true,
    methods: &[
        Method::new("total_seconds", Arity::NoArgs, |vm, this, _| {
            let total = BigInt::from(of(vm, this).total());
            let seconds =
                crate::vm::types::int_arith::divide_rounded(&total, &BigInt::from(1_000_000));
            Ok(vm.new_float(seconds))
        })
        .doc("Total seconds in the duration."),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, _| {
            let d = of(vm, this);
            let parts = [d.days, d.seconds, d.micros].map(|n| vm.new_int(n.into()));
            let args = vm.new_tuple(parts.to_vec());
            let class = vm.new_ref(vm.heap.ty(this));
            Ok(vm.new_tuple(vec![class, args]))
        })
        .doc("__reduce__() -> (cls, state)"),
    ],
    getset: &[
        GetSet::new("days", |vm, this| Ok(int(vm, of(vm, this).days))),
        GetSet::new("seconds", |vm, this| Ok(int(vm, of(vm, this).seconds))),
        GetSet::new("microseconds", |vm, this| Ok(int(vm, of(vm, this).micros))),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_str = Some(str);
        s.tp_hash = Some(|vm, this| Ok(hash_of(of(vm, this))));
        s.tp_richcompare = Some(compare);
        arith::fill(s);
    },
    ..TypeSpec::new("datetime.timedelta")
};

fn int(vm: &mut Machine, value: i32) -> Obj {
    vm.new_int(value.into())
}

pub fn of(vm: &Machine, this: Obj) -> Delta {
    vm.heap.native::<Delta>(this).copied().unwrap_or_default()
}

pub fn is_delta(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Delta>(o).is_some()
}

/// Made of parts that are in range.
pub fn raw(vm: &mut Machine, days: i32, seconds: i32, micros: i32) -> Obj {
    let class = vm.module_type(&SPEC);
    make(
        vm,
        class,
        Delta {
            days,
            seconds,
            micros,
        },
    )
}

pub fn make(vm: &mut Machine, class: Obj, delta: Delta) -> Obj {
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(delta))))
}

/// A timedelta of so many microseconds; OverflowError if that is too much.
pub fn from_micros(vm: &mut Machine, class: Obj, total: &BigInt) -> PyResult<Obj> {
    const TOO_MANY: i128 = 86_400_000_000 * (1 << 32);
    let days = total
        .to_i128()
        .filter(|t| t.abs() < TOO_MANY)
        .map(|t| t.div_euclid(86_400_000_000));
    let Some(days) = days.and_then(|d| i32::try_from(d).ok()) else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        );
    };
    if !(-MAX_DAYS..=MAX_DAYS).contains(&days) {
        return vm.raise(
            vm.types.overflow_error,
            format!("days={days}; must have magnitude <= {MAX_DAYS}"),
        );
    }
    let delta = Delta::from_total(total.to_i128().unwrap_or_default());
    Ok(make(vm, class, delta))
}

/// Exactly a timedelta.
pub fn plain(vm: &mut Machine, total: &BigInt) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    from_micros(vm, class, total)
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        "days",
        "seconds",
        "microseconds",
        "milliseconds",
        "minutes",
        "hours",
        "weeks",
    ]
    .map(opt);
    let given = vm.unpack("__new__", args, &params)?;
    // In this order, and in microseconds.
    let units = [
        (2, "microseconds", 1),
        (3, "milliseconds", 1_000),
        (1, "seconds", 1_000_000),
        (4, "minutes", 60_000_000),
        (5, "hours", 3_600_000_000),
        (0, "days", 86_400_000_000),
        (6, "weeks", 604_800_000_000_i64),
    ];
    let (mut total, mut leftover) = (BigInt::zero(), 0.0);
    for (i, name, unit) in units {
        if !given[i].is_null() {
            add(vm, given[i], name, unit, &mut total, &mut leftover)?;
        }
    }
    if leftover != 0.0 {
        let mut whole = f64::round(leftover);
        if (whole - leftover).abs() == 0.5 {
            // A tie goes to the even sum.
            let odd = f64::from(u8::from(total.bit(0)));
            whole = 2.0 * f64::round((leftover + odd) * 0.5) - odd;
        }
        total += whole as i64;
    }
    from_micros(vm, class, &total)
}

/// Adds so many of a unit; the fraction of a microsecond goes to what is left over.
fn add(
    vm: &mut Machine,
    o: Obj,
    name: &str,
    unit: i64,
    total: &mut BigInt,
    leftover: &mut f64,
) -> PyResult<()> {
    if let Some(n) = vm.as_int(o) {
        *total += n * unit;
        return Ok(());
    }
    let Payload::Float(x) = *vm.heap.base(o) else {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "unsupported type for timedelta {name} component: {got}"
        ));
    };
    if x.is_nan() {
        return vm.value_error("cannot convert float NaN to integer");
    }
    if x.is_infinite() {
        return vm.raise(
            vm.types.overflow_error,
            "cannot convert float infinity to integer".to_string(),
        );
    }
    let whole = x.trunc();
    *total += BigInt::from_f64_exact(whole) * unit;
    let fraction = (x - whole) * unit as f64;
    *total += fraction.trunc() as i64;
    *leftover += fraction - fraction.trunc();
    Ok(())
}

trait FromWhole {
    fn from_f64_exact(x: f64) -> BigInt;
}

impl FromWhole for BigInt {
    /// A finite double without a fraction.
    fn from_f64_exact(x: f64) -> BigInt {
        num_traits::FromPrimitive::from_f64(x).unwrap_or_default()
    }
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, d) = (vm.type_name(this), of(vm, this));
    let parts: Vec<String> = [
        ("days", d.days),
        ("seconds", d.seconds),
        ("microseconds", d.micros),
    ]
    .into_iter()
    .filter(|p| p.1 != 0)
    .map(|(name, n)| format!("{name}={n}"))
    .collect();
    let inside = if parts.is_empty() {
        "0".to_string()
    } else {
        parts.join(", ")
    };
    Ok(vm.new_string(format!("{name}({inside})")))
}

fn str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let d = of(vm, this);
    let (hours, minutes, seconds) = (d.seconds / 3600, d.seconds / 60 % 60, d.seconds % 60);
    let mut text = match d.days {
        0 => String::new(),
        1 | -1 => format!("{} day, ", d.days),
        days => format!("{days} days, "),
    };
    text += &format!("{hours}:{minutes:02}:{seconds:02}");
    if d.micros != 0 {
        text += &format!(".{:06}", d.micros);
    }
    Ok(vm.new_string(text))
}

/// The hash of the tuple of its parts.
pub fn hash_of(d: Delta) -> i64 {
    let hashes = [d.days, d.seconds, d.micros].map(|n| crate::vm::make::hash_i64(n.into()));
    hash_of_hashes(&hashes)
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_delta(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let order = of(vm, this).cmp(&of(vm, other));
    Ok(vm.new_bool(op.test(order)))
}

/// Whether it is a day or more either way.
pub fn is_too_wide(d: Delta) -> bool {
    BigInt::from(d.total()).abs() >= BigInt::from(86_400_000_000_i64)
}
