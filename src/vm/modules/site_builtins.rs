//! `exit`, `quit` and `help`, which CPython's module `site` puts among the built-in names.

use crate::heap::payload::Native;
use crate::heap::{Edge, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// One of the three, by its name.
#[derive(Clone)]
struct Named(&'static str);

impl Native for Named {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

/// What ends a terminal's input.
const EOF: &str = "Ctrl-D (i.e. EOF)";

static QUITTER: TypeSpec = TypeSpec {
    getset: &[
        GetSet::new("name", |vm, this| {
            let name = name_of(vm, this);
            Ok(vm.new_str(name))
        }),
        GetSet::new("eof", |vm, _| Ok(vm.new_str(EOF))),
    ],
    slots: |s| {
        s.tp_call = Some(quit);
        s.tp_repr = Some(|vm, this| {
            let text = format!("Use {}() or {EOF} to exit", name_of(vm, this));
            Ok(vm.new_string(text))
        });
    },
    ..TypeSpec::new("_sitebuiltins.Quitter")
};

static HELPER: TypeSpec = TypeSpec {
    slots: |s| {
        s.tp_call = Some(help);
        s.tp_repr = Some(|vm, _| {
            Ok(vm.new_str(
                "Type help() for interactive help, or help(object) for help about object.",
            ))
        });
    },
    ..TypeSpec::new("_sitebuiltins._Helper")
};

pub fn add(vm: &mut Machine, dict: Obj) {
    let object = vm.types.object;
    for (name, spec) in [("exit", &QUITTER), ("quit", &QUITTER), ("help", &HELPER)] {
        let class = vm.make_module_type(spec, object);
        let made = vm.new_native(class, Named(name));
        vm.dict_set_name(dict, name, made);
        vm.decref(made);
    }
}

fn name_of(vm: &Machine, this: Obj) -> &'static str {
    vm.heap.native::<Named>(this).map_or("", |named| named.0)
}

/// Closes the standard input, which may keep a thread waiting elsewhere, and raises SystemExit.
fn quit(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    // A function written in Python would say it so.
    if args.len() > 1 {
        let given = args.len() + 1;
        return vm.type_error(format!(
            "Quitter.__call__() takes from 1 to 2 positional arguments but {given} were given"
        ));
    }
    for (name, _) in args.keywords(vm) {
        let name = vm.text(name);
        if name != "code" {
            return vm.type_error(format!(
                "Quitter.__call__() got an unexpected keyword argument '{name}'"
            ));
        }
    }
    let [code] = vm.unpack("Quitter.__call__", args, &[opt("code")])?;
    let stdin = vm.dict_get_name(vm.sys_dict, "stdin");
    if !stdin.is_null() && stdin != vm.none {
        vm.hold_ref(stdin);
        let closed = vm.call_method(stdin, "close", &[]);
        match vm.let_go(closed) {
            Ok(none) => vm.decref(none),
            Err(thrown) => vm.forgive(thrown)?,
        }
    }
    let code = if code.is_null() { vm.none } else { code };
    vm.call_and_raise(vm.types.system_exit, &[code])
}

fn help(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let given = args.to_vec(vm);
    let pydoc = vm.import_module("pydoc")?;
    vm.with_held(pydoc, |vm, pydoc| vm.call_method(pydoc, "help", &given))
}
