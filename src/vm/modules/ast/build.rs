//! A tree as objects, as `ast.parse` gives them.
//!
//! Making them can start a collection, and so run Python code. What has been made and has no place yet is therefore parked
//! (`vm/held.rs`), in the order in which it was made: invariant: every function here parks its result, and `node` and `list` take
//! theirs from there.

use super::{Node, POSITIONS, class};
use crate::heap::{NULL, Obj, Payload};
use crate::syntax::tree::*;
use crate::vm::{Machine, Thrown};

/// The whole tree; owned.
pub(super) fn module(vm: &mut Machine, module: &Module) -> Obj {
    let made = match module {
        Module::Module(body) => {
            let body = stmts(vm, body);
            let ignores = exprs(vm, &[]);
            node(vm, "Module", None, vec![body, ignores])
        }
        Module::Interactive(body) => {
            let body = stmts(vm, body);
            node(vm, "Interactive", None, vec![body])
        }
        Module::Expression(body) => {
            let body = expr(vm, body);
            node(vm, "Expression", None, vec![body])
        }
    };
    unpark(vm, &[made]);
    made
}

fn park(vm: &mut Machine, o: Obj) -> Obj {
    vm.park(&[o]);
    o
}

/// Takes over what was parked last.
fn unpark(vm: &mut Machine, owned: &[Obj]) {
    let place = vm.returning.len() - owned.len();
    debug_assert_eq!(
        &vm.returning[place..],
        owned,
        "parts of a node are used in the order they are made in"
    );
    vm.unpark(place);
}

fn none(vm: &mut Machine) -> Obj {
    let none = vm.new_none();
    park(vm, none)
}

fn int(vm: &mut Machine, value: i64) -> Obj {
    let int = vm.new_int(value);
    park(vm, int)
}

/// An instance of the class so named with these fields (owned, in the grammar's order) and this place.
fn node(vm: &mut Machine, name: &'static str, span: Option<Span>, values: Vec<Obj>) -> Obj {
    let mark = vm.mark();
    unpark(vm, &values);
    for value in &values {
        vm.hold(*value);
    }
    let made = vm.alloc_instance(class(vm, name), Payload::Object);
    vm.hold(made);
    let fields: Vec<&str> = Node::find(name)
        .map(|n| n.fields().map(|f| f.1).collect())
        .unwrap_or_default();
    let set = |vm: &mut Machine, field: &str, value: Obj| {
        let done = vm.set_attr_str(made, field, value);
        debug_assert!(
            done != Err(Thrown::Exception),
            "a node's attribute can be set"
        );
    };
    for (field, value) in fields.iter().zip(&values) {
        set(vm, field, *value);
    }
    if let Some(span) = span {
        let numbers = [span.line, span.col, span.end_line, span.end_col];
        for (field, number) in POSITIONS.iter().zip(numbers) {
            let number = vm.new_int(i64::from(number));
            vm.hold(number);
            set(vm, field, number);
            vm.drop_held();
        }
    }
    vm.incref(made);
    vm.release(mark);
    park(vm, made)
}

/// A node without fields: there is one of each, kept beside the classes.
fn single(vm: &mut Machine, name: &'static str) -> Obj {
    let key = format!("{name}_singleton");
    let known = super::class(vm, &key);
    if !known.is_null() {
        vm.incref(known);
        return park(vm, known);
    }
    let made = node(vm, name, None, Vec::new());
    if let Some(dict) = vm.module_state.get(super::CLASSES).copied() {
        vm.dict_set_name(dict, &key, made);
    }
    made
}

/// A list of what each gives.
fn list<T>(vm: &mut Machine, items: &[T], each: fn(&mut Machine, &T) -> Obj) -> Obj {
    let mark = vm.mark();
    let made = vm.new_list(Vec::new());
    vm.hold(made);
    for item in items {
        let item = each(vm, item);
        unpark(vm, &[item]);
        if let Some(list) = vm.heap.list_mut(made) {
            list.push(item);
        }
    }
    vm.incref(made);
    vm.release(mark);
    park(vm, made)
}

