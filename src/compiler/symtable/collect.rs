//! First step: what each scope does with each name.
//!
//! Follows the order in which CPython visits, which decides the error that is reported first.

use super::{Scope, ScopeKind, SymbolTable, mangle, seen};
use crate::compiler::error::Result;
use crate::syntax::tree::{
    Arguments, ClassDef, Constant, Context, Expr, ExprKind, FunctionDef, Module, Name, Pattern,
    PatternKind, ScopeId, Span, Stmt, StmtKind,
};
use crate::syntax::{ErrorKind, Source};

pub(super) fn collect(
    module: &Module,
    source: &Source,
    scopes: u32,
    future_annotations: bool,
) -> Result<SymbolTable> {
    let mut collector = Collector {
        source,
        table: SymbolTable {
            scopes: Vec::new(),
            by_id: vec![0; scopes as usize],
        },
        stack: Vec::new(),
        private: None,
        future_annotations,
    };
    collector.enter(ScopeKind::Module, Some(ScopeId(0)), Span::default());
    match module {
        Module::Module(body) | Module::Interactive(body) => collector.body(body)?,
        Module::Expression(body) => collector.expr(body)?,
    }
    Ok(collector.table)
}

pub(super) struct Collector<'a> {
    source: &'a Source,
    table: SymbolTable,
    /// The scopes around the current place, the current one last.
    pub(super) stack: Vec<usize>,
    /// The class whose private names are mangled.
    private: Option<Name>,
    future_annotations: bool,
}

