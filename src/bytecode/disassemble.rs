//! Code objects as text: the raw form that is compared with CPython's, and the form that `python -m dis` prints.
//!
//! Invariant: both go through `decode::instructions` or the bytes themselves, and print nested code objects after their
//! owner, in the order of its constants.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::bytecode::code::{CodeObject, Constant};
use crate::bytecode::decode::{self, Instruction};
use crate::bytecode::opcode::{ArgKind, COMPARE_OPS, Op};
use crate::bytecode::repr::{self, Charset};

/// The raw listing: a head line, the tables of names, the constants, then `LINE OFFSET OPNAME ARG` a code unit.
pub fn raw(code: &CodeObject) -> String {
    let mut out = String::new();
    raw_into(code, &mut out);
    out
}

fn raw_into(code: &CodeObject, out: &mut String) {
    write_head(code, out).expect("writing to a String cannot fail");
    for (index, value) in code.consts.iter().enumerate() {
        let text = repr::constant(value, Charset::Ascii);
        writeln!(out, "const {index} {text}").expect("writing to a String cannot fail");
    }
    let lines = code.lines();
    for (index, pair) in code.code.chunks_exact(2).enumerate() {
        write_unit(lines.get(index).copied().flatten(), index * 2, pair, out);
    }
    for nested in nested(code) {
        raw_into(nested, out);
    }
}

fn write_head(code: &CodeObject, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "code {} argcount={} posonly={} kwonly={} stacksize={} flags={} firstline={}",
        code.name,
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.stacksize,
        code.flags,
        code.firstlineno
    )?;
    let tables = [
        ("names", &code.names),
        ("varnames", &code.varnames),
        ("freevars", &code.freevars),
        ("cellvars", &code.cellvars),
    ];
    for (title, names) in tables {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            writeln!(out, "{title}: {}", names.join(" "))?;
        }
    }
    Ok(())
}

fn write_unit(line: Option<u32>, offset: usize, pair: &[u8], out: &mut String) {
    let name = Op::from_byte(pair[0]).map_or("<unknown>", Op::name);
    let line = line.map_or_else(|| "-".to_string(), |line| line.to_string());
    let _ = write!(out, "{line} {offset} {name}");
    if Op::from_byte(pair[0]).is_none_or(Op::has_arg) {
        let _ = write!(out, " {}", pair[1]);
    }
    out.push('\n');
}

/// The code objects among the constants, in order.
pub fn nested(code: &CodeObject) -> impl Iterator<Item = &CodeObject> {
    code.consts.iter().filter_map(|value| match value {
        Constant::Code(nested) => Some(&**nested),
        _ => None,
    })
}

/// The listing for people: line, jump mark, offset, opcode, argument and what the argument means.
pub fn human(code: &CodeObject) -> String {
    let mut out = String::new();
    human_one(code, &mut out);
    let mut rest: Vec<&CodeObject> = nested(code).collect();
    rest.reverse();
    while let Some(code) = rest.pop() {
        let _ = write!(out, "\nDisassembly of {}:\n", code_repr(code));
        human_one(code, &mut out);
        let inner: Vec<&CodeObject> = nested(code).collect();
        rest.extend(inner.into_iter().rev());
    }
    out
}

fn human_one(code: &CodeObject, out: &mut String) {
    let lines = code.lines();
    let targets: BTreeSet<usize> = decode::instructions(&code.code)
        .filter_map(|i| i.target())
        .collect();
    let widest = lines
        .iter()
        .flatten()
        .max()
        .map_or(0, |line| line.to_string().len())
        .max(3);
    let offsets = (code.code.len().saturating_sub(2)).to_string().len().max(4);
    let mut last = None;
    for instruction in decode::units(&code.code) {
        let line = lines.get(instruction.offset / 2).copied().flatten();
        let starts = line.is_some() && line != last;
        if starts && instruction.offset > 0 {
            out.push('\n');
        }
        last = line.or(last);
        let shown = if starts {
            line.map(|n| n.to_string()).unwrap_or_default()
        } else {
            String::new()
        };
        let mark = if targets.contains(&instruction.offset) {
            ">>"
        } else {
            "  "
        };
        let name = instruction.op.name();
        let mut text = format!(
            "{shown:>widest$}     {mark} {:>offsets$} {name:<20}",
            instruction.offset
        );
        if instruction.op.has_arg() {
            let _ = write!(text, " {:>5}", instruction.arg);
            let meaning = argument(code, &instruction);
            if !meaning.is_empty() {
                let _ = write!(text, " ({meaning})");
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

/// What the argument of an instruction refers to, as `dis` words it; empty where the number says it all.
pub fn argument(code: &CodeObject, instruction: &Instruction) -> String {
    let arg = instruction.arg as usize;
    let name = |table: &[std::rc::Rc<str>], at: usize| {
        table.get(at).map(|n| n.to_string()).unwrap_or_default()
    };
    match instruction.op.arg_kind() {
        ArgKind::Const => code
            .consts
            .get(arg)
            .map_or_else(String::new, |value| match value {
                Constant::Code(nested) => code_repr(nested),
                value => repr::constant(value, Charset::Printable),
            }),
        ArgKind::Name => name(&code.names, arg),
        ArgKind::Local => name(&code.varnames, arg),
        ArgKind::Free if arg < code.cellvars.len() => name(&code.cellvars, arg),
        ArgKind::Free => name(&code.freevars, arg - code.cellvars.len()),
        ArgKind::Compare => COMPARE_OPS
            .get(arg)
            .map_or_else(String::new, |op| op.to_string()),
        ArgKind::JumpRelative | ArgKind::JumpAbsolute => instruction
            .target()
            .map_or_else(String::new, |target| format!("to {target}")),
        ArgKind::Raw | ArgKind::None => flags_meaning(instruction),
    }
}

fn flags_meaning(instruction: &Instruction) -> String {
    match instruction.op {
        Op::FormatValue => {
            let conversion = ["", "str", "repr", "ascii"][(instruction.arg & 3) as usize];
            let with = if instruction.arg & 4 != 0 {
                "with format"
            } else {
                ""
            };
            [conversion, with]
                .into_iter()
                .filter(|s| !s.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        }
        Op::MakeFunction => {
            let parts = ["defaults", "kwdefaults", "annotations", "closure"];
            let on = parts
                .iter()
                .enumerate()
                .filter(|(i, _)| instruction.arg & (1 << i) != 0);
            on.map(|(_, part)| *part).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// A code object as `repr` words it, without the address, which belongs to a heap.
fn code_repr(code: &CodeObject) -> String {
    format!(
        "<code object {}, file \"{}\", line {}>",
        code.name, code.filename, code.firstlineno
    )
}
