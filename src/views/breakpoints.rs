//! The breakpoints, by number.

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
