//! `def`, `async def` and `lambda`.

use super::unit::UnitKind;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{Const, names};
use crate::syntax::tree::{
    Arg, Arguments, Constant, Context, Expr, FunctionDef, Name, ScopeId, Span, docstring,
};

/// Flags of MAKE_FUNCTION.
const HAS_DEFAULTS: u32 = 0x01;
const HAS_KEYWORD_DEFAULTS: u32 = 0x02;
const HAS_ANNOTATIONS: u32 = 0x04;

impl<'a> Compiler<'a> {
    /// `compiler_function`.
    pub(super) fn function(&mut self, def: &'a FunctionDef, span: Span) -> Result<()> {
        self.check_parameters(&def.args)?;
        self.exprs(&def.decorators)?;
        let firstlineno = def
            .decorators
            .first()
            .map_or(span.line, |decorator| decorator.span.line);
        let mut flags = self.defaults(&def.args)?;
        if self.annotations(&def.args, def.returns.as_ref())? {
            flags |= HAS_ANNOTATIONS;
        }
        let kind = if def.is_async {
            UnitKind::AsyncFunction
        } else {
            UnitKind::Function
        };
        self.enter_scope(def.scope, kind, def.name.clone(), firstlineno);
        let doc = if self.optimize < 2 {
            docstring(&def.body)
        } else {
            None
        };
        let first = doc.map_or(Constant::None, |doc| Constant::Str(doc.clone()));
        self.unit().consts.add(Const::Value(first));
        self.count_parameters(&def.args);
        self.stmts(&def.body[usize::from(doc.is_some())..])?;
        let qualname = self.unit().qualname.clone();
        let code = self.leave_scope(true);
        self.closure(code, flags, &qualname);
        for _ in &def.decorators {
            self.unit().op_arg(Op::CallFunction, 1);
        }
        self.name(&def.name, Context::Store)
    }

    /// `compiler_lambda`. Its first constant is None, lest it seem to have a docstring.
    pub(super) fn lambda(
        &mut self,
        scope: ScopeId,
        args: &'a Arguments,
        body: &'a Expr,
        span: Span,
    ) -> Result<()> {
        self.check_parameters(args)?;
        let flags = self.defaults(args)?;
        self.enter_scope(scope, UnitKind::Lambda, "<lambda>".into(), span.line);
        self.unit().consts.add(Const::Value(Constant::None));
        self.count_parameters(args);
        self.expr(body)?;
        let generator = self.scope().generator;
        if !generator {
            self.unit().op(Op::ReturnValue);
        }
        let qualname = self.unit().qualname.clone();
        let code = self.leave_scope(!generator);
        self.closure(code, flags, &qualname);
        Ok(())
    }

    fn count_parameters(&mut self, args: &Arguments) {
        let unit = self.unit();
        unit.posonlyargcount = args.posonlyargs.len() as u32;
        unit.argcount = unit.posonlyargcount + args.args.len() as u32;
        unit.kwonlyargcount = args.kwonlyargs.len() as u32;
    }

    /// `compiler_check_debug_args`.
    fn check_parameters(&mut self, args: &'a Arguments) -> Result<()> {
        let positional = args
            .posonlyargs
            .iter()
            .chain(&args.args)
            .chain(&args.vararg);
        for arg in positional.chain(&args.kwonlyargs).chain(&args.kwarg) {
            self.forbid(&arg.arg, Context::Store)?;
        }
        Ok(())
    }

    /// Push the defaults; the flags say which kinds there are.
    fn defaults(&mut self, args: &'a Arguments) -> Result<u32> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            self.exprs(&args.defaults)?;
            self.unit()
                .op_arg(Op::BuildTuple, args.defaults.len() as u32);
            flags |= HAS_DEFAULTS;
        }
        let mut keys: Vec<Name> = Vec::new();
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                keys.push(self.mangled(&arg.arg));
                self.expr(default)?;
            }
        }
        if !keys.is_empty() {
            self.unit().load(names(&keys));
            self.unit().op_arg(Op::BuildConstKeyMap, keys.len() as u32);
            flags |= HAS_KEYWORD_DEFAULTS;
        }
        Ok(flags)
    }

    /// Push names and annotations as one tuple; says whether there are any.
    fn annotations(&mut self, args: &'a Arguments, returns: Option<&'a Expr>) -> Result<bool> {
        let mut count = 0;
        let positional = args
            .args
            .iter()
            .chain(&args.posonlyargs)
            .chain(&args.vararg);
        for Arg {
            arg, annotation, ..
        } in positional.chain(&args.kwonlyargs).chain(&args.kwarg)
        {
            count += self.named_annotation(arg, annotation.as_ref())?;
        }
        count += self.named_annotation(&"return".into(), returns)?;
        if count > 0 {
            self.unit().op_arg(Op::BuildTuple, count);
        }
        Ok(count > 0)
    }

    fn named_annotation(&mut self, name: &Name, annotation: Option<&'a Expr>) -> Result<u32> {
        let Some(annotation) = annotation else {
            return Ok(0);
        };
        let mangled = self.mangled(name);
        self.load_text(&mangled);
        self.annotation(annotation)?;
        Ok(2)
    }
}
