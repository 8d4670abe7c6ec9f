//! `datetime`: a date and a time of day, perhaps in a zone.

use num_bigint::BigInt;

use super::datetime_make::{self as make, EPOCH_MICROS};
use super::delta::{self, is_delta};
use super::stamp::{self, Stamp, check_date, check_time, field, pickled, tz_object, zone_argument};
use super::{call_module, compare, date, int_or, parameters, text, time, zone};
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n\
          The year, month and day arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be ints.",
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: &[
        GetSet::new("hour", |vm, this| field(vm, this, |s| s.hour)),
        GetSet::new("minute", |vm, this| field(vm, this, |s| s.minute)),
        GetSet::new("second", |vm, this| field(vm, this, |s| s.second)),
        GetSet::new("microsecond", |vm, this| field(vm, this, |s| s.micro)),
        GetSet::new("tzinfo", |vm, this| {
            let s = stamp::of(vm, this);
            Ok(tz_object(vm, &s))
        }),
        GetSet::new("fold", |vm, this| field(vm, this, |s| s.fold)),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_str = Some(|vm, this| {
            let space = vm.new_str(" ");
            vm.with_held(space, |vm, space| {
                vm.call_bound_method(this, "isoformat", &[space])
            })
        });
        s.tp_hash = Some(compare::hash_datetime);
        s.tp_richcompare = Some(compare::compare_datetimes);
        s.nb_add = Some(add);
        s.nb_subtract = Some(subtract);
    },
    ..TypeSpec::new("datetime.datetime")
};

