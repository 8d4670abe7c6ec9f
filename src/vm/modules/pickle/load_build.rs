//! Opcodes that make objects of what lies on the stack, and fill them.

use super::unpickler::{self, hold_from, need, parts, pop, pop_from, pop_mark, push, top};
use super::{kept, unpickling_error};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, PyResult};

/// Runs work that holds things, lets go of them, and pushes what it made.
fn push_made(
    vm: &mut Machine,
    u: Obj,
    work: impl FnOnce(&mut Machine) -> PyResult<Obj>,
) -> PyResult<()> {
    let mark = vm.mark();
    let made = work(vm);
    let made = vm.releasing(mark, made)?;
    push(vm, u, made);
    Ok(())
}

/// Runs work that holds things, and lets go of them.
fn scoped(vm: &mut Machine, work: impl FnOnce(&mut Machine) -> PyResult<()>) -> PyResult<()> {
    let mark = vm.mark();
    let result = work(vm);
    vm.releasing(mark, result)
}

pub fn tuple(vm: &mut Machine, u: Obj, n: usize) -> PyResult<()> {
    need(vm, u, n)?;
    let height = parts(vm, u).stack.len() - n;
    let items = pop_from(vm, u, height);
    let made = vm.new_tuple(items);
    push(vm, u, made);
    Ok(())
}

pub fn marked_tuple(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    let items = pop_from(vm, u, height);
    let made = vm.new_tuple(items);
    push(vm, u, made);
    Ok(())
}

pub fn marked_list(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    let items = pop_from(vm, u, height);
    let made = vm.new_list(items);
    push(vm, u, made);
    Ok(())
}

pub fn marked_dict(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    if (parts(vm, u).stack.len().saturating_sub(height)) % 2 != 0 {
        return unpickling_error(vm, "odd number of items for DICT");
    }
    push_made(vm, u, |vm| {
        let items = hold_from(vm, u, height);
        let dict = vm.new_dict();
        vm.hold(dict);
        for pair in items.chunks(2) {
            vm.dict_set(dict, pair[0], pair[1])?;
        }
        Ok(vm.new_ref(dict))
    })
}

pub fn frozenset(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    push_made(vm, u, |vm| {
        let items = pop_from(vm, u, height);
        let items = vm.new_tuple(items);
        vm.hold(items);
        vm.call(vm.types.frozenset, &[items])
    })
}

/// What a module and a name mean, by the unpickler's `find_class`; owned.
pub fn find(vm: &mut Machine, u: Obj, module: Obj, name: Obj) -> PyResult<Obj> {
    if vm.heap.ty(u) == vm.module_type(&unpickler::SPEC) {
        return unpickler::find_class(vm, u, module, name);
    }
    vm.call_method(u, "find_class", &[module, name])
}

pub fn stack_global(vm: &mut Machine, u: Obj) -> PyResult<()> {
    push_made(vm, u, |vm| {
        let names = [stack_name(vm, u)?, stack_name(vm, u)?];
        find(vm, u, names[1], names[0])
    })
}

/// A str from the stack, held.
fn stack_name(vm: &mut Machine, u: Obj) -> PyResult<Obj> {
    let is_str = top(vm, u).map(|o| vm.heap.ty(o) == vm.types.str);
    if is_str != Ok(true) {
        vm.clear_exception();
        return unpickling_error(vm, "STACK_GLOBAL requires str");
    }
    let name = pop(vm, u)?;
    Ok(vm.hold(name))
}

/// A class called with what lies above a height; one without arguments is not called but made bare. Pushes the instance.
pub fn instantiate(vm: &mut Machine, u: Obj, class: Obj, height: usize) -> PyResult<()> {
    push_made(vm, u, |vm| {
        let args = hold_from(vm, u, height);
        if args.is_empty() && vm.heap.is_class(class) {
            match vm.lookup_attr_str(class, "__getinitargs__")? {
                Some(found) => vm.decref(found),
                None => return vm.call_method_obj(class, vm.names.__new__, &[class]),
            }
        }
        vm.call(class, &args)
    })
}

pub fn obj(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    if parts(vm, u).stack.len() <= height {
        return unpickling_error(vm, "unpickling stack underflow");
    }
    let class = parts(vm, u).stack.remove(height);
    vm.with_held(class, |vm, class| instantiate(vm, u, class, height))
}

