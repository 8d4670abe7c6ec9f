//! Constants of a unit and when two of them are one: CPython's `_PyCode_ConstantKey`.
//!
//! Does not know where constants are used. Invariant: 0.0 and -0.0, 1 and 1.0 and True have different keys; code objects
//! are one when `code_richcompare` says so, which leaves the line table out.

use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use rustpython_wtf8::Wtf8Buf;

use crate::compiler::draft::Draft;
use crate::syntax::tree::{Constant, Name};

/// A constant of a unit: a value or the code of a nested scope.
#[derive(Clone, Debug)]
pub(super) enum Const {
    Value(Constant),
    Code(Box<Draft>),
}

/// What makes two constants one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    None,
    True,
    False,
    Ellipsis,
    Int(BigInt),
    Float(u64),
    Complex(u64, u64),
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Tuple(Vec<Key>),
    /// Sorted, without duplicates.
    FrozenSet(Vec<Key>),
    Code(Box<CodeKey>),
}

/// The fields of a code object that `==` compares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CodeKey {
    name: Name,
    numbers: [u32; 5],
    code: Vec<u8>,
    consts: Vec<Key>,
    names: [Vec<Name>; 4],
}

impl Hash for CodeKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, self.numbers, &self.code).hash(state);
    }
}

impl Const {
    /// A NaN is equal to no other, so each stays a constant of its own.
    pub(super) fn has_nan(&self) -> bool {
        fn inside(value: &Constant) -> bool {
            match value {
                Constant::Float(f) => f.is_nan(),
                Constant::Complex(re, im) => re.is_nan() || im.is_nan(),
                Constant::Tuple(items) | Constant::FrozenSet(items) => items.iter().any(inside),
                _ => false,
            }
        }
        matches!(self, Const::Value(value) if inside(value))
    }

    pub(super) fn key(&self) -> Key {
        match self {
            Const::Value(value) => key(value),
            Const::Code(draft) => Key::Code(Box::new(CodeKey {
                name: draft.name.clone(),
                numbers: [
                    draft.argcount,
                    draft.posonlyargcount,
                    draft.kwonlyargcount,
                    draft.flags,
                    draft.firstlineno,
                ],
                code: draft.code.clone(),
                consts: draft.consts.iter().map(Const::key).collect(),
                names: [
                    draft.names.clone(),
                    draft.varnames.clone(),
                    draft.freevars.clone(),
                    draft.cellvars.clone(),
                ],
            })),
        }
    }
}

pub(super) fn key(value: &Constant) -> Key {
    match value {
        Constant::None => Key::None,
        Constant::True => Key::True,
        Constant::False => Key::False,
        Constant::Ellipsis => Key::Ellipsis,
        Constant::Int(n) => Key::Int(n.clone()),
        Constant::Float(f) => Key::Float(f.to_bits()),
        Constant::Complex(re, im) => Key::Complex(re.to_bits(), im.to_bits()),
        Constant::Str(text) => Key::Str(text.as_bytes().to_vec()),
        Constant::Bytes(bytes) => Key::Bytes(bytes.clone()),
        Constant::Tuple(items) => Key::Tuple(items.iter().map(key).collect()),
        Constant::FrozenSet(items) => {
            let mut keys: Vec<Key> = items.iter().map(key).collect();
            keys.sort();
            keys.dedup();
            Key::FrozenSet(keys)
        }
    }
}

/// A `str` constant.
pub(super) fn text(text: &str) -> Constant {
    Constant::Str(Wtf8Buf::from_string(text.to_string()))
}

/// An `int` constant.
pub(super) fn int(value: usize) -> Constant {
    Constant::Int(BigInt::from(value))
}

/// A tuple of names.
pub(super) fn names<'n>(names: impl IntoIterator<Item = &'n Name>) -> Constant {
    Constant::Tuple(names.into_iter().map(|name| text(name)).collect())
}

/// Keep the first of items that are equal as Python's `==` has it: what `frozenset()` does.
pub(super) fn frozen(items: Vec<Constant>) -> Constant {
    let mut kept: Vec<Constant> = Vec::new();
    for item in items {
        if !kept.iter().any(|known| python_equal(known, &item)) {
            kept.push(item);
        }
    }
    Constant::FrozenSet(kept)
}

/// Whether a value is true in Python.
pub(super) fn truth(value: &Constant) -> bool {
    match value {
        Constant::None | Constant::False => false,
        Constant::True | Constant::Ellipsis => true,
        Constant::Int(n) => n.sign() != num_bigint::Sign::NoSign,
        Constant::Float(f) => *f != 0.0,
        Constant::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Constant::Str(text) => !text.is_empty(),
        Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
    }
}

/// Python's `==` for constants.
pub(super) fn python_equal(a: &Constant, b: &Constant) -> bool {
    if let (Some(x), Some(y)) = (numeric(a), numeric(b)) {
        return x == y;
    }
    match (a, b) {
        (Constant::Tuple(x), Constant::Tuple(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| python_equal(x, y))
        }
        (Constant::FrozenSet(x), Constant::FrozenSet(y)) => {
            x.len() == y.len() && x.iter().all(|x| y.iter().any(|y| python_equal(x, y)))
        }
        _ => numeric(a).is_none() && numeric(b).is_none() && key(a) == key(b),
    }
}

/// A number's exact value as (integer, or else bits of the real part, bits of the imaginary part).
fn numeric(value: &Constant) -> Option<(Result<BigInt, u64>, u64)> {
    let real = |f: f64| {
        if f.is_finite() && f.fract() == 0.0 {
            Ok(num_traits::FromPrimitive::from_f64(f).expect("a finite whole float is an integer"))
        } else {
            Err(f.to_bits())
        }
    };
    let bits = |f: f64| if f == 0.0 { 0 } else { f.to_bits() };
    match value {
        Constant::True => Some((Ok(BigInt::from(1)), 0)),
        Constant::False => Some((Ok(BigInt::from(0)), 0)),
        Constant::Int(n) => Some((Ok(n.clone()), 0)),
        Constant::Float(f) => Some((real(*f), 0)),
        Constant::Complex(re, im) => Some((real(*re), bits(*im))),
        _ => None,
    }
}
