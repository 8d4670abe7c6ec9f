//! Moving in time: every motion is a hunt, forward from here or backward before here.

use std::rc::Rc;

use super::super::breaks::Breaks;
use super::super::command::{ObjectRef, Unit, When};
use super::super::drive::{Chase, Landing};
use super::super::error::{Error, ErrorKind};
use super::super::goals::{
    self, CollectionNumber, CountChange, Fate, InstructionNumber, LineArrival, ObjectFate,
};
use super::super::hunt::{Found, Hunt, Nothing, Range, Waypoint};
use super::super::look;
use super::super::outcome::Outcome;
use super::super::stop::{Moment, Stop, StopKind};
use super::{Here, Session};

/// Makes a step's own goal afresh for each window of a replay; none when only breakpoints are looked for.
type MakeGoal<'a> = &'a dyn Fn() -> Option<Box<dyn Hunt>>;

/// Objects alive up to which a step back is followed by a look one step further back. Some goals compare all counts at every
/// instruction, and waypoints lie far apart when the heap is large: there, nothing is marked as changed after a step back.
const LOOKED_BACK_AT_MOST: usize = 50_000;

impl Session {
    pub(super) fn at_end(&self) -> bool {
        matches!(self.here.stop.kind, StopKind::End { .. })
    }

    /// `run`, `continue`, `reverse`.
    pub(super) fn go_on(&mut self, backward: bool) -> Result<Outcome, Error> {
        let mark = self.leave();
        match backward {
            false => self.forward(&|| None)?,
            true => self.backward(1, &|| None)?,
        }
        Ok(self.arrived(mark))
    }

    /// So many steps of a unit; a breakpoint ends those that are left.
    pub(super) fn step(
        &mut self,
        unit: Unit,
        count: u32,
        backward: bool,
    ) -> Result<Outcome, Error> {
        let mark = self.leave();
        let everywhere = matches!(
            unit,
            Unit::Instr | Unit::Into | Unit::Event | Unit::Phase | Unit::Death
        );
        if backward && everywhere && self.breakpoints.is_empty() {
            let make = || Some(goals::goal(unit, 0));
            self.backward(count as usize, &make)?;
            let outcome = self.arrived(mark);
            self.look_one_back(&make);
            return Ok(outcome);
        }
        for _ in 0..count {
            // The depth that "over" means is that of the place where each step begins.
            let depth = self.depth();
            let make = || Some(goals::goal(unit, depth));
            match backward {
                false => self.forward(&make)?,
                true => self.backward(1, &make)?,
            }
            let stop = &self.here.stop;
            let done = matches!(
                stop.kind,
                StopKind::Start | StopKind::End { .. } | StopKind::Halted(_)
            );
            if done || !stop.breakpoints.is_empty() {
                break;
            }
        }
        let outcome = self.arrived(mark);
        if backward {
            let depth = self.depth();
            self.look_one_back(&|| Some(goals::goal(unit, depth)));
        }
        Ok(outcome)
    }

    /// After a step back: what "changed" means is what the step on to here changes, so that a moment looks the same whichever way
    /// one comes to it.
    fn look_one_back(&mut self, make: MakeGoal) {
        let start = self.drive.timeline.start().machine.clone();
        let large = self.here.machine.heap.live() > LOOKED_BACK_AT_MOST;
        if large || self.moment() == look::moment_before(&start) {
            self.previous = None;
            return;
        }
        let breakpoints = self.breakpoints.clone();
        let mut hunt = || -> Box<dyn Hunt> { Box::new(Breaks::new(&breakpoints, make())) };
        let found = self
            .drive
            .last_before(self.moment(), 1, &mut hunt)
            .pop_front();
        let chase = found.map(|found| self.drive.replay_to(found.moment));
        self.previous = match chase.map(|chase| chase.landing) {
            Some(Landing::At { machine, .. }) => Some(machine),
            Some(_) => None,
            None => Some(start),
        };
    }

    /// Open frames here; after the end, those of the module's own lines.
    pub(super) fn depth(&self) -> usize {
        self.here.machine.frames.len().max(1)
    }

    fn forward(&mut self, make: MakeGoal) -> Result<(), Error> {
        if self.at_end() {
            let error = Error::failed("the program has ended");
            return Err(error.hint("`reverse`, `back` and `goto` lead back into it"));
        }
        let hunt = Box::new(Breaks::new(&self.breakpoints, make()));
        self.chase_on(hunt)
    }

