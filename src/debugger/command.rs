//! What a session can be told to do: the durable form of every line of the command language.
//!
//! Knows no machine and no text form: `verbs.rs` has the table from which parser and help come. Invariant: a
//! `Command` holds names and expressions, never objects, so that it means the same in every run and at every moment.
//! Start at [`Command`].

use std::fmt;

use super::predicate::Predicate;
use super::stop::Moment;

/// An object by the name it keeps for ever, as the second `Node` of a run: `Node.2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectName {
    pub class: String,
    /// From 1, in the order of birth among the objects of this class.
    pub ordinal: u64,
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.class, self.ordinal)
    }
}

impl ObjectName {
    /// `Node.1`; none for anything else, in particular for Python expressions (`x.1` is no Python).
    pub fn parse(text: &str) -> Option<ObjectName> {
        let (class, ordinal) = text.rsplit_once('.')?;
        if !is_identifier(class) || !ordinal.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(ObjectName {
            class: class.to_owned(),
            ordinal: ordinal.parse().ok().filter(|n| *n > 0)?,
        })
    }
}

/// True for a plain Python name.
pub fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The three ways to say which object is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectRef {
    /// `Node.2`
    Name(ObjectName),
    /// `@n1`, without the `@`.
    Label(String),
    /// A Python expression, evaluated in the stopped frame on a fork.
    Expr(String),
}

impl ObjectRef {
    pub fn parse(text: &str) -> ObjectRef {
        let text = text.trim();
        match text.strip_prefix('@') {
            Some(label) if is_identifier(label) => ObjectRef::Label(label.to_owned()),
            _ => match ObjectName::parse(text) {
                Some(name) => ObjectRef::Name(name),
                None => ObjectRef::Expr(text.to_owned()),
            },
        }
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ObjectRef::Name(name) => name.fmt(f),
            ObjectRef::Label(label) => write!(f, "@{label}"),
            ObjectRef::Expr(text) => f.write_str(text),
        }
    }
}

/// What a breakpoint on a lifetime watches: everything, a class, or one object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    Any,
    /// A bare name. It means a class, unless it is bound to something else when the breakpoint is set.
    Name(String),
    Object(ObjectRef),
}

impl What {
    pub fn parse(text: &str) -> What {
        match text.trim() {
            "*" => What::Any,
            name if is_identifier(name) => What::Name(name.to_owned()),
            other => What::Object(ObjectRef::parse(other)),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Any => f.write_str("*"),
            What::Name(name) => f.write_str(name),
            What::Object(object) => object.fmt(f),
        }
    }
}

/// Which moments of a collection a breakpoint takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GcMoment {
    Start,
    Phase,
    End,
}

/// Where a breakpoint stops. `stops.rs` says what each means in the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreakSpec {
    Line {
        /// None: the script itself.
        file: Option<String>,
        line: u32,
        condition: Option<String>,
    },
    Del(What),
    Death(What),
    Birth(What),
    Resurrect(What),
    Weakref(What),
    Isolate(What),
    Refcount {
        object: ObjectRef,
        count: Option<u64>,
    },
    /// None: the start of a collection and its end.
    Gc(Option<GcMoment>),
    Raise(Option<String>),
}

impl fmt::Display for BreakSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BreakSpec::Line {
                file,
                line,
                condition,
            } => {
                f.write_str("line ")?;
                if let Some(file) = file {
                    write!(f, "{file}:")?;
                }
                write!(f, "{line}")?;
                match condition {
                    Some(condition) => write!(f, " if {condition}"),
                    None => Ok(()),
                }
            }
            BreakSpec::Del(what) => write!(f, "del {what}"),
            BreakSpec::Death(what) => write!(f, "death {what}"),
            BreakSpec::Birth(what) => write!(f, "birth {what}"),
            BreakSpec::Resurrect(what) => write!(f, "resurrect {what}"),
            BreakSpec::Weakref(what) => write!(f, "weakref {what}"),
            BreakSpec::Isolate(what) => write!(f, "isolate {what}"),
            BreakSpec::Refcount { object, count } => match count {
                Some(count) => write!(f, "refcount {object} == {count}"),
                None => write!(f, "refcount {object}"),
            },
            BreakSpec::Gc(None) => f.write_str("gc"),
            BreakSpec::Gc(Some(GcMoment::Start)) => f.write_str("gc start"),
            BreakSpec::Gc(Some(GcMoment::Phase)) => f.write_str("gc phase"),
            BreakSpec::Gc(Some(GcMoment::End)) => f.write_str("gc end"),
            BreakSpec::Raise(None) => f.write_str("raise"),
            BreakSpec::Raise(Some(class)) => write!(f, "raise {class}"),
        }
    }
}

