//! Calls: of methods, with plain arguments, with keywords, with stars.

use super::collection::TUPLE;
use super::expression::STACK_USE_GUIDELINE;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{names, text};
use crate::syntax::tree::{Context, Expr, ExprKind, Keyword};

impl<'a> Compiler<'a> {
    pub(super) fn call(
        &mut self,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
    ) -> Result<()> {
        let plain = keywords.is_empty() && !args.iter().any(is_starred);
        if let ExprKind::Attribute {
            value,
            attr,
            ctx: Context::Load,
        } = &func.kind
            && plain
            && args.len() < STACK_USE_GUIDELINE
        {
            self.expr(value)?;
            let line = self.unit().line;
            self.unit().line = func.span.end_line as i32;
            self.op_name(Op::LoadMethod, attr);
            self.exprs(args)?;
            self.unit().op_arg(Op::CallMethod, args.len() as u32);
            self.unit().line = line;
            return Ok(());
        }
        self.check_caller(func);
        self.expr(func)?;
        self.call_with(0, args, keywords)
    }

    /// Call what is on the stack below `pushed` arguments that are there already. `compiler_call_helper`.
    pub(super) fn call_with(
        &mut self,
        pushed: usize,
        args: &'a [Expr],
        keywords: &'a [Keyword],
    ) -> Result<()> {
        self.check_keywords(keywords)?;
        let big = args.len() + keywords.len() * 2 > STACK_USE_GUIDELINE;
        if big
            || args.iter().any(is_starred)
            || keywords.iter().any(|keyword| keyword.arg.is_none())
        {
            return self.call_ex(pushed, args, keywords);
        }
        self.exprs(args)?;
        let count = (pushed + args.len() + keywords.len()) as u32;
        if keywords.is_empty() {
            self.unit().op_arg(Op::CallFunction, count);
            return Ok(());
        }
        self.exprs(keywords.iter().map(|keyword| &keyword.value))?;
        self.unit().load(names(
            keywords.iter().filter_map(|keyword| keyword.arg.as_ref()),
        ));
        self.unit().op_arg(Op::CallFunctionKw, count);
        Ok(())
    }

    /// `validate_keywords`.
    fn check_keywords(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        for (at, keyword) in keywords.iter().enumerate() {
            let Some(arg) = &keyword.arg else { continue };
            self.forbid(arg, Context::Store)?;
            if let Some(other) = keywords[at + 1..]
                .iter()
                .find(|other| other.arg.as_ref() == Some(arg))
            {
                return self.error_at(format!("keyword argument repeated: {arg}"), other.span);
            }
        }
        Ok(())
    }

    fn call_ex(&mut self, pushed: usize, args: &'a [Expr], keywords: &'a [Keyword]) -> Result<()> {
        match args {
            [
                Expr {
                    kind: ExprKind::Starred { value, .. },
                    ..
                },
            ] if pushed == 0 => self.expr(value)?,
            _ => self.display(args, pushed, TUPLE)?,
        }
        let mut have_dict = false;
        let mut waiting = 0;
        for (at, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                waiting += 1;
                continue;
            }
            self.merge_keywords(&keywords[at - waiting..at], &mut have_dict)?;
            waiting = 0;
            if !have_dict {
                self.unit().op_arg(Op::BuildMap, 0);
                have_dict = true;
            }
            self.expr(&keyword.value)?;
            self.unit().op_arg(Op::DictMerge, 1);
        }
        self.merge_keywords(&keywords[keywords.len() - waiting..], &mut have_dict)?;
        self.unit()
            .op_arg(Op::CallFunctionEx, u32::from(!keywords.is_empty()));
        Ok(())
    }

    fn merge_keywords(&mut self, keywords: &'a [Keyword], have_dict: &mut bool) -> Result<()> {
        if keywords.is_empty() {
            return Ok(());
        }
        self.sub_keywords(keywords)?;
        if *have_dict {
            self.unit().op_arg(Op::DictMerge, 1);
        }
        *have_dict = true;
        Ok(())
    }

    /// `compiler_subkwargs`.
    fn sub_keywords(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        let count = keywords.len();
        let big = count * 2 > STACK_USE_GUIDELINE;
        if count > 1 && !big {
            self.exprs(keywords.iter().map(|keyword| &keyword.value))?;
            self.unit().load(names(
                keywords.iter().filter_map(|keyword| keyword.arg.as_ref()),
            ));
            self.unit().op_arg(Op::BuildConstKeyMap, count as u32);
            return Ok(());
        }
        if big {
            self.unit().op_arg_no_line(Op::BuildMap, 0);
        }
        for keyword in keywords {
            if let Some(arg) = &keyword.arg {
                self.unit().load(text(arg));
            }
            self.expr(&keyword.value)?;
            if big {
                self.unit().op_arg_no_line(Op::MapAdd, 1);
            }
        }
        if !big {
            self.unit().op_arg(Op::BuildMap, count as u32);
        }
        Ok(())
    }
}

fn is_starred(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Starred { .. })
}
