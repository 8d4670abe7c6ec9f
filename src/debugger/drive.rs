//! Running a machine under a hunt: from a waypoint, through the changes that the user made on the way, to where the hunt
//! ends it.
//!
//! Knows the timeline and the machine, no commands. Invariant: the waypoints it starts from are never changed; it runs a
//! clone. Start at [`Drive::chase`].

use std::collections::VecDeque;
use std::rc::Rc;

use crate::vm::output::Stream;
use crate::vm::{Exit, Machine};

use super::error::{Error, ErrorKind};
use super::hunt::{Budget, Found, Hunt, Nothing, Range, Watcher, Waypoint};
use super::lines::LineTracker;
use super::look;
use super::stop::Moment;
use super::timeline::Timeline;

/// A hunt backward looks at so many instructions first: what is looked for is mostly near.
const FIRST_WINDOW_STEPS: u64 = 256;
const WINDOW_GROWTH: u64 = 16;

/// Where a chase ended.
pub enum Landing {
    /// At a point of the run: at a hit, at the end of the range, or where a limit was reached.
    At {
        machine: Rc<Machine>,
        lines: LineTracker,
        moment: Moment,
        exceeded: Option<Error>,
    },
    /// The program is over.
    End { machine: Rc<Machine>, status: i32 },
    /// It cannot go on from `moment`.
    Stuck { error: Error, moment: Moment },
    /// `input()` has nothing to read; `asked` is the unfinished line of output before it.
    NeedInput { moment: Moment, asked: String },
}

pub struct Chase {
    pub landing: Landing,
    /// Oldest first.
    pub found: VecDeque<Found>,
}

/// What every chase needs.
pub struct Drive {
    pub timeline: Timeline,
    pub budget: Budget,
    pub script: Rc<str>,
    /// What `input()` has been answered so far: replays read it again.
    pub input: Option<Vec<u8>>,
}

impl Drive {
    /// A machine that goes on from a waypoint.
    fn resume(&self, from: &Waypoint) -> Machine {
        let mut machine = (*from.machine).clone();
        machine.flush_caches();
        if self.input.is_some() && machine.options.stdin != self.input {
            let mut options = (*machine.options).clone();
            options.stdin = self.input.clone();
            options.stdin_open = true;
            machine.options = Rc::new(options);
        }
        machine
    }

    /// Runs a clone of the waypoint until the range is over, and keeps waypoints on the way.
    pub fn chase(&mut self, from: &Waypoint, hunt: Box<dyn Hunt>, range: Range) -> Chase {
        let mut machine = self.resume(from);
        let mut watcher = Box::new(Watcher::new(
            hunt,
            range,
            from.lines.clone(),
            self.script.clone(),
        ));
        watcher.budget = self.budget.clone();
        watcher.next_waypoint = machine.steps() + super::hunt::waypoint_interval(&machine);
        let mut splice = self.timeline.splice_behind(machine.steps());
        loop {
            watcher.splice = self.timeline.get_splice(splice).map(|(step, _)| step);
            let (exit, observer) = machine.run_observed(watcher, u64::MAX);
            let observer = observer.expect("the machine gives the observer back that it was given");
            watcher = observer
                .into_any()
                .downcast()
                .expect("the machine gives the observer back that it was given");
            for waypoint in watcher.waypoints.drain(..) {
                self.timeline.add(waypoint);
            }
            if !watcher.at_splice {
                return finish(machine, exit, *watcher);
            }
            let (_, after) = self
                .timeline
                .get_splice(splice)
                .expect("the watcher stopped at it");
            machine = self.resume(after);
            watcher.lines = after.lines.clone();
            watcher.at_splice = false;
            splice += 1;
        }
    }

    /// The machine at exactly this moment.
    pub fn replay_to(&mut self, moment: Moment) -> Chase {
        let near = self.timeline.before(moment.step);
        let from = self.timeline.get(near).clone();
        self.chase(&from, Box::new(Nothing), Range::Exactly(moment))
    }

