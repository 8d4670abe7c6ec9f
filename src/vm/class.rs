//! Classes at work: making built-in types from their specs, making instances, calling classes, forgetting what caches know.
//!
//! What the `class` statement does is `class_new.rs`; how dunder methods become slots is `class_slots.rs`.

use std::cell::Cell;
use std::rc::Rc;

use super::class_slots::NEW;
use super::frame::Cont;
use super::native::{Method, TypeSpec};
use super::slots::{GROUPS, Slots, inherit};
use super::types::{member_table::is_member, type_facts};
use super::{Args, Machine, PyResult};
use crate::heap::payload::class::{ClassFlags, Layout};
use crate::heap::payload::code::{Cache, NO_CACHE};
use crate::heap::payload::{BuiltinFn, Class, Ext, Payload, StrObj};
use crate::heap::shape::EMPTY_SHAPE;
use crate::heap::{NULL, Obj};

impl Machine {
    /// Makes a built-in type (`PyType_Ready` of a static type). Owned.
    pub fn make_static_type(&mut self, spec: &'static TypeSpec, base: Obj) -> Obj {
        let ty = self.bare_static_type(spec, base);
        let parked = self.park(&[ty]);
        self.finish_static_type(ty, spec);
        self.unpark(parked);
        ty
    }

    /// The type object with its slots, but without dict, MRO and bases: at start, those need types that are not there yet.
    pub(super) fn bare_static_type(&mut self, spec: &'static TypeSpec, base: Obj) -> Obj {
        let name = spec.name;
        let short = name.rsplit('.').next().unwrap_or(name);
        let kind = self.heap.births.kind(short);
        let mut slots = type_facts::own_slots(spec);
        let mut layout = spec.layout;
        let mut base_flags = ClassFlags::default();
        let mut differs = false;
        if !base.is_null() {
            let base_class = self.heap.class(base);
            if layout == Layout::Other {
                layout = base_class.layout;
            }
            base_flags = base_class.flags;
            differs = layout == Layout::Object && type_facts::adds_fields(self, name, base);
            let overrides = slots.tp_richcompare.is_some() || slots.tp_hash.is_some();
            inherit(&mut slots, &base_class.slots.clone(), overrides);
        }
        if slots.tp_hash.is_none() {
            slots.tp_hash = Some(super::generic_slots::hash_not_implemented);
        }
        let flags = ClassFlags {
            heap_type: false,
            has_gc: spec.gc,
            base_type: spec.base_type,
            has_dict: spec.has_dict || base_flags.has_dict,
            has_weakrefs: spec.has_weakrefs || base_flags.has_weakrefs,
            sequence: spec.sequence || base_flags.sequence,
            mapping: spec.mapping || base_flags.mapping,
            ..ClassFlags::default()
        };
        let class = Class {
            name: name.into(),
            flags,
            layout,
            kind,
            version: 0,
            root: EMPTY_SHAPE,
            slot_count: 0,
            meta_is_counted: false,
            has_del: false,
            dict: NULL,
            bases: NULL,
            mro: NULL,
            base,
            ht_name: NULL,
            qualname: NULL,
            ht_slots: NULL,
            subclasses: Vec::new(),
            subclass_refs: Vec::new(),
            subclass_dict: NULL,
            built_in_subclasses: false,
            doc: spec.doc,
            slots: Rc::new(slots),
        };
        self.xincref(base);
        let ty = self
            .heap
            .alloc(self.types.type_, Payload::Class(Box::new(class)));
        if differs {
            self.heap.class_mut(ty).layout = Layout::Native(ty);
        }
        ty
    }

