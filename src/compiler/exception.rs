//! `try`: with `except`, with `finally`, with both.

use super::unit::{BlockId, FrameBlock};
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Context, ExceptHandler, Name, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
    ) -> Result<()> {
        if finalbody.is_empty() {
            return self.try_except(body, handlers, orelse);
        }
        let unit = self.unit();
        let (inside, end, exit) = (unit.new_block(), unit.new_block(), unit.new_block());
        unit.jump(Op::SetupFinally, end);
        unit.use_block(inside);
        self.push_block(FrameBlock::FinallyTry { body: finalbody })?;
        if handlers.is_empty() {
            self.stmts(body)?;
        } else {
            self.try_except(body, handlers, orelse)?;
        }
        self.unit().op_no_line(Op::PopBlock);
        self.pop_block();
        self.stmts(finalbody)?;
        self.unit().jump_no_line(Op::JumpForward, exit);
        self.unit().use_block(end);
        self.push_block(FrameBlock::FinallyEnd)?;
        self.stmts(finalbody)?;
        self.pop_block();
        self.unit().op_arg(Op::Reraise, 0);
        self.unit().use_block(exit);
        Ok(())
    }

    /// `compiler_try_except`.
    fn try_except(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        orelse: &'a [Stmt],
    ) -> Result<()> {
        let unit = self.unit();
        let (inside, except) = (unit.new_block(), unit.new_block());
        let (otherwise, end) = (unit.new_block(), unit.new_block());
        unit.jump(Op::SetupFinally, except);
        unit.use_block(inside);
        self.push_block(FrameBlock::TryExcept)?;
        self.stmts(body)?;
        self.pop_block();
        self.unit().op_no_line(Op::PopBlock);
        self.unit().jump_no_line(Op::JumpForward, otherwise);
        self.unit().use_block(except);
        self.push_block(FrameBlock::ExceptionHandler)?;
        for (at, handler) in handlers.iter().enumerate() {
            self.unit().set_location(handler.span);
            if handler.typ.is_none() && at + 1 < handlers.len() {
                return self.error("default 'except:' must be last");
            }
            self.handler(handler, end)?;
        }
        self.pop_block();
        self.unit().set_no_line();
        self.unit().op_arg(Op::Reraise, 0);
        self.unit().use_block(otherwise);
        self.stmts(orelse)?;
        self.unit().use_block(end);
        Ok(())
    }

    fn handler(&mut self, handler: &'a ExceptHandler, end: BlockId) -> Result<()> {
        let next = self.unit().new_block();
        if let Some(typ) = &handler.typ {
            self.unit().op(Op::DupTop);
            self.expr(typ)?;
            self.unit().jump(Op::JumpIfNotExcMatch, next);
            self.unit().next_block();
        }
        self.unit().op(Op::PopTop);
        match &handler.name {
            Some(name) => self.named_handler(name, &handler.body, end)?,
            None => {
                let inside = self.unit().new_block();
                self.unit().op(Op::PopTop);
                self.unit().op(Op::PopTop);
                self.unit().use_block(inside);
                self.push_block(FrameBlock::HandlerCleanup { name: None })?;
                self.stmts(&handler.body)?;
                self.pop_block();
                self.unit().set_no_line();
                self.unit().op(Op::PopExcept);
                self.unit().jump(Op::JumpForward, end);
            }
        }
        self.unit().use_block(next);
        Ok(())
    }

    /// `except … as name`: the name is unbound whichever way the handler ends.
    fn named_handler(&mut self, name: &'a Name, body: &'a [Stmt], end: BlockId) -> Result<()> {
        let (cleanup, inside) = (self.unit().new_block(), self.unit().new_block());
        self.name(name, Context::Store)?;
        self.unit().op(Op::PopTop);
        self.unit().jump(Op::SetupFinally, cleanup);
        self.unit().use_block(inside);
        self.push_block(FrameBlock::HandlerCleanup { name: Some(name) })?;
        self.stmts(body)?;
        self.pop_block();
        self.unit().set_no_line();
        self.unit().op(Op::PopBlock);
        self.unit().op(Op::PopExcept);
        self.unbind(name)?;
        self.unit().jump(Op::JumpForward, end);
        self.unit().use_block(cleanup);
        self.unit().set_no_line();
        self.unbind(name)?;
        self.unit().op_arg(Op::Reraise, 1);
        Ok(())
    }

    /// `name = None; del name`, which works even if the body deleted the name.
    fn unbind(&mut self, name: &'a Name) -> Result<()> {
        self.unit().load_none();
        self.name(name, Context::Store)?;
        self.name(name, Context::Del)
    }
}
