//! The events pane: births, deaths, finalisers, collections, newest last. Enter goes to the moment of a row.

use ratatui::text::{Line, Span};

use super::Reply;
use super::list::Rows;
use crate::tui::app::goto;
use crate::tui::theme::{Role, Theme};
use crate::views::events::EventRow;
use crate::views::screen::Screen;

#[derive(Default)]
pub struct Events;

impl Rows for Events {
    fn title(&self, _screen: &Screen) -> String {
        "events".to_owned()
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let line = |row: &EventRow| {
            let mark = if row.new { "▏" } else { " " };
            let place = row.line.map(|n| format!("line {n}")).unwrap_or_default();
            Line::from(vec![
                Span::styled(mark, theme.style(Role::Changed)),
                Span::styled(
                    format!("{:>6} {place:<9}", row.step),
                    theme.style(Role::Dim),
                ),
                Span::styled(row.text.clone(), theme.style(role(row.kind))),
            ])
        };
        screen.events.rows.iter().map(line).collect()
    }

    fn empty(&self) -> &'static str {
        "nothing has happened yet"
    }

    fn current(&self, screen: &Screen) -> Option<usize> {
        screen.events.rows.len().checked_sub(1)
    }

    fn object(&self, screen: &Screen, row: usize) -> Option<String> {
        screen.events.rows.get(row)?.object.clone()
    }

    fn choose(&self, screen: &Screen, row: usize) -> Reply {
        match screen.events.rows.get(row) {
            Some(event) => Reply::Run(goto(event.step, event.event)),
            None => Reply::Nothing,
        }
    }
}

fn role(kind: &str) -> Role {
    match kind {
        "birth" => Role::Born,
        "death" => Role::Dead,
        "del" | "resurrect" => Role::Finalizing,
        "weakref" => Role::Weak,
        "gc" => Role::Cycle,
        "raise" => Role::Error,
        _ => Role::Text,
    }
}
