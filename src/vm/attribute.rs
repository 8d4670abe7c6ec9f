//! Attributes: looking up in classes, `getattr` and `setattr`, globals and names, with inline caches in front.
//!
//! `type_lookup` (CPython's `_PyType_Lookup`) is the root of it all and runs no Python code. A class's version number
//! stands for everything its lookups depend on; caches compare it.

use std::cell::Cell;

use super::attribute_cache::{self, has_no_dict};
use super::{Machine, PyResult};
use crate::heap::payload::Code;
use crate::heap::payload::code::{Cache, NO_CACHE};
use crate::heap::shape::ShapeId;
use crate::heap::{NULL, Obj, Payload};

const METHOD_CACHE_BITS: u32 = 12;
const SITE_CACHE_BITS: u32 = 11;

/// Results of `type_lookup` by class version and name; a hint, never state.
///
/// Names are remembered by their place on the heap, which another object may get when they die: then everything is forgotten.
pub struct MethodCache {
    entries: Vec<Cell<(u32, Obj, Obj)>>,
    /// What inline caches of several classes' attributes found out, by instruction, class and name: for sites that see more than
    /// one class.
    sites: Vec<Cell<(Site, Obj, Cache)>>,
    /// A bit for each place on the heap: whether an entry may have it as its name.
    names: std::cell::RefCell<Vec<u64>>,
}

/// Which instruction asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Site {
    Load = 1,
    Store = 2,
    Method = 3,
}

const NO_SITE: (Site, Obj, Cache) = (Site::Load, NULL, NO_CACHE);

impl MethodCache {
    pub fn new() -> MethodCache {
        MethodCache {
            entries: vec![Cell::new((0, NULL, NULL)); 1 << METHOD_CACHE_BITS],
            sites: vec![Cell::new(NO_SITE); 1 << SITE_CACHE_BITS],
            names: Default::default(),
        }
    }

    pub fn flush(&self) {
        for entry in &self.entries {
            entry.set((0, NULL, NULL));
        }
        for entry in &self.sites {
            entry.set(NO_SITE);
        }
        self.names.borrow_mut().fill(0);
    }

    fn remember_name(&self, name: Obj) {
        let mut names = self.names.borrow_mut();
        let at = name.0 as usize / 64;
        if names.len() <= at {
            names.resize(at + 1, 0);
        }
        names[at] |= 1 << (name.0 % 64);
    }

    /// A str dies: if it is the name of an entry, its place must not answer for the next str there.
    #[inline]
    pub fn forget_name(&self, name: Obj) {
        let known = self
            .names
            .borrow()
            .get(name.0 as usize / 64)
            .is_some_and(|bits| bits >> (name.0 % 64) & 1 == 1);
        if known {
            self.flush();
        }
    }

    #[inline(always)]
    fn site(&self, site: Site, class: Obj, name: Obj) -> &Cell<(Site, Obj, Cache)> {
        let key = class.0.wrapping_mul(0x9E37_79B1) ^ name.0.wrapping_mul(0x85EB_CA6B);
        let at = key.wrapping_add((site as u32) << 27) >> (32 - SITE_CACHE_BITS);
        &self.sites[at as usize]
    }

    /// What a site like this one found out about this class, if it is remembered.
    #[inline(always)]
    fn find_site(&self, site: Site, class: Obj, name: Obj) -> Option<Cell<Cache>> {
        let (s, n, cache) = self.site(site, class, name).get();
        (s == site && n == name && cache.ty == class).then_some(Cell::new(cache))
    }

    fn remember_site(&self, site: Site, name: Obj, cache: Cache) {
        self.remember_name(name);
        self.site(site, cache.ty, name).set((site, name, cache));
    }

    #[inline(always)]
    fn place(&self, version: u32, name: Obj) -> &Cell<(u32, Obj, Obj)> {
        let at = (version.wrapping_mul(0x9E37_79B1) ^ name.0.wrapping_mul(0x85EB_CA6B))
            >> (32 - METHOD_CACHE_BITS);
        &self.entries[at as usize]
    }
}

impl Default for MethodCache {
    fn default() -> Self {
        MethodCache::new()
    }
}

