//! Python expressions and statements at the place shown: compiled by our compiler, run on a fork of the machine.
//!
//! Knows no session. Invariant: the machine it is given is never changed; what runs, runs on a clone, under a limit, so that a
//! condition with an endless loop ends. Start at [`expression`].

use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::bytecode::code::{CodeObject, flags};
use crate::compiler::{self, Mode};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Event, Exit, Flow, Machine, Observer, Thrown};

use super::command::ObjectName;
use super::error::{Error, ErrorKind};
use super::look;
use super::predicate::Value;

/// A question may take so many instructions; then it is given up.
const MAX_STEPS: u64 = 10_000_000;

/// The file name of what is typed in.
const FILENAME: &str = "<lifetimes>";

/// What an expression is worth.
#[derive(Clone, Debug)]
pub struct Evaluated {
    pub text: String,
    /// The object, where it is one that the program has (not one that the expression made).
    pub object: Option<ObjectName>,
    pub is_class: bool,
    pub type_name: String,
    pub value: Value,
}

/// Evaluates in the innermost frame, after the program's end in the module.
pub fn expression(
    vm: &Machine,
    text: &str,
    labels: &BTreeMap<String, ObjectName>,
) -> Result<Evaluated, Error> {
    let mut fork = fork(vm);
    let text = substitute(&mut fork, text, labels)?;
    check_names_left(&fork, &text)?;
    let code = compile(&text, Mode::Eval)?;
    let value = run_expression(&mut fork, &code).map_err(|raised| failed(&text, &raised))?;
    let mut evaluated = describe(&mut fork, value);
    let known = vm.heap.births.next_serial();
    if fork.heap.births.of(value).serial >= known {
        evaluated.object = None;
    }
    Ok(evaluated)
}

/// The truth of an expression; none when it raises.
pub fn truth(vm: &Machine, text: &str) -> Option<bool> {
    let mut fork = fork(vm);
    let code = compile(text, Mode::Eval).ok()?;
    let value = run_expression(&mut fork, &code).ok()?;
    let truth = call_on(&mut fork, "bool", value)?;
    Some(truth == fork.true_)
}

/// Whether the text is an expression at all.
pub fn check_expression(text: &str) -> Result<(), Error> {
    compile(text, Mode::Eval).map(drop)
}

/// Runs statements on this very machine; what they raise comes back as text.
pub fn statements(vm: &mut Machine, text: &str) -> Result<Result<(), String>, Error> {
    check_names_left(vm, text)?;
    let code = compile(text, Mode::Exec)?;
    Ok(run_statements(vm, &code))
}

/// A machine to try things on.
pub fn fork(vm: &Machine) -> Machine {
    let mut fork = vm.clone();
    fork.flush_caches();
    fork.interrupt = None;
    fork.limit = u64::MAX;
    fork.output.live = false;
    fork.files.dry = true;
    fork.watch.observer = Some(Box::new(Patience {
        until: fork.steps() + MAX_STEPS,
    }));
    fork.watch.on = true;
    fork
}

/// Ends an evaluation that takes too long.
struct Patience {
    until: u64,
}

impl Observer for Patience {
    fn instruction(&mut self, vm: &Machine) -> Flow {
        match vm.steps() < self.until {
            true => Flow::Go,
            false => Flow::Stop,
        }
    }

    fn event(&mut self, _: &Machine, _: &Event) -> Flow {
        Flow::Go
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// The last thing that a program does is to clear its modules, `builtins` too.
fn check_names_left(vm: &Machine, text: &str) -> Result<(), Error> {
    let eval = vm.dict_get_name(vm.builtins, "eval");
    if eval.is_null() || eval == vm.none {
        return Err(Error::failed(format!(
            "`{text}`: the program has ended and its modules are cleared; go back to a line of it first"
        )));
    }
    Ok(())
}

fn failed(text: &str, raised: &str) -> Error {
    Error::failed(format!("`{text}` raises {raised}"))
}

fn compile(text: &str, mode: Mode) -> Result<Rc<CodeObject>, Error> {
    compiler::compile(
        text.as_bytes(),
        FILENAME,
        mode,
        compiler::Options::default(),
    )
    .map_err(|error| Error::new(ErrorKind::Usage, format!("`{text}`: {error}")))
}

/// `Node.1` and `@label` inside an expression become names that are bound to the objects.
pub fn substitute(
    fork: &mut Machine,
    text: &str,
    labels: &BTreeMap<String, ObjectName>,
) -> Result<String, Error> {
    let mut result = String::new();
    for (piece, is_code) in split_strings(text) {
        match is_code {
            true => result.push_str(&substitute_code(fork, piece, labels)?),
            false => result.push_str(piece),
        }
    }
    Ok(result)
}

fn substitute_code(
    fork: &mut Machine,
    code: &str,
    labels: &BTreeMap<String, ObjectName>,
) -> Result<String, Error> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '@';
    let mut result = String::new();
    let mut rest = code;
    while !rest.is_empty() {
        let word_end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        match named_prefix(word, labels)? {
            Some((name, tail)) => {
                result.push_str(&bind(fork, &name)?);
                result.push_str(tail);
            }
            None => result.push_str(word),
        }
        let blank_end = after.find(is_word).unwrap_or(after.len());
        let (blank, next) = after.split_at(blank_end);
        result.push_str(blank);
        rest = next;
    }
    Ok(result)
}

/// `Node.2.peer` is `Node.2` and `.peer`.
fn named_prefix<'a>(
    word: &'a str,
    labels: &BTreeMap<String, ObjectName>,
) -> Result<Option<(ObjectName, &'a str)>, Error> {
    if let Some(label) = word.strip_prefix('@') {
        let end = label.find('.').unwrap_or(label.len());
        return match labels.get(&label[..end]) {
            Some(name) => Ok(Some((name.clone(), &label[end..]))),
            None => Err(Error::failed(format!("no label @{}", &label[..end]))),
        };
    }
    let mut dots = word
        .match_indices('.')
        .map(|(at, _)| at)
        .skip(1)
        .chain([word.len()]);
    let end = dots.next().unwrap_or(word.len());
    Ok(ObjectName::parse(&word[..end]).map(|name| (name, &word[end..])))
}

