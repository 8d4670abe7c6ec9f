//! What a module knows of where it came from: `__spec__` (`ModuleSpec`) and `__loader__`.
//!
//! In CPython these classes are Python, frozen into the interpreter (`_frozen_importlib`, `_frozen_importlib_external`); here importing
//! is native, so they are too. They hold facts only: `import.rs` does the finding and loading, `importlib` asks it through `_imports`.

use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{kw, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

/// An object that is nothing but its attributes.
#[derive(Clone)]
struct Facts {
    dict: Obj,
}

impl Native for Facts {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.dict, NULL)]
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Facts { dict: NULL }))),
    ))
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Where a module comes from, and what loads it.",
    getset: &[
        super::io::DICT,
        GetSet::new("parent", parent),
        GetSet::rw(
            "has_location",
            |vm, this| vm.get_attr_str(this, "_set_fileattr"),
            |vm, this, value| {
                let flag = !value.is_null() && vm.is_true(value)?;
                let flag = if flag { vm.true_ } else { vm.false_ };
                vm.set_attr_str(this, "_set_fileattr", flag)
            },
        ),
        GetSet::rw("cached", cached, |vm, this, value| {
            vm.set_attr_str(this, "_cached", value)
        }),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init_spec);
        s.tp_repr = Some(repr_spec);
        s.tp_richcompare = Some(compare_spec);
    },
    ..super::io::stream_spec("_frozen_importlib.ModuleSpec")
};

pub static LOADER_SPEC: TypeSpec = TypeSpec {
    doc: "Loads a module from a file of source text.",
    methods: &[
        Method::new("is_package", Arity::One, is_package),
        Method::new("get_filename", Arity::Positional(0, 1), |vm, this, _| {
            vm.get_attr_str(this, "path")
        }),
        Method::new("get_data", Arity::One, get_data),
        Method::new("get_source", Arity::One, get_source),
        Method::new("get_code", Arity::One, get_code),
        Method::new("create_module", Arity::One, |vm, _, _| Ok(vm.new_none())),
        Method::new("exec_module", Arity::One, exec_module),
    ],
    getset: &[super::io::DICT],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(|vm, this, args| {
            let [name, path] =
                vm.unpack("SourceFileLoader", args, &[req("fullname"), req("path")])?;
            vm.set_attr_str(this, "name", name)?;
            vm.set_attr_str(this, "path", path)
        });
    },
    ..super::io::stream_spec("_frozen_importlib_external.SourceFileLoader")
};

pub static BUILTIN_SPEC: TypeSpec = TypeSpec {
    doc: "Loads the modules that are built in.",
    methods: &[
        Method::fixed("module_repr", Arity::One, built_in_repr)
            .doc("Return repr for the module.\n\n        The method is deprecated.  The import machinery does the job itself.\n\n        "),
        Method::fixed("create_module", Arity::One, |vm, _, _| Ok(vm.new_none())),
        Method::fixed("exec_module", Arity::One, |vm, _, _| Ok(vm.new_none())),
        Method::fixed("get_code", Arity::One, |vm, _, _| Ok(vm.new_none())),
        Method::fixed("get_source", Arity::One, |vm, _, _| Ok(vm.new_none())),
        Method::fixed("is_package", Arity::One, |vm, _, _| Ok(vm.new_bool(false))),
    ],
    ..TypeSpec::new("_frozen_importlib.BuiltinImporter")
};

/// `BuiltinImporter.module_repr`
fn built_in_repr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    /// Where `importlib/_bootstrap.py` of CPython 3.10 warns.
    const LINE: i64 = 742;
    let message =
        "BuiltinImporter.module_repr() is deprecated and slated for removal in Python 3.12";
    vm.warn_of_importlib(LINE, vm.types.deprecation_warning, message)?;
    let name = vm.get_attr(args.get(vm, 0), vm.names.__name__)?;
    let shown = vm.with_held(name, |vm, name| vm.repr_text(name))?;
    Ok(vm.new_string(format!("<module {shown} (built-in)>")))
}

/// The three classes, made when they are first needed.
pub fn make_types(vm: &mut Machine) -> [Obj; 3] {
    let object = vm.types.object;
    [&SPEC, &LOADER_SPEC, &BUILTIN_SPEC].map(|spec| vm.make_module_type(spec, object))
}

