//! The symbol table: which scope each name of each scope belongs to. CPython's `Python/symtable.c`.
//!
//! Knows nothing of bytecode. Invariant: after `build`, every name used in a scope has a `Binding` there; sets of names
//! are ordered by code point, so cells and free variables come out in CPython's order. `collect` walks the tree,
//! `analyze` decides.

mod analyze;
mod collect;
mod comprehension;
pub mod report;

use std::collections::BTreeMap;

use crate::compiler::error::Result;
use crate::syntax::Source;
use crate::syntax::tree::{CompKind, Module, Name, ScopeId, Span};

/// What was seen of a name in a scope: CPython's `DEF_…` flags.
pub(super) mod seen {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    pub const FREE_CLASS: u16 = 64;
    pub const IMPORT: u16 = 128;
    pub const ANNOT: u16 = 256;
    pub const COMP_ITER: u16 = 512;
    /// The name is bound here.
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT;
}

/// Where a name of a scope lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Function,
    Class,
    Module,
    /// An annotation under `from __future__ import annotations`: looked at for errors only.
    Annotation,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Symbol {
    pub seen: u16,
    pub binding: Option<Binding>,
    /// How many symbols the scope had before it: CPython's dict of symbols keeps that order.
    pub order: u32,
}

/// One scope: CPython's `PySTEntryObject`.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub kind: ScopeKind,
    /// The function's or the class's; `top`, `lambda`, `listcomp`, … for others.
    pub name: Name,
    pub symbols: BTreeMap<Name, Symbol>,
    /// Parameters, in the order of `co_varnames`.
    pub varnames: Vec<Name>,
    pub children: Vec<usize>,
    pub nested: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub comprehension: Option<CompKind>,
    pub varargs: bool,
    pub varkeywords: bool,
    /// A class some method of which uses `__class__` or `super`.
    pub needs_class_closure: bool,
    /// How many iterables of comprehensions the walk is in.
    comp_iter_expr: u32,
    comp_iter_target: bool,
    /// Where names were declared global or nonlocal, for errors.
    directives: Vec<(Name, Span)>,
    span: Span,
}

impl Scope {
    fn new(kind: ScopeKind, span: Span) -> Scope {
        Scope {
            kind,
            name: Name::from("top"),
            symbols: BTreeMap::new(),
            varnames: Vec::new(),
            children: Vec::new(),
            nested: false,
            generator: false,
            coroutine: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            needs_class_closure: false,
            comp_iter_expr: 0,
            comp_iter_target: false,
            directives: Vec::new(),
            span,
        }
    }

    /// A symbol, made if need be.
    fn symbol(&mut self, name: Name) -> &mut Symbol {
        let order = self.symbols.len() as u32;
        self.symbols.entry(name).or_insert(Symbol {
            order,
            ..Symbol::default()
        })
    }

    /// Where a (mangled) name lives; `None` if the scope never mentions it.
    pub(super) fn binding(&self, name: &str) -> Option<Binding> {
        self.symbols.get(name).and_then(|symbol| symbol.binding)
    }

    /// The names of the cells, in CPython's order.
    pub(super) fn cellvars(&self) -> Vec<Name> {
        let cells = self
            .symbols
            .iter()
            .filter(|(_, symbol)| symbol.binding == Some(Binding::Cell));
        let mut names: Vec<Name> = cells.map(|(name, _)| name.clone()).collect();
        if self.needs_class_closure {
            names.push(Name::from("__class__"));
        }
        names
    }

    /// The names of the free variables, in CPython's order.
    pub(super) fn freevars(&self) -> Vec<Name> {
        let is_free = |symbol: &Symbol| {
            symbol.binding == Some(Binding::Free) || symbol.seen & seen::FREE_CLASS != 0
        };
        self.symbols
            .iter()
            .filter(|(_, symbol)| is_free(symbol))
            .map(|(name, _)| name.clone())
            .collect()
    }
}

/// The scopes of a module, by `ScopeId`.
pub(super) struct SymbolTable {
    scopes: Vec<Scope>,
    by_id: Vec<usize>,
}

impl SymbolTable {
    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[self.by_id[id.0 as usize]]
    }

    pub(super) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[self.by_id[id.0 as usize]]
    }
}

/// Walk the tree and decide about every name.
pub(super) fn build(
    module: &Module,
    source: &Source,
    scopes: u32,
    future_annotations: bool,
) -> Result<SymbolTable> {
    let mut table = collect::collect(module, source, scopes, future_annotations)?;
    analyze::analyze(&mut table.scopes, source)?;
    Ok(table)
}

/// Name mangling: `__private` in class `Spam` is `_Spam__private`. `_Py_Mangle`.
pub(super) fn mangle(class: Option<&Name>, name: &Name) -> Name {
    let Some(class) = class else {
        return name.clone();
    };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    let stripped = class.trim_start_matches('_');
    if stripped.is_empty() {
        name.clone()
    } else {
        Name::from(format!("_{stripped}{name}"))
    }
}
