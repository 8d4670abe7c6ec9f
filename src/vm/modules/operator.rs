//! The module `_operator`: operators as functions (`Modules/_operator.c`).

use super::{ModuleSpec, operator_getters as getters};
use crate::bytecode::opcode::Op;
use crate::heap::Obj;

use crate::vm::native::{Arity, Method, NativeFn};
use crate::vm::slots::CmpOp;
use crate::vm::types::int_arith;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_operator",
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
    ($name:literal, $op:ident, $doc:literal) => {
        two($name, |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.rich_compare(a, b, CmpOp::$op)
        })
        .doc($doc)
    };
}

macro_rules! binary {
    ($name:literal, $op:ident, $doc:literal) => {
        two($name, |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.binary_op(Op::$op, a, b)
        })
        .doc($doc)
    };
}

macro_rules! unary {
    ($name:literal, $op:ident, $doc:literal) => {
        Method::new($name, Arity::One, |vm, _, args| {
            let a = args.get(vm, 0);
            vm.unary_op(Op::$op, a)
        })
        .doc($doc)
    };
}

static FUNCTIONS: &[Method] = &[
    compare!("lt", Lt, "lt($module, a, b, /)\n--\n\nSame as a < b."),
    compare!("le", Le, "le($module, a, b, /)\n--\n\nSame as a <= b."),
    compare!("eq", Eq, "eq($module, a, b, /)\n--\n\nSame as a == b."),
    compare!("ne", Ne, "ne($module, a, b, /)\n--\n\nSame as a != b."),
    compare!("gt", Gt, "gt($module, a, b, /)\n--\n\nSame as a > b."),
    compare!("ge", Ge, "ge($module, a, b, /)\n--\n\nSame as a >= b."),
    binary!("add", BinaryAdd, "add($module, a, b, /)\n--\n\nSame as a + b."),
    binary!("sub", BinarySubtract, "sub($module, a, b, /)\n--\n\nSame as a - b."),
    binary!("mul", BinaryMultiply, "mul($module, a, b, /)\n--\n\nSame as a * b."),
    binary!("matmul", BinaryMatrixMultiply, "matmul($module, a, b, /)\n--\n\nSame as a @ b."),
    binary!("truediv", BinaryTrueDivide, "truediv($module, a, b, /)\n--\n\nSame as a / b."),
    binary!("floordiv", BinaryFloorDivide, "floordiv($module, a, b, /)\n--\n\nSame as a // b."),
    binary!("mod", BinaryModulo, "mod($module, a, b, /)\n--\n\nSame as a % b."),
    binary!("pow", BinaryPower, "pow($module, a, b, /)\n--\n\nSame as a ** b."),
    binary!("lshift", BinaryLshift, "lshift($module, a, b, /)\n--\n\nSame as a << b."),
    binary!("rshift", BinaryRshift, "rshift($module, a, b, /)\n--\n\nSame as a >> b."),
    binary!("and_", BinaryAnd, "and_($module, a, b, /)\n--\n\nSame as a & b."),
    binary!("or_", BinaryOr, "or_($module, a, b, /)\n--\n\nSame as a | b."),
    binary!("xor", BinaryXor, "xor($module, a, b, /)\n--\n\nSame as a ^ b."),
    binary!("iadd", InplaceAdd, "iadd($module, a, b, /)\n--\n\nSame as a += b."),
    binary!("isub", InplaceSubtract, "isub($module, a, b, /)\n--\n\nSame as a -= b."),
    binary!("imul", InplaceMultiply, "imul($module, a, b, /)\n--\n\nSame as a *= b."),
    binary!("imatmul", InplaceMatrixMultiply, "imatmul($module, a, b, /)\n--\n\nSame as a @= b."),
    binary!("itruediv", InplaceTrueDivide, "itruediv($module, a, b, /)\n--\n\nSame as a /= b."),
    binary!("ifloordiv", InplaceFloorDivide, "ifloordiv($module, a, b, /)\n--\n\nSame as a //= b."),
    binary!("imod", InplaceModulo, "imod($module, a, b, /)\n--\n\nSame as a %= b."),
    binary!("ipow", InplacePower, "ipow($module, a, b, /)\n--\n\nSame as a **= b."),
    binary!("ilshift", InplaceLshift, "ilshift($module, a, b, /)\n--\n\nSame as a <<= b."),
    binary!("irshift", InplaceRshift, "irshift($module, a, b, /)\n--\n\nSame as a >>= b."),
    binary!("iand", InplaceAnd, "iand($module, a, b, /)\n--\n\nSame as a &= b."),
    binary!("ior", InplaceOr, "ior($module, a, b, /)\n--\n\nSame as a |= b."),
    binary!("ixor", InplaceXor, "ixor($module, a, b, /)\n--\n\nSame as a ^= b."),
    unary!("neg", UnaryNegative, "neg($module, a, /)\n--\n\nSame as -a."),
    unary!("pos", UnaryPositive, "pos($module, a, /)\n--\n\nSame as +a."),
    unary!("invert", UnaryInvert, "invert($module, a, /)\n--\n\nSame as ~a."),
    unary!("inv", UnaryInvert, "inv($module, a, /)\n--\n\nSame as ~a."),
    Method::new("abs", Arity::One, super::builtins_number::abs).doc("abs($module, a, /)\n--\n\nSame as abs(a)."),
    Method::new("not_", Arity::One, |vm, _, args| {
        let truth = vm.is_true(args.get(vm, 0))?;
        Ok(vm.new_bool(!truth))
    }).doc("not_($module, a, /)\n--\n\nSame as not a."),
    Method::new("truth", Arity::One, |vm, _, args| {
        let truth = vm.is_true(args.get(vm, 0))?;
        Ok(vm.new_bool(truth))
    }).doc("truth($module, a, /)\n--\n\nReturn True if a is true, False otherwise."),
    two("is_", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.new_bool(same))
    }).doc("is_($module, a, b, /)\n--\n\nSame as a is b."),
    two("is_not", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.new_bool(!same))
    }).doc("is_not($module, a, b, /)\n--\n\nSame as a is not b."),
    Method::new("index", Arity::One, |vm, _, args| {
        // `PyNumber_Index` answers an exact int, of a bool too.
        let index = vm.number_index(args.get(vm, 0))?;
        let exact = int_arith::positive(vm, index);
        vm.decref(index);
        exact
    }).doc("index($module, a, /)\n--\n\nSame as a.__index__()"),
    two("concat", concat).doc("concat($module, a, b, /)\n--\n\nSame as a + b, for a and b sequences."),
    two("iconcat", iconcat).doc("iconcat($module, a, b, /)\n--\n\nSame as a += b, for a and b sequences."),
    two("contains", |vm, _, args| {
        let (container, item) = (args.get(vm, 0), args.get(vm, 1));
        let found = vm.contains(container, item)?;
        Ok(vm.new_bool(found))
    }).doc("contains($module, a, b, /)\n--\n\nSame as b in a (note reversed operands)."),
    two("countOf", count_of).doc("countOf($module, a, b, /)\n--\n\nReturn the number of items in a which are, or which equal, b."),
    two("indexOf", index_of).doc("indexOf($module, a, b, /)\n--\n\nReturn the first index of b in a."),
    two("getitem", |vm, _, args| {
        let (o, key) = (args.get(vm, 0), args.get(vm, 1));
        vm.get_item(o, key)
    }).doc("getitem($module, a, b, /)\n--\n\nSame as a[b]."),
    two("delitem", |vm, _, args| {
        let (o, key) = (args.get(vm, 0), args.get(vm, 1));
        vm.del_item(o, key)?;
        Ok(vm.new_none())
    }).doc("delitem($module, a, b, /)\n--\n\nSame as del a[b]."),
    Method::new("setitem", Arity::Positional(3, 3), |vm, _, args| {
        let (o, key, value) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
        vm.set_item(o, key, value)?;
        Ok(vm.new_none())
    }).doc("setitem($module, a, b, c, /)\n--\n\nSame as a[b] = c."),
    Method::new("_compare_digest", Arity::Positional(2, 2), super::hashlib::derive::compare_digest)
        .doc("_compare_digest($module, a, b, /)\n--\n\nReturn 'a == b'."),
    Method::new("length_hint", Arity::Positional(1, 2), length_hint).doc("length_hint($module, obj, default=0, /)\n--\n\nReturn an estimate of the number of items in obj."),
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
    let (o, default) = (args.get(vm, 0), args.get(vm, 1));
    let default = if default.is_null() {
        0
    } else {
        vm.index_clamped(default, vm.types.overflow_error)?.max(0) as usize
    };
    let hint = vm.length_hint(o, default)?;
    Ok(vm.new_int(hint as i64))
}
