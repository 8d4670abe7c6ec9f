//! Open files: what a descriptor stands for.

/// What is open.
#[derive(Clone, Debug)]
pub enum Kind {
    /// 0, 1, 2: the program's own input and output.
    Standard(i32),
    /// A file of the tree in memory, by its number.
    Memory(u64),
    /// A file of the disk, by the number of its handle in the gateway.
    Outside { handle: usize, path: String },
    /// `/dev/null`
    Null,
    /// One end of a pipe in memory: the node holds what has been written and not yet read.
    Pipe(u64),
}

#[derive(Clone, Debug)]
pub struct Description {
    pub kind: Kind,
    pub readable: bool,
    pub writable: bool,
    pub append: bool,
    pub at: u64,
}

impl Description {
    pub fn new(kind: Kind, readable: bool, writable: bool) -> Description {
        Description {
            kind,
            readable,
            writable,
            append: false,
            at: 0,
        }
    }
}