/// The units of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// The next line of this frame or of its caller: over calls.
    Line,
    Instr,
    /// One instruction, over calls.
    Over,
    /// The next line of any frame.
    Into,
    /// The end of this frame.
    Out,
    /// A birth, a change of a count, or a death of an object the script made.
    Event,
    /// A phase of the collector.
    Phase,
    /// A finaliser about to run, or a death of an object the script made.
    Death,
}

/// Which frame is looked at; a motion goes back to the innermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameChoice {
    /// Towards the caller.
    Up,
    Down,
    /// 0 is the innermost.
    Depth(usize),
}

/// A moment by what happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    Start,
    End,
    /// The `arrival`th time (from 1) that line `line` of the script is about to run.
    Line {
        line: u32,
        arrival: u32,
    },
    /// Before instruction number `n`, from 0.
    Instr(u64),
    /// At an event inside an instruction, as titles show it: `instr 52+3`.
    Inside(Moment),
    Del(ObjectRef),
    Death(ObjectRef),
    /// The start of the `n`th collection, from 1.
    Gc(u64),
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Start => f.write_str("start"),
            When::End => f.write_str("end"),
            When::Line { line, arrival: 1 } => write!(f, "line {line}"),
            When::Line { line, arrival } => write!(f, "line {line}#{arrival}"),
            When::Instr(n) => write!(f, "instr {n}"),
            When::Inside(moment) => write!(f, "instr {}+{}", moment.step, moment.event),
            When::Del(object) => write!(f, "del {object}"),
            When::Death(object) => write!(f, "death {object}"),
            When::Gc(n) => write!(f, "gc {n}"),
        }
    }
}

/// What `whatif` tries on a fork.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhatIf {
    /// `del NAME`, or any other statement.
    Statement(String),
    /// `cut X.attr`: one edge, as if the attribute (item, name) were not there.
    Cut(String),
}

/// What `gc …` sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GcSetting {
    On,
    Off,
    Collect,
    Thresholds(u32, u32, u32),
    /// A full collection at every `n`th allocation; 0 for none.
    Stress(u32),
}

/// What `snapshot` compares with a golden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotKind {
    Graph,
    Namespace,
    Refcounts,
}

/// Why something was freed, as `expect stop del X because …` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    Refcount,
    Gc,
    Exit,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Because::Refcount => "refcount",
            Because::Gc => "gc",
            Because::Exit => "exit",
        })
    }
}

/// What `expect stop` says of the stop just reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedStop {
    pub kind: ExpectedKind,
    pub because: Option<Because>,
}

/// The stop's kind, with its object or number where it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedKind {
    Line(Option<u32>),
    Del(Option<What>),
    Death(Option<What>),
    Birth(Option<What>),
    Resurrect(Option<What>),
    Weakref(Option<What>),
    Isolate(Option<What>),
    Refcount(Option<ObjectRef>),
    Gc(Option<GcMoment>),
    Raise(Option<String>),
    Start,
    End,
    /// A step that ended without a breakpoint.
    Step,
}

/// The panes that a command can print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    Namespace,
    Refcounts,
    Graph {
        focus: Option<ObjectRef>,
        depth: Option<u32>,
    },
    Gc,
    Events(usize),
    Where,
}

/// One line of a `.lt` file, one `-e`, one `:` prompt, one key.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Break(BreakSpec),
    Breakpoints,
    Delete(u32),
    Disable(u32),
    Enable(u32),
    /// From here to the next stop; as `continue`, but says so when the program has ended already.
    Run,
    Continue {
        backward: bool,
    },
    Step {
        unit: Unit,
        count: u32,
        backward: bool,
    },
    Goto(When),
    /// On to the next time a line of the script is about to run.
    Until(u32),
    /// Which frame the panes show.
    Frame(FrameChoice),
    /// Back to the last change of the object's count.
    Last(ObjectRef),
    Owners(ObjectRef),
    Why(ObjectRef),
    History(ObjectRef),
    WhatIf(WhatIf),
    Show(View),
    Print(String),
    Exec(String),
    Gc(GcSetting),
    Label {
        name: String,
        object: ObjectRef,
    },
    Snapshot {
        kind: SnapshotKind,
        name: String,
    },
    AllowSurvivors {
        class: String,
        reason: String,
    },
    ExpectStop(ExpectedStop),
    /// `[..]` matches anything within a line.
    ExpectOutput(String),
    Assert {
        predicate: Predicate,
        at_exit: bool,
    },
    /// The object that panes light up; none takes the light away.
    Select(Option<ObjectRef>),
    /// All verbs, or one.
    Help(Option<String>),
}

impl Command {
    /// True when the command moves in time, so that a stop follows.
    pub fn is_motion(&self) -> bool {
        matches!(
            self,
            Command::Run
                | Command::Continue { .. }
                | Command::Step { .. }
                | Command::Goto(_)
                | Command::Until(_)
                | Command::Last(_)
        )
    }
}
