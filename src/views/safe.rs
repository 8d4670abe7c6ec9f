//! Makes any text harmless to print: the one place where a script's strings become cells.
//!
//! Knows nothing of terminals but this: which characters they would act on. Invariant: the result holds no control character, no
//! bidirectional override and no invisible format character; what was there is written as Python would escape it, so it is seen.

use std::fmt::Write;

/// How far a tab in a source line moves on.
const TAB: usize = 8;

/// `text` on one line: controls, line ends and direction marks written as escapes (`\x1b`, `\n`, `\u202e`).
pub fn one_line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut safe, c);
    }
    safe
}

/// A line of source or output: tabs become spaces up to the next multiple of eight, the rest as in [`one_line`].
pub fn tabbed(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let width = TAB - column % TAB;
            safe.extend(std::iter::repeat_n(' ', width));
            column += width;
        } else {
            push(&mut safe, c);
            column += 1;
        }
    }
    safe
}

/// `text` cut after `limit` characters, with `…` in the place of what is missing.
pub fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => {
            let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
            short.push('…');
            short
        }
    }
}

fn push(safe: &mut String, c: char) {
    match c {
        '\n' => safe.push_str("\\n"),
        '\r' => safe.push_str("\\r"),
        '\t' => safe.push_str("\\t"),
        c if (c as u32) < 0x20 || (0x7f..0xa0).contains(&(c as u32)) => {
            write!(safe, "\\x{:02x}", c as u32).expect("writing to a String cannot fail");
        }
        c if acts_unseen(c) => {
            write!(safe, "\\u{:04x}", c as u32).expect("writing to a String cannot fail");
        }
        c => safe.push(c),
    }
}

/// Characters that reorder, join or hide their neighbours: bidirectional controls, zero-width ones, line separators, tags.
fn acts_unseen(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe007f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_become_visible() {
        assert_eq!(one_line("\x1b[2J\u{9b}31m"), "\\x1b[2J\\x9b31m");
        assert_eq!(one_line("a\u{202e}b\u{200b}"), "a\\u202eb\\u200b");
        assert_eq!(one_line("é漢\n"), "é漢\\n");
    }

    #[test]
    fn tabs_move_to_the_next_stop() {
        assert_eq!(tabbed("\tx\ty"), "        x       y");
    }

    #[test]
    fn cutting_counts_characters_not_bytes() {
        assert_eq!(cut("漢字漢字", 3), "漢字…");
        assert_eq!(cut("漢字", 2), "漢字");
    }
}
