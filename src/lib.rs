//! `lifetimes`: a terminal step-debugger for the lives of Python objects.
//!
//! The map, in reading order; each layer uses only those above it in this list:
//!
//! | module | is |
//! | --- | --- |
//! | [`syntax`] | source text to tree, and CPython's complaints about it |
//! | [`bytecode`] | the one opcode table, code objects, decoder, disassembler |
//! | [`compiler`] | tree to CPython 3.10's code, construct by construct |
//! | [`heap`] | objects, counts, labelled edges, the collector's lists, the audit |
//! | [`vm`] | frames, instructions, calls, exceptions, types, modules |
//! | [`debugger`] | the session: commands, stops, time, queries |
//! | [`views`] | what a session shows, as plain rows; the reference graph |
//! | [`headless`], [`tui`] | two doors to the same session |
//! | [`cli`] | the command line |
//!
//! Where this departs from the first design: references are plain `Obj`s by convention (`vm/mod.rs` states it) instead of
//! an owned type, because the audit at every instruction finds what a type would; and watching is generic over the run
//! loop only, since births and deaths are rare enough to ask a flag.
#![forbid(unsafe_code)]

pub mod bytecode;
pub mod cli;
pub mod compiler;
pub mod debugger;
pub mod headless;
pub mod heap;
pub mod syntax;
pub mod tui;
pub mod views;
pub mod vm;