impl Machine {
    /// Looks a name up along the MRO of a class; borrowed, NULL if it is nowhere. Runs no Python code.
    #[inline]
    pub fn type_lookup(&mut self, class: Obj, name: Obj) -> Obj {
        let version = self.class_version(class);
        let (v, n, found) = self.method_cache.place(version, name).get();
        if v == version && n == name {
            return found;
        }
        let found = self.type_lookup_uncached(class, name);
        // Names made on the fly would only push the others out.
        if self.heap.is_interned(name) {
            self.method_cache.remember_name(name);
            self.method_cache
                .place(version, name)
                .set((version, name, found));
        }
        found
    }

    fn type_lookup_uncached(&self, class: Obj, name: Obj) -> Obj {
        let mro = self.heap.tuple(self.heap.class(class).mro).unwrap_or(&[]);
        for c in mro {
            let Payload::Class(c) = self.heap.payload(*c) else {
                continue;
            };
            let found = self.heap.dict_get_str(c.dict, name);
            if !found.is_null() {
                return found;
            }
        }
        NULL
    }

    /// The class's version; a new one if it has changed (`assign_version_tag`).
    #[inline(always)]
    pub fn class_version(&mut self, class: Obj) -> u32 {
        let version = self.heap.class(class).version;
        if version != 0 {
            return version;
        }
        let version = self.heap.new_version();
        self.heap.class_mut(class).version = version;
        version
    }

    /// An instance attribute found by an earlier execution, borrowed; NULL if the cache does not apply.
    #[inline(always)]
    pub(super) fn cached_attr(&self, o: Obj, cell: &Cell<Cache>) -> Obj {
        let c = cell.get();
        let slot = self.heap.slot(o);
        if slot.ty == c.ty
            && let Payload::Inst { dict } = slot.payload
            && let Payload::Split { shape, v, .. } = self.heap.payload(dict)
            && shape.0 == c.shape
            && self.heap.class(slot.ty).version == c.version
            && let Some(value) = v.get(c.index as usize)
        {
            return *value;
        }
        if c.next_shape == NO_CACHE.next_shape || slot.ty != c.ty {
            return NULL;
        }
        if let Payload::Ext(ext) = &slot.payload
            && c.next_shape == attribute_cache::SLOT
            && self.heap.class(slot.ty).version == c.version
        {
            return ext.slots.get(c.index as usize).copied().unwrap_or(NULL);
        }
        self.cached_elsewhere(o, cell)
    }

    /// An attribute that an earlier execution found in another place than a split dict, borrowed; NULL if the cache does not
    /// apply. `next_shape` says where: `attribute_cache.rs`.
    #[inline(never)]
    fn cached_elsewhere(&self, o: Obj, cell: &Cell<Cache>) -> Obj {
        attribute_cache::cached(&self.heap, o, &cell.get())
    }

    /// LOAD_ATTR without the cache; fills it.
    #[inline(never)]
    pub(super) fn load_attr(&mut self, o: Obj, name: Obj, cell: &Cell<Cache>) -> PyResult<Obj> {
        let ty = self.heap.ty(o);
        if let Some(known) = self.method_cache.find_site(Site::Load, ty, name)
            && let value = self.cached_attr(o, &known)
            && !value.is_null()
        {
            cell.set(known.get());
            return Ok(self.new_ref(value));
        }
        if let Payload::Inst { dict } = self.heap.payload(o)
            && let Payload::Split { shape, v, .. } = self.heap.payload(*dict)
            && self.uses_generic_getattr(ty)
        {
            let shape = *shape;
            if let Some(i) = self.heap.shapes.find(shape, name)
                && let value = v[i]
                && !value.is_null()
                && !self.has_data_descriptor(ty, name)
            {
                let version = self.class_version(ty);
                let cache = Cache {
                    version,
                    ty,
                    shape: shape.0,
                    index: i as u32,
                    ..NO_CACHE
                };
                cell.set(cache);
                self.method_cache.remember_site(Site::Load, name, cache);
                return Ok(self.new_ref(value));
            }
        }
        let found = self.type_lookup(ty, name);
        // (What a property answers is nothing to remember.)
        if !matches!(self.heap.payload(found), Payload::Property(_))
            && let Some(cache) = attribute_cache::find(self, o, name)
        {
            cell.set(cache);
            self.method_cache.remember_site(Site::Load, name, cache);
        }
        self.get_attr(o, name)
    }

