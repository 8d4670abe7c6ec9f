//! Exceptions and tracebacks.

use super::fields;
use crate::heap::{Edge, Obj};

#[derive(Clone, Default)]
pub struct Exc {
    pub dict: Obj,
    pub args: Obj,
    pub traceback: Obj,
    pub context: Obj,
    pub cause: Obj,
    pub suppress_context: bool,
    /// The class was made by `class`, so the instance counts a reference to it.
    pub type_is_counted: bool,
    /// What the exception's built-in base keeps besides: `value` of StopIteration, `errno`, `strerror`, `filename` of
    /// OSError, …, in the order of `vm/types/exception.rs`'s tables. NULL where not set.
    pub extra: Vec<Obj>,
}

const FIELDS: [&str; 5] = [
    "__dict__",
    "args",
    "__traceback__",
    "__cause__",
    "__context__",
];

impl Exc {
    /// In `BaseException_clear`'s order.
    pub fn references(&self) -> [Obj; 5] {
        [
            self.dict,
            self.args,
            self.traceback,
            self.cause,
            self.context,
        ]
    }

    /// The places of `references`.
    pub fn common_parts(&mut self) -> [&mut Obj; 5] {
        [
            &mut self.dict,
            &mut self.args,
            &mut self.traceback,
            &mut self.cause,
            &mut self.context,
        ]
    }

    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        for extra in &self.extra {
            if !extra.is_null() {
                f(Edge::Field("field"), *extra);
            }
        }
        fields(&self.references(), &FIELDS, f);
    }
}

#[derive(Clone)]
pub struct Traceback {
    pub next: Obj,
    pub frame: Obj,
    pub lasti: i32,
    pub line: i32,
}

impl Traceback {
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        fields(&[self.next, self.frame], &["tb_next", "tb_frame"], f);
    }
}
