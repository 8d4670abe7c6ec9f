//! Reference counts before every line, as `trace` prints them.
//!
//! Which names count is said by the oracle's own comment: every name bound in the frame's scope to an object whose count means
//! something. Numbers, texts, tuples and frozensets of those only, modules, classes, functions in C, code objects and dunder names are
//! left out. A script that calls `sys.settrace` ends the trace: the oracle is
//! a trace function too, and there is one at a time. Invariant: a row is taken before its line runs. Start at [`Tracer`].

use std::any::Any;
use std::rc::Rc;

use crate::bytecode::code::flags;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Event, Flow, Frame, Machine, Observer};

use super::lines::LineTracker;
use super::look;

/// One line event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceRow {
    pub line: u32,
    pub func: String,
    pub refcounts: Vec<(String, u64)>,
}

/// What a trace is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TraceEvent {
    /// A line is about to run.
    Line(TraceRow),
    /// A `__del__` written in the script begins, on an object of this class.
    Finalizer { class: String },
}

/// The observer that hands out what a trace is made of.
pub struct Tracer {
    pub script: Rc<str>,
    pub lines: LineTracker,
    pub sink: Box<dyn FnMut(TraceEvent)>,
}

impl Observer for Tracer {
    fn instruction(&mut self, vm: &Machine) -> Flow {
        let line = self.lines.arrive(vm);
        let Some(frame) = vm.frames.last() else {
            return Flow::Go;
        };
        if *look::filename(frame) != *self.script {
            return Flow::Go;
        }
        if vm.pc == 0 && frame.name() == "__del__" && self.lines.entered() {
            let class = match vm.stack[frame.base] {
                NULL => String::new(),
                this => vm.type_name(this),
            };
            (self.sink)(TraceEvent::Finalizer { class });
        }
        if let Some(line) = line
            && !vm.tracing.taken
            && !vm.tracing.busy
        {
            (self.sink)(TraceEvent::Line(TraceRow {
                line,
                func: frame.name().to_owned(),
                refcounts: counts(vm, frame),
            }));
        }
        Flow::Go
    }

    fn event(&mut self, _: &Machine, _: &Event) -> Flow {
        Flow::Go
    }

    fn traces_calls(&self) -> bool {
        true
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

fn counts(vm: &Machine, frame: &Frame) -> Vec<(String, u64)> {
    let mut rows = Vec::new();
    let mut put = |name: Obj, value: Obj| {
        let name = vm.text(name);
        if !value.is_null() && !is_hidden(&name) && !is_skipped(vm, value) {
            rows.push((name, u64::from(vm.heap.rc(value))));
        }
    };
    if frame.code.flags & flags::OPTIMIZED == 0 {
        let locals = if frame.locals.is_null() {
            frame.globals
        } else {
            frame.locals
        };
        vm.heap
            .dict_items(locals)
            .into_iter()
            .for_each(|(name, value)| put(name, value));
        return rows;
    }
    let code = &frame.code;
    for (i, name) in code.varnames.iter().take(code.nlocals as usize).enumerate() {
        put(*name, vm.stack[frame.base + i]);
    }
    let first = frame.base + code.nlocals as usize;
    for (i, name) in code.cellvars.iter().chain(&code.freevars).enumerate() {
        if let Payload::Cell(contents) = vm.heap.payload(vm.stack[first + i]) {
            put(*name, *contents);
        }
    }
    rows
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || (name.len() > 4 && name.starts_with("__") && name.ends_with("__"))
}

fn is_skipped(vm: &Machine, o: Obj) -> bool {
    let plumbing = matches!(
        vm.heap.payload(o),
        Payload::Class(_)
            | Payload::Module { .. }
            | Payload::Builtin(_)
            | Payload::Code(_)
            | Payload::MethodDescr { .. }
            | Payload::WrapperDescr { .. }
            | Payload::GetSetDescr { .. }
            | Payload::Member(_)
    );
    plumbing || vm.is_subtype(vm.heap.ty(o), vm.types.module) || is_constant(vm, o, 0)
}

/// Tuples nested deeper than this count, as in the oracle.
const MAX_DEPTH: u32 = 8;

fn is_constant(vm: &Machine, o: Obj, depth: u32) -> bool {
    if look::is_atom(vm, o) {
        return true;
    }
    if depth > MAX_DEPTH {
        return false;
    }
    let class = vm.heap.ty(o);
    match vm.heap.payload(o) {
        // Instances of subclasses and struct sequences are no constants, whatever they hold.
        Payload::Tuple { .. } | Payload::TupleBig(_) if class != vm.types.tuple => false,
        Payload::Tuple { n, v } => v[..*n as usize]
            .iter()
            .all(|item| is_constant(vm, *item, depth + 1)),
        Payload::TupleBig(items) => items.iter().all(|item| is_constant(vm, *item, depth + 1)),
        Payload::Set(set) if class == vm.types.frozenset => {
            let mut constant = true;
            set.traverse(&mut |_, item| constant &= is_constant(vm, item, depth + 1));
            constant
        }
        _ => false,
    }
}
