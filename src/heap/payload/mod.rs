//! What an object can be, and what each kind owns.
//!
//! A file a kind: its struct and its `traverse`. What the kinds *do* is in `vm/types/`, under the same file names.
//! `traverse` visits the references that CPython's `tp_traverse` visits, `references` those that are owned besides; the
//! collector uses the first, the audit and the owners' table both, so the picture cannot lie.
//!
//! 16 bytes: up to 12 inline, or one box. Kinds that are rare implement `native::Native` in the module that defines them.

pub mod array;
pub mod class;
pub mod code;
pub mod dict;
pub mod exception;
pub mod frame;
pub mod function;
pub mod generator;
pub mod instance;
pub mod iterators;
pub mod list;
pub mod native;
pub mod set;
pub mod str;
pub mod weakref;

use std::rc::Rc;

use num_bigint::BigInt;

use super::shape::{MAX_SHAPE, ShapeId};
use super::{Edge, Heap, NULL, Obj};

pub use array::Array;
pub use class::Class;
pub use code::Code;
pub use dict::Dict;
pub use exception::{Exc, Traceback};
pub use frame::FrameObj;
pub use function::{BuiltinFn, Func, Member};
pub use generator::Gen;
pub use instance::Ext;
pub use iterators::Iter;
pub use list::{ListItems, empty_again};
pub use native::Native;
pub use set::Set;
pub use str::{BytesObj, StrObj};
pub use weakref::Weakref;

/// Tuples up to this length are stored inline.
pub const INLINE_TUPLE: usize = 3;

/// The contents of an object.
#[derive(Clone)]
pub enum Payload {
    /// A free slot, and the next one.
    Free(Obj),
    /// Nothing: the dummy slot 0.
    Dead,
    None,
    Ellipsis,
    NotImplemented,
    Bool(bool),
    /// An int that fits; `BigInt` never holds one that would fit here.
    Int(i64),
    BigInt(Rc<BigInt>),
    Float(f64),
    Complex(Box<(f64, f64)>),
    Str(Rc<StrObj>),
    Bytes(Rc<BytesObj>),
    Tuple {
        n: u8,
        v: [Obj; INLINE_TUPLE],
    },
    TupleBig(Box<Vec<Obj>>),
    List(Box<ListItems>),
    Dict(Box<Dict>),
    /// An instance's dict with shared keys: a real, counted, tracked dict. Positions without a value are NULL.
    Split {
        n: u8,
        shape: ShapeId,
        v: Box<[Obj; MAX_SHAPE]>,
    },
    /// `set` and `frozenset`; the type tells which.
    Set(Box<Set>),
    /// An instance of a class made by `class` that needs nothing but a `__dict__` (made on the first attribute).
    Inst {
        dict: Obj,
    },
    /// An instance of a class made by `class` that has slots, or extends a built-in type.
    Ext(Box<Ext>),
    /// `object()`.
    Object,
    Class(Box<Class>),
    Func(Box<Func>),
    Code(Rc<Code>),
    /// A bound method.
    Method {
        func: Obj,
        this: Obj,
    },
    /// `builtin_function_or_method`.
    Builtin(Box<BuiltinFn>),
    /// `method_descriptor`, `classmethod_descriptor`: a row of a type's method table.
    MethodDescr {
        def: &'static crate::vm::native::Method,
        class: Obj,
    },
    /// `getset_descriptor`.
    GetSetDescr {
        def: &'static crate::vm::native::GetSet,
        class: Obj,
    },
    /// `wrapper_descriptor`: a type slot as a method.
    WrapperDescr {
        def: &'static crate::vm::slots::SlotDef,
        class: Obj,
    },
    /// `member_descriptor`: a `__slots__` entry.
    Member(Box<Member>),
    Cell(Obj),
    Slice([Obj; 3]),
    /// start, stop, step, length; all ints objects.
    Range(Box<[Obj; 4]>),
    /// next value, stop, step as machine integers (next, step, how many are left, how many there were).
    RangeIter(Box<[i64; 4]>),
    ListIter {
        list: Obj,
        at: u32,
    },
    TupleIter {
        tuple: Obj,
        at: u32,
    },
    /// `enumerate`, `zip`, `map`, `reversed`, iterators over dicts and sets.
    Iter(Box<Iter>),
    /// An iterator by `__getitem__` and index.
    SeqIter {
        seq: Obj,
        at: u64,
    },
    Frame(Box<FrameObj>),
    Gen(Box<Gen>),
    Exc(Box<Exc>),
    Traceback(Box<Traceback>),
    Weakref(Box<Weakref>),
    Module {
        dict: Obj,
    },
    /// fget, fset, fdel, doc, name, and whether the doc came from the getter.
    Property(Box<([Obj; 5], bool)>),
    /// callable, `__dict__`.
    StaticMethod([Obj; 2]),
    ClassMethod([Obj; 2]),
    /// type, object, type of the object.
    Super([Obj; 3]),
    MappingProxy(Obj),
    /// `array.array`.
    Array(Box<Array>),
    /// A kind that lives in the file of the module that defines it.
    Native(Box<Box<dyn Native>>),
}

