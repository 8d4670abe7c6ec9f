//! `bool` (`Objects/boolobject.c`): True and False, which are ints besides.

use super::int_arith as arith;
use crate::heap::payload::class::Layout;
use crate::heap::{Obj, Payload};
use crate::vm::args::pos_opt;
use crate::vm::native::TypeSpec;
use crate::vm::slots::{BinaryFn, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    doc: "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    layout: Layout::Int,
    gc: false,
    slots: fill,
    ..TypeSpec::new("bool")
};

fn fill(slots: &mut Slots) {
    slots.tp_new = Some(new);
    slots.tp_repr = Some(repr);
    slots.nb_and = Some(|vm, a, b| logic(vm, a, b, |x, y| x & y, arith::and));
    slots.nb_or = Some(|vm, a, b| logic(vm, a, b, |x, y| x | y, arith::or));
    slots.nb_xor = Some(|vm, a, b| logic(vm, a, b, |x, y| x ^ y, arith::xor));
}

fn new(vm: &mut Machine, _class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("bool() takes no keyword arguments".to_string());
    }
    let [x] = vm.unpack("bool", args, &[pos_opt("x")])?;
    let truth = !x.is_null() && vm.is_true(x)?;
    Ok(vm.new_bool(truth))
}

fn repr(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    let text = if o == vm.true_ { "True" } else { "False" };
    Ok(vm.intern(text))
}

/// Of two bools a bool, of anything else what ints give.
fn logic(
    vm: &mut Machine,
    a: Obj,
    b: Obj,
    f: fn(bool, bool) -> bool,
    ints: BinaryFn,
) -> PyResult<Obj> {
    match (vm.heap.payload(a), vm.heap.payload(b)) {
        (Payload::Bool(x), Payload::Bool(y)) => {
            let result = f(*x, *y);
            Ok(vm.new_bool(result))
        }
        _ => ints(vm, a, b),
    }
}
