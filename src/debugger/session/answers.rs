//! Answers to questions: owners, why, history, what-if, print; and `exec`, the one that changes the program.

use std::rc::Rc;

use super::super::command::{ObjectName, ObjectRef, WhatIf};
use super::super::drive::Landing;
use super::super::error::{Error, ErrorKind};
use super::super::evaluate;
use super::super::goals::{Fate, ObjectFate};
use super::super::hunt::{Found, Range, Waypoint};
use super::super::lines::LineTracker;
use super::super::look;
use super::super::outcome::{Answer, Outcome, Why};
use super::super::queries::ledger::Ledger;
use super::super::queries::{history, owners, what_if};
use super::super::stop::{Cause, Moment, StopKind};
use super::Session;
use crate::vm::Machine;

impl Session {
    pub(super) fn owners(&mut self, object: &ObjectRef) -> Result<Outcome, Error> {
        let (name, o) = self.living(object)?;
        Ok(Outcome::Answer(Answer::Owners {
            object: name.to_string(),
            count: u64::from(self.machine().heap.rc(o)),
            owners: owners::of(self.machine(), o),
        }))
    }

    pub(super) fn why(&mut self, object: &ObjectRef) -> Result<Outcome, Error> {
        let name = self.object_name(object)?;
        if look::find(self.machine(), &name).is_none()
            && name.ordinal > look::born(self.machine(), &name.class)
        {
            return Err(Error::failed(self.absent(&name)));
        }
        Ok(Outcome::Answer(Answer::Why(Box::new(self.tell(&name)?))))
    }

    pub(super) fn history(&mut self, object: &ObjectRef) -> Result<Outcome, Error> {
        let name = self.object_name(object)?;
        let until = self.moment();
        let changes = history::changes(&mut self.drive, &name, until);
        if changes.is_empty() {
            return Err(Error::failed(self.absent(&name)));
        }
        Ok(Outcome::Answer(Answer::History {
            object: name.to_string(),
            changes,
        }))
    }

    pub(super) fn what_if(&mut self, tried: &WhatIf) -> Result<Outcome, Error> {
        let report = what_if::report(self.machine(), &self.labels, tried)?;
        Ok(Outcome::Answer(Answer::WhatIf(report)))
    }

    pub(super) fn print(&mut self, text: &str) -> Result<Outcome, Error> {
        let value = evaluate::expression(self.machine(), text, &self.labels)?;
        Ok(Outcome::Answer(Answer::Value {
            text: value.text,
            object: value.object,
        }))
    }

    /// Really runs a statement here.
    pub(super) fn exec(&mut self, text: &str) -> Result<Outcome, Error> {
        let statement = text.to_owned();
        self.change(text, move |machine| {
            evaluate::statements(machine, &statement)
        })
    }

    /// Changes the machine: a new future begins here, and the old one is dropped.
    pub(super) fn change(
        &mut self,
        what: &str,
        change: impl FnOnce(&mut Machine) -> Result<Result<(), String>, Error>,
    ) -> Result<Outcome, Error> {
        if self.at_end() || self.machine().nested() {
            let where_ = if self.at_end() {
                "the program has ended"
            } else {
                "a finaliser or callback is running"
            };
            let error = Error::usage(format!("{where_}: nothing can be changed here"));
            return Err(error.hint("go to a line first: `goto line N`, `back line`"));
        }
        let step = self.machine().steps();
        let mut machine = evaluate::fork(self.machine());
        let raised = change(&mut machine)?;
        let said = match &raised {
            Ok(()) => format!("done: {what}; a new future begins here"),
            Err(raised) => format!("`{what}` raises {raised}; a new future begins here"),
        };
        // The fork's observer was there to end it in time.
        machine.watch = Default::default();
        let machine = Rc::new(machine);
        let lines = LineTracker::starting_at(&machine);
        let after = Waypoint {
            machine: machine.clone(),
            lines: lines.clone(),
        };
        self.drive.timeline.splice(step, after);
        self.ledger = None;
        self.here.stop.moment = look::moment_before(&machine);
        self.here.machine = machine;
        self.here.lines = lines;
        Ok(Outcome::Done(said))
    }

    /// What has happened up to here.
    pub fn ledger(&mut self) -> Rc<Ledger> {
        let until = self.moment();
        if let Some(ledger) = &self.ledger
            && ledger.until == until
        {
            return ledger.clone();
        }
        let ledger = Rc::new(Ledger::gather(&mut self.drive, until));
        self.ledger = Some(ledger.clone());
        ledger
    }

    /// Notes that an `allow` was needed; false when there is none for the class.
    pub fn use_allowance(&mut self, class: &str) -> bool {
        match self.allowed.get_mut(class) {
            Some(used) => {
                *used = true;
                true
            }
            None => false,
        }
    }

    /// The machine at one object's birth or death before here, and what was found there.
    fn fate(&mut self, name: &ObjectName, fate: Fate) -> Result<(Rc<Machine>, Found), Error> {
        let hunt = Box::new(ObjectFate {
            name: name.clone(),
            fate,
        });
        let mut chase = self.drive.from_start(hunt, Range::First);
        let found = chase
            .found
            .pop_front()
            .filter(|found| found.moment <= self.moment());
        match (chase.landing, found) {
            (Landing::At { machine, .. }, Some(found)) => Ok((machine, found)),
            _ => Err(Error::failed(self.absent(name))),
        }
    }

    pub(in crate::debugger) fn birth_line(
        &mut self,
        name: &ObjectName,
    ) -> Result<Option<u32>, String> {
        self.fate_line(name, Fate::Birth)
    }

    pub(in crate::debugger) fn death_line(
        &mut self,
        name: &ObjectName,
    ) -> Result<Option<u32>, String> {
        self.fate_line(name, Fate::Death)
    }

    fn fate_line(&mut self, name: &ObjectName, fate: Fate) -> Result<Option<u32>, String> {
        let (machine, _) = self.fate(name, fate).map_err(|error| error.to_string())?;
        Ok(look::place(&machine, self.script()).0)
    }

    /// How an object died.
    pub(super) fn death_of(&mut self, name: &ObjectName) -> Result<Why, Error> {
        let (machine, found) = self.fate(name, Fate::Death)?;
        let StopKind::Death { cause, .. } = found.hit.kind else {
            return Err(Error::new(
                ErrorKind::Internal,
                "a hunt for a death found something else",
            ));
        };
        let line = look::place(&machine, self.script()).0;
        let cascade = self.cascade(name, found.moment, &cause);
        Ok(Why::Dead {
            object: name.to_string(),
            cause,
            moment: found.moment,
            line,
            cascade,
        })
    }

    /// Who let go of it last, and who let go of that, outermost first: read off the owners just before the instruction that brought
    /// its end about. With a finaliser that is the one before the finaliser began.
    fn cascade(&mut self, name: &ObjectName, moment: Moment, cause: &Cause) -> Vec<String> {
        if *cause == Cause::Exit {
            return Vec::new();
        }
        let finalized = match self.ledger().resurrected.contains(name) {
            true => None,
            false => self.fate(name, Fate::Del).ok(),
        };
        let before = Moment {
            step: finalized.map_or(moment, |(_, found)| found.moment).step,
            event: 0,
        };
        let chase = self.drive.replay_to(before);
        let Landing::At { machine, .. } = chase.landing else {
            return Vec::new();
        };
        match look::find(&machine, name) {
            Some(o) => what_if::owners_that_went(&machine, o, cause),
            None => Vec::new(),
        }
    }
}
