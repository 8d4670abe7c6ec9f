//! `Context`: precision, range, rounding, flags and traps; and the current one.

use super::super::contextvars;
use super::number::*;
use super::signals::{self, bits, bits_mut, bits_of_list, bits_of_mapping, list_of, names_of};
use super::{context_methods, known, remember};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "A context says how results are rounded, how large they may be, and which signals raise exceptions.\n",
    gc: false,
    base_type: true,
    methods: context_methods::METHODS,
    getset: GETSET,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init_args);
        s.tp_repr = Some(repr);
        s.tp_getattro = Some(getattro);
        s.tp_setattro = Some(setattro);
    },
    ..TypeSpec::new("decimal.Context")
};

#[derive(Clone)]
struct Context {
    ctx: Ctx,
    traps: Obj,
    flags: Obj,
}

impl Native for Context {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("traps"), self.traps);
        f(Edge::Field("flags"), self.flags);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.traps, NULL),
            std::mem::replace(&mut self.flags, NULL),
        ]
    }
    native_boilerplate!();
}

/// The variable of `contextvars` that holds the current context.
const VARIABLE: &str = "decimal.context_variable";
const DEFAULT: &str = "decimal.DefaultContext";
const BASIC: &str = "decimal.BasicContext";
const EXTENDED: &str = "decimal.ExtendedContext";

const TEMPLATE: Ctx = Ctx {
    prec: 28,
    emax: 999_999,
    emin: -999_999,
    rounding: Rounding::HalfEven,
    capitals: true,
    clamp: false,
};
const USUAL_TRAPS: u32 = ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW;

/// The templates.
pub fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let class = vm.module_type(&SPEC);
    let basic = Ctx {
        prec: 9,
        rounding: Rounding::HalfUp,
        ..TEMPLATE
    };
    let extended = Ctx {
        prec: 9,
        ..TEMPLATE
    };
    let rows = [
        ("DefaultContext", DEFAULT, TEMPLATE, USUAL_TRAPS),
        (
            "BasicContext",
            BASIC,
            basic,
            USUAL_TRAPS | UNDERFLOW | CLAMPED,
        ),
        ("ExtendedContext", EXTENDED, extended, 0),
    ];
    for (name, key, ctx, traps) in rows {
        if known(vm, key).is_null() {
            let context = make(vm, class, ctx, traps, 0);
            remember(vm, key, context);
        }
        let context = known(vm, key);
        vm.dict_set_name(dict, name, context);
    }
    Ok(())
}

fn make(vm: &mut Machine, class: Obj, ctx: Ctx, traps: u32, flags: u32) -> Obj {
    let (traps, flags) = (signals::make(vm, traps), signals::make(vm, flags));
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Context { ctx, traps, flags }))),
    )
}

pub fn is_context(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Context>(o).is_some()
}

/// The values of a context object.
pub fn values(vm: &Machine, context: Obj) -> Ctx {
    vm.heap
        .native::<Context>(context)
        .map_or(TEMPLATE, |c| c.ctx)
}

fn values_mut(vm: &mut Machine, context: Obj) -> &mut Ctx {
    &mut vm
        .heap
        .native_mut::<Context>(context)
        .expect("checked by the type")
        .ctx
}

/// Flags and traps, borrowed.
pub fn signal_dicts(vm: &Machine, context: Obj) -> (Obj, Obj) {
    vm.heap
        .native::<Context>(context)
        .map_or((NULL, NULL), |c| (c.flags, c.traps))
}

/// The variable, borrowed.
fn variable(vm: &mut Machine) -> Obj {
    let made = known(vm, VARIABLE);
    if !made.is_null() {
        return made;
    }
    let made = contextvars::var::named(vm, "decimal_context");
    remember(vm, VARIABLE, made);
    made
}

/// Sets it in the current context of `contextvars`; takes the reference over.
fn put(vm: &mut Machine, context: Obj) {
    let variable = variable(vm);
    let holder = contextvars::context::current(vm);
    vm.hold(context);
    contextvars::context::set_value(vm, holder, variable, context);
    let context = vm.unhold();
    vm.decref(context);
}

/// The current context, borrowed; made on the first use.
pub fn current(vm: &mut Machine) -> Obj {
    let variable = variable(vm);
    let context = contextvars::context::current_value(vm, variable);
    if !context.is_null() {
        return context;
    }
    let template = known(vm, DEFAULT);
    let fresh = copy_of(vm, template, true);
    put(vm, fresh);
    fresh
}

