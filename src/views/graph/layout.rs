//! From a model to places, with the memory that keeps the picture still.
//!
//! What was placed before stays: its layer, its row, its column's left edge and its edges' ways. A picture that is
//! mostly new is laid out afresh, in the best of a few shapes by what its edges cost (`plan` is one attempt).
//! Invariant: boxes never overlap; an isolate's frame holds no stranger. Start at `layout`.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::layers::Shape;
use super::model::{BoxId, Model};
use super::placed::{Placed, Route, Step};
use super::plan::Plan;
use super::route::EdgeId;

/// What a column beyond the pane, a row, and a further band count against the cost of edges.
const OVERFLOW_COST: u32 = 12;
const ROW_COST: u32 = 3;
const BAND_COST: u32 = 30;
/// More remembered places than this are forgotten down to those in the picture.
const REMEMBERED_MAX: usize = 4000;
/// No pane is wider; and a narrower one shows nothing anyway.
const PANE_WIDTHS: (usize, usize) = (20, 10_000);

/// What the last layouts decided; empty at first. Keep one for each picture on screen.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    pub(super) pane_width: i32,
    pub(super) layers: BTreeMap<BoxId, usize>,
    pub(super) rows: BTreeMap<BoxId, i32>,
    pub(super) columns: Vec<Column>,
    pub(super) ways: BTreeMap<EdgeId, Vec<Step>>,
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

    fn remember(&mut self, plan: &Plan, placed: &Placed) {
        if self.rows.len() > REMEMBERED_MAX {
            self.rows.clear();
            self.layers.clear();
        }
        for (at, view) in plan.model.boxes.iter().enumerate() {
            self.layers.insert(view.id, plan.layer[at]);
            self.rows.insert(view.id, plan.rows[at]);
        }
        self.columns.clone_from(&plan.columns);
        self.ways.clear();
        for (id, route) in plan.ids.iter().zip(&placed.routes) {
            if let Route::Path(steps) = route {
                self.ways.insert(id.clone(), steps.clone());
            }
        }
    }
}

/// Places for everything; the picture may be larger than the pane and is scrolled then.
pub fn layout(model: &Model, hints: &mut Hints, pane_width: usize) -> Placed {
    let pane_width = pane_width.clamp(PANE_WIDTHS.0, PANE_WIDTHS.1) as i32;
    if hints.are_stale(model, pane_width) {
        hints.forget();
        hints.pane_width = pane_width;
        return afresh(model, hints);
    }
    let plan = Plan::kept(model, hints);
    let (placed, _) = plan.finish(hints, true);
    hints.remember(&plan, &placed);
    placed
}

/// The cheapest of a few shapes.
fn afresh(model: &Model, hints: &mut Hints) -> Placed {
    let mut best: Option<(u32, Plan)> = None;
    let mut tried: BTreeSet<Vec<(usize, usize)>> = BTreeSet::new();
    let sketches = [Shape::Flow, Shape::Compact].map(|shape| Plan::sketch(model, hints, shape));
    for (sketch, wraps) in sketches
        .iter()
        .flat_map(|sketch| [(sketch, false), (sketch, true)])
    {
        let plan = Plan::fresh(sketch, hints, wraps);
        let bands = plan.columns.iter().map(|column| column.band);
        let places = plan
            .layer
            .iter()
            .map(|&layer| (layer, plan.columns[layer].band))
            .collect();
        let bands = bands.max().unwrap_or(0) as u32;
        if !tried.insert(places) {
            continue;
        }
        let (placed, cost) = plan.finish(hints, false);
        let over = (placed.width - hints.pane_width).max(0) as u32;
        let cost =
            cost + over * OVERFLOW_COST + placed.height as u32 * ROW_COST + bands * BAND_COST;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, plan));
        }
    }
    let (_, plan) = best.expect("the first shape is always tried");
    let (placed, _) = plan.finish(hints, true);
    hints.remember(&plan, &placed);
    placed
}
