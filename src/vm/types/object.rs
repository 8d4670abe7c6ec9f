//! `object`: what every instance can do.

use crate::heap::payload::Ext;
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::Args;
use crate::vm::attribute::generic_getattr;
use crate::vm::attribute_set::generic_setattr;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Object,
    gc: false,
    base_type: true,
    doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    methods: METHODS,
    getset: GETSET,
    slots,
    ..TypeSpec::new("object")
};

fn slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_hash = Some(hash);
    s.tp_str = Some(str);
    s.tp_getattro = Some(generic_getattr);
    s.tp_setattro = Some(generic_setattr);
    s.tp_richcompare = Some(compare);
    s.tp_init = Some(init);
    s.tp_new = Some(new);
}

static METHODS: &[Method] = &[
    Method::new("__reduce_ex__", Arity::One, reduce_ex).doc("($self, protocol, /)\n--\n\nHelper for pickle."),
    Method::new("__reduce__", Arity::NoArgs, reduce).doc("($self, /)\n--\n\nHelper for pickle."),
    Method::class("__subclasshook__", Arity::Any, subclasshook).varargs(),
    Method::class("__init_subclass__", Arity::Keywords, init_subclass),
    Method::new("__format__", Arity::One, format).doc("($self, format_spec, /)\n--\n\nDefault object formatter."),
    Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("($self, /)\n--\n\nSize of object in memory, in bytes."),
    Method::new("__dir__", Arity::NoArgs, dir).doc("($self, /)\n--\n\nDefault dir() implementation."),
];

static GETSET: &[GetSet] = &[GetSet::rw("__class__", get_class, set_class)];

/// `object_new`
pub fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if !args.is_empty() || args.kw_len(vm) > 0 {
        let object = &vm.heap.class(vm.types.object).slots;
        let slots = &vm.heap.class(class).slots;
        let same_new = same(slots.tp_new, object.tp_new);
        let same_init = match (slots.tp_init, object.tp_init) {
            (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
            _ => false,
        };
        if !same_new {
            return vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)".to_string());
        }
        if same_init {
            let name = vm.class_name(class);
            return vm.type_error(format!("{name}() takes no arguments"));
        }
    }
    if vm.heap.class(class).flags.is_abstract {
        return abstract_error(vm, class);
    }
    Ok(vm.alloc_instance(class, Payload::Object))
}

fn same(a: Option<crate::vm::slots::CallFn>, b: Option<crate::vm::slots::CallFn>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    }
}

fn abstract_error(vm: &mut Machine, class: Obj) -> PyResult<Obj> {
    let methods = vm.get_attr(class, vm.names.__abstractmethods__)?;
    let items = vm.with_held(methods, |vm, methods| vm.collect_iterable(methods));
    let mut names: Vec<String> = Vec::new();
    for item in items? {
        names.push(vm.text(item));
        vm.decref(item);
    }
    names.sort();
    let s = if names.len() == 1 { "" } else { "s" };
    let (name, list) = (vm.class_name(class), names.join(", "));
    vm.type_error(format!("Can't instantiate abstract class {name} with abstract method{s} {list}"))
}

/// `object_init`
pub fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.is_empty() && args.kw_len(vm) == 0 {
        return Ok(());
    }
    let object = *vm.heap.class(vm.types.object).slots;
    let slots = *vm.slots_of(this);
    let overrides_init = !match (slots.tp_init, object.tp_init) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    };
    if overrides_init {
        return vm.type_error("object.__init__() takes exactly one argument (the instance to initialize)".to_string());
    }
    let makes_none = vm.heap.class(vm.heap.ty(this)).flags.disallow_instantiation;
    if same(slots.tp_new, object.tp_new) && !makes_none {
        let name = vm.type_name(this);
        return vm.type_error(format!("{name}.__init__() takes exactly one argument (the instance to initialize)"));
    }
    Ok(())
}

/// `<module.Qualname object at 0x…>`
pub fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let ty = vm.heap.ty(this);
    let name = full_name(vm, ty)?;
    let address = vm.id_of(this);
    Ok(vm.new_string(format!("<{name} object at {address:#x}>")))
}

