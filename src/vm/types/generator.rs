//! Generators and coroutines: suspending a frame, resuming it, closing it.
//!
//! A generator owns a frame object, and that owns locals and operands while the generator waits. To run, they move to
//! the machine's stack and back. Whoever drives it chooses what happens to the yielded value (`Cont`).

use std::rc::Rc;

use super::generator_throw::{close, finalize, throw};
use crate::bytecode::code::flags;
use crate::bytecode::opcode::Op;
use crate::heap::payload::frame::{FrameObj, FrameState};
use crate::heap::payload::generator::{Gen, GenKind};
use crate::heap::payload::{Code, Payload};
use crate::heap::{NULL, Obj};
use crate::vm::args::Args;
use crate::vm::frame::{Cont, Frame};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::exception::PendingValue;
use crate::vm::{Machine, PyResult, Thrown};

pub static SPEC: TypeSpec =
    TypeSpec { has_weakrefs: true, methods: METHODS, getset: GETSET, slots: generator_slots, ..TypeSpec::new("generator") };

pub static COROUTINE_SPEC: TypeSpec = TypeSpec {
    has_weakrefs: true,
    methods: COROUTINE_METHODS,
    getset: COROUTINE_GETSET,
    slots: coroutine_slots,
    ..TypeSpec::new("coroutine")
};

pub static WRAPPER_SPEC: TypeSpec =
    TypeSpec { methods: WRAPPER_METHODS, slots: wrapper_slots, ..TypeSpec::new("coroutine_wrapper") };

fn generator_slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(next);
    s.tp_finalize = Some(finalize);
}

fn coroutine_slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.am_await = Some(coroutine_await);
    s.tp_finalize = Some(finalize);
}

fn wrapper_slots(s: &mut Slots) {
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(|vm, this| {
        let coroutine = wrapped(vm, this);
        next(vm, coroutine)
    });
}

static METHODS: &[Method] = &[
    Method::new("send", Arity::One, send).doc("send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration."),
    Method::new("throw", Arity::Positional(1, 3), throw).varargs().doc("throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration."),
    Method::new("close", Arity::NoArgs, close).doc("close() -> raise GeneratorExit inside generator."),
];

static COROUTINE_METHODS: &[Method] = &[
    Method::new("send", Arity::One, send).doc("send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration."),
    Method::new("throw", Arity::Positional(1, 3), throw).varargs().doc("throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration."),
    Method::new("close", Arity::NoArgs, close).doc("close() -> raise GeneratorExit inside coroutine."),
];

static WRAPPER_METHODS: &[Method] = &[
    Method::new("send", Arity::One, |vm, this, args| {
        let coroutine = wrapped(vm, this);
        send(vm, coroutine, args)
    }),
    Method::new("throw", Arity::Positional(1, 3), |vm, this, args| {
        let coroutine = wrapped(vm, this);
        throw(vm, coroutine, args)
    })
    .varargs(),
    Method::new("close", Arity::NoArgs, |vm, this, args| {
        let coroutine = wrapped(vm, this);
        close(vm, coroutine, args)
    }),
];

static GETSET: &[GetSet] = &[
    GetSet::rw("__name__", get_name, set_name),
    GetSet::rw("__qualname__", get_qualname, set_qualname),
    GetSet::new("gi_frame", get_frame),
    GetSet::new("gi_running", get_running),
    GetSet::new("gi_code", get_code),
    GetSet::new("gi_yieldfrom", get_yield_from),
];

static COROUTINE_GETSET: &[GetSet] = &[
    GetSet::rw("__name__", get_name, set_name),
    GetSet::rw("__qualname__", get_qualname, set_qualname),
    GetSet::new("cr_frame", get_frame),
    GetSet::new("cr_running", get_running),
    GetSet::new("cr_code", get_code),
    GetSet::new("cr_await", get_yield_from),
    GetSet::new("cr_origin", get_origin),
];