    /// Runs on from here to the hunt's first hit, or to the end.
    pub(super) fn chase_on(&mut self, hunt: Box<dyn Hunt>) -> Result<(), Error> {
        let from = self.resume_point();
        let chase = self
            .drive
            .chase(&from, hunt, Range::FirstAfter(self.moment()));
        self.land(chase)
    }

    /// Runs from the start of the program to the first hit behind a moment.
    pub(super) fn chase_from_start(
        &mut self,
        hunt: Box<dyn Hunt>,
        after: Option<Moment>,
    ) -> Result<(), Error> {
        let start = self.drive.timeline.start().clone();
        let range = after.map_or(Range::First, Range::FirstAfter);
        let chase = self.drive.chase(&start, hunt, range);
        self.land(chase)
    }

    /// Where a run on from here starts: here, or before the nested run that is open here.
    pub(super) fn resume_point(&self) -> Waypoint {
        let machine = &self.here.machine;
        let resumable = !machine.nested()
            && !matches!(
                self.here.stop.kind,
                StopKind::Halted(_) | StopKind::NeedInput { .. }
            );
        let between = self.moment() == look::moment_before(machine);
        match resumable && between {
            true => Waypoint {
                machine: machine.clone(),
                lines: self.here.lines.clone(),
            },
            false => self
                .drive
                .timeline
                .get(self.drive.timeline.before(self.moment().step))
                .clone(),
        }
    }

    /// To the `count`th last hit before here, or to the start when there are not so many.
    fn backward(&mut self, count: usize, make: MakeGoal) -> Result<(), Error> {
        let breakpoints = self.breakpoints.clone();
        let mut hunt = || -> Box<dyn Hunt> { Box::new(Breaks::new(&breakpoints, make())) };
        let mut found = self.drive.last_before(self.moment(), count, &mut hunt);
        match found.pop_front().filter(|_| found.len() + 1 == count) {
            Some(wanted) => self.go_to(wanted),
            None => self.go_to_start(),
        }
    }

    /// `goto WHEN`.
    pub(super) fn goto(&mut self, when: &When) -> Result<Outcome, Error> {
        let mark = self.leave();
        match when {
            When::Start => self.go_to_start()?,
            When::End => self.go_to_end()?,
            When::Line { line, arrival } => {
                let (line, arrival) = (*line, *arrival);
                self.find_from_start(Box::new(LineArrival { line, arrival }), when)?;
            }
            When::Inside(moment) => {
                let chase = self.drive.replay_to(*moment);
                self.land(chase)?;
            }
            When::Instr(number) => {
                self.find_from_start(Box::new(InstructionNumber(*number)), when)?
            }
            When::Gc(number) => self.find_from_start(Box::new(CollectionNumber(*number)), when)?,
            When::Del(object) => self.go_to_fate(object, Fate::Del, when)?,
            When::Death(object) => self.go_to_fate(object, Fate::Death, when)?,
        }
        Ok(self.arrived(mark))
    }

    /// `until N`: from here on; a breakpoint on the way stops first.
    pub(super) fn until(&mut self, line: u32) -> Result<Outcome, Error> {
        let mark = self.leave();
        self.forward(&|| Some(Box::new(goals::LineAhead(line))))?;
        Ok(self.arrived(mark))
    }

    fn go_to_fate(&mut self, object: &ObjectRef, fate: Fate, when: &When) -> Result<(), Error> {
        let name = self.object_name(object)?;
        self.find_from_start(Box::new(ObjectFate { name, fate }), when)
    }

    /// The first hit of the whole run; the place stays as it is when there is none.
    fn find_from_start(&mut self, hunt: Box<dyn Hunt>, when: &When) -> Result<(), Error> {
        let start = self.drive.timeline.start().clone();
        let chase = self.drive.chase(&start, hunt, Range::First);
        if chase.found.is_empty() && matches!(chase.landing, Landing::End { .. }) {
            return Err(Error::failed(format!("`{when}` never happens in this run")));
        }
        self.land(chase)
    }

    pub(super) fn go_to_end(&mut self) -> Result<(), Error> {
        if self.at_end() {
            return Ok(());
        }
        self.chase_on(Box::new(Nothing))
    }

