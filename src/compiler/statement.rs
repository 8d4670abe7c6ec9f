//! Statements: which file each goes to, and the small ones.

use super::constant::text;
use super::symtable::ScopeKind;
use super::unit::UnitKind;
use super::{Compiler, Result, annotation};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Constant, Expr, ExprKind, Stmt, StmtKind, docstring};

impl<'a> Compiler<'a> {
    /// The body of a module or class: annotations dict, docstring, statements. `compiler_body`.
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Result<()> {
        if let (UnitKind::Module, Some(first)) = (self.unit().kind, body.first()) {
            self.unit().set_location(first.span);
        }
        if annotation::has_annotations(body) {
            self.unit().op(Op::SetupAnnotations);
        }
        let mut rest = body;
        if self.optimize < 2
            && docstring(body).is_some()
            && let Some((
                Stmt {
                    kind: StmtKind::Expr(doc),
                    ..
                },
                others,
            )) = body.split_first()
        {
            self.expr(doc)?;
            self.unit().set_no_line();
            self.store("__doc__")?;
            rest = others;
        }
        self.stmts(rest)
    }

    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    /// `compiler_visit_stmt`.
    pub(super) fn stmt(&mut self, stmt: &'a Stmt) -> Result<()> {
        self.unit().set_location(stmt.span);
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, stmt.span),
            StmtKind::ClassDef(def) => self.class(def, stmt.span),
            StmtKind::Return(value) => self.return_stmt(value.as_ref(), stmt.span),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { target, op, value } => self.augmented(target, *op, value),
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => self.annotated(target, annotation, value.as_ref(), *simple),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async: false,
            } => self.for_loop(target, iter, body, orelse),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async: true,
            } => self.async_for(target, iter, body, orelse),
            StmtKind::While { test, body, orelse } => {
                self.while_loop(test, body, orelse, stmt.span)
            }
            StmtKind::If { test, body, orelse } => self.if_stmt(test, body, orelse),
            StmtKind::With {
                items,
                body,
                is_async,
            } => self.with(items, body, *is_async, stmt.span),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => self.raise(exc.as_ref(), cause.as_ref()),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => self.try_stmt(body, handlers, orelse, finalbody),
            StmtKind::Assert { test, msg } => self.assert_stmt(test, msg.as_ref()),
            StmtKind::Import(names) => self.import(names),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => self.import_from(module.as_ref(), names, *level, stmt.span),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => Ok(()),
            StmtKind::Expr(value) => self.expr_stmt(value),
            StmtKind::Pass => {
                self.unit().op(Op::Nop);
                Ok(())
            }
            StmtKind::Break => self.break_stmt(),
            StmtKind::Continue => self.continue_stmt(),
        }
    }

    fn expr_stmt(&mut self, value: &'a Expr) -> Result<()> {
        if self.interactive && self.units.len() <= 1 {
            self.expr(value)?;
            self.unit().op(Op::PrintExpr);
            return Ok(());
        }
        if matches!(value.kind, ExprKind::Constant { .. }) {
            self.unit().op(Op::Nop);
            return Ok(());
        }
        self.expr(value)?;
        self.unit().set_no_line();
        self.unit().op(Op::PopTop);
        Ok(())
    }

    /// `compiler_return`.
    fn return_stmt(
        &mut self,
        value: Option<&'a Expr>,
        span: crate::syntax::tree::Span,
    ) -> Result<()> {
        let constant = value.and_then(super::fold::constant);
        let preserve = value.is_some() && constant.is_none();
        let scope = self.scope();
        if scope.kind != ScopeKind::Function {
            return self.error("'return' outside function");
        }
        if value.is_some() && scope.coroutine && scope.generator {
            return self.error("'return' with value in async generator");
        }
        match value {
            Some(value) if preserve => self.expr(value)?,
            Some(value) => {
                self.unit().set_location(value.span);
                self.unit().op(Op::Nop);
            }
            None => {}
        }
        if value.is_none_or(|value| value.span.line != span.line) {
            self.unit().set_location(span);
            self.unit().op(Op::Nop);
        }
        self.unwind_all(preserve)?;
        if !preserve {
            self.unit()
                .load(constant.cloned().unwrap_or(Constant::None));
        }
        self.unit().op(Op::ReturnValue);
        self.unit().next_block();
        Ok(())
    }

    fn raise(&mut self, exc: Option<&'a Expr>, cause: Option<&'a Expr>) -> Result<()> {
        let given = exc.into_iter().chain(cause);
        let count = given.clone().count() as u32;
        self.exprs(given)?;
        self.unit().op_arg(Op::RaiseVarargs, count);
        self.unit().next_block();
        Ok(())
    }

    fn assert_stmt(&mut self, test: &'a Expr, msg: Option<&'a Expr>) -> Result<()> {
        self.check_assertion(test);
        if self.optimize > 0 {
            return Ok(());
        }
        let end = self.unit().new_block();
        self.jump_if(test, end, true)?;
        self.unit().op(Op::LoadAssertionError);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.unit().op_arg(Op::CallFunction, 1);
        }
        self.unit().op_arg(Op::RaiseVarargs, 1);
        self.unit().use_block(end);
        Ok(())
    }

    /// Push a string constant.
    pub(super) fn load_text(&mut self, value: &str) {
        self.unit().load(text(value));
    }
}
