//! A way for every edge: short, with few bends and crossings, through no box.
//!
//! Knows boxes and edges, no texts. A way that was good at the last step and still is possible is kept as it was; the
//! others are searched, easy ones first and back edges last, and then each net is taken up and laid anew as long as
//! that makes the picture better. Invariant: every edge has a route; one for which no way exists is a `Jump`, which
//! is drawn in its row and cannot fail. Start at `route`.

use std::collections::BTreeMap;

use super::grid::{Grid, Net};
use super::model::{BoxId, Edge, Model};
use super::placed::{Dir, PlacedBox, Rect, Route, Step};
use super::search::{BEND, ENTER_RIGHT, Errand, LEAVE_LEFT, STEP, Search, Wish, planned};

/// How often all nets are laid anew at most.
const PASSES: usize = 3;
/// A way that costs so little more than the best one is not worth laying anew.
const SLACK: u32 = 6;
/// So many cells are looked at before no net is laid anew any more, and before edges become jumps: a step must not
/// make the reader wait. Counted, not timed, so that the picture is the same on every machine.
const IMPROVING_MAX: usize = 12_000;
const EFFORT_MAX: usize = 400_000;
/// From so many edges on, a draft lays only the planned lanes and guesses what the other edges would cost more.
const ROUGH_EDGES: usize = 12;
const ROUGH_COST: u32 = 80;
/// What a jump counts as when two layouts are compared.
const JUMP_COST: u32 = 400;

/// An edge as it can be recognised at the next step: source, row's label, target, and which of several alike.
pub(super) type EdgeId = (BoxId, String, BoxId, usize);

pub(super) struct Routed {
    pub routes: Vec<Route>,
    /// What all ways cost together; lower is better.
    pub cost: u32,
}

/// What to route.
pub(super) struct Routing<'a> {
    pub model: &'a Model,
    pub boxes: &'a [PlacedBox],
    /// Columns and rows of the field in which lanes may run.
    pub field: (i32, i32),
    pub wishes: Vec<Option<Wish>>,
    /// The ways of the last step.
    pub known: &'a BTreeMap<EdgeId, Vec<Step>>,
    pub ids: &'a [EdgeId],
    /// Whether to lay nets anew until nothing gets better.
    pub thorough: bool,
}

/// Ways for all edges.
pub(super) fn route(routing: Routing) -> Routed {
    let Routing {
        model,
        boxes,
        field,
        wishes,
        known,
        ids,
        thorough,
    } = routing;
    let rects: Vec<Rect> = boxes.iter().map(|b| b.rect).collect();
    let mut router = Router {
        model,
        boxes,
        nets: nets(model),
        wishes,
        is_rough: !thorough && model.edges.len() >= ROUGH_EDGES,
        grid: Grid::new(field.0, field.1, &rects),
        search: Search::default(),
        routes: vec![Route::Jump; model.edges.len()],
        costs: vec![JUMP_COST; model.edges.len()],
    };
    if !model.isolates.is_empty() {
        router.grid.close_first_row();
    }
    router.reserve();
    let kept = router.keep(known, ids);
    let mut order: Vec<usize> = (0..model.edges.len()).collect();
    order.sort_by_key(|&edge| router.effort(edge));
    for &edge in order.iter().filter(|&&edge| !kept[edge]) {
        router.lay(edge);
    }
    if thorough {
        router.improve(&order, &kept);
    }
    Routed {
        cost: router.costs.iter().sum(),
        routes: router.routes,
    }
}

/// The net of each edge, from 1: one for each target, and another for its weak edges.
pub(super) fn nets(model: &Model) -> Vec<Net> {
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
    wishes: Vec<Option<Wish>>,
    /// Lays only planned lanes, to compare layouts.
    is_rough: bool,
    grid: Grid,
    search: Search,
    routes: Vec<Route>,
    costs: Vec<u32>,
}

