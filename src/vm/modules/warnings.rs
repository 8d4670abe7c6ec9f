//! The module `_warnings`: what happens to a warning (`Python/_warnings.c`). How it is shown can be replaced in `warnings`, which is
//! Python.
//!
//! Filters are those of the module `warnings` once that is imported, because scripts replace its list.

use super::ModuleSpec;
use crate::bytecode::code::Warning;
use crate::heap::{NULL, Obj, Payload};
use crate::syntax::{ErrorKind, SyntaxError};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult, Thrown};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_warnings",
    doc: "What happens to a warning.",
    functions: FUNCTIONS,
    init,
};

static FUNCTIONS: &[Method] = &[
    Method::new("warn", Arity::Keywords, warn),
    Method::new("warn_explicit", Arity::Keywords, warn_explicit),
    Method::new("_filters_mutated", Arity::NoArgs, filters_mutated),
];

const FILTERS: &str = "_warnings.filters";
const ONCE: &str = "_warnings._onceregistry";
const DEFAULT: &str = "_warnings._defaultaction";
const VERSION: &str = "_warnings.version";

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    make_state(vm);
    for key in [FILTERS, ONCE, DEFAULT] {
        let value = vm.module_state[key];
        vm.dict_set_name(dict, &key["_warnings.".len()..], value);
    }
    Ok(())
}

/// Filters of a release build of CPython: deprecations are shown in `__main__` only.
fn make_state(vm: &mut Machine) {
    if vm.module_state.contains_key(FILTERS) {
        return;
    }
    let t = vm.types;
    let rows = [
        ("default", t.deprecation_warning, Some("__main__")),
        ("ignore", t.deprecation_warning, None),
        ("ignore", t.pending_deprecation_warning, None),
        ("ignore", t.import_warning, None),
        ("ignore", t.resource_warning, None),
    ];
    let mut filters = Vec::new();
    let parked = vm.park(&[]);
    for (action, category, module) in rows {
        let module = match module {
            Some(name) => vm.intern(name),
            None => vm.new_none(),
        };
        let items = vec![
            vm.intern(action),
            vm.new_none(),
            vm.new_ref(category),
            module,
            vm.new_int(0),
        ];
        let filter = vm.new_tuple(items);
        vm.park(&[filter]);
        filters.push(filter);
    }
    vm.unpark(parked);
    let filters = vm.new_list(filters);
    vm.module_state.insert(FILTERS, filters);
    let once = vm.new_dict();
    vm.module_state.insert(ONCE, once);
    let default = vm.intern("default");
    vm.module_state.insert(DEFAULT, default);
    let version = vm.new_int(0);
    vm.module_state.insert(VERSION, version);
}

/// A part of the state, borrowed: from the module `warnings` if it is imported.
fn state(vm: &mut Machine, key: &'static str) -> Obj {
    make_state(vm);
    let module = vm.dict_get_name(vm.sys_modules, "warnings");
    if !module.is_null() && matches!(vm.heap.base(module), Payload::Module { .. }) {
        let name = match key {
            FILTERS => "filters",
            ONCE => "onceregistry",
            _ => "defaultaction",
        };
        let dict = vm.heap.dict_of(module);
        let found = if dict.is_null() {
            NULL
        } else {
            vm.dict_get_name(dict, name)
        };
        if !found.is_null() {
            return found;
        }
    }
    vm.module_state[key]
}

fn version(vm: &mut Machine) -> i64 {
    make_state(vm);
    vm.as_i64(vm.module_state[VERSION]).unwrap_or(0)
}

fn filters_mutated(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let next = version(vm) + 1;
    let next = vm.new_int(next);
    if let Some(old) = vm.module_state.insert(VERSION, next) {
        vm.decref(old);
    }
    Ok(vm.new_none())
}

fn warn(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [message, category, level, source] = vm.unpack(
        "warn",
        args,
        &[
            req("message"),
            opt("category"),
            opt("stacklevel"),
            opt("source"),
        ],
    )?;
    let level = if level.is_null() {
        1
    } else {
        vm.index_clamped(level, vm.types.overflow_error)?
    };
    let category = category_of(vm, message, category)?;
    do_warn(vm, category, message, level as i64, source)?;
    Ok(vm.new_none())
}

