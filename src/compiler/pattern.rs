//! `match`: cases and their patterns. PEP 634.
//!
//! A pattern consumes the subject on top of the stack. What it captures waits on the stack below the subject, in the order
//! of `stores`, until the whole pattern has matched; a failure jumps to the block that pops just as much.

use super::expression::is_constant;
use super::unit::BlockId;
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::{int, names, python_equal};
use crate::syntax::tree::{CmpOp, Context, Expr, ExprKind, MatchCase, Name, Pattern, PatternKind};

/// State of one case: CPython's `pattern_context`.
#[derive(Default)]
pub(super) struct PatternContext {
    /// Names whose values are on the stack.
    stores: Vec<Name>,
    /// Whether a pattern that always matches is allowed here.
    allow_irrefutable: bool,
    /// `fail_pop[n]` pops n entries and fails.
    fail_pop: Vec<BlockId>,
    /// How many entries above the stores are in use.
    on_top: usize,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(
        pattern.kind,
        PatternKind::As {
            pattern: None,
            name: None
        }
    )
}

fn is_star(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::Star(_))
}

impl<'a> Compiler<'a> {
    /// `compiler_match_inner`.
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Result<()> {
        self.expr(subject)?;
        let end = self.unit().new_block();
        let Some((last, others)) = cases.split_last() else {
            return Ok(());
        };
        let has_default = is_wildcard(&last.pattern) && !others.is_empty();
        let tested = if has_default { others } else { cases };
        for (at, case) in tested.iter().enumerate() {
            self.unit().set_location(case.pattern.span);
            let is_last = at + 1 == tested.len();
            if !is_last {
                self.unit().op(Op::DupTop);
            }
            let allow_irrefutable = case.guard.is_some() || at + 1 == cases.len();
            let mut pc = PatternContext {
                allow_irrefutable,
                ..PatternContext::default()
            };
            self.pattern(&case.pattern, &mut pc)?;
            for name in std::mem::take(&mut pc.stores) {
                self.name(&name, Context::Store)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut pc, 0);
                self.jump_if(guard, pc.fail_pop[0], false)?;
            }
            if !is_last {
                self.unit().op(Op::PopTop);
            }
            self.stmts(&case.body)?;
            self.unit().jump(Op::JumpForward, end);
            self.unit().set_location(case.pattern.span);
            self.emit_fail_pop(&mut pc);
        }
        if has_default {
            self.unit().set_location(last.pattern.span);
            self.unit().op(Op::Nop);
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.stmts(&last.body)?;
        }
        self.unit().use_block(end);
        Ok(())
    }

    fn ensure_fail_pop(&mut self, pc: &mut PatternContext, pops: usize) {
        while pc.fail_pop.len() <= pops {
            let block = self.unit().new_block();
            pc.fail_pop.push(block);
        }
    }

    /// Fail from here, popping what is in use and what was captured.
    fn jump_to_fail_pop(&mut self, pc: &mut PatternContext, op: Op) {
        let pops = pc.on_top + pc.stores.len();
        self.ensure_fail_pop(pc, pops);
        self.unit().jump(op, pc.fail_pop[pops]);
        self.unit().next_block();
    }

    fn emit_fail_pop(&mut self, pc: &mut PatternContext) {
        if pc.fail_pop.is_empty() {
            return self.unit().next_block();
        }
        while let Some(block) = pc.fail_pop.pop() {
            self.unit().use_block(block);
            if !pc.fail_pop.is_empty() {
                self.unit().op(Op::PopTop);
            }
        }
    }

    /// `pattern_helper_store_name`: keep the top for `name`, below everything in use.
    fn capture(&mut self, name: Option<&Name>, pc: &mut PatternContext) -> Result<()> {
        let Some(name) = name else {
            self.unit().op(Op::PopTop);
            return Ok(());
        };
        self.forbid(name, Context::Store)?;
        if pc.stores.contains(name) {
            return self.error(format!("multiple assignments to name '{name}' in pattern"));
        }
        let places = pc.on_top + pc.stores.len() + 1;
        self.unit().op_arg(Op::RotN, places as u32);
        pc.stores.push(name.clone());
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, pc: &mut PatternContext) -> Result<()> {
        self.unit().set_location(pattern.span);
        match &pattern.kind {
            PatternKind::Value(value) => {
                if !is_constant(value) && !matches!(value.kind, ExprKind::Attribute { .. }) {
                    return self.error("patterns may only match literals and attribute lookups");
                }
                self.expr(value)?;
                self.compare(CmpOp::Eq);
                self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
                Ok(())
            }
            PatternKind::Singleton(value) => {
                self.unit().load(value.clone());
                self.compare(CmpOp::Is);
                self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
                Ok(())
            }
            PatternKind::Sequence(patterns) => self.sequence_pattern(patterns, pc),
            PatternKind::Mapping {
                keys,
                patterns,
                rest,
            } => self.mapping_pattern(keys, patterns, rest.as_ref(), pc),
            PatternKind::Class {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => self.class_pattern(cls, patterns, kwd_attrs, kwd_patterns, pc),
            PatternKind::Star(name) => self.capture(name.as_ref(), pc),
            PatternKind::As { pattern, name } => {
                self.as_pattern(pattern.as_deref(), name.as_ref(), pc)
            }
            PatternKind::Or(patterns) => self.or_pattern(patterns, pc),
        }
    }

    fn subpattern(&mut self, pattern: &'a Pattern, pc: &mut PatternContext) -> Result<()> {
        let outer = std::mem::replace(&mut pc.allow_irrefutable, true);
        self.pattern(pattern, pc)?;
        pc.allow_irrefutable = outer;
        Ok(())
    }

    fn as_pattern(
        &mut self,
        pattern: Option<&'a Pattern>,
        name: Option<&Name>,
        pc: &mut PatternContext,
    ) -> Result<()> {
        let Some(pattern) = pattern else {
            if !pc.allow_irrefutable {
                return self.error(match name {
                    Some(name) => {
                        format!("name capture '{name}' makes remaining patterns unreachable")
                    }
                    None => "wildcard makes remaining patterns unreachable".to_string(),
                });
            }
            return self.capture(name, pc);
        };
        pc.on_top += 1;
        self.unit().op(Op::DupTop);
        self.pattern(pattern, pc)?;
        pc.on_top -= 1;
        self.capture(name, pc)
    }

    fn sequence_pattern(&mut self, patterns: &'a [Pattern], pc: &mut PatternContext) -> Result<()> {
        let stars: Vec<usize> = patterns
            .iter()
            .enumerate()
            .filter(|(_, p)| is_star(p))
            .map(|(at, _)| at)
            .collect();
        if stars.len() > 1 {
            return self.error("multiple starred names in sequence pattern");
        }
        let star = stars.first().copied();
        let wild_star = star.is_some_and(|at| matches!(patterns[at].kind, PatternKind::Star(None)));
        let only_wildcards = patterns
            .iter()
            .all(|p| is_wildcard(p) || matches!(p.kind, PatternKind::Star(None)));
        let size = patterns.len();
        pc.on_top += 1;
        self.unit().op(Op::MatchSequence);
        self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
        if star.is_none() {
            self.check_length(size, CmpOp::Eq, pc);
        } else if size > 1 {
            self.check_length(size - 1, CmpOp::GtE, pc);
        }
        pc.on_top -= 1;
        if only_wildcards {
            self.unit().op(Op::PopTop);
            return Ok(());
        }
        match star {
            Some(star) if wild_star => self.items_by_index(patterns, star, pc),
            _ => self.items_unpacked(patterns, star, pc),
        }
    }

    fn check_length(&mut self, length: usize, op: CmpOp, pc: &mut PatternContext) {
        self.unit().op(Op::GetLen);
        self.unit().load(int(length));
        self.compare(op);
        self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
    }

    fn items_unpacked(
        &mut self,
        patterns: &'a [Pattern],
        star: Option<usize>,
        pc: &mut PatternContext,
    ) -> Result<()> {
        let size = patterns.len();
        match star {
            None => self.unit().op_arg(Op::UnpackSequence, size as u32),
            Some(at) => {
                let after = size - at - 1;
                if at >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    return self.error("too many expressions in star-unpacking sequence pattern");
                }
                self.unit().op_arg(Op::UnpackEx, (at + (after << 8)) as u32);
            }
        }
        pc.on_top += size;
        for pattern in patterns {
            pc.on_top -= 1;
            self.subpattern(pattern, pc)?;
        }
        Ok(())
    }

    /// With a `*_` only the other items are looked at, from the front or from the back.
    fn items_by_index(
        &mut self,
        patterns: &'a [Pattern],
        star: usize,
        pc: &mut PatternContext,
    ) -> Result<()> {
        pc.on_top += 1;
        for (at, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || at == star {
                continue;
            }
            let unit = self.unit();
            unit.op(Op::DupTop);
            if at < star {
                unit.load(int(at));
            } else {
                unit.op(Op::GetLen);
                unit.load(int(patterns.len() - at));
                unit.op(Op::BinarySubtract);
            }
            unit.op(Op::BinarySubscr);
            self.subpattern(pattern, pc)?;
        }
        pc.on_top -= 1;
        self.unit().op(Op::PopTop);
        Ok(())
    }

    fn mapping_pattern(
        &mut self,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&Name>,
        pc: &mut PatternContext,
    ) -> Result<()> {
        pc.on_top += 1;
        self.unit().op(Op::MatchMapping);
        self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
        if keys.is_empty() && rest.is_none() {
            pc.on_top -= 1;
            self.unit().op(Op::PopTop);
            return Ok(());
        }
        if !keys.is_empty() {
            self.check_length(keys.len(), CmpOp::GtE, pc);
        }
        self.mapping_keys(keys)?;
        self.unit().op_arg(Op::BuildTuple, keys.len() as u32);
        self.unit().op(Op::MatchKeys);
        pc.on_top += 2;
        self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
        self.items_of_tuple(patterns.iter(), pc)?;
        pc.on_top -= 2;
        self.unit().op(Op::PopTop);
        if rest.is_some() {
            self.unit().op(Op::CopyDictWithoutKeys);
            self.capture(rest, pc)?;
        } else {
            self.unit().op(Op::PopTop);
        }
        pc.on_top -= 1;
        self.unit().op(Op::PopTop);
        Ok(())
    }

    fn mapping_keys(&mut self, keys: &'a [Expr]) -> Result<()> {
        let mut seen: Vec<&crate::syntax::tree::Constant> = Vec::new();
        for expr in keys {
            if let Some(value) = super::fold::constant(expr) {
                if seen.iter().any(|other| python_equal(other, value)) {
                    let shown = super::draft::plain(value.clone());
                    let shown = crate::bytecode::repr::constant(
                        &shown,
                        crate::bytecode::repr::Charset::Printable,
                    );
                    return self.error(format!("mapping pattern checks duplicate key ({shown})"));
                }
                seen.push(value);
            } else if !matches!(expr.kind, ExprKind::Attribute { .. }) {
                return self
                    .error("mapping pattern keys may only match literals and attribute lookups");
            }
            self.expr(expr)?;
        }
        Ok(())
    }

    /// Match patterns against the items of the tuple on top.
    fn items_of_tuple(
        &mut self,
        patterns: impl Iterator<Item = &'a Pattern>,
        pc: &mut PatternContext,
    ) -> Result<()> {
        for (at, pattern) in patterns.enumerate() {
            if is_wildcard(pattern) {
                continue;
            }
            self.unit().op(Op::DupTop);
            self.unit().load(int(at));
            self.unit().op(Op::BinarySubscr);
            self.subpattern(pattern, pc)?;
        }
        Ok(())
    }

    fn class_pattern(
        &mut self,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        attrs: &'a [Name],
        kwd_patterns: &'a [Pattern],
        pc: &mut PatternContext,
    ) -> Result<()> {
        for (at, attr) in attrs.iter().enumerate() {
            self.unit().set_location(kwd_patterns[at].span);
            self.forbid(attr, Context::Store)?;
            if let Some(other) = attrs[at + 1..].iter().position(|other| other == attr) {
                let span = kwd_patterns[at + 1 + other].span;
                return self.error_at(
                    format!("attribute name repeated in class pattern: {attr}"),
                    span,
                );
            }
        }
        self.expr(cls)?;
        self.unit().load(names(attrs));
        self.unit().op_arg(Op::MatchClass, patterns.len() as u32);
        pc.on_top += 1;
        self.jump_to_fail_pop(pc, Op::PopJumpIfFalse);
        self.items_of_tuple(patterns.iter().chain(kwd_patterns), pc)?;
        pc.on_top -= 1;
        self.unit().op(Op::PopTop);
        Ok(())
    }

    /// `compiler_pattern_or`: every alternative leaves the same captures in the order of the first one's.
    fn or_pattern(&mut self, patterns: &'a [Pattern], outer: &mut PatternContext) -> Result<()> {
        let end = self.unit().new_block();
        let mut control: Option<Vec<Name>> = None;
        for (at, alternative) in patterns.iter().enumerate() {
            self.unit().set_location(alternative.span);
            let allow_irrefutable = at + 1 == patterns.len() && outer.allow_irrefutable;
            let mut pc = PatternContext {
                allow_irrefutable,
                ..PatternContext::default()
            };
            self.unit().op(Op::DupTop);
            self.pattern(alternative, &mut pc)?;
            match &control {
                None => control = Some(pc.stores.clone()),
                Some(control) => self.reorder(control, &mut pc.stores)?,
            }
            self.unit().jump(Op::JumpForward, end);
            self.unit().next_block();
            self.emit_fail_pop(&mut pc);
        }
        self.unit().op(Op::PopTop);
        self.jump_to_fail_pop(outer, Op::JumpForward);
        self.unit().use_block(end);
        let captured = control.unwrap_or_default();
        let rotations = captured.len() + 1 + outer.on_top + outer.stores.len();
        for name in captured {
            self.unit().op_arg(Op::RotN, rotations as u32);
            if outer.stores.contains(&name) {
                return self.error(format!("multiple assignments to name '{name}' in pattern"));
            }
            outer.stores.push(name);
        }
        self.unit().op(Op::PopTop);
        Ok(())
    }

    /// Bring an alternative's captures into the first one's order.
    fn reorder(&mut self, control: &[Name], stores: &mut Vec<Name>) -> Result<()> {
        if stores.len() != control.len() {
            return self.error("alternative patterns bind different names");
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = stores.iter().position(|name| *name == control[wanted]) else {
                return self.error("alternative patterns bind different names");
            };
            if found == wanted {
                continue;
            }
            let rotations = found + 1;
            let moved: Vec<Name> = stores.drain(..rotations).collect();
            let place = wanted - found;
            stores.splice(place..place, moved);
            for _ in 0..rotations {
                self.unit().op_arg(Op::RotN, wanted as u32 + 1);
            }
        }
        Ok(())
    }
}
