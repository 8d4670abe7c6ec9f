//! The module `operator`: operators as functions (`Modules/_operator.c`).

use super::{ModuleSpec, operator_getters as getters};
use crate::bytecode::opcode::Op;
use crate::heap::Obj;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method, NativeFn};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "operator",
    doc: "Operators as functions.",
    functions: FUNCTIONS,
    init,
};

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    for spec in getters::TYPES {
        vm.add_module_type(dict, spec, object);
    }
    Ok(())
}

const fn two(name: &'static str, call: NativeFn) -> Method {
    Method::new(name, Arity::Positional(2, 2), call)
}

macro_rules! compare {
    ($name:literal, $op:ident) => {
        two($name, |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.rich_compare(a, b, CmpOp::$op)
        })
    };
}

macro_rules! binary {
    ($name:literal, $op:ident) => {
        two($name, |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.binary_op(Op::$op, a, b)
        })
    };
}

macro_rules! unary {
    ($name:literal, $op:ident) => {
        Method::new($name, Arity::One, |vm, _, args| {
            let a = args.get(vm, 0);
            vm.unary_op(Op::$op, a)
        })
    };
}

static FUNCTIONS: &[Method] = &[
    compare!("lt", Lt),
    compare!("le", Le),
    compare!("eq", Eq),
    compare!("ne", Ne),
    compare!("gt", Gt),
    compare!("ge", Ge),
    compare!("__lt__", Lt),
    compare!("__le__", Le),
    compare!("__eq__", Eq),
    compare!("__ne__", Ne),
    compare!("__gt__", Gt),
    compare!("__ge__", Ge),
    binary!("add", BinaryAdd),
    binary!("sub", BinarySubtract),
    binary!("mul", BinaryMultiply),
    binary!("matmul", BinaryMatrixMultiply),
    binary!("truediv", BinaryTrueDivide),
    binary!("floordiv", BinaryFloorDivide),
    binary!("mod", BinaryModulo),
    binary!("pow", BinaryPower),
    binary!("lshift", BinaryLshift),
    binary!("rshift", BinaryRshift),
    binary!("and_", BinaryAnd),
    binary!("or_", BinaryOr),
    binary!("xor", BinaryXor),
    binary!("__add__", BinaryAdd),
    binary!("__sub__", BinarySubtract),
    binary!("__mul__", BinaryMultiply),
    binary!("__and__", BinaryAnd),
    binary!("__or__", BinaryOr),
    binary!("__xor__", BinaryXor),
    binary!("iadd", InplaceAdd),
    binary!("isub", InplaceSubtract),
    binary!("imul", InplaceMultiply),
    binary!("imatmul", InplaceMatrixMultiply),
    binary!("itruediv", InplaceTrueDivide),
    binary!("ifloordiv", InplaceFloorDivide),
    binary!("imod", InplaceModulo),
    binary!("ipow", InplacePower),
    binary!("ilshift", InplaceLshift),
    binary!("irshift", InplaceRshift),
    binary!("iand", InplaceAnd),
    binary!("ior", InplaceOr),
    binary!("ixor", InplaceXor),
    unary!("neg", UnaryNegative),
    unary!("pos", UnaryPositive),
    unary!("invert", UnaryInvert),
    unary!("inv", UnaryInvert),
    Method::new("abs", Arity::One, super::builtins_number::abs),
    Method::new("not_", Arity::One, |vm, _, args| {
        let truth = vm.is_true(args.get(vm, 0))?;
        Ok(vm.new_bool(!truth))
    }),
    Method::new("truth", Arity::One, |vm, _, args| {
        let truth = vm.is_true(args.get(vm, 0))?;
        Ok(vm.new_bool(truth))
    }),
    two("is_", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.new_bool(same))
    }),
    two("is_not", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.new_bool(!same))
    }),
    Method::new("index", Arity::One, |vm, _, args| {
        let o = args.get(vm, 0);
        vm.number_index(o)
    }),
    two("concat", concat),
    two("__concat__", concat),
    two("iconcat", iconcat),
    two("contains", |vm, _, args| {
        let (container, item) = (args.get(vm, 0), args.get(vm, 1));
        let found = vm.contains(container, item)?;
        Ok(vm.new_bool(found))
    }),
    two("countOf", count_of),
    two("indexOf", index_of),
    two("getitem", |vm, _, args| {
        let (o, key) = (args.get(vm, 0), args.get(vm, 1));
        vm.get_item(o, key)
    }),
    two("__getitem__", |vm, _, args| {
        let (o, key) = (args.get(vm, 0), args.get(vm, 1));
        vm.get_item(o, key)
    }),
    two("delitem", |vm, _, args| {
        let (o, key) = (args.get(vm, 0), args.get(vm, 1));
        vm.del_item(o, key)?;
        Ok(vm.new_none())
    }),
    Method::new("setitem", Arity::Positional(3, 3), |vm, _, args| {
        let (o, key, value) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
        vm.set_item(o, key, value)?;
        Ok(vm.new_none())
    }),
    Method::new("length_hint", Arity::Keywords, length_hint),
];

fn want_sequences(vm: &mut Machine, args: Args) -> PyResult<(Obj, Obj)> {
    let (a, b) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.is_sequence(a)
        || vm.slots_of(b).sq_item.is_none() && vm.slots_of(b).mp_subscript.is_none()
    {
        let name = vm.type_name(if vm.is_sequence(a) { b } else { a });
        return vm.type_error(format!("'{name}' object can't be concatenated"));
    }
    Ok((a, b))
}

fn concat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (a, b) = want_sequences(vm, args)?;
    vm.binary_op(Op::BinaryAdd, a, b)
}

fn iconcat(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (a, b) = want_sequences(vm, args)?;
    vm.binary_op(Op::InplaceAdd, a, b)
}

/// Runs through an iterable and tells `seen` of each item whether it is the wanted one; false ends it.
fn search(vm: &mut Machine, args: Args, mut seen: impl FnMut(bool) -> bool) -> PyResult<()> {
    let (iterable, wanted) = (args.get(vm, 0), args.get(vm, 1));
    let iterator = vm.get_iter(iterable)?;
    vm.with_held(iterator, |vm, iterator| {
        loop {
            let item = vm.iter_next(iterator)?;
            if item.is_null() {
                return Ok(());
            }
            let same = vm.with_held(item, |vm, item| {
                vm.rich_compare_bool(item, wanted, CmpOp::Eq)
            })?;
            if !seen(same) {
                return Ok(());
            }
        }
    })
}

fn count_of(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut count = 0;
    search(vm, args, |same| {
        count += i64::from(same);
        true
    })?;
    Ok(vm.new_int(count))
}

fn index_of(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let mut at = 0;
    let mut found = false;
    search(vm, args, |same| {
        found = same;
        at += i64::from(!same);
        !same
    })?;
    if !found {
        return vm.value_error("sequence.index(x): x not in sequence");
    }
    Ok(vm.new_int(at))
}

fn length_hint(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [o, default] = vm.unpack("length_hint", args, &[req("obj"), opt("default")])?;
    let default = if default.is_null() {
        0
    } else {
        vm.index_clamped(default, vm.types.overflow_error)?.max(0) as usize
    };
    let hint = vm.length_hint(o, default)?;
    Ok(vm.new_int(hint as i64))
}
