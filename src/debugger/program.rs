//! The script a session is about: its path, its text, and what it is started with.
//!
//! Reads the file and refuses what is no Python source; knows nothing of compiling. Invariant: `source` is what the
//! machine runs, whatever happens to the file later.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::Error;
use crate::vm::modules::frozen::FROZEN;

/// A script that was read.
#[derive(Clone, Debug)]
pub struct Program {
    /// As the user wrote it: `sys.argv[0]`.
    pub path: PathBuf,
    /// `co_filename` and `__file__`: absolute since CPython 3.9.
    pub filename: String,
    pub source: Arc<[u8]>,
    /// What follows the script on the command line.
    pub arguments: Vec<String>,
    /// The module it is run as (`-m`), "pkg.__main__" for a package; with the folder in which it was found.
    pub module: Option<String>,
    pub root: Option<PathBuf>,
}

impl Program {
    pub fn read(path: &Path, arguments: Vec<String>) -> Result<Program, Error> {
        // Without a current folder the path stays as it is.
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if path.is_dir() {
            let main = path.join("__main__.py");
            if main.is_file() {
                let program = Program::read(&main, arguments)?;
                return Ok(Program {
                    path: path.to_owned(),
                    module: Some("__main__".to_owned()),
                    root: Some(path.to_owned()),
                    ..program
                });
            }
            return Err(Error::usage(format!(
                "can't find '__main__' module in '{}'",
                absolute.display()
            )));
        }
        let source =
            std::fs::read(path).map_err(|error| Error::usage(cannot_open(&absolute, &error)))?;
        Ok(Program {
            path: path.to_owned(),
            filename: absolute.to_string_lossy().into_owned(),
            source: source.into(),
            arguments,
            module: None,
            root: None,
        })
    }

    /// As `python -m NAME` finds it: in the current folder, then in the given ones, then among the modules in the binary.
    pub fn read_module(
        name: &str,
        arguments: Vec<String>,
        folders: &[PathBuf],
    ) -> Result<Program, Error> {
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let relative = name.replace('.', "/");
        if name.starts_with('.') {
            return Err(Error::usage("Relative module names not supported"));
        }
        let mut package = false;
        for folder in std::iter::once(&here).chain(folders) {
            let base = folder.join(&relative);
            let candidates = [
                (base.join("__main__.py"), format!("{name}.__main__")),
                (base.with_file_name(file_of(&base)), name.to_owned()),
            ];
            for (file, module) in candidates {
                if file.is_file() {
                    let program = Program::read(&file, arguments)?;
                    return Ok(Program {
                        module: Some(module),
                        root: Some(folder.clone()),
                        ..program
                    });
                }
            }
            package |= base.is_dir();
        }
        let carried = |module: &str| FROZEN.iter().find(|row| row.0 == module);
        for module in [format!("{name}.__main__"), name.to_owned()] {
            match carried(&module) {
                Some((_, _, true)) => package = true,
                Some((_, source, false)) => {
                    let file = module.replace('.', "/");
                    return Ok(Program {
                        path: format!("{file}.py").into(),
                        filename: format!("<frozen {file}>"),
                        source: source.as_bytes().into(),
                        arguments,
                        module: Some(module),
                        root: Some(here),
                    });
                }
                None => {}
            }
        }
        let found = |name: &str| {
            let base = Path::new(name);
            let mut folders = std::iter::once(&here).chain(folders);
            folders.any(|folder| folder.join(base).is_dir() || folder.join(file_of(base)).is_file())
                || carried(name).is_some()
        };
        let top = name.split('.').next().unwrap_or(name);
        Err(Error::usage(match package {
            true => format!(
                "No module named {name}.__main__; '{name}' is a package and cannot be directly executed"
            ),
            false if top != name && !found(top) => format!(
                "Error while finding module specification for '{name}' (ModuleNotFoundError: No module named '{top}')"
            ),
            false => format!("No module named {name}"),
        }))
    }

    /// From memory, as the demos are.
    pub fn from_text(path: &str, text: &str) -> Program {
        Program {
            path: path.into(),
            filename: path.to_owned(),
            source: text.as_bytes().into(),
            arguments: Vec::new(),
            module: None,
            root: None,
        }
    }

    /// The file's own name, as panes and messages show it.
    pub fn name(&self) -> String {
        match self.path.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => self.path.display().to_string(),
        }
    }

    /// The text for showing: bytes that are no UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.source).into_owned()
    }
}

/// Why a script is not read, as `pymain_run_file` puts it.
fn cannot_open(path: &Path, error: &std::io::Error) -> String {
    let why = match error.raw_os_error() {
        Some(number) => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            format!("[Errno {number}] {text}")
        }
        None => error.to_string(),
    };
    format!("can't open file '{}': {why}", path.display())
}

/// The file of a module whose path without the suffix this is.
fn file_of(base: &Path) -> String {
    let name = base.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}.py")
}
