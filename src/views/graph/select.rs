//! Which objects get a box: everything within some references of the roots or the focus, folded until it is few enough.
//!
//! Knows no rows' texts and no cells. Breadth first over units (an object, or a fold of several), never recursive.
//! Invariant: a unit's members are in no other unit; the units come nearest first; what is not chosen is counted.
//! Start at `choose`.

use std::collections::VecDeque;

use super::facts::{GraphOptions, Snapshot, Target};
use super::index::{Index, NONE};
use super::model::Fold;
use super::runs::{Runs, is_marked};
use super::{folds, rows};

/// So many units are looked at before folding begins; more would only be folded or cut again.
const COLLECTED_MAX: usize = 4000;
/// So many changed objects may push themselves into a picture that does not reach them.
const INTRUDERS_MAX: usize = 6;

/// One box to be.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Object indices, the one that gives the key first.
    pub members: Vec<u32>,
    pub fold: Option<Fold>,
}

pub(super) struct Chosen {
    pub units: Vec<Unit>,
    /// The unit of each object, `NONE` if it is not shown.
    pub unit_of: Vec<u32>,
    /// Objects that could have a box and have none.
    pub left_out: usize,
    /// Among those, objects that changed.
    pub changed_left_out: usize,
}

pub(super) fn choose(
    index: &Index,
    runs: Runs,
    snapshot: &Snapshot,
    options: &GraphOptions,
) -> Chosen {
    let mut search = Search {
        index,
        runs,
        options,
        units: Vec::new(),
        unit_of: vec![NONE; index.objects.len()],
        queue: VecDeque::new(),
    };
    match options.focus.and_then(|key| index.shown(key)) {
        Some(focus) => search.walk_around(focus),
        None => search.walk_roots(snapshot),
    }
    let Search {
        mut units,
        mut unit_of,
        ..
    } = search;
    folds::fold(index, snapshot, options, &mut units, &mut unit_of);
    if units.len() > options.max_boxes {
        cut(index, options, &mut units, &mut unit_of);
    }
    let (mut left_out, mut changed_left_out) = (0, 0);
    for (at, object) in index.objects.iter().enumerate() {
        if unit_of[at] == NONE && index.may_show(at) {
            left_out += 1;
            changed_left_out += usize::from(object.changed || object.born || object.ghost);
        }
    }
    Chosen {
        units,
        unit_of,
        left_out,
        changed_left_out,
    }
}

struct Search<'a> {
    index: &'a Index<'a>,
    runs: Runs,
    options: &'a GraphOptions,
    units: Vec<Unit>,
    unit_of: Vec<u32>,
    /// Units whose rows are still to be followed, with their distance.
    queue: VecDeque<(u32, usize)>,
}

