//! Assigning `f_lineno`: a trace function sends its frame to another line (`frame_setlineno` of `Objects/frameobject.c`).
//!
//! A line can be jumped to if the blocks open there are open here too: those that are open here only are left on the way.
//! Which blocks are open at an instruction is found by walking the code, as nothing in it says so.
//!
//! Invariant: nothing of the frame is touched before it is certain that the jump happens.

use crate::bytecode::opcode::Op;
use crate::heap::payload::Code;
use crate::heap::payload::frame::FrameState;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, PyResult};

/// What may be open around an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    With = 1,
    Loop = 2,
    Try = 3,
    Except = 4,
}

/// The blocks open at an instruction, innermost in the lowest three bits. A deeper stack is the larger number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Open(u128);

impl Open {
    const NONE: Open = Open(0);

    fn push(self, kind: Kind) -> Open {
        Open(self.0 << 3 | kind as u128)
    }

    fn pop(self) -> Open {
        Open(self.0 >> 3)
    }

    fn top(self) -> Option<Kind> {
        [Kind::With, Kind::Loop, Kind::Try, Kind::Except]
            .into_iter()
            .find(|kind| *kind as u128 == self.0 & 7)
    }

    /// Whether one gets from here to there by leaving blocks.
    fn leads_to(self, target: Open) -> bool {
        let mut from = self;
        while from > target {
            from = from.pop();
        }
        from == target
    }
}

/// The blocks open at each instruction, None where no path leads (`markblocks`).
fn open_blocks(code: &Code) -> Vec<Option<Open>> {
    let mut open = vec![None; code.ins.len() + 1];
    open[0] = Some(Open::NONE);
    let mut again = true;
    while again {
        again = false;
        for (i, ins) in code.ins.iter().enumerate() {
            let Some(here) = open[i] else { continue };
            let (next, target) = match code.ins.get(i + 1) {
                // The iterator is a comprehension's argument.
                Some(after) if after.op == Op::CallFunction && is_iteration(ins.op) => (Some(here), None),
                _ => step(ins.op, here),
            };
            if let Some(next) = next {
                open[i + 1] = Some(next);
            }
            if let Some(target) = target
                && let Some(place) = open.get_mut(ins.arg as usize)
            {
                again |= place.is_none() && (ins.arg as usize) < i;
                *place = Some(target);
            }
        }
    }
    open
}

fn is_iteration(op: Op) -> bool {
    matches!(op, Op::GetIter | Op::GetAiter)
}

/// What is open after an instruction, and where it jumps to.
fn step(op: Op, here: Open) -> (Option<Open>, Option<Open>) {
    match op {
        Op::JumpIfFalseOrPop
        | Op::JumpIfTrueOrPop
        | Op::PopJumpIfFalse
        | Op::PopJumpIfTrue
        | Op::JumpIfNotExcMatch => (Some(here), Some(here)),
        Op::JumpAbsolute | Op::JumpForward => (None, Some(here)),
        Op::SetupFinally => (Some(here.push(Kind::Try)), Some(here.push(Kind::Except))),
        Op::SetupWith | Op::SetupAsyncWith => {
            (Some(here.push(Kind::With)), Some(here.push(Kind::Except)))
        }
        op if is_iteration(op) => (Some(here.push(Kind::Loop)), None),
        Op::ForIter => (Some(here), Some(here.pop())),
        Op::PopBlock | Op::PopExcept => (Some(here.pop()), None),
        Op::EndAsyncFor => (Some(here.pop().pop()), None),
        Op::ReturnValue | Op::RaiseVarargs | Op::Reraise => (None, None),
        _ => (Some(here), None),
    }
}

/// The line that begins at each instruction where a stretch of the line table does.
fn marked_lines(code: &Code) -> Vec<Option<u32>> {
    let mut marked = vec![None; code.ins.len()];
    let mut at = 0;
    for pair in code.source.linetable.chunks_exact(2) {
        let size = usize::from(pair[0]) / 2;
        if size > 0 && at < marked.len() {
            marked[at] = Some(code.line(at as u32)).filter(|line| *line > 0);
        }
        at += size;
    }
    marked
}

/// Why a line cannot be jumped to at which these blocks are open.
fn refusal(target: Option<Open>) -> &'static str {
    match target.and_then(Open::top) {
        Some(Kind::Except) => "can't jump into an 'except' block as there's no exception",
        Some(Kind::Try) => "can't jump into the body of a try statement",
        Some(Kind::With) => "can't jump into the body of a with statement",
        Some(Kind::Loop) => "can't jump into the body of a for loop",
        None => "code may be unreachable.",
    }
}

