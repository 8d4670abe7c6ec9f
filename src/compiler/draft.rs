//! A code object while the compiler holds it: it may cross threads, which `Rc` may not.
//!
//! Knows nothing of how the code came about. Invariant: `into_code` gives equal names one `Rc`, as interning does.

use rustc_hash::FxHashMap as HashMap;
use std::rc::Rc;

use crate::bytecode::code::{self, CodeObject};
use crate::compiler::constant::Const;
use crate::syntax::tree::{Constant, Name};

/// `CodeObject`, field by field, without the file name.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub name: Name,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub stacksize: u32,
    pub flags: u32,
    pub firstlineno: u32,
    pub code: Vec<u8>,
    pub consts: Vec<Const>,
    pub names: Vec<Name>,
    pub varnames: Vec<Name>,
    pub freevars: Vec<Name>,
    pub cellvars: Vec<Name>,
    pub linetable: Vec<u8>,
}

/// Makes code objects out of drafts.
pub(super) struct Finisher {
    filename: Rc<str>,
    names: HashMap<Name, Rc<str>>,
}

impl Finisher {
    pub(super) fn new(filename: &str) -> Finisher {
        Finisher {
            filename: filename.into(),
            names: HashMap::default(),
        }
    }

    pub(super) fn code(&mut self, draft: Draft) -> Rc<CodeObject> {
        Rc::new(CodeObject {
            name: self.name(draft.name),
            filename: self.filename.clone(),
            argcount: draft.argcount,
            posonlyargcount: draft.posonlyargcount,
            kwonlyargcount: draft.kwonlyargcount,
            stacksize: draft.stacksize,
            flags: draft.flags,
            firstlineno: draft.firstlineno,
            code: draft.code,
            consts: draft
                .consts
                .into_iter()
                .map(|value| self.constant(value))
                .collect(),
            names: self.all(draft.names),
            varnames: self.all(draft.varnames),
            freevars: self.all(draft.freevars),
            cellvars: self.all(draft.cellvars),
            linetable: draft.linetable,
            warnings: Vec::new(),
        })
    }

    fn all(&mut self, names: Vec<Name>) -> Vec<Rc<str>> {
        names.into_iter().map(|name| self.name(name)).collect()
    }

    fn name(&mut self, name: Name) -> Rc<str> {
        self.names
            .entry(name)
            .or_insert_with_key(|name| Rc::from(&**name))
            .clone()
    }

    fn constant(&mut self, value: Const) -> code::Constant {
        match value {
            Const::Code(draft) => code::Constant::Code(self.code(*draft)),
            Const::Value(value) => plain(value),
        }
    }
}

/// A tree's constant as a code object's.
pub(super) fn plain(value: Constant) -> code::Constant {
    let all = |items: Vec<Constant>| items.into_iter().map(plain).collect();
    match value {
        Constant::None => code::Constant::None,
        Constant::True => code::Constant::True,
        Constant::False => code::Constant::False,
        Constant::Ellipsis => code::Constant::Ellipsis,
        Constant::Int(n) => code::Constant::Int(n),
        Constant::Float(f) => code::Constant::Float(f),
        Constant::Complex(re, im) => code::Constant::Complex(re, im),
        Constant::Str(text) => code::Constant::Str(text),
        Constant::Bytes(bytes) => code::Constant::Bytes(bytes),
        Constant::Tuple(items) => code::Constant::Tuple(all(items)),
        Constant::FrozenSet(items) => code::Constant::FrozenSet(all(items)),
    }
}
