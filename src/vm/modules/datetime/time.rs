//! `time`: a time of day.

use super::stamp::{self, Stamp, check_time, field, pickled, tz_object, zone_argument};
use super::{compare, datetime_make, int_or, parameters, text, zone};
use crate::heap::{NULL, Obj};
use crate::vm::args::{kw, opt};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n\
          All arguments are optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.",
    gc: false,
    base_type: true,
    methods: &[
        Method::new("isoformat", Arity::Keywords, isoformat)
            .varargs()
            .doc("Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."),
        Method::new("strftime", Arity::Keywords, strftime)
            .varargs()
            .doc("format -> strftime() style string."),
        Method::new("__format__", Arity::One, text::format)
            .varargs()
            .doc("Formats self with strftime."),
        Method::new("utcoffset", Arity::NoArgs, |vm, this, _| {
            ask(vm, this, "utcoffset")
        })
        .doc("Return self.tzinfo.utcoffset(self)."),
        Method::new("tzname", Arity::NoArgs, |vm, this, _| {
            let (tz, none) = (stamp::of(vm, this).tz, vm.none);
            zone::name_object(vm, tz, none)
        })
        .doc("Return self.tzinfo.tzname(self)."),
        Method::new("dst", Arity::NoArgs, |vm, this, _| ask(vm, this, "dst"))
            .doc("Return self.tzinfo.dst(self)."),
        Method::new("replace", Arity::Keywords, replace)
            .varargs()
            .doc("Return time with new specified fields."),
        Method::class("fromisoformat", Arity::One, fromisoformat)
            .doc("string -> time from time.isoformat() output"),
        Method::new("__reduce_ex__", Arity::One, |vm, this, args| {
            let protocol = vm.index_clamped(args.get(vm, 0), vm.types.overflow_error)?;
            reduce(vm, this, protocol as i64)
        })
        .varargs()
        .doc("__reduce_ex__(proto) -> (cls, state)"),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, _| {
            reduce(vm, this, 2)
        })
        .doc("__reduce__() -> (cls, state)"),
    ],
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
        s.tp_str = Some(|vm, this| vm.call_method(this, "isoformat", &[]));
        s.tp_hash = Some(compare::hash_time);
        s.tp_richcompare = Some(compare::compare_times);
    },
    ..TypeSpec::new("datetime.time")
};

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if (1..=2).contains(&args.len())
        && args.kw_len(vm) == 0
        && let Some(data) = pickled(vm, args.get(vm, 0), 6)
        && data[0] & 0x7f < 24
    {
        let tz = args.get(vm, 1);
        let tz = if tz.is_null() {
            NULL
        } else {
            datetime_make::state_zone(vm, tz)?
        };
        let mut s = Stamp {
            tz,
            ..Stamp::default()
        };
        s.read_time(&data);
        s.fold = s.hour >> 7;
        s.hour &= 0x7f;
        return Ok(stamp::raw(vm, class, s));
    }
    let names = ["hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let [h, m, sec, us, tz, fold] = parameters(vm, args, &names, 0, 1)?;
    let mut s = Stamp::default();
    stamp::read_time(vm, &mut s, [h, m, sec, us])?;
    s.fold = int_or(vm, fold, 0)?;
    check_time(vm, &s)?;
    s.tz = zone_argument(vm, tz)?;
    Ok(stamp::raw(vm, class, s))
}

/// The parts that `repr` shows of a time: seconds and microseconds only if there are some.
pub fn clock_parts(s: &Stamp) -> String {
    let mut text = format!("{}, {}", s.hour, s.minute);
    if s.second != 0 || s.micro != 0 {
        text += &format!(", {}", s.second);
    }
    if s.micro != 0 {
        text += &format!(", {}", s.micro);
    }
    text
}

