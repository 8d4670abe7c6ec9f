//! Objects as text: `repr`, `str`, `ascii`, and the joining and appending of strings that instructions do.
//!
//! What a type's own text looks like is in its file in `types/`; here is what holds for all: the slot's result is checked, endless
//! recursion is caught, and containers that contain themselves are noticed (`Py_ReprEnter`).

use std::rc::Rc;

use rustpython_wtf8::Wtf8Buf;

use super::slots::UnaryFn;
use super::types::str_repr::{ascii_of, is_ascii_text};
use super::{Machine, PyResult};
use crate::bytecode::opcode::Op;
use crate::heap::payload::{Code, StrObj};
use crate::heap::{NULL, Obj, Payload};

/// The dict of the thread's state, made when it is first used.
const THREAD_DICT: &str = "thread dict";

/// Where the list of containers being shown is kept in it.
const REPR_LIST: &str = "Py_Repr";

impl Machine {
    /// Raises UnicodeEncodeError for text that UTF-8 has no form for: lone surrogates (`PyUnicode_AsUTF8`).
    pub fn check_utf8(&mut self, text: Obj) -> PyResult<()> {
        if self.heap.str(text).is_none_or(|s| s.as_str().is_some()) {
            return Ok(());
        }
        let encoded = self.call_method(text, "encode", &[])?;
        self.decref(encoded);
        Ok(())
    }

    /// `PyObject_Repr`: an owned str.
    pub fn repr(&mut self, o: Obj) -> PyResult<Obj> {
        let Some(f) = self.slots_of(o).tp_repr else {
            return super::types::object::repr(self, o);
        };
        self.text_slot(o, f, " while getting the repr of an object", "__repr__")
    }

    /// `PyObject_Str`: an owned str.
    pub fn str_of(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.ty(o) == self.types.str {
            return Ok(self.new_ref(o));
        }
        let Some(f) = self.slots_of(o).tp_str else {
            return self.repr(o);
        };
        self.text_slot(o, f, " while getting the str of an object", "__str__")
    }

    fn text_slot(&mut self, o: Obj, f: UnaryFn, place: &str, dunder: &str) -> PyResult<Obj> {
        self.enter_recursive(place)?;
        let text = f(self, o);
        self.leave_recursive();
        let text = text?;
        if self.heap.str(text).is_none() {
            let name = self.type_name(text);
            let error = self.type_error(format!("{dunder} returned non-string (type {name})"));
            return self.decref_raising(text, error);
        }
        Ok(text)
    }

    /// `PyObject_ASCII`: `repr` with everything outside ASCII escaped.
    pub fn ascii(&mut self, o: Obj) -> PyResult<Obj> {
        let repr = self.repr(o)?;
        let text = self.heap.str(repr).expect("repr answers a str").clone();
        if is_ascii_text(&text) {
            return Ok(repr);
        }
        self.decref(repr);
        Ok(self.new_string(ascii_of(&text)))
    }

    /// `repr` as a Rust string, lone surrogates replaced.
    pub fn repr_text(&mut self, o: Obj) -> PyResult<String> {
        let repr = self.repr(o)?;
        let text = self.text(repr);
        self.decref(repr);
        Ok(text)
    }

    /// Notes that a container is being shown; true if it already is: then it contains itself (`Py_ReprEnter`). A list in the
    /// thread's state counts a reference to each, as CPython's does.
    pub fn repr_enter(&mut self, o: Obj) -> bool {
        let list = match self.repr_list() {
            NULL => {
                let dict = self.new_dict();
                self.module_state.insert(THREAD_DICT, dict);
                let list = self.new_list(Vec::new());
                self.dict_set_name(dict, REPR_LIST, list);
                self.decref(list);
                list
            }
            list => list,
        };
        if self.heap.list(list).is_some_and(|shown| shown.contains(&o)) {
            return true;
        }
        self.heap.incref(o);
        if let Some(shown) = self.heap.list_mut(list) {
            shown.push(o);
        }
        false
    }

