//! Judging a predicate: what it holds, and what each comparison found on its two sides.
//!
//! Knows no machine: [`Facts`] answers. Invariant: `and` and `or` stop where Python's do, and a verdict shows exactly
//! the comparisons that were made. Start at [`Predicate::judge`].

use std::cmp::Ordering;

use super::super::command::ObjectRef;
use super::{Atom, CompareOp, Expr, Function, Operand, Order, Predicate, Term, Value};

/// Where facts come from. An `Err` is a sentence: the question itself does not hold (a name never bound, an object
/// never born), which fails the predicate whatever it asks.
pub trait Facts {
    fn of_object(&mut self, function: Function, object: &ObjectRef) -> Result<Value, String>;
    /// The object itself, or the value where it is a plain int, str, …
    fn object(&mut self, object: &ObjectRef) -> Result<Value, String>;
    fn survivors(&mut self, class: &str) -> Result<Value, String>;
    fn order(&mut self, order: Order) -> Result<Value, String>;
    fn atom(&mut self, atom: Atom) -> Result<Value, String>;
}

/// A comparison that was made, as a failure shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub left: (String, Value),
    /// None when the truth of `left` alone was asked.
    pub right: Option<(CompareOp, String, Value)>,
    pub holds: bool,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Verdict {
    pub holds: bool,
    pub comparisons: Vec<Comparison>,
    /// Why the question could not be answered; then `holds` is false.
    pub trouble: Option<String>,
}

impl Predicate {
    pub fn judge(&self, facts: &mut dyn Facts) -> Verdict {
        let mut comparisons = Vec::new();
        match holds(&self.expr, facts, &mut comparisons) {
            Ok(holds) => Verdict {
                holds,
                comparisons,
                trouble: None,
            },
            Err(trouble) => Verdict {
                holds: false,
                comparisons,
                trouble: Some(trouble),
            },
        }
    }

    /// Every object the predicate asks about, for the failure's own story of them.
    pub fn objects(&self) -> Vec<&ObjectRef> {
        let mut found = Vec::new();
        objects_of(&self.expr, &mut found);
        found
    }
}

fn objects_of<'a>(expr: &'a Expr, found: &mut Vec<&'a ObjectRef>) {
    match expr {
        Expr::Or(parts) | Expr::And(parts) => parts.iter().for_each(|part| objects_of(part, found)),
        Expr::Not(inner) => objects_of(inner, found),
        Expr::Compare { first, rest } => {
            objects_of_operand(first, found);
            rest.iter()
                .for_each(|(_, operand)| objects_of_operand(operand, found));
        }
    }
}

fn objects_of_operand<'a>(operand: &'a Operand, found: &mut Vec<&'a ObjectRef>) {
    match &operand.term {
        Term::Object(object) | Term::Call(_, object) if !found.contains(&object) => {
            found.push(object)
        }
        Term::List(items) => items
            .iter()
            .for_each(|item| objects_of_operand(item, found)),
        Term::Group(inner) => objects_of(inner, found),
        _ => {}
    }
}

fn holds(expr: &Expr, facts: &mut dyn Facts, made: &mut Vec<Comparison>) -> Result<bool, String> {
    match expr {
        Expr::Or(parts) => {
            for part in parts {
                if holds(part, facts, made)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Expr::And(parts) => {
            for part in parts {
                if !holds(part, facts, made)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Expr::Not(inner) => Ok(!holds(inner, facts, made)?),
        Expr::Compare { first, rest } => compare(first, rest, facts, made),
    }
}

fn compare(
    first: &Operand,
    rest: &[(CompareOp, Operand)],
    facts: &mut dyn Facts,
    made: &mut Vec<Comparison>,
) -> Result<bool, String> {
    if let (Term::Group(inner), []) = (&first.term, rest) {
        return holds(inner, facts, made);
    }
    let mut left = (first.text.clone(), value(first, facts)?);
    if rest.is_empty() {
        let holds = left.1.truth();
        made.push(Comparison {
            left,
            right: None,
            holds,
        });
        return Ok(holds);
    }
    for (op, operand) in rest {
        let right = value(operand, facts)?;
        let holds = apply(*op, &left.1, &right)?;
        made.push(Comparison {
            left,
            right: Some((*op, operand.text.clone(), right.clone())),
            holds,
        });
        if !holds {
            return Ok(false);
        }
        left = (operand.text.clone(), right);
    }
    Ok(true)
}

fn value(operand: &Operand, facts: &mut dyn Facts) -> Result<Value, String> {
    match &operand.term {
        Term::Literal(value) => Ok(value.clone()),
        Term::List(items) => {
            let values: Result<Vec<Value>, String> =
                items.iter().map(|item| value(item, facts)).collect();
            Ok(Value::List(values?))
        }
        Term::Group(inner) => holds(inner, facts, &mut Vec::new()).map(Value::Bool),
        Term::Object(object) => facts.object(object),
        Term::Call(function, object) => facts.of_object(*function, object),
        Term::Survivors(class) => facts.survivors(class),
        Term::Order(order) => facts.order(*order),
        Term::Atom(atom) => facts.atom(*atom),
    }
}

fn apply(op: CompareOp, left: &Value, right: &Value) -> Result<bool, String> {
    match op {
        CompareOp::Eq => Ok(equal(left, right)),
        CompareOp::Ne => Ok(!equal(left, right)),
        CompareOp::In => contains(right, left),
        CompareOp::NotIn => contains(right, left).map(|found| !found),
        CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
            let order = order_of(left, right)
                .ok_or_else(|| format!("`{}` does not order {left} and {right}", op.text()))?;
            Ok(match op {
                CompareOp::Lt => order == Ordering::Less,
                CompareOp::Le => order != Ordering::Greater,
                CompareOp::Gt => order == Ordering::Greater,
                _ => order != Ordering::Less,
            })
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(b) => Some(f64::from(u8::from(*b))),
        Value::Int(n) => Some(*n as f64),
        Value::Float(x) => Some(*x),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(b) => Some(i64::from(*b)),
        Value::Int(n) => Some(*n),
        _ => None,
    }
}

/// As Python's `==`: True is 1, and a name's text equals the name, so that `type(X) == "Node"` works too.
fn equal(left: &Value, right: &Value) -> bool {
    if let (Some(a), Some(b)) = (integer(left), integer(right)) {
        return a == b;
    }
    match (left, right) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Symbol(a), Value::Str(b)) | (Value::Str(a), Value::Symbol(b)) => a == b,
        _ => match (number(left), number(right)) {
            (Some(a), Some(b)) => a == b,
            _ => left == right,
        },
    }
}

fn order_of(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (integer(left), integer(right)) {
        return Some(a.cmp(&b));
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => Some(a.cmp(b)),
        _ => number(left)?.partial_cmp(&number(right)?),
    }
}

fn contains(container: &Value, item: &Value) -> Result<bool, String> {
    match (container, item) {
        (Value::List(items), _) => Ok(items.iter().any(|other| equal(item, other))),
        (Value::Str(text), Value::Str(part)) => Ok(text.contains(part.as_str())),
        _ => Err(format!("`in` does not look for {item} in {container}")),
    }
}
