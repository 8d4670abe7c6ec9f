//! `tzinfo`, `timezone`, and asking a zone.

use super::delta::{self, Delta, is_delta, is_too_wide};
use super::stamp::{self, Stamp};
use super::{datetime, utc};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// A fixed offset, and a name or NULL.
#[derive(Clone)]
pub struct Zone {
    offset: Obj,
    name: Obj,
}

impl Native for Zone {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("offset"), self.offset);
        f(Edge::Field("name"), self.name);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.offset, &mut self.name]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static TZINFO_SPEC: TypeSpec = TypeSpec {
    doc: "Abstract base class for time zone info objects.",
    gc: false,
    base_type: true,
    methods: &[
        Method::new("tzname", Arity::One, |vm, _, _| {
            abstract_method(vm, "tzname")
        })
        .doc("datetime -> string name of time zone."),
        Method::new("utcoffset", Arity::One, |vm, _, _| {
            abstract_method(vm, "utcoffset")
        })
        .doc(
            "datetime -> timedelta showing offset from UTC, negative values indicating West of UTC",
        ),
        Method::new("dst", Arity::One, |vm, _, _| abstract_method(vm, "dst"))
            .doc("datetime -> DST offset as timedelta positive east of UTC."),
        Method::new("fromutc", Arity::One, |vm, this, args| {
            tzinfo_fromutc(vm, this, args.get(vm, 0))
        })
        .doc("datetime in UTC -> datetime in local time."),
        Method::new("__reduce__", Arity::NoArgs, tzinfo_reduce).doc("-> (cls, state)"),
    ],
    slots: |s| s.tp_new = Some(|vm, class, _| Ok(vm.alloc_instance(class, Payload::Object))),
    ..TypeSpec::new("datetime.tzinfo")
};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Fixed offset from UTC implementation of tzinfo.",
    gc: false,
    methods: &[
        Method::new("tzname", Arity::One, |vm, this, args| {
            check_moment(vm, args.get(vm, 0), "tzname")?;
            name_text(vm, this)
        })
        .doc("If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'."),
        Method::new("utcoffset", Arity::One, |vm, this, args| {
            check_moment(vm, args.get(vm, 0), "utcoffset")?;
            let offset = zone(vm, this).offset;
            Ok(vm.new_ref(offset))
        })
        .doc("Return fixed offset."),
        Method::new("dst", Arity::One, |vm, _, args| {
            check_moment(vm, args.get(vm, 0), "dst")?;
            Ok(vm.new_none())
        })
        .doc("Return None."),
        Method::new("fromutc", Arity::One, |vm, this, args| {
            let moment = args.get(vm, 0);
            let s = check_own(vm, this, moment)?;
            let offset = delta::of(vm, zone(vm, this).offset);
            datetime::shifted(vm, vm.heap.ty(moment), s, offset.total())
        })
        .doc("datetime in UTC -> datetime in local time."),
        Method::new("__getinitargs__", Arity::NoArgs, |vm, this, _| {
            let Zone { offset, name } = zone(vm, this);
            let mut args = vec![offset];
            args.extend(name.some());
            Ok(vm.new_tuple_of(&args))
        })
        .doc("pickle support"),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_str = Some(name_text);
        s.tp_hash = Some(|vm, this| Ok(delta::hash_of(delta::of(vm, zone(vm, this).offset))));
        s.tp_richcompare = Some(compare);
    },
    ..TypeSpec::new("datetime.timezone")
};

fn zone(vm: &Machine, this: Obj) -> Zone {
    vm.heap
        .native::<Zone>(this)
        .cloned()
        .expect("checked by the type")
}

fn abstract_method(vm: &mut Machine, name: &str) -> PyResult<Obj> {
    vm.raise(
        vm.types.not_implemented_error,
        format!("a tzinfo subclass must implement {name}()"),
    )
}

/// A timezone of an offset that is in range; takes the name over (NULL: none).
pub fn raw(vm: &mut Machine, name: Obj, offset: Delta) -> Obj {
    let offset = delta::raw(vm, offset.days, offset.seconds, offset.micros);
    let class = vm.module_type(&SPEC);
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Zone { offset, name }))),
    )
}

