//! `date`, and the tuple that `isocalendar` makes.

use super::delta::{self, is_delta};
use super::stamp::{
    self, MAX_ORDINAL, Stamp, check_date, field, from_ordinal, pickled, to_ordinal,
};
use super::{compare, datetime_make, int_or, parameters, text};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "date(year, month, day) --> date object",
    gc: false,
    base_type: true,
    methods: &[
        Method::class("fromtimestamp", Arity::One, fromtimestamp)
            .doc("fromtimestamp($type, timestamp, /)\n--\n\nCreate a date from a POSIX timestamp."),
        Method::class("fromordinal", Arity::Keywords, fromordinal)
            .varargs()
            .doc("int -> date corresponding to a proleptic Gregorian ordinal."),
        Method::class("fromisoformat", Arity::One, fromisoformat)
            .doc("str -> Construct a date from the output of date.isoformat()"),
        Method::class("fromisocalendar", Arity::Keywords, fromisocalendar)
            .varargs()
            .doc("int, int, int -> Construct a date from the ISO year, week number and weekday."),
        Method::class("today", Arity::NoArgs, |vm, class, _| {
            let now = super::call_module(vm, "time", "time", &[])?;
            vm.with_held(now, |vm, now| {
                vm.call_method(class, "fromtimestamp", &[now])
            })
        })
        .doc("Current date or datetime:  same as self.__class__.fromtimestamp(time.time())."),
        Method::new("ctime", Arity::NoArgs, |vm, this, _| {
            let text = text::ctime(&stamp::of(vm, this));
            Ok(vm.new_string(text))
        })
        .doc("Return ctime() style string."),
        Method::new("strftime", Arity::Keywords, strftime)
            .varargs()
            .doc("format -> strftime() style string."),
        Method::new("__format__", Arity::One, text::format)
            .varargs()
            .doc("Formats self with strftime."),
        Method::new("isoformat", Arity::NoArgs, |vm, this, _| {
            let text = text::date_text(&stamp::of(vm, this));
            Ok(vm.new_string(text))
        })
        .doc("Return string in ISO 8601 format, YYYY-MM-DD."),
        Method::new("isoweekday", Arity::NoArgs, |vm, this, _| {
            let day = stamp::of(vm, this).weekday() + 1;
            Ok(vm.new_int(day))
        })
        .doc("Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7"),
        Method::new("isocalendar", Arity::NoArgs, isocalendar)
            .doc("Return a named tuple containing ISO year, week number, and weekday."),
        Method::new("timetuple", Arity::NoArgs, |vm, this, _| {
            let s = stamp::of(vm, this);
            text::struct_time(vm, &s, -1)
        })
        .doc("Return time tuple, compatible with time.localtime()."),
        Method::new("toordinal", Arity::NoArgs, |vm, this, _| {
            let ordinal = stamp::of(vm, this).ordinal();
            Ok(vm.new_int(ordinal))
        })
        .doc("Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."),
        Method::new("weekday", Arity::NoArgs, |vm, this, _| {
            let day = stamp::of(vm, this).weekday();
            Ok(vm.new_int(day))
        })
        .doc("Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6"),
        Method::new("replace", Arity::Keywords, replace)
            .varargs()
            .doc("Return date with new specified fields."),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, _| {
            let data = stamp::of(vm, this).date_bytes();
            let data = vm.new_bytes(data);
            let args = vm.new_tuple(vec![data]);
            let class = vm.new_ref(vm.heap.ty(this));
            Ok(vm.new_tuple(vec![class, args]))
        })
        .doc("__reduce__() -> (cls, state)"),
    ],
    getset: &[
        GetSet::new("year", |vm, this| field(vm, this, |s| s.year)),
        GetSet::new("month", |vm, this| field(vm, this, |s| s.month)),
        GetSet::new("day", |vm, this| field(vm, this, |s| s.day)),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(|vm, this| {
            let (name, s) = (vm.type_name(this), stamp::of(vm, this));
            Ok(vm.new_string(format!("{name}({}, {}, {})", s.year, s.month, s.day)))
        });
        s.tp_str = Some(|vm, this| vm.call_method(this, "isoformat", &[]));
        s.tp_hash = Some(compare::hash_date);
        s.tp_richcompare = Some(compare::compare_dates);
        s.nb_add = Some(add);
        s.nb_subtract = Some(subtract);
    },
    ..TypeSpec::new("datetime.date")
};

