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
            | Op::BinaryLshift
            | Op::InplaceLshift
            | Op::BinaryRshift
            | Op::InplaceRshift
    )
}

/// The forms of one fused shape for addition, subtraction, multiplication, and for any operator.
struct Arith([Op; 4]);

impl Arith {
    fn of(&self, op: Op) -> Op {
        self.0[match op {
            Op::BinaryAdd | Op::InplaceAdd => 0,
            Op::BinarySubtract | Op::InplaceSubtract => 1,
            Op::BinaryMultiply | Op::InplaceMultiply => 2,
            _ => 3,
        }]
    }
}

const FAST_FAST: Arith = Arith([
    Op::FastFastAdd,
    Op::FastFastSubtract,
    Op::FastFastMultiply,
    Op::FastFastArith,
]);
const FAST_CONST: Arith = Arith([
    Op::FastConstAdd,
    Op::FastConstSubtract,
    Op::FastConstMultiply,
    Op::FastConstArith,
]);
const FAST: Arith = Arith([
    Op::FastAdd,
    Op::FastSubtract,
    Op::FastMultiply,
    Op::FastArith,
]);
const CONST: Arith = Arith([
    Op::ConstAdd,
    Op::ConstSubtract,
    Op::ConstMultiply,
    Op::ConstArith,
]);
const STORE_FAST: Arith = Arith([
    Op::AddStoreFast,
    Op::SubtractStoreFast,
    Op::MultiplyStoreFast,
    Op::ArithStoreFast,
]);

/// How two numbers lie to each other: one bit of a comparison's mask.
pub const LESS: u32 = 1;
pub const EQUAL: u32 = 2;
pub const GREATER: u32 = 4;
/// One is a NaN.
pub const UNORDERED: u32 = 8;
const ALL: u32 = LESS | EQUAL | GREATER | UNORDERED;

/// In `y` of a comparison and conditional jump: above this the mask of those that jump, below it the target.
pub const MASK_AT: u32 = 28;

/// For which outcomes a comparison (`COMPARE_OP`'s argument) is true.
pub fn compare_mask(op: u32) -> u32 {
    match op {
        0 => LESS,
        1 => LESS | EQUAL,
        2 => EQUAL,
        3 => ALL & !EQUAL,
        4 => GREATER,
        _ => GREATER | EQUAL,
    }
}

/// `y` of a comparison and the conditional jump behind it; none if the target is too far away.
fn compare_and_jump(compare: &Ins, jump: &Ins) -> Option<u32> {
    let mask = match jump.op {
        Op::PopJumpIfTrue => compare_mask(compare.arg),
        _ => ALL & !compare_mask(compare.arg),
    };
    (jump.arg < 1 << MASK_AT).then_some(mask << MASK_AT | jump.arg)
}

/// In `y` of a form that ends in a conditional jump: it jumps if the condition holds. Below it is the target.
pub const JUMP_IF_TRUE: u32 = 1 << 31;

/// Fills in the fused form of every instruction that has one, from the last to the first.
pub fn fuse(ins: &mut [Ins]) {
    for i in (0..ins.len()).rev() {
        if let Some((fused, x, y)) = fused_at(&ins[i..]) {
            ins[i].fused = fused;
            ins[i].x = x;
            ins[i].y = y;
        }
    }
}

fn is_conditional_jump(op: Op) -> bool {
    matches!(op, Op::PopJumpIfFalse | Op::PopJumpIfTrue)
}

fn is_jump(op: Op) -> bool {
    matches!(op, Op::JumpAbsolute | Op::JumpForward)
}

