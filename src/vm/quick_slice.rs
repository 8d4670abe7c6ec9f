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
    /// `list[i:j:k]`, the `n` parts lying on the stack from `first` on and the list below them: true if the new list has taken the
    /// list's place, and the parts are gone.
    pub(super) fn quick_slice(&mut self, first: usize, n: usize) -> bool {
        let list = self.stack[first - 1];
        let made = match self.quick_range(list, first, n) {
            Some((low, high)) => {
                self.skip_slice();
                self.new_list_copied(|heap, items| {
                    if let Some(part) = heap.list(list).and_then(|own| own.get(low..high)) {
                        items.extend_from_slice(part);
                    }
                })
            }
            None => {
                let Some(bounds) = self.quick_bounds(list, first, n) else {
                    return false;
                };
                let Payload::List(items) = self.heap.payload(list) else {
                    return false;
                };
                let items = picked(items, &bounds);
                self.skip_slice();
                self.heap.incref_each(&items);
                self.new_list(items)
            }
        };
        self.drop_slice_parts(first, n);
        self.stack[first - 1] = made;
        self.decref_number::<false>(list);
        true
    }

    /// `list[i:j] = value`, value being another list or a tuple and lying below the list: true if it is done, and the parts and the
    /// list are gone from the stack.
    pub(super) fn quick_slice_store(&mut self, first: usize, n: usize) -> bool {
        let (list, value) = (self.stack[first - 1], self.stack[first - 2]);
        let Some((low, high)) = self.quick_range(list, first, n) else {
            return false;
        };
        if list == value || !self.put_slice(list, low, high, value) {
            return false;
        }
        self.drop_slice_parts(first, n);
        self.stack[first - 1] = NULL;
        self.decref_number::<false>(list);
        true
    }

    /// (Numbers and None.)
    #[inline(always)]
    fn drop_slice_parts(&mut self, first: usize, n: usize) {
        for i in first..first + n {
            let part = std::mem::take(&mut self.stack[i]);
            self.decref_number::<false>(part);
        }
    }

    /// Items of another list or a tuple take the place of those from `low` to `high`.
    fn put_slice(&mut self, list: Obj, low: usize, high: usize, value: Obj) -> bool {
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

    /// Whether a slice of this list can be left out.
    #[inline(always)]
    fn skips_slice(&self, list: Obj) -> bool {
        let g = &self.generations;
        self.heap.rc(list) > 1
            && self.heap.has_spare_slice()
            && !(g.enabled && g.count[0] + 1 >= g.threshold[0])
    }

    /// The items that the slice of two parts stands for, most often; the first and the one behind the last. (The parts are read one
    /// by one, as they were written just now.)
    #[inline(always)]
    fn quick_range(&self, list: Obj, first: usize, n: usize) -> Option<(usize, usize)> {
        let Payload::List(items) = self.heap.payload(list) else {
            return None;
        };
        if n != 2 || !self.skips_slice(list) {
            return None;
        }
        let len = items.len();
        let place = |part: Obj, default: usize| match self.heap.payload(part) {
            Payload::Int(i) if *i >= 0 => Some((*i as usize).min(len)),
            Payload::Int(i) => Some(len.saturating_sub(i.unsigned_abs() as usize)),
            Payload::None => Some(default),
            _ => None,
        };
        let low = place(self.stack[first], 0)?;
        let high = place(self.stack[first + 1], len)?;
        Some((low, high.max(low)))
    }

    /// What the slice of these parts means for a list, if the slice itself cannot be seen.
    fn quick_bounds(&self, list: Obj, first: usize, n: usize) -> Option<Bounds> {
        let Payload::List(items) = self.heap.payload(list) else {
            return None;
        };
        if !self.skips_slice(list) {
            return None;
        }
        let step = if n == 3 {
            self.stack[first + 2]
        } else {
            self.none
        };
        bounds_of_parts(
            self,
            [self.stack[first], self.stack[first + 1], step],
            items.len(),
        )
    }

    /// Counts the birth of the slice that is left out.
    fn skip_slice(&mut self) {
        let kind = self.heap.class(self.types.slice).kind;
        self.heap.births.skip(kind);
    }
}
