//! Leaving blocks early: what `return`, `break` and `continue` undo on their way out.

use super::unit::FrameBlock;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Context, Span};

/// CPython's limit on blocks inside each other.
const MAX_BLOCKS: usize = 20;

impl<'a> Compiler<'a> {
    /// `compiler_push_fblock`.
    pub(super) fn push_block(&mut self, block: FrameBlock<'a>) -> Result<()> {
        if self.unit().frame_blocks.len() >= MAX_BLOCKS {
            return self.error("too many statically nested blocks");
        }
        self.unit().frame_blocks.push(block);
        Ok(())
    }

    pub(super) fn pop_block(&mut self) {
        self.unit().frame_blocks.pop();
    }

    /// Call the `__exit__` on top with three Nones.
    pub(super) fn call_exit_with_nones(&mut self) {
        let unit = self.unit();
        unit.load_none();
        unit.op(Op::DupTop);
        unit.op(Op::DupTop);
        unit.op_arg(Op::CallFunction, 3);
    }

    /// Undo one block; with `preserve` the value on top survives. `compiler_unwind_fblock`.
    fn unwind(&mut self, block: FrameBlock<'a>, preserve: bool) -> Result<()> {
        match block {
            FrameBlock::WhileLoop { .. } | FrameBlock::ExceptionHandler => {}
            FrameBlock::ForLoop { .. } | FrameBlock::PopValue => {
                if preserve {
                    self.unit().op(Op::RotTwo);
                }
                self.unit().op(Op::PopTop);
            }
            FrameBlock::TryExcept => self.unit().op(Op::PopBlock),
            FrameBlock::FinallyTry { body } => {
                self.unit().op(Op::PopBlock);
                if preserve {
                    self.push_block(FrameBlock::PopValue)?;
                }
                self.stmts(body)?;
                if preserve {
                    self.pop_block();
                }
                self.unit().set_no_line();
            }
            FrameBlock::FinallyEnd => {
                let unit = self.unit();
                if preserve {
                    unit.op(Op::RotFour);
                }
                (0..3).for_each(|_| unit.op(Op::PopTop));
                if preserve {
                    unit.op(Op::RotFour);
                }
                unit.op(Op::PopExcept);
            }
            FrameBlock::With { span } | FrameBlock::AsyncWith { span } => {
                self.unit().set_location(span);
                self.unit().op(Op::PopBlock);
                if preserve {
                    self.unit().op(Op::RotTwo);
                }
                self.call_exit_with_nones();
                if matches!(block, FrameBlock::AsyncWith { .. }) {
                    self.unit().await_top();
                }
                self.unit().op(Op::PopTop);
                self.unit().set_no_line();
            }
            FrameBlock::HandlerCleanup { name } => {
                if name.is_some() {
                    self.unit().op(Op::PopBlock);
                }
                if preserve {
                    self.unit().op(Op::RotFour);
                }
                self.unit().op(Op::PopExcept);
                if let Some(name) = name {
                    self.unit().load_none();
                    self.name(name, Context::Store)?;
                    self.name(name, Context::Del)?;
                }
            }
        }
        Ok(())
    }

    /// Undo all blocks, for `return`.
    pub(super) fn unwind_all(&mut self, preserve: bool) -> Result<()> {
        self.unwind_until(preserve, false).map(|_| ())
    }

    /// Undo blocks from the inside, up to the first loop if `stop_at_loop`; says which loop that is.
    fn unwind_until(
        &mut self,
        preserve: bool,
        stop_at_loop: bool,
    ) -> Result<Option<FrameBlock<'a>>> {
        let Some(top) = self.unit().frame_blocks.last().copied() else {
            return Ok(None);
        };
        if stop_at_loop
            && matches!(
                top,
                FrameBlock::WhileLoop { .. } | FrameBlock::ForLoop { .. }
            )
        {
            return Ok(Some(top));
        }
        self.pop_block();
        self.unwind(top, preserve)?;
        let found = self.unwind_until(preserve, stop_at_loop)?;
        self.unit().frame_blocks.push(top);
        Ok(found)
    }

    pub(super) fn break_stmt(&mut self) -> Result<()> {
        self.unit().op(Op::Nop);
        let span = self.unit().span;
        let Some(found) = self.unwind_until(false, true)? else {
            return self.loop_error("'break' outside loop", span);
        };
        self.unwind(found, false)?;
        if let FrameBlock::WhileLoop { exit, .. } | FrameBlock::ForLoop { exit, .. } = found {
            self.unit().jump(Op::JumpAbsolute, exit);
        }
        self.unit().next_block();
        Ok(())
    }

    /// The place is the statement's but for the column, which CPython leaves at the last `with` it unwound.
    fn loop_error(&mut self, message: &str, span: Span) -> Result<()> {
        let col = self.unit().span.col;
        self.error_at(message, Span { col, ..span })
    }

    pub(super) fn continue_stmt(&mut self) -> Result<()> {
        self.unit().op(Op::Nop);
        let span = self.unit().span;
        let Some(found) = self.unwind_until(false, true)? else {
            return self.loop_error("'continue' not properly in loop", span);
        };
        if let FrameBlock::WhileLoop { start, .. } | FrameBlock::ForLoop { start, .. } = found {
            self.unit().jump(Op::JumpAbsolute, start);
        }
        self.unit().next_block();
        Ok(())
    }
}
