//! `module` (`Objects/moduleobject.c`).

use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

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

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = text_of(vm, this, "__name__");
    let shown = match &name {
        Some(name) => {
            let name = vm.new_str(name);
            vm.with_held(name, |vm, name| vm.repr_text(name))?
        }
        None => "'?'".to_string(),
    };
    if let Some(file) = text_of(vm, this, "__file__") {
        let file = vm.new_str(&file);
        let file = vm.with_held(file, |vm, file| vm.repr_text(file))?;
        return Ok(vm.new_string(format!("<module {shown} from {file}>")));
    }
    let built_in = name.is_some_and(|n| {
        crate::vm::modules::find_native(&n).is_some() && vm.dict_get_name(vm.sys_modules, &n) == this
    });
    if built_in {
        return Ok(vm.new_string(format!("<module {shown} (built-in)>")));
    }
    // A module without a file shows what loaded it.
    let loader = match vm.lookup_attr_str(this, "__loader__")? {
        Some(loader) => vm.with_held(loader, |vm, loader| {
            Ok((loader != vm.none).then(|| vm.repr_text(loader)))
        })?,
        None => None,
    };
    match loader {
        Some(loader) => {
            let loader = loader?;
            Ok(vm.new_string(format!("<module {shown} ({loader})>")))
        }
        None => Ok(vm.new_string(format!("<module {shown}>"))),
    }
}

/// The module's own names, then its `__getattr__` (`module_getattro`).
fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    if vm.heap.str(name).is_none() {
        return crate::vm::attribute::generic_getattr(vm, this, name);
    }
    if let Some(value) = vm.generic_lookup_attr(this, name)? {
        return Ok(value);
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

impl Machine {
    /// `generic_lookup` that takes an AttributeError of a descriptor for "not there".
    fn generic_lookup_attr(&mut self, o: Obj, name: Obj) -> PyResult<Option<Obj>> {
        match self.generic_lookup(o, name) {
            Err(_) if self.pending_matches(self.types.attribute_error) => {
                self.clear_exception();
                Ok(None)
            }
            other => other,
        }
    }
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
