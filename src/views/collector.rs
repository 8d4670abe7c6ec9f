//! The collector: whether it runs, which phase it is in, what it counts.
//!
//! Phase names are CPython's functions in `Modules/gcmodule.c`. Invariant: phases are in the order in which they run, and at most
//! one is `Now`.

use crate::heap::gc_list::ListId;
use crate::vm::{self, GcPhase, Machine};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectorView {
    pub enabled: bool,
    /// `gc.get_count()` as it stands.
    pub counts: [u64; 3],
    pub thresholds: [u64; 3],
    /// Collections finished, by generation.
    pub finished: [u64; 3],
    /// `None` between collections.
    pub running: Option<Collection>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The how-manieth of this run, from 1.
    pub number: u64,
    pub generation: u8,
    pub phases: Vec<PhaseRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseRow {
    pub name: &'static str,
    pub state: PhaseState,
    /// `4 unreachable`, …: what the phase found; empty before it ran.
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseState {
    Done,
    /// The one that has just ended: what it did is what is seen.
    Now,
    Later,
}

impl PhaseState {
    pub fn mark(self) -> &'static str {
        match self {
            PhaseState::Done => "✓",
            PhaseState::Now => "▶",
            PhaseState::Later => "·",
        }
    }
}

impl CollectorView {
    pub fn phase(&self) -> Option<&PhaseRow> {
        self.running
            .as_ref()?
            .phases
            .iter()
            .find(|p| p.state == PhaseState::Now)
    }
}

pub fn of(vm: &Machine) -> CollectorView {
    let generations = &vm.generations;
    let wide = |figures: [u32; 3]| figures.map(u64::from);
    CollectorView {
        enabled: generations.enabled,
        counts: wide(generations.count),
        thresholds: wide(generations.threshold),
        finished: generations.stats.map(|[collections, ..]| collections),
        running: vm
            .collection
            .as_ref()
            .map(|collection| running(vm, collection)),
    }
}

/// The machine names the phase last completed; the one after it runs.
fn running(vm: &Machine, collection: &vm::observe::Collection) -> Collection {
    let done = match collection.phase {
        None => 0,
        Some(phase) => 1 + GcPhase::ALL.iter().position(|p| *p == phase).unwrap_or(0),
    };
    let row = |(index, phase): (usize, &GcPhase)| PhaseRow {
        name: phase.name(),
        state: match index {
            index if index + 1 == done => PhaseState::Now,
            index if index < done => PhaseState::Done,
            _ => PhaseState::Later,
        },
        note: if index + 1 == done {
            note(vm, *phase)
        } else {
            String::new()
        },
    };
    Collection {
        number: collection.number,
        generation: collection.generation,
        phases: GcPhase::ALL.iter().enumerate().map(row).collect(),
    }
}

/// What a phase that has just ended found.
fn note(vm: &Machine, phase: GcPhase) -> String {
    let unreachable = || vm.heap.gc.len(ListId::Unreachable);
    match phase {
        GcPhase::UpdateRefs => "gc_refs are the counts".to_owned(),
        GcPhase::SubtractRefs => "gc_refs count what is outside".to_owned(),
        GcPhase::MoveUnreachable | GcPhase::FinalizeGarbage => {
            format!("{} unreachable", unreachable())
        }
        _ => String::new(),
    }
}
