//! `functools.partial` (`Modules/_functoolsmodule.c`).

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Binding, GetSet, Method, TypeSpec};
use crate::vm::slots::CallFn;
use crate::vm::types::object;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct Partial {
    func: Obj,
    args: Obj,
    kw: Obj,
    dict: Obj,
}

impl Native for Partial {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("func"), self.func);
        f(Edge::Field("args"), self.args);
        f(Edge::Field("keywords"), self.kw);
        f(Edge::Dict, self.dict);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.func, &mut self.args, &mut self.kw, &mut self.dict]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    doc: "partial(func, *args, **keywords) - a function with some arguments given already",
    methods: &[
        Method::new("__reduce__", Arity::NoArgs, reduce),
        Method::new("__setstate__", Arity::One, setstate),
        Method {
            binding: Binding::Class,
            ..Method::new("__class_getitem__", Arity::One, class_getitem)
        },
    ],
    getset: &[
        GetSet::new("func", |vm, this| {
            let o = parts(vm, this).func;
            Ok(vm.new_ref(o))
        }),
        GetSet::new("args", |vm, this| {
            let o = parts(vm, this).args;
            Ok(vm.new_ref(o))
        }),
        GetSet::new("keywords", |vm, this| {
            let o = parts(vm, this).kw;
            Ok(vm.new_ref(o))
        }),
        GetSet::rw("__dict__", object::get_dict, object::replace_dict),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_call = Some(call);
        s.tp_repr = Some(repr);
    },
    ..TypeSpec::new("functools.partial")
};

fn parts(vm: &Machine, this: Obj) -> &Partial {
    vm.heap
        .native::<Partial>(this)
        .expect("checked by the type")
}

/// Exactly a partial.
pub fn is_partial(vm: &Machine, o: Obj) -> bool {
    let class = vm.heap.class(vm.heap.ty(o));
    !class.flags.heap_type && &*class.name == SPEC.name
}

/// A partial that is called by vectorcall: it has no keywords, and what it calls is called so.
pub fn is_vector(vm: &Machine, o: Obj) -> bool {
    is_partial(vm, o) && {
        let parts = parts(vm, o);
        vm.heap.dict_items(parts.kw).is_empty() && vm.spreads_arguments(parts.func)
    }
}

fn class_getitem(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    Ok(vm.new_generic_alias(this, item))
}

/// A partial of one that is called as partials are, and has no attributes, takes over its parts.
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let func = args.get(vm, 0);
    if func.is_null() {
        return vm.type_error("type 'partial' takes at least one argument".to_string());
    }
    if !vm.is_callable(func) {
        return vm.type_error("the first argument must be callable".to_string());
    }
    let called_alike = vm
        .slots_of(func)
        .tp_call
        .is_some_and(|f| std::ptr::fn_addr_eq(f, call as CallFn));
    let inner = vm
        .heap
        .native::<Partial>(func)
        .filter(|p| p.dict.is_null() && called_alike)
        .cloned();
    let (func, before, inner_kw) = match &inner {
        Some(p) => (
            p.func,
            vm.heap
                .tuple(p.args)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default(),
            p.kw,
        ),
        None => (func, Vec::new(), NULL),
    };
    vm.incref(func);
    let made = vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Partial {
            func,
            args: NULL,
            kw: NULL,
            dict: NULL,
        }))),
    );
    let mut items = before;
    let fixed = match inner {
        // Put side by side with nothing, a tuple stays itself.
        Some(p) if args.len() == 1 => vm.new_ref(p.args),
        _ => {
            if !items.is_empty() {
                // The new arguments are a tuple before they are put behind the others.
                vm.count_tuple(args.len() - 1);
            }
            items.extend(&args.to_vec(vm)[1..]);
            vm.new_tuple_of(&items)
        }
    };
    set_parts(vm, made, |p| p.args = fixed);
    // The dict of the call is taken as it is, where nothing has to be added to it.
    let kw = match inner_kw.is_null() {
        true => args.to_dict(vm),
        false => {
            let kw = vm.dict_copy(inner_kw);
            for (name, value) in args.keywords(vm) {
                vm.dict_set_str(kw, name, value);
            }
            kw
        }
    };
    set_parts(vm, made, |p| p.kw = kw);
    Ok(made)
}

fn set_parts(vm: &mut Machine, this: Obj, set: impl FnOnce(&mut Partial)) {
    let parts = vm.heap.native_mut::<Partial>(this);
    set(parts.expect("checked by the type"));
}

/// Fixed arguments, then those of the call; keyword arguments of the call win.
fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    match vm.has_vectorcall(this) {
        true => call_vector(vm, this, args),
        false => call_objects(vm, this, args),
    }
}