impl Collector<'_> {
    pub(super) fn current(&mut self) -> &mut Scope {
        let at = *self
            .stack
            .last()
            .expect("the module's scope stays on the stack");
        &mut self.table.scopes[at]
    }

    pub(super) fn scope_at(&mut self, at: usize) -> &mut Scope {
        &mut self.table.scopes[at]
    }

    pub(super) fn enter(&mut self, kind: ScopeKind, id: Option<ScopeId>, span: Span) {
        let at = self.table.scopes.len();
        let mut scope = Scope::new(kind, span);
        if let Some(parent) = self.stack.last().copied() {
            let parent = &mut self.table.scopes[parent];
            scope.nested = parent.nested || parent.kind == ScopeKind::Function;
            scope.comp_iter_expr = parent.comp_iter_expr;
            if kind != ScopeKind::Annotation {
                parent.children.push(at);
            }
        }
        if let Some(id) = id {
            self.table.by_id[id.0 as usize] = at;
        }
        self.table.scopes.push(scope);
        self.stack.push(at);
    }

    pub(super) fn leave(&mut self) {
        self.stack.pop();
    }

    pub(super) fn error<T>(&self, message: impl Into<String>, span: Span) -> Result<T> {
        Err(self
            .source
            .byte_error(ErrorKind::SyntaxError, message, span)
            .into())
    }

    pub(super) fn seen(&mut self, at: usize, name: &Name) -> u16 {
        let mangled = mangle(self.private.as_ref(), name);
        self.table.scopes[at]
            .symbols
            .get(&mangled)
            .map_or(0, |symbol| symbol.seen)
    }

    pub(super) fn add(&mut self, name: &Name, flag: u16, span: Span) -> Result<()> {
        let at = *self
            .stack
            .last()
            .expect("the module's scope stays on the stack");
        self.add_to(at, name, flag, span)
    }

    /// `symtable_add_def_helper`.
    pub(super) fn add_to(&mut self, at: usize, name: &Name, flag: u16, span: Span) -> Result<()> {
        let mangled = mangle(self.private.as_ref(), name);
        let scope = &mut self.table.scopes[at];
        let known = scope.symbols.get(&mangled).map_or(0, |symbol| symbol.seen);
        if flag & known & seen::PARAM != 0 {
            return self.error(
                format!("duplicate argument '{mangled}' in function definition"),
                span,
            );
        }
        let mut flags = known | flag;
        if scope.comp_iter_target {
            if flags & (seen::GLOBAL | seen::NONLOCAL) != 0 {
                let message = format!(
                    "comprehension inner loop cannot rebind assignment expression target '{mangled}'"
                );
                return self.error(message, span);
            }
            flags |= seen::COMP_ITER;
        }
        scope.symbol(mangled.clone()).seen = flags;
        if flag & seen::PARAM != 0 {
            scope.varnames.push(mangled);
        } else if flag & seen::GLOBAL != 0 {
            self.table.scopes[0].symbol(mangled).seen |= flag;
        }
        Ok(())
    }

    fn body(&mut self, body: &[Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<()> {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, stmt.span),
            StmtKind::ClassDef(def) => self.class(def, stmt.span),
            StmtKind::Return(value) => self.exprs(value),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => self.annotated(target, annotation, value.as_ref(), *simple, stmt.span),
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => {
                self.expr(target)?;
                self.expr(iter)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::Raise { exc, cause } => {
                self.exprs(exc)?;
                self.exprs(cause)
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.exprs(msg)
            }
            StmtKind::Global(names) => self.declare(names, seen::GLOBAL, "global", stmt.span),
            StmtKind::Nonlocal(names) => self.declare(names, seen::NONLOCAL, "nonlocal", stmt.span),
            StmtKind::Expr(value) => self.expr(value),
            _ => self.other_stmt(stmt),
        }
    }

    fn other_stmt(&mut self, stmt: &Stmt) -> Result<()> {
        match &stmt.kind {
            StmtKind::With { items, body, .. } => {
                for item in items {
                    self.expr(&item.context_expr)?;
                    self.exprs(&item.optional_vars)?;
                }
                self.body(body)
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => {
                self.body(body)?;
                self.body(orelse)?;
                for handler in handlers {
                    self.exprs(&handler.typ)?;
                    if let Some(name) = &handler.name {
                        self.add(name, seen::LOCAL, handler.span)?;
                    }
                    self.body(&handler.body)?;
                }
                self.body(finalbody)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    self.exprs(&case.guard)?;
                    self.body(&case.body)?;
                }
                Ok(())
            }
            StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => {
                for alias in names {
                    self.import(alias)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn import(&mut self, alias: &crate::syntax::tree::Alias) -> Result<()> {
        let whole = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**whole == "*" {
            if self.current().kind == ScopeKind::Module {
                return Ok(());
            }
            return self.error("import * only allowed at module level", alias.span);
        }
        let first = whole.split('.').next().unwrap_or(whole);
        self.add(&Name::from(first), seen::IMPORT, alias.span)
    }

    /// A `global` or `nonlocal` statement.
    fn declare(&mut self, names: &[Name], flag: u16, word: &str, span: Span) -> Result<()> {
        let at = *self
            .stack
            .last()
            .expect("the module's scope stays on the stack");
        for name in names {
            let known = self.seen(at, name);
            if known & (seen::PARAM | seen::LOCAL | seen::USE | seen::ANNOT) != 0 {
                let message = if known & seen::PARAM != 0 {
                    format!("name '{name}' is parameter and {word}")
                } else if known & seen::USE != 0 {
                    format!("name '{name}' is used prior to {word} declaration")
                } else if known & seen::ANNOT != 0 {
                    format!("annotated name '{name}' can't be {word}")
                } else {
                    format!("name '{name}' is assigned to before {word} declaration")
                };
                return self.error(message, span);
            }
            self.add(name, flag, span)?;
            self.directive(name, span);
        }
        Ok(())
    }

    pub(super) fn directive(&mut self, name: &Name, span: Span) {
        let mangled = mangle(self.private.as_ref(), name);
        self.current().directives.push((mangled, span));
    }

    fn annotated(
        &mut self,
        target: &Expr,
        annotation: &Expr,
        value: Option<&Expr>,
        simple: bool,
        span: Span,
    ) -> Result<()> {
        if let ExprKind::Name { id, .. } = &target.kind {
            let at = *self
                .stack
                .last()
                .expect("the module's scope stays on the stack");
            let known = self.seen(at, id);
            if known & (seen::GLOBAL | seen::NONLOCAL) != 0 && at != 0 && simple {
                let word = if known & seen::GLOBAL != 0 {
                    "global"
                } else {
                    "nonlocal"
                };
                return self.error(format!("annotated name '{id}' can't be {word}"), span);
            }
            if simple {
                self.add(id, seen::ANNOT | seen::LOCAL, target.span)?;
            } else if value.is_some() {
                self.add(id, seen::LOCAL, target.span)?;
            }
        } else {
            self.expr(target)?;
        }
        self.annotation(annotation)?;
        self.exprs(value)
    }

    fn annotation(&mut self, annotation: &Expr) -> Result<()> {
        if !self.future_annotations {
            return self.expr(annotation);
        }
        self.enter(ScopeKind::Annotation, None, annotation.span);
        self.expr(annotation)?;
        self.leave();
        Ok(())
    }

    fn function(&mut self, def: &FunctionDef, span: Span) -> Result<()> {
        self.add(&def.name, seen::LOCAL, span)?;
        self.defaults(&def.args)?;
        let args = &def.args;
        let in_order = args
            .posonlyargs
            .iter()
            .chain(&args.args)
            .chain(&args.vararg)
            .chain(&args.kwarg);
        for arg in in_order.chain(&args.kwonlyargs) {
            if let Some(annotation) = &arg.annotation {
                self.annotation(annotation)?;
            }
        }
        if let Some(returns) = &def.returns {
            self.annotation(returns)?;
        }
        self.exprs(&def.decorators)?;
        self.enter(ScopeKind::Function, Some(def.scope), span);
        self.current().name = def.name.clone();
        self.current().coroutine = def.is_async;
        self.parameters(&def.args)?;
        self.body(&def.body)?;
        self.leave();
        Ok(())
    }

    fn defaults(&mut self, args: &Arguments) -> Result<()> {
        self.exprs(&args.defaults)?;
        args.kw_defaults
            .iter()
            .try_for_each(|default| self.exprs(default))
    }

    fn parameters(&mut self, args: &Arguments) -> Result<()> {
        let variadic = args.vararg.iter().chain(&args.kwarg);
        let all = args
            .posonlyargs
            .iter()
            .chain(&args.args)
            .chain(&args.kwonlyargs)
            .chain(variadic);
        for arg in all {
            self.add(&arg.arg, seen::PARAM, arg.span)?;
        }
        self.current().varargs = args.vararg.is_some();
        self.current().varkeywords = args.kwarg.is_some();
        Ok(())
    }

    fn class(&mut self, def: &ClassDef, span: Span) -> Result<()> {
        self.add(&def.name, seen::LOCAL, span)?;
        self.exprs(&def.bases)?;
        self.exprs(def.keywords.iter().map(|keyword| &keyword.value))?;
        self.exprs(&def.decorators)?;
        self.enter(ScopeKind::Class, Some(def.scope), span);
        self.current().name = def.name.clone();
        let outer = self.private.replace(def.name.clone());
        self.body(&def.body)?;
        self.private = outer;
        self.leave();
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<()> {
        match &pattern.kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(_) => Ok(()),
            PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => self.patterns(patterns),
            PatternKind::Mapping {
                keys,
                patterns,
                rest,
            } => {
                self.exprs(keys)?;
                self.patterns(patterns)?;
                self.capture(rest.as_ref(), pattern.span)
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)
            }
            PatternKind::Star(name) => self.capture(name.as_ref(), pattern.span),
            PatternKind::As {
                pattern: inner,
                name,
            } => {
                if let Some(inner) = inner {
                    self.pattern(inner)?;
                }
                self.capture(name.as_ref(), pattern.span)
            }
        }
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> Result<()> {
        patterns
            .iter()
            .try_for_each(|pattern| self.pattern(pattern))
    }

    fn capture(&mut self, name: Option<&Name>, span: Span) -> Result<()> {
        name.map_or(Ok(()), |name| self.add(name, seen::LOCAL, span))
    }

    pub(super) fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Result<()> {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> Result<()> {
        match &expr.kind {
            ExprKind::Name { id, ctx } => self.name(id, *ctx, expr.span),
            ExprKind::Constant {
                value: Constant::None,
                ..
            }
            | ExprKind::Constant { .. } => Ok(()),
            ExprKind::Named { target, value } => self.named(expr, target, value),
            ExprKind::Comp(comp) => self.comprehension(comp, expr.span),
            ExprKind::Lambda { scope, args, body } => {
                self.defaults(args)?;
                self.enter(ScopeKind::Function, Some(*scope), expr.span);
                self.current().name = Name::from("lambda");
                self.parameters(args)?;
                self.expr(body)?;
                self.leave();
                Ok(())
            }
            ExprKind::Yield(value) => {
                self.not_in_annotation("yield expression", expr.span)?;
                self.exprs(value.as_deref())?;
                self.yields(expr.span)
            }
            ExprKind::YieldFrom(value) => {
                self.not_in_annotation("yield expression", expr.span)?;
                self.expr(value)?;
                self.yields(expr.span)
            }
            ExprKind::Await(value) => {
                self.not_in_annotation("await expression", expr.span)?;
                self.expr(value)?;
                self.current().coroutine = true;
                Ok(())
            }
            _ => self.plain_expr(expr),
        }
    }

    /// Expressions that only have parts.
    fn plain_expr(&mut self, expr: &Expr) -> Result<()> {
        match &expr.kind {
            ExprKind::BoolOp { values, .. }
            | ExprKind::Set(values)
            | ExprKind::JoinedStr(values) => self.exprs(values),
            ExprKind::BinOp { left, right, .. } => self.exprs([&**left, right]),
            ExprKind::UnaryOp { operand: value, .. }
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::IfExp { test, body, orelse } => self.exprs([&**test, body, orelse]),
            ExprKind::Dict { keys, values } => {
                self.exprs(keys.iter().flatten())?;
                self.exprs(values)
            }
            ExprKind::Compare {
                left, comparators, ..
            } => {
                self.expr(left)?;
                self.exprs(comparators)
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.exprs(keywords.iter().map(|keyword| &keyword.value))
            }
            ExprKind::FormattedValue {
                value, format_spec, ..
            } => {
                self.expr(value)?;
                self.exprs(format_spec.as_deref())
            }
            ExprKind::Subscript { value, slice, .. } => self.exprs([&**value, slice]),
            ExprKind::Slice { lower, upper, step } => {
                self.exprs(lower.as_deref())?;
                self.exprs(upper.as_deref())?;
                self.exprs(step.as_deref())
            }
            ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts),
            _ => Ok(()),
        }
    }

    fn name(&mut self, id: &Name, ctx: Context, span: Span) -> Result<()> {
        let flag = if ctx == Context::Load {
            seen::USE
        } else {
            seen::LOCAL
        };
        self.add(id, flag, span)?;
        if ctx == Context::Load && &**id == "super" && self.current().kind == ScopeKind::Function {
            self.add(&Name::from("__class__"), seen::USE, span)?;
        }
        Ok(())
    }

    pub(super) fn not_in_annotation(&mut self, what: &str, span: Span) -> Result<()> {
        if self.current().kind == ScopeKind::Annotation {
            return self.error(
                format!("'{what}' can not be used within an annotation"),
                span,
            );
        }
        Ok(())
    }

    fn yields(&mut self, span: Span) -> Result<()> {
        self.current().generator = true;
        self.no_yield_in_comprehension(span)
    }
}