fn init_spec(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [
        req("name"),
        req("loader"),
        kw("origin"),
        kw("loader_state"),
        kw("is_package"),
    ];
    let [name, loader, origin, state, is_package] = vm.unpack("ModuleSpec", args, &params)?;
    let none = vm.none;
    let or_none = |o: Obj| if o.is_null() { none } else { o };
    let package = !is_package.is_null() && vm.is_true(is_package)?;
    let no = vm.false_;
    for (attribute, value) in [
        ("name", name),
        ("loader", loader),
        ("origin", or_none(origin)),
        ("loader_state", or_none(state)),
        ("submodule_search_locations", none),
        ("_set_fileattr", no),
        ("_cached", none),
    ] {
        vm.set_attr_str(this, attribute, value)?;
    }
    if package {
        let folders = vm.new_list(Vec::new());
        let set = vm.set_attr_str(this, "submodule_search_locations", folders);
        vm.drop_keeping_exception(folders);
        set?;
    }
    Ok(())
}

fn parent(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let folders = vm.get_attr_str(this, "submodule_search_locations")?;
    let is_package = folders != vm.none;
    vm.decref(folders);
    let name = vm.get_attr_str(this, "name")?;
    if is_package {
        return Ok(name);
    }
    let text = vm.text(name);
    vm.decref(name);
    Ok(vm.new_str(text.rsplit_once('.').map_or("", |p| p.0)))
}

/// Where CPython would keep the compiled module, if it came from a file and nobody said otherwise.
fn cached(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let known = vm.get_attr_str(this, "_cached")?;
    let located = vm.get_attr_str(this, "_set_fileattr")?;
    let located = vm.take_truth(located)?;
    let origin = vm.get_attr_str(this, "origin")?;
    let is_text = vm.heap.str(origin).is_some();
    let file = vm.text(origin);
    vm.decref(origin);
    if known != vm.none || !located || !is_text {
        return Ok(known);
    }
    let Some(stem) = file.strip_suffix(".py") else {
        return Ok(known);
    };
    vm.decref(known);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(f, n)| (f, n));
    let slash = if folder.is_empty() && !stem.starts_with('/') {
        ""
    } else {
        "/"
    };
    let path = vm.new_str(&format!(
        "{folder}{slash}__pycache__/{name}.cpython-310.pyc"
    ));
    vm.set_attr_str(this, "_cached", path)?;
    Ok(path)
}

fn repr_spec(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mut parts = Vec::new();
    for (attribute, always) in [
        ("name", true),
        ("loader", true),
        ("origin", false),
        ("submodule_search_locations", false),
    ] {
        let value = vm.get_attr_str(this, attribute)?;
        let shown = vm.with_held(value, |vm, value| match always || value != vm.none {
            true => vm.repr_text(value).map(Some),
            false => Ok(None),
        })?;
        parts.extend(shown.map(|shown| format!("{attribute}={shown}")));
    }
    Ok(vm.new_string(format!("ModuleSpec({})", parts.join(", "))))
}

