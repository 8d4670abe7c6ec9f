//! The last events of the run: births, deaths, finalisers, collections, exceptions.
//!
//! Invariant: oldest first; the moment of each row is one that `goto instr` reaches.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsView {
    pub rows: Vec<EventRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRow {
    pub step: u64,
    pub line: Option<u32>,
    /// `birth`, `death`, `del`, `resurrect`, `weakref`, `gc`, `raise`.
    pub kind: &'static str,
    pub text: String,
    pub object: Option<String>,
    /// Since the last stop.
    pub new: bool,
}
