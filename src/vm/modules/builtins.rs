//! The module `builtins`: its table, and the functions that only hand on. `print`, `input` and `open` are in `builtins_io.rs`,
//! attributes in `builtins_attr.rs`, iteration in `builtins_iter.rs`, arithmetic in `builtins_number.rs`, code and namespaces in
//! `builtins_code.rs`.

use super::ModuleSpec;
use super::{
    builtins_attr as attr, builtins_code as code, builtins_io as io, builtins_iter as iter,
    builtins_number as number,
};
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "builtins",
    doc: "Built-in functions, exceptions, and other objects.",
    functions: FUNCTIONS,
    init,
};

/// In the order of CPython's table.
static FUNCTIONS: &[Method] = &[
    Method::new("__build_class__", Arity::Keywords, build_class),
    Method::new("__import__", Arity::Keywords, code::import).varargs(),
    Method::new("abs", Arity::One, number::abs).doc("abs($module, x, /)\n--\n\nThe absolute value of a number."),
    Method::new("all", Arity::One, iter::all).doc("all($module, iterable, /)\n--\n\nWhether every item is true; true for no items."),
    Method::new("any", Arity::One, iter::any).doc("any($module, iterable, /)\n--\n\nWhether some item is true; false for no items."),
    Method::new("ascii", Arity::One, ascii).doc("ascii($module, obj, /)\n--\n\nThe repr with everything but ASCII escaped."),
    Method::new("bin", Arity::One, number::bin).doc("bin($module, number, /)\n--\n\nAn integer in base 2."),
    Method::new("breakpoint", Arity::Keywords, super::sys_breakpoint::breakpoint),
    Method::new("callable", Arity::One, callable).doc("callable($module, obj, /)\n--\n\nWhether the object can be called."),
    Method::new("chr", Arity::One, number::chr).doc("chr($module, i, /)\n--\n\nThe character of a code point."),
    Method::new("compile", Arity::Keywords, code::compile)
        .doc("compile($module, /, source, filename, mode, flags=0, dont_inherit=False,\n        optimize=-1, *, _feature_version=-1)\n--\n\nSource as a code object."),
    Method::new("delattr", Arity::Positional(2, 2), attr::delattr).doc("delattr($module, obj, name, /)\n--\n\nDeletes an attribute."),
    Method::new("dir", Arity::Positional(0, 1), attr::dir).varargs()
        .doc("dir([object]) -> list of strings\n\nThe names of an object's attributes, or without one those of the current scope."),
    Method::new("divmod", Arity::Positional(2, 2), number::divmod).doc("divmod($module, x, y, /)\n--\n\nThe tuple (x//y, x%y)."),
    Method::new("eval", Arity::Positional(1, 3), code::eval).doc("eval($module, source, globals=None, locals=None, /)\n--\n\nThe value of an expression."),
    Method::new("exec", Arity::Positional(1, 3), code::exec).doc("exec($module, source, globals=None, locals=None, /)\n--\n\nRuns statements."),
    Method::new("format", Arity::Positional(1, 2), format).doc("format($module, value, format_spec='', /)\n--\n\nvalue.__format__(format_spec)"),
    Method::new("getattr", Arity::Positional(2, 3), attr::getattr)
        .doc("getattr(object, name[, default]) -> value\n\nAn attribute by its name; the default if there is none."),
    Method::new("globals", Arity::NoArgs, code::globals).doc("globals($module, /)\n--\n\nThe module's namespace."),
    Method::new("hasattr", Arity::Positional(2, 2), attr::hasattr).doc("hasattr($module, obj, name, /)\n--\n\nWhether getattr would find something."),
    Method::new("hash", Arity::One, hash).doc("hash($module, obj, /)\n--\n\nThe hash value of an object."),
    Method::new("hex", Arity::One, number::hex).doc("hex($module, number, /)\n--\n\nAn integer in base 16."),
    Method::new("id", Arity::One, id).doc("id($module, obj, /)\n--\n\nThe identity of an object: its address."),
    Method::new("input", Arity::Positional(0, 1), io::input).doc("input($module, prompt='', /)\n--\n\nA line of standard input."),
    Method::new("isinstance", Arity::Positional(2, 2), isinstance).doc("isinstance($module, obj, class_or_tuple, /)\n--\n\nWhether obj is an instance."),
    Method::new("issubclass", Arity::Positional(2, 2), issubclass).doc("issubclass($module, cls, class_or_tuple, /)\n--\n\nWhether cls is a subclass."),
    Method::new("iter", Arity::Positional(1, 2), iter::iter)
        .doc("iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nAn iterator over what can be iterated, or over the results of calls until the sentinel comes."),
    Method::new("aiter", Arity::One, iter::aiter).doc("aiter($module, async_iterable, /)\n--\n\nAn asynchronous iterator."),
    Method::new("len", Arity::One, len).doc("len($module, obj, /)\n--\n\nHow many items a container has."),
    Method::new("locals", Arity::NoArgs, code::locals).doc("locals($module, /)\n--\n\nThe current local names."),
    Method::new("max", Arity::Keywords, iter::max)
        .varargs()
        .doc("max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nThe largest of several items."),
    Method::new("min", Arity::Keywords, iter::min)
        .varargs()
        .doc("min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nThe smallest of several items."),
    Method::new("next", Arity::Positional(1, 2), iter::next)
        .doc("next(iterator[, default])\n\nThe next item; at the end the default, or StopIteration."),
    Method::new("anext", Arity::Positional(1, 2), iter::anext).doc("anext($module, aiterator, default=<unrepresentable>, /)\n--\n\nThe next item, as an awaitable."),
    Method::new("oct", Arity::One, number::oct).doc("oct($module, number, /)\n--\n\nAn integer in base 8."),
    Method::new("ord", Arity::One, number::ord).doc("ord($module, c, /)\n--\n\nThe code point of a character."),
    Method::new("pow", Arity::Keywords, number::pow).doc("pow($module, /, base, exp, mod=None)\n--\n\nbase**exp, or base**exp % mod."),
    Method::new("print", Arity::Keywords, io::print)
        .doc("print(value, ..., sep=' ', end='\\n', file=sys.stdout, flush=False)\n\nWrites values as text."),
    Method::new("repr", Arity::One, repr).doc("repr($module, obj, /)\n--\n\nHow the object shows itself."),
    Method::new("round", Arity::Keywords, number::round).doc("round($module, /, number, ndigits=None)\n--\n\nA number rounded to some digits."),
    Method::new("setattr", Arity::Positional(3, 3), attr::setattr).doc("setattr($module, obj, name, value, /)\n--\n\nSets an attribute."),
    Method::new("sorted", Arity::Keywords, iter::sorted).doc("sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\nA sorted list of the items."),
    Method::new("sum", Arity::Keywords, iter::sum).doc("sum($module, iterable, /, start=0)\n--\n\nThe sum of numbers."),
    Method::new("vars", Arity::Positional(0, 1), attr::vars).varargs()
        .doc("vars([object]) -> dictionary\n\nAn object's namespace; without one that of the current scope."),
    Method::new("open", Arity::Keywords, super::io::open::open).doc(super::io::OPEN_DOC),
];