fn option<T>(vm: &mut Machine, item: Option<&T>, each: fn(&mut Machine, &T) -> Obj) -> Obj {
    match item {
        Some(item) => each(vm, item),
        None => none(vm),
    }
}

fn boxed(vm: &mut Machine, item: Option<&Expr>) -> Obj {
    option(vm, item, expr)
}

fn name(vm: &mut Machine, name: &Name) -> Obj {
    let name = vm.intern(name);
    park(vm, name)
}

fn stmts(vm: &mut Machine, body: &[Stmt]) -> Obj {
    list(vm, body, stmt)
}

fn exprs(vm: &mut Machine, items: &[Expr]) -> Obj {
    list(vm, items, expr)
}

fn context(vm: &mut Machine, ctx: Context) -> Obj {
    let name = match ctx {
        Context::Load => "Load",
        Context::Store => "Store",
        Context::Del => "Del",
    };
    single(vm, name)
}

fn operator(vm: &mut Machine, op: Operator) -> Obj {
    single(
        vm,
        super::read::OPERATORS
            .iter()
            .find(|o| o.1 == op)
            .map_or("Add", |o| o.0),
    )
}

fn comparison(vm: &mut Machine, op: &CmpOp) -> Obj {
    single(
        vm,
        super::read::COMPARISONS
            .iter()
            .find(|o| o.1 == *op)
            .map_or("Eq", |o| o.0),
    )
}

fn constant(vm: &mut Machine, value: &Constant) -> Obj {
    let made = match value {
        Constant::None | Constant::FrozenSet(_) => vm.new_none(),
        Constant::True => vm.new_bool(true),
        Constant::False => vm.new_bool(false),
        Constant::Ellipsis => vm.new_ref(vm.ellipsis),
        Constant::Int(i) => vm.new_big_int(i.clone()),
        Constant::Float(f) => vm.new_float(*f),
        Constant::Complex(re, im) => vm.new_complex(*re, *im),
        Constant::Str(text) => vm.new_wtf8(text.clone()),
        Constant::Bytes(data) => vm.new_bytes(data.clone()),
        Constant::Tuple(items) => {
            let items: Vec<Obj> = items.iter().map(|item| constant(vm, item)).collect();
            unpark(vm, &items);
            vm.new_tuple(items)
        }
    };
    park(vm, made)
}

fn stmt(vm: &mut Machine, s: &Stmt) -> Obj {
    let at = Some(s.span);
    match &s.kind {
        StmtKind::FunctionDef(f) => function(vm, f, at),
        StmtKind::ClassDef(c) => {
            let parts = vec![
                name(vm, &c.name),
                exprs(vm, &c.bases),
                list(vm, &c.keywords, keyword),
                stmts(vm, &c.body),
                exprs(vm, &c.decorators),
            ];
            node(vm, "ClassDef", at, parts)
        }
        StmtKind::Return(value) => {
            let value = boxed(vm, value.as_ref());
            node(vm, "Return", at, vec![value])
        }
        StmtKind::Delete(targets) => {
            let targets = exprs(vm, targets);
            node(vm, "Delete", at, vec![targets])
        }
        StmtKind::Assign { targets, value } => {
            let parts = vec![exprs(vm, targets), expr(vm, value), none(vm)];
            node(vm, "Assign", at, parts)
        }
        StmtKind::AugAssign { target, op, value } => {
            let parts = vec![expr(vm, target), operator(vm, *op), expr(vm, value)];
            node(vm, "AugAssign", at, parts)
        }
        StmtKind::AnnAssign {
            target,
            annotation,
            value,
            simple,
        } => {
            let parts = vec![
                expr(vm, target),
                expr(vm, annotation),
                boxed(vm, value.as_ref()),
                int(vm, i64::from(*simple)),
            ];
            node(vm, "AnnAssign", at, parts)
        }
        StmtKind::For {
            target,
            iter,
            body,
            orelse,
            is_async,
        } => {
            let parts = vec![
                expr(vm, target),
                expr(vm, iter),
                stmts(vm, body),
                stmts(vm, orelse),
                none(vm),
            ];
            node(vm, if *is_async { "AsyncFor" } else { "For" }, at, parts)
        }
        StmtKind::With {
            items,
            body,
            is_async,
        } => {
            let parts = vec![list(vm, items, with_item), stmts(vm, body), none(vm)];
            node(vm, if *is_async { "AsyncWith" } else { "With" }, at, parts)
        }
        _ => other_stmt(vm, s),
    }
}

