//! Watching a run for a moment: what a hunt is, and the observer that carries one through a replay.
//!
//! A hunt is asked at every point, in order, whether something it looks for happens there. The [`Watcher`] decides which of its
//! answers count: the first behind a moment (going forward), or the last few before one (going backward). So stepping, breakpoints,
//! `goto`, `reverse` and the queries about the past are all the same replay with another hunt.
//!
//! Knows no session. Invariant: a hunt sees every point from the place the machine starts at, also those that do
//! not count, so that it may keep state. Start at [`Hunt`].

use std::any::Any;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use crate::vm::{Event, Flow, Machine, Observer};

use super::error::{Error, ErrorKind};
use super::lines::LineTracker;
use super::look;
use super::stop::{Moment, StopKind};

/// Where a hunt is asked.
#[derive(Clone, Copy, Debug)]
pub enum Point<'a> {
    /// Before an instruction; with the line's number where that is a line event.
    Before(Option<u32>),
    Inside(&'a Event),
}

/// What a hunt found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub kind: StopKind,
    /// Breakpoints that asked for it.
    pub breakpoints: Vec<u32>,
}

impl Hit {
    pub fn plain(kind: StopKind) -> Hit {
        Hit {
            kind,
            breakpoints: Vec::new(),
        }
    }
}

/// Something to look for.
pub trait Hunt {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit>;
}

/// What a hunt may want to know besides the machine.
#[derive(Clone, Debug)]
pub struct Context {
    pub moment: Moment,
    /// The script's file name, as its code objects have it.
    pub script: Rc<str>,
    /// Frames that were open when the collection now under way began.
    pub collection_depth: Option<usize>,
    /// The point lies in the range that counts.
    pub counts: bool,
}

/// A hit with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub moment: Moment,
    /// Of the innermost frame of the script.
    pub line: Option<u32>,
    pub hit: Hit,
}

/// A hunt that finds nothing: to run on, or up to a bound.
pub struct Nothing;

impl Hunt for Nothing {
    fn look(&mut self, _: &Machine, _: Point, _: &Context) -> Option<Hit> {
        None
    }
}

/// Which hits count.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// The first of all; the run stops there.
    First,
    /// The first behind this moment; the run stops there.
    FirstAfter(Moment),
    /// The last `keep` before a moment, and behind another one if there is one; the run stops at the end.
    LastBefore {
        after: Option<Moment>,
        end: Moment,
        keep: usize,
    },
    /// Exactly this moment, whatever happens there: to come back to a place.
    Exactly(Moment),
}

/// When a run must end although nothing was found.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    pub max_steps: Option<u64>,
    pub max_memory_bytes: Option<u64>,
    pub deadline: Option<Instant>,
    /// Set by Ctrl-C.
    pub cancel: Option<Arc<AtomicBool>>,
    /// The instruction reached, now and then, for whoever waits.
    pub progress: Arc<AtomicU64>,
}

/// Instructions between two looks at the clock and at the heap's size.
const BUDGET_INTERVAL: u64 = 1024;

impl Budget {
    /// What is used up, if anything is.
    pub fn exceeded(&self, vm: &Machine) -> Option<Error> {
        let budget = |what: String| Some(Error::new(ErrorKind::Budget, what));
        if self.max_steps.is_some_and(|max| vm.steps() >= max) {
            return budget(format!(
                "the limit of {} instructions is reached (--max-steps)",
                vm.steps()
            ));
        }
        if !vm.steps().is_multiple_of(BUDGET_INTERVAL) {
            return None;
        }
        self.progress.store(vm.steps(), Ordering::Relaxed);
        if self
            .max_memory_bytes
            .is_some_and(|max| vm.heap.bytes() as u64 > max)
        {
            return budget("the script's heap has grown beyond --max-memory".into());
        }
        if self
            .deadline
            .is_some_and(|deadline| Instant::now() >= deadline)
        {
            return budget("the time is up (--timeout)".into());
        }
        if self
            .cancel
            .as_ref()
            .is_some_and(|cancel| cancel.swap(false, Ordering::Relaxed))
        {
            return Some(Error::new(ErrorKind::Budget, "interrupted"));
        }
        None
    }
}

/// A clone of the machine on the way, and what a replay from there needs besides.
#[derive(Clone)]
pub struct Waypoint {
    pub machine: Rc<Machine>,
    pub lines: LineTracker,
}

