//! The exceptions of decimal arithmetic, and the mappings `flags` and `traps` of a context.

use super::number::*;
use super::{known, remember};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// A signal or a condition: name, the key under which the machine keeps its class, its bits.
pub struct Row {
    pub name: &'static str,
    key: &'static str,
    pub bits: u32,
}

const fn row(name: &'static str, key: &'static str, bits: u32) -> Row {
    Row { name, key, bits }
}

/// The signals, in the order of `flags` and `traps`.
pub static SIGNALS: [Row; 9] = [
    row("InvalidOperation", "decimal.InvalidOperation", ANY_INVALID),
    row("FloatOperation", "decimal.FloatOperation", FLOAT_OPERATION),
    row("DivisionByZero", "decimal.DivisionByZero", DIVISION_BY_ZERO),
    row("Overflow", "decimal.Overflow", OVERFLOW),
    row("Underflow", "decimal.Underflow", UNDERFLOW),
    row("Subnormal", "decimal.Subnormal", SUBNORMAL),
    row("Inexact", "decimal.Inexact", INEXACT),
    row("Rounded", "decimal.Rounded", ROUNDED),
    row("Clamped", "decimal.Clamped", CLAMPED),
];

/// What makes an operation invalid.
static CONDITIONS: [Row; 5] = [
    row(
        "InvalidOperation",
        "decimal.InvalidOperation",
        INVALID_OPERATION,
    ),
    row(
        "ConversionSyntax",
        "decimal.ConversionSyntax",
        CONVERSION_SYNTAX,
    ),
    row(
        "DivisionImpossible",
        "decimal.DivisionImpossible",
        DIVISION_IMPOSSIBLE,
    ),
    row(
        "DivisionUndefined",
        "decimal.DivisionUndefined",
        DIVISION_UNDEFINED,
    ),
    row("InvalidContext", "decimal.InvalidContext", INVALID_CONTEXT),
];

const BASE: &str = "decimal.DecimalException";
const SIGNAL_DICT: &str = "decimal.SignalDict";

/// Classes in the order of making: name, key, bases by name.
static CLASSES: [(&str, &str, &[&str]); 14] = [
    ("DecimalException", BASE, &["ArithmeticError"]),
    ("Clamped", "decimal.Clamped", &[BASE]),
    ("Rounded", "decimal.Rounded", &[BASE]),
    ("Inexact", "decimal.Inexact", &[BASE]),
    ("Subnormal", "decimal.Subnormal", &[BASE]),
    (
        "Underflow",
        "decimal.Underflow",
        &["decimal.Inexact", "decimal.Rounded", "decimal.Subnormal"],
    ),
    (
        "Overflow",
        "decimal.Overflow",
        &["decimal.Inexact", "decimal.Rounded"],
    ),
    (
        "DivisionByZero",
        "decimal.DivisionByZero",
        &[BASE, "ZeroDivisionError"],
    ),
    (
        "FloatOperation",
        "decimal.FloatOperation",
        &[BASE, "TypeError"],
    ),
    ("InvalidOperation", "decimal.InvalidOperation", &[BASE]),
    (
        "ConversionSyntax",
        "decimal.ConversionSyntax",
        &["decimal.InvalidOperation"],
    ),
    (
        "DivisionImpossible",
        "decimal.DivisionImpossible",
        &["decimal.InvalidOperation"],
    ),
    (
        "DivisionUndefined",
        "decimal.DivisionUndefined",
        &["decimal.InvalidOperation", "ZeroDivisionError"],
    ),
    (
        "InvalidContext",
        "decimal.InvalidContext",
        &["decimal.InvalidOperation"],
    ),
];

pub fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    for (name, key, bases) in &CLASSES {
        // Imported again, the module is what it was.
        if known(vm, key).is_null() {
            let class = make_exception(vm, name, bases)?;
            remember(vm, key, class);
        }
        let class = known(vm, key);
        vm.dict_set_name(dict, name, class);
    }
    if !known(vm, SIGNAL_DICT).is_null() {
        return Ok(());
    }
    let object = vm.types.object;
    let mixin = vm.make_module_type(&SPEC, object);
    let abc = vm.import_module("collections.abc")?;
    let class = vm.with_held(abc, |vm, abc| {
        let mapping = vm.get_attr_str(abc, "MutableMapping")?;
        vm.with_held(mapping, |vm, mapping| {
            let meta = vm.heap.ty(mapping);
            call_meta(vm, meta, "SignalDict", &[mixin, mapping], None)
        })
    })?;
    remember(vm, SIGNAL_DICT, class);
    Ok(())
}

