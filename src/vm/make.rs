//! Making objects. All results are owned.
//!
//! Collectable objects go through `alloc_gc`, which counts the allocation and may start a collection, as
//! `_PyObject_GC_Alloc` does: before the new object exists.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustpython_wtf8::Wtf8Buf;

use super::observe::Event;
use super::{Machine, PyResult};
use crate::heap::gc_list::IS_GC;
use crate::heap::payload::{BytesObj, Dict, INLINE_TUPLE, ListItems, Payload, StrObj};
use crate::heap::{Heap, NULL, Obj};

/// How many ints, from -5 on, are made once and for all.
const SMALL_INTS: u64 = 262;

impl Machine {
    /// An object that the collector never watches.
    #[inline(always)]
    pub fn alloc_raw(&mut self, ty: Obj, payload: Payload) -> Obj {
        self.heap.alloc(ty, payload)
    }

    /// Counts an allocation of a collectable object and collects if it is time (`_PyObject_GC_Alloc`).
    #[inline(always)]
    pub fn count_allocation(&mut self) {
        let g = &mut self.generations;
        g.count[0] += 1;
        if g.count[0] > g.threshold[0] && g.enabled {
            self.maybe_collect();
        }
    }

    /// A collectable object, not yet tracked.
    #[inline(always)]
    pub fn alloc_gc_untracked(&mut self, ty: Obj, payload: Payload) -> Obj {
        self.count_allocation();
        self.alloc_gc_uncounted(ty, payload)
    }

    /// A collectable object from a free list: it does not count as an allocation.
    #[inline(always)]
    pub fn alloc_gc_uncounted(&mut self, ty: Obj, payload: Payload) -> Obj {
        let o = self.heap.alloc(ty, payload);
        self.heap.gc.set(o, IS_GC);
        let kind = self.heap.class(ty).kind;
        self.heap.births.record(o, kind);
        self.event(Event::Birth(o));
        o
    }

    /// A collectable object, tracked.
    #[inline(always)]
    pub fn alloc_gc(&mut self, ty: Obj, payload: Payload) -> Obj {
        let o = self.alloc_gc_untracked(ty, payload);
        self.heap.gc.track(o);
        o
    }

    /// An object with a name of its own (`object.1`) that the collector does not watch.
    pub fn alloc_named(&mut self, ty: Obj, payload: Payload) -> Obj {
        let o = self.heap.alloc(ty, payload);
        let kind = self.heap.class(ty).kind;
        self.heap.births.record(o, kind);
        self.event(Event::Birth(o));
        o
    }

    #[inline(always)]
    pub fn new_none(&mut self) -> Obj {
        let o = self.none;
        self.new_ref(o)
    }

    #[inline(always)]
    pub fn new_bool(&mut self, b: bool) -> Obj {
        let o = if b { self.true_ } else { self.false_ };
        self.new_ref(o)
    }

    pub fn new_not_implemented(&mut self) -> Obj {
        let o = self.not_implemented;
        self.new_ref(o)
    }

    #[inline(always)]
    pub fn new_int(&mut self, value: i64) -> Obj {
        self.new_int_in::<true>(value)
    }

