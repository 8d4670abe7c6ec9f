//! Text that may stand in a cell: cleaned, measured and cut.
//!
//! Knows nothing of boxes. Invariant: what `clean` returns holds only characters of one or two columns, so a sum of
//! `width`s is what a terminal shows. Combining marks, joiners and direction marks have no cell of their own and are
//! left out: a class name must not be able to turn the rest of the line around.

use unicode_width::UnicodeWidthChar;

/// What stands for a character that a terminal would act on instead of showing it.
const CONTROL: char = '·';

/// Columns of one character: 1 or 2, and 0 for what `clean` leaves out.
pub fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// `text` without anything a terminal would obey or merge with a neighbour.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { CONTROL } else { c })
        .filter(|&c| columns(c) > 0)
        .collect()
}

/// Columns that `text` takes when drawn.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `text` in at most `room` columns, with `…` where something is missing.
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        if used + columns(c) + 1 > room {
            break;
        }
        used += columns(c);
        kept.push(c);
    }
    if room > 0 {
        kept.push('…');
    }
    kept
}

/// The first of `choices` (longest first) that fits, or the last one cut.
pub fn fitting(choices: &[String], room: usize) -> String {
    let fits = choices.iter().find(|choice| width(choice) <= room);
    match (fits, choices.last()) {
        (Some(choice), _) => choice.clone(),
        (None, Some(shortest)) => cut(shortest, room),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, cut, width};

    #[test]
    fn cut_never_splits_a_wide_character() {
        assert_eq!(cut("名前の変数", 6), "名前…");
        assert_eq!(width(&cut("名前の変数", 6)), 5);
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn clean_keeps_nothing_a_terminal_obeys() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{200d}\n"), "a·[31mbc·");
    }
}