    pub(super) fn uses_generic_getattr(&self, class: Obj) -> bool {
        self.heap
            .class(class)
            .slots
            .tp_getattro
            .is_some_and(|f| std::ptr::fn_addr_eq(f, generic_getattr as super::slots::BinaryFn))
    }

    fn uses_generic_setattr(&self, class: Obj) -> bool {
        self.heap.class(class).slots.tp_setattro.is_some_and(|f| {
            std::ptr::fn_addr_eq(
                f,
                super::attribute_set::generic_setattr as super::slots::StoreFn,
            )
        })
    }

    pub(super) fn has_data_descriptor(&mut self, class: Obj, name: Obj) -> bool {
        let descr = self.type_lookup(class, name);
        !descr.is_null() && self.slots_of(descr).tp_descr_set.is_some()
    }

    /// Stores an instance attribute where an earlier execution did. A reference to the value is taken over; the old value (or
    /// NULL) comes back, owned.
    #[inline(always)]
    pub(super) fn cached_set_attr<const WATCHED: bool>(
        &mut self,
        o: Obj,
        value: Obj,
        cell: &Cell<Cache>,
    ) -> Option<Obj> {
        let c = cell.get();
        let slot = self.heap.slot(o);
        if slot.ty != c.ty {
            return None;
        }
        let class = self.heap.class(slot.ty);
        if class.version != c.version {
            return None;
        }
        let Payload::Inst { dict } = slot.payload else {
            return attribute_cache::store(&mut self.heap, o, value, cell);
        };
        if dict.is_null() {
            if c.shape != u32::MAX || c.next_shape == u32::MAX {
                return None;
            }
            let root = class.root;
            let dict = self.new_split_dict(root);
            let Payload::Inst { dict: place } = self.heap.payload_mut(o) else {
                return None;
            };
            *place = dict;
            self.put_split(dict, ShapeId(c.next_shape), c.index as usize, value);
            return Some(NULL);
        }
        let Payload::Split { n, shape, v } = self.heap.payload_mut_in::<WATCHED>(dict) else {
            return None;
        };
        if shape.0 != c.shape {
            return None;
        }
        let i = c.index as usize;
        let place = v.get_mut(i)?;
        let old = std::mem::replace(place, value);
        *shape = ShapeId(c.next_shape);
        if *n as usize <= i {
            *n = i as u8 + 1;
        }
        self.maintain_tracking(dict, value);
        Some(old)
    }

    #[inline(always)]
    fn put_split(&mut self, dict: Obj, new_shape: ShapeId, i: usize, value: Obj) {
        let Payload::Split { n, shape, v } = self.heap.payload_mut(dict) else {
            return;
        };
        *shape = new_shape;
        if *n as usize <= i {
            *n = i as u8 + 1;
        }
        v[i] = value;
        self.maintain_tracking(dict, value);
    }

    /// `MAINTAIN_TRACKING`: a dict is watched from the first value on that the collector could care for.
    #[inline(always)]
    pub(crate) fn maintain_tracking(&mut self, dict: Obj, value: Obj) {
        if !self.heap.gc.tracked(dict) && self.heap.may_be_tracked(value) {
            self.heap.gc.track(dict);
        }
    }

