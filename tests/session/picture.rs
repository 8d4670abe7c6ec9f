//! The README's picture: the real program at the moment that says most.

use lifetimes::tui::svg;

use super::bench;

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/friends.svg");

#[test]
fn the_readme_shows_what_the_program_shows() {
    bench::with("demos/friends.py", (118, 40), |mut bench| {
        bench.command("goto gc 1");
        bench.press("p p p");
        let drawn = svg::svg(&bench.frame("readme"));
        if std::env::var_os("LIFETIMES_UPDATE").is_some() {
            std::fs::write(PICTURE, &drawn).expect("assets can be written");
        }
        let kept = std::fs::read_to_string(PICTURE).expect("the picture is there");
        assert!(
            kept == drawn,
            "assets/friends.svg is stale: LIFETIMES_UPDATE=1 draws it anew"
        );
    });
}
