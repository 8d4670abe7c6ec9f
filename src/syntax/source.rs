//! Source bytes to text: the encoding, universal newlines, and the map from offsets to lines.
//!
//! Follows CPython's tokenizer and PEP 263. Does not know Python's grammar. Invariant: the text has no `\r` and its lines
//! end in `\n`, as CPython's tokenizer sees them; a BOM is gone.

use std::cell::Cell;

use crate::syntax::Origin;
use crate::syntax::charmap::Charmap;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::tokens::Tokens;
use crate::syntax::tree::Span;

/// A decoded source with its lines.
#[derive(Clone, Debug)]
pub struct Source {
    pub text: String,
    pub filename: String,
    /// Offsets at which lines start.
    starts: Vec<u32>,
    /// The line that was asked for last, from 1: the next question is mostly about it or the one behind.
    recent: Cell<usize>,
    /// CPython's parser counts columns in bytes where neither a comment nor a BOM names the encoding.
    counts_bytes: bool,
    /// CPython's parser shows the lines of a file as the file has them.
    pub(super) in_file: bool,
    /// The tokenizer adds the newline that the last line lacks: it does for a file, not for `eval` or one statement.
    pub(super) implied_newline: bool,
    /// One statement, as typed at a prompt: its parser makes a newline of the end.
    pub(super) interactive: bool,
}

impl Source {
    /// Decode `bytes`; the error is CPython's for a bad cookie, bad bytes or a NUL.
    pub fn decode(
        bytes: &[u8],
        filename: &str,
        origin: Origin,
    ) -> Result<Source, Box<SyntaxError>> {
        // A file's lines end at a zero byte.
        let cut = (origin == Origin::File)
            .then(|| without_zeros(bytes))
            .flatten();
        let bytes = cut.as_deref().unwrap_or(bytes);
        let text = decode_text(bytes, filename, origin)?;
        if text.contains('\0') {
            return Err(plain(
                filename,
                "source code string cannot contain null bytes".into(),
            ));
        }
        let body = bytes.strip_prefix(b"\xef\xbb\xbf");
        let named = body.is_some() || cookie_name(bytes).is_some();
        let mut source = Source::from_text(text, filename);
        source.counts_bytes = origin != Origin::Text && !named;
        source.in_file = origin == Origin::File;
        Ok(source)
    }

    /// The text of a source, to show lines of it, whatever is wrong with its encoding.
    pub fn readable(bytes: &[u8]) -> String {
        match decode_text(bytes, "", Origin::Bytes) {
            Ok(text) => text.replace("\r\n", "\n"),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// A source that is text already.
    pub fn from_text(text: String, filename: &str) -> Source {
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text
        };
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Source {
            text,
            filename: filename.into(),
            starts,
            recent: Cell::new(1),
            counts_bytes: false,
            in_file: false,
            implied_newline: true,
            interactive: false,
        }
    }

    /// Line (from 1) and column (from 0, in bytes) of an offset.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let offset = offset as u32;
        let line = self.line_of(offset);
        self.recent.set(line);
        (line as u32, offset - self.starts[line - 1])
    }

    fn line_of(&self, offset: u32) -> usize {
        let recent = self.recent.get();
        for line in [recent, recent + 1] {
            let begins = self
                .starts
                .get(line - 1)
                .is_some_and(|start| *start <= offset);
            if begins && self.starts.get(line).is_none_or(|next| offset < *next) {
                return line;
            }
        }
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The span of a range of offsets.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (line, col) = self.position(start);
        let (end_line, end_col) = self.position(end);
        Span {
            line,
            col,
            end_line,
            end_col,
        }
    }

    /// The offset of a line's first byte.
    pub fn line_start(&self, line: u32) -> usize {
        let index = (line as usize).saturating_sub(1);
        self.starts
            .get(index)
            .map_or(self.text.len(), |at| *at as usize)
    }

    /// The last line with a character in it.
    pub fn last_line(&self) -> u32 {
        self.position(self.text.len().saturating_sub(1)).0
    }

