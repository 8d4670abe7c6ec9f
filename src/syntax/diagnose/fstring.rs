//! String literals and the expressions in f-strings, which CPython 3.10 looks into while it parses.
//!
//! Follows `Parser/string_parser.c`: an f-string is one token, its expressions are parsed from the text between the
//! braces, in parentheses of their own, and their errors are reported in that text.

use super::parser::Parser;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::source::Source;
use crate::syntax::tokens::{Token, tokenize};

type Check = Result<(), Box<SyntaxError>>;

/// CPython's limit on brackets inside an f-string's expression.
const MAX_BRACKETS: usize = 200;

/// A string token taken apart.
struct Literal<'t> {
    body: &'t str,
    raw: bool,
    bytes: bool,
    format: bool,
    /// Where the token starts.
    line: u32,
}

impl Parser<'_> {
    /// Check the string tokens `start..end`, which are one literal.
    pub(super) fn check_strings(&mut self, start: usize, end: usize) -> Check {
        let mut bytes = None;
        for at in start..end {
            let token = self.tokens.tokens[at];
            let literal = taken_apart(&token, self.text(&token));
            if literal.bytes && !literal.body.is_ascii() {
                return self.error_here("bytes can only contain ASCII literal characters");
            }
            if literal.bytes && !literal.raw {
                self.check_byte_escapes(literal.body)?;
            }
            if *bytes.get_or_insert(literal.bytes) != literal.bytes {
                return self.error_here("cannot mix bytes and nonbytes literals");
            }
            if literal.format {
                self.fstring(&literal, &mut 0, 0)?;
            } else if !literal.bytes && !literal.raw {
                self.check_escapes(literal.body)?;
            }
        }
        Ok(())
    }

    fn error_here<T>(&self, message: impl Into<String>) -> Result<T, Box<SyntaxError>> {
        Err(self.at_last_token(ErrorKind::SyntaxError, message))
    }

    /// Literal text and fields by turns; in a format specification up to its `}`.
    fn fstring(&mut self, literal: &Literal, at: &mut usize, depth: usize) -> Check {
        let body = literal.body.as_bytes();
        loop {
            let start = *at;
            self.literal_text(literal, at, depth)?;
            if !literal.raw {
                self.check_escapes(&literal.body[start..*at])?;
            }
            match body.get(*at) {
                None => return Ok(()),
                Some(b'}') => return Ok(()),
                Some(_) if body[*at] == b'{' && depth == 0 && body.get(*at + 1) == Some(&b'{') => {
                    *at += 2
                }
                Some(_) => self.field(literal, at, depth)?,
            }
        }
    }

    /// Text up to a brace that means something.
    fn literal_text(&mut self, literal: &Literal, at: &mut usize, depth: usize) -> Check {
        let body = literal.body.as_bytes();
        while let Some(&byte) = body.get(*at) {
            match byte {
                b'\\' if !literal.raw => {
                    *at += 1;
                    if body.get(*at) == Some(&b'N') && body.get(*at + 1) == Some(&b'{') {
                        *at += 2;
                        while body.get(*at).is_some_and(|byte| *byte != b'}') {
                            *at += 1;
                        }
                        *at += usize::from(*at < body.len());
                        continue;
                    }
                    if matches!(body.get(*at), Some(b'{' | b'}')) {
                        continue;
                    }
                    *at += usize::from(*at < body.len());
                    while !literal.body.is_char_boundary(*at) {
                        *at += 1;
                    }
                    continue;
                }
                b'{' if depth == 0 && body.get(*at + 1) == Some(&b'{') => *at += 1,
                b'}' if depth == 0 && body.get(*at + 1) == Some(&b'}') => *at += 1,
                b'}' if depth == 0 => {
                    return self.error_here("f-string: single '}' is not allowed");
                }
                b'{' | b'}' => return Ok(()),
                _ => {}
            }
            *at += 1;
        }
        Ok(())
    }

    /// `fstring_find_expr`, from a `{` to behind its `}`.
    fn field(&mut self, literal: &Literal, at: &mut usize, depth: usize) -> Check {
        if depth >= 2 {
            return self.error_here("f-string: expressions nested too deeply");
        }
        let body = literal.body.as_bytes();
        *at += 1;
        let start = *at;
        self.skip_expression(body, at)?;
        let unexpected_end = "f-string: expecting '}'";
        if *at >= body.len() {
            return self.error_here(unexpected_end);
        }
        self.expression(literal, start, *at)?;
        if body[*at] == b'=' {
            *at += 1;
            while body
                .get(*at)
                .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'\x0b')
            {
                *at += 1;
            }
        }
        if body.get(*at) == Some(&b'!') {
            *at += 1;
            let conversion = body.get(*at).copied();
            *at += 1;
            match conversion {
                None => return self.error_here(unexpected_end),
                Some(b's' | b'r' | b'a') => {}
                Some(_) => {
                    return self.error_here(
                        "f-string: invalid conversion character: expected 's', 'r', or 'a'",
                    );
                }
            }
        }
        if body.get(*at) == Some(&b':') {
            *at += 1;
            if *at >= body.len() {
                return self.error_here(unexpected_end);
            }
            self.fstring(literal, at, depth + 1)?;
        }
        if body.get(*at) != Some(&b'}') {
            return self.error_here(unexpected_end);
        }
        *at += 1;
        Ok(())
    }

    /// To the end of an expression, going by brackets and quotes only.
    fn skip_expression(&mut self, body: &[u8], at: &mut usize) -> Check {
        let mut quote: Option<(u8, usize)> = None;
        let mut open: Vec<u8> = Vec::new();
        while let Some(&byte) = body.get(*at) {
            let tripled = body.get(*at + 1) == Some(&byte) && body.get(*at + 2) == Some(&byte);
            if byte == b'\\' {
                return self.error_here("f-string expression part cannot include a backslash");
            }
            if let Some((end, size)) = quote {
                if byte == end && (size == 1 || tripled) {
                    *at += size - 1;
                    quote = None;
                }
                *at += 1;
                continue;
            }
            match byte {
                b'\'' | b'"' => {
                    let size = if tripled { 3 } else { 1 };
                    *at += size - 1;
                    quote = Some((byte, size));
                }
                b'(' | b'[' | b'{' if open.len() >= MAX_BRACKETS => {
                    return self.error_here("f-string: too many nested parenthesis");
                }
                b'(' | b'[' | b'{' => open.push(byte),
                b'#' => return self.error_here("f-string expression part cannot include '#'"),
                b'!' | b':' | b'}' | b'=' | b'<' | b'>' if open.is_empty() => {
                    let doubled = body.get(*at + 1) == Some(&b'=');
                    if doubled && matches!(byte, b'!' | b'=' | b'<' | b'>') {
                        *at += 1;
                    } else if !matches!(byte, b'<' | b'>') {
                        break;
                    }
                }
                b')' | b']' | b'}' => self.close(&mut open, byte)?,
                _ => {}
            }
            *at += 1;
        }
        if quote.is_some() {
            return self.error_here("f-string: unterminated string");
        }
        match open.last() {
            Some(open) => self.error_here(format!("f-string: unmatched '{}'", *open as char)),
            None => Ok(()),
        }
    }

    fn close(&self, open: &mut Vec<u8>, close: u8) -> Check {
        let Some(opening) = open.pop() else {
            return self.error_here(format!("f-string: unmatched '{}'", close as char));
        };
        if matches!((opening, close), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
            return Ok(());
        }
        self.error_here(format!(
            "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
            close as char, opening as char
        ))
    }

    /// Parse the expression between two places of the body.
    fn expression(&mut self, literal: &Literal, start: usize, end: usize) -> Check {
        let text = &literal.body[start..end];
        if text.chars().all(|c| c.is_ascii_whitespace()) {
            return self.error_here("f-string: empty expression not allowed");
        }
        let source = Source::of_field(text, &self.source.filename);
        let tokens = tokenize(&source);
        let Err(failure) = super::run(&source, &tokens, "fstring", self.grammar) else {
            return Ok(());
        };
        let mut error = failure.error;
        let lines = literal.body[..start].matches('\n').count() as u32 + literal.line - 1;
        error.line += lines;
        error.end_line += lines;
        if !failure.settled {
            error.message = format!("f-string: {}", error.message);
        }
        self.settled = true;
        Err(error)
    }

    fn check_byte_escapes(&self, body: &str) -> Check {
        let bytes = body.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] != b'\\' {
                at += 1;
                continue;
            }
            let digits = bytes[at + 2..]
                .iter()
                .take(2)
                .take_while(|byte| byte.is_ascii_hexdigit())
                .count();
            if bytes.get(at + 1) == Some(&b'x') && digits < 2 {
                return self
                    .error_here(format!("(value error) invalid \\x escape at position {at}"));
            }
            at += 2;
        }
        Ok(())
    }

    /// The escapes of a `str`; positions count bytes as CPython's decoder sees them, ten for a character beyond ASCII.
    fn check_escapes(&self, body: &str) -> Check {
        let mut position = 0;
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            if c != '\\' {
                position += if c.is_ascii() { 1 } else { 10 };
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let after = &rest[1..];
            let kind = after.chars().next();
            let problem = match kind {
                Some('x') => truncated(after, 2, "truncated \\xXX escape"),
                Some('u') => truncated(after, 4, "truncated \\uXXXX escape"),
                Some('U') => truncated(after, 8, "truncated \\UXXXXXXXX escape")
                    .or_else(|| beyond_unicode(after)),
                Some('N') => bad_name(after),
                _ => None,
            };
            if let Some((length, reason)) = problem {
                let last = position + length;
                return self.error_here(format!(
                    "(unicode error) 'unicodeescape' codec can't decode bytes in position {position}-{last}: {reason}"
                ));
            }
            let taken = 1 + kind.map_or(0, char::len_utf8);
            position += if kind.is_none_or(|kind| kind.is_ascii()) {
                taken
            } else {
                11
            };
            rest = &rest[taken..];
        }
        Ok(())
    }
}

