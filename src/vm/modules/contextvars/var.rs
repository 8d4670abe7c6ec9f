//! `contextvars.ContextVar` and `Token`.

use super::context;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{kw, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::generic_alias::class_getitem;
use crate::vm::{Args, Machine, PyResult};

/// The value of a variable that had none: `Token.MISSING`.
const MISSING: &str = "contextvars.missing";

#[derive(Clone, Copy)]
struct Variable {
    name: Obj,
    default: Obj,
}

impl Native for Variable {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("name"), self.name);
        f(Edge::Field("default"), self.default);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.name, NULL),
            std::mem::replace(&mut self.default, NULL),
        ]
    }
    native_boilerplate!();
}

#[derive(Clone, Copy)]
struct Token {
    context: Obj,
    variable: Obj,
    /// NULL if there was none.
    old: Obj,
    used: bool,
}

impl Native for Token {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("context"), self.context);
        f(Edge::Field("var"), self.variable);
        f(Edge::Field("old_value"), self.old);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.context, NULL),
            std::mem::replace(&mut self.variable, NULL),
            std::mem::replace(&mut self.old, NULL),
        ]
    }
    native_boilerplate!();
}

#[derive(Clone)]
struct Missing;

impl Native for Missing {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("get", Arity::Positional(0, 1), get)
            .doc("get($self, default=<unrepresentable>, /)\n--\n\nThe variable's value in the current context, else the default given here, else that of the variable."),
        Method::new("set", Arity::One, set)
            .doc("set($self, value, /)\n--\n\nSet the variable in the current context; the token undoes it."),
        Method::new("reset", Arity::One, reset)
            .doc("reset($self, token, /)\n--\n\nGive the variable the value that it had before the token was made."),
        Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
    ],
    getset: &[GetSet::rw(
        "name",
        |vm, this| {
            let name = variable(vm, this).name;
            Ok(vm.new_ref(name))
        },
        |vm, _, _| vm.raise(vm.types.attribute_error, "readonly attribute".to_string()),
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_hash = Some(|vm, this| Ok(vm.identity_hash(this)));
    },
    ..TypeSpec::new("_contextvars.ContextVar")
};

pub static TOKEN_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585")],
    getset: &[
        GetSet::new("var", |vm, this| {
            let variable = token(vm, this).variable;
            Ok(vm.new_ref(variable))
        }),
        GetSet::new("old_value", |vm, this| {
            let old = token(vm, this).old;
            let old = if old.is_null() { missing(vm) } else { old };
            Ok(vm.new_ref(old))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, _, _| {
            vm.raise(
                vm.types.runtime_error,
                "Tokens can only be created by ContextVars".to_string(),
            )
        });
        s.tp_repr = Some(token_repr);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
    },
    ..TypeSpec::new("_contextvars.Token")
};

pub static MISSING_SPEC: TypeSpec = TypeSpec {
    gc: false,
    slots: |s| s.tp_repr = Some(|vm, _| Ok(vm.new_str("<Token.MISSING>"))),
    ..TypeSpec::new("Token.MISSING")
};

/// Borrowed.
pub fn missing(vm: &mut Machine) -> Obj {
    if let Some(known) = vm.module_state.get(MISSING) {
        return *known;
    }
    let class = vm.module_type(&MISSING_SPEC);
    let made = vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Missing))));
    vm.module_state.insert(MISSING, made);
    made
}

pub fn is_variable(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Variable>(o).is_some()
}

fn variable(vm: &Machine, this: Obj) -> Variable {
    *vm.heap.native(this).expect("checked by the type")
}

fn token(vm: &Machine, this: Obj) -> Token {
    *vm.heap.native(this).expect("checked by the type")
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return vm
            .type_error("ContextVar() takes exactly 1 positional argument (0 given)".to_string());
    }
    let given = args.len();
    if given > 1 && given + args.kw_len(vm) <= 2 {
        return vm.type_error(format!(
            "ContextVar() takes at most 1 positional argument ({given} given)"
        ));
    }
    let [name, default] = vm.unpack("ContextVar", args, &[req("name"), kw("default")])?;
    if vm.heap.str(name).is_none() {
        return vm.type_error("context variable name must be a str".to_string());
    }
    vm.incref(name);
    vm.xincref(default);
    let made = vm.new_native(class, Variable { name, default });
    // Without a default that the collector cares for, neither does the variable concern it.
    if default.is_null() || !vm.heap.may_be_tracked(default) {
        vm.heap.gc.untrack(made);
    }
    Ok(made)
}

/// A variable without a default, for the machine's own needs; owned (`PyContextVar_New`).
pub fn named(vm: &mut Machine, name: &str) -> Obj {
    let class = vm.module_type(&SPEC);
    let name = vm.intern(name);
    let default = NULL;
    let made = vm.new_native(class, Variable { name, default });
    vm.heap.gc.untrack(made);
    made
}

fn get(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = context::current_value(vm, this).some();
    let given = args.get(vm, 0).some();
    let default = variable(vm, this).default.some();
    match value.or(given).or(default) {
        Some(value) => Ok(vm.new_ref(value)),
        None => vm.raise_args(vm.types.lookup_error, this),
    }
}

fn set(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    let context = context::current(vm);
    let old = context::current_value(vm, this);
    for o in [context, this, old] {
        vm.xincref(o);
    }
    let class = vm.module_type(&TOKEN_SPEC);
    let token = vm.new_native(
        class,
        Token {
            context,
            variable: this,
            old,
            used: false,
        },
    );
    vm.hold(token);
    context::set_value(vm, context, this, value);
    Ok(vm.unhold())
}

fn reset(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let given = args.get(vm, 0);
    let Some(&token) = vm.heap.native::<Token>(given) else {
        let shown = vm.repr_text(given)?;
        return vm.type_error(format!("expected an instance of Token, got {shown}"));
    };
    let wrong = |vm: &mut Machine, class: Obj, what: &str| {
        let shown = vm.repr_text(given)?;
        vm.raise(class, format!("{shown} {what}"))
    };
    if token.used {
        return wrong(vm, vm.types.runtime_error, "has already been used once");
    }
    if token.variable != this {
        return wrong(
            vm,
            vm.types.value_error,
            "was created by a different ContextVar",
        );
    }
    let context = context::current(vm);
    if token.context != context {
        return wrong(
            vm,
            vm.types.value_error,
            "was created in a different Context",
        );
    }
    if let Some(token) = vm.heap.native_mut::<Token>(given) {
        token.used = true;
    }
    context::set_value(vm, context, this, token.old);
    Ok(vm.new_none())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Variable { name, default } = variable(vm, this);
    let name = vm.repr_text(name)?;
    let default = match default.some() {
        Some(default) => format!(" default={}", vm.repr_text(default)?),
        None => String::new(),
    };
    let address = vm.id_of(this);
    Ok(vm.new_string(format!("<ContextVar name={name}{default} at {address:#x}>")))
}

fn token_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Token { variable, used, .. } = token(vm, this);
    let used = if used { " used" } else { "" };
    let variable = vm.repr_text(variable)?;
    let address = vm.id_of(this);
    Ok(vm.new_string(format!("<Token{used} var={variable} at {address:#x}>")))
}
