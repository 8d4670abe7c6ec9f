//! Frame objects and the namespaces they show (`Objects/frameobject.c`).
//!
//! A frame's locals are on the machine's value stack while it runs, and in the object afterwards; `locals()` makes a dict of
//! them that the frame keeps.

use std::rc::Rc;

use crate::bytecode::code::flags;
use crate::heap::payload::frame::FrameState;
use crate::heap::payload::{Code, FrameObj};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("clear", Arity::NoArgs, clear).doc("clear($self, /)\n--\n\nLets go of the local variables of a frame that is over.")],
    getset: &[
        GetSet::new("f_back", back),
        GetSet::new("f_code", |vm, this| {
            let code = frame(vm, this).code_obj;
            Ok(vm.new_ref(code))
        }),
        GetSet::new("f_builtins", |vm, this| {
            let builtins = frame(vm, this).builtins;
            Ok(vm.new_ref(builtins))
        }),
        GetSet::new("f_globals", |vm, this| {
            let globals = frame(vm, this).globals;
            Ok(vm.new_ref(globals))
        }),
        GetSet::new("f_locals", |vm, this| {
            let locals = vm.frame_locals(this)?;
            Ok(vm.new_ref(locals))
        }),
        GetSet::new("f_lasti", |vm, this| {
            let at = vm.frame_at(this);
            Ok(vm.new_int(at))
        }),
        GetSet::rw("f_lineno", lineno, super::frame_jump::set_lineno),
        GetSet::rw("f_trace", trace, set_trace),
        GetSet::rw(
            "f_trace_lines",
            |vm, this| {
                let on = frame(vm, this).trace_lines;
                Ok(vm.new_bool(on))
            },
            |vm, this, value| {
                let on = switch(vm, value)?;
                frame_mut(vm, this).trace_lines = on;
                Ok(())
            },
        ),
        GetSet::rw(
            "f_trace_opcodes",
            |vm, this| {
                let on = frame(vm, this).trace_opcodes;
                Ok(vm.new_bool(on))
            },
            |vm, this, value| {
                let on = switch(vm, value)?;
                frame_mut(vm, this).trace_opcodes = on;
                Ok(())
            },
        ),
    ],
    slots: |s| s.tp_repr = Some(repr),
    ..TypeSpec::new("frame")
};

fn frame(vm: &Machine, this: Obj) -> &FrameObj {
    match vm.heap.payload(this) {
        Payload::Frame(frame) => frame,
        _ => panic!("checked by the type"),
    }
}

fn frame_mut(vm: &mut Machine, this: Obj) -> &mut FrameObj {
    match vm.heap.payload_mut(this) {
        Payload::Frame(frame) => frame,
        _ => panic!("checked by the type"),
    }
}

fn trace(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let trace = frame(vm, this).trace;
    Ok(if trace.is_null() { vm.new_none() } else { vm.new_ref(trace) })
}

fn set_trace(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let new = if value.is_null() || value == vm.none { NULL } else { vm.new_ref(value) };
    let old = std::mem::replace(&mut frame_mut(vm, this).trace, new);
    vm.xdecref(old);
    Ok(())
}

/// The value of a switch: nothing but True and False (`T_BOOL`).
fn switch(vm: &mut Machine, value: Obj) -> PyResult<bool> {
    if value.is_null() {
        return vm.type_error("can't delete numeric/char attribute".to_string());
    }
    if value != vm.true_ && value != vm.false_ {
        return vm.type_error("attribute value type must be bool".to_string());
    }
    Ok(value == vm.true_)
}

/// The place among the running frames, if it runs.
fn running(vm: &Machine, this: Obj) -> Option<usize> {
    let f = frame(vm, this);
    let index = f.running as usize;
    (f.state == FrameState::Executing && vm.frames.get(index).is_some_and(|r| r.object == this)).then_some(index)
}

fn back(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let back = match running(vm, this) {
        Some(0) => NULL,
        Some(index) => vm.frame_object(index - 1),
        None => frame(vm, this).back,
    };
    Ok(if back.is_null() { vm.new_none() } else { vm.new_ref(back) })
}

impl Machine {
    /// The place of a frame object among the running frames, if it runs.
    pub(super) fn running_frame(&self, this: Obj) -> Option<usize> {
        running(self, this)
    }

    /// Where a frame is for somebody who wants it to jump: a running one may be at an event that does not allow it.
    pub(super) fn jump_state(&self, this: Obj) -> FrameState {
        match running(self, this) {
            Some(index) if self.told_frame(index) => self.tracing.state,
            Some(_) => FrameState::Executing,
            None => frame(self, this).state,
        }
    }

    /// `f_lasti`: the byte offset of the instruction a frame is at, -1 before its first.
    pub fn frame_at(&self, this: Obj) -> i64 {
        match running(self, this) {
            Some(index) if self.frame_starts(index) => -1,
            Some(index) => i64::from(self.frame_pc(index)) * 2,
            None => (i64::from(frame(self, this).pc) - 1) * 2 + i64::from(frame(self, this).pc == 0),
        }
    }

