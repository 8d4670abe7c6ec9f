//! Precedence, values and what a failing comparison shows.

use super::super::command::ObjectRef;
use super::super::scan::Scan;
use super::*;

/// A world with two nodes, `Node.1` dead.
struct World;

impl Facts for World {
    fn of_object(&mut self, function: Function, object: &ObjectRef) -> Result<Value, String> {
        let dead = object.to_string() == "Node.1";
        match function {
            Function::Alive => Ok(Value::Bool(!dead)),
            Function::Refcount if dead => Err("Node.1 is dead".into()),
            Function::Refcount => Ok(Value::Int(2)),
            Function::Owners => Ok(Value::List(vec![
                Value::Str("global a".into()),
                Value::Str("Node.1.b".into()),
            ])),
            Function::Type => Ok(Value::Symbol("Node".into())),
            _ => Ok(Value::None),
        }
    }
    fn object(&mut self, object: &ObjectRef) -> Result<Value, String> {
        match object {
            ObjectRef::Name(name) => Ok(Value::Object(name.clone())),
            other => Ok(Value::Symbol(other.to_string())),
        }
    }
    fn survivors(&mut self, _: &str) -> Result<Value, String> {
        Ok(Value::Int(1))
    }
    fn order(&mut self, _: Order) -> Result<Value, String> {
        Ok(Value::List(vec![self.object(&ObjectRef::parse("Node.2"))?]))
    }
    fn atom(&mut self, atom: Atom) -> Result<Value, String> {
        Ok(match atom {
            Atom::Stdout => Value::Str("one\ntwo\n".into()),
            _ => Value::Int(4),
        })
    }
}

fn judge(text: &str) -> Verdict {
    let mut scan = Scan::new(text);
    let predicate = Predicate::parse(&mut scan).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert!(scan.at_end(), "{text}: left over: {}", scan.rest());
    predicate.judge(&mut World)
}

#[test]
fn what_holds() {
    for text in [
        "alive(Node.2)",
        "not alive(Node.1)",
        "refcount(Node.2) == 2",
        "refcount(a) >= 2 and not collected != 4",
        "alive(Node.1) or alive(Node.2) and collected == 4",
        "not (alive(Node.1) or collected == 5)",
        r#"owners(Node.2) == ["global a", "Node.1.b"]"#,
        r#""global a" in owners(a)"#,
        "order(del) == [Node.2]",
        "Node.1 not in order(death)",
        r#""two" in stdout"#,
        "1 < refcount(a) < 3",
        "survivors(Node) == True",
        "collected == 4.0 and -1 < 0 and 1e3 == 1000",
        "type(a) == Node and type(a) == 'Node'",
        "born(f(x, ')')[0].b) == None",
    ] {
        let verdict = judge(text);
        assert!(verdict.holds, "{text}: {verdict:?}");
    }
}

#[test]
fn what_fails_shows_both_sides() {
    let verdict = judge("alive(Node.2) and refcount(Node.2) == 3");
    assert!(!verdict.holds);
    let failed = verdict.comparisons.last().expect("one was made");
    assert_eq!(failed.left, ("refcount(Node.2)".to_owned(), Value::Int(2)));
    assert_eq!(
        failed.right,
        Some((CompareOp::Eq, "3".to_owned(), Value::Int(3)))
    );
}

#[test]
fn a_question_without_an_answer_fails_whatever_it_asks() {
    let verdict = judge("not refcount(Node.1) == 5");
    assert!(!verdict.holds);
    assert_eq!(verdict.trouble.as_deref(), Some("Node.1 is dead"));
    assert!(judge("'a' < 3").trouble.is_some());
}
