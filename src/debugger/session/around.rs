//! What has just happened and what happens next: for panes that are drawn at every stop.
//!
//! Both are short replays with a recorder, under a limit, so that a stop never costs more than it shows. Invariant: nothing here
//! moves the session; where the limit is reached, the answer says so instead of guessing. Start at [`Session::foresee`].

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::super::command::{FrameChoice, Unit, View};
use super::super::drive::Landing;
use super::super::error::Error;
use super::super::goals;
use super::super::hunt::{Context, Hit, Hunt, Point, Range};
use super::super::look;
use super::super::outcome::Outcome;
use super::super::stop::{Moment, StopKind};
use super::Session;
use crate::heap::Obj;
use crate::vm::{Event, Machine};

/// Instructions that a look ahead may take.
const AHEAD_AT_MOST: u64 = 50_000;
/// Instructions that a look back may take, and what lies before the nearest waypoint.
const BACK_AT_MOST: u64 = 10_000;
/// Where waypoints lie further apart, as they do when the heap is large, only what is behind the nearest one is looked at.
const REPLAY_AT_MOST: u64 = 100_000;

/// One event, told apart from the machine it happened in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub moment: Moment,
    pub line: Option<u32>,
    pub what: Happening,
    /// The program is over; the interpreter tidies up.
    pub at_exit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    Birth(String),
    Death(String),
    /// Its finaliser begins.
    Del(String),
    Resurrect(String),
    /// A weak reference to it is cleared.
    Weakref(String),
    GcStart {
        number: u64,
        generation: u8,
    },
    GcEnd {
        collected: u64,
    },
    Raise(String),
}

impl Happening {
    /// The object it is about.
    pub fn object(&self) -> Option<&String> {
        match self {
            Happening::Birth(name)
            | Happening::Death(name)
            | Happening::Del(name)
            | Happening::Resurrect(name)
            | Happening::Weakref(name) => Some(name),
            Happening::GcStart { .. } | Happening::GcEnd { .. } | Happening::Raise(_) => None,
        }
    }
}

/// Where a step would end.
#[derive(Clone)]
pub enum Ahead {
    /// Before the next line, or wherever the step ends.
    At(Rc<Machine>),
    /// The program ends.
    End { machine: Rc<Machine>, status: i32 },
    /// It waits for input first.
    Input,
    /// It does not end within the limit, or cannot go on.
    Unknown(String),
}

#[derive(Clone)]
pub struct Foresight {
    pub ahead: Ahead,
    pub events: Vec<Happened>,
}

/// Notes what happens while another hunt looks for its goal.
struct Recorder {
    goal: Option<Box<dyn Hunt>>,
    notes: Rc<RefCell<VecDeque<Happened>>>,
    /// Older notes than so many are dropped.
    keep: usize,
}

impl Hunt for Recorder {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        if let Point::Inside(event) = point
            && context.counts
            && let Some(what) = happening(vm, event)
        {
            let line = look::place(vm, &context.script).0;
            let mut notes = self.notes.borrow_mut();
            notes.push_back(Happened {
                moment: context.moment,
                line,
                what,
                at_exit: vm.finalizing,
            });
            if notes.len() > self.keep {
                notes.pop_front();
            }
        }
        self.goal
            .as_mut()
            .and_then(|goal| goal.look(vm, point, context))
    }
}

/// Instances, containers and exceptions; not the frames, cells and tuples that code makes by itself.
fn happening(vm: &Machine, event: &Event) -> Option<Happening> {
    let name = |o: &Obj| {
        look::name_of(vm, *o)
            .filter(|_| look::is_data(vm, *o))
            .map(|n| n.to_string())
    };
    Some(match event {
        Event::Birth(o) => Happening::Birth(name(o)?),
        Event::Death(o) => Happening::Death(name(o)?),
        Event::Finalize(o) => Happening::Del(name(o)?),
        Event::Resurrect(o) => Happening::Resurrect(name(o)?),
        Event::WeakrefClear { referent, .. } => Happening::Weakref(name(referent)?),
        Event::GcStart { generation } => {
            let number = vm.collection.map_or(0, |collection| collection.number);
            Happening::GcStart {
                number,
                generation: *generation,
            }
        }
        Event::GcEnd {
            collected,
            uncollectable,
        } => Happening::GcEnd {
            collected: (*collected + *uncollectable) as u64,
        },
        Event::Raise => {
            let class = look::short_class_name(vm, look::raised_class(vm).some()?);
            // What ends every loop and every generator is no news.
            Happening::Raise((class != "StopIteration").then(|| class.to_owned())?)
        }
        Event::GcPhase(_) => return None,
    })
}

