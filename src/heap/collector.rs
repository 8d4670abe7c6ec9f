//! The collector's phases that only look at counts and edges: `update_refs`, `subtract_refs`, `move_unreachable`,
//! `untrack_tuples`. The whole of a collection, with its finalisers, is `vm/collect.rs`; read that first.
//!
//! The phases follow `Modules/gcmodule.c` of CPython 3.10 step by step, because the order in which `move_unreachable`
//! leaves its lists decides who is finalised first.

use super::gc_list::{COLLECTING, ListId, REFS_SHIFT, UNREACHABLE};
use super::{Heap, Obj, Payload};

/// Counts and thresholds of the generations, `gcstate->generations`.
#[derive(Clone, Debug)]
pub struct Generations {
    pub count: [u32; 3],
    pub threshold: [u32; 3],
    pub enabled: bool,
    /// A collection is running: allocation starts no other.
    pub collecting: bool,
    /// Objects that survived the last full collection.
    pub long_lived_total: usize,
    /// Objects that survived a collection of the middle generation since then.
    pub long_lived_pending: usize,
    /// Collections, collected, uncollectable, for each generation: `gc.get_stats()`.
    pub stats: [[u64; 3]; 3],
    /// How many collections there have been.
    pub runs: u64,
}

impl Default for Generations {
    fn default() -> Self {
        Generations {
            count: [0; 3],
            threshold: [700, 10, 10],
            enabled: true,
            collecting: false,
            long_lived_total: 0,
            long_lived_pending: 0,
            stats: [[0; 3]; 3],
            runs: 0,
        }
    }
}

impl Heap {
    /// After this, `gc_refs` of every object in `list` is its refcount, and it is marked as collecting.
    pub fn update_refs(&mut self, list: ListId) {
        let mut cursor = self.gc.first(list);
        while let Some(o) = cursor {
            let flags = self.gc.word(o) & ((1 << REFS_SHIFT) - 1);
            self.gc.set_word(
                o,
                flags & !UNREACHABLE | COLLECTING | self.rc(o) << REFS_SHIFT,
            );
            cursor = self.gc.next(o);
        }
    }

    /// After this, `gc_refs` of every object in `list` counts the references from outside `list` only.
    pub fn subtract_refs(&mut self, list: ListId) {
        let mut cursor = self.gc.first(list);
        while let Some(o) = cursor {
            let Heap { slots, gc, .. } = self;
            let slot = &slots[o.0 as usize];
            slot.payload.traverse(slot.ty, |_, to| gc.visit_decref(to));
            cursor = self.gc.next(o);
        }
    }

    /// After this, `young` holds what can be reached from outside, the `Unreachable` list the rest. An object reached
    /// after it was moved away comes back at the end of `young`: that is the order CPython leaves.
    pub fn move_unreachable(&mut self, young: ListId) {
        let mut cursor = self.gc.first(young);
        while let Some(o) = cursor {
            let word = self.gc.word(o);
            if word >> REFS_SHIFT != 0 {
                let Heap { slots, gc, .. } = self;
                let slot = &slots[o.0 as usize];
                slot.payload
                    .traverse(slot.ty, |_, to| visit_reachable(gc, to, young));
                self.gc
                    .set_word(o, self.gc.word(o) & ((1 << REFS_SHIFT) - 1) & !COLLECTING);
                cursor = self.gc.next(o);
            } else {
                cursor = self.gc.next(o);
                self.gc.set_word(o, word | UNREACHABLE);
                self.gc.move_to(o, ListId::Unreachable);
            }
        }
    }

    /// `deduce_unreachable`: the three phases in a row.
    pub fn deduce_unreachable(&mut self, base: ListId) {
        self.update_refs(base);
        self.subtract_refs(base);
        self.move_unreachable(base);
    }

    /// Takes the marks of a collection off all objects of a list.
    pub fn clear_marks(&mut self, list: ListId) {
        let mut cursor = self.gc.first(list);
        while let Some(o) = cursor {
            let word = self.gc.word(o) & ((1 << REFS_SHIFT) - 1) & !(COLLECTING | UNREACHABLE);
            self.gc.set_word(o, word);
            cursor = self.gc.next(o);
        }
    }

    /// Tuples that can never be part of a cycle leave the list (`untrack_tuples`, `_PyTuple_MaybeUntrack`).
    pub fn untrack_tuples(&mut self, list: ListId) {
        let mut cursor = self.gc.first(list);
        while let Some(o) = cursor {
            cursor = self.gc.next(o);
            let items = match self.payload(o) {
                Payload::Tuple { n, v } => &v[..*n as usize],
                Payload::TupleBig(items) => &items[..],
                _ => continue,
            };
            if !items
                .iter()
                .any(|item| item.is_null() || self.may_be_tracked(*item))
            {
                self.gc.untrack(o);
            }
        }
    }

    /// Dicts that hold only values that can never be part of a cycle leave the list (`untrack_dicts`,
    /// `_PyDict_MaybeUntrack`); a full collection does so.
    pub fn untrack_dicts(&mut self, list: ListId) {
        let mut cursor = self.gc.first(list);
        while let Some(o) = cursor {
            cursor = self.gc.next(o);
            let Payload::Dict(dict) = self.payload(o) else {
                continue;
            };
            let keeps = |x: Obj| !x.is_null() && self.may_be_tracked(x);
            if !dict.entries.iter().any(|e| keeps(e.key) || keeps(e.value)) {
                self.gc.untrack(o);
            }
        }
    }

    /// `_PyObject_GC_MAY_BE_TRACKED`: a collectable object, and not a tuple that has been untracked.
    #[inline(always)]
    pub fn may_be_tracked(&self, o: Obj) -> bool {
        match self.payload(o) {
            Payload::Int(_)
            | Payload::Float(_)
            | Payload::Str(_)
            | Payload::None
            | Payload::Bool(_) => false,
            Payload::Tuple { .. } | Payload::TupleBig(_) => self.gc.tracked(o),
            _ => self.is_gc(o),
        }
    }
}

#[inline(always)]
fn visit_reachable(gc: &mut super::GcLists, o: Obj, reachable: ListId) {
    let word = gc.word(o);
    if word & COLLECTING == 0 {
        return;
    }
    if word & UNREACHABLE != 0 {
        gc.set_word(
            o,
            word & ((1 << REFS_SHIFT) - 1) & !UNREACHABLE | 1 << REFS_SHIFT,
        );
        gc.move_to(o, reachable);
    } else if word >> REFS_SHIFT == 0 {
        gc.set_word(o, word | 1 << REFS_SHIFT);
    }
}
