//! The loop: one instruction at a time.
//!
//! `run_frame` runs the innermost frame and every frame that this one calls, until it returns. `OBS` chooses between two
//! copies: the observed one executes plain instructions, spills the frame's state before each and asks the observer;
//! the other one executes fused instructions and never looks aside. Both count the same steps.
//!
//! An arm only moves operands; what an operation does stands in the file of that operation. Operands stay on the stack until
//! the operation is done, so that whoever looks from inside a finaliser finds every reference where it is.

use std::rc::Rc;

use super::frame::{Cont, Hook};
use super::fuse::{JUMP_IF_TRUE, MASK_AT};
use super::native::Binding;
use super::run_rare::right_goes_first;
use super::slots::CmpOp;
use super::{Args, Machine, PyResult, Thrown};
use crate::bytecode::code::flags;
use crate::bytecode::opcode::Op;
use crate::heap::payload::code::Ins;
use crate::heap::payload::frame::{Block, BlockKind};
use crate::heap::payload::{Code, Payload};
use crate::heap::{NULL, Obj};

/// How often a run that is not observed looks up: for Ctrl-C, the memory limit and the step limit.
const SLICE: u64 = 1 << 20;

impl Machine {
    /// Sets the next instruction count at which the loop looks up.
    pub(super) fn set_slice(&mut self) {
        let end = match self.tracing.on {
            true => 0,
            false => self.limit.min(self.steps().saturating_add(SLICE)),
        };
        self.end_slice_at(end);
    }

    fn end_slice_at(&mut self, step: u64) {
        let steps = self.steps();
        self.slice = step;
        self.left = (step as i64).wrapping_sub(steps as i64);
    }

    /// Instructions executed.
    #[inline(always)]
    pub fn steps(&self) -> u64 {
        (self.slice as i64).wrapping_sub(self.left) as u64
    }

    /// The step count reached the slice: is there a reason to end?
    #[cold]
    #[inline(never)]
    fn slice_over(&mut self) -> Result<(), Thrown> {
        if self.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        if self.cancel.load(std::sync::atomic::Ordering::Relaxed) {
            self.interrupt = Some(super::Exit::Cancelled);
            return Err(Thrown::Interrupt);
        }
        if self.heap.bytes() > self.options.max_memory {
            self.interrupt = Some(super::Exit::OutOfMemory);
            return Err(Thrown::Interrupt);
        }
        if self.steps() >= self.limit && !self.nested() {
            self.interrupt = Some(super::Exit::StepLimit);
            return Err(Thrown::Interrupt);
        }
        if self.steps() >= self.limit || self.at_limit() {
            // Not resumable here: look again after each instruction until the nested run is over. Or the recursion limit is
            // reached (`near_limit`).
            self.end_slice_at(self.steps() + 1);
        } else {
            self.set_slice();
        }
        Ok(())
    }

