//! A pane made of rows: cursor, scrolling, search and clicks, once for all lists.
//!
//! What the rows say is the [`Rows`] of each pane's file. Invariant: after a draw the cursor is in sight and within the rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::{Context, Motion, Pane, Reply};
use crate::tui::theme::{Role, Theme};
use crate::views::screen::Screen;

/// What a list shows.
pub trait Rows: Default {
    fn title(&self, screen: &Screen) -> String;

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>>;

    /// A line above the rows that does not scroll.
    fn header(&self, _screen: &Screen, _theme: &Theme) -> Option<Line<'static>> {
        None
    }

    /// What stands in the place of rows when there are none.
    fn empty(&self) -> &'static str;

    /// The row to bring into sight when a new moment is shown.
    fn current(&self, _screen: &Screen) -> Option<usize> {
        None
    }

    /// The object a row is about: moving the cursor there selects it.
    fn object(&self, _screen: &Screen, _row: usize) -> Option<String> {
        None
    }

    /// What Enter does on a row.
    fn choose(&self, _screen: &Screen, _row: usize) -> Reply {
        Reply::Nothing
    }
}

/// Cursor and scroll offsets of one list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    pub cursor: usize,
    pub top: usize,
    pub left: usize,
    /// Rows that fitted at the last draw.
    height: usize,
}

impl Place {
    /// Moves within `rows` rows.
    pub fn moved(&mut self, motion: Motion, rows: usize) {
        let last = rows.saturating_sub(1);
        let page = self.height.saturating_sub(1).max(1);
        self.cursor = match motion {
            Motion::Up => self.cursor.saturating_sub(1),
            Motion::Down => self.cursor + 1,
            Motion::PageUp => self.cursor.saturating_sub(page),
            Motion::PageDown => self.cursor + page,
            Motion::Home => 0,
            Motion::End => last,
            Motion::Left | Motion::Right | Motion::Choose => self.cursor,
        }
        .min(last);
        match motion {
            Motion::Left => self.left = self.left.saturating_sub(8),
            Motion::Right => self.left += 8,
            Motion::Home => self.left = 0,
            _ => {}
        }
    }

    /// Scrolls by `by` of `rows` rows; the cursor is dragged along, to stay in sight.
    pub fn scrolled(&mut self, by: isize, rows: usize) {
        let last = rows.saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(last);
        let bottom = (self.top + self.height).saturating_sub(1);
        self.cursor = self.cursor.clamp(self.top, bottom.max(self.top));
    }

    /// Turns to the page that holds the cursor. Pages overlap by the margins, and depend on nothing else: a row is seen at the same
    /// place whichever way one came to it.
    pub fn turn_to_page(&mut self, height: usize, margin: usize) {
        let margin = margin.min(height / 4);
        let step = height.saturating_sub(2 * margin).max(1);
        self.top = self.cursor.saturating_sub(margin) / step * step;
    }

    /// Makes cursor and offset fit `rows` rows shown `height` at a time.
    pub fn settle(&mut self, rows: usize, height: usize) {
        self.height = height;
        self.cursor = self.cursor.min(rows.saturating_sub(1));
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if height > 0 && self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(rows.saturating_sub(height));
    }
}

#[derive(Default)]
pub struct ListPane<R> {
    rows: R,
    place: Place,
    /// A header took the first row at the last draw.
    headed: bool,
    /// A new moment came: the next draw turns to the page of its row.
    follow: bool,
}

impl<R: Rows> ListPane<R> {
    fn here(&self, screen: &Screen) -> Reply {
        match self.rows.object(screen, self.place.cursor) {
            Some(object) if screen.selected.as_ref() != Some(&object) => Reply::Select(object),
            _ => Reply::Nothing,
        }
    }

    fn count(&self, screen: &Screen) -> usize {
        self.rows
            .rows(screen, &Theme::new(crate::tui::theme::Palette::Plain))
            .len()
    }
}

impl<R: Rows> Pane for ListPane<R> {
    fn title(&self, screen: &Screen) -> String {
        self.rows.title(screen)
    }

    fn draw(&mut self, context: &Context, area: Rect, buffer: &mut Buffer) {
        let mut area = area;
        let header = self.rows.header(context.screen, context.theme);
        self.headed = header.is_some() && area.height > 1;
        if let Some(header) = header.filter(|_| self.headed) {
            let row = Rect { height: 1, ..area };
            draw_line(&header, self.place.left, row, buffer);
            area.y += 1;
            area.height -= 1;
        }
        let rows = self.rows.rows(context.screen, context.theme);
        if std::mem::take(&mut self.follow) {
            self.place.turn_to_page(area.height as usize, 1);
        }
        self.place.settle(rows.len(), area.height as usize);
        if rows.is_empty() {
            let style = context.theme.style(Role::Dim);
            draw_line(&Line::styled(self.rows.empty(), style), 0, area, buffer);
        }
        let shown = rows
            .iter()
            .enumerate()
            .skip(self.place.top)
            .take(area.height as usize);
        for ((index, line), y) in shown.zip(area.y..) {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            draw_line(line, self.place.left, row, buffer);
            if context.focused && index == self.place.cursor {
                mark_cursor(context.theme, row, buffer);
            }
        }
        let below = rows
            .len()
            .saturating_sub(self.place.top + area.height as usize);
        draw_more(context.theme, self.place.top, below, area, buffer);
    }