    /// The parts that need the type object: MRO, bases, and everything in its `__dict__`.
    pub(super) fn finish_static_type(&mut self, ty: Obj, spec: &'static TypeSpec) {
        let base = self.heap.class(ty).base;
        let mut mro = vec![ty];
        if !base.is_null() {
            mro.extend(
                self.heap
                    .tuple(self.heap.class(base).mro)
                    .unwrap_or(&[])
                    .to_vec(),
            );
            if self.started.making {
                let base = self.heap.class_mut(base);
                base.subclasses.push(ty);
                base.built_in_subclasses = true;
            }
        }
        let mro = self.new_tuple_of(&mro);
        self.heap.class_mut(ty).mro = mro;
        let bases = if base.is_null() {
            self.new_tuple(Vec::new())
        } else {
            self.new_tuple_of(&[base])
        };
        self.heap.class_mut(ty).bases = bases;
        let dict = self.new_dict();
        self.heap.class_mut(ty).dict = dict;
        let own = type_facts::own_slots(spec);
        // A built-in type does not get object's `__new__`: whoever supplies none cannot be instantiated.
        if own.tp_new.is_none() && !base.is_null() {
            let of_base = self.heap.class(base).flags.disallow_instantiation;
            let directly = base == self.types.object;
            self.heap.class_mut(ty).flags.disallow_instantiation = of_base || directly;
        }
        self.fill_static_dict(ty, spec, &own);
        if !self.started.making && self.add_subclass(base, ty).is_err() {
            self.clear_exception();
        }
    }

    fn fill_static_dict(&mut self, ty: Obj, spec: &'static TypeSpec, own: &Slots) {
        let dict = self.heap.class(ty).dict;
        if own.tp_new.is_some() {
            let builtin = BuiltinFn {
                def: &NEW,
                this: ty,
                module: NULL,
                class: NULL,
            };
            self.heap.incref(ty);
            let o = self.alloc_gc(
                self.types.builtin_function,
                Payload::Builtin(Box::new(builtin)),
            );
            self.dict_set_name(dict, "__new__", o);
            self.decref(o);
        }
        self.add_slot_wrappers(ty, dict, own);
        for method in spec.methods {
            self.add_method(ty, dict, method);
        }
        for def in spec.getset {
            self.heap.incref(ty);
            let kind = match is_member(spec.name, def.name) {
                true => self.types.member_descriptor,
                false => self.types.getset_descriptor,
            };
            let o = self.alloc_gc(kind, Payload::GetSetDescr { def, class: ty });
            self.dict_set_name(dict, def.name, o);
            self.decref(o);
        }
        if self.heap.dict_get_str(dict, self.names.__doc__).is_null() {
            let known = super::types::docstrings::find(&format!("class {}", spec.name));
            let doc = if let Some(text) = known {
                self.new_string(text)
            } else if spec.doc.is_empty() {
                self.new_none()
            } else {
                self.new_str(strip_signature(spec.doc))
            };
            self.dict_set_str(dict, self.names.__doc__, doc);
            self.decref(doc);
        }
        let no_hash = own.tp_hash.is_none() && own.tp_richcompare.is_some();
        if no_hash && self.heap.dict_get_str(dict, self.names.__hash__).is_null() {
            let none = self.none;
            self.dict_set_str(dict, self.names.__hash__, none);
        }
    }

    /// `add_operators`: a wrapper for each dunder of a slot the type fills itself; the first slot of a dunder wins.
    fn add_slot_wrappers(&mut self, ty: Obj, dict: Obj, own: &Slots) {
        for group in GROUPS {
            if !(group.is_set)(own) {
                continue;
            }
            for def in group.defs.iter().filter(|d| !d.doc.is_empty()) {
                let name = self.intern(def.name);
                self.hold(name);
                if def.name == "__hash__" && self.is_unhashable(own) {
                    let none = self.none;
                    self.dict_set_str(dict, name, none);
                }
                if self.heap.dict_get_str(dict, name).is_null() {
                    self.heap.incref(ty);
                    let o = self.alloc_gc(
                        self.types.wrapper_descriptor,
                        Payload::WrapperDescr { def, class: ty },
                    );
                    self.dict_set_str(dict, name, o);
                    self.decref(o);
                }
                self.drop_held();
            }
        }
    }

    /// Whether a type says itself that its instances have no hash.
    fn is_unhashable(&self, own: &Slots) -> bool {
        let none = super::generic_slots::hash_not_implemented as super::slots::HashFn;
        own.tp_hash
            .is_some_and(|hash| std::ptr::fn_addr_eq(hash, none))
    }

