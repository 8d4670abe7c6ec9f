//! `with` and `async with`.

use super::unit::{BlockId, FrameBlock, UnitKind};
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Span, Stmt, WithItem};

impl<'a> Compiler<'a> {
    /// `compiler_with` and `compiler_async_with`: several items are statements inside each other.
    pub(super) fn with(
        &mut self,
        items: &'a [WithItem],
        body: &'a [Stmt],
        is_async: bool,
        span: Span,
    ) -> Result<()> {
        let Some((item, rest)) = items.split_first() else {
            return self.stmts(body);
        };
        if is_async && self.awaits_at_top() {
            self.mark_coroutine();
        } else if is_async && self.unit().kind != UnitKind::AsyncFunction {
            return self.error("'async with' outside async function");
        }
        let unit = self.unit();
        let (inside, handler, exit) = (unit.new_block(), unit.new_block(), unit.new_block());
        self.expr(&item.context_expr)?;
        let unit = self.unit();
        if is_async {
            unit.op(Op::BeforeAsyncWith);
            unit.await_top();
        }
        unit.jump(
            if is_async {
                Op::SetupAsyncWith
            } else {
                Op::SetupWith
            },
            handler,
        );
        unit.use_block(inside);
        self.push_block(if is_async {
            FrameBlock::AsyncWith { span }
        } else {
            FrameBlock::With { span }
        })?;
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.unit().op(Op::PopTop),
        }
        if rest.is_empty() {
            self.stmts(body)?;
        } else {
            self.with(rest, body, is_async, span)?;
        }
        self.with_exit(handler, exit, is_async, span);
        Ok(())
    }

    /// Both ways out of the block: `__exit__` with Nones, or with the exception.
    fn with_exit(&mut self, handler: BlockId, exit: BlockId, is_async: bool, span: Span) {
        if !is_async {
            self.unit().set_no_line();
        }
        self.unit().op(Op::PopBlock);
        self.pop_block();
        self.unit().set_location(span);
        self.call_exit_with_nones();
        if is_async {
            self.unit().await_top();
        }
        self.unit().op(Op::PopTop);
        self.unit().jump(
            if is_async {
                Op::JumpAbsolute
            } else {
                Op::JumpForward
            },
            exit,
        );
        self.unit().use_block(handler);
        self.unit().op(Op::WithExceptStart);
        if is_async {
            self.unit().await_top();
        }
        self.with_except_finish();
        self.unit().use_block(exit);
    }

    /// Raise again unless `__exit__` returned something true.
    fn with_except_finish(&mut self) {
        let unit = self.unit();
        let exit = unit.new_block();
        unit.jump(Op::PopJumpIfTrue, exit);
        unit.next_block();
        unit.op_arg(Op::Reraise, 1);
        unit.use_block(exit);
        (0..3).for_each(|_| unit.op(Op::PopTop));
        unit.op(Op::PopExcept);
        unit.op(Op::PopTop);
    }
}
