//! Which column each box stands in.
//!
//! Knows no cells. Roots are in layer 0, objects from layer 1 on. A box that had a layer keeps it: references are made
//! and dropped around it, and it stays. An edge that does not lead to a later layer is a back edge; the router takes it
//! around. Nothing recurses. Start at `assign`.

use std::collections::{BTreeMap, VecDeque};

use super::model::{BoxId, Model};

/// How to lay out what was never placed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Each object to the right of all that hold it: as a story reads, but wide.
    Flow,
    /// Each object as near to the roots as references allow: narrow and high.
    Compact,
}

pub(super) fn assign(model: &Model, known: &BTreeMap<BoxId, usize>, shape: Shape) -> Vec<usize> {
    let out = out_edges(model);
    let any_known = model.boxes.iter().any(|view| known.contains_key(&view.id));
    match (any_known, shape) {
        (true, _) => join(model, known),
        (false, Shape::Flow) => longest(model, &out),
        (false, Shape::Compact) => shortest(model, &out),
    }
}

fn is_root(model: &Model, at: usize) -> bool {
    matches!(model.boxes[at].id, BoxId::Root(_))
}

/// The targets of each box's strong edges, in row order.
fn out_edges(model: &Model) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); model.boxes.len()];
    for edge in model
        .edges
        .iter()
        .filter(|edge| !edge.weak && edge.from != edge.to)
    {
        out[edge.from].push(edge.to);
    }
    out
}

/// Longest paths, over the edges that a depth-first walk in row order does not find to lead back.
fn longest(model: &Model, out: &[Vec<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Never; out.len()];
    let mut forward: Vec<Vec<usize>> = vec![Vec::new(); out.len()];
    let mut finished = Vec::with_capacity(out.len());
    for start in 0..out.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::Open;
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            let Some(&to) = out[at].get(next) else {
                seen[at] = Seen::Done;
                finished.push(at);
                continue;
            };
            path.push((at, next + 1));
            if seen[to] != Seen::Open {
                forward[at].push(to);
            }
            if seen[to] == Seen::Never {
                seen[to] = Seen::Open;
                path.push((to, 0));
            }
        }
    }
    let mut layer: Vec<usize> = (0..out.len())
        .map(|at| usize::from(!is_root(model, at)))
        .collect();
    for &at in finished.iter().rev() {
        for &to in &forward[at] {
            layer[to] = layer[to].max(layer[at] + 1);
        }
    }
    layer
}

fn shortest(model: &Model, out: &[Vec<usize>]) -> Vec<usize> {
    let mut layer = vec![None; out.len()];
    let mut queue: VecDeque<usize> = VecDeque::new();
    let roots = (0..out.len()).filter(|&at| is_root(model, at));
    for root in roots {
        layer[root] = Some(0);
        queue.push_back(root);
    }
    for start in 0..out.len() {
        while let Some(at) = queue.pop_front() {
            let next = layer[at].map_or(1, |l: usize| l + 1);
            for &to in &out[at] {
                if layer[to].is_none() {
                    layer[to] = Some(next);
                    queue.push_back(to);
                }
            }
        }
        if layer[start].is_none() {
            layer[start] = Some(1);
            queue.push_back(start);
        }
    }
    layer.into_iter().map(|l| l.unwrap_or(1)).collect()
}

/// Known boxes keep their layers; a new one goes right of its known holders, or else left of what it holds.
fn join(model: &Model, known: &BTreeMap<BoxId, usize>) -> Vec<usize> {
    let mut layer: Vec<Option<usize>> = model
        .boxes
        .iter()
        .enumerate()
        .map(|(at, view)| {
            known
                .get(&view.id)
                .copied()
                .or(is_root(model, at).then_some(0))
        })
        .collect();
    // Boxes come nearest first, so most holders are placed before what they hold.
    for at in 0..layer.len() {
        if layer[at].is_some() {
            continue;
        }
        let edges = || model.edges.iter().filter(|edge| !edge.weak);
        let holders = edges().filter(|e| e.to == at).filter_map(|e| layer[e.from]);
        let held = edges().filter(|e| e.from == at).filter_map(|e| layer[e.to]);
        let after = holders.max().map(|l| l + 1);
        layer[at] = after
            .or(held.min().map(|l| l.saturating_sub(1).max(1)))
            .or(Some(1));
    }
    layer.into_iter().map(|l| l.unwrap_or(1)).collect()
}
