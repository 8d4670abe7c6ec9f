//! `BaseException` and the ways in which the built-in exceptions differ from it (`Objects/exceptions.c`).
//!
//! Here is the base; `exception_kinds.rs` has the ones with fields of their own, `exception_os.rs` and
//! `exception_unicode.rs` the two families that need more. The table of all exceptions is in `types/mod.rs`.
//!
//! Invariant: `Exc::extra` is as long as its kind has fields; a field that is not set is NULL and reads as None.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use super::exception_kinds as kinds;
use super::{exception_os, exception_unicode};
use crate::heap::payload::Exc;
use crate::heap::payload::class::Layout;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

/// What an exception has besides its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Plain,
    SystemExit,
    StopIteration,
    AttributeError,
    ImportError,
    KeyError,
    NameError,
    OsError,
    SyntaxError,
    UnicodeDecode,
    UnicodeEncode,
    UnicodeTranslate,
}

pub static SPEC: TypeSpec = TypeSpec {
    layout: Layout::Exception,
    base_type: true,
    has_dict: true,
    methods: &[
        Method::new("with_traceback", Arity::One, with_traceback),
        Method::new("__reduce__", Arity::NoArgs, reduce),
        Method::new("__setstate__", Arity::One, setstate),
    ],
    getset: &[
        GetSet::rw("__suppress_context__", get_suppress_context, set_suppress_context),
        GetSet::rw("__dict__", get_dict, set_dict),
        GetSet::rw("args", get_args, set_args),
        GetSet::rw("__traceback__", get_traceback, set_traceback),
        GetSet::rw("__context__", get_context, set_context),
        GetSet::rw("__cause__", get_cause, set_cause),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_str = Some(str);
        s.tp_getattro = Some(crate::vm::attribute::generic_getattr);
        s.tp_setattro = Some(crate::vm::attribute_set::generic_setattr);
    },
    ..TypeSpec::new("BaseException")
};

/// Attribute tables and slots of each kind.
fn parts(kind: Kind) -> (&'static [Method], &'static [GetSet], fn(&mut Slots)) {
    match kind {
        Kind::Plain => (&[], &[], |s| {
            s.tp_new = Some(new);
            s.tp_init = Some(init);
        }),
        Kind::SystemExit => (&[], kinds::SYSTEM_EXIT, |s| s.tp_init = Some(kinds::init_system_exit)),
        Kind::StopIteration => (&[], kinds::STOP_ITERATION, |s| s.tp_init = Some(kinds::init_stop_iteration)),
        Kind::AttributeError => (&[], kinds::ATTRIBUTE_ERROR, |s| {
            s.tp_init = Some(kinds::init_attribute_error);
            s.tp_str = Some(str);
        }),
        Kind::NameError => (&[], kinds::NAME_ERROR, |s| {
            s.tp_init = Some(kinds::init_name_error);
            s.tp_str = Some(str);
        }),
        Kind::KeyError => (&[], &[], |s| {
            s.tp_init = Some(init);
            s.tp_str = Some(kinds::str_key_error);
        }),
        Kind::ImportError => (kinds::IMPORT_ERROR_METHODS, kinds::IMPORT_ERROR, |s| {
            s.tp_init = Some(kinds::init_import_error);
            s.tp_str = Some(kinds::str_import_error);
        }),
        Kind::SyntaxError => (&[], kinds::SYNTAX_ERROR, |s| {
            s.tp_init = Some(kinds::init_syntax_error);
            s.tp_str = Some(kinds::str_syntax_error);
        }),
        Kind::OsError => (exception_os::METHODS, exception_os::ATTRIBUTES, |s| {
            s.tp_new = Some(exception_os::new);
            s.tp_init = Some(exception_os::init);
            s.tp_str = Some(exception_os::str);
        }),
        Kind::UnicodeDecode => (&[], exception_unicode::ATTRIBUTES, |s| {
            s.tp_new = Some(new);
            s.tp_init = Some(exception_unicode::init_decode);
            s.tp_str = Some(exception_unicode::str_decode);
        }),
        Kind::UnicodeEncode => (&[], exception_unicode::ATTRIBUTES, |s| {
            s.tp_new = Some(new);
            s.tp_init = Some(exception_unicode::init_encode);
            s.tp_str = Some(exception_unicode::str_encode);
        }),
        Kind::UnicodeTranslate => (&[], exception_unicode::ATTRIBUTES, |s| {
            s.tp_new = Some(new);
            s.tp_init = Some(exception_unicode::init_translate);
            s.tp_str = Some(exception_unicode::str_translate);
        }),
    }
}

const NONE: &[Method] = &[];
const NO_ATTRIBUTES: &[GetSet] = &[];

