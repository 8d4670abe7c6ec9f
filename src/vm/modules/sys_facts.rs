//! What `sys` says about the interpreter: version, flags, number formats, names of modules. CPython 3.10.13 on 64-bit Linux.

use super::struct_sequence::{item, make, single_spec, spec};
use crate::heap::Obj;
use crate::vm::native::TypeSpec;
use crate::vm::{Machine, PyResult};

pub const HEXVERSION: i64 = 0x030a_0df0;
pub const VERSION: &str = "3.10.13 (main, Aug 24 2023, 12:59:26) [lifetimes]";

static VERSION_INFO: TypeSpec = single_spec(
    "sys.version_info",
    &[
        item::<0>("major"),
        item::<1>("minor"),
        item::<2>("micro"),
        item::<3>("releaselevel"),
        item::<4>("serial"),
    ],
);

static FLAGS: TypeSpec = single_spec(
    "sys.flags",
    &[
        item::<0>("debug"),
        item::<1>("inspect"),
        item::<2>("interactive"),
        item::<3>("optimize"),
        item::<4>("dont_write_bytecode"),
        item::<5>("no_user_site"),
        item::<6>("no_site"),
        item::<7>("ignore_environment"),
        item::<8>("verbose"),
        item::<9>("bytes_warning"),
        item::<10>("quiet"),
        item::<11>("hash_randomization"),
        item::<12>("isolated"),
        item::<13>("dev_mode"),
        item::<14>("utf8_mode"),
        item::<15>("warn_default_encoding"),
        item::<16>("int_max_str_digits"),
    ],
);

static FLOAT_INFO: TypeSpec = spec(
    "sys.float_info",
    &[
        item::<0>("max"),
        item::<1>("max_exp"),
        item::<2>("max_10_exp"),
        item::<3>("min"),
        item::<4>("min_exp"),
        item::<5>("min_10_exp"),
        item::<6>("dig"),
        item::<7>("mant_dig"),
        item::<8>("epsilon"),
        item::<9>("radix"),
        item::<10>("rounds"),
    ],
);

static INT_INFO: TypeSpec = spec(
    "sys.int_info",
    &[
        item::<0>("bits_per_digit"),
        item::<1>("sizeof_digit"),
        item::<2>("default_max_str_digits"),
        item::<3>("str_digits_check_threshold"),
    ],
);

static HASH_INFO: TypeSpec = spec(
    "sys.hash_info",
    &[
        item::<0>("width"),
        item::<1>("modulus"),
        item::<2>("inf"),
        item::<3>("nan"),
        item::<4>("imag"),
        item::<5>("algorithm"),
        item::<6>("hash_bits"),
        item::<7>("seed_bits"),
        item::<8>("cutoff"),
    ],
);

static THREAD_INFO: TypeSpec = spec(
    "sys.thread_info",
    &[item::<0>("name"), item::<1>("lock"), item::<2>("version")],
);

fn ints(vm: &mut Machine, values: &[i64]) -> Vec<Obj> {
    values.iter().map(|v| vm.new_int(*v)).collect()
}

fn version_info(vm: &mut Machine) -> Obj {
    let mut items = ints(vm, &[3, 10, 13]);
    items.push(vm.new_str("final"));
    items.push(vm.new_int(0));
    make(vm, &VERSION_INFO, items)
}

fn flags(vm: &mut Machine) -> Obj {
    // Hash randomisation is off: runs are to be the same, as with PYTHONHASHSEED=0.
    let mut items = ints(vm, &[0; 13]);
    items.push(vm.new_bool(vm.options.dev_mode));
    items.extend(ints(vm, &[0, 0, -1]));
    make(vm, &FLAGS, items)
}

fn float_info(vm: &mut Machine) -> Obj {
    let mut items = vec![vm.new_float(f64::MAX)];
    items.extend(ints(vm, &[1024, 308]));
    items.push(vm.new_float(f64::MIN_POSITIVE));
    items.extend(ints(vm, &[-1021, -307, 15, 53]));
    items.push(vm.new_float(f64::EPSILON));
    items.extend(ints(vm, &[2, 1]));
    make(vm, &FLOAT_INFO, items)
}

fn hash_info(vm: &mut Machine) -> Obj {
    let mut items = ints(vm, &[64, (1 << 61) - 1, 314_159, 0, 1_000_003]);
    items.push(vm.new_str("siphash24"));
    items.extend(ints(vm, &[64, 128, 0]));
    make(vm, &HASH_INFO, items)
}

fn thread_info(vm: &mut Machine) -> Obj {
    let items = vec![
        vm.new_str("pthread"),
        vm.new_str("semaphore"),
        vm.new_str("NPTL 2.36"),
    ];
    make(vm, &THREAD_INFO, items)
}

/// `sys.implementation`
fn implementation(vm: &mut Machine) -> Obj {
    let dict = vm.new_dict();
    let values = [
        ("name", vm.new_str("cpython")),
        ("cache_tag", vm.new_str("cpython-310")),
        ("version", version_info(vm)),
        ("hexversion", vm.new_int(HEXVERSION)),
        ("_multiarch", vm.new_str("x86_64-linux-gnu")),
    ];
    for (name, value) in values {
        vm.dict_set_name(dict, name, value);
        vm.decref(value);
    }
    super::simple_namespace::make(vm, dict)
}

/// Puts a value into a dict and lets go of it.
fn put(vm: &mut Machine, dict: Obj, name: &str, value: Obj) {
    vm.dict_set_name(dict, name, value);
    vm.decref(value);
}

