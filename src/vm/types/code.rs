//! `code` objects as scripts see them (`Objects/codeobject.c`).

use std::rc::Rc;

use super::code_new;
use crate::bytecode::code::CodeObject;
use crate::heap::payload::Code;
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    gc: false,
    has_weakrefs: true,
    methods: &[
        Method::new("co_lines", Arity::NoArgs, co_lines),
        Method::new("replace", Arity::Keywords, code_new::replace),
    ],
    getset: &[
        GetSet::new("co_argcount", |vm, this| number(vm, this, |c| c.argcount)),
        GetSet::new("co_posonlyargcount", |vm, this| number(vm, this, |c| c.posonlyargcount)),
        GetSet::new("co_kwonlyargcount", |vm, this| number(vm, this, |c| c.kwonlyargcount)),
        GetSet::new("co_nlocals", |vm, this| {
            let count = code(vm, this).nlocals;
            Ok(vm.new_int(i64::from(count)))
        }),
        GetSet::new("co_stacksize", |vm, this| number(vm, this, |c| c.stacksize)),
        GetSet::new("co_flags", |vm, this| number(vm, this, |c| c.flags)),
        GetSet::new("co_firstlineno", |vm, this| number(vm, this, |c| c.firstlineno)),
        GetSet::new("co_code", |vm, this| {
            let data = code(vm, this).source.code.clone();
            Ok(vm.new_bytes(data))
        }),
        GetSet::new("co_consts", |vm, this| tuple(vm, this, |c| &c.consts)),
        GetSet::new("co_names", |vm, this| tuple(vm, this, |c| &c.names)),
        GetSet::new("co_varnames", |vm, this| tuple(vm, this, |c| &c.varnames)),
        GetSet::new("co_freevars", |vm, this| tuple(vm, this, |c| &c.freevars)),
        GetSet::new("co_cellvars", |vm, this| tuple(vm, this, |c| &c.cellvars)),
        GetSet::new("co_filename", |vm, this| {
            let filename = code(vm, this).filename;
            Ok(vm.new_ref(filename))
        }),
        GetSet::new("co_name", |vm, this| {
            let name = code(vm, this).name;
            Ok(vm.new_ref(name))
        }),
        GetSet::new("co_linetable", |vm, this| {
            let data = code(vm, this).source.linetable.clone();
            Ok(vm.new_bytes(data))
        }),
        GetSet::new("co_lnotab", |vm, this| {
            let data = lnotab(&code(vm, this).source);
            Ok(vm.new_bytes(data))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(code_new::new);
        s.tp_repr = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(compare);
    },
    doc: "A code object: bytecode and what it needs. Not for everyday use.",
    ..TypeSpec::new("code")
};

fn code(vm: &Machine, this: Obj) -> Rc<Code> {
    match vm.heap.payload(this) {
        Payload::Code(code) => code.clone(),
        _ => panic!("checked by the type"),
    }
}

fn number(vm: &mut Machine, this: Obj, pick: fn(&CodeObject) -> u32) -> PyResult<Obj> {
    let n = pick(&code(vm, this).source);
    Ok(vm.new_int(i64::from(n)))
}

fn tuple(vm: &mut Machine, this: Obj, pick: fn(&Code) -> &Vec<Obj>) -> PyResult<Obj> {
    let code = code(vm, this);
    Ok(vm.new_tuple_of(pick(&code)))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (source, address) = (code(vm, this).source.clone(), vm.id_of(this));
    let (name, file, line) = (&source.name, &source.filename, source.firstlineno);
    Ok(vm.new_string(format!("<code object {name} at {address:#x}, file \"{file}\", line {line}>")))
}

/// (start, end, line) of each stretch; neighbours with the same line are one.
fn co_lines(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let source = code(vm, this).source.clone();
    let mut rows: Vec<(usize, usize, Option<u32>)> = Vec::new();
    let covered: usize = source.linetable.chunks_exact(2).map(|pair| usize::from(pair[0]) / 2).sum();
    for (i, line) in source.lines().into_iter().take(covered).enumerate() {
        match rows.last_mut() {
            Some((_, end, last)) if *last == line => *end = 2 * i + 2,
            _ => rows.push((2 * i, 2 * i + 2, line)),
        }
    }
    let mut items = Vec::new();
    let parked = vm.park(&[]);
    for (start, end, line) in rows {
        let (start, end) = (vm.new_int(start as i64), vm.new_int(end as i64));
        let line = match line {
            Some(line) => vm.new_int(i64::from(line)),
            None => vm.new_none(),
        };
        let row = vm.new_tuple(vec![start, end, line]);
        vm.park(&[row]);
        items.push(row);
    }
    vm.unpark(parked);
    let list = vm.new_list(items);
    vm.with_held(list, |vm, list| vm.get_iter(list))
}

/// The old table: pairs of byte and line increments (`decode_linetable` backwards).
fn lnotab(source: &CodeObject) -> Vec<u8> {
    let mut table = Vec::new();
    let (mut at, mut last) = (0usize, i64::from(source.firstlineno));
    for (i, line) in source.lines().into_iter().enumerate() {
        let Some(line) = line.map(i64::from) else { continue };
        if line == last {
            continue;
        }
        let mut bytes = 2 * i - at;
        let mut lines = line - last;
        while bytes > 255 {
            table.extend([255, 0]);
            bytes -= 255;
        }
        while !(-128..=127).contains(&lines) {
            let step = lines.clamp(-128, 127);
            table.extend([bytes as u8, step as i8 as u8]);
            bytes = 0;
            lines -= step;
        }
        table.extend([bytes as u8, lines as i8 as u8]);
        at = 2 * i;
        last = line;
    }
    table
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let source = code(vm, this).source.clone();
    let hash = crate::heap::payload::str::hash_bytes(&source.code) ^ crate::heap::payload::str::hash_bytes(source.name.as_bytes());
    Ok(if hash == -1 { -2 } else { hash })
}

/// Equal if everything but the file name is equal.
fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(vm.heap.payload(other), Payload::Code(_)) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (code(vm, this).source.clone(), code(vm, other).source.clone());
    let equal = Rc::ptr_eq(&a, &b)
        || a.name == b.name
            && a.argcount == b.argcount
            && a.posonlyargcount == b.posonlyargcount
            && a.kwonlyargcount == b.kwonlyargcount
            && a.flags == b.flags
            && a.firstlineno == b.firstlineno
            && a.code == b.code
            && a.names == b.names
            && a.varnames == b.varnames
            && a.freevars == b.freevars
            && a.cellvars == b.cellvars
            && same_constants(vm, this, other)?;
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

/// Constants are the same if their types are and their values to the bit (`_PyCode_ConstantKey`).
fn same_constants(vm: &mut Machine, this: Obj, other: Obj) -> PyResult<bool> {
    let (a, b) = (code(vm, this), code(vm, other));
    same_values(vm, &a.consts, &b.consts)
}

fn same_values(vm: &mut Machine, a: &[Obj], b: &[Obj]) -> PyResult<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (x, y) in a.iter().zip(b) {
        if vm.heap.ty(*x) != vm.heap.ty(*y) {
            return Ok(false);
        }
        let same = match (vm.heap.payload(*x), vm.heap.payload(*y)) {
            (Payload::Float(x), Payload::Float(y)) => x.to_bits() == y.to_bits(),
            _ if vm.heap.tuple(*x).is_some() => {
                let parts = [*x, *y].map(|o| vm.heap.tuple(o).map(<[Obj]>::to_vec).unwrap_or_default());
                same_values(vm, &parts[0], &parts[1])?
            }
            _ if vm.heap.ty(*x) == vm.types.complex => vm.repr_text(*x)? == vm.repr_text(*y)?,
            _ => vm.rich_compare_bool(*x, *y, CmpOp::Eq)?,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}
