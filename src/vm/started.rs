//! What CPython has before the first line of a script, and what is made here only when it is first asked for: the modules that the
//! interpreter and `site` import. Making them late must not show: they count as no allocations, start no collection, are asked of no
//! finder that the script added, and their objects are old.

use std::collections::BTreeSet;

use super::{Machine, PyResult};
use crate::heap::gc_list::ListId;

/// `sys.modules` when a script starts, as far as these are modules that it can import.
const STARTED: &[&str] = &[
    "_abc",
    "_codecs",
    "_collections_abc",
    "_imp",
    "_io",
    "_signal",
    "_stat",
    "_thread",
    "_warnings",
    "_weakref",
    "abc",
    "codecs",
    "encodings",
    "encodings.aliases",
    "encodings.utf_8",
    "genericpath",
    "io",
    "marshal",
    "os",
    "posix",
    "posixpath",
    "stat",
    "time",
];

/// How far that has come.
#[derive(Clone, Default)]
pub struct Started {
    /// Names of the modules that have been loaded for it.
    loaded: BTreeSet<&'static str>,
    /// Such a module, or the interpreter itself, is being made.
    pub making: bool,
}

impl Machine {
    /// Loads one of the modules that CPython starts with, unless it is there or has been: one that the script took out of
    /// `sys.modules` is imported as any other.
    pub(super) fn load_started(&mut self, name: &str) -> PyResult<()> {
        let name = match name {
            "os.path" => "os",
            // `os` adds to its classes.
            "_collections_abc" if self.started.loaded.insert("_collections_abc") => "os",
            name => name,
        };
        let Some(name) = STARTED.iter().find(|started| **started == name) else {
            return Ok(());
        };
        if !self.started.loaded.insert(name)
            || !self.dict_get_name(self.sys_modules, name).is_null()
        {
            return Ok(());
        }
        let module = self.as_if_started(|vm| vm.import_module(name))?;
        self.decref(module);
        Ok(())
    }

    /// What `make` makes counts as no allocation, and the collector meets it first in the oldest generation.
    pub(super) fn as_if_started<T>(&mut self, make: impl FnOnce(&mut Machine) -> T) -> T {
        if self.started.making {
            return make(self);
        }
        let before = (self.generations.count[0], self.generations.enabled);
        self.generations.enabled = false;
        self.started.making = true;
        // The script's young objects wait aside.
        self.heap.gc.merge(ListId::Generation0, ListId::Scratch);
        let made = make(self);
        self.heap.gc.merge(ListId::Generation0, ListId::Generation2);
        self.heap.gc.merge(ListId::Scratch, ListId::Generation0);
        self.started.making = false;
        (self.generations.count[0], self.generations.enabled) = before;
        made
    }
}
