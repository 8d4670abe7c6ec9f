//! `snapshot`: what a view looked like the last time somebody agreed with it, in a file beside the `.lt`.
//!
//! Knows no view: it compares texts. Invariant: nothing is ever written unless `--update` was given, and never under `CI=true`.

use std::path::{Path, PathBuf};

use crate::debugger::command::SnapshotKind;

/// Where goldens are kept and whether they may change.
#[derive(Clone, Debug)]
pub struct Goldens {
    folder: PathBuf,
    update: bool,
}

/// What a comparison came to; `Err` holds the first lines that differ, or what to do.
pub type Compared = Result<(), String>;

impl Goldens {
    /// `lt` is the file that asks; its goldens are in `NAME.goldens/` beside it.
    pub fn beside(lt: &Path, update: bool) -> Goldens {
        Goldens {
            folder: lt.with_extension("goldens"),
            update,
        }
    }

    pub fn compare(&self, kind: SnapshotKind, name: &str, actual: &str) -> Compared {
        let kind = match kind {
            SnapshotKind::Graph => "graph",
            SnapshotKind::Namespace => "namespace",
            SnapshotKind::Refcounts => "refcounts",
        };
        let path = self.folder.join(format!("{name}.{kind}.txt"));
        let shown = path.display();
        let wanted = std::fs::read_to_string(&path);
        if wanted.as_deref().ok() == Some(actual) {
            return Ok(());
        }
        if self.update {
            return self.write(&path, actual);
        }
        match wanted {
            Ok(wanted) => Err(format!(
                "{shown} differs\n{}",
                first_difference(&wanted, actual)
            )),
            Err(_) => Err(format!("{shown} is not there yet: --update makes it")),
        }
    }

    fn write(&self, path: &Path, actual: &str) -> Compared {
        if std::env::var_os("CI").is_some_and(|value| value == "true") {
            return Err(
                "--update is refused when CI=true: a golden is agreed to by a person".into(),
            );
        }
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::write(path, actual))
            .map_err(|error| format!("{}: {error}", path.display()))
    }
}

fn first_difference(wanted: &str, actual: &str) -> String {
    let mut wanted_lines = wanted.lines();
    let mut actual_lines = actual.lines();
    let mut number = 0;
    loop {
        number += 1;
        match (wanted_lines.next(), actual_lines.next()) {
            (None, None) => return "only the line ends differ".into(),
            (wanted, actual) if wanted != actual => {
                let show = |line: Option<&str>| line.unwrap_or("(nothing)").to_owned();
                return format!(
                    "line {number}:\n  golden: {}\n  now:    {}",
                    show(wanted),
                    show(actual)
                );
            }
            _ => {}
        }
    }
}
