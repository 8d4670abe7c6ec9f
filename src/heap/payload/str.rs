//! Text and bytes: immutable, shared between clones of the machine.

use std::cell::{Cell, OnceCell};
use std::hash::{Hash, Hasher};

use compact_str::{CompactString, ToCompactString};
use rustpython_wtf8::{CodePoint, Wtf8, Wtf8Buf};
use siphasher::sip::SipHasher24;

/// What `hash` is before it has been asked for: never a hash.
const NOT_HASHED: i64 = -1;

/// Short texts lie in the object itself: most of a program's strings are words.
#[derive(Clone)]
enum Text {
    Plain(CompactString),
    /// With lone surrogates.
    Broken(Box<Wtf8Buf>),
}

impl Text {
    #[inline(always)]
    fn wtf8(&self) -> &Wtf8 {
        match self {
            Text::Plain(text) => Wtf8::new(text.as_str()),
            Text::Broken(text) => text,
        }
    }

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        match self {
            Text::Plain(text) => text.as_bytes(),
            Text::Broken(text) => text.as_bytes(),
        }
    }
}

impl From<Wtf8Buf> for Text {
    fn from(text: Wtf8Buf) -> Text {
        match text.into_string() {
            Ok(text) => Text::Plain(CompactString::from(text)),
            Err(text) => Text::Broken(Box::new(text)),
        }
    }
}

/// The contents of a `str`: code points, lone surrogates allowed, stored as WTF-8.
#[derive(Clone)]
pub struct StrObj {
    text: Text,
    /// Length in code points.
    len: usize,
    hash: Cell<i64>,
    /// Whether a string object with this text was ever put into the table of interned strings.
    interned: Cell<bool>,
    /// The code points, made when a text that is not ASCII is first indexed.
    points: OnceCell<Box<[u32]>>,
}

impl StrObj {
    #[inline(always)]
    fn of(text: Text, len: usize) -> StrObj {
        StrObj {
            text,
            len,
            hash: Cell::new(NOT_HASHED),
            interned: Cell::new(false),
            points: OnceCell::new(),
        }
    }

    pub fn new(text: Wtf8Buf) -> StrObj {
        let len = count_points(text.as_bytes());
        StrObj::of(Text::from(text), len)
    }

    #[allow(clippy::should_implement_trait)] // cannot fail, so not `FromStr`
    #[inline]
    pub fn from_str(text: &str) -> StrObj {
        let len = count_points(text.as_bytes());
        StrObj::of(Text::Plain(CompactString::new(text)), len)
    }

    /// A number in decimal.
    pub fn from_int(number: i64) -> StrObj {
        let text = number.to_compact_string();
        let len = text.len();
        StrObj::of(Text::Plain(text), len)
    }

    pub fn from_string(text: String) -> StrObj {
        let len = count_points(text.as_bytes());
        StrObj::of(Text::Plain(CompactString::from(text)), len)
    }

    /// Of code points, surrogates included.
    pub fn from_points(points: impl IntoIterator<Item = u32>) -> StrObj {
        let mut text = Wtf8Buf::new();
        for point in points {
            text.push(CodePoint::from_u32(point).expect("a code point is at most 0x10ffff"));
        }
        StrObj::new(text)
    }

    #[inline(always)]
    pub fn wtf8(&self) -> &Wtf8 {
        self.text.wtf8()
    }

    /// The text if it has no lone surrogate.
    #[inline(always)]
    pub fn as_str(&self) -> Option<&str> {
        match &self.text {
            Text::Plain(text) => Some(text.as_str()),
            Text::Broken(_) => None,
        }
    }

