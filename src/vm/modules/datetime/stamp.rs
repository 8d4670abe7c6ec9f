//! What date, time and datetime are made of, and the calendar.

use super::{int_or, zone};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::{Machine, PyResult};

/// The fields of all three; a date has no time, a time no date.
#[derive(Clone, Copy, Default, Debug)]
pub struct Stamp {
    pub year: i32,
    pub month: i32,
    pub day: i32,
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    pub micro: i32,
    pub fold: i32,
    /// NULL for none.
    pub tz: Obj,
}

impl Native for Stamp {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("tzinfo"), self.tz);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.tz, NULL)]
    }
    native_boilerplate!();
}

const MONTH_DAYS: [i32; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
pub const MAX_ORDINAL: i64 = 3_652_059;

pub fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in_month(year: i32, month: i32) -> i32 {
    MONTH_DAYS[month as usize] + i32::from(month == 2 && is_leap(year))
}

/// Days before the first of January; the year 1 has none before it.
fn days_before_year(year: i32) -> i64 {
    let y = i64::from(year) - 1;
    y * 365 + y / 4 - y / 100 + y / 400
}

fn days_before_month(year: i32, month: i32) -> i64 {
    (1..month).map(|m| i64::from(days_in_month(year, m))).sum()
}

/// 0001-01-01 is 1.
pub fn to_ordinal(year: i32, month: i32, day: i32) -> i64 {
    days_before_year(year) + days_before_month(year, month) + i64::from(day)
}

/// Year, month, day of an ordinal from 1 to `MAX_ORDINAL`.
pub fn from_ordinal(ordinal: i64) -> (i32, i32, i32) {
    // The mean length of a year is at most two days out: a year too late, never one too early.
    let mut year = (ordinal * 400 / 146_097) as i32 + 2;
    while days_before_year(year) >= ordinal {
        year -= 1;
    }
    let mut rest = (ordinal - days_before_year(year)) as i32;
    let mut month = 1;
    while rest > days_in_month(year, month) {
        rest -= days_in_month(year, month);
        month += 1;
    }
    (year, month, rest)
}

impl Stamp {
    pub fn of_date(year: i32, month: i32, day: i32) -> Stamp {
        Stamp {
            year,
            month,
            day,
            ..Stamp::default()
        }
    }

    pub fn ordinal(&self) -> i64 {
        to_ordinal(self.year, self.month, self.day)
    }

    /// Monday is 0.
    pub fn weekday(&self) -> i64 {
        (self.ordinal() + 6) % 7
    }

    pub fn day_of_year(&self) -> i64 {
        days_before_month(self.year, self.month) + i64::from(self.day)
    }

    /// Microseconds since midnight.
    pub fn micros_of_day(&self) -> i64 {
        let seconds =
            i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        seconds * 1_000_000 + i64::from(self.micro)
    }

    /// Microseconds since the start of the calendar, the zone left out.
    pub fn micros(&self) -> i128 {
        i128::from(self.ordinal()) * 86_400_000_000 + i128::from(self.micros_of_day())
    }

    /// The date and time so many microseconds after the start of the calendar; `None` outside the years 1 to 9999.
    pub fn from_micros(micros: i128) -> Option<Stamp> {
        let ordinal = micros.div_euclid(86_400_000_000);
        if !(1..=i128::from(MAX_ORDINAL)).contains(&ordinal) {
            return None;
        }
        let (year, month, day) = from_ordinal(ordinal as i64);
        let rest = micros.rem_euclid(86_400_000_000) as i64;
        Some(
            Stamp {
                year,
                month,
                day,
                ..Stamp::default()
            }
            .with_time_of(rest),
        )
    }

    pub fn with_time_of(self, micros: i64) -> Stamp {
        let seconds = micros / 1_000_000;
        Stamp {
            hour: (seconds / 3600) as i32,
            minute: (seconds / 60 % 60) as i32,
            second: (seconds % 60) as i32,
            micro: (micros % 1_000_000) as i32,
            ..self
        }
    }

    /// The date's part of the pickled state.
    pub fn date_bytes(&self) -> Vec<u8> {
        vec![
            (self.year >> 8) as u8,
            self.year as u8,
            self.month as u8,
            self.day as u8,
        ]
    }

    pub fn time_bytes(&self) -> Vec<u8> {
        let micro = (self.micro as u32).to_be_bytes();
        vec![
            self.hour as u8,
            self.minute as u8,
            self.second as u8,
            micro[1],
            micro[2],
            micro[3],
        ]
    }

    pub fn read_date(&mut self, data: &[u8]) {
        self.year = i32::from(data[0]) << 8 | i32::from(data[1]);
        (self.month, self.day) = (i32::from(data[2]), i32::from(data[3]));
    }

    pub fn read_time(&mut self, data: &[u8]) {
        [self.hour, self.minute, self.second] = [0, 1, 2].map(|i| i32::from(data[i]));
        self.micro = i32::from(data[3]) << 16 | i32::from(data[4]) << 8 | i32::from(data[5]);
    }
}

/// The fields of a date, time or datetime.
pub fn of(vm: &Machine, this: Obj) -> Stamp {
    vm.heap.native::<Stamp>(this).copied().unwrap_or_default()
}

/// An instance of a class without calling anything; counts the zone.
pub fn raw(vm: &mut Machine, class: Obj, stamp: Stamp) -> Obj {
    vm.xincref(stamp.tz);
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(stamp))))
}

