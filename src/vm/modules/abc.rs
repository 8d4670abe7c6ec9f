//! `_abc`: what `abc.ABCMeta` (`python/abc.py`) does natively (`Modules/_abc.c`).
//!
//! Each abstract base class has an `_abc_data` object with a registry, a cache and a negative cache: sets of weak references
//! whose callbacks take them out again. A counter of the whole process makes negative caches invalid.

use super::ModuleSpec;
use crate::heap::payload::{Func, Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_abc",
    doc: "Module contains faster C implementation of abc.ABCMeta",
    functions: &[
        Method::new("get_cache_token", Arity::NoArgs, get_cache_token)
            .doc("get_cache_token($module, /)\n--\n\nReturns the current ABC cache token."),
        Method::new("_abc_init", Arity::One, abc_init)
            .doc("_abc_init($module, self, /)\n--\n\nInternal ABC helper for class set-up."),
        Method::new("_reset_registry", Arity::One, reset_registry),
        Method::new("_reset_caches", Arity::One, reset_caches),
        Method::new("_get_dump", Arity::One, get_dump),
        Method::new("_abc_register", Arity::Positional(2, 2), abc_register),
        Method::new(
            "_abc_instancecheck",
            Arity::Positional(2, 2),
            abc_instancecheck,
        ),
        Method::new(
            "_abc_subclasscheck",
            Arity::Positional(2, 2),
            abc_subclasscheck,
        ),
    ],
    init: |vm, _dict| {
        vm.make_module_type(&DATA_SPEC, vm.types.object);
        let zero = vm.new_int(0);
        vm.module_state.insert(COUNTER, zero);
        Ok(())
    },
};

/// Where the counter lives among the machine's module states.
const COUNTER: &str = "abc_invalidation_counter";

static DATA_SPEC: TypeSpec = TypeSpec::new("_abc._abc_data");

/// Takes a dead weak reference out of its set; bound to a weak reference to the set.
static DESTROY: Method = Method::new("_destroy", Arity::One, destroy);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Registry,
    Cache,
    Negative,
}

/// Sets, NULL until first used.
#[derive(Clone, Default)]
struct AbcData {
    registry: Obj,
    cache: Obj,
    negative: Obj,
    negative_version: i64,
}

impl Native for AbcData {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("_abc_registry"), self.registry);
        f(Edge::Field("_abc_cache"), self.cache);
        f(Edge::Field("_abc_negative_cache"), self.negative);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.registry, &mut self.cache, &mut self.negative]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

impl AbcData {
    fn part(&mut self, part: Part) -> &mut Obj {
        match part {
            Part::Registry => &mut self.registry,
            Part::Cache => &mut self.cache,
            Part::Negative => &mut self.negative,
        }
    }
}

fn counter(vm: &Machine) -> i64 {
    vm.module_state
        .get(COUNTER)
        .and_then(|o| vm.as_i64(*o))
        .unwrap_or(0)
}

fn get_cache_token(vm: &mut Machine, _this: Obj, _args: Args) -> PyResult<Obj> {
    let n = counter(vm);
    Ok(vm.new_int(n))
}

/// The class's `_abc_impl`; owned (`_get_impl`).
fn impl_of(vm: &mut Machine, class: Obj) -> PyResult<Obj> {
    let data = vm.get_attr_str(class, "_abc_impl")?;
    if vm.heap.native::<AbcData>(data).is_none() {
        vm.decref(data);
        return vm.type_error("_abc_impl is set to a wrong type".to_string());
    }
    Ok(data)
}

fn data_mut(vm: &mut Machine, data: Obj) -> &mut AbcData {
    vm.heap
        .native_mut(data)
        .expect("the data of an abstract base class")
}

/// Runs `f` with the class's data held.
fn with_data<T: 'static>(
    vm: &mut Machine,
    class: Obj,
    f: impl FnOnce(&mut Machine, Obj) -> PyResult<T>,
) -> PyResult<T> {
    let data = impl_of(vm, class)?;
    vm.hold(data);
    let result = f(vm, data);
    vm.let_go(result)
}

/// `_in_weak_set`: what cannot be weakly referenced is not in.
fn in_weak_set(vm: &mut Machine, data: Obj, part: Part, o: Obj) -> PyResult<bool> {
    let set = *data_mut(vm, data).part(part);
    if set.is_null() || vm.heap.set_len(set) == 0 {
        return Ok(false);
    }
    let reference = match vm.new_weakref(vm.types.weakref, o, NULL) {
        Ok(reference) => reference,
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            return Ok(false);
        }
        Err(thrown) => return Err(thrown),
    };
    vm.hold(reference);
    let found = vm.set_contains(set, reference);
    vm.let_go(found)
}

