//! The instructions of the line about to run, as `dis` would name them.
//!
//! Knows nothing of the heap. Invariant: rows are in code order, at most one is `next`.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BytecodeView {
    /// The line the instructions belong to.
    pub line: Option<u32>,
    pub function: String,
    pub rows: Vec<BytecodeRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BytecodeRow {
    /// In bytes, as `dis` prints it.
    pub offset: u32,
    pub opcode: String,
    /// `jane`, `1 ('Jane')`, `to 42`: empty if the instruction has no argument.
    pub argument: String,
    /// This one runs next.
    pub next: bool,
    pub jump_target: bool,
    /// Set where the row belongs to another line than the view's.
    pub other_line: Option<u32>,
    /// What the instruction does, from the opcode table.
    pub effect: String,
}
