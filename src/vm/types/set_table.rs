//! The table of `set` and `frozenset`: looking up, adding, discarding, growing, merging (`Objects/setobject.c`).
//!
//! The order of a set can be seen, so everything here is CPython's to the letter: nine linear probes, then a jump; a new
//! element takes the last dummy it came by; the table grows when three fifths are filled. Comparing elements may run Python code: a look-up starts
//! again if the table was replaced or the element it compared has gone.
//!
//! Knows nothing of methods and operators (`set.rs`). Invariant: `fill` counts full and dummy places, `used` full ones.

use crate::heap::payload::Set;
use crate::heap::payload::set::{MIN_SIZE, Place};
use crate::heap::{Heap, Obj, Payload};
use crate::vm::drain::Sink;
use crate::vm::slots::CmpOp;
use crate::vm::{Machine, PyResult};

const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Above this many elements a table doubles instead of quadrupling.
const LARGE: usize = 50_000;

/// The places that a hash visits, in order.
struct Walk {
    mask: usize,
    start: usize,
    perturb: usize,
    at: usize,
    last: usize,
}

impl Walk {
    fn new(hash: i64, mask: usize) -> Walk {
        let start = hash as usize & mask;
        Walk { mask, start, perturb: hash as usize, at: start, last: Walk::last_of(start, mask) }
    }

    fn last_of(start: usize, mask: usize) -> usize {
        if start + LINEAR_PROBES <= mask { start + LINEAR_PROBES } else { start }
    }

    fn advance(&mut self) {
        if self.at < self.last {
            self.at += 1;
            return;
        }
        self.perturb >>= PERTURB_SHIFT;
        self.start = self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb) & self.mask;
        self.at = self.start;
        self.last = Walk::last_of(self.start, self.mask);
    }
}

