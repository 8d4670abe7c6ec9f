//! The output pane: what the program printed, standard error marked.

use ratatui::text::{Line, Span};

use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::screen::Screen;

#[derive(Default)]
pub struct Output;

impl Rows for Output {
    fn title(&self, screen: &Screen) -> String {
        match screen.output.dropped {
            0 => "output".to_owned(),
            lines => format!("output · {lines} lines above"),
        }
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let line = |line: &crate::views::output::OutputLine| {
            let role = if line.stderr {
                Role::Stderr
            } else {
                Role::Text
            };
            let mark = if line.new { "▏" } else { " " };
            let stream = if line.stderr { "! " } else { "" };
            Line::from(vec![
                Span::styled(mark, theme.style(Role::Changed)),
                Span::styled(format!("{stream}{}", line.text), theme.style(role)),
            ])
        };
        screen.output.lines.iter().map(line).collect()
    }

    fn empty(&self) -> &'static str {
        "nothing printed yet"
    }

    fn current(&self, screen: &Screen) -> Option<usize> {
        screen.output.lines.len().checked_sub(1)
    }
}