fn compare_spec(vm: &mut Machine, a: Obj, b: Obj, op: CmpOp) -> PyResult<Obj> {
    let both = vm.heap.native::<Facts>(a).is_some() && vm.heap.native::<Facts>(b).is_some();
    if !both || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let mut equal = true;
    for attribute in ["name", "loader", "origin", "submodule_search_locations"] {
        let left = vm.get_attr_str(a, attribute)?;
        equal = equal
            && vm.with_held(left, |vm, left| {
                let right = vm.get_attr_str(b, attribute)?;
                vm.with_held(right, |vm, right| {
                    vm.rich_compare_bool(left, right, CmpOp::Eq)
                })
            })?;
    }
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

fn path_of(vm: &mut Machine, this: Obj) -> PyResult<String> {
    let path = vm.get_attr_str(this, "path")?;
    let text = vm.text(path);
    vm.decref(path);
    Ok(text)
}

fn is_package(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let path = path_of(vm, this)?;
    Ok(vm.new_bool(path.ends_with("/__init__.py") || path.ends_with("/__init__>")))
}

/// The text of a module's file, ours or one that may be read.
fn contents(vm: &mut Machine, path: &str) -> PyResult<Vec<u8>> {
    if let Some(text) = crate::vm::import::frozen_source(path) {
        return Ok(text.as_bytes().to_vec());
    }
    match vm.source_file(path) {
        Some(text) => Ok(text),
        None => {
            let shown = vm.new_str(path);
            vm.with_held(shown, |vm, shown| vm.raise_os(2, "", shown, NULL))
        }
    }
}

fn get_data(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let path = vm.fs_path_text(args.get(vm, 0))?;
    let data = contents(vm, &path)?;
    Ok(vm.new_bytes(data))
}

fn get_source(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let path = path_of(vm, this)?;
    let data = contents(vm, &path)?;
    Ok(vm.new_string(String::from_utf8_lossy(&data).replace("\r\n", "\n")))
}

fn get_code(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let path = path_of(vm, this)?;
    let data = contents(vm, &path)?;
    vm.compile_source(&data, &path, "exec")
}

/// Runs the module's code in the module.
fn exec_module(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let module = args.get(vm, 0);
    let code = get_code(vm, this, Args::none())?;
    let dict = vm.get_attr_str(module, "__dict__")?;
    vm.hold(code);
    vm.hold(dict);
    let payload = vm.heap.payload(code).clone();
    let Payload::Code(inner) = payload else {
        panic!("compile_source makes code")
    };
    let builtins = vm.builtins;
    let own = vm.heap.dict_get_str(dict, vm.names.__builtins__);
    if own.is_null() {
        let module = vm.dict_get_name(vm.sys_modules, "builtins");
        let namespace = match vm.heap.payload(module) {
            Payload::Module { dict } => *dict,
            _ => builtins,
        };
        vm.dict_set_str(dict, vm.names.__builtins__, namespace);
    }
    let result = vm.run_code(inner, code, dict, builtins, dict, NULL);
    if vm.interrupt.is_some() {
        return result;
    }
    let dict = vm.unhold();
    vm.drop_keeping_exception(dict);
    let code = vm.unhold();
    vm.drop_keeping_exception(code);
    let value = result?;
    vm.decref(value);
    Ok(vm.new_none())
}

/// A script's `__loader__` (`set_main_loader` of `Python/pythonrun.c`). Owned.
pub fn main_loader(vm: &mut Machine, file: Obj) -> PyResult<Obj> {
    let [_, loader_class, _] = make_types(vm);
    let name = vm.new_str("__main__");
    vm.with_held(name, |vm, name| vm.call(loader_class, &[name, file]))
}

/// A spec with its loader; the folders are those of a package. Owned.
pub fn make(
    vm: &mut Machine,
    name: &str,
    filename: Option<&str>,
    folders: Option<Vec<String>>,
) -> PyResult<(Obj, Obj)> {
    let [spec_class, loader_class, builtin] = make_types(vm);
    let name = vm.new_str(name);
    let origin = match filename {
        Some(filename) => vm.new_str(filename),
        None if folders.is_some() => vm.new_none(),
        None => vm.new_str("built-in"),
    };
    let mark = vm.mark();
    vm.hold(name);
    vm.hold(origin);
    let loader = match (filename, &folders) {
        (Some(_), _) => vm.call(loader_class, &[name, origin])?,
        (None, Some(_)) => vm.new_none(),
        (None, None) => vm.new_ref(builtin),
    };
    vm.hold(loader);
    let spec = vm.call(spec_class, &[name, loader])?;
    vm.hold(spec);
    vm.set_attr_str(spec, "origin", origin)?;
    let located = if filename.is_some() {
        vm.true_
    } else {
        vm.false_
    };
    vm.set_attr_str(spec, "_set_fileattr", located)?;
    if let Some(folders) = folders {
        let items: Vec<Obj> = folders.iter().map(|f| vm.new_str(f)).collect();
        let list = vm.new_list(items);
        let set = vm.set_attr_str(spec, "submodule_search_locations", list);
        vm.decref(list);
        set?;
    }
    vm.incref(spec);
    vm.incref(loader);
    vm.release(mark);
    Ok((spec, loader))
}
