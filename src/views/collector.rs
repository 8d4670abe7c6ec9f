//! The collector: whether it runs, which phase it is in, what it counts.
//!
//! Phase names are CPython's functions in `Modules/gcmodule.c`. Invariant: phases are in the order in which they run, and at most
//! one is `Now`.

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
