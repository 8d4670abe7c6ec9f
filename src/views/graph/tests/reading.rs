//! What a newcomer should be able to read off each scene, as words and glyphs.

use super::looks::picture;
use super::scenes;
use super::stage::Stage;
use crate::views::graph::*;

fn text(stage: &Stage, options: &GraphOptions, width: usize) -> String {
    let (_, _, canvas) = picture(stage, options, width, &mut Hints::default());
    to_text(&canvas)
}

fn shows(stage: &Stage, words: &[&str]) {
    let drawn = text(stage, &GraphOptions::default(), 100);
    for word in words {
        assert!(drawn.contains(word), "no {word:?} in\n{drawn}");
    }
}

#[test]
fn two_friends() {
    shows(
        &scenes::friends(),
        &[
            "globals",
            "Person.1  rc 2",
            ".name 'Jane'",
            ".friend       ●┝━",
            "▶│ Person.2  rc 2",
            "+12 hidden",
        ],
    );
}

#[test]
fn an_isolate_is_framed_and_named() {
    shows(
        &scenes::isolate(),
        &[
            "cyclic isolate: 4 objects, unreachable since line 15",
            "Person.1  rc 1▼",
            "╎",
            "━",
        ],
    );
}

#[test]
fn a_collection_shows_gc_refs_and_the_doomed() {
    shows(
        &scenes::collecting(),
        &["✗Person.1  rc 1", "├─ gc_refs 0 ✗ ──┤"],
    );
}

#[test]
fn dicts_can_be_shown_apart() {
    let mut options = GraphOptions::default();
    assert!(!text(&scenes::friends(), &options, 100).contains("dict.1"));
    options.show_dicts = true;
    let drawn = text(&scenes::friends(), &options, 100);
    assert!(
        drawn.contains("dict.1     rc 1") && drawn.contains("['friend']"),
        "{drawn}"
    );
}

#[test]
fn weak_references_are_dashed_and_count_for_nothing() {
    shows(&scenes::weak(), &["┄", "○", "Leaf.1  rc 1"]);
    let model = build(&scenes::weak().snapshot, &GraphOptions::default());
    let parent = model
        .edges
        .iter()
        .find(|e| model.boxes[e.from].rows[e.row].label == ".parent")
        .expect("shown");
    assert!(parent.weak && !parent.cyclic);
    let me = model
        .edges
        .iter()
        .find(|e| e.from == e.to)
        .expect("a.me = a");
    assert!(me.cyclic);
}

#[test]
fn owners_that_are_not_drawn_are_counted() {
    shows(
        &scenes::frames(),
        &["frame add", "+Item.1  rc 3", "+1 owner"],
    );
}

#[test]
fn what_changed_is_marked() {
    shows(
        &scenes::busy(),
        &[
            "*Person.1",
            "*.friend",
            "+人物.2",
            "rc 1▲",
            "+.name '名前·[31m🎉'",
            "-c gone",
            "†Person.3",
            "dead",
            "!Person.4",
            "in its __del__ now",
        ],
    );
}

#[test]
fn narrow_panes_work() {
    for stage in [scenes::friends(), scenes::busy(), scenes::frames()] {
        let (_, placed, canvas) = picture(
            &stage,
            &GraphOptions::for_pane(40, 14),
            40,
            &mut Hints::default(),
        );
        assert!(placed.boxes.iter().all(|b| b.rect.right() <= 40));
        assert!(canvas.width <= 42, "{}\n{}", canvas.width, to_text(&canvas));
        assert!(
            canvas
                .cells
                .iter()
                .all(|cell| cell.symbol == COVERED || !cell.symbol.is_control())
        );
    }
}

#[test]
fn noise_is_hidden_counted_and_one_option_away() {
    let mut stage = scenes::friends();
    let class = stage.object("Person");
    stage.get(class).noise = true;
    stage.name(0, "Person", class);
    let mut options = GraphOptions::default();
    let drawn = text(&stage, &options, 100);
    assert!(
        drawn.contains("+13 hidden") && !drawn.contains("│ Person  rc"),
        "{drawn}"
    );
    options.show_noise = true;
    let drawn = text(&stage, &options, 100);
    assert!(drawn.contains("│ Person  "), "{drawn}");
}

#[test]
fn a_focus_shows_what_is_around_it() {
    let options = GraphOptions {
        focus: Some(Key(10)),
        depth: 2,
        ..GraphOptions::default()
    };
    let model = build(&scenes::tree(4).snapshot, &options);
    // Tree.11 hangs under Tree.5, which hangs under Tree.2 and holds Tree.10 too.
    let mut titles: Vec<&str> = model.boxes.iter().map(|b| &b.title[..]).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Tree.10", "Tree.11", "Tree.2", "Tree.5"]);
}

#[test]
fn an_empty_snapshot_is_an_empty_picture() {
    let drawn = text(&Stage::default(), &GraphOptions::default(), 100);
    assert_eq!(drawn.trim(), "");
}

/// Whatever a script calls its things, exports stay well-formed.
#[test]
fn exports_escape_names() {
    let mut stage = Stage::new(&["<script> & \"x\""]);
    let evil = stage.object("A\"]; b -> c; [\"<b>|{}.1");
    stage.atom(evil, ".x", "'</text>'");
    stage.name(0, "`e", evil);
    let (model, _, canvas) = picture(&stage, &GraphOptions::default(), 100, &mut Hints::default());
    let svg = to_svg(&canvas);
    assert!(!svg.contains("'</text>'") && svg.contains("&lt;script&gt;"));
    let dot = to_dot(&model);
    assert!(dot.contains("A\\\"\\]"), "{dot}");
    assert!(!to_mermaid(&model).contains("<script>"));
}
