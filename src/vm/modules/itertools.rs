//! The module `itertools`: its table, and the iterators that pass items on (`Modules/itertoolsmodule.c`). Those that combine are
//! in `itertools_combine.rs`, those with shared state (`groupby`, `tee`) in `itertools_shared.rs`.
//!
//! All of them are one kind of object: some references and some numbers, whose meaning each type's functions know.

use super::{
    ModuleSpec, itertools_combine as combine, itertools_pickle as pickle,
    itertools_shared as shared,
};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::{CallFn, Slots, UnaryFn};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "itertools",
    doc: "Building blocks of iterators.",
    functions: &[Method::new("tee", Arity::Positional(1, 2), shared::tee)],
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    for spec in TYPES.iter().chain(combine::TYPES).chain(shared::TYPES) {
        vm.add_module_type(dict, spec, object);
    }
    for spec in shared::HIDDEN {
        vm.make_module_type(spec, object);
    }
    pickle::add_hidden(vm, dict);
    Ok(())
}

/// An iterator's state.
#[derive(Clone, Default)]
pub struct State {
    pub parts: Vec<Obj>,
    pub numbers: Vec<i64>,
    /// The tuple handed out last, which is used again if nobody else has it; NULL for none.
    pub result: Obj,
    /// What is visited after the result: the fill value of `zip_longest`.
    pub last: Obj,
    /// The order in which the collector visits the parts, where it is not that in which they go: function and iterator of `starmap`
    /// and its like, the total of `accumulate`.
    pub visits: Option<&'static [usize]>,
}

impl Native for State {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        match self.visits {
            Some(order) => order
                .iter()
                .for_each(|i| f(Edge::Field("part"), self.parts[*i])),
            None => self.parts.iter().for_each(|o| f(Edge::Field("part"), *o)),
        }
        f(Edge::Field("result"), self.result);
        f(Edge::Field("fillvalue"), self.last);
    }
    fn take(&mut self) -> Vec<Obj> {
        self.parts
            .iter_mut()
            .chain([&mut self.result, &mut self.last])
            .map(|o| std::mem::replace(o, NULL))
            .collect()
    }
    native_boilerplate!();
}

/// A type of iterators that scripts can subclass.
pub const fn iterator(
    name: &'static str,
    doc: &'static str,
    methods: &'static [Method],
    slots: fn(&mut Slots),
) -> TypeSpec {
    TypeSpec {
        base_type: true,
        doc,
        slots,
        methods,
        ..TypeSpec::new(name)
    }
}

/// The slots that all have.
pub fn fill(s: &mut Slots, new: CallFn, next: UnaryFn) {
    s.tp_new = Some(new);
    s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
    s.tp_iternext = Some(next);
}

/// A new iterator; takes the references over.
pub fn make(vm: &mut Machine, class: Obj, parts: Vec<Obj>, numbers: Vec<i64>) -> Obj {
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(State {
            parts,
            numbers,
            result: NULL,
            last: NULL,
            visits: None,
        }))),
    )
}

impl Machine {
    fn state(&self, this: Obj) -> &State {
        self.heap
            .native::<State>(this)
            .expect("checked by the type")
    }

    /// A part, borrowed.
    pub fn part(&self, this: Obj, i: usize) -> Obj {
        self.state(this).parts[i]
    }

    /// Replaces a part; takes the reference over.
    pub fn set_part(&mut self, this: Obj, i: usize, value: Obj) {
        let old = self.swap_part(this, i, value);
        self.drop_keeping_exception(old);
    }

    /// Replaces a part and hands the old one out, owned.
    pub fn swap_part(&mut self, this: Obj, i: usize, value: Obj) -> Obj {
        let state = self
            .heap
            .native_mut::<State>(this)
            .expect("checked by the type");
        std::mem::replace(&mut state.parts[i], value)
    }

