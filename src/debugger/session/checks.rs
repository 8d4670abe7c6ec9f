//! What can fail: `expect`, `assert`, and the assertions that wait for the end.

use super::super::breaks::Watched;
use super::super::command::{ExpectedKind, ExpectedStop, ObjectName, ObjectRef, What};
use super::super::error::Error;
use super::super::outcome::{Check, Failure, Outcome};
use super::super::predicate::{Comparison, Predicate, Verdict};
use super::super::queries::facts::SessionFacts;
use super::super::queries::why;
use super::super::stop::StopKind;
use super::super::{look, pattern};
use super::Session;

impl Session {
    /// A failed check at this place, without the objects it is about.
    pub fn failure(&self, asked: &str, why: impl Into<String>) -> Failure {
        let stop = self.stop();
        Failure {
            asked: asked.to_owned(),
            why: why.into(),
            moment: stop.moment,
            line: stop.line,
            stop: stop.to_string(),
            sides: Vec::new(),
            objects: Vec::new(),
        }
    }

    pub(super) fn assert(&mut self, predicate: Predicate, at_exit: bool) -> Outcome {
        if at_exit && !self.at_end() {
            self.deferred.push(predicate);
            return Outcome::Deferred;
        }
        self.judge(&predicate, at_exit)
    }

    fn judge(&mut self, predicate: &Predicate, at_exit: bool) -> Outcome {
        let verdict = predicate.judge(&mut SessionFacts {
            session: self,
            at_exit,
        });
        if verdict.holds {
            return Outcome::Passed;
        }
        let suffix = if at_exit { " at exit" } else { "" };
        let asked = format!("assert {predicate}{suffix}");
        let mut failure = self.failure(&asked, sentence(&verdict));
        failure.sides = verdict
            .comparisons
            .iter()
            .filter(|made| !made.holds)
            .flat_map(sides)
            .collect();
        let objects = predicate.objects();
        failure.objects = objects
            .into_iter()
            .filter_map(|object| self.story(object))
            .collect();
        Outcome::Failed(Box::new(failure))
    }

    /// How an object stands, for a failure's block; none when there is no such object.
    fn story(&mut self, object: &ObjectRef) -> Option<super::super::outcome::Why> {
        let name = self.object_name(object).ok()?;
        self.tell(&name).ok()
    }

    /// Why an object is alive or how it died.
    pub(super) fn tell(&mut self, name: &ObjectName) -> Result<super::super::outcome::Why, Error> {
        match look::find(self.machine(), name) {
            Some(o) => Ok(why::alive(self.machine(), self.script(), o)),
            None => self.death_of(name),
        }
    }

    pub fn has_deferred(&self) -> bool {
        !self.deferred.is_empty()
    }

    /// Judged each time the end is reached; they stay, because another future may end otherwise.
    pub(super) fn check_deferred(&mut self) {
        let deferred = std::mem::take(&mut self.deferred);
        for predicate in &deferred {
            let outcome = self.judge(predicate, true);
            self.checks.push(Check {
                text: format!("assert {predicate} at exit"),
                line: None,
                outcome,
            });
        }
    }

    /// The results of checks that were made by themselves since this was asked last.
    pub fn take_checks(&mut self) -> Vec<Check> {
        std::mem::take(&mut self.checks)
    }

    pub(super) fn expect_stop(&mut self, expected: &ExpectedStop) -> Result<Outcome, Error> {
        let asked = format!("expect stop {}", expected_text(expected));
        let fits = self.stop_fits(&expected.kind)?;
        let kind = &self.stop().kind;
        if !fits {
            let why = format!("the stop just reached is: {}", self.stop());
            return Ok(Outcome::Failed(Box::new(self.failure(&asked, why))));
        }
        let because = match kind {
            StopKind::Del { cause, .. } | StopKind::Death { cause, .. } => Some(cause.because()),
            _ => None,
        };
        if expected.because.is_some() && because != expected.because {
            let why = match because {
                Some(because) => format!("it is because {because}: {}", self.stop()),
                None => format!("this stop has no cause of that kind: {}", self.stop()),
            };
            return Ok(Outcome::Failed(Box::new(self.failure(&asked, why))));
        }
        Ok(Outcome::Passed)
    }

