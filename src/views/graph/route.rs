//! A way for every edge: short, with few bends and crossings, through no box.
//!
//! Knows boxes and edges, no texts. A way that was good at the last step and still is possible is kept as it was; the
//! others are searched, easy ones first and back edges last, and then each net is taken up and laid anew as long as
//! that makes the picture better. Invariant: every edge has a route; one for which no way exists is a `Jump`, which
//! is drawn in its row and cannot fail. Start at `route`.

use std::collections::BTreeMap;

use super::grid::{Grid, Net};
use super::model::{BoxId, Model};
use super::placed::{Dir, PlacedBox, Rect, Route, Step};
use super::search::{Errand, Search};

/// How often all nets are laid anew at most.
const PASSES: usize = 3;
/// What a jump counts as when two layouts are compared.
const JUMP_COST: u32 = 400;

/// An edge as it can be recognised at the next step: source, row's label, target, and which of several alike.
pub(super) type EdgeId = (BoxId, String, BoxId, usize);

pub(super) struct Routed {
    pub routes: Vec<Route>,
    /// What all ways cost together; lower is better.
    pub cost: u32,
}

/// Ways for all edges within a field of `size` cells.
pub(super) fn route(
    model: &Model,
    boxes: &[PlacedBox],
    size: (i32, i32),
    known: &BTreeMap<EdgeId, Vec<Step>>,
    ids: &[EdgeId],
) -> Routed {
    let rects: Vec<Rect> = boxes.iter().map(|b| b.rect).collect();
    let mut router = Router {
        model,
        boxes,
        nets: nets(model),
        grid: Grid::new(size.0, size.1, &rects),
        search: Search::default(),
        routes: vec![Route::Jump; model.edges.len()],
        costs: vec![JUMP_COST; model.edges.len()],
    };
    router.reserve();
    let kept = router.keep(known, ids);
    let mut order: Vec<usize> = (0..model.edges.len()).collect();
    order.sort_by_key(|&edge| router.effort(edge));
    for &edge in order.iter().filter(|&&edge| !kept[edge]) {
        router.lay(edge);
    }
    router.improve(&order, &kept);
    Routed {
        cost: router.costs.iter().sum(),
        routes: router.routes,
    }
}

/// The net of each edge, from 1: one for each target, and another for its weak edges.
fn nets(model: &Model) -> Vec<Net> {
    let mut numbers: BTreeMap<(usize, bool), Net> = BTreeMap::new();
    let mut nets = Vec::with_capacity(model.edges.len());
    for edge in &model.edges {
        let next = numbers.len() as Net + 1;
        nets.push(*numbers.entry((edge.to, edge.weak)).or_insert(next));
    }
    nets
}

struct Router<'a> {
    model: &'a Model,
    boxes: &'a [PlacedBox],
    nets: Vec<Net>,
    grid: Grid,
    search: Search,
    routes: Vec<Route>,
    costs: Vec<u32>,
}

