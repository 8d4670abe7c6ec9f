//! Character cells with meanings: what a picture is drawn on.
//!
//! Knows neither colours nor terminals: a `Tone` says what a cell means, and a front end maps it to its colours. What
//! a tone says, a glyph or a word says too. Invariant: a cell's symbol is printable; the cell after a wide symbol is
//! `COVERED` and is not printed.

use super::text;

/// The right half of a wide character.
pub const COVERED: char = '\0';

/// What a cell means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    #[default]
    Plain,
    /// Counts of what is left out, names of what is elsewhere.
    Dim,
    /// A box's border.
    Border,
    /// A root's border and title.
    Root,
    /// A value written in its row.
    Atom,
    Edge,
    /// An edge of a reference cycle; drawn heavy.
    CycleEdge,
    /// A weak reference; drawn dashed.
    WeakEdge,
    /// Something that the last step changed; marked `+ * - ▲ ▼`.
    Changed,
    Born,
    /// Dead for one step; dotted border, `†`.
    Ghost,
    /// An isolate's frame and caption.
    Isolate,
    /// In the collector's unreachable list; `✗`.
    Doomed,
    /// Its `__del__` is running; `!`.
    FinaliserRunning,
    /// The selected box, double border, and its edges.
    Selected,
    /// Something folded that opens; `▸`.
    Fold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub symbol: char,
    pub tone: Tone,
    pub bold: bool,
}

impl Cell {
    pub const BLANK: Cell = Cell {
        symbol: ' ',
        tone: Tone::Plain,
        bold: false,
    };
}

/// A picture as cells, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub cells: Vec<Cell>,
}

impl Canvas {
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas {
            width,
            height,
            cells: vec![Cell::BLANK; width * height],
        }
    }

    /// The cell at a column and row; blank outside.
    pub fn cell(&self, x: usize, y: usize) -> Cell {
        match x < self.width && y < self.height {
            true => self.cells[y * self.width + x],
            false => Cell::BLANK,
        }
    }

    pub fn row(&self, y: usize) -> &[Cell] {
        &self.cells[y * self.width..(y + 1) * self.width]
    }

    pub(super) fn put(&mut self, x: i32, y: i32, symbol: char, tone: Tone, bold: bool) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width && y < self.height {
            self.cells[y * self.width + x] = Cell { symbol, tone, bold };
        }
    }

    /// Writes clean text from a cell on and says how many columns it took.
    pub(super) fn write(&mut self, x: i32, y: i32, words: &str, tone: Tone, bold: bool) -> i32 {
        let mut at = x;
        for symbol in words.chars() {
            self.put(at, y, symbol, tone, bold);
            if text::columns(symbol) == 2 {
                self.put(at + 1, y, COVERED, tone, bold);
            }
            at += text::columns(symbol) as i32;
        }
        at - x
    }
}
