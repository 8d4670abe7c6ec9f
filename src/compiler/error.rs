//! Why a source did not compile.

use std::fmt;

use crate::syntax::SyntaxError;

/// What `compile` fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompileError {
    /// CPython would raise this SyntaxError, IndentationError or TabError.
    Syntax(Box<SyntaxError>),
    /// CPython would raise RecursionError: the source is nested too deeply.
    TooDeep,
    /// It is even for CPython's parser, which raises MemoryError.
    ParserFull,
    /// A construct this compiler does not know; there should be none.
    Unsupported { line: u32, what: String },
}

impl From<Box<SyntaxError>> for CompileError {
    fn from(error: Box<SyntaxError>) -> CompileError {
        CompileError::Syntax(error)
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompileError::Syntax(error) => error.fmt(f),
            CompileError::TooDeep => {
                f.write_str("RecursionError: maximum recursion depth exceeded during compilation")
            }
            CompileError::ParserFull => f.write_str("MemoryError"),
            CompileError::Unsupported { line, what } => {
                write!(f, "line {line}: {what} is not supported")
            }
        }
    }
}

impl std::error::Error for CompileError {}

/// What every step of the compiler returns.
pub(super) type Result<T> = std::result::Result<T, CompileError>;