/// `__module__.__qualname__`, without the module for builtins.
pub fn full_name(vm: &mut Machine, class: Obj) -> PyResult<String> {
    let qualname = super::type_::qualname_text(vm, class);
    let Some(module) = super::type_::module_of(vm, class) else { return Ok(qualname) };
    let text = vm.heap.str(module).map(|s| s.lossy());
    vm.decref(module);
    Ok(match text {
        Some(module) if module != "builtins" => format!("{module}.{qualname}"),
        _ => qualname,
    })
}

/// `object_str`: the type's repr, without a level of recursion of its own.
fn str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm.slots_of(this).tp_repr {
        Some(repr) => repr(vm, this),
        None => vm.repr(this),
    }
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    Ok(vm.identity_hash(this))
}

/// `object_richcompare`: identity; `!=` is the opposite of what `==` answers.
fn compare(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    match op {
        CmpOp::Eq if a == b => Ok(vm.new_bool(true)),
        CmpOp::Ne => {
            let Some(f) = vm.slots_of(a).tp_richcompare else { return Ok(vm.new_not_implemented()) };
            let result = f(vm, a, b, CmpOp::Eq)?;
            if result == vm.not_implemented {
                return Ok(result);
            }
            let truth = vm.take_truth(result)?;
            Ok(vm.new_bool(!truth))
        }
        _ => Ok(vm.new_not_implemented()),
    }
}

fn subclasshook(vm: &mut Machine, _this: Obj, _args: Args) -> PyResult<Obj> {
    Ok(vm.new_not_implemented())
}

fn init_subclass(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        let name = vm.class_name(this);
        return vm.type_error(format!("{name}.__init_subclass__() takes no keyword arguments"));
    }
    if !args.is_empty() {
        let (name, n) = (vm.class_name(this), args.len());
        return vm.type_error(format!("{name}.__init_subclass__() takes no arguments ({n} given)"));
    }
    Ok(vm.new_none())
}

fn format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let spec = args.get(vm, 0);
    if vm.heap.str(spec).is_none() {
        let got = vm.argument_type(spec);
        return vm.type_error(format!("__format__() argument must be str, not {got}"));
    }
    if vm.heap.str(spec).is_some_and(|s| !s.is_empty()) {
        let name = vm.type_name(this);
        return vm.type_error(format!("unsupported format string passed to {name}.__format__"));
    }
    vm.str_of(this)
}

fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}

/// Names of the instance's dict, the class and its bases.
fn dir(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let all = match vm.lookup_attr(this, vm.names.__dict__)? {
        Some(own) => vm.with_held(own, |vm, own| {
            Ok(if vm.heap.is_dict(own) { vm.dict_copy(own) } else { vm.new_dict() })
        })?,
        None => vm.new_dict(),
    };
    vm.with_held(all, |vm, all| {
        if let Some(class) = vm.lookup_attr(this, vm.names.__class__)? {
            vm.with_held(class, |vm, class| merge_names(vm, all, class))?;
        }
        vm.list_from_iterable(all)
    })
}

/// Adds what is in the namespaces of a class and its bases, or of what poses as such (`merge_class_dict`).
pub fn merge_names(vm: &mut Machine, all: Obj, class: Obj) -> PyResult<()> {
    vm.enter_recursive("")?;
    let result = merge_names_inside(vm, all, class);
    vm.leave_recursive();
    result
}

fn merge_names_inside(vm: &mut Machine, all: Obj, class: Obj) -> PyResult<()> {
    if let Some(own) = vm.lookup_attr(class, vm.names.__dict__)? {
        let is_proxy = !vm.heap.is_dict(own);
        if is_proxy {
            // Its keys: a view, an iterator, and the list that goes on being used.
            vm.reserve_list();
            vm.count_allocation();
            vm.count_allocation();
            vm.count_deallocation();
            vm.count_deallocation();
        }
        let updated = vm.with_held(own, |vm, own| vm.dict_update(all, own));
        if is_proxy {
            vm.give_back_list();
        }
        updated?;
    }
    let Some(bases) = vm.lookup_attr(class, vm.names.__bases__)? else {
        return Ok(());
    };
    vm.with_held(bases, |vm, bases| {
        let count = match vm.len(bases) {
            Ok(count) => count,
            Err(thrown) => {
                vm.forgive(thrown)?;
                0
            }
        };
        for n in 0..count {
            let base = vm.sequence_item(bases, n as isize)?;
            vm.with_held(base, |vm, base| merge_names(vm, all, base))?;
        }
        Ok(())
    })
}

