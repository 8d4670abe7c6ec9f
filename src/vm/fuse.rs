//! Fused instructions: pairs and triples that occur often, done in one dispatch when nobody observes.
//!
//! A fused form counts as many steps as the instructions it stands for and leaves the same state behind; where it cannot
//! (an unbound local, operands that are no ints, a cache that does not apply) it does only the first of them, and the rest follow
//! as they stand. It skips a count up and down only where no Python code can run between.

use crate::bytecode::opcode::Op;
use crate::heap::payload::code::Ins;

fn is_arith(op: Op) -> bool {
    matches!(
        op,
        Op::BinaryAdd
            | Op::InplaceAdd
            | Op::BinarySubtract
            | Op::InplaceSubtract
            | Op::BinaryMultiply
            | Op::InplaceMultiply
            | Op::BinaryModulo
            | Op::InplaceModulo
            | Op::BinaryFloorDivide
            | Op::InplaceFloorDivide
            | Op::BinaryTrueDivide
            | Op::InplaceTrueDivide
            | Op::BinaryAnd
            | Op::InplaceAnd
            | Op::BinaryOr
            | Op::InplaceOr
            | Op::BinaryXor
            | Op::InplaceXor
    )
}

/// Fills in the fused form of every instruction that has one.
pub fn fuse(ins: &mut [Ins]) {
    for i in 0..ins.len() {
        if let Some((fused, x, y)) = fused_at(&ins[i..]) {
            ins[i].fused = fused;
            ins[i].x = x;
            ins[i].y = y;
        }
    }
}

/// The fused form for the beginning of a stretch, with its operands; their meaning is `run.rs`'s.
fn fused_at(ins: &[Ins]) -> Option<(Op, u16, u32)> {
    let op = |k: usize| ins.get(k).map_or(Op::Nop, |i| i.op);
    let arg = |k: usize| ins[k].arg;
    let small = |k: usize| u16::try_from(ins[k].arg).ok();
    Some(match (op(0), op(1), op(2), op(3)) {
        (Op::LoadFast, Op::LoadConst, Op::CompareOp, Op::PopJumpIfFalse) => {
            (Op::FastConstCompareJump, small(1)?, arg(3))
        }
        (Op::LoadFast, Op::LoadFast, Op::CompareOp, Op::PopJumpIfFalse) => {
            (Op::FastFastCompareJump, small(1)?, arg(3))
        }
        (Op::LoadFast, Op::LoadConst, b, _) if is_arith(b) => (Op::FastConstArith, small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, b, _) if is_arith(b) => (Op::FastFastArith, small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, Op::BinarySubscr, _) => (Op::FastFastSubscr, small(1)?, 0),
        (Op::LoadFast, Op::LoadConst, Op::BinarySubscr, _) => (Op::FastConstSubscr, small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, Op::StoreAttr, _) => (Op::FastFastStoreAttr, small(1)?, 0),
        (a, Op::StoreFast, ..) if is_arith(a) => (Op::ArithStoreFast, small(1)?, 0),
        (Op::CompareOp, Op::PopJumpIfFalse, ..) => (Op::CompareJump, 0, arg(1)),
        (Op::LoadFast, Op::LoadAttr, ..) => (Op::FastAttr, 0, arg(1)),
        (Op::LoadFast, Op::LoadMethod, ..) => (Op::FastMethod, 0, arg(1)),
        (Op::LoadFast, Op::StoreAttr, ..) => (Op::FastStoreAttr, 0, arg(1)),
        (Op::ForIter, Op::StoreFast, ..) => (Op::ForStoreFast, small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, c, _)
            if !matches!(c, Op::LoadMethod | Op::LoadAttr | Op::LoadConst) =>
        {
            (Op::FastFast, small(1)?, 0)
        }
        _ => return None,
    })
}
