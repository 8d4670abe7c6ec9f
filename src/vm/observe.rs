//! Being watched: moments, events, observers, and how a run ends early.
//!
//! A run without an observer pays one predictable branch at births and deaths. When an observer answers `Stop`, the machine
//! puts a clone of itself aside if it is in the middle of something (`take_snapshot`), raises the interrupt, and the run unwinds.

use super::{Machine, Thrown};
use crate::heap::Obj;

/// A point in time: instructions executed so far, then events since that number last changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Moment {
    pub step: u64,
    pub event: u32,
}

/// Phases of a collection under CPython's names. An event is sent after each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GcPhase {
    UpdateRefs,
    SubtractRefs,
    MoveUnreachable,
    HandleWeakrefs,
    FinalizeGarbage,
    HandleResurrectedObjects,
    DeleteGarbage,
}

impl GcPhase {
    pub const ALL: [GcPhase; 7] = [
        GcPhase::UpdateRefs,
        GcPhase::SubtractRefs,
        GcPhase::MoveUnreachable,
        GcPhase::HandleWeakrefs,
        GcPhase::FinalizeGarbage,
        GcPhase::HandleResurrectedObjects,
        GcPhase::DeleteGarbage,
    ];

    pub fn name(self) -> &'static str {
        match self {
            GcPhase::UpdateRefs => "update_refs",
            GcPhase::SubtractRefs => "subtract_refs",
            GcPhase::MoveUnreachable => "move_unreachable",
            GcPhase::HandleWeakrefs => "handle_weakrefs",
            GcPhase::FinalizeGarbage => "finalize_garbage",
            GcPhase::HandleResurrectedObjects => "handle_resurrected_objects",
            GcPhase::DeleteGarbage => "delete_garbage",
        }
    }
}

/// What happens inside an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// An object has just been made.
    Birth(Obj),
    /// Its count is zero, its finaliser is through: its contents go next, then its memory.
    Death(Obj),
    /// Its finaliser is about to run.
    Finalize(Obj),
    /// Its finaliser brought it back.
    Resurrect(Obj),
    /// A weak reference is cleared; its callback, if it has one, runs next.
    WeakrefClear {
        reference: Obj,
        referent: Obj,
    },
    GcStart {
        generation: u8,
    },
    GcPhase(GcPhase),
    GcEnd {
        collected: usize,
        uncollectable: usize,
    },
    /// An exception has been raised; it waits in `pending`.
    Raise,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    Go,
    Stop,
}

/// Looks at the machine while it runs; may not change it.
pub trait Observer {
    /// Before each instruction.
    fn instruction(&mut self, vm: &Machine) -> Flow;
    /// At each event.
    fn event(&mut self, vm: &Machine, event: &Event) -> Flow;
    /// Whether calls are to be made as CPython makes them under a C trace function, whose counts a trace shows.
    fn traces_calls(&self) -> bool {
        false
    }
    /// Gives the concrete observer back after the run.
    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any>;
}

/// How a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exit {
    /// The program is over, its exit handlers and finalisers too.
    Finished { status: i32 },
    /// The step limit given to `run` is reached.
    StepLimit,
    /// The observer said stop.
    Stopped,
    /// `input()` wants a line that has not been given.
    NeedInput,
    /// Python that is not supported here.
    Unsupported {
        file: String,
        line: u32,
        what: String,
    },
    /// `--max-memory` is used up.
    OutOfMemory,
    /// The user pressed Ctrl-C, or the time is up.
    Cancelled,
}

/// A collection under way.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    pub generation: u8,
    /// The how-manieth of the run.
    pub number: u64,
    /// The phase last completed.
    pub phase: Option<GcPhase>,
    /// Called by `gc.collect()`, not automatic.
    pub explicit: bool,
}

/// The observer and what it left. A clone watches nothing.
#[derive(Default)]
pub struct Watch {
    pub observer: Option<Box<dyn Observer>>,
    pub snapshot: Option<Box<Machine>>,
    /// The event at which the snapshot was taken.
    pub event: Option<Event>,
    /// Whether anything is watched: births and deaths ask this.
    pub on: bool,
    /// Whether calls are made as under a C trace function (`Observer::traces_calls`).
    pub traces_calls: bool,
}

impl Clone for Watch {
    fn clone(&self) -> Watch {
        Watch {
            observer: None,
            snapshot: None,
            event: self.event,
            on: false,
            traces_calls: false,
        }
    }
}

impl Machine {
    /// Tells the observer, if there is one. Never fails: an interrupt takes effect at the next instruction.
    #[inline(always)]
    pub fn event(&mut self, event: Event) {
        if self.watch.on {
            self.send_event(event);
        }
    }

    #[cold]
    #[inline(never)]
    fn send_event(&mut self, event: Event) {
        self.events += 1;
        if self.interrupt.is_some() {
            return;
        }
        let Some(mut observer) = self.watch.observer.take() else {
            return;
        };
        self.watch.event = Some(event);
        let flow = observer.event(self, &event);
        self.watch.observer = Some(observer);
        if flow == Flow::Stop {
            let mut snapshot = Box::new(self.clone());
            snapshot.know_allocation();
            self.watch.snapshot = Some(snapshot);
            self.interrupt = Some(Exit::Stopped);
        }
        self.watch.event = None;
    }

    /// Asks the observer before an instruction. The frame's `pc` and `sp` are spilled.
    #[cold]
    #[inline(never)]
    pub(super) fn observe_instruction(&mut self) -> Result<(), Thrown> {
        if self.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        let Some(mut observer) = self.watch.observer.take() else {
            return Ok(());
        };
        self.know_allocation();
        let flow = observer.instruction(self);
        self.watch.observer = Some(observer);
        if flow == Flow::Go {
            return Ok(());
        }
        if self.depth > 1 || self.finalizing {
            self.watch.snapshot = Some(Box::new(self.clone()));
        }
        self.interrupt = Some(Exit::Stopped);
        Err(Thrown::Interrupt)
    }

    /// The machine as it was when the observer said stop in the middle of something; to look at, never to run.
    pub fn take_snapshot(&mut self) -> Option<Box<Machine>> {
        self.watch.snapshot.take()
    }

    /// Whether a nested run is open: the machine cannot be resumed from a clone then.
    pub fn nested(&self) -> bool {
        self.depth > 1 || self.finalizing
    }

    /// Forgets what inline caches and the method cache have learnt: called when this machine takes over from another that
    /// shares code with it, because version numbers may mean different things in different futures.
    pub fn flush_caches(&self) {
        self.method_cache.flush();
        for o in self.heap.objects() {
            if let crate::heap::Payload::Code(code) = self.heap.payload(o) {
                code.flush_caches();
            }
        }
    }
}
