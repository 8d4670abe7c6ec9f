//! Functions made by `def` and `lambda`.

use crate::bytecode::code::flags;
use crate::heap::payload::{Func, Payload};
use crate::heap::{NULL, Obj};
use crate::vm::args::{Args, opt, req};
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    has_dict: true,
    has_weakrefs: true,
    doc: "Create a function object.",
    getset: GETSET,
    slots,
    ..TypeSpec::new("function")
};

fn slots(s: &mut Slots) {
    s.tp_repr = Some(repr);
    s.tp_call = Some(call);
    s.tp_descr_get = Some(descr_get);
    s.tp_new = Some(new);
}

static GETSET: &[GetSet] = &[
    GetSet::rw("__code__", get_code, set_code),
    GetSet::rw("__defaults__", get_defaults, set_defaults),
    GetSet::rw("__kwdefaults__", get_kwdefaults, set_kwdefaults),
    GetSet::rw("__annotations__", get_annotations, set_annotations),
    GetSet::rw("__dict__", super::object::get_dict, super::object::replace_dict),
    GetSet::rw("__name__", get_name, set_name),
    GetSet::rw("__qualname__", get_qualname, set_qualname),
    GetSet::rw("__doc__", get_doc, set_doc),
    GetSet::rw("__module__", get_module, set_module),
    GetSet::new("__closure__", get_closure),
    GetSet::new("__globals__", get_globals),
    GetSet::new("__builtins__", get_builtins),
];

/// The function's parts; for `this` that is known to be a function.
fn func(vm: &Machine, this: Obj) -> &Func {
    match vm.heap.payload(this) {
        Payload::Func(f) => f,
        _ => panic!("a function's attribute on something else"),
    }
}

fn func_mut(vm: &mut Machine, this: Obj) -> &mut Func {
    match vm.heap.payload_mut(this) {
        Payload::Func(f) => f,
        _ => panic!("a function's attribute on something else"),
    }
}

/// Where `__name__` and `__builtins__` stand in the globals whose set of keys has this version.
#[derive(Clone, Copy, Default)]
pub struct Surroundings {
    version: u32,
    name: usize,
    builtins: usize,
}

impl Machine {
    /// MAKE_FUNCTION: the function, and how many stack entries it used up.
    pub(in crate::vm) fn make_function(&mut self, sp: usize, oparg: u32, globals: Obj) -> (Obj, usize) {
        let qualname = self.stack[sp - 1];
        let code_obj = self.stack[sp - 2];
        let mut used = 2;
        let mut next = |bit: u32, stack: &[Obj]| {
            if oparg & bit == 0 {
                return NULL;
            }
            used += 1;
            stack[sp - used]
        };
        let closure = next(8, &self.stack);
        let annotations = next(4, &self.stack);
        let kwdefaults = next(2, &self.stack);
        let defaults = next(1, &self.stack);
        let o = self.new_function(code_obj, globals, qualname);
        self.decref(code_obj);
        let f = func_mut(self, o);
        f.closure = closure;
        f.annotations = annotations;
        f.kwdefaults = kwdefaults;
        f.defaults = defaults;
        (o, used)
    }

    /// `PyFunction_NewWithQualName`; code and globals are borrowed, the qualified name is taken over.
    pub fn new_function(&mut self, code_obj: Obj, globals: Obj, qualname: Obj) -> Obj {
        let Payload::Code(code) = self.heap.payload(code_obj) else { panic!("a function of what is no code") };
        let code = code.clone();
        let name = code.name;
        let doc = match code.consts.first() {
            Some(first) if self.heap.str(*first).is_some() => *first,
            _ => self.none,
        };
        let (module, builtins) = self.function_surroundings(globals);
        for o in [code_obj, globals, name, doc, builtins] {
            self.heap.incref(o);
        }
        self.xincref(module);
        let f = Func {
            code,
            code_obj,
            globals,
            builtins,
            name,
            qualname,
            doc,
            defaults: NULL,
            kwdefaults: NULL,
            closure: NULL,
            annotations: NULL,
            module,
            dict: NULL,
        };
        let f = self.heap.spare_functions.fill(f);
        self.alloc_gc(self.types.function, Payload::Func(f))
    }