/// A type that is of the same kind as its base inherits everything, but its table repeats `tp_init` (`MiddlingExtendsException`).
fn repeated_init(kind: Kind) -> fn(&mut Slots) {
    match kind {
        Kind::OsError => |s| s.tp_init = Some(exception_os::init),
        Kind::SyntaxError => |s| s.tp_init = Some(kinds::init_syntax_error),
        Kind::ImportError => |s| s.tp_init = Some(kinds::init_import_error),
        Kind::NameError => |s| s.tp_init = Some(kinds::init_name_error),
        _ => |_| {},
    }
}

/// Type specifications made from rows of the table; made once a process, and never freed, as static tables are.
static MADE: LazyLock<Mutex<BTreeMap<&'static str, &'static TypeSpec>>> = LazyLock::new(Mutex::default);

/// Makes the type of a row of the table of exceptions.
pub fn make_exception_type(vm: &mut Machine, name: &'static str, base: Obj, kind: Kind) -> Obj {
    let spec: &'static TypeSpec = {
        let mut made = MADE.lock().expect("making a specification does not panic");
        made.entry(name).or_insert_with(|| {
            let (methods, getset, slots) = if kind == Kind::Plain || name == root_of(kind) { parts(kind) } else { (NONE, NO_ATTRIBUTES, repeated_init(kind)) };
            Box::leak(Box::new(TypeSpec { layout: Layout::Exception, base_type: true, has_dict: true, methods, getset, slots, ..TypeSpec::new(name) }))
        })
    };
    vm.make_static_type(spec, base)
}

/// The exception that introduces a kind.
fn root_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "BaseException",
        Kind::SystemExit => "SystemExit",
        Kind::StopIteration => "StopIteration",
        Kind::AttributeError => "AttributeError",
        Kind::ImportError => "ImportError",
        Kind::KeyError => "KeyError",
        Kind::NameError => "NameError",
        Kind::OsError => "OSError",
        Kind::SyntaxError => "SyntaxError",
        Kind::UnicodeDecode => "UnicodeDecodeError",
        Kind::UnicodeEncode => "UnicodeEncodeError",
        Kind::UnicodeTranslate => "UnicodeTranslateError",
    }
}

impl Machine {
    /// The built-in part of an exception.
    pub fn exc(&self, o: Obj) -> &Exc {
        match self.heap.base(o) {
            Payload::Exc(exc) => exc,
            _ => panic!("an exception type's instance is no exception"),
        }
    }

    pub fn exc_mut(&mut self, o: Obj) -> &mut Exc {
        match self.heap.base_mut(o) {
            Payload::Exc(exc) => exc,
            _ => panic!("an exception type's instance is no exception"),
        }
    }

    /// The tuple of arguments, borrowed.
    pub fn exc_args(&self, o: Obj) -> Vec<Obj> {
        self.heap.tuple(self.exc(o).args).map(<[Obj]>::to_vec).unwrap_or_default()
    }

    /// A field of the exception's kind, borrowed; NULL if it is not set.
    pub fn exc_field(&self, o: Obj, i: usize) -> Obj {
        self.exc(o).extra.get(i).copied().unwrap_or(NULL)
    }

    /// Sets a field of the exception's kind; the value is borrowed, NULL unsets.
    pub fn set_exc_field(&mut self, o: Obj, i: usize, value: Obj) {
        self.xincref(value);
        let extra = &mut self.exc_mut(o).extra;
        if extra.len() <= i {
            extra.resize(i + 1, NULL);
        }
        let old = std::mem::replace(&mut extra[i], value);
        self.xdecref(old);
    }

    /// Replaces the arguments; takes the tuple over.
    pub fn set_exc_args(&mut self, o: Obj, args: Obj) {
        let old = std::mem::replace(&mut self.exc_mut(o).args, args);
        self.xdecref(old);
    }
}

/// `BaseException_new`: the arguments are kept, whatever they are.
pub fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let args = args.to_tuple(vm);
    Ok(vm.alloc_instance(class, Payload::Exc(Box::new(Exc { args, ..Exc::default() }))))
}

/// `BaseException_init`.
pub fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        let name = vm.class_name(vm.heap.ty(this));
        return vm.type_error(format!("{name}() takes no keyword arguments"));
    }
    keep_args(vm, this, args);
    Ok(())
}

/// Sets `args` to the positional arguments. `type.__call__` of CPython gives the same tuple to `__new__` and `__init__`:
/// a tuple with the same items stays.
pub fn keep_args(vm: &mut Machine, this: Obj, args: Args) {
    let items = args.to_vec(vm);
    if vm.heap.tuple(vm.exc(this).args) != Some(&items[..]) {
        let args = vm.new_tuple_of(&items);
        vm.set_exc_args(this, args);
    }
}

/// The class's name without its module.
pub fn short_name(vm: &Machine, this: Obj) -> String {
    let name = vm.class_name(vm.heap.ty(this));
    name.rsplit('.').next().unwrap_or_default().to_string()
}