/// `meta(name, bases, namespace)`
fn call_meta(
    vm: &mut Machine,
    meta: Obj,
    name: &str,
    bases: &[Obj],
    module: Option<&str>,
) -> PyResult<Obj> {
    let mark = vm.mark();
    let namespace = vm.new_dict();
    vm.hold(namespace);
    if let Some(module) = module {
        let module = vm.new_str(module);
        vm.dict_set_name(namespace, "__module__", module);
        vm.decref(module);
    }
    let name = vm.new_str(name);
    vm.hold(name);
    let bases = vm.new_tuple_of(bases);
    vm.hold(bases);
    let class = vm.call(meta, &[name, bases, namespace]);
    vm.releasing(mark, class)
}

fn make_exception(vm: &mut Machine, name: &str, bases: &[&str]) -> PyResult<Obj> {
    let mut classes = Vec::new();
    for base in bases {
        let class = match *base {
            "ArithmeticError" => vm.types.arithmetic_error,
            "ZeroDivisionError" => vm.types.zero_division_error,
            "TypeError" => vm.types.type_error,
            key => vm.module_state.get(key).copied().unwrap_or(NULL),
        };
        classes.push(class);
    }
    let meta = vm.types.type_;
    call_meta(vm, meta, name, &classes, Some("decimal"))
}

/// Adds conditions to a context's flags; raises the first signal that is trapped (`dec_addstatus`).
pub fn signal(vm: &mut Machine, context: Obj, status: u32) -> PyResult<()> {
    if status == 0 {
        return Ok(());
    }
    let (flags, traps) = super::context::signal_dicts(vm, context);
    *bits_mut(vm, flags) |= status & !NO_MEMORY;
    if status & NO_MEMORY != 0 {
        return vm.raise_bare(vm.types.memory_error);
    }
    let trapped = status & bits(vm, traps);
    if trapped == 0 {
        return Ok(());
    }
    let classes: Vec<Obj> = CONDITIONS
        .iter()
        .chain(&SIGNALS[1..])
        .filter(|row| row.bits & trapped != 0)
        .map(|row| known(vm, row.key))
        .collect();
    let class = SIGNALS
        .iter()
        .find(|row| row.bits & trapped != 0)
        .map_or(NULL, |row| known(vm, row.key));
    for class in &classes {
        vm.incref(*class);
    }
    let list = vm.new_list(classes);
    let raised = vm.raise_args(class, list);
    vm.drop_keeping_exception(list);
    raised
}

/// Classes of the signals in some bits, as a list.
pub fn list_of(vm: &mut Machine, bits: u32) -> Obj {
    let classes: Vec<Obj> = SIGNALS
        .iter()
        .filter(|row| row.bits & bits != 0)
        .map(|row| known(vm, row.key))
        .collect();
    for class in &classes {
        vm.incref(*class);
    }
    vm.new_list(classes)
}

/// Names of the signals in some bits, in the order in which a context's `repr` has them.
pub fn names_of(bits: u32) -> String {
    let mut rows: Vec<&Row> = SIGNALS.iter().filter(|row| row.bits & bits != 0).collect();
    rows.sort_by_key(|row| row.bits.trailing_zeros());
    let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    names.join(", ")
}

/// `flags` or `traps`.
#[derive(Clone)]
pub struct Signals {
    bits: u32,
}

impl Native for Signals {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    gc: false,
    base_type: true,
    methods: &[Method::new("copy", Arity::NoArgs, copy)],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| Ok(make_of(vm, class, 0)));
        s.tp_init = Some(|_, _, _| Ok(()));
        s.tp_repr = Some(repr);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
        s.tp_richcompare = Some(richcompare);
        s.tp_iter = Some(iter);
        s.mp_length = Some(|_, _| Ok(SIGNALS.len()));
        s.mp_subscript = Some(get);
        s.mp_ass_subscript = Some(set);
    },
    ..TypeSpec::new("decimal.SignalDictMixin")
};

