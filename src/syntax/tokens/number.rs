//! Numbers and what may be wrong with them.

use super::{Step, Stop, TokenKind, Tokenizer};
use crate::bytecode::code::Warning;
use crate::syntax::error::ErrorKind;

impl Tokenizer<'_> {
    pub(super) fn number(&mut self) -> Step {
        let start = self.at;
        if self.peek(0) == b'0' {
            match self.peek(1) {
                b'x' | b'X' => self.radix("hexadecimal", |byte| byte.is_ascii_hexdigit())?,
                b'o' | b'O' => self.radix("octal", |byte| matches!(byte, b'0'..=b'7'))?,
                b'b' | b'B' => self.radix("binary", |byte| matches!(byte, b'0' | b'1'))?,
                _ => self.leading_zero(start)?,
            }
        } else {
            if self.peek(0) != b'.' {
                self.decimal_tail()?;
            }
            self.fraction()?;
        }
        self.push(TokenKind::Number, start);
        Ok(())
    }

    fn bad(&mut self, kind: &str) -> Stop {
        self.raise(format!("invalid {kind} literal"))
    }

    fn radix(&mut self, kind: &str, is_digit: fn(u8) -> bool) -> Step {
        self.at += 2;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            let byte = self.peek(0);
            if !is_digit(byte) {
                if byte.is_ascii_digit() {
                    self.at += 1;
                    return Err(self.raise(format!(
                        "invalid digit '{}' in {kind} literal",
                        byte as char
                    )));
                }
                return Err(self.bad(kind));
            }
            while is_digit(self.peek(0)) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                break;
            }
        }
        let byte = self.peek(0);
        if byte.is_ascii_digit() {
            self.at += 1;
            return Err(self.raise(format!(
                "invalid digit '{}' in {kind} literal",
                byte as char
            )));
        }
        self.end_of_number(kind)
    }

    /// `0`, `00`, `0.5`, `0e1`, and what must not be: `01`.
    fn leading_zero(&mut self, start: usize) -> Step {
        let mut nonzero = false;
        self.at += 1;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
                if !self.peek(0).is_ascii_digit() {
                    return Err(self.bad("decimal"));
                }
            }
            if self.peek(0) != b'0' {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at;
        if self.peek(0).is_ascii_digit() {
            nonzero = true;
            self.decimal_tail()?;
        }
        match self.peek(0) {
            b'.' | b'e' | b'E' | b'j' | b'J' => self.fraction(),
            _ if nonzero => {
                let message = "leading zeros in decimal integer literals are not permitted; \
                               use an 0o prefix for octal integers";
                let mut error =
                    self.source
                        .error(ErrorKind::SyntaxError, message, start, zeros_end);
                error.text = error
                    .text
                    .map(|text| text.trim_end_matches('\n').to_string());
                Err(Stop::Raised(error))
            }
            _ => self.end_of_number("decimal"),
        }
    }

    /// Digits with single underscores between them.
    fn decimal_tail(&mut self) -> Step {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return Err(self.bad("decimal"));
            }
        }
    }

    /// What may follow the digits of a decimal number.
    fn fraction(&mut self) -> Step {
        if self.peek(0) == b'.' {
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.decimal_tail()?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let signed = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + signed).is_ascii_digit() {
                self.at += 1 + signed;
                self.decimal_tail()?;
            } else if signed == 1 {
                self.at += 2;
                return Err(self.bad("decimal"));
            } else {
                return self.end_of_number("decimal");
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            return self.end_of_number("imaginary");
        }
        self.end_of_number("decimal")
    }

    /// A keyword right behind a number is deprecated.
    fn warn_of_keyword(&mut self, kind: &str) {
        let Stop::Raised(error) = self.bad(kind) else {
            return;
        };
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

    /// `verify_end_of_number`: a keyword may follow at once, any other name may not.
    fn end_of_number(&mut self, kind: &str) -> Step {
        let rest = &self.bytes[self.at..];
        let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let length = rest.iter().take_while(|byte| goes_on(byte)).count();
        // `in` and `is` are asked for by two letters only.
        let is_keyword = matches!(&rest[..length], b"and" | b"else" | b"for" | b"or" | b"not")
            || matches!(&rest[..length.min(2)], b"if" | b"in" | b"is");
        if is_keyword {
            self.warn_of_keyword(kind);
            return Ok(());
        }
        let next = self.peek(0);
        if next.is_ascii_alphanumeric() || next == b'_' || next >= 0x80 {
            let next = self.source.text[self.at..].chars().next();
            let is_name = next
                .is_some_and(|c| c == '_' || c.is_ascii_alphanumeric() || super::is_xid_start(c));
            if is_name || next.is_some_and(|c| !c.is_ascii()) {
                return Err(self.bad(kind));
            }
        }
        Ok(())
    }
}
