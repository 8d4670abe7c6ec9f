//! `class`.

use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::text;
use crate::syntax::tree::{ClassDef, Context, Span};

impl<'a> Compiler<'a> {
    /// `compiler_class`: the body becomes a function that `__build_class__` calls.
    pub(super) fn class(&mut self, def: &'a ClassDef, span: Span) -> Result<()> {
        self.exprs(&def.decorators)?;
        let firstlineno = def
            .decorators
            .first()
            .map_or(span.line, |decorator| decorator.span.line);
        self.enter_scope(def.scope, UnitKind::Class, def.name.clone(), firstlineno);
        self.unit().private = Some(def.name.clone());
        self.load("__name__")?;
        self.store("__module__")?;
        let qualname = self.unit().qualname.clone();
        self.unit().load(text(&qualname));
        self.store("__qualname__")?;
        self.body(&def.body)?;
        self.unit().set_no_line();
        if self.scope().needs_class_closure {
            let cell = self.unit().cellvars.get("__class__").unwrap_or_default();
            self.unit().op_arg(Op::LoadClosure, cell);
            self.unit().op(Op::DupTop);
            self.store("__classcell__")?;
        } else {
            self.unit().load_none();
        }
        self.unit().op(Op::ReturnValue);
        let code = self.leave_scope(true);

        self.unit().op(Op::LoadBuildClass);
        self.closure(code, 0, &def.name);
        self.unit().load(text(&def.name));
        self.call_with(2, &def.bases, &def.keywords)?;
        for _ in &def.decorators {
            self.unit().op_arg(Op::CallFunction, 1);
        }
        self.name(&def.name, Context::Store)
    }
}
