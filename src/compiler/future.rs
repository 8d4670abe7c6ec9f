//! `from __future__ import …`: CPython's `Python/future.c`.

use crate::bytecode::code::flags;
use crate::compiler::error::Result;
use crate::syntax::error::NO_END;
use crate::syntax::tree::{Alias, Module, Span, Stmt, StmtKind, docstring};
use crate::syntax::{ErrorKind, Source, SyntaxError};

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
    let (mut done, mut before) = (false, 0);
    for stmt in body {
        if done && stmt.span.line > before {
            break;
        }
        before = stmt.span.line;
        match imported(stmt) {
            Some(_) if done => {
                let message = "from __future__ imports must occur at the beginning of the file";
                let mut error = located(source, message.into(), stmt.span);
                error.column -= 1;
                return Err(error.into());
            }
            Some(names) => {
                future.line = i64::from(stmt.span.line);
                for alias in names {
                    future.flags |= feature(alias, stmt.span, source)?;
                }
            }
            None => done |= docstring(std::slice::from_ref(stmt)).is_none(),
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
    Err(located(source, message, span).into())
}

/// CPython gives these errors no end.
fn located(source: &Source, message: String, span: Span) -> Box<SyntaxError> {
    let mut error = source.byte_error(ErrorKind::SyntaxError, message, span);
    error.end_line = span.line;
    error.end_column = NO_END;
    error
}