fn make_of(vm: &mut Machine, class: Obj, bits: u32) -> Obj {
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Signals { bits }))))
}

/// A new mapping, owned.
pub fn make(vm: &mut Machine, bits: u32) -> Obj {
    let class = known(vm, SIGNAL_DICT);
    make_of(vm, class, bits)
}

pub fn bits(vm: &Machine, o: Obj) -> u32 {
    vm.heap.native::<Signals>(o).map_or(0, |s| s.bits)
}

pub fn bits_mut(vm: &mut Machine, o: Obj) -> &mut u32 {
    &mut vm
        .heap
        .native_mut::<Signals>(o)
        .expect("a context's flags and traps are such mappings")
        .bits
}

/// The bits of a signal's class; KeyError for anything else.
fn bits_of_class(vm: &mut Machine, class: Obj) -> PyResult<u32> {
    for row in &SIGNALS {
        if known(vm, row.key) == class {
            return Ok(row.bits);
        }
    }
    vm.raise(
        vm.types.key_error,
        "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, \
         Inexact, Rounded,\n   Clamped]"
            .to_string(),
    )
}

/// The bits of a list of signals.
pub fn bits_of_list(vm: &mut Machine, list: Obj) -> PyResult<u32> {
    let items = vm.heap.list(list).cloned().unwrap_or_default();
    let mut bits = 0;
    for item in items {
        bits |= bits_of_class(vm, item)?;
    }
    Ok(bits)
}

/// The bits of a mapping of all signals to truth values.
pub fn bits_of_mapping(vm: &mut Machine, o: Obj) -> PyResult<u32> {
    if let Some(signals) = vm.heap.native::<Signals>(o) {
        return Ok(signals.bits);
    }
    if !vm.heap.is_dict(o) {
        return vm.type_error("argument must be a signal dict".to_string());
    }
    let items = vm.heap.dict_items(o);
    if items.len() != SIGNALS.len() {
        return vm.raise(vm.types.key_error, "invalid signal dict".to_string());
    }
    let mut bits = 0;
    for (key, value) in items {
        let signal = bits_of_class(vm, key)?;
        if vm.is_true(value)? {
            bits |= signal;
        }
    }
    Ok(bits)
}

fn get(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let signal = bits_of_class(vm, key)?;
    let set = bits(vm, this) & signal != 0;
    Ok(vm.new_bool(set))
}

fn set(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.value_error("signal keys cannot be deleted");
    }
    let signal = bits_of_class(vm, key)?;
    let on = vm.is_true(value)?;
    let bits = bits_mut(vm, this);
    *bits = if on { *bits | signal } else { *bits & !signal };
    Ok(())
}

fn iter(vm: &mut Machine, _: Obj) -> PyResult<Obj> {
    let classes: Vec<Obj> = SIGNALS.iter().map(|row| known(vm, row.key)).collect();
    let tuple = vm.new_tuple_of(&classes);
    vm.with_held(tuple, |vm, tuple| vm.get_iter(tuple))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let bits = bits(vm, this);
    let shown: Vec<String> = SIGNALS
        .iter()
        .map(|row| {
            let set = if row.bits & bits != 0 {
                "True"
            } else {
                "False"
            };
            format!("<class 'decimal.{}'>:{set}", row.name)
        })
        .collect();
    Ok(vm.new_string(format!("{{{}}}", shown.join(", "))))
}

fn copy(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let bits = bits(vm, this);
    let dict = vm.new_dict();
    vm.with_held(dict, |vm, dict| {
        for row in &SIGNALS {
            let (class, value) = (known(vm, row.key), row.bits & bits != 0);
            let value = if value { vm.true_ } else { vm.false_ };
            vm.dict_set(dict, class, value)?;
        }
        Ok(vm.new_ref(dict))
    })
}

fn richcompare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let is_signals = vm.heap.native::<Signals>(other).is_some();
    if !is_signals && !vm.heap.is_dict(other) {
        return Ok(vm.new_not_implemented());
    }
    let other = match bits_of_mapping(vm, other) {
        Ok(bits) => Some(bits),
        Err(_) if vm.pending_matches(vm.types.key_error) => {
            vm.clear_exception();
            None
        }
        Err(thrown) => return Err(thrown),
    };
    let equal = other == Some(bits(vm, this));
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}