fn other_stmt(vm: &mut Machine, s: &Stmt) -> Obj {
    let at = Some(s.span);
    match &s.kind {
        StmtKind::While { test, body, orelse } => {
            let parts = vec![expr(vm, test), stmts(vm, body), stmts(vm, orelse)];
            node(vm, "While", at, parts)
        }
        StmtKind::If { test, body, orelse } => {
            let parts = vec![expr(vm, test), stmts(vm, body), stmts(vm, orelse)];
            node(vm, "If", at, parts)
        }
        StmtKind::Match { subject, cases } => {
            let parts = vec![expr(vm, subject), list(vm, cases, match_case)];
            node(vm, "Match", at, parts)
        }
        StmtKind::Raise { exc, cause } => {
            let parts = vec![boxed(vm, exc.as_ref()), boxed(vm, cause.as_ref())];
            node(vm, "Raise", at, parts)
        }
        StmtKind::Try {
            body,
            handlers,
            orelse,
            finalbody,
        } => {
            let parts = vec![
                stmts(vm, body),
                list(vm, handlers, handler),
                stmts(vm, orelse),
                stmts(vm, finalbody),
            ];
            node(vm, "Try", at, parts)
        }
        StmtKind::Assert { test, msg } => {
            let parts = vec![expr(vm, test), boxed(vm, msg.as_ref())];
            node(vm, "Assert", at, parts)
        }
        StmtKind::Import(names) => {
            let names = list(vm, names, alias);
            node(vm, "Import", at, vec![names])
        }
        StmtKind::ImportFrom {
            module,
            names,
            level,
        } => {
            let parts = vec![
                option(vm, module.as_ref(), name),
                list(vm, names, alias),
                int(vm, i64::from(*level)),
            ];
            node(vm, "ImportFrom", at, parts)
        }
        StmtKind::Global(names) => {
            let names = list(vm, names, name);
            node(vm, "Global", at, vec![names])
        }
        StmtKind::Nonlocal(names) => {
            let names = list(vm, names, name);
            node(vm, "Nonlocal", at, vec![names])
        }
        StmtKind::Expr(value) => {
            let value = expr(vm, value);
            node(vm, "Expr", at, vec![value])
        }
        StmtKind::Break => node(vm, "Break", at, Vec::new()),
        StmtKind::Continue => node(vm, "Continue", at, Vec::new()),
        _ => node(vm, "Pass", at, Vec::new()),
    }
}

fn function(vm: &mut Machine, f: &FunctionDef, at: Option<Span>) -> Obj {
    let parts = vec![
        name(vm, &f.name),
        arguments(vm, &f.args),
        stmts(vm, &f.body),
        exprs(vm, &f.decorators),
        boxed(vm, f.returns.as_ref()),
        none(vm),
    ];
    node(
        vm,
        if f.is_async {
            "AsyncFunctionDef"
        } else {
            "FunctionDef"
        },
        at,
        parts,
    )
}

fn arguments(vm: &mut Machine, a: &Arguments) -> Obj {
    let parts = vec![
        list(vm, &a.posonlyargs, arg),
        list(vm, &a.args, arg),
        option(vm, a.vararg.as_ref(), arg),
        list(vm, &a.kwonlyargs, arg),
        list(vm, &a.kw_defaults, |vm, default| {
            boxed(vm, default.as_ref())
        }),
        option(vm, a.kwarg.as_ref(), arg),
        exprs(vm, &a.defaults),
    ];
    node(vm, "arguments", None, parts)
}

