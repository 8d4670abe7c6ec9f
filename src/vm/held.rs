//! Owned references that a native keeps while it calls back.
//!
//! They lie on the machine's stack for that time, so that the audit can name their owner and an interrupt loses nothing.

use super::{Machine, PyResult, Thrown};
use crate::heap::Obj;

impl Machine {
    /// Runs `work` while `o`, an owned reference, lies on the machine's stack; lets go of it afterwards. An exception that
    /// `work` raised stays in flight.
    pub fn with_held<T>(
        &mut self,
        o: Obj,
        work: impl FnOnce(&mut Machine, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        self.hold(o);
        let result = work(self, o);
        self.let_go(result)
    }

    /// Drops the reference held last and hands the result on.
    pub fn let_go<T>(&mut self, result: PyResult<T>) -> PyResult<T> {
        if self.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        let o = self.unhold();
        self.drop_keeping_exception(o);
        result
    }

    /// Lets go of an owned reference while an exception may be in flight.
    pub fn drop_keeping_exception(&mut self, o: Obj) {
        if o.is_null() || self.pending.is_none() || self.heap.rc(o) > 1 {
            self.xdecref(o);
            return;
        }
        let saved = self.take_exception();
        self.decref(o);
        self.restore_exception(saved);
    }

    /// `with_held` for an owned result: what `work` makes is handed out, `o` is let go of.
    pub fn call_and_drop(&mut self, callable: Obj, args: &[Obj]) -> PyResult<Obj> {
        self.with_held(callable, |vm, callable| vm.call(callable, args))
    }

    /// Calls with one owned argument, and lets go of it.
    pub fn call_one(&mut self, callable: Obj, arg: Obj) -> PyResult<Obj> {
        self.with_held(arg, |vm, arg| vm.call(callable, &[arg]))
    }

    /// Interned text for a moment: runs `work` with the name.
    pub fn with_name<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Machine, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        let name = self.intern(name);
        self.with_held(name, work)
    }
}