/// A copy, owned; with no flags set if it is `fresh`.
pub fn copy_of(vm: &mut Machine, context: Obj, fresh: bool) -> Obj {
    let class = vm.module_type(&SPEC);
    let (flags, traps) = signal_dicts(vm, context);
    let flags = if fresh { 0 } else { bits(vm, flags) };
    let (ctx, traps) = (values(vm, context), bits(vm, traps));
    make(vm, class, ctx, traps, flags)
}

/// An argument that may be a context; the current one if it is missing or None. Borrowed.
pub fn optional(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if o.is_null() || o == vm.none {
        return Ok(current(vm));
    }
    if !is_context(vm, o) {
        return vm.type_error("optional argument must be a context".to_string());
    }
    Ok(o)
}

pub fn getcontext(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let context = current(vm);
    Ok(vm.new_ref(context))
}

/// Makes a context the current one; of a template, a copy.
pub fn set_current(vm: &mut Machine, context: Obj) {
    let template = [DEFAULT, BASIC, EXTENDED]
        .iter()
        .any(|key| known(vm, key) == context);
    let own = if template {
        copy_of(vm, context, true)
    } else {
        vm.new_ref(context)
    };
    put(vm, own);
}

pub fn setcontext(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let context = args.get(vm, 0);
    if !is_context(vm, context) {
        return vm.type_error("argument must be a context".to_string());
    }
    set_current(vm, context);
    Ok(vm.new_none())
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let template = known(vm, DEFAULT);
    if template.is_null() {
        return Ok(make(vm, class, TEMPLATE, USUAL_TRAPS, 0));
    }
    let (_, traps) = signal_dicts(vm, template);
    let (ctx, traps) = (values(vm, template), bits(vm, traps));
    Ok(make(vm, class, ctx, traps, 0))
}

fn init_args(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let names = [
        "prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps",
    ];
    let given = super::convert::keywords(vm, args, &names, 0)?;
    let setters: [crate::vm::native::SetFn; 8] = [
        set_prec,
        set_rounding,
        set_emin,
        set_emax,
        set_capitals,
        set_clamp,
        set_flags,
        set_traps,
    ];
    // Traps come before flags, as in CPython: the first wrong one tells.
    for i in [0, 1, 2, 3, 4, 5, 7, 6] {
        if !given[i].is_null() && given[i] != vm.none {
            setters[i](vm, this, given[i])?;
        }
    }
    Ok(())
}

static GETSET: &[GetSet] = &[
    GetSet::rw("prec", |vm, this| number(vm, this, |c| c.prec), set_prec),
    GetSet::rw("Emax", |vm, this| number(vm, this, |c| c.emax), set_emax),
    GetSet::rw("Emin", |vm, this| number(vm, this, |c| c.emin), set_emin),
    GetSet::rw("rounding", get_rounding, set_rounding),
    GetSet::rw(
        "capitals",
        |vm, this| number(vm, this, |c| i64::from(c.capitals)),
        set_capitals,
    ),
    GetSet::rw(
        "clamp",
        |vm, this| number(vm, this, |c| i64::from(c.clamp)),
        set_clamp,
    ),
];

fn number(vm: &mut Machine, this: Obj, get: fn(&Ctx) -> i64) -> PyResult<Obj> {
    let value = get(&values(vm, this));
    Ok(vm.new_int(value))
}

fn get_rounding(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = values(vm, this).rounding.name();
    Ok(vm.intern(name))
}

fn undeletable(vm: &mut Machine, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.raise(
            vm.types.attribute_error,
            "context attributes cannot be deleted".to_string(),
        );
    }
    Ok(())
}

/// An int in a range (`PyLong_AsSsize_t`, then the check).
fn ranged(vm: &mut Machine, value: Obj, low: i64, high: i64, message: &str) -> PyResult<i64> {
    undeletable(vm, value)?;
    if !vm.is_int(value) {
        return vm.type_error("an integer is required".to_string());
    }
    let Some(number) = vm.as_i64(value) else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        );
    };
    if !(low..=high).contains(&number) {
        return vm.value_error(message);
    }
    Ok(number)
}

fn set_prec(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let prec = ranged(
        vm,
        value,
        1,
        MAX_PREC,
        "valid range for prec is [1, MAX_PREC]",
    )?;
    values_mut(vm, this).prec = prec;
    Ok(())
}

fn set_emin(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let emin = ranged(
        vm,
        value,
        MIN_EMIN,
        0,
        "valid range for Emin is [MIN_EMIN, 0]",
    )?;
    values_mut(vm, this).emin = emin;
    Ok(())
}

