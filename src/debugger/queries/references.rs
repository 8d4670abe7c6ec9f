//! Every counted reference of a machine, with who holds it: the raw material of owners, paths and pictures.
//!
//! Invariant: for every object the references to it are as many as its count; the audit of the heap checks the same edges.
//! Start at [`all`].

use crate::heap::{Edge, Obj};
use crate::vm::Machine;

/// Who holds a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Object(Obj),
    /// A running frame, by its index.
    Frame(usize),
    /// The machine itself; the edge says for what.
    Machine,
}

/// One counted reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub holder: Holder,
    pub edge: Edge,
    pub target: Obj,
}

/// Calls `f` with every reference: those of the machine and its frames first, then those of the objects by slot.
pub fn all(vm: &Machine, mut f: impl FnMut(Reference)) {
    roots(vm, &mut f);
    for o in vm.heap.objects() {
        of_object(vm, o, &mut f);
    }
}

/// What one object holds.
pub fn of_object(vm: &Machine, o: Obj, mut f: impl FnMut(Reference)) {
    let holder = Holder::Object(o);
    vm.heap.edges(o, |edge, target| {
        f(Reference {
            holder,
            edge,
            target,
        })
    });
}

/// What no object holds.
pub fn roots(vm: &Machine, f: &mut impl FnMut(Reference)) {
    todo!()
}

/// All references to one object.
pub fn to(vm: &Machine, o: Obj) -> Vec<Reference> {
    let mut found = Vec::new();
    all(vm, |reference| {
        if reference.target == o {
            found.push(reference);
        }
    });
    found
}
