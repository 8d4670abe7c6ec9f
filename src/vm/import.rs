//! `import`: modules built in, modules of our own in Python, and the script's siblings.
//!
//! The machine reads files only through `Options::read_file`, which the front end gives it: the sandbox is there.

use std::rc::Rc;

use super::modules::{self, frozen::FROZEN, module_spec};
use super::slots::CmpOp;
use super::{Machine, PyResult};
use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};

/// Where a module's code comes from.
enum Found {
    Native(&'static modules::ModuleSpec),
    Source {
        text: Vec<u8>,
        filename: String,
        is_package: bool,
        folder: Option<String>,
    },
    /// Folders without an `__init__.py` that have the name between them.
    Namespace(Vec<String>),
}

/// Modules that stay ours whatever `--stdlib` has: they lean on natives of our own.
const OURS: &[&str] = &[
    "asyncio",
    "codecs",
    "encodings",
    "functools",
    "genericpath",
    "hashlib",
    "importlib",
    "inspect",
    "linecache",
    "platform",
    "re",
    "signal",
    "sre_compile",
    "sre_constants",
    "sre_parse",
];

/// Native modules whose functions tell another `__module__` than the module's name: that of their definition in C.
const TOLD_NAMES: &[(&str, &str)] = &[("_decimal", "decimal"), ("_io", "io")];

/// The text of a module that we carry, by the name of its file.
pub fn frozen_source(filename: &str) -> Option<&'static str> {
    let row = FROZEN
        .iter()
        .find(|(name, _, is_package)| frozen_filename(name, *is_package) == filename);
    row.map(|(_, source, _)| *source)
}

fn frozen_filename(name: &str, is_package: bool) -> String {
    let path = name.replace('.', "/");
    if is_package {
        format!("<frozen {path}/__init__>")
    } else {
        format!("<frozen {path}>")
    }
}

/// Where a relative import has neither `__package__` nor `__spec__` to go by.
const NO_PACKAGE: &str =
    "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";

impl Machine {
    /// IMPORT_NAME: through `builtins.__import__` if a script replaced it.
    pub(super) fn import_name(&mut self, name: Obj, fromlist: Obj, level: Obj) -> PyResult<Obj> {
        let frame = self.frames.last().expect("a frame runs");
        let (globals, locals, builtins) = (frame.globals, frame.locals, frame.builtins);
        let hook = self.heap.dict_get_str(builtins, self.names.__import__);
        let native =
            matches!(self.heap.payload(hook), Payload::Builtin(b) if b.def.name == "__import__");
        if hook.is_null() {
            return self.raise(self.types.import_error, "__import__ not found".to_string());
        }
        if native {
            let level = self.as_i64(level).unwrap_or(0);
            return self.import(name, globals, fromlist, level);
        }
        let locals = if locals.is_null() { self.none } else { locals };
        self.call(hook, &[name, globals, locals, fromlist, level])
    }

    /// `PyImport_ImportModuleLevelObject`: the module itself if something is wanted from it, else its top package. Owned.
    pub fn import(&mut self, name: Obj, globals: Obj, fromlist: Obj, level: i64) -> PyResult<Obj> {
        let text = self.text(name);
        if level < 0 {
            return self.value_error("level must be >= 0");
        }
        if level == 0 && text.is_empty() {
            return self.value_error("Empty module name");
        }
        let absolute = if level > 0 {
            self.resolve_relative(&text, globals, level)?
        } else {
            text.clone()
        };
        self.refuse_at_exit(&absolute)?;
        self.load_started(&absolute)?;
        let module = match self.imported(&absolute) {
            Some(module) => self.with_held(module, |vm, module| {
                vm.ensure_initialized(module)?;
                Ok(vm.new_ref(module))
            })?,
            None => self.import_absolute(&absolute)?,
        };
        let wants_parts = !fromlist.is_null() && fromlist != self.none && self.is_true(fromlist)?;
        if wants_parts {
            return self.with_held(module, |vm, module| {
                vm.import_parts(module, fromlist, &absolute)?;
                Ok(vm.new_ref(module))
            });
        }
        if level == 0 || text.is_empty() {
            let top = text.split('.').next().unwrap_or(&text).to_string();
            if top == absolute {
                return Ok(module);
            }
            self.decref(module);
            let top = if level == 0 { top } else { absolute };
            return self.import_absolute(&top);
        }
        self.decref(module);
        let cut = text.len() - text.split('.').next().map_or(0, str::len);
        let top = absolute[..absolute.len() - cut].to_string();
        self.import_absolute(&top)
    }

