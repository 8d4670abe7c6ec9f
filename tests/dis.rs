//! Verifies that sources compile to what CPython 3.10 compiles them to: constants and their order, names, flags, stack
//! size, instructions, lines.
//!
//! `tests/dis/NAME.py` holds a construct, `NAME.dis` what `dis_oracle.py` printed for it with CPython 3.10.13;
//! `NAME.txt`, where there is one, what `python3.10 -m dis` printed, addresses left out.

use std::fs;
use std::path::{Path, PathBuf};

use lifetimes::compiler::dis_file;

fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dis");
    let entries = fs::read_dir(folder).expect("the folder of cases is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a case can be listed").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    paths
}

/// The first line in which two texts differ.
fn difference(want: &str, got: &str) -> Option<String> {
    let (mut want, mut got) = (want.lines(), got.lines());
    for number in 1.. {
        match (want.next(), got.next()) {
            (None, None) => break,
            (want, got) if want != got => {
                return Some(format!("line {number}: want {want:?}, got {got:?}"));
            }
            _ => {}
        }
    }
    None
}

/// Compare every case's listing with the recorded one that has `extension`.
fn check(extension: &str, raw: bool) -> usize {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for path in sources() {
        let Ok(want) = fs::read_to_string(path.with_extension(extension)) else {
            continue;
        };
        checked += 1;
        let name = path
            .file_name()
            .expect("a case has a name")
            .to_string_lossy()
            .into_owned();
        match dis_file(&path.to_string_lossy(), raw) {
            Ok(got) => wrong.extend(difference(&want, &got).map(|why| format!("{name}: {why}"))),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    checked
}

#[test]
fn code_is_cpythons() {
    assert!(check("dis", true) >= 40);
}

#[test]
fn the_listing_for_people_is_that_of_python_m_dis() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dis");
    let mut wrong = Vec::new();
    for path in sources() {
        let Ok(want) = fs::read_to_string(path.with_extension("txt")) else {
            continue;
        };
        let got = dis_file(&path.to_string_lossy(), false).expect("a case compiles");
        let got = got.replace(&format!("{}/", folder.display()), "");
        wrong.extend(difference(&want, &got).map(|why| format!("{}: {why}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
