//! The frames pane: the stack, innermost first. Enter looks at a frame.

use ratatui::text::{Line, Span};

use super::Reply;
use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::frames::FrameRow;
use crate::views::screen::Screen;

#[derive(Default)]
pub struct Frames;

impl Rows for Frames {
    fn title(&self, screen: &Screen) -> String {
        format!("frames · {}", screen.frames.rows.len())
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let line = |row: &FrameRow| {
            let mark = if row.shown { "▶" } else { " " };
            let style = theme.style(if row.shown { Role::Current } else { Role::Text });
            let place = row.line.map(|n| format!("line {n}")).unwrap_or_default();
            let file = row.file.rsplit('/').next().unwrap_or("");
            Line::from(vec![
                Span::styled(format!("{mark} {}", row.function), style),
                Span::raw(format!("  {place}")),
                Span::styled(format!("  {file}"), theme.style(Role::Dim)),
                Span::styled(format!("  {}", row.reason), theme.style(Role::Finalizing)),
            ])
        };
        screen.frames.rows.iter().map(line).collect()
    }

    fn empty(&self) -> &'static str {
        "the program is not running"
    }

    fn current(&self, screen: &Screen) -> Option<usize> {
        screen.frames.rows.iter().position(|r| r.shown)
    }

    fn choose(&self, screen: &Screen, row: usize) -> Reply {
        match screen.frames.rows.get(row) {
            Some(frame) => Reply::Run(format!("frame {}", frame.depth)),
            None => Reply::Nothing,
        }
    }
}