    fn go_to_start(&mut self) -> Result<(), Error> {
        let start = self.drive.timeline.start().clone();
        let moment = look::moment_before(&start.machine);
        self.arrive(start, moment, StopKind::Start, Vec::new());
        Ok(())
    }

    /// `last X`: back to the last change of its count.
    pub(super) fn last_change(&mut self, object: &ObjectRef) -> Result<Outcome, Error> {
        let name = self.object_name(object)?;
        let mark = self.leave();
        let mut make = || -> Box<dyn Hunt> { Box::new(CountChange::new(name.clone())) };
        let mut found = self.drive.last_before(self.moment(), 1, &mut make);
        match found.pop_front() {
            Some(found) => self.go_to(found)?,
            None => {
                return Err(Error::failed(format!(
                    "the count of {name} has not changed before here"
                )));
            }
        }
        Ok(self.arrived(mark))
    }

    /// To a moment that a hunt backward has found.
    fn go_to(&mut self, found: Found) -> Result<(), Error> {
        let mut chase = self.drive.replay_to(found.moment);
        chase.found.push_back(found);
        self.land(chase)
    }

    /// Makes the end of a chase the place of the session.
    fn land(&mut self, chase: Chase) -> Result<(), Error> {
        match chase.landing {
            Landing::At {
                machine,
                lines,
                moment,
                exceeded,
            } => {
                let (kind, breakpoints) = match (exceeded, chase.found.into_iter().next_back()) {
                    (Some(error), _) => (StopKind::Halted(error), Vec::new()),
                    (None, Some(found)) => (found.hit.kind, found.hit.breakpoints),
                    (None, None) => (StopKind::Instr, Vec::new()),
                };
                self.arrive(Waypoint { machine, lines }, moment, kind, breakpoints);
            }
            Landing::End { machine, status } => {
                let moment = look::moment_before(&machine);
                let lines = self.here.lines.clone();
                self.arrive(
                    Waypoint { machine, lines },
                    moment,
                    StopKind::End { status },
                    Vec::new(),
                );
            }
            Landing::NeedInput { moment, asked } => {
                self.halt_before(moment, StopKind::NeedInput { asked })?
            }
            Landing::Stuck { error, moment } => {
                self.halt_before(moment, StopKind::Halted(error))?
            }
        }
        Ok(())
    }

    /// The run cannot go beyond this moment: show the machine as it was there.
    fn halt_before(&mut self, moment: Moment, kind: StopKind) -> Result<(), Error> {
        let chase = self.drive.replay_to(moment);
        match chase.landing {
            Landing::At { machine, lines, .. } => {
                self.arrive(Waypoint { machine, lines }, moment, kind, Vec::new());
                Ok(())
            }
            _ => Err(Error::new(
                ErrorKind::Internal,
                "a replay did not come to where the run had ended",
            )),
        }
    }

    fn arrive(&mut self, at: Waypoint, moment: Moment, kind: StopKind, breakpoints: Vec<u32>) {
        let (line, function) = look::place(&at.machine, &self.drive.script);
        for breakpoint in &mut self.breakpoints {
            if breakpoints.contains(&breakpoint.number) && !breakpoint.hits.contains(&moment) {
                breakpoint.hits.push(moment);
            }
        }
        if moment == look::moment_before(&at.machine) && !matches!(kind, StopKind::End { .. }) {
            self.drive.timeline.add(at.clone());
        }
        self.frame_depth = 0;
        self.here = Here {
            machine: at.machine,
            lines: at.lines,
            stop: Stop {
                kind,
                moment,
                line,
                function,
                breakpoints,
            },
        };
    }

    /// Before a motion: what is needed to tell afterwards what has changed.
    fn leave(&mut self) -> Departure {
        Departure {
            machine: self.here.machine.clone(),
            moment: self.moment(),
        }
    }

    fn arrived(&mut self, from: Departure) -> Outcome {
        let forward = self.moment() >= from.moment;
        self.output_mark = match forward {
            true => from.machine.output.len(),
            false => self.here.machine.output.len(),
        };
        self.previous = Some(from.machine);
        if self.at_end() {
            self.check_deferred();
        }
        Outcome::Stopped(self.here.stop.clone())
    }
}

struct Departure {
    machine: Rc<crate::vm::Machine>,
    moment: Moment,
}
