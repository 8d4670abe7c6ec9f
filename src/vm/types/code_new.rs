//! Code objects that scripts make: `types.CodeType(…)` and `code.replace(…)` (`Objects/codeobject.c`).
//!
//! Whoever writes bytecode by hand can make CPython crash; here a code object runs only if its instructions and the sizes they
//! rely on are those of a code object that the compiler made. Any other may be looked at, but not run.

use std::rc::Rc;

use crate::bytecode::code::{CodeObject, Constant, flags};
use crate::heap::payload::Code;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{Param, kw};
use crate::vm::load::{CodeNames, total_args};
use crate::vm::{Args, Machine, PyResult};

/// The flags that the instructions rely on.
const KIND: u32 = flags::OPTIMIZED
    | flags::NEWLOCALS
    | flags::GENERATOR
    | flags::COROUTINE
    | flags::ASYNC_GENERATOR;

/// What a code object is made of, as a script gives it; all borrowed.
struct Parts {
    /// argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno.
    numbers: [i32; 7],
    code: Obj,
    consts: Obj,
    names: Obj,
    varnames: Obj,
    freevars: Obj,
    cellvars: Obj,
    filename: Obj,
    name: Obj,
    linetable: Obj,
}

const PARAMS: [Param; 16] = [
    kw("co_argcount"),
    kw("co_posonlyargcount"),
    kw("co_kwonlyargcount"),
    kw("co_nlocals"),
    kw("co_stacksize"),
    kw("co_flags"),
    kw("co_firstlineno"),
    kw("co_code"),
    kw("co_consts"),
    kw("co_names"),
    kw("co_varnames"),
    kw("co_freevars"),
    kw("co_cellvars"),
    kw("co_filename"),
    kw("co_name"),
    kw("co_linetable"),
];

/// `code.replace(**fields)`
pub fn replace(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if !args.is_empty() {
        return vm.type_error("replace() takes no positional arguments".to_string());
    }
    let given = vm.unpack("replace", args, &PARAMS)?;
    let Payload::Code(old) = vm.heap.payload(this) else {
        panic!("checked by the type")
    };
    let old = old.clone();
    let mut numbers = [
        old.argcount,
        old.posonly,
        old.kwonly,
        old.nlocals,
        old.stacksize,
        old.flags,
        old.source.firstlineno,
    ]
    .map(|n| n as i32);
    for i in 0..7 {
        if !given[i].is_null() {
            numbers[i] = c_int(vm, given[i])?;
        }
    }
    for i in 0..7 {
        if numbers[i] < 0 {
            let name = PARAMS[i].name;
            return vm.value_error(&format!("{name} must be a positive integer"));
        }
    }
    for (i, want) in KINDS.iter().enumerate() {
        let value = given[7 + i];
        if !value.is_null() && !want.fits(vm, value) {
            let (name, want, got) = (PARAMS[7 + i].name, want.0, vm.type_name(value));
            return vm.type_error(format!(
                "replace() argument '{name}' must be {want}, not {got}"
            ));
        }
    }
    let mark = vm.mark();
    let own = |vm: &mut Machine, i: usize, make: &dyn Fn(&mut Machine) -> Obj| {
        if given[i].is_null() {
            let made = make(vm);
            vm.hold(made)
        } else {
            given[i]
        }
    };
    let parts = Parts {
        numbers,
        code: own(vm, 7, &|vm| vm.new_bytes(old.source.code.clone())),
        consts: own(vm, 8, &|vm| vm.new_tuple_of(&old.consts)),
        names: own(vm, 9, &|vm| vm.new_tuple_of(&old.names)),
        varnames: own(vm, 10, &|vm| vm.new_tuple_of(&old.varnames)),
        freevars: own(vm, 11, &|vm| vm.new_tuple_of(&old.freevars)),
        cellvars: own(vm, 12, &|vm| vm.new_tuple_of(&old.cellvars)),
        filename: own(vm, 13, &|vm| vm.new_ref(old.filename)),
        name: own(vm, 14, &|vm| vm.new_ref(old.name)),
        linetable: own(vm, 15, &|vm| vm.new_bytes(old.source.linetable.clone())),
    };
    let made = make(vm, &parts);
    if vm.interrupt.is_none() {
        vm.release(mark);
    }
    made
}

