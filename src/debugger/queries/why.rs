//! Why an object is alive: paths from the roots, and the edges whose cut would free it.
//!
//! Invariant: nothing here recurses, so a chain of a million objects is only a long answer. Start at [`alive`].

use std::collections::VecDeque;

use crate::heap::{Obj, Payload};
use crate::vm::Machine;

use super::super::outcome::{Path, PathEdge, Why};
use super::owners::{self, Names, display};
use super::references::{self, Holder, Reference};

/// A set of slots.
pub struct Slots {
    bits: Vec<bool>,
}

impl Slots {
    fn new(vm: &Machine) -> Slots {
        Slots {
            bits: vec![false; vm.heap.slot_count()],
        }
    }

    pub fn contains(&self, o: Obj) -> bool {
        self.bits[o.0 as usize]
    }

    fn insert(&mut self, o: Obj) -> bool {
        !std::mem::replace(&mut self.bits[o.0 as usize], true)
    }
}

/// Everything that a root leads to; that the collector holds something for a while does not count.
pub fn reachable(vm: &Machine) -> Slots {
    reachable_without(vm, &|reference| references::is_collectors(vm, reference))
}

/// The same as if some references were not there.
fn reachable_without(vm: &Machine, cut: &dyn Fn(&Reference) -> bool) -> Slots {
    let mut seen = Slots::new(vm);
    let mut queue = Vec::new();
    references::roots(vm, |reference: Reference| {
        if !cut(&reference) && seen.insert(reference.target) {
            queue.push(reference.target);
        }
    });
    while let Some(o) = queue.pop() {
        references::of_object(vm, o, |reference| {
            if !cut(&reference) && seen.insert(reference.target) {
                queue.push(reference.target);
            }
        });
    }
    seen
}

/// Paths that are told; the search goes on for no more.
const MAX_PATHS: usize = 8;

/// How an object stands that has not been freed.
pub fn alive(vm: &Machine, _script: &str, o: Obj) -> Why {
    let object = display(vm, o);
    let count = u64::from(vm.heap.rc(o));
    let owners = owners::of(vm, o);
    let cycle = cycle(vm, o).into_iter().map(|o| display(vm, o)).collect();
    if !reachable(vm).contains(o) {
        return Why::Isolated {
            object,
            count,
            owners,
            cycle,
        };
    }
    Why::Alive {
        object,
        count,
        owners,
        paths: paths(vm, o),
        cycle,
    }
}

/// For each reference to the object that a root leads to without the object itself, the shortest path through it.
fn paths(vm: &Machine, o: Obj) -> Vec<Path> {
    let names = Names::new(vm);
    let from_roots = shortest_from_roots(vm, o);
    let mut found = Vec::new();
    for last in references::to(vm, o) {
        let Some(mut chain) = chain_to(&from_roots, last) else {
            continue;
        };
        chain.push(last);
        found.push(chain);
    }
    found.sort_by_key(Vec::len);
    found.truncate(MAX_PATHS);
    found
        .into_iter()
        .map(|chain| path(vm, &names, &chain, o))
        .collect()
}

/// For each object the reference by which a breadth-first walk from the roots came to it, never through `o`.
fn shortest_from_roots(vm: &Machine, o: Obj) -> Vec<Option<Reference>> {
    let mut via: Vec<Option<Reference>> = vec![None; vm.heap.slot_count()];
    let mut queue = VecDeque::new();
    let mut visit = |reference: Reference, queue: &mut VecDeque<Obj>| {
        let known = &mut via[reference.target.0 as usize];
        if known.is_none() && reference.target != o {
            *known = Some(reference);
            queue.push_back(reference.target);
        }
    };
    // The script's own names first: they make the path that a reader knows.
    references::of_object(vm, vm.main_dict, |reference| visit(reference, &mut queue));
    references::roots(vm, |reference: Reference| visit(reference, &mut queue));
    while let Some(next) = queue.pop_front() {
        references::of_object(vm, next, |reference| visit(reference, &mut queue));
    }
    via
}

/// The references from a root to the holder of `last`; none when no root leads there.
fn chain_to(via: &[Option<Reference>], last: Reference) -> Option<Vec<Reference>> {
    let mut chain = Vec::new();
    let mut holder = last.holder;
    while let Holder::Object(o, _) = holder {
        match via[o.0 as usize] {
            Some(reference) => {
                chain.push(reference);
                holder = reference.holder;
            }
            None => return None,
        }
        if chain.len() > via.len() {
            return None;
        }
    }
    chain.reverse();
    Some(chain)
}

fn path(vm: &Machine, names: &Names, chain: &[Reference], o: Obj) -> Path {
    // What leads to the module's names, and from an instance to its dict, goes without saying.
    let told = chain
        .iter()
        .filter(|reference| !is_implied(vm, names, reference));
    let edges = told.map(|reference| PathEdge {
        owner: names.text(reference),
        object: display(vm, reference.target),
        frees: frees(vm, reference, o),
    });
    Path {
        edges: edges.collect(),
    }
}

fn is_implied(vm: &Machine, names: &Names, reference: &Reference) -> bool {
    let target = reference.target;
    let dict = matches!(
        vm.heap.payload(target),
        Payload::Dict(_) | Payload::Split { .. }
    );
    target == vm.main_dict || (dict && matches!(names.part(target), owners::Part::DictOf(_)))
}

/// Whether the object would be unreachable if this one reference were not there.
fn frees(vm: &Machine, cut: &Reference, o: Obj) -> bool {
    !reachable_without(vm, &|reference| reference == cut).contains(o)
}

/// A shortest cycle that the object is in, itself first; helpers such as dicts are left out where they go without saying.
pub fn cycle(vm: &Machine, o: Obj) -> Vec<Obj> {
    let mut via: Vec<Option<Obj>> = vec![None; vm.heap.slot_count()];
    let mut queue = VecDeque::from([o]);
    while let Some(next) = queue.pop_front() {
        let mut closed = false;
        references::of_object(vm, next, |reference| {
            closed |= reference.target == o;
            let known = &mut via[reference.target.0 as usize];
            // Every instance leads to its class and so to the module: a cycle through those is no news.
            if known.is_none() && reference.target != o && !is_scenery(vm, reference.target) {
                *known = Some(next);
                queue.push_back(reference.target);
            }
        });
        if closed {
            return cycle_back(vm, &via, next, o);
        }
    }
    Vec::new()
}

fn is_scenery(vm: &Machine, o: Obj) -> bool {
    o == vm.main_dict
        || matches!(
            vm.heap.payload(o),
            Payload::Class(_) | Payload::Module { .. }
        )
}

fn cycle_back(vm: &Machine, via: &[Option<Obj>], last: Obj, o: Obj) -> Vec<Obj> {
    let names = Names::new(vm);
    let mut cycle = Vec::new();
    let mut at = last;
    while at != o {
        if !matches!(names.part(at), owners::Part::DictOf(_)) {
            cycle.push(at);
        }
        match via[at.0 as usize] {
            Some(before) => at = before,
            None => return Vec::new(),
        }
    }
    cycle.push(o);
    cycle.reverse();
    cycle
}
