//! Operators: which slot of which operand is asked, in which order (`Objects/abstract.c`).
//!
//! Exact ints and floats are dealt with first. Everything else goes through slots; what a type answers is in its own file. Invariant:
//! operands are borrowed and kept alive by the caller; NotImplemented never leaves this file.

use super::generic_slots;
use super::make::hash_i64;
use super::names::Names;
use super::slots::{BinaryFn, Slots, TernaryFn};
use super::types::{float_arith, int_arith};
use super::{Machine, PyResult};
use crate::bytecode::opcode::Op;
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj, Payload};

type Get = fn(&Slots) -> Option<BinaryFn>;

/// A binary operator: slots, plain and in place, and symbols.
struct Binary {
    slot: Get,
    inplace: Get,
    symbol: &'static str,
    inplace_symbol: &'static str,
    /// The slot of classes whose operator is a method, and its name.
    python: BinaryFn,
    method: fn(&Names) -> Obj,
}

macro_rules! operators {
    ($($op:ident $inplace_op:ident $slot:ident $inplace:ident $symbol:literal $python:ident $method:ident;)*) => {
        /// The operator of an instruction, and whether it is the in-place form.
        fn binary_of(op: Op) -> (Binary, bool) {
            match op {
                $(Op::$op | Op::$inplace_op => {
                    let binary = Binary {
                        slot: |s| s.$slot,
                        inplace: |s| s.$inplace,
                        symbol: $symbol,
                        inplace_symbol: concat!($symbol, "="),
                        python: generic_slots::$python,
                        method: |n| n.$method,
                    };
                    (binary, op == Op::$inplace_op)
                })*
                _ => panic!("{op:?} is no binary operator"),
            }
        }
    };
}

operators! {
    BinaryAdd InplaceAdd nb_add nb_inplace_add "+" slot_nb_add __add__;
    BinarySubtract InplaceSubtract nb_subtract nb_inplace_subtract "-" slot_nb_subtract __sub__;
    BinaryMultiply InplaceMultiply nb_multiply nb_inplace_multiply "*" slot_nb_multiply __mul__;
    BinaryModulo InplaceModulo nb_remainder nb_inplace_remainder "%" slot_nb_remainder __mod__;
    BinaryFloorDivide InplaceFloorDivide nb_floor_divide nb_inplace_floor_divide "//" slot_nb_floor_divide __floordiv__;
    BinaryTrueDivide InplaceTrueDivide nb_true_divide nb_inplace_true_divide "/" slot_nb_true_divide __truediv__;
    BinaryMatrixMultiply InplaceMatrixMultiply nb_matrix_multiply nb_inplace_matrix_multiply "@" slot_nb_matrix_multiply __matmul__;
    BinaryLshift InplaceLshift nb_lshift nb_inplace_lshift "<<" slot_nb_lshift __lshift__;
    BinaryRshift InplaceRshift nb_rshift nb_inplace_rshift ">>" slot_nb_rshift __rshift__;
    BinaryAnd InplaceAnd nb_and nb_inplace_and "&" slot_nb_and __and__;
    BinaryXor InplaceXor nb_xor nb_inplace_xor "^" slot_nb_xor __xor__;
    BinaryOr InplaceOr nb_or nb_inplace_or "|" slot_nb_or __or__;
}

