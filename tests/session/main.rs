//! The UI on real sessions, without a terminal: keys in, the machine's answers through, frames out.
//!
//! `LIFETIMES_SVG=DIR` writes each named frame as SVG; `LIFETIMES_UPDATE=1` rewrites the README's picture.

mod bench;
mod friends;
mod picture;
