//! `_symtable`: the compiler's symbol tables, one tuple a scope; `python/symtable.py` makes objects of them.

use super::ModuleSpec;
use crate::compiler::symtable::report::{self, Table};
use crate::compiler::{Mode, Options};
use crate::heap::Obj;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_symtable",
    doc: "",
    functions: &[Method::new("symtable", Arity::Positional(3, 3), symtable).doc(
        "symtable($module, source, filename, startstr, /)\n--\n\nThe symbol tables of a source.",
    )],
    init: |_, _| Ok(()),
};

fn symtable(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (source, name) = (args.get(vm, 0), args.get(vm, 1));
    let mode = match vm.text(args.get(vm, 2)).as_str() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return vm.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'"),
    };
    let data =
        super::builtins_code::source_bytes(vm, source, "symtable", "string or bytes object")?;
    let filename = vm.text(name);
    let options = Options {
        origin: super::builtins_code::origin_of(vm, source),
        ..Options::default()
    };
    match report::tables(&data, &filename, mode, options) {
        Ok(tables) => Ok(rows(vm, &tables)),
        Err(error) => vm.finish_compilation(Err(error), &filename, name),
    }
}

/// Name, kind, line, whether nested, symbols, parameters, places of the children.
fn rows(vm: &mut Machine, tables: &[Table]) -> Obj {
    let mut all = Vec::new();
    for table in tables {
        let symbols = vm.new_dict();
        for (name, flags) in &table.symbols {
            let flags = vm.new_int(i64::from(*flags));
            vm.dict_set_name(symbols, name, flags);
            vm.decref(flags);
        }
        let varnames = table.varnames.iter().map(|name| vm.new_str(name)).collect();
        let children = table
            .children
            .iter()
            .map(|n| vm.new_int(*n as i64))
            .collect();
        let parts = vec![
            vm.new_str(&table.name),
            vm.new_int(table.kind),
            vm.new_int(i64::from(table.line)),
            vm.new_bool(table.nested),
            symbols,
            vm.new_list(varnames),
            vm.new_list(children),
        ];
        all.push(vm.new_tuple(parts));
    }
    vm.new_list(all)
}
