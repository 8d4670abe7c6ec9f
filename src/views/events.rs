//! The last events of the run: births, deaths, finalisers, collections, exceptions.
//!
//! Invariant: oldest first; the moment of each row is one that `goto instr` reaches.

use super::safe;
use super::sight::Sight;
use crate::debugger::session::around::{Happened, Happening};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsView {
    pub rows: Vec<EventRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRow {
    pub step: u64,
    /// Within the instruction; 0 between two.
    pub event: u32,
    pub line: Option<u32>,
    /// `birth`, `death`, `del`, `resurrect`, `weakref`, `gc`, `raise`.
    pub kind: &'static str,
    pub text: String,
    pub object: Option<String>,
    /// Since the last stop.
    pub new: bool,
}

/// From what the session says happened lately; what lies behind the stop before is new.
pub fn of(sight: &Sight, lately: &[Happened]) -> EventsView {
    let since = sight
        .before
        .filter(|_| sight.forward)
        .map(|past| past.steps());
    let row = |happened: &Happened| {
        let (kind, text, object) = words(&happened.what);
        EventRow {
            step: happened.moment.step,
            event: happened.moment.event,
            line: happened.line,
            kind,
            text: safe::one_line(&text),
            object,
            new: since.is_some_and(|since| happened.moment.step >= since),
        }
    };
    EventsView {
        rows: lately.iter().map(row).collect(),
    }
}

fn words(what: &Happening) -> (&'static str, String, Option<String>) {
    let about = |kind: &'static str, verb: &str, name: &String| {
        (kind, format!("{name} {verb}"), Some(name.clone()))
    };
    match what {
        Happening::Birth(name) => about("birth", "is made", name),
        Happening::Death(name) => about("death", "is freed", name),
        Happening::Del(name) => about("del", "is finalised", name),
        Happening::Resurrect(name) => about("resurrect", "comes back", name),
        Happening::Weakref(name) => about("weakref", "loses a weak reference", name),
        Happening::GcStart { number, generation } => (
            "gc",
            format!("collection {number} of generation {generation} begins"),
            None,
        ),
        Happening::GcEnd { collected } => {
            ("gc", format!("collection ends: {collected} found"), None)
        }
        Happening::Raise(class) => ("raise", format!("{class} is raised"), None),
    }
}