/// `get_category`
fn category_of(vm: &mut Machine, message: Obj, category: Obj) -> PyResult<Obj> {
    let warning = vm.types.warning;
    let category = if vm.is_subtype(vm.heap.ty(message), warning) {
        vm.heap.ty(message)
    } else if category.is_null() || category == vm.none {
        vm.types.user_warning
    } else {
        category
    };
    if !vm.heap.is_class(category) || !vm.is_subtype(category, warning) {
        let name = vm.type_name(category);
        return vm.type_error(format!("category must be a Warning subclass, not '{name}'"));
    }
    Ok(category)
}

impl Machine {
    /// Warns: `stack_level` 1 is the innermost Python frame (`PyErr_WarnEx`). A filter may make an exception of it.
    pub fn warn(&mut self, category: Obj, message: &str, stack_level: i64) -> PyResult<()> {
        let message = self.new_str(message);
        self.with_held(message, |vm, message| {
            do_warn(vm, category, message, stack_level, NULL)
        })
    }
}

/// Where the warning is about.
struct Place {
    filename: String,
    line: i64,
    module: String,
    /// `__warningregistry__`, owned; NULL for none.
    registry: Obj,
}

/// The place so many frames up; modules get their `__warningregistry__` made (`setup_context`).
fn place(vm: &mut Machine, level: i64) -> Place {
    let depth = usize::try_from(level - 1).unwrap_or(0);
    let index = vm.frames.len().checked_sub(1 + depth);
    let (filename, line, globals) = match index {
        Some(i) => (
            vm.frames[i].code.source.filename.to_string(),
            i64::from(vm.frame_line(i)),
            vm.frames[i].globals,
        ),
        None => ("sys".to_string(), 1, vm.sys_dict),
    };
    let mut registry = vm.dict_get_name(globals, "__warningregistry__");
    if registry.is_null() {
        registry = vm.new_dict();
        vm.dict_set_name(globals, "__warningregistry__", registry);
    } else {
        vm.incref(registry);
    }
    let name = vm.heap.dict_get_str(globals, vm.names.__name__);
    let module = if !name.is_null() && vm.heap.str(name).is_some() {
        vm.text(name)
    } else {
        "<string>".to_string()
    };
    Place {
        filename,
        line,
        module,
        registry,
    }
}

fn do_warn(vm: &mut Machine, category: Obj, message: Obj, level: i64, source: Obj) -> PyResult<()> {
    let place = place(vm, level);
    let registry = place.registry;
    vm.with_held(registry, |vm, _| {
        explicit(vm, category, message, &place, source)
    })
}

fn warn_explicit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [
        message,
        category,
        filename,
        line,
        module,
        registry,
        _globals,
        source,
    ] = vm.unpack(
        "warn_explicit",
        args,
        &[
            req("message"),
            req("category"),
            req("filename"),
            req("lineno"),
            opt("module"),
            opt("registry"),
            opt("module_globals"),
            opt("source"),
        ],
    )?;
    let line = vm.index_clamped(line, vm.types.overflow_error)? as i64;
    let filename = vm.text(filename);
    let module = if module.is_null() || module == vm.none {
        let name = filename.strip_suffix(".py").unwrap_or(&filename);
        if name.is_empty() {
            "<unknown>".to_string()
        } else {
            name.to_string()
        }
    } else {
        vm.text(module)
    };
    let registry = if registry == vm.none { NULL } else { registry };
    // Any class does that makes an object of the text (`warn_explicit`).
    let warning = vm.types.warning;
    let category = if vm.is_subtype(vm.heap.ty(message), warning) {
        vm.heap.ty(message)
    } else {
        if !vm.heap.is_class(category) || !vm.is_subtype(category, warning) {
            let text = vm.new_ref(message);
            let made = vm.call_one(category, text)?;
            vm.decref(made);
        }
        category
    };
    explicit(
        vm,
        category,
        message,
        &Place {
            filename,
            line,
            module,
            registry,
        },
        source,
    )?;
    Ok(vm.new_none())
}

impl Machine {
    /// Warns as `importlib._bootstrap` does at one of its lines: filters take it for a warning of that module.
    pub fn warn_of_importlib(&mut self, line: i64, category: Obj, message: &str) -> PyResult<()> {
        let place = Place {
            filename: "<frozen importlib._bootstrap>".to_string(),
            line,
            module: "importlib._bootstrap".to_string(),
            registry: NULL,
        };
        let message = self.new_str(message);
        self.with_held(message, |vm, message| {
            explicit(vm, category, message, &place, NULL)
        })
    }

