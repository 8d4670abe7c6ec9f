//! Text and bytes: immutable, shared between clones of the machine.

use std::cell::{Cell, OnceCell};
use std::hash::{Hash, Hasher};

use rustpython_wtf8::{CodePoint, Wtf8, Wtf8Buf};
use siphasher::sip::SipHasher24;

/// The contents of a `str`: code points, lone surrogates allowed, stored as WTF-8.
#[derive(Clone)]
pub struct StrObj {
    text: Wtf8Buf,
    /// Length in code points.
    len: usize,
    hash: Cell<Option<i64>>,
    /// Whether a string object with this text was ever put into the table of interned strings.
    interned: Cell<bool>,
    /// The code points, made when a text that is not ASCII is first indexed.
    points: OnceCell<Box<[u32]>>,
}

impl StrObj {
    pub fn new(text: Wtf8Buf) -> StrObj {
        let len = if text.as_bytes().is_ascii() {
            text.len()
        } else {
            text.code_points().count()
        };
        StrObj {
            text,
            len,
            hash: Cell::new(None),
            interned: Cell::new(false),
            points: OnceCell::new(),
        }
    }

    #[allow(clippy::should_implement_trait)] // cannot fail, so not `FromStr`
    pub fn from_str(text: &str) -> StrObj {
        StrObj::new(Wtf8Buf::from(text.to_string()))
    }

    pub fn from_string(text: String) -> StrObj {
        StrObj::new(Wtf8Buf::from(text))
    }

    /// Of code points, surrogates included.
    pub fn from_points(points: impl IntoIterator<Item = u32>) -> StrObj {
        let mut text = Wtf8Buf::new();
        for point in points {
            text.push(CodePoint::from_u32(point).expect("a code point is at most 0x10ffff"));
        }
        StrObj::new(text)
    }

    pub fn wtf8(&self) -> &Wtf8 {
        &self.text
    }

    /// The text if it has no lone surrogate.
    pub fn as_str(&self) -> Option<&str> {
        self.text.as_str().ok()
    }

    /// The text, lone surrogates replaced: for messages and for showing.
    pub fn lossy(&self) -> String {
        self.text.to_string_lossy().into_owned()
    }

    /// Length in code points.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.len == self.text.len()
    }

    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// All code points, of a text that is not ASCII.
    pub fn wide(&self) -> &[u32] {
        self.points
            .get_or_init(|| self.text.code_points().map(|p| p.to_u32()).collect())
    }

    /// The code point at an index below `len`.
    #[inline]
    pub fn point(&self, index: usize) -> u32 {
        if self.is_ascii() {
            u32::from(self.text.as_bytes()[index])
        } else {
            self.wide()[index]
        }
    }

    pub fn points(&self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
        (0..self.len).map(|i| self.point(i))
    }

    /// The part from code point `start` to `end`, which are in range and in order.
    pub fn slice(&self, start: usize, end: usize) -> StrObj {
        if self.is_ascii() {
            let text = self.as_str().expect("ASCII is UTF-8");
            StrObj::from_str(&text[start..end])
        } else {
            StrObj::from_points(self.wide()[start..end].iter().copied())
        }
    }

    /// Whether `hash` has been asked for; CPython never grows such a string in place.
    pub fn is_hashed(&self) -> bool {
        self.hash.get().is_some()
    }

    /// False: no string object with this text is interned. True says nothing.
    #[inline(always)]
    pub fn may_be_interned(&self) -> bool {
        self.interned.get()
    }

    pub fn mark_interned(&self) {
        self.interned.set(true);
    }

    /// Both texts, one after the other.
    pub fn concat(left: &StrObj, right: &StrObj) -> StrObj {
        let mut text = Wtf8Buf::with_capacity(left.text.len() + right.text.len());
        text.push_wtf8(&left.text);
        text.push_wtf8(&right.text);
        StrObj {
            text,
            len: left.len + right.len,
            hash: Cell::new(None),
            interned: Cell::new(false),
            points: OnceCell::new(),
        }
    }

    /// Grows at the end.
    pub fn append(&mut self, other: &StrObj) {
        self.text.push_wtf8(&other.text);
        self.len += other.len;
        self.hash.set(None);
        self.points = OnceCell::new();
    }

    /// The text so many times.
    pub fn repeat(&self, times: usize) -> StrObj {
        let mut text = Wtf8Buf::with_capacity(self.text.len() * times);
        (0..times).for_each(|_| text.push_wtf8(&self.text));
        StrObj {
            text,
            len: self.len * times,
            hash: Cell::new(None),
            interned: Cell::new(false),
            points: OnceCell::new(),
        }
    }

    /// The byte at which a code point begins; `index` may be the length.
    pub fn byte_of(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index;
        }
        let starts = self
            .text
            .as_bytes()
            .iter()
            .enumerate()
            .filter(|(_, b)| is_first_byte(**b));
        starts
            .map(|(at, _)| at)
            .nth(index)
            .unwrap_or(self.text.len())
    }

    /// The part between two bytes at which code points begin.
    pub fn byte_slice(&self, start: usize, end: usize) -> StrObj {
        StrObj::new(self.text[start..end].to_wtf8_buf())
    }

    /// `hash()` as CPython 3.10 has it with PYTHONHASHSEED=0: SipHash-2-4 with a zero key over the characters in the narrowest
    /// of 1, 2 or 4 bytes each (`unicode_hash`, `_Py_HashBytes`).
    #[inline]
    pub fn hash(&self) -> i64 {
        match self.hash.get() {
            Some(hash) => hash,
            None => {
                let hash = self.compute_hash();
                self.hash.set(Some(hash));
                hash
            }
        }
    }

    fn compute_hash(&self) -> i64 {
        if self.is_ascii() {
            return hash_bytes(self.text.as_bytes());
        }
        let widest = self.points().max().unwrap_or(0);
        let bytes: Vec<u8> = match widest {
            0..=0xff => self.points().map(|p| p as u8).collect(),
            0x100..=0xffff => self
                .points()
                .flat_map(|p| (p as u16).to_le_bytes())
                .collect(),
            _ => self.points().flat_map(u32::to_le_bytes).collect(),
        };
        hash_bytes(&bytes)
    }
}

/// Whether a byte of WTF-8 begins a code point.
fn is_first_byte(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// How many code points a stretch of WTF-8 has.
pub fn count_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| is_first_byte(**b)).count()
}

impl PartialEq for StrObj {
    fn eq(&self, other: &StrObj) -> bool {
        self.text == other.text
    }
}

impl Eq for StrObj {}

impl Hash for StrObj {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i64(StrObj::hash(self));
    }
}

/// `_Py_HashBytes` with a zero key; -1 is reserved for errors.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = SipHasher24::new_with_keys(0, 0);
    hasher.write(bytes);
    let hash = hasher.finish() as i64;
    if hash == -1 { -2 } else { hash }
}

/// The contents of a `bytes`.
#[derive(Clone)]
pub struct BytesObj {
    pub data: Box<[u8]>,
    hash: Cell<Option<i64>>,
}

impl BytesObj {
    pub fn new(data: Vec<u8>) -> BytesObj {
        BytesObj {
            data: data.into_boxed_slice(),
            hash: Cell::new(None),
        }
    }

    pub fn hash(&self) -> i64 {
        match self.hash.get() {
            Some(hash) => hash,
            None => {
                let hash = hash_bytes(&self.data);
                self.hash.set(Some(hash));
                hash
            }
        }
    }
}
