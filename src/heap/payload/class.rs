//! Classes: type objects, built-in and made by `class`.

use std::rc::Rc;

use super::fields;
use crate::heap::shape::ShapeId;
use crate::heap::{Edge, Obj};
use crate::vm::slots::Slots;

/// `tp_flags` that matter here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClassFlags {
    /// Made by `class` (or `type(...)`): instances count a reference to it, its attributes can be set.
    pub heap_type: bool,
    /// Instances are watched by the collector.
    pub has_gc: bool,
    /// Can be subclassed.
    pub base_type: bool,
    pub is_abstract: bool,
    /// Instances have a `__dict__`.
    pub has_dict: bool,
    /// Instances can be weakly referenced.
    pub has_weakrefs: bool,
    /// `TPFLAGS_SEQUENCE`, `TPFLAGS_MAPPING`, for `match`.
    pub sequence: bool,
    pub mapping: bool,
    /// `__iter__` or such was set to None, or other reasons that rule out instantiation.
    pub disallow_instantiation: bool,
    /// Instances have a finaliser of the old kind (`tp_del`): the collector leaves their cycles alone.
    pub legacy_del: bool,
}

/// Which payload instances have; inherited. It decides layout conflicts between bases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    Object,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    Tuple,
    List,
    Dict,
    Set,
    Exception,
    Class,
    Weakref,
    Module,
    Property,
    Other,
    /// A `Native` kind, told apart by the address of its type.
    Native(Obj),
}

#[derive(Clone)]
pub struct Class {
    /// `tp_name`: with the module in front for built-in types that have one ("collections.deque").
    pub name: Rc<str>,
    pub flags: ClassFlags,
    pub layout: Layout,
    /// Number of the name for births (`heap/name.rs`).
    pub kind: u32,
    /// Changes with every change of the class or of a base; 0 = not given yet.
    pub version: u32,
    /// Root of the shapes of instance dicts.
    pub root: ShapeId,
    /// Number of `__slots__` members, those of base classes included.
    pub slot_count: u16,
    /// The class's metaclass was made by `class`, so the class counts a reference to it.
    pub meta_is_counted: bool,
    /// There is a `__del__` somewhere in the MRO (`tp_finalize` is `slot_tp_finalize`).
    pub has_del: bool,
    pub dict: Obj,
    pub bases: Obj,
    pub mro: Obj,
    /// `tp_base`.
    pub base: Obj,
    /// `ht_name`, `ht_qualname`: str objects; NULL for built-in types.
    pub ht_name: Obj,
    pub qualname: Obj,
    /// `ht_slots`: tuple of the names, or NULL.
    pub ht_slots: Obj,
    /// The direct subclasses, oldest first: not owned; a dying class removes itself.
    pub subclasses: Vec<Obj>,
    /// The weak references to those of them that were made by `class`; `subclass_dict` owns them.
    pub subclass_refs: Vec<(Obj, Obj)>,
    /// The dict of weak references by address (`tp_subclasses`), which the collector does not see through the class: owned, NULL
    /// before the first subclass.
    pub subclass_dict: Obj,
    /// It has subclasses from the start: its dict is as old as the machine.
    pub built_in_subclasses: bool,
    pub doc: &'static str,
    pub slots: Rc<Slots>,
}

impl Class {
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        if self.flags.heap_type {
            fields(
                &[self.dict, self.mro, self.bases, self.base],
                &["__dict__", "__mro__", "__bases__", "__base__"],
                f,
            );
        }
    }

    /// A built-in class is not traversed at all; one made by `class` owns its names besides what is traversed.
    pub fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        if !self.flags.heap_type {
            for (name, o) in [
                ("__dict__", self.dict),
                ("__mro__", self.mro),
                ("__bases__", self.bases),
                ("__base__", self.base),
            ] {
                f(Edge::Field(name), o);
            }
        }
        f(Edge::Field("__name__"), self.ht_name);
        f(Edge::Field("__qualname__"), self.qualname);
        f(Edge::Field("__slots__"), self.ht_slots);
        f(Edge::Field("__subclasses__"), self.subclass_dict);
    }
}