    /// The tuple handed out last becomes ours to fill anew: itself if nobody else has it, else a copy, which takes its place
    /// (`product_next` and its like). False if there is none yet.
    pub fn renew_result(&mut self, this: Obj) -> bool {
        let old = self.state(this).result;
        if old.is_null() {
            return false;
        }
        if self.heap.rc(old) > 1 {
            let items = self
                .heap
                .tuple(old)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default();
            let copy = self.new_tuple_of(&items);
            self.replace_result(this, copy);
        } else if !self.heap.gc.tracked(old) && self.heap.is_gc(old) && old != self.empty_tuple {
            self.heap.gc.track(old);
        }
        true
    }

    /// The result if nobody else has it, borrowed: then it can be filled anew (`zip_longest_next`). Else NULL.
    pub fn result_if_free(&self, this: Obj) -> Obj {
        let result = self.state(this).result;
        match !result.is_null() && self.heap.rc(result) == 1 {
            true => result,
            false => NULL,
        }
    }

    /// Sets the tuple to be handed out; takes the reference over.
    pub fn replace_result(&mut self, this: Obj, tuple: Obj) {
        let state = self
            .heap
            .native_mut::<State>(this)
            .expect("checked by the type");
        let old = std::mem::replace(&mut state.result, tuple);
        self.xdecref(old);
    }

    /// Fills the result with these items, borrowed, and hands it out; owned.
    pub fn hand_out_result(&mut self, this: Obj, items: &[Obj]) -> Obj {
        let result = self.state(this).result;
        if result.is_null() {
            let made = self.new_tuple_of(items);
            self.replace_result(this, made);
            return self.new_ref(made);
        }
        for (i, item) in items.iter().enumerate() {
            if self.heap.tuple(result).map(|all| all[i]) == Some(*item) {
                continue;
            }
            self.heap.incref(*item);
            let old = self.set_result_item(result, i, *item);
            self.decref(old);
        }
        self.new_ref(result)
    }

    pub fn last_part(&self, this: Obj) -> Obj {
        self.state(this).last
    }

    /// Replaces the part visited last; takes the reference over.
    pub fn set_last_part(&mut self, this: Obj, value: Obj) {
        let state = self
            .heap
            .native_mut::<State>(this)
            .expect("checked by the type");
        let old = std::mem::replace(&mut state.last, value);
        self.xdecref(old);
    }

    pub fn parts(&self, this: Obj) -> Vec<Obj> {
        self.state(this).parts.clone()
    }

    pub fn number(&self, this: Obj, i: usize) -> i64 {
        self.state(this).numbers[i]
    }

    pub fn numbers(&mut self, this: Obj) -> &mut Vec<i64> {
        &mut self
            .heap
            .native_mut::<State>(this)
            .expect("checked by the type")
            .numbers
    }

    /// The next item of a part that is an iterator; NULL at its end, or if it is gone already.
    pub fn part_next(&mut self, this: Obj, i: usize) -> PyResult<Obj> {
        let iterator = self.part(this, i);
        if iterator.is_null() {
            return Ok(NULL);
        }
        // CPython only borrows it. The frame of a `__next__` in Python keeps its instance alive; any other iterator is held, lest the
        // script frees it while it runs.
        if self.heap.class(self.heap.ty(iterator)).flags.heap_type {
            return self.iter_next(iterator);
        }
        self.hold_ref(iterator);
        let item = self.iter_next(iterator);
        self.let_go(item)
    }
}

/// Whether keywords were given to a type that takes none; subclasses may.
pub fn no_keywords(vm: &mut Machine, class: Obj, args: Args, name: &str) -> PyResult<()> {
    if args.kw_len(vm) > 0 && !vm.heap.class(class).flags.heap_type {
        return vm.type_error(format!("{name}() takes no keyword arguments"));
    }
    Ok(())
}