/// Field names of payloads that are arrays.
const SLICE: [&str; 3] = ["start", "stop", "step"];
const RANGE: [&str; 4] = ["start", "stop", "step", "length"];
const PROPERTY: [&str; 5] = ["fget", "fset", "fdel", "__doc__", "__name__"];
const WRAPPED: [&str; 2] = ["__func__", "__dict__"];
const SUPER: [&str; 3] = ["__self__", "__thisclass__", "__self_class__"];

#[inline(always)]
fn each(items: &[Obj], label: impl Fn(u32) -> Edge, f: &mut impl FnMut(Edge, Obj)) {
    for (n, item) in items.iter().enumerate() {
        if !item.is_null() {
            f(label(n as u32), *item);
        }
    }
}

/// Items of lists and tuples are visited from the last to the first (`list_traverse`, `tupletraverse`).
#[inline(always)]
fn each_backwards(items: &[Obj], f: &mut impl FnMut(Edge, Obj)) {
    for (n, item) in items.iter().enumerate().rev() {
        if !item.is_null() {
            f(Edge::Item(n as u32), *item);
        }
    }
}

#[inline(always)]
pub(crate) fn fields(items: &[Obj], names: &'static [&'static str], f: &mut impl FnMut(Edge, Obj)) {
    each(items, |n| Edge::Field(names[n as usize]), f);
}

impl Payload {
    /// Calls `f` with each reference that CPython's `tp_traverse` of this kind visits; `ty` is the object's type.
    #[inline(always)]
    pub fn traverse(&self, ty: Obj, mut f: impl FnMut(Edge, Obj)) {
        match self {
            Payload::Tuple { n, v } => each_backwards(&v[..*n as usize], &mut f),
            Payload::TupleBig(items) => each_backwards(items, &mut f),
            Payload::List(items) => each_backwards(items, &mut f),
            Payload::Dict(dict) => dict.traverse(&mut f),
            Payload::Split { n, v, .. } => each(&v[..*n as usize], Edge::Attr, &mut f),
            Payload::Inst { dict } => {
                if !dict.is_null() {
                    f(Edge::Dict, *dict);
                }
                f(Edge::Type, ty);
            }
            Payload::Int(_) | Payload::Str(_) | Payload::Float(_) => {}
            _ => self.traverse_rare(ty, &mut f),
        }
    }

    fn traverse_rare(&self, ty: Obj, f: &mut impl FnMut(Edge, Obj)) {
        match self {
            Payload::Set(set) => set.traverse(f),
            Payload::Ext(ext) => {
                ext.traverse(f);
                // A base that counts its type itself visits it in its own place.
                if ext.type_is_counted && !ext.base.counts_type() {
                    f(Edge::Type, ty);
                }
                ext.base.traverse_boxed(ty, f);
            }
            Payload::Class(class) => {
                if class.meta_is_counted {
                    f(Edge::Type, ty);
                }
                class.traverse(f);
            }
            Payload::Func(func) => func.traverse(f),
            Payload::Method { func, this } => fields(&[*func, *this], &["__func__", "__self__"], f),
            Payload::Builtin(builtin) => fields(
                &[builtin.class, builtin.this, builtin.module],
                &["mm_class", "__self__", "__module__"],
                f,
            ),
            Payload::MethodDescr { class, .. }
            | Payload::GetSetDescr { class, .. }
            | Payload::WrapperDescr { class, .. } => {
                f(Edge::Field("__objclass__"), *class);
            }
            Payload::Member(member) => f(Edge::Field("__objclass__"), member.class),
            Payload::Cell(contents) => fields_one(*contents, Edge::Contents, f),
            Payload::Slice(parts) => fields(parts, &SLICE, f),
            Payload::ListIter { list, .. } => fields_one(*list, Edge::Field("it_seq"), f),
            Payload::TupleIter { tuple, .. } => fields_one(*tuple, Edge::Field("it_seq"), f),
            Payload::SeqIter { seq, .. } => fields_one(*seq, Edge::Field("it_seq"), f),
            Payload::Iter(it) => it.traverse(f),
            Payload::Frame(frame) => frame.traverse(f),
            Payload::Gen(generator) => generator.traverse(f),
            Payload::Exc(exc) => {
                if exc.type_is_counted {
                    f(Edge::Type, ty);
                }
                exc.traverse(f);
            }
            Payload::Traceback(tb) => tb.traverse(f),
            Payload::Weakref(weakref) => weakref.traverse(f),
            Payload::Module { dict } => fields_one(*dict, Edge::Dict, f),
            Payload::Property(property) => fields(&property.0, &PROPERTY, f),
            Payload::StaticMethod(parts) | Payload::ClassMethod(parts) => {
                fields(parts, &WRAPPED, f)
            }
            Payload::Super([class, object, object_class]) => {
                fields(&[*object, *class, *object_class], &SUPER, f)
            }
            Payload::MappingProxy(mapping) => fields_one(*mapping, Edge::Field("mapping"), f),
            Payload::Array(_) => f(Edge::Type, ty),
            Payload::Native(native) => native.traverse_typed(ty, &mut |edge, o| {
                if !o.is_null() {
                    f(edge, o);
                }
            }),
            _ => {}
        }
    }

