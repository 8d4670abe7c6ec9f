//! The modules written in Python that are carried along: fresh sources of our own in `python/`.
//!
//! A row: name, source, whether it is a package.

pub static FROZEN: &[(&str, &str, bool)] = &[
    (
        "_collections_abc",
        include_str!("python/_collections_abc.py"),
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
    ("weakref", include_str!("python/weakref.py"), false),
];
