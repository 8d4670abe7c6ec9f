//! String literals and the expressions in f-strings, which CPython 3.10 checks while it parses.

use super::parser::Parser;
use crate::syntax::error::SyntaxError;

impl Parser<'_> {
    /// Check the literals of the strings that start at token `start`.
    pub(super) fn check_strings(&mut self, _start: usize) -> Result<(), Box<SyntaxError>> {
        Ok(())
    }
}
