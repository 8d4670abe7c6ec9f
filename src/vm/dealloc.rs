//! Death by count: what happens inside the `decref` that takes the last reference.
//!
//! The order is CPython's, type by type: list and tuple items last to first, dict entries and frame locals first to last. A
//! finaliser or a weakref callback runs there and then, as a nested run. The payload stays in the slot while it is
//! emptied, one reference at a time, so that whoever looks from inside a finaliser sees what is still owned.
//!
//! Invariant: when `dealloc` returns, the slot is free, or the object was resurrected, or it waits in the trashcan.

use super::observe::Event;
use super::{Machine, TRASHCAN_LEVEL};
use crate::heap::gc_list::{FINALIZED, HAS_WEAKREFS, IS_GC, ZOMBIE_FRAME};
use crate::heap::payload::generator::GenKind;
use crate::heap::payload::set::Place;
use crate::heap::{NULL, Obj, Payload};

/// Types that CPython leaves out of the trashcan get one of our own at this depth, so that no chain overflows the stack.
pub(super) const DEEP_LEVEL: u32 = 3000;

impl Machine {
    /// The count of an object is zero: finalise it, let go of what it holds, free it.
    #[inline(never)]
    pub fn dealloc(&mut self, o: Obj) {
        match self.heap.payload(o) {
            Payload::Int(_) | Payload::Float(_) => self.heap.free_plain::<true>(o),
            _ => self.dealloc_object(o),
        }
    }

    /// `dealloc` of anything but a number. (Apart from that, so that numbers do not pay for what this one saves at its beginning.)
    #[inline(never)]
    fn dealloc_object(&mut self, o: Obj) {
        match self.heap.payload(o) {
            Payload::Str(_) => self.dealloc_str(o),
            // No finaliser, no weak references, nothing that dies with them.
            Payload::BigInt(_) | Payload::RangeIter(_) => {
                self.event(Event::Death(o));
                self.heap.free(o);
            }
            Payload::Slice(_) => self.dealloc_slice(o),
            Payload::Tuple { .. } | Payload::TupleBig(_) if self.heap.ty(o) == self.types.tuple => {
                self.dealloc_items(o)
            }
            Payload::List(_) if self.heap.ty(o) == self.types.list => self.dealloc_items(o),
            Payload::Dict(_) | Payload::Split { .. } if self.heap.ty(o) == self.types.dict => {
                self.dealloc_sequence(o)
            }
            Payload::Func(_) | Payload::Gen(_) if self.dies_simply(o) => self.dealloc_unseen(o),
            Payload::Set(_) if self.is_plain_set(o) => self.dealloc_items(o),
            _ => self.dealloc_container(o),
        }
    }

    /// A str has neither a finaliser nor weak references nor anything else that dies with it.
    fn dealloc_str(&mut self, o: Obj) {
        self.event(Event::Death(o));
        self.forget_str(o);
        self.heap.free(o);
    }

    /// The tables that know a str without owning it forget it.
    fn forget_str(&mut self, o: Obj) {
        if let Payload::Str(text) = self.heap.payload(o) {
            if text.may_be_interned() {
                let text = text.clone();
                self.heap.interned.forget(&text, o);
            }
            self.method_cache.forget_name(o);
        }
    }

    /// `slice_dealloc`: no trashcan, no finaliser; step, start, stop go in this order.
    fn dealloc_slice(&mut self, o: Obj) {
        let Payload::Slice(parts) = self.heap.payload_mut(o) else {
            return;
        };
        let plain = !parts.iter().any(|part| part.is_null());
        let parts = *parts;
        if !plain || parts.iter().any(|part| self.heap.rc(*part) == 1) {
            return self.dealloc_container(o);
        }
        self.event(Event::Death(o));
        self.heap.gc.untrack(o);
        let [start, stop, step] = parts;
        for part in [step, start, stop] {
            self.decref(part);
        }
        self.heap.free(o);
        if !self.heap.free_lists.put_slice() {
            self.count_deallocation();
        }
    }

    /// Exactly a set or frozenset, without weak references.
    fn is_plain_set(&self, o: Obj) -> bool {
        let ty = self.heap.ty(o);
        (ty == self.types.set || ty == self.types.frozenset) && !self.heap.gc.has(o, HAS_WEAKREFS)
    }