    /// The text, lone surrogates replaced: for messages and for showing.
    pub fn lossy(&self) -> String {
        self.wtf8().to_string_lossy().into_owned()
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
        self.len == self.bytes().len()
    }

    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }

    /// All code points, of a text that is not ASCII.
    pub fn wide(&self) -> &[u32] {
        self.points
            .get_or_init(|| self.wtf8().code_points().map(|p| p.to_u32()).collect())
    }

    /// The code point at an index below `len`.
    #[inline]
    pub fn point(&self, index: usize) -> u32 {
        if self.is_ascii() {
            u32::from(self.bytes()[index])
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
            self.byte_slice(start, end)
        } else {
            StrObj::from_points(self.wide()[start..end].iter().copied())
        }
    }

    /// Whether `hash` has been asked for; CPython never grows such a string in place.
    pub fn is_hashed(&self) -> bool {
        self.hash.get() != NOT_HASHED
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
        let len = left.len + right.len;
        let bytes = left.bytes().len() + right.bytes().len();
        if let (Text::Plain(l), Text::Plain(r)) = (&left.text, &right.text) {
            let mut text = CompactString::with_capacity(bytes);
            text.push_str(l);
            text.push_str(r);
            return StrObj::of(Text::Plain(text), len);
        }
        let mut text = Wtf8Buf::with_capacity(bytes);
        text.push_wtf8(left.wtf8());
        text.push_wtf8(right.wtf8());
        // A lead surrogate and the trail surrogate behind it stay two code points.
        StrObj::of(Text::Broken(Box::new(text)), len)
    }

    /// Grows at the end.
    pub fn append(&mut self, other: &StrObj) {
        if let (Text::Plain(text), Text::Plain(more)) = (&mut self.text, &other.text) {
            text.push_str(more);
            self.len += other.len;
            self.hash.set(NOT_HASHED);
            self.points = OnceCell::new();
        } else {
            *self = StrObj::concat(self, other);
        }
    }

    /// The text so many times.
    pub fn repeat(&self, times: usize) -> StrObj {
        let text = match &self.text {
            Text::Plain(text) => Text::Plain(text.repeat(times)),
            Text::Broken(text) => {
                let mut all = Wtf8Buf::with_capacity(text.len() * times);
                (0..times).for_each(|_| all.push_wtf8(text));
                Text::Broken(Box::new(all))
            }
        };
        StrObj::of(text, self.len * times)
    }

    /// The byte at which a code point begins; `index` may be the length.
    pub fn byte_of(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index;
        }
        let starts = self
            .bytes()
            .iter()
            .enumerate()
            .filter(|(_, b)| is_first_byte(**b));
        starts
            .map(|(at, _)| at)
            .nth(index)
            .unwrap_or(self.bytes().len())
    }

    /// The part between two bytes at which code points begin.
    #[inline]
    pub fn byte_slice(&self, start: usize, end: usize) -> StrObj {
        match &self.text {
            Text::Plain(text) => {
                let part = &text[start..end];
                let len = match self.len == text.len() {
                    true => part.len(),
                    false => count_points(part.as_bytes()),
                };
                StrObj::of(Text::Plain(CompactString::new(part)), len)
            }
            Text::Broken(text) => StrObj::new(text[start..end].to_wtf8_buf()),
        }
    }

    /// `hash()` as CPython 3.10 has it with PYTHONHASHSEED=0: SipHash-2-4 with a zero key over the characters in the narrowest
    /// of 1, 2 or 4 bytes each (`unicode_hash`, `_Py_HashBytes`).
    #[inline]
    pub fn hash(&self) -> i64 {
        match self.hash.get() {
            NOT_HASHED => {
                let hash = self.compute_hash();
                self.hash.set(hash);
                hash
            }
            hash => hash,
        }
    }

    #[inline(never)]
    fn compute_hash(&self) -> i64 {
        if self.is_ascii() {
            return hash_bytes(self.bytes());
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
#[inline]
pub fn count_points(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    bytes.iter().filter(|b| is_first_byte(**b)).count()
}

impl PartialEq for StrObj {
    #[inline]
    fn eq(&self, other: &StrObj) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for StrObj {}

impl Hash for StrObj {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i64(StrObj::hash(self));
    }
}

thread_local! {
    static HASH_KEY: Cell<HashKey> = const { Cell::new(HashKey(0, 0)) };
}

/// What the hashes of str and bytes depend on besides the bytes: `PYTHONHASHSEED`. Nought for a program itself; interpreters that it
/// runs may have others, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashKey(u64, u64);

impl HashKey {
    /// The key that CPython makes of a seed (`lcg_urandom` of `Python/bootstrap_hash.c`).
    pub fn of_seed(seed: u32) -> HashKey {
        if seed == 0 {
            return HashKey(0, 0);
        }
        let mut x = seed;
        let mut next = || {
            (0..8).fold(0, |key, n| {
                x = x.wrapping_mul(214_013).wrapping_add(2_531_011);
                key | u64::from(x >> 16 & 0xff) << (8 * n)
            })
        };
        let first = next();
        HashKey(first, next())
    }

    /// Sets the key in force; the one before comes back.
    pub fn replace(key: HashKey) -> HashKey {
        HASH_KEY.replace(key)
    }
}

/// `_Py_HashBytes`; -1 is reserved for errors.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let HashKey(first, second) = HASH_KEY.get();
    let hash = SipHasher24::new_with_keys(first, second).hash(bytes) as i64;
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
