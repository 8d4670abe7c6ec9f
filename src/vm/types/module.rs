//! `module` (`Objects/moduleobject.c`).

use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Module,
    base_type: true,
    has_dict: true,
    has_weakrefs: true,
    doc: "module(name, doc=None)\n--\n\nA namespace with a name.",
    methods: &[Method::new("__dir__", Arity::NoArgs, dir)],
    getset: &[
        GetSet::rw("__dict__", get_dict, |vm, _, _| vm.raise(vm.types.attribute_error, "readonly attribute".to_string())),
        GetSet::rw("__annotations__", get_annotations, set_annotations),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_getattro = Some(getattro);
        s.tp_setattro = Some(crate::vm::attribute_set::generic_setattr);
    },
    ..TypeSpec::new("module")
};

fn dict_of(vm: &Machine, this: Obj) -> Obj {
    match vm.heap.base(this) {
        Payload::Module { dict } => *dict,
        _ => NULL,
    }
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, Payload::Module { dict: NULL }))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let [name, doc] = vm.unpack("module", args, &[req("name"), opt("doc")])?;
    if vm.heap.str(name).is_none() {
        let got = vm.argument_type(name);
        return vm.type_error(format!("module() argument 'name' must be str, not {got}"));
    }
    if dict_of(vm, this).is_null() {
        let made = vm.new_dict();
        if let Payload::Module { dict } = vm.heap.base_mut(this) {
            *dict = made;
        }
    }
    let dict = dict_of(vm, this);
    let none = vm.none;
    let n = vm.names;
    let doc = if doc.is_null() { none } else { doc };
    for (key, value) in [(n.__name__, name), (n.__doc__, doc), (n.__package__, none), (n.__loader__, none), (n.__spec__, none)] {
        vm.dict_set_str(dict, key, value);
    }
    Ok(())
}

/// The value of a name in the module's dict if it is a str.
fn text_of(vm: &Machine, this: Obj, name: &str) -> Option<String> {
    let dict = dict_of(vm, this);
    if dict.is_null() {
        return None;
    }
    let value = vm.dict_get_name(dict, name);
    if value.is_null() { None } else { vm.heap.str(value).map(|s| s.lossy()) }
}

/// `_module_repr` of `importlib`: by the spec; without one as the loader says; else by what attributes there are.
fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    if let Some(spec) = vm.lookup_attr_str(this, "__spec__")? {
        let told = vm.with_held(spec, |vm, spec| match vm.is_true(spec)? {
            true => repr_by_spec(vm, spec).map(Some),
            false => Ok(None),
        })?;
        if let Some(told) = told {
            return Ok(vm.new_string(told));
        }
    }
    let loader = vm.lookup_attr_str(this, "__loader__")?.unwrap_or(NULL);
    let mark = vm.mark();
    vm.hold(loader);
    let told = repr_by_attributes(vm, this, loader);
    vm.releasing(mark, told)
}

fn repr_by_spec(vm: &mut Machine, spec: Obj) -> PyResult<String> {
    let name = shown(vm, spec, "name")?.filter(|name| name != "None");
    let name = name.unwrap_or_else(|| "'?'".to_string());
    let origin = vm.get_attr_str(spec, "origin")?;
    let text = vm.text(origin);
    let known = origin != vm.none;
    vm.decref(origin);
    if !known {
        let loader = shown(vm, spec, "loader")?.filter(|loader| loader != "None");
        return Ok(match loader {
            Some(loader) => format!("<module {name} ({loader})>"),
            None => format!("<module {name}>"),
        });
    }
    let located = vm.get_attr_str(spec, "has_location")?;
    if vm.take_truth(located)? {
        let origin = shown(vm, spec, "origin")?.unwrap_or_default();
        return Ok(format!("<module {name} from {origin}>"));
    }
    Ok(format!("<module {name} ({text})>"))
}

