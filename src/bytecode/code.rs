//! Code objects as plain data: what the compiler makes, what `dis` prints, and what the machine loads.
//!
//! Knows nothing of trees (the compiler's input) nor of the heap: constants are a small tree of their own, and the
//! machine turns them into objects when it loads the code. Invariant: `code` has two bytes an instruction, as
//! `co_code` has in CPython 3.10, and every index in it is in range of its table.

use std::rc::Rc;

use num_bigint::BigInt;
use rustpython_wtf8::Wtf8Buf;

/// A constant of a code object, before it becomes an object on a heap.
#[derive(Clone, Debug)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    Int(BigInt),
    Float(f64),
    /// Real and imaginary part.
    Complex(f64, f64),
    Str(Wtf8Buf),
    Bytes(Vec<u8>),
    Tuple(Vec<Constant>),
    /// In the order in which the compiler met the items, duplicates removed.
    FrozenSet(Vec<Constant>),
    Code(Rc<CodeObject>),
}

/// `co_flags`, CPython's names and values.
pub mod flags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const NOFREE: u32 = 0x40;
    pub const COROUTINE: u32 = 0x80;
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
    pub const FUTURE_BARRY_AS_BDFL: u32 = 0x40_0000;
    pub const FUTURE_GENERATOR_STOP: u32 = 0x80_0000;
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
}

/// Something in a source that compiles, but is hardly meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// A DeprecationWarning, not a SyntaxWarning.
    pub deprecation: bool,
    pub message: String,
    /// Lines and columns from 1, as the SyntaxError has them that a filter makes of it.
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: i32,
    /// The source line.
    pub text: Option<String>,
    /// By the compiler, not the parser.
    pub by_compiler: bool,
}

/// A `code` object's fields under CPython 3.10's names, without the `co_`.
#[derive(Clone, Debug)]
pub struct CodeObject {
    pub name: Rc<str>,
    pub filename: Rc<str>,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub stacksize: u32,
    pub flags: u32,
    pub firstlineno: u32,
    /// Opcode and argument byte by turns, `EXTENDED_ARG` written out.
    pub code: Vec<u8>,
    pub consts: Vec<Constant>,
    pub names: Vec<Rc<str>>,
    pub varnames: Vec<Rc<str>>,
    pub freevars: Vec<Rc<str>>,
    pub cellvars: Vec<Rc<str>>,
    /// PEP 626's table: (bytecode delta, signed line delta) pairs, -128 for "no line".
    pub linetable: Vec<u8>,
    /// What the compiler warned of, in the order in which it did; a whole source's are in its outermost code.
    pub warnings: Vec<Warning>,
}

impl CodeObject {
    /// The line of each instruction, by instruction index; `None` where 3.10's table has no line.
    pub fn lines(&self) -> Vec<Option<u32>> {
        let mut lines = vec![None; self.code.len() / 2];
        let mut line = self.firstlineno as i64;
        let mut at = 0;
        for pair in self.linetable.chunks_exact(2) {
            let (bytes, delta) = (pair[0] as usize, pair[1] as i8);
            let shown = if delta == -128 {
                None
            } else {
                line += i64::from(delta);
                u32::try_from(line).ok()
            };
            for slot in lines.iter_mut().skip(at / 2).take(bytes / 2) {
                *slot = shown;
            }
            at += bytes;
        }
        lines
    }
}