/// The observer.
pub struct Watcher {
    pub hunt: Box<dyn Hunt>,
    pub range: Range,
    pub lines: LineTracker,
    pub budget: Budget,
    pub context: Context,
    /// The last hits, oldest first.
    pub found: VecDeque<Found>,
    pub exceeded: Option<Error>,
    /// Places for the timeline to keep.
    pub waypoints: Vec<Waypoint>,
    /// Before this step no waypoint is taken; `u64::MAX` for never.
    pub next_waypoint: u64,
    /// A script's command that is to be run again when the replay comes by (`exec`): its step.
    pub splice: Option<u64>,
    /// The run stopped at `splice`.
    pub at_splice: bool,
}

impl Watcher {
    pub fn new(hunt: Box<dyn Hunt>, range: Range, lines: LineTracker, script: Rc<str>) -> Watcher {
        Watcher {
            hunt,
            range,
            lines,
            budget: Budget::default(),
            context: Context {
                moment: Moment::default(),
                script,
                collection_depth: None,
                counts: false,
            },
            found: VecDeque::new(),
            exceeded: None,
            waypoints: Vec::new(),
            next_waypoint: u64::MAX,
            splice: None,
            at_splice: false,
        }
    }

    /// Whether the run is over at this point, and whether the hunt's answer counts.
    fn arrive(&mut self, moment: Moment) -> (bool, bool) {
        self.context.moment = moment;
        let (over, counts) = match self.range {
            Range::First => (false, true),
            Range::FirstAfter(start) => (false, moment > start),
            Range::LastBefore { after, end, .. } => (
                moment >= end,
                moment < end && after.is_none_or(|after| moment > after),
            ),
            Range::Exactly(wanted) => (moment >= wanted, false),
        };
        self.context.counts = counts;
        (over, counts)
    }

    fn ask(&mut self, vm: &Machine, point: Point, counts: bool) -> Flow {
        let Some(hit) = self.hunt.look(vm, point, &self.context) else {
            return Flow::Go;
        };
        if !counts {
            return Flow::Go;
        }
        let found = Found {
            moment: self.context.moment,
            line: look::place(vm, &self.context.script).0,
            hit,
        };
        match self.range {
            Range::First | Range::FirstAfter(_) => {
                self.found.push_back(found);
                Flow::Stop
            }
            Range::LastBefore { keep, .. } => {
                if self.found.len() == keep {
                    self.found.pop_front();
                }
                self.found.push_back(found);
                Flow::Go
            }
            Range::Exactly(_) => Flow::Go,
        }
    }

    fn take_waypoint(&mut self, vm: &Machine) {
        self.waypoints.push(Waypoint {
            machine: Rc::new(vm.clone()),
            lines: self.lines.clone(),
        });
        self.next_waypoint = vm.steps() + waypoint_interval(vm);
    }
}

/// So many instructions cost ten times what a clone costs: see DESIGN section 5 for the figures.
pub fn waypoint_interval(vm: &Machine) -> u64 {
    const MIN_INSTRUCTIONS: u64 = 20_000;
    const INSTRUCTIONS_PER_SLOT: u64 = 10;
    MIN_INSTRUCTIONS.max(vm.heap.slot_count() as u64 * INSTRUCTIONS_PER_SLOT)
}

impl Observer for Watcher {
    fn instruction(&mut self, vm: &Machine) -> Flow {
        let moment = look::moment_before(vm);
        if self.splice == Some(vm.steps()) && !vm.nested() {
            self.at_splice = true;
            return Flow::Stop;
        }
        let line = self.lines.arrive(vm);
        let (over, counts) = self.arrive(moment);
        if over {
            return Flow::Stop;
        }
        if let Some(error) = self.budget.exceeded(vm) {
            self.exceeded = Some(error);
            return Flow::Stop;
        }
        if vm.steps() >= self.next_waypoint && !vm.nested() {
            self.take_waypoint(vm);
        }
        self.ask(vm, Point::Before(line), counts)
    }

    fn event(&mut self, vm: &Machine, event: &Event) -> Flow {
        if let Event::GcStart { .. } = event {
            self.context.collection_depth = Some(vm.frames.len());
        }
        let (over, counts) = self.arrive(look::moment_inside(vm));
        let flow = match over {
            true => Flow::Stop,
            false => self.ask(vm, Point::Inside(event), counts),
        };
        if let Event::GcEnd { .. } = event {
            self.context.collection_depth = None;
        }
        flow
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
