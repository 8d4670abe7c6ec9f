//! Running Python frames. They live on the machine's value stack; `Frame` is what the loop needs besides.
//!
//! A frame's stretch of the stack: locals, cells and free variables, then its operands. Between the end of one frame and the
//! beginning of the next lie the temporaries of natives. A frame object (`heap/payload/frame.rs`) is made only when somebody
//! asks; while the frame runs it points here.
//!
//! Invariant: `frames[i].sp` is up to date for every frame but the innermost one, and for that one too whenever
//! an observer, a nested run or a traceback can look.

use super::tracing::STARTING;
use std::rc::Rc;

use super::Machine;
use crate::bytecode::opcode::Op;
use crate::heap::gc_list::ZOMBIE_FRAME;
use crate::heap::payload::frame::{Block, FrameObj, FrameState};
use crate::heap::payload::{Code, Traceback};
use crate::heap::{NULL, Obj, Payload};

/// What happens to the value when the frame returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cont {
    /// Push it on the caller's stack, after dropping so many entries (arguments and callable, last first).
    Push { drop: u32 },
    /// Leave the nested run: hand it to the native that called.
    Native,
    /// The same, of a generator whose values go into a sink first (`drain.rs`).
    Drain,
    /// As `Push`, after letting go of so many temporaries that lie above the caller's operands: the arguments of `f(*a, **k)`,
    /// which CPython spreads out for the call (`_PyStack_UnpackDict`).
    Spread { drop: u32, held: u32 },
    /// It must be None; push the new instance instead, which lies at this place of the caller's stack (`__init__`).
    Init { drop: u32 },
    /// The method behind the operator that the caller is at (`hook.rs`). What the operator holds meanwhile lies above the
    /// caller's operands; these go as the instruction lets go of them.
    Hook(Hook),
    /// The frame is a generator's, driven by FOR_ITER at this instruction of the caller.
    ForIter,
    /// The frame is a generator's, driven by YIELD_FROM of the caller.
    YieldFrom,
}

/// What becomes of the value of a method behind an operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hook {
    /// It takes the place of one operand.
    Unary,
    /// It takes the place of two operands.
    Binary,
    /// As `Binary`, unless it is NotImplemented: then the operator asks on.
    Arithmetic,
    /// The same for a comparison, which is one level of recursion more.
    Compare,
    /// It goes, and three operands with it.
    Store,
}

#[derive(Clone)]
pub struct Frame {
    pub code: Rc<Code>,
    /// References the frame owns, as CPython's frame does, unless there is a frame object: then that one owns them.
    pub code_obj: Obj,
    pub globals: Obj,
    pub builtins: Obj,
    /// The namespace of a module or class body, owned; NULL in functions.
    pub locals: Obj,
    pub base: usize,
    /// End of the operands.
    pub sp: usize,
    /// The next instruction, while the frame is not the innermost.
    pub pc: u32,
    /// Where it was entered: 0, or behind the `yield` a generator goes on from.
    pub entry_pc: u32,
    /// While `sys.settrace` is on: the instruction it ran last, or one of `tracing.rs`'s words for none.
    pub traced: u32,
    pub block_base: u32,
    pub cont: Cont,
    /// The frame object, owned, if somebody asked for it; NULL. A generator's is there always, and owned by the generator.
    pub object: Obj,
    /// The serial that the next birth had when the frame began: its age among the objects.
    pub born: u32,
    /// The generator that runs in this frame, borrowed from whoever drives it; NULL.
    pub generator: Obj,
}

impl Frame {
    /// Where the operands begin.
    pub fn stack_base(&self) -> usize {
        self.base + self.code.locals_plus as usize
    }

    /// Where temporaries of natives called from this frame begin.
    pub fn end(&self) -> usize {
        self.stack_base() + self.code.stacksize as usize
    }

    pub fn name(&self) -> &str {
        self.code.name()
    }
}

impl Machine {
    /// The instruction index a frame is at; of the innermost one the instruction that runs.
    pub fn frame_pc(&self, index: usize) -> u32 {
        if self.frame_starts(index) {
            0
        } else if index + 1 == self.frames.len() {
            self.pc
        } else {
            self.frames[index].pc.saturating_sub(1)
        }
    }

    /// A trace function is told of the frame's `call`: it has not run an instruction yet.
    pub fn frame_starts(&self, index: usize) -> bool {
        self.tracing.busy && self.frames[index].traced == super::tracing::STARTING
    }

