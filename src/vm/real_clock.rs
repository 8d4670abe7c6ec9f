//! What a real clock showed each time the script looked at it.
//!
//! A run from the start over again, to give it more input or to check that it replays, sees the same times. Invariant: the
//! n-th look of every run is the n-th reading.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

/// More readings than this are not remembered.
const MAX_READINGS: usize = 1 << 22;

/// A clock shared by all runs of a program; how many looks this run has had is its own.
#[derive(Clone, Debug)]
pub struct RealClock {
    start: Instant,
    readings: Rc<RefCell<Vec<u64>>>,
    next: Cell<usize>,
}

impl Default for RealClock {
    fn default() -> RealClock {
        RealClock {
            start: Instant::now(),
            readings: Rc::default(),
            next: Cell::new(0),
        }
    }
}

impl RealClock {
    /// Nanoseconds since the clock was made.
    pub fn read(&self) -> u64 {
        let mut readings = self.readings.borrow_mut();
        let index = self.next.replace(self.next.get() + 1);
        if let Some(known) = readings.get(index) {
            return *known;
        }
        let now = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if readings.len() < MAX_READINGS {
            readings.push(now);
        }
        now
    }
}