/// `_add_to_weak_set`
fn add_to_weak_set(vm: &mut Machine, data: Obj, part: Part, o: Obj) -> PyResult<()> {
    if data_mut(vm, data).part(part).is_null() {
        let set = vm.new_set(vm.types.set);
        *data_mut(vm, data).part(part) = set;
    }
    let set = *data_mut(vm, data).part(part);
    let to_set = vm.new_weakref(vm.types.weakref, set, NULL)?;
    let mark = vm.mark();
    vm.hold(to_set);
    let callback = vm.new_builtin(&DESTROY, to_set, NULL);
    vm.hold(callback);
    let result = match vm.new_weakref(vm.types.weakref, o, callback) {
        Ok(reference) => {
            vm.hold(reference);
            vm.set_add(set, reference)
        }
        Err(thrown) => Err(thrown),
    };
    vm.releasing(mark, result)
}

fn destroy(vm: &mut Machine, to_set: Obj, args: Args) -> PyResult<Obj> {
    let set = vm.weakref_referent(to_set);
    if !set.is_null() {
        let reference = args.get(vm, 0);
        vm.hold_ref(set);
        let gone = vm.set_discard(set, reference);
        vm.let_go(gone)?;
    }
    Ok(vm.new_none())
}

fn abc_init(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    compute_abstract_methods(vm, class)?;
    let ty = vm.module_type(&DATA_SPEC);
    let negative_version = counter(vm);
    let data = vm.new_native(
        ty,
        AbcData {
            negative_version,
            ..AbcData::default()
        },
    );
    vm.hold(data);
    let result = vm
        .set_attr_str(class, "_abc_impl", data)
        .and_then(|()| take_pattern_flags(vm, class));
    vm.let_go(result)?;
    Ok(vm.new_none())
}

/// `__abc_tpflags__` in the class body says that `match` takes its instances for sequences or mappings.
fn take_pattern_flags(vm: &mut Machine, class: Obj) -> PyResult<()> {
    if !vm.heap.is_class(class) {
        return Ok(());
    }
    let dict = vm.heap.class(class).dict;
    let flags = vm.dict_get_name(dict, "__abc_tpflags__");
    let Some(bits) = flags.some().and_then(|f| vm.as_i64(f)) else {
        return Ok(());
    };
    let (sequence, mapping) = (bits & TPFLAGS_SEQUENCE != 0, bits & TPFLAGS_MAPPING != 0);
    if sequence && mapping {
        return vm.type_error(
            "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING".to_string(),
        );
    }
    let flags = &mut vm.heap.class_mut(class).flags;
    flags.sequence |= sequence;
    flags.mapping |= mapping;
    let name = vm.intern("__abc_tpflags__");
    vm.dict_delete_str(dict, name);
    vm.decref(name);
    Ok(())
}

/// `Py_TPFLAGS_SEQUENCE`, `Py_TPFLAGS_MAPPING`.
const TPFLAGS_SEQUENCE: i64 = 1 << 5;
const TPFLAGS_MAPPING: i64 = 1 << 6;

/// Names of the class's own abstract methods, then of those it inherits and does not override.
fn compute_abstract_methods(vm: &mut Machine, class: Obj) -> PyResult<()> {
    let abstracts = vm.new_set(vm.types.frozenset);
    let mark = vm.mark();
    vm.hold(abstracts);
    let result = collect_abstract_methods(vm, class, abstracts)
        .and_then(|()| vm.set_attr(class, vm.names.__abstractmethods__, abstracts));
    vm.releasing(mark, result)
}

/// `__dict__` is asked for a list of its items (`PyMapping_Items`), as allocations show.
fn add_own_abstract_methods(vm: &mut Machine, class: Obj, abstracts: Obj) -> PyResult<()> {
    let scope = vm.get_attr(class, vm.names.__dict__)?;
    vm.hold(scope);
    let view = vm.call_method(scope, "items", &[])?;
    vm.hold(view);
    let items = vm.list_from_iterable(view)?;
    vm.hold(items);
    let pairs = vm.heap.list(items).map(|items| items.to_vec());
    for pair in pairs.unwrap_or_default() {
        let Some([name, value]) = vm.heap.tuple(pair).and_then(|pair| pair.first_chunk()) else {
            continue;
        };
        let (name, value) = (*name, *value);
        if is_abstract(vm, value)? {
            vm.set_add(abstracts, name)?;
        }
    }
    Ok(())
}

