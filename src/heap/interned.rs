//! The table of interned strings. An interned string is immortal here only as long as somebody holds it: the table's own
//! reference is not counted, as in CPython 3.10 (`SSTATE_INTERNED_MORTAL`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use super::payload::str::StrObj;
use super::{Heap, NULL, Obj};

/// A str knows its hash already.
#[derive(Default)]
struct KnownHash(u64);

impl Hasher for KnownHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        panic!("a str hashes as one number")
    }

    fn write_i64(&mut self, hash: i64) {
        self.0 = hash as u64;
    }
}

#[derive(Clone, Default)]
pub struct Interned {
    table: HashMap<Rc<StrObj>, Obj, BuildHasherDefault<KnownHash>>,
}

impl Interned {
    pub fn get(&self, text: &StrObj) -> Option<Obj> {
        self.table.get(text).copied()
    }

    pub fn insert(&mut self, text: Rc<StrObj>, o: Obj) {
        text.mark_interned();
        self.table.insert(text, o);
    }

    /// A string object dies: if it is the interned one, the table forgets it.
    pub fn forget(&mut self, text: &Rc<StrObj>, o: Obj) {
        if !text.may_be_interned() {
            return;
        }
        if self.table.get(text) == Some(&o) {
            self.table.remove(text);
        }
    }
}

impl Heap {
    /// The interned string object with this text if there is one; borrowed, NULL if not.
    pub fn find_interned(&self, text: &str) -> Obj {
        self.interned.get(&StrObj::from_str(text)).unwrap_or(NULL)
    }

    /// Whether this very object is the interned one.
    pub fn is_interned(&self, o: Obj) -> bool {
        matches!(self.payload(o), super::Payload::Str(s) if s.may_be_interned() && self.interned.get(s) == Some(o))
    }
}
