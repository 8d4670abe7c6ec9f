//! A tree to a program for `engine.rs`: what CPython's `sre_compile` makes of it, operation for operation where captures could
//! tell the difference.

use super::case::Fold;
use super::charset::Charset;
use super::parse::Tree;
use super::source::{Parsed, Wrong, WrongKind};
use super::tree::{At, Class, MAX_REPEAT, Node, SetItem, flag, is_unit, width};

/// A test of one character.
#[derive(Clone, Debug)]
pub enum Unit {
    Literal(u32),
    NotLiteral(u32),
    /// The lowered character is this one, or is not.
    Folded(u32, Fold),
    NotFolded(u32, Fold),
    /// Anything but a newline.
    Any,
    Every,
    In(Box<Charset>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Beginning,
    BeginningOfLine,
    End,
    EndOfLine,
    EndOfString,
    Boundary { unicode: bool, negated: bool },
}

/// Numbers are places in the program.
#[derive(Clone, Debug)]
pub enum Op {
    Success,
    Unit(Unit),
    At(Place),
    /// Where a group begins (even) or ends (odd).
    Mark(usize),
    Reference {
        group: usize,
        fold: Option<Fold>,
    },
    /// Goes on behind it if the group has matched, else at `no`.
    Condition {
        group: usize,
        no: usize,
    },
    Branch(Vec<usize>),
    Jump(usize),
    /// As many of one unit as fit, at least and at most; what follows it comes behind.
    Many {
        unit: Unit,
        min: u32,
        max: u32,
        greedy: bool,
    },
    /// The body comes behind it and ends with an `Until`.
    Repeat {
        min: u32,
        max: u32,
        until: usize,
    },
    Until {
        greedy: bool,
        body: usize,
    },
    /// The body comes behind it and ends with `Success`; it goes on at `end`.
    Look {
        back: usize,
        negated: bool,
        end: usize,
    },
}

#[derive(Clone, Debug)]
pub struct Program {
    pub ops: Vec<Op>,
    /// Repetitions, for `Until`: least and most.
    pub groups: usize,
    pub flags: u32,
}

struct Emitter<'a> {
    ops: Vec<Op>,
    widths: &'a [Option<(u64, u64)>],
}

pub fn emit(tree: &Tree) -> Parsed<Program> {
    let mut emitter = Emitter {
        ops: Vec::new(),
        widths: &tree.groups,
    };
    emitter.sequence(&tree.body, tree.flags)?;
    emitter.ops.push(Op::Success);
    Ok(Program {
        ops: emitter.ops,
        groups: tree.groups.len() - 1,
        flags: tree.flags,
    })
}

fn fold(flags: u32) -> Option<Fold> {
    if flags & flag::IGNORECASE == 0 {
        None
    } else if flags & flag::UNICODE != 0 && flags & flag::ASCII == 0 {
        Some(Fold::Unicode)
    } else {
        Some(Fold::Ascii)
    }
}

fn is_unicode(flags: u32) -> bool {
    flags & flag::UNICODE != 0 && flags & (flag::ASCII | flag::LOCALE) == 0
}

/// The test that a node of one character is.
fn unit(node: &Node, flags: u32) -> Unit {
    match node {
        Node::Literal(c) => literal(*c, false, flags),
        Node::NotLiteral(c) => literal(*c, true, flags),
        Node::Any if flags & flag::DOTALL != 0 => Unit::Every,
        Node::In { negated, items } => {
            let set = Charset::new(items, *negated, is_unicode(flags), fold(flags));
            Unit::In(Box::new(set))
        }
        Node::Group { add, del, body, .. } => match body.as_slice() {
            [only] => unit(only, combine(flags, *add, *del)),
            _ => Unit::Any,
        },
        _ => Unit::Any,
    }
}

fn literal(c: u32, negated: bool, flags: u32) -> Unit {
    let plain = if negated {
        Unit::NotLiteral(c)
    } else {
        Unit::Literal(c)
    };
    let Some(fold) = fold(flags) else {
        return plain;
    };
    if !fold.is_cased(c) {
        return plain;
    }
    let lowered = fold.lower(c);
    let same = fold.same(lowered);
    if same.is_empty() {
        return if negated {
            Unit::NotFolded(lowered, fold)
        } else {
            Unit::Folded(lowered, fold)
        };
    }
    let items: Vec<SetItem> = same.iter().map(|c| SetItem::Literal(*c)).collect();
    Unit::In(Box::new(Charset::new(&items, negated, true, Some(fold))))
}

fn combine(flags: u32, add: u32, del: u32) -> u32 {
    let kept = if add & flag::TYPES != 0 {
        flags & !flag::TYPES
    } else {
        flags
    };
    (kept | add) & !del
}