fn collect_abstract_methods(vm: &mut Machine, class: Obj, abstracts: Obj) -> PyResult<()> {
    if !vm.heap.is_class(class) {
        let name = vm.type_name(class);
        return vm.raise(
            vm.types.attribute_error,
            format!("'{name}' object has no attribute '__dict__'"),
        );
    }
    let mark = vm.mark();
    let added = add_own_abstract_methods(vm, class, abstracts);
    vm.releasing(mark, added)?;
    let bases = vm
        .heap
        .tuple(vm.heap.class(class).bases)
        .unwrap_or(&[])
        .to_vec();
    for base in bases {
        let Some(inherited) = vm.lookup_attr(base, vm.names.__abstractmethods__)? else {
            continue;
        };
        vm.hold(inherited);
        let result = vm.each_item(inherited, |vm, name| {
            let Some(value) = vm.lookup_attr(class, name)? else {
                return Ok(true);
            };
            vm.hold(value);
            let still = is_abstract(vm, value);
            let still = vm.let_go(still);
            if still? {
                vm.set_add(abstracts, name)?;
            }
            Ok(true)
        });
        vm.drop_held();
        result?;
    }
    Ok(())
}

/// `_PyObject_IsAbstract`. A plain function without attributes cannot be.
fn is_abstract(vm: &mut Machine, o: Obj) -> PyResult<bool> {
    if matches!(vm.heap.payload(o), Payload::Func(f) if matches!(**f, Func { dict: NULL, .. })) {
        return Ok(false);
    }
    match vm.lookup_attr(o, vm.names.__isabstractmethod__)? {
        Some(flag) => {
            vm.hold(flag);
            let answer = vm.is_true(flag);
            vm.let_go(answer)
        }
        None => Ok(false),
    }
}

fn abc_register(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (class, subclass) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.heap.is_class(subclass) {
        return vm.type_error("Can only register classes".to_string());
    }
    if is_subclass(vm, subclass, class)? {
        return Ok(vm.new_ref(subclass));
    }
    // After the test above, so that registering a class with itself does nothing.
    if is_subclass(vm, class, subclass)? {
        return vm.raise(
            vm.types.runtime_error,
            "Refusing to create an inheritance cycle".to_string(),
        );
    }
    with_data(vm, class, |vm, data| {
        add_to_weak_set(vm, data, Part::Registry, subclass)
    })?;
    let next = counter(vm) + 1;
    let next = vm.new_int(next);
    if let Some(old) = vm.module_state.insert(COUNTER, next) {
        vm.decref(old);
    }
    if vm.heap.is_class(class) {
        let flags = vm.heap.class(class).flags;
        if flags.sequence || flags.mapping {
            set_pattern_flags(vm, subclass, flags.sequence, flags.mapping);
        }
    }
    Ok(vm.new_ref(subclass))
}

/// `set_collection_flag_recursive`: a class that has flags of its own keeps them.
fn set_pattern_flags(vm: &mut Machine, class: Obj, sequence: bool, mapping: bool) {
    let c = vm.heap.class_mut(class);
    if !c.flags.heap_type || (c.flags.sequence == sequence && c.flags.mapping == mapping) {
        return;
    }
    c.flags.sequence = sequence;
    c.flags.mapping = mapping;
    for subclass in c.subclasses.clone() {
        set_pattern_flags(vm, subclass, sequence, mapping);
    }
}

fn is_subclass(vm: &mut Machine, class: Obj, of: Obj) -> PyResult<bool> {
    vm.is_subclass(class, of)
}

fn abc_instancecheck(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (class, instance) = (args.get(vm, 0), args.get(vm, 1));
    with_data(vm, class, |vm, data| {
        let subclass = vm.get_attr(instance, vm.names.__class__)?;
        vm.hold(subclass);
        let result = instancecheck_of(vm, class, data, instance, subclass);
        vm.let_go(result)
    })
}

fn instancecheck_of(
    vm: &mut Machine,
    class: Obj,
    data: Obj,
    instance: Obj,
    subclass: Obj,
) -> PyResult<Obj> {
    if in_weak_set(vm, data, Part::Cache, subclass)? {
        return Ok(vm.new_bool(true));
    }
    let subtype = vm.heap.ty(instance);
    if subtype == subclass {
        if data_mut(vm, data).negative_version == counter(vm)
            && in_weak_set(vm, data, Part::Negative, subclass)?
        {
            return Ok(vm.new_bool(false));
        }
        return vm.call_method_obj(class, vm.names.__subclasscheck__, &[subclass]);
    }
    let result = vm.call_method_obj(class, vm.names.__subclasscheck__, &[subclass])?;
    vm.hold(result);
    let yes = vm.is_true(result);
    let yes = vm.let_go(yes);
    if yes? {
        return Ok(vm.new_bool(true));
    }
    vm.call_method_obj(class, vm.names.__subclasscheck__, &[subtype])
}

fn abc_subclasscheck(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (class, subclass) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.heap.is_class(subclass) {
        return vm.type_error("issubclass() arg 1 must be a class".to_string());
    }
    let answer = with_data(vm, class, |vm, data| {
        subclasscheck(vm, class, data, subclass)
    })?;
    Ok(vm.new_bool(answer))
}