/// `fold` and `tzinfo` at the end of a `repr`.
pub fn keyword_parts(vm: &mut Machine, s: &Stamp) -> PyResult<String> {
    let mut text = String::new();
    if s.fold != 0 {
        text += &format!(", fold={}", s.fold);
    }
    if !s.tz.is_null() {
        text += &format!(", tzinfo={}", vm.repr_text(s.tz)?);
    }
    Ok(text)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, s) = (vm.type_name(this), stamp::of(vm, this));
    // (A datetime has its fold first.)
    let mut rest = String::new();
    if !s.tz.is_null() {
        rest += &format!(", tzinfo={}", vm.repr_text(s.tz)?);
    }
    if s.fold != 0 {
        rest += &format!(", fold={}", s.fold);
    }
    Ok(vm.new_string(format!("{name}({}{rest})", clock_parts(&s))))
}

fn ask(vm: &mut Machine, this: Obj, name: &str) -> PyResult<Obj> {
    let (tz, none) = (stamp::of(vm, this).tz, vm.none);
    zone::offset_object(vm, tz, name, none)
}

/// The text of the time in the wanted precision.
pub fn precise(vm: &mut Machine, s: &Stamp, timespec: Obj) -> PyResult<String> {
    if !timespec.is_null() && vm.heap.str(timespec).is_none() {
        let got = vm.type_name(timespec);
        return vm.type_error(format!(
            "isoformat() argument 'timespec' must be str, not {got}"
        ));
    }
    let spec = if timespec.is_null() {
        "auto".to_string()
    } else {
        vm.text(timespec)
    };
    match text::time_text(s, &spec) {
        Some(text) => Ok(text),
        None => vm.value_error("Unknown timespec value"),
    }
}

fn isoformat(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [timespec] = vm.unpack("isoformat", args, &[opt("timespec")])?;
    let (s, none) = (stamp::of(vm, this), vm.none);
    let mut text = precise(vm, &s, timespec)?;
    if let Some(offset) = zone::ask_offset(vm, s.tz, "utcoffset", none)? {
        text += &text::offset_text(offset, ":");
    }
    Ok(vm.new_string(text))
}

/// On the first of January 1900.
fn strftime(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let format = text::format_argument(vm, args)?;
    let (s, none) = (stamp::of(vm, this), vm.none);
    let dated = Stamp {
        year: 1900,
        month: 1,
        day: 1,
        ..s
    };
    let tuple = text::struct_time(vm, &dated, -1)?;
    vm.with_held(tuple, |vm, tuple| {
        text::strftime(vm, &s, s.tz, none, format, tuple)
    })
}

fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        opt("hour"),
        opt("minute"),
        opt("second"),
        opt("microsecond"),
        opt("tzinfo"),
        kw("fold"),
    ];
    let [h, m, sec, us, tz, fold] = vm.unpack("replace", args, &params)?;
    let mut s = stamp::of(vm, this);
    stamp::read_time(vm, &mut s, [h, m, sec, us])?;
    s.fold = int_or(vm, fold, s.fold)?;
    check_time(vm, &s)?;
    if !tz.is_null() {
        s.tz = zone_argument(vm, tz)?;
    }
    let class = vm.heap.ty(this);
    Ok(stamp::raw(vm, class, s))
}

fn fromisoformat(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let text = text::iso_argument(vm, o)?;
    let Some((s, offset)) = text::parse_time(&text) else {
        return text::invalid(vm, o);
    };
    let tz = match offset {
        Some(offset) => zone::of_offset(vm, offset)?,
        None => NULL,
    };
    vm.hold(tz);
    let made = check_time(vm, &s).and_then(|()| {
        if class == vm.module_type(&SPEC) {
            return Ok(stamp::raw(vm, class, Stamp { tz, ..s }));
        }
        datetime_make::call_class(
            vm,
            class,
            &[s.hour, s.minute, s.second, s.micro],
            tz.some().unwrap_or(vm.none),
        )
    });
    vm.let_go(made)
}

fn reduce(vm: &mut Machine, this: Obj, protocol: i64) -> PyResult<Obj> {
    let s = stamp::of(vm, this);
    let mut data = s.time_bytes();
    if protocol > 3 && s.fold != 0 {
        data[0] |= 0x80;
    }
    Ok(datetime_make::reduction(vm, this, data, s.tz))
}
