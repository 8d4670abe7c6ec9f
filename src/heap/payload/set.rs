//! `set` and `frozenset`: CPython's open table, whose order programs can see (`Objects/setobject.c`).

use crate::heap::{Edge, Obj};

/// What an unused table place, and one whose element was taken out, hold in CPython (`NULL`, `dummy`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Empty,
    Dummy,
    Full { key: Obj, hash: i64 },
}

#[derive(Clone)]
pub struct Set {
    pub table: Vec<Place>,
    /// Full and dummy places.
    pub fill: usize,
    /// Full places.
    pub used: usize,
    /// Where `pop` looks next.
    pub finger: usize,
    /// A frozenset's hash, once computed.
    pub hash: Option<i64>,
    /// Which table this is: 0 for the one of `MIN_SIZE` places inside the object, a number never given before for each larger
    /// one (CPython compares the table's address after a comparison).
    pub version: u32,
}

/// `PySet_MINSIZE`.
pub const MIN_SIZE: usize = 8;

impl Default for Set {
    fn default() -> Set {
        Set {
            table: vec![Place::Empty; MIN_SIZE],
            fill: 0,
            used: 0,
            finger: 0,
            hash: None,
            version: 0,
        }
    }
}

impl Set {
    /// Makes a set whose places have been emptied one by one as good as new; false if its table is not of the smallest size.
    pub fn empty_again(&mut self) -> bool {
        if self.table.len() != MIN_SIZE {
            return false;
        }
        self.table.fill(Place::Empty);
        (self.fill, self.used, self.finger) = (0, 0, 0);
        (self.hash, self.version) = (None, 0);
        true
    }

    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        for (n, place) in self.table.iter().enumerate() {
            if let Place::Full { key, .. } = place {
                f(Edge::Element(n as u32), *key);
            }
        }
    }
}