impl Heap {
    /// The table of a set or frozenset (subclasses too).
    #[inline(always)]
    pub fn set(&self, o: Obj) -> Option<&Set> {
        match self.base(o) {
            Payload::Set(set) => Some(set),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn set_mut(&mut self, o: Obj) -> Option<&mut Set> {
        match self.base_mut(o) {
            Payload::Set(set) => Some(set),
            _ => None,
        }
    }

    /// `PyAnySet_Check`
    pub fn is_any_set(&self, o: Obj) -> bool {
        matches!(self.base(o), Payload::Set(_))
    }

    /// How many elements; 0 for what is no set.
    pub fn set_len(&self, o: Obj) -> usize {
        self.set(o).map_or(0, |s| s.used)
    }

    /// The element at or after a table position, which moves behind it (`set_next`). Borrowed.
    pub fn set_next(&self, o: Obj, position: &mut usize) -> Option<(Obj, i64)> {
        let set = self.set(o)?;
        while let Some(place) = set.table.get(*position) {
            *position += 1;
            if let Place::Full { key, hash } = place {
                return Some((*key, *hash));
            }
        }
        None
    }

    /// All elements in the table's order, borrowed.
    pub fn set_items(&self, o: Obj) -> Vec<Obj> {
        let mut at = 0;
        std::iter::from_fn(|| self.set_next(o, &mut at)).map(|e| e.0).collect()
    }
}

/// Puts an element that is not there into a table without dummies (`set_insert_clean`).
fn insert_clean(table: &mut [Place], key: Obj, hash: i64) {
    let mut walk = Walk::new(hash, table.len() - 1);
    while table[walk.at] != Place::Empty {
        walk.advance();
    }
    table[walk.at] = Place::Full { key, hash };
}

impl Machine {
    fn table(&mut self, set: Obj) -> &mut Set {
        self.heap.set_mut(set).expect("the table of a set")
    }

    /// Where an element is, or would go, and whether it is there (`set_lookkey`, and the search of `set_add_entry`, which
    /// believes an equal answer even if the table has changed meanwhile, and puts the element in the last dummy's place).
    fn set_lookkey(&mut self, set: Obj, key: Obj, hash: i64, adding: bool) -> PyResult<(usize, bool)> {
        'restart: loop {
            let mut walk = Walk::new(hash, self.table(set).table.len() - 1);
            let mut dummy = None;
            loop {
                let table = self.table(set);
                let version = table.version;
                let start = match table.table[walk.at] {
                    Place::Empty if adding => return Ok((dummy.unwrap_or(walk.at), false)),
                    Place::Empty => return Ok((walk.at, false)),
                    Place::Full { key: start, hash: h } if h == hash => start,
                    place => {
                        if place == Place::Dummy {
                            dummy = Some(walk.at);
                        }
                        walk.advance();
                        continue;
                    }
                };
                match self.heap.same_plain(start, key) {
                    Some(true) => return Ok((walk.at, true)),
                    Some(false) if !self.at_limit() => {
                        walk.advance();
                        continue;
                    }
                    _ => {}
                }
                self.hold_ref(start);
                let equal = self.rich_compare_bool(start, key, CmpOp::Eq);
                let equal = self.let_go(equal)?;
                if adding && equal {
                    return Ok((walk.at, true));
                }
                let table = self.table(set);
                let still = matches!(table.table.get(walk.at), Some(Place::Full { key: k, .. }) if *k == start);
                if table.version != version || !still {
                    continue 'restart;
                }
                if equal {
                    return Ok((walk.at, true));
                }
                walk.advance();
            }
        }
    }

    /// `set_contains_entry`
    pub fn set_contains_entry(&mut self, set: Obj, key: Obj, hash: i64) -> PyResult<bool> {
        Ok(self.set_lookkey(set, key, hash, false)?.1)
    }

    /// Adds a borrowed element of known hash (`set_add_entry`).
    pub fn set_add_entry(&mut self, set: Obj, key: Obj, hash: i64) -> PyResult<()> {
        self.hold_ref(key);
        let found = match self.set_lookkey(set, key, hash, true) {
            Ok(found) => found,
            Err(thrown) => {
                self.drop_held();
                return Err(thrown);
            }
        };
        let key = self.unhold();
        if found.1 {
            self.decref(key);
            return Ok(());
        }
        self.put_at(set, found.0, key, hash);
        Ok(())
    }

    /// Puts an owned element that is not there into its place.
    fn put_at(&mut self, set: Obj, at: usize, key: Obj, hash: i64) {
        let table = self.table(set);
        let before = std::mem::replace(&mut table.table[at], Place::Full { key, hash });
        table.used += 1;
        if before == Place::Dummy {
            return;
        }
        table.fill += 1;
        let mask = table.table.len() - 1;
        if table.fill * 5 >= mask * 3 {
            self.set_table_grow(set);
        }
    }

    /// A table of the next size (the end of `set_add_entry`).
    fn set_table_grow(&mut self, set: Obj) {
        let used = self.table(set).used;
        self.set_table_resize(set, if used > LARGE { used * 2 } else { used * 4 });
    }

    /// Takes an element of known hash out; false if it is not there (`set_discard_entry`).
    pub fn set_discard_entry(&mut self, set: Obj, key: Obj, hash: i64) -> PyResult<bool> {
        let (at, found) = self.set_lookkey(set, key, hash, false)?;
        if !found {
            return Ok(false);
        }
        let table = self.table(set);
        let old = std::mem::replace(&mut table.table[at], Place::Dummy);
        table.used -= 1;
        if let Place::Full { key, .. } = old {
            self.decref(key);
        }
        Ok(true)
    }

    /// A table with room for more than `min_used` elements, without dummies (`set_table_resize`).
    fn set_table_resize(&mut self, set: Obj, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size *= 2;
        }
        let version = if size == MIN_SIZE { 0 } else { self.heap.new_version() };
        let table = self.table(set);
        if size == MIN_SIZE && table.table.len() == MIN_SIZE && table.fill == table.used {
            return;
        }
        let mut grown = vec![Place::Empty; size];
        for place in &table.table {
            if let Place::Full { key, hash } = place {
                insert_clean(&mut grown, *key, *hash);
            }
        }
        table.table = grown;
        table.fill = table.used;
        table.version = version;
    }

    /// Shrinks the table if more than a fourth of it are dummies: the end of `set_difference_update_internal`.
    pub fn set_drop_dummies(&mut self, set: Obj) {
        let table = self.table(set);
        let used = table.used;
        if table.fill - used > (table.table.len() - 1) / 4 {
            self.set_table_grow(set);
        }
    }

