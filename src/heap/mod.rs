//! The heap: objects, their counts, their labelled edges, the collector's lists, the audit.
//!
//! An object is a 24-byte slot in one flat slab, addressed by `Obj(u32)`. Freed slots are reused last in, first out, as
//! CPython reuses memory. The collector's links and the birth records live in vectors of their own, parallel to the
//! slab. Everything that is state is `Clone`: a checkpoint is a clone of the whole machine.
//!
//! Knows nothing of frames' meaning nor of Python calls: counts go up and down here, but what happens when one
//! reaches zero (`vm/dealloc.rs`) and the order of a collection (`vm/collect.rs`) belong to the machine.
//!
//! Invariant: for every object, `rc` equals the number of edges that `traverse` and `references` of all objects and the
//! machine's roots have to it (`audit.rs`).
//!
//! Read next: `payload/mod.rs` (what an object can be), `gc_list.rs`, `collector.rs`.

pub mod audit;
pub mod collector;
pub mod edge;
pub mod free_list;
pub mod gc_list;
pub mod interned;
pub mod name;
pub mod payload;
pub mod shape;
pub mod spare;
pub mod touched;

pub use edge::Edge;
pub use payload::Payload;

use free_list::FreeLists;
pub use free_list::Kept;
use gc_list::{GcLists, IS_GC};
use interned::Interned;
use name::Births;
use shape::Shapes;
use spare::Spare;
use touched::Touched;

/// An object's place on the heap. A plain `Obj` is a borrowed reference unless the function that hands it out says that
/// it is owned. `Obj(0)` is CPython's NULL.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Obj(pub u32);

/// No object.
pub const NULL: Obj = Obj(0);

impl Obj {
    #[inline(always)]
    pub fn is_null(self) -> bool {
        self.0 == 0
    }

    /// `None` for NULL, for use with `?` and `if let`.
    #[inline(always)]
    pub fn some(self) -> Option<Obj> {
        if self.0 == 0 { None } else { Some(self) }
    }
}

/// Count, type and contents of one object: 24 bytes.
#[derive(Clone)]
pub struct Slot {
    pub rc: u32,
    pub ty: Obj,
    pub payload: Payload,
}

/// How many kinds of slots are reused among themselves only.
const SIZE_CLASSES: usize = FIRST_INSTANCE + INSTANCE_SIZES;
/// Instances of classes made by `class`, by their size in steps of 16 bytes.
const FIRST_INSTANCE: usize = 7;
const INSTANCE_SIZES: usize = 32;
/// The collector's two words, count and type, `__dict__` and the list of weak references.
const INSTANCE_WORDS: usize = 6;
/// Ints and floats.
const ATOMS: usize = 0;
const TUPLES: usize = 4;
/// Slices, and what has no class of its own.
const SLICES: usize = 6;

/// Which free list a slot with this payload comes from and goes to. CPython's allocator reuses memory within a size class, and
/// lists, dicts and tuples within their own free lists: that is what `id()` shows.
#[inline(always)]
fn size_class(payload: &Payload) -> usize {
    match payload {
        Payload::Int(_) | Payload::Float(_) => ATOMS,
        Payload::Inst { .. } => FIRST_INSTANCE + INSTANCE_WORDS / 2,
        Payload::Ext(ext) => FIRST_INSTANCE + ext.words().div_ceil(2).min(INSTANCE_SIZES - 1),
        Payload::List(_) => 2,
        Payload::Dict(_) | Payload::Split { .. } => 3,
        Payload::Tuple { .. } | Payload::TupleBig(_) => TUPLES,
        Payload::Str(_) | Payload::Bytes(_) => 5,
        Payload::Object => FIRST_INSTANCE + 1,
        // 48 bytes, as an instance: what has a word or two beside the collector's two, count and type; ranges, which have four and
        // are not the collector's.
        Payload::Range(_)
        | Payload::RangeIter(_)
        | Payload::ListIter { .. }
        | Payload::TupleIter { .. }
        | Payload::SeqIter { .. }
        | Payload::Cell(_)
        | Payload::StaticMethod(_)
        | Payload::ClassMethod(_)
        | Payload::MappingProxy(_) => FIRST_INSTANCE + 3,
        Payload::Method { .. } | Payload::Super(_) | Payload::Traceback(_) => FIRST_INSTANCE + 4,
        Payload::Builtin(b) if b.class.some().is_some() => FIRST_INSTANCE + 6,
        Payload::Weakref(_) | Payload::Builtin(_) => FIRST_INSTANCE + 5,
        _ => SLICES,
    }
}

