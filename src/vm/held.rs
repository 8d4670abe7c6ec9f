//! Owned references that a native keeps while it calls back.
//!
//! They lie on the machine's stack for that time, so that the audit can name their owner and an interrupt loses nothing.

use std::any::Any;

use super::{Machine, PyResult, Thrown};
use crate::heap::Obj;

/// The references in a result, of whatever shape natives hand on.
fn owned_in(value: &dyn Any, out: &mut Vec<Obj>) {
    if let Some(o) = value.downcast_ref::<Obj>() {
        out.push(*o);
    } else if let Some(o) = value.downcast_ref::<Option<Obj>>() {
        out.extend(o);
    } else if let Some(items) = value.downcast_ref::<Vec<Obj>>() {
        out.extend(items);
    } else if let Some((a, b)) = value.downcast_ref::<(Obj, Obj)>() {
        out.extend([a, b]);
    } else if let Some((o, _)) = value.downcast_ref::<(Obj, usize)>() {
        out.push(*o);
    } else if let Some((o, _)) = value.downcast_ref::<(Obj, bool)>() {
        out.push(*o);
    }
}

impl Machine {
    /// Runs `work` while `o`, an owned reference, lies on the machine's stack; lets go of it afterwards. An exception that
    /// `work` raised stays in flight.
    pub fn with_held<T: 'static>(
        &mut self,
        o: Obj,
        work: impl FnOnce(&mut Machine, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        self.hold(o);
        let result = work(self, o);
        self.let_go(result)
    }

    /// Drops the reference held last and hands the result on.
    pub fn let_go<T: 'static>(&mut self, result: PyResult<T>) -> PyResult<T> {
        if self.interrupt.is_some() {
            return Err(Thrown::Interrupt);
        }
        let o = self.unhold();
        self.keeping(&result, |vm| vm.drop_keeping_exception(o));
        result
    }

    /// Parks owned references that lie in Rust locals where the audit finds them, because an allocation may start a collection. Give what
    /// comes back to `unpark` before they get their place. Unlike `hold` it moves nothing: they stay the caller's.
    pub(in crate::vm) fn park(&mut self, owned: &[Obj]) -> usize {
        let before = self.returning.len();
        self.returning.extend_from_slice(owned);
        before
    }

    pub(in crate::vm) fn unpark(&mut self, before: usize) {
        self.returning.truncate(before);
    }

    /// Does what may run finalisers while an owned result waits where the audit finds it. A run that nobody watches does not ask.
    pub(in crate::vm) fn keeping<T: 'static>(
        &mut self,
        result: &PyResult<T>,
        work: impl FnOnce(&mut Machine),
    ) {
        let before = self.returning.len();
        if self.watch.on
            && let Ok(value) = result
        {
            owned_in(value, &mut self.returning);
        }
        work(self);
        self.returning.truncate(before);
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
    pub fn with_name<T: 'static>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Machine, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        let name = self.intern(name);
        self.with_held(name, work)
    }
}
