//! The module `time`: a clock of the machine's own, so that two runs show the same (`Modules/timemodule.c`).
//!
//! The clock goes on a little with every instruction and jumps over `sleep`, so that nobody waits. Only `lifetimes run`, which writes
//! straight to the process's streams, adds real time to the jumps, for measuring. There is one time zone, UTC.

use super::ModuleSpec;
use super::datetime::int_or;
use super::struct_sequence::{hidden, item, make, make_type, spec};
use super::time_format;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "time",
    doc: "Clocks and calendar.",
    functions: FUNCTIONS,
    init,
};

/// What the virtual clock shows when a script begins: 2024-01-01 00:00:00 UTC.
const EPOCH_SECONDS: u64 = 1_704_067_200;
/// Virtual nanoseconds an instruction takes.
const STEP_NANOS: u64 = 100;

static STRUCT_TIME: TypeSpec = spec(
    "time.struct_time",
    &[
        item::<0>("tm_year"),
        item::<1>("tm_mon"),
        item::<2>("tm_mday"),
        item::<3>("tm_hour"),
        item::<4>("tm_min"),
        item::<5>("tm_sec"),
        item::<6>("tm_wday"),
        item::<7>("tm_yday"),
        item::<8>("tm_isdst"),
        hidden::<0>("tm_zone"),
        hidden::<1>("tm_gmtoff"),
    ],
);

static FUNCTIONS: &[Method] = &[
    Method::new("time", Arity::NoArgs, |vm, _, _| seconds(vm, wall)),
    Method::new("time_ns", Arity::NoArgs, |vm, _, _| nanoseconds(vm, wall)),
    Method::new("perf_counter", Arity::NoArgs, |vm, _, _| {
        seconds(vm, since_start)
    }),
    Method::new("perf_counter_ns", Arity::NoArgs, |vm, _, _| {
        nanoseconds(vm, since_start)
    }),
    Method::new("monotonic", Arity::NoArgs, |vm, _, _| {
        seconds(vm, since_start)
    }),
    Method::new("monotonic_ns", Arity::NoArgs, |vm, _, _| {
        nanoseconds(vm, since_start)
    }),
    Method::new("process_time", Arity::NoArgs, |vm, _, _| seconds(vm, busy)),
    Method::new("process_time_ns", Arity::NoArgs, |vm, _, _| {
        nanoseconds(vm, busy)
    }),
    Method::new("thread_time", Arity::NoArgs, |vm, _, _| seconds(vm, busy)),
    Method::new("thread_time_ns", Arity::NoArgs, |vm, _, _| {
        nanoseconds(vm, busy)
    }),
    Method::new("clock_gettime", Arity::One, |vm, _, args| {
        let clock = clock_of(vm, args)?;
        seconds(vm, clock)
    }).varargs()
    .doc("clock_gettime(clk_id) -> float\n\nReturn the time of the specified clock clk_id."),
    Method::new("clock_gettime_ns", Arity::One, |vm, _, args| {
        let clock = clock_of(vm, args)?;
        nanoseconds(vm, clock)
    }).varargs()
    .doc("clock_gettime_ns(clk_id) -> int\n\nReturn the time of the specified clock clk_id as nanoseconds."),
    Method::new("clock_getres", Arity::One, |vm, _, args| {
        clock_of(vm, args)?;
        Ok(vm.new_float(1e-9))
    }).varargs()
    .doc("clock_getres(clk_id) -> floating point number\n\nReturn the resolution (precision) of the specified clock clk_id."),
    Method::new("clock_settime", Arity::Positional(2, 2), clock_settime).varargs()
        .doc("clock_settime(clk_id, time)\n\nSet the time of the specified clock clk_id."),
    Method::new("clock_settime_ns", Arity::Positional(2, 2), clock_settime).varargs()
        .doc("clock_settime_ns(clk_id, time)\n\nSet the time of the specified clock clk_id with nanoseconds."),
    Method::new("pthread_getcpuclockid", Arity::One, |vm, _, args| {
        let thread = args.get(vm, 0);
        vm.index_clamped(thread, vm.types.overflow_error)?;
        Ok(vm.new_int(OWN_CLOCK))
    }).varargs()
    .doc("pthread_getcpuclockid(thread_id) -> int\n\nReturn the clk_id of a thread's CPU time clock."),
    Method::new("sleep", Arity::One, sleep),
    Method::new("gmtime", Arity::Positional(0, 1), gmtime).varargs(),
    Method::new("localtime", Arity::Positional(0, 1), localtime).varargs(),
    Method::new("mktime", Arity::One, mktime),
    Method::new("asctime", Arity::Positional(0, 1), asctime).varargs(),
    Method::new("ctime", Arity::Positional(0, 1), ctime).varargs(),
    Method::new("strftime", Arity::Positional(1, 2), strftime).varargs(),
    Method::new("strptime", Arity::Any, |vm, _, args| {
        let given = args.to_vec(vm);
        super::datetime::call_module(vm, "_strptime", "_strptime_time", &given)
    }).varargs()
    .doc("strptime(string, format) -> struct_time"),
    Method::new("get_clock_info", Arity::One, get_clock_info).varargs()
        .doc("get_clock_info(name: str) -> dict\n\nGet information of the specified clock."),
    Method::new("tzset", Arity::NoArgs, tzset),
];

