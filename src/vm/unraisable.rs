//! Exceptions that nobody can catch: raised in finalisers, weakref callbacks, at exit (`PyErr_WriteUnraisable` of
//! `Python/errors.c`).
//!
//! They go to `sys.unraisablehook`, whose default writes them to `sys.stderr`. How an exception is written otherwise is in
//! `print_exception.rs`.

use super::modules::struct_sequence::{item, make, spec};
use super::native::TypeSpec;
use super::{Machine, PyResult};
use crate::heap::{NULL, Obj, Payload};

static HOOK_ARGS: TypeSpec = spec(
    "UnraisableHookArgs",
    &[
        item::<0>("exc_type"),
        item::<1>("exc_value"),
        item::<2>("exc_traceback"),
        item::<3>("err_msg"),
        item::<4>("object"),
    ],
);

impl Machine {
    /// The class of what the hook gets is there from the start.
    pub(super) fn make_unraisable_class(&mut self) {
        let base = self.types.tuple;
        self.make_module_type(&HOOK_ARGS, base);
    }

    /// Hands the exception in flight to the hook. `object` is what it is about, or NULL; the message stands for "Exception ignored in".
    pub fn write_unraisable(&mut self, object: Obj, message: Option<&str>) {
        if self.interrupt.is_some() || self.pending.is_none() {
            return;
        }
        let message = message.map(|m| format!("Exception ignored {m}"));
        let Some([ty, value, traceback]) = self.fetch_unraisable() else {
            return;
        };
        let mark = self.mark();
        for o in [ty, value, traceback] {
            self.hold(o);
        }
        self.hand_to_hook(ty, value, traceback, message, object);
        if self.interrupt.is_none() {
            self.clear_exception();
            self.release(mark);
        }
    }

    /// The same for an exception out of an object's dunder method: it is about the function found on the class.
    pub fn write_unraisable_method(&mut self, this: Obj, name: Obj) {
        let func = self.type_lookup(self.heap.ty(this), name);
        if func.is_null() {
            return self.write_unraisable(NULL, None);
        }
        self.hold_ref(func);
        self.write_unraisable(func, None);
        self.drop_held();
    }

    /// Takes the exception in flight as type, value and traceback, owned; without a traceback it gets one of where we are.
    fn fetch_unraisable(&mut self) -> Option<[Obj; 3]> {
        if self.pending.as_ref().is_some_and(|p| p.traceback.is_null()) && !self.frames.is_empty() {
            let pc = self.pc;
            self.add_traceback(pc);
        }
        let Ok(value) = self.take_exception_object() else {
            self.clear_exception();
            return None;
        };
        let ty = self.heap.ty(value);
        let traceback = match self.heap.base(value) {
            Payload::Exc(e) if !e.traceback.is_null() => e.traceback,
            _ => self.none,
        };
        self.incref(ty);
        self.incref(traceback);
        Some([ty, value, traceback])
    }

    fn hand_to_hook(
        &mut self,
        ty: Obj,
        value: Obj,
        traceback: Obj,
        message: Option<String>,
        object: Obj,
    ) {
        let hook = self.dict_get_name(self.sys_dict, "unraisablehook");
        if hook.is_null() || hook == self.none {
            return self.write_ignored(ty, value, traceback, message, object);
        }
        let args = self.hook_args(ty, value, traceback, message.as_deref(), object);
        let mark = self.mark();
        self.hold(args);
        self.hold_ref(hook);
        match self.call(hook, &[args]) {
            Ok(result) => self.decref(result),
            Err(_) if self.interrupt.is_some() => return,
            Err(_) => {
                // The hook itself failed: that is written, as being ignored in the hook.
                if let Some([ty, value, traceback]) = self.fetch_unraisable() {
                    for o in [ty, value, traceback] {
                        self.hold(o);
                    }
                    let message = Some("Exception ignored in sys.unraisablehook".to_string());
                    self.write_ignored(ty, value, traceback, message, hook);
                }
            }
        }
        if self.interrupt.is_none() {
            self.release(mark);
        }
    }

    fn hook_args(
        &mut self,
        ty: Obj,
        value: Obj,
        traceback: Obj,
        message: Option<&str>,
        object: Obj,
    ) -> Obj {
        let object = if object.is_null() { self.none } else { object };
        for o in [ty, value, traceback, object] {
            self.incref(o);
        }
        let message = match message {
            Some(text) => self.new_str(text),
            None => self.new_none(),
        };
        make(
            self,
            &HOOK_ARGS,
            vec![ty, value, traceback, message, object],
        )
    }

    /// `sys.__unraisablehook__`
    pub fn default_unraisable_hook(&mut self, unraisable: Obj) -> PyResult<()> {
        let is_args = self
            .module_types
            .get(HOOK_ARGS.name)
            .is_some_and(|t| self.heap.ty(unraisable) == *t);
        let Some(&[ty, value, traceback, message, object]) =
            self.heap.tuple(unraisable).filter(|_| is_args)
        else {
            return self.type_error(
                "sys.unraisablehook argument type must be UnraisableHookArgs".to_string(),
            );
        };
        let message = if message == self.none {
            None
        } else {
            Some(self.text(message))
        };
        let object = if object == self.none { NULL } else { object };
        self.write_ignored(ty, value, traceback, message, object);
        if self.interrupt.is_some() {
            Err(super::Thrown::Interrupt)
        } else {
            Ok(())
        }
    }

    /// `write_unraisable_exc_file`: what cannot be written is left out.
    fn write_ignored(
        &mut self,
        ty: Obj,
        value: Obj,
        traceback: Obj,
        message: Option<String>,
        object: Obj,
    ) {
        let file = self.dict_get_name(self.sys_dict, "stderr");
        if file.is_null() || file == self.none {
            return;
        }
        self.hold_ref(file);
        let written = self.write_ignored_to(file, ty, value, traceback, message, object);
        if self.interrupt.is_some() {
            return;
        }
        if written.is_err() {
            self.clear_exception();
        }
        self.drop_held();
    }

    fn write_ignored_to(
        &mut self,
        file: Obj,
        ty: Obj,
        value: Obj,
        traceback: Obj,
        message: Option<String>,
        object: Obj,
    ) -> PyResult<()> {
        if !object.is_null() {
            match message {
                Some(message) => self.write_text(file, &format!("{message}: "))?,
                None => self.write_text(file, "Exception ignored in: ")?,
            }
            let shown = match self.repr_text(object) {
                Ok(text) => text,
                Err(thrown) => {
                    self.forgive(thrown)?;
                    "<object repr() failed>".to_string()
                }
            };
            self.write_text(file, &format!("{shown}\n"))?;
        } else if let Some(message) = message {
            self.write_text(file, &format!("{message}:\n"))?;
        }
        self.write_traceback(file, traceback)?;
        if ty.is_null() || ty == self.none {
            return Ok(());
        }
        let name = self.exception_name(ty);
        self.write_text(file, &name)?;
        if !value.is_null() && value != self.none {
            self.write_text(file, ": ")?;
            let text = self
                .exception_text(value)?
                .unwrap_or_else(|| "<exception str() failed>".to_string());
            self.write_text(file, &text)?;
        }
        self.write_text(file, "\n")
    }

    /// Swallows an exception; an interrupt goes on.
    pub(in crate::vm) fn forgive(&mut self, thrown: super::Thrown) -> PyResult<()> {
        if self.interrupt.is_some() || thrown == super::Thrown::Interrupt {
            return Err(super::Thrown::Interrupt);
        }
        self.clear_exception();
        Ok(())
    }
}