    /// A text between braces of an f-string, in brackets.
    pub fn of_field(text: &str, filename: &str) -> Source {
        let mut source = Source::from_text(format!("({text})"), filename);
        source.counts_bytes = true;
        source
    }

    /// A line with its newline; `None` beyond the end.
    pub fn line(&self, line: u32) -> Option<&str> {
        let rest = self
            .text
            .get(self.line_start(line)..)
            .filter(|rest| !rest.is_empty())?;
        Some(rest.split_inclusive('\n').next().unwrap_or(rest))
    }

    /// How many characters the first `bytes` bytes of a line are.
    pub fn characters(&self, line: u32, bytes: u32) -> u32 {
        let line = self.line(line).unwrap_or_default();
        let upto = (bytes as usize).min(line.len());
        let known = line.get(..upto).map_or(upto, |part| part.chars().count());
        (known + (bytes as usize - upto)) as u32
    }

    /// An error of CPython's compiler, which counts columns in bytes.
    pub fn byte_error(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        span: Span,
    ) -> Box<SyntaxError> {
        Box::new(SyntaxError {
            kind,
            message: message.into(),
            filename: self.filename.clone(),
            line: span.line,
            column: span.col + 1,
            end_line: span.end_line,
            end_column: span.end_col as i32 + 1,
            text: self.line(span.line).map(str::to_string),
            by_compiler: true,
            warnings: Vec::new(),
        })
    }

    /// An error of CPython's parser at a range of offsets, in the line that it has read last.
    pub fn error(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Box<SyntaxError> {
        self.error_behind(kind, message, start, end, 0)
    }

    /// The same when it has read as far as the line `read`. Both columns are counted in the first line of the range
    /// (`_PyPegen_raise_error_known_location`).
    pub fn error_behind(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        start: usize,
        end: usize,
        read: u32,
    ) -> Box<SyntaxError> {
        let span = self.span(start, end);
        let text = self.shown_line(span.line, read);
        let count = |bytes| match &text {
            Some(text) if !self.counts_bytes => characters_of(text, bytes),
            _ => bytes,
        };
        Box::new(SyntaxError {
            kind,
            message: message.into(),
            filename: self.filename.clone(),
            line: span.line,
            column: count(span.col + 1),
            end_line: span.end_line,
            end_column: count(span.end_col + 1) as i32,
            text,
            by_compiler: false,
            warnings: Vec::new(),
        })
    }

    /// The first line in the buffer of CPython's tokenizer at this line: it keeps what a token began in.
    pub(super) fn buffered_from(&self, tokens: &Tokens, line: u32) -> u32 {
        let start = self.line_start(line);
        let before = tokens.tokens.partition_point(|token| token.end < start);
        let token = tokens.tokens.get(before);
        if let Some(token) = token.filter(|token| token.start < start && token.line < line) {
            return self.buffered_from(tokens, token.line);
        }
        match self.continues(tokens, line) {
            true => self.buffered_from(tokens, line - 1),
            false => line,
        }
    }

    /// Whether a backslash joins this line to the one before; one in a comment does not, nor does one amid indentation.
    fn continues(&self, tokens: &Tokens, line: u32) -> bool {
        let Some(before) = self.text[..self.line_start(line)].strip_suffix("\\\n") else {
            return false;
        };
        let is_blank = |text: &str| text.trim_start_matches([' ', '\t', '\x0c']).is_empty();
        if is_blank(&before[self.line_start(line - 1)..]) {
            return self.continues(tokens, line - 1);
        }
        let next = tokens
            .tokens
            .partition_point(|token| token.start < before.len());
        let end = next
            .checked_sub(1)
            .map_or(0, |last| tokens.tokens[last].end);
        before.get(end..).is_some_and(is_blank)
    }

    /// A source of one statement or expression that should go on: the end, which has no column, is wrong.
    pub(super) fn end_is_wrong(&self) -> Box<SyntaxError> {
        let line = if self.text.is_empty() {
            0
        } else {
            self.last_line()
        };
        let mut error = self.error(ErrorKind::SyntaxError, "invalid syntax", 0, 0);
        error.text = Some(self.line(line.max(1)).unwrap_or_default().to_string());
        (error.line, error.column) = (line, 0);
        (error.end_line, error.end_column) = (line, 0);
        error
    }

    /// The line that CPython's parser shows, with its newline if that is there or the parser is still in that line.
    pub fn shown_line(&self, line: u32, read: u32) -> Option<String> {
        let text = self.line(line)?;
        let bare = text.trim_end_matches('\n');
        Some(match (self.in_file, read <= line) {
            // It reads long lines piece by piece, and shows the last one.
            (true, _) => {
                let last = text.len().saturating_sub(1) / PIECE_BYTES * PIECE_BYTES;
                text.get(last..).unwrap_or(text).to_string()
            }
            (false, true) if self.implied_newline => format!("{bare}\n"),
            (false, true) => text.to_string(),
            (false, false) => bare.to_string(),
        })
    }

    /// How CPython's parser counts the first `bytes` bytes of a line.
    pub fn columns(&self, line: u32, bytes: u32) -> u32 {
        match self.line(line) {
            Some(text) if !self.counts_bytes => characters_of(text, bytes),
            _ => bytes,
        }
    }
}

/// How many characters the first `bytes` bytes of a text are; behind its end there is one more
/// (`_PyPegen_byte_offset_to_character_offset`).
fn characters_of(text: &str, bytes: u32) -> u32 {
    let bytes = bytes as usize;
    let inside = bytes.min(text.len());
    let started = text.char_indices().take_while(|(at, _)| *at < inside);
    (started.count() + usize::from(bytes > text.len())) as u32
}

/// How much of a line `PyErr_ProgramTextObject` reads at once.
const PIECE_BYTES: usize = 999;

/// A source without what stands between a zero byte and the next line; `None` if it has none.
fn without_zeros(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.contains(&0) {
        return None;
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let kept = lines.map(|line| match line.iter().position(|byte| *byte == 0) {
        Some(zero) => &line[..zero],
        None => line,
    });
    Some(kept.collect::<Vec<_>>().concat())
}

/// An encoding that a file names, and that is none or does not fit.
fn encoding_problem(
    filename: &str,
    name: &str,
    origin: Origin,
    message: String,
) -> Box<SyntaxError> {
    match origin {
        Origin::File => plain(filename, format!("encoding problem: {name}")),
        _ => plain(filename, message),
    }
}

fn plain(filename: &str, message: String) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: ErrorKind::SyntaxError,
        message,
        filename: filename.into(),
        line: 0,
        column: 0,
        end_line: 0,
        end_column: 0,
        text: None,
        by_compiler: false,
        warnings: Vec::new(),
    })
}

