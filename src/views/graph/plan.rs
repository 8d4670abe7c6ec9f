//! One attempt at a layout: layers, then rows, then columns, then ways.
//!
//! Knows boxes' sizes, not their texts. Start at `sketch`, `fresh` and `kept`.

use super::columns::{Column, Fitting, TOP, lane};
use super::frames::{self, steps};
use super::grid::Net;
use super::heights::{Item, sticky};
use super::layers::{Shape, assign};
use super::layout::Hints;
use super::model::Model;
use super::order::Arranging;
use super::placed::{Placed, PlacedBox, Rect};
use super::route::{EdgeId, Routing, edge_ids, nets, route};
use super::search::Wish;
use super::size;
use super::tracks::{Channel, channels};

/// Rows between two bands of columns.
const BAND_GAP: i32 = 2;
/// Columns and rows beside the boxes in which lanes may run.
const FIELD_X: i32 = 14;
const FIELD_Y: i32 = 8;

#[derive(Clone)]
pub(super) struct Plan<'a> {
    pub model: &'a Model,
    pub layer: Vec<usize>,
    pub rows: Vec<i32>,
    pub columns: Vec<Column>,
    /// Edges as they are known from step to step.
    pub ids: Vec<EdgeId>,
    heights: Vec<i32>,
    nets: Vec<Net>,
    channels: Vec<Channel>,
}

