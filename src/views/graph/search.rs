//! The cheapest way for one edge: A* over (cell, direction of entering).
//!
//! Knows the grid and one target box, not the picture. Costs are small whole numbers, so the queue is a list of
//! buckets; the marks of a search are stamped, so that nothing is cleared between searches. A way ends at the target's
//! title row, at its upper border, or on a lane of its own net, which it then follows. Same input, same way.

use std::cmp::Ordering;

use super::grid::{Grid, Net};
use super::placed::{Dir, Rect, Route, Step};

/// How much the cells to go are overrated, as a fraction, in a picture with few edges and in one with many: a way may
/// cost so much more than the cheapest one, and is found far sooner.
const CALM: (u32, u32) = (5, 4);
const HASTE: (u32, u32) = (2, 1);
const MANY_EDGES: usize = 24;
pub(super) const STEP: u32 = 2;
pub(super) const BEND: u32 = 9;
const CROSSING: u32 = 13;
/// Beside a lane of another net, per cell.
const CROWDED: u32 = 2;
pub(super) const ENTER_RIGHT: u32 = 5;
const ENTER_TOP: u32 = 8;
const ENTER_BOTTOM: u32 = 40;
/// A row's dot is at its right; at its left only where that is a great deal shorter.
pub(super) const LEAVE_LEFT: u32 = 14;
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
    /// It was expanded with this cost.
    closed: bool,
}

#[derive(Default)]
pub(super) struct Search {
    marks: Vec<Mark>,
    stamp: u32,
    /// The bucket that is emptied now.
    level: usize,
    /// States looked at so far, over all searches.
    pub effort: usize,
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
    /// The cheapest way, if there is one that costs less than the limit.
    pub fn find(&mut self, errand: &Errand) -> Option<Found> {
        let grid = errand.grid;
        self.begin(grid.cells.len() * 4);
        for start in errand.starts.into_iter().flatten() {
            if errand.may_start(start) {
                let cost = if start.dir == Dir::Left {
                    LEAVE_LEFT
                } else {
                    0
                };
                self.reach(errand, start, START, cost);
            }
        }
        while self.level < self.buckets.len() {
            let Some(state) = self.buckets[self.level].pop() else {
                self.level += 1;
                continue;
            };
            self.effort += 1;
            let (is_end, state) = (state & END != 0, state & !END);
            let here = grid.step(state);
            let mark = self.marks[state as usize];
            if mark.closed && !is_end {
                continue;
            }
            let end = errand.ends(here, mark.before == START);
            if let (true, Some((price, joins))) = (is_end, end) {
                let steps = self.trace(errand, here);
                return Some(Found {
                    steps,
                    joins,
                    cost: mark.cost + price,
                });
            }
            self.marks[state as usize].closed = true;
            if let Some((price, _)) = end {
                self.queue(state | END, mark.cost + price);
            }
            self.expand(errand, here, mark.cost);
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
        self.level = 0;
    }

    fn queue(&mut self, state: u32, rank: u32) {
        if let Some(bucket) = self.buckets.get_mut((rank as usize).max(self.level)) {
            bucket.push(state);
        }
    }

    fn reach(&mut self, errand: &Errand, to: Step, before: u8, cost: u32) {
        let state = errand.grid.state(to);
        let mark = &mut self.marks[state as usize];
        if mark.stamp == self.stamp && mark.cost <= cost {
            return;
        }
        *mark = Mark {
            stamp: self.stamp,
            cost,
            before,
            closed: false,
        };
        self.queue(state, cost + errand.still(to));
    }

    fn expand(&mut self, errand: &Errand, here: Step, cost: u32) {
        let Some(cell) = errand.grid.get(here.x, here.y) else {
            return;
        };
        let (may_turn, is_joined) = (cell.is_free(), cell.is_only(errand.net));
        for next in Dir::ALL {
            if is_joined || next == here.dir.opposite() || (next != here.dir && !may_turn) {
                continue;
            }
            let to = here.next(next);
            if let Some(price) = errand.enter(to) {
                let bend = if next == here.dir { 0 } else { BEND };
                self.reach(errand, to, here.dir as u8, cost + price + bend);
            }
        }
    }

    fn trace(&self, errand: &Errand, end: Step) -> Vec<Step> {
        let mut steps = vec![end];
        let mut step = end;
        loop {
            let before = self.marks[errand.grid.state(step) as usize].before;
            if before == START {
                steps.reverse();
                return steps;
            }
            let (dx, dy) = step.dir.delta();
            step = Step {
                x: step.x - dx,
                y: step.y - dy,
                dir: Dir::ALL[before as usize],
            };
            steps.push(step);
        }
    }
}

/// The way that the lanes were planned for: level to the wished lane, along it, level to the title. Far cheaper to
/// find than the cheapest way, and mostly the same.
pub(super) fn planned(errand: &Errand) -> Option<Found> {
    let target = errand.target;
    let [right, left] = errand.starts;
    let is_forward = right.is_some_and(|start| start.x < target.x);
    let start = if is_forward { right? } else { left.or(right)? };
    let end = match is_forward {
        true => Step {
            x: target.x - 1,
            y: target.title_row(),
            dir: Dir::Right,
        },
        false => Step {
            x: target.right(),
            y: target.title_row(),
            dir: Dir::Left,
        },
    };
    let is_straight = start.y == end.y && start.dir == end.dir;
    let turn = if is_straight { end.x } else { errand.wish?.x };
    let is_beyond = |from: i32, to: i32, dir: Dir| {
        if dir == Dir::Right {
            to >= from
        } else {
            to <= from
        }
    };
    let is_possible = is_beyond(start.x, turn, start.dir) && is_beyond(turn, end.x, end.dir);
    if !is_possible || !errand.may_start(start) {
        return None;
    }
    let mut steps = vec![start];
    let mut cost = if start.dir == Dir::Left {
        LEAVE_LEFT
    } else {
        0
    };
    let mut here = start;
    loop {
        if let Some((price, joins)) = errand.ends(here, steps.len() == 1) {
            cost += price;
            return Some(Found { steps, joins, cost });
        }
        let dir = match here.y.cmp(&end.y) {
            _ if here.x != turn && here.y == start.y && here.dir == start.dir => start.dir,
            Ordering::Less => Dir::Down,
            Ordering::Greater => Dir::Up,
            Ordering::Equal => end.dir,
        };
        if dir == here.dir.opposite()
            || (dir != here.dir && !errand.grid.get(here.x, here.y)?.is_free())
        {
            return None;
        }
        cost += if dir == here.dir { 0 } else { BEND };
        here = here.next(dir);
        cost += errand.enter(here)?;
        steps.push(here);
    }
}

impl Errand<'_> {
    fn may_start(&self, start: Step) -> bool {
        let cell = self.grid.get(start.x, start.y);
        cell.is_some_and(|c| {
            !c.blocked && c.is_free() && (c.reserved == 0 || c.reserved == self.net)
        })
    }

