//! Roots: every counted reference that no heap object holds, with a name. Together with the objects' own edges they account
//! for every count: that is the audit.

use super::Machine;
use super::exception::PendingValue;
use crate::heap::Obj;
use crate::heap::audit::{AuditError, Roots, audit};

/// By what the machine itself holds a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Root {
    /// i-th local, cell or free variable of the n-th running frame.
    Local { frame: u32, index: u32 },
    /// i-th operand of the n-th running frame.
    Stack { frame: u32, index: u32 },
    /// A temporary of a native called from the n-th running frame.
    Temporary { frame: u32 },
    /// A local of a native called from the n-th running frame: what it builds while an allocation of its own collects.
    Native { frame: u32 },
    /// What a running frame holds besides: its code, globals, builtins, namespace, frame object.
    FrameField { frame: u32, field: &'static str },
    /// An exception being handled, or in flight.
    Exception,
    /// A value on its way from a frame that ends to its caller.
    Returning,
    /// The collector's (`gc.garbage`, `gc.callbacks`, an object being finalised or cleared).
    Gc,
    /// The interpreter's own: types, singletons, interned names, module registry.
    Interpreter(&'static str),
}

impl Machine {
    /// Calls `f` with each reference the machine holds.
    pub fn roots(&self, mut f: impl FnMut(Root, Obj)) {
        let mut f = |root, o: Obj| {
            if !o.is_null() {
                f(root, o);
            }
        };
        (0..self.frames.len()).for_each(|n| self.frame_roots(n, &mut f));
        self.moving_roots(&mut f);
        self.interpreter_roots(&mut f);
    }

    /// What changes as the program runs, but for the frames.
    fn moving_roots(&self, f: &mut impl FnMut(Root, Obj)) {
        for info in &self.handled {
            info.iter().for_each(|o| f(Root::Exception, *o));
        }
        for pending in self
            .pending
            .iter()
            .chain(self.pending_aside.iter().flatten())
        {
            f(Root::Exception, pending.ty);
            f(Root::Exception, pending.traceback);
            if let PendingValue::Instance(o) | PendingValue::Arguments(o) = pending.value {
                f(Root::Exception, o);
            }
        }
        self.returning.iter().for_each(|o| f(Root::Returning, *o));
        self.allocation_roots(|frame, o| f(Root::Native { frame }, o));
        let parsers = self.parsers.values();
        parsers.for_each(|o| f(Root::Interpreter("names of parameters"), *o));
        // CPython holds an object at a count of one while its finaliser runs.
        self.dying.iter().for_each(|o| f(Root::Gc, *o));
        f(Root::Interpreter("sys.settrace"), self.tracing.trace);
        f(Root::Interpreter("sys.setprofile"), self.tracing.profile);
        for (_, function) in &self.tracing.calls {
            f(Root::Interpreter("sys.setprofile"), *function);
        }
        if self.frames.is_empty() {
            for i in 0..self.top {
                f(Root::Temporary { frame: 0 }, self.stack[i]);
            }
        }
    }

    /// What the n-th frame holds, and its natives' temporaries.
    fn frame_roots(&self, n: usize, f: &mut impl FnMut(Root, Obj)) {
        let frame = &self.frames[n];
        let number = n as u32;
        if n == 0 {
            for i in 0..frame.base {
                f(Root::Temporary { frame: 0 }, self.stack[i]);
            }
        }
        let stack_base = frame.stack_base();
        for i in frame.base..stack_base {
            let index = (i - frame.base) as u32;
            f(
                Root::Local {
                    frame: number,
                    index,
                },
                self.stack[i],
            );
        }
        for i in stack_base..frame.sp {
            let index = (i - stack_base) as u32;
            f(
                Root::Stack {
                    frame: number,
                    index,
                },
                self.stack[i],
            );
        }
        let end = self.frames.get(n + 1).map_or(self.top, |next| next.base);
        for i in frame.end()..end {
            f(Root::Temporary { frame: number }, self.stack[i]);
        }
        self.frame_fields(n, f);
    }

    fn frame_fields(&self, n: usize, f: &mut impl FnMut(Root, Obj)) {
        let frame = &self.frames[n];
        let number = n as u32;
        let mut field = |field, o| {
            f(
                Root::FrameField {
                    frame: number,
                    field,
                },
                o,
            )
        };
        if let Some(caller) = n.checked_sub(1).map(|caller| &self.frames[caller]) {
            field("f_back", caller.object);
        }
        if frame.object.is_null() {
            field("code", frame.code_obj);
            field("globals", frame.globals);
            field("builtins", frame.builtins);
            field("namespace", frame.locals);
        } else if frame.generator.is_null() {
            field("frame", frame.object);
        }
    }

    fn interpreter_roots(&self, f: &mut impl FnMut(Root, Obj)) {
        f(Root::Gc, self.gc_garbage);
        f(Root::Gc, self.gc_callbacks);
        for entry in &self.atexit {
            entry
                .iter()
                .for_each(|o| f(Root::Interpreter("atexit"), *o));
        }
        self.fork_handlers
            .iter()
            .for_each(|o| f(Root::Interpreter("fork handlers"), *o));
        self.types
            .all()
            .into_iter()
            .for_each(|o| f(Root::Interpreter("type"), o));
        self.names
            .all()
            .into_iter()
            .for_each(|o| f(Root::Interpreter("name"), o));
        self.small_ints
            .iter()
            .for_each(|o| f(Root::Interpreter("small int"), *o));
        self.latin1
            .iter()
            .chain(&self.bytes1)
            .for_each(|o| f(Root::Interpreter("one letter"), *o));
        let singletons = [
            self.none,
            self.true_,
            self.false_,
            self.ellipsis,
            self.not_implemented,
            self.empty_tuple,
            self.empty_str,
            self.empty_bytes,
            self.empty_frozenset,
        ];
        singletons
            .into_iter()
            .for_each(|o| f(Root::Interpreter("singleton"), o));
        for o in [
            self.sys_modules,
            self.builtins,
            self.builtins_copy,
            self.sys_copy,
            self.sys_dict,
        ] {
            f(Root::Interpreter("module registry"), o);
        }
        self.module_state
            .values()
            .for_each(|o| f(Root::Interpreter("module state"), *o));
        self.module_types
            .values()
            .for_each(|o| f(Root::Interpreter("type"), *o));
        self.heap
            .shapes
            .held_names()
            .for_each(|o| f(Root::Interpreter("shared keys"), o));
    }

    /// Checks that every object's count is the number of references there are to it.
    pub fn audit(&self) -> Result<(), AuditError> {
        audit(&self.heap, self)
    }
}

impl Roots for Machine {
    fn standing(&self, f: &mut dyn FnMut(Obj)) {
        self.interpreter_roots(&mut |_, o: Obj| o.some().into_iter().for_each(&mut *f));
    }

    fn moving(&self, f: &mut dyn FnMut(Obj)) {
        self.moving_roots(&mut |_, o: Obj| o.some().into_iter().for_each(&mut *f));
    }

    fn frame_count(&self) -> usize {
        self.frames.len()
    }

    fn frame(&self, n: usize, f: &mut dyn FnMut(Obj)) {
        self.frame_roots(n, &mut |_, o: Obj| o.some().into_iter().for_each(&mut *f));
    }
}
