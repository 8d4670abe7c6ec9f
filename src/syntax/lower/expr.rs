//! Expressions, except strings (`text.rs`).

use num_bigint::BigInt;
use ruff_python_ast as ast;
use ruff_text_size::TextRange;

use super::{Lower, name};
use crate::syntax::tree::{
    Arg, Arguments, BoolOp, CmpOp, Comp, CompKind, Comprehension, Constant, Context, Expr,
    ExprKind, Operator, UnaryOp,
};

impl Lower<'_> {
    pub(super) fn exprs(&mut self, exprs: &[ast::Expr]) -> Vec<Expr> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn boxed(&mut self, expr: &ast::Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn optional(&mut self, expr: Option<&ast::Expr>) -> Option<Box<Expr>> {
        expr.map(|expr| self.boxed(expr))
    }

    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Expr {
        let span = self.span_of(expr);
        let kind = self.deeper(|this| this.expr_kind(expr), constant(Constant::None));
        Expr { kind, span }
    }

    fn expr_kind(&mut self, expr: &ast::Expr) -> ExprKind {
        match expr {
            ast::Expr::BoolOp(e) => {
                let op = if e.op == ast::BoolOp::And {
                    BoolOp::And
                } else {
                    BoolOp::Or
                };
                ExprKind::BoolOp {
                    op,
                    values: self.exprs(&e.values),
                }
            }
            ast::Expr::Named(e) => ExprKind::Named {
                target: self.boxed(&e.target),
                value: self.boxed(&e.value),
            },
            ast::Expr::BinOp(e) => ExprKind::BinOp {
                left: self.boxed(&e.left),
                op: operator(e.op),
                right: self.boxed(&e.right),
            },
            ast::Expr::UnaryOp(e) => ExprKind::UnaryOp {
                op: unary(e.op),
                operand: self.boxed(&e.operand),
            },
            ast::Expr::If(e) => ExprKind::IfExp {
                test: self.boxed(&e.test),
                body: self.boxed(&e.body),
                orelse: self.boxed(&e.orelse),
            },
            ast::Expr::Compare(e) => ExprKind::Compare {
                left: self.boxed(&e.left),
                ops: e.ops.iter().map(|op| comparison(*op)).collect(),
                comparators: self.exprs(&e.comparators),
            },
            ast::Expr::Call(e) => self.call(e),
            ast::Expr::Attribute(e) => ExprKind::Attribute {
                value: self.boxed(&e.value),
                attr: name(&e.attr.id),
                ctx: context(e.ctx),
            },
            ast::Expr::Subscript(e) => ExprKind::Subscript {
                value: self.boxed(&e.value),
                slice: self.boxed(&e.slice),
                ctx: context(e.ctx),
            },
            ast::Expr::Starred(e) => ExprKind::Starred {
                value: self.boxed(&e.value),
                ctx: context(e.ctx),
            },
            ast::Expr::Name(e) => ExprKind::Name {
                id: name(&e.id),
                ctx: context(e.ctx),
            },
            ast::Expr::Await(e) => ExprKind::Await(self.boxed(&e.value)),
            ast::Expr::Yield(e) => ExprKind::Yield(self.optional(e.value.as_deref())),
            ast::Expr::YieldFrom(e) => ExprKind::YieldFrom(self.boxed(&e.value)),
            ast::Expr::Lambda(e) => self.lambda(e),
            _ => self.display(expr),
        }
    }

    /// Displays, comprehensions and literals.
    fn display(&mut self, expr: &ast::Expr) -> ExprKind {
        match expr {
            ast::Expr::Dict(e) => ExprKind::Dict {
                keys: e
                    .items
                    .iter()
                    .map(|item| item.key.as_ref().map(|key| self.expr(key)))
                    .collect(),
                values: e.items.iter().map(|item| self.expr(&item.value)).collect(),
            },
            ast::Expr::Set(e) => ExprKind::Set(self.exprs(&e.elts)),
            ast::Expr::List(e) => ExprKind::List {
                elts: self.exprs(&e.elts),
                ctx: context(e.ctx),
            },
            ast::Expr::Tuple(e) => ExprKind::Tuple {
                elts: self.exprs(&e.elts),
                ctx: context(e.ctx),
            },
            ast::Expr::Slice(e) => ExprKind::Slice {
                lower: self.optional(e.lower.as_deref()),
                upper: self.optional(e.upper.as_deref()),
                step: self.optional(e.step.as_deref()),
            },
            ast::Expr::ListComp(e) => self.comp(CompKind::List, &e.elt, None, &e.generators),
            ast::Expr::SetComp(e) => self.comp(CompKind::Set, &e.elt, None, &e.generators),
            ast::Expr::Generator(e) => self.comp(CompKind::Generator, &e.elt, None, &e.generators),
            ast::Expr::DictComp(e) => {
                let key = e.key.as_deref().unwrap_or(&e.value);
                self.comp(CompKind::Dict, key, Some(&e.value), &e.generators)
            }
            ast::Expr::FString(e) => self.fstring(e),
            ast::Expr::StringLiteral(e) => self.string(e),
            ast::Expr::BytesLiteral(e) => self.bytes(e),
            ast::Expr::NumberLiteral(e) => constant(number(&e.value)),
            ast::Expr::BooleanLiteral(e) => constant(if e.value {
                Constant::True
            } else {
                Constant::False
            }),
            ast::Expr::EllipsisLiteral(_) => constant(Constant::Ellipsis),
            _ => constant(Constant::None),
        }
    }

    fn call(&mut self, call: &ast::ExprCall) -> ExprKind {
        let func = self.boxed(&call.func);
        let mut args = self.exprs(&call.arguments.args);
        if let [ast::Expr::Generator(generator)] = &*call.arguments.args
            && !generator.parenthesized
        {
            args[0].span = self.span(call.arguments.range);
        }
        ExprKind::Call {
            func,
            args,
            keywords: self.keywords(&call.arguments.keywords),
        }
    }

    fn comp(
        &mut self,
        kind: CompKind,
        elt: &ast::Expr,
        value: Option<&ast::Expr>,
        generators: &[ast::Comprehension],
    ) -> ExprKind {
        let scope = self.scope();
        let lower = |this: &mut Self, generator: &ast::Comprehension| Comprehension {
            target: this.expr(&generator.target),
            iter: this.expr(&generator.iter),
            ifs: this.exprs(&generator.ifs),
            is_async: generator.is_async,
        };
        let generators = generators
            .iter()
            .map(|generator| lower(self, generator))
            .collect();
        ExprKind::Comp(Box::new(Comp {
            scope,
            kind,
            elt: self.expr(elt),
            value: value.map(|value| self.expr(value)),
            generators,
        }))
    }

    fn lambda(&mut self, lambda: &ast::ExprLambda) -> ExprKind {
        let scope = self.scope();
        let args = lambda
            .parameters
            .as_deref()
            .map(|parameters| self.arguments(parameters));
        ExprKind::Lambda {
            scope,
            args: Box::new(args.unwrap_or_default()),
            body: self.boxed(&lambda.body),
        }
    }

    pub(super) fn arguments(&mut self, parameters: &ast::Parameters) -> Arguments {
        let mut lowered = Arguments {
            vararg: parameters
                .vararg
                .as_deref()
                .map(|parameter| self.arg(parameter)),
            kwarg: parameters
                .kwarg
                .as_deref()
                .map(|parameter| self.arg(parameter)),
            ..Arguments::default()
        };
        for parameter in &parameters.posonlyargs {
            lowered.posonlyargs.push(self.arg(&parameter.parameter));
            lowered.defaults.extend(
                parameter
                    .default
                    .as_deref()
                    .map(|default| self.expr(default)),
            );
        }
        for parameter in &parameters.args {
            lowered.args.push(self.arg(&parameter.parameter));
            lowered.defaults.extend(
                parameter
                    .default
                    .as_deref()
                    .map(|default| self.expr(default)),
            );
        }
        for parameter in &parameters.kwonlyargs {
            lowered.kwonlyargs.push(self.arg(&parameter.parameter));
            lowered.kw_defaults.push(
                parameter
                    .default
                    .as_deref()
                    .map(|default| self.expr(default)),
            );
        }
        lowered
    }

    fn arg(&mut self, parameter: &ast::Parameter) -> Arg {
        Arg {
            arg: name(&parameter.name.id),
            annotation: parameter
                .annotation
                .as_deref()
                .map(|annotation| self.expr(annotation)),
            span: self.span(TextRange::new(
                parameter.name.range.start(),
                parameter.range.end(),
            )),
        }
    }
}