pub(super) fn generator(vm: &Machine, this: Obj) -> &Gen {
    match vm.heap.payload(this) {
        Payload::Gen(g) => g,
        _ => panic!("a generator's method on something else"),
    }
}

pub(super) fn generator_mut(vm: &mut Machine, this: Obj) -> &mut Gen {
    match vm.heap.payload_mut(this) {
        Payload::Gen(g) => g,
        _ => panic!("a generator's method on something else"),
    }
}

pub(super) fn frame_object(vm: &Machine, frame: Obj) -> &FrameObj {
    match vm.heap.payload(frame) {
        Payload::Frame(f) => f,
        _ => panic!("a generator's frame is a frame"),
    }
}

pub(super) fn frame_object_mut(vm: &mut Machine, frame: Obj) -> &mut FrameObj {
    match vm.heap.payload_mut(frame) {
        Payload::Frame(f) => f,
        _ => panic!("a generator's frame is a frame"),
    }
}

/// The word in messages.
pub(super) fn word(kind: GenKind) -> &'static str {
    match kind {
        GenKind::Generator => "generator",
        GenKind::Coroutine => "coroutine",
        GenKind::AsyncGenerator => "async generator",
    }
}

impl Machine {
    /// A generator whose frame has its arguments from `base` on and waits (`_PyEval_Vector` for generators). `owned` are the code,
    /// globals, builtins and locals (or NULL) that the frame takes a reference to.
    pub(in crate::vm) fn make_generator(&mut self, func: Obj, code: Rc<Code>, owned: [Obj; 4], base: usize) -> Obj {
        for o in owned {
            self.xincref(o);
        }
        let [code_obj, globals, builtins, locals] = owned;
        let end = base + code.locals_plus as usize;
        // A spare frame's vectors have room already.
        let (mut values, mut blocks) = match self.heap.spare_frames.next_kept() {
            Some(kept) => (std::mem::take(&mut kept.values), std::mem::take(&mut kept.blocks)),
            None => (Vec::new(), Vec::new()),
        };
        values.clear();
        blocks.clear();
        values.extend(self.stack[base..end].iter_mut().map(std::mem::take));
        self.top = base;
        let object = FrameObj {
            code: code.clone(),
            code_obj,
            globals,
            builtins,
            locals,
            back: NULL,
            values,
            blocks,
            pc: 0,
            state: FrameState::Created,
            generator: NULL,
            running: 0,
            trace: NULL,
            trace_lines: true,
            trace_opcodes: false,
        };
        let object = self.heap.spare_frames.fill(object);
        let frame = self.alloc_gc_uncounted(self.types.frame, Payload::Frame(object));
        let kind = if code.flags & flags::COROUTINE != 0 {
            GenKind::Coroutine
        } else if code.flags & flags::ASYNC_GENERATOR != 0 {
            GenKind::AsyncGenerator
        } else {
            GenKind::Generator
        };
        let (name, qualname) = match self.heap.payload(func) {
            Payload::Func(f) => (f.name, f.qualname),
            _ => (code.name, code.name),
        };
        for o in [code_obj, name, qualname] {
            self.heap.incref(o);
        }
        let ty = match kind {
            GenKind::Generator => self.types.generator,
            GenKind::Coroutine => self.types.coroutine,
            GenKind::AsyncGenerator => self.types.async_generator,
        };
        let made = Gen {
            kind,
            frame,
            code_obj,
            name,
            qualname,
            exc: [NULL; 3],
            running: false,
            extra: NULL,
            closed: false,
            hooks_inited: false,
            running_async: false,
        };
        let made = self.heap.spare_generators.fill(made);
        let o = self.alloc_gc(ty, Payload::Gen(made));
        frame_object_mut(self, frame).generator = o;
        if !self.heap.gc.tracked(frame) {
            self.heap.gc.track(frame);
        }
        if kind == GenKind::Coroutine && self.origin_depth > 0 {
            let origin = compute_origin(self);
            generator_mut(self, o).extra = origin;
        }
        o
    }

