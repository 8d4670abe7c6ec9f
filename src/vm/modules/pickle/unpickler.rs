//! `pickle.Unpickler`: the type, its settings, its stack, and how it finds classes.

use std::collections::BTreeMap;

use super::input::Input;
use super::{
    flag, kept, load, method_of, one_positional, pickler_memo, save_global, unpickling_error,
};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{kw, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// `encoding`, `errors`, `fix_imports`.
#[derive(Clone, Default)]
pub struct Settings {
    pub encoding: String,
    pub errors: String,
    pub fix_imports: bool,
}

#[derive(Clone, Default)]
pub struct Unpickler {
    pub read: Obj,
    pub readline: Obj,
    /// Of the file, or NULL: what large bytes are read with.
    pub readinto: Obj,
    pub pers_func: Obj,
    pub pers_bound: bool,
    /// An iterator over out-of-band buffers, or NULL.
    pub buffers: Obj,
    pub input: Input,
    pub stack: Vec<Obj>,
    /// Heights of the stack at each MARK that is open.
    pub marks: Vec<usize>,
    pub memo: BTreeMap<u64, Obj>,
    pub proto: u8,
    pub settings: Settings,
}

impl Native for Unpickler {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("readinto"), self.readinto);
        f(Edge::Field("readline"), self.readline);
        f(Edge::Field("read"), self.read);
        f(Edge::Field("persistent_load"), self.pers_func);
        f(Edge::Field("buffers"), self.buffers);
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for (n, o) in self.stack.iter().enumerate() {
            f(Edge::Item(n as u32), *o);
        }
        for o in self.memo.values() {
            f(Edge::Field("memo"), *o);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        let mut taken: Vec<Obj> = [
            &mut self.readinto,
            &mut self.readline,
            &mut self.read,
            &mut self.pers_func,
            &mut self.buffers,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec();
        taken.append(&mut self.stack);
        taken.extend(std::mem::take(&mut self.memo).into_values());
        self.marks.clear();
        taken
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())\n--\n\n\
          This takes a binary file for reading a pickle data stream.",
    base_type: true,
    methods: &[
        Method::new("load", Arity::NoArgs, load_method)
            .doc("load($self, /)\n--\n\nLoad a pickle: read a pickled object representation from the open file."),
        Method::new("find_class", Arity::Positional(2, 2), |vm, this, args| {
            find_class(vm, this, args.get(vm, 0), args.get(vm, 1))
        })
        .doc("find_class($self, module_name, global_name, /)\n--\n\nReturn an object from a specified module."),
        Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("__sizeof__($self, /)\n--\n\nSize in memory, in bytes."),
    ],
    getset: &[
        GetSet::rw("memo", pickler_memo::get_unpickler, pickler_memo::set_unpickler),
        GetSet::rw("persistent_load", get_persistent_load, set_persistent_load),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let made = Payload::Native(Box::new(Box::new(Unpickler::default())));
            Ok(vm.alloc_instance(class, made))
        });
        s.tp_init = Some(init);
    },
    ..TypeSpec::new("_pickle.Unpickler")
};

pub fn parts(vm: &mut Machine, this: Obj) -> &mut Unpickler {
    vm.heap.native_mut(this).expect("checked by the type")
}

fn replace(vm: &mut Machine, this: Obj, value: Obj, field: fn(&mut Unpickler) -> &mut Obj) {
    let old = std::mem::replace(field(parts(vm, this)), value);
    vm.xdecref(old);
}

fn name_argument(
    vm: &mut Machine,
    function: &str,
    name: &str,
    o: Obj,
    default: &str,
) -> PyResult<String> {
    if o.is_null() {
        return Ok(default.to_string());
    }
    if vm.heap.str(o).is_none() {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "{function}() argument '{name}' must be str, not {got}"
        ));
    }
    Ok(vm.text(o))
}

pub fn settings(
    vm: &mut Machine,
    function: &str,
    fix: Obj,
    encoding: Obj,
    errors: Obj,
) -> PyResult<Settings> {
    let fix_imports = flag(vm, fix)?;
    Ok(Settings {
        encoding: name_argument(vm, function, "encoding", encoding, "ASCII")?,
        errors: name_argument(vm, function, "errors", errors, "strict")?,
        fix_imports,
    })
}

