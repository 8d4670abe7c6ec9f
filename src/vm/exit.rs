//! Running a program to its end: the main module, the uncaught exception, and what happens at exit.
//!
//! The order at exit is CPython 3.10's (`Py_FinalizeEx`, `finalize_modules`): exit handlers, a collection, `sys.modules` emptied,
//! another collection, then what is left of the modules, their names set to None.

use super::exception::PendingValue;
use super::observe::{Exit, Observer};
use super::tracing::Hook;
use super::{Machine, PyResult, Thrown};
use crate::heap::NULL;
use crate::heap::Obj;
use crate::heap::payload::Payload;

/// The exit status of a program that KeyboardInterrupt ended: CPython then ends itself by the signal, which those who look
/// from outside see as minus its number.
pub const KILLED_BY_SIGINT: i32 = -2;

/// The exit status when the standard streams cannot be flushed.
const FLUSH_FAILED: i32 = 120;

/// Where the program is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The main module's code runs, or is about to.
    Main,
    /// It is over; exit handlers and finalisers run.
    Exiting,
    Over,
}

impl Machine {
    /// Runs until the program is over or `steps` reaches the limit (or the next place where the machine can be resumed).
    pub fn run(&mut self, limit: u64) -> Exit {
        self.watch.on = false;
        self.drive::<false>(limit)
    }

    /// The same, with somebody watching, who comes back with what was seen.
    pub fn run_observed(
        &mut self,
        observer: Box<dyn Observer>,
        limit: u64,
    ) -> (Exit, Option<Box<dyn Observer>>) {
        self.watch.traces_calls = observer.traces_calls();
        self.watch.observer = Some(observer);
        self.watch.on = true;
        let exit = self.drive::<true>(limit);
        self.watch.on = false;
        (exit, self.watch.observer.take())
    }

    /// Ends a machine whose main program could not be compiled: the exception in flight is reported, and that is all.
    pub fn run_refused(&mut self) -> Exit {
        self.exit_status = self.report_uncaught();
        self.stage = Stage::Exiting;
        self.finalizing = true;
        self.drive::<false>(u64::MAX)
    }

    fn drive<const OBS: bool>(&mut self, limit: u64) -> Exit {
        self.limit = limit.min(self.options.max_steps);
        self.set_slice();
        self.interrupt = None;
        if self.stage == Stage::Main {
            self.depth = 1;
            let result = self.run_frame::<OBS>();
            if let Some(exit) = self.interrupt.take() {
                return exit;
            }
            self.depth = 0;
            self.free_arena();
            self.stage = Stage::Exiting;
            self.finalizing = true;
            match result {
                Ok(value) => self.decref(value),
                Err(_) => self.exit_status = self.report_uncaught(),
            }
        }
        if self.stage == Stage::Exiting {
            self.finalize();
            if let Some(exit) = self.interrupt.take() {
                return exit;
            }
            self.stage = Stage::Over;
        }
        Exit::Finished {
            status: self.exit_status,
        }
    }

    /// `PyErr_Print` for the main module; the exit status.
    fn report_uncaught(&mut self) -> i32 {
        if self.interrupt.is_some() {
            return 1;
        }
        if self.pending_matches(self.types.system_exit) {
            return self.system_exit();
        }
        let Ok(exc) = self.take_exception_object() else {
            return 1;
        };
        self.hold(exc);
        let ty = self.heap.ty(exc);
        let tb = match self.heap.base(exc) {
            Payload::Exc(e) if !e.traceback.is_null() => e.traceback,
            _ => self.none,
        };
        for (name, value) in [
            ("last_type", ty),
            ("last_value", exc),
            ("last_traceback", tb),
        ] {
            self.dict_set_name(self.sys_dict, name, value);
        }
        self.hold_ref(tb);
        let hook = self.dict_get_name(self.sys_dict, "excepthook");
        if hook.is_null() {
            self.output.write(
                super::output::Stream::Stderr,
                b"sys.excepthook is missing\n",
            );
            self.print_exception(exc);
        } else {
            self.hold_ref(hook);
            match self.call(hook, &[ty, exc, tb]) {
                Ok(value) => self.decref(value),
                Err(_) if self.pending_matches(self.types.system_exit) => {
                    let status = self.system_exit();
                    return status;
                }
                Err(_) => self.report_broken_hook(exc),
            }
            self.drop_held();
        }
        let interrupted = self.heap.ty(exc) == self.types.keyboard_interrupt;
        self.drop_held();
        self.drop_held();
        if interrupted { KILLED_BY_SIGINT } else { 1 }
    }

    fn report_broken_hook(&mut self, original: Obj) {
        if self.interrupt.is_some() {
            return;
        }
        let Ok(second) = self.take_exception_object() else {
            return;
        };
        self.hold(second);
        self.output
            .write(super::output::Stream::Stderr, b"Error in sys.excepthook:\n");
        self.print_exception(second);
        self.output.write(
            super::output::Stream::Stderr,
            b"\nOriginal exception was:\n",
        );
        self.print_exception(original);
        self.drop_held();
    }

