//! Making datetimes: of a class, of timestamps, of pickled states, in a zone.

use num_traits::ToPrimitive;

use super::datetime::SPEC;
use super::stamp::{self, Stamp, check_date, check_time};
use super::{delta, zone};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, PyResult};

/// Days from 0001-01-01 (which is 1) to 1970-01-01.
const EPOCH_ORDINAL: i128 = 719_163;
pub const EPOCH_MICROS: i128 = EPOCH_ORDINAL * 86_400_000_000;

/// Calls a class with ints and, unless it is NULL, a zone.
pub fn call_class(vm: &mut Machine, class: Obj, numbers: &[i32], tz: Obj) -> PyResult<Obj> {
    let mark = vm.mark();
    let mut args = Vec::new();
    for n in numbers {
        let o = vm.new_int((*n).into());
        args.push(vm.hold(o));
    }
    args.extend(tz.some());
    let made = vm.call(class, &args);
    vm.releasing(mark, made)
}

/// By the class: a subclass is called, and gets the fold afterwards.
pub fn make(vm: &mut Machine, class: Obj, s: Stamp) -> PyResult<Obj> {
    check_date(vm, &s)?;
    check_time(vm, &s)?;
    if class == vm.module_type(&SPEC) {
        return Ok(stamp::raw(vm, class, s));
    }
    let numbers = [s.year, s.month, s.day, s.hour, s.minute, s.second, s.micro];
    let tz = s.tz.some().unwrap_or(vm.none);
    let made = call_class(vm, class, &numbers, tz)?;
    if let Some(own) = vm.heap.native_mut::<Stamp>(made) {
        own.fold = s.fold;
    }
    Ok(made)
}

/// Seconds and microseconds of a timestamp, rounded to the nearest, ties to even.
pub fn timestamp(vm: &mut Machine, o: Obj) -> PyResult<(i128, i32)> {
    if let Payload::Float(x) = *vm.heap.base(o) {
        if x.is_nan() {
            return vm.value_error("Invalid value NaN (not a number)");
        }
        let mut seconds = x.trunc();
        let mut micros = ((x - seconds) * 1e6).round_ties_even();
        if micros >= 1e6 {
            (seconds, micros) = (seconds + 1.0, micros - 1e6);
        } else if micros < 0.0 {
            (seconds, micros) = (seconds - 1.0, micros + 1e6);
        }
        if !(i64::MIN as f64..=i64::MAX as f64).contains(&seconds) {
            return out_of_range(vm);
        }
        return Ok((seconds as i128, micros as i32));
    }
    let index = vm.number_index(o)?;
    let value = vm.as_int(index).and_then(|n| n.to_i64());
    vm.decref(index);
    match value {
        Some(seconds) => Ok((seconds.into(), 0)),
        None => out_of_range(vm),
    }
}

fn out_of_range<T>(vm: &mut Machine) -> PyResult<T> {
    vm.raise(
        vm.types.overflow_error,
        "timestamp out of range for platform time_t".to_string(),
    )
}

const EOVERFLOW: i32 = 75;

/// Date and time so many seconds after 1970.
pub fn of_seconds(vm: &mut Machine, seconds: i128) -> PyResult<Stamp> {
    match Stamp::from_micros(seconds * 1_000_000 + EPOCH_MICROS) {
        Some(s) => Ok(s),
        None => {
            // The year it would be, as the C library reckons it.
            let year = 1970 + seconds.div_euclid(31_556_952);
            let year = if seconds > 0 {
                year.max(10_000)
            } else {
                year.min(0)
            };
            if i32::try_from(year).is_err() {
                return vm.raise_os(EOVERFLOW, "", NULL, NULL);
            }
            vm.value_error(&format!("year {year} is out of range"))
        }
    }
}

/// The moment in a zone of what the fields say in UTC: `tz.fromutc`. NULL stands for no zone.
pub fn in_zone(vm: &mut Machine, class: Obj, s: Stamp, tz: Obj) -> PyResult<Obj> {
    let made = make(vm, class, Stamp { tz, ..s })?;
    if tz.is_null() {
        return Ok(made);
    }
    vm.with_held(made, |vm, made| vm.call_method(tz, "fromutc", &[made]))
}

/// The zone of a pickled state.
pub fn state_zone(vm: &mut Machine, tz: Obj) -> PyResult<Obj> {
    if tz == vm.none {
        return Ok(NULL);
    }
    let tzinfo = vm.module_type(&zone::TZINFO_SPEC);
    if !vm.is_subtype(vm.heap.ty(tz), tzinfo) {
        return vm.type_error("bad tzinfo state arg".to_string());
    }
    Ok(tz)
}

/// `(class, (state[, zone]))`
pub fn reduction(vm: &mut Machine, this: Obj, data: Vec<u8>, tz: Obj) -> Obj {
    let mut args = vec![vm.new_bytes(data)];
    vm.xincref(tz);
    args.extend(tz.some());
    let args = vm.new_tuple(args);
    let class = vm.new_ref(vm.heap.ty(this));
    vm.new_tuple(vec![class, args])
}

/// What the clock shows.
pub fn now(vm: &mut Machine) -> Stamp {
    let micros = i128::from(crate::vm::modules::time::now_nanos(vm) / 1000);
    Stamp::from_micros(micros + EPOCH_MICROS).unwrap_or_else(|| Stamp::of_date(1970, 1, 1))
}

/// Exactly a timedelta of so many microseconds.
pub fn difference(vm: &mut Machine, micros: i128) -> PyResult<Obj> {
    delta::plain(vm, &micros.into())
}