fn get_class(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let ty = vm.heap.ty(this);
    Ok(vm.new_ref(ty))
}

/// Assigning `__class__`: between classes made by `class` whose instances have the same layout (`object_set_class`).
fn set_class(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("can't delete __class__ attribute".to_string());
    }
    if !vm.heap.is_class(value) {
        let got = vm.type_name(value);
        return vm.type_error(format!("__class__ must be set to a class, not '{got}' object"));
    }
    let old = vm.heap.ty(this);
    let (new_class, old_class) = (vm.heap.class(value), vm.heap.class(old));
    let module_pair = old_class.layout == Layout::Module && new_class.layout == Layout::Module;
    let heap_pair = new_class.flags.heap_type && old_class.flags.heap_type;
    if !(module_pair || heap_pair) {
        return vm.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses".to_string());
    }
    check_same_layout(vm, old, value, "__class__")?;
    let counted = vm.heap.class(value).flags.heap_type;
    if module_pair && let Payload::Module { .. } = vm.heap.payload(this) {
        let base = std::mem::replace(vm.heap.payload_mut(this), Payload::Object);
        let extended = Ext { base, has_dict: false, type_is_counted: false, dict: NULL, slots: Vec::new(), bounds: None };
        *vm.heap.payload_mut(this) = Payload::Ext(Box::new(extended));
    }
    let was_counted = match vm.heap.payload_mut(this) {
        Payload::Inst { .. } => true,
        Payload::Ext(ext) => std::mem::replace(&mut ext.type_is_counted, counted),
        Payload::Exc(exc) => std::mem::replace(&mut exc.type_is_counted, counted),
        Payload::Class(class) => std::mem::replace(&mut class.meta_is_counted, counted),
        _ => return vm.unsupported("assigning __class__ of this object".to_string()),
    };
    if counted {
        vm.heap.incref(value);
    }
    vm.heap.slot_mut(this).ty = value;
    if was_counted {
        vm.decref(old);
    }
    Ok(())
}

/// Whether objects of one class may become objects of another (`compatible_for_assignment`).
pub fn check_same_layout(vm: &mut Machine, old: Obj, new: Obj, attribute: &str) -> PyResult<()> {
    let (old_class, new_class) = (vm.heap.class(old), vm.heap.class(new));
    let what = if old_class.flags.has_gc != new_class.flags.has_gc {
        "deallocator"
    } else {
        let (a, b) = (layout_owner(vm, new), layout_owner(vm, old));
        if a == b || vm.heap.class(a).base == vm.heap.class(b).base && same_slots_added(vm, a, b) {
            return Ok(());
        }
        "object layout"
    };
    let (new, old) = (vm.class_name(new), vm.class_name(old));
    vm.type_error(format!("{attribute} assignment: '{new}' {what} differs from '{old}'"))
}

/// The class up the chain of bases that gave instances their layout.
fn layout_owner(vm: &Machine, class: Obj) -> Obj {
    let mut at = class;
    loop {
        let this = vm.heap.class(at);
        if this.base.is_null() {
            return at;
        }
        let parent = vm.heap.class(this.base);
        let built_in = !this.flags.heap_type;
        let alike = this.layout == parent.layout
            && !(built_in && super::type_facts::adds_fields(vm, &this.name, this.base))
            && this.slot_count == parent.slot_count
            && this.flags.has_dict == parent.flags.has_dict
            && this.flags.has_weakrefs == parent.flags.has_weakrefs
            && this.flags.has_gc == parent.flags.has_gc;
        if !alike {
            return at;
        }
        at = this.base;
    }
}

/// Two classes with the same base add the same to it.
fn same_slots_added(vm: &Machine, a: Obj, b: Obj) -> bool {
    let (x, y) = (vm.heap.class(a), vm.heap.class(b));
    let Some(base) = x.base.some().map(|base| vm.heap.class(base)) else { return false };
    // An instance of varying size keeps its dict at its end, where no two classes are known to agree.
    let varying = matches!(base.layout, Layout::Int | Layout::Tuple | Layout::Bytes) && !base.flags.has_dict && x.flags.has_dict;
    let names = |class: Obj| -> Vec<String> {
        let mut names: Vec<String> = vm.heap.tuple(vm.heap.class(class).ht_slots).unwrap_or(&[]).iter().map(|n| vm.text(*n)).collect();
        names.retain(|n| n != "__dict__" && n != "__weakref__");
        names.sort();
        names
    };
    !varying
        && x.layout == y.layout
        && x.slot_count == y.slot_count
        && x.flags.has_dict == y.flags.has_dict
        && x.flags.has_weakrefs == y.flags.has_weakrefs
        && names(a) == names(b)
}

