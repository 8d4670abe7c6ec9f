//! Every counted reference of a machine, with who holds it: the raw material of owners, paths and pictures.
//!
//! Invariant: for every object the references to it are as many as its count; the audit of the heap checks the same edges.
//! Start at [`all`].

use crate::heap::{Edge, Obj};
use crate::vm::Machine;
use crate::vm::roots::Root;

/// Who holds a reference, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Object(Obj, Edge),
    /// The machine itself, or one of its running frames.
    Root(Root),
}

/// One counted reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub holder: Holder,
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
    vm.heap.edges(o, |edge, target| {
        f(Reference {
            holder: Holder::Object(o, edge),
            target,
        })
    });
}

/// What no object holds.
pub fn roots(vm: &Machine, mut f: impl FnMut(Reference)) {
    vm.roots(|root, target| {
        f(Reference {
            holder: Holder::Root(root),
            target,
        })
    });
}

/// Whether the collector itself holds this: what it finalises or clears it holds meanwhile. Such a reference keeps nothing alive
/// that the program could reach.
pub fn is_collectors(vm: &Machine, reference: &Reference) -> bool {
    match reference.holder {
        Holder::Root(Root::Gc) => true,
        Holder::Root(Root::Temporary { .. }) => {
            vm.collection.is_some() && vm.heap.is_gc(reference.target)
        }
        _ => false,
    }
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
