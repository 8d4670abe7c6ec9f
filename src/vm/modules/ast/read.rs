//! Objects as a tree, for `compile(tree, …)`, with the complaints of CPython's converter and validator.

use super::class;
use crate::heap::{Obj, Payload};
use crate::syntax::tree::*;
use crate::vm::{Machine, PyResult};

pub(super) const OPERATORS: [(&str, Operator); 13] = [
    ("Add", Operator::Add),
    ("Sub", Operator::Sub),
    ("Mult", Operator::Mult),
    ("MatMult", Operator::MatMult),
    ("Div", Operator::Div),
    ("Mod", Operator::Mod),
    ("Pow", Operator::Pow),
    ("LShift", Operator::LShift),
    ("RShift", Operator::RShift),
    ("BitOr", Operator::BitOr),
    ("BitXor", Operator::BitXor),
    ("BitAnd", Operator::BitAnd),
    ("FloorDiv", Operator::FloorDiv),
];

pub(super) const COMPARISONS: [(&str, CmpOp); 10] = [
    ("Eq", CmpOp::Eq),
    ("NotEq", CmpOp::NotEq),
    ("Lt", CmpOp::Lt),
    ("LtE", CmpOp::LtE),
    ("Gt", CmpOp::Gt),
    ("GtE", CmpOp::GtE),
    ("Is", CmpOp::Is),
    ("IsNot", CmpOp::IsNot),
    ("In", CmpOp::In),
    ("NotIn", CmpOp::NotIn),
];

const UNARY: [(&str, UnaryOp); 4] = [
    ("Invert", UnaryOp::Invert),
    ("Not", UnaryOp::Not),
    ("UAdd", UnaryOp::UAdd),
    ("USub", UnaryOp::USub),
];

const CONTEXTS: [(&str, Context); 3] = [
    ("Load", Context::Load),
    ("Store", Context::Store),
    ("Del", Context::Del),
];

/// The tree that a `Module`, `Interactive` or `Expression` stands for, and how many scopes it has.
pub(super) fn module(vm: &mut Machine, tree: Obj, mode: &str) -> PyResult<(Module, u32)> {
    let wanted = match mode {
        "eval" => "Expression",
        "single" => "Interactive",
        _ => "Module",
    };
    if !is(vm, tree, wanted) {
        let got = vm.type_name(tree);
        return vm.type_error(format!("expected {wanted} node, got {got}"));
    }
    let mut reader = Reader {
        vm,
        scopes: 1,
        depth: 0,
    };
    let module = match wanted {
        "Expression" => {
            Module::Expression(Box::new(reader.expr_field(tree, "Expression", "body")?))
        }
        "Interactive" => Module::Interactive(reader.stmts(tree, "Interactive", "body")?),
        _ => {
            let body = reader.stmts(tree, "Module", "body")?;
            reader.items(tree, "Module", "type_ignores", |_, _| Ok(()))?;
            Module::Module(body)
        }
    };
    Ok((module, reader.scopes))
}

fn is(vm: &Machine, o: Obj, name: &str) -> bool {
    let class = class(vm, name);
    !class.is_null() && vm.is_subtype(vm.heap.ty(o), class)
}

/// Goes through objects; counts the scopes it meets.
struct Reader<'a> {
    vm: &'a mut Machine,
    scopes: u32,
    depth: u32,
}

/// Deeper trees end in RecursionError.
const MAX_DEPTH: u32 = 6000;

