//! `_opcode`: stack effects, and the table of instructions from which `opcode` is made.

use super::ModuleSpec;
use crate::bytecode::opcode::{ArgKind, Op};
use crate::heap::Obj;
use crate::vm::args::{kw, pos, pos_opt};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_opcode",
    doc: "Opcode support module.",
    functions: &[
        Method::new("stack_effect", Arity::Keywords, stack_effect)
            .doc("stack_effect($module, opcode, oparg=None, /, *, jump=None)\n--\n\nHow much deeper the stack is afterwards."),
        Method::new("_table", Arity::NoArgs, table),
    ],
    init: |_, _| Ok(()),
};

fn stack_effect(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [pos("opcode"), pos_opt("oparg"), kw("jump")];
    let [opcode, oparg, jump] = vm.unpack("stack_effect", args, &params)?;
    let opcode = vm.index_clamped(opcode, vm.types.overflow_error)?;
    let has_argument = opcode >= 90;
    let given = !oparg.is_null() && oparg != vm.none;
    if has_argument && !given {
        return vm.value_error("stack_effect: opcode requires oparg but oparg was not specified");
    }
    if !has_argument && given {
        return vm
            .value_error("stack_effect: opcode does not permit oparg but oparg was specified");
    }
    let arg = if given {
        vm.index_clamped(oparg, vm.types.overflow_error)? as u32
    } else {
        0
    };
    let jumps: &[bool] = match jump {
        j if j.is_null() || j == vm.none => &[false, true],
        j if j == vm.true_ => &[true],
        j if j == vm.false_ => &[false],
        _ => return vm.value_error("stack_effect: jump must be False, True or None"),
    };
    let Some(op) = u8::try_from(opcode).ok().and_then(Op::from_byte) else {
        return vm.value_error("invalid opcode or oparg");
    };
    let effect = jumps
        .iter()
        .map(|jump| op.stack_effect(arg, *jump))
        .max()
        .unwrap_or(0);
    Ok(vm.new_int(i64::from(effect)))
}

/// (number, name, kind of argument) of each instruction.
fn table(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let rows = Op::ALL.iter().map(|op| {
        let kind = match op.arg_kind() {
            ArgKind::None => "none",
            ArgKind::Raw => "raw",
            ArgKind::Const => "const",
            ArgKind::Name => "name",
            ArgKind::Local => "local",
            ArgKind::Free => "free",
            ArgKind::JumpRelative => "jump relative",
            ArgKind::JumpAbsolute => "jump absolute",
            ArgKind::Compare => "compare",
        };
        let row = vec![
            vm.new_int(*op as i64),
            vm.intern(op.name()),
            vm.intern(kind),
        ];
        vm.new_tuple(row)
    });
    let rows: Vec<Obj> = rows.collect();
    Ok(vm.new_list(rows))
}