    /// What a function takes from its globals: `__name__` and the builtins; borrowed. The places are remembered for as long as the
    /// globals have the same keys.
    fn function_surroundings(&mut self, globals: Obj) -> (Obj, Obj) {
        let places = self.surroundings;
        if let Payload::Dict(g) = self.heap.payload(globals)
            && g.keys_version == places.version
            && let (Some(name), Some(builtins)) = (g.entries.get(places.name), g.entries.get(places.builtins))
        {
            return (name.value, self.builtins_in(builtins.value));
        }
        let module = self.heap.dict_get_str(globals, self.names.__name__);
        let builtins = self.builtins_of(globals);
        if let Payload::Dict(g) = self.heap.payload(globals)
            && let Some((name, _)) = self.heap.dict_find_str(globals, self.names.__name__)
            && let Some((builtins, _)) = self.heap.dict_find_str(globals, self.names.__builtins__)
        {
            self.surroundings = Surroundings { version: g.keys_version, name, builtins };
        }
        (module, builtins)
    }

    /// The builtins that code with these globals sees (`_PyEval_BuiltinsFromGlobals`); borrowed.
    pub fn builtins_of(&self, globals: Obj) -> Obj {
        let found = self.heap.dict_get_str(globals, self.names.__builtins__);
        match found {
            NULL => self.builtins,
            _ => self.builtins_in(found),
        }
    }

    /// The builtins that a global `__builtins__` stands for: a module's names, or anything: looking a name up in that fails, if it
    /// must.
    fn builtins_in(&self, found: Obj) -> Obj {
        match self.heap.payload(found) {
            Payload::Module { dict } => *dict,
            _ => found,
        }
    }
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (name, address) = (vm.func_qualname(this), vm.id_of(this));
    Ok(vm.new_string(format!("<function {name} at {address:#x}>")))
}

fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    vm.call_function(this, NULL, args)
}

/// `func_descr_get`: bound to an instance, plain on a class.
fn descr_get(vm: &mut Machine, this: Obj, obj: Obj, _owner: Obj) -> PyResult<Obj> {
    if obj.is_null() || obj == vm.none {
        return Ok(vm.new_ref(this));
    }
    Ok(vm.new_method(this, obj))
}

/// `FunctionType(code, globals, name=None, argdefs=None, closure=None)`
fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    let params = [req("code"), req("globals"), opt("name"), opt("argdefs"), opt("closure")];
    let [code, globals, name, defaults, closure] = vm.unpack("function", args, &params)?;
    let Payload::Code(c) = vm.heap.payload(code) else {
        let got = vm.argument_type(code);
        return vm.type_error(format!("function() argument 'code' must be code, not {got}"));
    };
    let free = c.freevars.len();
    let code_name = c.name;
    if !vm.heap.is_dict(globals) {
        let got = vm.argument_type(globals);
        return vm.type_error(format!("function() argument 'globals' must be dict, not {got}"));
    }
    let none_to_null = |vm: &Machine, o: Obj| if o == vm.none { NULL } else { o };
    let (defaults, closure) = (none_to_null(vm, defaults), none_to_null(vm, closure));
    if !name.is_null() && name != vm.none && vm.heap.str(name).is_none() {
        return vm.type_error("arg 3 (name) must be None or string".to_string());
    }
    if !defaults.is_null() && vm.heap.tuple(defaults).is_none() {
        return vm.type_error("arg 4 (defaults) must be None or tuple".to_string());
    }
    let cells = vm.heap.tuple(closure).map_or(0, <[Obj]>::len);
    if closure.is_null() && free > 0 {
        return vm.type_error("arg 5 (closure) must be tuple".to_string());
    }
    if cells != free {
        let text = vm.text(code_name);
        return vm.raise(vm.types.value_error, format!("{text} requires closure of length {free}, not {cells}"));
    }
    let qualname = vm.new_ref(code_name);
    let o = vm.new_function(code, globals, qualname);
    vm.xincref(defaults);
    vm.xincref(closure);
    let f = func_mut(vm, o);
    f.defaults = defaults;
    f.closure = closure;
    if !name.is_null() && name != vm.none {
        vm.heap.incref(name);
        let old = std::mem::replace(&mut func_mut(vm, o).name, name);
        vm.decref(old);
    }
    Ok(o)
}

