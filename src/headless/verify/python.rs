//! Finding a real CPython, and running a script under it.
//!
//! Knows nothing of our machine. Invariant: an interpreter that is named, by the caller or by `LIFETIMES_PYTHON`, is never
//! replaced by another. Start at [`Python::find`].

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::debugger::straight::Ran;
use crate::debugger::{Error, ErrorKind};

const PROBE: &str = include_str!("probe.py");

/// Names the interpreter to compare with.
pub const VARIABLE: &str = "LIFETIMES_PYTHON";

/// A CPython that answered.
#[derive(Clone, Debug)]
pub struct Python {
    pub executable: PathBuf,
    /// "3.10.13"
    pub version: String,
    /// The folder of `Python.h`, if its headers are installed.
    pub include: Option<PathBuf>,
    /// How extension modules' file names end.
    pub extension: String,
}

impl Python {
    /// The interpreter given; else the variable's; else a 3.10 that can be found; else any `python3`.
    pub fn find(given: Option<&Path>) -> Result<Python, Error> {
        if let Some(path) = given {
            return Python::probe(path)
                .map_err(|why| Error::usage(format!("--python {}: {why}", path.display())));
        }
        if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            let path = PathBuf::from(path);
            return Python::probe(&path)
                .map_err(|why| Error::usage(format!("{VARIABLE}={}: {why}", path.display())));
        }
        let mut candidates = vec![PathBuf::from("python3.10")];
        candidates.extend(pyenv_versions());
        candidates.extend(["python3", "python"].map(PathBuf::from));
        let found = candidates.iter().find_map(|path| Python::probe(path).ok());
        found.ok_or_else(|| {
            Error::usage("no CPython to compare with: neither python3.10 nor python3 is found")
                .hint(format!(
                    "install CPython 3.10, or name one: --python PYTHON, or {VARIABLE}=PYTHON"
                ))
        })
    }

    fn probe(path: &Path) -> Result<Python, String> {
        let output = Command::new(path)
            .args(["-I", "-c", PROBE])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> = said.lines().collect();
        let [implementation, version, executable, include, extension] = lines[..] else {
            return Err("it does not answer as a Python 3 does".to_owned());
        };
        if implementation != "CPython" {
            return Err(format!("it is {implementation}, not CPython"));
        }
        Ok(Python {
            executable: executable.into(),
            version: version.to_owned(),
            include: (!include.is_empty()).then(|| include.into()),
            extension: extension.to_owned(),
        })
    }

    /// Major and minor.
    pub fn release(&self) -> (u32, u32) {
        let mut parts = self
            .version
            .split('.')
            .map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }

    /// An interpreter that runs the script as `python3.10 SCRIPT ARG…` does, whatever the environment holds.
    pub fn command(&self, script: &Path, arguments: &[String]) -> Command {
        let mut command = Command::new(&self.executable);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PYTHON") {
                command.env_remove(name);
            }
        }
        command
            .env("PYTHONHASHSEED", "0")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONIOENCODING", "utf-8")
            .arg(script)
            .args(arguments)
            .stdin(Stdio::null());
        command
    }
}

/// pyenv's 3.10s, newest last in its folder and first here.
fn pyenv_versions() -> Vec<PathBuf> {
    let root = match (std::env::var_os("PYENV_ROOT"), std::env::var_os("HOME")) {
        (Some(root), _) => PathBuf::from(root),
        (None, Some(home)) => Path::new(&home).join(".pyenv"),
        (None, None) => return Vec::new(),
    };
    let Ok(entries) = std::fs::read_dir(root.join("versions")) else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let patch = entry.file_name().to_str()?.strip_prefix("3.10.")?.parse();
            Some((patch.ok()?, entry.path().join("bin/python3.10")))
        })
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, path)| path).collect()
}

/// Runs a command to its end, or to the end of its time.
pub fn run(mut command: Command, timeout: Option<Duration>) -> Result<Ran, Error> {
    let failed = |error: std::io::Error| Error::usage(format!("CPython cannot be run: {error}"));
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let id = child.id();
    let stdout = child.stdout.take().map(read_all);
    let stderr = child.stderr.take().map(read_all);
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        if timeout.is_some_and(|timeout| began.elapsed() > timeout) {
            // It may have ended just now.
            drop(child.kill());
            drop(child.wait());
            return Err(Error::new(
                ErrorKind::Budget,
                format!("the time is up (--timeout) for CPython, process {id}"),
            ));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |reader: Option<Reader>| reader.and_then(|r| r.join().ok()).unwrap_or_default();
    Ok(Ran {
        status: status.code().unwrap_or(-1),
        stdout: text(stdout),
        stderr: text(stderr),
    })
}

type Reader = std::thread::JoinHandle<String>;

fn read_all(mut pipe: impl std::io::Read + Send + 'static) -> Reader {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before a broken pipe counts.
        drop(pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
