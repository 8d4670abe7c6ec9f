//! Deaths of what comes and goes all the time (lists, tuples, sets, functions, generators that are over, their frames) while
//! nobody watches.
//!
//! The same things happen in the same order as in `dealloc.rs`; but where no observer can look at the dying object, its
//! references need not be taken out of it one by one, and its kind is asked for once.

use super::{Machine, TRASHCAN_LEVEL};
use crate::heap::gc_list::HAS_WEAKREFS;
use crate::heap::payload::generator::GenKind;
use crate::heap::payload::set::Place;
use crate::heap::{NULL, Obj, Payload};

impl Machine {
    /// `list_dealloc`, `tupledealloc`, `set_dealloc` of exactly these types without weak references.
    pub(super) fn dealloc_items_unseen(&mut self, o: Obj) {
        self.heap.gc.untrack(o);
        if self.trash_depth >= TRASHCAN_LEVEL {
            self.trash.push(o);
            return;
        }
        let (len, gone) = match self.heap.payload_mut_in::<false>(o) {
            Payload::List(items) => {
                let mut items = std::mem::take(&mut **items);
                let gone = self.drop_last_unseen(&mut items);
                if let Payload::List(place) = self.heap.payload_mut_in::<false>(o) {
                    **place = items;
                }
                (0, gone)
            }
            Payload::TupleBig(items) => {
                let len = items.len();
                let mut items = std::mem::take(&mut **items);
                let gone = self.drop_last_unseen(&mut items);
                if let Payload::TupleBig(place) = self.heap.payload_mut_in::<false>(o) {
                    **place = items;
                }
                (len, gone)
            }
            Payload::Tuple { n, v } => {
                let (len, v) = (usize::from(*n), *v);
                let mut left = len;
                while left > 0 && self.heap.decref_if_unseen(v[left - 1]) {
                    left -= 1;
                }
                if let Payload::Tuple { n, .. } = self.heap.payload_mut_in::<false>(o) {
                    *n = left as u8;
                }
                (len, left == 0)
            }
            _ => (0, self.drop_elements_unseen(o)),
        };
        if gone {
            return self.free_emptied(o, len);
        }
        self.trash_depth += 1;
        match self.heap.payload(o) {
            Payload::Tuple { .. } => self.drop_tuple_items(o),
            Payload::Set(_) => self.clear_set(o),
            _ => self.drop_items_last_to_first(o),
        }
        self.free_emptied(o, len);
        self.trash_depth -= 1;
        if self.trash_depth == 0 && !self.trash.is_empty() {
            self.empty_trash();
        }
    }

    /// The items from the end on that live on without their list or tuple: nothing happens when they go. True if that is all of
    /// them.
    #[inline(always)]
    fn drop_last_unseen(&mut self, items: &mut Vec<Obj>) -> bool {
        let mut left = items.len();
        while left > 0 && self.heap.decref_if_unseen(items[left - 1]) {
            left -= 1;
        }
        items.truncate(left);
        left == 0
    }

    /// The elements from the front on that nobody sees go. True if that is all of them.
    fn drop_elements_unseen(&mut self, o: Obj) -> bool {
        let Payload::Set(set) = self.heap.payload_mut_in::<false>(o) else {
            return true;
        };
        let (mut table, mut left) = (std::mem::take(&mut set.table), set.used);
        for place in &mut table {
            if left == 0 {
                break;
            }
            if let Place::Full { key, .. } = *place {
                if !self.heap.decref_if_unseen(key) {
                    break;
                }
                *place = Place::Empty;
                left -= 1;
            }
        }
        if let Payload::Set(set) = self.heap.payload_mut_in::<false>(o) {
            set.table = table;
            set.used = left;
        }
        left == 0
    }

    /// The memory of an exact list, set, or tuple of this length that holds nothing any more.
    fn free_emptied(&mut self, o: Obj, len: usize) {
        let kept = match self.heap.payload(o) {
            Payload::List(_) => {
                self.heap.free_list(o);
                self.heap.free_lists.put_list()
            }
            Payload::Set(_) => {
                self.heap.free_set(o);
                false
            }
            Payload::TupleBig(_) => {
                self.heap.free_big_tuple(o);
                self.heap.free_lists.put_tuple(len)
            }
            _ => {
                self.heap.free(o);
                self.heap.free_lists.put_tuple(len)
            }
        };
        if !kept {
            self.count_deallocation();
        }
    }