    fn add_method(&mut self, ty: Obj, dict: Obj, method: &'static Method) {
        use super::native::Binding;
        let o = match method.binding {
            Binding::Instance => {
                self.heap.incref(ty);
                self.alloc_gc(
                    self.types.method_descriptor,
                    Payload::MethodDescr {
                        def: method,
                        class: ty,
                    },
                )
            }
            Binding::Class => {
                self.heap.incref(ty);
                self.alloc_gc(
                    self.types.classmethod_descriptor,
                    Payload::MethodDescr {
                        def: method,
                        class: ty,
                    },
                )
            }
            Binding::Static => {
                let f = self.new_builtin(method, ty, NULL);
                self.alloc_gc(self.types.staticmethod, Payload::StaticMethod([f, NULL]))
            }
        };
        self.dict_set_name(dict, method.name, o);
        self.decref(o);
    }

    /// A built-in function object; both objects are borrowed and may be NULL.
    pub fn new_builtin(&mut self, def: &'static Method, this: Obj, module: Obj) -> Obj {
        self.xincref(this);
        self.xincref(module);
        self.alloc_gc(
            self.types.builtin_function,
            Payload::Builtin(Box::new(BuiltinFn {
                def,
                this,
                module,
                class: NULL,
            })),
        )
    }

    /// A method bound to its object, with the class that defines it where the function wants to know (`PyCMethod_New`). Borrowed.
    pub fn new_bound_builtin(&mut self, def: &'static Method, this: Obj, class: Obj) -> Obj {
        if !def.defining_class {
            return self.new_builtin(def, this, NULL);
        }
        self.heap.incref(this);
        self.heap.incref(class);
        let builtin = BuiltinFn {
            def,
            this,
            module: NULL,
            class,
        };
        self.alloc_gc(
            self.types.builtin_method,
            Payload::Builtin(Box::new(builtin)),
        )
    }

    /// Makes an instance with these built-in contents (`tp_alloc` and what `tp_new` puts in). For a class made by
    /// `class` the instance counts its class, and gets room for slots and `__dict__`.
    pub fn alloc_instance(&mut self, class: Obj, payload: Payload) -> Obj {
        let c = self.heap.class(class);
        let (flags, slot_count) = (c.flags, c.slot_count as usize);
        // The one built-in type whose instances keep a `__dict__` beside another payload is OrderedDict.
        let needs_dict = flags.has_dict && matches!(payload, Payload::Dict(_));
        if !flags.heap_type && slot_count == 0 && !needs_dict {
            let counted = payload.counts_type();
            return if flags.has_gc {
                let o = self.alloc_gc(class, payload);
                if counted {
                    self.heap.incref(class);
                }
                o
            } else {
                self.alloc_named(class, payload)
            };
        }
        let payload = match payload {
            Payload::Object if slot_count == 0 && flags.has_dict => Payload::Inst { dict: NULL },
            Payload::Exc(mut exc) if slot_count == 0 => {
                exc.type_is_counted = true;
                Payload::Exc(exc)
            }
            Payload::Class(mut made) => {
                made.meta_is_counted = true;
                Payload::Class(made)
            }
            base => {
                let has_dict = flags.has_dict && !base.has_own_dict();
                Payload::Ext(Box::new(Ext {
                    base,
                    has_dict,
                    type_is_counted: flags.heap_type,
                    dict: NULL,
                    slots: vec![NULL; slot_count],
                    bounds: self.slot_bounds(class),
                }))
            }
        };
        // The class is counted after the allocation, which may collect and run Python code.
        let o = if flags.has_gc {
            self.alloc_gc(class, payload)
        } else {
            self.alloc_named(class, payload)
        };
        if flags.heap_type {
            self.heap.incref(class);
        }
        o
    }

    /// Where the slots of the classes above this one end, if some of them have any.
    fn slot_bounds(&self, class: Obj) -> Option<Rc<[u32]>> {
        let mut bounds = Vec::new();
        let mut count = self.heap.class(class).slot_count;
        let mut above = self.heap.class(class).base;
        while count > 0 && !above.is_null() {
            let theirs = self.heap.class(above).slot_count;
            if theirs > 0 && theirs < count {
                bounds.push(u32::from(theirs));
            }
            count = theirs;
            above = self.heap.class(above).base;
        }
        bounds.reverse();
        (!bounds.is_empty()).then(|| bounds.into())
    }

    /// Whether `class` is `other` or one of its subclasses.
    #[inline]
    pub fn is_subtype(&self, class: Obj, other: Obj) -> bool {
        class == other
            || self
                .heap
                .tuple(self.heap.class(class).mro)
                .is_some_and(|mro| mro.contains(&other))
    }

