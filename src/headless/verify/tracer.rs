//! The refcount trace of a script under a real CPython: a small C program, carried here, compiled against that Python.
//!
//! Only CPython 3.10 lets a frame's variables be read this way. Invariant: nothing is left behind on the disk. Start at
//! [`record`]; what is recorded is said in `tracer.c`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::python::{self, Python};
use crate::debugger::Error;

const SOURCE: &str = include_str!("tracer.c");
const STARTER: &str = include_str!("sitecustomize.py");

/// The records' lines; or why this Python cannot be traced.
pub fn record(
    python: &Python,
    script: &Path,
    filename: &str,
    arguments: &[String],
    timeout: Option<Duration>,
) -> Result<Result<Vec<String>, String>, Error> {
    if python.release() != (3, 10) {
        return Ok(Err("only CPython 3.10's counts are those wanted".to_owned()));
    }
    let Some(include) = &python.include else {
        return Ok(Err(
            "that Python's headers (Python.h) are not installed".to_owned()
        ));
    };
    let folder = match Folder::new() {
        Ok(folder) => folder,
        Err(error) => return Ok(Err(format!("no temporary folder: {error}"))),
    };
    if let Err(why) = compile(python, include, &folder.0) {
        return Ok(Err(why));
    }
    let records = folder.0.join("records");
    let mut command = python.command(script, arguments);
    command
        .env("PYTHONPATH", &folder.0)
        .env("LIFETIMES_RECORDS", &records)
        .env("LIFETIMES_SCRIPT", filename);
    python::run(command, timeout)?;
    Ok(match std::fs::read(&records) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes)
            .lines()
            .map(str::to_owned)
            .collect()),
        Err(_) => Err("the tracer could not be started in that Python".to_owned()),
    })
}

fn compile(python: &Python, include: &Path, folder: &Path) -> Result<(), String> {
    let source = folder.join("tracer.c");
    let write = |path: &Path, text: &str| std::fs::write(path, text).map_err(|e| e.to_string());
    write(&source, SOURCE)?;
    write(&folder.join("sitecustomize.py"), STARTER)?;
    let library = folder.join(format!("_lifetimes_tracer{}", python.extension));
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut command = Command::new(&compiler);
    command.args(["-O1", "-shared", "-fPIC", "-I"]).arg(include);
    if cfg!(target_os = "macos") {
        command.args(["-undefined", "dynamic_lookup"]);
    }
    command.arg(source).arg("-o").arg(library);
    let compiler = compiler.to_string_lossy();
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!(
            "the C compiler `{compiler}` failed: {}",
            String::from_utf8_lossy(&output.stderr)
                .lines()
                .next()
                .unwrap_or_default()
        )),
        Err(error) => Err(format!("the C compiler `{compiler}`: {error}")),
    }
}

/// A folder of this process's own, removed with its contents.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Folder> {
        let base = std::env::temp_dir();
        // A name that is taken belongs to somebody else: never write into it.
        for attempt in 0..1000 {
            let path = base.join(format!("lifetimes-{}-{attempt}", std::process::id()));
            match std::fs::create_dir(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| Folder(path)),
            }
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It lies in the folder for what may be lost.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