    #[inline(always)]
    fn dealloc_items(&mut self, o: Obj) {
        match self.watch.on {
            true => self.dealloc_sequence(o),
            false => self.dealloc_items_unseen(o),
        }
    }

    /// An exact tuple, list, dict or set: no finaliser, no weak references.
    fn dealloc_sequence(&mut self, o: Obj) {
        self.heap.gc.untrack(o);
        if self.trash_depth >= TRASHCAN_LEVEL {
            self.trash.push(o);
            return;
        }
        self.trash_depth += 1;
        self.event(Event::Death(o));
        match self.heap.payload(o) {
            Payload::Tuple { n, .. } => {
                let n = *n as usize;
                self.free_small_tuple(o, n);
            }
            _ => self.free_contents(o),
        }
        self.trash_depth -= 1;
        if self.trash_depth == 0 && !self.trash.is_empty() {
            self.empty_trash();
        }
    }

    fn dealloc_container(&mut self, o: Obj) {
        if !self.uses_trashcan(o) {
            return self.dealloc_without_trashcan(o);
        }
        // CPython takes the object out of its list before it asks the trashcan.
        self.heap.gc.untrack(o);
        if self.trash_depth >= TRASHCAN_LEVEL {
            self.trash.push(o);
            return;
        }
        self.trash_depth += 1;
        if self.finalize_dying(o) {
            self.free_contents(o);
        }
        self.trash_depth -= 1;
        if self.trash_depth == 0 && !self.trash.is_empty() {
            self.empty_trash();
        }
    }

    fn dealloc_without_trashcan(&mut self, o: Obj) {
        if self.deep_depth >= DEEP_LEVEL {
            self.deep_trash.push(o);
            return;
        }
        self.deep_depth += 1;
        if self.finalize_dying(o) {
            self.free_contents(o);
        }
        self.deep_depth -= 1;
        if self.deep_depth == 0 {
            self.empty_deep_trash();
        }
    }

    pub(super) fn empty_deep_trash(&mut self) {
        while let Some(o) = self.deep_trash.pop() {
            self.dealloc_without_trashcan(o);
        }
    }

    /// `_PyTrash_thread_destroy_chain`: the chain runs at nesting 1, so what it frees can go one level less deep.
    pub(super) fn empty_trash(&mut self) {
        while let Some(o) = self.trash.pop() {
            self.trash_depth += 1;
            self.dealloc_container(o);
            self.trash_depth -= 1;
        }
    }

    fn uses_trashcan(&self, o: Obj) -> bool {
        match self.heap.payload(o) {
            Payload::Tuple { .. }
            | Payload::TupleBig(_)
            | Payload::List(_)
            | Payload::Dict(_)
            | Payload::Split { .. }
            | Payload::Inst { .. }
            | Payload::Set(_)
            | Payload::Frame(_)
            | Payload::Traceback(_) => true,
            // The built-in exceptions do without; instances of classes made by `class` never do.
            Payload::Exc(_) => self.heap.class(self.heap.ty(o)).flags.heap_type,
            Payload::Ext(_) => self.heap.gc.has(o, IS_GC),
            _ => false,
        }
    }

    /// Finalisers and weak references. False if the object is alive again.
    fn finalize_dying(&mut self, o: Obj) -> bool {
        let ty = self.heap.ty(o);
        if matches!(self.heap.payload(o), Payload::Gen(_)) && self.heap.gc.has(o, HAS_WEAKREFS) {
            // gen_dealloc clears weak references before it closes the generator; instances do so after `__del__`.
            self.clear_weakrefs_untracked(o);
        }
        if self.heap.class(ty).slots.tp_finalize.is_some()
            && !self.is_over(o)
            && !self.heap.gc.has(o, FINALIZED)
            && self.resurrected_by(o, Machine::call_finalizer_from_dealloc)
        {
            return false;
        }
        if self.heap.gc.has(o, HAS_WEAKREFS) {
            self.clear_weakrefs_untracked(o);
        }
        if self.heap.class(ty).flags.legacy_del
            && self.resurrected_by(o, super::generic_slots::slot_tp_del)
        {
            return false;
        }
        self.event(Event::Death(o));
        true
    }

    /// Every dealloc untracks before it tells of the death: a callback that collects must not come across the object.
    fn clear_weakrefs_untracked(&mut self, o: Obj) {
        self.heap.gc.untrack(o);
        self.clear_weakrefs(o);
    }

