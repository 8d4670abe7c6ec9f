//! The cells that edges may use, and which net uses them.
//!
//! A net is all edges that may share a lane: those to the same target (weak ones apart from strong ones). Knows no
//! texts and looks for no ways (`search`). Invariants: no net enters a box; two nets share a cell only where they cross
//! at right angles; a cell beside a port or an arrow belongs to that net alone.

use super::placed::{Dir, Rect, Step};

/// What it costs, per cell, to run along a box's left or right border.
const HUG_SIDE: u8 = 3;
/// The same for its upper and lower border, where it does less harm.
const HUG_TOP: u8 = 1;

/// 0 is no net.
pub(super) type Net = u16;

#[derive(Clone, Copy, Default)]
pub(super) struct Use {
    pub blocked: bool,
    /// What it costs to run up or down, or to the side, so near to a box.
    pub hug_vertical: u8,
    pub hug_horizontal: u8,
    /// The nets that pass to the side, and up or down.
    pub horizontal: Net,
    pub vertical: Net,
    /// Only this net may enter.
    pub reserved: Net,
    /// The sides to which lines go from here, as `Dir::bit`s.
    pub arms: u8,
    /// Which path of the net, and which of its steps, is here: what a joining edge follows from here on.
    pub path: u16,
    pub step: u16,
}

impl Use {
    pub fn is_free(&self) -> bool {
        self.horizontal == 0 && self.vertical == 0
    }

    /// Whether this net has the cell to itself.
    pub fn is_only(&self, net: Net) -> bool {
        (self.horizontal == net && (self.vertical == net || self.vertical == 0))
            || (self.vertical == net && self.horizontal == 0)
    }

    /// The net that has this cell to itself.
    pub fn sole_net(&self) -> Net {
        match (self.horizontal, self.vertical) {
            (0, net) | (net, 0) => net,
            (a, b) if a == b => a,
            _ => 0,
        }
    }
}

pub(super) struct Grid {
    pub width: i32,
    pub height: i32,
    pub cells: Vec<Use>,
}

impl Grid {
    pub fn new(width: i32, height: i32, boxes: &[Rect]) -> Grid {
        let mut grid = Grid {
            width,
            height,
            cells: vec![Use::default(); (width * height) as usize],
        };
        for rect in boxes {
            grid.stand(*rect);
        }
        grid
    }

    /// Keeps lanes out of the first row, where a frame's upper line will be.
    pub fn close_first_row(&mut self) {
        let width = self.width as usize;
        self.cells
            .iter_mut()
            .take(width)
            .for_each(|cell| cell.blocked = true);
    }

    fn stand(&mut self, rect: Rect) {
        for y in rect.y - 1..=rect.bottom() {
            for x in rect.x - 1..=rect.right() {
                let inside = rect.contains(x, y);
                let beside = (rect.y..rect.bottom()).contains(&y);
                let above = (rect.x..rect.right()).contains(&x);
                let Some(at) = self.index(x, y) else { continue };
                let cell = &mut self.cells[at];
                cell.blocked |= inside;
                if beside && !inside {
                    cell.hug_vertical += HUG_SIDE;
                }
                if above && !inside {
                    cell.hug_horizontal += HUG_TOP;
                }
            }
        }
    }

    pub fn index(&self, x: i32, y: i32) -> Option<usize> {
        let inside = (0..self.width).contains(&x) && (0..self.height).contains(&y);
        inside.then_some((y * self.width + x) as usize)
    }

    /// A cell and a direction as one number; the cell must be in the grid.
    pub fn state(&self, step: Step) -> u32 {
        ((step.y * self.width + step.x) * 4 + step.dir as i32) as u32
    }

    pub fn step(&self, state: u32) -> Step {
        let at = (state / 4) as i32;
        Step {
            x: at % self.width,
            y: at / self.width,
            dir: Dir::ALL[(state % 4) as usize],
        }
    }

    pub fn get(&self, x: i32, y: i32) -> Option<&Use> {
        self.index(x, y).map(|at| &self.cells[at])
    }

    pub fn reserve(&mut self, x: i32, y: i32, net: Net) {
        if let Some(at) = self.index(x, y)
            && self.cells[at].reserved == 0
        {
            self.cells[at].reserved = net;
        }
    }

    /// Whether a net can take these steps with what is there now; shared cells must flow the same way.
    pub fn admits(&self, steps: &[Step], net: Net) -> bool {
        steps.iter().enumerate().all(|(at, step)| {
            let Some(cell) = self.get(step.x, step.y) else {
                return false;
            };
            let leaves = steps.get(at + 1).map_or(step.dir, |next| next.dir);
            let free = |axis: bool| {
                let user = if axis { cell.vertical } else { cell.horizontal };
                user == 0 || user == net
            };
            let crosses = cell.sole_net() != net && !cell.is_free();
            let turns = leaves != step.dir || at + 1 == steps.len();
            !cell.blocked
                && (cell.reserved == 0 || cell.reserved == net)
                && free(step.dir.is_vertical())
                && free(leaves.is_vertical())
                && !(turns && crosses)
        })
    }

    pub fn take(&mut self, steps: &[Step], net: Net, path: u16) {
        for (at, step) in steps.iter().enumerate() {
            let leaves = steps.get(at + 1).map_or(step.dir, |next| next.dir);
            let Some(index) = self.index(step.x, step.y) else {
                continue;
            };
            let cell = &mut self.cells[index];
            let is_new = cell.sole_net() != net;
            cell.arms |= step.dir.opposite().bit() | leaves.bit();
            for dir in [step.dir, leaves] {
                match dir {
                    Dir::Up | Dir::Down => cell.vertical = net,
                    Dir::Left | Dir::Right => cell.horizontal = net,
                }
            }
            if is_new {
                cell.path = path;
                cell.step = at as u16;
            }
        }
    }

    /// Frees every cell of a net.
    pub fn release(&mut self, steps: &[Step], net: Net) {
        for step in steps {
            let Some(index) = self.index(step.x, step.y) else {
                continue;
            };
            let cell = &mut self.cells[index];
            if cell.horizontal == net {
                cell.horizontal = 0;
            }
            if cell.vertical == net {
                cell.vertical = 0;
            }
            // What another net still has here is a straight crossing, and of that nothing is known but the axis:
            // step 0 is one that no way joins.
            cell.step = 0;
            cell.arms = match (cell.horizontal, cell.vertical) {
                (0, 0) => 0,
                (0, _) => Dir::Up.bit() | Dir::Down.bit(),
                _ => Dir::Left.bit() | Dir::Right.bit(),
            };
        }
    }
}
