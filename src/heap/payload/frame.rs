//! Frame objects. A running Python frame lives on the machine's value stack (`vm/frame.rs`); a frame *object* exists only
//! when somebody asked for one (a traceback, a generator, `sys._getframe`), and owns locals and stack only while
//! the frame does not run.

use std::rc::Rc;

use super::{Code, fields};
use crate::heap::{Edge, Obj};

/// An open `try` or `with`, or an exception handler that runs: a row of CPython's block stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Instruction index of the handler.
    pub handler: u32,
    /// Height of the value stack, counted from its frame's first stack entry.
    pub level: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    SetupFinally,
    ExceptHandler,
}

/// `f_state` of CPython 3.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameState {
    Created,
    Suspended,
    Executing,
    Returned,
    Raised,
    Cleared,
}

#[derive(Clone)]
pub struct FrameObj {
    pub code: Rc<Code>,
    pub code_obj: Obj,
    pub globals: Obj,
    pub builtins: Obj,
    /// The namespace of a module or class body, `f_locals` if it was asked for; NULL.
    pub locals: Obj,
    /// The caller's frame object, owned, or NULL.
    pub back: Obj,
    /// Locals, cells and free variables, then the value stack. Empty while the frame runs.
    pub values: Vec<Obj>,
    pub blocks: Vec<Block>,
    /// Instruction index of the next instruction.
    pub pc: u32,
    pub state: FrameState,
    /// The generator it belongs to, not owned; NULL.
    pub generator: Obj,
    /// While it runs: its place among the machine's running frames.
    pub running: u32,
    /// `f_trace`, `f_trace_lines`, `f_trace_opcodes`.
    pub trace: Obj,
    pub trace_lines: bool,
    pub trace_opcodes: bool,
}

const FIELDS: [&str; 6] = [
    "f_back",
    "f_code",
    "f_builtins",
    "f_globals",
    "f_locals",
    "f_trace",
];

impl FrameObj {
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        fields(
            &[
                self.back,
                self.code_obj,
                self.builtins,
                self.globals,
                self.locals,
                self.trace,
            ],
            &FIELDS,
            f,
        );
        let locals = self.code.locals_plus as usize;
        for (n, value) in self.values.iter().enumerate() {
            if !value.is_null() {
                let edge = if n < locals {
                    Edge::Local(n as u32)
                } else {
                    Edge::Stack((n - locals) as u32)
                };
                f(edge, *value);
            }
        }
    }
}