/// `__dict__` of an instance, made if need be (`subtype_dict`).
pub fn get_dict(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let Some(place) = vm.heap.dict_slot(this) else {
        let name = vm.type_name(this);
        return vm.raise(vm.types.attribute_error, format!("'{name}' object has no attribute '__dict__'"));
    };
    let dict = *place;
    if !dict.is_null() {
        return Ok(vm.new_ref(dict));
    }
    let root = vm.heap.class(vm.heap.ty(this)).root;
    let dict = if root.0 != 0 { vm.new_split_dict(root) } else { vm.new_dict() };
    vm.set_inst_dict(this, dict);
    Ok(vm.new_ref(dict))
}

/// The nearest built-in type that keeps a `__dict__` of its own kind, whose attribute it is then (`get_builtin_base_with_dict`).
fn builtin_with_dict(vm: &Machine, class: Obj) -> Obj {
    let mut at = class;
    loop {
        let c = vm.heap.class(at);
        if c.base.is_null() {
            return NULL;
        }
        if c.flags.has_dict && !c.flags.heap_type {
            return at;
        }
        at = c.base;
    }
}

/// Its attribute `__dict__`; TypeError if there is none that describes data (`get_dict_descriptor`).
fn dict_descriptor(vm: &mut Machine, this: Obj, builtin: Obj) -> PyResult<Obj> {
    let found = vm.type_lookup(builtin, vm.names.__dict__);
    if !found.is_null() && vm.slots_of(found).tp_descr_set.is_some() {
        return Ok(found);
    }
    let name = vm.type_name(this);
    vm.type_error(format!("this __dict__ descriptor does not support '{name}' objects"))
}

/// `subtype_dict`
pub fn subtype_dict(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let builtin = builtin_with_dict(vm, vm.heap.ty(this));
    if builtin.is_null() {
        return get_dict(vm, this);
    }
    let found = dict_descriptor(vm, this, builtin)?;
    match vm.slots_of(found).tp_descr_get {
        Some(get) => get(vm, found, this, vm.heap.ty(this)),
        None => Ok(vm.new_ref(found)),
    }
}

/// `subtype_setdict`
pub fn set_subtype_dict(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let builtin = builtin_with_dict(vm, vm.heap.ty(this));
    if builtin.is_null() {
        return set_dict(vm, this, value);
    }
    let found = dict_descriptor(vm, this, builtin)?;
    match vm.slots_of(found).tp_descr_set {
        Some(set) => set(vm, found, this, value),
        None => set_dict(vm, this, value),
    }
}

/// `PyObject_GenericSetDict`: the dict can be changed, but not taken away.
pub fn replace_dict(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("cannot delete __dict__".to_string());
    }
    set_dict(vm, this, value)
}

pub fn set_dict(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if !value.is_null() && !vm.heap.is_dict(value) {
        let got = vm.type_name(value);
        return vm.type_error(format!("__dict__ must be set to a dictionary, not a '{got}'"));
    }
    if !value.is_null() {
        vm.heap.incref(value);
    }
    let old = match vm.heap.dict_slot(this) {
        Some(place) => std::mem::replace(place, value),
        None => value,
    };
    vm.xdecref(old);
    Ok(())
}

/// The newest plain weak reference, or None.
pub fn get_weakref(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let first = vm.heap.weakrefs.get(&this).and_then(|l| l.first().copied()).unwrap_or(NULL);
    Ok(if first.is_null() { vm.new_none() } else { vm.new_ref(first) })
}

fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    reduce_protocol(vm, this, 0)
}

fn reduce_ex(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let protocol = vm.index_clamped(args.get(vm, 0), NULL)?;
    // Overridden `__reduce__` wins.
    let own = vm.type_lookup(vm.heap.ty(this), vm.names.__reduce__);
    let object_s = vm.heap.dict_get_str(vm.heap.class(vm.types.object).dict, vm.names.__reduce__);
    if own == object_s {
        return reduce_protocol(vm, this, protocol);
    }
    let reduce = vm.get_attr(this, vm.names.__reduce__)?;
    vm.hold(reduce);
    let result = vm.call(reduce, &[]);
    vm.drop_held();
    result
}

