//! A collection, phase by phase under CPython's names. Read `collect` first; it is the map.
//!
//! Follows `gc_collect_main` of `Modules/gcmodule.c`. Lists keep CPython's order, because it decides who is finalised first.
//! What only looks at counts and edges is in `heap/collector.rs`; what runs Python code is here.

use super::observe::{Collection, Event, GcPhase};
use super::{Machine, PyResult};
use crate::heap::collector::Generations;
use crate::heap::gc_list::{COLLECTING, FINALIZED, HAS_WEAKREFS, ListId, UNREACHABLE};
use crate::heap::{NULL, Obj, Payload};

/// `gc.DEBUG_*`.
pub const DEBUG_STATS: u32 = 1;
pub const DEBUG_COLLECTABLE: u32 = 2;
pub const DEBUG_UNCOLLECTABLE: u32 = 4;
pub const DEBUG_SAVEALL: u32 = 32;

impl Machine {
    /// Called when the youngest generation's count is over its threshold (`gc_collect_generations`).
    #[cold]
    #[inline(never)]
    pub(super) fn maybe_collect(&mut self) {
        let g = &self.generations;
        if g.collecting
            || g.threshold[0] == 0
            || self.pending.is_some()
            || self.finalizing && self.frames.is_empty()
        {
            return;
        }
        let Some(generation) = due_generation(g) else {
            return;
        };
        self.generations.collecting = true;
        self.open_allocation();
        self.collect_with_callbacks(generation, false);
        self.close_allocation();
        self.generations.collecting = false;
    }

    /// `gc.collect(generation)`: 0 if a collection is running.
    pub fn collect_explicitly(&mut self, generation: usize) -> PyResult<usize> {
        if self.generations.collecting {
            return Ok(0);
        }
        self.generations.collecting = true;
        let saved = self.take_exception();
        let n = self.collect_with_callbacks(generation, true);
        self.restore_exception(saved);
        self.generations.collecting = false;
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        Ok(n)
    }

    /// A collection that calls nobody back and whose failure nobody hears of (`_PyGC_CollectNoFail`).
    pub(super) fn collect_no_fail(&mut self) {
        if self.generations.collecting || self.interrupt.is_some() {
            return;
        }
        self.generations.collecting = true;
        self.collect(2, true);
        self.generations.collecting = false;
    }

    fn collect_with_callbacks(&mut self, generation: usize, explicit: bool) -> usize {
        self.invoke_gc_callbacks("start", generation, 0, 0);
        let (collected, uncollectable) = self.collect(generation, explicit);
        self.invoke_gc_callbacks("stop", generation, collected, uncollectable);
        collected + uncollectable
    }

    /// Collects a generation and the younger ones. Returns how many objects were found unreachable and freed, and how many
    /// could not be (`gc_collect_main`).
    pub fn collect(&mut self, generation: usize, explicit: bool) -> (usize, usize) {
        self.generations.runs += 1;
        let number = self.generations.runs;
        let outer = self.collection.replace(Collection {
            generation: generation as u8,
            number,
            phase: None,
            explicit,
        });
        self.event(Event::GcStart {
            generation: generation as u8,
        });
        if self.gc_debug & DEBUG_STATS != 0 {
            self.tell_stats(generation);
        }

        let young = self.merge_younger(generation);
        let old = if generation < 2 {
            ListId::generation(generation + 1)
        } else {
            young
        };
        self.phase_deduce_unreachable(young);
        self.heap.untrack_tuples(young);
        self.age_survivors(generation, young, old);

        let unreachable = ListId::Unreachable;
        if self.gc_legacy {
            self.set_legacy_aside(unreachable);
        }
        self.forget_marks(unreachable);
        if self.gc_debug & DEBUG_COLLECTABLE != 0 {
            self.tell_collectable(unreachable);
        }

        let extra = self.handle_weakrefs(unreachable, old);
        self.phase(GcPhase::HandleWeakrefs);
        self.finalize_garbage(unreachable);
        self.phase(GcPhase::FinalizeGarbage);
        let garbage = self.handle_resurrected_objects(unreachable, old);
        self.phase(GcPhase::HandleResurrectedObjects);
        let collected = garbage + extra;
        self.delete_garbage(unreachable, old);
        self.phase(GcPhase::DeleteGarbage);

        let uncollectable = if self.gc_legacy {
            self.keep_legacy(old)
        } else {
            0
        };
        if generation == 2 {
            let freed = self.heap.free_lists.clear();
            let young = &mut self.generations.count[0];
            *young = young.saturating_sub(freed);
        }
        if self.gc_debug & DEBUG_STATS != 0 {
            // The machine's clock stands still while it collects.
            self.write_debug(&format!(
                "gc: done, {} unreachable, {uncollectable} uncollectable, 0.0000s elapsed\n",
                collected + uncollectable
            ));
        }
        let stats = &mut self.generations.stats[generation];
        stats[0] += 1;
        stats[1] += collected as u64;
        stats[2] += uncollectable as u64;
        self.event(Event::GcEnd {
            collected,
            uncollectable,
        });
        self.collection = outer;
        (collected, uncollectable)
    }

