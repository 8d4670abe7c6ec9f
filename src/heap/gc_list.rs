//! The collector's doubly linked lists and its flags, one link a slot, as `PyGC_Head` in front of a CPython object.
//!
//! Knows neither counts nor payloads. Invariant: an object is in exactly one list or in none; `next` is NULL when it is
//! in none ("untracked"). Lists are named by `ListId`; their heads are pseudo-links behind the slots' own numbering,
//! so that linking needs no case distinction.

use super::Obj;

/// Object was made by `PyObject_GC_New`: it can be tracked and counts for `gc.get_count()`.
pub const IS_GC: u32 = 1;
/// `_PyGC_PREV_MASK_FINALIZED`: its finaliser has run, it never runs again.
pub const FINALIZED: u32 = 2;
/// In the list under collection.
pub const COLLECTING: u32 = 4;
/// Tentatively unreachable.
pub const UNREACHABLE: u32 = 8;
/// There are weak references to it (`Heap::weakrefs`).
pub const HAS_WEAKREFS: u32 = 16;
/// Of a code object: it keeps the memory of a frame for its next call (`co_zombieframe`).
pub const ZOMBIE_FRAME: u32 = 32;
/// Where `gc_refs` begins in the flag word.
pub const REFS_SHIFT: u32 = 6;

const LINK_FLAGS: u32 = (1 << REFS_SHIFT) - 1;

/// The lists of the collector; the permanent generation is what `gc.freeze` fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListId {
    Generation0,
    Generation1,
    Generation2,
    Permanent,
    Unreachable,
    Finalizers,
    Scratch,
    /// Garbage with a finaliser of the old kind, and what it reaches.
    Legacy,
}

const HEADS: usize = 8;

impl ListId {
    pub fn generation(n: usize) -> ListId {
        [
            ListId::Generation0,
            ListId::Generation1,
            ListId::Generation2,
        ][n]
    }
}

#[derive(Clone, Copy, Default)]
struct Link {
    prev: u32,
    next: u32,
    refs_flags: u32,
}

/// Links of all slots. A link's number is its slot's number plus `HEADS`; the heads come first. Number 0 never is a
/// neighbour because the head of generation 0 sits at 1.
#[derive(Clone)]
pub struct GcLists {
    links: Vec<Link>,
}

fn head(list: ListId) -> u32 {
    1 + list as u32
}

#[inline(always)]
fn number(o: Obj) -> u32 {
    o.0 + HEADS as u32 + 1
}

#[inline(always)]
fn object(number: u32) -> Obj {
    Obj(number - HEADS as u32 - 1)
}

impl GcLists {
    pub fn new() -> GcLists {
        let mut links = vec![Link::default(); HEADS + 2];
        for (n, link) in links.iter_mut().enumerate().skip(1).take(HEADS) {
            *link = Link {
                prev: n as u32,
                next: n as u32,
                refs_flags: 0,
            };
        }
        GcLists { links }
    }

    pub(super) fn grow(&mut self, slots: usize) {
        self.links.resize(slots + HEADS + 1, Link::default());
    }

    #[inline(always)]
    pub(super) fn reset(&mut self, o: Obj) {
        self.links[number(o) as usize] = Link::default();
    }

    #[inline(always)]
    pub fn has(&self, o: Obj, flag: u32) -> bool {
        self.links[number(o) as usize].refs_flags & flag != 0
    }

    #[inline(always)]
    pub fn set(&mut self, o: Obj, flag: u32) {
        self.links[number(o) as usize].refs_flags |= flag;
    }

    #[inline(always)]
    pub fn clear(&mut self, o: Obj, flag: u32) {
        self.links[number(o) as usize].refs_flags &= !flag;
    }

    /// The collector's copy of the count, while a collection runs.
    #[inline(always)]
    pub fn refs(&self, o: Obj) -> u32 {
        self.links[number(o) as usize].refs_flags >> REFS_SHIFT
    }

    #[inline(always)]
    pub fn set_refs(&mut self, o: Obj, refs: u32) {
        let link = &mut self.links[number(o) as usize];
        link.refs_flags = link.refs_flags & LINK_FLAGS | refs << REFS_SHIFT;
    }