pub static ISO_SPEC: TypeSpec = TypeSpec {
    doc: "The result of date.isocalendar() or datetime.isocalendar()",
    methods: &[Method::new("__reduce__", Arity::NoArgs, |vm, this, _| {
        let items = vm.heap.tuple(this).map(<[Obj]>::to_vec).unwrap_or_default();
        let inner = vm.new_tuple_of(&items);
        let args = vm.new_tuple(vec![inner]);
        let class = vm.new_ref(vm.types.tuple);
        Ok(vm.new_tuple(vec![class, args]))
    })],
    getset: &[
        GetSet::new("year", |vm, this| Ok(iso_part(vm, this, 0))),
        GetSet::new("week", |vm, this| Ok(iso_part(vm, this, 1))),
        GetSet::new("weekday", |vm, this| Ok(iso_part(vm, this, 2))),
    ],
    slots: |s| {
        s.tp_repr = Some(|vm, this| {
            let parts = [0, 1, 2].map(|i| {
                vm.heap
                    .tuple(this)
                    .and_then(|t| vm.as_i64(t[i]))
                    .unwrap_or(0)
            });
            let name = vm.type_name(this);
            let [year, week, day] = parts;
            Ok(vm.new_string(format!("{name}(year={year}, week={week}, weekday={day})")))
        });
    },
    ..TypeSpec::new("datetime.IsoCalendarDate")
};

fn iso_part(vm: &mut Machine, this: Obj, i: usize) -> Obj {
    let o = vm.heap.tuple(this).map_or(NULL, |t| t[i]);
    vm.new_ref(o)
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.len() == 1
        && args.kw_len(vm) == 0
        && let Some(data) = pickled(vm, args.get(vm, 0), 4)
        && (1..=12).contains(&data[2])
    {
        let mut s = Stamp::default();
        s.read_date(&data);
        return Ok(stamp::raw(vm, class, s));
    }
    let parts = parameters(vm, args, &["year", "month", "day"], 3, 0)?;
    let mut s = Stamp::default();
    stamp::read_date(vm, &mut s, parts)?;
    check_date(vm, &s)?;
    Ok(stamp::raw(vm, class, s))
}

/// By the class: a subclass is called.
pub fn make(vm: &mut Machine, class: Obj, s: Stamp) -> PyResult<Obj> {
    check_date(vm, &s)?;
    if class == vm.module_type(&SPEC) {
        return Ok(stamp::raw(
            vm,
            class,
            Stamp::of_date(s.year, s.month, s.day),
        ));
    }
    datetime_make::call_class(vm, class, &[s.year, s.month, s.day], NULL)
}

fn fromtimestamp(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let (seconds, _) = datetime_make::timestamp(vm, args.get(vm, 0))?;
    let s = datetime_make::of_seconds(vm, seconds)?;
    make(vm, class, s)
}

fn fromordinal(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [ordinal] = vm.unpack("fromordinal", args, &[req("ordinal")])?;
    let ordinal = i64::from(int_or(vm, ordinal, 0)?);
    if ordinal < 1 {
        return vm.value_error("ordinal must be >= 1");
    }
    let (year, month, day) = from_ordinal(ordinal);
    make(vm, class, Stamp::of_date(year, month, day))
}

fn fromisoformat(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let text = text::iso_argument(vm, o)?;
    match text::parse_date(&text) {
        Some(s) => make(vm, class, s),
        None => text::invalid(vm, o),
    }
}