    fn moved(&mut self, motion: Motion, screen: &Screen) -> Reply {
        self.place.moved(motion, self.count(screen));
        match motion {
            Motion::Choose => self.rows.choose(screen, self.place.cursor),
            _ => self.here(screen),
        }
    }

    fn clicked(&mut self, _column: u16, row: u16, screen: &Screen) -> Reply {
        let Some(row) = (row as usize).checked_sub(usize::from(self.headed)) else {
            return Reply::Nothing;
        };
        let row = self.place.top + row;
        if row >= self.count(screen) {
            return Reply::Nothing;
        }
        self.place.cursor = row;
        self.here(screen)
    }

    fn object(&self, screen: &Screen) -> Option<String> {
        self.rows.object(screen, self.place.cursor)
    }

    fn scrolled(&mut self, rows: isize, screen: &Screen) {
        self.place.scrolled(rows, self.count(screen));
    }

    fn arrived(&mut self, screen: &Screen) {
        if let Some(row) = self.rows.current(screen) {
            self.place.cursor = row;
            self.follow = true;
        }
    }

    fn find(&mut self, needle: &str, screen: &Screen) -> bool {
        let rows = self
            .rows
            .rows(screen, &Theme::new(crate::tui::theme::Palette::Plain));
        let texts: Vec<String> = rows.iter().map(ToString::to_string).collect();
        match next_with(needle, self.place.cursor, texts.len(), |row| &texts[row]) {
            Some(row) => {
                self.place.cursor = row;
                true
            }
            None => false,
        }
    }
}

/// The first row after `from`, going round, whose text holds `needle`, case ignored unless `needle` has capitals.
pub fn next_with<'a>(
    needle: &str,
    from: usize,
    rows: usize,
    text: impl Fn(usize) -> &'a str,
) -> Option<usize> {
    let exact = needle.chars().any(char::is_uppercase);
    (1..=rows).map(|ahead| (from + ahead) % rows).find(|row| {
        let text = text(*row);
        if exact {
            text.contains(needle)
        } else {
            text.to_lowercase().contains(needle)
        }
    })
}

/// Draws a line from its `left`-th column on, cut at the right edge with `…`.
pub fn draw_line(line: &Line, left: usize, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut x = area.x;
    let mut skip = left;
    let mut cut = false;
    for span in &line.spans {
        for c in span.content.chars() {
            let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) as u16;
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if width == 0 {
                continue;
            }
            if x + width > area.right() {
                cut = true;
                break;
            }
            buffer.set_string(
                x,
                area.y,
                c.encode_utf8(&mut [0; 4]),
                line.style.patch(span.style),
            );
            x += width;
        }
        if cut {
            buffer.set_string(area.right() - 1, area.y, "…", line.style.patch(span.style));
            break;
        }
    }
}

/// The cursor's row, in reverse: seen in every palette.
pub fn mark_cursor(theme: &Theme, row: Rect, buffer: &mut Buffer) {
    let style = Style::reset().patch(theme.style(Role::Cursor));
    buffer.set_style(row, style);
}

/// Counts what is above and below the rows shown, at the right edge.
pub fn draw_more(theme: &Theme, above: usize, below: usize, area: Rect, buffer: &mut Buffer) {
    let style = theme.style(Role::Dim);
    let mut put = |y: u16, text: String| {
        let width = text.chars().count() as u16;
        if width < area.width {
            buffer.set_string(area.right() - width, y, text, style);
        }
    };
    if area.height < 2 {
        return;
    }
    if above > 0 {
        put(area.y, format!(" ↑{above}"));
    }
    if below > 0 {
        put(area.bottom() - 1, format!(" ↓{below}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_within_the_rows_and_in_sight() {
        let mut place = Place::default();
        place.settle(100, 10);
        for motion in [
            Motion::End,
            Motion::PageUp,
            Motion::Down,
            Motion::PageDown,
            Motion::Home,
        ] {
            place.moved(motion, 100);
            place.settle(100, 10);
            assert!(place.cursor < 100);
            assert!(place.top <= place.cursor && place.cursor < place.top + 10);
        }
        place.moved(Motion::End, 100);
        place.settle(3, 10);
        assert_eq!((place.cursor, place.top), (2, 0));
    }

    #[test]
    fn search_goes_round_and_minds_capitals_only_when_given() {
        let rows = ["abc", "Abd", "xyz"];
        assert_eq!(next_with("ab", 1, 3, |r| rows[r]), Some(0));
        assert_eq!(next_with("Ab", 1, 3, |r| rows[r]), Some(1));
        assert_eq!(next_with("q", 0, 3, |r| rows[r]), None);
    }
}
