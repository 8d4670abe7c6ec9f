//! Weak references: the list that each referent has, what happens when it dies, and the type `weakref.ref`
//! (`Objects/weakrefobject.c`). Proxies are in `weak_proxy.rs`.
//!
//! `heap.weakrefs` has a list for each object that is weakly referenced, in CPython's order: the plain reference without
//! a callback and the plain proxy without one (both are shared), then all others, newest first. Neither the list nor the
//! reference counts for the referent. Invariant: a `Weakref` payload with a referent stands exactly once in its list, and
//! `HAS_WEAKREFS` is set on objects that have a list.

use crate::heap::gc_list::{HAS_WEAKREFS, ListId};
use crate::heap::payload::class::Layout;
use crate::heap::payload::weakref::{WeakKind, Weakref};
use crate::heap::{Heap, NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::observe::Event;
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub use super::weak_proxy::{CALLABLE_SPEC as CALLABLE_PROXY_SPEC, SPEC as PROXY_SPEC};

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Weakref,
    base_type: true,
    methods: &[Method::class("__class_getitem__", Arity::One, super::generic_alias::class_getitem).doc("See PEP 585")],
    getset: &[GetSet::rw(
        "__callback__",
        |vm, this| {
            let callback = vm.weakref_callback(this).some().unwrap_or(vm.none);
            Ok(vm.new_ref(callback))
        },
        |vm, _, _| vm.raise(vm.types.attribute_error, "readonly attribute".to_string()),
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_call = Some(call);
        s.tp_hash = Some(hash);
        s.tp_repr = Some(repr);
        s.tp_richcompare = Some(rich_compare);
    },
    ..TypeSpec::new("weakref.ReferenceType")
};

impl Heap {
    /// What a weak reference or proxy is made of (subclasses too).
    pub fn weakref(&self, o: Obj) -> Option<&Weakref> {
        match self.base(o) {
            Payload::Weakref(w) => Some(w),
            _ => None,
        }
    }
}

impl Machine {
    /// What a reference or proxy points at, borrowed; NULL if that is gone, or `o` is no weak reference. What waits for its
    /// deallocation (`vm/dealloc.rs`) has no references left and is gone, too (`PyWeakref_GET_OBJECT`).
    pub fn weakref_referent(&self, o: Obj) -> Obj {
        match self.heap.weakref(o).map(|w| w.referent) {
            Some(referent) if !referent.is_null() && self.heap.rc(referent) > 0 => referent,
            _ => NULL,
        }
    }

    /// The callback of a weak reference, borrowed; NULL if it has none.
    pub fn weakref_callback(&self, reference: Obj) -> Obj {
        self.heap.weakref(reference).map_or(NULL, |w| w.callback)
    }

    /// The weak references to an object, borrowed, in the order of its list.
    pub fn weakrefs_of(&self, o: Obj) -> &[Obj] {
        self.heap.weakrefs.get(&o).map_or(&[], Vec::as_slice)
    }

    /// The shared reference and the shared proxy without a callback, NULL if there is none (`get_basic_refs`).
    fn basic_refs(&self, referent: Obj) -> (Obj, Obj) {
        let mut list = self.weakrefs_of(referent).iter().copied().peekable();
        let plain = |o: &Obj| self.weakref_callback(*o).is_null();
        let reference = list.next_if(|o| plain(o) && self.heap.ty(*o) == self.types.weakref).unwrap_or(NULL);
        let proxy = list.next_if(|o| plain(o) && self.heap.weakref(*o).is_some_and(|w| w.kind != WeakKind::Ref)).unwrap_or(NULL);
        (reference, proxy)
    }

    /// Puts a new weak reference into its referent's list.
    fn enlist_weakref(&mut self, referent: Obj, reference: Obj, at: usize) {
        self.heap.weakrefs.entry(referent).or_default().insert(at, reference);
        self.heap.gc.set(referent, HAS_WEAKREFS);
    }

    fn check_weakly_referenceable(&mut self, o: Obj) -> PyResult<()> {
        let ty = self.heap.ty(o);
        if !self.heap.class(ty).flags.has_weakrefs {
            let name = self.type_name(o);
            return self.type_error(format!("cannot create weak reference to '{name}' object"));
        }
        Ok(())
    }

    /// A reference of a class, `weakref.ref` or a subclass; the callback is borrowed, NULL for none (`weakref___new__`).
    pub fn new_weakref(&mut self, class: Obj, referent: Obj, callback: Obj) -> PyResult<Obj> {
        self.check_weakly_referenceable(referent)?;
        let shared = callback.is_null() && class == self.types.weakref;
        if shared && let Some(known) = self.basic_refs(referent).0.some() {
            return Ok(self.new_ref(known));
        }
        let base = match self.heap.is_class(referent) && !self.heap.class(referent).flags.heap_type {
            true => self.heap.class(referent).base,
            false => NULL,
        };
        if shared && !base.is_null() {
            return Ok(self.subclass_reference(base, referent));
        }
        let (reference, proxy) = self.basic_refs(referent);
        let at = if shared { 0 } else { usize::from(!reference.is_null()) + usize::from(!proxy.is_null()) };
        Ok(self.make_weakref(class, referent, callback, at))
    }

    /// The reference that a base keeps of a class, the one without a callback; owned.
    pub fn plain_reference(&mut self, class: Obj) -> Obj {
        match self.basic_refs(class).0.some() {
            Some(known) => self.new_ref(known),
            None => self.make_weakref(self.types.weakref, class, NULL, 0),
        }
    }

    fn make_weakref(&mut self, class: Obj, referent: Obj, callback: Obj, at: usize) -> Obj {
        let payload = Weakref { referent: NULL, callback: NULL, hash: None, kind: WeakKind::Ref };
        let made = self.alloc_instance(class, Payload::Weakref(Box::new(payload)));
        self.xincref(callback);
        self.fill_weakref(made, referent, callback, at);
        made
    }

    /// Makes the reference by which a built-in class is known to its base, if it is one and nobody asked for it before.
    pub fn know_by_base(&mut self, o: Obj) {
        let built_in = self.heap.is_class(o) && !self.heap.class(o).flags.heap_type;
        if built_in && !self.heap.class(o).base.is_null() && self.basic_refs(o).0.is_null() {
            let base = self.heap.class(o).base;
            let reference = self.subclass_reference(base, o);
            self.decref(reference);
        }
    }

    /// The reference by which a built-in class of the first hour is known to its base: old, though it is made here when somebody
    /// asks. A module's classes have theirs when they are made.
    fn subclass_reference(&mut self, base: Obj, class: Obj) -> Obj {
        let payload = Weakref { referent: NULL, callback: NULL, hash: None, kind: WeakKind::Ref };
        self.heap.births.quiet += 1;
        let made = self.alloc_gc_uncounted(self.types.weakref, Payload::Weakref(Box::new(payload)));
        self.heap.births.quiet -= 1;
        self.heap.gc.append(ListId::Generation2, made);
        self.fill_weakref(made, class, NULL, 0);
        if self.remember_subclass(base, class, made).is_err() {
            self.clear_exception();
        }
        made
    }

    fn fill_weakref(&mut self, made: Obj, referent: Obj, callback: Obj, at: usize) {
        if let Payload::Weakref(w) = self.heap.base_mut(made) {
            w.referent = referent;
            w.callback = callback;
        }
        self.enlist_weakref(referent, made, at);
    }

    /// A proxy; the callback is borrowed, NULL for none (`PyWeakref_NewProxy`).
    pub fn new_weak_proxy(&mut self, referent: Obj, callback: Obj) -> PyResult<Obj> {
        self.check_weakly_referenceable(referent)?;
        if callback.is_null()
            && let Some(known) = self.basic_refs(referent).1.some()
        {
            return Ok(self.new_ref(known));
        }
        let callable = self.slots_of(referent).tp_call.is_some();
        let (ty, kind) = if callable {
            (self.types.weak_callable_proxy, WeakKind::CallableProxy)
        } else {
            (self.types.weak_proxy, WeakKind::Proxy)
        };
        let made = self.alloc_gc(ty, Payload::Weakref(Box::new(Weakref { referent: NULL, callback: NULL, hash: None, kind })));
        self.xincref(callback);
        let (reference, proxy) = self.basic_refs(referent);
        let after_proxy = !callback.is_null() && !proxy.is_null();
        let at = usize::from(!reference.is_null()) + usize::from(after_proxy);
        self.fill_weakref(made, referent, callback, at);
        Ok(made)
    }

    /// A weak reference forgets its referent and leaves the list; its callback stays (`_PyWeakref_ClearRef`). Nothing happens if
    /// `reference` is no weak reference, or cleared already.
    pub fn forget_weakref(&mut self, reference: Obj) {
        let Payload::Weakref(w) = self.heap.base_mut(reference) else { return };
        let referent = std::mem::replace(&mut w.referent, NULL);
        if referent.is_null() {
            return;
        }
        let Some(list) = self.heap.weakrefs.get_mut(&referent) else { return };
        list.retain(|o| *o != reference);
        if list.is_empty() {
            self.heap.weakrefs.remove(&referent);
            self.heap.gc.clear(referent, HAS_WEAKREFS);
        }
    }

    /// Clears all weak references to an object without calling anybody back; gives them back, borrowed, in list order.
    pub fn detach_weakrefs(&mut self, o: Obj) -> Vec<Obj> {
        let list = self.heap.weakrefs.remove(&o).unwrap_or_default();
        self.heap.gc.clear(o, HAS_WEAKREFS);
        for reference in &list {
            if let Payload::Weakref(w) = self.heap.base_mut(*reference) {
                w.referent = NULL;
            }
        }
        list
    }

    /// The object dies: its weak references are cleared, all of them before the first callback runs
    /// (`PyObject_ClearWeakRefs`).
    pub fn clear_weakrefs(&mut self, o: Obj) {
        for _ in 0..2 {
            let first = self.weakrefs_of(o).first().copied();
            if let Some(reference) = first
                && self.weakref_callback(reference).is_null()
            {
                self.forget_weakref(reference);
                self.event(Event::WeakrefClear { reference, referent: o });
            }
        }
        let list = self.detach_weakrefs(o);
        if list.is_empty() {
            return;
        }
        let saved = self.take_exception();
        if let [reference] = list[..] {
            let callback = self.take_weakref_callback(reference);
            if !callback.is_null() {
                self.hold(callback);
                if self.heap.rc(reference) > 0 {
                    self.call_back(reference, callback, o);
                }
                self.drop_held();
            }
        } else {
            self.call_all_back(list, o);
        }
        self.restore_exception(saved);
    }

    fn take_weakref_callback(&mut self, reference: Obj) -> Obj {
        match self.heap.base_mut(reference) {
            Payload::Weakref(w) => std::mem::replace(&mut w.callback, NULL),
            _ => NULL,
        }
    }

    /// References and callbacks wait in a tuple, as in CPython, where `gc.get_referrers` can find them.
    fn call_all_back(&mut self, list: Vec<Obj>, referent: Obj) {
        let mut pairs = Vec::with_capacity(list.len() * 2);
        for reference in list {
            let callback = self.take_weakref_callback(reference);
            if self.heap.rc(reference) > 0 {
                self.heap.incref(reference);
                pairs.extend([reference, callback]);
            } else {
                // A reference that is being freed itself.
                self.xdecref(callback);
            }
        }
        let tuple = self.new_tuple(pairs.clone());
        self.hold(tuple);
        for pair in pairs.chunks(2) {
            match *pair {
                [reference, callback] if !callback.is_null() => self.call_back(reference, callback, referent),
                [reference, _] => self.event(Event::WeakrefClear { reference, referent }),
                _ => {}
            }
        }
        self.drop_held();
    }

    fn call_back(&mut self, reference: Obj, callback: Obj, referent: Obj) {
        self.event(Event::WeakrefClear { reference, referent });
        self.handle_callback(reference, callback);
    }

    /// `handle_callback`: errors are written, nobody hears of them otherwise.
    fn handle_callback(&mut self, reference: Obj, callback: Obj) {
        match self.call(callback, &[reference]) {
            Ok(result) => self.decref(result),
            Err(_) => self.write_unraisable(callback, None),
        }
    }

    /// Calls a weak reference's callback; it keeps it (`handle_weakrefs` of the collector).
    pub fn run_weakref_callback(&mut self, reference: Obj) {
        let callback = self.weakref_callback(reference);
        if !callback.is_null() {
            self.handle_callback(reference, callback);
        }
    }
}

/// Referent and callback, NULL for None or none (`parse_weakref_init_args`).
pub fn referent_and_callback(vm: &mut Machine, name: &str, args: Args) -> PyResult<(Obj, Obj)> {
    let given = args.len();
    if given == 0 {
        return vm.type_error(format!("{name} expected at least 1 argument, got 0"));
    }
    if given > 2 {
        return vm.type_error(format!("{name} expected at most 2 arguments, got {given}"));
    }
    let callback = args.get(vm, 1);
    Ok((args.get(vm, 0), if callback == vm.none { NULL } else { callback }))
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let (referent, callback) = referent_and_callback(vm, "__new__", args)?;
    vm.new_weakref(class, referent, callback)
}

fn init(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("ref() takes no keyword arguments".to_string());
    }
    referent_and_callback(vm, "__init__", args)?;
    Ok(())
}

fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if !args.is_empty() {
        let given = args.len();
        return vm.type_error(format!("__call__() takes at most 0 arguments ({given} given)"));
    }
    if args.kw_len(vm) > 0 {
        let given = args.kw_len(vm);
        return vm.type_error(format!("__call__() takes at most 0 keyword arguments ({given} given)"));
    }
    let referent = vm.weakref_referent(this).some().unwrap_or(vm.none);
    Ok(vm.new_ref(referent))
}

/// The referent's hash, remembered for when it is gone (`weakref_hash`).
fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    if let Some(hash) = vm.heap.weakref(this).and_then(|w| w.hash) {
        return Ok(hash);
    }
    let referent = vm.weakref_referent(this);
    if referent.is_null() {
        return vm.type_error("weak object has gone away".to_string());
    }
    vm.hold_ref(referent);
    let hash = vm.hash(referent);
    let hash = vm.let_go(hash)?;
    if let Payload::Weakref(w) = vm.heap.base_mut(this) {
        w.hash = Some(hash);
    }
    Ok(hash)
}

/// An object's address as `%p` shows it.
pub(super) fn address(vm: &Machine, o: Obj) -> String {
    format!("{:#x}", vm.id_of(o))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let referent = vm.weakref_referent(this);
    let at = address(vm, this);
    if referent.is_null() {
        return Ok(vm.new_string(format!("<weakref at {at}; dead>")));
    }
    let mark = vm.mark();
    vm.hold_ref(referent);
    let name = vm.lookup_attr(referent, vm.names.__name__);
    if vm.interrupt.is_none() {
        vm.release_raising(mark);
    }
    let name = name?;
    let (ty, referent_at) = (vm.type_name(referent), address(vm, referent));
    let mut text = format!("<weakref at {at}; to '{ty}' at {referent_at}");
    if let Some(name) = name {
        if vm.heap.str(name).is_some() {
            text.push_str(&format!(" ({})", vm.text(name)));
        }
        vm.decref(name);
    }
    text.push('>');
    Ok(vm.new_string(text))
}

/// By the referents while both live, else by identity (`weakref_richcompare`).
fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let both = vm.heap.weakref(this).is_some() && vm.heap.weakref(other).is_some();
    if !both || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (vm.weakref_referent(this), vm.weakref_referent(other));
    if a.is_null() || b.is_null() {
        return Ok(vm.new_bool((this == other) == (op == CmpOp::Eq)));
    }
    let mark = vm.mark();
    vm.hold_ref(b);
    vm.hold_ref(a);
    let result = vm.rich_compare(a, b, op);
    vm.releasing(mark, result)
}