impl Machine {
    /// A binary operator, plain or in place, by its instruction.
    pub fn binary_op(&mut self, op: Op, a: Obj, b: Obj) -> PyResult<Obj> {
        let fast = match (self.heap.payload(a), self.heap.payload(b)) {
            (Payload::Float(x), Payload::Float(y)) => float_arith::fast(op, *x, *y),
            (Payload::Float(x), Payload::Int(y)) => {
                int_arith::exact_f64(*y).and_then(|y| float_arith::fast(op, *x, y))
            }
            (Payload::Int(x), Payload::Float(y)) => {
                int_arith::exact_f64(*x).and_then(|x| float_arith::fast(op, x, *y))
            }
            (Payload::Int(x), Payload::Int(y)) => match int_arith::fast(op, *x, *y) {
                Some(result) => return Ok(self.new_int(result)),
                None => None,
            },
            (Payload::BigInt(_), Payload::BigInt(_) | Payload::Int(_))
            | (Payload::Int(_), Payload::BigInt(_)) => {
                // Exact ints: no slot would answer anything else.
                match op {
                    Op::BinaryAdd | Op::InplaceAdd => return int_arith::add(self, a, b),
                    Op::BinarySubtract | Op::InplaceSubtract => {
                        return int_arith::subtract(self, a, b);
                    }
                    Op::BinaryMultiply | Op::InplaceMultiply => {
                        return int_arith::multiply(self, a, b);
                    }
                    _ => None,
                }
            }
            (Payload::Str(x), Payload::Str(y)) if op == Op::BinaryAdd => {
                if !x.is_empty() && !y.is_empty() {
                    let joined = StrObj::concat(x, y);
                    return Ok(self.new_str_obj(joined));
                }
                None
            }
            _ => None,
        };
        if let Some(result) = fast {
            return Ok(self.new_float(result));
        }
        if matches!(op, Op::BinaryPower | Op::InplacePower) {
            if let (Payload::Float(x), Payload::Float(y)) =
                (self.heap.payload(a), self.heap.payload(b))
            {
                let (x, y) = (*x, *y);
                return float_arith::power_of(self, x, y);
            }
            return self.power_op(op == Op::InplacePower, a, b);
        }
        let (binary, in_place) = binary_of(op);
        if in_place && let Some(f) = (binary.inplace)(self.slots_of(a)) {
            let result = f(self, a, b)?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        let result = self.binary_op1(a, b, binary.slot)?;
        if result != self.not_implemented {
            return Ok(result);
        }
        self.decref(result);
        self.operator_unanswered(op, a, b)
    }

    /// No number slot had an answer: sequences may have one.
    fn operator_unanswered(&mut self, op: Op, a: Obj, b: Obj) -> PyResult<Obj> {
        let (binary, in_place) = binary_of(op);
        if let Some(result) = self.sequence_op(op, in_place, a, b)? {
            return Ok(result);
        }
        let symbol = if in_place {
            binary.inplace_symbol
        } else {
            binary.symbol
        };
        self.unsupported_operands(symbol, a, b)
    }

    /// The left operand's method if the operator asks that first, and it is its class's own; borrowed. NULL: go through the slots.
    pub(super) fn left_method(&mut self, op: Op, a: Obj, b: Obj) -> Obj {
        let (ta, tb) = (self.heap.ty(a), self.heap.ty(b));
        let (binary, in_place) = binary_of(op);
        let is_python =
            |f: Option<BinaryFn>| f.is_some_and(|f| std::ptr::fn_addr_eq(f, binary.python));
        let left = self.slots_of(a);
        if !is_python((binary.slot)(left)) || in_place && (binary.inplace)(left).is_some() {
            return NULL;
        }
        let right = (binary.slot)(self.slots_of(b));
        if ta != tb && right.is_some() && (is_python(right) || self.is_subtype(tb, ta)) {
            return NULL;
        }
        self.type_lookup(ta, (binary.method)(&self.names))
    }

    /// The method that `left_method` gave answered NotImplemented.
    pub(super) fn left_unanswered(&mut self, op: Op, a: Obj, b: Obj) -> PyResult<Obj> {
        if self.heap.ty(a) != self.heap.ty(b)
            && let Some(right) = (binary_of(op).0.slot)(self.slots_of(b))
        {
            let result = right(self, a, b)?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        self.operator_unanswered(op, a, b)
    }

    /// Asks the left operand, then the right; a subclass on the right first (`binary_op1`). The answer may be NotImplemented.
    fn binary_op1(&mut self, a: Obj, b: Obj, get: Get) -> PyResult<Obj> {
        let left = get(self.slots_of(a));
        let (ta, tb) = (self.heap.ty(a), self.heap.ty(b));
        let mut right = if ta == tb {
            None
        } else {
            get(self.slots_of(b))
        };
        if let (Some(l), Some(r)) = (left, right)
            && std::ptr::fn_addr_eq(l, r)
        {
            right = None;
        }
        if let Some(l) = left {
            if let Some(r) = right
                && self.is_subtype(tb, ta)
            {
                let result = r(self, a, b)?;
                if result != self.not_implemented {
                    return Ok(result);
                }
                self.decref(result);
                right = None;
            }
            let result = l(self, a, b)?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        match right {
            Some(r) => r(self, a, b),
            None => Ok(self.new_not_implemented()),
        }
    }

    /// What sequences do when no number slot answered (`PyNumber_Add`, `PyNumber_Multiply` and their in-place forms).
    fn sequence_op(&mut self, op: Op, in_place: bool, a: Obj, b: Obj) -> PyResult<Option<Obj>> {
        let left = self.slots_of(a);
        match op {
            Op::BinaryAdd | Op::InplaceAdd => {
                let concat = if in_place {
                    left.sq_inplace_concat.or(left.sq_concat)
                } else {
                    left.sq_concat
                };
                concat.map(|f| f(self, a, b)).transpose()
            }
            Op::BinaryMultiply | Op::InplaceMultiply => {
                let repeat = if in_place {
                    left.sq_inplace_repeat.or(left.sq_repeat)
                } else {
                    left.sq_repeat
                };
                if let Some(f) = repeat {
                    return self.sequence_repeat(f, a, b).map(Some);
                }
                match self.slots_of(b).sq_repeat {
                    Some(f) => self.sequence_repeat(f, b, a).map(Some),
                    None => Ok(None),
                }
            }
            _ => Ok(None),
        }
    }

    /// `sequence_repeat`
    fn sequence_repeat(&mut self, f: super::slots::IndexFn, seq: Obj, n: Obj) -> PyResult<Obj> {
        if !self.has_index(n) {
            let name = self.type_name(n);
            return self.type_error(format!(
                "can't multiply sequence by non-int of type '{name}'"
            ));
        }
        let n = self.index_clamped(n, self.types.overflow_error)?;
        f(self, seq, n)
    }

    /// `PyIndex_Check`
    #[inline]
    pub fn has_index(&self, o: Obj) -> bool {
        self.slots_of(o).nb_index.is_some()
    }

    #[cold]
    fn unsupported_operands(&mut self, symbol: &str, a: Obj, b: Obj) -> PyResult<Obj> {
        let (left, right) = (self.type_name(a), self.type_name(b));
        let mut message =
            format!("unsupported operand type(s) for {symbol}: '{left}' and '{right}'");
        if symbol == ">>"
            && let Payload::Builtin(f) = self.heap.payload(a)
            && f.def.name == "print"
        {
            message.push_str(". Did you mean \"print(<message>, file=<output_stream>)\"?");
        }
        self.type_error(message)
    }

    /// `pow(a, b, modulus)`; modulus None for `**` (`PyNumber_Power`).
    pub fn power(&mut self, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
        self.ternary_op(a, b, modulus, "** or pow()")
    }

    fn power_op(&mut self, in_place: bool, a: Obj, b: Obj) -> PyResult<Obj> {
        if in_place {
            if let Some(f) = self.slots_of(a).nb_inplace_power {
                let result = f(self, a, b, self.none)?;
                if result != self.not_implemented {
                    return Ok(result);
                }
                self.decref(result);
            }
            return self.ternary_op(a, b, self.none, "**=");
        }
        self.power(a, b, self.none)
    }

    /// `ternary_op`
    fn ternary_op(&mut self, a: Obj, b: Obj, c: Obj, symbol: &str) -> PyResult<Obj> {
        let same = |x: Option<TernaryFn>, y: Option<TernaryFn>| matches!((x, y), (Some(x), Some(y)) if std::ptr::fn_addr_eq(x, y));
        let (ta, tb) = (self.heap.ty(a), self.heap.ty(b));
        let first = self.slots_of(a).nb_power;
        let second = self
            .slots_of(b)
            .nb_power
            .filter(|f| ta != tb && !same(first, Some(*f)));
        let third = self
            .slots_of(c)
            .nb_power
            .filter(|f| !same(first, Some(*f)) && !same(second, Some(*f)));
        let second_first = first.is_some() && second.is_some() && self.is_subtype(tb, ta);
        let order = if second_first {
            [second, first, third]
        } else {
            [first, second, third]
        };
        for f in order.into_iter().flatten() {
            let result = f(self, a, b, c)?;
            if result != self.not_implemented {
                return Ok(result);
            }
            self.decref(result);
        }
        let (ta, tb) = (self.type_name(a), self.type_name(b));
        if c == self.none {
            return self.type_error(format!(
                "unsupported operand type(s) for {symbol}: '{ta}' and '{tb}'"
            ));
        }
        let tc = self.type_name(c);
        self.type_error(format!(
            "unsupported operand type(s) for {symbol}: '{ta}', '{tb}', '{tc}'"
        ))
    }

    /// `divmod(a, b)`
    pub fn divmod(&mut self, a: Obj, b: Obj) -> PyResult<Obj> {
        let result = self.binary_op1(a, b, |s| s.nb_divmod)?;
        if result != self.not_implemented {
            return Ok(result);
        }
        self.decref(result);
        self.unsupported_operands("divmod()", a, b)
    }

    /// `+`, `-` and `~` in front of an operand.
    pub fn unary_op(&mut self, op: Op, a: Obj) -> PyResult<Obj> {
        let slots = self.slots_of(a);
        let (f, symbol) = match op {
            Op::UnaryNegative => (slots.nb_negative, "unary -"),
            Op::UnaryPositive => (slots.nb_positive, "unary +"),
            Op::UnaryInvert => (slots.nb_invert, "unary ~"),
            _ => panic!("{op:?} is no unary operator"),
        };
        self.unary(f, symbol, a)
    }

    /// `abs(a)`
    pub fn absolute(&mut self, a: Obj) -> PyResult<Obj> {
        let f = self.slots_of(a).nb_absolute;
        self.unary(f, "abs()", a)
    }

    fn unary(&mut self, f: Option<super::slots::UnaryFn>, symbol: &str, a: Obj) -> PyResult<Obj> {
        match f {
            Some(f) => f(self, a),
            None => {
                let name = self.type_name(a);
                self.type_error(format!("bad operand type for {symbol}: '{name}'"))
            }
        }
    }

    /// `len(o)` (`PyObject_Size`)
    pub fn len(&mut self, o: Obj) -> PyResult<usize> {
        let slots = self.slots_of(o);
        match slots.sq_length.or(slots.mp_length) {
            Some(f) => f(self, o),
            None => {
                let name = self.type_name(o);
                self.type_error(format!("object of type '{name}' has no len()"))
            }
        }
    }

    /// `item in container` (`PySequence_Contains`)
    #[inline]
    pub fn contains(&mut self, container: Obj, item: Obj) -> PyResult<bool> {
        if let (Payload::Dict(d), Payload::Str(text)) =
            (self.heap.payload(container), self.heap.payload(item))
            && let Some(found) = self.heap.find_plain(d, item, text.hash())
        {
            return Ok(found.is_some());
        }
        match self.slots_of(container).sq_contains {
            Some(f) => f(self, container, item),
            None => self.iter_contains(container, item),
        }
    }

    /// `o[key]` (`PyObject_GetItem`)
    pub fn get_item(&mut self, o: Obj, key: Obj) -> PyResult<Obj> {
        if let Some(item) = self.get_item_fast(o, key) {
            return Ok(self.new_ref(item));
        }
        let slots = self.slots_of(o);
        if let Some(f) = slots.mp_subscript {
            return f(self, o, key);
        }
        if let Some(f) = slots.sq_item {
            let i = self.sequence_index(o, key)?;
            return f(self, o, i);
        }
        if self.heap.is_class(o) {
            if o == self.types.type_ {
                return Ok(self.new_generic_alias(o, key));
            }
            if let Some(method) = self.lookup_attr(o, self.names.__class_getitem__)? {
                let mark = self.mark();
                self.hold(method);
                let result = self.call(method, &[key]);
                return self.releasing(mark, result);
            }
        }
        let name = self.type_name(o);
        self.type_error(format!("'{name}' object is not subscriptable"))
    }

    /// Items of exact lists and tuples by exact int, of exact dicts by exact str; borrowed. `None`: ask the slots.
    #[inline]
    fn get_item_fast(&self, o: Obj, key: Obj) -> Option<Obj> {
        match (self.heap.payload(o), self.heap.payload(key)) {
            (Payload::List(items), Payload::Int(i)) => {
                items.get(from_end(*i, items.len())?).copied()
            }
            (Payload::TupleBig(items), Payload::Int(i)) => {
                items.get(from_end(*i, items.len())?).copied()
            }
            (Payload::Tuple { n, v }, Payload::Int(i)) => {
                v[..*n as usize].get(from_end(*i, *n as usize)?).copied()
            }
            (Payload::Dict(d), Payload::Str(text)) => {
                let n = self.heap.find_plain(d, key, text.hash())??;
                Some(d.entries[n].value)
            }
            (Payload::Dict(d), Payload::Int(i)) if !self.at_limit() => {
                let n = self.heap.find_plain(d, key, hash_i64(*i))??;
                Some(d.entries[n].value)
            }
            _ => None,
        }
    }

    /// The key of a sequence without `mp_subscript` as an index, counted from the start.
    fn sequence_index(&mut self, o: Obj, key: Obj) -> PyResult<isize> {
        if !self.has_index(key) {
            let name = self.type_name(key);
            return self.type_error(format!("sequence index must be integer, not '{name}'"));
        }
        let i = self.index_clamped(key, self.types.index_error)?;
        self.count_from_start(o, i)
    }

    fn count_from_start(&mut self, o: Obj, i: isize) -> PyResult<isize> {
        match self.slots_of(o).sq_length {
            Some(len) if i < 0 => Ok(i + len(self, o)? as isize),
            _ => Ok(i),
        }
    }

    /// `PySequence_GetItem`
    pub fn sequence_item(&mut self, o: Obj, i: isize) -> PyResult<Obj> {
        let slots = self.slots_of(o);
        if let Some(f) = slots.sq_item {
            let i = self.count_from_start(o, i)?;
            return f(self, o, i);
        }
        let name = self.type_name(o);
        if slots_is_mapping(self.slots_of(o)) {
            return self.type_error(format!("{name} is not a sequence"));
        }
        self.type_error(format!("'{name}' object does not support indexing"))
    }

    /// `o[key] = value` (`PyObject_SetItem`)
    pub fn set_item(&mut self, o: Obj, key: Obj, value: Obj) -> PyResult<()> {
        if let Payload::Dict(_) = self.heap.payload(o) {
            return self.dict_set(o, key, value);
        }
        self.store_item(o, key, value)
    }

    /// `del o[key]` (`PyObject_DelItem`)
    pub fn del_item(&mut self, o: Obj, key: Obj) -> PyResult<()> {
        self.store_item(o, key, NULL)
    }

    fn store_item(&mut self, o: Obj, key: Obj, value: Obj) -> PyResult<()> {
        let slots = self.slots_of(o);
        if let Some(f) = slots.mp_ass_subscript {
            return f(self, o, key, value);
        }
        if let Some(f) = slots.sq_ass_item {
            let i = self.sequence_index(o, key)?;
            return f(self, o, i, value);
        }
        let name = self.type_name(o);
        let slots = self.slots_of(o);
        let sequence = slots.sq_item.is_some()
            || slots.sq_length.is_some()
            || slots.sq_contains.is_some()
            || self.heap.class(self.heap.ty(o)).flags.heap_type
            || self.heap.base(o).counts_type();
        let index = self.slots_of(key).nb_index.is_some();
        let what = if value.is_null() && sequence && index {
            // PySequence_DelItem
            "doesn't support item deletion"
        } else if value.is_null() {
            "does not support item deletion"
        } else {
            "does not support item assignment"
        };
        self.type_error(format!("'{name}' object {what}"))
    }

    /// `float(o)` of what is no str (`PyNumber_Float`); owned, exactly a float.
    pub fn number_float(&mut self, o: Obj) -> PyResult<Obj> {
        if let Payload::Float(_) = self.heap.payload(o) {
            return Ok(self.new_ref(o));
        }
        let slots = self.slots_of(o);
        if let (Some(f), Payload::Float(_)) = (slots.nb_float, self.heap.base(o)) {
            let result = f(self, o)?;
            let x = self.check_float_result(o, result)?;
            return Ok(self.new_float(x));
        }
        if slots.nb_float.is_some()
            || slots.nb_index.is_some()
            || matches!(self.heap.base(o), Payload::Float(_))
        {
            let x = self.as_f64(o)?;
            return Ok(self.new_float(x));
        }
        super::types::float_parse::from_text(self, o)
    }

    /// `PyFloat_AsDouble`
    pub fn as_f64(&mut self, o: Obj) -> PyResult<f64> {
        match self.heap.payload(o) {
            Payload::Float(x) => return Ok(*x),
            Payload::Int(i) => return Ok(*i as f64),
            _ => {}
        }
        if let Payload::Float(x) = self.heap.base(o) {
            return Ok(*x);
        }
        let slots = self.slots_of(o);
        if let Some(f) = slots.nb_float {
            let result = f(self, o)?;
            return self.check_float_result(o, result);
        }
        if slots.nb_index.is_some() {
            let index = self.number_index(o)?;
            let value = int_arith::to_f64(self, index);
            self.decref(index);
            return value;
        }
        let name = self.type_name(o);
        self.type_error(format!("must be real number, not {name}"))
    }

    /// What `__float__` answered must be a float; takes it.
    fn check_float_result(&mut self, o: Obj, result: Obj) -> PyResult<f64> {
        let Payload::Float(x) = *self.heap.base(result) else {
            let (ty, got) = (self.type_name(o), self.type_name(result));
            self.decref(result);
            return self.type_error(format!("{ty}.__float__ returned non-float (type {got})"));
        };
        let exact = self.heap.ty(result) == self.types.float;
        let got = match exact {
            true => String::new(),
            false => self.type_name(result),
        };
        self.decref(result);
        if !exact {
            let ty = self.type_name(o);
            let message = format!(
                "{ty}.__float__ returned non-float (type {got}).  The ability to return an instance of a strict subclass of float is \
                 deprecated, and may be removed in a future version of Python."
            );
            self.warn(self.types.deprecation_warning, &message, 1)?;
        }
        Ok(x)
    }

    /// `int(o)` (`PyNumber_Long`); owned, exactly an int.
    pub fn number_long(&mut self, o: Obj) -> PyResult<Obj> {
        if let Payload::Int(_) | Payload::BigInt(_) = self.heap.payload(o) {
            return Ok(self.new_ref(o));
        }
        let slots = self.slots_of(o);
        if let Some(f) = slots.nb_int {
            let result = f(self, o)?;
            return self.exact_int(result, "__int__");
        }
        if slots.nb_index.is_some() {
            let result = self.number_index(o)?;
            return self.exact_int(result, "__index__");
        }
        if let Some(method) = self.lookup_special(o, self.names.__trunc__)? {
            let mark = self.mark();
            self.hold(method);
            let result = self.call(method, &[]);
            let result = self.releasing(mark, result)?;
            return self.int_of_trunc(result);
        }
        super::types::int_parse::from_text(self, o)
    }

    /// `__trunc__` may answer anything that has `__index__` or `__int__`; takes it.
    fn int_of_trunc(&mut self, result: Obj) -> PyResult<Obj> {
        let mark = self.mark();
        self.hold(result);
        let slots = self.slots_of(result);
        let int = if let Payload::Int(_) | Payload::BigInt(_) = self.heap.payload(result) {
            Ok(self.new_ref(result))
        } else if slots.nb_index.is_some() {
            self.number_index(result)
        } else if let Some(f) = slots.nb_int {
            f(self, result)
        } else {
            let name = self.type_name(result);
            self.type_error(format!("__trunc__ returned non-Integral (type {name})"))
        };
        let int = self.releasing(mark, int)?;
        self.exact_int(int, "__int__")
    }

    /// Makes an int of an owned int (subclass), warning about a strict subclass.
    fn exact_int(&mut self, o: Obj, method: &str) -> PyResult<Obj> {
        if let Payload::Int(_) | Payload::BigInt(_) = self.heap.payload(o) {
            return Ok(o);
        }
        let name = self.type_name(o);
        let Some(value) = self.as_int(o) else {
            self.decref(o);
            return self.type_error(format!("{method} returned non-int (type {name})"));
        };
        self.decref(o);
        if method == "__int__" {
            self.warn_of_int_subclass(method, &name)?;
        }
        Ok(self.new_big_int(value))
    }

    /// `method` returned an instance of the strict subclass of int so named.
    #[cold]
    pub fn warn_of_int_subclass(&mut self, method: &str, name: &str) -> PyResult<()> {
        let message = format!(
            "{method} returned non-int (type {name}).  The ability to return an instance of a strict subclass of int is deprecated, and \
             may be removed in a future version of Python."
        );
        self.warn(self.types.deprecation_warning, &message, 1)
    }
}

fn slots_is_mapping(slots: &Slots) -> bool {
    slots.mp_subscript.is_some()
}

/// An index that may count from the end, as a place; `None` if it is before the start.
#[inline(always)]
pub fn from_end(i: i64, len: usize) -> Option<usize> {
    if i >= 0 {
        Some(i as usize)
    } else {
        usize::try_from(i + len as i64).ok()
    }
}
