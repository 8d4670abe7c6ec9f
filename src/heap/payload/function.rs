//! Functions made by `def`, built-in functions, descriptors of `__slots__`.

use std::rc::Rc;

use super::{Code, fields};
use crate::heap::{Edge, Obj};
use crate::vm::native::Method;

#[derive(Clone)]
pub struct Func {
    pub code: Rc<Code>,
    pub code_obj: Obj,
    pub globals: Obj,
    pub builtins: Obj,
    pub name: Obj,
    pub qualname: Obj,
    pub doc: Obj,
    /// A tuple or NULL.
    pub defaults: Obj,
    /// A dict or NULL.
    pub kwdefaults: Obj,
    /// A tuple of cells or NULL.
    pub closure: Obj,
    /// A dict, a tuple of names and values not yet made a dict, or NULL.
    pub annotations: Obj,
    pub module: Obj,
    pub dict: Obj,
}

/// In the order of `func_traverse`.
const FIELDS: [&str; 12] = [
    "__code__",
    "__globals__",
    "__builtins__",
    "__module__",
    "__defaults__",
    "__kwdefaults__",
    "__doc__",
    "__name__",
    "__dict__",
    "__closure__",
    "__annotations__",
    "__qualname__",
];

impl Func {
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        fields(
            &[
                self.code_obj,
                self.globals,
                self.builtins,
                self.module,
                self.defaults,
                self.kwdefaults,
                self.doc,
                self.name,
                self.dict,
                self.closure,
                self.annotations,
                self.qualname,
            ],
            &FIELDS,
            f,
        );
    }
}

/// A function of ours as an object: `len`, or a bound `list.append`.
#[derive(Clone)]
pub struct BuiltinFn {
    pub def: &'static Method,
    /// The object it is bound to, or NULL.
    pub this: Obj,
    /// The name of its module, or NULL.
    pub module: Obj,
    /// The class that defines it, if it is told that (`METH_METHOD`); else NULL.
    pub class: Obj,
}

/// A `__slots__` member of a class.
#[derive(Clone)]
pub struct Member {
    pub class: Obj,
    pub name: Obj,
    /// Index into `Ext::slots`.
    pub index: u16,
}