    /// Empties the set, then lets go of its elements, first to last (`set_clear_internal`).
    pub fn set_clear(&mut self, set: Obj) {
        let table = self.table(set);
        if table.fill == 0 {
            return;
        }
        let old = std::mem::replace(&mut table.table, vec![Place::Empty; MIN_SIZE]);
        table.fill = 0;
        table.used = 0;
        table.hash = None;
        table.version = 0;
        let keys = old.into_iter().filter_map(|place| if let Place::Full { key, .. } = place { Some(key) } else { None });
        let keys: Vec<Obj> = keys.collect();
        let mark = self.mark();
        for key in keys.into_iter().rev() {
            self.hold(key);
        }
        self.release(mark);
    }

    /// Adds all elements of another set (`set_merge`).
    pub fn set_merge(&mut self, set: Obj, other: Obj) -> PyResult<()> {
        let added = self.heap.set_len(other);
        if set == other || added == 0 {
            return Ok(());
        }
        self.set_make_room(set, added);
        if self.table(set).fill == 0 {
            self.set_fill_from(set, other);
            return Ok(());
        }
        let mut at = 0;
        while let Some((key, hash)) = self.heap.set_next(other, &mut at) {
            self.set_add_entry(set, key, hash)?;
        }
        Ok(())
    }

    /// One big resize at the start, before that many elements are added.
    pub fn set_make_room(&mut self, set: Obj, added: usize) {
        let table = self.table(set);
        if (table.fill + added) * 5 >= (table.table.len() - 1) * 3 {
            let room = (table.used + added) * 2;
            self.set_table_resize(set, room);
        }
    }

    /// An empty set takes over another's elements without comparing any.
    fn set_fill_from(&mut self, set: Obj, other: Obj) {
        let Some(source) = self.heap.set(other) else { return };
        let (used, same_layout) = (source.used, source.fill == source.used);
        let places = source.table.clone();
        for place in &places {
            if let Place::Full { key, .. } = place {
                self.heap.incref(*key);
            }
        }
        let table = self.table(set);
        if same_layout && table.table.len() == places.len() {
            table.table = places;
        } else {
            for place in places {
                if let Place::Full { key, hash } = place {
                    insert_clean(&mut table.table, key, hash);
                }
            }
        }
        table.fill = used;
        table.used = used;
    }

    /// Exchanges the elements of two sets (`set_swap_bodies`).
    pub fn set_swap_bodies(&mut self, a: Obj, b: Obj) {
        let mut one = std::mem::take(self.table(a));
        let two = self.table(b);
        std::mem::swap(&mut one, two);
        // Where `pop` goes on belongs to the object, not to the table.
        let (finger_b, finger_a) = (one.finger, two.finger);
        two.finger = finger_b;
        one.finger = finger_a;
        (one.hash, two.hash) = (None, None);
        *self.table(a) = one;
    }

    /// Takes some element out; owned, `None` if the set is empty (`set_pop`).
    pub fn set_take_any(&mut self, set: Obj) -> Option<Obj> {
        let table = self.table(set);
        if table.used == 0 {
            return None;
        }
        let mask = table.table.len() - 1;
        let mut at = table.finger & mask;
        loop {
            if let Place::Full { key, .. } = table.table[at] {
                table.table[at] = Place::Dummy;
                table.used -= 1;
                table.finger = at + 1;
                return Some(key);
            }
            at = if at < mask { at + 1 } else { 0 };
        }
    }

    /// Adds a borrowed element (`PySet_Add`).
    pub fn set_add(&mut self, set: Obj, item: Obj) -> PyResult<()> {
        let hash = self.hash(item)?;
        self.set_add_entry(set, item, hash)
    }

    /// `item in set`, without the detour for sets as items (`PySet_Contains`).
    pub fn set_contains(&mut self, set: Obj, item: Obj) -> PyResult<bool> {
        let hash = self.hash(item)?;
        self.set_contains_entry(set, item, hash)
    }

    /// Takes an element out; false if it is not there (`PySet_Discard`).
    pub fn set_discard(&mut self, set: Obj, item: Obj) -> PyResult<bool> {
        let hash = self.hash(item)?;
        self.set_discard_entry(set, item, hash)
    }

