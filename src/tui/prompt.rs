//! A line of text being typed: cursor, history, completion.
//!
//! Knows nothing of what the line means. Invariant: the cursor stands between two characters of the text, and nothing typed or
//! pasted brings in a control character.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key did to the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Still typing.
    More,
    /// Enter: the whole line.
    Done(String),
    /// Escape, or backspace on an empty line.
    Left,
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub text: Vec<char>,
    pub cursor: usize,
    /// Offered words and the one taken, while Tab is pressed.
    pub offers: Vec<String>,
    pub taken: Option<usize>,
    /// Where in the history we are: 0 is the line being typed.
    back: usize,
    draft: Vec<char>,
}

impl Line {
    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    pub fn insert(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            self.text.insert(self.cursor, c);
            self.cursor += 1;
        }
        self.settle();
    }

    fn settle(&mut self) {
        self.offers.clear();
        self.taken = None;
    }

    fn replace(&mut self, text: Vec<char>) {
        self.cursor = text.len();
        self.text = text;
        self.settle();
    }

    /// One key; `history` is oldest first, `complete` offers the words that may end the text before the cursor.
    pub fn key(
        &mut self,
        key: KeyEvent,
        history: &[String],
        complete: &dyn Fn(&str) -> Vec<String>,
    ) -> Typed {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Typed::Done(self.text()),
            KeyCode::Esc => return Typed::Left,
            KeyCode::Char('c') if control => return Typed::Left,
            KeyCode::Backspace if self.text.is_empty() => return Typed::Left,
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.text.len(),
            KeyCode::Char('u') if control => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
                self.settle();
            }
            KeyCode::Char('w') if control => self.delete_word(),
            KeyCode::Char(c) if !control => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.backspace(),
            KeyCode::Delete if self.cursor < self.text.len() => {
                self.text.remove(self.cursor);
                self.settle();
            }
            KeyCode::Left => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Right => self.cursor = (self.cursor + 1).min(self.text.len()),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            KeyCode::Up => self.recall(self.back + 1, history),
            KeyCode::Down => self.recall(self.back.saturating_sub(1), history),
            KeyCode::Tab => self.complete(1, complete),
            KeyCode::BackTab => self.complete(-1, complete),
            _ => {}
        }
        Typed::More
    }

    fn backspace(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            self.text.remove(self.cursor);
            self.settle();
        }
    }

    fn delete_word(&mut self) {
        let mut from = self.cursor;
        while from > 0 && self.text[from - 1].is_whitespace() {
            from -= 1;
        }
        while from > 0 && !self.text[from - 1].is_whitespace() {
            from -= 1;
        }
        self.text.drain(from..self.cursor);
        self.cursor = from;
        self.settle();
    }

    /// Shows the line `back` steps ago in the history; 0 is the draft.
    fn recall(&mut self, back: usize, history: &[String]) {
        if back > history.len() || back == self.back {
            return;
        }
        if self.back == 0 {
            self.draft = self.text.clone();
        }
        let text = match back {
            0 => self.draft.clone(),
            _ => history[history.len() - back].chars().collect(),
        };
        self.replace(text);
        self.back = back;
    }

    /// Takes the next offer after (1) or before (-1) the one taken.
    fn complete(&mut self, by: isize, complete: &dyn Fn(&str) -> Vec<String>) {
        if self.taken.is_none() {
            let before: String = self.text[..self.cursor].iter().collect();
            self.offers = complete(&before);
        }
        if self.offers.is_empty() {
            return;
        }
        let count = self.offers.len() as isize;
        let next = match self.taken {
            None if by > 0 => 0,
            None => count - 1,
            Some(at) => (at as isize + by).rem_euclid(count),
        } as usize;
        let from = (0..self.cursor)
            .rev()
            .find(|i| self.text[*i].is_whitespace())
            .map_or(0, |i| i + 1);
        let word: Vec<char> = self.offers[next].chars().collect();
        let end = from + word.len();
        self.text.splice(from..self.cursor, word);
        self.cursor = end;
        self.taken = Some(next);
        if self.offers.len() == 1 {
            self.insert(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(line: &mut Line, codes: &[KeyCode], history: &[String]) -> Typed {
        let complete = |before: &str| {
            let word = before.rsplit(' ').next().unwrap_or("");
            ["break", "breakpoints", "back"]
                .iter()
                .filter(|w| w.starts_with(word))
                .map(|w| (*w).to_owned())
                .collect()
        };
        let mut typed = Typed::More;
        for code in codes {
            typed = line.key(KeyEvent::new(*code, KeyModifiers::NONE), history, &complete);
        }
        typed
    }

    #[test]
    fn history_goes_back_and_comes_forward_to_the_draft() {
        let history = vec!["one".to_owned(), "two".to_owned()];
        let mut line = Line::default();
        line.insert("draft");
        press(
            &mut line,
            &[KeyCode::Up, KeyCode::Up, KeyCode::Up],
            &history,
        );
        assert_eq!(line.text(), "one");
        press(&mut line, &[KeyCode::Down, KeyCode::Down], &history);
        assert_eq!(line.text(), "draft");
    }

    #[test]
    fn tab_walks_through_the_offers_and_round() {
        let mut line = Line::default();
        line.insert("b");
        press(&mut line, &[KeyCode::Tab], &[]);
        assert_eq!(line.text(), "break");
        press(&mut line, &[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab], &[]);
        assert_eq!(line.text(), "break");
        press(&mut line, &[KeyCode::BackTab], &[]);
        assert_eq!(line.text(), "back");
    }

    #[test]
    fn pasted_controls_do_not_get_in() {
        let mut line = Line::default();
        line.insert("a\x1b[2J\nb");
        assert_eq!(line.text(), "a[2Jb");
    }
}
