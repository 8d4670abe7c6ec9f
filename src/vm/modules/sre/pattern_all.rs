//! Methods of `re.Pattern` that go through a whole text: `findall`, `split`, `sub`, `subn`.

use super::match_object;
use super::pattern::{place, size};
use super::text::{Found, How, Search, Text};
use crate::heap::Obj;
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// A group's text; of a group that did not take part an empty one, or None.
fn group(
    vm: &mut Machine,
    string: Obj,
    text: &Text,
    span: Option<(usize, usize)>,
    empty: bool,
) -> Obj {
    match span {
        Some((from, to)) => vm.searched_part(string, text, from, to),
        None if empty => vm.searched_part(string, text, 0, 0),
        None => vm.new_none(),
    }
}

pub fn findall(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (string, pos, endpos) = place(vm, args, "findall")?;
    let mut search = Search::new(vm, this, string, pos, endpos)?;
    let list = vm.new_list(Vec::new());
    vm.with_held(list, |vm, list| {
        while let Some(found) = search.next(vm, How::Search)? {
            let item = found_item(vm, string, &search.text, &found);
            if let Some(items) = vm.heap.list_mut(list) {
                items.push(item);
            }
        }
        Ok(vm.new_ref(list))
    })
}

/// What `findall` lists: the match, its one group, or a tuple of its groups.
fn found_item(vm: &mut Machine, string: Obj, text: &Text, found: &Found) -> Obj {
    match found.groups.as_slice() {
        [] => vm.searched_part(string, text, found.start, found.end),
        [only] => group(vm, string, text, *only, true),
        groups => {
            let items = groups
                .iter()
                .map(|g| group(vm, string, text, *g, true))
                .collect();
            vm.new_tuple(items)
        }
    }
}

pub fn split(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [string, most] = vm.unpack("split", args, &[req("string"), opt("maxsplit")])?;
    let most = size(vm, most, 0)?;
    let mut search = Search::new(vm, this, string, 0, isize::MAX)?;
    let list = vm.new_list(Vec::new());
    vm.with_held(list, |vm, list| {
        let (mut last, mut n) = (0, 0);
        while most == 0 || n < most {
            let Some(found) = search.next(vm, How::Search)? else {
                break;
            };
            let mut items = vec![vm.searched_part(string, &search.text, last, found.start)];
            for span in &found.groups {
                items.push(group(vm, string, &search.text, *span, false));
            }
            if let Some(list) = vm.heap.list_mut(list) {
                list.append(&mut items);
            }
            last = found.end;
            n += 1;
        }
        let rest = vm.searched_part(string, &search.text, last, search.endpos);
        if let Some(list) = vm.heap.list_mut(list) {
            list.push(rest);
        }
        Ok(vm.new_ref(list))
    })
}

pub fn sub(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [repl, string, count] =
        vm.unpack("sub", args, &[req("repl"), req("string"), opt("count")])?;
    let count = size(vm, count, 0)?;
    substitute(vm, this, repl, string, count).map(|(text, _)| text)
}

pub fn subn(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [repl, string, count] =
        vm.unpack("subn", args, &[req("repl"), req("string"), opt("count")])?;
    let count = size(vm, count, 0)?;
    let (text, n) = substitute(vm, this, repl, string, count)?;
    let n = vm.new_int(n as i64);
    Ok(vm.new_tuple(vec![text, n]))
}

/// What replaces the matches, owned, and whether it is called for each.
fn filter(vm: &mut Machine, this: Obj, repl: Obj) -> PyResult<(Obj, bool)> {
    let is_callable = |vm: &Machine, o: Obj| vm.slots_of(o).tp_call.is_some();
    if is_callable(vm, repl) {
        return Ok((vm.new_ref(repl), true));
    }
    let backslash = match (vm.heap.str(repl), vm.buffer(repl)) {
        (Some(text), _) => text.bytes().contains(&b'\\'),
        (None, Some(data)) => data.contains(&b'\\'),
        (None, None) => true,
    };
    if !backslash {
        return Ok((vm.new_ref(repl), false));
    }
    let module = vm.import_module("re")?;
    let made = vm.with_held(module, |vm, module| {
        vm.call_method(module, "_subx", &[this, repl])
    })?;
    let callable = is_callable(vm, made);
    Ok((made, callable))
}

/// `pattern_subx`
fn substitute(
    vm: &mut Machine,
    this: Obj,
    repl: Obj,
    string: Obj,
    most: isize,
) -> PyResult<(Obj, usize)> {
    let (filter, is_callable) = filter(vm, this, repl)?;
    vm.with_held(filter, |vm, filter| {
        let search = Search::new(vm, this, string, 0, isize::MAX)?;
        let list = vm.new_list(Vec::new());
        vm.with_held(list, |vm, list| {
            let held = hold_searched(vm, string, &search);
            let n = pieces(
                vm,
                (this, string, search),
                (filter, is_callable),
                list,
                most,
            );
            let n = let_go_of_searched(vm, held, n)?;
            join(vm, string, list).map(|joined| (joined, n))
        })
    })
}

/// What a search that calls back holds of its text: the string and, if it is no str, its bytes as they are (`state_init`).
fn hold_searched(vm: &mut Machine, string: Obj, search: &Search) -> usize {
    let mark = vm.mark();
    vm.hold_ref(string);
    if matches!(search.text, Text::Bytes(_)) {
        vm.hold_ref(string);
        vm.mark_exported(string);
        vm.exporting.push(string);
    }
    mark
}

/// `state_fini`
fn let_go_of_searched<T: 'static>(
    vm: &mut Machine,
    mark: usize,
    result: PyResult<T>,
) -> PyResult<T> {
    if vm.interrupt.is_none() && vm.mark() > mark + 1 {
        vm.exporting.pop();
    }
    vm.releasing(mark, result)
}

/// Lists what the result is made of; answers how many matches were replaced.
fn pieces(
    vm: &mut Machine,
    (this, string, mut search): (Obj, Obj, Search),
    (filter, is_callable): (Obj, bool),
    list: Obj,
    most: isize,
) -> PyResult<usize> {
    let push = |vm: &mut Machine, item: Obj| {
        if let Some(items) = vm.heap.list_mut(list) {
            items.push(item);
        }
    };
    let (mut last, mut n) = (0, 0);
    while most == 0 || (n as isize) < most {
        let Some(found) = search.next(vm, How::Search)? else {
            break;
        };
        let (start, end) = (found.start, found.end);
        if last < start {
            let between = vm.searched_part(string, &search.text, last, start);
            push(vm, between);
        }
        let item = if is_callable {
            let found = match_object::new(vm, this, string, &search, found);
            vm.call_one(filter, found)?
        } else {
            vm.new_ref(filter)
        };
        if item == vm.none {
            vm.decref(item);
        } else {
            push(vm, item);
        }
        last = end;
        n += 1;
    }
    if last < search.endpos {
        let rest = vm.searched_part(string, &search.text, last, search.endpos);
        push(vm, rest);
    }
    Ok(n)
}

/// The pieces in one; without any, an empty text of the string's kind.
fn join(vm: &mut Machine, string: Obj, list: Obj) -> PyResult<Obj> {
    let text = vm.searchable(string)?;
    let joiner = vm.searched_part(string, &text, 0, 0);
    if vm.heap.list(list).is_none_or(Vec::is_empty) {
        return Ok(joiner);
    }
    vm.with_held(joiner, |vm, joiner| vm.call_method(joiner, "join", &[list]))
}
