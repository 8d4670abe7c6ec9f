//! Runs commands against a session and keeps the score.
//!
//! Knows no machine. Invariant: every command of every source is run, whatever failed before it, and the status only ever gets
//! worse. Start at [`headless`] and [`Runner::run`].

use std::path::Path;

use super::exit_status::ExitStatus;
use super::format::{Entry, Exporter, Place, Summary};
use super::goldens::Goldens;
use super::{CommandSource, HeadlessRun, Settings, report_error, status_of};
use crate::debugger::command::{Command, ExpectedKind, When};
use crate::debugger::outcome::{Check, Outcome};
use crate::debugger::script::{Inline, Script, ScriptError, ScriptLine, inline_checks};
use crate::debugger::{Error, Options, Program, Session, StopKind, parse_command};

/// `--headless`: reads everything first, so that a wrong line is known before anything runs.
pub fn headless(run: HeadlessRun) -> ExitStatus {
    let program = match Program::read(&run.script, run.arguments) {
        Ok(program) => program,
        Err(error) => return report_error(&error),
    };
    let sources = match read_sources(&run.commands) {
        Ok(sources) => sources,
        Err(status) => return status,
    };
    let mut exporter = run.settings.format.exporter();
    let title = run.script.display().to_string();
    match run_program(
        &title,
        program,
        sources,
        run.settings,
        run.options,
        exporter.as_mut(),
    ) {
        Ok(summary) => summary.status,
        Err(status) => status,
    }
}

/// Commands with the place they come from.
pub type Sources = Vec<(String, Vec<ScriptLine>)>;

fn read_sources(commands: &[CommandSource]) -> Result<Sources, ExitStatus> {
    let mut sources = Vec::new();
    let mut status = ExitStatus::Passed;
    for (number, command) in (1..).zip(commands) {
        let read = match command {
            CommandSource::File(path) => {
                read_lt(path).map(|script| (path.display().to_string(), script.steps))
            }
            CommandSource::Line(line) => read_line(number, line),
        };
        match read {
            Ok(source) => sources.push(source),
            Err(bad) => status = status.and(bad),
        }
    }
    match status {
        ExitStatus::Passed => Ok(sources),
        bad => Err(bad),
    }
}

fn read_line(number: u32, line: &str) -> Result<(String, Vec<ScriptLine>), ExitStatus> {
    match parse_command(line) {
        Ok(command) => {
            let step = ScriptLine {
                number,
                text: line.trim().to_owned(),
                command,
            };
            Ok(("-e".to_owned(), vec![step]))
        }
        Err(error) => {
            let text = line.to_owned();
            Err(report_lines(
                "-e",
                &[ScriptError {
                    number,
                    text,
                    error,
                }],
            ))
        }
    }
}

pub fn read_lt(path: &Path) -> Result<Script, ExitStatus> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        report_error(&Error::usage(format!("{shown}: cannot be read: {error}")))
    })?;
    Script::parse(&text).map_err(|errors| report_lines(&shown, &errors))
}

fn report_lines(source: &str, errors: &[ScriptError]) -> ExitStatus {
    for wrong in errors {
        eprintln!(
            "{source}:{}: {}\n    {}",
            wrong.number, wrong.error, wrong.text
        );
    }
    ExitStatus::Usage
}

/// A program and texts of `.lt` files, from memory.
pub fn run_texts(
    program: Program,
    texts: &[(String, String)],
    settings: Settings,
    options: Options,
) -> ExitStatus {
    let mut sources = Vec::new();
    for (name, text) in texts {
        match Script::parse(text) {
            Ok(script) => sources.push((name.clone(), script.steps)),
            Err(errors) => return report_lines(name, &errors),
        }
    }
    let mut exporter = settings.format.exporter();
    let title = program.name();
    match run_program(
        &title,
        program,
        sources,
        settings,
        options,
        exporter.as_mut(),
    ) {
        Ok(summary) => summary.status,
        Err(status) => status,
    }
}

/// One program with all its commands and inline checks.
pub fn run_program(
    title: &str,
    program: Program,
    sources: Sources,
    settings: Settings,
    options: Options,
    exporter: &mut dyn Exporter,
) -> Result<Summary, ExitStatus> {
    let name = program.path.display().to_string();
    let inline = inline_checks(&program.text()).map_err(|errors| report_lines(&name, &errors))?;
    // Nobody is asked anything here: `input()` finds the end of its input.
    let options = Options {
        stdin: Some(options.stdin.clone().unwrap_or_default()),
        ..options
    };
    let session = Session::open(program, options).map_err(|error| report_error(&error))?;
    exporter.begin(title);
    let mut runner = Runner {
        session,
        exporter,
        settings,
        summary: Summary {
            program: title.to_owned(),
            passed: 0,
            failed: 0,
            status: ExitStatus::Passed,
            notes: Vec::new(),
        },
        raise_expected: false,
    };
    runner.run(sources, &inline);
    Ok(runner.summary)
}