    /// Garbage with a finaliser of the old kind, and all that it reaches, is not freed (`move_legacy_finalizers`,
    /// `move_legacy_finalizer_reachable`).
    fn set_legacy_aside(&mut self, unreachable: ListId) {
        let mut aside: Vec<Obj> = self
            .heap
            .gc
            .iter(unreachable)
            .filter(|o| self.is_legacy(*o))
            .collect();
        for o in &aside {
            self.heap.gc.move_to(*o, ListId::Legacy);
            self.heap.gc.clear(*o, UNREACHABLE);
        }
        let mut at = 0;
        while let Some(o) = aside.get(at).copied() {
            at += 1;
            let mut reached = Vec::new();
            self.heap
                .payload(o)
                .traverse(self.heap.ty(o), |_, to| reached.push(to));
            for to in reached {
                if self.heap.gc.tracked(to) && self.heap.gc.has(to, UNREACHABLE) {
                    self.heap.gc.move_to(to, ListId::Legacy);
                    self.heap.gc.clear(to, UNREACHABLE);
                    aside.push(to);
                }
            }
        }
        self.forget_marks(ListId::Legacy);
    }

    fn is_legacy(&self, o: Obj) -> bool {
        self.heap.class(self.heap.ty(o)).flags.legacy_del
    }

    /// What was set aside lives on in the older generation; those with the finalisers go to `gc.garbage`. How many there were
    /// (`handle_legacy_finalizers`).
    fn keep_legacy(&mut self, old: ListId) -> usize {
        let kept: Vec<Obj> = self.heap.gc.iter(ListId::Legacy).collect();
        for o in &kept {
            if self.gc_debug & DEBUG_UNCOLLECTABLE != 0 {
                let (name, address) = (self.type_name(*o), self.id_of(*o));
                self.write_debug(&format!("gc: uncollectable <{name} {address:#x}>\n"));
            }
        }
        for o in &kept {
            if self.is_legacy(*o) || self.gc_debug & DEBUG_SAVEALL != 0 {
                self.heap.incref(*o);
                if let Some(garbage) = self.heap.list_mut(self.gc_garbage) {
                    garbage.push(*o);
                }
            }
        }
        self.heap.gc.merge(ListId::Legacy, old);
        kept.len()
    }

    /// What `DEBUG_STATS` writes before a collection (`show_stats_each_generations`).
    fn tell_stats(&mut self, generation: usize) {
        let sizes: String = (0..3)
            .map(|n| format!(" {}", self.heap.gc.len(ListId::generation(n))))
            .collect();
        let permanent = self.heap.gc.len(ListId::Permanent);
        self.write_debug(&format!("gc: collecting generation {generation}...\n"));
        self.write_debug(&format!(
            "gc: objects in each generation:{sizes}\ngc: objects in permanent generation: {permanent}\n"
        ));
    }

