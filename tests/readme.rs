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
        ("modules", modules_table()),
    ]
}

/// Public names of CPython 3.10's modules, a line each: `module: name name …`.
const NAMES: &str = include_str!("data/module_names.txt");

/// Every module carried, and which of the names that CPython 3.10 has it lacks, found out by importing it; then the modules
/// that are not there.
fn modules_table() -> String {
    let carried = modules::names();
    let recorded: Vec<(&str, &str)> = NAMES.lines().filter_map(|l| l.split_once(": ")).collect();
    // `os.path` is `posixpath` by another name.
    let (known, absent): (Vec<_>, Vec<_>) = recorded
        .iter()
        .partition(|(name, _)| carried.contains(name) || *name == "os.path");
    let lacking = names_lacking(&known);
    let code = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
        quoted.join(", ")
    };
    let whole: Vec<&str> = carried
        .iter()
        .copied()
        .filter(|n| !lacking.iter().any(|(module, _)| module == n))
        // A module a codec: `encodings` stands for them.
        .filter(|n| !n.starts_with("encodings."))
        .collect();
    let mut rows = vec![
        "| modules | public names that are missing |".to_string(),
        "| --- | --- |".to_string(),
        format!("| {} | none |", code(&whole)),
    ];
    for (module, names) in &lacking {
        let names: Vec<&str> = names.split(' ').collect();
        rows.push(format!("| `{module}` | {} |", code(&names)));
    }
    let absent: Vec<&str> = absent.iter().map(|(name, _)| *name).collect();
    rows.push(format!("| not part of lifetimes | {} |", code(&absent)));
    rows.join("\n")
}

/// The modules that lack something, with the names, as the interpreter itself finds them.
fn names_lacking(modules: &[&(&str, &str)]) -> Vec<(String, String)> {
    let mut script = String::from("import sys\n");
    for (module, names) in modules {
        script += &format!(
            "__import__('{module}'); m = sys.modules['{module}']\nn = [n for n in '{names}'.split() if n not in dir(m)]\n\
             if n: print('{module}:', *n)\n"
        );
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("module_names.py");
    fs::write(&path, script).expect("the target folder can be written to");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .arg("run")
        .arg(&path)
        .output()
        .expect("the binary starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|l| l.split_once(": "))
        .map(|(module, names)| (module.to_string(), names.to_string()))
        .collect()
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
