//! Python expressions and statements at the place shown: compiled by our compiler, run on a fork of the machine.
//!
//! Knows no session. Invariant: the machine it is given is never changed; what runs, runs on a clone, under a limit, so that a
//! condition with an endless loop ends. Start at [`expression`].

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::compiler::{self, Mode};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Machine, Thrown};

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
    let code = compile(&text, Mode::Eval)?;
    let value = run(&mut fork, &code, true).map_err(|raised| failed(&text, &raised))?;
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
    let value = run(&mut fork, &code, true).ok()?;
    fork.is_true(value).ok()
}

/// Whether the text is an expression at all.
pub fn check_expression(text: &str) -> Result<(), Error> {
    compile(text, Mode::Eval).map(drop)
}

/// Runs statements on this very machine; what they raise comes back as text.
pub fn statements(vm: &mut Machine, text: &str) -> Result<Result<(), String>, Error> {
    let code = compile(text, Mode::Exec)?;
    Ok(run(vm, &code, false).map(|value| vm.decref(value)))
}

/// A machine to try things on.
pub fn fork(vm: &Machine) -> Machine {
    let mut fork = vm.clone();
    fork.flush_caches();
    fork.interrupt = None;
    fork.limit = u64::MAX;
    fork
}

fn failed(text: &str, raised: &str) -> Error {
    Error::failed(format!("`{text}` raises {raised}"))
}

fn compile(text: &str, mode: Mode) -> Result<Rc<crate::bytecode::code::CodeObject>, Error> {
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
    fork.set_item_str(globals, &bound, o)
        .map_err(|_| Error::new(ErrorKind::Internal, "a name could not be bound on a fork"))?;
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
/// An expression (`merged`) sees locals and globals in one dict made for it, so that lambdas and comprehensions in it see the
/// locals too. A statement gets the frame's own globals, and the locals of a function are written back afterwards.
fn run(
    vm: &mut Machine,
    code: &crate::bytecode::code::CodeObject,
    merged: bool,
) -> Result<Obj, String> {
    let _ = (merged, MAX_STEPS, NULL, Thrown::Interrupt);
    let _ = (vm, code);
    Err("not yet".into())
}

/// Value, name and repr of an object of the fork.
pub fn describe(fork: &mut Machine, o: Obj) -> Evaluated {
    let text = repr(fork, o);
    Evaluated {
        object: look::name_of(fork, o),
        is_class: fork.heap.is_class(o),
        value: value_of(fork, o),
        text,
    }
}

/// `repr(o)`; of an object whose repr raises, what it raises.
pub fn repr(fork: &mut Machine, o: Obj) -> String {
    match fork.repr(o) {
        Ok(text) => fork.text(text),
        Err(_) => "<repr raises>".to_owned(),
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