    /// Pushes a generator's frame so that the loop goes on in it. The value sent in is borrowed. False if the generator is
    /// finished already (nothing is pushed); an error if it runs or cannot take the value.
    pub(in crate::vm) fn resume_generator(&mut self, this: Obj, value: Obj, cont: Cont) -> PyResult<bool> {
        let g = generator(self, this);
        let (kind, frame, running) = (g.kind, g.frame, g.running);
        if running {
            let what = word(kind);
            return self.value_error(&format!("{what} already executing"));
        }
        if frame.is_null() {
            return Ok(false);
        }
        let created = frame_object(self, frame).state == FrameState::Created;
        if created && value != self.none && !value.is_null() {
            let what = word(kind);
            return self.type_error(format!("can't send non-None value to a just-started {what}"));
        }
        if let Err(thrown) = self.check_recursion() {
            self.abandon_generator(this);
            return Err(thrown);
        }
        self.push_generator_frame(this, frame, value, cont);
        Ok(true)
    }

    /// YIELD_FROM on exactly a generator or coroutine that is not over: pushes its frame and is true.
    pub(in crate::vm) fn resume_delegate(&mut self, receiver: Obj, value: Obj) -> PyResult<bool> {
        let ty = self.heap.ty(receiver);
        if ty != self.types.generator && ty != self.types.coroutine {
            return Ok(false);
        }
        self.resume_generator(receiver, value, Cont::YieldFrom)
    }

    /// A generator whose frame could not be entered because of the recursion limit is over, as if it had raised.
    fn abandon_generator(&mut self, this: Obj) {
        let g = generator_mut(self, this);
        let frame = std::mem::replace(&mut g.frame, NULL);
        let exc = std::mem::replace(&mut g.exc, [NULL; 3]);
        frame_object_mut(self, frame).generator = NULL;
        let saved = self.take_exception();
        let mark = self.mark();
        self.hold(frame);
        for o in exc.into_iter().rev() {
            self.hold(o);
        }
        self.release(mark);
        self.restore_exception(saved);
    }

    /// `value` NULL pushes nothing: the caller raises an exception in the frame.
    pub(super) fn push_generator_frame(&mut self, this: Obj, frame: Obj, value: Obj, cont: Cont) {
        if let Some(caller) = self.frames.last_mut() {
            caller.pc = self.pc + 1;
        }
        let index = self.frames.len() as u32;
        let block_base = self.blocks.len() as u32;
        let Payload::Frame(f) = self.heap.payload_mut(frame) else {
            panic!("a generator's frame is a frame");
        };
        f.state = FrameState::Executing;
        f.running = index;
        let (code, pc) = (f.code.clone(), f.pc);
        let (code_obj, globals, builtins, locals) = (f.code_obj, f.globals, f.builtins, f.locals);
        let base = self.top;
        let end = base + code.locals_plus as usize + code.stacksize as usize;
        if end + 64 > self.stack.len() {
            self.stack.resize(end * 2 + 64, NULL);
        }
        self.top = end;
        // The vectors stay with the frame, empty: it will need them again.
        let mut sp = base + f.values.len();
        for (place, held) in self.stack[base..sp].iter_mut().zip(&f.values) {
            *place = *held;
        }
        f.values.clear();
        if !f.blocks.is_empty() {
            self.blocks.append(&mut f.blocks);
        }
        if !value.is_null() {
            self.heap.incref(value);
            self.stack[sp] = value;
            sp += 1;
        }
        // The generator alone holds its frame, while it runs too.
        self.hold_caller();
        self.frames.push(Frame { code, code_obj, globals, builtins, locals, base, sp, pc, entry_pc: pc, traced: crate::vm::tracing::UNSEEN, block_base, cont, object: frame, generator: this, born: self.heap.births.of(frame).serial });
        let g = generator_mut(self, this);
        g.running = true;
        let exc = std::mem::replace(&mut g.exc, [NULL; 3]);
        self.handled.push(exc);
    }

