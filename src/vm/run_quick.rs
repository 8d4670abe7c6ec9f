//! What the loop does at once, without asking slots: numbers, truth, items by an int, globals found before.
//!
//! Each answers `None` (or NULL) where the general way must be taken. No Python code runs in here.

use std::cmp::Ordering;

use super::Machine;
use super::fuse::{EQUAL, GREATER, LESS, UNORDERED, compare_mask};
use super::types::float_arith;
use super::types::int_arith::exact_f64;
use crate::bytecode::opcode::Op;
use crate::heap::payload::Payload;
use crate::heap::payload::code::Cache;
use crate::heap::{NULL, Obj};

impl Machine {
    /// How two exact ints, or two exact floats, lie to each other: `LESS`, `EQUAL`, `GREATER` or `UNORDERED`.
    #[inline(always)]
    pub(super) fn order_numbers(&self, a: Obj, b: Obj) -> Option<u32> {
        match (self.heap.payload(a), self.heap.payload(b)) {
            (Payload::Int(x), Payload::Int(y)) => Some(if x < y {
                LESS
            } else if x == y {
                EQUAL
            } else {
                GREATER
            }),
            (Payload::Float(x), Payload::Float(y)) => Some(match x.partial_cmp(y) {
                Some(Ordering::Less) => LESS,
                Some(Ordering::Equal) => EQUAL,
                Some(Ordering::Greater) => GREATER,
                None => UNORDERED,
            }),
            _ => None,
        }
    }

    /// How two exact ints, or two exact floats, compare, by `COMPARE_OP`'s argument.
    #[inline(always)]
    pub(super) fn compare_numbers(&self, a: Obj, b: Obj, op: u32) -> Option<bool> {
        Some(compare_mask(op) & self.order_numbers(a, b)? != 0)
    }

    /// The truth of what has no Python code to ask; `None` for anything else, and for NULL.
    #[inline(always)]
    pub(super) fn quick_truth(&self, o: Obj) -> Option<bool> {
        Some(match self.heap.payload(o) {
            Payload::Bool(b) => *b,
            Payload::None => false,
            Payload::Int(i) => *i != 0,
            Payload::List(items) => !items.is_empty(),
            Payload::Str(s) => !s.is_empty(),
            Payload::Tuple { n, .. } => *n != 0,
            Payload::Dict(d) => !d.is_empty(),
            _ => return None,
        })
    }

    /// An operator on two numbers when operands and result fit an int, or both are floats; owned. No Python code runs.
    #[inline(always)]
    pub(super) fn arithmetic<const WATCHED: bool>(
        &mut self,
        op: Op,
        a: Obj,
        b: Obj,
    ) -> Option<Obj> {
        match (self.heap.payload(a), self.heap.payload(b)) {
            (Payload::Int(x), Payload::Int(y)) => {
                let (x, y) = (*x, *y);
                let r = match op {
                    Op::BinaryAdd | Op::InplaceAdd => x.checked_add(y)?,
                    Op::BinarySubtract | Op::InplaceSubtract => x.checked_sub(y)?,
                    Op::BinaryMultiply | Op::InplaceMultiply => x.checked_mul(y)?,
                    Op::BinaryModulo | Op::InplaceModulo if y > 0 => x.rem_euclid(y),
                    Op::BinaryFloorDivide | Op::InplaceFloorDivide if y > 0 => x.div_euclid(y),
                    Op::BinaryAnd | Op::InplaceAnd => x & y,
                    Op::BinaryOr | Op::InplaceOr => x | y,
                    Op::BinaryXor | Op::InplaceXor => x ^ y,
                    Op::BinaryRshift | Op::InplaceRshift if y >= 0 => x >> y.min(63),
                    Op::BinaryLshift | Op::InplaceLshift if (0..63).contains(&y) => {
                        let r = x << y;
                        (r >> y == x).then_some(r)?
                    }
                    _ => return self.mixed_arithmetic(op, a, b),
                };
                Some(self.new_int_in::<WATCHED>(r))
            }
            (Payload::Float(x), Payload::Float(y)) => {
                let r = float_arith::fast(op, *x, *y)?;
                Some(self.new_float_in::<WATCHED>(r))
            }
            (Payload::Float(_), Payload::Int(_)) | (Payload::Int(_), Payload::Float(_)) => {
                self.mixed_arithmetic(op, a, b)
            }
            _ => None,
        }
    }