static METHODS: &[Method] = &[
    Method::class("now", Arity::Keywords, now).doc(
        "now($type, /, tz=None)\n--\n\nReturns new datetime object representing current time local to tz.",
    ),
    Method::class("utcnow", Arity::NoArgs, |vm, class, _| {
        let s = make::now(vm);
        make::make(vm, class, s)
    })
    .doc("Return a new datetime representing UTC day and time."),
    Method::class("fromtimestamp", Arity::Keywords, fromtimestamp).varargs().doc("timestamp[, tz] -> tz's local time from POSIX timestamp."),
    Method::class("utcfromtimestamp", Arity::One, |vm, class, args| {
        let s = of_timestamp(vm, args.get(vm, 0))?;
        make::make(vm, class, s)
    }).varargs()
    .doc("Construct a naive UTC datetime from a POSIX timestamp."),
    Method::class("strptime", Arity::Positional(2, 2), |vm, class, args| {
        let (text, format) = (args.get(vm, 0), args.get(vm, 1));
        for (n, o) in [(1, text), (2, format)] {
            if vm.heap.str(o).is_none() {
                let got = vm.type_name(o);
                return vm.type_error(format!("strptime() argument {n} must be str, not {got}"));
            }
        }
        call_module(vm, "_strptime", "_strptime_datetime", &[class, text, format])
    }).varargs()
    .doc("string, format -> new datetime parsed from a string (like time.strptime())."),
    Method::class("combine", Arity::Keywords, combine).varargs().doc("date, time -> datetime with same date and time fields"),
    Method::class("fromisoformat", Arity::One, fromisoformat).doc("string -> datetime from datetime.isoformat() output"),
    Method::new("date", Arity::NoArgs, |vm, this, _| {
        let s = stamp::of(vm, this);
        let class = vm.module_type(&date::SPEC);
        Ok(stamp::raw(vm, class, Stamp::of_date(s.year, s.month, s.day)))
    })
    .doc("Return date object with same year, month and day."),
    Method::new("time", Arity::NoArgs, |vm, this, _| Ok(time_part(vm, this, false)))
        .doc("Return time object with same time but with tzinfo=None."),
    Method::new("timetz", Arity::NoArgs, |vm, this, _| Ok(time_part(vm, this, true)))
        .doc("Return time object with same time and tzinfo."),
    Method::new("ctime", Arity::NoArgs, |vm, this, _| {
        let text = text::ctime(&stamp::of(vm, this));
        Ok(vm.new_string(text))
    })
    .doc("Return ctime() style string."),
    Method::new("timetuple", Arity::NoArgs, timetuple).doc("Return time tuple, compatible with time.localtime()."),
    Method::new("timestamp", Arity::NoArgs, timestamp).doc("Return POSIX timestamp as float."),
    Method::new("utctimetuple", Arity::NoArgs, |vm, this, _| {
        let s = stamp::of(vm, this);
        let offset = zone::ask_offset(vm, s.tz, "utcoffset", this)?.unwrap_or_default();
        match Stamp::from_micros(s.micros() - offset.total()) {
            Some(s) => text::struct_time(vm, &s, 0),
            None => vm.raise(vm.types.overflow_error, "date value out of range".to_string()),
        }
    })
    .doc("Return UTC time tuple, compatible with time.localtime()."),
    Method::new("isoformat", Arity::Keywords, isoformat).varargs()
        .doc("[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."),
    Method::new("utcoffset", Arity::NoArgs, |vm, this, _| {
        let tz = stamp::of(vm, this).tz;
        zone::offset_object(vm, tz, "utcoffset", this)
    })
    .doc("Return self.tzinfo.utcoffset(self)."),
    Method::new("tzname", Arity::NoArgs, |vm, this, _| {
        let tz = stamp::of(vm, this).tz;
        zone::name_object(vm, tz, this)
    })
    .doc("Return self.tzinfo.tzname(self)."),
    Method::new("dst", Arity::NoArgs, |vm, this, _| {
        let tz = stamp::of(vm, this).tz;
        zone::offset_object(vm, tz, "dst", this)
    })
    .doc("Return self.tzinfo.dst(self)."),
    Method::new("replace", Arity::Keywords, replace).varargs().doc("Return datetime with new specified fields."),
    Method::new("astimezone", Arity::Keywords, astimezone).varargs().doc("tz -> convert to local time in new timezone tz\n"),
    Method::new("__reduce_ex__", Arity::One, |vm, this, args| {
        let protocol = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)?;
        Ok(reduce(vm, this, protocol as i64))
    }).varargs()
    .doc("__reduce_ex__(proto) -> (cls, state)"),
    Method::new("__reduce__", Arity::NoArgs, |vm, this, _| Ok(reduce(vm, this, 2))).doc("__reduce__() -> (cls, state)"),
];

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if (1..=2).contains(&args.len())
        && args.kw_len(vm) == 0
        && let Some(data) = pickled(vm, args.get(vm, 0), 10)
        && (1..=12).contains(&(data[2] & 0x7f))
    {
        let tz = args.get(vm, 1);
        let tz = if tz.is_null() {
            NULL
        } else {
            make::state_zone(vm, tz)?
        };
        let mut s = Stamp {
            tz,
            ..Stamp::default()
        };
        s.read_date(&data[..4]);
        s.read_time(&data[4..]);
        s.fold = s.month >> 7;
        s.month &= 0x7f;
        return Ok(stamp::raw(vm, class, s));
    }
    let names = [
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "microsecond",
        "tzinfo",
        "fold",
    ];
    let [y, mo, d, h, mi, sec, us, tz, fold] = parameters(vm, args, &names, 3, 1)?;
    let mut s = Stamp::default();
    stamp::read_date(vm, &mut s, [y, mo, d])?;
    stamp::read_time(vm, &mut s, [h, mi, sec, us])?;
    s.fold = int_or(vm, fold, 0)?;
    check_date(vm, &s)?;
    check_time(vm, &s)?;
    s.tz = zone_argument(vm, tz)?;
    Ok(stamp::raw(vm, class, s))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, s) = (vm.type_name(this), stamp::of(vm, this));
    let rest = time::keyword_parts(vm, &s)?;
    let clock = time::clock_parts(&s);
    Ok(vm.new_string(format!(
        "{name}({}, {}, {}, {clock}{rest})",
        s.year, s.month, s.day
    )))
}

fn now(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [tz] = vm.unpack("now", args, &[opt("tz")])?;
    let tz = zone_argument(vm, tz)?;
    let s = make::now(vm);
    make::in_zone(vm, class, s, tz)
}

fn of_timestamp(vm: &mut Machine, o: Obj) -> PyResult<Stamp> {
    let (seconds, micro) = make::timestamp(vm, o)?;
    let s = make::of_seconds(vm, seconds)?;
    Ok(Stamp { micro, ..s })
}