/// `BaseException_repr`
fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let args = vm.exc_args(this);
    let inside = match args[..] {
        [one] => format!("({})", vm.repr_text(one)?),
        _ => {
            let args = vm.exc(this).args;
            if args.is_null() { "()".to_string() } else { vm.repr_text(args)? }
        }
    };
    let name = short_name(vm, this);
    Ok(vm.new_string(format!("{name}{inside}")))
}

/// `BaseException_str`
pub fn str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm.exc_args(this)[..] {
        [] => Ok(vm.new_str("")),
        [one] => vm.str_of(one),
        _ => vm.str_of(vm.exc(this).args),
    }
}

fn with_traceback(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let traceback = args.get(vm, 0);
    set_traceback(vm, this, traceback)?;
    Ok(vm.new_ref(this))
}

/// `(class, args)`, with the dict if there is one.
pub fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let args = vm.exc(this).args;
    let dict = vm.heap.dict_of(this);
    let ty = vm.heap.ty(this);
    Ok(if dict.is_null() { vm.new_tuple_of(&[ty, args]) } else { vm.new_tuple_of(&[ty, args, dict]) })
}

/// Sets each item of a dict as an attribute.
fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    if state == vm.none {
        return Ok(vm.new_none());
    }
    if !vm.heap.is_dict(state) {
        return vm.type_error("state is not a dictionary".to_string());
    }
    let mut at = 0;
    while let Some((next, key, value)) = vm.heap.dict_next(state, at) {
        at = next;
        let mark = vm.mark();
        vm.hold_ref(key);
        vm.hold_ref(value);
        let result = vm.set_attr(this, key, value);
        vm.release_raising(mark);
        result?;
    }
    Ok(vm.new_none())
}

fn get_suppress_context(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let suppress = vm.exc(this).suppress_context;
    Ok(vm.new_bool(suppress))
}

fn set_suppress_context(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("can't delete numeric/char attribute".to_string());
    }
    if value != vm.true_ && value != vm.false_ {
        return vm.type_error("attribute value type must be bool".to_string());
    }
    let suppress = value == vm.true_;
    vm.exc_mut(this).suppress_context = suppress;
    Ok(())
}

fn get_dict(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let dict = vm.heap.dict_of(this);
    if !dict.is_null() {
        return Ok(vm.new_ref(dict));
    }
    let dict = vm.new_dict();
    if let Some(place) = vm.heap.dict_slot(this) {
        *place = dict;
    }
    Ok(vm.new_ref(dict))
}

fn set_dict(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("cannot delete __dict__".to_string());
    }
    if !vm.heap.is_dict(value) {
        let name = vm.type_name(value);
        return vm.type_error(format!("__dict__ must be set to a dictionary, not a '{name}'"));
    }
    vm.incref(value);
    let old = vm.heap.dict_slot(this).map_or(NULL, |place| std::mem::replace(place, value));
    vm.xdecref(old);
    Ok(())
}

fn get_args(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let args = vm.exc(this).args;
    Ok(if args.is_null() { vm.new_none() } else { vm.new_ref(args) })
}

fn set_args(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("args may not be deleted".to_string());
    }
    let args = vm.sequence_tuple(value)?;
    vm.set_exc_args(this, args);
    Ok(())
}

fn or_none(vm: &mut Machine, o: Obj) -> Obj {
    if o.is_null() { vm.new_none() } else { vm.new_ref(o) }
}

fn get_traceback(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let traceback = vm.exc(this).traceback;
    Ok(or_none(vm, traceback))
}

fn set_traceback(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("__traceback__ may not be deleted".to_string());
    }
    if value != vm.none && !matches!(vm.heap.payload(value), Payload::Traceback(_)) {
        return vm.type_error("__traceback__ must be a traceback or None".to_string());
    }
    vm.set_traceback(this, value);
    Ok(())
}

/// The value of `__context__` or `__cause__` as it is stored: NULL for None. Owned.
fn linked(vm: &mut Machine, value: Obj, name: &str, what: &str) -> PyResult<Obj> {
    if value.is_null() {
        return vm.type_error(format!("{name} may not be deleted"));
    }
    if value == vm.none {
        return Ok(NULL);
    }
    if !vm.is_exception(value) {
        return vm.type_error(format!("exception {what} must be None or derive from BaseException"));
    }
    Ok(vm.new_ref(value))
}

fn get_context(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let context = vm.exc(this).context;
    Ok(or_none(vm, context))
}

fn set_context(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let context = linked(vm, value, "__context__", "context")?;
    vm.set_exc_context(this, context);
    Ok(())
}

fn get_cause(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let cause = vm.exc(this).cause;
    Ok(or_none(vm, cause))
}

/// Setting a cause suppresses the context (`PyException_SetCause`).
fn set_cause(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    let cause = linked(vm, value, "__cause__", "cause")?;
    let exc = vm.exc_mut(this);
    exc.suppress_context = true;
    let old = std::mem::replace(&mut exc.cause, cause);
    vm.xdecref(old);
    Ok(())
}