    /// `new_int` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn new_int_in<const WATCHED: bool>(&mut self, value: i64) -> Obj {
        let place = value.wrapping_add(5) as u64;
        if place < SMALL_INTS {
            let o = Obj(self.first_small_int.0 + place as u32);
            self.heap.incref_in::<WATCHED>(o);
            o
        } else {
            self.heap
                .alloc_in::<WATCHED>(self.types.int, Payload::Int(value))
        }
    }

    pub fn new_big_int(&mut self, value: BigInt) -> Obj {
        match value.to_i64() {
            Some(small) => self.new_int(small),
            None => self.alloc_raw(self.types.int, Payload::BigInt(Rc::new(value))),
        }
    }

    #[inline(always)]
    pub fn new_float(&mut self, value: f64) -> Obj {
        self.new_float_in::<true>(value)
    }

    /// `new_float` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn new_float_in<const WATCHED: bool>(&mut self, value: f64) -> Obj {
        self.heap
            .alloc_in::<WATCHED>(self.types.float, Payload::Float(value))
    }

    pub fn new_complex(&mut self, re: f64, im: f64) -> Obj {
        self.alloc_raw(self.types.complex, Payload::Complex(Box::new((re, im))))
    }

    pub fn new_str(&mut self, text: &str) -> Obj {
        self.new_str_obj(StrObj::from_str(text))
    }

    pub fn new_string(&mut self, text: String) -> Obj {
        self.new_str_obj(StrObj::from_string(text))
    }

    pub fn new_wtf8(&mut self, text: Wtf8Buf) -> Obj {
        self.new_str_obj(StrObj::new(text))
    }

    /// The empty string and one-letter strings of latin-1 are shared, as in CPython.
    pub fn new_str_obj(&mut self, text: StrObj) -> Obj {
        match text.len() {
            0 if !self.empty_str.is_null() => {
                let o = self.empty_str;
                self.new_ref(o)
            }
            1 if text.point(0) < 256 => {
                let at = text.point(0) as usize;
                if self.latin1[at].is_null() {
                    let o = self.alloc_raw(self.types.str, Payload::Str(Rc::new(text)));
                    self.latin1[at] = o;
                }
                let o = self.latin1[at];
                self.new_ref(o)
            }
            _ => self.alloc_raw(self.types.str, Payload::Str(Rc::new(text))),
        }
    }

    /// The one string object of this text (`PyUnicode_InternFromString`).
    pub fn intern(&mut self, text: &str) -> Obj {
        self.intern_str(StrObj::from_str(text))
    }

    pub fn intern_str(&mut self, text: StrObj) -> Obj {
        if let Some(o) = self.heap.interned.get(&text) {
            return self.new_ref(o);
        }
        let o = self.new_str_obj(text);
        self.remember_interned(o);
        o
    }

    /// The interned object equal to this str; takes one reference and gives one back (`PyUnicode_InternInPlace`).
    pub fn intern_object(&mut self, o: Obj) -> Obj {
        let Payload::Str(text) = self.heap.payload(o) else {
            return o;
        };
        match self.heap.interned.get(text) {
            Some(known) if known == o => o,
            Some(known) => {
                self.heap.incref(known);
                self.decref(o);
                known
            }
            None => {
                self.remember_interned(o);
                o
            }
        }
    }

    fn remember_interned(&mut self, o: Obj) {
        let Payload::Str(text) = self.heap.payload(o) else {
            return;
        };
        let text = text.clone();
        self.heap.interned.insert(text, o);
    }

    pub fn new_bytes(&mut self, data: Vec<u8>) -> Obj {
        match data.len() {
            0 if !self.empty_bytes.is_null() => {
                let o = self.empty_bytes;
                self.new_ref(o)
            }
            1 => {
                let at = data[0] as usize;
                if self.bytes1[at].is_null() {
                    let o = self.alloc_raw(
                        self.types.bytes,
                        Payload::Bytes(Rc::new(BytesObj::new(data))),
                    );
                    self.bytes1[at] = o;
                }
                let o = self.bytes1[at];
                self.new_ref(o)
            }
            _ => self.alloc_raw(
                self.types.bytes,
                Payload::Bytes(Rc::new(BytesObj::new(data))),
            ),
        }
    }

    /// A tuple that takes over the references.
    #[inline]
    pub fn new_tuple(&mut self, items: Vec<Obj>) -> Obj {
        if items.is_empty() && !self.empty_tuple.is_null() {
            let o = self.empty_tuple;
            return self.new_ref(o);
        }
        let o = self.new_tuple_untracked(items);
        self.heap.gc.track(o);
        o
    }

    /// `PyTuple_New`: a tuple whose items are yet to come, known to the collector from now on. `set_result_item` fills it.
    pub fn new_unfilled_tuple(&mut self, n: usize) -> Obj {
        self.new_tuple(vec![NULL; n])
    }

    #[inline]
    pub fn new_tuple_untracked(&mut self, items: Vec<Obj>) -> Obj {
        let free = self.heap.free_lists.take_tuple(items.len());
        let payload = Payload::tuple(items);
        if !free {
            self.count_allocation();
        }
        self.alloc_gc_uncounted(self.types.tuple, payload)
    }

    /// A tuple that stands for no object of CPython's: neither counted nor tracked nor numbered.
    pub(super) fn new_hidden_tuple(&mut self, items: &[Obj]) -> Obj {
        for item in items {
            self.heap.incref(*item);
        }
        self.heap.births.quiet += 1;
        let o = self.alloc_gc_uncounted(self.types.tuple, Payload::tuple(items.to_vec()));
        self.heap.births.quiet -= 1;
        self.hold(o)
    }

    /// Lets go of what `new_hidden_tuple` holds.
    pub(super) fn free_hidden_tuple(&mut self, o: Obj) {
        let held = self.unhold();
        debug_assert!(held == o, "hidden tuples are held last");
        let items = self.heap.tuple(o).map(<[Obj]>::to_vec).unwrap_or_default();
        self.heap.free(o);
        for item in items {
            self.decref(item);
        }
    }

    /// The memory of a tuple whose items are yet to come: counted now, as `PyTuple_New` does. `new_reserved_tuple` makes the tuple,
    /// of whatever length, or `give_back_tuple` frees it.
    pub fn reserve_tuple(&mut self, len: usize) {
        if len > 0 && !self.heap.free_lists.take_tuple(len) {
            self.count_allocation();
        }
    }

    /// A reserved tuple gets its items, whose references it takes over. With none it is cut down to nothing, which does not make it the
    /// shared empty tuple (`_PyTuple_Resize`).
    pub fn new_reserved_tuple(&mut self, items: Vec<Obj>) -> Obj {
        let o = self.alloc_gc_uncounted(self.types.tuple, Payload::tuple(items));
        self.heap.gc.track(o);
        o
    }

    /// The same with the items from `start` on of `drained`.
    pub fn new_reserved_tuple_drained(&mut self, start: usize) -> Obj {
        let n = self.drained.len() - start;
        let payload = if n > INLINE_TUPLE {
            let mut items = self.heap.spare_tuples.take().unwrap_or_default();
            items.extend(self.drained.drain(start..));
            Payload::TupleBig(items)
        } else {
            let mut v = [NULL; INLINE_TUPLE];
            for (place, item) in v.iter_mut().zip(self.drained.drain(start..)) {
                *place = item;
            }
            Payload::Tuple { n: n as u8, v }
        };
        let o = self.alloc_gc_uncounted(self.types.tuple, payload);
        self.heap.gc.track(o);
        o
    }

    /// A reserved tuple is not needed after all.
    pub fn give_back_tuple(&mut self, len: usize) {
        if len > 0 && !self.heap.free_lists.put_tuple(len) {
            self.count_deallocation();
        }
    }

    /// The same for a list.
    pub fn reserve_list(&mut self) {
        if !self.heap.free_lists.take_list() {
            self.count_allocation();
        }
    }

    pub fn give_back_list(&mut self) {
        if !self.heap.free_lists.put_list() {
            self.count_deallocation();
        }
    }

    /// The same for a dict.
    pub fn reserve_dict(&mut self) {
        if !self.heap.free_lists.take_dict() {
            self.count_allocation();
        }
    }

    pub fn give_back_dict(&mut self) {
        if !self.heap.free_lists.put_dict() {
            self.count_deallocation();
        }
    }

    /// A tuple that takes references of its own.
    pub fn new_tuple_of(&mut self, items: &[Obj]) -> Obj {
        for item in items {
            self.heap.incref(*item);
        }
        if items.is_empty() || items.len() > INLINE_TUPLE {
            return self.new_tuple(items.to_vec());
        }
        let mut v = [NULL; INLINE_TUPLE];
        v[..items.len()].copy_from_slice(items);
        self.new_small_tuple(items.len(), v)
    }

    /// A tuple of one to three items that takes over the references.
    #[inline]
    pub fn new_small_tuple(&mut self, n: usize, v: [Obj; INLINE_TUPLE]) -> Obj {
        if !self.heap.free_lists.take_tuple(n) {
            self.count_allocation();
        }
        let o = self.alloc_gc_uncounted(self.types.tuple, Payload::Tuple { n: n as u8, v });
        self.heap.gc.track(o);
        o
    }

    /// A tuple that takes over the references of `n` entries of the machine's stack; they stay there, owned by nobody.
    #[inline]
    pub fn new_tuple_from_stack(&mut self, first: usize, n: usize) -> Obj {
        if n == 0 {
            return self.new_tuple(Vec::new());
        }
        if n > INLINE_TUPLE {
            self.reserve_tuple(n);
            let mut items = self.heap.spare_tuples.take().unwrap_or_default();
            items.reserve(n);
            // One by one: they were written one by one just now.
            for i in first..first + n {
                items.push(self.stack[i]);
            }
            let o = self.alloc_gc_uncounted(self.types.tuple, Payload::TupleBig(items));
            self.heap.gc.track(o);
            return o;
        }
        // One by one: they were written one by one just now.
        let mut v = [NULL; INLINE_TUPLE];
        for (place, item) in v.iter_mut().zip(&self.stack[first..first + n]) {
            *place = *item;
        }
        self.new_small_tuple(n, v)
    }

    /// A tuple that takes references of its own to `n` entries of the machine's stack.
    #[inline]
    pub fn new_tuple_of_stack(&mut self, first: usize, n: usize) -> Obj {
        for i in first..first + n {
            self.heap.incref(self.stack[i]);
        }
        self.new_tuple_from_stack(first, n)
    }

    /// A list that takes over the references.
    #[inline]
    pub fn new_list(&mut self, items: Vec<Obj>) -> Obj {
        let free = self.heap.free_lists.take_list();
        let payload = Payload::List(self.heap.spare_lists.fill(items.into()));
        if !free {
            self.count_allocation();
        }
        self.new_list_counted(payload)
    }

    /// A new list of borrowed items, which `fill` copies from where they are.
    pub fn new_list_copied(&mut self, fill: impl FnOnce(&Heap, &mut Vec<Obj>)) -> Obj {
        let mut items = self.heap.spare_lists.take().unwrap_or_default();
        items.refill(|items| fill(&self.heap, items));
        self.heap.incref_each(&items);
        if !self.heap.free_lists.take_list() {
            self.count_allocation();
        }
        self.new_list_counted(Payload::List(items))
    }

    /// The same, with the room that appending the items one by one leaves, `room` places having been set aside at first.
    pub fn new_list_appended(&mut self, items: Vec<Obj>, room: usize) -> Obj {
        let items = ListItems::appended(items, room);
        let list = self.new_list(Vec::new());
        if let Some(own) = self.heap.list_mut(list) {
            *own = items;
        }
        list
    }

    /// `new_tuple_from_stack`, a list.
    #[inline]
    pub fn new_list_from_stack(&mut self, first: usize, n: usize) -> Obj {
        if !self.heap.free_lists.take_list() {
            self.count_allocation();
        }
        let mut items = self.heap.spare_lists.take().unwrap_or_default();
        items.refill(|items| {
            items.reserve(n);
            // One by one: they were written one by one just now.
            for i in first..first + n {
                items.push(self.stack[i]);
            }
        });
        self.new_list_counted(Payload::List(items))
    }

    #[inline(always)]
    fn new_list_counted(&mut self, payload: Payload) -> Obj {
        let o = self.alloc_gc_uncounted(self.types.list, payload);
        self.heap.gc.track(o);
        o
    }

    /// An empty dict; not tracked until something trackable goes in.
    #[inline]
    pub fn new_dict(&mut self) -> Obj {
        self.new_dict_payload(Payload::Dict(Box::default()))
    }

    #[inline(always)]
    pub fn new_dict_payload(&mut self, payload: Payload) -> Obj {
        if !self.heap.free_lists.take_dict() {
            self.count_allocation();
        }
        self.alloc_gc_uncounted(self.types.dict, payload)
    }

    /// A dict with these entries; for module and class namespaces. Keys and values are borrowed.
    pub fn new_dict_of(&mut self, items: &[(&str, Obj)]) -> Obj {
        let dict = self.new_dict();
        for (name, value) in items {
            self.dict_set_name(dict, name, *value);
        }
        dict
    }

    pub fn empty_dict_payload() -> Payload {
        Payload::Dict(Box::<Dict>::default())
    }

    pub fn new_set(&mut self, ty: Obj) -> Obj {
        let empty = self.heap.empty_set();
        self.alloc_gc(ty, empty)
    }

    /// A bound method.
    #[inline]
    pub fn new_method(&mut self, func: Obj, this: Obj) -> Obj {
        self.heap.incref(func);
        self.heap.incref(this);
        self.alloc_gc(self.types.method, Payload::Method { func, this })
    }

    pub fn new_cell(&mut self, contents: Obj) -> Obj {
        self.alloc_gc(self.types.cell, Payload::Cell(contents))
    }

    /// A slice that takes over the references.
    pub fn new_slice(&mut self, start: Obj, stop: Obj, step: Obj) -> Obj {
        let payload = Payload::Slice([start, stop, step]);
        if !self.heap.free_lists.take_slice() {
            return self.alloc_gc(self.types.slice, payload);
        }
        let o = self.alloc_gc_uncounted(self.types.slice, payload);
        self.heap.gc.track(o);
        o
    }

    /// An iterator by index over anything with `__getitem__`.
    pub fn new_seq_iter(&mut self, seq: Obj) -> Obj {
        self.heap.incref(seq);
        self.alloc_gc(self.types.seq_iter, Payload::SeqIter { seq, at: 0 })
    }

    /// A native kind, tracked.
    pub fn new_native(&mut self, ty: Obj, native: impl crate::heap::payload::Native) -> Obj {
        let counted = native.counts_type();
        let kept = native.free_list();
        if !kept.is_some_and(|kind| self.heap.free_lists.take_native(kind)) {
            self.count_allocation();
        }
        let o = self.alloc_gc_uncounted(ty, native.into_payload());
        self.heap.gc.track(o);
        if counted {
            self.heap.incref(ty);
        }
        o
    }

    /// A module object with a dict that holds its name, as `PyModule_New` makes it.
    pub fn new_module(&mut self, name: &str) -> Obj {
        let dict = self.new_dict();
        let module = self.alloc_gc(self.types.module, Payload::Module { dict });
        let name = self.new_str(name);
        let none = self.none;
        self.dict_set_str(dict, self.names.__name__, name);
        self.dict_set_str(dict, self.names.__doc__, none);
        self.dict_set_str(dict, self.names.__package__, none);
        self.dict_set_str(dict, self.names.__loader__, none);
        self.dict_set_str(dict, self.names.__spec__, none);
        self.decref(name);
        module
    }

    /// An instance's first attribute makes its dict.
    #[inline(always)]
    pub fn new_split_dict(&mut self, shape: crate::heap::shape::ShapeId) -> Obj {
        self.new_dict_payload(Payload::Split {
            n: 0,
            shape,
            v: Box::new([NULL; crate::heap::shape::MAX_SHAPE]),
        })
    }

    /// An int, as a machine integer.
    #[inline(always)]
    pub fn as_i64(&self, o: Obj) -> Option<i64> {
        match self.heap.base(o) {
            Payload::Int(i) => Some(*i),
            Payload::Bool(b) => Some(i64::from(*b)),
            _ => None,
        }
    }

    /// An int of any size.
    pub fn as_int(&self, o: Obj) -> Option<BigInt> {
        match self.heap.base(o) {
            Payload::Int(i) => Some(BigInt::from(*i)),
            Payload::Bool(b) => Some(BigInt::from(u8::from(*b))),
            Payload::BigInt(b) => Some((**b).clone()),
            _ => None,
        }
    }

    pub fn is_int(&self, o: Obj) -> bool {
        matches!(
            self.heap.base(o),
            Payload::Int(_) | Payload::Bool(_) | Payload::BigInt(_)
        )
    }

    pub fn int_is_negative(&self, o: Obj) -> bool {
        match self.heap.base(o) {
            Payload::Int(i) => *i < 0,
            Payload::BigInt(b) => b.sign() == num_bigint::Sign::Minus,
            _ => false,
        }
    }

    /// `hash()` of an int (subclasses too): modulo 2**61 - 1 (`long_hash`).
    pub fn int_hash(&self, o: Obj) -> i64 {
        match self.heap.base(o) {
            Payload::Int(i) => hash_i64(*i),
            Payload::Bool(b) => i64::from(*b),
            Payload::BigInt(b) => hash_big(b),
            _ => 0,
        }
    }

    /// `operator.index`: an int (subclass) as it is, or what `__index__` answers (`_PyNumber_Index`).
    pub fn number_index(&mut self, o: Obj) -> PyResult<Obj> {
        if self.is_int(o) {
            return Ok(self.new_ref(o));
        }
        let Some(f) = self.slots_of(o).nb_index else {
            let name = self.type_name(o);
            return self.type_error(format!(
                "'{name}' object cannot be interpreted as an integer"
            ));
        };
        let result = f(self, o)?;
        if !self.is_int(result) {
            let name = self.type_name(result);
            self.decref(result);
            return self.type_error(format!("__index__ returned non-int (type {name})"));
        }
        if self.heap.ty(result) != self.types.int {
            let name = self.type_name(result);
            return self.with_held(result, |vm, result| {
                vm.warn_of_int_subclass("__index__", &name)?;
                Ok(vm.new_ref(result))
            });
        }
        Ok(result)
    }

    /// A size or count as Argument Clinic converts it (`Py_ssize_t`).
    pub fn ssize(&mut self, o: Obj) -> PyResult<isize> {
        let index = self.number_index(o)?;
        let value = self.as_i64(index);
        self.decref(index);
        match value {
            Some(value) => Ok(value as isize),
            None => self.raise(
                self.types.overflow_error,
                "Python int too large to convert to C ssize_t".to_string(),
            ),
        }
    }

    /// An index as a machine integer; too large ones raise the given exception, or are clamped if it is NULL
    /// (`PyNumber_AsSsize_t`).
    pub fn index_clamped(&mut self, o: Obj, overflow: Obj) -> PyResult<isize> {
        if let Payload::Int(i) = self.heap.payload(o) {
            return Ok(*i as isize);
        }
        let index = self.number_index(o)?;
        let value = self.as_i64(index);
        let negative = self.int_is_negative(index);
        self.decref(index);
        match value {
            Some(i) => Ok(i as isize),
            None if overflow.is_null() => Ok(if negative { isize::MIN } else { isize::MAX }),
            None => {
                let name = self.type_name(o);
                self.raise(
                    overflow,
                    format!("cannot fit '{name}' into an index-sized integer"),
                )
            }
        }
    }
}

const HASH_MODULUS: u64 = (1 << 61) - 1;

pub fn hash_i64(i: i64) -> i64 {
    let hash = (i.unsigned_abs() % HASH_MODULUS) as i64;
    let hash = if i < 0 { -hash } else { hash };
    if hash == -1 { -2 } else { hash }
}

pub fn hash_big(b: &BigInt) -> i64 {
    let modulus = BigInt::from(HASH_MODULUS);
    let hash = (b.magnitude() % modulus.magnitude())
        .to_i64()
        .expect("the modulus fits");
    let hash = if b.sign() == num_bigint::Sign::Minus {
        -hash
    } else {
        hash
    };
    if hash == -1 { -2 } else { hash }
}
