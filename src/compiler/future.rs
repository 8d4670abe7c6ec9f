//! `from __future__ import …`: CPython's `Python/future.c`.

use crate::bytecode::code::flags;
use crate::compiler::error::Result;
use crate::syntax::tree::{Alias, Module, Span, Stmt, StmtKind, docstring};
use crate::syntax::{ErrorKind, Source};

/// What the future imports of a module switch on.
pub(super) struct Future {
    pub flags: u32,
    /// The line of the last future import that is in its place; -1 for none.
    pub line: i64,
}

/// Features that became the language itself.
const MANDATORY: [&str; 8] = [
    "generator_stop",
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
];

/// Find the future imports at the start of a module.
pub(super) fn find(module: &Module, source: &Source, inherited: u32) -> Result<Future> {
    let mut future = Future {
        flags: inherited,
        line: -1,
    };
    let (Module::Module(body) | Module::Interactive(body)) = module else {
        return Ok(future);
    };
    let skip = usize::from(docstring(body).is_some());
    for stmt in body.iter().skip(skip) {
        let Some(names) = imported(stmt) else { break };
        future.line = i64::from(stmt.span.line);
        for alias in names {
            future.flags |= feature(alias, stmt.span, source)?;
        }
    }
    Ok(future)
}

fn imported(stmt: &Stmt) -> Option<&[Alias]> {
    match &stmt.kind {
        StmtKind::ImportFrom {
            module: Some(module),
            names,
            ..
        } if &**module == "__future__" => Some(names),
        _ => None,
    }
}

fn feature(alias: &Alias, span: Span, source: &Source) -> Result<u32> {
    let message = match &*alias.name {
        "annotations" => return Ok(flags::FUTURE_ANNOTATIONS),
        "barry_as_FLUFL" => return Ok(flags::FUTURE_BARRY_AS_BDFL),
        name if MANDATORY.contains(&name) => return Ok(0),
        "braces" => "not a chance".to_string(),
        name => format!("future feature {name} is not defined"),
    };
    Err(source
        .byte_error(ErrorKind::SyntaxError, message, span)
        .into())
}