    /// YIELD_VALUE, YIELD_FROM: the innermost frame, a generator's, waits. Its operands are spilled up to `sp`; the yielded
    /// value is not among them.
    pub(in crate::vm) fn suspend_generator(&mut self) -> Cont {
        let frame = self.frames.last().expect("the generator's frame runs");
        let (base, sp, pc, cont) = (frame.base, frame.sp, frame.pc, frame.cont);
        let (object, this, block_base) = (frame.object, frame.generator, frame.block_base as usize);
        self.drop_frame();
        self.release_caller();
        let Payload::Frame(f) = self.heap.payload_mut(object) else {
            panic!("a generator's frame is a frame");
        };
        if self.blocks.len() > block_base {
            f.blocks.extend(self.blocks.drain(block_base..));
        }
        // One by one: they were written one by one just now.
        f.values.extend(self.stack[base..sp].iter_mut().map(std::mem::take));
        f.pc = pc;
        f.state = FrameState::Suspended;
        let exc = self.handled.pop().expect("a running generator has an entry");
        let g = generator_mut(self, this);
        g.running = false;
        g.exc = exc;
        self.top = base;
        cont
    }

    /// The innermost frame, a generator's, is over: the generator lets go of it.
    pub(in crate::vm) fn finish_generator(&mut self, pc: u32, state: FrameState) {
        let index = self.frames.len() - 1;
        let (base, object, this) = (self.frames[index].base, self.frames[index].object, self.frames[index].generator);
        let count = self.frames[index].code.locals_plus as usize;
        self.blocks.truncate(self.frames[index].block_base as usize);
        self.drop_frame();
        self.return_to_caller();
        self.release_caller();
        let exc = self.handled.pop().expect("a running generator has an entry");
        let g = generator_mut(self, this);
        g.running = false;
        g.frame = NULL;
        let handled_nothing = exc == [NULL; 3];
        if handled_nothing && self.free_generator_frame(object, base, count) {
            return;
        }
        let mut values = std::mem::take(&mut frame_object_mut(self, object).values);
        values.extend_from_slice(&self.stack[base..base + count]);
        self.stack[base..base + count].fill(NULL);
        let f = frame_object_mut(self, object);
        f.values = values;
        f.pc = pc + 1;
        f.state = state;
        f.generator = NULL;
        self.top = base;
        self.drop_each(&exc);
        self.decref(object);
    }

    /// StopIteration that leaves a generator is a RuntimeError (PEP 479); so is StopAsyncIteration out of an asynchronous one.
    pub(in crate::vm) fn convert_stop_iteration(&mut self, code_flags: u32) {
        let is_async = code_flags & flags::ASYNC_GENERATOR != 0;
        let what = if self.pending_matches(self.types.stop_iteration) {
            if is_async {
                "async generator raised StopIteration"
            } else if code_flags & flags::COROUTINE != 0 {
                "coroutine raised StopIteration"
            } else {
                "generator raised StopIteration"
            }
        } else if is_async && self.pending_matches(self.types.stop_async_iteration) {
            "async generator raised StopAsyncIteration"
        } else {
            return;
        };
        let Ok(cause) = self.take_exception_object() else { return };
        self.hold(cause);
        let raised: PyResult<()> = self.raise(self.types.runtime_error, what.to_string());
        if raised == Err(Thrown::Exception)
            && let Ok(made) = self.normalize()
        {
            self.heap.incref(cause);
            self.heap.incref(cause);
            let mut old = NULL;
            if let Payload::Exc(e) = self.heap.base_mut(made) {
                e.suppress_context = true;
                e.cause = cause;
                old = std::mem::replace(&mut e.context, cause);
            }
            self.xdecref(old);
        }
        self.drop_held();
    }

    /// Runs a generator from a native until it yields, returns or raises (`gen_send_ex2`). The result and whether it is
    /// the return value; owned.
    pub fn generator_send(&mut self, this: Obj, value: Obj) -> PyResult<(Obj, bool)> {
        if !self.resume_generator(this, value, Cont::Native)? {
            if generator(self, this).kind == GenKind::Coroutine {
                return self.raise(self.types.runtime_error, "cannot reuse already awaited coroutine".to_string());
            }
            return Ok((self.new_none(), true));
        }
        self.run_generator()
    }

