//! Objects as a tree, for `compile(tree, …)`, with the complaints of CPython's converter and validator.

mod expression;
mod statement;

use super::class;
use crate::heap::{Obj, Payload};
use crate::syntax::tree::*;
use crate::vm::{Machine, PyResult};

pub(in crate::vm::modules::ast) const OPERATORS: [(&str, Operator); 13] = [
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

pub(in crate::vm::modules::ast) const COMPARISONS: [(&str, CmpOp); 10] = [
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
    fn field<T: 'static>(
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
    fn held<T: 'static>(
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
    fn optional<T: 'static>(
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

    fn items<T: 'static>(
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

    fn op<T: Copy + 'static>(
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
}
