//! What the compiler warns of: comparisons, calls, subscripts and assertions that are hardly meant (`compiler_warn`).
//!
//! Invariant: warnings come in the order in which CPython's compiler visits the tree.

use super::Compiler;
use crate::bytecode::code::Warning;
use crate::syntax::tree::{CmpOp, CompKind, Constant, Expr, ExprKind};

impl<'a> Compiler<'a> {
    /// A SyntaxWarning at the current statement or expression.
    fn warn(&mut self, message: String) {
        let span = self.unit().span;
        let text = self.source.line(span.line).map(str::to_string);
        self.warnings.push(Warning {
            deprecation: false,
            message,
            line: span.line,
            column: span.col + 1,
            end_line: span.end_line,
            end_column: span.end_col as i32 + 1,
            text,
            by_compiler: true,
        });
    }

    /// `is` with a literal (`check_compare`): at most one warning a chain.
    pub(super) fn check_compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr]) {
        let mut left_is_fine = !is_literal(left);
        for (op, right) in ops.iter().zip(comparators) {
            let right_is_fine = !is_literal(right);
            if !(left_is_fine && right_is_fine) {
                let (wrong, meant) = match op {
                    CmpOp::Is => ("is", "=="),
                    CmpOp::IsNot => ("is not", "!="),
                    _ => {
                        left_is_fine = right_is_fine;
                        continue;
                    }
                };
                return self.warn(format!(
                    "\"{wrong}\" with a literal. Did you mean \"{meant}\"?"
                ));
            }
            left_is_fine = right_is_fine;
        }
    }

    /// A call of what cannot be called (`check_caller`).
    pub(super) fn check_caller(&mut self, func: &Expr) {
        let Some(kind) = type_of(func).filter(|kind| *kind != "function") else {
            return;
        };
        self.warn(format!(
            "'{kind}' object is not callable; perhaps you missed a comma?"
        ));
    }

    /// A subscript of what has none (`check_subscripter`).
    pub(super) fn check_subscripter(&mut self, value: &Expr) {
        let kind = match &value.kind {
            ExprKind::Constant {
                value: Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_),
                ..
            } => return,
            ExprKind::Constant { .. }
            | ExprKind::Set(_)
            | ExprKind::Comp(_)
            | ExprKind::Lambda { .. } => type_of(value),
            _ => return,
        };
        if let Some(kind) = kind.filter(|kind| !matches!(*kind, "list" | "dict")) {
            self.warn(format!(
                "'{kind}' object is not subscriptable; perhaps you missed a comma?"
            ));
        }
    }

    /// An index that is no number (`check_index`).
    pub(super) fn check_index(&mut self, value: &Expr, index: &Expr) {
        let Some(index) = type_of(index).filter(|kind| !matches!(*kind, "int" | "bool")) else {
            return;
        };
        let indexed = match type_of(value) {
            Some(kind @ ("str" | "bytes" | "tuple" | "list")) => kind,
            _ => return,
        };
        self.warn(format!(
            "{indexed} indices must be integers or slices, not {index}; perhaps you missed a comma?"
        ));
    }

    /// `assert (condition, message)`.
    pub(super) fn check_assertion(&mut self, test: &Expr) {
        let always_true = match &test.kind {
            ExprKind::Tuple { elts, .. } => !elts.is_empty(),
            ExprKind::Constant {
                value: Constant::Tuple(items),
                ..
            } => !items.is_empty(),
            _ => false,
        };
        if always_true {
            self.warn("assertion is always true, perhaps remove parentheses?".to_string());
        }
    }
}

/// A constant of which there may be several (`check_is_arg`).
fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant { value, .. } => !matches!(
            value,
            Constant::None | Constant::True | Constant::False | Constant::Ellipsis
        ),
        _ => false,
    }
}

/// The type of what an expression makes, where its form tells (`infer_type`).
fn type_of(expr: &Expr) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } => "list",
        ExprKind::Dict { .. } => "dict",
        ExprKind::Set(_) => "set",
        ExprKind::Comp(comp) => match comp.kind {
            CompKind::Generator => "generator",
            CompKind::List => "list",
            CompKind::Set => "set",
            CompKind::Dict => "dict",
        },
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => "str",
        ExprKind::Constant { value, .. } => match value {
            Constant::None => "NoneType",
            Constant::True | Constant::False => "bool",
            Constant::Ellipsis => "ellipsis",
            Constant::Int(_) => "int",
            Constant::Float(_) => "float",
            Constant::Complex(..) => "complex",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
            Constant::Tuple(_) => "tuple",
            Constant::FrozenSet(_) => "frozenset",
        },
        _ => return None,
    })
}