    /// About what the rest of the way costs: the cells to go, and a bend or a joint unless the title lies ahead.
    fn still(&self, here: Step) -> u32 {
        let Step { x, y, dir } = here;
        let t = self.target;
        let aside = (t.x - 1 - x).max(x - t.right()).max(0);
        let over = (t.y - 1 - y).max(y - t.bottom()).max(0);
        let is_ahead = match dir {
            Dir::Right => y == t.title_row() && x < t.x,
            Dir::Left => y == t.title_row() && x >= t.right(),
            Dir::Down | Dir::Up => false,
        };
        let turn = if is_ahead { 0 } else { JOIN };
        let (over_rated, by) = if self.routes.len() > MANY_EDGES {
            HASTE
        } else {
            CALM
        };
        (aside + over) as u32 * STEP * over_rated / by + turn
    }

    /// What it costs to enter a cell, if that is possible at all.
    fn enter(&self, to: Step) -> Option<u32> {
        let Step { x, y, dir } = to;
        let cell = self.grid.get(x, y)?;
        if cell.blocked || (cell.reserved != 0 && cell.reserved != self.net) {
            return None;
        }
        if cell.is_only(self.net) {
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
    fn ends(&self, here: Step, is_start: bool) -> Option<(u32, Option<(u16, u16)>)> {
        let Step { x, y, dir } = here;
        let cell = self.grid.get(x, y)?;
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
