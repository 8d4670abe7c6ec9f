//! Order and hashes of dates, times and datetimes.

use super::delta::{Delta, hash_of};
use super::stamp::{self, Stamp};
use super::{date, datetime, time, zone};
use crate::heap::Obj;
use crate::heap::payload::str::hash_bytes;
use crate::vm::slots::CmpOp;
use crate::vm::{Machine, PyResult};

pub fn is_date(vm: &Machine, o: Obj) -> bool {
    vm.is_subtype(vm.heap.ty(o), vm.module_type(&date::SPEC))
}

pub fn is_datetime(vm: &Machine, o: Obj) -> bool {
    vm.is_subtype(vm.heap.ty(o), vm.module_type(&datetime::SPEC))
}

pub fn is_time(vm: &Machine, o: Obj) -> bool {
    vm.is_subtype(vm.heap.ty(o), vm.module_type(&time::SPEC))
}

pub fn compare_dates(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_date(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let order = stamp::of(vm, this)
        .ordinal()
        .cmp(&stamp::of(vm, other).ordinal());
    Ok(vm.new_bool(op.test(order)))
}

pub fn compare_datetimes(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_datetime(vm, other) {
        if !is_date(vm, other) {
            return Ok(vm.new_not_implemented());
        }
        // A date is never the same as a moment, nor before or after one.
        return match op {
            CmpOp::Eq => Ok(vm.new_bool(false)),
            CmpOp::Ne => Ok(vm.new_bool(true)),
            _ => {
                let (a, b) = (vm.type_name(this), vm.type_name(other));
                vm.type_error(format!("can't compare {a} to {b}"))
            }
        };
    }
    let (a, b) = (stamp::of(vm, this), stamp::of(vm, other));
    let fields = |s: &Stamp| s.micros();
    compare_stamps(
        vm,
        [this, other],
        [this, other],
        [a, b],
        op,
        fields,
        "datetimes",
    )
}

pub fn compare_times(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_time(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b, none) = (stamp::of(vm, this), stamp::of(vm, other), vm.none);
    let fields = |s: &Stamp| i128::from(s.micros_of_day());
    compare_stamps(vm, [this, other], [none, none], [a, b], op, fields, "times")
}

/// In the same zone, or with the same offset, by the fields; else by what they are in UTC. `asked` is what zones are asked about.
fn compare_stamps(
    vm: &mut Machine,
    objects: [Obj; 2],
    asked: [Obj; 2],
    [a, b]: [Stamp; 2],
    op: CmpOp,
    fields: fn(&Stamp) -> i128,
    what: &str,
) -> PyResult<Obj> {
    if a.tz == b.tz {
        return Ok(vm.new_bool(op.test(fields(&a).cmp(&fields(&b)))));
    }
    let first = zone::ask_offset(vm, a.tz, "utcoffset", asked[0])?;
    let second = zone::ask_offset(vm, b.tz, "utcoffset", asked[1])?;
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    let shift = |d: Option<Delta>| d.unwrap_or_default().total();
    if first.is_some() != second.is_some() {
        return match op {
            CmpOp::Eq => Ok(vm.new_bool(false)),
            CmpOp::Ne => Ok(vm.new_bool(true)),
            _ => vm.type_error(format!(
                "can't compare offset-naive and offset-aware {what}"
            )),
        };
    }
    let order = (fields(&a) - shift(first)).cmp(&(fields(&b) - shift(second)));
    if equality && what == "datetimes" && order.is_eq() && first.is_some() {
        // A moment whose offset depends on `fold` equals none of another zone.
        let doubtful = depends_on_fold(vm, objects[0], a, first)?
            || depends_on_fold(vm, objects[1], b, second)?;
        if doubtful {
            return Ok(vm.new_bool(op == CmpOp::Ne));
        }
    }
    Ok(vm.new_bool(op.test(order)))
}

fn depends_on_fold(vm: &mut Machine, o: Obj, s: Stamp, offset: Option<Delta>) -> PyResult<bool> {
    let class = vm.heap.ty(o);
    let flipped = stamp::raw(
        vm,
        class,
        Stamp {
            fold: 1 - s.fold,
            ..s
        },
    );
    let other = vm.with_held(flipped, |vm, flipped| {
        zone::ask_offset(vm, s.tz, "utcoffset", flipped)
    })?;
    Ok(other != offset)
}

pub fn hash_date(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    Ok(hash_bytes(&stamp::of(vm, this).date_bytes()))
}

pub fn hash_datetime(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let s = stamp::of(vm, this);
    let offset = if s.fold == 0 {
        zone::ask_offset(vm, s.tz, "utcoffset", this)?
    } else {
        let class = vm.heap.ty(this);
        let first = stamp::raw(vm, class, Stamp { fold: 0, ..s });
        vm.with_held(first, |vm, first| {
            zone::ask_offset(vm, s.tz, "utcoffset", first)
        })?
    };
    Ok(match offset {
        Some(offset) => hash_of(Delta::from_total(s.micros() - offset.total())),
        None => {
            let mut data = s.date_bytes();
            data.extend(s.time_bytes());
            hash_bytes(&data)
        }
    })
}

pub fn hash_time(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let s = stamp::of(vm, this);
    let none = vm.none;
    Ok(match zone::ask_offset(vm, s.tz, "utcoffset", none)? {
        Some(offset) => hash_of(Delta::from_total(
            i128::from(s.micros_of_day()) - offset.total(),
        )),
        None => hash_bytes(&s.time_bytes()),
    })
}