    /// What `DEBUG_COLLECTABLE` writes (`debug_cycle`).
    fn tell_collectable(&mut self, unreachable: ListId) {
        let found: Vec<Obj> = self.heap.gc.iter(unreachable).collect();
        for o in found {
            if !self.heap.is_live(o) {
                continue;
            }
            let (name, address) = (self.type_name(o), self.id_of(o));
            self.write_debug(&format!("gc: collectable <{name} {address:#x}>\n"));
        }
    }

    /// `PySys_WriteStderr`: to `sys.stderr`, whatever that is; its failures are nobody's business.
    fn write_debug(&mut self, text: &str) {
        if self.interrupt.is_some() {
            return;
        }
        let file = self.dict_get_name(self.sys_dict, "stderr");
        if file.is_null() || file == self.none {
            return;
        }
        let saved = self.take_exception();
        self.hold_ref(file);
        let written = self.write_text(file, text);
        if self.interrupt.is_some() {
            return;
        }
        if written.is_err() {
            self.clear_exception();
        }
        self.drop_held();
        self.restore_exception(saved);
    }

    fn phase(&mut self, phase: GcPhase) {
        if let Some(collection) = &mut self.collection {
            collection.phase = Some(phase);
        }
        self.event(Event::GcPhase(phase));
    }

    /// Counts are set back and the younger generations join the one to be collected.
    fn merge_younger(&mut self, generation: usize) -> ListId {
        let g = &mut self.generations;
        if generation < 2 {
            g.count[generation + 1] += 1;
        }
        for count in &mut g.count[..=generation] {
            *count = 0;
        }
        let young = ListId::generation(generation);
        for younger in 0..generation {
            self.heap.gc.merge(ListId::generation(younger), young);
        }
        young
    }

    fn phase_deduce_unreachable(&mut self, young: ListId) {
        self.heap.update_refs(young);
        self.phase(GcPhase::UpdateRefs);
        self.lend_locals();
        self.heap.subtract_refs(young);
        self.take_locals_back();
        self.phase(GcPhase::SubtractRefs);
        self.lend_locals();
        self.heap.move_unreachable(young);
        self.take_locals_back();
        self.phase(GcPhase::MoveUnreachable);
    }

    /// A generator's frame is tracked while it runs too, and `frame_traverse` visits its locals, not its operands: for the
    /// time of a traversal the frame object has them, borrowed from the machine's stack.
    fn lend_locals(&mut self) {
        for frame in self.frames.iter().filter(|f| !f.generator.is_null()) {
            let locals = &self.stack[frame.base..frame.stack_base()];
            if let Payload::Frame(object) = self.heap.payload_mut(frame.object) {
                object.values.extend_from_slice(locals);
            }
        }
    }

    fn take_locals_back(&mut self) {
        for frame in self.frames.iter().filter(|f| !f.generator.is_null()) {
            if let Payload::Frame(object) = self.heap.payload_mut(frame.object) {
                object.values.clear();
            }
        }
    }

    /// Reachable objects move to the next generation.
    fn age_survivors(&mut self, generation: usize, young: ListId, old: ListId) {
        if generation < 2 {
            if generation == 1 {
                self.generations.long_lived_pending += self.heap.gc.len(young);
            }
            self.heap.gc.merge(young, old);
        } else {
            // Untracking only dicts that hold nothing trackable is too costly to do in every collection.
            self.heap.untrack_dicts(young);
            self.generations.long_lived_pending = 0;
            self.generations.long_lived_total = self.heap.gc.len(young);
        }
    }

    /// After this, no object in the list bears marks of the collection (CPython's `clear_unreachable_mask`).
    fn forget_marks(&mut self, list: ListId) {
        self.heap.clear_marks(list);
    }

