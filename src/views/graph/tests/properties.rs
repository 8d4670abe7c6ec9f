//! What holds for every picture, checked on random graphs with fixed seeds.

use std::collections::BTreeMap;

use super::looks::picture;
use super::scenes;
use crate::views::graph::*;

fn random_pictures(mut check: impl FnMut(&str, &Model, &Placed, &Canvas)) {
    for seed in 0..24_u64 {
        let count = 2 + (seed as usize * 7) % 29;
        let stage = scenes::random(count, seed, count * 3 / 2);
        for width in [40, 90] {
            let (model, placed, canvas) = picture(
                &stage,
                &GraphOptions::default(),
                width,
                &mut Hints::default(),
            );
            check(
                &format!("{count} objects, seed {seed}, width {width}"),
                &model,
                &placed,
                &canvas,
            );
        }
    }
}

#[test]
fn no_two_boxes_overlap() {
    random_pictures(|what, _, placed, _| {
        for (at, one) in placed.boxes.iter().enumerate() {
            assert!(one.rect.x >= 0 && one.rect.y >= 0, "{what}");
            for other in &placed.boxes[..at] {
                assert!(
                    !one.rect.overlaps(other.rect),
                    "{what}: {:?} and {:?}",
                    one.id,
                    other.id
                );
            }
        }
    });
}

#[test]
fn every_edge_runs_from_its_row_to_its_target_or_names_it() {
    let (mut paths, mut jumps) = (0, 0);
    random_pictures(|what, model, placed, canvas| {
        for (edge, route) in model.edges.iter().zip(&placed.routes) {
            let (from, to) = (placed.boxes[edge.from].rect, placed.boxes[edge.to].rect);
            let row = from.slot_row(edge.row);
            match route {
                Route::Path(steps) => {
                    paths += 1;
                    check_path(what, placed, canvas, steps, from, to, row);
                }
                Route::Jump => {
                    jumps += 1;
                    let drawn: String = (from.x..from.right())
                        .map(|x| canvas.cell(x as usize, row as usize).symbol)
                        .collect();
                    assert!(
                        drawn.contains(&format!("→ {}", edge.target_name)),
                        "{what}: {drawn}"
                    );
                }
            }
        }
    });
    assert!(
        jumps * 50 < paths,
        "jump markers are the exception: {jumps} of {paths}"
    );
}

fn check_path(
    what: &str,
    placed: &Placed,
    canvas: &Canvas,
    steps: &[Step],
    from: Rect,
    to: Rect,
    row: i32,
) {
    let (first, last) = (steps[0], steps[steps.len() - 1]);
    assert_eq!(first.y, row, "{what}");
    match first.dir {
        Dir::Right => assert_eq!(first.x, from.right(), "{what}"),
        Dir::Left => assert_eq!(first.x, from.x - 1, "{what}"),
        Dir::Up | Dir::Down => panic!("{what}: an edge leaves its row to the side"),
    }
    for pair in steps.windows(2) {
        let (dx, dy) = pair[1].dir.delta();
        assert_eq!(
            (pair[0].x + dx, pair[0].y + dy),
            (pair[1].x, pair[1].y),
            "{what}: a gap"
        );
        assert_ne!(pair[0].dir, pair[1].dir.opposite(), "{what}: a way back");
    }
    let (dx, dy) = last.dir.delta();
    let entered = (last.x + dx, last.y + dy);
    assert!(
        to.contains(entered.0, entered.1),
        "{what}: ends beside its target"
    );
    assert!(
        last.dir.is_vertical() || entered.1 == to.title_row(),
        "{what}: enters at the title"
    );
    let arrow = canvas.cell(last.x as usize, last.y as usize).symbol;
    assert!("▶◀▲▼▷◁△▽".contains(arrow), "{what}: no arrow but {arrow}");
    for step in steps {
        assert!(
            !placed.boxes.iter().any(|b| b.rect.contains(step.x, step.y)),
            "{what}: through a box"
        );
        assert_ne!(
            canvas.cell(step.x as usize, step.y as usize).symbol,
            ' ',
            "{what}: a hole"
        );
    }
}

/// Lanes are shared only towards the same target; all else crosses at right angles.
#[test]
fn lanes_of_different_targets_only_cross() {
    random_pictures(|what, model, placed, _| {
        let mut users: BTreeMap<(i32, i32, bool), (usize, bool)> = BTreeMap::new();
        for (edge, route) in model.edges.iter().zip(&placed.routes) {
            let Route::Path(steps) = route else { continue };
            for (at, step) in steps.iter().enumerate() {
                let leaves = steps.get(at + 1).map_or(step.dir, |next| next.dir);
                for dir in [step.dir, leaves] {
                    let net = (edge.to, edge.weak);
                    let user = *users
                        .entry((step.x, step.y, dir.is_vertical()))
                        .or_insert(net);
                    assert_eq!(user, net, "{what}: two lanes at {},{}", step.x, step.y);
                }
            }
        }
    });
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    for seed in [3, 4] {
        let draw = || {
            let stage = scenes::random(20, seed, 30);
            let (model, _, canvas) =
                picture(&stage, &GraphOptions::default(), 80, &mut Hints::default());
            (
                to_svg(&canvas),
                to_text(&canvas),
                to_dot(&model),
                to_mermaid(&model),
            )
        };
        assert!(draw() == draw());
    }
}

#[test]
fn a_click_finds_what_is_drawn_there() {
    let (model, placed, _) = picture(
        &scenes::friends(),
        &GraphOptions::default(),
        70,
        &mut Hints::default(),
    );
    let jane = placed.rect_of(&model, Key(0)).expect("Person.1 is shown");
    assert_eq!(placed.at(jane.x + 3, jane.title_row()), Some(Key(0)));
    assert_eq!(
        placed
            .hit(jane.x + 3, jane.slot_row(1))
            .and_then(|hit| hit.row),
        Some(1)
    );
    assert_eq!(placed.hit(jane.x, jane.y).and_then(|hit| hit.row), None);
    assert_eq!(placed.at(0, 0), None);
}
