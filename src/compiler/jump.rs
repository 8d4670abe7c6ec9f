//! Conditions: jump if an expression is true or false, without making the truth value.

use super::unit::BlockId;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{BoolOp, CmpOp, Expr, ExprKind, UnaryOp};

impl<'a> Compiler<'a> {
    /// Jump to `next` if `test` is `wanted`, else go on. `compiler_jump_if`, which leaves the line at a comparison's.
    pub(super) fn jump_if(&mut self, test: &'a Expr, next: BlockId, wanted: bool) -> Result<()> {
        match &test.kind {
            ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            } => self.jump_if(operand, next, !wanted),
            ExprKind::BoolOp { op, values } => self.jump_if_any(*op, values, next, wanted),
            ExprKind::IfExp { test, body, orelse } => {
                let (end, other) = (self.unit().new_block(), self.unit().new_block());
                self.jump_if(test, other, false)?;
                self.jump_if(body, next, wanted)?;
                self.unit().jump_no_line(Op::JumpForward, end);
                self.unit().use_block(other);
                self.jump_if(orelse, next, wanted)?;
                self.unit().use_block(end);
                Ok(())
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } if ops.len() > 1 => {
                self.unit().set_location(test.span);
                self.jump_if_chain(left, ops, comparators, next, wanted)
            }
            _ => {
                if matches!(test.kind, ExprKind::Compare { .. }) {
                    self.unit().set_location(test.span);
                }
                self.expr(test)?;
                self.unit().jump(conditional(wanted), next);
                self.unit().next_block();
                Ok(())
            }
        }
    }

    fn jump_if_any(
        &mut self,
        op: BoolOp,
        values: &'a [Expr],
        next: BlockId,
        wanted: bool,
    ) -> Result<()> {
        let Some((last, others)) = values.split_last() else {
            return Ok(());
        };
        let decides = op == BoolOp::Or;
        let shortcut = if decides == wanted {
            next
        } else {
            self.unit().new_block()
        };
        for value in others {
            self.jump_if(value, shortcut, decides)?;
        }
        self.jump_if(last, next, wanted)?;
        if shortcut != next {
            self.unit().use_block(shortcut);
        }
        Ok(())
    }

    fn jump_if_chain(
        &mut self,
        left: &'a Expr,
        ops: &[CmpOp],
        comparators: &'a [Expr],
        next: BlockId,
        wanted: bool,
    ) -> Result<()> {
        self.check_compare(left, ops, comparators);
        let cleanup = self.unit().new_block();
        self.expr(left)?;
        self.chain(ops, comparators, Op::PopJumpIfFalse, cleanup)?;
        self.unit().jump(conditional(wanted), next);
        self.unit().next_block();
        let end = self.unit().new_block();
        self.unit().jump_no_line(Op::JumpForward, end);
        self.unit().use_block(cleanup);
        self.unit().op(Op::PopTop);
        if !wanted {
            self.unit().jump_no_line(Op::JumpForward, next);
        }
        self.unit().use_block(end);
        Ok(())
    }

    /// The comparisons of a chain after its first operand; each but the last may leave for `cleanup`.
    pub(super) fn chain(
        &mut self,
        ops: &[CmpOp],
        comparators: &'a [Expr],
        leave: Op,
        cleanup: BlockId,
    ) -> Result<()> {
        for (at, (op, comparator)) in ops.iter().zip(comparators).enumerate() {
            self.expr(comparator)?;
            if at + 1 < ops.len() {
                self.unit().op(Op::DupTop);
                self.unit().op(Op::RotThree);
            }
            self.compare(*op);
            if at + 1 < ops.len() {
                self.unit().jump(leave, cleanup);
                self.unit().next_block();
            }
        }
        Ok(())
    }

    /// One comparison of the two topmost entries.
    pub(super) fn compare(&mut self, op: CmpOp) {
        let (op, arg) = match op {
            CmpOp::Lt => (Op::CompareOp, 0),
            CmpOp::LtE => (Op::CompareOp, 1),
            CmpOp::Eq => (Op::CompareOp, 2),
            CmpOp::NotEq => (Op::CompareOp, 3),
            CmpOp::Gt => (Op::CompareOp, 4),
            CmpOp::GtE => (Op::CompareOp, 5),
            CmpOp::Is => (Op::IsOp, 0),
            CmpOp::IsNot => (Op::IsOp, 1),
            CmpOp::In => (Op::ContainsOp, 0),
            CmpOp::NotIn => (Op::ContainsOp, 1),
        };
        self.unit().op_arg(op, arg);
    }
}

fn conditional(wanted: bool) -> Op {
    if wanted {
        Op::PopJumpIfTrue
    } else {
        Op::PopJumpIfFalse
    }
}
