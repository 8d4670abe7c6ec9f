//! One box: border, title, rows, and what is set into its borders.
//!
//! Knows the box's rectangle and texts, nothing of edges but which rows must name their target. Every mark stands in a
//! padding and every note in a border, so that nothing here can move anything. Start at `draw_box`.

use super::canvas::{Canvas, Tone};
use super::facts::Change;
use super::model::{BoxId, BoxView, Row, RowValue, State, Trend};
use super::placed::Rect;
use super::{size, text};

/// The glyphs of a border: corners, lines, and the ends of the line under the title.
struct Border {
    corners: [char; 4],
    across: char,
    down: char,
    /// The line under the title, and its ends.
    rule: [char; 3],
}

const ROUND: Border = Border {
    corners: ['╭', '╮', '╰', '╯'],
    across: '─',
    down: '│',
    rule: ['├', '─', '┤'],
};
const DOUBLE: Border = Border {
    corners: ['╔', '╗', '╚', '╝'],
    across: '═',
    down: '║',
    rule: ['╟', '─', '╢'],
};
const DOTTED: Border = Border {
    corners: ['┌', '┐', '└', '┘'],
    across: '╌',
    down: '╎',
    rule: ['├', '╌', '┤'],
};

/// `jumps[edge]` is the name that the edge's row shows because the edge has no line.
pub(super) fn draw_box(canvas: &mut Canvas, view: &BoxView, rect: Rect, jumps: &[Option<&str>]) {
    let tone = border_tone(view);
    draw_border(canvas, view, rect, tone);
    draw_title(canvas, view, rect);
    for (at, row) in view.rows.iter().enumerate() {
        draw_row(canvas, view, row, rect, rect.slot_row(at), jumps);
    }
    let note_tone = match view.state {
        State::Doomed => Tone::Doomed,
        State::FinaliserRunning => Tone::FinaliserRunning,
        _ => Tone::Dim,
    };
    if view.rows.is_empty() {
        let words = if view.note.is_empty() {
            &view.foot
        } else {
            &view.note
        };
        draw_in_border(canvas, rect, rect.bottom() - 1, words, note_tone);
    } else {
        draw_in_border(canvas, rect, rect.y + 2, &view.note, note_tone);
        draw_in_border(canvas, rect, rect.bottom() - 1, &view.foot, Tone::Dim);
    }
}

fn border_tone(view: &BoxView) -> Tone {
    match view {
        BoxView { selected: true, .. } => Tone::Selected,
        BoxView {
            id: BoxId::Root(_), ..
        } => Tone::Root,
        BoxView {
            id: BoxId::Fold(..),
            state: State::Plain,
            ..
        } => Tone::Fold,
        _ => state_tone(view.state, Tone::Border),
    }
}

fn state_tone(state: State, plain: Tone) -> Tone {
    match state {
        State::Plain => plain,
        State::Changed => Tone::Changed,
        State::Born => Tone::Born,
        State::FinaliserRunning => Tone::FinaliserRunning,
        State::Doomed => Tone::Doomed,
        State::Ghost => Tone::Ghost,
    }
}

fn draw_border(canvas: &mut Canvas, view: &BoxView, rect: Rect, tone: Tone) {
    let border = match (view.state, view.selected) {
        (State::Ghost, _) => &DOTTED,
        (_, true) => &DOUBLE,
        (_, false) => &ROUND,
    };
    let (left, right) = (rect.x, rect.right() - 1);
    let (top, bottom) = (rect.y, rect.bottom() - 1);
    for y in rect.y..rect.bottom() {
        let is_rule = !view.rows.is_empty() && y == rect.y + 2;
        let glyphs = match y {
            _ if y == top => [border.corners[0], border.across, border.corners[1]],
            _ if y == bottom => [border.corners[2], border.across, border.corners[3]],
            _ if is_rule => border.rule,
            _ => [border.down, ' ', border.down],
        };
        canvas.put(left, y, glyphs[0], tone, false);
        canvas.put(right, y, glyphs[2], tone, false);
        for x in left + 1..right {
            canvas.put(x, y, glyphs[1], tone, false);
        }
    }
}

