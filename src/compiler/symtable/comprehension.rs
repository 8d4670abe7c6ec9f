//! Comprehensions and assignment expressions, whose targets belong to scopes further out.

use super::collect::Collector;
use super::{ScopeKind, seen};
use crate::compiler::error::Result;
use crate::syntax::tree::{Comp, CompKind, Comprehension, Expr, ExprKind, Name, Span};

impl Collector<'_> {
    /// `symtable_handle_comprehension`.
    pub(super) fn comprehension(&mut self, comp: &Comp, span: Span) -> Result<()> {
        let Some((outermost, rest)) = comp.generators.split_first() else {
            return Ok(());
        };
        self.current().comp_iter_expr += 1;
        self.expr(&outermost.iter)?;
        self.current().comp_iter_expr -= 1;
        self.enter(ScopeKind::Function, Some(comp.scope), span);
        self.current().name = Name::from(match comp.kind {
            CompKind::List => "listcomp",
            CompKind::Set => "setcomp",
            CompKind::Dict => "dictcomp",
            CompKind::Generator => "genexpr",
        });
        self.current().comprehension = Some(comp.kind);
        self.current().coroutine = outermost.is_async;
        self.add(&Name::from(".0"), seen::PARAM, span)?;
        self.target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for generator in rest {
            self.generator(generator)?;
        }
        self.exprs(&comp.value)?;
        self.expr(&comp.elt)?;
        self.current().generator = comp.kind == CompKind::Generator;
        self.leave();
        Ok(())
    }

    fn target(&mut self, target: &Expr) -> Result<()> {
        self.current().comp_iter_target = true;
        self.expr(target)?;
        self.current().comp_iter_target = false;
        Ok(())
    }

    fn generator(&mut self, generator: &Comprehension) -> Result<()> {
        self.target(&generator.target)?;
        self.current().comp_iter_expr += 1;
        self.expr(&generator.iter)?;
        self.current().comp_iter_expr -= 1;
        self.exprs(&generator.ifs)?;
        if generator.is_async {
            self.current().coroutine = true;
        }
        Ok(())
    }

    pub(super) fn no_yield_in_comprehension(&mut self, span: Span) -> Result<()> {
        let what = match self.current().comprehension {
            None => return Ok(()),
            Some(CompKind::List) => "list comprehension",
            Some(CompKind::Set) => "set comprehension",
            Some(CompKind::Dict) => "dict comprehension",
            Some(CompKind::Generator) => "generator expression",
        };
        self.error(format!("'yield' inside {what}"), span)
    }

    /// `symtable_handle_namedexpr`.
    pub(super) fn named(&mut self, expr: &Expr, target: &Expr, value: &Expr) -> Result<()> {
        self.not_in_annotation("named expression", expr.span)?;
        if self.current().comp_iter_expr > 0 {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            return self.error(message, expr.span);
        }
        if self.current().comprehension.is_some() {
            self.extend_scope(target)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    /// The target of an assignment expression in a comprehension belongs to the nearest function or module around it.
    fn extend_scope(&mut self, target: &Expr) -> Result<()> {
        let ExprKind::Name { id, .. } = &target.kind else {
            return Ok(());
        };
        let span = target.span;
        for at in self.stack.clone().into_iter().rev() {
            let known = self.seen(at, id);
            if self.scope_at(at).comprehension.is_some() {
                if known & seen::COMP_ITER != 0 {
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{id}'"
                    );
                    return self.error(message, span);
                }
                continue;
            }
            match self.scope_at(at).kind {
                ScopeKind::Function => {
                    let flag = if known & seen::GLOBAL != 0 {
                        seen::GLOBAL
                    } else {
                        seen::NONLOCAL
                    };
                    self.add(id, flag, span)?;
                    self.directive(id, span);
                    return self.add_to(at, id, seen::LOCAL, span);
                }
                ScopeKind::Module => {
                    self.add(id, seen::GLOBAL, span)?;
                    self.directive(id, span);
                    return self.add_to(at, id, seen::GLOBAL, span);
                }
                ScopeKind::Class => {
                    let message = "assignment expression within a comprehension cannot be used in a class body";
                    return self.error(message, span);
                }
                ScopeKind::Annotation => {}
            }
        }
        Ok(())
    }
}
