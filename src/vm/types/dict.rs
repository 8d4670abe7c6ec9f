//! `dict`: methods and operators (`Objects/dictobject.c`). Looking up and storing is in `vm/dict.rs`, merging in
//! `dict_merge.rs`, views and iterators in `dict_views.rs` and `dict_iter.rs`.
//!
//! Comparing keys or values may run Python code that changes the dict: entries are found again by position, and what is in use
//! is held.

use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

const DOC: &str = "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's
    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:
    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs
    in the keyword argument list.  For example:  dict(one=1, two=2)";

pub static SPEC: TypeSpec = TypeSpec {
    doc: DOC,
    layout: Layout::Dict,
    base_type: true,
    mapping: true,
    methods: &[
        Method::new("__contains__", Arity::One, contains_method)
            .doc("__contains__($self, key, /)\n--\n\nTrue if the dictionary has the specified key, else False."),
        Method::new("__getitem__", Arity::One, getitem_method).doc("x.__getitem__(y) <==> x[y]"),
        Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("D.__sizeof__() -> size of D in memory, in bytes"),
        Method::new("get", Arity::Positional(1, 2), get)
            .doc("get($self, key, default=None, /)\n--\n\nReturn the value for key if key is in the dictionary, else default."),
        Method::new("setdefault", Arity::Positional(1, 2), setdefault)
            .doc("setdefault($self, key, default=None, /)\n--\n\nInsert key with a value of default if key is not in the dictionary."),
        Method::new("pop", Arity::Positional(1, 2), pop)
            .doc("D.pop(k[,d]) -> v, remove specified key and return the corresponding value."),
        Method::new("popitem", Arity::NoArgs, popitem)
            .doc("popitem($self, /)\n--\n\nRemove and return a (key, value) pair as a 2-tuple."),
        Method::new("keys", Arity::NoArgs, super::dict_views::keys).doc("D.keys() -> a set-like object providing a view on D's keys"),
        Method::new("items", Arity::NoArgs, super::dict_views::items).doc("D.items() -> a set-like object providing a view on D's items"),
        Method::new("values", Arity::NoArgs, super::dict_views::values).doc("D.values() -> an object providing a view on D's values"),
        Method::new("update", Arity::Keywords, update).varargs().doc("D.update([E, ]**F) -> None.  Update D from dict/iterable E and F."),
        Method::class("fromkeys", Arity::Positional(1, 2), fromkeys)
            .doc("fromkeys($type, iterable, value=None, /)\n--\n\nCreate a new dictionary with keys from iterable and values set to value."),
        Method::new("clear", Arity::NoArgs, clear).doc("D.clear() -> None.  Remove all items from D."),
        Method::new("copy", Arity::NoArgs, copy).doc("D.copy() -> a shallow copy of D"),
        Method::new("__reversed__", Arity::NoArgs, super::dict_iter::reversed_keys)
            .doc("__reversed__($self, /)\n--\n\nReturn a reverse iterator over the dict keys."),
        Method::class("__class_getitem__", Arity::One, super::generic_alias::class_getitem).doc("See PEP 585"),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_richcompare = Some(rich_compare);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
        s.tp_iter = Some(super::dict_iter::iter_keys);
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.mp_length = Some(|vm, this| Ok(vm.heap.dict_len(this)));
        s.mp_subscript = Some(subscript);
        s.mp_ass_subscript = Some(ass_subscript);
        s.sq_contains = Some(contains);
        s.nb_or = Some(or);
        s.nb_inplace_or = Some(inplace_or);
    },
    ..TypeSpec::new("dict")
};

/// CPython tracks instances of subclasses from the start.
fn new(vm: &mut Machine, class: Obj, _args: Args) -> PyResult<Obj> {
    if class == vm.types.dict {
        // `tp_alloc` asks no free list.
        return Ok(vm.alloc_gc_untracked(class, Machine::empty_dict_payload()));
    }
    Ok(vm.alloc_instance(class, Machine::empty_dict_payload()))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    vm.dict_update_args(this, "dict", args)
}

fn update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    vm.dict_update_args(this, "update", args)?;
    Ok(vm.new_none())
}

