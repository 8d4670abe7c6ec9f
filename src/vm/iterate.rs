//! Iterating: iterators, unpacking, collecting (`PyObject_GetIter`, `PyIter_Next`, `unpack_iterable`, …).
//!
//! Items that were fetched but have no place yet lie on the machine's stack, because fetching the next one may run Python code.
//! Invariant: on an error everything that was fetched has been let go of, last first.

use super::drain::Sink;
use super::{Machine, PyResult, Thrown};
use crate::heap::{NULL, Obj, Payload};

impl Machine {
    /// Drops everything held since the mark, last first, and hands the result on. An interrupt leaves the stack as it is: the run is over.
    pub fn releasing<T: 'static>(&mut self, mark: usize, result: PyResult<T>) -> PyResult<T> {
        match result {
            Ok(_) => {
                self.keeping(&result, |vm| vm.release(mark));
                result
            }
            Err(Thrown::Exception) if self.top > mark => {
                let saved = self.take_exception();
                self.release(mark);
                self.restore_exception(saved);
                if self.interrupt.is_some() {
                    Err(Thrown::Interrupt)
                } else {
                    Err(Thrown::Exception)
                }
            }
            Err(thrown) => Err(thrown),
        }
    }

    /// `iter(o)`: by `tp_iter`, else by `__getitem__` (`PyObject_GetIter`).
    pub fn get_iter(&mut self, o: Obj) -> PyResult<Obj> {
        let Some(iter) = self.slots_of(o).tp_iter else {
            if self.is_sequence(o) {
                return Ok(self.new_seq_iter(o));
            }
            let name = self.type_name(o);
            return self.type_error(format!("'{name}' object is not iterable"));
        };
        let iterator = iter(self, o)?;
        if self.slots_of(iterator).tp_iternext.is_none() {
            let name = self.type_name(iterator);
            let raised = self.type_error(format!("iter() returned non-iterator of type '{name}'"));
            let mark = self.mark();
            self.hold(iterator);
            return self.releasing(mark, raised);
        }
        Ok(iterator)
    }

    /// `PySequence_Check`: can be indexed by numbers, and is no dict.
    pub fn is_sequence(&self, o: Obj) -> bool {
        !self.heap.is_dict(o) && self.slots_of(o).sq_item.is_some()
    }

    /// The next item, owned; NULL at the end (`PyIter_Next`).
    #[inline]
    pub fn iter_next(&mut self, iterator: Obj) -> PyResult<Obj> {
        match self.heap.payload(iterator) {
            Payload::RangeIter(_) => {
                return Ok(super::types::range::range_iter_step(self, iterator));
            }
            Payload::ListIter { list, at } => {
                if let Some(item) = self
                    .heap
                    .list(*list)
                    .and_then(|items| items.get(*at as usize))
                {
                    let item = *item;
                    self.heap.incref(item);
                    if let Payload::ListIter { at, .. } = self.heap.payload_mut(iterator) {
                        *at += 1;
                    }
                    return Ok(item);
                }
            }
            Payload::TupleIter { tuple, at } => {
                if let Some(item) = self
                    .heap
                    .tuple(*tuple)
                    .and_then(|items| items.get(*at as usize))
                {
                    let item = *item;
                    self.heap.incref(item);
                    if let Payload::TupleIter { at, .. } = self.heap.payload_mut(iterator) {
                        *at += 1;
                    }
                    return Ok(item);
                }
            }
            _ => {}
        }
        let Some(next) = self.slots_of(iterator).tp_iternext else {
            let name = self.type_name(iterator);
            return self.type_error(format!("'{name}' object is not an iterator"));
        };
        match next(self, iterator) {
            Err(Thrown::Exception) if self.pending_matches(self.types.stop_iteration) => {
                self.clear_exception();
                Ok(NULL)
            }
            other => other,
        }
    }

    /// All items, owned.
    pub fn collect_iterable(&mut self, o: Obj) -> PyResult<Vec<Obj>> {
        if let Some(items) = self.exact_items(o) {
            for item in &items {
                self.heap.incref(*item);
            }
            return Ok(items);
        }
        let iterator = self.get_iter(o)?;
        self.collect_held_iterator(iterator)
    }

    /// All that comes out of an iterator, owned.
    pub fn collect_iterator(&mut self, iterator: Obj) -> PyResult<Vec<Obj>> {
        self.heap.incref(iterator);
        self.collect_held_iterator(iterator)
    }

    /// The same, of an iterator that is taken over.
    pub(super) fn collect_held_iterator(&mut self, iterator: Obj) -> PyResult<Vec<Obj>> {
        let (start, mark) = (self.drained.len(), self.mark());
        if self.drain_held_iterator(iterator)? {
            return Ok(self.drained.split_off(start));
        }
        self.collect_rest(iterator, mark)
    }

    /// A tuple of what comes out of an iterator that is taken over. Its memory has been set aside (`reserve_tuple`).
    pub(super) fn reserved_tuple_of_held_iterator(&mut self, iterator: Obj) -> PyResult<Obj> {
        let (start, mark) = (self.drained.len(), self.mark());
        if self.drain_held_iterator(iterator)? {
            return Ok(self.new_reserved_tuple_drained(start));
        }
        let items = self.collect_rest(iterator, mark)?;
        Ok(self.new_reserved_tuple(items))
    }

    /// True if all that comes out of an iterator has been put at the end of `drained` at once, and the iterator has been let go of.
    /// Otherwise it is held, and what has come so far above it.
    fn drain_held_iterator(&mut self, iterator: Obj) -> PyResult<bool> {
        let mark = self.mark();
        self.hold(iterator);
        if self.watch.on {
            return Ok(false);
        }
        let start = self.drained.len();
        let (item, _) = self.next_into(iterator, Sink::Aside);
        if item == Ok(NULL) {
            let iterator = self.unhold();
            self.decref(iterator);
            return Ok(true);
        }
        for o in self.drained.split_off(start) {
            self.hold(o);
        }
        match item {
            Ok(item) => self.hold(item),
            Err(thrown) => return self.releasing(mark, Err(thrown)),
        };
        Ok(false)
    }

    /// What is held above the iterator at `mark`, and all that comes out of it still.
    fn collect_rest(&mut self, iterator: Obj, mark: usize) -> PyResult<Vec<Obj>> {
        let result = self.hold_all(iterator);
        if result.is_err() {
            return self.releasing(mark, result.map(|()| Vec::new()));
        }
        Ok(self.take_items_above_iterator(mark))
    }

    /// Whether it is exactly a list or a tuple.
    pub fn has_exact_items(&self, o: Obj) -> bool {
        matches!(
            self.heap.payload(o),
            Payload::List(_) | Payload::Tuple { .. } | Payload::TupleBig(_)
        )
    }

    /// The items of what is exactly a list or a tuple; borrowed.
    pub fn exact_items(&self, o: Obj) -> Option<Vec<Obj>> {
        match self.heap.payload(o) {
            Payload::List(items) => Some((***items).clone()),
            Payload::TupleBig(items) => Some((**items).clone()),
            Payload::Tuple { n, v } => Some(v[..*n as usize].to_vec()),
            _ => None,
        }
    }

    /// Puts all items of an iterator on the machine's stack.
    fn hold_all(&mut self, iterator: Obj) -> PyResult<()> {
        loop {
            let start = self.drained.len();
            let (item, _) = self.next_into(iterator, Sink::Aside);
            for i in start..self.drained.len() {
                let o = self.drained[i];
                self.hold(o);
            }
            self.drained.truncate(start);
            let item = item?;
            if item.is_null() {
                return Ok(());
            }
            self.hold(item);
        }
    }

    /// What lies above the iterator at `mark`, owned by the caller; the iterator is let go of while the items are still on the stack.
    fn take_items_above_iterator(&mut self, mark: usize) -> Vec<Obj> {
        let iterator = std::mem::replace(&mut self.stack[mark], NULL);
        self.decref(iterator);
        let items = self.stack[mark + 1..self.top].to_vec();
        self.stack[mark + 1..self.top].fill(NULL);
        self.top = mark;
        items
    }

    /// A list of the items of any iterable (`PySequence_List`).
    pub fn list_from_iterable(&mut self, o: Obj) -> PyResult<Obj> {
        let list = self.new_list(Vec::new());
        self.hold(list);
        match super::types::list::extend_list(self, list, o) {
            Ok(()) => Ok(self.unhold()),
            Err(thrown) => {
                let mark = self.top - 1;
                self.releasing(mark, Err(thrown))
            }
        }
    }

    /// Whether an item equal to this one comes out of the iterable (`_PySequence_IterSearch`).
    pub fn iter_contains(&mut self, o: Obj, item: Obj) -> PyResult<bool> {
        let mark = self.mark();
        let iterator = match self.get_iter(o) {
            Err(Thrown::Exception) if self.pending_matches(self.types.type_error) => {
                self.clear_exception();
                let name = self.type_name(o);
                return self.type_error(format!("argument of type '{name}' is not iterable"));
            }
            other => other?,
        };
        self.hold(iterator);
        let result = self.search(iterator, item);
        self.releasing(mark, result)
    }

    fn search(&mut self, iterator: Obj, wanted: Obj) -> PyResult<bool> {
        loop {
            let item = self.iter_next(iterator)?;
            if item.is_null() {
                return Ok(false);
            }
            let mark = self.mark();
            self.hold(item);
            let equal = self.rich_compare_bool(item, wanted, super::slots::CmpOp::Eq);
            if self.releasing(mark, equal)? {
                return Ok(true);
            }
        }
    }

    /// The items of an assignment's right side, owned, in order; with a starred target (`after` is how many follow it), its list
    /// stands in the middle (`unpack_iterable` of `Python/ceval.c`).
    pub fn unpack_iterable(
        &mut self,
        seq: Obj,
        before: usize,
        after: Option<usize>,
    ) -> PyResult<Vec<Obj>> {
        let mark = self.mark();
        let iterator = match self.get_iter(seq) {
            Err(Thrown::Exception)
                if self.pending_matches(self.types.type_error)
                    && self.slots_of(seq).tp_iter.is_none()
                    && !self.is_sequence(seq) =>
            {
                self.clear_exception();
                let name = self.type_name(seq);
                return self.type_error(format!("cannot unpack non-iterable {name} object"));
            }
            other => other?,
        };
        self.hold(iterator);
        match self.hold_unpacked(iterator, before, after) {
            Ok(()) => Ok(self.take_items_above_iterator(mark)),
            Err(thrown) => self.releasing(mark, Err(thrown)),
        }
    }

    fn hold_unpacked(
        &mut self,
        iterator: Obj,
        before: usize,
        after: Option<usize>,
    ) -> PyResult<()> {
        for i in 0..before {
            let item = self.iter_next(iterator)?;
            if item.is_null() {
                let message = match after {
                    None => format!("not enough values to unpack (expected {before}, got {i})"),
                    Some(after) => format!(
                        "not enough values to unpack (expected at least {}, got {i})",
                        before + after
                    ),
                };
                return self.value_error(&message);
            }
            self.hold(item);
        }
        let Some(after) = after else {
            let extra = self.iter_next(iterator)?;
            if extra.is_null() {
                return Ok(());
            }
            self.decref(extra);
            return self.value_error(&format!("too many values to unpack (expected {before})"));
        };
        let list = self.list_from_iterable(iterator)?;
        self.hold(list);
        let len = self.heap.list(list).map_or(0, Vec::len);
        if len < after {
            let (expected, got) = (before + after, before + len);
            return self.value_error(&format!(
                "not enough values to unpack (expected at least {expected}, got {got})"
            ));
        }
        let tail = self
            .heap
            .list_mut(list)
            .map(|items| items.split_off(len - after))
            .unwrap_or_default();
        for item in tail {
            self.hold(item);
        }
        Ok(())
    }

    /// `PyObject_LengthHint`: `len()`, `__length_hint__()`, or the default.
    pub fn length_hint(&mut self, o: Obj, default: usize) -> PyResult<usize> {
        let slots = self.slots_of(o);
        if slots.sq_length.is_some() || slots.mp_length.is_some() {
            match self.len(o) {
                Err(Thrown::Exception) if self.pending_matches(self.types.type_error) => {
                    self.clear_exception()
                }
                other => return other,
            }
        }
        let Some(method) = self.lookup_special(o, self.names.__length_hint__)? else {
            return Ok(default);
        };
        let hint = match self.with_held(method, |vm, method| vm.call(method, &[])) {
            Err(Thrown::Exception) if self.pending_matches(self.types.type_error) => {
                self.clear_exception();
                return Ok(default);
            }
            other => other?,
        };
        if hint == self.not_implemented {
            self.decref(hint);
            return Ok(default);
        }
        let value = self.as_i64(hint);
        let (is_int, negative, name) = (
            self.is_int(hint),
            self.int_is_negative(hint),
            self.type_name(hint),
        );
        self.decref(hint);
        if !is_int {
            return self.type_error(format!("__length_hint__ must be an integer, not {name}"));
        }
        if negative {
            return self.value_error("__length_hint__() should return >= 0");
        }
        match value {
            Some(value) => Ok(value as usize),
            None => self.raise(
                self.types.overflow_error,
                "Python int too large to convert to C ssize_t".to_string(),
            ),
        }
    }

    /// LIST_EXTEND
    pub(super) fn list_extend_op(&mut self, list: Obj, iterable: Obj) -> PyResult<()> {
        match super::types::list::extend_list(self, list, iterable) {
            Err(Thrown::Exception)
                if self.pending_matches(self.types.type_error)
                    && self.slots_of(iterable).tp_iter.is_none()
                    && !self.is_sequence(iterable) =>
            {
                self.clear_exception();
                let name = self.type_name(iterable);
                self.type_error(format!("Value after * must be an iterable, not {name}"))
            }
            other => other,
        }
    }
}
