//! `optimize_basic_block`: constant conditions, tuples of constants, jumps to jumps, rotations.

use super::{Graph, nop};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{Const, truth};
use crate::compiler::unit::{BlockId, Instr};
use crate::syntax::tree::Constant;

/// The instruction a jump would reach.
struct Reached {
    op: Op,
    line: i32,
    target: Option<BlockId>,
}

impl Graph<'_, '_> {
    pub(super) fn peephole(&mut self, id: BlockId) {
        let mut at = 0;
        while at < self.block(id).instrs.len() {
            let reached = self.reached(id, at);
            let instr = &self.block(id).instrs[at];
            let again = match (instr.op, reached) {
                (Op::LoadConst, _) => self.constant_condition(id, at),
                (Op::BuildTuple, _) => self.tuple(id, at),
                (Op::RotN, _) => self.rotation(id, at),
                (_, Some(reached)) => self.jump_to_jump(id, at, &reached),
                _ => false,
            };
            if !again {
                at += 1;
            }
        }
    }

    /// Aim the jump at `at` past empty blocks, and say what it reaches.
    fn reached(&mut self, id: BlockId, at: usize) -> Option<Reached> {
        let target = self.block(id).instrs[at].target?;
        let target = self.skip_empty(target);
        self.block_mut(id).instrs[at].target = Some(target);
        let first = self.block(target).instrs.first()?;
        Some(Reached {
            op: first.op,
            line: first.line,
            target: first.target,
        })
    }

    /// LOAD_CONST before a conditional jump: the jump is always or never taken.
    fn constant_condition(&mut self, id: BlockId, at: usize) -> bool {
        let instr = &self.block(id).instrs[at];
        let is_true = match self.unit.consts.consts.get(instr.arg as usize) {
            Some(Const::Value(value)) => truth(value),
            _ => true,
        };
        let block = self.block_mut(id);
        let Some(next) = block.instrs.get(at + 1).map(|next| next.op) else {
            return false;
        };
        let (pops, jumps_if) = match next {
            Op::PopJumpIfFalse => (true, false),
            Op::PopJumpIfTrue => (true, true),
            Op::JumpIfFalseOrPop => (false, false),
            Op::JumpIfTrueOrPop => (false, true),
            _ => return false,
        };
        if is_true == jumps_if {
            if pops {
                nop(&mut block.instrs[at]);
            }
            block.instrs[at + 1].op = Op::JumpAbsolute;
            block.no_fallthrough = true;
        } else {
            nop(&mut block.instrs[at]);
            nop(&mut block.instrs[at + 1]);
        }
        false
    }

    /// BUILD_TUPLE before UNPACK_SEQUENCE is a rotation; of constants only, a constant.
    fn tuple(&mut self, id: BlockId, at: usize) -> bool {
        let block = self.block_mut(id);
        let size = block.instrs[at].arg as usize;
        if let Some(next) = block.instrs.get(at + 1)
            && next.op == Op::UnpackSequence
            && next.arg as usize == size
        {
            match size {
                1 => {
                    nop(&mut block.instrs[at]);
                    nop(&mut block.instrs[at + 1]);
                }
                2 => {
                    block.instrs[at].op = Op::RotTwo;
                    nop(&mut block.instrs[at + 1]);
                }
                3 => {
                    block.instrs[at].op = Op::RotThree;
                    block.instrs[at + 1].op = Op::RotTwo;
                }
                _ => {}
            }
            return false;
        }
        if at >= size {
            self.fold_tuple(id, at, size);
        }
        false
    }

    fn fold_tuple(&mut self, id: BlockId, at: usize, size: usize) {
        let loads = &self.block(id).instrs[at - size..at];
        let constant = |load: &Instr| match self.unit.consts.consts.get(load.arg as usize) {
            Some(Const::Value(value)) if load.op == Op::LoadConst => Some(value.clone()),
            _ => None,
        };
        let Some(items) = loads
            .iter()
            .map(constant)
            .collect::<Option<Vec<Constant>>>()
        else {
            return;
        };
        let arg = self.unit.consts.add(Const::Value(Constant::Tuple(items)));
        let block = self.block_mut(id);
        block.instrs[at - size..at].iter_mut().for_each(nop);
        block.instrs[at].op = Op::LoadConst;
        block.instrs[at].arg = arg;
    }

    /// ROT_N by name, and n rotations of n in a row are none.
    fn rotation(&mut self, id: BlockId, at: usize) -> bool {
        let block = self.block_mut(id);
        let places = block.instrs[at].arg as usize;
        match places {
            0 | 1 => {
                nop(&mut block.instrs[at]);
                return false;
            }
            2 => block.instrs[at].op = Op::RotTwo,
            3 => block.instrs[at].op = Op::RotThree,
            4 => block.instrs[at].op = Op::RotFour,
            _ => {}
        }
        if at + 1 >= places {
            let run = &mut block.instrs[at + 1 - places..=at];
            let rotates = |instr: &Instr| match instr.op {
                Op::RotN => instr.arg as usize == places,
                Op::RotTwo => places == 2,
                Op::RotThree => places == 3,
                Op::RotFour => places == 4,
                _ => false,
            };
            if run.iter().all(rotates) {
                run.iter_mut().for_each(nop);
            }
        }
        false
    }

    /// Jumps to jumps on the same line. Says whether the instruction changed and is to be looked at again.
    fn jump_to_jump(&mut self, id: BlockId, at: usize, reached: &Reached) -> bool {
        let op = self.block(id).instrs[at].op;
        let same = match (op, reached.op) {
            (Op::JumpIfFalseOrPop, Op::PopJumpIfFalse) => Op::PopJumpIfFalse,
            (Op::JumpIfTrueOrPop, Op::PopJumpIfTrue) => Op::PopJumpIfTrue,
            (Op::JumpIfFalseOrPop, Op::JumpAbsolute | Op::JumpForward | Op::JumpIfFalseOrPop) => op,
            (Op::JumpIfTrueOrPop, Op::JumpAbsolute | Op::JumpForward | Op::JumpIfTrueOrPop) => op,
            (Op::JumpIfFalseOrPop, Op::JumpIfTrueOrPop | Op::PopJumpIfTrue) => {
                return self.jump_past(id, at, reached, Op::PopJumpIfFalse);
            }
            (Op::JumpIfTrueOrPop, Op::JumpIfFalseOrPop | Op::PopJumpIfFalse) => {
                return self.jump_past(id, at, reached, Op::PopJumpIfTrue);
            }
            (Op::PopJumpIfFalse | Op::PopJumpIfTrue, Op::JumpAbsolute | Op::JumpForward) => op,
            (Op::JumpAbsolute | Op::JumpForward, Op::JumpAbsolute | Op::JumpForward) => {
                Op::JumpAbsolute
            }
            (Op::ForIter, Op::JumpForward) => op,
            _ => return false,
        };
        let instr = &mut self.block_mut(id).instrs[at];
        if instr.line != reached.line || instr.target == reached.target {
            return false;
        }
        instr.op = same;
        instr.target = reached.target;
        true
    }

    /// The test reached fails for sure: go on behind it.
    fn jump_past(&mut self, id: BlockId, at: usize, reached: &Reached, op: Op) -> bool {
        let target = self.block(id).instrs[at].target;
        let behind = target.and_then(|target| self.block(target).next);
        let instr = &mut self.block_mut(id).instrs[at];
        if instr.line != reached.line || behind.is_none() {
            return false;
        }
        instr.op = op;
        instr.target = behind;
        true
    }
}