/// `partial_vectorcall`: arguments are put side by side.
fn call_vector(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let Partial {
        func, args: fixed, ..
    } = *parts(vm, this);
    let mut values = vm
        .heap
        .tuple(fixed)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    values.extend(args.to_vec(vm));
    values.extend(args.keywords(vm).iter().map(|k| k.1));
    vm.call_kw(func, &values, args.kwnames())
}

/// `partial_call`: the call's own tuple and dict, which the caller holds, are put together with the fixed ones.
fn call_objects(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let Partial {
        func,
        args: fixed,
        kw,
        ..
    } = *parts(vm, this);
    let mut values = vm
        .heap
        .tuple(fixed)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    values.extend(args.to_vec(vm));
    let given = args.own_dict(vm).map(|dict| vm.new_ref(dict));
    if let Some(dict) = given {
        vm.hold(dict);
    }
    // `tuple_concat` answers with a side as it is when the other one is empty.
    let all = match (values.len() == args.len(), args.is_empty()) {
        (_, true) => vm.new_ref(fixed),
        (true, false) => args.to_tuple(vm),
        (false, false) => vm.new_tuple_of(&values),
    };
    let own = !vm.heap.dict_items(kw).is_empty();
    let dict = match own {
        // The call's dict is used as it is.
        false if given.is_some() => {
            vm.unhold();
            given.unwrap_or(NULL)
        }
        false => NULL,
        true => {
            vm.hold(all);
            let both = vm.dict_copy(kw);
            for (name, value) in args.keywords(vm) {
                vm.dict_set_str(both, name, value);
            }
            vm.unhold();
            if given.is_some() {
                vm.drop_held();
            }
            both
        }
    };
    vm.call_object(func, all, dict)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.repr_enter(this) {
        return Ok(vm.new_str("..."));
    }
    let text = repr_inside(vm, this);
    vm.repr_leave(this);
    let text = text?;
    Ok(vm.new_string(text))
}

fn repr_inside(vm: &mut Machine, this: Obj) -> PyResult<String> {
    let Partial { func, args, kw, .. } = *parts(vm, this);
    let class = vm.heap.ty(this);
    let mut text = format!("{}({}", vm.class_name(class), vm.repr_text(func)?);
    for o in vm.heap.tuple(args).map(<[Obj]>::to_vec).unwrap_or_default() {
        text = format!("{text}, {}", vm.repr_text(o)?);
    }
    let mut at = 0;
    while let Some((next, name, value)) = vm.heap.dict_next(kw, at) {
        at = next;
        // The name's `__str__` may change the dict.
        let mark = vm.mark();
        vm.hold_ref(name);
        vm.hold_ref(value);
        let shown = shown_keyword(vm, name, value);
        vm.release_raising(mark);
        text = format!("{text}, {}", shown?);
    }
    Ok(text + ")")
}

fn shown_keyword(vm: &mut Machine, name: Obj, value: Obj) -> PyResult<String> {
    let name = vm.str_of(name)?;
    let name = vm.with_held(name, |vm, name| Ok(vm.text(name)))?;
    Ok(format!("{name}={}", vm.repr_text(value)?))
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Partial {
        func,
        args,
        kw,
        dict,
    } = *parts(vm, this);
    let (class, none) = (vm.heap.ty(this), vm.none);
    let dict = if dict.is_null() { none } else { dict };
    let construct = vm.new_tuple_of(&[func]);
    let state = vm.new_tuple_of(&[func, args, kw, dict]);
    vm.incref(class);
    Ok(vm.new_tuple(vec![class, construct, state]))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    let Some(&[func, fixed, kw, dict]) = vm.heap.tuple(state) else {
        return vm.type_error("invalid partial state".to_string());
    };
    let is_kw = kw == vm.none || vm.heap.is_dict(kw);
    if !vm.is_callable(func) || vm.heap.tuple(fixed).is_none() || !is_kw {
        return vm.type_error("invalid partial state".to_string());
    }
    let fixed = vm.sequence_tuple(fixed)?;
    let kw = if kw == vm.none {
        vm.new_dict()
    } else if vm.heap.ty(kw) == vm.types.dict {
        vm.new_ref(kw)
    } else {
        vm.dict_copy(kw)
    };
    let dict = if dict == vm.none { NULL } else { dict };
    vm.incref(func);
    vm.xincref(dict);
    let new = Partial {
        func,
        args: fixed,
        kw,
        dict,
    };
    let old = vm
        .heap
        .native_mut::<Partial>(this)
        .map(|p| std::mem::replace(p, new));
    if let Some(mut old) = old {
        let taken = old.take();
        vm.drop_all(taken);
    }
    Ok(vm.new_none())
}
