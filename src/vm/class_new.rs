//! The `class` statement: metaclass, MRO, `__slots__`, descriptors, hooks (`type_new`, `__build_class__`).

use std::rc::Rc;

use super::native::GetSet;
use super::slots::Slots;
use super::{Args, Machine, PyResult};
use crate::heap::payload::class::{ClassFlags, Layout};
use crate::heap::payload::{Class, Member, Payload};
use crate::heap::{NULL, Obj};

/// `__dict__` and `__weakref__` of classes that add them.
static DICT: GetSet = GetSet::rw(
    "__dict__",
    super::types::object::get_dict,
    super::types::object::set_dict,
);
static WEAKREF: GetSet = GetSet::new("__weakref__", super::types::object::get_weakref);

/// What `__slots__` and the bases decide about instances.
struct LayoutPlan {
    add_dict: bool,
    add_weak: bool,
    /// Mangled names, sorted as CPython sorts them.
    slots: Vec<Obj>,
    ht_slots: Obj,
}

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
        self.hold(dict);
        let made = self.type_new_held(meta, name, (bases, &base_list), base, dict);
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
        dict: Obj,
    ) -> PyResult<Obj> {
        let plan = self.plan_layout(name, base, bases, dict)?;
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
        flags.has_dict |= plan.add_dict;
        flags.has_weakrefs |=
            plan.add_weak || bases.iter().any(|b| self.heap.class(*b).flags.has_weakrefs);
        flags.has_dict |= bases.iter().any(|b| self.heap.class(*b).flags.has_dict);
        // Every class made by `class` is collectable: an instance may be stored on one of its parents.
        flags.has_gc = true;
        flags.sequence |= bases.iter().any(|b| self.heap.class(*b).flags.sequence);
        flags.mapping |= bases.iter().any(|b| self.heap.class(*b).flags.mapping);
        self.heap.incref(name);
        self.heap.incref(base);
        self.heap.incref(dict);
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
            doc: "",
            slots: Rc::new(Slots::default()),
        };
        let quiet = self.heap.births.quiet;
        self.heap.births.quiet = quiet - 1;
        let class = self.alloc_instance(meta, Payload::Class(Box::new(class)));
        self.heap.births.quiet = quiet;
        self.hold(class);
        let result = self.fill_class(class, base, dict, &plan, base_class.slot_count);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let class = self.unhold();
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
        let bases = self
            .heap
            .tuple(self.heap.class(class).bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for b in bases {
            self.add_subclass(b, class)?;
        }
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
        for slot in &plan.slots {
            self.decref(*slot);
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
        self.update_all_slots(class);
        Ok(())
    }

    /// `add_subclass`: a base knows its subclasses by weak references.
    fn add_subclass(&mut self, base: Obj, class: Obj) -> PyResult<()> {
        let reference = self.new_weakref(self.types.weakref, class, NULL)?;
        let base = self.heap.class_mut(base);
        base.subclasses.push(class);
        base.subclass_refs.push((class, reference));
        Ok(())
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
        self.copy_function_attributes(func, wrapped);
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
            match self.lookup_attr(func, name) {
                Ok(Some(value)) => {
                    let dict = match self.heap.dict_slot(wrapped) {
                        Some(dict) if !dict.is_null() => *dict,
                        _ => {
                            let dict = self.new_dict();
                            self.set_inst_dict(wrapped, dict);
                            dict
                        }
                    };
                    self.dict_set_str(dict, name, value);
                    self.decref(value);
                }
                Ok(None) => {}
                Err(_) => self.clear_exception(),
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
        // The call super(class, class) takes a tuple of two.
        self.count_tuple(2);
        let hook = match self.super_lookup(class, class, self.names.__init_subclass__) {
            Ok(hook) => hook,
            Err(super::Thrown::Exception) if self.pending_matches(self.types.attribute_error) => {
                // With an order that leaves `object` out, it is the one of `super` itself.
                self.clear_exception();
                self.get_attr(self.types.object, self.names.__init_subclass__)?
            }
            Err(thrown) => return Err(thrown),
        };
        self.hold(hook);
        let values: Vec<Obj> = kwds.iter().map(|k| k.1).collect();
        let result = self.call_with_names(hook, &values, kwds);
        self.drop_held();
        let result = result?;
        self.decref(result);
        Ok(())
    }

    /// The base whose instances' layout the new class extends (`best_base`).
    fn best_base(&mut self, bases: &[Obj]) -> PyResult<Obj> {
        let mut winner = NULL;
        let mut best = NULL;
        for base in bases {
            if !self.heap.is_class(*base) {
                return self.type_error("bases must be types".to_string());
            }
            if !self.heap.class(*base).flags.base_type {
                let name = self.class_name(*base);
                return self.type_error(format!("type '{name}' is not an acceptable base type"));
            }
            let candidate = self.solid_base(*base);
            if winner.is_null() || self.is_subtype(candidate, winner) && candidate != winner {
                winner = candidate;
                best = *base;
            } else if !self.is_subtype(winner, candidate) {
                return self
                    .type_error("multiple bases have instance lay-out conflict".to_string());
            }
        }
        Ok(best)
    }

    /// The nearest class up the chain of `tp_base` that adds something to the layout of instances.
    fn solid_base(&self, class: Obj) -> Obj {
        let mut c = class;
        loop {
            let this = self.heap.class(c);
            if this.base.is_null() {
                return c;
            }
            let parent = self.heap.class(this.base);
            if this.layout != parent.layout || this.slot_count != parent.slot_count {
                return c;
            }
            c = this.base;
        }
    }

    fn plan_layout(
        &mut self,
        name: Obj,
        base: Obj,
        bases: &[Obj],
        dict: Obj,
    ) -> PyResult<LayoutPlan> {
        let base_class = self.heap.class(base);
        let may_add_dict = !base_class.flags.has_dict;
        let itemsize = matches!(
            base_class.layout,
            Layout::Int | Layout::Tuple | Layout::Bytes
        );
        let may_add_weak = !base_class.flags.has_weakrefs && !itemsize;
        let slots = self.heap.dict_get_str(dict, self.names.__slots__);
        if slots.is_null() {
            return Ok(LayoutPlan {
                add_dict: may_add_dict,
                add_weak: may_add_weak,
                slots: Vec::new(),
                ht_slots: NULL,
            });
        }
        let items = if self.heap.str(slots).is_some() {
            self.heap.incref(slots);
            vec![slots]
        } else {
            self.collect_iterable(slots)?
        };
        let ht_slots = self.new_tuple(items.clone());
        // The names are sorted in a list.
        if !self.heap.free_lists.take_list() {
            self.count_allocation();
        }
        if !self.heap.free_lists.put_list() {
            self.count_deallocation();
        }
        let result = self.plan_slots(
            name,
            base,
            bases,
            dict,
            &items,
            (may_add_dict, may_add_weak, itemsize),
        );
        match result {
            Ok(mut plan) => {
                plan.ht_slots = ht_slots;
                Ok(plan)
            }
            Err(thrown) => {
                let saved = self.take_exception();
                self.decref(ht_slots);
                self.restore_exception(saved);
                Err(thrown)
            }
        }
    }

    fn plan_slots(
        &mut self,
        name: Obj,
        base: Obj,
        bases: &[Obj],
        dict: Obj,
        items: &[Obj],
        may: (bool, bool, bool),
    ) -> PyResult<LayoutPlan> {
        let (may_add_dict, may_add_weak, itemsize) = may;
        if !items.is_empty() && itemsize {
            let base = self.class_name(base);
            return self.type_error(format!(
                "nonempty __slots__ not supported for subtype of '{base}'"
            ));
        }
        let mut plan = LayoutPlan {
            add_dict: false,
            add_weak: false,
            slots: Vec::new(),
            ht_slots: NULL,
        };
        let class_name = self.text(name);
        let mut names = Vec::new();
        for item in items {
            let Some(text) = self.heap.str(*item).map(|s| s.lossy()) else {
                let got = self.type_name(*item);
                return self.type_error(format!("__slots__ items must be strings, not '{got}'"));
            };
            if !is_identifier(&text) {
                return self.type_error("__slots__ must be identifiers".to_string());
            }
            match text.as_str() {
                "__dict__" if !may_add_dict || plan.add_dict => {
                    return self
                        .type_error("__dict__ slot disallowed: we already got one".to_string());
                }
                "__dict__" => plan.add_dict = true,
                "__weakref__" if !may_add_weak || plan.add_weak => {
                    return self.type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0".to_string());
                }
                "__weakref__" => plan.add_weak = true,
                _ => {
                    let mangled = mangle(&class_name, &text);
                    if !self.dict_get_name(dict, &mangled).is_null()
                        && mangled != "__qualname__"
                        && mangled != "__classcell__"
                    {
                        return self.value_error(&format!(
                            "'{mangled}' in __slots__ conflicts with class variable"
                        ));
                    }
                    names.push(mangled);
                }
            }
        }
        names.sort();
        plan.slots = names.iter().map(|n| self.intern(n)).collect();
        // A second base may bring a dict or weak references along.
        for other in bases.iter().filter(|b| **b != base) {
            let flags = self.heap.class(*other).flags;
            plan.add_dict |= may_add_dict && flags.has_dict;
            plan.add_weak |= may_add_weak && flags.has_weakrefs;
        }
        Ok(plan)
    }

    /// Linearizes the bases (C3) and stores the MRO.
    fn compute_mro(&mut self, class: Obj) -> PyResult<()> {
        self.order_class(class).map(drop)
    }

    /// `mro_internal`: false if a metaclass's `mro` has seen to the class's order itself.
    fn order_class(&mut self, class: Obj) -> PyResult<bool> {
        let meta = self.heap.ty(class);
        let before = self.heap.class(class).mro;
        let custom = if meta == self.types.type_ {
            NULL
        } else {
            self.custom_mro_method(meta)
        };
        let order = if custom.is_null() {
            self.linearize(class)?
        } else {
            self.xincref(before);
            self.hold(before);
            let asked = self.custom_order(class, custom);
            self.let_go(asked)?
        };
        if self.heap.class(class).mro != before {
            return Ok(false);
        }
        let tuple = self.new_tuple_of(&order);
        let old = std::mem::replace(&mut self.heap.class_mut(class).mro, tuple);
        self.xdecref(old);
        self.type_modified(class);
        Ok(true)
    }

    /// What a metaclass's `mro` says, checked (`mro_invoke`, `mro_check`).
    fn custom_order(&mut self, class: Obj, custom: Obj) -> PyResult<Vec<Obj>> {
        let result = self.call(custom, &[class])?;
        let items = self.collect_iterable(result);
        self.decref(result);
        let items = items?;
        let solid = self.solid_base(class);
        let mut wrong = None;
        for item in &items {
            if !self.heap.is_class(*item) {
                let got = self.type_name(*item);
                wrong.get_or_insert(format!("mro() returned a non-class ('{got}')"));
            } else if !self.is_subtype(solid, self.solid_base(*item)) {
                let name = self.class_name(*item);
                wrong.get_or_insert(format!(
                    "mro() returned base with unsuitable layout ('{name}')"
                ));
            }
        }
        // Classes among them are kept alive by the bases; whatever else there is raises.
        for item in &items {
            self.decref(*item);
        }
        match wrong {
            Some(message) => self.type_error(message),
            None => Ok(items),
        }
    }

    /// Gives a class other bases, and it and its subclasses the order that follows (`type_set_bases`, `mro_hierarchy`). All
    /// borrowed; the bases are classes, none of them below this one. A metaclass's `mro` may do the same meanwhile: then its
    /// assignment is the one that holds.
    pub fn change_bases(&mut self, class: Obj, tuple: Obj, bases: &[Obj]) -> PyResult<()> {
        let base = self.best_base(bases)?;
        let old_base = self.heap.class(class).base;
        super::types::object::check_same_layout(self, old_base, base, "__bases__")?;
        let mark = self.mark();
        self.hold_ref(tuple);
        for o in [tuple, base] {
            self.heap.incref(o);
        }
        let c = self.heap.class_mut(class);
        let old_tuple = std::mem::replace(&mut c.bases, tuple);
        let old_base = std::mem::replace(&mut c.base, base);
        self.hold(old_tuple);
        self.hold(old_base);
        let ordered = self.reorder_hierarchy(class);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let ours = self.heap.class(class).bases == tuple;
        if ordered.is_err() {
            if ours {
                for o in [old_tuple, old_base] {
                    self.heap.incref(o);
                }
                let c = self.heap.class_mut(class);
                c.bases = old_tuple;
                c.base = old_base;
                self.drop_keeping_exception(tuple);
                self.drop_keeping_exception(base);
            }
            self.release_raising(mark);
            return ordered;
        }
        if ours {
            self.move_subclass(class, old_tuple, bases)?;
            for one in self.with_descendants(class) {
                self.update_all_slots(one);
            }
        }
        self.release(mark);
        Ok(())
    }

    /// Sorts out the order of a class and of everything below it; all of it is undone if one of them cannot be ordered.
    fn reorder_hierarchy(&mut self, class: Obj) -> PyResult<()> {
        let mark = self.mark();
        let mut changed: Vec<Obj> = Vec::new();
        let mut todo = vec![class];
        while let Some(one) = todo.pop() {
            let old = self.heap.class(one).mro;
            self.xincref(old);
            self.hold(old);
            match self.order_class(one) {
                Ok(true) => {
                    changed.push(one);
                    todo.extend(self.heap.class(one).subclasses.iter().rev());
                }
                Ok(false) => {
                    let old = self.unhold();
                    self.xdecref(old);
                }
                Err(super::Thrown::Interrupt) => return Err(super::Thrown::Interrupt),
                Err(thrown) => {
                    let saved = self.take_exception();
                    let olds = self.stack[mark..mark + changed.len()].to_vec();
                    for (one, old) in changed.iter().zip(olds).rev() {
                        self.xincref(old);
                        let new = std::mem::replace(&mut self.heap.class_mut(*one).mro, old);
                        self.xdecref(new);
                        self.type_modified(*one);
                    }
                    self.restore_exception(saved);
                    self.release_raising(mark);
                    return Err(thrown);
                }
            }
        }
        self.release(mark);
        Ok(())
    }

    /// A class and everything below it, a parent before its children.
    fn with_descendants(&self, class: Obj) -> Vec<Obj> {
        let mut seen = std::collections::HashSet::from([class]);
        let mut open = vec![(class, self.heap.class(class).subclasses.clone())];
        let mut done = Vec::new();
        while let Some((at, below)) = open.last_mut() {
            match below.pop() {
                Some(one) if seen.insert(one) => {
                    open.push((one, self.heap.class(one).subclasses.clone()))
                }
                Some(_) => {}
                None => {
                    done.push(*at);
                    open.pop();
                }
            }
        }
        done.reverse();
        done
    }

    fn move_subclass(&mut self, class: Obj, old_bases: Obj, bases: &[Obj]) -> PyResult<()> {
        let olds = self
            .heap
            .tuple(old_bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for old in olds {
            let c = self.heap.class_mut(old);
            c.subclasses.retain(|s| *s != class);
            if let Some(i) = c.subclass_refs.iter().position(|r| r.0 == class) {
                let (_, reference) = c.subclass_refs.remove(i);
                self.decref(reference);
            }
        }
        bases.iter().try_for_each(|b| self.add_subclass(*b, class))
    }

    fn custom_mro_method(&mut self, meta: Obj) -> Obj {
        let name = self.names.mro;
        let found = self.type_lookup(meta, name);
        if matches!(self.heap.payload(found), Payload::MethodDescr { .. }) {
            NULL
        } else {
            found
        }
    }

    /// `mro_implementation`
    pub fn linearize(&mut self, class: Obj) -> PyResult<Vec<Obj>> {
        let bases = self
            .heap
            .tuple(self.heap.class(class).bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for (i, base) in bases.iter().enumerate() {
            if bases[i + 1..].contains(base) {
                let name = self.class_name(*base);
                return self.type_error(format!("duplicate base class {name}"));
            }
        }
        let mut lists: Vec<Vec<Obj>> = bases
            .iter()
            .map(|b| {
                self.heap
                    .tuple(self.heap.class(*b).mro)
                    .map(<[Obj]>::to_vec)
                    .unwrap_or_default()
            })
            .collect();
        lists.push(bases);
        let mut order = vec![class];
        loop {
            lists.retain(|l| !l.is_empty());
            if lists.is_empty() {
                return Ok(order);
            }
            let next = lists
                .iter()
                .map(|l| l[0])
                .find(|c| !lists.iter().any(|l| l[1..].contains(c)));
            let Some(next) = next else {
                let mut left: Vec<Obj> = Vec::new();
                for list in &lists {
                    if !left.contains(&list[0]) {
                        left.push(list[0]);
                    }
                }
                let names: Vec<String> = left.iter().map(|c| self.class_name(*c)).collect();
                let names = names.join(", ");
                return self.type_error(format!(
                    "Cannot create a consistent method resolution\norder (MRO) for bases {names}"
                ));
            };
            order.push(next);
            for list in &mut lists {
                if list[0] == next {
                    list.remove(0);
                }
            }
        }
    }

    /// LOAD_BUILD_CLASS
    pub(super) fn load_build_class(&mut self) -> PyResult<Obj> {
        let builtins = self.frames.last().map_or(NULL, |f| f.builtins);
        let found = self.heap.dict_get_str(builtins, self.names.__build_class__);
        if found.is_null() {
            return self.name_error(
                self.names.__build_class__,
                "__build_class__ not found".to_string(),
            );
        }
        Ok(self.new_ref(found))
    }

    /// `__build_class__(func, name, *bases, metaclass=None, **kwds)`
    pub fn build_class(&mut self, args: Args) -> PyResult<Obj> {
        if args.len() < 2 {
            return self.type_error("__build_class__: not enough arguments".to_string());
        }
        let (func, name) = (args.get(self, 0), args.get(self, 1));
        if !matches!(self.heap.payload(func), Payload::Func(_)) {
            return self.type_error("__build_class__: func must be a function".to_string());
        }
        if self.heap.str(name).is_none() {
            return self.type_error("__build_class__: name is not a string".to_string());
        }
        let mark = self.mark();
        let result = self.build_class_held(func, name, args);
        self.release_raising(mark);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        result
    }

    fn build_class_held(&mut self, func: Obj, name: Obj, args: Args) -> PyResult<Obj> {
        let orig_bases: Vec<Obj> = args.to_vec(self)[2..].to_vec();
        let orig = self.new_tuple_of(&orig_bases);
        self.hold(orig);
        let bases = self.update_bases(&orig_bases)?;
        let changed = bases.is_some();
        let bases = match bases {
            Some(bases) => {
                let t = self.new_tuple(bases);
                self.hold(t)
            }
            None => orig,
        };
        let base_list = self
            .heap
            .tuple(bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        let mut kwds = args.keywords(self);
        let mut meta = match kwds.iter().position(|(k, _)| self.text(*k) == "metaclass") {
            Some(i) => kwds.remove(i).1,
            None if base_list.is_empty() => self.types.type_,
            None => self.heap.ty(base_list[0]),
        };
        let is_class = self.heap.is_class(meta);
        if is_class {
            meta = self.calculate_metaclass(meta, &base_list)?;
        }
        let namespace = self.prepare_namespace(meta, is_class, name, bases, &kwds)?;
        self.hold(namespace);
        let cell = self.run_class_body(func, namespace)?;
        self.hold(cell);
        if changed {
            self.set_item(namespace, self.names.__orig_bases__, orig)?;
        }
        let class = self.call_metaclass(meta, name, bases, namespace, &kwds)?;
        if let Payload::Cell(contents) = self.heap.payload(cell)
            && self.heap.is_class(class)
        {
            let contents = *contents;
            if contents != class {
                self.hold(class);
                let shown = self.repr_text(name)?;
                let message = if contents.is_null() {
                    format!(
                        "__class__ not set defining {shown} as {}. Was __classcell__ propagated to type.__new__?",
                        self.repr_text(class)?
                    )
                } else {
                    let (a, b) = (self.repr_text(contents)?, self.repr_text(class)?);
                    format!("__class__ set to {a} defining {shown} as {b}")
                };
                let ty = if contents.is_null() {
                    self.types.runtime_error
                } else {
                    self.types.type_error
                };
                return self.raise(ty, message);
            }
        }
        Ok(class)
    }

    fn call_metaclass(
        &mut self,
        meta: Obj,
        name: Obj,
        bases: Obj,
        namespace: Obj,
        kwds: &[(Obj, Obj)],
    ) -> PyResult<Obj> {
        let mut values = vec![name, bases, namespace];
        values.extend(kwds.iter().map(|k| k.1));
        self.call_with_names(meta, &values, kwds)
    }

    /// Calls with keyword arguments; their values stand in `values` already, behind the others.
    fn call_with_names(
        &mut self,
        callable: Obj,
        values: &[Obj],
        kwds: &[(Obj, Obj)],
    ) -> PyResult<Obj> {
        if kwds.is_empty() {
            return self.call(callable, values);
        }
        let names: Vec<Obj> = kwds.iter().map(|k| k.0).collect();
        let kwnames = self.new_tuple_of(&names);
        self.with_held(kwnames, |vm, kwnames| vm.call_kw(callable, values, kwnames))
    }

    /// `__mro_entries__` of bases that are no classes; None if there are none (`update_bases`). Owned items.
    fn update_bases(&mut self, bases: &[Obj]) -> PyResult<Option<Vec<Obj>>> {
        if bases.iter().all(|b| self.heap.is_class(*b)) {
            return Ok(None);
        }
        let tuple = self.new_tuple_of(bases);
        self.hold(tuple);
        let mut out = Vec::new();
        let mut changed = false;
        for base in bases {
            let hook = if self.heap.is_class(*base) {
                None
            } else {
                self.lookup_attr(*base, self.names.__mro_entries__)?
            };
            let Some(hook) = hook else {
                self.heap.incref(*base);
                out.push(*base);
                continue;
            };
            changed = true;
            let entries = self.call(hook, &[tuple]);
            self.decref(hook);
            let entries = entries?;
            let Some(items) = self.heap.tuple(entries).map(<[Obj]>::to_vec) else {
                self.decref(entries);
                return self.type_error("__mro_entries__ must return a tuple".to_string());
            };
            for item in items {
                self.heap.incref(item);
                out.push(item);
            }
            self.decref(entries);
        }
        if !changed {
            for o in out {
                self.decref(o);
            }
            return Ok(None);
        }
        Ok(Some(out))
    }

    fn prepare_namespace(
        &mut self,
        meta: Obj,
        is_class: bool,
        name: Obj,
        bases: Obj,
        kwds: &[(Obj, Obj)],
    ) -> PyResult<Obj> {
        if meta == self.types.type_ {
            self.heap.births.quiet += 1;
            let namespace = self.new_dict();
            self.heap.births.quiet -= 1;
            return Ok(namespace);
        }
        let Some(prepare) = self.lookup_attr(meta, self.names.__prepare__)? else {
            return Ok(self.new_dict());
        };
        self.hold(prepare);
        let mut values = vec![name, bases];
        values.extend(kwds.iter().map(|k| k.1));
        let result = self.call_with_names(prepare, &values, kwds);
        let namespace = result?;
        self.drop_held();
        if self.slots_of(namespace).mp_subscript.is_none() {
            let got = self.type_name(namespace);
            let shown = if is_class {
                self.class_name(meta)
            } else {
                "<metaclass>".to_string()
            };
            self.decref(namespace);
            return self.type_error(format!(
                "{shown}.__prepare__() must return a mapping, not {got}"
            ));
        }
        Ok(namespace)
    }

    /// Runs a class body with a namespace of its own.
    fn run_class_body(&mut self, func: Obj, namespace: Obj) -> PyResult<Obj> {
        self.check_recursion()?;
        let Payload::Func(f) = self.heap.payload(func) else {
            panic!("checked by the caller")
        };
        let (code, code_obj, globals, builtins) =
            (f.code.clone(), f.code_obj, f.globals, f.builtins);
        self.run_code(code, code_obj, globals, builtins, namespace, func)
    }

    /// Runs a code object in a nested run: a class body, `exec`, a module.
    #[allow(clippy::too_many_arguments)] // a frame has these parts
    pub fn run_code(
        &mut self,
        code: Rc<crate::heap::payload::Code>,
        code_obj: Obj,
        globals: Obj,
        builtins: Obj,
        locals: Obj,
        func: Obj,
    ) -> PyResult<Obj> {
        self.check_runnable(&code)?;
        self.enter_code(code, code_obj, globals, builtins, locals, func);
        self.run_nested()
    }

    #[allow(clippy::too_many_arguments)] // a frame has these parts
    pub(super) fn enter_code(
        &mut self,
        code: Rc<crate::heap::payload::Code>,
        code_obj: Obj,
        globals: Obj,
        builtins: Obj,
        locals: Obj,
        func: Obj,
    ) {
        if let Some(frame) = self.frames.last_mut() {
            frame.pc = self.pc + 1;
        }
        self.claim_frame(code_obj);
        let base = self.frame_room(&code);
        for slot in &mut self.stack[base..base + code.locals_plus as usize] {
            *slot = NULL;
        }
        if !func.is_null() {
            self.fill_cells(func, &code, base);
        }
        self.push_frame(
            code,
            code_obj,
            globals,
            builtins,
            locals,
            base,
            super::frame::Cont::Native,
        );
    }
}

/// Private names are mangled with the class's name (`_Py_Mangle`).
fn mangle(class: &str, name: &str) -> String {
    let stripped = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') || stripped.is_empty()
    {
        return name.to_string();
    }
    format!("_{stripped}{name}")
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
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

    /// `object.__setattr__(cls, …)` must not get round a metaclass (`hackcheck`, "the Carlo Verre hack").
    pub(super) fn guard_carlo(&mut self, this: Obj, what: &str) -> PyResult<()> {
        if self.heap.is_class(this) && !self.heap.class(this).flags.heap_type {
            let name = self.type_name(this);
            return self.type_error(format!("can't apply this {what} to {name} object"));
        }
        Ok(())
    }
}