/// All objects of a machine.
#[derive(Clone)]
pub struct Heap {
    slots: Vec<Slot>,
    /// The first free slot of each size class.
    free: [Obj; SIZE_CLASSES],
    pub gc: GcLists,
    pub births: Births,
    pub shapes: Shapes,
    pub interned: Interned,
    pub free_lists: FreeLists,
    /// Weak references to each object that has some, in CPython's list order: plain reference, plain proxy, then
    /// those with a callback, newest first.
    pub weakrefs: std::collections::HashMap<Obj, Vec<Obj>>,
    /// Version of a dict's key set, of a class: never 0, never given twice.
    next_version: u32,
    /// Live objects besides ints and floats, which come and go too often to be counted.
    live: usize,
    /// What the audit has to look at again.
    pub touched: Touched,
    pub spare_lists: Spare<payload::ListItems>,
    pub spare_tuples: Spare<Vec<Obj>>,
    pub spare_functions: Spare<payload::Func>,
    /// Empty ones with the smallest table.
    spare_sets: Spare<payload::Set>,
    pub spare_generators: Spare<payload::Gen>,
    pub spare_frames: Spare<payload::FrameObj>,
}

impl Heap {
    pub fn new() -> Heap {
        let dummy = Slot {
            rc: 1,
            ty: NULL,
            payload: Payload::Dead,
        };
        Heap {
            slots: vec![dummy],
            free: [NULL; SIZE_CLASSES],
            gc: GcLists::new(),
            births: Births::new(),
            shapes: Shapes::new(),
            interned: Interned::default(),
            free_lists: FreeLists::default(),
            weakrefs: Default::default(),
            next_version: 1,
            live: 0,
            touched: Touched::default(),
            spare_lists: Spare::default(),
            spare_tuples: Spare::default(),
            spare_functions: Spare::default(),
            spare_sets: Spare::default(),
            spare_generators: Spare::default(),
            spare_frames: Spare::default(),
        }
    }

    #[inline(always)]
    pub fn slot(&self, o: Obj) -> &Slot {
        &self.slots[o.0 as usize]
    }

    #[inline(always)]
    pub fn slot_mut(&mut self, o: Obj) -> &mut Slot {
        self.touched.contents(o);
        &mut self.slots[o.0 as usize]
    }

    #[inline(always)]
    pub fn payload(&self, o: Obj) -> &Payload {
        &self.slots[o.0 as usize].payload
    }

    #[inline(always)]
    pub fn payload_mut(&mut self, o: Obj) -> &mut Payload {
        self.touched.contents(o);
        &mut self.slots[o.0 as usize].payload
    }

