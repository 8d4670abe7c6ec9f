//! Source text to tree: `ruff_python_parser`, wrapped, in CPython 3.10's shape and with its errors.
//!
//! Only this folder parses. Knows nothing of scopes or bytecode. Invariant: deep nesting ends in an error, never in a
//! crash. Start at `parse`.

mod charset;
pub mod error;
mod lower;
pub mod source;
pub mod tree;

use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode as RuffMode, ParseOptions};
use ruff_text_size::Ranged;

pub use error::{ErrorKind, SyntaxError};
pub use source::Source;

/// What to parse a source as: the third argument of `compile()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Exec,
    Eval,
    Single,
}

/// A parsed source.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub module: tree::Module,
    pub source: Source,
    /// How many scopes the tree has, the module's included.
    pub scopes: u32,
    /// CPython would give up on the nesting; the tree is cut off.
    pub too_deep: bool,
}

/// Stack for parsing and compiling, enough for the nesting that `parse_here` lets through.
const DEEP_STACK_BYTES: usize = 512 << 20;

/// Run `work` on a thread with a large stack.
pub fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK_BYTES);
        let thread = builder
            .spawn_scoped(scope, work)
            .expect("the system grants one more thread");
        match thread.join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Parse `source`, whatever its nesting. The error is CPython 3.10's.
pub fn parse(source: &[u8], filename: &str, mode: Mode) -> Result<Parsed, Box<SyntaxError>> {
    on_a_deep_stack(|| parse_here(source, filename, mode))
}

/// Parse an expression, as `eval` does.
pub fn parse_expression(source: &[u8], filename: &str) -> Result<Parsed, Box<SyntaxError>> {
    parse(source, filename, Mode::Eval)
}

/// Parse `source` on the caller's stack; use `parse` unless the stack is known to be large.
pub fn parse_here(source: &[u8], filename: &str, mode: Mode) -> Result<Parsed, Box<SyntaxError>> {
    let source = Source::decode(source, filename)?;
    let ruff_mode = if mode == Mode::Eval {
        RuffMode::Expression
    } else {
        RuffMode::Module
    };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY310);
    let parsed = ruff_python_parser::parse_unchecked(&source.text, options);
    if let Some(error) = parsed.errors().first() {
        let range = error.location;
        let message = error.error.to_string();
        return Err(source.error(
            ErrorKind::SyntaxError,
            message,
            range.start().to_usize(),
            range.end().to_usize(),
        ));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        let range = error.range();
        let message = error.to_string();
        return Err(source.error(
            ErrorKind::SyntaxError,
            message,
            range.start().to_usize(),
            range.end().to_usize(),
        ));
    }
    let lowered = lower::module(&source, parsed.syntax(), mode == Mode::Single);
    Ok(Parsed {
        module: lowered.module,
        scopes: lowered.scopes,
        too_deep: lowered.too_deep,
        source,
    })
}
