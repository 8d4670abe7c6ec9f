//! The lines of instructions that have none. PEP 626 wants every exit from a frame to have a line.

use super::Graph;
use crate::bytecode::opcode::Op;
use crate::compiler::unit::{Block, BlockId, Instr};

impl Graph<'_, '_> {
    fn is_exit_without_line(&self, id: BlockId) -> bool {
        let block = self.block(id);
        block.exit && block.instrs.first().is_some_and(|first| first.line < 0)
    }

    /// The jump that ends a block; a SETUP_… is none.
    fn jump_at_end(&self, id: BlockId) -> Option<&Instr> {
        let last = self.last(id)?;
        let is_setup = matches!(
            last.op,
            Op::SetupAsyncWith | Op::SetupWith | Op::SetupFinally
        );
        if last.op.is_jump() && !is_setup {
            Some(last)
        } else {
            None
        }
    }

    /// `duplicate_exits_without_lineno`: each jump to such an exit gets an exit of its own, with the jump's line.
    pub(super) fn duplicate_exits_without_line(&mut self) {
        for id in self.backwards() {
            let Some((target, line)) = self
                .jump_at_end(id)
                .and_then(|jump| Some((jump.target?, jump.line)))
            else {
                continue;
            };
            if !self.is_exit_without_line(target) || self.block(target).predecessors <= 1 {
                continue;
            }
            let copied = self.block(target);
            let mut copy = Block {
                instrs: copied.instrs.clone(),
                next: copied.next,
                predecessors: 1,
                no_fallthrough: true,
                exit: copied.exit,
                ..Block::default()
            };
            if let Some(first) = copy.instrs.first_mut() {
                first.line = line;
            }
            self.unit.blocks.push(copy);
            let copy = BlockId(self.unit.blocks.len() - 1);
            let original = self.block_mut(target);
            original.predecessors -= 1;
            original.next = Some(copy);
            if let Some(last) = self.block_mut(id).instrs.last_mut() {
                last.target = Some(copy);
            }
        }
        self.unlink_empty();
        self.lines_by_fall_through();
    }

    fn unlink_empty(&mut self) {
        for id in self.backwards() {
            while let Some(next) = self
                .block(id)
                .next
                .filter(|next| self.block(*next).instrs.is_empty())
            {
                let after = self.block(next).next;
                self.block_mut(id).next = after;
            }
        }
    }

    /// An exit without a line that is only fallen into takes the line before it.
    fn lines_by_fall_through(&mut self) {
        for id in self.backwards() {
            let block = self.block(id);
            let (Some(next), Some(last), false) =
                (block.next, block.instrs.last(), block.no_fallthrough)
            else {
                continue;
            };
            let line = last.line;
            if self.is_exit_without_line(next)
                && let Some(first) = self.block_mut(next).instrs.first_mut()
            {
                first.line = line;
            }
        }
    }

    /// `propagate_line_numbers`: along a block, and into blocks with one way in.
    pub(super) fn propagate_lines(&mut self) {
        for id in self.in_order() {
            let mut line = crate::compiler::unit::NO_LINE;
            for instr in &mut self.block_mut(id).instrs {
                if instr.line < 0 {
                    instr.line = line;
                } else {
                    line = instr.line;
                }
            }
            if self.block(id).instrs.is_empty() {
                continue;
            }
            let falls = self
                .block(id)
                .next
                .filter(|_| !self.block(id).no_fallthrough);
            let jumps = self.jump_at_end(id).and_then(|jump| jump.target);
            for target in falls.into_iter().chain(jumps) {
                let block = self.block_mut(target);
                if let (1, Some(first)) = (block.predecessors, block.instrs.first_mut())
                    && first.line < 0
                {
                    first.line = line;
                }
            }
        }
    }

    /// `guarantee_lineno_for_exits`: a return that still has no line gets that of the exit before it.
    pub(super) fn guarantee_lines_for_exits(&mut self) {
        let mut line = self.unit.firstlineno as i32;
        for id in self.in_order() {
            let Some(last) = self.last(id) else { continue };
            if last.line >= 0 {
                line = last.line;
            } else if last.op == Op::ReturnValue {
                self.block_mut(id)
                    .instrs
                    .iter_mut()
                    .for_each(|instr| instr.line = line);
            }
        }
    }
}
