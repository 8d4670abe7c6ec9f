//! The instructions of the line about to run, as `dis` would name them.
//!
//! Knows nothing of the heap. Invariant: rows are in code order, at most one is `next`.

use std::collections::BTreeSet;

use super::sight::Sight;
use super::{safe, value};
use crate::bytecode::opcode::{ArgKind, COMPARE_OPS};
use crate::heap::Obj;
use crate::heap::payload::Code;
use crate::heap::payload::code::Ins;
use crate::vm::Machine;

/// Instructions shown of what follows the line.
const FOLLOWING: usize = 2;
const ARGUMENT_AT_MOST: usize = 40;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BytecodeView {
    /// The line the instructions belong to.
    pub line: Option<u32>,
    pub function: String,
    pub rows: Vec<BytecodeRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BytecodeRow {
    /// In bytes, as `dis` prints it.
    pub offset: u32,
    pub opcode: String,
    /// `jane`, `1 ('Jane')`, `to 42`: empty if the instruction has no argument.
    pub argument: String,
    /// This one runs next.
    pub next: bool,
    pub jump_target: bool,
    /// Set where the row belongs to another line than the view's.
    pub other_line: Option<u32>,
    /// What the instruction does, from the opcode table.
    pub effect: String,
}

/// The instructions of the line that the innermost frame is at; of a file not the script's too.
pub fn of(sight: &Sight) -> BytecodeView {
    let vm = sight.vm;
    let Some(top) = sight.session.shown_frame() else {
        return BytecodeView::default();
    };
    let frame = &vm.frames[top];
    let (code, here) = (&frame.code, vm.frame_pc(top) as usize);
    let line = code.line(here as u32);
    let targets: BTreeSet<u32> = code
        .ins
        .iter()
        .filter(|i| i.op.is_jump())
        .map(|i| i.arg)
        .collect();
    let of_line = |pc: usize| code.line(pc as u32) == line;
    let mut first = here;
    while first > 0 && of_line(first - 1) {
        first -= 1;
    }
    let last = (here..code.ins.len())
        .take_while(|pc| of_line(*pc))
        .last()
        .unwrap_or(here);
    let until = (last + 1 + FOLLOWING).min(code.ins.len());
    let row = |pc: usize| {
        let ins = &code.ins[pc];
        let argument = argument(vm, code, ins);
        BytecodeRow {
            offset: pc as u32 * 2,
            opcode: ins.op.name().to_owned(),
            effect: ins.op.effect().replace("{arg}", &argument),
            argument,
            next: pc == here,
            jump_target: targets.contains(&(pc as u32)),
            other_line: Some(code.line(pc as u32)).filter(|l| *l != line && *l > 0),
        }
    };
    BytecodeView {
        line: Some(line).filter(|line| *line > 0),
        function: safe::one_line(code.name()),
        rows: (first..until).map(row).collect(),
    }
}

/// What the argument refers to, as `dis` writes it in brackets.
fn argument(vm: &Machine, code: &Code, ins: &Ins) -> String {
    let at = ins.arg as usize;
    let name = |names: &[Obj], at: usize| names.get(at).map_or_else(String::new, |o| vm.text(*o));
    let text = match ins.op.arg_kind() {
        ArgKind::None => String::new(),
        ArgKind::Raw => ins.arg.to_string(),
        ArgKind::Const => code
            .consts
            .get(at)
            .map_or_else(String::new, |o| value::brief(vm, *o)),
        ArgKind::Name => name(&code.names, at),
        ArgKind::Local => name(&code.varnames, at),
        ArgKind::Free if at < code.cellvars.len() => name(&code.cellvars, at),
        ArgKind::Free => name(&code.freevars, at - code.cellvars.len()),
        ArgKind::JumpRelative | ArgKind::JumpAbsolute => format!("to {}", at * 2),
        ArgKind::Compare => COMPARE_OPS
            .get(at)
            .map_or_else(String::new, |op| (*op).to_owned()),
    };
    safe::cut(&safe::one_line(&text), ARGUMENT_AT_MOST)
}
