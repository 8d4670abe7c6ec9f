//! `functools._lru_cache_wrapper` (`Modules/_functoolsmodule.c`).
//!
//! The cache is a real dict, which `gc` and the picture can see: from keys to results, or for a bounded cache to links. Links form
//! a ring in the order of use; what they hold lives in the wrapper's `entries`, since CPython's wrapper traverses it for them.
//!
//! Invariant: every entry in the ring is linked from exactly one value of `cache`.

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::req;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::object;
use crate::vm::{Args, Machine, PyResult};

/// A result in the ring.
#[derive(Clone, Copy)]
struct Entry {
    hash: i64,
    key: Obj,
    result: Obj,
    before: usize,
    after: usize,
}

/// Place of the ring's root.
const ROOT: usize = 0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    None,
    Unbounded,
    AtMost(usize),
}

#[derive(Clone)]
struct Lru {
    cache: Obj,
    func: Obj,
    bound: Bound,
    maxsize: Obj,
    typed: bool,
    hits: i64,
    misses: i64,
    mark: Obj,
    link_type: Obj,
    info_type: Obj,
    dict: Obj,
    entries: Vec<Entry>,
    spare: Vec<usize>,
}

impl Lru {
    /// Entries of the ring, the oldest first.
    fn ring(&self) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = self.entries[ROOT].after;
        while at != ROOT {
            out.push(at);
            at = self.entries[at].after;
        }
        out
    }

    fn unlink(&mut self, at: usize) {
        let Entry { before, after, .. } = self.entries[at];
        self.entries[before].after = after;
        self.entries[after].before = before;
    }

    fn append(&mut self, at: usize) {
        let last = self.entries[ROOT].before;
        self.entries[last].after = at;
        self.entries[at].before = last;
        self.entries[at].after = ROOT;
        self.entries[ROOT].before = at;
    }

    /// Takes what the ring holds, the oldest first.
    fn take_entries(&mut self) -> Vec<Obj> {
        let held = self
            .ring()
            .into_iter()
            .flat_map(|i| [self.entries[i].key, self.entries[i].result])
            .collect();
        self.entries = vec![root()];
        self.spare.clear();
        held
    }
}

fn root() -> Entry {
    Entry {
        hash: 0,
        key: NULL,
        result: NULL,
        before: ROOT,
        after: ROOT,
    }
}

impl Native for Lru {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for at in self.ring() {
            f(Edge::Field("key"), self.entries[at].key);
            f(Edge::Field("result"), self.entries[at].result);
        }
        f(Edge::Field("cache"), self.cache);
        f(Edge::Field("__wrapped__"), self.func);
        f(Edge::Field("kwd_mark"), self.mark);
        f(Edge::Field("lru_list_elem_type"), self.link_type);
        f(Edge::Field("cache_info_type"), self.info_type);
        f(Edge::Dict, self.dict);
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("maxsize"), self.maxsize);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        let mut all = [
            &mut self.cache,
            &mut self.func,
            &mut self.mark,
            &mut self.link_type,
            &mut self.info_type,
            &mut self.dict,
            &mut self.maxsize,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec();
        all.extend(self.take_entries());
        all
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

/// A value of a bounded cache's dict: the place of an entry.
#[derive(Clone)]
struct Link {
    at: usize,
}

impl Native for Link {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static LINK_SPEC: TypeSpec = TypeSpec {
    gc: false,
    ..TypeSpec::new("functools._lru_list_elem")
};

pub static SPEC: TypeSpec = TypeSpec {
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    methods: &[
        Method::new("cache_info", Arity::NoArgs, cache_info),
        Method::new("cache_clear", Arity::NoArgs, cache_clear),
        Method::new("__reduce__", Arity::NoArgs, |vm, this, _| {
            vm.get_attr(this, vm.names.__qualname__)
        }),
        Method::new("__copy__", Arity::Any, |vm, this, _| Ok(vm.new_ref(this))).varargs(),
        Method::new("__deepcopy__", Arity::Any, |vm, this, _| {
            Ok(vm.new_ref(this))
        })
        .varargs(),
    ],
    getset: &[GetSet::rw(
        "__dict__",
        object::get_dict,
        object::replace_dict,
    )],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_call = Some(call);
        s.tp_descr_get = Some(|vm, this, obj, _| {
            if obj.is_null() || obj == vm.none {
                return Ok(vm.new_ref(this));
            }
            Ok(vm.new_method(this, obj))
        });
    },
    doc: "A callable that remembers the results of its calls.",
    ..TypeSpec::new("functools._lru_cache_wrapper")
};

fn lru(vm: &Machine, this: Obj) -> &Lru {
    vm.heap.native::<Lru>(this).expect("checked by the type")
}

fn lru_mut(vm: &mut Machine, this: Obj) -> &mut Lru {
    vm.heap
        .native_mut::<Lru>(this)
        .expect("checked by the type")
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [func, maxsize, typed, info_type] = vm.unpack(
        "lru_cache",
        args,
        &[
            req("user_function"),
            req("maxsize"),
            req("typed"),
            req("cache_info_type"),
        ],
    )?;
    if !vm.is_callable(func) {
        return vm.type_error("the first argument must be callable".to_string());
    }
    let bound = if maxsize == vm.none {
        Bound::Unbounded
    } else if vm.slots_of(maxsize).nb_index.is_some() {
        match vm.index_clamped(maxsize, vm.types.overflow_error)? {
            ..=0 => Bound::None,
            n => Bound::AtMost(n as usize),
        }
    } else {
        return vm.type_error("maxsize should be integer or None".to_string());
    };
    let typed = vm.is_true(typed)?;
    let cache = vm.new_dict();
    let mark = keyword_mark(vm);
    let shown = match bound {
        Bound::None => vm.new_int(0),
        _ => vm.new_ref(maxsize),
    };
    let link_type = vm.module_type(&LINK_SPEC);
    for o in [func, link_type, info_type, mark] {
        vm.incref(o);
    }
    let made = Lru {
        cache,
        func,
        bound,
        maxsize: shown,
        typed,
        hits: 0,
        misses: 0,
        mark,
        link_type,
        info_type,
        dict: NULL,
        entries: vec![root()],
        spare: Vec::new(),
    };
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(made)))))
}

