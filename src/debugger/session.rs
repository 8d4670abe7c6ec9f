//! A session: one program, one timeline, one place in it, and the one door through which all front ends go.
//!
//! Knows no terminal and no JSON. Invariant: `run` always returns, and after it `stop`, `moment` and `machine` describe
//! the same place. Start at [`Session::run`].

use std::path::PathBuf;

use super::command::{Command, ObjectName};
use super::error::Error;
use super::outcome::{BreakpointRow, Outcome};
use super::program::Program;
use super::stop::{Moment, Stop};

/// Limits, and what the program is given from outside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Instructions; the message names `--max-steps`.
    pub max_steps: Option<u64>,
    /// Bytes of the machine's heap.
    pub max_memory_bytes: Option<u64>,
    pub timeout: Option<std::time::Duration>,
    /// Where `snapshot` keeps its goldens; none refuses it.
    pub snapshots: Option<PathBuf>,
    pub update_snapshots: bool,
}

/// One program under the debugger.
pub struct Session {
    program: Program,
    stop: Stop,
    selected: Option<ObjectName>,
}

impl Session {
    /// Stopped before the first instruction.
    pub fn open(program: Program, _options: Options) -> Result<Session, Error> {
        let stop = Stop {
            kind: super::stop::StopKind::Start,
            moment: Moment::default(),
            line: None,
            function: None,
            breakpoints: Vec::new(),
        };
        Ok(Session {
            program,
            stop,
            selected: None,
        })
    }

    /// The only door.
    pub fn run(&mut self, _command: Command) -> Outcome {
        Outcome::Error(Error::usage("the machine has not landed on this branch"))
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Where the last motion ended.
    pub fn stop(&self) -> &Stop {
        &self.stop
    }

    pub fn moment(&self) -> Moment {
        self.stop.moment
    }

    pub fn selected(&self) -> Option<&ObjectName> {
        self.selected.as_ref()
    }

    pub fn breakpoints(&self) -> Vec<BreakpointRow> {
        Vec::new()
    }
}
