//! Modules of the standard library that are not carried along: asking for one ends the run, and says so.
//!
//! Except where the script provides for its absence, and CPython is built without it elsewhere: then the import fails as it
//! does there. Start at `is_gap`.

use super::{Machine, PyResult};
use crate::bytecode::opcode::Op;
use crate::heap::Obj;
use crate::heap::payload::frame::BlockKind;

/// Modules of CPython 3.10's standard library on Linux: a missing one of these is unsupported, any other does not exist.
const STDLIB: &str = include_str!("modules/stdlib_names.txt");

/// The same of modules inside its packages, by their whole names.
const STDLIB_INSIDE: &str = include_str!("modules/stdlib_submodules.txt");

/// Modules that need libraries or systems that not every CPython has. Those with an underscore in front are details of
/// others.
const OPTIONAL: [&str; 24] = [
    "audioop",
    "bz2",
    "crypt",
    "ctypes",
    "curses",
    "dbm",
    "ensurepip",
    "fcntl",
    "idlelib",
    "lib2to3",
    "lzma",
    "mmap",
    "multiprocessing",
    "nis",
    "ossaudiodev",
    "pyexpat",
    "readline",
    "resource",
    "select",
    "spwd",
    "sqlite3",
    "ssl",
    "termios",
    "tkinter",
];

impl Machine {
    /// Whether a name that was not found is a module of the standard library. A given `Lib` has ways around accelerators
    /// that are missing, so its own imports just fail.
    pub(super) fn is_gap(&mut self, name: &str, parent: Obj) -> PyResult<bool> {
        let lib = self.options.stdlib.clone();
        if let (Some(lib), Some(frame)) = (&lib, self.frames.last()) {
            let importer = &frame.code.source.filename;
            if importer.starts_with("<frozen") || importer.starts_with(&**lib) {
                return Ok(false);
            }
        }
        if parent.is_null() {
            return Ok(STDLIB.lines().any(|known| known == name));
        }
        if !STDLIB_INSIDE.lines().any(|known| known == name) {
            return Ok(false);
        }
        // A package of the script's own may have the name of a standard one.
        let folders = self.package_path(parent)?;
        Ok(folders
            .iter()
            .all(|folder| lib.as_ref().is_some_and(|lib| folder.starts_with(&**lib))))
    }

    /// Whether the module is one that CPython may lack, and the script's import stands in a `try` or `with` that may
    /// catch its absence.
    pub(super) fn gap_is_expected(&self, name: &str) -> bool {
        let top = name.split('.').next().unwrap_or(name);
        if !OPTIONAL.contains(&top) && !top.starts_with('_') {
            return false;
        }
        let mut end = self.blocks.len();
        for frame in self.frames.iter().rev() {
            let start = frame.block_base as usize;
            let mut blocks = self.blocks[start..end].iter().rev();
            end = start;
            if frame.code.source.filename.starts_with("<frozen") {
                continue;
            }
            if let Some(block) = blocks.find(|block| block.kind == BlockKind::SetupFinally) {
                let handler = frame.code.ins[block.handler as usize].op;
                return matches!(handler, Op::DupTop | Op::PopTop | Op::WithExceptStart);
            }
            if *frame.code.source.name != *"<module>" {
                return false;
            }
        }
        false
    }
}
