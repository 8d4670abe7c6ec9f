//! `run`, `trace` and `dis`: no commands, only what the program does or is.
//!
//! Invariant: on stdout stands what was asked for and nothing else; everything of ours goes to stderr.

use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::exit_status::ExitStatus;
use super::report_error;
use crate::compiler::{DisError, dis_file};
use crate::debugger::straight::{self, Checks, Outside};
use crate::debugger::trace::{TraceEvent, TraceRow};
use crate::debugger::{Error, ErrorKind, Options, Program};
use crate::vm::exit::KILLED_BY_SIGINT;

/// The status of a process that Ctrl-C ended, as shells have it.
const INTERRUPTED: u8 = 130;

pub fn run(program: Program, options: Options, audit: bool, replay: bool) -> ExitStatus {
    let outside = watch_signals();
    let checks = Checks { audit, replay };
    own_status(straight::run(&program, &options, checks, &outside))
}

pub fn trace(program: Program, options: Options) -> ExitStatus {
    let mut out = BufWriter::new(std::io::stdout());
    let sink = move |event: TraceEvent| {
        let TraceEvent::Line(row) = event else {
            return;
        };
        // A closed pipe: nobody wants the rest.
        if writeln!(out, "{}", row_value(row)).is_err() {
            std::process::exit(0);
        }
    };
    own_status(straight::trace(
        &program,
        &options,
        &watch_signals(),
        Box::new(sink),
    ))
}

fn row_value(row: TraceRow) -> Value {
    let counts: Map<String, Value> = row
        .refcounts
        .into_iter()
        .map(|(name, count)| (name, json!(count)))
        .collect();
    json!({"line": row.line, "func": row.func, "refcounts": counts})
}

pub(super) fn watch_signals() -> Outside {
    let outside = Outside::default();
    // Without it Ctrl-C still ends the process, only less politely.
    drop(signal_hook::flag::register(
        signal_hook::consts::SIGINT,
        outside.interrupted.clone(),
    ));
    outside
}

/// The program's own status; or ours, when it could not run to its end.
fn own_status(ended: Result<i32, Error>) -> ExitStatus {
    match ended {
        Ok(KILLED_BY_SIGINT) => {
            drop(std::io::stdout().flush());
            // Ends the process here, as CPython does; where that cannot be, by the status that shells give it.
            drop(signal_hook::low_level::emulate_default_handler(
                signal_hook::consts::SIGINT,
            ));
            ExitStatus::Own(INTERRUPTED)
        }
        Ok(status) => ExitStatus::Own(status as u8),
        Err(error) if error.kind == ErrorKind::Interrupted => {
            eprintln!("{}", error.message);
            ExitStatus::Own(INTERRUPTED)
        }
        // As python3.10 ends on a source that is no Python.
        Err(error) if error.kind == ErrorKind::Program => {
            eprintln!("{}", error.message);
            ExitStatus::Own(1)
        }
        Err(error) => report_error(&error),
    }
}

pub fn dis(path: &Path, raw: bool) -> ExitStatus {
    // Reading it as a program first gives the clearer message for a folder or binary data.
    if let Err(error) = Program::read(path, Vec::new()) {
        return report_error(&error);
    }
    match dis_file(&path.to_string_lossy(), raw) {
        Ok(listing) => {
            // A closed pipe is no error.
            drop(std::io::stdout().write_all(listing.as_bytes()));
            ExitStatus::Passed
        }
        Err(error @ DisError::Read(_)) => report_error(&Error::usage(error.to_string())),
        Err(DisError::Compile(error)) => {
            let error = crate::debugger::start::compile_error(&path.to_string_lossy(), error);
            own_status(Err(error))
        }
    }
}
