//! From a program to a machine that stands before its first instruction.

use crate::compiler::{self, CompileError, Mode};
use crate::vm::Machine;

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
    let mut argv = vec![program.path.to_string_lossy().into_owned()];
    argv.extend(program.arguments.iter().cloned());
    let folder = std::path::Path::new(filename)
        .parent()
        .map(|folder| folder.to_string_lossy().into_owned());
    // Imports find the script's siblings; tracebacks show the script's lines as they were when it was read.
    let files = crate::vm::Files::below(folder.iter().map(Into::into).collect());
    files.remember(filename, &program.source);
    let vm_options = crate::vm::Options {
        argv,
        path: folder.into_iter().collect(),
        max_memory: options
            .max_memory_bytes
            .map_or(usize::MAX, |bytes| bytes as usize),
        stdin: options.stdin.clone(),
        files,
        ..crate::vm::Options::default()
    };
    let mut machine = Machine::boot(vm_options);
    machine.load_main(&code);
    Ok(machine)
}

pub fn compile_error(filename: &str, error: CompileError) -> Error {
    match error {
        CompileError::Syntax(error) => Error::new(ErrorKind::Program, syntax_error(&error)),
        CompileError::TooDeep => Error::new(ErrorKind::Program, format!("{filename}: {error}")),
        CompileError::Unsupported { line, what } => Error::new(
            ErrorKind::Unsupported,
            format!("{filename}:{line}: not supported here: {what}"),
        ),
    }
}

/// As CPython prints it: file, line, the text with a caret, the message.
fn syntax_error(error: &crate::syntax::SyntaxError) -> String {
    let mut text = format!("  File \"{}\", line {}\n", error.filename, error.line);
    if let Some(source) = &error.text {
        let shown = source.trim();
        let indent = source.chars().count() - source.trim_start().chars().count();
        let at = (error.column as usize).saturating_sub(indent + 1);
        let width = match error.end_line == error.line && error.end_column > error.column as i32 {
            true => (error.end_column - error.column as i32) as usize,
            false => 1,
        };
        text.push_str(&format!(
            "    {shown}\n    {}{}\n",
            " ".repeat(at),
            "^".repeat(width)
        ));
    }
    text.push_str(&format!("{}: {}", error.kind.name(), error.message));
    text
}
