//! Exceptions inside a frame: finding the handler, entering and leaving it, `raise`, `except` matching, `with`.

use super::exception::{Pending, PendingValue};
use super::{Machine, PyResult, Thrown};
use crate::bytecode::opcode::Op;
use crate::heap::payload::Code;
use crate::heap::payload::frame::{Block, BlockKind};
use crate::heap::{NULL, Obj, Payload};

impl Machine {
    /// Looks for a handler of the exception in flight in the innermost frame, cutting the stack back on the way. On success
    /// the exception is being handled and lies on the stack; returns the handler's instruction (`exception_unwind`).
    pub(super) fn find_handler(&mut self, sp: &mut usize) -> PyResult<Option<u32>> {
        let last = self.frames.len() - 1;
        let (block_base, stack_base) = (
            self.frames[last].block_base as usize,
            self.frames[last].stack_base(),
        );
        while self.blocks.len() > block_base {
            let block = self.blocks.pop().expect("the frame has a block left");
            let level = stack_base + block.level as usize;
            if block.kind == BlockKind::ExceptHandler {
                self.unwind_except_handler(sp, level);
                continue;
            }
            self.cut_stack(sp, level);
            return self.enter_handler(sp, block.handler).map(Some);
        }
        self.cut_stack(sp, stack_base);
        Ok(None)
    }

    /// Lets go of the operands of an instruction that failed, last first.
    pub(super) fn drop_operands(&mut self, sp: &mut usize, n: usize) {
        if n > 0 && self.interrupt.is_none() {
            self.cut_stack(sp, *sp - n);
        }
    }

    fn cut_stack(&mut self, sp: &mut usize, level: usize) {
        if *sp <= level {
            return;
        }
        let saved = self.take_exception();
        while *sp > level {
            *sp -= 1;
            let o = std::mem::replace(&mut self.stack[*sp], NULL);
            self.spill_sp(*sp);
            self.xdecref(o);
        }
        self.restore_exception(saved);
    }

