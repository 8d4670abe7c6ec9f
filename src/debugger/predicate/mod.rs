//! The predicate language of `assert`: what it looks like as a tree, and what its values are.
//!
//! Knows no machine: facts come through [`Facts`], which `queries/` implements. Invariant: a predicate remembers its
//! own text, so that a failure can show what was asked beside what was found. Start at [`Expr`]; `parse.rs` reads it,
//! `eval.rs` judges it.

mod eval;
mod parse;

use std::fmt;

use super::command::{ObjectName, ObjectRef};

pub use eval::{Comparison, Facts, Verdict};

/// A predicate and the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    pub text: String,
    pub expr: Expr,
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A node of the tree. Operands keep their text in [`Operand`].
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Or(Vec<Expr>),
    And(Vec<Expr>),
    Not(Box<Expr>),
    /// `a == b < c`, as Python chains it; without a tail, the truth of one operand.
    Compare {
        first: Operand,
        rest: Vec<(CompareOp, Operand)>,
    },
}

/// A term and how it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    pub text: String,
    pub term: Term,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Literal(Value),
    List(Vec<Operand>),
    Group(Box<Expr>),
    Object(ObjectRef),
    Call(Function, ObjectRef),
    Survivors(String),
    Order(Order),
    Atom(Atom),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    NotIn,
}

impl CompareOp {
    pub fn text(self) -> &'static str {
        match self {
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
            CompareOp::In => "in",
            CompareOp::NotIn => "not in",
        }
    }
}

/// Questions about one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    Alive,
    Dead,
    Refcount,
    Owners,
    Referents,
    Referrers,
    Tracked,
    Generation,
    Finalized,
    Resurrected,
    Unreachable,
    Type,
    Repr,
    Born,
    Died,
}

/// What has happened, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    Del,
    Death,
}

/// Questions about the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    Collected,
    Garbage,
    Stdout,
    Stderr,
}

/// The functions of one object: name, meaning, help. Parser, completion and README derive from it.
pub const FUNCTIONS: &[(&str, Function, &str)] = &[
    ("alive", Function::Alive, "born and not yet freed"),
    ("dead", Function::Dead, "freed"),
    (
        "refcount",
        Function::Refcount,
        "its count: sys.getrefcount(X) - 1",
    ),
    ("owners", Function::Owners, "who holds each count, as text"),
    (
        "referents",
        Function::Referents,
        "what it refers to, in gc's order",
    ),
    (
        "referrers",
        Function::Referrers,
        "the objects that refer to it",
    ),
    ("tracked", Function::Tracked, "the collector watches it"),
    (
        "generation",
        Function::Generation,
        "0, 1 or 2; None when untracked",
    ),
    ("finalized", Function::Finalized, "its finaliser has run"),
    (
        "resurrected",
        Function::Resurrected,
        "its finaliser brought it back",
    ),
    (
        "unreachable",
        Function::Unreachable,
        "alive, but no root leads to it",
    ),
    ("type", Function::Type, "its class's name"),
    ("repr", Function::Repr, "its repr(), taken on a fork"),
    ("born", Function::Born, "the line of its birth"),
    (
        "died",
        Function::Died,
        "the line of its death; None while alive",
    ),
];

/// The words that need no argument.
pub const ATOMS: &[(&str, Atom, &str)] = &[
    (
        "collected",
        Atom::Collected,
        "what all collections so far have found",
    ),
    ("garbage", Atom::Garbage, "gc.garbage"),
    ("stdout", Atom::Stdout, "all that was printed so far"),
    ("stderr", Atom::Stderr, "all that went to stderr so far"),
];

/// What a term is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    List(Vec<Value>),
    Object(ObjectName),
    /// A class, or anything else that has no number, by its name.
    Symbol(String),
}

impl Value {
    pub fn truth(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(b) => *b,
            Value::Int(n) => *n != 0,
            Value::Float(x) => *x != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::List(items) => !items.is_empty(),
            Value::Object(_) | Value::Symbol(_) => true,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("None"),
            Value::Bool(true) => f.write_str("True"),
            Value::Bool(false) => f.write_str("False"),
            Value::Int(n) => n.fmt(f),
            Value::Float(x) => write!(f, "{x:?}"),
            Value::Str(text) => write!(f, "{text:?}"),
            Value::Object(name) => name.fmt(f),
            Value::Symbol(name) => f.write_str(name),
            Value::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
        }
    }
}

/// All words that may begin a term, for completion.
pub use parse::words;

#[cfg(test)]
mod tests;
