//! Boxes of objects that died, kept for the next of their kind: functions and generators come and go all the time.
//!
//! Nothing here is state: a clone begins with none.

/// How many are kept.
const MOST: usize = 64;

pub struct Spare<T>(Vec<Box<T>>);

impl<T> Default for Spare<T> {
    fn default() -> Self {
        Spare(Vec::new())
    }
}

impl<T> Clone for Spare<T> {
    fn clone(&self) -> Self {
        Spare::default()
    }
}

impl<T> Spare<T> {
    /// A box with this in it.
    #[inline(always)]
    pub fn fill(&mut self, contents: T) -> Box<T> {
        match self.0.pop() {
            Some(mut kept) => {
                *kept = contents;
                kept
            }
            None => Box::new(contents),
        }
    }

    /// A box as it was kept.
    #[inline(always)]
    pub fn take(&mut self) -> Option<Box<T>> {
        self.0.pop()
    }

    /// What the next box to be filled holds still.
    #[inline(always)]
    pub fn next_kept(&mut self) -> Option<&mut T> {
        self.0.last_mut().map(|kept| &mut **kept)
    }

    #[inline(always)]
    pub fn keep(&mut self, dead: Box<T>) {
        if self.0.len() < MOST {
            self.0.push(dead);
        }
    }
}
