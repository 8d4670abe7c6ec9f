//! The module `_decimal` (`Modules/_decimal/_decimal.c` over libmpdec): decimal numbers of any precision.
//!
//! The arithmetic is free of objects: `number.rs` (a number, its context, rounding), `arith.rs`, `functions.rs` (roots, exponentials,
//! powers), `bits.rs` (digits as bits), `text.rs`, `format.rs`. Each function takes numbers, a context and a status to which it adds the
//! conditions that came up. What objects are: `object.rs` (`Decimal`), `methods.rs` (its methods), `context.rs` (`Context`),
//! `context_methods.rs`, `signals.rs` (exceptions, `flags` and `traps`), `convert.rs` (between objects and numbers).

pub mod arith;
pub mod bits;
pub mod context;
pub mod context_methods;
pub mod convert;
pub mod format;
pub mod functions;
pub mod manager;
pub mod methods;
pub mod number;
pub mod object;
pub mod signals;
pub mod text;

use self::number::{MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, ROUNDINGS};
use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_decimal",
    doc: "C decimal arithmetic module",
    functions: &[
        Method::new("getcontext", Arity::NoArgs, context::getcontext)
            .doc("getcontext($module, /)\n--\n\nGet the current default context."),
        Method::new("setcontext", Arity::One, context::setcontext)
            .doc("setcontext($module, context, /)\n--\n\nSet a new default context."),
        Method::new("localcontext", Arity::Keywords, manager::localcontext).doc(
            "localcontext($module, /, ctx=None)\n--\n\nA context manager that sets a copy of the context on entry, and the old one again on exit.",
        ),
    ],
    init,
};

/// `_pydecimal`, which `decimal` falls back to: CPython's is the same arithmetic in Python, here it is the same natives.
pub static TWIN: ModuleSpec = ModuleSpec {
    name: "_pydecimal",
    doc: MODULE.doc,
    functions: MODULE.functions,
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    vm.add_module_type(dict, &object::SPEC, object);
    vm.add_module_type(dict, &context::SPEC, object);
    vm.make_module_type(&manager::SPEC, object);
    signals::init(vm, dict)?;
    register(vm, dict)?;
    context::init(vm, dict)?;
    let numbers = [
        ("MAX_PREC", MAX_PREC),
        ("MAX_EMAX", MAX_EMAX),
        ("MIN_EMIN", MIN_EMIN),
        ("MIN_ETINY", MIN_ETINY),
    ];
    for (name, value) in numbers {
        let value = vm.new_int(value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    for (name, _) in ROUNDINGS {
        let text = vm.intern(name);
        vm.dict_set_name(dict, name, text);
        vm.decref(text);
    }
    // The module's functions say that they are `decimal`'s.
    for (name, text) in [
        ("__name__", "decimal"),
        ("__version__", "1.70"),
        ("__libmpdec_version__", "2.5.1"),
    ] {
        let text = vm.new_str(text);
        vm.dict_set_name(dict, name, text);
        vm.decref(text);
    }
    for name in ["HAVE_THREADS", "HAVE_CONTEXTVAR"] {
        let yes = vm.true_;
        vm.dict_set_name(dict, name, yes);
    }
    Ok(())
}

/// Keeps an owned reference among the machine's own, under a name.
fn remember(vm: &mut Machine, name: &'static str, o: Obj) {
    if let Some(old) = vm.module_state.insert(name, o) {
        vm.decref(old);
    }
}

/// What was remembered, borrowed.
fn known(vm: &Machine, name: &'static str) -> Obj {
    vm.module_state
        .get(name)
        .copied()
        .unwrap_or(crate::heap::NULL)
}

const TUPLE: &str = "decimal.DecimalTuple";
const RATIONAL: &str = "decimal.Rational";

/// Decimals are numbers, and there is a named tuple of their parts.
fn register(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let tuple = known(vm, TUPLE);
    if !tuple.is_null() {
        vm.dict_set_name(dict, "DecimalTuple", tuple);
        return Ok(());
    }
    let decimal = vm.module_type(&object::SPEC);
    let numbers = vm.import_module("numbers")?;
    vm.with_held(numbers, |vm, numbers| {
        let number = vm.get_attr_str(numbers, "Number")?;
        let registered = vm.with_held(number, |vm, number| {
            vm.call_method(number, "register", &[decimal])
        })?;
        vm.decref(registered);
        let rational = vm.get_attr_str(numbers, "Rational")?;
        remember(vm, RATIONAL, rational);
        Ok(())
    })?;
    let collections = vm.import_module("collections")?;
    let tuple = vm.with_held(collections, |vm, collections| {
        let mark = vm.mark();
        let (name, fields, module) = (
            vm.new_str("DecimalTuple"),
            vm.new_str("sign digits exponent"),
            vm.new_str("decimal"),
        );
        let key = vm.intern("module");
        let keys = vm.new_tuple(vec![key]);
        for o in [name, fields, module, keys] {
            vm.hold(o);
        }
        let made = vm.get_attr_str(collections, "namedtuple").and_then(|make| {
            vm.with_held(make, |vm, make| {
                vm.call_kw(make, &[name, fields, module], keys)
            })
        });
        vm.releasing(mark, made)
    })?;
    vm.dict_set_name(dict, "DecimalTuple", tuple);
    remember(vm, TUPLE, tuple);
    Ok(())
}