/// `open` is the function of `_io`, and says so.
fn name_open(vm: &mut Machine, dict: Obj) {
    let (open, io) = (vm.dict_get_name(dict, "open"), vm.intern("io"));
    let old = match vm.heap.payload_mut(open) {
        Payload::Builtin(function) => std::mem::replace(&mut function.module, io),
        _ => io,
    };
    vm.xdecref(old);
}

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    name_open(vm, dict);
    let t = vm.types;
    let values = [
        ("None", vm.none),
        ("Ellipsis", vm.ellipsis),
        ("NotImplemented", vm.not_implemented),
        ("False", vm.false_),
        ("True", vm.true_),
        ("bool", t.bool),
        ("memoryview", t.memoryview),
        ("bytearray", t.bytearray),
        ("bytes", t.bytes),
        ("classmethod", t.classmethod),
        ("complex", t.complex),
        ("dict", t.dict),
        ("enumerate", t.enumerate),
        ("filter", t.filter),
        ("float", t.float),
        ("frozenset", t.frozenset),
        ("property", t.property),
        ("int", t.int),
        ("list", t.list),
        ("map", t.map),
        ("object", t.object),
        ("range", t.range),
        ("reversed", t.reversed),
        ("set", t.set),
        ("slice", t.slice),
        ("staticmethod", t.staticmethod),
        ("str", t.str),
        ("super", t.super_),
        ("tuple", t.tuple),
        ("type", t.type_),
        ("zip", t.zip),
        ("__debug__", vm.true_),
        ("BaseException", t.base_exception),
    ];
    for (name, value) in values {
        vm.dict_set_name(dict, name, value);
    }
    for (name, class) in crate::vm::types::exceptions(&t) {
        vm.dict_set_name(dict, name, class);
    }
    for name in ["EnvironmentError", "IOError"] {
        vm.dict_set_name(dict, name, t.os_error);
    }
    super::site_builtins::add(vm, dict);
    Ok(())
}

fn build_class(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.build_class(args)
}

fn ascii(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.ascii(args.get(vm, 0))
}

fn repr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.repr(args.get(vm, 0))
}

fn callable(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let answer = vm.is_callable(o);
    Ok(vm.new_bool(answer))
}

fn hash(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let hash = vm.hash(args.get(vm, 0))?;
    Ok(vm.new_int(hash))
}

fn id(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let id = vm.id_of(args.get(vm, 0));
    Ok(vm.new_int(id as i64))
}

fn isinstance(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (o, class) = (args.get(vm, 0), args.get(vm, 1));
    let answer = vm.is_instance(o, class)?;
    Ok(vm.new_bool(answer))
}

fn issubclass(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (class, other) = (args.get(vm, 0), args.get(vm, 1));
    let answer = vm.is_subclass(class, other)?;
    Ok(vm.new_bool(answer))
}

fn len(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let len = vm.len(args.get(vm, 0))?;
    Ok(vm.new_int(len as i64))
}

fn format(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (value, spec) = (args.get(vm, 0), args.get(vm, 1));
    if !spec.is_null() && vm.heap.str(spec).is_none() {
        let name = if spec == vm.none {
            "None".to_string()
        } else {
            vm.argument_type(spec)
        };
        return vm.type_error(format!("format() argument 2 must be str, not {name}"));
    }
    vm.format_object(value, spec)
}

impl Machine {
    /// `PyCallable_Check`
    pub fn is_callable(&self, o: Obj) -> bool {
        matches!(
            self.heap.payload(o),
            Payload::Func(_) | Payload::Method { .. } | Payload::Builtin(_)
        ) || self.slots_of(o).tp_call.is_some()
    }
}