    /// Adds everything an iterable gives (`set_update_internal`).
    pub fn set_update(&mut self, set: Obj, iterable: Obj) -> PyResult<()> {
        if self.heap.is_any_set(iterable) {
            return self.set_merge(set, iterable);
        }
        if self.heap.ty(iterable) == self.types.dict {
            return self.set_update_from_dict(set, iterable);
        }
        self.each_item_into(iterable, Sink::Set(set), |vm, item| vm.set_add(set, item).map(|()| true))
    }

    /// Adds an owned element that is exactly a str or an int, if it need only be compared with such; true: it is taken over.
    pub(in crate::vm) fn set_add_plain(&mut self, set: Obj, key: Obj) -> bool {
        let hash = match self.heap.payload(key) {
            Payload::Str(text) => text.hash(),
            Payload::Int(i) => crate::vm::make::hash_i64(*i),
            _ => return false,
        };
        if self.at_limit() {
            return false;
        }
        let table = self.table(set);
        let mask = table.table.len() - 1;
        // Most often its first place is free.
        if let Some(place @ Place::Empty) = table.table.get_mut(hash as usize & mask) {
            *place = Place::Full { key, hash };
            table.used += 1;
            table.fill += 1;
            if table.fill * 5 >= mask * 3 {
                self.set_table_grow(set);
            }
            return true;
        }
        self.set_add_walking(set, key, hash)
    }

    /// `set_add_plain` when the element's first place is taken.
    #[inline(never)]
    fn set_add_walking(&mut self, set: Obj, key: Obj, hash: i64) -> bool {
        let table = &self.heap.set(set).expect("the table of a set").table;
        let mut walk = Walk::new(hash, table.len() - 1);
        let mut dummy = None;
        let (at, found) = loop {
            match table[walk.at] {
                Place::Empty => break (dummy.unwrap_or(walk.at), false),
                Place::Dummy => dummy = Some(walk.at),
                Place::Full { key: other, hash: h } if h == hash => match self.heap.same_plain(other, key) {
                    Some(true) => break (walk.at, true),
                    Some(false) => {}
                    None => return false,
                },
                Place::Full { .. } => {}
            }
            walk.advance();
        };
        if found {
            // The set's own element keeps it alive, or is equal to it: nobody sees it go.
            self.decref(key);
        } else {
            self.put_at(set, at, key, hash);
        }
        true
    }

    fn set_update_from_dict(&mut self, set: Obj, dict: Obj) -> PyResult<()> {
        let added = self.heap.dict_len(dict);
        self.set_make_room(set, added);
        let mut at = 0;
        while let Some((next, key, hash)) = self.heap.dict_next_key(dict, at) {
            at = next;
            self.set_add_entry(set, key, hash)?;
        }
        Ok(())
    }

    /// Calls `f` with each item of an iterable, held by the machine as a temporary; until it answers false.
    pub fn each_item(&mut self, iterable: Obj, f: impl FnMut(&mut Machine, Obj) -> PyResult<bool>) -> PyResult<()> {
        self.each_item_into(iterable, Sink::Nothing, f)
    }

    /// The same but for items that the sink takes.
    pub fn each_item_into(
        &mut self,
        iterable: Obj,
        sink: Sink,
        mut f: impl FnMut(&mut Machine, Obj) -> PyResult<bool>,
    ) -> PyResult<()> {
        let mark = self.mark();
        let iterator = self.get_iter(iterable)?;
        self.hold(iterator);
        let result = loop {
            match self.next_into(iterator, sink).0 {
                Err(thrown) => break Err(thrown),
                Ok(item) if item.is_null() => break Ok(()),
                Ok(item) => {
                    self.hold(item);
                    let more = f(self, item);
                    if self.interrupt.is_some() {
                        return Err(crate::vm::Thrown::Interrupt);
                    }
                    let item = self.unhold();
                    self.drop_keeping_exception(item);
                    match more {
                        Ok(true) => {}
                        Ok(false) => break Ok(()),
                        Err(thrown) => break Err(thrown),
                    }
                }
            }
        };
        if self.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        self.top = mark;
        self.stack[mark] = crate::heap::NULL;
        self.drop_keeping_exception(iterator);
        result
    }
}
