//! Items and slices of a list: reading, setting, deleting.
//!
//! Items that leave go last to first if they stood side by side (`list_ass_slice`), first to last if the slice has a step
//! (`list_ass_subscript`). Invariant: the list is whole again before the first of them is let go of.

use super::list::{drop_last_first, get, len};
use super::slice::{Bounds, adjust, plain_bounds};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, PyResult, Thrown};

/// A subscript: a number, or a slice cut to the length.
pub enum Subscript {
    Index(isize),
    Slice(Bounds),
}

/// What a key of a sequence means; `kind` is the type's name in messages. Reads the length after `__index__` has run.
pub fn read_subscript(
    vm: &mut Machine,
    kind: &str,
    key: Obj,
    len: impl Fn(&Machine) -> usize,
) -> PyResult<Subscript> {
    if let Some(bounds) = plain_bounds(vm, key, len(vm)) {
        return Ok(Subscript::Slice(bounds));
    }
    if vm.has_index(key) {
        let i = vm.index_clamped(key, vm.types.index_error)?;
        let i = if i < 0 { i + len(vm) as isize } else { i };
        return Ok(Subscript::Index(i));
    }
    if matches!(vm.heap.base(key), Payload::Slice(_)) {
        let unpacked = vm.slice_unpack(key)?;
        return Ok(Subscript::Slice(adjust(unpacked, len(vm))));
    }
    let name = vm.type_name(key);
    vm.type_error(format!(
        "{kind} indices must be integers or slices, not {name}"
    ))
}

/// `list[i]`, i not counted from the end any more.
pub fn item(vm: &mut Machine, list: Obj, i: isize) -> PyResult<Obj> {
    match usize::try_from(i).ok().and_then(|i| get(vm, list, i)) {
        Some(item) => Ok(vm.new_ref(item)),
        None => vm.raise(vm.types.index_error, "list index out of range".to_string()),
    }
}

pub fn subscript(vm: &mut Machine, list: Obj, key: Obj) -> PyResult<Obj> {
    match read_subscript(vm, "list", key, |vm| len(vm, list))? {
        Subscript::Index(i) => item(vm, list, i),
        Subscript::Slice(bounds) => {
            let items = picked(vm.heap.list(list).map_or(&[], Vec::as_slice), &bounds);
            for item in &items {
                vm.incref(*item);
            }
            Ok(vm.new_list(items))
        }
    }
}

/// The items that a slice picks; borrowed.
pub fn picked(items: &[Obj], bounds: &Bounds) -> Vec<Obj> {
    if bounds.step == 1 {
        return items
            .get(bounds.start as usize..bounds.start as usize + bounds.count)
            .map_or_else(Vec::new, <[Obj]>::to_vec);
    }
    if bounds.step == -1 && bounds.count > 0 {
        let last = bounds.start as usize + 1;
        return items
            .get(last - bounds.count..last)
            .map_or_else(Vec::new, |part| part.iter().rev().copied().collect());
    }
    bounds
        .places()
        .filter_map(|i| items.get(i).copied())
        .collect()
}

/// `list[i] = value`, or `del list[i]` if the value is NULL.
pub fn ass_item(vm: &mut Machine, list: Obj, i: isize, value: Obj) -> PyResult<()> {
    let Some(i) = usize::try_from(i).ok().filter(|i| *i < len(vm, list)) else {
        return vm.raise(
            vm.types.index_error,
            "list assignment index out of range".to_string(),
        );
    };
    if value.is_null() {
        replace(vm, list, i, i + 1, Vec::new());
        return Ok(());
    }
    vm.incref(value);
    let Some(items) = vm.heap.list_mut(list) else {
        return Ok(());
    };
    let old = std::mem::replace(&mut items[i], value);
    vm.decref(old);
    Ok(())
}

/// Puts owned items in the place of those from `low` to `high`, which are then let go of, last first.
pub fn replace(vm: &mut Machine, list: Obj, low: usize, high: usize, new: Vec<Obj>) {
    let Some(items) = vm.heap.list_mut(list) else {
        return;
    };
    let low = low.min(items.len());
    let high = high.clamp(low, items.len());
    let old = items.splice(low..high, new);
    drop_last_first(vm, old);
}

pub fn ass_subscript(vm: &mut Machine, list: Obj, key: Obj, value: Obj) -> PyResult<()> {
    let kind = "list";
    match read_subscript(vm, kind, key, |vm| len(vm, list))? {
        Subscript::Index(i) => ass_item(vm, list, i, value),
        Subscript::Slice(bounds) if bounds.step == 1 => {
            let (low, high) = (
                bounds.start as usize,
                bounds.start.max(bounds.stop) as usize,
            );
            ass_slice(vm, list, low, high, value)
        }
        Subscript::Slice(bounds) if value.is_null() => {
            delete_extended(vm, list, &bounds);
            Ok(())
        }
        Subscript::Slice(bounds) => ass_extended(vm, list, &bounds, value),
    }
}

