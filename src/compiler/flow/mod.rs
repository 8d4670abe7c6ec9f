//! CPython 3.10's passes over the basic blocks of a unit, in their order: normalise, extend, peephole, reachability,
//! emptiness, and last the line numbers of exits.
//!
//! Knows blocks and constants, not the tree. Invariant: after `optimize` every reachable jump goes to a block that is not
//! empty, every exit has a line, and no block is reached that `next` does not lead to. The passes' quirks are CPython's:
//! they decide what `dis` prints.

mod clean;
mod depth;
mod lines;
mod peephole;

pub(super) use depth::stack_depth;

use crate::bytecode::opcode::Op;
use crate::compiler::unit::{Block, BlockId, Instr, NO_LINE, Unit};

/// The unconditional jump to an exit block up to this size is replaced by a copy of the block.
const MAX_COPY_SIZE: usize = 4;

/// Run all passes. `generator` is the argument of GEN_START, for what has one.
pub(super) fn optimize(unit: &mut Unit, generator: Option<u32>) {
    let mut graph = Graph { unit };
    for id in graph.backwards() {
        graph.normalize(id);
    }
    for id in graph.backwards() {
        graph.extend(id);
    }
    if let Some(kind) = generator {
        let prefix = Instr {
            op: Op::GenStart,
            arg: kind,
            target: None,
            line: NO_LINE,
        };
        graph.block_mut(BlockId(0)).instrs.insert(0, prefix);
    }
    graph.optimize_graph();
    graph.duplicate_exits_without_line();
    graph.trim_unused_consts();
    graph.propagate_lines();
    graph.guarantee_lines_for_exits();
    graph.normalize_jumps();
}

/// The blocks of a unit as a graph.
struct Graph<'u, 'a> {
    unit: &'u mut Unit<'a>,
}

impl Graph<'_, '_> {
    fn block(&self, id: BlockId) -> &Block {
        self.unit.block(id)
    }

    fn block_mut(&mut self, id: BlockId) -> &mut Block {
        self.unit.block_mut(id)
    }

    /// All blocks, the youngest first: CPython's `b_list`.
    fn backwards(&self) -> Vec<BlockId> {
        (0..self.unit.blocks.len()).rev().map(BlockId).collect()
    }

    /// The blocks in the order of the code: CPython's `b_next`.
    fn in_order(&self) -> Vec<BlockId> {
        std::iter::successors(Some(BlockId(0)), |id| self.block(*id).next).collect()
    }

    /// The last instruction of a block.
    fn last(&self, id: BlockId) -> Option<&Instr> {
        self.block(id).instrs.last()
    }

    /// The first block from `id` on that has instructions; the last one if none has.
    fn skip_empty(&self, mut id: BlockId) -> BlockId {
        while self.block(id).instrs.is_empty()
            && let Some(next) = self.block(id).next
        {
            id = next;
        }
        id
    }

    /// `normalize_basic_block`: note exits and missing fall-through, aim jumps past empty blocks.
    fn normalize(&mut self, id: BlockId) {
        for at in 0..self.block(id).instrs.len() {
            let instr = &self.block(id).instrs[at];
            let (op, target) = (instr.op, instr.target);
            match op {
                Op::ReturnValue | Op::RaiseVarargs | Op::Reraise => {
                    let block = self.block_mut(id);
                    block.exit = true;
                    block.no_fallthrough = true;
                }
                Op::JumpAbsolute | Op::JumpForward => self.block_mut(id).no_fallthrough = true,
                _ => {}
            }
            let skips = matches!(
                op,
                Op::JumpAbsolute
                    | Op::JumpForward
                    | Op::PopJumpIfFalse
                    | Op::PopJumpIfTrue
                    | Op::JumpIfFalseOrPop
                    | Op::JumpIfTrueOrPop
                    | Op::ForIter
            );
            if let (true, Some(target)) = (skips, target) {
                let target = self.skip_empty(target);
                self.block_mut(id).instrs[at].target = Some(target);
            }
        }
    }

    /// `extend_block`: a jump to a short exit becomes a copy of the exit.
    fn extend(&mut self, id: BlockId) {
        let Some(last) = self.last(id) else { return };
        if !matches!(last.op, Op::JumpAbsolute | Op::JumpForward) {
            return;
        }
        let Some(target) = last.target else { return };
        if !self.block(target).exit || self.block(target).instrs.len() > MAX_COPY_SIZE {
            return;
        }
        let copied = self.block(target).instrs.clone();
        let block = self.block_mut(id);
        if let Some(last) = block.instrs.last_mut() {
            nop(last);
        }
        block.instrs.extend(copied);
        block.exit = true;
    }

    /// `optimize_cfg`.
    fn optimize_graph(&mut self) {
        for id in self.in_order() {
            self.peephole(id);
            self.clean(id, NO_LINE);
        }
        for id in self.backwards() {
            self.extend(id);
        }
        self.mark_reachable();
        self.clear_unreachable();
        let mut before: Option<BlockId> = None;
        for id in self.in_order() {
            let line = before
                .and_then(|id| self.last(id))
                .map_or(NO_LINE, |last| last.line);
            self.clean(id, line);
            before = if self.block(id).no_fallthrough {
                None
            } else {
                Some(id)
            };
        }
        self.drop_empty();
        if self.drop_jumps_to_next() {
            self.drop_empty();
        }
    }

    /// A jump to the block that follows anyway is not needed. Says whether there was any.
    fn drop_jumps_to_next(&mut self) -> bool {
        let mut any = false;
        for id in self.in_order() {
            let next = self.block(id).next;
            let block = self.block_mut(id);
            let Some(last) = block.instrs.last_mut() else {
                continue;
            };
            if matches!(last.op, Op::JumpAbsolute | Op::JumpForward) && last.target == next {
                nop(last);
                block.no_fallthrough = false;
                self.clean(id, NO_LINE);
                any = true;
            }
        }
        any
    }

    /// `trim_unused_consts`: constants after the last used one go; the first stays, it may be the docstring.
    fn trim_unused_consts(&mut self) {
        let used = self
            .in_order()
            .into_iter()
            .flat_map(|id| &self.block(id).instrs);
        let last = used
            .filter(|instr| instr.op == Op::LoadConst)
            .map(|instr| instr.arg as usize)
            .max();
        self.unit.consts.consts.truncate(last.unwrap_or(0) + 1);
    }

    /// `normalize_jumps`: JUMP_FORWARD forwards, JUMP_ABSOLUTE backwards.
    fn normalize_jumps(&mut self) {
        let mut seen = vec![false; self.unit.blocks.len()];
        for id in self.in_order() {
            seen[id.0] = true;
            let Some(last) = self.block_mut(id).instrs.last_mut() else {
                continue;
            };
            let Some(target) = last.target else { continue };
            match last.op {
                Op::JumpAbsolute if !seen[target.0] => last.op = Op::JumpForward,
                Op::JumpForward if seen[target.0] => last.op = Op::JumpAbsolute,
                _ => {}
            }
        }
    }
}

/// Make an instruction do nothing, in its place and line. Its argument stays, as in CPython, where a large one even gives
/// the NOP an EXTENDED_ARG.
fn nop(instr: &mut Instr) {
    instr.op = Op::Nop;
    instr.target = None;
}
