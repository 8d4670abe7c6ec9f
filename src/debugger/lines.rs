//! Line events as CPython 3.10 has them (`maybe_call_line_trace`): a line is about to run when its number differs from that of
//! the instruction this frame ran last, or when the frame jumps backward.
//!
//! Knows one thing that the machine forgets: what each frame ran last. Invariant: `arrive` is called before every
//! instruction, and calling it twice at one instruction gives the same answer. Start at [`LineTracker::arrive`].

use crate::bytecode::opcode::Op;
use crate::vm::Machine;

use super::look;

/// The instruction each open frame ran last.
#[derive(Clone, Debug, Default)]
pub struct LineTracker {
    frames: Vec<Last>,
    /// Where `arrive` was last, and what it said.
    answered: Option<(u64, Option<u32>)>,
    /// The instruction last asked about is the first of its frame.
    entered: bool,
}

#[derive(Clone, Copy, Debug)]
struct Last {
    /// The age of the frame: another one at the same height has another.
    born: u32,
    /// None before a frame's first instruction.
    pc: Option<u32>,
    /// That instruction left the frame; whatever stands at its height next was entered anew.
    left: bool,
    /// That instruction may have jumped.
    jumped: bool,
    /// It was a YIELD_FROM: it leaves the frame only if it runs again when the frame goes on.
    delegated: bool,
}

impl Last {
    /// Whether the frame has been left since, if it goes on here.
    fn has_left(&self, pc: u32) -> bool {
        self.left && (!self.delegated || self.pc == Some(pc))
    }
}

impl LineTracker {
    /// For a machine before its first instruction.
    pub fn new() -> LineTracker {
        LineTracker::default()
    }

    /// For a machine in the middle of its run: each frame is taken to have run the instruction before its next one.
    pub fn starting_at(vm: &Machine) -> LineTracker {
        let last = |frame: usize| Last {
            born: vm.frames[frame].born,
            pc: look::next_pc(vm, frame).checked_sub(1),
            left: false,
            jumped: false,
            delegated: false,
        };
        LineTracker {
            frames: (0..vm.frames.len()).map(last).collect(),
            ..LineTracker::default()
        }
    }

    /// Before an instruction: the line, if this is a line event.
    pub fn arrive(&mut self, vm: &Machine) -> Option<u32> {
        if let Some((step, answer)) = self.answered
            && step == vm.steps()
        {
            return answer;
        }
        let answer = self.advance(vm);
        self.answered = Some((vm.steps(), answer));
        answer
    }

    /// Whether the instruction that `arrive` was last asked about is a frame's first, not one that a jump comes back to.
    pub fn entered(&self) -> bool {
        self.entered
    }

    fn advance(&mut self, vm: &Machine) -> Option<u32> {
        let depth = vm.frames.len();
        let top = depth.checked_sub(1)?;
        let pc = vm.pc;
        let born = vm.frames[top].born;
        let entered = match self.frames.get(top) {
            Some(last) => last.born != born || last.has_left(pc),
            None => true,
        };
        // A frame between is a generator's whose delegate is thrown into: it has run nothing since it was entered.
        while self.frames.len() < depth {
            let between = &vm.frames[self.frames.len()];
            self.frames.push(Last {
                born: between.born,
                pc: None,
                left: true,
                jumped: false,
                delegated: false,
            });
        }
        self.frames.truncate(depth);
        let code = &vm.frames[top].code;
        // A frame entered in its middle is a generator that goes on behind its `yield`.
        let last = match entered {
            true => vm.frames[top].entry_pc.checked_sub(1),
            false => self.frames[top].pc,
        };
        self.entered = last.is_none() || pc == 0 && !self.frames[top].jumped;
        // A frame that raised may have been followed by another one at its height: every frame begins at 0.
        let last = last.filter(|_| pc > 0);
        let line = code.line(pc);
        let op = code.ins[pc as usize].op;
        self.frames[top] = Last {
            born,
            pc: Some(vm.reraised_at(pc).unwrap_or(pc)),
            left: matches!(op, Op::ReturnValue | Op::YieldValue | Op::YieldFrom),
            jumped: op.is_jump(),
            delegated: op == Op::YieldFrom,
        };
        let event = match last {
            None => true,
            Some(last) => pc < last || code.line(last) != line,
        };
        (event && line > 0).then_some(line)
    }
}
