//! `_csv.Dialect`: how fields are separated, quoted and escaped. Immutable.

use std::rc::Rc;

use super::{DIALECTS, error, state};
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    Minimal,
    All,
    NonNumeric,
    Never,
}

const QUOTINGS: [Quoting; 4] = [
    Quoting::Minimal,
    Quoting::All,
    Quoting::NonNumeric,
    Quoting::Never,
];

/// Characters are code points.
#[derive(Clone)]
pub struct Dialect {
    pub delimiter: u32,
    pub quotechar: Option<u32>,
    pub escapechar: Option<u32>,
    pub doublequote: bool,
    pub skipinitialspace: bool,
    pub strict: bool,
    pub quoting: Quoting,
    pub lineterminator: Rc<StrObj>,
}

impl Native for Dialect {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub fn of(vm: &Machine, this: Obj) -> &Dialect {
    vm.heap.native(this).expect("a dialect")
}

fn character(vm: &mut Machine, c: Option<u32>) -> Obj {
    match c {
        Some(c) => vm.new_char(c),
        None => vm.new_none(),
    }
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "CSV dialect\n\nThe Dialect type records CSV dialect options.\n",
    base_type: true,
    getset: &[
        GetSet::new("delimiter", |vm, this| {
            let c = of(vm, this).delimiter;
            Ok(character(vm, Some(c)))
        }),
        GetSet::new("escapechar", |vm, this| {
            let c = of(vm, this).escapechar;
            Ok(character(vm, c))
        }),
        GetSet::new("lineterminator", |vm, this| {
            let text = of(vm, this).lineterminator.clone();
            Ok(vm.new_str_obj((*text).clone()))
        }),
        GetSet::new("quotechar", |vm, this| {
            let c = of(vm, this).quotechar;
            Ok(character(vm, c))
        }),
        GetSet::new("quoting", |vm, this| {
            let quoting = of(vm, this).quoting as i64;
            Ok(vm.new_int(quoting))
        }),
        GetSet::new("skipinitialspace", |vm, this| {
            let yes = of(vm, this).skipinitialspace;
            Ok(vm.new_bool(yes))
        }),
        GetSet::new("doublequote", |vm, this| {
            let yes = of(vm, this).doublequote;
            Ok(vm.new_bool(yes))
        }),
        GetSet::new("strict", |vm, this| {
            let yes = of(vm, this).strict;
            Ok(vm.new_bool(yes))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(new);
    },
    ..TypeSpec::new("_csv.Dialect")
};

/// The dialect of a name.
pub fn registered(vm: &mut Machine, name: Obj) -> PyResult<Obj> {
    let known = state(vm, DIALECTS);
    match vm.dict_get(known, name)? {
        Some(found) => Ok(vm.new_ref(found)),
        None => error(vm, "unknown dialect"),
    }
}

/// Readers and writers take a file and perhaps a dialect.
pub fn check_given(vm: &mut Machine, args: Args) -> PyResult<()> {
    let given = args.len();
    let (bound, n, s) = match given {
        1 | 2 => return Ok(()),
        0 => ("at least", 1, ""),
        _ => ("at most", 2, "s"),
    };
    vm.type_error(format!(" expected {bound} {n} argument{s}, got {given}"))
}

/// `Dialect(dialect, **fmtparams)` with the arguments of a call.
pub fn of_call(vm: &mut Machine, args: Args) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    new(vm, class, args)
}

const NAMES: [&str; 8] = [
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
];

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    for (name, _) in args.keywords(vm) {
        let name = vm.text(name);
        if name != "dialect" && !NAMES.contains(&name.as_str()) {
            return vm.type_error(format!(
                "'{name}' is an invalid keyword argument for this function"
            ));
        }
    }
    let [
        base,
        delimiter,
        doublequote,
        escape,
        terminator,
        quote,
        quoting,
        skip,
        strict,
    ] = vm.unpack(
        "Dialect",
        args,
        &[
            opt("dialect"),
            opt("delimiter"),
            opt("doublequote"),
            opt("escapechar"),
            opt("lineterminator"),
            opt("quotechar"),
            opt("quoting"),
            opt("skipinitialspace"),
            opt("strict"),
        ],
    )?;
    let given = [
        delimiter,
        doublequote,
        escape,
        terminator,
        quote,
        quoting,
        skip,
        strict,
    ];
    let mark = vm.mark();
    let made = collect(vm, class, base, given);
    vm.releasing(mark, made)
}

/// Parameters that are not given come from the base dialect; all of them are held meanwhile.
fn collect(vm: &mut Machine, class: Obj, base: Obj, mut given: [Obj; 8]) -> PyResult<Obj> {
    let mut base = base;
    if !base.is_null() && base != vm.none {
        if vm.heap.str(base).is_some() {
            let found = registered(vm, base)?;
            base = vm.hold(found);
        }
        if vm.heap.ty(base) == class && given.iter().all(|o| o.is_null()) {
            return Ok(vm.new_ref(base));
        }
        for (n, name) in NAMES.iter().enumerate() {
            if given[n].is_null() {
                match vm.get_attr_str(base, name) {
                    Ok(value) => given[n] = vm.hold(value),
                    Err(thrown) if vm.interrupt.is_some() => return Err(thrown),
                    Err(_) => vm.clear_exception(),
                }
            }
        }
    }
    let dialect = checked(vm, given)?;
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(dialect)))))
}

