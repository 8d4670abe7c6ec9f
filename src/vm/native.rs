//! How Rust code appears in Python: tables of methods, of attributes, of types.
//!
//! Everything built in is a row of a table in the file of its type or module. A row only names a function. Nothing here
//! runs anything; `call.rs` calls natives, `class.rs` makes types of `TypeSpec`s.

use super::slots::Slots;
use super::{Args, Machine, PyResult};
use crate::heap::Obj;
use crate::heap::payload::class::Layout;

/// A native function. `this` is the object it is bound to (the instance of a method, the class of a class method, NULL for
/// a function of a module). Arguments are borrowed, the result is owned.
pub type NativeFn = fn(&mut Machine, this: Obj, args: Args) -> PyResult<Obj>;

/// What arguments a native takes; checked before it is called, with CPython's messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arity {
    /// `METH_NOARGS`
    NoArgs,
    /// `METH_O`
    One,
    /// `METH_FASTCALL`: positional arguments only, between min and max of them; checked with `_PyArg_CheckPositional`'s messages.
    Positional(u8, u8),
    /// Positional arguments only, between min and max of them, in the words of the parser of keyword arguments (`METH_METHOD`).
    Parsed(u8, u8),
    /// Positional arguments only; the function checks how many.
    Any,
    /// Keywords too; the function looks at everything itself (`args.rs` helps).
    Keywords,
}

/// How a row of a method table binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    Instance,
    Class,
    Static,
}

#[derive(Clone, Copy)]
pub struct Method {
    pub name: &'static str,
    pub call: NativeFn,
    pub arity: Arity,
    pub binding: Binding,
    /// Signature and documentation as in CPython's `tp_doc` ("append($self, object, /)\n--\n\n…"), or "".
    pub doc: &'static str,
    /// Arguments come in a tuple, and a dict, that count them once more during the call (`METH_VARARGS`).
    pub varargs: bool,
    /// It is told the class that defines it, and so bound as a `builtin_method` (`METH_METHOD`).
    pub defining_class: bool,
}

impl Method {
    pub const fn new(name: &'static str, arity: Arity, call: NativeFn) -> Method {
        Method {
            name,
            call,
            arity,
            binding: Binding::Instance,
            doc: "",
            varargs: false,
            defining_class: false,
        }
    }

    pub const fn class(name: &'static str, arity: Arity, call: NativeFn) -> Method {
        Method {
            name,
            call,
            arity,
            binding: Binding::Class,
            doc: "",
            varargs: false,
            defining_class: false,
        }
    }

    pub const fn fixed(name: &'static str, arity: Arity, call: NativeFn) -> Method {
        Method {
            name,
            call,
            arity,
            binding: Binding::Static,
            doc: "",
            varargs: false,
            defining_class: false,
        }
    }

    pub const fn varargs(mut self) -> Method {
        self.varargs = true;
        self
    }

    pub const fn with_class(mut self) -> Method {
        self.defining_class = true;
        self
    }

    pub const fn doc(mut self, doc: &'static str) -> Method {
        self.doc = doc;
        self
    }
}

/// Sets a computed attribute; value NULL deletes it.
pub type SetFn = fn(&mut Machine, this: Obj, value: Obj) -> PyResult<()>;

/// A computed attribute of a built-in type.
pub struct GetSet {
    pub name: &'static str,
    /// Owned result.
    pub get: fn(&mut Machine, this: Obj) -> PyResult<Obj>,
    /// Value NULL deletes. Without it the attribute is read-only.
    pub set: Option<SetFn>,
    pub doc: &'static str,
}

impl GetSet {
    pub const fn new(name: &'static str, get: fn(&mut Machine, Obj) -> PyResult<Obj>) -> GetSet {
        GetSet {
            name,
            get,
            set: None,
            doc: "",
        }
    }

    pub const fn rw(
        name: &'static str,
        get: fn(&mut Machine, Obj) -> PyResult<Obj>,
        set: fn(&mut Machine, Obj, Obj) -> PyResult<()>,
    ) -> GetSet {
        GetSet {
            name,
            get,
            set: Some(set),
            doc: "",
        }
    }
}

/// Everything that a built-in type is.
pub struct TypeSpec {
    /// `tp_name`, with the module in front where CPython has one: "list", "collections.deque".
    pub name: &'static str,
    pub doc: &'static str,
    pub layout: Layout,
    /// Instances are watched by the collector (`Py_TPFLAGS_HAVE_GC`).
    pub gc: bool,
    /// Can be subclassed (`Py_TPFLAGS_BASETYPE`).
    pub base_type: bool,
    /// Instances have a `__dict__`, can be weakly referenced.
    pub has_dict: bool,
    pub has_weakrefs: bool,
    /// What `match` takes for a sequence or a mapping (`Py_TPFLAGS_SEQUENCE`, `Py_TPFLAGS_MAPPING`).
    pub sequence: bool,
    pub mapping: bool,
    pub methods: &'static [Method],
    pub getset: &'static [GetSet],
    /// Fills in the type's own slots; the others are inherited.
    pub slots: fn(&mut Slots),
}

impl TypeSpec {
    pub const fn new(name: &'static str) -> TypeSpec {
        TypeSpec {
            name,
            doc: "",
            layout: Layout::Other,
            gc: true,
            base_type: false,
            has_dict: false,
            has_weakrefs: false,
            sequence: false,
            mapping: false,
            methods: &[],
            getset: &[],
            slots: |_| {},
        }
    }
}
