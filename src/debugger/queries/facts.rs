//! The facts that predicates ask for, from a session at its place.
//!
//! Invariant: a question about an object that was never born, or about the inside of a dead one, is an error in words, never a
//! silent no.

use super::super::command::{ObjectName, ObjectRef};
use super::super::evaluate;
use super::super::look;
use super::super::predicate::{Atom, Facts, Function, Order, Value};
use super::super::session::Session;
use super::super::stop::StopKind;
use super::{owners, why};
use crate::heap::Obj;

pub struct SessionFacts<'a> {
    pub session: &'a mut Session,
    pub at_exit: bool,
}

/// An object that a question is about.
struct Subject {
    name: ObjectName,
    /// None when it is dead.
    alive: Option<Obj>,
}

impl SessionFacts<'_> {
    fn subject(&mut self, object: &ObjectRef) -> Result<Subject, String> {
        let name = self
            .session
            .object_name(object)
            .map_err(|error| error.to_string())?;
        let vm = self.session.machine();
        // At the stop of its death an object's slot is still there, but its life is over.
        let dying =
            matches!(&self.session.stop().kind, StopKind::Death { object, .. } if *object == name);
        let alive = look::find(vm, &name).filter(|_| !dying);
        if alive.is_none() && name.ordinal > look::born(vm, &name.class) {
            return Err(self.session.absent(&name));
        }
        Ok(Subject { name, alive })
    }

    fn names(&self, objects: Vec<Obj>) -> Value {
        let vm = self.session.machine();
        Value::List(
            objects
                .into_iter()
                .map(|o| evaluate::value_of(vm, o))
                .collect(),
        )
    }

    /// Questions that have an answer for the dead too.
    fn of_any(&mut self, function: Function, subject: &Subject) -> Result<Option<Value>, String> {
        let name = &subject.name;
        Ok(Some(match function {
            Function::Alive => Value::Bool(subject.alive.is_some()),
            Function::Dead => Value::Bool(subject.alive.is_none()),
            Function::Finalized => Value::Bool(self.session.ledger().dels.contains(name)),
            Function::Resurrected => Value::Bool(self.session.ledger().resurrected.contains(name)),
            Function::Born => line(self.session.birth_line(name)?),
            Function::Died if subject.alive.is_some() => Value::None,
            Function::Died => line(self.session.death_line(name)?),
            Function::Type => Value::Symbol(name.class.clone()),
            Function::Unreachable if subject.alive.is_none() => Value::Bool(false),
            _ => return Ok(None),
        }))
    }

    fn of_living(&mut self, function: Function, o: Obj) -> Result<Value, String> {
        let session = &*self.session;
        let vm = session.machine();
        Ok(match function {
            Function::Refcount => Value::Int(i64::from(vm.heap.rc(o))),
            Function::Owners => {
                let texts = owners::of(vm, o).into_iter().map(Value::Str);
                Value::List(texts.collect())
            }
            Function::Referents => self.names(owners::referents(vm, o)),
            Function::Referrers => self.names(owners::referrers(vm, o)),
            Function::Tracked => Value::Bool(vm.heap.gc.tracked(o)),
            Function::Generation => match owners::generation(vm, o) {
                Some(generation) => Value::Int(generation),
                None => Value::None,
            },
            Function::Unreachable => Value::Bool(!why::reachable(vm).contains(o)),
            Function::Repr => Value::Str(evaluate::repr(&mut evaluate::fork(vm), o)),
            other => return Err(format!("{other:?} is a question about the past")),
        })
    }
}

fn line(line: Option<u32>) -> Value {
    line.map_or(Value::None, |line| Value::Int(i64::from(line)))
}

impl Facts for SessionFacts<'_> {
    fn of_object(&mut self, function: Function, object: &ObjectRef) -> Result<Value, String> {
        // These two can be asked of plain values too, which have no number.
        if let (Function::Repr | Function::Type, ObjectRef::Expr(text)) = (function, object) {
            let labels = self.session.labels().clone();
            let evaluated = evaluate::expression(self.session.machine(), text, &labels);
            let evaluated = evaluated.map_err(|error| error.to_string())?;
            return Ok(match function {
                Function::Repr => Value::Str(evaluated.text),
                _ => Value::Symbol(evaluated.type_name),
            });
        }
        let subject = self.subject(object)?;
        if let Some(value) = self.of_any(function, &subject)? {
            return Ok(value);
        }
        match subject.alive {
            Some(o) => self.of_living(function, o),
            None => Err(self.session.absent(&subject.name)),
        }
    }

    fn object(&mut self, object: &ObjectRef) -> Result<Value, String> {
        match object {
            ObjectRef::Expr(text) => {
                let labels = self.session.labels().clone();
                let evaluated = evaluate::expression(self.session.machine(), text, &labels);
                evaluated
                    .map(|evaluated| evaluated.value)
                    .map_err(|error| error.to_string())
            }
            _ => {
                let name = self
                    .session
                    .object_name(object)
                    .map_err(|error| error.to_string())?;
                let vm = self.session.machine();
                Ok(match look::find(vm, &name) {
                    Some(o) => evaluate::value_of(vm, o),
                    None => Value::Object(name),
                })
            }
        }
    }

    fn survivors(&mut self, class: &str) -> Result<Value, String> {
        let vm = self.session.machine();
        let alive = vm.heap.objects().filter(|o| {
            let birth = vm.heap.births.of(*o);
            birth.ordinal > 0 && vm.heap.births.kind_name(birth.kind) == class
        });
        let count = alive.count() as i64;
        if count > 0 && self.at_exit && self.session.use_allowance(class) {
            return Ok(Value::Int(0));
        }
        Ok(Value::Int(count))
    }

    fn order(&mut self, order: Order) -> Result<Value, String> {
        let ledger = self.session.ledger();
        let names = match order {
            Order::Del => &ledger.dels,
            Order::Death => &ledger.deaths,
        };
        Ok(Value::List(
            names.iter().cloned().map(Value::Object).collect(),
        ))
    }

    fn atom(&mut self, atom: Atom) -> Result<Value, String> {
        Ok(match atom {
            Atom::Collected => Value::Int(self.session.ledger().collected as i64),
            Atom::Stdout => Value::Str(self.session.stdout()),
            Atom::Stderr => Value::Str(self.session.stderr()),
            Atom::Garbage => {
                let vm = self.session.machine();
                let items = vm.heap.list(vm.gc_garbage).cloned().unwrap_or_default();
                self.names(items)
            }
        })
    }
}
