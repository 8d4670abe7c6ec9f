//! `isinstance` and `issubclass` with their hooks (`PyObject_IsInstance`, `PyObject_IsSubclass` of `Objects/abstract.c`).

use super::{Machine, PyResult};
use crate::heap::{Obj, Payload};

const NO_CLASS_2: &str = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const NO_BASE: &str = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

impl Machine {
    /// `isinstance(o, class)`: class may be a tuple, a union, or have an `__instancecheck__`.
    pub fn is_instance(&mut self, o: Obj, class: Obj) -> PyResult<bool> {
        if self.heap.ty(o) == class {
            return Ok(true);
        }
        if self.is_exact(class, self.types.type_) {
            return self.is_real_instance(o, class);
        }
        if let Some(items) = self.heap.tuple(class).map(<[Obj]>::to_vec) {
            self.enter_recursive(" in __instancecheck__")?;
            let mut answer = Ok(false);
            for item in items {
                answer = self.is_instance(o, item);
                if answer != Ok(false) {
                    break;
                }
            }
            self.leave_recursive();
            return answer;
        }
        if let Some(result) = self.call_check(
            class,
            self.names.__instancecheck__,
            o,
            " in __instancecheck__",
        )? {
            return Ok(result);
        }
        self.is_real_instance(o, class)
    }

    /// The hook's answer, if there is a hook.
    fn call_check(
        &mut self,
        class: Obj,
        hook: Obj,
        arg: Obj,
        place: &str,
    ) -> PyResult<Option<bool>> {
        let Some(checker) = self.lookup_special(class, hook)? else {
            return Ok(None);
        };
        self.with_held(checker, |vm, checker| {
            vm.enter_recursive(place)?;
            let result = vm.call(checker, &[arg]);
            vm.leave_recursive();
            let result = result?;
            vm.with_held(result, |vm, result| vm.is_true(result))
                .map(Some)
        })
    }

    /// Without hooks: by the type, then by `__class__` (`_PyObject_RealIsInstance`).
    pub fn is_real_instance(&mut self, o: Obj, class: Obj) -> PyResult<bool> {
        if self.heap.is_class(class) {
            let ty = self.heap.ty(o);
            if self.is_subtype(ty, class) {
                return Ok(true);
            }
            if self.has_plain_class(ty) {
                return Ok(false);
            }
            let Some(claimed) = self.lookup_attr(o, self.names.__class__)? else {
                return Ok(false);
            };
            let answer =
                claimed != ty && self.heap.is_class(claimed) && self.is_subtype(claimed, class);
            self.decref(claimed);
            return Ok(answer);
        }
        self.check_class(class, NO_CLASS_2)?;
        let Some(claimed) = self.lookup_attr(o, self.names.__class__)? else {
            return Ok(false);
        };
        self.with_held(claimed, |vm, claimed| {
            vm.abstract_is_subclass(claimed, class)
        })
    }

    /// Whether `__class__` of these instances is `object`'s and so their type: asking would tell nothing new.
    fn has_plain_class(&mut self, ty: Obj) -> bool {
        let found = self.type_lookup(ty, self.names.__class__);
        self.uses_generic_getattr(ty)
            && matches!(self.heap.payload(found), Payload::GetSetDescr { class, .. } if *class == self.types.object)
    }

    /// `issubclass(class, other)`: other may be a tuple, a union, or have a `__subclasscheck__`.
    pub fn is_subclass(&mut self, class: Obj, other: Obj) -> PyResult<bool> {
        if self.is_exact(other, self.types.type_) {
            return if class == other {
                Ok(true)
            } else {
                self.is_real_subclass(class, other)
            };
        }
        if let Some(items) = self.heap.tuple(other).map(<[Obj]>::to_vec) {
            self.enter_recursive(" in __subclasscheck__")?;
            let mut answer = Ok(false);
            for item in items {
                answer = self.is_subclass(class, item);
                if answer != Ok(false) {
                    break;
                }
            }
            self.leave_recursive();
            return answer;
        }
        if let Some(result) = self.call_check(
            other,
            self.names.__subclasscheck__,
            class,
            " in __subclasscheck__",
        )? {
            return Ok(result);
        }
        self.is_real_subclass(class, other)
    }

    /// Without hooks (`_PyObject_RealIsSubclass`).
    pub fn is_real_subclass(&mut self, class: Obj, other: Obj) -> PyResult<bool> {
        if self.heap.is_class(class) && self.heap.is_class(other) {
            return Ok(self.is_subtype(class, other));
        }
        self.check_class(class, "issubclass() arg 1 must be a class")?;
        self.check_class(other, NO_BASE)?;
        self.abstract_is_subclass(class, other)
    }

    /// `__bases__` of anything that passes as a class: a tuple, owned (`abstract_get_bases`).
    fn abstract_bases(&mut self, class: Obj) -> PyResult<Option<Obj>> {
        let Some(bases) = self.lookup_attr(class, self.names.__bases__)? else {
            return Ok(None);
        };
        if self.heap.tuple(bases).is_none() {
            self.decref(bases);
            return Ok(None);
        }
        Ok(Some(bases))
    }

    fn check_class(&mut self, class: Obj, message: &str) -> PyResult<()> {
        match self.abstract_bases(class)? {
            Some(bases) => {
                self.decref(bases);
                Ok(())
            }
            None => self.type_error(message.to_string()),
        }
    }

    /// Follows `__bases__` of things that are no classes (`abstract_issubclass`).
    fn abstract_is_subclass(&mut self, class: Obj, other: Obj) -> PyResult<bool> {
        if class == other {
            return Ok(true);
        }
        let Some(bases) = self.abstract_bases(class)? else {
            return Ok(false);
        };
        self.with_held(bases, |vm, bases| {
            let items = vm
                .heap
                .tuple(bases)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default();
            vm.enter_recursive(" in __issubclass__")?;
            let mut answer = Ok(false);
            for base in items {
                answer = vm.abstract_is_subclass(base, other);
                if answer != Ok(false) {
                    break;
                }
            }
            vm.leave_recursive();
            answer
        })
    }
}