fn arg(vm: &mut Machine, a: &Arg) -> Obj {
    let parts = vec![name(vm, &a.arg), boxed(vm, a.annotation.as_ref()), none(vm)];
    node(vm, "arg", Some(a.span), parts)
}

fn keyword(vm: &mut Machine, k: &Keyword) -> Obj {
    let parts = vec![option(vm, k.arg.as_ref(), name), expr(vm, &k.value)];
    node(vm, "keyword", Some(k.span), parts)
}

fn alias(vm: &mut Machine, a: &Alias) -> Obj {
    let parts = vec![name(vm, &a.name), option(vm, a.asname.as_ref(), name)];
    node(vm, "alias", Some(a.span), parts)
}

fn with_item(vm: &mut Machine, item: &WithItem) -> Obj {
    let parts = vec![
        expr(vm, &item.context_expr),
        boxed(vm, item.optional_vars.as_ref()),
    ];
    node(vm, "withitem", None, parts)
}

fn handler(vm: &mut Machine, h: &ExceptHandler) -> Obj {
    let parts = vec![
        boxed(vm, h.typ.as_ref()),
        option(vm, h.name.as_ref(), name),
        stmts(vm, &h.body),
    ];
    node(vm, "ExceptHandler", Some(h.span), parts)
}

fn match_case(vm: &mut Machine, case: &MatchCase) -> Obj {
    let parts = vec![
        pattern(vm, &case.pattern),
        boxed(vm, case.guard.as_ref()),
        stmts(vm, &case.body),
    ];
    node(vm, "match_case", None, parts)
}

fn pattern(vm: &mut Machine, p: &Pattern) -> Obj {
    let (kind, parts) = match &p.kind {
        PatternKind::Value(value) => ("MatchValue", vec![expr(vm, value)]),
        PatternKind::Singleton(value) => ("MatchSingleton", vec![constant(vm, value)]),
        PatternKind::Sequence(patterns) => ("MatchSequence", vec![list(vm, patterns, pattern)]),
        PatternKind::Mapping {
            keys,
            patterns,
            rest,
        } => {
            let parts = vec![
                exprs(vm, keys),
                list(vm, patterns, pattern),
                option(vm, rest.as_ref(), name),
            ];
            ("MatchMapping", parts)
        }
        PatternKind::Class {
            cls,
            patterns,
            kwd_attrs,
            kwd_patterns,
        } => {
            let parts = vec![
                expr(vm, cls),
                list(vm, patterns, pattern),
                list(vm, kwd_attrs, name),
                list(vm, kwd_patterns, pattern),
            ];
            ("MatchClass", parts)
        }
        PatternKind::Star(rest) => ("MatchStar", vec![option(vm, rest.as_ref(), name)]),
        PatternKind::As {
            pattern: inner,
            name: bound,
        } => {
            let inner = option(vm, inner.as_deref(), pattern);
            ("MatchAs", vec![inner, option(vm, bound.as_ref(), name)])
        }
        PatternKind::Or(patterns) => ("MatchOr", vec![list(vm, patterns, pattern)]),
    };
    node(vm, kind, Some(p.span), parts)
}