/// The clock runs in UTC: asking for another zone must not be answered with it.
fn tzset(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let zone = vm.environment("TZ").unwrap_or_default();
    if matches!(&zone[..], "" | "UTC" | "UTC0" | "UTC+0" | "UTC-0") {
        return Ok(vm.new_none());
    }
    vm.unsupported(format!("time.tzset() for the zone '{zone}'"))
}

/// Linux's clocks.
static CLOCKS: &[(&str, i64)] = &[
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_MONOTONIC_RAW", 4),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_BOOTTIME", 7),
    ("CLOCK_TAI", 11),
];

/// The clock of the one thread's time, as Linux numbers such clocks.
const OWN_CLOCK: i64 = -10;

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let ty = make_type(vm, &STRUCT_TIME);
    vm.dict_set_name(dict, "struct_time", ty);
    for (name, value) in CLOCKS.iter().chain(&[("_STRUCT_TM_ITEMS", 11)]) {
        let value = vm.new_int(*value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    let names = [vm.new_str("UTC"), vm.new_str("UTC")];
    let values = [
        ("timezone", vm.new_int(0)),
        ("altzone", vm.new_int(0)),
        ("daylight", vm.new_int(0)),
        ("tzname", vm.new_tuple(names.to_vec())),
    ];
    for (name, value) in values {
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    Ok(())
}

/// Nanoseconds since the script began.
fn since_start(vm: &Machine) -> u64 {
    if let Some(real) = &vm.real_clock {
        return vm.clock.saturating_add(real.read());
    }
    vm.clock
        .saturating_add(vm.steps().saturating_mul(STEP_NANOS))
}

/// Nanoseconds since the script began, without those that it slept through.
fn busy(vm: &Machine) -> u64 {
    since_start(vm).saturating_sub(vm.clock)
}

type Clock = fn(&Machine) -> u64;

/// The clock that an argument names.
fn clock_of(vm: &mut Machine, args: Args) -> PyResult<Clock> {
    let o = args.get(vm, 0);
    match i64::from(int_or(vm, o, 0)?) {
        0 | 5 | 11 => Ok(wall),
        1 | 4 | 6 | 7 => Ok(since_start),
        2 | 3 | OWN_CLOCK => Ok(busy),
        _ => vm.raise_os(22, "", NULL, NULL),
    }
}

/// A float, or what stands for an int (`_PyTime_FromSecondsObject`).
fn number_of(vm: &mut Machine, o: Obj) -> PyResult<f64> {
    if matches!(vm.heap.base(o), Payload::Float(_)) {
        return vm.as_f64(o);
    }
    let index = vm.number_index(o)?;
    let number = vm.as_f64(index);
    vm.decref(index);
    number
}

/// Only an administrator may set the clock, and no other clock can be set.
fn clock_settime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (id, time) = (args.get(vm, 0), args.get(vm, 1));
    let id = int_or(vm, id, 0)?;
    number_of(vm, time)?;
    match id {
        0 => vm.raise_os(1, "", NULL, NULL),
        _ => vm.raise_os(22, "", NULL, NULL),
    }
}

/// Moves the clock on by so many nanoseconds; nobody waits.
pub fn skip(vm: &mut Machine, nanos: u64) {
    vm.clock = vm.clock.saturating_add(nanos);
}

fn wall(vm: &Machine) -> u64 {
    since_start(vm).saturating_add(EPOCH_SECONDS * 1_000_000_000)
}

fn seconds(vm: &mut Machine, clock: fn(&Machine) -> u64) -> PyResult<Obj> {
    let nanos = clock(vm);
    Ok(vm.new_float(nanos as f64 / 1e9))
}

fn nanoseconds(vm: &mut Machine, clock: fn(&Machine) -> u64) -> PyResult<Obj> {
    let nanos = clock(vm);
    Ok(vm.new_int(nanos as i64))
}

/// Moves the clock on; nobody waits.
fn sleep(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let seconds = number_of(vm, o)?;
    if seconds.is_nan() {
        return vm.value_error("Invalid value NaN (not a number)");
    }
    if seconds.abs() * 1e9 >= I64_END {
        let message = "timestamp too large to convert to C _PyTime_t".to_string();
        return vm.raise(vm.types.overflow_error, message);
    }
    if seconds < 0.0 {
        return vm.value_error("sleep length must be non-negative");
    }
    skip(vm, (seconds * 1e9) as u64);
    Ok(vm.new_none())
}

/// Year, month, day of a number of days since 1970 (the civil calendar worked out backwards from 400-year eras).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970 of a date.
pub(super) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month, day, hour, minute, second, weekday (Monday is 0), day of the year, daylight saving.
pub(super) type Calendar = [i64; 9];

fn calendar(seconds: i64) -> Calendar {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let day_of_year = days - days_from_civil(year, 1, 1) + 1;
    [
        year,
        month,
        day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        (days + 3).rem_euclid(7),
        day_of_year,
        0,
    ]
}

/// The seconds of an argument; now if it is missing or None.
fn seconds_of(vm: &mut Machine, args: Args) -> PyResult<i64> {
    let o = args.get(vm, 0);
    if o.is_null() || o == vm.none {
        return Ok((wall(vm) / 1_000_000_000) as i64);
    }
    let seconds = if matches!(vm.heap.base(o), Payload::Float(_)) {
        let seconds = vm.as_f64(o)?.floor();
        if seconds.is_nan() {
            return vm.value_error("Invalid value NaN (not a number)");
        }
        // 2**63 is no i64 any more.
        (-I64_END..I64_END)
            .contains(&seconds)
            .then_some(seconds as i64)
    } else {
        let index = vm.number_index(o)?;
        let seconds = vm.as_i64(index);
        vm.decref(index);
        seconds
    };
    let Some(seconds) = seconds else {
        let message = "timestamp out of range for platform time_t".to_string();
        return vm.raise(vm.types.overflow_error, message);
    };
    if !SECONDS.contains(&seconds) {
        return vm.raise_os(75, "", NULL, NULL);
    }
    Ok(seconds)
}

const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// The seconds whose years fit an int, counted from 1900.
const SECONDS: std::ops::RangeInclusive<i64> = -67_768_040_609_740_800..=67_768_036_191_676_799;

fn gmtime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    calendar_time(vm, args, "GMT")
}

