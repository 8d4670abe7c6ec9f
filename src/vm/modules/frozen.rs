//! The modules written in Python that are carried along: fresh sources of our own in `python/`.
//!
//! A row: name, source, whether it is a package.

pub static FROZEN: &[(&str, &str, bool)] = &[
    (
        "_collections_abc",
        include_str!("python/_collections_abc.py"),
        false,
    ),
    (
        "_compat_pickle",
        include_str!("python/_compat_pickle.py"),
        false,
    ),
    ("_weakrefset", include_str!("python/_weakrefset.py"), false),
    ("abc", include_str!("python/abc.py"), false),
    ("collections", include_str!("python/collections.py"), true),
    (
        "collections.abc",
        include_str!("python/collections_abc.py"),
        false,
    ),
    ("contextvars", include_str!("python/contextvars.py"), false),
    ("queue", include_str!("python/queue.py"), false),
    ("sched", include_str!("python/sched.py"), false),
    ("threading", include_str!("python/threading.py"), false),
    ("weakref", include_str!("python/weakref.py"), false),
    ("contextlib", include_str!("python/contextlib.py"), false),
    ("copy", include_str!("python/copy.py"), false),
    ("copyreg", include_str!("python/copyreg.py"), false),
    ("dataclasses", include_str!("python/dataclasses.py"), false),
    ("functools", include_str!("python/functools.py"), false),
    ("keyword", include_str!("python/keyword.py"), false),
    ("linecache", include_str!("python/linecache.py"), false),
    ("random", include_str!("python/random.py"), false),
    ("io", include_str!("python/io.py"), false),
    ("pickle", include_str!("python/pickle.py"), false),
    ("locale", include_str!("python/locale.py"), false),
    ("re", include_str!("python/re.py"), false),
    ("reprlib", include_str!("python/reprlib.py"), false),
    ("sre_compile", include_str!("python/sre_compile.py"), false),
    (
        "sre_constants",
        include_str!("python/sre_constants.py"),
        false,
    ),
    ("sre_parse", include_str!("python/sre_parse.py"), false),
    ("string", include_str!("python/string.py"), false),
    ("types", include_str!("python/types.py"), false),
    ("warnings", include_str!("python/warnings.py"), false),
    ("enum", include_str!("python/enum.py"), false),
    ("traceback", include_str!("python/traceback.py"), false),
];
