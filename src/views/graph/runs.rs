//! Runs of a linked list: the middle of a chain of one type, which one box can stand for.
//!
//! Knows no boxes. A run's members have exactly two neighbours, the one before and the one after, whichever way their
//! references point; so singly and doubly linked lists both fold. Nothing that is held from elsewhere or marked is ever
//! inside a run. One pass over all slots and one over all objects; no recursion. Start at `find`.

use super::facts::{GraphOptions, Snapshot, Target};
use super::index::{Index, NONE};

/// A shorter run than this is drawn box by box.
pub(super) const RUN_MIN: usize = 5;
/// An opened run shows so many boxes; the rest is a run again, that can be opened in its turn.
const OPEN_STEP: usize = 8;

/// The (at most two) neighbours of an object.
#[derive(Clone, Copy)]
struct Links {
    near: [u32; 2],
    /// References to, and from, each of them.
    out: [bool; 2],
    into: [bool; 2],
    /// Has more neighbours, or must keep a box of its own.
    barred: bool,
}

impl Links {
    const NOTHING: Links = Links {
        near: [NONE; 2],
        out: [false; 2],
        into: [false; 2],
        barred: false,
    };

    fn join(&mut self, other: u32, outward: bool) {
        let at = match self.near {
            [a, _] if a == other => 0,
            [_, b] if b == other => 1,
            [NONE, _] => 0,
            [_, NONE] => 1,
            _ => {
                self.barred = true;
                return;
            }
        };
        self.near[at] = other;
        self.out[at] |= outward;
        self.into[at] |= !outward;
    }

    /// The neighbour after this one for a walk that comes from `before`.
    fn after(&self, before: u32) -> Option<u32> {
        let side = (0..2).find(|&i| self.near[i] == before)?;
        (self.into[side] && self.out[1 - side]).then_some(self.near[1 - side])
    }

    /// The neighbour before this one for a walk that goes on to `next`.
    fn before(&self, next: u32) -> Option<u32> {
        let side = (0..2).find(|&i| self.near[i] == next)?;
        (self.out[side] && self.into[1 - side]).then_some(self.near[1 - side])
    }
}

/// The runs of a snapshot, members in list order, and the run of each object (`NONE`: in no run).
pub(super) struct Runs {
    pub runs: Vec<Vec<u32>>,
    pub run_of: Vec<u32>,
}

pub(super) fn find(index: &Index, snapshot: &Snapshot, options: &GraphOptions) -> Runs {
    let links = links(index, snapshot, options);
    let mut found = Runs {
        runs: Vec::new(),
        run_of: vec![NONE; links.len()],
    };
    let mut walked = vec![false; links.len()];
    for at in 0..links.len() {
        if walked[at] || !can_be_inside(&links, at) {
            continue;
        }
        let run = walk(index, &links, &mut walked, at as u32);
        keep(index, options, &mut found, run);
    }
    found
}

fn links(index: &Index, snapshot: &Snapshot, options: &GraphOptions) -> Vec<Links> {
    let mut links = vec![Links::NOTHING; index.objects.len()];
    for root in &snapshot.roots {
        for row in &root.rows {
            if let Target::Object(key) = row.target
                && let Some(at) = index.find(key)
            {
                links[index.owner[at] as usize].barred = true;
            }
        }
    }
    for (at, object) in index.objects.iter().enumerate() {
        links[at].barred |= !index.may_show(at) || is_marked(object, options);
        if index.owner[at] as usize != at {
            continue;
        }
        for (slot, _) in index.slots(at) {
            let Target::Object(key) = slot.target else {
                continue;
            };
            let Some(other) = index.shown(key) else {
                continue;
            };
            if other != at && !slot.weak {
                links[at].join(other as u32, true);
                links[other].join(at as u32, false);
            }
        }
    }
    links
}

/// What the reader must see for itself is never folded. The selected object is no such thing where it stands for a
/// fold: that is what a click on the fold selects.
pub(super) fn is_marked(object: &super::facts::ObjectFact, options: &GraphOptions) -> bool {
    object.changed
        || object.born
        || object.ghost
        || object.finaliser_running
        || !object.other_owners.is_empty()
        || options.focus == Some(object.key)
}

fn can_be_inside(links: &[Links], at: usize) -> bool {
    let l = &links[at];
    let through = |i: usize| l.into[i] && l.out[1 - i];
    !l.barred && l.near[1] != NONE && (through(0) || through(1))
}

/// The whole run through `start`, in list order.
fn walk(index: &Index, links: &[Links], walked: &mut [bool], start: u32) -> Vec<u32> {
    let here = links[start as usize];
    let type_name = &index.objects[start as usize].type_name;
    let forward = here.into[0] && here.out[1];
    let backward = here.into[1] && here.out[0];
    // A doubly linked list can be read both ways: take the order of birth.
    let first_side = usize::from(!(forward && (!backward || here.near[0] < here.near[1])));
    let (before, after) = (here.near[first_side], here.near[1 - first_side]);
    walked[start as usize] = true;
    let mut grow = |mut from: u32, mut to: u32, step: fn(&Links, u32) -> Option<u32>| {
        let mut found = Vec::new();
        while !walked[to as usize]
            && can_be_inside(links, to as usize)
            && index.objects[to as usize].type_name == *type_name
        {
            let Some(next) = step(&links[to as usize], from) else {
                break;
            };
            walked[to as usize] = true;
            found.push(to);
            (from, to) = (to, next);
        }
        found
    };
    let tail = grow(start, after, Links::after);
    let mut run = grow(start, before, Links::before);
    run.reverse();
    run.push(start);
    run.extend(tail);
    run
}

fn keep(index: &Index, options: &GraphOptions, found: &mut Runs, mut run: Vec<u32>) {
    // A ring that nothing holds has no head: let its first member keep a box, so that the fold has a neighbour.
    let ring = run.len() > 1 && index.slots(run[run.len() - 1] as usize).any(|(slot, _)| {
        matches!(slot.target, Target::Object(key) if index.shown(key) == Some(run[0] as usize))
    });
    if ring {
        run.remove(0);
    }
    // The selected object has a box of its own, unless it is the one that stands for the run.
    let selected = options.selected.and_then(|key| index.find(key));
    let selected = selected.and_then(|at| run.iter().position(|&member| member as usize == at));
    if let Some(at) = selected.filter(|&at| at > 0) {
        let rest = run.split_off(at + 1);
        run.pop();
        fold(index, options, found, rest);
    }
    fold(index, options, found, run);
}

fn fold(index: &Index, options: &GraphOptions, found: &mut Runs, mut run: Vec<u32>) {
    while run.len() >= RUN_MIN && options.opened.contains(&index.objects[run[0] as usize].key) {
        run.drain(..OPEN_STEP.min(run.len()));
    }
    if run.len() < RUN_MIN {
        return;
    }
    let id = found.runs.len() as u32;
    for &member in &run {
        found.run_of[member as usize] = id;
    }
    found.runs.push(run);
}