fn checked(vm: &mut Machine, given: [Obj; 8]) -> PyResult<Dialect> {
    let [
        delimiter,
        doublequote,
        escape,
        terminator,
        quote,
        quoting,
        skip,
        strict,
    ] = given;
    let delimiter_char = required_char(vm, "delimiter", delimiter)?;
    let doublequote = doublequote.is_null() || vm.is_true(doublequote)?;
    let escapechar = optional_char(vm, "escapechar", escape, None)?;
    let lineterminator = line_terminator(vm, terminator)?;
    let quotechar = optional_char(vm, "quotechar", quote, Some(u32::from(b'"')))?;
    let mut style = quoting_of(vm, quoting)?;
    let skipinitialspace = !skip.is_null() && vm.is_true(skip)?;
    let strict = !strict.is_null() && vm.is_true(strict)?;
    if quoting.is_null() && quote == vm.none {
        style = Quoting::Never;
    }
    if style != Quoting::Never && quotechar.is_none() {
        return vm.type_error("quotechar must be set if quoting enabled".to_string());
    }
    Ok(Dialect {
        delimiter: delimiter_char,
        quotechar,
        escapechar,
        doublequote,
        skipinitialspace,
        strict,
        quoting: style,
        lineterminator,
    })
}

fn required_char(vm: &mut Machine, name: &str, o: Obj) -> PyResult<u32> {
    if o.is_null() {
        return Ok(u32::from(b','));
    }
    let Some(text) = vm.heap.str(o).cloned() else {
        let kind = vm.type_name(o);
        return vm.type_error(format!("\"{name}\" must be string, not {kind}"));
    };
    if text.len() != 1 {
        return vm.type_error(format!("\"{name}\" must be a 1-character string"));
    }
    Ok(text.point(0))
}

fn optional_char(
    vm: &mut Machine,
    name: &str,
    o: Obj,
    default: Option<u32>,
) -> PyResult<Option<u32>> {
    if o.is_null() {
        return Ok(default);
    }
    if o == vm.none {
        return Ok(None);
    }
    let Some(text) = vm.heap.str(o).cloned() else {
        let kind = vm.type_name(o);
        return vm.type_error(format!("\"{name}\" must be string or None, not {kind}"));
    };
    match text.len() {
        0 => Ok(None),
        1 => Ok(Some(text.point(0))),
        _ => vm.type_error(format!("\"{name}\" must be a 1-character string")),
    }
}

fn line_terminator(vm: &mut Machine, o: Obj) -> PyResult<Rc<StrObj>> {
    if o.is_null() {
        return Ok(Rc::new(StrObj::from_str("\r\n")));
    }
    match vm.heap.str(o).cloned() {
        Some(text) => Ok(text),
        None if o == vm.none => vm.type_error("lineterminator must be set".to_string()),
        None => vm.type_error("\"lineterminator\" must be a string".to_string()),
    }
}

fn quoting_of(vm: &mut Machine, o: Obj) -> PyResult<Quoting> {
    if o.is_null() {
        return Ok(Quoting::Minimal);
    }
    if !vm.is_exact(o, vm.types.int) {
        return vm.type_error("\"quoting\" must be an integer".to_string());
    }
    let style = vm
        .as_i64(o)
        .and_then(|n| QUOTINGS.get(usize::try_from(n).ok()?).copied());
    match style {
        Some(style) => Ok(style),
        None => vm.type_error("bad \"quoting\" value".to_string()),
    }
}