/// A type that an argument must have: name in messages.
struct Kind(&'static str);

/// co_code to co_linetable of `replace`.
const KINDS: [Kind; 9] = [
    Kind("bytes"),
    Kind("tuple"),
    Kind("tuple"),
    Kind("tuple"),
    Kind("tuple"),
    Kind("tuple"),
    Kind("str"),
    Kind("str"),
    Kind("bytes"),
];

impl Kind {
    fn fits(&self, vm: &Machine, o: Obj) -> bool {
        match self.0 {
            "bytes" => vm.heap.bytes_of(o).is_some(),
            "tuple" => vm.heap.tuple(o).is_some(),
            _ => vm.heap.str(o).is_some(),
        }
    }
}

/// An argument parsed as `i`.
pub(in crate::vm) fn c_int(vm: &mut Machine, o: Obj) -> PyResult<i32> {
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    let Some(wide) = value else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        );
    };
    match i32::try_from(wide) {
        Ok(value) => Ok(value),
        Err(_) => {
            let bound = if wide > 0 {
                "greater than maximum"
            } else {
                "less than minimum"
            };
            vm.raise(
                vm.types.overflow_error,
                format!("signed integer is {bound}"),
            )
        }
    }
}

/// `types.CodeType(argcount, posonlyargcount, …, linetable[, freevars[, cellvars]])`
pub fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("code() takes no keyword arguments".to_string());
    }
    let given = args.len();
    if !(14..=16).contains(&given) {
        let bound = if given < 14 { "at least 14" } else { "at most 16" };
        return vm.type_error(format!("code expected {bound} arguments, got {given}"));
    }
    let mut numbers = [0; 7];
    for (place, at) in [0, 1, 2, 3, 4, 5].into_iter().enumerate() {
        numbers[place] = c_int(vm, args.get(vm, at))?;
    }
    // Position, and what must stand there.
    let rest: [(usize, Kind); 6] = [
        (6, Kind("bytes")),
        (7, Kind("tuple")),
        (8, Kind("tuple")),
        (9, Kind("tuple")),
        (10, Kind("str")),
        (11, Kind("str")),
    ];
    check_kinds(vm, args, &rest)?;
    numbers[6] = c_int(vm, args.get(vm, 12))?;
    check_kinds(
        vm,
        args,
        &[
            (13, Kind("bytes")),
            (14, Kind("tuple")),
            (15, Kind("tuple")),
        ],
    )?;
    let names = [
        "argcount",
        "posonlyargcount",
        "kwonlyargcount",
        "nlocals",
    ];
    for (i, name) in names.into_iter().enumerate() {
        if numbers[i] < 0 {
            return vm.value_error(&format!("code: {name} must not be negative"));
        }
    }
    let or_empty = |vm: &Machine, i: usize| {
        let o = args.get(vm, i);
        if o.is_null() { vm.empty_tuple } else { o }
    };
    let parts = Parts {
        numbers,
        code: args.get(vm, 6),
        consts: args.get(vm, 7),
        names: args.get(vm, 8),
        varnames: args.get(vm, 9),
        filename: args.get(vm, 10),
        name: args.get(vm, 11),
        linetable: args.get(vm, 13),
        freevars: or_empty(vm, 14),
        cellvars: or_empty(vm, 15),
    };
    make(vm, &parts)
}

fn check_kinds(vm: &mut Machine, args: Args, kinds: &[(usize, Kind)]) -> PyResult<()> {
    for (at, kind) in kinds {
        let value = args.get(vm, *at);
        if !value.is_null() && !kind.fits(vm, value) {
            let (n, want, got) = (at + 1, kind.0, vm.type_name(value));
            return vm.type_error(format!("code() argument {n} must be {want}, not {got}"));
        }
    }
    Ok(())
}

/// `PyCode_NewWithPosOnlyArgs`
fn make(vm: &mut Machine, parts: &Parts) -> PyResult<Obj> {
    let names = CodeNames {
        names: name_list(vm, parts.names)?,
        varnames: name_list(vm, parts.varnames)?,
        freevars: name_list(vm, parts.freevars)?,
        cellvars: name_list(vm, parts.cellvars)?,
    };
    let source = plain(vm, parts, &names);
    if source.argcount < source.posonlyargcount
        || !source.code.len().is_multiple_of(2)
        || parts.numbers[4] < 0
        || parts.numbers[5] < 0
    {
        drop_names(vm, names);
        let what = "Objects/codeobject.c:214: bad argument to internal function";
        return vm.raise(vm.types.system_error, what.to_string());
    }
    let arguments = source
        .argcount
        .checked_add(source.kwonlyargcount)
        .is_some_and(|n| (n as usize) < usize::MAX - 2)
        .then(|| total_args(&source));
    if arguments.is_none_or(|n| n > names.varnames.len()) {
        drop_names(vm, names);
        return vm.value_error("code: varnames is too small");
    }
    let runnable = parts.numbers[3] as usize == names.varnames.len() && fits_a_known_one(vm, &source);
    let consts = vm
        .heap
        .tuple(parts.consts)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    for o in consts.iter().chain(&[parts.name, parts.filename]) {
        vm.incref(*o);
    }
    let texts = [vm.intern_object(parts.name), parts.filename];
    let made = vm.assemble_code(Rc::new(source), consts, names, texts, runnable);
    if !runnable
        && let Payload::Code(code) = vm.heap.payload_mut(made)
        && let Some(code) = Rc::get_mut(code)
    {
        // Only shown: no frame of this code is made.
        code.nlocals = parts.numbers[3] as u32;
    }
    Ok(made)
}