    /// `iter_next` on exactly a generator whose values go into the sink just opened (`vm/drain.rs`).
    fn generator_drain(&mut self, this: Obj) -> PyResult<(Obj, bool)> {
        if !self.resume_generator(this, self.none, Cont::Drain)? {
            return Ok((self.new_none(), true));
        }
        self.run_generator()
    }

    fn run_generator(&mut self) -> PyResult<(Obj, bool)> {
        let result = self.run_nested()?;
        let yielded = std::mem::take(&mut self.yielded);
        Ok((result, !yielded))
    }

    /// Resumes a generator by raising the exception in flight in it. `closing`: a coroutine that is over stays silent.
    pub(super) fn generator_raise(&mut self, this: Obj, closing: bool) -> PyResult<(Obj, bool)> {
        let g = generator(self, this);
        let (kind, frame, running) = (g.kind, g.frame, g.running);
        if running {
            self.clear_exception();
            let what = word(kind);
            return self.value_error(&format!("{what} already executing"));
        }
        if frame.is_null() {
            if kind == GenKind::Coroutine && !closing {
                return self.raise(self.types.runtime_error, "cannot reuse already awaited coroutine".to_string());
            }
            return Err(Thrown::Exception);
        }
        if let Err(thrown) = self.check_recursion() {
            self.abandon_generator(this);
            return Err(thrown);
        }
        let saved = self.take_exception();
        self.push_generator_frame(this, frame, NULL, Cont::Native);
        self.restore_exception(saved);
        self.chain_to_handled()?;
        self.raise_on_entry = true;
        self.run_generator()
    }

    /// What the generator is handling becomes the context of what is thrown into it (`_PyErr_ChainStackItem`).
    fn chain_to_handled(&mut self) -> PyResult<()> {
        let handled = self.handled.last().map_or(NULL, |info| info[0]);
        if handled.is_null() || handled == self.none {
            return Ok(());
        }
        let exc = self.normalize()?;
        self.hold_ref(exc);
        let raised: PyResult<()> = self.reraise_object(exc);
        match self.let_go(raised) {
            Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
            _ => Ok(()),
        }
    }

    /// `PyIter_Send`: sends into generators, `next` on anything else if None is sent, else its `send`. The result and whether the
    /// iterator is over.
    pub fn iter_send(&mut self, receiver: Obj, value: Obj) -> PyResult<(Obj, bool)> {
        let ty = self.heap.ty(receiver);
        if ty == self.types.generator || ty == self.types.coroutine {
            return self.generator_send(receiver, value);
        }
        let result = if value == self.none
            && let Some(next) = self.slots_of(receiver).tp_iternext
        {
            // A `__next__` in Python says with its StopIteration what the value is.
            let is_python = std::ptr::fn_addr_eq(next, crate::vm::generic_slots::slot_tp_iternext as crate::vm::slots::UnaryFn);
            if is_python { crate::vm::generic_slots::slot_tp_iternext_raw(self, receiver) } else { next(self, receiver) }
        } else {
            self.call_method_obj(receiver, self.names.send, &[value])
        };
        match result {
            Ok(o) if !o.is_null() => Ok((o, false)),
            Ok(_) if self.pending.is_none() => Ok((self.new_none(), true)),
            Ok(_) => Err(Thrown::Exception),
            Err(_) if self.pending_matches(self.types.stop_iteration) => Ok((self.stop_iteration_value()?, true)),
            Err(thrown) => Err(thrown),
        }
    }

    /// The value of the StopIteration in flight, which ends with this (`_PyGen_FetchStopIterationValue`). Owned.
    pub fn stop_iteration_value(&mut self) -> PyResult<Obj> {
        if let Some(value) = self.unmade_stop_iteration_value() {
            self.heap.incref(value);
            self.clear_exception();
            return Ok(value);
        }
        let exc = self.normalize()?;
        let value = match self.heap.base(exc) {
            Payload::Exc(e) => e.extra.first().copied().unwrap_or(NULL),
            _ => NULL,
        };
        let value = if value.is_null() { self.none } else { value };
        self.heap.incref(value);
        self.clear_exception();
        Ok(value)
    }