impl<'a> Plan<'a> {
    fn new(model: &'a Model, hints: &Hints, shape: Shape) -> Plan<'a> {
        let layer = assign(model, &hints.layers, shape);
        Plan {
            model,
            heights: model.boxes.iter().map(size::height).collect(),
            rows: vec![0; layer.len()],
            columns: Vec::new(),
            ids: edge_ids(model),
            nets: nets(model),
            channels: Vec::new(),
            layer,
        }
    }

    /// A picture that is new: its layers and the rows in them, without columns yet.
    pub fn sketch(model: &'a Model, hints: &Hints, shape: Shape) -> Plan<'a> {
        let mut plan = Plan::new(model, hints, shape);
        plan.arrange();
        plan
    }

    /// A sketch with columns.
    pub fn fresh(sketch: &Plan<'a>, hints: &Hints, wraps: bool) -> Plan<'a> {
        let mut plan = sketch.clone();
        plan.fit(hints, wraps);
        plan.lower_bands(0);
        plan.lower_isolates();
        plan.channels = plan.lanes();
        plan
    }

    /// A picture that is mostly known: nothing moves without need.
    pub fn kept(model: &'a Model, hints: &Hints) -> Plan<'a> {
        let mut plan = Plan::new(model, hints, Shape::Flow);
        plan.keep_rows(hints);
        plan.fit(hints, true);
        plan.lower_bands(hints.columns.len());
        plan.lower_isolates();
        plan.part();
        plan.channels = plan.lanes();
        plan
    }

    fn fit(&mut self, hints: &Hints, wraps: bool) {
        self.channels = self.lanes();
        let fitting = Fitting {
            model: self.model,
            layer: &self.layer,
            channels: &self.channels,
            pane_width: hints.pane_width,
            wraps,
        };
        self.columns = fitting.columns(&hints.columns);
    }

    fn lanes(&self) -> Vec<Channel> {
        let rects: Vec<Rect> = (0..self.layer.len())
            .map(|at| Rect {
                y: self.rows[at],
                height: self.heights[at],
                ..Rect::default()
            })
            .collect();
        channels(self.model, &self.nets, &self.layer, &rects)
    }

    /// What the roots hold first; each isolate by itself.
    fn arrange(&mut self) {
        let arranging = Arranging {
            model: self.model,
            layer: &self.layer,
            heights: &self.heights,
            top: TOP,
        };
        let is_connected = |&at: &usize| self.model.boxes[at].isolate.is_none();
        let connected: Vec<usize> = (0..self.layer.len()).filter(is_connected).collect();
        let mut rows = arranging.arrange(&connected);
        for isolate in &self.model.isolates {
            let own = arranging.arrange(&isolate.boxes);
            isolate.boxes.iter().for_each(|&at| rows[at] = own[at]);
        }
        self.rows = rows;
    }

    /// Known boxes stay; new ones take free places.
    fn keep_rows(&mut self, hints: &Hints) {
        let layers = self.layer.iter().map(|l| l + 1).max().unwrap_or(0);
        for layer in 0..layers {
            let top = hints.columns.get(layer).map_or(TOP, |c| c.top);
            let (mut known, mut new) = (Vec::new(), Vec::new());
            for at in (0..self.layer.len()).filter(|&at| self.layer[at] == layer) {
                let before = hints.rows.get(&self.model.boxes[at].id).copied();
                let row = before.unwrap_or_else(|| self.wanted_row(at, top));
                if before.is_some() {
                    &mut known
                } else {
                    &mut new
                }
                .push(self.item(at, row));
            }
            for item in sticky(known, new, top) {
                self.rows[item.view] = item.row;
            }
        }
    }

    fn item(&self, at: usize, row: i32) -> Item {
        Item {
            view: at,
            height: self.heights[at],
            row,
        }
    }

    /// Level with the nearest holder to the left, or else below the holder in the same column.
    fn wanted_row(&self, at: usize, top: i32) -> i32 {
        let holders = self
            .model
            .edges
            .iter()
            .filter(|e| e.to == at && e.from != at && self.rows[e.from] > 0);
        let nearest = holders
            .filter(|e| self.layer[e.from] <= self.layer[at])
            .max_by_key(|e| (self.layer[e.from], std::cmp::Reverse(e.row)));
        match nearest {
            Some(e) if self.layer[e.from] == self.layer[at] => {
                self.rows[e.from] + self.heights[e.from] + 1
            }
            Some(e) => self.rows[e.from],
            None => top,
        }
    }

    /// Moves columns of later bands below everything in earlier ones, except those that are known.
    fn lower_bands(&mut self, known: usize) {
        let bands = self.columns.last().map_or(0, |c| c.band);
        for band in 1..=bands {
            let is_in_band = |plan: &Plan, at: usize| plan.columns[plan.layer[at]].band == band;
            let top = match self.columns[..known].iter().find(|c| c.band == band) {
                Some(column) => column.top,
                None => {
                    let before =
                        (0..self.rows.len()).filter(|&at| self.columns[self.layer[at]].band < band);
                    before
                        .map(|at| self.rows[at] + self.heights[at])
                        .max()
                        .unwrap_or(TOP)
                        + BAND_GAP
                }
            };
            self.columns
                .iter_mut()
                .filter(|c| c.band == band)
                .for_each(|c| c.top = top);
            let members: Vec<usize> = (0..self.rows.len())
                .filter(|&at| self.layer[at] >= known && is_in_band(self, at))
                .collect();
            let least = members.iter().map(|&at| self.rows[at]).min().unwrap_or(top);
            members.iter().for_each(|&at| self.rows[at] += top - least);
        }
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
        frames::around(
            self.model.isolates[isolate]
                .boxes
                .iter()
                .map(|&at| self.rect(at)),
        )
    }

    /// Moves each isolate as one block below the strangers that stand within its frame, if there are any; later ones
    /// make room for earlier ones.
    fn lower_isolates(&mut self) {
        for isolate in 0..self.model.isolates.len() {
            loop {
                let frame = self.frame(isolate);
                let others =
                    (0..self.rows.len()).filter_map(|at| match self.model.boxes[at].isolate {
                        None => Some(self.rect(at)),
                        Some(other) if other < isolate => Some(self.frame(other)),
                        Some(_) => None,
                    });
                let below = others
                    .filter(|rect| rect.overlaps(frame))
                    .map(Rect::bottom)
                    .max();
                let Some(below) = below else { break };
                for &at in &self.model.isolates[isolate].boxes {
                    self.rows[at] += below - frame.y + 1;
                }
            }
        }
    }

    /// An isolate that moved may stand on boxes of a later isolate or band: those make room.
    fn part(&mut self) {
        for layer in 0..self.columns.len() {
            let members = (0..self.layer.len()).filter(|&at| self.layer[at] == layer);
            let items: Vec<Item> = members.map(|at| self.item(at, self.rows[at])).collect();
            for item in sticky(items, Vec::new(), TOP) {
                self.rows[item.view] = item.row;
            }
        }
    }

    /// Routes the edges, adds the frames and cuts the canvas to size; with what the edges cost.
    pub fn finish(&self, hints: &Hints, thorough: bool) -> (Placed, u32) {
        let boxes: Vec<PlacedBox> = (0..self.layer.len())
            .map(|at| PlacedBox {
                id: self.model.boxes[at].id,
                rect: self.rect(at),
                layer: self.layer[at],
            })
            .collect();
        let right = boxes.iter().map(|b| b.rect.right()).max().unwrap_or(0);
        let bottom = boxes.iter().map(|b| b.rect.bottom()).max().unwrap_or(0);
        let routed = route(Routing {
            model: self.model,
            boxes: &boxes,
            field: (right + FIELD_X, bottom + FIELD_Y),
            wishes: self.wishes(),
            known: &hints.ways,
            ids: &self.ids,
            thorough,
        });
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
        frames::add(self.model, &mut placed, hints.pane_width);
        (placed, routed.cost)
    }

    /// The lane that each edge would like.
    fn wishes(&self) -> Vec<Option<Wish>> {
        let edges = self.model.edges.iter().zip(&self.nets);
        edges
            .map(|(edge, &net)| {
                let (from, to) = (self.layer[edge.from], self.layer[edge.to]);
                let layer = if to < from { from - 1 } else { from };
                let number = self.channels.get(layer)?.lane(net)?;
                let (x, channel) = lane(&self.columns, &self.channels, layer, number);
                Some(Wish { x, channel })
            })
            .collect()
    }
}
