//! The immutable mapping of a context, and its iterators.
//!
//! CPython's is a trie of hashes whose nodes versions share. Here a version has one node, as CPython's has up to the first
//! collision of five bits of hashes; keys are context variables, compared by identity, in the order in which they came.

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::TypeSpec;
use crate::vm::{Machine, PyResult};

const EMPTY: &str = "contextvars.empty_hamt";

#[derive(Clone)]
struct Hamt {
    node: Obj,
}

impl Native for Hamt {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("root"), self.node);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.node, NULL)]
    }
    native_boilerplate!();
}

#[derive(Clone)]
struct Node {
    entries: Vec<(Obj, Obj)>,
}

impl Native for Node {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for (key, value) in self.entries.iter().rev() {
            f(Edge::Field("value"), *value);
            f(Edge::Field("key"), *key);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        let entries = std::mem::take(&mut self.entries);
        entries
            .into_iter()
            .rev()
            .flat_map(|(key, value)| [value, key])
            .collect()
    }
    native_boilerplate!();
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Keys,
    Values,
    Items,
}

/// An iterator over a mapping's keys, values or items.
#[derive(Clone)]
struct Walk {
    hamt: Obj,
    at: usize,
    part: Part,
}

impl Native for Walk {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("hamt"), self.hamt);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.hamt, NULL)]
    }
    native_boilerplate!();
}

static SPEC: TypeSpec = TypeSpec::new("hamt");
static NODE_SPEC: TypeSpec = TypeSpec::new("hamt_bitmap_node");

const fn walk_spec(name: &'static str) -> TypeSpec {
    TypeSpec {
        slots: |s| {
            s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
            s.tp_iternext = Some(next);
            s.mp_length = Some(|vm, this| Ok(entries(vm, walked(vm, this)).len()));
        },
        ..TypeSpec::new(name)
    }
}

static KEYS_SPEC: TypeSpec = walk_spec("keys");
static VALUES_SPEC: TypeSpec = walk_spec("values");
static ITEMS_SPEC: TypeSpec = walk_spec("items");

/// All types of a mapping.
pub static SPECS: [&TypeSpec; 5] = [&SPEC, &NODE_SPEC, &KEYS_SPEC, &VALUES_SPEC, &ITEMS_SPEC];

fn make(vm: &mut Machine, entries: Vec<(Obj, Obj)>) -> Obj {
    let (class, node_class) = (vm.module_type(&SPEC), vm.module_type(&NODE_SPEC));
    let node = vm.new_native(node_class, Node { entries });
    vm.new_native(class, Hamt { node })
}

/// The one empty mapping; owned.
pub fn empty(vm: &mut Machine) -> Obj {
    let known = vm.module_state.get(EMPTY).copied();
    let empty = match known {
        Some(known) => known,
        None => {
            let made = make(vm, Vec::new());
            vm.module_state.insert(EMPTY, made);
            made
        }
    };
    vm.new_ref(empty)
}

/// Keys and values, borrowed.
pub fn entries(vm: &Machine, hamt: Obj) -> &[(Obj, Obj)] {
    vm.heap
        .native::<Hamt>(hamt)
        .and_then(|h| vm.heap.native::<Node>(h.node))
        .map_or(&[], |n| &n.entries)
}

/// The value of a key, borrowed; NULL if there is none.
pub fn get(vm: &Machine, hamt: Obj, key: Obj) -> Obj {
    let found = entries(vm, hamt).iter().find(|e| e.0 == key);
    found.map_or(NULL, |e| e.1)
}

/// The mapping with this value for the key, or without the key if the value is NULL; owned. The arguments are borrowed.
pub fn with(vm: &mut Machine, hamt: Obj, key: Obj, value: Obj) -> Obj {
    let mut all = entries(vm, hamt).to_vec();
    match all.iter().position(|e| e.0 == key) {
        Some(i) if value.is_null() => {
            all.remove(i);
        }
        Some(i) => all[i].1 = value,
        None if value.is_null() => {}
        None => all.push((key, value)),
    }
    if all.is_empty() {
        return empty(vm);
    }
    for (key, value) in &all {
        vm.incref(*key);
        vm.incref(*value);
    }
    make(vm, all)
}

/// An iterator; owned.
pub fn iterate(vm: &mut Machine, hamt: Obj, part: Part) -> Obj {
    let class = vm.module_type(match part {
        Part::Keys => &KEYS_SPEC,
        Part::Values => &VALUES_SPEC,
        Part::Items => &ITEMS_SPEC,
    });
    let hamt = vm.new_ref(hamt);
    let at = 0;
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Walk { hamt, at, part }))),
    )
}

fn walked(vm: &Machine, this: Obj) -> Obj {
    vm.heap.native::<Walk>(this).map_or(NULL, |w| w.hamt)
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(walk) = vm.heap.native_mut::<Walk>(this) else {
        return Ok(NULL);
    };
    let (hamt, at, part) = (walk.hamt, walk.at, walk.part);
    walk.at += 1;
    let Some((key, value)) = entries(vm, hamt).get(at).copied() else {
        return Ok(NULL);
    };
    Ok(match part {
        Part::Keys => vm.new_ref(key),
        Part::Values => vm.new_ref(value),
        Part::Items => vm.new_tuple_of(&[key, value]),
    })
}
