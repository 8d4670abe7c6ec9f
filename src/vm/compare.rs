//! Comparing, truth, hashes and identity (`PyObject_RichCompare`, `PyObject_IsTrue`, `PyObject_Hash`).
//!
//! Knows how operands are asked, not what types answer. Invariant: everything here may run Python code, unless both operands are
//! exactly int, float or str; an address (`id_of`) depends on the slot and on whether the
//! collector knows the object, so that two runs print the same.

use super::slots::{CmpOp, CompareFn};
use super::types::int_arith::exact_f64;
use super::{Machine, PyResult};
use crate::heap::{NULL, Obj, Payload};

/// Where the objects of our address space begin, and how far they are apart: a multiple of 16, as malloc'ed blocks are.
const FIRST_ADDRESS: u64 = 0x7f00_0000_0000;
const ADDRESS_STEP: u64 = 48;
/// The collector's two words lie before the objects it knows (`PyGC_Head`).
const COLLECTOR_HEAD: u64 = 16;

impl Machine {
    /// `id()`
    pub fn id_of(&self, o: Obj) -> u64 {
        let head = if self.heap.is_gc(o) {
            COLLECTOR_HEAD
        } else {
            0
        };
        FIRST_ADDRESS + u64::from(o.0) * ADDRESS_STEP + head
    }

    /// `_Py_HashPointer`: the address without its four low bits, which are always zero.
    #[inline]
    pub fn identity_hash(&self, o: Obj) -> i64 {
        (self.id_of(o) >> 4) as i64
    }

    /// `PyObject_RichCompare`; owned.
    #[inline]
    pub fn rich_compare(&mut self, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
        let answer = match (self.heap.payload(a), self.heap.payload(b)) {
            // At the limit any comparison is one level too many.
            _ if self.at_limit() => return self.compare_deeper(a, b, op),
            (Payload::Int(x), Payload::Int(y)) => op.test(x.cmp(y)),
            (Payload::Float(x), Payload::Float(y)) => compare_floats(*x, *y, op),
            (Payload::Float(x), Payload::Int(y)) if exact_f64(*y).is_some() => {
                compare_floats(*x, *y as f64, op)
            }
            (Payload::Int(x), Payload::Float(y)) if exact_f64(*x).is_some() => {
                compare_floats(*x as f64, *y, op)
            }
            (Payload::Str(x), Payload::Str(y)) => match op {
                CmpOp::Eq => x == y,
                CmpOp::Ne => x != y,
                // The bytes of WTF-8 are ordered as the code points are.
                _ => op.test(x.bytes().cmp(y.bytes())),
            },
            _ => return self.compare_deeper(a, b, op),
        };
        Ok(self.new_bool(answer))
    }

    fn compare_deeper(&mut self, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
        self.enter_recursive(" in comparison")?;
        let result = self.do_richcompare(a, b, op);
        self.leave_recursive();
        result
    }

    /// The left operand's method if the comparison asks that first, and it is its class's own; borrowed. NULL: go through the slots.
    pub(super) fn left_comparison(&mut self, op: CmpOp, a: Obj, b: Obj) -> Obj {
        let (ta, tb) = (self.heap.ty(a), self.heap.ty(b));
        let python = self.slots_of(a).tp_richcompare.is_some_and(|f| {
            std::ptr::fn_addr_eq(f, super::generic_slots::slot_tp_richcompare as CompareFn)
        });
        if !python || ta != tb && self.is_subtype(tb, ta) {
            return NULL;
        }
        self.type_lookup(ta, self.names.comparison(op))
    }

    /// The method that `left_comparison` gave answered NotImplemented.
    pub(super) fn left_comparison_unanswered(
        &mut self,
        op: CmpOp,
        a: Obj,
        b: Obj,
    ) -> PyResult<Obj> {
        let reflected = self.slots_of(b).tp_richcompare;
        self.compare_reflected(a, b, op, reflected)
    }

