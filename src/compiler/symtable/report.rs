//! The symbol table as the module `symtable` shows it: CPython's `symtable entry` objects, as plain rows.

use super::{Binding, Scope, ScopeKind};
use crate::bytecode::code::flags;
use crate::compiler::error::Result;
use crate::compiler::{CompileError, Options, future};
use crate::syntax::{self, Mode};

/// `SCOPE_OFFSET`: above the flags of what was seen of a name stands where it lives.
pub const SCOPE_OFFSET: u32 = 11;

/// One scope.
pub struct Table {
    pub name: String,
    /// `_Py_block_ty` as Python sees it: 1 module, 2 function, 3 class.
    pub kind: i64,
    pub line: u32,
    pub nested: bool,
    /// Names and flags, in the order in which the names came up.
    pub symbols: Vec<(String, u32)>,
    pub varnames: Vec<String>,
    /// Places in the list of tables.
    pub children: Vec<usize>,
}

/// The tables of a source, the module's first. The error is what compiling it would raise.
pub fn tables(source: &[u8], filename: &str, mode: Mode, options: Options) -> Result<Vec<Table>> {
    syntax::on_a_deep_stack(|| tables_here(source, filename, mode, options))
}

fn tables_here(source: &[u8], filename: &str, mode: Mode, options: Options) -> Result<Vec<Table>> {
    let parsed = syntax::parse_from(source, filename, mode, options.origin)?;
    if parsed.parser_full {
        return Err(CompileError::ParserFull);
    }
    if parsed.too_deep {
        return Err(CompileError::TooDeep);
    }
    let future = future::find(&parsed.module, &parsed.source, options.future_flags)?;
    let string_annotations = future.flags & flags::FUTURE_ANNOTATIONS != 0;
    let table = super::build(
        &parsed.module,
        &parsed.source,
        parsed.scopes,
        string_annotations,
    )?;
    Ok(table.scopes.iter().map(row).collect())
}

fn row(scope: &Scope) -> Table {
    let mut symbols: Vec<_> = scope.symbols.iter().collect();
    symbols.sort_by_key(|(_, symbol)| symbol.order);
    let module = scope.kind == ScopeKind::Module;
    Table {
        name: scope.name.to_string(),
        kind: match scope.kind {
            ScopeKind::Module => 1,
            ScopeKind::Function | ScopeKind::Annotation => 2,
            ScopeKind::Class => 3,
        },
        line: if module { 0 } else { scope.span.line },
        nested: scope.nested,
        symbols: symbols
            .into_iter()
            .map(|(name, symbol)| {
                let place = symbol.binding.map_or(0, number) << SCOPE_OFFSET;
                (name.to_string(), u32::from(symbol.seen) | place)
            })
            .collect(),
        varnames: scope.varnames.iter().map(ToString::to_string).collect(),
        children: scope.children.clone(),
    }
}

/// `LOCAL`, `GLOBAL_EXPLICIT`, …
fn number(binding: Binding) -> u32 {
    match binding {
        Binding::Local => 1,
        Binding::GlobalExplicit => 2,
        Binding::GlobalImplicit => 3,
        Binding::Free => 4,
        Binding::Cell => 5,
    }
}
