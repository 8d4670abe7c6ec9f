//! Expressions back to text, as annotations are kept under `from __future__ import annotations`: `Python/ast_unparse.c`.
//!
//! Invariant: the text is CPython's to the character, its parentheses included.

use crate::bytecode::repr::{self, Charset};
use crate::compiler::draft::plain;
use crate::syntax::tree::{
    Arg, Arguments, BoolOp, CmpOp, Comp, CompKind, Comprehension, Constant, Expr, ExprKind,
    Keyword, Operator, UnaryOp,
};

/// How tightly an expression binds; what binds less than its place wants gets parentheses.
mod level {
    pub const TUPLE: u8 = 0;
    pub const TEST: u8 = 1;
    pub const OR: u8 = 2;
    pub const AND: u8 = 3;
    pub const NOT: u8 = 4;
    pub const CMP: u8 = 5;
    pub const EXPR: u8 = 6;
    pub const BOR: u8 = 6;
    pub const BXOR: u8 = 7;
    pub const BAND: u8 = 8;
    pub const SHIFT: u8 = 9;
    pub const ARITH: u8 = 10;
    pub const TERM: u8 = 11;
    pub const FACTOR: u8 = 12;
    pub const POWER: u8 = 13;
    pub const AWAIT: u8 = 14;
    pub const ATOM: u8 = 15;
}

