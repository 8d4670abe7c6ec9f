//! What a type's structure looks like in CPython: sizes, offsets, flags, and which accessors its table repeats.
//!
//! `type_facts.txt` has a line for each type made in C, sorted by `tp_name`: `tp_basicsize`, `tp_itemsize`, `tp_dictoffset`,
//! `tp_weaklistoffset`, `tp_flags` in hexadecimal without the cache's bit, and `g` and `s` where `tp_getattro` and `tp_setattro` are
//! its own although they are object's, so that its dict has their methods. What a `class` statement makes is computed from its base
//! (`type_new_slots`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::heap::Obj;
use crate::heap::payload::class::Layout;
use crate::vm::native::TypeSpec;
use crate::vm::slots::Slots;
use crate::vm::{Machine, PyResult};

/// One type's line.
#[derive(Clone, Copy, Default)]
pub struct Facts {
    pub basic_size: i64,
    pub item_size: i64,
    pub dict_offset: i64,
    pub weaklist_offset: i64,
    flags: i64,
    own_getattro: bool,
    own_setattro: bool,
}

static ROWS: LazyLock<HashMap<&str, Facts>> = LazyLock::new(|| {
    let lines = include_str!("type_facts.txt").lines();
    lines.filter_map(parse).collect()
});

fn parse(line: &'static str) -> Option<(&'static str, Facts)> {
    let mut columns = line.split('\t');
    let name = columns.next()?;
    let mut number = || columns.next()?.parse().ok();
    let (basic_size, item_size, dict_offset, weaklist_offset) = (number()?, number()?, number()?, number()?);
    let flags = i64::from_str_radix(columns.next()?, 16).ok()?;
    let own = columns.next()?;
    let facts = Facts {
        basic_size,
        item_size,
        dict_offset,
        weaklist_offset,
        flags,
        own_getattro: own.contains('g'),
        own_setattro: own.contains('s'),
    };
    Some((name, facts))
}

/// The slots that a type's own table fills in.
pub fn own_slots(spec: &TypeSpec) -> Slots {
    let mut slots = Slots::default();
    (spec.slots)(&mut slots);
    if let Some(facts) = ROWS.get(spec.name) {
        if facts.own_getattro {
            slots.tp_getattro.get_or_insert(crate::vm::attribute::generic_getattr);
        }
        if facts.own_setattro {
            slots.tp_setattro.get_or_insert(crate::vm::attribute_set::generic_setattr);
        }
    }
    slots
}

/// Size of a pointer, and of a slot.
pub const WORD: i64 = 8;

/// A type's sizes and offsets.
pub fn of(vm: &Machine, class: Obj) -> Facts {
    let c = vm.heap.class(class);
    if !c.flags.heap_type
        && let Some(facts) = ROWS.get(&*c.name)
    {
        return *facts;
    }
    let base = match c.base.is_null() {
        true => Facts { basic_size: 2 * WORD, ..Facts::default() },
        false => of(vm, c.base),
    };
    let above = (!c.base.is_null()).then(|| vm.heap.class(c.base));
    let had = above.map(|b| (b.slot_count, b.flags.has_dict, b.flags.has_weakrefs));
    let (slots, has_dict, has_weakrefs) = had.unwrap_or_default();
    let mut facts = base;
    facts.basic_size += WORD * i64::from(c.slot_count.saturating_sub(slots));
    if c.flags.has_dict && !has_dict {
        // Behind the items of an object of variable size: counted from its end.
        facts.dict_offset = if base.item_size > 0 { -WORD } else { facts.basic_size };
        facts.basic_size += WORD;
    }
    if c.flags.has_weakrefs && !has_weakrefs {
        facts.weaklist_offset = facts.basic_size;
        facts.basic_size += WORD;
    }
    facts
}

