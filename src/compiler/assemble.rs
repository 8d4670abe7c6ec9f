//! Basic blocks to bytes: jump offsets, `EXTENDED_ARG`, the line table, the flags.
//!
//! Knows nothing of constructs. Invariant: relative jumps go forwards. Follows `assemble` of CPython's compiler.

use super::draft::Draft;
use super::flow;
use super::symtable::{Scope, ScopeKind, SymbolTable};
use super::unit::{Instr, NO_LINE, Unit};
use crate::bytecode::code::flags;
use crate::bytecode::opcode::{ArgKind, Op};

/// Finish a unit; with `add_none` it returns None at its end.
pub(super) fn assemble(
    mut unit: Unit,
    symbols: &SymbolTable,
    future_flags: u32,
    add_none: bool,
) -> Draft {
    if !unit.block(unit.current).returns {
        unit.line = NO_LINE;
        if add_none {
            unit.load_none();
        }
        unit.op(Op::ReturnValue);
    }
    let scope = symbols.scope(unit.scope);
    let mut code_flags = scope_flags(scope) | future_flags;
    let generator = if code_flags & flags::COROUTINE != 0 {
        Some(1)
    } else if code_flags & flags::ASYNC_GENERATOR != 0 {
        Some(2)
    } else if code_flags & flags::GENERATOR != 0 {
        Some(0)
    } else {
        None
    };
    flow::optimize(&mut unit, generator);
    let stacksize = flow::stack_depth(&unit, generator.is_some());
    if unit.cellvars.names.is_empty() && unit.freevars.names.is_empty() {
        code_flags |= flags::NOFREE;
    }
    let instrs = resolve_jumps(&mut unit);
    let (code, linetable) = emit(&instrs, unit.firstlineno);
    Draft {
        name: unit.name,
        argcount: unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        stacksize,
        flags: code_flags,
        firstlineno: unit.firstlineno,
        code,
        consts: unit.consts.consts,
        names: unit.names.names,
        varnames: unit.varnames.names,
        freevars: unit.freevars.names,
        cellvars: unit.cellvars.names,
        linetable,
    }
}

/// `compute_code_flags`.
fn scope_flags(scope: &Scope) -> u32 {
    if scope.kind != ScopeKind::Function {
        return 0;
    }
    let mut bits = flags::NEWLOCALS | flags::OPTIMIZED;
    let mut set = |on: bool, flag: u32| {
        if on {
            bits |= flag;
        }
    };
    set(scope.nested, flags::NESTED);
    set(scope.generator && !scope.coroutine, flags::GENERATOR);
    set(!scope.generator && scope.coroutine, flags::COROUTINE);
    set(scope.generator && scope.coroutine, flags::ASYNC_GENERATOR);
    set(scope.varargs, flags::VARARGS);
    set(scope.varkeywords, flags::VARKEYWORDS);
    bits
}

/// Code units an instruction takes with its prefixes.
fn size(arg: u32) -> u32 {
    match arg {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xff_ffff => 3,
        _ => 4,
    }
}

/// `assemble_jump_offsets`: repeat until no jump grows any more. The instructions in their final order.
fn resolve_jumps(unit: &mut Unit) -> Vec<Instr> {
    let order: Vec<_> =
        std::iter::successors(Some(super::unit::BlockId(0)), |id| unit.block(*id).next).collect();
    let mut offsets = vec![0; unit.blocks.len()];
    loop {
        let mut at = 0;
        for id in &order {
            offsets[id.0] = at;
            at += unit
                .block(*id)
                .instrs
                .iter()
                .map(|instr| size(instr.arg))
                .sum::<u32>();
        }
        let mut changed = false;
        for id in &order {
            let mut at = offsets[id.0];
            for instr in &mut unit.block_mut(*id).instrs {
                let before = size(instr.arg);
                at += before;
                let Some(target) = instr.target else { continue };
                let to = offsets[target.0];
                instr.arg = if instr.op.arg_kind() == ArgKind::JumpRelative {
                    to.saturating_sub(at)
                } else {
                    to
                };
                changed |= size(instr.arg) != before;
            }
        }
        if !changed {
            break;
        }
    }
    order
        .iter()
        .flat_map(|id| std::mem::take(&mut unit.block_mut(*id).instrs))
        .collect()
}

/// `co_code` and `co_linetable`.
fn emit(instrs: &[Instr], firstlineno: u32) -> (Vec<u8>, Vec<u8>) {
    let mut code = Vec::new();
    let mut lines = LineTable {
        table: Vec::new(),
        start: 0,
        line: firstlineno as i32,
        before: firstlineno as i32,
    };
    for instr in instrs {
        if instr.line != 0 && instr.line != lines.line {
            lines.range(code.len());
            lines.line = instr.line;
        }
        for prefix in (1..size(instr.arg)).rev() {
            code.extend([Op::ExtendedArg as u8, (instr.arg >> (8 * prefix)) as u8]);
        }
        code.extend([instr.op as u8, instr.arg as u8]);
    }
    lines.range(code.len());
    (code, lines.table)
}

/// PEP 626's line table while it is written.
struct LineTable {
    table: Vec<u8>,
    /// Where the current line's range starts, in bytes.
    start: usize,
    line: i32,
    /// The last line that was written, which deltas count from.
    before: i32,
}

impl LineTable {
    /// `assemble_line_range`: the current line holds up to `end`.
    fn range(&mut self, end: usize) {
        let mut bytes = end - self.start;
        if bytes == 0 {
            return;
        }
        let mut delta = -128;
        if self.line >= 0 {
            delta = self.line - self.before;
            self.before = self.line;
            while delta > 127 {
                self.pair(0, 127);
                delta -= 127;
            }
            while delta < -127 {
                self.pair(0, -127);
                delta += 127;
            }
        }
        while bytes > 254 {
            self.pair(254, delta);
            delta = if self.line < 0 { -128 } else { 0 };
            bytes -= 254;
        }
        self.pair(bytes, delta);
        self.start = end;
    }

    fn pair(&mut self, bytes: usize, delta: i32) {
        self.table.extend([bytes as u8, delta as u8]);
    }
}
