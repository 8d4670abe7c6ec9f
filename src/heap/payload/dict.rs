//! `dict`: entries in the order of insertion, and an index probed as CPython probes it.
//!
//! Comparing keys may run Python code, so looking up is the machine's business (`vm/types/dict.rs`); here is what never
//! calls back. Invariant: every entry with a key stands once in `index`; `used` counts them.

use crate::heap::{Edge, NULL, Obj};

#[derive(Clone, Copy)]
pub struct Entry {
    pub hash: i64,
    /// NULL for a deleted entry.
    pub key: Obj,
    pub value: Obj,
}

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;
const PERTURB_SHIFT: u32 = 5;
const MIN_SIZE: usize = 8;

#[derive(Clone, Default)]
pub struct Dict {
    pub entries: Vec<Entry>,
    /// So many entries at the front are known to have been taken out: what is used as a queue is not searched from there again.
    gone: u32,
    index: Vec<u32>,
    used: u32,
    /// How many entries more the table takes before it is resized (`dk_usable`).
    usable: u32,
    /// Changes when the table is replaced, by growing or clearing (CPython compares the address of the keys object).
    pub table: u32,
    /// Changes whenever the set of keys or the place of an entry changes; values may change under it.
    pub keys_version: u32,
    /// A key that is no str has been put in since the dict was last empty (`dk_lookup` is `lookdict`).
    pub general: bool,
    /// An OrderedDict's: the nodes of its order own their keys too, so each is counted twice.
    pub keys_twice: bool,
    /// The table at whose places an OrderedDict's nodes were last found (`od_resize_sentinel`).
    pub nodes_table: u32,
}

/// The slots of the index that a hash visits, in order; ends with the empty one.
pub struct Probe {
    at: usize,
    perturb: u64,
    mask: usize,
}

/// The place of an entry that was taken out.
const HOLE: Entry = Entry {
    hash: 0,
    key: NULL,
    value: NULL,
};