/// The one object that stands between positional and keyword arguments in keys; borrowed.
fn keyword_mark(vm: &mut Machine) -> Obj {
    const KEY: &str = "_functools.kwd_mark";
    if let Some(mark) = vm.module_state.get(KEY) {
        return *mark;
    }
    let mark = vm.alloc_named(vm.types.object, Payload::Object);
    vm.module_state.insert(KEY, mark);
    mark
}

/// `lru_cache_make_key`: the tuple of arguments itself where that is enough; a single str or int stands for itself. Owned.
fn make_key(vm: &mut Machine, args: Args, tuple: Obj, typed: bool, mark: Obj) -> Obj {
    let keywords = args.keywords(vm);
    if !typed && keywords.is_empty() {
        if args.len() == 1 {
            let only = args.get(vm, 0);
            if vm.is_exact(only, vm.types.str) || vm.is_exact(only, vm.types.int) {
                return vm.new_ref(only);
            }
        }
        return vm.new_ref(tuple);
    }
    let positional = args.to_vec(vm);
    let mut items = positional.clone();
    if !keywords.is_empty() {
        items.push(mark);
        items.extend(keywords.iter().flat_map(|(name, value)| [*name, *value]));
    }
    if typed {
        let values = positional
            .iter()
            .copied()
            .chain(keywords.iter().map(|k| k.1));
        items.extend(values.map(|o| vm.heap.ty(o)));
    }
    vm.new_tuple_of(&items)
}

/// Arguments lie in a tuple while the call lasts, as those of every `tp_call` do; the tuple may be the key.
fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let mark = vm.mark();
    let args = vm.hold_argument_tuple(args);
    let tuple = vm.stack[mark];
    let result = match lru(vm, this).bound {
        Bound::None => {
            lru_mut(vm, this).misses += 1;
            call_wrapped(vm, this, args)
        }
        bound => cached(vm, this, args, tuple, bound),
    };
    vm.releasing(mark, result)
}

fn call_wrapped(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let func = lru(vm, this).func;
    vm.call_own_objects(func, args)
}

