//! `array.array`: machine values side by side. What arrays do is in `vm/modules/array/`.

/// The contents of an array: little endian, as the machines have it whose CPython this one is.
#[derive(Clone)]
pub struct Array {
    pub data: Vec<u8>,
    /// The type code: `b`, `B`, `u`, `h`, …
    pub code: u8,
    /// Items that CPython would have room for: `__sizeof__` shows it.
    pub room: usize,
    /// A memoryview was made of it; only then is it worth asking whether one is left.
    pub viewed: bool,
}

/// Bytes of an item with this type code.
#[inline(always)]
pub const fn item_size(code: u8) -> usize {
    match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'u' | b'i' | b'I' | b'f' => 4,
        _ => 8,
    }
}

impl Array {
    pub fn new(code: u8) -> Array {
        Array::of(code, Vec::new())
    }

    /// With exactly as much room as there are items.
    pub fn of(code: u8, data: Vec<u8>) -> Array {
        let room = data.len() / item_size(code);
        Array {
            data,
            code,
            room,
            viewed: false,
        }
    }

    #[inline(always)]
    pub fn item_size(&self) -> usize {
        item_size(self.code)
    }

    /// How many items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.data.len() >> item_size(self.code).trailing_zeros()
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The bytes of an item; `None` if there are not so many.
    #[inline(always)]
    pub fn item(&self, index: usize) -> Option<&[u8]> {
        let size = self.item_size();
        self.data.get(index * size..index * size + size)
    }

    /// Keeps account of the room as `array_resize` does; called with the new length before the items change.
    pub fn resized(&mut self, len: usize) {
        let old = self.len();
        if self.room >= len && old < len + 16 {
            return;
        }
        self.room = if len == 0 {
            0
        } else {
            (len >> 4) + if old < 8 { 3 } else { 7 } + len
        };
    }
}