/// A name in the module's namespace of the fork.
fn bind(fork: &mut Machine, name: &ObjectName) -> Result<String, Error> {
    let Some(o) = look::find(fork, name) else {
        return Err(Error::failed(format!("{name} is not alive here")));
    };
    let bound = format!("_lifetimes_{}_{}", name.class, name.ordinal);
    let globals = globals(fork);
    fork.dict_set_name(globals, &bound, o);
    Ok(bound)
}

/// Pieces of a Python line: code, and string literals as they stand.
fn split_strings(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => {
                quote = None;
                pieces.push((&text[start..at + 1], false));
                start = at + 1;
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                pieces.push((&text[start..at], true));
                start = at;
            }
            _ => {}
        }
    }
    pieces.push((&text[start..], quote.is_none()));
    pieces
}

/// The globals of the innermost frame, or the script's.
fn globals(vm: &Machine) -> Obj {
    vm.frames.last().map_or(vm.main_dict, |frame| frame.globals)
}

/// Runs code in the innermost frame's names; owned result. What it raises comes back as text.
///
/// An expression sees locals and globals in one dict made for it, so that lambdas and comprehensions in it see the locals too.
fn run_expression(vm: &mut Machine, code: &Rc<CodeObject>) -> Result<Obj, String> {
    let globals = globals(vm);
    let merged = vm.dict_copy(globals);
    for (name, value) in locals(vm) {
        vm.dict_set_str(merged, name, value);
    }
    call_builtin(vm, "eval", code, &[merged])
}

/// A statement gets the frame's own globals; the locals of a function are written back afterwards.
fn run_statements(vm: &mut Machine, code: &Rc<CodeObject>) -> Result<(), String> {
    let globals = globals(vm);
    let names = locals(vm);
    let Some(frame) = function_frame(vm) else {
        let namespace = vm.frames.last().map_or(NULL, |frame| frame.locals);
        let locals = if namespace.is_null() {
            globals
        } else {
            namespace
        };
        return call_builtin(vm, "exec", code, &[globals, locals]).map(|none| vm.decref(none));
    };
    let scope = vm.new_dict();
    for (name, value) in &names {
        vm.dict_set_str(scope, *name, *value);
    }
    let done = call_builtin(vm, "exec", code, &[globals, scope]).map(|none| vm.decref(none));
    write_back(vm, frame, scope);
    vm.decref(scope);
    done
}

/// `eval` or `exec` as the script itself would call it.
fn call_builtin(
    vm: &mut Machine,
    name: &str,
    code: &Rc<CodeObject>,
    scope: &[Obj],
) -> Result<Obj, String> {
    let code = vm.load_code(code);
    let function = vm.dict_get_name(vm.builtins, name);
    let mut arguments = vec![code];
    arguments.extend(scope);
    let result = vm.call(function, &arguments);
    result.map_err(|thrown| raised(vm, thrown))
}

/// What an evaluation failed with, in one line.
fn raised(vm: &mut Machine, thrown: Thrown) -> String {
    if thrown == Thrown::Interrupt {
        return match vm.interrupt.take() {
            Some(Exit::Unsupported { what, .. }) => format!("something not supported here: {what}"),
            _ => format!("nothing: it was given up after {MAX_STEPS} instructions"),
        };
    }
    let Ok(exception) = vm.take_exception_object() else {
        return "an exception that cannot be made".to_owned();
    };
    let class = look::short_class_name(vm, vm.heap.ty(exception)).to_owned();
    match call_on(vm, "str", exception).map(|text| vm.text(text)) {
        Some(text) if !text.is_empty() => format!("{class}: {text}"),
        _ => class,
    }
}