    /// Exactly of this type.
    #[inline(always)]
    pub fn is_exact(&self, o: Obj, ty: Obj) -> bool {
        self.heap.ty(o) == ty
    }

    /// Changes made to a class make all versions of it and its subclasses void (`PyType_Modified`).
    pub fn type_modified(&mut self, class: Obj) {
        let mut todo = vec![class];
        while let Some(c) = todo.pop() {
            let class = self.heap.class_mut(c);
            class.version = 0;
            todo.extend(class.subclasses.iter().copied());
        }
    }

    /// Releases what is held, keeping an exception in flight.
    pub fn release_raising(&mut self, mark: usize) {
        self.release_keeping(mark);
    }

    fn release_keeping(&mut self, mark: usize) {
        if self.interrupt.is_some() {
            return;
        }
        let saved = self.take_exception();
        self.release(mark);
        self.restore_exception(saved);
    }

    /// CALL_FUNCTION of a class. Pushes the frame of a Python `__init__` (then `None` comes back), or makes the
    /// instance at once.
    pub(super) fn enter_class(
        &mut self,
        class: Obj,
        first: usize,
        n: usize,
        drop: usize,
        cell: &Cell<Cache>,
    ) -> PyResult<Option<Obj>> {
        let c = cell.get();
        let init =
            if c.ty == class && !c.value.is_null() && self.heap.class(class).version == c.version {
                c.value
            } else {
                match self.plain_init(class, cell) {
                    Some(init) => init,
                    None => {
                        if let Some(value) = self.call_built_in(class, first, n) {
                            return value.map(Some);
                        }
                        return self
                            .call_args(class, Args::on_stack(first, n, NULL))
                            .map(Some);
                    }
                }
            };
        // CPython's type_call gets its arguments in a tuple; it lives as long as the call.
        let tuple = self.new_tuple_of_stack(first, n);
        self.hold(tuple);
        // The call of the class is a level of its own (`_PyObject_MakeTpCall`), from before the instance is made until the frame
        // of its `__init__` is over, or until an instance that failed is dropped.
        if let Err(thrown) = self.enter_recursive(" while calling a Python object") {
            return self.let_go(Err(thrown));
        }
        let c = self.heap.class(class);
        let instance = if c.slot_count == 0 && c.flags.has_dict && c.flags.has_gc {
            let instance = self.alloc_gc(class, Payload::Inst { dict: NULL });
            self.heap.incref(class);
            instance
        } else {
            self.alloc_instance(class, Payload::Object)
        };
        self.hold(instance);
        let args = Args::on_stack(first, n, NULL);
        let failed =
            match self.enter_function(init, instance, args, Cont::Init { drop: drop as u32 }) {
                Ok(None) => return Ok(None),
                Ok(Some(generator)) => {
                    let name = self.type_name(generator);
                    self.decref(generator);
                    self.type_error(format!("__init__() should return None, not '{name}'"))
                }
                Err(thrown) => Err(thrown),
            };
        self.drop_failed_init();
        self.leave_recursive();
        failed
    }

    /// The commonest calls of built-in classes, without the general call around them; `None` for others.
    #[inline(always)]
    fn call_built_in(&mut self, class: Obj, first: usize, n: usize) -> Option<PyResult<Obj>> {
        if n == 1
            && let Some(value) = self.convert_number(class, self.stack[first])
        {
            return Some(Ok(value));
        }
        if self.at_limit() || n == 0 {
            return None;
        }
        // Those with a vectorcall of their own: `set_vectorcall` and so on.
        let (t, argument) = (&self.types, self.stack[first]);
        if n == 1 && class == t.set {
            return Some(super::types::set::make_new_set(self, class, argument));
        }
        if n == 1 && class == t.tuple {
            return Some(self.sequence_tuple(argument));
        }
        if n == 1 && class == t.reversed {
            return Some(super::types::reversed::reverse(self, class, argument));
        }
        if class == t.range {
            let args = Args::on_stack(first, n, NULL);
            return Some(super::types::range::new(self, class, args));
        }
        None
    }