    /// STORE_ATTR without the cache; fills it. The value is borrowed.
    #[inline(never)]
    pub(super) fn store_attr(
        &mut self,
        o: Obj,
        name: Obj,
        value: Obj,
        cell: &Cell<Cache>,
    ) -> PyResult<()> {
        let ty = self.heap.ty(o);
        if let Some(known) = self.method_cache.find_site(Site::Store, ty, name)
            && let Some(old) = self.cached_set_attr::<true>(o, value, &known)
        {
            self.heap.incref(value);
            cell.set(known.get());
            self.xdecref(old);
            return Ok(());
        }
        if let Payload::Ext(_) = self.heap.payload(o)
            && self.uses_generic_setattr(ty)
            && let Some(cache) = attribute_cache::find_slot(self, o, name)
        {
            cell.set(cache);
            self.method_cache.remember_site(Site::Store, name, cache);
        }
        if let Payload::Inst { dict } = self.heap.payload(o)
            && self.uses_generic_setattr(ty)
        {
            let dict = *dict;
            let before = match self.heap.payload(dict) {
                Payload::Split { shape, .. } => Some(shape.0),
                _ if dict.is_null() => Some(u32::MAX),
                _ => None,
            };
            if let Some(shape) = before
                && !self.has_data_descriptor(ty, name)
            {
                self.set_attr(o, name, value)?;
                // Where did it go?
                let after = self.heap.dict_of(o);
                if let Payload::Split { shape: next, .. } = self.heap.payload(after)
                    && let Some(i) = self.heap.shapes.find(*next, name)
                    && self.heap.ty(o) == ty
                {
                    let next_shape = next.0;
                    let version = self.class_version(ty);
                    let cache = Cache {
                        version,
                        ty,
                        shape,
                        next_shape,
                        index: i as u32,
                        ..NO_CACHE
                    };
                    cell.set(cache);
                    self.method_cache.remember_site(Site::Store, name, cache);
                }
                return Ok(());
            }
        }
        self.set_attr(o, name, value)
    }

    /// `getattr(o, name)` with an interned name.
    pub fn get_attr(&mut self, o: Obj, name: Obj) -> PyResult<Obj> {
        match self.slots_of(o).tp_getattro {
            Some(f) => {
                let result = f(self, o, name);
                if result.is_err() {
                    self.remember_attribute(o, name);
                }
                result
            }
            None => self.no_attribute(o, name),
        }
    }

    /// `getattr(o, "name")`.
    pub fn get_attr_str(&mut self, o: Obj, name: &str) -> PyResult<Obj> {
        self.with_name(name, |vm, name| vm.get_attr(o, name))
    }

    /// An attribute, owned. A missing one is an exception that is made and forgotten, as where CPython asks by `PyObject_GetAttr`:
    /// `lookup_attr` would not allocate it.
    pub(in crate::vm) fn attr_or_none(&mut self, o: Obj, name: Obj) -> PyResult<Option<Obj>> {
        match self.get_attr(o, name) {
            Ok(value) => Ok(Some(value)),
            Err(super::Thrown::Exception) if self.pending_matches(self.types.attribute_error) => {
                self.normalize()?;
                self.clear_exception();
                Ok(None)
            }
            Err(thrown) => Err(thrown),
        }
    }

    /// `getattr` that answers `None` instead of AttributeError (`_PyObject_LookupAttr`).
    pub fn lookup_attr(&mut self, o: Obj, name: Obj) -> PyResult<Option<Obj>> {
        let result = if self.uses_generic_getattr(self.heap.ty(o)) {
            self.generic_lookup(o, name)
        } else if let Some(get) = self.slots_of(o).tp_getattro {
            // Not `get_attr`, which would make the exception's object to note down what was asked for.
            get(self, o, name).map(Some)
        } else {
            self.no_attribute(o, name)
        };
        match result {
            Ok(v) => Ok(v),
            Err(_) if self.pending_matches(self.types.attribute_error) => {
                self.clear_exception();
                Ok(None)
            }
            Err(thrown) => Err(thrown),
        }
    }

    pub fn lookup_attr_str(&mut self, o: Obj, name: &str) -> PyResult<Option<Obj>> {
        self.with_name(name, |vm, name| vm.lookup_attr(o, name))
    }

    /// Sets an attribute; value NULL deletes it.
    pub fn set_attr(&mut self, o: Obj, name: Obj, value: Obj) -> PyResult<()> {
        match self.slots_of(o).tp_setattro {
            Some(f) => f(self, o, name, value),
            None => {
                let (ty, name) = (self.type_name(o), self.text(name));
                let what = if value.is_null() { "del" } else { "assign to" };
                self.type_error(format!("'{ty}' object has no attributes ({what} .{name})"))
            }
        }
    }

    pub fn set_attr_str(&mut self, o: Obj, name: &str, value: Obj) -> PyResult<()> {
        self.with_name(name, |vm, name| vm.set_attr(o, name, value))
    }

