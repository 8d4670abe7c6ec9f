//! What a session is told to keep: breakpoints, labels, the selection, the collector's switches.

use std::rc::Rc;

use super::super::breaks::{Breakpoint, Trigger, Watched};
use super::super::command::{BreakSpec, GcSetting, ObjectName, ObjectRef, View, What};
use super::super::error::Error;
use super::super::evaluate::{self, Evaluated};
use super::super::look;
use super::super::outcome::{Answer, Outcome};
use super::Session;

impl Session {
    pub(super) fn set_breakpoint(&mut self, spec: BreakSpec) -> Result<Outcome, Error> {
        let text = spec.to_string();
        let trigger = self.trigger(spec)?;
        let number = self.next_breakpoint;
        self.next_breakpoint += 1;
        self.breakpoints.push(Breakpoint {
            number,
            text: text.clone(),
            trigger: Rc::new(trigger),
            enabled: true,
            hits: Vec::new(),
        });
        Ok(Outcome::Done(format!("breakpoint {number}: {text}")))
    }

    fn trigger(&mut self, spec: BreakSpec) -> Result<Trigger, Error> {
        Ok(match spec {
            BreakSpec::Line {
                file,
                line,
                condition,
            } => {
                self.check_line(file.as_deref(), line)?;
                if let Some(condition) = &condition {
                    evaluate::check_expression(condition)?;
                }
                Trigger::Line {
                    file,
                    line,
                    condition,
                }
            }
            BreakSpec::Del(what) => Trigger::Del(self.watched(what)?),
            BreakSpec::Death(what) => Trigger::Death(self.watched(what)?),
            BreakSpec::Birth(what) => Trigger::Birth(self.watched(what)?),
            BreakSpec::Resurrect(what) => Trigger::Resurrect(self.watched(what)?),
            BreakSpec::Weakref(what) => Trigger::Weakref(self.watched(what)?),
            BreakSpec::Isolate(what) => Trigger::Isolate(self.watched(what)?),
            BreakSpec::Refcount { object, count } => Trigger::Refcount {
                object: self.object_name(&object)?,
                count,
            },
            BreakSpec::Gc(moment) => Trigger::Gc(moment),
            BreakSpec::Raise(class) => Trigger::Raise(class),
        })
    }

    /// A line beyond the script's end can never be reached: better said now.
    fn check_line(&self, file: Option<&str>, line: u32) -> Result<(), Error> {
        let lines = self.program.text().lines().count();
        match file {
            None if line as usize > lines => Err(Error::usage(format!(
                "{} has {lines} lines, not {line}",
                self.program.name()
            ))),
            _ => Ok(()),
        }
    }

    fn watched(&mut self, what: What) -> Result<Watched, Error> {
        match what {
            What::Any => Ok(Watched::Any),
            What::Object(object) => Ok(Watched::Object(self.object_name(&object)?)),
            What::Name(name) => Ok(self.class_or_object(name)),
        }
    }

    /// A bare name is a class's, unless it is bound to an object that is none.
    pub(super) fn class_or_object(&mut self, name: String) -> Watched {
        match evaluate::expression(self.machine(), &name, &self.labels) {
            Ok(Evaluated {
                object: Some(object),
                is_class: false,
                ..
            }) => Watched::Object(object),
            _ => Watched::Class(name),
        }
    }

    pub(super) fn list_breakpoints(&self) -> Outcome {
        Outcome::Answer(Answer::Breakpoints(self.breakpoints()))
    }

    fn breakpoint(&self, number: u32) -> Result<usize, Error> {
        let found = self
            .breakpoints
            .iter()
            .position(|breakpoint| breakpoint.number == number);
        found.ok_or_else(|| {
            Error::usage(format!("there is no breakpoint {number}"))
                .hint("`breakpoints` lists them")
        })
    }

    pub(super) fn delete_breakpoint(&mut self, number: u32) -> Result<Outcome, Error> {
        let at = self.breakpoint(number)?;
        self.breakpoints.remove(at);
        Ok(Outcome::Done(format!("breakpoint {number} deleted")))
    }

    pub(super) fn enable_breakpoint(
        &mut self,
        number: u32,
        enabled: bool,
    ) -> Result<Outcome, Error> {
        let at = self.breakpoint(number)?;
        self.breakpoints[at].enabled = enabled;
        let state = if enabled { "enabled" } else { "disabled" };
        Ok(Outcome::Done(format!("breakpoint {number} {state}")))
    }