fn subclasscheck(vm: &mut Machine, class: Obj, data: Obj, subclass: Obj) -> PyResult<bool> {
    if in_weak_set(vm, data, Part::Cache, subclass)? {
        return Ok(true);
    }
    let now = counter(vm);
    if data_mut(vm, data).negative_version < now {
        let negative = data_mut(vm, data).negative;
        if !negative.is_null() {
            vm.set_clear(negative);
        }
        data_mut(vm, data).negative_version = now;
    } else if in_weak_set(vm, data, Part::Negative, subclass)? {
        return Ok(false);
    }
    let (answer, remember) = decide(vm, class, data, subclass)?;
    if remember {
        add_to_weak_set(
            vm,
            data,
            if answer { Part::Cache } else { Part::Negative },
            subclass,
        )?;
    }
    Ok(answer)
}

/// The hook, real inheritance, the registry, subclasses: in this order. With the answer, whether it is to be remembered.
fn decide(vm: &mut Machine, class: Obj, data: Obj, subclass: Obj) -> PyResult<(bool, bool)> {
    let hook = vm.call_method_obj(class, vm.names.__subclasshook__, &[subclass])?;
    let verdict = if hook == vm.true_ {
        Some(true)
    } else if hook == vm.false_ {
        Some(false)
    } else {
        None
    };
    let undecided = hook == vm.not_implemented;
    vm.decref(hook);
    if let Some(answer) = verdict {
        return Ok((answer, true));
    }
    if !undecided {
        let message =
            "__subclasshook__ must return either False, True, or NotImplemented".to_string();
        return vm.raise(vm.types.assertion_error, message);
    }
    if vm.is_subtype(subclass, class) {
        return Ok((true, true));
    }
    if in_weak_set(vm, data, Part::Registry, subclass)? {
        // Found at once the next time too.
        return Ok((true, false));
    }
    if subclass_of_registered(vm, data, subclass)? || subclass_of_subclass(vm, class, subclass)? {
        return Ok((true, true));
    }
    Ok((false, true))
}

fn subclass_of_registered(vm: &mut Machine, data: Obj, subclass: Obj) -> PyResult<bool> {
    let registry = data_mut(vm, data).registry;
    if registry.is_null() {
        return Ok(false);
    }
    // The registry may change while it is asked.
    let references = vm.heap.set_items(registry);
    let copy = vm.new_tuple_of(&references);
    vm.hold(copy);
    let mut answer = Ok(false);
    for reference in references {
        let registered = vm.weakref_referent(reference);
        if registered.is_null() {
            continue;
        }
        vm.hold_ref(registered);
        answer = is_subclass(vm, subclass, registered);
        vm.drop_held();
        if !matches!(answer, Ok(false)) {
            break;
        }
    }
    vm.drop_held();
    answer
}

fn subclass_of_subclass(vm: &mut Machine, class: Obj, subclass: Obj) -> PyResult<bool> {
    let subclasses = vm.call_method_obj(class, vm.names.__subclasses__, &[])?;
    vm.hold(subclasses);
    let Some(list) = vm.heap.list(subclasses).cloned() else {
        vm.drop_held();
        return vm.type_error("__subclasses__() must return a list".to_string());
    };
    let mut answer = Ok(false);
    for child in list {
        vm.hold_ref(child);
        answer = is_subclass(vm, subclass, child);
        vm.drop_held();
        if !matches!(answer, Ok(false)) {
            break;
        }
    }
    vm.drop_held();
    answer
}

fn clear_part(vm: &mut Machine, data: Obj, part: Part) {
    let set = *data_mut(vm, data).part(part);
    if !set.is_null() {
        vm.set_clear(set);
    }
}

fn reset_registry(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    with_data(vm, class, |vm, data| {
        clear_part(vm, data, Part::Registry);
        Ok(vm.new_none())
    })
}

fn reset_caches(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    with_data(vm, class, |vm, data| {
        clear_part(vm, data, Part::Cache);
        clear_part(vm, data, Part::Negative);
        Ok(vm.new_none())
    })
}

/// Copies of registry, cache and negative cache, and the latter's version.
fn get_dump(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    with_data(vm, class, |vm, data| {
        let AbcData {
            registry,
            cache,
            negative,
            negative_version,
        } = *data_mut(vm, data);
        let mark = vm.mark();
        for set in [registry, cache, negative] {
            let copy = crate::vm::types::set::make_new_set(vm, vm.types.set, set)?;
            vm.hold(copy);
        }
        let version = vm.new_int(negative_version);
        vm.hold(version);
        let parts = vm.stack[mark..vm.top].to_vec();
        let dump = vm.new_tuple_of(&parts);
        vm.release(mark);
        Ok(dump)
    })
}
