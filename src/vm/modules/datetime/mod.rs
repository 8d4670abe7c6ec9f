//! The module `_datetime`: dates, times and what lies between them (`Modules/_datetimemodule.c`). The local zone is UTC, now is
//! what the machine's clock shows.
//!
//! `stamp.rs` has the fields that date, time and datetime are made of, and the calendar; `delta.rs` is timedelta, `date.rs`,
//! `time.rs`, `datetime.rs` and `zone.rs` the other types, `text.rs` the texts in and out, `compare.rs` order and hashes.

pub mod compare;
pub mod date;
#[allow(clippy::module_inception)] // the type has the name of the module
pub mod datetime;
pub mod datetime_make;
pub mod delta;
pub mod delta_arith;
pub mod stamp;
pub mod text;
pub mod time;
pub mod zone;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

use delta::Delta;
use stamp::Stamp;

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_datetime",
    doc: "Fast implementation of the datetime type.",
    functions: &[],
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let (object, tuple) = (vm.types.object, vm.types.tuple);
    let date = vm.add_module_type(dict, &date::SPEC, object);
    let datetime = vm.add_module_type(dict, &datetime::SPEC, date);
    let time = vm.add_module_type(dict, &time::SPEC, object);
    let delta = vm.add_module_type(dict, &delta::SPEC, object);
    let tzinfo = vm.add_module_type(dict, &zone::TZINFO_SPEC, object);
    let zone = vm.add_module_type(dict, &zone::SPEC, tzinfo);
    vm.make_module_type(&date::ISO_SPEC, tuple);
    for (name, value) in [("MINYEAR", 1), ("MAXYEAR", 9999)] {
        let value = vm.new_int(value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    let day = delta::raw(vm, 1, 0, 0);
    let tick = delta::raw(vm, 0, 0, 1);
    let first = Stamp::of_date(1, 1, 1);
    let last = Stamp::of_date(9999, 12, 31);
    let end = Stamp {
        hour: 23,
        minute: 59,
        second: 59,
        micro: 999_999,
        ..last
    };
    let lowest = delta::raw(vm, -delta::MAX_DAYS, 0, 0);
    let highest = delta::raw(vm, delta::MAX_DAYS, 86_399, 999_999);
    let utc = zone::raw(vm, NULL, Delta::default());
    let west = zone::raw(
        vm,
        NULL,
        Delta {
            days: -1,
            seconds: 60,
            micros: 0,
        },
    );
    let east = zone::raw(
        vm,
        NULL,
        Delta {
            days: 0,
            seconds: 86_340,
            micros: 0,
        },
    );
    if let Some(old) = vm.module_state.insert(UTC, utc) {
        vm.decref(old);
    }
    vm.incref(utc);
    vm.incref(tick);
    vm.incref(tick);
    let constants = [
        (date, "min", stamp::raw(vm, date, first)),
        (date, "max", stamp::raw(vm, date, last)),
        (date, "resolution", day),
        (time, "min", stamp::raw(vm, time, Stamp::default())),
        (
            time,
            "max",
            stamp::raw(
                vm,
                time,
                Stamp {
                    year: 0,
                    month: 0,
                    day: 0,
                    ..end
                },
            ),
        ),
        (time, "resolution", tick),
        (datetime, "min", stamp::raw(vm, datetime, first)),
        (datetime, "max", stamp::raw(vm, datetime, end)),
        (datetime, "resolution", tick),
        (delta, "min", lowest),
        (delta, "max", highest),
        (delta, "resolution", tick),
        (zone, "utc", utc),
        (zone, "min", west),
        (zone, "max", east),
    ];
    for (class, name, value) in constants {
        let dict = vm.heap.class(class).dict;
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    Ok(())
}

const UTC: &str = "datetime.utc";

/// `timezone.utc`, borrowed.
pub fn utc(vm: &Machine) -> Obj {
    vm.module_state.get(UTC).copied().unwrap_or(vm.none)
}

/// Sorts the arguments of a constructor into named parameters as `PyArg_ParseTupleAndKeywords` does without a function's name.
/// Missing ones are NULL; the last `keyword_only` cannot be given by position.
pub fn parameters<const N: usize>(
    vm: &mut Machine,
    args: Args,
    names: &[&str; N],
    required: usize,
    keyword_only: usize,
) -> PyResult<[Obj; N]> {
    let mut out = [NULL; N];
    let (given, most) = (args.len(), N - keyword_only);
    let total = given + args.kw_len(vm);
    if total > N {
        let kind = if given == 0 { "keyword " } else { "" };
        let s = if N == 1 { "" } else { "s" };
        return vm.type_error(format!(
            "function takes at most {N} {kind}argument{s} ({total} given)"
        ));
    }
    if given > most {
        let s = if most == 1 { "" } else { "s" };
        return vm.type_error(format!(
            "function takes at most {most} positional argument{s} ({given} given)"
        ));
    }
    let keywords = args.keywords(vm);
    let mut used = 0;
    for (i, name) in names.iter().enumerate() {
        let by_name = keywords
            .iter()
            .find(|(k, _)| vm.text(*k) == *name)
            .map(|k| k.1);
        let by_place = args.get(vm, i);
        if by_name.is_some() && !by_place.is_null() {
            let at = i + 1;
            return vm.type_error(format!(
                "argument for function given by name ('{name}') and position ({at})"
            ));
        }
        used += usize::from(by_name.is_some());
        out[i] = by_name.unwrap_or(by_place);
        if i < required && out[i].is_null() {
            // The ones before it, ints all of them, are converted first.
            for earlier in &out[..i] {
                int_or(vm, *earlier, 0)?;
            }
            let at = i + 1;
            return vm.type_error(format!(
                "function missing required argument '{name}' (pos {at})"
            ));
        }
    }
    if used < keywords.len() {
        let wrong = keywords
            .iter()
            .map(|k| vm.text(k.0))
            .find(|k| !names.contains(&&k[..]))
            .unwrap_or_default();
        return vm.type_error(format!(
            "'{wrong}' is an invalid keyword argument for this function"
        ));
    }
    Ok(out)
}

/// A C int, or the default for NULL.
pub fn int_or(vm: &mut Machine, o: Obj, default: i32) -> PyResult<i32> {
    if o.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    let negative = vm.int_is_negative(index);
    vm.decref(index);
    match value.map(i32::try_from) {
        Some(Ok(value)) => Ok(value),
        Some(Err(_)) => {
            let which = if negative {
                "less than minimum"
            } else {
                "greater than maximum"
            };
            vm.raise(
                vm.types.overflow_error,
                format!("signed integer is {which}"),
            )
        }
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        ),
    }
}

/// `module.name(*args)` of another module.
pub fn call_module(vm: &mut Machine, module: &str, name: &str, args: &[Obj]) -> PyResult<Obj> {
    let module = vm.import_module(module)?;
    vm.with_held(module, |vm, module| vm.call_method(module, name, args))
}
