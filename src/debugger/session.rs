//! A session: one program, one timeline, one place in it, and the one door through which all front ends go.
//!
//! Knows no terminal and no JSON. Invariant: `run` always returns, and after it `stop`, `moment` and `machine` describe
//! the same place. Start at [`Session::run`]; what the arms call is in `session/`.

mod answers;
pub mod around;
mod checks;
mod inline;
mod motions;
mod settings;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::time::{Duration, Instant};

use crate::vm::Machine;
use crate::vm::output::Stream;

use super::breaks::Breakpoint;
use super::command::{Command, ObjectName};
use super::drive::Drive;
use super::error::Error;
use super::hunt::Budget;
use super::lines::LineTracker;
use super::outcome::{BreakpointRow, Check, Outcome};
use super::predicate::Predicate;
use super::program::Program;
use super::queries::ledger::Ledger;
use super::start;
use super::stop::{Moment, Stop, StopKind};
use super::timeline::Timeline;

/// Limits, and what the program is given from outside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Instructions; the message names `--max-steps`.
    pub max_steps: Option<u64>,
    /// Bytes of the machine's heap.
    pub max_memory_bytes: Option<u64>,
    /// For each motion, so that a session at a prompt does not run out of time.
    pub timeout: Option<Duration>,
    /// What the program reads; none: `input()` stops the session and waits for `Session::answer_input`.
    pub stdin: Option<Vec<u8>>,
    /// Folders that the program may read from, and write to.
    pub allow_read: Vec<PathBuf>,
    pub allow_write: Vec<PathBuf>,
    /// Names of environment variables that it sees.
    pub env: Vec<String>,
    /// Folders that `import` searches besides the script's own.
    pub path: Vec<PathBuf>,
    /// A CPython `Lib` whose pure Python modules are taken instead of ours.
    pub stdlib: Option<PathBuf>,
}

/// How the program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub status: i32,
    /// The last line of the traceback, if an exception ended it.
    pub uncaught: Option<String>,
}

/// The place a session is at.
struct Here {
    machine: Rc<Machine>,
    lines: LineTracker,
    stop: Stop,
}

/// One program under the debugger.
pub struct Session {
    program: Program,
    options: Options,
    drive: Drive,
    here: Here,
    /// The machine at the stop before this one, for what has changed since.
    previous: Option<Rc<Machine>>,
    /// Bytes of output at the stop before this one, if time went forward.
    output_mark: usize,
    breakpoints: Vec<Breakpoint>,
    next_breakpoint: u32,
    labels: BTreeMap<String, ObjectName>,
    selected: Option<ObjectName>,
    /// Assertions that wait for the end, and what came of them.
    deferred: Vec<Predicate>,
    checks: Vec<Check>,
    /// Classes whose objects may outlive the program, and whether any did.
    allowed: BTreeMap<String, bool>,
    /// The order of what has happened, up to some moment.
    ledger: Option<Rc<Ledger>>,
    cancel: Arc<AtomicBool>,
    /// How far out from the innermost frame the panes look.
    frame_depth: usize,
    /// For the pane of events.
    lately: Vec<around::Happened>,
}

impl Session {
    /// Stopped before the first instruction.
    pub fn open(program: Program, options: Options) -> Result<Session, Error> {
        let machine = Rc::new(start::machine(&program, &options)?);
        let script: Rc<str> = program.filename.as_str().into();
        let cancel = Arc::new(AtomicBool::new(false));
        let (line, function) = super::look::place(&machine, &script);
        let stop = Stop {
            kind: StopKind::Start,
            moment: Moment::default(),
            line,
            function,
            breakpoints: Vec::new(),
        };
        let budget = Budget {
            max_steps: options.max_steps,
            max_memory_bytes: options.max_memory_bytes,
            deadline: None,
            cancel: Some(cancel.clone()),
            ..Budget::default()
        };
        Ok(Session {
            program,
            options,
            drive: Drive {
                timeline: Timeline::new(machine.clone()),
                budget,
                script,
                input: None,
            },
            here: Here {
                machine,
                lines: LineTracker::new(),
                stop,
            },
            previous: None,
            output_mark: 0,
            breakpoints: Vec::new(),
            next_breakpoint: 1,
            labels: BTreeMap::new(),
            selected: None,
            deferred: Vec::new(),
            checks: Vec::new(),
            allowed: BTreeMap::new(),
            ledger: None,
            cancel,
            frame_depth: 0,
            lately: Vec::new(),
        })
    }

    /// The only door.
    pub fn run(&mut self, command: Command) -> Outcome {
        self.drive.budget.deadline = self.options.timeout.map(|timeout| Instant::now() + timeout);
        match self.dispatch(command) {
            Ok(outcome) => outcome,
            Err(error) => Outcome::Error(error),
        }
    }

