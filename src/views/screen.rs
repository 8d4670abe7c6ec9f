//! One moment of a session as plain data: what the machine's thread sends to the terminal's.
//!
//! Invariant: `Send`, and complete: drawing needs nothing else.

use super::breakpoints::BreakpointsView;
use super::bytecode::BytecodeView;
use super::collector::CollectorView;
use super::effect::EffectView;
use super::events::EventsView;
use super::frames::FramesView;
use super::graph::Snapshot;
use super::namespace::NamespaceView;
use super::output::OutputView;
use super::refcounts::RefcountView;
use super::source::SourceView;

#[derive(Clone, Debug, Default)]
pub struct Screen {
    pub source: SourceView,
    pub bytecode: BytecodeView,
    pub namespace: NamespaceView,
    pub refcounts: RefcountView,
    pub collector: CollectorView,
    pub output: OutputView,
    pub graph: Snapshot,
    pub effect: EffectView,
    pub frames: FramesView,
    pub events: EventsView,
    pub breakpoints: BreakpointsView,
    /// Why the session stands here: `breakpoint 1 (line 16)`, `stepped 1 line`, `start`, `end, status 0`.
    pub stop: String,
    /// Events since the instruction began: above 0 inside a finaliser's or the collector's work.
    pub event: u32,
    /// The selected object, `Person.1`.
    pub selected: Option<String>,
    /// The program waits for a line of input, with this prompt.
    pub input: Option<String>,
    /// The program has ended, with this status.
    pub ended: Option<i32>,
}