    /// Whether `dealloc_unseen` may take this object: it has neither a finaliser to run nor weak references.
    #[inline(always)]
    pub(super) fn dies_simply(&self, o: Obj) -> bool {
        let simple = match self.heap.payload(o) {
            Payload::Func(_) => true,
            Payload::Gen(g) => g.frame.is_null() && g.kind == GenKind::Generator,
            _ => false,
        };
        simple
            && !self.watch.on
            && !self.heap.gc.has(o, HAS_WEAKREFS)
            && self.deep_depth < super::dealloc::DEEP_LEVEL
    }

    /// `func_dealloc`, `gen_dealloc`. (Both types are outside the trashcan; see `dealloc_without_trashcan`.)
    pub(super) fn dealloc_unseen(&mut self, o: Obj) {
        self.deep_depth += 1;
        self.heap.gc.untrack(o);
        match self.heap.payload(o) {
            Payload::Func(f) => {
                let parts = [
                    f.globals,
                    f.builtins,
                    f.module,
                    f.defaults,
                    f.kwdefaults,
                    f.doc,
                    f.dict,
                    f.closure,
                    f.annotations,
                    f.name,
                    f.qualname,
                    f.code_obj,
                ];
                self.drop_parts(&parts);
            }
            Payload::Gen(g) => {
                let [t, v, tb] = g.exc;
                let parts = [g.extra, g.code_obj, g.name, g.qualname, t, v, tb];
                self.drop_parts(&parts);
            }
            _ => {}
        }
        match std::mem::replace(self.heap.payload_mut_in::<false>(o), Payload::Dead) {
            Payload::Func(f) => self.heap.spare_functions.keep(f),
            Payload::Gen(g) => self.heap.spare_generators.keep(g),
            _ => {}
        }
        self.heap.free(o);
        self.count_deallocation();
        self.deep_depth -= 1;
        if self.deep_depth == 0 && !self.deep_trash.is_empty() {
            self.empty_deep_trash();
        }
    }

    #[inline(always)]
    fn drop_parts(&mut self, parts: &[Obj]) {
        for part in parts {
            if !part.is_null() {
                self.decref_in::<false>(*part);
            }
        }
    }

    /// The end of a generator's frame whose object nobody else holds: the locals, which are on the machine's stack from `base`
    /// on, go first to last, then what the frame owns (`frame_dealloc`). False, and nothing done, where that may be seen or
    /// must wait.
    pub(super) fn free_generator_frame(&mut self, object: Obj, base: usize, count: usize) -> bool {
        if self.watch.on || self.heap.rc(object) != 1 || self.trash_depth >= TRASHCAN_LEVEL {
            return false;
        }
        let Payload::Frame(f) = self.heap.payload(object) else {
            return false;
        };
        let (code_obj, parts) = (
            f.code_obj,
            [f.back, f.builtins, f.globals, f.locals, f.trace],
        );
        self.heap.gc.untrack(object);
        self.trash_depth += 1;
        // They stay in use until they are gone, whatever runs meanwhile.
        self.top = base + count;
        for i in base..base + count {
            let value = std::mem::replace(&mut self.stack[i], NULL);
            if !value.is_null() {
                self.decref_in::<false>(value);
            }
        }
        self.top = base;
        self.drop_parts(&parts);
        let dead = std::mem::replace(self.heap.payload_mut_in::<false>(object), Payload::Dead);
        if let Payload::Frame(f) = dead {
            self.heap.spare_frames.keep(f);
        }
        self.heap.free(object);
        self.unclaim_frame(code_obj);
        self.decref_in::<false>(code_obj);
        self.trash_depth -= 1;
        if self.trash_depth == 0 && !self.trash.is_empty() {
            self.empty_trash();
        }
        true
    }
}