/// The innermost frame, if it keeps its locals on the stack.
fn function_frame(vm: &Machine) -> Option<usize> {
    let frame = vm.frames.len().checked_sub(1)?;
    (vm.frames[frame].code.flags & flags::OPTIMIZED != 0).then_some(frame)
}

/// Names and values of the innermost frame's own scope, where that is not the module.
fn locals(vm: &Machine) -> Vec<(Obj, Obj)> {
    let Some(n) = function_frame(vm) else {
        let namespace = vm.frames.last().map_or(NULL, |frame| frame.locals);
        return match namespace.is_null() {
            true => Vec::new(),
            false => vm.heap.dict_items(namespace),
        };
    };
    let places = local_places(vm, n);
    let values = places
        .into_iter()
        .map(|(name, place)| (name, read_place(vm, place)));
    values.filter(|(_, value)| !value.is_null()).collect()
}

/// Where a frame keeps a local: on the stack, or in a cell.
#[derive(Clone, Copy)]
enum Place {
    Stack(usize),
    Cell(Obj),
}

fn local_places(vm: &Machine, n: usize) -> Vec<(Obj, Place)> {
    let frame = &vm.frames[n];
    let code = &frame.code;
    let locals = code.varnames.iter().take(code.nlocals as usize).enumerate();
    let mut places: Vec<(Obj, Place)> = locals
        .map(|(i, name)| (*name, Place::Stack(frame.base + i)))
        .collect();
    let first = frame.base + code.nlocals as usize;
    for (i, name) in code.cellvars.iter().chain(&code.freevars).enumerate() {
        places.push((*name, Place::Cell(vm.stack[first + i])));
    }
    places
}

fn read_place(vm: &Machine, place: Place) -> Obj {
    match place {
        Place::Stack(at) => vm.stack[at],
        Place::Cell(cell) => match vm.heap.payload(cell) {
            Payload::Cell(contents) => *contents,
            _ => NULL,
        },
    }
}

/// Binds a function's locals as the statements left them.
fn write_back(vm: &mut Machine, n: usize, scope: Obj) {
    for (name, place) in local_places(vm, n) {
        let value = vm.heap.dict_get_str(scope, name);
        if value == read_place(vm, place) {
            continue;
        }
        vm.xincref(value);
        let old = match place {
            Place::Stack(at) => std::mem::replace(&mut vm.stack[at], value),
            Place::Cell(cell) => match vm.heap.payload_mut(cell) {
                Payload::Cell(contents) => std::mem::replace(contents, value),
                _ => NULL,
            },
        };
        vm.xdecref(old);
    }
}

/// Value, name and repr of an object of the fork.
pub fn describe(fork: &mut Machine, o: Obj) -> Evaluated {
    let text = repr(fork, o);
    Evaluated {
        object: look::name_of(fork, o),
        is_class: fork.heap.is_class(o),
        type_name: look::short_class_name(fork, fork.heap.ty(o)).to_owned(),
        value: value_of(fork, o),
        text,
    }
}

/// `repr(o)`; of an object whose repr raises, so much.
pub fn repr(fork: &mut Machine, o: Obj) -> String {
    match call_on(fork, "repr", o) {
        Some(text) => fork.text(text),
        None => format!(
            "<{} whose repr raises>",
            look::short_class_name(fork, fork.heap.ty(o))
        ),
    }
}

/// A built-in function or type applied to one object; none when it raises.
fn call_on(fork: &mut Machine, name: &str, o: Obj) -> Option<Obj> {
    let function = fork.dict_get_name(fork.builtins, name);
    match fork.call(function, &[o]) {
        Ok(value) => Some(value),
        Err(Thrown::Exception) => {
            fork.clear_exception();
            None
        }
        Err(Thrown::Interrupt) => {
            fork.interrupt = None;
            None
        }
    }
}

/// A plain value, a class by its name, or the object.
pub fn value_of(vm: &Machine, o: Obj) -> Value {
    match vm.heap.payload(o) {
        Payload::None => Value::None,
        Payload::Bool(b) => Value::Bool(*b),
        Payload::Int(n) => Value::Int(*n),
        Payload::Float(x) => Value::Float(*x),
        Payload::Str(text) => Value::Str(text.lossy()),
        Payload::Class(_) => Value::Symbol(look::short_class_name(vm, o).to_owned()),
        _ => match look::name_of(vm, o) {
            Some(name) => Value::Object(name),
            None => Value::Symbol(super::queries::owners::display(vm, o)),
        },
    }
}
