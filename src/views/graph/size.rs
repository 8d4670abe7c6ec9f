//! How many cells a box wants.
//!
//! Knows texts, not places. Marks, trends, notes and feet are set into paddings and borders and never ask for room:
//! what happens to an object must not make its box grow.

use super::model::{BoxId, BoxView, Row, RowValue};
use super::text;

/// Narrower boxes leave no room for a note such as `gc_refs 0 ✗`.
const WIDTH_MIN: i32 = 11;

/// The natural width of a box, at most `limit`.
pub(super) fn width(view: &BoxView, limit: i32) -> i32 {
    let count = text::width(&view.count);
    let title = text::width(&view.title) + if count == 0 { 0 } else { 2 + count };
    // How many names a root hides changes seldom, and a bare number says nothing.
    let foot = match view.id {
        BoxId::Root(_) => view.foot.first().map_or(0, |words| text::width(words)),
        BoxId::Object(_) | BoxId::Fold(..) => 0,
    };
    let widest = view.rows.iter().map(row).fold(title.max(foot), usize::max);
    // Borders and paddings.
    (widest as i32 + 4).clamp(WIDTH_MIN, limit.max(WIDTH_MIN))
}

pub(super) fn height(view: &BoxView) -> i32 {
    let rows = view.rows.len() as i32;
    3 + if rows > 0 { 1 + rows } else { 0 }
}

/// Columns of a row between the paddings.
fn row(row: &Row) -> usize {
    let label = text::width(&row.label);
    match &row.value {
        RowValue::Atom(value) => label + 1 + text::width(value),
        // The dot stands in the right padding.
        RowValue::Edge(_) => label + 1,
        RowValue::Elsewhere(name) => label + 3 + text::width(name),
        RowValue::Gone => label + 5,
        RowValue::More(count) => more(*count).chars().count(),
    }
}

/// The words of a `More` row.
pub(super) fn more(count: usize) -> String {
    format!("… {} more", super::words::thousands(count))
}
