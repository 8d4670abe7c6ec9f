//! The picture: which object refers to which, as boxes and lines in character cells.
//!
//! Four steps, each plain data for the next, none of which knows a terminal, JSON, or the heap:
//!
//! 1. `facts`: what a session says about a moment (`Snapshot`) and what the reader wants of it (`GraphOptions`).
//! 2. `build` makes a `Model`: boxes, rows, edges, folds, isolates. Its parts: `index` (who is folded into whom),
//!    `runs` (linked lists), `select` (what is shown), `folds` (siblings, knots), `rows`, `words`, `isolates`.
//! 3. `layout` makes a `Placed` with the `Hints` of the last one, so that nothing moves without a reason. Its parts:
//!    `plan` (one attempt), `layers`, `order` and `heights` (rows), `columns`, `tracks` (lanes), `route` (all ways),
//!    `search` (one way), `grid` (who uses which cell), `frames`.
//! 4. `draw` makes a `Canvas` (`boxes`, `lines`); `export` makes text, SVG, DOT and Mermaid.
//!
//! Invariants: the same snapshots in the same order give the same bytes; nothing is left out uncounted; meaning is in
//! glyphs and words, `Tone` only repeats it; nothing recurses, so a chain of a million objects is safe.

pub mod facts;
pub mod model;

mod boxes;
mod build;
pub mod canvas;
mod columns;
mod draw;
pub mod export;
mod folds;
mod frames;
mod grid;
mod heights;
mod index;
mod isolates;
mod layers;
pub mod layout;
mod lines;
mod order;
pub mod placed;
mod plan;
mod route;
mod rows;
mod runs;
mod search;
mod select;
mod size;
pub mod text;
mod tracks;
mod words;

pub use build::build;
pub use canvas::{COVERED, Canvas, Cell, Tone};
pub use draw::draw;
pub use export::{to_dot, to_mermaid, to_svg, to_text};
pub use facts::{
    Change, CollectionFact, GraphOptions, Key, ObjectFact, RootFact, SlotFact, Snapshot, Target,
};
pub use layout::{Hints, layout};
pub use model::{BoxId, BoxView, Edge, Fold, Isolate, Model, Row, RowValue, State, Trend};
pub use placed::{Dir, Frame, Hit, Placed, PlacedBox, Rect, Route, Step};

#[cfg(test)]
mod tests;
