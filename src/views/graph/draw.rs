//! From places to cells.
//!
//! Knows glyphs and tones, no colours, and decides nothing about places. Drawn from back to front: frames, lines,
//! boxes, arrows. Meaning is in the glyphs: heavy lines are cycles, dashed ones weak references; `▲ ▼` counts that went
//! up or down; `+ * -` what was added, rebound, removed; `† ✗ !` dead, doomed, finaliser running; `▸` opens. Start at
//! `draw`.

use super::boxes;
use super::canvas::{Canvas, Tone};
use super::lines::{Arms, Weight, glyph};
use super::model::{Edge, Model};
use super::placed::{Dir, Frame, Placed, Route, Step};
use super::route::leaves;
use super::text;

/// The whole picture; a pane shows a part of it.
pub fn draw(model: &Model, placed: &Placed) -> Canvas {
    let notes = model.notes.join(" · ");
    let below = if notes.is_empty() { 0 } else { 2 };
    let width = placed.width.max(text::width(&notes) as i32 + 2).max(1);
    let height = (placed.height + below).max(1);
    let mut canvas = Canvas::new(width as usize, height as usize);
    for frame in &placed.frames {
        draw_frame(&mut canvas, frame);
    }
    draw_lines(&mut canvas, model, placed);
    for (view, place) in model.boxes.iter().zip(&placed.boxes) {
        boxes::draw_box(&mut canvas, view, place.rect, &jumps(model, placed));
    }
    for (edge, route) in model.edges.iter().zip(&placed.routes) {
        if let Route::Path(steps) = route {
            draw_ends(&mut canvas, model, placed, edge, steps);
        }
    }
    if !notes.is_empty() {
        canvas.write(1, height - 1, &notes, Tone::Dim, false);
    }
    canvas
}

/// For each edge, the name that its row shows instead of a line.
fn jumps<'a>(model: &'a Model, placed: &Placed) -> Vec<Option<&'a str>> {
    let edges = model.edges.iter().zip(&placed.routes);
    edges
        .map(|(edge, route)| (*route == Route::Jump).then_some(&edge.target_name[..]))
        .collect()
}

fn draw_frame(canvas: &mut Canvas, frame: &Frame) {
    let (left, right) = (frame.rect.x, frame.rect.right() - 1);
    let (top, bottom) = (frame.rect.y, frame.rect.bottom() - 1);
    for x in left + 1..right {
        canvas.put(x, top, '╌', Tone::Isolate, false);
        canvas.put(x, bottom, '╌', Tone::Isolate, false);
    }
    for y in top + 1..bottom {
        canvas.put(left, y, '╎', Tone::Isolate, false);
        canvas.put(right, y, '╎', Tone::Isolate, false);
    }
    for (x, y, corner) in [
        (left, top, '┌'),
        (right, top, '┐'),
        (left, bottom, '└'),
        (right, bottom, '┘'),
    ] {
        canvas.put(x, y, corner, Tone::Isolate, false);
    }
    canvas.write(
        left + 2,
        top,
        &format!(" {} ", frame.caption),
        Tone::Isolate,
        true,
    );
}

/// What all edges together want in one cell.
#[derive(Clone, Copy)]
struct Joint {
    arms: Arms,
    tone: Tone,
}

fn draw_lines(canvas: &mut Canvas, model: &Model, placed: &Placed) {
    let blank = Joint {
        arms: [Weight::None; 4],
        tone: Tone::Plain,
    };
    let mut joints = vec![blank; canvas.cells.len()];
    for (edge, route) in model.edges.iter().zip(&placed.routes) {
        let Route::Path(steps) = route else { continue };
        for (at, step) in steps.iter().enumerate() {
            let cell = step.y as usize * canvas.width + step.x as usize;
            let Some(joint) = joints.get_mut(cell) else {
                continue;
            };
            for arm in [step.dir.opposite(), leaves(steps, at)] {
                let old = &mut joint.arms[arm as usize];
                *old = (*old).max(weight(edge));
            }
            joint.tone = stronger(joint.tone, tone(model, edge));
        }
    }
    for (cell, joint) in joints
        .iter()
        .enumerate()
        .filter(|(_, j)| j.arms != blank.arms)
    {
        let (x, y) = (cell % canvas.width, cell / canvas.width);
        canvas.put(x as i32, y as i32, glyph(joint.arms), joint.tone, false);
    }
}

fn weight(edge: &Edge) -> Weight {
    match edge {
        Edge { weak: true, .. } => Weight::Dashed,
        Edge { cyclic: true, .. } => Weight::Heavy,
        _ => Weight::Light,
    }
}

fn tone(model: &Model, edge: &Edge) -> Tone {
    if model.boxes[edge.from].selected || model.boxes[edge.to].selected {
        Tone::Selected
    } else if edge.changed {
        Tone::Changed
    } else if edge.weak {
        Tone::WeakEdge
    } else if edge.cyclic {
        Tone::CycleEdge
    } else {
        Tone::Edge
    }
}

/// Which tone a cell shows that edges share.
fn stronger(one: Tone, other: Tone) -> Tone {
    let rank = |tone: Tone| {
        let order = [
            Tone::Plain,
            Tone::WeakEdge,
            Tone::Edge,
            Tone::CycleEdge,
            Tone::Changed,
            Tone::Selected,
        ];
        order.iter().position(|&t| t == tone)
    };
    if rank(other) > rank(one) { other } else { one }
}

/// The dot in the row and the arrow at the target.
fn draw_ends(canvas: &mut Canvas, model: &Model, placed: &Placed, edge: &Edge, steps: &[Step]) {
    let source = placed.boxes[edge.from].rect;
    let row = source.slot_row(edge.row);
    let tone = tone(model, edge);
    let dot = if edge.weak { '○' } else { '●' };
    let is_right = steps.first().is_none_or(|first| first.dir == Dir::Right);
    let (pad, border) = match is_right {
        true => (source.right() - 2, source.right() - 1),
        false => (source.x + 1, source.x),
    };
    let mark = canvas.cell(pad as usize, row as usize);
    if !is_right && mark.symbol != ' ' {
        // The dot takes the place of the row's mark; the mark goes to the other end.
        canvas.put(source.right() - 2, row, mark.symbol, mark.tone, mark.bold);
    }
    canvas.put(pad, row, dot, tone, false);
    let port = match (model.boxes[edge.from].selected, edge.cyclic, is_right) {
        (true, true, true) => '╠',
        (true, true, false) => '╣',
        (true, false, true) => '╟',
        (true, false, false) => '╢',
        (false, true, true) => '┝',
        (false, true, false) => '┥',
        (false, false, true) => '├',
        (false, false, false) => '┤',
    };
    canvas.put(border, row, port, tone, false);
    if let Some(last) = steps.last() {
        let arrow = match (last.dir, edge.weak) {
            (Dir::Right, false) => '▶',
            (Dir::Left, false) => '◀',
            (Dir::Down, false) => '▼',
            (Dir::Up, false) => '▲',
            (Dir::Right, true) => '▷',
            (Dir::Left, true) => '◁',
            (Dir::Down, true) => '▽',
            (Dir::Up, true) => '△',
        };
        let shared = canvas.cell(last.x as usize, last.y as usize).tone;
        canvas.put(last.x, last.y, arrow, stronger(shared, tone), false);
    }
}
