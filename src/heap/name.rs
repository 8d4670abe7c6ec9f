//! Births and names: `Node.2` is the second `Node` born in this run, for ever, dead or alive.
//!
//! Each collectable object gets, when it is made, the number of its type's name and how many of that name had been made
//! before. Classes that share a name share the numbering, so a name is never ambiguous. Atoms have no such name; they are
//! shown by their value.

use std::collections::HashMap;
use std::rc::Rc;

use super::Obj;

/// Identity of an object over the whole time line: slots are reused, births are not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Birth {
    /// Order of all births; unique, rising.
    pub serial: u32,
    /// The name's number: an index into `Births::kinds`.
    pub kind: u32,
    /// The how-manieth of that name, from 1.
    pub ordinal: u32,
}

#[derive(Clone)]
struct Kind {
    name: Rc<str>,
    born: u32,
}

#[derive(Clone)]
pub struct Births {
    records: Vec<Birth>,
    kinds: Vec<Kind>,
    by_name: HashMap<Rc<str>, u32>,
    next_serial: u32,
    /// Above zero while the interpreter works for itself (imports, the making of classes): what is born then has no number,
    /// so that the script's first dict is `dict.1` whatever it imports.
    pub quiet: u32,
}

impl Births {
    pub fn new() -> Births {
        Births {
            records: vec![Birth::default()],
            kinds: Vec::new(),
            by_name: HashMap::new(),
            next_serial: 1,
            quiet: 0,
        }
    }

    pub(super) fn grow(&mut self, slots: usize) {
        self.records.resize(slots, Birth::default());
    }

    /// The number for a type name; a class asks once, when it is made.
    pub fn kind(&mut self, name: &str) -> u32 {
        if let Some(kind) = self.by_name.get(name) {
            return *kind;
        }
        let name: Rc<str> = name.into();
        let kind = self.kinds.len() as u32;
        self.kinds.push(Kind {
            name: name.clone(),
            born: 0,
        });
        self.by_name.insert(name, kind);
        kind
    }

    /// Numbers start again at 1: called once the interpreter's own objects are made, so that the script's first list is `list.1`.
    pub fn restart(&mut self) {
        for kind in &mut self.kinds {
            kind.born = 0;
        }
        for record in &mut self.records {
            record.ordinal = 0;
        }
    }

    /// Something was born and died without having been made.
    #[inline(always)]
    pub fn skip(&mut self, kind: u32) {
        self.kinds[kind as usize].born += u32::from(self.quiet == 0);
        self.next_serial += 1;
    }

    #[inline(always)]
    pub fn record(&mut self, o: Obj, kind: u32) {
        let entry = &mut self.kinds[kind as usize];
        let numbered = self.quiet == 0;
        entry.born += u32::from(numbered);
        self.records[o.0 as usize] = Birth {
            serial: self.next_serial,
            kind,
            ordinal: if numbered { entry.born } else { 0 },
        };
        self.next_serial += 1;
    }

    /// A birth that nobody sees, of an object that is never made: the next ones get the numbers they would have.
    #[inline(always)]
    pub fn pass(&mut self, kind: u32) {
        self.kinds[kind as usize].born += u32::from(self.quiet == 0);
        self.next_serial += 1;
    }

    pub fn of(&self, o: Obj) -> Birth {
        self.records[o.0 as usize]
    }

    pub fn kind_name(&self, kind: u32) -> &str {
        &self.kinds[kind as usize].name
    }

    /// How many objects of this name have been born.
    pub fn born(&self, name: &str) -> u32 {
        self.by_name
            .get(name)
            .map_or(0, |k| self.kinds[*k as usize].born)
    }

    /// The kind of this name, if any class has had it.
    pub fn find_kind(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// The serial the next birth gets.
    pub fn next_serial(&self) -> u32 {
        self.next_serial
    }
}

impl Default for Births {
    fn default() -> Self {
        Births::new()
    }
}
