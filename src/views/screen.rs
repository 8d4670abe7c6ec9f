//! One moment of a session as plain data: what the machine's thread sends to the terminal's.
//!
//! Invariant: `Send`, and complete: drawing needs nothing else.

use std::sync::Arc;

use super::breakpoints::BreakpointsView;
use super::bytecode::BytecodeView;
use super::collector::CollectorView;
use super::effect::EffectView;
use super::events::EventsView;
use super::frames::FramesView;
use super::graph::Key;
use super::graph::Snapshot;
use super::namespace::NamespaceView;
use super::output::OutputView;
use super::refcounts::RefcountView;
use super::safe;
use super::sight::Sight;
use super::source::SourceText;
use super::source::SourceView;
use crate::debugger::{Session, StopKind};

#[derive(Clone, Debug, Default)]
pub struct Screen {
    pub source: SourceView,
    pub bytecode: BytecodeView,
    pub namespace: NamespaceView,
    pub refcounts: RefcountView,
    pub collector: CollectorView,
    pub output: OutputView,
    pub graph: Snapshot,
    /// Keys of the graph and the names that commands take, sorted by key; objects not here go by their title.
    pub names: Vec<(Key, String)>,
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

/// Events listed; a pane scrolls through them.
const EVENTS: usize = 200;

/// Everything there is to see of the session's moment.
pub fn of(session: &mut Session, text: &Arc<SourceText>) -> Screen {
    let foresight = super::effect::foresee(session);
    session.look_back(EVENTS);
    let session: &Session = session;
    let sight = Sight::of(session);
    let stop = session.stop();
    let mut names: Vec<(Key, String)> = sight.own.iter().filter_map(|o| name(&sight, *o)).collect();
    names.sort();
    Screen {
        source: super::source::of(&sight, text),
        bytecode: super::bytecode::of(&sight),
        namespace: super::namespace::of(&sight),
        refcounts: super::refcounts::of(&sight),
        collector: super::collector::of(sight.vm),
        output: super::output::of(&sight),
        graph: super::references::of(&sight),
        names,
        effect: super::effect::of(&sight, foresight.as_ref()),
        frames: super::frames::of(&sight),
        events: super::events::of(&sight, session.lately()),
        breakpoints: super::breakpoints::of(session),
        stop: safe::one_line(&stop.to_string()),
        event: stop.moment.event,
        selected: session.selected().map(ToString::to_string),
        input: match &stop.kind {
            StopKind::NeedInput { asked } => Some(safe::one_line(asked)),
            _ => None,
        },
        ended: session.ended().map(|ended| ended.status),
    }
}

fn name(sight: &Sight, o: crate::heap::Obj) -> Option<(Key, String)> {
    let key = Key(u64::from(super::sight::serial(sight.vm, o)));
    Some((key, sight.name(o)?))
}