/// NEWOBJ and NEWOBJ_EX: `class.__new__(class, *args, **kwargs)`.
pub fn newobj(vm: &mut Machine, u: Obj, extended: bool) -> PyResult<()> {
    let name = if extended { "NEWOBJ_EX" } else { "NEWOBJ" };
    push_made(vm, u, |vm| {
        let kwargs = if extended { hold_pop(vm, u)? } else { NULL };
        let args = hold_pop(vm, u)?;
        let class = hold_pop(vm, u)?;
        let wrong = if !vm.heap.is_class(class) {
            Some(("class", "type", class))
        } else if vm.heap.tuple(args).is_none() {
            Some(("args", "tuple", args))
        } else if extended && !vm.heap.is_dict(kwargs) {
            Some(("kwargs", "dict", kwargs))
        } else {
            None
        };
        if let Some((what, wanted, got)) = wrong {
            let got = vm.type_name(got);
            let message = format!("{name} {what} argument must be a {wanted}, not {got}");
            return unpickling_error(vm, &message);
        }
        if vm.heap.class(class).slots.tp_new.is_none() {
            let class = vm.class_name(class);
            return unpickling_error(
                vm,
                &format!("{name} class argument '{class}' doesn't have __new__"),
            );
        }
        let make = vm.get_attr(class, vm.names.__new__)?;
        vm.hold(make);
        let mut given = vec![class];
        given.extend(vm.heap.tuple(args).unwrap_or(&[]));
        vm.call_with_dict(make, &given, kwargs)
    })
}

fn hold_pop(vm: &mut Machine, u: Obj) -> PyResult<Obj> {
    let o = pop(vm, u)?;
    Ok(vm.hold(o))
}

pub fn reduce(vm: &mut Machine, u: Obj) -> PyResult<()> {
    push_made(vm, u, |vm| {
        let args = hold_pop(vm, u)?;
        let func = hold_pop(vm, u)?;
        if vm.heap.tuple(args).is_none() {
            return vm.type_error("argument list must be a tuple".to_string());
        }
        // The call gets that very tuple.
        vm.incref(args);
        vm.call_object(func, args, NULL)
    })
}

/// An object under a code that somebody registered.
pub fn extension(vm: &mut Machine, u: Obj, code: i64) -> PyResult<()> {
    if code <= 0 {
        return unpickling_error(vm, "EXT specifies code <= 0");
    }
    let key = vm.new_int(code);
    vm.with_held(key, |vm, key| {
        let cache = kept(vm, "_pickle.extension_cache");
        if let Some(found) = vm.dict_get(cache, key)? {
            let found = vm.new_ref(found);
            push(vm, u, found);
            return Ok(());
        }
        let registry = kept(vm, "_pickle.inverted_registry");
        let Some(pair) = vm.dict_get(registry, key)? else {
            return vm.value_error(&format!("unregistered extension code {code}"));
        };
        let names = match vm.heap.tuple(pair) {
            Some(&[module, name]) if [module, name].iter().all(|o| vm.heap.str(*o).is_some()) => {
                [module, name]
            }
            _ => {
                let what = format!("_inverted_registry[{code}] isn't a 2-tuple of strings");
                return vm.value_error(&what);
            }
        };
        vm.hold_ref(pair);
        let found = find(vm, u, names[0], names[1]);
        let found = vm.let_go(found)?;
        vm.with_held(found, |vm, found| {
            vm.dict_set(cache, key, found)?;
            let found = vm.new_ref(found);
            push(vm, u, found);
            Ok(())
        })
    })
}

pub fn append(vm: &mut Machine, u: Obj) -> PyResult<()> {
    need(vm, u, 2)?;
    let height = parts(vm, u).stack.len() - 1;
    append_from(vm, u, height)
}

pub fn appends(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    append_from(vm, u, height)
}

/// The object that lies below a height, borrowed from the stack.
fn below(vm: &mut Machine, u: Obj, height: usize) -> PyResult<Obj> {
    let unpickler = parts(vm, u);
    let fence = unpickler.marks.last().copied().unwrap_or(0);
    if height <= fence || height > unpickler.stack.len() {
        return unpickling_error(vm, "unpickling stack underflow");
    }
    Ok(unpickler.stack[height - 1])
}

/// Appends what lies above a height to what lies below it: to a list at once, else by `extend`, else by `append`.
fn append_from(vm: &mut Machine, u: Obj, height: usize) -> PyResult<()> {
    let list = below(vm, u, height)?;
    if parts(vm, u).stack.len() == height {
        return Ok(());
    }
    if vm.heap.ty(list) == vm.types.list {
        // A list of its own carries them over there (`Pdata_poplist`).
        vm.reserve_list();
        let items = pop_from(vm, u, height);
        if let Some(list) = vm.heap.list_mut(list) {
            list.extend(items);
        }
        vm.give_back_list();
        return Ok(());
    }
    scoped(vm, |vm| {
        if let Some(extend) = vm.lookup_attr_str(list, "extend")? {
            vm.hold(extend);
            let items = pop_from(vm, u, height);
            let items = vm.new_list(items);
            vm.hold(items);
            let result = vm.call(extend, &[items])?;
            vm.decref(result);
            return Ok(());
        }
        let append = vm.get_attr_str(list, "append")?;
        vm.hold(append);
        for item in hold_from(vm, u, height) {
            let result = vm.call(append, &[item])?;
            vm.decref(result);
        }
        Ok(())
    })
}

