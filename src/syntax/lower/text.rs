//! String literals and f-strings.
//!
//! ruff's values hold no lone surrogates (it writes U+FFFD), so a literal that may have some is read once more from the
//! source. An f-string becomes CPython's `JoinedStr`: all its constant and formatted parts stand where the first literal
//! stands, neighbouring constants are one. Only a format specification, and the text at its end, stands where the literal
//! it is in stands.

use ruff_python_ast::{self as ast, AnyStringFlags};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustpython_wtf8::{CodePoint, Wtf8Buf};

use super::Lower;
use crate::bytecode::code::Warning;
use crate::syntax::error::ErrorKind;
use crate::syntax::tree::{Constant, Expr, ExprKind, Span};

impl Lower<'_> {
    pub(super) fn string(&mut self, literal: &ast::ExprStringLiteral) -> ExprKind {
        let mut text = Wtf8Buf::new();
        for part in literal.value.iter() {
            text.push_wtf8(&self.literal(part));
        }
        let u = literal.value.first_literal_flags().prefix().is_unicode();
        ExprKind::Constant {
            value: Constant::Str(text),
            u,
        }
    }

    pub(super) fn bytes(&mut self, literal: &ast::ExprBytesLiteral) -> ExprKind {
        for part in literal.value.iter() {
            let flags = AnyStringFlags::from(part.flags);
            if !flags.is_raw_string() {
                self.check_escapes(part.content_range(), part.range, true);
            }
        }
        ExprKind::Constant {
            value: Constant::Bytes(literal.value.bytes().collect()),
            u: false,
        }
    }

    /// A piece of an f-string, and the brace behind it if a backslash stands before that.
    fn with_escaped_brace(&self, piece: TextRange) -> TextRange {
        let text = self.slice(piece);
        let backslashes = text.len() - text.trim_end_matches('\\').len();
        match backslashes % 2 {
            0 => piece,
            _ => TextRange::new(piece.start(), piece.end() + TextSize::from(1)),
        }
    }

    /// An unknown escape, the first one of a piece of text, is deprecated; `token` is the literal that it stands in.
    fn check_escapes(&mut self, content: TextRange, token: TextRange, bytes: bool) {
        let Some(found) = unknown_escape(self.slice(content), bytes) else {
            return;
        };
        let (start, end) = (token.start().to_usize(), token.end().to_usize());
        let message = format!("invalid escape sequence '\\{found}'");
        let error = self
            .source
            .error(ErrorKind::SyntaxError, message, start, end);
        self.warnings.push(Warning {
            deprecation: true,
            message: error.message,
            line: error.line,
            column: error.column,
            end_line: error.end_line,
            end_column: error.end_column,
            text: error.text,
            by_compiler: false,
        });
    }

    fn literal(&mut self, literal: &ast::StringLiteral) -> Wtf8Buf {
        let flags = AnyStringFlags::from(literal.flags);
        if !flags.is_raw_string() {
            self.check_escapes(literal.content_range(), literal.range, false);
        }
        self.decoded(
            &literal.value,
            literal.content_range(),
            flags.is_raw_string(),
            false,
        )
    }

    /// ruff's value of a literal, its lone surrogates put back.
    fn decoded(&self, value: &str, content: TextRange, raw: bool, braces: bool) -> Wtf8Buf {
        if raw || !value.contains('\u{fffd}') {
            return Wtf8Buf::from_string(value.to_string());
        }
        with_surrogates(value, self.slice(content), braces)
    }

    pub(super) fn fstring(&mut self, fstring: &ast::ExprFString) -> ExprKind {
        let span = self.span_of(fstring);
        let u = self.slice(fstring.range()).starts_with(['u', 'U']);
        let mut joined = Joined {
            parts: Vec::new(),
            pending: Wtf8Buf::new(),
            span,
            u,
        };
        for part in fstring.value.iter() {
            match part {
                ast::FStringPart::Literal(literal) => {
                    let text = self.literal(literal);
                    joined.pending.push_wtf8(&text);
                }
                ast::FStringPart::FString(part) => {
                    let raw = AnyStringFlags::from(part.flags).is_raw_string();
                    let here = self.span(part.range);
                    self.elements(&part.elements, raw, (part.range, here), &mut joined);
                }
            }
        }
        ExprKind::JoinedStr(joined.finish())
    }

    /// `here` is the place of the literal that the elements are written in.
    fn elements(
        &mut self,
        elements: &ast::InterpolatedStringElements,
        raw: bool,
        here: (TextRange, Span),
        joined: &mut Joined,
    ) {
        for element in elements.iter() {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => {
                    if !raw {
                        self.check_escapes(self.with_escaped_brace(literal.range), here.0, false);
                    }
                    let text = self.decoded(&literal.value, literal.range, raw, true);
                    joined.pending.push_wtf8(&text);
                }
                ast::InterpolatedStringElement::Interpolation(field) => {
                    self.field(field, raw, here, joined)
                }
            }
        }
    }

    fn field(
        &mut self,
        field: &ast::InterpolatedElement,
        raw: bool,
        here: (TextRange, Span),
        joined: &mut Joined,
    ) {
        let mut conversion = field.conversion.to_byte();
        if let Some(debug) = &field.debug_text {
            joined.pending.push_str(debug.as_str());
            if conversion.is_none() && field.format_spec.is_none() {
                conversion = Some(b'r');
            }
        }
        joined.flush();
        let value = Box::new(self.expr(&field.expression));
        self.spec_depth += 1;
        self.suspicious |= self.spec_depth > 2;
        let format_spec = field.format_spec.as_deref().map(|spec| {
            let mut inner = Joined {
                parts: Vec::new(),
                pending: Wtf8Buf::new(),
                span: joined.span,
                u: joined.u,
            };
            self.elements(&spec.elements, raw, here, &mut inner);
            inner.span = here.1;
            Box::new(Expr {
                kind: ExprKind::JoinedStr(inner.finish()),
                span: here.1,
            })
        });
        self.spec_depth -= 1;
        let kind = ExprKind::FormattedValue {
            value,
            conversion,
            format_spec,
        };
        joined.parts.push(Expr {
            kind,
            span: joined.span,
        });
    }
}