/// The fused form for the beginning of a stretch, with its operands; their meaning is `run.rs`'s. What follows is fused already.
fn fused_at(ins: &[Ins]) -> Option<(Op, u16, u32)> {
    let op = |k: usize| ins.get(k).map_or(Op::Nop, |i| i.op);
    let arg = |k: usize| ins[k].arg;
    let small = |k: usize| u16::try_from(ins[k].arg).ok();
    let plain = |k: usize| ins.get(k).is_none_or(|i| i.fused == i.op);
    let jump = |k: usize| match ins[k].op {
        Op::PopJumpIfTrue => arg(k) | JUMP_IF_TRUE,
        _ => arg(k),
    };
    Some(match (op(0), op(1), op(2), op(3)) {
        (Op::LoadFast, Op::LoadConst, Op::CompareOp, j) if is_conditional_jump(j) => (
            Op::FastConstCompareJump,
            small(1)?,
            compare_and_jump(&ins[2], &ins[3])?,
        ),
        (Op::LoadFast, Op::LoadFast, Op::CompareOp, j) if is_conditional_jump(j) => (
            Op::FastFastCompareJump,
            small(1)?,
            compare_and_jump(&ins[2], &ins[3])?,
        ),
        (Op::LoadFast, Op::LoadConst, Op::IsOp, j) if is_conditional_jump(j) => {
            // `is not` is the other jump.
            let inverted = if arg(2) != 0 { JUMP_IF_TRUE } else { 0 };
            (Op::FastConstIsJump, small(1)?, jump(3) ^ inverted)
        }
        (Op::LoadFast, Op::LoadConst, b, _) if is_arith(b) => (FAST_CONST.of(b), small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, b, _) if is_arith(b) => (FAST_FAST.of(b), small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, Op::BinarySubscr, _) => (Op::FastFastSubscr, small(1)?, 0),
        (Op::LoadDeref, Op::LoadFast, Op::BinarySubscr, _) => (Op::DerefFastSubscr, small(1)?, 0),
        (Op::LoadFast, Op::LoadConst, Op::BinarySubscr, _) => (Op::FastConstSubscr, small(1)?, 0),
        (Op::LoadFast, Op::LoadFast, Op::StoreSubscr, _) => (Op::FastFastStoreSubscr, small(1)?, 0),
        (Op::LoadFast, Op::LoadConst, Op::StoreSubscr, _) => {
            (Op::FastConstStoreSubscr, small(1)?, 0)
        }
        (Op::LoadFast, Op::LoadFast, Op::StoreAttr, _) => (Op::FastFastStoreAttr, small(1)?, 0),
        (a, Op::StoreFast, ..) if is_arith(a) => (STORE_FAST.of(a), small(1)?, 0),
        (Op::LoadFast, b, ..) if is_arith(b) => (FAST.of(b), 0, 0),
        (Op::LoadConst, b, ..) if is_arith(b) => (CONST.of(b), 0, 0),
        (Op::CompareOp, j, ..) if is_conditional_jump(j) => {
            (Op::CompareJump, 0, compare_and_jump(&ins[0], &ins[1])?)
        }
        (Op::IsOp, j, ..) if is_conditional_jump(j) => (Op::IsJump, 0, jump(1)),
        (Op::ContainsOp, j, ..) if is_conditional_jump(j) => (Op::ContainsJump, 0, jump(1)),
        (Op::LoadFast, j, ..) if is_conditional_jump(j) => (Op::FastJump, 0, jump(1)),
        (Op::LoadFast, Op::LoadAttr, ..) => (Op::FastAttr, 0, arg(1)),
        (Op::LoadFast, Op::LoadMethod, ..) => (Op::FastMethod, 0, arg(1)),
        (Op::LoadFast, Op::StoreAttr, ..) => (Op::FastStoreAttr, 0, arg(1)),
        (Op::ForIter, Op::StoreFast, ..) => (Op::ForStoreFast, small(1)?, 0),
        (Op::ListAppend, j, ..) if is_jump(j) => (Op::AppendJump, 0, arg(1)),
        (Op::StoreFast, j, ..) if is_jump(j) => (Op::StoreJump, 0, arg(1)),
        (Op::PopTop, j, ..) if is_jump(j) => (Op::PopTopJump, 0, arg(1)),
        // Pairs, unless the second begins something longer.
        (Op::LoadFast, Op::LoadFast, ..) if plain(1) || ins[1].fused == Op::FastFast => {
            (Op::FastFast, small(1)?, 0)
        }
        (Op::LoadGlobal, Op::LoadFast, ..) if plain(1) => (Op::GlobalFast, small(1)?, 0),
        (Op::StoreFast, Op::LoadFast, ..) if plain(1) => (Op::StoreLoad, small(1)?, 0),
        (Op::StoreFast, Op::StoreFast, ..) if plain(1) => (Op::StoreStore, small(1)?, 0),
        _ => return None,
    })
}
