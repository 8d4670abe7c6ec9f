//! Statements.

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use super::{Lower, name};
use crate::syntax::tree::{
    Alias, ClassDef, ExceptHandler, FunctionDef, Keyword, MatchCase, Span, Stmt, StmtKind, WithItem,
};

impl Lower<'_> {
    pub(super) fn body(&mut self, body: &[ast::Stmt]) -> Vec<Stmt> {
        self.deeper(
            |this| body.iter().map(|stmt| this.stmt(stmt)).collect(),
            Vec::new(),
        )
    }

    fn stmt(&mut self, stmt: &ast::Stmt) -> Stmt {
        let mut span = self.span_of(stmt);
        let kind = match stmt {
            ast::Stmt::FunctionDef(def) => {
                span = self.definition_span(def.range, &def.decorator_list);
                self.function(def)
            }
            ast::Stmt::ClassDef(def) => {
                span = self.definition_span(def.range, &def.decorator_list);
                self.class(def)
            }
            ast::Stmt::If(stmt) => self.if_stmt(stmt),
            ast::Stmt::Try(stmt) => self.try_stmt(stmt),
            ast::Stmt::Match(stmt) => self.match_stmt(stmt),
            ast::Stmt::For(_) | ast::Stmt::While(_) | ast::Stmt::With(_) => self.compound(stmt),
            _ => self.simple(stmt),
        };
        Stmt { kind, span }
    }

    /// CPython's position of a decorated definition is that of its `def` or `class`.
    fn definition_span(&self, range: TextRange, decorators: &[ast::Decorator]) -> Span {
        let Some(last) = decorators.last() else {
            return self.span(range);
        };
        let mut at = last.range.end().to_usize();
        let bytes = self.source.text.as_bytes();
        while at < range.end().to_usize() {
            match bytes[at] {
                b'#' => {
                    at += bytes[at..]
                        .iter()
                        .position(|byte| *byte == b'\n')
                        .unwrap_or(bytes.len() - at)
                }
                b' ' | b'\t' | b'\n' | b'\x0c' | b'\\' => at += 1,
                _ => break,
            }
        }
        self.source.span(at, range.end().to_usize())
    }

    fn function(&mut self, def: &ast::StmtFunctionDef) -> StmtKind {
        StmtKind::FunctionDef(Box::new(FunctionDef {
            scope: self.scope(),
            is_async: def.is_async,
            name: name(&def.name.id),
            args: self.arguments(&def.parameters),
            body: self.body(&def.body),
            decorators: self.decorators(&def.decorator_list),
            returns: def.returns.as_deref().map(|returns| self.expr(returns)),
        }))
    }

    fn class(&mut self, def: &ast::StmtClassDef) -> StmtKind {
        StmtKind::ClassDef(Box::new(ClassDef {
            scope: self.scope(),
            name: name(&def.name.id),
            bases: self.exprs(def.bases()),
            keywords: self.keywords(def.keywords()),
            body: self.body(&def.body),
            decorators: self.decorators(&def.decorator_list),
        }))
    }

    fn decorators(&mut self, decorators: &[ast::Decorator]) -> Vec<crate::syntax::tree::Expr> {
        decorators
            .iter()
            .map(|decorator| self.expr(&decorator.expression))
            .collect()
    }

    pub(super) fn keywords(&mut self, keywords: &[ast::Keyword]) -> Vec<Keyword> {
        let lower = |this: &mut Self, keyword: &ast::Keyword| Keyword {
            arg: keyword.arg.as_ref().map(|arg| name(&arg.id)),
            value: this.expr(&keyword.value),
            span: this.span(keyword.range),
        };
        keywords
            .iter()
            .map(|keyword| lower(self, keyword))
            .collect()
    }

    fn if_stmt(&mut self, stmt: &ast::StmtIf) -> StmtKind {
        let test = self.expr(&stmt.test);
        let body = self.body(&stmt.body);
        let clauses: Vec<(Option<crate::syntax::tree::Expr>, Vec<Stmt>, TextRange)> = stmt
            .elif_else_clauses
            .iter()
            .map(|clause| {
                let test = clause.test.as_ref().map(|test| self.expr(test));
                (test, self.body(&clause.body), clause.range)
            })
            .collect();
        let end = stmt.range.end();
        if self.depth as usize + clauses.len() > super::MAX_DEPTH as usize {
            self.too_deep = true;
            return StmtKind::Pass;
        }
        let mut orelse = Vec::new();
        for (test, body, range) in clauses.into_iter().rev() {
            orelse = match test {
                None => body,
                Some(test) => {
                    let span = self.span(TextRange::new(range.start(), end));
                    vec![Stmt {
                        kind: StmtKind::If { test, body, orelse },
                        span,
                    }]
                }
            };
        }
        StmtKind::If { test, body, orelse }
    }

    fn try_stmt(&mut self, stmt: &ast::StmtTry) -> StmtKind {
        let body = self.body(&stmt.body);
        let handlers = stmt.handlers.iter().map(|handler| {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            ExceptHandler {
                typ: handler.type_.as_deref().map(|typ| self.expr(typ)),
                name: handler.name.as_ref().map(|id| name(&id.id)),
                body: self.body(&handler.body),
                span: self.span(handler.range),
            }
        });
        let handlers = handlers.collect();
        StmtKind::Try {
            body,
            handlers,
            orelse: self.body(&stmt.orelse),
            finalbody: self.body(&stmt.finalbody),
        }
    }

    fn match_stmt(&mut self, stmt: &ast::StmtMatch) -> StmtKind {
        let subject = self.expr(&stmt.subject);
        let cases = stmt.cases.iter().map(|case| MatchCase {
            pattern: self.pattern(&case.pattern),
            guard: case.guard.as_deref().map(|guard| self.expr(guard)),
            body: self.body(&case.body),
        });
        let cases = cases.collect();
        StmtKind::Match { subject, cases }
    }

    fn compound(&mut self, stmt: &ast::Stmt) -> StmtKind {
        match stmt {
            ast::Stmt::For(stmt) => StmtKind::For {
                target: self.expr(&stmt.target),
                iter: self.expr(&stmt.iter),
                body: self.body(&stmt.body),
                orelse: self.body(&stmt.orelse),
                is_async: stmt.is_async,
            },
            ast::Stmt::While(stmt) => StmtKind::While {
                test: self.expr(&stmt.test),
                body: self.body(&stmt.body),
                orelse: self.body(&stmt.orelse),
            },
            ast::Stmt::With(stmt) => {
                let items = stmt.items.iter().map(|item| WithItem {
                    context_expr: self.expr(&item.context_expr),
                    optional_vars: item.optional_vars.as_deref().map(|vars| self.expr(vars)),
                });
                let items = items.collect();
                StmtKind::With {
                    items,
                    body: self.body(&stmt.body),
                    is_async: stmt.is_async,
                }
            }
            _ => StmtKind::Pass,
        }
    }

    fn simple(&mut self, stmt: &ast::Stmt) -> StmtKind {
        match stmt {
            ast::Stmt::Return(stmt) => {
                StmtKind::Return(stmt.value.as_deref().map(|value| self.expr(value)))
            }
            ast::Stmt::Delete(stmt) => StmtKind::Delete(self.exprs(&stmt.targets)),
            ast::Stmt::Assign(stmt) => StmtKind::Assign {
                targets: self.exprs(&stmt.targets),
                value: self.expr(&stmt.value),
            },
            ast::Stmt::AugAssign(stmt) => StmtKind::AugAssign {
                target: self.expr(&stmt.target),
                op: super::expr::operator(stmt.op),
                value: self.expr(&stmt.value),
            },
            ast::Stmt::AnnAssign(stmt) => StmtKind::AnnAssign {
                target: self.expr(&stmt.target),
                annotation: self.expr(&stmt.annotation),
                value: stmt.value.as_deref().map(|value| self.expr(value)),
                simple: stmt.simple,
            },
            ast::Stmt::Raise(stmt) => StmtKind::Raise {
                exc: stmt.exc.as_deref().map(|exc| self.expr(exc)),
                cause: stmt.cause.as_deref().map(|cause| self.expr(cause)),
            },
            ast::Stmt::Assert(stmt) => StmtKind::Assert {
                test: self.expr(&stmt.test),
                msg: stmt.msg.as_deref().map(|msg| self.expr(msg)),
            },
            ast::Stmt::Import(stmt) => StmtKind::Import(self.aliases(&stmt.names)),
            ast::Stmt::ImportFrom(stmt) => StmtKind::ImportFrom {
                module: stmt.module.as_ref().map(|module| name(&module.id)),
                names: self.aliases(&stmt.names),
                level: stmt.level,
            },
            ast::Stmt::Global(stmt) => {
                StmtKind::Global(stmt.names.iter().map(|id| name(&id.id)).collect())
            }
            ast::Stmt::Nonlocal(stmt) => {
                StmtKind::Nonlocal(stmt.names.iter().map(|id| name(&id.id)).collect())
            }
            ast::Stmt::Expr(stmt) => StmtKind::Expr(self.expr(&stmt.value)),
            ast::Stmt::Break(_) => StmtKind::Break,
            ast::Stmt::Continue(_) => StmtKind::Continue,
            _ => StmtKind::Pass,
        }
    }

    fn aliases(&self, names: &[ast::Alias]) -> Vec<Alias> {
        let lower = |alias: &ast::Alias| Alias {
            name: name(&alias.name.id),
            asname: alias.asname.as_ref().map(|id| name(&id.id)),
            span: self.span(alias.range()),
        };
        names.iter().map(lower).collect()
    }
}
