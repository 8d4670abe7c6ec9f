//! Inline caches of LOAD_ATTR, STORE_ATTR and LOAD_METHOD for what does not lie in a split dict.
//!
//! `Cache::next_shape`, which loading has no other use for, says where the attribute was found. A cache is a hint: whatever it
//! rests on (class version, key set, place) is checked again each time, and finding runs no Python code. References in a
//! cache are not counted: a version that still holds means that its owner still has them.

use std::cell::Cell;

use super::Machine;
use crate::heap::payload::code::{Cache, NO_CACHE};
use crate::heap::{Heap, NULL, Obj, Payload};

/// In an instance's own dict, an ordinary one: `index` is the entry, `value` the name.
const OWN_DICT: u32 = 1;
/// A `__slots__` member: `index` is its place.
pub(super) const SLOT: u32 = 2;
/// In a class, asked through the class `shape`: `value`.
const CLASS: u32 = 3;
/// In a module's dict with the key set `version`: `index` is the entry.
const MODULE: u32 = 4;
/// In the class of an instance that has no such attribute itself (its dict has the key set `shape`): `value`.
const CLASS_OF_INSTANCE: u32 = 5;

/// Whether objects of this kind never have a `__dict__`.
#[inline]
pub(super) fn has_no_dict(payload: &Payload) -> bool {
    match payload {
        Payload::List(_)
        | Payload::Dict(_)
        | Payload::Str(_)
        | Payload::Bytes(_)
        | Payload::Int(_)
        | Payload::Float(_)
        | Payload::Set(_)
        | Payload::Tuple { .. }
        | Payload::TupleBig(_)
        | Payload::Array(_)
        | Payload::Gen(_)
        | Payload::Iter(_) => true,
        Payload::Ext(ext) => !ext.has_dict,
        Payload::Native(native) => native.dict().is_none(),
        _ => false,
    }
}

/// The attribute where the cache says, borrowed; NULL if the cache does not apply. The object's type is the cache's.
pub(super) fn cached(heap: &Heap, o: Obj, c: &Cache) -> Obj {
    let payload = heap.payload(o);
    if c.next_shape == MODULE {
        if let Payload::Module { dict } = payload
            && let Payload::Dict(d) = heap.payload(*dict)
            && d.keys_version == c.version
        {
            return d.entries.get(c.index as usize).map_or(NULL, |e| e.value);
        }
        return NULL;
    }
    if c.next_shape == CLASS {
        let same = o.0 == c.shape && heap.class(o).version == c.version;
        return if same { c.value } else { NULL };
    }
    if heap.class(c.ty).version != c.version {
        return NULL;
    }
    match (c.next_shape, payload) {
        (OWN_DICT, Payload::Inst { dict }) => match heap.payload(*dict) {
            Payload::Dict(d) => match d.entries.get(c.index as usize) {
                Some(entry) if entry.key == c.value => entry.value,
                _ => NULL,
            },
            _ => NULL,
        },
        (SLOT, Payload::Ext(ext)) => ext.slots.get(c.index as usize).copied().unwrap_or(NULL),
        (CLASS_OF_INSTANCE, _) => {
            if key_set(heap, o) == Some(c.shape) {
                c.value
            } else {
                NULL
            }
        }
        _ => NULL,
    }
}

/// The names that an instance has itself, as one number; `None` where there is no such number.
fn key_set(heap: &Heap, o: Obj) -> Option<u32> {
    match heap.payload(o) {
        Payload::Inst { dict } if dict.is_null() => Some(u32::MAX),
        Payload::Inst { dict } => match heap.payload(*dict) {
            Payload::Split { shape, .. } => Some(shape.0),
            _ => None,
        },
        other if has_no_dict(other) => Some(u32::MAX),
        _ => None,
    }
}

/// Puts a value into the slot where an earlier STORE_ATTR put one; the old value (or NULL) comes back, owned, and the new one is taken
/// over. Type and version are checked already.
#[inline]
pub(super) fn store(heap: &mut Heap, o: Obj, value: Obj, cell: &Cell<Cache>) -> Option<Obj> {
    let c = cell.get();
    if c.shape != SLOT {
        return None;
    }
    let Payload::Ext(ext) = heap.payload_mut(o) else {
        return None;
    };
    let place = ext.slots.get_mut(c.index as usize)?;
    Some(std::mem::replace(place, value))
}

