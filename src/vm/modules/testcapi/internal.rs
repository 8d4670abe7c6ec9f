//! `_testinternalcapi`: the few facts about the interpreter's insides that CPython's tests ask for.

use crate::vm::modules::ModuleSpec;
use crate::vm::native::{Arity, Method};

/// `sizeof(PyGC_Head)`, as `sys.getsizeof` counts it.
const GC_HEAD_BYTES: i64 = 16;

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_testinternalcapi",
    doc: "",
    functions: &[Method::new(
        "get_recursion_depth",
        Arity::NoArgs,
        |vm, _, _| {
            let depth = vm.frames.len() + vm.native_recursion as usize;
            Ok(vm.new_int(depth as i64))
        },
    )],
    init: |vm, dict| {
        let size = vm.new_int(GC_HEAD_BYTES);
        vm.dict_set_name(dict, "SIZEOF_PYGC_HEAD", size);
        vm.decref(size);
        Ok(())
    },
};
