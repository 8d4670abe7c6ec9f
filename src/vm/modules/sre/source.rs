//! The text of a pattern (or of a replacement), read token by token with one token of look-ahead: a character, or a backslash with
//! the character after it.

/// What is wrong, and where: the place counts characters.
#[derive(Debug)]
pub struct Wrong {
    pub kind: WrongKind,
    pub message: String,
    pub place: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WrongKind {
    Pattern,
    Value,
    Overflow,
    Index,
    Recursion,
    /// `(?x)` was found after the pattern had been read without it: read again.
    Verbose,
}

pub type Parsed<T> = Result<T, Wrong>;

impl Wrong {
    pub fn new(kind: WrongKind, message: &str) -> Wrong {
        Wrong {
            kind,
            message: message.to_string(),
            place: None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub c: u32,
    pub escaped: bool,
}

impl Token {
    pub fn is(self, c: char) -> bool {
        !self.escaped && self.c == c as u32
    }

    /// The unescaped character, if it is one of ASCII.
    pub fn plain(self) -> Option<char> {
        if self.escaped || self.c > 0x7f {
            return None;
        }
        char::from_u32(self.c)
    }

    #[allow(clippy::len_without_is_empty)] // a token is never empty
    pub fn len(self) -> usize {
        1 + usize::from(self.escaped)
    }

    pub fn text(self) -> String {
        let c = char::from_u32(self.c).unwrap_or(char::REPLACEMENT_CHARACTER);
        if self.escaped {
            format!("\\{c}")
        } else {
            c.to_string()
        }
    }
}

pub struct Source {
    pub points: Vec<u32>,
    pub is_text: bool,
    at: usize,
    pub next: Option<Token>,
}

impl Source {
    pub fn new(points: Vec<u32>, is_text: bool) -> Parsed<Source> {
        let mut source = Source {
            points,
            is_text,
            at: 0,
            next: None,
        };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Parsed<()> {
        let Some(c) = self.points.get(self.at).copied() else {
            self.next = None;
            return Ok(());
        };
        self.at += 1;
        let escaped = c == u32::from(b'\\');
        self.next = if escaped {
            let Some(c) = self.points.get(self.at).copied() else {
                return Err(Wrong {
                    kind: WrongKind::Pattern,
                    message: "bad escape (end of pattern)".to_string(),
                    place: Some(self.points.len() - 1),
                });
            };
            self.at += 1;
            Some(Token { c, escaped })
        } else {
            Some(Token { c, escaped })
        };
        Ok(())
    }

    /// Takes the next token if it is this character.
    pub fn take(&mut self, c: char) -> Parsed<bool> {
        let found = self.next.is_some_and(|t| t.is(c));
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub fn get(&mut self) -> Parsed<Option<Token>> {
        let this = self.next;
        self.advance()?;
        Ok(this)
    }

    /// Where the next token begins.
    pub fn tell(&self) -> usize {
        self.at - self.next.map_or(0, Token::len)
    }

    pub fn seek(&mut self, place: usize) -> Parsed<()> {
        self.at = place;
        self.advance()
    }

    /// An error so many characters before the next token.
    pub fn wrong(&self, message: impl Into<String>, back: usize) -> Wrong {
        Wrong {
            kind: WrongKind::Pattern,
            message: message.into(),
            place: Some(self.tell().saturating_sub(back)),
        }
    }

    pub fn fail<T>(&self, message: impl Into<String>, back: usize) -> Parsed<T> {
        Err(self.wrong(message, back))
    }

    /// The next token, if it is an unescaped character of ASCII that passes the test.
    pub fn peek(&self, test: impl Fn(char) -> bool) -> Option<char> {
        self.next.and_then(Token::plain).filter(|c| test(*c))
    }

    /// At most so many characters that pass the test.
    pub fn get_while(&mut self, most: usize, test: impl Fn(char) -> bool) -> Parsed<String> {
        let mut out = String::new();
        while out.len() < most {
            let Some(c) = self.peek(&test) else { break };
            out.push(c);
            self.advance()?;
        }
        Ok(out)
    }

    /// The characters before a terminator, which is taken too. They may hold escapes.
    pub fn get_until(&mut self, terminator: char, what: &str) -> Parsed<Vec<u32>> {
        let mut out = Vec::new();
        loop {
            let token = self.get()?;
            match token {
                None if out.is_empty() => return self.fail(format!("missing {what}"), 0),
                None => {
                    return self.fail(
                        format!("missing {terminator}, unterminated name"),
                        out.len(),
                    );
                }
                Some(token) if token.is(terminator) => {
                    if out.is_empty() {
                        return self.fail(format!("missing {what}"), 1);
                    }
                    return Ok(out);
                }
                Some(token) => {
                    if token.escaped {
                        out.push(u32::from(b'\\'));
                    }
                    out.push(token.c);
                }
            }
        }
    }
}
