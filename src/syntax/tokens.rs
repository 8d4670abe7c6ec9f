//! CPython 3.10's tokenizer, for the errors it finds and for the nesting it bounds: `Parser/tokenizer.c`.
//!
//! ruff reads the sources that are right; this reads them as CPython would, where an f-string is one token. Knows no
//! grammar. Invariant: tokens are in the order of the source; when `error` is set the source ends there for the parser.
//! Start at `tokenize`.

mod layout;
mod number;

use crate::bytecode::code::Warning;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::source::Source;

/// CPython's limit on open brackets.
pub(super) const MAX_BRACKETS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum TokenKind {
    Name,
    Number,
    String,
    /// An operator, or a character that means nothing.
    Op,
    Newline,
    Indent,
    Dedent,
    End,
}

/// A token; columns are in bytes from 0, lines from 1. Where CPython gives a token no column (INDENT, DEDENT, the end)
/// `col` is how far the line has been read, its newline included at the end of the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    pub line: u32,
    pub col: u32,
    /// How many brackets are open behind it.
    pub level: usize,
}

/// Why the tokenizer stopped before the end.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// An error that is complete in itself.
    Raised(Box<SyntaxError>),
    /// The source ends inside brackets or after a backslash.
    Eof,
    /// An error that counts only if the parser gets here.
    Lazy(Box<SyntaxError>),
}

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    pub open: char,
    pub line: u32,
    pub offset: usize,
}

/// The tokens of a source.
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    pub stop: Option<Stop>,
    /// Brackets still open where the tokenizer stopped.
    pub open: Vec<Bracket>,
    pub warnings: Vec<Warning>,
}

/// Tokenize a whole source.
pub(super) fn tokenize(source: &Source) -> Tokens {
    let mut tokenizer = Tokenizer {
        source,
        bytes: source.text.as_bytes(),
        at: 0,
        tokens: Vec::new(),
        open: Vec::new(),
        indents: vec![(0, 0)],
        at_line_start: true,
        comment: None,
        warnings: Vec::new(),
    };
    let stop = tokenizer.run().err();
    Tokens {
        tokens: tokenizer.tokens,
        stop,
        open: tokenizer.open,
        warnings: tokenizer.warnings,
    }
}

struct Tokenizer<'a> {
    source: &'a Source,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    open: Vec<Bracket>,
    /// Columns of the blocks around, with tabs to 8 and tabs as 1.
    indents: Vec<(usize, usize)>,
    at_line_start: bool,
    /// Where the comment at the end of the line starts.
    comment: Option<usize>,
    warnings: Vec<Warning>,
}

type Step = Result<(), Stop>;

