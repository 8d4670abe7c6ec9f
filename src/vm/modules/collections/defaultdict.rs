//! `collections.defaultdict`: a dict with a factory for missing keys (`defdict_*` of `Modules/_collectionsmodule.c`).
//!
//! The factory is in the first slot of the instance's `Ext`, before any `__slots__` of subclasses: as in CPython it is visited
//! and let go of before the dict's own contents.

use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const FACTORY: usize = 0;

const DOC: &str = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without \
arguments to produce\na new value when a key is not present, in __getitem__ only.\nA defaultdict compares equal to a dict with \
the same items.\nAll remaining arguments are treated the same as if they were\npassed to the dict constructor, including keyword \
arguments.\n";

pub static SPEC: TypeSpec = TypeSpec {
    doc: DOC,
    layout: Layout::Dict,
    base_type: true,
    methods: &[
        Method::new("__missing__", Arity::One, missing)
            .doc("__missing__(key) # Called by __getitem__ for missing key; pseudo-code"),
        Method::new("copy", Arity::NoArgs, copy).doc("D.copy() -> a shallow copy of D."),
        Method::new("__copy__", Arity::NoArgs, copy).doc("D.copy() -> a shallow copy of D."),
        Method::new("__reduce__", Arity::NoArgs, reduce)
            .doc("Return state information for pickling."),
        Method::class(
            "__class_getitem__",
            Arity::One,
            crate::vm::types::generic_alias::class_getitem,
        )
        .doc("See PEP 585"),
    ],
    getset: &[GetSet::rw(
        "default_factory",
        |vm, this| {
            let factory = factory(vm, this).some().unwrap_or(vm.none);
            Ok(vm.new_ref(factory))
        },
        |vm, this, value| {
            vm.xincref(value);
            set_factory(vm, this, value);
            Ok(())
        },
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.nb_or = Some(or);
    },
    ..TypeSpec::new("collections.defaultdict")
};

pub fn make_type(vm: &mut Machine, dict: Obj) {
    let base = vm.types.dict;
    let ty = vm.add_module_type(dict, &SPEC, base);
    let class = vm.heap.class_mut(ty);
    class.slot_count = 1;
    class.flags.mapping = true;
}

/// Borrowed, NULL if there is none.
fn factory(vm: &Machine, this: Obj) -> Obj {
    match vm.heap.payload(this) {
        Payload::Ext(ext) => ext.slots.get(FACTORY).copied().unwrap_or(NULL),
        _ => NULL,
    }
}

/// Takes the new factory over and lets go of the old one.
fn set_factory(vm: &mut Machine, this: Obj, factory: Obj) {
    if let Payload::Ext(ext) = vm.heap.payload_mut(this)
        && let Some(place) = ext.slots.get_mut(FACTORY)
    {
        let old = std::mem::replace(place, factory);
        vm.xdecref(old);
    }
}

fn new(vm: &mut Machine, class: Obj, _args: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, Machine::empty_dict_payload()))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let given = args.get(vm, 0);
    if !given.is_null() && given != vm.none && vm.slots_of(given).tp_call.is_none() {
        return vm.type_error("first argument must be callable or None".to_string());
    }
    vm.xincref(given);
    set_factory(vm, this, given);
    // The arguments left over are a slice of the call's tuple.
    let rest = args.len().saturating_sub(1);
    vm.count_slice();
    vm.reserve_tuple(rest);
    let updated = vm.dict_update_args(this, "dict", args.skip(1));
    vm.give_back_tuple(rest);
    updated
}

fn missing(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let key = args.get(vm, 0);
    let factory = factory(vm, this);
    if factory.is_null() || factory == vm.none {
        return vm.raise_key_error(key);
    }
    let value = vm.call(factory, &[])?;
    vm.hold(value);
    if let Err(thrown) = vm.set_item(this, key, value) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

/// Calls the class as `type(self)(factory, self)`, so that subclasses copy as themselves.
fn copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let factory = factory(vm, this).some().unwrap_or(vm.none);
    vm.call(vm.heap.ty(this), &[factory, this])
}

/// `(type, (factory,), None, None, iter(items))`
fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let factory = factory(vm, this);
    let args = if factory.is_null() || factory == vm.none {
        vm.new_tuple(vec![])
    } else {
        vm.new_tuple_of(&[factory])
    };
    vm.hold(args);
    let items = vm
        .call_method(this, "items", &[])
        .and_then(|items| vm.with_held(items, |vm, items| vm.get_iter(items)));
    let items = match items {
        Ok(items) => items,
        Err(thrown) => {
            vm.drop_held();
            return Err(thrown);
        }
    };
    let args = vm.unhold();
    let ty = vm.heap.ty(this);
    let parts = vec![vm.new_ref(ty), args, vm.new_none(), vm.new_none(), items];
    Ok(vm.new_tuple(parts))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict_repr = vm
        .heap
        .class(vm.types.dict)
        .slots
        .tp_repr
        .expect("dict has a repr");
    let contents = dict_repr(vm, this)?;
    vm.hold(contents);
    let text = factory_text(vm, this);
    let contents = vm.unhold();
    let name = vm.type_name(this);
    let name = name.rsplit('.').next().unwrap_or(&name).to_string();
    let result = text.map(|text| format!("{name}({text}, {})", vm.text(contents)));
    vm.drop_keeping_exception(contents);
    Ok(vm.new_string(result?))
}

/// A factory that is a method of the dict itself shows as "...".
fn factory_text(vm: &mut Machine, this: Obj) -> PyResult<String> {
    let factory = factory(vm, this);
    if factory.is_null() {
        return Ok("None".to_string());
    }
    if vm.repr_enter(factory) {
        return Ok("...".to_string());
    }
    let text = vm.repr_text(factory);
    vm.repr_leave(factory);
    text
}

/// The left operand's class and factory, or the right one's if only that is a defaultdict (`defdict_or`).
fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    let is_default = |vm: &Machine, o: Obj| vm.is_subtype(vm.heap.ty(o), class);
    let like = if is_default(vm, a) { a } else { b };
    if !vm.heap.is_dict(if like == a { b } else { a }) {
        return Ok(vm.new_not_implemented());
    }
    let factory = factory(vm, like).some().unwrap_or(vm.none);
    let made = vm.call(vm.heap.ty(like), &[factory, a])?;
    vm.hold(made);
    if let Err(thrown) = vm.dict_update_arg(made, b) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}