    /// The status a SystemExit asks for (`_Py_HandleSystemExit`). The exception is let go of as soon as its code is known, its class and
    /// traceback when the code has been written.
    fn system_exit(&mut self) -> i32 {
        let Some(pending) = self.pending.take() else {
            return 1;
        };
        let mark = self.mark();
        self.hold(pending.ty);
        self.hold(pending.traceback);
        let code = match pending.value {
            PendingValue::None => self.new_none(),
            PendingValue::Message(text) => self.new_str(&text),
            PendingValue::Arguments(code) => code,
            PendingValue::Instance(exc) => {
                self.hold(exc);
                let code = match self.lookup_attr_str(exc, "code") {
                    Ok(Some(code)) => code,
                    Ok(None) => self.new_ref(exc),
                    Err(_) => {
                        if self.interrupt.is_some() {
                            return 1;
                        }
                        self.clear_exception();
                        self.new_ref(exc)
                    }
                };
                let Ok(code) = self.let_go(Ok(code)) else {
                    return 1;
                };
                code
            }
        };
        self.hold(code);
        let status = if code.is_null() || code == self.none {
            0
        } else if self.is_int(code) {
            self.as_i64(code).map_or(-1, |i| i as i32)
        } else {
            self.write_exit_code(code);
            1
        };
        if self.interrupt.is_none() {
            self.release(mark);
        }
        status & 0xff
    }

    /// What `sys.exit` was given that is no status goes to `sys.stderr`, to the real one if a script took that away.
    fn write_exit_code(&mut self, code: Obj) {
        let file = self.dict_get_name(self.sys_dict, "stderr");
        if file.is_null() || file == self.none {
            if let Ok(text) = self.str_of(code) {
                let line = format!("{}\n", self.text_for_stderr(text));
                self.write_raw_stderr(&line);
                self.decref(text);
            } else {
                self.clear_exception();
            }
            return;
        }
        self.hold_ref(file);
        if self.write_object(file, code).is_err() && self.interrupt.is_none() {
            self.clear_exception();
        }
        if self.write_text(file, "\n").is_err() && self.interrupt.is_none() {
            self.clear_exception();
        }
        self.drop_held();
    }

    /// `Py_FinalizeEx`
    fn finalize(&mut self) {
        self.shut_threading_down();
        self.run_exit_handlers();
        self.flush_std_files();
        if self.generations.enabled && self.interrupt.is_none() {
            self.collect_quietly();
        }
        self.delete_special_names();
        let weak = self.remove_modules();
        self.clear_modules_dict();
        self.restore_builtins();
        self.collect_no_fail();
        self.clear_surviving_modules(&weak);
        let (sys, builtins) = (self.sys_dict, self.builtins);
        self.clear_module_dict(sys);
        self.clear_module_dict(builtins);
        let early = std::mem::replace(&mut self.sys_copy, NULL);
        self.xdecref(early);
        self.collect_no_fail();
        self.clear_interpreter();
        self.flush_standard_raw();
    }

    /// What is left of a thread's and the interpreter's own references goes, and with it garbage that only they held
    /// (`PyInterpreterState_Clear`). Trace functions are first, so nothing is traced any more.
    fn clear_interpreter(&mut self) {
        self.tracing.taken = true;
        for hook in [Hook::Profile, Hook::Trace] {
            self.set_hook(hook, NULL);
        }
        for place in 0..self.fork_handlers.len() {
            let handlers = std::mem::replace(&mut self.fork_handlers[place], NULL);
            self.xdecref(handlers);
        }
        self.collect_no_fail();
    }

    /// `threading._shutdown()`, if the script imported `threading` (`wait_for_thread_shutdown`).
    fn shut_threading_down(&mut self) {
        let threading = self.dict_get_name(self.sys_modules, "threading");
        if threading.is_null() || threading == self.none {
            return;
        }
        self.hold_ref(threading);
        match self.call_method(threading, "_shutdown", &[]) {
            Ok(result) => self.decref(result),
            Err(Thrown::Interrupt) => return,
            Err(_) => self.write_unraisable(threading, None),
        }
        self.drop_held();
    }

    /// The built-in names are the interpreter's own again, so that what the script put there goes
    /// (`finalize_restore_builtins_dict`).
    fn restore_builtins(&mut self) {
        let (dict, original) = (self.builtins, self.builtins_copy);
        let last = self.dict_copy(dict);
        self.hold(last);
        self.drop_dict(dict);
        for (name, value) in self.heap.dict_items(original) {
            self.dict_set_str(dict, name, value);
        }
        self.drop_held();
    }

    /// `_PyGC_CollectIfEnabled`
    fn collect_quietly(&mut self) {
        if self.interrupt.is_none() && self.collect_explicitly(2).is_err() {
            self.clear_exception();
        }
    }

