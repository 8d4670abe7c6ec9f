//! `import`: modules built in, modules of our own in Python, and the script's siblings.
//!
//! The machine reads files only through `Options::read_file`, which the front end gives it: the sandbox is there.

use std::rc::Rc;

use super::modules::{self, frozen::FROZEN};
use super::{Machine, PyResult};
use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};

/// Modules of CPython 3.10's standard library: a missing one of these is unsupported, any other does not exist.
const STDLIB: &str = include_str!("modules/stdlib_names.txt");

/// Where a module's code comes from.
enum Found {
    Native(&'static modules::ModuleSpec),
    Source {
        text: Vec<u8>,
        filename: String,
        is_package: bool,
        folder: Option<String>,
    },
}

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
        let module = self.import_absolute(&absolute)?;
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

    /// Submodules named in `from package import a, b`. The module is borrowed.
    fn import_parts(&mut self, module: Obj, fromlist: Obj, absolute: &str) -> PyResult<()> {
        let Some(path) = self.lookup_attr(module, self.names.__path__)? else {
            return Ok(());
        };
        self.decref(path);
        let list = self.list_from_iterable(fromlist)?;
        self.with_held(list, |vm, list| {
            let items = vm.heap.list(list).cloned().unwrap_or_default();
            for item in items {
                vm.import_part(module, item, absolute)?;
            }
            Ok(())
        })
    }

    /// One of them, if the package does not have it yet; there may be no such submodule.
    fn import_part(&mut self, module: Obj, item: Obj, absolute: &str) -> PyResult<()> {
        let text = self.text(item);
        if let Some(known) = self.lookup_attr(module, item)? {
            self.decref(known);
            return Ok(());
        }
        if text == "*" {
            return Ok(());
        }
        match self.import_absolute(&format!("{absolute}.{text}")) {
            Ok(part) => self.decref(part),
            Err(_) if self.pending_matches(self.types.module_not_found_error) => {
                self.clear_exception();
            }
            Err(thrown) => return Err(thrown),
        }
        Ok(())
    }

