//! Heaps far larger than a picture: nothing overflows, everything is counted. `TIMES=1` prints how long things take.

use std::time::Instant;

use super::looks::picture;
use super::scenes;
use super::stage::Stage;
use crate::views::graph::*;

#[test]
fn a_long_list_is_three_boxes() {
    for doubly in [false, true] {
        let stage = scenes::list(1000, doubly);
        let (model, _, _) = picture(&stage, &GraphOptions::default(), 100, &mut Hints::default());
        let titles: Vec<&str> = model.boxes.iter().map(|b| &b.title[..]).collect();
        assert_eq!(
            titles,
            ["globals", "Node.1", "Node.2 … Node.999", "Node.1000"]
        );
        assert_eq!(model.boxes[2].count, "(998)");
        assert!(model.notes.is_empty());
    }
}

#[test]
fn an_opened_run_shows_its_first_members() {
    let stage = scenes::list(100, false);
    let mut options = GraphOptions::default();
    options.opened.insert(Key(1));
    let model = build(&stage.snapshot, &options);
    let titles: Vec<&str> = model.boxes.iter().map(|b| &b.title[..]).collect();
    assert_eq!(titles[..3], ["globals", "Node.1", "Node.2"]);
    assert!(
        titles.contains(&"Node.10 … Node.99") || model.notes.iter().any(|n| n.contains("more")),
        "{titles:?}"
    );
}

#[test]
fn selecting_a_fold_keeps_it_and_selecting_inside_shows_the_object() {
    let stage = scenes::list(100, false);
    let titles = |selected: u64| {
        let options = GraphOptions {
            selected: Some(Key(selected)),
            ..GraphOptions::default()
        };
        let model = build(&stage.snapshot, &options);
        let marked = model
            .boxes
            .iter()
            .position(|b| b.selected)
            .expect("the selected object is shown");
        let titles: Vec<String> = model.boxes.iter().map(|b| b.title.clone()).collect();
        (titles, marked)
    };
    let (all, marked) = titles(1);
    assert_eq!((&all[2][..], marked), ("Node.2 … Node.99", 2));
    let (all, marked) = titles(49);
    assert_eq!(
        all[2..5],
        ["Node.2 … Node.49", "Node.50", "Node.51 … Node.99"]
    );
    assert_eq!(marked, 3);
}

#[test]
fn a_chain_of_100_000_overflows_nothing() {
    // Of one type it folds, of two it is cut by distance.
    let mut stage = scenes::list(100_000, true);
    let model = build(&stage.snapshot, &GraphOptions::default());
    assert_eq!(model.boxes[2].count, "(99,998)");
    for object in stage.snapshot.objects.iter_mut().step_by(2) {
        object.type_name = "Other".to_string();
    }
    let (model, _, canvas) = picture(&stage, &GraphOptions::default(), 100, &mut Hints::default());
    assert_eq!(model.notes, ["+ 99,992 more objects not shown"]);
    assert!(to_text(&canvas).contains("+ 99,992 more objects not shown"));
}

#[test]
fn a_ring_of_1000_that_nothing_holds_is_folded_and_framed() {
    let mut stage = scenes::list(1000, false);
    stage.slot(Key(999), ".next", Key(0));
    stage.del(0, "head");
    stage
        .snapshot
        .objects
        .iter_mut()
        .for_each(|o| o.unreachable = true);
    let model = build(&stage.snapshot, &GraphOptions::default());
    assert_eq!(
        model.isolates[0].caption[0],
        "cyclic isolate: 1,000 objects"
    );
    assert_eq!(model.boxes.len(), 3);
}

#[test]
fn a_long_container_shows_five_rows_and_counts_the_rest() {
    let mut options = GraphOptions::default();
    let stage = scenes::container(100);
    let model = build(&stage.snapshot, &options);
    let list = &model.boxes[1];
    assert_eq!(list.rows.len(), 6);
    assert_eq!(list.rows[5].value, RowValue::More(95));
    options.selected = Some(Key(50));
    let model = build(&stage.snapshot, &options);
    assert!(
        model.boxes[1].rows.iter().any(|row| row.label == "[49]"),
        "the selected item has its row"
    );
    options.opened.insert(Key(0));
    let model = build(&stage.snapshot, &options);
    assert!(model.boxes[1].rows.len() > 50);
    assert!(model.boxes.len() <= 41);
}

/// Everything holds everything: folds and cuts, at most `max_boxes` boxes, all counted.
#[test]
fn a_crowd_is_folded_until_it_fits() {
    let stage = scenes::random(500, 7, 900);
    let options = GraphOptions::default();
    let model = build(&stage.snapshot, &options);
    assert!(model.boxes.len() <= options.max_boxes + 1);
    let shown: usize = model.boxes.iter().map(|b| b.members.len()).sum();
    let left_out = format!("+ {} more objects not shown", 500 - shown);
    assert_eq!(model.notes, [left_out]);
}

#[test]
fn seven_alike_are_one_box() {
    let mut stage = Stage::new(&["globals"]);
    let holder = stage.instance("Team.1");
    stage.name(0, "team", holder);
    for i in 1..=7 {
        let leaf = stage.instance(&format!("Player.{i}"));
        stage.slot(holder, &format!(".p{i}"), leaf);
        stage.slot(leaf, ".team", holder);
    }
    let model = build(&stage.snapshot, &GraphOptions::default());
    let fold = model
        .boxes
        .iter()
        .find(|b| matches!(b.id, BoxId::Fold(Fold::Siblings, _)))
        .expect("folded");
    assert_eq!(
        (&fold.title[..], &fold.count[..]),
        ("Player.1 … Player.7", "(7)")
    );
    let mut options = GraphOptions::default();
    options
        .opened
        .insert(fold.id.key().expect("a fold has a key"));
    assert!(build(&stage.snapshot, &options).boxes.len() > 7);
}

#[test]
fn times() {
    let report = |what: &str, run: &mut dyn FnMut()| {
        let rounds = 5;
        let best = (0..rounds)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .min();
        if std::env::var_os("TIMES").is_some() {
            eprintln!("{what}: {best:?}");
        }
    };
    for (count, edges) in [(4, 6), (12, 18), (40, 60)] {
        let stage = scenes::random(count, 11, edges);
        let options = GraphOptions::default();
        report(
            &format!("{count} boxes, {edges} edges, afresh"),
            &mut || {
                picture(&stage, &options, 118, &mut Hints::default());
            },
        );
        let mut hints = Hints::default();
        picture(&stage, &options, 118, &mut hints);
        report(
            &format!("{count} boxes, {edges} edges, next step"),
            &mut || {
                picture(&stage, &options, 118, &mut hints);
            },
        );
    }
    if std::env::var_os("TIMES").is_some() {
        let stage = scenes::list(1_000_000, true);
        report("model of a doubly linked list of 1,000,000", &mut || {
            build(&stage.snapshot, &GraphOptions::default());
        });
    }
}