    /// Weak references to garbage are cleared, and callbacks of those that are not garbage themselves run. Returns how many
    /// weak references died with their callback.
    fn handle_weakrefs(&mut self, unreachable: ListId, old: ListId) -> usize {
        let garbage: Vec<Obj> = self.heap.gc.iter(unreachable).collect();
        for o in &garbage {
            self.heap.gc.set(*o, COLLECTING);
        }
        let mut with_callback = Vec::new();
        for o in &garbage {
            // A weak reference that is garbage itself answers None from now on, whatever it points at (bpo-38006).
            self.forget_weakref(*o);
            if !self.heap.gc.has(*o, HAS_WEAKREFS) {
                continue;
            }
            for reference in self.detach_weakrefs(*o) {
                let callback = self.weakref_callback(reference);
                if callback.is_null() {
                    self.event(Event::WeakrefClear {
                        reference,
                        referent: *o,
                    });
                }
                // A weak reference that is garbage itself: its callback must not run.
                if callback.is_null() || self.heap.gc.has(reference, COLLECTING) {
                    continue;
                }
                self.heap.incref(reference);
                with_callback.push((reference, *o));
            }
        }
        for o in garbage {
            self.heap.gc.clear(o, COLLECTING);
        }
        let mark = self.mark();
        for (reference, _) in with_callback.iter().rev() {
            self.hold(*reference);
        }
        let mut freed = 0;
        for (reference, referent) in with_callback {
            self.event(Event::WeakrefClear {
                reference,
                referent,
            });
            self.run_weakref_callback(reference);
            let reference = self.unhold();
            // The weak reference was reachable, so it is not among the garbage counted; if it dies now it is counted here.
            if self.heap.rc(reference) == 1 {
                freed += 1;
            } else if self.heap.gc.tracked(reference) {
                self.heap.gc.move_to(reference, old);
            }
            self.decref(reference);
        }
        self.release(mark);
        freed
    }

    /// Runs every finaliser in the list that has not run yet. Objects stay in the list: what a finaliser frees
    /// leaves it by itself.
    fn finalize_garbage(&mut self, unreachable: ListId) {
        let seen = ListId::Finalizers;
        while let Some(o) = self.heap.gc.first(unreachable) {
            self.heap.gc.move_to(o, seen);
            let ty = self.heap.ty(o);
            if self.heap.class(ty).slots.tp_finalize.is_some()
                && !self.heap.gc.has(o, crate::heap::gc_list::FINALIZED)
            {
                self.heap.gc.set(o, crate::heap::gc_list::FINALIZED);
                self.heap.incref(o);
                self.hold(o);
                self.call_finalizer(o);
                let o = self.unhold();
                self.decref(o);
            }
        }
        self.heap.gc.merge(seen, unreachable);
    }

    /// Looks once more who is unreachable, now that finalisers have run. What came back, and what it reaches, goes to the
    /// older generation. Returns how many
    /// are garbage after all.
    fn handle_resurrected_objects(&mut self, unreachable: ListId, old: ListId) -> usize {
        // The list under this name is free while `deduce_unreachable` fills `Unreachable` with who still is.
        let scratch = ListId::Scratch;
        self.heap.gc.merge(unreachable, scratch);
        self.heap.deduce_unreachable(scratch);
        self.heap.clear_marks(unreachable);
        let still = self.heap.gc.len(unreachable);
        if self.watch.on {
            self.tell_resurrected(scratch);
        }
        self.heap.gc.merge(scratch, old);
        still
    }

    /// Of what can be reached again, what has a finaliser was brought back by one: its own, or that of an object beside it.
    fn tell_resurrected(&mut self, list: ListId) {
        let finalized: Vec<Obj> = self
            .heap
            .gc
            .iter(list)
            .filter(|o| self.heap.gc.has(*o, FINALIZED))
            .collect();
        for o in finalized {
            self.event(Event::Resurrect(o));
        }
    }

