//! Running a program with nobody stepping it: plainly, under the audit, with the replay check, or traced.
//!
//! Knows no session. Invariant: the program's own output and status are those of a plain run, whatever is checked beside it.
//! Start at [`run`].

use std::any::Any;
use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, IsTerminal, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::heap::audit::{AuditError, Ledger};
use crate::vm::output::Stream;
use crate::vm::real_clock::RealClock;
use crate::vm::{Event, Exit, Flow, Machine, Observer};

use super::drive::error_of;
use super::error::{Error, ErrorKind};
use super::hunt::Budget;
use super::lines::LineTracker;
use super::program::Program;
use super::queries::owners;
use super::session::Options;
use super::start;
use super::trace::{TraceEvent, Tracer};

/// What is checked beside the run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checks {
    pub audit: bool,
    pub replay: bool,
}

/// Flags that end a run from outside; they are set by signals and by the clock.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    pub interrupted: Arc<AtomicBool>,
    pub timed_out: Arc<AtomicBool>,
}

impl Outside {
    /// Sets the flag after a time, from a thread that the end of the process ends.
    fn start_clock(&self, timeout: Option<Duration>) {
        let Some(timeout) = timeout else { return };
        let (timed_out, cancel) = (self.timed_out.clone(), self.interrupted.clone());
        std::thread::spawn(move || {
            std::thread::sleep(timeout);
            timed_out.store(true, Ordering::Relaxed);
            cancel.store(true, Ordering::Relaxed);
        });
    }

    fn explain(&self, exit: Exit) -> Error {
        match exit {
            Exit::Cancelled if self.timed_out.load(Ordering::Relaxed) => {
                Error::new(ErrorKind::Budget, "the time is up (--timeout)")
            }
            Exit::Cancelled => Error::new(ErrorKind::Interrupted, "KeyboardInterrupt"),
            other => error_of(other),
        }
    }
}

/// Runs a program to its end and gives its status.
///
/// A program that reads its input is run again from its start with each piece of input that it asked for: the machine is
/// deterministic, so it comes to the same place, and what it has printed is not printed twice.
pub fn run(
    program: &Program,
    options: &Options,
    checks: Checks,
    outside: &Outside,
) -> Result<i32, Error> {
    let mut start = start::machine(program, options)?;
    start.real_clock = Some(RealClock::default());
    outside.start_clock(options.timeout);
    let mut input: Option<Input> = None;
    let mut printed = 0;
    loop {
        let mut machine = start.clone();
        if let Some(input) = &input {
            machine.flush_caches();
            input.give_to(&mut machine);
        }
        machine.output.buffered = !std::io::stdout().is_terminal();
        machine.output.go_live(printed);
        machine.cancel = outside.interrupted.clone();
        let log = Rc::new(RefCell::new(Log::default()));
        let exit = run_checked(&mut machine, options, checks, &log);
        if exit.is_err() {
            machine.flush_standard_raw();
        }
        match exit? {
            Exit::Finished { status } => {
                if checks.replay {
                    let mut again = start;
                    again.output.buffered = machine.output.buffered;
                    if let Some(input) = &input {
                        input.give_to(&mut again);
                    }
                    check_replay(again, &log.borrow(), &machine)?;
                }
                return Ok(status);
            }
            Exit::NeedInput => {
                printed = machine.output.len();
                input.get_or_insert_default().read_more()?;
            }
            other => {
                // What was printed before it broke off is to be seen.
                machine.flush_standard_raw();
                return Err(outside.explain(other));
            }
        }
    }
}

/// What a program that reads has been given so far.
#[derive(Default)]
struct Input {
    bytes: Vec<u8>,
    /// There may be more.
    open: bool,
}

impl Input {
    fn give_to(&self, machine: &mut Machine) {
        let mut options = (*machine.options).clone();
        options.stdin = Some(self.bytes.clone());
        options.stdin_open = self.open;
        machine.options = Rc::new(options);
    }

    /// A line of a terminal, or all of anything else.
    fn read_more(&mut self) -> Result<(), Error> {
        let stdin = std::io::stdin();
        let terminal = stdin.is_terminal();
        let read = match terminal {
            true => stdin.lock().read_until(b'\n', &mut self.bytes),
            false => stdin.lock().read_to_end(&mut self.bytes),
        };
        match read {
            Ok(bytes) => {
                self.open = terminal && bytes > 0;
                Ok(())
            }
            Err(error) => Err(Error::usage(format!(
                "standard input cannot be read: {error}"
            ))),
        }
    }
}

