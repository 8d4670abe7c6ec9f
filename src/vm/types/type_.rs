//! `type`: calling classes, attributes of classes.

use super::type_facts;
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::Args;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Class,
    gc: true,
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    methods: METHODS,
    getset: GETSET,
    slots,
    ..TypeSpec::new("type")
};

fn slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_call = Some(call);
    s.tp_getattro = Some(getattro);
    s.tp_setattro = Some(setattro);
    s.tp_init = Some(init);
    s.tp_new = Some(new);
    s.nb_or = Some(super::union_type::union_or);
}

static METHODS: &[Method] = &[
    Method::new("mro", Arity::NoArgs, mro).doc("($self, /)\n--\n\nReturn a type's method resolution order."),
    Method::new("__subclasses__", Arity::NoArgs, subclasses).doc("($self, /)\n--\n\nReturn a list of immediate subclasses."),
    Method::class("__prepare__", Arity::Keywords, prepare),
    Method::new("__instancecheck__", Arity::One, instancecheck).doc("($self, instance, /)\n--\n\nCheck if an object is an instance."),
    Method::new("__subclasscheck__", Arity::One, subclasscheck).doc("($self, subclass, /)\n--\n\nCheck if a class is a subclass."),
    Method::new("__dir__", Arity::NoArgs, dir).doc("($self, /)\n--\n\nSpecialized __dir__ implementation for types."),
    Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("($self, /)\n--\n\nReturn memory consumption of the type object."),
];

static GETSET: &[GetSet] = &[
    GetSet::rw("__name__", get_name, set_name),
    GetSet::rw("__qualname__", get_qualname, set_qualname),
    GetSet::rw("__bases__", get_bases, set_bases),
    GetSet::new("__mro__", get_mro),
    GetSet::new("__base__", get_base),
    GetSet::rw("__module__", get_module, set_module),
    GetSet::rw("__abstractmethods__", get_abstractmethods, set_abstractmethods),
    GetSet::new("__dict__", get_dict),
    GetSet::rw("__doc__", get_doc, set_doc),
    GetSet::new("__text_signature__", get_text_signature),
    GetSet::rw("__annotations__", get_annotations, set_annotations),
    GetSet::new("__flags__", type_facts::flags),
    GetSet::new("__basicsize__", |vm, this| number(vm, this, |facts| facts.basic_size)),
    GetSet::new("__itemsize__", |vm, this| number(vm, this, |facts| facts.item_size)),
    GetSet::new("__dictoffset__", |vm, this| number(vm, this, |facts| facts.dict_offset)),
    GetSet::new("__weakrefoffset__", |vm, this| number(vm, this, |facts| facts.weaklist_offset)),
];

/// `type_call`: `type(x)`, or `__new__` and then `__init__`.
pub fn call(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if class == vm.types.type_ && args.len() == 1 && args.kw_len(vm) == 0 {
        let ty = vm.heap.ty(args.get(vm, 0));
        return Ok(vm.new_ref(ty));
    }
    if class == vm.types.type_ && args.len() != 3 {
        return vm.type_error("type() takes 1 or 3 arguments".to_string());
    }
    let c = vm.heap.class(class);
    let Some(new) = c.slots.tp_new.filter(|_| !c.flags.disallow_instantiation) else {
        let name = vm.class_name(class);
        return vm.type_error(format!("cannot create '{name}' instances"));
    };
    let o = new(vm, class, args)?;
    let ty = vm.heap.ty(o);
    if !vm.is_subtype(ty, class) {
        return Ok(o);
    }
    let Some(init) = vm.heap.class(ty).slots.tp_init else { return Ok(o) };
    vm.hold(o);
    let result = init(vm, o, args);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    let o = vm.unhold();
    match result {
        Ok(()) => Ok(o),
        Err(thrown) => {
            let saved = vm.take_exception();
            vm.decref(o);
            vm.restore_exception(saved);
            Err(thrown)
        }
    }
}