    fn stop_fits(&mut self, expected: &ExpectedKind) -> Result<bool, Error> {
        let stop = self.stop().clone();
        let by_step = stop.breakpoints.is_empty();
        Ok(match (expected, &stop.kind) {
            (ExpectedKind::Line(line), StopKind::Line) => line.is_none() || *line == stop.line,
            (ExpectedKind::Del(what), StopKind::Del { object, .. }) => {
                self.is_what(what, object)?
            }
            (ExpectedKind::Death(what), StopKind::Death { object, .. }) => {
                self.is_what(what, object)?
            }
            (ExpectedKind::Birth(what), StopKind::Birth { object }) => {
                self.is_what(what, object)?
            }
            (ExpectedKind::Resurrect(what), StopKind::Resurrect { object }) => {
                self.is_what(what, object)?
            }
            (ExpectedKind::Weakref(what), StopKind::Weakref { referent }) => {
                self.is_what(what, referent)?
            }
            (ExpectedKind::Isolate(what), StopKind::Isolate { objects }) => {
                let mut fits = false;
                for object in objects {
                    fits |= self.is_what(what, object)?;
                }
                fits
            }
            (ExpectedKind::Refcount(None), StopKind::Refcount { .. }) => true,
            (ExpectedKind::Refcount(Some(wanted)), StopKind::Refcount { object, .. }) => {
                self.object_name(wanted)? == *object
            }
            (ExpectedKind::Gc(wanted), StopKind::Gc { moment, .. }) => {
                wanted.is_none_or(|wanted| wanted == *moment)
            }
            (ExpectedKind::Raise(wanted), StopKind::Raise { class }) => match wanted {
                Some(wanted) => {
                    let raised = look::raised_class(self.machine());
                    let mut names = raised
                        .some()
                        .into_iter()
                        .flat_map(|class| look::mro_names(self.machine(), class));
                    class == wanted || names.any(|name| name == wanted)
                }
                None => true,
            },
            (ExpectedKind::Start, StopKind::Start) | (ExpectedKind::End, StopKind::End { .. }) => {
                true
            }
            (ExpectedKind::Step, StopKind::Line | StopKind::Instr) => by_step,
            _ => false,
        })
    }

    fn is_what(&mut self, what: &Option<What>, object: &ObjectName) -> Result<bool, Error> {
        let watched = match what {
            None | Some(What::Any) => return Ok(true),
            Some(What::Object(wanted)) => return Ok(self.object_name(wanted)? == *object),
            Some(What::Name(name)) => self.class_or_object(name.clone()),
        };
        Ok(match watched {
            Watched::Any => true,
            Watched::Object(name) => name == *object,
            Watched::Class(class) => match look::find(self.machine(), object) {
                Some(o) => look::is_instance_of(self.machine(), o, &class),
                None => object.class == class,
            },
        })
    }

    pub(super) fn expect_output(&mut self, wanted: &str) -> Outcome {
        let printed = self.output_since_stop();
        if pattern::matches(wanted, &printed) {
            return Outcome::Passed;
        }
        let mut failure = self.failure(
            &format!("expect output {wanted:?}"),
            "the output since the last stop is another",
        );
        failure.sides = vec![
            ("expected".to_owned(), format!("{wanted:?}")),
            ("printed".to_owned(), format!("{printed:?}")),
        ];
        Outcome::Failed(Box::new(failure))
    }
}

fn sentence(verdict: &Verdict) -> String {
    match &verdict.trouble {
        Some(trouble) => trouble.clone(),
        None => "it does not hold".to_owned(),
    }
}

fn sides(made: &Comparison) -> Vec<(String, String)> {
    let (text, value) = &made.left;
    let left = (text.clone(), value.to_string());
    match &made.right {
        Some((_, text, value)) => vec![left, (text.clone(), value.to_string())],
        None => vec![left],
    }
}

fn expected_text(expected: &ExpectedStop) -> String {
    let what = |what: &Option<What>| {
        what.as_ref()
            .map_or(String::new(), |what| format!(" {what}"))
    };
    let mut text = match &expected.kind {
        ExpectedKind::Line(Some(line)) => format!("line {line}"),
        ExpectedKind::Line(None) => "line".to_owned(),
        ExpectedKind::Del(about) => format!("del{}", what(about)),
        ExpectedKind::Death(about) => format!("death{}", what(about)),
        ExpectedKind::Birth(about) => format!("birth{}", what(about)),
        ExpectedKind::Resurrect(about) => format!("resurrect{}", what(about)),
        ExpectedKind::Weakref(about) => format!("weakref{}", what(about)),
        ExpectedKind::Isolate(about) => format!("isolate{}", what(about)),
        ExpectedKind::Refcount(Some(object)) => format!("refcount {object}"),
        ExpectedKind::Refcount(None) => "refcount".to_owned(),
        ExpectedKind::Gc(_) => "gc".to_owned(),
        ExpectedKind::Raise(Some(class)) => format!("raise {class}"),
        ExpectedKind::Raise(None) => "raise".to_owned(),
        ExpectedKind::Start => "start".to_owned(),
        ExpectedKind::End => "end".to_owned(),
        ExpectedKind::Step => "step".to_owned(),
    };
    if let Some(because) = expected.because {
        text.push_str(&format!(" because {because}"));
    }
    text
}
