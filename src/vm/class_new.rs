//! Making a class: metaclass, dictionary, hooks (`type_new`). The statement is in `build_class`, the instances' shape in
//! `class_layout`, the MRO in `class_order`.

use std::rc::Rc;

use super::class_layout::LayoutPlan;
use super::native::GetSet;
use super::slots::{Slots, StoreFn};
use super::{Machine, PyResult};
use crate::heap::payload::class::ClassFlags;
use crate::heap::payload::{Class, Member, Payload};
use crate::heap::{NULL, Obj};

/// `__dict__` and `__weakref__` of classes that add them.
static DICT: GetSet = GetSet {
    doc: "dictionary for instance variables (if defined)",
    ..GetSet::rw(
        "__dict__",
        super::types::object::subtype_dict,
        super::types::object::set_subtype_dict,
    )
};
static WEAKREF: GetSet = GetSet {
    doc: "list of weak references to the object (if defined)",
    ..GetSet::new("__weakref__", super::types::object::get_weakref)
};

impl Machine {
    /// The most derived metaclass among the given one and those of the bases; borrowed (`_PyType_CalculateMetaclass`).
    pub fn calculate_metaclass(&mut self, meta: Obj, bases: &[Obj]) -> PyResult<Obj> {
        let mut winner = meta;
        for base in bases {
            let theirs = self.heap.ty(*base);
            if self.is_subtype(winner, theirs) {
                continue;
            }
            if self.is_subtype(theirs, winner) {
                winner = theirs;
                continue;
            }
            return self.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
                    .to_string(),
            );
        }
        Ok(winner)
    }

    /// `type(name, bases, namespace, **kwds)` for a metaclass that has been settled. All borrowed; the class is owned.
    pub fn type_new(
        &mut self,
        meta: Obj,
        name: Obj,
        bases: Obj,
        namespace: Obj,
        kwds: &[(Obj, Obj)],
    ) -> PyResult<Obj> {
        let mut base_list = self
            .heap
            .tuple(bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        if base_list.is_empty() {
            base_list.push(self.types.object);
        }
        let base = self.best_base(&base_list)?;
        let mark = self.mark();
        self.heap.births.quiet += 1;
        // The tuple given becomes `__bases__` itself.
        let bases = match self.heap.tuple(bases) {
            Some([]) | None => self.new_tuple_of(&base_list),
            _ => self.new_ref(bases),
        };
        self.hold(bases);
        let dict = self.dict_copy(namespace);
        let place = self.mark();
        self.hold(dict);
        let made = self.type_new_held(meta, name, (bases, &base_list), base, place);
        self.heap.births.quiet -= 1;
        match made {
            Ok(class) => {
                self.hold(class);
                let hooked = self.after_class(class, namespace, kwds);
                if self.interrupt.is_some() {
                    return Err(super::Thrown::Interrupt);
                }
                self.heap.incref(class);
                self.release_raising(mark);
                if let Err(thrown) = hooked {
                    let saved = self.take_exception();
                    self.decref(class);
                    self.restore_exception(saved);
                    return Err(thrown);
                }
                Ok(class)
            }
            Err(thrown) => {
                self.release_raising(mark);
                Err(thrown)
            }
        }
    }

    fn type_new_held(
        &mut self,
        meta: Obj,
        name: Obj,
        (bases_tuple, bases): (Obj, &[Obj]),
        base: Obj,
        dict_place: usize,
    ) -> PyResult<Obj> {
        let dict = self.stack[dict_place];
        let plan = self.plan_layout(name, base, bases, dict)?;
        // The names of its slots wait on the stack until the class has descriptors of those names.
        let mark = self.mark();
        for slot in &plan.slots {
            self.hold(*slot);
        }
        self.check_utf8(name)?;
        self.check_utf8(self.heap.dict_get_str(dict, self.names.__doc__))?;
        let text = self.text(name);
        if self.heap.str(name).is_some_and(|s| s.bytes().contains(&0)) {
            return self.value_error("type name must not contain null characters");
        }
        let kind = self.heap.births.kind(&text);
        let root = self.heap.shapes.new_root();
        let base_class = self.heap.class(base).clone();
        let mut flags = ClassFlags {
            heap_type: true,
            base_type: true,
            ..base_class.flags
        };
        flags.is_abstract = false;
        flags.disallow_instantiation = false;
        flags.legacy_del = false;
        flags.has_dict |= plan.add_dict;
        // Behind items whose number varies there is no room for a list of weak references.
        let may_add_weak = super::types::type_facts::of(self, base).item_size == 0;
        let referred = |b: &Obj| self.heap.class(*b).flags.has_weakrefs;
        flags.has_weakrefs |= plan.add_weak || may_add_weak && bases.iter().any(referred);
        flags.has_dict |= bases.iter().any(|b| self.heap.class(*b).flags.has_dict);
        // Every class made by `class` is collectable: an instance may be stored on one of its parents.
        flags.has_gc = true;
        flags.sequence |= bases.iter().any(|b| self.heap.class(*b).flags.sequence);
        flags.mapping |= bases.iter().any(|b| self.heap.class(*b).flags.mapping);
        self.heap.incref(name);
        self.heap.incref(base);
        self.heap.incref(bases_tuple);
        let slot_count = base_class.slot_count + plan.slots.len() as u16;
        let class = Class {
            name: text.into(),
            flags,
            layout: base_class.layout,
            kind,
            version: 0,
            root,
            slot_count,
            meta_is_counted: false,
            has_del: false,
            dict,
            bases: bases_tuple,
            mro: NULL,
            base,
            ht_name: name,
            qualname: NULL,
            ht_slots: plan.ht_slots,
            subclasses: Vec::new(),
            subclass_refs: Vec::new(),
            subclass_dict: NULL,
            built_in_subclasses: false,
            doc: "",
            slots: Rc::new(Slots::default()),
        };
        let quiet = self.heap.births.quiet;
        self.heap.births.quiet = quiet - 1;
        // The class takes the dict over.
        self.stack[dict_place] = NULL;
        let class = self.alloc_instance(meta, Payload::Class(Box::new(class)));
        self.heap.births.quiet = quiet;
        self.hold(class);
        let result = self.fill_class(class, base, dict, &plan, base_class.slot_count);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let class = self.unhold();
        self.keeping(&Ok(class), |vm| vm.release_raising(mark));
        match result {
            Ok(()) => Ok(class),
            Err(thrown) => {
                let saved = self.take_exception();
                self.decref(class);
                self.restore_exception(saved);
                Err(thrown)
            }
        }
    }

    /// Attributes that `type_new_set_attrs` and `PyType_Ready` put into the dict, in their order.
    fn fill_class(
        &mut self,
        class: Obj,
        _base: Obj,
        dict: Obj,
        plan: &LayoutPlan,
        first_slot: u16,
    ) -> PyResult<()> {
        self.set_module_and_qualname(class, dict)?;
        self.wrap_special(dict, self.names.__new__, true)?;
        self.wrap_special(dict, self.names.__init_subclass__, false)?;
        self.wrap_special(dict, self.names.__class_getitem__, false)?;
        self.set_class_cell(class, dict)?;
        self.compute_mro(class)?;
        for (i, name) in plan.slots.iter().enumerate() {
            self.heap.incref(class);
            self.heap.incref(*name);
            let member = Member {
                class,
                name: *name,
                index: first_slot + i as u16,
            };
            let o = self.alloc_gc(
                self.types.member_descriptor,
                Payload::Member(Box::new(member)),
            );
            self.dict_set_str(dict, *name, o);
            self.decref(o);
        }
        for (add, def) in [(plan.add_dict, &DICT), (plan.add_weak, &WEAKREF)] {
            if add && self.dict_get_name(dict, def.name).is_null() {
                self.heap.incref(class);
                let o = self.alloc_gc(
                    self.types.getset_descriptor,
                    Payload::GetSetDescr { def, class },
                );
                self.dict_set_name(dict, def.name, o);
                self.decref(o);
            }
        }
        if self.heap.dict_get_str(dict, self.names.__doc__).is_null() {
            let none = self.none;
            self.dict_set_str(dict, self.names.__doc__, none);
        }
        let has = |vm: &Machine, name: Obj| !vm.heap.dict_get_str(dict, name).is_null();
        if has(self, self.names.__eq__) && !has(self, self.names.__hash__) {
            let none = self.none;
            self.dict_set_str(dict, self.names.__hash__, none);
        }
        let bases = self
            .heap
            .tuple(self.heap.class(class).bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for b in bases {
            self.add_subclass(b, class)?;
        }
        self.update_all_slots(class);
        Ok(())
    }

    /// `add_subclass`: a base knows its subclasses by weak references.
    pub(super) fn add_subclass(&mut self, base: Obj, class: Obj) -> PyResult<()> {
        let reference = self.plain_reference(class);
        self.heap.class_mut(base).subclasses.push(class);
        self.with_held(reference, |vm, reference| {
            vm.remember_subclass(base, class, reference)
        })
    }

    /// Puts the reference to a subclass into the dict of its base, which is made for the first one.
    pub(in crate::vm) fn remember_subclass(
        &mut self,
        base: Obj,
        class: Obj,
        reference: Obj,
    ) -> PyResult<()> {
        let old = self.heap.class(base).built_in_subclasses;
        self.heap.births.quiet += 1;
        if self.heap.class(base).subclass_dict.is_null() {
            let dict = match old {
                true => {
                    let payload = Machine::empty_dict_payload();
                    self.alloc_gc_uncounted(self.types.dict, payload)
                }
                false => self.new_dict(),
            };
            self.heap.class_mut(base).subclass_dict = dict;
        }
        let dict = self.heap.class(base).subclass_dict;
        let address = self.new_int(self.id_of(class) as i64);
        let stored = self.with_held(address, |vm, address| vm.dict_set(dict, address, reference));
        self.heap.births.quiet -= 1;
        if old && self.heap.gc.tracked(dict) {
            self.heap.gc.untrack(dict);
        }
        self.heap
            .class_mut(base)
            .subclass_refs
            .push((class, reference));
        stored
    }

    /// `remove_subclass`
    pub(super) fn remove_subclass(&mut self, base: Obj, class: Obj) {
        let Payload::Class(c) = self.heap.payload_mut(base) else {
            return;
        };
        c.subclasses.retain(|s| *s != class);
        let Some(i) = c.subclass_refs.iter().position(|r| r.0 == class) else {
            return;
        };
        c.subclass_refs.remove(i);
        let dict = c.subclass_dict;
        let address = self.new_int(self.id_of(class) as i64);
        let saved = self.take_exception();
        if self.dict_delete(dict, address).is_err() {
            self.clear_exception();
        }
        self.restore_exception(saved);
        self.decref(address);
    }

    fn set_module_and_qualname(&mut self, class: Obj, dict: Obj) -> PyResult<()> {
        if self
            .heap
            .dict_get_str(dict, self.names.__module__)
            .is_null()
            && let Some(globals) = self.frames.last().map(|f| f.globals)
        {
            let module = self.heap.dict_get_str(globals, self.names.__name__);
            if !module.is_null() {
                self.dict_set_str(dict, self.names.__module__, module);
            }
        }
        let qualname = self.heap.dict_get_str(dict, self.names.__qualname__);
        let qualname = if qualname.is_null() {
            self.heap.class(class).ht_name
        } else if self.heap.str(qualname).is_none() {
            let got = self.type_name(qualname);
            return self.type_error(format!("type __qualname__ must be a str, not {got}"));
        } else {
            qualname
        };
        self.heap.incref(qualname);
        self.heap.class_mut(class).qualname = qualname;
        self.dict_delete_str(dict, self.names.__qualname__);
        Ok(())
    }

    /// `__new__` becomes a static method, `__init_subclass__` and `__class_getitem__` class methods.
    fn wrap_special(&mut self, dict: Obj, name: Obj, is_static: bool) -> PyResult<()> {
        let func = self.heap.dict_get_str(dict, name);
        if func.is_null() || !matches!(self.heap.payload(func), Payload::Func(_)) {
            return Ok(());
        }
        self.heap.incref(func);
        let wrapped = if is_static {
            self.alloc_gc(self.types.staticmethod, Payload::StaticMethod([func, NULL]))
        } else {
            self.alloc_gc(self.types.classmethod, Payload::ClassMethod([func, NULL]))
        };
        self.dict_set_str(dict, name, wrapped);
        self.decref(wrapped);
        Ok(())
    }

    /// `functools_wraps` of `Objects/funcobject.c`: what static and class methods take over from their function.
    pub fn copy_function_attributes(&mut self, func: Obj, wrapped: Obj) {
        let n = &self.names;
        for name in [
            n.__module__,
            n.__name__,
            n.__qualname__,
            n.__doc__,
            n.__annotations__,
        ] {
            match self.get_attr(func, name) {
                Ok(value) => {
                    let parked = self.park(&[value]);
                    let dict = match self.heap.dict_slot(wrapped) {
                        Some(dict) if !dict.is_null() => *dict,
                        _ => {
                            let dict = self.new_dict();
                            self.set_inst_dict(wrapped, dict);
                            dict
                        }
                    };
                    self.unpark(parked);
                    self.dict_set_str(dict, name, value);
                    self.decref(value);
                }
                Err(super::Thrown::Interrupt) => return,
                Err(super::Thrown::Exception) => {
                    // It is made, with its arguments, before it is forgotten.
                    if self.normalize().is_ok() {
                        self.clear_exception();
                    }
                }
            }
        }
    }

    fn set_class_cell(&mut self, class: Obj, dict: Obj) -> PyResult<()> {
        let cell = self.heap.dict_get_str(dict, self.names.__classcell__);
        if cell.is_null() {
            return Ok(());
        }
        if !matches!(self.heap.payload(cell), Payload::Cell(_)) {
            let got = self.type_name(cell);
            return self.type_error(format!(
                "__classcell__ must be a nonlocal cell, not <class '{got}'>"
            ));
        }
        self.heap.incref(class);
        let old = self.set_cell(cell, class);
        self.xdecref(old);
        self.dict_delete_str(dict, self.names.__classcell__);
        Ok(())
    }

    /// `__set_name__` of everything in the namespace, then `__init_subclass__` of the parent.
    fn after_class(&mut self, class: Obj, _namespace: Obj, kwds: &[(Obj, Obj)]) -> PyResult<()> {
        let dict = self.heap.class(class).dict;
        let names = self.dict_copy(dict);
        let mark = self.mark();
        self.hold(names);
        for (name, value) in self.heap.dict_items(names) {
            if let Err(thrown) = self.call_set_name(class, name, value) {
                self.release_raising(mark);
                return Err(thrown);
            }
        }
        self.release(mark);
        self.call_init_subclass(class, kwds)
    }

    fn call_set_name(&mut self, class: Obj, name: Obj, value: Obj) -> PyResult<()> {
        let Some(hook) = self.lookup_special(value, self.names.__set_name__)? else {
            return Ok(());
        };
        self.hold(hook);
        let result = self.call(hook, &[class, name]);
        match result {
            Ok(result) => {
                self.decref(result);
                self.drop_held();
                Ok(())
            }
            Err(super::Thrown::Interrupt) => Err(super::Thrown::Interrupt),
            Err(_) => {
                let cause = self.take_exception_object()?;
                self.hold(cause);
                let (ty, cls) = (self.type_name(value), self.class_name(class));
                let shown = self.repr_text(name)?;
                let raised = self.raise(
                    self.types.runtime_error,
                    format!("Error calling __set_name__ on '{ty}' instance {shown} in '{cls}'"),
                );
                let made = self.normalize()?;
                self.heap.incref(cause);
                self.heap.incref(cause);
                if let Payload::Exc(e) = self.heap.base_mut(made) {
                    e.suppress_context = true;
                    e.cause = cause;
                    let old = std::mem::replace(&mut e.context, cause);
                    self.xdecref(old);
                }
                let mark = self.mark() - 2;
                self.release_raising(mark);
                raised
            }
        }
    }

    fn call_init_subclass(&mut self, class: Obj, kwds: &[(Obj, Obj)]) -> PyResult<()> {
        // The call super(class, class) takes a tuple of two; the object is gone before the hook is called.
        self.heap.births.quiet += 1;
        let pair = self.new_tuple_of(&[class; 2]);
        self.hold(pair);
        for _ in 0..3 {
            self.heap.incref(class);
        }
        let proxy = self.alloc_gc(self.types.super_, Payload::Super([class; 3]));
        self.heap.births.quiet -= 1;
        self.drop_held();
        self.hold(proxy);
        let mro = self.heap.tuple(self.heap.class(class).mro).unwrap_or(&[]);
        let hook = match mro.contains(&class) {
            true => self.super_lookup(class, class, self.names.__init_subclass__),
            // A metaclass's `mro` left the class itself out.
            false => super::types::super_::wrong_object(self),
        };
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let proxy = self.unhold();
        self.keeping(&hook, |vm| vm.drop_keeping_exception(proxy));
        let hook = match hook {
            Ok(hook) => hook,
            Err(super::Thrown::Exception) if self.pending_matches(self.types.attribute_error) => {
                // With an order that leaves `object` out, it is the one of `super` itself.
                self.clear_exception();
                self.get_attr(self.types.object, self.names.__init_subclass__)?
            }
            Err(thrown) => return Err(thrown),
        };
        self.hold(hook);
        let result = match kwds {
            [] => self.call(hook, &[]),
            kwds => self.call_spreading(hook, kwds),
        };
        self.drop_held();
        let result = result?;
        self.decref(result);
        Ok(())
    }
}

impl Machine {
    /// `super(class, this).name`, for `this` an instance or a subclass of `class`: the attribute found behind `class` in the
    /// MRO, bound. Owned; AttributeError if there is none.
    pub fn super_lookup(&mut self, class: Obj, this: Obj, name: Obj) -> PyResult<Obj> {
        let is_class = self.heap.is_class(this) && self.is_subtype(this, class);
        let start = if is_class { this } else { self.heap.ty(this) };
        let mro = self
            .heap
            .tuple(self.heap.class(start).mro)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        let behind = mro
            .iter()
            .position(|c| *c == class)
            .map_or(mro.len(), |i| i + 1);
        for c in &mro[behind..] {
            let found = self.heap.dict_get_str(self.heap.class(*c).dict, name);
            if found.is_null() {
                continue;
            }
            return match self.slots_of(found).tp_descr_get {
                Some(get) => {
                    self.hold_ref(found);
                    let instance = if is_class { NULL } else { this };
                    let result = get(self, found, instance, start);
                    self.drop_held();
                    result
                }
                None => Ok(self.new_ref(found)),
            };
        }
        let text = self.text(name);
        self.raise(
            self.types.attribute_error,
            format!("'super' object has no attribute '{text}'"),
        )
    }

    /// `object.__setattr__(cls, …)` must not get round a metaclass (`hackcheck`, "the Carlo Verre hack"): the function of a
    /// built-in type may be called only if none between it and the object's class has one of its own.
    pub(super) fn guard_carlo(&mut self, this: Obj, func: StoreFn, what: &str) -> PyResult<()> {
        let class = self.heap.ty(this);
        let slot = |vm: &Machine, c: Obj| vm.heap.class(c).slots.tp_setattro;
        let is = |a: Option<StoreFn>, b: StoreFn| a.is_some_and(|a| std::ptr::fn_addr_eq(a, b));
        let in_python = super::generic_slots::slot_tp_setattro as StoreFn;
        let own = slot(self, class);
        let mro = self.heap.tuple(self.heap.class(class).mro).unwrap_or(&[]);
        let definer = mro.iter().rev().copied().find(|c| {
            let theirs = slot(self, *c);
            !is(theirs, in_python) && own.is_some_and(|own| is(theirs, own))
        });
        let mut at = definer.unwrap_or(class);
        while !at.is_null() {
            let theirs = slot(self, at);
            if is(theirs, func) {
                break;
            }
            if !is(theirs, in_python) {
                let name = self.class_name(class);
                return self.type_error(format!("can't apply this {what} to {name} object"));
            }
            at = self.heap.class(at).base;
        }
        Ok(())
    }
}
