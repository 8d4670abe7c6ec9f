//! Comprehensions and generator expressions: a function of their own, called with the outermost iterator.

use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::syntax::tree::{Comp, CompKind, Comprehension, Expr, ExprKind, Span};

impl<'a> Compiler<'a> {
    /// `compiler_comprehension`.
    pub(super) fn comprehension(&mut self, comp: &'a Comp, span: Span) -> Result<()> {
        let at_top = self.awaits_at_top();
        let in_async = self.scope().coroutine || at_top;
        let (name, build) = match comp.kind {
            CompKind::Generator => ("<genexpr>", None),
            CompKind::List => ("<listcomp>", Some(Op::BuildList)),
            CompKind::Set => ("<setcomp>", Some(Op::BuildSet)),
            CompKind::Dict => ("<dictcomp>", Some(Op::BuildMap)),
        };
        self.enter_scope(comp.scope, UnitKind::Comprehension, name.into(), span.line);
        self.unit().set_location(span);
        let is_async = self.scope().coroutine;
        if is_async && !in_async && comp.kind != CompKind::Generator {
            return self.error("asynchronous comprehension outside of an asynchronous function");
        }
        if let Some(build) = build {
            self.unit().op_arg(build, 0);
        }
        self.unit().argcount = 1;
        self.generator(comp, 0, 0)?;
        if build.is_some() {
            self.unit().op(Op::ReturnValue);
        }
        let qualname = self.unit().qualname.clone();
        let code = self.leave_scope(true);
        if at_top && is_async {
            self.mark_coroutine();
        }
        self.closure(code, 0, &qualname);
        if let Some(outermost) = comp.generators.first() {
            self.expr(&outermost.iter)?;
            self.unit().op(if outermost.is_async {
                Op::GetAiter
            } else {
                Op::GetIter
            });
        }
        self.unit().op_arg(Op::CallFunction, 1);
        if is_async && build.is_some() {
            self.unit().await_top();
        }
        Ok(())
    }

    fn generator(&mut self, comp: &'a Comp, index: usize, depth: u32) -> Result<()> {
        match comp.generators.get(index) {
            Some(generator) if generator.is_async => {
                self.async_generator(comp, generator, index, depth)
            }
            Some(generator) => self.sync_generator(comp, generator, index, depth),
            None => self.element(comp, depth),
        }
    }

    /// `compiler_sync_comprehension_generator`. `for x in [value]` is an assignment, not a loop.
    fn sync_generator(
        &mut self,
        comp: &'a Comp,
        generator: &'a Comprehension,
        index: usize,
        mut depth: u32,
    ) -> Result<()> {
        let unit = self.unit();
        let (start, skip) = (unit.new_block(), unit.new_block());
        let (if_cleanup, anchor) = (unit.new_block(), unit.new_block());
        let mut is_loop = true;
        if index == 0 {
            self.unit().op_arg(Op::LoadFast, 0);
        } else if let Some(only) = single_item(&generator.iter) {
            self.expr(only)?;
            is_loop = false;
        } else {
            self.expr(&generator.iter)?;
            self.unit().op(Op::GetIter);
        }
        if is_loop {
            depth += 1;
            self.unit().use_block(start);
            self.unit().jump(Op::ForIter, anchor);
            self.unit().next_block();
        }
        self.expr(&generator.target)?;
        for test in &generator.ifs {
            self.jump_if(test, if_cleanup, false)?;
            self.unit().next_block();
        }
        self.generator(comp, index + 1, depth)?;
        if index + 1 == comp.generators.len() {
            self.unit().use_block(skip);
        }
        self.unit().use_block(if_cleanup);
        if is_loop {
            self.unit().jump(Op::JumpAbsolute, start);
            self.unit().use_block(anchor);
        }
        Ok(())
    }

    /// `compiler_async_comprehension_generator`.
    fn async_generator(
        &mut self,
        comp: &'a Comp,
        generator: &'a Comprehension,
        index: usize,
        depth: u32,
    ) -> Result<()> {
        let unit = self.unit();
        let (start, except, if_cleanup) = (unit.new_block(), unit.new_block(), unit.new_block());
        if index == 0 {
            self.unit().op_arg(Op::LoadFast, 0);
        } else {
            self.expr(&generator.iter)?;
            self.unit().op(Op::GetAiter);
        }
        self.unit().use_block(start);
        self.next_async_item(except);
        self.expr(&generator.target)?;
        for test in &generator.ifs {
            self.jump_if(test, if_cleanup, false)?;
            self.unit().next_block();
        }
        self.generator(comp, index + 1, depth + 1)?;
        self.unit().use_block(if_cleanup);
        self.unit().jump(Op::JumpAbsolute, start);
        self.unit().use_block(except);
        self.unit().op(Op::EndAsyncFor);
        Ok(())
    }

    /// The innermost part: what is collected or yielded.
    fn element(&mut self, comp: &'a Comp, depth: u32) -> Result<()> {
        self.expr(&comp.elt)?;
        self.exprs(&comp.value)?;
        let unit = self.unit();
        match comp.kind {
            CompKind::Generator => {
                unit.op(Op::YieldValue);
                unit.op(Op::PopTop);
            }
            CompKind::List => unit.op_arg(Op::ListAppend, depth + 1),
            CompKind::Set => unit.op_arg(Op::SetAdd, depth + 1),
            CompKind::Dict => unit.op_arg(Op::MapAdd, depth + 1),
        }
        Ok(())
    }
}

fn single_item(iter: &Expr) -> Option<&Expr> {
    match &iter.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match elts.as_slice() {
            [only] if !matches!(only.kind, ExprKind::Starred { .. }) => Some(only),
            _ => None,
        },
        _ => None,
    }
}
