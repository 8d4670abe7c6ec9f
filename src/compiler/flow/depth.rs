//! How deep the stack gets.

use crate::bytecode::opcode::Op;
use crate::compiler::unit::{BlockId, Unit};

/// `stackdepth`: the deepest way through the blocks; loops are assumed to be neutral. A generator starts with one entry.
pub(in crate::compiler) fn stack_depth(unit: &Unit, generator: bool) -> u32 {
    let mut start: Vec<Option<i32>> = vec![None; unit.blocks.len()];
    let mut waiting = Vec::new();
    let mut deepest = 0;
    push(&mut start, &mut waiting, BlockId(0), i32::from(generator));
    while let Some(id) = waiting.pop() {
        let mut depth = start[id.0].unwrap_or(0);
        let block = unit.block(id);
        let mut next = block.next;
        for instr in &block.instrs {
            let after = depth + instr.op.stack_effect(instr.arg, false);
            deepest = deepest.max(after);
            if let Some(target) = instr.target {
                let there = depth + instr.op.stack_effect(instr.arg, true);
                deepest = deepest.max(there);
                push(&mut start, &mut waiting, target, there);
            }
            depth = after;
            let ends = matches!(
                instr.op,
                Op::JumpAbsolute
                    | Op::JumpForward
                    | Op::ReturnValue
                    | Op::RaiseVarargs
                    | Op::Reraise
            );
            if ends {
                next = None;
                break;
            }
        }
        if let Some(next) = next {
            push(&mut start, &mut waiting, next, depth);
        }
    }
    u32::try_from(deepest).unwrap_or(0)
}

/// `stackdepth_push`, with its odd limit of 100.
fn push(start: &mut [Option<i32>], waiting: &mut Vec<BlockId>, id: BlockId, depth: i32) {
    let known = start[id.0].unwrap_or(i32::MIN);
    if known < depth && known < 100 {
        start[id.0] = Some(depth);
        waiting.push(id);
    }
}