impl Session {
    /// What one step from here would do. It is really done, on a fork, and nothing of it stays.
    pub fn foresee(&mut self, unit: Unit) -> Option<Foresight> {
        if matches!(self.stop().kind, StopKind::End { .. } | StopKind::Halted(_)) {
            return None;
        }
        let notes = Rc::new(RefCell::new(VecDeque::new()));
        let goal = Some(goals::goal(unit, self.depth()));
        let hunt = Recorder {
            goal,
            notes: notes.clone(),
            keep: usize::MAX,
        };
        let from = self.resume_point();
        let limit = self.machine().steps() + AHEAD_AT_MOST;
        let mut budget = self.drive.budget.clone();
        budget.max_steps = Some(budget.max_steps.map_or(limit, |max| max.min(limit)));
        // A key pressed meanwhile is meant for the next motion, not for this.
        budget.cancel = None;
        let kept = std::mem::replace(&mut self.drive.budget, budget);
        let chase = self
            .drive
            .chase(&from, Box::new(hunt), Range::FirstAfter(self.moment()));
        self.drive.budget = kept;
        let ahead = match chase.landing {
            Landing::At {
                exceeded: Some(_), ..
            } => Ahead::Unknown(format!("it takes more than {AHEAD_AT_MOST} instructions")),
            Landing::At { machine, .. } => Ahead::At(machine),
            Landing::End { machine, status } => Ahead::End { machine, status },
            Landing::NeedInput { .. } => Ahead::Input,
            Landing::Stuck { error, .. } => Ahead::Unknown(error.to_string()),
        };
        let events = notes.take().into();
        Some(Foresight { ahead, events })
    }

    /// Looks back for the pane of events, as far as a short replay goes.
    pub fn look_back(&mut self, count: usize) {
        self.lately = self.events_before_here(count, BACK_AT_MOST);
    }

    /// What `look_back` or the command `events` found last: oldest first.
    pub fn lately(&self) -> &[Happened] {
        &self.lately
    }

    /// The frame that the panes look at, as an index into the machine's; none when nothing runs.
    pub fn shown_frame(&self) -> Option<usize> {
        self.machine()
            .frames
            .len()
            .checked_sub(1 + self.frame_depth)
    }

    /// `frame up`, `frame down`, `frame N`.
    pub(super) fn choose_frame(&mut self, choice: FrameChoice) -> Result<Outcome, Error> {
        let frames = self.machine().frames.len();
        let wanted = match choice {
            FrameChoice::Up => Some(self.frame_depth + 1),
            FrameChoice::Down => self.frame_depth.checked_sub(1),
            FrameChoice::Depth(depth) => Some(depth),
        };
        match wanted.filter(|depth| *depth < frames) {
            Some(depth) => {
                self.frame_depth = depth;
                let name = self.machine().frames[frames - 1 - depth].name().to_owned();
                Ok(Outcome::Done(format!("frame {depth}: {name}")))
            }
            None if frames == 0 => Err(Error::usage("nothing runs here: there is no frame")),
            None => Err(Error::usage(format!(
                "there are {frames} frames, numbered from 0, the innermost"
            ))),
        }
    }

    /// A command that shows a pane; for `events`, the whole run is looked through.
    pub(super) fn show(&mut self, view: View) -> Outcome {
        if let View::Events(count) = view {
            self.lately = self.events_before_here(count, u64::MAX);
        }
        Outcome::Show(view)
    }

    /// The last `count` events before here, oldest first; those further back than so many instructions may be missing.
    fn events_before_here(&mut self, count: usize, back: u64) -> Vec<Happened> {
        let here = self.moment();
        let notes = Rc::new(RefCell::new(VecDeque::new()));
        let hunt = Recorder {
            goal: None,
            notes: notes.clone(),
            keep: count,
        };
        let mut number = self.drive.timeline.before(here.step.saturating_sub(back));
        let start = self.drive.timeline.get(number).machine.steps();
        if back != u64::MAX && here.step - start > REPLAY_AT_MOST {
            number = self.drive.timeline.before(here.step);
        }
        let from = self.drive.timeline.get(number).clone();
        let kept = self.drive.budget.cancel.take();
        // What happens at this very moment has happened.
        let end = Moment {
            event: here.event + 1,
            ..here
        };
        self.drive.chase(
            &from,
            Box::new(hunt),
            Range::LastBefore {
                after: None,
                end,
                keep: 0,
            },
        );
        self.drive.budget.cancel = kept;
        notes.take().into()
    }
}