/// The Monday of week 1.
fn first_week(year: i32) -> i64 {
    let first = to_ordinal(year, 1, 1);
    let weekday = (first + 6) % 7;
    first - weekday + if weekday > 3 { 7 } else { 0 }
}

fn fromisocalendar(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [year, week, day] = vm.unpack(
        "fromisocalendar",
        args,
        &[req("year"), req("week"), req("day")],
    )?;
    let mut part = |o| match int_or(vm, o, 0) {
        Err(_) if vm.pending_matches(vm.types.overflow_error) => {
            vm.clear_exception();
            vm.value_error("ISO calendar component out of range")
        }
        other => other,
    };
    let (year, week, day) = (part(year)?, part(week)?, part(day)?);
    if !(1..=9999).contains(&year) {
        return vm.value_error(&format!("Year is out of range: {year}"));
    }
    let weeks = (first_week(year + 1) - first_week(year)) / 7;
    if week < 1 || i64::from(week) > weeks {
        return vm.value_error(&format!("Invalid week: {week}"));
    }
    if !(1..=7).contains(&day) {
        return vm.value_error(&format!("Invalid day: {day} (range is [1, 7])"));
    }
    let ordinal = first_week(year) + i64::from(week - 1) * 7 + i64::from(day - 1);
    if ordinal < 1 {
        return vm.value_error("ordinal must be >= 1");
    }
    let (year, month, day) = from_ordinal(ordinal);
    make(vm, class, Stamp::of_date(year, month, day))
}

fn isocalendar(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let s = stamp::of(vm, this);
    let today = s.ordinal();
    let mut year = s.year;
    if today < first_week(year) {
        year -= 1;
    } else if today >= first_week(year + 1) {
        year += 1;
    }
    let week = (today - first_week(year)) / 7 + 1;
    let parts = [i64::from(year), week, s.weekday() + 1].map(|n| vm.new_int(n));
    let class = vm.module_type(&ISO_SPEC);
    Ok(vm.alloc_instance(class, Payload::tuple(parts.to_vec())))
}

fn strftime(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let format = text::format_argument(vm, args)?;
    let s = stamp::of(vm, this);
    let tuple = vm.call_method(this, "timetuple", &[])?;
    vm.with_held(tuple, |vm, tuple| {
        text::strftime(vm, &s, s.tz, this, format, tuple)
    })
}

fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let parts = vm.unpack("replace", args, &[opt("year"), opt("month"), opt("day")])?;
    let mut s = stamp::of(vm, this);
    stamp::read_date(vm, &mut s, parts)?;
    check_date(vm, &s)?;
    let class = vm.heap.ty(this);
    Ok(stamp::raw(vm, class, s))
}

/// So many days later.
fn shifted(vm: &mut Machine, this: Obj, days: i64) -> PyResult<Obj> {
    let ordinal = stamp::of(vm, this).ordinal() + days;
    if !(1..=MAX_ORDINAL).contains(&ordinal) {
        return vm.raise(
            vm.types.overflow_error,
            "date value out of range".to_string(),
        );
    }
    let (year, month, day) = from_ordinal(ordinal);
    let class = vm.heap.ty(this);
    make(vm, class, Stamp::of_date(year, month, day))
}

fn add(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (date, delta) = if compare::is_date(vm, a) {
        (a, b)
    } else {
        (b, a)
    };
    if !is_delta(vm, delta) || compare::is_datetime(vm, a) || compare::is_datetime(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    let days = delta::of(vm, delta).days;
    shifted(vm, date, days.into())
}

fn subtract(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !compare::is_date(vm, a) || compare::is_datetime(vm, a) || compare::is_datetime(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    if compare::is_date(vm, b) {
        let days = stamp::of(vm, a).ordinal() - stamp::of(vm, b).ordinal();
        return Ok(delta::raw(vm, days as i32, 0, 0));
    }
    if !is_delta(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    let days = delta::of(vm, b).days;
    shifted(vm, a, -i64::from(days))
}