/// So many positional arguments, with the message of `PyArg_UnpackTuple`.
pub fn positional(
    vm: &mut Machine,
    args: Args,
    name: &str,
    min: usize,
    max: usize,
) -> PyResult<()> {
    let given = args.len();
    if (min..=max).contains(&given) {
        return Ok(());
    }
    let (bound, n) = match (min == max, given < min) {
        (true, _) => ("", min),
        (false, true) => ("at least ", min),
        (false, false) => ("at most ", max),
    };
    let s = if n == 1 { "" } else { "s" };
    vm.type_error(format!(
        "{name} expected {bound}{n} argument{s}, got {given}"
    ))
}

static TYPES: &[TypeSpec] = &[
    TypeSpec {
        slots: |s| {
            fill(s, count_new, count_next);
            s.tp_repr = Some(count_repr);
        },
        ..iterator(
            "itertools.count",
            "count(start=0, step=1)\n--\n\nNumbers from start on, each by step more than the one before.",
            pickle::COUNT,
            |_| {},
        )
    },
    iterator(
        "itertools.cycle",
        "cycle(iterable, /)\n--\n\nThe items of the iterable over and over again.",
        pickle::CYCLE,
        |s| fill(s, cycle_new, cycle_next),
    ),
    TypeSpec {
        methods: &[
            Method::new("__length_hint__", Arity::NoArgs, repeat_hint),
            pickle::REPEAT_REDUCE,
        ],
        slots: |s| {
            fill(s, repeat_new, repeat_next);
            s.tp_repr = Some(repeat_repr);
        },
        ..iterator(
            "itertools.repeat",
            "repeat(object [,times]) --> the object that many times, or for ever",
            pickle::NONE,
            |_| {},
        )
    },
    TypeSpec {
        methods: &[
            Method::class("from_iterable", Arity::One, chain_from_iterable),
            pickle::CHAIN_REDUCE,
            pickle::CHAIN_SET,
            Method::class("__class_getitem__", Arity::One, |vm, this, args| {
                let item = args.get(vm, 0);
                Ok(vm.new_generic_alias(this, item))
            }),
        ],
        slots: |s| fill(s, chain_new, chain_next),
        ..iterator(
            "itertools.chain",
            "chain(*iterables) --> the items of the first iterable, then those of the next, until all are through",
            pickle::NONE,
            |_| {},
        )
    },
    iterator(
        "itertools.compress",
        "compress(data, selectors)\n--\n\nThe items of data whose selectors are true.",
        pickle::PARTS,
        |s| fill(s, compress_new, compress_next),
    ),
    iterator(
        "itertools.dropwhile",
        "dropwhile(predicate, iterable, /)\n--\n\nThe items from the first one on for which the predicate is false.",
        pickle::FLAGGED,
        |s| {
            fill(
                s,
                |vm, c, a| pair_new(vm, c, a, "dropwhile"),
                dropwhile_next,
            )
        },
    ),
    iterator(
        "itertools.takewhile",
        "takewhile(predicate, iterable, /)\n--\n\nThe items up to the first one for which the predicate is false.",
        pickle::FLAGGED,
        |s| {
            fill(
                s,
                |vm, c, a| pair_new(vm, c, a, "takewhile"),
                takewhile_next,
            )
        },
    ),
    iterator(
        "itertools.filterfalse",
        "filterfalse(function, iterable, /)\n--\n\nThe items for which the function is false.",
        pickle::PARTS,
        |s| {
            fill(
                s,
                |vm, c, a| pair_new(vm, c, a, "filterfalse"),
                filterfalse_next,
            )
        },
    ),
    iterator(
        "itertools.starmap",
        "starmap(function, iterable, /)\n--\n\nWhat the function makes of each tuple of arguments.",
        pickle::PARTS,
        |s| fill(s, |vm, c, a| pair_new(vm, c, a, "starmap"), starmap_next),
    ),
    iterator(
        "itertools.islice",
        "islice(iterable, stop) or islice(iterable, start, stop[, step]) --> the items that a slice would pick",
        pickle::ISLICE,
        |s| fill(s, islice_new, islice_next),
    ),
    iterator(
        "itertools.accumulate",
        "accumulate(iterable, func=None, *, initial=None)\n--\n\nRunning totals.",
        pickle::ACCUMULATE,
        |s| fill(s, accumulate_new, accumulate_next),
    ),
    iterator(
        "itertools.pairwise",
        "pairwise(iterable, /)\n--\n\nEach item together with the next one.",
        pickle::NONE,
        |s| fill(s, pairwise_new, pairwise_next),
    ),
];

