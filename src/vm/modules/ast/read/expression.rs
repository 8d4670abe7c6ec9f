//! Expressions, constants, arguments (`obj2ast_expr`, `validate_expr`).

use super::*;

impl Reader<'_> {
    pub(super) fn expr(&mut self, o: Obj) -> PyResult<Expr> {
        self.expr_in(o, Context::Load)
    }

    pub(super) fn expr_in(&mut self, o: Obj, ctx: Context) -> PyResult<Expr> {
        if o == self.vm.none {
            return self.vm.value_error("None disallowed in expression list");
        }
        self.deeper(|r| {
            let span = r.span_of(o, "expr")?;
            let kind = r.expr_kind(o)?;
            r.check_context(&kind, ctx)?;
            Ok(Expr { kind, span })
        })
    }

    /// The place of what must be of this sort.
    pub(super) fn span_of(&mut self, o: Obj, base: &'static str) -> PyResult<Span> {
        if !is(self.vm, o, base) {
            let shown = self.vm.repr_text(o)?;
            // A missing position is complained of first.
            if self
                .vm
                .lookup_attr_str(o, "lineno")?
                .map(|o| self.vm.decref(o))
                .is_none()
            {
                return self.missing("lineno", base);
            }
            return self
                .vm
                .type_error(format!("expected some sort of {base}, but got {shown}"));
        }
        self.span(o, base)
    }

    pub(super) fn check_context(&mut self, kind: &ExprKind, ctx: Context) -> PyResult<()> {
        let actual = match kind {
            ExprKind::Attribute { ctx, .. }
            | ExprKind::Subscript { ctx, .. }
            | ExprKind::Starred { ctx, .. }
            | ExprKind::Name { ctx, .. }
            | ExprKind::List { ctx, .. }
            | ExprKind::Tuple { ctx, .. } => *ctx,
            _ => {
                if ctx != Context::Load {
                    return self.vm.value_error(&format!(
                        "expression which can't be assigned to in {ctx:?} context"
                    ));
                }
                Context::Load
            }
        };
        if actual != ctx {
            let message =
                format!("expression must have {ctx:?} context but has {actual:?} instead");
            return self.vm.value_error(&message);
        }
        Ok(())
    }

    pub(super) fn expr_kind(&mut self, o: Obj) -> PyResult<ExprKind> {
        const KINDS: [&str; 27] = [
            "BoolOp",
            "NamedExpr",
            "BinOp",
            "UnaryOp",
            "Lambda",
            "IfExp",
            "Dict",
            "Set",
            "ListComp",
            "SetComp",
            "DictComp",
            "GeneratorExp",
            "Await",
            "Yield",
            "YieldFrom",
            "Compare",
            "Call",
            "FormattedValue",
            "JoinedStr",
            "Constant",
            "Attribute",
            "Subscript",
            "Starred",
            "Name",
            "List",
            "Tuple",
            "Slice",
        ];
        let kind = self.kind(o, "expr", &KINDS)?;
        Ok(match kind {
            "BoolOp" => {
                let op = self.op(
                    o,
                    kind,
                    "op",
                    "boolop",
                    &[("And", BoolOp::And), ("Or", BoolOp::Or)],
                )?;
                let values = self.exprs(o, kind, "values")?;
                if values.len() < 2 {
                    return self.vm.value_error("BoolOp with less than 2 values");
                }
                ExprKind::BoolOp { op, values }
            }
            "NamedExpr" => ExprKind::Named {
                target: Box::new(self.target(o, kind, "target", Context::Store)?),
                value: self.boxed(o, kind, "value")?,
            },
            "BinOp" => ExprKind::BinOp {
                left: self.boxed(o, kind, "left")?,
                op: self.op(o, kind, "op", "operator", &OPERATORS)?,
                right: self.boxed(o, kind, "right")?,
            },
            "UnaryOp" => ExprKind::UnaryOp {
                op: self.op(o, kind, "op", "unaryop", &UNARY)?,
                operand: self.boxed(o, kind, "operand")?,
            },
            "Lambda" => {
                let args = Box::new(self.field(o, kind, "args", Reader::arguments)?);
                ExprKind::Lambda {
                    scope: self.scope(),
                    args,
                    body: self.boxed(o, kind, "body")?,
                }
            }
            "IfExp" => ExprKind::IfExp {
                test: self.boxed(o, kind, "test")?,
                body: self.boxed(o, kind, "body")?,
                orelse: self.boxed(o, kind, "orelse")?,
            },
            "Dict" => {
                let keys = self.items(o, kind, "keys", |r, key| {
                    if key == r.vm.none {
                        Ok(None)
                    } else {
                        r.expr(key).map(Some)
                    }
                })?;
                let values = self.exprs(o, kind, "values")?;
                if keys.len() != values.len() {
                    return self
                        .vm
                        .value_error("Dict doesn't have the same number of keys as values");
                }
                ExprKind::Dict { keys, values }
            }
            "Set" => ExprKind::Set(self.exprs(o, kind, "elts")?),
            "ListComp" => self.comprehensions(o, kind, CompKind::List)?,
            "SetComp" => self.comprehensions(o, kind, CompKind::Set)?,
            "DictComp" => self.comprehensions(o, kind, CompKind::Dict)?,
            "GeneratorExp" => self.comprehensions(o, kind, CompKind::Generator)?,
            _ => return self.other_expr(o, kind),
        })
    }

    pub(super) fn other_expr(&mut self, o: Obj, kind: &'static str) -> PyResult<ExprKind> {
        Ok(match kind {
            "Await" => ExprKind::Await(self.boxed(o, kind, "value")?),
            "Yield" => ExprKind::Yield(self.maybe(o, "value")?.map(Box::new)),
            "YieldFrom" => ExprKind::YieldFrom(self.boxed(o, kind, "value")?),
            "Compare" => {
                let left = self.boxed(o, kind, "left")?;
                let ops =
                    self.items(o, kind, "ops", |r, op| r.choose(op, "cmpop", &COMPARISONS))?;
                let comparators = self.exprs(o, kind, "comparators")?;
                if comparators.is_empty() {
                    return self.vm.value_error("Compare with no comparators");
                }
                if comparators.len() != ops.len() {
                    return self
                        .vm
                        .value_error("Compare has a different number of comparators and operands");
                }
                ExprKind::Compare {
                    left,
                    ops,
                    comparators,
                }
            }
            "Call" => ExprKind::Call {
                func: self.boxed(o, kind, "func")?,
                args: self.exprs(o, kind, "args")?,
                keywords: self.items(o, kind, "keywords", Reader::keyword)?,
            },
            "FormattedValue" => {
                let value = self.boxed(o, kind, "value")?;
                let conversion = self.field(o, kind, "conversion", |r, n| {
                    Ok(r.vm.as_i64(n).unwrap_or(-1))
                })?;
                let format_spec = self.maybe(o, "format_spec")?.map(Box::new);
                ExprKind::FormattedValue {
                    value,
                    conversion: u8::try_from(conversion).ok(),
                    format_spec,
                }
            }
            "JoinedStr" => ExprKind::JoinedStr(self.exprs(o, kind, "values")?),
            "Constant" => {
                let value = self.field(o, kind, "value", |r, value| r.constant(value))?;
                let u = self.optional(o, "kind", |r, kind| Ok(r.vm.text(kind) == "u"))?;
                ExprKind::Constant {
                    value,
                    u: u.unwrap_or(false),
                }
            }
            "Attribute" => ExprKind::Attribute {
                value: self.boxed(o, kind, "value")?,
                attr: self.name(o, kind, "attr")?,
                ctx: self.context(o, kind)?,
            },
            "Subscript" => ExprKind::Subscript {
                value: self.boxed(o, kind, "value")?,
                slice: self.boxed(o, kind, "slice")?,
                ctx: self.context(o, kind)?,
            },
            "Starred" => {
                let ctx = self.context(o, kind)?;
                ExprKind::Starred {
                    value: Box::new(self.target(o, kind, "value", ctx)?),
                    ctx,
                }
            }
            "Name" => ExprKind::Name {
                id: self.name(o, kind, "id")?,
                ctx: self.context(o, kind)?,
            },
            "List" | "Tuple" => {
                let ctx = self.context(o, kind)?;
                let elts = self.items(o, kind, "elts", |r, item| r.expr_in(item, ctx))?;
                if kind == "List" {
                    ExprKind::List { elts, ctx }
                } else {
                    ExprKind::Tuple { elts, ctx }
                }
            }
            _ => ExprKind::Slice {
                lower: self.maybe(o, "lower")?.map(Box::new),
                upper: self.maybe(o, "upper")?.map(Box::new),
                step: self.maybe(o, "step")?.map(Box::new),
            },
        })
    }

    pub(super) fn comprehensions(
        &mut self,
        o: Obj,
        owner: &str,
        kind: CompKind,
    ) -> PyResult<ExprKind> {
        let scope = self.scope();
        let generators = self.items(o, owner, "generators", |r, o| {
            let owner = "comprehension";
            Ok(Comprehension {
                target: r.target(o, owner, "target", Context::Store)?,
                iter: r.expr_field(o, owner, "iter")?,
                ifs: r.exprs(o, owner, "ifs")?,
                is_async: r.int(o, owner, "is_async")? != 0,
            })
        })?;
        if generators.is_empty() {
            return self.vm.value_error("comprehension with no generators");
        }
        let (elt, value) = if kind == CompKind::Dict {
            (
                self.expr_field(o, owner, "key")?,
                Some(self.expr_field(o, owner, "value")?),
            )
        } else {
            (self.expr_field(o, owner, "elt")?, None)
        };
        Ok(ExprKind::Comp(Box::new(Comp {
            scope,
            kind,
            elt,
            value,
            generators,
        })))
    }

    pub(super) fn constant(&mut self, o: Obj) -> PyResult<Constant> {
        if o == self.vm.none {
            return Ok(Constant::None);
        }
        if o == self.vm.ellipsis {
            return Ok(Constant::Ellipsis);
        }
        let exact = !self.vm.heap.class(self.vm.heap.ty(o)).flags.heap_type;
        match self.vm.heap.payload(o) {
            Payload::Bool(true) => Ok(Constant::True),
            Payload::Bool(false) => Ok(Constant::False),
            Payload::Int(i) if exact => Ok(Constant::Int((*i).into())),
            Payload::BigInt(i) if exact => Ok(Constant::Int((**i).clone())),
            Payload::Float(f) if exact => Ok(Constant::Float(*f)),
            Payload::Complex(c) if exact => Ok(Constant::Complex(c.0, c.1)),
            Payload::Str(text) if exact => Ok(Constant::Str(text.wtf8().to_owned())),
            Payload::Bytes(bytes) if exact => Ok(Constant::Bytes(bytes.data.to_vec())),
            Payload::Tuple { .. } | Payload::TupleBig(_) if exact => {
                let items = self.vm.heap.tuple(o).unwrap_or(&[]).to_vec();
                let items: PyResult<Vec<Constant>> =
                    items.into_iter().map(|item| self.constant(item)).collect();
                Ok(Constant::Tuple(items?))
            }
            Payload::Set(_) if exact && self.vm.heap.ty(o) == self.vm.types.frozenset => {
                let items = self.vm.collect_iterable(o)?;
                let mut out = Vec::new();
                for item in items {
                    out.push(self.held(item, |r, item| r.constant(item))?);
                }
                Ok(Constant::FrozenSet(out))
            }
            _ => {
                let got = self.vm.type_name(o);
                self.vm
                    .type_error(format!("got an invalid type in Constant: {got}"))
            }
        }
    }

    pub(super) fn keyword(&mut self, o: Obj) -> PyResult<Keyword> {
        Ok(Keyword {
            arg: self.optional_name(o, "arg")?,
            value: self.expr_field(o, "keyword", "value")?,
            span: self.span(o, "keyword")?,
        })
    }

    pub(super) fn arguments(&mut self, o: Obj) -> PyResult<Arguments> {
        let owner = "arguments";
        let args = Arguments {
            posonlyargs: self.items(o, owner, "posonlyargs", Reader::arg)?,
            args: self.items(o, owner, "args", Reader::arg)?,
            vararg: self.optional(o, "vararg", Reader::arg)?,
            kwonlyargs: self.items(o, owner, "kwonlyargs", Reader::arg)?,
            kw_defaults: self.items(o, owner, "kw_defaults", |r, o| {
                if o == r.vm.none {
                    Ok(None)
                } else {
                    r.expr(o).map(Some)
                }
            })?,
            kwarg: self.optional(o, "kwarg", Reader::arg)?,
            defaults: self.exprs(o, owner, "defaults")?,
        };
        if args.defaults.len() > args.posonlyargs.len() + args.args.len() {
            return self
                .vm
                .value_error("more positional defaults than args on arguments");
        }
        if args.kw_defaults.len() != args.kwonlyargs.len() {
            return self
                .vm
                .value_error("length of kwonlyargs is not the same as kw_defaults on arguments");
        }
        Ok(args)
    }

    pub(super) fn arg(&mut self, o: Obj) -> PyResult<Arg> {
        Ok(Arg {
            arg: self.name(o, "arg", "arg")?,
            annotation: self.maybe(o, "annotation")?,
            span: self.span(o, "arg")?,
        })
    }

    pub(super) fn alias(&mut self, o: Obj) -> PyResult<Alias> {
        Ok(Alias {
            name: self.name(o, "alias", "name")?,
            asname: self.optional_name(o, "asname")?,
            span: self.span(o, "alias")?,
        })
    }
}
