//! The module `gc`: its functions (`Modules/gcmodule.c`). Collecting itself is `vm/collect.rs`.

use super::ModuleSpec;
use crate::heap::gc_list::{FINALIZED, ListId};
use crate::heap::{Obj, Payload};
use crate::vm::args::opt;
use crate::vm::collect::{DEBUG_COLLECTABLE, DEBUG_SAVEALL, DEBUG_STATS, DEBUG_UNCOLLECTABLE};
use crate::vm::native::{Arity, Method};
use crate::vm::types::code_new;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "gc",
    doc: "The collector of cyclic garbage.",
    functions: FUNCTIONS,
    init,
};

static FUNCTIONS: &[Method] = &[
    Method::new("enable", Arity::NoArgs, enable).doc("enable($module, /)\n--\n\nTurns automatic collection on."),
    Method::new("disable", Arity::NoArgs, disable).doc("disable($module, /)\n--\n\nTurns automatic collection off."),
    Method::new("isenabled", Arity::NoArgs, isenabled).doc("isenabled($module, /)\n--\n\nWhether automatic collection is on."),
    Method::new("set_debug", Arity::One, set_debug).doc("set_debug($module, flags, /)\n--\n\nSets the debugging flags."),
    Method::new("get_debug", Arity::NoArgs, get_debug).doc("get_debug($module, /)\n--\n\nThe debugging flags."),
    Method::new("get_count", Arity::NoArgs, get_count).doc("get_count($module, /)\n--\n\nThe counts of the three generations."),
    Method::new("set_threshold", Arity::Any, set_threshold).varargs(),
    Method::new("get_threshold", Arity::NoArgs, get_threshold).doc("get_threshold($module, /)\n--\n\nThe thresholds of the three generations."),
    Method::new("collect", Arity::Keywords, collect).doc("collect($module, /, generation=2)\n--\n\nCollects now; returns how many objects were unreachable."),
    Method::new("get_objects", Arity::Keywords, get_objects).doc("get_objects($module, /, generation=None)\n--\n\nAll objects the collector watches."),
    Method::new("get_stats", Arity::NoArgs, get_stats).doc("get_stats($module, /)\n--\n\nStatistics of each generation."),
    Method::new("is_tracked", Arity::One, is_tracked).doc("is_tracked($module, obj, /)\n--\n\nWhether the collector watches the object."),
    Method::new("is_finalized", Arity::One, is_finalized).doc("is_finalized($module, obj, /)\n--\n\nWhether the object's finaliser has run."),
    Method::new("get_referrers", Arity::Any, get_referrers),
    Method::new("get_referents", Arity::Any, get_referents),
    Method::new("freeze", Arity::NoArgs, freeze).doc("freeze($module, /)\n--\n\nMoves all watched objects where no collection looks."),
    Method::new("unfreeze", Arity::NoArgs, unfreeze).doc("unfreeze($module, /)\n--\n\nMoves frozen objects back to the oldest generation."),
    Method::new("get_freeze_count", Arity::NoArgs, get_freeze_count).doc("get_freeze_count($module, /)\n--\n\nHow many objects are frozen."),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let (garbage, callbacks) = (vm.gc_garbage, vm.gc_callbacks);
    vm.dict_set_name(dict, "garbage", garbage);
    vm.dict_set_name(dict, "callbacks", callbacks);
    let flags = [
        ("DEBUG_STATS", DEBUG_STATS),
        ("DEBUG_COLLECTABLE", DEBUG_COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", DEBUG_UNCOLLECTABLE),
        ("DEBUG_SAVEALL", DEBUG_SAVEALL),
        (
            "DEBUG_LEAK",
            DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL,
        ),
    ];
    for (name, value) in flags {
        let value = vm.new_int(i64::from(value));
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    Ok(())
}

fn enable(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.generations.enabled = true;
    Ok(vm.new_none())
}

fn disable(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.generations.enabled = false;
    Ok(vm.new_none())
}

fn isenabled(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let enabled = vm.generations.enabled;
    Ok(vm.new_bool(enabled))
}

/// An argument that is a C int.
fn c_int(vm: &mut Machine, o: Obj) -> PyResult<i32> {
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index).and_then(|i| i32::try_from(i).ok());
    vm.decref(index);
    match value {
        Some(value) => Ok(value),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        ),
    }
}

fn set_debug(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.gc_debug = c_int(vm, args.get(vm, 0))? as u32;
    Ok(vm.new_none())
}

fn get_debug(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let flags = vm.gc_debug as i32;
    Ok(vm.new_int(i64::from(flags)))
}

fn three(vm: &mut Machine, values: [u32; 3]) -> PyResult<Obj> {
    let items = values.map(|v| vm.new_int(i64::from(v as i32)));
    Ok(vm.new_tuple(items.to_vec()))
}

fn get_count(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let count = vm.generations.count;
    three(vm, count)
}

fn get_threshold(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let threshold = vm.generations.threshold;
    three(vm, threshold)
}

/// A third threshold is taken for the oldest generation and kept for its own sake: CPython 3.10 reads it back as given.
fn set_threshold(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len();
    if given == 0 {
        return vm.type_error("set_threshold() takes at least 1 argument (0 given)".to_string());
    }
    if given > 3 {
        return vm.type_error(format!(
            "set_threshold() takes at most 3 arguments ({given} given)"
        ));
    }
    for i in 0..given {
        let value = code_new::c_int(vm, args.get(vm, i))?;
        vm.generations.threshold[i] = value as u32;
    }
    Ok(vm.new_none())
}