    #[cold]
    pub fn no_attribute<T>(&mut self, o: Obj, name: Obj) -> PyResult<T> {
        let (ty, text) = (self.type_name(o), self.text(name));
        self.raise(
            self.types.attribute_error,
            format!("'{ty}' object has no attribute '{text}'"),
        )
    }

    /// Descriptors first, then the instance's dict, then the class's attribute (`PyObject_GenericGetAttr`).
    pub fn generic_getattr(&mut self, o: Obj, name: Obj) -> PyResult<Obj> {
        match self.generic_lookup(o, name)? {
            Some(v) => Ok(v),
            None => {
                let raised = self.no_attribute(o, name);
                self.remember_attribute(o, name);
                raised
            }
        }
    }

    /// The same without the error.
    pub fn generic_lookup(&mut self, o: Obj, name: Obj) -> PyResult<Option<Obj>> {
        self.generic_lookup_in(o, name, NULL)
    }

    /// The same with another dict in the place of the instance's; NULL means the instance's.
    fn generic_lookup_in(&mut self, o: Obj, name: Obj, other: Obj) -> PyResult<Option<Obj>> {
        let ty = self.heap.ty(o);
        let descr = self.type_lookup(ty, name);
        let mut get = None;
        if !descr.is_null() {
            let slots = self.slots_of(descr);
            get = slots.tp_descr_get;
            if let Some(f) = get
                && slots.tp_descr_set.is_some()
            {
                self.hold_ref(descr);
                let result = f(self, descr, o, ty);
                self.drop_held();
                return result.map(Some);
            }
        }
        let dict = match self.heap.dict_of(o) {
            _ if !other.is_null() => other,
            // A class has a dict like any instance: this is asked where its metaclass has not been.
            own if own.is_null() && self.heap.is_class(o) => self.heap.class(o).dict,
            own => own,
        };
        if !dict.is_null() {
            let found = self.heap.dict_get_str(dict, name);
            if !found.is_null() {
                return Ok(Some(self.new_ref(found)));
            }
        }
        if descr.is_null() {
            return Ok(None);
        }
        match get {
            Some(f) => {
                self.hold_ref(descr);
                let result = f(self, descr, o, ty);
                self.drop_held();
                result.map(Some)
            }
            None => Ok(Some(self.new_ref(descr))),
        }
    }

    /// Drops the reference held last.
    pub(crate) fn drop_held(&mut self) {
        if self.interrupt.is_none() {
            let o = self.unhold();
            self.decref(o);
        }
    }

    /// A method and whether it is bound already; the function is owned (`_PyObject_GetMethod`).
    pub fn get_method(&mut self, o: Obj, name: Obj) -> PyResult<(Obj, bool)> {
        let ty = self.heap.ty(o);
        if !self.uses_generic_getattr(ty) {
            return Ok((self.get_attr(o, name)?, true));
        }
        let descr = self.type_lookup(ty, name);
        if !descr.is_null() && self.is_method_descriptor(descr) {
            let dict = self.heap.dict_of(o);
            if !dict.is_null() {
                let found = self.heap.dict_get_str(dict, name);
                if !found.is_null() {
                    return Ok((self.new_ref(found), true));
                }
            }
            return Ok((self.new_ref(descr), false));
        }
        Ok((self.get_attr(o, name)?, true))
    }

    /// `Py_TPFLAGS_METHOD_DESCRIPTOR`: calling it with the object in front is the same as binding it first.
    #[inline(always)]
    pub fn is_method_descriptor(&self, o: Obj) -> bool {
        match self.heap.payload(o) {
            Payload::Func(_) | Payload::WrapperDescr { .. } => true,
            Payload::MethodDescr { def, .. } => def.binding == super::native::Binding::Instance,
            _ => false,
        }
    }

    /// A method of an instance found by an earlier execution, borrowed; NULL if the cache does not apply.
    #[inline(always)]
    pub(super) fn cached_method(&self, o: Obj, cell: &Cell<Cache>) -> Obj {
        let c = cell.get();
        let slot = self.heap.slot(o);
        if slot.ty != c.ty || c.value.is_null() || self.heap.class(slot.ty).version != c.version {
            return NULL;
        }
        let shape = match &slot.payload {
            Payload::Inst { dict } if dict.is_null() => u32::MAX,
            Payload::Inst { dict } => match self.heap.payload(*dict) {
                Payload::Split { shape, .. } => shape.0,
                _ => return NULL,
            },
            // Kinds without an instance dict.
            Payload::Dict(_)
            | Payload::List(_)
            | Payload::Str(_)
            | Payload::Set(_)
            | Payload::Tuple { .. }
            | Payload::TupleBig(_) => u32::MAX,
            other if has_no_dict(other) => u32::MAX,
            _ => return NULL,
        };
        if shape == c.shape { c.value } else { NULL }
    }