/// The cache of a store to a `__slots__` member.
pub(super) fn find_slot(vm: &mut Machine, o: Obj, name: Obj) -> Option<Cache> {
    let ty = vm.heap.ty(o);
    let descr = vm.type_lookup(ty, name);
    if descr.is_null() {
        return None;
    }
    let index = member_of(vm, descr, ty)?;
    Some(Cache {
        version: vm.class_version(ty),
        ty,
        shape: SLOT,
        index,
        ..NO_CACHE
    })
}

/// The place of a member descriptor that serves this class.
fn member_of(vm: &Machine, descr: Obj, ty: Obj) -> Option<u32> {
    match vm.heap.payload(descr) {
        Payload::Member(member) if vm.is_subtype(ty, member.class) => Some(u32::from(member.index)),
        _ => None,
    }
}

/// What LOAD_ATTR may remember about this attribute, if it is in one of the places above.
pub(super) fn find(vm: &mut Machine, o: Obj, name: Obj) -> Option<Cache> {
    let ty = vm.heap.ty(o);
    match vm.heap.payload(o) {
        Payload::Module { dict } if ty == vm.types.module => {
            let dict = *dict;
            find_in_module(vm, dict, name)
        }
        Payload::Class(_) if ty == vm.types.type_ => find_in_class(vm, o, name),
        _ if !vm.uses_generic_getattr(ty) => None,
        Payload::Inst { dict } => {
            let dict = *dict;
            find_in_instance(vm, ty, dict, name).or_else(|| find_in_type(vm, o, name))
        }
        Payload::Ext(_) => {
            let descr = vm.type_lookup(ty, name);
            if descr.is_null() {
                return None;
            }
            let Some(index) = member_of(vm, descr, ty) else {
                return find_in_type(vm, o, name);
            };
            Some(Cache {
                version: vm.class_version(ty),
                ty,
                next_shape: SLOT,
                index,
                ..NO_CACHE
            })
        }
        _ => find_in_type(vm, o, name),
    }
}

fn find_in_module(vm: &mut Machine, dict: Obj, name: Obj) -> Option<Cache> {
    let ty = vm.types.module;
    if vm.has_data_descriptor(ty, name) {
        return None;
    }
    let (index, value) = vm.heap.dict_find_str(dict, name)?;
    let Payload::Dict(d) = vm.heap.payload(dict) else {
        return None;
    };
    if value.is_null() {
        return None;
    }
    Some(Cache {
        version: d.keys_version,
        ty,
        next_shape: MODULE,
        index: index as u32,
        ..NO_CACHE
    })
}

fn find_in_class(vm: &mut Machine, class: Obj, name: Obj) -> Option<Cache> {
    let ty = vm.types.type_;
    if vm.has_data_descriptor(ty, name) {
        return None;
    }
    let value = vm.type_lookup(class, name);
    if value.is_null() {
        return None;
    }
    let plain = vm.slots_of(value).tp_descr_get.is_none();
    if !plain && !matches!(vm.heap.payload(value), Payload::Func(_)) {
        return None;
    }
    Some(Cache {
        version: vm.class_version(class),
        ty,
        shape: class.0,
        next_shape: CLASS,
        value,
        ..NO_CACHE
    })
}

fn find_in_instance(vm: &mut Machine, ty: Obj, dict: Obj, name: Obj) -> Option<Cache> {
    if dict.is_null() || vm.has_data_descriptor(ty, name) {
        return None;
    }
    let (index, _) = vm.heap.dict_find_str(dict, name)?;
    let Payload::Dict(d) = vm.heap.payload(dict) else {
        return None;
    };
    if d.entries.get(index)?.key != name {
        return None;
    }
    Some(Cache {
        version: vm.class_version(ty),
        ty,
        next_shape: OWN_DICT,
        index: index as u32,
        value: name,
        ..NO_CACHE
    })
}

fn find_in_type(vm: &mut Machine, o: Obj, name: Obj) -> Option<Cache> {
    let ty = vm.heap.ty(o);
    let shape = key_set(&vm.heap, o)?;
    let value = vm.type_lookup(ty, name);
    if value.is_null() || vm.slots_of(value).tp_descr_get.is_some() {
        return None;
    }
    let dict = vm.heap.dict_of(o);
    if !dict.is_null() && !vm.heap.dict_get_str(dict, name).is_null() {
        return None;
    }
    Some(Cache {
        version: vm.class_version(ty),
        ty,
        shape,
        next_shape: CLASS_OF_INSTANCE,
        value,
        ..NO_CACHE
    })
}
