//! Programs with commands: every line of each `.lt` holds, and the report is the transcript beside it, byte for byte, twice.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lt");
    let entries = std::fs::read_dir(folder).expect("tests/lt is there");
    let mut scripts: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "lt"))
        .collect();
    scripts.sort();
    scripts
}

fn headless(script: &Path) -> Output {
    let name = script
        .file_stem()
        .expect("a script has a name")
        .to_string_lossy()
        .into_owned();
    Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .args([
            "--headless",
            &format!("{name}.py"),
            "-x",
            &format!("{name}.lt"),
        ])
        .current_dir(script.parent().expect("it is in a folder"))
        .output()
        .expect("the binary starts")
}

#[test]
fn every_report_is_its_transcript() {
    for script in scripts() {
        let output = headless(&script);
        let report = String::from_utf8_lossy(&output.stdout);
        let wanted = std::fs::read_to_string(script.with_extension("txt")).unwrap_or_default();
        assert_eq!(
            report,
            wanted,
            "{}\n{}",
            script.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for script in scripts() {
        assert_eq!(
            headless(&script).stdout,
            headless(&script).stdout,
            "{}",
            script.display()
        );
    }
}