/// `list[low:high] = value`; NULL deletes.
pub fn ass_slice(vm: &mut Machine, list: Obj, low: usize, high: usize, value: Obj) -> PyResult<()> {
    if value.is_null() {
        replace(vm, list, low, high, Vec::new());
        return Ok(());
    }
    if replace_in_place(vm, list, low, high, value) {
        return Ok(());
    }
    let mark = vm.mark();
    let (_, items) = sequence_fast(vm, value, "can only assign an iterable")?;
    replace(vm, list, low, high, items);
    vm.release(mark);
    Ok(())
}

/// As many items of another exact list or tuple in the place of those from `low` to `high`: nothing moves. False: not such a case.
fn replace_in_place(vm: &mut Machine, list: Obj, low: usize, high: usize, value: Obj) -> bool {
    let count = match vm.heap.payload(value) {
        Payload::List(items) => items.len(),
        Payload::TupleBig(items) => items.len(),
        Payload::Tuple { n, .. } => usize::from(*n),
        _ => return false,
    };
    let fits = low <= high && high <= len(vm, list) && count == high - low;
    if list == value || !fits || !matches!(vm.heap.payload(list), Payload::List(_)) {
        return false;
    }
    let mark = vm.mark();
    vm.hold_ref(value);
    let (first, end) = (vm.top, vm.top + count);
    if vm.stack.len() < end {
        vm.stack.resize(end * 2, NULL);
    }
    let items: &[Obj] = match vm.heap.payload(value) {
        Payload::List(items) => items,
        Payload::TupleBig(items) => items,
        Payload::Tuple { v, .. } => &v[..count],
        _ => &[],
    };
    vm.stack[first..end].copy_from_slice(items);
    for i in first..end {
        vm.heap.incref(vm.stack[i]);
    }
    if let Payload::List(items) = vm.heap.payload_mut(list) {
        items[low..high].swap_with_slice(&mut vm.stack[first..end]);
    }
    vm.top = end;
    // The old ones go last first, then the hold on the value.
    vm.release(mark);
    true
}

/// The items of any iterable, each with a reference of its own, and the list or tuple they come from, which is left held
/// (`PySequence_Fast`).
pub fn sequence_fast(vm: &mut Machine, o: Obj, message: &str) -> PyResult<(Obj, Vec<Obj>)> {
    let exact = vm.has_exact_items(o);
    if exact {
        vm.hold_ref(o);
    } else {
        let mark = vm.mark();
        let iterator = match vm.get_iter(o) {
            Err(Thrown::Exception) if vm.pending_matches(vm.types.type_error) => {
                vm.clear_exception();
                return vm.type_error(message.to_string());
            }
            other => other?,
        };
        vm.hold(iterator);
        let list = vm.list_from_iterable(iterator);
        let list = vm.releasing(mark, list)?;
        vm.hold(list);
    }
    let source = vm.stack[vm.top - 1];
    let items = vm.exact_items(source).unwrap_or_default();
    for item in &items {
        vm.incref(*item);
    }
    Ok((source, items))
}

/// `del list[a:b:c]`
fn delete_extended(vm: &mut Machine, list: Obj, bounds: &Bounds) {
    if bounds.count == 0 {
        return;
    }
    let mut places: Vec<usize> = bounds.places().collect();
    places.sort_unstable();
    let Some(items) = vm.heap.list_mut(list) else {
        return;
    };
    let mut garbage = Vec::with_capacity(places.len());
    let mut next = places.iter().copied().peekable();
    let mut at = 0;
    items.retain(|item| {
        let goes = next.next_if_eq(&at).is_some();
        at += 1;
        if goes {
            garbage.push(*item);
        }
        !goes
    });
    vm.drop_all(garbage);
}

/// `list[a:b:c] = value`
fn ass_extended(vm: &mut Machine, list: Obj, bounds: &Bounds, value: Obj) -> PyResult<()> {
    let mark = vm.mark();
    let (_, new) = sequence_fast(vm, value, "must assign iterable to extended slice")?;
    // Making the list of an iterator may have changed this one; CPython writes where the slice stood, we only where there is room.
    if new.len() != bounds.count {
        let (given, wanted) = (new.len(), bounds.count);
        drop_last_first(vm, new);
        let raised = vm.value_error(&format!(
            "attempt to assign sequence of size {given} to extended slice of size {wanted}"
        ));
        return vm.releasing(mark, raised);
    }
    let mut garbage = Vec::with_capacity(new.len());
    if let Some(items) = vm.heap.list_mut(list) {
        for (place, item) in bounds.places().zip(new) {
            garbage.push(match items.get_mut(place) {
                Some(old) => std::mem::replace(old, item),
                None => item,
            });
        }
    }
    vm.drop_all(garbage);
    vm.release(mark);
    Ok(())
}

/// `del list[i]` by the place alone; the item, owned, comes back.
pub fn take(vm: &mut Machine, list: Obj, i: usize) -> Obj {
    match vm.heap.list_mut(list) {
        Some(items) if i < items.len() => items.remove(i),
        _ => NULL,
    }
}
