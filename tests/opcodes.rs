//! Verifies the opcode table against CPython 3.10: its rows, their stack effects with and without a jump, and the decoder.
//!
//! `data/stack_effects.txt` was recorded with `dis.stack_effect` of CPython 3.10.13: a line is NAME ARG EFFECT-WITHOUT-JUMP
//! EFFECT-WITH-JUMP, `-` for no argument.

use std::collections::BTreeSet;

use lifetimes::bytecode::decode::{instruction_at, instructions};
use lifetimes::bytecode::opcode::Op;

const RECORDED: &str = include_str!("data/stack_effects.txt");

#[test]
fn stack_effects_are_cpythons() {
    for line in RECORDED.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [name, arg, falls, jumps] = fields[..] else {
            panic!("a line has four fields: {line}")
        };
        let op = Op::ALL
            .iter()
            .find(|op| op.name() == name)
            .expect("a recorded opcode is in the table");
        assert_eq!(op.has_arg(), arg != "-", "{line}");
        let arg = arg.parse().unwrap_or(0);
        assert_eq!(op.stack_effect(arg, false).to_string(), falls, "{line}");
        assert_eq!(op.stack_effect(arg, true).to_string(), jumps, "{line}");
    }
}

#[test]
fn the_table_has_cpythons_opcodes_and_no_others() {
    let recorded: BTreeSet<&str> = RECORDED
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let ours: BTreeSet<&str> = Op::ALL.iter().map(|op| op.name()).collect();
    assert_eq!(ours, recorded);
    assert_eq!(Op::ALL.len(), 127);
    for op in Op::ALL {
        assert_eq!(Op::from_byte(*op as u8), Some(*op));
        assert_eq!(
            op.has_arg(),
            op.effect().contains("{arg}") || op.has_arg(),
            "{}",
            op.name()
        );
    }
}

#[test]
fn the_decoder_takes_prefixes_in() {
    let code = [
        Op::ExtendedArg as u8,
        1,
        Op::ExtendedArg as u8,
        2,
        Op::LoadConst as u8,
        3,
        Op::ReturnValue as u8,
        9,
    ];
    let decoded: Vec<_> = instructions(&code)
        .map(|i| (i.offset, i.op, i.arg))
        .collect();
    assert_eq!(
        decoded,
        [(4, Op::LoadConst, 0x1_0203), (6, Op::ReturnValue, 0)]
    );
    assert_eq!(instruction_at(&code, 4).map(|i| i.arg), Some(0x1_0203));
    assert_eq!(instruction_at(&code, 8), None);
}
