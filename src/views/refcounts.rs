//! The refcount table: each object the script made, its count, and one owner for each count.
//!
//! Invariant: for a living object the owners' multiplicities add up to its count (the audit checks the heap; this repeats it in
//! words). Rows are in order of birth. Inside a collection, rows also carry `gc_refs` and the collector's list.

use super::sight::{Sight, serial};
use super::{safe, value};
use crate::heap::gc_list::{COLLECTING, UNREACHABLE};
use crate::heap::{Obj, Payload};
use crate::vm::{GcPhase, Machine};

/// Ghosts shown at one stop.
const GHOSTS_AT_MOST: usize = 40;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefcountView {
    pub rows: Vec<RefcountRow>,
    /// A collection is running: `gc_refs` and `list` mean something.
    pub collecting: bool,
    /// Objects of the interpreter's own, and those past the limit of rows: counted, not shown.
    pub folded: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefcountRow {
    /// `Person.1`: the name that commands take.
    pub object: String,
    /// `Person.1`, `class Person`: how it is titled. Empty: as `object`.
    pub label: String,
    pub type_name: String,
    /// A short value, as in the namespace.
    pub value: String,
    /// 0 for the dead.
    pub count: u64,
    /// Against the last stop; births and deaths are told by `life`.
    pub delta: i64,
    pub life: Life,
    /// One for each count, in the order of the owners' birth, as HEADLESS.md writes them.
    pub owners: Vec<String>,
    /// Owners past those listed.
    pub more_owners: usize,
    /// How it died, for ghosts.
    pub cause: String,
    pub gc_refs: Option<i64>,
    pub list: Option<GcList>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    #[default]
    Alive,
    /// Made since the last stop.
    Born,
    /// Its finaliser is running now.
    Finalizing,
    /// In a cyclic isolate: alive by count, reachable by nobody.
    Isolated,
    /// Died since the last stop: a ghost, shown this once.
    Dead,
}

impl Life {
    pub fn word(self) -> &'static str {
        match self {
            Life::Alive => "",
            Life::Born => "new",
            Life::Finalizing => "in __del__",
            Life::Isolated => "isolated",
            Life::Dead => "dead",
        }
    }

    /// The mark in the first column.
    pub fn mark(self) -> &'static str {
        match self {
            Life::Alive => " ",
            Life::Born => "+",
            Life::Finalizing => "†",
            Life::Isolated => "○",
            Life::Dead => "✗",
        }
    }
}

/// Which of the collector's lists an object is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GcList {
    /// Collected now, not yet looked at.
    Young,
    Reachable,
    Unreachable,
    /// In an older generation, not part of this collection.
    Older,
    Untracked,
}

impl GcList {
    pub fn word(self) -> &'static str {
        match self {
            GcList::Young => "young",
            GcList::Reachable => "reachable",
            GcList::Unreachable => "unreachable",
            GcList::Older => "older",
            GcList::Untracked => "untracked",
        }
    }
}

/// The rows of the objects worth one, and the ghosts of what has died since the last stop.
pub fn of(sight: &Sight) -> RefcountView {
    let vm = sight.vm;
    let mut rows: Vec<(u32, RefcountRow)> = Vec::new();
    for o in &sight.shown {
        rows.push((serial(vm, *o), living(sight, *o)));
    }
    rows.extend(ghosts(sight));
    rows.sort_by_key(|(serial, _)| *serial);
    RefcountView {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        collecting: vm.collection.is_some(),
        folded: sight.folded,
    }
}

fn living(sight: &Sight, o: Obj) -> RefcountRow {
    let vm = sight.vm;
    let count = u64::from(vm.heap.rc(o));
    let past = sight.past(o).zip(sight.before);
    let before = past.map(|(then, machine)| i64::from(machine.heap.rc(then)));
    let collecting = vm.collection.is_some();
    let (owners, more_owners) = sight.owners(o);
    RefcountRow {
        object: sight.name(o).unwrap_or_default(),
        label: sight.label(o),
        type_name: safe::one_line(&vm.type_name(o)),
        value: value::brief(vm, o),
        count,
        delta: before.map_or(0, |before| count as i64 - before),
        life: life(sight, o),
        owners,
        more_owners,
        cause: String::new(),
        gc_refs: collecting
            .then(|| vm.heap.gc.refs(o))
            .map(i64::from)
            .filter(|_| in_collection(vm, o)),
        list: collecting.then(|| list(vm, o)),
    }
}

fn life(sight: &Sight, o: Obj) -> Life {
    if sight.finalizing.contains(&o) {
        Life::Finalizing
    } else if sight.isolated.contains(&o) {
        Life::Isolated
    } else if sight.is_new(o) {
        Life::Born
    } else {
        Life::Alive
    }
}

/// Whether the running collection looks at the object.
fn in_collection(vm: &Machine, o: Obj) -> bool {
    vm.heap.gc.has(o, COLLECTING) || vm.heap.gc.has(o, UNREACHABLE)
}

fn list(vm: &Machine, o: Obj) -> GcList {
    let gc = &vm.heap.gc;
    let before_moving = !matches!(
        vm.collection.and_then(|c| c.phase),
        Some(phase) if phase as u8 >= GcPhase::MoveUnreachable as u8
    );
    match () {
        () if !gc.tracked(o) => GcList::Untracked,
        () if gc.has(o, UNREACHABLE) => GcList::Unreachable,
        () if gc.has(o, COLLECTING) && before_moving => GcList::Young,
        () if gc.has(o, COLLECTING) => GcList::Unreachable,
        () if before_moving => GcList::Older,
        () => GcList::Reachable,
    }
}

/// What was there at the last stop and is dead now, as objects of the machine before; nothing after a step back.
pub fn dead(sight: &Sight) -> Vec<Obj> {
    let Some(then) = sight.before else {
        return Vec::new();
    };
    let mut dead = sight.gone();
    dead.retain(|o| leaves_a_ghost(then, *o));
    // The oldest are the ones whose going is worth seeing.
    dead.sort_by_key(|o| serial(then, *o));
    dead.truncate(GHOSTS_AT_MOST);
    dead
}

fn ghosts(sight: &Sight) -> Vec<(u32, RefcountRow)> {
    let Some(then) = sight.before else {
        return Vec::new();
    };
    let row = |o: Obj| {
        let row = RefcountRow {
            object: super::sight::name(then, o).unwrap_or_default(),
            label: super::sight::label(then, o),
            type_name: safe::one_line(&then.type_name(o)),
            value: value::brief(then, o),
            life: Life::Dead,
            cause: sight.cause_of_death(o),
            ..RefcountRow::default()
        };
        (serial(then, o), row)
    };
    dead(sight).into_iter().map(row).collect()
}

fn leaves_a_ghost(vm: &Machine, o: Obj) -> bool {
    !matches!(
        vm.heap.payload(o),
        Payload::Tuple { .. }
            | Payload::TupleBig(_)
            | Payload::Code(_)
            | Payload::Cell(_)
            | Payload::Method { .. }
            | Payload::Builtin(_)
            | Payload::ListIter { .. }
            | Payload::TupleIter { .. }
            | Payload::RangeIter(_)
            | Payload::Frame(_)
    )
}