    /// Whether it is of a kind that CPython makes as a heap type written in C.
    pub fn counts_type(&self) -> bool {
        match self {
            Payload::Array(_) => true,
            Payload::Native(native) => native.counts_type(),
            _ => false,
        }
    }

    /// `traverse` of the built-in part of an `Ext`; apart, because `Ext` in `Ext` would recurse in the type.
    #[inline(never)]
    fn traverse_boxed(&self, ty: Obj, f: &mut dyn FnMut(Edge, Obj)) {
        debug_assert!(
            !matches!(self, Payload::Ext(_) | Payload::Inst { .. }),
            "an instance inside an instance"
        );
        self.traverse(ty, f);
    }

    /// Calls `f` with each reference that is owned but not visited by CPython's `tp_traverse`.
    pub fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        let mut f = |edge, o: Obj| {
            if !o.is_null() {
                f(edge, o);
            }
        };
        match self {
            Payload::Dict(dict) => dict.references(&mut f),
            Payload::Class(class) => class.references(&mut f),
            Payload::Code(code) => code.references(&mut f),
            Payload::Range(parts) => fields(&parts[..], &RANGE, &mut f),
            Payload::Member(member) => f(Edge::Field("__name__"), member.name),
            Payload::Ext(ext) => ext.base.references(&mut f),
            Payload::Native(native) => native.references(&mut f),
            _ => {}
        }
    }
}

#[inline(always)]
fn fields_one(o: Obj, label: Edge, f: &mut impl FnMut(Edge, Obj)) {
    if !o.is_null() {
        f(label, o);
    }
}

impl Heap {
    /// Every counted reference the object holds, with its label.
    pub fn edges(&self, o: Obj, mut f: impl FnMut(Edge, Obj)) {
        let slot = self.slot(o);
        slot.payload.traverse(slot.ty, &mut f);
        slot.payload.references(&mut f);
    }

    /// The built-in contents: of an instance whose class extends a built-in type, that type's; else the payload itself.
    #[inline(always)]
    pub fn base(&self, o: Obj) -> &Payload {
        match self.payload(o) {
            Payload::Ext(ext) => &ext.base,
            payload => payload,
        }
    }

    #[inline(always)]
    pub fn base_mut(&mut self, o: Obj) -> &mut Payload {
        match self.payload_mut(o) {
            Payload::Ext(ext) => &mut ext.base,
            payload => payload,
        }
    }

