//! From a model to places, with the memory that keeps the picture still.
//!
//! Knows no texts beyond their widths. What was placed before stays: its layer, its row, its column's left edge and
//! its edges' ways. A picture that is mostly new is laid out afresh, in the best of a few shapes by what the edges cost.
//! Invariant: boxes never overlap; an isolate's frame holds no stranger. Start at `layout`.

use std::collections::{BTreeMap, BTreeSet};

use super::heights::{GAP, Item, sticky};
use super::layers::{Shape, assign};
use super::model::{BoxId, Model, RowValue};
use super::order::Arranging;
use super::placed::{Frame, Placed, PlacedBox, Rect, Route, Step};
use super::route::{EdgeId, route};
use super::{size, text};

/// Rows above the boxes: one for lanes, one for a frame.
const TOP: i32 = 2;
const LEFT: i32 = 1;
/// Columns between two layers that one lane needs, and that each further lane adds.
const CHANNEL_MIN: i32 = 4;
const CHANNEL_MAX: i32 = 13;
/// Rows between two bands of columns, and columns kept free at the pane's right edge for lanes.
const BAND_GAP: i32 = 3;
const EDGE_ROOM: i32 = 3;
/// Rows and columns between an isolate's boxes and its frame.
const FRAME_X: i32 = 2;
const FRAME_Y: i32 = 2;
/// Rows and columns beside the boxes in which lanes may run.
const FIELD_X: i32 = 12;
const FIELD_Y: i32 = 8;
/// What a column beyond the pane, and a row, count against the cost of edges.
const OVERFLOW_COST: u32 = 12;
const ROW_COST: u32 = 3;
/// More remembered places than this are forgotten down to those in the picture.
const REMEMBERED_MAX: usize = 4000;

#[derive(Clone, Copy, Debug, Default)]
struct Column {
    x: i32,
    width: i32,
    /// Columns that do not fit beside the others stand in a band of their own below them, as text wraps.
    band: usize,
    /// The first row of its band.
    top: i32,
}

/// What the last layouts decided; empty at first. Keep one for each picture on screen.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    pane_width: i32,
    layers: BTreeMap<BoxId, usize>,
    rows: BTreeMap<BoxId, i32>,
    columns: Vec<Column>,
    ways: BTreeMap<EdgeId, Vec<Step>>,
}

impl Hints {
    /// Lets the next layout start afresh.
    pub fn forget(&mut self) {
        *self = Hints::default();
    }

    /// Whether so little of the picture is known that keeping it in place would keep nothing.
    fn are_stale(&self, model: &Model, pane_width: i32) -> bool {
        let known = model
            .boxes
            .iter()
            .filter(|view| self.layers.contains_key(&view.id))
            .count();
        self.pane_width != pane_width || known * 3 < model.boxes.len()
    }
}

/// Places for everything; the picture may be larger than the pane and is scrolled then.
pub fn layout(model: &Model, hints: &mut Hints, pane_width: usize) -> Placed {
    let pane_width = i32::try_from(pane_width)
        .unwrap_or(i32::MAX)
        .clamp(20, 10_000);
    if hints.are_stale(model, pane_width) {
        hints.forget();
        hints.pane_width = pane_width;
        return afresh(model, hints);
    }
    let mut plan = Plan::new(model, hints, Shape::Flow, true);
    plan.keep_rows(hints);
    let (placed, _) = plan.finish(hints);
    plan.remember(hints, &placed);
    placed
}

/// The cheapest of a few shapes.
fn afresh(model: &Model, hints: &mut Hints) -> Placed {
    let mut best: Option<(u32, Plan, Placed)> = None;
    let mut tried: BTreeSet<(Vec<usize>, Vec<i32>)> = BTreeSet::new();
    for (shape, wraps) in [
        (Shape::Flow, false),
        (Shape::Flow, true),
        (Shape::Compact, false),
        (Shape::Compact, true),
    ] {
        let mut plan = Plan::new(model, hints, shape, wraps);
        if !tried.insert((
            plan.layer.clone(),
            plan.columns.iter().map(|c| c.x).collect(),
        )) {
            continue;
        }
        plan.arrange();
        let (placed, cost) = plan.finish(hints);
        let over = (placed.width - hints.pane_width).max(0) as u32;
        let cost = cost + over * OVERFLOW_COST + placed.height as u32 * ROW_COST;
        if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
            best = Some((cost, plan, placed));
        }
    }
    let (_, plan, placed) = best.expect("the first shape is always tried");
    plan.remember(hints, &placed);
    placed
}

