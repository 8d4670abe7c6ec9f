//! CPython 3.10's bytecode: the one opcode table, code objects, the one instruction decoder, the disassembler.
//!
//! Knows nothing of trees or of the heap. Start at `opcode.rs`.

pub mod code;
pub mod decode;
pub mod disassemble;
pub mod opcode;
pub mod repr;
