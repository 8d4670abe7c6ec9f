//! How many freed objects CPython 3.10 would be keeping on its free lists.
//!
//! Memory is not kept here (the slab does that): what matters is that an object taken from or put on a free list does not
//! move `gc.get_count()`, and so decides when an automatic collection fires. Limits are CPython's.

/// `PyList_MAXFREELIST`, `PyDict_MAXFREELIST`.
const MAX_LISTS: u16 = 80;
const MAX_DICTS: u16 = 80;
/// `PyTuple_MAXFREELIST` for each length under `PyTuple_MAXSAVESIZE`.
const MAX_TUPLES: u16 = 2000;
const TUPLE_LENGTHS: usize = 20;
/// `PyFrame_MAXFREELIST`.
const MAX_FRAMES: u16 = 200;

/// Kinds written in their own modules that have a free list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// `ag_asend_freelist`
    AsyncSend,
    /// `ag_value_freelist`
    AsyncValue,
    /// `ctx_freelist`
    Context,
}

impl Kept {
    /// `_PyAsyncGen_MAXFREELIST`, `CONTEXT_FREELIST_MAXLEN`.
    fn limit(self) -> u16 {
        match self {
            Kept::AsyncSend | Kept::AsyncValue => 80,
            Kept::Context => 255,
        }
    }
}

#[derive(Clone, Debug)]
pub struct FreeLists {
    list: u16,
    dict: u16,
    frame: u16,
    /// `slice_cache`; a collection leaves it alone.
    slice: u16,
    tuple: [u16; TUPLE_LENGTHS],
    /// By `Kept`.
    native: [u16; 3],
}

/// Takes one if there is one: true when the allocation does not count.
fn take(n: &mut u16) -> bool {
    if *n > 0 {
        *n -= 1;
        return true;
    }
    false
}

/// Puts one back if there is room: true when the deallocation does not count.
fn put(n: &mut u16, max: u16) -> bool {
    if *n < max {
        *n += 1;
        return true;
    }
    false
}

impl Default for FreeLists {
    /// Empty, but for the slice that CPython's start leaves behind.
    fn default() -> Self {
        FreeLists {
            list: 0,
            dict: 0,
            frame: 0,
            slice: 1,
            tuple: [0; TUPLE_LENGTHS],
            native: [0; 3],
        }
    }
}

impl FreeLists {
    #[inline]
    pub fn take_list(&mut self) -> bool {
        take(&mut self.list)
    }

    #[inline]
    pub fn put_list(&mut self) -> bool {
        put(&mut self.list, MAX_LISTS)
    }

    #[inline]
    pub fn take_dict(&mut self) -> bool {
        take(&mut self.dict)
    }

    #[inline]
    pub fn put_dict(&mut self) -> bool {
        put(&mut self.dict, MAX_DICTS)
    }

    #[inline]
    pub fn take_frame(&mut self) -> bool {
        take(&mut self.frame)
    }

    #[inline]
    pub fn put_frame(&mut self) -> bool {
        put(&mut self.frame, MAX_FRAMES)
    }

    /// Whether a slice can be made without an allocation.
    #[inline]
    pub fn has_slice(&self) -> bool {
        self.slice > 0
    }

    #[inline]
    pub fn take_slice(&mut self) -> bool {
        take(&mut self.slice)
    }

    #[inline]
    pub fn put_slice(&mut self) -> bool {
        put(&mut self.slice, 1)
    }

    #[inline]
    pub fn take_tuple(&mut self, len: usize) -> bool {
        len > 0 && len < TUPLE_LENGTHS && take(&mut self.tuple[len])
    }

    #[inline]
    pub fn put_tuple(&mut self, len: usize) -> bool {
        len > 0 && len < TUPLE_LENGTHS && put(&mut self.tuple[len], MAX_TUPLES)
    }

    #[inline]
    pub fn take_native(&mut self, kind: Kept) -> bool {
        take(&mut self.native[kind as usize])
    }

    #[inline]
    pub fn put_native(&mut self, kind: Kept) -> bool {
        put(&mut self.native[kind as usize], kind.limit())
    }

    /// What a full collection does (`clear_freelists`). Returns how many objects that frees.
    pub fn clear(&mut self) -> u32 {
        let kept =
            self.tuple
                .iter()
                .chain(&self.native)
                .chain([&self.list, &self.dict, &self.frame]);
        let freed = kept.map(|n| u32::from(*n)).sum();
        *self = FreeLists {
            slice: self.slice,
            ..FreeLists::default()
        };
        freed
    }
}