pub(super) fn constant(value: Constant) -> ExprKind {
    ExprKind::Constant { value, u: false }
}

fn number(number: &ast::Number) -> Constant {
    match number {
        ast::Number::Int(int) => Constant::Int(integer(int)),
        ast::Number::Float(value) => Constant::Float(*value),
        ast::Number::Complex { real, imag } => Constant::Complex(*real, *imag),
    }
}

/// ruff keeps large integers as the text of the literal.
fn integer(int: &ast::Int) -> BigInt {
    if let Some(small) = int.as_u64() {
        return BigInt::from(small);
    }
    let text = int.to_string().to_ascii_lowercase().replace('_', "");
    let (digits, radix) = match text.get(..2) {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        Some("0b") => (&text[2..], 2),
        _ => (&text[..], 10),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default()
}

fn context(ctx: ast::ExprContext) -> Context {
    match ctx {
        ast::ExprContext::Store => Context::Store,
        ast::ExprContext::Del => Context::Del,
        ast::ExprContext::Load | ast::ExprContext::Invalid => Context::Load,
    }
}

pub(super) fn operator(op: ast::Operator) -> Operator {
    match op {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Sub => Operator::Sub,
        ast::Operator::Mult => Operator::Mult,
        ast::Operator::MatMult => Operator::MatMult,
        ast::Operator::Div => Operator::Div,
        ast::Operator::Mod => Operator::Mod,
        ast::Operator::Pow => Operator::Pow,
        ast::Operator::LShift => Operator::LShift,
        ast::Operator::RShift => Operator::RShift,
        ast::Operator::BitOr => Operator::BitOr,
        ast::Operator::BitXor => Operator::BitXor,
        ast::Operator::BitAnd => Operator::BitAnd,
        ast::Operator::FloorDiv => Operator::FloorDiv,
    }
}

fn unary(op: ast::UnaryOp) -> UnaryOp {
    match op {
        ast::UnaryOp::Invert => UnaryOp::Invert,
        ast::UnaryOp::Not => UnaryOp::Not,
        ast::UnaryOp::UAdd => UnaryOp::UAdd,
        ast::UnaryOp::USub => UnaryOp::USub,
    }
}

fn comparison(op: ast::CmpOp) -> CmpOp {
    match op {
        ast::CmpOp::Eq => CmpOp::Eq,
        ast::CmpOp::NotEq => CmpOp::NotEq,
        ast::CmpOp::Lt => CmpOp::Lt,
        ast::CmpOp::LtE => CmpOp::LtE,
        ast::CmpOp::Gt => CmpOp::Gt,
        ast::CmpOp::GtE => CmpOp::GtE,
        ast::CmpOp::Is => CmpOp::Is,
        ast::CmpOp::IsNot => CmpOp::IsNot,
        ast::CmpOp::In => CmpOp::In,
        ast::CmpOp::NotIn => CmpOp::NotIn,
    }
}