/// The machine's place is on the meridian.
fn localtime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    calendar_time(vm, args, "UTC")
}

fn calendar_time(vm: &mut Machine, args: Args, zone: &str) -> PyResult<Obj> {
    let parts = calendar(seconds_of(vm, args)?);
    let mut items = parts.map(|p| vm.new_int(p)).to_vec();
    items.push(vm.new_str(zone));
    items.push(vm.new_int(0));
    Ok(make(vm, &STRUCT_TIME, items))
}

/// Nine numbers out of a tuple, as they are (`gettmarg`); now if it is missing.
fn calendar_of(vm: &mut Machine, o: Obj, caller: &str) -> PyResult<Calendar> {
    if o.is_null() {
        return Ok(calendar((wall(vm) / 1_000_000_000) as i64));
    }
    let Some(items) = vm.heap.tuple(o).map(<[Obj]>::to_vec) else {
        return vm.type_error("Tuple or struct_time argument required".to_string());
    };
    if items.len() != 9 {
        return vm.type_error(format!("{caller}(): illegal time tuple argument"));
    }
    let mut out = [0; 9];
    for (place, o) in out.iter_mut().zip(items) {
        *place = i64::from(int_or(vm, o, 0)?);
    }
    if out[0] < i64::from(i32::MIN) + 1900 {
        return vm.raise(vm.types.overflow_error, "year out of range".to_string());
    }
    Ok(out)
}

/// The same with everything in its bounds (`checktm`); zero stands for the first month and day.
/// The name of a tuple's zone, which only a struct_time may have.
fn zone_of(vm: &mut Machine, o: Obj) -> PyResult<String> {
    if !o.is_null() && vm.type_name(o) == "time.struct_time" {
        let name = vm.get_attr_str(o, "tm_zone")?;
        let known = (name != vm.none).then(|| vm.text(name));
        vm.decref(name);
        if let Some(known) = known {
            return Ok(known);
        }
    }
    Ok("UTC".to_string())
}