impl Router<'_> {
    fn port(&self, edge: usize) -> (i32, i32) {
        let edge = &self.model.edges[edge];
        let rect = self.boxes[edge.from].rect;
        (rect.right(), rect.slot_row(edge.row))
    }

    /// No lane may run over the cell beside a port or an arrow of another net: it would seem to be joined.
    fn reserve(&mut self) {
        for edge in 0..self.model.edges.len() {
            let (x, y) = self.port(edge);
            self.grid.reserve(x, y, self.nets[edge]);
        }
        for (edge, net) in self.nets.iter().enumerate() {
            let target = self.boxes[self.model.edges[edge].to].rect;
            self.grid.reserve(target.x - 1, target.title_row(), *net);
        }
    }

    /// Takes over the ways of the last step that are still ways.
    fn keep(&mut self, known: &BTreeMap<EdgeId, Vec<Step>>, ids: &[EdgeId]) -> Vec<bool> {
        let mut kept = vec![false; ids.len()];
        for (edge, id) in ids.iter().enumerate() {
            let Some(steps) = known.get(id) else { continue };
            if self.still_fits(edge, steps) && self.grid.admits(steps, self.nets[edge]) {
                self.grid.take(steps, self.nets[edge], edge as u16);
                self.routes[edge] = Route::Path(steps.clone());
                self.costs[edge] = 0;
                kept[edge] = true;
            }
        }
        kept
    }

    fn still_fits(&self, edge: usize, steps: &[Step]) -> bool {
        let target = self.boxes[self.model.edges[edge].to].rect;
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
            return false;
        };
        let (dx, dy) = last.dir.delta();
        let (x, y) = (last.x + dx, last.y + dy);
        let enters = match last.dir.is_vertical() {
            true => {
                (target.x + 1..target.right() - 1).contains(&x)
                    && (y == target.y || y == target.bottom() - 1)
            }
            false => y == target.title_row() && (x == target.x || x == target.right() - 1),
        };
        (first.x, first.y) == self.port(edge) && enters
    }

    /// Easy edges first: to the next layer, level, short; back edges last.
    fn effort(&self, edge: usize) -> (bool, bool, usize, i32, usize) {
        let e = &self.model.edges[edge];
        let (from, to) = (self.boxes[e.from], self.boxes[e.to]);
        let leads_back = to.layer <= from.layer;
        let rise = (self.port(edge).1 - to.rect.title_row()).abs();
        (
            e.weak,
            leads_back,
            from.layer.abs_diff(to.layer),
            rise,
            edge,
        )
    }

    fn lay(&mut self, edge: usize) {
        let net = self.nets[edge];
        let may_join =
            (0..self.routes.len()).any(|e| self.nets[e] == net && self.routes[e] != Route::Jump);
        let found = self.search.find(&Errand {
            grid: &self.grid,
            start: self.port(edge),
            target: self.boxes[self.model.edges[edge].to].rect,
            net,
            routes: &self.routes,
            may_join,
        });
        let Some(found) = found else {
            self.routes[edge] = Route::Jump;
            self.costs[edge] = JUMP_COST;
            return;
        };
        let mut steps = found.steps;
        if let Some((path, step)) = found.joins
            && let Route::Path(lane) = &self.routes[path as usize]
        {
            steps.extend_from_slice(&lane[step as usize + 1..]);
        }
        self.grid.take(&steps, net, edge as u16);
        self.routes[edge] = Route::Path(steps);
        self.costs[edge] = found.cost;
    }

    /// Takes up each net and lays it anew among the others, as long as something becomes cheaper.
    fn improve(&mut self, order: &[usize], kept: &[bool]) {
        let mut members: BTreeMap<Net, Vec<usize>> = BTreeMap::new();
        for &edge in order {
            members.entry(self.nets[edge]).or_default().push(edge);
        }
        // A net with a way from the last step stays: a step must not redraw what it did not touch.
        members.retain(|_, edges| !edges.iter().any(|&edge| kept[edge]));
        for _ in 0..PASSES {
            let mut better = false;
            for edges in members.values() {
                better |= self.relay(edges);
            }
            if !better {
                break;
            }
        }
    }

    fn relay(&mut self, edges: &[usize]) -> bool {
        let net = self.nets[edges[0]];
        let price = |router: &Self| edges.iter().map(|&e| router.costs[e]).sum::<u32>();
        let old: Vec<(Route, u32)> = edges
            .iter()
            .map(|&e| (self.routes[e].clone(), self.costs[e]))
            .collect();
        let before = price(self);
        self.take_up(edges, net);
        for &edge in edges {
            self.lay(edge);
        }
        if price(self) < before {
            return true;
        }
        self.take_up(edges, net);
        for (&edge, (route, cost)) in edges.iter().zip(old) {
            if let Route::Path(steps) = &route {
                self.grid.take(steps, net, edge as u16);
            }
            (self.routes[edge], self.costs[edge]) = (route, cost);
        }
        false
    }

    fn take_up(&mut self, edges: &[usize], net: Net) {
        for &edge in edges {
            if let Route::Path(steps) = std::mem::replace(&mut self.routes[edge], Route::Jump) {
                self.grid.release(&steps, net);
            }
        }
    }
}

/// Whether two steps follow each other on a path.
pub(super) fn follows(one: Step, next: Step) -> bool {
    let (dx, dy) = next.dir.delta();
    (one.x + dx, one.y + dy) == (next.x, next.y) && next.dir != one.dir.opposite()
}

/// The direction in which a path leaves the cell of its step `at`.
pub(super) fn leaves(steps: &[Step], at: usize) -> Dir {
    steps.get(at + 1).map_or(steps[at].dir, |next| next.dir)
}