fn decode_text(bytes: &[u8], filename: &str, origin: Origin) -> Result<String, Box<SyntaxError>> {
    let (body, has_bom) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    if origin == Origin::Text
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        // A mark is a mark only among bytes.
        return Ok(text.to_string());
    }
    let cookie = cookie(body);
    // CPython knows UTF-8 by few names here.
    if has_bom && let Some(name) = cookie_name(body).filter(|name| !is_plain_utf8(name)) {
        let known = normalise(&name);
        let shown = if known == "iso-8859-1" { known } else { name };
        return Err(plain(
            filename,
            format!("encoding problem: {shown} with BOM"),
        ));
    }
    match cookie.as_deref() {
        None | Some("utf-8") => match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_string()),
            Err(error) => {
                let declared = cookie.is_some() || has_bom || origin == Origin::Bytes;
                let mut wrong = bad_utf8(body, error, filename, declared);
                if origin == Origin::File && !declared {
                    wrong.line = 0;
                }
                if origin == Origin::Bytes && cookie.is_none() && !has_bom {
                    wrong.line = body[..error.valid_up_to()]
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count() as u32
                        + 1;
                }
                Err(wrong)
            }
        },
        Some("iso-8859-1") => Ok(body.iter().map(|byte| *byte as char).collect()),
        Some("ascii") => match body.iter().position(|byte| *byte >= 0x80) {
            None => Ok(body.iter().map(|byte| *byte as char).collect()),
            Some(at) => {
                let message = format!(
                    "(unicode error) 'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    body[at]
                );
                Err(encoding_problem(filename, "ascii", origin, message))
            }
        },
        Some(name) => match Charmap::find(&name.replace('-', "_")) {
            Some(table) => single_byte(body, name, table, filename, origin),
            None => {
                let message = format!("unknown encoding: {name}");
                Err(encoding_problem(filename, name, origin, message))
            }
        },
    }
}

