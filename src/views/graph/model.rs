//! What the picture shows, before anything has a place: boxes with rows, edges between them, isolates, and what was
//! left out.
//!
//! Knows no cells. Every text in it is clean (`text.rs`). Invariants: `Edge` indices are in range; each row that says
//! `RowValue::Edge(i)` is the row that edge `i` leaves from, and no other row says so; every cut is counted in a
//! `More` row, a box's `foot`, or `notes`. Start at `build`.

use petgraph::Graph;
use petgraph::graph::NodeIndex;

use super::facts::{Change, Key};

/// Which box: stable from step to step, so that its place can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BoxId {
    Root(u64),
    Object(Key),
    /// Several objects as one, under the key of the first.
    Fold(Fold, Key),
}

impl BoxId {
    /// The object that stands for this box when it is selected or opened.
    pub fn key(self) -> Option<Key> {
        match self {
            BoxId::Root(_) => None,
            BoxId::Object(key) | BoxId::Fold(_, key) => Some(key),
        }
    }
}

/// Why several objects are one box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fold {
    /// The middle of a linked list.
    Run,
    /// Objects of one type with the same holders that hold the same others.
    Siblings,
    /// A strongly connected component.
    Cycle,
}

/// What is special about a box; the first that holds is shown. Each has a mark, see `draw`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    #[default]
    Plain,
    Changed,
    Born,
    FinaliserRunning,
    /// In the collector's unreachable list.
    Doomed,
    Ghost,
}

/// How a count moved since the last stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Trend {
    #[default]
    Same,
    Up,
    Down,
}

#[derive(Clone, Debug)]
pub struct BoxView {
    pub id: BoxId,
    /// `Person.1`, `globals`, `Node.2 … Node.96`.
    pub title: String,
    /// The title where there is no room for it; only folds have a shorter one, `Node.2–96`.
    pub short_title: String,
    /// `rc 2`, `dead`, `(95)`; empty for roots.
    pub count: String,
    pub trend: Trend,
    pub state: State,
    pub selected: bool,
    /// Set into the line under the title, so that it costs no row: `gc_refs 0 ✗`, `in __del__`. Longest first.
    pub note: Vec<String>,
    /// Set into the lower border: what was left out of this box. Longest first.
    pub foot: Vec<String>,
    pub rows: Vec<Row>,
    /// Which isolate (index into `Model::isolates`) it belongs to.
    pub isolate: Option<usize>,
    /// Every object in the box, folded dicts excluded.
    pub members: Vec<Key>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub label: String,
    pub value: RowValue,
    pub change: Change,
    /// The object the row refers to, shown or not.
    pub target: Option<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowValue {
    Atom(String),
    /// Index into `Model::edges`.
    Edge(usize),
    /// The target has no box here; its name.
    Elsewhere(String),
    /// A row that is gone since the last stop.
    Gone,
    /// So many rows are not shown.
    More(usize),
}

#[derive(Clone, Debug)]
pub struct Edge {
    pub from: usize,
    pub row: usize,
    pub to: usize,
    /// The target's name, for when no way can be found for the edge.
    pub target_name: String,
    pub weak: bool,
    /// How many references the line stands for; more than one only from a fold.
    pub times: usize,
    /// Part of a reference cycle.
    pub cyclic: bool,
    pub changed: bool,
}

/// Objects that hold only each other.
#[derive(Clone, Debug)]
pub struct Isolate {
    pub boxes: Vec<usize>,
    /// Captions, longest first: `cyclic isolate: 4 objects, unreachable since line 15`.
    pub caption: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub boxes: Vec<BoxView>,
    pub edges: Vec<Edge>,
    pub isolates: Vec<Isolate>,
    /// What the whole picture leaves out, one short clause each: `12 objects further away`.
    pub notes: Vec<String>,
}

impl Model {
    /// The boxes and strong edges as a petgraph graph; node and edge weights are indices into the model.
    pub fn graph(&self) -> Graph<usize, usize> {
        let mut graph = Graph::with_capacity(self.boxes.len(), self.edges.len());
        for index in 0..self.boxes.len() {
            graph.add_node(index);
        }
        for (index, edge) in self.edges.iter().enumerate().filter(|(_, e)| !e.weak) {
            graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), index);
        }
        graph
    }

    /// The box that an object is in.
    pub fn box_of(&self, key: Key) -> Option<usize> {
        self.boxes.iter().position(|b| b.members.contains(&key))
    }
}