    /// Hands on what the compiler warned of; an exception that a filter makes of it is a SyntaxError at that place.
    pub fn warn_of_source(&mut self, warning: &Warning, filename: &str) -> PyResult<()> {
        let category = if warning.deprecation {
            self.types.deprecation_warning
        } else {
            self.types.syntax_warning
        };
        let module = filename.strip_suffix(".py").unwrap_or(filename);
        let place = Place {
            filename: filename.to_string(),
            line: i64::from(warning.line),
            module: if module.is_empty() {
                "<unknown>".to_string()
            } else {
                module.to_string()
            },
            registry: NULL,
        };
        let message = self.new_str(&warning.message);
        let warned = self.with_held(message, |vm, message| {
            explicit(vm, category, message, &place, NULL)
        });
        if warned != Err(Thrown::Exception) || !self.pending_matches(category) {
            return warned;
        }
        self.clear_exception();
        self.raise_syntax_error(&SyntaxError {
            kind: ErrorKind::SyntaxError,
            message: warning.message.clone(),
            filename: filename.to_string(),
            line: warning.line,
            column: warning.column,
            end_line: warning.end_line,
            end_column: warning.end_column,
            text: warning.text.clone(),
            by_compiler: warning.by_compiler,
            warnings: Vec::new(),
        })
        .map(drop)
    }
}

/// `warn_explicit` of C: the registry, the filters, then showing.
fn explicit(
    vm: &mut Machine,
    category: Obj,
    message: Obj,
    place: &Place,
    source: Obj,
) -> PyResult<()> {
    let mark = vm.mark();
    let result = explicit_held(vm, category, message, place, source);
    vm.releasing(mark, result)
}

fn explicit_held(
    vm: &mut Machine,
    category: Obj,
    message: Obj,
    place: &Place,
    source: Obj,
) -> PyResult<()> {
    let is_instance = vm.is_subtype(vm.heap.ty(message), vm.types.warning);
    let (text, message, category) = if is_instance {
        let text = vm.str_of(message)?;
        (text, vm.new_ref(message), vm.heap.ty(message))
    } else {
        let made = vm.call(category, &[message])?;
        (vm.new_ref(message), made, category)
    };
    vm.hold(message);
    vm.hold(text);
    let line = vm.new_int(place.line);
    let key = {
        vm.incref(text);
        vm.incref(category);
        vm.new_tuple(vec![text, category, line])
    };
    vm.hold(key);
    if !place.registry.is_null() && already_warned(vm, place.registry, key, false)? {
        return Ok(());
    }
    let action = action_for(vm, category, text, place)?;
    match &action[..] {
        "error" => return vm.raise_object(message),
        "ignore" => return Ok(()),
        _ => {}
    }
    if !shown_now(vm, &action, place, key, text, category)? {
        return Ok(());
    }
    show(vm, category, message, text, place, source)
}

/// Keeps account of what has been shown, as the action demands.
fn shown_now(
    vm: &mut Machine,
    action: &str,
    place: &Place,
    key: Obj,
    text: Obj,
    category: Obj,
) -> PyResult<bool> {
    let true_ = vm.true_;
    match action {
        "always" => Ok(true),
        "default" => {
            if !place.registry.is_null() {
                vm.dict_set(place.registry, key, true_)?;
            }
            Ok(true)
        }
        "once" => {
            let registry = if place.registry.is_null() {
                state(vm, ONCE)
            } else {
                place.registry
            };
            Ok(!update_registry(vm, registry, text, category, false)?)
        }
        "module" => match place.registry.some() {
            Some(registry) => Ok(!update_registry(vm, registry, text, category, true)?),
            None => Ok(true),
        },
        other => vm.raise(
            vm.types.runtime_error,
            format!("Unrecognized action ({other}) in warnings.filters:\n "),
        ),
    }
}

fn update_registry(
    vm: &mut Machine,
    registry: Obj,
    text: Obj,
    category: Obj,
    with_zero: bool,
) -> PyResult<bool> {
    vm.incref(text);
    vm.incref(category);
    let mut items = vec![text, category];
    if with_zero {
        items.push(vm.new_int(0));
    }
    let key = vm.new_tuple(items);
    vm.with_held(key, |vm, key| already_warned(vm, registry, key, true))
}