    /// The names of the innermost frame as a dict, borrowed (`PyEval_GetLocals`).
    pub fn current_locals(&mut self) -> PyResult<Obj> {
        let Some(top) = self.frames.last() else {
            return self.raise(self.types.system_error, "frame does not exist".to_string());
        };
        if top.code.flags & flags::OPTIMIZED == 0 && !top.locals.is_null() {
            return Ok(top.locals);
        }
        let frame = self.frame_object(self.frames.len() - 1);
        self.frame_locals(frame)
    }

    /// `f_locals`: the frame's names as a dict that the frame keeps, brought up to date; borrowed (`PyFrame_FastToLocals`).
    pub fn frame_locals(&mut self, this: Obj) -> PyResult<Obj> {
        let code = frame(self, this).code.clone();
        let mut locals = frame(self, this).locals;
        if locals.is_null() {
            locals = self.new_dict();
            if let Payload::Frame(f) = self.heap.payload_mut(this) {
                f.locals = locals;
            }
            if let Some(index) = running(self, this) {
                self.frames[index].locals = locals;
            }
        }
        self.fast_to_locals(this, &code, locals)?;
        Ok(locals)
    }

    fn fast_to_locals(&mut self, this: Obj, code: &Rc<Code>, locals: Obj) -> PyResult<()> {
        let mut names = code.varnames.clone();
        names.extend(&code.cellvars);
        if code.flags & flags::OPTIMIZED != 0 {
            names.extend(&code.freevars);
        }
        let plain = code.varnames.len();
        for (i, name) in names.into_iter().enumerate() {
            let mut value = self.frame_value(this, i);
            if i >= plain && !value.is_null() {
                value = match self.heap.payload(value) {
                    Payload::Cell(contents) => *contents,
                    _ => NULL,
                };
            }
            if value.is_null() {
                match self.del_item(locals, name) {
                    Ok(()) => {}
                    Err(_) if self.pending_matches(self.types.key_error) => self.clear_exception(),
                    Err(thrown) => return Err(thrown),
                }
            } else {
                self.set_item(locals, name, value)?;
            }
        }
        Ok(())
    }

    /// Takes over into the frame what has become of its names in `f_locals` (`PyFrame_LocalsToFast`, clearing what is gone).
    pub(in crate::vm) fn locals_to_fast(&mut self, this: Obj) {
        let f = frame(self, this);
        let (code, locals) = (f.code.clone(), f.locals);
        let Some(index) = running(self, this) else { return };
        if locals.is_null() || !self.heap.is_dict(locals) || code.flags & flags::OPTIMIZED == 0 {
            return;
        }
        let saved = self.take_exception();
        let base = self.frames[index].base;
        let plain = code.varnames.len();
        let names = code.varnames.iter().chain(&code.cellvars).chain(&code.freevars);
        for (i, name) in names.enumerate() {
            let value = self.heap.dict_get_str(locals, *name);
            let place = self.stack[base + i];
            if i < plain {
                if place != value {
                    self.xincref(value);
                    self.stack[base + i] = value;
                    self.xdecref(place);
                }
            } else if let Payload::Cell(contents) = self.heap.payload(place)
                && *contents != value
            {
                self.xincref(value);
                let old = self.set_cell(place, value);
                self.xdecref(old);
            }
        }
        self.restore_exception(saved);
    }

    /// The i-th local, cell or free variable of a frame object, borrowed; NULL if it has none.
    pub fn frame_value(&self, this: Obj, i: usize) -> Obj {
        match running(self, this) {
            Some(index) => self.stack[self.frames[index].base + i],
            None => frame(self, this).values.get(i).copied().unwrap_or(NULL),
        }
    }

    /// The line a frame object is at.
    pub fn frame_object_line(&self, this: Obj) -> u32 {
        match running(self, this) {
            Some(index) => self.frame_line(index),
            None => {
                let f = frame(self, this);
                if f.pc == 0 { f.code.source.firstlineno } else { f.code.line(f.pc - 1) }
            }
        }
    }
}

fn lineno(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let line = vm.frame_object_line(this);
    Ok(if line == 0 { vm.new_none() } else { vm.new_int(i64::from(line)) })
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (address, line) = (vm.id_of(this), vm.frame_object_line(this));
    let source = frame(vm, this).code.source.clone();
    let file = vm.new_str(&source.filename);
    let file = vm.with_held(file, |vm, file| vm.repr_text(file))?;
    Ok(vm.new_string(format!("<frame at {address:#x}, file {file}, line {line}, code {}>", source.name)))
}

/// `frame.clear()`: an open generator is closed first.
fn clear(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let f = frame(vm, this);
    if f.state == FrameState::Executing {
        return vm.raise(vm.types.runtime_error, "cannot clear an executing frame".to_string());
    }
    let generator = f.generator;
    if !generator.is_null() && matches!(f.state, FrameState::Created | FrameState::Suspended) {
        let closed = vm.call_method(generator, "close", &[])?;
        vm.decref(closed);
    }
    let Payload::Frame(f) = vm.heap.payload_mut(this) else { panic!("checked by the type") };
    f.state = FrameState::Cleared;
    let values = std::mem::take(&mut f.values);
    vm.drop_all(values);
    Ok(vm.new_none())
}