    /// `arithmetic` with an operator that only the run knows.
    #[inline(never)]
    pub(super) fn arithmetic_any<const WATCHED: bool>(
        &mut self,
        op: Op,
        a: Obj,
        b: Obj,
    ) -> Option<Obj> {
        self.arithmetic::<WATCHED>(op, a, b)
    }

    /// The same on an int and a float, and true division of ints, when the ints are exact as floats.
    #[inline(never)]
    pub(super) fn mixed_arithmetic(&mut self, op: Op, a: Obj, b: Obj) -> Option<Obj> {
        let divides = matches!(op, Op::BinaryTrueDivide | Op::InplaceTrueDivide);
        let r = match (self.heap.payload(a), self.heap.payload(b)) {
            (Payload::Float(x), Payload::Int(y)) => float_arith::fast(op, *x, exact_f64(*y)?)?,
            (Payload::Int(x), Payload::Float(y)) => float_arith::fast(op, exact_f64(*x)?, *y)?,
            (Payload::Int(x), Payload::Int(y)) if divides && *y != 0 => {
                exact_f64(*x)? / exact_f64(*y)?
            }
            _ => return None,
        };
        Some(self.new_float(r))
    }

    /// Lets go of an operand of `arithmetic`: an int or a float, whose death nobody sees.
    #[inline(always)]
    pub(in crate::vm) fn decref_number<const WATCHED: bool>(&mut self, o: Obj) {
        let number = self.heap.decref_if_number::<WATCHED>(o);
        debug_assert!(number, "an operand of a quick operator is a number");
    }

    /// `decref` of what is often a number.
    #[inline(always)]
    pub(in crate::vm) fn decref_quick<const WATCHED: bool>(&mut self, o: Obj) {
        if !self.heap.decref_if_number::<WATCHED>(o) {
            self.dealloc(o);
        }
    }

    /// Whether nobody can see it when a reference to this object goes: it lives on, or is a number.
    #[inline(always)]
    pub(in crate::vm) fn dies_unseen(&self, o: Obj) -> bool {
        self.heap.rc(o) > 1 || matches!(self.heap.payload(o), Payload::Int(_) | Payload::Float(_))
    }

    /// Whether no Python method can stand behind the subscripts of this object, a dict.
    #[inline(always)]
    pub(super) fn is_plain_dict(&self, o: Obj) -> bool {
        matches!(self.heap.payload(o), Payload::Dict(_))
    }

    /// An item of an exact list or tuple by an exact int in range; borrowed.
    #[inline(always)]
    pub(super) fn item_by_int(&self, o: Obj, key: Obj) -> Option<Obj> {
        let Payload::Int(i) = self.heap.payload(key) else {
            return None;
        };
        let items: &[Obj] = match self.heap.payload(o) {
            Payload::List(items) => items,
            Payload::TupleBig(items) => items,
            Payload::Tuple { n, v } => v.get(..*n as usize)?,
            _ => return None,
        };
        let i = if *i < 0 { *i + items.len() as i64 } else { *i };
        items.get(usize::try_from(i).ok()?).copied()
    }

