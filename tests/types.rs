//! Verifies that the machine's built-in types do what CPython 3.10's do.
//!
//! `tests/types/NAME.py` is a script, `NAME.out` what CPython 3.10.13 wrote to stdout for it, with PYTHONHASHSEED=0.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use lifetimes::compiler::{Mode, compile};
use lifetimes::vm::output::Stream;
use lifetimes::vm::{Exit, Files, Machine, Options};

/// The machine recurses natively: a stack as the program itself gives it.
const STACK_BYTES: usize = 1 << 30;

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/types");
    let entries = fs::read_dir(folder).expect("the folder of scripts is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a script can be listed").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    paths
}

/// What the script writes to stdout, and how it ends.
fn run(path: &Path) -> (String, Exit) {
    let source = fs::read(path).expect("a script can be read");
    // As `python NAME.py` in the script's own folder sees it.
    let name = path
        .file_name()
        .expect("a script has a name")
        .to_string_lossy();
    let code = compile(&source, &name, Mode::Exec, Default::default()).expect("a script compiles");
    let folder = path.parent().expect("a script is in a folder").to_owned();
    let files = Files::below(&[], &[], folder);
    files.remember(&name, &source);
    let mut machine = Machine::boot(Options {
        path: vec![String::new()],
        files,
        ..Options::default()
    });
    machine.load_main(&code, None);
    let exit = machine.run(u64::MAX);
    (machine.output.text(Stream::Stdout), exit)
}

#[test]
fn scripts_print_what_cpython_prints() {
    let failures = scripts().into_iter().filter_map(|path| {
        let want = fs::read_to_string(path.with_extension("out")).expect("a script has its output");
        let script = path.clone();
        let thread = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn(move || run(&script));
        let (got, exit) = thread
            .expect("a thread can be started")
            .join()
            .expect("no panic");
        let different = want
            .lines()
            .zip(got.lines())
            .position(|(want, got)| want != got);
        if want == got && exit == (Exit::Finished { status: 0 }) {
            return None;
        }
        let at = different.unwrap_or(want.lines().count().min(got.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or("<end>").to_string();
        Some(format!(
            "{}: line {}: want {}, got {}; {exit:?}",
            path.display(),
            at + 1,
            line(&want),
            line(&got)
        ))
    });
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
