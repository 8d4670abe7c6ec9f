//! Annotations: evaluated, or their text under `from __future__ import annotations`.

use super::{Compiler, Result, unparse};
use crate::bytecode::code::flags;
use crate::compiler::constant::text;
use crate::syntax::tree::{Expr, Stmt, StmtKind};

impl<'a> Compiler<'a> {
    /// Push an annotation.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) -> Result<()> {
        if self.future.flags & flags::FUTURE_ANNOTATIONS == 0 {
            return self.expr(annotation);
        }
        let written = unparse::expression(annotation);
        self.unit().load(text(&written));
        Ok(())
    }
}

/// Whether a body annotates a variable anywhere outside nested scopes. `find_ann`, which does not look into `match`.
pub(super) fn has_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For { body, orelse, .. }
        | StmtKind::While { body, orelse, .. }
        | StmtKind::If { body, orelse, .. } => has_annotations(body) || has_annotations(orelse),
        StmtKind::With { body, .. } => has_annotations(body),
        StmtKind::Try {
            body,
            handlers,
            orelse,
            finalbody,
        } => {
            handlers
                .iter()
                .any(|handler| has_annotations(&handler.body))
                || has_annotations(body)
                || has_annotations(finalbody)
                || has_annotations(orelse)
        }
        _ => false,
    })
}
