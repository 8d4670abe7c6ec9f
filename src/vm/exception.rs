//! Raising: the exception in flight, and the ones being handled.
//!
//! As in CPython 3.10 an exception raised by a native is not an object yet: type and message wait in `pending` until
//! somebody looks (`normalize`). It becomes one at once when another exception is being handled, because that one becomes its
//! `__context__` (`_PyErr_SetObject`).

use super::observe::Event;
use super::{Machine, PyResult, Thrown};
use crate::heap::{NULL, Obj, Payload};

/// The value of an exception in flight.
#[derive(Clone, Debug)]
pub enum PendingValue {
    None,
    Message(String),
    /// An owned instance of the type.
    Instance(Obj),
    /// An owned object that is to become the argument, or the tuple of arguments.
    Arguments(Obj),
}

/// An exception in flight; type and traceback are owned, the traceback may be NULL.
#[derive(Clone, Debug)]
pub struct Pending {
    pub ty: Obj,
    pub value: PendingValue,
    pub traceback: Obj,
}

/// An exception that was taken away for a while; give it back to `restore_exception`.
#[must_use]
pub struct Saved(());

impl Machine {
    /// Raises a built-in exception with a message.
    #[cold]
    pub fn raise<T>(&mut self, ty: Obj, message: String) -> PyResult<T> {
        self.set_pending(ty, PendingValue::Message(message))
    }

    /// Raises an exception type without arguments.
    #[cold]
    pub fn raise_bare<T>(&mut self, ty: Obj) -> PyResult<T> {
        self.set_pending(ty, PendingValue::None)
    }

    /// Raises a type with one argument, or with a tuple of arguments (`PyErr_SetObject`). The argument is borrowed.
    #[cold]
    pub fn raise_args<T>(&mut self, ty: Obj, args: Obj) -> PyResult<T> {
        self.heap.incref(args);
        self.set_pending(ty, PendingValue::Arguments(args))
    }

    /// Raises an exception object; borrowed.
    #[cold]
    pub fn raise_object<T>(&mut self, exc: Obj) -> PyResult<T> {
        self.heap.incref(exc);
        self.set_pending(self.heap.ty(exc), PendingValue::Instance(exc))
    }

    fn set_pending<T>(&mut self, ty: Obj, value: PendingValue) -> PyResult<T> {
        self.clear_exception();
        self.heap.incref(ty);
        // An instance brings its traceback along only when it is re-raised by `raise`; `do_raise` sees to that.
        self.pending = Some(Box::new(Pending {
            ty,
            value,
            traceback: NULL,
        }));
        let context = self.handled_exception();
        if !context.is_null() {
            self.set_context(context)?;
        }
        self.event(Event::Raise);
        Err(Thrown::Exception)
    }

    /// Links the exception being handled as `__context__` of the one in flight, breaking a cycle that this would close.
    fn set_context(&mut self, context: Obj) -> PyResult<()> {
        let value = self.normalize()?;
        if value == context {
            return Ok(());
        }
        let mut o = context;
        // Floyd's cycle detection would be needed for chains that are already circular; CPython 3.10 has it as well.
        let mut slow = o;
        let mut advance = false;
        while let Some(next) = self.context_of(o) {
            if next == value {
                self.set_exc_context(o, NULL);
                break;
            }
            o = next;
            if advance {
                slow = self.context_of(slow).unwrap_or(slow);
                if o == slow {
                    break;
                }
            }
            advance = !advance;
        }
        self.heap.incref(context);
        self.set_exc_context(value, context);
        Ok(())
    }

    fn context_of(&self, exc: Obj) -> Option<Obj> {
        match self.heap.base(exc) {
            Payload::Exc(e) => e.context.some(),
            _ => None,
        }
    }

    /// Steals the context.
    pub fn set_exc_context(&mut self, exc: Obj, context: Obj) {
        if let Payload::Exc(e) = self.heap.base_mut(exc) {
            let old = std::mem::replace(&mut e.context, context);
            self.xdecref(old);
        }
    }

    /// The exception that is being handled (`_PyErr_GetTopmostException`), borrowed; NULL if none.
    pub fn handled_exception(&self) -> Obj {
        self.handled_info()[1]
    }

    /// Type, value and traceback being handled, borrowed; NULLs if none.
    pub fn handled_info(&self) -> [Obj; 3] {
        for info in self.handled.iter().rev() {
            if !info[0].is_null() && info[0] != self.none {
                return *info;
            }
        }
        [NULL; 3]
    }

    /// Whether an exception is in flight that is an instance of the class. Interrupts never match.
    pub fn pending_matches(&self, class: Obj) -> bool {
        self.interrupt.is_none()
            && self
                .pending
                .as_ref()
                .is_some_and(|p| self.is_subtype(p.ty, class))
    }

