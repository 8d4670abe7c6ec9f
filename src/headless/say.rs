//! Writing to stdout, where the reader may have gone away.
//!
//! Invariant: a closed pipe (`… | head`) ends nothing and panics nowhere; the commands still run, and the exit status still tells.

use std::fmt::Display;
use std::io::Write;

/// Writes a text as it is.
pub fn say(text: impl Display) {
    let mut out = std::io::stdout().lock();
    // What cannot be written is not wanted any more.
    drop(write!(out, "{text}").and_then(|()| out.flush()));
}