/// A timezone of an offset without a name; zero is the one UTC.
pub fn of_offset(vm: &mut Machine, offset: Delta) -> PyResult<Obj> {
    if offset == Delta::default() {
        let utc = utc(vm);
        return Ok(vm.new_ref(utc));
    }
    check_offset(vm, offset)?;
    Ok(raw(vm, NULL, offset))
}

fn check_offset(vm: &mut Machine, offset: Delta) -> PyResult<()> {
    if !is_too_wide(offset) {
        return Ok(());
    }
    let shown = delta::raw(vm, offset.days, offset.seconds, offset.micros);
    let shown = vm.with_held(shown, |vm, o| vm.repr_text(o))?;
    vm.value_error(&format!(
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {shown}."
    ))
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [offset, name] = vm.unpack("timezone", args, &[req("offset"), opt("name")])?;
    if !is_delta(vm, offset) {
        let got = vm.type_name(offset);
        return vm.type_error(format!(
            "timezone() argument 1 must be datetime.timedelta, not {got}"
        ));
    }
    if !name.is_null() && vm.heap.str(name).is_none() {
        let got = vm.type_name(name);
        return vm.type_error(format!("timezone() argument 2 must be str, not {got}"));
    }
    let width = delta::of(vm, offset);
    if name.is_null() && width == Delta::default() {
        let utc = utc(vm);
        return Ok(vm.new_ref(utc));
    }
    check_offset(vm, width)?;
    vm.incref(offset);
    vm.xincref(name);
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Zone { offset, name }))),
    ))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if this == utc(vm) {
        return Ok(vm.new_str("datetime.timezone.utc"));
    }
    let Zone { offset, name } = zone(vm, this);
    let mut text = format!("{}({}", vm.type_name(this), vm.repr_text(offset)?);
    if !name.is_null() {
        text = format!("{text}, {}", vm.repr_text(name)?);
    }
    Ok(vm.new_string(text + ")"))
}

fn name_text(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Zone { offset, name } = zone(vm, this);
    if !name.is_null() {
        return Ok(vm.new_ref(name));
    }
    let width = delta::of(vm, offset);
    if this == utc(vm) || width == Delta::default() {
        return Ok(vm.new_str("UTC"));
    }
    let text = super::text::offset_text(width, ":");
    Ok(vm.new_string(format!("UTC{text}")))
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) || vm.heap.native::<Zone>(other).is_none() {
        return Ok(vm.new_not_implemented());
    }
    let same = delta::of(vm, zone(vm, this).offset) == delta::of(vm, zone(vm, other).offset);
    Ok(vm.new_bool(same == (op == CmpOp::Eq)))
}

fn is_datetime(vm: &Machine, o: Obj) -> bool {
    vm.is_subtype(vm.heap.ty(o), vm.module_type(&datetime::SPEC))
}

fn check_moment(vm: &mut Machine, o: Obj, name: &str) -> PyResult<()> {
    if o == vm.none || is_datetime(vm, o) {
        return Ok(());
    }
    let got = vm.type_name(o);
    vm.type_error(format!(
        "{name}(dt) argument must be a datetime instance or None, not {got}"
    ))
}

/// The fields of a datetime that must be in this zone.
fn check_own(vm: &mut Machine, this: Obj, moment: Obj) -> PyResult<Stamp> {
    if !is_datetime(vm, moment) {
        return vm.type_error("fromutc: argument must be a datetime".to_string());
    }
    let s = stamp::of(vm, moment);
    if s.tz != this {
        return vm.value_error("fromutc: dt.tzinfo is not self");
    }
    Ok(s)
}

