//! `# lifetimes:` checks: each is made when its line has finished, before the next line of that frame.
//!
//! Invariant: the place of the session is the same before and after. Start at [`Session::run_inline`].

use std::collections::BTreeSet;

use super::super::hunt::{Context, Hit, Hunt, Point};
use super::super::look;
use super::super::outcome::{Check, Outcome};
use super::super::script::Inline;
use super::super::stop::StopKind;
use super::{Here, Session};
use crate::bytecode::opcode::Op;
use crate::vm::Machine;

/// Finds the moments at which watched lines have finished. A hit's `breakpoints` holds the line.
struct Finished {
    lines: BTreeSet<u32>,
    /// For each open frame the watched line it is in.
    open: Vec<Option<u32>>,
    /// Lines that have finished, of which no hit told yet.
    due: Vec<u32>,
}

impl Finished {
    fn advance(&mut self, vm: &Machine, line: Option<u32>, context: &Context) {
        let depth = vm.frames.len();
        // Frames that were left: their lines are over.
        while self.open.len() > depth {
            self.due.extend(self.open.pop().flatten());
        }
        self.open.resize(depth, None);
        let Some(top) = depth.checked_sub(1) else { return };
        let frame = &vm.frames[top];
        if *look::filename(frame) != *context.script {
            return;
        }
        // The last line of a frame ends with the frame: it is judged while the frame's names are still there.
        let returns = frame.code.ins[vm.pc as usize].op == Op::ReturnValue;
        if line.is_some() || returns {
            self.due.extend(self.open[top].take());
        }
        if let Some(line) = line.filter(|line| self.lines.contains(line)) {
            self.open[top] = Some(line);
        }
        if returns {
            self.due.extend(self.open[top].take());
        }
    }
}

impl Hunt for Finished {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Before(line) = point else { return None };
        self.due.clear();
        self.advance(vm, line, context);
        (!self.due.is_empty()).then(|| Hit {
            kind: StopKind::Line,
            breakpoints: self.due.clone(),
        })
    }
}

impl Session {
    /// Runs the whole program once and makes every check each time its line has finished. A check that fails is reported
    /// once; one whose line never runs fails.
    pub fn run_inline(&mut self, inline: &[Inline]) -> Vec<Check> {
        let place = Here {
            machine: self.here.machine.clone(),
            lines: self.here.lines.clone(),
            stop: self.here.stop.clone(),
        };
        let mut checks: Vec<Option<Check>> = vec![None; inline.len()];
        let start = self.drive.timeline.start().clone();
        self.here.stop.moment = look::moment_before(&start.machine);
        self.here.stop.kind = StopKind::Start;
        self.here.machine = start.machine;
        self.here.lines = start.lines;
        while !self.at_end() && !matches!(self.here.stop.kind, StopKind::Halted(_)) {
            let hunt = Finished {
                lines: inline.iter().map(|check| check.line).collect(),
                open: Vec::new(),
                due: Vec::new(),
            };
            if self.chase_inline(hunt).is_err() {
                break;
            }
            let lines = std::mem::take(&mut self.here.stop.breakpoints);
            for (check, made) in inline.iter().zip(&mut checks) {
                if lines.contains(&check.line) && !made.as_ref().is_some_and(failed) {
                    *made = Some(self.make(check));
                }
            }
        }
        self.here = place;
        let unmade = |check: &Inline| Check {
            text: check.step.text.clone(),
            line: Some(check.line),
            outcome: Outcome::Failed(Box::new(self.failure(&check.step.text, "its line never ran to its end"))),
        };
        let all = inline.iter().zip(checks);
        all.map(|(check, made)| made.unwrap_or_else(|| unmade(check))).collect()
    }

    fn make(&mut self, check: &Inline) -> Check {
        Check {
            text: check.step.text.clone(),
            line: Some(check.line),
            outcome: self.run(check.step.command.clone()),
        }
    }

    /// The hunt keeps what it knows of open frames only if it sees the run from the start: so it always does.
    fn chase_inline(&mut self, hunt: Finished) -> Result<(), super::super::error::Error> {
        let after = self.moment();
        let first = matches!(self.here.stop.kind, StopKind::Start);
        self.chase_from_start(Box::new(hunt), (!first).then_some(after))
    }
}

fn failed(check: &Check) -> bool {
    !matches!(check.outcome, Outcome::Passed | Outcome::Deferred | Outcome::Done(_))
}