fn cached(vm: &mut Machine, this: Obj, args: Args, tuple: Obj, bound: Bound) -> PyResult<Obj> {
    let Lru {
        typed, mark, cache, ..
    } = *lru(vm, this);
    let key = make_key(vm, args, tuple, typed, mark);
    vm.hold(key);
    let hash = vm.hash(key)?;
    if let Some(found) = look_up(vm, cache, key, hash)? {
        lru_mut(vm, this).hits += 1;
        return Ok(match bound {
            Bound::AtMost(_) => {
                let at = vm
                    .heap
                    .native::<Link>(found)
                    .expect("a bounded cache holds links")
                    .at;
                let l = lru_mut(vm, this);
                l.unlink(at);
                l.append(at);
                let result = l.entries[at].result;
                vm.new_ref(result)
            }
            _ => vm.new_ref(found),
        });
    }
    lru_mut(vm, this).misses += 1;
    let result = call_wrapped(vm, this, args)?;
    vm.hold(result);
    match bound {
        Bound::AtMost(most) => {
            // The call may have put the key in itself.
            if look_up(vm, cache, key, hash)?.is_none() {
                store(vm, this, key, hash, result, most)?;
            }
        }
        _ => vm.dict_set_hashed(cache, key, hash, result)?,
    }
    Ok(vm.new_ref(result))
}

/// Borrowed.
fn look_up(vm: &mut Machine, cache: Obj, key: Obj, hash: i64) -> PyResult<Option<Obj>> {
    let Some(n) = vm.dict_find(cache, key, hash)? else {
        return Ok(None);
    };
    match vm.heap.payload(cache) {
        Payload::Dict(dict) => Ok(Some(dict.entries[n].value)),
        _ => Ok(None),
    }
}

/// Keeps a result; in a full cache the one not used for longest makes room (`bounded_lru_cache_wrapper`).
fn store(
    vm: &mut Machine,
    this: Obj,
    key: Obj,
    hash: i64,
    result: Obj,
    most: usize,
) -> PyResult<()> {
    let cache = lru(vm, this).cache;
    let oldest = lru(vm, this).entries[ROOT].after;
    vm.incref(key);
    vm.incref(result);
    if vm.heap.dict_len(cache) < most || oldest == ROOT {
        let entry = Entry {
            hash,
            key,
            result,
            before: ROOT,
            after: ROOT,
        };
        let l = lru_mut(vm, this);
        let at = match l.spare.pop() {
            Some(at) => {
                l.entries[at] = entry;
                at
            }
            None => {
                l.entries.push(entry);
                l.entries.len() - 1
            }
        };
        l.append(at);
        return link(vm, cache, key, hash, at);
    }
    let Entry {
        key: old_key,
        hash: old_hash,
        result: old_result,
        ..
    } = lru(vm, this).entries[oldest];
    lru_mut(vm, this).unlink(oldest);
    vm.hold_ref(old_key);
    let found = vm.dict_find(cache, old_key, old_hash);
    let found = vm.let_go(found)?;
    let popped = found.map(|n| vm.take_entry(cache, n));
    let l = lru_mut(vm, this);
    l.entries[oldest] = Entry {
        hash,
        key,
        result,
        before: ROOT,
        after: ROOT,
    };
    l.append(oldest);
    link(vm, cache, key, hash, oldest)?;
    if let Some((own_key, own_link)) = popped {
        vm.drop_all(vec![own_key, own_link, old_key, old_result]);
    } else {
        vm.drop_all(vec![old_key, old_result]);
    }
    Ok(())
}

fn link(vm: &mut Machine, cache: Obj, key: Obj, hash: i64, at: usize) -> PyResult<()> {
    let class = vm.module_type(&LINK_SPEC);
    let link = vm.alloc_raw(class, Payload::Native(Box::new(Box::new(Link { at }))));
    vm.heap.incref(class);
    vm.with_held(link, |vm, link| vm.dict_set_hashed(cache, key, hash, link))
}

fn cache_info(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let Lru {
        hits,
        misses,
        maxsize,
        cache,
        info_type,
        ..
    } = *lru(vm, this);
    let size = vm.heap.dict_len(cache) as i64;
    let numbers = [hits, misses, size].map(|n| vm.new_int(n));
    let mark = vm.mark();
    numbers.iter().for_each(|n| {
        vm.hold(*n);
    });
    let result = vm.call(info_type, &[numbers[0], numbers[1], maxsize, numbers[2]]);
    vm.releasing(mark, result)
}

fn cache_clear(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let l = lru_mut(vm, this);
    (l.hits, l.misses) = (0, 0);
    let held = l.take_entries();
    let cache = l.cache;
    let mark = vm.mark();
    for o in held.iter().rev() {
        vm.hold(*o);
    }
    vm.drop_dict(cache);
    vm.release(mark);
    Ok(vm.new_none())
}
