//! From a program to a machine that stands before its first instruction.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::compiler::{self, CompileError, Mode};
use crate::vm::Machine;
use crate::vm::files::{Gateway, Grants};
use crate::vm::print_exception::{Carets, source_line_with_carets};

use super::error::{Error, ErrorKind};
use super::program::Program;
use super::session::Options;

/// Compiles the program and loads it.
pub fn machine(program: &Program, options: &Options) -> Result<Machine, Error> {
    let filename = &program.filename;
    let code = compiler::compile(
        &program.source,
        filename,
        Mode::Exec,
        compiler::Options::default(),
    )
    .map_err(|error| compile_error(filename, error))?;
    let mut machine = Machine::boot(vm_options(program, options));
    if let Some(module) = &program.module {
        let parent = module.rsplit_once('.').map_or("", |p| p.0);
        if !parent.is_empty() && machine.import_module(parent).is_err() {
            let what = format!("the package '{parent}' cannot be imported");
            return Err(Error::new(ErrorKind::Program, what));
        }
    }
    machine.load_main(&code, program.module.as_deref());
    Ok(machine)
}

/// What the program is given, and what it may reach.
fn vm_options(program: &Program, options: &Options) -> crate::vm::Options {
    let filename = &program.filename;
    let argv0 = match program.module.as_deref() {
        // A module in the binary has no path; what it would be is what its usage text names.
        Some(module) if module != "__main__" && !filename.starts_with('<') => filename.clone(),
        _ => program.path.to_string_lossy().into_owned(),
    };
    let mut argv = vec![argv0];
    argv.extend(program.arguments.iter().cloned());
    let text = |path: &Path| absolute(path).to_string_lossy().into_owned();
    let cwd = std::env::current_dir().unwrap_or_else(|_| "/".into());
    let own = match (&program.module, &program.root) {
        (Some(_), Some(root)) => Some(text(root)),
        _ => Path::new(filename)
            .parent()
            .map(|folder| folder.to_string_lossy().into_owned()),
    };
    let mut path: Vec<String> = own.iter().cloned().collect();
    path.extend(options.path.iter().map(|p| text(p)));
    path.extend(options.stdlib.iter().map(|p| text(p)));
    // Imports find the script's siblings; tracebacks show the script's lines as they were when it was read.
    let roots: Vec<PathBuf> = path.iter().map(PathBuf::from).collect();
    let granted: Vec<PathBuf> = options.allow_read.iter().map(|p| absolute(p)).collect();
    let files = crate::vm::Files::below(&roots, &granted, cwd.clone());
    files.remember(filename, &program.source);
    crate::vm::Options {
        argv,
        path,
        stdlib: options.stdlib.as_deref().map(text),
        max_memory: options
            .max_memory_bytes
            .map_or(usize::MAX, |bytes| bytes as usize),
        stdin: options.stdin.clone(),
        env: environment(&options.env),
        files,
        gateway: Rc::new(Gateway::new(grants(options, &own, &cwd))),
        cwd: cwd.to_string_lossy().into_owned(),
        ..crate::vm::Options::default()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The variables of those names that there are.
fn environment(names: &[String]) -> Vec<(String, String)> {
    names
        .iter()
        .filter_map(|name| {
            let value = std::env::var_os(name)?;
            Some((name.clone(), value.to_string_lossy().into_owned()))
        })
        .collect()
}

/// The folders, as the disk really has them. The script's own folder and the current one are no part of the `/tmp` in memory.
fn grants(options: &Options, own: &Option<String>, cwd: &Path) -> Grants {
    let real = |folders: &[PathBuf]| -> Vec<PathBuf> {
        folders
            .iter()
            .map(|folder| std::fs::canonicalize(folder).unwrap_or_else(|_| absolute(folder)))
            .collect()
    };
    let mut known: Vec<PathBuf> = own.iter().map(PathBuf::from).collect();
    known.push(cwd.to_owned());
    known.extend(options.allow_read.iter().map(|p| absolute(p)));
    known.extend(options.allow_write.iter().map(|p| absolute(p)));
    known.retain(|p| p.is_absolute() && p != Path::new("/") && p != Path::new("/tmp"));
    Grants {
        read: real(&options.allow_read),
        write: real(&options.allow_write),
        real: known,
    }
}

pub fn compile_error(filename: &str, error: CompileError) -> Error {
    match error {
        CompileError::Syntax(error) => Error::new(ErrorKind::Program, syntax_error(&error)),
        CompileError::TooDeep | CompileError::ParserFull => {
            Error::new(ErrorKind::Program, format!("{filename}: {error}"))
        }
        CompileError::Unsupported { line, what } => Error::new(
            ErrorKind::Unsupported,
            format!("{filename}:{line}: not supported here: {what}"),
        ),
    }
}

/// As CPython prints it: file, line, the text with a caret, the message.
fn syntax_error(error: &crate::syntax::SyntaxError) -> String {
    let mut text = String::new();
    // What is wrong with the encoding is wrong with no line.
    if error.line > 0 {
        text = format!("  File \"{}\", line {}\n", error.filename, error.line);
    }
    if let Some(source) = &error.text {
        let end_offset = match (error.kind, error.end_line == error.line) {
            (crate::syntax::ErrorKind::SyntaxError, true) => Carets::Until(error.end_column.into()),
            (crate::syntax::ErrorKind::SyntaxError, false) => Carets::UntilLineEnd,
            _ => Carets::One,
        };
        text.push_str(&source_line_with_carets(
            source,
            error.column.into(),
            end_offset,
        ));
    }
    text.push_str(&format!("{}: {}", error.kind.name(), error.message));
    text
}