    /// Asks a module that is there whether its code still runs, which costs an exception where nobody ever said
    /// (`import_ensure_initialized`).
    fn ensure_initialized(&mut self, module: Obj) -> PyResult<()> {
        let Some(spec) = self.attr_or_none(module, self.names.__spec__)? else {
            return Ok(());
        };
        let flag = self.with_held(spec, |vm, spec| {
            vm.attr_or_none(spec, vm.names._initializing)
        })?;
        if let Some(flag) = flag {
            self.decref(flag);
        }
        Ok(())
    }

    /// Imports by the `__import__` of the running frame's builtins, as C code that is given a name does (`PyImport_Import`). Owned.
    pub fn import_by_hook(&mut self, name: Obj) -> PyResult<Obj> {
        let mark = self.mark();
        let result = self.import_by_hook_holding(name);
        self.releasing(mark, result)
    }

    fn import_by_hook_holding(&mut self, name: Obj) -> PyResult<Obj> {
        let wanted = self.new_list(Vec::new());
        self.hold(wanted);
        let (globals, builtins) = match self.frames.last() {
            Some(frame) => (frame.globals, frame.builtins),
            None => self.globals_of_nobody()?,
        };
        let hook = self.heap.dict_get_str(builtins, self.names.__import__);
        if hook.is_null() {
            return self.raise_args(self.types.key_error, self.names.__import__);
        }
        let level = self.new_int(0);
        self.hold(level);
        let made = self.call(hook, &[name, globals, globals, wanted, level])?;
        self.decref(made);
        let text = self.text(name);
        match self.imported(&text) {
            Some(module) => Ok(module),
            None => self.raise_args(self.types.key_error, name),
        }
    }

    /// Globals for native code that no Python code called, as callbacks at exit, and the builtins; held.
    fn globals_of_nobody(&mut self) -> PyResult<(Obj, Obj)> {
        let module = self.import_absolute("builtins")?;
        self.hold(module);
        let globals = self.new_dict();
        self.hold(globals);
        self.dict_set_name(globals, "__builtins__", module);
        Ok((globals, self.builtins))
    }

    /// When `sys.meta_path` has been taken away, nothing is found any more that is not imported yet (`_find_spec`).
    fn refuse_at_exit(&mut self, absolute: &str) -> PyResult<()> {
        if self.dict_get_name(self.sys_dict, "meta_path") != self.none
            || !self.dict_get_name(self.sys_modules, absolute).is_null()
        {
            return Ok(());
        }
        self.raise(
            self.types.import_error,
            "sys.meta_path is None, Python is likely shutting down".to_string(),
        )
    }

    /// Submodules named in `from package import a, b`.
    fn import_parts(&mut self, module: Obj, fromlist: Obj, absolute: &str) -> PyResult<()> {
        let has_path = self.lookup_attr(module, self.names.__path__)?;
        let Some(path) = has_path else {
            return Ok(());
        };
        self.decref(path);
        let items = self.collect_iterable(fromlist)?;
        let mark = self.mark();
        for item in &items {
            self.hold(*item);
        }
        let mut result = Ok(());
        for item in &items {
            result = self.import_part(module, *item, absolute);
            if result.is_err() {
                break;
            }
        }
        self.releasing(mark, result)
    }

