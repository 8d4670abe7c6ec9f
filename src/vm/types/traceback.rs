//! `traceback` objects (`Python/traceback.c`).

use crate::heap::payload::Traceback;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::req;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new("__dir__", Arity::NoArgs, dir)],
    getset: &[
        GetSet::rw("tb_next", next, set_next),
        GetSet::new("tb_frame", |vm, this| {
            let frame = tb(vm, this).frame;
            Ok(vm.new_ref(frame))
        }),
        GetSet::new("tb_lasti", |vm, this| {
            let lasti = tb(vm, this).lasti;
            Ok(vm.new_int(i64::from(lasti)))
        }),
        GetSet::new("tb_lineno", |vm, this| {
            let line = tb(vm, this).line;
            Ok(vm.new_int(i64::from(line)))
        }),
    ],
    slots: |s| s.tp_new = Some(new),
    doc: "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nOne stretch of the way that an exception took.",
    ..TypeSpec::new("traceback")
};

fn tb(vm: &Machine, this: Obj) -> &Traceback {
    match vm.heap.payload(this) {
        Payload::Traceback(tb) => tb,
        _ => panic!("checked by the type"),
    }
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let next = tb(vm, this).next;
    Ok(if next.is_null() { vm.new_none() } else { vm.new_ref(next) })
}

fn is_traceback(vm: &Machine, o: Obj) -> bool {
    matches!(vm.heap.payload(o), Payload::Traceback(_))
}

/// The chain may not come back to itself.
fn set_next(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("can't delete tb_next attribute".to_string());
    }
    let value = if value == vm.none { NULL } else { value };
    if !value.is_null() && !is_traceback(vm, value) {
        let name = vm.type_name(value);
        return vm.type_error(format!("expected traceback object, got '{name}'"));
    }
    let mut cursor = value;
    while !cursor.is_null() {
        if cursor == this {
            return vm.value_error("traceback loop detected");
        }
        cursor = tb(vm, cursor).next;
    }
    vm.xincref(value);
    let old = match vm.heap.payload_mut(this) {
        Payload::Traceback(tb) => std::mem::replace(&mut tb.next, value),
        _ => NULL,
    };
    vm.xdecref(old);
    Ok(())
}

fn new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [next, frame, lasti, line] = vm.unpack("TracebackType", args, &[req("tb_next"), req("tb_frame"), req("tb_lasti"), req("tb_lineno")])?;
    if next != vm.none && !is_traceback(vm, next) {
        let name = vm.type_name(next);
        return vm.type_error(format!("expected traceback object or None, got '{name}'"));
    }
    if !matches!(vm.heap.payload(frame), Payload::Frame(_)) {
        let name = vm.argument_type(frame);
        return vm.type_error(format!("TracebackType() argument 'tb_frame' must be frame, not {name}"));
    }
    let lasti = vm.index_clamped(lasti, vm.types.overflow_error)?;
    let line = vm.index_clamped(line, vm.types.overflow_error)?;
    let next = if next == vm.none { NULL } else { next };
    vm.xincref(next);
    vm.incref(frame);
    let made = Traceback { next, frame, lasti: lasti as i32, line: line as i32 };
    Ok(vm.alloc_gc(vm.types.traceback, Payload::Traceback(Box::new(made))))
}

fn dir(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|n| vm.new_str(n));
    Ok(vm.new_list(names.to_vec()))
}
