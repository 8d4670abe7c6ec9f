//! `lifetimes`: a terminal step-debugger for the lives of Python objects.
#![forbid(unsafe_code)]

pub mod bytecode;
pub mod debugger;
pub mod tui;
pub mod views;