/// A source in an encoding of one byte a character.
fn single_byte(
    body: &[u8],
    name: &str,
    table: &Charmap,
    filename: &str,
    origin: Origin,
) -> Result<String, Box<SyntaxError>> {
    let decoded = body.iter().enumerate().map(|(at, byte)| {
        table.character(*byte).ok_or_else(|| {
            let message = format!(
                "'charmap' codec can't decode byte 0x{byte:02x} in position {at}: character maps to <undefined>"
            );
            encoding_problem(filename, name, origin, message)
        })
    });
    decoded.collect()
}

/// CPython's message for bytes that are no UTF-8, which names the line when no encoding was declared.
fn bad_utf8(
    body: &[u8],
    error: std::str::Utf8Error,
    filename: &str,
    declared: bool,
) -> Box<SyntaxError> {
    let at = error.valid_up_to();
    if declared {
        let reason = if error.error_len().is_none() {
            "unexpected end of data"
        } else {
            "invalid start byte"
        };
        return plain(
            filename,
            format!(
                "(unicode error) 'utf-8' codec can't decode byte 0x{:02x} in position {at}: {reason}",
                body[at]
            ),
        );
    }
    // CPython counts one too many.
    let line = body[..at].iter().filter(|byte| **byte == b'\n').count() as u32 + 2;
    let message = format!(
        "Non-UTF-8 code starting with '\\x{:02x}' in file {filename} on line {line}, but no encoding declared; \
         see https://python.org/dev/peps/pep-0263/ for details",
        body[at]
    );
    let mut error = plain(filename, message);
    error.line = line;
    error
}

/// The encoding that PEP 263's comment names, normalised.
fn cookie(body: &[u8]) -> Option<String> {
    cookie_name(body).map(|name| normalise(&name))
}

fn is_plain_utf8(name: &str) -> bool {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    lower == "utf-8" || lower.starts_with("utf-8-")
}

/// The encoding that PEP 263's comment in the first two lines names, as it is written.
fn cookie_name(body: &[u8]) -> Option<String> {
    let mut lines = body.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    if let Some(name) = cookie_in(first) {
        return Some(name);
    }
    let blank = |line: &[u8]| {
        let rest = line
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c' | b'\r'));
        rest.is_none_or(|byte| *byte == b'#')
    };
    if blank(first) {
        cookie_in(lines.next()?)
    } else {
        None
    }
}

fn cookie_in(line: &[u8]) -> Option<String> {
    let start = line
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))?;
    if line[start] != b'#' {
        return None;
    }
    let comment = &line[start..];
    let at = comment
        .windows(7)
        .position(|w| w.starts_with(b"coding") && matches!(w[6], b':' | b'='))?;
    let rest = &comment[at + 7..];
    let skip = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let name: String = rest[skip..]
        .iter()
        .take_while(|byte| is_name(byte))
        .map(|byte| *byte as char)
        .collect();
    if name.is_empty() { None } else { Some(name) }
}

/// CPython's names for the encodings it knows by many names.
fn normalise(name: &str) -> String {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    let is = |names: &[&str]| {
        names
            .iter()
            .any(|n| lower == *n || lower.starts_with(&format!("{n}-")))
    };
    if is(&["utf-8"]) || lower == "utf8" {
        "utf-8".into()
    } else if is(&["latin-1", "iso-8859-1", "iso-latin-1"])
        || matches!(lower.as_str(), "latin1" | "l1" | "iso8859-1")
    {
        "iso-8859-1".into()
    } else if is(&["iso-8859-15"]) || matches!(lower.as_str(), "latin9" | "latin-9" | "iso8859-15")
    {
        "iso-8859-15".into()
    } else if matches!(lower.as_str(), "ascii" | "us-ascii" | "646") {
        "ascii".into()
    } else {
        lower
    }
}
