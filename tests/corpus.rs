//! Every script of the corpus, against what CPython 3.10 printed and counted: output and status, the same under the audit and with the
//! replay check, and the reference counts before every line; and each count under a collection at every line.
//!
//! The `.out` and `.trace.jsonl` beside each script were recorded from CPython 3.10, never from us. Four traces of more than
//! 250 KB are not kept here. A test is one boundary over all scripts; it names every script that differs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = std::fs::read_dir(folder).expect("tests/corpus is there");
    let mut scripts: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    scripts.sort();
    scripts
}

fn lifetimes(arguments: &[&str], script: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .args(arguments)
        .arg(script)
        .output()
        .expect("the binary starts")
}

/// Recorded beside the script.
fn recorded(script: &Path, extension: &str) -> Option<String> {
    std::fs::read_to_string(script.with_extension(extension)).ok()
}

fn wanted_status(script: &Path) -> i32 {
    let name = script.file_stem().expect("a script has a name");
    i32::from(name.to_string_lossy().ends_with("_exit1"))
}

/// Runs all scripts and fails with the list of those that `differs` finds something about.
fn check(differs: impl Fn(&Path) -> Option<String>) {
    let failures: Vec<String> = scripts()
        .iter()
        .filter_map(|script| differs(script).map(|what| format!("{}: {what}", script.display())))
        .collect();
    assert!(
        failures.is_empty(),
        "{} differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn output_differs(script: &Path, arguments: &[&str]) -> Option<String> {
    let output = lifetimes(arguments, script);
    let stdout = String::from_utf8_lossy(&output.stdout);
    let wanted = recorded(script, "out").expect("every script has its output beside it");
    if let Some(difference) = first_difference(&wanted, &stdout) {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let last = stderr.lines().last().unwrap_or_default().to_owned();
        return Some(format!("{difference} | {last}"));
    }
    let status = output.status.code();
    (status != Some(wanted_status(script))).then(|| format!("status {status:?}"))
}

fn first_difference(wanted: &str, got: &str) -> Option<String> {
    let mut wanted = wanted.lines();
    let mut got = got.lines();
    for number in 1.. {
        match (wanted.next(), got.next()) {
            (None, None) => return None,
            (wanted, got) if wanted != got => {
                return Some(format!("line {number}: want {wanted:?}, got {got:?}"));
            }
            _ => {}
        }
    }
    None
}

#[test]
fn output_and_status_are_those_of_cpython() {
    check(|script| output_differs(script, &["run"]));
}

#[test]
fn at_every_instruction_each_count_is_the_number_of_its_owners() {
    check(|script| output_differs(script, &["run", "--audit"]));
}

#[test]
fn going_back_to_the_start_and_forward_again_changes_nothing() {
    check(|script| output_differs(script, &["run", "--replay-check"]));
}

/// Rows of hidden frames that walk the whole heap depend on its size: see the corpus's INDEX.
fn portable(trace: &str) -> String {
    let rows = trace
        .lines()
        .filter(|row| !row.contains("\"<genexpr>\"") && !row.contains("\"<listcomp>\""));
    rows.map(|row| normalised(row) + "\n").collect()
}

fn normalised(row: &str) -> String {
    let value: serde_json::Value =
        serde_json::from_str(row).unwrap_or_else(|error| panic!("{row}: {error}"));
    let mut counts: Vec<String> = value["refcounts"]
        .as_object()
        .map(|counts| {
            counts
                .iter()
                .map(|(name, count)| format!("{name}={count}"))
                .collect()
        })
        .unwrap_or_default();
    counts.sort();
    format!("{} {} {}", value["line"], value["func"], counts.join(" "))
}

#[test]
fn counts_before_every_line_are_those_of_cpython() {
    check(|script| {
        let wanted = portable(&recorded(script, "trace.jsonl")?);
        let output = lifetimes(&["trace"], script);
        first_difference(&wanted, &portable(&String::from_utf8_lossy(&output.stdout)))
    });
}

/// Collects before each line, in every frame.
const COLLECT_AT_EVERY_LINE: &str = "\
import gc as _gc, sys as _sys
def _collect(frame, event, arg):
    _gc.collect()
    return _collect
_sys._getframe().f_trace = _collect; _sys.settrace(_collect)
";

/// Enough for most of the scripts; a loop that goes on for longer shows nothing new.
const STEPS_AUDITED: &str = "50000";

/// The audit holds in every script with these lines before it.
fn audit_holds_behind(prefix: &str, name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    check(|script| {
        let source = std::fs::read_to_string(script).expect("a script can be read");
        let copy = folder.join(script.file_name().expect("a script has a name"));
        std::fs::write(&copy, prefix.to_owned() + &source).expect("the copy can be written");
        let output = lifetimes(&["run", "--audit", "--max-steps", STEPS_AUDITED], &copy);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let last = stderr.lines().last().unwrap_or_default();
        // 5: the steps are used up.
        let ends = [Some(0), Some(1), Some(5)].contains(&output.status.code());
        (!ends).then(|| last.to_owned())
    });
}

#[test]
fn a_collection_at_every_line_leaves_each_count_the_number_of_its_owners() {
    audit_holds_behind(COLLECT_AT_EVERY_LINE, "every_line");
}

/// Collects inside every allocation, and runs Python code there: callbacks, finalisers, callbacks of weak references.
const COLLECT_AT_EVERY_ALLOCATION: &str = "\
import gc as _gc, weakref as _weakref
class _Dying:
    seen = []
    def __del__(self): _Dying.last = 1
def _dead(reference): _Dying.last = [reference]
def _callback(phase, info):
    if phase == 'start':
        o = _Dying(); o.me = o; o.items = [o]
        _Dying.seen.append(_weakref.ref(o, _dead))
    else:
        _Dying.seen.clear()
_gc.callbacks.append(_callback); _gc.set_threshold(1)
";

#[test]
fn code_that_runs_inside_an_allocation_finds_each_count_the_number_of_its_owners() {
    audit_holds_behind(COLLECT_AT_EVERY_ALLOCATION, "every_allocation");
}
