//! Every graph of up to four objects dies here as under CPython 3.10: `exhaustive/graphs.py` says what is tried, and
//! `exhaustive/graphs.out` is what CPython 3.10 printed for it.

use std::path::Path;
use std::process::{Command, Stdio};

const WANTED: &str = include_str!("exhaustive/graphs.out");

/// Cases in a line.
const CASES: usize = 64;

#[test]
fn every_small_graph_dies_as_under_cpython() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exhaustive/graphs.py");
    let output = Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .arg("run")
        .arg(&script)
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts");
    let got = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        got.lines().count(),
        WANTED.lines().count(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut differ = Vec::new();
    for (got, wanted) in got.lines().zip(WANTED.lines()) {
        let fields: Vec<&str> = wanted.split(' ').collect();
        let [n, first, wanted] = fields[..] else {
            panic!("a line has three fields: {wanted}")
        };
        let first: usize = first.parse().expect("a case is a number");
        let got = got.rsplit(' ').next().unwrap_or_default();
        let differs = |at: usize| got.get(2 * at..2 * at + 2) != wanted.get(2 * at..2 * at + 2);
        differ.extend(
            (0..CASES)
                .filter(|at| differs(*at))
                .map(|at| format!("{n} {}", first + at)),
        );
    }
    let shown: Vec<String> = differ.iter().take(20).cloned().collect();
    assert!(
        differ.is_empty(),
        "{} cases differ; `graphs.py N NUMBER` tells what happens in one: {shown:?}",
        differ.len()
    );
}