fn expr(vm: &mut Machine, e: &Expr) -> Obj {
    let (kind, parts) = match &e.kind {
        ExprKind::BoolOp { op, values } => {
            let op = single(vm, if *op == BoolOp::And { "And" } else { "Or" });
            ("BoolOp", vec![op, exprs(vm, values)])
        }
        ExprKind::Named { target, value } => ("NamedExpr", vec![expr(vm, target), expr(vm, value)]),
        ExprKind::BinOp { left, op, right } => (
            "BinOp",
            vec![expr(vm, left), operator(vm, *op), expr(vm, right)],
        ),
        ExprKind::UnaryOp { op, operand } => {
            let op = match op {
                UnaryOp::Invert => "Invert",
                UnaryOp::Not => "Not",
                UnaryOp::UAdd => "UAdd",
                UnaryOp::USub => "USub",
            };
            ("UnaryOp", vec![single(vm, op), expr(vm, operand)])
        }
        ExprKind::Lambda { args, body, .. } => {
            ("Lambda", vec![arguments(vm, args), expr(vm, body)])
        }
        ExprKind::IfExp { test, body, orelse } => (
            "IfExp",
            vec![expr(vm, test), expr(vm, body), expr(vm, orelse)],
        ),
        ExprKind::Dict { keys, values } => {
            let keys = list(vm, keys, |vm, key| boxed(vm, key.as_ref()));
            ("Dict", vec![keys, exprs(vm, values)])
        }
        ExprKind::Set(elts) => ("Set", vec![exprs(vm, elts)]),
        ExprKind::Comp(comp) => return comprehensions(vm, comp, e.span),
        ExprKind::Await(value) => ("Await", vec![expr(vm, value)]),
        ExprKind::Yield(value) => ("Yield", vec![boxed(vm, value.as_deref())]),
        ExprKind::YieldFrom(value) => ("YieldFrom", vec![expr(vm, value)]),
        ExprKind::Compare {
            left,
            ops,
            comparators,
        } => (
            "Compare",
            vec![
                expr(vm, left),
                list(vm, ops, comparison),
                exprs(vm, comparators),
            ],
        ),
        ExprKind::Call {
            func,
            args,
            keywords,
        } => (
            "Call",
            vec![expr(vm, func), exprs(vm, args), list(vm, keywords, keyword)],
        ),
        _ => other_expr(vm, e),
    };
    node(vm, kind, Some(e.span), parts)
}

fn other_expr(vm: &mut Machine, e: &Expr) -> (&'static str, Vec<Obj>) {
    match &e.kind {
        ExprKind::FormattedValue {
            value,
            conversion,
            format_spec,
        } => {
            let parts = vec![
                expr(vm, value),
                int(vm, conversion.map_or(-1, i64::from)),
                boxed(vm, format_spec.as_deref()),
            ];
            ("FormattedValue", parts)
        }
        ExprKind::JoinedStr(values) => ("JoinedStr", vec![exprs(vm, values)]),
        ExprKind::Constant { value, u } => {
            let kind = if *u { Some("u".into()) } else { None };
            let parts = vec![constant(vm, value), option(vm, kind.as_ref(), name)];
            ("Constant", parts)
        }
        ExprKind::Attribute { value, attr, ctx } => (
            "Attribute",
            vec![expr(vm, value), name(vm, attr), context(vm, *ctx)],
        ),
        ExprKind::Subscript { value, slice, ctx } => (
            "Subscript",
            vec![expr(vm, value), expr(vm, slice), context(vm, *ctx)],
        ),
        ExprKind::Starred { value, ctx } => ("Starred", vec![expr(vm, value), context(vm, *ctx)]),
        ExprKind::Name { id, ctx } => ("Name", vec![name(vm, id), context(vm, *ctx)]),
        ExprKind::List { elts, ctx } => ("List", vec![exprs(vm, elts), context(vm, *ctx)]),
        ExprKind::Tuple { elts, ctx } => ("Tuple", vec![exprs(vm, elts), context(vm, *ctx)]),
        ExprKind::Slice { lower, upper, step } => {
            let parts = [lower, upper, step].map(|part| boxed(vm, part.as_deref()));
            ("Slice", parts.to_vec())
        }
        _ => ("Constant", vec![NULL; 0]),
    }
}

fn comprehensions(vm: &mut Machine, comp: &Comp, span: Span) -> Obj {
    let mut parts = vec![expr(vm, &comp.elt)];
    if let Some(value) = &comp.value {
        parts.push(expr(vm, value));
    }
    parts.push(list(vm, &comp.generators, |vm, g| {
        let parts = vec![
            expr(vm, &g.target),
            expr(vm, &g.iter),
            exprs(vm, &g.ifs),
            int(vm, i64::from(g.is_async)),
        ];
        node(vm, "comprehension", None, parts)
    }));
    let kind = match comp.kind {
        CompKind::Generator => "GeneratorExp",
        CompKind::List => "ListComp",
        CompKind::Set => "SetComp",
        CompKind::Dict => "DictComp",
    };
    node(vm, kind, Some(span), parts)
}
