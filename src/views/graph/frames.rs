//! Frames around isolates: what sets apart what nothing reaches any more.
//!
//! Knows places and captions. Invariant: a frame holds all of its isolate's boxes and no other box.

use super::model::Model;
use super::placed::{Frame, Placed, Rect, Route, Step};
use super::text;

/// Columns and rows between an isolate's boxes and its frame.
const AIR_X: i32 = 2;
const AIR_Y: i32 = 2;
/// Columns of a frame's upper line that a caption cannot have.
const CAPTION_AIR: i32 = 5;

/// The frame that an isolate's boxes need.
pub(super) fn around(boxes: impl Iterator<Item = Rect>) -> Rect {
    let inner = boxes.reduce(Rect::around).expect("an isolate has boxes");
    let outer = inner.grown(AIR_X, AIR_Y);
    Rect {
        height: outer.height - 1,
        ..outer
    }
}

pub(super) fn add(model: &Model, placed: &mut Placed, pane_width: i32) {
    for (number, isolate) in model.isolates.iter().enumerate() {
        let is_inside = |at: usize| model.boxes[at].isolate == Some(number);
        let mut rect = around(isolate.boxes.iter().map(|&at| placed.boxes[at].rect));
        let edges = model.edges.iter().zip(&placed.routes);
        for (_, route) in edges.filter(|(e, _)| is_inside(e.from) && is_inside(e.to)) {
            rect = steps(route)
                .iter()
                .fold(rect, |rect, step| rect.around(beside(*step)));
        }
        let longest = isolate.caption.first().map_or(0, |c| text::width(c)) as i32 + CAPTION_AIR;
        let wide = Rect {
            width: longest.min(pane_width - rect.x).max(rect.width),
            ..rect
        };
        let mut strangers = placed
            .boxes
            .iter()
            .enumerate()
            .filter(|(at, _)| !is_inside(*at));
        if !strangers.any(|(_, b)| b.rect.overlaps(wide)) {
            rect = wide;
        }
        rect = within_canvas(rect);
        placed.width = placed.width.max(rect.right());
        placed.height = placed.height.max(rect.bottom());
        placed.frames.push(Frame {
            rect,
            caption: text::fitting(&isolate.caption, (rect.width - CAPTION_AIR).max(0) as usize),
        });
    }
}

pub(super) fn steps(route: &Route) -> &[Step] {
    match route {
        Route::Path(steps) => steps,
        Route::Jump => &[],
    }
}

/// A step and the cells around it, so that no frame runs over a lane.
fn beside(step: Step) -> Rect {
    Rect {
        x: step.x - 2,
        y: step.y - 1,
        width: 5,
        height: 3,
    }
}

fn within_canvas(rect: Rect) -> Rect {
    let (x, y) = (rect.x.max(0), rect.y.max(0));
    Rect {
        x,
        y,
        width: rect.right() - x,
        height: rect.bottom() - y,
    }
}
