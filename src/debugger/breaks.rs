//! Breakpoints: what each asks for, and the hunt that asks for all of them at once.
//!
//! Knows no timeline. Invariant: a breakpoint keeps its number for ever, and a disabled one asks for nothing. Start at
//! [`Breaks::look`].

use std::rc::Rc;

use crate::heap::Obj;
use crate::vm::{Event, Machine};

use super::causes;
use super::command::{GcMoment, ObjectName};
use super::evaluate;
use super::goals::{CountChange, gc_stop};
use super::hunt::{Context, Hit, Hunt, Point};
use super::isolates::Isolates;
use super::look;
use super::outcome::BreakpointRow;
use super::stop::{Moment, StopKind};

/// A class, one object, or all: with names resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Watched {
    Any,
    Class(String),
    Object(ObjectName),
}

impl Watched {
    pub fn covers(&self, vm: &Machine, o: Obj) -> bool {
        match self {
            Watched::Any => look::name_of(vm, o).is_some(),
            Watched::Class(class) => {
                look::name_of(vm, o).is_some() && look::is_instance_of(vm, o, class)
            }
            Watched::Object(name) => look::name_of(vm, o).as_ref() == Some(name),
        }
    }
}

/// What a breakpoint asks for, with labels and expressions resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    Line {
        /// A file's name or the end of its path; none for the script.
        file: Option<String>,
        line: u32,
        condition: Option<String>,
    },
    Del(Watched),
    Death(Watched),
    Birth(Watched),
    Resurrect(Watched),
    Weakref(Watched),
    Isolate(Watched),
    Refcount {
        object: ObjectName,
        count: Option<u64>,
    },
    Gc(Option<GcMoment>),
    Raise(Option<String>),
}

#[derive(Clone, Debug)]
pub struct Breakpoint {
    pub number: u32,
    /// As it was asked for.
    pub text: String,
    pub trigger: Rc<Trigger>,
    pub enabled: bool,
    /// Moments at which a motion stopped here, each once.
    pub hits: Vec<Moment>,
}

impl Breakpoint {
    pub fn row(&self) -> BreakpointRow {
        BreakpointRow {
            number: self.number,
            spec: self.text.clone(),
            enabled: self.enabled,
            hits: self.hits.len() as u64,
        }
    }
}

/// Whether a raised exception stops a plain `break raise`: what ends every loop and every generator does not.
const UNREMARKABLE: [&str; 2] = ["StopIteration", "GeneratorExit"];

struct Armed {
    number: u32,
    trigger: Rc<Trigger>,
    /// For `refcount` and `isolate`, which compare with what was.
    counts: Option<CountChange>,
    isolates: Option<Isolates>,
}

/// All enabled breakpoints, and a motion's own goal beside them.
pub struct Breaks {
    armed: Vec<Armed>,
    goal: Option<Box<dyn Hunt>>,
}

impl Breaks {
    pub fn new(breakpoints: &[Breakpoint], goal: Option<Box<dyn Hunt>>) -> Breaks {
        let enabled = breakpoints.iter().filter(|breakpoint| breakpoint.enabled);
        let armed = enabled.map(|breakpoint| Armed {
            number: breakpoint.number,
            trigger: breakpoint.trigger.clone(),
            counts: match &*breakpoint.trigger {
                Trigger::Refcount { object, .. } => Some(CountChange::new(object.clone())),
                _ => None,
            },
            isolates: match &*breakpoint.trigger {
                Trigger::Isolate(watched) => Some(Isolates::new(watched.clone())),
                _ => None,
            },
        });
        Breaks {
            armed: armed.collect(),
            goal,
        }
    }
}

impl Hunt for Breaks {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        // Everything is asked at every point, because some compare with the point before.
        let own = self
            .goal
            .as_mut()
            .and_then(|goal| goal.look(vm, point, context));
        let mut hit: Option<Hit> = None;
        for armed in &mut self.armed {
            let Some(kind) = armed.look(vm, point, context) else {
                continue;
            };
            let hit = hit.get_or_insert_with(|| Hit::plain(kind));
            hit.breakpoints.push(armed.number);
        }
        hit.or(own)
    }
}