pub fn setitem(vm: &mut Machine, u: Obj) -> PyResult<()> {
    need(vm, u, 3)?;
    let height = parts(vm, u).stack.len() - 2;
    set_from(vm, u, height)
}

pub fn setitems(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    set_from(vm, u, height)
}

fn set_from(vm: &mut Machine, u: Obj, height: usize) -> PyResult<()> {
    let dict = below(vm, u, height)?;
    if !(parts(vm, u).stack.len() - height).is_multiple_of(2) {
        return unpickling_error(vm, "odd number of items for SETITEMS");
    }
    scoped(vm, |vm| {
        let exact = vm.heap.ty(dict) == vm.types.dict;
        for pair in hold_from(vm, u, height).chunks(2) {
            // The unpickler's stack alone holds it, and a `__setitem__` can reach that.
            if !vm.heap.is_live(dict) {
                break;
            }
            if exact {
                vm.dict_set(dict, pair[0], pair[1])?;
            } else {
                vm.set_item(dict, pair[0], pair[1])?;
            }
        }
        Ok(())
    })
}

pub fn additems(vm: &mut Machine, u: Obj) -> PyResult<()> {
    let height = pop_mark(vm, u)?;
    let set = below(vm, u, height)?;
    if parts(vm, u).stack.len() == height {
        return Ok(());
    }
    scoped(vm, |vm| {
        if vm.is_subtype(vm.heap.ty(set), vm.types.set) {
            let items = pop_from(vm, u, height);
            let items = vm.new_tuple(items);
            vm.hold(items);
            for item in vm.heap.tuple(items).unwrap_or_default().to_vec() {
                if !vm.heap.is_live(set) {
                    break;
                }
                vm.set_add(set, item)?;
            }
            return Ok(());
        }
        let add = vm.get_attr_str(set, "add")?;
        vm.hold(add);
        for item in hold_from(vm, u, height) {
            let result = vm.call(add, &[item])?;
            vm.decref(result);
        }
        Ok(())
    })
}

/// BUILD: gives an object its state, by `__setstate__` or into its `__dict__` and slots.
pub fn build(vm: &mut Machine, u: Obj) -> PyResult<()> {
    need(vm, u, 2)?;
    scoped(vm, |vm| {
        let state = hold_pop(vm, u)?;
        // The unpickler's stack holds it.
        let o = top(vm, u)?;
        if let Some(set) = vm.lookup_attr(o, vm.names.__setstate__)? {
            vm.hold(set);
            let result = vm.call(set, &[state])?;
            vm.decref(result);
            return Ok(());
        }
        vm.hold_ref(o);
        let (state, slots) = match vm.heap.tuple(state) {
            Some(&[state, slots]) => (state, slots),
            _ => (state, NULL),
        };
        if state != vm.none {
            set_state(vm, o, state)?;
        }
        if slots.is_null() || slots == vm.none {
            return Ok(());
        }
        if !vm.heap.is_dict(slots) {
            return unpickling_error(vm, "slot state is not a dictionary");
        }
        each_entry(vm, slots, |vm, name, value| vm.set_attr(o, name, value))
    })
}

fn set_state(vm: &mut Machine, o: Obj, state: Obj) -> PyResult<()> {
    if !vm.heap.is_dict(state) {
        return unpickling_error(vm, "state is not a dictionary");
    }
    let dict = vm.get_attr(o, vm.names.__dict__)?;
    vm.hold(dict);
    each_entry(vm, state, |vm, name, value| {
        // Names of attributes are shared.
        vm.incref(name);
        let name = if matches!(vm.heap.payload(name), Payload::Str(_)) {
            vm.intern_object(name)
        } else {
            name
        };
        vm.with_held(name, |vm, name| vm.set_item(dict, name, value))
    })
}

fn each_entry(
    vm: &mut Machine,
    dict: Obj,
    mut work: impl FnMut(&mut Machine, Obj, Obj) -> PyResult<()>,
) -> PyResult<()> {
    let mut at = 0;
    while let Some((next, key, value)) = vm.heap.dict_next(dict, at) {
        at = next;
        vm.hold_ref(key);
        vm.hold_ref(value);
        let result = work(vm, key, value);
        let result = vm.let_go(result);
        vm.let_go(result)?;
    }
    Ok(())
}