    /// The list of what is being shown, in the dict of the thread's state; borrowed, NULL before the first use.
    fn repr_list(&self) -> Obj {
        match self.module_state.get(THREAD_DICT) {
            Some(dict) => self.dict_get_name(*dict, REPR_LIST),
            None => NULL,
        }
    }

    /// The container is shown (`Py_ReprLeave`). An exception in flight stays.
    pub fn repr_leave(&mut self, o: Obj) {
        let list = self.repr_list();
        if list.is_null() {
            return;
        }
        let Some(shown) = self.heap.list_mut(list) else {
            return;
        };
        let Some(at) = shown.iter().rposition(|s| *s == o) else {
            return;
        };
        shown.remove(at);
        if self.interrupt.is_some() {
            return;
        }
        let saved = self.take_exception();
        self.decref(o);
        self.restore_exception(saved);
    }

    /// `BUILD_STRING` over a stretch of the stack, all str; the entries are borrowed.
    pub fn join_pieces(&mut self, from: usize, to: usize) -> Obj {
        if to - from == 1 && self.heap.ty(self.stack[from]) == self.types.str {
            return self.new_ref(self.stack[from]);
        }
        let mut joined = Wtf8Buf::new();
        for place in from..to {
            if let Some(piece) = self.heap.str(self.stack[place]) {
                joined.push_wtf8(piece.wtf8());
            }
        }
        self.new_wtf8(joined)
    }

    /// `INPLACE_ADD` with a str at the left (`unicode_concatenate`): if the next instruction stores into the variable that holds the
    /// left operand, the variable lets go of it first, so that nobody else has it and it can grow in place. `pc` is the
    /// next instruction.
    pub fn str_append_in_place(
        &mut self,
        code: &Code,
        pc: usize,
        base: usize,
        a: Obj,
        b: Obj,
        _sp: usize,
    ) -> PyResult<Obj> {
        if self.heap.ty(a) != self.types.str || self.heap.ty(b) != self.types.str {
            return self.binary_op(Op::InplaceAdd, a, b);
        }
        if self.heap.rc(a) == 2 {
            self.let_go_for_append(code, pc, base, a);
        }
        let (left, right) = (self.exact_text(a), self.exact_text(b));
        if left.is_empty() {
            return Ok(self.new_ref(b));
        }
        if right.is_empty() {
            return Ok(self.new_ref(a));
        }
        // (An interned str has been hashed, so it is never written to.)
        let grows = self.heap.rc(a) == 1
            && a != b
            && !left.is_hashed()
            && (right.is_ascii() || !left.is_ascii());
        if !grows {
            let joined = StrObj::concat(&left, &right);
            return Ok(self.new_str_obj(joined));
        }
        // One owner only: this handle goes too, so that the text can be written to where it is.
        drop(left);
        if let Payload::Str(text) = self.heap.payload_mut(a) {
            Rc::make_mut(text).append(&right);
        }
        Ok(self.new_ref(a))
    }

    fn exact_text(&self, o: Obj) -> Rc<StrObj> {
        self.heap
            .str(o)
            .expect("the caller made sure of a str")
            .clone()
    }

    /// The variable that the next instruction stores into lets go of its value if that is `a`. The stack holds `a` besides.
    fn let_go_for_append(&mut self, code: &Code, pc: usize, base: usize, a: Obj) {
        let Some(next) = code.ins.get(pc) else { return };
        match next.op {
            Op::StoreFast => {
                let local = base + next.arg as usize;
                if self.stack[local] == a {
                    self.stack[local] = NULL;
                    self.decref(a);
                }
            }
            Op::StoreDeref => {
                let cell = self.stack[base + code.nlocals as usize + next.arg as usize];
                if let Payload::Cell(contents) = self.heap.payload_mut(cell)
                    && *contents == a
                {
                    *contents = NULL;
                    self.decref(a);
                }
            }
            Op::StoreName => {
                let locals = self.frames.last().map_or(NULL, |frame| frame.locals);
                let name = code.names[next.arg as usize];
                if !locals.is_null()
                    && self.heap.ty(locals) == self.types.dict
                    && self.heap.dict_get_str(locals, name) == a
                {
                    self.dict_delete_str(locals, name);
                }
            }
            _ => {}
        }
    }
}
