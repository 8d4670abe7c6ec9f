//! Questions about the objects of a run, answered from the heap or by replaying the past with a hunt for one thing.
//!
//! Knows no commands. Invariant: an answer is plain data in a fixed order, and asking changes nothing. Start at `owners.rs`.

pub mod facts;
pub mod history;
pub mod ledger;
pub mod owners;
pub mod references;
pub mod what_if;
pub mod why;
