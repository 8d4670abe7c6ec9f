//! Kinds of objects that are rare: each lives in the file of the module that defines it (`vm/types`, `vm/modules`).

use std::any::Any;

use super::{Iter, Payload};
use crate::heap::{Edge, Kept, NULL, Obj};

/// What a rare kind tells the heap. NULL references may be passed to the visitor; they are skipped.
pub trait Native: Any {
    /// The references that CPython's `tp_traverse` of this type visits.
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj));

    /// Whether instances count a reference to their class, as those of CPython's heap types written in C do.
    fn counts_type(&self) -> bool {
        false
    }

    /// `traverse`, and the class if it is counted: first, as most types have it.
    fn traverse_typed(&self, class: Obj, f: &mut dyn FnMut(Edge, Obj)) {
        if self.counts_type() {
            f(Edge::Type, class);
        }
        self.traverse(f);
    }

    /// Owned references that CPython's `tp_traverse` does not visit.
    fn references(&self, _f: &mut dyn FnMut(Edge, Obj)) {}

    /// Takes all references out, in the order in which CPython's `tp_dealloc` lets go of them. Afterwards the object
    /// owns nothing. `tp_clear` uses it too.
    fn take(&mut self) -> Vec<Obj>;

    /// Whether CPython's type has a `tp_clear`: without one the collector leaves its garbage to what refers to it.
    fn has_clear(&self) -> bool {
        true
    }

    /// The object whose bytes this one keeps in their place (`Py_buffer.obj`), or NULL.
    fn exported(&self) -> Obj {
        NULL
    }

    /// Its free list, for kinds that have one.
    fn free_list(&self) -> Option<Kept> {
        None
    }

    /// The `__dict__`, for kinds that have one.
    fn dict(&self) -> Option<&Obj> {
        None
    }

    fn dict_mut(&mut self) -> Option<&mut Obj> {
        None
    }

    /// This kind among those of `Payload::Iter`.
    fn of_iter(_: &Iter) -> Option<&Self>
    where
        Self: Sized,
    {
        None
    }

    fn of_iter_mut(_: &mut Iter) -> Option<&mut Self>
    where
        Self: Sized,
    {
        None
    }

    /// As the heap keeps it.
    fn into_payload(self) -> Payload
    where
        Self: Sized,
    {
        Payload::Native(Box::new(Box::new(self)))
    }

    fn boxed_clone(&self) -> Box<dyn Native>;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl Clone for Box<dyn Native> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}

/// The three methods of `Native` that are the same everywhere.
#[macro_export]
macro_rules! native_boilerplate {
    () => {
        fn boxed_clone(&self) -> Box<dyn $crate::heap::payload::Native> {
            Box::new(self.clone())
        }
        fn as_any(&self) -> &dyn std::any::Any {
            self
        }
        fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
            self
        }
    };
}