    /// One name of `from package import name`: an attribute, or a submodule, or neither, which IMPORT_FROM complains about. `*`
    /// stands for the names in `__all__`.
    fn import_part(&mut self, module: Obj, item: Obj, absolute: &str) -> PyResult<()> {
        let text = self.text(item);
        if text == "*" {
            let Some(all) = self.lookup_attr(module, self.names.__all__)? else {
                return Ok(());
            };
            return self.with_held(all, |vm, all| {
                let starred = vm.exact_items(all).unwrap_or_default();
                let star = |vm: &Machine, o: &Obj| vm.text(*o) == "*" || vm.heap.str(*o).is_none();
                if starred.iter().any(|o| star(vm, o)) {
                    return Ok(());
                }
                vm.import_parts(module, all, absolute)
            });
        }
        if let Some(o) = self.lookup_attr(module, item)? {
            self.decref(o);
            return Ok(());
        }
        let full = format!("{absolute}.{text}");
        match self.import_absolute(&full) {
            Ok(o) => {
                self.decref(o);
                Ok(())
            }
            Err(thrown) => {
                if !self.pending_matches(self.types.module_not_found_error) {
                    return Err(thrown);
                }
                let exc = self.normalize()?;
                let name = self.exc_field(exc, 1);
                if name.is_null() || self.text(name) == full {
                    self.clear_exception();
                    return Ok(());
                }
                Err(thrown)
            }
        }
    }

