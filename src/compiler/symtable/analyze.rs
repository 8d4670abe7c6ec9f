//! Second step: local, global, cell or free, from the outermost scope inwards and back.

use std::collections::{BTreeMap, BTreeSet};

use super::{Binding, Scope, ScopeKind, seen};
use crate::compiler::error::Result;
use crate::syntax::tree::Name;
use crate::syntax::{ErrorKind, Source};

type Names = BTreeSet<Name>;

/// Decide for the module (index 0) and all below it.
pub(super) fn analyze(scopes: &mut [Scope], source: &Source) -> Result<()> {
    let mut analysis = Analysis { scopes, source };
    analysis.block(0, None, &mut Names::new(), &mut Names::new())
}

struct Analysis<'a> {
    scopes: &'a mut [Scope],
    source: &'a Source,
}

impl Analysis<'_> {
    /// `analyze_block`: `bound` are the names enclosing functions bind, `free` collects what is free here.
    fn block(
        &mut self,
        at: usize,
        mut bound: Option<Names>,
        free: &mut Names,
        global: &mut Names,
    ) -> Result<()> {
        let kind = self.scopes[at].kind;
        let mut bindings = BTreeMap::new();
        let mut local = Names::new();
        let (mut new_bound, mut new_global, mut new_free) =
            (Names::new(), Names::new(), Names::new());
        if kind == ScopeKind::Class {
            new_global.extend(global.iter().cloned());
            new_bound.extend(bound.iter().flatten().cloned());
        }
        let symbols: Vec<(Name, u16)> = self.scopes[at]
            .symbols
            .iter()
            .map(|(name, symbol)| (name.clone(), symbol.seen))
            .collect();
        for (name, flags) in symbols {
            let binding = self.name(at, &name, flags, bound.as_mut(), &mut local, free, global)?;
            bindings.insert(name, binding);
        }
        if kind == ScopeKind::Class {
            new_bound.insert(Name::from("__class__"));
        } else {
            if kind == ScopeKind::Function {
                new_bound.extend(local);
            }
            new_bound.extend(bound.iter().flatten().cloned());
            new_global.extend(global.iter().cloned());
        }
        for child in self.scopes[at].children.clone() {
            let mut child_free = Names::new();
            self.block(
                child,
                Some(new_bound.clone()),
                &mut child_free,
                &mut new_global.clone(),
            )?;
            new_free.extend(child_free);
        }
        self.settle(at, bindings, bound.as_ref(), &mut new_free);
        free.extend(new_free);
        Ok(())
    }

    /// `analyze_cells`, `drop_class_free` and `update_symbols`.
    fn settle(
        &mut self,
        at: usize,
        mut bindings: BTreeMap<Name, Binding>,
        bound: Option<&Names>,
        free: &mut Names,
    ) {
        let scope = &mut self.scopes[at];
        if scope.kind == ScopeKind::Function {
            for (name, binding) in &mut bindings {
                if *binding == Binding::Local && free.remove(name) {
                    *binding = Binding::Cell;
                }
            }
        } else if scope.kind == ScopeKind::Class && free.remove("__class__") {
            scope.needs_class_closure = true;
        }
        for (name, binding) in bindings {
            scope.symbol(name).binding = Some(binding);
        }
        for name in free.iter() {
            if let Some(symbol) = scope.symbols.get_mut(name) {
                if scope.kind == ScopeKind::Class && symbol.seen & (seen::BOUND | seen::GLOBAL) != 0
                {
                    symbol.seen |= seen::FREE_CLASS;
                }
            } else if bound.is_none_or(|bound| bound.contains(name)) {
                scope.symbol(name.clone()).binding = Some(Binding::Free);
            }
        }
    }

    /// `analyze_name`.
    #[allow(clippy::too_many_arguments)]
    fn name(
        &mut self,
        at: usize,
        name: &Name,
        flags: u16,
        bound: Option<&mut Names>,
        local: &mut Names,
        free: &mut Names,
        global: &mut Names,
    ) -> Result<Binding> {
        if flags & seen::GLOBAL != 0 {
            if flags & seen::NONLOCAL != 0 {
                return self.error(at, name, format!("name '{name}' is nonlocal and global"));
            }
            global.insert(name.clone());
            if let Some(bound) = bound {
                bound.remove(name);
            }
            return Ok(Binding::GlobalExplicit);
        }
        let is_bound = bound.as_ref().is_some_and(|bound| bound.contains(name));
        if flags & seen::NONLOCAL != 0 {
            if bound.is_none() {
                return self.error(
                    at,
                    name,
                    "nonlocal declaration not allowed at module level".into(),
                );
            }
            if !is_bound {
                return self.error(at, name, format!("no binding for nonlocal '{name}' found"));
            }
            free.insert(name.clone());
            return Ok(Binding::Free);
        }
        if flags & seen::BOUND != 0 {
            local.insert(name.clone());
            global.remove(name);
            return Ok(Binding::Local);
        }
        if is_bound {
            free.insert(name.clone());
            return Ok(Binding::Free);
        }
        Ok(Binding::GlobalImplicit)
    }

    /// An error at the declaration of `name`.
    fn error(&self, at: usize, name: &Name, message: String) -> Result<Binding> {
        let scope = &self.scopes[at];
        let directive = scope
            .directives
            .iter()
            .find(|(declared, _)| declared == name);
        let span = directive.map_or(scope.span, |(_, span)| *span);
        Err(self
            .source
            .byte_error(ErrorKind::SyntaxError, message, span)
            .into())
    }
}
