//! A cursor over one line of the command language, which knows the column it is at.
//!
//! Knows no command. Invariant: `column` counts characters from 1, as an editor shows it, and a `ParseError` made
//! here always says where, what was expected and what stands there instead. Start at [`Scan`].

use std::fmt;

/// A line that is not a command: where, what was expected, what was found, and the next thing to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// In characters, from 1.
    pub column: usize,
    pub expected: String,
    pub found: String,
    pub hint: Option<String>,
}

impl ParseError {
    pub fn hint(mut self, hint: impl Into<String>) -> ParseError {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "column {}: expected {}, found {}",
            self.column, self.expected, self.found
        )?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseError {}

pub type Parsed<T> = Result<T, ParseError>;

/// The cursor. `offset` is a byte offset that always lies on a character boundary.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Scan<'a> {
        Scan {
            text: text.trim_end(),
            offset: 0,
        }
    }

    /// What is left, without leading blanks.
    pub fn rest(&self) -> &'a str {
        self.text[self.offset..].trim_start()
    }

    pub fn at_end(&self) -> bool {
        self.rest().is_empty()
    }

    fn skip_blanks(&mut self) {
        self.offset = self.text.len() - self.rest().len();
    }

    pub fn column(&mut self) -> usize {
        self.skip_blanks();
        self.text[..self.offset].chars().count() + 1
    }

    pub fn error(&mut self, expected: impl Into<String>) -> ParseError {
        let found = match self.peek_word() {
            "" => "the end of the line".to_owned(),
            word => format!("`{word}`"),
        };
        ParseError {
            column: self.column(),
            expected: expected.into(),
            found,
            hint: None,
        }
    }

    /// The next run of characters up to a blank, without taking it.
    pub fn peek_word(&self) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())]
    }

    pub fn word(&mut self) -> Option<&'a str> {
        let word = self.peek_word();
        if word.is_empty() {
            return None;
        }
        self.skip_blanks();
        self.offset += word.len();
        Some(word)
    }

    /// Takes the next word if it is exactly this one.
    pub fn accept(&mut self, word: &str) -> bool {
        let found = self.peek_word() == word;
        if found {
            self.word();
        }
        found
    }

    /// Takes these characters if they come next, whatever follows them.
    pub fn accept_text(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.skip_blanks();
            self.offset += text.len();
        }
        found
    }

    pub fn peek_char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// `[A-Za-z_][A-Za-z0-9_]*`, or any letters of any script, as Python has it.
    pub fn identifier(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        self.skip_blanks();
        self.offset += end;
        Some(&rest[..end])
    }

    /// A whole word that is a number of the wanted type.
    pub fn number<N: std::str::FromStr>(&mut self, expected: &str) -> Parsed<N> {
        match self.peek_word().parse() {
            Ok(number) => {
                self.word();
                Ok(number)
            }
            Err(_) => Err(self.error(expected)),
        }
    }

    /// All that is left, at least one character.
    pub fn remainder(&mut self, expected: &str) -> Parsed<&'a str> {
        if self.at_end() {
            return Err(self.error(expected));
        }
        let rest = self.rest();
        self.offset = self.text.len();
        Ok(rest)
    }

    /// What is left up to byte `end` of [`Scan::rest`].
    pub fn take(&mut self, end: usize) -> &'a str {
        let rest = self.rest();
        self.skip_blanks();
        self.offset += end;
        &rest[..end]
    }

    pub fn finish(&mut self) -> Parsed<()> {
        if self.at_end() {
            Ok(())
        } else {
            Err(self.error("the end of the line"))
        }
    }

    /// A text in quotes, single or double, with the escapes `\n \t \r \\ \' \" \xhh \uhhhh`.
    pub fn quoted(&mut self, expected: &str) -> Parsed<String> {
        let Some(quote) = self.peek_char().filter(|c| matches!(c, '"' | '\'')) else {
            return Err(self.error(format!("{expected} in quotes")));
        };
        let start = self.column();
        let body = &self.rest()[1..];
        let mut chars = body.char_indices();
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.take(1 + at + c.len_utf8());
                return Ok(text);
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            let Some((escape_at, kind)) = chars.next() else {
                break;
            };
            match unescape(kind, &body[escape_at + kind.len_utf8()..]) {
                Some((unescaped, digits)) => {
                    text.push(unescaped);
                    for _ in 0..digits {
                        chars.next();
                    }
                }
                None => {
                    return Err(ParseError {
                        column: start + body[..at].chars().count() + 1,
                        expected: "one of the escapes \\n \\t \\r \\\\ \\' \\\" \\xhh \\uhhhh"
                            .into(),
                        found: format!("`\\{kind}`"),
                        hint: None,
                    });
                }
            }
        }
        Err(ParseError {
            column: start,
            expected: format!("a closing {quote}"),
            found: "the end of the line".into(),
            hint: None,
        })
    }
}

/// The character an escape stands for, and how many further characters it takes.
fn unescape(kind: char, after: &str) -> Option<(char, usize)> {
    let plain = match kind {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '\\' | '\'' | '"' => kind,
        'x' | 'u' => {
            let width = if kind == 'x' { 2 } else { 4 };
            let code = u32::from_str_radix(after.get(..width)?, 16).ok()?;
            return Some((char::from_u32(code)?, width));
        }
        _ => return None,
    };
    Some((plain, 0))
}

/// The nearest of some words, if it is near enough to have been meant.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = 1 + word.chars().count() / 3;
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap of neighbours counted as two) between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_unescapes_and_says_where_it_breaks() {
        assert_eq!(
            Scan::new(r#" "a\n\x41\"" x"#)
                .quoted("text")
                .expect("closed"),
            "a\nA\""
        );
        let error = Scan::new(r#"  "a\q""#)
            .quoted("text")
            .expect_err("no such escape");
        assert_eq!(error.column, 5);
        let error = Scan::new("'open").quoted("text").expect_err("not closed");
        assert_eq!(
            (error.column, error.found.as_str()),
            (1, "the end of the line")
        );
    }

    #[test]
    fn near_words_are_offered_and_far_ones_not() {
        assert_eq!(
            did_you_mean("contineu", ["continue", "print"]),
            Some("continue")
        );
        assert_eq!(did_you_mean("xyzzy", ["continue", "print"]), None);
    }
}