/// `type.__new__(metatype, name, bases, namespace, **kwds)`
fn new(vm: &mut Machine, meta: Obj, args: Args) -> PyResult<Obj> {
    if args.len() != 3 {
        let n = args.len();
        return vm.type_error(format!("type.__new__() takes exactly 3 arguments ({n} given)"));
    }
    let (name, bases, namespace) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let checks = [
        (vm.heap.str(name).is_some(), 1, "str", name),
        (vm.heap.tuple(bases).is_some(), 2, "tuple", bases),
        (vm.heap.is_dict(namespace), 3, "dict", namespace),
    ];
    for (ok, n, wanted, o) in checks {
        if !ok {
            let got = vm.type_name(o);
            return vm.type_error(format!("type.__new__() argument {n} must be {wanted}, not {got}"));
        }
    }
    let base_list = vm.heap.tuple(bases).map(<[Obj]>::to_vec).unwrap_or_default();
    for base in &base_list {
        if !vm.heap.is_class(*base)
            && let Some(hook) = vm.lookup_attr(*base, vm.names.__mro_entries__)?
        {
                vm.decref(hook);
                return vm.type_error(
                    "type() doesn't support MRO entry resolution; use types.new_class()".to_string(),
                );
        }
    }
    let winner = vm.calculate_metaclass(meta, &base_list)?;
    if winner != meta {
        let theirs = vm.heap.class(winner).slots.tp_new;
        if let Some(f) = theirs
            && !std::ptr::fn_addr_eq(f, new as crate::vm::slots::CallFn)
        {
            return f(vm, winner, args);
        }
    }
    let kwds = args.keywords(vm);
    vm.type_new(winner, name, bases, namespace, &kwds)
}

fn init(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<()> {
    if args.len() != 1 && args.len() != 3 {
        return vm.type_error("type.__init__() takes 1 or 3 arguments".to_string());
    }
    Ok(())
}

/// `<class 'module.Qualname'>`
pub fn repr(vm: &mut Machine, class: Obj) -> PyResult<Obj> {
    let name = super::object::full_name(vm, class)?;
    Ok(vm.new_string(format!("<class '{name}'>")))
}

/// Attributes of a class: the metaclass's data descriptors, the class's MRO, the metaclass's rest (`type_getattro`).
pub fn getattro(vm: &mut Machine, class: Obj, name: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        let ty = vm.type_name(name);
        return vm.type_error(format!("attribute name must be string, not '{ty}'"));
    }
    let meta = vm.heap.ty(class);
    let meta_attribute = vm.type_lookup(meta, name);
    let mut meta_get = None;
    if !meta_attribute.is_null() {
        let slots = *vm.slots_of(meta_attribute);
        meta_get = slots.tp_descr_get;
        if let Some(get) = meta_get
            && slots.tp_descr_set.is_some()
        {
            vm.hold_ref(meta_attribute);
            let result = get(vm, meta_attribute, class, meta);
            vm.drop_held();
            return result;
        }
    }
    let attribute = vm.type_lookup(class, name);
    if !attribute.is_null() {
        return match vm.slots_of(attribute).tp_descr_get {
            Some(get) => {
                vm.hold_ref(attribute);
                let result = get(vm, attribute, NULL, class);
                vm.drop_held();
                result
            }
            None => Ok(vm.new_ref(attribute)),
        };
    }
    if let Some(get) = meta_get {
        return get(vm, meta_attribute, class, meta);
    }
    if !meta_attribute.is_null() {
        return Ok(vm.new_ref(meta_attribute));
    }
    let (ty, text) = (vm.class_name(class), vm.text(name));
    let short = ty.rsplit('.').next().unwrap_or(&ty).to_string();
    let shown = if vm.heap.class(class).flags.heap_type { short } else { ty };
    vm.raise(vm.types.attribute_error, format!("type object '{shown}' has no attribute '{text}'"))
}