    /// Breaks the cycles: every object in the list is cleared, in the list's order. What survives that (somebody holds it
    /// after all) goes to the older generation.
    fn delete_garbage(&mut self, unreachable: ListId, old: ListId) {
        if self.gc_debug & DEBUG_SAVEALL != 0 {
            return self.save_garbage(unreachable, old);
        }
        while let Some(o) = self.heap.gc.first(unreachable) {
            if self.interrupt.is_some() {
                self.heap.gc.merge(unreachable, old);
                return;
            }
            self.heap.incref(o);
            self.hold(o);
            self.clear(o);
            let o = self.unhold();
            self.decref(o);
            if self.heap.gc.first(unreachable) == Some(o) {
                // It is still alive, by its own clear at least; it may die later.
                self.heap.gc.move_to(o, old);
            }
        }
    }

    /// `DEBUG_SAVEALL`: what would be freed goes to `gc.garbage`.
    fn save_garbage(&mut self, unreachable: ListId, old: ListId) {
        while let Some(o) = self.heap.gc.first(unreachable) {
            self.heap.incref(o);
            if let Some(garbage) = self.heap.list_mut(self.gc_garbage) {
                garbage.push(o);
            }
            self.heap.gc.move_to(o, old);
        }
    }

    /// `tp_clear`: lets go of what may close a cycle. Types without one (tuples, …) are left alone.
    pub(super) fn clear(&mut self, o: Obj) {
        match self.heap.payload(o) {
            Payload::Inst { dict } => {
                let dict = *dict;
                self.set_inst_dict(o, NULL);
                self.xdecref(dict);
            }
            Payload::Split { .. } => self.clear_dict_entries(o),
            Payload::Ext(ext) => {
                let has_dict = ext.has_dict;
                self.clear_subtype(o, has_dict);
            }
            Payload::Tuple { .. } | Payload::TupleBig(_) => {}
            Payload::Class(class) if !class.flags.heap_type => {}
            Payload::Class(_) => self.clear_class_for_gc(o),
            _ => self.clear_payload(o),
        }
    }

    fn clear_payload(&mut self, o: Obj) {
        match self.heap.base(o) {
            Payload::List(_) => self.drop_list(o),
            Payload::Dict(_) => self.drop_dict(o),
            Payload::Set(_) => self.set_clear(o),
            Payload::Weakref(_) => {
                self.forget_weakref(o);
                self.clear_references(o);
            }
            Payload::Iter(it) if !it.has_clear() => {}
            Payload::Native(native) if !native.has_clear() => {}
            Payload::Frame(_) => self.clear_frame_for_gc(o),
            // These have no tp_clear, or one that lets go of nothing.
            Payload::Method { .. }
            | Payload::Tuple { .. }
            | Payload::TupleBig(_)
            | Payload::Slice(_)
            | Payload::Gen(_)
            | Payload::ListIter { .. }
            | Payload::TupleIter { .. }
            | Payload::SeqIter { .. }
            | Payload::MethodDescr { .. }
            | Payload::GetSetDescr { .. }
            | Payload::WrapperDescr { .. }
            | Payload::Member(_)
            | Payload::Super(_)
            | Payload::MappingProxy(_)
            | Payload::Builtin(_) => {}
            Payload::Func(_) => self.clear_function(o),
            Payload::Property(_) => self.clear_property(o),
            _ => self.clear_references(o),
        }
    }

    /// `list_clear`: the list is empty before the first item goes.
    pub fn drop_list(&mut self, o: Obj) {
        let Some(items) = self.heap.list_mut(o) else {
            return;
        };
        let mut items = items.take();
        items.reverse();
        self.drop_all(items);
    }

    /// `PyDict_Clear`: the dict is empty before the first entry goes.
    pub fn drop_dict(&mut self, o: Obj) {
        let version = self.heap.new_version();
        let Payload::Dict(dict) = self.heap.base_mut(o) else {
            return;
        };
        let twice = dict.keys_twice;
        let mut entries = dict.take_entries(version);
        entries.retain(|e| !e.key.is_null());
        let mut all: Vec<Obj> = entries.iter().flat_map(|e| [e.key, e.value]).collect();
        if twice {
            // The nodes of an OrderedDict's order go after the dict.
            all.extend(entries.iter().map(|e| e.key));
        }
        self.drop_all(all);
    }