impl Dict {
    /// How many keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used as usize
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Keys that are texts only are not visited.
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        if self.keys_twice {
            self.visit_keys(f);
        }
        for (n, entry) in self.entries.iter().enumerate() {
            if !entry.value.is_null() {
                f(Edge::Value(n as u32), entry.value);
            }
            if self.general && !entry.key.is_null() {
                f(Edge::Key(n as u32), entry.key);
            }
        }
    }

    fn visit_keys(&self, f: &mut impl FnMut(Edge, Obj)) {
        for (n, entry) in self.entries.iter().enumerate() {
            if !entry.key.is_null() {
                f(Edge::Key(n as u32), entry.key);
            }
        }
    }

    /// The keys that `traverse` leaves out.
    pub fn references(&self, f: &mut impl FnMut(Edge, Obj)) {
        for (n, entry) in self.entries.iter().enumerate() {
            if !self.general && !entry.key.is_null() {
                f(Edge::Key(n as u32), entry.key);
            }
        }
    }

    /// Starts looking for a hash; follow with `next_match`.
    #[inline(always)]
    pub fn probe(&self, hash: i64) -> Probe {
        let mask = self.index.len().wrapping_sub(1);
        Probe {
            at: hash as usize & mask,
            perturb: hash as u64,
            mask,
        }
    }

    /// The next entry with this hash, or `None` at the end of the chain.
    #[inline(always)]
    pub fn next_match(&self, probe: &mut Probe, hash: i64) -> Option<usize> {
        if self.index.is_empty() {
            return None;
        }
        loop {
            let ix = self.index[probe.at];
            if ix == EMPTY {
                return None;
            }
            probe.perturb >>= PERTURB_SHIFT;
            probe.at = (probe
                .at
                .wrapping_mul(5)
                .wrapping_add(probe.perturb as usize)
                .wrapping_add(1))
                & probe.mask;
            if ix != DELETED && self.entries[ix as usize].hash == hash {
                return Some(ix as usize);
            }
        }
    }

    /// The entry whose key `same` accepts among those with this hash.
    #[inline(always)]
    pub fn find(&self, hash: i64, mut same: impl FnMut(Obj) -> bool) -> Option<usize> {
        let mut probe = self.probe(hash);
        while let Some(n) = self.next_match(&mut probe, hash) {
            if same(self.entries[n].key) {
                return Some(n);
            }
        }
        None
    }

    /// Whether CPython copies the table as it is when it fills an empty dict from this one: no gaps, and no larger than it has to be
    /// (`dict_merge`).
    pub fn is_just_allocated(&self) -> bool {
        let used = self.used as usize;
        let size = self.index.len();
        used == self.entries.len() && (size <= MIN_SIZE || size / 2 * 2 / 3 < used)
    }

    /// Whether CPython copies the table as it is (`PyDict_Copy`).
    pub fn has_few_gaps(&self) -> bool {
        self.used as usize >= self.entries.len() * 2 / 3
    }

    /// Adds a key that is not there. Takes over both references.
    pub fn insert_new(&mut self, hash: i64, key: Obj, value: Obj, version: u32) {
        if self.usable == 0 {
            self.resize(version);
        }
        self.usable -= 1;
        let at = self.free_place(hash);
        self.index[at] = self.entries.len() as u32;
        self.entries.push(Entry { hash, key, value });
        self.used += 1;
        self.keys_version = version;
    }

    /// Takes an entry out and gives its key and value to the caller.
    pub fn remove(&mut self, n: usize, version: u32) -> (Obj, Obj) {
        let Entry { key, value, .. } = self.entries[n];
        let at = self.index_of(n);
        self.index[at] = DELETED;
        self.entries[n] = HOLE;
        self.used -= 1;
        self.keys_version = version;
        if n == self.gone as usize {
            let left = &self.entries[n..];
            let taken_out = left.iter().take_while(|e| e.key.is_null());
            self.gone += taken_out.count() as u32;
        }
        (key, value)
    }

    /// Where the index has an entry's number.
    fn index_of(&self, n: usize) -> usize {
        let hash = self.entries[n].hash;
        let mask = self.index.len() - 1;
        let mut at = hash as usize & mask;
        let mut perturb = hash as u64;
        while self.index[at] != n as u32 {
            perturb >>= PERTURB_SHIFT;
            at = (at
                .wrapping_mul(5)
                .wrapping_add(perturb as usize)
                .wrapping_add(1))
                & mask;
        }
        at
    }

    /// Makes an entry the first one. Where there is no hole in front, as many are made as there are entries, so that on the
    /// average a move costs the same however many there are.
    pub fn move_to_front(&mut self, n: usize, version: u32) {
        let mut n = n;
        if self.gone == 0 {
            let room = self.used;
            self.entries
                .splice(0..0, std::iter::repeat_n(HOLE, room as usize));
            for number in self.index.iter_mut().filter(|number| **number < DELETED) {
                *number += room;
            }
            self.gone = room;
            n += room as usize;
        }
        let to = self.gone - 1;
        let at = self.index_of(n);
        self.index[at] = to;
        self.entries[to as usize] = std::mem::replace(&mut self.entries[n], HOLE);
        self.gone = to;
        while self.entries.last().is_some_and(|e| e.key.is_null()) {
            self.entries.pop();
        }
        self.keys_version = version;
    }

    /// Takes the last entry out (`dict.popitem`): its place is used again, though the table fills up no later for it.
    pub fn pop_last(&mut self, version: u32) -> Option<(Obj, Obj)> {
        let n = self.entries.iter().rposition(|e| !e.key.is_null())?;
        let taken = self.remove(n, version);
        self.entries.truncate(n);
        self.gone = self.gone.min(n as u32);
        Some(taken)
    }

    /// How many places the index has; 0 for a dict that never held anything, or was cleared.
    pub fn index_len(&self) -> usize {
        self.index.len()
    }

    /// Empties the dict and gives back what it held.
    pub fn take_entries(&mut self, version: u32) -> Vec<Entry> {
        self.index = Vec::new();
        self.used = 0;
        self.usable = 0;
        self.general = false;
        self.keys_version = version;
        self.table = version;
        self.gone = 0;
        std::mem::take(&mut self.entries)
    }

    /// Grows to three times the keys in use, and drops the holes (`insertion_resize`).
    fn resize(&mut self, version: u32) {
        self.entries.retain(|e| !e.key.is_null());
        self.gone = 0;
        let mut size = MIN_SIZE;
        while size < self.used as usize * 3 {
            size *= 2;
        }
        self.usable = (size * 2 / 3) as u32 - self.used;
        self.table = version;
        self.index.clear();
        self.index.resize(size, EMPTY);
        for n in 0..self.entries.len() {
            let at = self.free_place(self.entries[n].hash);
            self.index[at] = n as u32;
        }
    }

    fn free_place(&self, hash: i64) -> usize {
        let mask = self.index.len() - 1;
        let mut at = hash as usize & mask;
        let mut perturb = hash as u64;
        while self.index[at] < DELETED {
            perturb >>= PERTURB_SHIFT;
            at = (at
                .wrapping_mul(5)
                .wrapping_add(perturb as usize)
                .wrapping_add(1))
                & mask;
        }
        at
    }

    /// The first entry at or after a position.
    #[inline(always)]
    pub fn next_entry(&self, from: usize) -> Option<(usize, Entry)> {
        let from = from.max(self.gone as usize);
        self.entries[from.min(self.entries.len())..]
            .iter()
            .position(|e| !e.key.is_null())
            .map(|n| (from + n, self.entries[from + n]))
    }
}
