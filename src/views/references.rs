//! What the picture is drawn from: each object of the script's with its slots, and the names that hold them.
//!
//! Fills `graph::Snapshot`; knows nothing of boxes or places. Invariant: slots are the edges that the heap's `edges` gives, in its
//! order, so the picture shows what the collector follows.

use std::collections::HashMap;

use super::graph::{Change, CollectionFact, Key, ObjectFact, RootFact, SlotFact, Snapshot, Target};
use super::namespace;
use super::sight::{Sight, serial};
use super::{safe, value};
use crate::heap::gc_list::{COLLECTING, FINALIZED, IS_GC, ListId, UNREACHABLE};
use crate::heap::{Edge, Obj, Payload};
use crate::vm::Machine;

/// Slots of one object that are told; the picture shows a few and counts the rest.
const SLOTS_AT_MOST: usize = 200;
/// The key of the root of globals; frames follow, by depth.
const GLOBALS: u64 = 0;

pub fn of(sight: &Sight) -> Snapshot {
    let vm = sight.vm;
    let mut objects: Vec<ObjectFact> = sight.own.iter().map(|o| object(sight, *o)).collect();
    let dicts = instance_dicts(sight);
    for object in &mut objects {
        object.dict_of = dicts.get(&object.key).copied();
    }
    objects.extend(ghosts(sight));
    objects.sort_by_key(|object| object.key);
    Snapshot {
        objects,
        roots: roots(sight),
        collection: collection(vm),
    }
}

fn key(vm: &Machine, o: Obj) -> Key {
    Key(u64::from(serial(vm, o)))
}

fn collection(vm: &Machine) -> Option<CollectionFact> {
    let collection = vm.collection.as_ref()?;
    let phase = collection.phase.map_or("", |phase| phase.name());
    Some(CollectionFact {
        generation: collection.generation,
        phase: phase.to_owned(),
    })
}

fn object(sight: &Sight, o: Obj) -> ObjectFact {
    let vm = sight.vm;
    let gc = &vm.heap.gc;
    let past = sight.past(o).zip(sight.before);
    let previous_refcount = past.map(|(then, machine)| u64::from(machine.heap.rc(then)));
    let refcount = u64::from(vm.heap.rc(o));
    let in_collection = gc.has(o, COLLECTING) || gc.has(o, UNREACHABLE);
    let slots = slots(sight, o);
    let changed = slots.iter().any(|slot| slot.change != Change::Kept);
    ObjectFact {
        key: key(vm, o),
        name: sight.label(o),
        type_name: safe::one_line(&vm.type_name(o)),
        refcount,
        previous_refcount,
        slots,
        dict_of: None,
        other_owners: Vec::new(),
        tracked: gc.tracked(o),
        generation: generation(vm, o),
        gc_refs: (vm.collection.is_some() && in_collection).then(|| i64::from(gc.refs(o))),
        gc_list: in_collection.then(|| list(vm, o).to_owned()),
        unreachable: sight.isolated.contains(&o),
        unreachable_since: None,
        ghost: false,
        born: sight.is_new(o),
        changed: changed || previous_refcount.is_some_and(|before| before != refcount),
        finaliser_running: sight.finalizing.contains(&o),
        finalized: gc.has(o, FINALIZED),
        has_finaliser: vm.heap.class(vm.heap.ty(o)).has_del,
        noise: !sight.isolated.contains(&o) && (is_noise(vm, o) || !sight.is_shown(o)),
    }
}

/// What makes a script rather than what it makes.
fn is_noise(vm: &Machine, o: Obj) -> bool {
    matches!(
        vm.heap.payload(o),
        Payload::Class(_) | Payload::Func(_) | Payload::Module { .. }
    )
}

fn list(vm: &Machine, o: Obj) -> &'static str {
    match vm.heap.gc.has(o, UNREACHABLE) {
        true => "unreachable",
        false => "young",
    }
}

/// Only small heaps are asked: it takes a walk over the list.
fn generation(vm: &Machine, o: Obj) -> Option<u8> {
    let tracked = vm.heap.gc.has(o, IS_GC) && vm.heap.gc.tracked(o);
    let in_list = |n: usize| {
        vm.heap
            .gc
            .iter(ListId::generation(n))
            .any(|other| other == o)
    };
    (tracked && vm.heap.live() < 10_000)
        .then(|| (0..3).find(|n| in_list(*n)).map(|n| n as u8))
        .flatten()
}

