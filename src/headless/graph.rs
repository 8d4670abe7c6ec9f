//! `graph`: the reference graph at one moment, in the form that somebody else's tool wants.
//!
//! Knows no layout: the views draw. Invariant: on stdout stands the picture and nothing else.

use super::say::say;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::exit_status::ExitStatus;
use super::{report_error, status_of};
use crate::debugger::command::{Command, View};
use crate::debugger::{
    Error, ObjectRef, Options, Outcome, Program, Session, StopKind, parse_command,
};
use crate::views::graph::{self as picture, Model, RowValue};
use crate::views::sight::Sight;
use crate::views::text;

/// How the graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    Text,
    Dot,
    Mermaid,
    Svg,
    Json,
}

/// What `graph` was asked for.
#[derive(Clone, Debug)]
pub struct GraphRun {
    pub script: PathBuf,
    /// A moment as `goto` takes it.
    pub at: String,
    pub format: GraphFormat,
    pub focus: Option<String>,
    pub depth: Option<u32>,
    pub options: Options,
}

pub fn graph(run: GraphRun) -> ExitStatus {
    match draw(run) {
        Ok(picture) => {
            say(format_args!("{picture}"));
            ExitStatus::Passed
        }
        Err(error) => report_error(&error),
    }
}

fn draw(run: GraphRun) -> Result<String, Error> {
    let program = Program::read(&run.script, Vec::new())?;
    let when = parse_command(&format!("goto {}", run.at)).map_err(|error| {
        let known = "start, end, line N, line N#K, instr N, del X, death X, gc N";
        Error::usage(format!("--at {}: {error}", run.at)).hint(format!("one of: {known}"))
    })?;
    let options = Options {
        stdin: Some(run.options.stdin.clone().unwrap_or_default()),
        ..run.options
    };
    let mut session = Session::open(program, options)?;
    go(&mut session, when)?;
    let view = View::Graph {
        focus: run.focus.as_deref().map(ObjectRef::parse),
        depth: run.depth,
    };
    let (focus, depth) = match session.run(Command::Show(view)) {
        Outcome::Show(View::Graph { focus, depth }) => (focus, depth),
        Outcome::Error(error) => return Err(error),
        _ => (None, run.depth),
    };
    let model = text::picture_model(&Sight::of(&session), focus.as_ref(), depth);
    Ok(match run.format {
        GraphFormat::Text => picture::to_text(&text::picture_canvas(&model)),
        GraphFormat::Svg => picture::to_svg(&text::picture_canvas(&model)),
        GraphFormat::Dot => picture::to_dot(&model),
        GraphFormat::Mermaid => picture::to_mermaid(&model),
        GraphFormat::Json => format!("{:#}\n", model_value(&model)),
    })
}

fn go(session: &mut Session, when: Command) -> Result<(), Error> {
    match session.run(when) {
        Outcome::Error(error) => Err(error),
        Outcome::Stopped(stop) => match stop.kind {
            StopKind::Halted(error) if status_of(error.kind) != ExitStatus::Passed => Err(error),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Boxes with their rows, and edges between boxes by index.
fn model_value(model: &Model) -> Value {
    let boxes: Vec<Value> = model
        .boxes
        .iter()
        .map(|view| {
            let rows: Vec<Value> = view
                .rows
                .iter()
                .map(|row| json!({"label": row.label, "value": row_value(&row.value)}))
                .collect();
            json!({"title": view.title, "count": view.count, "isolate": view.isolate, "rows": rows})
        })
        .collect();
    let edges: Vec<Value> = model
        .edges
        .iter()
        .map(|edge| json!({"from": edge.from, "row": edge.row, "to": edge.to, "weak": edge.weak}))
        .collect();
    json!({"schema": super::text::jsonl::SCHEMA, "boxes": boxes, "edges": edges})
}

fn row_value(value: &RowValue) -> Value {
    match value {
        RowValue::Atom(text) => json!({"atom": text}),
        RowValue::Edge(edge) => json!({"edge": edge}),
        RowValue::Elsewhere(name) => json!({"elsewhere": name}),
        RowValue::Gone => json!("gone"),
        RowValue::More(count) => json!({"more": count}),
    }
}
