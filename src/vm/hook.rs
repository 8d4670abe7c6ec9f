//! Operators that are methods of a Python class: `a + b`, `a < b`, `a[k]`, `a[k] = v`, and attributes that are properties.
//!
//! CPython calls the method from inside the operator. Here its frame is pushed on the operator's, as a call's is, so that the run needs
//! no second loop and can stop in the method and go on. What CPython's operator holds meanwhile (the method that it looked up, or the
//! property) is held likewise. Only plain functions are entered so; everything else goes through the slots, and so does everything while
//! somebody watches.
//!
//! Invariant: while the frame runs, the last reference held below it is the operator's.

use super::frame::{Cont, Hook};
use super::slots::{BinaryFn, CmpOp, StoreFn};
use super::{Machine, PyResult, generic_slots};
use crate::bytecode::opcode::Op;
use crate::heap::{NULL, Obj, Payload};

/// `property.fget` among a property's references.
const GETTER: usize = 0;

impl Machine {
    /// `a op b`: true if the frame of a method of `a` has been pushed.
    pub(super) fn enter_operator(&mut self, op: Op, a: Obj, b: Obj) -> bool {
        if !self.is_of_python_class(a) {
            return false;
        }
        let method = self.left_method(op, a, b);
        self.enter_method(method, [a, b], Hook::Arithmetic)
    }

    /// `a < b` and the other five.
    pub(super) fn enter_comparison(&mut self, op: CmpOp, a: Obj, b: Obj) -> bool {
        if !self.is_of_python_class(a) {
            return false;
        }
        let method = self.left_comparison(op, a, b);
        // (One level of recursion is the comparison's own.)
        self.native_recursion += 1;
        let entered = self.enter_method(method, [a, b], Hook::Compare);
        if !entered {
            self.native_recursion -= 1;
        }
        entered
    }

    /// `o[key]`
    pub(super) fn enter_subscript(&mut self, o: Obj, key: Obj) -> bool {
        let python = |vm: &Machine| {
            vm.slots_of(o).mp_subscript.is_some_and(|f| {
                std::ptr::fn_addr_eq(f, generic_slots::slot_mp_subscript as BinaryFn)
            })
        };
        if !self.is_of_python_class(o) || !python(self) {
            return false;
        }
        let method = self.type_lookup(self.heap.ty(o), self.names.__getitem__);
        self.enter_method(method, [o, key], Hook::Binary)
    }

    /// `o[key] = value`
    pub(super) fn enter_store(&mut self, o: Obj, key: Obj, value: Obj) -> bool {
        let python = |vm: &Machine| {
            vm.slots_of(o).mp_ass_subscript.is_some_and(|f| {
                std::ptr::fn_addr_eq(f, generic_slots::slot_mp_ass_subscript as StoreFn)
            })
        };
        if !self.is_of_python_class(o) || !python(self) {
            return false;
        }
        let method = self.type_lookup(self.heap.ty(o), self.names.__setitem__);
        self.enter_method(method, [o, key, value], Hook::Store)
    }

    /// `o.name` where the class has a property of that name (`property_descr_get`).
    pub(super) fn enter_property(&mut self, o: Obj, name: Obj) -> bool {
        let ty = self.heap.ty(o);
        let descr = self.type_lookup(ty, name);
        if descr.is_null() {
            return false;
        }
        let Payload::Property(property) = self.heap.payload(descr) else {
            return false;
        };
        let getter = property.0[GETTER];
        if getter.is_null()
            || self.heap.ty(descr) != self.types.property
            || !self.uses_generic_getattr(ty)
        {
            return false;
        }
        self.enter_plain(getter, descr, [o], Hook::Unary)
    }

    /// Whether its class was made by `class`, so that operators may be methods.
    fn is_of_python_class(&self, o: Obj) -> bool {
        matches!(self.heap.payload(o), Payload::Inst { .. } | Payload::Ext(_))
    }

    fn enter_method<const N: usize>(&mut self, method: Obj, args: [Obj; N], hook: Hook) -> bool {
        !method.is_null() && self.enter_plain(method, method, args, hook)
    }

    /// Pushes the frame of a plain function of exactly these arguments; `held` is what the operator keeps for its time. False: nothing
    /// has happened.
    fn enter_plain<const N: usize>(
        &mut self,
        func: Obj,
        held: Obj,
        args: [Obj; N],
        hook: Hook,
    ) -> bool {
        let Payload::Func(f) = self.heap.payload(func) else {
            return false;
        };
        if !f.code.simple || f.code.argcount as usize != N || self.tracing.on {
            return false;
        }
        if self.frames.len() as u32 + self.native_recursion + 1 >= self.recursion_limit {
            return false;
        }
        let (code, code_obj, globals, builtins) =
            (f.code.clone(), f.code_obj, f.globals, f.builtins);
        self.hold_ref(held);
        self.claim_frame(code_obj);
        let base = self.frame_room(&code);
        for (i, arg) in args.into_iter().enumerate() {
            self.heap.incref_in::<false>(arg);
            self.stack[base + i] = arg;
        }
        self.stack[base + N..base + code.locals_plus as usize].fill(NULL);
        self.push_frame::<true>(
            code,
            code_obj,
            globals,
            builtins,
            NULL,
            base,
            Cont::Hook(hook),
        );
        true
    }

    /// The method has returned or raised: the operator lets go of what it held. `value`, owned, waits meanwhile.
    pub(super) fn leave_hook(&mut self, hook: Hook, value: Obj) {
        if hook == Hook::Compare {
            self.leave_recursive();
        }
        let held = self.unhold();
        if self.watch.on && !value.is_null() {
            self.returning.push(value);
            self.decref(held);
            self.returning.pop();
        } else {
            self.decref(held);
        }
    }

    /// The method answered NotImplemented: what the operator says then. The operands lie on the stack up to `sp`.
    pub(super) fn ask_on(&mut self, hook: Hook, op: Op, arg: u32, sp: usize) -> PyResult<Obj> {
        let (a, b) = (self.stack[sp - 2], self.stack[sp - 1]);
        self.decref(self.not_implemented);
        if hook == Hook::Arithmetic {
            return self.left_unanswered(op, a, b);
        }
        self.enter_recursive(" in comparison")?;
        let result = self.left_comparison_unanswered(CmpOp::ALL[arg as usize], a, b);
        self.leave_recursive();
        result
    }
}