/// The repr of an attribute, if it is there.
fn shown(vm: &mut Machine, o: Obj, attribute: &str) -> PyResult<Option<String>> {
    match vm.lookup_attr_str(o, attribute)? {
        Some(value) => vm.with_held(value, |vm, value| vm.repr_text(value).map(Some)),
        None => Ok(None),
    }
}

fn repr_by_attributes(vm: &mut Machine, this: Obj, loader: Obj) -> PyResult<Obj> {
    if !loader.is_null()
        && let Some(hook) = vm.lookup_attr_str(loader, "module_repr")?
    {
        match vm.with_held(hook, |vm, hook| vm.call(hook, &[this])) {
            // What goes wrong in asking it does not matter.
            Err(Thrown::Exception) => vm.clear_exception(),
            told => return told,
        }
    }
    let name = shown(vm, this, "__name__")?.unwrap_or_else(|| "'?'".to_string());
    let told = match shown(vm, this, "__file__")? {
        Some(file) => format!("<module {name} from {file}>"),
        None if loader.is_null() || loader == vm.none => format!("<module {name}>"),
        None => format!("<module {name} ({})>", vm.repr_text(loader)?),
    };
    Ok(vm.new_string(told))
}

/// The module's own names, then its `__getattr__` (`module_getattro`).
fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        return crate::vm::attribute::generic_getattr(vm, this, name);
    }
    match vm.generic_getattr(this, name) {
        Err(Thrown::Exception) if vm.pending_matches(vm.types.attribute_error) => {
            vm.clear_exception();
        }
        other => return other,
    }
    let dict = dict_of(vm, this);
    if !dict.is_null() {
        let hook = vm.heap.dict_get_str(dict, vm.names.__getattr__);
        if !hook.is_null() {
            return vm.call(hook, &[name]);
        }
    }
    let wanted = vm.text(name);
    let message = match text_of(vm, this, "__name__") {
        Some(own) if vm.is_initializing(this)? => format!(
            "partially initialized module '{own}' has no attribute '{wanted}' (most likely due to a circular import)"
        ),
        Some(own) => format!("module '{own}' has no attribute '{wanted}'"),
        None => format!("module has no attribute '{wanted}'"),
    };
    vm.raise(vm.types.attribute_error, message)
}

fn dir(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let dict = vm.get_attr(this, vm.names.__dict__)?;
    vm.with_held(dict, |vm, dict| {
        if !vm.heap.is_dict(dict) {
            return vm.type_error("<module>.__dict__ is not a dictionary".to_string());
        }
        let hook = vm.heap.dict_get_str(dict, vm.names.__dir__);
        if !hook.is_null() {
            return vm.call(hook, &[]);
        }
        vm.list_from_iterable(dict)
    })
}

fn get_dict(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = dict_of(vm, this);
    Ok(if dict.is_null() { vm.new_none() } else { vm.new_ref(dict) })
}

fn get_annotations(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = vm.get_attr(this, vm.names.__dict__)?;
    vm.with_held(dict, |vm, dict| {
        if !vm.heap.is_dict(dict) {
            return vm.type_error("<module>.__dict__ is not a dictionary".to_string());
        }
        let found = vm.heap.dict_get_str(dict, vm.names.__annotations__);
        if !found.is_null() {
            return Ok(vm.new_ref(found));
        }
        let made = vm.new_dict();
        vm.dict_set_str(dict, vm.names.__annotations__, made);
        Ok(made)
    })
}

fn set_annotations(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let dict = dict_of(vm, this);
    let name = vm.names.__annotations__;
    if dict.is_null() {
        return vm.type_error("<module>.__dict__ is not a dictionary".to_string());
    }
    if !value.is_null() {
        vm.dict_set_str(dict, name, value);
        return Ok(());
    }
    if !vm.dict_delete_str(dict, name) {
        let text = vm.text(name);
        return vm.raise(vm.types.attribute_error, text);
    }
    Ok(())
}