fn count_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [start, step] = vm.unpack("count", args, &[opt("start"), opt("step")])?;
    for o in [start, step] {
        if !o.is_null()
            && vm.slots_of(o).nb_index.is_none()
            && vm.slots_of(o).nb_float.is_none()
            && !matches!(vm.heap.base(o), Payload::Complex(_))
        {
            return vm.type_error("a number is required".to_string());
        }
    }
    let start = if start.is_null() {
        vm.new_int(0)
    } else {
        vm.new_ref(start)
    };
    let step = if step.is_null() {
        vm.new_int(1)
    } else {
        vm.new_ref(step)
    };
    let by_one = vm.is_int(step) && vm.as_i64(step) == Some(1);
    if by_one
        && vm.is_int(start)
        && let Some(n) = vm.as_i64(start)
    {
        // The fast mode: a machine number, of which objects are made as they are asked for.
        vm.decref(start);
        return Ok(make(vm, class, vec![NULL, step], vec![n]));
    }
    Ok(make(vm, class, vec![start, step], Vec::new()))
}

/// What the count hands out next; owned.
pub fn count_now(vm: &mut Machine, this: Obj) -> Obj {
    match vm.part(this, 0) {
        NULL => {
            let n = vm.number(this, 0);
            vm.new_int(n)
        }
        now => vm.new_ref(now),
    }
}

fn count_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.part(this, 0).is_null() {
        let n = vm.number(this, 0);
        let now = vm.new_int(n);
        match n.checked_add(1) {
            Some(next) => vm.numbers(this)[0] = next,
            None => {
                let next = vm.new_big_int(num_bigint::BigInt::from(n) + 1);
                vm.set_part(this, 0, next);
            }
        }
        return Ok(now);
    }
    let (now, step) = (vm.part(this, 0), vm.part(this, 1));
    let next = vm.binary_op(crate::bytecode::opcode::Op::BinaryAdd, now, step)?;
    vm.incref(now);
    vm.set_part(this, 0, next);
    Ok(now)
}

fn count_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let step = vm.part(this, 1);
    let now = count_now(vm, this);
    let first = vm.with_held(now, |vm, now| vm.repr_text(now))?;
    if vm.is_exact(step, vm.types.int) && vm.as_i64(step) == Some(1) {
        return Ok(vm.new_string(format!("count({first})")));
    }
    let second = vm.repr_text(step)?;
    Ok(vm.new_string(format!("count({first}, {second})")))
}

fn cycle_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    no_keywords(vm, class, args, "cycle")?;
    positional(vm, args, "cycle", 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let saved = vm.new_list(Vec::new());
    Ok(make(vm, class, vec![iterator, saved], vec![0, 0]))
}

/// Items are kept as they come by; when there are no more, the kept ones come round. Numbers: the place among those, and
/// whether they are complete.
fn cycle_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if !vm.part(this, 0).is_null() {
        let item = vm.part_next(this, 0)?;
        if !item.is_null() {
            if vm.number(this, 1) != 0 {
                return Ok(item);
            }
            vm.incref(item);
            let saved = vm.part(this, 1);
            if let Some(items) = vm.heap.list_mut(saved) {
                items.push(item);
            }
            return Ok(item);
        }
        vm.set_part(this, 0, NULL);
        vm.numbers(this)[1] = 1;
    }
    let saved = vm.part(this, 1);
    let count = vm.heap.list(saved).map_or(0, Vec::len);
    if count == 0 {
        return Ok(NULL);
    }
    let at = vm.number(this, 0) as usize % count;
    vm.numbers(this)[0] = ((at + 1) % count) as i64;
    let item = vm.heap.list(saved).map_or(NULL, |l| l[at]);
    Ok(vm.new_ref(item))
}

