//! `_csv`: comma separated values (`Modules/_csv.c`): dialects and their registry, reader, writer.

pub mod dialect;
pub mod reader;
pub mod writer;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};

use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_csv",
    doc: "CSV parsing and writing.\n",
    functions: &[
        Method::new("reader", Arity::Keywords, reader::new).doc("csv_reader = reader(iterable [, dialect='excel']\n                        [optional keyword args])"),
        Method::new("writer", Arity::Keywords, writer::new).doc("csv_writer = csv.writer(fileobj [, dialect='excel']\n                            [optional keyword args])"),
        Method::new("list_dialects", Arity::NoArgs, |vm, _, _| {
            let known = state(vm, DIALECTS);
            vm.list_from_iterable(known)
        })
        .doc("Return a list of all know dialect names.\n    names = csv.list_dialects()"),
        Method::new("register_dialect", Arity::Keywords, register).doc("Create a mapping from a string name to a dialect class.\n    dialect = csv.register_dialect(name[, dialect[, **fmtparams]])"),
        Method::new("unregister_dialect", Arity::One, |vm, _, args| {
            let name = args.get(vm, 0);
            let known = state(vm, DIALECTS);
            if !vm.dict_delete(known, name)? {
                return error(vm, "unknown dialect");
            }
            Ok(vm.new_none())
        })
        .doc("Delete the name/dialect mapping associated with a string name.\n    csv.unregister_dialect(name)"),
        Method::new("get_dialect", Arity::One, |vm, _, args| {
            let name = args.get(vm, 0);
            dialect::registered(vm, name)
        })
        .doc("Return the dialect instance associated with name.\n    dialect = csv.get_dialect(name)"),
        Method::new("field_size_limit", Arity::Positional(0, 1), field_size_limit)
            .varargs()
            .doc("Sets an upper limit on parsed fields.\n    csv.field_size_limit([limit])"),
    ],
    init,
};

pub const DIALECTS: &str = "_csv._dialects";
const ERROR: &str = "_csv.Error";
const LIMIT: &str = "_csv.field_limit";

/// What a field may be long unless the script says otherwise.
const DEFAULT_LIMIT: i64 = 128 * 1024;

/// A reference that the module owns; borrowed.
pub fn state(vm: &Machine, key: &str) -> Obj {
    vm.module_state.get(key).copied().unwrap_or(NULL)
}

/// Raises `_csv.Error`.
pub fn error<T>(vm: &mut Machine, message: &str) -> PyResult<T> {
    let class = state(vm, ERROR);
    vm.raise(class, message.to_string())
}

pub fn limit(vm: &Machine) -> usize {
    let limit = vm.as_i64(state(vm, LIMIT)).unwrap_or(DEFAULT_LIMIT);
    usize::try_from(limit).unwrap_or(0)
}

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    vm.add_module_type(dict, &dialect::SPEC, object);
    vm.make_module_type(&reader::SPEC, object);
    vm.make_module_type(&writer::SPEC, object);
    let numbers = [
        ("QUOTE_MINIMAL", 0),
        ("QUOTE_ALL", 1),
        ("QUOTE_NONNUMERIC", 2),
        ("QUOTE_NONE", 3),
    ];
    for (name, value) in numbers {
        let value = vm.new_int(value);
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    let version = vm.new_str("1.0");
    vm.dict_set_name(dict, "__version__", version);
    vm.decref(version);
    let dialects = vm.new_dict();
    vm.dict_set_name(dict, "_dialects", dialects);
    vm.module_state.insert(DIALECTS, dialects);
    let limit = vm.new_int(DEFAULT_LIMIT);
    vm.module_state.insert(LIMIT, limit);
    let parts = [
        vm.new_str("Error"),
        vm.new_tuple_of(&[vm.types.exception]),
        vm.new_dict(),
    ];
    let module = vm.new_str("_csv");
    vm.dict_set_name(parts[2], "__module__", module);
    vm.decref(module);
    let mark = vm.mark();
    for part in parts {
        vm.hold(part);
    }
    let class = vm.call(vm.types.type_, &parts);
    let class = vm.releasing(mark, class)?;
    vm.dict_set_name(dict, "Error", class);
    vm.module_state.insert(ERROR, class);
    Ok(())
}

fn register(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() || args.len() > 2 {
        let given = args.len();
        let (bound, n, s) = if given == 0 {
            ("at least", 1, "")
        } else {
            ("at most", 2, "s")
        };
        return vm.type_error(format!(" expected {bound} {n} argument{s}, got {given}"));
    }
    let name = args.get(vm, 0);
    if vm.heap.str(name).is_none() {
        return vm.type_error("dialect name must be a string".to_string());
    }
    let made = dialect::of_call(vm, args.skip(1))?;
    let known = state(vm, DIALECTS);
    vm.with_held(made, |vm, made| vm.dict_set(known, name, made))?;
    Ok(vm.new_none())
}

fn field_size_limit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let wanted = args.get(vm, 0);
    let old = state(vm, LIMIT);
    if wanted.is_null() {
        return Ok(vm.new_ref(old));
    }
    if !vm.is_exact(wanted, vm.types.int) {
        return vm.type_error("limit must be an integer".to_string());
    }
    if vm.as_i64(wanted).is_none() {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        );
    }
    vm.incref(wanted);
    vm.module_state.insert(LIMIT, wanted);
    Ok(old)
}