    /// A function that is no method of its object, found by an earlier LOAD_METHOD in a module or a class; borrowed, or NULL.
    #[inline(always)]
    pub(super) fn cached_function(&self, o: Obj, cell: &Cell<Cache>) -> Obj {
        let c = cell.get();
        if c.next_shape == NO_CACHE.next_shape || self.heap.ty(o) != c.ty {
            return NULL;
        }
        self.cached_elsewhere(o, cell)
    }

    /// LOAD_METHOD without the cache; fills it. The method is owned.
    #[inline(never)]
    pub(super) fn load_method(
        &mut self,
        o: Obj,
        name: Obj,
        cell: &Cell<Cache>,
    ) -> PyResult<(Obj, bool)> {
        let ty = self.heap.ty(o);
        if let Some(known) = self.method_cache.find_site(Site::Method, ty, name)
            && let method = self.cached_method(o, &known)
            && !method.is_null()
        {
            cell.set(known.get());
            return Ok((self.new_ref(method), false));
        }
        let (method, bound) = self.get_method(o, name)?;
        if bound
            && matches!(
                self.heap.payload(o),
                Payload::Module { .. } | Payload::Class(_)
            )
            && let Some(cache) = attribute_cache::find(self, o, name)
        {
            cell.set(cache);
        }
        if !bound {
            let shape = match self.heap.payload(o) {
                Payload::Inst { dict } if dict.is_null() => Some(u32::MAX),
                Payload::Inst { dict } => match self.heap.payload(*dict) {
                    Payload::Split { shape, .. }
                        if self.heap.shapes.find(*shape, name).is_none() =>
                    {
                        Some(shape.0)
                    }
                    _ => None,
                },
                other if has_no_dict(other) => Some(u32::MAX),
                _ => None,
            };
            if let Some(shape) = shape {
                let version = self.class_version(ty);
                let cache = Cache {
                    version,
                    ty,
                    shape,
                    value: method,
                    ..NO_CACHE
                };
                cell.set(cache);
                self.method_cache.remember_site(Site::Method, name, cache);
            }
        }
        Ok((method, bound))
    }

    /// Calls a dunder looked up on the type by way of a bound method, as `_PyObject_LookupSpecial` makes one.
    pub fn call_special(&mut self, o: Obj, name: Obj, args: &[Obj]) -> PyResult<Option<Obj>> {
        let Some(method) = self.lookup_special(o, name)? else {
            return Ok(None);
        };
        self.with_held(method, |vm, method| vm.call(method, args))
            .map(Some)
    }

    /// What a dunder looked up on the type is for this object; owned (`_PyObject_LookupSpecial`).
    pub fn lookup_special(&mut self, o: Obj, name: Obj) -> PyResult<Option<Obj>> {
        let ty = self.heap.ty(o);
        let found = self.type_lookup(ty, name);
        if found.is_null() {
            return Ok(None);
        }
        match self.slots_of(found).tp_descr_get {
            Some(get) => get(self, found, o, ty).map(Some),
            None => Ok(Some(self.new_ref(found))),
        }
    }

    /// LOAD_GLOBAL without the cache; fills it. Owned.
    #[inline(never)]
    pub(super) fn load_global(
        &mut self,
        code: &Code,
        index: u32,
        cell: &Cell<Cache>,
    ) -> PyResult<Obj> {
        let name = code.names[index as usize];
        let frame = self.frames.last().expect("a frame runs");
        let (globals, builtins) = (frame.globals, frame.builtins);
        let exact = self.types.dict;
        if self.heap.ty(globals) != exact || self.heap.ty(builtins) != exact {
            return self.load_global_of(globals, builtins, name);
        }
        for (dict, is_builtins) in [(globals, false), (builtins, true)] {
            if let Some((i, value)) = self.heap.dict_find_str(dict, name) {
                self.cache_global(cell, globals, is_builtins, i);
                return Ok(self.new_ref(value));
            }
            if let Some(value) = self.dict_get_general(dict, name)? {
                return Ok(value);
            }
        }
        let text = self.text(name);
        self.name_error(name, format!("name '{text}' is not defined"))
    }

