//! Objects that have just become unreachable while their count is above zero: cyclic isolates.
//!
//! Walking the heap before each instruction would be too slow, so each watched object keeps a witness: one path from a root. As long as
//! every reference of the witness is still there, the object is reachable. Only when one is gone the heap is walked.
//!
//! Invariant: an object is told once, when it gets lost; when it is found again (a finaliser brought it back) it can be told again.
//! Start at [`Isolates::look`].

use std::collections::{BTreeMap, BTreeSet};

use crate::heap::Obj;
use crate::vm::{Event, Machine};

use super::breaks::Watched;
use super::command::ObjectName;
use super::hunt::Point;
use super::look;
use super::queries::references::{self, Holder, Reference};

pub struct Isolates {
    watched: Watched,
    /// The objects that are watched, by serial; none before the first point.
    alive: Option<BTreeMap<u32, Tracked>>,
    lost: BTreeSet<u32>,
    /// Something may have been found again.
    recheck: bool,
}

struct Tracked {
    o: Obj,
    /// From a root to the object; empty when none is known.
    witness: Vec<(u32, Reference)>,
}

impl Isolates {
    pub fn new(watched: Watched) -> Isolates {
        Isolates {
            watched,
            alive: None,
            lost: BTreeSet::new(),
            recheck: false,
        }
    }

    /// The objects that got lost since the last point.
    pub fn look(&mut self, vm: &Machine, point: Point) -> Vec<ObjectName> {
        match point {
            Point::Inside(event) => {
                self.note(vm, event);
                Vec::new()
            }
            // In a collection or at exit, what is lost is being dealt with.
            Point::Before(_) if vm.collection.is_some() || vm.finalizing => Vec::new(),
            Point::Before(_) => self.check(vm),
        }
    }

    fn note(&mut self, vm: &Machine, event: &Event) {
        let Some(alive) = &mut self.alive else { return };
        match event {
            Event::Birth(o) if self.watched.covers(vm, *o) => {
                let tracked = Tracked {
                    o: *o,
                    witness: Vec::new(),
                };
                alive.insert(vm.heap.births.of(*o).serial, tracked);
            }
            Event::Death(o) => {
                let serial = vm.heap.births.of(*o).serial;
                alive.remove(&serial);
                self.lost.remove(&serial);
            }
            Event::Resurrect(_) | Event::GcEnd { .. } => self.recheck = true,
            _ => {}
        }
    }

    fn check(&mut self, vm: &Machine) -> Vec<ObjectName> {
        let first = self.alive.is_none();
        let alive = self.alive.get_or_insert_with(|| all(vm, &self.watched));
        let settled = |(serial, tracked): (&u32, &Tracked)| {
            self.lost.contains(serial)
                || (!tracked.witness.is_empty() && holds(vm, &tracked.witness))
        };
        if !first && !std::mem::take(&mut self.recheck) && alive.iter().all(settled) {
            return Vec::new();
        }
        let via = walk(vm);
        let mut found = Vec::new();
        for (serial, tracked) in alive {
            tracked.witness = chain(vm, &via, tracked.o);
            if !tracked.witness.is_empty() {
                self.lost.remove(serial);
            } else if self.lost.insert(*serial) && !first {
                found.extend(look::name_of(vm, tracked.o));
            }
        }
        found
    }
}

fn all(vm: &Machine, watched: &Watched) -> BTreeMap<u32, Tracked> {
    let covered = vm.heap.objects().filter(|o| watched.covers(vm, *o));
    let tracked = covered.map(|o| {
        let tracked = Tracked {
            o,
            witness: Vec::new(),
        };
        (vm.heap.births.of(o).serial, tracked)
    });
    tracked.collect()
}

/// Whether every reference of a path is still there.
fn holds(vm: &Machine, witness: &[(u32, Reference)]) -> bool {
    witness.iter().all(|(serial, reference)| {
        let mut there = false;
        let mut see = |other: Reference| there |= other == *reference;
        match reference.holder {
            Holder::Object(holder, _) => {
                // The slot may have been given to another object.
                if !vm.heap.is_live(holder) || vm.heap.births.of(holder).serial != *serial {
                    return false;
                }
                references::of_object(vm, holder, &mut see);
            }
            _ => references::roots(vm, &mut see),
        }
        there
    })
}

/// For each slot the reference by which a walk from the roots came to it: the module's names first, because they last longest.
fn walk(vm: &Machine) -> Vec<Option<Reference>> {
    let mut via: Vec<Option<Reference>> = vec![None; vm.heap.slot_count()];
    let mut queue = Vec::new();
    let mut visit = |reference: Reference, queue: &mut Vec<Obj>| {
        let known = &mut via[reference.target.0 as usize];
        if known.is_none() {
            *known = Some(reference);
            queue.push(reference.target);
        }
    };
    references::of_object(vm, vm.main_dict, |reference| visit(reference, &mut queue));
    let mut at = 0;
    while let Some(next) = queue.get(at).copied() {
        references::of_object(vm, next, |reference| visit(reference, &mut queue));
        at += 1;
    }
    references::roots(vm, |reference: Reference| visit(reference, &mut queue));
    while let Some(next) = queue.get(at).copied() {
        references::of_object(vm, next, |reference| visit(reference, &mut queue));
        at += 1;
    }
    via
}

fn chain(vm: &Machine, via: &[Option<Reference>], o: Obj) -> Vec<(u32, Reference)> {
    let mut chain = Vec::new();
    let mut at = o;
    while let Some(reference) = via[at.0 as usize] {
        let Holder::Object(holder, _) = reference.holder else {
            chain.push((0, reference));
            break;
        };
        chain.push((vm.heap.births.of(holder).serial, reference));
        // The module's names are a root for as long as the program runs.
        if holder == vm.main_dict || chain.len() > via.len() {
            break;
        }
        at = holder;
    }
    chain
}
