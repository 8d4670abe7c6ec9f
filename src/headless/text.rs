//! The report as text, and as JSON lines.
//!
//! Knows no machine. Invariant: a failure is one block, and a line of the report never depends on what follows it.

use super::format::{Entry, Exporter, Summary};
use super::say::say;
use crate::debugger::outcome::Outcome;
use crate::debugger::{Session, Stop, StopKind};

pub mod jsonl;

pub struct Text;

impl Exporter for Text {
    fn begin(&mut self, program: &str) {
        say(format_args!("{program}\n"));
    }

    fn entry(&mut self, entry: &Entry, session: &Session) {
        say(entry_text(entry, session));
    }

    fn end(&mut self, summary: &Summary) {
        for note in &summary.notes {
            say(format_args!("FAILED {}: {note}\n", summary.program));
        }
        let verdict = if summary.status.code() == 0 {
            "ok"
        } else {
            "FAILED"
        };
        say(format_args!(
            "{verdict}: {} passed, {} failed\n",
            summary.passed, summary.failed
        ));
    }

    fn suite(&mut self, summaries: &[Summary]) {
        let bad: Vec<&Summary> = summaries
            .iter()
            .filter(|summary| summary.status.code() != 0)
            .collect();
        say(format_args!(
            "\n{} of {} ok\n",
            summaries.len() - bad.len(),
            summaries.len()
        ));
        for summary in bad {
            say(format_args!(
                "  exit {}: {}\n",
                summary.status.code(),
                summary.program
            ));
        }
    }
}

fn entry_text(entry: &Entry, session: &Session) -> String {
    let mut text = format!("> {}\n", entry.text);
    for line in entry.output.lines() {
        text.push_str(&format!("| {line}\n"));
    }
    text.push_str(&match &entry.outcome {
        Outcome::Stopped(stop) => stop_text(stop, session),
        Outcome::Done(said) => format!("{said}\n"),
        Outcome::Answer(answer) => answer.to_string(),
        Outcome::Passed => "ok\n".to_owned(),
        Outcome::Deferred => "checked at the end\n".to_owned(),
        Outcome::Failed(failure) => format!("FAILED {}\n{failure}", entry.place),
        Outcome::Error(error) => format!("FAILED {}\n  {}\n  {error}\n", entry.place, entry.text),
        Outcome::Show(view) => crate::views::text::view(session, view),
        Outcome::Snapshot { .. } => String::new(),
    });
    text
}

/// Where a motion ended: the stop, the moment, and the source line.
pub fn stop_text(stop: &Stop, session: &Session) -> String {
    let mut text = stop.to_string();
    if !matches!(stop.kind, StopKind::Line)
        && let Some(line) = stop.line
    {
        text.push_str(&format!(", at line {line}"));
    }
    text.push_str(&format!(" ({})", stop.moment));
    if !stop.breakpoints.is_empty() {
        let numbers: Vec<String> = stop.breakpoints.iter().map(u32::to_string).collect();
        text.push_str(&format!(", breakpoint {}", numbers.join(", ")));
    }
    text.push('\n');
    if let Some(source) = stop.line.and_then(|line| session.source_line(line)) {
        text.push_str(&format!("    {}\n", source.trim()));
    }
    text
}
