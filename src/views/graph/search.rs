//! The cheapest way for one edge: A* over (cell, direction of entering).
//!
//! Knows the grid and one target box, not the picture. Costs are small whole numbers, so the queue is a list of
//! buckets; the marks of a search are stamped, so that nothing is cleared between searches. A way ends at the target's
//! title row, at its upper border, or on a lane of its own net, which it then follows. Same input, same way.

use super::grid::{Grid, Net};
use super::placed::{Dir, Rect, Route, Step};

pub(super) const STEP: u32 = 2;
pub(super) const BEND: u32 = 9;
const CROSSING: u32 = 13;
/// Beside a lane of another net, per cell.
const CROWDED: u32 = 2;
const ENTER_RIGHT: u32 = 5;
const ENTER_TOP: u32 = 8;
const ENTER_BOTTOM: u32 = 40;
/// A row's dot is at its right; at its left only where that is a great deal shorter.
const LEAVE_LEFT: u32 = 14;
/// Up or down in another lane than the one it would like, per cell.
const OFF_LANE: u32 = 1;
/// In the place of a direction: a way begins here.
const START: u8 = 4;
/// Joining makes a junction to be read; the lane that is then shared costs as much as one of its own.
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

/// The lane that an edge would like for going up or down between two columns.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub x: i32,
    /// The channel: its first column, and the first one beyond it.
    pub channel: (i32, i32),
}

/// What to find: from a cell beside a row to a box.
pub(super) struct Errand<'a> {
    pub grid: &'a Grid,
    /// The cell right of the row, and perhaps the one left of it.
    pub starts: [Option<Step>; 2],
    pub wish: Option<Wish>,
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
        self.begin(grid.cells.len() * 4);
        for start in errand.starts.into_iter().flatten() {
            let Some(at) = grid.index(start.x, start.y) else {
                continue;
            };
            let cell = grid.cells[at];
            let is_open = !cell.blocked && (cell.reserved == 0 || cell.reserved == errand.net);
            if is_open && cell.is_free() {
                let cost = if start.dir == Dir::Left {
                    LEAVE_LEFT
                } else {
                    0
                };
                self.reach(errand, at, start.dir, START, cost);
            }
        }
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
            let is_start = self.marks[state as usize].before == START;
            let end = errand.ends(at, dir, is_start);
            if let (true, Some((price, joins))) = (is_end, end) {
                if cost + price == level as u32 {
                    return Some(self.trace(errand, at, dir, joins, cost + price));
                }
                continue;
            }
            if cost + errand.still(at, dir) < level as u32 {
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

    fn reach(&mut self, errand: &Errand, at: usize, dir: Dir, before: u8, cost: u32) {
        let state = at * 4 + dir as usize;
        let mark = &mut self.marks[state];
        if mark.stamp == self.stamp && mark.cost <= cost {
            return;
        }
        *mark = Mark {
            stamp: self.stamp,
            cost,
            before,
        };
        self.queue(state as u32, cost + errand.still(at, dir));
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
                self.reach(errand, to, next, dir as u8, cost + price + bend);
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
        loop {
            let state = (y * width + x) as usize * 4 + dir as usize;
            let before = self.marks[state].before;
            if before == START {
                break;
            }
            let (dx, dy) = dir.delta();
            (x, y, dir) = (x - dx, y - dy, Dir::ALL[before as usize]);
            steps.push(Step { x, y, dir });
        }
        steps.reverse();
        Found { steps, joins, cost }
    }
}

impl Errand<'_> {
    /// The least that the rest of the way can cost: the cells to go, and a bend or a joint unless the title lies ahead.
    fn still(&self, at: usize, dir: Dir) -> u32 {
        let (x, y) = (at as i32 % self.grid.width, at as i32 / self.grid.width);
        let t = self.target;
        let aside = (t.x - 1 - x).max(x - t.right()).max(0);
        let over = (t.y - 1 - y).max(y - t.bottom()).max(0);
        let is_ahead = match dir {
            Dir::Right => y == t.title_row() && x < t.x,
            Dir::Left => y == t.title_row() && x >= t.right(),
            Dir::Down | Dir::Up => false,
        };
        let turn = if is_ahead { 0 } else { JOIN };
        (aside + over) as u32 * STEP + turn
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
        let is_off = self
            .wish
            .is_some_and(|w| (w.channel.0..w.channel.1).contains(&x) && x != w.x);
        let off = if dir.is_vertical() && is_off {
            OFF_LANE
        } else {
            0
        };
        // One box beside a level lane is no harm; two leave no air.
        let hug = if dir.is_vertical() {
            hug
        } else {
            hug.saturating_sub(1)
        };
        Some(STEP + u32::from(hug) + crossing + off + self.crowd(x, y, dir))
    }

    /// Lanes of other nets right beside this one. Level lanes may be close: rows are.
    fn crowd(&self, x: i32, y: i32, dir: Dir) -> u32 {
        if !dir.is_vertical() {
            return 0;
        }
        let beside = [x - 1, x + 1]
            .into_iter()
            .filter_map(|x| self.grid.get(x, y));
        let lanes = beside.filter(|cell| cell.vertical != 0 && cell.vertical != self.net);
        lanes.count() as u32 * CROWDED
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
        Some((JOIN + STEP * rest as u32, Some((cell.path, cell.step))))
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
