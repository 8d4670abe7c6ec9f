//! The script a session is about: its path, its text, and what it is started with.
//!
//! Reads the file and refuses what is no Python source; knows nothing of compiling. Invariant: `source` is what the
//! machine runs, whatever happens to the file later.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::Error;

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
}

impl Program {
    pub fn read(path: &Path, arguments: Vec<String>) -> Result<Program, Error> {
        let shown = path.display();
        if path.is_dir() {
            return Err(Error::usage(format!("{shown} is a folder")).hint("name a .py file in it"));
        }
        let source = std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::usage(format!("{shown}: no such file")),
            _ => Error::usage(format!("{shown}: cannot be read: {error}")),
        })?;
        if source.contains(&0) {
            return Err(Error::usage(format!(
                "{shown}: holds zero bytes: not Python source"
            )));
        }
        // Without a current folder the path stays as it is.
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Ok(Program {
            path: path.to_owned(),
            filename: absolute.to_string_lossy().into_owned(),
            source: source.into(),
            arguments,
        })
    }

    /// From memory, as the demos are.
    pub fn from_text(path: &str, text: &str) -> Program {
        Program {
            path: path.into(),
            filename: path.to_owned(),
            source: text.as_bytes().into(),
            arguments: Vec::new(),
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