impl Reader<'_> {
    fn scope(&mut self) -> ScopeId {
        self.scopes += 1;
        ScopeId(self.scopes - 1)
    }

    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> PyResult<T>) -> PyResult<T> {
        self.depth += 1;
        let result = if self.depth > MAX_DEPTH {
            let message = "maximum recursion depth exceeded during ast construction".to_string();
            self.vm.raise(self.vm.types.recursion_error, message)
        } else {
            work(self)
        };
        self.depth -= 1;
        result
    }

    /// The name of the class among the given ones to which the object belongs.
    fn kind(&mut self, o: Obj, base: &str, names: &[&'static str]) -> PyResult<&'static str> {
        if let Some(name) = names.iter().find(|name| is(self.vm, o, name)) {
            return Ok(name);
        }
        let shown = self.vm.repr_text(o)?;
        self.vm
            .type_error(format!("expected some sort of {base}, but got {shown}"))
    }

    /// The field's value and what to make of it; a missing one is an error, unless it may be None.
    fn field<T>(
        &mut self,
        o: Obj,
        owner: &str,
        name: &str,
        read: impl FnOnce(&mut Self, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        match self.vm.lookup_attr_str(o, name)? {
            Some(value) => self.held(value, read),
            None => self.missing(name, owner),
        }
    }

    fn missing<T>(&mut self, name: &str, owner: &str) -> PyResult<T> {
        self.vm
            .type_error(format!("required field \"{name}\" missing from {owner}"))
    }

    /// Works with an owned object, held meanwhile.
    fn held<T>(
        &mut self,
        value: Obj,
        read: impl FnOnce(&mut Self, Obj) -> PyResult<T>,
    ) -> PyResult<T> {
        let mark = self.vm.mark();
        self.vm.hold(value);
        let result = read(self, value);
        self.vm.releasing(mark, result)
    }

    /// The same for a field that can be None or missing.
    fn optional<T>(
        &mut self,
        o: Obj,
        name: &str,
        read: impl FnOnce(&mut Self, Obj) -> PyResult<T>,
    ) -> PyResult<Option<T>> {
        match self.vm.lookup_attr_str(o, name)? {
            Some(value) => self.held(value, |r, value| {
                if value == r.vm.none {
                    return Ok(None);
                }
                read(r, value).map(Some)
            }),
            None => Ok(None),
        }
    }

    fn items<T>(
        &mut self,
        o: Obj,
        owner: &str,
        name: &str,
        mut read: impl FnMut(&mut Self, Obj) -> PyResult<T>,
    ) -> PyResult<Vec<T>> {
        self.field(o, owner, name, |r, value| {
            let Some(items) = r.vm.heap.list(value).cloned() else {
                let got = r.vm.type_name(value);
                return r.vm.type_error(format!(
                    "{owner} field \"{name}\" must be a list, not a {got}"
                ));
            };
            let mut out = Vec::with_capacity(items.len());
            for item in items {
                r.vm.incref(item);
                out.push(r.held(item, &mut read)?);
            }
            Ok(out)
        })
    }

    fn int(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<u32> {
        self.field(o, owner, name, |r, value| {
            if r.vm.is_int(value) {
                return Ok(r
                    .vm
                    .as_i64(value)
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(0));
            }
            let shown = r.vm.repr_text(value)?;
            r.vm.value_error(&format!("invalid integer value: {shown}"))
        })
    }

    /// Where the node stands. `owner` is the sum type ("stmt") or the product type ("arg").
    fn span(&mut self, o: Obj, owner: &str) -> PyResult<Span> {
        let line = self.int(o, owner, "lineno")?;
        let col = self.int(o, owner, "col_offset")?;
        let optional = |r: &mut Self, name: &str| {
            r.optional(o, name, |r, value| {
                Ok(r.vm
                    .as_i64(value)
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(0))
            })
        };
        let end_line = optional(self, "end_lineno")?.unwrap_or(line);
        let end_col = optional(self, "end_col_offset")?.unwrap_or(col);
        Ok(Span {
            line,
            col,
            end_line,
            end_col,
        })
    }

    fn identifier(&mut self, value: Obj) -> PyResult<Name> {
        if self.vm.heap.str(value).is_none() {
            return self
                .vm
                .type_error("AST identifier must be of type str".to_string());
        }
        let text = self.vm.text(value);
        if matches!(&text[..], "None" | "True" | "False") {
            return self.vm.value_error(&format!(
                "identifier field can't represent '{text}' constant"
            ));
        }
        Ok(Name::from(text))
    }

    fn name(&mut self, o: Obj, owner: &str, field: &str) -> PyResult<Name> {
        self.field(o, owner, field, |r, value| r.identifier(value))
    }

    fn optional_name(&mut self, o: Obj, field: &str) -> PyResult<Option<Name>> {
        self.optional(o, field, |r, value| r.identifier(value))
    }

    /// A name that a pattern binds.
    fn capture(&mut self, o: Obj, field: &str) -> PyResult<Option<Name>> {
        let name = self.optional_name(o, field)?;
        if name.as_deref() == Some("_") {
            return self.vm.value_error("can't capture name '_' in patterns");
        }
        Ok(name)
    }

    fn op<T: Copy>(
        &mut self,
        o: Obj,
        owner: &str,
        field: &str,
        base: &str,
        table: &[(&'static str, T)],
    ) -> PyResult<T> {
        self.field(o, owner, field, |r, value| r.choose(value, base, table))
    }

    fn choose<T: Copy>(
        &mut self,
        value: Obj,
        base: &str,
        table: &[(&'static str, T)],
    ) -> PyResult<T> {
        let names: Vec<&'static str> = table.iter().map(|row| row.0).collect();
        let kind = self.kind(value, base, &names)?;
        let row = table.iter().find(|row| row.0 == kind).unwrap_or(&table[0]);
        Ok(row.1)
    }

    fn context(&mut self, o: Obj, owner: &str) -> PyResult<Context> {
        self.op(o, owner, "ctx", "expr_context", &CONTEXTS)
    }

    fn expr_field(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Expr> {
        self.field(o, owner, name, |r, value| {
            r.required(value, owner, name)?;
            r.expr(value)
        })
    }

    /// Complains of None where there must be something.
    fn required(&mut self, value: Obj, owner: &str, name: &str) -> PyResult<()> {
        if value == self.vm.none {
            return self
                .vm
                .value_error(&format!("field '{name}' is required for {owner}"));
        }
        Ok(())
    }

    /// An expression that is assigned to or deleted.
    fn target(&mut self, o: Obj, owner: &str, name: &str, ctx: Context) -> PyResult<Expr> {
        self.field(o, owner, name, |r, value| {
            r.required(value, owner, name)?;
            r.expr_in(value, ctx)
        })
    }

    fn boxed(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Box<Expr>> {
        self.expr_field(o, owner, name).map(Box::new)
    }

    fn maybe(&mut self, o: Obj, name: &str) -> PyResult<Option<Expr>> {
        self.optional(o, name, Reader::expr)
    }

    fn exprs(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Vec<Expr>> {
        self.items(o, owner, name, Reader::expr)
    }

    fn stmts(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Vec<Stmt>> {
        self.items(o, owner, name, Reader::stmt)
    }

    /// Statements of which there must be one.
    fn body(&mut self, o: Obj, owner: &str) -> PyResult<Vec<Stmt>> {
        let body = self.stmts(o, owner, "body")?;
        self.some(body, "body", owner)
    }

    fn some<T>(&mut self, items: Vec<T>, field: &str, owner: &str) -> PyResult<Vec<T>> {
        if items.is_empty() {
            return self.vm.value_error(&format!("empty {field} on {owner}"));
        }
        Ok(items)
    }

    fn expr(&mut self, o: Obj) -> PyResult<Expr> {
        self.expr_in(o, Context::Load)
    }

    fn expr_in(&mut self, o: Obj, ctx: Context) -> PyResult<Expr> {
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
    fn span_of(&mut self, o: Obj, base: &'static str) -> PyResult<Span> {
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

    fn check_context(&mut self, kind: &ExprKind, ctx: Context) -> PyResult<()> {
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

    fn expr_kind(&mut self, o: Obj) -> PyResult<ExprKind> {
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

    fn other_expr(&mut self, o: Obj, kind: &'static str) -> PyResult<ExprKind> {
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

    fn comprehensions(&mut self, o: Obj, owner: &str, kind: CompKind) -> PyResult<ExprKind> {
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

    fn constant(&mut self, o: Obj) -> PyResult<Constant> {
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

    fn keyword(&mut self, o: Obj) -> PyResult<Keyword> {
        Ok(Keyword {
            arg: self.optional_name(o, "arg")?,
            value: self.expr_field(o, "keyword", "value")?,
            span: self.span(o, "keyword")?,
        })
    }

    fn arguments(&mut self, o: Obj) -> PyResult<Arguments> {
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

    fn arg(&mut self, o: Obj) -> PyResult<Arg> {
        Ok(Arg {
            arg: self.name(o, "arg", "arg")?,
            annotation: self.maybe(o, "annotation")?,
            span: self.span(o, "arg")?,
        })
    }

    fn alias(&mut self, o: Obj) -> PyResult<Alias> {
        Ok(Alias {
            name: self.name(o, "alias", "name")?,
            asname: self.optional_name(o, "asname")?,
            span: self.span(o, "alias")?,
        })
    }

    fn stmt(&mut self, o: Obj) -> PyResult<Stmt> {
        if o == self.vm.none {
            return self.vm.value_error("None disallowed in statement list");
        }
        self.deeper(|r| {
            let span = r.span_of(o, "stmt")?;
            let kind = r.stmt_kind(o)?;
            Ok(Stmt { kind, span })
        })
    }

    fn stmt_kind(&mut self, o: Obj) -> PyResult<StmtKind> {
        const KINDS: [&str; 27] = [
            "FunctionDef",
            "AsyncFunctionDef",
            "ClassDef",
            "Return",
            "Delete",
            "Assign",
            "AugAssign",
            "AnnAssign",
            "For",
            "AsyncFor",
            "While",
            "If",
            "With",
            "AsyncWith",
            "Match",
            "Raise",
            "Try",
            "Assert",
            "Import",
            "ImportFrom",
            "Global",
            "Nonlocal",
            "Expr",
            "Pass",
            "Break",
            "Continue",
            "stmt",
        ];
        let kind = self.kind(o, "stmt", &KINDS[..26])?;
        Ok(match kind {
            "FunctionDef" | "AsyncFunctionDef" => self.function(o, kind)?,
            "ClassDef" => {
                let scope = self.scope();
                StmtKind::ClassDef(Box::new(ClassDef {
                    scope,
                    name: self.name(o, kind, "name")?,
                    bases: self.exprs(o, kind, "bases")?,
                    keywords: self.items(o, kind, "keywords", Reader::keyword)?,
                    body: self.body(o, kind)?,
                    decorators: self.exprs(o, kind, "decorator_list")?,
                }))
            }
            "Return" => StmtKind::Return(self.maybe(o, "value")?),
            "Delete" => {
                let targets = self.items(o, kind, "targets", |r, o| r.expr_in(o, Context::Del))?;
                StmtKind::Delete(self.some(targets, "targets", kind)?)
            }
            "Assign" => {
                let targets =
                    self.items(o, kind, "targets", |r, o| r.expr_in(o, Context::Store))?;
                let targets = self.some(targets, "targets", kind)?;
                StmtKind::Assign {
                    targets,
                    value: self.expr_field(o, kind, "value")?,
                }
            }
            "AugAssign" => StmtKind::AugAssign {
                target: self.target(o, kind, "target", Context::Store)?,
                op: self.op(o, kind, "op", "operator", &OPERATORS)?,
                value: self.expr_field(o, kind, "value")?,
            },
            "AnnAssign" => {
                let target = self.target(o, kind, "target", Context::Store)?;
                let simple = self.int(o, kind, "simple")? != 0;
                if simple && !matches!(target.kind, ExprKind::Name { .. }) {
                    return self
                        .vm
                        .type_error("AnnAssign with simple non-Name target".to_string());
                }
                let annotation = self.expr_field(o, kind, "annotation")?;
                StmtKind::AnnAssign {
                    target,
                    annotation,
                    value: self.maybe(o, "value")?,
                    simple,
                }
            }
            "For" | "AsyncFor" => StmtKind::For {
                target: self.target(o, kind, "target", Context::Store)?,
                iter: self.expr_field(o, kind, "iter")?,
                body: self.body(o, kind)?,
                orelse: self.stmts(o, kind, "orelse")?,
                is_async: kind == "AsyncFor",
            },
            "While" => StmtKind::While {
                test: self.expr_field(o, kind, "test")?,
                body: self.body(o, kind)?,
                orelse: self.stmts(o, kind, "orelse")?,
            },
            "If" => StmtKind::If {
                test: self.expr_field(o, kind, "test")?,
                body: self.body(o, kind)?,
                orelse: self.stmts(o, kind, "orelse")?,
            },
            _ => return self.other_stmt(o, kind),
        })
    }

    fn function(&mut self, o: Obj, kind: &'static str) -> PyResult<StmtKind> {
        let scope = self.scope();
        Ok(StmtKind::FunctionDef(Box::new(FunctionDef {
            scope,
            is_async: kind == "AsyncFunctionDef",
            name: self.name(o, kind, "name")?,
            args: self.field(o, kind, "args", Reader::arguments)?,
            body: self.body(o, kind)?,
            decorators: self.exprs(o, kind, "decorator_list")?,
            returns: self.maybe(o, "returns")?,
        })))
    }

    fn other_stmt(&mut self, o: Obj, kind: &'static str) -> PyResult<StmtKind> {
        Ok(match kind {
            "With" | "AsyncWith" => {
                let items = self.items(o, kind, "items", |r, o| {
                    Ok(WithItem {
                        context_expr: r.expr_field(o, "withitem", "context_expr")?,
                        optional_vars: r
                            .optional(o, "optional_vars", |r, o| r.expr_in(o, Context::Store))?,
                    })
                })?;
                let items = self.some(items, "items", kind)?;
                StmtKind::With {
                    items,
                    body: self.body(o, kind)?,
                    is_async: kind == "AsyncWith",
                }
            }
            "Match" => {
                let subject = self.expr_field(o, kind, "subject")?;
                let cases = self.items(o, kind, "cases", Reader::match_case)?;
                StmtKind::Match {
                    subject,
                    cases: self.some(cases, "cases", kind)?,
                }
            }
            "Raise" => {
                let (exc, cause) = (self.maybe(o, "exc")?, self.maybe(o, "cause")?);
                if exc.is_none() && cause.is_some() {
                    return self.vm.value_error("Raise with cause but no exception");
                }
                StmtKind::Raise { exc, cause }
            }
            "Try" => self.try_stmt(o)?,
            "Assert" => StmtKind::Assert {
                test: self.expr_field(o, kind, "test")?,
                msg: self.maybe(o, "msg")?,
            },
            "Import" => {
                let names = self.items(o, kind, "names", Reader::alias)?;
                StmtKind::Import(self.some(names, "names", kind)?)
            }
            "ImportFrom" => {
                let module = self.optional_name(o, "module")?;
                let names = self.items(o, kind, "names", Reader::alias)?;
                let level = self
                    .optional(o, "level", |r, n| Ok(r.vm.as_i64(n).unwrap_or(0)))?
                    .unwrap_or(0);
                if level < 0 {
                    return self.vm.value_error("Negative ImportFrom level");
                }
                let names = self.some(names, "names", kind)?;
                StmtKind::ImportFrom {
                    module,
                    names,
                    level: level as u32,
                }
            }
            "Global" | "Nonlocal" => {
                let names = self.items(o, kind, "names", Reader::identifier)?;
                let names = self.some(names, "names", kind)?;
                if kind == "Global" {
                    StmtKind::Global(names)
                } else {
                    StmtKind::Nonlocal(names)
                }
            }
            "Expr" => StmtKind::Expr(self.expr_field(o, kind, "value")?),
            "Break" => StmtKind::Break,
            "Continue" => StmtKind::Continue,
            _ => StmtKind::Pass,
        })
    }

    fn try_stmt(&mut self, o: Obj) -> PyResult<StmtKind> {
        let body = self.body(o, "Try")?;
        let handlers = self.items(o, "Try", "handlers", |r, o| {
            let span = r.span_of(o, "excepthandler")?;
            Ok(ExceptHandler {
                typ: r.maybe(o, "type")?,
                name: r.optional_name(o, "name")?,
                body: r.body(o, "ExceptHandler")?,
                span,
            })
        })?;
        let orelse = self.stmts(o, "Try", "orelse")?;
        let finalbody = self.stmts(o, "Try", "finalbody")?;
        if handlers.is_empty() && finalbody.is_empty() {
            return self
                .vm
                .value_error("Try has neither except handlers nor finalbody");
        }
        if handlers.is_empty() && !orelse.is_empty() {
            return self.vm.value_error("Try has orelse but no except handlers");
        }
        Ok(StmtKind::Try {
            body,
            handlers,
            orelse,
            finalbody,
        })
    }

    fn match_case(&mut self, o: Obj) -> PyResult<MatchCase> {
        Ok(MatchCase {
            pattern: self.field(o, "match_case", "pattern", Reader::pattern)?,
            guard: self.maybe(o, "guard")?,
            body: self.body(o, "match_case")?,
        })
    }

    fn patterns(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Vec<Pattern>> {
        self.items(o, owner, name, Reader::pattern)
    }

    fn pattern(&mut self, o: Obj) -> PyResult<Pattern> {
        const KINDS: [&str; 8] = [
            "MatchValue",
            "MatchSingleton",
            "MatchSequence",
            "MatchMapping",
            "MatchClass",
            "MatchStar",
            "MatchAs",
            "MatchOr",
        ];
        self.deeper(|r| {
            let span = r.span_of(o, "pattern")?;
            let kind = r.kind(o, "pattern", &KINDS)?;
            let made = match kind {
                "MatchValue" => PatternKind::Value(r.expr_field(o, kind, "value")?),
                "MatchSingleton" => {
                    let value = r.field(o, kind, "value", |r, value| r.constant(value))?;
                    if !matches!(value, Constant::None | Constant::True | Constant::False) {
                        return r.vm.value_error("MatchSingleton can only contain True, False and None");
                    }
                    PatternKind::Singleton(value)
                }
                "MatchSequence" => PatternKind::Sequence(r.patterns(o, kind, "patterns")?),
                "MatchMapping" => {
                    let (keys, patterns) = (r.exprs(o, kind, "keys")?, r.patterns(o, kind, "patterns")?);
                    if keys.len() != patterns.len() {
                        return r.vm.value_error("MatchMapping doesn't have the same number of keys as patterns");
                    }
                    PatternKind::Mapping { keys, patterns, rest: r.capture(o, "rest")? }
                }
                "MatchClass" => {
                    let (cls, patterns) = (r.expr_field(o, kind, "cls")?, r.patterns(o, kind, "patterns")?);
                    let kwd_attrs = r.items(o, kind, "kwd_attrs", Reader::identifier)?;
                    let kwd_patterns = r.patterns(o, kind, "kwd_patterns")?;
                    if kwd_attrs.len() != kwd_patterns.len() {
                        let message = "MatchClass doesn't have the same number of keyword attributes as patterns";
                        return r.vm.value_error(message);
                    }
                    PatternKind::Class { cls, patterns, kwd_attrs, kwd_patterns }
                }
                "MatchStar" => PatternKind::Star(r.capture(o, "name")?),
                "MatchAs" => {
                    let pattern = r.optional(o, "pattern", Reader::pattern)?.map(Box::new);
                    let name = r.capture(o, "name")?;
                    if pattern.is_some() && name.is_none() {
                        return r.vm.value_error("MatchAs must specify a target name if a pattern is given");
                    }
                    PatternKind::As { pattern, name }
                }
                _ => {
                    let patterns = r.patterns(o, kind, "patterns")?;
                    if patterns.len() < 2 {
                        return r.vm.value_error("MatchOr requires at least 2 patterns");
                    }
                    PatternKind::Or(patterns)
                }
            };
            Ok(Pattern { kind: made, span })
        })
    }
}
