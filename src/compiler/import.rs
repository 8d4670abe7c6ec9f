//! `import` and `from … import`.

use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{int, names};
use crate::syntax::tree::{Alias, Context, Name, Span};

impl Compiler<'_> {
    pub(super) fn import(&mut self, aliases: &[Alias]) -> Result<()> {
        for alias in aliases {
            self.unit().load(int(0));
            self.unit().load_none();
            self.op_name(Op::ImportName, &alias.name);
            match &alias.asname {
                Some(asname) => self.import_as(&alias.name, asname)?,
                None => self.store(alias.name.split('.').next().unwrap_or_default())?,
            }
        }
        Ok(())
    }

    /// `import a.b.c as d` takes `b` from `a` and `c` from `b`.
    fn import_as(&mut self, name: &Name, asname: &Name) -> Result<()> {
        let mut parts = name.split('.').skip(1).peekable();
        let dotted = parts.peek().is_some();
        while let Some(part) = parts.next() {
            let arg = self.unit().names.add(&Name::from(part));
            self.unit().op_arg(Op::ImportFrom, arg);
            if parts.peek().is_some() {
                self.unit().op(Op::RotTwo);
                self.unit().op(Op::PopTop);
            }
        }
        self.name(asname, Context::Store)?;
        if dotted {
            self.unit().op(Op::PopTop);
        }
        Ok(())
    }

    pub(super) fn import_from(
        &mut self,
        module: Option<&Name>,
        aliases: &[Alias],
        level: u32,
        span: Span,
    ) -> Result<()> {
        self.unit().load(int(level as usize));
        if i64::from(span.line) > self.future.line
            && module.is_some_and(|name| &**name == "__future__")
        {
            return self.error("from __future__ imports must occur at the beginning of the file");
        }
        self.unit()
            .load(names(aliases.iter().map(|alias| &alias.name)));
        self.op_name(Op::ImportName, module.unwrap_or(&"".into()));
        if let [Alias { name, .. }] = aliases
            && &**name == "*"
        {
            self.unit().op(Op::ImportStar);
            return Ok(());
        }
        for alias in aliases {
            self.op_name(Op::ImportFrom, &alias.name);
            self.name(alias.asname.as_ref().unwrap_or(&alias.name), Context::Store)?;
        }
        self.unit().op(Op::PopTop);
        Ok(())
    }
}