/// `type_setattro`: caches forget the class, slots follow.
fn setattro(vm: &mut Machine, class: Obj, name: Obj, value: Obj) -> PyResult<()> {
    if !vm.heap.class(class).flags.heap_type {
        let (text, ty) = (vm.repr_text(name)?, vm.class_name(class));
        return vm.type_error(format!("cannot set {text} attribute of immutable type '{ty}'"));
    }
    if vm.heap.str(name).is_none() {
        let ty = vm.type_name(name);
        return vm.type_error(format!("attribute name must be string, not '{ty}'"));
    }
    let meta = vm.heap.ty(class);
    let descr = vm.type_lookup(meta, name);
    if !descr.is_null()
        && let Some(set) = vm.slots_of(descr).tp_descr_set
    {
        return set(vm, descr, class, value);
    }
    let dict = vm.heap.class(class).dict;
    if value.is_null() {
        vm.type_modified(class);
        if !vm.dict_delete_str(dict, name) {
            let text = vm.text(name);
            return vm.raise(vm.types.attribute_error, text);
        }
    } else {
        vm.type_modified(class);
        let exact = vm.heap.ty(name) == vm.types.str;
        let text = vm.heap.str(name).cloned();
        let name = match text {
            Some(text) if !exact => vm.new_str_obj((*text).clone()),
            _ => vm.new_ref(name),
        };
        let name = vm.intern_object(name);
        vm.hold(name);
        vm.dict_set_str(dict, name, value);
        vm.drop_held();
    }
    vm.type_modified(class);
    vm.update_slots_for(class, name);
    Ok(())
}

fn mro(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let order = vm.linearize(this)?;
    vm.count_tuple(order.len());
    for c in &order {
        vm.heap.incref(*c);
    }
    Ok(vm.new_list(order))
}

fn subclasses(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let list = vm.heap.class(this).subclasses.clone();
    for c in &list {
        vm.heap.incref(*c);
    }
    Ok(vm.new_list(list))
}

fn prepare(vm: &mut Machine, _this: Obj, _args: Args) -> PyResult<Obj> {
    Ok(vm.new_dict())
}

fn instancecheck(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let answer = vm.is_real_instance(o, this)?;
    Ok(vm.new_bool(answer))
}

fn subclasscheck(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    let answer = vm.is_real_subclass(class, this)?;
    Ok(vm.new_bool(answer))
}

fn dir(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let all = vm.new_dict();
    vm.with_held(all, |vm, all| {
        super::object::merge_names(vm, all, this)?;
        vm.list_from_iterable(all)
    })
}

fn sizeof(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let size = crate::vm::modules::sys_size::bare_size(vm, this);
    Ok(vm.new_int(size as i64))
}

fn get_name(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let c = vm.heap.class(this);
    if !c.ht_name.is_null() {
        let name = c.ht_name;
        return Ok(vm.new_ref(name));
    }
    let name = vm.class_dunder_name(this);
    Ok(vm.new_string(name))
}

fn set_name(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    check_settable(vm, this, value, "__name__")?;
    if vm.heap.str(value).is_none() {
        let (name, got) = (vm.class_name(this), vm.type_name(value));
        return vm.type_error(format!("can only assign string to {name}.__name__, not '{got}'"));
    }
    if vm.heap.str(value).is_some_and(|s| s.bytes().contains(&0)) {
        return vm.value_error("type name must not contain null characters");
    }
    vm.check_utf8(value)?;
    let text = vm.text(value);
    vm.heap.incref(value);
    let c = vm.heap.class_mut(this);
    c.name = text.into();
    let old = std::mem::replace(&mut c.ht_name, value);
    vm.xdecref(old);
    Ok(())
}

fn check_settable(vm: &mut Machine, this: Obj, value: Obj, name: &str) -> PyResult<()> {
    let class = vm.class_name(this);
    if !vm.heap.class(this).flags.heap_type {
        return vm.type_error(format!("cannot set '{name}' attribute of immutable type '{class}'"));
    }
    if value.is_null() {
        return vm.type_error(format!("cannot delete '{name}' attribute of immutable type '{class}'"));
    }
    Ok(())
}