/// Whether a built-in type of this name has a line that gives its instances more than those of the type above it.
pub fn adds_fields(vm: &Machine, name: &str, base: Obj) -> bool {
    let sizes = |facts: &Facts| (facts.basic_size, facts.item_size);
    ROWS.get(name).is_some_and(|facts| base.is_null() || sizes(facts) != sizes(&of(vm, base)))
}

/// Whether instances are more than an object, a `__dict__`, weak references and slots, by their size.
pub fn has_hidden_parts(vm: &Machine, class: Obj) -> bool {
    let facts = of(vm, class);
    let known = [facts.dict_offset, facts.weaklist_offset].map(|offset| i64::from(offset != 0));
    let slots = i64::from(vm.heap.class(class).slot_count);
    facts.item_size > 0 || facts.basic_size > WORD * (2 + known[0] + known[1] + slots)
}

const HEAPTYPE: i64 = 1 << 9;
const BASETYPE: i64 = 1 << 10;
const READY: i64 = 1 << 12;
const HAVE_GC: i64 = 1 << 14;
const VALID_VERSION_TAG: i64 = 1 << 19;
const IS_ABSTRACT: i64 = 1 << 20;
const METHOD_DESCRIPTOR: i64 = 1 << 17;
const HAVE_VECTORCALL: i64 = 1 << 11;
const MATCH_SELF: i64 = 1 << 22;
const SEQUENCE: i64 = 1 << 5;
const MAPPING: i64 = 1 << 6;
const IMMUTABLETYPE: i64 = 1 << 8;

/// Descriptors of `_testcapi`.
const TEST_DESCRIPTORS: &[&str] = &["MethodDescriptor2", "MethodDescriptorBase", "MethodDescriptorDerived"];

/// `tp_flags`
pub fn flags(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let c = vm.heap.class(this);
    let cached = if c.version != 0 { VALID_VERSION_TAG } else { 0 };
    let bits = match ROWS.get(&*c.name) {
        Some(facts) if !c.flags.heap_type => facts.flags,
        _ => computed_flags(vm, this),
    };
    Ok(vm.new_int(bits | cached))
}

fn computed_flags(vm: &Machine, this: Obj) -> i64 {
    let c = vm.heap.class(this);
    let f = c.flags;
    let set = |on: bool, bit: i64| if on { bit } else { 0 };
    let mut bits = READY
        | set(f.heap_type, HEAPTYPE)
        | set(!f.heap_type, IMMUTABLETYPE)
        | set(f.base_type, BASETYPE)
        | set(f.has_gc, HAVE_GC)
        | set(f.is_abstract, IS_ABSTRACT)
        | set(f.sequence, SEQUENCE)
        | set(f.mapping, MAPPING)
        | set(matches_self(vm, this), MATCH_SELF)
        | set(TEST_DESCRIPTORS.contains(&&*c.name), METHOD_DESCRIPTOR | HAVE_VECTORCALL);
    let subclass = [
        (Layout::Int, 24),
        (Layout::List, 25),
        (Layout::Tuple, 26),
        (Layout::Bytes, 27),
        (Layout::Str, 28),
        (Layout::Dict, 29),
        (Layout::Exception, 30),
        (Layout::Class, 31),
    ];
    for (layout, bit) in subclass {
        bits |= set(c.layout == layout, 1 << bit);
    }
    bits
}

/// `_Py_TPFLAGS_MATCH_SELF` is inherited.
fn matches_self(vm: &Machine, class: Obj) -> bool {
    let mro = vm.heap.tuple(vm.heap.class(class).mro).unwrap_or(&[]);
    mro.iter().any(|c| {
        let c = vm.heap.class(*c);
        !c.flags.heap_type && ROWS.get(&*c.name).is_some_and(|facts| facts.flags & MATCH_SELF != 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lines = include_str!("type_facts.txt").lines().count();
        assert_eq!(ROWS.len(), lines, "each line can be read, and no name is there twice");
        assert_eq!(ROWS["dict"].basic_size, 48);
        assert!(ROWS["dict"].own_getattro && !ROWS["dict"].own_setattro);
    }
}