    /// The last `keep` hits before a moment, oldest first: windows are replayed, the last one first, each longer than the one
    /// before.
    ///
    /// A hunt that compares with the point before cannot answer at the first point it sees. So that point belongs to the
    /// window before, except at the start of the run.
    pub fn last_before(
        &mut self,
        end: Moment,
        keep: usize,
        make: &mut dyn FnMut() -> Box<dyn Hunt>,
    ) -> VecDeque<Found> {
        let mut found: VecDeque<Found> = VecDeque::new();
        let mut end = end;
        let mut below = end;
        let mut span = FIRST_WINDOW_STEPS;
        loop {
            let from = self.window(below, span);
            let start = look::moment_before(&from.machine);
            let is_first = start.step <= self.timeline.start().machine.steps();
            let range = Range::LastBefore {
                after: (!is_first).then_some(start),
                end,
                keep: keep - found.len(),
            };
            let chase = self.chase(&from, make(), range);
            for hit in chase.found.into_iter().rev() {
                found.push_front(hit);
            }
            if found.len() >= keep || is_first {
                return found;
            }
            below = start;
            end = just_after(start);
            span = span.saturating_mul(WINDOW_GROWTH);
        }
    }

    /// A waypoint at most `span` instructions before a moment where that can be had, else the last one before it.
    fn window(&mut self, below: Moment, span: u64) -> Waypoint {
        let near = self.nearest_before(below);
        if below.step.saturating_sub(near.machine.steps()) <= span {
            return near;
        }
        let wanted = Moment {
            step: below.step - span,
            event: 0,
        };
        let chase = self.chase(&near, Box::new(Nothing), Range::Exactly(wanted));
        match chase.landing {
            Landing::At { machine, lines, .. }
                if !machine.nested() && look::moment_before(&machine) < below =>
            {
                let waypoint = Waypoint { machine, lines };
                self.timeline.add(waypoint.clone());
                waypoint
            }
            _ => near,
        }
    }

    fn nearest_before(&self, end: Moment) -> Waypoint {
        let mut number = self.timeline.before(end.step);
        if number > 0 && look::moment_before(&self.timeline.get(number).machine) >= end {
            number -= 1;
        }
        self.timeline.get(number).clone()
    }

    /// From the start of the run up to a moment, as one chase: for what can only be told in order.
    pub fn from_start(&mut self, hunt: Box<dyn Hunt>, range: Range) -> Chase {
        let start = self.timeline.start().clone();
        self.chase(&start, hunt, range)
    }
}

/// So that a range that ends here still holds the moment itself.
pub fn just_after(moment: Moment) -> Moment {
    Moment {
        event: moment.event + 1,
        ..moment
    }
}

fn finish(mut machine: Machine, exit: Exit, watcher: Watcher) -> Chase {
    let moment = watcher.context.moment;
    let landing = match exit {
        Exit::Finished { status } => Landing::End {
            machine: Rc::new(machine),
            status,
        },
        Exit::Stopped => {
            let snapshot = machine.take_snapshot();
            Landing::At {
                machine: Rc::new(snapshot.map_or(machine, |snapshot| *snapshot)),
                lines: watcher.lines,
                moment,
                exceeded: watcher.exceeded,
            }
        }
        Exit::NeedInput => {
            let printed = machine.output.text(Stream::Stdout);
            let asked = printed.rsplit('\n').next().unwrap_or("").to_owned();
            Landing::NeedInput { moment, asked }
        }
        other => Landing::Stuck {
            error: error_of(other),
            moment,
        },
    };
    Chase {
        landing,
        found: watcher.found,
    }
}

/// Why a machine cannot go on, for the user.
pub fn error_of(exit: Exit) -> Error {
    match exit {
        Exit::Unsupported { file, line, what } => Error::new(
            ErrorKind::Unsupported,
            format!("{file}:{line}: not supported here: {what}"),
        ),
        Exit::StepLimit => Error::new(
            ErrorKind::Budget,
            "the limit of instructions is reached (--max-steps)",
        ),
        Exit::OutOfMemory => Error::new(
            ErrorKind::Budget,
            "the script's heap has grown beyond --max-memory",
        ),
        Exit::Cancelled => Error::new(ErrorKind::Budget, "interrupted"),
        Exit::Finished { .. } | Exit::Stopped | Exit::NeedInput => Error::new(
            ErrorKind::Internal,
            "the run ended in a way that nothing asked for",
        ),
    }
}