/// `__qualname__` as text.
pub fn qualname_text(vm: &Machine, class: Obj) -> String {
    let c = vm.heap.class(class);
    if c.qualname.is_null() { c.name.rsplit('.').next().unwrap_or(&c.name).to_string() } else { vm.text(c.qualname) }
}

fn get_qualname(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let qualname = vm.heap.class(this).qualname;
    if qualname.is_null() {
        return get_name(vm, this);
    }
    Ok(vm.new_ref(qualname))
}

fn set_qualname(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    check_settable(vm, this, value, "__qualname__")?;
    if vm.heap.str(value).is_none() {
        let (name, got) = (vm.class_name(this), vm.type_name(value));
        return vm.type_error(format!("can only assign string to {name}.__qualname__, not '{got}'"));
    }
    vm.heap.incref(value);
    let old = std::mem::replace(&mut vm.heap.class_mut(this).qualname, value);
    vm.xdecref(old);
    Ok(())
}

fn get_bases(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let bases = vm.heap.class(this).bases;
    Ok(vm.new_ref(bases))
}

/// Whether `class` is `other` or has it up its chain of `tp_base`, which may be ahead of its order.
fn on_base_chain(vm: &Machine, class: Obj, other: Obj) -> bool {
    let mut at = class;
    while !at.is_null() && at != other {
        at = vm.heap.class(at).base;
    }
    at == other
}

fn set_bases(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    check_settable(vm, this, value, "__bases__")?;
    let name = vm.class_name(this);
    let Some(bases) = vm.heap.tuple(value).map(<[Obj]>::to_vec) else {
        let got = vm.type_name(value);
        return vm.type_error(format!("can only assign tuple to {name}.__bases__, not {got}"));
    };
    if bases.is_empty() {
        return vm.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()"));
    }
    for base in &bases {
        if !vm.heap.is_class(*base) {
            let got = vm.type_name(*base);
            return vm.type_error(format!("{name}.__bases__ must be tuple of classes, not '{got}'"));
        }
        if vm.is_subtype(*base, this) || on_base_chain(vm, *base, this) {
            return vm.type_error("a __bases__ item causes an inheritance cycle".to_string());
        }
    }
    vm.change_bases(this, value, &bases)
}

fn get_mro(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mro = vm.heap.class(this).mro;
    Ok(if mro.is_null() { vm.new_none() } else { vm.new_ref(mro) })
}

fn get_base(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let base = vm.heap.class(this).base;
    Ok(if base.is_null() { vm.new_none() } else { vm.new_ref(base) })
}

/// `__module__` of a class: an entry of its dict, or what its dotted name says; owned.
pub fn module_of(vm: &mut Machine, class: Obj) -> Option<Obj> {
    let c = vm.heap.class(class);
    if c.flags.heap_type {
        let found = vm.heap.dict_get_str(c.dict, vm.names.__module__);
        return found.some().map(|o| vm.new_ref(o));
    }
    let module = match c.name.rsplit_once('.') {
        Some((module, _)) => module.to_string(),
        None => "builtins".to_string(),
    };
    Some(vm.intern(&module))
}

fn get_module(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match module_of(vm, this) {
        Some(module) => Ok(module),
        None => vm.raise(vm.types.attribute_error, "__module__".to_string()),
    }
}

fn set_module(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    check_settable(vm, this, value, "__module__")?;
    vm.type_modified(this);
    let dict = vm.heap.class(this).dict;
    vm.dict_set_str(dict, vm.names.__module__, value);
    Ok(())
}

fn get_abstractmethods(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = vm.heap.class(this).dict;
    let found = if this == vm.types.type_ { NULL } else { vm.heap.dict_get_str(dict, vm.names.__abstractmethods__) };
    if found.is_null() {
        return vm.raise(vm.types.attribute_error, "__abstractmethods__".to_string());
    }
    Ok(vm.new_ref(found))
}

