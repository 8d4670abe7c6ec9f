//! The one door for reports: what happened, as data, and who writes it down.
//!
//! Knows no text form; `text.rs` and `jsonl` are exporters. Invariant: exporters are told the same things in the same order, so
//! a new format is one file and one row in [`Format::exporter`].

use std::fmt;

use clap::ValueEnum;

use crate::debugger::{Outcome, Session};

use super::exit_status::ExitStatus;
use super::text;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Jsonl,
}

impl Format {
    pub fn exporter(self) -> Box<dyn Exporter> {
        match self {
            Format::Text => Box::new(text::Text),
            Format::Jsonl => Box::new(text::jsonl::Jsonl),
        }
    }
}

/// Where a command was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A file's path, or `-e`.
    pub source: String,
    /// The line in the file, or the how-manieth `-e`, from 1.
    pub number: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source, self.number)
    }
}

/// One command and what it came to.
#[derive(Clone, Debug)]
pub struct Entry {
    pub place: Place,
    pub text: String,
    pub outcome: Outcome,
    /// What the program printed while it ran.
    pub output: String,
}

/// How a suite's file, or a whole run, ended.
#[derive(Clone, Debug)]
pub struct Summary {
    pub program: String,
    pub passed: usize,
    pub failed: usize,
    pub status: ExitStatus,
    /// Sentences about what is wrong apart from single commands.
    pub notes: Vec<String>,
}

/// Writes a report down.
pub trait Exporter {
    fn begin(&mut self, program: &str);
    fn entry(&mut self, entry: &Entry, session: &Session);
    fn end(&mut self, summary: &Summary);
    /// After the last of a suite.
    fn suite(&mut self, _summaries: &[Summary]) {}
}