    /// The line a running frame is at.
    pub fn frame_line(&self, index: usize) -> u32 {
        if self.frame_starts(index) {
            return self.frames[index].code.source.firstlineno;
        }
        self.frames[index].code.line(self.frame_pc(index))
    }

    /// The frame object of a running frame, borrowed; made if need be.
    pub fn frame_object(&mut self, index: usize) -> Obj {
        if !self.frames[index].object.is_null() {
            return self.frames[index].object;
        }
        let frame = &self.frames[index];
        let object = FrameObj {
            code: frame.code.clone(),
            code_obj: frame.code_obj,
            globals: frame.globals,
            builtins: frame.builtins,
            locals: frame.locals,
            back: NULL,
            values: Vec::new(),
            blocks: Vec::new(),
            pc: 0,
            state: FrameState::Executing,
            generator: frame.generator,
            running: index as u32,
            trace: NULL,
            trace_lines: true,
            trace_opcodes: false,
        };
        let object = self.heap.spare_frames.fill(object);
        let o = self.alloc_gc_uncounted(self.types.frame, Payload::Frame(object));
        self.frames[index].object = o;
        if index + 1 < self.frames.len() {
            // The frame it called has it as its `f_back`.
            self.heap.incref(o);
        }
        o
    }

    /// A frame begins: the code's own frame memory, one of the free list, or a new one, which counts as an allocation
    /// (`_PyFrame_New_NoTrack`).
    #[inline(always)]
    pub(super) fn claim_frame(&mut self, code_obj: Obj) {
        if self.heap.gc.has(code_obj, ZOMBIE_FRAME) {
            self.heap.gc.clear(code_obj, ZOMBIE_FRAME);
        } else if !self.heap.free_lists.take_frame() {
            self.count_allocation();
        }
    }

    /// A frame's memory goes back to its code, to the free list, or away (`frame_dealloc`).
    #[inline(always)]
    pub(super) fn unclaim_frame(&mut self, code_obj: Obj) {
        if !self.heap.gc.has(code_obj, ZOMBIE_FRAME) {
            self.heap.gc.set(code_obj, ZOMBIE_FRAME);
        } else if !self.heap.free_lists.put_frame() {
            self.count_deallocation();
        }
    }

    /// The innermost frame is about to be pushed on another one: it holds its caller's frame object, if there is one.
    #[inline(always)]
    pub(super) fn hold_caller(&mut self) {
        if let Some(caller) = self.frames.last() {
            let object = caller.object;
            self.xincref(object);
        }
    }

    /// The frame that was popped lets go of its caller's frame object.
    #[inline(always)]
    pub(super) fn release_caller(&mut self) {
        if let Some(caller) = self.frames.last() {
            let object = caller.object;
            self.xdecref(object);
        }
    }

    /// `PyTraceBack_Here` for the innermost frame: one entry more in front of the traceback in flight.
    pub(super) fn add_traceback(&mut self, pc: u32) {
        let index = self.frames.len() - 1;
        let frame = self.frame_object(index);
        // A generator that never ran, and is thrown into, is at its first line; so is a frame whose `call` event failed.
        let frame_here = &self.frames[index];
        let unstarted = frame_here.entry_pc == 0
            && pc == 0
            && (!frame_here.generator.is_null() || frame_here.traced == STARTING);
        let code = &self.frames[index].code;
        let (line, lasti) = match unstarted {
            true => (code.source.firstlineno, -2),
            false => (code.line(pc), pc as i32 * 2),
        };
        self.heap.incref(frame);
        let next = match &mut self.pending {
            Some(pending) => std::mem::replace(&mut pending.traceback, NULL),
            None => return,
        };
        let tb = Traceback {
            next,
            frame,
            lasti,
            line: line as i32,
        };
        let saved = self.take_exception();
        let tb = self.alloc_gc(self.types.traceback, Payload::Traceback(Box::new(tb)));
        self.restore_exception(saved);
        if let Some(pending) = &mut self.pending {
            pending.traceback = tb;
        }
    }

    /// Ends the innermost frame: its locals go, or move to the frame object if somebody else holds that. The operand stack
    /// is empty already. `pc` is where it ended.
    pub(super) fn leave_frame(&mut self, pc: u32, state: FrameState) {
        if self.leave_plain_frame::<true>() {
            return;
        }
        // Above the trashcan's level (frame_dealloc is under it) the locals outlive the call as well.
        let object = self.frame_object(self.frames.len() - 1);
        let frame = &self.frames[self.frames.len() - 1];
        let (base, block_base) = (frame.base, frame.block_base as usize);
        self.blocks.truncate(block_base);
        self.detach_frame_object(object, pc, state);
        self.top = base;
        self.drop_frame();
        self.return_to_caller();
        self.decref(object);
    }

