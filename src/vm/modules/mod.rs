//! The modules that are built in: native ones as tables of functions, the others as Python source that is carried along.
//!
//! A native module is a `ModuleSpec` in a file of its own here, and a row of `NATIVE`; a module in Python is a file of
//! `python/` and a row of `frozen::FROZEN`. Importing itself is `vm/import.rs`.

pub mod abc;
pub mod array;
pub mod ast;
pub mod asyncio;
pub mod atexit;
pub mod binascii;
pub mod binascii_mime;
pub mod bisect;
pub mod builtins;
pub mod builtins_attr;
pub mod builtins_code;
pub mod builtins_io;
pub mod builtins_iter;
pub mod builtins_number;
pub mod cmath;
pub mod codecs;
pub mod collections;
pub mod contextvars;
pub mod csv;
pub mod datetime;
pub mod decimal;
pub mod errno;
pub mod frozen;
pub mod functools;
pub mod gc;
pub mod hashlib;
pub mod heapq;
pub mod imports;
pub mod interpreter;
pub mod io;
pub mod itertools;
pub mod itertools_combine;
pub mod itertools_pickle;
pub mod itertools_shared;
pub mod json;
pub mod locale;
pub mod lru_cache;
pub mod math;
pub mod module_spec;
pub mod opcode;
pub mod operator;
pub mod operator_getters;
pub mod partial;
pub mod pickle;
pub mod posix;
pub mod random;
pub mod simple_namespace;
pub mod simple_queue;
mod site_builtins;
pub mod sources;
pub mod sre;
pub mod stat;
pub mod statistics;
pub mod string;
pub mod struct_;
pub mod struct_sequence;
pub mod symtable;
pub mod sys;
pub mod sys_breakpoint;
pub mod sys_facts;
pub mod sys_size;
pub mod testcapi;
pub mod thread;
pub mod time;
mod time_format;
mod tzdata;
pub mod unicodedata;
pub mod unicodedata_mappings;
pub mod unicodedata_tables;
pub mod warnings;
pub mod weakref;
pub mod zlib;

use super::native::Method;
use super::{Machine, PyResult, types};
use crate::heap::Obj;

/// A module written in Rust.
pub struct ModuleSpec {
    pub name: &'static str,
    pub doc: &'static str,
    pub functions: &'static [Method],
    /// Puts everything else into the module's dict.
    pub init: fn(&mut Machine, dict: Obj) -> PyResult<()>,
}

/// All native modules.
pub static NATIVE: &[&ModuleSpec] = &[
    &abc::MODULE,
    &array::MODULE,
    &ast::MODULE,
    &asyncio::MODULE,
    &atexit::MODULE,
    &binascii::MODULE,
    &bisect::MODULE,
    &builtins::MODULE,
    &cmath::MODULE,
    &codecs::MODULE,
    &collections::MODULE,
    &contextvars::MODULE,
    &datetime::MODULE,
    &decimal::MODULE,
    &decimal::TWIN,
    &csv::MODULE,
    &errno::MODULE,
    &functools::MODULE,
    &gc::MODULE,
    &hashlib::MODULE,
    &hashlib::blake2_type::MODULE,
    &hashlib::MD5,
    &hashlib::SHA1,
    &hashlib::SHA256,
    &hashlib::SHA512,
    &heapq::MODULE,
    &imports::MODULE,
    &interpreter::MODULE,
    &io::MODULE,
    &itertools::MODULE,
    &math::MODULE,
    &json::MODULE,
    &locale::MODULE,
    &opcode::MODULE,
    &operator::MODULE,
    &pickle::MODULE,
    &posix::MODULE,
    &random::MODULE,
    &simple_queue::MODULE,
    &sources::MODULE,
    &tzdata::MODULE,
    &sre::MODULE,
    &string::MODULE,
    &struct_::MODULE,
    &stat::MODULE,
    &statistics::MODULE,
    &sys::MODULE,
    &testcapi::internal::MODULE,
    &symtable::MODULE,
    &thread::MODULE,
    &testcapi::MODULE,
    &time::MODULE,
    &unicodedata::MODULE,
    &warnings::MODULE,
    &weakref::MODULE,
    &zlib::MODULE,
];

pub fn find_native(name: &str) -> Option<&'static ModuleSpec> {
    NATIVE.iter().copied().find(|m| m.name == name)
}

impl Machine {
    /// A type of the module being made: made of its spec, remembered as the machine's own, and put into the module's dict under its
    /// short name. Borrowed.
    pub fn add_module_type(
        &mut self,
        dict: Obj,
        spec: &'static super::native::TypeSpec,
        base: Obj,
    ) -> Obj {
        let ty = self.make_module_type(spec, base);
        let short = spec.name.rsplit('.').next().unwrap_or(spec.name);
        self.dict_set_name(dict, short, ty);
        ty
    }

    /// The same without a name in the module.
    pub fn make_module_type(&mut self, spec: &'static super::native::TypeSpec, base: Obj) -> Obj {
        if let Some(known) = self.module_types.get(spec.name) {
            return *known;
        }
        let ty = self.make_static_type(spec, base);
        self.module_types.insert(spec.name, ty);
        ty
    }

    /// The types of CPython's core that modules use here (`_PyTypes_Init` and the like): they are there from the start.
    pub(super) fn make_core_types(&mut self) {
        let object = self.types.object;
        for spec in [
            &types::memoryview::BUFFER_SPEC,
            &types::anext_awaitable::SPEC,
            &types::codecs_charmap::MAP_SPEC,
            &pickle::buffer::SPEC,
            &string::NAMES,
            &string::PARSER,
        ] {
            self.make_module_type(spec, object);
        }
        contextvars::make_types(self);
        collections::ordered_dict::make_types(self);
    }

    /// A type that a module made, borrowed.
    pub fn module_type(&self, spec: &'static super::native::TypeSpec) -> Obj {
        *self
            .module_types
            .get(spec.name)
            .expect("a module's types are made before its functions can be called")
    }
}

/// Every module that can be imported, sorted; parts of the machinery (a leading underscore) left out.
pub fn names() -> Vec<&'static str> {
    let native = NATIVE.iter().map(|m| m.name);
    let frozen = frozen::FROZEN.iter().map(|f| f.0);
    let mut names: Vec<&str> = native
        .chain(frozen)
        .filter(|n| !n.starts_with('_'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
