//! The audit: every count is the number of references there are.

use super::{Heap, Obj};

/// The first object whose count and references differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuditError {
    pub object: Obj,
    /// What the object says.
    pub refcount: u32,
    /// What was found.
    pub references: u32,
}

/// Counts the references that objects hold and those that `roots` tells of, and compares.
pub fn audit(heap: &Heap, roots: impl Fn(&mut dyn FnMut(Obj))) -> Result<(), AuditError> {
    let mut found = vec![0u32; heap.slot_count()];
    roots(&mut |o| found[o.0 as usize] += 1);
    for o in heap.objects() {
        heap.edges(o, |_, to| found[to.0 as usize] += 1);
    }
    for o in heap.objects() {
        let (refcount, references) = (heap.rc(o), found[o.0 as usize]);
        if refcount != references {
            return Err(AuditError {
                object: o,
                refcount,
                references,
            });
        }
    }
    Ok(())
}
