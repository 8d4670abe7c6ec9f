//! Methods that search, compare, join, or change the items one by one.
//!
//! An item is made an object to be compared, and the array may change meanwhile: the next item is asked for by its place.

use rustpython_wtf8::Wtf8Buf;

use super::*;
use crate::heap::payload::array::item_size;
use crate::vm::slots::CmpOp;

pub fn append(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    push(vm, this, args.get(vm, 0))?;
    Ok(vm.new_none())
}

fn push(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let code = array(vm, this).code;
    let packed = items::pack(vm, code, value)?;
    append_bytes(vm, this, &packed[..item_size(code)])
}

pub fn insert(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let at = vm.ssize(args.get(vm, 0))?;
    let code = array(vm, this).code;
    let packed = items::pack(vm, code, args.get(vm, 1))?;
    let len = array(vm, this).len() as isize;
    let at = if at < 0 {
        (at + len).max(0)
    } else {
        at.min(len)
    };
    subscript::replace(
        vm,
        this,
        at as usize,
        at as usize,
        &packed[..item_size(code)],
    )?;
    Ok(vm.new_none())
}

pub fn pop(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let at = match args.get(vm, 0).some() {
        Some(at) => vm.ssize(at)?,
        None => -1,
    };
    let len = array(vm, this).len() as isize;
    if len == 0 {
        return vm.raise(vm.types.index_error, "pop from empty array".to_string());
    }
    let at = if at < 0 { at + len } else { at };
    if at < 0 || at >= len {
        return vm.raise(vm.types.index_error, "pop index out of range".to_string());
    }
    subscript::take(vm, this, at as usize)
}

pub fn reverse(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let array = array_mut(vm, this);
    let size = array.item_size();
    array.data.reverse();
    array.data.chunks_mut(size).for_each(<[u8]>::reverse);
    Ok(vm.new_none())
}

pub fn copy(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of = array(vm, this);
    let copied = Array::of(of.code, of.data.clone());
    Ok(new_array(vm, copied))
}

pub fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let of = array(vm, this);
    let size = 64 + of.room * of.item_size();
    Ok(vm.new_int(size as i64))
}

/// Whether the item at a place equals a value; `None`: there is no such item.
fn equals(vm: &mut Machine, this: Obj, i: usize, value: Obj) -> PyResult<Option<bool>> {
    let item = get(vm, this, i)?;
    if item.is_null() {
        return Ok(None);
    }
    vm.with_held(item, |vm, item| {
        vm.rich_compare_bool(item, value, CmpOp::Eq)
    })
    .map(Some)
}

/// The first place from `start` on, before `stop`, with an equal item.
fn find(
    vm: &mut Machine,
    this: Obj,
    value: Obj,
    start: usize,
    stop: usize,
) -> PyResult<Option<usize>> {
    for i in start..stop {
        match equals(vm, this, i, value)? {
            Some(true) => return Ok(Some(i)),
            Some(false) => {}
            None => break,
        }
    }
    Ok(None)
}

