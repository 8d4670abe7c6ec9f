//! The refcount table: each object the script made, its count, and one owner for each count.
//!
//! Invariant: for a living object the owners' multiplicities add up to its count (the audit checks the heap; this repeats it in
//! words). Rows are in order of birth. Inside a collection, rows also carry `gc_refs` and the collector's list.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefcountView {
    pub rows: Vec<RefcountRow>,
    /// A collection is running: `gc_refs` and `list` mean something.
    pub collecting: bool,
    /// Objects of the interpreter's own, and those past the limit of rows: counted, not shown.
    pub folded: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefcountRow {
    /// `Person.1`.
    pub object: String,
    pub type_name: String,
    /// A short value, as in the namespace.
    pub value: String,
    /// 0 for the dead.
    pub count: u64,
    /// Against the last stop; births and deaths are told by `life`.
    pub delta: i64,
    pub life: Life,
    /// One for each count, in the order of the owners' birth, as HEADLESS.md writes them.
    pub owners: Vec<String>,
    /// How it died, for ghosts.
    pub cause: String,
    pub gc_refs: Option<i64>,
    pub list: Option<GcList>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    #[default]
    Alive,
    /// Made since the last stop.
    Born,
    /// Its finaliser is running now.
    Finalizing,
    /// In a cyclic isolate: alive by count, reachable by nobody.
    Isolated,
    /// Died since the last stop: a ghost, shown this once.
    Dead,
}

impl Life {
    pub fn word(self) -> &'static str {
        match self {
            Life::Alive => "",
            Life::Born => "new",
            Life::Finalizing => "in __del__",
            Life::Isolated => "isolated",
            Life::Dead => "dead",
        }
    }

    /// The mark in the first column.
    pub fn mark(self) -> &'static str {
        match self {
            Life::Alive => " ",
            Life::Born => "+",
            Life::Finalizing => "†",
            Life::Isolated => "○",
            Life::Dead => "✗",
        }
    }
}

/// Which of the collector's lists an object is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GcList {
    /// Collected now, not yet looked at.
    Young,
    Reachable,
    Unreachable,
    /// In an older generation, not part of this collection.
    Older,
    Untracked,
}

impl GcList {
    pub fn word(self) -> &'static str {
        match self {
            GcList::Young => "young",
            GcList::Reachable => "reachable",
            GcList::Unreachable => "unreachable",
            GcList::Older => "older",
            GcList::Untracked => "untracked",
        }
    }
}