fn checked_calendar(vm: &mut Machine, o: Obj, caller: &str) -> PyResult<Calendar> {
    let mut parts = calendar_of(vm, o, caller)?;
    for at in [1, 2, 7] {
        if parts[at] == 0 {
            parts[at] = 1;
        }
    }
    for (at, bounds, what) in [
        (1, 1..=12, "month"),
        (2, 1..=31, "day of month"),
        (3, 0..=23, "hour"),
        (4, 0..=59, "minute"),
        (5, 0..=61, "seconds"),
        (6, -1..=i64::MAX, "day of week"),
        (7, 1..=366, "day of year"),
    ] {
        if !bounds.contains(&parts[at]) {
            return vm.value_error(&format!("{what} out of range"));
        }
    }
    parts[6] = parts[6].rem_euclid(7);
    Ok(parts)
}

fn mktime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [year, month, day, hour, minute, second, ..] = calendar_of(vm, args.get(vm, 0), "mktime")?;
    let months = year * 12 + month - 1;
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + day - 1;
    Ok(vm.new_float((days * 86_400 + hour * 3600 + minute * 60 + second) as f64))
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn day_name(c: &Calendar) -> &'static str {
    DAYS[c[6].rem_euclid(7) as usize]
}

pub(super) fn month_name(c: &Calendar) -> &'static str {
    MONTHS[(c[1] - 1).rem_euclid(12) as usize]
}

pub(super) fn asctime_text(c: &Calendar) -> String {
    let (day, month) = (&day_name(c)[..3], &month_name(c)[..3]);
    format!(
        "{day} {month} {:2} {:02}:{:02}:{:02} {}",
        c[2], c[3], c[4], c[5], c[0]
    )
}

fn asctime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let parts = checked_calendar(vm, args.get(vm, 0), "asctime")?;
    Ok(vm.new_string(asctime_text(&parts)))
}

fn ctime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let parts = calendar(seconds_of(vm, args)?);
    Ok(vm.new_string(asctime_text(&parts)))
}

fn strftime(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let format = args.get(vm, 0);
    if vm.heap.str(format).is_none() {
        let name = vm.type_name(format);
        return vm.type_error(format!("strftime() argument 1 must be str, not {name}"));
    }
    let format = vm.text(format);
    if format.contains('\0') {
        return vm.value_error("embedded null character");
    }
    let parts = checked_calendar(vm, args.get(vm, 1), "strftime")?;
    let zone = zone_of(vm, args.get(vm, 1))?;
    Ok(vm.new_string(time_format::formatted(&format, &parts, &zone)))
}

/// What is known of the clock of a name, as a namespace.
fn get_clock_info(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = args.get(vm, 0);
    if vm.heap.str(name).is_none() {
        let got = vm.type_name(name);
        return vm.type_error(format!(
            "get_clock_info() argument 1 must be str, not {got}"
        ));
    }
    let (clock, monotonic) = match vm.text(name).as_str() {
        "time" => ("REALTIME", false),
        "monotonic" | "perf_counter" => ("MONOTONIC", true),
        "process_time" => ("PROCESS_CPUTIME_ID", true),
        "thread_time" => ("THREAD_CPUTIME_ID", true),
        _ => return vm.value_error("unknown clock"),
    };
    let values = [
        (
            "implementation",
            vm.new_string(format!("clock_gettime(CLOCK_{clock})")),
        ),
        ("monotonic", vm.new_bool(monotonic)),
        ("adjustable", vm.new_bool(!monotonic)),
        ("resolution", vm.new_float(1e-9)),
    ];
    let dict = vm.new_dict_of(&values);
    for (_, value) in values {
        vm.decref(value);
    }
    Ok(super::simple_namespace::make(vm, dict))
}

/// What the clock shows, nanoseconds since 1970, whether or not the run is live: for the times of files in memory.
pub fn wall_nanos(vm: &Machine) -> u64 {
    vm.clock
        .saturating_add(vm.steps().saturating_mul(STEP_NANOS))
        .saturating_add(EPOCH_SECONDS * 1_000_000_000)
}

/// What the clock shows now, nanoseconds since 1970.
pub fn now_nanos(vm: &Machine) -> u64 {
    wall(vm)
}
