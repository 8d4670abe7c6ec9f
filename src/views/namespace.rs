//! Names and what they are bound to: the frame's locals and the module's globals.
//!
//! Shows names, never objects without one. Invariant: rows are in the order of binding, as the dict or the frame has them.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamespaceView {
    /// The frame's own names first, then the module's; one scope at module level.
    pub scopes: Vec<Scope>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// `<module>` or the function's name.
    pub title: String,
    pub rows: Vec<NameRow>,
    /// Names left out because the interpreter made them (`__name__`, `__builtins__`, …).
    pub hidden: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameRow {
    pub name: String,
    /// `Person.1`; `None` for values that are not followed (small ints, None).
    pub object: Option<String>,
    /// A short value: `Person object`, `'Jane'`, `3`, `class`, `module`.
    pub value: String,
    pub change: NameChange,
    /// The step about to run unbinds this name.
    pub goes: bool,
}

/// What happened to the name since the last stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameChange {
    #[default]
    Same,
    New,
    Rebound,
    /// Kept for one stop, so that its going is seen.
    Gone,
}

impl NameChange {
    /// The word beside the row, so that colour is not needed.
    pub fn word(self) -> &'static str {
        match self {
            NameChange::Same => "",
            NameChange::New => "new",
            NameChange::Rebound => "rebound",
            NameChange::Gone => "gone",
        }
    }
}