/// With an observer only where one is needed: without it the machine is several times as fast.
fn run_checked(
    machine: &mut Machine,
    options: &Options,
    checks: Checks,
    log: &Rc<RefCell<Log>>,
) -> Result<Exit, Error> {
    if !checks.audit && !checks.replay && options.max_steps.is_none() {
        return Ok(machine.run(u64::MAX));
    }
    let observer = Checker {
        ledger: checks.audit.then(Ledger::default),
        log: checks.replay.then(|| log.clone()),
        budget: Budget {
            max_steps: options.max_steps,
            ..Budget::default()
        },
        problem: None,
    };
    let (exit, observer) = machine.run_observed(Box::new(observer), u64::MAX);
    let observer = observer.expect("the machine gives the observer back");
    let checker: Box<Checker> = observer
        .into_any()
        .downcast()
        .expect("it is the one it was given");
    if let Some(problem) = checker.problem {
        return Err(problem);
    }
    if let Some(mut ledger) = checker.ledger
        && matches!(exit, Exit::Finished { .. })
    {
        // What the last instruction did, and exit after it.
        let end = ledger.check(&machine.heap, machine);
        end.and_then(|()| ledger.compare(&machine.heap, machine))
            .map_err(|error| audit_failed(machine, error))?;
    }
    Ok(exit)
}

/// What a program did, for whoever compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a program to its end, without input, and keeps what it writes. A source that is no Python ends as python3.10 ends on it.
pub fn capture(program: &Program, options: &Options, outside: &Outside) -> Result<Ran, Error> {
    let mut machine = match start::machine(program, options) {
        Ok(machine) => machine,
        Err(error) if error.kind == ErrorKind::Program => {
            return Ok(Ran {
                status: 1,
                stdout: String::new(),
                stderr: error.message + "\n",
            });
        }
        Err(error) => return Err(error),
    };
    Input::default().give_to(&mut machine);
    machine.cancel = outside.interrupted.clone();
    outside.start_clock(options.timeout);
    let log = Rc::default();
    match run_checked(&mut machine, options, Checks::default(), &log)? {
        Exit::Finished { status } => Ok(Ran {
            status,
            stdout: machine.output.text(Stream::Stdout),
            stderr: machine.output.text(Stream::Stderr),
        }),
        other => Err(outside.explain(other)),
    }
}

/// Runs a program and hands out a row before each of its lines, and its finalisers as they begin.
pub fn trace(
    program: &Program,
    options: &Options,
    outside: &Outside,
    sink: Box<dyn FnMut(TraceEvent)>,
) -> Result<i32, Error> {
    let mut machine = start::machine(program, options)?;
    // Nobody reads along: texts wait in the stream, as in a file, and the list of them counts.
    machine.output.buffered = true;
    let given = Input {
        bytes: options.stdin.clone().unwrap_or_default(),
        open: false,
    };
    given.give_to(&mut machine);
    machine.cancel = outside.interrupted.clone();
    outside.start_clock(options.timeout);
    let tracer = Tracer {
        script: program.filename.as_str().into(),
        lines: LineTracker::new(),
        sink,
    };
    let limit = options.max_steps.unwrap_or(u64::MAX);
    let (exit, _) = machine.run_observed(Box::new(tracer), limit);
    match exit {
        Exit::Finished { status } => Ok(status),
        other => Err(outside.explain(other)),
    }
}

/// What a run was like: a running hash of everything that happened, noted every so often so that a difference has a place.
#[derive(Debug, Default, PartialEq, Eq)]
struct Log {
    hash: u64,
    /// Hash after every `NOTE_STEPS` instructions.
    notes: Vec<u64>,
    events: u64,
}

const NOTE_STEPS: u64 = 1024;

impl Log {
    fn add(&mut self, what: impl Hash) {
        let mut hasher = DefaultHasher::new();
        (self.hash, what).hash(&mut hasher);
        self.hash = hasher.finish();
    }

    fn instruction(&mut self, vm: &Machine) {
        let top = vm
            .frames
            .last()
            .map_or((0, 0), |frame| (frame.base, frame.sp));
        let live = vm.heap.live_but_numbers();
        self.add((vm.steps(), vm.pc, vm.frames.len(), top, live));
        if vm.steps().is_multiple_of(NOTE_STEPS) {
            self.notes.push(self.hash);
        }
    }

    fn event(&mut self, vm: &Machine, event: &Event) {
        self.events += 1;
        let (kind, o) = match event {
            Event::Birth(o) => (0, o.0),
            Event::Death(o) => (1, o.0),
            Event::Finalize(o) => (2, o.0),
            Event::Resurrect(o) => (3, o.0),
            Event::WeakrefClear { reference, .. } => (4, reference.0),
            Event::GcStart { generation } => (5, u32::from(*generation)),
            Event::GcPhase(phase) => (6, *phase as u32),
            Event::GcEnd { collected, .. } => (7, *collected as u32),
            Event::Raise => (8, 0),
        };
        let count = match event {
            Event::Birth(_) | Event::Death(_) | Event::Finalize(_) | Event::Resurrect(_) => {
                vm.heap.rc(crate::heap::Obj(o))
            }
            _ => 0,
        };
        self.add((kind, o, count));
    }
}