    /// `subtype_clear`: slots, then the dict, then what the built-in base clears.
    fn clear_subtype(&mut self, o: Obj, has_dict: bool) {
        let order = match self.heap.payload(o) {
            Payload::Ext(ext) => ext.slot_order(),
            _ => Vec::new(),
        };
        for i in order {
            let Payload::Ext(ext) = self.heap.payload_mut(o) else {
                return;
            };
            let value = std::mem::replace(&mut ext.slots[i], NULL);
            self.xdecref(value);
        }
        if has_dict {
            let dict = self.heap.dict_of(o);
            self.set_inst_dict(o, NULL);
            self.xdecref(dict);
        }
        self.clear_payload(o);
    }

    /// `func_clear` leaves code, name and qualified name alone.
    fn clear_function(&mut self, o: Obj) {
        let Payload::Func(f) = self.heap.payload_mut(o) else {
            return;
        };
        let parts = [
            &mut f.globals,
            &mut f.builtins,
            &mut f.module,
            &mut f.defaults,
            &mut f.kwdefaults,
            &mut f.doc,
            &mut f.dict,
            &mut f.closure,
            &mut f.annotations,
        ]
        .map(|p| std::mem::replace(p, NULL));
        self.drop_all(parts.to_vec());
    }

    fn clear_property(&mut self, o: Obj) {
        let Payload::Property(p) = self.heap.base_mut(o) else {
            return;
        };
        let doc = std::mem::replace(&mut p.0[3], NULL);
        self.xdecref(doc);
    }

    /// `frame_tp_clear`: locals and stack, unless it runs.
    fn clear_frame_for_gc(&mut self, o: Obj) {
        use crate::heap::payload::frame::FrameState;
        let Payload::Frame(frame) = self.heap.payload_mut(o) else {
            return;
        };
        if frame.state == FrameState::Executing {
            return;
        }
        frame.state = FrameState::Cleared;
        let values = std::mem::take(&mut frame.values);
        let trace = std::mem::replace(&mut frame.trace, NULL);
        let mut all = vec![trace];
        all.extend(values);
        self.drop_all(all);
    }

    fn invoke_gc_callbacks(
        &mut self,
        phase: &str,
        generation: usize,
        collected: usize,
        uncollectable: usize,
    ) {
        let count = self.heap.list(self.gc_callbacks).map_or(0, Vec::len);
        if count == 0 {
            return;
        }
        let info = self.new_dict();
        for (name, value) in [
            ("generation", generation),
            ("collected", collected),
            ("uncollectable", uncollectable),
        ] {
            let value = self.new_int(value as i64);
            self.dict_set_name(info, name, value);
            self.decref(value);
        }
        let phase = self.new_str(phase);
        let mark = self.mark();
        self.hold(phase);
        self.hold(info);
        let mut i = 0;
        while let Some(callback) = self
            .heap
            .list(self.gc_callbacks)
            .and_then(|l| l.get(i).copied())
        {
            self.hold_ref(callback);
            // `PyObject_CallFunction` holds its arguments while it calls.
            self.hold_ref(phase);
            self.hold_ref(info);
            let result = self.call(callback, &[phase, info]);
            self.drop_held();
            self.drop_held();
            match result {
                Ok(result) => self.decref(result),
                Err(_) => self.write_unraisable(callback, None),
            }
            let callback = self.unhold();
            self.decref(callback);
            i += 1;
        }
        self.release(mark);
    }
}

/// The oldest generation whose count is over its threshold; the oldest of all only if enough has become long-lived since.
fn due_generation(g: &Generations) -> Option<usize> {
    for i in (0..3).rev() {
        if g.count[i] > g.threshold[i] {
            if i == 2 && g.long_lived_pending < g.long_lived_total / 4 {
                continue;
            }
            return Some(i);
        }
    }
    None
}