    /// The right operand of a subclass first, then the left, then the right; at last identity (`do_richcompare`).
    fn do_richcompare(&mut self, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
        let (ta, tb) = (self.heap.ty(a), self.heap.ty(b));
        let mut reflected = self.slots_of(b).tp_richcompare;
        if ta != tb
            && let Some(compare) = reflected
            && self.is_subtype(tb, ta)
        {
            let result = compare(self, b, a, op.swapped())?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
            reflected = None;
        }
        if let Some(compare) = self.slots_of(a).tp_richcompare {
            let result = compare(self, a, b, op)?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        self.compare_reflected(a, b, op, reflected)
    }

    /// The left operand had no answer: the right one is asked, and at last identity tells.
    fn compare_reflected(
        &mut self,
        a: Obj,
        b: Obj,
        op: CmpOp,
        reflected: Option<CompareFn>,
    ) -> PyResult<Obj> {
        if let Some(compare) = reflected {
            let result = compare(self, b, a, op.swapped())?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        match op {
            CmpOp::Eq => Ok(self.new_bool(a == b)),
            CmpOp::Ne => Ok(self.new_bool(a != b)),
            _ => {
                let (symbol, a, b) = (op.symbol(), self.type_name(a), self.type_name(b));
                self.type_error(format!(
                    "'{symbol}' not supported between instances of '{a}' and '{b}'"
                ))
            }
        }
    }

    /// `PyObject_RichCompareBool`: an object is equal to itself without being asked.
    #[inline]
    pub fn rich_compare_bool(&mut self, a: Obj, b: Obj, op: CmpOp) -> PyResult<bool> {
        if a == b {
            match op {
                CmpOp::Eq => return Ok(true),
                CmpOp::Ne => return Ok(false),
                _ => {}
            }
        }
        let result = self.rich_compare(a, b, op)?;
        self.take_truth(result)
    }

    /// Whether an owned object is true; lets go of it.
    #[inline]
    pub fn take_truth(&mut self, o: Obj) -> PyResult<bool> {
        if let Payload::Bool(answer) = *self.heap.payload(o) {
            self.decref(o);
            return Ok(answer);
        }
        let mark = self.mark();
        self.hold(o);
        let answer = self.is_true(o);
        self.releasing(mark, answer)
    }

    /// `PyObject_IsTrue`
    #[inline]
    pub fn is_true(&mut self, o: Obj) -> PyResult<bool> {
        match self.heap.payload(o) {
            Payload::Bool(b) => return Ok(*b),
            Payload::None => return Ok(false),
            Payload::Int(i) => return Ok(*i != 0),
            Payload::Float(x) => return Ok(*x != 0.0),
            Payload::Str(s) => return Ok(!s.is_empty()),
            Payload::List(items) => return Ok(!items.is_empty()),
            Payload::Tuple { n, .. } => return Ok(*n != 0),
            Payload::TupleBig(_) => return Ok(true),
            _ => {}
        }
        let slots = self.slots_of(o);
        if let Some(test) = slots.nb_bool {
            return test(self, o);
        }
        match slots.mp_length.or(slots.sq_length) {
            Some(len) => Ok(len(self, o)? > 0),
            None => Ok(true),
        }
    }

    /// `PyObject_Hash`
    #[inline]
    pub fn hash(&mut self, o: Obj) -> PyResult<i64> {
        match self.heap.payload(o) {
            Payload::Str(s) => return Ok(s.hash()),
            Payload::Int(i) => return Ok(super::make::hash_i64(*i)),
            _ => {}
        }
        match self.slots_of(o).tp_hash {
            Some(hash) => hash(self, o),
            None => super::generic_slots::hash_not_implemented(self, o),
        }
    }
}

/// Comparison of floats: NaN is not equal to anything, and in no order.
pub fn compare_floats(x: f64, y: f64, op: CmpOp) -> bool {
    match x.partial_cmp(&y) {
        Some(order) => op.test(order),
        None => op == CmpOp::Ne,
    }
}
