//! The command line from outside: exit statuses, bad input, and what is said about it.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn lifetimes(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lifetimes"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts")
}

/// A file of this test's own, with this content.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the target folder can be written to");
    path.to_string_lossy().into_owned()
}

fn check(arguments: &[&str], status: i32, said: &str) {
    let output = lifetimes(arguments);
    let all = [output.stdout, output.stderr].concat();
    let all = String::from_utf8_lossy(&all);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{all}");
    assert!(
        all.contains(said),
        "{arguments:?} does not say {said:?}:\n{all}"
    );
}

#[test]
fn what_is_no_program_is_named() {
    let missing = "no/such/file.py': [Errno 2] No such file or directory";
    check(&["run", "no/such/file.py"], 2, missing);
    check(
        &["run", env!("CARGO_TARGET_TMPDIR")],
        2,
        "can't find '__main__' module in '",
    );
    check(
        &["run", &file("binary.py", [0x7f, b'E', 0, 0])],
        1,
        "SyntaxError: invalid syntax",
    );
    check(&["run", &file("syntax.py", "x = (\n")], 1, "SyntaxError");
    check(
        &["--headless", &file("syntax2.py", "def f(:\n")],
        3,
        "SyntaxError",
    );
    check(&["nothing.py"], 2, "can't open file '");
    check(&["check", "no/such/folder"], 2, "no such file");
}

#[test]
fn without_a_terminal_the_other_door_is_named() {
    check(&[&file("ui.py", "x = 1\n")], 2, "--headless");
    check(&["demo", "friends"], 2, "--headless");
}

#[test]
fn each_kind_of_failure_has_its_status() {
    let ok = file("ok.py", "x = [1]\ny = x\n");
    check(
        &[
            "--headless",
            &ok,
            "-e",
            "goto line 2",
            "-e",
            "assert refcount(x) == 1",
        ],
        0,
        "1 passed",
    );
    check(
        &[
            "--headless",
            &ok,
            "-e",
            "goto line 2",
            "-e",
            "assert refcount(x) == 2",
        ],
        1,
        "FAILED -e:2",
    );
    check(
        &["--headless", &ok, "-e", "gotoo line 2"],
        2,
        "did you mean `goto`?",
    );
    check(
        &["--headless", &ok, "-e", "break line 1", "-e", "goto end"],
        1,
        "was never hit",
    );
    check(
        &["--headless", &ok, "-e", "assert refcount(@q) == 1"],
        1,
        "no label @q",
    );
    let raises = file("raises.py", "x = 1\n1 / 0\n");
    check(&["--headless", &raises], 3, "ZeroDivisionError");
    check(
        &[
            "--headless",
            &raises,
            "-e",
            "break raise",
            "-e",
            "run",
            "-e",
            "expect stop raise ZeroDivisionError",
            "-e",
            "goto end",
        ],
        0,
        "ok",
    );
    check(&["run", &raises], 1, "ZeroDivisionError");
    let forever = file("forever.py", "while True:\n    pass\n");
    check(
        &["--headless", "--max-steps", "1000", &forever],
        5,
        "--max-steps",
    );
    check(&["run", "--max-steps", "1000", &forever], 5, "--max-steps");
    check(&["run", "--timeout", "0.2", &forever], 5, "--timeout");
    check(
        &["run", &file("status.py", "import sys\nsys.exit(7)\n")],
        7,
        "",
    );
}

#[test]
fn one_failed_line_fails_the_run_whatever_follows() {
    let script = file("sticky.py", "x = []\n");
    let output = lifetimes(&[
        "--headless",
        &script,
        "-e",
        "assert 1 == 2",
        "-e",
        "assert 1 == 1",
        "-e",
        "goto end",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed, 1 failed"));
}

#[test]
fn a_failure_is_one_block_with_both_values_the_owners_and_a_path() {
    let script = file(
        "block.py",
        "class Node: pass\na = Node()\nb = Node()\na.peer = b\nb.peer = a\n",
    );
    let output = lifetimes(&[
        "--headless",
        &script,
        "-e",
        "goto end",
        "-e",
        "back line",
        "-e",
        "assert refcount(Node.1) == 3",
    ]);
    let report = String::from_utf8_lossy(&output.stdout);
    for part in [
        "FAILED -e:3",
        "refcount(Node.1)",
        "= 1",
        "global a",
        "[cut this]",
    ] {
        assert!(report.contains(part), "no {part:?} in\n{report}");
    }
}

#[test]
fn inline_checks_are_made_when_their_line_has_finished() {
    let good = "class Node: pass\na = Node()\nb = a\ndel a  # lifetimes: assert alive(Node.1)\ndel b  # lifetimes: assert dead(Node.1)\n";
    check(&["--headless", &file("inline.py", good)], 0, "2 passed");
    let bad = "x = []\ndel x  # lifetimes: assert alive(list.1)\n";
    check(
        &["--headless", &file("inline_bad.py", bad)],
        1,
        "inline_bad.py:2",
    );
    check(
        &[
            "--headless",
            &file("inline_wrong.py", "x = 1  # lifetimes: run\n"),
        ],
        2,
        "motions and breakpoints",
    );
}

/// A Python for `verify`: the environment's, else none.
fn verify(arguments: &[&str], python: Option<&str>) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lifetimes"));
    command.arg("verify").args(arguments).stdin(Stdio::null());
    if let Some(python) = python {
        command
            .env_clear()
            .env("PATH", "/nowhere")
            .env("LIFETIMES_PYTHON", python);
    }
    let output = command.output().expect("the binary starts");
    let all = [output.stdout, output.stderr].concat();
    let status = output.status.code().expect("it ends by itself");
    (status, String::from_utf8_lossy(&all).into_owned())
}

#[test]
fn verify_says_what_it_could_not_find() {
    let script = file("verified.py", "print(1)\n");
    for (python, said) in [
        ("", "no CPython to compare with"),
        ("/no/such/python", "LIFETIMES_PYTHON=/no/such/python"),
    ] {
        let (status, all) = verify(&[&script], Some(python));
        assert_eq!(status, 2, "{all}");
        assert!(all.contains(said), "{all}");
    }
    let (status, all) = verify(&[&script, "--python", "/no/such/python"], None);
    assert_eq!(status, 2, "{all}");
    let (status, all) = verify(&["no/such/file.py"], None);
    assert_eq!((status, all.contains("No such file")), (2, true), "{all}");
}

#[test]
fn verify_compares_with_a_real_cpython_where_there_is_one() {
    let script = file(
        "verified2.py",
        "class A:\n    def __del__(self): print('gone')\na = A()\nb = a\ndel a, b\n",
    );
    let (status, all) = verify(&[&script], None);
    let there = all.starts_with("CPython 3.10.");
    if !there {
        return;
    }
    assert_eq!(status, 0, "{all}");
    assert!(all.contains("same: 1 line of stdout"), "{all}");
    let differs = file(
        "verified3.py",
        "import sys\nprint('same')\nprint(hasattr(sys, 'gettotalrefcount'), len(sys.modules))\n",
    );
    let (status, all) = verify(&[&differs], None);
    assert_eq!(status, 1, "{all}");
    assert!(all.contains("stdout differs at line 2"), "{all}");
}