/// The parts of an f-string so far.
struct Joined {
    parts: Vec<Expr>,
    /// Constant text that has not become a part yet.
    pending: Wtf8Buf,
    span: Span,
    u: bool,
}

impl Joined {
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let value = Constant::Str(std::mem::take(&mut self.pending));
            self.parts.push(Expr {
                kind: ExprKind::Constant { value, u: self.u },
                span: self.span,
            });
        }
    }

    fn finish(mut self) -> Vec<Expr> {
        self.flush();
        self.parts
    }
}

/// Walks the escapes of `source` beside the characters of `value`; they correspond one to one.
fn with_surrogates(value: &str, source: &str, braces: bool) -> Wtf8Buf {
    let mut out = Wtf8Buf::new();
    let mut chars = value.chars();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (taken, point) = match first {
            '\\' => escape(rest),
            '{' | '}' if braces && rest[1..].starts_with(first) => (2, Escape::Character),
            _ => (first.len_utf8(), Escape::Character),
        };
        match point {
            Escape::Nothing => {}
            Escape::Surrogate(point) => {
                chars.next();
                out.push(point);
            }
            Escape::Character => out.extend(chars.next()),
            Escape::TwoCharacters => out.extend(chars.by_ref().take(2)),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

enum Escape {
    /// A backslash before a newline.
    Nothing,
    Surrogate(CodePoint),
    Character,
    /// An unknown escape stands for itself.
    TwoCharacters,
}

/// The character behind the backslash of the first escape that is none.
fn unknown_escape(text: &str, bytes: bool) -> Option<char> {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            continue;
        }
        match chars.next()? {
            '\n'
            | '\\'
            | '\''
            | '"'
            | 'a'
            | 'b'
            | 'f'
            | 'n'
            | 'r'
            | 't'
            | 'v'
            | 'x'
            | '0'..='7' => {}
            'N' | 'u' | 'U' if !bytes => {}
            unknown => return Some(unknown),
        }
    }
    None
}

/// How long the escape at the start of `rest` is, and what it stands for.
fn escape(rest: &str) -> (usize, Escape) {
    let digits = |count: usize| {
        rest.get(2..2 + count)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
    };
    let coded = |count: usize| match digits(count).and_then(CodePoint::from_u32) {
        Some(point) if (0xd800..0xe000).contains(&point.to_u32()) => {
            (2 + count, Escape::Surrogate(point))
        }
        _ => (2 + count, Escape::Character),
    };
    match rest.as_bytes().get(1).copied() {
        Some(b'\n') => (2, Escape::Nothing),
        Some(b'x') => (4, Escape::Character),
        Some(b'u') => coded(4),
        Some(b'U') => coded(8),
        Some(b'N') => (rest.find('}').map_or(2, |at| at + 1), Escape::Character),
        Some(b'0'..=b'7') => {
            let octal = rest[1..]
                .bytes()
                .take(3)
                .take_while(|byte| matches!(byte, b'0'..=b'7'))
                .count();
            (1 + octal, Escape::Character)
        }
        Some(b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v') => {
            (2, Escape::Character)
        }
        Some(_) => {
            let unknown = rest[1..].chars().next().map_or(0, char::len_utf8);
            (1 + unknown, Escape::TwoCharacters)
        }
        None => (1, Escape::Character),
    }
}
