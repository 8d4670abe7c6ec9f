//! How high each box stands in its column.
//!
//! Knows columns and heights, nothing of edges' ways. Fresh boxes: each wants to stand level with its first holder,
//! its siblings below it, and an isotonic regression per column finds the nearest heights without overlaps. Known boxes
//! stay where they are, pushed down only by a box that grew; new ones take a free place. Invariant: boxes of one column
//! keep `GAP` rows between them, and none is above `top`.

/// Rows between two boxes of a column.
pub(super) const GAP: i32 = 1;

/// A column's boxes in order: wanted rows and heights in, rows out; the least squares without overlaps.
pub(super) fn isotonic(wanted: &[i32], heights: &[i32], top: i32) -> Vec<i32> {
    // With the room that everything above takes subtracted, "no overlap" is "never decreasing".
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut used = top;
    for height in heights {
        offsets.push(used);
        used += height + GAP;
    }
    // Pools of adjacent violators: (sum, count).
    let mut pools: Vec<(i64, i64)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (i64::from(want - offset), 1);
        while let Some(&(sum, count)) = pools.last() {
            // Compares means without dividing.
            if sum * pool.1 <= pool.0 * count {
                break;
            }
            pool = (pool.0 + sum, pool.1 + count);
            pools.pop();
        }
        pools.push(pool);
    }
    let mut rows = Vec::with_capacity(wanted.len());
    for (sum, count) in pools {
        let mean = sum.div_euclid(count).max(0) as i32;
        for _ in 0..count {
            rows.push(offsets[rows.len()] + mean);
        }
    }
    rows
}

/// A box that takes part in a sticky column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub view: usize,
    pub height: i32,
    /// Where it was, or where a new one would like to be.
    pub row: i32,
}

/// Rows for known boxes (kept, or pushed down) and new ones (the nearest free place, known boxes unmoved).
pub(super) fn sticky(mut known: Vec<Item>, new: Vec<Item>, top: i32) -> Vec<Item> {
    known.sort_by_key(|item| (item.row, item.view));
    let mut below = top;
    for item in &mut known {
        item.row = item.row.max(below);
        below = item.row + item.height + GAP;
    }
    for item in new {
        let row = nearest_free(&known, item, top);
        let at = known.partition_point(|other| other.row < row);
        known.insert(at, Item { row, ..item });
    }
    known
}

fn nearest_free(placed: &[Item], item: Item, top: i32) -> i32 {
    let mut best = i32::MAX;
    let mut from = top;
    for next in placed.iter().map(Some).chain([None]) {
        let to = next.map_or(i32::MAX, |n| n.row - GAP - item.height);
        if from <= to {
            let row = item.row.clamp(from, to);
            if (row - item.row).abs() < best.saturating_sub(item.row).abs() {
                best = row;
            }
        }
        from = next.map_or(from, |n| n.row + n.height + GAP);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Item, isotonic, sticky};

    #[test]
    fn isotonic_moves_only_what_overlaps() {
        assert_eq!(isotonic(&[1, 10, 30], &[5, 5, 5], 1), [1, 10, 30]);
        assert_eq!(isotonic(&[10, 10], &[5, 5], 1), [7, 13]);
        assert_eq!(isotonic(&[1, 1], &[5, 5], 1), [1, 7]);
    }

    #[test]
    fn a_new_box_moves_no_known_one() {
        let known = vec![
            Item {
                view: 0,
                height: 5,
                row: 1,
            },
            Item {
                view: 1,
                height: 5,
                row: 12,
            },
        ];
        let rows = |height| {
            let new = Item {
                view: 2,
                height,
                row: 2,
            };
            let placed = sticky(known.clone(), vec![new], 1);
            placed.iter().map(|i| (i.view, i.row)).collect::<Vec<_>>()
        };
        assert_eq!(rows(4), [(0, 1), (2, 7), (1, 12)]);
        assert_eq!(rows(6), [(0, 1), (1, 12), (2, 18)]);
    }
}
