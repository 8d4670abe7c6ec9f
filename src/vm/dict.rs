//! Dicts as the machine uses them: get, set, delete, by name and by any key.
//!
//! A dict is a `Payload::Dict`, or a `Payload::Split` when it belongs to an instance and all its keys came in a
//! shared order; anything that a split dict cannot hold turns it into an ordinary one. Names (str keys that are exactly str) never run
//! Python code; other keys may, in `__hash__` and `__eq__`, and then the look-up starts again if the keys have changed
//! (`lookdict` of `Objects/dictobject.c`).

use super::{Machine, PyResult};
use crate::heap::payload::Dict;
use crate::heap::payload::dict::Entry;
use crate::heap::{Heap, NULL, Obj, Payload};

impl Heap {
    /// Whether two keys are the same or equal as exact strings.
    #[inline(always)]
    pub(crate) fn same_str(&self, a: Obj, b: Obj) -> bool {
        a == b
            || match (self.payload(a), self.payload(b)) {
                (Payload::Str(x), Payload::Str(y)) => x == y,
                _ => false,
            }
    }

    /// The same where instances of str's subclasses count as the strings they are.
    #[inline(always)]
    fn same_name(&self, a: Obj, b: Obj) -> bool {
        a == b
            || match (self.payload(a), self.payload(b)) {
                (Payload::Str(x), Payload::Str(y)) => x == y,
                _ => self.str(a).is_some_and(|text| self.str(b) == Some(text)),
            }
    }

    /// Whether two keys of the same hash are equal, where that is known without asking them: the same object, or both exactly
    /// str or both exactly int.
    #[inline(always)]
    pub(crate) fn same_plain(&self, a: Obj, b: Obj) -> Option<bool> {
        if a == b {
            return Some(true);
        }
        match (self.payload(a), self.payload(b)) {
            (Payload::Str(x), Payload::Str(y)) => Some(x == y),
            (Payload::Int(x), Payload::Int(y)) => Some(x == y),
            _ => None,
        }
    }

    /// Finds a key among keys that need no asking: its entry's number. The outer `None`: a key that must be asked was met first.
    #[inline(always)]
    pub(crate) fn find_plain(&self, dict: &Dict, key: Obj, hash: i64) -> Option<Option<usize>> {
        let mut probe = dict.probe(hash);
        while let Some(n) = dict.next_match(&mut probe, hash) {
            if self.same_plain(dict.entries[n].key, key)? {
                return Some(Some(n));
            }
        }
        Some(None)
    }

    /// The place of a str key and its value, borrowed; of an ordinary dict only.
    #[inline]
    pub fn dict_find_str(&self, dict: Obj, name: Obj) -> Option<(usize, Obj)> {
        let Payload::Dict(d) = self.base(dict) else {
            return None;
        };
        let text = self.str(name)?;
        let n = d.find(text.hash(), |key| self.same_name(key, name))?;
        Some((n, d.entries[n].value))
    }

    /// The value of a str key, borrowed; NULL if there is none. Runs no Python code: a str subclass's `__eq__` is not asked.
    #[inline]
    pub fn dict_get_str(&self, dict: Obj, name: Obj) -> Obj {
        match self.base(dict) {
            Payload::Dict(_) => self.dict_find_str(dict, name).map_or(NULL, |f| f.1),
            Payload::Split { shape, v, .. } => match self.shapes.find(*shape, name) {
                Some(i) => v[i],
                None => self.split_get_equal(*shape, &v[..], name),
            },
            _ => NULL,
        }
    }

    /// A name that is not the interned object may still be equal to one.
    #[cold]
    fn split_get_equal(
        &self,
        shape: crate::heap::shape::ShapeId,
        values: &[Obj],
        name: Obj,
    ) -> Obj {
        if self.is_interned(name) {
            return NULL;
        }
        let names = self.shapes.names(shape);
        names
            .iter()
            .position(|n| self.same_name(*n, name))
            .map_or(NULL, |i| values[i])
    }

    /// How many keys.
    pub fn dict_len(&self, dict: Obj) -> usize {
        match self.base(dict) {
            Payload::Dict(d) => d.len(),
            Payload::Split { n, v, .. } => v[..*n as usize].iter().filter(|v| !v.is_null()).count(),
            _ => 0,
        }
    }