    fn spill_sp(&mut self, sp: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.sp = sp;
        }
    }

    fn enter_handler(&mut self, sp: &mut usize, handler: u32) -> PyResult<u32> {
        self.normalize()?;
        let pending = self.pending.take().expect("an exception is in flight");
        let Pending {
            ty,
            value: PendingValue::Instance(value),
            traceback,
        } = *pending
        else {
            panic!("normalize makes an instance");
        };
        let frame = self.frames.last().expect("a frame runs");
        let level = (*sp - frame.stack_base()) as u32;
        self.blocks.push(Block {
            kind: BlockKind::ExceptHandler,
            handler: self.pc,
            level,
        });
        let traceback = if traceback.is_null() {
            self.new_none()
        } else {
            traceback
        };
        // An older traceback may die here, and frames with it, while these three are nowhere else.
        self.returning.extend([ty, value, traceback]);
        self.set_traceback(value, traceback);
        self.returning.truncate(self.returning.len() - 3);
        let info = self
            .handled
            .last_mut()
            .expect("there is always the thread's own entry");
        let [old_ty, old_value, old_tb] = std::mem::replace(info, [ty, value, traceback]);
        let old_ty = if old_ty.is_null() {
            self.new_none()
        } else {
            old_ty
        };
        for o in [ty, value, traceback] {
            self.heap.incref(o);
        }
        for o in [old_tb, old_value, old_ty, traceback, value, ty] {
            self.stack[*sp] = o;
            *sp += 1;
        }
        self.spill_sp(*sp);
        Ok(handler)
    }

    /// `PyException_SetTraceback`: the traceback is borrowed; None is kept as itself.
    pub fn set_traceback(&mut self, exc: Obj, traceback: Obj) {
        let new = self.new_ref(traceback);
        if let Payload::Exc(e) = self.heap.base_mut(exc) {
            let old = std::mem::replace(&mut e.traceback, new);
            self.xdecref(old);
        } else {
            self.xdecref(new);
        }
    }

    /// Leaves a handler: the exception handled before is the current one again (`UNWIND_EXCEPT_HANDLER`).
    pub(super) fn unwind_except_handler(&mut self, sp: &mut usize, level: usize) {
        self.cut_stack(sp, level + 3);
        let mut pop = || {
            *sp -= 1;
            std::mem::replace(&mut self.stack[*sp], NULL)
        };
        let old = [pop(), pop(), pop()];
        self.spill_sp(*sp);
        let info = self
            .handled
            .last_mut()
            .expect("there is always the thread's own entry");
        let current = std::mem::replace(info, old);
        let saved = self.take_exception();
        self.drop_all(current.to_vec());
        self.restore_exception(saved);
    }

    /// `raise`, `raise exc`, `raise exc from cause`; takes both references (`do_raise`).
    pub(super) fn do_raise(&mut self, exc: Obj, cause: Obj) -> Thrown {
        if exc.is_null() {
            let [ty, value, tb] = self.handled_info();
            if ty.is_null() {
                let raised: PyResult<()> = self.raise(
                    self.types.runtime_error,
                    "No active exception to reraise".to_string(),
                );
                return raised.expect_err("raise always fails");
            }
            self.heap.incref(ty);
            self.heap.incref(value);
            self.xincref(tb);
            return self.reraise_triple(ty, value, tb);
        }
        let result = self.raise_from(exc, cause);
        match result {
            Ok(()) => panic!("raise always fails"),
            Err(thrown) => thrown,
        }
    }

    fn raise_from(&mut self, exc: Obj, cause: Obj) -> PyResult<()> {
        let value = if self.is_exception_class(exc) {
            self.hold(cause);
            let made = self.with_held(exc, |vm, exc| match vm.call(exc, &[]) {
                Ok(made) if !vm.is_exception(made) => vm.raised_no_exception(exc, made),
                made => made,
            });
            if made == Err(Thrown::Interrupt) {
                return Err(Thrown::Interrupt);
            }
            let cause = self.unhold();
            match made {
                Ok(made) => made,
                Err(thrown) => {
                    self.xdecref(cause);
                    return Err(thrown);
                }
            }
        } else if self.is_exception(exc) {
            exc
        } else {
            self.decref(exc);
            self.xdecref(cause);
            return self.type_error("exceptions must derive from BaseException".to_string());
        };
        if !cause.is_null() {
            self.attach_cause(value, cause)?;
        }
        let result = self.reraise_object(value);
        self.decref(value);
        result
    }

    /// `raise` of a class whose call made something else; takes what was made.
    fn raised_no_exception(&mut self, class: Obj, made: Obj) -> PyResult<Obj> {
        let got = self.heap.ty(made);
        self.decref(made);
        let (class, got) = (self.repr_text(class)?, self.repr_text(got)?);
        self.type_error(format!(
            "calling {class} should have returned an instance of BaseException, not {got}"
        ))
    }

    fn attach_cause(&mut self, value: Obj, cause: Obj) -> PyResult<()> {
        let fixed = if self.is_exception_class(cause) {
            self.hold(value);
            let made = self.call_and_drop(cause, &[]);
            if made == Err(Thrown::Interrupt) {
                return Err(Thrown::Interrupt);
            }
            self.unhold();
            made
        } else if self.is_exception(cause) {
            Ok(cause)
        } else if cause == self.none {
            self.decref(cause);
            Ok(NULL)
        } else {
            // What was to be raised goes before its cause.
            let raised: PyResult<Obj> =
                self.type_error("exception causes must derive from BaseException".to_string());
            let saved = self.take_exception();
            self.hold(cause);
            self.decref(value);
            self.drop_held();
            self.restore_exception(saved);
            return raised.map(drop);
        };
        let fixed = match fixed {
            Ok(fixed) => fixed,
            Err(thrown) => {
                let saved = self.take_exception();
                self.decref(value);
                self.restore_exception(saved);
                return Err(thrown);
            }
        };
        if let Payload::Exc(e) = self.heap.base_mut(value) {
            e.suppress_context = true;
            let old = std::mem::replace(&mut e.cause, fixed);
            self.xdecref(old);
        }
        Ok(())
    }

    /// An instance of BaseException.
    pub fn is_exception(&self, o: Obj) -> bool {
        matches!(self.heap.base(o), Payload::Exc(_))
    }

    /// A subclass of BaseException.
    pub fn is_exception_class(&self, o: Obj) -> bool {
        self.heap.is_class(o) && self.is_subtype(o, self.types.base_exception)
    }

    /// `except` matching: a class or a tuple of classes (`JUMP_IF_NOT_EXC_MATCH`).
    pub(super) fn exception_matches(&mut self, exc: Obj, wanted: Obj) -> PyResult<bool> {
        const COMPLAINT: &str =
            "catching classes that do not inherit from BaseException is not allowed";
        let class = if self.heap.is_class(exc) {
            exc
        } else {
            self.heap.ty(exc)
        };
        if let Some(items) = self.heap.tuple(wanted).map(<[Obj]>::to_vec) {
            if items.iter().any(|c| !self.is_exception_class(*c)) {
                return self.type_error(COMPLAINT.to_string());
            }
            return Ok(items.iter().any(|c| self.is_subtype(class, *c)));
        }
        if !self.is_exception_class(wanted) {
            return self.type_error(COMPLAINT.to_string());
        }
        Ok(self.is_subtype(class, wanted))
    }

    /// Looks `__enter__` and `__exit__` up (or their asynchronous kin); both owned.
    pub(super) fn context_methods(&mut self, manager: Obj, is_async: bool) -> PyResult<(Obj, Obj)> {
        let names = if is_async {
            (self.names.__aenter__, self.names.__aexit__)
        } else {
            (self.names.__enter__, self.names.__exit__)
        };
        let enter = self.context_method(manager, names.0)?;
        self.hold(enter);
        let exit = self.context_method(manager, names.1);
        if self.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        let enter = self.unhold();
        match exit {
            Ok(exit) => Ok((enter, exit)),
            Err(thrown) => {
                self.drop_keeping_exception(enter);
                Err(thrown)
            }
        }
    }

    fn context_method(&mut self, manager: Obj, name: Obj) -> PyResult<Obj> {
        match self.lookup_special(manager, name)? {
            Some(method) => Ok(method),
            None => {
                let text = self.text(name);
                self.raise(self.types.attribute_error, text)
            }
        }
    }

    #[cold]
    pub(super) fn unbound_local(&mut self, code: &Code, index: u32) -> Thrown {
        let name = self.text(code.varnames[index as usize]);
        let raised: PyResult<()> = self.raise(
            self.types.unbound_local_error,
            format!("local variable '{name}' referenced before assignment"),
        );
        raised.expect_err("raise always fails")
    }

    #[cold]
    pub(super) fn unbound_deref(&mut self, code: &Code, index: u32) -> Thrown {
        let i = index as usize;
        let raised: PyResult<()> = if i < code.cellvars.len() {
            let name = self.text(code.cellvars[i]);
            self.raise(
                self.types.unbound_local_error,
                format!("local variable '{name}' referenced before assignment"),
            )
        } else {
            let name = self.text(code.freevars[i - code.cellvars.len()]);
            self.raise(
                self.types.name_error,
                format!("free variable '{name}' referenced before assignment in enclosing scope"),
            )
        };
        raised.expect_err("raise always fails")
    }

    /// Which instruction awaits decides the message of a wrong `await`.
    pub(super) fn awaits_with(previous: [Option<Op>; 2]) -> Option<&'static str> {
        match previous {
            [_, Some(Op::BeforeAsyncWith)] => Some("__aenter__"),
            [_, Some(Op::WithExceptStart)] => Some("__aexit__"),
            [Some(Op::DupTop), Some(Op::CallFunction)] => Some("__aexit__"),
            _ => None,
        }
    }
}
