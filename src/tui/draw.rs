//! Draws the whole screen from the app: borders and titles, panes, the panel, the last line.
//!
//! Changes no state but what belongs to drawing (the arrangement, the panes' scrolling). Invariant: the same app and size give the
//! same cells.

use std::time::Duration;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Widget};

use super::app::{App, Ask, Mode};
use super::keys;
use super::layout::{Arrangement, SMALLEST, Wish, arrange};
use super::panes::list::draw_line;
use super::panes::{Context, Kind};
use super::prompt;
use super::theme::Role;

/// Work shorter than this is not announced: the line would only flicker.
pub const SILENT: Duration = Duration::from_millis(150);

/// Draws everything; `steps` is how far a running request has come.
pub fn draw(app: &mut App, frame: &mut Frame, steps: u64) {
    let area = frame.area();
    let wish = Wish {
        zoomed: app.zoomed.then_some(app.focus),
        tab: app.tab,
        collecting: app.screen.collector.running.is_some(),
    };
    let Some(arrangement) = arrange(area, wish) else {
        return too_small(area, frame.buffer_mut());
    };
    app.arrangement = arrangement;
    let buffer = frame.buffer_mut();
    borders(app, buffer);
    insides(app, buffer);
    titles(app, buffer);
    let body = Rect {
        height: area.height - 1,
        ..area
    };
    if let Some(panel) = &mut app.panel {
        panel.draw(&app.theme, body, buffer);
    }
    let status = app.arrangement.status;
    if let Some(cursor) = last_line(app, status, buffer, steps) {
        frame.set_cursor_position(cursor);
    }
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let text = format!("too small: {}×{} at least", SMALLEST.0, SMALLEST.1);
    Paragraph::new(text).render(area, buffer);
}

/// Borders of all panes, the focused one last, so that its colour wins where they meet.
fn borders(app: &App, buffer: &mut Buffer) {
    let panes = app.arrangement.panes.iter().copied();
    let (focused, others): (Vec<_>, Vec<_>) = panes.partition(|(kind, _)| *kind == app.focus);
    for (kind, area) in others.into_iter().chain(focused) {
        let role = if kind == app.focus {
            Role::FocusBorder
        } else {
            Role::Border
        };
        Block::bordered()
            .merge_borders(MergeStrategy::Exact)
            .border_style(app.theme.style(role))
            .render(area, buffer);
    }
}

/// On the borders; drawn after the insides, because a title may say what did not fit there.
fn titles(app: &mut App, buffer: &mut Buffer) {
    for (kind, area) in app.arrangement.panes.clone() {
        let title = if app.arrangement.tabs.contains(&kind) {
            tabs(app, kind, area.width)
        } else {
            title(app, kind)
        };
        let row = Rect {
            x: area.x + 1,
            width: area.width - 2,
            height: 1,
            ..area
        };
        let under = Rect {
            width: row.width.min(title.width() as u16),
            ..row
        };
        buffer.set_style(under, Style::reset());
        draw_line(&title, 0, row, buffer);
    }
}

fn title(app: &mut App, kind: Kind) -> Line<'static> {
    let role = if kind == app.focus {
        Role::FocusTitle
    } else {
        Role::Title
    };
    let text = app.panes.get(kind).title(&app.screen);
    let number = if kind.takes_focus() {
        format!("{} ", kind.digit())
    } else {
        String::new()
    };
    Line::styled(format!(" {number}{text} "), app.theme.style(role))
}

/// ` 3 namespace [4 refcounts] 5 bytecode `: all tabs, the one in front in brackets.
fn tabs(app: &App, front: Kind, width: u16) -> Line<'static> {
    let mut line = Line::default();
    for (kind, text) in tab_texts(&app.arrangement.tabs, front, width) {
        let role = match kind {
            kind if kind != front => Role::Title,
            kind if kind == app.focus => Role::FocusTitle,
            _ => Role::Text,
        };
        line.push_span(Span::styled(text, app.theme.style(role)));
    }
    line
}

/// Titles as long as they all fit in `width`, else in short.
fn tab_texts(tabs: &[Kind], front: Kind, width: u16) -> Vec<(Kind, String)> {
    let text = |kind: Kind, name: &str| match kind {
        kind if kind == front => format!("[{} {name}]", kind.digit()),
        kind => format!(" {} {name} ", kind.digit()),
    };
    let long: Vec<_> = tabs
        .iter()
        .map(|kind| (*kind, text(*kind, kind.name())))
        .collect();
    let used: usize = long.iter().map(|(_, text)| text.chars().count()).sum();
    if used + 2 <= width as usize {
        return long;
    }
    let short = |kind: &Kind| match *kind {
        kind if kind == front => (kind, text(kind, kind.name())),
        kind => (kind, text(kind, kind.short())),
    };
    tabs.iter().map(short).collect()
}

