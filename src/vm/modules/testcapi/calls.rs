//! Calls made by native code in each way, exceptions raised by it, and a few questions about objects.

use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{Args, opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::{Machine, PyResult, Thrown};

pub(super) static FUNCTIONS: &[Method] = &[
    Method::new("bad_get", Arity::Positional(3, 3), |vm, _, args| {
        let class = args.get(vm, 2);
        let made = vm.call(class, &[])?;
        vm.decref(made);
        Ok(vm.new_none())
    }),
    Method::new("exception_print", Arity::One, exception_print),
    Method::new("traceback_print", Arity::Positional(2, 2), |vm, _, args| {
        let (traceback, file) = (args.get(vm, 0), args.get(vm, 1));
        vm.write_traceback(file, traceback)?;
        Ok(vm.new_none())
    }),
    Method::new("with_tp_del", Arity::One, with_tp_del)
        .doc("with_tp_del(cls): gives a class's instances a finaliser of the old kind, their __tp_del__."),
    Method::new("without_gc", Arity::One, without_gc),
    Method::new("write_unraisable_exc", Arity::Positional(3, 3), write_unraisable_exc),
    Method::new("create_cfunction", Arity::NoArgs, create_cfunction),
    Method::new(
        "dict_getitem_knownhash",
        Arity::Positional(3, 3),
        dict_getitem_knownhash,
    ),
    Method::new("dict_hassplittable", Arity::One, dict_hassplittable),
    Method::new("getbuffer_with_null_view", Arity::One, |vm, _, _| {
        vm.raise(
            vm.types.buffer_error,
            "PyBuffer_FillInfo: view==NULL argument is obsolete".into(),
        )
    }),
    Method::new(
        "make_exception_with_doc",
        Arity::Keywords,
        make_exception_with_doc,
    ),
    Method::new(
        "pyobject_fastcall",
        Arity::Positional(2, 2),
        |vm, _, args| {
            let given = positional(vm, args.get(vm, 1))?;
            vm.call(args.get(vm, 0), &given)
        },
    ),
    Method::new(
        "pyobject_fastcalldict",
        Arity::Positional(3, 3),
        fastcalldict,
    ),
    Method::new("pyobject_vectorcall", Arity::Positional(3, 3), vectorcall),
    Method::new(
        "pyvectorcall_call",
        Arity::Positional(2, 3),
        vectorcall_call,
    ),
    Method::new("raise_exception", Arity::Positional(2, 2), raise_exception),
    Method::new("raise_memoryerror", Arity::NoArgs, |vm, _, _| {
        vm.raise_bare(vm.types.memory_error)
    }),
    Method::new(
        "sequence_getitem",
        Arity::Positional(2, 2),
        |vm, _, args| {
            let at = vm.index_clamped(args.get(vm, 1), NULL)?;
            vm.sequence_item(args.get(vm, 0), at)
        },
    ),
    Method::new(
        "sequence_setitem",
        Arity::Positional(3, 3),
        |vm, _, args| {
            vm.set_item(args.get(vm, 0), args.get(vm, 1), args.get(vm, 2))?;
            Ok(vm.new_none())
        },
    ),
];

static CFUNCTION: Method = Method::new("create_cfunction", Arity::NoArgs, |vm, this, _| {
    Ok(vm.new_ref(this))
});

/// Another function object of this very name.
fn create_cfunction(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let module = vm.new_str("_testcapi");
    let made = vm.new_builtin(&CFUNCTION, this, module);
    vm.decref(module);
    Ok(made)
}

fn dict_getitem_knownhash(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (dict, key) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.heap.is_dict(dict) {
        let message = "Objects/dictobject.c:1490: bad argument to internal function";
        return vm.raise(vm.types.system_error, message.into());
    }
    let hash = vm.index_clamped(args.get(vm, 2), vm.types.overflow_error)? as i64;
    match vm.dict_get_hashed(dict, key, hash)? {
        Some(value) => Ok(vm.new_ref(value)),
        None => vm.raise_key_error(key),
    }
}

/// Whether the dict is an instance's with shared keys.
fn dict_hassplittable(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let dict = args.get(vm, 0);
    if !vm.heap.is_dict(dict) {
        let got = vm.type_name(dict);
        return vm.type_error(format!(
            "dict_hassplittable() argument must be dict, not '{got}'"
        ));
    }
    let split = matches!(vm.heap.payload(dict), Payload::Split { .. });
    Ok(vm.new_bool(split))
}

/// A tuple of arguments, or None for none; borrowed items.
fn positional(vm: &mut Machine, given: Obj) -> PyResult<Vec<Obj>> {
    if given == vm.none {
        return Ok(Vec::new());
    }
    match vm.heap.tuple(given) {
        Some(items) => Ok(items.to_vec()),
        None => vm.type_error("args must be None or a tuple".into()),
    }
}

fn fastcalldict(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = positional(vm, args.get(vm, 1))?;
    let kwargs = args.get(vm, 2);
    if kwargs == vm.none {
        return vm.call(args.get(vm, 0), &given);
    }
    if !vm.heap.is_dict(kwargs) {
        return vm.type_error("kwnames must be None or a dict".into());
    }
    vm.call_with_dict(args.get(vm, 0), &given, kwargs)
}

fn vectorcall(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = positional(vm, args.get(vm, 1))?;
    let kwnames = args.get(vm, 2);
    if kwnames == vm.none {
        return vm.call(args.get(vm, 0), &given);
    }
    let Some(names) = vm.heap.tuple(kwnames).map(<[Obj]>::len) else {
        return vm.type_error("kwnames must be None or a tuple".into());
    };
    if names > given.len() {
        return vm.value_error("kwnames longer than args");
    }
    let kwnames = if names == 0 { NULL } else { kwnames };
    vm.call_kw(args.get(vm, 0), &given, kwnames)
}

fn vectorcall_call(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (callable, given, kwargs) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let Some(items) = vm.heap.tuple(given).map(<[Obj]>::to_vec) else {
        return vm.type_error("args must be a tuple".into());
    };
    if !kwargs.is_null() && !vm.heap.is_dict(kwargs) {
        return vm.type_error("kwargs must be a dict".into());
    }
    let heap_type = vm.heap.class(vm.heap.ty(callable)).flags.heap_type;
    if heap_type || vm.slots_of(callable).tp_call.is_none() {
        let name = vm.type_name(callable);
        return vm.type_error(format!("'{name}' object does not support vectorcall"));
    }
    vm.call_with_dict(callable, &items, kwargs)
}

/// `raise exc(0, 1, …)` with so many arguments.
fn raise_exception(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let exc = args.get(vm, 0);
    let n = vm
        .index_clamped(args.get(vm, 1), vm.types.overflow_error)?
        .clamp(0, 1000);
    let is_exception = vm.heap.is_class(exc) && vm.is_subtype(exc, vm.types.base_exception);
    if !is_exception {
        let shown = vm.repr_text(exc)?;
        let message =
            format!("_PyErr_SetObject: exception {shown} is not a BaseException subclass");
        return vm.raise(vm.types.system_error, message);
    }
    let items: Vec<Obj> = (0..n as i64).map(|i| vm.new_int(i)).collect();
    let given = vm.new_tuple(items);
    let made = vm.with_held(given, |vm, given| {
        let items = vm.heap.tuple(given).unwrap_or(&[]).to_vec();
        vm.call(exc, &items)
    })?;
    let raised = vm.raise_object(made);
    vm.decref(made);
    raised
}

/// A class of exceptions (`PyErr_NewException`); bases default to Exception. Owned.
pub(super) fn new_exception(
    vm: &mut Machine,
    module: &str,
    name: &str,
    parts: Option<(Obj, Obj)>,
) -> PyResult<Obj> {
    let (base, extra) = parts.unwrap_or((NULL, NULL));
    let mark = vm.mark();
    let namespace = if extra.is_null() {
        vm.new_dict()
    } else {
        vm.dict_copy(extra)
    };
    vm.hold(namespace);
    if vm.dict_get_name(namespace, "__module__").is_null() {
        let module = vm.new_str(module);
        vm.dict_set_name(namespace, "__module__", module);
        vm.decref(module);
    }
    let bases = if vm.heap.tuple(base).is_some() {
        vm.new_ref(base)
    } else {
        let base = if base.is_null() {
            vm.types.exception
        } else {
            base
        };
        vm.new_tuple_of(&[base])
    };
    vm.hold(bases);
    let name = vm.new_str(name);
    vm.hold(name);
    let made = vm.call(vm.types.type_, &[name, bases, namespace]);
    vm.releasing(mark, made)
}

fn make_exception_with_doc(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [req("name"), opt("doc"), opt("base"), opt("dict")];
    let [name, doc, base, dict] = vm.unpack("make_exception_with_doc", args, &params)?;
    let text = vm.text(name);
    let Some((module, short)) = text.rsplit_once('.') else {
        return vm.raise(
            vm.types.system_error,
            "PyErr_NewException: name must be module.class".into(),
        );
    };
    if !dict.is_null() && !vm.heap.is_dict(dict) {
        return vm.type_error("dict must be a dict".into());
    }
    let namespace = if dict.is_null() {
        vm.new_dict()
    } else {
        vm.dict_copy(dict)
    };
    if !doc.is_null() {
        vm.dict_set_name(namespace, "__doc__", doc);
    }
    vm.with_held(namespace, |vm, namespace| {
        new_exception(vm, module, short, Some((base, namespace)))
    })
}

/// `PyErr_Display` of an exception.
fn exception_print(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let exc = args.get(vm, 0);
    let Payload::Exc(parts) = vm.heap.base(exc) else {
        return vm.type_error("an exception instance is required".into());
    };
    let traceback = parts.traceback;
    vm.display_exception(exc, traceback)?;
    Ok(vm.new_none())
}

/// Gives a class's instances, of which there are none yet, to be counted only.
fn without_gc(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    if !vm.heap.is_class(class) || !vm.heap.class(class).flags.heap_type {
        let shown = vm.repr_text(class)?;
        return vm.type_error(format!("heap type expected, got {shown}"));
    }
    vm.heap.class_mut(class).flags.has_gc = false;
    Ok(vm.new_ref(class))
}

fn with_tp_del(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    if !vm.heap.is_class(class) || !vm.heap.class(class).flags.heap_type {
        let shown = vm.repr_text(class)?;
        return vm.type_error(format!("heap type expected, got {shown}"));
    }
    vm.heap.class_mut(class).flags.legacy_del = true;
    vm.gc_legacy = true;
    Ok(vm.new_ref(class))
}

fn write_unraisable_exc(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (exc, message, object) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let message = (message != vm.none).then(|| vm.text(message));
    if vm.raise_object::<()>(exc) == Err(Thrown::Interrupt) {
        return Err(Thrown::Interrupt);
    }
    vm.write_unraisable(object, message.as_deref());
    Ok(vm.new_none())
}
