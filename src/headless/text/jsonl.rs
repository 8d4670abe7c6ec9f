//! The report as JSON lines: one object a command, stable keys, no address, no clock time.
//!
//! Invariant: `schema` is the first key of every line, and a key's meaning never changes under one schema.

use super::super::say::say;
use serde_json::{Map, Value, json};

use super::super::format::{Entry, Exporter, Summary};
use crate::debugger::outcome::{Failure, Outcome};
use crate::debugger::{Session, Stop};

pub const SCHEMA: &str = "lifetimes/1";

pub struct Jsonl;

impl Exporter for Jsonl {
    fn begin(&mut self, program: &str) {
        say(format_args!(
            "{}\n",
            json!({"schema": SCHEMA, "type": "program", "program": program})
        ));
    }

    fn entry(&mut self, entry: &Entry, session: &Session) {
        let mut row = Map::new();
        let mut put = |key: &str, value: Value| row.insert(key.to_owned(), value);
        put("schema", json!(SCHEMA));
        put("type", json!("command"));
        put("source", json!(entry.place.source));
        put("number", json!(entry.place.number));
        put("text", json!(entry.text));
        put("output", json!(entry.output));
        let (outcome, detail) = outcome_value(&entry.outcome, session);
        put("outcome", json!(outcome));
        put("detail", detail);
        say(format_args!("{}\n", Value::Object(row)));
    }

    fn end(&mut self, summary: &Summary) {
        let row = json!({
            "schema": SCHEMA,
            "type": "summary",
            "program": summary.program,
            "passed": summary.passed,
            "failed": summary.failed,
            "status": summary.status.code(),
            "notes": summary.notes,
        });
        say(format_args!("{row}\n"));
    }
}

fn outcome_value(outcome: &Outcome, session: &Session) -> (&'static str, Value) {
    match outcome {
        Outcome::Stopped(stop) => ("stopped", stop_value(stop)),
        Outcome::Done(said) => ("done", json!(said)),
        Outcome::Answer(answer) => ("answer", json!(answer.to_string())),
        Outcome::Passed => ("passed", Value::Null),
        Outcome::Deferred => ("deferred", Value::Null),
        Outcome::Failed(failure) => ("failed", failure_value(failure)),
        Outcome::Error(error) => ("error", json!(error.to_string())),
        Outcome::Show(view) => ("view", json!(crate::views::text::view(session, view))),
        Outcome::Snapshot { name, .. } => ("snapshot", json!(name)),
    }
}

fn stop_value(stop: &Stop) -> Value {
    json!({
        "stop": stop.to_string(),
        "line": stop.line,
        "function": stop.function,
        "step": stop.moment.step,
        "event": stop.moment.event,
        "breakpoints": stop.breakpoints,
    })
}

fn failure_value(failure: &Failure) -> Value {
    let sides: Vec<Value> = failure
        .sides
        .iter()
        .map(|(text, value)| json!({"text": text, "value": value}))
        .collect();
    let objects: Vec<String> = failure.objects.iter().map(ToString::to_string).collect();
    json!({
        "asked": failure.asked,
        "why": failure.why,
        "line": failure.line,
        "step": failure.moment.step,
        "event": failure.moment.event,
        "stop": failure.stop,
        "sides": sides,
        "objects": objects,
    })
}
