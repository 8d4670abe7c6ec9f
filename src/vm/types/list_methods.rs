//! Methods of list.

use super::list::{clear, extend_list, get, len};
use super::{list_iter, list_slice, list_sort};
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static METHODS: &[Method] = &[
    Method::new("__getitem__", Arity::One, getitem).doc("x.__getitem__(y) <==> x[y]"),
    Method::new("__reversed__", Arity::NoArgs, list_iter::reversed).doc("__reversed__($self, /)\n--\n\nReturn a reverse iterator over the list."),
    Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("__sizeof__($self, /)\n--\n\nReturn the size of the list in memory, in bytes."),
    Method::new("clear", Arity::NoArgs, clear_method).doc("clear($self, /)\n--\n\nRemove all items from list."),
    Method::new("copy", Arity::NoArgs, copy).doc("copy($self, /)\n--\n\nReturn a shallow copy of the list."),
    Method::new("append", Arity::One, append).doc("append($self, object, /)\n--\n\nAppend object to the end of the list."),
    Method::new("insert", Arity::Positional(2, 2), insert).doc("insert($self, index, object, /)\n--\n\nInsert object before index."),
    Method::new("extend", Arity::One, extend).doc("extend($self, iterable, /)\n--\n\nExtend list by appending elements from the iterable."),
    Method::new("pop", Arity::Positional(0, 1), pop).doc(
        "pop($self, index=-1, /)\n--\n\nRemove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
    ),
    Method::new("remove", Arity::One, remove)
        .doc("remove($self, value, /)\n--\n\nRemove first occurrence of value.\n\nRaises ValueError if the value is not present."),
    Method::new("index", Arity::Positional(1, 3), index).doc(
        "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nReturn first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    Method::new("count", Arity::One, count).doc("count($self, value, /)\n--\n\nReturn number of occurrences of value."),
    Method::new("reverse", Arity::NoArgs, reverse).doc("reverse($self, /)\n--\n\nReverse *IN PLACE*."),
    Method::new("sort", Arity::Keywords, list_sort::sort).doc(
        "sort($self, /, *, key=None, reverse=False)\n--\n\nSort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list itself is modified) and stable (i.e. the\norder of two equal elements is maintained).\n\nIf a key function is given, apply it once to each list item and sort them,\nascending or descending, according to their function values.\n\nThe reverse flag can be set to sort in descending order.",
    ),
    Method::class("__class_getitem__", Arity::One, class_getitem).doc("See PEP 585"),
];

/// `cls[key]`: a generic alias.
pub fn class_getitem(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let key = args.get(vm, 0);
    Ok(vm.new_generic_alias(class, key))
}

fn getitem(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    list_slice::subscript(vm, this, args.get(vm, 0))
}

/// CPython reckons the room it has allocated; here the room is the length.
fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}

fn clear_method(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    clear(vm, this);
    Ok(vm.new_none())
}

fn copy(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let items = vm.heap.list(this).cloned().unwrap_or_default();
    for item in &items {
        vm.incref(*item);
    }
    Ok(vm.new_list(items))
}

fn append(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    vm.incref(item);
    super::list::push(vm, this, item);
    Ok(vm.new_none())
}

/// An index argument as `PyLong_AsSsize_t` reads it.
fn index_argument(vm: &mut Machine, o: Obj) -> PyResult<isize> {
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(i) => Ok(i as isize),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

fn insert(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let i = index_argument(vm, args.get(vm, 0))?;
    let item = args.get(vm, 1);
    vm.incref(item);
    let n = len(vm, this) as isize;
    let at = if i < 0 {
        i.saturating_add(n).max(0)
    } else {
        i.min(n)
    };
    if let Some(items) = vm.heap.list_mut(this) {
        items.insert(at as usize, item);
    }
    Ok(vm.new_none())
}

fn extend(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    extend_list(vm, this, args.get(vm, 0))?;
    Ok(vm.new_none())
}

fn pop(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let i = if args.is_empty() {
        -1
    } else {
        index_argument(vm, args.get(vm, 0))?
    };
    let n = len(vm, this);
    if n == 0 {
        return vm.raise(vm.types.index_error, "pop from empty list".to_string());
    }
    let i = if i < 0 { i + n as isize } else { i };
    match usize::try_from(i).ok().filter(|i| *i < n) {
        Some(i) => Ok(list_slice::take(vm, this, i)),
        None => vm.raise(vm.types.index_error, "pop index out of range".to_string()),
    }
}

/// Whether the item at a place equals the wanted one; holds the item meanwhile.
fn matches(vm: &mut Machine, item: Obj, wanted: Obj) -> PyResult<bool> {
    if item == wanted {
        return Ok(true);
    }
    let mark = vm.mark();
    vm.hold_ref(item);
    let equal = vm.rich_compare_bool(item, wanted, CmpOp::Eq);
    vm.releasing(mark, equal)
}

fn remove(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let mut i = 0;
    while let Some(item) = get(vm, this, i) {
        if matches(vm, item, wanted)? {
            list_slice::replace(vm, this, i, i + 1, Vec::new());
            return Ok(vm.new_none());
        }
        i += 1;
    }
    vm.value_error("list.remove(x): x not in list")
}

/// Start and stop arguments of `index`, counted from the end if negative.
pub fn search_bounds(vm: &mut Machine, args: Args, len: usize) -> PyResult<(usize, usize)> {
    let mut bounds = [0, isize::MAX];
    for (n, bound) in bounds.iter_mut().enumerate() {
        let arg = args.get(vm, n + 1);
        if arg != NULL {
            *bound = vm.slice_index_not_none(arg)?;
        }
    }
    let from_start = |i: isize| {
        if i < 0 {
            i.saturating_add(len as isize).max(0) as usize
        } else {
            i as usize
        }
    };
    Ok((from_start(bounds[0]), from_start(bounds[1])))
}

fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let n = len(vm, this);
    let (start, stop) = search_bounds(vm, args, n)?;
    let mut i = start;
    while i < stop {
        let Some(item) = get(vm, this, i) else { break };
        if matches(vm, item, wanted)? {
            return Ok(vm.new_int(i as i64));
        }
        i += 1;
    }
    not_in(vm, wanted, "list")
}

/// The ValueError of what is looked for in vain. A message that cannot be made is left out (`PyErr_FormatV`).
pub fn not_in<T>(vm: &mut Machine, wanted: Obj, place: &str) -> PyResult<T> {
    match vm.repr_text(wanted) {
        Ok(shown) => vm.value_error(&format!("{shown} is not in {place}")),
        Err(thrown) if vm.interrupt.is_some() => Err(thrown),
        Err(_) => {
            vm.clear_exception();
            vm.raise_bare(vm.types.value_error)
        }
    }
}

fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let (mut i, mut n) = (0, 0);
    while let Some(item) = get(vm, this, i) {
        n += i64::from(matches(vm, item, wanted)?);
        i += 1;
    }
    Ok(vm.new_int(n))
}

fn reverse(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if let Some(items) = vm.heap.list_mut(this) {
        items.reverse();
    }
    Ok(vm.new_none())
}
