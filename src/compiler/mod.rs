//! Tree to code: CPython 3.10's compiler, construct by construct.
//!
//! Knows trees and bytecode, nothing of the heap. Invariant: `lifetimes dis --raw FILE` prints what CPython 3.10 compiles
//! the file to, byte for byte. The steps: `future` finds the flags, `fold` folds constants, `symtable` sorts out names,
//! one file a construct (`statement`, `expression`, …) fills basic blocks, `flow` optimises and `assemble` lays them out.
//! Start at `compile`.

mod annotation;
mod assemble;
mod assign;
mod call;
mod class;
mod collection;
mod comprehension;
mod constant;
mod control;
mod draft;
mod error;
mod exception;
mod expression;
mod flow;
pub mod fold;
mod function;
mod future;
mod import;
mod jump;
mod name;
mod pattern;
mod statement;
pub mod symtable;
mod unit;
mod unparse;
mod unwind;
mod warning;
mod with;

use std::rc::Rc;

pub use crate::syntax::{Mode, Origin};
pub use error::CompileError;

use crate::bytecode::code::{CodeObject, Warning, flags};
use crate::bytecode::disassemble;
use crate::syntax::tree::{Module, Name, ScopeId, Span};
use crate::syntax::{self, ErrorKind, Source};
use draft::{Draft, Finisher};
use error::Result;
use symtable::{Scope, ScopeKind, SymbolTable};
use unit::{Unit, UnitKind};

/// How to compile, besides the mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// 0, 1 for `-O` (no asserts), 2 for `-OO` (no docstrings either).
    pub optimize: u8,
    /// `FUTURE_…` flags that hold from outside, as for `eval` in a module with future imports.
    pub future_flags: u32,
    /// `PyCF_ALLOW_TOP_LEVEL_AWAIT`: what awaits outside of functions makes a coroutine of the module.
    pub top_level_await: bool,
    pub origin: Origin,
}

/// Compile `source`. The error is what CPython 3.10 would raise.
pub fn compile(
    source: &[u8],
    filename: &str,
    mode: Mode,
    options: Options,
) -> std::result::Result<Rc<CodeObject>, CompileError> {
    let (draft, warnings) =
        syntax::on_a_deep_stack(|| compile_here(source, filename, mode, options))?;
    let mut code = Finisher::new(filename).code(draft);
    if let Some(code) = Rc::get_mut(&mut code) {
        code.warnings = warnings;
    }
    Ok(code)
}

/// Compile a tree that is at hand; what it says of places is taken as it is.
pub fn compile_tree(
    mut parsed: syntax::Parsed,
    filename: &str,
    mode: Mode,
    options: Options,
) -> std::result::Result<Rc<CodeObject>, CompileError> {
    let compiled = syntax::on_a_deep_stack(|| compile_parsed(&mut parsed, mode, options));
    let (draft, warnings) = compiled.map_err(|error| match error {
        CompileError::Syntax(error) => with_warnings(error, &mut parsed),
        other => other,
    })?;
    let mut code = Finisher::new(filename).code(draft);
    if let Some(code) = Rc::get_mut(&mut code) {
        code.warnings = warnings;
    }
    Ok(code)
}

/// The listing of a file's code, raw or for people: the `dis` command.
pub fn dis_file(path: &str, raw: bool) -> std::result::Result<String, DisError> {
    let source = std::fs::read(path).map_err(DisError::Read)?;
    let code = compile(&source, path, Mode::Exec, Options::default()).map_err(DisError::Compile)?;
    Ok(if raw {
        disassemble::raw(&code)
    } else {
        disassemble::human(&code)
    })
}

/// Why `dis_file` has no listing.
#[derive(Debug)]
pub enum DisError {
    Read(std::io::Error),
    Compile(CompileError),
}

