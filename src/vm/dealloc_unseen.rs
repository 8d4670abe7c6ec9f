//! Deaths of what comes and goes all the time (functions, generators that are over, their frames) while nobody watches.
//!
//! The same things happen in the same order as in `dealloc.rs`; but where no observer can look at the dying object, its
//! references need not be taken out of it one by one, and its kind is asked for once.

use super::{Machine, TRASHCAN_LEVEL};
use crate::heap::gc_list::HAS_WEAKREFS;
use crate::heap::payload::generator::GenKind;
use crate::heap::{NULL, Obj, Payload};

impl Machine {
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
