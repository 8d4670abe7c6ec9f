//! A regular expression as a tree: what `parse.rs` reads and `emit.rs` turns into a program.

/// `SRE_FLAG_*`.
pub mod flag {
    pub const TEMPLATE: u32 = 1;
    pub const IGNORECASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTILINE: u32 = 8;
    pub const DOTALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
    /// At most one of them.
    pub const TYPES: u32 = ASCII | LOCALE | UNICODE;
    /// They hold for a whole pattern only.
    pub const GLOBAL: u32 = DEBUG | TEMPLATE;
}

/// No upper bound of a repetition.
pub const MAX_REPEAT: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    Digit,
    Space,
    Word,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SetItem {
    Literal(u32),
    Range(u32, u32),
    Class { class: Class, negated: bool },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    Beginning,
    BeginningOfString,
    End,
    EndOfString,
    Boundary,
    NonBoundary,
}

pub type Sequence = Vec<Node>;

#[derive(Debug)]
pub enum Node {
    Literal(u32),
    NotLiteral(u32),
    Any,
    In {
        negated: bool,
        items: Vec<SetItem>,
    },
    At(At),
    Reference(usize),
    Condition {
        group: usize,
        yes: Sequence,
        no: Option<Sequence>,
    },
    Branch(Vec<Sequence>),
    Repeat {
        min: u32,
        max: u32,
        greedy: bool,
        body: Sequence,
    },
    Group {
        index: Option<usize>,
        add: u32,
        del: u32,
        body: Sequence,
    },
    Look {
        ahead: bool,
        negated: bool,
        body: Sequence,
    },
}

impl Node {
    /// Whether two nodes say the same, for a prefix that alternatives share. Nodes with parts are never the same.
    pub fn same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Literal(a), Node::Literal(b)) | (Node::NotLiteral(a), Node::NotLiteral(b)) => {
                a == b
            }
            (Node::Any, Node::Any) => true,
            (
                Node::In { negated, items },
                Node::In {
                    negated: other,
                    items: others,
                },
            ) => negated == other && items == others,
            (Node::At(a), Node::At(b)) => a == b,
            (Node::Reference(a), Node::Reference(b)) => a == b,
            _ => false,
        }
    }

    /// Matches exactly one character wherever it matches, and nothing else happens (`_simple`).
    pub fn is_unit(&self) -> bool {
        match self {
            Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::In { .. } => true,
            Node::Group {
                index: None, body, ..
            } => is_unit(body),
            _ => false,
        }
    }
}

pub fn is_unit(body: &[Node]) -> bool {
    matches!(body, [only] if only.is_unit())
}

/// The least and the greatest length that a sequence can match (`getwidth`). `groups` holds the widths of the groups that are closed.
pub fn width(body: &[Node], groups: &[Option<(u64, u64)>]) -> (u64, u64) {
    let (mut low, mut high) = (0u64, 0u64);
    for node in body {
        let (l, h) = node_width(node, groups);
        low = low.saturating_add(l);
        high = high.saturating_add(h);
    }
    let most = u64::from(MAX_REPEAT);
    (low.min(most - 1), high.min(most))
}

fn node_width(node: &Node, groups: &[Option<(u64, u64)>]) -> (u64, u64) {
    match node {
        Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::In { .. } => (1, 1),
        Node::At(_) | Node::Look { .. } => (0, 0),
        Node::Reference(group) => groups.get(*group).copied().flatten().unwrap_or((0, 0)),
        Node::Condition { yes, no, .. } => {
            let (low, high) = width(yes, groups);
            let (other_low, other_high) = no.as_ref().map_or((0, 0), |no| width(no, groups));
            (low.min(other_low), high.max(other_high))
        }
        Node::Branch(alternatives) => {
            let widths = alternatives.iter().map(|a| width(a, groups));
            widths
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
                .unwrap_or((0, 0))
        }
        Node::Repeat { min, max, body, .. } => {
            let (low, high) = width(body, groups);
            (
                low.saturating_mul(u64::from(*min)),
                high.saturating_mul(u64::from(*max)),
            )
        }
        Node::Group { body, .. } => width(body, groups),
    }
}