    /// A name that no str key is: a key of another type may say that it equals it. Owned.
    fn dict_get_general(&mut self, dict: Obj, name: Obj) -> PyResult<Option<Obj>> {
        match self.heap.base(dict) {
            Payload::Dict(d) if d.general => {
                let found = self.dict_get(dict, name)?;
                Ok(found.map(|value| self.new_ref(value)))
            }
            _ => Ok(None),
        }
    }

    /// LOAD_GLOBAL where one of the two is not exactly a dict: both are asked by their `__getitem__`.
    #[cold]
    fn load_global_of(&mut self, globals: Obj, builtins: Obj, name: Obj) -> PyResult<Obj> {
        for namespace in [globals, builtins] {
            match self.get_item(namespace, name) {
                Ok(value) => return Ok(value),
                Err(_) if self.pending_matches(self.types.key_error) => self.clear_exception(),
                Err(thrown) => return Err(thrown),
            }
        }
        let text = self.text(name);
        self.name_error(name, format!("name '{text}' is not defined"))
    }

    fn cache_global(&mut self, cell: &Cell<Cache>, globals: Obj, in_builtins: bool, index: usize) {
        let (Payload::Dict(g), Payload::Dict(b)) =
            (self.heap.payload(globals), self.heap.payload(self.builtins))
        else {
            return;
        };
        let frame_builtins = self.frames.last().map_or(NULL, |f| f.builtins);
        if frame_builtins != self.builtins || g.keys_version == 0 {
            return;
        }
        let version2 = if in_builtins { b.keys_version } else { 0 };
        cell.set(Cache {
            version: g.keys_version,
            version2,
            ty: globals,
            index: index as u32,
            ..NO_CACHE
        });
    }

    #[cold]
    pub(super) fn name_error<T>(&mut self, name: Obj, message: String) -> PyResult<T> {
        let result = self.raise(self.types.name_error, message);
        self.remember_name(name);
        result
    }

    /// LOAD_NAME without the cache; owned.
    #[inline(never)]
    pub(super) fn load_name(
        &mut self,
        code: &Code,
        index: u32,
        cell: &Cell<Cache>,
    ) -> PyResult<Obj> {
        let name = code.names[index as usize];
        let frame = self.frames.last().expect("a frame runs");
        let (locals, globals, builtins) = (frame.locals, frame.globals, frame.builtins);
        if locals.is_null() {
            return self.raise(
                self.types.system_error,
                "no locals when loading a name".to_string(),
            );
        }
        let exact = self.types.dict;
        if locals == globals && self.heap.ty(globals) == exact && self.heap.ty(builtins) == exact {
            return self.load_global(code, index, cell);
        }
        if let Some(o) = self.namespace_get(locals, name)? {
            return Ok(o);
        }
        // Not cached: a class body's own names come first, and the cache would not look at them.
        let found = self.heap.dict_get_str(globals, name);
        if !found.is_null() {
            return Ok(self.new_ref(found));
        }
        if let Some(o) = self.namespace_get(builtins, name)? {
            return Ok(o);
        }
        let text = self.text(name);
        self.name_error(name, format!("name '{text}' is not defined"))
    }

    /// A name in a namespace that may be any mapping (`__prepare__`); owned.
    pub(super) fn namespace_get(&mut self, namespace: Obj, name: Obj) -> PyResult<Option<Obj>> {
        if self.heap.ty(namespace) == self.types.dict {
            let found = self.heap.dict_get_str(namespace, name);
            if found.is_null() {
                return self.dict_get_general(namespace, name);
            }
            return Ok(Some(self.new_ref(found)));
        }
        match self.get_item(namespace, name) {
            Ok(o) => Ok(Some(o)),
            Err(_) if self.pending_matches(self.types.key_error) => {
                self.clear_exception();
                Ok(None)
            }
            Err(thrown) => Err(thrown),
        }
    }

