//! `sys.settrace` and `sys.setprofile`: what a script's own hooks are told (`maybe_call_line_trace`, `call_trampoline` of
//! `Python/sysmodule.c`).
//!
//! While a hook is set the loop looks up before every instruction, by way of the slice (`run.rs`); a run without hooks pays
//! nothing. The machine's own observers know nothing of this: to them a hook is a nested run like any other.
//!
//! Invariant: while hooks are set, each running frame's `traced` is the instruction it ran last, or says that its `call`
//! event is still to come.

use super::{Machine, PyResult, Thrown};
use crate::bytecode::opcode::Op;
use crate::heap::payload::frame::FrameState;
use crate::heap::{NULL, Obj, Payload};

/// `Frame::traced` of a frame that has not run an instruction yet.
pub const UNSEEN: u32 = u32::MAX;
/// The same while its `call` event is told: it is at its first line, before its first instruction.
pub const STARTING: u32 = u32::MAX - 1;

/// The hooks and where they are.
#[derive(Clone)]
pub struct Tracing {
    /// `sys.gettrace()`, `sys.getprofile()`: owned, NULL for none.
    pub trace: Obj,
    pub profile: Obj,
    /// Either is set.
    pub on: bool,
    /// The script has called `sys.settrace`: CPython's one place for a trace function is the script's from then on.
    pub taken: bool,
    /// A hook runs: nothing is told meanwhile.
    pub busy: bool,
    /// While a hook runs: the frame it is told of, by its place, and what CPython's `f_state` of that frame is meanwhile.
    pub told: usize,
    pub state: FrameState,
    /// A trace function, a profile function is being set: what dies of it cannot set another one.
    pub installing: [bool; 2],
    /// C functions whose `c_call` was told, with the number of frames there were; owned.
    pub calls: Vec<(usize, Obj)>,
}

impl Default for Tracing {
    fn default() -> Tracing {
        Tracing {
            trace: NULL,
            profile: NULL,
            on: false,
            taken: false,
            busy: false,
            told: 0,
            state: FrameState::Cleared,
            installing: [false; 2],
            calls: Vec::new(),
        }
    }
}

/// Which hook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hook {
    Trace,
    Profile,
}

impl Machine {
    /// Sets a hook; None or NULL takes it away.
    pub fn set_hook(&mut self, hook: Hook, function: Obj) {
        let new = if function.is_null() || function == self.none {
            NULL
        } else {
            self.new_ref(function)
        };
        if !self.tracing.on {
            for index in 0..self.frames.len() {
                self.frames[index].traced = self.frame_pc(index);
            }
        }
        let place = match hook {
            Hook::Trace => &mut self.tracing.trace,
            Hook::Profile => &mut self.tracing.profile,
        };
        let old = std::mem::replace(place, new);
        self.tracing.on = !self.tracing.trace.is_null() || !self.tracing.profile.is_null();
        self.set_slice();
        if self.tracing.profile.is_null() {
            let told = std::mem::take(&mut self.tracing.calls);
            self.drop_all(told.into_iter().map(|(_, function)| function).collect());
        }
        self.xdecref(old);
    }

    /// `sys.settrace`, `sys.setprofile`: the old hook goes before the new one is there.
    pub fn install_hook(&mut self, hook: Hook, function: Obj) -> PyResult<()> {
        if self.tracing.installing[hook as usize] {
            let what = match hook {
                Hook::Trace => "trace",
                Hook::Profile => "profile",
            };
            let message = format!(
                "Cannot install a {what} function while another {what} function is being installed"
            );
            return self.raise(self.types.runtime_error, message);
        }
        self.tracing.taken |= matches!(hook, Hook::Trace);
        self.tracing.installing[hook as usize] = true;
        self.set_hook(hook, NULL);
        self.tracing.installing[hook as usize] = false;
        self.set_hook(hook, function);
        Ok(())
    }