fn taken_apart<'t>(token: &Token, text: &'t str) -> Literal<'t> {
    let quote_at = text.find(['\'', '"']).unwrap_or(0);
    let prefix = &text[..quote_at];
    let has = |letters: [char; 2]| prefix.contains(letters);
    let quotes = &text[quote_at..];
    let triple = quotes.len() >= 6 && (quotes.starts_with("'''") || quotes.starts_with("\"\"\""));
    let size = if triple { 3 } else { 1 };
    Literal {
        body: &quotes[size..quotes.len() - size],
        raw: has(['r', 'R']),
        bytes: has(['b', 'B']),
        format: has(['f', 'F']),
        line: token.line,
    }
}

/// Fewer than `wanted` hexadecimal digits behind the letter.
fn truncated(after: &str, wanted: usize, reason: &'static str) -> Option<(usize, &'static str)> {
    let digits = after[1..]
        .bytes()
        .take(wanted)
        .take_while(u8::is_ascii_hexdigit)
        .count();
    if digits < wanted {
        Some((1 + digits, reason))
    } else {
        None
    }
}

fn beyond_unicode(after: &str) -> Option<(usize, &'static str)> {
    let code = u32::from_str_radix(after.get(1..9)?, 16).ok()?;
    if code > 0x10_ffff {
        Some((9, "illegal Unicode character"))
    } else {
        None
    }
}

/// `\N` wants a name in braces that is some character's.
fn bad_name(after: &str) -> Option<(usize, &'static str)> {
    let malformed = "malformed \\N character escape";
    if !after[1..].starts_with('{') {
        return Some((1, malformed));
    }
    let Some(length) = after[2..].find('}') else {
        return Some((after.len(), malformed));
    };
    if length == 0 {
        return Some((3, malformed));
    }
    let literal = format!("'\\N{{{}}}'", &after[2..2 + length]);
    match ruff_python_parser::parse_expression(&literal) {
        Ok(_) => None,
        Err(_) => Some((length + 3, "unknown Unicode character name")),
    }
}