/// A field or None; owned.
fn or_none(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    Ok(if o.is_null() { vm.new_none() } else { vm.new_ref(o) })
}

fn get_code(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let code = func(vm, this).code_obj;
    Ok(vm.new_ref(code))
}

fn set_code(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let Payload::Code(code) = vm.heap.payload(value) else {
        return vm.type_error("__code__ must be set to a code object".to_string());
    };
    let code = code.clone();
    let closure = vm.heap.tuple(func(vm, this).closure).map_or(0, <[Obj]>::len);
    if code.freevars.len() != closure {
        let (name, free) = (vm.text(func(vm, this).name), code.freevars.len());
        return vm.raise(vm.types.value_error, format!("{name}() requires a code object with {closure} free vars, not {free}"));
    }
    vm.heap.incref(value);
    let f = func_mut(vm, this);
    f.code = code;
    let old = std::mem::replace(&mut f.code_obj, value);
    vm.decref(old);
    Ok(())
}

fn get_defaults(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).defaults;
    or_none(vm, o)
}

fn set_defaults(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let value = if value == vm.none { NULL } else { value };
    if !value.is_null() && vm.heap.tuple(value).is_none() {
        return vm.type_error("__defaults__ must be set to a tuple object".to_string());
    }
    vm.xincref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).defaults, value);
    vm.xdecref(old);
    Ok(())
}

fn get_kwdefaults(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).kwdefaults;
    or_none(vm, o)
}

fn set_kwdefaults(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let value = if value == vm.none { NULL } else { value };
    if !value.is_null() && !vm.heap.is_dict(value) {
        return vm.type_error("__kwdefaults__ must be set to a dict object".to_string());
    }
    vm.xincref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).kwdefaults, value);
    vm.xdecref(old);
    Ok(())
}

/// A dict; the compiler's tuple of names and values becomes one on the first access.
fn get_annotations(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let now = func(vm, this).annotations;
    if vm.heap.is_dict(now) {
        return Ok(vm.new_ref(now));
    }
    let dict = vm.new_dict();
    if let Some(items) = vm.heap.tuple(now).map(<[Obj]>::to_vec) {
        for pair in items.chunks_exact(2) {
            vm.dict_set_str(dict, pair[0], pair[1]);
        }
    }
    func_mut(vm, this).annotations = dict;
    vm.xdecref(now);
    Ok(vm.new_ref(dict))
}

fn set_annotations(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let value = if value == vm.none { NULL } else { value };
    if !value.is_null() && !vm.heap.is_dict(value) {
        return vm.type_error("__annotations__ must be set to a dict object".to_string());
    }
    vm.xincref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).annotations, value);
    vm.xdecref(old);
    Ok(())
}

fn get_name(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).name;
    Ok(vm.new_ref(o))
}

fn set_name(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if vm.heap.str(value).is_none() || value.is_null() {
        return vm.type_error("__name__ must be set to a string object".to_string());
    }
    vm.heap.incref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).name, value);
    vm.decref(old);
    Ok(())
}

fn get_qualname(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).qualname;
    Ok(vm.new_ref(o))
}

fn set_qualname(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if vm.heap.str(value).is_none() || value.is_null() {
        return vm.type_error("__qualname__ must be set to a string object".to_string());
    }
    vm.heap.incref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).qualname, value);
    vm.decref(old);
    Ok(())
}

fn get_doc(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).doc;
    or_none(vm, o)
}

fn set_doc(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let value = if value.is_null() { vm.none } else { value };
    vm.heap.incref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).doc, value);
    vm.xdecref(old);
    Ok(())
}

fn get_module(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).module;
    or_none(vm, o)
}

fn set_module(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    vm.xincref(value);
    let old = std::mem::replace(&mut func_mut(vm, this).module, value);
    vm.xdecref(old);
    Ok(())
}

fn get_closure(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).closure;
    or_none(vm, o)
}

fn get_globals(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).globals;
    Ok(vm.new_ref(o))
}

fn get_builtins(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let o = func(vm, this).builtins;
    Ok(vm.new_ref(o))
}

/// Whether calling a function with this code makes a generator or its like.
pub fn makes_generator(code_flags: u32) -> bool {
    code_flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0
}
