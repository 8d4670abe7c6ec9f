//! The breakpoints pane. Enter turns one off and on.

use ratatui::text::{Line, Span};

use super::Reply;
use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::breakpoints::BreakpointRow;
use crate::views::screen::Screen;

#[derive(Default)]
pub struct Breakpoints;

impl Rows for Breakpoints {
    fn title(&self, _screen: &Screen) -> String {
        "breakpoints".to_owned()
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let line = |row: &BreakpointRow| {
            let mark = if row.enabled { "●" } else { "○" };
            let note = if row.reached { "  reached" } else { "" };
            let off = if row.enabled { "" } else { "  off" };
            Line::from(vec![
                Span::styled(mark, theme.style(Role::Breakpoint)),
                Span::raw(format!(" {} {}", row.number, row.what)),
                Span::styled(format!("  hit {}{off}", row.hits), theme.style(Role::Dim)),
                Span::styled(note, theme.style(Role::Current)),
            ])
        };
        screen.breakpoints.rows.iter().map(line).collect()
    }

    fn empty(&self) -> &'static str {
        "none: b on a line, or :break del NAME"
    }

    fn choose(&self, screen: &Screen, row: usize) -> Reply {
        match screen.breakpoints.rows.get(row) {
            Some(b) if b.enabled => Reply::Run(format!("disable {}", b.number)),
            Some(b) => Reply::Run(format!("enable {}", b.number)),
            None => Reply::Nothing,
        }
    }
}
