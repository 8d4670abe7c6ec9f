//! Statements, `match` and its patterns (`obj2ast_stmt`, `validate_stmt`, `validate_pattern`).

use super::*;

impl Reader<'_> {
    pub(super) fn stmt(&mut self, o: Obj) -> PyResult<Stmt> {
        if o == self.vm.none {
            return self.vm.value_error("None disallowed in statement list");
        }
        self.deeper(|r| {
            let span = r.span_of(o, "stmt")?;
            let kind = r.stmt_kind(o)?;
            Ok(Stmt { kind, span })
        })
    }

    pub(super) fn stmt_kind(&mut self, o: Obj) -> PyResult<StmtKind> {
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

    pub(super) fn function(&mut self, o: Obj, kind: &'static str) -> PyResult<StmtKind> {
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

    pub(super) fn other_stmt(&mut self, o: Obj, kind: &'static str) -> PyResult<StmtKind> {
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

    pub(super) fn try_stmt(&mut self, o: Obj) -> PyResult<StmtKind> {
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

    pub(super) fn match_case(&mut self, o: Obj) -> PyResult<MatchCase> {
        Ok(MatchCase {
            pattern: self.field(o, "match_case", "pattern", Reader::pattern)?,
            guard: self.maybe(o, "guard")?,
            body: self.body(o, "match_case")?,
        })
    }

    pub(super) fn patterns(&mut self, o: Obj, owner: &str, name: &str) -> PyResult<Vec<Pattern>> {
        self.items(o, owner, name, Reader::pattern)
    }

    pub(super) fn pattern(&mut self, o: Obj) -> PyResult<Pattern> {
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