/// `_common_reduce`: protocol 2 and up by `copyreg.__newobj__`, below by `copyreg._reduce_ex`.
fn reduce_protocol(vm: &mut Machine, this: Obj, protocol: isize) -> PyResult<Obj> {
    let copyreg = vm.import_module("copyreg")?;
    vm.hold(copyreg);
    let result = if protocol >= 2 {
        reduce_newobj(vm, this, copyreg)
    } else {
        // PyObject_CallMethod builds an array that owns its arguments.
        let mark = vm.mark();
        vm.hold_ref(this);
        let number = vm.new_int(protocol as i64);
        vm.hold(number);
        let result = vm.call_method(copyreg, "_reduce_ex", &[this, number]);
        vm.releasing(mark, result)
    };
    vm.drop_held();
    result
}

/// `reduce_newobj`: (copyreg.__newobj__, (class, *args), state, list items, dict items).
fn reduce_newobj(vm: &mut Machine, this: Obj, copyreg: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    if vm.heap.class(class).slots.tp_new.is_none() {
        let name = vm.class_name(class);
        return vm.type_error(format!("cannot pickle '{name}' object"));
    }
    let mark = vm.mark();
    let result = reduce_newobj_held(vm, this, class, copyreg);
    vm.releasing(mark, result)
}

fn reduce_newobj_held(vm: &mut Machine, this: Obj, class: Obj, copyreg: Obj) -> PyResult<Obj> {
    let (args, kwargs) = new_arguments(vm, this)?;
    let mut new_args = vec![class];
    new_args.extend(vm.heap.tuple(args).map(<[Obj]>::to_vec).unwrap_or_default());
    let has_args = args.some().is_some();
    let (func, args_tuple) = if kwargs.is_null() || vm.heap.dict_len(kwargs) == 0 {
        let func = vm.get_attr_str(copyreg, "__newobj__")?;
        vm.hold(func);
        (func, vm.new_tuple_of(&new_args))
    } else {
        let func = vm.get_attr_str(copyreg, "__newobj_ex__")?;
        vm.hold(func);
        let inner = if has_args { vm.new_ref(args) } else { vm.new_tuple(Vec::new()) };
        let class = vm.new_ref(class);
        let kwargs = vm.new_ref(kwargs);
        (func, vm.new_tuple(vec![class, inner, kwargs]))
    };
    vm.hold(args_tuple);
    let required = !has_args && vm.heap.list(this).is_none() && !vm.heap.is_dict(this);
    let state = get_state(vm, this, required)?;
    vm.hold(state);
    let list_items = if vm.heap.list(this).is_some() { vm.get_iter(this)? } else { vm.new_none() };
    vm.hold(list_items);
    let dict_items = if vm.heap.is_dict(this) {
        let items = vm.call_method(this, "items", &[])?;
        vm.hold(items);
        let iter = vm.get_iter(items)?;
        vm.drop_held();
        iter
    } else {
        vm.new_none()
    };
    vm.hold(dict_items);
    Ok(vm.new_tuple_of(&[func, args_tuple, state, list_items, dict_items]))
}

/// `__getnewargs_ex__`, `__getnewargs__`: tuple and dict, held, or NULLs (`_PyObject_GetNewArguments`).
fn new_arguments(vm: &mut Machine, this: Obj) -> PyResult<(Obj, Obj)> {
    if let Some(f) = vm.lookup_special(this, vm.names.__getnewargs_ex__)? {
        vm.hold(f);
        let result = vm.call(f, &[])?;
        vm.hold(result);
        let parts = vm.heap.tuple(result).map(<[Obj]>::to_vec);
        return match parts.as_deref() {
            Some([args, kwargs]) => {
                let checks = [("first", "tuple", *args, vm.heap.tuple(*args).is_some()), ("second", "dict", *kwargs, vm.heap.is_dict(*kwargs))];
                for (which, wanted, o, is) in checks {
                    if !is {
                        let got = vm.type_name(o);
                        return vm.type_error(format!("{which} item of the tuple returned by __getnewargs_ex__ must be a {wanted}, not '{got}'"));
                    }
                }
                Ok((*args, *kwargs))
            }
            Some(parts) => {
                let n = parts.len();
                vm.value_error(&format!("__getnewargs_ex__ should return a tuple of length 2, not {n}"))
            }
            None => {
                let got = vm.type_name(result);
                vm.type_error(format!("__getnewargs_ex__ should return a tuple, not '{got}'"))
            }
        };
    }
    if let Some(f) = vm.lookup_special(this, vm.names.__getnewargs__)? {
        vm.hold(f);
        let args = vm.call(f, &[])?;
        vm.hold(args);
        if vm.heap.tuple(args).is_none() {
            let got = vm.type_name(args);
            return vm.type_error(format!("__getnewargs__ should return a tuple, not '{got}'"));
        }
        return Ok((args, NULL));
    }
    Ok((NULL, NULL))
}