    /// `str(1)`, `int(1.5)`, `float(1)` of exact numbers, when nobody watches: in the end the same as by the call with its
    /// tuple, which nothing could look at.
    fn convert_number(&mut self, class: Obj, o: Obj) -> Option<Obj> {
        let (t, quiet) = (&self.types, !self.watch.on && !self.at_limit());
        if !quiet || (class != t.str && class != t.int && class != t.float) {
            return None;
        }
        let tupled = class != t.float;
        if tupled && !self.heap.has_free_tuple() {
            return None;
        }
        enum Made {
            Text(i64),
            Int(i64),
            Float(f64),
        }
        let made = match self.heap.payload(o) {
            Payload::Int(i) if class == t.str => Made::Text(*i),
            Payload::Int(i) if class == t.int => Made::Int(*i),
            Payload::Int(i) => Made::Float(*i as f64),
            // Whole numbers up to here are exact.
            Payload::Float(x) if class == t.int && x.abs() < 1e15 => Made::Int(*x as i64),
            Payload::Float(x) if class == t.float => Made::Float(*x),
            _ => return None,
        };
        if tupled {
            self.count_tuple(1);
            let kind = self.heap.class(self.types.tuple).kind;
            self.heap.births.pass(kind);
        }
        Some(match made {
            Made::Text(i) => self.new_fresh_str(StrObj::from_int(i)),
            Made::Int(_) | Made::Float(_) if self.heap.ty(o) == class => self.new_ref(o),
            Made::Int(i) => self.new_int(i),
            Made::Float(x) => self.new_float(x),
        })
    }

    fn drop_failed_init(&mut self) {
        if self.interrupt.is_some() {
            return;
        }
        let saved = self.take_exception();
        let instance = self.unhold();
        self.decref(instance);
        let tuple = self.unhold();
        self.decref(tuple);
        self.restore_exception(saved);
    }

    /// The Python `__init__` of a class whose instances are made in the plain way; borrowed. None for all others.
    fn plain_init(&mut self, class: Obj, cell: &Cell<Cache>) -> Option<Obj> {
        let c = self.heap.class(class);
        let object = self.heap.class(self.types.object).slots.tp_new?;
        let plain = c.flags.heap_type
            && c.layout == Layout::Object
            && !c.flags.is_abstract
            && self.heap.ty(class) == self.types.type_
            && c.slots
                .tp_new
                .is_some_and(|f| std::ptr::fn_addr_eq(f, object));
        if !plain {
            return None;
        }
        let init = self.type_lookup(class, self.names.__init__);
        if !matches!(self.heap.payload(init), Payload::Func(_)) {
            return None;
        }
        let version = self.class_version(class);
        cell.set(Cache {
            version,
            ty: class,
            value: init,
            ..NO_CACHE
        });
        Some(init)
    }

    /// A class dies: everything it owns goes, and its bases forget it (`type_dealloc`).
    pub(super) fn clear_class(&mut self, o: Obj) {
        self.forget_subclass(o);
        let Payload::Class(c) = self.heap.payload_mut(o) else {
            return;
        };
        let parts = [
            &mut c.base,
            &mut c.dict,
            &mut c.bases,
            &mut c.mro,
            &mut c.ht_name,
            &mut c.qualname,
            &mut c.subclass_dict,
            &mut c.ht_slots,
        ]
        .map(|p| std::mem::replace(p, NULL));
        self.drop_all(parts.to_vec());
    }

    fn forget_subclass(&mut self, o: Obj) {
        let bases = self
            .heap
            .tuple(self.heap.class(o).bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for base in bases {
            self.remove_subclass(base, o);
        }
    }

    /// `type_clear`: the dict's contents and the MRO; the rest goes with the class.
    pub(super) fn clear_class_for_gc(&mut self, o: Obj) {
        self.type_modified(o);
        let dict = self.heap.class(o).dict;
        if !dict.is_null() {
            self.drop_dict(dict);
        }
        let Payload::Class(c) = self.heap.payload_mut(o) else {
            return;
        };
        let mro = std::mem::replace(&mut c.mro, NULL);
        self.xdecref(mro);
    }
}

/// A docstring without the signature line that `__text_signature__` shows.
pub fn strip_signature(doc: &str) -> &str {
    match doc.find("\n--\n\n") {
        Some(at) => &doc[at + 5..],
        None => doc,
    }
}