    pub(super) fn label(&mut self, name: String, object: &ObjectRef) -> Result<Outcome, Error> {
        let object = self.object_name(object)?;
        let said = format!("@{name} = {object}");
        self.labels.insert(name, object);
        Ok(Outcome::Done(said))
    }

    pub(super) fn select(&mut self, object: Option<ObjectRef>) -> Result<Outcome, Error> {
        self.selected = match &object {
            Some(object) => Some(self.object_name(object)?),
            None => None,
        };
        Ok(Outcome::Done(match &self.selected {
            Some(name) => format!("selected {name}"),
            None => "nothing selected".to_owned(),
        }))
    }

    pub(super) fn allow(&mut self, class: String, reason: &str) -> Outcome {
        let said = format!("{class} may outlive the program: {reason}");
        self.allowed.insert(class, false);
        Outcome::Done(said)
    }

    pub fn unused_allows(&self) -> Vec<String> {
        let unused = self.allowed.iter().filter(|(_, used)| !**used);
        unused.map(|(class, _)| class.clone()).collect()
    }

    pub(super) fn set_gc(&mut self, setting: &GcSetting) -> Result<Outcome, Error> {
        match setting {
            GcSetting::On => self.exec("import gc as _lifetimes_gc; _lifetimes_gc.enable(); del _lifetimes_gc"),
            GcSetting::Off => self.exec("import gc as _lifetimes_gc; _lifetimes_gc.disable(); del _lifetimes_gc"),
            GcSetting::Collect => self.exec("import gc as _lifetimes_gc; _lifetimes_gc.collect(); del _lifetimes_gc"),
            GcSetting::Thresholds(a, b, c) => self.exec(&format!(
                "import gc as _lifetimes_gc; _lifetimes_gc.set_threshold({a}, {b}, {c}); del _lifetimes_gc"
            )),
            GcSetting::Stress(every) => self.change(&format!("gc stress {every}"), |machine| {
                let mut options = (*machine.options).clone();
                options.gc_stress = *every > 0;
                machine.options = Rc::new(options);
                Ok(Ok(()))
            }),
        }
    }

    /// A view with its labels and expressions resolved: whoever draws it knows neither.
    pub(super) fn named_view(&self, view: View) -> Result<View, Error> {
        match view {
            View::Graph {
                focus: Some(focus),
                depth,
            } => Ok(View::Graph {
                focus: Some(ObjectRef::Name(self.object_name(&focus)?)),
                depth,
            }),
            other => Ok(other),
        }
    }

    /// The object that is meant, by its lasting name. It may be dead, or not yet born.
    pub(in crate::debugger) fn object_name(&self, object: &ObjectRef) -> Result<ObjectName, Error> {
        match object {
            ObjectRef::Name(name) => Ok(name.clone()),
            ObjectRef::Label(label) => self
                .labels
                .get(label)
                .cloned()
                .ok_or_else(|| unknown_label(label)),
            ObjectRef::Expr(text) => {
                let value = evaluate::expression(self.machine(), text, &self.labels)?;
                value.object.ok_or_else(|| {
                    let error = Error::failed(format!(
                        "`{text}` is {}, which has no life of its own here",
                        value.text
                    ));
                    error.hint("numbers, texts and what the interpreter made itself have no number")
                })
            }
        }
    }

    /// The same for a question about the present: the object must be alive.
    pub(super) fn living(
        &self,
        object: &ObjectRef,
    ) -> Result<(ObjectName, crate::heap::Obj), Error> {
        let name = self.object_name(object)?;
        match look::find(self.machine(), &name) {
            Some(o) => Ok((name, o)),
            None => Err(Error::failed(self.absent(&name))),
        }
    }

    /// Why no object of this name is alive here.
    pub(in crate::debugger) fn absent(&self, name: &ObjectName) -> String {
        let born = look::born(self.machine(), &name.class);
        match name.ordinal <= born {
            true => format!("{name} is dead here"),
            false if born == 0 => {
                format!("{name} is not born yet: no {} was made so far", name.class)
            }
            false => format!("{name} is not born yet: {born} {} made so far", name.class),
        }
    }
}

fn unknown_label(label: &str) -> Error {
    Error::failed(format!("no label @{label}")).hint(format!("`label {label} = X` makes it"))
}
