//! `cell`: what a closure variable lives in (`Objects/cellobject.c`).

use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "cell([contents])\n--\n\nA place for a variable that functions share.",
    getset: &[GetSet::rw("cell_contents", get_contents, set_contents)],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_repr = Some(repr);
        s.tp_richcompare = Some(compare);
        s.tp_hash = Some(crate::vm::generic_slots::hash_not_implemented);
    },
    ..TypeSpec::new("cell")
};

/// Borrowed; NULL if the cell is empty.
fn contents(vm: &Machine, this: Obj) -> Obj {
    match vm.heap.payload(this) {
        Payload::Cell(contents) => *contents,
        _ => NULL,
    }
}

fn new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("cell() takes no keyword arguments".to_string());
    }
    let given = args.len();
    if given > 1 {
        return vm.type_error(format!("cell expected at most 1 argument, got {given}"));
    }
    let value = args.get(vm, 0);
    vm.xincref(value);
    Ok(vm.new_cell(value))
}

fn get_contents(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let value = contents(vm, this);
    if value.is_null() {
        return vm.value_error("Cell is empty");
    }
    Ok(vm.new_ref(value))
}

fn set_contents(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    vm.xincref(value);
    let old = vm.set_cell(this, value);
    vm.xdecref(old);
    Ok(())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (address, value) = (vm.id_of(this), contents(vm, this));
    if value.is_null() {
        return Ok(vm.new_string(format!("<cell at {address:#x}: empty>")));
    }
    let (name, at) = (vm.type_name(value), vm.id_of(value));
    Ok(vm.new_string(format!("<cell at {address:#x}: {name} object at {at:#x}>")))
}

/// By contents; an empty cell is less than any other.
fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!((vm.heap.payload(this), vm.heap.payload(other)), (Payload::Cell(_), Payload::Cell(_))) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (contents(vm, this), contents(vm, other));
    if a != NULL && b != NULL {
        return vm.rich_compare(a, b, op);
    }
    let answer = op.test((!a.is_null()).cmp(&!b.is_null()));
    Ok(vm.new_bool(answer))
}
