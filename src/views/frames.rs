//! The stack of frames, innermost first, finalisers and callbacks included.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FramesView {
    pub rows: Vec<FrameRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameRow {
    /// 0 is the innermost.
    pub depth: usize,
    pub function: String,
    pub file: String,
    pub line: Option<u32>,
    /// The frame whose source and names are shown.
    pub shown: bool,
    /// Why a nested run started here: `__del__ of Person.1`; empty for plain calls.
    pub reason: String,
}
