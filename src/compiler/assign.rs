//! Assignments: plain, augmented and annotated.

use super::expression::inplace;
use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::code::flags;
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Context, Expr, ExprKind, Operator};

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, targets: &'a [Expr], value: &'a Expr) -> Result<()> {
        self.expr(value)?;
        for (at, target) in targets.iter().enumerate() {
            if at + 1 < targets.len() {
                self.unit().op(Op::DupTop);
            }
            self.expr(target)?;
        }
        Ok(())
    }

    /// `compiler_augassign`.
    pub(super) fn augmented(
        &mut self,
        target: &'a Expr,
        op: Operator,
        value: &'a Expr,
    ) -> Result<()> {
        let (line, span) = (self.unit().line, self.unit().span);
        let end_line = target.span.end_line as i32;
        self.unit().set_location(target.span);
        match &target.kind {
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value)?;
                self.unit().op(Op::DupTop);
                self.unit().line = end_line;
                self.op_name(Op::LoadAttr, attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)?;
                self.unit().op(Op::DupTopTwo);
                self.unit().op(Op::BinarySubscr);
            }
            ExprKind::Name { id, .. } => self.name(id, Context::Load)?,
            _ => {}
        }
        self.unit().line = line;
        self.unit().span = span;
        self.expr(value)?;
        self.unit().op(inplace(op));
        self.unit().set_location(target.span);
        match &target.kind {
            ExprKind::Attribute { attr, .. } => {
                self.forbid(attr, Context::Store)?;
                self.unit().line = end_line;
                self.unit().op(Op::RotTwo);
                self.op_name(Op::StoreAttr, attr);
            }
            ExprKind::Subscript { .. } => {
                self.unit().op(Op::RotThree);
                self.unit().op(Op::StoreSubscr);
            }
            ExprKind::Name { id, .. } => self.name(id, Context::Store)?,
            _ => {}
        }
        Ok(())
    }

    /// `compiler_annassign`. Annotations of simple names are stored only in modules and classes.
    pub(super) fn annotated(
        &mut self,
        target: &'a Expr,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
        simple: bool,
    ) -> Result<()> {
        if let Some(value) = value {
            self.expr(value)?;
            self.expr(target)?;
        }
        let keeps = matches!(self.unit().kind, UnitKind::Module | UnitKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.forbid(id, Context::Store)?;
                if simple && keeps {
                    self.annotation(annotation)?;
                    self.op_name(Op::LoadName, &"__annotations__".into());
                    let mangled = self.mangled(id);
                    self.load_text(&mangled);
                    self.unit().op(Op::StoreSubscr);
                }
            }
            ExprKind::Attribute {
                value: object,
                attr,
                ..
            } => {
                self.forbid(attr, Context::Store)?;
                if value.is_none() {
                    self.evaluate(object)?;
                }
            }
            ExprKind::Subscript {
                value: object,
                slice,
                ..
            } if value.is_none() => {
                self.evaluate(object)?;
                self.evaluate_subscript(slice)?;
            }
            _ => {}
        }
        if !simple && keeps && self.future.flags & flags::FUTURE_ANNOTATIONS == 0 {
            self.evaluate(annotation)?;
        }
        Ok(())
    }

    /// Evaluate for the errors only.
    fn evaluate(&mut self, expr: &'a Expr) -> Result<()> {
        self.expr(expr)?;
        self.unit().op(Op::PopTop);
        Ok(())
    }

    fn evaluate_subscript(&mut self, slice: &'a Expr) -> Result<()> {
        match &slice.kind {
            ExprKind::Slice { lower, upper, step } => {
                for bound in [lower, upper, step].into_iter().flatten() {
                    self.evaluate(bound)?;
                }
                Ok(())
            }
            ExprKind::Tuple { elts, .. } => {
                elts.iter().try_for_each(|elt| self.evaluate_subscript(elt))
            }
            _ => self.evaluate(slice),
        }
    }
}