fn repeat_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [object, times] = vm.unpack("repeat", args, &[req("object"), opt("times")])?;
    let left = if times.is_null() {
        -1
    } else {
        (vm.index_clamped(times, vm.types.overflow_error)? as i64).max(0)
    };
    vm.incref(object);
    Ok(make(vm, class, vec![object], vec![left]))
}

fn repeat_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let left = vm.number(this, 0);
    if left == 0 {
        return Ok(NULL);
    }
    if left > 0 {
        vm.numbers(this)[0] = left - 1;
    }
    let object = vm.part(this, 0);
    Ok(vm.new_ref(object))
}

fn repeat_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (object, left) = (vm.part(this, 0), vm.number(this, 0));
    let shown = vm.repr_text(object)?;
    Ok(vm.new_string(if left < 0 {
        format!("repeat({shown})")
    } else {
        format!("repeat({shown}, {left})")
    }))
}

fn repeat_hint(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    match vm.number(this, 0) {
        -1 => vm.type_error("len() of unsized object".to_string()),
        left => Ok(vm.new_int(left)),
    }
}

fn chain_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    no_keywords(vm, class, args, "chain")?;
    let tuple = args.to_tuple(vm);
    let source = vm.with_held(tuple, |vm, tuple| vm.get_iter(tuple))?;
    Ok(make(vm, class, vec![NULL, source], Vec::new()))
}

fn chain_from_iterable(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let source = vm.get_iter(args.get(vm, 0))?;
    Ok(make(vm, class, vec![NULL, source], Vec::new()))
}

fn chain_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop {
        if vm.part(this, 1).is_null() {
            return Ok(NULL);
        }
        if vm.part(this, 0).is_null() {
            let iterable = vm.part_next(this, 1)?;
            if iterable.is_null() {
                vm.set_part(this, 1, NULL);
                return Ok(NULL);
            }
            match vm.with_held(iterable, |vm, iterable| vm.get_iter(iterable)) {
                Ok(active) => vm.set_part(this, 0, active),
                Err(thrown) => {
                    if vm.interrupt.is_none() {
                        vm.set_part(this, 1, NULL);
                    }
                    return Err(thrown);
                }
            }
        }
        let item = vm.part_next(this, 0)?;
        if !item.is_null() {
            return Ok(item);
        }
        vm.set_part(this, 0, NULL);
    }
}

fn compress_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [data, selectors] = vm.unpack("compress", args, &[req("data"), req("selectors")])?;
    let data = vm.get_iter(data)?;
    vm.hold(data);
    let selectors = vm.get_iter(selectors);
    let selectors = match selectors {
        Ok(selectors) => selectors,
        Err(thrown) => return vm.let_go(Err(thrown)),
    };
    let data = vm.unhold();
    Ok(make(vm, class, vec![data, selectors], Vec::new()))
}

fn compress_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop {
        let datum = vm.part_next(this, 0)?;
        if datum.is_null() {
            return Ok(NULL);
        }
        vm.hold(datum);
        let selected = vm.part_next(this, 1).and_then(|selector| {
            if selector.is_null() {
                return Ok(None);
            }
            vm.with_held(selector, |vm, selector| vm.is_true(selector))
                .map(Some)
        });
        match selected {
            Ok(Some(true)) => return Ok(vm.unhold()),
            Ok(Some(false)) => vm.drop_held(),
            Ok(None) => {
                vm.drop_held();
                return Ok(NULL);
            }
            Err(thrown) => return vm.let_go(Err(thrown)),
        }
    }
}

