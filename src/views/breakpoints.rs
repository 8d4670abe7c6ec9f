//! The breakpoints, by number.

use super::safe;
use crate::debugger::Session;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreakpointsView {
    pub rows: Vec<BreakpointRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreakpointRow {
    pub number: u32,
    /// As it would be typed after `break`: `line 16`, `del Person`.
    pub what: String,
    pub enabled: bool,
    pub hits: u64,
    /// The stop now shown is this one's.
    pub reached: bool,
}

pub fn of(session: &Session) -> BreakpointsView {
    let reached = &session.stop().breakpoints;
    let row = |row: crate::debugger::outcome::BreakpointRow| BreakpointRow {
        number: row.number,
        what: safe::one_line(&row.spec),
        enabled: row.enabled,
        hits: row.hits,
        reached: reached.contains(&row.number),
    };
    BreakpointsView {
        rows: session.breakpoints().into_iter().map(row).collect(),
    }
}
