//! Instances of classes made by `class` that are more than a dict: with `__slots__`, or extending a built-in type.

use std::rc::Rc;

use super::Payload;
use crate::heap::{Edge, Obj};

#[derive(Clone)]
pub struct Ext {
    /// The built-in part: `Payload::Object` if the class only adds slots.
    pub base: Payload,
    pub has_dict: bool,
    /// The class was made by `class`; a built-in class that needs an `Ext` (defaultdict) does not count its instances.
    pub type_is_counted: bool,
    pub dict: Obj,
    /// Values of all `__slots__` members, those of base classes first; NULL where nothing is set.
    pub slots: Vec<Obj>,
    /// Where the slots of each class but the most derived one end, base classes first; None if one class has them all.
    pub bounds: Option<Rc<[u32]>>,
}

impl Ext {
    /// Size of the instance in CPython, in words: which memory it can reuse. Every class is taken to allow weak references.
    pub fn words(&self) -> usize {
        let base = match &self.base {
            Payload::List(_) => 3,
            Payload::Dict(_) => 4,
            Payload::Tuple { n, .. } => 1 + usize::from(*n),
            Payload::TupleBig(items) => 1 + items.len(),
            Payload::Set(_) => 23,
            Payload::Exc(_) => 7,
            Payload::Object => 0,
            _ => 6,
        };
        5 + usize::from(self.has_dict) + self.slots.len() + base
    }

    /// The slots in the order in which CPython goes through them: those of the most derived class first.
    pub fn slot_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.slots.len());
        let mut end = self.slots.len();
        for start in self.bounds.iter().flat_map(|b| b.iter().rev()) {
            order.extend(*start as usize..end);
            end = *start as usize;
        }
        order.extend(0..end);
        order
    }

    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        match self.bounds {
            None => super::each(&self.slots, Edge::Slot, f),
            Some(_) => {
                for at in self.slot_order() {
                    if !self.slots[at].is_null() {
                        f(Edge::Slot(at as u32), self.slots[at]);
                    }
                }
            }
        }
        if !self.dict.is_null() {
            f(Edge::Dict, self.dict);
        }
    }
}
