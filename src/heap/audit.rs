//! The audit: every count is the number of references there are.
//!
//! [`audit`] walks the whole heap. [`Ledger`] gives the same answer at every instruction without walking it: it keeps what each
//! object held when it was last looked at, and how many references to each that makes, and looks again only at what the heap
//! has marked as changed (`touched.rs`). Now and then it is compared with a whole walk, so that a mark nobody made is found too.
//!
//! A freed slot has no references either: one that is left over dangles.

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
    /// Those that change with every instruction. What comes and goes most comes last.
    fn moving(&self, f: &mut dyn FnMut(Obj));
}

/// Counts the references that objects hold and those that the roots are, and compares.
pub fn audit(heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
    let mut found = vec![0u32; heap.slot_count()];
    let mut count = |o: Obj| found[o.0 as usize] += 1;
    roots.standing(&mut count);
    roots.moving(&mut count);
    for o in heap.objects() {
        heap.edges(o, |_, to| count(to));
    }
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

fn every_slot(heap: &Heap) -> impl Iterator<Item = Obj> {
    (1..heap.slot_count() as u32).map(Obj)
}

fn count_of(heap: &Heap, o: Obj) -> u32 {
    if heap.is_live(o) { heap.rc(o) } else { 0 }
}

/// Whole walks are as rare as this, in instructions, however small the heap is.
const WALK_STEPS: u32 = 4096;

/// The books of an audit that goes along with a run.
#[derive(Default)]
pub struct Ledger {
    /// References to each slot.
    references: Vec<u32>,
    /// What each slot held when it was last looked at.
    held: Vec<Vec<Obj>>,
    standing: Vec<Obj>,
    moving: Vec<Obj>,
    /// Instructions until the next whole walk.
    until_walk: u32,
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
        self.look_at_moving(roots);
        let mut suspects = std::mem::take(&mut self.suspects);
        let mut wrong = self.first_wrong(heap, &suspects);
        if wrong.is_some() {
            // The interpreter's own references may have changed; it looks at those only when it must.
            self.look_at_standing(roots);
            wrong = self.first_wrong(heap, &suspects);
        }
        suspects.clear();
        self.suspects = suspects;
        if let Some(object) = wrong {
            audit(heap, roots)?;
            return Err(self.unmarked(heap, object));
        }
        match self.until_walk.checked_sub(1) {
            Some(left) => self.until_walk = left,
            None => self.compare(heap, roots)?,
        }
        Ok(())
    }

    /// A whole walk, and a look whether the books say the same.
    pub fn compare(&mut self, heap: &Heap, roots: &impl Roots) -> Result<(), AuditError> {
        self.until_walk = WALK_STEPS.max(heap.live() as u32);
        audit(heap, roots)?;
        self.look_at_standing(roots);
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
        let wrong = |o: &Obj| count_of(heap, *o) != self.references[o.0 as usize];
        suspects.iter().copied().find(wrong)
    }

    /// Books what the objects hold whose contents may have changed.
    fn look_again(&mut self, heap: &Heap) {
        let slots = heap.slot_count();
        if self.references.len() < slots {
            self.references.resize(slots, 0);
            self.held.resize_with(slots, Vec::new);
        }
        let changed = std::mem::take(&mut self.contents);
        let mut now = std::mem::take(&mut self.scratch);
        for o in &changed {
            now.clear();
            if heap.is_live(*o) {
                heap.edges(*o, |_, to| now.push(to));
            }
            let mut before = std::mem::take(&mut self.held[o.0 as usize]);
            self.book(&before, &now);
            before.clear();
            before.extend_from_slice(&now);
            self.held[o.0 as usize] = before;
        }
        self.contents = changed;
        self.contents.clear();
        self.scratch = now;
    }

    fn look_at_moving(&mut self, roots: &impl Roots) {
        let mut now = std::mem::take(&mut self.scratch);
        now.clear();
        roots.moving(&mut |o| now.push(o));
        let before = std::mem::take(&mut self.moving);
        self.book(&before, &now);
        self.moving = now;
        self.scratch = before;
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
