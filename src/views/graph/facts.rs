//! What a session tells the picture about one moment, and what the reader wants to see of it.
//!
//! Plain public data: filling it needs the heap, reading it does not. Every text may come straight from a script; the
//! builder cleans it. Invariant: a key belongs to one object for ever, also after that object died and its address
//! was used again, because the layout remembers places by key.

use std::collections::BTreeSet;

/// The identity of an object for ever (the heap's serial number, not its address).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u64);

/// Everything the picture may show of one moment.
///
/// Objects sorted by key are found without an index of their own, which matters from about 100,000 objects on.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub objects: Vec<ObjectFact>,
    pub roots: Vec<RootFact>,
    pub collection: Option<CollectionFact>,
}

/// One object, dead ones included for the one step in which they are shown as ghosts.
#[derive(Clone, Debug, Default)]
pub struct ObjectFact {
    pub key: Key,
    /// The name it has everywhere, `Person.1`.
    pub name: String,
    pub type_name: String,
    pub refcount: u64,
    /// The count at the last stop, for `rc 1▼`.
    pub previous_refcount: Option<u64>,
    pub slots: Vec<SlotFact>,
    /// For an instance's `__dict__`: the instance in whose box it is shown.
    pub dict_of: Option<Key>,
    /// Owners that are neither slots of other objects nor rows of roots: `value stack`, `collector`.
    pub other_owners: Vec<String>,
    pub tracked: bool,
    pub generation: Option<u8>,
    pub gc_refs: Option<i64>,
    /// The collector's list it is in: `reachable`, `unreachable`, `finalizers`, …
    pub gc_list: Option<String>,
    /// Only garbage holds it: no root reaches it any more.
    pub unreachable: bool,
    /// For the caption of its isolate: `since line 15`.
    pub unreachable_since: Option<String>,
    pub ghost: bool,
    pub born: bool,
    pub changed: bool,
    pub finaliser_running: bool,
    pub finalized: bool,
    pub has_finaliser: bool,
    /// Modules, classes, functions, builtins: folded away unless asked for.
    pub noise: bool,
}

/// One reference an object owns, or one plain value in it.
#[derive(Clone, Debug)]
pub struct SlotFact {
    /// `.friend`, `[0]`, `['k']`, `key`, `closure of f`, `__dict__`.
    pub label: String,
    pub target: Target,
    pub weak: bool,
    pub change: Change,
    /// True for what every object has (its class): shown with the noise only.
    pub noise: bool,
}

impl SlotFact {
    pub fn new(label: impl Into<String>, target: Target) -> SlotFact {
        SlotFact {
            label: label.into(),
            target,
            weak: false,
            change: Change::Kept,
            noise: false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Object(Key),
    /// A value written in the row: `'Jane'`, `17`, `None`.
    Atom(String),
}

/// What happened to a row since the last stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    #[default]
    Kept,
    Added,
    Rebound,
    /// Shown for one step more, without an edge.
    Removed,
}

/// Names that keep objects alive: a module's globals, a frame's locals, a value stack.
#[derive(Clone, Debug, Default)]
pub struct RootFact {
    /// Stable among roots: the frame's serial number.
    pub key: u64,
    /// `globals`, `frame greet`.
    pub title: String,
    pub rows: Vec<SlotFact>,
    /// Names that the session left out itself (builtins).
    pub hidden: usize,
    pub current: bool,
}

/// A collection under way.
#[derive(Clone, Debug, Default)]
pub struct CollectionFact {
    pub generation: u8,
    /// CPython's name of the phase that just ended: `move_unreachable`.
    pub phase: String,
}

/// What to show of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphOptions {
    /// Show what is around this object instead of what the roots hold.
    pub focus: Option<Key>,
    /// How many references away from the focus or the roots.
    pub depth: usize,
    pub max_boxes: usize,
    /// Show an instance and its `__dict__` apart, as the collector counts them.
    pub show_dicts: bool,
    pub show_noise: bool,
    pub show_atoms: bool,
    /// Folds and long containers that the reader opened, by the key of `BoxId`.
    pub opened: BTreeSet<Key>,
    pub selected: Option<Key>,
}

impl Default for GraphOptions {
    fn default() -> Self {
        GraphOptions {
            focus: None,
            depth: 8,
            max_boxes: 40,
            show_dicts: false,
            show_noise: false,
            show_atoms: true,
            opened: BTreeSet::new(),
            selected: None,
        }
    }
}

/// Under this many rows a pane has no room for plain values beside the references.
const ROOMY_PANE_ROWS: usize = 20;

impl GraphOptions {
    /// The defaults for a pane of this size: a low one leaves plain values out (and counts them).
    pub fn for_pane(_width: usize, height: usize) -> Self {
        GraphOptions {
            show_atoms: height >= ROOMY_PANE_ROWS,
            ..GraphOptions::default()
        }
    }
}
