//! `a[i:j]` and `a[i:j] = b` of lists without a slice object, when nobody watches.
//!
//! CPython makes a slice, uses it once and drops it. Where nothing can see it between, its birth is counted and the slice itself left
//! out: parts that are ints or None, a list that lives on, items that go without a trace, no collection due, and a slice in
//! CPython's cache, so that making one allocates nothing.
//!
//! Invariant: `None` or false means that nothing has happened.

use super::Machine;
use super::types::list_slice::picked;
use super::types::slice::{Bounds, bounds_of_parts};
use crate::heap::{NULL, Obj, Payload};

impl Machine {
    /// `list[i:j:k]`: a new list, owned. The parts stay on the stack.
    pub(super) fn quick_slice(&mut self, list: Obj, parts: [Obj; 3]) -> Option<Obj> {
        let bounds = self.quick_bounds(list, parts)?;
        let Payload::List(items) = self.heap.payload(list) else {
            return None;
        };
        let items = picked(items, &bounds);
        self.skip_slice();
        self.heap.incref_each(&items);
        Some(self.new_list(items))
    }

    /// `list[i:j] = value`, value being another list or a tuple: true if it is done.
    pub(super) fn quick_slice_store(&mut self, list: Obj, parts: [Obj; 3], value: Obj) -> bool {
        let Some(bounds) = self.quick_bounds(list, parts) else {
            return false;
        };
        let (low, high) = (
            bounds.start as usize,
            bounds.start.max(bounds.stop) as usize,
        );
        if bounds.step != 1 || list == value {
            return false;
        }
        let new: &[Obj] = match self.heap.payload(value) {
            Payload::List(items) => items,
            Payload::TupleBig(items) => items,
            Payload::Tuple { n, v } => &v[..usize::from(*n)],
            _ => return false,
        };
        let Payload::List(items) = self.heap.payload(list) else {
            return false;
        };
        let Some(old) = items.get(low..high) else {
            return false;
        };
        // (Twice in the slice: the second to go might be the last.)
        if !old.iter().all(|o| self.goes_unseen(*o, old)) {
            return false;
        }
        if old.len() == new.len() {
            // The new ones change places with the old ones by way of the free end of the machine's stack.
            let (first, end) = (self.top, self.top + new.len());
            if end > self.stack.len() {
                self.stack.resize(end * 2, NULL);
            }
            self.stack[first..end].copy_from_slice(new);
            self.skip_slice();
            for i in first..end {
                self.heap.incref_in::<false>(self.stack[i]);
            }
            if let Payload::List(items) = self.heap.payload_mut(list) {
                items[low..high].swap_with_slice(&mut self.stack[first..end]);
            }
            for i in (first..end).rev() {
                let item = std::mem::take(&mut self.stack[i]);
                self.decref_number::<false>(item);
            }
            return true;
        }
        let (old, new) = (old.to_vec(), new.to_vec());
        self.skip_slice();
        self.heap.incref_each(&new);
        if let Payload::List(items) = self.heap.payload_mut(list) {
            items.splice(low..high, new);
        }
        for item in old.into_iter().rev() {
            self.decref_number::<false>(item);
        }
        true
    }

    /// Whether all references to `o` from `among` can go without a trace.
    fn goes_unseen(&self, o: Obj, among: &[Obj]) -> bool {
        matches!(self.heap.payload(o), Payload::Int(_) | Payload::Float(_))
            || self.heap.rc(o) as usize > among.len()
    }

    /// What the slice of these parts means for a list, if the slice itself cannot be seen.
    fn quick_bounds(&self, list: Obj, parts: [Obj; 3]) -> Option<Bounds> {
        let Payload::List(items) = self.heap.payload(list) else {
            return None;
        };
        let g = &self.generations;
        let lives_on = self.heap.rc(list) > 1;
        if !lives_on
            || !self.heap.has_spare_slice()
            || g.enabled && g.count[0] + 1 >= g.threshold[0]
        {
            return None;
        }
        bounds_of_parts(self, parts, items.len())
    }

    /// Counts the birth of the slice that is left out.
    fn skip_slice(&mut self) {
        let kind = self.heap.class(self.types.slice).kind;
        self.heap.births.skip(kind);
    }
}
