//! `print`, `input`, `open` of the module `builtins`, and what `site` adds to it.

use super::io::{standard, text_write};
use crate::heap::Obj;
use crate::vm::args::kw;
use crate::vm::output::Stream;
use crate::vm::{Args, Machine, PyResult};

/// Writes the arguments' `str()` to a file, `sys.stdout` by default.
pub fn print(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let only_keywords = args.skip(args.len());
    let [sep, end, file, flush] = vm.unpack(
        "print",
        only_keywords,
        &[kw("sep"), kw("end"), kw("file"), kw("flush")],
    )?;
    let file = if file.is_null() || file == vm.none {
        let stdout = vm.dict_get_name(vm.sys_dict, "stdout");
        if stdout.is_null() {
            return vm.raise(vm.types.runtime_error, "lost sys.stdout".to_string());
        }
        if stdout == vm.none {
            return Ok(vm.new_none());
        }
        stdout
    } else {
        file
    };
    for (o, what) in [(sep, "sep"), (end, "end")] {
        if !o.is_null() && o != vm.none && vm.heap.str(o).is_none() {
            let name = vm.type_name(o);
            return vm.type_error(format!("{what} must be None or a string, not {name}"));
        }
    }
    print_to(vm, args, file, sep, end, flush)?;
    Ok(vm.new_none())
}

fn print_to(
    vm: &mut Machine,
    args: Args,
    file: Obj,
    sep: Obj,
    end: Obj,
    flush: Obj,
) -> PyResult<()> {
    let given = |o: Obj, vm: &Machine| !o.is_null() && o != vm.none;
    // `sys.stdout` is borrowed, as in CPython: what is written may take it away.
    let born = vm.heap.births.of(file).serial;
    let lives = |vm: &mut Machine| {
        if vm.heap.rc(file) > 0 && vm.heap.births.of(file).serial == born {
            return Ok(());
        }
        vm.raise(vm.types.runtime_error, "lost sys.stdout".to_string())
    };
    for i in 0..args.len() {
        if i > 0 {
            if given(sep, vm) {
                vm.write_object(file, sep)?
            } else {
                vm.write_text(file, " ")?
            }
            lives(vm)?;
        }
        vm.write_object(file, args.get(vm, i))?;
        lives(vm)?;
    }
    if given(end, vm) {
        vm.write_object(file, end)?
    } else {
        vm.write_text(file, "\n")?
    }
    lives(vm)?;
    if !flush.is_null() && vm.is_true(flush)? {
        let none = vm.call_method(file, "flush", &[])?;
        vm.decref(none);
    }
    Ok(())
}

impl Machine {
    /// `PyFile_WriteObject` with `Py_PRINT_RAW`.
    pub fn write_object(&mut self, file: Obj, o: Obj) -> PyResult<()> {
        if standard::plain_stream(self, file) {
            // The bound method `write`.
            self.count_allocation();
            let result = self
                .str_of(o)
                .and_then(|text| self.with_held(text, |vm, text| write_str(vm, file, text)));
            self.count_deallocation();
            return result;
        }
        let write = self.get_attr(file, self.names.write)?;
        self.with_held(write, |vm, write| {
            let text = vm.str_of(o)?;
            let result = vm.call_one(write, text)?;
            vm.decref(result);
            Ok(())
        })
    }

    /// `PyFile_WriteString`
    pub fn write_text(&mut self, file: Obj, text: &str) -> PyResult<()> {
        if standard::plain_stream(self, file) {
            self.enter_recursive(" while calling a Python object")?;
            self.count_allocation();
            let result = standard::write_plain(self, file, text);
            self.count_deallocation();
            self.leave_recursive();
            return result;
        }
        let text = self.new_str(text);
        self.with_held(text, |vm, text| vm.write_object(file, text))
    }
}

/// Writes a str to a plain stream.
fn write_str(vm: &mut Machine, file: Obj, text: Obj) -> PyResult<()> {
    let Some(contents) = vm.heap.str(text).cloned() else {
        return Ok(());
    };
    match contents.as_str() {
        Some(plain) => standard::write_plain(vm, file, plain),
        None => text_write::write_str(vm, file, text),
    }
}

pub fn input(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let prompt = args.get(vm, 0);
    for (name, file) in [
        ("stdin", "sys.stdin"),
        ("stdout", "sys.stdout"),
        ("stderr", "sys.stderr"),
    ] {
        let stream = vm.dict_get_name(vm.sys_dict, name);
        if stream.is_null() || stream == vm.none {
            return vm.raise(vm.types.runtime_error, format!("input(): lost {file}"));
        }
    }
    let (stdin, stdout) = (
        vm.dict_get_name(vm.sys_dict, "stdin"),
        vm.dict_get_name(vm.sys_dict, "stdout"),
    );
    let mark = vm.mark();
    vm.hold_ref(stdin);
    vm.hold_ref(stdout);
    let result = input_from(vm, stdin, stdout, prompt);
    vm.releasing(mark, result)
}

/// What was printed is to be seen before the question; the prompt too.
fn input_from(vm: &mut Machine, stdin: Obj, stdout: Obj, prompt: Obj) -> PyResult<Obj> {
    let stderr = vm.dict_get_name(vm.sys_dict, "stderr");
    flush_quietly(vm, stderr)?;
    if !prompt.is_null() {
        vm.write_object(stdout, prompt)?;
    }
    flush_quietly(vm, stdout)?;
    let line = vm.call_method(stdin, "readline", &[])?;
    let Some(contents) = vm.heap.str(line).cloned() else {
        vm.decref(line);
        return vm.type_error("object.readline() returned non-string".to_string());
    };
    vm.decref(line);
    if contents.is_empty() {
        return vm.raise(vm.types.eof_error, "EOF when reading a line".to_string());
    }
    let end = contents.len() - usize::from(contents.point(contents.len() - 1) == 10);
    let line = contents.slice(0, end);
    Ok(vm.new_str_obj(line))
}

fn flush_quietly(vm: &mut Machine, file: Obj) -> PyResult<()> {
    if file.is_null() || file == vm.none {
        return Ok(());
    }
    vm.hold_ref(file);
    let flushed = vm.call_method(file, "flush", &[]);
    if vm.interrupt.is_some() {
        return Err(crate::vm::Thrown::Interrupt);
    }
    match flushed {
        Ok(o) => vm.decref(o),
        Err(_) => vm.clear_exception(),
    }
    vm.drop_held();
    Ok(())
}

impl Machine {
    /// Raises an exception of a class with these arguments.
    pub fn call_and_raise<T>(&mut self, class: Obj, args: &[Obj]) -> PyResult<T> {
        let exc = self.call(class, args)?;
        let result = self.raise_object(exc);
        self.drop_keeping_exception(exc);
        result
    }

    /// Writes to the program's standard error whatever `sys.stderr` is.
    pub fn write_raw_stderr(&mut self, text: &str) {
        self.output.write(Stream::Stderr, text.as_bytes());
    }
}