    fn resolve_relative(&mut self, name: &str, globals: Obj, level: i64) -> PyResult<String> {
        let package = self.heap.dict_get_str(globals, self.names.__package__);
        let mut base = if package.is_null() || package == self.none {
            let own = self.text(self.heap.dict_get_str(globals, self.names.__name__));
            if self
                .heap
                .dict_get_str(globals, self.names.__path__)
                .is_null()
            {
                own.rsplit_once('.')
                    .map_or(String::new(), |p| p.0.to_string())
            } else {
                own
            }
        } else {
            self.text(package)
        };
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

    /// Imports by Rust name for the machine's own needs; owned.
    pub fn import_module(&mut self, name: &str) -> PyResult<Obj> {
        self.import_absolute(name)
    }

    /// The module of a dotted name, with all its parents imported; owned.
    fn import_absolute(&mut self, name: &str) -> PyResult<Obj> {
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
            let set = self.set_attr_str(parent, short, module);
            self.decref(parent);
            set?;
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
        match self.find_module(name, parent)? {
            Some(Found::Native(spec)) => self.load_native(name, spec),
            Some(Found::Source {
                text,
                filename,
                is_package,
                folder,
            }) => self.load_source(name, &text, &filename, is_package, folder),
            None => {
                let top = name.split('.').next().unwrap_or(name);
                if parent.is_null() && STDLIB.lines().any(|l| l == top) {
                    return self.unsupported(format!(
                        "the standard module '{name}' is not part of lifetimes"
                    ));
                }
                if !parent.is_null() {
                    let (up, _) = name.rsplit_once('.').unwrap_or((name, ""));
                    if self.lookup_attr(parent, self.names.__path__)?.is_none() {
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
        let (message, name) = (self.new_string(message), self.new_str(name));
        let kwnames = {
            let key = self.intern("name");
            self.new_tuple(vec![key])
        };
        let made = self.call_kw(self.types.module_not_found_error, &[message, name], kwnames);
        for o in [message, name, kwnames] {
            self.decref(o);
        }
        let made = made?;
        let result = self.raise_object(made);
        self.decref(made);
        result
    }

    fn find_module(&mut self, name: &str, parent: Obj) -> PyResult<Option<Found>> {
        if let Some(spec) = modules::find_native(name) {
            return Ok(Some(Found::Native(spec)));
        }
        if let Some((_, source, is_package)) = FROZEN.iter().find(|f| f.0 == name) {
            let path = name.replace('.', "/");
            let filename = if *is_package {
                format!("<frozen {path}/__init__>")
            } else {
                format!("<frozen {path}>")
            };
            return Ok(Some(Found::Source {
                text: source.as_bytes().to_vec(),
                filename,
                is_package: *is_package,
                folder: None,
            }));
        }
        let folders = if parent.is_null() {
            self.search_path()?
        } else {
            self.package_path(parent)?
        };
        let short = name.rsplit('.').next().unwrap_or(name);
        for folder in folders {
            let prefix = if folder.is_empty() {
                short.to_string()
            } else {
                format!("{folder}/{short}")
            };
            let init = format!("{prefix}/__init__.py");
            if let Some(text) = self.options.files.read(&init) {
                return Ok(Some(Found::Source {
                    text,
                    filename: init,
                    is_package: true,
                    folder: Some(prefix),
                }));
            }
            let file = format!("{prefix}.py");
            if let Some(text) = self.options.files.read(&file) {
                return Ok(Some(Found::Source {
                    text,
                    filename: file,
                    is_package: false,
                    folder: None,
                }));
            }
        }
        Ok(None)
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

    fn package_path(&mut self, parent: Obj) -> PyResult<Vec<String>> {
        let Some(path) = self.lookup_attr(parent, self.names.__path__)? else {
            return Ok(Vec::new());
        };
        let items = self.collect_iterable(path);
        self.decref(path);
        let mut out = Vec::new();
        for item in items? {
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
        if let Err(thrown) = self.fill_native_module(spec, module, dict) {
            return self.let_go(Err(thrown));
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
        let name = self.heap.dict_get_str(dict, self.names.__name__);
        for def in spec.functions {
            let f = self.new_builtin(def, module, name);
            self.dict_set_name(dict, def.name, f);
            self.decref(f);
        }
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
        self.set_module_attributes(dict, name, filename, is_package, folder);
        let Payload::Code(code) = self.heap.payload(code_obj) else {
            panic!("compile_source makes code")
        };
        let code: Rc<_> = code.clone();
        let builtins = self.builtins;
        // Modules of the script's own folder are as much the user's as the script.
        let quiet = self.heap.births.quiet;
        if !filename.starts_with("<frozen") {
            self.heap.births.quiet = 0;
        }
        let result = self.run_code(code, code_obj, dict, builtins, dict, NULL);
        self.heap.births.quiet = quiet;
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
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
            let folder = self.new_string(folder.unwrap_or_default());
            let path = self.new_list(vec![folder]);
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
        let place = match file {
            Some(o) => {
                let text = self.text(o);
                self.decref(o);
                if text.starts_with("<frozen") {
                    "unknown location".to_string()
                } else {
                    text
                }
            }
            None => "unknown location".to_string(),
        };
        let own = own_text.unwrap_or_else(|| "<unknown module name>".to_string());
        self.raise(
            self.types.import_error,
            format!("cannot import name '{wanted}' from '{own}' ({place})"),
        )
    }

    /// IMPORT_STAR: `__all__`, or every name without a leading underscore.
    pub(super) fn import_star(&mut self, module: Obj) -> PyResult<()> {
        let all = self.lookup_attr(module, self.names.__all__)?;
        let listed = all.is_some();
        let names = match all {
            Some(all) => {
                let names = self.collect_iterable(all);
                self.decref(all);
                names?
            }
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
        let mut result = Ok(());
        for name in names {
            if result.is_ok() && (listed || !self.text(name).starts_with('_')) {
                result = self.get_attr(module, name).and_then(|value| {
                    let stored = self.set_item(locals, name, value);
                    self.decref(value);
                    stored
                });
            }
            if self.interrupt.is_none() {
                let saved = self.take_exception();
                self.decref(name);
                self.restore_exception(saved);
            }
        }
        result
    }
}
