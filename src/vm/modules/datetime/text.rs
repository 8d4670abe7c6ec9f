//! Texts of dates and times: ISO 8601 in and out, and `strftime`.

use super::delta::Delta;
use super::stamp::Stamp;
use super::{call_module, zone};
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

pub fn date_text(s: &Stamp) -> String {
    format!("{:04}-{:02}-{:02}", s.year, s.month, s.day)
}

/// A time to the precision that `timespec` names; `None` for a name that is none.
pub fn time_text(s: &Stamp, timespec: &str) -> Option<String> {
    let (h, m, sec) = (s.hour, s.minute, s.second);
    let spec = match timespec {
        "auto" if s.micro == 0 => "seconds",
        "auto" => "microseconds",
        other => other,
    };
    Some(match spec {
        "hours" => format!("{h:02}"),
        "minutes" => format!("{h:02}:{m:02}"),
        "seconds" => format!("{h:02}:{m:02}:{sec:02}"),
        "milliseconds" => format!("{h:02}:{m:02}:{sec:02}.{:03}", s.micro / 1000),
        "microseconds" => format!("{h:02}:{m:02}:{sec:02}.{:06}", s.micro),
        _ => return None,
    })
}

/// `+hh:mm[:ss[.ffffff]]`
pub fn offset_text(d: Delta, separator: &str) -> String {
    let total = d.total();
    let (sign, total) = if total < 0 {
        ('-', -total)
    } else {
        ('+', total)
    };
    let (seconds, micros) = (total / 1_000_000, total % 1_000_000);
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{sign}{h:02}{separator}{m:02}");
    if s != 0 || micros != 0 {
        text += &format!("{separator}{s:02}");
    }
    if micros != 0 {
        text += &format!(".{micros:06}");
    }
    text
}

/// The digits of a number of fixed width at the start of the text, and the rest.
fn digits(text: &str, width: usize) -> Option<(i32, &str)> {
    let part = text.get(..width)?;
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((part.parse().ok()?, &text[width..]))
}

/// `YYYY-MM-DD`
pub fn parse_date(text: &str) -> Option<Stamp> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    rest.is_empty().then(|| Stamp::of_date(year, month, day))
}

/// `HH[:MM[:SS[.fff[fff]]]]`: hour, minute, second, microsecond.
fn parse_clock(text: &str) -> Option<[i32; 4]> {
    let mut parts = [0; 4];
    let (hour, mut rest) = digits(text, 2)?;
    parts[0] = hour;
    for part in &mut parts[1..3] {
        if rest.is_empty() {
            return Some(parts);
        }
        (*part, rest) = digits(rest.strip_prefix(':')?, 2)?;
    }
    if rest.is_empty() {
        return Some(parts);
    }
    let fraction = rest.strip_prefix('.')?;
    parts[3] = match fraction.len() {
        3 => digits(fraction, 3)?.0 * 1000,
        6 => digits(fraction, 6)?.0,
        _ => return None,
    };
    Some(parts)
}

/// A time and the offset behind it, if there is one.
pub fn parse_time(text: &str) -> Option<(Stamp, Option<Delta>)> {
    let at = text.find(['+', '-']);
    let (clock, offset) = match at {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    };
    let [hour, minute, second, micro] = parse_clock(clock)?;
    let stamp = Stamp {
        hour,
        minute,
        second,
        micro,
        ..Stamp::default()
    };
    let Some(offset) = offset else {
        return Some((stamp, None));
    };
    let body = &offset[1..];
    if body.len() < 5 {
        return None;
    }
    let [h, m, s, us] = parse_clock(body)?;
    let total =
        (i128::from(h) * 3600 + i128::from(m) * 60 + i128::from(s)) * 1_000_000 + i128::from(us);
    let total = if offset.starts_with('-') {
        -total
    } else {
        total
    };
    Some((stamp, Some(Delta::from_total(total))))
}

pub fn invalid<T>(vm: &mut Machine, text: Obj) -> PyResult<T> {
    let shown = vm.repr_text(text)?;
    vm.value_error(&format!("Invalid isoformat string: {shown}"))
}

/// The text argument of `fromisoformat`.
pub fn iso_argument(vm: &mut Machine, o: Obj) -> PyResult<String> {
    match vm.heap.str(o) {
        Some(text) => Ok(text.lossy()),
        None => vm.type_error("fromisoformat: argument must be str".to_string()),
    }
}

/// `time.strftime` after `%z`, `%Z` and `%f` have been replaced; `tuple` is a struct_time. `tz` may be NULL, `moment` is what
/// the zone is asked about.
pub fn strftime(
    vm: &mut Machine,
    s: &Stamp,
    tz: Obj,
    moment: Obj,
    format: Obj,
    tuple: Obj,
) -> PyResult<Obj> {
    let format = vm.text(format);
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('z') => {
                if let Some(offset) = zone::ask_offset(vm, tz, "utcoffset", moment)? {
                    out += &offset_text(offset, "");
                }
            }
            Some('Z') => {
                let name = zone::name_object(vm, tz, moment)?;
                if name != vm.none {
                    out += &vm.text(name).replace('%', "%%");
                }
                vm.decref(name);
            }
            Some('f') => out += &format!("{:06}", s.micro),
            Some(other) => out.extend(['%', other]),
            None => out.push('%'),
        }
    }
    let format = vm.new_string(out);
    vm.with_held(format, |vm, format| {
        call_module(vm, "time", "strftime", &[format, tuple])
    })
}

/// A `time.struct_time` of date and time; `dst` is the last member.
pub fn struct_time(vm: &mut Machine, s: &Stamp, dst: i64) -> PyResult<Obj> {
    let parts = [
        s.year.into(),
        s.month.into(),
        s.day.into(),
        s.hour.into(),
        s.minute.into(),
        s.second.into(),
        s.weekday(),
        s.day_of_year(),
        dst,
    ];
    let items = parts.map(|n: i64| vm.new_int(n)).to_vec();
    let tuple = vm.new_tuple(items);
    vm.with_held(tuple, |vm, tuple| {
        call_module(vm, "time", "struct_time", &[tuple])
    })
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub fn ctime(s: &Stamp) -> String {
    let (day, month) = (DAYS[s.weekday() as usize], MONTHS[s.month as usize - 1]);
    format!(
        "{day} {month} {:2} {:02}:{:02}:{:02} {:04}",
        s.day, s.hour, s.minute, s.second, s.year
    )
}

/// The format argument of `strftime`.
pub fn format_argument(vm: &mut Machine, args: crate::vm::Args) -> PyResult<Obj> {
    let [format] = vm.unpack("strftime", args, &[crate::vm::args::req("format")])?;
    if vm.heap.str(format).is_none() {
        let got = vm.type_name(format);
        return vm.type_error(format!("strftime() argument 1 must be str, not {got}"));
    }
    Ok(format)
}

/// `__format__`: `str()` for an empty format, else `strftime`.
pub fn format(vm: &mut Machine, this: Obj, args: crate::vm::Args) -> PyResult<Obj> {
    let format = args.get(vm, 0);
    match vm.heap.str(format) {
        None => {
            let got = vm.type_name(format);
            vm.type_error(format!("__format__() argument 1 must be str, not {got}"))
        }
        Some(text) if text.is_empty() => vm.str_of(this),
        Some(_) => vm.call_method(this, "strftime", &[format]),
    }
}