/// The tab whose title is at this cell.
pub fn tab_at(arrangement: &Arrangement, at: Position) -> Option<Kind> {
    let (front, area) = arrangement
        .panes
        .iter()
        .find(|(kind, _)| arrangement.tabs.contains(kind))?;
    if at.y != area.y {
        return None;
    }
    let mut x = area.x + 1;
    for (kind, text) in tab_texts(&arrangement.tabs, *front, area.width) {
        let end = x + text.chars().count() as u16;
        if (x..end).contains(&at.x) {
            return Some(kind);
        }
        x = end;
    }
    None
}

fn insides(app: &mut App, buffer: &mut Buffer) {
    let current = app.highlights.as_ref();
    let highlights = current.filter(|h| std::sync::Arc::ptr_eq(&h.text, &app.screen.source.text));
    for (kind, area) in &app.arrangement.panes {
        let context = Context {
            screen: &app.screen,
            theme: &app.theme,
            focused: *kind == app.focus,
            highlights,
        };
        app.panes
            .get(*kind)
            .draw(&context, area.inner(Margin::new(1, 1)), buffer);
    }
}

/// The last line: a prompt, what runs, what was said, or the keys and why we stand here. Returns where the cursor goes.
fn last_line(app: &App, area: Rect, buffer: &mut Buffer, steps: u64) -> Option<Position> {
    if let Mode::Prompt(ask, line) = &app.mode {
        return Some(draw_prompt(app, *ask, line, area, buffer));
    }
    let theme = &app.theme;
    let long = app.since.is_some_and(|since| since.elapsed() >= SILENT);
    let line = if long {
        let text = format!(" running … step {steps} · Ctrl-C stops");
        Line::styled(text, theme.style(Role::Current))
    } else if let Some(notice) = &app.notice {
        let (mark, role) = if notice.error {
            ("✗ ", Role::Error)
        } else {
            ("", Role::Text)
        };
        Line::styled(format!(" {mark}{}", notice.text), theme.style(role))
    } else if let Mode::Letter(_) = app.mode {
        Line::styled(" a letter for the mark", theme.style(Role::Current))
    } else {
        return keys_and_stop(app, area, buffer);
    };
    draw_line(&line, 0, area, buffer);
    None
}

fn keys_and_stop(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let stop = app.screen.stop.as_str();
    let room = (area.width as usize).saturating_sub(stop.chars().count() + 2);
    let mut line = Line::default();
    for (keys, word) in keys::hints(room.max(area.width as usize / 2)) {
        line.push_span(Span::styled(format!(" {keys}"), app.theme.style(Role::Key)));
        line.push_span(Span::raw(format!(" {word} ")));
    }
    draw_line(&line, 0, area, buffer);
    let used = line.width() as u16;
    let width = (stop.chars().count() as u16 + 1).min(area.width.saturating_sub(used + 1));
    let right = Rect {
        x: area.right() - width,
        width,
        ..area
    };
    draw_line(
        &Line::styled(stop, app.theme.style(Role::Title)),
        0,
        right,
        buffer,
    );
    None
}

fn draw_prompt(
    app: &App,
    ask: Ask,
    line: &prompt::Line,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let theme = &app.theme;
    let before = match ask {
        Ask::Command => ":".to_owned(),
        Ask::Search => "/".to_owned(),
        Ask::Input => {
            let prompt = app.screen.input.as_deref().unwrap_or("");
            format!("input▸ {prompt}")
        }
    };
    let above = Rect {
        y: area.y.saturating_sub(1),
        ..area
    };
    if let Some(notice) = app.notice.as_ref().filter(|n| n.error) {
        Clear.render(above, buffer);
        let text = format!(" ✗ {}", notice.text);
        draw_line(
            &Line::styled(text, theme.style(Role::Error)),
            0,
            above,
            buffer,
        );
    } else if !line.offers.is_empty() {
        Clear.render(above, buffer);
        draw_line(&offers(app, line), 0, above, buffer);
    }
    let text = line.text();
    let widths = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let typed: String = line.text[..line.cursor].iter().collect();
    let room = (area.width as usize).saturating_sub(widths(&before) + 1);
    let skip = widths(&typed).saturating_sub(room);
    let start = Rect {
        width: widths(&before) as u16,
        ..area
    }
    .intersection(area);
    draw_line(
        &Line::styled(before, theme.style(Role::Key)),
        0,
        start,
        buffer,
    );
    let rest = Rect {
        x: start.right(),
        width: area.width - start.width,
        ..area
    };
    draw_line(&Line::raw(text), skip, rest, buffer);
    let x = rest.x + (widths(&typed) - skip) as u16;
    Position::new(x.min(area.right() - 1), area.y)
}

fn offers(app: &App, line: &prompt::Line) -> Line<'static> {
    let mut shown = Line::raw(" ");
    for (index, offer) in line.offers.iter().enumerate() {
        let style = if line.taken == Some(index) {
            app.theme.style(Role::FocusTitle)
        } else {
            Style::new()
        };
        shown.push_span(Span::styled(offer.clone(), style));
        shown.push_span(Span::raw("  "));
    }
    shown
}
