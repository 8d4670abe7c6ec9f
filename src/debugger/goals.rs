//! What each motion looks for: a line of this frame, the next event, the end of a frame, a phase, a place by its name.
//!
//! Knows no breakpoints (`breaks.rs`) and no timeline. Invariant: a goal means the same going forward and backward, so that a step
//! back undoes a step. Start at [`goal`].

use std::collections::HashMap;

use crate::heap::Obj;
use crate::vm::{Event, Machine};

use super::causes;
use super::command::{GcMoment, ObjectName, Unit};
use super::hunt::{Context, Hit, Hunt, Point};
use super::look;
use super::stop::StopKind;

/// The goal of a step by one unit, from a place where so many frames are open.
pub fn goal(unit: Unit, depth: usize) -> Box<dyn Hunt> {
    match unit {
        Unit::Line => Box::new(Lines { max_depth: depth }),
        Unit::Into => Box::new(Lines {
            max_depth: usize::MAX,
        }),
        Unit::Instr => Box::new(Instructions {
            max_depth: usize::MAX,
        }),
        Unit::Over => Box::new(Instructions { max_depth: depth }),
        Unit::Out => Box::new(Instructions {
            max_depth: depth.saturating_sub(1),
        }),
        Unit::Event => Box::new(LifeEvents::default()),
        Unit::Phase => Box::new(Phases),
        Unit::Death => Box::new(Deaths),
    }
}

/// Line events in frames of the script that are not deeper than this.
struct Lines {
    max_depth: usize,
}

impl Hunt for Lines {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Before(Some(_)) = point else {
            return None;
        };
        let here = vm.frames.last()?;
        let wanted = vm.frames.len() <= self.max_depth && *look::filename(here) == *context.script;
        wanted.then(|| Hit::plain(StopKind::Line))
    }
}

/// Instructions in frames that are not deeper than this.
struct Instructions {
    max_depth: usize,
}

impl Hunt for Instructions {
    fn look(&mut self, vm: &Machine, point: Point, _: &Context) -> Option<Hit> {
        let Point::Before(line) = point else {
            return None;
        };
        let kind = match line {
            Some(_) => StopKind::Line,
            None => StopKind::Instr,
        };
        (vm.frames.len() <= self.max_depth).then(|| Hit::plain(kind))
    }
}

/// Births, deaths and changes of the counts of what the script made.
#[derive(Default)]
struct LifeEvents {
    /// Count of each object by its serial, as it was at the last point; none before the first point.
    counts: Option<HashMap<u32, (Obj, u32)>>,
}

impl LifeEvents {
    /// The object whose count has changed, the oldest of them; `None` at the first point.
    fn changed(&mut self, vm: &Machine) -> Option<StopKind> {
        let counts = self.counts.get_or_insert_with(|| all_counts(vm));
        let mut first: Option<(u32, StopKind)> = None;
        for (serial, (o, before)) in counts.iter_mut() {
            let after = vm.heap.rc(*o);
            if after == *before {
                continue;
            }
            if first.as_ref().is_none_or(|(oldest, _)| serial < oldest)
                && let Some(object) = look::name_of(vm, *o)
            {
                let kind = StopKind::Refcount {
                    object,
                    before: u64::from(*before),
                    after: u64::from(after),
                };
                first = Some((*serial, kind));
            }
            *before = after;
        }
        first.map(|(_, kind)| kind)
    }
}

fn all_counts(vm: &Machine) -> HashMap<u32, (Obj, u32)> {
    let births = &vm.heap.births;
    let made = vm.heap.objects().filter(|o| births.of(*o).ordinal > 0);
    made.map(|o| (births.of(o).serial, (o, vm.heap.rc(o))))
        .collect()
}

impl Hunt for LifeEvents {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        match point {
            Point::Before(_) => self.changed(vm).map(Hit::plain),
            Point::Inside(Event::Birth(o)) => {
                let object = look::name_of(vm, *o)?;
                let serial = vm.heap.births.of(*o).serial;
                if let Some(counts) = &mut self.counts {
                    counts.insert(serial, (*o, vm.heap.rc(*o)));
                }
                Some(Hit::plain(StopKind::Birth { object }))
            }
            Point::Inside(Event::Death(o)) => {
                let object = look::name_of(vm, *o)?;
                if let Some(counts) = &mut self.counts {
                    counts.remove(&vm.heap.births.of(*o).serial);
                }
                let cause = causes::of_end(vm, context);
                Some(Hit::plain(StopKind::Death { object, cause }))
            }
            Point::Inside(_) => None,
        }
    }
}

/// Finalisers about to run, and deaths.
struct Deaths;

impl Hunt for Deaths {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Inside(event) = point else {
            return None;
        };
        let kind = match event {
            Event::Finalize(o) => StopKind::Del {
                object: look::name_of(vm, *o)?,
                cause: causes::of_end(vm, context),
            },
            // Frames, cells and tuples of arguments die all the time.
            Event::Death(o) if look::is_data(vm, *o) => StopKind::Death {
                object: look::name_of(vm, *o)?,
                cause: causes::of_end(vm, context),
            },
            _ => return None,
        };
        Some(Hit::plain(kind))
    }
}