    fn dispatch(&mut self, command: Command) -> Result<Outcome, Error> {
        match command {
            Command::Break(spec) => self.set_breakpoint(spec),
            Command::Breakpoints => Ok(self.list_breakpoints()),
            Command::Delete(number) => self.delete_breakpoint(number),
            Command::Disable(number) => self.enable_breakpoint(number, false),
            Command::Enable(number) => self.enable_breakpoint(number, true),
            Command::Run => self.go_on(false),
            Command::Continue { backward } => self.go_on(backward),
            Command::Step {
                unit,
                count,
                backward,
            } => self.step(unit, count, backward),
            Command::Goto(when) => self.goto(&when),
            Command::Until(line) => self.until(line),
            Command::Frame(choice) => self.choose_frame(choice),
            Command::Last(object) => self.last_change(&object),
            Command::Owners(object) => self.owners(&object),
            Command::Why(object) => self.why(&object),
            Command::History(object) => self.history(&object),
            Command::WhatIf(tried) => self.what_if(&tried),
            Command::Show(view) => {
                let view = self.named_view(view)?;
                Ok(self.show(view))
            }
            Command::Print(text) => self.print(&text),
            Command::Exec(text) => self.exec(&text),
            Command::Gc(setting) => self.set_gc(&setting),
            Command::Label { name, object } => self.label(name, &object),
            Command::Snapshot { kind, name } => Ok(Outcome::Snapshot { kind, name }),
            Command::AllowSurvivors { class, reason } => Ok(self.allow(class, &reason)),
            Command::ExpectStop(expected) => self.expect_stop(&expected),
            Command::ExpectOutput(text) => Ok(self.expect_output(&text)),
            Command::Assert { predicate, at_exit } => Ok(self.assert(predicate, at_exit)),
            Command::Select(object) => self.select(object),
            Command::Help(verb) => Ok(help(verb.as_deref())),
        }
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The machine at the moment shown; perhaps in the middle of something.
    pub fn machine(&self) -> &Machine {
        &self.here.machine
    }

    /// The machine at the stop before this one.
    pub fn previous(&self) -> Option<&Machine> {
        self.previous.as_deref()
    }

    /// Where the last motion ended.
    pub fn stop(&self) -> &Stop {
        &self.here.stop
    }

    pub fn moment(&self) -> Moment {
        self.here.stop.moment
    }

    pub fn selected(&self) -> Option<&ObjectName> {
        self.selected.as_ref()
    }

    pub fn labels(&self) -> &BTreeMap<String, ObjectName> {
        &self.labels
    }

    pub fn breakpoints(&self) -> Vec<BreakpointRow> {
        self.breakpoints.iter().map(Breakpoint::row).collect()
    }

    /// The breakpoints as they are armed, for a margin beside the source.
    pub fn armed(&self) -> &[Breakpoint] {
        &self.breakpoints
    }

    /// The script's file name, as frames have it.
    pub fn script(&self) -> &str {
        &self.drive.script
    }

    /// A line of the script, from 1.
    pub fn source_line(&self, line: u32) -> Option<String> {
        let text = self.program.text();
        text.lines()
            .nth(line.checked_sub(1)? as usize)
            .map(str::to_owned)
    }

    /// Everything printed up to this moment.
    pub fn stdout(&self) -> String {
        self.here.machine.output.text(Stream::Stdout)
    }

    pub fn stderr(&self) -> String {
        self.here.machine.output.text(Stream::Stderr)
    }

    /// What was written, to either stream, since the stop before this one; nothing after a motion back.
    pub fn output_since_stop(&self) -> String {
        let parts = self.here.machine.output.since(self.output_mark);
        parts.into_iter().map(|(_, text)| text).collect()
    }

    /// Gives the program a line that `input()` waits for; it goes on from there by the next motion.
    pub fn answer_input(&mut self, line: &str) {
        self.drive
            .input
            .get_or_insert_default()
            .extend(line.bytes().chain([b'\n']));
    }

    /// A flag that ends the motion under way when it is set: for Ctrl-C.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        self.cancel.clone()
    }

    /// The instruction that the motion under way has reached, now and then: for whoever waits.
    pub fn progress(&self) -> Arc<AtomicU64> {
        self.drive.budget.progress.clone()
    }

    /// How the program ended, at its end.
    pub fn ended(&self) -> Option<Ended> {
        let StopKind::End { status } = self.here.stop.kind else {
            return None;
        };
        let stderr = self.stderr();
        let traceback = stderr.contains("Traceback (most recent call last)") && status == 1;
        let last = stderr.lines().last().filter(|_| traceback);
        Some(Ended {
            status,
            uncaught: last.map(str::to_owned),
        })
    }
}

fn help(verb: Option<&str>) -> Outcome {
    Outcome::Answer(super::outcome::Answer::Help(super::verbs::help_text(verb)))
}
