//! Unneeded NOPs, unreachable code, empty blocks.

use super::Graph;
use crate::bytecode::opcode::Op;
use crate::compiler::unit::BlockId;

impl Graph<'_, '_> {
    /// `clean_basic_block`: drop NOPs whose line is kept by a neighbour. `before` is the line that control comes from.
    pub(super) fn clean(&mut self, id: BlockId, mut before: i32) {
        let next_line = self.block(id).next.map(|next| self.skip_empty(next));
        let next_line = next_line
            .and_then(|next| self.block(next).instrs.first())
            .map(|first| first.line);
        let instrs = std::mem::take(&mut self.block_mut(id).instrs);
        let count = instrs.len();
        let mut kept = Vec::with_capacity(count);
        let mut instrs = instrs.into_iter().enumerate().peekable();
        while let Some((at, instr)) = instrs.next() {
            let line = instr.line;
            if instr.op == Op::Nop {
                if line < 0 || before == line {
                    continue;
                }
                if let Some((_, next)) = instrs.peek_mut() {
                    if next.line < 0 || next.line == line {
                        next.line = line;
                        continue;
                    }
                } else if at + 1 == count && next_line == Some(line) {
                    continue;
                }
            }
            before = line;
            kept.push(instr);
        }
        self.block_mut(id).instrs = kept;
    }

    /// `mark_reachable`: count what leads to each block.
    pub(super) fn mark_reachable(&mut self) {
        let mut waiting = vec![BlockId(0)];
        self.block_mut(BlockId(0)).predecessors = 1;
        while let Some(id) = waiting.pop() {
            let block = self.block(id);
            let falls = block.next.filter(|_| !block.no_fallthrough);
            let targets: Vec<BlockId> = falls
                .into_iter()
                .chain(block.instrs.iter().filter_map(|i| i.target))
                .collect();
            for target in targets {
                let target_block = self.block_mut(target);
                if target_block.predecessors == 0 {
                    waiting.push(target);
                }
                target_block.predecessors += 1;
            }
        }
    }

    pub(super) fn clear_unreachable(&mut self) {
        for id in self.in_order() {
            let block = self.block_mut(id);
            if block.predecessors == 0 {
                block.instrs.clear();
                block.no_fallthrough = false;
            }
        }
    }

    /// `eliminate_empty_basic_blocks`.
    pub(super) fn drop_empty(&mut self) {
        let mut at = Some(BlockId(0));
        while let Some(id) = at {
            if let Some(next) = self.block(id).next {
                self.block_mut(id).next = Some(self.skip_empty(next));
            }
            at = self.block(id).next;
        }
        for id in self.in_order() {
            let target = self.last(id).and_then(|last| last.target);
            if let Some(target) = target {
                let target = self.skip_empty(target);
                if let Some(last) = self.block_mut(id).instrs.last_mut() {
                    last.target = Some(target);
                }
            }
        }
    }
}