    /// The value, borrowed, of a StopIteration that is no object yet; `None` where making it would take the value apart.
    fn unmade_stop_iteration_value(&self) -> Option<Obj> {
        let pending = self.pending.as_ref().filter(|p| p.ty == self.types.stop_iteration)?;
        match pending.value {
            PendingValue::None => Some(self.none),
            PendingValue::Arguments(value) if !self.is_taken_apart(value) => Some(value),
            _ => None,
        }
    }

    /// Whether an exception's class would make something else of it than its only argument.
    fn is_taken_apart(&self, value: Obj) -> bool {
        let ty = self.heap.ty(value);
        self.is_subtype(ty, self.types.tuple) || self.is_subtype(ty, self.types.base_exception)
    }

    /// Raises StopIteration with a value, as a generator's `return value` does (`_PyGen_SetStopIterationValue`); takes the value.
    pub fn raise_stop_iteration<T>(&mut self, value: Obj) -> PyResult<T> {
        if value == self.none {
            self.decref(value);
            return self.raise_bare(self.types.stop_iteration);
        }
        if !self.is_taken_apart(value) {
            let result = self.raise_args(self.types.stop_iteration, value);
            self.decref(value);
            return result;
        }
        let made = self.call_one(self.types.stop_iteration, value)?;
        let result = self.raise_object(made);
        self.decref(made);
        result
    }

    /// GET_YIELD_FROM_ITER
    pub(in crate::vm) fn yield_from_iter(&mut self, o: Obj, code: &Code) -> PyResult<Obj> {
        let ty = self.heap.ty(o);
        if ty == self.types.coroutine {
            if code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0 {
                return self.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator".to_string());
            }
            return Ok(self.new_ref(o));
        }
        if ty == self.types.generator {
            return Ok(self.new_ref(o));
        }
        self.get_iter(o)
    }

    /// GET_AWAITABLE
    pub(in crate::vm) fn get_awaitable(&mut self, o: Obj, previous: [Option<Op>; 2]) -> PyResult<Obj> {
        if self.slots_of(o).am_await.is_none()
            && !self.is_iterable_coroutine(o)
            && let Some(method) = Machine::awaits_with(previous)
        {
            let (place, name) = (if method == "__aenter__" { "enter" } else { "exit" }, self.type_name(o));
            return self.type_error(format!("'async with' received an object from __a{place}__ that does not implement __await__: {name}"));
        }
        let iterator = self.coro_get_awaitable_iter(o)?;
        if self.heap.ty(iterator) == self.types.coroutine {
            let g = generator(self, iterator);
            let busy = !g.frame.is_null() && self.yield_from_of(iterator).is_some();
            if busy {
                self.decref(iterator);
                return self.raise(self.types.runtime_error, "coroutine is being awaited already".to_string());
            }
        }
        Ok(iterator)
    }

    fn is_iterable_coroutine(&self, o: Obj) -> bool {
        match self.heap.payload(o) {
            Payload::Gen(g) => match self.heap.payload(g.code_obj) {
                Payload::Code(c) => c.flags & flags::ITERABLE_COROUTINE != 0,
                _ => false,
            },
            _ => false,
        }
    }

    /// `_PyCoro_GetAwaitableIter`; owned.
    pub fn coro_get_awaitable_iter(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.ty(o) == self.types.coroutine || self.is_iterable_coroutine(o) {
            return Ok(self.new_ref(o));
        }
        let Some(get) = self.slots_of(o).am_await else {
            let name = self.type_name(o);
            return self.type_error(format!("object {name} can't be used in 'await' expression"));
        };
        let result = get(self, o)?;
        if self.heap.ty(result) == self.types.coroutine || self.is_iterable_coroutine(result) {
            self.decref(result);
            return self.type_error("__await__() returned a coroutine".to_string());
        }
        if self.slots_of(result).tp_iternext.is_none() {
            let name = self.type_name(result);
            self.decref(result);
            return self.type_error(format!("__await__() returned non-iterator of type '{name}'"));
        }
        Ok(result)
    }

