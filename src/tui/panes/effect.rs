//! What the next step does, in sentences: the line a newcomer reads first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use unicode_width::UnicodeWidthStr;

use super::{Context, Motion, Pane, Reply};
use crate::tui::theme::Role;
use crate::views::screen::Screen;

/// Narrower than this, a blank column at each side is too much.
const PADDED: u16 = 20;

#[derive(Default)]
pub struct Effect;

impl Pane for Effect {
    fn title(&self, screen: &Screen) -> String {
        match screen.ended {
            Some(_) => "how it ended".to_owned(),
            None => super::Kind::Effect.name().to_owned(),
        }
    }

    fn draw(&mut self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let area = area.inner(Margin::new(u16::from(area.width > PADDED), 0));
        let text = context.screen.effect.sentences.join(" ");
        let lines = wrap(&text, area.width as usize);
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            buffer.set_stringn(
                area.x,
                y,
                line,
                area.width as usize,
                ratatui::style::Style::new(),
            );
        }
        if lines.len() > area.height as usize && !area.is_empty() {
            let style = context.theme.style(Role::Dim);
            buffer.set_string(area.right() - 1, area.bottom() - 1, "…", style);
        }
    }

    fn moved(&mut self, _motion: Motion, _screen: &Screen) -> Reply {
        Reply::Nothing
    }

    fn clicked(&mut self, _column: u16, _row: u16, _screen: &Screen) -> Reply {
        Reply::Nothing
    }

    fn find(&mut self, needle: &str, screen: &Screen) -> bool {
        screen.effect.sentences.iter().any(|s| s.contains(needle))
    }
}

/// Breaks at blanks; a word wider than a line keeps one to itself, and is cut when drawn.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("unbreakable x", 4), ["unbreakable", "x"]);
    }
}