impl Tokenizer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn run(&mut self) -> Step {
        loop {
            if self.at_line_start && self.open.is_empty() {
                self.at_line_start = false;
                self.line_start()?;
            }
            self.comment = None;
            self.skip_blanks()?;
            if self.at >= self.bytes.len() {
                return self.finish();
            }
            self.token()?;
        }
    }

    /// Spaces, comments and joined lines.
    fn skip_blanks(&mut self) -> Step {
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => {
                    self.comment = Some(self.at);
                    self.skip_comment();
                }
                b'\\' => {
                    if self.at + 1 >= self.bytes.len() && self.source.implied_newline {
                        return Err(Stop::Eof);
                    }
                    if self.peek(1) != b'\n' {
                        return Err(self.line_continuation());
                    }
                    self.at += 2;
                    if self.at >= self.bytes.len() {
                        return Err(Stop::Eof);
                    }
                }
                b'\n' if !self.open.is_empty() => self.at += 1,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    pub(super) fn line_continuation(&self) -> Stop {
        let message = "unexpected character after line continuation character";
        let (line, col) = self.source.position(self.at + 1);
        let mut error = self
            .source
            .error(ErrorKind::SyntaxError, message, self.at, self.at);
        error.line = line;
        // The end of the source is no character that has been read.
        let read = u32::from(self.at + 1 < self.bytes.len());
        error.column = self.source.characters(line, col) + read;
        error.end_line = line;
        error.end_column = 0;
        Stop::Lazy(error)
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let (line, col) = self.source.position(start);
        let end = match (kind, self.comment) {
            (TokenKind::Newline, Some(_)) => self.text_end(),
            (TokenKind::Newline, None) => start,
            _ => self.at,
        };
        let level = self.open.len();
        self.tokens.push(Token {
            kind,
            start,
            end,
            line,
            col,
            level,
        });
    }

    /// Where the text before `self.at` ends, without a newline.
    fn text_end(&self) -> usize {
        self.at - usize::from(self.bytes[..self.at].ends_with(b"\n"))
    }

    /// The end of the source: an implied newline, the dedents, the end.
    fn finish(&mut self) -> Step {
        if !self.open.is_empty() {
            return Err(Stop::Eof);
        }
        let ends_line = self.tokens.last().is_none_or(|last| {
            matches!(
                last.kind,
                TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent
            )
        });
        if !ends_line && self.source.implied_newline {
            self.push(TokenKind::Newline, self.comment.unwrap_or(self.at));
        } else if !ends_line {
            // The parser of a single statement makes it of the end, which has no column (`_PyPegen_fill_token`).
            self.push(TokenKind::Newline, self.at);
        }
        // A comment that ends the source inside a block makes the parser of a single statement see the end before the block's.
        let commented = ends_line && !self.bytes.ends_with(b"\n") && self.indents.len() > 1;
        if self.source.interactive && commented {
            self.push(TokenKind::Newline, self.at);
        }
        let line = self.source.last_line();
        let mut token = Token {
            kind: TokenKind::Dedent,
            start: self.at,
            end: self.at,
            line,
            col: self.source.line(line).map_or(0, |text| {
                let read = self.source.implied_newline || text.ends_with('\n');
                text.trim_end_matches('\n').len() as u32 + u32::from(read)
            }),
            level: 0,
        };
        for _ in 1..self.indents.len() {
            self.tokens.push(token);
        }
        let implied = !ends_line && self.indents.len() == 1;
        if self.source.interactive && !self.tokens.is_empty() && !implied {
            token.kind = TokenKind::Newline;
            self.tokens.push(token);
        }
        token.kind = TokenKind::End;
        self.tokens.push(token);
        Ok(())
    }

    fn token(&mut self) -> Step {
        let start = self.at;
        let byte = self.peek(0);
        match byte {
            b'\n' => {
                self.at += 1;
                // CPython's newline starts with the comment before it.
                self.push(TokenKind::Newline, self.comment.unwrap_or(start));
                self.at_line_start = true;
                Ok(())
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'\'' | b'"' => self.string(start),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name(),
            b'(' | b'[' | b'{' => {
                if self.open.len() >= MAX_BRACKETS {
                    self.at += 1;
                    return Err(self.raise("too many nested parentheses"));
                }
                self.open.push(Bracket {
                    open: byte as char,
                    line: self.source.position(start).0,
                    offset: start,
                });
                self.at += 1;
                self.push(TokenKind::Op, start);
                Ok(())
            }
            b')' | b']' | b'}' => self.close(byte),
            _ => {
                self.at += self.operator_length();
                self.push(TokenKind::Op, start);
                Ok(())
            }
        }
    }

    fn close(&mut self, byte: u8) -> Step {
        let start = self.at;
        self.at += 1;
        let close = byte as char;
        let Some(bracket) = self.open.last().copied() else {
            return Err(self.raise(format!("unmatched '{close}'")));
        };
        if !matches!((bracket.open, close), ('(', ')') | ('[', ']') | ('{', '}')) {
            let message = format!(
                "closing parenthesis '{close}' does not match opening parenthesis '{}'",
                bracket.open
            );
            let line = self.source.position(start).0;
            let place = if bracket.line == line {
                String::new()
            } else {
                format!(" on line {}", bracket.line)
            };
            return Err(self.raise(message + &place));
        }
        self.open.pop();
        self.push(TokenKind::Op, start);
        Ok(())
    }

    fn operator_length(&self) -> usize {
        const THREE: [&[u8]; 5] = [b"**=", b"//=", b">>=", b"<<=", b"..."];
        const TWO: [&[u8]; 22] = [
            b"==", b"!=", b"<=", b">=", b"<>", b"->", b":=", b"+=", b"-=", b"*=", b"/=", b"%=",
            b"@=", b"&=", b"|=", b"^=", b"**", b"//", b"<<", b">>", b"..", b"",
        ];
        // What every longer one has second.
        if !matches!(self.peek(1), b'=' | b'>' | b'<' | b'*' | b'/' | b'.') {
            return 1;
        }
        let rest = &self.bytes[self.at..];
        if THREE.iter().any(|op| rest.starts_with(op)) {
            3
        } else if TWO
            .iter()
            .any(|op| op.len() == 2 && *op != b".." && rest.starts_with(op))
        {
            2
        } else {
            1
        }
    }

    fn name(&mut self) -> Step {
        let start = self.at;
        let (mut bytes, mut raw, mut unicode, mut format) = (false, false, false, false);
        loop {
            match self.peek(0) {
                b'b' | b'B' if !(bytes || unicode || format) => bytes = true,
                b'u' | b'U' if !(bytes || unicode || raw || format) => unicode = true,
                b'r' | b'R' if !(raw || unicode) => raw = true,
                b'f' | b'F' if !(format || bytes || unicode) => format = true,
                _ => break,
            }
            self.at += 1;
            if matches!(self.peek(0), b'\'' | b'"') {
                return self.string(start);
            }
        }
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..)
            && self.at < self.bytes.len()
        {
            self.at += 1;
        }
        self.verify_identifier(start)?;
        self.push(TokenKind::Name, start);
        Ok(())
    }

    /// Characters beyond ASCII must be ones that identifiers have.
    fn verify_identifier(&mut self, start: usize) -> Step {
        let text = &self.source.text[start..self.at];
        if text.is_ascii() {
            return Ok(());
        }
        for (offset, c) in text.char_indices() {
            let allowed = if offset == 0 {
                c == '_' || is_xid_start(c)
            } else {
                is_xid_continue(c)
            };
            if allowed {
                continue;
            }
            self.at = start + offset + c.len_utf8();
            let code = format!("{:04X}", c as u32);
            let message = if is_printable(c) {
                format!("invalid character '{c}' (U+{code})")
            } else {
                format!("invalid non-printable character U+{code}")
            };
            return Err(self.raise(message));
        }
        Ok(())
    }

    /// A string from its prefix on; `self.at` is at the quote.
    fn string(&mut self, start: usize) -> Step {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        let size = if triple { 3 } else { 1 };
        self.at += size;
        let mut run = 0;
        while run < size {
            if run == 0 {
                let rest = &self.bytes[self.at.min(self.bytes.len())..];
                let ends = if triple { quote } else { b'\n' };
                self.at += memchr::memchr3(quote, b'\\', ends, rest).unwrap_or(rest.len());
            }
            if self.at >= self.bytes.len() {
                return Err(self.unterminated(start, triple));
            }
            match self.peek(0) {
                b'\n' if !triple => return Err(self.unterminated(start, triple)),
                byte if byte == quote => run += 1,
                b'\\' => {
                    run = 0;
                    self.at += 1;
                }
                _ => run = 0,
            }
            self.at += 1;
        }
        self.push(TokenKind::String, start);
        Ok(())
    }

    fn unterminated(&mut self, start: usize, triple: bool) -> Stop {
        self.at = self.at.min(self.bytes.len());
        let mut line = self.source.position(self.at).0;
        if self.at == self.bytes.len() && self.bytes.ends_with(b"\n") {
            line -= 1;
        }
        let what = if triple {
            "unterminated triple-quoted string literal"
        } else {
            "unterminated string literal"
        };
        self.at = start + 1;
        self.raise(format!("{what} (detected at line {line})"))
    }

    /// An error at the last character read.
    fn raise(&self, message: impl Into<String>) -> Stop {
        let mut error = self
            .source
            .error(ErrorKind::SyntaxError, message, self.at, self.at);
        let (line, col) = self.source.position(self.at.saturating_sub(1));
        error.line = line;
        error.column = self.source.characters(line, col + 1);
        error.end_line = line;
        error.end_column = error.column as i32;
        error.text = self
            .source
            .line(line)
            .map(|text| text.trim_end_matches('\n').to_string());
        Stop::Raised(error)
    }
}

fn is_xid_start(c: char) -> bool {
    use unicode_properties::{GeneralCategory as G, UnicodeGeneralCategory};
    matches!(
        c.general_category(),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
            | G::LetterNumber
    )
}

fn is_xid_continue(c: char) -> bool {
    use unicode_properties::{GeneralCategory as G, UnicodeGeneralCategory};
    is_xid_start(c)
        || matches!(
            c.general_category(),
            G::NonspacingMark | G::SpacingMark | G::DecimalNumber | G::ConnectorPunctuation
        )
        || matches!(c, '\u{b7}' | '\u{387}')
}

fn is_printable(c: char) -> bool {
    use unicode_properties::{GeneralCategory as G, UnicodeGeneralCategory};
    !matches!(
        c.general_category(),
        G::Control
            | G::Format
            | G::Surrogate
            | G::PrivateUse
            | G::Unassigned
            | G::LineSeparator
            | G::ParagraphSeparator
            | G::SpaceSeparator
    )
}
