//! The README's tables are the program's own: verbs, keys and modules stand there as the tables in the code have them.
//! `LIFETIMES_UPDATE=1` rewrites them.

use std::fs;

use lifetimes::debugger::verbs;
use lifetimes::tui::keys;
use lifetimes::vm::modules;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// What must stand between `<!-- name -->` and `<!-- /name -->`.
fn sections() -> [(&'static str, String); 3] {
    [
        ("keys", keys::markdown_table()),
        ("verbs", verbs::markdown_table()),
        (
            "modules",
            modules::names()
                .iter()
                .map(|n| format!("`{n}`"))
                .collect::<Vec<_>>()
                .join(", "),
        ),
    ]
}

fn with_section(text: &str, name: &str, contents: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let start = text.find(&open).expect("the README has the section") + open.len();
    let end = text.find(&close).expect("the README closes the section");
    format!(
        "{}\n{}\n{}",
        &text[..start],
        contents.trim_end(),
        &text[end..]
    )
}

#[test]
fn tables_are_the_programs_own() {
    let text = fs::read_to_string(README).expect("there is a README");
    let wanted = sections()
        .iter()
        .fold(text.clone(), |text, (name, contents)| {
            with_section(&text, name, contents)
        });
    if std::env::var_os("LIFETIMES_UPDATE").is_some() {
        fs::write(README, &wanted).expect("the README can be written");
        return;
    }
    assert!(
        text == wanted,
        "the README's tables are stale: run `LIFETIMES_UPDATE=1 cargo test --test readme`"
    );
}
