//! Sets of characters, ready for matching.

use super::case::{Fold, upper};
use super::tree::{Class, SetItem};

/// A set of characters. Latin-1 is looked up in bits that take everything else into account already.
#[derive(Clone, Debug)]
pub struct Charset {
    latin1: [u64; 4],
    negated: bool,
    unicode: bool,
    /// Case is ignored: a character is lowered before it is looked for.
    fold: Option<Fold>,
    /// Sorted, without overlaps.
    ranges: Vec<(u32, u32)>,
    /// Ranges that hold upper-case letters as they are: a character's upper case is looked for too.
    wide_ranges: Vec<(u32, u32)>,
    classes: Vec<(Class, bool)>,
}

/// Where CPython's sets stop lowering their members one by one.
const LAST_LOWERED: u32 = 0xffff;

impl Charset {
    pub fn new(items: &[SetItem], negated: bool, unicode: bool, fold: Option<Fold>) -> Charset {
        let mut set = Charset {
            latin1: [0; 4],
            negated,
            unicode,
            fold: fold.filter(|fold| any_cased(items, *fold)),
            ranges: Vec::new(),
            wide_ranges: Vec::new(),
            classes: Vec::new(),
        };
        for item in items {
            match item {
                SetItem::Class { class, negated } => set.classes.push((*class, *negated)),
                SetItem::Literal(c) => set.add(*c, *c),
                SetItem::Range(low, high) => set.add(*low, *high),
            }
        }
        set.tidy();
        for c in 0..256u32 {
            if set.has_slow(c) {
                set.latin1[c as usize / 64] |= 1 << (c % 64);
            }
        }
        set
    }

    fn add(&mut self, low: u32, high: u32) {
        let Some(fold) = self.fold else {
            self.ranges.push((low, high));
            return;
        };
        // Members beyond the basic plane are not lowered, and their ranges look for upper case as well. A single such
        // member is found only if it is lower case.
        if high > LAST_LOWERED {
            if low == high {
                self.ranges.push((low, high));
            } else {
                self.wide_ranges.push((low, high));
            }
            return;
        }
        for c in low..=high {
            let lowered = fold.lower(c);
            self.ranges.push((lowered, lowered));
            for same in fold.same(lowered) {
                self.ranges.push((*same, *same));
            }
        }
    }

    /// Sorts the ranges and joins neighbours.
    fn tidy(&mut self) {
        self.ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (low, high) in std::mem::take(&mut self.ranges) {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        self.ranges = joined;
    }

    #[inline]
    pub fn has(&self, c: u32) -> bool {
        if c < 256 {
            return self.latin1[c as usize / 64] >> (c % 64) & 1 != 0;
        }
        self.has_slow(c)
    }

    fn has_slow(&self, c: u32) -> bool {
        let c = self.fold.map_or(c, |fold| fold.lower(c));
        self.has_exactly(c) != self.negated
    }

    fn has_exactly(&self, c: u32) -> bool {
        let at = self.ranges.partition_point(|(_, high)| *high < c);
        if self.ranges.get(at).is_some_and(|(low, _)| *low <= c) {
            return true;
        }
        if !self.wide_ranges.is_empty() {
            let big = upper(c);
            let inside = |c: u32| self.wide_ranges.iter().any(|r| r.0 <= c && c <= r.1);
            if inside(c) || inside(big) {
                return true;
            }
        }
        self.classes
            .iter()
            .any(|(class, negated)| class.has(c, self.unicode) != *negated)
    }
}

/// Whether a member has another case: else case makes no difference.
fn any_cased(items: &[SetItem], fold: Fold) -> bool {
    items.iter().any(|item| match item {
        SetItem::Literal(c) => *c > LAST_LOWERED || fold.is_cased(*c),
        SetItem::Range(low, high) => {
            *high > LAST_LOWERED || (*low..=*high).any(|c| fold.is_cased(c))
        }
        SetItem::Class { .. } => false,
    })
}
