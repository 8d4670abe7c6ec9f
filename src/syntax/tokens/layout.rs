//! Indentation: what the start of a line means.

use super::{Step, Stop, Token, TokenKind, Tokenizer};
use crate::syntax::error::ErrorKind;

/// CPython's limit on blocks inside each other.
const MAX_INDENT: usize = 100;

/// Tabs go to the next multiple of this.
const TAB_SIZE: usize = 8;

impl Tokenizer<'_> {
    /// Measure the indentation of a line that is not blank, and open or close blocks.
    pub(super) fn line_start(&mut self) -> Step {
        loop {
            let (mut col, mut alternate) = (0, 0);
            // Where a line is joined to the next inside its indentation, the first part decides.
            let mut joined_col = 0;
            loop {
                match self.peek(0) {
                    b' ' => (col, alternate) = (col + 1, alternate + 1),
                    b'\t' => (col, alternate) = ((col / TAB_SIZE + 1) * TAB_SIZE, alternate + 1),
                    b'\x0c' => (col, alternate) = (0, 0),
                    b'\\'
                        if match self.bytes.get(self.at + 1) {
                            Some(next) => *next == b'\n',
                            None => self.source.implied_newline,
                        } =>
                    {
                        joined_col = if joined_col == 0 { col } else { joined_col };
                        self.at += 1;
                        if self.at + 1 >= self.bytes.len() {
                            self.at = self.bytes.len();
                            return Err(Stop::Eof);
                        }
                    }
                    b'\\' => return Err(self.line_continuation()),
                    _ => break,
                }
                self.at += 1;
            }
            let mut blank = false;
            if self.peek(0) == b'#' {
                blank = true;
                self.skip_comment();
            }
            if self.peek(0) == b'\n' {
                self.at += 1;
                continue;
            }
            // A line of blanks alone is indented unless a newline makes it an empty one.
            let at_end = self.at >= self.bytes.len();
            if at_end && (blank || col == 0 || self.source.implied_newline) {
                return Ok(());
            }
            if joined_col > 0 {
                (col, alternate) = (joined_col, joined_col);
            }
            return self.indent(col, alternate);
        }
    }

    fn indent(&mut self, col: usize, alternate: usize) -> Step {
        let (top, top_alternate) = self.indents.last().copied().unwrap_or((0, 0));
        if col == top {
            return if alternate == top_alternate {
                Ok(())
            } else {
                Err(self.inconsistent())
            };
        }
        if col > top {
            if self.indents.len() >= MAX_INDENT {
                return Err(self.at_line(
                    ErrorKind::IndentationError,
                    "too many levels of indentation",
                ));
            }
            if alternate <= top_alternate {
                return Err(self.inconsistent());
            }
            self.indents.push((col, alternate));
            self.layout(TokenKind::Indent);
            return Ok(());
        }
        let kept = self.indents.partition_point(|(top, _)| *top <= col);
        let (top, top_alternate) = self.indents[kept - 1];
        if col != top {
            return Err(self.unindent());
        }
        if alternate != top_alternate {
            return Err(self.inconsistent());
        }
        for _ in kept..self.indents.len() {
            self.layout(TokenKind::Dedent);
        }
        self.indents.truncate(kept);
        Ok(())
    }

    /// An INDENT or DEDENT, which ends where the line's text starts.
    fn layout(&mut self, kind: TokenKind) {
        let (line, col) = self.source.position(self.at);
        self.tokens.push(Token {
            kind,
            start: self.at,
            end: self.at,
            line,
            col,
            level: 0,
        });
    }

    fn inconsistent(&self) -> Stop {
        self.at_line(
            ErrorKind::TabError,
            "inconsistent use of tabs and spaces in indentation",
        )
    }

    /// An error about the whole current line.
    fn at_line(&self, kind: ErrorKind, message: &str) -> Stop {
        let line = self.source.position(self.at).0;
        let start = self.source.line_start(line);
        let mut error = self.source.error(kind, message, start, start);
        error.end_column = 0;
        Stop::Lazy(error)
    }

    fn unindent(&self) -> Stop {
        let line = self.source.position(self.at).0;
        let text = self.source.line(line).unwrap_or_default();
        let end = self.source.line_start(line) + text.trim_end_matches('\n').len();
        let message = "unindent does not match any outer indentation level";
        let mut error = self
            .source
            .error(ErrorKind::IndentationError, message, end, end);
        if !self.source.implied_newline && !text.ends_with('\n') {
            error.column -= 1;
        }
        error.end_column = -1;
        Stop::Lazy(error)
    }
}
