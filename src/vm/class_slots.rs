//! From dunder methods to slots: `fixup_slot_dispatchers` and `update_slot` of `Objects/typeobject.c`.

use std::rc::Rc;

use super::native::{Arity, Method};
use super::slots::{GROUPS, SlotGroup, Slots};
use super::{Args, Machine, PyResult};
use crate::heap::{NULL, Obj, Payload};

/// `__new__` of every built-in type that has one (`tp_new_methoddef`).
pub static NEW: Method = Method::new("__new__", Arity::Keywords, tp_new_wrapper)
    .varargs()
    .doc("($type, *args, **kwargs)\n--\n\nCreate and return a new object.  See help(type) for accurate signature.");

fn tp_new_wrapper(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let own = vm.class_name(this);
    let class = args.get(vm, 0);
    if class.is_null() {
        return vm.type_error(format!("{own}.__new__(): not enough arguments"));
    }
    if !vm.heap.is_class(class) {
        let got = vm.type_name(class);
        return vm.type_error(format!("{own}.__new__(X): X is not a type object ({got})"));
    }
    if !vm.is_subtype(class, this) {
        let name = vm.class_name(class);
        return vm.type_error(format!(
            "{own}.__new__({name}): {name} is not a subtype of {own}"
        ));
    }
    // The most derived built-in base decides who may make the instance.
    let mut solid = class;
    while vm
        .heap
        .class(solid)
        .slots
        .tp_new
        .is_some_and(|f| std::ptr::fn_addr_eq(f, slot_tp_new as super::slots::CallFn))
    {
        solid = vm.heap.class(solid).base;
    }
    let wanted = vm.heap.class(solid);
    let ours = vm.heap.class(this).slots.tp_new;
    // A type that cannot be instantiated has none, whatever it inherits here.
    let same = !wanted.flags.disallow_instantiation
        && match (wanted.slots.tp_new, ours) {
            (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
            _ => true,
        };
    if !same {
        let (name, safe) = (vm.class_name(class), vm.class_name(solid));
        return vm.type_error(format!(
            "{own}.__new__({name}) is not safe, use {safe}.__new__()"
        ));
    }
    match ours {
        Some(new) => {
            let mark = vm.mark();
            let args = vm.hold_argument_slice(args.skip(1));
            let made = new(vm, class, args);
            vm.releasing(mark, made)
        }
        None => vm.type_error(format!("cannot create '{own}' instances")),
    }
}

/// `tp_new` of a class that defines `__new__` in Python.
pub fn slot_tp_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let func = vm.get_attr(class, vm.names.__new__)?;
    vm.hold(func);
    let result = super::generic_slots::spread(vm, class, args, |vm, args| {
        vm.call_with_this(func, class, args)
    });
    vm.drop_held();
    result
}

impl Machine {
    /// Sets every slot of a class made by `class` from its dunder methods.
    pub(super) fn update_all_slots(&mut self, class: Obj) {
        let mut slots = *self.heap.class(class).slots;
        for group in GROUPS {
            self.update_slot(class, group, &mut slots);
        }
        slots.tp_new = self.new_slot(class, slots.tp_new);
        let has_del = slots.tp_finalize.is_some();
        let c = self.heap.class_mut(class);
        c.slots = Rc::new(slots);
        c.has_del = has_del;
    }

    /// An attribute of a class changed: the slots it stands for follow, in subclasses too (`update_slot`).
    pub(super) fn update_slots_for(&mut self, class: Obj, name: Obj) {
        let text = self.text(name);
        if !text.starts_with("__") {
            return;
        }
        let concerned: Vec<&SlotGroup> = GROUPS
            .iter()
            .filter(|g| g.defs.iter().any(|d| d.name == text))
            .collect();
        if concerned.is_empty() && text != "__new__" {
            return;
        }
        if matches!(text.as_str(), "__get__" | "__set__" | "__delete__") {
            // What is remembered of attributes took instances of this class for what they were.
            self.type_modified(self.types.object);
        }
        let mut todo = vec![class];
        while let Some(c) = todo.pop() {
            let mut slots = *self.heap.class(c).slots;
            for group in &concerned {
                self.update_slot(c, group, &mut slots);
            }
            if text == "__new__" {
                slots.tp_new = self.new_slot(c, slots.tp_new);
            }
            let has_del = slots.tp_finalize.is_some();
            let made = self.heap.class_mut(c);
            made.slots = Rc::new(slots);
            made.has_del = has_del;
            // A subclass that defines the name itself is not concerned.
            let below: Vec<Obj> = made.subclasses.clone();
            todo.extend(below.into_iter().filter(|s| {
                self.heap
                    .dict_get_str(self.heap.class(*s).dict, name)
                    .is_null()
            }));
        }
    }

    /// `update_one_slot`: the native function if all the slot's dunders come from it, else the generic one.
    fn update_slot(&mut self, class: Obj, group: &'static SlotGroup, slots: &mut Slots) {
        let mut specific = NULL;
        let mut generic = false;
        let mut any = false;
        for def in group.defs {
            let name = self.intern(def.name);
            let found = self.type_lookup(class, name);
            self.decref(name);
            if found.is_null() {
                continue;
            }
            match self.heap.payload(found) {
                Payload::WrapperDescr {
                    def: theirs,
                    class: owner,
                } => {
                    let owner = *owner;
                    // Taken from another class or under another name, it is looked up, called, and may refuse.
                    if theirs.name != def.name || !self.is_subtype(class, owner) {
                        any = true;
                        generic = true;
                        continue;
                    }
                    // A wrapper of the twin slot (`__getitem__` of mapping and sequence) brings its class's own twin along.
                    let same_group = group.defs.iter().any(|d| std::ptr::eq(d, *theirs));
                    if !same_group && !(group.is_set)(&self.heap.class(owner).slots) {
                        continue;
                    }
                    any = true;
                    if specific.is_null() || specific == owner {
                        specific = owner;
                    } else {
                        generic = true;
                    }
                }
                Payload::None if group.name == "tp_hash" => {
                    slots.tp_hash = Some(super::generic_slots::hash_not_implemented);
                    return;
                }
                _ => {
                    any = true;
                    generic = true;
                }
            }
        }
        if !any {
            (group.clear)(slots);
        } else if !generic {
            let source = self.heap.class(specific).slots.clone();
            (group.copy)(&source, slots);
        } else if group.sequence_twin() {
            (group.clear)(slots);
        } else {
            (group.generic)(slots);
        }
    }

    /// A built-in `__new__`, whichever it is, leaves the slot as it was, or as the base has it: nothing but the base can make
    /// the instances.
    fn new_slot(
        &mut self,
        class: Obj,
        current: Option<super::slots::CallFn>,
    ) -> Option<super::slots::CallFn> {
        let mro = self
            .heap
            .tuple(self.heap.class(class).mro)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for c in mro {
            let c = self.heap.class(c);
            let found = self.heap.dict_get_str(c.dict, self.names.__new__);
            if found.is_null() {
                continue;
            }
            let native = matches!(self.heap.payload(found), Payload::Builtin(b) if std::ptr::eq(b.def, &NEW));
            if !native {
                return Some(slot_tp_new);
            }
            let base = self.heap.class(class).base;
            return current.or_else(|| self.heap.class(base).slots.tp_new);
        }
        None
    }
}