/// Which dict is whose `__dict__`.
fn instance_dicts(sight: &Sight) -> HashMap<Key, Key> {
    let vm = sight.vm;
    let mut dicts = HashMap::new();
    for o in &sight.own {
        let dict = vm.heap.dict_of(*o);
        if !dict.is_null() && super::sight::is_named(vm, dict) {
            dicts.insert(key(vm, dict), key(vm, *o));
        }
    }
    dicts
}

fn slots(sight: &Sight, o: Obj) -> Vec<SlotFact> {
    let vm = sight.vm;
    let now = raw_slots(vm, o);
    let past = sight.past(o).zip(sight.before);
    let then: Option<HashMap<String, Target>> = past.map(|(then, machine)| {
        let slots = raw_slots(machine, then).into_iter().take(SLOTS_AT_MOST);
        slots.map(|slot| (slot.label, slot.target)).collect()
    });
    let mut slots: Vec<SlotFact> = now;
    if let Some(then) = then {
        for slot in slots.iter_mut().take(SLOTS_AT_MOST) {
            slot.change = match then.get(&slot.label) {
                None => Change::Added,
                Some(target) if *target == slot.target => Change::Kept,
                Some(_) => Change::Rebound,
            };
        }
    }
    slots
}

/// The references of an object and the plain values in it, labelled as Python reaches them.
fn raw_slots(vm: &Machine, o: Obj) -> Vec<SlotFact> {
    let mut slots = Vec::new();
    match vm.heap.base(o) {
        Payload::Dict(_) | Payload::Split { .. } => dict_slots(vm, o, &mut slots),
        _ => vm.heap.edges(o, |edge, to| {
            slots.push(match slots.len() < SLOTS_AT_MOST {
                true => slot(vm, o, edge, to),
                false => counted_only(),
            });
        }),
    }
    if let Payload::Weakref(weakref) = vm.heap.payload(o)
        && !weakref.referent.is_null()
    {
        let mut slot = SlotFact::new("refers to", target(vm, weakref.referent));
        slot.weak = true;
        slots.insert(0, slot);
    }
    slots
}

/// A slot past the limit: the picture counts it and shows nothing of it.
fn counted_only() -> SlotFact {
    SlotFact::new(String::new(), Target::Atom(String::new()))
}

fn slot(vm: &Machine, o: Obj, edge: Edge, to: Obj) -> SlotFact {
    let label = match edge {
        Edge::Type => "class".to_owned(),
        Edge::Dict => "__dict__".to_owned(),
        Edge::Item(n) => format!("[{n}]"),
        Edge::Element(_) => "element".to_owned(),
        Edge::Slot(n) => slot_name(vm, o, n),
        Edge::Contents => "contents".to_owned(),
        Edge::Key(_) => "key".to_owned(),
        Edge::Value(n) | Edge::Attr(n) => format!("value {n}"),
        Edge::Const(n) => format!("const {n}"),
        Edge::Name(n) => format!("name {n}"),
        Edge::Local(n) => local_name(vm, o, n),
        Edge::Stack(n) => format!("stack {n}"),
        Edge::Field(name) => name.to_owned(),
    };
    let mut slot = SlotFact::new(safe::one_line(&label), target(vm, to));
    slot.noise = edge == Edge::Type || is_noise(vm, o);
    slot
}

/// `.friend` for string keys of an instance's dict, `['k']` for a dict's own; keys that are objects have rows too.
fn dict_slots(vm: &Machine, o: Obj, slots: &mut Vec<SlotFact>) {
    if let Payload::Split { .. } = vm.heap.base(o) {
        for (name, value) in namespace::entries(vm, o) {
            slots.push(SlotFact::new(
                safe::one_line(&format!(".{name}")),
                target(vm, value),
            ));
        }
        return;
    }
    let Payload::Dict(dict) = vm.heap.base(o) else {
        return;
    };
    let mut at = 0;
    while let Some((n, entry)) = dict.next_entry(at) {
        at = n + 1;
        if slots.len() >= SLOTS_AT_MOST {
            slots.push(counted_only());
            continue;
        }
        let key = match value::is_atom(vm, entry.key) {
            true => value::brief(vm, entry.key),
            false => super::sight::label(vm, entry.key),
        };
        slots.push(SlotFact::new(format!("[{key}]"), target(vm, entry.value)));
        if !value::is_atom(vm, entry.key) {
            slots.push(SlotFact::new("key", target(vm, entry.key)));
        }
    }
}