fn set_emax(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let emax = ranged(
        vm,
        value,
        0,
        MAX_EMAX,
        "valid range for Emax is [0, MAX_EMAX]",
    )?;
    values_mut(vm, this).emax = emax;
    Ok(())
}

fn set_capitals(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let capitals = ranged(vm, value, 0, 1, "valid values for capitals are 0 or 1")?;
    values_mut(vm, this).capitals = capitals == 1;
    Ok(())
}

fn set_clamp(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let clamp = ranged(vm, value, 0, 1, "valid values for clamp are 0 or 1")?;
    values_mut(vm, this).clamp = clamp == 1;
    Ok(())
}

/// A way of rounding by its name.
pub fn rounding_of(vm: &mut Machine, o: Obj) -> PyResult<Rounding> {
    let found = vm
        .heap
        .str(o)
        .map(|s| s.lossy())
        .and_then(|name| ROUNDINGS.iter().find(|row| row.0 == name).map(|row| row.1));
    match found {
        Some(rounding) => Ok(rounding),
        None => vm.type_error(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, \
             ROUND_HALF_EVEN,\n   ROUND_05UP]"
                .to_string(),
        ),
    }
}

fn set_rounding(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    undeletable(vm, value)?;
    let rounding = rounding_of(vm, value)?;
    values_mut(vm, this).rounding = rounding;
    Ok(())
}

/// Signals of a list, for the constructor, or of a mapping.
fn signals_of(vm: &mut Machine, value: Obj) -> PyResult<u32> {
    if vm.heap.list(value).is_some() {
        return bits_of_list(vm, value);
    }
    bits_of_mapping(vm, value)
}

fn set_flags(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let signals = signals_of(vm, value)?;
    let (flags, _) = signal_dicts(vm, this);
    *bits_mut(vm, flags) = signals;
    Ok(())
}

fn set_traps(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let signals = signals_of(vm, value)?;
    let (_, traps) = signal_dicts(vm, this);
    *bits_mut(vm, traps) = signals;
    Ok(())
}

/// `flags` and `traps` are no descriptors of the type.
fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let (flags, traps) = signal_dicts(vm, this);
    match vm.text(name).as_str() {
        "flags" => Ok(vm.new_ref(flags)),
        "traps" => Ok(vm.new_ref(traps)),
        _ => vm.generic_getattr(this, name),
    }
}

fn setattro(vm: &mut Machine, this: Obj, name: Obj, value: Obj) -> PyResult<()> {
    let set = match vm.text(name).as_str() {
        "flags" => set_flags,
        "traps" => set_traps,
        _ => return crate::vm::attribute_set::generic_setattr(vm, this, name, value),
    };
    undeletable(vm, value)?;
    if vm.heap.list(value).is_some() {
        return vm.type_error("argument must be a signal dict".to_string());
    }
    set(vm, this, value)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (flags, traps) = signal_dicts(vm, this);
    let ctx = values(vm, this);
    let text = format!(
        "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags=[{}], traps=[{}])",
        ctx.prec,
        ctx.rounding.name(),
        ctx.emin,
        ctx.emax,
        u8::from(ctx.capitals),
        u8::from(ctx.clamp),
        names_of(bits(vm, flags)),
        names_of(bits(vm, traps))
    );
    Ok(vm.new_string(text))
}

pub fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (flags, traps) = signal_dicts(vm, this);
    let (flags, traps) = (bits(vm, flags), bits(vm, traps));
    let ctx = values(vm, this);
    let items = vec![
        vm.new_int(ctx.prec),
        vm.intern(ctx.rounding.name()),
        vm.new_int(ctx.emin),
        vm.new_int(ctx.emax),
        vm.new_int(i64::from(ctx.capitals)),
        vm.new_int(i64::from(ctx.clamp)),
        list_of(vm, flags),
        list_of(vm, traps),
    ];
    let args = vm.new_tuple(items);
    let class = vm.heap.ty(this);
    let class = vm.new_ref(class);
    Ok(vm.new_tuple(vec![class, args]))
}

pub fn clear_flags(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (flags, _) = signal_dicts(vm, this);
    *bits_mut(vm, flags) = 0;
    Ok(vm.new_none())
}

pub fn clear_traps(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (_, traps) = signal_dicts(vm, this);
    *bits_mut(vm, traps) = 0;
    Ok(vm.new_none())
}