fn set_buffers(vm: &mut Machine, this: Obj, buffers: Obj) -> PyResult<()> {
    let iterator = if buffers.is_null() || buffers == vm.none {
        NULL
    } else {
        vm.get_iter(buffers)?
    };
    replace(vm, this, iterator, |u| &mut u.buffers);
    Ok(())
}

/// An unpickler of exactly this type for `load` and `loads`.
pub fn new_plain(vm: &mut Machine, settings: Settings, buffers: Obj) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    let made = Unpickler {
        settings,
        ..Unpickler::default()
    };
    let this = vm.alloc_instance(class, Payload::Native(Box::new(Box::new(made))));
    vm.hold(this);
    let done = set_buffers(vm, this, buffers);
    if done.is_err() {
        return vm.let_go(done.map(|()| this));
    }
    Ok(vm.unhold())
}

pub fn set_file(vm: &mut Machine, this: Obj, file: Obj) -> PyResult<()> {
    let readinto = vm.lookup_attr_str(file, "readinto")?.unwrap_or(NULL);
    replace(vm, this, readinto, |u| &mut u.readinto);
    let read = vm.lookup_attr_str(file, "read")?.unwrap_or(NULL);
    replace(vm, this, read, |u| &mut u.read);
    let readline = vm.lookup_attr_str(file, "readline")?.unwrap_or(NULL);
    replace(vm, this, readline, |u| &mut u.readline);
    if read.is_null() || readline.is_null() {
        replace(vm, this, NULL, |u| &mut u.read);
        return vm.type_error("file must have 'read' and 'readline' attributes".to_string());
    }
    Ok(())
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.len() > 1 {
        one_positional(vm, "Unpickler", args)?;
    }
    let params = [
        req("file"),
        kw("fix_imports"),
        kw("encoding"),
        kw("errors"),
        kw("buffers"),
    ];
    let [file, fix, encoding, errors, buffers] = vm.unpack("Unpickler", args, &params)?;
    let settings = settings(vm, "Unpickler", fix, encoding, errors)?;
    set_file(vm, this, file)?;
    let unpickler = parts(vm, this);
    unpickler.settings = settings;
    unpickler.input = Input::default();
    set_buffers(vm, this, buffers)?;
    let (func, bound) = method_of(vm, this, "persistent_load")?;
    parts(vm, this).pers_bound = bound;
    replace(vm, this, func, |u| &mut u.pers_func);
    forget_all(vm, this);
    Ok(())
}

fn load_method(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if parts(vm, this).read.is_null() {
        let name = vm.type_name(this);
        return unpickling_error(
            vm,
            &format!("Unpickler.__init__() was not called by {name}.__init__()"),
        );
    }
    load::load(vm, this)
}

fn get_persistent_load(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (func, bound) = (parts(vm, this).pers_func, parts(vm, this).pers_bound);
    if func.is_null() {
        return vm.raise(vm.types.attribute_error, "persistent_load".to_string());
    }
    Ok(if bound {
        vm.new_method(func, this)
    } else {
        vm.new_ref(func)
    })
}

fn set_persistent_load(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("attribute deletion is not supported".to_string());
    }
    if !vm.is_callable(value) {
        return vm.type_error("persistent_load must be a callable taking one argument".to_string());
    }
    vm.incref(value);
    parts(vm, this).pers_bound = false;
    replace(vm, this, value, |u| &mut u.pers_func);
    Ok(())
}

fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let held = 8 * parts(vm, this).memo.len() as i64;
    Ok(vm.new_int(216 + held))
}

/// Empties the memo.
pub fn forget_all(vm: &mut Machine, this: Obj) {
    let memo = std::mem::take(&mut parts(vm, this).memo);
    vm.drop_all(memo.into_values().collect());
}

