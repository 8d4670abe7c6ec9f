//! Shapes: the key sets that instance dicts share (CPython's split tables).
//!
//! A shape is a list of attribute names in the order they were first set, a node in a tree of transitions that starts
//! at each class's own root. Shapes only grow; each holds a counted reference to its last name.

use super::{NULL, Obj};

/// At most this many attributes; an instance with more gets an ordinary dict. CPython's limit is 30; this one keeps the values
/// in one small fixed box, and the difference cannot be seen from Python.
pub const MAX_SHAPE: usize = 12;

/// A shape that grows in more ways than this is used as a dictionary: further names make ordinary dicts.
const MAX_CHILDREN: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub u32);

/// The shape without a name that belongs to no class.
pub const EMPTY_SHAPE: ShapeId = ShapeId(0);

#[derive(Clone, Default)]
pub struct Shape {
    pub names: Vec<Obj>,
    next: Vec<(Obj, ShapeId)>,
}

#[derive(Clone)]
pub struct Shapes {
    all: Vec<Shape>,
}

impl Shapes {
    pub fn new() -> Shapes {
        Shapes {
            all: vec![Shape::default()],
        }
    }

    /// A fresh tree for a class.
    pub fn new_root(&mut self) -> ShapeId {
        self.all.push(Shape::default());
        ShapeId(self.all.len() as u32 - 1)
    }

    #[inline(always)]
    pub fn names(&self, shape: ShapeId) -> &[Obj] {
        &self.all[shape.0 as usize].names
    }

    #[inline(always)]
    pub fn find(&self, shape: ShapeId, name: Obj) -> Option<usize> {
        self.all[shape.0 as usize]
            .names
            .iter()
            .position(|n| *n == name)
    }

    /// The shape with one name more, and whether it is new (then the caller owes the name a reference). None if full.
    pub fn extend(&mut self, shape: ShapeId, name: Obj) -> Option<(ShapeId, bool)> {
        let this = &self.all[shape.0 as usize];
        if let Some((_, next)) = this.next.iter().find(|(n, _)| *n == name) {
            return Some((*next, false));
        }
        if this.names.len() >= MAX_SHAPE || this.next.len() >= MAX_CHILDREN {
            return None;
        }
        let mut names = this.names.clone();
        names.push(name);
        let id = ShapeId(self.all.len() as u32);
        self.all.push(Shape {
            names,
            next: Vec::new(),
        });
        self.all[shape.0 as usize].next.push((name, id));
        Some((id, true))
    }

    /// The names that shapes hold references to, one for each.
    pub fn held_names(&self) -> impl Iterator<Item = Obj> + '_ {
        self.all
            .iter()
            .map(|s| s.names.last().copied().unwrap_or(NULL))
            .filter(|o| !o.is_null())
    }
}

impl Default for Shapes {
    fn default() -> Self {
        Shapes::new()
    }
}
