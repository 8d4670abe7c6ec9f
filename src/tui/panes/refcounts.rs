//! The refcount pane: every object the script made, its count, what changed, who holds it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Reply;
use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::refcounts::{Life, RefcountRow};
use crate::views::screen::Screen;
use crate::views::text::{FOLDED, change_text, count_text, held_by, title};

#[derive(Default)]
pub struct Refcounts;

impl Rows for Refcounts {
    fn title(&self, screen: &Screen) -> String {
        if screen.refcounts.collecting {
            "refcounts · gc_refs".to_owned()
        } else {
            "refcounts · what the script made".to_owned()
        }
    }

    fn header(&self, screen: &Screen, theme: &Theme) -> Option<Line<'static>> {
        if screen.refcounts.rows.is_empty() {
            return None;
        }
        let width = object_width(screen);
        let middle = if screen.refcounts.collecting {
            "gc_refs  list         "
        } else {
            ""
        };
        let text = format!(
            "  {:<width$}  count  {:<10}  {middle}held by",
            "object", "change"
        );
        Some(Line::styled(text, theme.style(Role::Dim)))
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let width = object_width(screen);
        let collecting = screen.refcounts.collecting;
        let selected = screen.selected.as_deref();
        let line = |row: &RefcountRow| {
            let is_selected = selected == Some(row.object.as_str());
            line(row, width, collecting, is_selected, theme)
        };
        let mut lines: Vec<Line> = screen.refcounts.rows.iter().map(line).collect();
        if screen.refcounts.folded > 0 {
            let text = format!("  … {} more: {FOLDED}", screen.refcounts.folded);
            lines.push(Line::styled(text, theme.style(Role::Dim)));
        }
        lines
    }

    fn empty(&self) -> &'static str {
        "no objects of the script's own yet"
    }

    fn object(&self, screen: &Screen, row: usize) -> Option<String> {
        screen.refcounts.rows.get(row).map(|r| r.object.clone())
    }

    fn choose(&self, screen: &Screen, row: usize) -> Reply {
        match self.object(screen, row) {
            Some(object) => Reply::Run(format!("owners {object}")),
            None => Reply::Nothing,
        }
    }
}

fn object_width(screen: &Screen) -> usize {
    screen
        .refcounts
        .rows
        .iter()
        .map(|r| title(r).chars().count())
        .max()
        .unwrap_or(6)
        .clamp(6, 24)
}

fn line(
    row: &RefcountRow,
    width: usize,
    collecting: bool,
    selected: bool,
    theme: &Theme,
) -> Line<'static> {
    let role = role(row);
    let mark = if selected && row.life == Life::Alive {
        "▸"
    } else {
        row.life.mark()
    };
    let name = if selected {
        theme.style(Role::Selected)
    } else {
        theme.style(role)
    };
    let pad = " ".repeat(width.saturating_sub(title(row).chars().count()));
    let mut spans = vec![
        Span::styled(format!("{mark} "), theme.style(role)),
        Span::styled(title(row).to_owned(), name),
        Span::styled(
            format!("{pad}  {:>5}  {:<10}  ", count_text(row), change_text(row)),
            theme.style(role),
        ),
    ];
    if collecting {
        let refs = row.gc_refs.map(|n| n.to_string()).unwrap_or_default();
        let list = row.list.map_or("", crate::views::refcounts::GcList::word);
        spans.push(Span::styled(
            format!("{refs:>7}  {list:<11}  "),
            theme.style(role),
        ));
    }
    let held = if role == Role::Dead {
        theme.style(Role::Dead)
    } else {
        Style::new()
    };
    spans.push(Span::styled(held_by(row), held));
    Line::from(spans)
}

fn role(row: &RefcountRow) -> Role {
    match row.life {
        Life::Dead => Role::Dead,
        Life::Born => Role::Born,
        Life::Finalizing => Role::Finalizing,
        Life::Isolated => Role::Cycle,
        Life::Alive if row.delta != 0 => Role::Changed,
        Life::Alive => Role::Text,
    }
}