impl Search<'_> {
    fn walk_roots(&mut self, snapshot: &Snapshot) {
        for root in &snapshot.roots {
            for row in &root.rows {
                if let Target::Object(key) = row.target
                    && !row.weak
                {
                    self.reach_key(key, 1);
                }
            }
        }
        let objects = self.index.objects;
        // Held by a value stack or the collector only, or by nothing alive at all.
        for (at, object) in objects.iter().enumerate() {
            if !object.other_owners.is_empty() || object.finaliser_running {
                self.reach(at, 1);
            }
        }
        self.spread();
        for (at, object) in objects.iter().enumerate() {
            if object.unreachable || object.ghost {
                self.reach(at, 1);
                self.spread();
            }
        }
        if let Some(selected) = self.options.selected {
            self.reach_key(selected, self.options.depth);
        }
        let news = objects
            .iter()
            .enumerate()
            .filter(|(_, o)| o.changed || o.born);
        for (at, _) in news.take(INTRUDERS_MAX) {
            self.reach(at, self.options.depth);
        }
        self.spread();
    }

    /// The focus, what it reaches and what reaches it.
    fn walk_around(&mut self, focus: usize) {
        self.reach(focus, 0);
        for distance in 1..=self.options.depth {
            let known = self.units.len();
            self.spread_one();
            self.reach_holders(known as u32, distance);
            if self.units.len() == known {
                break;
            }
        }
        if let Some(selected) = self.options.selected {
            self.reach_key(selected, self.options.depth);
        }
    }

    /// Objects with a row that refers to one of the first `known` units. One pass over everything.
    fn reach_holders(&mut self, known: u32, distance: usize) {
        for at in 0..self.index.objects.len() {
            if self.unit_of[at] != NONE || !self.index.may_show(at) {
                continue;
            }
            let holds = self.index.slots(at).any(|(slot, _)| {
                matches!(slot.target, Target::Object(key)
                    if self.index.shown(key).is_some_and(|t| self.unit_of[t] < known))
            });
            if holds {
                self.reach(at, distance);
            }
        }
    }

    fn reach_key(&mut self, key: super::facts::Key, distance: usize) {
        if let Some(at) = self.index.shown(key) {
            self.reach(at, distance);
        }
    }

    fn reach(&mut self, at: usize, distance: usize) {
        if self.unit_of[at] != NONE || !self.index.may_show(at) || self.units.len() >= COLLECTED_MAX
        {
            return;
        }
        let (members, fold) = match self.runs.run_of[at] {
            NONE => (vec![at as u32], None),
            run => (
                std::mem::take(&mut self.runs.runs[run as usize]),
                Some(Fold::Run),
            ),
        };
        let id = self.units.len() as u32;
        for &member in &members {
            self.unit_of[member as usize] = id;
        }
        self.units.push(Unit { members, fold });
        self.queue.push_back((id, distance));
    }

    fn spread(&mut self) {
        while !self.queue.is_empty() {
            self.spread_one();
        }
    }

    /// Follows the rows of everything that is queued now.
    fn spread_one(&mut self) {
        for _ in 0..self.queue.len() {
            let Some((unit, distance)) = self.queue.pop_front() else {
                return;
            };
            if distance >= self.options.depth {
                continue;
            }
            for target in targets(self.index, &self.units[unit as usize], self.options) {
                self.reach(target, distance + 1);
            }
        }
    }
}

/// The members whose references lead out of a unit. Inside a run only those of the ends do.
pub(super) fn leading_out(unit: &Unit) -> Vec<u32> {
    match (unit.fold, &unit.members[..]) {
        (Some(Fold::Run), [first, .., last]) => vec![*first, *last],
        (_, members) => members.to_vec(),
    }
}

/// The objects that a unit's rows refer to, in row order.
pub(super) fn targets(index: &Index, unit: &Unit, options: &GraphOptions) -> Vec<usize> {
    let mut found = Vec::new();
    for member in leading_out(unit) {
        for (slot, _) in rows::of_object(index, member as usize, options).slots {
            if let Target::Object(key) = slot.target
                && let Some(target) = index.shown(key)
            {
                found.push(target);
            }
        }
    }
    found
}

/// Keeps the marked units and the nearest others.
fn cut(index: &Index, options: &GraphOptions, units: &mut Vec<Unit>, unit_of: &mut [u32]) {
    let objects = |unit: &Unit| {
        unit.members
            .iter()
            .map(|&m| &index.objects[m as usize])
            .collect::<Vec<_>>()
    };
    let marked = |unit: &Unit| {
        let objects = objects(unit);
        is_marked(objects[0], options) || objects.iter().any(|o| options.selected == Some(o.key))
    };
    let mut room = options.max_boxes;
    let mut keep = vec![false; units.len()];
    for wanted in [true, false] {
        for (at, unit) in units.iter().enumerate() {
            if marked(unit) == wanted && room > 0 {
                keep[at] = true;
                room -= 1;
            }
        }
    }
    let mut old = 0;
    units.retain(|_| {
        old += 1;
        keep[old - 1]
    });
    number(units, unit_of);
}

/// Writes down which unit each object is in.
pub(super) fn number(units: &[Unit], unit_of: &mut [u32]) {
    unit_of.fill(NONE);
    for (id, unit) in units.iter().enumerate() {
        for &member in &unit.members {
            unit_of[member as usize] = id as u32;
        }
    }
}
