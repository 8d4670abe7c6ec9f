//! What a native holds while an allocation of its own collects.
//!
//! A collection started by an allocation runs Python code (`gc.callbacks`, finalisers, callbacks of weak references) while the native
//! that allocates keeps owned references in Rust locals: the halves of what it is building. They are real references with a real
//! owner, but no list has them. So they are found by what they do to the counts: before the allocation every count had its owners, so
//! what a count has in excess when the first code runs is the native's. That is worked out once a collection, only when somebody
//! watches. A reference that a native forgets to give back is not hidden by this: it is in excess still when the native has ended.
//!
//! Only counts in excess are explained so. One that is too low is a fault, and the audit says so.

use super::Machine;
use crate::heap::Obj;
use crate::heap::audit::in_excess;

/// The references that the native whose allocation collects holds in its locals.
#[derive(Clone, Default)]
pub struct Allocating {
    /// An allocation has started the collection that runs.
    open: bool,
    /// `owned` has been filled.
    known: bool,
    /// The frame that called the native.
    frame: u32,
    owned: Vec<Obj>,
}

impl Machine {
    /// An automatic collection begins.
    pub(super) fn open_allocation(&mut self) {
        self.allocating.open = true;
        self.allocating.frame = self.frames.len().saturating_sub(1) as u32;
    }

    /// It is over: the native goes on with what it holds.
    pub(super) fn close_allocation(&mut self) {
        let allocating = &mut self.allocating;
        allocating.open = false;
        if allocating.known {
            allocating.known = false;
            allocating.owned.clear();
        }
    }

    /// Finds out what the native holds, before anybody looks.
    #[inline]
    pub(super) fn know_allocation(&mut self) {
        if self.allocating.open && !self.allocating.known {
            self.find_owned();
        }
    }

    #[cold]
    fn find_owned(&mut self) {
        self.allocating.owned = in_excess(&self.heap, self);
        self.allocating.known = true;
    }

    /// Calls `f` with each reference that the native holds, and the frame it was called from.
    pub(super) fn allocation_roots(&self, mut f: impl FnMut(u32, Obj)) {
        let Allocating { frame, owned, .. } = &self.allocating;
        owned.iter().for_each(|o| f(*frame, *o));
    }
}
