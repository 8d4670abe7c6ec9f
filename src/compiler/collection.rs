//! Tuples, lists, sets and dicts, as values and as targets.

use super::expression::{STACK_USE_GUIDELINE, constants, is_constant};
use super::{Compiler, Result};
use crate::bytecode::opcode::Op;
use crate::compiler::constant::frozen;
use crate::syntax::tree::{Constant, Context, Expr, ExprKind};

/// How a display is built: from the stack, one item at a time, from an iterable; and whether it ends as a tuple.
#[derive(Clone, Copy)]
pub(super) struct Display {
    pub build: Op,
    pub add: Op,
    pub extend: Op,
    pub tuple: bool,
}

pub(super) const TUPLE: Display = Display {
    build: Op::BuildList,
    add: Op::ListAppend,
    extend: Op::ListExtend,
    tuple: true,
};
const LIST: Display = Display {
    tuple: false,
    ..TUPLE
};
const SET: Display = Display {
    build: Op::BuildSet,
    add: Op::SetAdd,
    extend: Op::SetUpdate,
    tuple: false,
};

fn is_starred(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Starred { .. })
}

impl<'a> Compiler<'a> {
    pub(super) fn sequence(&mut self, elts: &'a [Expr], ctx: Context, tuple: bool) -> Result<()> {
        match ctx {
            Context::Store => self.unpack_into(elts),
            Context::Load => self.display(elts, 0, if tuple { TUPLE } else { LIST }),
            Context::Del => self.exprs(elts),
        }
    }

    pub(super) fn set(&mut self, elts: &'a [Expr]) -> Result<()> {
        self.display(elts, 0, SET)
    }

    /// A display whose first `pushed` items are on the stack already. `starunpack_helper`.
    pub(super) fn display(
        &mut self,
        elts: &'a [Expr],
        pushed: usize,
        display: Display,
    ) -> Result<()> {
        if elts.len() > 2
            && let Some(items) = constants(elts)
        {
            self.constant_display(items, pushed, display);
            return Ok(());
        }
        let count = elts.len() + pushed;
        let big = count > STACK_USE_GUIDELINE;
        if !big && !elts.iter().any(is_starred) {
            self.exprs(elts)?;
            let build = if display.tuple {
                Op::BuildTuple
            } else {
                display.build
            };
            self.unit().op_arg(build, count as u32);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.unit().op_arg(display.build, pushed as u32);
        }
        for (at, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.unit().op_arg(display.build, (at + pushed) as u32);
                    built = true;
                }
                self.expr(value)?;
                self.unit().op_arg(display.extend, 1);
            } else {
                self.expr(elt)?;
                if built {
                    self.unit().op_arg(display.add, 1);
                }
            }
        }
        if display.tuple {
            self.unit().op(Op::ListToTuple);
        }
        Ok(())
    }

    fn constant_display(&mut self, items: Vec<Constant>, pushed: usize, display: Display) {
        let unit = self.unit();
        if display.tuple {
            return unit.load(Constant::Tuple(items));
        }
        unit.op_arg(display.build, pushed as u32);
        unit.load(if display.add == Op::SetAdd {
            frozen(items)
        } else {
            Constant::Tuple(items)
        });
        unit.op_arg(display.extend, 1);
    }

    /// `assignment_helper`.
    fn unpack_into(&mut self, elts: &'a [Expr]) -> Result<()> {
        let starred: Vec<usize> = elts
            .iter()
            .enumerate()
            .filter(|(_, e)| is_starred(e))
            .map(|(at, _)| at)
            .collect();
        let count = elts.len();
        match starred.as_slice() {
            [] => self.unit().op_arg(Op::UnpackSequence, count as u32),
            [at, rest @ ..] => {
                let after = count - at - 1;
                if *at >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    return self.error("too many expressions in star-unpacking assignment");
                }
                self.unit().op_arg(Op::UnpackEx, (at + (after << 8)) as u32);
                if !rest.is_empty() {
                    return self.error("multiple starred expressions in assignment");
                }
            }
        }
        for elt in elts {
            match &elt.kind {
                ExprKind::Starred { value, .. } => self.expr(value)?,
                _ => self.expr(elt)?,
            }
        }
        Ok(())
    }

    /// `compiler_dict`.
    pub(super) fn dict(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Result<()> {
        let mut have_dict = false;
        let mut waiting = 0;
        for (at, (key, value)) in keys.iter().zip(values).enumerate() {
            if key.is_some() {
                if waiting * 2 > STACK_USE_GUIDELINE {
                    self.part_of_dict(
                        &keys[at - waiting..=at],
                        &values[at - waiting..=at],
                        &mut have_dict,
                    )?;
                    waiting = 0;
                } else {
                    waiting += 1;
                }
                continue;
            }
            if waiting > 0 {
                self.part_of_dict(
                    &keys[at - waiting..at],
                    &values[at - waiting..at],
                    &mut have_dict,
                )?;
                waiting = 0;
            }
            if !have_dict {
                self.unit().op_arg(Op::BuildMap, 0);
                have_dict = true;
            }
            self.expr(value)?;
            self.unit().op_arg(Op::DictUpdate, 1);
        }
        let count = keys.len();
        if waiting > 0 {
            self.part_of_dict(
                &keys[count - waiting..],
                &values[count - waiting..],
                &mut have_dict,
            )?;
        }
        if !have_dict {
            self.unit().op_arg(Op::BuildMap, 0);
        }
        Ok(())
    }

    fn part_of_dict(
        &mut self,
        keys: &'a [Option<Expr>],
        values: &'a [Expr],
        have_dict: &mut bool,
    ) -> Result<()> {
        self.sub_dict(keys, values)?;
        if *have_dict {
            self.unit().op_arg(Op::DictUpdate, 1);
        }
        *have_dict = true;
        Ok(())
    }

    /// `compiler_subdict`.
    fn sub_dict(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Result<()> {
        let count = keys.len();
        let big = count * 2 > STACK_USE_GUIDELINE;
        if count > 1 && !big && keys.iter().flatten().all(is_constant) {
            self.exprs(values)?;
            let keys = constants(keys.iter().flatten()).unwrap_or_default();
            self.unit().load(Constant::Tuple(keys));
            self.unit().op_arg(Op::BuildConstKeyMap, count as u32);
            return Ok(());
        }
        if big {
            self.unit().op_arg(Op::BuildMap, 0);
        }
        for (key, value) in keys.iter().zip(values) {
            self.exprs(key)?;
            self.expr(value)?;
            if big {
                self.unit().op_arg(Op::MapAdd, 1);
            }
        }
        if !big {
            self.unit().op_arg(Op::BuildMap, count as u32);
        }
        Ok(())
    }
}
