//! Which computed attributes of built-in types are fields of CPython's C structures (`tp_members`): their descriptors are
//! member descriptors, and those that cannot be set say so in other words.

/// Type's `tp_name` and its fields; sorted by type.
static MEMBERS: &[(&str, &[&str])] = &[
    ("AttributeError", &["name", "obj"]),
    ("BaseException", &["__suppress_context__"]),
    ("ImportError", &["msg", "name", "path"]),
    ("NameError", &["name"]),
    ("OSError", &["errno", "filename", "filename2", "strerror"]),
    ("StopIteration", &["value"]),
    (
        "SyntaxError",
        &[
            "end_lineno",
            "end_offset",
            "filename",
            "lineno",
            "msg",
            "offset",
            "print_file_and_line",
            "text",
        ],
    ),
    ("SystemExit", &["code"]),
    ("UnicodeDecodeError", UNICODE),
    ("UnicodeEncodeError", UNICODE),
    ("UnicodeTranslateError", UNICODE),
    ("_contextvars.ContextVar", &["name"]),
    ("_csv.Dialect", &["doublequote", "skipinitialspace", "strict"]),
    ("_csv.reader", &["dialect", "line_num"]),
    ("_csv.writer", &["dialect"]),
    ("_io.BufferedRandom", &["_finalizing", "raw"]),
    ("_io.BufferedReader", &["_finalizing", "raw"]),
    ("_io.BufferedWriter", &["_finalizing", "raw"]),
    ("_io.FileIO", &["_blksize", "_finalizing"]),
    ("_io.TextIOWrapper", &["_finalizing", "buffer", "encoding", "line_buffering", "write_through"]),
    ("_json.Encoder", &["default", "encoder", "indent", "item_separator", "key_separator", "markers", "skipkeys", "sort_keys"]),
    ("_json.Scanner", &["object_hook", "object_pairs_hook", "parse_constant", "parse_float", "parse_int", "strict"]),
    ("_pickle.Pickler", &["bin", "dispatch_table", "fast"]),
    ("_thread._ExceptHookArgs", &["exc_traceback", "exc_type", "exc_value", "thread"]),
    ("async_generator", &["ag_code", "ag_frame", "ag_running"]),
    ("builtin_function_or_method", &["__module__"]),
    ("classmethod", &["__func__", "__wrapped__"]),
    ("classmethod_descriptor", DESCRIPTOR),
    (
        "code",
        &[
            "co_argcount",
            "co_cellvars",
            "co_code",
            "co_consts",
            "co_filename",
            "co_firstlineno",
            "co_flags",
            "co_freevars",
            "co_kwonlyargcount",
            "co_linetable",
            "co_name",
            "co_names",
            "co_nlocals",
            "co_posonlyargcount",
            "co_stacksize",
            "co_varnames",
        ],
    ),
    ("collections.defaultdict", &["default_factory"]),
    ("complex", &["imag", "real"]),
    ("coroutine", &["cr_code", "cr_frame", "cr_origin"]),
    ("datetime.timedelta", &["days", "microseconds", "seconds"]),
    (
        "frame",
        &[
            "f_back",
            "f_builtins",
            "f_code",
            "f_globals",
            "f_trace_lines",
            "f_trace_opcodes",
        ],
    ),
    (
        "function",
        &[
            "__builtins__",
            "__closure__",
            "__doc__",
            "__globals__",
            "__module__",
        ],
    ),
    ("functools.partial", &["func", "args", "keywords"]),
    ("generator", &["gi_code", "gi_frame"]),
    ("getset_descriptor", DESCRIPTOR),
    ("member_descriptor", DESCRIPTOR),
    ("method", &["__func__", "__self__"]),
    ("method-wrapper", &["__self__"]),
    ("method_descriptor", DESCRIPTOR),
    ("module", &["__dict__"]),
    ("property", &["__doc__", "fdel", "fget", "fset"]),
    ("range", RANGE),
    ("re.Match", &["endpos", "pos", "re", "string"]),
    ("re.Pattern", &["flags", "groups", "pattern"]),
    ("slice", RANGE),
    ("staticmethod", &["__func__", "__wrapped__"]),
    ("super", &["__self__", "__self_class__", "__thisclass__"]),
    ("sys.flags", &["debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "int_max_str_digits"]),
    ("sys.float_info", &["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"]),
    ("sys.hash_info", &["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"]),
    ("sys.int_info", &["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"]),
    ("sys.thread_info", &["name", "lock", "version"]),
    ("sys.version_info", &["major", "minor", "micro", "releaselevel", "serial"]),
    ("time.struct_time", &["tm_gmtoff", "tm_hour", "tm_isdst", "tm_mday", "tm_min", "tm_mon", "tm_sec", "tm_wday", "tm_yday", "tm_year", "tm_zone"]),
    ("traceback", &["tb_frame", "tb_lasti", "tb_lineno"]),
    (
        "type",
        &[
            "__base__",
            "__basicsize__",
            "__dictoffset__",
            "__flags__",
            "__itemsize__",
            "__mro__",
            "__weakrefoffset__",
        ],
    ),
    ("types.GenericAlias", &["__args__", "__origin__"]),
    ("types.SimpleNamespace", &["__dict__"]),
    ("types.UnionType", &["__args__"]),
    ("weakref.ReferenceType", &["__callback__"]),
    ("wrapper_descriptor", DESCRIPTOR),
];

const DESCRIPTOR: &[&str] = &["__name__", "__objclass__"];
const RANGE: &[&str] = &["start", "step", "stop"];
const UNICODE: &[&str] = &["encoding", "end", "object", "reason", "start"];

/// Whether an attribute of a type is a field.
pub fn is_member(type_name: &str, attribute: &str) -> bool {
    MEMBERS
        .binary_search_by_key(&type_name, |row| row.0)
        .is_ok_and(|at| MEMBERS[at].1.contains(&attribute))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::MEMBERS.is_sorted_by_key(|row| row.0));
    }
}