/// By the offset and the daylight saving that the zone names for the moment.
fn tzinfo_fromutc(vm: &mut Machine, this: Obj, moment: Obj) -> PyResult<Obj> {
    let s = check_own(vm, this, moment)?;
    let Some(offset) = ask_offset(vm, this, "utcoffset", moment)? else {
        return vm.value_error("fromutc: non-None utcoffset() result required");
    };
    let Some(saving) = ask_offset(vm, this, "dst", moment)? else {
        return vm.value_error("fromutc: non-None dst() result required");
    };
    let standard = offset.total() - saving.total();
    let class = vm.heap.ty(moment);
    let shifted = datetime::shifted(vm, class, s, standard)?;
    let answer = vm.with_held(shifted, |vm, shifted| {
        ask_offset(vm, this, "dst", shifted).map(|d| (d, stamp::of(vm, shifted)))
    })?;
    match answer {
        (Some(saving), s) => datetime::shifted(vm, class, Stamp { tz: this, ..s }, saving.total()),
        (None, _) => vm.value_error("fromutc: tz.dst() gave inconsistent results; cannot convert"),
    }
}

/// `(class, init args[, state])`
fn tzinfo_reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let mark = vm.mark();
    let args = match vm.lookup_attr_str(this, "__getinitargs__")? {
        Some(get) => vm.call_and_drop(get, &[])?,
        None => vm.new_tuple(Vec::new()),
    };
    vm.hold(args);
    let state = match vm.lookup_attr(this, vm.names.__getstate__) {
        Ok(Some(get)) => vm.call_and_drop(get, &[]),
        Ok(None) => {
            let dict = vm.heap.dict_of(this);
            let empty = dict.is_null() || vm.heap.dict_len(dict) == 0;
            Ok(if empty { NULL } else { vm.new_ref(dict) })
        }
        Err(thrown) => Err(thrown),
    };
    let state = match state {
        Ok(state) => state,
        Err(thrown) => return vm.releasing(mark, Err(thrown)),
    };
    let args = vm.unhold();
    let class = vm.new_ref(vm.heap.ty(this));
    let mut parts = vec![class, args];
    parts.extend(state.some());
    Ok(vm.new_tuple(parts))
}

/// A method called through its bound method, the argument in a tuple (`PyObject_CallMethod` with the format `(O)`).
fn call_with_tuple(vm: &mut Machine, this: Obj, name: &str, argument: Obj) -> PyResult<Obj> {
    let tuple = vm.new_tuple_of(&[argument]);
    vm.with_held(tuple, |vm, _| vm.call_bound_method(this, name, &[argument]))
}

/// `tz.utcoffset(moment)` or `tz.dst(moment)`, checked; `None` if the zone is NULL or says None.
pub fn ask_offset(vm: &mut Machine, tz: Obj, name: &str, moment: Obj) -> PyResult<Option<Delta>> {
    if tz.is_null() {
        return Ok(None);
    }
    let answer = call_with_tuple(vm, tz, name, moment)?;
    vm.with_held(answer, |vm, answer| {
        if answer == vm.none {
            return Ok(None);
        }
        if !is_delta(vm, answer) {
            let got = vm.type_name(answer);
            return vm.type_error(format!("tzinfo.{name}() must return None or timedelta, not '{got}'"));
        }
        let width = delta::of(vm, answer);
        if is_too_wide(width) {
            return vm.value_error(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).",
            );
        }
        Ok(Some(width))
    })
}

/// The same as an object: a timedelta or None.
pub fn offset_object(vm: &mut Machine, tz: Obj, name: &str, moment: Obj) -> PyResult<Obj> {
    match ask_offset(vm, tz, name, moment)? {
        Some(d) => Ok(delta::raw(vm, d.days, d.seconds, d.micros)),
        None => Ok(vm.new_none()),
    }
}

/// `tz.tzname(moment)`, checked; None if the zone is NULL.
pub fn name_object(vm: &mut Machine, tz: Obj, moment: Obj) -> PyResult<Obj> {
    if tz.is_null() {
        return Ok(vm.new_none());
    }
    let answer = vm.call_method(tz, "tzname", &[moment])?;
    if answer == vm.none || vm.heap.str(answer).is_some() {
        return Ok(answer);
    }
    let got = vm.type_name(answer);
    vm.decref(answer);
    vm.type_error(format!(
        "tzinfo.tzname() must return None or a string, not '{got}'"
    ))
}

/// The zone that the machine is in: UTC by its name; owned.
pub fn local(vm: &mut Machine) -> Obj {
    let name = vm.new_str("UTC");
    raw(vm, name, Delta::default())
}
