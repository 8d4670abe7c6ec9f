//! The only instruction decoder: bytes to (offset, opcode, whole argument), `EXTENDED_ARG` taken in.
//!
//! Does not know what arguments refer to. Invariant: the offsets are multiples of 2 and rise; the offset of an instruction
//! with prefixes is that of its own opcode byte, not of its first prefix, as in `dis`.

use crate::bytecode::opcode::{ArgKind, Op};

/// One instruction with its whole argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// In bytes from the start of the code.
    pub offset: usize,
    pub op: Op,
    /// 0 when the opcode takes none.
    pub arg: u32,
}

impl Instruction {
    /// The offset in bytes that a jump goes to, or where a `SETUP_…` sends exceptions.
    pub fn target(&self) -> Option<usize> {
        match self.op.arg_kind() {
            ArgKind::JumpAbsolute => Some(self.arg as usize * 2),
            ArgKind::JumpRelative => Some(self.offset + 2 + self.arg as usize * 2),
            _ => None,
        }
    }
}

/// The instructions of `code`; `EXTENDED_ARG` itself is not among them. Stops at a byte that is no opcode.
pub fn instructions(code: &[u8]) -> impl Iterator<Item = Instruction> + '_ {
    units(code).filter(|unit| unit.op != Op::ExtendedArg)
}

/// The same with each `EXTENDED_ARG`, whose argument is the part of the whole one that is known by then.
pub fn units(code: &[u8]) -> impl Iterator<Item = Instruction> + '_ {
    let mut prefix = 0u32;
    code.chunks_exact(2)
        .enumerate()
        .map_while(move |(at, pair)| {
            let op = Op::from_byte(pair[0])?;
            let arg = if op.has_arg() {
                prefix | u32::from(pair[1])
            } else {
                0
            };
            prefix = if op == Op::ExtendedArg { arg << 8 } else { 0 };
            Some(Instruction {
                offset: at * 2,
                op,
                arg,
            })
        })
}

/// The instruction at a byte offset, as the machine wants it: the prefixes before it are looked up backwards.
pub fn instruction_at(code: &[u8], offset: usize) -> Option<Instruction> {
    let op = Op::from_byte(*code.get(offset)?)?;
    let mut arg = if op.has_arg() {
        u32::from(*code.get(offset + 1)?)
    } else {
        0
    };
    let (mut at, mut shift) = (offset, 8);
    while op.has_arg() && shift < 32 && at >= 2 && code[at - 2] == Op::ExtendedArg as u8 {
        at -= 2;
        arg |= u32::from(code[at + 1]) << shift;
        shift += 8;
    }
    Some(Instruction { offset, op, arg })
}