fn contains(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<bool> {
    let hash = vm.hash(key)?;
    Ok(vm.dict_find(this, key, hash)?.is_some())
}

fn contains_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let key = args.get(vm, 0);
    let found = contains(vm, this, key)?;
    Ok(vm.new_bool(found))
}

/// A missing key of a subclass goes to `__missing__` (`dict_subscript`).
pub fn subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    if let Some(value) = vm.dict_get(this, key)? {
        return Ok(vm.new_ref(value));
    }
    if vm.heap.ty(this) != vm.types.dict
        && let Some(missing) = vm.lookup_special(this, vm.names.__missing__)?
    {
        return vm.call_and_drop(missing, &[key]);
    }
    vm.raise_key_error(key)
}

fn getitem_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let key = args.get(vm, 0);
    subscript(vm, this, key)
}

fn ass_subscript(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    if !value.is_null() {
        return vm.dict_set(this, key, value);
    }
    if !vm.dict_delete(this, key)? {
        return vm.raise_key_error(key);
    }
    Ok(())
}

fn get(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (key, default) = (args.get(vm, 0), args.get(vm, 1));
    match vm.dict_get(this, key)? {
        Some(value) => Ok(vm.new_ref(value)),
        None if default.is_null() => Ok(vm.new_none()),
        None => Ok(vm.new_ref(default)),
    }
}

fn setdefault(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (key, default) = (args.get(vm, 0), args.get(vm, 1));
    let default = if default.is_null() { vm.none } else { default };
    vm.dict_setdefault(this, key, default)
}

fn pop(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (key, default) = (args.get(vm, 0), args.get(vm, 1));
    // An empty dict does not even ask for the hash.
    let found = if vm.heap.dict_len(this) == 0 { None } else { vm.dict_pop(this, key)? };
    match found {
        Some((key, value)) => {
            vm.hold(value);
            vm.decref(key);
            Ok(vm.unhold())
        }
        None if default.is_null() => vm.raise_key_error(key),
        None => Ok(vm.new_ref(default)),
    }
}

fn popitem(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    vm.make_combined(this);
    let version = vm.heap.new_version();
    let (taken, twice) = match vm.heap.base_mut(this) {
        Payload::Dict(dict) => (dict.pop_last(version), dict.keys_twice),
        _ => (None, false),
    };
    if let Some((key, _)) = taken
        && twice
    {
        vm.decref(key);
    }
    match taken {
        Some((key, value)) => Ok(vm.new_tuple(vec![key, value])),
        None => vm.raise(vm.types.key_error, "popitem(): dictionary is empty".to_string()),
    }
}

fn clear(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    vm.dict_clear(this);
    Ok(vm.new_none())
}

fn copy(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    Ok(vm.dict_copy(this))
}