fn fromtimestamp(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [stamp, tz] = vm.unpack("fromtimestamp", args, &[req("timestamp"), opt("tz")])?;
    let tz = zone_argument(vm, tz)?;
    let s = of_timestamp(vm, stamp)?;
    make::in_zone(vm, class, s, tz)
}

fn combine(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [day, clock, tz] =
        vm.unpack("combine", args, &[req("date"), req("time"), opt("tzinfo")])?;
    if !compare::is_date(vm, day) {
        let got = vm.type_name(day);
        return vm.type_error(format!(
            "combine() argument 1 must be datetime.date, not {got}"
        ));
    }
    if !compare::is_time(vm, clock) {
        let got = vm.type_name(clock);
        return vm.type_error(format!(
            "combine() argument 2 must be datetime.time, not {got}"
        ));
    }
    let (d, t) = (stamp::of(vm, day), stamp::of(vm, clock));
    let tz = if tz.is_null() {
        t.tz
    } else {
        zone_argument(vm, tz)?
    };
    make::make(
        vm,
        class,
        Stamp {
            year: d.year,
            month: d.month,
            day: d.day,
            tz,
            ..t
        },
    )
}

fn fromisoformat(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let text = text::iso_argument(vm, o)?;
    let day = text.get(..10).and_then(text::parse_date);
    let mut rest = text.get(10..).unwrap_or("").chars();
    let separator = rest.next();
    let clock = match separator {
        None => Some((Stamp::default(), None)),
        Some(_) => text::parse_time(rest.as_str()),
    };
    let (Some(day), Some((clock, offset))) = (day, clock) else {
        return text::invalid(vm, o);
    };
    let s = Stamp {
        year: day.year,
        month: day.month,
        day: day.day,
        ..clock
    };
    let tz = match offset {
        Some(offset) => zone::of_offset(vm, offset)?,
        None => NULL,
    };
    vm.hold(tz);
    let made = make::make(vm, class, Stamp { tz, ..s });
    vm.let_go(made)
}

fn time_part(vm: &mut Machine, this: Obj, zoned: bool) -> Obj {
    let s = stamp::of(vm, this);
    let tz = if zoned { s.tz } else { NULL };
    let class = vm.module_type(&time::SPEC);
    stamp::raw(
        vm,
        class,
        Stamp {
            year: 0,
            month: 0,
            day: 0,
            tz,
            ..s
        },
    )
}

fn timetuple(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let s = stamp::of(vm, this);
    let saving = zone::ask_offset(vm, s.tz, "dst", this)?;
    let flag = saving.map_or(-1, |d| i64::from(d.total() != 0));
    text::struct_time(vm, &s, flag)
}

/// Seconds since 1970; without a zone the fields are local time, which is UTC.
fn timestamp(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let s = stamp::of(vm, this);
    if s.tz.is_null() {
        let seconds = (s.micros() - EPOCH_MICROS).div_euclid(1_000_000);
        return Ok(vm.new_float(seconds as f64 + f64::from(s.micro) / 1e6));
    }
    let Some(offset) = zone::ask_offset(vm, s.tz, "utcoffset", this)? else {
        return vm.type_error("can't subtract offset-naive and offset-aware datetimes".to_string());
    };
    let total = BigInt::from(s.micros() - EPOCH_MICROS - offset.total());
    let seconds = crate::vm::types::int_arith::divide_rounded(&total, &BigInt::from(1_000_000));
    Ok(vm.new_float(seconds))
}

fn isoformat(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [separator, timespec] = vm.unpack("isoformat", args, &[opt("sep"), opt("timespec")])?;
    let middle = match separator.some() {
        None => "T".to_string(),
        Some(o) if vm.heap.str(o).is_some_and(|s| s.len() == 1) => vm.text(o),
        Some(o) => {
            let got = vm.type_name(o);
            return vm.type_error(format!(
                "isoformat() argument 1 must be a unicode character, not {got}"
            ));
        }
    };
    let s = stamp::of(vm, this);
    let clock = time::precise(vm, &s, timespec)?;
    let mut text = format!("{}{middle}{clock}", text::date_text(&s));
    if let Some(offset) = zone::ask_offset(vm, s.tz, "utcoffset", this)? {
        text += &text::offset_text(offset, ":");
    }
    Ok(vm.new_string(text))
}

fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        opt("year"),
        opt("month"),
        opt("day"),
        opt("hour"),
        opt("minute"),
        opt("second"),
        opt("microsecond"),
        opt("tzinfo"),
        kw("fold"),
    ];
    let [y, mo, d, h, mi, sec, us, tz, fold] = vm.unpack("replace", args, &params)?;
    let mut s = stamp::of(vm, this);
    stamp::read_date(vm, &mut s, [y, mo, d])?;
    stamp::read_time(vm, &mut s, [h, mi, sec, us])?;
    s.fold = int_or(vm, fold, s.fold)?;
    if s.fold != 0 && s.fold != 1 {
        return vm.value_error("fold must be either 0 or 1");
    }
    check_date(vm, &s)?;
    check_time(vm, &s)?;
    if !tz.is_null() {
        s.tz = zone_argument(vm, tz)?;
    }
    let class = vm.heap.ty(this);
    Ok(stamp::raw(vm, class, s))
}

fn astimezone(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [tz] = vm.unpack("astimezone", args, &[opt("tz")])?;
    let tz = zone_argument(vm, tz)?;
    let s = stamp::of(vm, this);
    if !tz.is_null() && s.tz == tz {
        return Ok(vm.new_ref(this));
    }
    // Without an offset the fields are local time, which is UTC.
    vm.xincref(s.tz);
    vm.hold(s.tz);
    let offset = zone::ask_offset(vm, s.tz, "utcoffset", this);
    let offset = vm.let_go(offset)?.unwrap_or_default();
    let target = if tz.is_null() {
        zone::local(vm)
    } else {
        vm.new_ref(tz)
    };
    vm.with_held(target, |vm, target| {
        let Some(moment) = Stamp::from_micros(s.micros() - offset.total()) else {
            return vm.raise(
                vm.types.overflow_error,
                "date value out of range".to_string(),
            );
        };
        let class = vm.heap.ty(this);
        make::in_zone(vm, class, moment, target)
    })
}

fn reduce(vm: &mut Machine, this: Obj, protocol: i64) -> Obj {
    let s = stamp::of(vm, this);
    let mut data = s.date_bytes();
    data.extend(s.time_bytes());
    if protocol > 3 && s.fold != 0 {
        data[2] |= 0x80;
    }
    make::reduction(vm, this, data, s.tz)
}

/// So many microseconds later, in the same zone.
pub fn shifted(vm: &mut Machine, class: Obj, s: Stamp, micros: i128) -> PyResult<Obj> {
    match Stamp::from_micros(s.micros() + micros) {
        Some(moved) => make::make(vm, class, Stamp { tz: s.tz, ..moved }),
        None => vm.raise(
            vm.types.overflow_error,
            "date value out of range".to_string(),
        ),
    }
}

fn add(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let (moment, delta) = if compare::is_datetime(vm, a) {
        (a, b)
    } else {
        (b, a)
    };
    if !compare::is_datetime(vm, moment) || !is_delta(vm, delta) {
        return Ok(vm.new_not_implemented());
    }
    let (s, d) = (stamp::of(vm, moment), delta::of(vm, delta));
    let class = vm.heap.ty(moment);
    shifted(vm, class, s, d.total())
}

fn subtract(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !compare::is_datetime(vm, a) {
        return Ok(vm.new_not_implemented());
    }
    let s = stamp::of(vm, a);
    if is_delta(vm, b) {
        let class = vm.heap.ty(a);
        let d = delta::of(vm, b);
        return shifted(vm, class, s, -d.total());
    }
    if !compare::is_datetime(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    let other = stamp::of(vm, b);
    let mut micros = s.micros() - other.micros();
    if s.tz != other.tz {
        let first = zone::ask_offset(vm, s.tz, "utcoffset", a)?;
        let second = zone::ask_offset(vm, other.tz, "utcoffset", b)?;
        if first.is_some() != second.is_some() {
            return vm
                .type_error("can't subtract offset-naive and offset-aware datetimes".to_string());
        }
        micros -= first.unwrap_or_default().total() - second.unwrap_or_default().total();
    }
    make::difference(vm, micros)
}