/// A registry made before the filters changed last is emptied first.
fn already_warned(vm: &mut Machine, registry: Obj, key: Obj, should_set: bool) -> PyResult<bool> {
    let current = version(vm);
    let known = vm.dict_get_name(registry, "version");
    if known.is_null() || vm.as_i64(known) != Some(current) {
        vm.drop_dict(registry);
        let current = vm.new_int(current);
        vm.dict_set_name(registry, "version", current);
        vm.decref(current);
    } else if let Some(found) = vm.dict_get(registry, key)?
        && vm.is_true(found)?
    {
        return Ok(true);
    }
    if should_set {
        let true_ = vm.true_;
        vm.dict_set(registry, key, true_)?;
    }
    Ok(false)
}

/// The action of the first filter that fits (`get_filter`).
fn action_for(vm: &mut Machine, category: Obj, text: Obj, place: &Place) -> PyResult<String> {
    let mut i = 0;
    loop {
        let filters = state(vm, FILTERS);
        let Some(items) = vm.heap.list(filters) else {
            return vm.value_error("_warnings.filters must be a list");
        };
        let Some(row) = items.get(i).copied() else {
            break;
        };
        i += 1;
        let Some(&[action, pattern, wanted, module, line]) = vm.heap.tuple(row) else {
            return vm.value_error(&format!("_warnings.filters item {} isn't a 5-tuple", i - 1));
        };
        vm.hold_ref(row);
        let fits = filter_fits(vm, [pattern, wanted, module, line], category, text, place);
        let fits = vm.let_go(fits)?;
        if fits {
            return Ok(vm.text(action));
        }
    }
    let default = state(vm, DEFAULT);
    Ok(vm.text(default))
}

fn filter_fits(
    vm: &mut Machine,
    [pattern, wanted, module, line]: [Obj; 4],
    category: Obj,
    text: Obj,
    place: &Place,
) -> PyResult<bool> {
    let line = vm.as_i64(line).unwrap_or(0);
    if !(line == 0 || line == place.line)
        || !vm.is_subclass(category, wanted)?
        || !matches(vm, pattern, text)?
    {
        return Ok(false);
    }
    let name = vm.new_str(&place.module);
    vm.with_held(name, |vm, name| matches(vm, module, name))
}

/// `check_matched`: None fits all, a str what is equal, anything else is a compiled pattern.
fn matches(vm: &mut Machine, pattern: Obj, text: Obj) -> PyResult<bool> {
    if pattern == vm.none {
        return Ok(true);
    }
    if vm.is_exact(pattern, vm.types.str) {
        return vm.rich_compare_bool(pattern, text, CmpOp::Eq);
    }
    let found = vm.call_method(pattern, "match", &[text])?;
    vm.with_held(found, |vm, found| vm.is_true(found))
}

/// Through `warnings._showwarnmsg` if that module is imported, else straight to stderr.
fn show(
    vm: &mut Machine,
    category: Obj,
    message: Obj,
    text: Obj,
    place: &Place,
    source: Obj,
) -> PyResult<()> {
    let module = vm.dict_get_name(vm.sys_modules, "warnings");
    if module.is_null() || module == vm.none {
        return show_plainly(vm, category, text, place);
    }
    let Some(hook) = vm.lookup_attr_str(module, "_showwarnmsg")? else {
        return show_plainly(vm, category, text, place);
    };
    vm.hold(hook);
    let class = vm.get_attr_str(module, "WarningMessage")?;
    vm.hold(class);
    let (filename, line, none) = (vm.new_str(&place.filename), vm.new_int(place.line), vm.none);
    let source = if source.is_null() { none } else { source };
    vm.hold(filename);
    vm.hold(line);
    let record = vm.call(
        class,
        &[message, category, filename, line, none, none, source],
    )?;
    let result = vm.with_held(record, |vm, record| vm.call(hook, &[record]))?;
    vm.decref(result);
    Ok(())
}

fn show_plainly(vm: &mut Machine, category: Obj, text: Obj, place: &Place) -> PyResult<()> {
    let file = vm.dict_get_name(vm.sys_dict, "stderr");
    if file.is_null() || file == vm.none {
        return Ok(());
    }
    let name = vm.class_qualname(category);
    let mut out = format!(
        "{}:{}: {name}: {}\n",
        place.filename,
        place.line,
        vm.text(text)
    );
    if let Some(source) = vm.source_line_to_show(&place.filename, place.line as i32) {
        out = format!("{out}  {}\n", source.trim());
    }
    vm.hold_ref(file);
    let written = vm.write_text(file, &out);
    vm.let_go(written)
}