struct Runner<'a> {
    session: Session,
    exporter: &'a mut dyn Exporter,
    settings: Settings,
    summary: Summary,
    /// A line expected the program to raise.
    raise_expected: bool,
}

impl Runner<'_> {
    fn run(&mut self, sources: Sources, inline: &[Inline]) {
        let asked = sources.iter().any(|(_, steps)| !steps.is_empty());
        for (source, steps) in sources {
            let goldens = Goldens::beside(Path::new(&source), self.settings.update);
            for step in steps {
                self.step(&source, step, &goldens);
            }
        }
        self.at_the_end(!asked || self.session.has_deferred());
        self.note_breakpoints();
        self.inline(inline);
        self.note_program();
        self.exporter.end(&self.summary);
    }

    fn step(&mut self, source: &str, step: ScriptLine, goldens: &Goldens) {
        let raises = matches!(
            &step.command,
            Command::ExpectStop(expected) if matches!(expected.kind, ExpectedKind::Raise(_))
        );
        let motion = step.command.is_motion();
        let mut outcome = self.session.run(step.command);
        if let Outcome::Snapshot { kind, name } = &outcome {
            let shown = crate::views::text::snapshot(&self.session, *kind);
            outcome = match goldens.compare(*kind, name, &shown) {
                Ok(()) => Outcome::Passed,
                Err(why) => Outcome::Failed(Box::new(self.session.failure(&step.text, why))),
            };
        }
        self.raise_expected |= raises && outcome == Outcome::Passed;
        let output = match motion {
            true => self.session.output_since_stop(),
            false => String::new(),
        };
        let place = Place {
            source: source.to_owned(),
            number: step.number,
        };
        self.enter(Entry {
            place,
            text: step.text,
            outcome,
            output,
        });
        let checks = self.session.take_checks();
        self.checks(source, checks);
    }

    fn checks(&mut self, source: &str, checks: Vec<Check>) {
        for check in checks {
            self.enter(Entry {
                place: Place {
                    source: source.to_owned(),
                    number: check.line.unwrap_or(0),
                },
                text: check.text,
                outcome: check.outcome,
                output: String::new(),
            });
        }
    }

    fn enter(&mut self, entry: Entry) {
        let status = match &entry.outcome {
            Outcome::Passed => {
                self.summary.passed += 1;
                ExitStatus::Passed
            }
            Outcome::Failed(_) => ExitStatus::Failed,
            Outcome::Error(error) => status_of(error.kind),
            Outcome::Stopped(stop) => match &stop.kind {
                StopKind::Halted(error) => status_of(error.kind),
                _ => ExitStatus::Passed,
            },
            _ => ExitStatus::Passed,
        };
        if status != ExitStatus::Passed {
            self.summary.failed += 1;
        }
        self.summary.status = self.summary.status.and(status);
        self.exporter.entry(&entry, &self.session);
    }

    /// Runs on to the end when something still waits for it.
    fn at_the_end(&mut self, wanted: bool) {
        let ended = matches!(self.session.stop().kind, StopKind::End { .. });
        if wanted && !ended {
            let step = ScriptLine {
                number: 0,
                text: "goto end".to_owned(),
                command: Command::Goto(When::End),
            };
            let goldens = Goldens::beside(Path::new(""), false);
            self.step("at exit", step, &goldens);
        }
    }

    fn note_breakpoints(&mut self) {
        for row in self.session.breakpoints() {
            if row.hits == 0 && row.enabled {
                self.note(
                    format!("breakpoint {} ({}) was never hit", row.number, row.spec),
                    ExitStatus::Failed,
                );
            }
        }
        if self.settings.strict {
            for class in self.session.unused_allows() {
                self.note(
                    format!("`allow survivors {class}` was not needed"),
                    ExitStatus::Strict,
                );
            }
        }
    }

    fn inline(&mut self, inline: &[Inline]) {
        if inline.is_empty() {
            return;
        }
        let checks = self.session.run_inline(inline);
        let program = self.session.program().path.display().to_string();
        self.checks(&program, checks);
    }

    fn note_program(&mut self) {
        let Some(ended) = self.session.ended() else {
            return;
        };
        if ended.status != 0 && !self.raise_expected {
            let how = match &ended.uncaught {
                Some(exception) => {
                    format!("the program ended with an uncaught exception: {exception}")
                }
                None => format!("the program ended with status {}", ended.status),
            };
            self.note(how, ExitStatus::Program);
        }
    }

    fn note(&mut self, note: String, status: ExitStatus) {
        self.summary.failed += 1;
        self.summary.notes.push(note);
        self.summary.status = self.summary.status.and(status);
    }
}
