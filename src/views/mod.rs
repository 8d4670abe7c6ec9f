//! Views: questions about a stopped session, answered as plain rows with public fields.
//!
//! A view is what a pane shows and what a headless command prints. It knows no terminal, no colour and no JSON; its rows are sorted,
//! so two runs give the same rows. Invariant: every string in a view has passed [`safe`], so nothing a script makes up can reach a
//! terminal as an escape sequence. Start at [`screen::Screen`], the
//! bundle of all views of one moment; `text` prints them; the picture has a folder of its own, `graph`.

pub mod breakpoints;
pub mod bytecode;
pub mod collector;
pub mod effect;
pub mod events;
pub mod frames;
pub mod graph;
pub mod namespace;
pub mod output;
pub mod owners;
pub mod refcounts;
pub mod references;
pub mod safe;
pub mod screen;
pub mod sight;
pub mod source;
pub mod text;
pub mod value;
