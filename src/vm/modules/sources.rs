//! The module `_sources`: lines of source files for `linecache`, read through the machine's own access to files.

use super::ModuleSpec;
use crate::heap::Obj;
use crate::syntax::{Origin, Source};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_sources",
    doc: "Lines of source files.",
    functions: &[
        Method::new("lines", Arity::One, lines),
        Method::new("refuse", Arity::One, refuse),
    ],
    init: |_, _| Ok(()),
};

/// A list of the file's lines with their newlines; None if it may not be read.
fn lines(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.text(args.get(vm, 0));
    let Some(data) = vm.source_file(&name) else {
        return Ok(vm.new_none());
    };
    // What is not text in the encoding that it names has no lines.
    let Ok(source) = Source::decode(&data, &name, Origin::File) else {
        return Ok(vm.new_none());
    };
    let mut text = source.text;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let items: Vec<Obj> = text.split_inclusive('\n').map(|l| vm.new_str(l)).collect();
    Ok(vm.new_list(items))
}

/// Ends the run: the caller's feature, named by the argument, is not supported.
fn refuse(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let what = vm.text(args.get(vm, 0));
    vm.unsupported(what)
}