    /// GET_AITER
    pub(in crate::vm) fn get_aiter(&mut self, o: Obj) -> PyResult<Obj> {
        let Some(get) = self.slots_of(o).am_aiter else {
            let name = self.type_name(o);
            return self.type_error(format!("'async for' requires an object with __aiter__ method, got {name}"));
        };
        let iterator = get(self, o)?;
        if self.slots_of(iterator).am_anext.is_none() {
            let name = self.type_name(iterator);
            self.decref(iterator);
            return self.type_error(format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}"));
        }
        Ok(iterator)
    }

    /// GET_ANEXT
    pub(in crate::vm) fn get_anext(&mut self, o: Obj) -> PyResult<Obj> {
        let Some(get) = self.slots_of(o).am_anext else {
            let name = self.type_name(o);
            return self.type_error(format!("'async for' requires an iterator with __anext__ method, got {name}"));
        };
        let next = get(self, o)?;
        if self.heap.ty(next) == self.types.async_gen_asend {
            return Ok(next);
        }
        let awaitable = self.coro_get_awaitable_iter(next);
        let name = self.type_name(next);
        self.decref(next);
        match awaitable {
            Ok(a) => Ok(a),
            Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
            Err(_) => {
                let cause = self.take_exception_object()?;
                self.hold(cause);
                let result = self.type_error(format!("'async for' received an invalid object from __anext__: {name}"));
                if let Ok(made) = self.normalize() {
                    self.heap.incref(cause);
                    if let Payload::Exc(e) = self.heap.base_mut(made) {
                        e.suppress_context = true;
                        e.cause = cause;
                    }
                }
                self.drop_held();
                result
            }
        }
    }

    /// What a suspended generator delegates to (`_PyGen_yf`); borrowed.
    pub fn yield_from_of(&self, this: Obj) -> Option<Obj> {
        let g = generator(self, this);
        if g.frame.is_null() {
            return None;
        }
        if let Some(index) = self.running_frame(g.frame) {
            let f = frame_object(self, g.frame);
            // While `throw` works on the delegate, the frame stands before its YIELD_FROM.
            let frame = &self.frames[index];
            let waits = index + 1 < self.frames.len() && f.code.ins[frame.pc as usize].op == Op::YieldFrom;
            return waits.then(|| self.stack[frame.sp - 1]);
        }
        self.delegate_of(this)
    }

    /// The same of one that does not run: what `throw` and `close` go to first; borrowed.
    pub(super) fn delegate_of(&self, this: Obj) -> Option<Obj> {
        let g = generator(self, this);
        if g.frame.is_null() {
            return None;
        }
        let f = frame_object(self, g.frame);
        if f.state != FrameState::Suspended {
            return None;
        }
        match f.code.ins.get(f.pc as usize) {
            Some(ins) if ins.op == Op::YieldFrom => f.values.last().copied(),
            _ => None,
        }
    }
}

pub(super) fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let g = generator(vm, this);
    let (what, name) = (if g.kind == GenKind::AsyncGenerator { "async_generator" } else { word(g.kind) }, vm.text(g.qualname));
    let address = vm.id_of(this);
    Ok(vm.new_string(format!("<{what} object {name} at {address:#x}>")))
}

/// `gen_iternext`: NULL when it is over; a return value other than None goes along as StopIteration's.
fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let step = vm.generator_send(this, vm.none)?;
    next_result(vm, step)
}

/// The same for a generator that is drained: the next value that its sink does not take.
pub(in crate::vm) fn drain(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let step = vm.generator_drain(this)?;
    next_result(vm, step)
}

