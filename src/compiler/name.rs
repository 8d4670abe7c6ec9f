//! Loading, storing and deleting names; closures.

use super::symtable::{Binding, ScopeKind, mangle};
use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{Const, text};
use crate::compiler::draft::Draft;
use crate::syntax::tree::{Context, Name};

/// The opcodes for load, store and delete of one kind of variable.
const FAST: [Op; 3] = [Op::LoadFast, Op::StoreFast, Op::DeleteFast];
const GLOBAL: [Op; 3] = [Op::LoadGlobal, Op::StoreGlobal, Op::DeleteGlobal];
const NAME: [Op; 3] = [Op::LoadName, Op::StoreName, Op::DeleteName];
const DEREF: [Op; 3] = [Op::LoadDeref, Op::StoreDeref, Op::DeleteDeref];

fn choose(ops: [Op; 3], ctx: Context) -> Op {
    match ctx {
        Context::Load => ops[0],
        Context::Store => ops[1],
        Context::Del => ops[2],
    }
}

impl Compiler<'_> {
    /// `compiler_nameop`.
    pub(super) fn name(&mut self, name: &Name, ctx: Context) -> Result<()> {
        self.forbid(name, ctx)?;
        let mangled = self.mangled(name);
        let kind = self.scope().kind;
        let binding = self.scope().binding(&mangled);
        let is_function = kind == ScopeKind::Function;
        let unit = self.unit();
        let (op, arg) = match binding {
            Some(Binding::Free | Binding::Cell) => {
                let op = if ctx == Context::Load && kind == ScopeKind::Class {
                    Op::LoadClassderef
                } else {
                    choose(DEREF, ctx)
                };
                let arg = if binding == Some(Binding::Cell) {
                    unit.cellvars.add(&mangled)
                } else {
                    unit.freevars.add(&mangled) + unit.cellvars.names.len() as u32
                };
                (op, arg)
            }
            Some(Binding::Local) if is_function => (choose(FAST, ctx), unit.varnames.add(&mangled)),
            Some(Binding::GlobalImplicit) if is_function => {
                (choose(GLOBAL, ctx), unit.names.add(&mangled))
            }
            Some(Binding::GlobalExplicit) => (choose(GLOBAL, ctx), unit.names.add(&mangled)),
            _ => (choose(NAME, ctx), unit.names.add(&mangled)),
        };
        unit.op_arg(op, arg);
        Ok(())
    }

    pub(super) fn load(&mut self, name: &str) -> Result<()> {
        self.name(&Name::from(name), Context::Load)
    }

    pub(super) fn store(&mut self, name: &str) -> Result<()> {
        self.name(&Name::from(name), Context::Store)
    }

    pub(super) fn mangled(&mut self, name: &Name) -> Name {
        mangle(self.unit().private.as_ref(), name)
    }

    /// An instruction on a (mangled) name of `names`, such as an attribute.
    pub(super) fn op_name(&mut self, op: Op, name: &Name) {
        let mangled = self.mangled(name);
        let arg = self.unit().names.add(&mangled);
        self.unit().op_arg(op, arg);
    }

    /// `forbidden_name`: nobody assigns to `__debug__`.
    pub(super) fn forbid(&mut self, name: &Name, ctx: Context) -> Result<()> {
        match ctx {
            Context::Store if &**name == "__debug__" => self.error("cannot assign to __debug__"),
            Context::Del if &**name == "__debug__" => self.error("cannot delete __debug__"),
            _ => Ok(()),
        }
    }

    /// Make a function of `code`: `compiler_make_closure`.
    pub(super) fn closure(&mut self, code: Draft, mut flags: u32, qualname: &str) {
        if !code.freevars.is_empty() {
            for name in &code.freevars {
                let is_class_cell = self.unit().kind == UnitKind::Class && &**name == "__class__";
                let is_cell = is_class_cell || self.scope().binding(name) == Some(Binding::Cell);
                let unit = self.unit();
                let cells = unit.cellvars.names.len() as u32;
                let arg = if is_cell {
                    unit.cellvars.get(name)
                } else {
                    unit.freevars.get(name).map(|at| at + cells)
                };
                let arg = arg.expect("the symbol table passed every free variable down");
                unit.op_arg(Op::LoadClosure, arg);
            }
            flags |= 0x08;
            self.unit()
                .op_arg(Op::BuildTuple, code.freevars.len() as u32);
        }
        let unit = self.unit();
        let arg = unit.consts.add(Const::Code(Box::new(code)));
        unit.op_arg(Op::LoadConst, arg);
        unit.load(text(qualname));
        unit.op_arg(Op::MakeFunction, flags);
    }
}