/// A function and an iterable.
fn pair_new(vm: &mut Machine, class: Obj, args: Args, name: &str) -> PyResult<Obj> {
    no_keywords(vm, class, args, name)?;
    positional(vm, args, name, 2, 2)?;
    let func = args.get(vm, 0);
    let iterator = vm.get_iter(args.get(vm, 1))?;
    vm.incref(func);
    let made = make(vm, class, vec![func, iterator], vec![0]);
    if let Some(state) = vm.heap.native_mut::<State>(made) {
        state.visits = Some(&[1, 0]);
    }
    Ok(made)
}

/// Whether the function says yes to a held item.
fn ask(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    let func = vm.part(this, 0);
    let answer = vm.call(func, &[item])?;
    vm.with_held(answer, |vm, answer| vm.is_true(answer))
}

fn dropwhile_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop {
        let item = vm.part_next(this, 1)?;
        if item.is_null() || vm.number(this, 0) == 1 {
            return Ok(item);
        }
        vm.hold(item);
        match ask(vm, this, item) {
            Ok(true) => vm.drop_held(),
            Ok(false) => {
                vm.numbers(this)[0] = 1;
                return Ok(vm.unhold());
            }
            Err(thrown) => return vm.let_go(Err(thrown)),
        }
    }
}

fn takewhile_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.number(this, 0) == 1 {
        return Ok(NULL);
    }
    let item = vm.part_next(this, 1)?;
    if item.is_null() {
        return Ok(NULL);
    }
    vm.hold(item);
    match ask(vm, this, item) {
        Ok(true) => Ok(vm.unhold()),
        Ok(false) => {
            vm.numbers(this)[0] = 1;
            vm.drop_held();
            Ok(NULL)
        }
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

fn filterfalse_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    loop {
        let item = vm.part_next(this, 1)?;
        if item.is_null() {
            return Ok(NULL);
        }
        let func = vm.part(this, 0);
        vm.hold(item);
        let yes = if func == vm.none || func == vm.types.bool {
            vm.is_true(item)
        } else {
            ask(vm, this, item)
        };
        match yes {
            Ok(false) => return Ok(vm.unhold()),
            Ok(true) => vm.drop_held(),
            Err(thrown) => return vm.let_go(Err(thrown)),
        }
    }
}

fn starmap_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let item = vm.part_next(this, 1)?;
    if item.is_null() {
        return Ok(NULL);
    }
    let func = vm.part(this, 0);
    vm.with_held(item, |vm, item| vm.sequence_tuple(item))
        .and_then(|args| vm.call_object(func, args, NULL))
}

/// An index argument of `islice`: None stands for the default, and what is no index, whatever it raises, for -1.
fn slice_index(vm: &mut Machine, o: Obj, default: i64) -> PyResult<i64> {
    if o.is_null() || o == vm.none {
        return Ok(default);
    }
    match vm.index_clamped(o, vm.types.overflow_error) {
        Ok(index) => Ok(index as i64),
        Err(thrown) => {
            vm.forgive(thrown)?;
            Ok(-1)
        }
    }
}

/// Numbers: how many items went by, the next one wanted, the end (-1: none), the step.
fn islice_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    const INDICES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const STOP: &str =
        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const STEP: &str = "Step for islice() must be a positive integer or None.";
    no_keywords(vm, class, args, "islice")?;
    positional(vm, args, "islice", 2, 4)?;
    let (first, second) = if args.len() == 2 {
        (NULL, 1)
    } else {
        (args.get(vm, 1), 2)
    };
    let start = slice_index(vm, first, 0)?;
    let end = args.get(vm, second);
    let stop = slice_index(vm, end, -1)?;
    if stop == -1 && end != vm.none {
        return vm.value_error(STOP);
    }
    if start < 0 || stop < -1 {
        return vm.value_error(INDICES);
    }
    let step = slice_index(vm, args.get(vm, 3), 1)?;
    if step < 1 {
        return vm.value_error(STEP);
    }
    let iterator = vm.get_iter(args.get(vm, 0))?;
    Ok(make(vm, class, vec![iterator], vec![0, start, stop, step]))
}

