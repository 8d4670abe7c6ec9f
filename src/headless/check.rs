//! `check`: every `.lt` under some paths, and every program with checks written in it, as one suite.
//!
//! Invariant: files are visited in the order of their names, and a file that cannot be read fails the suite and stops nothing.

use std::path::{Path, PathBuf};

use super::exit_status::ExitStatus;
use super::format::{Exporter, Summary};
use super::runner::{Sources, read_lt, run_program};
use super::{Settings, report_error};
use crate::debugger::{Error, Options, Program};

/// Folders deeper than this are not looked into: a link that leads back up must end.
const MAX_DEPTH: usize = 32;

pub fn check(paths: &[PathBuf], settings: Settings, options: Options) -> ExitStatus {
    let mut files = Vec::new();
    let mut status = ExitStatus::Passed;
    for path in paths {
        if !path.exists() {
            status = status.and(report_error(&Error::usage(format!(
                "{}: no such file or folder",
                path.display()
            ))));
        }
        collect(path, 0, &mut files);
    }
    files.sort();
    files.dedup();
    if files.is_empty() && status == ExitStatus::Passed {
        return report_error(
            &Error::usage("no .lt file and no .py file with `# lifetimes:` lines here")
                .hint("a .lt file begins with `script NAME.py`"),
        );
    }
    let mut exporter = settings.format.exporter();
    let mut summaries = Vec::new();
    for file in &files {
        match check_file(file, settings, options.clone(), exporter.as_mut()) {
            Ok(summary) => {
                status = status.and(summary.status);
                summaries.push(summary);
            }
            Err(bad) => {
                status = status.and(bad);
                summaries.push(unread(file, bad));
            }
        }
    }
    exporter.suite(&summaries);
    status
}

fn unread(file: &Path, status: ExitStatus) -> Summary {
    Summary {
        program: file.display().to_string(),
        passed: 0,
        failed: 1,
        status,
        notes: Vec::new(),
    }
}

fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        if depth < MAX_DEPTH {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            entries.for_each(|entry| collect(&entry.path(), depth + 1, files));
        }
        return;
    }
    let wanted = match path.extension().and_then(|extension| extension.to_str()) {
        Some("lt") => true,
        Some("py") => std::fs::read(path).is_ok_and(|source| {
            let text = String::from_utf8_lossy(&source);
            text.contains("# lifetimes:")
        }),
        _ => false,
    };
    if wanted {
        files.push(path.to_owned());
    }
}

fn check_file(
    file: &Path,
    settings: Settings,
    options: Options,
    exporter: &mut dyn Exporter,
) -> Result<Summary, ExitStatus> {
    let (script, sources): (PathBuf, Sources) =
        match file.extension().is_some_and(|extension| extension == "py") {
            true => (file.to_owned(), Vec::new()),
            false => {
                let shown = file.display().to_string();
                let script = read_lt(file)?;
                let Some(program) = script.program else {
                    let error = Error::usage(format!("{shown}:1: no program"))
                        .hint("begin the file with `script NAME.py`");
                    return Err(report_error(&error));
                };
                (file.with_file_name(program), vec![(shown, script.steps)])
            }
        };
    let program = Program::read(&script, Vec::new()).map_err(|error| report_error(&error))?;
    let title = file.display().to_string();
    run_program(&title, program, sources, settings, options, exporter)
}
