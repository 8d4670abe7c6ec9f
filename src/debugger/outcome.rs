//! What a command came to: plain data that each front end prints in its own way.
//!
//! Knows no machine, no terminal, no JSON. Invariant: nothing here borrows from a session, and every list has a fixed
//! order. Start at [`Outcome`].

use super::command::{ObjectName, SnapshotKind, View};
use super::error::Error;
use super::stop::{Cause, Moment, Stop};

/// A command's result. A session always gives one.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A motion ended here; `Session::stop` has it too.
    Stopped(Stop),
    /// A setting was made: one sentence.
    Done(String),
    /// A view that the front end draws from the session.
    Show(View),
    Answer(Answer),
    /// A golden to compare with what the front end draws of the session.
    Snapshot {
        kind: SnapshotKind,
        name: String,
    },
    /// An `assert` or `expect` held.
    Passed,
    /// It waits for the end of the program; `Session::take_checks` has the result then.
    Deferred,
    Failed(Box<Failure>),
    Error(Error),
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Breakpoints(Vec<BreakpointRow>),
    /// `print`: the value's repr, and its object where it has a name.
    Value {
        text: String,
        object: Option<ObjectName>,
    },
    Owners {
        object: String,
        count: u64,
        owners: Vec<String>,
    },
    Why(Box<Why>),
    History {
        object: String,
        changes: Vec<Change>,
    },
    WhatIf(WhatIfReport),
    Help(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakpointRow {
    pub number: u32,
    pub spec: String,
    pub enabled: bool,
    pub hits: u64,
}

/// One change of an object's count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub moment: Moment,
    pub line: Option<u32>,
    pub before: u64,
    pub after: u64,
    /// The owner that came or went, or the instruction that did it.
    pub cause: String,
}

/// Why an object is alive, or how it died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Alive {
        object: String,
        count: u64,
        owners: Vec<String>,
        /// Shortest first; each from a root to the object.
        paths: Vec<Path>,
        /// The objects of the cycle it is in, itself first; empty when it is in none.
        cycle: Vec<String>,
    },
    /// Alive, though no root leads to it.
    Isolated {
        object: String,
        count: u64,
        owners: Vec<String>,
        cycle: Vec<String>,
    },
    Dead {
        object: String,
        cause: Cause,
        moment: Moment,
        line: Option<u32>,
        /// The last owner it lost, and the cascade above it, outermost first.
        cascade: Vec<String>,
    },
}

/// A chain of references from a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub edges: Vec<PathEdge>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathEdge {
    /// The owner's text, as `owners` gives it: `global a`, `Node.2.peer`.
    pub owner: String,
    pub object: String,
    /// Cutting this one edge would free the object that `why` was asked about.
    pub frees: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIfReport {
    pub tried: String,
    /// In the order of their deaths.
    pub deaths: Vec<String>,
    /// Objects that nothing reaches afterwards, but which only a collection would free.
    pub isolated: Vec<String>,
    pub output: String,
    pub raised: Option<String>,
}

/// A failed check, with all that is needed to understand it elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What was asked, as written.
    pub asked: String,
    /// One sentence: why it does not hold.
    pub why: String,
    pub moment: Moment,
    pub line: Option<u32>,
    pub stop: String,
    /// Pairs of text and value, left then right of each failed comparison.
    pub sides: Vec<(String, String)>,
    /// The state of each object it asked about.
    pub objects: Vec<Why>,
}

/// A check that was made without a command of its own at that moment: an inline one, or one `at exit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub text: String,
    /// The program's line of an inline check.
    pub line: Option<u32>,
    pub outcome: Outcome,
}