    /// Whether it is a generator that has ended: its finaliser does nothing.
    fn is_over(&self, o: Obj) -> bool {
        matches!(self.heap.payload(o), Payload::Gen(g)
            if g.frame.is_null() && g.kind == GenKind::Generator)
    }

    /// `PyObject_CallFinalizerFromDealloc`: true if the finaliser brought the object back.
    fn resurrected_by(&mut self, o: Obj, finalizer: fn(&mut Machine, Obj)) -> bool {
        let was_tracked = self.heap.is_gc(o);
        // A temporary resurrection: the finaliser may take references and give them back.
        self.heap.set_rc(o, 1);
        // subtype_dealloc and gen_dealloc track the object anew while its finaliser runs.
        let anew = matches!(self.heap.payload(o), Payload::Gen(_));
        if anew {
            self.heap.gc.untrack(o);
        }
        if was_tracked && !self.heap.gc.tracked(o) {
            self.heap.gc.track(o);
        }
        self.dying.push(o);
        finalizer(self, o);
        self.dying.pop();
        if !self.heap.decref_in::<true>(o) {
            self.event(Event::Resurrect(o));
            return true;
        }
        if anew || self.uses_trashcan(o) {
            self.heap.gc.untrack(o);
        }
        false
    }

    /// Runs the finaliser (`tp_finalize`); the caller sees to it that it runs once.
    pub(super) fn call_finalizer(&mut self, o: Obj) {
        let ty = self.heap.ty(o);
        let Some(finalize) = self.heap.class(ty).slots.tp_finalize else {
            return;
        };
        if self.heap.class(ty).has_del {
            self.event(Event::Finalize(o));
        }
        finalize(self, o);
    }

    /// `PyObject_CallFinalizer`: the object counts as finalised when that is over; the collector marks it before.
    fn call_finalizer_from_dealloc(&mut self, o: Obj) {
        self.call_finalizer(o);
        if self.heap.is_gc(o) {
            self.heap.gc.set(o, FINALIZED);
        }
    }

    /// Empties and frees the object.
    fn free_contents(&mut self, o: Obj) {
        self.heap.gc.untrack(o);
        let ty = self.heap.ty(o);
        match self.heap.payload(o) {
            Payload::Tuple { n, .. } => {
                let n = *n as usize;
                self.free_small_tuple(o, n);
            }
            Payload::TupleBig(items) => {
                let n = items.len();
                self.drop_items_last_to_first(o);
                self.heap.free(o);
                if ty != self.types.tuple || !self.heap.free_lists.put_tuple(n) {
                    self.count_deallocation();
                }
            }
            Payload::List(_) => {
                self.drop_items_last_to_first(o);
                self.heap.free_list(o);
                if ty != self.types.list || !self.heap.free_lists.put_list() {
                    self.count_deallocation();
                }
            }
            Payload::Dict(_) | Payload::Split { .. } => {
                self.clear_dict_entries(o);
                self.heap.free(o);
                if ty != self.types.dict || !self.heap.free_lists.put_dict() {
                    self.count_deallocation();
                }
            }
            Payload::Inst { dict } => {
                let dict = *dict;
                if !dict.is_null() {
                    self.set_inst_dict(o, NULL);
                    self.decref(dict);
                }
                self.heap.free(o);
                self.count_deallocation();
                self.decref(ty);
            }
            _ => self.free_rare(o),
        }
    }

    fn free_small_tuple(&mut self, o: Obj, n: usize) {
        self.drop_tuple_items(o);
        let exact = self.heap.ty(o) == self.types.tuple;
        self.heap.free(o);
        if !exact || !self.heap.free_lists.put_tuple(n) {
            self.count_deallocation();
        }
    }

    /// Items of a small tuple go from the end, each taken out before it is let go.
    pub(super) fn drop_tuple_items(&mut self, o: Obj) {
        while let Payload::Tuple { v, n } = self.heap.payload_mut(o)
            && let Some(i) = n.checked_sub(1)
        {
            let item = std::mem::replace(&mut v[usize::from(i)], NULL);
            *n = i;
            self.xdecref(item);
        }
    }