    /// Puts a value in the place of an item of an exact list, by an exact int in range; gives the old one back, owned. The
    /// value is taken over.
    #[inline(always)]
    pub(super) fn replace_item_by_int<const WATCHED: bool>(
        &mut self,
        o: Obj,
        key: Obj,
        value: Obj,
    ) -> Option<Obj> {
        let Payload::Int(i) = self.heap.payload(key) else {
            return None;
        };
        let i = *i;
        let Payload::List(items) = self.heap.payload_mut_in::<WATCHED>(o) else {
            return None;
        };
        let i = if i < 0 { i + items.len() as i64 } else { i };
        let place = items.get_mut(usize::try_from(i).ok()?)?;
        Some(std::mem::replace(place, value))
    }

    /// `list[int] = value` where neither the old item nor the list goes with it: the value and the reference to the list are
    /// taken over. False, and nothing done, otherwise.
    #[inline(always)]
    pub(super) fn replace_item_unseen(&mut self, list: Obj, key: Obj, value: Obj) -> bool {
        if self.heap.rc(list) == 1
            || !self
                .item_by_int(list, key)
                .is_some_and(|old| self.dies_unseen(old))
        {
            return false;
        }
        let Some(old) = self.replace_item_by_int::<false>(list, key, value) else {
            return false;
        };
        self.decref_number::<false>(old);
        self.heap.decref_in::<false>(list);
        true
    }

    /// The next item of an iterator over a list, a tuple or a range, owned, if there is one.
    #[inline(always)]
    pub(in crate::vm) fn next_of_sequence(&mut self, iterator: Obj) -> Option<Obj> {
        self.next_of_sequence_in::<true>(iterator)
    }

    /// `next_of_sequence` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub(super) fn next_of_sequence_in<const WATCHED: bool>(
        &mut self,
        iterator: Obj,
    ) -> Option<Obj> {
        let (sequence, index) = match self.heap.payload(iterator) {
            Payload::ListIter { list, at } => (*list, *at as usize),
            Payload::TupleIter { tuple, at } => (*tuple, *at as usize),
            _ => return None,
        };
        if sequence.is_null() {
            return None;
        }
        let item = match self.heap.payload(sequence) {
            Payload::List(items) => *items.get(index)?,
            Payload::TupleBig(items) => *items.get(index)?,
            Payload::Tuple { n, v } => *v.get(..*n as usize)?.get(index)?,
            _ => return None,
        };
        if let Payload::ListIter { at, .. } | Payload::TupleIter { at, .. } =
            self.heap.payload_mut_in::<WATCHED>(iterator)
        {
            *at += 1;
        }
        self.heap.incref_in::<WATCHED>(item);
        Some(item)
    }

    /// A global or builtin found by an earlier execution, borrowed; NULL if the key sets have changed since.
    #[inline(always)]
    pub(super) fn cached_global(&self, c: &Cache, globals: Obj) -> Obj {
        // (An empty cache has no place that exists.)
        let place = c.index as usize;
        match self.heap.payload(globals) {
            Payload::Dict(g) if g.keys_version == c.version => {
                if c.version2 == 0 {
                    return g.entries.get(place).map_or(NULL, |e| e.value);
                }
            }
            _ => return NULL,
        }
        match self.heap.payload(self.builtins) {
            Payload::Dict(b) if b.keys_version == c.version2 => {
                b.entries.get(place).map_or(NULL, |e| e.value)
            }
            _ => NULL,
        }
    }

    /// Stores over a global's value found by an earlier execution; gives the old value back, owned. The new one is taken over.
    #[inline(always)]
    pub(super) fn cached_store(&mut self, c: &Cache, namespace: Obj, value: Obj) -> Option<Obj> {
        if c.index == u32::MAX || c.ty != namespace {
            return None;
        }
        let Payload::Dict(dict) = self.heap.payload_mut(namespace) else {
            return None;
        };
        if dict.keys_version != c.version {
            return None;
        }
        let entry = dict.entries.get_mut(c.index as usize)?;
        let old = std::mem::replace(&mut entry.value, value);
        self.maintain_tracking(namespace, value);
        Some(old)
    }
}