    /// `atexit`: last registered, first called.
    pub fn run_exit_handlers(&mut self) {
        // One that is registered meanwhile comes behind the others, where nobody looks again.
        for index in (0..self.atexit.len()).rev() {
            let Some([func, args, kwargs]) = self.atexit.get(index).copied() else {
                continue;
            };
            if func.is_null() {
                continue;
            }
            let mark = self.mark();
            self.hold_ref(func);
            self.incref(args);
            self.xincref(kwargs);
            let result = self.call_object(func, args, kwargs);
            match result {
                Ok(value) => self.decref(value),
                Err(Thrown::Interrupt) => return,
                Err(_) => self.write_unraisable(func, Some("in atexit callback")),
            }
            self.release(mark);
        }
        self.forget_exit_handlers();
    }

    /// `atexit_cleanup`
    pub fn forget_exit_handlers(&mut self) {
        let mut index = 0;
        while index < self.atexit.len() {
            let entry = std::mem::replace(&mut self.atexit[index], [NULL; 3]);
            self.drop_all(entry.to_vec());
            index += 1;
        }
        self.atexit.clear();
    }

    /// Calls with positional arguments and a dict of keyword arguments, which may be NULL.
    pub fn call_with_dict(&mut self, func: Obj, args: &[Obj], kwargs: Obj) -> PyResult<Obj> {
        let mark = self.mark();
        if !kwargs.is_null() {
            self.hold_ref(kwargs);
        }
        let result = self.call_with_held_dict(func, args, kwargs);
        self.releasing(mark, result)
    }

    /// `sys` forgets what may keep the script's objects alive (`finalize_modules_delete_special`).
    fn delete_special_names(&mut self) {
        let none = self.none;
        for name in [
            "path",
            "argv",
            "ps1",
            "ps2",
            "last_type",
            "last_value",
            "last_traceback",
            "path_hooks",
            "path_importer_cache",
            "meta_path",
            "__interactivehook__",
        ] {
            if !self.dict_get_name(self.sys_dict, name).is_null() {
                self.dict_set_name(self.sys_dict, name, none);
            }
        }
        for (name, original) in [
            ("stdin", "__stdin__"),
            ("stdout", "__stdout__"),
            ("stderr", "__stderr__"),
        ] {
            let value = self.dict_get_name(self.sys_dict, original);
            let value = if value.is_null() { none } else { value };
            self.dict_set_name(self.sys_dict, name, value);
        }
    }

    /// Sets every entry of `sys.modules` to None, remembering the modules weakly: by birth, since a place may be reused.
    fn remove_modules(&mut self) -> Vec<(Obj, crate::heap::name::Birth)> {
        let none = self.none;
        let mut remembered = Vec::new();
        for (name, module) in self.heap.dict_items(self.sys_modules) {
            if matches!(self.heap.base(module), Payload::Module { .. }) {
                remembered.push((module, self.heap.births.of(module)));
            }
            if self.heap.dict_get_str(self.sys_modules, name) != none {
                self.dict_set_str(self.sys_modules, name, none);
            }
        }
        remembered
    }

    fn clear_modules_dict(&mut self) {
        let modules = self.sys_modules;
        self.drop_dict(modules);
    }

    /// Modules that something still holds have their names set to None, last imported first.
    fn clear_surviving_modules(&mut self, remembered: &[(Obj, crate::heap::name::Birth)]) {
        for (module, birth) in remembered.iter().rev() {
            let alive = self.heap.is_live(*module) && self.heap.births.of(*module) == *birth;
            if !alive {
                continue;
            }
            let Payload::Module { dict } = self.heap.base(*module) else {
                continue;
            };
            let dict = *dict;
            if dict != self.sys_dict && dict != self.builtins && !dict.is_null() {
                self.hold_ref(*module);
                self.clear_module_dict(dict);
                self.drop_held();
            }
        }
    }

    /// `_PyModule_ClearDict`: names with one leading underscore first, then all but `__builtins__`.
    fn clear_module_dict(&mut self, dict: Obj) {
        let none = self.none;
        for underscored in [true, false] {
            for (name, _) in self.heap.dict_items(dict) {
                if self.interrupt.is_some() {
                    return;
                }
                let text = self.text(name);
                let first = text.starts_with('_') && !text.starts_with("__");
                let now = self.heap.dict_get_str(dict, name);
                if text == "__builtins__" || now.is_null() || now == none || underscored != first {
                    continue;
                }
                self.dict_set_str(dict, name, none);
            }
        }
    }

    fn flush_std_files(&mut self) {
        for name in ["stdout", "stderr"] {
            let file = self.dict_get_name(self.sys_dict, name);
            if file.is_null() || file == self.none {
                continue;
            }
            self.hold_ref(file);
            let closed: PyResult<bool> =
                super::modules::io::flag(self, file, "closed").or_else(|thrown| {
                    self.forgive(thrown)?;
                    Ok(false)
                });
            if closed == Ok(true) {
                self.drop_held();
                continue;
            }
            match self.call_method(file, "flush", &[]) {
                Ok(value) => self.decref(value),
                Err(Thrown::Interrupt) => return,
                Err(_) => {
                    self.exit_status = FLUSH_FAILED;
                    if name == "stdout" {
                        self.write_unraisable(file, None);
                    } else {
                        self.clear_exception();
                    }
                }
            }
            self.drop_held();
        }
    }
}
