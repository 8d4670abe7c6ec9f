//! `lifetimes verify`: a script here and under a real CPython, compared.
//!
//! Compared are stdout, the last line of stderr, the exit status and, where that Python can be traced, the order of finalisers
//! and the reference counts before every line. Invariant: what cannot be compared is said, never passed over. Start at [`verify`].

mod compare;
mod python;
mod tracer;
mod versions;

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use super::exit_status::ExitStatus;
use super::plain::watch_signals;
use super::report_error;
use crate::debugger::straight::{self, Outside, Ran};
use crate::debugger::trace::{TraceEvent, TraceRow};
use crate::debugger::{Error, ErrorKind, Options, Program};
use compare::Difference;
use python::Python;

/// What `verify` was asked to do.
#[derive(Clone, Debug)]
pub struct VerifyRun {
    pub script: PathBuf,
    pub arguments: Vec<String>,
    /// The interpreter to compare with; else one is looked for.
    pub python: Option<PathBuf>,
    pub options: Options,
}

/// Status 0 if nothing differs, 1 if something does, 2 if there is nothing to compare with.
pub fn verify(run: VerifyRun) -> ExitStatus {
    match compared(&run) {
        Ok(true) => ExitStatus::Passed,
        Ok(false) => ExitStatus::Failed,
        Err(error) => report_error(&error),
    }
}

fn compared(run: &VerifyRun) -> Result<bool, Error> {
    let program = Program::read(&run.script, run.arguments.clone())?;
    let python = Python::find(run.python.as_deref())?;
    say_versions(&python);
    let outside = watch_signals();
    let here = straight::capture(&program, &run.options, &outside)?;
    let there = python::run(
        python.command(&run.script, &run.arguments),
        run.options.timeout,
    )?;
    let mut report = Report::default();
    report.runs(&here, &there);
    let recorded = tracer::record(
        &python,
        &run.script,
        &program.filename,
        &run.arguments,
        run.options.timeout,
    )?;
    match recorded {
        Ok(there) => report.traces(&traced(&program, &run.options, &outside)?, &there),
        Err(why) => println!("not compared: finalisers and reference counts ({why})"),
    }
    Ok(report.tell())
}

fn say_versions(python: &Python) {
    println!(
        "CPython {} ({})",
        python.version,
        python.executable.display()
    );
    let mut notes = versions::expected(python.release()).peekable();
    if notes.peek().is_some() {
        println!("lifetimes is CPython 3.10; of that version these differences are expected:");
        notes.for_each(|note| println!("  - {note}"));
    }
}

/// What was compared, and the first difference of each kind.
#[derive(Default)]
struct Report {
    differences: Vec<(&'static str, Difference)>,
    lines: usize,
    finalizers: usize,
    events: usize,
    counts: usize,
    traced: bool,
}

impl Report {
    fn add(&mut self, what: &'static str, difference: Option<Difference>) {
        self.differences
            .extend(difference.map(|difference| (what, difference)));
    }

    fn runs(&mut self, here: &Ran, there: &Ran) {
        let (stdout, wanted) = (compare::lines(&here.stdout), compare::lines(&there.stdout));
        self.lines = wanted.len();
        let line = |i: usize| format!("line {}", i + 1);
        self.add("stdout", compare::first(&stdout, &wanted, line));
        let last = |text: &str| compare::lines(text).pop().into_iter().collect::<Vec<_>>();
        let (stderr, wanted) = (last(&here.stderr), last(&there.stderr));
        let place = |_| "the last line".to_owned();
        self.add("stderr", compare::first(&stderr, &wanted, place));
        let status = |ran: &Ran| [ran.status.to_string()];
        let place = |_| "the whole run".to_owned();
        self.add(
            "exit status",
            compare::first(&status(here), &status(there), place),
        );
    }

    fn traces(&mut self, here: &[String], there: &[String]) {
        self.traced = true;
        let finalizers = |records: &[String]| -> Vec<String> {
            let classes = records.iter().filter_map(|r| r.strip_prefix("D\t"));
            classes.map(str::to_owned).collect()
        };
        let wanted = finalizers(there);
        self.finalizers = wanted.len();
        let place = |i: usize| format!("finaliser {}", i + 1);
        let difference = compare::first(&finalizers(here), &wanted, place);
        self.add("order of finalisers", difference);
        let rows = |records: &[String]| -> Vec<String> {
            let rows = records.iter().filter_map(|r| r.strip_prefix("L\t"));
            rows.map(readable).collect()
        };
        let wanted = rows(there);
        self.events = wanted.len();
        self.counts = wanted.iter().map(|row| row.matches('=').count()).sum();
        let place = |i: usize| format!("line event {}", i + 1);
        let difference = compare::first(&rows(here), &wanted, place);
        self.add("reference counts", difference);
    }

    /// True if nothing differs.
    fn tell(&self) -> bool {
        for (what, difference) in &self.differences {
            println!("{what} differs at {}:", difference.place);
            println!("  here:    {}", difference.here);
            println!("  CPython: {}", difference.there);
        }
        if !self.differences.is_empty() {
            return false;
        }
        let mut same = format!(
            "same: {} of stdout, stderr's last line, exit status",
            counted(self.lines, "line")
        );
        if self.traced {
            same += &format!(
                ", {}, {} before {}",
                counted(self.finalizers, "finaliser"),
                counted(self.counts, "reference count"),
                counted(self.events, "line event")
            );
        }
        println!("{same}");
        true
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `12<tab>f<tab>y=2<tab>x=1` as a reader wants it, the names sorted: a namespace's order is not a count.
fn readable(record: &str) -> String {
    let mut fields = record.split('\t');
    let (line, function) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
    let mut counts: Vec<&str> = fields.collect();
    counts.sort_unstable();
    format!("before line {line} in {function}: {}", counts.join(" "))
        .trim_end()
        .to_owned()
}

/// Our own records, in the form of `tracer.c`.
fn traced(program: &Program, options: &Options, outside: &Outside) -> Result<Vec<String>, Error> {
    let records = Rc::new(RefCell::new(Vec::new()));
    let sink = {
        let records = records.clone();
        move |event: TraceEvent| records.borrow_mut().push(record(event))
    };
    match straight::trace(program, options, outside, Box::new(sink)) {
        Err(error) if error.kind != ErrorKind::Program => Err(error),
        _ => Ok(records.take()),
    }
}

fn record(event: TraceEvent) -> String {
    match event {
        TraceEvent::Finalizer { class } => format!("D\t{class}"),
        TraceEvent::Line(TraceRow {
            line,
            func,
            refcounts,
        }) => {
            let counts = refcounts.iter().map(|(name, n)| format!("\t{name}={n}"));
            format!("L\t{line}\t{func}{}", counts.collect::<String>())
        }
    }
}
