//! Where everything stands: boxes, routes of edges, frames around isolates, in cells; and which thing is at a cell.
//!
//! Knows no texts: `draw` takes them from the model. Invariants: `boxes[i]` is the place of `Model::boxes[i]` and
//! `routes[i]` that of `Model::edges[i]`; no two boxes overlap; a path's cells are adjacent, the first one beside its row,
//! the last one beside its target's title, or above or below its target.

use super::facts::Key;
use super::model::{BoxId, Model};

/// A rectangle of cells, borders included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Rect {
    /// The first column to the right of it.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// The first row below it.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    pub fn contains(self, x: i32, y: i32) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// The smallest rectangle around both.
    pub fn around(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// Grown by so many columns and rows on each side.
    pub fn grown(self, columns: i32, rows: i32) -> Rect {
        Rect {
            x: self.x - columns,
            y: self.y - rows,
            width: self.width + 2 * columns,
            height: self.height + 2 * rows,
        }
    }

    /// The row of a box's title, where arrows enter.
    pub fn title_row(self) -> i32 {
        self.y + 1
    }

    /// The row of a box's slot: border, title and the line under it come first.
    pub fn slot_row(self, slot: usize) -> i32 {
        self.y + 3 + slot as i32
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dir {
    Up,
    Right,
    Down,
    Left,
}

impl Dir {
    pub const ALL: [Dir; 4] = [Dir::Up, Dir::Right, Dir::Down, Dir::Left];

    pub fn delta(self) -> (i32, i32) {
        match self {
            Dir::Up => (0, -1),
            Dir::Right => (1, 0),
            Dir::Down => (0, 1),
            Dir::Left => (-1, 0),
        }
    }

    pub fn opposite(self) -> Dir {
        Dir::ALL[(self as usize + 2) % 4]
    }

    /// Its place in a set of directions.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    pub fn is_vertical(self) -> bool {
        matches!(self, Dir::Up | Dir::Down)
    }
}

/// One cell of a path and the direction in which the path enters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub x: i32,
    pub y: i32,
    pub dir: Dir,
}

impl Step {
    /// The step from here in a direction.
    pub fn next(self, dir: Dir) -> Step {
        let (dx, dy) = dir.delta();
        Step {
            x: self.x + dx,
            y: self.y + dy,
            dir,
        }
    }
}

/// How an edge is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// From the cell right of its row to the cell of its arrow.
    Path(Vec<Step>),
    /// No way was found, or only an absurd one: the row names the target instead.
    Jump,
}

/// The frame of an isolate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub rect: Rect,
    /// Set into the upper line; already short enough.
    pub caption: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedBox {
    pub id: BoxId,
    pub rect: Rect,
    pub layer: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Placed {
    pub width: i32,
    pub height: i32,
    pub boxes: Vec<PlacedBox>,
    pub routes: Vec<Route>,
    pub frames: Vec<Frame>,
}

/// What is at a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index into `Model::boxes`.
    pub view: usize,
    pub id: BoxId,
    pub row: Option<usize>,
}

impl Placed {
    /// The object (or opened fold) whose box covers this cell; what a click selects.
    pub fn at(&self, x: i32, y: i32) -> Option<Key> {
        self.hit(x, y)?.id.key()
    }

    pub fn hit(&self, x: i32, y: i32) -> Option<Hit> {
        let view = self.boxes.iter().position(|b| b.rect.contains(x, y))?;
        let place = self.boxes[view];
        let below = y - place.rect.slot_row(0);
        let on_row = below >= 0 && y < place.rect.bottom() - 1;
        Some(Hit {
            view,
            id: place.id,
            row: on_row.then_some(below as usize),
        })
    }

    /// The box of an object, also of one inside a fold; what a pane scrolls to.
    pub fn rect_of(&self, model: &Model, key: Key) -> Option<Rect> {
        Some(self.boxes[model.box_of(key)?].rect)
    }
}