fn set_abstractmethods(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let dict = vm.heap.class(this).dict;
    let is_abstract = if value.is_null() {
        if !vm.dict_delete_str(dict, vm.names.__abstractmethods__) {
            return vm.raise(vm.types.attribute_error, "__abstractmethods__".to_string());
        }
        false
    } else {
        let truth = vm.is_true(value)?;
        vm.dict_set_str(dict, vm.names.__abstractmethods__, value);
        truth
    };
    vm.type_modified(this);
    vm.heap.class_mut(this).flags.is_abstract = is_abstract;
    Ok(())
}

fn get_dict(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = vm.heap.class(this).dict;
    vm.heap.incref(dict);
    Ok(vm.alloc_gc(vm.types.mapping_proxy, Payload::MappingProxy(dict)))
}

fn get_doc(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    // A built-in type's own text, whatever its instances have under that name.
    if !vm.heap.class(this).flags.heap_type {
        let name = vm.class_name(this);
        if let Some(text) = super::docstrings::find(&format!("class {name}")) {
            return Ok(vm.new_string(text));
        }
    }
    let dict = vm.heap.class(this).dict;
    let doc = vm.heap.dict_get_str(dict, vm.names.__doc__);
    if doc.is_null() {
        return Ok(vm.new_none());
    }
    match vm.slots_of(doc).tp_descr_get {
        Some(get) => get(vm, doc, NULL, this),
        None => Ok(vm.new_ref(doc)),
    }
}

fn set_doc(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    check_settable(vm, this, value, "__doc__")?;
    vm.type_modified(this);
    let dict = vm.heap.class(this).dict;
    vm.dict_set_str(dict, vm.names.__doc__, value);
    Ok(())
}

fn get_text_signature(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let doc = vm.heap.class(this).doc;
    match doc.find("\n--\n\n") {
        Some(at) => {
            let start = doc.find('(').unwrap_or(0);
            Ok(vm.new_str(&doc[start..at]))
        }
        None if vm.heap.class(this).flags.heap_type => Ok(vm.new_none()),
        None => {
            let name = vm.class_name(this);
            let short = name.rsplit('.').next().unwrap_or(&name);
            let named = |name: &str| super::signatures::find(&format!("class {name}"));
            match named(&name).or_else(|| named(short)) {
                Some(signature) => Ok(vm.new_string(signature)),
                None => Ok(vm.new_none()),
            }
        }
    }
}

/// `type_get_annotations`: made on the first access.
fn get_annotations(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let c = vm.heap.class(this);
    if !c.flags.heap_type {
        let name = vm.class_name(this);
        return vm.raise(vm.types.attribute_error, format!("type object '{name}' has no attribute '__annotations__'"));
    }
    let dict = c.dict;
    let found = vm.heap.dict_get_str(dict, vm.names.__annotations__);
    if !found.is_null() {
        return match vm.slots_of(found).tp_descr_get {
            Some(get) => get(vm, found, NULL, this),
            None => Ok(vm.new_ref(found)),
        };
    }
    let made = vm.new_dict();
    vm.dict_set_str(dict, vm.names.__annotations__, made);
    vm.type_modified(this);
    Ok(made)
}

fn set_annotations(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let c = vm.heap.class(this);
    let dict = c.dict;
    if !c.flags.heap_type {
        let name = vm.class_name(this);
        return vm.type_error(format!("cannot set '__annotations__' attribute of immutable type '{name}'"));
    }
    if value.is_null() {
        if !vm.dict_delete_str(dict, vm.names.__annotations__) {
            return vm.raise(vm.types.attribute_error, "__annotations__".to_string());
        }
    } else {
        vm.dict_set_str(dict, vm.names.__annotations__, value);
    }
    vm.type_modified(this);
    Ok(())
}

/// One of a type's sizes and offsets.
fn number(vm: &mut Machine, this: Obj, of: fn(&type_facts::Facts) -> i64) -> PyResult<Obj> {
    let facts = type_facts::of(vm, this);
    Ok(vm.new_int(of(&facts)))
}
