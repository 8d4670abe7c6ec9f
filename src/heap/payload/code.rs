//! Code objects as the machine runs them: instructions decoded, constants and names made objects.
//!
//! Shared between clones of the machine by `Rc`: nothing here is state, but for the inline caches, which are hints and are
//! flushed whenever another machine takes over (`Machine::flush_caches`).

use std::cell::Cell;
use std::rc::Rc;

use crate::bytecode::code::CodeObject;
use crate::bytecode::opcode::Op;
use crate::heap::{Edge, NULL, Obj};

/// One instruction, at the index that is half its offset in CPython 3.10. `EXTENDED_ARG` is kept as a no-op, its bits folded
/// into the next `arg`. Relative jumps are made absolute.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))] // found by a shift
pub struct Ins {
    pub op: Op,
    /// The same, or a form that does this instruction and the next ones in one; executed by runs that nobody observes. The
    /// instructions it covers stay in place, so that jumps into the middle and falling back work.
    pub fused: Op,
    /// Operands of fused forms.
    pub x: u16,
    pub y: u32,
    pub arg: u32,
}

/// What an instruction found out last time. The meaning of the fields is the business of the instruction's own code.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    /// Version of the class, or of the globals' key set.
    pub version: u32,
    /// Second version: of the builtins' key set.
    pub version2: u32,
    pub ty: Obj,
    pub value: Obj,
    pub index: u32,
    pub shape: u32,
    pub next_shape: u32,
}

pub const NO_CACHE: Cache = Cache {
    version: 0,
    version2: 0,
    ty: NULL,
    value: NULL,
    index: u32::MAX,
    shape: u32::MAX,
    next_shape: u32::MAX,
};

pub struct Code {
    /// The plain data it was made from.
    pub source: Rc<CodeObject>,
    pub ins: Vec<Ins>,
    pub caches: Vec<Cell<Cache>>,
    /// Line of each instruction, 0 for none.
    pub lines: Vec<u32>,
    /// Whether a line event may happen at each instruction: it is the first of its line's stretch.
    pub line_starts: Vec<bool>,
    pub consts: Vec<Obj>,
    pub names: Vec<Obj>,
    pub varnames: Vec<Obj>,
    pub freevars: Vec<Obj>,
    pub cellvars: Vec<Obj>,
    pub name: Obj,
    pub filename: Obj,
    /// For each cell variable the argument it takes its first value from, if it is one.
    pub cell_to_arg: Vec<Option<u32>>,
    /// Positional arguments, keyword-only arguments.
    pub argcount: u32,
    pub posonly: u32,
    pub kwonly: u32,
    pub flags: u32,
    pub nlocals: u32,
    /// Locals, cells and free variables.
    pub locals_plus: u32,
    pub stacksize: u32,
    /// No cells, no `*args`, no keyword-only: a call with exactly `argcount` arguments copies them and runs.
    pub simple: bool,
    /// False for what a script put together of parts that do not fit each other.
    pub runnable: bool,
    /// The lengths of its tuples that the collector counts, if it was compiled while the program ran.
    pub own_tuples: std::cell::OnceCell<Box<[usize]>>,
}

impl Code {
    pub fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for (n, c) in self.consts.iter().enumerate() {
            f(Edge::Const(n as u32), *c);
        }
        for (n, name) in self.names.iter().enumerate() {
            f(Edge::Name(n as u32), *name);
        }
        for name in self
            .varnames
            .iter()
            .chain(&self.freevars)
            .chain(&self.cellvars)
        {
            f(Edge::Field("co_varnames"), *name);
        }
        f(Edge::Field("co_name"), self.name);
        f(Edge::Field("co_filename"), self.filename);
    }

    /// The line of the instruction at an index, 0 where there is none.
    #[inline]
    pub fn line(&self, index: u32) -> u32 {
        self.lines.get(index as usize).copied().unwrap_or(0)
    }

    /// The name shown in tracebacks.
    pub fn name(&self) -> &str {
        &self.source.name
    }

    pub fn flush_caches(&self) {
        for cache in &self.caches {
            cache.set(NO_CACHE);
        }
    }
}
