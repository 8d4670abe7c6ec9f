//! What is wrong with a source text, in CPython's words and places.
//!
//! Knows no trees. Invariant: `line` and `column` count from 1; a column counts characters, except in errors that
//! CPython's compiler reports by byte offset, where it is CPython's number.

use std::fmt;

/// Which exception CPython raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    SyntaxError,
    IndentationError,
    TabError,
}

impl ErrorKind {
    /// The exception's name.
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::SyntaxError => "SyntaxError",
            ErrorKind::IndentationError => "IndentationError",
            ErrorKind::TabError => "TabError",
        }
    }
}

/// `end_offset` is None.
pub const NO_END: i32 = i32::MIN;

/// A `SyntaxError` or one of its subclasses, with the attributes Python code sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: ErrorKind,
    pub message: String,
    pub filename: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    /// CPython's number: also 0 or -1 where it has no end; `NO_END` for None.
    pub end_column: i32,
    /// The source line, its newline included.
    pub text: Option<String>,
    /// Found by CPython's compiler, not its parser: that one takes the line from the file, if there is one.
    pub by_compiler: bool,
    /// What CPython's compiler warns of before it finds the error.
    pub warnings: Vec<crate::bytecode::code::Warning>,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({}, line {})",
            self.kind.name(),
            self.message,
            self.filename,
            self.line
        )
    }
}

impl std::error::Error for SyntaxError {}
