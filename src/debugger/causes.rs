//! What brings an object's end about: its count, a collection, or the interpreter's exit.

use crate::vm::Machine;

use super::hunt::Context;
use super::look;
use super::stop::Cause;

/// At the event of a finaliser or a death.
pub fn of_end(vm: &Machine, context: &Context) -> Cause {
    let by_collector = context.collection_depth == Some(vm.frames.len());
    match vm.collection {
        Some(collection) if by_collector && !vm.finalizing => Cause::Gc {
            number: collection.number,
            generation: collection.generation,
        },
        // Deeper than the collection: a finaliser or callback that it runs drops something by itself.
        _ if vm.finalizing && vm.frames.is_empty() => Cause::Exit,
        _ => Cause::Refcount {
            line: look::place(vm, &context.script).0,
        },
    }
}
