//! Folding of what is alike or knotted together: siblings of one type, strongly connected components.
//!
//! Knows nothing of cells. Runs of linked lists are folded earlier (`runs.rs`), because they shorten distances.
//! Marked objects are never folded. Start at `fold`.

use std::collections::BTreeMap;

use petgraph::Graph;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;

use super::facts::{GraphOptions, Snapshot, Target};
use super::index::{Index, NONE};
use super::model::Fold;
use super::runs::is_marked;
use super::select::{Unit, number, targets};

/// So many alike under one holder are one box, however much room there is.
const SIBLINGS_ALWAYS: usize = 6;
/// So many are, when there are too many boxes.
const SIBLINGS_CROWDED: usize = 3;
/// The smallest component worth folding.
const CYCLE_MIN: usize = 3;

pub(super) fn fold(
    index: &Index,
    snapshot: &Snapshot,
    options: &GraphOptions,
    units: &mut Vec<Unit>,
    unit_of: &mut [u32],
) {
    let crowded = units.len() > options.max_boxes;
    let least = if crowded {
        SIBLINGS_CROWDED
    } else {
        SIBLINGS_ALWAYS
    };
    let mut folding = Folding {
        index,
        options,
        units,
        unit_of,
    };
    let groups = folding.siblings(snapshot, least);
    folding.merge(groups, Fold::Siblings);
    if folding.units.len() > options.max_boxes {
        let mut cycles = folding.cycles();
        cycles.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
        let surplus = folding.units.len() - options.max_boxes;
        let mut saved = 0;
        cycles.retain(|group| {
            let needed = saved < surplus;
            saved += if needed { group.len() - 1 } else { 0 };
            needed
        });
        folding.merge(cycles, Fold::Cycle);
    }
}

/// What siblings share: holders, what they hold, type, and whether they are garbage.
type Likeness<'a> = (&'a [usize], &'a [usize], &'a str, bool);

struct Folding<'a> {
    index: &'a Index<'a>,
    options: &'a GraphOptions,
    units: &'a mut Vec<Unit>,
    unit_of: &'a mut [u32],
}

impl Folding<'_> {
    fn may_fold(&self, unit: usize) -> bool {
        let unit = &self.units[unit];
        let object = &self.index.objects[unit.members[0] as usize];
        unit.fold.is_none() && !is_marked(object, self.options)
    }

    /// Units of one type with the same holders that hold the same others. Named variables keep their boxes: a root
    /// holds by name.
    fn siblings(&self, snapshot: &Snapshot, least: usize) -> Vec<Vec<usize>> {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); self.units.len()];
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); self.units.len()];
        for (at, unit) in self.units.iter().enumerate() {
            for target in targets(self.index, unit, self.options) {
                let to = self.unit_of[target];
                if to != NONE {
                    held[at].push(to as usize);
                    holders[to as usize].push(at);
                }
            }
        }
        let named = self.named(snapshot);
        let mut groups: BTreeMap<Likeness, Vec<usize>> = BTreeMap::new();
        for at in (0..self.units.len()).filter(|&at| !named[at] && self.may_fold(at)) {
            let object = &self.index.objects[self.units[at].members[0] as usize];
            if !holders[at].is_empty() && !holders[at].iter().any(|&holder| self.is_opened(holder))
            {
                let alike = (
                    &holders[at][..],
                    &held[at][..],
                    &object.type_name[..],
                    object.unreachable,
                );
                groups.entry(alike).or_default().push(at);
            }
        }
        groups
            .into_values()
            .filter(|group| group.len() >= least && !self.is_opened(group[0]))
            .collect()
    }

    /// Which units a root's row refers to.
    fn named(&self, snapshot: &Snapshot) -> Vec<bool> {
        let mut named = vec![false; self.units.len()];
        for row in snapshot.roots.iter().flat_map(|root| &root.rows) {
            if let Target::Object(key) = row.target
                && let Some(at) = self.index.shown(key)
                && self.unit_of[at] != NONE
            {
                named[self.unit_of[at] as usize] = true;
            }
        }
        named
    }

    fn is_selected(&self, unit: usize) -> bool {
        let first = self.units[unit].members[0] as usize;
        self.options.selected == Some(self.index.objects[first].key)
    }

    fn is_opened(&self, unit: usize) -> bool {
        let first = self.units[unit].members[0] as usize;
        self.options.opened.contains(&self.index.objects[first].key)
    }

    fn cycles(&self) -> Vec<Vec<usize>> {
        let mut graph: Graph<(), ()> = Graph::with_capacity(self.units.len(), self.units.len() * 2);
        for _ in 0..self.units.len() {
            graph.add_node(());
        }
        for (at, unit) in self.units.iter().enumerate() {
            for target in targets(self.index, unit, self.options) {
                let to = self.unit_of[target];
                if to != NONE {
                    graph.add_edge(NodeIndex::new(at), NodeIndex::new(to as usize), ());
                }
            }
        }
        let mut groups = Vec::new();
        for component in kosaraju_scc(&graph) {
            let mut group: Vec<usize> = component
                .iter()
                .map(|n| n.index())
                .filter(|&u| self.may_fold(u))
                .collect();
            group.sort_unstable();
            if group.len() >= CYCLE_MIN && !self.is_opened(group[0]) {
                groups.push(group);
            }
        }
        groups
    }

    /// Makes one unit of each group, in the place of its first member.
    fn merge(&mut self, mut groups: Vec<Vec<usize>>, fold: Fold) {
        // The selected object has a box of its own, unless it is the one that stands for the group.
        for group in &mut groups {
            let first = group[0];
            group.retain(|&unit| unit == first || !self.is_selected(unit));
        }
        for group in groups {
            let members: Vec<u32> = group
                .iter()
                .flat_map(|&u| std::mem::take(&mut self.units[u].members))
                .collect();
            self.units[group[0]] = Unit {
                members,
                fold: Some(fold),
            };
        }
        self.units.retain(|unit| !unit.members.is_empty());
        number(self.units, self.unit_of);
    }
}