    /// Before an instruction of the innermost frame, whose state is spilled: tells of the frame's beginning, the line, what is
    /// called or returned. A hook may have moved the frame's `pc`.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_instruction(&mut self) -> PyResult<()> {
        if self.tracing.busy {
            return Ok(());
        }
        self.trace_native_end("c_return")?;
        let index = self.frames.len() - 1;
        if self.frames[index].traced == UNSEEN {
            self.trace_call(index)?;
        }
        let (pc, last) = (self.frames[index].pc, self.frames[index].traced);
        let last = (last != STARTING).then_some(last);
        self.frames[index].traced = self.reraised_at(pc).unwrap_or(pc);
        self.pc = pc;
        self.trace_line(index, pc, last)?;
        self.pc = self.frames[index].pc;
        let frame = &self.frames[index];
        match frame.code.ins[frame.pc as usize].op {
            Op::ReturnValue => self.trace_event("return", self.stack[frame.sp - 1]),
            op => self.trace_native_call(op),
        }
    }

    /// The `call` event of the innermost frame.
    pub(super) fn trace_call(&mut self, index: usize) -> PyResult<()> {
        if self.tracing.busy || self.frames[index].traced != UNSEEN {
            return Ok(());
        }
        let entry = self.frames[index].entry_pc;
        self.frames[index].traced = entry.checked_sub(1).unwrap_or(STARTING);
        self.pc = entry.saturating_sub(1);
        let saved = self.take_exception();
        let told = self.trace_event("call", self.none);
        if told.is_ok() {
            self.restore_exception(saved);
        } else {
            self.pending_aside_drop();
        }
        self.pc = entry;
        told
    }

    /// Forgets the exception put aside last: the one in flight has taken its place.
    fn pending_aside_drop(&mut self) {
        if self.interrupt.is_some() {
            return;
        }
        let current = self.pending.take();
        self.pending = self.pending_aside.pop().flatten();
        self.pending_aside.push(current);
        self.clear_exception();
        self.pending = self.pending_aside.pop().flatten();
    }

    fn trace_line(&mut self, index: usize, pc: u32, last: Option<u32>) -> PyResult<()> {
        let Payload::Frame(f) = self.heap.payload(self.frames[index].object) else {
            return Ok(());
        };
        if f.trace.is_null() || self.tracing.trace.is_null() {
            return Ok(());
        }
        let (lines, opcodes) = (f.trace_lines, f.trace_opcodes);
        let code = self.frames[index].code.clone();
        let line = code.line(pc);
        let moved = last.is_none_or(|last| pc < last || code.line(last) != line);
        if lines && line > 0 && moved {
            self.trace_event("line", self.none)?;
        }
        if opcodes {
            self.trace_event("opcode", self.none)?;
        }
        Ok(())
    }

    /// The exception in flight passes through the innermost frame.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_exception(&mut self) -> PyResult<()> {
        if self.tracing.busy {
            return Ok(());
        }
        self.trace_native_failure()?;
        if self.tracing.trace.is_null() || self.local_trace().is_null() {
            return Ok(());
        }
        let value = self.normalize()?;
        let ty = self.heap.ty(value);
        let traceback = match &self.pending {
            Some(pending) if !pending.traceback.is_null() => pending.traceback,
            _ => self.none,
        };
        let arg = self.new_tuple_of(&[ty, value, traceback]);
        let saved = self.take_exception();
        let told = self.with_held(arg, |vm, arg| vm.trace_event("exception", arg));
        if told.is_ok() {
            self.restore_exception(saved);
        } else {
            self.pending_aside_drop();
        }
        told
    }

    /// A generator that the innermost frame delegated to returned a value: traced, that comes as a StopIteration.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_delegate_end(&mut self, value: Obj) -> PyResult<()> {
        if value == self.none || self.tracing.busy || self.local_trace().is_null() {
            return Ok(());
        }
        self.hold(value);
        let raised: PyResult<()> = self.raise_args(self.types.stop_iteration, value);
        let told = raised.or_else(|_| self.trace_exception());
        if told == Err(Thrown::Interrupt) {
            return told;
        }
        let value = self.unhold();
        if told.is_ok() {
            self.clear_exception();
        } else {
            self.drop_keeping_exception(value);
        }
        told
    }

    /// An exception is about to end the innermost frame.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_raising_exit(&mut self) -> PyResult<()> {
        let saved = self.take_exception();
        let told = self.trace_event("return", self.none);
        if told.is_ok() {
            self.restore_exception(saved);
        } else {
            self.pending_aside_drop();
        }
        told
    }

    /// The innermost frame, a generator's, hands a value out, which the caller of this owns.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_yield(&mut self, value: Obj) -> PyResult<()> {
        self.hold(value);
        let told = self.trace_event_in(FrameState::Suspended, "return", value);
        if told == Err(Thrown::Interrupt) {
            return told;
        }
        let value = self.unhold();
        if told.is_err() {
            self.drop_keeping_exception(value);
        }
        told
    }

    /// The function that the innermost frame wants told of its lines; borrowed, NULL for none.
    fn local_trace(&self) -> Obj {
        let object = self.frames.last().map_or(NULL, |f| f.object);
        match self.heap.payload(object) {
            Payload::Frame(f) => f.trace,
            _ => NULL,
        }
    }

    /// Tells an event of the innermost frame to the hooks it concerns.
    fn trace_event(&mut self, event: &str, arg: Obj) -> PyResult<()> {
        let entered = self.frames.last().map_or(0, |frame| frame.entry_pc);
        let state = match event {
            "call" if entered == 0 => FrameState::Created,
            "call" => FrameState::Suspended,
            "return" => FrameState::Returned,
            "exception" => FrameState::Raised,
            _ => FrameState::Executing,
        };
        self.trace_event_in(state, event, arg)
    }

    /// The same when the frame is in another state than the event says.
    fn trace_event_in(&mut self, state: FrameState, event: &str, arg: Obj) -> PyResult<()> {
        if self.tracing.busy {
            return Ok(());
        }
        self.tracing.state = state;
        if !self.tracing.trace.is_null() && !event.starts_with("c_") {
            let hook = match event {
                "call" => self.tracing.trace,
                _ => self.local_trace(),
            };
            if !hook.is_null() {
                self.tell_trace(hook, event, arg)?;
            }
        }
        let concerns = matches!(event, "call" | "return") || event.starts_with("c_");
        if !self.tracing.profile.is_null() && concerns {
            let hook = self.tracing.profile;
            match self.call_hook(hook, event, arg) {
                Ok(result) => self.decref(result),
                Err(Thrown::Interrupt) => return Err(Thrown::Interrupt),
                Err(thrown) => {
                    self.unset_failed_hook(Hook::Profile);
                    self.trace_back_from_hook(event);
                    return Err(thrown);
                }
            }
        }
        Ok(())
    }

    /// Whether a hook is being told of the running frame at this place.
    pub(super) fn told_frame(&self, index: usize) -> bool {
        self.tracing.busy && self.tracing.told == index
    }

    /// Calls a trace function; what it returns is the frame's own one from now on, unless that is None.
    fn tell_trace(&mut self, hook: Obj, event: &str, arg: Obj) -> PyResult<()> {
        let index = self.frames.len() - 1;
        match self.call_hook(hook, event, arg) {
            Ok(result) if result == self.none => self.decref(result),
            Ok(result) => self.set_local_trace(index, result),
            Err(Thrown::Interrupt) => return Err(Thrown::Interrupt),
            Err(thrown) => {
                self.unset_failed_hook(Hook::Trace);
                self.set_local_trace(index, NULL);
                self.trace_back_from_hook(event);
                return Err(thrown);
            }
        }
        Ok(())
    }

    /// `call_trampoline` enters the frame in the traceback of a hook that failed. Where an instruction is given up for it the loop
    /// then enters it once more; at the other events the unwinding's own entry is the only one.
    fn trace_back_from_hook(&mut self, event: &str) {
        if !matches!(event, "call" | "return" | "exception") {
            self.add_traceback(self.pc);
        }
    }

    fn unset_failed_hook(&mut self, hook: Hook) {
        let saved = self.take_exception();
        self.set_hook(hook, NULL);
        self.restore_exception(saved);
    }

    /// Takes the reference over.
    fn set_local_trace(&mut self, index: usize, function: Obj) {
        let object = self.frame_object(index);
        if let Payload::Frame(f) = self.heap.payload_mut(object) {
            let old = std::mem::replace(&mut f.trace, function);
            if !old.is_null() {
                let saved = self.take_exception();
                self.decref(old);
                self.restore_exception(saved);
            }
        }
    }

    /// `call_trampoline`: the frame's names are brought up to date before, and what the hook did to them is taken over after.
    fn call_hook(&mut self, hook: Obj, event: &str, arg: Obj) -> PyResult<Obj> {
        let index = self.frames.len() - 1;
        let (pc, frame_pc) = (self.pc, self.frames[index].pc);
        let frame = self.frame_object(index);
        let mark = self.mark();
        self.hold_ref(hook);
        self.hold_ref(frame);
        self.hold_ref(arg);
        let name = self.intern(event);
        self.hold(name);
        self.tracing.busy = true;
        let state = self.tracing.state;
        let outer = std::mem::replace(&mut self.tracing.told, index);
        self.frames[index].pc = pc + 1;
        let result = match self.frame_locals(frame) {
            Ok(_) => self.call(hook, &[frame, name, arg]),
            Err(thrown) => Err(thrown),
        };
        self.tracing.busy = false;
        self.tracing.told = outer;
        if result == Err(Thrown::Interrupt) {
            return result;
        }
        self.locals_to_fast(frame);
        // `f_lineno` may have been set; otherwise the frame goes on where it was.
        let moved = self.frames[index].pc != pc + 1;
        self.pc = pc;
        if !moved {
            self.frames[index].pc = frame_pc;
        } else if state == FrameState::Executing {
            self.frames[index].pc -= 1;
            self.frames[index].traced = self.frames[index].pc;
        } else {
            // It goes on behind the instruction it was sent to: that one is the `yield` it waits at, so to speak.
            self.frames[index].traced = self.frames[index].pc - 1;
        }
        let saved = self.take_exception();
        self.release(mark);
        self.restore_exception(saved);
        result
    }

    /// A profiler is told that an instruction calls a function in C.
    fn trace_native_call(&mut self, op: Op) -> PyResult<()> {
        if self.tracing.profile.is_null() {
            return Ok(());
        }
        let Some((callable, first)) = self.about_to_call(op) else {
            return Ok(());
        };
        let function = match self.heap.payload(callable) {
            Payload::Builtin(_) => self.new_ref(callable),
            Payload::MethodDescr { .. } if !first.is_null() => {
                let class = self.heap.ty(first);
                match self.slots_of(callable).tp_descr_get {
                    Some(bind) => bind(self, callable, first, class)?,
                    None => return Ok(()),
                }
            }
            _ => return Ok(()),
        };
        self.hold(function);
        let told = self.trace_event("c_call", function);
        if told == Err(Thrown::Interrupt) {
            return told;
        }
        let function = self.unhold();
        if told.is_err() || self.tracing.profile.is_null() {
            self.drop_keeping_exception(function);
            return told;
        }
        self.tracing.calls.push((self.frames.len(), function));
        Ok(())
    }

    /// What a call instruction of the innermost frame calls, and its first argument or NULL; borrowed.
    fn about_to_call(&self, op: Op) -> Option<(Obj, Obj)> {
        let frame = self.frames.last()?;
        let (arg, sp) = (frame.code.ins[frame.pc as usize].arg as usize, frame.sp);
        let at = |i: usize| self.stack.get(i).copied().unwrap_or(NULL);
        match op {
            Op::CallFunction => Some((at(sp - arg - 1), if arg > 0 { at(sp - arg) } else { NULL })),
            Op::CallFunctionKw => {
                let callable = sp - arg - 2;
                Some((at(callable), if arg > 0 { at(callable + 1) } else { NULL }))
            }
            Op::CallMethod => {
                let (method, this) = (at(sp - arg - 2), at(sp - arg - 1));
                let first = if arg > 0 { at(sp - arg) } else { NULL };
                Some(if method.is_null() {
                    (this, first)
                } else {
                    (method, this)
                })
            }
            Op::CallFunctionEx => {
                let tuple = at(sp - 1 - (arg & 1));
                let first = self
                    .heap
                    .tuple(tuple)
                    .and_then(|items| items.first().copied());
                Some((at(sp - 2 - (arg & 1)), first.unwrap_or(NULL)))
            }
            _ => None,
        }
    }

    /// The function in C that the innermost frame called is over.
    fn trace_native_end(&mut self, event: &str) -> PyResult<()> {
        while let Some((depth, function)) = self.tracing.calls.last().copied() {
            if depth < self.frames.len() {
                break;
            }
            self.tracing.calls.pop();
            self.hold(function);
            let told = if depth == self.frames.len() {
                self.trace_event(event, function)
            } else {
                Ok(())
            };
            if told == Err(Thrown::Interrupt) {
                return told;
            }
            let function = self.unhold();
            // Whatever dies with it leaves the frame where it is.
            let pc = self.frames.last().map(|frame| frame.pc);
            self.drop_keeping_exception(function);
            if let (Some(frame), Some(pc)) = (self.frames.last_mut(), pc) {
                frame.pc = pc;
            }
            told?;
        }
        Ok(())
    }

    /// The function in C has returned or raised, and its arguments are still there; the result is handed through.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_native_result(&mut self, result: PyResult<Obj>) -> PyResult<Obj> {
        let value = match result {
            Ok(value) => value,
            Err(Thrown::Exception) => {
                self.trace_native_failure()?;
                return result;
            }
            Err(Thrown::Interrupt) => return result,
        };
        self.hold(value);
        let told = self.trace_native_end("c_return");
        if told == Err(Thrown::Interrupt) {
            return Err(Thrown::Interrupt);
        }
        let value = self.unhold();
        if let Err(thrown) = told {
            self.drop_keeping_exception(value);
            return Err(thrown);
        }
        Ok(value)
    }

    /// The function in C that the innermost frame called has raised; an exception of the hook takes the other's place.
    fn trace_native_failure(&mut self) -> PyResult<()> {
        let saved = self.take_exception();
        let told = self.trace_native_end("c_exception");
        match told {
            Ok(()) => self.restore_exception(saved),
            Err(_) => self.pending_aside_drop(),
        }
        told
    }

    /// `sys.call_tracing`: a call inside a hook that is traced itself.
    pub fn call_while_tracing(&mut self, function: Obj, args: &[Obj]) -> PyResult<Obj> {
        let busy = std::mem::replace(&mut self.tracing.busy, false);
        let state = self.tracing.state;
        let result = self.call(function, args);
        self.tracing.busy = busy;
        self.tracing.state = state;
        result
    }
}
