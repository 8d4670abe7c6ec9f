//! Constant folding on the tree, before scopes are looked at: CPython's `Python/ast_opt.c`.
//!
//! Knows nothing of bytecode. Invariant: it folds exactly what CPython 3.10 folds, because unfolded constants would show
//! up in `co_consts`; what would raise an error or grow too large stays as it is.

mod arithmetic;
pub mod complex;
mod operators;

use crate::compiler::constant::frozen;
use crate::syntax::tree::{
    Arg, Arguments, CmpOp, Comprehension, Constant, Context, Expr, ExprKind, Module, Pattern,
    PatternKind, Stmt, StmtKind, UnaryOp, docstring,
};

/// Fold a whole module. Annotations stay as written when they become strings; `__debug__` is false with `-O`.
pub(super) fn fold(module: &mut Module, future_annotations: bool, optimize: u8) {
    let folder = Folder {
        future_annotations,
        optimize,
    };
    match module {
        Module::Module(body) => folder.body(body),
        Module::Interactive(body) => folder.stmts(body),
        Module::Expression(body) => folder.expr(body),
    }
}

struct Folder {
    future_annotations: bool,
    optimize: u8,
}

impl Folder {
    /// A body that may have a docstring. A string that only folding made is no docstring.
    fn body(&self, body: &mut [Stmt]) {
        let had_docstring = docstring(body).is_some();
        self.stmts(body);
        if had_docstring || docstring(body).is_none() {
            return;
        }
        if let Some(Stmt {
            kind: StmtKind::Expr(value),
            span,
        }) = body.first_mut()
        {
            let inner = std::mem::replace(value, constant_expr(Constant::None, *span));
            *value = Expr {
                kind: ExprKind::JoinedStr(vec![inner]),
                span: *span,
            };
        }
    }

