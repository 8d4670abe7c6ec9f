//! The audit: every count is the number of references there are.
//!
//! [`audit`] walks the whole heap. [`Ledger`] gives the same answer at every instruction without walking it: it keeps what each
//! object held when it was last looked at, and how many references to each that makes, and looks again only at what the heap
//! has marked as changed (`touched.rs`). Now and then it is compared with a whole walk, so that a mark nobody made is found too.
//!
//! A freed slot has no references either: one that is left over dangles.

use std::collections::BTreeSet;

use super::{Heap, Obj};

/// The first object whose count and references differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuditError {
    pub object: Obj,
    /// What the object says; 0 for one that has been freed.
    pub refcount: u32,
    /// What was found.
    pub references: u32,
    /// What the ledger had, where the count and the references agree: a change was not marked.
    pub ledger: Option<u32>,
}

/// The references that no object holds.
pub trait Roots {
    /// Those that hardly ever change: the interpreter's own.
    fn standing(&self, f: &mut dyn FnMut(Obj));
    /// Those that change with every instruction, but for the frames'.
    fn moving(&self, f: &mut dyn FnMut(Obj));
    fn frame_count(&self) -> usize;
    /// What the n-th running frame holds. What comes and goes most comes last.
    fn frame(&self, n: usize, f: &mut dyn FnMut(Obj));
}

/// Counts the references that objects hold and those that the roots are, and compares.
pub fn audit(heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
    let found = references(heap, roots);
    match every_slot(heap).find(|o| count_of(heap, *o) != found[o.0 as usize]) {
        None => Ok(()),
        Some(object) => Err(AuditError {
            object,
            refcount: count_of(heap, object),
            references: found[object.0 as usize],
            ledger: None,
        }),
    }
}

/// The objects whose count is higher than the references found, each as often as there are too few.
pub fn in_excess(heap: &Heap, roots: &impl Roots) -> Vec<Obj> {
    let found = references(heap, roots);
    let mut excess = Vec::new();
    for o in heap.objects() {
        let missing = heap.rc(o).saturating_sub(found[o.0 as usize]);
        excess.extend(std::iter::repeat_n(o, missing as usize));
    }
    excess
}

/// How many references to each slot there are.
fn references(heap: &Heap, roots: &impl Roots) -> Vec<u32> {
    let mut found = vec![0u32; heap.slot_count()];
    let mut count = |o: Obj| found[o.0 as usize] += 1;
    roots.standing(&mut count);
    roots.moving(&mut count);
    (0..roots.frame_count()).for_each(|n| roots.frame(n, &mut count));
    for o in heap.objects() {
        heap.edges(o, |_, to| count(to));
    }
    found
}

fn every_slot(heap: &Heap) -> impl Iterator<Item = Obj> {
    (1..heap.slot_count() as u32).map(Obj)
}

fn count_of(heap: &Heap, o: Obj) -> u32 {
    if heap.is_live(o) { heap.rc(o) } else { 0 }
}

/// Whole walks are as rare as this, in instructions, however small the heap is.
const WALK_STEPS: u32 = 4096;

/// Frames below so many of the innermost ones are taken to hold what they held.
const BUSY_FRAMES: usize = 16;

/// A container that held this many references is looked at again no sooner than its share of time allows, lest a loop that fills it
/// take time in the square of its size. Until then the objects that it gained or lost wait.
const BIG: usize = 2048;
/// References of big containers looked at for each instruction.
const BIG_SHARE: usize = 1024;

/// The books of an audit that goes along with a run.
#[derive(Default)]
pub struct Ledger {
    /// References to each slot.
    references: Vec<u32>,
    /// What each slot held when it was last looked at.
    held: Vec<Vec<Obj>>,
    standing: Vec<Obj>,
    moving: Vec<Obj>,
    /// What the frames held, and where the part of each begins.
    frames: Vec<Obj>,
    frame_starts: Vec<usize>,
    /// Instructions until the next whole walk.
    until_walk: u32,
    /// Big containers that changed and have not been looked at, the objects that wait for them, and what may be looked at.
    stale: BTreeSet<Obj>,
    waiting: Vec<Obj>,
    share: usize,
    /// Objects to compare; and lists to work with, kept for their memory.
    suspects: Vec<Obj>,
    contents: Vec<Obj>,
    scratch: Vec<Obj>,
}

impl Ledger {
    /// The audit at one instruction. The first makes the heap mark its changes.
    pub fn check(&mut self, heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
        if !heap.touched.is_on() {
            heap.touched.start();
            *self = Ledger::default();
            self.contents.extend(every_slot(heap));
        } else {
            heap.touched.take(&mut self.suspects, &mut self.contents);
        }
        self.look_again(heap);
        self.look_at_moving(roots, false);
        self.compare_suspects(heap, roots)?;
        match self.until_walk.checked_sub(1) {
            Some(left) => self.until_walk = left,
            None => self.compare(heap, roots)?,
        }
        Ok(())
    }

    fn compare_suspects(&mut self, heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
        let mut suspects = std::mem::take(&mut self.suspects);
        if self.first_wrong(heap, &suspects).is_some() {
            // What is looked at only when it must be: the interpreter's own references, and frames further out.
            self.look_at_standing(roots);
            self.look_at_moving(roots, true);
        }
        let mut result = Ok(());
        if let Some(object) = self.first_wrong(heap, &suspects) {
            if self.stale.is_empty() {
                result = audit(heap, roots).and(Err(self.unmarked(heap, object)));
            } else {
                suspects.retain(|o| self.is_wrong(heap, *o));
                self.waiting.append(&mut suspects);
            }
        }
        suspects.clear();
        self.suspects = suspects;
        result
    }

