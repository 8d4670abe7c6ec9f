//! `lifetimes`: a terminal step-debugger for the lives of Python objects.
#![forbid(unsafe_code)]

pub mod bytecode;
pub mod compiler;
pub mod heap;
pub mod syntax;
pub mod views;
pub mod vm;
