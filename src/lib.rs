//! `lifetimes`: a terminal step-debugger for the lives of Python objects.
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