fn islice_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let [count, next, stop, step] = [0, 1, 2, 3].map(|i| vm.number(this, i));
    let mut count = count;
    while count < next {
        let item = vm.part_next(this, 0)?;
        if item.is_null() {
            vm.set_part(this, 0, NULL);
            return Ok(NULL);
        }
        vm.decref(item);
        count += 1;
        vm.numbers(this)[0] = count;
    }
    if stop >= 0 && count >= stop {
        vm.set_part(this, 0, NULL);
        return Ok(NULL);
    }
    let item = vm.part_next(this, 0)?;
    if item.is_null() {
        vm.set_part(this, 0, NULL);
        return Ok(NULL);
    }
    let following = next.saturating_add(step);
    let numbers = vm.numbers(this);
    numbers[0] = count + 1;
    numbers[1] = if stop >= 0 {
        following.min(stop)
    } else {
        following
    };
    Ok(item)
}

/// Parts: function, total so far, iterator, initial value.
fn accumulate_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [iterable, func, initial] = vm.unpack(
        "accumulate",
        args,
        &[req("iterable"), opt("func"), crate::vm::args::kw("initial")],
    )?;
    let iterator = vm.get_iter(iterable)?;
    let none = vm.none;
    let given = |o: Obj| if o == none { NULL } else { o };
    let func = given(func);
    let initial = initial.some().unwrap_or(none);
    vm.xincref(func);
    vm.incref(initial);
    let made = make(vm, class, vec![func, NULL, iterator, initial], Vec::new());
    if let Some(state) = vm.heap.native_mut::<State>(made) {
        state.visits = Some(&[0, 2, 1, 3]);
    }
    Ok(made)
}

fn accumulate_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let initial = vm.part(this, 3);
    if initial != vm.none {
        vm.incref(initial);
        vm.incref(initial);
        vm.set_part(this, 1, initial);
        let none = vm.new_none();
        vm.set_part(this, 3, none);
        return Ok(initial);
    }
    let item = vm.part_next(this, 2)?;
    if item.is_null() {
        return Ok(NULL);
    }
    let (func, total) = (vm.part(this, 0), vm.part(this, 1));
    if total.is_null() {
        vm.incref(item);
        vm.set_part(this, 1, item);
        return Ok(item);
    }
    let next = vm.with_held(item, |vm, item| {
        if func.is_null() {
            vm.binary_op(crate::bytecode::opcode::Op::BinaryAdd, total, item)
        } else {
            vm.call(func, &[total, item])
        }
    })?;
    vm.incref(next);
    let old = vm.swap_part(this, 1, next);
    let next = Ok(next);
    vm.keeping(&next, |vm| vm.decref(old));
    next
}

fn pairwise_new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    no_keywords(vm, class, args, "pairwise")?;
    positional(vm, args, "pairwise", 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    Ok(make(vm, class, vec![iterator, NULL], Vec::new()))
}

fn pairwise_next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if vm.part(this, 0).is_null() {
        return Ok(NULL);
    }
    if vm.part(this, 1).is_null() {
        let first = vm.part_next(this, 0)?;
        if first.is_null() {
            vm.set_part(this, 0, NULL);
            return Ok(NULL);
        }
        vm.set_part(this, 1, first);
    }
    let item = vm.part_next(this, 0);
    if item.as_ref().map_or(true, |item| item.is_null()) && vm.interrupt.is_none() {
        let saved = vm.take_exception();
        vm.set_part(this, 0, NULL);
        vm.set_part(this, 1, NULL);
        vm.restore_exception(saved);
        return item;
    }
    let item = item?;
    let old = vm.part(this, 1);
    let pair = vm.new_tuple_of(&[old, item]);
    vm.set_part(this, 1, item);
    Ok(pair)
}