    /// STORE_NAME without the cache. The value is borrowed.
    #[inline(never)]
    pub(super) fn store_name(
        &mut self,
        code: &Code,
        index: u32,
        value: Obj,
        cell: &Cell<Cache>,
    ) -> PyResult<()> {
        let locals = self.frames.last().map_or(NULL, |f| f.locals);
        self.store_in(locals, code.names[index as usize], value, cell)
    }

    pub(super) fn store_in(
        &mut self,
        namespace: Obj,
        name: Obj,
        value: Obj,
        cell: &Cell<Cache>,
    ) -> PyResult<()> {
        if self.heap.ty(namespace) != self.types.dict {
            return self.set_item(namespace, name, value);
        }
        self.store_global(namespace, name, value, cell);
        Ok(())
    }

    /// STORE_GLOBAL: a subclass of dict is not asked.
    pub(super) fn store_global(
        &mut self,
        namespace: Obj,
        name: Obj,
        value: Obj,
        cell: &Cell<Cache>,
    ) {
        self.dict_set_str(namespace, name, value);
        // A class body runs once: caching its namespace would only fill caches.
        if self.frames.last().is_some_and(|f| f.globals == namespace)
            && let Some((i, _)) = self.heap.dict_find_str(namespace, name)
            && let Payload::Dict(dict) = self.heap.payload(namespace)
        {
            cell.set(Cache {
                version: dict.keys_version,
                ty: namespace,
                index: i as u32,
                ..NO_CACHE
            });
        }
    }

    pub(super) fn delete_name(&mut self, name: Obj) -> PyResult<()> {
        let locals = self.frames.last().map_or(NULL, |f| f.locals);
        if self.heap.ty(locals) != self.types.dict {
            return match self.del_item(locals, name) {
                Err(_) if self.pending_matches(self.types.key_error) => self.not_defined(name),
                other => other,
            };
        }
        self.delete_global(locals, name)
    }

    pub(super) fn delete_global(&mut self, dict: Obj, name: Obj) -> PyResult<()> {
        if !self.dict_delete_str(dict, name) {
            return self.not_defined(name);
        }
        Ok(())
    }

    fn not_defined(&mut self, name: Obj) -> PyResult<()> {
        self.clear_exception();
        let text = self.text(name);
        self.name_error(name, format!("name '{text}' is not defined"))
    }

    pub(super) fn load_classderef(
        &mut self,
        code: &Code,
        index: u32,
        base: usize,
    ) -> PyResult<Obj> {
        let i = index as usize;
        let cells = code.cellvars.len();
        let name = if i < cells {
            code.cellvars[i]
        } else {
            code.freevars[i - cells]
        };
        let locals = self.frames.last().map_or(NULL, |f| f.locals);
        if let Some(o) = self.namespace_get(locals, name)? {
            return Ok(o);
        }
        let cell = self.stack[base + code.nlocals as usize + i];
        match self.heap.payload(cell) {
            Payload::Cell(o) if !o.is_null() => {
                let o = *o;
                Ok(self.new_ref(o))
            }
            _ => Err(self.unbound_deref(code, index)),
        }
    }

    /// Puts a value into a cell, which takes it over; the old one comes back, owned.
    #[inline(always)]
    pub(super) fn set_cell(&mut self, cell: Obj, value: Obj) -> Obj {
        match self.heap.payload_mut(cell) {
            Payload::Cell(contents) => std::mem::replace(contents, value),
            _ => panic!("a closure variable's place holds no cell"),
        }
    }
}

/// `tp_getattro` of most types.
pub fn generic_getattr(vm: &mut Machine, o: Obj, name: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        let ty = vm.type_name(name);
        return vm.type_error(format!("attribute name must be string, not '{ty}'"));
    }
    vm.generic_getattr(o, name)
}

/// The same with another dict in the place of the instance's (`_PyObject_GenericGetAttrWithDict`).
pub fn generic_getattr_in(vm: &mut Machine, o: Obj, name: Obj, dict: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        return generic_getattr(vm, o, name);
    }
    match vm.generic_lookup_in(o, name, dict)? {
        Some(value) => Ok(value),
        None => vm.no_attribute(o, name),
    }
}