    /// `leave_frame` of a frame whose object nobody else holds: its locals go. False, and nothing done, otherwise.
    #[inline(always)]
    pub(super) fn leave_plain_frame<const WATCHED: bool>(&mut self) -> bool {
        let index = self.frames.len() - 1;
        let frame = &self.frames[index];
        let held = !frame.object.is_null() && self.heap.rc(frame.object) > 1;
        if held || self.trash_depth >= super::TRASHCAN_LEVEL {
            return false;
        }
        let (base, code_obj, globals, builtins, locals) = (
            frame.base,
            frame.code_obj,
            frame.globals,
            frame.builtins,
            frame.locals,
        );
        let end = base + frame.code.locals_plus as usize;
        let block_base = frame.block_base as usize;
        self.blocks.truncate(block_base);
        self.trash_depth += 1;
        for i in base..end {
            let value = std::mem::replace(&mut self.stack[i], NULL);
            if !value.is_null() {
                self.decref_quick::<WATCHED>(value);
            }
        }
        self.trash_depth -= 1;
        if self.trash_depth == 0 && !self.trash.is_empty() {
            self.empty_trash();
        }
        // (A finaliser may have asked for it meanwhile.)
        let object = std::mem::replace(&mut self.frames[index].object, NULL);
        self.top = base;
        self.drop_frame();
        self.return_to_caller();
        self.release_caller();
        if object.is_null() {
            self.decref_in::<WATCHED>(builtins);
            self.decref_in::<WATCHED>(globals);
            self.xdecref(locals);
            self.unclaim_frame(code_obj);
            self.decref_in::<WATCHED>(code_obj);
        } else {
            self.decref(object);
        }
        true
    }

    /// Pops the innermost frame. (Not by value: the whole of it would be copied just after parts of it were written, which
    /// stalls.)
    #[inline(always)]
    pub(in crate::vm) fn drop_frame(&mut self) {
        self.frames.truncate(self.frames.len() - 1);
    }

    /// A frame has been popped: its caller stands at its call, whatever dies now and runs finalisers.
    #[inline(always)]
    pub(in crate::vm) fn return_to_caller(&mut self) {
        if let Some(caller) = self.frames.last() {
            self.pc = caller.pc.saturating_sub(1);
        }
    }

    /// The frame ends but its object lives on: it takes the locals over, is tracked, and holds its caller's frame.
    fn detach_frame_object(&mut self, object: Obj, pc: u32, state: FrameState) {
        let index = self.frames.len() - 1;
        let (base, count) = (
            self.frames[index].base,
            self.frames[index].code.locals_plus as usize,
        );
        let values: Vec<Obj> = self.stack[base..base + count]
            .iter_mut()
            .map(|v| std::mem::replace(v, NULL))
            .collect();
        let back = match index {
            0 => NULL,
            // The frame's reference to its caller's becomes the object's.
            _ => self.frame_object(index - 1),
        };
        if let Payload::Frame(f) = self.heap.payload_mut(object) {
            f.values = values;
            f.pc = pc + 1;
            f.state = state;
            f.back = back;
            f.blocks.clear();
        }
        if !self.heap.gc.tracked(object) {
            self.heap.gc.track(object);
        }
    }

    /// Makes room for a frame of this code above everything in use, and copies nothing yet. Returns its base.
    #[inline(always)]
    pub(super) fn frame_room(&mut self, code: &Code) -> usize {
        let base = self.top;
        let end = base + code.locals_plus as usize + code.stacksize as usize;
        if end + 64 > self.stack.len() {
            self.stack.resize(end * 2 + 64, NULL);
        }
        self.top = end;
        base
    }

    /// The open blocks of the innermost frame.
    pub fn frame_blocks(&self) -> &[Block] {
        let base = self.frames.last().map_or(0, |f| f.block_base as usize);
        &self.blocks[base..]
    }

    /// Where the innermost frame stands once its instruction at `pc` has run, if that is a RERAISE which puts it back to where the
    /// exception came from.
    pub fn reraised_at(&self, pc: u32) -> Option<u32> {
        let ins = self.frames.last()?.code.ins[pc as usize];
        if ins.op != Op::Reraise || ins.arg == 0 {
            return None;
        }
        self.frame_blocks().last().map(|block| block.handler)
    }
}