impl Router<'_> {
    fn port_row(&self, edge: usize) -> i32 {
        let edge = &self.model.edges[edge];
        self.boxes[edge.from].rect.slot_row(edge.row)
    }

    /// Where a way may begin: right of its row, and for an edge that leads back also left of it.
    fn starts(&self, edge: usize) -> [Option<Step>; 2] {
        let e = &self.model.edges[edge];
        let (from, to) = (self.boxes[e.from], self.boxes[e.to]);
        let y = self.port_row(edge);
        let right = Step {
            x: from.rect.right(),
            y,
            dir: Dir::Right,
        };
        let left = Step {
            x: from.rect.x - 1,
            y,
            dir: Dir::Left,
        };
        let leads_back = to.layer < from.layer && to.rect.right() < from.rect.x;
        [
            Some(right),
            (leads_back && !self.is_pair(e)).then_some(left),
        ]
    }

    /// Whether an edge is half of a cycle of two that knows no other cycle: that is drawn as the loop it is.
    fn is_pair(&self, edge: &Edge) -> bool {
        let ends = [edge.from, edge.to];
        let is_near = |e: &&Edge| e.cyclic && (ends.contains(&e.from) || ends.contains(&e.to));
        edge.cyclic
            && self
                .model
                .edges
                .iter()
                .filter(is_near)
                .all(|e| ends.contains(&e.from) && ends.contains(&e.to))
    }

    /// No lane may run over the cell beside a port or an arrow of another net: it would seem to be joined.
    fn reserve(&mut self) {
        for edge in 0..self.model.edges.len() {
            for start in self.starts(edge).into_iter().flatten() {
                self.grid.reserve(start.x, start.y, self.nets[edge]);
            }
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
        self.starts(edge).contains(&Some(*first)) && enters
    }

    /// Easy edges first: to the next layer, level, short; back edges last.
    fn effort(&self, edge: usize) -> (bool, bool, usize, i32, usize) {
        let e = &self.model.edges[edge];
        let (from, to) = (self.boxes[e.from], self.boxes[e.to]);
        let leads_back = to.layer <= from.layer;
        let rise = (self.port_row(edge) - to.rect.title_row()).abs();
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
        let errand = Errand {
            grid: &self.grid,
            starts: self.starts(edge),
            wish: self.wishes[edge],
            target: self.boxes[self.model.edges[edge].to].rect,
            net,
            routes: &self.routes,
            may_join,
        };
        let planned = planned(&errand)
            .filter(|found| found.cost <= self.least(edge) + SLACK || self.is_rough);
        let found = match planned {
            Some(found) => Some(found),
            None if self.is_rough || self.search.effort > EFFORT_MAX => None,
            None => self.search.find(&errand),
        };
        let Some(found) = found else {
            self.routes[edge] = Route::Jump;
            self.costs[edge] = if self.is_rough {
                self.least(edge) + ROUGH_COST
            } else {
                JUMP_COST
            };
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
                let is_good = edges
                    .iter()
                    .all(|&edge| self.costs[edge] <= self.least(edge) + SLACK);
                if !is_good && self.search.effort < IMPROVING_MAX {
                    better |= self.relay(edges);
                }
            }
            if !better {
                break;
            }
        }
    }

    /// About what the best way would cost if nothing else were there.
    fn least(&self, edge: usize) -> u32 {
        let e = &self.model.edges[edge];
        let (from, to) = (self.boxes[e.from].rect, self.boxes[e.to].rect);
        let rise = (self.port_row(edge) - to.title_row()).unsigned_abs();
        let (run, side) = match () {
            () if from.right() < to.x => (to.x - from.right(), 0),
            () if to.right() < from.x => (from.x - to.right(), LEAVE_LEFT + ENTER_RIGHT),
            () => (2, ENTER_RIGHT),
        };
        (rise + run.unsigned_abs()) * STEP + side + if rise == 0 { 0 } else { 2 * BEND }
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

/// The direction in which a path leaves the cell of its step `at`.
pub(super) fn leaves(steps: &[Step], at: usize) -> Dir {
    steps.get(at + 1).map_or(steps[at].dir, |next| next.dir)
}

/// Edges as they are known from step to step.
pub(super) fn edge_ids(model: &Model) -> Vec<EdgeId> {
    let mut seen: BTreeMap<(BoxId, &str, BoxId), usize> = BTreeMap::new();
    let mut ids = Vec::with_capacity(model.edges.len());
    for edge in &model.edges {
        let (from, to) = (&model.boxes[edge.from], &model.boxes[edge.to]);
        let label = &from.rows[edge.row].label;
        let count = seen.entry((from.id, label, to.id)).or_insert(0);
        *count += 1;
        ids.push((from.id, label.clone(), to.id, *count));
    }
    ids
}