fn slot_name(vm: &Machine, o: Obj, n: u32) -> String {
    let class = vm.heap.class(vm.heap.ty(o));
    let names = class.ht_slots.some().and_then(|names| vm.heap.tuple(names));
    let name = names
        .and_then(|names| names.get(n as usize))
        .map(|name| vm.text(*name));
    name.map_or_else(|| format!("slot {n}"), |name| format!(".{name}"))
}

fn local_name(vm: &Machine, o: Obj, n: u32) -> String {
    let Payload::Frame(frame) = vm.heap.payload(o) else {
        return format!("local {n}");
    };
    let code = &frame.code;
    let mut names = code
        .varnames
        .iter()
        .chain(&code.cellvars)
        .chain(&code.freevars);
    names
        .nth(n as usize)
        .map_or_else(|| format!("local {n}"), |name| vm.text(*name))
}

fn target(vm: &Machine, o: Obj) -> Target {
    match value::is_atom(vm, o) {
        true => Target::Atom(value::brief(vm, o)),
        false => Target::Object(key(vm, o)),
    }
}

/// The module's names, then each frame's, outermost first.
fn roots(sight: &Sight) -> Vec<RootFact> {
    let vm = sight.vm;
    let mut roots = vec![root(
        sight,
        GLOBALS,
        "globals".to_owned(),
        namespace::entries(vm, vm.main_dict),
        {
            sight
                .before
                .map(|then| namespace::entries(then, then.main_dict))
        },
    )];
    for (index, frame) in vm.frames.iter().enumerate() {
        if !frame.locals.is_null() && frame.locals == vm.main_dict {
            continue;
        }
        let past = sight.before.and_then(|then| {
            let same = then.frames.get(index)?.name() == frame.name();
            same.then(|| namespace::locals(then, index))
        });
        let title = format!("frame {}", frame.name());
        roots.push(root(
            sight,
            index as u64 + 1,
            title,
            namespace::locals(vm, index),
            past,
        ));
    }
    let last = roots.len() - 1;
    roots[last].current = true;
    roots
}

fn root(
    sight: &Sight,
    key: u64,
    title: String,
    names: Vec<(String, Obj)>,
    past: Option<Vec<(String, Obj)>>,
) -> RootFact {
    let vm = sight.vm;
    let (named, plain): (Vec<_>, Vec<_>) = names
        .into_iter()
        .partition(|(_, o)| sight.is_shown(*o) && !is_noise(vm, *o));
    let then: Option<HashMap<String, Target>> = past.zip(sight.before).map(|(past, machine)| {
        past.into_iter()
            .map(|(name, o)| (name, target(machine, o)))
            .collect()
    });
    let rows = named.into_iter().map(|(name, o)| {
        let mut row = SlotFact::new(safe::one_line(&name), target(vm, o));
        if let Some(then) = &then {
            row.change = match then.get(&name) {
                None => Change::Added,
                Some(target) if *target == row.target => Change::Kept,
                Some(_) => Change::Rebound,
            };
        }
        row
    });
    RootFact {
        key,
        title: safe::one_line(&title),
        rows: rows.collect(),
        hidden: plain.len(),
        current: false,
    }
}

/// The dead of this stop, empty, so that their going is seen.
fn ghosts(sight: &Sight) -> Vec<ObjectFact> {
    let Some(then) = sight.before.filter(|_| sight.forward) else {
        return Vec::new();
    };
    let dead = super::refcounts::dead(sight);
    dead.into_iter()
        .map(|o| ObjectFact {
            key: key(then, o),
            name: super::sight::label(then, o),
            type_name: safe::one_line(&then.type_name(o)),
            ghost: true,
            ..ObjectFact::default()
        })
        .collect()
}
