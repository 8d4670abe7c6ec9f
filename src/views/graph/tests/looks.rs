//! Writes every scene as text and SVG, to be judged by eye; checks nothing but that this can be done.

use super::scenes;
use super::stage::Stage;
use crate::views::graph::*;

pub(super) fn picture(
    stage: &Stage,
    options: &GraphOptions,
    width: usize,
    hints: &mut Hints,
) -> (Model, Placed, Canvas) {
    let model = build(&stage.snapshot, options);
    let placed = layout(&model, hints, width);
    let canvas = draw(&model, &placed);
    (model, placed, canvas)
}

#[test]
fn pictures_can_be_written() {
    let scenes: Vec<(&str, Stage)> = vec![
        ("friends", scenes::friends()),
        ("selected", scenes::friends()),
        ("isolate", scenes::isolate()),
        ("collecting", scenes::collecting()),
        ("list", scenes::list(4, false)),
        ("list12", scenes::list(12, false)),
        ("doubly", scenes::list(4, true)),
        ("list1000", scenes::list(1000, true)),
        ("tree", scenes::tree(3)),
        ("container", scenes::container(100)),
        ("random12", scenes::random(12, 1, 18)),
        ("random30", scenes::random(30, 2, 45)),
        ("frames", scenes::frames()),
        ("weak", scenes::weak()),
        ("busy", scenes::busy()),
    ];
    let folder = std::env::var_os("PICTURES").map(|_| std::path::Path::new("target/pictures"));
    for (name, stage) in scenes {
        for width in [70, 40] {
            let options = GraphOptions {
                selected: (name == "selected").then_some(Key(0)),
                ..GraphOptions::for_pane(width, if width == 40 { 14 } else { 30 })
            };
            let (model, _, canvas) = picture(&stage, &options, width, &mut Hints::default());
            let texts = [
                ("txt", to_text(&canvas)),
                ("svg", to_svg(&canvas)),
                ("dot", to_dot(&model)),
                ("mmd", to_mermaid(&model)),
            ];
            for (ending, text) in texts {
                assert!(!text.is_empty());
                if let Some(folder) = folder {
                    std::fs::create_dir_all(folder).expect("target can be written");
                    std::fs::write(folder.join(format!("{name}-{width}.{ending}")), text)
                        .expect("target can be written");
                }
            }
        }
    }
}
