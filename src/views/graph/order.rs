//! The order of boxes within their columns when nothing is known yet, and the rows that follow from it.
//!
//! Knows layers, heights and edges, no ways. Starts from the order in which a reader would meet the boxes, walking the
//! rows from top to bottom; tries barycentre sweeps, and keeps the arrangement with the fewest crossings and the
//! shortest edges. Deterministic: ties go to the earlier arrangement. Start at `arrange`.

use super::heights::{GAP, isotonic};
use super::model::Model;
use super::placed::Rect;

const SWEEPS: usize = 6;
/// What a crossing counts against a row of an edge's height.
const CROSSING: i64 = 24;

pub(super) struct Arranging<'a> {
    pub model: &'a Model,
    pub layer: &'a [usize],
    pub heights: &'a [i32],
    /// The first row a box may have.
    pub top: i32,
}

impl Arranging<'_> {
    /// A row for each of `views`; boxes outside it count for nothing and get row 0.
    pub fn arrange(&self, views: &[usize]) -> Vec<i32> {
        let mut columns = self.first_columns(views);
        let mut best = self.stack(&columns);
        let mut least = self.cost(&best, views);
        for sweep in 0..SWEEPS {
            let rows = self.stack(&columns);
            self.sweep(&mut columns, &rows, sweep % 2 == 0);
            let rows = self.stack(&columns);
            let cost = self.cost(&rows, views);
            if cost < least {
                (best, least) = (rows, cost);
            }
        }
        best
    }

    /// Columns in the order of a walk along the rows; iterative, depth first.
    fn first_columns(&self, views: &[usize]) -> Vec<Vec<usize>> {
        let layers = views.iter().map(|&v| self.layer[v] + 1).max().unwrap_or(0);
        let mut columns = vec![Vec::new(); layers];
        let mut out = vec![Vec::new(); self.layer.len()];
        for edge in &self.model.edges {
            out[edge.from].push(edge.to);
        }
        let mut seen = vec![true; self.layer.len()];
        views.iter().for_each(|&v| seen[v] = false);
        for &start in views {
            let mut stack = vec![start];
            while let Some(at) = stack.pop() {
                if !std::mem::replace(&mut seen[at], true) {
                    columns[self.layer[at]].push(at);
                    stack.extend(out[at].iter().rev().filter(|&&to| !seen[to]));
                }
            }
        }
        columns
    }

    /// Sorts each column by where its neighbours in earlier (or later) columns are.
    fn sweep(&self, columns: &mut [Vec<usize>], rows: &[i32], from_left: bool) {
        for column in columns.iter_mut() {
            let mut ranked: Vec<(i64, usize)> = Vec::with_capacity(column.len());
            for &at in column.iter() {
                let (mut sum, mut count) = (0, 0);
                for edge in &self.model.edges {
                    let (held, holder) = (edge.to == at, edge.from == at);
                    if held && from_left && self.layer[edge.from] < self.layer[at] {
                        sum += i64::from(rows[edge.from]) + 3 + edge.row as i64;
                        count += 1;
                    } else if holder && !from_left && self.layer[edge.to] > self.layer[at] {
                        sum += i64::from(rows[edge.to]) + 1 - edge.row as i64;
                        count += 1;
                    }
                }
                // Scaled, so that the mean stays a whole number.
                ranked.push((
                    if count == 0 {
                        i64::from(rows[at]) * 64
                    } else {
                        sum * 64 / count
                    },
                    at,
                ));
            }
            ranked.sort_by_key(|&(rank, at)| (rank, rows[at]));
            *column = ranked.into_iter().map(|(_, at)| at).collect();
        }
    }

    /// Rows for this order: children level with their holder, holders level with their first child.
    fn stack(&self, columns: &[Vec<usize>]) -> Vec<i32> {
        let mut rows = vec![0; self.layer.len()];
        let mut holder = vec![None; self.layer.len()];
        for round in 0..3 {
            for column in columns {
                self.stack_column(column, &mut rows, &mut holder);
            }
            if round == 2 {
                break;
            }
            for column in columns.iter().rev() {
                let wanted: Vec<i32> = column
                    .iter()
                    .map(|&at| {
                        let children = columns
                            .iter()
                            .flatten()
                            .filter(|&&child| holder[child] == Some(at));
                        children
                            .map(|&child| rows[child])
                            .min()
                            .unwrap_or(rows[at])
                            .max(rows[at])
                    })
                    .collect();
                self.settle(column, &wanted, &mut rows);
            }
        }
        let least = columns
            .iter()
            .flatten()
            .map(|&at| rows[at])
            .min()
            .unwrap_or(self.top);
        columns
            .iter()
            .flatten()
            .for_each(|&at| rows[at] -= least - self.top);
        rows
    }

    fn stack_column(&self, column: &[usize], rows: &mut [i32], holder: &mut [Option<usize>]) {
        let mut wanted = Vec::with_capacity(column.len());
        // Where the next child of each holder would stand.
        let mut next: Vec<(usize, i32)> = Vec::new();
        let mut below = self.top;
        for &at in column {
            holder[at] = self.holder(at, rows);
            let want = match holder[at] {
                None if rows[at] > 0 => rows[at],
                None => below,
                Some(h) => next
                    .iter()
                    .find(|(of, _)| *of == h)
                    .map_or(rows[h], |(_, row)| *row),
            };
            below = want + self.heights[at] + GAP;
            if let Some(h) = holder[at] {
                next.retain(|(of, _)| *of != h);
                next.push((h, below));
            }
            wanted.push(want);
        }
        self.settle(column, &wanted, rows);
    }

    fn settle(&self, column: &[usize], wanted: &[i32], rows: &mut [i32]) {
        let heights: Vec<i32> = column.iter().map(|&at| self.heights[at]).collect();
        for (&at, row) in column.iter().zip(isotonic(wanted, &heights, self.top)) {
            rows[at] = row;
        }
    }

    /// The holder that a box stands level with: the nearest to the left, and of those the highest.
    fn holder(&self, at: usize, rows: &[i32]) -> Option<usize> {
        let edges = self.model.edges.iter().filter(|e| e.to == at && !e.weak);
        edges
            .filter(|e| self.layer[e.from] < self.layer[at])
            .map(|e| (std::cmp::Reverse(self.layer[e.from]), rows[e.from], e.from))
            .min()
            .map(|(_, _, from)| from)
    }

    fn cost(&self, rows: &[i32], views: &[usize]) -> i64 {
        let inside = |at: usize| views.binary_search(&at).is_ok();
        let lines: Vec<Line> = self
            .model
            .edges
            .iter()
            .filter(|e| inside(e.from) && inside(e.to) && e.from != e.to)
            .map(|e| self.line(rows, e))
            .collect();
        let mut crossings = 0;
        for (at, one) in lines.iter().enumerate() {
            crossings += lines[..at]
                .iter()
                .filter(|other| one.crosses(other))
                .count() as i64;
        }
        let rises: i64 = lines.iter().map(|l| (l.to.1 - l.from.1).abs()).sum();
        crossings * CROSSING + rises
    }

    fn line(&self, rows: &[i32], edge: &super::model::Edge) -> Line {
        let place = |view: usize| Rect {
            y: rows[view],
            ..Rect::default()
        };
        let (from, to) = (self.layer[edge.from] as i64, self.layer[edge.to] as i64);
        let enters_left = to > from;
        Line {
            from: (from * 4 + 2, i64::from(place(edge.from).slot_row(edge.row))),
            to: (
                to * 4 + if enters_left { 0 } else { 2 },
                i64::from(place(edge.to).title_row()),
            ),
        }
    }
}

/// An edge as a straight line, good enough to count crossings.
struct Line {
    from: (i64, i64),
    to: (i64, i64),
}

impl Line {
    fn crosses(&self, other: &Line) -> bool {
        let side = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
            ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
        };
        if self.to == other.to {
            return false;
        }
        side(self.from, self.to, other.from) * side(self.from, self.to, other.to) < 0
            && side(other.from, other.to, self.from) * side(other.from, other.to, self.to) < 0
    }
}