    /// Drops the exception in flight.
    pub fn clear_exception(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.drop_pending(*pending);
        }
    }

    fn drop_pending(&mut self, pending: Pending) {
        let value = match pending.value {
            PendingValue::Instance(o) | PendingValue::Arguments(o) => o,
            _ => NULL,
        };
        self.drop_each(&[pending.ty, value, pending.traceback]);
    }

    /// Takes the exception in flight away for a while (`PyErr_Fetch`). It waits in `pending_aside`, where the audit finds it;
    /// pairs of `take_exception` and `restore_exception` nest.
    pub fn take_exception(&mut self) -> Saved {
        let pending = self.pending.take();
        self.pending_aside.push(pending);
        Saved(())
    }

    /// Puts it back, dropping one that came up meanwhile (`PyErr_Restore`).
    pub fn restore_exception(&mut self, _saved: Saved) {
        self.clear_exception();
        self.pending = self.pending_aside.pop().flatten();
    }

    /// Makes the exception in flight an object (`PyErr_NormalizeException`); borrowed. There is headroom for it at the
    /// recursion limit.
    pub fn normalize(&mut self) -> PyResult<Obj> {
        self.recursion_headroom += 1;
        let made = self.instantiate();
        self.recursion_headroom -= 1;
        made
    }

    /// What calling the class with what the raise gave makes of it; the value is taken over.
    fn make_instance(&mut self, ty: Obj, value: PendingValue) -> PyResult<Obj> {
        let made = match value {
            PendingValue::Instance(o) if self.is_instance_exact_or_sub(o, ty) => Ok(o),
            PendingValue::Instance(o) => self.call_one(ty, o),
            PendingValue::None => self.call(ty, &[]),
            PendingValue::Message(message) => {
                let text = self.new_str(&message);
                self.call_one(ty, text)
            }
            PendingValue::Arguments(args) if self.heap.ty(args) == self.types.tuple => {
                self.call_object(ty, args, NULL)
            }
            PendingValue::Arguments(args) if args == self.none => {
                self.decref(args);
                self.call(ty, &[])
            }
            PendingValue::Arguments(args) => self.call_one(ty, args),
        };
        match made {
            Ok(o) if !self.is_exception(o) => self.not_an_exception(ty, o),
            made => made,
        }
    }

    fn instantiate(&mut self) -> PyResult<Obj> {
        let Some(mut pending) = self.pending.take() else {
            panic!("no exception to normalize")
        };
        let value = std::mem::replace(&mut pending.value, PendingValue::None);
        self.hold(pending.ty);
        self.hold(pending.traceback);
        let made = self.make_instance(pending.ty, value);
        if made == Err(Thrown::Interrupt) {
            return Err(Thrown::Interrupt);
        }
        self.unhold();
        self.unhold();
        match made {
            Ok(instance) => {
                // The class's `__new__` may have answered with an instance of a subclass, or of something else.
                let ty = self.heap.ty(instance);
                self.heap.incref(ty);
                let old = std::mem::replace(&mut pending.ty, ty);
                pending.value = PendingValue::Instance(instance);
                self.clear_exception();
                self.pending = Some(pending);
                self.decref(old);
                Ok(instance)
            }
            Err(thrown) => {
                // Making it failed: that exception is in flight now instead.
                self.decref(pending.ty);
                self.xdecref(pending.traceback);
                debug_assert_eq!(thrown, Thrown::Exception, "an interrupt has left");
                self.instantiate()
            }
        }
    }

    /// A class whose call made something else (`_PyErr_CreateException`); takes what was made.
    fn not_an_exception(&mut self, class: Obj, made: Obj) -> PyResult<Obj> {
        let got = self.type_name(made);
        self.decref(made);
        let shown = self.repr_text(class)?;
        self.type_error(format!(
            "calling {shown} should have returned an instance of BaseException, not {got}"
        ))
    }

    fn is_instance_exact_or_sub(&self, o: Obj, class: Obj) -> bool {
        self.is_subtype(self.heap.ty(o), class)
    }

    /// Takes the exception in flight as an object with its traceback set; owned.
    pub fn take_exception_object(&mut self) -> PyResult<Obj> {
        let exc = self.normalize()?;
        let pending = self
            .pending
            .take()
            .expect("normalize leaves the exception in flight");
        // The instance keeps its class.
        self.decref(pending.ty);
        if !pending.traceback.is_null()
            && let Payload::Exc(e) = self.heap.base_mut(exc)
        {
            let old = std::mem::replace(&mut e.traceback, pending.traceback);
            // Whatever dies with it may run code.
            self.hold(exc);
            self.xdecref(old);
            self.unhold();
        }
        Ok(exc)
    }

    /// The traceback that an exception has, borrowed; NULL where it has none, and where None was set.
    pub fn own_traceback(&self, exc: Obj) -> Obj {
        match self.heap.base(exc) {
            Payload::Exc(e) if e.traceback != self.none => e.traceback,
            _ => NULL,
        }
    }

    /// Raises an exception object with its own traceback, as `raise exc` does. Borrowed.
    pub fn reraise_object<T>(&mut self, exc: Obj) -> PyResult<T> {
        let result = self.raise_object(exc);
        let traceback = self.own_traceback(exc);
        if let Some(pending) = &mut self.pending
            && !traceback.is_null()
        {
            self.heap.incref(traceback);
            pending.traceback = traceback;
        }
        result
    }

    /// Raises `TypeError` with a message.
    #[cold]
    pub fn type_error<T>(&mut self, message: String) -> PyResult<T> {
        self.raise(self.types.type_error, message)
    }

    #[cold]
    pub fn value_error<T>(&mut self, message: &str) -> PyResult<T> {
        self.raise(self.types.value_error, message.to_string())
    }
}

impl Machine {
    /// A class of exceptions that a module makes when it is imported (`PyErr_NewExceptionWithDoc`); owned.
    pub fn new_exception_class(
        &mut self,
        module: &str,
        name: &str,
        base: Obj,
        doc: &str,
    ) -> PyResult<Obj> {
        let mark = self.mark();
        let module = self.new_str(module);
        self.hold(module);
        let namespace = self.new_dict();
        self.hold(namespace);
        self.dict_set_name(namespace, "__module__", module);
        if !doc.is_empty() {
            let doc = self.new_str(doc);
            self.dict_set_name(namespace, "__doc__", doc);
            self.decref(doc);
        }
        let name = self.new_str(name);
        self.hold(name);
        let bases = self.new_tuple_of(&[base]);
        self.hold(bases);
        let made = self.call(self.types.type_, &[name, bases, namespace]);
        self.releasing(mark, made)
    }
}
