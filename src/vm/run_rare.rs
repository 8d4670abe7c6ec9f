//! Instructions that are rare or long: CALL_FUNCTION_EX, SETUP_ANNOTATIONS, PRINT_EXPR.

use super::frame::Cont;
use super::{Args, Machine, PyResult};
use crate::bytecode::opcode::Op;
use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};

/// Whether an operator lets go of its right operand before its left one, as CPython's loop has it for these two alone.
#[inline(always)]
pub(super) fn right_goes_first(op: Op) -> bool {
    matches!(op, Op::BinarySubtract | Op::BinaryModulo)
}

impl Machine {
    /// CALL_FUNCTION_EX: callable, tuple (or iterable) of arguments, perhaps a mapping, up to `sp`. Pushes the frame of a Python
    /// function (then `None` comes back), or calls.
    pub(super) fn call_function_ex(
        &mut self,
        sp: usize,
        has_kwargs: bool,
        drop: u32,
    ) -> PyResult<Option<Obj>> {
        let at = if has_kwargs { sp - 2 } else { sp - 1 };
        let callable = self.stack[at - 1];
        if has_kwargs && self.heap.ty(self.stack[sp - 1]) != self.types.dict {
            let dict = self.new_dict();
            self.hold(dict);
            self.dict_merge_op(dict, self.stack[sp - 1], callable)?;
            let dict = self.unhold();
            let old = std::mem::replace(&mut self.stack[sp - 1], dict);
            self.decref(old);
        }
        if self.heap.ty(self.stack[at]) != self.types.tuple {
            let iterable = self.stack[at];
            if self.slots_of(iterable).tp_iter.is_none()
                && self.slots_of(iterable).sq_item.is_none()
            {
                let (name, got) = (self.function_str(callable), self.type_name(iterable));
                return self.type_error(format!(
                    "{name} argument after * must be an iterable, not {got}"
                ));
            }
            let tuple = self.sequence_tuple(iterable)?;
            let old = std::mem::replace(&mut self.stack[at], tuple);
            self.decref(old);
        }
        if !self.spreads_arguments(callable) {
            // The tuple and the dict themselves are handed on; they stay on the stack.
            return self.call_held_objects(callable, at, has_kwargs).map(Some);
        }
        let base = self.argv.len();
        let items = self
            .heap
            .tuple(self.stack[at])
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        let n = items.len();
        self.argv.extend(items);
        let mut kwnames = NULL;
        if has_kwargs {
            let pairs = self.heap.dict_items(self.stack[sp - 1]);
            if !pairs.is_empty() {
                let names: Vec<Obj> = pairs.iter().map(|p| p.0).collect();
                if names.iter().any(|n| self.heap.str(*n).is_none()) {
                    self.argv.truncate(base);
                    return self.type_error("keywords must be strings".to_string());
                }
                self.argv.extend(pairs.iter().map(|p| p.1));
                kwnames = self.new_tuple_of(&names);
                self.hold(kwnames);
            }
        }
        let args = Args::in_vector(base, n, kwnames);
        let (func, this) = match self.heap.payload(callable) {
            Payload::Func(_) => (callable, NULL),
            Payload::Method { func, this }
                if matches!(self.heap.payload(*func), Payload::Func(_)) =>
            {
                (*func, *this)
            }
            _ => (NULL, NULL),
        };
        let mark = self.top - usize::from(!kwnames.is_null());
        if !kwnames.is_null() && self.spreads_arguments(callable) {
            for i in base..self.argv.len() {
                self.hold_ref(self.argv[i]);
            }
        }
        if func.is_null() {
            let result = self.call_args(callable, args);
            self.argv.truncate(base);
            self.release_raising(mark);
            return result.map(Some);
        }
        let held = (self.top - mark) as u32;
        let cont = Cont::Spread { drop, held };
        let entered = self.enter_function(func, this, args, cont);
        self.argv.truncate(base);
        if entered != Ok(None) {
            self.release_raising(mark);
        }
        entered
    }

