//! The demos: they print what CPython 3.10 prints, and their own commands hold.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn lifetimes(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary starts")
}

fn demos() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demos");
    let entries = std::fs::read_dir(folder).expect("demos/ is there");
    let mut demos: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    demos.sort();
    demos
}

#[test]
fn each_prints_what_cpython_prints() {
    for demo in demos() {
        let name = demo
            .file_stem()
            .expect("a demo has a name")
            .to_string_lossy()
            .into_owned();
        let recorded =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/demos/{name}.out"));
        let wanted =
            std::fs::read_to_string(recorded).unwrap_or_else(|error| panic!("{name}: {error}"));
        let output = lifetimes(&["run", &demo.to_string_lossy()]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{name}");
        assert!(output.status.success(), "{name}: {:?}", output.status);
    }
}

#[test]
fn the_commands_of_each_hold() {
    let output = lifetimes(&["check", "demos"]);
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{report}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
