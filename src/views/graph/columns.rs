//! Where each column begins, how wide it is, and in which band it stands.
//!
//! Knows widths, not rows. Columns that do not fit beside the others stand in a band below them, as words wrap.
//! Invariant: a column that was placed before never moves to the left, never narrows and never changes its band.

use super::model::Model;
use super::size;
use super::tracks::Channel;

/// Rows above the boxes: one for a frame, one for lanes.
pub(super) const TOP: i32 = 2;
const LEFT: i32 = 1;
/// Columns between two layers, at least: in a narrow pane, and in one with room for lanes to come.
const CHANNEL_MIN: (i32, i32) = (4, 6);
const CHANNEL_MAX: i32 = 16;
/// In a narrower pane lanes stand side by side.
const NARROW_PANE: i32 = 60;
/// Columns kept free at the pane's right edge for lanes.
const EDGE_ROOM: i32 = 3;
/// Boxes get no wider than half the pane, within these limits.
const BOX_LIMITS: (i32, i32) = (18, 36);

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Column {
    pub x: i32,
    pub width: i32,
    pub band: usize,
    /// The first row of its band.
    pub top: i32,
}

impl Column {
    pub fn right(self) -> i32 {
        self.x + self.width
    }
}

pub(super) struct Fitting<'a> {
    pub model: &'a Model,
    pub layer: &'a [usize],
    pub channels: &'a [Channel],
    pub pane_width: i32,
    /// Whether new columns may begin a band of their own.
    pub wraps: bool,
}

impl Fitting<'_> {
    pub fn columns(&self, known: &[Column]) -> Vec<Column> {
        let layers = self
            .layer
            .iter()
            .map(|l| l + 1)
            .max()
            .unwrap_or(0)
            .max(known.len());
        let mut columns: Vec<Column> = Vec::with_capacity(layers);
        let mut next = Column {
            x: LEFT,
            width: 0,
            band: 0,
            top: TOP,
        };
        let mut first_of_band = LEFT;
        for layer in 0..layers {
            let before = known.get(layer).copied();
            next.width = self.width(layer).max(before.map_or(0, |c| c.width));
            let is_over = next.right() + EDGE_ROOM > self.pane_width;
            match before {
                Some(c) if c.band > next.band => {
                    (next.x, next.band, next.top) = (c.x, c.band, c.top)
                }
                // Its place is kept as long as the lanes before it have any room at all.
                Some(c)
                    if columns
                        .last()
                        .is_some_and(|last| c.x >= last.right() + self.least_gap(layer - 1)) =>
                {
                    next.x = c.x;
                }
                Some(c) => next.x = next.x.max(c.x),
                None if self.wraps && is_over && next.x > first_of_band => {
                    // Its rows are not known yet: the plan lowers it below what comes before.
                    (next.x, next.band, next.top) = (first_of_band, next.band + 1, TOP);
                }
                None => {}
            }
            if layer == 1 {
                first_of_band = next.x;
            }
            columns.push(next);
            next.x = next.right() + if next.width > 0 { self.gap(layer) } else { 0 };
        }
        columns
    }

    /// What the widest box of a layer wants.
    fn width(&self, layer: usize) -> i32 {
        let limit = (self.pane_width / 2).clamp(BOX_LIMITS.0, BOX_LIMITS.1);
        let members = self
            .model
            .boxes
            .iter()
            .zip(self.layer)
            .filter(|&(_, &l)| l == layer);
        members
            .map(|(view, _)| size::width(view, limit))
            .max()
            .unwrap_or(0)
    }

    /// The columns right of a layer: room for each lane, with air between lanes if the pane has any.
    fn gap(&self, layer: usize) -> i32 {
        let lanes = self.channels.get(layer).map_or(0, |c| c.lanes) as i32;
        match self.pane_width < NARROW_PANE {
            true => (lanes + 3).clamp(CHANNEL_MIN.0, CHANNEL_MAX),
            false => (2 * lanes + 2).clamp(CHANNEL_MIN.1, CHANNEL_MAX),
        }
    }

    /// The least that does for the lanes: side by side, an arrow and a port beside them.
    fn least_gap(&self, layer: usize) -> i32 {
        let lanes = self.channels.get(layer).map_or(0, |c| c.lanes) as i32;
        (lanes + 2).min(CHANNEL_MAX)
    }
}

/// The column of a lane in the channel right of `layer`, and the channel itself.
pub(super) fn lane(
    columns: &[Column],
    channels: &[Channel],
    layer: usize,
    lane: usize,
) -> (i32, (i32, i32)) {
    let (here, lanes) = (columns[layer], channels[layer].lanes as i32);
    let lane = lane as i32;
    match columns.get(layer + 1) {
        Some(next) if next.band == here.band => {
            // The first cell is a port's and the last one an arrow's.
            let room = next.x - here.right() - 2;
            let apart = if lanes * 2 - 1 <= room { 2 } else { 1 };
            let x = next.x - 2 - apart * (lanes - 1 - lane);
            (x.max(here.right() + 1), (here.right(), next.x))
        }
        _ => (
            here.right() + 1 + 2 * lane,
            (here.right(), here.right() + 2 * lanes + 2),
        ),
    }
}
