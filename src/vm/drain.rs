//! Draining a generator: `list(gen)`, `sum(gen)` and their kin, when nobody watches.
//!
//! What a native does with one yielded value and the next resumption can often do without any Python code: the value goes
//! into the sink and the generator's frame goes on at once, in the same nested run. Nothing can look at the generator
//! in between, so that it never was suspended does not show. A value that the sink does not take comes back to the native,
//! as from `iter_next`.
//!
//! Invariant: the sink of the innermost frame with `Cont::Drain` that runs is the last one.

use super::{Machine, PyResult};
use crate::heap::{Obj, Payload};

/// What happens to yielded values.
#[derive(Clone, Copy, Debug)]
pub enum Sink {
    /// Every one comes back.
    Nothing,
    /// Appended to a list.
    List(Obj),
    /// Put aside in `Machine::drained`.
    Aside,
    /// Added to a set, if no Python code runs for that.
    Set(Obj),
    /// Added up, as long as they are ints and the sum fits.
    Int(i64),
    /// Added up, as long as they are floats.
    Float(f64),
    /// Those whose truth is this are passed over.
    Truth(bool),
}

impl Machine {
    /// The next item that the sink did not take, owned; NULL at the end. And the sink as it is then.
    #[inline]
    pub fn next_into(&mut self, iterator: Obj, sink: Sink) -> (PyResult<Obj>, Sink) {
        let plain = matches!(self.heap.payload(iterator), Payload::Gen(_))
            && self.heap.ty(iterator) == self.types.generator
            && !self.watch.on
            && !self.tracing.on;
        let adds = matches!(sink, Sink::Int(_) | Sink::Float(_));
        if !self.watch.on && !matches!(sink, Sink::Nothing) && self.is_plain_iterator(iterator) {
            return self.pour(iterator, sink);
        }
        if !adds && (!plain || matches!(sink, Sink::Nothing)) {
            return (self.iter_next(iterator), sink);
        }
        let open = self.sinks.len();
        self.sinks.push(sink);
        let item = match plain {
            true => super::types::generator::drain(self, iterator),
            // Sums make the same objects whoever watches.
            false => self.next_unadded(iterator),
        };
        let sink = self.sinks.get(open).copied().unwrap_or(sink);
        self.sinks.truncate(open);
        let over = matches!(item, Err(super::Thrown::Exception))
            && self.pending_matches(self.types.stop_iteration);
        if over {
            self.clear_exception();
            return (Ok(crate::heap::NULL), sink);
        }
        (item, sink)
    }

    /// Whether it iterates over a list, a tuple or a range, so that fetching an item runs no Python code.
    fn is_plain_iterator(&self, iterator: Obj) -> bool {
        matches!(
            self.heap.payload(iterator),
            Payload::ListIter { .. } | Payload::TupleIter { .. } | Payload::RangeIter(_)
        )
    }

    /// `next_into` for such an iterator.
    fn pour(&mut self, iterator: Obj, sink: Sink) -> (PyResult<Obj>, Sink) {
        let open = self.sinks.len();
        self.sinks.push(sink);
        let item = loop {
            let item = match self.next_of_sequence(iterator) {
                Some(item) => Ok(item),
                None => self.iter_next(iterator),
            };
            match item {
                Ok(item) if !item.is_null() && self.sink_takes(item) => {}
                _ => break item,
            }
        };
        let sink = self.sinks[open];
        self.sinks.truncate(open);
        (item, sink)
    }

    fn next_unadded(&mut self, iterator: Obj) -> PyResult<Obj> {
        loop {
            let item = self.iter_next(iterator)?;
            if item.is_null() || !self.sink_takes(item) {
                return Ok(item);
            }
        }
    }

    /// A frame with `Cont::Drain` yields a value: true if the sink takes it over.
    #[inline]
    pub(super) fn sink_takes(&mut self, value: Obj) -> bool {
        match self.sinks.last() {
            Some(Sink::Aside) => {
                self.drained.push(value);
                true
            }
            Some(Sink::Set(set)) => {
                let set = *set;
                self.set_add_plain(set, value)
            }
            _ => self.other_sink_takes(value),
        }
    }

    #[inline(never)]
    fn other_sink_takes(&mut self, value: Obj) -> bool {
        let Some(sink) = self.sinks.last_mut() else {
            return false;
        };
        match sink {
            Sink::Nothing | Sink::Aside | Sink::Set(_) => return false,
            Sink::List(list) => {
                let list = *list;
                let Payload::List(items) = self.heap.base_mut(list) else {
                    return false;
                };
                items.push(value);
                return true;
            }
            Sink::Int(total) => {
                let added = match self.heap.payload(value) {
                    Payload::Int(i) => total.checked_add(*i),
                    Payload::Bool(b) => total.checked_add(i64::from(*b)),
                    _ => None,
                };
                let Some(added) = added else { return false };
                *total = added;
            }
            Sink::Float(total) => {
                let Payload::Float(x) = self.heap.payload(value) else {
                    return false;
                };
                *total += *x;
            }
            Sink::Truth(truth) => match self.heap.payload(value) {
                Payload::Bool(b) if b == truth => {}
                _ => return false,
            },
        }
        // Numbers and bools die unseen.
        self.decref(value);
        true
    }
}