/// What a pickle means by a module and a name; owned. Names of Python 2 are translated in old pickles.
pub fn find_class(vm: &mut Machine, this: Obj, module_name: Obj, name: Obj) -> PyResult<Obj> {
    let (proto, fix) = (parts(vm, this).proto, parts(vm, this).settings.fix_imports);
    let (mut module_name, mut name) = (module_name, name);
    if proto < 3 && fix {
        let key = vm.new_tuple_of(&[module_name, name]);
        let names = kept(vm, "_pickle.name_2to3");
        let pair = vm.with_held(key, |vm, key| vm.dict_get(names, key))?;
        let imports = kept(vm, "_pickle.import_2to3");
        match pair.and_then(|pair| vm.heap.tuple(pair)) {
            Some(&[new_module, new_name]) => (module_name, name) = (new_module, new_name),
            _ => module_name = vm.dict_get(imports, module_name)?.unwrap_or(module_name),
        }
    }
    for (o, which) in [(module_name, 1), (name, 2)] {
        if vm.heap.str(o).is_none() {
            let got = vm.type_name(o);
            return vm.type_error(format!(
                "find_class() argument {which} must be str, not {got}"
            ));
        }
    }
    let module = vm.import_by_hook(module_name)?;
    vm.with_held(module, |vm, module| {
        attribute_of(vm, module, name, proto >= 4)
    })
}

fn attribute_of(vm: &mut Machine, module: Obj, name: Obj, dotted: bool) -> PyResult<Obj> {
    let text = vm.text(name);
    let path: Vec<String> = match dotted {
        true => {
            // The path is a list there.
            vm.reserve_list();
            vm.give_back_list();
            text.split('.').map(str::to_string).collect()
        }
        false => vec![text],
    };
    let local = dotted && path.iter().any(|part| part == "<locals>");
    let found = if local {
        None
    } else {
        save_global::deep_attribute(vm, module, &path)?
    };
    match found {
        Some((found, parent)) => {
            vm.xdecref(parent);
            Ok(found)
        }
        None => {
            let (shown, on) = (vm.repr_text(name)?, vm.repr_text(module)?);
            let kind = if local {
                "local attribute"
            } else {
                "attribute"
            };
            vm.raise(
                vm.types.attribute_error,
                format!("Can't get {kind} {shown} on {on}"),
            )
        }
    }
}

// The stack

/// Takes the reference over.
pub fn push(vm: &mut Machine, u: Obj, o: Obj) {
    parts(vm, u).stack.push(o);
}

fn underflow<T>(vm: &mut Machine, u: Obj) -> PyResult<T> {
    let marked = !parts(vm, u).marks.is_empty();
    unpickling_error(
        vm,
        if marked {
            "unexpected MARK found"
        } else {
            "unpickling stack underflow"
        },
    )
}

/// Refuses if there are not so many objects above the innermost mark.
pub fn need(vm: &mut Machine, u: Obj, n: usize) -> PyResult<()> {
    let unpickler = parts(vm, u);
    let fence = unpickler.marks.last().copied().unwrap_or(0);
    if unpickler.stack.len() < fence + n {
        underflow(vm, u)
    } else {
        Ok(())
    }
}

/// The topmost object, owned.
pub fn pop(vm: &mut Machine, u: Obj) -> PyResult<Obj> {
    need(vm, u, 1)?;
    Ok(parts(vm, u).stack.pop().expect("there is one"))
}

/// The topmost object, borrowed.
pub fn top(vm: &mut Machine, u: Obj) -> PyResult<Obj> {
    need(vm, u, 1)?;
    Ok(*parts(vm, u).stack.last().expect("there is one"))
}

/// Closes the innermost mark: the height of the stack at it.
pub fn pop_mark(vm: &mut Machine, u: Obj) -> PyResult<usize> {
    match parts(vm, u).marks.pop() {
        Some(height) => Ok(height),
        None => unpickling_error(vm, "could not find MARK"),
    }
}

/// Everything from a height on, owned.
pub fn pop_from(vm: &mut Machine, u: Obj, height: usize) -> Vec<Obj> {
    let stack = &mut parts(vm, u).stack;
    let height = height.min(stack.len());
    stack.split_off(height)
}

/// Pops and holds everything from a height on; the items in order, borrowed from the machine's stack.
pub fn hold_from(vm: &mut Machine, u: Obj, height: usize) -> Vec<Obj> {
    let items = pop_from(vm, u, height);
    for item in &items {
        vm.hold(*item);
    }
    items
}