impl std::fmt::Display for DisError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DisError::Read(error) => error.fmt(f),
            DisError::Compile(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DisError {}

/// Code, and what was warned of on the way.
type Compiled = (Draft, Vec<Warning>);

fn compile_here(source: &[u8], filename: &str, mode: Mode, options: Options) -> Result<Compiled> {
    let mut parsed = syntax::parse_from(source, filename, mode, options.origin)?;
    if parsed.parser_full {
        return Err(CompileError::ParserFull);
    }
    if parsed.too_deep {
        return Err(CompileError::TooDeep);
    }
    match compile_parsed(&mut parsed, mode, options) {
        Err(CompileError::Syntax(error)) => Err(match syntax::parser_error(&parsed.source, mode) {
            Some(first) => CompileError::Syntax(first),
            None => with_warnings(error, &mut parsed),
        }),
        other => other,
    }
}

fn compile_parsed(parsed: &mut syntax::Parsed, mode: Mode, options: Options) -> Result<Compiled> {
    let future = future::find(&parsed.module, &parsed.source, options.future_flags)?;
    let string_annotations = future.flags & flags::FUTURE_ANNOTATIONS != 0;
    fold::fold(&mut parsed.module, string_annotations, options.optimize);
    let symbols = symtable::build(
        &parsed.module,
        &parsed.source,
        parsed.scopes,
        string_annotations,
    )?;
    let mut compiler = Compiler {
        source: &parsed.source,
        symbols,
        future,
        optimize: options.optimize,
        interactive: mode == Mode::Single,
        top_level_await: options.top_level_await,
        units: Vec::new(),
        warnings: std::mem::take(&mut parsed.warnings),
    };
    let made = compiler.module(&parsed.module);
    let warnings = compiler.warnings;
    match made {
        Ok(draft) => Ok((draft, warnings)),
        Err(error) => {
            parsed.warnings = warnings;
            Err(error)
        }
    }
}

/// The error, with what was warned of before it was found.
fn with_warnings(mut error: Box<syntax::SyntaxError>, parsed: &mut syntax::Parsed) -> CompileError {
    error.warnings = std::mem::take(&mut parsed.warnings);
    CompileError::Syntax(error)
}

/// The compiler's state: the units of the scopes around the current place, the innermost last.
struct Compiler<'a> {
    source: &'a Source,
    symbols: SymbolTable,
    future: future::Future,
    optimize: u8,
    interactive: bool,
    top_level_await: bool,
    units: Vec<Unit<'a>>,
    warnings: Vec<Warning>,
}

impl<'a> Compiler<'a> {
    fn module(&mut self, module: &'a Module) -> Result<Draft> {
        self.enter_scope(ScopeId(0), UnitKind::Module, Name::from("<module>"), 1);
        let mut add_none = true;
        match module {
            Module::Module(body) => self.body(body)?,
            Module::Interactive(body) => {
                if annotation::has_annotations(body) {
                    self.unit()
                        .op(crate::bytecode::opcode::Op::SetupAnnotations);
                }
                self.stmts(body)?;
            }
            Module::Expression(body) => {
                self.expr(body)?;
                add_none = false;
            }
        }
        Ok(self.leave_scope(add_none))
    }

    /// The unit that code goes into.
    fn unit(&mut self) -> &mut Unit<'a> {
        self.units
            .last_mut()
            .expect("code is generated inside a scope")
    }

    /// Whether the current scope is a module that may await (`IS_TOP_LEVEL_AWAIT`).
    fn awaits_at_top(&self) -> bool {
        self.top_level_await && self.scope().kind == ScopeKind::Module
    }

    /// The module awaits: it is a coroutine.
    fn mark_coroutine(&mut self) {
        let scope = self.unit().scope;
        self.symbols.scope_mut(scope).coroutine = true;
    }

    /// The symbols of the current scope.
    fn scope(&self) -> &Scope {
        self.symbols.scope(
            self.units
                .last()
                .expect("code is generated inside a scope")
                .scope,
        )
    }

    fn enter_scope(&mut self, scope: ScopeId, kind: UnitKind, name: Name, firstlineno: u32) {
        let mut unit = Unit::new(scope, kind, name, self.symbols.scope(scope), firstlineno);
        if let Some(parent) = self.units.last() {
            unit.private = parent.private.clone();
            unit.qualname = self.qualified(kind, &unit.name);
        }
        self.units.push(unit);
    }

    /// `compiler_set_qualname`.
    fn qualified(&self, kind: UnitKind, name: &Name) -> String {
        let Some(parent) = self.units.last().filter(|_| self.units.len() > 1) else {
            return name.to_string();
        };
        if matches!(
            kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class
        ) {
            let mangled = symtable::mangle(parent.private.as_ref(), name);
            let binding = self.symbols.scope(parent.scope).binding(&mangled);
            if binding == Some(symtable::Binding::GlobalExplicit) {
                return name.to_string();
            }
        }
        match parent.kind {
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda => {
                format!("{}.<locals>.{name}", parent.qualname)
            }
            _ => format!("{}.{name}", parent.qualname),
        }
    }

    /// Finish the current scope's code; with `add_none` it returns None when it falls off its end.
    fn leave_scope(&mut self, add_none: bool) -> Draft {
        let unit = self
            .units
            .pop()
            .expect("a scope is left after it was entered");
        let mut flags = self.future.flags;
        let scope = self.symbols.scope(unit.scope);
        let is_module = scope.kind == ScopeKind::Module;
        if self.top_level_await && is_module && scope.coroutine && !scope.generator {
            flags |= crate::bytecode::code::flags::COROUTINE;
        }
        assemble::assemble(unit, &self.symbols, flags, add_none)
    }

    /// An error at the current statement or expression.
    fn error<T>(&mut self, message: impl Into<String>) -> Result<T> {
        let span = self.unit().span;
        self.error_at(message, span)
    }

    fn error_at<T>(&self, message: impl Into<String>, span: Span) -> Result<T> {
        Err(self
            .source
            .byte_error(ErrorKind::SyntaxError, message, span)
            .into())
    }
}
