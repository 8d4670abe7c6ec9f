//! The bytecode pane: the current line's instructions, the next one marked.

use ratatui::text::{Line, Span};

use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::screen::Screen;
use crate::views::text::where_text;

#[derive(Default)]
pub struct Bytecode;

impl Rows for Bytecode {
    fn title(&self, screen: &Screen) -> String {
        match screen.bytecode.line {
            Some(_) => format!("bytecode of {}", where_text(screen.bytecode.line)),
            None => "bytecode".to_owned(),
        }
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let rows = &screen.bytecode.rows;
        let name = rows.iter().map(|r| r.opcode.len()).max().unwrap_or(0);
        let argument = rows
            .iter()
            .map(|r| r.argument.chars().count())
            .max()
            .unwrap_or(0)
            .min(24);
        let line = |row: &crate::views::bytecode::BytecodeRow| {
            let style = theme.style(if row.next { Role::Current } else { Role::Text });
            let mark = if row.next { "▶" } else { " " };
            let target = if row.jump_target { "»" } else { " " };
            let text = format!(
                "{mark}{target}{:>4} {:<name$}  {:<argument$}",
                row.offset, row.opcode, row.argument
            );
            let note = match row.other_line {
                Some(other) => format!("  (line {other})"),
                None if row.next => format!("  {}", row.effect),
                None => String::new(),
            };
            Line::from(vec![
                Span::styled(text, style),
                Span::styled(note, theme.style(Role::Dim)),
            ])
        };
        rows.iter().map(line).collect()
    }

    fn empty(&self) -> &'static str {
        "no instruction is about to run"
    }

    fn current(&self, screen: &Screen) -> Option<usize> {
        screen.bytecode.rows.iter().position(|r| r.next)
    }
}