    /// Keys and values in order, borrowed.
    pub fn dict_items(&self, dict: Obj) -> Vec<(Obj, Obj)> {
        match self.base(dict) {
            Payload::Dict(d) => d
                .entries
                .iter()
                .filter(|e| !e.key.is_null())
                .map(|e| (e.key, e.value))
                .collect(),
            Payload::Split { n, shape, v } => {
                let names = self.shapes.names(*shape);
                (0..*n as usize)
                    .filter(|i| !v[*i].is_null())
                    .map(|i| (names[i], v[i]))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The first entry at or after a position: the next position, key, value; borrowed (`PyDict_Next`).
    #[inline]
    pub fn dict_next(&self, dict: Obj, from: usize) -> Option<(usize, Obj, Obj)> {
        match self.base(dict) {
            Payload::Dict(d) => d.next_entry(from).map(|(n, e)| (n + 1, e.key, e.value)),
            Payload::Split { n, shape, v } => {
                let names = self.shapes.names(*shape);
                (from..*n as usize)
                    .find(|i| !v[*i].is_null())
                    .map(|i| (i + 1, names[i], v[i]))
            }
            _ => None,
        }
    }

    /// The first key at or after a position with its hash: the next position, key, hash; borrowed (`_PyDict_Next`).
    pub fn dict_next_key(&self, dict: Obj, from: usize) -> Option<(usize, Obj, i64)> {
        match self.base(dict) {
            Payload::Dict(d) => d.next_entry(from).map(|(n, e)| (n + 1, e.key, e.hash)),
            _ => self
                .dict_next(dict, from)
                .map(|(next, key, _)| (next, key, self.str(key).map_or(0, |s| s.hash()))),
        }
    }

    /// The last entry before a position: its place, key, value; borrowed.
    pub fn dict_previous(&self, dict: Obj, before: usize) -> Option<(usize, Obj, Obj)> {
        match self.base(dict) {
            Payload::Dict(d) => {
                let n = d.entries[..before.min(d.entries.len())]
                    .iter()
                    .rposition(|e| !e.key.is_null())?;
                Some((n, d.entries[n].key, d.entries[n].value))
            }
            Payload::Split { n, shape, v } => {
                let names = self.shapes.names(*shape);
                (0..before.min(*n as usize))
                    .rev()
                    .find(|i| !v[*i].is_null())
                    .map(|i| (i, names[i], v[i]))
            }
            _ => None,
        }
    }

    /// Where the entries end: positions of `dict_next` and `dict_previous` are below this (`dk_nentries`).
    pub fn dict_end(&self, dict: Obj) -> usize {
        match self.base(dict) {
            Payload::Dict(d) => d.entries.len(),
            Payload::Split { n, .. } => *n as usize,
            _ => 0,
        }
    }

    pub fn is_dict(&self, o: Obj) -> bool {
        matches!(self.base(o), Payload::Dict(_) | Payload::Split { .. })
    }
}

impl Machine {
    /// Sets a str key. Both are borrowed. For instance dicts the name should be interned.
    #[inline]
    pub fn dict_set_str(&mut self, dict: Obj, name: Obj, value: Obj) {
        self.heap.incref(value);
        if let Payload::Split { .. } = self.heap.payload(dict) {
            return self.split_set(dict, name, value);
        }
        match self.heap.dict_find_str(dict, name) {
            Some((n, old)) => {
                let Payload::Dict(d) = self.heap.base_mut(dict) else {
                    panic!("found in what is no dict")
                };
                d.entries[n].value = value;
                self.maintain_tracking(dict, value);
                self.decref(old);
            }
            None => {
                let hash = self.heap.str(name).map_or(0, |s| s.hash());
                self.heap.incref(name);
                self.insert_new(dict, hash, name, value);
            }
        }
    }

    fn insert_new(&mut self, dict: Obj, hash: i64, key: Obj, value: Obj) {
        let version = self.heap.new_version();
        let is_text = self.heap.ty(key) == self.types.str;
        let Payload::Dict(d) = self.heap.base_mut(dict) else {
            panic!("insertion into what is no dict")
        };
        d.general |= !is_text;
        d.insert_new(hash, key, value, version);
        if d.keys_twice {
            self.heap.incref(key);
        }
        self.maintain_tracking(dict, key);
        self.maintain_tracking(dict, value);
    }

    /// Takes the value over.
    fn split_set(&mut self, dict: Obj, name: Obj, value: Obj) {
        let Payload::Split { n, shape, v } = self.heap.payload(dict) else {
            return;
        };
        let (n, shape, values) = (*n as usize, *shape, **v);
        let exact = matches!(self.heap.payload(name), Payload::Str(_));
        let place = if exact && self.heap.is_interned(name) {
            self.place_in_shape(n, shape, &values, name)
        } else {
            None
        };
        let Some((next, i)) = place else {
            self.make_combined(dict);
            self.dict_set_str(dict, name, value);
            // dict_set_str counted a reference of its own.
            self.decref(value);
            return;
        };
        let Payload::Split { n, shape, v } = self.heap.payload_mut(dict) else {
            return;
        };
        *shape = next;
        if *n as usize <= i {
            *n = i as u8 + 1;
        }
        let old = std::mem::replace(&mut v[i], value);
        self.maintain_tracking(dict, value);
        self.xdecref(old);
    }

    /// The shape after setting the name, and the value's place. None if a shared dict cannot keep the order.
    fn place_in_shape(
        &mut self,
        n: usize,
        shape: crate::heap::shape::ShapeId,
        values: &[Obj],
        name: Obj,
    ) -> Option<(crate::heap::shape::ShapeId, usize)> {
        if let Some(i) = self.heap.shapes.find(shape, name) {
            // A value that was deleted would come back at its old place in the order.
            return if values[i].is_null() {
                None
            } else {
                Some((shape, i))
            };
        }
        if values[..n].iter().any(|v| v.is_null()) {
            return None;
        }
        let (next, fresh) = self.heap.shapes.extend(shape, name)?;
        if fresh {
            self.heap.incref(name);
        }
        Some((next, self.heap.shapes.names(next).len() - 1))
    }

    /// Turns a shared-key dict into an ordinary one.
    pub fn make_combined(&mut self, dict: Obj) {
        if !matches!(self.heap.payload(dict), Payload::Split { .. }) {
            return;
        }
        let items = self.heap.dict_items(dict);
        let mut made = Dict::default();
        for (key, value) in items {
            let hash = self.heap.str(key).map_or(0, |s| s.hash());
            self.heap.incref(key);
            let version = self.heap.new_version();
            made.insert_new(hash, key, value, version);
        }
        *self.heap.payload_mut(dict) = Payload::Dict(Box::new(made));
    }

    /// Sets a key given as Rust text; interned.
    pub fn dict_set_name(&mut self, dict: Obj, name: &str, value: Obj) {
        let key = self.intern(name);
        self.hold(key);
        self.dict_set_str(dict, key, value);
        self.drop_held();
    }

    /// The value of a key given as Rust text, borrowed; NULL if there is none.
    pub fn dict_get_name(&self, dict: Obj, name: &str) -> Obj {
        let text = crate::heap::payload::StrObj::from_str(name);
        match self.heap.base(dict) {
            Payload::Dict(d) => {
                let same = |key: Obj| self.heap.str(key).is_some_and(|s| **s == text);
                d.find(text.hash(), same)
                    .map_or(NULL, |n| d.entries[n].value)
            }
            _ => self
                .heap
                .dict_items(dict)
                .into_iter()
                .find(|(k, _)| self.text(*k) == name)
                .map_or(NULL, |i| i.1),
        }
    }

    /// Deletes a str key; false if it is not there.
    pub fn dict_delete_str(&mut self, dict: Obj, name: Obj) -> bool {
        if let Payload::Split { .. } = self.heap.payload(dict) {
            if self.heap.dict_get_str(dict, name).is_null() {
                return false;
            }
            self.make_combined(dict);
        }
        match self.heap.dict_find_str(dict, name) {
            Some((n, _)) => {
                self.remove_entry(dict, n);
                true
            }
            None => false,
        }
    }

    fn remove_entry(&mut self, dict: Obj, n: usize) {
        let (key, value) = self.take_entry(dict, n);
        self.hold(value);
        self.decref(key);
        self.drop_held();
    }

    /// Takes an entry out of an ordinary dict; key and value are owned by the caller then.
    pub fn take_entry(&mut self, dict: Obj, n: usize) -> (Obj, Obj) {
        let version = self.heap.new_version();
        let Payload::Dict(d) = self.heap.base_mut(dict) else {
            panic!("removal from what is no ordinary dict")
        };
        let (taken, twice) = (d.remove(n, version), d.keys_twice);
        if twice {
            self.decref(taken.0);
        }
        taken
    }

    /// Finds a key: its entry's number in an ordinary dict (a shared-key one is made ordinary first, unless the key is an interned
    /// str that it does not have). Compares as `dict` does: identity, then hash, then `==`.
    #[inline]
    pub fn dict_find(&mut self, dict: Obj, key: Obj, hash: i64) -> PyResult<Option<usize>> {
        if let Payload::Dict(d) = self.heap.base(dict)
            && !self.at_limit()
            && let Some(found) = self.heap.find_plain(d, key, hash)
        {
            return Ok(found);
        }
        self.dict_find_asking(dict, key, hash)
    }

    /// The same where keys may have to be asked.
    #[inline(never)]
    fn dict_find_asking(&mut self, dict: Obj, key: Obj, hash: i64) -> PyResult<Option<usize>> {
        self.make_combined(dict);
        'restart: loop {
            let Payload::Dict(d) = self.heap.base(dict) else {
                panic!("look-up in what is no dict")
            };
            let table = d.table;
            let mut probe = d.probe(hash);
            loop {
                let Payload::Dict(d) = self.heap.base(dict) else {
                    continue 'restart;
                };
                let Some(n) = d.next_match(&mut probe, hash) else {
                    return Ok(None);
                };
                let candidate = d.entries[n].key;
                if self.heap.same_str(candidate, key) {
                    return Ok(Some(n));
                }
                if matches!(
                    (self.heap.payload(candidate), self.heap.payload(key)),
                    (Payload::Str(_), Payload::Str(_))
                ) {
                    continue;
                }
                self.hold_ref(candidate);
                let equal = self.rich_compare_bool(candidate, key, super::slots::CmpOp::Eq);
                let equal = self.let_go(equal)?;
                match self.heap.base(dict) {
                    Payload::Dict(d)
                        if d.table == table
                            && d.entries.get(n).is_some_and(|e| e.key == candidate) => {}
                    _ => continue 'restart,
                }
                if equal {
                    return Ok(Some(n));
                }
            }
        }
    }

    /// `dict[key]`, borrowed; `None` if it is not there.
    pub fn dict_get(&mut self, dict: Obj, key: Obj) -> PyResult<Option<Obj>> {
        if let Payload::Str(_) = self.heap.payload(key)
            && self.only_str_keys(dict)
        {
            return Ok(self.heap.dict_get_str(dict, key).some());
        }
        let hash = self.hash(key)?;
        self.dict_get_hashed(dict, key, hash)
    }

    /// A look-up of a str in a dict is free of Python code when it is shared-key, or finds only strs; other keys are
    /// compared with `==` only if their hash is the same, which `dict_get_str` treats as different.
    fn only_str_keys(&self, dict: Obj) -> bool {
        matches!(self.heap.payload(dict), Payload::Split { .. })
    }

    /// `dict[key] = value`; both are borrowed.
    pub fn dict_set(&mut self, dict: Obj, key: Obj, value: Obj) -> PyResult<()> {
        if matches!(self.heap.payload(dict), Payload::Split { .. })
            && matches!(self.heap.payload(key), Payload::Str(_))
        {
            self.dict_set_str(dict, key, value);
            return Ok(());
        }
        let hash = self.hash(key)?;
        self.dict_set_hashed(dict, key, hash, value)
    }

    pub fn dict_set_hashed(&mut self, dict: Obj, key: Obj, hash: i64, value: Obj) -> PyResult<()> {
        if let Payload::Dict(d) = self.heap.payload(dict)
            && !self.at_limit()
            && let Some(found) = self.heap.find_plain(d, key, hash)
        {
            self.dict_put(dict, key, hash, value, found);
            return Ok(());
        }
        self.dict_set_asking(dict, key, hash, value)
    }

    /// Sets the value of a key that was looked up just now; both are borrowed, and held by the caller while the old value dies.
    #[inline]
    pub(super) fn dict_put(
        &mut self,
        dict: Obj,
        key: Obj,
        hash: i64,
        value: Obj,
        found: Option<usize>,
    ) {
        self.heap.incref(value);
        let Some(n) = found else {
            self.heap.incref(key);
            return self.insert_new(dict, hash, key, value);
        };
        let Payload::Dict(d) = self.heap.payload_mut(dict) else {
            panic!("found in what is no dict")
        };
        let old = std::mem::replace(&mut d.entries[n].value, value);
        self.maintain_tracking(dict, key);
        self.maintain_tracking(dict, value);
        if self.dies_unseen(old) {
            self.decref(old);
            return;
        }
        self.hold_ref(key);
        self.decref(old);
        self.drop_held();
    }

    #[inline(never)]
    fn dict_set_asking(&mut self, dict: Obj, key: Obj, hash: i64, value: Obj) -> PyResult<()> {
        // The key and value may lose their last other reference while keys are compared.
        let mark = self.mark();
        self.hold_ref(key);
        self.hold_ref(value);
        let found = self.dict_find(dict, key, hash);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let found = match found {
            Ok(found) => found,
            Err(thrown) => {
                self.release(mark);
                return Err(thrown);
            }
        };
        let value = self.unhold();
        let key = self.unhold();
        match found {
            Some(n) => {
                let Payload::Dict(d) = self.heap.base_mut(dict) else {
                    panic!("found in what is no dict")
                };
                let old = std::mem::replace(&mut d.entries[n].value, value);
                self.maintain_tracking(dict, key);
                self.maintain_tracking(dict, value);
                self.hold(key);
                self.decref(old);
                self.drop_held();
            }
            None => self.insert_new(dict, hash, key, value),
        }
        match self.heap.base(dict) {
            Payload::Dict(d) if d.keys_twice => self.place_node(dict, key, hash, found.is_none()),
            _ => Ok(()),
        }
    }

    /// An OrderedDict gives a key that was set its node, for which it is looked up once more. One that cannot be found is taken out
    /// again (`_odict_add_new_node`).
    fn place_node(&mut self, dict: Obj, key: Obj, hash: i64, fresh: bool) -> PyResult<()> {
        // What has just gone in is held by its node.
        self.hold(if fresh { NULL } else { key });
        if !fresh {
            self.heap.incref(key);
        }
        let found = self.find_node(dict, key, hash);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        if found.is_err() {
            let saved = self.take_exception();
            if self.dict_delete(dict, key).is_err() {
                if self.interrupt.is_some() {
                    return Err(super::Thrown::Interrupt);
                }
                self.clear_exception();
            }
            self.restore_exception(saved);
        }
        self.let_go(found.map(|_| ()))
    }

    /// Looks up where an OrderedDict's node for a key is; if the table is another than last time, all nodes are looked up before
    /// (`_odict_get_index`).
    pub(super) fn find_node(&mut self, dict: Obj, key: Obj, hash: i64) -> PyResult<Option<usize>> {
        let Payload::Dict(d) = self.heap.base_mut(dict) else {
            return Ok(None);
        };
        if std::mem::replace(&mut d.nodes_table, d.table) != d.table && d.general {
            let mut at = 0;
            while let Some((next, other, known)) = self.heap.dict_next_key(dict, at) {
                at = next;
                if other != key {
                    self.dict_find(dict, other, known)?;
                }
            }
        }
        self.dict_find(dict, key, hash)
    }

    /// `del dict[key]`; false if it is not there.
    pub fn dict_delete(&mut self, dict: Obj, key: Obj) -> PyResult<bool> {
        match self.dict_pop(dict, key)? {
            Some((key, value)) => {
                self.hold(value);
                self.decref(key);
                self.drop_held();
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Takes an entry out; key and value are owned.
    pub fn dict_pop(&mut self, dict: Obj, key: Obj) -> PyResult<Option<(Obj, Obj)>> {
        let hash = self.hash(key)?;
        if let Payload::Dict(d) = self.heap.base(dict)
            && d.keys_twice
        {
            self.find_node(dict, key, hash)?;
        }
        self.dict_pop_hashed(dict, key, hash)
    }

    /// The same for a key of known hash.
    pub(super) fn dict_pop_hashed(
        &mut self,
        dict: Obj,
        key: Obj,
        hash: i64,
    ) -> PyResult<Option<(Obj, Obj)>> {
        match self.dict_find(dict, key, hash)? {
            Some(n) => Ok(Some(self.take_entry(dict, n))),
            None => Ok(None),
        }
    }

    /// A new dict with the same entries (`PyDict_Copy`).
    pub fn dict_copy(&mut self, dict: Obj) -> Obj {
        let entries: Vec<Entry> = match self.heap.base(dict) {
            Payload::Dict(d) => d
                .entries
                .iter()
                .filter(|e| !e.key.is_null())
                .copied()
                .collect(),
            _ => {
                let items = self.heap.dict_items(dict);
                items
                    .into_iter()
                    .map(|(key, value)| Entry {
                        hash: self.heap.str(key).map_or(0, |s| s.hash()),
                        key,
                        value,
                    })
                    .collect()
            }
        };
        let copy = self.new_dict();
        for Entry { hash, key, value } in entries {
            self.heap.incref(key);
            self.heap.incref(value);
            self.insert_new(copy, hash, key, value);
        }
        // A table with few gaps is copied as it is, and being tracked with it.
        let whole = match self.heap.base(dict) {
            Payload::Dict(d) => d.has_few_gaps(),
            _ => true,
        };
        if whole && self.heap.dict_len(copy) > 0 {
            self.track_as(copy, dict);
        }
        copy
    }

    /// Tracks a dict whose table was copied from one that is tracked, whatever it holds by now.
    pub(in crate::vm) fn track_as(&mut self, copy: Obj, source: Obj) {
        if self.heap.gc.tracked(source) && !self.heap.gc.tracked(copy) {
            self.heap.gc.track(copy);
        }
    }
}

impl Machine {
    /// Raises KeyError about a key, which may be a tuple (`_PyErr_SetKeyError`).
    #[cold]
    pub fn raise_key_error<T>(&mut self, key: Obj) -> PyResult<T> {
        let args = self.new_tuple_of(&[key]);
        let result = self.raise_args(self.types.key_error, args);
        self.decref(args);
        result
    }

    /// The value of a key, which gets this one if it has none; owned (`PyDict_SetDefault`).
    pub fn dict_setdefault(&mut self, dict: Obj, key: Obj, default: Obj) -> PyResult<Obj> {
        let hash = self.hash(key)?;
        if let Some(n) = self.dict_find(dict, key, hash)? {
            let Payload::Dict(d) = self.heap.base(dict) else {
                panic!("found in what is no dict")
            };
            let value = d.entries[n].value;
            return Ok(self.new_ref(value));
        }
        self.heap.incref(key);
        self.heap.incref(default);
        self.insert_new(dict, hash, key, default);
        Ok(self.new_ref(default))
    }

    /// The value of a key of known hash, borrowed (`_PyDict_GetItem_KnownHash`).
    pub fn dict_get_hashed(&mut self, dict: Obj, key: Obj, hash: i64) -> PyResult<Option<Obj>> {
        let Some(n) = self.dict_find(dict, key, hash)? else {
            return Ok(None);
        };
        let Payload::Dict(d) = self.heap.base(dict) else {
            return Ok(None);
        };
        Ok(Some(d.entries[n].value))
    }

    /// Empties a dict, then lets go of keys and values, first to last (`PyDict_Clear`).
    pub fn dict_clear(&mut self, dict: Obj) {
        self.make_combined(dict);
        self.drop_dict(dict);
    }
}
