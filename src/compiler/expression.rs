//! Expressions: which file each goes to, and the small ones.

use super::symtable::ScopeKind;
use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::text;
use crate::syntax::tree::{BoolOp, CmpOp, Constant, Context, Expr, ExprKind, Operator, UnaryOp};

/// More values than this on the stack are built up piece by piece. CPython's `STACK_USE_GUIDELINE`.
pub(super) const STACK_USE_GUIDELINE: usize = 30;

impl<'a> Compiler<'a> {
    pub(super) fn exprs(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) -> Result<()> {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    /// Code for one expression; its line holds until it ends. `compiler_visit_expr`.
    pub(super) fn expr(&mut self, expr: &'a Expr) -> Result<()> {
        let (line, span) = (self.unit().line, self.unit().span);
        self.unit().set_location(expr.span);
        self.expr_kind(expr)?;
        let unit = self.unit();
        unit.line = line;
        unit.span = span;
        Ok(())
    }

    fn expr_kind(&mut self, expr: &'a Expr) -> Result<()> {
        match &expr.kind {
            ExprKind::Constant { value, .. } => {
                self.unit().load(value.clone());
                Ok(())
            }
            ExprKind::Name { id, ctx } => self.name(id, *ctx),
            ExprKind::Attribute { value, attr, ctx } => self.attribute(expr, value, attr, *ctx),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(func, args, keywords),
            ExprKind::BinOp { left, op, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.unit().op(binary(*op));
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => {
                self.expr(operand)?;
                self.unit().op(unary(*op));
                Ok(())
            }
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values),
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.comparison(left, ops, comparators),
            ExprKind::Subscript { value, slice, ctx } => self.subscript(value, slice, *ctx),
            ExprKind::Slice { lower, upper, step } => {
                self.slice(lower.as_deref(), upper.as_deref(), step.as_deref())
            }
            ExprKind::Tuple { elts, ctx } => self.sequence(elts, *ctx, true),
            ExprKind::List { elts, ctx } => self.sequence(elts, *ctx, false),
            ExprKind::Set(elts) => self.set(elts),
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Comp(comp) => self.comprehension(comp, expr.span),
            ExprKind::Lambda { scope, args, body } => self.lambda(*scope, args, body, expr.span),
            ExprKind::IfExp { test, body, orelse } => self.if_expr(test, body, orelse),
            ExprKind::JoinedStr(values) => self.joined(values),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => self.formatted(value, *conversion, format_spec.as_deref()),
            ExprKind::Named { target, value } => {
                self.expr(value)?;
                self.unit().op(Op::DupTop);
                self.expr(target)
            }
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) | ExprKind::Await(_) => {
                self.suspension(expr)
            }
            ExprKind::Starred {
                ctx: Context::Store,
                ..
            } => self.error("starred assignment target must be in a list or tuple"),
            ExprKind::Starred { .. } => self.error("can't use starred expression here"),
        }
    }

