//! Which objects have changed since the audit last looked: an audit at every instruction looks at those only.
//!
//! Marked where counts and contents are handed out for a change (`heap/mod.rs`). Off unless an audit runs: then a change costs a
//! branch that is always predicted. A clone marks nothing.

use std::cell::{Cell, RefCell};

use super::Obj;

/// Marks of an object.
const COUNT: u8 = 1;
const CONTENTS: u8 = 2;

/// The objects whose count or contents may have changed.
#[derive(Default)]
pub struct Touched {
    on: Cell<bool>,
    marked: RefCell<Marked>,
}

/// An object is in each list at most once.
#[derive(Default)]
struct Marked {
    /// By slot.
    marks: Vec<u8>,
    /// Objects whose count changed, or whose contents did: all of them.
    objects: Vec<Obj>,
    /// Objects whose contents, type, birth or death changed what they hold.
    contents: Vec<Obj>,
}

impl Clone for Touched {
    fn clone(&self) -> Touched {
        Touched::default()
    }
}

impl Touched {
    /// The object's count is about to change.
    #[inline(always)]
    pub(super) fn count(&self, o: Obj) {
        if self.on.get() {
            self.mark(o, COUNT);
        }
    }

    /// What the object holds is about to change, perhaps.
    #[inline(always)]
    pub(super) fn contents(&self, o: Obj) {
        if self.on.get() {
            self.mark(o, COUNT | CONTENTS);
        }
    }

    #[cold]
    #[inline(never)]
    fn mark(&self, o: Obj, marks: u8) {
        let marked = &mut *self.marked.borrow_mut();
        let place = o.0 as usize;
        if marked.marks.len() <= place {
            marked.marks.resize(place + 1, 0);
        }
        let new = marks & !marked.marks[place];
        marked.marks[place] |= marks;
        if new & COUNT != 0 {
            marked.objects.push(o);
        }
        if new & CONTENTS != 0 {
            marked.contents.push(o);
        }
    }

    /// Whether changes are being marked.
    pub fn is_on(&self) -> bool {
        self.on.get()
    }

    /// Begins to mark, from nothing.
    pub fn start(&self) {
        self.on.set(true);
        self.take(&mut Vec::new(), &mut Vec::new());
    }

    /// Moves the marked objects into the (empty) lists, and begins anew.
    pub(super) fn take(&self, objects: &mut Vec<Obj>, contents: &mut Vec<Obj>) {
        let marked = &mut *self.marked.borrow_mut();
        for o in &marked.objects {
            marked.marks[o.0 as usize] = 0;
        }
        std::mem::swap(&mut marked.objects, objects);
        std::mem::swap(&mut marked.contents, contents);
        marked.objects.clear();
        marked.contents.clear();
    }
}
