//! The real driver: a session on the machine's thread, asked in the command language, shown as screens.
//!
//! Knows the session's one door and the views; nothing of the terminal. Invariant: a screen is made of the moment that
//! `Session::stop` names.

use std::sync::Arc;

use super::app::Language;
use super::engine::{Driver, Reply, Request, Said, Watch};
use crate::debugger::{
    Command, Error, Options, Outcome, Program, Session, StopKind, parse_command, verbs,
};
use crate::views::screen::Screen;
use crate::views::source::SourceText;
use crate::views::{self};

/// A session and what its screens share.
pub struct SessionDriver {
    session: Session,
    text: Arc<SourceText>,
    /// The last motion, as it was typed and as it is meant.
    motion: Option<(String, Command)>,
}

impl SessionDriver {
    pub fn open(program: Program, options: Options) -> Result<SessionDriver, Error> {
        let text = SourceText::new(&program.path.to_string_lossy(), &program.text());
        let session = Session::open(program, options)?;
        Ok(SessionDriver {
            session,
            text: Arc::new(text),
            motion: None,
        })
    }

    fn line(&mut self, line: &str) -> Reply {
        let command = match parse_command(line) {
            Ok(command) => command,
            Err(error) => return complaint(error.to_string()),
        };
        if command.is_motion() {
            self.motion = Some((line.to_owned(), command.clone()));
        }
        self.command(line, command)
    }

    /// The program gets its line, and the motion that was held up by it goes on.
    fn input(&mut self, text: &str) -> Reply {
        self.session.answer_input(text);
        match self.motion.clone() {
            Some((line, command)) => self.command(&line, command),
            None => Reply {
                said: Vec::new(),
                moved: true,
            },
        }
    }

    fn command(&mut self, line: &str, command: Command) -> Reply {
        let outcome = self.session.run(command);
        let moved = !matches!(
            outcome,
            Outcome::Answer(_) | Outcome::Show(_) | Outcome::Passed
        );
        let said = self.said(line, outcome).into_iter().collect();
        Reply { said, moved }
    }

    /// What there is to say of an outcome; of a stop, the screen says it.
    fn said(&self, line: &str, outcome: Outcome) -> Option<Said> {
        let answer = |text: String| {
            Some(Said::Answer {
                to: line.to_owned(),
                text,
            })
        };
        match outcome {
            Outcome::Stopped(stop) => match stop.kind {
                StopKind::Halted(error) => Some(Said::Error(error.to_string())),
                _ => None,
            },
            // Every pane shows what is selected.
            Outcome::Done(_) if line.starts_with("select") => None,
            Outcome::Done(text) => answer(text),
            Outcome::Answer(text) => answer(text.to_string()),
            Outcome::Show(view) => answer(views::text::view(&self.session, &view)),
            Outcome::Passed => answer("it holds".to_owned()),
            Outcome::Deferred => answer("checked at the end".to_owned()),
            Outcome::Snapshot { .. } => Some(Said::Error(
                "`snapshot` works in a .lt file, with --headless".to_owned(),
            )),
            Outcome::Failed(failure) => answer(failure.to_string()),
            Outcome::Error(error) => Some(Said::Error(error.to_string())),
        }
    }
}

fn complaint(text: String) -> Reply {
    Reply {
        said: vec![Said::Error(text)],
        moved: false,
    }
}

impl Driver for SessionDriver {
    fn run(&mut self, request: &Request) -> Reply {
        match request {
            Request::Line(line) => self.line(line),
            Request::Input(text) => self.input(text),
        }
    }

    fn watch(&self) -> Watch {
        Watch {
            cancel: self.session.cancel_flag(),
            step: self.session.progress(),
            ..Watch::default()
        }
    }

    fn screen(&mut self) -> Screen {
        views::screen::of(&mut self.session, &self.text)
    }
}

/// The command language, for the prompt.
pub fn language() -> Language {
    Language { complete, check }
}

fn complete(before: &str) -> Vec<String> {
    verbs::complete(before)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn check(line: &str) -> Result<(), String> {
    parse_command(line)
        .map(drop)
        .map_err(|error| error.to_string())
}