struct Plan<'a> {
    model: &'a Model,
    layer: Vec<usize>,
    heights: Vec<i32>,
    columns: Vec<Column>,
    rows: Vec<i32>,
    /// Edges as they are known from step to step.
    ids: Vec<EdgeId>,
}

impl<'a> Plan<'a> {
    fn new(model: &'a Model, hints: &Hints, shape: Shape, wraps: bool) -> Plan<'a> {
        let layer = assign(model, &hints.layers, shape);
        let mut plan = Plan {
            model,
            heights: model.boxes.iter().map(size::height).collect(),
            columns: Vec::new(),
            rows: vec![0; layer.len()],
            ids: edge_ids(model),
            layer,
        };
        plan.columns = plan.columns(hints, wraps);
        plan
    }

    /// Left edges and widths of the columns: never less than they were.
    fn columns(&self, hints: &Hints, wraps: bool) -> Vec<Column> {
        let limit = (hints.pane_width / 2).clamp(18, 36);
        let layers = self
            .layer
            .iter()
            .map(|l| l + 1)
            .max()
            .unwrap_or(0)
            .max(hints.columns.len());
        let channels = self.channels(layers, hints.pane_width);
        let mut columns: Vec<Column> = Vec::with_capacity(layers);
        let mut next = Column {
            x: LEFT,
            width: 0,
            band: 0,
            top: TOP,
        };
        let mut first_of_band = LEFT;
        for layer in 0..layers {
            let known = hints.columns.get(layer).copied();
            let members = (0..self.layer.len()).filter(|&at| self.layer[at] == layer);
            let wanted = members
                .map(|at| size::width(&self.model.boxes[at], limit))
                .max()
                .unwrap_or(0);
            next.width = wanted.max(known.map_or(0, |c| c.width));
            let is_over = next.x + next.width + EDGE_ROOM > hints.pane_width;
            match known {
                Some(c) if c.band > next.band => {
                    (next.x, next.band, next.top) = (c.x, c.band, c.top)
                }
                Some(c) => next.x = next.x.max(c.x),
                None if wraps && is_over && next.x > first_of_band => {
                    // The rows are not known yet; `lower_band` puts it below what comes before.
                    (next.x, next.band, next.top) = (first_of_band, next.band + 1, TOP);
                }
                None => {}
            }
            if layer == 1 {
                first_of_band = next.x;
            }
            columns.push(next);
            next.x += next.width + if next.width > 0 { channels[layer] } else { 0 };
        }
        columns
    }

    /// How wide the space right of each layer is: by how many nets turn in it.
    fn channels(&self, layers: usize, pane_width: i32) -> Vec<i32> {
        let mut nets: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); layers];
        for edge in &self.model.edges {
            let (from, to) = (self.layer[edge.from], self.layer[edge.to]);
            nets[from].insert(edge.to);
            if to > 0 && to != from {
                nets[to - 1].insert(edge.to);
            }
        }
        let each = if pane_width < 60 { 1 } else { 2 };
        let width = |count: usize| match count as i32 {
            lanes @ 0..=3 => CHANNEL_MIN + (lanes - 1).max(0) * each,
            lanes => CHANNEL_MIN + 2 * each + lanes - 3,
        };
        nets.iter()
            .map(|n| width(n.len()).min(CHANNEL_MAX))
            .collect()
    }

    /// Rows for a picture that is new: what the roots hold first, isolates apart from it.
    fn arrange(&mut self) {
        let arranging = Arranging {
            model: self.model,
            layer: &self.layer,
            heights: &self.heights,
            top: TOP,
        };
        let (apart, connected): (Vec<usize>, Vec<usize>) =
            (0..self.layer.len()).partition(|&at| self.model.boxes[at].isolate.is_some());
        let mut rows = arranging.arrange(&connected);
        for isolate in &self.model.isolates {
            let own = arranging.arrange(&isolate.boxes);
            isolate.boxes.iter().for_each(|&at| rows[at] = own[at]);
        }
        self.rows = rows;
        self.lower_bands();
        debug_assert_eq!(apart.len() + connected.len(), self.rows.len());
        for isolate in 0..self.model.isolates.len() {
            self.lower_isolate(isolate);
        }
    }

    /// Moves the columns of later bands below everything in earlier ones.
    fn lower_bands(&mut self) {
        let bands = self.columns.last().map_or(0, |c| c.band);
        for band in 1..=bands {
            self.lower_band(band);
            let top = self
                .columns
                .iter()
                .find(|c| c.band == band)
                .map_or(TOP, |c| c.top);
            let members: Vec<usize> = self.of_band(|b| b == band).collect();
            let least = members.iter().map(|&at| self.rows[at]).min().unwrap_or(top);
            members.iter().for_each(|&at| self.rows[at] += top - least);
        }
    }

    /// Decides the first row of a band by what stands in the bands before it.
    fn lower_band(&mut self, band: usize) {
        let bottoms = self
            .of_band(|b| b < band)
            .map(|at| self.rows[at] + self.heights[at]);
        let top = bottoms.max().unwrap_or(TOP) + BAND_GAP;
        self.columns
            .iter_mut()
            .filter(|c| c.band == band)
            .for_each(|c| c.top = top);
    }

    fn of_band(&self, is_wanted: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        (0..self.layer.len()).filter(move |&at| is_wanted(self.columns[self.layer[at]].band))
    }

    fn rect(&self, at: usize) -> Rect {
        let column = self.columns[self.layer[at]];
        Rect {
            x: column.x,
            y: self.rows[at],
            width: column.width,
            height: self.heights[at],
        }
    }

    fn frame(&self, isolate: usize) -> Rect {
        let boxes = self.model.isolates[isolate]
            .boxes
            .iter()
            .map(|&at| self.rect(at));
        let around = boxes.reduce(Rect::around).expect("an isolate has boxes");
        around.grown(FRAME_X, FRAME_Y)
    }

    /// Moves an isolate as one block below the strangers that stand within its frame, if there are any.
    fn lower_isolate(&mut self, isolate: usize) {
        loop {
            let frame = self.frame(isolate);
            let below = (0..self.rows.len())
                .filter(|&at| self.model.boxes[at].isolate != Some(isolate))
                .filter(|&at| !self.is_later_isolate(at, isolate))
                .map(|at| match self.model.boxes[at].isolate {
                    Some(other) => self.frame(other),
                    None => self.rect(at),
                })
                .filter(|rect| rect.overlaps(frame))
                .map(Rect::bottom)
                .max();
            let Some(below) = below else { return };
            let down = below - frame.y + 1;
            for &at in &self.model.isolates[isolate].boxes {
                self.rows[at] += down;
            }
        }
    }

    /// Isolates are lowered one after the other; later ones make room for earlier ones.
    fn is_later_isolate(&self, at: usize, isolate: usize) -> bool {
        self.model.boxes[at]
            .isolate
            .is_some_and(|other| other > isolate)
    }

    /// Rows for a picture that is mostly known.
    fn keep_rows(&mut self, hints: &Hints) {
        let known_bands = hints.columns.last().map_or(0, |c| c.band);
        for layer in 0..self.columns.len() {
            if self.columns[layer].band > known_bands && self.columns[layer].top == TOP {
                self.lower_band(self.columns[layer].band);
            }
            let top = self.columns[layer].top;
            let (mut known, mut new) = (Vec::new(), Vec::new());
            for at in (0..self.layer.len()).filter(|&at| self.layer[at] == layer) {
                let before = hints.rows.get(&self.model.boxes[at].id).copied();
                let item = Item {
                    view: at,
                    height: self.heights[at],
                    row: before.unwrap_or_else(|| self.wanted_row(at, hints)),
                };
                if before.is_some() {
                    known.push(item)
                } else {
                    new.push(item)
                }
            }
            for item in sticky(known, new, top) {
                self.rows[item.view] = item.row;
            }
        }
        for isolate in 0..self.model.isolates.len() {
            self.lower_isolate(isolate);
        }
        self.part_columns();
    }

    /// Level with the row's end of an edge from the nearest holder to the left, else below everything known.
    fn wanted_row(&self, at: usize, hints: &Hints) -> i32 {
        let holders = self
            .model
            .edges
            .iter()
            .filter(|e| e.to == at && self.layer[e.from] < self.layer[at]);
        let nearest = holders.max_by_key(|e| (self.layer[e.from], std::cmp::Reverse(e.row)));
        match nearest {
            Some(e) if self.rows[e.from] > 0 => self.rows[e.from],
            _ => hints.columns.get(self.layer[at]).map_or(TOP, |c| c.top),
        }
    }

    /// An isolate that moved may stand on another column's boxes of a later band: push those down.
    fn part_columns(&mut self) {
        for layer in 0..self.columns.len() {
            let members = (0..self.layer.len()).filter(|&at| self.layer[at] == layer);
            let items: Vec<Item> = members
                .map(|at| Item {
                    view: at,
                    height: self.heights[at],
                    row: self.rows[at],
                })
                .collect();
            for item in sticky(items, Vec::new(), TOP) {
                self.rows[item.view] = item.row;
            }
        }
        debug_assert!(GAP > 0, "boxes of one column never touch");
    }

    /// Routes the edges, draws the frames and cuts the canvas to size; with what the edges cost.
    fn finish(&self, hints: &Hints) -> (Placed, u32) {
        let boxes: Vec<PlacedBox> = (0..self.layer.len())
            .map(|at| PlacedBox {
                id: self.model.boxes[at].id,
                rect: self.rect(at),
                layer: self.layer[at],
            })
            .collect();
        let right = boxes.iter().map(|b| b.rect.right()).max().unwrap_or(0);
        let bottom = boxes.iter().map(|b| b.rect.bottom()).max().unwrap_or(0);
        let routed = route(
            self.model,
            &boxes,
            (right + FIELD_X, bottom + FIELD_Y),
            &hints.ways,
            &self.ids,
        );
        let mut placed = Placed {
            width: right,
            height: bottom,
            boxes,
            routes: routed.routes,
            frames: Vec::new(),
        };
        for step in placed.routes.iter().flat_map(steps) {
            placed.width = placed.width.max(step.x + 1);
            placed.height = placed.height.max(step.y + 1);
        }
        self.add_frames(&mut placed, hints.pane_width);
        (placed, routed.cost)
    }

    fn add_frames(&self, placed: &mut Placed, pane_width: i32) {
        for (number, isolate) in self.model.isolates.iter().enumerate() {
            let mut rect = self.frame(number);
            rect = self.ways_within(placed, number).fold(rect, |r, step| {
                r.around(Rect {
                    x: step.x - 1,
                    y: step.y - 1,
                    width: 3,
                    height: 3,
                })
            });
            let longest = isolate.caption.first().map_or(0, |c| text::width(c)) as i32 + 6;
            let wider = Rect {
                width: longest.min(pane_width - rect.x).max(rect.width),
                ..rect
            };
            let is_free = |r: Rect| {
                !placed
                    .boxes
                    .iter()
                    .any(|b| b.rect.overlaps(r) && !self.is_in(number, b.id))
            };
            rect = if is_free(wider) { wider } else { rect };
            let below_top = rect.y.max(0);
            rect = Rect {
                x: rect.x.max(0),
                y: below_top,
                height: rect.bottom() - below_top,
                ..rect
            };
            placed.width = placed.width.max(rect.right());
            placed.height = placed.height.max(rect.bottom());
            placed.frames.push(Frame {
                rect,
                caption: text::fitting(&isolate.caption, (rect.width - 6).max(0) as usize),
            });
        }
    }

    fn is_in(&self, isolate: usize, id: BoxId) -> bool {
        let boxes = &self.model.isolates[isolate].boxes;
        boxes.iter().any(|&at| self.model.boxes[at].id == id)
    }

    /// The steps of an isolate's own edges.
    fn ways_within<'p>(
        &'p self,
        placed: &'p Placed,
        isolate: usize,
    ) -> impl Iterator<Item = &'p Step> {
        let inside = move |at: usize| self.model.boxes[at].isolate == Some(isolate);
        let edges = self.model.edges.iter().zip(&placed.routes);
        edges
            .filter(move |(e, _)| inside(e.from) && inside(e.to))
            .flat_map(|(_, route)| steps(route))
    }

    fn remember(&self, hints: &mut Hints, placed: &Placed) {
        if hints.rows.len() > REMEMBERED_MAX {
            hints.rows.clear();
            hints.layers.clear();
        }
        for (at, view) in self.model.boxes.iter().enumerate() {
            hints.layers.insert(view.id, self.layer[at]);
            hints.rows.insert(view.id, self.rows[at]);
        }
        hints.columns = self.columns.clone();
        hints.ways.clear();
        for (id, route) in self.ids.iter().zip(&placed.routes) {
            if let Route::Path(steps) = route {
                hints.ways.insert(id.clone(), steps.clone());
            }
        }
    }
}

fn steps(route: &Route) -> &[Step] {
    match route {
        Route::Path(steps) => steps,
        Route::Jump => &[],
    }
}

fn edge_ids(model: &Model) -> Vec<EdgeId> {
    let mut seen: BTreeMap<(BoxId, &str, BoxId), usize> = BTreeMap::new();
    let mut ids = Vec::with_capacity(model.edges.len());
    for edge in &model.edges {
        let (from, to) = (&model.boxes[edge.from], &model.boxes[edge.to]);
        let row = &from.rows[edge.row];
        debug_assert!(
            matches!(row.value, RowValue::Edge(_)),
            "an edge leaves from an edge's row"
        );
        let count = seen.entry((from.id, &row.label, to.id)).or_insert(0);
        *count += 1;
        ids.push((from.id, row.label.clone(), to.id, *count));
    }
    ids
}