    /// Turns the order of two or three operands under `sp`, for instructions that let go of the lowest first: CALL_FUNCTION_EX of the
    /// callable, the tuple and the dict, operators of the left operand and the right one.
    pub(super) fn turn_operands(&mut self, sp: usize, n: usize) {
        debug_assert!(n <= 3, "the one in the middle stays where it is");
        self.stack.swap(sp - n, sp - 1);
    }

    /// Under a C trace function a method of a built-in type is bound for the time of its call (`trace_call_function`), which
    /// counts in what the trace sees. `None` for all other callables.
    pub(super) fn call_traced_method(
        &mut self,
        callable: Obj,
        this: Obj,
        first: usize,
        n: usize,
        kwnames: Obj,
    ) -> Option<PyResult<Obj>> {
        let Payload::MethodDescr { def, class } = self.heap.payload(callable) else {
            return None;
        };
        let (def, class) = (*def, *class);
        let (object, first, n) = match this.is_null() {
            true if n == 0 => return None,
            true => (self.stack[first], first + 1, n - 1),
            false => (this, first, n),
        };
        let fits = def.binding == super::native::Binding::Instance
            && self.is_subtype(self.heap.ty(object), class);
        let get = self.slots_of(callable).tp_descr_get.filter(|_| fits)?;
        self.heap.births.quiet += 1;
        let bound = get(self, callable, object, self.heap.ty(object));
        self.heap.births.quiet -= 1;
        Some(bound.and_then(|bound| {
            self.with_held(bound, |vm, _| {
                vm.call_native(def, object, Args::on_stack(first, n, kwnames))
            })
        }))
    }

    /// Whether CPython calls it through vectorcall, for which keyword arguments of a dict are spread out.
    pub(super) fn spreads_arguments(&self, callable: Obj) -> bool {
        match self.heap.payload(callable) {
            Payload::Func(_) | Payload::Method { .. } => true,
            Payload::Builtin(b) => !b.def.varargs,
            _ => callable == self.types.type_ || self.has_vectorcall(callable),
        }
    }

    /// "f()" for messages about a callable (`_PyObject_FunctionStr`).
    pub fn function_str(&mut self, callable: Obj) -> String {
        let Some(name) = self.quiet_text_attribute(callable, self.names.__qualname__) else {
            return self.quiet_str(callable);
        };
        match self.quiet_text_attribute(callable, self.names.__module__) {
            Some(module) if module != "builtins" => format!("{module}.{name}()"),
            _ => format!("{name}()"),
        }
    }

    /// An attribute as text; None if it is missing, no str, or cannot be had.
    pub(super) fn quiet_text_attribute(&mut self, o: Obj, name: Obj) -> Option<String> {
        match self.lookup_attr(o, name) {
            Ok(found) => {
                let found = found?;
                let text = self.heap.str(found).map(|s| s.lossy());
                self.decref(found);
                text
            }
            Err(_) => {
                self.clear_exception();
                None
            }
        }
    }

    pub(super) fn quiet_str(&mut self, o: Obj) -> String {
        match self.str_of(o) {
            Ok(text) => {
                let shown = self.text(text);
                self.decref(text);
                shown
            }
            Err(_) => {
                self.clear_exception();
                self.type_name(o)
            }
        }
    }

    /// SETUP_ANNOTATIONS
    pub(super) fn setup_annotations(&mut self) -> PyResult<()> {
        let locals = self.frames.last().map_or(NULL, |f| f.locals);
        if self
            .namespace_get(locals, self.names.__annotations__)?
            .map(|o| self.decref(o))
            .is_some()
        {
            return Ok(());
        }
        let dict = self.new_dict();
        self.hold(dict);
        let result = self.set_item(locals, self.names.__annotations__, dict);
        self.drop_held();
        result
    }

    /// PRINT_EXPR: through `sys.displayhook`.
    pub(super) fn print_expr(&mut self, value: Obj) -> PyResult<()> {
        let hook = self
            .heap
            .dict_get_str(self.sys_dict, self.names.displayhook);
        if hook.is_null() {
            return self.raise(self.types.runtime_error, "lost sys.displayhook".to_string());
        }
        let result = self.call(hook, &[value])?;
        self.decref(result);
        Ok(())
    }
}
