//! The modules written in Python that are carried along: fresh sources of our own in `python/`.
//!
//! A row: name, source, whether it is a package.

pub static FROZEN: &[(&str, &str, bool)] = &[];
