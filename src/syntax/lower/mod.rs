//! ruff's tree to our own: the one place that knows both.
//!
//! Does not judge: what gets here parsed without an error. Invariant: positions are those CPython's parser gives, which
//! differ from ruff's for decorated definitions, `elif`, generator arguments and f-strings. Start at `module`.

mod expr;
mod pattern;
mod stmt;
mod text;

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use crate::bytecode::code::Warning;
use crate::syntax::source::Source;
use crate::syntax::tree::{Module, Name, ScopeId, Span};

/// CPython's limit on nested nodes: its recursion limit times three.
const MAX_DEPTH: u32 = 2990;

/// Lowers one source.
pub(super) struct Lower<'a> {
    source: &'a Source,
    /// How many scopes there are so far.
    scopes: u32,
    /// How many nodes the walk is in.
    depth: u32,
    too_deep: bool,
    /// How many format specifications of f-strings the walk is in.
    spec_depth: u32,
    suspicious: bool,
    warnings: Vec<Warning>,
}

/// A lowered source.
pub(super) struct Lowered {
    pub module: Module,
    pub scopes: u32,
    pub too_deep: bool,
    /// ruff takes something that CPython's parser may refuse.
    pub suspicious: bool,
    pub warnings: Vec<Warning>,
}

/// Lower a parsed file; `interactive` for `compile(…, 'single')`.
pub(super) fn module(source: &Source, parsed: &ast::Mod, interactive: bool) -> Lowered {
    let mut lower = Lower {
        source,
        scopes: 1,
        depth: 0,
        too_deep: false,
        spec_depth: 0,
        suspicious: false,
        warnings: Vec::new(),
    };
    let module = match parsed {
        ast::Mod::Module(module) => {
            let body = lower.body(&module.body);
            if interactive {
                Module::Interactive(body)
            } else {
                Module::Module(body)
            }
        }
        ast::Mod::Expression(expression) => {
            Module::Expression(Box::new(lower.expr(&expression.body)))
        }
    };
    Lowered {
        module,
        scopes: lower.scopes,
        too_deep: lower.too_deep,
        suspicious: lower.suspicious,
        warnings: {
            let mut warnings = lower.warnings;
            warnings.sort_by_key(|w| (w.line, w.column));
            warnings
        },
    }
}

impl Lower<'_> {
    fn scope(&mut self) -> ScopeId {
        self.scopes += 1;
        ScopeId(self.scopes - 1)
    }

    /// Go one node deeper with `lower`, unless that is too deep.
    fn deeper<T>(&mut self, lower: impl FnOnce(&mut Self) -> T, otherwise: T) -> T {
        if self.depth >= MAX_DEPTH {
            self.too_deep = true;
            return otherwise;
        }
        self.depth += 1;
        let lowered = lower(self);
        self.depth -= 1;
        lowered
    }

    fn span(&self, range: TextRange) -> Span {
        self.source
            .span(range.start().to_usize(), range.end().to_usize())
    }

    fn span_of(&self, node: &impl Ranged) -> Span {
        self.span(node.range())
    }

    fn slice(&self, range: TextRange) -> &str {
        &self.source.text[range.start().to_usize()..range.end().to_usize()]
    }
}

fn name(id: &str) -> Name {
    Name::from(id)
}
