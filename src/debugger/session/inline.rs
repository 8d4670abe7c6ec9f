//! `# lifetimes:` checks: each is made when its line has finished, before the next line of that frame.
//!
//! Invariant: the place of the session is the same before and after. Start at [`Session::run_inline`].

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::hunt::{Context, Hit, Hunt, Point};
use super::super::look;
use super::super::outcome::{Check, Outcome};
use super::super::script::Inline;
use super::super::stop::StopKind;
use super::{Here, Session};
use crate::bytecode::opcode::Op;
use crate::vm::Machine;

/// What is known of open frames at a point.
#[derive(Clone, Default)]
struct Finished {
    lines: BTreeSet<u32>,
    /// For each open frame the watched line it is in.
    open: Vec<Option<u32>>,
    /// Lines that have finished at this point.
    due: Vec<u32>,
}

impl Finished {
    fn advance(&mut self, vm: &Machine, line: Option<u32>, context: &Context) {
        self.due.clear();
        let depth = vm.frames.len();
        // Frames that were left: their lines are over.
        while self.open.len() > depth {
            self.due.extend(self.open.pop().flatten());
        }
        self.open.resize(depth, None);
        let Some(top) = depth.checked_sub(1) else {
            return;
        };
        let frame = &vm.frames[top];
        if *look::filename(frame) != *context.script {
            return;
        }
        if line.is_some() {
            self.due.extend(self.open[top].take());
        }
        if let Some(line) = line.filter(|line| self.lines.contains(line)) {
            self.open[top] = Some(line);
        }
        // The last line of a frame ends with the frame: it is judged while the frame's names are still there.
        if frame.code.ins[vm.pc as usize].op == Op::ReturnValue {
            self.due.extend(self.open[top].take());
        }
    }
}

/// Finds the moments at which watched lines have finished.
struct FinishedHunt {
    state: Rc<RefCell<Finished>>,
    /// The state is that of the moment the run goes on from: that one is not looked at again.
    resumed: bool,
}

impl Hunt for FinishedHunt {
    fn look(&mut self, vm: &Machine, point: Point, context: &Context) -> Option<Hit> {
        let Point::Before(line) = point else {
            return None;
        };
        if std::mem::take(&mut self.resumed) {
            return None;
        }
        let mut state = self.state.borrow_mut();
        state.advance(vm, line, context);
        (!state.due.is_empty()).then(|| Hit::plain(StopKind::Line))
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
        let mut made: Vec<Option<Check>> = vec![None; inline.len()];
        let lines: BTreeSet<u32> = inline.iter().map(|check| check.line).collect();
        let state = Rc::new(RefCell::new(Finished::default()));
        let mut first = true;
        while self.next_finished(&state, &lines, std::mem::take(&mut first)) {
            let due = state.borrow().due.clone();
            for (check, made) in inline.iter().zip(&mut made) {
                if due.contains(&check.line) && !made.as_ref().is_some_and(failed) {
                    *made = Some(self.make(check));
                }
            }
        }
        self.here = place;
        let all = inline.iter().zip(made);
        all.map(|(check, made)| made.unwrap_or_else(|| self.never_made(check)))
            .collect()
    }

    /// Goes to the next moment at which a watched line has finished; false when there is none.
    fn next_finished(
        &mut self,
        state: &Rc<RefCell<Finished>>,
        lines: &BTreeSet<u32>,
        first: bool,
    ) -> bool {
        // In the middle of a nested run the replay starts earlier than here, and the state must too.
        let resumed = !first && !self.machine().nested();
        if !resumed {
            *state.borrow_mut() = Finished {
                lines: lines.clone(),
                ..Finished::default()
            };
        }
        let hunt = Box::new(FinishedHunt {
            state: state.clone(),
            resumed,
        });
        let landed = match (first, resumed) {
            (true, _) => self.chase_from_start(hunt, None),
            (_, true) => self.chase_on(hunt),
            _ => {
                let after = self.moment();
                self.chase_from_start(hunt, Some(after))
            }
        };
        landed.is_ok() && matches!(self.here.stop.kind, StopKind::Line)
    }

    fn make(&mut self, check: &Inline) -> Check {
        Check {
            text: check.step.text.clone(),
            line: Some(check.line),
            outcome: self.run(check.step.command.clone()),
        }
    }

    fn never_made(&self, check: &Inline) -> Check {
        let failure = self.failure(&check.step.text, "its line never ran to its end");
        Check {
            text: check.step.text.clone(),
            line: Some(check.line),
            outcome: Outcome::Failed(Box::new(failure)),
        }
    }
}

fn failed(check: &Check) -> bool {
    !matches!(
        check.outcome,
        Outcome::Passed | Outcome::Deferred | Outcome::Done(_)
    )
}
