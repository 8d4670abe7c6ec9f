//! Where the loop leaves a frame, or an instruction, for good: by a value, by an exception.
//!
//! The loop (`run.rs`) decides who goes on; here is what goes away.

use super::exception::PendingValue;
use super::{Machine, Pending, PyResult, Thrown};
use crate::bytecode::opcode::Op;
use crate::heap::payload::frame::FrameState;
use crate::heap::{NULL, Obj};

impl Machine {
    /// Ends the innermost frame with a value; owned, given back.
    #[inline(always)]
    pub(super) fn end_frame<const OBS: bool>(&mut self, pc: u32, value: Obj) -> Obj {
        self.yielded = false;
        let plain = self.frames[self.frames.len() - 1].generator.is_null();
        if !OBS && plain && !self.watch.on && self.leave_plain_frame::<OBS>() {
            return value;
        }
        self.end_frame_slowly(pc, value)
    }

    #[inline(never)]
    fn end_frame_slowly(&mut self, pc: u32, value: Obj) -> Obj {
        let is_generator = !self.frames[self.frames.len() - 1].generator.is_null();
        if self.watch.on {
            // While locals die, the value has no place on any stack.
            self.returning.push(value);
        }
        if is_generator {
            self.finish_generator(pc, FrameState::Returned);
        } else {
            self.leave_frame(pc, FrameState::Returned);
        }
        if self.watch.on {
            self.returning.pop();
        }
        value
    }

    pub(super) fn end_frame_raising(&mut self, pc: u32) {
        let saved = self.take_exception();
        let frame = &self.frames[self.frames.len() - 1];
        if frame.generator.is_null() {
            self.leave_frame(pc, FrameState::Raised);
            self.restore_exception(saved);
        } else {
            let kind = frame.code.flags;
            self.finish_generator(pc, FrameState::Raised);
            self.restore_exception(saved);
            self.convert_stop_iteration(kind);
        }
    }

    /// A `return` of something other than None from `__init__` is a TypeError; takes the value.
    pub(super) fn finish_init(&mut self, value: Obj) -> PyResult<()> {
        if value == self.none {
            self.decref(value);
            return Ok(());
        }
        let name = self.type_name(value);
        self.decref(value);
        let raised = self.type_error(format!("__init__() should return None, not '{name}'"));
        let saved = self.take_exception();
        let instance = self.unhold();
        self.decref(instance);
        let args = self.unhold();
        self.decref(args);
        self.restore_exception(saved);
        raised
    }

    /// Puts an exception that has been handled, or was popped off the stack, in flight again; takes the references.
    pub(super) fn reraise_triple(&mut self, ty: Obj, value: Obj, tb: Obj) -> Thrown {
        let traceback = if tb == self.none || tb.is_null() {
            self.xdecref(tb);
            NULL
        } else {
            tb
        };
        self.clear_exception();
        self.pending = Some(Box::new(Pending {
            ty,
            value: PendingValue::Instance(value),
            traceback,
        }));
        self.raised_again = true;
        Thrown::Exception
    }

    /// Lets go of what a failed instruction had on the stack: those of a plain call from the top, all others in the order in which
    /// they were pushed.
    pub(super) fn drop_failed_operands(&mut self, sp: &mut usize, op: Op, arg: u32) {
        let n = operands_lost(op, arg);
        let from_top = matches!(op, Op::CallFunction | Op::CallFunctionKw | Op::CallMethod);
        if n > 1 && !from_top {
            self.turn_operands(*sp, n);
        }
        self.drop_operands(sp, n);
    }
}

/// How many operands an instruction that fails has let go of by the time the exception gets its traceback.
fn operands_lost(op: Op, arg: u32) -> usize {
    let arg = arg as usize;
    match op {
        Op::CallFunction => arg + 1,
        Op::CallFunctionKw | Op::CallMethod => arg + 2,
        Op::CallFunctionEx => 2 + (arg & 1),
        Op::StoreSubscr => 3,
        Op::DeleteSubscr | Op::StoreAttr | Op::CompareOp | Op::ContainsOp => 2,
        Op::DeleteAttr | Op::LoadAttr | Op::GetIter | Op::UnpackSequence | Op::UnpackEx => 1,
        _ => match op.name() {
            name if name.starts_with("BINARY_") || name.starts_with("INPLACE_") => 2,
            name if name.starts_with("UNARY_") => 1,
            _ => 0,
        },
    }
}