pub fn contains(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<bool> {
    Ok(find(vm, this, value, 0, usize::MAX)?.is_some())
}

pub fn count(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let value = args.get(vm, 0);
    let (mut count, mut i) = (0, 0);
    while let Some(equal) = equals(vm, this, i, value)? {
        count += i64::from(equal);
        i += 1;
    }
    Ok(vm.new_int(count))
}

pub fn index(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let mut bounds = [0, isize::MAX];
    for (n, bound) in bounds.iter_mut().enumerate() {
        if let Some(given) = args.get(vm, n + 1).some() {
            *bound = vm.slice_index_not_none(given)?;
        }
    }
    let len = array(vm, this).len() as isize;
    let [start, stop] = bounds.map(|i| if i < 0 { (i + len).max(0) } else { i } as usize);
    match find(vm, this, args.get(vm, 0), start, stop)? {
        Some(i) => Ok(vm.new_int(i as i64)),
        None => vm.value_error("array.index(x): x not in array"),
    }
}

pub fn remove(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    match find(vm, this, args.get(vm, 0), 0, usize::MAX)? {
        Some(i) if i < array(vm, this).len() => {
            subscript::replace(vm, this, i, i + 1, &[])?;
            Ok(vm.new_none())
        }
        Some(_) => Ok(vm.new_none()),
        None => vm.value_error("array.remove(x): x not in array"),
    }
}

/// `array_do_extend`, or item by item from any iterable.
pub fn extend(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let more = args.get(vm, 0);
    extend_with(vm, this, more)?;
    Ok(vm.new_none())
}

fn extend_with(vm: &mut Machine, this: Obj, more: Obj) -> PyResult<()> {
    match same_kind(vm, this, more) {
        Some(true) => {
            let data = array(vm, more).data.clone();
            append_bytes(vm, this, &data)
        }
        Some(false) => vm.type_error("can only extend with array of same kind".to_string()),
        None => {
            let iterator = vm.get_iter(more)?;
            vm.with_held(iterator, |vm, iterator| {
                extend_from_iterator(vm, this, iterator)
            })
        }
    }
}

pub fn extend_from_iterator(vm: &mut Machine, this: Obj, iterator: Obj) -> PyResult<()> {
    loop {
        let item = vm.iter_next(iterator)?;
        if item.is_null() {
            return Ok(());
        }
        vm.with_held(item, |vm, item| push(vm, this, item))?;
    }
}

pub fn concat(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    match same_kind(vm, this, other) {
        None => {
            let name = vm.type_name(other);
            vm.type_error(format!("can only append array (not \"{name}\") to array"))
        }
        Some(false) => bad_argument(vm),
        Some(true) => {
            let (a, b) = (array(vm, this), array(vm, other));
            let joined = Array::of(a.code, [&a.data[..], &b.data[..]].concat());
            Ok(new_array(vm, joined))
        }
    }
}

pub fn inplace_concat(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    if !is_array(vm, other) {
        let name = vm.type_name(other);
        return vm.type_error(format!("can only extend array with array (not \"{name}\")"));
    }
    extend_with(vm, this, other)?;
    Ok(vm.new_ref(this))
}

fn repeated(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Vec<u8>> {
    let times = times.max(0) as usize;
    let len = array(vm, this).data.len();
    match len.checked_mul(times) {
        Some(bytes) => vm.check_allocation(bytes, 1)?,
        None => return vm.raise_bare(vm.types.memory_error),
    }
    Ok(array(vm, this).data.repeat(times))
}

pub fn repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    let data = repeated(vm, this, times)?;
    let made = Array::of(array(vm, this).code, data);
    Ok(new_array(vm, made))
}

pub fn inplace_repeat(vm: &mut Machine, this: Obj, times: isize) -> PyResult<Obj> {
    if !array(vm, this).is_empty() {
        let data = repeated(vm, this, times)?;
        let len = data.len() / array(vm, this).item_size();
        resize(vm, this, len)?;
        array_mut(vm, this).data = data;
    }
    Ok(vm.new_ref(this))
}

/// Item by item until two differ; then the lengths (`array_richcompare`).
pub fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_array(vm, this) || !is_array(vm, other) {
        return Ok(vm.new_not_implemented());
    }
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    let (a, b) = (array(vm, this), array(vm, other));
    if equality && a.len() != b.len() {
        return Ok(vm.new_bool(op == CmpOp::Ne));
    }
    // Of equal integers the bytes are equal.
    if equality && a.code == b.code && !matches!(a.code, b'u' | b'f' | b'd') {
        let equal = a.data == b.data;
        return Ok(vm.new_bool(equal == (op == CmpOp::Eq)));
    }
    let mut i = 0;
    loop {
        let x = get(vm, this, i)?;
        if x.is_null() {
            break;
        }
        vm.hold(x);
        let compared = compare_items(vm, other, i, x, op);
        if let Some(answer) = vm.let_go(compared)? {
            return Ok(vm.new_bool(answer));
        }
        i += 1;
        if i >= array(vm, other).len() {
            break;
        }
    }
    let (n, m) = (array(vm, this).len(), array(vm, other).len());
    Ok(vm.new_bool(op.test(n.cmp(&m))))
}

/// The answer if the items differ.
fn compare_items(
    vm: &mut Machine,
    other: Obj,
    i: usize,
    x: Obj,
    op: CmpOp,
) -> PyResult<Option<bool>> {
    let y = get(vm, other, i)?;
    if y.is_null() {
        return Ok(None);
    }
    vm.with_held(y, |vm, y| {
        if vm.rich_compare_bool(x, y, CmpOp::Eq)? {
            return Ok(None);
        }
        match op {
            CmpOp::Eq => Ok(Some(false)),
            CmpOp::Ne => Ok(Some(true)),
            _ => vm.rich_compare_bool(x, y, op).map(Some),
        }
    })
}

pub fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = short_name(vm, this);
    let code = char::from(array(vm, this).code);
    if array(vm, this).is_empty() {
        return Ok(vm.new_string(format!("{name}('{code}')")));
    }
    let items = if code == 'u' {
        transfer::tounicode(vm, this, Args::none())?
    } else {
        transfer::tolist(vm, this, Args::none())?
    };
    let shown = vm.with_held(items, |vm, items| vm.repr(items))?;
    let mut text = Wtf8Buf::from(format!("{name}('{code}', "));
    if let Some(shown) = vm.heap.str(shown) {
        text.push_wtf8(shown.wtf8());
    }
    vm.decref(shown);
    text.push_str(")");
    Ok(vm.new_wtf8(text))
}
