//! `_thread._local`: attributes of which each thread has its own.
//!
//! As in CPython the attributes are in a dict that hangs, under a weak reference to a stand-in of the thread, in the object's dict of
//! dicts; so the same objects are seen, counted and collected. CPython keeps the stand-in in the thread's state, here the
//! object owns it.

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::attribute::generic_getattr_in;
use crate::vm::attribute_set::generic_setattr_in;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// Stands for a thread that has touched a local.
#[derive(Clone)]
struct Dummy;

impl Native for Dummy {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

#[derive(Clone)]
struct Local {
    /// What the constructor got, for the `__init__` of each thread.
    args: Obj,
    kwargs: Obj,
    /// Weak reference to a thread's stand-in -> that thread's attributes.
    dummies: Obj,
    /// What takes a thread's entry away when its stand-in dies.
    callback: Obj,
    /// The only thread's stand-in.
    dummy: Obj,
}

impl Native for Local {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("args"), self.args);
        f(Edge::Field("kw"), self.kwargs);
        f(Edge::Field("dummies"), self.dummies);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("wr_callback"), self.callback);
        f(Edge::Field("thread"), self.dummy);
    }
    fn take(&mut self) -> Vec<Obj> {
        let fields = [
            &mut self.args,
            &mut self.kwargs,
            &mut self.dummies,
            &mut self.callback,
            &mut self.dummy,
        ];
        fields
            .into_iter()
            .map(|o| std::mem::replace(o, NULL))
            .collect()
    }
    native_boilerplate!();
}

pub static DUMMY_SPEC: TypeSpec = TypeSpec {
    doc: "Thread-local dummy",
    gc: false,
    has_weakrefs: true,
    ..TypeSpec::new("_thread._localdummy")
};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Thread-local data",
    base_type: true,
    has_weakrefs: true,
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_getattro = Some(getattr);
        s.tp_setattro = Some(setattr);
    },
    ..TypeSpec::new("_thread._local")
};

/// Takes the entry of a thread that ended out of the local that the callback is bound to, if that still lives.
static DESTROYED: Method = Method::new("_localdummy_destroyed", Arity::One, |vm, this, args| {
    let local = vm.weakref_referent(this);
    if let Some(local) = vm.heap.native::<Local>(local) {
        let dummies = local.dummies;
        if !dummies.is_null() {
            vm.dict_delete(dummies, args.get(vm, 0))?;
        }
    }
    Ok(vm.new_none())
});

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let keywords = args.keywords(vm);
    if !args.is_empty() || !keywords.is_empty() {
        let object = vm.types.object;
        let name = vm.names.__init__;
        if vm.type_lookup(class, name) == vm.type_lookup(object, name) {
            return vm.type_error("Initialization arguments are not supported".to_string());
        }
    }
    let made = Local {
        args: args.to_tuple(vm),
        kwargs: if keywords.is_empty() {
            NULL
        } else {
            vm.new_dict()
        },
        dummies: NULL,
        callback: NULL,
        dummy: NULL,
    };
    for (name, value) in keywords {
        vm.dict_set_str(made.kwargs, name, value);
    }
    let this = vm.alloc_instance(class, Payload::Native(Box::new(Box::new(made))));
    vm.hold(this);
    match enter_thread(vm, this) {
        Ok(_) => Ok(vm.unhold()),
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

fn local_mut(vm: &mut Machine, this: Obj) -> &mut Local {
    vm.heap
        .native_mut::<Local>(this)
        .expect("checked by the type")
}

/// Makes the thread's stand-in and its dict (`_local_create_dummy`); the dict, borrowed.
fn enter_thread(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dummies = vm.new_dict();
    local_mut(vm, this).dummies = dummies;
    let reference = vm.new_weakref(vm.types.weakref, this, NULL)?;
    let callback = vm.new_builtin(&DESTROYED, reference, NULL);
    vm.decref(reference);
    local_mut(vm, this).callback = callback;
    let dict = vm.new_dict();
    vm.hold(dict);
    let class = vm.module_type(&DUMMY_SPEC);
    let dummy = vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Dummy))));
    local_mut(vm, this).dummy = dummy;
    let key = vm.new_weakref(vm.types.weakref, dummy, callback)?;
    let set = vm.with_held(key, |vm, key| vm.dict_set(dummies, key, dict));
    vm.let_go(set)?;
    Ok(dict)
}

/// The thread's attributes, borrowed (`_ldict`). A local that the collector has emptied begins anew, with its `__init__`.
fn attributes(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dummies = vm
        .heap
        .native::<Local>(this)
        .map_or(NULL, |local| local.dummies);
    if !dummies.is_null()
        && let Some((_, dict)) = vm.heap.dict_items(dummies).first()
    {
        return Ok(*dict);
    }
    let emptied = local_mut(vm, this).take();
    vm.drop_all(emptied);
    enter_thread(vm, this)
}

fn is_dict_name(vm: &Machine, name: Obj) -> bool {
    vm.heap.str(name).is_some() && vm.text(name) == "__dict__"
}

fn getattr(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let dict = attributes(vm, this)?;
    if is_dict_name(vm, name) {
        return Ok(vm.new_ref(dict));
    }
    vm.hold_ref(dict);
    let result = generic_getattr_in(vm, this, name, dict);
    vm.let_go(result)
}

fn setattr(vm: &mut Machine, this: Obj, name: Obj, value: Obj) -> PyResult<()> {
    let dict = attributes(vm, this)?;
    if is_dict_name(vm, name) {
        let ty = vm.type_name(this);
        return vm.raise(
            vm.types.attribute_error,
            format!("'{ty}' object attribute '__dict__' is read-only"),
        );
    }
    vm.hold_ref(dict);
    let result = generic_setattr_in(vm, this, name, value, dict);
    vm.let_go(result)
}
