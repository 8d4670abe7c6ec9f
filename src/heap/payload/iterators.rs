//! The iterators that loops meet most besides those over sequences: known without a dynamic call.
//!
//! What they do is in `vm/types/`, under the same names. Each is a `Native` too; `Heap::native` finds it as that.

use num_bigint::BigInt;

use super::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};

/// One of them.
#[derive(Clone)]
pub enum Iter {
    Dict(DictIter),
    Enumerate(Enumerate),
    Map(Map),
    Reverse(ReverseIter),
    Set(SetIter),
    Zip(Zip),
}

/// What an iterator over a dict gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DictPart {
    Keys,
    Values,
    Items,
}

#[derive(Clone)]
pub struct DictIter {
    /// NULL once exhausted.
    pub dict: Obj,
    /// The pair to hand out again; NULL but for items.
    pub result: Obj,
    /// How many keys there were at the start; `None` once a change has been noticed.
    pub used: Option<usize>,
    /// Forwards the next position, backwards the end of what is left.
    pub at: usize,
    pub left: usize,
    pub part: DictPart,
}

/// The count, as a number of any size (`long` once it no longer fits), the iterator, the pair to use again.
#[derive(Clone)]
pub struct Enumerate {
    pub index: i64,
    pub long: Option<BigInt>,
    pub iter: Obj,
    pub result: Obj,
}

/// A tuple of iterators, and the function.
#[derive(Clone)]
pub struct Map {
    pub iters: Obj,
    pub func: Obj,
}

/// A sequence, and the place of the next item; once exhausted no sequence and -1.
#[derive(Clone)]
pub struct ReverseIter {
    pub seq: Obj,
    pub index: isize,
}

#[derive(Clone)]
pub struct SetIter {
    /// NULL once exhausted.
    pub set: Obj,
    /// How many elements there were at the start; `None` once a change has been noticed.
    pub used: Option<usize>,
    pub at: usize,
    pub left: usize,
}

/// A tuple of iterators, and the tuple to use again.
#[derive(Clone)]
pub struct Zip {
    pub iters: Obj,
    pub result: Obj,
    pub strict: bool,
}

impl Iter {
    /// The references, in the order in which `tp_traverse` visits and `tp_dealloc` drops them; an iterator with one has NULL second.
    fn parts(&self) -> [(&'static str, Obj); 2] {
        match self {
            Iter::Dict(it) => [("di_dict", it.dict), ("di_result", it.result)],
            Iter::Enumerate(it) => [("en_sit", it.iter), ("en_result", it.result)],
            Iter::Map(it) => [("iters", it.iters), ("func", it.func)],
            Iter::Reverse(it) => [("seq", it.seq), ("", NULL)],
            Iter::Set(it) => [("si_set", it.set), ("", NULL)],
            Iter::Zip(it) => [("ittuple", it.iters), ("result", it.result)],
        }
    }

    /// Takes them out, owned.
    pub fn take_parts(&mut self) -> [Obj; 2] {
        let mut none = NULL;
        let places = match self {
            Iter::Dict(it) => [&mut it.dict, &mut it.result],
            Iter::Enumerate(it) => [&mut it.iter, &mut it.result],
            Iter::Map(it) => [&mut it.iters, &mut it.func],
            Iter::Reverse(it) => [&mut it.seq, &mut none],
            Iter::Set(it) => [&mut it.set, &mut none],
            Iter::Zip(it) => [&mut it.iters, &mut it.result],
        };
        places.map(std::mem::take)
    }

    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        for (name, o) in self.parts() {
            if !o.is_null() {
                f(Edge::Field(name), o);
            }
        }
    }

    /// Whether CPython's type has a `tp_clear`.
    pub fn has_clear(&self) -> bool {
        !matches!(self, Iter::Dict(_) | Iter::Set(_))
    }
}

macro_rules! iterators {
    ($($kind:ident $name:ident;)*) => {
        $(impl Native for $name {
            // (Kept as `Payload::Iter`: nobody asks through a vtable.)
            fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
                Iter::$kind(self.clone()).traverse(&mut |edge, o| f(edge, o));
            }
            fn take(&mut self) -> Vec<Obj> {
                let mut it = Iter::$kind(self.clone());
                let taken = it.take_parts().to_vec();
                if let Iter::$kind(emptied) = it {
                    *self = emptied;
                }
                taken
            }
            fn of_iter(it: &Iter) -> Option<&Self> {
                match it {
                    Iter::$kind(it) => Some(it),
                    _ => None,
                }
            }
            fn of_iter_mut(it: &mut Iter) -> Option<&mut Self> {
                match it {
                    Iter::$kind(it) => Some(it),
                    _ => None,
                }
            }
            fn into_payload(self) -> Payload {
                Payload::Iter(Box::new(Iter::$kind(self)))
            }
            $crate::native_boilerplate!();
        })*
    };
}

iterators! {
    Dict DictIter;
    Enumerate Enumerate;
    Map Map;
    Reverse ReverseIter;
    Set SetIter;
    Zip Zip;
}