/// `_PyObject_GetState`: `__getstate__`, or the dict, with the slots beside it if there are some. Owned.
fn get_state(vm: &mut Machine, this: Obj, required: bool) -> PyResult<Obj> {
    if let Some(f) = vm.lookup_attr(this, vm.names.__getstate__)? {
        vm.hold(f);
        let state = vm.call(f, &[]);
        vm.drop_held();
        return state;
    }
    // Instances that are more than an object, a `__dict__`, weak references and slots.
    if required && super::type_facts::has_hidden_parts(vm, vm.heap.ty(this)) {
        let name = vm.type_name(this);
        return vm.type_error(format!("cannot pickle '{name}' object"));
    }
    let dict = vm.heap.dict_of(this);
    let empty = dict.is_null() || vm.heap.dict_len(dict) == 0;
    let state = if empty { vm.new_none() } else { vm.new_ref(dict) };
    vm.hold(state);
    let slots = slot_state(vm, this);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    let state = vm.unhold();
    match slots {
        Ok(NULL) => Ok(state),
        Ok(slots) => Ok(vm.new_tuple(vec![state, slots])),
        Err(thrown) => {
            vm.drop_keeping_exception(state);
            Err(thrown)
        }
    }
}

/// The names of all slots of a class, as `copyreg` keeps them in it; an owned list, or None.
fn slot_names(vm: &mut Machine, class: Obj) -> PyResult<Obj> {
    let known = vm.heap.dict_get_str(vm.heap.class(class).dict, vm.names.__slotnames__);
    let names = if known.is_null() {
        let copyreg = vm.import_module("copyreg")?;
        vm.with_held(copyreg, |vm, copyreg| vm.call_method(copyreg, "_slotnames", &[class]))?
    } else {
        vm.new_ref(known)
    };
    if names != vm.none && vm.heap.list(names).is_none() {
        vm.decref(names);
        let whose = if known.is_null() { "copyreg._slotnames didn't return a list or None".to_string() } else {
            let (class, got) = (vm.class_name(class), vm.type_name(known));
            format!("{class}.__slotnames__ should be a list or None, not {got}")
        };
        return vm.type_error(whose);
    }
    Ok(names)
}

/// A dict of all `__slots__` members that are set; NULL if none.
fn slot_state(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    if !vm.heap.class(class).flags.heap_type {
        return Ok(NULL);
    }
    let names = slot_names(vm, class)?;
    vm.with_held(names, |vm, names| {
        if vm.heap.list(names).is_none_or(|names| names.is_empty()) {
            return Ok(NULL);
        }
        let dict = vm.new_dict();
        vm.hold(dict);
        let mark = vm.mark();
        let mut at = 0;
        let mut done = Ok(());
        while let Some(name) = vm.heap.list(names).and_then(|names| names.get(at).copied()) {
            at += 1;
            vm.hold_ref(name);
            done = match vm.lookup_attr(this, name) {
                Ok(Some(value)) => vm.with_held(value, |vm, value| vm.dict_set(dict, name, value)),
                Ok(None) => Ok(()),
                Err(thrown) => Err(thrown),
            };
            done = vm.releasing(mark, done);
            if done.is_err() {
                break;
            }
        }
        if done.is_err() {
            return vm.let_go(done.map(|()| NULL));
        }
        let dict = vm.unhold();
        if vm.heap.dict_len(dict) == 0 {
            vm.decref(dict);
            return Ok(NULL);
        }
        Ok(dict)
    })
}
