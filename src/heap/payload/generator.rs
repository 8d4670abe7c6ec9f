//! Generators, coroutines, asynchronous generators: a frame that waits.

use super::fields;
use crate::heap::{Edge, Obj};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenKind {
    Generator,
    Coroutine,
    AsyncGenerator,
}

#[derive(Clone)]
pub struct Gen {
    pub kind: GenKind,
    /// The frame object; NULL once it is finished.
    pub frame: Obj,
    pub code_obj: Obj,
    pub name: Obj,
    pub qualname: Obj,
    /// The exception it was handling when it last yielded: type, value, traceback (`gi_exc_state`).
    pub exc: [Obj; 3],
    pub running: bool,
    /// `cr_origin`; for asynchronous generators the finaliser hook.
    pub extra: Obj,
    /// Asynchronous generators: `ag_closed`, `ag_hooks_inited`, `ag_running_async`.
    pub closed: bool,
    pub hooks_inited: bool,
    pub running_async: bool,
}

const FIELDS: [&str; 8] = [
    "gi_frame",
    "gi_code",
    "__name__",
    "__qualname__",
    "exc_type",
    "exc_value",
    "exc_traceback",
    "origin",
];

impl Gen {
    pub fn references(&self) -> [Obj; 8] {
        let [ty, value, tb] = self.exc;
        [
            self.frame,
            self.code_obj,
            self.name,
            self.qualname,
            ty,
            value,
            tb,
            self.extra,
        ]
    }

    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        fields(&self.references(), &FIELDS, f);
    }
}