/// `_PyDict_FromKeys`: the class is called without arguments; an exact dict is filled directly.
fn fromkeys(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let (iterable, value) = (args.get(vm, 0), args.get(vm, 1));
    let value = if value.is_null() { vm.none } else { value };
    let made = vm.call(class, &[])?;
    vm.hold(made);
    let exact = vm.heap.ty(made) == vm.types.dict;
    let result = if exact && vm.heap.ty(iterable) == vm.types.dict {
        fill_from_keys(vm, made, value, |vm, at| vm.heap.dict_next_key(iterable, at))
    } else if exact && [vm.types.set, vm.types.frozenset].contains(&vm.heap.ty(iterable)) {
        fill_from_keys(vm, made, value, |vm, at| {
            let mut next = at;
            vm.heap.set_next(iterable, &mut next).map(|(key, hash)| (next, key, hash))
        })
    } else {
        vm.each_item(iterable, |vm, key| {
            if exact { vm.dict_set(made, key, value) } else { vm.set_item(made, key, value) }.map(|()| true)
        })
    };
    if let Err(thrown) = result {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

fn fill_from_keys(
    vm: &mut Machine,
    dict: Obj,
    value: Obj,
    next: impl Fn(&Machine, usize) -> Option<(usize, Obj, i64)>,
) -> PyResult<()> {
    let mut at = 0;
    while let Some((following, key, hash)) = next(vm, at) {
        at = following;
        vm.dict_set_hashed(dict, key, hash, value)?;
    }
    Ok(())
}

fn or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !vm.heap.is_dict(a) || !vm.heap.is_dict(b) {
        return Ok(vm.new_not_implemented());
    }
    let made = vm.dict_copy(a);
    vm.hold(made);
    if let Err(thrown) = vm.dict_update_arg(made, b) {
        vm.drop_held();
        return Err(thrown);
    }
    Ok(vm.unhold())
}

fn inplace_or(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<Obj> {
    vm.dict_update_arg(this, other)?;
    Ok(vm.new_ref(this))
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) || !vm.heap.is_dict(this) || !vm.heap.is_dict(other) {
        return Ok(vm.new_not_implemented());
    }
    let equal = dict_equal(vm, this, other)?;
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

/// Walks the first dict and asks the second (`dict_equal`).
fn dict_equal(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<bool> {
    if vm.heap.dict_len(a) != vm.heap.dict_len(b) {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((next, key, value)) = vm.heap.dict_next(a, at) {
        let hash = vm.heap.dict_next_key(a, at).map_or(0, |n| n.2);
        at = next;
        let mark = vm.mark();
        vm.hold_ref(value);
        vm.hold_ref(key);
        let equal = entry_equal(vm, b, key, hash, value);
        if vm.interrupt.is_some() {
            return equal;
        }
        vm.release_raising(mark);
        if !equal? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entry_equal(vm: &mut Machine, dict: Obj, key: Obj, hash: i64, value: Obj) -> PyResult<bool> {
    let Some(n) = vm.dict_find(dict, key, hash)? else { return Ok(false) };
    let Payload::Dict(d) = vm.heap.base(dict) else { return Ok(false) };
    let other = d.entries[n].value;
    vm.hold_ref(other);
    let equal = vm.rich_compare_bool(value, other, CmpOp::Eq);
    vm.let_go(equal)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.repr_enter(this) {
        return Ok(vm.new_str("{...}"));
    }
    let result = vm.dict_repr_text(this);
    vm.repr_leave(this);
    let text = result?;
    Ok(vm.new_wtf8(text))
}

impl Machine {
    /// The text of `{key: value, …}` with each pair held while it is written.
    pub fn dict_repr_text(&mut self, dict: Obj) -> PyResult<rustpython_wtf8::Wtf8Buf> {
        let mut out = rustpython_wtf8::Wtf8Buf::new();
        out.push_str("{");
        let mut at = 0;
        while let Some((next, key, value)) = self.heap.dict_next(dict, at) {
            if at > 0 && out.len() > 1 {
                out.push_str(", ");
            }
            at = next;
            let mark = self.mark();
            self.hold_ref(value);
            self.hold_ref(key);
            let result = self.push_pair_repr(&mut out, key, value);
            if self.interrupt.is_some() {
                return Err(crate::vm::Thrown::Interrupt);
            }
            self.release_raising(mark);
            result?;
        }
        out.push_str("}");
        Ok(out)
    }

    fn push_pair_repr(&mut self, out: &mut rustpython_wtf8::Wtf8Buf, key: Obj, value: Obj) -> PyResult<()> {
        self.push_repr(out, key)?;
        out.push_str(": ");
        self.push_repr(out, value)
    }

    /// Appends `repr(o)`.
    pub fn push_repr(&mut self, out: &mut rustpython_wtf8::Wtf8Buf, o: Obj) -> PyResult<()> {
        let text = self.repr(o)?;
        if let Some(s) = self.heap.str(text) {
            out.push_wtf8(s.wtf8());
        }
        self.decref(text);
        Ok(())
    }
}

fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let bytes = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(bytes as i64))
}

/// Bytes of a dict's keys object, unless it is empty: 40, the index, 24 an entry.
pub fn keys_size(dict: &Payload) -> usize {
    match dict {
        Payload::Dict(d) => match d.index_len() {
            0 => 0,
            n => 40 + n * index_width(n) + n * 2 / 3 * 24,
        },
        // Shared keys are nobody's own; the values have room for what the first table of keys takes.
        Payload::Split { n, .. } if *n <= 5 => 40,
        Payload::Split { .. } => 80,
        _ => 0,
    }
}

fn index_width(places: usize) -> usize {
    match places {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}