/// All facts, into the module's dict.
pub fn add(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let version_info = version_info(vm);
    let int_info = {
        let items = ints(vm, &[30, 4, 4300, 640]);
        make(vm, &INT_INFO, items)
    };
    let git = {
        let items = ["CPython", "", ""].map(|text| vm.new_str(text));
        vm.new_tuple(items.to_vec())
    };
    let values = [
        ("version", vm.new_str(VERSION)),
        ("hexversion", vm.new_int(HEXVERSION)),
        ("api_version", vm.new_int(1013)),
        ("platform", vm.new_str("linux")),
        ("copyright", vm.new_str("")),
        ("maxsize", vm.new_int(i64::MAX)),
        ("maxunicode", vm.new_int(0x10ffff)),
        ("float_info", float_info(vm)),
        ("int_info", int_info),
        ("hash_info", hash_info(vm)),
        ("thread_info", thread_info(vm)),
        ("byteorder", vm.new_str("little")),
        ("abiflags", vm.new_str("")),
        ("version_info", version_info),
        ("implementation", implementation(vm)),
        ("flags", flags(vm)),
        ("float_repr_style", vm.new_str("short")),
        ("dont_write_bytecode", vm.new_bool(true)),
        ("pycache_prefix", vm.new_none()),
        ("platlibdir", vm.new_str("lib")),
        ("warnoptions", vm.new_list(Vec::new())),
        ("_xoptions", vm.new_dict()),
        ("meta_path", vm.new_list(Vec::new())),
        ("path_hooks", vm.new_list(Vec::new())),
        ("path_importer_cache", vm.new_dict()),
        ("_framework", vm.new_str("")),
        ("_git", git),
    ];
    for (name, value) in values {
        put(vm, dict, name, value);
    }
    for name in [
        "executable",
        "_base_executable",
        "prefix",
        "base_prefix",
        "exec_prefix",
        "base_exec_prefix",
    ] {
        let empty = vm.new_str("");
        put(vm, dict, name, empty);
    }
    add_lists(vm, dict)
}

fn add_lists(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let options = vm.options.clone();
    for (name, texts) in [
        ("argv", &options.argv),
        ("orig_argv", &options.argv),
        ("path", &options.path),
    ] {
        let items: Vec<Obj> = texts.iter().map(|t| vm.new_str(t)).collect();
        let list = vm.new_list(items);
        put(vm, dict, name, list);
    }
    let mut names: Vec<&str> = super::NATIVE.iter().map(|m| m.name).collect();
    names.sort_unstable();
    let items: Vec<Obj> = names.iter().map(|n| vm.intern(n)).collect();
    let tuple = vm.new_tuple(items);
    put(vm, dict, "builtin_module_names", tuple);
    names.extend(super::frozen::FROZEN.iter().map(|m| m.0));
    let items: Vec<Obj> = names.iter().map(|n| vm.intern(n)).collect();
    let list = vm.new_list(items);
    let frozen = vm.call(vm.types.frozenset, &[list]);
    vm.decref(list);
    put(vm, dict, "stdlib_module_names", frozen?);
    Ok(())
}

/// The names that are there when CPython copies the module's dict (`_PyImport_FixupBuiltin`), in its order.
const EARLY: &str = "__name__ __doc__ __package__ __loader__ __spec__ addaudithook audit breakpointhook _clear_type_cache _current_frames \
    displayhook exc_info excepthook exit getdefaultencoding getallocatedblocks getfilesystemencoding \
    getfilesystemencodeerrors getrefcount getrecursionlimit getsizeof _getframe intern is_finalizing setswitchinterval \
    getswitchinterval setprofile getprofile setrecursionlimit settrace gettrace call_tracing \
    set_coroutine_origin_tracking_depth get_coroutine_origin_tracking_depth set_asyncgen_hooks get_asyncgen_hooks \
    unraisablehook get_int_max_str_digits set_int_max_str_digits modules stderr __stderr__ __displayhook__ \
    __excepthook__ __breakpointhook__ __unraisablehook__ version hexversion _git _framework api_version copyright \
    platform maxsize float_info int_info hash_info maxunicode builtin_module_names stdlib_module_names byteorder \
    abiflags version_info implementation flags float_repr_style thread_info meta_path path_importer_cache path_hooks";

/// Those that come later.
const LATE: &str = "path executable _base_executable prefix base_prefix exec_prefix base_exec_prefix platlibdir pycache_prefix argv \
    orig_argv warnoptions _xoptions dont_write_bytecode __stdin__ stdin __stdout__ stdout";

/// Brings the names into CPython's order: at exit they are set to None one by one.
pub fn order(vm: &mut Machine, dict: Obj) {
    for name in EARLY.split_whitespace().chain(LATE.split_whitespace()) {
        let name = vm.intern(name);
        let value = vm.heap.dict_get_str(dict, name);
        if !value.is_null() {
            vm.hold_ref(value);
            vm.dict_delete_str(dict, name);
            vm.dict_set_str(dict, name, value);
            vm.drop_held();
        }
        vm.decref(name);
    }
}

/// The copy of the early names that CPython keeps until the end of the interpreter (`m_copy`); its `stderr` is a makeshift.
pub fn early_copy(vm: &mut Machine, dict: Obj) -> Obj {
    let copy = vm.new_dict();
    for name in EARLY.split_whitespace() {
        let value = vm.dict_get_name(dict, name);
        if !value.is_null() && !name.trim_end_matches('_').ends_with("stderr") {
            vm.dict_set_name(copy, name, value);
        }
    }
    copy
}
