//! Objects by key, and who is folded into whom before any choice is made: an instance's `__dict__` into the instance,
//! noise into nothing.
//!
//! Knows no boxes. Linear in the snapshot, without recursion: a snapshot may hold a million objects in one chain.
//! Invariant: `owner[i]` is `i` itself or an instance that is its own owner.

use super::facts::{GraphOptions, Key, ObjectFact, SlotFact, Snapshot, Target};

pub(super) const NONE: u32 = u32::MAX;

pub(super) struct Index<'a> {
    pub objects: &'a [ObjectFact],
    /// Object indices by key; `None` when the snapshot is sorted already.
    by_key: Option<Vec<u32>>,
    /// The object in whose box this one is.
    pub owner: Vec<u32>,
    /// The `__dict__` that is folded into this instance.
    dict: Vec<u32>,
    show_noise: bool,
}

impl<'a> Index<'a> {
    pub fn new(snapshot: &'a Snapshot, options: &GraphOptions) -> Index<'a> {
        let objects = &snapshot.objects;
        let count = u32::try_from(objects.len()).expect("a heap addresses its objects by u32");
        let sorted = objects.windows(2).all(|pair| pair[0].key < pair[1].key);
        let by_key = (!sorted).then(|| {
            let mut order: Vec<u32> = (0..count).collect();
            order.sort_by_key(|&i| objects[i as usize].key);
            order
        });
        let mut index = Index {
            objects,
            by_key,
            owner: (0..count).collect(),
            dict: vec![NONE; objects.len()],
            show_noise: options.show_noise,
        };
        if !options.show_dicts {
            index.fold_dicts();
        }
        index
    }

    fn fold_dicts(&mut self) {
        for (at, object) in self.objects.iter().enumerate() {
            let Some(instance) = object.dict_of.and_then(|key| self.find(key)) else {
                continue;
            };
            if instance != at
                && self.objects[instance].dict_of.is_none()
                && self.dict[instance] == NONE
            {
                self.owner[at] = instance as u32;
                self.dict[instance] = at as u32;
            }
        }
    }

    pub fn find(&self, key: Key) -> Option<usize> {
        match &self.by_key {
            None => {
                // Serial numbers without gaps are the common case.
                let first = self.objects.first()?.key.0;
                let guess = usize::try_from(key.0.checked_sub(first)?).ok()?;
                if self.objects.get(guess).is_some_and(|o| o.key == key) {
                    return Some(guess);
                }
                self.objects.binary_search_by_key(&key, |o| o.key).ok()
            }
            Some(order) => {
                let found = order.binary_search_by_key(&key, |&i| self.objects[i as usize].key);
                found.ok().map(|at| order[at] as usize)
            }
        }
    }

    /// The object that stands for `key` in the picture, if it may be shown at all.
    pub fn shown(&self, key: Key) -> Option<usize> {
        let at = self.owner[self.find(key)?] as usize;
        self.may_show(at).then_some(at)
    }

    /// Whether an object may have a box of its own.
    pub fn may_show(&self, at: usize) -> bool {
        self.owner[at] as usize == at && (self.show_noise || !self.objects[at].noise)
    }

    pub fn dict_of(&self, at: usize) -> Option<usize> {
        (self.dict[at] != NONE).then_some(self.dict[at] as usize)
    }

    /// Every slot in the box of `at`: its own without the reference to the folded dict, then the dict's. The flag
    /// says that the slot is the dict's.
    pub fn slots(&self, at: usize) -> impl Iterator<Item = (&'a SlotFact, bool)> + use<'a> {
        let objects = self.objects;
        let dict = self.dict_of(at);
        let dict_key = dict.map(|d| objects[d].key);
        let noise = self.show_noise;
        let own = objects[at].slots.iter();
        let own = own.filter(move |s| dict_key.is_none_or(|key| s.target != Target::Object(key)));
        let theirs = dict.map_or(&[][..], |d| &objects[d].slots[..]);
        own.map(|s| (s, false))
            .chain(theirs.iter().map(|s| (s, true)))
            .filter(move |(s, _)| noise || !s.noise)
    }
}
