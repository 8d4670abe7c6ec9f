//! `property` (`Objects/descrobject.c`).

use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const FGET: usize = 0;
const FSET: usize = 1;
const FDEL: usize = 2;
const DOC: usize = 3;
const NAME: usize = 4;

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Property,
    base_type: true,
    doc: "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nAn attribute whose reading, setting and deleting call functions.",
    methods: &[
        Method::new("getter", Arity::One, |vm, this, args| copy(vm, this, FGET, args)),
        Method::new("setter", Arity::One, |vm, this, args| copy(vm, this, FSET, args)),
        Method::new("deleter", Arity::One, |vm, this, args| copy(vm, this, FDEL, args)),
        Method::new("__set_name__", Arity::Any, set_name).varargs(),
    ],
    getset: &[
        GetSet::new("fget", get_part::<FGET>),
        GetSet::new("fset", get_part::<FSET>),
        GetSet::new("fdel", get_part::<FDEL>),
        GetSet::rw("__doc__", get_part::<DOC>, set_doc),
        GetSet::new("__isabstractmethod__", is_abstract),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_descr_get = Some(descr_get);
        s.tp_descr_set = Some(descr_set);
    },
    ..TypeSpec::new("property")
};

fn part(vm: &Machine, this: Obj, i: usize) -> Obj {
    match vm.heap.base(this) {
        Payload::Property(p) => p.0[i],
        _ => NULL,
    }
}

/// Puts a borrowed value in.
fn set_part(vm: &mut Machine, this: Obj, i: usize, value: Obj) {
    vm.xincref(value);
    let old = match vm.heap.base_mut(this) {
        Payload::Property(p) => std::mem::replace(&mut p.0[i], value),
        _ => value,
    };
    vm.xdecref(old);
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, Payload::Property(Box::new(([NULL; 5], false)))))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let parts = vm.unpack("property", args, &[opt("fget"), opt("fset"), opt("fdel"), opt("doc")])?;
    let none = vm.none;
    let parts = parts.map(|o| if o == none { NULL } else { o });
    for (i, o) in parts.into_iter().enumerate() {
        set_part(vm, this, i, o);
    }
    set_part(vm, this, NAME, NULL);
    set_getter_doc(vm, this, false);
    if parts[DOC].is_null() && !parts[FGET].is_null() {
        take_getter_doc(vm, this, parts[FGET])?;
    }
    Ok(())
}

fn set_getter_doc(vm: &mut Machine, this: Obj, from_getter: bool) {
    if let Payload::Property(p) = vm.heap.base_mut(this) {
        p.1 = from_getter;
    }
}

/// Without a documentation of its own a property has its getter's; a subclass keeps it in its `__dict__`.
fn take_getter_doc(vm: &mut Machine, this: Obj, fget: Obj) -> PyResult<()> {
    let Some(doc) = vm.lookup_attr(fget, vm.names.__doc__)? else { return Ok(()) };
    vm.with_held(doc, |vm, doc| {
        if vm.is_exact(this, vm.types.property) {
            set_part(vm, this, DOC, doc);
        } else {
            let name = vm.names.__doc__;
            let dict = vm.heap.dict_slot(this).map(|d| *d);
            match dict {
                Some(_) => {
                    // The class's own `__doc__` would be found as a data descriptor: straight into the dict.
                    let dict = vm.instance_dict(this);
                    vm.dict_set_str(dict, name, doc);
                }
                None => vm.set_attr(this, name, doc)?,
            }
        }
        set_getter_doc(vm, this, true);
        Ok(())
    })
}

fn get_part<const I: usize>(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let value = part(vm, this, I);
    Ok(if value.is_null() { vm.new_none() } else { vm.new_ref(value) })
}

fn set_doc(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    set_part(vm, this, DOC, value);
    Ok(())
}

fn is_abstract(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    for i in [FGET, FSET, FDEL] {
        let f = part(vm, this, i);
        if !f.is_null() && vm.is_abstract(f)? {
            return Ok(vm.new_bool(true));
        }
    }
    Ok(vm.new_bool(false))
}

impl Machine {
    /// Whether a function says of itself that it is abstract (`_PyObject_IsAbstract`).
    pub fn is_abstract(&mut self, o: Obj) -> PyResult<bool> {
        // A property may be its own getter, where CPython's stack overflows.
        self.enter_recursive("")?;
        let found = self.lookup_attr(o, self.names.__isabstractmethod__);
        self.leave_recursive();
        match found? {
            Some(flag) => self.with_held(flag, |vm, flag| vm.is_true(flag)),
            None => Ok(false),
        }
    }

    /// The `__dict__` of an object that can have one, made if need be; borrowed.
    pub fn instance_dict(&mut self, o: Obj) -> Obj {
        let dict = self.heap.dict_of(o);
        if !dict.is_null() {
            return dict;
        }
        let dict = self.new_dict();
        match self.heap.dict_slot(o) {
            Some(place) => *place = dict,
            None => panic!("instance_dict of an object that cannot have one"),
        }
        dict
    }
}

fn set_name(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len();
    if given != 2 {
        return vm.type_error(format!("__set_name__() takes 2 positional arguments but {given} were given"));
    }
    set_part(vm, this, NAME, args.get(vm, 1));
    Ok(vm.new_none())
}

/// The error of a missing function, naming the attribute if it is known.
fn missing(vm: &mut Machine, this: Obj, what: &str) -> PyResult<Obj> {
    let name = part(vm, this, NAME);
    let message = if name.is_null() { what.to_string() } else { format!("{what} {}", vm.repr_text(name)?) };
    vm.raise(vm.types.attribute_error, message)
}

fn descr_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    if obj.is_null() || obj == vm.none {
        return Ok(vm.new_ref(this));
    }
    let fget = part(vm, this, FGET);
    if fget.is_null() {
        return missing(vm, this, "unreadable attribute");
    }
    vm.call(fget, &[obj])
}

fn descr_set(vm: &mut Machine, this: Obj, obj: Obj, value: Obj) -> PyResult<()> {
    let func = part(vm, this, if value.is_null() { FDEL } else { FSET });
    if func.is_null() {
        let what = if value.is_null() { "can't delete attribute" } else { "can't set attribute" };
        missing(vm, this, what)?;
        return Ok(());
    }
    let result = if value.is_null() { vm.call(func, &[obj])? } else { vm.call(func, &[obj, value])? };
    vm.decref(result);
    Ok(())
}

/// `property_copy`: a new property of the same class with one function replaced.
fn copy(vm: &mut Machine, this: Obj, which: usize, args: Args) -> PyResult<Obj> {
    let none = vm.none;
    let mut parts = [FGET, FSET, FDEL].map(|i| part(vm, this, i));
    let replacement = args.get(vm, 0);
    if replacement != none {
        parts[which] = replacement;
    }
    let from_getter = matches!(vm.heap.base(this), Payload::Property(p) if p.1);
    let doc = if from_getter && !parts[FGET].is_null() { NULL } else { part(vm, this, DOC) };
    let or_none = |o: Obj| if o.is_null() { none } else { o };
    let [get, set, del] = parts.map(or_none);
    let class = vm.heap.ty(this);
    let name = part(vm, this, NAME);
    let made = vm.call(class, &[get, set, del, or_none(doc)])?;
    set_part(vm, made, NAME, name);
    Ok(made)
}