/// The instruction to go on at, and the kinds of the blocks that are left, innermost first.
fn find_jump(code: &Code, at: u32, line: u32) -> Result<(u32, Vec<Kind>), String> {
    let lines = marked_lines(code);
    let Some(line) = lines.iter().flatten().filter(|l| **l >= line).min().copied() else {
        return Err(format!("line {line} comes after the current code block"));
    };
    let open = open_blocks(code);
    let start = open[at as usize];
    let mut best: Option<(Open, u32)> = None;
    let mut why = "cannot find bytecode for specified line";
    for (i, _) in lines.iter().enumerate().filter(|(_, l)| **l == Some(line)) {
        match (start, open[i]) {
            (Some(start), Some(target)) if start.leads_to(target) => {
                if best.is_none_or(|(open, _)| target > open) {
                    best = Some((target, i as u32));
                }
            }
            (_, target) => why = refusal(target),
        }
    }
    let (Some(start), Some((target, to))) = (start, best) else {
        return Err(why.to_string());
    };
    let (mut left, mut open) = (Vec::new(), start);
    while open > target {
        left.extend(open.top());
        open = open.pop();
    }
    if left.contains(&Kind::Except) {
        return Err("can't jump out of an 'except' block".to_string());
    }
    Ok((to, left))
}

/// The setter of `f_lineno`.
pub(super) fn set_lineno(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.raise(vm.types.attribute_error, "cannot delete attribute".to_string());
    }
    if vm.heap.ty(value) != vm.types.int {
        return vm.value_error("lineno must be an integer");
    }
    let state = vm.jump_state(this);
    let Payload::Frame(frame) = vm.heap.payload(this) else {
        panic!("checked by the type")
    };
    let (code, trace) = (frame.code.clone(), frame.trace);
    match state {
        FrameState::Created => {
            return vm.value_error("can't jump from the 'call' trace event of a new frame");
        }
        FrameState::Returned | FrameState::Raised | FrameState::Cleared => {
            return vm.value_error("can only jump from a 'line' trace event");
        }
        FrameState::Executing | FrameState::Suspended if trace.is_null() => {
            return vm.value_error("f_lineno can only be set by a trace function");
        }
        FrameState::Executing | FrameState::Suspended => {}
    }
    let line = match vm.heap.payload(value) {
        Payload::Int(line) => i32::try_from(*line).ok(),
        _ => None,
    };
    let Some(line) = line else {
        return vm.value_error("lineno out of range");
    };
    let inside = u32::try_from(line).ok().filter(|line| *line >= code.source.firstlineno);
    let Some(line) = inside else {
        return vm.value_error(&format!("line {line} comes before the current code block"));
    };
    let at = vm.frame_at(this).max(0) as u32 / 2;
    match find_jump(&code, at, line) {
        Ok((to, left)) => vm.jump_to(this, to, &left),
        Err(why) => vm.value_error(&why),
    }
}

impl Machine {
    /// Leaves blocks, innermost first, and goes on at an instruction.
    fn jump_to(&mut self, this: Obj, to: u32, left: &[Kind]) -> PyResult<()> {
        if self.running_frame(this).is_some_and(|index| !self.told_frame(index)) {
            // CPython's loop has the place in a variable of its own, and would not notice.
            return self.unsupported("setting f_lineno of a frame that no trace event is about".into());
        }
        for kind in left {
            if *kind != Kind::Loop {
                self.leave_block(this);
            }
            if *kind != Kind::Try {
                self.drop_operand(this);
            }
        }
        match self.running_frame(this) {
            Some(index) => self.frames[index].pc = to + 1,
            None => {
                if let Payload::Frame(frame) = self.heap.payload_mut(this) {
                    frame.pc = to + 1;
                }
            }
        }
        Ok(())
    }

    /// `frame_block_unwind`: the innermost block, and the operands above it.
    fn leave_block(&mut self, this: Obj) {
        let (block, height) = match self.running_frame(this) {
            Some(index) => {
                let end = self.frames.get(index + 1).map_or(self.blocks.len(), |f| f.block_base as usize);
                let block = self.blocks.remove(end - 1);
                for later in &mut self.frames[index + 1..] {
                    later.block_base -= 1;
                }
                (block, self.frames[index].sp - self.frames[index].stack_base())
            }
            None => match self.heap.payload_mut(this) {
                Payload::Frame(frame) => {
                    let block = frame.blocks.pop().expect("the code says that a block is open");
                    (block, frame.values.len() - frame.code.locals_plus as usize)
                }
                _ => panic!("checked by the type"),
            },
        };
        for _ in block.level as usize..height {
            self.drop_operand(this);
        }
    }

    fn drop_operand(&mut self, this: Obj) {
        let operand = match self.running_frame(this) {
            Some(index) => {
                let frame = &mut self.frames[index];
                frame.sp -= 1;
                std::mem::replace(&mut self.stack[frame.sp], NULL)
            }
            None => match self.heap.payload_mut(this) {
                Payload::Frame(frame) => frame.values.pop().expect("the code says that it is there"),
                _ => panic!("checked by the type"),
            },
        };
        self.xdecref(operand);
    }
}
