//! `contextvars.Context`.

use super::{hamt, var};
use crate::heap::payload::Native;
use crate::heap::{Edge, Kept, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// Where the thread's current context is kept (`tstate->context`); nothing until it is first needed.
const CURRENT: &str = "contextvars.current";

#[derive(Clone)]
struct Context {
    /// The context that was current when this one was entered.
    previous: Obj,
    vars: Obj,
    entered: bool,
}

impl Native for Context {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("prev"), self.previous);
        f(Edge::Field("vars"), self.vars);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.previous, NULL),
            std::mem::replace(&mut self.vars, NULL),
        ]
    }
    fn free_list(&self) -> Option<Kept> {
        Some(Kept::Context)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    methods: &[
        Method::new("run", Arity::Keywords, run),
        Method::new("get", Arity::Positional(1, 2), get)
            .doc("get($self, key, default=None, /)\n--\n\nThe value of a variable in this context, else the default."),
        Method::new("items", Arity::NoArgs, |vm, this, _| Ok(walk(vm, this, hamt::Part::Items)))
            .doc("items($self, /)\n--\n\nVariables and their values."),
        Method::new("keys", Arity::NoArgs, |vm, this, _| Ok(walk(vm, this, hamt::Part::Keys)))
            .doc("keys($self, /)\n--\n\nThe variables of this context."),
        Method::new("values", Arity::NoArgs, |vm, this, _| Ok(walk(vm, this, hamt::Part::Values)))
            .doc("values($self, /)\n--\n\nThe values in this context."),
        Method::new("copy", Arity::NoArgs, |vm, this, _| copy_of(vm, this))
            .doc("copy($self, /)\n--\n\nA shallow copy of the context."),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_iter = Some(|vm, this| Ok(walk(vm, this, hamt::Part::Keys)));
        s.tp_richcompare = Some(compare);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
        s.mp_length = Some(|vm, this| Ok(hamt::entries(vm, vars(vm, this)).len()));
        s.mp_subscript = Some(subscript);
        s.sq_contains = Some(|vm, this, key| Ok(!find(vm, this, key)?.is_null()));
    },
    ..TypeSpec::new("_contextvars.Context")
};

fn make(vm: &mut Machine, vars: Obj) -> Obj {
    let class = vm.module_type(&SPEC);
    let previous = NULL;
    vm.new_native(
        class,
        Context {
            previous,
            vars,
            entered: false,
        },
    )
}

fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.len() + args.kw_len(vm) > 0 {
        return vm.type_error("Context() does not accept any arguments".to_string());
    }
    let empty = hamt::empty(vm);
    Ok(make(vm, empty))
}

/// A new context with the same values; owned.
pub fn copy_of(vm: &mut Machine, context: Obj) -> PyResult<Obj> {
    let vars = vars(vm, context);
    let vars = vm.new_ref(vars);
    Ok(make(vm, vars))
}

/// The thread's context, borrowed; made now if there was none.
pub fn current(vm: &mut Machine) -> Obj {
    if let Some(known) = vm.module_state.get(CURRENT) {
        return *known;
    }
    let empty = hamt::empty(vm);
    let made = make(vm, empty);
    vm.module_state.insert(CURRENT, made);
    made
}

/// A variable's value in the current context, borrowed; NULL if it has none.
pub fn current_value(vm: &Machine, variable: Obj) -> Obj {
    match vm.module_state.get(CURRENT) {
        Some(context) => hamt::get(vm, vars(vm, *context), variable),
        None => NULL,
    }
}

/// Sets a variable in a context, or takes it out if the value is NULL.
pub fn set_value(vm: &mut Machine, context: Obj, variable: Obj, value: Obj) {
    let vars = vars(vm, context);
    let changed = hamt::with(vm, vars, variable, value);
    let Some(c) = vm.heap.native_mut::<Context>(context) else {
        return;
    };
    let old = std::mem::replace(&mut c.vars, changed);
    vm.xdecref(old);
}

/// The mapping of a context, borrowed.
pub fn vars(vm: &Machine, context: Obj) -> Obj {
    vm.heap.native::<Context>(context).map_or(NULL, |c| c.vars)
}

fn walk(vm: &mut Machine, this: Obj, part: hamt::Part) -> Obj {
    let vars = vars(vm, this);
    hamt::iterate(vm, vars, part)
}

/// The value of what must be a variable, borrowed; NULL if it has none here.
fn find(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    if !var::is_variable(vm, key) {
        let shown = vm.repr_text(key)?;
        return vm.type_error(format!("a ContextVar key was expected, got {shown}"));
    }
    Ok(hamt::get(vm, vars(vm, this), key))
}

fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let found = find(vm, this, key)?;
    if found.is_null() {
        return vm.raise_key_error(key);
    }
    Ok(vm.new_ref(found))
}

fn get(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let found = find(vm, this, args.get(vm, 0))?;
    let default = args.get(vm, 1).some().unwrap_or(vm.none);
    Ok(vm.new_ref(found.some().unwrap_or(default)))
}

/// The same variables with equal values (`_PyHamt_Eq`).
fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let is_context = |vm: &Machine, o| vm.heap.native::<Context>(o).is_some();
    if !is_context(vm, other) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (vars(vm, this), vars(vm, other));
    vm.hold_ref(a);
    vm.hold_ref(b);
    let result = equal(vm, a, b);
    let result = vm.let_go(result);
    let same = vm.let_go(result)?;
    Ok(vm.new_bool(same == (op == CmpOp::Eq)))
}

fn equal(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
    if a == b {
        return Ok(true);
    }
    let entries = hamt::entries(vm, a).to_vec();
    if entries.len() != hamt::entries(vm, b).len() {
        return Ok(false);
    }
    for (key, value) in entries {
        let other = hamt::get(vm, b, key);
        if other.is_null() || !vm.rich_compare_bool(value, other, CmpOp::Eq)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn run(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return vm.type_error("run() missing 1 required positional argument".to_string());
    }
    enter(vm, this)?;
    let func = args.get(vm, 0);
    let result = vm.call_args(func, args.skip(1));
    if vm.interrupt.is_some() {
        return result;
    }
    match result {
        Ok(value) => {
            vm.hold(value);
            exit(vm, this);
            Ok(vm.unhold())
        }
        Err(thrown) => {
            let saved = vm.take_exception();
            exit(vm, this);
            vm.restore_exception(saved);
            Err(thrown)
        }
    }
}

fn enter(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if vm.heap.native::<Context>(this).is_some_and(|c| c.entered) {
        let shown = vm.repr_text(this)?;
        return vm.raise(
            vm.types.runtime_error,
            format!("cannot enter context: {shown} is already entered"),
        );
    }
    vm.incref(this);
    let previous = vm.module_state.insert(CURRENT, this).unwrap_or(NULL);
    if let Some(c) = vm.heap.native_mut::<Context>(this) {
        c.previous = previous;
        c.entered = true;
    }
    Ok(())
}

fn exit(vm: &mut Machine, this: Obj) {
    let Some(c) = vm.heap.native_mut::<Context>(this) else {
        return;
    };
    c.entered = false;
    let previous = std::mem::replace(&mut c.previous, NULL);
    let left = if previous.is_null() {
        vm.module_state.remove(CURRENT)
    } else {
        vm.module_state.insert(CURRENT, previous)
    };
    if let Some(left) = left {
        vm.decref(left);
    }
}
