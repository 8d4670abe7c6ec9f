//! The next item of `enumerate`, `zip` of two and the iterators of a dict, when nobody watches.
//!
//! The pair that such an iterator hands out again and again is filled in place, where its old items go without a trace. What the
//! iterators are and what they do otherwise stands in `types/enumerate.rs`, `types/zip.rs`, `types/dict_iter.rs`.
//!
//! Invariant: `None` means that nothing has happened; the general way is taken then.

use super::Machine;
use crate::heap::payload::iterators::{DictPart, Iter};
use crate::heap::{Obj, Payload};

impl Machine {
    /// The next item, owned, if there is one and nothing can be seen of how it is fetched.
    pub(super) fn quick_next(&mut self, iterator: Obj) -> Option<Obj> {
        let Payload::Iter(it) = self.heap.payload(iterator) else {
            return None;
        };
        match &**it {
            Iter::Enumerate(e) if e.long.is_none() => {
                let (source, index, pair) = (e.iter, e.index, e.result);
                let next = index.checked_add(1)?;
                let old = self.pair_to_fill(pair)?;
                let item = self.next_of_sequence_in::<false>(source)?;
                let count = self.new_int_in::<false>(index);
                if let Payload::Iter(it) = self.heap.payload_mut_in::<false>(iterator)
                    && let Iter::Enumerate(e) = &mut **it
                {
                    e.index = next;
                }
                Some(self.refill(pair, old, [count, item]))
            }
            Iter::Zip(zip) => {
                let (iters, pair) = (zip.iters, zip.result);
                let Payload::Tuple { n: 2, v } = self.heap.payload(iters) else {
                    return None;
                };
                let (first, second) = (v[0], v[1]);
                let old = self.pair_to_fill(pair)?;
                // The first item is lost if the second iterator has ended, or they are one and the same.
                if first == second || !self.has_next(second) {
                    return None;
                }
                let a = self.next_of_sequence_in::<false>(first)?;
                let Some(b) = self.next_of_sequence_in::<false>(second) else {
                    unreachable!("an iterator over a sequence that has a next item gives it");
                };
                Some(self.refill(pair, old, [a, b]))
            }
            Iter::Dict(d) => {
                let (dict, at, part, pair) = (d.dict, d.at, d.part, d.result);
                if dict.is_null() || d.left == 0 || d.used != Some(self.heap.dict_len(dict)) {
                    return None;
                }
                let (ty, t) = (self.heap.ty(iterator), &self.types);
                if ![t.dict_item_iter, t.dict_key_iter, t.dict_value_iter].contains(&ty) {
                    return None;
                }
                let old = match part {
                    DictPart::Items => Some(self.pair_to_fill(pair)?),
                    _ => None,
                };
                let (next, key, value) = self.heap.dict_next(dict, at)?;
                if let Payload::Iter(it) = self.heap.payload_mut_in::<false>(iterator)
                    && let Iter::Dict(d) = &mut **it
                {
                    d.at = next;
                    d.left -= 1;
                }
                let given = match part {
                    DictPart::Values => value,
                    _ => key,
                };
                self.heap.incref_in::<false>(given);
                let Some(old) = old else {
                    return Some(given);
                };
                self.heap.incref_in::<false>(value);
                Some(self.refill(pair, old, [key, value]))
            }
            _ => None,
        }
    }

    /// The items of a pair that only its iterator holds, if nobody can see them go.
    #[inline(always)]
    fn pair_to_fill(&self, pair: Obj) -> Option<[Obj; 2]> {
        let Payload::Tuple { n: 2, v } = self.heap.payload(pair) else {
            return None;
        };
        let (a, b) = (v[0], v[1]);
        let free = self.heap.rc(pair) == 1
            && self.heap.gc.tracked(pair)
            && self.dies_unseen(a)
            && self.dies_unseen(b)
            && (a != b || self.heap.rc(a) > 2);
        free.then_some([a, b])
    }

    /// The pair once more, with other items, which it takes over; owned.
    #[inline(always)]
    fn refill(&mut self, pair: Obj, old: [Obj; 2], new: [Obj; 2]) -> Obj {
        if let Payload::Tuple { v, .. } = self.heap.payload_mut_in::<false>(pair) {
            v[..2].copy_from_slice(&new);
        }
        self.heap.incref_in::<false>(pair);
        for o in old {
            self.decref_number::<false>(o);
        }
        pair
    }

    /// Whether `next_of_sequence` gives an item.
    #[inline(always)]
    fn has_next(&self, iterator: Obj) -> bool {
        let (sequence, index) = match self.heap.payload(iterator) {
            Payload::ListIter { list, at } => (*list, *at),
            Payload::TupleIter { tuple, at } => (*tuple, *at),
            _ => return false,
        };
        let len = match self.heap.payload(sequence) {
            Payload::List(items) => items.len(),
            Payload::TupleBig(items) => items.len(),
            Payload::Tuple { n, .. } => usize::from(*n),
            _ => return false,
        };
        (index as usize) < len
    }
}
