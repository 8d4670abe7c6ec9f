//! Writing what a reduction says: a callable, its arguments, state, items.

use super::opcodes::*;
use super::output::op;
use super::pickler::parts;
use super::save::{memo_get, memo_put, save};
use super::save_containers::{save_items, save_pairs};
use super::{kept, pickling_error};
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// The up to six members of a reduction, borrowed; NULL for one that is None or missing.
struct Recipe {
    callable: Obj,
    args: Obj,
    state: Obj,
    list_items: Obj,
    dict_items: Obj,
    setter: Obj,
}

fn recipe(vm: &mut Machine, reduced: Obj) -> PyResult<Recipe> {
    let items = vm
        .heap
        .tuple(reduced)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    if items.len() < 2 || items.len() > 6 {
        return pickling_error(
            vm,
            "tuple returned by __reduce__ must contain 2 through 6 elements".to_string(),
        );
    }
    let member = |n: usize| {
        items
            .get(n)
            .copied()
            .filter(|o| *o != vm.none)
            .unwrap_or(NULL)
    };
    let recipe = Recipe {
        callable: items[0],
        args: items[1],
        state: member(2),
        list_items: member(3),
        dict_items: member(4),
        setter: member(5),
    };
    check(vm, &recipe)?;
    Ok(recipe)
}

fn check(vm: &mut Machine, r: &Recipe) -> PyResult<()> {
    if !vm.is_callable(r.callable) {
        return pickling_error(
            vm,
            "first item of the tuple returned by __reduce__ must be callable".to_string(),
        );
    }
    if vm.heap.tuple(r.args).is_none() {
        return pickling_error(
            vm,
            "second item of the tuple returned by __reduce__ must be a tuple".to_string(),
        );
    }
    for (which, o) in [("fourth", r.list_items), ("fifth", r.dict_items)] {
        if !o.is_null() && vm.slots_of(o).tp_iternext.is_none() {
            let name = vm.type_name(o);
            return pickling_error(
                vm,
                format!(
                    "{which} element of the tuple returned by __reduce__ must be an iterator, not {name}"
                ),
            );
        }
    }
    if !r.setter.is_null() && !vm.is_callable(r.setter) {
        let name = vm.type_name(r.setter);
        return pickling_error(
            vm,
            format!(
                "sixth element of the tuple returned by __reduce__ must be a function, not {name}"
            ),
        );
    }
    Ok(())
}

/// Writes the object that the reduction tells how to make. `o` is the object, or NULL if it needs no number. The caller holds
/// the reduction.
pub fn save_reduce(vm: &mut Machine, p: Obj, reduced: Obj, o: Obj) -> PyResult<()> {
    let recipe = recipe(vm, reduced)?;
    let name = if parts(vm, p).proto >= 2 {
        let name = vm
            .lookup_attr(recipe.callable, vm.names.__name__)?
            .unwrap_or(NULL);
        let text = if name.is_null() {
            String::new()
        } else {
            vm.text(name)
        };
        vm.xdecref(name);
        text
    } else {
        String::new()
    };
    match &name[..] {
        "__newobj_ex__" => save_newobj_ex(vm, p, &recipe)?,
        "__newobj__" => save_newobj(vm, p, &recipe, o)?,
        _ => {
            save(vm, p, recipe.callable, false)?;
            save(vm, p, recipe.args, false)?;
            op(vm, p, REDUCE);
        }
    }
    if !o.is_null() {
        // Written meanwhile by way of its own arguments.
        if parts(vm, p).memo.index.contains_key(&o) {
            op(vm, p, POP);
            memo_get(vm, p, o);
            return Ok(());
        }
        memo_put(vm, p, o);
    }
    save_contents(vm, p, &recipe, o)
}

fn save_contents(vm: &mut Machine, p: Obj, r: &Recipe, o: Obj) -> PyResult<()> {
    if !r.list_items.is_null() {
        save_items(vm, p, r.list_items)?;
    }
    if !r.dict_items.is_null() {
        save_pairs(vm, p, r.dict_items)?;
    }
    if r.state.is_null() {
        return Ok(());
    }
    if r.setter.is_null() {
        save(vm, p, r.state, false)?;
        op(vm, p, BUILD);
        return Ok(());
    }
    // The setter is called with object and state, its result dropped.
    save(vm, p, r.setter, false)?;
    save(vm, p, o, false)?;
    save(vm, p, r.state, false)?;
    for opcode in [TUPLE2, REDUCE, POP] {
        op(vm, p, opcode);
    }
    Ok(())
}

fn save_newobj_ex(vm: &mut Machine, p: Obj, r: &Recipe) -> PyResult<()> {
    let parts_of = vm
        .heap
        .tuple(r.args)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    let &[class, args, kwargs] = &parts_of[..] else {
        let len = parts_of.len();
        return pickling_error(
            vm,
            format!("length of the NEWOBJ_EX argument tuple must be exactly 3, not {len}"),
        );
    };
    let wrong = [
        (!vm.heap.is_class(class), "first", "class", class),
        (vm.heap.tuple(args).is_none(), "second", "tuple", args),
        (!vm.heap.is_dict(kwargs), "third", "dict", kwargs),
    ];
    if let Some((_, which, what, got)) = wrong.into_iter().find(|w| w.0) {
        let name = vm.type_name(got);
        let what =
            format!("{which} item from NEWOBJ_EX argument tuple must be a {what}, not {name}");
        return pickling_error(vm, what);
    }
    if parts(vm, p).proto >= 4 {
        for o in [class, args, kwargs] {
            save(vm, p, o, false)?;
        }
        op(vm, p, NEWOBJ_EX);
        return Ok(());
    }
    let partial = partial_new(vm, class, args, kwargs)?;
    vm.with_held(partial, |vm, partial| save(vm, p, partial, false))?;
    let empty = vm.empty_tuple;
    save(vm, p, empty, false)?;
    op(vm, p, REDUCE);
    Ok(())
}

/// `partial(class.__new__, class, *args, **kwargs)`, owned.
fn partial_new(vm: &mut Machine, class: Obj, args: Obj, kwargs: Obj) -> PyResult<Obj> {
    let make = vm.get_attr(class, vm.names.__new__)?;
    vm.with_held(make, |vm, make| {
        let mut given = vec![make, class];
        given.extend(vm.heap.tuple(args).unwrap_or(&[]));
        let partial = kept(vm, "_pickle.partial");
        vm.call_with_dict(partial, &given, kwargs)
    })
}

fn save_newobj(vm: &mut Machine, p: Obj, r: &Recipe, o: Obj) -> PyResult<()> {
    let args = vm
        .heap
        .tuple(r.args)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    let Some((&class, rest)) = args.split_first() else {
        return pickling_error(vm, "__newobj__ arglist is empty".to_string());
    };
    if !vm.heap.is_class(class) {
        return pickling_error(vm, "args[0] from __newobj__ args is not a type".to_string());
    }
    if !o.is_null() {
        let own = vm.get_attr(o, vm.names.__class__)?;
        vm.decref(own);
        if own != class {
            return pickling_error(
                vm,
                "args[0] from __newobj__ args has the wrong class".to_string(),
            );
        }
    }
    save(vm, p, class, false)?;
    let rest = vm.new_tuple_of(rest);
    vm.with_held(rest, |vm, rest| save(vm, p, rest, false))?;
    op(vm, p, NEWOBJ);
    Ok(())
}