impl Emitter<'_> {
    fn sequence(&mut self, body: &[Node], flags: u32) -> Parsed<()> {
        for node in body {
            self.node(node, flags)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, flags: u32) -> Parsed<()> {
        match node {
            Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::In { .. } => {
                self.ops.push(Op::Unit(unit(node, flags)));
            }
            Node::At(at) => self.ops.push(Op::At(place(*at, flags))),
            Node::Reference(group) => self.ops.push(Op::Reference {
                group: *group,
                fold: fold(flags),
            }),
            Node::Condition { group, yes, no } => {
                self.condition(*group, yes, no.as_deref(), flags)?;
            }
            Node::Branch(alternatives) => self.branch(alternatives, flags)?,
            Node::Repeat {
                min,
                max,
                greedy,
                body,
            } => self.repeat((*min, *max, *greedy), body, flags)?,
            Node::Group {
                index,
                add,
                del,
                body,
            } => {
                if let Some(index) = index {
                    self.ops.push(Op::Mark(index * 2 - 2));
                }
                self.sequence(body, combine(flags, *add, *del))?;
                if let Some(index) = index {
                    self.ops.push(Op::Mark(index * 2 - 1));
                }
            }
            Node::Look {
                ahead,
                negated,
                body,
            } => self.look(*ahead, *negated, body, flags)?,
        }
        Ok(())
    }

    fn condition(
        &mut self,
        group: usize,
        yes: &[Node],
        no: Option<&[Node]>,
        flags: u32,
    ) -> Parsed<()> {
        let at = self.ops.len();
        self.ops.push(Op::Condition { group, no: 0 });
        self.sequence(yes, flags)?;
        let mut otherwise = self.ops.len();
        if let Some(no) = no {
            self.ops.push(Op::Jump(0));
            otherwise += 1;
            self.sequence(no, flags)?;
            let end = self.ops.len();
            self.ops[otherwise - 1] = Op::Jump(end);
        }
        self.ops[at] = Op::Condition {
            group,
            no: otherwise,
        };
        Ok(())
    }

    fn branch(&mut self, alternatives: &[Vec<Node>], flags: u32) -> Parsed<()> {
        let at = self.ops.len();
        self.ops.push(Op::Branch(Vec::new()));
        let (mut starts, mut jumps) = (Vec::new(), Vec::new());
        for alternative in alternatives {
            starts.push(self.ops.len());
            self.sequence(alternative, flags)?;
            jumps.push(self.ops.len());
            self.ops.push(Op::Jump(0));
        }
        let end = self.ops.len();
        for jump in jumps {
            self.ops[jump] = Op::Jump(end);
        }
        self.ops[at] = Op::Branch(starts);
        Ok(())
    }

    fn repeat(
        &mut self,
        (min, max, greedy): (u32, u32, bool),
        body: &[Node],
        flags: u32,
    ) -> Parsed<()> {
        if is_unit(body) {
            self.ops.push(Op::Many {
                unit: unit(&body[0], flags),
                min,
                max,
                greedy,
            });
            return Ok(());
        }
        let at = self.ops.len();
        self.ops.push(Op::Repeat { min, max, until: 0 });
        self.sequence(body, flags)?;
        let until = self.ops.len();
        self.ops.push(Op::Until {
            greedy,
            body: at + 1,
        });
        self.ops[at] = Op::Repeat { min, max, until };
        Ok(())
    }

    fn look(&mut self, ahead: bool, negated: bool, body: &[Node], flags: u32) -> Parsed<()> {
        let mut back = 0;
        if !ahead {
            let (low, high) = width(body, self.widths);
            if low != high {
                return Err(Wrong::new(
                    WrongKind::Pattern,
                    "look-behind requires fixed-width pattern",
                ));
            }
            back = low as usize;
        }
        let at = self.ops.len();
        self.ops.push(Op::Success);
        self.sequence(body, flags)?;
        self.ops.push(Op::Success);
        let end = self.ops.len();
        self.ops[at] = Op::Look { back, negated, end };
        Ok(())
    }
}

fn place(at: At, flags: u32) -> Place {
    let many_lines = flags & flag::MULTILINE != 0;
    let unicode = is_unicode(flags);
    match at {
        At::Beginning if many_lines => Place::BeginningOfLine,
        At::Beginning | At::BeginningOfString => Place::Beginning,
        At::End if many_lines => Place::EndOfLine,
        At::End => Place::End,
        At::EndOfString => Place::EndOfString,
        At::Boundary => Place::Boundary {
            unicode,
            negated: false,
        },
        At::NonBoundary => Place::Boundary {
            unicode,
            negated: true,
        },
    }
}

impl Unit {
    #[inline]
    pub fn has(&self, c: u32) -> bool {
        match self {
            Unit::Literal(own) => c == *own,
            Unit::NotLiteral(own) => c != *own,
            Unit::Folded(own, fold) => fold.lower(c) == *own,
            Unit::NotFolded(own, fold) => fold.lower(c) != *own,
            Unit::Any => c != 10,
            Unit::Every => true,
            Unit::In(set) => set.has(c),
        }
    }
}

impl Place {
    /// Whether a character is part of a word here.
    pub fn is_word(c: u32, unicode: bool) -> bool {
        Class::Word.has(c, unicode)
    }
}

/// Whether a most is no bound.
pub fn is_unbounded(max: u32) -> bool {
    max == MAX_REPEAT
}
