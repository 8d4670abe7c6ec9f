//! The namespace pane: names, their objects, short values, and what changed.

use ratatui::text::{Line, Span};

use super::Reply;
use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::namespace::{NameChange, NameRow, Scope};
use crate::views::screen::Screen;

#[derive(Default)]
pub struct Namespace;

impl Rows for Namespace {
    fn title(&self, screen: &Screen) -> String {
        match screen.namespace.scopes.first() {
            Some(scope) => format!("namespace · {}", scope.title),
            None => "namespace".to_owned(),
        }
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for (index, scope) in screen.namespace.scopes.iter().enumerate() {
            if index > 0 {
                lines.push(Line::styled(
                    format!("── {} ", scope.title),
                    theme.style(Role::Dim),
                ));
            }
            let widths = widths(scope);
            let selected = screen.selected.as_deref();
            lines.extend(
                scope
                    .rows
                    .iter()
                    .map(|row| line(row, widths, selected, theme)),
            );
            if scope.hidden > 0 {
                let text = format!("  … {} names of the interpreter", scope.hidden);
                lines.push(Line::styled(text, theme.style(Role::Dim)));
            }
        }
        lines
    }

    fn empty(&self) -> &'static str {
        "no names yet"
    }

    fn object(&self, screen: &Screen, row: usize) -> Option<String> {
        row_at(screen, row)?.object.clone()
    }

    fn choose(&self, screen: &Screen, row: usize) -> Reply {
        match self.object(screen, row) {
            Some(object) => Reply::Run(format!("owners {object}")),
            None => Reply::Nothing,
        }
    }
}

/// The name shown in the `row`-th line of the pane; `None` for headings and counts.
fn row_at(screen: &Screen, row: usize) -> Option<&NameRow> {
    let mut at = row;
    for (index, scope) in screen.namespace.scopes.iter().enumerate() {
        if index > 0 {
            at = at.checked_sub(1)?;
        }
        if let Some(found) = scope.rows.get(at) {
            return Some(found);
        }
        at = at.checked_sub(scope.rows.len() + usize::from(scope.hidden > 0))?;
    }
    None
}

fn widths(scope: &Scope) -> (usize, usize) {
    let name = scope
        .rows
        .iter()
        .map(|r| r.name.chars().count())
        .max()
        .unwrap_or(0);
    let object = scope.rows.iter().map(|r| r.title().chars().count());
    (name.min(24), object.max().unwrap_or(0).min(24))
}

fn line(
    row: &NameRow,
    (name, object): (usize, usize),
    selected: Option<&str>,
    theme: &Theme,
) -> Line<'static> {
    let role = match row.change {
        _ if row.goes => Role::Current,
        NameChange::Same => Role::Text,
        NameChange::New => Role::Born,
        NameChange::Rebound => Role::Changed,
        NameChange::Gone => Role::Dead,
    };
    let mark = match row.change {
        _ if row.goes => "▶",
        NameChange::Same => " ",
        NameChange::New => "+",
        NameChange::Rebound => "~",
        NameChange::Gone => "✗",
    };
    let shown = row.title();
    let is_selected = row.object.is_some() && row.object.as_deref() == selected;
    let style = theme.style(if is_selected {
        Role::Selected
    } else {
        Role::Text
    });
    let note = if row.goes {
        "this name goes"
    } else {
        row.change.word()
    };
    Line::from(vec![
        Span::styled(format!("{mark} {:<name$}  ", row.name), theme.style(role)),
        Span::styled(shown.to_owned(), style),
        Span::raw(" ".repeat(object.saturating_sub(shown.chars().count()))),
        Span::styled(
            format!("{}{}", if object > 0 { "  " } else { "" }, row.value),
            theme.style(Role::Text),
        ),
        Span::styled(
            if note.is_empty() {
                String::new()
            } else {
                format!("   {note}")
            },
            theme.style(role),
        ),
    ])
}