    /// Runs the innermost frame to its end and returns its value.
    #[allow(unused_assignments)] // some expansions of `load_frame!` are left at once
    pub(super) fn run_frame<const OBS: bool>(&mut self) -> PyResult<Obj> {
        let entry = self.frames.len();
        let mut pc: usize;
        let mut sp: usize;
        let mut base: usize;
        let mut globals: Obj;

        macro_rules! load_frame {
            () => {{
                let frame = &self.frames[self.frames.len() - 1];
                pc = frame.pc as usize;
                sp = frame.sp;
                base = frame.base;
                globals = frame.globals;
            }};
        }
        macro_rules! spill {
            () => {{
                let last = self.frames.len() - 1;
                let frame = &mut self.frames[last];
                frame.pc = pc as u32;
                frame.sp = sp;
            }};
        }
        macro_rules! st {
            ($i:expr) => {
                self.stack[$i]
            };
        }
        macro_rules! push {
            ($v:expr) => {{
                let v = $v;
                self.stack[sp] = v;
                sp += 1;
            }};
        }
        macro_rules! pop {
            () => {{
                sp -= 1;
                self.stack[sp]
            }};
        }
        // Lets go of a reference that has just been taken off the stack.
        macro_rules! drop_ref {
            ($o:expr) => {{
                let o = $o;
                if OBS {
                    let last = self.frames.len() - 1;
                    self.frames[last].sp = sp;
                }
                self.decref_in::<OBS>(o);
            }};
        }
        macro_rules! xdrop_ref {
            ($o:expr) => {{
                let o = $o;
                if !o.is_null() {
                    drop_ref!(o);
                }
            }};
        }

        load_frame!();
        'frame: loop {
            // Whoever changes the frame goes on here, so that its instructions are at hand.
            let code: Rc<Code> = self.frames[self.frames.len() - 1].code.clone();
            let instructions: &[Ins] = &code.ins;
            let thrown: Thrown = 'failed: {
                macro_rules! tri {
                    ($e:expr) => {
                        match $e {
                            Ok(v) => v,
                            Err(thrown) => break 'failed thrown,
                        }
                    };
                }
                // Replaces the two operands by the result, letting go of left, then right.
                macro_rules! finish_binary {
                    ($r:expr) => {{
                        let r = $r;
                        let left = std::mem::replace(&mut st!(sp - 2), r);
                        drop_ref!(left);
                        let right = pop!();
                        drop_ref!(right);
                    }};
                }
                // The same for operands of `arithmetic`.
                macro_rules! finish_numbers {
                    ($r:expr) => {{
                        let r = $r;
                        let left = std::mem::replace(&mut st!(sp - 2), r);
                        self.decref_number::<OBS>(left);
                        let right = pop!();
                        self.decref_number::<OBS>(right);
                    }};
                }
                // STORE_ATTR let go of the old value, then of the new one and the object on the stack.
                macro_rules! finish_store {
                    ($old:expr) => {{
                        drop_ref!($old);
                        let value = std::mem::replace(&mut st!(sp - 2), NULL);
                        drop_ref!(value);
                        let o = pop!();
                        sp -= 1;
                        drop_ref!(o);
                    }};
                }
                // STORE_SUBSCR lets go of value, container, key in this order.
                macro_rules! finish_store_subscr {
                    () => {{
                        let value = std::mem::replace(&mut st!(sp - 3), NULL);
                        drop_ref!(value);
                        let container = std::mem::replace(&mut st!(sp - 2), NULL);
                        drop_ref!(container);
                        let key = pop!();
                        sp -= 2;
                        drop_ref!(key);
                    }};
                }
                // The operator's method has been entered: on in its frame.
                macro_rules! hook {
                    ($entered:expr) => {{
                        if !OBS {
                            spill!();
                            if $entered {
                                load_frame!();
                                continue 'frame;
                            }
                        }
                    }};
                }
                macro_rules! finish_unary {
                    ($r:expr) => {{
                        let r = $r;
                        let o = std::mem::replace(&mut st!(sp - 1), r);
                        drop_ref!(o);
                    }};
                }
                macro_rules! store_fast {
                    ($i:expr, $v:expr) => {{
                        let old = std::mem::replace(&mut st!(base + $i), $v);
                        if OBS {
                            xdrop_ref!(old);
                        } else if !old.is_null() {
                            self.decref_quick::<OBS>(old);
                        }
                    }};
                }
                // Drops `n` entries, last first, and pushes the value.
                macro_rules! replace_args {
                    ($n:expr, $v:expr) => {{
                        let value = $v;
                        if OBS {
                            self.hold(value);
                        }
                        for _ in 0..$n {
                            let o = pop!();
                            xdrop_ref!(o);
                        }
                        if OBS {
                            self.unhold();
                        }
                        push!(value);
                    }};
                }
                // The same after a call that a profiler may have been told of.
                macro_rules! replace_native_args {
                    ($n:expr, $v:expr) => {{
                        let mut result = $v;
                        if self.tracing.on {
                            result = self.trace_native_result(result);
                        }
                        let value = tri!(result);
                        replace_args!($n, value);
                    }};
                }
                // YIELD_FROM is done with the value it sent, and has another one to hand on.
                macro_rules! drop_sent {
                    ($value:expr) => {{
                        if OBS {
                            self.hold($value);
                        }
                        let sent = pop!();
                        drop_ref!(sent);
                        if OBS {
                            self.unhold();
                        }
                    }};
                }
                // The innermost frame, spilled, waits with a value to hand out. Generators that delegate to it wait as well,
                // at their YIELD_FROM; whoever drives the outermost of them gets the value.
                macro_rules! hand_out {
                    ($value:expr) => {{
                        let value = $value;
                        if self.tracing.on {
                            tri!(self.trace_yield(value));
                        }
                        let mut cont = self.suspend_generator();
                        while matches!(cont, Cont::YieldFrom) {
                            load_frame!();
                            self.pc = pc as u32 - 1;
                            drop_sent!(value);
                            pc -= 1;
                            spill!();
                            if self.tracing.on {
                                tri!(self.trace_yield(value));
                            }
                            cont = self.suspend_generator();
                        }
                        if !matches!(cont, Cont::ForIter) {
                            self.yielded = true;
                            return Ok(value);
                        }
                        load_frame!();
                        self.pc = pc as u32 - 1;
                        push!(value);
                        continue 'frame;
                    }};
                }
                // A frame ended with a value: hand it over. `continue` the loop in the caller, or return to the native.
                macro_rules! deliver {
                    ($value:expr, $cont:expr) => {{
                        let value = $value;
                        match $cont {
                            Cont::Native | Cont::Drain => {
                                // A run that is resumed began further out than where it goes on.
                                debug_assert!(
                                    self.depth <= 1 || self.frames.len() + 1 == entry,
                                    "a nested run ends with its own frame"
                                );
                                return Ok(value);
                            }
                            Cont::Push { drop } => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                replace_args!(drop, value);
                            }
                            Cont::Spread { drop, held } => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                self.release(self.top - held as usize);
                                self.turn_operands(sp, drop as usize);
                                replace_args!(drop, value);
                            }
                            Cont::Init { drop } => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                self.leave_recursive();
                                tri!(self.finish_init(value));
                                let instance = self.unhold();
                                let args = self.unhold();
                                drop_ref!(args);
                                replace_args!(drop, instance);
                            }
                            Cont::Hook(hook) => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                self.leave_hook(hook, value);
                                let mut value = value;
                                if value == self.not_implemented
                                    && matches!(hook, Hook::Arithmetic | Hook::Compare)
                                {
                                    let ins = self.instruction_at_pc();
                                    value = tri!(self.ask_on(hook, ins.0, ins.1, sp));
                                }
                                if hook == Hook::Arithmetic
                                    && right_goes_first(self.instruction_at_pc().0)
                                {
                                    self.turn_operands(sp, 2);
                                }
                                match hook {
                                    Hook::Unary => finish_unary!(value),
                                    Hook::Store => {
                                        drop_ref!(value);
                                        finish_store_subscr!();
                                    }
                                    _ => finish_binary!(value),
                                }
                            }
                            Cont::ForIter => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                // The generator returned: the loop is over.
                                if self.tracing.on && self.trace_delegate_end(value).is_err() {
                                    // What the trace function raises is lost, as CPython clears it with the end.
                                    if self.interrupt.is_some() {
                                        tri!(Err(Thrown::Interrupt));
                                    }
                                    self.clear_exception();
                                } else {
                                    drop_ref!(value);
                                }
                                let last = self.frames.len() - 1;
                                let target = self.frames[last].code.ins[pc - 1].arg as usize;
                                let iterator = pop!();
                                drop_ref!(iterator);
                                pc = target;
                            }
                            Cont::YieldFrom => {
                                load_frame!();
                                self.pc = pc as u32 - 1;
                                if self.tracing.on {
                                    tri!(self.trace_delegate_end(value));
                                }
                                drop_sent!(value);
                                finish_unary!(value);
                            }
                        }
                        continue 'frame;
                    }};
                }
                // Calls what lies under `n` arguments, dropping `extra` entries besides the arguments afterwards.
                macro_rules! call {
                    ($callable:expr, $this:expr, $first:expr, $n:expr, $kwnames:expr, $drop:expr) => {{
                        let (mut callable, mut this, first, n, kwnames, drop): (Obj, Obj, usize, usize, Obj, usize) = ($callable, $this, $first, $n, $kwnames, $drop);
                        spill!();
                        if let Payload::Method { func, this: bound } = self.heap.payload(callable)
                            && matches!(self.heap.payload(*func), Payload::Func(_))
                        {
                            // The bound method stays on the stack, so both live as long as the call.
                            (callable, this) = (*func, *bound);
                        }
                        if OBS && self.watch.traces_calls
                            && let Some(value) = self.call_traced_method(callable, this, first, n, kwnames)
                        {
                            let value = tri!(value);
                            replace_args!(drop, value);
                        } else { match self.heap.payload(callable) {
                            Payload::Func(f) => {
                                if f.code.simple && n + usize::from(!this.is_null()) == f.code.argcount as usize && kwnames.is_null() {
                                    let (new_code, code_obj, g, b) = (f.code.clone(), f.code_obj, f.globals, f.builtins);
                                    tri!(self.check_recursion());
                                    self.claim_frame(code_obj);
                                    let new_base = self.frame_room(&new_code);
                                    let mut at = new_base;
                                    if !this.is_null() {
                                        self.heap.incref_in::<OBS>(this);
                                        self.stack[at] = this;
                                        at += 1;
                                    }
                                    for i in first..first + n {
                                        let arg = self.stack[i];
                                        self.heap.incref_in::<OBS>(arg);
                                        self.stack[at] = arg;
                                        at += 1;
                                    }
                                    for slot in &mut self.stack[at..new_base + new_code.locals_plus as usize] {
                                        *slot = NULL;
                                    }
                                    self.push_frame::<OBS>(new_code, code_obj, g, b, NULL, new_base, Cont::Push { drop: drop as u32 });
                                    load_frame!();
                                    continue 'frame;
                                } else {
                                    let args = Args::on_stack(first, n, kwnames);
                                    match tri!(self.enter_function(callable, this, args, Cont::Push { drop: drop as u32 })) {
                                        Some(generator) => replace_args!(drop, generator),
                                        None => {
 load_frame!();
 continue 'frame;
 }
                                    }
                                }
                            }
                            Payload::Builtin(b) => {
                                let (def, this) = (b.def, b.this);
                                let result = self.call_native(def, this, Args::on_stack(first, n, kwnames));
                                replace_native_args!(drop, result);
                            }
                            Payload::Class(_) if kwnames.is_null() => {
                                match tri!(self.enter_class(callable, first, n, drop, &code.caches[pc - 1])) {
                                    Some(value) => replace_args!(drop, value),
                                    None => {
 load_frame!();
 continue 'frame;
 }
                                }
                            }
                            Payload::MethodDescr { def, class }
                                if !this.is_null() && def.binding == Binding::Instance && self.heap.ty(this) == *class =>
                            {
                                let def = *def;
                                let result = self.call_native(def, this, Args::on_stack(first, n, kwnames));
                                replace_native_args!(drop, result);
                            }
                            _ => {
                                let args = Args::on_stack(first, n, kwnames);
                                let result = if this.is_null() { self.call_args(callable, args) } else { self.call_with_this(callable, this, args) };
                                replace_native_args!(drop, result);
                            }
                        } }
                    }};
                }

                if std::mem::take(&mut self.raise_on_entry) {
                    if self.tracing.on {
                        tri!(self.trace_call(self.frames.len() - 1));
                    }
                    break 'failed Thrown::Exception;
                }
                'next: loop {
                    macro_rules! for_iter {
                        ($ins:expr) => {{
                            let ins = $ins;
                            let iterator = st!(sp - 1);
                            if let Some(item) = self.next_of_sequence_in::<OBS>(iterator) {
                                push!(item);
                                continue 'next;
                            }
                            if let Payload::Gen(_) = self.heap.payload(iterator)
                                && self.heap.ty(iterator) == self.types.generator
                            {
                                spill!();
                                if tri!(self.resume_generator(iterator, self.none, Cont::ForIter)) {
                                    load_frame!();
                                    continue 'frame;
                                }
                                let iterator = pop!();
                                drop_ref!(iterator);
                                pc = ins.arg as usize;
                                continue 'next;
                            }
                            if !OBS && let Some(item) = self.quick_next(iterator) {
                                push!(item);
                                continue 'next;
                            }
                            let item = tri!(self.iter_next(iterator));
                            if item.is_null() {
                                sp -= 1;
                                drop_ref!(iterator);
                                pc = ins.arg as usize;
                            } else {
                                push!(item);
                            }
                        }};
                    }
                    // What a fused LOAD_FAST falls back to: the first instruction alone.
                    macro_rules! plain_load_fast {
                        ($arg:expr) => {{
                            let arg = $arg;
                            let o = st!(base + arg as usize);
                            if o.is_null() {
                                break 'failed self.unbound_local(&code, arg);
                            }
                            self.heap.incref_in::<OBS>(o);
                            push!(o);
                        }};
                    }
                    // The conditional jump at the end of a fused form.
                    macro_rules! jump_if {
                        ($answer:expr, $y:expr) => {{
                            let (answer, y): (bool, u32) = ($answer, $y);
                            if answer == (y & JUMP_IF_TRUE != 0) {
                                pc = (y & !JUMP_IF_TRUE) as usize;
                            }
                        }};
                    }
                    // Counts the instructions that a fused one did besides the first.
                    macro_rules! skip {
                        ($n:expr) => {{
                            pc += $n;
                            self.left -= $n;
                            self.pc = pc as u32 - 1;
                        }};
                    }
                    // The same at the end of a comparison.
                    macro_rules! jump_on {
                        ($order:expr, $y:expr) => {{
                            let (order, y): (u32, u32) = ($order, $y);
                            if y & order << MASK_AT != 0 {
                                pc = (y & ((1 << MASK_AT) - 1)) as usize;
                            }
                        }};
                    }
                    // Tells the script's own hooks, which may move the frame.
                    macro_rules! trace {
                        () => {{
                            let told = self.trace_instruction();
                            pc = self.frames[self.frames.len() - 1].pc as usize;
                            sp = self.frames[self.frames.len() - 1].sp;
                            self.pc = pc as u32;
                            if told.is_err() {
                                pc += 1;
                            }
                            tri!(told);
                        }};
                    }

                    let mut ins = &instructions[pc];
                    let mut op = if OBS { ins.op } else { ins.fused };
                    if OBS {
                        self.pc = pc as u32;
                        spill!();
                        if self.left <= 0 {
                            tri!(self.slice_over());
                            if self.tracing.on {
                                trace!();
                                ins = &instructions[pc];
                                op = ins.op;
                            }
                        }
                        tri!(self.observe_instruction());
                        self.events = 0;
                        self.left -= 1;
                    } else {
                        self.left -= 1;
                        self.pc = pc as u32;
                        if self.left < 0 {
                            self.left += 1;
                            spill!();
                            tri!(self.slice_over());
                            if self.tracing.on {
                                trace!();
                                ins = &instructions[pc];
                                op = ins.fused;
                            }
                            if self.at_limit() || self.tracing.on {
                                op = ins.op;
                            }
                            self.left -= 1;
                            self.pc = pc as u32;
                        }
                    }
                    pc += 1;
                    macro_rules! compare_fast_and_jump {
                        ($b:expr) => {{
                            let a = st!(base + ins.arg as usize);
                            match self.order_numbers(a, $b) {
                                Some(order) => {
                                    skip!(3);
                                    jump_on!(order, ins.y);
                                }
                                None => plain_load_fast!(ins.arg),
                            }
                        }};
                    }
                    // An operator on two numbers, in the forms that fusion knows: on locals and constants, on the top and one
                    // of these, on the top two, and with the result stored.
                    macro_rules! arith_of_fast {
                        ($quick:ident, $op:expr, $b:expr) => {{
                            let (a, b) = (st!(base + ins.arg as usize), $b);
                            match self.$quick::<OBS>($op, a, b) {
                                Some(r) => {
                                    skip!(2);
                                    push!(r);
                                }
                                None => plain_load_fast!(ins.arg),
                            }
                        }};
                    }
                    macro_rules! arith_fast_const {
                        ($quick:ident, $op:expr) => {
                            arith_of_fast!($quick, $op, code.consts[ins.x as usize])
                        };
                    }
                    macro_rules! arith_fast_fast {
                        ($quick:ident, $op:expr) => {
                            arith_of_fast!($quick, $op, st!(base + ins.x as usize))
                        };
                    }
                    macro_rules! arith_of_top {
                        ($quick:ident, $op:expr, $b:expr, $otherwise:expr) => {{
                            let (a, b) = (st!(sp - 1), $b);
                            match self.$quick::<OBS>($op, a, b) {
                                Some(r) => {
                                    st!(sp - 1) = r;
                                    self.decref_number::<OBS>(a);
                                    skip!(1);
                                }
                                None => $otherwise,
                            }
                        }};
                    }
                    macro_rules! arith_top_fast {
                        ($quick:ident, $op:expr) => {
                            arith_of_top!(
                                $quick,
                                $op,
                                st!(base + ins.arg as usize),
                                plain_load_fast!(ins.arg)
                            )
                        };
                    }
                    macro_rules! arith_top_const {
                        ($quick:ident, $op:expr) => {{
                            let b = code.consts[ins.arg as usize];
                            arith_of_top!($quick, $op, b, {
                                self.heap.incref_in::<OBS>(b);
                                push!(b);
                            })
                        }};
                    }
                    macro_rules! arith {
                        ($quick:ident, $op:expr) => {{
                            let (a, b) = (st!(sp - 2), st!(sp - 1));
                            match self.$quick::<OBS>($op, a, b) {
                                Some(r) => finish_numbers!(r),
                                None => arith_slowly!(a, b),
                            }
                        }};
                    }
                    macro_rules! arith_and_store {
                        ($quick:ident, $op:expr) => {{
                            let (a, b) = (st!(sp - 2), st!(sp - 1));
                            match self.$quick::<OBS>($op, a, b) {
                                Some(r) => {
                                    sp -= 2;
                                    // Numbers have no finaliser: the order does not show.
                                    self.decref_number::<OBS>(a);
                                    self.decref_number::<OBS>(b);
                                    skip!(1);
                                    store_fast!(ins.x as usize, r);
                                }
                                None => arith_slowly!(a, b),
                            }
                        }};
                    }
                    macro_rules! arith_slowly {
                        ($a:expr, $b:expr) => {{
                            let (a, b) = ($a, $b);
                            if ins.op == Op::InplaceAdd
                                && matches!(self.heap.payload(a), Payload::Str(_))
                            {
                                let r = tri!(self.str_append_in_place(&code, pc, base, a, b, sp));
                                finish_binary!(r);
                            } else {
                                hook!(self.enter_operator(ins.op, a, b));
                                let r = tri!(self.binary_op(ins.op, a, b));
                                if right_goes_first(ins.op) {
                                    self.turn_operands(sp, 2);
                                }
                                finish_binary!(r);
                            }
                        }};
                    }

                    // All calls are made in one place, behind the match.
                    let (callable, this, first, n, kwnames, drop) = 'call: {
                        match op {
                            Op::FastFast => {
                                let (a, b) =
                                    (st!(base + ins.arg as usize), st!(base + ins.x as usize));
                                if a.is_null() || b.is_null() {
                                    plain_load_fast!(ins.arg);
                                } else {
                                    self.heap.incref_in::<OBS>(a);
                                    self.heap.incref_in::<OBS>(b);
                                    push!(a);
                                    push!(b);
                                    skip!(1);
                                }
                            }
                            Op::FastConstCompareJump => {
                                let b = code.consts[ins.x as usize];
                                compare_fast_and_jump!(b);
                            }
                            Op::FastFastCompareJump => {
                                let b = st!(base + ins.x as usize);
                                compare_fast_and_jump!(b);
                            }
                            Op::FastConstIsJump => {
                                let o = st!(base + ins.arg as usize);
                                if o.is_null() {
                                    plain_load_fast!(ins.arg);
                                } else {
                                    skip!(3);
                                    jump_if!(o == code.consts[ins.x as usize], ins.y);
                                }
                            }
                            Op::FastJump => {
                                let o = st!(base + ins.arg as usize);
                                match self.quick_truth(o) {
                                    Some(truth) => {
                                        skip!(1);
                                        jump_if!(truth, ins.y);
                                    }
                                    None => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::IsJump => {
                                let answer = (st!(sp - 2) == st!(sp - 1)) != (ins.arg != 0);
                                let left = std::mem::replace(&mut st!(sp - 2), NULL);
                                drop_ref!(left);
                                let right = pop!();
                                sp -= 1;
                                drop_ref!(right);
                                skip!(1);
                                jump_if!(answer, ins.y);
                            }
                            Op::ContainsJump => {
                                let (item, container) = (st!(sp - 2), st!(sp - 1));
                                let found = tri!(self.contains(container, item));
                                let left = std::mem::replace(&mut st!(sp - 2), NULL);
                                drop_ref!(left);
                                let right = pop!();
                                sp -= 1;
                                drop_ref!(right);
                                skip!(1);
                                jump_if!(found != (ins.arg != 0), ins.y);
                            }
                            Op::FastArith => {
                                arith_top_fast!(arithmetic_any, instructions[pc].op)
                            }
                            Op::FastAdd => arith_top_fast!(arithmetic, Op::BinaryAdd),
                            Op::FastSubtract => arith_top_fast!(arithmetic, Op::BinarySubtract),
                            Op::FastMultiply => arith_top_fast!(arithmetic, Op::BinaryMultiply),
                            Op::ConstArith => {
                                arith_top_const!(arithmetic_any, instructions[pc].op)
                            }
                            Op::ConstAdd => arith_top_const!(arithmetic, Op::BinaryAdd),
                            Op::ConstSubtract => arith_top_const!(arithmetic, Op::BinarySubtract),
                            Op::ConstMultiply => arith_top_const!(arithmetic, Op::BinaryMultiply),
                            Op::FastFastStoreSubscr | Op::FastConstStoreSubscr => {
                                let container = st!(base + ins.arg as usize);
                                let key = if ins.fused == Op::FastFastStoreSubscr {
                                    st!(base + ins.x as usize)
                                } else {
                                    code.consts[ins.x as usize]
                                };
                                let value = st!(sp - 1);
                                match self.replace_item_by_int::<OBS>(container, key, value) {
                                    Some(old) if self.dies_unseen(old) => {
                                        sp -= 1;
                                        skip!(2);
                                        self.decref_in::<OBS>(old);
                                    }
                                    Some(old) => {
                                        skip!(2);
                                        // While the old item dies, everything is counted that the plain instructions count.
                                        for o in [value, container, key] {
                                            self.heap.incref_in::<OBS>(o);
                                        }
                                        self.decref_in::<OBS>(old);
                                        let value = pop!();
                                        for o in [value, container, key] {
                                            self.decref_in::<OBS>(o);
                                        }
                                    }
                                    None => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::AppendJump => {
                                let item = pop!();
                                let list = st!(sp - ins.arg as usize);
                                if let Some(items) = self.heap.list_mut(list) {
                                    items.push(item);
                                }
                                skip!(1);
                                pc = ins.y as usize;
                            }
                            Op::StoreJump => {
                                let o = pop!();
                                store_fast!(ins.arg as usize, o);
                                skip!(1);
                                pc = ins.y as usize;
                            }
                            Op::PopTopJump => {
                                let o = pop!();
                                drop_ref!(o);
                                skip!(1);
                                pc = ins.y as usize;
                            }
                            Op::StoreStore => {
                                let o = pop!();
                                store_fast!(ins.arg as usize, o);
                                skip!(1);
                                let o = pop!();
                                store_fast!(ins.x as usize, o);
                            }
                            Op::StoreLoad => {
                                let o = pop!();
                                store_fast!(ins.arg as usize, o);
                                let o = st!(base + ins.x as usize);
                                if !o.is_null() {
                                    self.heap.incref_in::<OBS>(o);
                                    push!(o);
                                    skip!(1);
                                }
                            }
                            Op::GlobalFast => {
                                let cell = &code.caches[pc - 1];
                                let o = match self.cached_global(&cell.get(), globals) {
                                    NULL => tri!(self.load_global(&code, ins.arg, cell)),
                                    o => {
                                        self.heap.incref_in::<OBS>(o);
                                        o
                                    }
                                };
                                push!(o);
                                let o = st!(base + ins.x as usize);
                                if !o.is_null() {
                                    self.heap.incref_in::<OBS>(o);
                                    push!(o);
                                    skip!(1);
                                }
                            }
                            Op::FastConstArith => {
                                arith_fast_const!(arithmetic_any, instructions[pc + 1].op)
                            }
                            Op::FastConstAdd => arith_fast_const!(arithmetic, Op::BinaryAdd),
                            Op::FastConstSubtract => {
                                arith_fast_const!(arithmetic, Op::BinarySubtract)
                            }
                            Op::FastConstMultiply => {
                                arith_fast_const!(arithmetic, Op::BinaryMultiply)
                            }
                            Op::FastFastArith => {
                                arith_fast_fast!(arithmetic_any, instructions[pc + 1].op)
                            }
                            Op::FastFastAdd => arith_fast_fast!(arithmetic, Op::BinaryAdd),
                            Op::FastFastSubtract => {
                                arith_fast_fast!(arithmetic, Op::BinarySubtract)
                            }
                            Op::FastFastMultiply => {
                                arith_fast_fast!(arithmetic, Op::BinaryMultiply)
                            }
                            Op::ArithStoreFast => arith_and_store!(arithmetic_any, ins.op),
                            Op::AddStoreFast => arith_and_store!(arithmetic, Op::BinaryAdd),
                            Op::SubtractStoreFast => {
                                arith_and_store!(arithmetic, Op::BinarySubtract)
                            }
                            Op::MultiplyStoreFast => {
                                arith_and_store!(arithmetic, Op::BinaryMultiply)
                            }
                            Op::CompareJump => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                match self.order_numbers(a, b) {
                                    Some(order) => {
                                        sp -= 2;
                                        self.decref_number::<OBS>(a);
                                        self.decref_number::<OBS>(b);
                                        skip!(1);
                                        jump_on!(order, ins.y);
                                    }
                                    None => {
                                        let op = CmpOp::ALL[ins.arg as usize];
                                        hook!(self.enter_comparison(op, a, b));
                                        finish_binary!(tri!(self.rich_compare(a, b, op)));
                                    }
                                }
                            }
                            Op::FastAttr => {
                                let o = st!(base + ins.arg as usize);
                                let v = if o.is_null() {
                                    NULL
                                } else {
                                    self.cached_attr(o, &code.caches[pc])
                                };
                                if v.is_null() {
                                    plain_load_fast!(ins.arg);
                                } else {
                                    self.heap.incref_in::<OBS>(v);
                                    push!(v);
                                    skip!(1);
                                }
                            }
                            Op::FastMethod => {
                                let o = st!(base + ins.arg as usize);
                                let m = if o.is_null() {
                                    NULL
                                } else {
                                    self.cached_method(o, &code.caches[pc])
                                };
                                if m.is_null() {
                                    plain_load_fast!(ins.arg);
                                } else {
                                    self.heap.incref_in::<OBS>(m);
                                    self.heap.incref_in::<OBS>(o);
                                    push!(m);
                                    push!(o);
                                    skip!(1);
                                }
                            }
                            Op::FastStoreAttr => {
                                let o = st!(base + ins.arg as usize);
                                let value = st!(sp - 1);
                                let done = if o.is_null() {
                                    None
                                } else {
                                    self.cached_set_attr::<OBS>(o, value, &code.caches[pc])
                                };
                                match done {
                                    Some(NULL) => {
                                        sp -= 1;
                                        skip!(1);
                                    }
                                    Some(old) if self.dies_unseen(old) => {
                                        sp -= 1;
                                        skip!(1);
                                        self.decref_in::<OBS>(old);
                                    }
                                    Some(old) => {
                                        skip!(1);
                                        self.heap.incref_in::<OBS>(value);
                                        self.heap.incref_in::<OBS>(o);
                                        push!(o);
                                        finish_store!(old);
                                    }
                                    None => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::FastFastStoreAttr => {
                                let (value, o) =
                                    (st!(base + ins.arg as usize), st!(base + ins.x as usize));
                                let done = if o.is_null() || value.is_null() {
                                    None
                                } else {
                                    self.cached_set_attr::<OBS>(o, value, &code.caches[pc + 1])
                                };
                                match done {
                                    Some(NULL) => {
                                        self.heap.incref_in::<OBS>(value);
                                        skip!(2);
                                    }
                                    Some(old) if self.dies_unseen(old) => {
                                        self.heap.incref_in::<OBS>(value);
                                        skip!(2);
                                        self.decref_in::<OBS>(old);
                                    }
                                    Some(old) => {
                                        skip!(2);
                                        self.heap.incref_in::<OBS>(value);
                                        self.heap.incref_in::<OBS>(value);
                                        self.heap.incref_in::<OBS>(o);
                                        push!(value);
                                        push!(o);
                                        finish_store!(old);
                                    }
                                    None => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::ForStoreFast => {
                                let iterator = st!(sp - 1);
                                if let Payload::RangeIter(r) =
                                    self.heap.payload_mut_in::<OBS>(iterator)
                                {
                                    if r[2] > 0 {
                                        let value = r[0];
                                        r[0] = value.wrapping_add(r[1]);
                                        r[2] -= 1;
                                        let o = self.new_int_in::<OBS>(value);
                                        skip!(1);
                                        store_fast!(ins.x as usize, o);
                                    } else {
                                        sp -= 1;
                                        drop_ref!(iterator);
                                        pc = ins.arg as usize;
                                    }
                                } else if let Some(item) = self.next_of_sequence_in::<OBS>(iterator)
                                {
                                    skip!(1);
                                    store_fast!(ins.x as usize, item);
                                } else {
                                    for_iter!(ins);
                                }
                            }
                            Op::GenStart => {
                                let o = pop!();
                                drop_ref!(o);
                            }
                            Op::LoadFast => {
                                let o = st!(base + ins.arg as usize);
                                if o.is_null() {
                                    break 'failed self.unbound_local(&code, ins.arg);
                                }
                                self.heap.incref_in::<OBS>(o);
                                push!(o);
                            }
                            Op::LoadConst => {
                                let o = code.consts[ins.arg as usize];
                                self.heap.incref_in::<OBS>(o);
                                push!(o);
                            }
                            Op::StoreFast => {
                                let o = pop!();
                                store_fast!(ins.arg as usize, o);
                            }
                            Op::DeleteFast => {
                                let o = std::mem::replace(&mut st!(base + ins.arg as usize), NULL);
                                if o.is_null() {
                                    break 'failed self.unbound_local(&code, ins.arg);
                                }
                                drop_ref!(o);
                            }
                            Op::PopTop => {
                                let o = pop!();
                                drop_ref!(o);
                            }
                            Op::RotTwo => self.stack.swap(sp - 1, sp - 2),
                            Op::RotThree => {
                                let top = st!(sp - 1);
                                st!(sp - 1) = st!(sp - 2);
                                st!(sp - 2) = st!(sp - 3);
                                st!(sp - 3) = top;
                            }
                            Op::RotFour => {
                                let top = st!(sp - 1);
                                st!(sp - 1) = st!(sp - 2);
                                st!(sp - 2) = st!(sp - 3);
                                st!(sp - 3) = st!(sp - 4);
                                st!(sp - 4) = top;
                            }
                            Op::RotN => self.stack[sp - ins.arg as usize..sp].rotate_right(1),
                            Op::DupTop => {
                                let o = st!(sp - 1);
                                self.heap.incref_in::<OBS>(o);
                                push!(o);
                            }
                            Op::DupTopTwo => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                self.heap.incref_in::<OBS>(a);
                                self.heap.incref_in::<OBS>(b);
                                push!(a);
                                push!(b);
                            }
                            Op::BinaryAdd | Op::InplaceAdd => arith!(arithmetic, Op::BinaryAdd),
                            Op::BinarySubtract | Op::InplaceSubtract => {
                                arith!(arithmetic, Op::BinarySubtract)
                            }
                            Op::BinaryMultiply | Op::InplaceMultiply => {
                                arith!(arithmetic, Op::BinaryMultiply)
                            }
                            Op::BinaryModulo
                            | Op::InplaceModulo
                            | Op::BinaryFloorDivide
                            | Op::InplaceFloorDivide
                            | Op::BinaryTrueDivide
                            | Op::InplaceTrueDivide
                            | Op::BinaryAnd
                            | Op::InplaceAnd
                            | Op::BinaryXor
                            | Op::InplaceXor
                            | Op::BinaryOr
                            | Op::InplaceOr
                            | Op::BinaryLshift
                            | Op::InplaceLshift
                            | Op::BinaryRshift
                            | Op::InplaceRshift => arith!(arithmetic_any, ins.op),
                            Op::BinaryMatrixMultiply
                            | Op::BinaryPower
                            | Op::InplaceMatrixMultiply
                            | Op::InplacePower => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                finish_binary!(tri!(self.binary_op(ins.op, a, b)));
                            }
                            Op::BinarySubscr => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                match self.item_by_int(a, b) {
                                    Some(item) => {
                                        self.heap.incref_in::<OBS>(item);
                                        finish_binary!(item);
                                    }
                                    None => {
                                        hook!(self.enter_subscript(a, b));
                                        finish_binary!(tri!(self.get_item(a, b)));
                                    }
                                }
                            }
                            Op::FastSubscr => {
                                let (a, b) = (st!(sp - 1), st!(base + ins.arg as usize));
                                match self.item_by_int(a, b) {
                                    Some(item) if self.heap.rc(a) > 1 => {
                                        self.heap.incref_in::<OBS>(item);
                                        st!(sp - 1) = item;
                                        self.heap.decref_in::<OBS>(a);
                                        skip!(1);
                                    }
                                    _ => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::DupTwoSubscr => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                match self.item_by_int(a, b) {
                                    Some(item) => {
                                        self.heap.incref_in::<OBS>(item);
                                        push!(item);
                                        skip!(1);
                                    }
                                    None => {
                                        self.heap.incref_in::<OBS>(a);
                                        self.heap.incref_in::<OBS>(b);
                                        push!(a);
                                        push!(b);
                                    }
                                }
                            }
                            Op::RotThreeStoreSubscr => {
                                let (container, key, value) =
                                    (st!(sp - 3), st!(sp - 2), st!(sp - 1));
                                match self.replace_item_unseen(container, key, value) {
                                    true => {
                                        sp -= 3;
                                        self.decref_number::<OBS>(key);
                                        skip!(1);
                                    }
                                    false => {
                                        st!(sp - 3) = value;
                                        st!(sp - 2) = container;
                                        st!(sp - 1) = key;
                                    }
                                }
                            }
                            Op::FastFastSubscr | Op::FastConstSubscr => {
                                let a = st!(base + ins.arg as usize);
                                let b = if ins.fused == Op::FastFastSubscr {
                                    st!(base + ins.x as usize)
                                } else {
                                    code.consts[ins.x as usize]
                                };
                                match self.item_by_int(a, b) {
                                    Some(item) => {
                                        skip!(2);
                                        self.heap.incref_in::<OBS>(item);
                                        push!(item);
                                    }
                                    None => plain_load_fast!(ins.arg),
                                }
                            }
                            Op::DerefFastSubscr => {
                                let cell = st!(base + code.nlocals as usize + ins.arg as usize);
                                let a = self.heap.cell_contents(cell);
                                let b = st!(base + ins.x as usize);
                                match self.item_by_int(a, b) {
                                    Some(item) => {
                                        skip!(2);
                                        self.heap.incref_in::<OBS>(item);
                                        push!(item);
                                    }
                                    None if a.is_null() => {
                                        break 'failed self.unbound_deref(&code, ins.arg);
                                    }
                                    None => {
                                        self.heap.incref_in::<OBS>(a);
                                        push!(a);
                                    }
                                }
                            }
                            Op::CompareOp => {
                                let (a, b) = (st!(sp - 2), st!(sp - 1));
                                match self.compare_numbers(a, b, ins.arg) {
                                    Some(answer) if !self.at_limit() => {
                                        let r = self.new_bool(answer);
                                        finish_numbers!(r);
                                    }
                                    _ => {
                                        let op = CmpOp::ALL[ins.arg as usize];
                                        hook!(self.enter_comparison(op, a, b));
                                        finish_binary!(tri!(self.rich_compare(a, b, op)));
                                    }
                                }
                            }
                            Op::IsOp => {
                                let same = st!(sp - 2) == st!(sp - 1);
                                let r = self.new_bool(same != (ins.arg != 0));
                                finish_binary!(r);
                            }
                            Op::ContainsOp => {
                                let (item, container) = (st!(sp - 2), st!(sp - 1));
                                let found = tri!(self.contains(container, item));
                                let r = self.new_bool(found != (ins.arg != 0));
                                finish_binary!(r);
                            }
                            Op::UnaryPositive | Op::UnaryNegative | Op::UnaryInvert => {
                                let o = st!(sp - 1);
                                if ins.op == Op::UnaryNegative
                                    && let Payload::Int(i) = *self.heap.payload(o)
                                    && let Some(negated) = i.checked_neg()
                                {
                                    st!(sp - 1) = self.new_int_in::<OBS>(negated);
                                    self.decref_number::<OBS>(o);
                                } else {
                                    finish_unary!(tri!(self.unary_op(ins.op, o)));
                                }
                            }
                            Op::UnaryNot => {
                                let o = st!(sp - 1);
                                let truth = tri!(self.is_true(o));
                                let r = self.new_bool(!truth);
                                finish_unary!(r);
                            }
                            Op::StoreSubscr => {
                                let (value, container, key) =
                                    (st!(sp - 3), st!(sp - 2), st!(sp - 1));
                                match self.replace_item_by_int::<OBS>(container, key, value) {
                                    Some(old) => {
                                        self.heap.incref_in::<OBS>(value);
                                        drop_ref!(old);
                                    }
                                    None => {
                                        if !self.is_plain_dict(container) {
                                            hook!(self.enter_store(container, key, value));
                                        }
                                        tri!(self.set_item(container, key, value));
                                    }
                                }
                                finish_store_subscr!();
                            }
                            Op::DeleteSubscr => {
                                let (container, key) = (st!(sp - 2), st!(sp - 1));
                                tri!(self.del_item(container, key));
                                let container = std::mem::replace(&mut st!(sp - 2), NULL);
                                drop_ref!(container);
                                let key = pop!();
                                sp -= 1;
                                drop_ref!(key);
                            }
                            Op::LoadGlobal => {
                                let cell = &code.caches[pc - 1];
                                let o = match self.cached_global(&cell.get(), globals) {
                                    NULL => tri!(self.load_global(&code, ins.arg, cell)),
                                    o => {
                                        self.heap.incref_in::<OBS>(o);
                                        o
                                    }
                                };
                                push!(o);
                            }
                            Op::LoadName => {
                                let cell = &code.caches[pc - 1];
                                let c = cell.get();
                                // The cache is of code at module level; the same code may run with a namespace of its own.
                                let locals = self.frames[self.frames.len() - 1].locals;
                                let o = match self.cached_global(&c, globals) {
                                    o if locals == globals && !o.is_null() => self.new_ref(o),
                                    _ => tri!(self.load_name(&code, ins.arg, cell)),
                                };
                                push!(o);
                            }
                            Op::StoreName => {
                                let cell = &code.caches[pc - 1];
                                let value = st!(sp - 1);
                                let locals = self.frames[self.frames.len() - 1].locals;
                                match self.cached_store(&cell.get(), locals, value) {
                                    Some(old) => {
                                        // The stack's own reference goes after the old value has died.
                                        self.heap.incref_in::<OBS>(value);
                                        drop_ref!(old);
                                    }
                                    None => tri!(self.store_name(&code, ins.arg, value, cell)),
                                }
                                let value = pop!();
                                drop_ref!(value);
                            }
                            Op::StoreGlobal => {
                                let cell = &code.caches[pc - 1];
                                let value = st!(sp - 1);
                                match self.cached_store(&cell.get(), globals, value) {
                                    Some(old) => {
                                        self.heap.incref_in::<OBS>(value);
                                        drop_ref!(old);
                                    }
                                    None => self.store_global(
                                        globals,
                                        code.names[ins.arg as usize],
                                        value,
                                        cell,
                                    ),
                                }
                                let value = pop!();
                                drop_ref!(value);
                            }
                            Op::DeleteName => tri!(self.delete_name(code.names[ins.arg as usize])),
                            Op::DeleteGlobal => {
                                tri!(self.delete_global(globals, code.names[ins.arg as usize]))
                            }
                            Op::LoadAttr => {
                                let o = st!(sp - 1);
                                let cell = &code.caches[pc - 1];
                                let v = self.cached_attr(o, cell);
                                let v = if v.is_null() {
                                    hook!(self.enter_property(o, code.names[ins.arg as usize]));
                                    tri!(self.load_attr(o, code.names[ins.arg as usize], cell))
                                } else {
                                    self.new_ref(v)
                                };
                                finish_unary!(v);
                            }
                            Op::StoreAttr => {
                                let (value, o) = (st!(sp - 2), st!(sp - 1));
                                let cell = &code.caches[pc - 1];
                                match self.cached_set_attr::<OBS>(o, value, cell) {
                                    Some(NULL) => {
                                        // The stack's reference moves into the instance.
                                        let o = pop!();
                                        sp -= 1;
                                        drop_ref!(o);
                                        continue 'next;
                                    }
                                    Some(old) => {
                                        self.heap.incref_in::<OBS>(value);
                                        finish_store!(old);
                                        continue 'next;
                                    }
                                    None => tri!(self.store_attr(
                                        o,
                                        code.names[ins.arg as usize],
                                        value,
                                        cell
                                    )),
                                }
                                let value = std::mem::replace(&mut st!(sp - 2), NULL);
                                drop_ref!(value);
                                let o = pop!();
                                sp -= 1;
                                drop_ref!(o);
                            }
                            Op::DeleteAttr => {
                                let o = st!(sp - 1);
                                tri!(self.set_attr(o, code.names[ins.arg as usize], NULL));
                                let o = pop!();
                                drop_ref!(o);
                            }
                            Op::LoadMethod => {
                                let o = st!(sp - 1);
                                let cell = &code.caches[pc - 1];
                                let m = self.cached_method(o, cell);
                                if !m.is_null() {
                                    self.heap.incref_in::<OBS>(m);
                                    st!(sp - 1) = m;
                                    push!(o);
                                } else if let f = self.cached_function(o, cell)
                                    && !f.is_null()
                                {
                                    self.heap.incref_in::<OBS>(f);
                                    let o = std::mem::replace(&mut st!(sp - 1), NULL);
                                    push!(f);
                                    drop_ref!(o);
                                } else {
                                    let (m, bound) = tri!(self.load_method(
                                        o,
                                        code.names[ins.arg as usize],
                                        cell
                                    ));
                                    if bound {
                                        // NULL marks "not a method": the callable takes the object's place.
                                        let o = std::mem::replace(&mut st!(sp - 1), NULL);
                                        push!(m);
                                        drop_ref!(o);
                                    } else {
                                        st!(sp - 1) = m;
                                        push!(o);
                                    }
                                }
                            }
                            Op::CallMethod => {
                                let n = ins.arg as usize;
                                let m = st!(sp - n - 2);
                                if m.is_null() {
                                    break 'call (st!(sp - n - 1), NULL, sp - n, n, NULL, n + 2);
                                } else if let Payload::Func(_) = self.heap.payload(m) {
                                    break 'call (m, NULL, sp - n - 1, n + 1, NULL, n + 2);
                                } else {
                                    break 'call (m, st!(sp - n - 1), sp - n, n, NULL, n + 2);
                                }
                            }
                            Op::CallFunction => {
                                let n = ins.arg as usize;
                                break 'call (st!(sp - n - 1), NULL, sp - n, n, NULL, n + 1);
                            }
                            Op::CallFunctionKw => {
                                let n = ins.arg as usize;
                                let kwnames = st!(sp - 1);
                                let keywords = self.heap.tuple(kwnames).map_or(0, <[Obj]>::len);
                                // The tuple of names goes last: it lies above the arguments.
                                break 'call (
                                    st!(sp - n - 2),
                                    NULL,
                                    sp - n - 1,
                                    n - keywords,
                                    kwnames,
                                    n + 2,
                                );
                            }
                            Op::CallFunctionEx => {
                                spill!();
                                let drop = 2 + (ins.arg as usize & 1);
                                match tri!(self.call_function_ex(sp, ins.arg & 1 != 0, drop as u32))
                                {
                                    Some(value) => {
                                        self.turn_operands(sp, drop);
                                        replace_args!(drop, value)
                                    }
                                    None => {
                                        load_frame!();
                                        continue 'frame;
                                    }
                                }
                            }
                            Op::ReturnValue | Op::ConstReturn | Op::FastReturn => {
                                let value = match op {
                                    Op::ReturnValue => pop!(),
                                    _ => {
                                        let value = match op {
                                            Op::ConstReturn => code.consts[ins.arg as usize],
                                            _ => st!(base + ins.arg as usize),
                                        };
                                        if value.is_null() {
                                            break 'failed self.unbound_local(&code, ins.arg);
                                        }
                                        self.heap.incref_in::<OBS>(value);
                                        skip!(1);
                                        value
                                    }
                                };
                                if OBS {
                                    spill!();
                                }
                                let cont = self.frames[self.frames.len() - 1].cont;
                                let value = self.end_frame::<OBS>(pc as u32 - 1, value);
                                deliver!(value, cont);
                            }
                            Op::JumpForward | Op::JumpAbsolute => pc = ins.arg as usize,
                            Op::PopJumpIfFalse => {
                                let o = pop!();
                                if o == self.false_ {
                                    self.decref_in::<OBS>(o);
                                    pc = ins.arg as usize;
                                } else if o == self.true_ {
                                    self.decref_in::<OBS>(o);
                                } else {
                                    sp += 1;
                                    let truth = tri!(self.is_true(o));
                                    sp -= 1;
                                    drop_ref!(o);
                                    if !truth {
                                        pc = ins.arg as usize;
                                    }
                                }
                            }
                            Op::PopJumpIfTrue => {
                                let o = st!(sp - 1);
                                if o == self.true_ {
                                    sp -= 1;
                                    self.decref_in::<OBS>(o);
                                    pc = ins.arg as usize;
                                } else if o == self.false_ {
                                    sp -= 1;
                                    self.decref_in::<OBS>(o);
                                } else {
                                    let truth = tri!(self.is_true(o));
                                    sp -= 1;
                                    drop_ref!(o);
                                    if truth {
                                        pc = ins.arg as usize;
                                    }
                                }
                            }
                            Op::JumpIfFalseOrPop | Op::JumpIfTrueOrPop => {
                                let o = st!(sp - 1);
                                let truth = tri!(self.is_true(o));
                                if truth == (ins.op == Op::JumpIfTrueOrPop) {
                                    pc = ins.arg as usize;
                                } else {
                                    sp -= 1;
                                    drop_ref!(o);
                                }
                            }
                            Op::GetIter => {
                                let o = st!(sp - 1);
                                finish_unary!(tri!(self.get_iter(o)));
                            }
                            Op::ForIter => for_iter!(ins),
                            Op::BuildTuple => {
                                let n = ins.arg as usize;
                                let o = self.new_tuple_from_stack(sp - n, n);
                                sp -= n;
                                push!(o);
                            }
                            Op::BuildList => {
                                let n = ins.arg as usize;
                                let o = self.new_list_from_stack(sp - n, n);
                                sp -= n;
                                push!(o);
                            }
                            Op::BuildSet => {
                                let n = ins.arg as usize;
                                let set = self.new_set(self.types.set);
                                self.hold(set);
                                for i in sp - n..sp {
                                    let item = st!(i);
                                    if let Err(thrown) = self.set_add(set, item) {
                                        if thrown == Thrown::Exception {
                                            let set = self.unhold();
                                            self.decref_in::<OBS>(set);
                                        }
                                        break 'failed thrown;
                                    }
                                    st!(i) = NULL;
                                    drop_ref!(item);
                                }
                                self.unhold();
                                sp -= n;
                                push!(set);
                            }
                            Op::BuildMap => {
                                let n = ins.arg as usize;
                                let dict = self.new_dict();
                                let first = sp - 2 * n;
                                self.hold(dict);
                                for i in 0..n {
                                    let (key, value) = (st!(first + 2 * i), st!(first + 2 * i + 1));
                                    if let Err(thrown) = self.dict_set(dict, key, value) {
                                        if thrown == Thrown::Exception {
                                            let dict = self.unhold();
                                            self.decref_in::<OBS>(dict);
                                        }
                                        break 'failed thrown;
                                    }
                                }
                                self.unhold();
                                replace_args!(2 * n, dict);
                            }
                            Op::BuildConstKeyMap => {
                                let n = ins.arg as usize;
                                let keys = st!(sp - 1);
                                let dict = self.new_dict();
                                self.hold(dict);
                                for i in 0..n {
                                    let key = self.heap.tuple(keys).map_or(NULL, |k| k[i]);
                                    let value = st!(sp - 1 - n + i);
                                    if let Err(thrown) = self.dict_set(dict, key, value) {
                                        if thrown == Thrown::Exception {
                                            let dict = self.unhold();
                                            self.decref_in::<OBS>(dict);
                                        }
                                        break 'failed thrown;
                                    }
                                }
                                self.unhold();
                                replace_args!(n + 1, dict);
                            }
                            Op::BuildString => {
                                let n = ins.arg as usize;
                                let text = self.join_pieces(sp - n, sp);
                                replace_args!(n, text);
                            }
                            Op::BuildSlice => {
                                let n = ins.arg as usize;
                                let next = instructions[pc].op;
                                if !OBS && next == Op::BinarySubscr && self.quick_slice(sp - n, n) {
                                    sp -= n;
                                    skip!(1);
                                    continue 'next;
                                }
                                if !OBS
                                    && next == Op::StoreSubscr
                                    && self.quick_slice_store(sp - n, n)
                                {
                                    sp -= n + 1;
                                    skip!(1);
                                    let value = pop!();
                                    drop_ref!(value);
                                    continue 'next;
                                }
                                let step = if n == 3 { pop!() } else { self.new_none() };
                                let stop = pop!();
                                let start = pop!();
                                if OBS {
                                    spill!();
                                }
                                let o = self.new_slice(start, stop, step);
                                push!(o);
                            }
                            Op::FormatValue => {
                                let drop = 1 + usize::from(ins.arg & 4 != 0);
                                if ins.arg & 3 != 0 {
                                    let value = st!(sp - drop);
                                    let converted = tri!(self.convert_value(value, ins.arg & 3));
                                    st!(sp - drop) = converted;
                                    drop_ref!(value);
                                }
                                let spec = if drop == 2 { st!(sp - 1) } else { NULL };
                                let text = tri!(self.format_value(st!(sp - drop), spec));
                                replace_args!(drop, text);
                            }
                            Op::ListAppend => {
                                let item = pop!();
                                let list = st!(sp - ins.arg as usize);
                                if let Some(items) = self.heap.list_mut(list) {
                                    items.push(item);
                                }
                            }
                            Op::SetAdd => {
                                let item = st!(sp - 1);
                                let set = st!(sp - 1 - ins.arg as usize);
                                tri!(self.set_add(set, item));
                                sp -= 1;
                                drop_ref!(item);
                            }
                            Op::MapAdd => {
                                let (key, value) = (st!(sp - 2), st!(sp - 1));
                                let dict = st!(sp - 2 - ins.arg as usize);
                                tri!(self.dict_set(dict, key, value));
                                sp -= 1;
                                drop_ref!(value);
                                sp -= 1;
                                drop_ref!(key);
                            }
                            Op::ListExtend => {
                                let (list, iterable) =
                                    (st!(sp - 1 - ins.arg as usize), st!(sp - 1));
                                tri!(self.list_extend_op(list, iterable));
                                sp -= 1;
                                drop_ref!(iterable);
                            }
                            Op::SetUpdate => {
                                let (set, iterable) = (st!(sp - 1 - ins.arg as usize), st!(sp - 1));
                                tri!(self.set_update(set, iterable));
                                sp -= 1;
                                drop_ref!(iterable);
                            }
                            Op::DictUpdate | Op::DictMerge => {
                                let (dict, other) = (st!(sp - 1 - ins.arg as usize), st!(sp - 1));
                                if ins.op == Op::DictUpdate {
                                    tri!(self.dict_update_op(dict, other));
                                } else {
                                    let callable = st!(sp - 3 - ins.arg as usize);
                                    tri!(self.dict_merge_op(dict, other, callable));
                                }
                                sp -= 1;
                                drop_ref!(other);
                            }
                            Op::ListToTuple => {
                                let list = st!(sp - 1);
                                let items = self.heap.list(list).cloned().unwrap_or_default();
                                let o = self.new_tuple_of(&items);
                                finish_unary!(o);
                            }
                            Op::UnpackSequence => {
                                let seq = st!(sp - 1);
                                let n = ins.arg as usize;
                                if let Payload::Tuple { n: count, v } = *self.heap.payload(seq)
                                    && count as usize == n
                                {
                                    sp -= 1;
                                    if OBS {
                                        self.hold(seq);
                                    }
                                    for item in v[..n].iter().rev() {
                                        self.heap.incref_in::<OBS>(*item);
                                        push!(*item);
                                    }
                                    if OBS {
                                        self.unhold();
                                    }
                                    drop_ref!(seq);
                                    continue 'next;
                                }
                                let count = match self.heap.payload(seq) {
                                    Payload::TupleBig(items) => items.len(),
                                    Payload::List(items) => items.len(),
                                    _ => usize::MAX,
                                };
                                if count == n {
                                    // The sequence lies where its last item goes: hold it aside.
                                    sp -= 1;
                                    if OBS {
                                        self.hold(seq);
                                    }
                                    for i in (0..n).rev() {
                                        let item = match self.heap.payload(seq) {
                                            Payload::TupleBig(items) => items[i],
                                            Payload::List(items) => items[i],
                                            _ => NULL,
                                        };
                                        self.heap.incref_in::<OBS>(item);
                                        push!(item);
                                    }
                                    if OBS {
                                        self.unhold();
                                    }
                                    drop_ref!(seq);
                                } else {
                                    let items = tri!(self.unpack_iterable(seq, n, None));
                                    sp -= 1;
                                    for item in items.into_iter().rev() {
                                        push!(item);
                                    }
                                    drop_ref!(seq);
                                }
                            }
                            Op::UnpackEx => {
                                let seq = st!(sp - 1);
                                let (before, after) =
                                    ((ins.arg & 0xff) as usize, (ins.arg >> 8) as usize);
                                let items = tri!(self.unpack_iterable(seq, before, Some(after)));
                                sp -= 1;
                                for item in items.into_iter().rev() {
                                    push!(item);
                                }
                                drop_ref!(seq);
                            }
                            Op::LoadClosure => {
                                let cell = st!(base + code.nlocals as usize + ins.arg as usize);
                                self.heap.incref_in::<OBS>(cell);
                                push!(cell);
                            }
                            Op::LoadDeref => {
                                let cell = st!(base + code.nlocals as usize + ins.arg as usize);
                                let o = self.heap.cell_contents(cell);
                                if o.is_null() {
                                    break 'failed self.unbound_deref(&code, ins.arg);
                                }
                                self.heap.incref_in::<OBS>(o);
                                push!(o);
                            }
                            Op::LoadClassderef => {
                                let o = tri!(self.load_classderef(&code, ins.arg, base));
                                push!(o);
                            }
                            Op::StoreDeref => {
                                let value = pop!();
                                let cell = st!(base + code.nlocals as usize + ins.arg as usize);
                                let old = self.set_cell(cell, value);
                                xdrop_ref!(old);
                            }
                            Op::DeleteDeref => {
                                let cell = st!(base + code.nlocals as usize + ins.arg as usize);
                                let old = self.set_cell(cell, NULL);
                                if old.is_null() {
                                    break 'failed self.unbound_deref(&code, ins.arg);
                                }
                                drop_ref!(old);
                            }
                            Op::MakeFunction => {
                                if OBS {
                                    // The function takes the name over, and is made of it.
                                    let last = self.frames.len() - 1;
                                    self.frames[last].sp = sp - 1;
                                }
                                let (o, used) = self.make_function(sp, ins.arg, globals);
                                sp -= used;
                                push!(o);
                            }
                            Op::LoadBuildClass => {
                                let o = tri!(self.load_build_class());
                                push!(o);
                            }
                            Op::LoadAssertionError => {
                                let o = self.types.assertion_error;
                                self.heap.incref_in::<OBS>(o);
                                push!(o);
                            }
                            Op::ImportName => {
                                let (level, fromlist) = (st!(sp - 2), st!(sp - 1));
                                spill!();
                                let module = tri!(self.import_name(
                                    code.names[ins.arg as usize],
                                    fromlist,
                                    level
                                ));
                                replace_args!(2, module);
                            }
                            Op::ImportFrom => {
                                let module = st!(sp - 1);
                                let o =
                                    tri!(self.import_from(module, code.names[ins.arg as usize]));
                                push!(o);
                            }
                            Op::ImportStar => {
                                let module = st!(sp - 1);
                                tri!(self.import_star(module));
                                let module = pop!();
                                drop_ref!(module);
                            }
                            Op::SetupFinally => {
                                let level = (sp - base - code.locals_plus as usize) as u32;
                                self.blocks.push(Block {
                                    kind: BlockKind::SetupFinally,
                                    handler: ins.arg,
                                    level,
                                });
                            }
                            Op::SetupWith | Op::BeforeAsyncWith => {
                                let manager = st!(sp - 1);
                                let is_async = ins.op == Op::BeforeAsyncWith;
                                let (enter, exit) = tri!(self.context_methods(manager, is_async));
                                self.hold(enter);
                                st!(sp - 1) = exit;
                                drop_ref!(manager);
                                let result = self.call(enter, &[]);
                                if self.interrupt.is_none() {
                                    let enter = self.unhold();
                                    self.drop_keeping_exception(enter);
                                }
                                let result = tri!(result);
                                if !is_async {
                                    let level = (sp - base - code.locals_plus as usize) as u32;
                                    self.blocks.push(Block {
                                        kind: BlockKind::SetupFinally,
                                        handler: ins.arg,
                                        level,
                                    });
                                }
                                push!(result);
                            }
                            Op::SetupAsyncWith => {
                                let result = pop!();
                                let level = (sp - base - code.locals_plus as usize) as u32;
                                self.blocks.push(Block {
                                    kind: BlockKind::SetupFinally,
                                    handler: ins.arg,
                                    level,
                                });
                                push!(result);
                            }
                            Op::WithExceptStart => {
                                // exit is the seventh entry from the top; the exception lies on top of it.
                                let exit = st!(sp - 7);
                                let args = [st!(sp - 1), st!(sp - 2), st!(sp - 3)];
                                let result = tri!(self.call(exit, &args));
                                push!(result);
                            }
                            Op::PopBlock => {
                                self.blocks.pop();
                            }
                            Op::PopExcept => {
                                self.blocks.pop();
                                let old = [pop!(), pop!(), pop!()];
                                let info = self
                                    .handled
                                    .last_mut()
                                    .expect("there is always the thread's own entry");
                                let [ty, value, tb] = std::mem::replace(info, old);
                                let mark = self.mark();
                                self.hold(tb);
                                self.hold(value);
                                self.hold(ty);
                                if OBS {
                                    spill!();
                                }
                                self.release(mark);
                            }
                            Op::Reraise => {
                                let (ty, value, tb) = (pop!(), pop!(), pop!());
                                if ins.arg != 0
                                    && let Some(block) = self.frame_blocks().last()
                                {
                                    // The frame is again where the exception came from.
                                    pc = block.handler as usize + 1;
                                }
                                break 'failed self.reraise_triple(ty, value, tb);
                            }
                            Op::RaiseVarargs => {
                                let n = ins.arg;
                                let cause = if n == 2 { pop!() } else { NULL };
                                let exc = if n >= 1 { pop!() } else { NULL };
                                spill!();
                                break 'failed self.do_raise(exc, cause);
                            }
                            Op::JumpIfNotExcMatch => {
                                let (left, right) = (st!(sp - 2), st!(sp - 1));
                                let matches = tri!(self.exception_matches(left, right));
                                sp -= 1;
                                drop_ref!(right);
                                sp -= 1;
                                drop_ref!(left);
                                if !matches {
                                    pc = ins.arg as usize;
                                }
                            }
                            Op::YieldValue => {
                                let mut value = st!(sp - 1);
                                if !OBS
                                    && matches!(
                                        self.frames[self.frames.len() - 1].cont,
                                        Cont::Drain
                                    )
                                    && !self.tracing.on
                                    && self.sink_takes(value)
                                {
                                    // It goes on as if it had been resumed with None.
                                    if instructions[pc].fused == Op::PopTopJump {
                                        sp -= 1;
                                        pc = instructions[pc].y as usize;
                                        self.left -= 2;
                                    } else {
                                        st!(sp - 1) = self.new_none();
                                    }
                                    continue 'next;
                                }
                                if code.flags & flags::ASYNC_GENERATOR != 0 {
                                    if OBS {
                                        let last = self.frames.len() - 1;
                                        self.frames[last].sp = sp - 1;
                                    }
                                    value = self.wrap_async_value(value);
                                }
                                sp -= 1;
                                spill!();
                                hand_out!(value);
                            }
                            Op::YieldFrom => {
                                spill!();
                                let (receiver, value) = (st!(sp - 2), st!(sp - 1));
                                if tri!(self.resume_delegate(receiver, value)) {
                                    load_frame!();
                                    continue 'frame;
                                }
                                let (result, returned) = tri!(self.iter_send(receiver, value));
                                drop_sent!(result);
                                if returned {
                                    finish_unary!(result);
                                } else {
                                    // The receiver stays; the instruction runs again when this generator is resumed.
                                    pc -= 1;
                                    spill!();
                                    hand_out!(result);
                                }
                            }
                            Op::GetYieldFromIter => {
                                let o = st!(sp - 1);
                                finish_unary!(tri!(self.yield_from_iter(o, &code)));
                            }
                            Op::GetAwaitable => {
                                let o = st!(sp - 1);
                                let back = |n| pc.checked_sub(n).map(|at| code.ins[at].op);
                                let previous = [back(3), back(2)];
                                finish_unary!(tri!(self.get_awaitable(o, previous)));
                            }
                            Op::GetAiter => {
                                let o = st!(sp - 1);
                                finish_unary!(tri!(self.get_aiter(o)));
                            }
                            Op::GetAnext => {
                                let o = st!(sp - 1);
                                let awaitable = tri!(self.get_anext(o));
                                push!(awaitable);
                            }
                            Op::EndAsyncFor => {
                                let exc = st!(sp - 1);
                                if tri!(
                                    self.exception_matches(exc, self.types.stop_async_iteration)
                                ) {
                                    self.blocks.pop();
                                    let level = sp - 6;
                                    let mut end = sp;
                                    self.unwind_except_handler(&mut end, level);
                                    sp = end;
                                    let o = pop!();
                                    drop_ref!(o);
                                } else {
                                    let (ty, value, tb) = (pop!(), pop!(), pop!());
                                    break 'failed self.reraise_triple(ty, value, tb);
                                }
                            }
                            Op::GetLen => {
                                let o = st!(sp - 1);
                                let n = tri!(self.len(o));
                                let n = self.new_int(n as i64);
                                push!(n);
                            }
                            Op::MatchMapping | Op::MatchSequence => {
                                let o = st!(sp - 1);
                                let class = self.heap.class(self.heap.ty(o));
                                let matches = if ins.op == Op::MatchMapping {
                                    class.flags.mapping
                                } else {
                                    class.flags.sequence
                                };
                                let r = self.new_bool(matches);
                                push!(r);
                            }
                            Op::MatchKeys => {
                                let (subject, keys) = (st!(sp - 2), st!(sp - 1));
                                let values = tri!(self.match_keys(subject, keys));
                                let found = values != self.none;
                                push!(values);
                                let r = self.new_bool(found);
                                push!(r);
                            }
                            Op::MatchClass => {
                                let (subject, class, names) =
                                    (st!(sp - 3), st!(sp - 2), st!(sp - 1));
                                let attrs =
                                    tri!(self.match_class(subject, class, ins.arg as usize, names));
                                // names and class go; the subject is replaced by the attributes or kept.
                                let names = pop!();
                                self.hold(attrs);
                                drop_ref!(names);
                                let class = pop!();
                                drop_ref!(class);
                                let attrs = self.unhold();
                                let matched = attrs != self.none;
                                if matched {
                                    finish_unary!(attrs);
                                } else {
                                    self.decref_in::<OBS>(attrs);
                                }
                                let r = self.new_bool(matched);
                                push!(r);
                            }
                            Op::CopyDictWithoutKeys => {
                                let (subject, keys) = (st!(sp - 2), st!(sp - 1));
                                finish_unary!(tri!(self.copy_dict_without_keys(subject, keys)));
                            }
                            Op::PrintExpr => {
                                let value = st!(sp - 1);
                                tri!(self.print_expr(value));
                                let value = pop!();
                                drop_ref!(value);
                            }
                            Op::SetupAnnotations => tri!(self.setup_annotations()),
                            Op::Nop | Op::ExtendedArg => {}
                        }
                        continue 'next;
                    };
                    call!(callable, this, first, n, kwnames, drop);
                }
            };

            // Tells the script's hooks; an exception out of them has taken the other one's place.
            macro_rules! trace_thrown {
                ($told:expr) => {{
                    if self.tracing.on && $told == Err(Thrown::Interrupt) {
                        spill!();
                        return Err(Thrown::Interrupt);
                    }
                }};
            }
            // Something went wrong in the innermost frame, at the instruction before `pc`.
            if thrown == Thrown::Interrupt {
                spill!();
                return Err(Thrown::Interrupt);
            }
            self.pc = (pc as u32).saturating_sub(1);
            spill!();
            if !self.raised_again {
                // (Not `code`: a value may just have been delivered to another frame.)
                let (op, arg) = self.instruction_at_pc();
                self.drop_failed_operands(&mut sp, op, arg);
                spill!();
            }
            // An exception that is raised again has its entry for this frame already.
            if !std::mem::take(&mut self.raised_again) {
                self.add_traceback(self.pc);
                trace_thrown!(self.trace_exception());
            }
            loop {
                // (Not `&mut sp`: a variable whose address is taken lives in memory, in the whole loop.)
                let mut end = sp;
                let handler = self.find_handler(&mut end);
                sp = end;
                match handler {
                    Ok(Some(handler)) => {
                        pc = handler as usize;
                        continue 'frame;
                    }
                    Ok(None) => {}
                    Err(Thrown::Interrupt) => {
                        spill!();
                        return Err(Thrown::Interrupt);
                    }
                    Err(Thrown::Exception) => continue,
                }
                // No handler here: the frame ends, the caller is next.
                trace_thrown!(self.trace_raising_exit());
                let cont = self.frames[self.frames.len() - 1].cont;
                self.end_frame_raising((pc as u32).saturating_sub(1));
                if matches!(cont, Cont::Native | Cont::Drain) {
                    return Err(Thrown::Exception);
                }
                load_frame!();
                self.pc = pc as u32 - 1;
                if let Cont::Spread { held, drop } = cont {
                    let saved = self.take_exception();
                    self.release(self.top - held as usize);
                    self.restore_exception(saved);
                    self.turn_operands(sp, drop as usize);
                }
                if let Cont::Init { .. } = cont {
                    self.leave_recursive();
                    let saved = self.take_exception();
                    let instance = self.unhold();
                    self.decref_in::<OBS>(instance);
                    let args = self.unhold();
                    self.decref_in::<OBS>(args);
                    self.restore_exception(saved);
                }
                spill!();
                if let Cont::Hook(hook) = cont {
                    let saved = self.take_exception();
                    self.leave_hook(hook, NULL);
                    self.restore_exception(saved);
                    let (op, arg) = self.instruction_at_pc();
                    self.drop_failed_operands(&mut sp, op, arg);
                    spill!();
                }
                if let Cont::Push { drop } | Cont::Spread { drop, .. } | Cont::Init { drop } = cont
                {
                    self.drop_operands(&mut sp, drop as usize);
                    spill!();
                }
                self.add_traceback(pc as u32 - 1);
                trace_thrown!(self.trace_exception());
            }
        }
    }

    /// The instruction that the innermost frame stands at: operation and argument. NOP if it is none.
    fn instruction_at_pc(&self) -> (Op, u32) {
        let frame = &self.frames[self.frames.len() - 1];
        match frame.code.ins.get(self.pc as usize) {
            Some(ins) => (ins.op, ins.arg),
            None => (Op::Nop, 0),
        }
    }

    #[inline(always)]
    pub(super) fn check_recursion(&mut self) -> PyResult<()> {
        if self.frames.len() as u32 + self.native_recursion + 1 >= self.recursion_limit {
            return self.near_limit();
        }
        Ok(())
    }

    /// The frame about to be pushed is the last one allowed, or one too many. The last one runs no fused comparisons: every
    /// comparison is one level too many in it, whatever is compared.
    #[cold]
    fn near_limit(&mut self) -> PyResult<()> {
        if self.at_limit() {
            return self.too_deep("");
        }
        self.end_slice_at(self.steps());
        Ok(())
    }

    /// One level more would exceed the recursion limit.
    #[inline(always)]
    pub(super) fn at_limit(&self) -> bool {
        self.frames.len() as u32 + self.native_recursion >= self.recursion_limit
    }
}