    fn stmts(&self, body: &mut [Stmt]) {
        body.iter_mut().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::FunctionDef(def) => {
                self.arguments(&mut def.args);
                self.body(&mut def.body);
                self.exprs(&mut def.decorators);
                self.annotation(def.returns.as_mut());
            }
            StmtKind::ClassDef(def) => {
                self.exprs(&mut def.bases);
                def.keywords
                    .iter_mut()
                    .for_each(|keyword| self.expr(&mut keyword.value));
                self.body(&mut def.body);
                self.exprs(&mut def.decorators);
            }
            StmtKind::Return(value) => self.exprs(value),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.exprs(targets);
                self.expr(value);
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target);
                self.expr(value);
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                ..
            } => {
                self.expr(target);
                self.annotation(Some(annotation));
                self.exprs(value);
            }
            StmtKind::Raise { exc, cause } => {
                self.exprs(exc);
                self.exprs(cause);
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                self.exprs(msg);
            }
            StmtKind::Expr(value) => self.expr(value),
            _ => self.compound(stmt),
        }
    }

    fn compound(&self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async,
            } => {
                self.expr(target);
                self.expr(iter);
                self.stmts(body);
                self.stmts(orelse);
                if !*is_async {
                    fold_iter(iter);
                }
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test);
                self.stmts(body);
                self.stmts(orelse);
            }
            StmtKind::With { items, body, .. } => {
                for item in items {
                    self.expr(&mut item.context_expr);
                    self.exprs(&mut item.optional_vars);
                }
                self.stmts(body);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => {
                self.stmts(body);
                for handler in handlers {
                    self.exprs(&mut handler.typ);
                    self.stmts(&mut handler.body);
                }
                self.stmts(orelse);
                self.stmts(finalbody);
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                for case in cases {
                    self.pattern(&mut case.pattern);
                    self.exprs(&mut case.guard);
                    self.stmts(&mut case.body);
                }
            }
            _ => {}
        }
    }

    fn arguments(&self, args: &mut Arguments) {
        let positional = args
            .posonlyargs
            .iter_mut()
            .chain(&mut args.args)
            .chain(&mut args.vararg);
        let all = positional
            .chain(&mut args.kwonlyargs)
            .chain(&mut args.kwarg);
        all.for_each(|Arg { annotation, .. }| self.annotation(annotation.as_mut()));
        args.kw_defaults
            .iter_mut()
            .for_each(|default| self.exprs(default));
        self.exprs(&mut args.defaults);
    }

    fn annotation(&self, annotation: Option<&mut Expr>) {
        if !self.future_annotations {
            self.exprs(annotation);
        }
    }

    fn pattern(&self, pattern: &mut Pattern) {
        match &mut pattern.kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(_) | PatternKind::Star(_) => {}
            PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => self.patterns(patterns),
            PatternKind::Mapping { keys, patterns, .. } => {
                self.exprs(keys);
                self.patterns(patterns);
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls);
                self.patterns(patterns);
                self.patterns(kwd_patterns);
            }
            PatternKind::As { pattern, .. } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern);
                }
            }
        }
    }

    fn patterns(&self, patterns: &mut [Pattern]) {
        patterns
            .iter_mut()
            .for_each(|pattern| self.pattern(pattern));
    }

    fn exprs<'e>(&self, exprs: impl IntoIterator<Item = &'e mut Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Name {
                id,
                ctx: Context::Load,
            } if &**id == "__debug__" => {
                let value = if self.optimize == 0 {
                    Constant::True
                } else {
                    Constant::False
                };
                expr.kind = ExprKind::Constant { value, u: false };
            }
            ExprKind::Name { .. } | ExprKind::Constant { .. } => {}
            ExprKind::BinOp { left, op, right } => {
                self.expr(left);
                self.expr(right);
                if let (Some(l), Some(r)) = (constant(left), constant(right)) {
                    let folded = operators::binary(*op, l, r);
                    replace(expr, folded);
                }
            }
            ExprKind::UnaryOp { op, operand } => {
                self.expr(operand);
                let op = *op;
                self.unary(expr, op);
            }
            ExprKind::Subscript { value, slice, ctx } => {
                self.expr(value);
                self.expr(slice);
                if *ctx == Context::Load
                    && let (Some(container), Some(key)) = (constant(value), constant(slice))
                {
                    let folded = operators::subscript(container, key);
                    replace(expr, folded);
                }
            }
            ExprKind::Tuple { elts, ctx } => {
                self.exprs(elts.iter_mut());
                if *ctx == Context::Load {
                    let folded = constant_tuple(elts);
                    replace(expr, folded);
                }
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                self.expr(left);
                self.exprs(comparators.iter_mut());
                if let (Some(CmpOp::In | CmpOp::NotIn), Some(container)) =
                    (ops.last(), comparators.last_mut())
                {
                    fold_iter(container);
                }
            }
            _ => self.parts(expr),
        }
    }

    /// Expressions that are not folded themselves.
    fn parts(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::BoolOp { values, .. }
            | ExprKind::Set(values)
            | ExprKind::JoinedStr(values) => self.exprs(values),
            ExprKind::Named { target, value } => {
                self.expr(target);
                self.expr(value);
            }
            ExprKind::Lambda { args, body, .. } => {
                self.arguments(args);
                self.expr(body);
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test);
                self.expr(body);
                self.expr(orelse);
            }
            ExprKind::Dict { keys, values } => {
                keys.iter_mut().flatten().for_each(|key| self.expr(key));
                self.exprs(values);
            }
            ExprKind::Comp(comp) => {
                self.expr(&mut comp.elt);
                self.exprs(&mut comp.value);
                comp.generators
                    .iter_mut()
                    .for_each(|generator| self.generator(generator));
            }
            ExprKind::Await(value)
            | ExprKind::YieldFrom(value)
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::Yield(value) => self.exprs(value.as_deref_mut()),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func);
                self.exprs(args);
                keywords
                    .iter_mut()
                    .for_each(|keyword| self.expr(&mut keyword.value));
            }
            ExprKind::FormattedValue {
                value, format_spec, ..
            } => {
                self.expr(value);
                self.exprs(format_spec.as_deref_mut());
            }
            ExprKind::Slice { lower, upper, step } => {
                self.exprs(lower.as_deref_mut());
                self.exprs(upper.as_deref_mut());
                self.exprs(step.as_deref_mut());
            }
            ExprKind::List { elts, .. } => self.exprs(elts),
            _ => {}
        }
    }

    fn generator(&self, generator: &mut Comprehension) {
        self.expr(&mut generator.target);
        self.expr(&mut generator.iter);
        self.exprs(&mut generator.ifs);
        fold_iter(&mut generator.iter);
    }

    fn unary(&self, expr: &mut Expr, op: UnaryOp) {
        let ExprKind::UnaryOp { operand, .. } = &mut expr.kind else {
            return;
        };
        if let Some(value) = constant(operand) {
            let folded = operators::unary(op, value);
            return replace(expr, folded);
        }
        if op != UnaryOp::Not {
            return;
        }
        let ExprKind::Compare { ops, .. } = &mut operand.kind else {
            return;
        };
        let inverse = match ops.as_slice() {
            [CmpOp::Is] => CmpOp::IsNot,
            [CmpOp::IsNot] => CmpOp::Is,
            [CmpOp::In] => CmpOp::NotIn,
            [CmpOp::NotIn] => CmpOp::In,
            _ => return,
        };
        ops[0] = inverse;
        let span = expr.span;
        *expr = std::mem::replace(&mut **operand, constant_expr(Constant::None, span));
    }
}

fn constant_expr(value: Constant, span: crate::syntax::tree::Span) -> Expr {
    Expr {
        kind: ExprKind::Constant { value, u: false },
        span,
    }
}

/// The value of a constant expression.
pub(super) fn constant(expr: &Expr) -> Option<&Constant> {
    match &expr.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

fn replace(expr: &mut Expr, folded: Option<Constant>) {
    if let Some(value) = folded {
        expr.kind = ExprKind::Constant { value, u: false };
    }
}

fn constant_items(elts: &[Expr]) -> Option<Vec<Constant>> {
    elts.iter().map(|elt| constant(elt).cloned()).collect()
}

fn constant_tuple(elts: &[Expr]) -> Option<Constant> {
    constant_items(elts).map(Constant::Tuple)
}

/// What is only iterated over, or searched, need not be a fresh list or set.
fn fold_iter(iter: &mut Expr) {
    let folded = match &mut iter.kind {
        ExprKind::List { elts, ctx } => {
            if elts
                .iter()
                .any(|elt| matches!(elt.kind, ExprKind::Starred { .. }))
            {
                return;
            }
            let (elts, ctx) = (std::mem::take(elts), *ctx);
            let folded = constant_tuple(&elts);
            iter.kind = ExprKind::Tuple { elts, ctx };
            folded
        }
        ExprKind::Set(elts) => constant_items(elts).map(frozen),
        _ => return,
    };
    replace(iter, folded);
}
