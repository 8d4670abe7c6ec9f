//! The cheapest way for one edge: A* over (cell, direction of entering).
//!
//! Knows the grid and one target box, not the picture. Costs are small whole numbers, so the queue is a list of
//! buckets; the marks of a search are stamped, so that nothing is cleared between searches. A way ends at the target's
//! title row, at its upper border, or on a lane of its own net, which it then follows. Same input, same way.

use super::grid::{Grid, Net};
use super::placed::{Dir, Rect, Route, Step};

/// Twice what a cell costs on a lane that is there already: sharing is cheap, but no reason for a detour.
const STEP: u32 = 2;
const BEND: u32 = 9;
const CROSSING: u32 = 16;
/// Beside a lane of another net, per cell.
const CROWDED: u32 = 3;
const ENTER_RIGHT: u32 = 5;
const ENTER_TOP: u32 = 8;
const ENTER_BOTTOM: u32 = 40;
/// Joining makes a junction to be read.
const JOIN: u32 = 3;
/// No edge is worth more; it becomes a jump marker instead.
const COST_MAX: usize = 1200;
/// Marks a queued state as the end of a way, in the order of what the whole way costs.
const END: u32 = 1 << 31;

/// A found way: its own steps, and the lane it joins: (path of the net, step of that path).
pub(super) struct Found {
    pub steps: Vec<Step>,
    pub joins: Option<(u16, u16)>,
    pub cost: u32,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    stamp: u32,
    cost: u32,
    /// The direction in which the cell before was entered.
    before: u8,
}

#[derive(Default)]
pub(super) struct Search {
    marks: Vec<Mark>,
    stamp: u32,
    buckets: Vec<Vec<u32>>,
}

/// What to find: from the cell right of a row to a box.
pub(super) struct Errand<'a> {
    pub grid: &'a Grid,
    pub start: (i32, i32),
    pub target: Rect,
    pub net: Net,
    /// All routes so far; `Use::path` is an index into them.
    pub routes: &'a [Route],
    /// Whether the net has lanes that could be joined.
    pub may_join: bool,
}

impl Search {
    pub fn find(&mut self, errand: &Errand) -> Option<Found> {
        let grid = errand.grid;
        let start = grid.index(errand.start.0, errand.start.1)?;
        let cell = grid.cells[start];
        if cell.blocked || !cell.is_free() || (cell.reserved != 0 && cell.reserved != errand.net) {
            return None;
        }
        self.begin(grid.cells.len() * 4);
        self.reach(errand, start, Dir::Right, Dir::Right, 0);
        let mut level = 0;
        while level < self.buckets.len() {
            let Some(state) = self.buckets[level].pop() else {
                level += 1;
                continue;
            };
            let is_end = state & END != 0;
            let state = state & !END;
            let (at, dir) = ((state / 4) as usize, Dir::ALL[(state % 4) as usize]);
            let cost = self.marks[state as usize].cost;
            let end = errand.ends(at, dir, at == start);
            if let (true, Some((price, joins))) = (is_end, end) {
                if cost + price == level as u32 {
                    return Some(self.trace(errand, at, dir, joins, cost + price));
                }
                continue;
            }
            if cost + errand.still(at) < level as u32 {
                continue;
            }
            if let Some((price, _)) = end {
                self.queue(state | END, cost + price);
            }
            self.expand(errand, at, dir, cost);
        }
        None
    }

    fn begin(&mut self, states: usize) {
        if self.marks.len() < states {
            self.marks.resize(states, Mark::default());
        }
        self.buckets.resize_with(COST_MAX, Vec::new);
        self.buckets.iter_mut().for_each(Vec::clear);
        self.stamp += 1;
    }

    fn queue(&mut self, state: u32, rank: u32) {
        if let Some(bucket) = self.buckets.get_mut(rank as usize) {
            bucket.push(state);
        }
    }

    fn reach(&mut self, errand: &Errand, at: usize, dir: Dir, before: Dir, cost: u32) {
        let state = at * 4 + dir as usize;
        let mark = &mut self.marks[state];
        if mark.stamp == self.stamp && mark.cost <= cost {
            return;
        }
        *mark = Mark {
            stamp: self.stamp,
            cost,
            before: before as u8,
        };
        self.queue(state as u32, cost + errand.still(at));
    }

    fn expand(&mut self, errand: &Errand, at: usize, dir: Dir, cost: u32) {
        let grid = errand.grid;
        let here = &grid.cells[at];
        if here.sole_net() == errand.net && !here.is_free() {
            return;
        }
        let (x, y) = (at as i32 % grid.width, at as i32 / grid.width);
        for next in Dir::ALL {
            if next == dir.opposite() || (next != dir && !here.is_free()) {
                continue;
            }
            let (dx, dy) = next.delta();
            let Some(to) = grid.index(x + dx, y + dy) else {
                continue;
            };
            if let Some(price) = errand.enter(to, x + dx, y + dy, next) {
                let bend = if next == dir { 0 } else { BEND };
                self.reach(errand, to, next, dir, cost + price + bend);
            }
        }
    }

