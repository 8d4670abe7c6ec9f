//! `if`, `while`, `for` and `async for`.

use super::unit::{FrameBlock, UnitKind};
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Expr, Span, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn if_stmt(
        &mut self,
        test: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Result<()> {
        let end = self.unit().new_block();
        let next = if orelse.is_empty() {
            end
        } else {
            self.unit().new_block()
        };
        self.jump_if(test, next, false)?;
        self.stmts(body)?;
        if !orelse.is_empty() {
            self.unit().jump_no_line(Op::JumpForward, end);
            self.unit().use_block(next);
            self.stmts(orelse)?;
        }
        self.unit().use_block(end);
        Ok(())
    }

    /// The test stands twice: before the body and after it.
    pub(super) fn while_loop(
        &mut self,
        test: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        span: Span,
    ) -> Result<()> {
        let unit = self.unit();
        let (start, inside) = (unit.new_block(), unit.new_block());
        let (anchor, end) = (unit.new_block(), unit.new_block());
        unit.use_block(start);
        self.push_block(FrameBlock::WhileLoop { start, exit: end })?;
        self.jump_if(test, anchor, false)?;
        self.unit().use_block(inside);
        self.stmts(body)?;
        self.unit().set_location(span);
        self.jump_if(test, inside, true)?;
        self.pop_block();
        self.unit().use_block(anchor);
        self.stmts(orelse)?;
        self.unit().use_block(end);
        Ok(())
    }

    pub(super) fn for_loop(
        &mut self,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Result<()> {
        let unit = self.unit();
        let (start, inside) = (unit.new_block(), unit.new_block());
        let (cleanup, end) = (unit.new_block(), unit.new_block());
        self.push_block(FrameBlock::ForLoop { start, exit: end })?;
        self.expr(iter)?;
        self.unit().op(Op::GetIter);
        self.unit().use_block(start);
        self.unit().jump(Op::ForIter, cleanup);
        self.unit().use_block(inside);
        self.expr(target)?;
        self.stmts(body)?;
        self.unit().set_no_line();
        self.unit().jump(Op::JumpAbsolute, start);
        self.unit().use_block(cleanup);
        self.pop_block();
        self.stmts(orelse)?;
        self.unit().use_block(end);
        Ok(())
    }

    pub(super) fn async_for(
        &mut self,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Result<()> {
        if self.awaits_at_top() {
            self.mark_coroutine();
        } else if self.unit().kind != UnitKind::AsyncFunction {
            return self.error("'async for' outside async function");
        }
        let unit = self.unit();
        let (start, except, end) = (unit.new_block(), unit.new_block(), unit.new_block());
        self.expr(iter)?;
        self.unit().op(Op::GetAiter);
        self.unit().use_block(start);
        self.push_block(FrameBlock::ForLoop { start, exit: end })?;
        self.next_async_item(except);
        self.expr(target)?;
        self.stmts(body)?;
        self.unit().set_no_line();
        self.unit().jump(Op::JumpAbsolute, start);
        self.pop_block();
        self.unit().use_block(except);
        self.unit().set_location(iter.span);
        self.unit().op(Op::EndAsyncFor);
        self.stmts(orelse)?;
        self.unit().use_block(end);
        Ok(())
    }

    /// Push the next item of the asynchronous iterator on top; its end goes to `except`.
    pub(super) fn next_async_item(&mut self, except: super::unit::BlockId) {
        let unit = self.unit();
        unit.jump(Op::SetupFinally, except);
        unit.op(Op::GetAnext);
        unit.load_none();
        unit.op(Op::YieldFrom);
        unit.op(Op::PopBlock);
    }
}