fn draw_title(canvas: &mut Canvas, view: &BoxView, rect: Rect) {
    let plain = if matches!(view.id, BoxId::Root(_)) {
        Tone::Root
    } else {
        Tone::Plain
    };
    let tone = state_tone(view.state, plain);
    let mark = match (view.state, view.id) {
        (State::Plain, BoxId::Fold(..)) => '▸',
        (State::Plain, _) => ' ',
        (State::Changed, _) => '*',
        (State::Born, _) => '+',
        (State::FinaliserRunning, _) => '!',
        (State::Doomed, _) => '✗',
        (State::Ghost, _) => '†',
    };
    let y = rect.title_row();
    canvas.put(
        rect.x + 1,
        y,
        mark,
        if mark == '▸' { Tone::Fold } else { tone },
        true,
    );
    let room = (rect.width - 4).max(0) as usize;
    let count = text::cut(&view.count, room);
    let gap = if count.is_empty() {
        0
    } else {
        text::width(&count) + 2
    };
    let titles = [view.title.clone(), view.short_title.clone()];
    let title = text::fitting(&titles, room.saturating_sub(gap));
    canvas.write(rect.x + 2, y, &title, tone, true);
    let (arrow, count_tone) = match view.trend {
        Trend::Same => (' ', tone),
        Trend::Up => ('▲', Tone::Changed),
        Trend::Down => ('▼', Tone::Changed),
    };
    let at = rect.right() - 2 - text::width(&count) as i32;
    canvas.write(at, y, &count, count_tone, false);
    canvas.put(rect.right() - 2, y, arrow, count_tone, true);
}

fn draw_row(
    canvas: &mut Canvas,
    view: &BoxView,
    row: &Row,
    rect: Rect,
    y: i32,
    jumps: &[Option<&str>],
) {
    let (mark, changed) = match row.change {
        Change::Kept => (' ', None),
        Change::Added => ('+', Some(Tone::Changed)),
        Change::Rebound => ('*', Some(Tone::Changed)),
        Change::Removed => ('-', Some(Tone::Ghost)),
    };
    let ghost = (view.state == State::Ghost).then_some(Tone::Ghost);
    let tone = |plain: Tone| ghost.or(changed).unwrap_or(plain);
    canvas.put(rect.x + 1, y, mark, tone(Tone::Plain), true);
    let room = (rect.width - 4).max(0) as usize;
    let (value, value_tone) = match &row.value {
        RowValue::Atom(value) => (value.clone(), Tone::Atom),
        RowValue::Gone => ("gone".to_string(), Tone::Ghost),
        RowValue::More(count) => (size::more(*count), Tone::Dim),
        RowValue::Elsewhere(name) => (format!("→ {name}"), Tone::Dim),
        RowValue::Edge(edge) => match jumps.get(*edge).copied().flatten() {
            Some(name) => (format!("→ {name}"), Tone::Edge),
            None => (String::new(), Tone::Plain),
        },
    };
    // A reference's name matters more than the row's label, a value less.
    let least = match row.value {
        RowValue::Atom(_) => text::width(&value).min(4),
        _ => text::width(&value).min(room.saturating_sub(2)),
    };
    let gap = usize::from(!value.is_empty() && !row.label.is_empty());
    let label = text::cut(&row.label, room.saturating_sub(least + gap));
    let used = canvas.write(rect.x + 2, y, &label, tone(Tone::Plain), false) as usize + gap;
    let value = text::cut(&value, room.saturating_sub(used));
    canvas.write(rect.x + 2 + used as i32, y, &value, tone(value_tone), false);
}

/// Words in a horizontal line of the border: `├─ gc_refs 0 ✗ ─┤`.
fn draw_in_border(canvas: &mut Canvas, rect: Rect, y: i32, choices: &[String], tone: Tone) {
    if choices.is_empty() {
        return;
    }
    let room = (rect.width - 4).max(0) as usize;
    let words = text::fitting(choices, room);
    let inset = if text::width(&words) + 2 <= room {
        2
    } else {
        1
    };
    canvas.write(rect.x + inset, y, &format!(" {words} "), tone, false);
}