    fn resolve_relative(&mut self, name: &str, globals: Obj, level: i64) -> PyResult<String> {
        let mut base = self.package_of(globals)?;
        if base.is_empty() {
            return self.raise(
                self.types.import_error,
                "attempted relative import with no known parent package".to_string(),
            );
        }
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((parent, _)) => base = parent.to_string(),
                None => {
                    return self.raise(
                        self.types.import_error,
                        "attempted relative import beyond top-level package".to_string(),
                    );
                }
            }
        }
        Ok(if name.is_empty() {
            base
        } else {
            format!("{base}.{name}")
        })
    }

    /// The package that relative imports start from; empty if there is none (the first half of `resolve_name`).
    fn package_of(&mut self, globals: Obj) -> PyResult<String> {
        let package = self.heap.dict_get_str(globals, self.names.__package__);
        let spec = self.dict_get_name(globals, "__spec__");
        let has_spec = !spec.is_null() && spec != self.none;
        if !package.is_null() && package != self.none {
            if self.heap.str(package).is_none() {
                return self.type_error("package must be a string".to_string());
            }
            let text = self.text(package);
            if has_spec {
                let parent = self.get_attr_str(spec, "parent")?;
                let equal = self.with_held(parent, |vm, parent| {
                    vm.rich_compare_bool(package, parent, CmpOp::Eq)
                })?;
                if !equal {
                    self.warn(
                        self.types.import_warning,
                        "__package__ != __spec__.parent",
                        1,
                    )?;
                }
            }
            return Ok(text);
        }
        if has_spec {
            let parent = self.get_attr_str(spec, "parent")?;
            return self.with_held(parent, |vm, parent| {
                if vm.heap.str(parent).is_none() {
                    return vm.type_error("__spec__.parent must be a string".to_string());
                }
                Ok(vm.text(parent))
            });
        }
        self.warn(self.types.import_warning, NO_PACKAGE, 1)?;
        let name = self.heap.dict_get_str(globals, self.names.__name__);
        if name.is_null() {
            return self.raise(
                self.types.key_error,
                "'__name__' not in globals".to_string(),
            );
        }
        if self.heap.str(name).is_none() {
            return self.type_error("__name__ must be a string".to_string());
        }
        let own = self.text(name);
        let path = self.heap.dict_get_str(globals, self.names.__path__);
        if !path.is_null() {
            return Ok(own);
        }
        Ok(own
            .rsplit_once('.')
            .map_or(String::new(), |p| p.0.to_string()))
    }

    /// Imports by Rust name for the machine's own needs; owned.
    pub fn import_module(&mut self, name: &str) -> PyResult<Obj> {
        self.import_absolute(name)
    }

    /// The module of a dotted name, with all its parents imported; owned.
    fn import_absolute(&mut self, name: &str) -> PyResult<Obj> {
        self.load_started(name)?;
        if let Some(module) = self.imported(name) {
            return Ok(module);
        }
        let parent = match name.rsplit_once('.') {
            Some((parent, _)) => {
                let parent = self.import_absolute(parent)?;
                // Importing the parent may have brought the module along.
                if let Some(module) = self.imported(name) {
                    self.decref(parent);
                    return Ok(module);
                }
                parent
            }
            None => NULL,
        };
        self.hold(parent);
        self.heap.births.quiet += 1;
        let result = self.load_module(name, parent);
        self.heap.births.quiet -= 1;
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let module = match result {
            Ok(module) => module,
            Err(thrown) => {
                let saved = self.take_exception();
                let parent = self.unhold();
                self.xdecref(parent);
                self.restore_exception(saved);
                return Err(thrown);
            }
        };
        let parent = self.unhold();
        if !parent.is_null() {
            let short = name.rsplit('.').next().unwrap_or(name);
            self.hold(module);
            self.with_held(parent, |vm, parent| vm.set_attr_str(parent, short, module))?;
            self.unhold();
        }
        Ok(module)
    }

    fn imported(&mut self, name: &str) -> Option<Obj> {
        let found = self.dict_get_name(self.sys_modules, name);
        if found.is_null() || found == self.none {
            return None;
        }
        Some(self.new_ref(found))
    }

    fn load_module(&mut self, name: &str, parent: Obj) -> PyResult<Obj> {
        if self.dict_get_name(self.sys_modules, name) == self.none {
            return self.module_not_found(
                name,
                format!("import of {name} halted; None in sys.modules"),
            );
        }
        if !self.started.making
            && let Some(module) = self.ask_meta_path(name, parent)?
        {
            return Ok(module);
        }
        match self.find_module(name, parent)? {
            Some(Found::Namespace(portions)) => self.load_namespace(name, portions),
            Some(Found::Native(spec)) => self.load_native(name, spec),
            Some(Found::Source {
                text,
                filename,
                is_package,
                folder,
            }) => self.load_source(name, &text, &filename, is_package, folder),
            None => {
                if self.is_gap(name, parent)? && !self.gap_is_expected(name) {
                    return self.unsupported(format!(
                        "the standard module '{name}' is not part of lifetimes"
                    ));
                }
                if !parent.is_null() {
                    let (up, _) = name.rsplit_once('.').unwrap_or((name, ""));
                    let path = self.lookup_attr(parent, self.names.__path__)?;
                    if let Some(path) = path {
                        self.decref(path);
                    } else {
                        return self.module_not_found(
                            name,
                            format!("No module named '{name}'; '{up}' is not a package"),
                        );
                    }
                }
                self.module_not_found(name, format!("No module named '{name}'"))
            }
        }
    }

    fn module_not_found(&mut self, name: &str, message: String) -> PyResult<Obj> {
        let class = self.types.module_not_found_error;
        self.raise_import_error(class, message, &[("name", name)])
    }

    /// Raises an ImportError with its `name`, its `path`, or both.
    fn raise_import_error(
        &mut self,
        class: Obj,
        message: String,
        attributes: &[(&str, &str)],
    ) -> PyResult<Obj> {
        let mark = self.mark();
        let mut values = vec![self.new_string(message)];
        values.extend(attributes.iter().map(|(_, value)| self.new_str(value)));
        for value in &values {
            self.hold(*value);
        }
        let keys = attributes.iter().map(|(key, _)| self.intern(key)).collect();
        let kwnames = self.new_tuple(keys);
        self.hold(kwnames);
        let made = self.call_kw(class, &values, kwnames);
        let made = self.releasing(mark, made)?;
        let result = self.raise_object(made);
        self.decref(made);
        result
    }

    fn find_module(&mut self, name: &str, parent: Obj) -> PyResult<Option<Found>> {
        let folders = if parent.is_null() {
            self.search_path()?
        } else {
            self.package_path(parent)?
        };
        Ok(self.find_in(name, &folders))
    }

    /// Built-in modules first, then those we carry (or a given `Lib` has in their stead), then the folders.
    fn find_in(&mut self, name: &str, folders: &[String]) -> Option<Found> {
        if let Some(spec) = modules::find_native(name) {
            return Some(Found::Native(spec));
        }
        if let Some((_, source, is_package)) = FROZEN.iter().find(|f| f.0 == name) {
            return Some(match self.find_in_stdlib(name) {
                Some(found) => found,
                None => Found::Source {
                    text: source.as_bytes().to_vec(),
                    filename: frozen_filename(name, *is_package),
                    is_package: *is_package,
                    folder: None,
                },
            });
        }
        let short = name.rsplit('.').next().unwrap_or(name);
        let mut portions = Vec::new();
        for folder in folders {
            let folder = if folder.is_empty() {
                &self.options.cwd
            } else {
                folder
            };
            if let Some(found) = self.find_in_folder(folder, short) {
                return Some(found);
            }
            let prefix = format!("{}/{short}", folder.trim_end_matches('/'));
            if self.source_folder(&prefix) {
                portions.push(prefix);
            }
        }
        (!portions.is_empty()).then_some(Found::Namespace(portions))
    }

    fn find_in_folder(&self, folder: &str, short: &str) -> Option<Found> {
        let prefix = format!("{}/{short}", folder.trim_end_matches('/'));
        let init = format!("{prefix}/__init__.py");
        if let Some(text) = self.source_file(&init) {
            return Some(Found::Source {
                text,
                filename: init,
                is_package: true,
                folder: Some(prefix),
            });
        }
        let file = format!("{prefix}.py");
        let text = self.source_file(&file)?;
        Some(Found::Source {
            text,
            filename: file,
            is_package: false,
            folder: None,
        })
    }

    /// A module that we carry, as a given CPython `Lib` has it.
    fn find_in_stdlib(&self, name: &str) -> Option<Found> {
        let lib = self.options.stdlib.clone()?;
        let top = name.split('.').next().unwrap_or(name);
        if OURS.contains(&top) || top.starts_with('_') && top != "_collections_abc" {
            return None;
        }
        let folder = match name.rsplit_once('.') {
            Some((parent, _)) => format!("{lib}/{}", parent.replace('.', "/")),
            None => lib,
        };
        self.find_in_folder(&folder, name.rsplit('.').next().unwrap_or(name))
    }

    /// The spec of a module without importing it; NULL if there is none. `folders`: of its package, or NULL. Owned.
    pub fn find_spec(&mut self, name: &str, folders: Obj) -> PyResult<Obj> {
        let folders = if folders.is_null() || folders == self.none {
            self.search_path()?
        } else {
            let mut texts = Vec::new();
            for item in self.collect_iterable(folders)? {
                texts.push(self.text(item));
                self.decref(item);
            }
            texts
        };
        let (spec, loader) = match self.find_in(name, &folders) {
            None => return Ok(NULL),
            Some(Found::Native(_)) => module_spec::make(self, name, None, None)?,
            Some(Found::Namespace(portions)) => {
                module_spec::make(self, name, None, Some(portions))?
            }
            Some(Found::Source {
                filename,
                is_package,
                folder,
                ..
            }) => {
                let folders = is_package.then(|| folder.into_iter().collect());
                module_spec::make(self, name, Some(&filename), folders)?
            }
        };
        self.decref(loader);
        Ok(spec)
    }

    /// Finders that a script put into `sys.meta_path` are asked first.
    fn ask_meta_path(&mut self, name: &str, parent: Obj) -> PyResult<Option<Obj>> {
        let finders = self.dict_get_name(self.sys_dict, "meta_path");
        let finders = self.heap.list(finders).cloned().unwrap_or_default();
        if finders.is_empty() {
            return Ok(None);
        }
        let path = match parent.is_null() {
            true => self.new_none(),
            false => self
                .lookup_attr(parent, self.names.__path__)?
                .unwrap_or(self.none),
        };
        let mark = self.mark();
        self.hold(path);
        for finder in &finders {
            self.hold_ref(*finder);
        }
        let found = self.ask_finders(&finders, name, path);
        self.releasing(mark, found)
    }

    fn ask_finders(&mut self, finders: &[Obj], name: &str, path: Obj) -> PyResult<Option<Obj>> {
        let text = self.new_str(name);
        self.hold(text);
        for finder in finders {
            let Some(find) = self.lookup_attr_str(*finder, "find_spec")? else {
                continue;
            };
            let none = self.none;
            let spec = self.call_and_drop(find, &[text, path, none])?;
            if spec == none {
                self.decref(spec);
                continue;
            }
            self.hold(spec);
            let machinery = self.import_module("importlib._bootstrap")?;
            let module = self.with_held(machinery, |vm, m| vm.call_method(m, "_load", &[spec]))?;
            return Ok(Some(module));
        }
        Ok(None)
    }

    fn load_namespace(&mut self, name: &str, portions: Vec<String>) -> PyResult<Obj> {
        let module = self.new_module(name);
        self.hold(module);
        self.dict_set_name(self.sys_modules, name, module);
        let dict = self.heap.dict_of(module);
        let items: Vec<Obj> = portions.iter().map(|p| self.new_str(p)).collect();
        let path = self.new_list(items);
        self.dict_set_str(dict, self.names.__path__, path);
        self.decref(path);
        let package = self.new_str(name);
        self.dict_set_str(dict, self.names.__package__, package);
        self.decref(package);
        self.set_spec(dict, name, None, Some(portions))?;
        Ok(self.unhold())
    }

    /// `__spec__` and `__loader__`.
    pub(super) fn set_spec(
        &mut self,
        dict: Obj,
        name: &str,
        filename: Option<&str>,
        folders: Option<Vec<String>>,
    ) -> PyResult<()> {
        let (spec, loader) = module_spec::make(self, name, filename, folders)?;
        self.dict_set_str(dict, self.names.__spec__, spec);
        self.dict_set_str(dict, self.names.__loader__, loader);
        self.decref(spec);
        self.decref(loader);
        Ok(())
    }

    /// `sys.path`, as the script left it.
    fn search_path(&mut self) -> PyResult<Vec<String>> {
        let path = self.dict_get_name(self.sys_dict, "path");
        Ok(self
            .heap
            .list(path)
            .cloned()
            .unwrap_or_default()
            .into_iter()
            .map(|p| self.text(p))
            .collect())
    }

    pub(super) fn package_path(&mut self, parent: Obj) -> PyResult<Vec<String>> {
        let Some(path) = self.lookup_attr(parent, self.names.__path__)? else {
            return Ok(Vec::new());
        };
        let items = self.with_held(path, |vm, path| vm.collect_iterable(path))?;
        let mut out = Vec::new();
        for item in items {
            out.push(self.text(item));
            self.decref(item);
        }
        Ok(out)
    }

    fn load_native(&mut self, name: &str, spec: &'static modules::ModuleSpec) -> PyResult<Obj> {
        let module = self.new_module(name);
        self.dict_set_name(self.sys_modules, name, module);
        let Payload::Module { dict } = self.heap.payload(module) else {
            panic!("new_module makes a module")
        };
        let dict = *dict;
        // Filling may import modules in Python.
        self.hold(module);
        let filled = self
            .set_spec(dict, name, None, None)
            .and_then(|()| self.fill_native_module(spec, module, dict));
        if let Err(thrown) = filled {
            return self.let_go(Err(thrown));
        }
        // Those of the first hour are not loaded as others are.
        let spec = self.dict_get_name(dict, "__spec__");
        if !spec.is_null() && spec != self.none && !["sys", "builtins", "_imp"].contains(&name) {
            self.set_attr(spec, self.names._initializing, self.false_)?;
        }
        Ok(self.unhold())
    }

    /// Functions, documentation and everything else of a module in Rust.
    pub(super) fn fill_native_module(
        &mut self,
        spec: &'static modules::ModuleSpec,
        module: Obj,
        dict: Obj,
    ) -> PyResult<()> {
        if !spec.doc.is_empty() {
            let doc = self.new_str(spec.doc);
            self.dict_set_str(dict, self.names.__doc__, doc);
            self.decref(doc);
        }
        let package = self.new_str("");
        self.dict_set_str(dict, self.names.__package__, package);
        self.decref(package);
        let told = TOLD_NAMES.iter().find(|(name, _)| *name == spec.name);
        let name = match told {
            Some((_, told)) => self.intern(told),
            None => {
                let name = self.heap.dict_get_str(dict, self.names.__name__);
                self.new_ref(name)
            }
        };
        for def in spec.functions {
            let f = self.new_builtin(def, module, name);
            self.dict_set_name(dict, def.name, f);
            self.decref(f);
        }
        self.decref(name);
        (spec.init)(self, dict)
    }

    fn load_source(
        &mut self,
        name: &str,
        text: &[u8],
        filename: &str,
        is_package: bool,
        folder: Option<String>,
    ) -> PyResult<Obj> {
        let code_obj = self.compile_source(text, filename, "exec")?;
        self.hold(code_obj);
        let module = self.new_module(name);
        self.hold(module);
        self.dict_set_name(self.sys_modules, name, module);
        let Payload::Module { dict } = self.heap.payload(module) else {
            panic!("new_module makes a module")
        };
        let dict = *dict;
        let folders = is_package.then(|| folder.iter().cloned().collect());
        self.set_module_attributes(dict, name, filename, is_package, folder);
        self.set_spec(dict, name, Some(filename), folders)?;
        let Payload::Code(code) = self.heap.payload(code_obj) else {
            panic!("compile_source makes code")
        };
        let code: Rc<_> = code.clone();
        let builtins = self.builtins;
        // Modules of the script's own folder are as much the user's as the script.
        let quiet = self.heap.births.quiet;
        let standard = self
            .options
            .stdlib
            .as_ref()
            .is_some_and(|lib| filename.starts_with(&**lib));
        if !filename.starts_with("<frozen") && !standard {
            self.heap.births.quiet = 0;
        }
        let spec = self.dict_get_name(dict, "__spec__");
        self.hold_ref(spec);
        let (yes, no) = (self.true_, self.false_);
        self.set_attr_str(spec, "_initializing", yes)?;
        let result = self.run_code(code, code_obj, dict, builtins, dict, NULL);
        self.heap.births.quiet = quiet;
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let saved = self.take_exception();
        self.set_attr_str(spec, "_initializing", no)?;
        self.drop_held();
        self.restore_exception(saved);
        match result {
            Ok(value) => {
                self.decref(value);
                let module = self.unhold();
                self.drop_held();
                // The module may have replaced itself in sys.modules.
                match self.imported(name) {
                    Some(now) => {
                        self.decref(module);
                        Ok(now)
                    }
                    None => Ok(module),
                }
            }
            Err(thrown) => {
                let saved = self.take_exception();
                let key = self.intern(name);
                self.dict_delete_str(self.sys_modules, key);
                self.decref(key);
                let module = self.unhold();
                self.decref(module);
                self.drop_held();
                self.restore_exception(saved);
                Err(thrown)
            }
        }
    }

    fn set_module_attributes(
        &mut self,
        dict: Obj,
        name: &str,
        filename: &str,
        is_package: bool,
        folder: Option<String>,
    ) {
        let package = if is_package {
            name.to_string()
        } else {
            name.rsplit_once('.')
                .map_or(String::new(), |p| p.0.to_string())
        };
        let package = self.new_string(package);
        self.dict_set_str(dict, self.names.__package__, package);
        self.decref(package);
        let file = self.new_str(filename);
        self.dict_set_str(dict, self.names.__file__, file);
        self.decref(file);
        let none = self.none;
        self.dict_set_str(dict, self.names.__cached__, none);
        let builtins = self.dict_get_name(self.sys_modules, "builtins");
        let builtins = match self.heap.payload(builtins) {
            Payload::Module { dict } => *dict,
            _ => self.builtins,
        };
        self.dict_set_str(dict, self.names.__builtins__, builtins);
        if is_package {
            // Of a package that we carry there is no folder to look into.
            let folders = folder.map(|f| self.new_string(f));
            let path = self.new_list(folders.into_iter().collect());
            self.dict_set_str(dict, self.names.__path__, path);
            self.decref(path);
        }
    }

    /// IMPORT_FROM: an attribute, or a submodule that is imported already.
    pub(super) fn import_from(&mut self, module: Obj, name: Obj) -> PyResult<Obj> {
        if let Some(o) = self.lookup_attr(module, name)? {
            return Ok(o);
        }
        let own = self.lookup_attr(module, self.names.__name__)?;
        let own_text = own.map(|o| {
            let text = self.text(o);
            self.decref(o);
            text
        });
        let wanted = self.text(name);
        if let Some(own) = &own_text {
            let full = format!("{own}.{wanted}");
            if let Some(found) = self.imported(&full) {
                return Ok(found);
            }
        }
        let file = self.lookup_attr(module, self.names.__file__)?;
        let file = file.map(|o| {
            let text = self.text(o);
            self.decref(o);
            text
        });
        // Modules that are carried along have no file to show.
        let place = file.filter(|text| !text.starts_with("<frozen"));
        let own = own_text.unwrap_or_else(|| "<unknown module name>".to_string());
        let shown = place.as_deref().unwrap_or("unknown location");
        let message = if place.is_some() && self.is_initializing(module)? {
            format!(
                "cannot import name '{wanted}' from partially initialized module '{own}' \
                 (most likely due to a circular import) ({shown})"
            )
        } else {
            format!("cannot import name '{wanted}' from '{own}' ({shown})")
        };
        let mut attributes = vec![("name", own.as_str())];
        attributes.extend(place.as_deref().map(|place| ("path", place)));
        self.raise_import_error(self.types.import_error, message, &attributes)
    }

    /// Whether the module's code is still running for the first time (`_PyModuleSpec_IsInitializing`).
    pub(in crate::vm) fn is_initializing(&mut self, module: Obj) -> PyResult<bool> {
        let dict = self.heap.dict_of(module);
        if dict.is_null() {
            return Ok(false);
        }
        let spec = self.dict_get_name(dict, "__spec__");
        if spec.is_null() || spec == self.none {
            return Ok(false);
        }
        let Some(flag) = self.lookup_attr_str(spec, "_initializing")? else {
            return Ok(false);
        };
        self.with_held(flag, |vm, flag| vm.is_true(flag))
    }

    /// IMPORT_STAR: `__all__`, or every name without a leading underscore.
    pub(super) fn import_star(&mut self, module: Obj) -> PyResult<()> {
        let all = self.lookup_attr(module, self.names.__all__)?;
        let listed = all.is_some();
        let names = match all {
            Some(all) => self.with_held(all, |vm, all| vm.collect_iterable(all))?,
            None => {
                let dict = self.heap.dict_of(module);
                let names: Vec<Obj> = self
                    .heap
                    .dict_items(dict)
                    .into_iter()
                    .map(|i| i.0)
                    .collect();
                for n in &names {
                    self.heap.incref(*n);
                }
                names
            }
        };
        let locals = self.frames.last().map_or(NULL, |f| f.locals);
        let mark = self.mark();
        for name in &names {
            self.hold(*name);
        }
        let mut result = Ok(());
        for name in names {
            if result.is_ok() && (listed || !self.text(name).starts_with('_')) {
                result = self.get_attr(module, name).and_then(|value| {
                    self.with_held(value, |vm, value| vm.set_item(locals, name, value))
                });
            }
        }
        self.releasing(mark, result)
    }
}