fn next_result(vm: &mut Machine, (value, returned): (Obj, bool)) -> PyResult<Obj> {
    if !returned {
        return Ok(value);
    }
    if value == vm.none {
        vm.decref(value);
        return Ok(NULL);
    }
    vm.raise_stop_iteration(value)
}

fn send(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    gen_send(vm, this, args.get(vm, 0))
}

/// `gen_send`: the end is an exception. The value is borrowed.
pub(super) fn gen_send(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<Obj> {
    let step = vm.generator_send(this, value)?;
    step_result(vm, this, step)
}

/// A generator's end as StopIteration with the value, an asynchronous one's as StopAsyncIteration (`gen_send_ex`).
pub(super) fn step_result(vm: &mut Machine, this: Obj, (value, returned): (Obj, bool)) -> PyResult<Obj> {
    if !returned {
        return Ok(value);
    }
    if generator(vm, this).kind != GenKind::AsyncGenerator {
        return vm.raise_stop_iteration(value);
    }
    vm.decref(value);
    vm.raise_bare(vm.types.stop_async_iteration)
}

fn coroutine_await(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    vm.heap.incref(this);
    Ok(vm.new_native(vm.types.coroutine_wrapper, Wrapper { coroutine: this }))
}

/// `coroutine.__await__()`
#[derive(Clone)]
struct Wrapper {
    coroutine: Obj,
}

impl crate::heap::payload::Native for Wrapper {
    fn traverse(&self, f: &mut dyn FnMut(crate::heap::Edge, Obj)) {
        f(crate::heap::Edge::Field("cw_coroutine"), self.coroutine);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.coroutine, NULL)]
    }
    crate::native_boilerplate!();
}

fn wrapped(vm: &Machine, this: Obj) -> Obj {
    vm.heap.native::<Wrapper>(this).map_or(NULL, |w| w.coroutine)
}

pub(super) fn get_name(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = generator(vm, this).name;
    Ok(vm.new_ref(o))
}

pub(super) fn set_name(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() || vm.heap.str(value).is_none() {
        return vm.type_error("__name__ must be set to a string object".to_string());
    }
    vm.heap.incref(value);
    let old = std::mem::replace(&mut generator_mut(vm, this).name, value);
    vm.decref(old);
    Ok(())
}

pub(super) fn get_qualname(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = generator(vm, this).qualname;
    Ok(vm.new_ref(o))
}

pub(super) fn set_qualname(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() || vm.heap.str(value).is_none() {
        return vm.type_error("__qualname__ must be set to a string object".to_string());
    }
    vm.heap.incref(value);
    let old = std::mem::replace(&mut generator_mut(vm, this).qualname, value);
    vm.decref(old);
    Ok(())
}

pub fn get_frame(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let frame = generator(vm, this).frame;
    Ok(if frame.is_null() { vm.new_none() } else { vm.new_ref(frame) })
}

pub fn get_running(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let running = generator(vm, this).running;
    Ok(vm.new_bool(running))
}

pub fn get_code(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let code = generator(vm, this).code_obj;
    Ok(vm.new_ref(code))
}

pub fn get_yield_from(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm.yield_from_of(this) {
        Some(o) => Ok(vm.new_ref(o)),
        None => Ok(vm.new_none()),
    }
}

/// Where it was made; None unless that was asked for.
fn get_origin(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let origin = generator(vm, this).extra;
    Ok(if origin.is_null() { vm.new_none() } else { vm.new_ref(origin) })
}

/// `compute_cr_origin`: file, line and function of the frames that call, so many at most. Owned.
fn compute_origin(vm: &mut Machine) -> Obj {
    let count = (vm.origin_depth as usize).min(vm.frames.len());
    let mut places = Vec::with_capacity(count);
    for index in (vm.frames.len() - count..vm.frames.len()).rev() {
        let code = vm.frames[index].code.clone();
        let line = i64::from(vm.frame_line(index));
        let place = vec![vm.new_ref(code.filename), vm.new_int(line), vm.new_ref(code.name)];
        places.push(vm.new_tuple(place));
    }
    vm.new_tuple(places)
}
