//! The places a session can go back to: clones of the machine, few enough to be cheap and many enough to be near.
//!
//! Knows no hunts. Invariant: the first waypoint is the start and is never dropped; all are in the order of their moments; no
//! nested run is open in any of them. Start at [`Timeline::before`].

use std::rc::Rc;

use crate::vm::Machine;

use super::hunt::Waypoint;
use super::lines::LineTracker;

/// Bytes that all waypoints together may take, by the machine's own estimate.
const MAX_BYTES: u64 = 512 << 20;
/// However small they are, so many are enough: a replay between two neighbours is short.
const MAX_WAYPOINTS: usize = 400;

/// A command that changed the machine (`exec`, `gc off`): replay that comes by takes the machine after it.
struct Splice {
    step: u64,
    after: Waypoint,
}

pub struct Timeline {
    waypoints: Vec<Waypoint>,
    splices: Vec<Splice>,
}

impl Timeline {
    pub fn new(start: Rc<Machine>) -> Timeline {
        let start = Waypoint {
            machine: start,
            lines: LineTracker::new(),
        };
        Timeline {
            waypoints: vec![start],
            splices: Vec::new(),
        }
    }

    pub fn start(&self) -> &Waypoint {
        &self.waypoints[0]
    }

    /// The number of the last waypoint at or before a step.
    pub fn before(&self, step: u64) -> usize {
        self.waypoints
            .partition_point(|waypoint| waypoint.machine.steps() <= step)
            .saturating_sub(1)
    }

    pub fn get(&self, number: usize) -> &Waypoint {
        &self.waypoints[number]
    }

    pub fn len(&self) -> usize {
        self.waypoints.len()
    }

    /// Keeps a place, unless there is one at this step already.
    pub fn add(&mut self, waypoint: Waypoint) {
        let step = waypoint.machine.steps();
        let at = self
            .waypoints
            .partition_point(|known| known.machine.steps() < step);
        let known = self
            .waypoints
            .get(at)
            .is_some_and(|known| known.machine.steps() == step);
        if known || waypoint.machine.nested() {
            return;
        }
        self.waypoints.insert(at, waypoint);
        self.thin(step);
    }

    /// Drops waypoints until they fit: each time the one whose neighbours are nearest to each other, compared with how far it lies
    /// from `here`. So they stay dense around the place of work and grow sparse geometrically.
    fn thin(&mut self, here: u64) {
        while self.waypoints.len() > MAX_WAYPOINTS
            || (self.bytes() > MAX_BYTES && self.waypoints.len() > 2)
        {
            let cost = |n: usize| {
                let [before, this, after] =
                    [n - 1, n, n + 1].map(|n| self.waypoints[n].machine.steps());
                (after - before) as f64 / (this.abs_diff(here) + 1) as f64
            };
            let inner = 1..self.waypoints.len() - 1;
            let Some(cheapest) = inner.min_by(|a, b| cost(*a).total_cmp(&cost(*b))) else {
                return;
            };
            self.waypoints.remove(cheapest);
        }
    }

    fn bytes(&self) -> u64 {
        self.waypoints
            .iter()
            .map(|waypoint| waypoint.machine.heap.bytes() as u64)
            .sum()
    }

    /// A new future begins here: what lay behind is dropped, and a replay that comes by takes `after` from now on.
    pub fn splice(&mut self, step: u64, after: Waypoint) {
        self.waypoints
            .retain(|waypoint| waypoint.machine.steps() < step);
        self.splices.retain(|splice| splice.step < step);
        self.waypoints.push(Waypoint {
            machine: after.machine.clone(),
            lines: after.lines.clone(),
        });
        self.splices.push(Splice { step, after });
    }

    /// The first change of the machine that a replay from this waypoint comes by.
    pub fn splice_behind(&self, step: u64) -> usize {
        self.splices
            .partition_point(|splice| splice.after.machine.steps() <= step)
    }

    /// The step of a change and the machine after it.
    pub fn get_splice(&self, number: usize) -> Option<(u64, &Waypoint)> {
        self.splices
            .get(number)
            .map(|splice| (splice.step, &splice.after))
    }
}
