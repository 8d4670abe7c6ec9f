//! Where a motion ended, and why: plain facts that outlive the machine they were taken from.
//!
//! Knows no machine. Invariant: two runs give equal stops at equal moments. Start at [`Stop`].

use std::fmt;

use super::command::{Because, GcMoment, ObjectName};
use super::error::Error;

/// A point of the run: instructions begun so far, then what happened since the last one began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Moment {
    pub step: u64,
    /// 0 before an instruction; from 1 for the events inside the one that was begun last.
    pub event: u32,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event {
            0 => write!(f, "step {}", self.step),
            event => write!(f, "step {}, event {event}", self.step),
        }
    }
}

/// What brought an object's end about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its count reached zero while this line ran.
    Refcount {
        line: Option<u32>,
    },
    Gc {
        number: u64,
        generation: u8,
    },
    Exit,
}

impl Cause {
    pub fn because(&self) -> Because {
        match self {
            Cause::Refcount { .. } => Because::Refcount,
            Cause::Gc { .. } => Because::Gc,
            Cause::Exit => Because::Exit,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Refcount { line: Some(line) } => {
                write!(f, "its count reached zero at line {line}")
            }
            Cause::Refcount { line: None } => f.write_str("its count reached zero"),
            Cause::Gc { number, generation } => {
                write!(f, "collection {number}, of generation {generation}")
            }
            Cause::Exit => f.write_str("the interpreter's exit"),
        }
    }
}

/// What happened at the stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// Before the first instruction.
    Start,
    /// Everything has run, exit finalisers too.
    End {
        status: i32,
    },
    /// A line is about to run.
    Line,
    /// A step or `goto` ended before an instruction inside a line.
    Instr,
    /// A finaliser is about to run.
    Del {
        object: ObjectName,
        cause: Cause,
    },
    Death {
        object: ObjectName,
        cause: Cause,
    },
    Birth {
        object: ObjectName,
    },
    Resurrect {
        object: ObjectName,
    },
    /// A weak reference to `referent` is cleared, its callback about to run.
    Weakref {
        referent: ObjectName,
    },
    Isolate {
        objects: Vec<ObjectName>,
    },
    Refcount {
        object: ObjectName,
        before: u64,
        after: u64,
    },
    Gc {
        moment: GcMoment,
        phase: Option<&'static str>,
        number: u64,
        generation: u8,
        collected: Option<u64>,
    },
    Raise {
        class: String,
    },
    /// A motion stopped half way: the user asked, a limit was reached, or Python came up that is not supported here.
    Halted(Error),
    /// `input()` waits for a line.
    NeedInput {
        /// What it printed to ask.
        asked: String,
    },
}

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub kind: StopKind,
    pub moment: Moment,
    /// The line of the innermost frame of the script, and that frame's function.
    pub line: Option<u32>,
    pub function: Option<String>,
    /// The numbers of the breakpoints that asked for it; empty for a step's own end.
    pub breakpoints: Vec<u32>,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StopKind::Start => f.write_str("start"),
            StopKind::End { status } => write!(f, "end, with status {status}"),
            StopKind::Line => match self.line {
                Some(line) => write!(f, "line {line}"),
                None => f.write_str("line"),
            },
            StopKind::Instr => write!(f, "instr {}", self.moment.step),
            StopKind::Del { object, cause } => write!(f, "del {object}: {cause}"),
            StopKind::Death { object, cause } => write!(f, "death {object}: {cause}"),
            StopKind::Birth { object } => write!(f, "birth {object}"),
            StopKind::Resurrect { object } => write!(f, "resurrect {object}"),
            StopKind::Weakref { referent } => write!(f, "weakref {referent}"),
            StopKind::Isolate { objects } => {
                f.write_str("isolate")?;
                objects.iter().try_for_each(|object| write!(f, " {object}"))
            }
            StopKind::Refcount {
                object,
                before,
                after,
            } => write!(f, "refcount {object}: {before} to {after}"),
            StopKind::Gc {
                moment,
                phase,
                number,
                generation,
                collected,
            } => {
                match (moment, phase, collected) {
                    (GcMoment::Phase, Some(phase), _) => write!(f, "gc phase {phase}")?,
                    (GcMoment::End, _, Some(n)) => write!(f, "gc end, {n} collected")?,
                    (GcMoment::End, ..) => f.write_str("gc end")?,
                    _ => f.write_str("gc start")?,
                }
                write!(f, ": collection {number}, of generation {generation}")
            }
            StopKind::Raise { class } => write!(f, "raise {class}"),
            StopKind::Halted(error) => error.fmt(f),
            StopKind::NeedInput { .. } => f.write_str("input() waits for a line"),
        }
    }
}
