//! The items of a list, and how much room CPython would have set aside for them.
//!
//! The room is a number only, for `sys.getsizeof`: it follows `list_resize` step by step, since what a list has in reserve depends on
//! how it came to its items. What memory the items really take is the vector's own business. Invariant: what changes the number of
//! items goes through the methods here, which hide the vector's, or says so with `resized`.

use crate::heap::Obj;
use std::ops::{Deref, DerefMut, RangeBounds};

/// In `allocated`: the list is being sorted, and has not been changed since the sort began (`list_sort_impl` puts -1 there).
const SORTED: u32 = u32::MAX;

#[derive(Clone, Default)]
pub struct ListItems {
    items: Vec<Obj>,
    allocated: u32,
}

/// Room for so many items is kept with the box of a list or tuple that died.
const MOST_ROOM_KEPT: usize = 32;

/// Makes the vector of a dead object ready for the next one.
#[inline(always)]
pub fn empty_again(items: &mut Vec<Obj>) {
    if items.capacity() > MOST_ROOM_KEPT {
        *items = Vec::new();
    } else {
        items.clear();
    }
}

impl From<Vec<Obj>> for ListItems {
    /// As `PyList_New` makes a list: without reserve.
    fn from(items: Vec<Obj>) -> Self {
        let allocated = saturated(items.len());
        ListItems { items, allocated }
    }
}

fn even(n: usize) -> usize {
    n.saturating_add(1) & !1
}

fn saturated(n: usize) -> u32 {
    u32::try_from(n).map_or(SORTED - 1, |n| n.min(SORTED - 1))
}

impl Deref for ListItems {
    type Target = Vec<Obj>;

    #[inline(always)]
    fn deref(&self) -> &Vec<Obj> {
        &self.items
    }
}

impl DerefMut for ListItems {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Vec<Obj> {
        &mut self.items
    }
}

impl ListItems {
    /// The same of the list of a dead object.
    #[inline(always)]
    pub fn empty_again(&mut self) {
        empty_again(&mut self.items);
        self.allocated = 0;
    }

    /// As `PyList_New` makes a list, whose items `fill` appends to none.
    #[inline(always)]
    pub fn refill(&mut self, fill: impl FnOnce(&mut Vec<Obj>)) {
        fill(&mut self.items);
        self.allocated = saturated(self.items.len());
    }

    /// As a list comes to its items one by one, so many places having been set aside at first.
    pub fn appended(items: Vec<Obj>, room: usize) -> Self {
        let (n, mut own) = (items.len(), ListItems::default());
        own.allocated = saturated(room);
        while (own.allocated as usize) < n {
            let before = own.allocated as usize;
            own.resized_to(before + 1, before);
        }
        ListItems { items, ..own }
    }

    /// Places for items, used or not (`ob_item`'s length); -1 while the list is sorted.
    #[must_use]
    pub fn allocated(&self) -> isize {
        match self.allocated {
            SORTED if self.items.is_empty() => -1,
            room => (room as usize).max(self.items.len()) as isize,
        }
    }

    /// `list_resize`, after the number of items has changed from `before`.
    #[inline]
    pub fn resized(&mut self, before: usize) {
        self.resized_to(self.items.len(), before);
    }

    fn resized_to(&mut self, now: usize, before: usize) {
        if self.allocated == SORTED && now == 0 && before == 0 {
            return;
        }
        let room = self.allocated as usize;
        if room >= now && now >= room >> 1 {
            return;
        }
        let mut new = now.saturating_add((now >> 3) + 6) & !3;
        if now.saturating_sub(before) > new.saturating_sub(now) {
            new = now.saturating_add(3) & !3;
        }
        self.allocated = if now == 0 { 0 } else { saturated(new) };
    }

    /// `list_preallocate_exact`: room for `n`, rounded up to an even number, if there is none so far.
    pub fn preallocate(&mut self, n: usize) {
        if self.allocated == 0 {
            self.allocated = saturated(even(n));
        } else {
            // As if they were in it already.
            let before = self.items.len();
            self.resized_to(before.saturating_add(n), before);
        }
    }

    /// The end of an extension by an iterator: too much room is given back.
    pub fn trim(&mut self) {
        if self.items.len() < self.allocated as usize {
            self.resized(self.items.len());
        }
    }

    #[inline(always)]
    pub fn push(&mut self, item: Obj) {
        self.items.push(item);
        if self.items.len() > self.allocated as usize {
            self.resized(self.items.len() - 1);
        }
    }

    pub fn pop(&mut self) -> Option<Obj> {
        let item = self.items.pop();
        self.resized(self.items.len() + usize::from(item.is_some()));
        item
    }

    pub fn insert(&mut self, at: usize, item: Obj) {
        self.items.insert(at, item);
        self.resized(self.items.len() - 1);
    }

    pub fn remove(&mut self, at: usize) -> Obj {
        let item = self.items.remove(at);
        self.resized(self.items.len() + 1);
        item
    }

    /// Items of another list or tuple at once; into a list without room as many as needed.
    pub fn extend_from_slice(&mut self, more: &[Obj]) {
        let before = self.items.len();
        self.items.extend_from_slice(more);
        if self.allocated == 0 {
            self.allocated = saturated(even(more.len()));
        } else if !more.is_empty() {
            self.resized(before);
        }
    }

    pub fn extend(&mut self, more: impl IntoIterator<Item = Obj>) {
        let before = self.items.len();
        self.items.extend(more);
        self.resized(before);
    }

    /// Takes the items of a range out and puts others there (`list_ass_slice`).
    pub fn splice(&mut self, range: impl RangeBounds<usize>, new: Vec<Obj>) -> Vec<Obj> {
        let before = self.items.len();
        let old = self.items.splice(range, new).collect();
        self.resized(before);
        old
    }

    pub fn retain(&mut self, keeps: impl FnMut(&Obj) -> bool) {
        let before = self.items.len();
        self.items.retain(keeps);
        self.resized(before);
    }

    pub fn split_off(&mut self, at: usize) -> Vec<Obj> {
        let before = self.items.len();
        let tail = self.items.split_off(at);
        self.resized(before);
        tail
    }

    /// The items, the list being left as `_list_clear` leaves it.
    pub fn take(&mut self) -> Vec<Obj> {
        if self.allocated() >= 0 {
            self.allocated = 0;
        }
        std::mem::take(&mut self.items)
    }

    /// The items and the room they have, for a sort: the list looks empty meanwhile.
    pub fn lend(&mut self) -> (Vec<Obj>, u32) {
        let room = std::mem::replace(&mut self.allocated, SORTED);
        (std::mem::take(&mut self.items), room)
    }

    /// Puts items back after `lend`, into the room they had; what has come in meanwhile.
    pub fn give_back(&mut self, items: Vec<Obj>, room: u32) -> ListItems {
        let allocated = room;
        std::mem::replace(self, ListItems { items, allocated })
    }
}
