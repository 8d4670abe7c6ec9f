//! The source pane: lines, the one about to run, breakpoints in the gutter.
//!
//! Its cursor is a line: it follows the program at each stop and is free in between, for `b` and `t`. Invariant: the line about to
//! run is in sight after every stop, at the same place whichever way one came.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::{self, Place};
use super::{Context, Motion, Pane, Reply};
use crate::tui::theme::Role;
use crate::views::screen::Screen;
use crate::views::source::SourceView;
use crate::views::text::where_text;

/// Lines kept between the current line and the pane's edge.
const MARGIN: usize = 3;
/// Columns of the title's row that are not the title: blanks, the pane's number.
const TITLE_MARGIN: usize = 4;
/// Columns of marks before the line number: breakpoint, then current line.
const MARKS: u16 = 2;

#[derive(Default)]
pub struct Source {
    place: Place,
    /// A new moment came: the next draw turns to the page of its line.
    follow: bool,
    /// Columns that a title may take, by the last draw.
    width: usize,
}

impl Pane for Source {
    fn title(&self, screen: &Screen) -> String {
        let view = &screen.source;
        let file = view.text.file.rsplit('/').next().unwrap_or("");
        let place = match (screen.ended, view.current) {
            (Some(status), _) => format!("ended, status {status}"),
            (None, line) => where_text(line),
        };
        let event = if screen.event > 0 {
            format!("+{}", screen.event)
        } else {
            String::new()
        };
        let function = match view.function.as_str() {
            "" | "<module>" => String::new(),
            name => format!(" · in {name}"),
        };
        let long = format!("{file} · {place}{function} · step {}{event}", view.step);
        if long.chars().count() <= self.width || self.width == 0 {
            return long;
        }
        let line = view
            .current
            .map_or_else(String::new, |line| format!(":{line}"));
        format!("{file}{line}{function} · step {}{event}", view.step)
    }

    fn draw(&mut self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let view = &context.screen.source;
        let rows = view.text.lines.len();
        let height = area.height as usize;
        self.width = (area.width as usize).saturating_sub(TITLE_MARGIN);
        if std::mem::take(&mut self.follow) {
            self.place.turn_to_page(height, MARGIN);
        }
        self.place.settle(rows, height);
        let digits = rows.max(10).to_string().len();
        for (row, y) in (self.place.top..rows).zip(area.y..area.bottom()) {
            let line = self.line_of(context, row, digits);
            let cell = Rect {
                y,
                height: 1,
                ..area
            };
            let (gutter, code) = line;
            list::draw_line(&gutter, 0, cell, buffer);
            let width = (gutter.width() as u16).min(area.width);
            let text = Rect {
                x: area.x + width,
                width: area.width - width,
                ..cell
            };
            list::draw_line(&code, self.place.left, text, buffer);
            if context.focused && row == self.place.cursor {
                // Only the gutter: the code keeps its colours, and the line about to run is usually here.
                let gutter = Rect {
                    width: width.saturating_sub(1),
                    ..cell
                };
                list::mark_cursor(context.theme, gutter, buffer);
            }
        }
    }

    fn moved(&mut self, motion: Motion, screen: &Screen) -> Reply {
        self.place.moved(motion, screen.source.text.lines.len());
        Reply::Nothing
    }

    fn clicked(&mut self, column: u16, row: u16, screen: &Screen) -> Reply {
        let row = self.place.top + row as usize;
        if row >= screen.source.text.lines.len() {
            return Reply::Nothing;
        }
        self.place.cursor = row;
        let digits = screen.source.text.lines.len().max(10).to_string().len() as u16;
        if column < MARKS + digits {
            return toggle(&screen.source, row as u32 + 1);
        }
        Reply::Nothing
    }

    fn scrolled(&mut self, rows: isize, screen: &Screen) {
        self.place.scrolled(rows, screen.source.text.lines.len());
    }

    fn arrived(&mut self, screen: &Screen) {
        // Where no line runs any more, the end of the file is what was last.
        let last = screen.source.text.lines.len().saturating_sub(1);
        self.place.cursor = screen.source.current.map_or(last, |line| line as usize - 1);
        self.follow = true;
    }

    fn find(&mut self, needle: &str, screen: &Screen) -> bool {
        let lines = &screen.source.text.lines;
        let found = list::next_with(needle, self.place.cursor, lines.len(), |row| &lines[row]);
        self.place.cursor = found.unwrap_or(self.place.cursor);
        found.is_some()
    }

    fn line(&self) -> Option<u32> {
        Some(self.place.cursor as u32 + 1)
    }
}

impl Source {
    /// Gutter and code of one row.
    fn line_of(
        &self,
        context: &Context,
        row: usize,
        digits: usize,
    ) -> (Line<'static>, Line<'static>) {
        let (view, theme) = (&context.screen.source, context.theme);
        let number = row as u32 + 1;
        let current = view.current == Some(number);
        let stop = match view.breakpoint(number) {
            Some(b) if b.enabled => Span::styled("●", theme.style(Role::Breakpoint)),
            Some(_) => Span::styled("○", theme.style(Role::Breakpoint)),
            None => Span::raw(" "),
        };
        let arrow = if current {
            Span::styled("▶", theme.style(Role::Current))
        } else if view.lit.binary_search(&number).is_ok() {
            Span::styled("·", theme.style(Role::Selected))
        } else {
            Span::raw(" ")
        };
        let style = theme.style(if current { Role::Current } else { Role::Dim });
        let gutter = Line::from(vec![
            stop,
            arrow,
            Span::styled(format!("{number:>digits$}  "), style),
        ]);
        (gutter, self.code(context, row, current))
    }

    fn code(&self, context: &Context, row: usize, current: bool) -> Line<'static> {
        let text = &context.screen.source.text.lines[row];
        let base = if current {
            Style::new().bold()
        } else {
            Style::new()
        };
        let tokens = context.highlights.and_then(|h| h.line(row));
        let Some(tokens) = tokens else {
            return Line::styled(text.clone(), base);
        };
        let spans = tokens.iter().map(|(range, role)| {
            let piece = text.get(range.clone()).unwrap_or("");
            Span::styled(piece.to_owned(), context.theme.style(*role))
        });
        Line::from_iter(spans).style(base)
    }
}

/// The command that sets a breakpoint on `line`, or takes away the one there.
pub fn toggle(view: &SourceView, line: u32) -> Reply {
    match view.breakpoints.iter().find(|b| b.line == line) {
        Some(there) => Reply::Run(format!("delete {}", there.number)),
        None => Reply::Run(format!("break line {line}")),
    }
}
