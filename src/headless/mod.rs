//! Everything that needs no terminal: the commands of `-x` and `-e`, suites, plain runs, traces, listings, demos,
//! and the comparison with a real CPython.
//!
//! Knows the session and its views, neither the machine nor the terminal UI. Invariant: what is printed holds no address and no
//! clock time, and the exit status follows `exit_status.rs` alone. Start at [`headless`].

mod check;
mod demo;
mod exit_status;
mod format;
mod goldens;
mod graph;
mod plain;
mod runner;
mod say;
mod text;
mod verify;

use std::path::PathBuf;

pub use check::check;
pub use demo::{DEMOS, Demo, demo_list, demo_run, demo_source};
pub use exit_status::ExitStatus;
pub use format::{Entry, Exporter, Format, Place, Summary};
pub use graph::{GraphFormat, GraphRun, graph};
pub use plain::{dis, run, trace};
pub use runner::headless;
pub use verify::{VerifyRun, verify};

use crate::debugger::{Error, ErrorKind, Options};

/// How results are written and how strict it is.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub format: Format,
    /// Rewrite goldens.
    pub update: bool,
    pub strict: bool,
}

/// A `-x` or a `-e`.
#[derive(Clone, Debug)]
pub enum CommandSource {
    File(PathBuf),
    Line(String),
}

/// What `--headless` was asked to do.
#[derive(Clone, Debug)]
pub struct HeadlessRun {
    pub script: PathBuf,
    pub arguments: Vec<String>,
    pub commands: Vec<CommandSource>,
    pub settings: Settings,
    pub options: Options,
}

/// The message of a door that needs a terminal and has none.
pub fn needs_terminal(instead: &str) -> ExitStatus {
    eprintln!(
        "lifetimes: this is not a terminal, and the debugger's screen needs one\n  try: lifetimes {instead} -e run"
    );
    ExitStatus::Usage
}

/// Prints the error as every door does, and gives its status.
pub fn report_error(error: &Error) -> ExitStatus {
    eprintln!("lifetimes: {}", error.message);
    if let Some(hint) = &error.hint {
        eprintln!("  {hint}");
    }
    status_of(error.kind)
}

fn status_of(kind: ErrorKind) -> ExitStatus {
    match kind {
        ErrorKind::Usage => ExitStatus::Usage,
        ErrorKind::Failed => ExitStatus::Failed,
        ErrorKind::Program => ExitStatus::Program,
        ErrorKind::Unsupported => ExitStatus::Unsupported,
        ErrorKind::Budget => ExitStatus::Budget,
        ErrorKind::Interrupted => ExitStatus::Own(130),
        ErrorKind::Internal => ExitStatus::Internal,
    }
}