pub fn check_date(vm: &mut Machine, s: &Stamp) -> PyResult<()> {
    if !(1..=9999).contains(&s.year) {
        let year = s.year;
        return vm.value_error(&format!("year {year} is out of range"));
    }
    if !(1..=12).contains(&s.month) {
        return vm.value_error("month must be in 1..12");
    }
    if s.day < 1 || s.day > days_in_month(s.year, s.month) {
        return vm.value_error("day is out of range for month");
    }
    Ok(())
}

pub fn check_time(vm: &mut Machine, s: &Stamp) -> PyResult<()> {
    let parts = [
        ("hour", s.hour, 23),
        ("minute", s.minute, 59),
        ("second", s.second, 59),
        ("microsecond", s.micro, 999_999),
    ];
    for (name, value, most) in parts {
        if value < 0 || value > most {
            return vm.value_error(&format!("{name} must be in 0..{most}"));
        }
    }
    if s.fold != 0 && s.fold != 1 {
        return vm.value_error("fold must be either 0 or 1");
    }
    Ok(())
}

/// The zone argument: NULL for none; borrowed.
pub fn zone_argument(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if o.is_null() || o == vm.none {
        return Ok(NULL);
    }
    let tzinfo = vm.module_type(&zone::TZINFO_SPEC);
    if !vm.is_subtype(vm.heap.ty(o), tzinfo) {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "tzinfo argument must be None or of a tzinfo subclass, not type '{got}'"
        ));
    }
    Ok(o)
}

/// The date arguments; NULL ones keep what is there.
pub fn read_date(vm: &mut Machine, s: &mut Stamp, [year, month, day]: [Obj; 3]) -> PyResult<()> {
    s.year = int_or(vm, year, s.year)?;
    s.month = int_or(vm, month, s.month)?;
    s.day = int_or(vm, day, s.day)?;
    Ok(())
}

/// The time arguments: hour, minute, second, microsecond.
pub fn read_time(vm: &mut Machine, s: &mut Stamp, parts: [Obj; 4]) -> PyResult<()> {
    s.hour = int_or(vm, parts[0], s.hour)?;
    s.minute = int_or(vm, parts[1], s.minute)?;
    s.second = int_or(vm, parts[2], s.second)?;
    s.micro = int_or(vm, parts[3], s.micro)?;
    Ok(())
}

/// The bytes of a pickled state, if the first argument is one of that length: bytes, or text in latin-1.
pub fn pickled(vm: &Machine, o: Obj, len: usize) -> Option<Vec<u8>> {
    let data = match vm.heap.str(o) {
        Some(text) if text.points().all(|p| p < 256) => text.points().map(|p| p as u8).collect(),
        Some(_) => return None,
        None => vm.heap.bytes_of(o)?.data.to_vec(),
    };
    (data.len() == len).then_some(data)
}

/// One field as an int.
pub fn field(vm: &mut Machine, this: Obj, field: fn(&Stamp) -> i32) -> PyResult<Obj> {
    let value = field(&of(vm, this));
    Ok(vm.new_int(value.into()))
}

/// The zone, or None.
pub fn tz_object(vm: &mut Machine, s: &Stamp) -> Obj {
    let tz = s.tz.some().unwrap_or(vm.none);
    vm.new_ref(tz)
}