impl Armed {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<StopKind> {
        if let Some(isolates) = &mut self.isolates {
            let objects = isolates.look(vm, point);
            return (!objects.is_empty()).then_some(StopKind::Isolate { objects });
        }
        match point {
            Point::Before(Some(line)) => match &*self.trigger {
                Trigger::Line {
                    file,
                    line: wanted,
                    condition,
                } => {
                    let here = line == *wanted && is_file(vm, file.as_deref(), context);
                    (here && context.counts && holds(vm, condition.as_deref()))
                        .then_some(StopKind::Line)
                }
                _ => self.count(vm, point),
            },
            Point::Before(None) => self.count(vm, point),
            Point::Inside(event) => self
                .inside(vm, event, context)
                .or_else(|| self.count(vm, point)),
        }
    }

    fn count(&mut self, vm: &Machine, point: Point) -> Option<StopKind> {
        let counts = self.counts.as_mut()?;
        let (before, after) = counts.change(vm, point)?;
        match &*self.trigger {
            Trigger::Refcount { object, count } if count.is_none_or(|count| count == after) => {
                Some(StopKind::Refcount {
                    object: object.clone(),
                    before,
                    after,
                })
            }
            _ => None,
        }
    }

    fn inside(&self, vm: &Machine, event: &Event, context: &Context) -> Option<StopKind> {
        let named = |watched: &Watched, o: Obj| match watched.covers(vm, o) {
            true => look::name_of(vm, o),
            false => None,
        };
        match (&*self.trigger, event) {
            (Trigger::Del(watched), Event::Finalize(o)) => Some(StopKind::Del {
                object: named(watched, *o)?,
                cause: causes::of_end(vm, context),
            }),
            (Trigger::Death(watched), Event::Death(o)) => Some(StopKind::Death {
                object: named(watched, *o)?,
                cause: causes::of_end(vm, context),
            }),
            (Trigger::Birth(watched), Event::Birth(o)) => Some(StopKind::Birth {
                object: named(watched, *o)?,
            }),
            (Trigger::Resurrect(watched), Event::Resurrect(o)) => Some(StopKind::Resurrect {
                object: named(watched, *o)?,
            }),
            (Trigger::Weakref(watched), Event::WeakrefClear { referent, .. }) => {
                Some(StopKind::Weakref {
                    referent: named(watched, *referent)?,
                })
            }
            (Trigger::Gc(wanted), _) => gc_moment(*wanted, vm, event),
            (Trigger::Raise(class), Event::Raise) => raised(class.as_deref(), vm),
            _ => None,
        }
    }
}

fn gc_moment(wanted: Option<GcMoment>, vm: &Machine, event: &Event) -> Option<StopKind> {
    let kind = gc_stop(vm, event)?;
    let StopKind::Gc { moment, .. } = kind else {
        return None;
    };
    let fits = match wanted {
        None => moment != GcMoment::Phase,
        Some(wanted) => moment == wanted,
    };
    fits.then_some(kind)
}

fn raised(wanted: Option<&str>, vm: &Machine) -> Option<StopKind> {
    let class = look::raised_class(vm).some()?;
    let name = look::short_class_name(vm, class);
    let fits = match wanted {
        Some(wanted) => look::mro_names(vm, class).any(|name| name == wanted),
        None => !UNREMARKABLE.contains(&name),
    };
    fits.then(|| StopKind::Raise {
        class: name.to_owned(),
    })
}

fn is_file(vm: &Machine, wanted: Option<&str>, context: &Context) -> bool {
    let Some(frame) = vm.frames.last() else {
        return false;
    };
    let here = look::filename(frame);
    match wanted {
        None => *here == *context.script,
        Some(wanted) => std::path::Path::new(here).ends_with(wanted),
    }
}

/// A condition that raises is taken as true, so that its author sees where it does.
fn holds(vm: &Machine, condition: Option<&str>) -> bool {
    match condition {
        None => true,
        Some(text) => evaluate::truth(vm, text).unwrap_or(true),
    }
}