/// The text of an annotation.
pub(super) fn expression(expr: &Expr) -> String {
    let mut writer = Writer { out: String::new() };
    writer.expr(expr, level::TEST);
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Parenthesise what `write` writes if `own` binds less than `wanted`.
    fn wrapped(&mut self, own: u8, wanted: u8, write: impl FnOnce(&mut Self)) {
        let paren = wanted > own;
        if paren {
            self.text("(");
        }
        write(self);
        if paren {
            self.text(")");
        }
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.text(", ");
            }
            write(self, item);
        }
    }

    fn tests(&mut self, exprs: &[Expr]) {
        self.list(exprs, |this, expr| this.expr(expr, level::TEST));
    }

    fn expr(&mut self, expr: &Expr, wanted: u8) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values, wanted),
            ExprKind::BinOp { left, op, right } => self.bin_op(left, *op, right, wanted),
            ExprKind::UnaryOp { op, operand } => {
                let (sign, own) = match op {
                    UnaryOp::Invert => ("~", level::FACTOR),
                    UnaryOp::Not => ("not ", level::NOT),
                    UnaryOp::UAdd => ("+", level::FACTOR),
                    UnaryOp::USub => ("-", level::FACTOR),
                };
                self.wrapped(own, wanted, |this| {
                    this.text(sign);
                    this.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body, .. } => self.wrapped(level::TEST, wanted, |this| {
                this.text(if this.has_no_parameters(args) {
                    "lambda"
                } else {
                    "lambda "
                });
                this.arguments(args);
                this.text(": ");
                this.expr(body, level::TEST);
            }),
            ExprKind::IfExp { test, body, orelse } => self.wrapped(level::TEST, wanted, |this| {
                this.expr(body, level::TEST + 1);
                this.text(" if ");
                this.expr(test, level::TEST + 1);
                this.text(" else ");
                this.expr(orelse, level::TEST);
            }),
            ExprKind::Comp(comp) => self.comp(comp),
            ExprKind::Yield(value) => {
                self.text("(yield");
                if let Some(value) = value {
                    self.text(" ");
                    self.expr(value, level::TEST);
                }
                self.text(")");
            }
            ExprKind::YieldFrom(value) => {
                self.text("(yield from ");
                self.expr(value, level::TEST);
                self.text(")");
            }
            ExprKind::Await(value) => self.wrapped(level::AWAIT, wanted, |this| {
                this.text("await ");
                this.expr(value, level::ATOM);
            }),
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.wrapped(level::CMP, wanted, |this| {
                this.expr(left, level::CMP + 1);
                for (op, comparator) in ops.iter().zip(comparators) {
                    this.text(comparison(*op));
                    this.expr(comparator, level::CMP + 1);
                }
            }),
            ExprKind::Named { target, value } => self.wrapped(level::TUPLE, wanted, |this| {
                this.expr(target, level::ATOM);
                this.text(" := ");
                this.expr(value, level::ATOM);
            }),
            _ => self.atom(expr, wanted),
        }
    }

    fn atom(&mut self, expr: &Expr, wanted: u8) {
        match &expr.kind {
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::Constant {
                value: Constant::Ellipsis,
                ..
            } => self.text("..."),
            ExprKind::Constant { value, u } => {
                if *u {
                    self.text("u");
                }
                self.constant(value);
            }
            ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => self.fstring(expr),
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, level::ATOM);
                let is_int = matches!(
                    value.kind,
                    ExprKind::Constant {
                        value: Constant::Int(_),
                        ..
                    }
                );
                self.text(if is_int { " ." } else { "." });
                self.text(attr);
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expr(value, level::EXPR);
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(func, args, keywords),
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, level::ATOM);
                self.text("[");
                // With a star in it the tuple keeps its parentheses.
                let starred = |e: &Expr| matches!(e.kind, ExprKind::Starred { .. });
                let bare = !matches!(&slice.kind, ExprKind::Tuple { elts, .. } if elts.iter().any(starred));
                self.expr(slice, if bare { level::TUPLE } else { level::TEST });
                self.text("]");
            }
            ExprKind::Slice { lower, upper, step } => {
                self.slice(lower.as_deref(), upper.as_deref(), step.as_deref())
            }
            ExprKind::Tuple { elts, .. } if elts.is_empty() => self.text("()"),
            ExprKind::Tuple { elts, .. } => self.wrapped(level::TUPLE, wanted, |this| {
                this.tests(elts);
                if elts.len() == 1 {
                    this.text(",");
                }
            }),
            ExprKind::List { elts, .. } => {
                self.text("[");
                self.tests(elts);
                self.text("]");
            }
            ExprKind::Set(elts) => {
                self.text("{");
                self.tests(elts);
                self.text("}");
            }
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            _ => {}
        }
    }

    /// An infinite float is written so that it reads back.
    fn constant(&mut self, value: &Constant) {
        let shown = repr::constant(&plain(value.clone()), Charset::Printable);
        match value {
            Constant::Float(_) | Constant::Complex(..) => self.text(&shown.replace("inf", "1e309")),
            _ => self.text(&shown),
        }
    }

    fn bool_op(&mut self, op: BoolOp, values: &[Expr], wanted: u8) {
        let (word, own) = if op == BoolOp::And {
            (" and ", level::AND)
        } else {
            (" or ", level::OR)
        };
        self.wrapped(own, wanted, |this| {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    this.text(word);
                }
                this.expr(value, own + 1);
            }
        });
    }

    fn bin_op(&mut self, left: &Expr, op: Operator, right: &Expr, wanted: u8) {
        let (sign, own) = match op {
            Operator::Add => (" + ", level::ARITH),
            Operator::Sub => (" - ", level::ARITH),
            Operator::Mult => (" * ", level::TERM),
            Operator::MatMult => (" @ ", level::TERM),
            Operator::Div => (" / ", level::TERM),
            Operator::Mod => (" % ", level::TERM),
            Operator::LShift => (" << ", level::SHIFT),
            Operator::RShift => (" >> ", level::SHIFT),
            Operator::BitOr => (" | ", level::BOR),
            Operator::BitXor => (" ^ ", level::BXOR),
            Operator::BitAnd => (" & ", level::BAND),
            Operator::FloorDiv => (" // ", level::TERM),
            Operator::Pow => (" ** ", level::POWER),
        };
        let right_associative = u8::from(op == Operator::Pow);
        self.wrapped(own, wanted, |this| {
            this.expr(left, own + right_associative);
            this.text(sign);
            this.expr(right, own + 1 - right_associative);
        });
    }

    fn has_no_parameters(&self, args: &Arguments) -> bool {
        args.posonlyargs.is_empty()
            && args.args.is_empty()
            && args.vararg.is_none()
            && args.kwonlyargs.is_empty()
            && args.kwarg.is_none()
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut first = true;
        let positional: Vec<&Arg> = args.posonlyargs.iter().chain(&args.args).collect();
        let without_default = positional.len() - args.defaults.len();
        for (at, arg) in positional.iter().enumerate() {
            self.comma(&mut first);
            self.text(&arg.arg);
            if at >= without_default {
                self.text("=");
                self.expr(&args.defaults[at - without_default], level::TEST);
            }
            if at + 1 == args.posonlyargs.len() {
                self.text(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            self.comma(&mut first);
            self.text("*");
            if let Some(vararg) = &args.vararg {
                self.text(&vararg.arg);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            self.comma(&mut first);
            self.text(&arg.arg);
            if let Some(default) = default {
                self.text("=");
                self.expr(default, level::TEST);
            }
        }
        if let Some(kwarg) = &args.kwarg {
            self.comma(&mut first);
            self.text("**");
            self.text(&kwarg.arg);
        }
    }

    fn comma(&mut self, first: &mut bool) {
        if !std::mem::replace(first, false) {
            self.text(", ");
        }
    }

    fn comp(&mut self, comp: &Comp) {
        let (open, close) = match comp.kind {
            CompKind::Generator => ("(", ")"),
            CompKind::List => ("[", "]"),
            CompKind::Set | CompKind::Dict => ("{", "}"),
        };
        self.text(open);
        self.expr(&comp.elt, level::TEST);
        if let Some(value) = &comp.value {
            self.text(": ");
            self.expr(value, level::TEST);
        }
        for generator in &comp.generators {
            self.generator(generator);
        }
        self.text(close);
    }

    fn generator(&mut self, generator: &Comprehension) {
        self.text(if generator.is_async {
            " async for "
        } else {
            " for "
        });
        self.expr(&generator.target, level::TUPLE);
        self.text(" in ");
        self.expr(&generator.iter, level::TEST + 1);
        for test in &generator.ifs {
            self.text(" if ");
            self.expr(test, level::TEST + 1);
        }
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, level::ATOM);
        if let (
            [
                only @ Expr {
                    kind: ExprKind::Comp(comp),
                    ..
                },
            ],
            [],
        ) = (args, keywords)
            && comp.kind == CompKind::Generator
        {
            return self.expr(only, level::TEST);
        }
        self.text("(");
        self.tests(args);
        for (at, keyword) in keywords.iter().enumerate() {
            if at > 0 || !args.is_empty() {
                self.text(", ");
            }
            match &keyword.arg {
                Some(arg) => {
                    self.text(arg);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, level::TEST);
        }
        self.text(")");
    }

    fn slice(&mut self, lower: Option<&Expr>, upper: Option<&Expr>, step: Option<&Expr>) {
        if let Some(lower) = lower {
            self.expr(lower, level::TEST);
        }
        self.text(":");
        if let Some(upper) = upper {
            self.expr(upper, level::TEST);
        }
        if let Some(step) = step {
            self.text(":");
            self.expr(step, level::TEST);
        }
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        self.text("{");
        for (at, (key, value)) in keys.iter().zip(values).enumerate() {
            if at > 0 {
                self.text(", ");
            }
            match key {
                Some(key) => {
                    self.expr(key, level::TEST);
                    self.text(": ");
                    self.expr(value, level::TEST);
                }
                None => {
                    self.text("**");
                    self.expr(value, level::EXPR);
                }
            }
        }
        self.text("}");
    }

    /// An f-string is written as the `repr` of its body behind an `f`.
    fn fstring(&mut self, expr: &Expr) {
        let mut body = rustpython_wtf8::Wtf8Buf::new();
        fstring_body(expr, false, &mut body);
        let shown = repr::string(&body, Charset::Printable);
        self.text("f");
        self.text(&shown);
    }
}

/// The source of an f-string between its quotes.
fn fstring_body(expr: &Expr, is_spec: bool, out: &mut rustpython_wtf8::Wtf8Buf) {
    match &expr.kind {
        ExprKind::Constant {
            value: Constant::Str(text),
            ..
        } => {
            for point in text.code_points() {
                out.push(point);
                if point == '{' || point == '}' {
                    out.push(point);
                }
            }
        }
        ExprKind::JoinedStr(values) => {
            let _ = is_spec;
            values
                .iter()
                .for_each(|value| fstring_body(value, is_spec, out));
        }
        ExprKind::FormattedValue {
            value,
            conversion,
            format_spec,
        } => {
            let mut writer = Writer { out: String::new() };
            writer.expr(value, level::TEST + 1);
            out.push_str(if writer.out.starts_with('{') {
                "{ "
            } else {
                "{"
            });
            out.push_str(&writer.out);
            if let Some(conversion) = conversion {
                out.push_char('!');
                out.push_char(*conversion as char);
            }
            if let Some(spec) = format_spec {
                out.push_char(':');
                fstring_body(spec, true, out);
            }
            out.push_char('}');
        }
        _ => {}
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}