/// The next time a line of the script is about to run.
pub struct LineAhead(pub u32);

impl Hunt for LineAhead {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Before(Some(line)) = point else {
            return None;
        };
        let here = line == self.0 && *look::filename(vm.frames.last()?) == *context.script;
        here.then(|| Hit::plain(StopKind::Line))
    }
}

/// Phases of the collector.
struct Phases;

impl Hunt for Phases {
    fn look(&mut self, vm: &Machine, point: Point, _: &Context) -> Option<Hit> {
        let Point::Inside(event) = point else {
            return None;
        };
        gc_stop(vm, event).map(Hit::plain)
    }
}

/// The stop that an event of the collector is; none for other events.
pub fn gc_stop(vm: &Machine, event: &Event) -> Option<StopKind> {
    let (moment, phase, collected) = match event {
        Event::GcStart { .. } => (GcMoment::Start, None, None),
        Event::GcPhase(phase) => (GcMoment::Phase, Some(phase.name()), None),
        Event::GcEnd { collected, .. } => (GcMoment::End, None, Some(*collected as u64)),
        _ => return None,
    };
    let collection = vm.collection?;
    Some(StopKind::Gc {
        moment,
        phase,
        number: collection.number,
        generation: collection.generation,
        collected,
    })
}

/// The `arrival`th time a line of the script is about to run; counted from the start of the run.
pub struct LineArrival {
    pub line: u32,
    pub arrival: u32,
}

impl Hunt for LineArrival {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Before(Some(line)) = point else {
            return None;
        };
        if line != self.line || *look::filename(vm.frames.last()?) != *context.script {
            return None;
        }
        self.arrival -= 1;
        (self.arrival == 0).then(|| Hit::plain(StopKind::Line))
    }
}

/// Before the instruction of this number.
pub struct InstructionNumber(pub u64);

impl Hunt for InstructionNumber {
    fn look(&mut self, vm: &Machine, point: Point, _: &Context) -> Option<Hit> {
        let Point::Before(line) = point else {
            return None;
        };
        let kind = match line {
            Some(_) => StopKind::Line,
            None => StopKind::Instr,
        };
        (vm.steps() == self.0).then(|| Hit::plain(kind))
    }
}

/// What happens to one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Birth,
    Del,
    Death,
}

pub struct ObjectFate {
    pub name: ObjectName,
    pub fate: Fate,
}

impl Hunt for ObjectFate {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Inside(event) = point else {
            return None;
        };
        let o = match (self.fate, event) {
            (Fate::Birth, Event::Birth(o))
            | (Fate::Del, Event::Finalize(o))
            | (Fate::Death, Event::Death(o)) => *o,
            _ => return None,
        };
        let object = look::name_of(vm, o).filter(|name| *name == self.name)?;
        let cause = causes::of_end(vm, context);
        Some(Hit::plain(match self.fate {
            Fate::Birth => StopKind::Birth { object },
            Fate::Del => StopKind::Del { object, cause },
            Fate::Death => StopKind::Death { object, cause },
        }))
    }
}

/// The start of the collection of this number.
pub struct CollectionNumber(pub u64);

impl Hunt for CollectionNumber {
    fn look(&mut self, vm: &Machine, point: Point, _: &Context) -> Option<Hit> {
        let Point::Inside(event @ Event::GcStart { .. }) = point else {
            return None;
        };
        let number = vm.collection.map(|collection| collection.number);
        match number == Some(self.0) {
            true => gc_stop(vm, event).map(Hit::plain),
            false => None,
        }
    }
}

/// A change of one object's count, its birth and death among them.
pub struct CountChange {
    pub name: ObjectName,
    /// Where it is and its count, once it has been seen.
    seen: Option<(Obj, u32)>,
    looked: bool,
}

impl CountChange {
    pub fn new(name: ObjectName) -> CountChange {
        CountChange {
            name,
            seen: None,
            looked: false,
        }
    }

    /// The object at this point: found on the heap the first time, then by its birth.
    fn find(&mut self, vm: &Machine, point: Point) {
        if !self.looked {
            self.looked = true;
            self.seen = look::find(vm, &self.name).map(|o| (o, vm.heap.rc(o)));
        }
        if let Point::Inside(Event::Birth(o)) = point
            && self.seen.is_none()
            && look::name_of(vm, *o).as_ref() == Some(&self.name)
        {
            self.seen = Some((*o, 0));
        }
    }

    /// The change that shows at this point: count before and after.
    pub fn change(&mut self, vm: &Machine, point: Point) -> Option<(u64, u64)> {
        self.find(vm, point);
        let (o, before) = self.seen?;
        let after = vm.heap.rc(o);
        let dies = matches!(point, Point::Inside(Event::Death(dead)) if *dead == o);
        if dies {
            self.seen = None;
            return Some((u64::from(before), 0));
        }
        self.seen = Some((o, after));
        (after != before).then(|| (u64::from(before), u64::from(after)))
    }
}

impl Hunt for CountChange {
    fn look(&mut self, vm: &Machine, point: Point, _: &Context) -> Option<Hit> {
        let (before, after) = self.change(vm, point)?;
        Some(Hit::plain(StopKind::Refcount {
            object: self.name.clone(),
            before,
            after,
        }))
    }
}
