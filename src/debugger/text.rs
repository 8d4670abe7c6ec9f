//! Answers and failures as plain text, the same for every front end.
//!
//! Knows no terminal: lines of text, two blanks an indent, no colour. Invariant: a failure's block can be pasted anywhere and
//! holds all that is needed to understand it.

use std::fmt;

use super::outcome::{Answer, Failure, Path, WhatIfReport, Why};

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Breakpoints(rows) if rows.is_empty() => writeln!(f, "no breakpoints"),
            Answer::Breakpoints(rows) => rows.iter().try_for_each(|row| {
                let off = if row.enabled { "" } else { "  (disabled)" };
                writeln!(
                    f,
                    "{:>3}  {}  hit {}{off}",
                    row.number,
                    row.spec,
                    times(row.hits)
                )
            }),
            Answer::Value { text, object } => match object {
                Some(object) => writeln!(f, "{text}  ({object})"),
                None => writeln!(f, "{text}"),
            },
            Answer::Owners {
                object,
                count,
                owners,
            } => {
                writeln!(f, "{object}  count {count}")?;
                owners.iter().try_for_each(|owner| writeln!(f, "  {owner}"))
            }
            Answer::Why(why) => why.fmt(f),
            Answer::History { object, changes } => {
                writeln!(f, "{object}  {}", plural(changes.len(), "change"))?;
                changes.iter().try_for_each(|change| {
                    let line = change
                        .line
                        .map_or(String::new(), |line| format!("line {line}, "));
                    let arrow = format!("{} -> {}", change.before, change.after);
                    writeln!(f, "  {arrow:<10} {line}{}: {}", change.moment, change.cause)
                })
            }
            Answer::WhatIf(report) => report.fmt(f),
            Answer::Help(text) => f.write_str(text),
        }
    }
}

fn times(n: u64) -> String {
    match n {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    }
}

fn plural(n: usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// Paths shown of an object that many lead to.
const PATHS_SHOWN: usize = 4;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Alive {
                object,
                count,
                owners,
                paths,
                cycle,
            } => {
                writeln!(f, "{object} is alive, count {count}: {}", owners.join(", "))?;
                for path in paths.iter().take(PATHS_SHOWN) {
                    writeln!(f, "  from a root: {path}")?;
                }
                if paths.len() > PATHS_SHOWN {
                    writeln!(f, "  … and {} more paths", paths.len() - PATHS_SHOWN)?;
                }
                if !paths
                    .iter()
                    .any(|path| path.edges.iter().any(|edge| edge.frees))
                {
                    writeln!(f, "  no single cut frees it")?;
                }
                write_cycle(f, cycle)
            }
            Why::Isolated {
                object,
                count,
                owners,
                cycle,
            } => {
                writeln!(f, "{object} is alive, count {count}: {}", owners.join(", "))?;
                writeln!(
                    f,
                    "  no root leads to it: a cyclic isolate, which only the collector frees"
                )?;
                write_cycle(f, cycle)
            }
            Why::Dead {
                object,
                cause,
                moment,
                line,
                cascade,
            } => {
                let line = line.map_or(String::new(), |line| format!("line {line}, "));
                writeln!(f, "{object} is dead: {cause} ({line}{moment})")?;
                cascade
                    .iter()
                    .try_for_each(|owner| writeln!(f, "  because {owner}"))
            }
        }
    }
}

fn write_cycle(f: &mut fmt::Formatter<'_>, cycle: &[String]) -> fmt::Result {
    match cycle {
        [] => Ok(()),
        [first, ..] => writeln!(f, "  in a cycle: {} -> {first}", cycle.join(" -> ")),
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, edge) in self.edges.iter().enumerate() {
            if i > 0 {
                f.write_str(" -> ")?;
            }
            match edge.frees {
                true => write!(f, "{} [cut this]", edge.owner)?,
                false => f.write_str(&edge.owner)?,
            }
        }
        match self.edges.last() {
            Some(last) => write!(f, " -> {}", last.object),
            None => Ok(()),
        }
    }
}

impl fmt::Display for WhatIfReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "what if: {}", self.tried)?;
        match self.deaths.as_slice() {
            [] => writeln!(f, "  nothing dies")?,
            deaths => writeln!(f, "  dies, in this order: {}", deaths.join(", "))?,
        }
        if !self.isolated.is_empty() {
            writeln!(f, "  left to the collector: {}", self.isolated.join(", "))?;
        }
        for line in self.output.lines() {
            writeln!(f, "  | {line}")?;
        }
        match &self.raised {
            Some(raised) => writeln!(f, "  raises {raised}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.asked)?;
        writeln!(f, "  {}", self.why)?;
        let line = self
            .line
            .map_or(String::new(), |line| format!(", line {line}"));
        writeln!(f, "  at {}{line}: {}", self.moment, self.stop)?;
        let width = self
            .sides
            .iter()
            .map(|(text, _)| text.chars().count())
            .max()
            .unwrap_or(0);
        for (side, (text, value)) in ["left: ", "right:"].iter().cycle().zip(&self.sides) {
            writeln!(f, "  {side} {text:<width$}  = {value}")?;
        }
        for object in &self.objects {
            for line in object.to_string().lines() {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}