    /// A whole walk, and a look whether the books say the same.
    pub fn compare(&mut self, heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
        self.until_walk = WALK_STEPS.max(heap.live() as u32);
        audit(heap, roots)?;
        self.share = usize::MAX / 2;
        self.look_again(heap);
        self.look_at_standing(roots);
        self.look_at_moving(roots, true);
        self.share = 0;
        self.waiting.clear();
        let all: Vec<Obj> = every_slot(heap).take(self.references.len()).collect();
        match self.first_wrong(heap, &all) {
            None => Ok(()),
            Some(object) => Err(self.unmarked(heap, object)),
        }
    }

    fn unmarked(&self, heap: &Heap, object: Obj) -> AuditError {
        let count = count_of(heap, object);
        AuditError {
            object,
            refcount: count,
            references: count,
            ledger: Some(self.references[object.0 as usize]),
        }
    }

    fn first_wrong(&self, heap: &Heap, suspects: &[Obj]) -> Option<Obj> {
        suspects.iter().copied().find(|o| self.is_wrong(heap, *o))
    }

    fn is_wrong(&self, heap: &Heap, o: Obj) -> bool {
        count_of(heap, o) != self.references[o.0 as usize]
    }

    /// Books what the objects hold whose contents may have changed.
    fn look_again(&mut self, heap: &Heap) {
        let slots = heap.slot_count();
        if self.references.len() < slots {
            self.references.resize(slots, 0);
            self.held.resize_with(slots, Vec::new);
        }
        let mut changed = std::mem::take(&mut self.contents);
        self.share = self.share.saturating_add(BIG_SHARE);
        for o in changed.drain(..) {
            if self.held[o.0 as usize].len() > BIG && heap.is_live(o) {
                self.stale.insert(o);
            } else {
                self.look_at(heap, o);
            }
        }
        self.contents = changed;
        self.look_at_stale(heap);
    }

    /// Big containers, as far as their share goes.
    fn look_at_stale(&mut self, heap: &Heap) {
        while let Some(o) = self.stale.first().copied() {
            let cost = self.held[o.0 as usize].len();
            if cost > self.share {
                return;
            }
            self.share -= cost;
            self.stale.remove(&o);
            self.look_at(heap, o);
        }
        self.share = 0;
        self.suspects.append(&mut self.waiting);
    }

    fn look_at(&mut self, heap: &Heap, o: Obj) {
        let mut now = std::mem::take(&mut self.scratch);
        now.clear();
        if heap.is_live(o) {
            heap.edges(o, |_, to| now.push(to));
        }
        let mut before = std::mem::take(&mut self.held[o.0 as usize]);
        self.book(&before, &now);
        before.clear();
        before.extend_from_slice(&now);
        self.held[o.0 as usize] = before;
        self.scratch = now;
    }

    /// What changes all the time; of the frames the innermost ones, or all.
    fn look_at_moving(&mut self, roots: &impl Roots, all: bool) {
        let mut now = std::mem::take(&mut self.scratch);
        now.clear();
        roots.moving(&mut |o| now.push(o));
        let before = std::mem::take(&mut self.moving);
        self.book(&before, &now);
        self.moving = now;
        now = before;

        let count = roots.frame_count();
        let known = match all {
            true => 0,
            false => self
                .frame_starts
                .len()
                .min(count)
                .saturating_sub(BUSY_FRAMES),
        };
        let start = self.frame_starts.get(known).copied().unwrap_or(0);
        self.frame_starts.truncate(known);
        now.clear();
        for n in known..count {
            self.frame_starts.push(start + now.len());
            roots.frame(n, &mut |o| now.push(o));
        }
        let mut frames = std::mem::take(&mut self.frames);
        self.book(&frames[start..], &now);
        frames.truncate(start);
        frames.extend_from_slice(&now);
        self.frames = frames;
        self.scratch = now;
    }

    fn look_at_standing(&mut self, roots: &impl Roots) {
        let mut now = Vec::with_capacity(self.standing.len());
        roots.standing(&mut |o| now.push(o));
        let before = std::mem::take(&mut self.standing);
        self.book(&before, &now);
        self.standing = now;
    }

    /// Replaces the references of one holder; whoever gained or lost one is to be compared.
    fn book(&mut self, before: &[Obj], now: &[Obj]) {
        let same = |(a, b): &(&Obj, &Obj)| a == b;
        let start = before.iter().zip(now).take_while(same).count();
        let (before, now) = (&before[start..], &now[start..]);
        let end = before
            .iter()
            .rev()
            .zip(now.iter().rev())
            .take_while(same)
            .count();
        let (before, now) = (&before[..before.len() - end], &now[..now.len() - end]);
        for o in before {
            let references = &mut self.references[o.0 as usize];
            *references = references.wrapping_sub(1);
        }
        for o in now {
            let references = &mut self.references[o.0 as usize];
            *references = references.wrapping_add(1);
        }
        self.suspects.extend_from_slice(before);
        self.suspects.extend_from_slice(now);
    }
}