fn drop_names(vm: &mut Machine, names: CodeNames) {
    let lists = [names.names, names.varnames, names.freevars, names.cellvars];
    vm.drop_all(lists.into_iter().flatten().collect());
}

/// The strings of a tuple, interned; owned.
fn name_list(vm: &mut Machine, tuple: Obj) -> PyResult<Vec<Obj>> {
    let items = vm
        .heap
        .tuple(tuple)
        .map(<[Obj]>::to_vec)
        .unwrap_or_default();
    if let Some(wrong) = items.iter().find(|o| vm.heap.str(**o).is_none()) {
        let got = vm.type_name(*wrong);
        return vm.type_error(format!(
            "name tuples must contain only strings, not '{got}'"
        ));
    }
    Ok(items
        .into_iter()
        .map(|o| {
            vm.incref(o);
            vm.intern_object(o)
        })
        .collect())
}

fn plain(vm: &Machine, parts: &Parts, names: &CodeNames) -> CodeObject {
    let texts = |list: &[Obj]| list.iter().map(|o| Rc::from(vm.text(*o))).collect();
    let bytes = |o: Obj| {
        vm.heap
            .bytes_of(o)
            .map(|b| b.data.to_vec())
            .unwrap_or_default()
    };
    let [
        argcount,
        posonlyargcount,
        kwonlyargcount,
        _,
        stacksize,
        flags,
        firstlineno,
    ] = parts.numbers.map(|n| n.max(0) as u32);
    let consts = vm.heap.tuple(parts.consts).unwrap_or(&[]);
    CodeObject {
        name: Rc::from(vm.text(parts.name)),
        filename: Rc::from(vm.text(parts.filename)),
        argcount,
        posonlyargcount,
        kwonlyargcount,
        stacksize,
        flags: known_flags(flags, names),
        firstlineno,
        code: bytes(parts.code),
        consts: consts.iter().map(|o| constant(vm, *o)).collect(),
        names: texts(&names.names),
        varnames: texts(&names.varnames),
        freevars: texts(&names.freevars),
        cellvars: texts(&names.cellvars),
        linetable: bytes(parts.linetable),
        warnings: Vec::new(),
    }
}

/// NOFREE goes by the names.
fn known_flags(given: u32, names: &CodeNames) -> u32 {
    if names.freevars.is_empty() && names.cellvars.is_empty() {
        given | flags::NOFREE
    } else {
        given & !flags::NOFREE
    }
}

/// The plain form of a constant, where it has one that matters to anybody.
fn constant(vm: &Machine, o: Obj) -> Constant {
    match vm.heap.payload(o) {
        Payload::Code(code) => Constant::Code(code.source.clone()),
        _ if o != NULL && vm.heap.ty(o) == vm.types.int => {
            vm.as_int(o).map_or(Constant::None, Constant::Int)
        }
        _ => Constant::None,
    }
}

/// Whether some code object that can run has the same instructions, which need no more than this one has.
fn fits_a_known_one(vm: &Machine, new: &CodeObject) -> bool {
    let fits = |old: &Code| {
        let source = &old.source;
        old.runnable
            && source.code == new.code
            && source.flags & KIND == new.flags & KIND
            && source.stacksize <= new.stacksize
            && source.consts.len() <= new.consts.len()
            && source.names.len() <= new.names.len()
            && source.varnames.len() == new.varnames.len()
            && source.cellvars.len() == new.cellvars.len()
            && source.freevars.len() == new.freevars.len()
    };
    vm.heap
        .objects()
        .any(|o| matches!(vm.heap.payload(o), Payload::Code(code) if fits(code)))
}
