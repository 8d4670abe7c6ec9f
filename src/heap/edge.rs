//! Labels of edges: by what an object holds a reference. From them the owners' names, the audit's messages and the
//! picture's rows are made.

/// What the reference is to its holder. Indices are positions in the holder's payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// The class of an instance (only classes made by `class` count their instances).
    Type,
    /// An instance's `__dict__`.
    Dict,
    /// `list[i]`, `tuple[i]`.
    Item(u32),
    /// Key of the i-th entry of a dict.
    Key(u32),
    /// Value of the i-th entry of a dict.
    Value(u32),
    /// Value of the i-th name of a shared-key dict's shape.
    Attr(u32),
    /// An element of a set, by table position.
    Element(u32),
    /// The i-th `__slots__` member.
    Slot(u32),
    /// What a cell holds.
    Contents,
    /// i-th constant, name, … of a code object.
    Const(u32),
    Name(u32),
    /// i-th local, cell or free variable of a frame.
    Local(u32),
    /// i-th entry of a frame's value stack.
    Stack(u32),
    /// A named field, under the name CPython's struct or Python's attribute has.
    Field(&'static str),
}
