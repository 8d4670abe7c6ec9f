//! Which lane each net would like in the channel right of each column, so that few lanes cross and none crowd.
//!
//! Knows rows, not columns' places: a lane is a number, 0 the leftmost. The router prefers these lanes but need not
//! take them. Nets whose lanes do not meet share a number. Deterministic. Start at `channels`.

use std::collections::BTreeMap;

use super::grid::Net;
use super::model::Model;
use super::placed::Rect;

/// What a net does in one channel: the rows at which it comes from or goes to either side.
#[derive(Clone, Debug, Default)]
struct Lane {
    net: Net,
    left: Vec<i32>,
    right: Vec<i32>,
}

/// The lanes of one channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Channel {
    pub lanes: usize,
    lane_of: BTreeMap<Net, usize>,
}

impl Channel {
    pub fn lane(&self, net: Net) -> Option<usize> {
        self.lane_of.get(&net).copied()
    }
}

impl Lane {
    fn span(&self) -> (i32, i32) {
        let rows = || self.left.iter().chain(&self.right).copied();
        (rows().min().unwrap_or(0), rows().max().unwrap_or(0))
    }

    fn is_straight(&self) -> bool {
        let (top, bottom) = self.span();
        top == bottom
    }

    fn meets(&self, other: &Lane) -> bool {
        let ((a, b), (c, d)) = (self.span(), other.span());
        a <= d && c <= b
    }

    /// Crossings if this lane is left of the other one.
    fn crossings_before(&self, other: &Lane) -> usize {
        let within = |rows: &[i32], (top, bottom): (i32, i32)| {
            rows.iter()
                .filter(|&&row| (top..=bottom).contains(&row))
                .count()
        };
        within(&other.left, self.span()) + within(&self.right, other.span())
    }
}

/// The channel right of each layer. Rows are those of `rects`; their columns do not matter.
pub(super) fn channels(
    model: &Model,
    nets: &[Net],
    layer: &[usize],
    rects: &[Rect],
) -> Vec<Channel> {
    let count = layer.iter().map(|l| l + 1).max().unwrap_or(0);
    let mut lanes: Vec<BTreeMap<Net, Lane>> = vec![BTreeMap::new(); count];
    for (edge, &net) in model.edges.iter().zip(nets) {
        let (from, to) = (layer[edge.from], layer[edge.to]);
        let port = rects[edge.from].slot_row(edge.row);
        let entry = rects[edge.to].title_row();
        if to < from {
            // Leaves to the left and enters from the right; further back, it goes around, who knows where.
            let lane = lanes[from - 1].entry(net).or_default();
            lane.right.push(port);
            lane.left.push(entry);
        } else {
            let lane = lanes[from].entry(net).or_default();
            lane.left.push(port);
            if to == from {
                &mut lane.left
            } else {
                &mut lane.right
            }
            .push(entry);
        }
    }
    lanes.into_iter().map(assign).collect()
}

fn assign(nets: BTreeMap<Net, Lane>) -> Channel {
    let mut lanes: Vec<Lane> = Vec::with_capacity(nets.len());
    for (net, lane) in nets {
        let lane = Lane { net, ..lane };
        if lane.is_straight() {
            continue;
        }
        // Where it does least harm, as far left as that is true.
        let harm = |at: usize| -> usize {
            let before = lanes[..at]
                .iter()
                .map(|other| other.crossings_before(&lane));
            let after = lanes[at..].iter().map(|other| lane.crossings_before(other));
            before.chain(after).sum()
        };
        let at = (0..=lanes.len())
            .min_by_key(|&at| (harm(at), at))
            .unwrap_or(0);
        lanes.insert(at, lane);
    }
    swap_neighbours(&mut lanes);
    let mut channel = Channel::default();
    let mut numbers: Vec<usize> = Vec::with_capacity(lanes.len());
    for (at, lane) in lanes.iter().enumerate() {
        let earlier = (0..at).filter(|&other| lanes[other].meets(lane));
        let number = earlier.map(|other| numbers[other] + 1).max().unwrap_or(0);
        numbers.push(number);
        channel.lane_of.insert(lane.net, number);
        channel.lanes = channel.lanes.max(number + 1);
    }
    channel
}

/// Swaps neighbours as long as that saves crossings.
fn swap_neighbours(lanes: &mut [Lane]) {
    for _ in 0..lanes.len() {
        let mut swapped = false;
        for at in 1..lanes.len() {
            let (one, other) = (&lanes[at - 1], &lanes[at]);
            if other.crossings_before(one) < one.crossings_before(other) {
                lanes.swap(at - 1, at);
                swapped = true;
            }
        }
        if !swapped {
            break;
        }
    }
}