    fn trace(
        &self,
        errand: &Errand,
        at: usize,
        dir: Dir,
        joins: Option<(u16, u16)>,
        cost: u32,
    ) -> Found {
        let width = errand.grid.width;
        let (mut x, mut y, mut dir) = (at as i32 % width, at as i32 / width, dir);
        let mut steps = vec![Step { x, y, dir }];
        while (x, y) != errand.start {
            let state = (y * width + x) as usize * 4 + dir as usize;
            let before = Dir::ALL[self.marks[state].before as usize];
            let (dx, dy) = dir.delta();
            (x, y, dir) = (x - dx, y - dy, before);
            steps.push(Step { x, y, dir });
        }
        steps.reverse();
        Found { steps, joins, cost }
    }
}

impl Errand<'_> {
    /// The least that the rest of the way can cost.
    fn still(&self, at: usize) -> u32 {
        let (x, y) = (at as i32 % self.grid.width, at as i32 / self.grid.width);
        let t = self.target;
        let aside = (t.x - 1 - x).max(x - t.right()).max(0);
        let over = (t.y - 1 - y).max(y - t.bottom()).max(0);
        (aside + over) as u32 * if self.may_join { 1 } else { STEP }
    }

    /// What it costs to enter a cell, if that is possible at all.
    fn enter(&self, at: usize, x: i32, y: i32, dir: Dir) -> Option<u32> {
        let cell = &self.grid.cells[at];
        if cell.blocked || (cell.reserved != 0 && cell.reserved != self.net) {
            return None;
        }
        if cell.sole_net() == self.net && !cell.is_free() {
            return Some(STEP);
        }
        let (along, across, hug) = match dir.is_vertical() {
            true => (cell.vertical, cell.horizontal, cell.hug_vertical),
            false => (cell.horizontal, cell.vertical, cell.hug_horizontal),
        };
        if along != 0 {
            return None;
        }
        let crossing = if across != 0 { CROSSING } else { 0 };
        Some(STEP + u32::from(hug) + crossing + self.crowd(x, y, dir))
    }

    /// Lanes of other nets right beside this one.
    fn crowd(&self, x: i32, y: i32, dir: Dir) -> u32 {
        let lane = |dx: i32, dy: i32| {
            let Some(cell) = self.grid.get(x + dx, y + dy) else {
                return 0;
            };
            let user = if dir.is_vertical() {
                cell.vertical
            } else {
                cell.horizontal
            };
            if user != 0 && user != self.net {
                CROWDED
            } else {
                0
            }
        };
        match dir.is_vertical() {
            true => lane(-1, 0) + lane(1, 0),
            false => lane(0, -1) + lane(0, 1),
        }
    }

    /// Whether a way may end here, for what price, and which lane it would follow.
    fn ends(&self, at: usize, dir: Dir, is_start: bool) -> Option<(u32, Option<(u16, u16)>)> {
        let cell = &self.grid.cells[at];
        let (x, y) = (at as i32 % self.grid.width, at as i32 / self.grid.width);
        if cell.is_free() {
            return self.enters_box(x, y, dir).map(|price| (price, None));
        }
        if is_start || !self.may_join || cell.sole_net() != self.net {
            return None;
        }
        let Route::Path(lane) = &self.routes[cell.path as usize] else {
            return None;
        };
        let rest = lane.len() - 1 - cell.step as usize;
        let arm = dir.opposite().bit();
        let is_port_or_arrow = cell.step == 0 || rest == 0;
        let is_full = cell.arms & arm != 0 || cell.arms.count_ones() > 2;
        if is_port_or_arrow || is_full || lane[cell.step as usize + 1].dir == dir.opposite() {
            return None;
        }
        Some((JOIN + rest as u32, Some((cell.path, cell.step))))
    }

    fn enters_box(&self, x: i32, y: i32, dir: Dir) -> Option<u32> {
        let t = self.target;
        let over = (t.x + 1..t.right() - 1).contains(&x);
        match dir {
            Dir::Right if x == t.x - 1 && y == t.title_row() => Some(0),
            Dir::Left if x == t.right() && y == t.title_row() => Some(ENTER_RIGHT),
            Dir::Down if over && y == t.y - 1 => Some(ENTER_TOP),
            Dir::Up if over && y == t.bottom() => Some(ENTER_BOTTOM),
            _ => None,
        }
    }
}