    /// Takes one off `gc_refs` if the object is being collected.
    #[inline(always)]
    pub fn visit_decref(&mut self, o: Obj) {
        let link = &mut self.links[number(o) as usize];
        if link.refs_flags & COLLECTING != 0 {
            assert!(
                link.refs_flags >> REFS_SHIFT != 0,
                "gc_refs below zero: an edge is traversed that no count stands for"
            );
            link.refs_flags -= 1 << REFS_SHIFT;
        }
    }

    /// The whole flag word with `gc_refs`, for the collector's loops.
    #[inline(always)]
    pub(super) fn word(&self, o: Obj) -> u32 {
        self.links[number(o) as usize].refs_flags
    }

    #[inline(always)]
    pub(super) fn set_word(&mut self, o: Obj, word: u32) {
        self.links[number(o) as usize].refs_flags = word;
    }

    /// Whether the collector watches the object (`gc.is_tracked`).
    #[inline(always)]
    pub fn tracked(&self, o: Obj) -> bool {
        self.links[number(o) as usize].next != 0
    }

    /// Appends to the youngest generation (`_PyObject_GC_TRACK`).
    #[inline(always)]
    pub fn track(&mut self, o: Obj) {
        debug_assert!(!self.tracked(o), "track of a tracked object");
        self.append(ListId::Generation0, o);
    }

    #[inline(always)]
    pub fn append(&mut self, list: ListId, o: Obj) {
        let (head, this) = (head(list), number(o));
        let last = self.links[head as usize].prev;
        self.links[last as usize].next = this;
        let link = &mut self.links[this as usize];
        link.prev = last;
        link.next = head;
        self.links[head as usize].prev = this;
    }

    /// Takes the object out of its list (`_PyObject_GC_UNTRACK`). Flags but `FINALIZED` and the permanent ones go too.
    #[inline(always)]
    pub fn untrack(&mut self, o: Obj) {
        let this = number(o) as usize;
        let Link {
            prev,
            next,
            refs_flags,
        } = self.links[this];
        if next == 0 {
            return;
        }
        self.links[prev as usize].next = next;
        self.links[next as usize].prev = prev;
        self.links[this] = Link {
            prev: 0,
            next: 0,
            refs_flags: refs_flags & (IS_GC | FINALIZED | HAS_WEAKREFS),
        };
    }

    #[inline(always)]
    pub fn move_to(&mut self, o: Obj, list: ListId) {
        let this = number(o) as usize;
        let Link { prev, next, .. } = self.links[this];
        self.links[prev as usize].next = next;
        self.links[next as usize].prev = prev;
        self.append(list, o);
    }

    /// Appends the whole of `from` to `to`, leaving `from` empty (`gc_list_merge`).
    pub fn merge(&mut self, from: ListId, to: ListId) {
        let (from, to) = (head(from), head(to));
        let (first, last) = (
            self.links[from as usize].next,
            self.links[from as usize].prev,
        );
        if first == from {
            return;
        }
        let end = self.links[to as usize].prev;
        self.links[end as usize].next = first;
        self.links[first as usize].prev = end;
        self.links[last as usize].next = to;
        self.links[to as usize].prev = last;
        self.links[from as usize].next = from;
        self.links[from as usize].prev = from;
    }

    #[inline(always)]
    pub fn first(&self, list: ListId) -> Option<Obj> {
        let head = head(list);
        let first = self.links[head as usize].next;
        if first == head {
            None
        } else {
            Some(object(first))
        }
    }

    /// The object after `o` in the list it is in.
    #[inline(always)]
    pub fn next(&self, o: Obj) -> Option<Obj> {
        let next = self.links[number(o) as usize].next;
        if next as usize <= HEADS {
            None
        } else {
            Some(object(next))
        }
    }

    /// The objects of a list, oldest first.
    pub fn iter(&self, list: ListId) -> impl Iterator<Item = Obj> + '_ {
        std::iter::successors(self.first(list), |o| self.next(*o))
    }

    pub fn is_empty(&self, list: ListId) -> bool {
        self.first(list).is_none()
    }

    pub fn len(&self, list: ListId) -> usize {
        self.iter(list).count()
    }
}

impl Default for GcLists {
    fn default() -> Self {
        GcLists::new()
    }
}