    /// `PyObject_GC_Del`: the youngest generation's count goes down.
    #[inline(always)]
    pub fn count_deallocation(&mut self) {
        if self.generations.count[0] > 0 {
            self.generations.count[0] -= 1;
        }
    }

    /// Items of a list or large tuple go from the end, each taken out before it is let go.
    pub(super) fn drop_items_last_to_first(&mut self, o: Obj) {
        while let Some(item) = self.sequence_items(o).and_then(Vec::pop) {
            self.xdecref(item);
        }
    }

    /// The items of a dying list or large tuple; what room it had does not matter any more.
    fn sequence_items(&mut self, o: Obj) -> Option<&mut Vec<Obj>> {
        match self.heap.base_mut(o) {
            Payload::List(items) => Some(items),
            Payload::TupleBig(items) => Some(items),
            _ => None,
        }
    }

    /// Entries of a dict go from the front: key, then value.
    pub(super) fn clear_dict_entries(&mut self, o: Obj) {
        match self.heap.base_mut(o) {
            Payload::Split { n, .. } => {
                for i in 0..*n as usize {
                    let Payload::Split { v, .. } = self.heap.payload_mut(o) else {
                        return;
                    };
                    let value = std::mem::replace(&mut v[i], NULL);
                    self.xdecref(value);
                }
            }
            Payload::Dict(dict) => {
                let count = dict.entries.len();
                if std::mem::take(&mut dict.keys_twice) {
                    // The nodes of the order go first; the dict still has the keys.
                    let keys: Vec<Obj> = dict.entries.iter().map(|e| e.key).collect();
                    keys.into_iter().for_each(|key| self.xdecref(key));
                }
                for i in 0..count {
                    let Payload::Dict(dict) = self.heap.base_mut(o) else {
                        return;
                    };
                    let Some(entry) = dict.entries.get_mut(i) else {
                        break;
                    };
                    let (key, value) = (
                        std::mem::replace(&mut entry.key, NULL),
                        std::mem::replace(&mut entry.value, NULL),
                    );
                    if !key.is_null() {
                        self.hold(value);
                        self.decref(key);
                        let value = self.unhold();
                        self.decref(value);
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn set_inst_dict(&mut self, o: Obj, dict: Obj) {
        if let Some(place) = self.heap.dict_slot(o) {
            *place = dict;
        }
    }

    fn free_rare(&mut self, o: Obj) {
        let ty = self.heap.ty(o);
        let is_gc = self.heap.is_gc(o);
        let mut counted_type = false;
        match self.heap.payload(o) {
            Payload::Ext(ext) => {
                counted_type = ext.type_is_counted;
                self.forget_weakref(o);
                self.clear_ext(o);
            }
            Payload::Class(class) => {
                counted_type = class.meta_is_counted;
                self.clear_class(o);
            }
            Payload::Exc(exc) => {
                counted_type = exc.type_is_counted;
                self.clear_references(o);
            }
            Payload::Weakref(_) => {
                self.forget_weakref(o);
                self.clear_references(o);
            }
            Payload::Set(_) => self.clear_set(o),
            Payload::Code(_) => {
                if self.heap.gc.has(o, ZOMBIE_FRAME) {
                    self.count_deallocation();
                }
                self.give_back_code_tuples(o);
                self.clear_references(o);
            }
            Payload::Frame(_) => {
                let code_obj = self.clear_frame_object(o);
                self.heap.free_frame(o);
                if !code_obj.is_null() {
                    self.unclaim_frame(code_obj);
                    self.decref(code_obj);
                }
                return;
            }
            Payload::Array(_) => counted_type = true,
            Payload::Native(native) => {
                counted_type = native.counts_type();
                self.clear_references(o);
            }
            _ => self.clear_references(o),
        }
        let cached = match self.heap.payload(o) {
            Payload::Slice(_) => self.heap.free_lists.put_slice(),
            Payload::Native(native) => {
                let kept = native.free_list();
                kept.is_some_and(|kind| self.heap.free_lists.put_native(kind))
            }
            _ => false,
        };
        self.heap.free(o);
        if is_gc && !cached {
            self.count_deallocation();
        }
        if counted_type {
            self.decref(ty);
        }
    }

    /// Takes every reference out of a payload whose parts go in the order of `take_references`, and lets go of them.
    pub(super) fn clear_references(&mut self, o: Obj) {
        // The kinds that come and go all the time need no vector.
        match self.heap.base_mut(o) {
            Payload::ListIter { list: it, .. }
            | Payload::TupleIter { tuple: it, .. }
            | Payload::SeqIter { seq: it, .. }
            | Payload::Cell(it) => {
                let it = std::mem::replace(it, NULL);
                self.xdecref(it);
            }
            Payload::Iter(it) => {
                let taken = it.take_parts();
                self.drop_each(&taken);
            }
            Payload::Method { func, this } => {
                let taken = [func, this].map(|p| std::mem::replace(p, NULL));
                self.drop_each(&taken);
            }
            Payload::Slice(parts) => {
                let [start, stop, step] = std::mem::replace(parts, [NULL; 3]);
                self.drop_each(&[step, start, stop]);
            }
            Payload::RangeIter(_) => {}
            Payload::Range(parts) => {
                let taken = std::mem::replace(&mut **parts, [NULL; 4]);
                self.drop_each(&taken);
            }
            Payload::Func(f) => {
                let taken = [
                    &mut f.globals,
                    &mut f.builtins,
                    &mut f.module,
                    &mut f.defaults,
                    &mut f.kwdefaults,
                    &mut f.doc,
                    &mut f.dict,
                    &mut f.closure,
                    &mut f.annotations,
                    &mut f.name,
                    &mut f.qualname,
                    &mut f.code_obj,
                ]
                .map(|p| std::mem::replace(p, NULL));
                self.drop_each(&taken);
            }
            Payload::Gen(g) => {
                let [t, v, tb] = &mut g.exc;
                let taken = [
                    &mut g.frame,
                    &mut g.extra,
                    &mut g.code_obj,
                    &mut g.name,
                    &mut g.qualname,
                    t,
                    v,
                    tb,
                ]
                .map(|p| std::mem::replace(p, NULL));
                self.drop_each(&taken);
            }
            Payload::Traceback(tb) => {
                let taken = [&mut tb.next, &mut tb.frame].map(|p| std::mem::replace(p, NULL));
                self.drop_each(&taken);
            }
            Payload::Exc(e) if e.extra.is_empty() => {
                let taken = e.common_parts().map(|p| std::mem::replace(p, NULL));
                self.drop_each(&taken);
            }
            _ => {
                let taken = self.take_references(o);
                self.drop_all(taken);
            }
        }
    }

    /// Lets go of owned references first to last; those that wait are held on the machine's stack.
    pub(super) fn drop_all(&mut self, taken: Vec<Obj>) {
        self.drop_each(&taken);
    }

    pub(super) fn drop_each(&mut self, taken: &[Obj]) {
        match taken {
            [] => {}
            [one] => self.xdecref(*one),
            _ if taken.iter().all(|o| o.is_null()) => {}
            _ => self.drop_several(taken),
        }
    }

    fn drop_several(&mut self, taken: &[Obj]) {
        let mut rest = taken;
        // Nothing happens when one goes that lives on: those behind it need not be held meanwhile.
        while let [first, others @ ..] = rest
            && !self.watch.on
            && (first.is_null() || self.heap.rc(*first) > 1)
        {
            if !first.is_null() {
                self.heap.decref_in::<false>(*first);
            }
            rest = others;
        }
        if let [last, others @ ..] = rest
            && others.iter().all(|o| o.is_null())
        {
            return self.xdecref(*last);
        }
        let mark = self.mark();
        for o in rest.iter().rev() {
            self.hold(*o);
        }
        self.release(mark);
    }

    /// Slots, dict, then the built-in part, as `subtype_dealloc` does: slots first, then the dict, then the base's own.
    fn clear_ext(&mut self, o: Obj) {
        let order = match self.heap.payload(o) {
            Payload::Ext(ext) => ext.slot_order(),
            _ => return,
        };
        for i in order {
            let Payload::Ext(ext) = self.heap.payload_mut(o) else {
                return;
            };
            let value = std::mem::replace(&mut ext.slots[i], NULL);
            self.xdecref(value);
        }
        let Payload::Ext(ext) = self.heap.payload_mut(o) else {
            return;
        };
        let dict = std::mem::replace(&mut ext.dict, NULL);
        self.xdecref(dict);
        self.clear_base(o);
    }

    fn clear_base(&mut self, o: Obj) {
        match self.heap.base(o) {
            Payload::List(_) | Payload::TupleBig(_) => self.drop_items_last_to_first(o),
            Payload::Dict(_) => self.clear_dict_entries(o),
            Payload::Set(_) => self.clear_set(o),
            Payload::Tuple { v, n } => {
                let items: Vec<Obj> = v[..*n as usize].iter().rev().copied().collect();
                if let Payload::Tuple { n, .. } = self.heap.base_mut(o) {
                    *n = 0;
                }
                self.drop_all(items);
            }
            _ => self.clear_references(o),
        }
    }

    pub(super) fn clear_set(&mut self, o: Obj) {
        let mut i = 0;
        loop {
            let Payload::Set(set) = self.heap.base_mut(o) else {
                return;
            };
            let Some(place) = set.table.get_mut(i).filter(|_| set.used > 0) else {
                return;
            };
            if let Place::Full { key, .. } = std::mem::replace(place, Place::Empty) {
                set.used = set.used.saturating_sub(1);
                self.decref(key);
            }
            i += 1;
        }
    }

    /// Locals first to last, the stack, then back, builtins, globals, locals, trace, code (`frame_dealloc`).
    /// Gives the code object, which the frame's memory goes back to first; owned, or NULL.
    pub(super) fn clear_frame_object(&mut self, o: Obj) -> Obj {
        let mut i = 0;
        loop {
            let Payload::Frame(frame) = self.heap.payload_mut(o) else {
                return NULL;
            };
            let Some(place) = frame.values.get_mut(i) else {
                break;
            };
            let value = std::mem::replace(place, NULL);
            self.xdecref(value);
            i += 1;
        }
        let Payload::Frame(frame) = self.heap.payload_mut(o) else {
            return NULL;
        };
        let code_obj = std::mem::replace(&mut frame.code_obj, NULL);
        let parts = [
            &mut frame.back,
            &mut frame.builtins,
            &mut frame.globals,
            &mut frame.locals,
            &mut frame.trace,
        ]
        .map(|place| std::mem::replace(place, NULL));
        self.hold(code_obj);
        self.drop_each(&parts);
        self.unhold()
    }

    /// Takes the references out of a payload of a rare kind, in the order in which its dealloc lets go of them.
    pub(super) fn take_references(&mut self, o: Obj) -> Vec<Obj> {
        fn take<const N: usize>(parts: [&mut Obj; N]) -> Vec<Obj> {
            parts.map(|p| std::mem::replace(p, NULL)).to_vec()
        }
        match self.heap.base_mut(o) {
            Payload::Method { func, this } => take([func, this]),
            Payload::Builtin(b) => take([&mut b.class, &mut b.this, &mut b.module]),
            Payload::MethodDescr { class, .. }
            | Payload::GetSetDescr { class, .. }
            | Payload::WrapperDescr { class, .. } => take([class]),
            Payload::Member(m) => take([&mut m.class, &mut m.name]),
            Payload::Cell(contents) => take([contents]),
            Payload::Slice([start, stop, step]) => take([step, start, stop]),
            Payload::Super([a, b, c]) => take([a, b, c]),
            Payload::ListIter { list: it, .. }
            | Payload::TupleIter { tuple: it, .. }
            | Payload::SeqIter { seq: it, .. } => take([it]),
            Payload::Exc(e) => {
                // What the exception's own kind keeps goes before what every exception has.
                let mut all = std::mem::take(&mut e.extra);
                all.extend(take(e.common_parts()));
                all
            }
            Payload::Weakref(w) => take([&mut w.callback]),
            Payload::Module { dict } | Payload::MappingProxy(dict) => take([dict]),
            Payload::Property(p) => {
                let [a, b, c, d, e] = &mut p.0;
                take([a, b, c, d, e])
            }
            Payload::StaticMethod([a, b]) | Payload::ClassMethod([a, b]) => take([a, b]),
            Payload::Iter(it) => it.take_parts().to_vec(),
            Payload::Native(native) => native.take(),
            Payload::Code(code) => {
                let code = code.clone();
                let mut all = Vec::new();
                code.references(&mut |_, o| all.push(o));
                // The code is shared between clones and cannot be emptied; replacing the payload has the same effect.
                *self.heap.base_mut(o) = Payload::Object;
                all
            }
            _ => Vec::new(),
        }
    }
}