    /// `payload_mut` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn payload_mut_in<const WATCHED: bool>(&mut self, o: Obj) -> &mut Payload {
        if WATCHED {
            self.touched.contents(o);
        }
        &mut self.slots[o.0 as usize].payload
    }

    /// What is in a cell, borrowed; NULL if that is nothing.
    #[inline(always)]
    pub fn cell_contents(&self, cell: Obj) -> Obj {
        match self.payload(cell) {
            Payload::Cell(contents) => *contents,
            _ => NULL,
        }
    }

    /// The object's type; borrowed.
    #[inline(always)]
    pub fn ty(&self, o: Obj) -> Obj {
        self.slots[o.0 as usize].ty
    }

    /// The object's reference count.
    #[inline(always)]
    pub fn rc(&self, o: Obj) -> u32 {
        self.slots[o.0 as usize].rc
    }

    #[inline(always)]
    pub fn incref(&mut self, o: Obj) {
        self.incref_in::<true>(o);
    }

    /// `incref` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn incref_in<const WATCHED: bool>(&mut self, o: Obj) {
        if WATCHED {
            self.touched.count(o);
        }
        self.slots[o.0 as usize].rc += 1;
    }

    /// One reference less. True if it was the last: the caller sees to the object's death.
    #[inline(always)]
    pub fn decref_in<const WATCHED: bool>(&mut self, o: Obj) -> bool {
        if WATCHED {
            self.touched.count(o);
        }
        let slot = &mut self.slots[o.0 as usize];
        debug_assert!(
            slot.rc > 0,
            "decref of a dead object: a payload forgot an edge"
        );
        slot.rc -= 1;
        slot.rc == 0
    }

    /// Sets the count of a dying object for the time of its finaliser.
    pub fn set_rc(&mut self, o: Obj, rc: u32) {
        self.touched.count(o);
        self.slots[o.0 as usize].rc = rc;
    }

    /// How many slots the slab has, free ones included; slot numbers run from 1 to this, exclusive.
    pub fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// How many objects are alive.
    pub fn live(&self) -> usize {
        self.objects().count()
    }

    /// How many objects besides ints and floats are alive, without a walk over the heap.
    #[inline]
    pub fn live_but_numbers(&self) -> usize {
        self.live
    }

    /// Every object that is alive, by slot.
    pub fn objects(&self) -> impl Iterator<Item = Obj> + '_ {
        (1..self.slots.len() as u32)
            .map(Obj)
            .filter(|o| self.is_live(*o))
    }

    pub fn is_live(&self, o: Obj) -> bool {
        !matches!(
            self.slots[o.0 as usize].payload,
            Payload::Free(_) | Payload::Dead
        )
    }

    /// Puts a payload into a free slot, with a count of one. Owned.
    #[inline(always)]
    pub fn alloc(&mut self, ty: Obj, payload: Payload) -> Obj {
        self.alloc_in::<true>(ty, payload)
    }

    /// `alloc` for code that knows at compile time whether anybody watches: the hot loop.
    #[inline(always)]
    pub fn alloc_in<const WATCHED: bool>(&mut self, ty: Obj, payload: Payload) -> Obj {
        let class = size_class(&payload);
        let mut o = self.free[class];
        if class != ATOMS {
            self.live += 1;
        }
        if o.is_null() {
            // The payload is not handed on: its address would be taken, and the hot path would copy it through memory.
            o = self.grow();
        }
        let slot = &mut self.slots[o.0 as usize];
        let Payload::Free(next) = slot.payload else {
            panic!("the free list holds a slot in use: it was freed twice")
        };
        slot.rc = 1;
        slot.ty = ty;
        // A `Free` payload has nothing to drop; without this the hot path runs drop glue.
        std::mem::forget(std::mem::replace(&mut slot.payload, payload));
        self.free[class] = next;
        if WATCHED {
            self.touched.contents(o);
        }
        o
    }

    /// One free slot more, the last of its kind.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> Obj {
        let o = Obj(u32::try_from(self.slots.len())
            .expect("fewer than four thousand million objects fit in memory"));
        self.slots.push(Slot {
            rc: 0,
            ty: NULL,
            payload: Payload::Free(NULL),
        });
        self.gc.grow(self.slots.len());
        self.births.grow(self.slots.len());
        self.touched.contents(o);
        o
    }

    /// Gives the slot back. The payload must own nothing any more (it is dropped, its references are not).
    #[inline(always)]
    pub fn free(&mut self, o: Obj) {
        let class = size_class(&self.slots[o.0 as usize].payload);
        let next = self.free[class];
        if class != ATOMS {
            self.live -= 1;
        }
        self.touched.contents(o);
        self.gc.reset(o);
        self.slots[o.0 as usize].payload = Payload::Free(next);
        self.free[class] = o;
    }

    /// One reference to an int or a float less; it goes with the last one. False if that was something else, which the
    /// caller sees off.
    #[inline(always)]
    pub fn decref_if_number<const WATCHED: bool>(&mut self, o: Obj) -> bool {
        if WATCHED {
            self.touched.count(o);
        }
        let slot = &mut self.slots[o.0 as usize];
        slot.rc -= 1;
        if slot.rc != 0 {
            return true;
        }
        if !matches!(slot.payload, Payload::Int(_) | Payload::Float(_)) {
            return false;
        }
        if WATCHED {
            self.touched.contents(o);
        }
        let free = Payload::Free(self.free[ATOMS]);
        std::mem::forget(std::mem::replace(&mut slot.payload, free));
        self.free[ATOMS] = o;
        true
    }

    /// One reference less if nobody can see it go, because the object lives on or is an int or a float; false, and nothing
    /// done, if its death must be seen to. Nobody watches.
    #[inline(always)]
    pub fn decref_if_unseen(&mut self, o: Obj) -> bool {
        let slot = &mut self.slots[o.0 as usize];
        if slot.rc > 1 {
            slot.rc -= 1;
            return true;
        }
        if !matches!(slot.payload, Payload::Int(_) | Payload::Float(_)) {
            return false;
        }
        self.free_plain::<false>(o);
        true
    }

    /// One reference more to each.
    #[inline]
    pub fn incref_each(&mut self, objects: &[Obj]) {
        if self.touched.is_on() {
            objects.iter().for_each(|o| self.incref(*o));
        } else {
            objects.iter().for_each(|o| self.incref_in::<false>(*o));
        }
    }

    /// `free`, and the payload that was there.
    #[inline(always)]
    fn free_taking(&mut self, o: Obj) -> Payload {
        let class = size_class(&self.slots[o.0 as usize].payload);
        let free = Payload::Free(self.free[class]);
        if class != ATOMS {
            self.live -= 1;
        }
        self.touched.contents(o);
        self.gc.reset(o);
        self.free[class] = o;
        std::mem::replace(&mut self.slots[o.0 as usize].payload, free)
    }

    /// `free` for a list that has been emptied: its box is kept, and a little room for items.
    #[inline(always)]
    pub fn free_list(&mut self, o: Obj) {
        if let Payload::List(mut items) = self.free_taking(o) {
            items.empty_again();
            self.spare_lists.keep(items);
        }
    }

    /// The same for a tuple of many items.
    pub fn free_big_tuple(&mut self, o: Obj) {
        if let Payload::TupleBig(mut items) = self.free_taking(o) {
            payload::empty_again(&mut items);
            self.spare_tuples.keep(items);
        }
    }

    /// `free` for a frame that has been emptied: its box is kept.
    pub fn free_frame(&mut self, o: Obj) {
        if let Payload::Frame(frame) = self.free_taking(o) {
            self.spare_frames.keep(frame);
        }
    }

    /// `free` for a set that has been emptied: its box is kept, and with it a table of the smallest size.
    pub fn free_set(&mut self, o: Obj) {
        if let Payload::Set(mut set) = self.free_taking(o)
            && set.empty_again()
        {
            self.spare_sets.keep(set);
        }
    }

    /// The payload of an empty set.
    #[inline]
    pub fn empty_set(&mut self) -> Payload {
        Payload::Set(self.spare_sets.take().unwrap_or_default())
    }

    /// `free` for payloads that hold no Rust allocation (int, float): skips the drop.
    #[inline(always)]
    pub fn free_plain<const WATCHED: bool>(&mut self, o: Obj) {
        let next = self.free[ATOMS];
        if WATCHED {
            self.touched.contents(o);
        }
        std::mem::forget(std::mem::replace(
            &mut self.slots[o.0 as usize].payload,
            Payload::Free(next),
        ));
        self.free[ATOMS] = o;
    }

    /// Whether a new slice would take the place of a dead object and count as no allocation.
    #[inline]
    pub fn has_spare_slice(&self) -> bool {
        self.free_lists.has_slice() && !self.free[SLICES].is_null()
    }

    /// Whether a new tuple would take the place of a dead one.
    #[inline]
    pub fn has_free_tuple(&self) -> bool {
        !self.free[TUPLES].is_null()
    }

    /// A version number that this heap has not given before.
    #[inline(always)]
    pub fn new_version(&mut self) -> u32 {
        self.next_version += 1;
        self.next_version
    }

    /// Whether the collector can watch this object (it was made with `PyObject_GC_New`).
    #[inline(always)]
    pub fn is_gc(&self, o: Obj) -> bool {
        self.gc.has(o, IS_GC)
    }

    /// Approximate bytes in use, for `--max-memory`.
    pub fn bytes(&self) -> usize {
        self.slots.len() * (24 + 12 + 12) + self.live * 24
    }
}

impl Default for Heap {
    fn default() -> Self {
        Heap::new()
    }
}