/// The audit and the log, at every instruction.
struct Checker {
    ledger: Option<Ledger>,
    log: Option<Rc<RefCell<Log>>>,
    budget: Budget,
    problem: Option<Error>,
}

impl Observer for Checker {
    fn instruction(&mut self, vm: &Machine) -> Flow {
        if let Some(log) = &self.log {
            log.borrow_mut().instruction(vm);
        }
        if let Some(ledger) = &mut self.ledger
            && let Err(error) = ledger.check(&vm.heap, vm)
        {
            self.problem = Some(audit_failed(vm, error));
            return Flow::Stop;
        }
        match self.budget.exceeded(vm) {
            Some(error) => {
                self.problem = Some(error);
                Flow::Stop
            }
            None => Flow::Go,
        }
    }

    fn event(&mut self, vm: &Machine, event: &Event) -> Flow {
        if let Some(log) = &self.log {
            log.borrow_mut().event(vm, event);
        }
        Flow::Go
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// Owners named in a message; the whole of it should fit on a screen.
const OWNERS_SHOWN: usize = 12;

/// The object whose count is not the number of its owners, with both.
fn audit_failed(vm: &Machine, error: AuditError) -> Error {
    let (file, line) = vm.current_place();
    let place = format!("{file}, line {line}, instruction {}", vm.steps());
    if let Some(ledger) = error.ledger {
        return Error::new(
            ErrorKind::Internal,
            format!(
                "audit: {} has {} owners, but the books say {ledger}: a change was not marked ({place})",
                owners::display(vm, error.object),
                error.references
            ),
        );
    }
    if !vm.heap.is_live(error.object) {
        return Error::new(
            ErrorKind::Internal,
            format!(
                "audit: an object that has been freed still has {} owners ({place})",
                error.references
            ),
        );
    }
    let mut owners = owners::of(vm, error.object);
    let all = owners.len();
    owners.truncate(OWNERS_SHOWN);
    let more = match all.saturating_sub(OWNERS_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let owners = owners.join(", ") + &more;
    Error::new(
        ErrorKind::Internal,
        format!(
            "audit: {} has count {}, but {} owners: {owners} ({place})",
            owners::display(vm, error.object),
            error.refcount,
            error.references,
        ),
    )
}

/// Back to instruction 0 and forward again: the same events, the same end.
fn check_replay(mut machine: Machine, first: &Log, end: &Machine) -> Result<(), Error> {
    let differs = |what: String| {
        Err(Error::new(
            ErrorKind::Internal,
            format!("the replay differs: {what}"),
        ))
    };
    machine.flush_caches();
    let log = Rc::new(RefCell::new(Log::default()));
    let checker = Checker {
        ledger: None,
        log: Some(log.clone()),
        budget: Budget::default(),
        problem: None,
    };
    let (exit, _) = machine.run_observed(Box::new(checker), u64::MAX);
    if !matches!(exit, Exit::Finished { .. }) {
        return differs(format!("it ends with {exit:?}"));
    }
    let log = log.borrow();
    if let Some(note) = log.notes.iter().zip(&first.notes).position(|(a, b)| a != b) {
        let step = note as u64 * NOTE_STEPS;
        return differs(format!(
            "between steps {} and {step}",
            step.saturating_sub(NOTE_STEPS)
        ));
    }
    if *log != *first {
        return differs(format!(
            "{} events instead of {}, in the last {NOTE_STEPS} steps",
            log.events, first.events
        ));
    }
    match same_state(&machine, end) {
        None => Ok(()),
        Some(what) => differs(what),
    }
}

fn same_state(a: &Machine, b: &Machine) -> Option<String> {
    if (a.steps(), a.exit_status) != (b.steps(), b.exit_status) {
        return Some(format!(
            "steps {} and {}, status {} and {}",
            a.steps(),
            b.steps(),
            a.exit_status,
            b.exit_status
        ));
    }
    if a.output.len() != b.output.len() {
        return Some(format!(
            "{} and {} bytes of output",
            a.output.len(),
            b.output.len()
        ));
    }
    let state = |vm: &Machine| -> Vec<(u32, u32, u32)> {
        let row = |o: crate::heap::Obj| (o.0, vm.heap.rc(o), vm.heap.births.of(o).serial);
        vm.heap.objects().map(row).collect()
    };
    let (a, b) = (state(a), state(b));
    match a.iter().zip(&b).find(|(a, b)| a != b) {
        Some((a, b)) => Some(format!("slot {}: count {} and {}", a.0, a.1, b.1)),
        None if a.len() != b.len() => Some(format!("{} and {} objects are left", a.len(), b.len())),
        None => None,
    }
}