    /// The items of a tuple (subclasses too).
    #[inline(always)]
    pub fn tuple(&self, o: Obj) -> Option<&[Obj]> {
        match self.base(o) {
            Payload::Tuple { n, v } => Some(&v[..*n as usize]),
            Payload::TupleBig(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list (subclasses too).
    #[inline(always)]
    pub fn list(&self, o: Obj) -> Option<&Vec<Obj>> {
        match self.base(o) {
            Payload::List(items) => Some(items),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn list_mut(&mut self, o: Obj) -> Option<&mut ListItems> {
        match self.base_mut(o) {
            Payload::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text of a str (subclasses too).
    #[inline(always)]
    pub fn str(&self, o: Obj) -> Option<&Rc<StrObj>> {
        match self.base(o) {
            Payload::Str(s) => Some(s),
            _ => None,
        }
    }

    /// The contents of an array (subclasses too).
    #[inline(always)]
    pub fn array(&self, o: Obj) -> Option<&Array> {
        match self.base(o) {
            Payload::Array(array) => Some(array),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn array_mut(&mut self, o: Obj) -> Option<&mut Array> {
        match self.base_mut(o) {
            Payload::Array(array) => Some(array),
            _ => None,
        }
    }

    pub fn bytes_of(&self, o: Obj) -> Option<&Rc<BytesObj>> {
        match self.base(o) {
            Payload::Bytes(b) => Some(b),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn class(&self, o: Obj) -> &Class {
        match self.payload(o) {
            Payload::Class(class) => class,
            _ => panic!("an object's type is not a class"),
        }
    }

    #[inline(always)]
    pub fn class_mut(&mut self, o: Obj) -> &mut Class {
        match self.payload_mut(o) {
            Payload::Class(class) => class,
            _ => panic!("an object's type is not a class"),
        }
    }

    #[inline(always)]
    pub fn is_class(&self, o: Obj) -> bool {
        matches!(self.payload(o), Payload::Class(_))
    }

    /// The machine's own kind `T`, if the object is one.
    pub fn native<T: Native>(&self, o: Obj) -> Option<&T> {
        match self.base(o) {
            Payload::Iter(it) => T::of_iter(it),
            Payload::Native(native) => native.as_any().downcast_ref(),
            _ => None,
        }
    }

    pub fn native_mut<T: Native>(&mut self, o: Obj) -> Option<&mut T> {
        match self.base_mut(o) {
            Payload::Iter(it) => T::of_iter_mut(it),
            Payload::Native(native) => native.as_any_mut().downcast_mut(),
            _ => None,
        }
    }

    /// Where the object keeps its `__dict__`: NULL inside if it has none yet, `None` if it cannot have one.
    pub fn dict_slot(&mut self, o: Obj) -> Option<&mut Obj> {
        match self.payload_mut(o) {
            Payload::Inst { dict } => Some(dict),
            Payload::Ext(ext) => {
                let Ext {
                    base,
                    has_dict,
                    dict,
                    ..
                } = &mut **ext;
                if *has_dict {
                    Some(dict)
                } else {
                    base.own_dict()
                }
            }
            payload => payload.own_dict(),
        }
    }

    /// The object's `__dict__` as it is now, NULL if it has none (yet).
    pub fn dict_of(&self, o: Obj) -> Obj {
        fn own(payload: &Payload) -> Obj {
            match payload {
                Payload::Func(func) => func.dict,
                Payload::Exc(exc) => exc.dict,
                Payload::Module { dict } => *dict,
                Payload::StaticMethod(parts) | Payload::ClassMethod(parts) => parts[1],
                Payload::Native(native) => native.dict().copied().unwrap_or(NULL),
                _ => NULL,
            }
        }
        match self.payload(o) {
            Payload::Inst { dict } => *dict,
            Payload::Ext(ext) if ext.has_dict => ext.dict,
            Payload::Ext(ext) => own(&ext.base),
            payload => own(payload),
        }
    }
}

impl Payload {
    /// Whether this kind keeps a `__dict__` itself.
    pub fn has_own_dict(&self) -> bool {
        match self {
            Payload::Func(_)
            | Payload::Exc(_)
            | Payload::Module { .. }
            | Payload::StaticMethod(_)
            | Payload::ClassMethod(_) => true,
            Payload::Native(native) => native.dict().is_some(),
            _ => false,
        }
    }

    fn own_dict(&mut self) -> Option<&mut Obj> {
        match self {
            Payload::Func(func) => Some(&mut func.dict),
            Payload::Exc(exc) => Some(&mut exc.dict),
            Payload::Module { dict } => Some(dict),
            Payload::StaticMethod(parts) | Payload::ClassMethod(parts) => Some(&mut parts[1]),
            Payload::Native(native) => native.dict_mut(),
            _ => None,
        }
    }

    /// A tuple's payload.
    pub fn tuple(items: Vec<Obj>) -> Payload {
        if items.len() <= INLINE_TUPLE {
            let mut v = [NULL; INLINE_TUPLE];
            v[..items.len()].copy_from_slice(&items);
            Payload::Tuple {
                n: items.len() as u8,
                v,
            }
        } else {
            Payload::TupleBig(Box::new(items))
        }
    }
}