    /// `yield`, `yield from` and `await`.
    fn suspension(&mut self, expr: &'a Expr) -> Result<()> {
        let in_function = self.scope().kind == ScopeKind::Function;
        let at_top = self.awaits_at_top();
        let kind = self.unit().kind;
        match &expr.kind {
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) if !in_function => {
                self.error("'yield' outside function")
            }
            ExprKind::Yield(value) => {
                match value {
                    Some(value) => self.expr(value)?,
                    None => self.unit().load_none(),
                }
                self.unit().op(Op::YieldValue);
                Ok(())
            }
            ExprKind::YieldFrom(_) if kind == UnitKind::AsyncFunction => {
                self.error("'yield from' inside async function")
            }
            ExprKind::YieldFrom(value) => {
                self.expr(value)?;
                self.unit().op(Op::GetYieldFromIter);
                self.unit().load_none();
                self.unit().op(Op::YieldFrom);
                Ok(())
            }
            ExprKind::Await(_) if !in_function && !at_top => self.error("'await' outside function"),
            ExprKind::Await(_)
                if !at_top
                    && !matches!(kind, UnitKind::AsyncFunction | UnitKind::Comprehension) =>
            {
                self.error("'await' outside async function")
            }
            ExprKind::Await(value) => {
                self.expr(value)?;
                self.unit().await_top();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// An attribute's instruction has the line on which its name ends.
    fn attribute(
        &mut self,
        expr: &'a Expr,
        value: &'a Expr,
        attr: &'a crate::syntax::tree::Name,
        ctx: Context,
    ) -> Result<()> {
        self.expr(value)?;
        let line = self.unit().line;
        match ctx {
            Context::Load => {
                self.unit().line = expr.span.end_line as i32;
                self.op_name(Op::LoadAttr, attr);
            }
            Context::Store => {
                self.forbid(attr, ctx)?;
                self.unit().line = expr.span.end_line as i32;
                self.op_name(Op::StoreAttr, attr);
            }
            Context::Del => {
                self.forbid(attr, ctx)?;
                self.op_name(Op::DeleteAttr, attr);
            }
        }
        self.unit().line = line;
        Ok(())
    }

    fn bool_op(&mut self, op: BoolOp, values: &'a [Expr]) -> Result<()> {
        let Some((last, others)) = values.split_last() else {
            return Ok(());
        };
        let leave = if op == BoolOp::And {
            Op::JumpIfFalseOrPop
        } else {
            Op::JumpIfTrueOrPop
        };
        let end = self.unit().new_block();
        for value in others {
            self.expr(value)?;
            self.unit().jump(leave, end);
            self.unit().next_block();
        }
        self.expr(last)?;
        self.unit().use_block(end);
        Ok(())
    }

    fn comparison(&mut self, left: &'a Expr, ops: &[CmpOp], comparators: &'a [Expr]) -> Result<()> {
        self.check_compare(left, ops, comparators);
        self.expr(left)?;
        if ops.len() == 1 {
            self.exprs(comparators)?;
            self.compare(ops[0]);
            return Ok(());
        }
        let cleanup = self.unit().new_block();
        self.chain(ops, comparators, Op::JumpIfFalseOrPop, cleanup)?;
        let end = self.unit().new_block();
        self.unit().jump_no_line(Op::JumpForward, end);
        self.unit().use_block(cleanup);
        self.unit().op(Op::RotTwo);
        self.unit().op(Op::PopTop);
        self.unit().use_block(end);
        Ok(())
    }

    fn if_expr(&mut self, test: &'a Expr, body: &'a Expr, orelse: &'a Expr) -> Result<()> {
        let (end, next) = (self.unit().new_block(), self.unit().new_block());
        self.jump_if(test, next, false)?;
        self.expr(body)?;
        self.unit().jump_no_line(Op::JumpForward, end);
        self.unit().use_block(next);
        self.expr(orelse)?;
        self.unit().use_block(end);
        Ok(())
    }

    fn subscript(&mut self, value: &'a Expr, slice: &'a Expr, ctx: Context) -> Result<()> {
        if ctx == Context::Load {
            self.check_subscripter(value);
            self.check_index(value, slice);
        }
        self.expr(value)?;
        self.expr(slice)?;
        self.unit().op(match ctx {
            Context::Load => Op::BinarySubscr,
            Context::Store => Op::StoreSubscr,
            Context::Del => Op::DeleteSubscr,
        });
        Ok(())
    }

    fn slice(
        &mut self,
        lower: Option<&'a Expr>,
        upper: Option<&'a Expr>,
        step: Option<&'a Expr>,
    ) -> Result<()> {
        for bound in [lower, upper] {
            match bound {
                Some(bound) => self.expr(bound)?,
                None => self.unit().load_none(),
            }
        }
        self.exprs(step)?;
        self.unit()
            .op_arg(Op::BuildSlice, if step.is_some() { 3 } else { 2 });
        Ok(())
    }

    /// The parts of an f-string, joined.
    fn joined(&mut self, values: &'a [Expr]) -> Result<()> {
        if values.len() > STACK_USE_GUIDELINE {
            self.unit().load(text(""));
            self.op_name(Op::LoadMethod, &"join".into());
            self.unit().op_arg(Op::BuildList, 0);
            for value in values {
                self.expr(value)?;
                self.unit().op_arg(Op::ListAppend, 1);
            }
            self.unit().op_arg(Op::CallMethod, 1);
            return Ok(());
        }
        self.exprs(values)?;
        if values.len() != 1 {
            self.unit().op_arg(Op::BuildString, values.len() as u32);
        }
        Ok(())
    }

    fn formatted(
        &mut self,
        value: &'a Expr,
        conversion: Option<u8>,
        spec: Option<&'a Expr>,
    ) -> Result<()> {
        self.expr(value)?;
        let mut arg = match conversion {
            None => 0,
            Some(b's') => 1,
            Some(b'r') => 2,
            Some(_) => 3,
        };
        if let Some(spec) = spec {
            self.expr(spec)?;
            arg |= 4;
        }
        self.unit().op_arg(Op::FormatValue, arg);
        Ok(())
    }
}

/// Whether an expression is a constant once folded.
pub(super) fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant { .. })
}

/// The values of expressions that are all constants.
pub(super) fn constants<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> Option<Vec<Constant>> {
    exprs
        .into_iter()
        .map(|expr| super::fold::constant(expr).cloned())
        .collect()
}

fn unary(op: UnaryOp) -> Op {
    match op {
        UnaryOp::Invert => Op::UnaryInvert,
        UnaryOp::Not => Op::UnaryNot,
        UnaryOp::UAdd => Op::UnaryPositive,
        UnaryOp::USub => Op::UnaryNegative,
    }
}

fn binary(op: Operator) -> Op {
    match op {
        Operator::Add => Op::BinaryAdd,
        Operator::Sub => Op::BinarySubtract,
        Operator::Mult => Op::BinaryMultiply,
        Operator::MatMult => Op::BinaryMatrixMultiply,
        Operator::Div => Op::BinaryTrueDivide,
        Operator::Mod => Op::BinaryModulo,
        Operator::Pow => Op::BinaryPower,
        Operator::LShift => Op::BinaryLshift,
        Operator::RShift => Op::BinaryRshift,
        Operator::BitOr => Op::BinaryOr,
        Operator::BitXor => Op::BinaryXor,
        Operator::BitAnd => Op::BinaryAnd,
        Operator::FloorDiv => Op::BinaryFloorDivide,
    }
}

pub(super) fn inplace(op: Operator) -> Op {
    match op {
        Operator::Add => Op::InplaceAdd,
        Operator::Sub => Op::InplaceSubtract,
        Operator::Mult => Op::InplaceMultiply,
        Operator::MatMult => Op::InplaceMatrixMultiply,
        Operator::Div => Op::InplaceTrueDivide,
        Operator::Mod => Op::InplaceModulo,
        Operator::Pow => Op::InplacePower,
        Operator::LShift => Op::InplaceLshift,
        Operator::RShift => Op::InplaceRshift,
        Operator::BitOr => Op::InplaceOr,
        Operator::BitXor => Op::InplaceXor,
        Operator::BitAnd => Op::InplaceAnd,
        Operator::FloorDiv => Op::InplaceFloorDivide,
    }
}