fn collect(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.len() + args.kw_len(vm);
    if given > 1 {
        let kind = if args.is_empty() {
            "keyword argument"
        } else {
            "argument"
        };
        return vm.type_error(format!("collect() takes at most 1 {kind} ({given} given)"));
    }
    let [generation] = vm.unpack("collect", args, &[opt("generation")])?;
    let generation = if generation.is_null() {
        2
    } else {
        c_int(vm, generation)?
    };
    if !(0..3).contains(&generation) {
        return vm.value_error("invalid generation");
    }
    let collected = vm.collect_explicitly(generation as usize)?;
    Ok(vm.new_int(collected as i64))
}

/// The lists of the generations, youngest first.
const GENERATIONS: [ListId; 3] = [
    ListId::Generation0,
    ListId::Generation1,
    ListId::Generation2,
];

fn get_objects(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [generation] = vm.unpack("get_objects", args, &[opt("generation")])?;
    let lists: Vec<ListId> = if generation.is_null() || generation == vm.none {
        GENERATIONS.to_vec()
    } else {
        if vm.slots_of(generation).nb_index.is_none() {
            let name = vm.type_name(generation);
            return vm.type_error(format!("argument should be integer or None, not '{name}'"));
        }
        let n = vm.index_clamped(generation, vm.types.overflow_error)?;
        match n {
            3.. => return vm.value_error(
                "generation parameter must be less than the number of available generations (3)",
            ),
            0..=2 => vec![GENERATIONS[n as usize]],
            // CPython 3.10 takes a negative number for "all".
            _ if n == -1 => GENERATIONS.to_vec(),
            _ => return vm.value_error("generation parameter cannot be negative"),
        }
    };
    let list = vm.new_list(Vec::new());
    let objects: Vec<Obj> = lists
        .iter()
        .flat_map(|l| vm.heap.gc.iter(*l))
        .filter(|o| *o != list)
        .collect();
    fill(vm, list, objects);
    Ok(list)
}

/// Puts borrowed objects into a new list.
fn fill(vm: &mut Machine, list: Obj, objects: Vec<Obj>) {
    for o in &objects {
        vm.incref(*o);
    }
    if let Some(items) = vm.heap.list_mut(list) {
        *items = objects.into();
    }
}

fn get_stats(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let stats = vm.generations.stats;
    let list = vm.new_list(Vec::new());
    for generation in stats {
        let dict = vm.new_dict();
        for (name, value) in ["collections", "collected", "uncollectable"]
            .into_iter()
            .zip(generation)
        {
            let value = vm.new_int(value as i64);
            vm.dict_set_name(dict, name, value);
            vm.decref(value);
        }
        if let Some(items) = vm.heap.list_mut(list) {
            items.push(dict);
        }
    }
    Ok(list)
}

fn is_tracked(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let answer = vm.heap.gc.tracked(args.get(vm, 0));
    Ok(vm.new_bool(answer))
}

fn is_finalized(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let answer = vm.heap.gc.has(args.get(vm, 0), FINALIZED);
    Ok(vm.new_bool(answer))
}

/// What CPython's `tp_traverse` visits, in its order.
fn referents(vm: &Machine, o: Obj) -> Vec<Obj> {
    let mut found = Vec::new();
    match vm.heap.payload(o) {
        // Keys that are all str are not visited; else a value comes before its key.
        Payload::Dict(dict) => {
            let all_str = dict
                .entries
                .iter()
                .all(|e| e.key.is_null() || vm.is_exact(e.key, vm.types.str));
            for entry in dict.entries.iter().filter(|e| !e.key.is_null()) {
                found.push(entry.value);
                if !all_str {
                    found.push(entry.key);
                }
            }
        }
        _ if !vm.heap.is_gc(o) && !vm.heap.is_class(o) => {}
        payload => payload.traverse(vm.heap.ty(o), |_, to| found.push(to)),
    }
    if let Some(index) = running_frame(vm, o) {
        // While it runs its locals are on the machine's stack; its operands are not visited.
        let frame = &vm.frames[index];
        let locals = &vm.stack[frame.base..frame.stack_base()];
        found.extend(locals.iter().filter(|to| !to.is_null()));
        if let Some(caller) = index.checked_sub(1).map(|caller| &vm.frames[caller])
            && !caller.object.is_null()
        {
            found.insert(0, caller.object);
        }
    }
    found
}

/// The place of a frame object that runs.
fn running_frame(vm: &Machine, o: Obj) -> Option<usize> {
    vm.frames.iter().position(|frame| frame.object == o)
}

fn get_referents(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.count_arguments(args);
    let list = vm.new_list(Vec::new());
    let given = args.to_vec(vm);
    for o in &given {
        if let Some(caller) = running_frame(vm, *o).and_then(|index| index.checked_sub(1)) {
            vm.frame_object(caller);
        }
    }
    let objects: Vec<Obj> = given.into_iter().flat_map(|o| referents(vm, o)).collect();
    fill(vm, list, objects);
    Ok(list)
}

fn get_referrers(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.count_arguments(args);
    let wanted = args.to_vec(vm);
    let list = vm.new_list(Vec::new());
    let mut found = Vec::new();
    for generation in GENERATIONS {
        for o in vm.heap.gc.iter(generation) {
            if o != list && referents(vm, o).iter().any(|to| wanted.contains(to)) {
                found.push(o);
            }
        }
    }
    fill(vm, list, found);
    Ok(list)
}

fn freeze(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    for (i, list) in GENERATIONS.into_iter().enumerate() {
        vm.heap.gc.merge(list, ListId::Permanent);
        vm.generations.count[i] = 0;
    }
    Ok(vm.new_none())
}

fn unfreeze(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    vm.heap.gc.merge(ListId::Permanent, ListId::Generation2);
    Ok(vm.new_none())
}

fn get_freeze_count(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let count = vm.heap.gc.len(ListId::Permanent);
    Ok(vm.new_int(count as i64))
}
